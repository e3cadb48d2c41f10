r"""The language in which a codebook says which words are a term.

A pattern is a row of words. That is all there is to it:

==================  ====================================================================
``going dark``      these words in this order, in any case
``(go|goes) dark``  one of several words or phrases
``(the)? cloud``    words that may be missing
``oversee*``        a word that begins so (three letters at least)
``{0,3}``           any 0 to 3 words (at most 9), a comma among them allowed
``U.S.``, ``AT&T``  letters and digits joined by ``.``, ``&``, ``/``, ``+`` or ``_``, as in
                    ``9/11``; the full stop after an abbreviation may be missing in the text
``#MeToo``, ``@ep`` with the sign before it, which a word without one does not ask for
``C++``, ``C#``     with the signs after it; ``LGBT+``
``8(2)``            a number in brackets right behind a number or another bracket, ``8(2)(a)``
``cloud\(s\)``      any other bracket that stands in the text itself: in TOML, write a pattern
                    with a backslash between single quotation marks
``stem: surveil``   every word with this Snowball stem in the codebook's language
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
from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

import regex

LETTERS = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*"
"""What a word is made of; an underscore is a mark of emphasis here, not a letter."""

_VARIANTS = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u2010", "-"), ("\u2011", "-"), ("İ", "i"))
_MOST_PHRASES = 10_000
_MOST_WORDS = 30

MARKS = ".&/+_("
"""What may join letters and digits to one word of a pattern."""

SIGNS = "#@"
"""What may stand before a word of a pattern."""

_OPEN, _CLOSE = "\ue000\ue001"
"""What stands for the brackets of the text itself while a pattern is read."""

_PLAIN = rf"{LETTERS}(?:'{LETTERS})*"
_AFTER = r"(?:\+{1,2}|\#)"
_MARKED = (
    # U.S., AT&T, 9/11, 8(2), C++
    rf"[{SIGNS}]?{_PLAIN}(?:[.&/+_]{_PLAIN}|{_OPEN}{_PLAIN}{_CLOSE})+"
    rf"(?:(?<=\.[\p{{L}}\p{{N}}])\.|{_AFTER})?"
    rf"|[{SIGNS}]?{_PLAIN}{_AFTER}"
    rf"|[{SIGNS}]{_PLAIN}"
    rf"|(?<![\p{{L}}\p{{N}}])\p{{L}}\."  # an initial
)
STEM = "stem:"
"""What a word of a parsed pattern begins with that stands for all words of its stem."""
_ITEM = regex.compile(
    rf"\((?P<group>[^()]*)\)(?P<optional>\?)?"
    rf"|\{{(?P<low>\d),(?P<high>\d)\}}"
    rf"|(?P<word>{STEM}{_PLAIN}|{_MARKED}|{_PLAIN}\*?)"
)
_PATTERN_WORD = regex.compile(rf"{STEM}{_PLAIN}|{_MARKED}|{_PLAIN}\*?")
_PART = regex.compile(
    rf"[{SIGNS}.&/+_{_OPEN}]?{_PLAIN}(?:{_CLOSE}+|{_AFTER}(?![\p{{L}}\p{{N}}])|\.(?![\p{{L}}\p{{N}}]))?\*?"
)
_LITERAL = re.compile(r"\\(.)|(?<=[\d)])\(([^()|{}\s]*)\)")


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
    return word[0] in f"{SIGNS}{MARKS}" or word[-1] in ".+#)"


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


@cache
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
    source = _fold(_with_brackets(pattern)).strip()
    if not source:
        raise PatternError("the pattern is empty; write at least one word")
    items: list[Choice | Gap] = []
    position = 0
    while position < len(source):
        item = _ITEM.match(source, position)
        if item is None:
            raise PatternError(
                f"{_place(source, position, pattern)} is not in the pattern language; write words, "
                f"(a|b), (a)?, {{0,3}} and word*{_HINT}"
            )
        items.append(_item(item, pattern))
        gap = re.compile(r" +|-|\Z").match(source, item.end())
        if gap is None:
            raise PatternError(
                f"{_place(source, item.end(), pattern)} follows without a space; separate the "
                f"words and groups by one space{_HINT}"
            )
        position = gap.end()
    _refuse_hollow(items, pattern)
    return tuple(items)


_HINT = "; a bracket that stands in the text itself, behind a word, is written \\( or \\)"


def _place(source: str, at: int, pattern: str) -> str:
    return f"{_printed(source[at])!r} at character {at + 1} of {_shown(pattern)}"


def _printed(word: str) -> str:
    return word.replace(_OPEN, "(").replace(_CLOSE, ")")


def _with_brackets(pattern: str) -> str:
    """Put signs of their own for the brackets of the text itself, and take back the escapes."""

    def literal(found: re.Match[str]) -> str:
        if found[1] is None:
            return f"{_OPEN}{found[2]}{_CLOSE}"
        if found[1] not in "()":
            raise PatternError(
                f"\\{found[1]} in {_shown(pattern)} means nothing; a backslash stands before a "
                "bracket of the text itself, \\( or \\)"
            )
        return _OPEN if found[1] == "(" else _CLOSE

    return _LITERAL.sub(literal, pattern)


def _fold(text: str) -> str:
    """Return a pattern in the form in which texts are matched."""
    plain = same_length(unicodedata.normalize("NFC", text)).lower()
    plain = re.sub(rf"\b{STEM} +", STEM, plain)
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
                found = repr(_printed(word)) if word else "nothing"
                raise PatternError(
                    f"{found} stands where {_shown(pattern)} needs a word; "
                    "write words parted by one space, alternatives by |"
                )
            if word.endswith("*") and len(word) < 4:
                raise PatternError(
                    f"{word!r} in {_shown(pattern)} would match too many words; "
                    "write at least three letters before the *"
                )
        phrases.append(
            tuple(
                _printed(part)
                for word in words
                for part in ([word] if word.startswith(STEM) else _PART.findall(word))
            )
        )
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
