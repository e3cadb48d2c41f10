from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.near_duplicates import phrases
from analysis.text.word_table import word_table, words_in_order
from analysis.text.words import fold, word_spans, words

TEXT = st.text(st.sampled_from("ab Éé-’'. \u0301\U00010428\ufb03\ud800z"), max_size=40)


@given(st.lists(TEXT, max_size=6))
def test_running_words_are_those_of_each_text_in_order(texts):
    said = words_in_order(texts)
    found = [[] for _ in texts]
    for text, word in zip(said.text.tolist(), said.word.tolist(), strict=True):
        found[text].append(said.vocabulary[word])
    assert found == [[fold(word) for word in words(text)] for text in texts]


@given(st.lists(TEXT, min_size=1, max_size=6), st.data())
def test_words_before_a_byte_are_those_that_begin_before_its_character(texts, data):
    said = words_in_order(texts)
    at = [data.draw(st.integers(0, len(text))) for text in texts]
    places = [
        len(text[:place].encode("utf-8", "replace")) for text, place in zip(texts, at, strict=True)
    ]
    expected = [
        sum(begin < place for begin, _ in word_spans(text))
        for text, place in zip(texts, at, strict=True)
    ]
    assert said.before(np.arange(len(texts)), np.array(places)).tolist() == expected


@given(st.lists(TEXT, max_size=6))
def test_the_table_counts_each_word_of_a_text_in_the_order_of_characters(texts):
    made = word_table(words_in_order(texts))
    rows = zip(made.text.tolist(), made.word.tolist(), made.times.tolist(), strict=True)
    expected = [
        (number, word, times)
        for number, text in enumerate(texts)
        for word, times in sorted(Counter(map(fold, words(text))).items())
    ]
    assert [(text, made.vocabulary[word], times) for text, word, times in rows] == expected


@given(st.lists(TEXT, max_size=6))
def test_the_phrases_of_a_text_do_not_depend_on_its_neighbours(texts):
    together = phrases(words_in_order(texts), len(texts))
    alone = [next(phrases(words_in_order([text]), 1)) for text in texts]
    assert [one.tolist() for one in together] == [one.tolist() for one in alone]
