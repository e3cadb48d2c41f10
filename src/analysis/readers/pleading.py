"""Pleading paper: numbered lines, a court's stamp on each page, tables of authorities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from analysis.readers import dates
from analysis.readers.layout import numbered_cells, tidy
from analysis.readers.paper import (
    CASE_HEADER,
    Row,
    compose,
    paragraph_rows,
    text_rows,
    without_furniture,
)
from analysis.readers.pdf import Page
from analysis.text.document import Document

_NUMBER_LINE = re.compile(r"^[ \t]*\d{1,2}[ \t]*$", re.MULTILINE)
_LEAST_NUMBERS = 10


def is_numbered(pages: list[Page]) -> bool:
    """Return whether at least half of the pages that bear text have numbered lines."""
    filled = [page for page in pages if page.lines]
    return bool(filled) and 2 * sum(1 for page in filled if numbered_cells(page)) >= len(filled)


def is_text(text: str) -> bool:
    """Return whether text taken from a PDF is from pleading paper.

    Its pages have at least ten line numbers each, or bear a court's stamp: a quarter of
    the pages or more, for a scan loses many.
    """
    pages = [page for page in text.split("\f") if page.strip()]
    numbered = sum(1 for page in pages if len(_NUMBER_LINE.findall(page)) >= _LEAST_NUMBERS)
    stamped = sum(1 for page in pages if any(map(CASE_HEADER.match, page.split("\n"))))
    return bool(pages) and 4 * max(numbered, stamped) >= len(pages)


def read_pdf(document: str, pages: Iterable[Page], where: str = "") -> Document:
    """Read a pleading from the pages of its PDF.

    Line numbers, whatever stands above, below or left of them, and the tables of contents and of
    authorities are left out. Pages without line numbers (exhibits) are read as prose.

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
        One utterance of narration without a speaker.
    """
    rows: list[list[Row]] = []
    plain = []
    stamps: list[str] = []
    for page in pages:
        stamps.extend(line.text for line in page.lines if CASE_HEADER.match(line.text))
        cells = numbered_cells(page)
        if cells:
            rows.extend(paragraph_rows(cell) for cell in cells)
        else:
            plain.append((len(rows), [line._replace(text=tidy(line.text)) for line in page.lines]))
            rows.append([])
    cleaned = without_furniture([lines for _, lines in plain])
    for (index, _), lines in zip(plain, cleaned, strict=True):
        rows[index] = paragraph_rows(lines)
    return compose(document, rows, _metadata(stamps), where)


def read_text(document: str, text: str, where: str = "") -> Document:
    """Read a pleading from text that was taken from a PDF, with form feeds between pages.

    Line numbers stand on lines of their own, before the text of a page or between its lines.

    Returns
    -------
    analysis.text.document.Document
        Its text is the cleaned text, as for a PDF.
    """
    pages = []
    for page in text.split("\f"):
        stamped = any(map(CASE_HEADER.match, page.split("\n")))
        numbered = len(_NUMBER_LINE.findall(page)) >= _LEAST_NUMBERS
        pages.append(_NUMBER_LINE.sub("", page) if stamped or numbered else page)
    rows = text_rows(pages, anywhere=True, blank_opens=False)
    return compose(
        document, [_short_ends(page) for page in rows], _metadata(text.split("\n")), where
    )


def _metadata(stamps: Iterable[str]) -> dict[str, str]:
    return {"kind": "pleading", **dates.filed_date(stamps)}


def _short_ends(rows: list[Row]) -> list[Row]:
    """Open a paragraph after a line that ends a sentence well short of the margin."""
    if not rows:
        return rows
    width = sorted(len(row.text) for row in rows)[len(rows) * 3 // 4]
    marked = [rows[0]]
    for above, row in pairwise(rows):
        ends = above.text.rstrip("\"'”’)").endswith((".", "?", "!")) and (
            len(above.text) < 0.8 * width
        )
        marked.append(row._replace(opens=ends))
    return marked
