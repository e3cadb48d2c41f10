"""Word tables written as running text."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[a-z]+")


def words(text: str) -> frozenset[str]:
    """Return the words of a table as a set.

    Examples
    --------
    >>> sorted(words("say tell"))
    ['say', 'tell']
    """
    return frozenset(text.split())


def words_in(text: str) -> set[str]:
    """Return the words of a text without their capitals, apostrophes and other letters.

    Examples
    --------
    >>> sorted(words_in("They don't SAY."))
    ['don', 'say', 't', 'they']
    """
    return set(_LETTERS.findall(text.casefold()))
