"""Plain transcripts: which openings of lines are a speaker's, by all the file has of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from analysis.errors import AnalysisError
from analysis.readers import dates, long_forms, times, unmarked
from analysis.readers.labels import LINE, Opening, Shape, is_role, openings, shape_of
from analysis.readers.line_numbers import without_line_numbers
from analysis.readers.notices import heads_extract, is_notice
from analysis.text.document import Document, from_spans

_SHOWN = 8
_NOTE = re.compile(
    r"[ \t]*(?:\([^()\r\n]{1,200}\)|\[[^\[\]\r\n]{1,200}\]"
    r"|BY (?:M[RS]|MRS|DR)\. [^\r\n:]{1,40}:|-{5,}[^\r\n]{0,60}?-{5,})\.?[ \t]*"
)
_ASKED = re.compile(r"^([QA])\d{1,3}$")
_CAST = 4
_FEW = 0.6
_LOOKED_AT = 4000
_DISTINCT = 0.8
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।")
_VALUE = re.compile(r"(?:https?://\S+|\d[\d./:, -]*)[ \t]*$", re.MULTILINE)


class Labels(NamedTuple):
    """The openings of a text that are speakers', and how often others were read as speech."""

    found: list[Opening]
    passed: Counter[str]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the report says of the others."""
        if not self.passed:
            return ()
        shown = ", ".join(f"{label!r} {n}" for label, n in self.passed.most_common(_SHOWN))
        more = len(self.passed) - _SHOWN
        count = self.passed.total()
        return (
            f"{count} line{'s' if count > 1 else ''} that open{'' if count > 1 else 's'} like a "
            f"speaker's label read as text: {shown}" + (f" and {more} more" if more > 0 else ""),
        )


@lru_cache(maxsize=1)  # a file is judged by its labels, then read by them
def labels_in(text: str, *, spoken: bool = False) -> Labels:
    r"""Return the openings of lines that are speakers' labels.

    A file is a transcript when two lines at least open with a clear label, or four with names of
    which some come back; and when labels open one in twenty of its lines. Then clear labels
    (capitals, titles, roles, times beside them) all count, names when they come back or when half
    of all lines or paragraphs open with one. Names of fields never count.

    Parameters
    ----------
    text : str
    spoken : bool
        Whether the file's form says that it is speech: one name is then enough.

    Examples
    --------
    >>> [found.label for found in labels_in("MR. LITT: Yes.\n\nMs Brand: No.\n").found]
    ['MR. LITT', 'Ms Brand']
    >>> labels_in("Note: this is prose.\nPrivacy: this too.\n")
    Labels(found=[], passed=Counter({'Note': 1, 'Privacy': 1}))
    """
    found = _marked(text, spoken=spoken)
    if not found.found and (others := unmarked.openings(text)):
        return Labels(others, Counter())
    return found


def _marked(text: str, *, spoken: bool) -> Labels:
    every = list(_questions_answered(_said_once(text, list(openings(text)))))
    if not every:
        return Labels([], Counter())
    lines, blocks = _lines_and_blocks(text)
    # In captions all in capitals each line looks like a name.
    shouted = spoken and text[:_LOOKED_AT].isupper()
    cast = set() if shouted else _cast(text, every, blocks)
    some = [one for one in every if one.shape > Shape.FIELD and one.start not in cast]
    sure = _said_after(text, some, lines)
    some = [one for one in some if not one.bare or one.label in sure]
    # A label may have the line for itself, and what is said the next.
    alone = sum(not LINE.match(text, one.said) for one in some)
    told = _Told(some, len(lines) - alone, blocks)
    listed = not spoken and _is_list(text, some)
    if listed:
        found = []
    elif told.is_transcript(spoken):
        found = [one for one in some if told.is_label(one)]
    else:
        found = [one for one in some if one.shape > Shape.LOOSE] if _is_short(text, told) else []
    aside = cast | {one.start for one in found}
    passed = Counter(
        one.label
        for one in every
        if one.start not in aside and one.shape != Shape.LOOSE and not one.bare
    )
    return Labels(found, passed)


class _Told:
    """What all the openings of a file say together."""

    def __init__(self, some: list[Opening], lines: int, blocks: list[tuple[int, int]]):
        self.some = some
        known = long_forms.people(one.label for one in some)
        self.names = {label: who for label, (who, _) in known.items()}
        self.counts = Counter(map(self.name, some))
        self.lines = lines
        named = [one for one in some if one.shape > Shape.LOOSE or one.timed]
        opened = {one.start for one in named}
        self.first = min(opened, default=-1)
        heads = sum(start in opened for start, _ in blocks) / max(1, len(blocks))
        self.dense = len(named) >= 0.5 * self.lines or (len(blocks) > 1 and heads >= 0.5)
        self.rare = len(some) < self.lines / 20 and (len(blocks) < 5 or heads < 0.1)
        self.share = len(some) / max(1, self.lines)
        self.loose = len(some) >= 0.5 * self.lines
        self.clear = [one for one in some if self._is_clear(one)]

    def name(self, one: Opening) -> str:
        """Return who it is that a label names, in the form that is plainest."""
        return self.names.get(one.label) or _ASKED.sub(r"\1", one.label)

    def _is_clear(self, one: Opening) -> bool:
        return one.shape == Shape.CLEAR or (one.timed and one.shape > Shape.LOOSE)

    def is_transcript(self, spoken: bool) -> bool:
        """Return whether the openings are those of a transcript, and no list's or glossary's."""
        named = [one for one in self.some if one.shape > Shape.LOOSE]
        distinct = {self.name(one) for one in named}
        if spoken:
            return bool(self.clear or (named and (self.dense or len(distinct) < len(named))))
        if self.rare:
            return False
        pairs = {"Q", "A"} <= distinct or {"I", "B"} <= distinct
        if len(self.clear) >= 2 or (pairs and len(named) >= 2):
            several = len({self.name(one) for one in self.clear}) > 1
            comes_back = len(distinct) < len(named)
            sure = any(_is_sure(one) for one in self.clear)
            if comes_back or (several and (sure or self.share >= 1 / 3)) or pairs:
                return True
        sure = self.share >= 0.75 and all(one.shape >= Shape.NAME for one in named)
        if len(named) >= (3 if sure else 4) and 2 <= len(distinct) < len(named):
            return True
        every = {self.name(one) for one in self.some}
        return self.loose and len(self.some) >= 4 and 2 <= len(every) < len(self.some) - 1

    def is_label(self, one: Opening) -> bool:
        """Return whether an opening of a transcript is a speaker's."""
        count = self.counts[self.name(one)]
        if self._is_clear(one):
            return True
        if one.shape == Shape.LOOSE:
            known = count > 1 and (one.timed or self.loose)
            # Above the first who is named stand fields: "Audio source: …"
            return known or (self.loose and self.share >= 0.8 and one.start > self.first)
        if self.dense:
            return count > 1 or one.shape == Shape.NAME or self.share >= 0.5
        return count >= (3 if one.shape == Shape.SINGLE else 2)


def _is_short(text: str, told: _Told) -> bool:
    """Return whether a few lines are a talk: a role among names, or all named above as present.

    What is said has to be sentences, so that no form or glossary is taken for one.
    """
    named = [one for one in told.some if one.shape > Shape.LOOSE]
    who = {told.name(one) for one in named}
    whole = all(one.shape >= Shape.SHORT and not _unsaid(text, one) for one in named)
    if len(who) < 2 or not whole or told.rare:
        return False
    if told.share >= _FEW and any(_is_sure(one) or is_role(one.label) for one in told.clear):
        return True
    above = text[max(0, named[0].start - _LOOKED_AT) : named[0].start]
    full = all(one.shape >= Shape.NAME for one in named)
    return full and any(all(name in line for name in who) for line in above.splitlines())


def _is_sure(one: Opening) -> bool:
    """Return whether a label needs no other to be believed: a time, a title, a role, two words."""
    return one.timed or " " in one.label or not one.label.isupper()


def _said_once(text: str, every: list[Opening]) -> list[Opening]:
    """Join openings of one turn, whose name Teams gives twice, with nothing but times between."""
    found: list[Opening] = []
    for one in every:
        last = found[-1] if found else None
        if last and last.bare and last.timed and one.timed and last.label == one.label:
            between = text[last.said : one.start]
            if not times.without(between).strip():
                found[-1] = one._replace(start=last.start)
                continue
        found.append(one)
    return found


def _questions_answered(every: list[Opening]) -> Iterator[Opening]:
    """Leave out ``Q.`` and ``A.`` where they open no questions and answers but a list."""
    asked = Counter(one.label for one in every if one.bare and one.label in {"Q", "A"})
    for one in every:
        if not (one.bare and one.label in asked) or asked["Q"] >= 2:
            yield one


def _lines_and_blocks(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Return where the lines with words begin, and the first and last of each paragraph."""
    lines: list[int] = []
    blocks: list[tuple[int, int]] = []
    end = -1
    for line in LINE.finditer(text):
        if not line[0].strip() or times.ALONE.fullmatch(line[0]) or heads_extract(line[0]):
            continue
        lines.append(line.start())
        parted = end < 0 or text.count("\n", end, line.start()) != 1
        parted = parted and text[end : line.start()] not in {"\r", "\r\n"}
        if parted or not blocks:
            blocks.append((line.start(), line.start()))
        else:
            blocks[-1] = (blocks[-1][0], line.start())
        end = line.end()
    return lines, blocks


def _cast(text: str, every: list[Opening], blocks: list[tuple[int, int]]) -> set[int]:
    """Return the openings that stand in a list of fields or of those present, above the talk."""
    counts = Counter(one.label for one in every)
    found: set[int] = set()
    for first, last in blocks[:3] if len(blocks) > 1 else []:
        here = [one for one in every if first <= one.start <= last]
        lines = sum(1 for line in LINE.finditer(text, first, last + 1) if line[0].strip())
        if not here or len(here) < lines - 1 or any(counts[one.label] > 1 for one in here):
            continue
        fields = sum(one.shape == Shape.FIELD or _is_value(text, one) for one in here)
        if 2 * fields >= len(here) or all(
            one.shape == Shape.FIELD or _is_value(text, one) or _names_someone(text, one)
            for one in here
        ):
            found |= {one.start for one in here}
    return found


def _unsaid(text: str, one: Opening) -> str:
    """Return what stands behind a label, where it is a few words and no sentence."""
    line = LINE.match(text, one.said)
    told = line[0].strip() if line else ""
    return told if len(told.split()) <= _CAST and not told.endswith(_SENTENCE_ENDS) else ""


def _names_someone(text: str, one: Opening) -> bool:
    return shape_of(_unsaid(text, one)) >= Shape.NAME


def _is_value(text: str, one: Opening) -> bool:
    """Return whether an address, a number or a date is all that stands behind a label."""
    return bool(_VALUE.match(text, one.said))


def _is_list(text: str, some: list[Opening]) -> bool:
    """Return whether openings are those of an agenda or a form: hardly one comes back or speaks."""
    distinct = len({one.label for one in some})
    return distinct >= _DISTINCT * len(some) and all(_unsaid(text, one) for one in some)


def _said_after(text: str, some: list[Opening], lines: list[int]) -> set[str]:
    """Return the labels without a colon that come back, or of which all have words under them."""
    bare = [one for one in some if one.bare]
    if not bare:
        return set()
    opened = {one.start for one in some}
    after = dict(pairwise(lines))
    spoken = sum(
        bool(LINE.match(text, one.said)) or after.get(one.start, one.start) not in opened
        for one in bare
    )
    if spoken < 0.8 * len(bare):
        return set()
    counts = Counter(one.label for one in some)
    coming_back = len(counts) < counts.total()
    return {
        one.label for one in bare if counts[one.label] > 1 or coming_back or one.shape >= Shape.NAME
    }


def read_text(document: str, text: str, where: str = "", *, spoken: bool = False) -> Document:
    r"""Read a plain transcript, whose turns open with a speaker's label at the start of a line.

    Parameters
    ----------
    document : str
        Identifier of the document.
    text : str
        The file as read. Times within speech are left out of it; without any, every offset
        counts in it.
    where : str, optional
        The file, for the error message.
    spoken : bool
        Whether the file's form says that it is speech (:func:`labels_in`).

    Returns
    -------
    analysis.text.document.Document
        What stands before the first label is narration; then one utterance per turn, the label
        between ``start`` and ``body``. A note in brackets on a line of its own is in no body.

    Raises
    ------
    AnalysisError
        If no line opens with a label.

    Examples
    --------
    >>> made = read_text("d", "A hearing.\nMR. LITT: Yes.\nMS. BRAND: No.\n")
    >>> made.utterances[["start", "body", "end", "label"]].values.tolist()
    [[0, 0, 11, ''], [11, 21, 26, 'MR. LITT'], [26, 37, 41, 'MS. BRAND']]
    """
    text = without_line_numbers(text)
    labels = labels_in(text, spoken=spoken)
    if not labels.found:
        raise AnalysisError(
            where or document, "no line opens with a speaker's label", "lines as 'MR. LITT: …'"
        )
    first = labels.found[0].start
    front = text[:first].splitlines()
    pieces = list(_pieces(text, labels.found))
    spans, parts, position = [], [], 0
    for label, printed, said in [("", "", times.without(text[:first])), *pieces]:
        end = position + len(printed) + len(said)
        if printed or said:
            mode = "turn" if label else "narration"
            spans.append((position, position + len(printed), end, label, label, mode))
            parts += [printed, said]
        position = end
    metadata = {"kind": "transcript", **dates.first_date(front)}
    made = long_forms.merged(from_spans(document, "".join(parts), spans, metadata))
    return Document(document, made.text, made.columns, made.metadata, labels.notes)


def _pieces(text: str, found: list[Opening]) -> Iterator[tuple[str, str, str]]:
    """Yield label, what is printed before the words, and the words, times left out."""
    ends = [*(one.start for one in found[1:]), len(text)]
    for one, end in zip(found, ends, strict=True):
        place = min(one.said, end)
        printed, noted = text[one.start : place], False
        for line in LINE.finditer(text, place, end):
            added = _NOTE.fullmatch(line[0]) or is_notice(line[0])
            if not added or line.start() == one.said:
                continue
            said = times.without(text[place : line.start()])
            if said.strip():
                yield one.label, printed, said
                printed, noted = line[0], True
            else:
                printed += said + line[0]
            place = line.end()
        said = times.without(text[place:end])
        if said.strip() or not noted:
            yield one.label, printed, said
        else:
            yield "", printed + said, ""
