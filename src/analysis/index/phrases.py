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
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import regex

from analysis.codebook.matching import compile_terms
from analysis.codebook.patterns import LETTERS, STEM, Choice, PatternError, joined, parse
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
        return _by_search(index, phrase)
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


def _by_search(index: TokenIndex, pattern: str) -> Found:
    """Give the places of a pattern, found by the codebook's search of texts that may hold it."""
    from analysis.codebook.many_texts import find_in_texts
    from analysis.codebook.reading import Codebook

    terms = {"id": ["asked"], "frame": [""], "patterns": [(pattern,)], "exclusions": [()]}
    matcher = compile_terms([((pattern,), ())])
    book = Codebook("", "", "", pd.DataFrame(), pd.DataFrame(terms), matcher)
    rows = _rows_with_letters(index, pattern)
    texts = index.texts.take(pa.array(rows))
    found = find_in_texts(texts, book)
    number, *spans = (np.array(found[name], np.int64) for name in ("row", "start", "end"))
    if not len(number):
        return _found_at(index, [])
    # Where characters are bytes nothing has to be counted.
    sizes = pc.not_equal(pc.binary_length(texts), pc.utf8_length(texts))
    wide = sizes.to_numpy(zero_copy_only=False)[number]
    for at in np.flatnonzero(wide).tolist():
        text = texts[number[at]].as_py()
        for span in spans:
            span[at] = len(text[: span[at]].encode())
    begin = index.text_offset[rows[number]]
    return _found_at(index, np.stack([begin + span for span in spans], axis=1))


def _rows_with_letters(index: TokenIndex, pattern: str) -> np.ndarray:
    """Return the rows that hold letters of a pattern, and those in which it may see other words.

    Of each group of alternatives that it cannot do without one must be there, so that the group
    which fewest words of the vocabulary could be of is looked for, by the longest run of letters
    of each alternative.
    """
    groups = []
    for item in parse(pattern):
        if isinstance(item, Choice) and not item.optional:
            runs = [max(_RUNS.findall(joined(words)), key=len) for words in item.phrases]
            if not any(STEM in joined(words) for words in item.phrases):
                groups.append(_with_one_of(index, runs))
    if not groups:
        return np.arange(len(index.document))
    fewest = min(groups, key=lambda numbers: index.counts[numbers].sum())
    places = [index.places(number) for number in fewest.tolist()]
    odd = np.searchsorted(index.text_offset, index.odd_begin, "right") - 1
    return np.unique(np.concatenate([odd, *(index.rows(place) for place in places)]))


_RUNS = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def _with_one_of(index: TokenIndex, runs: list[str]) -> np.ndarray:
    """Return the rows of the vocabulary whose word holds one of some runs of letters."""
    held = [pc.match_substring(index.vocabulary, run) for run in runs]
    return np.flatnonzero(np.any([one.to_numpy(zero_copy_only=False) for one in held], axis=0))


def _found_at(index: TokenIndex, spans: npt.ArrayLike) -> Found:
    """Give the places of spans of bytes, all of one phrase."""
    start, end = np.array(spans, np.int64).reshape(-1, 2).T
    row = np.searchsorted(index.text_offset, start, "right") - 1
    begin = index.text_offset[row]
    place, last = (_words_at(index, row, at - begin) for at in (start, end - 1))
    # A sign before a word, as in #MeToo, is behind the end of the word before.
    behind = index.start[place] + index.length[place] <= start - begin
    place = place + (behind & (place < last))
    return Found(np.zeros(len(row), np.int64), place, row, last - place + 1, start, end)


def _words_at(index: TokenIndex, row: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the word in which a byte of a row stands, or the one before it, or the row's first."""
    first = low = index.token_offset[row]
    high = index.token_offset[row + 1]
    while (between := low < high).any():
        middle = (low + high) // 2
        begun = index.start.take(middle, mode="clip") <= at
        low = np.where(between & begun, middle + 1, low)
        high = np.where(between & ~begun, middle, high)
    return np.maximum(low - 1, first)


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
