"""Where a codebook sees other words in a text than the index does.

The index cuts words from the text as it came. A codebook's matcher first edits the text: it joins
words divided at the end of a line, drops hidden characters, takes ligatures apart, composes
accents. The clauses where the two may differ are few; they are noted when the index is built, and
phrases are looked for in them by the matcher itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from analysis.codebook.matching import EDITED, STOPS
from analysis.text.words import words

_STOPS = np.zeros(256, bool)
_STOPS[list(STOPS.encode())] = True
_BLANK = np.zeros(256, bool)
_BLANK[list(b" \t\n\v\f\r\x1c\x1d\x1e\x1f")] = True
_ALNUM = np.zeros(256, bool)
_ALNUM[[byte for byte in range(128) if chr(byte).isalnum()]] = True
_HYPHEN, _APOSTROPHE = b"-'"
_JAMO = range(0x1160, 0x1200)


def odd_clauses(text: bytes, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the clauses in which a codebook may see other words than the index.

    Parameters
    ----------
    text : bytes
        Rows of text in UTF-8.
    offsets : numpy.ndarray of int, (rows + 1,)
        Where each row begins and the last one ends.

    Returns
    -------
    (begin, end) : arrays of int64
        Half-open, in order, with the stops that bound them; none overlaps the next but by a stop.
    """
    data = np.frombuffer(text, np.uint8)
    at = np.concatenate([_hyphens(data), _apostrophes(data, offsets), _wide(text, data)])
    at.sort()
    row = np.searchsorted(offsets, at, "right") - 1
    found = [np.empty((2, 0), np.int64)]
    # Few rows have any, and only their stops are looked for.
    for number in np.unique(row).tolist():
        low, high = int(offsets[number]), int(offsets[number + 1])
        here = at[np.searchsorted(row, number) : np.searchsorted(row, number, "right")]
        stops = np.flatnonzero(_STOPS[data[low:high]]) + low
        edge = np.searchsorted(stops, here)
        begin = np.append(low, stops)[edge]
        end = np.append(stops + 1, high)[edge]
        begin, kept = np.unique(begin, return_index=True)
        found.append(np.stack([begin, end[kept]]))
    begin, end = np.concatenate(found, axis=1)
    return begin, end


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return the letters of a text without accents, ligatures, case and all else.

    A text holds a word of a pattern only if its letters hold those of the word.
    """
    plain = unicodedata.normalize("NFKD", text.lower()).replace("ς", "σ")
    return "".join(filter(str.isalnum, plain))


def _hyphens(data: np.ndarray) -> np.ndarray:
    """Give the hyphens after which a word may go on in the next line."""
    at = np.flatnonzero(data[:-1] == _HYPHEN)
    after, before = data[at + 1], data[np.maximum(at - 1, 0)]
    return at[(_BLANK[after] | (after >= 0x80)) & ~_BLANK[before]]


def _apostrophes(data: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Give the possessives that stand apart from their word, or have another apostrophe on."""
    # The last byte of the typographic apostrophe is taken for all of it.
    letter = np.flatnonzero((data[:-1] == _APOSTROPHE) | (data[:-1] == 0x99)) + 1
    letter = letter[(data[letter] | 0x20) == ord("s")]
    size = np.where(data[letter - 1] == _APOSTROPHE, 1, 3)
    before, after = (data[np.clip(at, 0, len(data) - 1)] for at in (letter - size - 1, letter + 1))
    joined = _ALNUM[before] & ~np.isin(letter - size, offsets)
    inside = ~np.isin(letter + 1, offsets)
    again = inside & ((after == _APOSTROPHE) | (after == 0xE2))
    return letter[(~joined & ~(inside & _ALNUM[after])) | again]


def _wide(text: bytes, data: np.ndarray) -> np.ndarray:
    """Give the characters beyond ASCII that a codebook reads otherwise than the index."""
    if text.isascii():
        return np.empty(0, np.int64)
    at = np.flatnonzero(data >= 0xC2)
    lead = data[at].astype(np.int64)
    size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
    points = lead & (0x7F >> size)
    for step in range(1, 4):
        follows = data[np.minimum(at + step, len(data) - 1)].astype(np.int64) & 0x3F
        points = np.where(step < size, points << 6 | follows, points)
    codes, found = pd.factorize(points)
    return at[np.array([_is_odd(point) for point in found.tolist()], bool)[codes]]


@cache
def _is_odd(point: int) -> bool:
    character = chr(point)
    return (
        character in EDITED
        or character in "‘ʼΣ"
        or point in _JAMO
        or character.isalnum() != bool(words(character))
        or unicodedata.normalize("NFC", character).lower() != character.lower()
    )
