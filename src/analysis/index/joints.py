"""Between which words of a chunk a phrase may go on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.codebook.matching import joins

_GAP = 6
_KEPT = np.array([(1 << 8 * size) - 1 for size in range(_GAP + 2)], np.uint64)


def joined_words(
    text: bytes, starts: np.ndarray, lengths: np.ndarray, row_words: np.ndarray
) -> np.ndarray:
    """Say after which words the next one of the row follows as in a phrase.

    Parameters
    ----------
    text : bytes
        Rows of text in UTF-8.
    starts, lengths : numpy.ndarray of int32, (words,)
        Where each word begins, and its bytes.
    row_words : numpy.ndarray of int, (rows,)
        Words of every row.

    Returns
    -------
    numpy.ndarray of uint8, (words,)
    """
    data = np.frombuffer(text, np.uint8)
    ends = (starts + lengths)[:-1]
    gaps = starts[1:] - ends
    last = data[ends] if len(ends) else np.empty(0, np.uint8)
    joined = np.zeros(len(starts), np.uint8)
    inside = np.ones(len(starts), bool)
    inside[np.cumsum(row_words)[row_words > 0] - 1] = False
    joined[:-1] = inside[:-1] & (gaps == 1) & ((last == 0x20) | ((last >= 9) & (last <= 13)))
    rest = np.flatnonzero(inside[:-1] & (gaps > 1))
    # The last letter of the word, up to six bytes after it, and their number are one key of few.
    short = rest[gaps[rest] <= _GAP]
    windows = np.ndarray((len(text),), "<u8", text + bytes(8), 0, (1,))
    sizes = (gaps[short] + 1).astype(np.uint64)
    keys = windows[ends[short] - 1] & _KEPT[gaps[short] + 1] | sizes << np.uint64(56)
    codes, found = pd.factorize(keys)
    raw = [key.to_bytes(8, "little") for key in found.tolist()]
    known = [_joins(key[: key[7]]) for key in raw]
    joined[short] = np.array(known, np.uint8)[codes]
    for at in rest[gaps[rest] > _GAP].tolist():
        joined[at] = _joins(text[ends[at] - 1 : starts[at + 1]])
    return joined


@lru_cache(maxsize=1 << 16)
def _joins(seen: bytes) -> bool:
    """Say so of the last byte of a word and all bytes up to the next word."""
    return joins(seen[:1] in b"sS", seen[1:].decode())
