"""Intervals of corrected shares against published values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.errors import AnalysisError
from analysis.statistics.combined_intervals import ratio_interval, sum_interval, wilson_share
from analysis.statistics.frequency import wilson
from analysis.statistics.labelled_sample import design_based, difference_share
from analysis.statistics.validity import stratified_recall


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [(56, 70, 48, 80, 0.0524, 0.3339), (5, 56, 0, 29, -0.0381, 0.1926)],
)
def test_sum_is_newcombes_1998_method_10(a, m, b, n, low, high):
    parts = [wilson(a, m, 0.95), wilson(b, n, 0.95)]
    assert sum_interval([1, -1], [a / m, b / n], parts) == pytest.approx((low, high), abs=5e-5)
    other = confint_proportions_2indep(a, m, b, n, compare="diff", method="newcomb")
    assert sum_interval([1, -1], [a / m, b / n], parts) == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [
        # Zou & Donner (2008); Fagerland & Newcombe (2013), all as quoted in R ratesci's tests.
        (6, 22, 112, 842, 0.9735, 3.7295),
        (24, 73, 53, 65, 0.282, 0.563),
        (29, 55, 11, 11, 0.398, 0.761),
        (7, 18, 1, 18, 1.277, 40.751),
    ],
)
def test_ratio_is_the_published_mover_r(a, m, b, n, low, high):
    found = ratio_interval(a / m, wilson(a, m, 0.95), b / n, wilson(b, n, 0.95))
    digits = 5e-5 if m == 22 else 5e-4
    assert found == pytest.approx((low, high), abs=digits)


@given(st.integers(0, 20), st.integers(1, 20))
def test_a_ratios_interval_holds_it(a, b):
    low, high = ratio_interval(a / 20, wilson(a, 20, 0.95), b / 20, wilson(b, 20, 0.95))
    assert 0 <= low <= a / b <= high


def test_no_case_below_the_line_leaves_the_ratio_without_an_upper_bound():
    assert ratio_interval(0.5, (0.3, 0.7), 0.0, (0.0, 0.2))[1] == np.inf
    assert ratio_interval(0.0, (0.0, 0.2), 0.5, (0.3, 0.7))[0] == 0


def test_wilson_of_whole_units_is_wilsons():
    assert wilson_share(81 / 263, 263) == pytest.approx(wilson(81, 263, 0.95))
    assert wilson_share(0.3, np.inf) == pytest.approx((0.3, 0.3))


@given(st.integers(2, 60), st.integers(2, 60), st.data())
def test_recall_lies_in_its_interval(hits, misses, data):
    true = data.draw(st.integers(0, hits)), data.draw(st.integers(0, misses))
    found = stratified_recall(90, hits, true[0], 400, misses, true[1])
    for name in ("precision", "prevalence") + (("recall",) if sum(true) else ()):
        low, high = found[f"{name}_low"], found[f"{name}_high"]
        assert -1e-12 <= low <= found[name] + 1e-12
        assert found[name] - 1e-12 <= high <= 1 + 1e-12


def test_stratified_intervals_hold_the_truth_where_few_misses_are_coded():
    rng = np.random.default_rng(8)
    held = []
    # 490 hits of which 367 true, 2910 misses of which 146 true; 33 and 67 are coded.
    for _ in range(1000):
        hits, misses = rng.hypergeometric(367, 123, 33), rng.hypergeometric(146, 2764, 67)
        found = stratified_recall(490, 33, hits, 2910, 67, misses)
        held.append(
            [found["recall_low"] <= 367 / 513 <= found["recall_high"],
             found["prevalence_low"] <= 513 / 3400 <= found["prevalence_high"]]
        )  # fmt: skip
    # Plus and minus standard errors hold it 88 and 90 times in a hundred.
    assert (np.mean(held, axis=0) >= 0.935).all()


def test_a_census_leaves_nothing_open():
    found = stratified_recall(50, 50, 40, 60, 60, 6)
    assert found["recall_low"] == pytest.approx(40 / 46) == found["recall_high"]


def two_strata(hits=(1200, 200, 150), misses=(18800, 400, 12)):
    parts = []
    for g, (total, coded, true) in ((1.0, hits), (0.0, misses)):
        label = np.full(total, np.nan)
        label[:coded] = 0.0
        label[:true] = 1.0
        parts.append((label, np.full(total, g)))
    label, g = (np.concatenate(part) for part in zip(*parts, strict=True))
    return label, g


def test_difference_share_is_the_stratified_estimate_of_r_survey():
    label, g = two_strata()
    found = difference_share(label, g, g)
    # R survey 4.1.1, svydesign with strata and fpc: reference case framing/stratified_recall/a.
    assert found["estimate"] == pytest.approx(0.0732, rel=1e-9)
    assert found["se"] == pytest.approx(0.0081177899002794, rel=1e-9)
    assert found["low"] < 0.0732 < found["high"]


def test_difference_share_agrees_with_design_based_where_little_is_coded():
    rng = np.random.default_rng(4)
    label, g = two_strata((2000, 40, 31), (38000, 80, 9))
    pi = np.where(g > 0, 40 / 2000, 80 / 38000)
    inside = rng.random(len(g)) < 0.5
    row = design_based(label[inside], g[inside], pi[inside], {}).iloc[0]
    found = difference_share(label, g, g, inside)
    assert found["estimate"] == pytest.approx(row["coef"])
    assert found["se"] == pytest.approx(row["se"], rel=0.1)


def test_difference_share_keeps_an_interval_without_a_mistake_and_loses_it_at_a_census():
    label, g = two_strata((100, 20, 20), (300, 30, 0))
    found = difference_share(label, g, g)
    assert found["se"] == 0
    assert found["low"] < found["estimate"] < found["high"]
    label, g = two_strata((100, 100, 80), (300, 300, 9))
    found = difference_share(label, g, g)
    assert (found["low"], found["high"]) == pytest.approx((89 / 400, 89 / 400))


def test_difference_share_refuses_a_stratum_nobody_coded():
    with pytest.raises(AnalysisError, match="stratum b: 0 coded units; expected at least 2"):
        difference_share([1, 0, np.nan, np.nan], [1, 0, 1, 0], list("aabb"))
