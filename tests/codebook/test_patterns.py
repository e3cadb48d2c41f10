import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook.matching import compile_terms
from analysis.codebook.patterns import PatternError, parse, phrases


def found(text, patterns, exclusions=()):
    return [text[a:b] for a, b, _ in compile_terms([(patterns, exclusions)]).scan(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("go dark", "Go dark, GO DARK; go-dark", ["Go dark", "GO DARK", "go-dark"]),
        ("(go|went) dark", "go dark or went dark", ["go dark", "went dark"]),
        ("the (deep)? cloud", "the cloud, the deep cloud", ["the cloud", "the deep cloud"]),
        ("watch*", "Watching the watchman watch", ["Watching", "watchman", "watch"]),
        ("balance {0,2} trust", "balance of trust", ["balance of trust"]),
        ("balance {0,2} trust", "balance, then, trust", ["balance, then, trust"]),
        ("balance {1,2} trust", "balance trust", []),
        ("balance {0,2} trust", "balance a b c trust", []),
        ("balance {0,2} trust", "balance. Some trust", []),
        ("(back door|back)", "the back door", ["back door"]),
        ("key (under the mat)? now", "key under the mat now", ["key under the mat now"]),
        ("citizen's duty", "a citizen’s duty", ["citizen’s duty"]),
        ("don't look", "Don’t look", ["Don’t look"]),
        ("end-to-end", "end to-end", ["end to-end"]),
    ],
)
def test_language(pattern, text, expected):
    assert found(text, [pattern]) == expected


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("(a)?", "no word at all"),
        ("(one)? (two)?", "no word at all"),
        ("(a|)", "nothing"),
        ("()", "nothing"),
        ("go [dark]", "'['"),
        (".*", "'.'"),
        ("(a+)+", "'+' at character 5"),
        ("((a))", "'('"),
        ("go(dark)", "space"),
        ("{0,3} dark", "no word on one side"),
        ("go {0,3}", "no word on one side"),
        ("go {3,1} dark", "is empty"),
        ("ab*", "three letters"),
        (" ".join("{0,9}" if i % 2 else "so" for i in range(9)), "spans up to 41 words"),
    ],
)
def test_refused(pattern, said):
    with pytest.raises(PatternError) as caught:
        parse(pattern)
    assert said in str(caught.value)


def test_too_many_phrases():
    letters = "|".join(f"a{i}" for i in range(40))
    with pytest.raises(PatternError, match="10,000 phrases"):
        list(phrases(f"({letters}) ({letters}) ({letters})"))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_pattern_or_refused_in_our_words(text):
    try:
        parse(text)
    except PatternError:
        return
    compile_terms([([text], [])]).scan(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["(a|b|ab)", "(b)?", "a", "{0,3}", "c", "(a b|b)"]), max_size=6))
def test_every_phrase_of_a_pattern_is_found(items):
    pattern = " ".join(items)
    try:
        stands_for = list(phrases(pattern))
    except PatternError:
        return
    for phrase in stands_for:
        text = " ".join(phrase.replace("{0,3}", "x y").split())
        assert text in found(text, [pattern])


def test_time_grows_with_the_text_and_not_faster():
    """A pattern that a backtracking engine tries in exponentially many ways."""
    pattern = " ".join(["a", *["(a)? {0,1}"] * 12, "a b"]).replace("{0,1} a", "a")
    matcher = compile_terms([([pattern], [pattern])])
    begin = time.process_time()
    assert matcher.scan("a " * 3_000) == []
    assert time.process_time() - begin < 10


def test_longest_leftmost_without_overlap():
    patterns = ["mass (data)? surveillance", "mass data", "surveillance programme"]
    assert found("mass data surveillance programme", patterns) == ["mass data surveillance"]
    assert found("mass data programme", patterns) == ["mass data"]


def test_terms_do_not_see_each_other():
    matcher = compile_terms([(["public trust"], []), (["trust fund"], [])])
    assert matcher.scan("public trust fund") == [(0, 12, 0), (7, 17, 1)]


def test_exclusion_drops_what_it_overlaps_and_no_more():
    exclusions = ["(light|lights) {0,4} dark", "dark web"]
    for text in ("the lights slowly go dark", "go dark web", "lights, at dusk, go dark"):
        assert found(text, ["go dark"], exclusions) == []
    assert found("go dark. The lights go dark", ["go dark"], exclusions) == ["go dark"]


def test_exclusion_is_of_its_term_alone():
    matcher = compile_terms([(["go dark"], ["lights go dark"]), (["dark"], [])])
    assert matcher.scan("lights go dark") == [(10, 14, 1)]
