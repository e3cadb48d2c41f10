r"""The language in which a codebook says which words are a term.

A pattern is a row of words. That is all there is to it:

==================  ====================================================================
``going dark``      these words in this order, in any case
``(go|goes) dark``  one of several words or phrases
``(the)? cloud``    words that may be missing
``oversee*``        a word that begins so (three letters at least)
``{0,3}``           any 0 to 3 words (at most 9), a comma among them allowed
``U.S.``, ``AT&T``  letters and digits joined by ``.``, ``&`` or ``/``, as in ``9/11``;
                    the full stop after an abbreviation may be missing in the text
``#MeToo``          with the hash sign, which a word without one does not ask for
==================  ====================================================================

Between two words of a pattern the text may have white space (with up to two line breaks, since
pleading papers are double spaced) or one hyphen, never a dash or a full stop. Words are whole:
nothing but the possessive (``'s``, ``s'``) may cling to them. Soft hyphens, zero-width characters,
the shape of apostrophes and hyphens, and a hyphen that divides a word at the end of a line make
no difference. Offsets always count in the text as it came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

LETTERS = r"[^\W_]+"
"""What a word is made of; an underscore is a mark of emphasis here, not a letter."""

_VARIANTS = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u2010", "-"), ("\u2011", "-"), ("İ", "i"))
_MOST_PHRASES = 10_000
_MOST_WORDS = 30

MARKS = ".&/"
"""What may join letters and digits to one word of a pattern, besides the hash sign before it."""

_PLAIN = rf"{LETTERS}(?:'{LETTERS})*"
_MARKED = (
    rf"#?{_PLAIN}(?:[{MARKS}]{_PLAIN})+(?:(?<=\.[^\W_])\.)?"  # U.S., AT&T, 9/11
    rf"|#{_PLAIN}"
    rf"|(?<![^\W_])[^\W\d_]\."  # an initial
)
_ITEM = re.compile(
    rf"\((?P<group>[^()]*)\)(?P<optional>\?)?"
    rf"|\{{(?P<low>\d),(?P<high>\d)\}}"
    rf"|(?P<word>{_MARKED}|{_PLAIN}\*?)"
)
_PATTERN_WORD = re.compile(rf"{_MARKED}|{_PLAIN}\*?")
_PART = re.compile(rf"[#{MARKS}]?{_PLAIN}(?:\.(?![^\W_]))?\*?")


def same_length(text: str) -> str:
    """Return a text with one shape for each apostrophe and hyphen, character for character.

    The dotted capital I is among them because it is the one letter whose lower case is longer.
    """
    if not text.isascii():
        for variant, plain in _VARIANTS:
            text = text.replace(variant, plain)
    return text


class PatternError(ValueError):
    """A pattern that is not in the language; the message says where and what to write."""


class Choice(NamedTuple):
    """One of several phrases, each a tuple of words; a word ending in ``*`` is a beginning."""

    phrases: tuple[tuple[str, ...], ...]
    optional: bool = False


def is_marked(word: str) -> bool:
    """Return whether a word of a parsed pattern asks for a mark beside it: ``.s.``, ``#metoo``."""
    return word[0] in f"#{MARKS}" or word[-1] == "."


def joined(words: Sequence[str]) -> str:
    """Return a phrase of a parsed pattern as it is written.

    Examples
    --------
    >>> joined(("the", "u", ".s.", "army"))
    'the u.s. army'
    """
    return "".join(word if word[0] in MARKS else f" {word}" for word in words).strip()


class Gap(NamedTuple):
    """Between ``low`` and ``high`` words of any kind."""

    low: int
    high: int


def parse(pattern: str) -> tuple[Choice | Gap, ...]:
    """Read a pattern.

    Parameters
    ----------
    pattern : str

    Returns
    -------
    tuple of Choice and Gap

    Raises
    ------
    PatternError
        If the pattern is not in the language, could match no word at all, begins or ends with a
        gap, or spans more than 30 words.

    Examples
    --------
    >>> parse("(go|going) dark")
    (Choice(phrases=(('go',), ('going',)), optional=False),
     Choice(phrases=(('dark',),), optional=False))
    """
    source = _fold(pattern).strip()
    if not source:
        raise PatternError("the pattern is empty; write at least one word")
    items: list[Choice | Gap] = []
    position = 0
    while position < len(source):
        item = _ITEM.match(source, position)
        if item is None:
            raise PatternError(
                f"{source[position]!r} at character {position + 1} of {_shown(pattern)} "
                "is not in the pattern language; write words, (a|b), (a)?, {0,3} and word*"
            )
        items.append(_item(item, pattern))
        gap = re.compile(r" +|-|\Z").match(source, item.end())
        if gap is None:
            raise PatternError(
                f"{source[item.end()]!r} at character {item.end() + 1} of {_shown(pattern)} "
                "follows without a space; separate the words and groups by one space"
            )
        position = gap.end()
    _refuse_hollow(items, pattern)
    return tuple(items)


def _fold(text: str) -> str:
    """Return a pattern in the form in which texts are matched."""
    plain = same_length(unicodedata.normalize("NFC", text)).lower()
    return re.sub(r"'s(?![^\W_])|(?<=s)'(?![^\W_])", "", plain)


def _item(item: re.Match[str], pattern: str) -> Choice | Gap:
    if item["low"] is not None:
        low, high = int(item["low"]), int(item["high"])
        if low > high or high == 0:
            raise PatternError(f"the gap {item[0]} in {_shown(pattern)} is empty; write {{0,3}}")
        return Gap(low, high)
    parts = [item["word"]] if item["word"] else item["group"].split("|")
    phrases = []
    for part in parts:
        words = tuple(re.split(r" +|-", part.strip()))
        for word in words:
            if not _PATTERN_WORD.fullmatch(word):
                found = repr(word) if word else "nothing"
                raise PatternError(
                    f"{found} stands where {_shown(pattern)} needs a word; "
                    "write words parted by one space, alternatives by |"
                )
            if word.endswith("*") and len(word) < 4:
                raise PatternError(
                    f"{word!r} in {_shown(pattern)} would match too many words; "
                    "write at least three letters before the *"
                )
        phrases.append(tuple(part for word in words for part in _PART.findall(word)))
    return Choice(tuple(phrases), item["optional"] is not None)


def _refuse_hollow(items: Sequence[Choice | Gap], pattern: str) -> None:
    needed = [isinstance(item, Choice) and not item.optional for item in items]
    if not any(needed):
        raise PatternError(
            f"{_shown(pattern)} could match no word at all; leave one word without ?"
        )
    gaps = [isinstance(item, Gap) for item in items]
    before, after = needed.index(True), len(needed) - needed[::-1].index(True)
    if any(gaps[:before]) or any(gaps[after:]):
        raise PatternError(
            f"a gap in {_shown(pattern)} has no word on one side; put words around it"
        )
    longest = sum(
        max(map(len, item.phrases)) if isinstance(item, Choice) else item.high for item in items
    )
    if longest > _MOST_WORDS:
        raise PatternError(
            f"{_shown(pattern)} spans up to {longest} words; write at most {_MOST_WORDS}"
        )


def phrases(pattern: str) -> Iterator[str]:
    """Give every phrase that a pattern stands for, gaps and ``*`` as they are written.

    Parameters
    ----------
    pattern : str

    Yields
    ------
    str

    Raises
    ------
    PatternError
        If the pattern is not in the language, or stands for more than 10,000 phrases.

    Examples
    --------
    >>> list(phrases("(the)? (back door|backdoor)"))
    ['the back door', 'the backdoor', 'back door', 'backdoor']
    """
    items = parse(pattern)
    choices = [
        [*(joined(words) for words in item.phrases), *([""] if item.optional else [])]
        if isinstance(item, Choice)
        else [f"{{{item.low},{item.high}}}"]
        for item in items
    ]
    if prod(map(len, choices)) > _MOST_PHRASES:
        raise PatternError(
            f"{_shown(pattern)} stands for more than {_MOST_PHRASES:,} phrases; split it"
        )
    for chosen in product(*choices):
        yield " ".join(filter(None, chosen))


def _shown(pattern: str) -> str:
    return repr(pattern if len(pattern) <= 60 else f"{pattern[:57]}...")
