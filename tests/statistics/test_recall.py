"""Intervals of corrected shares against published values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.statistics import recovery
from analysis.statistics.coders.validity import stratified_recall
from analysis.statistics.counts.frequency import wilson


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [(56, 70, 48, 80, 0.0524, 0.3339), (5, 56, 0, 29, -0.0381, 0.1926)],
)
def test_difference_is_newcombes_1998_method_10(a, m, b, n, low, high):
    found = recovery.difference((a / m, *wilson(a, m, 0.95)), (b / n, *wilson(b, n, 0.95)))
    assert found[1:] == pytest.approx((low, high), abs=5e-5)
    other = confint_proportions_2indep(a, m, b, n, compare="diff", method="newcomb")
    assert found[1:] == pytest.approx(other, abs=1e-12)


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
    found = recovery.ratio((a / m, *wilson(a, m, 0.95)), (b / n, *wilson(b, n, 0.95)))
    digits = 5e-5 if m == 22 else 5e-4
    assert found[1:] == pytest.approx((low, high), abs=digits)


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


def test_recall_may_be_little_or_much_where_no_true_hit_or_miss_was_coded():
    none = stratified_recall(90, 30, 0, 400, 50, 5)
    assert none["recall"] == none["recall_low"] == 0
    assert 0 < none["recall_high"] < 0.6
    all_ = stratified_recall(90, 30, 25, 400, 50, 0)
    assert all_["recall"] == all_["recall_high"] == 1
    assert 0.5 < all_["recall_low"] < 1
    assert np.isnan(stratified_recall(90, 30, 0, 400, 50, 0)["recall_low"])
