"""Tables in, tables out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.statistics import (
    calibration,
    group_rates,
    group_tests,
    keyness,
    multiverse,
    polarisation,
    smooth,
)


@pytest.fixture
def speeches():
    rng = np.random.default_rng(11)
    tokens = rng.integers(500, 5000, 60)
    burst = rng.gamma(0.8, 1 / 0.8, (60, 3))
    counts = rng.poisson(tokens[:, None] * np.array([0.004, 0.01, 0.002]) * burst)
    return pd.DataFrame(counts, columns=["going dark", "liberty", "warrant"]), tokens


def test_only_the_token_level_test_fails_under_the_null(speeches):
    table = calibration.null_experiment(*speeches, splits=1000)
    rejected = table.pivot_table(index="term", columns="test", values="rejected")
    assert (rejected["log_likelihood"] > 0.19).all()
    for test in ("mann_whitney", "welch"):
        assert rejected[test].between(0.02, 0.08).all()
    again = calibration.null_experiment(*speeches, splits=1000)
    pd.testing.assert_frame_equal(table, again)


def test_bursty_words_are_warned_of(speeches):
    counts, tokens = speeches
    groups = np.where(counts["liberty"] / tokens > (counts["liberty"] / tokens).median(), "a", "b")
    groups[:6] = ["a", "b"] * 3
    table = keyness.compare(counts, tokens, groups, focus="a")
    assert table.loc["liberty", "warning"] == ""
    assert table.loc["liberty", "p_document_bh"] < 0.01
    misled = (table["p_token_bh"] <= 0.05) & (table["p_document_bh"] > 0.05)
    assert (table.loc[misled, "warning"] == "significant by tokens, not by documents").all()
    assert (table["design_effect"] > 1).all()
    wider = table["log_ratio_high_document"] - table["log_ratio_low_document"]
    assert (wider > table["log_ratio_high"] - table["log_ratio_low"]).all()


def test_speakers_are_the_units_if_given(speeches):
    counts, tokens = speeches
    groups = np.repeat(["a", "b"], 30)
    names = [f"{group}{i % 12}" for i, group in enumerate(groups)]
    table = keyness.compare(counts, tokens, groups, focus="a", speakers=names)
    assert table["units_focus"].max() <= 12
    assert set(table.index) == set(counts.columns)


def test_rates_say_which_interval_they_have(speeches):
    counts, tokens = speeches
    who = np.array(["many"] * 40 + ["few"] * 5 + ["one"] + ["some"] * 14)
    counts.loc[who == "some", "warrant"] = 0
    table = group_rates.rates_by_group(counts, tokens, who).set_index(["group", "term"])
    assert table.loc[("many", "liberty"), "interval"] == "bootstrap"
    assert table.loc[("few", "liberty"), "interval"] == "t"
    assert table.loc[("one", "liberty"), "interval"] == "Poisson"
    assert table.loc[("some", "warrant"), "interval"] == "Poisson"
    assert table.loc[("some", "warrant"), "high"] > 0
    assert (table["low"] <= table["rate"]).all()
    assert (table["rate"] <= table["high"]).all()
    alone = group_rates.rates_by_group(
        counts[who == "many"], tokens[who == "many"], who[who == "many"]
    )
    kept = table.loc["many", "low"].to_numpy()
    assert alone["low"].to_numpy() == pytest.approx(kept)


def test_every_test_side_by_side(speeches):
    counts, tokens = speeches
    frame = pd.DataFrame({"count": counts["liberty"], "exposure": tokens})
    frame["group"] = np.repeat(["a", "b"], 30)
    frame["speaker"] = [f"{g}{i % 12}" for i, g in enumerate(frame["group"])]
    table = group_tests.compare_groups(frame, focus="b", speaker="speaker", permutations=199)
    assert set(table["unit"]) == {"token", "document", "speaker"}
    ratios = table.loc[table["measure"] == "rate ratio", "estimate"]
    other = group_tests.compare_groups(frame, focus="a", speaker="speaker", permutations=199)
    swapped = other.loc[other["measure"] == "rate ratio", "estimate"]
    assert (ratios * swapped).to_numpy() == pytest.approx(1, abs=1e-3)


def test_joint_test_finds_an_effect_and_none():
    rng = np.random.default_rng(5)
    post = np.repeat([0.0, 1.0], 20)
    data = {"post": post, "size": rng.normal(size=40), "speaker": np.arange(40) // 2}
    strong = data | {
        "rate": post * 3 + rng.normal(size=40),
        "other": post * 2 + rng.normal(size=40),
    }
    none = data | {"rate": rng.normal(size=40), "other": rng.normal(size=40)}
    options = {"clusters": "speaker", "permutations": 99}
    p = [
        multiverse.joint_test(d, ["rate", "other"], "post", ["size"], **options)["p"].iloc[0]
        for d in (strong, none)
    ]
    assert p[0] == 0.01
    assert p[1] > 0.05


def test_two_camps_are_polarised_and_random_ones_are_not():
    camps = [
        {"document": 1, "actor": a, "concept": c, "agreement": int(a in "ABC")}
        for a in "ABCDEF"
        for c in "uvwxyz"
    ]
    result = polarisation.polarisation(camps, permutations=99)
    assert result.modularity == pytest.approx(0.5)
    assert result.partition.to_list() == [0, 0, 0, 1, 1, 1]
    assert result.p == 0.01
    rng = np.random.default_rng(0)
    noise = [row | {"agreement": int(rng.random() < 0.5)} for row in camps]
    assert polarisation.polarisation(noise, permutations=99).p > 0.05


def test_a_straight_line_has_two_degrees_of_freedom():
    time = np.linspace(0, 1, 200)
    counts = np.round(np.exp(4 + time))
    result = smooth.poisson_smooth(counts, time, [0, 1])
    assert result.edf == pytest.approx(2, abs=0.05)
    assert result.table["fit_log"].to_list() == pytest.approx([4, 5], abs=0.02)
