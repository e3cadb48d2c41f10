"""Whole numbers of one index, which add: tables of labels and counts for every question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.index.phrases import Found, find_phrases
from analysis.index.selection import Where, selected
from analysis.index.token_index import TokenIndex

_PHRASE = ""
"""The label of the phrase itself among its collocates: no word is empty."""
_CROWDED = 64
"""Where every so many words one lies in a window, windows are marked and not sorted."""


def count_phrases(
    index: TokenIndex, phrases: Sequence[str], where: Where | None = None
) -> pa.Table:
    """Count phrases by speaker.

    Returns
    -------
    pyarrow.Table
        ``phrase`` (int64, its place in ``phrases``), ``speaker`` (str), ``count`` (int64) for
        every pair, and ``words`` (int64), the speaker's exposure.
    """
    chosen = selected(index, where)
    found = kept(find_phrases(index, phrases), chosen)
    rows = found.phrase, found.row
    return by_speaker(index, "phrase", rows, size=len(phrases), chosen=chosen)


def by_speaker(
    index: TokenIndex,
    name: str,
    found: tuple[np.ndarray, np.ndarray],
    *,
    size: int,
    chosen: np.ndarray | None,
) -> pa.Table:
    """Count things found, each a number and an utterance, by speaker, with the exposure."""
    number, row = found
    speakers = len(index.speakers)
    cells = number * speakers + index.speaker[row]
    counts = np.bincount(cells, minlength=size * speakers).reshape(size, speakers)
    exposure = index.exposure if chosen is None else index.exposure * chosen
    words = np.bincount(index.speaker, exposure, speakers).astype(np.int64)
    names = index.speakers
    if chosen is not None:
        speaks = np.flatnonzero(np.bincount(index.speaker[chosen], minlength=speakers))
        counts, words, names = counts[:, speaks], words[speaks], names.take(pa.array(speaks))
    return pa.table(
        {
            name: np.repeat(np.arange(size), len(words)),
            "speaker": pa.concat_arrays([names] * size or [names[:0]]),
            "count": counts.ravel(),
            "words": np.tile(words, size),
        }
    )


def kept(found: Found, chosen: np.ndarray | None) -> Found:
    """Keep what was found in the utterances chosen."""
    if chosen is None:
        return found
    here = chosen[found.row]
    return Found(*(column[here] for column in found))


def count_vocabulary(index: TokenIndex, where: Where | None = None) -> pa.Table:
    """Count every word: ``word`` (str), ``count`` (int64)."""
    chosen = selected(index, where)
    if chosen is None:
        return pa.table({"word": index.vocabulary, "count": index.counts})
    return _occurring(index, count=_counts_in(index, chosen))


def _counts_in(index: TokenIndex, chosen: np.ndarray | None) -> np.ndarray:
    if chosen is None:
        return index.counts
    words = index.word[np.repeat(chosen, index.exposure)]
    return np.bincount(words, minlength=len(index.vocabulary))


def _occurring(index: TokenIndex, **columns: np.ndarray) -> pa.Table:
    """Make a table of the words of which there are some in the first column."""
    rows = np.flatnonzero(next(iter(columns.values())))
    named = {name: column[rows] for name, column in columns.items()}
    return pa.table({"word": index.vocabulary.take(pa.array(rows)), **named})


def count_words_of(index: TokenIndex, speaker: str) -> np.ndarray:
    """Count every word of the vocabulary in one speaker's utterances, int64."""
    counts = np.zeros(len(index.vocabulary), np.int64)
    known = index.speakers.index(pa.scalar(speaker, pa.large_string())).as_py()
    if known >= 0:
        rows = slice(index.said_offset[known], index.said_offset[known + 1])
        counts[index.said_word[rows]] = index.said_count[rows]
    return counts


def count_focus(index: TokenIndex, focus: str | Where, where: Where | None = None) -> pa.Table:
    """Count every word: ``word`` (str), ``count`` and ``own``, in focus (int64)."""
    chosen = selected(index, where)
    if chosen is None and isinstance(focus, str):
        own = count_words_of(index, focus)
        return pa.table({"word": index.vocabulary, "count": index.counts, "own": own})
    if isinstance(focus, str):
        mine = index.speaker == index.speakers.index(pa.scalar(focus, pa.large_string())).as_py()
    else:
        mine = selected(index, focus)
    mine = mine if chosen is None else mine & chosen
    return _occurring(index, count=_counts_in(index, chosen), own=_counts_in(index, mine))


def count_collocates(
    index: TokenIndex, phrase: str, window: int = 5, where: Where | None = None
) -> pa.Table:
    """Count every word, and those in the union of the windows around a phrase.

    Returns
    -------
    pyarrow.Table
        ``word`` (str, empty for the phrase itself, which is first), ``count``, ``near`` (int64;
        of the phrase its occurrences).
    """
    chosen = selected(index, where)
    found = kept(find_phrases(index, [phrase]), chosen)
    words = index.word[_windows(index, found, window)]
    near = np.bincount(words, minlength=len(index.vocabulary))
    itself = pa.array([_PHRASE], pa.large_string())
    every, names = _counts_in(index, chosen), index.vocabulary
    if chosen is not None:
        rows = np.flatnonzero(every)
        every, near, names = every[rows], near[rows], names.take(pa.array(rows))
    return pa.table(
        {
            "word": pa.concat_arrays([itself, names]),
            "count": np.append(0, every),
            "near": np.append(len(found.place), near),
        }
    )


def _windows(index: TokenIndex, found: Found, window: int) -> np.ndarray:
    """Give the places within so many words of what was found, each once."""
    low, high = index.token_offset[found.row], index.token_offset[found.row + 1]
    near = []
    for step in range(1, window + 1):
        left, right = found.place - step, found.place + found.words - 1 + step
        near += [left[left >= low], right[right < high]]
    if sum(map(len, near)) * _CROWDED < index.tokens:
        ordered = np.sort(np.concatenate(near))
        return ordered[np.diff(ordered, prepend=-1) > 0]
    marked = np.zeros(index.tokens, bool)
    for places in near:
        marked[places] = True
    return np.flatnonzero(marked)


def as_list(phrases: Sequence[str]) -> list[str]:
    """Give phrases as a list; a single one stands for itself, not for its letters."""
    return [phrases] if isinstance(phrases, str) else list(phrases)
