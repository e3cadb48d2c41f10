"""Quotation marks paired into quotations: straight, curly, doubled apostrophes, singles."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"<[^<>\n]*>")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_DOUBLE = re.compile(r"''|``|[“”„‟\"«»＂]")
_SINGLE = re.compile(r"['‘’‚‹›]")
_INVISIBLE = frozenset(
    map(
        chr,
        [*range(0x200B, 0x2010), 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF],
    )
)
"""Marks of direction and joining, which show nothing."""
_OPENING = frozenset(["“", "``", "„", "‟", "«"])
_CLOSING = frozenset(["”", "»"])
_BEFORE_OPENING = frozenset('([{—–-/"“')


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of quotation marks.

    ``[start, end)`` takes the marks in, ``[inner, outer)`` leaves them out. ``closed`` is false
    where no closing mark was found and the quotation ends with its paragraph. ``paragraph``
    counts from 0. ``single`` says that the marks are single ones.
    """

    start: int
    inner: int
    outer: int
    end: int
    paragraph: int
    closed: bool = True
    single: bool = False


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of the paragraphs: lines, a hard-wrapped line joined to the one before.

    Examples
    --------
    >>> paragraphs("One.\n\nTwo is wrapped\nhere.")
    [(0, 4), (6, 26)]
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        if not line.group().strip():
            continue
        if spans and start - spans[-1][1] <= 2 and text.count("\n", spans[-1][1], start) == 1:
            before = text[spans[-1][1] - 1]
            if (before.isalnum() or before == ",") and text[start].islower():
                spans[-1] = (spans[-1][0], end)
                continue
        spans.append((start, end))
    return spans


def blank_tags(text: str) -> str:
    """Return the text with ``<tags>`` overwritten by spaces, every offset kept."""
    return _TAG.sub(lambda tag: " " * len(tag.group()), text) if "<" in text else text


def _space_at(text: str, position: int, step: int) -> bool:
    """Say whether what stands at a position, invisible direction marks skipped, is space."""
    for _ in range(8):
        if not 0 <= position < len(text):
            return True
        if text[position] not in _INVISIBLE:
            return text[position].isspace()
        position += step
    return True


def _doubles(text: str, start: int, end: int, number: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        sign = mark.group()
        straight = sign not in _OPENING and sign not in _CLOSING
        before_space = mark.end() >= end or _space_at(text, mark.end(), 1)
        opens = sign in _OPENING or (straight and opened is None and not before_space)
        if opens and opened is None:
            opened = mark
        elif not opens and opened is not None:
            found.append(Quotation(opened.start(), opened.end(), mark.start(), mark.end(), number))
            opened = None
    if opened is not None:
        found.append(Quotation(opened.start(), opened.end(), end, end, number, closed=False))
    return found


def _singles(text: str, start: int, end: int, number: int) -> list[Quotation]:
    """Pair single marks in a stretch outside double ones; apostrophes are left alone."""
    found: list[Quotation] = []
    opened = -1
    waiting = -1
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        can_open = (before.isspace() or before in _BEFORE_OPENING) and (
            after.isalnum() or after in "[(.…"
        )
        can_close = not before.isspace() and not after.isalnum()
        if mark.group() in "‘‚‹":
            can_open, can_close = True, False
        elif mark.group() in "’›":
            can_open = False
        if opened < 0:
            if can_open:
                opened, waiting = at, -1
        elif can_close:
            # A plural possessive ends in s and a space, as the last word of a quotation may:
            # it closes only if nothing after it does.
            if before == "s" and after == " ":
                waiting = at
                continue
            found.append(Quotation(opened, opened + 1, at, at + 1, number, single=True))
            opened = waiting = -1
        elif can_open and waiting >= 0:
            found.append(Quotation(opened, opened + 1, waiting, waiting + 1, number, single=True))
            opened, waiting = at, -1
    if opened >= 0 and waiting >= 0:
        found.append(Quotation(opened, opened + 1, waiting, waiting + 1, number, single=True))
    return found


def quotations(text: str) -> list[Quotation]:
    r"""Pair the quotation marks of a text, paragraph by paragraph, in linear time.

    A straight mark opens where none is open and something other than a space follows, and
    closes otherwise. An unclosed quotation ends with its paragraph. Marks inside ``<tags>``
    are skipped. Single marks count outside double ones and only when they pair up.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Quotation
        In order, without overlap.

    Examples
    --------
    >>> [(q.start, q.end) for q in quotations('"Yes," he said. "No."')]
    [(0, 6), (16, 21)]
    >>> [q.closed for q in quotations('"Not closed.\n\n"Closed."')]
    [False, True]
    """
    plain = blank_tags(text)
    found: list[Quotation] = []
    has_single = _SINGLE.search(plain) is not None
    for number, (start, end) in enumerate(paragraphs(plain)):
        doubles = _doubles(plain, start, end, number)
        if not has_single:
            found.extend(doubles)
            continue
        position = start
        for quotation in doubles:
            found.extend(_singles(plain, position, quotation.start, number))
            found.append(quotation)
            position = quotation.end
        found.extend(_singles(plain, position, end, number))
    return found


def inner_quotations(text: str, outer: Quotation) -> list[Quotation]:
    r"""Return the quotations in single marks inside a quotation, or in double ones inside single.

    Examples
    --------
    >>> text = "\"They call it 'the box' here,\" he said."
    >>> [text[q.start : q.end] for q in inner_quotations(text, quotations(text)[0])]
    ["'the box'"]
    """
    find = _doubles if outer.single else _singles
    return find(text, outer.inner, outer.outer, outer.paragraph)
