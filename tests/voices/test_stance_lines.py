"""A line a way of denying or of not denying, read by word order and by a parse.

``stances.txt`` holds one a line: what the voice does with the term, and the sentence.
"""

import importlib
import os
import re
from pathlib import Path

import pytest

from analysis.voices import load_pipeline, stance

PIPELINE = Path(os.environ.get("ANALYSIS_PIPELINE") or Path(__file__).parents[2] / ".pipeline")
TERM = re.compile(
    r"mass surveillance|effective oversight|(?:secure |safe )?backdoor|warrant\b", re.IGNORECASE
)
LINES = Path(__file__).with_name("stances.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.split(" || ") for line in LINES]


def said(sentence, tree=None):
    found = stance(sentence, *TERM.search(sentence).span(), tree=tree)
    return "denied" if found.negated else "asserted"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1][:50])
def test_word_order_tells_what_is_denied(case):
    wanted, sentence = case
    assert said(sentence) == wanted


@pytest.mark.parse
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1][:50])
def test_a_parse_tells_what_is_denied(case):
    if not PIPELINE.exists():
        pytest.skip("no spaCy pipeline: set ANALYSIS_PIPELINE or install one into .pipeline")
    parse = importlib.import_module("analysis.voices.english.parse")
    wanted, sentence = case
    tree = parse.tree(sentence, load_pipeline(str(PIPELINE)))
    assert said(sentence, tree) == wanted


def test_a_denial_reaches_over_who_speaks_between_two_quotations():
    text = '"The idea," Ann Moss said, tapping it, "that we run mass surveillance is absurd."'
    assert stance(text, *TERM.search(text).span(), mode="direct").negated


def test_two_quotations_of_two_sentences_stay_apart():
    text = '"I never said so." Ann Moss smiled. "We run mass surveillance, of course."'
    assert not stance(text, *TERM.search(text).span(), mode="direct").negated


def test_word_order_denies_what_nothing_is_said_about():
    assert said("The bill says nothing about effective oversight.") == "denied"
