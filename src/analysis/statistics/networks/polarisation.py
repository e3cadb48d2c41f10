"""Polarisation of a discourse network, in the right direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.networks.network import (
    COLUMNS,
    agreement_networks,
    matrix_and_blocks,
    modularity,
    statement_table,
)

EXHAUSTIVE = 16
"""Up to this many actors every split is looked at."""


def distance_from_bipolar(congruence: Any, conflict: Any, partition: Any) -> float:
    """Distance of two networks from perfect polarisation along a split, as rDNA defines it.

    Σ over pairs of |C − expected| + D within and |D − expected| + C between groups, over ΣC + ΣD.
    Lower is more polarised: rDNA maximises it, and so selects the split farthest from bipolar.
    Even a perfect split is not 0, because the expectations divide by the number of dyads twice.

    Parameters
    ----------
    congruence, conflict : array or DataFrame, (actors, actors)
        As `congruence_conflict` with `normalise`.
    partition : array, (actors,)
        Group of each actor.

    Returns
    -------
    float
        NaN without ties.

    Raises
    ------
    ValueError
        As `modularity`.

    Examples
    --------
    >>> C = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    >>> D = [[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]]
    >>> distance_from_bipolar(C, D, [0, 0, 1, 1])
    0.25
    """
    C, same = matrix_and_blocks(congruence, partition)
    D, _ = matrix_and_blocks(conflict, partition)
    total = C.sum() + D.sum()
    size = same.sum(axis=1).astype(np.float64)
    off = ~np.eye(len(C), dtype=bool)
    within, between = int((same & off).sum()), int((~same).sum())
    if not total:
        return np.nan
    # Share of all within dyads that fall into an actor's group, and of all between dyads that
    # fall between two groups, times the mean weight per dyad.
    inside = (size * (size - 1) / max(within, 1))[:, None] * C.sum() / max(within, 1)
    outside = np.outer(size, size) / max(between, 1) * D.sum() / max(between, 1)
    gaps = np.where(same, np.abs(C - inside) + D, np.abs(D - outside) + C) * off
    return float(np.triu(gaps).sum() / total)


def balanced_extremes(congruence: Any, conflict: Any) -> dict[str, Any]:
    """Find the splits into equal halves nearest to and farthest from perfect polarisation.

    Parameters
    ----------
    congruence, conflict
        As `distance_from_bipolar`; at most 16 actors.

    Returns
    -------
    dict
        nearest, nearest_partition, farthest (what rDNA reports as polarisation),
        farthest_partition; the first actor is always in group 0.

    Raises
    ------
    ValueError
        With fewer than three or more than 16 actors.

    Examples
    --------
    >>> C = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    >>> D = [[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]]
    >>> balanced_extremes(C, D)["nearest_partition"]
    [0, 0, 1, 1]
    """
    n = len(np.asarray(congruence))
    if not 3 <= n <= EXHAUSTIVE:
        raise AnalysisError("congruence", f"{n} actors", f"3 to {EXHAUSTIVE}")
    half = n // 2
    splits = [s for s in _splits(n) if s.sum() in (half, n - half)]
    values = np.array([distance_from_bipolar(congruence, conflict, s) for s in splits])
    least, most = int(values.argmin()), int(values.argmax())
    return {
        "nearest": float(values[least]),
        "nearest_partition": splits[least].tolist(),
        "farthest": float(values[most]),
        "farthest_partition": splits[most].tolist(),
    }


@dataclass(frozen=True)
class Polarisation:
    """Polarisation of a discourse network and what shuffled agreement would give.

    Attributes
    ----------
    partition : Series, actor to group 0 or 1, the split found on C − D
    modularity : of the congruence network for that split
    null_mean, p : over shuffles of agreement within concepts, each split anew
    note : what to say beside the numbers, empty when nothing
    """

    partition: pd.Series
    modularity: float
    null_mean: float
    p: float
    note: str = ""


def polarisation(
    statements: Any, *, permutations: int = 199, seed: int = 0, duplicates: bool = True
) -> Polarisation:
    """Measure polarisation as the modularity of congruence for the best split of C − D.

    Any score optimised over splits is positive for random data; the null shuffles agreement
    within each concept and searches again. Halves need not be equal.

    Parameters
    ----------
    statements, duplicates
        As `affiliation`.
    permutations : int, default 199
        Shuffles.
    seed : int, default 0
        Seed of the shuffles and, beyond 16 actors, of the search.

    Returns
    -------
    Polarisation

    Raises
    ------
    ValueError
        As `affiliation`, or with fewer than three actors.

    Examples
    --------
    >>> rows = [
    ...     dict(document=1, actor=a, concept=c, agreement=int(a in "AB"))
    ...     for a in "ABCD" for c in "xyz"
    ... ]
    >>> result = polarisation(rows, permutations=19)
    >>> result.modularity, result.partition.to_list()
    (0.5, [0, 0, 1, 1])
    """
    frame = statement_table(statements, duplicates).sort_values([*COLUMNS], ignore_index=True)
    permutations = checks.whole("permutations", permutations)
    rng = np.random.default_rng(seed)
    actor, actors = pd.factorize(frame["actor"], sort=True)
    concept, _ = pd.factorize(frame["concept"], sort=True)
    checks.at_least("statements", len(actors), 3, "actors")
    order = np.argsort(concept, kind="stable")
    agreement = frame["agreement"].to_numpy()

    def best(values: Array) -> tuple[float, np.ndarray]:
        return _best_modularity(actor, concept, values, rng)

    observed, split = best(agreement)
    null = []
    for _ in range(permutations):
        shuffled = agreement.copy()
        noise = rng.random(len(agreement))
        shuffled[order] = agreement[np.lexsort((noise, concept))]
        null.append(best(shuffled)[0])
    values = np.nan_to_num(np.array(null), nan=0.0)
    reached = int((values >= observed - 1e-12).sum()) if np.isfinite(observed) else permutations
    return Polarisation(
        partition=pd.Series(split, index=pd.Index(actors, name="actor"), name="group"),
        modularity=observed,
        null_mean=float(values.mean()),
        p=(reached + 1) / (permutations + 1),
        note="" if np.isfinite(observed) else "no two actors agree on anything",
    )


def polarisation_score(statements: Any, *, seed: int = 0, duplicates: bool = True) -> float:
    """Return the modularity of the congruence network for the best split of C − D, alone.

    What :func:`polarisation` reports without its null distribution: for windows and intervals.

    Parameters
    ----------
    statements, duplicates
        As `affiliation`.
    seed : int, default 0
        Seed of the search beyond 16 actors.

    Returns
    -------
    float
        NaN where no two actors agree on anything.

    Raises
    ------
    ValueError
        As `polarisation`.

    Examples
    --------
    >>> rows = [
    ...     dict(document=1, actor=a, concept=c, agreement=int(a in "AB"))
    ...     for a in "ABCD" for c in "xyz"
    ... ]
    >>> polarisation_score(rows)
    0.5
    """
    frame = statement_table(statements, duplicates)
    actor, actors = pd.factorize(frame["actor"], sort=True)
    concept, _ = pd.factorize(frame["concept"], sort=True)
    checks.at_least("statements", len(actors), 3, "actors")
    rng = np.random.default_rng(seed)
    return _best_modularity(actor, concept, frame["agreement"].to_numpy(), rng)[0]


def _best_modularity(
    actor: np.ndarray, concept: np.ndarray, agreement: Array, rng: np.random.Generator
) -> tuple[float, np.ndarray]:
    shape = (actor.max() + 1, concept.max() + 1)
    plus, minus = np.zeros(shape), np.zeros(shape)
    np.add.at(plus, (actor[agreement == 1], concept[agreement == 1]), 1)
    np.add.at(minus, (actor[agreement == 0], concept[agreement == 0]), 1)
    C, D = agreement_networks(plus, minus)
    np.fill_diagonal(C, 0)
    np.fill_diagonal(D, 0)
    split = _best_split(C - D, rng)
    return modularity(C, split), split


def _splits(n: int) -> Iterator[np.ndarray]:
    for size in range(1, n):
        for chosen in combinations(range(1, n), size):
            split = np.zeros(n, dtype=np.int64)
            split[list(chosen)] = 1
            yield split


def _best_split(weights: Array, rng: np.random.Generator) -> np.ndarray:
    n = len(weights)
    if n <= EXHAUSTIVE:
        bits = np.arange(1, 2 ** (n - 1))[:, None] >> np.arange(n - 1)[::-1] & 1
        sides = np.hstack([np.ones((len(bits), 1)), 1 - 2.0 * bits])
    else:
        sides = np.array([_climb(weights, rng) for _ in range(20)])
    best = sides[((sides @ weights) * sides).sum(axis=1).argmax()]
    return np.where(best == best[0], 0, 1)


def _climb(weights: Array, rng: np.random.Generator) -> Array:
    side = rng.choice([-1.0, 1.0], len(weights))
    while True:
        gain = -side * (weights @ side)
        if gain.max() <= 1e-12:
            return side
        side[gain.argmax()] *= -1
