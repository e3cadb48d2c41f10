import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize import RegexpTokenizer

from analysis.text.word_arrays import segment
from analysis.text.words import WORD, fold, words

REFERENCE = RegexpTokenizer(WORD)
# Weighted towards what decides where a word ends: joiners, marks, and bytes like their parts.
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "aZz09'’-\u2010\u2011\u2012 \n\0_\u0301\ufe0f\u20e3\u200d\u2019İßΣσςÅé漢字😀𝔘"
        ),
    )
)


def cut(rows):
    text = "".join(rows).encode()
    offsets = np.cumsum([0, *(len(row.encode()) for row in rows)])
    found = segment(text, offsets)
    spans = zip(found.starts.tolist(), found.lengths.tolist(), strict=True)
    written = [text[start : start + length].decode() for start, length in spans]
    return written, found.spellings.take(found.types).to_pylist()


@settings(max_examples=400, deadline=None)
@given(st.lists(TEXT, max_size=5))
def test_equals_nltk_with_the_same_pattern(rows):
    written, spellings = cut(rows)
    expected = [word for row in rows for word in words(row)]
    assert written == expected
    nltk_rows = [REFERENCE.tokenize(row) for row in rows]
    assert written == [word for row in nltk_rows for word in row]
    assert [fold(spelling.decode()) for spelling in spellings] == [fold(w) for w in expected]


@pytest.mark.parametrize("size", [1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 300, 70_000])
def test_words_of_every_length_and_a_common_beginning(size):
    rows = ["x" * size, "x" * size + "y", "X" * size, "漢" * size, "x" * max(size - 1, 1) + "ß"]
    written, spellings = cut([" ".join(rows)])
    assert written == rows
    assert len(set(spellings)) == len({fold(row) for row in rows})


@pytest.mark.no_cover
def test_every_character_there_is():
    every = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    text = "a'" + "'b ".join(every) + "’c d" + "-e ".join(every)
    assert cut([text])[0] == words(text)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["don", "'t"], ["don", "t"]),
        (["don'", "t"], ["don", "t"]),
        (["don’", "t", "’s"], ["don", "t", "s"]),
        (["one", "two", "", "three"], ["one", "two", "three"]),
        ([], []),
        (["", ""], []),
        (
            ["I ❤\ufe0f it", "\ufe0f\ufe0fa", "e\u0301", "\u0301-b"],
            ["I", "it", "a", "e\u0301", "b"],
        ),
        (["a--b a-'b a’-b"], ["a", "b", "a", "b", "a", "b"]),
    ],
)
def test_no_word_crosses_an_edge(rows, expected):
    assert cut(rows)[0] == expected
