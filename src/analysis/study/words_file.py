"""The file ``words.parquet`` of a study: how often each utterance has each word."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import IO

import numpy as np
import numpy.typing as npt
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
    starts = range(0, max(len(table), 1), ROWS)
    write_groups((_group(table.iloc[at : at + ROWS]) for at in starts), sink)


def _group(table: pd.DataFrame) -> pa.Table:
    document, word = (pd.factorize(table[name]) for name in ("document", "word"))
    return group(document, table["utterance"], word, table["count"])


def group(
    document: tuple[np.ndarray, Iterable[str]],
    utterance: npt.ArrayLike,
    word: tuple[np.ndarray, Iterable[str]],
    count: npt.ArrayLike,
) -> pa.Table:
    """Return rows of the table of words as they are written.

    Parameters
    ----------
    document, word : (numpy.ndarray of int, iterable of str)
        Of each row the number of a name, and the names in the order in which the rows have them.
    utterance, count : array of int
    """
    columns = [
        _named(*document),
        pa.array(utterance, pa.int32()),
        _named(*word),
        pa.array(count, pa.int32()),
    ]
    return pa.Table.from_arrays(columns, schema=_SCHEMA)


def write_groups(groups: Iterable[pa.Table], sink: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write the table of words in groups of :data:`ROWS` rows, the last of which may be shorter."""
    target = os.fspath(sink) if isinstance(sink, (str, os.PathLike)) else sink
    # No pandas metadata: it names library versions, and the bytes would change with them.
    with pq.ParquetWriter(target, _SCHEMA, compression="zstd", compression_level=9) as writer:
        for table in groups:
            writer.write_table(table, row_group_size=ROWS)


def _named(codes: np.ndarray, names: Iterable[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int32()), pa.array(list(names), pa.large_string())
    )


def commonest(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows with the largest counts, of a table that is given piece by piece."""
    best = pd.DataFrame({"word": [], "count": []})
    for table in tables:
        rows = table[["word", "count"]]
        if len(rows) > _SAMPLE:
            least = np.partition(rows["count"].to_numpy(), -_SAMPLE)[-_SAMPLE]
            rows = rows[rows["count"] >= least]
        rows = rows.nlargest(_SAMPLE, "count")
        best = pd.concat([best, rows]).nlargest(_SAMPLE, "count") if len(best) else rows
    return best


def word_statement(words: Iterable[str]) -> str:
    """Return what a word is, and which texts are not divided into words, by the commonest."""
    return " ".join(filter(None, (WORD_STATEMENT, undivided.statement(" ".join(words)))))
