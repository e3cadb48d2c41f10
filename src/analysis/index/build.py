"""Build a token index in one pass over Arrow batches, in bounded memory.

Rows go by in chunks of about two megabytes of text; all cores cut words while the next rows are
read, and the columns grow on disk (or in memory, for little ones). When the last row is in, the
vocabulary is put in order and every word's places are gathered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.index.joints import joined_words
from analysis.index.metadata import keep_metadata, put_together
from analysis.index.oddities import odd_clauses
from analysis.text.chunks import in_parallel, text_chunks
from analysis.text.word_arrays import segment
from analysis.text.words import fold

LONG = 255
"""The length written for a word of so many bytes or more."""


def _reserve(file: IO[bytes], size: int) -> None:
    """Take the room that a mapped file needs: a full disk ends a write to a mapping by a signal."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
    else:
        file.truncate(size)


class Columns:
    """Columns that grow row by row: files of a folder, or arrays where there is no folder.

    Parameters
    ----------
    folder : pathlib.Path or None
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.parts: dict[str, list[np.ndarray]] = {}
        self.files: dict[str, IO[bytes]] = {}

    def append(self, name: str, values: np.ndarray) -> None:
        """Add values to the end of a column."""
        if self.folder is None:
            self.parts.setdefault(name, []).append(values)
            return
        if name not in self.files:
            self.files[name] = (self.folder / f"{name}.bin").open("wb")
        self.files[name].write(np.ascontiguousarray(values).data)

    def finish(self, name: str, dtype: str) -> np.ndarray:
        """Close a column and give it back as an array that can be written to."""
        if self.folder is None:
            parts = self.parts.pop(name, [])
            return np.concatenate(parts) if parts else np.empty(0, dtype)
        if name in self.files:
            self.files.pop(name).close()
        path = self.folder / f"{name}.bin"
        if not path.exists() or not path.stat().st_size:
            path.touch()
            return np.empty(0, dtype)
        return np.memmap(path, dtype, "r+")

    def new(self, name: str, dtype: str, length: int) -> np.ndarray:
        """Make a column of known length."""
        if self.folder is None or not length:
            self.append(name, np.empty(0, dtype))
            self.finish(name, dtype)
            return np.empty(length, dtype)
        path = self.folder / f"{name}.bin"
        with path.open("wb") as file:
            _reserve(file, length * np.dtype(dtype).itemsize)
        return np.memmap(path, dtype, "r+", shape=(length,))

    def put(self, name: str, values: np.ndarray) -> np.ndarray:
        """Write a whole column."""
        self.append(name, values)
        return self.finish(name, values.dtype.str)


def build(
    batches: Iterable[pa.RecordBatch],
    folder: Path | None,
    *,
    text: str,
    speaker: str | None,
    document: str | None,
    metadata: Sequence[str] = (),
    where: str = "source",
) -> dict[str, np.ndarray | pa.Array]:
    """Index the rows of Arrow batches.

    Parameters
    ----------
    batches : iterable of pyarrow.RecordBatch
        One row per utterance.
    folder : pathlib.Path or None
        Where the columns go; in memory where there is none.
    text, speaker, document : str
        Names of the columns. Without ``speaker`` nobody is known to speak; without ``document``
        all rows are of one document.
    metadata : sequence of str
        Other columns to keep, a value for each row.
    where : str
        What an error names.

    Returns
    -------
    dict
        The columns and labels of :class:`analysis.index.token_index.TokenIndex`.

    Raises
    ------
    AnalysisError
        If a text is missing or is not UTF-8.
    """
    columns = Columns(folder)
    vocabulary: list[pa.Array] = []
    seen: list[np.ndarray] = []
    chunk_words: list[int] = []
    counts: list[np.ndarray] = []
    lengths: list[np.ndarray] = []
    names = {"speaker": speaker, "document": document}
    labels: dict[str, list[pa.Array]] = {name: [] for name, given in names.items() if given}
    others: list[pa.Table] = []
    batches = keep_metadata(batches, metadata, others)
    size = 0
    for chunk in in_parallel(_measure, text_chunks(batches, text, names, labels, where)):
        columns.append("text", np.frombuffer(chunk.raw, np.uint8))
        columns.append("joined", chunk.joined)
        for name, places in zip(("odd_begin", "odd_end"), chunk.odd, strict=True):
            columns.append(name, places + size)
        size += len(chunk.raw)
        columns.append("start", chunk.starts)
        columns.append("length", chunk.lengths)
        columns.append("word", chunk.types)
        vocabulary.append(chunk.spellings)
        seen.append(chunk.seen)
        chunk_words.append(len(chunk.starts))
        counts.append(chunk.row_words)
        lengths.append(chunk.row_bytes)
    made = {name: columns.finish(name, dtype) for name, dtype in _GROWN.items()}
    made["text_offset"] = columns.put("text_offset", _offsets(lengths))
    made["token_offset"] = columns.put("token_offset", _offsets(counts))
    rows = len(made["text_offset"]) - 1
    for name in names:
        codes, made[f"{name}s"] = _encode(labels.get(name), rows)
        made[name] = columns.put(name, codes)
    made["vocabulary"], occurring, tables = _settle_vocabulary(vocabulary, seen)
    made["word_offset"] = columns.put("word_offset", _offsets([occurring]))
    made["posting"] = _settle_places(
        made["word"], tables, chunk_words, made["word_offset"], columns
    )
    made |= _parts(made["vocabulary"])
    made["metadata"] = put_together(others, rows)
    said = _words_by_speaker(made)
    made["said_offset"], made["said_word"], made["said_count"] = said
    for name in (*PARTS, "said_offset", "said_word", "said_count"):
        columns.put(name, made[name])
    return made


_GROWN = {
    "text": "u1",
    "start": "u4",
    "length": "u1",
    "word": "i4",
    "joined": "u1",
    "odd_begin": "<i8",
    "odd_end": "<i8",
}
PARTS = ("part_word", "part_begin", "part_end", "part_stop")


class _Chunk(NamedTuple):
    raw: pa.Buffer
    starts: np.ndarray
    lengths: np.ndarray
    types: np.ndarray
    spellings: pa.Array
    seen: np.ndarray
    row_words: np.ndarray
    row_bytes: np.ndarray
    joined: np.ndarray
    odd: tuple[np.ndarray, np.ndarray]


def _measure(chunk: tuple[pa.Buffer, np.ndarray]) -> _Chunk:
    raw, offsets = chunk
    text = raw.to_pybytes()
    found = segment(text, offsets)
    row_words = np.diff(np.searchsorted(found.starts, offsets))
    starts = (found.starts - np.repeat(offsets[:-1], row_words)).astype("<u4")
    lengths = np.minimum(found.lengths, LONG).astype(np.uint8)
    seen = np.bincount(found.types, minlength=len(found.spellings))
    return _Chunk(
        raw,
        starts,
        lengths,
        found.types,
        found.spellings,
        seen,
        row_words,
        np.diff(offsets),
        joined_words(text, found.starts, found.lengths, row_words),
        odd_clauses(text, offsets),
    )


def _offsets(sizes: list[np.ndarray]) -> np.ndarray:
    total = sum(map(len, sizes))
    offsets = np.zeros(total + 1, "<i8")
    if total:
        np.cumsum(np.concatenate(sizes), out=offsets[1:])
    return offsets


def _encode(arrays: list[pa.Array] | None, rows: int) -> tuple[np.ndarray, pa.Array]:
    """Give labels numbers in the order of the alphabet."""
    if arrays is None:
        return np.zeros(rows, "<i4"), pa.array([""], pa.large_string())
    return _in_order(pa.chunked_array(arrays, pa.large_string()).combine_chunks())


def _settle_vocabulary(
    spellings: list[pa.Array], seen: list[np.ndarray]
) -> tuple[pa.Array, np.ndarray, list[np.ndarray]]:
    """Give the folded words numbers in the order of their characters, and count them.

    Returned are the vocabulary, its counts, and for each chunk the number of each of its spellings.
    """
    encoded = pa.chunked_array(spellings, pa.binary()).combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    every = np.concatenate([*seen, np.empty(0, np.int64)])
    totals = np.bincount(codes, every, len(encoded.dictionary)).astype(np.int64)
    # Spellings that are only the beginning of longer words occur nowhere and go.
    used = np.flatnonzero(totals)
    folded = _fold_all(encoded.dictionary.take(pa.array(used)).cast(pa.large_string()))
    numbers, names = _in_order(folded)
    rank = np.zeros(len(totals), "<i4")
    rank[used] = numbers
    counts = np.bincount(numbers, totals[used], len(names)).astype(np.int64)
    bounds = np.cumsum([len(chunk) for chunk in spellings])[:-1]
    return names, counts, np.split(rank[codes], bounds)


def _fold_all(written: pa.LargeStringArray) -> pa.LargeStringArray:
    plain = pc.string_is_ascii(written)
    rare = [fold(spelling) for spelling in written.filter(pc.invert(plain)).to_pylist()]
    return pc.replace_with_mask(written, pc.invert(plain), pa.array(rare, pa.large_string()))


def _in_order(values: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """Give values numbers by the order of their characters; and the distinct values."""
    encoded = values.dictionary_encode()
    order = pc.array_sort_indices(encoded.dictionary)
    rank = np.empty(len(order), "<i4")
    rank[order.to_numpy()] = np.arange(len(order))
    return rank[encoded.indices.to_numpy()], encoded.dictionary.take(order)


def _settle_places(
    words: np.ndarray,
    tables: list[np.ndarray],
    chunk_words: list[int],
    word_offset: np.ndarray,
    columns: Columns,
) -> np.ndarray:
    """Translate the words, in place, and gather the places of each, chunk by chunk."""
    postings = columns.new("posting", "<u4" if len(words) < 1 << 32 else "<i8", len(words))
    next_free = word_offset[:-1].copy()
    edges = np.cumsum([0, *chunk_words]).tolist()
    chunks = zip(tables, edges[:-1], edges[1:], strict=True)
    sort = partial(_sorted_places, words)
    for first, found, counts, places in in_parallel(sort, chunks if len(words) else ()):
        shift = next_free[found] - (np.cumsum(counts) - counts)
        postings[np.repeat(shift, counts) + np.arange(len(places))] = places + first
        next_free[found] += counts
    return postings


def _sorted_places(
    words: np.ndarray, chunk: tuple[np.ndarray, int, int]
) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    table, begin, stop = chunk
    numbers = table[words[begin:stop]]
    words[begin:stop] = numbers
    keys = numbers.astype("<i8")
    keys <<= 32
    keys |= np.arange(len(keys))
    keys.sort()
    numbers = keys.view("<i4")[1::2]
    edges = np.concatenate([[0], np.flatnonzero(numbers[1:] != numbers[:-1]) + 1])
    edges = edges[: len(keys)]
    counts = np.diff(edges, append=len(keys))
    return begin, numbers[edges], counts, keys.view("<u4")[::2]


def _words_by_speaker(made: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Count every speaker's words: where each speaker begins, the words in order, the counts."""
    speakers, size = len(made["speakers"]), len(made["vocabulary"])
    order = np.argsort(made["speaker"], kind="stable")
    edges = np.searchsorted(made["speaker"][order], np.arange(speakers + 1)).tolist()
    begins, stops = (made["token_offset"][at].tolist() for at in (order, order + 1))

    def count(speaker: int) -> tuple[np.ndarray, np.ndarray]:
        rows = slice(edges[speaker], edges[speaker + 1])
        spans = zip(begins[rows], stops[rows], strict=True)
        said = [made["word"][begin:stop] for begin, stop in spans]
        words = np.concatenate([np.empty(0, "<i4"), *said])
        if len(words) < size // _DENSE:
            return np.unique(words, return_counts=True)
        counts = np.bincount(words, minlength=size)
        found = np.flatnonzero(counts)
        return found.astype("<i4"), counts[found]

    words, counts = [np.empty(0, "<i4")], [np.empty(0, "<i8")]
    for found, times in in_parallel(count, range(speakers)):
        words.append(found)
        counts.append(times)
    offset = _offsets([np.array([len(found) for found in words[1:]], np.int64)])
    return offset, np.concatenate(words), np.concatenate(counts)


_DENSE = 8
"""A speaker with a word for every so many of the vocabulary is counted in a row as long as it."""


def _parts(vocabulary: pa.Array) -> dict[str, pa.Array | np.ndarray]:
    """Say which words have which parts, and where: of ``middle-class's`` both are parts."""
    joined = pc.or_(pc.match_substring(vocabulary, "-"), pc.ends_with(vocabulary, "'s"))
    numbers = np.flatnonzero(joined.to_numpy(zero_copy_only=False)).astype("<i4")
    split = pc.split_pattern(vocabulary.filter(joined), "-")
    sizes = np.diff(split.offsets.to_numpy())
    first = np.repeat(split.offsets.to_numpy()[:-1], sizes)
    written = pc.binary_length(split.values).to_numpy().astype(np.int64) + 1
    before = np.cumsum(written) - written
    begin = before - before[first] if len(before) else before
    bare = pc.replace_substring_regex(split.values, "'s$", "")
    end = begin + pc.binary_length(bare).to_numpy()
    columns = {
        "part": bare,
        "word": np.repeat(numbers, sizes),
        "begin": begin,
        "end": end,
        "stop": np.repeat(end[split.offsets.to_numpy()[1:] - 1], sizes),
    }
    table = pa.table(columns)
    table = table.sort_by([(name, "ascending") for name in ("part", "word", "begin")])
    made = {f"part_{name}": table[name].to_numpy().astype("<i4") for name in list(columns)[1:]}
    made["part"] = pa.concat_arrays([*table["part"].chunks, pa.array([], pa.large_string())])
    return made
