"""Words with signs in them: U.S., AT&T, 9/11, #MeToo, alone, in phrases and in many texts."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import many_texts
from analysis.codebook.matching import compile_terms
from analysis.codebook.patterns import PatternError, parse, phrases

PATTERNS = (
    *("U.S.", "F.B.I.", "AT&T", "9/11", "#MeToo", "U.S. surveillance", "going dark"),
    *("(U.S.|American) government", "(the)? #MeToo movement", "24/7"),
)
MATCHER = compile_terms([([pattern], []) for pattern in PATTERNS])


def found(text):
    return [(PATTERNS[term], text[start:end]) for start, end, term in MATCHER.scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the U.S. we met.", [("U.S.", "U.S.")]),
        ("The U.S", [("U.S.", "U.S")]),
        ("The u.s.-led force", [("U.S.", "u.s.")]),
        ("the F.B.I.'s list", [("F.B.I.", "F.B.I.")]),
        ("the F.B.I.’s list", [("F.B.I.", "F.B.I.")]),
        ("AT&T's lines", [("AT&T", "AT&T")]),
        ("After 9/11, 24/7.", [("9/11", "9/11"), ("24/7", "24/7")]),
        ("U.S. surveillance", [("U.S.", "U.S."), ("U.S. surveillance", "U.S. surveillance")]),
        ("the American government", [("(U.S.|American) government", "American government")]),
        ("American. Government", []),
        ("us, at t, 9 11, at & t, MeToo", []),
        ("U. S.", []),
        (
            "the #MeToo movement",
            [("(the)? #MeToo movement", "the #MeToo movement"), ("#MeToo", "#MeToo")],
        ),
    ],
)
def test_what_is_written_with_signs_is_found_so(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("pattern", ["dark.", "no. 10", "a&", "#", "&t", ".s", "a..b", "9//11"])
def test_a_sign_elsewhere_is_refused(pattern):
    with pytest.raises(PatternError):
        parse(pattern)


def test_phrases_are_shown_as_they_are_written():
    assert list(phrases("(U.S.|American) army")) == ["u.s. army", "american army"]


PIECES = st.sampled_from(
    (
        *("U.S.", "U.S", "F.B.I.'s", "AT&T", "9/11", "#MeToo", "MeToo", "surveillance"),
        *("government", "American", "going", "dark", "movement", "the", ".", ", ", "! ", "-"),
        *("\n", " ", " ", "é", "\u00ad", "İ"),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=14).map(" ".join), max_size=4))
def test_many_texts_give_the_same(texts):
    book = SimpleNamespace(
        terms=pd.DataFrame(
            {
                "id": PATTERNS,
                "frame": ["f"] * len(PATTERNS),
                "patterns": [[pattern] for pattern in PATTERNS],
            }
        ),
        matcher=MATCHER,
    )
    made = many_texts.find_in_texts(texts, book)
    rows = made[["row", "start", "end", "term"]].astype(object).to_numpy().tolist()
    assert rows == [
        [number, start, end, PATTERNS[term]]
        for number, text in enumerate(texts)
        for start, end, term in MATCHER.scan(text)
    ]
