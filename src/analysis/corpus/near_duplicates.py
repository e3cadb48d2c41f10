"""Near-duplicates: documents that share most of their phrases (Broder 1997, MinHash)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.text.words import fold, words

SHINGLE = 5
"""Words in a row that make a phrase."""

_HASHES, _BANDS = 128, 32
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MOST_IN_BUCKET = 50


def near_duplicates(texts: Mapping[str, str], *, least: float = 0.8) -> pd.DataFrame:
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
    names = list(texts)
    codes: dict[str, int] = {}
    shingles = [_shingles(text, codes) for text in texts.values()]
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for index, found in enumerate(shingles):
        if len(found):
            for band, part in enumerate(_signature(found).reshape(_BANDS, -1)):
                buckets.setdefault((band, part.tobytes()), []).append(index)
    # A boilerplate text that comes a thousand times is compared with its first neighbours only.
    pairs = {
        pair for group in buckets.values() for pair in combinations(group[:_MOST_IN_BUCKET], 2)
    }
    rows = []
    for first, second in sorted(pairs):
        a, b = shingles[first], shingles[second]
        shared = len(np.intersect1d(a, b, assume_unique=True))
        similarity = shared / (len(a) + len(b) - shared)
        if similarity >= least:
            rows.append((names[first], names[second], similarity))
    return pd.DataFrame(rows, columns=["document", "other", "similarity"])


def _shingles(text: str, known: dict[str, int]) -> np.ndarray:
    """Return the hashes of a text's phrases, each once, sorted; add to the hashes of words."""
    found = words(text)
    for word in set(found) - known.keys():
        known[word] = zlib.crc32(fold(word).encode())
    codes = np.fromiter(map(known.__getitem__, found), np.uint64, count=len(found))
    size = min(SHINGLE, len(codes))
    if not size:
        return codes
    mixed = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        mixed = (mixed ^ codes[offset : offset + len(mixed)]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    # Sorting is many times faster here than numpy's unique, which hashes.
    mixed.sort()
    return mixed[np.r_[True, mixed[1:] != mixed[:-1]]]


def _signature(shingles: np.ndarray) -> np.ndarray:
    """Return the least hash of a set under each of many hash functions."""
    generator = np.random.default_rng(1997)
    factors = generator.integers(1, 2**63, _HASHES, dtype=np.uint64) | np.uint64(1)
    shifts = generator.integers(0, 2**63, _HASHES, dtype=np.uint64)
    mixed = (shingles * a + b for a, b in zip(factors, shifts, strict=True))
    return np.array([(one ^ (one >> np.uint64(31))).min() for one in mixed])
