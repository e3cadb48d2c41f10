"""A CSV of turns: one row per turn, with the columns speaker and text."""

from __future__ import annotations

import os
import re
from pathlib import Path

from analysis.document import Document, from_turns
from analysis.errors import AnalysisError
from analysis.readers import files

_DOCUMENT_COLUMNS = ("document", "doc_id")
_PARAGRAPH = re.compile(r"\s*\n\s*")
_Turn = tuple[int, dict[str, str]]


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
    return parse(path, files.decode(path), speaker=speaker, text=text)


def parse(
    path: Path, content: str, *, speaker: str = "speaker", text: str = "text"
) -> list[Document]:
    """Read the content of a CSV of turns; see :func:`read_table`."""
    turns = files.rows(path, content, (speaker, text))
    if not turns:
        raise AnalysisError(path, "a header and no row", "one row per turn")
    column = next((name for name in _DOCUMENT_COLUMNS if name in turns[0][1]), None)
    groups: dict[str, list[_Turn]] = {}
    for turn in turns:
        line, row = turn
        name = row[column].strip() if column else path.stem
        if not name:
            raise AnalysisError(f"{path}, line {line}", f"an empty {column}", "its identifier")
        groups.setdefault(name, []).append(turn)
    return [_document(path, name, turns, speaker, text) for name, turns in groups.items()]


def _document(path: Path, name: str, turns: list[_Turn], speaker: str, text: str) -> Document:
    if "seq" in turns[0][1]:
        turns = sorted(turns, key=lambda turn: _sequence(path, *turn))
    first = turns[0][1]
    metadata = {"kind": "table"} | {
        key: first[key] for key in ("title", "date") if first.get(key, "").strip()
    }
    said = ((row[speaker].strip(), _PARAGRAPH.sub("\n", row[text].strip())) for _, row in turns)
    return from_turns(name, said, metadata)


def _sequence(path: Path, line: int, row: dict[str, str]) -> float:
    try:
        return float(row["seq"])
    except ValueError as problem:
        raise AnalysisError(
            f"{path}, line {line}", f"seq {row['seq']!r}", "the number of the turn"
        ) from problem
