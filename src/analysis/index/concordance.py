"""Find words and phrases in a token index, and show them in their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.arrow_columns import frame
from analysis.index.token_index import TokenIndex
from analysis.text.words import fold, words

_PIECE = 1 << 30
_INLINE = 12
_BLANKS = bytes.maketrans(b"\t\n\v\f\r", b"     ")


class Found(NamedTuple):
    """Where phrases stand.

    Parameters
    ----------
    phrase : numpy.ndarray of int64
        Which phrase.
    place : numpy.ndarray of int64
        Its first word.
    row : numpy.ndarray of int64
        Its utterance.
    words : numpy.ndarray of int64
        How many words it has.
    """

    phrase: np.ndarray
    place: np.ndarray
    row: np.ndarray
    words: np.ndarray


def find_phrases(index: TokenIndex, phrases: Sequence[str]) -> Found:
    """Find words or phrases, in any case, as whole words parted by white space alone.

    The first and last word of a phrase may be parts of a longer word: "middle class" is found
    in "middle class-based", "government" in "government's". Of matches of one phrase that
    overlap, the first is taken.

    Parameters
    ----------
    index : TokenIndex
    phrases : sequence of str

    Returns
    -------
    Found
        Phrase after phrase, in the order of the text.

    Raises
    ------
    AnalysisError
        If a phrase has no word.
    """
    asked = [[fold(word) for word in words(phrase)] for phrase in phrases]
    for phrase, wanted in zip(phrases, asked, strict=True):
        if not wanted:
            raise AnalysisError("phrases", f"{phrase!r} has no word", "one word at least")
    exact, partial = _look_up(index, asked)
    among = np.zeros(len(index.vocabulary), bool)
    places = [_candidates(index, wanted, exact, partial, among) for wanted in asked]
    sizes = np.array([len(wanted) for wanted in asked], np.int64)
    phrase = np.repeat(np.arange(len(asked)), [len(found) for found in places])
    place = np.concatenate([*places, np.empty(0, np.int64)])
    row = index.rows(place)
    whole = np.flatnonzero(place + sizes[phrase] <= index.token_offset[row + 1])
    found = Found(phrase[whole], place[whole], row[whole], sizes[phrase[whole]])
    kept = np.flatnonzero(_parted_by_blanks(index, found))
    found = Found(*(column[kept] for column in found))
    near = (np.diff(found.place) < found.words[:-1]) & (np.diff(found.phrase) == 0)
    return _without_overlaps(found) if near.any() else found


def _look_up(
    index: TokenIndex, asked: list[list[str]]
) -> tuple[dict[str, int], dict[str, tuple[np.ndarray, np.ndarray]]]:
    """Give the vocabulary rows of the words asked for, and the longer words they are parts of."""
    wanted = sorted({word for phrase in asked for word in phrase})
    exact, partial = {}, {}
    for word, (low, high) in zip(wanted, index.vocabulary_rows(wanted), strict=True):
        if high > low:
            exact[word] = low
    for word, (low, high) in zip(wanted, index.part_rows(wanted), strict=True):
        if high > low:
            partial[word] = index.part_word[low:high], index.part_place[low:high]
    return exact, partial


def _candidates(
    index: TokenIndex,
    wanted: list[str],
    exact: dict[str, int],
    partial: dict[str, tuple[np.ndarray, np.ndarray]],
    among: np.ndarray,
) -> np.ndarray:
    """Give the places where all words of a phrase follow each other, whatever parts them.

    ``among`` is False for every word of the vocabulary, and is so again afterwards.
    """
    last = len(wanted) - 1
    sets = []
    for at, word in enumerate(wanted):
        numbers = [exact[word]] if word in exact else []
        if word in partial and at in (0, last):
            longer, place = partial[word]
            # The first word of a phrase ends a longer word; the last one begins it.
            if last:
                longer = longer[place & (2 if at == 0 else 1) > 0]
            numbers = [*numbers, *set(longer.tolist())]
        if not numbers:
            return np.empty(0, np.int64)
        sets.append(numbers)
    counts = index.counts
    sizes = [sum(counts[numbers].tolist()) for numbers in sets]
    order = sorted(range(len(sets)), key=sizes.__getitem__)
    rarest = order[0]
    if len(sets[rarest]) > 1:
        places = np.concatenate([index.places(number) for number in sets[rarest]])
        places = np.sort(places).astype(np.int64)
    else:
        places = index.places(sets[rarest][0]).astype(np.int64)
    places -= rarest
    if len(places) and (places[0] < 0 or places[-1] > index.tokens - len(wanted)):
        places = places[(places >= 0) & (places <= index.tokens - len(wanted))]
    for at in order[1:]:
        here = index.word[places + at]
        if len(sets[at]) == 1:
            same = here == sets[at][0]
        else:
            among[sets[at]] = True
            same = among[here]
            among[sets[at]] = False
        places = places[same]
    return places


def _parted_by_blanks(index: TokenIndex, found: Found) -> np.ndarray:
    good = np.ones(len(found.place), bool)
    for at in range(1, int(found.words.max(initial=1))):
        rows = np.flatnonzero(good & (found.words > at))
        row = found.row[rows]
        begin = index.ends(found.place[rows] + at - 1, row)
        stop = index.begins(found.place[rows] + at, row)
        first = index.text[begin]
        simple = (stop - begin == 1) & ((first == 32) | ((first >= 9) & (first <= 13)))
        good[rows] = simple
        for i in np.flatnonzero(~simple).tolist():
            good[rows[i]] = index.text[begin[i] : stop[i]].tobytes().decode().isspace()
    return good


def _without_overlaps(found: Found) -> Found:
    kept = []
    free: dict[int, int] = {}
    columns = zip(found.phrase.tolist(), found.place.tolist(), found.words.tolist(), strict=True)
    for row, (phrase, place, size) in enumerate(columns):
        if place >= free.get(phrase, 0):
            kept.append(row)
            free[phrase] = place + size
    return Found(*(column[kept] for column in found))


def concordance(
    index: TokenIndex, phrase: str, *, width: int = 10, sort: str | Sequence[str] = ()
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
    found = find_phrases(index, [phrase])
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
    begin, end = index.begins(place, row), index.ends(last, row)
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
