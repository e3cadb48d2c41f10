"""One contrast of two groups under many specifications, and a joint test that permutes speakers.

What a specification needs of a speaker is a handful of sums over the speaker's units, so a
permutation of all speakers under thousands of specifications is one product of matrices.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array

STATISTICS = ("abs_median", "share_dominant_sign", "share_dominant_significant")
_CHUNK = 20


@dataclass(frozen=True)
class UnitSums:
    """Sums over the units of each speaker, for every specification.

    Attributes
    ----------
    units : array (speakers, specifications), units with words
    k, n : Σ of occurrences and of exposure
    kk, kn, nn : Σ of their squares and of their product
    r, rr : Σ of the units' rates k/n and of their squares
    """

    units: Array
    k: Array
    n: Array
    kk: Array
    kn: Array
    nn: Array
    r: Array
    rr: Array


def unit_sums(counts: Any, exposures: Any, speakers: Any, size: int) -> UnitSums:
    """Sum over the units of each speaker what the contrast needs.

    Parameters
    ----------
    counts, exposures : array of float, (units, specifications)
        A unit without exposure under a specification is left out of it.
    speakers : array of int, (units,)
        The speaker of each unit, 0 to `size` - 1.
    size : int
        Number of speakers.

    Returns
    -------
    UnitSums

    Raises
    ------
    ValueError
        If shapes differ, or a unit without exposure has occurrences.

    Examples
    --------
    >>> sums = unit_sums([[1], [2], [0]], [[10], [10], [5]], [0, 0, 1], 2)
    >>> sums.k.ravel().tolist(), sums.kk.ravel().tolist(), sums.units.ravel().tolist()
    ([3.0, 0.0], [5.0, 0.0], [2.0, 1.0])
    """
    k = checks.counts("counts", counts, ndim=2)
    n = checks.exposures("exposures", exposures, ndim=2)
    if k.shape != n.shape:
        raise AnalysisError("counts", f"shape {k.shape}", f"{n.shape}, that of exposures")
    checks.same_length(counts=k, speakers=speakers)
    if k[n == 0].any():
        raise AnalysisError("exposures", "0 for a unit with occurrences", "its exposure")
    member = np.zeros((size, len(k)))
    member[np.asarray(speakers, dtype=np.intp), np.arange(len(k))] = 1
    r = np.divide(k, n, out=np.zeros_like(k), where=n > 0)
    parts: dict[str, np.ndarray] = {
        "units": n > 0,
        "k": k,
        "n": n,
        "kk": k * k,
        "kn": k * n,
        "nn": n * n,
    }
    parts |= {"r": r, "rr": r * r}
    return UnitSums(**{name: member @ part for name, part in parts.items()})


def log_ratios(sums: UnitSums, members: Any, mean: Any) -> tuple[Array, Array, Array]:
    """Compare two groups of speakers under every specification.

    log₂ of the ratio of rates, one half added to counts and exposure (Walter 1975). The rate is
    Σk/Σn with its linearised variance (Cochran 1977, 6.11), or the mean of the units' rates
    with theirs; the variance of either is never taken as less than Poisson's, 1/(k + ½), which a
    handful of units can fall below by chance and one without occurrences always does.

    Parameters
    ----------
    sums : UnitSums
    members : array of bool or float, (groupings, speakers)
        Who belongs to the first group; the others are the second.
    mean : array of bool, (specifications,)
        Whether the rate is the mean of the units' rates.

    Returns
    -------
    (estimate, se, df) : arrays of float, (groupings, specifications)
        se and df are those of Student's t; where a group has fewer than two units, se is
        infinite. Where a group has no exposure, the estimate is 0: nothing is known.

    Examples
    --------
    >>> sums = unit_sums([[4], [4], [1], [1]], [[100]] * 4, range(4), 4)
    >>> estimate, se, df = log_ratios(sums, [[1, 1, 0, 0]], [False])
    >>> f"{estimate[0, 0]:.2f} ({se[0, 0]:.2f}), df {df[0, 0]:.0f}"
    '1.77 (1.04), df 2'
    """
    first = np.asarray(members, dtype=np.float64)
    parts: list[dict[str, Array]] = [{}, {}]
    for field in fields(sums):
        of_speakers = getattr(sums, field.name)
        parts[0][field.name] = first @ of_speakers
        parts[1][field.name] = of_speakers.sum(axis=0) - parts[0][field.name]
    (log_1, variance_1), (log_2, variance_2) = (_log_rate(part, mean) for part in parts)
    units = [part["units"] for part in parts]
    empty = (units[0] == 0) | (units[1] == 0)
    estimate = np.where(empty, 0.0, log_1 - log_2) / np.log(2)
    se = np.where(empty, np.inf, np.sqrt(variance_1 + variance_2)) / np.log(2)
    return estimate, se, np.maximum(units[0] + units[1] - 2, 1)


def _log_rate(part: dict[str, Array], mean: Any) -> tuple[Array, Array]:
    log, relative = np.empty_like(part["k"]), np.empty_like(part["k"])
    averaged = np.asarray(mean, dtype=bool)
    for which, rate in ((~averaged, _pooled), (averaged, _mean)):
        k, n, m = (part[name][:, which] for name in ("k", "n", "units"))
        log[:, which], variance = rate(part, which, k, n, m)
        floor = 1 / (k + 0.5)
        relative[:, which] = np.where(m > 1, np.maximum(variance, floor), np.inf)
    return log, relative


def _pooled(part: dict[str, Array], which: Any, k: Array, n: Array, m: Array) -> Any:
    ratio = k / np.maximum(n, 1e-300)
    kk, kn, nn = (part[name][:, which] for name in ("kk", "kn", "nn"))
    squares = m / np.maximum(m - 1, 1) * (kk - ratio * (2 * kn - ratio * nn))
    return np.log((k + 0.5) / (n + 0.5)), squares / (k + 0.5) ** 2


def _mean(part: dict[str, Array], which: Any, _: Array, n: Array, m: Array) -> Any:
    centre = part["r"][:, which] / np.maximum(m, 1)
    level = centre + 0.5 / (n + 0.5)
    squares = (part["rr"][:, which] - m * centre**2) / np.maximum(m * (m - 1), 1)
    return np.log(level), squares / level**2


def curve(sums: UnitSums, first: Any, mean: Any, *, level: float = 0.95) -> pd.DataFrame:
    """Tabulate the contrast under every specification.

    Parameters
    ----------
    sums : UnitSums
    first : array of bool, (speakers,)
        Who belongs to the first group.
    mean : array of bool, (specifications,)
        As `log_ratios`.
    level : float, default 0.95

    Returns
    -------
    DataFrame
        One row per specification, in their order: coef (log₂ ratio), se, low, high, p
        (Student's t), count_1, count_2, exposure_1, exposure_2, units_1, units_2. Takes the
        place of a curve in `multiverse.summary`.

    Raises
    ------
    ValueError
        If a group has nobody.
    """
    side = np.asarray(first, dtype=np.float64)[None, :]
    _check_sides(side[0])
    estimate, se, df = (part[0] for part in log_ratios(sums, side, mean))
    reach = -scipy.special.stdtrit(df, (1 - checks.level(level)) / 2) * se
    table = {"coef": estimate, "se": se, "low": estimate - reach, "high": estimate + reach}
    table["p"] = 2 * scipy.special.stdtr(df, -np.abs(estimate) / se)
    for number, own in ((1, side), (2, 1 - side)):
        table[f"count_{number}"] = (own @ sums.k)[0].astype(int)
        table[f"exposure_{number}"] = (own @ sums.n)[0].astype(int)
        table[f"units_{number}"] = (own @ sums.units)[0].astype(int)
    return pd.DataFrame(table)


def joint_test(
    sums: UnitSums,
    first: Any,
    mean: Any,
    *,
    permutations: int = 2000,
    seed: int = 0,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Ask whether speakers dealt to the groups by chance give as strong a curve.

    The permutation test of Simonsohn, Simmons & Nelson (2020): all specifications are computed
    anew for each dealing of the speakers, because the group belongs to the speaker. If there are
    no more dealings than `permutations`, each is looked at once and the p-values are exact.

    Parameters
    ----------
    sums : UnitSums
    first : array of bool, (speakers,)
    mean : array of bool, (specifications,)
    permutations : int, default 2000
    seed : int, default 0
    alpha : float, default 0.05
        Level at which a specification counts as significant.

    Returns
    -------
    DataFrame
        Index statistic: abs_median, share_dominant_sign (of specifications in the sign of the
        median), share_dominant_significant (significant as well); columns observed, null_mean,
        p (exact, or (b + 1)/(B + 1)), permutations.

    Raises
    ------
    ValueError
        If a group has nobody.

    Examples
    --------
    >>> sums = unit_sums([[9], [8], [7], [1], [2]], [[100]] * 5, range(5), 5)
    >>> float(joint_test(sums, [1, 1, 1, 0, 0], [False]).loc["abs_median", "p"])
    0.1
    """
    side = np.asarray(first, dtype=np.float64)
    _check_sides(side)
    permutations = checks.whole("permutations", permutations)
    speakers, size = len(side), int(side.sum())
    exact = math.comb(speakers, size) <= permutations
    if exact:
        chosen = np.array(list(combinations(range(speakers), size)), dtype=np.intp)
        dealt = np.zeros((len(chosen), speakers))
        np.put_along_axis(dealt, chosen, 1.0, axis=1)
    else:
        rng = np.random.default_rng(seed)
        dealt = rng.permuted(np.tile(side, (permutations, 1)), axis=1)
    blocks = [dealt[start : start + _CHUNK] for start in range(0, len(dealt), _CHUNK)]
    different, kind, means = _different(sums, mean)
    observed, *null_parts = (
        _curve_statistics(different, block, means, kind, alpha)
        for block in (side[None, :], *blocks)
    )
    observed, null = observed[0], np.concatenate(null_parts)
    reached = (null >= observed - 1e-9).sum(axis=0)
    p = reached / len(null) if exact else (reached + 1) / (len(null) + 1)
    return pd.DataFrame(
        {"observed": observed, "null_mean": null.mean(axis=0), "p": p, "permutations": len(null)},
        index=pd.Index(STATISTICS, name="statistic"),
    )


def _check_sides(side: Array) -> None:
    if not 0 < side.sum() < len(side):
        raise AnalysisError("first", "a group with nobody in it", "speakers in both groups")


def _different(sums: UnitSums, mean: Any) -> tuple[UnitSums, np.ndarray, np.ndarray]:
    """Return the specifications that differ in any sum, which each one is, and their `mean`.

    Many a choice changes nothing for a frame, and thousands of dealings are computed of each.
    """
    names = [field.name for field in fields(sums)]
    averaged = np.asarray(mean, dtype=bool)
    every = np.concatenate([*(getattr(sums, name) for name in names), averaged[None, :]])
    _, first, kind = np.unique(every, axis=1, return_index=True, return_inverse=True)
    kept = {name: np.ascontiguousarray(getattr(sums, name)[:, first]) for name in names}
    return UnitSums(**kept), kind, averaged[first]


def _curve_statistics(
    sums: UnitSums, members: Array, mean: Any, kind: np.ndarray, alpha: float
) -> Array:
    estimate, se, df = log_ratios(sums, members, mean)
    times = np.bincount(kind)
    degrees = np.unique(df)
    critical = -scipy.special.stdtrit(degrees, alpha / 2)[np.searchsorted(degrees, df)]
    median = np.median(estimate[:, kind], axis=1)
    dominant = np.sign(estimate) == np.sign(median)[:, None]
    found = dominant & (np.abs(estimate) > critical * se)
    shares = (dominant @ times / len(kind), found @ times / len(kind))
    return np.column_stack([np.abs(median), *shares])


def variance_shares(table: pd.DataFrame, choices: list[str], value: str = "coef") -> pd.DataFrame:
    """Say how much of the spread of the estimates goes with each choice.

    Sums of squares of the main effects over the total, η² (Fisher 1925), of a full factorial
    design: every combination of options once, so that the parts do not overlap.

    Parameters
    ----------
    table : DataFrame
        One row per specification: the columns `choices` and `value`.
    choices : list of str
    value : str, default "coef"

    Returns
    -------
    DataFrame
        choice, options (int), share (0 to 1), low, high (least and greatest mean of an option),
        largest share first; the last row "combinations" is what no single choice explains.

    Raises
    ------
    ValueError
        If the design is not a full factorial, or the estimates do not vary.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1], "coef": [1.0, 2.0, 3.0, 4.0]})
    >>> variance_shares(table, ["a", "b"])["share"].tolist()
    [0.8, 0.2, 0.0]
    """
    sizes = [table[name].nunique() for name in choices]
    if len(table) != math.prod(sizes) or table.duplicated(choices).any():
        raise AnalysisError(
            "table", f"{len(table)} specifications", f"each of {math.prod(sizes)} combinations once"
        )
    y = checks.numbers(value, table[value], ndim=1)
    total = float(((y - y.mean()) ** 2).sum())
    if total <= 0:
        raise AnalysisError(value, "estimates that do not vary", "at least two different ones")
    rows = []
    for name, options in zip(choices, sizes, strict=True):
        means = table.groupby(name)[value].mean()
        between = float(((means - y.mean()) ** 2).sum()) * len(y) / options
        rows.append((name, options, between / total, float(means.min()), float(means.max())))
    rows.sort(key=lambda row: -row[2])
    rest = max(0.0, 1 - sum(row[2] for row in rows))
    rows.append(("combinations", len(table), rest, np.nan, np.nan))
    return pd.DataFrame(rows, columns=["choice", "options", "share", "low", "high"])
