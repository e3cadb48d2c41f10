"""Phrases asked of an index are what a codebook's own patterns find."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.codebook.matching import compile_terms
from analysis.errors import AnalysisError
from analysis.index import index_table
from analysis.index.concordance import concordance
from analysis.index.phrases import Found, _without_overlaps, find_phrases, plain_words

PATTERNS = [
    "going dark",
    "Going-Dark",
    "dark",
    "dark dark",
    "don't",
    "people's choice",
    "state",
    "café",
    "istanbul",
    "surveillance",
    "end to end",
    "surveill*",
    "(mass|bulk) surveillance",
    "(the)? state",
    "going {0,2} dark",
    "résumé service*",
]
PIECES = [
    *["going", "Going", "GOING", "dark", "Dark", "mass", "bulk", "surveillance", "Surveilled"],
    *["the", "state", "states", "people", "choice", "don", "t", "s", "S", "end", "to", "7", "x"],
    *["café", "cafe\u0301", "CAFÉ", "İstanbul", "I\u0307stanbul", "ISTANBUL", "i\u0307stanbul"],
    *["résumé", "service", "sur", "veillance", "da", "rk", "ﬁ", "漢字", "ΟΔΟΣ", "ß", "Å", "K"],
]
GLUE = [
    *[" ", " ", " ", " ", " ", "-", "-", "'", "’", "ʼ", "‘", "'s ", "’s ", "ʼs ", "' ", "’ ", " '"],
    *["- ", "-\n", "\n", "\n\n\n", "  ", ", ", ",", ". ", "; ", " – ", "—", "\u2011", "\u2010\n"],
    *["\u00ad", "\u200b", "\u00ad\n", "\xa0", "\u2028", "_", '"', "(", "'s-", "s' ", "\t", " 's "],
    *["", "\0", "”", "\u0301", "'s'", "--", "\r\n"],
]
TEXT = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GLUE)), max_size=10).map(
    lambda pieces: "".join(piece + glue for piece, glue in pieces)
)
ANY = st.one_of(TEXT, TEXT, TEXT, st.text(max_size=20))


def index_of(texts):
    return index_table(pd.DataFrame({"text": texts}, dtype="str"), speaker=None, document=None)


def spans(index, found):
    """Give row and characters of every match, each with its number."""
    listed = []
    for number, row, start, end in zip(
        *(getattr(found, name).tolist() for name in ("phrase", "row", "start", "end")), strict=True
    ):
        raw, begin = index.text.tobytes(), int(index.text_offset[row])
        first = len(raw[begin:start].decode())
        listed.append((number, row, first, first + len(raw[start:end].decode())))
    return listed


def expected(texts, patterns):
    return [
        (number, row, start, end)
        for number, pattern in enumerate(patterns)
        for row, text in enumerate(texts)
        for start, end, _ in compile_terms([([pattern], [])]).scan(text)
    ]


@settings(max_examples=120, deadline=None)
@given(st.lists(ANY, max_size=3))
@example(["going- dark", "x- going", " dark"])
@example(["states' dark", "it 's state's-x", "'s", "s"])
@example(["İstanbul I\u0307stanbul", "dark-dark dark'sdark's'x"])
def test_an_index_finds_what_the_codebook_finds(texts):
    index = index_of(texts)
    assert spans(index, find_phrases(index, PATTERNS)) == expected(texts, PATTERNS)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=3), st.data())
def test_any_words_of_the_text_are_found_as_the_codebook_finds_them(texts, data):
    index = index_of(texts)
    seen = [word for word in index.vocabulary.to_pylist() if _is_pattern(word)]
    if seen:
        asked = data.draw(st.lists(st.sampled_from(seen), min_size=1, max_size=3))
        patterns = [" ".join(asked), "-".join(asked), asked[0]]
        patterns = [pattern for pattern in patterns if _is_pattern(pattern)]
        assert spans(index, find_phrases(index, patterns)) == expected(texts, patterns)


def _is_pattern(text):
    try:
        plain_words(text)
    except AnalysisError:
        return False
    return True


def test_a_line_shows_what_was_found_and_its_neighbours():
    index = index_of(["The agency’s mass-surveillance, and un-going dark's end."])
    lines = concordance(index, "(mass|bulk) surveillance", width=2)
    assert lines[["left", "node", "right"]].to_numpy().tolist() == [
        ["The agency’s ", "mass-surveillance", ", and un-going"]
    ]
    lines = concordance(index, "going dark", width=1)
    assert lines[["left", "node", "right"]].to_numpy().tolist() == [
        ["and un-", "going dark", "'s end"]
    ]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("go*", "write at least three letters before the"),
        ("(mass|bulk", r"'\(' at character 1"),
        ("going {0,3}", "has no word on one side"),
        ("--", "'--' has no word"),
        ("", "'' has no word"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(asked, message):
    with pytest.raises(AnalysisError, match=message):
        concordance(index_of(["the U.S. is going dark"]), asked)


def test_of_matches_that_overlap_the_first_is_taken():
    index = index_of(["dark dark dark dark dark"])
    found = find_phrases(index, ["dark dark", "dark"])
    assert found.place.tolist() == [0, 2, 0, 1, 2, 3, 4]
    columns = np.array(
        [[0, 0, 0, 1], [0, 1, 2, 1], [0] * 4, [2] * 4, [0, 5, 10, 5], [9, 14, 19, 14]]
    )
    assert _without_overlaps(Found(*columns)).start.tolist() == [0, 10, 5]
