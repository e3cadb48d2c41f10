"""Rates with honest intervals: of tokens, of events, and of whole documents.

Intervals on tokens (`wilson`, `clopper_pearson`, `poisson_interval`, `rate_ratio`) treat every
word as an independent trial. Words of one document are not independent; `ratio_by_document` and
`bootstrap.document_bootstrap` take the document as the unit, and the design effect says how much
too narrow the first kind is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array


def wilson(
    count: Any, total: Any, level: float = 0.95, *, continuity: bool = False
) -> tuple[Array, Array]:
    """Wilson's score interval of a proportion.

    (k + z²/2 ± z √(k(n−k)/n + z²/4)) / (n + z²), Wilson (1927); with `continuity` Newcombe's
    (1998) method 4. Never leaves [0, 1] and has an upper bound at k = 0.

    Parameters
    ----------
    count, total : int or array of int
        Occurrences, and tokens (or coded units) they are counted in. `total` must be positive.
    level : float, default 0.95
        Confidence level.
    continuity : bool, default False
        Whether to correct for continuity.

    Returns
    -------
    (low, high) : floats or arrays

    Raises
    ------
    ValueError
        If a count is negative or not whole, or a total smaller than its count.

    Examples
    --------
    >>> low, high = wilson(81, 263)
    >>> print(f"{low:.4f} {high:.4f}")
    0.2553 0.3662
    """
    k, n = _proportion(count, total)
    z = _z(level)
    p = k / n
    if not continuity:
        centre, half = k + z**2 / 2, z * np.sqrt(k * (n - k) / n + z**2 / 4)
        low, high = (centre - half) / (n + z**2), (centre + half) / (n + z**2)
        return np.where(k == 0, 0.0, low)[()], np.where(k == n, 1.0, high)[()]
    lower, upper = np.maximum(p - 0.5 / n, 0), np.minimum(p + 0.5 / n, 1)
    half_z = z**2 / (2 * n)
    low = (lower + half_z - z * np.sqrt(lower * (1 - lower) / n + half_z / (2 * n))) / (
        1 + 2 * half_z
    )
    high = (upper + half_z + z * np.sqrt(upper * (1 - upper) / n + half_z / (2 * n))) / (
        1 + 2 * half_z
    )
    return np.where(k == 0, 0.0, low)[()], np.where(k == n, 1.0, high)[()]


def clopper_pearson(count: Any, total: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Exact (Clopper-Pearson) interval of a proportion.

    Beta quantiles B(α/2; k, n−k+1) and B(1−α/2; k+1, n−k), Clopper & Pearson (1934). Covers at
    least `level`, hence wider than `wilson`.

    Parameters
    ----------
    count, total : int or array of int
        Occurrences and trials.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (low, high) : floats or arrays

    Raises
    ------
    ValueError
        As `wilson`.

    Examples
    --------
    >>> low, high = clopper_pearson(0, 20)
    >>> print(f"{low:.4f} {high:.4f}")
    0.0000 0.1684
    """
    k, n = _proportion(count, total)
    tail = (1 - checks.level(level)) / 2
    low = np.where(
        k == 0, 0.0, scipy.special.betaincinv(np.maximum(k, 1), np.maximum(n - k + 1, 1), tail)
    )
    high = np.where(k == n, 1.0, scipy.special.betainccinv(k + 1, np.maximum(n - k, 1), tail))
    return low[()], high[()]


def poisson_interval(count: Any, exposure: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Exact interval of a Poisson rate (Garwood 1936).

    ½χ²(α/2; 2k)/T to ½χ²(1−α/2; 2k+2)/T. Exposure in million tokens gives rates per million.
    Right for independent events; in texts too narrow by the root of the design effect.

    Parameters
    ----------
    count : int or array of int
        Occurrences.
    exposure : float or array of float
        What they are counted in, in any unit; positive.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (low, high) : floats or arrays
        Bounds of the rate count / exposure.

    Raises
    ------
    ValueError
        If a count is negative or not whole, or an exposure not positive.

    Examples
    --------
    >>> low, high = poisson_interval(137, 24.19893)
    >>> print(f"{low:.4f} {high:.4f}")
    4.7531 6.6927
    """
    k, t = checks.counts("count", count), checks.positive("exposure", exposure)
    tail = (1 - checks.level(level)) / 2
    low = np.where(k == 0, 0.0, scipy.special.gammaincinv(np.maximum(k, 1), tail))
    high = scipy.special.gammainccinv(k + 1, tail)
    return (low / t)[()], (high / t)[()]


def rate_ratio(
    count_1: int, exposure_1: float, count_2: int, exposure_2: float, level: float = 0.95
) -> tuple[float, float, float, float]:
    """Exact interval and test of the ratio of two Poisson rates.

    Given a + b, a is binomial; the Clopper-Pearson bounds t of a/(a+b) become
    t/(1−t)·T₂/T₁. The two-sided p-value sums the outcomes no more likely than the one seen.

    Parameters
    ----------
    count_1, count_2 : int
        Occurrences.
    exposure_1, exposure_2 : float
        Tokens, or another exposure; positive.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (ratio, low, high, p) : floats
        With no occurrence at all the ratio is NaN and the interval (0, inf); with none in the
        second only, the ratio and the upper bound are inf.

    Raises
    ------
    ValueError
        As `poisson_interval`.

    Examples
    --------
    >>> print("{:.3f} {:.3f} {:.3f} {:.4f}".format(*rate_ratio(11, 800, 21, 3011)))
    1.971 0.858 4.277 0.0797
    """
    a, b = (float(checks.counts(n, v)) for n, v in (("count_1", count_1), ("count_2", count_2)))
    t_1 = float(checks.positive("exposure_1", exposure_1))
    t_2 = float(checks.positive("exposure_2", exposure_2))
    if a + b == 0:
        return np.nan, 0.0, np.inf, 1.0
    bounds = clopper_pearson(a, a + b, level)
    low, high = (t / (1 - t) * t_2 / t_1 if t < 1 else np.inf for t in map(float, bounds))
    p = scipy.stats.binomtest(int(a), int(a + b), t_1 / (t_1 + t_2)).pvalue
    return (a / t_1) / (b / t_2) if b else np.inf, low, high, float(p)


@dataclass(frozen=True)
class DocumentRatio:
    """A ratio Σk/Σn with its variance between documents; one value per column of the counts.

    Attributes
    ----------
    ratio : occurrences per token
    se_linearised : √(m/(m−1) Σ(kᵢ − R nᵢ)²) / Σn
    se_jackknife : from leaving out one document at a time
    low, high : normal interval from `se_linearised`
    design_effect : linearised variance over the Poisson variance R/Σn; NaN without occurrences
    documents : number of documents with tokens
    note : what to say beside the numbers, empty when nothing
    """

    ratio: Any
    se_linearised: Any
    se_jackknife: Any
    low: Any
    high: Any
    design_effect: Any
    documents: int
    note: str = ""


def ratio_by_document(counts: Any, exposures: Any, *, level: float = 0.95) -> DocumentRatio:
    """Estimate a rate with whole documents as the sampled unit.

    R = Σkᵢ/Σnᵢ; linearised variance m/(m−1)·Σ(kᵢ − R·nᵢ)²/(Σnᵢ)² (Cochran 1977), and the
    delete-one jackknife. The mean of per-document rates is another estimand: `mean_of_rates`.

    Parameters
    ----------
    counts : array of int, (documents,) or (documents, columns)
        Occurrences.
    exposures : array of float, (documents,)
        Tokens; documents without any are left out.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DocumentRatio

    Raises
    ------
    ValueError
        If fewer than two documents have tokens, or counts are not counts.

    Examples
    --------
    >>> result = ratio_by_document([3, 0, 14, 7], [1430, 135, 2318, 1900])
    >>> print(f"{1000 * result.ratio:.2f} per thousand, design effect {result.design_effect:.2f}")
    4.15 per thousand, design effect 1.61
    """
    k, n = checks.units(counts, exposures)
    z, m = _z(level), len(n)
    size = n if k.ndim == 1 else n[:, None]
    ratio = k.sum(axis=0) / n.sum()
    variance = m / (m - 1) * ((k - ratio * size) ** 2).sum(axis=0) / n.sum() ** 2
    left_out = (k.sum(axis=0) - k) / (n.sum() - size)
    jackknife = (m - 1) / m * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    poisson = ratio / n.sum()
    effect = np.divide(variance, poisson, out=np.full_like(variance, np.nan), where=poisson > 0)
    se = np.sqrt(variance)
    return DocumentRatio(
        ratio=ratio,
        se_linearised=se,
        se_jackknife=np.sqrt(jackknife),
        low=ratio - z * se,
        high=ratio + z * se,
        design_effect=effect[()],
        documents=m,
        note=checks.few_documents(m),
    )


def mean_of_rates(
    counts: Any, exposures: Any, *, level: float = 0.95
) -> tuple[Array, Array, Array]:
    """Mean of the per-document rates with Student's t interval.

    What to report below ten documents, where resampling them is too narrow. Every document
    weighs the same, so this is not Σk/Σn.

    Parameters
    ----------
    counts : array of int, (documents,) or (documents, columns)
        Occurrences.
    exposures : array of float, (documents,)
        Tokens; documents without any are left out.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (mean, low, high) : floats or arrays

    Raises
    ------
    ValueError
        If fewer than two documents have tokens.

    Examples
    --------
    >>> mean, low, high = mean_of_rates([3, 0, 14, 7], [1430, 135, 2318, 1900])
    >>> print(f"{1000 * mean:.2f} {1000 * low:.2f} {1000 * high:.2f}")
    2.96 -1.10 7.01
    """
    k, n = checks.units(counts, exposures)
    rates = k / (n if k.ndim == 1 else n[:, None])
    mean = rates.mean(axis=0)
    half = scipy.special.stdtrit(len(n) - 1, (1 + checks.level(level)) / 2) * (
        rates.std(axis=0, ddof=1) / np.sqrt(len(n))
    )
    return mean, mean - half, mean + half


def _proportion(count: Any, total: Any) -> tuple[Array, Array]:
    k, n = checks.counts("count", count), checks.counts("total", total)
    checks.within("count", k, "total", n)
    return k, checks.positive("total", n)


def _z(level: float) -> float:
    return float(scipy.special.ndtri((1 + checks.level(level)) / 2))
