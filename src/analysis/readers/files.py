"""Bytes from disk and characters from bytes, with errors their owner can act on."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from analysis.errors import AnalysisError


def load(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    AnalysisError
        If it is missing, a directory, unreadable or empty.
    """
    if path.is_dir():
        raise AnalysisError(path, "a directory", "a file", "name the files in it")
    try:
        content = path.read_bytes()
    except FileNotFoundError as problem:
        raise AnalysisError(
            path, "no such file", "a file to read", "check the path's spelling"
        ) from problem
    except OSError as problem:
        raise AnalysisError(
            path, f"cannot be read ({problem.strerror})", "a readable file"
        ) from problem
    if not content.strip(b"\xef\xbb\xbf \t\r\n\f"):
        raise AnalysisError(path, "an empty file", "a text", "fetch or export it again")
    return content


def decode(path: Path, content: bytes | None = None) -> str:
    """Return the characters of a UTF-8 file as they stand, without a byte order mark.

    Raises
    ------
    AnalysisError
        As :func:`load`, and for bytes that are not UTF-8, with their place.
    """
    content = load(path) if content is None else content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # The codec counts from behind a byte order mark.
        at = problem.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        line = content.count(b"\n", 0, at) + 1
        raise AnalysisError(
            f"{path}, line {line}",
            f"byte 0x{content[at]:02x} at offset {at} is not UTF-8",
            "UTF-8 text or a PDF",
            "save the file as UTF-8",
        ) from problem


def rows(path: Path, content: str, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV, each with the number of its last line.

    Parameters
    ----------
    path : pathlib.Path
        For the error message.
    content : str
    needed : tuple of str
        Columns it must have.

    Raises
    ------
    AnalysisError
        If a column is missing or named twice, a row has more or fewer fields than the first line,
        or a quotation mark stands amiss.
    """
    # One turn may be longer than the 131,072 characters that the module expects.
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        columns = next(reader, [])
        missing = [name for name in needed if name not in columns]
        if missing:
            raise AnalysisError(
                f"{path}, line 1",
                f"no column {', '.join(missing)} (found {', '.join(columns) or 'none'})",
                f"the columns {', '.join(needed)}",
                "name the columns in the first line, parted by commas",
            )
        if len(set(columns)) < len(columns):
            raise AnalysisError(f"{path}, line 1", "a column named twice", "each name once")
        found = []
        for row in reader:
            if not row:
                continue
            if len(row) != len(columns):
                raise AnalysisError(
                    f"{path}, line {reader.line_num}",
                    f"{len(row)} fields",
                    f"{len(columns)} as in line 1",
                    "quote fields that hold commas",
                )
            found.append((reader.line_num, dict(zip(columns, row, strict=True))))
    except csv.Error as problem:
        raise AnalysisError(
            f"{path}, line {reader.line_num}",
            f"broken CSV ({problem})",
            "fields parted by commas, quoted where they hold commas or quotation marks",
        ) from problem
    return found
