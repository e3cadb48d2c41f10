"""Tables in the forms of spreadsheets and data frames: Excel and Parquet."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError
from analysis.readers import columns, decoding, markup, table
from analysis.storage.csv_tables import unguard
from analysis.text.document import Document

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_EMPTY = 10_000
_MOST_ABOVE = 10
_MOST_CELLS = 20_000_000


def parse_parquet(
    path: Path, content: bytes, told: Mapping[str, str] | None = None
) -> list[Document]:
    """Read the bytes of a Parquet file; see :func:`analysis.readers.table.documents`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[table.Row] = []
    try:
        schema = pq.read_schema(io.BytesIO(content))
        names = _known(schema, told)
        texts = [one.name for one in schema if one.name in names and _is_text(one.type)]
        # Dictionaries stay dictionaries: a text that comes a million times is then held once.
        held = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts)
        about = held.metadata
        size = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
        if about.num_rows > table.MOST_ROWS or size > 4 * decoding.MOST_BYTES:
            raise table.too_many(path, f"{about.num_rows:,} rows of {size / 2**20:,.0f} MiB")
        size = 0
        for batch in held.iter_batches(batch_size=1024, columns=names):
            size += sum(map(_length, batch.columns))
            if size > decoding.MOST_BYTES:
                raise table.too_many(path, "more text than fits")
            records = map(table.plain, batch.to_pylist())
            rows += [(len(rows) + n, record) for n, record in enumerate(records, 1)]
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError) as problem:
        if isinstance(problem, AnalysisError):
            raise
        raise AnalysisError(
            path, f"a broken Parquet file ({problem})", "a whole one", "write it again"
        ) from problem
    others = [one.name for one in schema if one.name not in names]
    return table.documents(path, rows, told, others=others)


def _known(schema: pa.Schema, told: Mapping[str, str] | None) -> list[str]:
    """Return the columns worth reading; a table may carry many others."""
    from pyarrow import types

    wanted = set((told or {}).values())
    return [
        one.name
        for one in schema
        if (columns.is_known(one.name) or one.name in wanted) and not types.is_nested(one.type)
    ]


def _is_text(kind: pa.DataType) -> bool:
    from pyarrow import types

    return types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind)


def _length(column: pa.Array) -> int:
    """Return the bytes of a column once written out."""
    import pyarrow.compute as pc
    from pyarrow import types

    if not types.is_dictionary(column.type):
        return column.nbytes
    lengths = pc.binary_length(column.dictionary.cast("string"))
    return pc.sum(lengths.take(column.indices)).as_py() or 0


def parse_excel(
    path: Path, content: bytes, told: Mapping[str, str] | None = None
) -> list[Document]:
    """Read the sheets of an Excel workbook, its formulas by their stored values.

    A sheet without a column of text is left aside, and the notes say so. See
    :func:`analysis.readers.table.documents`.
    """
    import openpyxl

    markup.archive(path, content)
    sheets: list[tuple[str, list[table.Row]]] = []
    notes: list[str] = []
    cells = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out, all of it looks
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                lines = sheet.iter_rows(values_only=True)
                rows, cells, above = _sheet(path, lines, cells, (told or {}).get("text", ""))
                sheets.append((sheet.title, rows))
                if above:
                    notes.append(f"sheet {sheet.title!r}: {above} lines above its header left out")
    except AnalysisError:
        raise
    except Exception as problem:  # openpyxl lets out whatever a broken part makes it stumble over
        raise AnalysisError(
            path,
            f"a broken workbook ({type(problem).__name__})",
            "an Excel workbook",
            "save it again, or as CSV",
        ) from problem
    return table.of_sheets(path, sheets, told, notes=notes)


def _sheet(
    path: Path, lines: Iterable[tuple[object, ...]], cells: int, text: str = ""
) -> tuple[list[table.Row], int, int]:
    """Return a sheet's rows, the cells counted so far, and the lines left out above its header."""
    filled = _filled(path, lines, cells)
    opening = list(islice(filled, _MOST_ABOVE))
    # A title and the like may stand above the names of the columns.
    headers = [[str(value or "").strip() for value in line] for _, line, _ in opening]
    known = (
        n
        for n, names in enumerate(headers)
        if (text and text in names) or columns.find("text", names)
    )
    at = next(known, 0)
    header = headers[at] if headers else []
    rows = []
    for number, line, counted in chain(opening[at + 1 :], filled):
        record = table.plain(dict(zip(header, line, strict=False)))
        rows.append((number, {name: unguard(value) for name, value in record.items()}))
        cells = counted
    return rows, cells, at


def _filled(
    path: Path, lines: Iterable[tuple[object, ...]], cells: int
) -> Iterator[tuple[int, tuple[object, ...], int]]:
    """Yield the lines that are not empty, with their numbers and the cells up to there."""
    empty = 0
    for number, line in enumerate(lines, 1):
        cells += len(line)
        # A sheet may claim a cell in its last row; the rows between would be made up one by one.
        empty = 0 if any(value is not None for value in line) else empty + 1
        if empty > _MOST_EMPTY or cells > _MOST_CELLS:
            raise table.too_many(path, f"a sheet with {empty:,} empty rows or {cells:,} cells")
        if not empty:
            yield number, line, cells
