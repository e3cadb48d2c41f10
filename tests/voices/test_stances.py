"""Stances as lines of JSON: what comes back, and what a faulty line is told."""

import json
import subprocess
import sys

import pytest

from analysis.errors import AnalysisError
from analysis.voices import stances_json

LINE = {"doc_id": "a", "text": '"We never do bulk collection," said Ann Moss.', "spans": [[13, 28]]}


def test_a_span_comes_back_with_voice_and_stance():
    made = stances_json(LINE)
    span = made["spans"][0]
    assert made["doc_id"] == "a"
    assert (span["start"], span["end"], span["speaker"], span["mode"]) == (
        13,
        28,
        "Ann Moss",
        "direct",
    )
    assert (span["negated"], span["hedged"], span["stance"]) == (True, False, "denied")
    assert 0 < span["confidence"] < 1
    json.dumps(made)


def test_spans_keep_their_order_and_none_is_lost():
    line = {"doc_id": 7, "text": "Oversight, then abuse.", "spans": [[16, 21], [0, 9], [0, 9]]}
    assert [(s["start"], s["end"]) for s in stances_json(line)["spans"]] == [
        (16, 21),
        (0, 9),
        (0, 9),
    ]
    assert stances_json({**line, "spans": []})["spans"] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": 3}, "field 'text'"),
        ({"spans": "0-4"}, "field 'spans'"),
        ({"spans": [[0]]}, "field 'spans', number 1"),
        ({"spans": [[0, 4], [True, 5]]}, "field 'spans', number 2"),
        ({"spans": [[4, 4]]}, "field 'spans', number 1"),
        ({"spans": [[0, 99]]}, "field 'spans', number 1"),
        ({"spans": [[-1, 4]]}, "field 'spans', number 1"),
        ({"spans": [[0.0, 4.0]]}, "field 'spans', number 1"),
    ],
)
def test_a_faulty_field_is_named(change, told):
    with pytest.raises(AnalysisError) as error:
        stances_json({**LINE, **change}, where="line 4 of the input")
    assert "line 4 of the input" in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("key", ["doc_id", "text", "spans"])
def test_a_missing_field_is_named(key):
    with pytest.raises(AnalysisError, match=key):
        stances_json({name: value for name, value in LINE.items() if name != key})


@pytest.mark.parametrize("value", [[], None, "text", 3])
def test_what_is_no_object_is_told(value):
    with pytest.raises(AnalysisError, match="line 2"):
        stances_json(value, where="line 2")


def test_the_command_answers_every_line_and_names_the_first_faulty_one():
    lines = "\ufeff" + json.dumps(LINE) + "\n\n" + json.dumps({**LINE, "spans": [[1, 999]]}) + "\n"
    run = subprocess.run(
        [sys.executable, "-m", "analysis", "stances", "--jsonl"],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2
    assert json.loads(run.stdout)["spans"][0]["stance"] == "denied"
    assert "line 3 of the input" in run.stderr
    assert "Traceback" not in run.stderr
