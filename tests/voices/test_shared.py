"""The seed story and a floor of accuracy, on texts that lie beside the repository."""

import importlib.util
import json
import os
from pathlib import Path

import pandas as pd
import pytest

from analysis.text.document import from_spans
from analysis.voices import add_voices, quotes_json, voices

HOME = Path(__file__).parents[2]
SHARED = Path(os.environ.get("DISCOURSE_SHARED") or HOME.parent / "shared")
PIPELINE = Path(os.environ.get("ANALYSIS_PIPELINE") or HOME / ".pipeline")
ENGINES = [
    "rules",
    pytest.param("parse", marks=pytest.mark.parse),
]
EVERY = 23
FLOOR = {"rules": (0.83, 0.68), "parse": (0.85, 0.73)}
"""F1 with speaker on quotation marks and on words, some way under what the sample gets."""

pytestmark = pytest.mark.shared


def needs(engine, *path):
    place = SHARED.joinpath(*path)
    if not place.exists():
        pytest.skip(f"{'/'.join(path)} is not beside the repository: set DISCOURSE_SHARED")
    if engine == "parse" and not PIPELINE.exists():
        pytest.skip("no spaCy pipeline: set ANALYSIS_PIPELINE or install one into .pipeline")
    return place


@pytest.mark.parametrize("engine", ENGINES)
def test_every_occurrence_of_the_seed_has_its_voice(engine):
    folder = needs(engine, "seed")
    text = (folder / "article.txt").read_text(encoding="utf-8")
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["occurrences"]
    story = from_spans("seed", text, [(0, 0, len(text), "", "", "narration")])
    made = voices(story, engine=engine, pipeline=PIPELINE)
    spans = [(item["start"], item["start"] + len(item["text"])) for item in wanted]
    rows = add_voices(pd.DataFrame(spans, columns=["start", "end"]), made)
    found = [
        ("narration" if mode == "narration" else speaker, mode, quoted, negated)
        for speaker, mode, quoted, negated in zip(
            rows["speaker"], rows["mode"], rows["quoted"], rows["negated"], strict=True
        )
    ]
    keys = ("voice", "mode", "quoted", "negated")
    assert found == [tuple(item[key] for key in keys) for item in wanted]


@pytest.mark.no_cover
@pytest.mark.parametrize("engine", ENGINES)
def test_a_sample_of_news_stays_above_the_floor(engine):
    gold = needs(engine, "quotes", "polnear_dev.jsonl")
    spec = importlib.util.spec_from_file_location(
        "scorer", needs(engine, "quotes", "score_quotes.py")
    )
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    sample = scorer.read(gold)[::EVERY]
    predicted = {
        line["doc_id"]: quotes_json(line, engine=engine, pipeline=PIPELINE)["attributions"]
        for line in sample
    }
    scores = scorer.score(sample, predicted)
    units, words = FLOOR[engine]
    assert scores["unit all"]["spkF1"] >= units
    assert scores["token all"]["spkF1"] >= words
