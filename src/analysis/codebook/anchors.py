"""One word that each pattern cannot do without, and what may stand beside it.

Every match of a pattern holds one word of a chosen choice of the pattern, written in letters and
digits of ASCII at least at its beginning. These words can be looked for in bytes, and most of
what is found can be dropped by a look at the first letters of the next word and the last letters
of the one before. Whatever is in doubt is kept: the exact matcher judges it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from analysis.codebook.patterns import MARKS, SIGNS, STEM, Choice, Gap, is_marked, joined, parse

NEAR = 4
"""How many letters of a neighbour are compared."""
KEYED = 8
LONGEST = 24
_SOUGHT = 6
_NEW = 2.0
_Near = frozenset[str] | None
_Use = tuple[str, _Near, _Near]
_RUN = re.compile(r"[a-z0-9]+", re.ASCII)
_RUN_AT_END = re.compile(r"[a-z0-9]+\Z", re.ASCII)

ALNUM = np.zeros(256, bool)
ALNUM[[byte for byte in range(128) if chr(byte).isalnum()]] = True
LOWER = np.frombuffer(bytes(range(256)).lower(), np.uint8)


@dataclass(frozen=True)
class Anchors:
    """What to look for; made by :func:`anchors_of`.

    Parameters
    ----------
    sought : list of str
        Beginnings of words, in lower case.
    keys : numpy.ndarray of uint64, in order
        The :func:`word_key` of every anchor.
    beginnings : list of bytes
        Anchors that stand for all words that begin so.
    rule_begin : numpy.ndarray of int64, (keys + 2,)
        The rules of key ``k`` are ``rule_begin[k]:rule_begin[k + 1]``; one of them must hold. The
        last rule is that of ``beginnings``, and lets anything pass.
    after, before : numpy.ndarray of uint64, in order
        ``rule << 32 |`` :func:`near_key` of words that may stand beside the anchor.
    any_after, any_before : numpy.ndarray of bool, (rules,)
        Whether anything may stand there.
    """

    sought: list[str]
    keys: np.ndarray
    beginnings: list[bytes]
    rule_begin: np.ndarray
    after: np.ndarray
    before: np.ndarray
    any_after: np.ndarray
    any_before: np.ndarray


def word_key(letters: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Give words a number by their first eight letters and their length.

    Parameters
    ----------
    letters : numpy.ndarray of uint8, (words, 8 or more)
        In lower case; what lies after the end of a word does not matter.
    lengths : numpy.ndarray of int64

    Returns
    -------
    numpy.ndarray of uint64
    """
    kept = np.arange(KEYED) < lengths[:, None]
    packed = np.ascontiguousarray(letters[:, :KEYED] * kept).view("<u8").ravel()
    return packed * np.uint64(64) + packed // np.uint64(1 << 58) + lengths.astype(np.uint64)


def near_key(letters: bytes) -> int:
    """Give a neighbour a number by its letters, at most four."""
    return int.from_bytes(letters.ljust(NEAR, b"\0"), "little")


def anchors_of(patterns: Iterable[Sequence[str]], sample: str) -> Anchors | None:
    """Choose the anchors of the patterns of a codebook.

    Parameters
    ----------
    patterns : iterable of sequence of str
        The patterns of each term.
    sample : str
        Text like that to be searched; what is rare in it is preferred.

    Returns
    -------
    Anchors or None
        None where a pattern has no word that begins with two letters or digits of ASCII.
    """
    often = Counter(word[:_SOUGHT] for word in _RUN.findall(sample.lower()))
    sought: set[str] = set()
    rules: dict[str, list[tuple[_Near, _Near]]] = {}
    for items in map(_unmarked, sorted((parse(p) for term in patterns for p in term), key=len)):
        if items is None:
            continue
        given = [_uses(items, at) for at, item in enumerate(items) if _is_needed(item)]
        uses = [use for use in given if use is not None]
        if not uses:
            return None
        for word, following, preceding in min(uses, key=partial(_cost, often, sought)):
            sought.add(word.rstrip("*")[:_SOUGHT])
            rules.setdefault(word, []).append((following, preceding))
    words = [word for word in rules if not word.endswith("*")]
    rows = np.zeros((len(words), KEYED), np.uint8)
    for row, word in zip(rows, words, strict=True):
        row[: len(word[:KEYED])] = np.frombuffer(word[:KEYED].encode(), np.uint8)
    every = word_key(rows, np.array([len(word) for word in words], np.int64))
    keys, numbers = np.unique(every, return_inverse=True)
    by_key: list[list[tuple[_Near, _Near]]] = [[] for _ in keys]
    for word, number in zip(words, numbers.tolist(), strict=True):
        by_key[number] += rules[word]
    merged = [_merged(of_key) for of_key in by_key] + [[(None, None)]]
    flat = [rule for of_key in merged for rule in of_key]
    return Anchors(
        sorted(s for s in sought if not any(o != s and s.startswith(o) for o in sought)),
        keys,
        [word[:-1].encode() for word in rules if word.endswith("*")],
        np.cumsum([0, *map(len, merged)]),
        _allowed([following for following, _ in flat]),
        _allowed([preceding for _, preceding in flat]),
        np.array([following is None for following, _ in flat]),
        np.array([preceding is None for _, preceding in flat]),
    )


def marked_words(patterns: Iterable[Sequence[str]]) -> list[str]:
    """Give what is to be looked for as it is written: the words with marks, in lower case.

    Every match with such a word holds one of these.

    Examples
    --------
    >>> marked_words([["(U.S.|American) army", "#MeToo"]])
    ['#metoo', 'u.s']
    """
    found = set()
    for items in (parse(p) for term in patterns for p in term):
        for phrase in (phrase for item in items if isinstance(item, Choice) for phrase in item[0]):
            for word in joined(phrase).split():
                if any(mark in word for mark in f"{SIGNS}{MARKS}"):
                    # Letters beyond ASCII are not found in another case.
                    found.add(max(re.findall(r"[!-~]+", word.rstrip(".")), key=len))
    return sorted(found)


def _unmarked(items: tuple[Choice | Gap, ...]) -> tuple[Choice | Gap, ...] | None:
    """Leave out the phrases with marks, which are looked for as written; None if all have one."""
    kept: list[Choice | Gap] = []
    for item in items:
        if isinstance(item, Gap):
            kept.append(item)
            continue
        plain = tuple(p for p in item.phrases if not any(map(is_marked, p)))
        if not plain and not item.optional:
            return None
        if plain:
            kept.append(Choice(plain, item.optional))
    return tuple(kept)


def _merged(rules: list[tuple[_Near, _Near]]) -> list[tuple[_Near, _Near]]:
    """Make one rule of those that differ on one side only."""
    by_before: dict[_Near, _Near] = {}
    for following, preceding in rules:
        by_before[preceding] = _widened(by_before.get(preceding, frozenset()), following)
    by_after: dict[_Near, _Near] = {}
    for preceding, following in by_before.items():
        by_after[following] = _widened(by_after.get(following, frozenset()), preceding)
    return list(by_after.items())


def _widened(known: _Near, more: _Near) -> _Near:
    return None if known is None or more is None else known | more


def _cost(often: Counter[str], sought: set[str], use: list[_Use]) -> float:
    new = {word.rstrip("*")[:_SOUGHT] for word, *_ in use} - sought
    return sum(often[beginning] + _NEW for beginning in new)


def _is_needed(item: Choice | Gap) -> bool:
    return isinstance(item, Choice) and not item.optional


def _uses(items: tuple[Choice | Gap, ...], at: int) -> list[_Use] | None:
    """Give one anchor for each phrase of a choice, with the near letters after and before it.

    Missing where a phrase has no anchor; near letters are None where anything may stand.
    """
    uses = []
    choice = items[at]
    for phrase in choice.phrases if isinstance(choice, Choice) else ():
        fit = {place: found for place, word in enumerate(phrase) if (found := _anchor(word))}
        if not fit:
            return None
        place = max(fit, key=lambda place: len(phrase[place]))
        following = _around(items, at, phrase, place, 1)
        preceding = _around(items, at, phrase, place, -1)
        uses.append((fit[place], following, preceding))
    return uses


def _anchor(word: str) -> str | None:
    """Return what of a word is looked for, ``*`` after it where the word may go on."""
    run = _RUN.match(word)
    if run is None or len(run[0]) < 2 or word.startswith(STEM):
        return None
    longer = word[len(run[0]) :].startswith("*") or len(run[0]) >= LONGEST
    # Of a long word the first letters and the length are compared.
    return run[0][:KEYED] + ("*" if longer else "." * (len(run[0]) - KEYED))


def _around(
    items: tuple[Choice | Gap, ...], at: int, phrase: tuple[str, ...], place: int, step: int
) -> _Near:
    edge = 0 if step > 0 else -1
    if 0 <= place + step < len(phrase):
        words = [phrase[place + step]]
    else:
        words = []
        while True:
            at += step
            beside = items[at] if 0 <= at < len(items) else None
            if not isinstance(beside, Choice):
                return None
            words += [other[edge] for other in beside.phrases]
            if not beside.optional:
                break
    near = [_near(word, step) for word in words]
    known = frozenset(letters for letters in near if letters is not None)
    return known if None not in near else None


def _near(word: str, step: int) -> str | None:
    """Return the letters of a neighbour that are compared; None where they are not known."""
    run = (_RUN.match if step > 0 else _RUN_AT_END.search)(word)
    if word.startswith(STEM) or run is None or (len(run[0]) < NEAR and run[0] != word):
        return None
    return run[0][:NEAR] if step > 0 else run[0][-NEAR:]


def _allowed(near: list[_Near]) -> np.ndarray:
    """Give the allowed neighbours of every rule as numbers."""
    numbers = [
        rule << 32 | near_key(letters.encode())
        for rule, known in enumerate(near)
        for letters in known or ()
    ]
    return np.array(sorted(numbers), np.uint64)
