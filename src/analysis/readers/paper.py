"""Papers by one author: testimony, reports, orders, as PDF or as text taken from one.

The result is one utterance of narration without a speaker; a study's catalogue names the author.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.errors import AnalysisError
from analysis.readers import dates, labelled
from analysis.readers.layout import join, mask, running_lines, tidy, vocabulary
from analysis.readers.pdf import Line, Page
from analysis.text.document import Document, from_turns

CASE_HEADER = re.compile(r"\W*Case:?\s*\d+:\d+-\w+-\S+.*\b(?:Doc|Filed|Page)", re.IGNORECASE)
"""The line a federal court stamps on each page."""

_PAGE_NUMBER = re.compile(
    r"[\s\-–—|\[(]*(?P<page>p(?:age|\.)\s*)?(?:(?P<number>\d{1,4})|[ivxlc]{1,7})"
    r"(?P<of>\s*(?:of|/)\s*\d{1,4})?[\s\-–—|\])]*$",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?:[\d.,:%$€£()+\-–]+\s+){4,}[\d.,:%$€£()+\-–]+$")
_LEADER = re.compile(r"(?:[.…·]\s?){4,}\s*(?:[\divxlc]+(?:[,;\s\-–]+[\divxlc]+)*|passim)?[\s.]*$")
_CONTENTS = re.compile(
    r"(?:table\s+of\s+(?:contents|authorities|cases)|contents?)(?:\s*\(?\s*continued\s*\)?)?"
    r"(?:\s+page(?:\(s\)|s)?)?\s*:?$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\S.*\s(?:\d{1,3}|[ivxlc]+)$")
_SENTENCE_END = re.compile(r"[.?!:;][\"'”’)\]]*\d{0,3}$")
_LEAST_LEADERS = 3
_REMNANT = 40
_LEAST_LABELS = 4


class Row(NamedTuple):
    """One line of a page, and whether the layout opens a paragraph with it."""

    text: str
    opens: bool


def read_pdf(document: str, pages: Iterable[Page], where: str = "") -> Document:
    """Read a prose paper from the pages of its PDF.

    Running heads, page numbers, court stamps and tables of contents are left out; footnotes stay
    where they stand. Words broken at a line's end are closed up.

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
    """
    sheets = [[line._replace(text=tidy(line.text)) for line in page.lines] for page in pages]
    rows = [paragraph_rows(lines) for lines in without_furniture(sheets)]
    return compose(document, rows, {}, where)


def read_text(document: str, text: str, where: str = "") -> Document:
    """Read a prose paper from text that was taken from a PDF, with form feeds between pages.

    Returns
    -------
    analysis.text.document.Document
        Its text is the cleaned text, as for a PDF.
    """
    return compose(document, text_rows(text.split("\f")), {}, where)


def without_furniture(sheets: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without running heads and feet, stamps, page numbers, rows of figures."""
    ordered = [sorted(lines, key=lambda line: -line.y) for lines in sheets]
    texts = [[line.text for line in lines] for lines in ordered]
    furniture = furniture_lines(texts)
    return [
        [line for line in sheet if id(line) not in {id(lines[index]) for index in found}]
        for sheet, lines, found in zip(sheets, ordered, furniture, strict=True)
    ]


def furniture_lines(sheets: Sequence[Sequence[str]]) -> list[set[int]]:
    """Return, for each page, the indices of the lines that are not the paper's own text.

    Court stamps and rows of figures anywhere; at the edges of a page what comes back from page to
    page, and numbers that count with the pages.
    """
    running = running_lines(sheets)
    edges = []
    for sheet in sheets:
        filled = [index for index, line in enumerate(sheet) if line]
        edges.append({*filled[:3], *filled[-3:]})
    steps = Counter(
        int(found["number"]) - page
        for page, sheet in enumerate(sheets)
        for index in edges[page]
        if (found := _PAGE_NUMBER.match(sheet[index])) and found["number"]
    )
    counting = {step for step, count in steps.items() if count >= min(3, len(sheets) / 2)}
    return [
        {
            index
            for index, line in enumerate(sheet)
            if CASE_HEADER.match(line)
            or _FIGURES.match(line)
            or (index in edges[page] and (_in_running(line, running, counting, page)))
        }
        for page, sheet in enumerate(sheets)
    ]


def _in_running(line: str, running: set[str], counting: set[int], page: int) -> bool:
    found = _PAGE_NUMBER.match(line)
    if not found:
        return mask(line) in running
    plain = found["number"] and not found["page"] and not found["of"]
    return not plain or int(found["number"]) - page in counting


def paragraph_rows(lines: Sequence[Line]) -> list[Row]:
    """Mark the lines that open a paragraph: after a wide gap, or by their indent."""
    if not lines:
        return []
    margin = Counter(round(line.x / 2) for line in lines).most_common(1)[0][0] * 2
    gaps = [above.y - line.y for above, line in pairwise(lines)]
    usual = statistics.median([gap for gap in gaps if gap > 0] or [0])
    rows = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        indented = line.x > margin + 10 and (above is None or above.x <= margin + 10)
        gap = above is not None and not 0 <= above.y - line.y <= 1.35 * usual
        rows.append(Row(line.text, indented or gap))
    return rows


def text_rows(
    pages: Sequence[str], *, anywhere: bool = False, blank_opens: bool = True
) -> list[list[Row]]:
    """Return the lines of text pages without furniture; an empty line opens a paragraph.

    Parameters
    ----------
    pages : sequence of str
    anywhere : bool
        Whether a running line may stand anywhere on its page, as a firm's name in the margin
        does, provided that it comes back on half of the pages.
    blank_opens : bool
        Whether empty lines part paragraphs; in double-spaced paper they do not.
    """
    sheets = [[tidy(line) for line in page.split("\n")] for page in pages]
    furniture = furniture_lines(sheets)
    everywhere = running_lines(sheets, depth=None, share=0.5) if anywhere else set()
    cleaned = []
    for sheet, dropped in zip(sheets, furniture, strict=True):
        rows: list[Row] = []
        blank = True
        for index, line in enumerate(sheet):
            if index in dropped:
                continue
            if line and mask(line) not in everywhere:
                rows.append(Row(line, blank and blank_opens and bool(rows)))
            blank = not line
        cleaned.append(rows)
    return cleaned


def without_contents(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Leave out tables of contents and of authorities, which would count every heading twice.

    On a page with at least three dot leaders, or with the heading of such a table over lines that
    end in page numbers or come back as headings of later pages: from the heading (or the page's
    top, where the table goes on from the page before; or the first leader) to the last entry, and
    what is left of the page when it is but a remnant.
    """
    uses = Counter(row.text.casefold() for rows in pages for row in rows)
    cleaned: list[list[Row]] = []
    going_on = False
    for rows in pages:
        span = _contents_span(rows, uses, going_on=going_on)
        going_on = span is not None and sum(len(r.text.split()) for r in rows[span[1] :]) < _REMNANT
        if span is None:
            cleaned.append(list(rows))
        else:
            cleaned.append([*rows[: span[0]], *([] if going_on else rows[span[1] :])])
    return cleaned


def _contents_span(
    rows: Sequence[Row], uses: Counter[str], *, going_on: bool
) -> tuple[int, int] | None:
    heading = next((n for n, row in enumerate(rows) if _CONTENTS.match(row.text)), None)
    entries = [n for n, row in enumerate(rows) if _LEADER.search(row.text)]
    if len(entries) < _LEAST_LEADERS and not (entries and (going_on or heading is not None)):
        if heading is None:
            return None
        entries = [
            n
            for n in range(heading + 1, len(rows))
            if _ENTRY.match(rows[n].text) or uses[rows[n].text.casefold()] > 1
        ]
        if len(entries) < max(_LEAST_LEADERS, 0.4 * (len(rows) - heading - 1)):
            return None
    if heading is not None and heading <= entries[-1]:
        start = heading
    else:
        start = 0 if going_on else entries[0]
    return start, entries[-1] + 1


def _labels(pages: Sequence[Sequence[Row]]) -> set[str]:
    """Return the rows that open with a speaker's label, if the paper is an interview."""
    text = "\n".join(row.text for rows in pages for row in rows)
    found = labelled.labels_in(text).found
    if len(found) < max(_LEAST_LABELS, sum(map(len, pages)) / 15):
        return set()
    return {text[one.start :].partition("\n")[0] for one in found}


def compose(
    document: str, pages: Sequence[Sequence[Row]], metadata: dict[str, str], where: str = ""
) -> Document:
    """Make one utterance of narration of the rows of a paper's pages, or turns of an interview's.

    Parameters
    ----------
    document : str
    pages : sequence of sequence of Row
    metadata : dict of str to str
        Empty to take it from a date that stands alone on the first two pages.
    where : str, optional
        The file, for the error message.

    Raises
    ------
    AnalysisError
        If nothing is left.
    """
    pages = without_contents(pages)
    known = vocabulary(row.text for rows in pages for row in rows)
    labels = set() if metadata else _labels(pages)
    paragraphs: list[list[str]] = []
    for rows in pages:
        for index, row in enumerate(rows):
            # A sentence goes on over the page's end whatever the layout says.
            ended = not paragraphs or _SENTENCE_END.search(paragraphs[-1][-1])
            opens = row.text in labels or (ended if index == 0 else row.opens)
            if not paragraphs or opens:
                paragraphs.append([row.text])
            else:
                paragraphs[-1].append(row.text)
    text = "\n".join(join(lines, known) for lines in paragraphs)
    if not text:
        raise AnalysisError(
            where or document,
            "no text beside page furniture",
            "a paper",
            "run OCR on it if it is a scan",
        )
    if labels:
        return labelled.read_text(document, text, where)
    front = [row.text for rows in pages[:2] for row in rows]
    own = metadata or {"kind": "paper", **dates.first_date(front, alone=True)}
    return from_turns(document, [("", text)], own)
