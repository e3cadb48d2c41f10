"""The layer from codes to corrected shares: known populations, and the study's own codes."""

import numpy as np
import pandas as pd
import pytest

from analysis import accuracy, adjudication, coder_agreement, coding, corrected
from analysis.codebook import read_codebook
from analysis.measured import read_study
from analysis.statistics.validity import stratified_recall


@pytest.fixture(scope="module")
def study(root):
    folder = root / "data" / "studies" / "oversight" / "coding"
    sample = coding.read_sample(folder / "sample.csv")
    codebook = read_codebook(root / "data" / "codebook.toml")
    coders = [coding.read_codes(folder / f"codes_{c}.csv", sample, codebook) for c in "AB"]
    return coders, pd.read_csv(folder / "segments.csv")


def two_strata():
    """Return the design of the published case of stratified_recall."""
    hits = pd.DataFrame({"true": [1.0] * 150 + [0.0] * 50, "predicted": 1, "population": 1200})
    misses = pd.DataFrame({"true": [1.0] * 12 + [0.0] * 388, "predicted": 0, "population": 18800})
    table = pd.concat(
        [hits.assign(inclusion=200 / 1200), misses.assign(inclusion=400 / 18800)],
        ignore_index=True,
    )
    return table.assign(stratum=table["predicted"].astype(str), group="all")


def test_recall_equals_the_two_stratum_formula():
    expected = stratified_recall(1200, 200, 150, 18800, 400, 12)
    table = accuracy.accuracy(two_strata(), groups=[]).set_index("measure")
    assert table.loc["recall", "estimate"] == pytest.approx(expected["recall"])
    assert table.loc["recall", "se"] == pytest.approx(expected["recall_se"], rel=1e-6)
    assert table.loc["precision", "se"] == pytest.approx(expected["precision_se"], rel=1e-6)


def test_a_sample_that_agrees_throughout_keeps_an_interval_and_a_census_needs_none():
    table = two_strata().query("predicted == 1")
    one = pd.Series(1.0, index=table.index)
    assert accuracy.weighted_ratio(table, one, one)["low"] < 1
    whole = table.assign(population=200, inclusion=1.0)
    assert accuracy.weighted_ratio(whole, one, one)["low"] == 1
    assert np.isnan(accuracy.weighted_ratio(table, 0 * one, 0 * one)["estimate"])


def test_fully_coded_segments_give_the_true_share():
    true = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0]
    table = pd.DataFrame({"true": true, "predicted": [1, 0, 0, 0, 1, 1], "group": "g"})
    table = table.assign(stratum="s", population=6, inclusion=1.0)
    shares = corrected.corrected_shares(table).set_index("method")["estimate"]
    assert shares["raw"] == pytest.approx(3 / 6)
    assert shares["design-based"] == pytest.approx(4 / 6)
    assert shares["Rogan-Gladen"] == pytest.approx(4 / 6)


def test_the_studys_coders_agree_above_chance(study):
    table = coder_agreement.agreement(adjudication.combine(study[0]), resamples=100)
    assert (table["alpha"] > 0.4).all()
    assert table.set_index("variable").loc["valid", "items"] == 345
    assert (table["low"] <= table["alpha"]).all()


def test_every_group_of_the_study_has_each_estimate(study):
    coders, segments = study
    occurrences = read_study("oversight").occurrences
    for codes in coders:
        table = corrected.segment_truth(codes, segments, occurrences, "mass surveillance")
        shares = corrected.corrected_shares(table)
        assert len(shares) == 5 * segments["group"].nunique()
        known = shares.dropna(subset=["low", "high"])
        assert set(known["method"]) == set(corrected.ASSUMPTIONS)
        assert (known["low"] <= known["high"]).all()
        precision = accuracy.occurrence_precision(codes, frame="mass surveillance")
        assert precision["coded"].iloc[0] == 115


def test_segments_of_another_cut_are_named(study):
    coders, segments = study
    other = segments.assign(start=segments["start"] + 1, end=segments["end"] + 1)
    none = pd.DataFrame({"frame": [], "document": [], "start": []})
    with pytest.raises(ValueError, match="not in the table of segments"):
        corrected.segment_truth(coders[0], other, none, "legality")
