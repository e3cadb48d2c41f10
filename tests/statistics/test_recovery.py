"""Intervals recovered from those of the parts, against published and closed-form values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.errors import AnalysisError
from analysis.statistics import recovery
from analysis.statistics.counts.frequency import wilson


@pytest.mark.parametrize(("a", "m", "b", "n"), [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29)])
def test_with_wilsons_intervals_the_difference_is_newcombes(a, m, b, n):
    parts = [(k / size, *wilson(k, size)) for k, size in ((a, m), (b, n))]
    found = recovery.difference(*parts)
    expected = confint_proportions_2indep(a, m, b, n, method="newcomb")
    assert found[1:] == pytest.approx(expected, abs=1e-9)


@given(st.floats(0.5, 5), st.floats(0.01, 0.4), st.floats(1, 9), st.floats(0.01, 0.9))
def test_with_symmetric_intervals_the_ratio_is_fiellers(a, half_a, b, half_b):
    low, high = recovery.ratio((a, a - half_a, a + half_a), (b, b - half_b, b + half_b))[1:]
    # Fieller (1954): the roots R of (a − R b)² = h_a² + R² h_b².
    roots = np.sort(np.roots([b**2 - half_b**2, -2 * a * b, a**2 - half_a**2]).real)
    assert (low, high) == pytest.approx(tuple(roots), rel=1e-6)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.3, 3))
def test_the_ratio_holds_one_where_the_difference_holds_zero(a, width, b, other):
    first, second = (a, a * (1 - width), a + width), (b, b * 0.2, b * (1 + other))
    d_low, d_high = recovery.difference(first, second)[1:]
    r_low, r_high = recovery.ratio(first, second)[1:]
    if abs(d_low) > 1e-9 and abs(d_high) > 1e-9:
        assert (d_low < 0 < d_high) == (r_low < 1 < r_high)


def test_a_second_part_that_may_be_nothing_bounds_no_ratio():
    assert recovery.ratio((0.3, 0.2, 0.4), (0.1, 0.0, 0.3))[2] == np.inf
    assert np.isnan(recovery.ratio((0.3, 0.2, 0.4), (0.0, 0.0, 0.1))).all()
    assert np.isnan(recovery.difference((0.3, 0.2, 0.4), (0.1, np.nan, np.nan))[1:]).all()


def test_bounds_on_the_wrong_side_are_refused():
    with pytest.raises(AnalysisError, match=r"first: 0\.3 with bounds 0\.4 and 0\.5"):
        recovery.difference((0.3, 0.4, 0.5), (0.1, 0.0, 0.2))
