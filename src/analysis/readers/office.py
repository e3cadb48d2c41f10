"""The text of an OpenDocument text and of an RTF file."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from analysis.errors import AnalysisError
from analysis.readers import markup

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT_OUT = frozenset(
    [f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"]
)
_MOST_BLANKS = 1000
_SHORT_CELL = 60
_RTF_ROW = re.compile(r"(?m)^([^|\n]{1,60}(?:\|[^|\n]{1,60})*)\|([^|\n]*)\|$")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def read_odt(path: Path, content: bytes) -> tuple[str, dict[str, str]]:
    """Return the paragraphs of an OpenDocument text, one a line, and its title.

    Notes, comments, deleted text and tables of contents are left out.

    Raises
    ------
    AnalysisError
        If the file is broken or harmful, or no words are in it.
    """
    book = markup.archive(path, content)
    root = markup.xml(str(path), markup.read_member(path, book, "content.xml"))
    title = ""
    if "meta.xml" in book.namelist():
        about = markup.xml(str(path), markup.read_member(path, book, "meta.xml"))
        title = about.findtext(".//{http://purl.org/dc/elements/1.1/}title") or ""
    return text_of(str(path), root, title)


def is_flat(root: etree._Element) -> bool:
    """Return whether an XML tree is an OpenDocument text in one file."""
    return root.tag == f"{_OFFICE}document" and root.find(f".//{_OFFICE}text") is not None


def text_of(where: str, root: etree._Element, title: str = "") -> tuple[str, dict[str, str]]:
    """Return the paragraphs of an OpenDocument tree; see :func:`read_odt`."""
    body = root.find(f".//{_OFFICE}text")
    found: list[str] = []
    if body is not None:
        _paragraphs(body, found)
    text = "".join(found).strip()
    if not text:
        raise AnalysisError(where, "an OpenDocument text (ODT) without words", "a text")
    title = title or root.findtext(".//{http://purl.org/dc/elements/1.1/}title") or ""
    return text, {"title": " ".join(title.split())} if title.strip() else {}


def _paragraphs(body: etree._Element, found: list[str]) -> None:
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT:
            continue
        if element.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            found.append(f"{_said(element)}\n")
            continue
        if element.tag == f"{_TABLE}table-row" and (row := _row(element)):
            found.append(row)
            continue
        waiting.extend(reversed(element))


def _row(row: etree._Element) -> str:
    """Return a row of short cells before a last one, as of names and words, on lines of its own."""
    cells = [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
    told: list[list[str]] = [[] for _ in cells]
    for cell, said in zip(cells, told, strict=True):
        _paragraphs(cell, said)
    heads = [said[0].strip() if len(said) == 1 else None for said in told[:-1]]
    if not heads or not all(head and len(head) <= _SHORT_CELL for head in heads):
        return ""
    return "\t".join([*filter(None, heads), "".join(told[-1])])


def _said(paragraph: etree._Element) -> str:
    parts: list[str] = []
    waiting: list[etree._Element | str] = [paragraph]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if item is not paragraph and item.tail:
            waiting.append(re.sub(r"\s+", " ", item.tail))
        if item.tag in _LEFT_OUT:
            continue
        if item.tag == f"{_TEXT}s":
            count = item.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
        elif item.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            parts.append("\t" if item.tag == f"{_TEXT}tab" else "\n")
        waiting.extend(reversed(item))
        if item.text:
            waiting.append(re.sub(r"\s+", " ", item.text))
    return "".join(parts)


def read_rtf(path: Path, content: bytes) -> str:
    """Return the text of an RTF file, one paragraph a line.

    Raises
    ------
    AnalysisError
        If it is broken, or no words are in it.
    """
    from striprtf.striprtf import rtf_to_text

    try:
        # RTF is plain ASCII; a program that writes other letters as they are writes UTF-8.
        plain = content.decode("utf-8")
    except UnicodeDecodeError:
        plain = content.decode("latin-1")
    try:
        text = rtf_to_text(plain, errors="replace")
    except Exception as problem:  # striprtf lets out whatever a broken part makes it stumble over
        raise AnalysisError(
            path, f"a broken RTF file ({type(problem).__name__})", "a whole one", "save it again"
        ) from problem
    # striprtf ends each cell of a table with a bar.
    text = _RTF_ROW.sub(lambda row: f"{row[1].replace('|', chr(9))}{chr(9)}{row[2]}", text)
    text = _CONTROLS.sub(" ", text).strip()
    if not text:
        raise AnalysisError(path, "an RTF file without words", "a text")
    return text.encode("utf-8", "replace").decode("utf-8")
