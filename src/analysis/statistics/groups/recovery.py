"""Intervals of a difference and of a ratio, recovered from the intervals of the two parts.

MOVER, the method of variance estimates recovery: nothing but the two estimates and their
intervals is needed, so it serves estimates of any kind, and intervals that are not symmetric.
"""

from __future__ import annotations

import numpy as np

from analysis.errors import AnalysisError

Estimate = tuple[float, float, float]
"""Estimate, lower and upper bound."""


def difference(first: Estimate, second: Estimate) -> Estimate:
    """Estimate the difference of two independent quantities, with its interval.

    L = d − √((a − l₁)² + (u₂ − b)²), U = d + √((u₁ − a)² + (b − l₂)²) (Zou & Donner 2008, eq. 4);
    with Wilson intervals it is Newcombe's (1998) method 10.

    Parameters
    ----------
    first, second : tuple of float
        Estimate, lower and upper bound, at one confidence level.

    Returns
    -------
    (difference, low, high) : floats
        First minus second; NaN where a part is NaN.

    Raises
    ------
    AnalysisError
        If a bound lies on the wrong side of its estimate.

    Examples
    --------
    >>> "{:.2f} [{:.4f}, {:.4f}]".format(*difference((0.8, 0.69, 0.88), (0.6, 0.49, 0.70)))
    '0.20 [0.0513, 0.3360]'
    """
    (a, l1, u1), (b, l2, u2) = _checked(first, "first"), _checked(second, "second")
    d = a - b
    return d, d - float(np.hypot(a - l1, u2 - b)), d + float(np.hypot(u1 - a, b - l2))


def ratio(first: Estimate, second: Estimate) -> Estimate:
    """Estimate the ratio of two independent quantities, none negative, with its interval.

    The bounds solve a − R·b = 0 for the recovered difference (Donner & Zou 2012, eq. 9). With
    symmetric intervals it is Fieller's (1954).

    Parameters
    ----------
    first, second : tuple of float
        Estimate, lower and upper bound, at one confidence level; bounds are cut at 0.

    Returns
    -------
    (ratio, low, high) : floats
        First over second. The upper bound is infinite where the second may be 0; all is NaN
        where its estimate is 0 or a part is NaN.

    Raises
    ------
    AnalysisError
        If a bound lies on the wrong side of its estimate.

    Examples
    --------
    >>> "{:.2f} [{:.2f}, {:.2f}]".format(*ratio((0.8, 0.69, 0.88), (0.6, 0.49, 0.70)))
    '1.33 [1.08, 1.67]'
    >>> ratio((0.3, 0.2, 0.4), (0.1, 0.0, 0.2))[2]
    inf
    """
    (a, l1, u1), (b, l2, u2) = _checked(first, "first"), _checked(second, "second")
    if np.isnan([a, l1, u1, b, l2, u2]).any() or b <= 0 or a < 0:
        return (np.nan,) * 3
    l1, l2 = max(l1, 0.0), max(l2, 0.0)
    product = a * b
    below, above = l1 * (2 * a - l1), u2 * (2 * b - u2)
    # Written so that it holds where the second's upper bound is twice its estimate.
    low = below / (product + _root(product**2 - below * above)) if below else 0.0
    below, above = l2 * (2 * b - l2), u1 * (2 * a - u1)
    high = (product + _root(product**2 - below * above)) / below if below else np.inf
    return a / b, float(low), float(high)


def _root(square: float) -> float:
    """Take a root of what is 0 or more but for rounding."""
    return float(np.sqrt(max(square, 0.0)))


def _checked(estimate: Estimate, name: str) -> Estimate:
    value, low, high = (float(number) for number in estimate)
    if low > value + 1e-9 or high < value - 1e-9:
        raise AnalysisError(
            name, f"{value:g} with bounds {low:g} and {high:g}", "an estimate between its bounds"
        )
    return value, low, high
