"""The layer from codes to corrected shares: known populations, and the study's own codes."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.coding import accuracy, adjudication, agreement, correction
from analysis.coding import codes as coding
from analysis.errors import AnalysisError
from analysis.statistics.coders.validity import stratified_recall
from analysis.statistics.counts.frequency import ratio_by_document
from analysis.statistics.models.labelled_sample import prediction_powered_mean
from analysis.study import read_study


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
    shares = correction.corrected_shares(table).set_index("method")["estimate"]
    assert shares["raw"] == pytest.approx(3 / 6)
    assert shares["design-based"] == pytest.approx(4 / 6)
    assert shares["Rogan-Gladen"] == pytest.approx(4 / 6)


def test_the_studys_coders_agree_above_chance(study):
    table = agreement.agreement(adjudication.combine(study[0]), resamples=100)
    assert (table["alpha"] > 0.4).all()
    assert table.set_index("variable").loc["valid", "items"] == 345
    assert (table["low"] <= table["alpha"]).all()


def test_every_group_of_the_study_has_each_estimate(study):
    coders, segments = study
    occurrences = read_study("oversight").occurrences
    for codes in coders:
        table = correction.segment_truth(codes, segments, occurrences, "mass surveillance")
        shares = correction.corrected_shares(table)
        assert len(shares) == 5 * segments["group"].nunique()
        known = shares.dropna(subset=["low", "high"])
        assert set(known["method"]) == set(correction.ASSUMPTIONS)
        assert (known["low"] <= known["high"]).all()
        precision = accuracy.occurrence_precision(codes, frame="mass surveillance")
        assert precision["coded"].iloc[0] == 115


def test_segments_of_another_cut_are_named(study):
    coders, segments = study
    other = segments.assign(start=segments["start"] + 1, end=segments["end"] + 1)
    none = pd.DataFrame({"frame": [], "document": [], "start": []})
    with pytest.raises(ValueError, match="not in the table of segments"):
        correction.segment_truth(coders[0], other, none, "legality")


GROUPS = ["civil society", "government"]


def population(rng, sensitivity):
    """Draw 1,200 segments of two groups and code some of each stratum; return it and the truth."""
    group = np.repeat(GROUPS, 600)
    true = rng.random(1_200) < np.where(group == GROUPS[0], 0.3, 0.1)
    found = np.where(group == GROUPS[0], sensitivity[0], sensitivity[1])
    predicted = (rng.random(1_200) < np.where(true, found, 0.02)).astype(int)
    stratum = pd.Series(group) + np.where(rng.random(1_200) < 0.3 + 0.6 * predicted, ", a", ", b")
    table = pd.DataFrame({"group": group, "predicted": predicted, "stratum": stratum})
    table["speaker"] = table["document"] = (np.arange(1_200) // 60).astype(str)
    table["population"] = table.groupby("stratum")["group"].transform("size")
    chosen = table.groupby("stratum").sample(40, random_state=rng).index
    table["inclusion"] = (40 / table["population"]).where(table.index.isin(chosen))
    return table.assign(true=pd.Series(true * 1.0).where(table.index.isin(chosen))), true


@pytest.fixture(scope="module")
def repeated():
    """Return the mean error of every method over 60 codings where the measure errs unequally."""
    rng = np.random.default_rng(20261123)
    rows = []
    for _ in range(60):
        table, true = population(rng, (0.4, 0.8))
        shares = correction.corrected_shares(table)
        truth = shares["group"].map(pd.Series(true).groupby(table["group"]).mean())
        held = (shares["low"] <= truth) & (truth <= shares["high"])
        rows.append(shares.assign(error=shares["estimate"] - truth, held=held))
    return pd.concat(rows).groupby(["method", "group"])[["error", "held"]].agg(["mean", "sem"])


@pytest.mark.no_cover
@pytest.mark.parametrize("method", ["stratified", "prediction-powered", "design-based"])
@pytest.mark.parametrize("group", GROUPS)
def test_what_rests_on_the_design_alone_is_right_on_average(repeated, method, group):
    row = repeated.loc[(method, group)]
    assert abs(row["error", "mean"]) < 4 * row["error", "sem"]
    assert row["held", "mean"] >= 0.88


def test_what_assumes_equal_errors_is_wrong_where_they_differ(repeated):
    errors = repeated["error", "mean"]
    assert errors["Rogan-Gladen", "civil society"] < -0.03
    assert errors["Rogan-Gladen", "government"] > 0.02
    assert errors["raw", "civil society"] < -0.1


def test_tuning_lies_between_codes_alone_and_the_full_rectifier():
    rng = np.random.default_rng(5)
    table, _ = population(rng, (0.9, 0.9))
    tuned = correction._tuning(table[table["true"].notna()])
    blind, _ = population(rng, (0.02, 0.02))
    assert 0.5 < tuned <= 1
    assert correction._tuning(blind[blind["true"].notna()]) < 0.5
    both = correction.corrected_shares(table).set_index(["group", "method"])
    width = both["high"] - both["low"]
    for group in GROUPS:
        assert width[group, "prediction-powered"] < width[group, "stratified"]


def test_a_simple_sample_gives_the_published_estimates():
    rng = np.random.default_rng(6)
    n, coded = 2_000, np.arange(2_000) < 300
    true = rng.random(n) < 0.3
    predicted = (rng.random(n) < np.where(true, 0.8, 0.1)).astype(int)
    table = pd.DataFrame({"group": "g", "predicted": predicted, "stratum": "s", "population": n})
    table["inclusion"] = np.where(coded, 300 / n, np.nan)
    table["true"] = np.where(coded, true, np.nan)
    shares = correction.corrected_shares(table).set_index("method")
    ppi = prediction_powered_mean(true[coded], predicted[coded], predicted)
    lam = correction._tuning(table[coded])
    own = true[coded] - lam * predicted[coded]
    expected = lam * predicted.mean() + own.mean()
    assert shares.loc["prediction-powered", "estimate"] == pytest.approx(expected)
    assert shares.loc["stratified", "estimate"] == pytest.approx(ppi["classical_mean"])
    full = predicted.mean() + (true[coded] - predicted[coded].astype(float)).mean()
    assert shares.loc["design-based", "estimate"] == pytest.approx(full)
    assert full == pytest.approx(ppi["ppi"])
    assert lam == pytest.approx(ppi["lambda"], rel=0.2)


def test_appearances_widen_what_generalises_and_leave_what_does_not(study):
    coders, segments = study
    occurrences = read_study("oversight").occurrences
    table = correction.segment_truth(coders[0], segments, occurrences, "mass surveillance")
    one, whole = (
        correction.corrected_shares(table, GROUPS, unit=unit).set_index(["group", "method"])
        for unit in ("segment", "appearance")
    )
    for method in ("stratified", "prediction-powered"):
        pd.testing.assert_frame_equal(one.xs(method, level=1), whole.xs(method, level=1))
    width = [(table["high"] - table["low"])["government", "raw"] for table in (one, whole)]
    assert width[0] < width[1]


def test_appearances_are_the_clusters_of_a_mean():
    values = pd.Series([1.0, 0, 1, 1, 0, 0, 0, 1, 0, 0])
    own = pd.DataFrame({"document": list("aaabbbbccd"), "speaker": "x"})
    se, units = correction._by_appearance(own)(values)
    by = values.groupby(own["document"])
    expected = ratio_by_document(by.sum(), by.size())
    assert (se, units) == (pytest.approx(float(expected.se_linearised)), 4)


def test_a_speaker_with_few_coded_lines_gets_no_design_based_interval(study):
    coders, segments = study
    occurrences = read_study("oversight").occurrences
    table = correction.segment_truth(coders[1], segments, occurrences, "legality")
    names = table.loc[table["true"].notna(), "speaker"].value_counts().index[:12].tolist()
    shares = correction.corrected_shares(table, names, by="speaker")
    few = shares[(shares["method"] == "design-based") & (shares["coded"] < correction.FEWEST)]
    assert len(few)
    assert few["low"].isna().all()
    powered = shares[shares["method"] == "prediction-powered"]
    assert (powered["low"] <= powered["estimate"]).all()
    assert (powered["estimate"] <= powered["high"]).all()


def test_a_contrast_names_what_is_not_there(study):
    coders, segments = study
    occurrences = read_study("oversight").occurrences
    table = correction.segment_truth(coders[0], segments, occurrences, "legality")
    shares = correction.corrected_shares(table, GROUPS)
    with pytest.raises(AnalysisError, match="no shares of 'advocates'; expected one of civil"):
        correction.contrast_shares(shares, "advocates", "government")
    with pytest.raises(AnalysisError, match="unit: 'word'; expected one of 'segment'"):
        correction.corrected_shares(table, unit="word")


def test_a_contrast_of_raw_shares_is_newcombes():
    table = pd.DataFrame({"predicted": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32})
    table["group"] = ["first"] * 70 + ["second"] * 80
    table = table.assign(true=np.nan, inclusion=np.nan, stratum="s", population=150)
    table.loc[[0, 1, 60, 61, 70, 71, 140, 141], "true"] = [1.0, 1, 0, 0, 1, 1, 0, 0]
    table.loc[table["true"].notna(), "inclusion"] = 8 / 150
    row = correction.contrast_shares(correction.corrected_shares(table), "first", "second").iloc[0]
    # Newcombe (1998) Stat Med 17:873-890, table II, method 10, example (a).
    assert round(row["difference"], 4) == 0.2
    assert round(row["difference_low"], 4) == 0.0524
    assert round(row["difference_high"], 4) == 0.3339


def test_a_warning_of_unequal_error_is_seldom_false_and_often_right():
    rng = np.random.default_rng(20261126)
    warned = {}
    for sensitivity in ((0.6, 0.6), (0.4, 0.9)):
        tests = [correction.unequal_error(population(rng, sensitivity)[0]) for _ in range(30)]
        warned[sensitivity] = np.mean([(t["p"] < correction.UNEQUAL / 2).any() for t in tests])
    # 0.05 is promised; more than 0.2 of 30 samples come by chance less than once in a thousand.
    assert warned[0.6, 0.6] <= 0.2
    assert warned[0.4, 0.9] >= 0.6
