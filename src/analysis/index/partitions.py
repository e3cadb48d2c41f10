"""A corpus in pieces: each Parquet file of a folder is asked alone, and the counts are added.

A question is a pure function of one partition's token index; it gives a table of labels and whole
numbers. The tables are added by their labels, on one machine as they come, or by the workers of a
Dask cluster. Whole numbers have one sum in whatever order they are added, so it does not matter
how the corpus was cut, who counted which piece, or that a lost worker's piece is counted again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.build import build
from analysis.index.metadata import other_columns
from analysis.index.store import build_index
from analysis.index.token_index import TokenIndex
from analysis.storage.parquet import parquet_batches, parquet_files

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
_ROWS_AT_ONCE = 2_000_000
_TABLES_AT_ONCE = 8
_RETRIES = 3
_ROWS_TOGETHER = 256


@dataclass(frozen=True)
class Partitions:
    """Parquet files that are one corpus; made by :func:`open_partitions`.

    Parameters
    ----------
    paths : tuple of pathlib.Path
        The files, in the order of the corpus.
    kept : pathlib.Path or None
        The folder of their indexes; None where each is made in memory and forgotten.
    text, speaker, document, metadata
        Names of the columns, as in :func:`analysis.index.store.build_index`.
    """

    paths: tuple[Path, ...]
    kept: Path | None
    text: str
    speaker: str | None
    document: str | None
    metadata: tuple[str, ...] | None = None


def open_partitions(
    source: str | os.PathLike[str],
    *,
    kept: str | os.PathLike[str] | None = None,
    text: str = "text",
    speaker: str | None = "speaker",
    document: str | None = "document",
    metadata: Sequence[str] | None = None,
) -> Partitions:
    """Take the Parquet files of a folder as partitions of one corpus. Nothing is read yet.

    A document may begin in one file and go on in another.

    Parameters
    ----------
    source : str or path-like
        A folder of Parquet files, read in the order of their names, or one file.
    kept : str or path-like, optional
        A folder that keeps the index of each file, built when it is first asked and again when
        the file has changed. Without it each question reads and indexes every file anew, in
        memory.
    text, speaker, document : str
        Names of the columns: what was said, by whom, in which document. Without ``speaker``
        nobody is known to speak; without ``document`` all rows are of one document.
    metadata : sequence of str, optional
        Other columns to keep, as in :func:`analysis.index.store.build_index`.

    Returns
    -------
    Partitions

    Raises
    ------
    AnalysisError
        If there is no Parquet file.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from analysis.index import frequency_list
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name, text in (("a", "We met."), ("b", "We did not.")):
    ...         talk = pd.DataFrame({"text": [text], "speaker": ["LITT"], "document": ["1"]})
    ...         talk.to_parquet(f"{folder}/{name}.parquet")
    ...     frequency_list(open_partitions(folder)).head(1)
      word  count   rate
    0   we      2  400.0
    """
    paths = tuple(path.resolve() for path in parquet_files(source))
    home = Path(kept).resolve() if kept else None
    others = None if metadata is None else tuple(metadata)
    return Partitions(paths, home, text, speaker, document, others)


def open_partition(partitions: Partitions, path: Path) -> TokenIndex:
    """Open the index of one partition, or make it."""
    names = {key: getattr(partitions, key) for key in ("text", "speaker", "document")}
    others = partitions.metadata
    if partitions.kept is not None:
        return build_index(path, partitions.kept / path.stem, **names, metadata=others)
    if others is None:
        others = tuple(other_columns([path], list(names.values())))
    columns = dict.fromkeys(name for name in (*names.values(), *others) if name)
    batches = parquet_batches([path], list(columns))
    made = build(batches, None, **names, metadata=others, where=os.fspath(path))
    return TokenIndex(**made)


def ask(
    source: TokenIndex | Partitions,
    count: Callable[[TokenIndex], pa.Table],
    labels: Sequence[str],
    *,
    client: Client | None = None,
    keep: Callable[[pa.Table], pa.Table] | None = None,
) -> pa.Table:
    """Count in one index, or in every partition and add the counts.

    Parameters
    ----------
    source : TokenIndex or Partitions
    count : callable
        Takes a :class:`analysis.index.token_index.TokenIndex`, gives a table of labels and whole
        numbers. A cluster's workers must be able to import it.
    labels : sequence of str
        Its columns that are labels, each combination once and in their order; all others are
        added.
    client : distributed.Client, optional
        Whose workers count and add; they must see the files, and the folder of kept indexes,
        under the same paths. Without it this process does, a partition at a time.
    keep : callable, optional
        Takes the sum and gives the part of it that is wanted, before it leaves the workers.

    Returns
    -------
    pyarrow.Table
        One row per combination of labels, in their order.

    Raises
    ------
    AnalysisError
        If a partition cannot be read.
    """
    labels, keep = list(labels), keep or _everything
    if isinstance(source, TokenIndex):
        return keep(count(source))
    bare = replace(source, paths=())
    if client is None:
        tables = (_count_one(path, bare, count) for path in _shown(source.paths))
        return keep(_add_as_they_come(tables, labels))
    # Every task is pure, so that Dask may do it again when a worker is lost. Their keys are not
    # made of their arguments: a file may have changed since the same was asked before.
    submit = partial(client.submit, pure=False, retries=_RETRIES)
    # The question is a task as well: a long codebook goes to each worker once, not with each file.
    question = submit(_everything, count)
    counted = client.map(
        _count_one, source.paths, partitions=bare, count=question, pure=False, retries=_RETRIES
    )
    while len(counted) > _TABLES_AT_ONCE:
        groups = range(0, len(counted), _TABLES_AT_ONCE)
        counted = [submit(add, counted[at : at + _TABLES_AT_ONCE], labels) for at in groups]
    return submit(_finish, counted, labels, keep).result()


def add(tables: Sequence[pa.Table], labels: Sequence[str]) -> pa.Table:
    """Add tables of counts by their labels, and put the rows in the order of the labels.

    Parameters
    ----------
    tables : sequence of pyarrow.Table
        The same columns in each: labels, and whole numbers.
    labels : sequence of str
        Names of the columns that are labels.

    Returns
    -------
    pyarrow.Table

    Examples
    --------
    >>> first = pa.table({"word": ["dark", "go"], "count": [1, 2]})
    >>> add([first, pa.table({"word": ["dark"], "count": [3]})], ["word"]).to_pydict()
    {'word': ['dark', 'go'], 'count': [4, 2]}
    """
    # What comes over a wire need not be aligned in memory; joining it to nothing copies it.
    together = pa.concat_tables([*tables, tables[0].schema.empty_table()]).combine_chunks()
    numbers = [name for name in together.column_names if name not in labels]
    summed = together.group_by(list(labels)).aggregate([(name, "sum") for name in numbers])
    summed = summed.select([*labels, *(f"{name}_sum" for name in numbers)])
    ordered = summed.sort_by([(name, "ascending") for name in labels])
    return ordered.rename_columns([*labels, *numbers])


def split(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    megabytes: float = 16,
) -> list[Path]:
    """Cut Parquet files into partitions that a small machine can index in memory.

    Parameters
    ----------
    source : str or path-like
        A Parquet file, or a folder of them, read in the order of their names.
    folder : str or path-like
        Where the partitions are written, as ``part-00000.parquet`` and so on; new or empty.
    megabytes : float, default 16
        About how much of the source's rows, as held in memory, goes into each.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    AnalysisError
        If a file cannot be read, or the folder is not empty or cannot be written to.
    """
    import pyarrow.parquet as pq

    paths, folder = parquet_files(source), Path(folder)
    columns = pq.read_schema(paths[0]).names
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise AnalysisError(folder, "not empty", "a new folder", "choose another")
        written: list[Path] = []
        for rows in _in_pieces(parquet_batches(paths, columns), megabytes * 2**20):
            written.append(folder / f"part-{len(written):05}.parquet")
            pq.write_table(rows, written[-1])
    except OSError as error:
        raise AnalysisError(folder, f"cannot be written ({error.strerror})") from None
    return written


def _in_pieces(batches: Iterable[pa.RecordBatch], size: float) -> Iterator[pa.Table]:
    waiting: list[pa.RecordBatch] = []
    held = 0
    for batch in batches:
        for first in range(0, len(batch), _ROWS_TOGETHER):
            waiting.append(batch.slice(first, _ROWS_TOGETHER))
            held += waiting[-1].nbytes
            if held >= size:
                yield pa.Table.from_batches(waiting)
                waiting, held = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def _count_one(
    path: Path, partitions: Partitions, count: Callable[[TokenIndex], pa.Table]
) -> pa.Table:
    return count(open_partition(partitions, path))


def _add_as_they_come(tables: Iterable[pa.Table], labels: list[str]) -> pa.Table:
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        # Adding when as much again has come as was added before keeps the work linear.
        if sum(map(len, waiting[1:])) > max(_ROWS_AT_ONCE, len(waiting[0])):
            waiting = [add(waiting, labels)]
    return add(waiting, labels)


def _finish(
    tables: Sequence[pa.Table], labels: list[str], keep: Callable[[pa.Table], pa.Table]
) -> pa.Table:
    return keep(add(tables, labels))


def _everything(given: T) -> T:
    return given


def _shown(paths: Sequence[Path]) -> Iterable[Path]:
    """Show how many partitions are done, on a terminal."""
    if not sys.stderr.isatty():
        return paths
    from tqdm import tqdm

    return tqdm(paths, unit=" partitions", delay=1, leave=False)
