"""A file under reading: what form its bytes have, looked at no more than is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.readers import front_matter, mail, markup, pdf, unread
from analysis.readers.decoding import MOST_BYTES, guess, load
from analysis.readers.layout import sheets_of_text
from analysis.readers.table import json_lines

PAGES_TO_JUDGE_BY = 20
_WITH_FRONT = frozenset(["", ".md", ".markdown", ".mdown", ".txt", ".text", ".qmd", ".rmd"])
_SAVED = re.compile(r"(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?content-type:\s*multipart/related")
_ARCHIVED = re.compile(r"\s*window\.YTD\.[\w.]{1,60}\s*=\s*(?=\[)")
_XML = re.compile(r"<(?:akomaNtoso|publicwhip|PPSResponse|teiCorpus|office:document)\b")
_HOLD_PAGES = frozenset([".csv", ".tsv", ".tab", ".psv", ".json", ".jsonl", ".ndjson"])
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
    encoding : str, optional
        The encoding of a text that is not UTF-8, where it is known.
    content : bytes, optional
        What it holds, if it is a member of an archive; ``path`` is then a name alone.
    """

    def __init__(
        self,
        path: Path,
        columns: Mapping[str, str] | None = None,
        *,
        repair: bool = False,
        encoding: str | None = None,
        content: bytes | None = None,
    ) -> None:
        self.path = path
        self.repair = repair
        self.told = encoding
        self.columns = columns
        packed = path.suffix.lower() == ".gz"
        self.name = Path(path.stem).stem if packed else path.stem
        self.suffix = (Path(path.stem) if packed else path).suffix.lower()
        self.content = load(path) if content is None else content
        self.form = self._form()

    def _form(self) -> str:
        content = self.content
        if b"%PDF-" in content[:1024]:
            return "pdf"
        if content.startswith(b"PK\x03\x04"):
            return self._packed()
        if content.startswith(b"PAR1"):
            return "parquet"
        if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
            return "rtf"
        self._refuse(unread.of_bytes(content))
        return self._form_of_text()

    def _packed(self) -> str:
        book = markup.archive(self.path, self.content, most=MOST_BYTES)
        names = book.namelist()
        if "word/document.xml" in names:
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        kind = ""
        if "mimetype" in names:
            kind = markup.read_member(self.path, book, "mimetype")[:200].decode("latin-1").strip()
        if kind.startswith("application/vnd.oasis.opendocument.text"):
            return "odt"
        self._refuse(unread.of_members(names, kind))
        return "zip"

    def _refuse(self, found: unread.Named | None) -> None:
        if found is not None:
            raise AnalysisError(self.path, found[0], "a text, or a format that we read", found[1])

    def _form_of_text(self) -> str:
        # A mailbox has an encoding for each message.
        if mail.is_mail(self.content) and not unread.of_text(self.content[:4000].decode("latin-1")):
            return "mail"
        opening = self.text[:3000].lstrip()
        lower = opening.lower()
        if lower.startswith("<svg") or (lower.startswith("<?xml") and "<svg" in lower):
            raise AnalysisError(self.path, "a picture (SVG)", "a text")
        if not opening.startswith("<") and "<html" in lower:
            # What holds a page may be no page: a web archive, a table with pages in its cells.
            self._refuse(unread.of_text(self.text))
        if lower.startswith(("<!doctype html", "<html")) or (
            "<html" in lower and self.suffix not in _HOLD_PAGES
        ):
            saved = "snapshot-content-location:" in lower or _SAVED.match(lower)
            return self._plain() if saved else "html"
        if lower.startswith(("<?xml", "<!doctype")):
            self._refuse(unread.of_declared(opening))
        if lower.startswith(("<?xml", "<tei", "<!doctype", "<listperson")) or _XML.match(opening):
            return "xml"
        if _ARCHIVED.match(opening):
            form = "json"
        elif self.suffix in _BY_SUFFIX:
            form = _BY_SUFFIX[self.suffix]
        else:
            json = opening.startswith("{") and '":' in opening[:300]
            form = "json" if json or opening.startswith("[{") else self._plain()
        return "jsonl" if form == "json" and self._is_lines(opening) else form

    def _plain(self) -> str:
        self._refuse(unread.of_text(self.text))
        return "text"

    def _is_lines(self, opening: str) -> bool:
        """Return whether each line is an object of its own."""
        first, _, rest = opening.partition("\n")
        whole = first.rstrip().endswith("}") and first.startswith("{")
        return whole and rest.lstrip().startswith("{")

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return guess(self.path, self.content, repair=self.repair, encoding=self.told)

    @cached_property
    def text(self) -> str:
        """The characters of a file that is not binary, without a YAML block at their top."""
        return self._decoded[0].removeprefix(self.front)

    @cached_property
    def front(self) -> str:
        """The YAML block at the top of a text, which is about it."""
        return front_matter.block(self._decoded[0]) if self.suffix in _WITH_FRONT else ""

    @property
    def encoding(self) -> str:
        """The encoding of a file that is not binary; ``utf-8`` for the others."""
        binary = self.form in {"pdf", "docx", "xlsx", "parquet", "odt", "rtf", "zip", "mail"}
        return "utf-8" if binary else self._decoded[1]

    @cached_property
    def sheets(self) -> list[pdf.Page]:
        """The sheets of a text that keeps a page's layout."""
        return sheets_of_text(self.text) if "\f" in self.text else []

    @cached_property
    def json(self) -> Any:
        """What a JSON file holds; Twitter's archive has a name before it."""
        return markup.parse_json(str(self.path), _ARCHIVED.sub("", self.text, count=1))

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
