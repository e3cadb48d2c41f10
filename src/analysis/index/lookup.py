"""Look up plain phrases: which words of an index, one after another, hold the words of a phrase.

A word of the index may hold several words of a phrase (``end-to-end``), or one and more than it
(``dark-ish``, ``government's``): each is a tile, and a row of tiles holds the phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from analysis.index.token_index import TokenIndex

Cut = np.ndarray | int
Block = tuple[np.ndarray, int, Cut, Cut]


class Tile(NamedTuple):
    """Words of the index that hold some words of a phrase, side by side.

    Parameters
    ----------
    number : numpy.ndarray of int64
        Rows of the vocabulary, in order.
    before, after : numpy.ndarray of int64
        Bytes of the folded word before and after what it holds of the phrase.
    """

    number: np.ndarray
    before: np.ndarray
    after: np.ndarray


class Known:
    """Where the words of all phrases stand in the vocabulary and among its parts."""

    def __init__(self, index: TokenIndex, asked: list[str]) -> None:
        whole, parts = index.vocabulary_rows(asked), index.part_rows(asked)
        self.index = index
        self.whole = {w: low for w, (low, high) in zip(asked, whole, strict=True) if high > low}
        self.parts = {w: rows for w, rows in zip(asked, parts, strict=True) if rows[1] > rows[0]}
        self.single: dict[tuple[str, bool, bool], Tile] = {}

    def tiles(self, asked: tuple[str, ...], first: int) -> Iterator[tuple[int, Tile]]:
        """Give the words of the index that hold some words of a phrase from one on.

        With each goes the number of the word after them.
        """
        word, last = asked[first], len(asked) - 1
        key = (word, first == 0, first == last)
        if key not in self.single:
            self.single[key] = self._single(*key)
        if len(self.single[key].number):
            yield first + 1, self.single[key]
        if first == last or word not in self.parts or asked[first + 1] not in self.parts:
            return
        here, after = self.index.part_keys
        low, high = self.parts[word]
        rows, begin = np.arange(low, high), self.index.part_begin[low:high]
        if first:
            rows, begin = rows[begin == 0], begin[begin == 0]
        for at in range(first + 1, last + 1):
            low, high = self.parts.get(asked[at], (0, 0))
            if not (len(rows) and high > low):
                return
            # Fewer are sought among more; both are in order.
            if len(rows) <= high - low:
                found = np.searchsorted(here[low : high - 1], after[rows])
                good = here[low + found] == after[rows]
                rows, begin = low + found[good], begin[good]
            else:
                found = np.searchsorted(after[rows[:-1]], here[low:high])
                good = after[rows[found]] == here[low:high]
                rows, begin = low + np.flatnonzero(good), begin[found[good]]
            tile = self._tile(rows, begin, ends=at == last)
            if len(tile.number):
                yield at + 1, tile

    def _single(self, word: str, begins: bool, ends: bool) -> Tile:
        number, before, after = Tile(*_NONE)
        if word in self.parts:
            rows = np.arange(*self.parts[word])
            begin = self.index.part_begin[rows]
            if not begins:
                rows = rows[begin == 0]
                begin = self.index.part_begin[rows]
            number, before, after = self._tile(rows, begin, ends=ends)
        if word not in self.whole:
            return Tile(number, before, after)
        at = int(np.searchsorted(number, self.whole[word]))
        columns = ((number, self.whole[word]), (before, 0), (after, 0))
        return Tile(*(np.concatenate([c[:at], [more], c[at:]]) for c, more in columns))

    def _tile(self, rows: np.ndarray | slice, begin: np.ndarray, *, ends: bool) -> Tile:
        index = self.index
        number, end = index.part_word[rows], index.part_end[rows]
        if not ends:
            last = end == index.part_stop[rows]
            number, begin, end = number[last], begin[last], end[last]
        return Tile(number, begin, index.word_bytes[number] - end)


_NONE = (np.empty(0, np.int64),) * 3


def paths(known: Known, asked: tuple[str, ...], first: int) -> Iterator[list[Tile]]:
    """Give every way in which words of the index one after another hold a phrase."""
    for after, tile in known.tiles(asked, first):
        if after == len(asked):
            yield [tile]
        else:
            yield from ([tile, *rest] for rest in paths(known, asked, after))


def look_up(index: TokenIndex, path: list[Tile]) -> Iterator[Block]:
    """Give the places where words of a path follow each other, and the bytes left out of them."""
    if len(path) == 1:
        for number, before, after in zip(*(column.tolist() for column in path[0]), strict=True):
            yield index.places(number), 1, before, after
        return
    sizes = [
        int(
            index.counts[tile.number].sum()
            if len(tile.number) > 1
            else index.counts[tile.number[0]]
        )
        for tile in path
    ]
    order = sorted(range(len(path)), key=sizes.__getitem__)
    rarest, size = order[0], len(path)
    places = [index.places(number) for number in path[rarest].number.tolist()]
    place = places[0] if len(places) == 1 else np.sort(np.concatenate(places))
    place = place.astype(np.int64) - rarest
    if len(place) and (place[0] < 0 or place[-1] > index.tokens - size):
        place = place[(place >= 0) & (place <= index.tokens - size)]
    for at in order[1:]:
        here, wanted = index.word[place + at], path[at].number
        if len(wanted) == 1:
            place = place[here == wanted[0]]
        else:
            place = place[wanted[np.searchsorted(wanted[:-1], here)] == here]
    for at in range(size - 1):
        place = place[index.joined[place + at] > 0]
    if len(place):
        before = _cut(path[0].number, path[0].before, index.word[place])
        yield (
            place,
            size,
            before,
            _cut(path[-1].number, path[-1].after, index.word[place + size - 1]),
        )


def _cut(number: np.ndarray, size: np.ndarray, here: np.ndarray) -> Cut:
    if not size.any():
        return 0
    found = size[np.searchsorted(number, here)]
    return found if found.any() else 0
