"""Word tables written as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a table as a set.

    Examples
    --------
    >>> sorted(words("say tell"))
    ['say', 'tell']
    """
    return frozenset(text.split())
