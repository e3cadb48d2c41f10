"""How evenly phrases are spread over documents, and how sure their rates are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import AnalysisError
from analysis.index.counts import as_list, kept
from analysis.index.partitions import Partitions, ask
from analysis.index.phrases import find_phrases
from analysis.index.selection import Where, check_where, selected
from analysis.index.tables import PER
from analysis.index.token_index import TokenIndex
from analysis.text.chunks import in_parallel

if TYPE_CHECKING:
    from distributed import Client
    from scipy import sparse

WORDS = -1
"""The number that :func:`count_units` gives to no phrase: its counts are words."""
_DRAWS_AT_ONCE = 10
_STEPS = 1 << 16
_DOUBT = 255
_MOST = 30
_SPARE = 6.0


def dispersion(
    source: TokenIndex | Partitions,
    phrases: Sequence[str],
    *,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """Say how evenly phrases are spread over the documents.

    Parameters
    ----------
    source : TokenIndex or Partitions
    phrases : sequence of str
        As in :func:`analysis.index.phrases.find_phrases`.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        One row per phrase: ``phrase``, ``count``, ``documents`` (int, with an occurrence),
        ``range`` (their share) and ``dp``, Gries's (2008) deviation of proportions,
        ½ Σ |share of the occurrences − share of the words| over documents: 0 as even as can be,
        1 all in one.

    Raises
    ------
    AnalysisError
        If a phrase or the filter is not understood, or a partition cannot be read.
    """
    phrases = as_list(phrases)
    check_where(source, where)
    if isinstance(source, TokenIndex) and where is None:
        found, size = find_phrases(source, phrases), len(source.documents)
        words = np.bincount(source.document, source.exposure, size)
        cells = found.phrase * size + source.document[found.row]
        cell, here = np.unique(cells, return_counts=True)
        return dispersion_table(phrases, *np.divmod(cell, max(size, 1)), here, words)
    count = partial(count_units, phrases=tuple(phrases), labels=("document",), where=where)
    counted = ask(source, count, ["phrase", "document"], client=client)
    numbers = _numbered(counted, "document")[0]
    phrase, here = (counted[name].to_numpy() for name in ("phrase", "count"))
    said = phrase == WORDS
    return dispersion_table(
        phrases, phrase[~said], numbers[~said], here[~said], here[said].astype(np.float64)
    )


def dispersion_table(
    phrases: Sequence[str],
    phrase: np.ndarray,
    document: np.ndarray,
    here: np.ndarray,
    words: np.ndarray,
) -> pd.DataFrame:
    """Make the table of :func:`dispersion` of counts by document.

    Parameters
    ----------
    phrases : sequence of str
    phrase, document, here : numpy.ndarray of int
        The occurrences of each phrase in each document where it has any, in order.
    words : numpy.ndarray, (documents,)
        The words of every document.
    """
    size = len(words)
    share = words / max(words.sum(), 1)
    count = np.bincount(phrase, here, len(phrases)).astype(np.int64)
    documents = np.bincount(phrase, minlength=len(phrases))
    # Documents without an occurrence add their share of the words, the others the difference.
    observed = here / count[phrase]
    apart = np.bincount(phrase, np.abs(observed - share[document]) - share[document], len(phrases))
    # Rounding must not make the most even spread a negative one.
    dp = np.where(count > 0, np.maximum((apart + share.sum()) / 2, 0), np.nan)
    return pd.DataFrame(
        {
            "phrase": pd.Series(list(phrases), dtype="str"),
            "count": count,
            "documents": documents,
            "range": documents / max(size, 1),
            "dp": dp,
        }
    )


def resample(
    source: TokenIndex | Partitions,
    phrases: Sequence[str],
    *,
    unit: str = "document",
    resamples: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    per: float = PER,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """Draw whole documents, or whole speakers, anew, and see how the rates of phrases vary.

    Workers count; this process draws, and holds the counts of all documents.

    Parameters
    ----------
    source : TokenIndex or Partitions
    phrases : sequence of str
        As in :func:`analysis.index.phrases.find_phrases`.
    unit : {"document", "speaker"}
        What is drawn. Documents give intervals of every speaker's rate; speakers of the rate of
        all together.
    resamples : int, default 1000
    level : float, default 0.95
    seed : int, default 0
    per : float, default 1000
        Words that the rates are per.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        One row per phrase and speaker (``unit="document"``) or per phrase: ``phrase``,
        ``speaker``, ``count``, ``words``, ``rate``, ``low``, ``high`` (percentiles of the
        resampled rates per 1,000 words; missing where a speaker has no words in any of them).

    Raises
    ------
    AnalysisError
        If ``unit`` is neither, there are fewer than two to draw from, a phrase or the filter is
        not understood, or a partition cannot be read.
    """
    from scipy import sparse

    if unit not in ("document", "speaker"):
        raise AnalysisError("unit", repr(unit), "'document' or 'speaker'")
    phrases = as_list(phrases)
    check_where(source, where)
    by_document = unit == "document"
    if isinstance(source, TokenIndex) and where is None:
        names = source.speakers.to_pylist() if by_document else [""]
        cells, units, here, size = _units_of(source, phrases, unit, len(names))
    else:
        labels = ("document", "speaker") if by_document else ("speaker",)
        count = partial(count_units, phrases=tuple(phrases), labels=labels, where=where)
        counted = ask(source, count, ["phrase", *labels], client=client)
        units, size = _numbered(counted, unit)
        groups, names = np.zeros(len(units), np.int64), [""]
        if by_document:
            names = pc.unique(counted["speaker"]).sort().to_pylist()
            groups = _numbered(counted, "speaker")[0]
        phrase = counted["phrase"].to_numpy()
        cells = np.where(phrase == WORDS, len(phrases), phrase) * len(names) + groups
        here = counted["count"].to_numpy().astype(np.float64)
    # One row per cell of phrases and speakers, then one per speaker's words; one column per unit,
    # stored by columns, so that the draws are read in order.
    rows = (len(phrases) + 1) * len(names)
    sums = sparse.csc_array((here, (cells, units)), (rows, size))
    table = resample_table(
        phrases, names, sums, unit=unit, per=per, resamples=resamples, level=level, seed=seed
    )
    return table if by_document else table.drop(columns="speaker")


def _units_of(
    index: TokenIndex, phrases: Sequence[str], unit: str, names: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Give every occurrence and utterance of an index its cell, unit and number."""
    units = index.document if unit == "document" else index.speaker
    groups = index.speaker if unit == "document" else np.zeros(len(units), np.int64)
    found = find_phrases(index, phrases)
    cells = np.concatenate(
        [found.phrase * names + groups[found.row], len(phrases) * names + groups]
    )
    here = np.concatenate([np.ones(len(found.row)), index.exposure])
    return cells, np.concatenate([units[found.row], units]), here, int(units.max(initial=-1)) + 1


def count_units(
    index: TokenIndex,
    phrases: Sequence[str],
    labels: Sequence[str],
    where: Where | None = None,
) -> pa.Table:
    """Count phrases, and all words, by document, by speaker, or by both.

    Parameters
    ----------
    index : TokenIndex
    phrases : sequence of str
    labels : sequence of {"document", "speaker"}
    where : mapping, optional

    Returns
    -------
    pyarrow.Table
        ``phrase`` (int64, its place in ``phrases``, or ``WORDS``), the labels (str), ``count``
        (int64): the phrases where they occur, the words of every combination that speaks.
    """
    chosen = selected(index, where)
    found = kept(find_phrases(index, phrases), chosen)
    rows = np.arange(len(index.document)) if chosen is None else np.flatnonzero(chosen)
    row = np.concatenate([rows, found.row])
    cells = {"phrase": np.concatenate([np.full(len(rows), WORDS), found.phrase])}
    cells |= {name: getattr(index, name)[row] for name in labels}
    counts = np.concatenate([index.exposure[rows], np.ones(len(found.row), np.int64)])
    summed = pd.DataFrame({**cells, "count": counts}).groupby(list(cells)).sum().reset_index()
    columns = {"phrase": summed["phrase"].to_numpy()}
    for name in labels:
        names = index.documents if name == "document" else index.speakers
        columns[name] = names.take(pa.array(summed[name].to_numpy()))
    return pa.table({**columns, "count": summed["count"].to_numpy()})


def _numbered(table: pa.Table, name: str) -> tuple[np.ndarray, int]:
    """Give the values of a column numbers in the order of the alphabet, and their number."""
    distinct = pc.unique(table[name]).sort()
    return pc.index_in(table[name], distinct).to_numpy().astype(np.int64), len(distinct)


def resample_table(
    phrases: Sequence[str],
    names: Sequence[str],
    sums: sparse.csc_array,
    *,
    unit: str,
    per: float,
    resamples: int,
    level: float,
    seed: int,
) -> pd.DataFrame:
    """Make the table of :func:`resample` of counts by unit.

    Parameters
    ----------
    phrases, names : sequence of str
        Phrases, and whom their rates are of.
    sums : scipy.sparse.csc_array of float64, ((phrases + 1) * names, units)
        The occurrences in every unit, a row for each name of the first phrase, of the second and
        so on; then its words, a row for each name.
    unit, per, resamples, level, seed
        As in :func:`resample`.
    """
    width, size = len(phrases) * len(names), sums.shape[1]
    if size < 2:
        raise AnalysisError(unit, f"{size} to draw from", "two at least")

    def draw(first: int) -> np.ndarray:
        rng = np.random.default_rng([seed, first])
        drawn = sums @ times_drawn(rng, size, min(_DRAWS_AT_ONCE, resamples - first))
        hits, words = drawn[:width].reshape(len(phrases), len(names), -1), drawn[width:]
        rate = np.full(hits.shape, np.nan)
        return np.divide(per * hits, words, out=rate, where=words > 0)

    drawn = in_parallel(draw, range(0, resamples, _DRAWS_AT_ONCE))
    rates = np.concatenate(list(drawn), axis=2)
    rates.sort(axis=2)
    low, high = (_quantile(rates, q) for q in ((1 - level) / 2, (1 + level) / 2))
    total = (sums @ np.ones(size)).astype(np.int64)
    count, exposure = total[:width], np.tile(total[width:], len(phrases))
    rate = np.full(width, np.nan)
    np.divide(per * count, exposure, out=rate, where=exposure > 0)
    return pd.DataFrame(
        {
            "phrase": pd.Series(np.repeat(list(phrases), len(names)), dtype="str"),
            "speaker": pd.Series(list(names) * len(phrases), dtype="str"),
            "count": count,
            "words": exposure,
            "rate": rate,
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
