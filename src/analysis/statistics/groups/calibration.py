"""The null experiment: how often a test finds a difference where there is none.

Random halves of the same documents differ in nothing. A test at 5 % should reject in 5 % of them;
the token-level log-likelihood rejects many times as often, because it takes words for independent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.counts.frequency import ratio_by_document, wilson
from analysis.statistics.words.contingency import critical_value, log_likelihood


def null_experiment(
    counts: Any, exposures: Any, *, splits: int = 2000, alpha: float = 0.05, seed: int = 0
) -> pd.DataFrame:
    """Split documents into random halves many times and count what each test rejects.

    Parameters
    ----------
    counts : DataFrame or array of int, (documents, terms)
        Occurrences; the columns name the terms.
    exposures : array of int, (documents,)
        Tokens; documents without any are left out.
    splits : int, default 2000
        Random halves; with an odd number of documents one half has one more.
    alpha : float, default 0.05
        Nominal level.
    seed : int, default 0
        Seed of the splits, which all terms share.

    Returns
    -------
    DataFrame
        One row per term and test, with the columns term, test ("log_likelihood", token-level,
        four cells; "mann_whitney" and "welch" on per-document rates; "linearised", a t test of
        the difference of pooled rates with the document-level variance; "permutation", of the
        same difference, as :mod:`analysis.statistics.groups.permutation` makes it, with as many
        relabellings as there are splits), rejected (share), low,
        high (Wilson interval of it over the splits), documents, documents_with, count,
        design_effect, splits, alpha. Terms that never occur are left out.

    Raises
    ------
    ValueError
        If there are fewer than four documents, or counts are not counts.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> tokens = rng.integers(500, 4000, 40)
    >>> counts = rng.poisson(tokens * 0.004 * rng.gamma(1.5, 1 / 1.5, 40))
    >>> table = null_experiment(counts[:, None], tokens, splits=400)
    >>> table.set_index("test")["rejected"].round(2).tolist()
    [0.34, 0.04, 0.04, 0.07, 0.07]
    """
    frame = pd.DataFrame(counts)
    k, n = checks.units(frame, exposures, least=4)
    checks.within("the count of a term", k.max(axis=1, initial=0), "exposures", n)
    splits, alpha = checks.whole("splits", splits), checks.level(alpha)
    used = k.any(axis=0)
    k, terms = k[:, used], frame.columns[used]
    order = np.lexsort((*k.T[::-1], k.sum(axis=1), n))
    k, n = k[order], n[order]
    m = len(n)
    labels = np.tile(np.arange(m) < m // 2, (splits, 1)).astype(np.float64)
    draw = np.random.default_rng(seed)
    halves, others = draw.permuted(labels, axis=1), draw.permuted(labels, axis=1)
    rejections = {
        "log_likelihood": _tokens(halves, k, n, alpha),
        "mann_whitney": _mann_whitney(halves, k / n[:, None], alpha),
        "welch": _welch(halves, k / n[:, None], alpha),
        "linearised": _linearised(halves, k, n, alpha),
        "permutation": _permutation(halves, others, k, n, alpha),
    }
    parts = []
    for test, rejected in rejections.items():
        low, high = wilson(rejected, splits)
        parts.append(
            pd.DataFrame(
                {
                    "term": terms,
                    "test": test,
                    "rejected": rejected / splits,
                    "low": low,
                    "high": high,
                    "documents": m,
                    "documents_with": (k > 0).sum(axis=0),
                    "count": k.sum(axis=0).astype(np.int64),
                    "design_effect": ratio_by_document(k, n).design_effect,
                    "splits": splits,
                    "alpha": alpha,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _tokens(halves: Array, k: Array, n: Array, alpha: float) -> Array:
    one, size = halves @ k, (halves @ n)[:, None]
    g2 = log_likelihood(one, size, k.sum(axis=0) - one, n.sum() - size)
    return (g2 > critical_value(alpha)).sum(axis=0)


def _mann_whitney(halves: Array, rates: Array, alpha: float) -> Array:
    m, size = len(rates), int(halves[0].sum())
    ranks = scipy.stats.rankdata(rates, axis=0)
    u = halves @ ranks - size * (size + 1) / 2
    # The variance of the midranks themselves carries the correction for ties.
    spread = np.sqrt(size * (m - size) / (m * (m - 1)) * ((ranks - (m + 1) / 2) ** 2).sum(axis=0))
    gap = np.maximum(np.abs(u - size * (m - size) / 2) - 0.5, 0)
    z = np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0)
    return (z > -scipy.special.ndtri(alpha / 2)).sum(axis=0)


def _welch(halves: Array, rates: Array, alpha: float) -> Array:
    # Rates near 1 keep the variances, which are differences of large sums, exact enough.
    scaled = rates / rates.std(axis=0)
    scaled = scaled - scaled.mean(axis=0)
    parts = []
    for member in (halves, 1 - halves):
        size = member[0].sum()
        mean = member @ scaled / size
        square = member @ scaled**2 / size - mean**2
        parts.append((mean, np.maximum(square, 0) / (size - 1), size))
    (mean_1, a, size_1), (mean_2, b, size_2) = parts
    error = a + b
    df = error**2 / (a**2 / (size_1 - 1) + b**2 / (size_2 - 1))
    p = 2 * scipy.special.stdtr(df, -np.abs(mean_1 - mean_2) / np.sqrt(error))
    return (p < alpha).sum(axis=0)


def _linearised(halves: Array, k: Array, n: Array, alpha: float) -> Array:
    rates, variances = [], []
    for member in (halves, 1 - halves):
        size, tokens = member[0].sum(), (member @ n)[:, None]
        ratio = member @ k / tokens
        squares = member @ k**2 - 2 * ratio * (member @ (k * n[:, None]))
        squares += ratio**2 * (member @ n**2)[:, None]
        rates.append(ratio)
        variances.append(size / (size - 1) * np.maximum(squares, 0) / tokens**2)
    error = np.sqrt(variances[0] + variances[1])
    gap = np.abs(rates[0] - rates[1])
    t = np.divide(gap, error, out=np.zeros_like(gap), where=error > 0)
    return (t > -scipy.special.stdtrit(len(n) - 2, alpha / 2)).sum(axis=0)


def _permutation(halves: Array, others: Array, k: Array, n: Array, alpha: float) -> Array:
    """Hold the difference of each half against those of other halves, this one counted."""
    observed, drawn = (_differences(members, k, n) for members in (halves, others))
    rejected = []
    for own, known in zip(observed.T, np.sort(drawn, axis=0).T, strict=True):
        as_large = len(known) - np.searchsorted(known, own - 1e-12)
        rejected.append(((1 + as_large) / (1 + len(known)) <= alpha).sum())
    return np.array(rejected)


def _differences(members: Array, k: Array, n: Array) -> Array:
    one, size = members @ k, (members @ n)[:, None]
    return np.abs(one / size - (k.sum(axis=0) - one) / (n.sum() - size))
