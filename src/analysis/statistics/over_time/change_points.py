"""Where a series breaks."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array


def change_points(y: Any, *, number: int, min_segment: int = 2) -> tuple[list[int], float]:
    """Best split of a series into segments of constant mean (ruptures, dynamic programme).

    Bai & Perron (2003). With jump=1: the library's default of 5 misses the Nile's 28. For
    counts use `count_change_point`.

    Parameters
    ----------
    y : array of float, (points,)
        Values in order.
    number : int
        Change points.
    min_segment : int, default 2
        Fewest points of a segment.

    Returns
    -------
    (breaks, rss) : list of int, float
        Observations before each break; residual sum of squares.

    Raises
    ------
    ValueError
        If the series is too short for the segments.
    AnalysisError
        If ruptures is not installed, which has no release for Python 3.14 yet.

    Examples
    --------
    >>> change_points([1, 1, 1, 5, 5, 5], number=1)
    ([3], 0.0)
    """
    values = checks.numbers("y", y, ndim=1)
    number = checks.whole("number", number, least=0)
    min_segment = checks.whole("min_segment", min_segment)
    checks.at_least("y", len(values), (number + 1) * min_segment, "points")
    breaks: list[int] = []
    if number:
        search = _ruptures().Dynp(model="l2", min_size=min_segment, jump=1).fit(values)
        breaks = [int(end) for end in search.predict(n_bkps=number)[:-1]]
    segments = np.split(values, breaks)
    return breaks, float(sum(((part - part.mean()) ** 2).sum() for part in segments))


def _ruptures() -> ModuleType:
    try:
        import ruptures
    except ImportError:
        raise AnalysisError(
            "change_points",
            "ruptures is not installed",
            "a Python that it supports (before 3.14)",
            "use Python 3.13, or `count_change_point` for counts",
        ) from None
    return ruptures


def change_point_number(y: Any, *, most: int = 5, min_segment: int | None = None) -> dict[str, Any]:
    """Choose the number of breaks in the mean by BIC (Bai & Perron 2003).

    n(ln(2π·RSS/n) + 1) + (2m + 2)·ln n; sup F = max (RSS₀ − RSS₁)/(RSS₁/(n − 2)) over single
    breaks (Andrews 1993).

    Parameters
    ----------
    y : array of float, (points,)
        Values in order.
    most : int, default 5
        Largest number of breaks.
    min_segment : int, optional
        Fewest points of a segment; 15 % of the series by default.

    Returns
    -------
    dict
        selected (number), breaks, rss_by_number, bic_by_number, sup_f.

    Raises
    ------
    ValueError
        If the series is too short or does not vary.

    Examples
    --------
    >>> change_point_number([1, 2, 1, 2, 9, 8, 9, 8, 9, 8], most=2, min_segment=2)["breaks"]
    [4]
    """
    values = checks.numbers("y", y, ndim=1)
    n = len(values)
    size = max(1, int(0.15 * n)) if min_segment is None else min_segment
    splits = [
        change_points(values, number=m, min_segment=size)
        for m in range(checks.whole("most", most) + 1)
        if (m + 1) * size <= n
    ]
    rss = np.array([value for _, value in splits])
    if not (rss > 0).all():
        raise AnalysisError("y", "segments without any variation", "values that vary")
    bic = n * (np.log(2 * np.pi * rss / n) + 1) + (2 * np.arange(len(rss)) + 2) * np.log(n)
    chosen = int(bic.argmin())
    return {
        "selected": chosen,
        "breaks": splits[chosen][0],
        "rss_by_number": rss.tolist(),
        "bic_by_number": bic.tolist(),
        "sup_f": float((rss[0] - rss[1]) / (rss[1] / (n - 2))) if len(rss) > 1 else np.nan,
    }


def count_change_point(
    counts: Any, exposures: Any = None, *, theta: float = np.inf, min_segment: int = 1
) -> dict[str, Any]:
    """Best single break in the rate of a count series, by likelihood.

    Poisson, or negative binomial with a given θ (var = μ + μ²/θ), over all splits. Twice the
    gain in log-likelihood is *not* chi-square: the break was searched for.

    Parameters
    ----------
    counts : array of int, (points,)
        Occurrences in order of time.
    exposures : array of float, (points,), optional
        Tokens of each period; 1 by default.
    theta : float, default inf
        Negative binomial size; inf is Poisson.
    min_segment : int, default 1
        Fewest periods on a side.

    Returns
    -------
    dict
        before (periods before the break), rates (before and after), log_likelihood,
        log_likelihood_no_change.

    Raises
    ------
    ValueError
        If counts are not counts or there are fewer than two segments' worth.

    Examples
    --------
    >>> count_change_point([4, 5, 4, 1, 0, 1])["before"]
    3
    """
    k = checks.counts("counts", counts, ndim=1)
    t = np.ones(len(k)) if exposures is None else checks.positive("exposures", exposures)
    checks.same_length(counts=k, exposures=t)
    if not theta > 0:
        raise AnalysisError("theta", f"{theta!r}", "a number above 0, or inf")
    size = checks.whole("min_segment", min_segment)
    checks.at_least("counts", len(k), 2 * size, "periods")
    splits = range(size, len(k) - size + 1)
    values = [
        _count_likelihood(k[:i], t[:i], theta) + _count_likelihood(k[i:], t[i:], theta)
        for i in splits
    ]
    best = splits[int(np.argmax(values))]
    return {
        "before": int(best),
        "rates": (_rate(k[:best], t[:best], theta), _rate(k[best:], t[best:], theta)),
        "log_likelihood": float(max(values)),
        "log_likelihood_no_change": _count_likelihood(k, t, theta),
    }


def _rate(k: Array, t: Array, theta: float) -> float:
    rate = float(k.sum() / t.sum())
    if np.isinf(theta) or rate == 0 or np.ptp(t) == 0:
        return rate
    for _ in range(200):
        weight = 1 / (1 + rate * t / theta)
        rate, old = float((weight * k).sum() / (weight * t).sum()), rate
        if abs(rate - old) <= 1e-14 * rate:
            break
    return rate


def _count_likelihood(k: Array, t: Array, theta: float) -> float:
    mu = _rate(k, t, theta) * t
    if np.isinf(theta):
        return float((scipy.special.xlogy(k, mu) - mu - scipy.special.gammaln(k + 1)).sum())
    return float(scipy.stats.nbinom.logpmf(k, theta, theta / (theta + mu)).sum())
