"""Columns of text in Arrow: find labels in their order, put columns side by side in a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

_KEY = 8


def leading_bytes(labels: pa.LargeStringArray) -> np.ndarray:
    """Give the first eight bytes of each label as a number; numbers are ordered as labels are."""
    _, offsets, data = labels.buffers()
    bounds = np.frombuffer(offsets, "<i8")[labels.offset :][: len(labels) + 1]
    padded = (data.to_pybytes() if data is not None else b"") + bytes(_KEY)
    windows = np.ndarray((len(padded) - _KEY + 1,), ">u8", padded, 0, (1,))
    sizes = np.minimum(np.diff(bounds), _KEY).astype(np.uint64)
    dropped = (np.uint64(_KEY) - sizes) * np.uint64(8)
    # A shift by 64 bits is undefined, so an empty label is shifted twice by half of it.
    half = dropped >> np.uint64(1)
    return windows[bounds[:-1]].astype(np.uint64) >> half >> half << half << half


def rows_of(
    labels: pa.LargeStringArray, keys: np.ndarray, words: Sequence[str]
) -> list[tuple[int, int]]:
    """Return the rows of words among ordered labels, each as a half-open range.

    Parameters
    ----------
    labels : pyarrow.LargeStringArray
        In the order of their characters.
    keys : numpy.ndarray of uint64
        Their :func:`leading_bytes`.
    words : sequence of str

    Returns
    -------
    list of (int, int)
        An empty range where a word is no label.
    """
    raw = [word.encode() for word in words]
    wanted = np.array([int.from_bytes(word[:_KEY].ljust(_KEY, b"\0")) for word in raw], np.uint64)
    bounds = zip(
        np.searchsorted(keys, wanted).tolist(),
        np.searchsorted(keys, wanted, "right").tolist(),
        strict=True,
    )
    found = []
    for word, encoded, (low, high) in zip(words, raw, bounds, strict=True):
        begin, end = low, high
        # Within one key only words of eight bytes or more differ; they are compared whole.
        if len(encoded) >= _KEY and low < high:
            begin = bisect_left(range(high), word, low, key=lambda row: labels[row].as_py())
            end = bisect_right(range(high), word, begin, key=lambda row: labels[row].as_py())
        found.append((begin, end))
    return found


def frame(**columns: pa.Array | np.ndarray) -> pd.DataFrame:
    """Put columns side by side, none of them copied: they must belong to nobody else.

    Parameters
    ----------
    **columns : pyarrow.LargeStringArray or numpy.ndarray
        Of one length.

    Returns
    -------
    pandas.DataFrame
        Arrow columns as ``str``.
    """
    table = {
        name: pd.array(values, dtype="str", copy=False) if isinstance(values, pa.Array) else values
        for name, values in columns.items()
    }
    return pd.DataFrame(table, copy=False)
