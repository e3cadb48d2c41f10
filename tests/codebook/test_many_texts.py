"""The quick search finds what the exact matcher finds, in any text."""

import random
import unicodedata

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import Codebook, many_texts, match_terms, read_codebook
from analysis.codebook.anchors import anchors_of
from analysis.codebook.matching import EDITED, STOPS, compile_terms
from analysis.codebook.occurrences import COLUMNS
from analysis.codebook.patterns import parse, same_length
from analysis.errors import AnalysisError
from analysis.text.document import from_spans

TERMS = [
    (["(go|goes|going) (so|very)? dark"], ["(light|lights) {0,2} (go|going) dark", "dark blue"]),
    (["oversee*", "(over|under) sight"], []),
    (["(the)? cloud"], ["cloud {0,1} nine"]),
    (["(balance|trade) {0,3} (safety|privacy)"], []),
    (["surveillance state"], ["police and surveillance state"]),
    (["people's choice", "résumé service*"], []),
    (["incomprehensibilities", "antidisestablishmentarianism law"], []),
    (["infringes rights", "infringed liberty"], []),
]
WORDS = sorted(
    {
        word.rstrip("*")
        for patterns, exclusions in TERMS
        for pattern in (*patterns, *exclusions)
        for item in parse(pattern)
        if hasattr(item, "phrases")
        for phrase in item.phrases
        for word in phrase
    }
)
GLUE = [" ", " ", " ", "-", "- ", "-\n", "\n", "\n\n\n\n", ", ", ",", ". ", "’s ", "' ", "'s-"]
ODD = [
    "\u00ad",
    "\u00ad\n",
    "\u200b",
    "\u2010\n",
    "\u2011",
    "\ufeff",
    "ﬁ",
    "é",
    "e\u0301",
    "\u0301",
]
ODD += ["İ", "\u212a", "_", "*", "(", '"', "\0", "\u2028", "\xa0", "—", "ß", "x", "7", "'", "‘"]


def book(terms=TERMS):
    ids = [f"term {number}" for number in range(len(terms))]
    patterns, exclusions = (list(map(tuple, column)) for column in zip(*terms, strict=True))
    table = pd.DataFrame({"id": ids, "frame": "f", "patterns": patterns, "exclusions": exclusions})
    return Codebook("1", "en", "test", pd.DataFrame(), table, compile_terms(terms))


BOOK = book()


def reference(texts, codebook):
    documents = [
        from_spans("", text, [(0, 0, len(text), "", "", "")] if text else []) for text in texts
    ]
    tables = [
        match_terms(document, codebook).assign(row=row) for row, document in enumerate(documents)
    ]
    return pd.concat([match_terms("", codebook), *tables], ignore_index=True)


def same(texts, codebook=BOOK):
    found, expected = many_texts.find_in_texts(texts, codebook), reference(texts, codebook)
    pd.testing.assert_frame_equal(found[list(COLUMNS)], expected[list(COLUMNS)])
    assert found["row"].tolist() == expected.get("row", pd.Series(dtype=int)).tolist()
    return len(found)


CASED = st.sampled_from(WORDS).flatmap(
    lambda word: st.sampled_from([word, word, word.upper(), word.title(), word[:4], word + "s"])
)
PIECE = st.one_of(CASED, st.sampled_from(ODD), st.just(""), st.characters(codec="utf-8"))
TEXT = st.lists(st.tuples(PIECE, st.sampled_from(GLUE)), max_size=12).map(
    lambda pieces: "".join(piece + glue for piece, glue in pieces)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXT, max_size=4))
def test_any_text_has_the_occurrences_of_the_exact_matcher(texts):
    same(texts)


def test_many_texts_of_the_patterns_own_words(monkeypatch):
    monkeypatch.setattr(many_texts, "_REACH", 16)
    chance = random.Random("many texts")
    texts = []
    for _ in range(80):
        words = chance.choices([*WORDS, *WORDS, "of", "a", "statecraft", *ODD], k=40)
        texts.append("".join(word + chance.choice(GLUE) for word in words))
    assert same(texts) > 80


@pytest.mark.parametrize("patterns", [["à é", "é"], ["naïve", "a b"], ["x (1|2)"]])
def test_a_pattern_without_an_anchor_is_found_all_the_same(patterns):
    codebook = book([(patterns, [])])
    assert anchors_of(codebook.terms["patterns"], "") is None
    assert same(["À É. A naïve a-b\nx 1", "NAI\u0308VE x-2 a b"], codebook) > 0


def test_the_projects_codebook_on_its_own_examples(root):
    codebook = read_codebook(root / "data" / "codebook.toml")
    texts = [
        text for kind in ("positive", "negative") for each in codebook.terms[kind] for text in each
    ]
    assert same([*texts, " ".join(texts), "\n".join(texts).upper()], codebook) > 3 * 64


def test_every_character_that_is_edited_is_known():
    ascii_alike = {
        character
        for character in map(chr, [*range(128, 0xD800), *range(0xE000, 0x110000)])
        if any(c.isascii() and (c.isalnum() or c == "-") for c in same_length(character).lower())
    }
    assert ascii_alike <= set(EDITED)
    # A mark after one of the characters that bound a clause makes no other character of it.
    marks = [chr(point) for point in range(0x300, 0x370)]
    for stop in STOPS:
        assert all(unicodedata.normalize("NFC", stop + mark)[0] == stop for mark in marks)


def test_parquet_rows_have_their_speaker_document_and_number(tmp_path):
    columns = {
        "text": ["Going dark.", "no", "They oversee it, going dark.", "overseen"],
        "who": ["A", "B", "", "B"],
        "doc": ["d1", "d1", "d1", "d0"],
    }
    pq.write_table(pa.table(columns), tmp_path / "talk.parquet")
    found = many_texts.find_in_parquet(tmp_path, BOOK, speaker="who", document="doc")
    assert found["row"].tolist() == [0, 2, 2, 3]
    assert found["document"].tolist() == ["d1", "d1", "d1", "d0"]
    assert found["utterance"].tolist() == [0, 2, 2, 0]
    assert found["speaker"].fillna("?").tolist() == ["A", "?", "?", "B"]
    only = many_texts.find_in_parquet(tmp_path, BOOK, speaker=None, document=None, terms=["term 0"])
    assert only["start"].tolist() == [0, 17]


def test_what_is_missing_is_named():
    with pytest.raises(AnalysisError, match="no text in row 2"):
        many_texts.find_in_texts(["going dark", None], BOOK)
    with pytest.raises(AnalysisError, match="unknown term 'nobody'"):
        many_texts.find_in_texts(["going dark"], BOOK, terms=["nobody"])
    with pytest.raises(AnalysisError, match="holds list"):
        many_texts.find_in_texts(pa.array([["going dark"]]), BOOK)
    assert many_texts.find_in_texts([], BOOK).empty
