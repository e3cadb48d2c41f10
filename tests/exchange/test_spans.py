"""Spans as CSV and as tasks of Label Studio."""

import json

import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.exchange import read_label_studio, read_spans, write_label_studio, write_spans

TEXTS = {"d": "😀 =Going dark, they say.", "e": ""}
CODINGS = pd.DataFrame(
    [("d", 2, 13, "going dark", "us", "denied")],
    columns=["document", "start", "end", "code", "coder", "stance"],
)


def test_spans_come_back(tmp_path):
    path = write_spans(CODINGS, TEXTS, tmp_path / "s.csv")
    assert "\nd,2,13,'=Going dark,going dark,us,denied" in path.read_text(encoding="utf-8")
    assert read_spans(path, TEXTS)[list(CODINGS)].to_numpy().tolist() == CODINGS.to_numpy().tolist()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("d,2,99,,k,us", "line 2: the span 2 to 99"),
        ("x,0,1,,k,us", "line 2: document 'x'"),
        ("d,2,13,going dark,k,us", "line 2: 'going dark' where the text has '=Going dark'"),
        ("d,two,13,,k,us", "line 2: the span two to 13"),
    ],
)
def test_spans_of_another_text_are_named(tmp_path, line, message):
    path = tmp_path / "s.csv"
    path.write_text(f"document,start,end,text,label,annotator\n{line}\n", encoding="utf-8")
    with pytest.raises(AnalysisError, match=message):
        read_spans(path, TEXTS)


def test_label_studio_counts_as_a_browser_does(tmp_path):
    path = write_label_studio(CODINGS, TEXTS, tmp_path / "t.json")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    value = tasks[0]["predictions"][0]["result"][0]["value"]
    assert (value["start"], value["end"], value["text"]) == (3, 14, "=Going dark")
    assert len(tasks) == 2
    back = read_label_studio(path)
    assert back[["document", "start", "end", "code"]].to_numpy().tolist() == [
        ["d", 2, 13, "going dark"]
    ]
    tasks[0]["annotations"] = [{"completed_by": 4, **tasks[0]["predictions"][0]}]
    tasks[0]["annotations"][0]["result"][0]["value"]["end"] = 99
    path.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.raises(AnalysisError, match="task 1: the span 3 to 99"):
        read_label_studio(path)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(AnalysisError, match="no tasks"):
        read_label_studio(path)
