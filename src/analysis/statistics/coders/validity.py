"""How often the measure itself is wrong, and what is left of a share once that is allowed for.

The instrument (a dictionary, a rule) says hit or miss; a hand-coded sample says what is true.
Sensitivity is recall, specificity the share of true misses left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks, recovery
from analysis.statistics.counts.frequency import clopper_pearson, wilson

INTERVALS = ("wilson", "clopper_pearson", "blaker")


def confusion(tp: int, fp: int, fn: int, tn: int, *, level: float = 0.95) -> dict[str, float]:
    """Measure an instrument on a simple random sample of coded units.

    Parameters
    ----------
    tp, fp, fn, tn : int
        True hits, false hits, missed, rightly left alone.
    level : float, default 0.95
        Confidence level of the Wilson intervals.

    Returns
    -------
    dict
        precision TP/(TP+FP), recall TP/(TP+FN), specificity TN/(TN+FP), each with _low and
        _high; f1; mcc (Matthews 1975); accuracy; prevalence_true, prevalence_classified. NaN
        where the denominator is 0.

    Raises
    ------
    ValueError
        If a number is not a count, or all are 0.

    Examples
    --------
    >>> result = confusion(87, 23, 31, 859)
    >>> print(f"{result['precision']:.3f} {result['recall']:.3f} {result['f1']:.3f}")
    0.791 0.737 0.763
    """
    cells = {"tp": tp, "fp": fp, "fn": fn, "tn": tn}
    a, b, c, d = (float(checks.counts(name, value)) for name, value in cells.items())
    n = a + b + c + d
    checks.at_least("tp, fp, fn, tn", int(n), 1, "coded units")
    result: dict[str, float] = {}
    for name, k, total in (
        ("precision", a, a + b),
        ("recall", a, a + c),
        ("specificity", d, b + d),
    ):
        low, high = wilson(k, total, level) if total else (np.nan, np.nan)
        result |= {name: _ratio(k, total), f"{name}_low": float(low), f"{name}_high": float(high)}
    margins = np.sqrt((a + b) * (a + c) * (d + b) * (d + c))
    return result | {
        "f1": _ratio(2 * a, 2 * a + b + c),
        "mcc": _ratio(a * d - b * c, margins),
        "accuracy": (a + d) / n,
        "prevalence_true": (a + c) / n,
        "prevalence_classified": (a + b) / n,
    }


def stratified_recall(  # noqa: PLR0917 - two strata of three counts
    hits_total: int,
    hits_coded: int,
    hits_true: int,
    misses_total: int,
    misses_coded: int,
    misses_true: int,
    *,
    finite: bool = True,
    level: float = 0.95,
) -> dict[str, float]:
    """Estimate recall from a coded sample of hits and a coded sample of non-hits.

    recall = N_h·p_h/(N_h·p_h + N_m·p_m), with the delta-method standard error (Cochran 1977).
    Recall cannot be had from hits alone; this is the cheap unbiased design. The intervals are
    not estimate ± z·se, which covers too seldom where few coded non-hits are true
    (benchmarks/coverage.py): they are made from Wilson's intervals of both strata (Zou & Donner
    2008; Donner & Zou 2012).

    Parameters
    ----------
    hits_total, hits_coded, hits_true : int
        Units the instrument hit, how many of them were coded, how many of these are true.
    misses_total, misses_coded, misses_true : int
        The same for units it did not hit.
    finite : bool, default True
        Whether to count the samples as part of finite strata (finite population correction).
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    dict
        precision, recall, prevalence (share of true units in all), each with _se, _low and
        _high. recall is NaN if no coded unit is true.

    Raises
    ------
    ValueError
        If more is coded than there is, fewer than two units are coded in a stratum, or more is
        true than coded.

    Examples
    --------
    >>> result = stratified_recall(1200, 200, 150, 18800, 400, 12)
    >>> print(f"{result['recall']:.3f} ({result['recall_se']:.3f})")
    0.615 (0.067)
    """
    checks.level(level)
    total, share, variance, bounds = [], [], [], []
    for stratum, numbers in (
        ("hits", (hits_total, hits_coded, hits_true)),
        ("misses", (misses_total, misses_coded, misses_true)),
    ):
        big, coded, true = (
            checks.counts(f"{stratum}_{part}", value)
            for part, value in zip(("total", "coded", "true"), numbers, strict=True)
        )
        checks.within(f"{stratum}_coded", coded, f"{stratum}_total", big)
        checks.within(f"{stratum}_true", true, f"{stratum}_coded", coded)
        checks.at_least(f"{stratum}_coded", int(coded), 2, "coded units")
        p = float(true / coded)
        correction = 1 - coded / big if finite else 1.0
        total.append(float(big))
        share.append(p)
        variance.append(float(correction * p * (1 - p) / (coded - 1)))
        # A sample of a finite stratum tells as much as a larger one of an endless one.
        size = float(coded / correction) if correction > 0 else np.inf
        bounds.append((p, *_wilson(p, size, level)))
    n = sum(total)
    true_hits, true_misses = total[0] * share[0], total[1] * share[1]
    everything = true_hits + true_misses
    recall = _ratio(true_hits, everything)
    spread = np.sqrt(
        (1 - recall) ** 2 * total[0] ** 2 * variance[0] + recall**2 * total[1] ** 2 * variance[1]
    )
    prevalence_se = np.sqrt(total[0] ** 2 * variance[0] + total[1] ** 2 * variance[1]) / n
    hits, misses = (tuple(n * b for b in part) for n, part in zip(total, bounds, strict=True))
    # Recall falls with the ratio of true misses to true hits, of which one may be none.
    if true_hits:
        _, few, many = recovery.ratio(misses, hits)
        recall_bounds = 1 / (1 + many), 1 / (1 + few)
    else:
        _, few, many = recovery.ratio(hits, misses)
        recall_bounds = few / (1 + few), many / (1 + many)
    # A sum is the difference from what is negative.
    negative = (-misses[0], -misses[2], -misses[1])
    whole = recovery.difference(hits, negative)
    found = {
        "precision": (share[0], np.sqrt(variance[0]), bounds[0][1:]),
        "recall": (
            recall,
            _ratio(spread, everything),
            recall_bounds,
        ),
        "prevalence": (
            everything / n,
            prevalence_se,
            (whole[1] / n, whole[2] / n),
        ),
    }
    result: dict[str, float] = {}
    for name, (value, se, (low, high)) in found.items():
        result |= {name: value, f"{name}_se": float(se)}
        result |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return result


def _wilson(p: float, size: float, level: float) -> tuple[float, float]:
    """Wilson's interval of a share that stands for a number of units that need not be whole."""
    z = float(scipy.special.ndtri((1 + level) / 2))
    inverse = 0.0 if np.isinf(size) else 1 / size
    centre = p + z**2 * inverse / 2
    half = z * np.sqrt(p * (1 - p) * inverse + (z * inverse / 2) ** 2)
    low, high = ((centre + sign * half) / (1 + z**2 * inverse) for sign in (-1, 1))
    return 0.0 if p == 0 else float(low), 1.0 if p == 1 else float(high)


def rogan_gladen(
    positive: int,
    n: int,
    sensitivity: float,
    specificity: float,
    *,
    interval: str = "wilson",
    level: float = 0.95,
) -> dict[str, Any]:
    """Correct a share for known sensitivity and specificity (Rogan & Gladen 1978).

    (AP + Sp − 1)/(Se + Sp − 1), as adjusted classify-and-count (Forman 2008). Assumes both are
    the same in every group compared: validate by speaker, or use `design_based`.

    Parameters
    ----------
    positive, n : int
        Hits and units.
    sensitivity, specificity : float
        Treated as known; for estimates use `lang_reiczigel`.
    interval : {"wilson", "clopper_pearson", "blaker"}
        Interval of the apparent share (Blaker 2000), mapped by the same formula.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    dict
        apparent, apparent_low, apparent_high; corrected, corrected_low, corrected_high, *not*
        cut at 0 and 1; note, which says when they lie outside: the instrument's accuracy then
        contradicts the data.

    Raises
    ------
    ValueError
        If Se + Sp is at most 1: the instrument then says nothing.

    Examples
    --------
    >>> result = rogan_gladen(45, 150, 0.96, 0.89, interval="blaker")
    >>> print("{corrected:.4f} [{corrected_low:.4f}, {corrected_high:.4f}]".format(**result))
    0.2235 [0.1391, 0.3168]
    """
    checks.one_of("interval", interval, INTERVALS)
    k, total = checks.counts("positive", positive), checks.positive("n", n)
    checks.within("positive", k, "n", checks.counts("n", total))
    intervals: dict[str, Callable[..., Any]] = {
        "wilson": wilson,
        "clopper_pearson": clopper_pearson,
        "blaker": _blaker,
    }
    bounds = [float(b) for b in intervals[interval](float(k), float(total), level)]
    apparent = float(k / total)
    values = [adjusted_count(p, sensitivity, specificity) for p in (apparent, *bounds)]
    outside = any(not 0 <= value <= 1 for value in values)
    return {
        "apparent": apparent,
        "apparent_low": bounds[0],
        "apparent_high": bounds[1],
        "corrected": values[0],
        "corrected_low": values[1],
        "corrected_high": values[2],
        "note": "outside [0, 1]: the stated accuracy contradicts the data" if outside else "",
    }


def adjusted_count(
    share: float, sensitivity: float, specificity: float, *, clip: bool = False
) -> float:
    """Correct one classified share: (share + Sp − 1)/(Se + Sp − 1).

    Parameters
    ----------
    share : float
        Share of units the instrument hit.
    sensitivity, specificity : float
        True and 1 − false positive rate.
    clip : bool, default False
        Whether to cut at 0 and 1, as adjusted classify-and-count does (Forman 2008).

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a number is not a share, or Se + Sp is at most 1.

    Examples
    --------
    >>> round(adjusted_count(0.23, 0.81, 0.94), 4)
    0.2267
    """
    p = float(checks.probability("share", share))
    se = float(checks.probability("sensitivity", sensitivity))
    sp = float(checks.probability("specificity", specificity))
    if se + sp <= 1:
        raise AnalysisError(
            "sensitivity + specificity",
            f"{se + sp:g}",
            "more than 1, or the instrument says nothing",
        )
    value = (p + sp - 1) / (se + sp - 1)
    return min(max(value, 0.0), 1.0) if clip else value


def lang_reiczigel(  # noqa: PLR0917 - three shares, each with its n
    apparent: float,
    n: float,
    sensitivity: float,
    n_sensitivity: float,
    specificity: float,
    n_specificity: float,
    *,
    level: float = 0.95,
) -> tuple[float, float, float]:
    """Correct a share for sensitivity and specificity estimated from samples.

    Interval of Lang & Reiczigel (2014), which carries the validation samples' uncertainty.

    Parameters
    ----------
    apparent : float
        Share of units the instrument hit.
    n : int
        Units.
    sensitivity, specificity : float
        Estimates from coded samples.
    n_sensitivity, n_specificity : int
        True units, and untrue units, in those samples.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (corrected, low, high) : floats
        The Rogan-Gladen estimate (not cut), bounds cut at 0 and 1.

    Raises
    ------
    ValueError
        As `adjusted_count`.

    Examples
    --------
    >>> "{:.3f} [{:.3f}, {:.3f}]".format(*lang_reiczigel(0.156, 2000, 0.72, 100, 0.95, 200))
    '0.158 [0.104, 0.206]'
    """
    corrected = adjusted_count(apparent, sensitivity, specificity)
    z = float(scipy.special.ndtri((1 + checks.level(level)) / 2))
    sizes = {"n": n, "n_sensitivity": n_sensitivity, "n_specificity": n_specificity}
    size, size_se, size_sp = (float(checks.positive(k, v)) for k, v in sizes.items())
    m, m_se, m_sp = size + z**2, size_se + 2, size_sp + 2
    ap = (size * apparent + z**2 / 2) / m
    se, sp = (size_se * sensitivity + 1) / m_se, (size_sp * specificity + 1) / m_sp
    youden = se + sp - 1
    p = (ap + sp - 1) / youden
    v_se, v_sp = se * (1 - se) / m_se, sp * (1 - sp) / m_sp
    shift = 2 * z**2 * (p * v_se - (1 - p) * v_sp)
    half = z * np.sqrt(ap * (1 - ap) / m + p**2 * v_se + (1 - p) ** 2 * v_sp) / youden
    low, high = np.clip([p + shift - half, p + shift + half], 0, 1)
    return corrected, float(low), float(high)


def _blaker(count: float, total: float, level: float) -> tuple[float, float]:
    """Blaker's (2000) interval, walked to in steps of 1e-4 from Clopper-Pearson's.

    His acceptability is not monotone, so it cannot be solved for; the last step before it
    suffices is returned, as in R's epiR.
    """
    low, high = (float(bound) for bound in clopper_pearson(count, total, level))
    step, alpha = 1e-4, 1 - level
    return (
        _walk(count, total, low, step, alpha) if count > 0 else 0.0,
        _walk(count, total, high, -step, alpha) if count < total else 1.0,
    )


def _walk(count: float, total: float, start: float, step: float, alpha: float) -> float:
    law = scipy.stats.binom
    for block in range(200):
        p = start + step * np.arange(block * 500 + 1, block * 500 + 501)
        p = p[(p > 0) & (p < 1)]
        upper, lower = law.sf(count - 1, total, p), law.cdf(count, total, p)
        # ppf can land one too high when the probability is itself a value of the cdf.
        below = law.ppf(upper * (1 - 1e-12), total, p) - 1
        above = law.ppf(1 - lower * (1 - 1e-12), total, p)
        acceptability = np.minimum(
            upper + law.cdf(below, total, p), lower + law.sf(above, total, p)
        )
        enough = np.flatnonzero(acceptability >= alpha)
        if len(enough):
            return float(start + step * (block * 500 + enough[0]))
        if len(p) < 500:
            break
    return start


def _ratio(numerator: float, denominator: float) -> float:
    return float(numerator / denominator) if denominator else np.nan
