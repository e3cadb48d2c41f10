"""What a researcher says of her texts in a table beside them, ``documents.csv``."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import columns, decoding, table

NAME = "documents.csv"
_OF_FILES = ("file", "filename")
FIELDS = ("title", "date", "source", "genre", "licence")
"""The columns that are used besides the one that names the file; others are left alone."""


def is_metadata(path: Path) -> bool:
    """Return whether a file tells of others: by its name, a column of files, and none of text."""
    if path.name != NAME:
        return False
    try:
        first = decoding.guess(path, decoding.load(path))[0].partition("\n")[0]
    except AnalysisError:
        return False
    header = [name.strip(' "\r') for name in first.split(table.delimiter(path, first))]
    return bool(columns.find("document", header)) and not columns.find("text", header)


def read_metadata(path: Path, known: Collection[str]) -> dict[str, dict[str, str]]:
    """Read what a table says of the files beside it.

    Parameters
    ----------
    path : pathlib.Path
        A CSV with the column ``file``, or ``doc_id`` and the like (a name, with its ending or
        without, or a path below the table's folder), and any of :data:`FIELDS`, in any case.
    known : collection of str
        The files there are, by their path below the table's folder.

    Returns
    -------
    dict of str to dict
        Per file the fields that are not empty; nothing where the documents it tells of are others,
        such as those within a table of turns.

    Raises
    ------
    AnalysisError
        If none of the columns is there, or a row names no file, one that is not there or one named
        before, or has a date that is none; names the line and the column.
    """
    text = decoding.guess(path, decoding.load(path))[0]
    mark = table.delimiter(path, text.partition("\n")[0])
    rows = decoding.rows(path, text, (), delimiter=mark)
    column = _naming(rows[0][1]) if rows else ""
    if rows and not column:
        raise AnalysisError(
            f"{path}, line 1",
            f"no column that names the files among {', '.join(rows[0][1])}",
            "a column file",
            "name it in the first line",
        )
    there = {_composed(name): name for name in known}
    stems = Counter(map(_stem, there))
    there |= {_stem(name): known for name, known in there.items() if stems[_stem(name)] == 1}
    if columns.key(column) not in _OF_FILES and not any(
        _composed(cells[column].strip()) in there for _, cells in rows
    ):
        return {}
    told: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for line, cells in rows:
        row = {columns.key(name): cell for name, cell in cells.items() if name != column}
        if not row.keys() & set(FIELDS):
            raise AnalysisError(
                f"{path}, line 1",
                f"no column but {', '.join(cells)}",
                f"any of {', '.join(FIELDS)}",
                "name the columns in the first line",
            )
        given = cells[column].strip()
        name = there.get(_composed(given.removeprefix("./")))
        if name is None:
            close = difflib.get_close_matches(given, there, 1)
            raise AnalysisError(
                f"{path}, line {line}, column {column}",
                repr(given) if given else "empty",
                f"a file in {path.parent}",
                f"perhaps {there[close[0]]}" if close else "correct the name or remove the line",
            )
        if name in told:
            raise AnalysisError(
                f"{path}, line {line}, column {column}",
                f"{given!r} again",
                "each file once",
                f"remove this line or line {lines[name]}",
            )
        fields = {field: " ".join(row.get(field, "").split()) for field in FIELDS}
        if fields["date"] and not _is_date(fields["date"]):
            raise AnalysisError(
                f"{path}, line {line}, column date",
                repr(fields["date"]),
                "YYYY-MM-DD, YYYY-MM or YYYY",
                "in a spreadsheet give the column the format Text, so that it stays so",
            )
        told[name] = {field: value for field, value in fields.items() if value}
        lines[name] = line
    return told


def _naming(header: Iterable[str]) -> str:
    """Return the column that names the files, by a name of files before one of documents."""
    header = list(header)
    known = {columns.key(name): name for name in header}
    return next((known[name] for name in _OF_FILES if name in known), "") or columns.find(
        "document", header
    )


def _stem(name: str) -> str:
    """Return a file's name as that of its document: without folders and ending."""
    base = name.rpartition("/")[2].removesuffix(".gz")
    return base.rpartition(".")[0] or base


def _composed(name: str) -> str:
    # One system writes é as one character and the next as two.
    return unicodedata.normalize("NFC", name)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
