import csv
import json
from itertools import groupby

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import match_terms, read_codebook
from analysis.codebook.occurrences import COLUMNS
from analysis.errors import AnalysisError
from analysis.text.document import from_spans, from_turns

SEEDS = ("going dark", "mass surveillance", "ethical responsibility")


@pytest.fixture(scope="session")
def book(root):
    return read_codebook(root / "data" / "codebook.toml")


def spans(text, book, terms=SEEDS):
    return [(row.text, row.term) for row in match_terms(text, book, terms=terms).itertuples()]


def numbers(text, book):
    return [term for _, _, term in book.matcher.scan(text)]


@pytest.mark.shared
def test_seed_article_by_a_careful_reader(shared, book):
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    expected = json.loads((shared / "seed" / "expected.json").read_text(encoding="utf-8"))
    rows = match_terms(text, book, terms=SEEDS)
    assert list(rows[["start", "text", "term"]].itertuples(index=False, name=None)) == [
        (row["start"], row["text"], row["term"]) for row in expected["occurrences"]
    ]


@pytest.mark.shared
def test_hearings_hold_at_least_what_their_readme_counts(shared, book):
    with (shared / "corpora/pclob_hearings/turns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    documents = [
        from_turns(name, [(row["speaker"], row["text"]) for row in turns])
        for name, turns in groupby(rows, key=lambda row: row["doc_id"])
    ]
    counts = pd.concat([match_terms(document, book) for document in documents])
    bulk = counts["text"].str.split().str.join(" ").str.lower().eq("bulk collection")
    assert (counts["term"] == "going dark").sum() == 3
    assert (bulk & (counts["term"] == "mass surveillance")).sum() == 41
    assert counts["term"].eq("warrant").sum() >= 110
    assert counts["speaker"].notna().all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They went dark.", "went dark"),
        ("THE GOING-DARK PROBLEM", "GOING-DARK"),
        ("going\u2010dark", "going\u2010dark"),
        ("going\u2011dark", "going\u2011dark"),
        ("going\ndark", "going\ndark"),
        ("going \r\n\t dark", "going \r\n\t dark"),
        ("going\u00a0dark", "going\u00a0dark"),
        ("going-\ndark", "going-\ndark"),
        ("go\u00ading da\u00adrk", "go\u00ading da\u00adrk"),
        ("gone\u200b dark\u200d!", "gone\u200b dark"),
        ("they go-\ning dark", "go-\ning dark"),
        ("mass surveil-\nlance", "mass surveil-\nlance"),
        ("mass surveil\u00ad\n  lance", "mass surveil\u00ad\n  lance"),
        ("mass-\nsurveil-\nlance", "mass-\nsurveil-\nlance"),
        ("mass -\u00ad\u2010 surveillance", None),
        ("mass-\u00ad\u2010surveillance", "mass-\u00ad\u2010surveillance"),
        ("mass\n\nsurveillance", "mass\n\nsurveillance"),
        ("mass\n\n\nsurveillance", None),
        ("mass surveillance's cost", "mass surveillance"),
        ("mass surveillance’s cost", "mass surveillance"),
        ("‘mass surveillance’", "mass surveillance"),
        ("*mass surveillance* _x_", "mass surveillance"),
        ("_mass surveillance_", "mass surveillance"),
        ("a moral and legal duty", "moral and legal duty"),
        ("mass — surveillance", None),
        ("mass\u2013surveillance", None),
        ("mass\u2014surveillance", None),
        ("mass--surveillance", None),
        ("mass. Surveillance", None),
        ("biomass surveillance", None),
        ("mass surveillances", None),
        ("a moral\u0301 duty", None),
        ("The screens had gone dark.", None),
        ("The dark is going.", None),
    ],
)
def test_one_phrase_however_it_is_set(text, expected, book):
    assert [found for found, _ in spans(text, book)] == ([expected] if expected else [])


@pytest.mark.parametrize("verb", ["go", "goes", "going", "gone", "went"])
def test_family_of_going_dark(verb, book):
    assert spans(f"They {verb} dark.", book) == [(f"{verb} dark", "going dark")]


@pytest.mark.parametrize("noun", ["surveillance", "collection", "monitoring", "interception"])
@pytest.mark.parametrize(
    "kind",
    ["mass", "bulk", "blanket", "dragnet", "indiscriminate", "suspicionless", "population-scale"],
)
def test_family_of_mass_surveillance(kind, noun, book):
    assert spans(f"No {kind} {noun}!", book) == [(f"{kind} {noun}", "mass surveillance")]


@pytest.mark.parametrize("noun", ["responsibility", "responsibilities", "duty", "obligations"])
@pytest.mark.parametrize("kind", ["ethical", "moral", "social", "corporate"])
def test_family_of_ethical_responsibility(kind, noun, book):
    assert spans(f"A {kind} {noun}.", book) == [(f"{kind} {noun}", "ethical responsibility")]


def test_columns_and_voice_of_turns(debate, book):
    rows = pd.concat([match_terms(document, book, terms=SEEDS) for document in debate])
    assert {name: str(kind) for name, kind in rows.dtypes.items()} == COLUMNS
    assert rows[["document", "utterance", "speaker", "mode", "term"]].to_numpy().tolist() == [
        ["morning", 0, "MS. ARDEN", "turn", "mass surveillance"],
        ["morning", 1, "MR. BELL", "turn", "going dark"],
        ["morning", 1, "MR. BELL", "turn", "going dark"],
        ["morning", 2, "MS. ARDEN", "turn", "ethical responsibility"],
        ["evening", 0, "MR. BELL", "turn", "mass surveillance"],
        ["evening", 1, "MS. CORDAY", "turn", "ethical responsibility"],
    ]


def test_bare_text_has_no_voice_and_empty_text_no_row(book):
    row = match_terms("We fear mass  surveillance \n of all.", book).iloc[0]
    assert (row["document"], row["utterance"], row["left"], row["right"]) == (
        "",
        0,
        "We fear",
        "of all.",
    )
    assert pd.isna(row["speaker"])
    assert pd.isna(row["mode"])
    assert {name: str(kind) for name, kind in match_terms("", book).dtypes.items()} == COLUMNS


def test_no_occurrence_crosses_an_utterance_or_enters_a_label(book):
    text = "GOING DARK: They say mass\nB: surveillance is going dark"
    made = from_spans(
        "d",
        text,
        [(0, 12, 26, "GOING DARK", "A", "turn"), (26, 29, len(text), "B", "B", "turn")],
    )
    rows = match_terms(made, book)
    assert rows[["utterance", "text", "left"]].to_numpy().tolist() == [
        [1, "going dark", "surveillance is"]
    ]


def test_unknown_term(book):
    with pytest.raises(AnalysisError, match="unknown term 'going drak'; expected one of 'going"):
        match_terms("going dark", book, terms=["going drak"])


PIECES = st.lists(
    st.sampled_from(
        ["going dark", "mass surveillance", "moral duty", "the lights", "warrants", "court order",
         "It's", "civil liberties", "- ", "--", ". ", "\n\n", "\u00ad", "’s", "é\u0301", "ﬁ", "İ"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(PIECES, st.text(max_size=60)))
def test_spans_lie_in_the_text_and_repeat(book, text):
    rows = match_terms(text, book)
    assert rows.equals(match_terms(text, book))
    for row in rows.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        assert row.text == text[row.start : row.end]
        assert row.text[0].isalnum()
        assert row.text[-1].isalnum()


@settings(deadline=None)
@given(PIECES, st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_typesetting_changes_no_term(book, text, cut_mask, swap_mask):
    terms = numbers(text, book)
    inside = [
        i for i in range(1, len(text)) if text[i - 1].isascii() and text[i - 1 : i + 1].isalpha()
    ]
    cuts = {i for n, i in enumerate(inside) if cut_mask >> n % 64 & 1}
    soft = "".join("\u00ad" * (i in cuts) + char for i, char in enumerate(text))
    assert numbers(soft, book) == terms
    between = [
        i for i in range(1, len(text) - 1)
        if text[i] == " " and text[i - 1].isalpha() and text[i + 1].isalpha()
    ]  # fmt: skip
    swaps = {i for n, i in enumerate(between) if swap_mask >> n % 64 & 1}
    for joint in ("\n", "-", "\u2011", "\u00a0"):
        swapped = "".join(joint if i in swaps else char for i, char in enumerate(text))
        assert numbers(swapped, book) == terms


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=4))
def test_occurrences_of_a_document_are_those_of_its_turns(book, turns):
    made = from_turns("d", [(f"S{i}", turn) for i, turn in enumerate(turns)])
    rows = match_terms(made, book)
    alone = [term for turn in turns for term in match_terms(turn, book)["term"]]
    assert rows["term"].tolist() == alone
    bounds = made.utterances.set_index("utterance")
    for row in rows.itertuples():
        assert bounds.loc[row.utterance, "body"] <= row.start < row.end
        assert row.end <= bounds.loc[row.utterance, "end"]
