"""Files to documents: one reader per family, chosen by what the file holds.

:func:`read` gives the one document of a file, :func:`read_all` all of a table's.

========== ====================================================== ===========================
kind       what                                                   the document's text
========== ====================================================== ===========================
transcript hearing or court transcript with numbered lines, PDF   the turns
           or text taken from one with its layout kept
transcript plain text with ``SPEAKER:`` at the start of lines     the file
pleading   numbered pleading paper, PDF or text taken from one    cleaned of page furniture
paper      report, testimony, order: PDF or text taken from one   cleaned of page furniture
table      CSV of turns                                           the turns
news       press story                                            the file
text       any other plain text                                   the file
========== ====================================================== ===========================
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from analysis.document import Document
from analysis.errors import AnalysisError
from analysis.readers import news, paper, pdf, pleading, table, text, transcript
from analysis.readers.files import decode, load
from analysis.readers.layout import sheets_of_text, side_by_side
from analysis.readers.table import read_table

__all__ = ("KINDS", "read", "read_all", "read_table")

_PAGES_TO_JUDGE_BY = 20


class _Source:
    """A file under reading: its bytes, and what they hold, looked at no more than is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self.content = load(path)
        self.form = "pdf" if b"%PDF-" in self.content[:1024] else "text"

    @cached_property
    def text(self) -> str:
        return decode(self.path, self.content)

    @cached_property
    def sheets(self) -> list[pdf.Page]:
        """The sheets of a text that keeps a page's layout."""
        return sheets_of_text(self.text) if "\f" in self.text else []

    @cached_property
    def opening(self) -> list[pdf.Page]:
        """The first pages of a PDF, to judge it by."""
        return list(islice(self._rest, _PAGES_TO_JUDGE_BY))

    @cached_property
    def _rest(self) -> Iterator[pdf.Page]:
        return pdf.pages(self.path, self.content)

    def pages(self) -> Iterator[pdf.Page]:
        """All pages of a PDF, once."""
        return chain(self.opening, self._rest)


class _Reader(NamedTuple):
    kind: str
    form: str
    recognises: Callable[[_Source], bool]
    read: Callable[[_Source], list[Document]]


def _pdf(reader: Callable[..., Document]) -> Callable[[_Source], list[Document]]:
    return lambda source: [reader(source.name, source.pages(), os.fspath(source.path))]


def _text(reader: Callable[..., Document]) -> Callable[[_Source], list[Document]]:
    return lambda source: [reader(source.name, source.text, os.fspath(source.path))]


def _transcript_sheets(source: _Source) -> Document:
    if side_by_side(source.text):
        raise AnalysisError(
            source.path,
            "text of sheets with several transcript pages side by side",
            "one transcript page to a sheet",
            "read the PDF itself",
        )
    return transcript.read_pdf(source.name, source.sheets, os.fspath(source.path))


_READERS = (
    _Reader(
        "transcript",
        "pdf",
        lambda source: transcript.is_transcript(source.opening),
        _pdf(transcript.read_pdf),
    ),
    _Reader(
        "pleading",
        "pdf",
        lambda source: pleading.is_numbered(source.opening),
        _pdf(pleading.read_pdf),
    ),
    _Reader("paper", "pdf", lambda source: True, _pdf(paper.read_pdf)),
    _Reader(
        "table",
        "text",
        lambda source: table.is_table(source.path, source.text),
        lambda source: table.parse(source.path, source.text),
    ),
    _Reader(
        "transcript",
        "text",
        lambda source: transcript.is_transcript(source.sheets[:_PAGES_TO_JUDGE_BY]),
        lambda source: [_transcript_sheets(source)],
    ),
    _Reader(
        "pleading",
        "text",
        lambda source: pleading.is_text(source.text),
        _text(pleading.read_text),
    ),
    _Reader(
        "transcript",
        "text",
        lambda source: bool(transcript.labels_in(source.text)),
        _text(transcript.read_text),
    ),
    _Reader("paper", "text", lambda source: "\f" in source.text, _text(paper.read_text)),
    _Reader("news", "text", lambda source: news.is_story(source.text), _text(news.read_text)),
    _Reader("text", "text", lambda source: True, _text(text.read_text)),
)

KINDS = tuple(dict.fromkeys(reader.kind for reader in _READERS))
"""The kinds that :func:`read` knows."""


def read_all(path: str | os.PathLike[str], *, kind: str | None = None) -> list[Document]:
    """Read the documents of a file: one, or as many as a table names.

    Parameters
    ----------
    path : path-like
        A PDF or a UTF-8 text.
    kind : str, optional
        One of :data:`KINDS`, where what the file seems to be is not what it is.

    Returns
    -------
    list of Document
        Named by the file without its suffix, or by the table's column ``document``.

    Raises
    ------
    AnalysisError
        If the file is missing, empty, broken, a scan without text, or not of that kind.
    """
    path = Path(path)
    if kind is not None and kind not in KINDS:
        raise AnalysisError("kind", repr(kind), f"one of {', '.join(KINDS)}")
    source = _Source(path)
    if source.form == "pdf" and not any(page.lines for page in source.opening):
        raise AnalysisError(
            path,
            "a PDF without text, a scan most likely",
            "a PDF with a text layer",
            "run OCR on it first (ocrmypdf does)",
        )
    fitting = [
        reader for reader in _READERS if reader.form == source.form and kind in {None, reader.kind}
    ]
    if not fitting:
        forms = " or ".join(reader.form for reader in _READERS if reader.kind == kind)
        raise AnalysisError(
            path, f"a {source.form} file, which no {kind} reader takes", f"a {forms} file"
        )
    chosen = next((reader for reader in fitting if reader.recognises(source)), fitting[-1])
    return chosen.read(source)


def read(path: str | os.PathLike[str], *, kind: str | None = None) -> Document:
    """Read the one document of a file.

    Parameters
    ----------
    path : path-like
        A PDF or a UTF-8 text.
    kind : str, optional
        One of :data:`KINDS`, where what the file seems to be is not what it is.

    Returns
    -------
    Document

    Raises
    ------
    AnalysisError
        As :func:`read_all`, and if a table holds several documents.
    """
    documents = read_all(path, kind=kind)
    if len(documents) != 1:
        raise AnalysisError(
            path, f"a table of {len(documents)} documents", "one document", "use read_all"
        )
    return documents[0]
