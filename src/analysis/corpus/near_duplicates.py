"""Near-duplicates: documents that share most of their phrases (Broder 1997, MinHash)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from analysis.text.word_table import RunningWords, words_in_order

SHINGLE = 5
"""Words in a row that make a phrase."""

LEAST = 0.6
"""The least similarity that is reported."""

_HASHES, _BANDS = 128, 32
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MOST_IN_BUCKET = 50
_BITS = 26
"""Of the table of phrases that is held at once: two times 64 MB."""


def near_duplicates(texts: Mapping[str, str], *, least: float = LEAST) -> pd.DataFrame:
    """Return the pairs of documents that share most of their phrases of five words.

    Candidates are found by MinHash (Broder 1997) with banding, and their similarity is then
    counted exactly.

    Parameters
    ----------
    texts : mapping of str to str
        Documents by identifier.
    least : float
        The least Jaccard similarity of their sets of phrases to be reported.

    Returns
    -------
    pandas.DataFrame
        ``document``, ``other`` (str) and ``similarity`` (float, 0 to 1), in the order of the
        documents.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. SEQUENCES '97, 21-29.

    Examples
    --------
    >>> talk = "the keeper of the lock spoke of the harbour towns and of the ships"
    >>> near_duplicates({"a": talk, "b": f"{talk}", "c": "another speech altogether it was"})
      document other  similarity
    0        a     b         1.0
    """
    return pairs(
        list(texts), list(phrases(words_in_order(texts.values()), len(texts))), least=least
    )


def pairs(names: Sequence[str], shingles: Sequence[np.ndarray], *, least: float) -> pd.DataFrame:
    """Return the pairs of documents of which the phrases are known; see :func:`near_duplicates`.

    Parameters
    ----------
    names : sequence of str
    shingles : sequence of numpy.ndarray of uint64
        What :func:`phrases` yields for each.
    least : float

    Returns
    -------
    pandas.DataFrame
    """
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for index, shared in enumerate(_shared(shingles)):
        if shared >= least and len(found := shingles[index]):
            for band, part in enumerate(_signature(found).reshape(_BANDS, -1)):
                buckets.setdefault((band, part.tobytes()), []).append(index)
    # A boilerplate text that comes a thousand times is compared with its first neighbours only.
    alike = {
        pair for group in buckets.values() for pair in combinations(group[:_MOST_IN_BUCKET], 2)
    }
    rows = []
    for first, second in sorted(alike):
        a, b = shingles[first], shingles[second]
        shared = len(np.intersect1d(a, b, assume_unique=True))
        similarity = shared / (len(a) + len(b) - shared)
        if similarity >= least:
            rows.append((names[first], names[second], similarity))
    return pd.DataFrame(rows, columns=["document", "other", "similarity"])


def phrases(words: RunningWords, texts: int) -> Iterator[np.ndarray]:
    """Yield the hashes of each text's phrases, each once, sorted.

    Parameters
    ----------
    words : RunningWords
        Of the texts.
    texts : int
        How many there are.
    """
    hashes = [zlib.crc32(word.encode()) for word in words.vocabulary]
    codes = np.array(hashes, np.uint64)[words.word]
    whole = _mixed(codes, SHINGLE)
    ends = np.searchsorted(words.text, np.arange(1, texts + 1)).tolist()
    for begin, end in pairwise([0, *ends]):
        size = end - begin
        mixed = whole[begin : end - SHINGLE + 1]
        if size < SHINGLE:
            mixed = _mixed(codes[begin:end], size)
        # Sorting is many times faster here than numpy's unique, which hashes.
        mixed.sort()
        yield mixed[np.append(True, mixed[1:] != mixed[:-1])] if size else mixed


def _mixed(codes: np.ndarray, size: int) -> np.ndarray:
    """Return a hash of each run of some words; there is none of no words."""
    mixed = np.zeros(max(len(codes) - size + 1, 0) if size else 0, np.uint64)
    for offset in range(size):
        mixed = (mixed ^ codes[offset : offset + len(mixed)]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _shared(shingles: Sequence[np.ndarray]) -> Iterator[float]:
    """Yield how much of each text's phrases stands elsewhere as well, at most.

    No text is more like another than this, so most texts need no signature. Phrases are told
    apart by some bits of their hashes: the share is never too small, and seldom too large. Where
    there are too many to be held at once, those are taken first that begin with the lowest bits.
    """
    bits = max(10, (2 * sum(map(len, shingles))).bit_length())
    drop, size = np.uint64(64 - bits), 1 << min(bits, _BITS)
    shared = np.zeros(len(shingles), np.int64)
    for first in range(0, 1 << bits, size):
        once, twice = np.zeros(size, bool), np.zeros(size, bool)
        for found in shingles:
            at = _between(found >> drop, first, size)
            twice[at[once[at]]] = True
            once[at] = True
        for number, found in enumerate(shingles):
            shared[number] += np.count_nonzero(twice[_between(found >> drop, first, size)])
    for number, found in enumerate(shingles):
        yield float(shared[number] / len(found)) if len(found) else 0.0


def _between(places: np.ndarray, first: int, size: int) -> np.ndarray:
    """Return the places of a table's stretch, counted from its beginning; places ascend."""
    low, high = np.searchsorted(places, np.array([first, first + size], np.uint64))
    return places[low:high] - np.uint64(first)


def _signature(shingles: np.ndarray) -> np.ndarray:
    """Return the least hash of a set under each of many hash functions."""
    generator = np.random.default_rng(1997)
    factors = generator.integers(1, 2**63, _HASHES, dtype=np.uint64) | np.uint64(1)
    shifts = generator.integers(0, 2**63, _HASHES, dtype=np.uint64)
    mixed = (shingles * a + b for a, b in zip(factors, shifts, strict=True))
    return np.array([(one ^ (one >> np.uint64(31))).min() for one in mixed])
