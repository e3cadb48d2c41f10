"""The bootstrap that draws whole documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.counts.frequency import poisson_interval


@dataclass(frozen=True)
class BootstrapInterval:
    """A bootstrap interval; `estimate`, `se`, `low`, `high` have one value per column.

    Attributes
    ----------
    estimate : ratio Σk/Σn of the data themselves
    se : standard deviation of the resampled ratios
    low, high : bounds
    documents, resamples : int
    note : what to say beside the numbers, empty when nothing
    """

    estimate: Any
    se: Any
    low: Any
    high: Any
    documents: int
    resamples: int
    note: str = ""


def document_bootstrap(
    counts: Any,
    exposures: Any,
    *,
    level: float = 0.95,
    method: str = "percentile",
    resamples: int = 2000,
    seed: int = 0,
) -> BootstrapInterval:
    """Bootstrap interval of Σk/Σn that draws whole documents with replacement.

    All columns share the draws, so contrasts between columns stay coherent. Documents are put
    in an order of their own first: the order of the rows has no influence on the result.

    Parameters
    ----------
    counts : array of int, (documents,) or (documents, columns)
        Occurrences.
    exposures : array of float, (documents,)
        Tokens; documents without any are left out.
    level : float, default 0.95
        Confidence level.
    method : {"percentile", "bca"}
        Percentiles of the resampled ratios, or corrected for bias and acceleration
        (Efron 1987), the acceleration from the jackknife.
    resamples : int, default 2000
        Number of resamples.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    BootstrapInterval
        A column without a single occurrence has nothing to resample: its bounds are the exact
        Poisson ones, and `note` says so. So does it below ten documents, where any bootstrap
        of documents is too narrow.

    Raises
    ------
    ValueError
        If fewer than two documents have tokens, or counts are not counts.

    Examples
    --------
    >>> result = document_bootstrap([3, 0, 14, 7, 9] * 4, [1430, 135, 2318, 1900, 900] * 4)
    >>> print(f"{1000 * result.estimate:.2f} [{1000 * result.low:.2f}, {1000 * result.high:.2f}]")
    4.94 [3.83, 6.03]
    """
    k, n = checks.units(counts, exposures)
    checks.one_of("method", method, ("percentile", "bca"))
    resamples = checks.whole("resamples", resamples, least=2)
    tail = (1 - checks.level(level)) / 2
    matrix = k if k.ndim == 2 else k[:, None]
    order = np.lexsort((*matrix.T[::-1], matrix.sum(axis=1), n))
    matrix, n = matrix[order], n[order]
    replicates = _resampled_ratios(matrix, n, resamples, np.random.default_rng(seed))
    estimate = matrix.sum(axis=0) / n.sum()
    if method == "percentile":
        low, high = np.quantile(replicates, [tail, 1 - tail], axis=0)
    else:
        low, high = _bca(replicates, estimate, matrix, n, tail)
    note = checks.few_documents(len(n))
    unseen = estimate == 0
    if unseen.any():
        low[unseen], high[unseen] = poisson_interval(0, n.sum(), level)
        note = "; ".join(filter(None, [note, "no occurrence: exact Poisson interval"]))
    values = [estimate, replicates.std(axis=0, ddof=1), low, high]
    if k.ndim == 1:
        values = [value[0] for value in values]
    estimated, se, low, high = values
    return BootstrapInterval(
        estimated, se, low, high, documents=len(n), resamples=resamples, note=note
    )


def _resampled_ratios(
    matrix: Array, exposure: Array, resamples: int, rng: np.random.Generator
) -> Array:
    weights = times_drawn(len(exposure), resamples, rng)
    return (weights @ matrix) / (weights @ exposure)[:, None]


def times_drawn(units: int, resamples: int, rng: np.random.Generator) -> Array:
    """Return how often each resample, a row, has each of the units drawn with replacement."""
    drawn = rng.integers(0, units, (resamples, units)) + np.arange(resamples)[:, None] * units
    times = np.bincount(drawn.ravel(), minlength=resamples * units)
    return times.reshape(resamples, units).astype(np.float64)


def _bca(
    replicates: Array, estimate: Array, matrix: Array, exposure: Array, tail: float
) -> tuple[Array, Array]:
    below = (replicates < estimate).mean(axis=0) + (replicates == estimate).mean(axis=0) / 2
    # Half a replicate keeps the bias finite when every replicate lies on one side.
    edge = 0.5 / len(replicates)
    bias = scipy.special.ndtri(np.clip(below, edge, 1 - edge))
    left_out = (matrix.sum(axis=0) - matrix) / (exposure.sum() - exposure)[:, None]
    gap = left_out.mean(axis=0) - left_out
    spread = (gap**2).sum(axis=0) ** 1.5
    acceleration = np.divide(
        (gap**3).sum(axis=0), 6 * spread, out=np.zeros_like(spread), where=spread > 0
    )
    ordered = np.sort(replicates, axis=0)
    bounds = []
    for z in (scipy.special.ndtri(tail), -scipy.special.ndtri(tail)):
        share = scipy.special.ndtr(bias + (bias + z) / (1 - acceleration * (bias + z)))
        position = share * (len(ordered) - 1)
        floor = np.minimum(position.astype(int), len(ordered) - 2)
        columns = np.arange(ordered.shape[1])
        under, over = ordered[floor, columns], ordered[floor + 1, columns]
        bounds.append(under + (position - floor) * (over - under))
    return bounds[0], bounds[1]
