"""Lines a reader has marked, kept in a CSV: every mark is on disk at once, none is lost.

The file is the reader's own: columns she adds (a note, a code) and the order of the rows are kept,
and it is read again before every change, so that two notebooks may write to it.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.storage.csv_tables import disarm, unguard
from analysis.storage.files import replace_file

KEY = ("corpus", "document", "start", "end")
"""The columns that say which line a mark is of."""
COLUMNS = (
    *("corpus", "document", "utterance", "start", "end", "speaker", "group", "mode", "stance"),
    *("query", "left", "node", "right", "note"),
)


def read_marks(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the marked lines of a file.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS` and whatever the reader added, all str; no row if there is no file yet.

    Raises
    ------
    AnalysisError
        If the file cannot be read or is not a file of marks: it is then left as it is.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise AnalysisError(
            path, f"cannot be read ({reason})", "marked lines in CSV", "name another file"
        ) from None
    # Excel writes semicolons where the comma is the decimal sign.
    head = text.partition("\n")[0]
    sign = ";" if head.count(";") > head.count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    header, *body = [[unguard(cell) for cell in row] for row in rows] or [[]]
    missing = [name for name in KEY if name not in header]
    if missing or len(set(header)) < len(header):
        raise AnalysisError(
            f"{path}, line 1",
            f"no column {missing[0]!r}" if missing else "two columns of one name",
            "a file of marked lines",
            "name another file; this one is left as it is",
        )
    for number, row in enumerate(body, 2):
        if len(row) > len(header):
            raise AnalysisError(
                f"{path}, row {number}", f"{len(row)} fields", f"{len(header)}", "correct the row"
            )
    table = pd.DataFrame([row + [""] * (len(header) - len(row)) for row in body if row])
    table = table.set_axis(header, axis=1) if len(table) else pd.DataFrame(columns=header)
    for name in COLUMNS:
        if name not in table:
            table[name] = ""
    return table.astype("str")


def mark(path: str | os.PathLike[str], lines: Iterable[Mapping[str, object]]) -> int:
    """Add lines to a file of marks; those already there stay as they are.

    Parameters
    ----------
    path : str or path-like
    lines : iterable of mapping
        Each with the columns of :data:`KEY`, and any other of :data:`COLUMNS`.

    Returns
    -------
    int
        Marked lines in the file.

    Raises
    ------
    AnalysisError
        If the file is not one of marks or cannot be written; it is then left as it is.
    """
    table = read_marks(path)
    known = set(_keys(table))
    new = pd.DataFrame(
        [{name: _plain(line.get(name)) for name in COLUMNS} for line in lines],
        columns=list(COLUMNS),
        dtype="str",
    ).reindex(columns=table.columns, fill_value="")
    new = new[[key not in known for key in _keys(new)]].drop_duplicates(list(KEY))
    if len(new):
        table = pd.concat([table, new], ignore_index=True)
        _write(path, table)
    return len(table)


def unmark(path: str | os.PathLike[str], lines: Iterable[Mapping[str, object]]) -> int:
    """Take lines out of a file of marks.

    Parameters
    ----------
    path : str or path-like
    lines : iterable of mapping
        Each with the columns of :data:`KEY`.

    Returns
    -------
    int
        Marked lines in the file.

    Raises
    ------
    AnalysisError
        As :func:`mark`.
    """
    table = read_marks(path)
    gone = {tuple(_plain(line[name]) for name in KEY) for line in lines}
    kept = table[[key not in gone for key in _keys(table)]]
    if len(kept) < len(table):
        _write(path, kept)
    return len(kept)


def marked(path: str | os.PathLike[str], lines: pd.DataFrame) -> list[bool]:
    """Say of each line whether it is marked.

    Parameters
    ----------
    path : str or path-like
    lines : pandas.DataFrame
        With the columns of :data:`KEY`.

    Returns
    -------
    list of bool

    Raises
    ------
    AnalysisError
        As :func:`read_marks`.
    """
    known = set(_keys(read_marks(path)))
    plain = lines[list(KEY)].map(_plain).astype("str")
    return [key in known for key in _keys(plain)]


def _keys(table: pd.DataFrame) -> list[tuple[str, ...]]:
    if not len(table):
        return []
    return list(table[list(KEY)].astype("str").itertuples(index=False, name=None))


def _plain(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN is not itself


def _write(path: str | os.PathLike[str], table: pd.DataFrame) -> None:
    # A lone carriage return is quoted only where everything is.
    text = disarm(table).to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_ALL)
    replace_file(path, f"\ufeff{text}".encode("utf-8", "replace"))
