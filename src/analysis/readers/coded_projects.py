"""The texts of projects that people have coded: Discourse Network Analyzer and REFI-QDA.

Codes and statements are read by :mod:`analysis.exchange`; here only what was said.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from analysis.errors import AnalysisError
from analysis.readers import decoding, markup


class Text(NamedTuple):
    """One text of a project: its name, what the project says of it, its bytes in UTF-8."""

    name: str
    metadata: dict[str, str]
    content: bytes


def texts_of(path: Path) -> list[Text] | None:
    """Return the texts of a project that people have coded; None if the file is no such project.

    Parameters
    ----------
    path : pathlib.Path
        A ``.dna`` file (SQLite) of DNA 3, or a ``.qdpx`` project of REFI-QDA.

    Returns
    -------
    list of Text or None

    Raises
    ------
    AnalysisError
        If it is such a project and damaged, without a text, or a text of it is missing.
    """
    # A pipe would be waited for.
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return None
    if head.startswith(b"SQLite format 3"):
        found = _of_dna(path)
    elif head.startswith(b"PK\x03\x04") and _is_refi(path):
        found = list(_of_refi(path))
    else:
        return None
    if found is not None and not found:
        raise AnalysisError(path, "a project without a text", "one text at least")
    return found


def _of_dna(path: Path) -> list[Text] | None:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    query = "SELECT Title, Text, Author, Source, Date FROM DOCUMENTS ORDER BY ID"
    try:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if "DOCUMENTS" not in tables:
            return None
        rows = database.execute(query).fetchall()
    # A damaged name or text is bytes that are no UTF-8.
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise AnalysisError(
            path, f"a broken database of SQLite ({error})", "a file of DNA 3"
        ) from None
    finally:
        database.close()
    found = []
    for number, (title, text, author, source, seconds) in enumerate(rows, 1):
        try:
            date = datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else ""
        except (TypeError, ValueError, OverflowError, OSError):
            where = f"{path}, document {number}"
            raise AnalysisError(where, f"date {seconds!r}", "seconds since 1970") from None
        about = {"title": title, "byline": author, "source": source, "date": date, "kind": "news"}
        metadata = {name: str(value) for name, value in about.items() if value}
        name = f"{number:04d}_{title}".replace("/", "-")
        found.append(Text(name, metadata, str(text or "").encode("utf-8", "replace")))
    return found


def _is_refi(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book:
            return any(name.lower() == "project.qde" for name in book.namelist())
    except zipfile.BadZipFile:
        return False


def _of_refi(path: Path) -> Iterator[Text]:
    book = markup.archive(path, path.read_bytes(), most=decoding.MOST_BYTES)
    names = {name.lower(): name for name in book.namelist()}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(markup.read_member(path, book, names["project.qde"]), parser)
    except etree.XMLSyntaxError as error:
        raise AnalysisError(f"{path}, project.qde", f"broken XML ({error})", "XML") from None
    for source in root.iter("{*}TextSource"):
        name = source.get("name") or source.get("guid") or "source"
        inside = source.find("{*}PlainTextContent")
        place = (source.get("plainTextPath") or "").removeprefix("internal://")
        file = names.get(f"sources/{place}".lower())
        if inside is not None:
            content = (inside.text or "").encode()
        elif file is not None:
            content = markup.read_member(path, book, file)
        else:
            raise AnalysisError(
                f"{path}, source {name!r}",
                f"its text is not in the project ({place or 'no plainTextPath'})",
                "a text inside the file",
                "export the project again with its sources included",
            )
        yield Text(name, {"title": name}, content)
