"""Word shifts with intervals that take speakers or documents as their units."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array


def shift_by_unit(
    counts: pd.DataFrame, groups: Any, *, first: Any, second: Any, level: float = 0.95
) -> pd.DataFrame:
    """Divide the divergence of two groups' vocabularies among the words, with intervals.

    The Jensen-Shannon shift of Gallagher et al. (2021, EPJ Data Science 10:4): with p and q the
    shares of a word in all that the groups say and m = (p+q)/2, the word contributes
    −m log₂ m + ½(p log₂ p + q log₂ q), never below 0; the sum is the divergence. The contribution
    is given the sign of q − p. Its interval is Student's t with the delete-one-unit jackknife of
    each group, Σ_g (m_g − 1)/m_g Σ(θ₍ᵢ₎ − θ̄_g)² (Shao & Tu 1995, section 6.2), because the words
    of one speaker are not independent. Rows with a wide interval rest on few speakers.

    Parameters
    ----------
    counts : DataFrame of int, (units, words)
        Occurrences; the columns name the words and should be all there are.
    groups : array, (units,)
        Group of each unit; units of other groups are left out.
    first, second : label
        The two groups; words that the second says more are positive.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        Index word, the greatest contribution first; columns count_1, count_2, units_1, units_2
        (with the word), share_1, share_2, contribution (signed, bits), low, high,
        share_of_divergence (signed). attrs["divergence"] has the sum of the unsigned
        contributions, in bits.

    Raises
    ------
    ValueError
        If lengths differ, a group has fewer than two units, or a group says nothing once a
        unit is left out.

    Examples
    --------
    >>> counts = pd.DataFrame({"tax": [4, 5, 1, 0], "fair": [0, 1, 3, 5]})
    >>> table = shift_by_unit(counts, list("aabb"), first="a", second="b")
    >>> table["contribution"].round(3).to_dict(), round(table.attrs["divergence"], 3)
    ({'fair': 0.261, 'tax': -0.253}, 0.514)
    """
    matrix = checks.counts("counts", counts, ndim=2)
    labels = np.asarray(groups, dtype=object)
    checks.same_length(counts=matrix, groups=labels)
    sides = []
    for name, value in (("first", first), ("second", second)):
        member = matrix[labels == value]
        checks.at_least(name, len(member), 2, f"units of {value!r}")
        if ((member.sum() - member.sum(axis=1)) <= 0).any():
            raise AnalysisError(name, f"one unit of {value!r} says everything", "two at least")
        sides.append(member)
    one, two = (side.sum(axis=0) for side in sides)
    p, q = one / one.sum(), two / two.sum()
    estimate = _signed(p, q)
    variance = np.zeros(len(p))
    for side in sides:
        total, m = side.sum(axis=0), len(side)
        without = (total - side) / (total.sum() - side.sum(axis=1, keepdims=True))
        left_out = _signed(without, q) if side is sides[0] else _signed(p, without)
        variance += (m - 1) / m * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    df = len(sides[0]) + len(sides[1]) - 2
    half = scipy.stats.t.ppf((1 + checks.level(level)) / 2, df) * np.sqrt(variance)
    divergence = float(np.abs(estimate).sum())
    table = pd.DataFrame(
        {
            "count_1": one.astype(np.int64),
            "count_2": two.astype(np.int64),
            "units_1": (sides[0] > 0).sum(axis=0),
            "units_2": (sides[1] > 0).sum(axis=0),
            "share_1": p,
            "share_2": q,
            "contribution": estimate,
            "low": estimate - half,
            "high": estimate + half,
            "share_of_divergence": estimate / divergence if divergence else 0.0,
        },
        index=pd.Index(counts.columns, name="word"),
    )
    # Rounded, so that the order does not hang on a logarithm's last bit.
    order = np.lexsort((table.index.astype(str), -np.abs(estimate).round(12)))
    table = table.iloc[order]
    table.attrs["divergence"] = divergence
    return table


def _signed(p: Array, q: Array) -> Array:
    middle = (p + q) / 2
    parts = scipy.special.entr(middle) - (scipy.special.entr(p) + scipy.special.entr(q)) / 2
    return np.sign(q - p) * np.maximum(parts, 0) / np.log(2)
