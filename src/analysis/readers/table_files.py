"""Tables in the forms of spreadsheets and data frames: Excel and Parquet."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError
from analysis.readers import columns, decoding, markup, table
from analysis.storage.csv_tables import unguard
from analysis.text.document import Document

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_EMPTY = 10_000
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
    cells = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out, all of it looks
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows, cells = _sheet(path, sheet.iter_rows(values_only=True), cells)
                sheets.append((sheet.title, rows))
    except AnalysisError:
        raise
    except Exception as problem:  # openpyxl lets out whatever a broken part makes it stumble over
        raise AnalysisError(
            path,
            f"a broken workbook ({type(problem).__name__})",
            "an Excel workbook",
            "save it again, or as CSV",
        ) from problem
    return table.of_sheets(path, sheets, told)


def _sheet(
    path: Path, lines: Iterable[tuple[object, ...]], cells: int
) -> tuple[list[table.Row], int]:
    header: list[str] = []
    rows: list[table.Row] = []
    empty = 0
    for number, line in enumerate(lines, 1):
        cells += len(line)
        # A sheet may claim a cell in its last row; the rows between would be made up one by one.
        empty = 0 if any(value is not None for value in line) else empty + 1
        if empty > _MOST_EMPTY or cells > _MOST_CELLS:
            raise table.too_many(path, f"a sheet with {empty:,} empty rows or {cells:,} cells")
        if empty:
            continue
        if not header:
            header = [str(value or "").strip() for value in line]
        else:
            record = table.plain(dict(zip(header, line, strict=False)))
            rows.append((number, {name: unguard(value) for name, value in record.items()}))
    return rows, cells
