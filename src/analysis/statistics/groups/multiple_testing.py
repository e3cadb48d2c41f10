"""Adjust p-values for all the words compared, not only those shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array

METHODS = ("holm", "bh", "bonferroni", "by")


def adjust(p_values: Any, *, method: str = "holm") -> Array:
    """Adjust the p-values of one family.

    Parameters
    ----------
    p_values : array of float, (tests,)
        Every test of the family, shown or not; none missing.
    method : {"holm", "bh", "bonferroni", "by"}
        Holm (1979) keeps the chance of any false rejection below α; Benjamini & Hochberg (1995)
        the expected share of false rejections, for independent or positively dependent tests;
        Benjamini & Yekutieli (2001) that share under any dependence.

    Returns
    -------
    array of float, (tests,)
        Adjusted p-values in the order given; reject where at most α.

    Raises
    ------
    ValueError
        If a value is not a probability or there is none.

    Examples
    --------
    >>> [round(float(p), 4) for p in adjust([0.01, 0.04, 0.03], method="holm")]
    [0.03, 0.06, 0.06]
    """
    checks.one_of("method", method, METHODS)
    p = checks.probability("p_values", checks.numbers("p_values", p_values, ndim=1))
    checks.at_least("p_values", len(p), 1, "tests")
    if method in ("bh", "by"):
        return np.maximum(scipy.stats.false_discovery_control(p, method=method), p)
    if method == "bonferroni":
        return np.minimum(len(p) * p, 1.0)
    # By hand: statsmodels' Holm collects garbage at every call, a tenth of a second each.
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def adjust_table(p_values: Any) -> pd.DataFrame:
    """Adjust the p-values of one family in all four ways, side by side.

    Parameters
    ----------
    p_values : array of float, (tests,)
        Every test of the family.

    Returns
    -------
    DataFrame
        Columns p, holm, bh, bonferroni, by; the index of `p_values` if it is a Series.

    Raises
    ------
    ValueError
        As `adjust`.

    Examples
    --------
    >>> adjust_table([0.01, 0.04, 0.03]).round(3)
          p  holm    bh  bonferroni     by
    0  0.01  0.03  0.03        0.03  0.055
    1  0.04  0.06  0.04        0.12  0.073
    2  0.03  0.06  0.04        0.09  0.073
    """
    adjusted = {method: adjust(p_values, method=method) for method in METHODS}
    index = p_values.index if isinstance(p_values, pd.Series) else None
    return pd.DataFrame({"p": checks.numbers("p_values", p_values), **adjusted}, index=index)
