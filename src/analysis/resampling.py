"""How evenly terms are spread over documents, and how sure their rates are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.concordance import find_phrases
from analysis.errors import AnalysisError
from analysis.index import TokenIndex

if TYPE_CHECKING:
    from scipy import sparse

MILLION = 1_000_000
WORDS = -1
"""The number that :func:`count_units` gives to no term: its counts are words."""
_DRAWS_AT_ONCE = 50
_UNITS_AT_ONCE = 10_000_000


def dispersion(index: TokenIndex, terms: Sequence[str]) -> pd.DataFrame:
    """Say how evenly terms are spread over the documents.

    Parameters
    ----------
    index : TokenIndex
    terms : sequence of str
        As in :func:`analysis.concordance.find_phrases`.

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
    dp = np.where(count > 0, (apart + share.sum()) / 2, np.nan)
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
        As in :func:`analysis.concordance.find_phrases`.
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
    seen = sparse.csr_array(
        (np.ones(len(cells)), (units[found.row], cells)), (size, len(terms) * len(names))
    )
    said = sparse.csr_array((index.exposure.astype(float), (units, groups)), (size, len(names)))
    table = resample_table(
        terms, names, seen, said, unit=unit, resamples=resamples, level=level, seed=seed
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
    seen: sparse.csr_array,
    said: sparse.csr_array,
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
    seen : scipy.sparse.csr_array of float64, (units, terms * names)
        The occurrences in every unit, term by term.
    said : scipy.sparse.csr_array of float64, (units, names)
        The words of every unit.
    unit, resamples, level, seed
        As in :func:`resample`.
    """
    size = seen.shape[0]
    if size < 2:
        raise AnalysisError(unit, f"{size} to draw from", "two at least")
    at_once = max(min(_DRAWS_AT_ONCE, _UNITS_AT_ONCE // size), 1)
    rng = np.random.default_rng(seed)
    rates = []
    for first in range(0, resamples, at_once):
        draws = min(at_once, resamples - first)
        drawn = rng.integers(0, size, (draws, size)) + size * np.arange(draws)[:, None]
        times = np.bincount(drawn.ravel(), minlength=draws * size).reshape(draws, size)
        times = times.astype(np.float64).T
        hits = (seen.T @ times).reshape(len(terms), len(names), draws)
        words = said.T @ times
        rate = np.full(hits.shape, np.nan)
        np.divide(MILLION * hits, words, out=rate, where=words > 0)
        rates.append(rate)
    drawn_rates = np.concatenate(rates, axis=2)
    drawn_rates = np.sort(drawn_rates, axis=2)
    low, high = (_quantile(drawn_rates, q) for q in ((1 - level) / 2, (1 + level) / 2))
    count = np.asarray(seen.sum(axis=0)).astype(np.int64)
    exposure = np.tile(np.asarray(said.sum(axis=0)).astype(np.int64), len(terms))
    table = pd.DataFrame(
        {
            "term": pd.Series(np.repeat(list(terms), len(names)), dtype="str"),
            "speaker": pd.Series(names * len(terms), dtype="str"),
            "count": count,
            "words": exposure,
        }
    )
    rate = np.full(len(table), np.nan)
    np.divide(MILLION * count, exposure, out=rate, where=exposure > 0)
    return table.assign(per_million=rate, low=low.ravel(), high=high.ravel())


def _quantile(ordered: np.ndarray, share: float) -> np.ndarray:
    """Take a quantile along the sorted last axis, NaN (sorted last) left out."""
    valid = ordered.shape[2] - np.isnan(ordered).sum(axis=2)
    position = share * np.maximum(valid - 1, 0)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(valid - 1, 0))
    at = [np.take_along_axis(ordered, rows[..., None], 2)[..., 0] for rows in (below, above)]
    return at[0] + (at[1] - at[0]) * (position - below)
