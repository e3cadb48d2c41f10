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
    number : numpy.ndarray of int32
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
        return Tile(*(np.insert(column, at, more) for column, more in columns))

    def _tile(self, rows: np.ndarray | slice, begin: np.ndarray, *, ends: bool) -> Tile:
        index = self.index
        number, end = index.part_word[rows], index.part_end[rows]
        if not ends:
            last = end == index.part_stop[rows]
            number, begin, end = number[last], begin[last], end[last]
        return Tile(number, begin, index.word_bytes[number] - end)


_NONE = np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.int64)


class Path(NamedTuple):
    """A row of tiles that holds a phrase.

    Parameters
    ----------
    tiles : list of Tile
    order : list of int
        The tiles, that whose words are rarest first.
    cut : (bool, bool)
        Whether a word of the first tile has bytes before what it holds, one of the last after.
    """

    tiles: list[Tile]
    order: list[int]
    cut: tuple[bool, bool]


def paths(known: Known, asked: tuple[str, ...]) -> Iterator[Path]:
    """Give every way in which words of the index one after another hold a phrase."""
    counts = known.index.counts
    for tiles in _rows_of_tiles(known, asked, 0):
        sizes = [int(counts[tile.number].sum()) for tile in tiles]
        order = sorted(range(len(tiles)), key=sizes.__getitem__)
        yield Path(tiles, order, (bool(tiles[0].before.any()), bool(tiles[-1].after.any())))


def _rows_of_tiles(known: Known, asked: tuple[str, ...], first: int) -> Iterator[list[Tile]]:
    for after, tile in known.tiles(asked, first):
        if after == len(asked):
            yield [tile]
        else:
            yield from ([tile, *rest] for rest in _rows_of_tiles(known, asked, after))


def look_up(index: TokenIndex, way: Path) -> Iterator[Block]:
    """Give the places where words of a path follow each other, and the bytes left out of them."""
    path = way.tiles
    if len(path) == 1:
        for number, before, after in zip(*(column.tolist() for column in path[0]), strict=True):
            yield index.places(number), 1, before, after
        return
    rarest, size = way.order[0], len(path)
    places = [index.places(number) for number in path[rarest].number.tolist()]
    place = places[0] if len(places) == 1 else np.sort(np.concatenate(places))
    place = place.astype(np.int64) - rarest
    if len(place) and (place[0] < 0 or place[-1] > index.tokens - size):
        place = place[(place >= 0) & (place <= index.tokens - size)]
    for at in way.order[1:]:
        # A view that begins later is read at the same places, which are not added to anew.
        place = place[_is_one(index.word[at:].take(place), path[at].number)]
    for at in range(size - 1):
        place = place[index.joined[at:].take(place) > 0]
    if len(place):
        first, last = path[0], path[-1]
        before = _cut(first.number, first.before, index.word.take(place)) if way.cut[0] else 0
        here = index.word[size - 1 :]
        after = _cut(last.number, last.after, here.take(place)) if way.cut[1] else 0
        yield place, size, before, after


def _is_one(here: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Say which words are one of those wanted, which are in order."""
    if len(wanted) > _FEW:
        return wanted[wanted[:-1].searchsorted(here)] == here
    good = here == wanted[0]
    for number in wanted[1:]:
        good |= here == number
    return good


_FEW = 12
"""Up to so many words, comparing with each is quicker than a search among them."""


def _cut(number: np.ndarray, size: np.ndarray, here: np.ndarray) -> Cut:
    found = size[number.searchsorted(here)]
    return found if found.any() else 0
