"""Read the rows of Parquet files: one, or a folder of partitions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from tqdm import tqdm


def parquet_files(source: str | os.PathLike[str]) -> list[Path]:
    """Return the Parquet files of a folder in the order of their names, or the one file."""
    path = Path(source)
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise AnalysisError(path, "no Parquet file here", "a .parquet file or a folder of them")
    return files


def parquet_batches(
    paths: Sequence[Path], columns: list[str], *, progress: bool = False
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of Parquet files, some thousand at a time."""
    import pyarrow.parquet as pq

    files = []
    for path in paths:
        try:
            files.append(pq.ParquetFile(path, memory_map=True))
        except (pa.ArrowException, OSError) as error:
            message = str(error).splitlines()[0]
            raise AnalysisError(path, f"not Parquet ({message})") from None
        missing = [name for name in columns if name not in files[-1].schema_arrow.names]
        if missing:
            raise AnalysisError(
                path,
                f"no column {missing[0]!r}",
                f"one of the columns {', '.join(files[-1].schema_arrow.names)}",
                "name the column",
            )
    bar = _bar(sum(file.metadata.num_rows for file in files)) if progress else None
    for file in files:
        for batch in file.iter_batches(batch_size=4096, columns=columns, use_threads=False):
            yield batch
            if bar is not None:
                bar.update(len(batch))
    if bar is not None:
        bar.close()


def _bar(rows: int) -> tqdm | None:
    if not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    return tqdm(total=rows, unit=" rows", desc="index", delay=1)
