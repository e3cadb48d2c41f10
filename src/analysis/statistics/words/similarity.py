"""How alike two vocabularies are, and which words make the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array


def entropy(counts: Any, *, base: float = 2.0) -> float:
    """Shannon entropy of the word distribution.

    Parameters
    ----------
    counts : array of int, (words,)
        Occurrences.
    base : float, default 2.0
        Base of the logarithm; 2 gives bits.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If nothing is counted.

    Examples
    --------
    >>> float(entropy([1, 1, 2]))
    1.5
    """
    return float(scipy.special.entr(_shares("counts", counts)).sum() / np.log(base))


def jensen_shannon(counts_1: Any, counts_2: Any, *, base: float = 2.0) -> tuple[float, Array]:
    """Jensen-Shannon divergence of two word distributions (Lin 1991), and each word's part.

    H(m) − ½H(p) − ½H(q), m = (p+q)/2; a word contributes ½p log(p/m) + ½q log(q/m). In [0, 1]
    with base 2. The *distance* is its root. Small samples bias it upwards: compare at equal
    token counts or against `jensen_shannon_test`.

    Parameters
    ----------
    counts_1, counts_2 : array of int, (words,)
        Occurrences of the same words.
    base : float, default 2.0
        Base of the logarithm.

    Returns
    -------
    (divergence, contributions) : float, array of float (words,)

    Raises
    ------
    ValueError
        If lengths differ or nothing is counted.

    Examples
    --------
    >>> divergence, contributions = jensen_shannon([5, 3, 1, 0], [2, 3, 0, 4])
    >>> print(f"{divergence:.4f}")
    0.3310
    """
    p, q = _pair(counts_1, counts_2)
    middle = (p + q) / 2
    parts = (scipy.special.rel_entr(p, middle) + scipy.special.rel_entr(q, middle)) / 2
    parts = parts / np.log(base)
    return float(parts.sum()), parts


def jensen_shannon_test(
    counts: Any, labels: Sequence[Any], *, permutations: int = 999, seed: int = 0
) -> dict[str, float]:
    """Compare the divergence of two groups of documents with that of shuffled groups.

    Parameters
    ----------
    counts : array of int, (documents, words)
        Occurrences.
    labels : sequence, (documents,)
        Group of each document; exactly two groups.
    permutations : int, default 999
        Random relabellings of whole documents.
    seed : int, default 0
        Seed of the relabellings.

    Returns
    -------
    dict
        divergence (bits), null_mean (what shuffled documents give: the bias), excess (their
        difference), p: (b+1)/(B+1).

    Raises
    ------
    ValueError
        If there are not two groups, or lengths differ.

    Examples
    --------
    >>> result = jensen_shannon_test([[9, 1], [8, 2], [2, 8], [1, 9]], ["a", "a", "b", "b"])
    >>> round(result["divergence"], 3)
    0.39
    """
    matrix = checks.counts("counts", counts, ndim=2)
    checks.same_length(counts=matrix, labels=labels)
    groups, names = pd.factorize(np.asarray(labels, dtype=object), sort=True)
    if len(names) != 2:
        raise checks.AnalysisError("labels", f"{len(names)} groups", "2 groups")
    order = np.lexsort((*matrix.T[::-1], groups))
    matrix, groups = matrix[order], groups[order]
    rng = np.random.default_rng(seed)
    draws = np.array([rng.permutation(groups) for _ in range(permutations)])

    def divergence(member: Array) -> Array:
        one, two = member @ matrix, (1 - member) @ matrix
        p = one / np.maximum(one.sum(axis=-1, keepdims=True), 1)
        q = two / np.maximum(two.sum(axis=-1, keepdims=True), 1)
        m = (p + q) / 2
        parts = scipy.special.rel_entr(p, m) + scipy.special.rel_entr(q, m)
        return parts.sum(axis=-1) / 2 / np.log(2)

    observed = float(divergence(groups.astype(np.float64)))
    null = divergence(draws.astype(np.float64))
    reached = int((null >= observed - 1e-12).sum())
    return {
        "divergence": observed,
        "null_mean": float(null.mean()),
        "excess": observed - float(null.mean()),
        "p": (reached + 1) / (permutations + 1),
    }


def word_shift(counts_1: Mapping[str, int], counts_2: Mapping[str, int]) -> pd.DataFrame:
    """List the words by what they add to the difference of two vocabularies.

    Proportion shift q − p, its share of the total variation Σ|q − p|, and the contribution to
    the Jensen-Shannon divergence (Gallagher et al. 2021).

    Parameters
    ----------
    counts_1, counts_2 : mapping of word to count, or Series
        Occurrences; a word absent from one counts 0 there.

    Returns
    -------
    DataFrame
        Index word, most divergent first; columns count_1, count_2, share_1, share_2,
        difference (share_2 − share_1), share_of_variation, divergence (bits) and
        share_of_divergence.

    Raises
    ------
    ValueError
        If nothing is counted on one side.

    Examples
    --------
    >>> word_shift({"tax": 5, "cut": 1}, {"tax": 2, "fair": 4})["difference"].round(3).to_dict()
    {'fair': 0.667, 'cut': -0.167, 'tax': -0.5}
    """
    words = sorted({*counts_1.keys(), *counts_2.keys()})
    one = checks.counts("counts_1", [counts_1.get(word, 0) for word in words])
    two = checks.counts("counts_2", [counts_2.get(word, 0) for word in words])
    p, q = _pair(one, two)
    total, parts = jensen_shannon(one, two)
    variation = np.abs(q - p).sum()
    table = pd.DataFrame(
        {
            "count_1": one.astype(np.int64),
            "count_2": two.astype(np.int64),
            "share_1": p,
            "share_2": q,
            "difference": q - p,
            "share_of_variation": (q - p) / variation if variation else 0.0,
            "divergence": parts,
            "share_of_divergence": parts / total if total else 0.0,
        },
        index=pd.Index(words, name="word"),
    )
    order = np.lexsort((np.arange(len(words)), -table["divergence"].to_numpy()))
    return table.iloc[order]


def rank_turbulence(
    counts_1: Any, counts_2: Any, *, alpha: float = 1 / 3
) -> tuple[float, Array, float]:
    """Rank-turbulence divergence of two ranked vocabularies (Dodds et al. 2023).

    (1/𝒩)·(α+1)/α·Σ|r₁^−α − r₂^−α|^(1/(α+1)) on tied ranks; words absent from one share its
    last rank. With the published normaliser two disjoint vocabularies of unequal size do not
    give exactly 1.

    Parameters
    ----------
    counts_1, counts_2 : array of int, (words,)
        Occurrences of the same words; words absent from both are left out.
    alpha : float, default 1/3
        0 weighs all ranks alike, inf only the top ones.

    Returns
    -------
    (divergence, contributions, normaliser) : float, array of float (words,), float

    Raises
    ------
    ValueError
        If lengths differ, nothing is counted or `alpha` is negative.

    Examples
    --------
    >>> divergence, *_ = rank_turbulence([5, 3, 1, 0], [2, 3, 0, 4], alpha=1)
    >>> print(f"{divergence:.4f}")
    0.5657
    """
    one, two = checks.counts("counts_1", counts_1, ndim=1), checks.counts("counts_2", counts_2)
    _pair(one, two)
    if not alpha >= 0:
        raise checks.AnalysisError("alpha", f"{alpha!r}", "a number, 0 or more, or inf")
    used = (one > 0) | (two > 0)
    ranks = [scipy.stats.rankdata(-counts[used]) for counts in (one, two)]
    types = [int((counts > 0).sum()) for counts in (one, two)]
    parts = _turbulence(ranks[0], ranks[1], alpha)
    last = [types[0] + types[1] / 2, types[1] + types[0] / 2]
    present = [counts[used] > 0 for counts in (one, two)]
    normaliser = float(
        sum(
            _turbulence(rank[here], np.full(int(here.sum()), end), alpha).sum()
            for rank, here, end in zip(ranks, present, last, strict=True)
        )
    )
    contributions = np.zeros(len(one))
    contributions[used] = parts / normaliser
    return float(contributions.sum()), contributions, normaliser


def delta(counts: Any, tokens: Any, *, measure: str = "burrows") -> Array:
    """Distance between documents by their most frequent words.

    z-scores of the relative frequencies across the documents (n − 1 standard deviation);
    Burrows's (2002) Delta is the mean |zᵢ − zⱼ|, cosine Delta (Smith & Aldridge 2011)
    1 − cos(zᵢ, zⱼ). Adding a document changes every distance.

    Parameters
    ----------
    counts : array of int, (documents, words)
        Occurrences of the most frequent words.
    tokens : array of int, (documents,)
        All tokens of each document.
    measure : {"burrows", "cosine"}
        Which Delta.

    Returns
    -------
    array of float, (documents, documents)
        Words as frequent in every document are left out; NaN if none is left, or for a document
        without a direction (cosine).

    Raises
    ------
    ValueError
        If there are fewer than two documents, or a document has fewer tokens than counts.

    Examples
    --------
    >>> delta([[13, 11], [58, 22], [130, 109]], [135, 699, 1880]).round(2)
    array([[0.  , 1.49, 1.47],
           [1.49, 0.  , 1.04],
           [1.47, 1.04, 0.  ]])
    """
    checks.one_of("measure", measure, ("burrows", "cosine"))
    matrix = checks.counts("counts", counts, ndim=2)
    size = checks.positive("tokens", tokens)
    checks.same_length(counts=matrix, tokens=size)
    checks.at_least("counts", len(matrix), 2, "documents")
    checks.within("the sum of counts", matrix.sum(axis=1), "tokens", size)
    rates = matrix / size[:, None]
    spread = rates.std(axis=0, ddof=1)
    varied = spread > 1e-15
    z = (rates[:, varied] - rates[:, varied].mean(axis=0)) / spread[varied]
    if measure == "cosine":
        return 1 - _cosine(z)
    if not varied.any():
        return np.full((len(z), len(z)), np.nan)
    return np.array([np.abs(z - row).mean(axis=1) for row in z])


def cosine_similarity(counts: Any) -> Array:
    """Cosine of the angle between the count vectors of documents.

    Parameters
    ----------
    counts : array of float, (documents, words)
        Counts, or any weights of the words.

    Returns
    -------
    array of float, (documents, documents)
        NaN for a document without any count.

    Raises
    ------
    ValueError
        If a value is missing.

    Examples
    --------
    >>> cosine_similarity([[1, 0], [1, 1]]).round(4)
    array([[1.    , 0.7071],
           [0.7071, 1.    ]])
    """
    return _cosine(checks.numbers("counts", counts, ndim=2))


def _cosine(matrix: Array) -> Array:
    length = np.sqrt((matrix**2).sum(axis=1))
    unit = matrix / np.where(length > 0, length, np.nan)[:, None]
    return unit @ unit.T


def _turbulence(ranks_1: Array, ranks_2: Array, alpha: float) -> Array:
    if alpha == 0:
        return np.abs(np.log(ranks_1 / ranks_2))
    if np.isinf(alpha):
        top = np.maximum(1 / ranks_1, 1 / ranks_2)
        return np.where(ranks_1 == ranks_2, 0.0, top)
    gap = np.abs(ranks_1**-alpha - ranks_2**-alpha)
    return (alpha + 1) / alpha * gap ** (1 / (alpha + 1))


def _pair(counts_1: Any, counts_2: Any) -> tuple[Array, Array]:
    p, q = _shares("counts_1", counts_1), _shares("counts_2", counts_2)
    checks.same_length(counts_1=p, counts_2=q)
    return p, q


def _shares(name: str, counts: Any) -> Array:
    values = checks.counts(name, counts, ndim=1)
    if not values.sum():
        raise checks.AnalysisError(name, "no occurrence at all", "at least one")
    return values / values.sum()
