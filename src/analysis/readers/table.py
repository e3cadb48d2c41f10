"""Tables of turns or of texts: CSV, TSV, Excel, Parquet and JSON Lines, by their columns."""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError
from analysis.readers import decoding, markup
from analysis.readers.turns import Turn, compose
from analysis.storage.csv_tables import unguard
from analysis.text.document import Document

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = {
    "text": ("text", "content", "speech", "body", "utterance", "transcript"),
    "speaker": ("speaker", "speaker_name", "Speaker_name", "author", "name"),
    "label": ("speaker_label", "label"),
    "document": ("document", "doc_id", "Text_ID", "document_id", "conversation_id"),
    "seq": ("seq",),
    "title": ("title", "Title", "headline"),
    "date": ("date", "Date"),
    "affiliation": ("affiliation", "position", "office_or_seat", "party", "Speaker_party_name"),
    "group": ("group", "role_group"),
}
"""What a column can be, and the names by which it is known without being told."""

MOST_ROWS = 2_000_000
_MOST_EMPTY = 10_000
_MOST_CELLS = 20_000_000
_PARAGRAPH = re.compile(r"\s*\n\s*")
_Row = tuple[int, dict[str, str]]


def is_table(path: Path, text: str) -> bool:
    """Return whether a file is a CSV or TSV: by its name, or by a first line with its columns."""
    first = text.partition("\n")[0].strip()
    header = {name.strip(' "') for name in first.split(delimiter(path, first))}
    return _suffix(path) in {".csv", ".tsv"} or {"speaker", "text"} <= header


def _suffix(path: Path) -> str:
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def delimiter(path: Path, first: str) -> str:
    """Return what parts the fields of a CSV or TSV, judged by its first line."""
    if _suffix(path) == ".tsv" or first.count("\t") > first.count(","):
        return "\t"
    # Spreadsheets of half of Europe part their fields so.
    return ";" if first.count(";") > first.count(",") else ","


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
    return parse(path, decoding.decode(path), {"speaker": speaker, "text": text})


def parse(path: Path, content: str, columns: Mapping[str, str] | None = None) -> list[Document]:
    """Read the characters of a CSV or TSV; see :func:`documents`."""
    first = content.partition("\n")[0]
    rows = decoding.rows(path, content, (), delimiter=delimiter(path, first))
    if not rows:
        raise AnalysisError(path, "a header and no row", "one row per turn")
    return documents(path, rows, columns)


def parse_parquet(
    path: Path, content: bytes, columns: Mapping[str, str] | None = None
) -> list[Document]:
    """Read the bytes of a Parquet file; see :func:`documents`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[_Row] = []
    try:
        names = _known(pq.read_schema(io.BytesIO(content)), columns)
        # Dictionaries stay dictionaries: a text that comes a million times is then held once.
        table = pq.ParquetFile(io.BytesIO(content), read_dictionary=names)
        told = table.metadata
        size = sum(told.row_group(n).total_byte_size for n in range(told.num_row_groups))
        if told.num_rows > MOST_ROWS or size > 4 * decoding.MOST_BYTES:
            raise _too_many(path, f"{told.num_rows:,} rows of {size / 2**20:,.0f} MiB")
        size = 0
        for batch in table.iter_batches(batch_size=1024, columns=names):
            size += sum(map(_length, batch.columns))
            if size > decoding.MOST_BYTES:
                raise _too_many(path, "more text than fits")
            records = map(plain, batch.to_pylist())
            rows += [(len(rows) + n, record) for n, record in enumerate(records, 1)]
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError) as problem:
        if isinstance(problem, AnalysisError):
            raise
        raise AnalysisError(
            path, f"a broken Parquet file ({problem})", "a whole one", "write it again"
        ) from problem
    return documents(path, rows, columns)


def _known(schema: pa.Schema, columns: Mapping[str, str] | None) -> list[str]:
    """Return the columns worth reading; a table may carry many others."""
    from pyarrow import types

    wanted = {name for known in COLUMNS.values() for name in known} | set((columns or {}).values())
    return [one.name for one in schema if one.name in wanted and not types.is_nested(one.type)]


def _length(column: pa.Array) -> int:
    """Return the bytes of a column once written out."""
    import pyarrow.compute as pc
    from pyarrow import types

    if not types.is_dictionary(column.type):
        return column.nbytes
    lengths = pc.binary_length(column.dictionary.cast("string"))
    return pc.sum(lengths.take(column.indices)).as_py() or 0


def parse_excel(
    path: Path, content: bytes, columns: Mapping[str, str] | None = None
) -> list[Document]:
    """Read the first sheet of an Excel workbook, its formulas by their stored values.

    See :func:`documents`.
    """
    import openpyxl

    markup.archive(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out, all of it looks
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = _sheet(path, sheet.iter_rows(values_only=True))
    except AnalysisError:
        raise
    except Exception as problem:  # openpyxl lets out whatever a broken part makes it stumble over
        raise AnalysisError(
            path,
            f"a broken workbook ({type(problem).__name__})",
            "an Excel workbook",
            "save it again, or as CSV",
        ) from problem
    return documents(path, rows, columns)


def _sheet(path: Path, lines: Iterable[tuple[object, ...]]) -> list[_Row]:
    header: list[str] = []
    rows: list[_Row] = []
    empty = cells = 0
    for number, line in enumerate(lines, 1):
        cells += len(line)
        # A sheet may claim a cell in its last row; the rows between would be made up one by one.
        empty = 0 if any(value is not None for value in line) else empty + 1
        if empty > _MOST_EMPTY or cells > _MOST_CELLS:
            raise _too_many(path, f"a sheet with {empty:,} empty rows or {cells:,} cells")
        if empty:
            continue
        if not header:
            header = [str(value or "").strip() for value in line]
        else:
            record = plain(dict(zip(header, line, strict=False)))
            rows.append((number, {name: unguard(value) for name, value in record.items()}))
    return rows


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


def plain(record: Mapping[str, Any]) -> dict[str, str]:
    """Return a record as texts: missing values empty, dates in ISO form, lists left out."""
    import datetime

    found = {}
    for name, value in record.items():
        if value is None or isinstance(value, (dict, list)):
            found[str(name)] = ""
        elif isinstance(value, datetime.datetime):
            found[str(name)] = value.date().isoformat()
        else:
            found[str(name)] = str(value)
    return found


def _too_many(path: Path, found: str) -> AnalysisError:
    return AnalysisError(
        path,
        found,
        f"at most {MOST_ROWS:,} rows, {decoding.MOST_BYTES // 2**20} MiB of text",
        "split it into several files",
    )


def documents(
    path: Path, rows: list[_Row], columns: Mapping[str, str] | None = None
) -> list[Document]:
    """Make the documents of a table's rows.

    Parameters
    ----------
    path : pathlib.Path
    rows : list of (int, dict)
        Line number and fields.
    columns : mapping of str to str, optional
        Which column is what (:data:`COLUMNS`), where its name does not say.

    Returns
    -------
    list of Document
        With a speaker, one row is one turn, and a document column parts documents (else the file
        is one). Without a speaker, each row is a text of its own unless a document column says
        otherwise.

    Raises
    ------
    AnalysisError
        If there is no row, no column of text, a column said to be there is not, or a document's
        identifier is empty.
    """
    if not rows:
        raise AnalysisError(path, "a header and no row", "one row per turn or text")
    names = _roles(path, list(rows[0][1]), columns or {})
    groups: dict[str, list[_Row]] = {}
    for number, (line, row) in enumerate(rows, 1):
        if "document" in names:
            name = row.get(names["document"], "").strip()
            if not name:
                empty = names["document"]
                raise AnalysisError(f"{path}, line {line}", f"an empty {empty}", "its identifier")
        elif "speaker" in names or "label" in names:
            name = _stem(path)
        else:
            name = f"{_stem(path)}-{number:0{len(str(len(rows)))}d}"
        groups.setdefault(name, []).append((line, row))
    return [_document(path, name, turns, names) for name, turns in groups.items()]


def _stem(path: Path) -> str:
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def _roles(path: Path, header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    unknown = [role for role in columns if role not in COLUMNS]
    if unknown:
        raise AnalysisError("columns", repr(unknown[0]), f"one of {', '.join(COLUMNS)}")
    names = {}
    for role, known in COLUMNS.items():
        wanted = (columns[role],) if role in columns else known
        found = next((name for name in wanted if name in header), None)
        if found is not None:
            names[role] = found
        elif role in columns or role == "text":
            raise AnalysisError(
                f"{path}, line 1",
                f"no column {wanted[0]} (found {', '.join(header)[:300] or 'none'})",
                "a column of text, and one of speakers if there are any",
                "say which column is what: columns={'text': …, 'speaker': …}, "
                "or --columns text=…,speaker=…",
            )
    return names


def _document(path: Path, name: str, rows: list[_Row], names: Mapping[str, str]) -> Document:
    if "seq" in names:
        rows = sorted(rows, key=lambda row: _sequence(path, row[0], row[1].get(names["seq"], "")))

    def value(row: dict[str, str], role: str) -> str:
        return row.get(names[role], "").strip() if role in names else ""

    first = rows[0][1]
    metadata = {"kind": "table"} | {
        key: value(first, key) for key in ("title", "date") if value(first, key)
    }
    turns = (
        Turn(
            value(row, "label") if "label" in names else value(row, "speaker"),
            _PARAGRAPH.sub("\n", value(row, "text")),
            value(row, "speaker"),
            value(row, "affiliation"),
            value(row, "group"),
        )
        for _, row in rows
    )
    return compose(name, turns, metadata)


def _sequence(path: Path, line: int, found: str) -> float:
    try:
        return float(found)
    except ValueError as problem:
        raise AnalysisError(
            f"{path}, line {line}", f"seq {found!r}", "the number of the turn"
        ) from problem
