"""What bad input is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.statistics import (
    agreement,
    beta_binomial,
    bootstrap,
    calibration,
    change_points,
    collocation,
    comparison,
    cooccurrence,
    dispersion,
    diversity,
    frame_axis,
    frequency,
    group_rates,
    group_tests,
    keyness,
    labelled_sample,
    mixed_models,
    multiple_testing,
    multiverse,
    network,
    permutation,
    polarisation,
    rate_models,
    similarity,
    trend,
    validity,
)

TWO = pd.DataFrame({"w": [1, 2, 3, 4]})
STATEMENT = [{"document": 1, "actor": "A", "concept": "c", "agreement": 1}]


@pytest.mark.parametrize(
    ("call", "argument", "value"),
    [
        (lambda: frequency.wilson(-1, 10), "count", "-1"),
        (lambda: frequency.wilson(1.5, 10), "count", "1.5"),
        (lambda: frequency.wilson(11, 10), "total", "10 is smaller than count 11"),
        (lambda: frequency.wilson(0, 0), "total", "0"),
        (lambda: frequency.wilson(1, 10, 95), "level", "95"),
        (lambda: frequency.wilson(np.nan, 10), "count", "nan"),
        (lambda: frequency.wilson("many", 10), "count", "many"),
        (lambda: frequency.poisson_interval(3, 0), "exposure", "0"),
        (lambda: frequency.ratio_by_document([1], [10]), "exposures", "1 units"),
        (lambda: frequency.ratio_by_document([1, 2], [10]), "counts", "2"),
        (lambda: frequency.ratio_by_document([1, 2], [10, 0]), "exposures", "0"),
        (lambda: bootstrap.document_bootstrap([1, -2], [10, 10]), "counts", "-2"),
        (lambda: bootstrap.document_bootstrap([1, 2], [10, 10], method="t"), "method", "'t'"),
        (lambda: keyness.log_likelihood(1, 10, 2, 1), "total_2", "1 is smaller than count_2 2"),
        (lambda: keyness.log_likelihood([1, 2], 10, [1, 2, 3], 10), "count_1", "(3,)"),
        (lambda: keyness.log_likelihood(1, 10, 2, 10, cells=3), "cells", "3"),
        (lambda: keyness.log_ratio(1, 10, 2, 10, zero="add"), "zero", "'add'"),
        (lambda: keyness.conservative_log_ratio(1, 9, 2, 9, family_size=0), "family_size", "0"),
        (lambda: keyness.log_odds_dirichlet([1, 2], [1], [1, 1]), "counts_2", "1"),
        (lambda: keyness.log_odds_dirichlet([1, 2], [1, 2], [1, 0]), "prior", "0"),
        (lambda: keyness.compare(TWO, [9] * 4, list("aabb"), focus="c"), "focus", "'c'"),
        (lambda: keyness.compare(TWO, [9] * 4, list("abbb"), focus="a"), "focus", "1 units"),
        (lambda: keyness.compare(TWO, [9] * 3, list("aab"), focus="a"), "exposures", "3"),
        (lambda: keyness.compare(TWO, [1] * 4, list("aabb"), focus="a"), "exposures", "1"),
        (
            lambda: keyness.compare(TWO, [9] * 4, list("aabb"), focus="a", speakers=list("XYYZ")),
            "speakers",
            "'Y'",
        ),
        (lambda: multiple_testing.adjust([0.5, 1.5]), "p_values", "1.5"),
        (lambda: multiple_testing.adjust([]), "p_values", "0 tests"),
        (lambda: dispersion.measures([1], [10]), "exposures", "1 units"),
        (lambda: dispersion.distances([], 10), "positions", "0 occurrences"),
        (lambda: dispersion.distances([10], 10), "length - 1", "9"),
        (lambda: collocation.measures(5, 4, 10, 100), "node", "4"),
        (lambda: collocation.measures(5, 10, 10, 10), "total", "10"),
        (lambda: collocation.measures([1, 2], [3, 4], [5, 6, 7], 90), "collocate", "3"),
        (lambda: cooccurrence.window_counts(["a"], "a", left=-1), "left", "-1"),
        (lambda: cooccurrence.window_counts(["a"], "a", segments=[1, 2]), "segments", "2"),
        (lambda: cooccurrence.window_counts(["a"], [[0, 5]]), "node", "5"),
        (lambda: diversity.mattr([]), "tokens", "0 tokens"),
        (lambda: diversity.mtld(["a"], threshold=2), "threshold", "2"),
        (lambda: similarity.jensen_shannon([0, 0], [1, 2]), "counts_1", "no occurrence"),
        (lambda: similarity.jensen_shannon([1], [1, 2]), "counts_2", "2"),
        (lambda: similarity.delta([[5], [1]], [4, 9]), "tokens", "4"),
        (lambda: comparison.mann_whitney([], [1]), "x", "0 documents"),
        (lambda: comparison.welch([1], [1, 2]), "x", "1 documents"),
        (lambda: permutation.permutation_test([1, 2], [9, 9], ["a", "a"]), "groups", "1 groups"),
        (
            lambda: permutation.permutation_test([1] * 4, [9] * 4, list("aabb"), clusters="XYYZ"),
            "clusters",
            "'Y'",
        ),
        (lambda: rate_models.poisson([0, 0, 0], [9, 9, 9], {}), "counts", "no occurrence"),
        (lambda: rate_models.poisson([1, 2], [9, 9], {"x": [0, 1]}), "exposures", "2 documents"),
        (lambda: rate_models.poisson([1] * 4, [9] * 4, {"x": [1] * 4}), "design", "predictors"),
        (lambda: rate_models.poisson([1] * 4, [9] * 4, {"x": [1] * 3}), "x", "3"),
        (
            lambda: rate_models.poisson([1] * 4, [9] * 4, {}, covariance="cluster"),
            "clusters",
            "None",
        ),
        (lambda: beta_binomial.beta_binomial([10, 1, 2], [9, 9, 9], {}), "exposures", "9"),
        (
            lambda: mixed_models.random_intercept([1] * 4, [9] * 4, {}, list("AABB")),
            "clusters",
            "2 speakers",
        ),
        (lambda: agreement.krippendorff_alpha([[None, None]]), "reliability_data", "missing"),
        (lambda: agreement.krippendorff_alpha([[1, 2]]), "reliability_data", "0 units"),
        (
            lambda: agreement.krippendorff_alpha([["a"], ["b"]], scale="ratio"),
            "reliability_data",
            "text",
        ),
        (lambda: agreement.two_coders([[1, 2, 3], [1, 2, 3]]), "table", "(2, 3)"),
        (lambda: agreement.fleiss_kappa([[3, 0], [1, 1]]), "counts", "[2.0, 3.0]"),
        (lambda: agreement.gwet_ac1([["a", "z"]], categories=["a", "b"]), "ratings", "'z'"),
        (lambda: agreement.confusion(["a"], ["a", "b"]), "codes_2", "2"),
        (lambda: validity.confusion(0, 0, 0, 0), "tp", "0 coded units"),
        (lambda: validity.rogan_gladen(5, 10, 0.4, 0.5), "sensitivity + specificity", "0.9"),
        (lambda: validity.stratified_recall(10, 20, 5, 10, 5, 1), "hits_total", "10"),
        (lambda: labelled_sample.prediction_powered_mean([1], [1], [1, 0]), "labelled_true", "1"),
        (
            lambda: labelled_sample.design_based([None] * 3, [1] * 3, [0.5] * 3, {}),
            "true_label",
            "0",
        ),
        (
            lambda: labelled_sample.design_based([1, 0, 1], [1] * 3, [0.5, 0, 1], {}),
            "labelling_probability",
            "0",
        ),
        (
            lambda: frame_axis.frame_axis({"a": [1]}, ["b"], ["a"], ["a"], ["a"]),
            "positive_pole",
            "'b'",
        ),
        (lambda: multiverse.specification_curve({"a": [1, 2]}, ["a"], "x"), "data", "'x'"),
        (lambda: trend.lowess([1, 2, 3], [1, 2]), "y", "2"),
        (lambda: trend.lowess([1, 2, 3], [1, 2, 3], fraction=0), "fraction", "0"),
        (lambda: trend.mann_kendall([1, 2]), "y", "2 points"),
        (lambda: change_points.change_points([1, 2, 3], number=2), "y", "3 points"),
        (lambda: change_points.count_change_point([1, -1]), "counts", "-1"),
        (lambda: network.affiliation([{"actor": "A"}]), "statements", "'concept'"),
        (lambda: network.affiliation([STATEMENT[0] | {"agreement": 2}]), "agreement", "2"),
        (lambda: network.modularity([[0]], [0, 1]), "partition", "2 actors"),
        (lambda: polarisation.polarisation(STATEMENT), "statements", "1 actors"),
        (lambda: calibration.null_experiment([[1], [2]], [9, 9]), "exposures", "2 units"),
        (lambda: group_rates.rates_by_group(TWO, [9] * 4, list("aab")), "groups", "3"),
        (lambda: group_tests.compare_groups(TWO, focus="a"), "table", "'count'"),
    ],
)
def test_the_argument_and_the_value_are_named(call, argument, value):
    with pytest.raises(ValueError, match=r".") as caught:
        call()
    assert argument in str(caught.value)
    assert value in str(caught.value)


def test_few_documents_are_said_aloud():
    assert "only 3 documents" in frequency.ratio_by_document([1, 2, 3], [90] * 3).note
    assert "only 4 documents" in bootstrap.document_bootstrap([1, 2, 3, 2], [90] * 4).note
    assert frequency.ratio_by_document([1] * 10, [90] * 10).note == ""
    table = keyness.compare(TWO, [90] * 4, list("aabb"), focus="a")
    assert "only 2 documents in a group" in table["warning"].iloc[0]
    cluster = rate_models.poisson(
        [1, 2, 3, 4], [90] * 4, {}, covariance="cluster", clusters=list("AABB")
    )
    assert "only 2 speakers" in cluster.note


def test_a_group_without_occurrences_is_not_given_a_coefficient_in_silence():
    model = rate_models.poisson([0, 0, 3, 4], [90] * 4, {"late": [0, 0, 1, 1]})
    assert "coefficient is infinite" in model.note


def test_no_occurrence_has_an_upper_bound():
    result = bootstrap.document_bootstrap([0] * 12, [100] * 12)
    assert result.low == 0
    assert result.high == pytest.approx(frequency.poisson_interval(0, 1200)[1])
    assert "exact Poisson" in result.note
