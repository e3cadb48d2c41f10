"""The lines of JSON that scorers of other systems read."""

import json

import pytest

from analysis.errors import AnalysisError
from analysis.voices import quotes_json

TEXT = '"We keep nothing," said Ann Moss. Rain fell, a man shouted. "Oh no, not again, he said."'


def test_the_line_has_the_form_that_is_scored():
    line = quotes_json({"doc_id": 7, "text": TEXT, "other": 1})
    assert json.loads(json.dumps(line)) == line
    assert list(line) == ["doc_id", "engine", "pipeline", "attributions"]
    first = line["attributions"][0]
    assert [TEXT[a:b] for a, b in first["content"]] == ['"We keep nothing,"']
    assert [TEXT[a:b] for a, b in first["source"]] == ["Ann Moss"]
    assert [TEXT[a:b] for a, b in first["cue"]] == ["said"]
    assert (first["type"], first["speaker"]) == ("direct", "Ann Moss")


def test_nobody_known_is_null():
    line = quotes_json({"doc_id": "a", "text": "It was cold. He said that rain fell."})
    assert [item["speaker"] for item in line["attributions"]] == [None]


@pytest.mark.parametrize("broken", [{}, {"doc_id": "a"}, {"text": "a"}, [], "a", None])
def test_a_line_without_its_keys_is_refused(broken):
    with pytest.raises(AnalysisError, match=r"line 3: no 'doc_id' or no 'text'"):
        quotes_json(broken, where="line 3")


def test_a_text_that_is_none_is_refused():
    with pytest.raises(AnalysisError, match="line: a text of type NoneType; expected a string"):
        quotes_json({"doc_id": "a", "text": None})
