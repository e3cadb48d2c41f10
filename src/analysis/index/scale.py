"""The questions of one index, asked of a corpus in pieces: the same tables, to the last digit.

Each answer is made by the same function that makes it for one index (:mod:`analysis.index.queries`,
:mod:`analysis.index.resampling`, :mod:`analysis.index.occurrences`), from whole numbers that were
counted in every partition and added. What is not a whole number is computed once, at the end. See
``docs/scaling.md`` for clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.codebook.reading import Codebook
from analysis.errors import AnalysisError
from analysis.index.occurrences import count_occurrences, occurrence_table
from analysis.index.partitions import Partitions, ask
from analysis.index.queries import (
    collocate_table,
    count_collocates,
    count_terms,
    count_words_of,
    frequency_table,
    keyness_table,
    rate_table,
)
from analysis.index.resampling import (
    WORDS,
    check_unit,
    count_units,
    dispersion_table,
    resample_table,
)
from analysis.index.token_index import TokenIndex

if TYPE_CHECKING:
    from distributed import Client

_WORDS_AT_ONCE = 10_000_000
_PHRASE = ""
"""The label of the phrase itself among its collocates: no word is empty."""


def terms_by_speaker(
    partitions: Partitions, terms: Sequence[str], *, client: Client | None = None
) -> pd.DataFrame:
    """Give the rate at which every speaker uses every term.

    Parameters
    ----------
    partitions : Partitions
    terms : sequence of str
        Words or phrases, as in :func:`analysis.index.concordance.find_phrases`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.queries.terms_by_speaker`.

    Raises
    ------
    AnalysisError
        If a term has no word, or a partition cannot be read.
    """
    count = partial(_count_terms, terms=tuple(terms))
    table = ask(partitions, count, ["term", "speaker"], client=client)
    names = pa.array(list(terms), pa.large_string()).take(table["term"])
    return rate_table(table.set_column(0, "term", names).to_pandas())


def frequency_list(
    partitions: Partitions, *, least: int = 1, client: Client | None = None
) -> pd.DataFrame:
    """List the words of a corpus, the most frequent first, equals in alphabetical order.

    Parameters
    ----------
    partitions : Partitions
    least : int, default 1
        Words that occur less often are left out.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.queries.frequency_list`.
    """
    table = ask(partitions, _count_vocabulary, ["word"], client=client)
    return frequency_table(*_columns(table), least=least)


def ngrams(
    partitions: Partitions, n: int = 2, *, least: int = 2, client: Client | None = None
) -> pd.DataFrame:
    """List runs of n words within utterances, the most frequent first.

    There are nearly as many different runs as words, so they are counted in several rounds, each
    of some ten million words and of the runs that begin in one stretch of the alphabet: keep the
    indexes (:func:`analysis.index.partitions.open_partitions`), or each round builds them again.

    Parameters
    ----------
    partitions : Partitions
    n : int, default 2
    least : int, default 2
        Runs that occur less often are left out, once all are added.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.queries.ngrams`.

    Raises
    ------
    AnalysisError
        If n is less than 1, or a partition cannot be read.
    """
    if n < 1:
        raise AnalysisError("n", str(n), "one word at least")
    words, counts = _columns(ask(partitions, _count_vocabulary, ["word"], client=client))
    rounds = []
    for first, last in _stretches(words, counts):
        count = partial(_count_runs, n=n, first=first, last=last)
        keep = partial(_at_least, least=least)
        rounds.append(ask(partitions, count, ["ngram"], client=client, keep=keep))
    # The blank stands before every character of a word: runs are ordered as their words are.
    runs, counts = _columns(pa.concat_tables(rounds or [_runs([], np.empty(0, np.int64))]))
    order = np.argsort(-counts, kind="stable")
    return pa.table({"ngram": runs.take(pa.array(order)), "count": counts[order]}).to_pandas()


def keyness(partitions: Partitions, speaker: str, *, client: Client | None = None) -> pd.DataFrame:
    """Compare the words of one speaker with those of all others.

    Parameters
    ----------
    partitions : Partitions
    speaker : str
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.queries.keyness`.

    Raises
    ------
    AnalysisError
        If the speaker is unknown, there is nobody else, or a partition cannot be read.
    """
    count = partial(_count_words_of, speaker=speaker)
    words, every, own = _columns(ask(partitions, count, ["word"], client=client))
    return keyness_table(words, own, every - own, speaker)


def collocates(
    partitions: Partitions,
    phrase: str,
    *,
    window: int = 5,
    least: int = 2,
    client: Client | None = None,
) -> pd.DataFrame:
    """List the words near a word or phrase, the most strongly bound first.

    Parameters
    ----------
    partitions : Partitions
    phrase : str
    window : int, default 5
        Words looked at on each side, within the utterance.
    least : int, default 2
        Words seen there less often are left out, once all are added.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.queries.collocates`.

    Raises
    ------
    AnalysisError
        If the phrase has no word, the window none, or a partition cannot be read.
    """
    count = partial(_count_collocates, phrase=phrase, window=window)
    words, every, near = _columns(ask(partitions, count, ["word"], client=client))
    # The phrase's own row is the first: the empty label stands before all words.
    return collocate_table(words[1:], near[1:], every[1:], int(near[0]), least=least)


def dispersion(
    partitions: Partitions, terms: Sequence[str], *, client: Client | None = None
) -> pd.DataFrame:
    """Say how evenly terms are spread over the documents.

    Parameters
    ----------
    partitions : Partitions
    terms : sequence of str
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.resampling.dispersion`.

    Raises
    ------
    AnalysisError
        If a term has no word, or a partition cannot be read.
    """
    count = partial(count_units, terms=tuple(terms), labels=("document",))
    counted = ask(partitions, count, ["term", "document"], client=client)
    numbers = _numbered(counted, "document")[0]
    term, here = (counted[name].to_numpy() for name in ("term", "count"))
    said = term == WORDS
    return dispersion_table(
        terms, term[~said], numbers[~said], here[~said], here[said].astype(np.float64)
    )


def resample(
    partitions: Partitions,
    terms: Sequence[str],
    *,
    unit: str = "document",
    resamples: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    client: Client | None = None,
) -> pd.DataFrame:
    """Draw whole documents, or whole speakers, anew, and see how the rates of terms vary.

    The workers count; this process draws. It holds the counts of all documents.

    Parameters
    ----------
    partitions : Partitions
    terms : sequence of str
    unit : {"document", "speaker"}
        What is drawn. Documents give intervals of every speaker's rate; speakers of the rate of
        all together.
    resamples : int, default 1000
    level : float, default 0.95
    seed : int, default 0
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.resampling.resample`.

    Raises
    ------
    AnalysisError
        If ``unit`` is neither, there are fewer than two to draw from, a term has no word, or a
        partition cannot be read.
    """
    from scipy import sparse

    check_unit(unit)
    by_document = unit == "document"
    labels = ("document", "speaker") if by_document else ("speaker",)
    count = partial(count_units, terms=tuple(terms), labels=labels)
    counted = ask(partitions, count, ["term", *labels], client=client)
    units, size = _numbered(counted, unit)
    names = [""]
    groups = np.zeros(len(units), np.int64)
    if by_document:
        names = pc.unique(counted["speaker"]).sort().to_pylist()
        groups = _numbered(counted, "speaker")[0]
    term, width = counted["term"].to_numpy(), len(terms) * len(names)
    cells = np.where(term == WORDS, width, term * len(names)) + groups
    here = counted["count"].to_numpy().astype(np.float64)
    table = resample_table(
        terms,
        names,
        sparse.csc_array((here, (cells, units)), (width + len(names), size)),
        unit=unit,
        resamples=resamples,
        level=level,
        seed=seed,
    )
    return table if by_document else table.drop(columns="speaker")


def occurrences_by_speaker(
    partitions: Partitions, codebook: Codebook, *, client: Client | None = None
) -> pd.DataFrame:
    """Give the rate at which every speaker uses every term of a codebook.

    Parameters
    ----------
    partitions : Partitions
    codebook : Codebook
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.occurrences.occurrences_by_speaker`.

    Raises
    ------
    AnalysisError
        If a partition cannot be read.
    """
    count = partial(count_occurrences, codebook=codebook)
    return occurrence_table(ask(partitions, count, ["term", "speaker"], client=client), codebook)


def _count_terms(index: TokenIndex, terms: tuple[str, ...]) -> pa.Table:
    counts = count_terms(index, terms)
    return pa.table(
        {
            "term": np.repeat(np.arange(len(terms)), len(index.speakers)),
            "speaker": pa.concat_arrays([index.speakers] * len(terms)),
            "count": counts["count"].to_numpy(),
            "words": counts["words"].to_numpy(),
        }
    )


def _count_vocabulary(index: TokenIndex) -> pa.Table:
    return pa.table({"word": index.vocabulary, "count": index.counts})


def _count_words_of(index: TokenIndex, speaker: str) -> pa.Table:
    return _count_vocabulary(index).append_column("own", [count_words_of(index, speaker)])


def _count_collocates(index: TokenIndex, phrase: str, window: int) -> pa.Table:
    near, phrases = count_collocates(index, phrase, window)
    itself = pa.array([_PHRASE], pa.large_string())
    return pa.table(
        {
            "word": pa.concat_arrays([itself, index.vocabulary]),
            "count": np.append(0, index.counts),
            "near": np.append(phrases, near),
        }
    )


def _count_runs(index: TokenIndex, n: int, first: str, last: str) -> pa.Table:
    """Count the runs of n words whose first word stands from ``first`` to ``last``."""
    (low, _), (_, high) = index.vocabulary_rows([first, last])
    places = index.posting[index.word_offset[low] : index.word_offset[high]].astype(np.int64)
    places = places[places + n <= index.token_offset[index.rows(places) + 1]]
    size = len(index.vocabulary)
    codes = index.word[places].astype(np.int64)
    spelled = np.arange(size)[:, None]
    for step in range(1, n):
        codes, found = pd.factorize(codes * size + index.word[places + step])
        spelled = np.column_stack([spelled[found // size], found % size])
    counts = np.bincount(codes, minlength=len(spelled))
    used = np.flatnonzero(counts)
    return _runs([index.vocabulary.take(pa.array(w)) for w in spelled[used].T], counts[used])


def _runs(words: list[pa.Array], counts: np.ndarray) -> pa.Table:
    blank = pa.scalar(" ", pa.large_string())
    names = pc.binary_join_element_wise(*words, blank) if words else pa.array([], pa.large_string())
    return pa.table({"ngram": names, "count": counts})


def _at_least(table: pa.Table, least: int) -> pa.Table:
    return table.filter(pc.field("count") >= least)


def _stretches(words: pa.Array, counts: np.ndarray) -> list[tuple[str, str]]:
    """Cut the alphabet so that about as many running words begin with each stretch."""
    stretch = (np.cumsum(counts) - counts) // _WORDS_AT_ONCE
    edges = np.flatnonzero(np.diff(stretch, prepend=-1))
    ends = np.append(edges[1:], len(words))[: len(edges)] - 1
    return [(words[a].as_py(), words[b].as_py()) for a, b in zip(edges, ends, strict=True)]


def _numbered(table: pa.Table, name: str) -> tuple[np.ndarray, int]:
    """Give the values of a column numbers in the order of the alphabet, and their number."""
    distinct = pc.unique(table[name]).sort()
    return pc.index_in(table[name], distinct).to_numpy().astype(np.int64), len(distinct)


def _columns(table: pa.Table) -> tuple[pa.Array, ...]:
    """Give the label of a table as an array, and its counts as arrays of numpy."""
    label, *numbers = table.columns
    return label.combine_chunks(), *(column.to_numpy() for column in numbers)
