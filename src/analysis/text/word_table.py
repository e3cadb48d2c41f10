"""Words of many texts counted at once, by the arrays of :mod:`analysis.text.word_arrays`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
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
    """

    text: np.ndarray
    word: np.ndarray
    vocabulary: list[str]


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


def count_words_before(texts: Iterable[str], places: Iterable[Sequence[int]]) -> np.ndarray:
    """Return how many words of a text begin before some of its characters.

    Parameters
    ----------
    texts : iterable of str
    places : iterable of sequence of int
        For each text, characters of it.

    Returns
    -------
    numpy.ndarray of int64
        One number for each place, text after text.

    Examples
    --------
    >>> count_words_before(["Naïve to go dark."], [(0, 9, 12)]).tolist()
    [0, 2, 3]
    """
    texts, wanted = list(texts), list(places)
    made = [np.empty(0, np.int64)]
    done = 0
    for data, offsets in encoded(texts):
        starts = word_starts(data, offsets)
        for begin in offsets[:-1].tolist():
            text = texts[done]
            at = [len(text[:place].encode("utf-8", "replace")) for place in wanted[done]]
            found = np.searchsorted(starts, np.array([0, *at]) + begin)
            made.append(found[1:] - found[0])
            done += 1
    return np.concatenate(made)


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
    >>> text, word, vocabulary = words_in_order(["Dark, dark night", "A night"])
    >>> text.tolist(), [vocabulary[one] for one in word]
    ([0, 0, 0, 1, 1], ['dark', 'dark', 'night', 'a', 'night'])
    """
    known: defaultdict[str, int] = defaultdict(count().__next__)
    rows, words = ([np.empty(0, np.int32)] for _ in range(2))
    done = 0
    for data, offsets in encoded(texts):
        found = segment(data, offsets)
        numbers = [known[one] for one in folded(found.spellings)]
        rows.append((np.searchsorted(offsets, found.starts, "right") - 1 + done).astype(np.int32))
        words.append(np.array(numbers, np.int32)[found.types])
        done += len(offsets) - 1
    return RunningWords(np.concatenate(rows), np.concatenate(words), list(known))


def folded(spellings: pa.BinaryArray) -> list[str]:
    """Return spellings as words are counted: of ASCII they are in lower case already."""
    # Some are the beginnings of long words, cut within a character: no word is one.
    return [
        one.decode() if one.isascii() else fold(one.decode(errors="replace"))
        for one in spellings.to_pylist()
    ]


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
    size = max(len(words.vocabulary), 1)
    spelled = np.array(
        sorted(range(len(words.vocabulary)), key=words.vocabulary.__getitem__), np.int64
    )
    rank = np.empty(len(spelled), np.int64)
    rank[spelled] = np.arange(len(spelled))
    keys = words.text * np.int64(size) + rank[words.word]
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(first, append=len(keys)).astype(np.int32)
    text, place = np.divmod(keys[first], size)
    order = _in_order(place, size)
    number = np.empty(size, np.int32)
    number[order] = np.arange(len(order))
    vocabulary = [words.vocabulary[one] for one in spelled[order].tolist()]
    return WordTable(text.astype(np.int32), number[place], times, vocabulary)


def _in_order(codes: np.ndarray, size: int) -> np.ndarray:
    """Return the different codes in the order in which they come first."""
    first = np.full(size, len(codes), np.int64)
    np.minimum.at(first, codes, np.arange(len(codes)))
    seen = np.flatnonzero(first < len(codes))
    return seen[np.argsort(first[seen])]
