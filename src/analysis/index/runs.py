"""Runs of n words: one algorithm, for one index and for corpora in pieces."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import AnalysisError
from analysis.index.counts import count_vocabulary
from analysis.index.partitions import Partitions, ask
from analysis.index.selection import Where, check_where, selected
from analysis.index.token_index import TokenIndex
from analysis.text.chunks import in_parallel

if TYPE_CHECKING:
    from distributed import Client

_WORDS_AT_ONCE = 10_000_000
_SHARE = 1 << 19
_KEY_BITS = 63
_EVERY = ("", None)


def ngrams(
    source: TokenIndex | Partitions,
    n: int = 2,
    *,
    least: int = 2,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """List runs of n words that follow each other as in a phrase, the most frequent first.

    A run stands within one utterance and reaches over white space alone, as a phrase does: never
    over a comma or a full stop. So :func:`analysis.index.concordance.concordance` shows every run
    listed, and besides it those that a hyphen joins or that are parts of longer words.

    Of partitions there are nearly as many different runs as words, so they are counted in several
    rounds, each of some ten million words and of the runs that begin in one stretch of the
    alphabet: keep the indexes (:func:`analysis.index.partitions.open_partitions`), or each round
    builds them again.

    Parameters
    ----------
    source : TokenIndex or Partitions
    n : int, default 2
    least : int, default 2
        Runs that occur less often are left out, once all are added.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        ``ngram`` (str, folded words parted by blanks), ``count`` (int).

    Raises
    ------
    AnalysisError
        If n is less than 1, the filter is not understood, or a partition cannot be read.

    Examples
    --------
    >>> from analysis.index import index_table
    >>> talk = pd.DataFrame({"text": ["We go dark. Dark, we go dark!"]})
    >>> ngrams(index_table(talk, speaker=None, document=None))
         ngram  count
    0  go dark      2
    1    we go      2
    """
    if n < 1:
        raise AnalysisError("n", str(n), "one word at least")
    check_where(source, where)
    if isinstance(source, TokenIndex):
        rounds = [count_runs(source, n, where=where, least=least)]
    else:
        count = partial(count_vocabulary, where=where)
        words = ask(source, count, ["word"], client=client)
        rounds = []
        for stretch in _stretches(words["word"].combine_chunks(), words["count"].to_numpy()):
            count = partial(count_runs, n=n, where=where, stretch=stretch)
            keep = partial(_at_least, least=least)
            rounds.append(ask(source, count, ["ngram"], client=client, keep=keep))
    # The blank stands before every character of a word: runs are ordered as their words are.
    table = pa.concat_tables(rounds or [_table([], np.empty(0, np.int64))])
    counts = table["count"].to_numpy()
    order = np.argsort(-counts, kind="stable")
    runs = table["ngram"].combine_chunks().take(pa.array(order))
    return pa.table({"ngram": runs, "count": counts[order]}).to_pandas()


def count_runs(
    index: TokenIndex,
    n: int,
    *,
    where: Where | None = None,
    least: int = 1,
    stretch: tuple[str, str | None] = _EVERY,
) -> pa.Table:
    """Count the runs of n words that begin with the words of a stretch of the alphabet.

    Parameters
    ----------
    index : TokenIndex
    n : int
    where : mapping, optional
    least : int, default 1
    stretch : (str, str)
        The first and the last word.

    Returns
    -------
    pyarrow.Table
        ``ngram`` (str), ``count`` (int64), in the order of the words.
    """
    low, high = 0, len(index.vocabulary)
    first, final = stretch
    if final is not None:
        (low, _), (_, high) = index.vocabulary_rows([first, final])
    chosen = selected(index, where)
    kept = None if chosen is None else np.repeat(chosen, index.exposure)
    # The word after each word; where none follows as in a phrase, one that is no word.
    after = np.append(index.word[1:], np.zeros(min(index.tokens, 1), index.word.dtype))
    after[index.joined == 0] = len(index.vocabulary)
    runs, counts = [np.empty((n, 0), np.int64)], [np.empty(0, np.int64)]
    count = partial(_runs, index, n, least=least, after=after, kept=kept)
    for words, times in in_parallel(count, _shares(index, low, high)):
        runs.append(words)
        counts.append(times)
    words = np.concatenate(runs, axis=1)
    names = [index.vocabulary.take(pa.array(column)) for column in words]
    return _table(names, np.concatenate(counts))


def _shares(index: TokenIndex, low: int, high: int) -> list[tuple[int, int]]:
    """Part a range of the vocabulary into ranges of words that have about as many places."""
    begin, end = int(index.word_offset[low]), int(index.word_offset[high])
    cuts = np.minimum(np.arange(begin, end + _SHARE, _SHARE), end)
    edges = np.searchsorted(index.word_offset, cuts)
    return list(pairwise(np.unique(np.clip(edges, low, high)).tolist()))


def _runs(
    index: TokenIndex,
    n: int,
    share: tuple[int, int],
    *,
    least: int,
    after: np.ndarray,
    kept: np.ndarray | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Count runs that begin with a word of a share: their words (n, runs) in order, the counts."""
    low, high = share
    places = index.posting[index.word_offset[low] : index.word_offset[high]]
    # A run is one number: its words side by side, and sorting brings equal runs together.
    bits, used = len(index.vocabulary).bit_length(), (high - low).bit_length()
    kind = np.uint32 if used + bits * (n - 1) <= 32 else np.int64
    keys: np.ndarray = np.repeat(np.arange(high - low, dtype=kind), index.counts[low:high])
    if kept is not None:
        here = kept[places]
        places, keys = places[here], keys[here]
    tails, heads, last = 0, np.arange(low, high)[None], index.tokens - 1
    for step in range(1, n):
        if used + bits > _KEY_BITS:
            found, keys = np.unique(keys, return_inverse=True)
            heads = _unpacked(found, tails, bits, heads)
            used, tails = len(found).bit_length(), 0
        keys <<= kind(bits)
        before = places if step == 1 else np.minimum(places + (step - 1), last)
        keys |= after[before].astype(kind, copy=False)
        used, tails = used + bits, tails + 1
    keys.sort()
    edges = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    edges = np.concatenate([[0], edges])[: len(keys)]
    counts = np.diff(edges, append=len(keys))
    often = counts >= least
    words = _unpacked(keys[edges[often]].astype(np.int64), tails, bits, heads)
    inside = (words < len(index.vocabulary)).all(axis=0)
    return words[:, inside], counts[often][inside]


def _unpacked(keys: np.ndarray, tails: int, bits: int, heads: np.ndarray) -> np.ndarray:
    """Take runs apart: their last words from the numbers, what precedes from the heads."""
    last = [keys >> bits * at & (1 << bits) - 1 for at in reversed(range(tails))]
    return np.vstack([heads[:, keys >> bits * tails], *last])


def _table(words: list[pa.Array], counts: np.ndarray) -> pa.Table:
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
