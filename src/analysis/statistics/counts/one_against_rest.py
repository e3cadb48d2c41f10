"""Each of several groups against all others at once, in every frame.

What :func:`analysis.statistics.counts.rates.contrast` does for one pair of sides, for many groups
in one pass: the units are counted once, and all groups share their random relabellings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.counts.bootstrap import times_drawn
from analysis.statistics.counts.rates import RESAMPLES, SEED, Unit, unit_counts
from analysis.statistics.groups.permutation import (
    ENUMERATE,
    differences_of_rates,
    permutation_test,
)

PERMUTATIONS = 9_999
_CHUNK = 2**22
"""Numbers held at once."""


def one_against_rest(
    occurrences: pd.DataFrame,
    utterances: pd.DataFrame,
    *,
    values: Sequence[str],
    by: str = "group",
    of: str = "frame",
    unit: Unit = "appearance",
    resamples: int = RESAMPLES,
    level: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compare how often each group and all others together voice each frame.

    Parameters
    ----------
    occurrences, utterances : pandas.DataFrame
        As in :func:`analysis.statistics.counts.rates.rates`; all utterances given are compared.
    values : sequence of str
        The groups compared, values of the column `by`.
    by, of, unit, resamples, level, seed
        As in :func:`analysis.statistics.counts.rates.contrast`.

    Returns
    -------
    pandas.DataFrame
        One row per group and frame: `by`, `of`, ``count``, ``words``, ``others`` (occurrences of
        all others), ``other_words``; ``log_ratio`` (base 2, one half added to every count), its
        bootstrap interval ``low``, ``high``, never narrower than that of independent words where
        either side has fewer than ten units; ``p`` (two-sided, permuting units: all ways where
        there are at most 200,000, else 9,999 by chance).

    Raises
    ------
    AnalysisError
        If a group has no words, or there is nobody else.

    Examples
    --------
    >>> said = pd.DataFrame({"document": list("abcdef"), "utterance": 0, "speaker": "x",
    ...                      "group": list("uuuvvw"), "words": 100})
    >>> hits = pd.DataFrame({"document": list("aabc"), "utterance": 0, "frame": "duty"})
    >>> table = one_against_rest(hits, said, values=["u"])
    >>> table[["group", "count", "others", "p"]].values.tolist()
    [['u', 4, 0, 0.1]]
    """
    said = utterances[utterances["words"] > 0]
    categories = sorted(occurrences[of].unique())
    pieces, owners = [], []
    for name, own in said.groupby(by, sort=True):
        counts, exposure = unit_counts(occurrences, own, of=of, categories=categories, unit=unit)
        pieces.append(np.column_stack([counts, exposure]))
        owners += [name] * len(exposure)
    for name in values:
        if name not in owners:
            raise AnalysisError(by, f"{name!r} has no words", "groups that speak")
    if len(pieces) < 2:
        raise AnalysisError(by, f"{len(pieces)} with words", "two at least, to compare")
    both, owner = np.vstack(pieces).astype(np.float64), np.array(owners, dtype=object)
    members = [owner == name for name in values]
    chances = _permuted(both, members, seed)
    tail = 100 * (1 - level) / 2
    tables = []
    for number, (name, inside) in enumerate(zip(values, members, strict=True)):
        rng = np.random.default_rng([seed, number])
        drawn = [_drawn(both[side], resamples, rng) for side in (inside, ~inside)]
        low, high = np.percentile(_log_ratio(*drawn), [tail, 100 - tail], axis=0)
        ours, theirs = both[inside].sum(axis=0), both[~inside].sum(axis=0)
        # A few appearances may agree by chance; where nothing is said all resamples agree.
        few = min(inside.sum(), (~inside).sum()) < checks.FEW_DOCUMENTS
        wide = few | (ours[:-1] == 0) | (theirs[:-1] == 0)
        reach, ratio = _independent(ours, theirs, level), _log_ratio(ours, theirs)
        low = np.where(wide, np.minimum(low, ratio - reach), low)
        high = np.where(wide, np.maximum(high, ratio + reach), high)
        columns = {
            by: name, of: categories,
            "count": ours[:-1].astype(np.int64), "words": int(ours[-1]),
            "others": theirs[:-1].astype(np.int64), "other_words": int(theirs[-1]),
            "log_ratio": _log_ratio(ours, theirs), "low": low, "high": high,
            "p": chances[number],
        }  # fmt: skip
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def _log_ratio(ours: Array, theirs: Array) -> Array:
    """Compare sums of counts, the last column of which holds the words."""
    one, other = ((k[..., :-1] + 0.5) / (k[..., -1:] + 0.5) for k in (ours, theirs))
    return np.log2(one / other)


def _independent(ours: Array, theirs: Array, level: float) -> Array:
    """Return half the width of Wald's interval, every word taken as independent."""
    inverse = 1 / (np.stack([ours, theirs]) + 0.5)
    variance = (inverse[:, :-1] - inverse[:, -1:]).sum(axis=0)
    return scipy.special.ndtri(1 - (1 - level) / 2) * np.sqrt(variance) / np.log(2)


def _drawn(both: Array, resamples: int, rng: np.random.Generator) -> Array:
    """Return the sums of as many resamples of all units, drawn with replacement."""
    units = len(both)
    step = max(1, _CHUNK // units)
    sums = []
    for done in range(0, resamples, step):
        rows = min(step, resamples - done)
        sums.append(times_drawn(units, rows, rng) @ both)
    return np.concatenate(sums)


def _permuted(both: Array, members: Sequence[np.ndarray], seed: int) -> list[Array]:
    """Return each group's p: how often as many units by chance differ as much from the others."""
    units = len(both)
    sizes = [int(inside.sum()) for inside in members]
    exact = [math.comb(units, size) <= ENUMERATE for size in sizes]
    chances: list[Array] = [np.ones(both.shape[1] - 1) for _ in members]
    for number, inside in enumerate(members):
        if exact[number]:
            chances[number] = permutation_test(both[:, :-1], both[:, -1], ~inside).p
    drawn = [number for number in range(len(members)) if not exact[number]]
    if not drawn:
        return chances
    # Groups smaller than half are the first of a random order; larger ones what is left of it.
    few = {number: min(sizes[number], units - sizes[number]) for number in drawn}
    observed = differences_of_rates(np.array(members, dtype=np.float64), both)
    reach = np.abs(observed) - 1e-12
    reached = {number: np.ones(both.shape[1] - 1) for number in drawn}
    rng = np.random.default_rng(seed)
    step = max(1, _CHUNK // units)
    for done in range(0, PERMUTATIONS, step):
        rows = min(step, PERMUTATIONS - done)
        order = rng.permuted(np.tile(np.arange(units, dtype=np.int32), (rows, 1)), axis=1)
        taken = np.zeros((rows, units), dtype=np.float64)
        start = 0
        for number in sorted(drawn, key=lambda one: few[one]):
            np.put_along_axis(taken, order[:, start : few[number]].astype(np.intp), 1.0, axis=1)
            start = few[number]
            reached[number] += (np.abs(differences_of_rates(taken, both)) >= reach[number]).sum(
                axis=0
            )
    for number in drawn:
        chances[number] = reached[number] / (PERMUTATIONS + 1)
    return chances
