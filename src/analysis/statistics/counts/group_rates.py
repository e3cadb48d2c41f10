"""Rates of terms by speaker or group, with intervals that fit the number of documents."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.counts.bootstrap import document_bootstrap
from analysis.statistics.counts.frequency import poisson_interval, ratio_by_document


def rates_by_group(
    counts: Any,
    exposures: Any,
    groups: Any,
    *,
    per: float = 1000.0,
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Tabulate the rate of every term for every speaker or group, with its interval.

    From ten documents on, the percentile bootstrap of whole documents; below, Student's t with
    the linearised standard error of Σk/Σn and m − 1 degrees of freedom, because a bootstrap of
    few documents is too narrow; for one document the exact Poisson interval, which takes its
    words as independent; and that too where a term does not occur, or where t is narrower, since
    a few documents agree by chance. `interval` says which.

    Parameters
    ----------
    counts : DataFrame of int, (rows, terms)
        One row per document, or per document and speaker; the columns name the terms.
    exposures : array of float, (rows,)
        Tokens; rows without any are left out.
    groups : array, (rows,)
        Speaker or group of each row; each row is one document of that group.
    per : float, default 1000
        Tokens of the rate: 1000 gives rates per thousand.
    level : float, default 0.95
        Confidence level.
    resamples, seed : int
        For the bootstrap. Each group has draws of its own, whatever other groups there are.

    Returns
    -------
    DataFrame
        Sorted by group, terms in the order given; columns group, term, count, exposure,
        documents, rate, low, high, design_effect (NaN for one document), interval ("bootstrap",
        "t", "Poisson").

    Raises
    ------
    ValueError
        If lengths differ or counts are not counts.

    Examples
    --------
    >>> counts = pd.DataFrame({"going dark": [3, 0, 2], "liberty": [1, 4, 0]})
    >>> table = rates_by_group(counts, [1000, 900, 800], ["FBI", "FBI", "ACLU"])
    >>> table[["group", "term", "count", "rate", "interval"]].round(2)
      group        term  count  rate interval
    0  ACLU  going dark      2  2.50  Poisson
    1  ACLU     liberty      0  0.00  Poisson
    2   FBI  going dark      3  1.58        t
    3   FBI     liberty      5  2.63        t
    """
    frame = pd.DataFrame(counts)
    labels = np.asarray(groups, dtype=object)
    checks.same_length(counts=frame, exposures=np.asarray(exposures), groups=labels)
    matrix, exposure = checks.units(frame, exposures, least=1)
    labels = labels[np.asarray(exposures, dtype=np.float64) > 0]
    scale = float(checks.positive("per", per))
    codes, names = pd.factorize(labels, sort=True)
    parts = []
    for code, name in enumerate(names):
        member = codes == code
        k, n = matrix[member], exposure[member]
        columns = intervals(k, n, level, resamples, seed)
        columns["rate"], columns["low"], columns["high"] = (
            scale * columns[key] for key in ("rate", "low", "high")
        )
        parts.append(
            pd.DataFrame(
                {
                    "group": name,
                    "term": frame.columns,
                    "count": k.sum(axis=0).astype(np.int64),
                    "exposure": n.sum(),
                    "documents": len(n),
                    **columns,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def intervals(k: Array, n: Array, level: float, resamples: int, seed: int) -> dict[str, Any]:
    """Return rate and interval of every column of a counts matrix, by the rule of `rates_by_group`.

    Parameters
    ----------
    k : array of int, (units, terms)
    n : array of float, (units,)
        Tokens, all positive.
    level : float
    resamples, seed : int

    Returns
    -------
    dict of str to array, (terms,)
        rate, low, high (per token), design_effect, interval.
    """
    total, m = k.sum(axis=0), len(n)
    exact = poisson_interval(total, n.sum(), level)
    if m == 1:
        none = np.full(len(total), np.nan)
        return _columns(total / n.sum(), exact, none, ["Poisson"] * len(total))
    linear = ratio_by_document(k, n, level=level)
    if m >= checks.FEW_DOCUMENTS:
        result = document_bootstrap(k, n, level=level, resamples=resamples, seed=seed)
        bounds, name = (result.low, result.high), "bootstrap"
    else:
        half = scipy.special.stdtrit(m - 1, (1 + level) / 2) * linear.se_linearised
        bounds, name = (np.maximum(linear.ratio - half, 0), linear.ratio + half), "t"
    taken = total == 0
    if name == "t":
        taken |= bounds[1] - bounds[0] < exact[1] - exact[0]
    low, high = (np.where(taken, e, b) for e, b in zip(exact, bounds, strict=True))
    names = np.where(taken, "Poisson", name)
    return _columns(linear.ratio, (low, high), linear.design_effect, names)


def _columns(rate: Array, bounds: Any, effect: Array, names: Any) -> dict[str, Any]:
    low, high = bounds
    return {"rate": rate, "low": low, "high": high, "design_effect": effect, "interval": names}
