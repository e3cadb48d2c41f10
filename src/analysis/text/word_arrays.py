"""Cut much text into the words of :mod:`analysis.text.words` at once, by arrays.

A chunk of text is a run of bytes in UTF-8 with the places where its rows begin. Every step is
one operation on all its bytes or all its words, and a chunk of about two megabytes keeps them in
the processor's cache. What a character beyond ASCII is, the `regex` library itself is asked, so
that this path and the reference agree on every character of whichever version of Unicode that
library knows.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import regex

from analysis.text.words import WORD

CHUNK_BYTES = 1 << 21
_LETTER, _JOINER, _MARK = 1, 2, 4
_ASCII_JOINERS, _WIDE_JOINERS = "'-", "’\u2010\u2011"
_KEY = 8
_LONGEST_KEYED = 24


class Words(NamedTuple):
    """The words of a chunk.

    Parameters
    ----------
    starts : numpy.ndarray of int32
        First byte of each word, in the chunk.
    lengths : numpy.ndarray of int32
        Bytes of each word.
    types : numpy.ndarray of int32
        Which of ``spellings`` each word is.
    spellings : pyarrow.BinaryArray
        UTF-8 with ASCII letters in lower case. Some may belong to no word.
    """

    starts: np.ndarray
    lengths: np.ndarray
    types: np.ndarray
    spellings: pa.BinaryArray


def segment(text: bytes, offsets: np.ndarray) -> Words:
    """Cut rows of text into words.

    Parameters
    ----------
    text : bytes
        Valid UTF-8, less than 2 GiB.
    offsets : numpy.ndarray of int, (rows + 1,)
        Where each row begins and the last one ends. No word reaches from one row into the next.

    Returns
    -------
    Words

    Examples
    --------
    >>> found = segment(b"Go dark? We're dark", np.array([0, 8, 19]))
    >>> found.spellings.take(found.types).to_pylist()
    [b'go', b'dark', b"we're", b'dark']
    """
    starts, lengths = _cut(text, offsets)
    return Words(starts, lengths, *_number(text.translate(_LOWER), starts, lengths))


def word_starts(text: bytes, offsets: np.ndarray) -> np.ndarray:
    """Return the first byte of each word of rows of text, as :func:`segment` cuts them.

    Examples
    --------
    >>> word_starts(b"Go dark? We're dark", np.array([0, 8, 19])).tolist()
    [0, 3, 9, 15]
    """
    return _cut(text, offsets)[0]


def _cut(text: bytes, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the words of rows of text begin and how many bytes they have."""
    inside = _inside(text, offsets)
    edges = np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int32)
    cuts = np.unique(offsets)
    cuts = cuts[inside[cuts] & inside[cuts + 1]].astype(np.int32)
    if len(cuts):
        edges = np.insert(edges, np.repeat(np.searchsorted(edges, cuts), 2), np.repeat(cuts, 2))
    starts = edges[::2]
    return starts, edges[1::2] - starts


def _inside(text: bytes, offsets: np.ndarray) -> np.ndarray:
    """Say of every byte whether it is in a word, with one byte that is not at either end."""
    kinds = np.zeros(len(text) + 2, np.uint8)
    kinds[1:-1] = np.frombuffer(text.translate(_ASCII_KINDS), np.uint8)
    letters = kinds == _LETTER
    joiners = kinds == _JOINER
    wide = np.empty(0, np.int64)
    if not text.isascii():
        wide, marks = _classify(np.frombuffer(text, np.uint8), letters)
        _add_marks(letters, marks, offsets)
    joiners[1:-1] &= letters[:-2] & letters[2:]
    # A joiner on either side of a row's edge joins nothing.
    joiners[offsets] = False
    joiners[offsets + 1] = False
    if len(wide):
        joined = letters[wide] & letters[wide + 4]
        joined &= ~(np.isin(wide, offsets) | np.isin(wide + 3, offsets))
        for step in (1, 2, 3):
            joiners[wide[joined] + step] = True
    return letters | joiners


def _classify(data: np.ndarray, letters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mark the bytes of every letter beyond ASCII.

    Return where the joiners beyond it begin, and where marks begin and how many bytes they have.
    """
    leads = np.flatnonzero(data >= 0xC0)
    lead_bytes = data[leads]
    wide = np.empty(0, np.int64)
    marks = [np.empty((0, 2), np.int64)]
    for low, high, width in ((0xC0, 0xE0, 2), (0xE0, 0xF0, 3), (0xF0, 0xFF, 4)):
        at = leads[(lead_bytes >= low) & (lead_bytes < high)]
        points = (data[at] & (0x7F >> width)).astype(np.int32)
        for step in range(1, width):
            points = (points << 6) | (data[at + step] & 0x3F)
        kinds = _kinds(points)
        word = at[kinds == _LETTER]
        for step in range(width):
            letters[word + step + 1] = True
        wide = np.append(wide, at[kinds == _JOINER])
        found = at[kinds == _MARK]
        marks.append(np.column_stack([found, np.full(len(found), width)]))
    together = np.concatenate(marks)
    return wide, together[np.argsort(together[:, 0])]


def _add_marks(letters: np.ndarray, marks: np.ndarray, offsets: np.ndarray) -> None:
    """Count every run of marks that follows a letter of its row among the letters."""
    if not len(marks):
        return
    begin, width = marks.T
    row = np.isin(begin, offsets)
    first = np.append(True, begin[1:] != (begin + width)[:-1]) | row
    kept = (letters[begin[first]] & ~row[first])[np.cumsum(first) - 1]
    for step in range(4):
        letters[(begin + step + 1)[kept & (width > step)]] = True


def _number(
    text: bytes, starts: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, pa.BinaryArray]:
    """Tell the spellings apart, eight bytes at a time: a longer word is a prefix and a rest."""
    padded = text + bytes(_LONGEST_KEYED)
    windows = np.ndarray((len(text) + 2 * _KEY,), "<u8", padded, 0, (1,))
    codes, found = pd.factorize(windows[starts] & _KEPT[np.minimum(lengths, _KEY)])
    types = codes.astype(np.int32)
    prefixes = found[:, None]
    spellings = [pa.array(prefixes.view(f"S{_KEY}").ravel())]
    total = len(found)
    rows = np.arange(0)
    for begin in range(_KEY, _LONGEST_KEYED, _KEY):
        longer = lengths > begin if begin == _KEY else lengths[rows] > begin
        rows = np.flatnonzero(longer) if begin == _KEY else rows[longer]
        keys = windows[starts[rows] + begin] & _KEPT[np.minimum(lengths[rows] - begin, _KEY)]
        rests, rest_found = pd.factorize(keys)
        pairs = codes[longer].astype(np.int64) * max(len(rest_found), 1) + rests
        codes, pair_found = pd.factorize(pairs)
        types[rows] = codes + total
        prefix, rest = np.divmod(pair_found, max(len(rest_found), 1))
        prefixes = np.column_stack([prefixes[prefix], rest_found[rest]])
        spellings.append(pa.array(prefixes.view(f"S{begin + _KEY}").ravel()))
        total += len(pair_found)
    longest: dict[bytes, int] = {}
    for at in rows[lengths[rows] > _LONGEST_KEYED].tolist():
        spelling = text[starts[at] : starts[at] + lengths[at]]
        types[at] = longest.setdefault(spelling, total + len(longest))
    spellings.append(pa.array(list(longest), pa.binary()))
    return types, pa.concat_arrays(spellings)


def _kinds(points: np.ndarray) -> np.ndarray:
    codes, found = pd.factorize(points)
    return np.array([_kind(point) for point in found.tolist()], np.uint8)[codes]


@cache
def _kind(point: int) -> int:
    """Ask the `regex` library what a character is to :data:`analysis.text.words.WORD`."""
    character = chr(point)
    if character in _WIDE_JOINERS:
        return _JOINER
    if _BEGINNING.fullmatch(character):
        return _LETTER
    return _MARK if _RUN.fullmatch(f"a{character}") else 0


_RUN = regex.compile(WORD[: WORD.index("(")])
_BEGINNING = regex.compile(WORD[: WORD.index("]") + 1])
_LOWER = bytes(range(256)).lower()
_ASCII_KINDS = bytes(
    _LETTER if chr(byte).isalnum() and byte < 128 else _JOINER if chr(byte) in _ASCII_JOINERS else 0
    for byte in range(256)
)
_KEPT = np.array([(1 << 8 * length) - 1 for length in range(_KEY + 1)], np.uint64)
