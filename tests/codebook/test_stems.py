"""`stem: surveil` finds every form of a word, as NLTK's Snowball stemmer has them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from analysis.codebook import read_codebook
from analysis.codebook.many_texts import find_in_texts
from analysis.codebook.matching import compile_terms
from analysis.codebook.patterns import PatternError, parse, phrases
from analysis.codebook.stems import LANGUAGES, stem_of
from analysis.errors import AnalysisError
from analysis.index import concordance as lines
from analysis.index import index_table

BOOK = """version = "1"
language = "{language}"
title = "Stems"
[[frame]]
id = "watching"
label = "Watching"
definition = "Somebody watches."
source = "Ours."
[[term]]
id = "surveil"
frame = "watching"
definition = "All forms."
include = "Every form."
exclude = "Nothing."
patterns = ["stem: {word}", "mass stem: {word}"]
exclusions = []
positive = ["They {word}."]
negative = ["They survey."]
"""
WORDS = st.sampled_from(
    ["surveil", "surveils", "Surveilled", "surveillance", "survey", "mass", "we"]
)


def spans(pattern, text, language="en"):
    found = compile_terms([([pattern], [])], language=language).scan(text)
    return [text[start:end] for start, end, _ in found]


def test_every_form_is_found_and_nothing_else():
    text = "They surveil us; surveilling, SURVEILLED by mass surveillance, not by surveys."
    assert spans("stem: surveil", text) == ["surveil", "surveilling", "SURVEILLED", "surveillance"]
    assert spans("mass stem:surveilled", text) == ["mass surveillance"]
    assert spans("(stem: surveil|spying) by mass", text) == ["SURVEILLED by mass"]


def test_a_language_has_its_own_stems():
    text = "Die Überwachung; sie überwachten, überwacht."
    assert spans("stem: überwachten", text, "de") == ["überwachten", "überwacht"]
    assert spans("stem: überwachten", text, "en") == ["überwachten"]
    for code, name in LANGUAGES.items():
        assert stem_of("information", code) == SnowballStemmer(name).stem("information")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=6), max_size=4))
def test_many_texts_and_an_index_find_what_the_matcher_finds(tmp_path_factory, rows):
    texts = [" ".join(words) for words in rows]
    path = tmp_path_factory.mktemp("book") / "book.toml"
    path.write_text(BOOK.format(language="en", word="surveil"), encoding="utf-8")
    book = read_codebook(path)
    right = [len(book.matcher.scan(text)) for text in texts]
    found = find_in_texts(texts, book)["row"].value_counts()
    assert [found.get(row, 0) for row in range(len(texts))] == right


def test_a_concordance_takes_a_stem():
    import pandas as pd

    talk = index_table(
        pd.DataFrame(
            {"text": ["They surveilled us.", "A survey."], "speaker": "A", "document": "d"}
        )
    )
    assert lines.concordance(talk, "stem: surveillance")["node"].tolist() == ["surveilled"]


def test_a_stem_is_one_word_of_the_language():
    assert next(iter(phrases("stem: surveil"))) == "stem:surveil"
    with pytest.raises(PatternError):
        parse("stem: surveil*")
    with pytest.raises(PatternError):
        parse("stem:")


def test_a_language_without_stems_is_named_with_its_line(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text(BOOK.format(language="ja", word="surveil"), encoding="utf-8")
    with pytest.raises(AnalysisError, match=r"book\.toml, line 2: no Snowball stems .*'ja'"):
        read_codebook(path)
