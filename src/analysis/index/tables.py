"""Tables made of counts: rates, keyness, collocates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.index.arrow_columns import frame

PER = 1_000
"""Words that a rate is per, as in :mod:`analysis.statistics.counts.rates`."""


def columns_of(table: pa.Table) -> tuple[pa.Array, ...]:
    """Give the label of a table as an array, and its counts as arrays of numpy."""
    label, *numbers = table.columns
    return label.combine_chunks(), *(column.to_numpy() for column in numbers)


def rate_table(counts: pd.DataFrame, per: float = PER) -> pd.DataFrame:
    """Add the rate per so many words to a table with ``count`` and ``words``."""
    words = counts["words"].to_numpy(np.float64)
    rate = np.full(len(counts), np.nan)
    np.divide(per * counts["count"].to_numpy(), words, out=rate, where=words > 0)
    return counts.assign(rate=rate)


def keyness_table(
    vocabulary: pa.Array, counts: np.ndarray, rest: np.ndarray, per: float = PER
) -> pd.DataFrame:
    """Make the table of :func:`analysis.index.queries.keyness`."""
    n, n_rest = int(counts.sum()), int(rest.sum())
    # Most words share their pair of counts with others: measure and rank each pair once.
    codes, pairs = pd.factorize(counts * (n_rest + 1) + rest)
    own, others = np.divmod(pairs, n_rest + 1)
    g2 = signed_g2(own, n, others, n_rest)
    ratio = np.log2(np.maximum(own, 0.5) / n) - np.log2(np.maximum(others, 0.5) / n_rest)
    ranked = np.argsort(-g2, kind="stable")
    rank = np.empty(len(pairs), np.uint16 if len(pairs) < 1 << 16 else np.int64)
    same = np.diff(g2[ranked], prepend=np.inf) != 0
    rank[ranked] = np.cumsum(same) - 1
    order = np.argsort(rank[codes], kind="stable")
    pair = codes[order]
    return word_table(
        vocabulary,
        order,
        count=own[pair],
        count_rest=others[pair],
        rate=(per * own / n)[pair],
        rate_rest=(per * others / n_rest)[pair],
        log_likelihood=g2[pair],
        log_ratio=ratio[pair],
    )


def signed_g2(f1: np.ndarray, n1: float, f2: np.ndarray, n2: float) -> np.ndarray:
    """G² of :func:`analysis.statistics.words.contingency.log_likelihood`, signed.

    Written out here, and tested to be equal, because what that module imports takes longer than
    the question.
    """
    f1, f2 = np.asarray(f1, np.float64), np.asarray(f2, np.float64)
    e1, e2 = n1 * (f1 + f2) / (n1 + n2), n2 * (f1 + f2) / (n1 + n2)
    g2 = np.zeros(len(f1))
    for observed, expected in ((f1, e1), (f2, e2), (n1 - f1, n1 - e1), (n2 - f2, n2 - e2)):
        ratio = np.ones(len(f1))
        np.divide(observed, expected, out=ratio, where=(observed > 0) & (expected > 0))
        g2 += observed * np.log(ratio)
    return np.where(f1 < e1, -2, 2) * np.maximum(g2, 0.0)


def collocate_table(
    vocabulary: pa.Array, near: np.ndarray, every: np.ndarray, nodes: int, *, least: int = 2
) -> pd.DataFrame:
    """Make the table of :func:`analysis.index.queries.collocates`."""
    rows = np.flatnonzero(near >= max(least, 1))
    joint, total = near[rows], every[rows]
    places, size = int(near.sum()), int(every.sum())
    expected = places * total / max(size, 1)
    g2 = signed_g2(joint, places, total - joint, max(size - places, 1))
    dice = 14 + np.log2(2 * joint / (nodes + total))
    order = np.lexsort((rows, -joint, -dice))
    return word_table(
        vocabulary,
        rows[order],
        count=joint[order],
        count_all=total[order],
        expected=expected[order],
        log_likelihood=g2[order],
        mutual_information=np.log2(joint / expected)[order],
        log_dice=dice[order],
    )


def word_table(vocabulary: pa.Array, rows: np.ndarray, **columns: np.ndarray) -> pd.DataFrame:
    """Put the words of some rows of a vocabulary beside their columns."""
    return frame(word=vocabulary.take(pa.array(rows)), **columns)
