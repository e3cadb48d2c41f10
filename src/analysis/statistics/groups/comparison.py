"""Tests of two groups on one value per document, such as its rate.

Permutation tests are in `permutation`, regressions in `rate_models`; `group_tests` puts all of them
in one table.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array

LARGEST_EXACT = 400_000_000
"""Largest number of additions for the exact rank distribution: a second or two."""


def mann_whitney(x: Any, y: Any) -> dict[str, float]:
    """Wilcoxon-Mann-Whitney test on per-document values (Kilgarriff 2001).

    U = #{x > y} + ½ ties.

    Parameters
    ----------
    x, y : array of float
        One value per document, as a rate.

    Returns
    -------
    dict
        - u_statistic; effect: U/(n₁n₂), the chance that a document of the first group has the
          higher value
        - p_exact: permutation distribution of the (mid)ranks, ties or not, up to about 160
          documents (NaN above)
        - p_normal, p_normal_continuity: normal approximation corrected for ties

    Raises
    ------
    ValueError
        If a group is empty or a value missing.

    Examples
    --------
    >>> result = mann_whitney([12, 15, 18, 24, 88], [3, 3, 13, 27, 33])
    >>> print(f"{result['u_statistic']:.0f} {result['p_exact']:.4f}")
    16 0.5079
    """
    x, y = _samples(x, y)
    both = np.concatenate([x, y])
    ranks = scipy.stats.rankdata(both)
    result = {"u_statistic": float(ranks[: len(x)].sum() - len(x) * (len(x) + 1) / 2)}
    result["effect"] = result["u_statistic"] / (len(x) * len(y))
    if np.ptp(both) == 0:
        return result | dict.fromkeys(("p_exact", "p_normal", "p_normal_continuity"), 1.0)
    result["p_exact"] = _rank_p(ranks, min(len(x), len(y)), len(x))
    for name, continuity in (("p_normal", False), ("p_normal_continuity", True)):
        test = scipy.stats.mannwhitneyu(x, y, use_continuity=continuity, method="asymptotic")
        result[name] = float(test.pvalue)
    return result


def welch(x: Any, y: Any, *, level: float = 0.95) -> dict[str, float]:
    """Welch's (1947) t-test on per-document values.

    Difference of means over √(s₁²/m₁ + s₂²/m₂), Satterthwaite's degrees of freedom.

    Parameters
    ----------
    x, y : array of float
        One value per document, at least two in each group.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    dict
        mean_difference, low, high, t_statistic, df, p. p is 1 and df NaN where no value varies
        and the means agree, and 0 where they do not.

    Raises
    ------
    ValueError
        If a group has fewer than two documents.

    Examples
    --------
    >>> result = welch([12, 15, 18, 24, 88], [3, 3, 13, 27, 33])
    >>> print(f"{result['mean_difference']:.1f} {result['p']:.4f}")
    15.6 0.3585
    """
    x, y = _samples(x, y, least=2)
    checks.level(level)
    difference = float(x.mean() - y.mean())
    a, b = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
    if np.ptp(x) == 0 and np.ptp(y) == 0:
        p = 1.0 if difference == 0 else 0.0
        bounds = {"low": difference, "high": difference, "t_statistic": np.nan, "df": np.nan}
        return {"mean_difference": difference, **bounds, "p": p}
    se = float(np.sqrt(a + b))
    df = float((a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1)))
    half = float(scipy.stats.t.ppf((1 + level) / 2, df)) * se
    return {
        "mean_difference": difference,
        "low": difference - half,
        "high": difference + half,
        "t_statistic": difference / se,
        "df": df,
        "p": float(2 * scipy.stats.t.sf(abs(difference) / se, df)),
    }


def bootstrap_test(x: Any, y: Any, *, resamples: int = 9999, seed: int = 0) -> dict[str, float]:
    """Bootstrap test on per-document values (Lijffijt et al. 2016).

    p₁ = P(mean of resampled x > mean of resampled y) + ½ ties;
    p = (1 + 2B·min(p₁, 1−p₁))/(1+B).

    Parameters
    ----------
    x, y : array of float
        One value per document. Below ten documents the test is anti-conservative.
    resamples : int, default 9999
        Resamples B of each group.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    dict
        p_one, p_two_sided_limit: 2·min(p₁, 1−p₁), and p.

    Raises
    ------
    ValueError
        If a group is empty or a value missing.

    Examples
    --------
    >>> result = bootstrap_test([12, 15, 18, 24, 88], [3, 3, 13, 27, 33])
    >>> round(result["p_one"], 1)
    0.9
    """
    x, y = (np.sort(values) for values in _samples(x, y))
    resamples = checks.whole("resamples", resamples)
    rng = np.random.default_rng(seed)
    mean_x, mean_y = (
        values[rng.integers(0, len(values), (resamples, len(values)))].mean(axis=1)
        for values in (x, y)
    )
    p_one = float((mean_x > mean_y).mean() + (mean_x == mean_y).mean() / 2)
    limit = 2 * min(p_one, 1 - p_one)
    p = (1 + resamples * limit) / (1 + resamples)
    return {"p_one": p_one, "p_two_sided_limit": limit, "p": p}


def _samples(x: Any, y: Any, *, least: int = 1) -> tuple[Array, Array]:
    x, y = checks.numbers("x", x, ndim=1), checks.numbers("y", y, ndim=1)
    checks.at_least("x", len(x), least, "documents")
    checks.at_least("y", len(y), least, "documents")
    return x, y


def _rank_p(ranks: Array, smaller: int, first: int) -> float:
    steps = np.round(ranks if (ranks == np.floor(ranks)).all() else 2 * ranks).astype(np.intp)
    if len(steps) * smaller * steps.sum() > LARGEST_EXACT:
        return np.nan
    observed = steps[:first].sum() if smaller == first else steps[first:].sum()
    ways = np.zeros((smaller + 1, steps.sum() + 1))
    ways[0, 0] = 1.0
    for rank in steps:
        # The right-hand side is complete before it is added, so no rank is drawn twice.
        ways[1:, rank:] += ways[:-1, : ways.shape[1] - rank].copy()
    total = ways[smaller]
    expected = smaller * steps.sum() / len(steps)
    far = np.abs(np.arange(len(total)) - expected) >= abs(observed - expected) - 1e-9
    return float(total[far].sum() / total.sum())
