from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import RegexpTokenizer

from analysis.text.words import WORD, count_words, fold, word_counts, word_spans, words


@given(st.text(max_size=200))
def test_words_are_those_of_nltk(text):
    assert words(text) == RegexpTokenizer(WORD).tokenize(text)
    assert [text[a:b] for a, b in word_spans(text)] == words(text)
    assert count_words(text) == len(words(text)) == word_counts(text).total()


def test_apostrophes_and_hyphens_stay_inside_words_and_dashes_do_not():
    assert words("the FBI's end‑to‑end case--and 'so-called' ones") == [
        "the",
        "FBI's",
        "end‑to‑end",
        "case",
        "and",
        "so-called",
        "ones",
    ]
    assert fold("End‑To‑End") == "end-to-end"
