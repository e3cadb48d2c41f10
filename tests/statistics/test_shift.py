import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.errors import AnalysisError
from analysis.statistics.words.shift import shift_by_unit

COUNTS = arrays(int, (5, 4), elements=st.integers(1, 30))
GROUPS = ["a", "a", "b", "b", "b"]


def table_of(counts):
    return pd.DataFrame(counts, columns=list("wxyz"))


def shift(counts, **options):
    return shift_by_unit(table_of(counts), GROUPS, first="a", second="b", **options)


@pytest.mark.shared
@pytest.mark.parametrize("case", ["jsd/toy1", "jsd/toy2", "jsd/obama_trump"])
def test_divergence_and_shares_of_the_reference_cases(shared, case):
    cases = json.loads((shared / "reference_values" / "similarity.json").read_text())["cases"]
    found = next(c for c in cases if c["id"] == f"similarity/{case}")
    inputs, expected = found["inputs"], found["expected"]
    sides = [inputs["counts_1"], inputs["counts_2"]]
    # Twice the same speaker: the shares are those of the texts, and nothing varies.
    counts = pd.DataFrame([sides[0], sides[0], sides[1], sides[1]]).fillna(0).astype(int)
    table = shift_by_unit(counts, list("aabb"), first="a", second="b")
    assert table.attrs["divergence"] == pytest.approx(expected["divergence"], rel=1e-8)
    for word, share in expected["top_contributions_share"].items():
        assert abs(table.loc[word, "share_of_divergence"]) == pytest.approx(share, abs=1e-8)
    assert np.allclose(table["low"], table["high"])


@given(COUNTS)
def test_contributions_are_the_formula_of_gallagher_and_others(counts):
    # Their equation: m·log(1/m) − ½(p·log(1/p) + q·log(1/q)), written out for every word.
    table = shift(counts).loc[list("wxyz")]
    p, q = (counts[rows].sum(axis=0) / counts[rows].sum() for rows in (slice(2), slice(2, 5)))
    m = (p + q) / 2
    expected = m * np.log2(1 / m) - (p * np.log2(1 / p) + q * np.log2(1 / q)) / 2
    assert np.allclose(table["contribution"].abs(), expected, atol=1e-12)
    assert (table["contribution"] * (q - p) >= 0).all()
    assert table.attrs["divergence"] == pytest.approx(expected.sum(), abs=1e-12)


@given(COUNTS)
def test_the_sides_exchanged_change_every_sign(counts):
    one = shift(counts).loc[list("wxyz")]
    other = shift_by_unit(table_of(counts), GROUPS, first="b", second="a").loc[list("wxyz")]
    assert np.allclose(one["contribution"], -other["contribution"])
    assert np.allclose(one["low"], -other["high"])


@given(COUNTS)
def test_the_order_of_speakers_and_words_does_not_matter(counts):
    one = shift(counts)
    order = [4, 1, 2, 0, 3]
    mixed = table_of(counts).iloc[order, ::-1]
    other = shift_by_unit(mixed, [GROUPS[n] for n in order], first="a", second="b")
    pd.testing.assert_frame_equal(one.sort_index(), other.sort_index())


def test_the_variance_is_that_of_one_jackknife_a_group():
    counts = np.array([[9, 1, 0], [4, 3, 1], [2, 5, 3], [1, 6, 2], [0, 2, 7]])

    def signed(one, two):
        p, q = one.sum(axis=0) / one.sum(), two.sum(axis=0) / two.sum()
        m = (p + q) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            parts = [np.where(s > 0, s * np.log2(s / m), 0) for s in (p, q)]
        return np.sign(q - p) * (parts[0] + parts[1]) / 2

    one, two = counts[:2], counts[2:]
    left = np.array([signed(np.delete(one, i, axis=0), two) for i in range(2)])
    right = np.array([signed(one, np.delete(two, i, axis=0)) for i in range(3)])
    variance = 1 / 2 * ((left - left.mean(axis=0)) ** 2).sum(axis=0)
    variance += 2 / 3 * ((right - right.mean(axis=0)) ** 2).sum(axis=0)
    table = shift_by_unit(pd.DataFrame(counts, columns=list("xyz")), GROUPS, first="a", second="b")
    table = table.loc[list("xyz")]
    assert np.allclose(table["contribution"], signed(one, two))
    # 3.182446 is Student's t at 0.975 with 3 degrees of freedom.
    assert np.allclose(table["high"] - table["contribution"], 3.182446 * np.sqrt(variance))


@pytest.mark.parametrize(
    ("counts", "groups", "message"),
    [
        ([[1, 2], [3, 4]], ["a", "b"], "first: 1 units of 'a'; expected at least 2"),
        ([[1, 2], [0, 0], [3, 4], [1, 1]], list("aabb"), "one unit of 'a' says everything"),
        ([[1, 2], [3, 4]], ["a"], "counts has 2, groups has 1"),
        ([[1, -2], [3, 4]], ["a", "b"], "counts: found -2"),
    ],
)
def test_bad_input_is_refused(counts, groups, message):
    with pytest.raises(AnalysisError, match=message):
        shift_by_unit(pd.DataFrame(counts), groups, first="a", second="b")
