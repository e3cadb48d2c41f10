"""Intervals of sums and ratios of independent estimates, from the interval of each.

The method of variance estimates recovery (MOVER): where the parts have good intervals of their
own, such as Wilson's, the whole has one too, with few cases and near 0 or 1, where an interval of
plus and minus standard errors is too narrow and lies amiss.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.special

Interval = tuple[float, float]


def wilson_share(share: float, size: float, level: float = 0.95) -> Interval:
    """Give Wilson's (1927) interval of a share known as well as from so many units.

    Parameters
    ----------
    share : float
    size : float
        An effective number of units; it need not be whole, and may be infinite.
    level : float, default 0.95

    Returns
    -------
    (low, high) : floats

    Examples
    --------
    >>> low, high = wilson_share(81 / 263, 263)
    >>> f"{low:.4f} {high:.4f}"
    '0.2553 0.3662'
    """
    z = float(scipy.special.ndtri((1 + level) / 2))
    inverse = 0.0 if np.isinf(size) else 1 / size
    centre = share + z**2 * inverse / 2
    half = z * np.sqrt(share * (1 - share) * inverse + (z * inverse / 2) ** 2)
    low, high = ((centre + sign * half) / (1 + z**2 * inverse) for sign in (-1, 1))
    return max(0.0, float(low)), min(1.0, float(high))


def sum_interval(
    weights: Sequence[float], estimates: Sequence[float], intervals: Sequence[Interval]
) -> Interval:
    """Give the interval of a weighted sum of independent estimates.

    θ̂ − √Σ wᵢ²(θ̂ᵢ − lᵢ)² to θ̂ + √Σ wᵢ²(uᵢ − θ̂ᵢ)², l and u exchanged where the weight is negative
    (Zou & Donner 2008). Of two shares with Wilson's intervals it is Newcombe's (1998) method 10.

    Parameters
    ----------
    weights, estimates : sequence of float, (parts,)
    intervals : sequence of (low, high), (parts,)

    Returns
    -------
    (low, high) : floats

    Examples
    --------
    >>> from analysis.statistics.frequency import wilson
    >>> low, high = sum_interval([1, -1], [56 / 70, 48 / 80],
    ...                          [wilson(56, 70, 0.95), wilson(48, 80, 0.95)])
    >>> f"{low:.4f} {high:.4f}"
    '0.0524 0.3339'
    """
    w, value = np.asarray(weights, dtype=np.float64), np.asarray(estimates, dtype=np.float64)
    bounds = np.asarray(intervals, dtype=np.float64)
    down, up = value - bounds[:, 0], bounds[:, 1] - value
    down, up = np.where(w < 0, up, down), np.where(w < 0, down, up)
    total = float(w @ value)
    return total - float(np.hypot.reduce(w * down)), total + float(np.hypot.reduce(w * up))


def ratio_interval(
    numerator: float,
    numerator_interval: Interval,
    denominator: float,
    denominator_interval: Interval,
) -> Interval:
    """Give the interval of a ratio of two independent estimates that cannot be negative.

    MOVER-R of Donner & Zou (2012): for θ₁/θ₂, with a = θ₁θ₂,
    [a − √(a² − l₁u₂(2θ₁ − l₁)(2θ₂ − u₂))]/[u₂(2θ₂ − u₂)] and
    [a + √(a² − u₁l₂(2θ₁ − u₁)(2θ₂ − l₂))]/[l₂(2θ₂ − l₂)].

    Parameters
    ----------
    numerator, denominator : float
    numerator_interval, denominator_interval : (low, high)

    Returns
    -------
    (low, high) : floats
        The upper bound is infinite where that of the denominator's interval reaches 0.

    Examples
    --------
    >>> from analysis.statistics.frequency import wilson
    >>> bounds = ratio_interval(6 / 22, wilson(6, 22, 0.95), 112 / 842, wilson(112, 842, 0.95))
    >>> f"{bounds[0]:.4f} {bounds[1]:.4f}"
    '0.9735 3.7295'
    """
    a = numerator * denominator
    (l1, u1), (l2, u2) = numerator_interval, denominator_interval
    low, high = 0.0, np.inf
    rest = 2 * denominator - u2
    if a > 0:
        # Written with the root in the denominator, which stays above 0 when 2θ₂ = u₂.
        root = np.sqrt(max(0.0, a**2 - l1 * u2 * (2 * numerator - l1) * rest))
        low = l1 * (2 * numerator - l1) / (a + root)
    if denominator > 0 and l2 > 0:
        bottom = l2 * (2 * denominator - l2)
        inside = a**2 - u1 * (2 * numerator - u1) * bottom
        high = (a + np.sqrt(max(0.0, inside))) / bottom
    return float(low), float(high)
