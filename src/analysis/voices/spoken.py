"""The words of a sentence that are a voice's own, whatever stands between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from analysis.voices.english.cues import VERBS
from analysis.voices.quotation_marks import Quotation

_REPORTING = "|".join(
    sorted(form for form, verb in VERBS.items() if verb.clause and verb.form in ("past", "third"))
)
_FILLERS = (
    r"you know|I mean|sort of|kind of|frankly|quite (?:frankly|honestly)|if you will|of course"
    r"|so to speak|as it were|in (?:fact|effect|practice|truth|reality)|at least|to be clear|again"
    r"|as far as I (?:know|can (?:see|tell))"
)
_PLAIN = (
    r"\s(?:for (?:one|a) (?:moment|minute|second)|very much|quite frankly|yesterday"
    r"|(?:late |early )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: \w+ing| night)?)(?=\s)"
)
_UNMARKED = re.compile(_PLAIN)
"""«For one moment», «on Monday»: what is inserted without a comma."""
_INSERTED = re.compile(
    rf"(?<=never),\sever(?=\s)|,\s(?:{_FILLERS}),(?=\s)|{_PLAIN}|"
    r",\s(?:and|or|nor)\s(?:there\s)?(?:(?:has|have|had|is|was|are|were) never"
    r"|never (?:has|have|had|will|was|were|would)"
    r"|will|would|do|does|did|can|could|shall|should)\s(?:\w+\s){0,3}?\w+,(?=\s)|"
    r",\s(?!and\b|or\b|but\b|which\b|who\b|if\b|not\b)(?:as )?(?:[\w.'’-]+\s){1,8}?"
    rf"(?:{_REPORTING}|went on|goes on)(?:\s(?!that\b|not\b|no\b"
    rf"|in\s\w+ing\b)[\w'’-]+){{0,4}},(?=\s)"
)
"""«, Ms Moss said,» or «for one moment» within a sentence."""
_REPAIR = re.compile(
    r"(?<![\w'’-])(?P<said>[\w'’-]+(?: [\w'’-]+){0,4}),?(?: ?--+ ?| ?[—–] ?)"
    r"(?=(?P=said)(?![\w'’-]))",
    re.IGNORECASE,
)
"""«You don't -- you don't», as transcripts print what is said twice."""
_DASH = re.compile(r"--|[—–]")
BETWEEN = 120
"""Characters up to which who speaks may stand between the parts of a quotation."""


def outer_at(quotes: Sequence[Quotation], start: int) -> Sequence[Quotation]:
    """Return the outer quotation that may hold a place, in a sequence of one or none."""
    index = bisect_right(quotes, start, key=lambda quotation: quotation.start) - 1
    return quotes[index : index + 1] if index >= 0 else ()


def own_words(
    text: str, around: tuple[int, int], quotes: Sequence[Quotation], start: int
) -> tuple[int, int]:
    """Return a sentence without the «, said Ann Moss» after or the «Ann Moss said:» before it."""
    begin, stop = around
    outer = next(iter(outer_at(quotes, start)), None)
    if outer is None or outer.end <= start:
        return around
    if not text[begin : outer.start].strip() and text[outer.outer - 1 : outer.outer] in (
        ",",
        "!",
        "?",
        ".",
    ):
        stop = max(start, min(stop, outer.outer))
    led = text[max(begin, outer.start - 2) : outer.start].rstrip().endswith((",", ":"))
    if led and text[outer.inner : outer.inner + 1].isupper():
        begin = max(begin, outer.inner)
    return begin, stop


def join(
    text: str, around: tuple[int, int], quotes: Sequence[Quotation], start: int
) -> tuple[tuple[int, int], str | None]:
    """Return «"The idea," Ann Moss said, "that we spy is absurd"» as one sentence of hers.

    The characters it covers, and their text with blanks for what is not hers; nothing where the
    quotation is not cut in two by who speaks.
    """
    index = bisect_right(quotes, start, key=lambda quotation: quotation.start) - 1
    if index < 1:
        return around, None
    first, second = quotes[index - 1], quotes[index]
    inside = second.start <= start < second.end
    between = text[first.end : second.start]
    cut = text[first.inner : first.outer].rstrip().endswith(",") or between.startswith(",")
    goes_on = text[second.inner : second.inner + 1].islower()
    if not (inside and cut and goes_on) or len(between) > BETWEEN or "\n\n" in between:
        return around, None
    head = text[first.inner : first.outer].rstrip().rstrip(",")
    blank = " " * (second.inner - first.inner - len(head))
    stop = min(around[1], second.outer)
    return (first.inner, stop), head + blank + text[second.inner : stop]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def without_insertions(sentence: str) -> str:
    """Return a sentence with blanks for «, Ms Moss said,», «for one moment», «I do -- I do»."""
    said = (_INSERTED if "," in sentence else _UNMARKED).sub(_blank, sentence)
    return _REPAIR.sub(_blank, said) if _DASH.search(said) else said
