"""How evenly terms are spread over documents, and how sure their rates are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.concordance import find_phrases
from analysis.index.token_index import TokenIndex
from analysis.text.chunks import in_parallel

if TYPE_CHECKING:
    from scipy import sparse

MILLION = 1_000_000
WORDS = -1
"""The number that :func:`count_units` gives to no term: its counts are words."""
_DRAWS_AT_ONCE = 10
_STEPS = 1 << 16
_DOUBT = 255
_MOST = 30
_SPARE = 6.0


def dispersion(index: TokenIndex, terms: Sequence[str]) -> pd.DataFrame:
    """Say how evenly terms are spread over the documents.

    Parameters
    ----------
    index : TokenIndex
    terms : sequence of str
        As in :func:`analysis.index.concordance.find_phrases`.

    Returns
    -------
    pandas.DataFrame
        One row per term: ``term``, ``count``, ``documents`` (int, with an occurrence), ``range``
        (their share) and ``dp``, Gries's (2008) deviation of proportions, ½ Σ |share of the
        occurrences − share of the words| over documents: 0 as even as can be, 1 all in one.

    Raises
    ------
    AnalysisError
        If a term has no word.
    """
    found = find_phrases(index, terms)
    size = len(index.documents)
    words = np.bincount(index.document, index.exposure, size)
    cells = found.phrase * size + index.document[found.row]
    cell, here = np.unique(cells, return_counts=True)
    return dispersion_table(terms, *np.divmod(cell, max(size, 1)), here, words)


def dispersion_table(
    terms: Sequence[str],
    term: np.ndarray,
    document: np.ndarray,
    here: np.ndarray,
    words: np.ndarray,
) -> pd.DataFrame:
    """Make the table of :func:`dispersion` of counts by document.

    Parameters
    ----------
    terms : sequence of str
    term, document, here : numpy.ndarray of int
        The occurrences of each term in each document where it has any, in order.
    words : numpy.ndarray, (documents,)
        The words of every document.
    """
    size = len(words)
    share = words / max(words.sum(), 1)
    count = np.bincount(term, here, len(terms)).astype(np.int64)
    documents = np.bincount(term, minlength=len(terms))
    # Documents without an occurrence add their share of the words, the others the difference.
    observed = here / count[term]
    apart = np.bincount(term, np.abs(observed - share[document]) - share[document], len(terms))
    # Rounding must not make the most even spread a negative one.
    dp = np.where(count > 0, np.maximum((apart + share.sum()) / 2, 0), np.nan)
    return pd.DataFrame(
        {
            "term": pd.Series(list(terms), dtype="str"),
            "count": count,
            "documents": documents,
            "range": documents / max(size, 1),
            "dp": dp,
        }
    )


def resample(
    index: TokenIndex,
    terms: Sequence[str],
    *,
    unit: str = "document",
    resamples: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw whole documents, or whole speakers, anew, and see how the rates of terms vary.

    Parameters
    ----------
    index : TokenIndex
    terms : sequence of str
        As in :func:`analysis.index.concordance.find_phrases`.
    unit : {"document", "speaker"}
        What is drawn. Documents give intervals of every speaker's rate; speakers of the rate of
        all together.
    resamples : int, default 1000
    level : float, default 0.95
    seed : int, default 0

    Returns
    -------
    pandas.DataFrame
        One row per term and speaker (``unit="document"``) or per term: ``term``, ``speaker``,
        ``count``, ``words``, ``per_million``, ``low``, ``high`` (percentiles of the resampled
        rates per million; missing where a speaker has no words in any of them).

    Raises
    ------
    AnalysisError
        If ``unit`` is neither, or there are fewer than two to draw from.
    """
    from scipy import sparse

    check_unit(unit)
    units = index.document if unit == "document" else index.speaker
    names = index.speakers.to_pylist() if unit == "document" else [""]
    groups = index.speaker if unit == "document" else np.zeros(len(units), np.int64)
    size = int(units.max(initial=-1)) + 1
    found = find_phrases(index, terms)
    cells = found.phrase * len(names) + groups[found.row]
    # One row per cell of terms and speakers, then one per speaker's words; one column per unit,
    # stored by columns, so that the draws are read in order.
    width = len(terms) * len(names)
    what = np.concatenate([cells, width + groups])
    whom = np.concatenate([units[found.row], units])
    much = np.concatenate([np.ones(len(cells)), index.exposure])
    sums = sparse.csc_array((much, (what, whom)), (width + len(names), size))
    table = resample_table(
        terms, names, sums, unit=unit, resamples=resamples, level=level, seed=seed
    )
    return table if unit == "document" else table.drop(columns="speaker")


def count_units(index: TokenIndex, terms: Sequence[str], labels: Sequence[str]) -> pa.Table:
    """Count terms, and all words, by document, by speaker, or by both.

    Parameters
    ----------
    index : TokenIndex
    terms : sequence of str
    labels : sequence of {"document", "speaker"}

    Returns
    -------
    pyarrow.Table
        ``term`` (int64, its place in ``terms``, or ``WORDS``), the labels (str), ``count``
        (int64): the terms where they occur, the words of every combination that speaks.
    """
    found = find_phrases(index, terms)
    rows = np.arange(len(index.document))
    row = np.concatenate([rows, found.row])
    cells = {"term": np.concatenate([np.full(len(rows), WORDS), found.phrase])}
    cells |= {name: getattr(index, name)[row] for name in labels}
    counts = np.concatenate([index.exposure, np.ones(len(found.row), np.int64)])
    summed = pd.DataFrame({**cells, "count": counts}).groupby(list(cells)).sum().reset_index()
    columns = {"term": summed["term"].to_numpy()}
    for name in labels:
        names = index.documents if name == "document" else index.speakers
        columns[name] = names.take(pa.array(summed[name].to_numpy()))
    return pa.table({**columns, "count": summed["count"].to_numpy()})


def check_unit(unit: str) -> None:
    """Refuse a unit of resampling that is neither documents nor speakers."""
    if unit not in ("document", "speaker"):
        raise AnalysisError("unit", repr(unit), "'document' or 'speaker'")


def resample_table(
    terms: Sequence[str],
    names: Sequence[str],
    sums: sparse.csc_array,
    *,
    unit: str,
    resamples: int,
    level: float,
    seed: int,
) -> pd.DataFrame:
    """Make the table of :func:`resample` of counts by unit.

    Parameters
    ----------
    terms, names : sequence of str
        Terms, and whom their rates are of.
    sums : scipy.sparse.csc_array of float64, (terms * names + names, units)
        The occurrences in every unit, a row for each name of the first term, of the second and
        so on; then its words, a row for each name.
    unit, resamples, level, seed
        As in :func:`resample`.
    """
    width, size = len(terms) * len(names), sums.shape[1]
    if size < 2:
        raise AnalysisError(unit, f"{size} to draw from", "two at least")

    def draw(first: int) -> np.ndarray:
        rng = np.random.default_rng([seed, first])
        drawn = sums @ times_drawn(rng, size, min(_DRAWS_AT_ONCE, resamples - first))
        hits, words = drawn[:width].reshape(len(terms), len(names), -1), drawn[width:]
        rate = np.full(hits.shape, np.nan)
        return np.divide(MILLION * hits, words, out=rate, where=words > 0)

    drawn = in_parallel(draw, range(0, resamples, _DRAWS_AT_ONCE))
    rates = np.concatenate(list(drawn), axis=2)
    rates.sort(axis=2)
    low, high = (_quantile(rates, q) for q in ((1 - level) / 2, (1 + level) / 2))
    total = (sums @ np.ones(size)).astype(np.int64)
    count, exposure = total[:width], np.tile(total[width:], len(terms))
    rate = np.full(width, np.nan)
    np.divide(MILLION * count, exposure, out=rate, where=exposure > 0)
    return pd.DataFrame(
        {
            "term": pd.Series(np.repeat(list(terms), len(names)), dtype="str"),
            "speaker": pd.Series(names * len(terms), dtype="str"),
            "count": count,
            "words": exposure,
            "per_million": rate,
            "low": low.ravel(),
            "high": high.ravel(),
        }
    )


def times_drawn(rng: np.random.Generator, size: int, draws: int) -> np.ndarray:
    """Draw as many units as there are, with replacement, several times, and count each.

    Counts of a multinomial distribution are Poisson counts given their sum, so each
    column is filled with Poisson counts of a mean a little below one, is filled anew in the rare
    case that they sum to more than ``size``, and the few still missing are drawn one by one. It
    is the same distribution as drawing all of them one by one, and several times as fast.

    Parameters
    ----------
    rng : numpy.random.Generator
    size, draws : int

    Returns
    -------
    numpy.ndarray of float64, (size, draws)
        Every column sums to ``size``.
    """
    mean = max(0.0, 1 - _SPARE / math.sqrt(size))
    drawn = _poisson(rng, mean, (size, draws)).astype(np.float64)
    missing = size - np.einsum("ij->j", drawn).astype(np.int64)
    while (over := np.flatnonzero(missing < 0)).size:
        drawn[:, over] = _poisson(rng, mean, (size, len(over)))
        missing[over] = size - np.einsum("ij->j", drawn[:, over]).astype(np.int64)
    column = np.repeat(np.arange(draws), missing)
    np.add.at(drawn.reshape(-1), rng.integers(0, size, len(column)) * draws + column, 1.0)
    return drawn


def _poisson(rng: np.random.Generator, mean: float, shape: tuple[int, int]) -> np.ndarray:
    """Draw Poisson counts of a mean below one: by 16 bits each, by more where those leave doubt."""
    terms = np.cumprod([math.exp(-mean), *(mean / np.arange(1, _MOST))])
    bounds = np.cumsum(terms)
    low = np.searchsorted(bounds, np.arange(_STEPS) / _STEPS, "right")
    high = np.searchsorted(bounds, np.arange(1, _STEPS + 1) / _STEPS, "left")
    known = np.where(low == high, low, _DOUBT).astype(np.uint8)
    steps = rng.integers(0, _STEPS, shape, np.uint16)
    counts = known[steps]
    doubt = np.flatnonzero(counts.ravel() == _DOUBT)
    exact = (steps.ravel()[doubt] + rng.random(len(doubt))) / _STEPS
    counts.ravel()[doubt] = np.searchsorted(bounds, exact, "right")
    return counts


def _quantile(ordered: np.ndarray, share: float) -> np.ndarray:
    """Take a quantile along the sorted last axis, NaN (sorted last) left out."""
    valid = ordered.shape[2] - np.isnan(ordered).sum(axis=2)
    position = share * np.maximum(valid - 1, 0)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(valid - 1, 0))
    at = [np.take_along_axis(ordered, rows[..., None], 2)[..., 0] for rows in (below, above)]
    return at[0] + (at[1] - at[0]) * (position - below)
