"""The other columns of a source, kept beside the words, by which questions are narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa


def is_metadata(kind: pa.DataType) -> bool:
    """Say whether a column of a type holds single texts, numbers, dates or truth values."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_boolean,
        pa.types.is_date,
        pa.types.is_timestamp,
    )
    return any(test(kind) for test in tests)


def keep_metadata(
    batches: Iterable[pa.RecordBatch], metadata: Sequence[str], kept: list[pa.Table]
) -> Iterator[pa.RecordBatch]:
    """Give the batches on, and keep their other columns."""
    for batch in batches:
        if metadata:
            kept.append(pa.Table.from_batches([batch.select(list(metadata))]))
        yield batch


def put_together(kept: list[pa.Table], rows: int) -> pa.Table:
    """Put the other columns of all batches together, repeated texts written once."""
    if not kept:
        return pa.table({})
    table = pa.concat_tables(kept, promote_options="permissive").combine_chunks()
    assert len(table) == rows
    for at, field in enumerate(table.schema):
        column = table.column(at)
        if pa.types.is_dictionary(field.type):
            column = column.cast(field.type.value_type)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = column.cast(pa.large_string()).dictionary_encode()
        table = table.set_column(at, field.name, column.unify_dictionaries().combine_chunks())
    return table


def other_columns(paths: Sequence[Path], taken: Sequence[str | None]) -> list[str]:
    """Name the columns, but those taken, of texts, numbers or dates that all files have."""
    import pyarrow.parquet as pq

    schemas = []
    for path in paths:
        try:
            schemas.append(pq.read_schema(path))
        except (pa.ArrowException, OSError):
            # Reading the rows says what is wrong with the file.
            return []
    names = [field.name for field in schemas[0] if is_metadata(field.type)]
    shared = set.intersection(*({field.name for field in schema} for schema in schemas))
    return [name for name in names if name in shared and name not in taken]


def simple_columns(table: pd.DataFrame, taken: Sequence[str]) -> list[str]:
    """Name the columns of a table, but those taken, of texts, numbers or dates."""
    others = [name for name in table.columns if isinstance(name, str) and name not in taken]
    kept = []
    for name in others:
        try:
            kind = pa.Array.from_pandas(table[name].head(100)).type
        except (pa.ArrowException, TypeError, ValueError):
            continue
        if is_metadata(kind):
            kept.append(name)
    return kept
