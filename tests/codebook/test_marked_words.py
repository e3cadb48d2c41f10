"""Words with signs: U.S., AT&T, #MeToo, C++, Article 8(2), in phrases, many texts, an index."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import many_texts
from analysis.codebook.matching import compile_terms
from analysis.codebook.patterns import PatternError, parse, phrases
from analysis.index import index_table
from analysis.index.phrases import find_phrases

PATTERNS = (
    *("U.S.", "F.B.I.", "AT&T", "9/11", "#MeToo", "U.S. surveillance", "going dark"),
    *("(U.S.|American) government", "(the)? #MeToo movement", "24/7"),
    *("C++", "C#", "(LGBT+|queer) people", "@name", "@ada_b says", "Article 8(2)"),
    *("702(b)(1)", r"cloud\(s\)", "#été"),
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
        ("In C++, C# and c++. C+ or C+++?", [("C++", "C++"), ("C#", "C#"), ("C++", "c++")]),
        ("LGBT+ people", [("(LGBT+|queer) people", "LGBT+ people")]),
        ("LGBT people, queer people", [("(LGBT+|queer) people", "queer people")]),
        ("(@name) by @Name: ada@name.org", [("@name", "@name"), ("@name", "@Name")]),
        ("as @Ada_B says", [("@ada_b says", "@Ada_B says")]),
        ("@ada b says; name", []),
        ("Article 8(2), Article 8(2)(a)", [("Article 8(2)", "Article 8(2)")] * 2),
        ("Article 8 (2), Article 8(3), Article 8(2", []),
        ("Under 702(b)(1).", [("702(b)(1)", "702(b)(1)")]),
        ("702(b)", []),
        ("the cloud(s), clouds", [(r"cloud\(s\)", "cloud(s)")]),
        ("l'#Été", [("#été", "#Été")]),
        (
            "the #MeToo movement",
            [("(the)? #MeToo movement", "the #MeToo movement"), ("#MeToo", "#MeToo")],
        ),
    ],
)
def test_what_is_written_with_signs_is_found_so(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "pattern",
    ["dark.", "no. 10", "a&", "#", "&t", ".s", "a..b", "9//11", "C+++", "@", "cloud(s)", r"\(a\)"],
)
def test_a_sign_elsewhere_is_refused(pattern):
    with pytest.raises(PatternError):
        parse(pattern)


def test_a_bracket_is_refused_with_the_way_to_write_it():
    with pytest.raises(PatternError, match=r"behind a word, is written \\\( or \\\)"):
        parse("cloud(s)")
    with pytest.raises(PatternError, match=r"\\d in 'a\\\\d' means nothing"):
        parse(r"a\d")


def test_an_exclusion_may_begin_with_a_sign():
    matcher = compile_terms([(["name"], ["@name"])])
    assert [text[a:b] for text in ("@name, name",) for a, b, _ in matcher.scan(text)] == ["name"]


def test_phrases_are_shown_as_they_are_written():
    assert list(phrases("(U.S.|American) army")) == ["u.s. army", "american army"]
    assert list(phrases("(Article 8(2)|C++) law")) == ["article 8(2) law", "c++ law"]


PIECES = st.sampled_from(
    (
        *("U.S.", "U.S", "F.B.I.'s", "AT&T", "9/11", "#MeToo", "MeToo", "surveillance"),
        *("government", "American", "going", "dark", "movement", "the", ".", ", ", "! ", "-"),
        *("C++", "C#", "C+", "LGBT+", "people", "@name", "x@name", "@ada_b says", "(", "#Été"),
        *("Article 8(2)", "8(2)(a)", "702(b)(1)", "cloud(s)", ")"),
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


DEVANAGARI = ("निगरानी", "जन निगरानी", "लड़का", "(जन|सामूहिक) निगरानी", "निगर*")


@pytest.mark.parametrize("asked", [*PATTERNS, *DEVANAGARI])
def test_an_index_gives_the_same(asked):
    texts = [
        "In the U.S. we met at AT&T, 24/7, after 9/11. @name: the #MeToo movement; C++ and C#!",
        "Article 8(2)(a) of the F.B.I.’s U.S. surveillance, LGBT+ people, queer people, cloud(s).",
        "As @ada_b says in 702(b)(1), going dark. #Été, The American government.",
        "जन निगरानी होती है। सामूहिक निगरानी, निगरानियाँ; ल\u095cका और लड\u093cका।",
    ]
    table = pd.DataFrame({"text": texts}, dtype="str")
    index = index_table(table, speaker=None, document=None)
    matcher = compile_terms([([asked], [])])
    made = find_phrases(index, [asked])
    spans = list(zip(made.row.tolist(), made.start.tolist(), made.end.tolist(), strict=True))
    whole = index.text.tobytes()
    assert [whole[start:end].decode() for _, start, end in spans] == [
        text[start:end] for text in texts for start, end, _ in matcher.scan(text)
    ]
    assert spans
    # The first word of a match is its own, not the one before its sign.
    places = made.place
    assert (index.start[places] + index.text_offset[made.row] >= made.start).all()
