"""Transcripts of hearings and courts on numbered pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analysis.errors import AnalysisError
from analysis.readers import dates
from analysis.readers.field_names import is_field
from analysis.readers.layout import join, numbered_cells
from analysis.readers.pdf import Line, Page
from analysis.text.document import Document, from_turns

_TITLE = (
    r"(?:M[RS]S?|DR|PROF(?:ESSOR)?|HON|JUDGE|JUSTICE|THE|SENATOR|SEN|REP(?:RESENTATIVE)?"
    r"|CHAIR(?:MAN|WOMAN|PERSON)?|SECRETARY|DIRECTOR|GENERAL|COMMISSIONER|AMBASSADOR)"
)
# The capitals of Latin, Greek and Cyrillic.
_CAPITAL = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x530)) if c.isupper())
_SURNAME = rf"(?:(?:Mc|Mac|De|Van|O['’])?[{_CAPITAL}][{_CAPITAL}'’\-]*\.?)"
_AFTER = r"(?:\s+(?:NO\.?\s*|#)?\d{1,3}|\s+\([^()]{1,40}\))?"
LABEL = re.compile(
    rf"(?P<label>{_TITLE}\.?,?\s*{_SURNAME}(?:\s+{_SURNAME}){{0,3}}{_AFTER}\s*(?=[:;])"
    rf"|{_SURNAME}(?:\s+{_SURNAME}){{0,4}}{_AFTER}\s*(?=:))[:;](?=\s|$)\s*"
)
"""A speaker's label at the start of a paragraph: capitals and a colon."""

_MIXED = re.compile(
    rf"(?P<label>(?:Mr|Mrs|Ms|Dr)\.?\s+[{_CAPITAL}][\w'’\-]+(?:\s+[{_CAPITAL}][\w'’\-]+)?):"
    r"(?=\s|$)\s*"
)
_TITLED = re.compile(rf"{_TITLE}\b")
_NOTE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?$")
_SENTENCE_END = re.compile(r"(?:[.?!:)\]]|--|[.?!]['\"’”])$")
_INDEX_ENTRY = re.compile(r"\d+:\d+")
_END = re.compile(
    r"(?:[A-Z'’]+ ){0,2}C ?E ?R ?T ?I ?F ?I ?C ?A ?T ?(?:E|I ?O ?N)(?: OF [A-Z' -]+)?$"
    r"|I, .{0,60}\bcertify\b"
    r"|I (?:do )?(?:hereby )?certify that the (?:foregoing|above|proceedings|transcript)"
)
_NEVER = re.compile(r"(?:BY|RE|NOTE|APPEARANCES|PRESENT|ALSO PRESENT|BEFORE|ATTENDEES)\b")
_INDENT = 8.0


class Turn(NamedTuple):
    """One turn as printed: its label and its paragraphs."""

    label: str
    paragraphs: list[str]


def is_transcript(pages: list[Page]) -> bool:
    """Return whether line-numbered pages carry speakers' labels as a transcript does."""
    labels = Counter(
        match["label"]
        for page in pages
        for cell in numbered_cells(page)
        for row in cell
        if (match := LABEL.match(row.text))
    )
    return labels.total() >= 3 and len(labels) >= 2


def read_pdf(document: str, pages: Iterable[Page], where: str = "") -> Document:
    """Read the pages of a hearing's or a court's transcript.

    Speech begins at the first speaker's label and ends at the certificate or the word index.
    Line numbers, running heads and feet, headings and the reporter's notes in brackets on lines
    of their own are left out.

    Parameters
    ----------
    document : str
        Identifier of the document.
    pages : iterable of analysis.readers.pdf.Page
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        One utterance per turn, paragraphs on lines of their own.

    Raises
    ------
    AnalysisError
        If no speaker's label stands on any numbered page.
    """
    cells, front = _cells(pages)
    rows = [row for cell in cells for row in cell]
    if not rows:
        raise AnalysisError(where or document, "no page with numbered lines", "a transcript")
    found = list(turns(rows, _margin(rows)))
    if not found:
        raise AnalysisError(
            where or document, "no speaker's label on its numbered pages", "lines as 'MR. LITT: …'"
        )
    return from_turns(
        document,
        ((turn.label, "\n".join(turn.paragraphs)) for turn in found),
        {"kind": "transcript", **dates.first_date(front)},
    )


def _margin(rows: list[Line]) -> float:
    """Return the leftmost place where one row in twenty begins."""
    places = Counter(2 * round(row.x / 2) for row in rows)
    common = [place for place, count in places.items() if count >= len(rows) / 20]
    return min(common or places)


def _cells(pages: Iterable[Page]) -> tuple[list[list[Line]], list[str]]:
    cells: list[list[Line]] = []
    front: list[str] = []
    for page in pages:
        if page.number <= 2:
            front.extend(line.text for line in page.lines)
        here = numbered_cells(page)
        for cell in here:
            end = next((n for n, row in enumerate(cell) if _END.match(row.text)), None)
            cells.append(cell[:end])
            if end is not None:
                return cells, front
        entries = sum(1 for line in page.lines if _INDEX_ENTRY.search(line.text))
        if cells and not here and entries > 0.3 * len(page.lines):
            break
    return cells, front


def turns(rows: Iterable[Line], margin: float) -> Iterator[Turn]:
    """Yield the turns of a transcript's rows; a row indented beyond ``margin`` opens a paragraph.

    Parameters
    ----------
    rows : iterable of analysis.readers.pdf.Line
    margin : float
        Left margin of the text, in points from the line numbers.
    """
    rows = _without_notes(list(rows), margin)
    counts = Counter(match["label"] for row in rows if (match := LABEL.match(row.text)))
    label = ""
    paragraphs: list = []
    for row in rows:
        indented = row.x > margin + _INDENT
        if indented and _is_heading(row.text):
            continue
        opening = LABEL.match(row.text) or (_slip(row.text, counts) if indented else None)
        if opening and _is_label(opening["label"], counts, begun=bool(label) and indented):
            if label:
                yield _turn(label, paragraphs)
            label = " ".join(opening["label"].split())
            said = row.text[opening.end() :]
            paragraphs = [[said]] if said else [[]]
        elif not label:
            continue
        elif indented and paragraphs[-1]:
            paragraphs.append([row.text])
        else:
            paragraphs[-1].append(row.text)
    if label:
        yield _turn(label, paragraphs)


def _slip(text: str, counts: Counter[str]) -> re.Match[str] | None:
    """Match a label typed in mixed case, if the transcript has it in capitals too."""
    found = _MIXED.match(text)
    return found if found and found["label"].upper() in counts else None


def _is_label(label: str, counts: Counter[str], *, begun: bool) -> bool:
    if _NEVER.match(label) or is_field(label):
        return False
    # The list of those present has capitals and colons too; a title or a second use is proof.
    return begun or counts[label] > 1 or bool(_TITLED.match(label))


def _without_notes(rows: list[Line], margin: float) -> list[Line]:
    """Leave out the reporter's notes: brackets that fill whole rows, one or up to four."""
    kept: list[Line] = []
    index = 0
    while index < len(rows):
        after = _end_of_note(rows, index, margin, kept)
        if after == index:
            kept.append(rows[index])
            after += 1
        index = after
    return kept


def _end_of_note(rows: list[Line], index: int, margin: float, kept: list[Line]) -> int:
    if rows[index].text[0] not in "([":
        return index
    indented = rows[index].x > margin + _INDENT
    if not indented and kept and not _SENTENCE_END.search(kept[-1].text):
        return index
    for after in range(index + 1, min(index + 5, len(rows) + 1)):
        if _NOTE.match(" ".join(row.text for row in rows[index:after])):
            closed = after == len(rows) or rows[after].x > margin + _INDENT
            return after if indented or closed else index
    return index


def _is_heading(text: str) -> bool:
    return not any(c.islower() for c in text) and not LABEL.match(text) and len(text) > 3


def _turn(label: str, paragraphs: list[list[str]]) -> Turn:
    joined = (join(lines) for lines in paragraphs)
    return Turn(label, [text for text in joined if text])
