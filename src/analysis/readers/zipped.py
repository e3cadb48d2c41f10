"""A ZIP of texts: each of its members read as the file that it is."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import markup
from analysis.text.document import Document, changed

_ABOUT = frozenset(["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"])
_SHOWN = 5


def read(
    path: Path,
    book: zipfile.ZipFile,
    read_member: Callable[[Path, bytes], list[Document]],
) -> list[Document]:
    """Read the members of a ZIP, in the order of their names.

    Parameters
    ----------
    path : pathlib.Path
        The ZIP.
    book : zipfile.ZipFile
        As :func:`analysis.readers.markup.archive` opens it.
    read_member : callable
        Reads the bytes of one member under a name.

    Returns
    -------
    list of Document
        Named by their members; the notes say which members were not read, and why.

    Raises
    ------
    AnalysisError
        If no member can be read.
    """
    made: dict[str, Document] = {}
    unread: list[str] = []
    first: AnalysisError | None = None
    for name in sorted(_members(book)):
        content = markup.read_member(path, book, name)
        try:
            found = _documents(path, name, content, read_member)
        except AnalysisError as error:
            first = first or error
            unread.append(f"{name} in it is not read: {error.found}")
            continue
        for document in found:
            further = (f"{name}/{number}" for number in count(2))
            forms = chain((document.document, name), further)
            chosen = next(form for form in forms if form not in made)
            table = {**document.columns, "document": [chosen] * len(document.columns["start"])}
            made[chosen] = changed(document, document=chosen, utterances=table)
    if not made:
        raise AnalysisError(
            path,
            f"a ZIP without a text that can be read ({first.found})"
            if first
            else "a ZIP without a text",
            "texts, or a DOCX, XLSX or ODT",
            "unpack it and give the folder: what lies there is then named file by file",
        )
    notes = unread[:_SHOWN]
    if len(unread) > _SHOWN:
        notes.append(f"{len(unread) - _SHOWN:,} more members in it are not read")
    return [changed(one, notes=(*one.notes, *notes)) for one in made.values()]


def _members(book: zipfile.ZipFile) -> list[str]:
    names = [member.filename for member in book.infolist() if not member.is_dir()]
    return [
        name
        for name in names
        if not _ABOUT & set(name.split("/"))
        and not posixpath.basename(name).startswith((".", "~$"))
    ]


def _documents(
    path: Path, name: str, content: bytes, read_member: Callable[[Path, bytes], list[Document]]
) -> list[Document]:
    where = path / name
    if not content.strip(b"\xef\xbb\xbf \t\r\n\f"):
        raise AnalysisError(where, "an empty file", "a text")
    if content.startswith(b"\x1f\x8b"):
        raise AnalysisError(where, "an archive within an archive", "a text", "unpack it")
    return read_member(where, content)
