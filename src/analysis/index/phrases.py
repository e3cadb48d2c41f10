"""Find phrases in a token index: what a codebook would find if they were its patterns.

A phrase is a pattern of :mod:`analysis.codebook.patterns`. One of plain words alone is looked up:
each word has a list of its places, and where a hyphen or a possessive makes a longer word of it,
the parts of words have. In the few clauses in which a codebook sees other words than the index,
and for patterns with alternatives, gaps or beginnings, the codebook's own search is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import regex

from analysis.codebook.matching import compile_terms
from analysis.codebook.patterns import LETTERS, Choice, PatternError, parse
from analysis.errors import AnalysisError
from analysis.index.lookup import Cut, Known, look_up, paths
from analysis.index.oddities import bare
from analysis.index.token_index import TokenIndex
from analysis.text.words import words

_PLAIN = regex.compile(rf"{LETTERS}(?:'{LETTERS})*")


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
        How many words of the index hold it.
    start, end : numpy.ndarray of int64
        Its bytes in the index's text.
    """

    phrase: np.ndarray
    place: np.ndarray
    row: np.ndarray
    words: np.ndarray
    start: np.ndarray
    end: np.ndarray


def find_phrases(index: TokenIndex, phrases: Sequence[str]) -> Found:
    """Find words and phrases as a codebook finds its patterns.

    Everything that :mod:`analysis.codebook.patterns` describes may be asked: ``going dark`` in
    any case, with white space or one hyphen between the words; ``surveill*``; ``(mass|bulk)
    surveillance``. The possessive is no part of a word. Of matches of one phrase that overlap,
    the first is taken, of those the longest.

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
        If a phrase is not in the language of patterns.
    """
    plain = [plain_words(phrase) for phrase in phrases]
    _plan(index, plain)
    blocks = [
        (number, *block)
        for number, asked in enumerate(plain)
        if asked is not None
        for path in index.plans[asked][0]
        for block in look_up(index, path)
    ]
    found = _together(index, blocks)
    odd = [
        spans._replace(phrase=np.full(len(spans.row), number))
        for number, asked in enumerate(plain)
        for spans in (_of_odd_clauses(index, asked, phrases[number]),)
        if len(spans.row)
    ]
    found = _in_order([found, *odd])
    near = (np.diff(found.phrase) == 0) & (np.diff(found.start) < (found.end - found.start)[:-1])
    return _without_overlaps(found) if near.any() else found


def _plan(index: TokenIndex, plain: Sequence[tuple[str, ...] | None]) -> None:
    """Find out, and keep, which words of the index hold each phrase, and which odd clauses."""
    new = {asked for asked in plain if asked is not None} - index.plans.keys()
    if not new:
        return
    if len(index.plans) > _MOST_PLANS:
        index.plans.clear()
    new = {asked for asked in plain if asked is not None} - index.plans.keys()
    known = Known(index, sorted({word for asked in new for word in asked}))
    for asked in new:
        held = list(_in_odd_clauses(index, asked)) if len(index.odd_begin) else []
        index.plans[asked] = list(paths(known, asked)), _found_at(index, held)


_MOST_PLANS = 10_000


def _of_odd_clauses(index: TokenIndex, asked: tuple[str, ...] | None, phrase: str) -> Found:
    """Give what the codebook's search finds: of a plain phrase only in the odd clauses."""
    if asked is None:
        return _found_at(index, list(_by_search(index, phrase)))
    return index.plans[asked][1]


@lru_cache(maxsize=4096)
def plain_words(phrase: str) -> tuple[str, ...] | None:
    """Return the words of a phrase that has nothing but words, as a codebook sees them.

    Parameters
    ----------
    phrase : str
        In the language of :mod:`analysis.codebook.patterns`.

    Returns
    -------
    tuple of str or None
        None for a phrase with alternatives, gaps or beginnings.

    Raises
    ------
    AnalysisError
        If the phrase is not in the language.

    Examples
    --------
    >>> plain_words("Going-dark"), plain_words("surveill*")
    (('going', 'dark'), None)
    """
    if not isinstance(phrase, str) or not words(phrase):
        raise AnalysisError("phrase", f"{phrase!r} has no word", "one word at least")
    try:
        items = parse(phrase)
    except PatternError as error:
        raise AnalysisError(
            "phrase",
            f"{phrase!r} is not understood: {error}",
            "what a codebook's pattern may be",
        ) from None
    single = [
        item.phrases[0]
        for item in items
        if isinstance(item, Choice) and len(item.phrases) == 1 and not item.optional
    ]
    found = tuple(word for written in single for word in written)
    if len(single) < len(items) or not all(map(_PLAIN.fullmatch, found)):
        return None
    return found


def _together(index: TokenIndex, blocks: list[tuple]) -> Found:
    """Put all places together, each with its bytes; leave out those in odd clauses."""
    blocks = [block for block in blocks if len(block[1])]
    if not blocks:
        return Found(*(np.empty(0, np.int64) for _ in Found._fields))
    sizes = [len(block[1]) for block in blocks]
    phrase, count = (np.repeat([block[at] for block in blocks], sizes) for at in (0, 2))
    place = np.concatenate([block[1] for block in blocks]).astype(np.int64)
    row, last = index.rows(place), place + count - 1
    start, end = index.begins(place, row), index.ends(last, row)
    at = 0
    for size, block in zip(sizes, blocks, strict=True):
        here = slice(at, at + size)
        if not isinstance(block[3], int) or block[3]:
            start[here] = _moved_start(index, place[here], row[here], start[here], block[3])
        if not isinstance(block[4], int) or block[4]:
            end[here] = _moved_end(index, last[here], row[here], end[here], block[4])
        at += size
    found = Found(phrase, place, row, count, start, end)
    if len(index.odd_begin):
        clause = np.searchsorted(index.odd_begin, start, "right") - 1
        odd = (clause >= 0) & (start < index.odd_end[clause])
        if odd.any():
            found = Found(*(column[~odd] for column in found))
    return found


def _moved_start(
    index: TokenIndex, place: np.ndarray, row: np.ndarray, start: np.ndarray, before: Cut
) -> np.ndarray:
    """Leave out of words the bytes before a part of them."""
    before = np.broadcast_to(before, len(start))
    moved = start + before
    # Beyond ASCII a word as written has other bytes than its folded form.
    other = (before > 0) & (index.length[place] != index.word_bytes[index.word[place]])
    for i in np.flatnonzero(other).tolist():
        moved[i] = _moved(index, place[i], row[i], before[i])
    return moved


def _moved_end(
    index: TokenIndex, place: np.ndarray, row: np.ndarray, end: np.ndarray, after: Cut
) -> np.ndarray:
    """Leave out of words the bytes after a part of them."""
    after = np.broadcast_to(after, len(end))
    moved = end - after
    folded = index.word_bytes[index.word[place]]
    other = (after > 0) & (index.length[place] != folded)
    # Most of them are possessives with a typographic apostrophe of three bytes.
    short = other & (after == 2) & (index.text[end - 2] == 0x99)
    moved[short] -= 2
    for i in np.flatnonzero(other & ~short).tolist():
        moved[i] = _moved(index, place[i], row[i], folded[i] - after[i])
    return moved


def _moved(index: TokenIndex, place: int, row: int, folded: int) -> int:
    """Give the byte of the text that a byte of a folded word stands for."""
    places, rows = np.array([place]), np.array([row])
    begin, end = int(index.begins(places, rows)[0]), int(index.ends(places, rows)[0])
    written = index.text[begin:end].tobytes().decode()
    spelled = index.vocabulary[int(index.word[place])].as_py().encode()
    return begin + len(written[: len(spelled[:folded].decode())].encode())


def _in_order(parts: list[Found]) -> Found:
    """Put what was found together, phrase after phrase, in the order of the text."""
    together = parts[0]
    if len(parts) > 1:
        together = Found(*map(np.concatenate, zip(*parts, strict=True)))
    # Most of it is in order already, which a stable sort makes use of.
    key = together.phrase * (int(together.start.max(initial=0)) + 1) + together.start
    if not (np.diff(key) < 0).any():
        return together
    order = np.argsort(key, kind="stable")
    return Found(*(column[order] for column in together))


def _in_odd_clauses(index: TokenIndex, asked: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Give the bytes of a plain phrase in the odd clauses, as the matcher finds it."""
    letters, begins = index.odd_letters
    # One matcher a phrase: what it joins at the end of a line depends on its words.
    matcher = None
    for clause in _holding(letters, begins, sorted(map(bare, asked), key=len)):
        matcher = matcher or compile_terms([([" ".join(asked)], [])])
        begin = int(index.odd_begin[clause])
        text = index.text[begin : int(index.odd_end[clause])].tobytes().decode()
        for start, end, _ in matcher.scan(text):
            first = begin + len(text[:start].encode())
            yield first, first + len(text[start:end].encode())


def _holding(letters: str, begins: np.ndarray, asked: list[str]) -> Iterator[int]:
    """Give the numbers of the clauses that hold the letters of all words asked for."""
    *others, longest = asked
    if not all(word in letters for word in asked):
        return
    at = letters.find(longest)
    while at >= 0:
        clause = int(np.searchsorted(begins, at, "right")) - 1
        after = int(begins[clause + 1])
        if all(letters.find(word, int(begins[clause]), after) >= 0 for word in others):
            yield clause
        at = letters.find(longest, after)


def _by_search(index: TokenIndex, pattern: str) -> Iterator[tuple[int, int]]:
    """Give the bytes of a pattern, found by the codebook's search of all texts."""
    from analysis.codebook.many_texts import find_in_texts
    from analysis.codebook.reading import Codebook

    terms = {"id": ["asked"], "frame": [""], "patterns": [(pattern,)], "exclusions": [()]}
    matcher = compile_terms([((pattern,), ())])
    book = Codebook("", "", "", pd.DataFrame(), pd.DataFrame(terms), matcher)
    found = find_in_texts(index.texts, book)
    known, text, begin = -1, "", 0
    for row, start, end in zip(*(found[name].tolist() for name in _SPAN), strict=True):
        if row != known:
            known, text, begin = row, index.text_of(row), int(index.text_offset[row])
        first = begin + len(text[:start].encode())
        yield first, first + len(text[start:end].encode())


_SPAN = ("row", "start", "end")


def _found_at(index: TokenIndex, spans: list[tuple[int, int]]) -> Found:
    """Give the places of spans of bytes, all of one phrase."""
    if not spans:
        return Found(*(np.empty(0, np.int64) for _ in Found._fields))
    start, end = np.array(spans, np.int64).T
    row = np.searchsorted(index.text_offset, start, "right") - 1
    places = []
    for first, last, at in zip(start.tolist(), (end - 1).tolist(), row.tolist(), strict=True):
        low, high = index.token_offset[at], index.token_offset[at + 1]
        bytes_ = [first - index.text_offset[at], last - index.text_offset[at]]
        inside = np.searchsorted(index.start[low:high], bytes_, "right") - 1
        inside = low + np.maximum(inside, 0)
        # A sign before a word, as in #MeToo, is behind the end of the word before.
        behind = index.start[inside[0]] + index.length[inside[0]] <= bytes_[0]
        inside[0] += behind and inside[0] < inside[1]
        places.append(inside)
    place, last = np.array(places, np.int64).T
    return Found(np.zeros(len(row), np.int64), place, row, last - place + 1, start, end)


def _without_overlaps(found: Found) -> Found:
    """Keep of matches of one phrase that overlap the first, and what begins after it."""
    kept = []
    free: dict[int, int] = {}
    columns = (found.phrase.tolist(), found.start.tolist(), found.end.tolist())
    for row, (phrase, start, end) in enumerate(zip(*columns, strict=True)):
        if start >= free.get(phrase, 0):
            kept.append(row)
            free[phrase] = end
    return Found(*(column[kept] for column in found))
