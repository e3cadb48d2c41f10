"""How much more often: effect sizes of one word in two corpora.

`count_1` of `total_1` tokens in the focus corpus against `count_2` of `total_2` in the reference;
scalars or arrays. Counts scaled by a constant leave them alone, unlike any test statistic.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.words.contingency import _plain, table


def log_ratio(
    count_1: Any,
    total_1: Any,
    count_2: Any,
    total_2: Any,
    *,
    zero: str = "hardie",
    level: float = 0.95,
) -> tuple[Array, Array, Array]:
    """Binary log of the ratio of two relative frequencies, with its interval.

    log₂[(f₁/n₁)/(f₂/n₂)] (Hardie 2014); interval by the delta method on the natural log,
    variance 1/f₁ − 1/n₁ + 1/f₂ − 1/n₂. One unit is a doubling. Words are taken as independent.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    zero : {"hardie", "walter"}
        "hardie" replaces a count of 0 by ½; "walter" adds ½ to all four numbers whether or not
        one is 0 (Walter 1975). They rank rare words differently: report which.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (estimate, low, high) : floats or arrays
        NaN where the word occurs in neither corpus and `zero` is "hardie": there is nothing to
        compare.

    Raises
    ------
    ValueError
        If a count is negative or not whole, a total smaller than its count, or a corpus empty.

    Examples
    --------
    >>> estimate, low, high = log_ratio(166, 46349, 54, 108539)
    >>> print(f"{estimate:.2f} [{low:.2f}, {high:.2f}]")
    2.85 [2.41, 3.29]
    """
    checks.one_of("zero", zero, ("hardie", "walter"))
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    if zero == "walter":
        f1, n1, f2, n2 = f1 + 0.5, n1 + 0.5, f2 + 0.5, n2 + 0.5
    else:
        nothing = (f1 == 0) & (f2 == 0)
        f1, f2 = (np.where(f == 0, np.where(nothing, np.nan, 0.5), f) for f in (f1, f2))
    estimate = np.log(f1 / n1) - np.log(f2 / n2)
    z = scipy.special.ndtri((1 + checks.level(level)) / 2)
    half = z * np.sqrt(1 / f1 - 1 / n1 + 1 / f2 - 1 / n2)
    values = (estimate, estimate - half, estimate + half)
    return tuple(_plain(value / np.log(2)) for value in values)


def relative_risk(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, level: float = 0.95
) -> tuple[Array, Array, Array]:
    """Ratio of two relative frequencies with the interval of `log_ratio`, on the plain scale.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (estimate, low, high) : floats or arrays
        NaN where a count is 0: the interval does not exist (use `frequency.rate_ratio`).

    Raises
    ------
    ValueError
        As `log_ratio`.

    Examples
    --------
    >>> "{:.4f} {:.4f} {:.4f}".format(*relative_risk(18, 1_000_000, 35, 1_000_000))
    '0.5143 0.2913 0.9080'
    """
    values = log_ratio(count_1, total_1, count_2, total_2, level=level)
    f1, _, f2, _ = table(count_1, total_1, count_2, total_2)
    seen = (f1 > 0) & (f2 > 0)
    return tuple(_plain(np.where(seen, 2.0**value, np.nan)) for value in values)


def percent_diff(count_1: Any, total_1: Any, count_2: Any, total_2: Any) -> Array:
    """%DIFF = 100 (p₁ − p₂)/p₂ (Gabrielatos & Marchi 2011).

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.

    Returns
    -------
    float or array
        NaN where the reference has no occurrence: a percentage of nothing.

    Raises
    ------
    ValueError
        As `log_ratio`.

    Examples
    --------
    >>> print(f"{percent_diff(206523, 959641, 178174, 1562358):.1f}")
    88.7
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    reference = np.where(f2 > 0, f2, np.nan) / n2
    return _plain(100 * (f1 / n1 - reference) / reference)


def odds_ratio(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, level: float = 0.95
) -> tuple[Array, Array, Array]:
    """Sample odds ratio with Woolf's (1955) interval.

    [f₁/(n₁−f₁)] / [f₂/(n₂−f₂)]; variance of its log Σ 1/cell.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (estimate, low, high) : floats or arrays
        NaN where a cell is 0.

    Raises
    ------
    ValueError
        As `log_ratio`.

    Examples
    --------
    >>> "{:.2f} {:.2f} {:.2f}".format(*odds_ratio(16217, 2796938, 735, 2087946))
    '16.56 15.38 17.83'
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    cells = [np.where(cell > 0, cell, np.nan) for cell in (f1, n1 - f1, f2, n2 - f2)]
    log = np.log(cells[0]) - np.log(cells[1]) - np.log(cells[2]) + np.log(cells[3])
    half = scipy.special.ndtri((1 + checks.level(level)) / 2) * np.sqrt(
        sum(1 / cell for cell in cells)
    )
    return tuple(_plain(np.exp(value)) for value in (log, log - half, log + half))


def difference_coefficient(count_1: Any, total_1: Any, count_2: Any, total_2: Any) -> Array:
    """Difference coefficient (p₁ − p₂)/(p₁ + p₂) (Hofland & Johansson 1982), in [−1, 1].

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.

    Returns
    -------
    float or array
        NaN where the word occurs in neither corpus.

    Raises
    ------
    ValueError
        As `log_ratio`.

    Examples
    --------
    >>> print(f"{difference_coefficient(18, 1_000_000, 35, 1_000_000):.2f}")
    -0.32
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    both = np.where(f1 + f2 > 0, f1 / n1 + f2 / n2, np.nan)
    return _plain((f1 / n1 - f2 / n2) / both)


def simple_maths(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, k: float = 1.0
) -> Array:
    """Return Kilgarriff's (2009) simple maths, (10⁶p₁ + k)/(10⁶p₂ + k).

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    k : float, default 1.0
        Smoothing per million: 1 favours rare words, 100 frequent ones.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        As `log_ratio`, or if `k` is not positive.

    Examples
    --------
    >>> print(f"{simple_maths(166, 46349, 54, 108539, k=100):.4f}")
    6.1614
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    k = float(checks.positive("k", k))
    return _plain((1e6 * f1 / n1 + k) / (1e6 * f2 / n2 + k))


def pointwise_mutual_information(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, base: float = 2.0
) -> Array:
    """Log of observed over expected occurrences in the first corpus.

    An effect size; it has no p-value.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    base : float, default 2.0
        Base of the logarithm.

    Returns
    -------
    float or array
        NaN where the first corpus has no occurrence.

    Raises
    ------
    ValueError
        As `log_ratio`.

    Examples
    --------
    >>> print(f"{pointwise_mutual_information(166, 46349, 54, 108539, base=2.718281828459045):.4f}")
    0.9249
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    base = float(checks.positive("base", base))
    observed = np.where(f1 > 0, f1, np.nan)
    return _plain(np.log(observed * (n1 + n2) / n1 / np.maximum(f1 + f2, 1)) / np.log(base))


def conservative_log_ratio(
    count_1: Any,
    total_1: Any,
    count_2: Any,
    total_2: Any,
    *,
    family_size: int,
    level: float = 0.95,
    alternative: str = "two-sided",
) -> Array:
    """Conservative log ratio, LRC (Evert 2022).

    The bound nearest zero of the exact conditional-Poisson interval of the log ratio at
    confidence 1 − α/m, set to 0 if the interval contains 0: effect size, significance filter
    and Bonferroni correction in one number. τ = B(α/2m; f₁, f₂+1);
    LRC = max(0, log₂[(n₂/n₁) τ/(1−τ)]) for p₁ ≥ p₂, mirrored otherwise.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    family_size : int
        Number m of words compared, shown or not; 1 for no correction. Report it.
    level : float, default 0.95
        Family-wise confidence level.
    alternative : {"two-sided", "greater"}
        "greater" returns the one-sided lower bound at α/m, not set to 0: for ranking words of
        the first corpus only. −inf without an occurrence there.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        As `log_ratio`, or if `family_size` is not a whole number of at least 1.

    Examples
    --------
    >>> lrc = conservative_log_ratio(166, 46349, 54, 108539, family_size=9591)
    >>> print(f"{lrc:.4f}")
    1.8525
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    checks.one_of("alternative", alternative, ("two-sided", "greater"))
    tail = (1 - checks.level(level)) / checks.whole("family_size", family_size)
    if alternative == "greater":
        return _plain(_log_ratio_bound(f1, n1, f2, n2, tail))
    over = np.maximum(_log_ratio_bound(f1, n1, f2, n2, tail / 2), 0)
    under = np.maximum(_log_ratio_bound(f2, n2, f1, n1, tail / 2), 0)
    return _plain(np.where(f1 / n1 >= f2 / n2, over, -under) + 0.0)


def _log_ratio_bound(f1: Array, n1: Array, f2: Array, n2: Array, tail: float) -> Array:
    share = scipy.special.betaincinv(np.maximum(f1, 1), f2 + 1, tail)
    bound = np.log2(n2 / n1) + np.log2(share) - np.log2(1 - share)
    return np.where(f1 > 0, bound, -np.inf)
