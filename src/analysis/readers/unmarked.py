"""Labels without a colon, which only the whole of a file shows: ``[ADA] …``, ``INT<tab>…``.

One form opens half of the lines or paragraphs of such a file, with two labels at least that come
back; in any other file the same marks are a note, a heading or a pause, and nothing is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

from analysis.readers import columns, long_forms, times
from analysis.readers.labels import (
    LINE,
    Opening,
    Shape,
    has_role,
    is_role,
    shape_of,
    without_asides,
)

# An aside in brackets is part of the label, whatever stands in it.
_ASIDE = r"\([^()\r\n]{1,80}\)"
_NAME = rf"(?P<label>[^\W\d][^\r\n:;|–—(]{{1,59}}?(?:{_ASIDE}(?:[ ]?{_ASIDE})?)?)"
_WRITTEN = (
    # <ada> Who reads it?   [ADA] Who reads it?   (Ada) Who reads it?
    (r"[ \t]*<(?P<label>[^<>\r\n]{1,50})>[ \t]+", Shape.LOOSE),
    (
        (
            r"[ \t]*(?:\*\*)?(?:\[(?P<label>[^\[\]\r\n]{1,50})\]|\((?P<name>[^()\r\n]{1,50})\))"
            r"(?:\*\*)?[ \t]+"
        ),
        Shape.SINGLE,
    ),
    (r"[\"“«](?P<label>[^\"”»\r\n]{1,50})[\"”»][ ]?:[ \t]+", Shape.SINGLE),
    (r"[ \t]*[【〔［](?P<label>[^【】〔〕［］\r\n]{1,50})[】〕］][ \u3000]*", Shape.SINGLE),
    # ○田中君　だれが
    (
        r"[ \t]*[○〇◯◎●◆◇][ \u3000]?(?P<label>[^\s○]{1,40}?)(?:[ \u3000]+|[:：][ \u3000]*)",
        Shape.SINGLE,
    ),
    # 12  Ada: Who reads it?   1: Who reads it?
    (r"[ \t]*\d{1,5}[.)]?[ \t]+(?P<label>[^\s:][^:\r\n]{0,49}):[ \t]+", Shape.SINGLE),
    (r"[ \t]*(?P<label>\d{1,2}):[ \t]+", Shape.NONE),
    # Ada Arden 00:00:03 Who reads it?   00:00:03 | Ada Arden | Who reads it?
    (
        rf"(?P<label>[^\W\d][^\r\n:()\[\]]{{1,49}}?)(?:[ \t]+{times.CLOCK}){{1,3}}[ \t]+",
        Shape.SINGLE,
    ),
    (rf"\|?[ \t]*(?:{times.MARK}[ \t]*\|[ \t]*)?{_NAME}[ \t]*\|[ \t]*", Shape.SINGLE),
    # INT<tab>Who reads it?   Ada; Who reads it?   Ada:- Who reads it?   Ada= Who reads it?
    (r"(?P<label>[^\s:][^\t\r\n:]{0,39}?)(?:[ ]?\[\w{1,12}\])?\t+", Shape.SINGLE),
    (rf"{_NAME}(?:;|:[-–—]+|[ ]?=)[ \t]+", Shape.SINGLE),
    # Ada - Who reads it?   Mme la présidente. – Who reads it?   PRESIDENTE. Who reads it?
    (rf"{_NAME}\.[ \u00a0]?[–—][ \u00a0]?", Shape.SINGLE),
    # P.- ¿Quién lee?   PREGUNTA.- ¿Quién lee?
    (r"[ \t]*(?P<label>[^\W\d][^\r\n:;|–—(.]{0,49})\.[ ]?[-–—]{1,2}[ \u00a0]?", Shape.SINGLE),
    (rf"{_NAME}(?:[ ][-–—]|[ \u00a0]?[–—])[ \u00a0]", Shape.SINGLE),
    # ..., or a name with initials behind it: Иванов И. И. Who reads it?
    (
        (
            r"[ \t]*(?:(?P<name>[^\W\d_][\w’'-]+[ ][^\W\d_]\.[ ]?[^\W\d_]\.)"
            r"|(?P<label>(?:(?:M[rR]s?|M[sS]|D[rR]|MRS|M|Mme|Sr|Sra)\.[ ])?"
            r"[^\W\d][^\r\n.:]{1,49}?)\.)[ \t]+"
        ),
        Shape.CLEAR,
    ),
)
# P. ¿Quién la lee?   R. Nadie.   Q - Qui la lit ?   R - Personne.
_ASKED = re.compile(r"[ \t]*(?P<label>[^\W\d_])(?:\.[-–—]*|[ ]?[-–—])[ \t\u00a0]+(?=\S)")
_PAIRS = frozenset(("PR", "DR", "QR", "QA", "FA", "FS", "VA", "SC", "KV", "PO", "ВО", "ПВ"))
"""A question's letter and an answer's, in many languages: pregunta, respuesta; Frage, Antwort."""
_FORMS = tuple((re.compile(rf"{form}(?=\S)"), least) for form, least in _WRITTEN)
_PARLIAMENT = next(form for form, _ in _FORMS if r"\.[ \u00a0]?[–—]" in form.pattern)
_ALONE = re.compile(
    r"[ \t\u00a0\u3000]*(?:\#{1,6}[ ]|\*\*)?"
    r"(?P<stamp>\[[^\[\]\r\n]{0,20}\d:\d\d[^\[\]\r\n]{0,8}\][ \t]*)?"
    r"(?P<label>[^\W\d][^\r\n:?!,;—]{1,49}?)(?:\*\*)?"
    r"(?P<when>[ \t]*[—–-][ \t]*[^\r\n]{0,20}\d:\d\d(?:[ ]?[APap][Mm])?)?[ \t]*"
)
_BULLET = re.compile(r"[ \t]*[-*+•][ \t]")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_LOOKED_AT = 60
_LEAST = 4
_COMING_BACK = 0.8


def openings(text: str) -> list[Opening]:
    r"""Return the openings of lines in the form that half of the lines or paragraphs have.

    Examples
    --------
    >>> [one.label for one in openings("<ada> Who?\n<tom> No.\n<ada> Why?\n<tom> So.\n")]
    ['ada', 'tom', 'ada', 'tom']
    >>> openings("[applause] Thank you.\nWe met.\n[laughter] No.\nThat is all.\n")
    []
    """
    for form, least in _FORMS:
        some = list(islice(_in_form(text, form, least), _LOOKED_AT))
        # A full stop and a dash is the mark of parliaments, where many speak once.
        back = _COMING_BACK / 2 if form is _PARLIAMENT or _is_chaired(some) else _COMING_BACK
        if _is_used(some, text, back=back):
            return _without_header(text, _coming_back(list(_in_form(text, form, least))))
    some = list(islice(_in_form(text, _ASKED, Shape.SHORT), _LOOKED_AT))
    if _is_used(some, text) and _are_asked([one.label for one in some if one]):
        return [one for one in _in_form(text, _ASKED, Shape.SHORT) if one]
    some = list(islice(_alone(text), _LOOKED_AT))
    # In a call or a panel, told by the roles beside the names, many speak once.
    named = [one for one in some if one]
    roles = sum(has_role(one.label) for one in named)
    back = _COMING_BACK / 2 if 2 * roles >= len(named) else _COMING_BACK
    return _coming_back(list(_alone(text))) if _is_used(some, text, back=back) else []


def _is_chaired(some: list[Opening | None]) -> bool:
    """Return whether a role in capitals comes back among names in capitals: ``PRESIDENTE.``."""
    counts = Counter(one.label for one in some if one)
    roles = any(count > 1 and is_role(label) for label, count in counts.items())
    return roles and all(label.isupper() for label in counts)


def _are_asked(labels: list[str]) -> bool:
    """Return whether letters are those of questions and answers, which take turns."""
    first = labels[0]
    other = next((label for label in labels if label != first), "")
    turns = sum(one != after for one, after in pairwise(labels))
    paired = {first, other} == set(labels) and first + other in _PAIRS
    return paired and turns >= _COMING_BACK * (len(labels) - 1)


def _without_header(text: str, found: list[Opening]) -> list[Opening]:
    """Leave out the first row of a table, which names its columns."""
    line = LINE.match(text, found[0].said) if found else None
    if line is None or not columns.find("speaker", [found[0].label]):
        return found
    return found[1:] if columns.find("text", [line[0].strip()]) else found


def _in_form(text: str, form: re.Pattern[str], least: Shape) -> Iterator[Opening | None]:
    """Yield for each line with words its opening, none where it does not open in this form."""
    for line in LINE.finditer(text):
        if not line[0].strip():
            continue
        found = form.match(text, *line.span())
        label = " ".join((found[found.lastgroup or 0] if found else "").split())
        shape = shape_of(label) if label else Shape.NONE
        if least == Shape.CLEAR and found and found.lastgroup == "name" and shape == Shape.NAME:
            shape = least
        if found is None or shape < least:
            yield None
        else:
            yield Opening(line.start(), found.end(), label, shape, False, True)


def _alone(text: str) -> Iterator[Opening | None]:
    """Yield for each paragraph the name that is its first line, none where there is no such.

    A name may also be a paragraph alone, above the one that is said.
    """
    end = -1
    # Where no line is empty, as in a DOCX, each is a paragraph.
    spaced = bool(_EMPTY_LINE.search(text.strip()))
    name: re.Match[str] | None = None
    timed = under = False
    for line in LINE.finditer(text):
        if not line[0].strip():
            continue
        breaks = text.count("\n", end, line.start()) if end >= 0 else 0
        parted = breaks != 1 or not spaced
        if parted and times.ALONE.fullmatch(line[0]):
            timed = True
            continue
        made = (
            _named(text, name, line, timed=under) if name is not None and breaks in {1, 2} else None
        )
        if name is not None:
            yield made
        # A time above a name is as good as one beside it.
        name, under = (line, timed) if parted and not made else (None, False)
        timed = False
        end = line.end()
    if name is not None:
        yield None


def _named(text: str, name: re.Match[str], line: re.Match[str], *, timed: bool) -> Opening | None:
    """Return the opening that a line is above what is said in the next, none if it is no name."""
    found = _ALONE.fullmatch(name[0])
    label = " ".join(found["label"].split()) if found else ""
    stamped = bool(found and (found["stamp"] or found["when"]))
    stamped = stamped or (timed and shape_of(label) > Shape.LOOSE)
    shape = Shape.NAME if stamped else shape_of(label) if label else Shape.NONE
    if shape < Shape.NAME or _BULLET.match(text, line.start()):
        return None
    return Opening(name.start(), line.start(), label, shape, stamped, True)


def _is_used(some: list[Opening | None], text: str, *, back: float = _COMING_BACK) -> bool:
    found = [one for one in some if one]
    # A time beside each name is as good as names that come back.
    timed = all(one.timed for one in found)
    if len(found) < (2 if timed else _LEAST):
        return False
    known = long_forms.people(one.label for one in found)
    counts = Counter(known.get(one.label, (without_asides(one.label).strip(),))[0] for one in found)
    again = sum(count for count in counts.values() if count > 1)
    if len(counts) < 2 or (again < back * len(found) and not timed):
        return False
    # Half of the lines, or of what stands between empty lines up to the last of those looked at.
    last = max(one.start for one in found)
    blocks = 1 + len(re.findall(r"\n[ \t\r]*\n(?=[ \t\r]*\S)", text[: last + 1]))
    return len(found) >= 0.5 * min(len(some), max(blocks, _LEAST))


def _coming_back(every: list[Opening | None]) -> list[Opening]:
    found = [one for one in every if one]
    counts = Counter(one.label for one in found)
    return [one for one in found if counts[one.label] > 1 or one.shape >= Shape.NAME]
