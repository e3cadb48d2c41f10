"""Quotation marks paired into quotations: straight, curly, doubled apostrophes, singles."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_TAG = re.compile(r"<[^<>\n]*>")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# One class before the alternatives: the search then skips plain text at the speed of memory.
_DOUBLE = re.compile(r"['`“”„‟\"«»＂「」『』](?:(?<=[“”„‟\"«»＂「」『』])|(?<=')'|(?<=`)`)")
_SINGLE = re.compile(r"['‘’‚‹›]")
_INVISIBLE = frozenset(
    map(
        chr,
        [*range(0x200B, 0x2010), 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF],
    )
)
"""Marks of direction and joining, which show nothing."""
_OPENING = frozenset("“„‟「『") | {"``"}
_STRAIGHT = frozenset(['"', "''", "＂"])
_CLOSED_BY = {
    "「": frozenset("」"),
    "『": frozenset("』"),
    "«": frozenset("»"),
    "»": frozenset("«"),
    "„": frozenset("“”‟") | _STRAIGHT,
}
_CLOSED_AS_USUAL = frozenset("”‟") | _STRAIGHT
_BEFORE_OPENING = frozenset('([{—–-/"“„«‘')
_CUE_INSIDE = re.compile(
    r"[,?!…]\s+(?=(?:(?:he|she|they|(?:the|a|an|its|his|her)\s(?:\w+\s){0,4}?\w+"
    r"|(?:[A-Z][\w.’'-]*\s){1,4}?)\s?\b)?(?:said|says|added|told|asked|replied|warned|insisted"
    r"|argued|wrote|explained|claimed|continued|recalled|declared)\b)"
)
_WHOLE = frozenset(',.?!…—–”"»')


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of quotation marks.

    ``[start, end)`` takes the marks in, ``[inner, outer)`` leaves them out. ``closed`` is false
    where no closing mark was found and the quotation ends with its paragraph; one that was never
    closed but has ", said Ann Moss" within it ends there. ``paragraph`` counts from 0. ``single``
    says that the marks are single ones.
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


def _doubles(
    text: str, start: int, end: int, number: int, *, goes_on: bool, continued: bool = False
) -> list[Quotation]:
    """Pair the double marks of a paragraph, those nested within others left to them."""
    marks = list(_DOUBLE.finditer(text, start, end))
    if continued and marks and marks[0].start() == start:
        # Speech goes on from the paragraph before: who is named within it does not say it.
        found, depth = _paired(text, start, end, number, marks, nested=False)
        if not depth:
            return found
    return _of_marks(text, start, end, number, marks, goes_on=goes_on) if marks else []


def _of_marks(
    text: str, start: int, end: int, number: int, marks: list[re.Match[str]], *, goes_on: bool
) -> list[Quotation]:
    """Pair the double marks given; where pairing them fails, end at «, said Ann Moss» within."""
    found, depth = _paired(text, start, end, number, marks, nested=True)
    if depth > 1 or (depth and len(marks) > 1 and not goes_on):
        split = _ended_inside(text, marks[0].start(), marks[0].end(), marks[1].start(), number)
        if split is not None:
            return [split, *_paired(text, start, end, number, marks[1:], nested=False)[0]]
        found, depth = _paired(text, start, end, number, marks, nested=False)
    if depth and not goes_on:
        last = found[-1]
        found[-1] = _ended_inside(text, last.start, last.inner, end, number) or last
    return found


def _ended_inside(text: str, start: int, inner: int, end: int, number: int) -> Quotation | None:
    """Return a quotation never closed up to the words within it that say who speaks."""
    inside = _CUE_INSIDE.search(text, inner, end)
    if inside is None:
        return None
    return Quotation(start, inner, inside.start() + 1, inside.start() + 1, number)


def _paired(
    text: str, start: int, end: int, number: int, marks: list[re.Match[str]], *, nested: bool
) -> tuple[list[Quotation], int]:
    """Return the outermost pairs of some marks, and how many are left open at the end."""
    found: list[Quotation] = []
    opened: list[re.Match[str]] = []
    for mark in marks:
        sign = mark.group()
        after_space = mark.start() <= start or _space_at(text, mark.start() - 1, -1)
        before_space = mark.end() >= end or _space_at(text, mark.end(), 1)
        if not opened:
            if (
                sign in _OPENING
                or sign in "«»"
                or (not before_space and (sign in _STRAIGHT or after_space))
            ):
                opened.append(mark)
            continue
        closing = _CLOSED_BY.get(opened[-1].group(), _CLOSED_AS_USUAL)
        slipped = sign == "“" and not after_space and before_space
        opens_again = (sign in _OPENING and not slipped) or (
            sign in _STRAIGHT and after_space and not before_space and sign == opened[-1].group()
        )
        if (sign in closing or slipped) and not (nested and opens_again):
            first = opened.pop()
            if not opened:
                found.append(
                    Quotation(first.start(), first.end(), mark.start(), mark.end(), number)
                )
        elif nested and opens_again:
            opened.append(mark)
    if opened:
        first = opened[0]
        found.append(Quotation(first.start(), first.end(), end, end, number, closed=False))
    return found, len(opened)


def _singles(text: str, start: int, end: int, number: int) -> list[Quotation]:
    """Pair single marks in a stretch outside double ones; apostrophes are left alone."""
    found: list[Quotation] = []
    opened = -1
    waiting = -1
    low = False
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        can_open = (before.isspace() or before in _BEFORE_OPENING) and (
            after.isalnum() or after in "[(.…"
        )
        can_close = not before.isspace() and not after.isalnum()
        if mark.group() == "‘" and opened >= 0 and low:
            can_open, can_close = False, True
        elif mark.group() in "‘‚‹":
            can_open, can_close = True, False
        elif mark.group() in "’›":
            can_open = False
        if opened < 0:
            if can_open:
                opened, waiting, low = at, -1, mark.group() == "‚"
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
    if not has_single and _DOUBLE.search(plain) is None:
        return []
    places = paragraphs(plain)
    for number, (start, end) in enumerate(places):
        following = places[number + 1][0] if number + 1 < len(places) else len(plain)
        goes_on = _DOUBLE.match(plain, following) is not None
        continued = bool(found) and not found[-1].closed and found[-1].paragraph == number - 1
        doubles = _doubles(plain, start, end, number, goes_on=goes_on, continued=continued)
        if not has_single:
            found.extend(doubles)
            continue
        outer = _around_doubles(plain, start, end, number, doubles) if doubles else []
        if outer:
            ends = [q.end for q in outer]
            apart = [
                q
                for q in doubles
                if (at := bisect_left(ends, q.end)) == len(ends) or outer[at].start > q.start
            ]
            doubles = sorted([*outer, *apart], key=lambda q: q.start)
        position = start
        for quotation in doubles:
            found.extend(_singles(plain, position, quotation.start, number))
            found.append(quotation)
            position = quotation.end
        found.extend(_singles(plain, position, end, number))
    return found


def _around_doubles(
    text: str, start: int, end: int, number: int, doubles: list[Quotation]
) -> list[Quotation]:
    """Return the quotations in single marks that hold others in double marks, as in ‘… “…” …’."""
    parts: list[str] = []
    position = start
    for quotation in doubles:
        parts += [text[position : quotation.start], "x" * (quotation.end - quotation.start)]
        position = quotation.end
    masked = "".join([*parts, text[position:end]])
    if _SINGLE.search(masked) is None:
        return []
    starts = [quotation.start for quotation in doubles]
    found = []
    for single in _singles(masked, 0, len(masked), number):
        a, b = single.start + start, single.end + start
        first = bisect_left(starts, a)
        holds = first < len(starts) and starts[first] < b
        if holds and text[b - 2] in _WHOLE:
            found.append(Quotation(a, a + 1, b - 1, b, number, single=True))
    return found


def inner_quotations(text: str, outer: Quotation) -> list[Quotation]:
    r"""Return the quotations inside a quotation: in the other kind of marks, or nested in its own.

    Examples
    --------
    >>> text = "\"They call it 'the box' here,\" he said."
    >>> [text[q.start : q.end] for q in inner_quotations(text, quotations(text)[0])]
    ["'the box'"]
    """
    a, b, number = outer.inner, outer.outer, outer.paragraph
    doubles = _doubles(text, a, b, number, goes_on=False)
    if outer.single:
        return doubles
    inside = [quotation for quotation in doubles if quotation.closed]
    return sorted([*_singles(text, a, b, number), *inside], key=lambda q: q.start)
