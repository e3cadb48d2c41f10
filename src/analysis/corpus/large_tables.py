"""A CSV of any size, split into smaller ones that hold whole documents."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.readers.table import COLUMNS, delimiter

_OPEN_AT_ONCE = 64


def is_large(path: Path, most: int = decoding.MOST_BYTES) -> bool:
    """Return whether a file is a CSV or TSV too large to be read at once."""
    try:
        return path.suffix.lower() in {".csv", ".tsv"} and path.stat().st_size > most
    except OSError:
        return False


def split(
    path: Path, folder: Path, columns: Mapping[str, str] | None = None, *, most: int
) -> list[Path]:
    """Write the rows of a table into smaller tables, those of one document into one.

    Parameters
    ----------
    path : pathlib.Path
        UTF-8 CSV or TSV.
    folder : pathlib.Path
        Where the parts go, each in a folder of its own and named as the whole is.
    columns : mapping of str to str, optional
        Which column is what.
    most : int
        Bytes of a part, about; a document larger than this is a part of its own.

    Returns
    -------
    list of pathlib.Path
        The rows of each in the order of the file. Where a row is a text of its own and no column
        names it, a column ``document`` does so, as the whole table would have named it.

    Raises
    ------
    AnalysisError
        If the table is broken or not UTF-8, or there is no room for the parts.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        sign = delimiter(path, file.readline(1 << 20))
    rows = _rows(path, sign)
    header = next(rows, [])
    names = [(columns or {}).get("document"), *COLUMNS["document"]]
    named = next((header.index(name) for name in names if name in header), None)
    spoken = {*COLUMNS["speaker"], *COLUMNS["label"], *(columns or {}).values()} - {
        (columns or {}).get(role) for role in COLUMNS if role not in {"speaker", "label"}
    }
    single = named is None and spoken & set(header)
    sizes: dict[str, int] = {}
    number = 0
    for number, row in enumerate(rows, 1):
        name = "" if single else str(number) if named is None else _at(row, named)
        sizes[name] = sizes.get(name, 0) + sum(map(len, row)) + len(row)
    part_of, part, filled = {}, 0, 0
    for name, size in sizes.items():
        if filled and filled + size > most:
            part, filled = part + 1, 0
        part_of[name] = part
        filled += size
    width = len(str(number))
    stem = path.stem
    parts = [folder / f"{one:05d}" / path.name for one in range(part + 1)]
    try:
        for first in range(0, len(parts), _OPEN_AT_ONCE):
            group = parts[first : first + _OPEN_AT_ONCE]
            for one in group:
                one.parent.mkdir(parents=True, exist_ok=True)
            files = [one.open("w", encoding="utf-8", newline="") for one in group]
            writers = [csv.writer(file, delimiter=sign) for file in files]
            rows = _rows(path, sign)
            next(rows)
            extra = ["document"] if named is None and not single else []
            for writer in writers:
                writer.writerow([*header, *extra])
            for at, row in enumerate(rows, 1):
                name = "" if single else str(at) if named is None else _at(row, named)
                here = part_of[name] - first
                if 0 <= here < len(writers):
                    more = [f"{stem}-{at:0{width}d}"] if extra else []
                    writers[here].writerow([*row, *more])
            for file in files:
                file.close()
    except OSError as error:
        raise AnalysisError(
            folder, f"cannot be written ({error.strerror})", mend="free space or choose a folder"
        ) from error
    return parts


def _at(row: list[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _rows(path: Path, sign: str) -> Iterator[list[str]]:
    csv.field_size_limit(decoding.MOST_BYTES)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True, delimiter=sign)
            size = 0
            for row in reader:
                size = size or len(row)
                if len(row) not in {0, size}:
                    raise AnalysisError(
                        f"{path}, line {reader.line_num}",
                        f"{len(row)} fields",
                        f"{size} as in line 1",
                        "quote fields that hold commas",
                    )
                if row:
                    yield row
    except UnicodeDecodeError as problem:
        raise AnalysisError(
            path, f"bytes that are not UTF-8 ({problem.reason})", "UTF-8", "save it as UTF-8"
        ) from problem
    except csv.Error as problem:
        raise AnalysisError(
            f"{path}, line {reader.line_num}",
            f"broken CSV ({problem})",
            "fields parted by commas, quoted where they hold commas or quotation marks",
        ) from problem
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})") from error
