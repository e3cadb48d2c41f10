"""The parse engine, where a pipeline is installed; and what is said where none is."""

import importlib
import itertools
import os
from functools import cache
from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from analysis.voices import attribute, load_pipeline, quotes_json

HOME = Path(__file__).parents[2]


@cache
def pipeline():
    place = Path(os.environ.get("ANALYSIS_PIPELINE") or HOME / ".pipeline")
    if not place.exists():
        pytest.skip("no spaCy pipeline: set ANALYSIS_PIPELINE or install one into .pipeline")
    pytest.importorskip("spacy")
    return str(place)


def rows(text):
    table = attribute(text, engine="parse", pipeline=pipeline()).table()
    return table[["content", "source", "speaker", "mode"]].to_numpy().tolist()


@pytest.mark.parse
@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ('"We keep nothing," said Ann Moss.', '"We keep nothing,"', "Ann Moss"),
        ("''We keep nothing,'' Ann Moss said.", "''We keep nothing,''", "Ann Moss"),
        ("Ann Moss said that nothing is kept.", "that nothing is kept", "Ann Moss"),
        ("Ann Moss criticised the plan of the firm.", "the plan of the firm", "Ann Moss"),
        ("Nothing at all is kept, Ann Moss said.", "Nothing at all is kept", "Ann Moss"),
        (
            "Ann Moss arrived on Monday and told reporters that rain fell.",
            "that rain fell",
            "Ann Moss",
        ),
    ],
)
def test_who_says_what(text, content, speaker):
    assert [(row[0], row[2]) for row in rows(text)] == [(content, speaker)]


@pytest.mark.parse
def test_the_answer_says_which_pipeline_made_it():
    made = attribute('"No," said Ann Moss.', engine="parse", pipeline=pipeline())
    assert made.engine == "parse"
    name, version = made.pipeline.split()
    assert name.startswith("en_")
    assert version[0].isdigit()
    line = quotes_json({"doc_id": "a", "text": "No."}, engine="parse", pipeline=pipeline())
    assert line["pipeline"] == made.pipeline


@pytest.mark.parse
def test_a_loaded_pipeline_is_taken_as_it_is():
    loaded = load_pipeline(pipeline())
    text = '"No," said Ann Moss. She added that rain fell.'
    by_path = attribute(text, engine="parse", pipeline=pipeline())
    assert attribute(text, engine="parse", pipeline=loaded) == by_path
    assert "ner" not in loaded.pipe_names


@pytest.mark.parse
@pytest.mark.parametrize(
    "text", ["", " \n", '"', '"' * 500, "said, " * 200, '\u202b"x\u202c" he said']
)
def test_any_text_gets_an_answer(text):
    made = attribute(text, engine="parse", pipeline=pipeline())
    taken = sorted(span for item in made.items for span in item.content)
    assert all(0 <= a < b <= len(text) for a, b in taken)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(taken))


def test_a_pipeline_that_is_not_there_is_named(tmp_path):
    pytest.importorskip("spacy")
    with pytest.raises(
        AnalysisError, match="pipeline 'xx_none_sm': no spaCy pipeline of this name"
    ):
        attribute("", engine="parse", pipeline="xx_none_sm")
    with pytest.raises(AnalysisError, match="no spaCy pipeline of this name or at this path"):
        attribute("", engine="parse", pipeline=tmp_path)


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(AnalysisError, match="expected a tagger and a parser"):
        attribute("", engine="parse", pipeline=tmp_path / "blank")


def test_without_spacy_the_rule_engine_is_pointed_at(monkeypatch):
    def missing(name, *rest):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    load_pipeline.cache_clear()
    with pytest.raises(AnalysisError, match="spaCy is not installed"):
        load_pipeline("en_core_web_sm")
