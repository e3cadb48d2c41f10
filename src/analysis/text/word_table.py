"""Words of many texts counted at once, by the arrays of :mod:`analysis.text.word_arrays`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.text.word_arrays import CHUNK_BYTES, segment, word_starts
from analysis.text.words import fold


class RunningWords(NamedTuple):
    """Every word of some texts, one after the other.

    Parameters
    ----------
    text : numpy.ndarray of int32
        The number of the text that each stands in.
    word : numpy.ndarray of int32
        Its own number in ``vocabulary``.
    vocabulary : list of str
        Folded words, each once.
    begin : numpy.ndarray of int32
        The byte of its text, in UTF-8, at which it begins.
    """

    text: np.ndarray
    word: np.ndarray
    vocabulary: list[str]
    begin: np.ndarray

    def before(self, texts: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return how many words of some texts begin before some bytes of them.

        Examples
        --------
        >>> words_in_order(["A dark night", "Go dark"]).before(np.array([0, 1]), np.array([7, 1]))
        array([2, 1])
        """
        # All before them, less those of the texts before.
        ends = np.concatenate([[0], np.cumsum(np.bincount(self.text, minlength=1))])
        keys = self.text.astype(np.int64) << 32 | self.begin
        found = np.searchsorted(keys, texts.astype(np.int64) << 32 | places)
        return found - ends[np.minimum(texts, len(ends) - 1)]


class WordTable(NamedTuple):
    """How often each text has each word.

    Parameters
    ----------
    text : numpy.ndarray of int32
        The number of the text.
    word : numpy.ndarray of int32
        The number of the word in ``vocabulary``.
    times : numpy.ndarray of int32
    vocabulary : list of str
        Folded words, in the order in which the rows name them first.
    """

    text: np.ndarray
    word: np.ndarray
    times: np.ndarray
    vocabulary: list[str]


def encoded(texts: Iterable[str]) -> Iterator[tuple[bytes, np.ndarray]]:
    """Yield texts in UTF-8, about two megabytes at a time, and where each begins and the last ends.

    Half a surrogate pair, which has no bytes, becomes a question mark: neither is in a word.
    """
    parts: list[bytes] = []
    size = 0
    for text in texts:
        parts.append(text.encode("utf-8", "replace"))
        size += len(parts[-1])
        if size >= CHUNK_BYTES:
            yield _joined(parts)
            parts, size = [], 0
    if parts:
        yield _joined(parts)


def _joined(parts: Sequence[bytes]) -> tuple[bytes, np.ndarray]:
    return b"".join(parts), np.cumsum([0, *map(len, parts)], dtype=np.int64)


def count_words_in_each(texts: Iterable[str]) -> np.ndarray:
    """Return the number of words of each text.

    Examples
    --------
    >>> count_words_in_each(["We don't.", "", "Go dark"]).tolist()
    [2, 0, 2]
    """
    counts = [
        np.diff(np.searchsorted(word_starts(text, offsets), offsets))
        for text, offsets in encoded(texts)
    ]
    return np.concatenate([np.empty(0, np.int64), *counts])


def words_in_order(texts: Iterable[str]) -> RunningWords:
    """Return every word of texts, one after the other.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    RunningWords

    Examples
    --------
    >>> text, word, vocabulary, _ = words_in_order(["Dark, dark night", "A night"])
    >>> text.tolist(), [vocabulary[one] for one in word]
    ([0, 0, 0, 1, 1], ['dark', 'dark', 'night', 'a', 'night'])
    """
    known: defaultdict[str, int] = defaultdict(count().__next__)
    rows, words, begins = ([np.empty(0, np.int32)] for _ in range(3))
    done = 0
    for data, offsets in encoded(texts):
        found = segment(data, offsets)
        used = np.flatnonzero(np.bincount(found.types, minlength=len(found.spellings)))
        numbers = np.empty(len(found.spellings), np.int32)
        numbers[used] = [known[one] for one in folded(found.spellings.take(pa.array(used)))]
        first = np.searchsorted(found.starts, offsets)
        row = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(first))
        rows.append(row + np.int32(done))
        words.append(numbers[found.types])
        begins.append((found.starts - offsets[row]).astype(np.int32))
        done += len(offsets) - 1
    text, word, begin = map(np.concatenate, (rows, words, begins))
    return RunningWords(text, word, list(known), begin)


def folded(spellings: pa.BinaryArray) -> list[str]:
    """Return spellings as words are counted: of ASCII they are in lower case already."""
    return [one.decode() if one.isascii() else fold(one.decode()) for one in spellings.to_pylist()]


def word_table(words: RunningWords) -> WordTable:
    """Count each word of each text.

    Parameters
    ----------
    words : RunningWords

    Returns
    -------
    WordTable
        Text after text, the words of each in the order of their characters.

    Examples
    --------
    >>> found = word_table(words_in_order(["Dark, dark night", "A night"]))
    >>> [found.vocabulary[word] for word in found.word], found.times.tolist()
    (['dark', 'night', 'a', 'night'], [2, 1, 1, 1])
    """
    import polars as pl

    size = max(len(words.vocabulary), 1)
    # By bytes of UTF-8 words have the order of their characters.
    spelled = pl.Series(words.vocabulary, dtype=pl.String).arg_sort().to_numpy()
    rank = np.empty(len(spelled), np.int64)
    rank[spelled] = np.arange(len(spelled))
    keys = words.text * np.int64(size) + rank[words.word]
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(first, append=len(keys)).astype(np.int32)
    text, place = np.divmod(keys[first], size)
    number, seen = pd.factorize(place)
    vocabulary = [words.vocabulary[one] for one in spelled[seen].tolist()]
    return WordTable(text.astype(np.int32), number.astype(np.int32), times, vocabulary)
