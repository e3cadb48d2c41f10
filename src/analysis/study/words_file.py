"""The file ``words.parquet`` of a study: how often each utterance has each word."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.text import undivided
from analysis.text.words import WORD_STATEMENT

ROWS = 1 << 20
"""Rows of a group, each of which lists the documents and words that are in it."""
_NAME = pa.dictionary(pa.int32(), pa.large_string())
_SCHEMA = pa.schema(
    {"document": _NAME, "utterance": pa.int32(), "word": _NAME, "count": pa.int32()}
)
_SAMPLE = 2000


def write_words(table: pd.DataFrame, sink: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write the table of words.

    Parameters
    ----------
    table : pandas.DataFrame
        ``document``, ``utterance``, ``word``, ``count``.
    sink : path-like or file
    """
    write_groups((table.iloc[at : at + ROWS] for at in range(0, max(len(table), 1), ROWS)), sink)


def write_groups(groups: Iterable[pd.DataFrame], sink: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write the table of words in groups of :data:`ROWS` rows, the last of which may be shorter."""
    target = os.fspath(sink) if isinstance(sink, (str, os.PathLike)) else sink
    # No pandas metadata: it names library versions, and the bytes would change with them.
    with pq.ParquetWriter(target, _SCHEMA, compression="zstd", compression_level=19) as writer:
        for table in groups:
            columns = [
                _named(table["document"]),
                pa.array(table["utterance"], pa.int32()),
                _named(table["word"]),
                pa.array(table["count"], pa.int32()),
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=_SCHEMA), row_group_size=ROWS)


def _named(column: pd.Series) -> pa.DictionaryArray:
    codes, names = pd.factorize(column)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int32()), pa.array(list(names), pa.large_string())
    )


def commonest(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows with the largest counts, of a table that is given piece by piece."""
    best = pd.DataFrame({"word": [], "count": []})
    for table in tables:
        rows = table[["word", "count"]].nlargest(_SAMPLE, "count")
        best = pd.concat([best, rows]).nlargest(_SAMPLE, "count") if len(best) else rows
    return best


def word_statement(words: Iterable[str]) -> str:
    """Return what a word is, and which texts are not divided into words, by the commonest."""
    return " ".join(filter(None, (WORD_STATEMENT, undivided.statement(" ".join(words)))))
