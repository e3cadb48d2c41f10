"""The positioned lines of text of a PDF, page by page."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.errors import AnalysisError
from analysis.readers.decoding import load

if TYPE_CHECKING:
    import pypdfium2 as pdfium

LINE_HYPHEN = "\u00ad"
"""A hyphen PDFium found at a line's end, where only the reader can tell a real from a typographic
one. It always ends a :class:`Line`."""

MOST_PAGES = 10_000
"""Ten times the longest report; PDFium reads so many empty ones in a second."""

_MOST_IN_STREAM = 128 * 2**20
_STREAM = re.compile(rb"stream\r?\n(?=\x78)")
_PDFIUM_HYPHEN = "\ufffe"
_BREAK = re.compile("\r\n|\ufffe")
_NUMBERED = re.compile(r"\s*\d{1,2}\s+(?=\S)")


class Line(NamedTuple):
    """One line of text: origin of its first character in points from the page's lower left.

    ``body_x`` is the origin of the first character after a leading one- or two-digit number
    (a line number, perhaps), the same as ``x`` where there is none.
    """

    x: float
    y: float
    body_x: float
    text: str


class Page(NamedTuple):
    """One page: number from 1, width and height in points, lines in the order of the file."""

    number: int
    width: float
    height: float
    lines: list[Line]


def pages(path: Path, content: bytes | None = None) -> Iterator[Page]:
    """Yield the pages of a PDF with their lines of text.

    Parameters
    ----------
    path : pathlib.Path
    content : bytes, optional
        The file's bytes, where they have been read already.

    Yields
    ------
    Page
        Lines are those of PDFium, in the order in which the file writes them. Positions cost one
        call per line, not per character, so that a hearing of 400 pages takes half a second.

    Raises
    ------
    AnalysisError
        If PDFium cannot open the file (damaged, or locked by a password) or one of its pages, or
        the file has more than :data:`MOST_PAGES` pages or a stream made to fill the memory.
    """
    import pypdfium2 as pdfium  # a browser has none, and reads all but PDF

    content = load(path) if content is None else content
    _refuse_bombs(path, content)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as problem:
        locked = "password" in str(problem).lower()
        raise AnalysisError(
            path,
            "the PDF is locked by a password" if locked else "not a PDF that can be opened",
            "a complete, unlocked PDF",
            "save an unlocked copy" if locked else "fetch or export the file again",
        ) from problem
    with document:
        if len(document) > MOST_PAGES:
            raise AnalysisError(
                path, f"{len(document):,} pages", f"at most {MOST_PAGES:,}", "split the file"
            )
        for number in range(len(document)):
            yield _page(path, document, number)


def _refuse_bombs(path: Path, content: bytes) -> None:
    """Refuse a PDF with a packed stream that PDFium would unpack without a limit."""
    for match in _STREAM.finditer(content):
        unpacking = zlib.decompressobj()
        data, size = content[match.end() : match.end() + 2**16], 0
        position = match.end() + len(data)
        try:
            while data and not unpacking.eof and size <= _MOST_IN_STREAM:
                size += len(unpacking.decompress(data, 2**20))
                data = unpacking.unconsumed_tail
                if not data:
                    data = content[position : position + 2**16]
                    position += len(data)
        except zlib.error:
            continue
        if size > _MOST_IN_STREAM:
            raise AnalysisError(
                path,
                f"a stream that unpacks to more than {_MOST_IN_STREAM // 2**20} MiB",
                "a PDF of text",
                "print it to a new PDF, or save it as plain text",
            )


def _page(path: Path, document: pdfium.PdfDocument, number: int) -> Page:
    import pypdfium2 as pdfium

    try:
        page = document[number]
        textpage = page.get_textpage()
        width, height = page.get_size()
        found = Page(number + 1, width, height, _lines(textpage))
        textpage.close()
        page.close()
    except pdfium.PdfiumError as problem:
        raise AnalysisError(
            f"{path}, page {number + 1}",
            "a damaged page",
            "a complete PDF",
            "fetch or export the file again",
        ) from problem
    return found


def _lines(textpage: pdfium.PdfTextPage) -> list[Line]:
    from pypdfium2 import raw

    text = textpage.get_text_range()
    x, y = ctypes.c_double(), ctypes.c_double()
    by_x, by_y = ctypes.byref(x), ctypes.byref(y)
    origin = raw.FPDFText_GetCharOrigin
    # PDFium counts some characters that it does not give out, and the other way round.
    shifted = len(text) != textpage.count_chars()
    handle = textpage.raw

    def locate(index: int) -> tuple[float, float]:
        if shifted:
            index = raw.FPDFText_GetCharIndexFromTextIndex(handle, index)
        origin(handle, index, by_x, by_y)
        return x.value, y.value

    found = []
    start = 0
    for part in _BREAK.split(text):
        end = start + len(part)
        stripped = part.strip()
        if stripped:
            first = start + len(part) - len(part.lstrip())
            left, base = locate(first)
            number = _NUMBERED.match(part)
            body = locate(start + number.end())[0] if number else left
            hyphen = LINE_HYPHEN if text[end : end + 1] == _PDFIUM_HYPHEN else ""
            found.append(Line(left, base, body, stripped + hyphen))
        start = end + (1 if text[end : end + 1] == _PDFIUM_HYPHEN else 2)
    return found
