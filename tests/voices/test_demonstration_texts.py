"""The demonstration inquiry: composed texts, a guard against going backwards, not a measure."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.text.document import from_spans
from analysis.voices import add_voices, voices

DEMO = Path(__file__).parents[2] / "data" / "demo"
MARKS = sorted(DEMO.glob("*.marks.json"))
FLOOR = {"mode": 0.90, "quoted": 0.95, "mention": 0.80, "negated": 0.82, "hedged": 0.85}
"""Share of occurrences right, a little under what the rule engine gets."""


def judged():
    tables = []
    for path in MARKS:
        wanted = pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))["occurrences"])
        text = path.with_name(path.name.replace(".marks.json", ".txt")).read_text(encoding="utf-8")
        # Voices, not readers, are guarded here: a press story is one, all else is one turn.
        mode, kind = ("narration", "news") if path.name.startswith("press") else ("turn", "speech")
        whole = from_spans(path.name, text, [(0, 0, len(text), "", "", mode)], {"kind": kind})
        document = voices(whole)
        found = add_voices(wanted[["start", "end"]], document)
        tables.append(wanted.join(found.add_suffix(" found")))
    return pd.concat(tables, ignore_index=True)


def test_the_composed_texts_are_read_as_well_as_before():
    if not MARKS:
        pytest.skip("the demonstration inquiry is not here")
    table = judged()
    for name, floor in FLOOR.items():
        right = (table[name] == table[f"{name} found"]).mean()
        assert right >= floor, f"{name}: {right:.3f} of {len(table)}"
