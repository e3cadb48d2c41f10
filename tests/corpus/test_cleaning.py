"""Texts put in order, every character traceable."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Corpus
from analysis.corpus.cleaning import clean, clean_document
from analysis.text.document import from_turns


def test_each_kind_is_mended_and_counted():
    text = "e\u0301 \ufb01t so\u00adft a\u00a0b x\r\ny \u201cq\u201d \u200bz"
    made = clean(text)
    assert made.text == "\u00e9 fit soft a b x\ny \u201cq\u201d z"
    assert dict(made.changes) == {
        "composed": 1,
        "ligature": 1,
        "soft": 1,
        "blank": 1,
        "ending": 1,
        "invisible": 1,
    }


def test_a_hyphen_at_a_line_s_end_stays_only_where_it_is_the_word_s_own():
    assert clean("sur-\nveil and surveil").text == "surveil and surveil"
    assert clean("end-\nto it. end-to it").text == "end-to it. end-to it"
    assert clean("long-\nterm. A long term.").text == "long-term. A long term."
    assert clean("Anglo-\nSaxon").text == "Anglo-Saxon"
    assert clean("sur\u00ad\nveil").text == "surveil"


def test_marks_are_straightened_on_request_only():
    assert clean("\u2018a\u2019").text == "\u2018a\u2019"
    assert clean("\u2018a\u2019 \u201cb\u201d", straighten=True).text == "'a' \"b\""


ODD = st.text(
    alphabet="ab e\u0301\u0327\ufb01\u00ad-\n\r\u00a0\u200b\u201c\u1100\u1161", max_size=60
)


@given(ODD)
def test_origins_rise_and_what_was_not_mended_is_what_stood_there(text):
    made = clean(text)
    assert len(made.origin) == len(made.text) + 1
    assert made.origin[-1] == len(text)
    assert (made.origin[1:] >= made.origin[:-1]).all()
    if not made.changes:
        assert made.text == text
    assert not set(made.text) & set("\ufb01\u00ad\r\u00a0\u200b")


@given(st.text(max_size=80))
def test_the_form_is_composed(text):
    assert unicodedata.is_normalized("NFC", clean(text).text) or "composed" in clean(text).changes


@given(st.lists(st.tuples(st.sampled_from(["A", "B", ""]), ODD), min_size=1, max_size=5))
def test_utterances_move_along(turns):
    document = from_turns("d", turns)
    made, origin, _ = clean_document(document)
    assert len(origin) == len(made.text) + 1
    for row, before in zip(
        made.utterances.itertuples(), document.utterances.itertuples(), strict=True
    ):
        if row.end > row.start:
            assert before.start <= origin[row.start] <= origin[row.end - 1] < before.end


def test_a_corpus_traces_its_spans(tmp_path):
    path = tmp_path / "speech.txt"
    path.write_bytes("The o\ufb03ce sur-\r\nveils us.".encode())
    corpus = Corpus.read(path)
    text = corpus.texts["speech"]
    assert text == "The office surveils us."
    start = text.index("surveils")
    first, last = corpus.original_span("speech", start, start + len("surveils"))
    raw = path.read_bytes().decode()
    assert raw[first:last] == "sur-\r\nveils"
    assert dict(corpus.changes) == {"broken": 1, "ligature": 1}
    assert Corpus.read(path, clean=False).original_span("speech", 4, 9) == (4, 9)
