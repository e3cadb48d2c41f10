"""Values printed in papers and manuals, and values of foreign programs."""

from __future__ import annotations

import math
from itertools import combinations

import krippendorff
import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests

from analysis.statistics import (
    agreement,
    beta_binomial,
    bootstrap,
    change_points,
    collocation,
    comparison,
    dispersion,
    diversity,
    frequency,
    keyness,
    mixed_models,
    multiple_testing,
    permutation,
    rate_models,
    trend,
    validity,
)


def test_wilson_newcombe_1998_table_1():
    assert frequency.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert frequency.wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert frequency.clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)


def test_poisson_interval_r_manual():
    assert frequency.poisson_interval(137, 24.19893) == pytest.approx((4.75312, 6.69271), abs=5e-6)


def test_rate_ratio_r_manual():
    ratio, low, high, p = frequency.rate_ratio(11, 800, 21, 3011)
    assert (ratio, low, high, p) == pytest.approx((1.97149, 0.85843, 4.27727, 0.07967), abs=1e-5)


def test_log_likelihood_dunning_1993_p72():
    assert keyness.log_likelihood(10, 13, 0, 31764) == pytest.approx(167.23, abs=5e-3)


def test_chi_squared_dunning_1993_p73():
    assert keyness.chi_squared(3, 3, 0, 31774) == pytest.approx(31777, abs=0.5)


def test_effect_sizes_as_printed():
    assert keyness.percent_diff(206523, 959641, 178174, 1562358) == pytest.approx(88.7, abs=0.05)
    assert keyness.odds_ratio(16217, 2796938, 735, 2087946)[0] == pytest.approx(16.6, abs=0.05)
    coefficient = keyness.difference_coefficient(18, 10**6, 35, 10**6)
    assert coefficient == pytest.approx(-0.32, abs=5e-3)


def test_strong_keyword_does_not_underflow_to_zero():
    assert keyness.p_value(713.1038) == pytest.approx(4.2e-157, rel=0.02)


@pytest.mark.parametrize(
    "table", [(1133, 46349, 779, 108539), (3, 46349, 36, 108539), (0, 50, 4, 90)]
)
def test_conditional_odds_ratio_against_scipy(table):
    f1, n1, f2, n2 = table
    result = scipy.stats.contingency.odds_ratio([[f1, n1 - f1], [f2, n2 - f2]])
    interval = result.confidence_interval(0.95)
    expected = (result.statistic, interval.low, interval.high)
    assert keyness.odds_ratio_conditional(*table) == pytest.approx(expected, rel=1e-6)


def test_dispersion_of_gries_2008_and_carroll_1970():
    row = dispersion.measures([1, 2, 3, 4, 5], [10] * 5).iloc[0]
    assert row["lyne_d3"] == pytest.approx(0.944, abs=5e-4)
    assert row["rosengren_s"] == pytest.approx(0.937, abs=5e-4)
    assert row["carroll_um"] == pytest.approx(14.108, abs=5e-4)
    carroll = dispersion.measures([2, 1, 1, 1, 0], [10] * 5).iloc[0]
    assert carroll["carroll_d2_counts"] == pytest.approx(0.8277, abs=5e-5)
    juilland = dispersion.measures([0, 4, 3, 2, 1], [10] * 5).iloc[0]
    assert juilland["juilland_d_counts"] == pytest.approx(0.6464, abs=5e-5)


def test_collocation_as_printed():
    row = collocation.measures(20, 42, 20, 14307668).iloc[0]
    assert row["mi"] == pytest.approx(18.38, abs=5e-3)
    course = collocation.measures(5610, 174548, 7867, 10409868).iloc[0]
    assert course["delta_p_collocate_given_node"] == pytest.approx(0.032, abs=5e-4)
    assert course["delta_p_node_given_collocate"] == pytest.approx(0.697, abs=5e-4)
    assert collocation.measures(130, 3121, 143, 10**6).iloc[0]["dice"] == pytest.approx(
        0.08, abs=5e-3
    )
    assert collocation.measures(10, 10, 10, 100).iloc[0]["npmi"] == pytest.approx(1)


def test_krippendorff_2011_example_c():
    data = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    printed = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
    for scale, value in printed.items():
        assert agreement.krippendorff_alpha(data, scale=scale) == pytest.approx(value, abs=6e-4)


def test_alpha_on_complete_data_is_not_that_of_irr():
    counts = np.random.default_rng(3).multinomial(6, [0.5, 0.3, 0.2], 20)
    ratings = [np.repeat(range(3), row) for row in counts]
    expected = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    alpha = agreement.krippendorff_alpha(np.array(ratings).T)
    assert alpha == pytest.approx(expected, abs=1e-12)


def test_kappa_cohen_1968_and_ac1():
    result = agreement.two_coders([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert result["kappa"] == pytest.approx(0.492, abs=6e-4)
    abstractors = agreement.two_coders([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert abstractors["gwet_ac1"] == pytest.approx(0.849, abs=6e-4)


def test_mann_whitney_kilgarriff_2001_p238():
    result = comparison.mann_whitney([12, 15, 18, 24, 88], [3, 3, 13, 27, 33])
    assert result["u_statistic"] == 16
    assert result["p_exact"] == pytest.approx(0.507936507936508)


def test_welch_against_scipy():
    x, y = [12, 15, 18, 24, 88], [3, 3, 13, 27, 33, 4]
    foreign = scipy.stats.ttest_ind(x, y, equal_var=False)
    ours = comparison.welch(x, y)
    assert ours["p"] == pytest.approx(foreign.pvalue)
    assert (ours["low"], ours["high"]) == pytest.approx(tuple(foreign.confidence_interval(0.95)))


def test_holm_and_by_against_statsmodels():
    p = np.random.default_rng(2).random(25) ** 4
    for method, name in (("holm", "holm"), ("bh", "fdr_bh"), ("by", "fdr_by")):
        foreign = multipletests(p, method=name)[1]
        assert multiple_testing.adjust(p, method=method) == pytest.approx(foreign)


def test_exact_rank_test_with_ties_against_enumeration():
    x, y = [1, 2, 2, 3], [2, 3, 3, 4, 4]
    ranks = scipy.stats.rankdata(x + y)
    sums = np.array([ranks[list(c)].sum() for c in combinations(range(9), 4)])
    far = np.abs(sums - sums.mean()) >= abs(ranks[:4].sum() - sums.mean()) - 1e-9
    assert comparison.mann_whitney(x, y)["p_exact"] == pytest.approx(far.mean())


@pytest.mark.parametrize("sizes", [(20, 21), (12, 26)])
def test_inverted_permutation_distribution_against_the_counted_one(sizes):
    rng = np.random.default_rng(sum(sizes))
    values = rng.normal(size=sum(sizes))
    values[: sizes[0]] += 0.5
    values -= values.mean()
    observed = values[: sizes[0]].sum()
    counted = permutation._counted_p(values, sizes[0], observed)
    inverted = permutation._inverted_p(values, sizes[0], observed, 0.0)
    assert inverted == pytest.approx(counted, abs=2e-5)


def test_multiple_testing_benjamini_hochberg_1995():
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    rejected = {
        m: (multiple_testing.adjust(p, method=m) <= 0.05).sum() for m in ("bh", "bonferroni")
    }
    assert rejected == {"bh": 4, "bonferroni": 3}


def test_negative_binomial_against_statsmodels_discrete():
    rng = np.random.default_rng(4)
    n = rng.integers(500, 5000, 80)
    x = rng.integers(0, 2, 80)
    y = rng.poisson(n * np.exp(-6 + 0.4 * x) * rng.gamma(4, 0.25, 80))
    foreign = sm.NegativeBinomial(y, sm.add_constant(x.astype(float)), offset=np.log(n)).fit(disp=0)
    ours = rate_models.negative_binomial(y, n, {"x": x})
    assert ours.table["coef"].to_numpy() == pytest.approx(foreign.params[:2], rel=1e-4)
    assert 1 / ours.parameters["theta"] == pytest.approx(foreign.params[2], rel=1e-3)
    assert ours.log_likelihood == pytest.approx(foreign.llf, abs=1e-5)


def test_counts_without_over_dispersion_fall_back_to_poisson_and_say_so():
    model = rate_models.negative_binomial([5, 5, 5, 5, 6, 4] * 3, [1000] * 18, {})
    assert model.family == "Poisson"
    assert math.isinf(model.parameters["theta"])
    assert "no over-dispersion" in model.note


def test_laplace_and_quadrature_agree_to_a_few_per_cent():
    rng = np.random.default_rng(6)
    speaker = np.repeat(np.arange(25), 4)
    n = rng.integers(500, 4000, 100)
    effect = rng.normal(0, 0.5, 25)[speaker]
    y = rng.poisson(n * np.exp(-5 + effect))
    one, many = (
        mixed_models.random_intercept(y, n, {}, speaker, family="poisson", quadrature=q)
        for q in (1, 15)
    )
    assert one.parameters["sd_cluster"] == pytest.approx(many.parameters["sd_cluster"], rel=0.03)
    assert many.parameters["sd_cluster"] == pytest.approx(0.5, abs=0.15)


def test_beta_binomial_finds_what_was_put_in():
    rng = np.random.default_rng(7)
    n = rng.integers(1000, 4000, 400)
    y = rng.binomial(n, rng.beta(0.01 * 300, 0.99 * 300, 400))
    model = beta_binomial.beta_binomial(y, n, {})
    assert model.table.loc["intercept", "coef"] == pytest.approx(math.log(0.01 / 0.99), abs=0.06)
    assert model.parameters["rho"] == pytest.approx(1 / 301, rel=0.15)


def test_random_bootstrap_against_scipy():
    rng = np.random.default_rng(8)
    n = rng.integers(500, 3000, 40)
    k = rng.poisson(n * 0.004 * rng.gamma(2, 0.5, 40))
    for method, name in (("percentile", "percentile"), ("bca", "BCa")):
        ours = bootstrap.document_bootstrap(k, n, method=method, resamples=9999)
        foreign = scipy.stats.bootstrap(
            (k, n),
            lambda k, n, axis: k.sum(axis=axis) / n.sum(axis=axis),
            paired=True,
            method=name,
            rng=np.random.default_rng(1),
        ).confidence_interval
        assert (ours.low, ours.high) == pytest.approx((foreign.low, foreign.high), rel=0.02)


def test_coal_mining_break_is_at_41_not_where_least_squares_puts_it():
    counts = [4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3]
    counts += [4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0]
    assert change_points.count_change_point(counts)["before"] == 41


def test_mann_kendall_against_scipy():
    y = np.random.default_rng(9).integers(0, 9, 40)
    ours = trend.mann_kendall(y)
    foreign = scipy.stats.kendalltau(np.arange(40), y, method="asymptotic")
    assert ours["tau_b"] == pytest.approx(foreign.statistic)
    assert ours["p_without_continuity"] == pytest.approx(foreign.pvalue)


def test_rogan_gladen_epir_manual_and_lang_reiczigel_example_1():
    result = validity.rogan_gladen(45, 150, 0.96, 0.89, interval="blaker")
    values = [result[k] for k in ("corrected", "corrected_low", "corrected_high")]
    assert values == pytest.approx([0.2235, 0.1391, 0.3168], abs=5e-5)
    printed = validity.lang_reiczigel(0.359801488833747, 11284, 178 / 179, 179, 358 / 359, 359)
    assert printed[1:] == pytest.approx((0.349, 0.372), abs=6e-4)


def test_mtld_is_three_numbers():
    exactly_072_at_25 = [*range(18), *range(7)] * 2
    assert diversity.mtld(exactly_072_at_25) == 25
    assert diversity.mtld(exactly_072_at_25, rule="lt") > 25
    assert diversity.mtld(list("ab" * 10)) < diversity.mtld(list("ab" * 10), least=10)
