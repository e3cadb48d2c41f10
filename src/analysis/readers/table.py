"""A CSV of turns: one row per turn, with the columns speaker and text."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pandas as pd

from analysis.document import Document, from_turns
from analysis.errors import AnalysisError
from analysis.readers.files import decode

_DOCUMENT_COLUMNS = ("document", "doc_id")


def is_table(path: Path, text: str) -> bool:
    """Return whether a file is a CSV: by its name, or by a first line with speaker and text."""
    header = {name.strip(' "') for name in text.partition("\n")[0].strip().split(",")}
    return path.suffix.lower() == ".csv" or {"speaker", "text"} <= header


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
        In the order of the file. Where there is no document column, one, named by the file.

    Raises
    ------
    AnalysisError
        If the file cannot be read, a needed column is missing, or a row is broken.
    """
    path = Path(path)
    return parse(path, decode(path), speaker=speaker, text=text)


def parse(
    path: Path, content: str, *, speaker: str = "speaker", text: str = "text"
) -> list[Document]:
    """Read the content of a CSV of turns; see :func:`read_table`."""
    try:
        table = pd.read_csv(io.StringIO(content), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError) as problem:
        raise AnalysisError(
            path, f"a broken CSV ({problem})", "one row per turn", "quote fields that hold commas"
        ) from problem
    missing = [name for name in (speaker, text) if name not in table.columns]
    if missing:
        raise AnalysisError(
            path,
            f"no column {' nor '.join(missing)} (found {', '.join(map(str, table.columns))})",
            f"the columns {speaker}, {text}",
            "rename the columns or give their names to read_table",
        )
    if table.empty:
        raise AnalysisError(path, "a header and no row", "one row per turn")
    short = table.isna().any(axis=1)
    if short.any():
        raise AnalysisError(
            f"{path}, row {int(short.to_numpy().argmax()) + 1} below the header",
            "fewer fields than the header",
            f"{len(table.columns)} fields",
            "write empty fields as two commas",
        )
    name = next((column for column in _DOCUMENT_COLUMNS if column in table.columns), None)
    groups = table.groupby(name, sort=False) if name else [(path.name, table)]
    return [_document(path, str(key), rows, speaker, text) for key, rows in groups]


def _document(path: Path, name: str, rows: pd.DataFrame, speaker: str, text: str) -> Document:
    if not name.strip():
        raise AnalysisError(path, "a row with an empty document", "the document's identifier")
    if "seq" in rows.columns:
        order = pd.to_numeric(rows["seq"], errors="coerce")
        if order.isna().any():
            bad = rows.loc[order.isna(), "seq"].iloc[0]
            raise AnalysisError(path, f"seq {bad!r} in document {name}", "a number in every row")
        rows = rows.loc[order.sort_values(kind="stable").index]
    metadata = {"kind": "table"}
    for column in ("title", "date"):
        if column in rows.columns and rows[column].iloc[0]:
            metadata[column] = rows[column].iloc[0]
    said = (re.sub(r"\s*\n\s*", "\n", turn.strip()) for turn in rows[text])
    return from_turns(name, zip(rows[speaker].str.strip(), said, strict=True), metadata)
