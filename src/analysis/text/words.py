"""What counts as a word: one definition, used for every numerator and denominator."""

from __future__ import annotations

import unicodedata
from collections import Counter

import regex

WORD = (
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*"
    r"(?:['’\-\u2010\u2011][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*"
)
"""The word: a run of letters and digits, with single inner apostrophes or hyphens.

A mark (an accent, a variation selector such as U+FE0F after a picture) belongs to the letter
before it and begins no word.

Written in Unicode's own classes (letters, marks, numbers), which mean the same to NLTK's
``RegexpTokenizer``, to Python's ``regex`` and to Rust's; a test holds the first two equal.
"""

WORD_STATEMENT = (
    "A word is a run of letters or digits, inner apostrophes and single hyphens included."
)
"""The definition as a methods section states it."""

_WORD = regex.compile(WORD)
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "İ": "i"})


def words(text: str) -> list[str]:
    """Return the words of a text in order, as written.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> words("We don't do end-to-end -- the I")
    ['We', "don't", 'do', 'end-to-end', 'the', 'I']
    """
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open character span of every word of a text.

    Examples
    --------
    >>> word_spans("go dark")
    [(0, 2), (3, 7)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def fold(word: str) -> str:
    """Return the form under which a word is counted.

    It is in lower case, with plain apostrophes and hyphens, its accents composed (NFC), as a
    codebook sees it; the dotted capital I is an i.

    Examples
    --------
    >>> fold("Don’t")
    "don't"
    >>> fold("CAFE\N{COMBINING ACUTE ACCENT}") == "café"
    True
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFC", word).translate(_FOLD).lower()
    # Composed again, because some letters are composed in lower case only.
    plain = unicodedata.normalize("NFC", plain).replace("i\u0307", "i")
    # The letter ʼ is an apostrophe, and those at the edge of a word are no part of it.
    return plain.strip("'") or plain


def count_words(text: str) -> int:
    """Return the number of words in a text.

    Examples
    --------
    >>> count_words("A report of 9,000 words")
    6
    """
    return len(_WORD.findall(text))


def word_counts(text: str) -> Counter[str]:
    """Return how often each folded word occurs in a text.

    Examples
    --------
    >>> word_counts("Dark, dark night")
    Counter({'dark': 2, 'night': 1})
    """
    return Counter(map(fold, words(text)))
