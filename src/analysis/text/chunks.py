"""Texts in chunks of about two megabytes, and work on every core, in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.text.word_arrays import CHUNK_BYTES


def text_chunks(
    batches: Iterable[pa.RecordBatch],
    text: str,
    names: dict[str, str | None],
    labels: dict[str, list[pa.Array]],
    where: str,
) -> Iterator[tuple[pa.Buffer, np.ndarray]]:
    """Give the bytes and row offsets of about two megabytes at a time; keep the rows' labels."""
    for batch in batches:
        column = _strings(batch, text, where)
        if not len(column):
            continue
        if column.null_count:
            row = column.is_null().index(True).as_py()
            raise AnalysisError(
                where, f"no text in row {row + 1} of a batch", "a text in every row"
            )
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            raise AnalysisError(
                where, f"column {text!r} is not UTF-8", "text in UTF-8", "convert it"
            ) from None
        for name, kept in labels.items():
            if (label := names[name]) is not None:
                values = _strings(batch, label, where)
                kept.append(values.fill_null("") if values.null_count else values)
        _, offset_buffer, data = column.buffers()
        offsets = np.frombuffer(offset_buffer, np.int64)[column.offset :][: len(column) + 1]
        first = 0
        while first < len(column):
            last = int(np.searchsorted(offsets, offsets[first] + CHUNK_BYTES, "right")) - 1
            last = min(max(last, first + 1), len(column))
            begin, stop = int(offsets[first]), int(offsets[last])
            raw = data.slice(begin, stop - begin) if data is not None else pa.py_buffer(b"")
            yield raw, offsets[first : last + 1] - begin
            first = last


def _strings(batch: pa.RecordBatch, name: str, where: str) -> pa.LargeStringArray:
    if name not in batch.schema.names:
        raise AnalysisError(
            where,
            f"no column {name!r}",
            f"one of the columns {', '.join(batch.schema.names)}",
            "name the column",
        )
    try:
        return batch.column(name).cast(pa.large_string())
    except pa.ArrowException:
        kind = batch.schema.field(name).type
        raise AnalysisError(where, f"column {name!r} holds {kind}", "text") from None


def in_parallel(function: Callable, items: Iterable) -> Iterator:
    """Apply a function on every core, giving results in order and holding few at a time."""
    with ThreadPoolExecutor(_CORES) as pool:
        waiting: deque = deque()
        try:
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) > _CORES:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def cores() -> int:
    """Count the cores to use: a Dask worker is told by ``OMP_NUM_THREADS`` that it has one."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdigit() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_CORES = cores()
