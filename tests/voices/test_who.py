"""Who says what: the kinds of place where the speaker was lost, several composed variants of each.

``who.txt`` holds a case a line: kind, text (a backslash and n for a line break), words of it, and
who says these: a name, ``narration``, or ``?`` where nobody can be named; several right answers
are parted by a bar.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from analysis.text.document import from_spans
from analysis.voices import load_pipeline, voices

HOME = Path(__file__).parents[2]
LINES = Path(__file__).with_name("who.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.split(" || ") for line in LINES]


@cache
def pipeline():
    place = Path(os.environ.get("ANALYSIS_PIPELINE") or HOME / ".pipeline")
    if not place.exists():
        pytest.skip("no spaCy pipeline: set ANALYSIS_PIPELINE or install one into .pipeline")
    pytest.importorskip("spacy")
    return load_pipeline(str(place))


def speaker_of(text, words, **engine):
    whole = from_spans("d", text, [(0, 0, len(text), "", "", "narration")], {"kind": "news"})
    rows = voices(whole, **engine).utterances
    at = text.index(words)
    row = rows[(rows["start"] <= at) & (at < rows["end"])].iloc[0]
    return "narration" if row["mode"] == "narration" else row["speaker"] or "?"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1][:40])
def test_the_rules_find_who_says_it(case):
    _, text, words, who = case
    assert speaker_of(text.replace("\\n", "\n"), words) in who.split("|")


@pytest.mark.parse
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1][:40])
def test_the_parse_finds_who_says_it(case):
    _, text, words, who = case
    found = speaker_of(text.replace("\\n", "\n"), words, engine="parse", pipeline=pipeline())
    assert found in who.split("|")
