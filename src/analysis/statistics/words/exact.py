"""Fisher's exact test and the odds ratio that goes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.words.contingency import _plain, table


def fisher_exact(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, alternative: str = "two-sided"
) -> Array:
    """P-value of Fisher's exact test (scipy); two-sided sums tables no more likely.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    alternative : {"two-sided", "greater", "less"}
        "greater" tests over-use in the first corpus.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> print(f"{fisher_exact(10, 46349, 200, 108539):.3g}")
    4.36e-20
    """
    checks.one_of("alternative", alternative, ("two-sided", "greater", "less"))

    def one(f1: float, n1: float, f2: float, n2: float) -> float:
        cells = np.array([[f1, n1 - f1], [f2, n2 - f2]], dtype=np.int64)
        return float(scipy.stats.fisher_exact(cells, alternative=alternative).pvalue)

    columns = table(count_1, total_1, count_2, total_2)
    return _plain(np.vectorize(one, otypes=[float])(*columns))


def odds_ratio_conditional(
    count_1: int, total_1: int, count_2: int, total_2: int, *, level: float = 0.95
) -> tuple[float, float, float]:
    """Conditional maximum-likelihood odds ratio with its exact interval (Fisher 1935).

    The mean of the noncentral hypergeometric law equals f₁ at the estimate; its tails equal α/2 at
    the bounds. What R's `fisher.test` reports (to three or four digits: its root finder stops at
    1e-4), not the sample ratio ad/bc.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int
        Occurrences and tokens in the two corpora.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (estimate, low, high) : floats
        inf where the reference has no occurrence; NaN where neither has.

    Raises
    ------
    ValueError
        As `log_ratio`.

    Examples
    --------
    >>> "{:.4f} {:.4f} {:.4f}".format(*odds_ratio_conditional(10, 46349, 200, 108539))
    '0.1169 0.0552 0.2195'
    """
    f1, n1, f2, n2 = (float(value) for value in table(count_1, total_1, count_2, total_2))
    tail, joint = (1 - checks.level(level)) / 2, f1 + f2
    support = np.arange(max(0.0, joint - n2), min(n1, joint) + 1)
    if len(support) == 1:
        return np.nan, 0.0, np.inf
    weight = -sum(
        scipy.special.gammaln(cell + 1)
        for cell in (support, n1 - support, joint - support, n2 - joint + support)
    )

    def share(log_odds: float) -> Array:
        probability = np.exp(weight + log_odds * support - (weight + log_odds * support).max())
        return probability / probability.sum()

    start = np.log((f1 + 0.5) / (n1 - f1 + 0.5)) - np.log((f2 + 0.5) / (n2 - f2 + 0.5))
    above, below = support >= f1, support <= f1
    lowest, highest = f1 == support[0], f1 == support[-1]
    estimate = np.inf if highest else 0.0
    if not (lowest or highest):
        estimate = np.exp(_root(lambda b: float(share(b) @ support) - f1, start))
    low = 0.0 if lowest else np.exp(_root(lambda b: share(b)[above].sum() - tail, start))
    high = np.inf if highest else np.exp(_root(lambda b: tail - share(b)[below].sum(), start))
    return float(estimate), float(low), float(high)


def _root(increasing: Callable[[float], float], start: float) -> float:
    low, high, step = start - 0.1, start + 0.1, 0.2
    while increasing(low) > 0:
        low, step = low - step, step * 2
    while increasing(high) < 0:
        high, step = high + step, step * 2
    return float(scipy.optimize.brentq(increasing, low, high, xtol=1e-12, rtol=1e-12))
