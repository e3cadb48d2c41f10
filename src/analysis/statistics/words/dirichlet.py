"""Log-odds with a Dirichlet prior."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.statistics import checks
from analysis.statistics.checks import Array


def log_odds_dirichlet(counts_1: Any, counts_2: Any, prior: Any) -> tuple[Array, Array, Array]:
    """Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).

    δ = ln[(y₁+α)/(n₁+α₀−y₁−α)] − ln[(y₂+α)/(n₂+α₀−y₂−α)], variance 1/(y₁+α) + 1/(y₂+α),
    z = δ/√variance (eq. 15-22). The prior drives the ranking: report α₀ = Σα. Informative
    means α_w = α₀ × share of w in a background corpus; a flat prior is another method.

    Parameters
    ----------
    counts_1, counts_2 : array of int, (words,)
        Occurrences of every word of the vocabulary in the two corpora.
    prior : array of float, (words,)
        Pseudo-counts α_w, all positive.

    Returns
    -------
    (delta, variance, z) : arrays
        Positive where the first corpus over-uses the word. z grows with the corpus, since
        words are taken as independent.

    Raises
    ------
    ValueError
        If lengths differ, a count is not a count, or a pseudo-count not positive.

    Examples
    --------
    >>> delta, variance, z = log_odds_dirichlet([120, 30, 900], [80, 4, 1100], [10, 3, 100])
    >>> [f"{value:.2f}" for value in z]
    ['3.82', '4.04', '-16.38']
    """
    y1 = checks.counts("counts_1", counts_1, ndim=1)
    y2 = checks.counts("counts_2", counts_2, ndim=1)
    alpha = checks.positive("prior", prior)
    checks.same_length(counts_1=y1, counts_2=y2, prior=alpha)
    checks.at_least("counts_1", len(y1), 2, "words")
    a, b = y1 + alpha, y2 + alpha
    delta = np.log(a / (a.sum() - a)) - np.log(b / (b.sum() - b))
    variance = 1 / a + 1 / b
    return delta, variance, delta / np.sqrt(variance)
