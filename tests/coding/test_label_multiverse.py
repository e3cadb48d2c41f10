"""Annotator, correction, codes and unit of variance as choices."""

import numpy as np
import pandas as pd
import pytest

from analysis.coding.correction import METHODS
from analysis.coding.label_multiverse import label_specifications

FRAME = "mass surveillance"


def test_every_combination_is_there_and_corrections_agree_where_labels_do_not():
    rng = np.random.default_rng(4)
    n = 1600
    group = np.where(np.arange(n) % 2 == 0, "civil society", "government")
    true = rng.random(n) < np.where(group == "civil society", 0.3, 0.1)
    units = pd.DataFrame(
        {
            "document": [f"d{i % 8}" for i in range(n)],
            "utterance": range(n),
            "start": range(n),
            "end": range(1, n + 1),
            "speaker": [f"{g} {i % 20}" for i, g in enumerate(group)],
            "group": group,
        }
    )
    said = [
        pd.DataFrame(
            {
                "annotator": name,
                "variable": "frame",
                "row": range(n),
                "label": FRAME,
                "probability": (rng.random(n) < np.where(true, se, 1 - sp)).astype(float),
            }
        )
        for name, se, sp in (("poor", 0.6, 0.7), ("good", 0.9, 0.97))
    ]
    chosen = np.sort(rng.choice(n, 500, replace=False))
    codes = units.iloc[chosen][["document", "utterance", "start", "end"]].assign(
        item=[f"s{i}" for i in chosen],
        frame=np.where(true[chosen], FRAME, "none"),
        stratum="all",
        population=n,
        inclusion=500 / n,
    )
    table = label_specifications(
        labels=pd.concat(said),
        codes={"gold": codes, "ada": codes},
        units=units,
        label=FRAME,
        first="civil society",
        second="government",
    )
    assert len(table) == 2 * 2 * len(METHODS) * 2
    assert table["coef"].is_monotonic_increasing
    spread = table.groupby("correction")["coef"].agg(np.ptp)
    assert spread["prediction-powered"] < spread["raw"] / 2
    raw = table[(table["correction"] == "raw") & (table["annotator"] == "poor")]
    # A poor annotator's false alarms hide the difference.
    assert (raw["coef"] < 1).all()
    assert table[table["correction"] == "design-based"]["coef"].mean() == pytest.approx(
        np.log2(3), abs=0.5
    )
