"""Permutation tests that relabel whole documents or whole speakers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array

ENUMERATE = 200_000
"""Up to this many relabellings are enumerated; above, they are drawn at random."""


@dataclass(frozen=True)
class PermutationResult:
    """A permutation test of the difference of two pooled rates, one value per column.

    Attributes
    ----------
    difference : Σk/Σn of the first group less that of the second
    p : two-sided, |difference| at least as great
    permutations : relabellings looked at
    exact : whether these are all there are
    units : units relabelled
    note : what to say beside the numbers, empty when nothing
    """

    difference: Any
    p: Any
    permutations: int
    exact: bool
    units: int
    note: str = ""


def mean_permutation(x: Any, y: Any) -> float:
    """Exact two-sided permutation p-value of the difference of two means.

    The share of all splits whose sum lies at least as far from its expectation. Splits are
    counted from the sums of two halves (van de Wiel 2001), always up to 42 documents; with more,
    the characteristic function of the sum is inverted numerically (Pagano & Tritchler 1983),
    right to five digits or better.

    Parameters
    ----------
    x, y : array of float
        One value per document.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a group is empty or a value missing.

    Examples
    --------
    >>> print(f"{mean_permutation([12, 15, 18, 24, 88], [3, 3, 13, 27, 33]):.4f}")
    0.4365
    """
    x, y = checks.numbers("x", x, ndim=1), checks.numbers("y", y, ndim=1)
    checks.at_least("x", len(x), 1, "documents")
    checks.at_least("y", len(y), 1, "documents")
    values = np.concatenate([x, y])
    spacing = _spacing(values)
    values = values - values.mean()
    observed = float(values[: len(x)].sum())
    half = len(values) // 2 + 1
    if sum(math.comb(half, j) for j in range(min(len(x), half) + 1)) <= 2**22:
        return _counted_p(values, len(x), observed)
    return _inverted_p(values, len(x), observed, spacing)


def permutation_test(
    counts: Any,
    exposures: Any,
    groups: Any,
    *,
    clusters: Any = None,
    permutations: int = 9999,
    seed: int = 0,
) -> PermutationResult:
    """Relabel whole documents, or whole speakers, and recompute the difference of rates.

    Two-sided p: the share of relabellings with |difference| at least the observed one, which
    counts itself. All of them if at most 200,000, else B at random and (b+1)/(B+1). scipy's
    `permutation_test` doubles the smaller tail instead.

    Parameters
    ----------
    counts : array of int, (documents,) or (documents, columns)
        Occurrences.
    exposures : array of float, (documents,)
        Tokens; documents without any are left out.
    groups : array, (documents,)
        Group of each document; exactly two values, the first in order is the first group.
    clusters : array, (documents,), optional
        Speaker of each document: labels then travel with the speaker, who must stay in one
        group.
    permutations : int, default 9999
        Random relabellings B where there are too many to enumerate.
    seed : int, default 0
        Seed of the relabellings.

    Returns
    -------
    PermutationResult

    Raises
    ------
    ValueError
        If there are not two groups, a speaker is in both, or lengths differ.

    Examples
    --------
    >>> result = permutation_test([9, 8, 7, 1, 2], [100] * 5, ["a", "a", "a", "b", "b"])
    >>> result.permutations, result.p
    (10, 0.1)
    """
    k, n, first = two_groups(counts, exposures, groups, clusters)
    matrix = k if k.ndim == 2 else k[:, None]
    order = np.lexsort((*matrix.T[::-1], matrix.sum(axis=1), n, first))
    matrix, n, first = matrix[order], n[order], first[order]
    size, units = int(first.sum()), len(n)
    both = np.column_stack([matrix, n])
    observed = differences_of_rates(first[None, :].astype(np.float64), both)[0]
    reach = np.abs(observed) - 1e-12
    exact = math.comb(units, size) <= ENUMERATE
    reached, looked = np.zeros(matrix.shape[1]), 0
    draws = (
        _relabellings(units, size)
        if exact
        else _random_labels(first, checks.whole("permutations", permutations), seed)
    )
    for members in draws:
        reached += (np.abs(differences_of_rates(members, both)) >= reach).sum(axis=0)
        looked += len(members)
    p = reached / looked if exact else (reached + 1) / (looked + 1)
    note = checks.few_documents(units, "documents" if clusters is None else "speakers")
    one = k.ndim == 1
    return PermutationResult(
        difference=float(observed[0]) if one else observed,
        p=float(p[0]) if one else p,
        permutations=looked,
        exact=exact,
        units=units,
        note=note,
    )


def two_groups(
    counts: Any, exposures: Any, groups: Any, clusters: Any = None
) -> tuple[Array, Array, np.ndarray]:
    """Check a comparison of two groups and sum it up by cluster.

    Parameters
    ----------
    counts, exposures, groups, clusters
        As `permutation_test`.

    Returns
    -------
    (counts, exposures, first) : arrays over the units
        `first` says whether a unit belongs to the first group.

    Raises
    ------
    ValueError
        As `permutation_test`.

    Examples
    --------
    >>> two_groups([1, 2, 3], [10, 10, 10], ["a", "a", "b"], ["X", "X", "Y"])[0]
    array([3., 3.])
    """
    k, n = checks.units(counts, exposures)
    labels = np.asarray(groups, dtype=object)
    checks.same_length(exposures=np.asarray(exposures), groups=labels)
    kept = np.asarray(exposures, dtype=np.float64) > 0
    names = sorted(set(labels[kept].tolist()))
    if len(names) != 2:
        raise AnalysisError("groups", f"{len(names)} groups with tokens", "exactly 2")
    first = labels[kept] == names[0]
    if clusters is None:
        return k, n, first
    speakers = np.array(list(clusters), dtype=object)
    checks.same_length(exposures=np.asarray(exposures), clusters=speakers)
    speakers = speakers[kept]
    for name in sorted(set(speakers.tolist())):
        if len(set(first[speakers == name].tolist())) > 1:
            raise AnalysisError("clusters", f"{name!r} is in both groups", "one group each")
    distinct, member = np.unique(speakers.astype(str), return_inverse=True)
    one_hot = np.eye(len(distinct))[member].T
    label = np.zeros(len(distinct), dtype=bool)
    label[member] = first
    return one_hot @ k, one_hot @ n, label


def differences_of_rates(members: Array, both: Array) -> Array:
    """Return the differences of rates; the last column holds the exposures."""
    one = members @ both
    other = both.sum(axis=0) - one
    return one[:, :-1] / one[:, -1:] - other[:, :-1] / other[:, -1:]


def _relabellings(units: int, size: int, *, chunk: int = 20_000) -> Iterator[Array]:
    block: list[tuple[int, ...]] = []
    for chosen in combinations(range(units), size):
        block.append(chosen)
        if len(block) == chunk:
            yield _membership(block, units)
            block = []
    if block:
        yield _membership(block, units)


def _membership(block: list[tuple[int, ...]], units: int) -> Array:
    members = np.zeros((len(block), units))
    np.put_along_axis(members, np.array(block, dtype=np.intp), 1.0, axis=1)
    return members


def _random_labels(
    first: np.ndarray, permutations: int, seed: int, *, chunk: int = 1000
) -> Iterator[Array]:
    rng = np.random.default_rng(seed)
    for done in range(0, permutations, chunk):
        labels = np.tile(first.astype(np.float64), (min(chunk, permutations - done), 1))
        yield rng.permuted(labels, axis=1)


def _counted_p(values: Array, size: int, observed: float) -> float:
    left, right = (_subset_sums(half, size) for half in np.array_split(values, 2))
    reach = abs(observed) * (1 - 1e-12) - 1e-12
    far = sum(
        (len(right[size - j]) - np.searchsorted(right[size - j], reach - sums)).sum()
        + np.searchsorted(right[size - j], -reach - sums, side="right").sum()
        for j, sums in left.items()
        if size - j in right
    )
    return min(1.0, float(far) / math.comb(len(values), size))


def _subset_sums(values: Array, largest: int) -> dict[int, Array]:
    sums = {0: np.zeros(1)}
    for value in values:
        taken = {j + 1: s + value for j, s in sums.items() if j < largest}
        sums = {
            j: np.concatenate([s for s in (sums.get(j), taken.get(j)) if s is not None])
            for j in {*sums, *taken}
        }
    return {j: np.sort(s) for j, s in sums.items()}


def _spacing(values: Array) -> float:
    for decimals in range(7):
        scaled = values * 10**decimals
        if np.allclose(scaled, np.round(scaled), rtol=0, atol=1e-6):
            gaps = np.diff(np.unique(np.round(scaled).astype(np.int64)))
            return float(np.gcd.reduce(gaps)) / 10**decimals if len(gaps) else 0.0
    return 0.0


def _inverted_p(values: Array, size: int, observed: float, spacing: float) -> float:
    n = len(values)
    spread = math.sqrt(size * (n - size) / (n - 1) * values.var())
    # Beyond eight standard deviations of the sum its characteristic function and its tail vanish.
    step = 2 * math.pi / (2 * 12 * spread)
    t = np.arange(1, int(9 / spread / step) + 1) * step
    factors = np.exp(1j * np.outer(t, values))
    share = np.zeros((len(t), size + 1), dtype=complex)
    share[:, 0] = 1
    for i in range(n):
        # P(i + 1 drawn so far hold j) keeps the coefficients of the polynomial near 1.
        j = np.arange(1, size + 1)
        take = np.clip((size - j + 1) / (n - i), 0, 1)
        stay = np.clip(1 - (size - np.arange(size + 1)) / (n - i), 0, 1)
        moved = share[:, :-1] * take * factors[:, [i]]
        share = share * stay
        share[:, 1:] += moved
    phi = share[:, size] if observed >= 0 else share[:, size].conj()
    high, low = abs(observed), -abs(observed)
    if spacing:
        # On a lattice the observed sum is an atom, and so is the first one at or beyond its
        # mirror image: the bounds lie half a step inside both.
        low = high - math.ceil((high - low) / spacing - 1e-6) * spacing + spacing / 2
        high -= spacing / 2
    waves = (np.exp(-1j * t * low) - np.exp(-1j * t * high)) / (1j * t)
    inside = (high - low) * step / (2 * math.pi) + step / math.pi * (phi * waves).real.sum()
    return float(np.clip(1 - inside, 0, 1))
