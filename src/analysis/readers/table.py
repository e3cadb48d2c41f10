"""Tables of turns or of texts, by their columns; the forms of CSV, TSV and JSON Lines."""

from __future__ import annotations

import datetime
import math
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.readers import columns as known_columns
from analysis.readers import decoding, markup, table_rows
from analysis.readers.columns import COLUMNS, find
from analysis.readers.table_rows import Row
from analysis.text.document import Document, changed

__all__ = (
    "COLUMNS",
    "MOST_ROWS",
    "delimiter",
    "documents",
    "is_table",
    "json_lines",
    "of_sheets",
    "parse",
    "plain",
    "read_table",
    "rows_in",
    "too_many",
)

MOST_ROWS = 2_000_000
SEP = re.compile(r"\Asep=[^\s\w][ \t]*\r?\n", re.IGNORECASE)
"""The line in which a spreadsheet is told what parts the fields."""
_MARKS = "\t;|"
_LISTS = (
    "data",
    "articles",
    "items",
    "posts",
    "comments",
    "results",
    "records",
    "rows",
    "docs",
    "children",
)
_ENVELOPES = ("data", "response", "result", "articles", "results")
# In the order in which they lie in each other: YouTube has a snippet within a snippet.
_WRAPPERS = ("data", "tweet", "node", "snippet", "topLevelComment", "snippet", "_source")


def is_table(path: Path, text: str) -> bool:
    """Return whether a file is a CSV or its like: by its name, or by a first line with columns."""
    first, _, rest = SEP.sub("", text, count=1).partition("\n")
    mark = delimiter(path, first)
    header = [name.strip(' "\r') for name in first.split(mark)]
    if _suffix(path) in {".csv", ".tsv", ".tab", ".psv"} or {"speaker", "text"} <= set(header):
        return True
    second = rest.partition("\n")[0]
    named = sum(map(known_columns.is_known, header))
    texts = len(header) > 1 and bool(find("text", header)) and named >= max(2, len(header) / 2)
    return texts and second.count(mark) >= first.count(mark)


def _suffix(path: Path) -> str:
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def delimiter(path: Path, first: str) -> str:
    """Return what parts the fields of a CSV or TSV, judged by its first line."""
    if _suffix(path) in {".tsv", ".tab"}:
        return "\t"
    # Spreadsheets of half of Europe part their fields by semicolons.
    return (
        max(_MARKS, key=first.count)
        if any(first.count(mark) > first.count(",") for mark in _MARKS)
        else ","
    )


def read_table(
    path: str | os.PathLike[str], *, speaker: str = "speaker", text: str = "text"
) -> list[Document]:
    """Read a CSV with one row per turn.

    Parameters
    ----------
    path : path-like
        UTF-8 CSV. A column ``document`` (or ``doc_id``) parts documents, ``seq`` orders the turns
        of each, ``date`` and ``title`` go into its metadata; all four may be missing.
    speaker, text : str
        Names of the columns that hold the speaker and what was said.

    Returns
    -------
    list of Document
        In the order of the file. Where there is no document column, one for each date and title,
        named by the file.

    Raises
    ------
    AnalysisError
        If the file cannot be read, a needed column is missing, or a row is broken.
    """
    path = Path(path)
    return parse(path, decoding.decode(path), {"speaker": speaker, "text": text})


def parse(path: Path, content: str, columns: Mapping[str, str] | None = None) -> list[Document]:
    """Read the characters of a CSV or TSV; see :func:`documents`."""
    content = SEP.sub("", content, count=1)
    first = content.partition("\n")[0]
    rows = decoding.rows(path, content, (), delimiter=delimiter(path, first))
    if not rows:
        raise AnalysisError(path, "a header and no row", "one row per turn")
    return documents(path, rows, columns)


def json_lines(path: Path, content: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the objects of JSON Lines with their line numbers.

    Raises
    ------
    AnalysisError
        If a line is not one JSON object.
    """
    found = []
    # Not splitlines: JSON may hold U+2028 as it is.
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        record = markup.parse_json(str(path), line, number)
        if not isinstance(record, dict):
            raise AnalysisError(f"{path}, line {number}", "no JSON object", "one object a line")
        found.append((number, record))
    return found


def rows_in(content: object) -> list[dict[str, Any]]:
    """Return the rows of a JSON file that is a list of them, bare or under a name such as data.

    What is all of a row, as a post is in what the interfaces of Reddit and YouTube answer, is it.

    Examples
    --------
    >>> rows_in({"status": "ok", "articles": [{"title": "Locks"}]})
    [{'title': 'Locks'}]
    >>> rows_in({"data": {"children": [{"kind": "t1", "data": {"body": "Yes."}}]}})
    [{'body': 'Yes.'}]
    """
    inner = content
    while isinstance(inner, dict):
        content = inner
        within = map(content.get, _ENVELOPES)
        inner = next((one for one in within if isinstance(one, dict)), None)
    if isinstance(content, dict):
        lists = [content.get(name) for name in _LISTS]
        content = next((one for one in lists if isinstance(one, list) and one), None)
    rows = content if isinstance(content, list) else []
    if not rows or not all(isinstance(row, dict) for row in rows):
        return []
    for name in _WRAPPERS:
        if all(isinstance(row.get(name), dict) for row in rows):
            rows = [row[name] for row in rows]
    return rows


def plain(record: Mapping[str, Any]) -> dict[str, str]:
    """Return a record as texts: missing values empty, dates in ISO form, lists left out.

    What an object within the record holds is named by both, as in ``user.screen_name``.
    """
    found: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            within = {f"{name}.{inner}": one for inner, one in value.items()}
            found |= {
                inner: _cell(one)
                for inner, one in within.items()
                if not isinstance(one, (dict, list)) and known_columns.is_known(inner)
            }
        else:
            found[str(name)] = _cell(value)
    return found


def _cell(value: object) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return "" if math.isnan(value) else str(int(value)) if value.is_integer() else str(value)
    return str(value)


def too_many(path: Path, found: str) -> AnalysisError:
    """Return the error for a table too large to be read."""
    return AnalysisError(
        path,
        found,
        f"at most {MOST_ROWS:,} rows, {decoding.MOST_BYTES // 2**20} MiB of text",
        "split it into several files",
    )


def documents(
    path: Path,
    rows: list[Row],
    columns: Mapping[str, str] | None = None,
    *,
    others: Iterable[str] = (),
) -> list[Document]:
    """Make the documents of a table's rows.

    Parameters
    ----------
    path : pathlib.Path
    rows : list of (int, dict)
        Line number and fields.
    columns : mapping of str to str, optional
        Which column is what (:data:`COLUMNS`), where its name does not say.
    others : iterable of str
        Columns that were not even read, for the notes.

    Returns
    -------
    list of Document
        With a speaker, one row is one turn; a document column parts documents, else each date and
        title makes one. Without a speaker, each row is a text of its own unless a document column
        says otherwise, and a table of press articles is of the kind ``news``; rows with a time
        alone are the captions of one recording. The notes say which column became what.

    Raises
    ------
    AnalysisError
        If there is no row, no column of text, a column said to be there is not, a document's
        identifier is empty, or day and month of the dates cannot be told apart.
    """
    return of_sheets(path, [("", rows)], columns, others=others)


def of_sheets(
    path: Path,
    sheets: list[tuple[str, list[Row]]],
    columns: Mapping[str, str] | None = None,
    *,
    others: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> list[Document]:
    """Make the documents of several tables in one file; see :func:`documents`.

    ``notes`` is what there is to say of all of them.
    """
    given = columns or {}
    filled = [(name, known_columns.with_full_names(rows, given)) for name, rows in sheets if rows]
    if not filled:
        raise AnalysisError(path, "a header and no row", "one row per turn or text")
    readable, unread, problem = [], list(notes), None
    for name, rows in filled:
        where = f"{path}, sheet {name}" if len(sheets) > 1 else str(path)
        try:
            header = list(dict.fromkeys(column for _, row in rows[:1000] for column in row))
            each = (row for _, row in rows)
            told = table_rows.roles_of(where, [*header, *others], each, given)
            readable.append((name, where, rows, told))
        except AnalysisError as error:
            problem = problem or error
            unread.append(f"sheet {name!r} is not read: no column of text in it")
    if problem is not None and not readable:
        raise problem
    made: dict[str, Document] = {}
    for name, where, rows, told in readable:
        stem = f"{stem_of(path)}-{name}" if len(readable) > 1 else stem_of(path)
        for document in table_rows.documents(where, stem, rows, told):
            taken = document.document in made
            named = f"{document.document}-{name}" if taken else document.document
            table = {**document.columns, "document": [named] * len(document.columns["start"])}
            said = (
                tuple(f"sheet {name!r}: {note}" for note in document.notes)
                if len(readable) > 1
                else document.notes
            )
            made[named] = changed(
                document, document=named, utterances=table, notes=(*said, *unread)
            )
    return list(made.values())


def stem_of(path: Path) -> str:
    """Return what names the documents of a table that names none."""
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem
