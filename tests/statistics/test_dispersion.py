import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.statistics.words.dispersion import close_gaps

POSITIONS = st.lists(st.floats(0, 1), min_size=2, max_size=30)


def test_two_points_are_within_w_as_in_the_meeting_problem():
    # Two arrivals in an hour meet within a quarter of it with probability 7/16.
    assert close_gaps([0.1, 0.9], ["a", "a"], within=0.25)["expected"] == pytest.approx(7 / 16)


def test_expected_is_the_beta_law_of_uniform_spacings():
    parts = ["a"] * 5 + ["b"] * 9 + ["c"]
    rows = np.linspace(0, 1, 15)
    law = [scipy.stats.beta(1, n).cdf(0.03) for n in (5, 9)]
    assert close_gaps(rows, parts, within=0.03)["expected"] == pytest.approx(
        np.average(law, weights=[4, 8])
    )


def test_what_falls_evenly_at_random_is_as_close_as_expected():
    rng = np.random.default_rng(5)
    parts = np.repeat(np.arange(400), 10)
    result = close_gaps(rng.random(4000), parts, within=0.02)
    error = np.sqrt(result["expected"] * (1 - result["expected"]) / result["gaps"])
    assert abs(result["share"] - result["expected"]) < 3 * error


@given(POSITIONS, POSITIONS, st.floats(0, 1))
def test_order_and_names_of_parts_do_not_matter_and_gaps_do_not_cross(one, two, within):
    result = close_gaps([*one, *two], ["a"] * len(one) + ["b"] * len(two), within=within)
    other = close_gaps([*two[::-1], *one[::-1]], [2] * len(two) + [1] * len(one), within=within)
    assert result == pytest.approx(other)
    assert result["gaps"] == len(one) + len(two) - 2
    close = sum((np.diff(np.sort(part)) < within).sum() for part in (one, two))
    assert result["share"] == pytest.approx(close / result["gaps"])


@pytest.mark.parametrize(
    ("positions", "parts", "within", "message"),
    [
        ([0.1, 0.2], ["a"], 0.1, "positions has 2, parts has 1; expected equal lengths"),
        ([0.1, 0.2], ["a", "b"], 0.1, "0 parts with two occurrences; expected at least 1"),
        ([0.1, 2], ["a", "a"], 0.1, "positions: found 2; expected numbers from 0 to 1"),
        ([0.1, 0.2], ["a", "a"], -1, "within: found -1; expected numbers from 0 to 1"),
    ],
)
def test_bad_input_is_refused(positions, parts, within, message):
    with pytest.raises(AnalysisError, match=message):
        close_gaps(positions, parts, within=within)
