"""Which lines to code next: more where the annotator is unsure, each with a known chance.

An annotator that says how sure it is tells where a code is worth most: the part of the variance
that a line adds is p(1 − p). Lines are put into strata by that, and the sample is shared out by
Neyman's (1934) rule, in proportion to size times the root of p(1 − p). No line is left without a
chance, so the codes remain a probability sample whatever the annotator is worth.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import scipy

from analysis.coding.sampling import SAMPLE_COLUMNS, lines_needed
from analysis.errors import AnalysisError

STRATA = 6
LEAST_DOUBT = 0.02
"""An annotator that is certain is still taken to err in one of fifty lines."""


def draw_by(
    units: pd.DataFrame, strata: pd.Series, sizes: Mapping[str, int], *, seed: int
) -> pd.DataFrame:
    """Draw a stated number of units from each stratum, without replacement.

    Parameters
    ----------
    units : pandas.DataFrame
        The population.
    strata : pandas.Series of str
        The stratum of each unit, on the same index.
    sizes : mapping of str to int
        How many of each stratum.
    seed : int
        The same seed draws the same units.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.coding.sampling.draw`.

    Raises
    ------
    AnalysisError
        If a stratum has no size or fewer units than asked for; a stratum without a chance of being
        drawn would leave the estimate without a part of the population.

    Examples
    --------
    >>> units = pd.DataFrame({"unit": range(6)})
    >>> drawn = draw_by(units, pd.Series(list("aaaabb")), {"a": 2, "b": 1}, seed=1)
    >>> drawn[["stratum", "population", "sampled"]].drop_duplicates().values.tolist()
    [['a', 4, 2], ['b', 2, 1]]
    """
    rng = np.random.default_rng(seed)
    parts = []
    for name in sorted(strata.unique()):
        places = np.flatnonzero(strata.to_numpy() == name)
        number = sizes.get(name, 0)
        if not 1 <= number <= len(places):
            raise AnalysisError(
                f"stratum {name}",
                f"{number} lines to draw",
                f"1 to {len(places)}",
                "give every stratum a size, or join strata",
            )
        chosen = np.sort(rng.choice(places, size=number, replace=False))
        parts.append(
            units.iloc[chosen].assign(
                stratum=str(name),
                population=len(places),
                sampled=number,
                inclusion=number / len(places),
            )
        )
    return pd.concat(parts).sort_index(kind="stable")


def by_uncertainty(
    units: pd.DataFrame, probability: pd.Series, n: int, *, seed: int, strata: int = STRATA
) -> pd.DataFrame:
    """Draw the lines to code next, more of those of which the annotator is unsure.

    Parameters
    ----------
    units : pandas.DataFrame
        The lines not yet coded.
    probability : pandas.Series of float
        What the annotator gives each line, 0 to 1, on the same index.
    n : int
        Lines to draw, two of each stratum at least.
    seed : int
    strata : int, default 6
        Strata of about equal doubt, the root of p(1 − p) summed over their lines (Dalenius &
        Hodges 1959). Fewer where the annotator gives fewer different probabilities.

    Returns
    -------
    pandas.DataFrame
        As :func:`draw_by`; the strata are named "doubt 1" (most certain) and so on.

    Raises
    ------
    AnalysisError
        If a probability is none, or more is asked for than there is.
    """
    p = _checked(probability)
    doubt = _doubt(p)
    names = pd.Series(_strata(p, doubt, strata), index=units.index)
    sizes = _neyman(names, doubt, n)
    return draw_by(units, names, sizes, seed=seed)


def lines_for_width(
    width: float, probability: pd.Series, *, level: float = 0.95, strata: int = STRATA
) -> dict[str, int]:
    """Say how many lines to code for an interval as narrow as wanted, drawn in either way.

    Parameters
    ----------
    width : float
        Of the whole interval of the share, from its lower to its upper bound.
    probability : pandas.Series of float
        What the annotator gives each line. The numbers hold if its probabilities are calibrated;
        where they are not, the interval is wider than wanted but as honest.
    level : float, default 0.95
    strata : int, default 6

    Returns
    -------
    dict
        ``simple`` (a simple random sample, the labels not used), ``uncertainty`` (drawn by
        :func:`by_uncertainty`, and the labels used).

    Examples
    --------
    >>> p = pd.Series([0.02] * 900 + [0.5] * 100)
    >>> lines_for_width(0.05, p)
    {'simple': 281, 'uncertainty': 151}
    """
    p = _checked(probability)
    simple = lines_needed(width, share=float(p.mean()), population=len(p), level=level)
    z = float(scipy.special.ndtri((1 + level) / 2))
    doubt = _doubt(p)
    names = pd.Series(_strata(p, doubt, strata), index=p.index)
    doubts = pd.Series(doubt, index=p.index)
    lowest, highest = 2 * names.nunique(), len(p)
    while lowest < highest:
        n = (lowest + highest) // 2
        variance = 0.0
        for name, number in _neyman(names, doubt, n).items():
            own = doubts[names == name]
            spread = float((own**2).mean())
            variance += len(own) ** 2 * (1 - number / len(own)) * spread / number
        if 2 * z * np.sqrt(variance) / len(p) <= width:
            highest = n
        else:
            lowest = n + 1
    return {"simple": simple, "uncertainty": int(highest)}


def as_sample(drawn: pd.DataFrame, *, seed: int, first: int = 1) -> pd.DataFrame:
    """Make of segments drawn a sample that coders can be given.

    Parameters
    ----------
    drawn : pandas.DataFrame
        Segments, from :func:`draw_by` or :func:`by_uncertainty`.
    seed : int
        Of the order of chance in which items are numbered.
    first : int, default 1
        The number of the first item.

    Returns
    -------
    pandas.DataFrame
        The columns of a sample (:data:`analysis.coding.sampling.SAMPLE_COLUMNS`); ``kind`` is the
        stratum.
    """
    order = np.random.default_rng(seed).permutation(len(drawn))
    table = drawn.iloc[order].assign(term="", frame="")
    table = table.assign(kind=table["stratum"])
    table["item"] = [f"s{number:03d}" for number in range(first, first + len(table))]
    return table[list(SAMPLE_COLUMNS)].reset_index(drop=True)


def _checked(probability: pd.Series) -> pd.Series:
    p = pd.Series(probability).astype(float)
    wrong = ~p.between(0, 1)
    if wrong.any():
        raise AnalysisError(
            f"probability of line {p.index[wrong][0]}",
            f"{p[wrong].iloc[0]:g}",
            "a number from 0 to 1",
            "give every line a probability; labels alone (0 or 1) will do",
        )
    return p


def _doubt(p: pd.Series) -> np.ndarray:
    inside = p.clip(LEAST_DOUBT, 1 - LEAST_DOUBT).to_numpy()
    return np.round(np.sqrt(inside * (1 - inside)), 9)


def _strata(p: pd.Series, doubt: np.ndarray, strata: int) -> np.ndarray:
    order = np.lexsort((np.arange(len(p)), p.to_numpy()))
    reached = np.cumsum(doubt[order])
    block = np.empty(len(p), int)
    block[order] = np.minimum(
        (strata * (reached - doubt[order] / 2) / reached[-1]).astype(int), strata - 1
    )
    # Lines of one probability stay together, so that labels alone give two strata.
    block = pd.Series(block).groupby(p.to_numpy()).transform("median").round().to_numpy(int)
    sizes = pd.Series(block).value_counts()
    # Two lines are the fewest from which a variance can be had.
    for small in sizes[sizes < 2].index:
        others = [name for name in np.unique(block) if name != small]
        block[block == small] = min(others, key=lambda name: abs(name - small))
    _, block = np.unique(block, return_inverse=True)
    return np.array([f"doubt {number + 1}" for number in block])


def _neyman(names: pd.Series, doubt: np.ndarray, n: int) -> dict[str, int]:
    table = pd.Series(doubt, index=names.index).groupby(names).agg(["size", "sum"])
    least = np.minimum(table["size"], 2)
    if not least.sum() <= n <= table["size"].sum():
        raise AnalysisError(
            "n",
            f"{n} lines to draw",
            f"{least.sum()} (2 of each stratum) to {table['size'].sum()} (all there are)",
            "draw another number or ask for fewer strata",
        )
    size, weight = table["size"].to_numpy(), table["sum"].to_numpy()
    low, high = 0.0, n / weight.min() + 1
    for _ in range(100):
        middle = (low + high) / 2
        fits = np.clip(np.floor(middle * weight), least.to_numpy(), size).sum() <= n
        low, high = (middle, high) if fits else (low, middle)
    taken = np.clip(np.floor(low * weight), least.to_numpy(), size).astype(int)
    for place in np.lexsort((np.arange(len(size)), -(low * weight - taken))).tolist() * 2:
        if taken.sum() < n and taken[place] < size[place]:
            taken[place] += 1
    for place in np.argsort(-(size - taken), kind="stable"):
        taken[place] += min(n - taken.sum(), size[place] - taken[place])
    return dict(zip(table.index, taken.tolist(), strict=True))
