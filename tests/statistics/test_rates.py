import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import AnalysisError
from analysis.statistics.counts.rates import contrast, rates, shrink, unit_counts


def study(counts, words, group="g"):
    """One utterance per speaker, said in one document."""
    n = len(counts)
    said = pd.DataFrame(
        {
            "document": "d",
            "utterance": range(n),
            "speaker": [f"s{i}" for i in range(n)],
            "group": group,
            "words": words,
        }
    )
    hits = pd.DataFrame(
        {"document": "d", "utterance": np.repeat(range(n), counts), "frame": "f", "term": "t"}
    )
    return hits, said


def test_exact_interval_is_that_of_r_poisson_test():
    # R 4.2.2: poisson.test(137, 24.1989)$conf.int is 4.753125 6.692709 (its help page's data)
    table = rates(*study([137], [24_19893]), by="group")
    low, high = table.loc[0, ["exact_low", "exact_high"]] * 100
    assert (low, high) == (pytest.approx(4.753125, abs=2e-6), pytest.approx(6.692709, abs=2e-6))
    assert table.loc[0, "interval"] == "Poisson"


def test_the_bootstrap_covers_the_spread_between_speakers():
    # All words alike gives a narrow exact interval; the spread between speakers is far wider.
    table = rates(*study([0] * 9 + [90], [1000] * 10), by="group")
    row = table.iloc[0]
    assert row["interval"] == "bootstrap"
    assert row["high"] - row["low"] > 2 * (row["exact_high"] - row["exact_low"])


def test_below_ten_units_the_interval_is_students():
    counts, words = np.array([1, 4, 0, 2]), np.array([800, 900, 700, 1000])
    row = rates(*study(counts, words), by="group").iloc[0]
    ratio = counts.sum() / words.sum()
    error = np.sqrt(4 / 3 * ((counts - ratio * words) ** 2).sum()) / words.sum()
    assert row["interval"] == "t"
    assert row["high"] == pytest.approx(1000 * (ratio + stats.t.ppf(0.975, 3) * error))


def test_a_few_units_that_agree_by_chance_have_the_exact_interval():
    row = rates(*study([2, 2, 2], [1000, 1000, 1000]), by="group").iloc[0]
    assert row["interval"] == "Poisson"
    # Six occurrences in three thousand words: quantiles of chi-squared (Garwood 1936).
    assert (row["low"], row["high"]) == pytest.approx((0.7339, 4.3530), abs=1e-3)


def test_no_occurrence_has_the_exact_upper_bound():
    hits, said = study([0] * 8 + [3], [500] * 9, ["a"] * 8 + ["b"])
    row = rates(hits, said, by="group").iloc[0]
    assert (row["count"], row["rate"], row["low"], row["interval"]) == (0, 0, 0, "Poisson")
    assert row["high"] == pytest.approx(1000 * stats.chi2.ppf(0.975, 2) / 2 / 4000)


def test_an_absent_term_is_a_row_of_its_own():
    hits, said = study([2, 1, 1, 1, 1], [500] * 5)
    table = rates(hits, said, by="group", of="term", categories=["u", "t"]).set_index("term")
    assert table["count"].to_dict() == {"u": 0, "t": 6}
    assert table.loc["u", "high"] == pytest.approx(1000 * stats.chi2.ppf(0.975, 2) / 2 / 2500)


def test_an_appearance_is_one_speaker_in_one_document():
    said = pd.DataFrame(
        {
            "document": ["d", "d", "d", "e"],
            "utterance": [0, 1, 2, 0],
            "speaker": ["x", "y", "x", "x"],
            "words": [1, 2, 3, 4],
        }
    )
    hits = pd.DataFrame({"document": ["d", "d", "e"], "utterance": [0, 2, 0], "frame": "f"})
    counts, words = unit_counts(hits, said, of="frame", categories=["f"], unit="appearance")
    assert counts[:, 0].tolist() == [2, 0, 1]
    assert words.tolist() == [4, 2, 4]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 900)), min_size=6, max_size=20))
@settings(deadline=None, max_examples=30)
def test_scaling_words_scales_rates_and_order_does_not_matter(pairs):
    counts, words = (np.array(values) for values in zip(*pairs, strict=True))
    hits, said = study(counts, words)
    if not len(hits):
        return
    table = rates(hits, said, by="group", resamples=200)
    double = rates(hits, said.assign(words=2 * words), by="group", resamples=200)
    assert np.allclose(table["rate"], 2 * double["rate"])
    assert np.allclose(table[["low", "high"]], 2 * double[["low", "high"]])
    mixed = rates(hits.sample(frac=1, random_state=1), said, by="group", resamples=200)
    pd.testing.assert_frame_equal(table, mixed)


def test_swapping_the_sides_flips_the_log_ratio():
    hits, said = study([4, 2, 0, 1, 9, 3], [900] * 6, ["a"] * 3 + ["b"] * 3)
    there = contrast(hits, said, first=["a"], second=["b"]).iloc[0]
    back = contrast(hits, said, first=["b"], second=["a"]).iloc[0]
    assert there["log_ratio"] == pytest.approx(-back["log_ratio"])
    assert there["log_ratio"] == pytest.approx(np.log2(6.5 / 13.5))
    assert there["low"] < there["log_ratio"] < there["high"]
    assert there["p"] == back["p"]


def test_the_permutation_counts_every_relabelling():
    # Six units of equal size: 20 ways to choose three; only the observed split and its mirror
    # image are as far apart.
    hits, said = study([9, 8, 7, 2, 1, 0], [100] * 6, ["a"] * 3 + ["b"] * 3)
    row = contrast(hits, said, first=["a"], second=["b"]).iloc[0]
    assert row["p"] == row["q"] == pytest.approx(2 / 20)


def test_a_term_of_one_side_only_has_a_finite_ratio():
    hits, said = study([5, 0], [1000, 1000], ["a", "b"])
    row = contrast(hits, said, first=["a"], second=["b"]).iloc[0]
    assert row["log_ratio"] == pytest.approx(np.log2(11))


@pytest.mark.parametrize(
    ("counts", "sides"),
    [([1] * 12 + [0] * 12, ["a"] * 12 + ["b"] * 12), ([2] * 4, ["a", "a", "b", "b"])],
    ids=["never on one side", "four units that agree"],
)
def test_resamples_that_all_agree_leave_the_interval_of_independent_words(counts, sides):
    hits, said = study(counts, [1000] * len(counts), sides)
    row = contrast(hits, said, first=["a"], second=["b"]).iloc[0]
    assert row["low"] <= row["wald_low"] < row["log_ratio"] - 1
    assert row["high"] >= row["wald_high"] > row["log_ratio"] + 1


def test_shrinkage_pulls_those_who_said_little_most():
    rng = np.random.default_rng(1)
    words = np.array([200, 200, 20_000, 20_000, 5_000, 5_000, 8_000, 8_000])
    counts = rng.poisson(words * rng.gamma(4, 0.001, 8))
    table = shrink(rates(*study(counts, words), by="speaker"))
    mean = 1000 * counts.sum() / words.sum()
    kept = ((table["shrunk"] - mean) / (table["rate"] - mean)).to_numpy()
    assert kept[:2].max() < kept[2:4].min() <= 1
    assert (table["shrunk_low"] < table["shrunk"]).all()
    assert (table["shrunk"] < table["shrunk_high"]).all()


def test_equal_rates_are_shrunk_to_their_mean():
    table = shrink(rates(*study([5] * 6, [1000] * 6), by="speaker"))
    assert np.allclose(table["shrunk"], 5, rtol=0.01)


def test_a_missing_column_is_named():
    hits, said = study([1], [10])
    with pytest.raises(AnalysisError, match="utterances: no column words"):
        rates(hits, said.drop(columns="words"), by="group")


def test_an_unknown_group_is_named():
    hits, said = study([1], [10])
    with pytest.raises(AnalysisError, match="group: nobody in h; expected some of g"):
        contrast(hits, said, first=["g"], second=["h"])


def test_an_unknown_unit_is_named():
    hits, said = study([1] * 6, [10] * 6)
    with pytest.raises(AnalysisError, match="unit: 'word'; expected one of utterance"):
        rates(hits, said, by="group", unit="word")


def test_the_prior_is_the_negative_binomial_maximum_that_statsmodels_finds():
    rng = np.random.default_rng(1)
    words = rng.integers(500, 9000, 40)
    counts = rng.poisson(words * rng.gamma(1.5, 1 / 1000, 40))
    model = sm.NegativeBinomial(counts, np.ones((40, 1)), exposure=words)
    log_centre, alpha = model.fit(disp=False, maxiter=500, method="bfgs", gtol=1e-10).params
    shape = 1 / alpha
    table = shrink(rates(*study(counts.tolist(), words.tolist()), by="speaker"))
    expected = 1000 * (shape + table["count"]) / (shape / np.exp(log_centre) + table["words"])
    np.testing.assert_allclose(table["shrunk"], expected, rtol=1e-5)
