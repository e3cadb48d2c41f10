"""A file under reading: what form its bytes have, looked at no more than is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.readers import markup, pdf
from analysis.readers.decoding import guess, load
from analysis.readers.layout import sheets_of_text
from analysis.readers.table import json_lines

PAGES_TO_JUDGE_BY = 20
_BY_SIGNATURE = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "save it as DOCX, XLSX or CSV"),
    (b"{\\rtf", "an RTF file", "save it as DOCX or plain text"),
    (b"\x89PNG", "a picture", "run OCR on it first"),
    (b"\xff\xd8\xff", "a picture", "run OCR on it first"),
    (b"GIF8", "a picture", "run OCR on it first"),
    (b"\x7fELF", "a program", None),
    (b"MZ", "a program", None),
    (b"SQLite format 3", "a database", "export its tables as CSV"),
    (b"7z\xbc\xaf", "an archive", "unpack it"),
    (b"Rar!", "an archive", "unpack it"),
    (b"BZh9", "an archive", "unpack it"),
    (b"\xfd7zXZ", "an archive", "unpack it"),
)
_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "xml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


class Source:
    """A file under reading.

    Parameters
    ----------
    path : pathlib.Path
    columns : mapping of str to str, optional
        Which column is what, if it is a table.
    repair : bool
        Guess the encoding of a text that is not UTF-8, instead of refusing it.
    """

    def __init__(
        self, path: Path, columns: Mapping[str, str] | None = None, *, repair: bool = False
    ) -> None:
        self.path = path
        self.repair = repair
        self.columns = columns
        packed = path.suffix.lower() == ".gz"
        self.name = Path(path.stem).stem if packed else path.stem
        self.suffix = (Path(path.stem) if packed else path).suffix.lower()
        self.content = load(path)
        self.form = self._form()

    def _form(self) -> str:
        content = self.content
        if b"%PDF-" in content[:1024]:
            return "pdf"
        if content.startswith(b"PK\x03\x04"):
            return self._office()
        if content.startswith(b"PAR1"):
            return "parquet"
        for signature, found, mend in _BY_SIGNATURE:
            # A text may begin with "MZ" or "BZh"; what is no text has bytes that no text has.
            if content.startswith(signature) and (b"\x00" in content[:4096] or mend):
                raise AnalysisError(self.path, found, "a text", mend)
        return self._form_of_text()

    def _office(self) -> str:
        names = markup.archive(self.path, self.content).namelist()
        if "word/document.xml" in names:
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        raise AnalysisError(self.path, "a ZIP that is neither DOCX nor XLSX", "a text", "unpack it")

    def _form_of_text(self) -> str:
        opening = self.text[:3000].lstrip()
        lower = opening.lower()
        if lower.startswith("<svg") or (lower.startswith("<?xml") and "<svg" in lower):
            raise AnalysisError(self.path, "a picture (SVG)", "a text")
        if lower.startswith(("<!doctype html", "<html")) or "<html" in lower:
            form = "html"
        elif lower.startswith(("<?xml", "<tei", "<!doctype", "<listperson")):
            form = "xml"
        elif self.suffix in _BY_SUFFIX:
            form = _BY_SUFFIX[self.suffix]
        else:
            form = "json" if opening.startswith("{") and '":' in opening[:300] else "text"
        return "jsonl" if form == "json" and self._is_lines(opening) else form

    def _is_lines(self, opening: str) -> bool:
        """Return whether each line is an object of its own."""
        first, _, rest = opening.partition("\n")
        whole = first.rstrip().endswith("}") and first.startswith("{")
        return whole and rest.lstrip().startswith("{")

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return guess(self.path, self.content, repair=self.repair)

    @property
    def text(self) -> str:
        """The characters of a file that is not binary."""
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        """The encoding of a file that is not binary; ``utf-8`` for the others."""
        binary = self.form in {"pdf", "docx", "xlsx", "parquet"}
        return "utf-8" if binary else self._decoded[1]

    @cached_property
    def sheets(self) -> list[pdf.Page]:
        """The sheets of a text that keeps a page's layout."""
        return sheets_of_text(self.text) if "\f" in self.text else []

    @cached_property
    def json(self) -> Any:
        """What a JSON file holds."""
        return markup.parse_json(str(self.path), self.text)

    @cached_property
    def lines(self) -> list[tuple[int, dict[str, Any]]]:
        """The objects of a JSON Lines file with their line numbers."""
        return json_lines(self.path, self.text)

    @cached_property
    def opening(self) -> list[pdf.Page]:
        """The first pages of a PDF, to judge it by."""
        return list(islice(self._rest, PAGES_TO_JUDGE_BY))

    @cached_property
    def _rest(self) -> Iterator[pdf.Page]:
        return pdf.pages(self.path, self.content)

    def pages(self) -> Iterator[pdf.Page]:
        """All pages of a PDF, once."""
        return chain(self.opening, self._rest)
