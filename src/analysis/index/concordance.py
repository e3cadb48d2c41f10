"""Show the words and phrases of a token index in their lines (KWIC)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.arrow_columns import frame
from analysis.index.phrases import Found, find_phrases
from analysis.index.selection import Where, check_where, selected
from analysis.index.token_index import TokenIndex

_PIECE = 1 << 30
_INLINE = 12
_BLANKS = bytes.maketrans(b"\t\n\v\f\r", b"     ")


def concordance(
    index: TokenIndex,
    phrase: str,
    *,
    width: int = 10,
    sort: str | Sequence[str] = (),
    where: Where | None = None,
) -> pd.DataFrame:
    """Show every line of a word or phrase.

    Parameters
    ----------
    index : TokenIndex
    phrase : str
        As in :func:`find_phrases`.
    width : int, default 10
        Words shown on each side, within the utterance.
    sort : str or sequence of str, optional
        Words by whose folded form the lines are ordered, the most important first: ``"R1"`` is
        the first word to the right, ``"L2"`` the second to the left, ``"N"`` the first of the
        phrase itself. Ties, and all lines without it, stand in the order of the text.
    where : mapping, optional
        Which utterances are asked (:mod:`analysis.index.selection`).

    Returns
    -------
    pandas.DataFrame
        One row per line: ``document`` (str), ``utterance`` (int, in its document), ``speaker``
        (str), ``left``, ``node``, ``right`` (str, as written, line breaks and tabs as blanks),
        ``place`` (int, words before it in the corpus).

    Raises
    ------
    AnalysisError
        If the phrase has no word or ``sort`` is not as described.

    Examples
    --------
    >>> from analysis.index import index_table
    >>> talk = pd.DataFrame({"text": ["We went dark.", "It goes dark; all dark."]})
    >>> index = index_table(talk, speaker=None, document=None)
    >>> concordance(index, "dark", sort="L1", width=2)["left"].tolist()
    ['dark; all ', 'It goes ', 'We went ']
    """
    if width < 1:
        raise AnalysisError("width", f"{width}", "one word at least")
    check_where(index, where)
    found = find_phrases(index, [phrase])
    chosen = selected(index, where)
    if chosen is not None:
        found = Found(*(column[chosen[found.row]] for column in found))
    columns = sort_columns(index, found, [sort] if isinstance(sort, str) else list(sort))
    if columns:
        order = np.lexsort(columns[::-1])
        found = Found(*(column[order] for column in found))
    return show(index, found, width=width)


def show(index: TokenIndex, found: Found, *, width: int = 10) -> pd.DataFrame:
    """Show places of an index in their lines, in the order given.

    Parameters
    ----------
    index : TokenIndex
    found : Found
    width : int, default 10
        Words shown on each side, within the utterance.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`concordance`.
    """
    place, row, last = found.place, found.row, found.place + found.words - 1
    first_seen = np.maximum(place - width, index.token_offset[row])
    last_seen = np.minimum(last + width, index.token_offset[row + 1] - 1)
    begin, end = found.start, found.end
    return frame(
        document=index.documents.take(pa.array(index.document[row])),
        utterance=index.utterance[row],
        speaker=index.speakers.take(pa.array(index.speaker[row])),
        left=text_slices(index.text, index.begins(first_seen, row), begin),
        node=text_slices(index.text, begin, end),
        right=text_slices(index.text, end, index.ends(last_seen, row)),
        place=place,
    )


_KEY = re.compile(r"([LR])([1-9])|N")


def sort_columns(index: TokenIndex, found: Found, keys: Sequence[str]) -> list[np.ndarray]:
    """Give the words by which lines are sorted, as numbers in the order of the alphabet.

    Parameters
    ----------
    index : TokenIndex
    found : Found
    keys : sequence of str
        As ``sort`` of :func:`concordance`.

    Returns
    -------
    list of numpy.ndarray of int
        One array a key; -1 where the utterance has no such word.

    Raises
    ------
    AnalysisError
        If a key is not as described.
    """
    columns = []
    for key in keys:
        match = _KEY.fullmatch(key)
        if match is None:
            raise AnalysisError("sort", repr(key), "L1 to L9, R1 to R9 or N")
        if key == "N":
            at = found.place
        elif match[1] == "L":
            at = found.place - int(match[2])
        else:
            at = found.place + found.words - 1 + int(match[2])
        inside = (at >= index.token_offset[found.row]) & (at < index.token_offset[found.row + 1])
        columns.append(np.where(inside, index.word[np.where(inside, at, 0)], -1))
    return columns


def text_slices(text: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> pa.LargeStringArray:
    """Take many slices of a text at once, line breaks and tabs as blanks.

    Parameters
    ----------
    text : numpy.ndarray of uint8
        UTF-8.
    begins, ends : numpy.ndarray of int64
        Half-open spans at the edges of characters, each shorter than 1 GiB.

    Returns
    -------
    pyarrow.LargeStringArray
    """
    # Arrow's string views point into the text; the cast copies all of them in one loop.
    lengths = ends - begins
    views = np.zeros((len(begins), 4), "<u4")
    views[:, 0] = lengths
    short = lengths <= _INLINE
    far = np.flatnonzero(~short)
    views[far, 1] = _windows(text, "<u4")[begins[far]]
    views[far, 2] = begins[far] // _PIECE
    views[far, 3] = begins[far] % _PIECE
    inline = np.flatnonzero(short & (begins + _INLINE <= len(text)))
    if len(inline):
        low, high = lengths[inline], np.maximum(lengths[inline] - 8, 0)
        eight = _windows(text, "<u8")[begins[inline]] & _KEPT[np.minimum(low, 8)]
        views[inline, 1] = eight & 0xFFFFFFFF
        views[inline, 2] = eight >> 32
        views[inline, 3] = _windows(text, "<u4")[begins[inline] + 8] & _KEPT[high]
    for i in np.flatnonzero(short & (begins + _INLINE > len(text))).tolist():
        raw = text[begins[i] : ends[i]].tobytes().ljust(_INLINE, b"\0")
        views[i, 1:] = np.frombuffer(raw, "<u4")
    pieces = [text[at : at + 2 * _PIECE - 1] for at in range(0, len(text), _PIECE)]
    buffers = [None, pa.py_buffer(views), *map(pa.py_buffer, pieces)]
    taken = pa.Array.from_buffers(pa.string_view(), len(begins), buffers).cast(pa.large_string())
    _, offsets, data = taken.buffers()
    if data is None or not (np.frombuffer(data, np.uint8) - 9 < 5).any():
        return taken
    blank = pa.py_buffer(data.to_pybytes().translate(_BLANKS))
    return pa.LargeStringArray.from_buffers(len(taken), offsets, blank)


def _windows(text: np.ndarray, dtype: str) -> np.ndarray:
    """See every run of 4 or 8 bytes as a number."""
    size = np.dtype(dtype).itemsize
    return np.ndarray((max(len(text) - size + 1, 0),), dtype, text, 0, (1,))


_KEPT = np.array([(1 << 8 * length) - 1 for length in range(9)], np.uint64)
