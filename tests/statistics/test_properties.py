"""What must hold whatever the data are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.statistics import (
    agreement,
    bootstrap,
    collocation,
    comparison,
    cooccurrence,
    dispersion,
    diversity,
    frequency,
    keyness,
    multiple_testing,
    permutation,
    similarity,
)

FAST = settings(max_examples=60, deadline=None, derandomize=True)
SLOW = settings(max_examples=20, deadline=None, derandomize=True)


@st.composite
def tables(draw, least=0):
    n1, n2 = (draw(st.integers(least + 2, 10_000)) for _ in range(2))
    f1, f2 = (draw(st.integers(least, n - 1)) for n in (n1, n2))
    return f1, n1, f2, n2


@st.composite
def documents(draw, columns=None):
    m = draw(st.integers(3, 12))
    tokens = draw(hnp.arrays(np.int64, m, elements=st.integers(50, 5000)))
    shape = m if columns is None else (m, columns)
    counts = draw(hnp.arrays(np.int64, shape, elements=st.integers(0, 50)))
    return counts, tokens


EFFECTS = {
    "log_ratio": lambda *t: keyness.log_ratio(*t)[0],
    "percent_diff": keyness.percent_diff,
    "difference_coefficient": keyness.difference_coefficient,
    "odds_ratio": lambda *t: keyness.odds_ratio(*t)[0],
}


@FAST
@given(tables(least=1), st.integers(2, 50), st.sampled_from(sorted(EFFECTS)))
def test_scaling_all_counts_leaves_effect_sizes_alone(table, factor, name):
    scaled = [value * factor for value in table]
    assert EFFECTS[name](*scaled) == pytest.approx(EFFECTS[name](*table), rel=1e-9, abs=1e-12)


@FAST
@given(tables(least=1), st.integers(2, 50))
def test_scaling_all_counts_multiplies_the_test_statistics(table, factor):
    scaled = [value * factor for value in table]
    for test in (keyness.log_likelihood, keyness.chi_squared):
        assert test(*scaled) == pytest.approx(factor * test(*table), rel=1e-7, abs=1e-7)


@FAST
@given(tables())
def test_swapping_the_corpora_flips_the_signs(table):
    f1, n1, f2, n2 = table
    swapped = (f2, n2, f1, n1)
    for signed in (
        lambda *t: keyness.log_likelihood(*t, signed=True),
        lambda *t: keyness.chi_squared(*t, signed=True),
        lambda *t: keyness.log_ratio(*t)[0],
        lambda *t: keyness.log_ratio(*t, zero="walter")[0],
        keyness.difference_coefficient,
        lambda *t: keyness.conservative_log_ratio(*t, family_size=5),
    ):
        one, two = signed(*table), signed(*swapped)
        if np.isnan(one):
            assert np.isnan(two)
        elif f1 * n2 != f2 * n1:
            assert one == pytest.approx(-two, rel=1e-6, abs=1e-6)
    estimate, low, high = keyness.log_ratio(*table)
    _, low_2, high_2 = keyness.log_ratio(*swapped)
    if not np.isnan(estimate):
        assert (low, high) == pytest.approx((-high_2, -low_2), abs=1e-9)


@FAST
@given(tables())
def test_zero_counts_give_finite_numbers_or_nan_and_no_warning(table):
    f1, n1, f2, n2 = table
    for numbers in ((0, n1, f2, n2), (f1, n1, 0, n2), (0, n1, 0, n2), (n1, n1, 0, n2)):
        frame = keyness.log_likelihood(*numbers), keyness.chi_squared(*numbers)
        assert np.isfinite(frame).all()
        for name, effect in EFFECTS.items():
            assert not np.isinf(effect(*numbers)), name
        assert np.isfinite(keyness.bic(*numbers))
        assert np.isfinite(keyness.log_bayes_factor(*numbers))
        assert np.isfinite(keyness.conservative_log_ratio(*numbers, family_size=10))
        assert 0 <= keyness.fisher_exact(*numbers) <= 1


@FAST
@given(st.integers(0, 500), st.integers(1, 10_000), st.floats(0.5, 0.999))
def test_intervals_hold_their_estimate(count, extra, level):
    total = count + extra
    for interval in (frequency.wilson, frequency.clopper_pearson, frequency.poisson_interval):
        low, high = interval(count, total, level)
        assert low <= count / total + 1e-12
        assert high >= count / total - 1e-12
        assert high > 0
    assert (
        frequency.clopper_pearson(count, total, level)[1]
        >= frequency.wilson(count, total, level)[1] - 0.02
    )


@FAST
@given(documents(), st.randoms(use_true_random=False))
def test_an_empty_document_and_the_order_of_rows_change_nothing(data, random):
    counts, tokens = data
    order = list(range(len(tokens)))
    random.shuffle(order)
    moved = np.append(counts[order], 0), np.append(tokens[order], 0)
    for estimate in (frequency.ratio_by_document, bootstrap.document_bootstrap):
        one, two = estimate(counts, tokens), estimate(*moved)
        for name in ("low", "high"):
            assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-9, abs=1e-15)
    parts = dispersion.measures(counts, tokens), dispersion.measures(*moved)
    pd.testing.assert_frame_equal(*parts, rtol=1e-9, atol=1e-9)


@SLOW
@given(
    documents(columns=3),
    st.randoms(use_true_random=False),
    st.sampled_from(["welch", "mann_whitney", "permutation"]),
)
def test_keyness_table_ignores_row_order_empty_documents_and_swaps(data, random, test):
    counts, tokens = data
    counts = np.vstack([counts, counts + 1])
    tokens = np.append(tokens, tokens) + 200
    groups = np.repeat(["a", "b"], len(tokens) // 2)
    options = {"test": test, "permutations": 99}
    one = keyness.compare(counts, tokens, groups, focus="a", **options)
    order = list(range(len(tokens)))
    random.shuffle(order)
    moved = keyness.compare(
        np.vstack([counts[order], [[0, 0, 0]]]),
        np.append(tokens[order], 0),
        np.append(groups[order], "a"),
        focus="a",
        **options,
    )
    pd.testing.assert_frame_equal(one, moved, rtol=1e-9, atol=1e-12)
    swapped = keyness.compare(counts, tokens, groups, focus="b", **options).loc[one.index]
    for column in ("log_likelihood", "log_ratio", "log_odds_z", "conservative_log_ratio"):
        flipped = -swapped[column].to_numpy()
        assert one[column].to_numpy() == pytest.approx(flipped, rel=1e-6, abs=1e-6, nan_ok=True)
    for column in ("p_token", "p_document", "design_effect"):
        same = swapped[column].to_numpy()
        assert one[column].to_numpy() == pytest.approx(same, rel=1e-6, abs=1e-12, nan_ok=True)


@FAST
@given(documents())
def test_permutation_p_is_a_share_and_symmetric(data):
    counts, tokens = data
    groups = np.arange(len(tokens)) % 2
    one = permutation.permutation_test(counts, tokens, groups)
    two = permutation.permutation_test(counts, tokens, 1 - groups)
    assert 0 < one.p <= 1
    assert one.p == pytest.approx(two.p)
    assert one.difference == pytest.approx(-two.difference, abs=1e-12)


samples = hnp.arrays(np.float64, st.integers(2, 8), elements=st.integers(0, 20).map(float))


@FAST
@given(samples, samples)
def test_two_samples_are_symmetric(x, y):
    for test in (comparison.mann_whitney, comparison.welch):
        assert test(x, y).get("p_exact", test(x, y).get("p")) == pytest.approx(
            test(y, x).get("p_exact", test(y, x).get("p")), abs=1e-9
        )
    assert permutation.mean_permutation(x, y) == pytest.approx(permutation.mean_permutation(y, x))
    assert 0 < permutation.mean_permutation(x, y) <= 1


@FAST
@given(hnp.arrays(np.int64, (3, 5), elements=st.integers(0, 20)))
def test_divergence_is_symmetric_bounded_and_adds_up(counts):
    one, two = counts[0] + 1, counts[1] + counts[2]
    two[0] += 1
    divergence, parts = similarity.jensen_shannon(one, two)
    assert divergence == pytest.approx(similarity.jensen_shannon(two, one)[0], abs=1e-12)
    assert -1e-12 <= divergence <= 1 + 1e-12
    assert parts.sum() == pytest.approx(divergence)
    assert similarity.jensen_shannon(3 * one, two)[0] == pytest.approx(divergence, abs=1e-12)
    turbulence = similarity.rank_turbulence(one, two)[0]
    assert turbulence == pytest.approx(similarity.rank_turbulence(two, one)[0])


@FAST
@given(st.lists(st.sampled_from("abcde"), min_size=2, max_size=60), st.integers(1, 5))
def test_window_counts_against_a_double_loop(tokens, reach):
    table = cooccurrence.window_counts(tokens, "a", left=reach, right=reach)
    near = {
        j
        for i, word in enumerate(tokens)
        if word == "a"
        for j in range(max(0, i - reach), min(len(tokens), i + reach + 1))
        if j != i
    }
    once = pd.Series([tokens[j] for j in near]).value_counts().to_dict()
    assert dict(zip(table["collocate"], table["joint"], strict=True)) == once
    if len(table):
        assert (table["node"] == len(near)).all()
        assert (table["pairs"] >= table["joint"]).all()


@FAST
@given(st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=80), st.integers(2, 5))
def test_diversity_against_its_definition(tokens, window):
    direct = np.mean(
        [len(set(tokens[i : i + window])) / window for i in range(len(tokens) - window + 1)]
    )
    assert diversity.mattr(tokens, window=window) == pytest.approx(direct)
    assert diversity.hdd(tokens, sample=1) == pytest.approx(1)
    assert diversity.mtld(tokens) == pytest.approx(diversity.mtld(tokens[::-1]))


@FAST
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_keep_order_and_grow(p):
    p = np.array(p)
    for method in multiple_testing.METHODS:
        adjusted = multiple_testing.adjust(p, method=method)
        assert (adjusted >= p - 1e-15).all()
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= -1e-15).all()


@FAST
@given(hnp.arrays(np.int64, (6, 3), elements=st.integers(1, 3)))
def test_agreement_does_not_depend_on_order(codes):
    alpha = agreement.krippendorff_alpha(codes.T)
    again = agreement.krippendorff_alpha(codes[::-1, ::-1].T)
    assert alpha == pytest.approx(again, nan_ok=True)
    if np.ptp(codes) > 0:
        assert agreement.gwet_ac1(codes)["gwet_ac1"] <= 1
    assert np.isnan(agreement.krippendorff_alpha(np.ones((3, 4))))


@FAST
@given(st.integers(0, 20), st.integers(1, 50), st.integers(1, 50), st.integers(200, 5000))
def test_collocation_measures_are_finite_or_nan(joint, node, collocate, total):
    node, collocate = node + joint, collocate + joint
    row = collocation.measures(joint, node, collocate, total).iloc[0]
    assert not np.isinf(row.to_numpy(dtype=float)).any()
