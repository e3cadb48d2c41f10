"""Find a codebook's occurrences straight from many texts, without an index.

The exact matcher of :mod:`analysis.codebook.matching` reads word by word, which is slow on
millions. Here a compiled search (Aho and Corasick 1975) looks for one word that each pattern cannot
do without (:mod:`analysis.codebook.anchors`), and only the clauses that hold one are given to the
exact matcher. No match reaches over a full stop, a bracket or the like, so a clause has the same
matches alone as in its text, and the answer is that of
:func:`analysis.codebook.occurrences.match_terms` to the last row.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import accumulate, chain, islice
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.codebook.anchors import (
    ALNUM,
    LONGEST,
    LOWER,
    NEAR,
    Anchors,
    anchors_of,
    marked_words,
    word_key,
)
from analysis.codebook.matching import EDITED, STOPS
from analysis.codebook.occurrences import COLUMNS, CONTEXT, wanted_terms
from analysis.codebook.reading import Codebook
from analysis.storage.parquet import parquet_batches, parquet_files
from analysis.text.chunks import in_parallel, text_chunks

_SAMPLE = 1 << 17
_TOGETHER = 100
"""Up to so many words, the search is compiled into its fastest form."""
_AT_ONCE = 32
_BOOKS = 8
_REACH = 128
_STOPS = np.zeros(256, bool)
_STOPS[list(STOPS.encode())] = True
_BLANK = np.zeros(256, bool)
_BLANK[list(b" \t\n\v\f\r\x1c\x1d\x1e\x1f")] = True
_HYPHEN, _SPACE, _APOSTROPHE = b"- '"


def _packed(character: str) -> int:
    return int.from_bytes(character.encode().ljust(3, b"\0"), "big")


_EDITED = np.array(sorted(map(_packed, EDITED)), np.int64)


class Clauses(NamedTuple):
    """Stretches of a chunk of text that may hold a match, in order.

    Parameters
    ----------
    raw : bytes-like
        The rows of the chunk, one after another.
    offsets : numpy.ndarray of int64, (rows + 1,)
        Where each row begins in ``raw``.
    begin, end : numpy.ndarray of int64
        Each clause, with the characters that bound it.
    """

    raw: pa.Buffer
    offsets: np.ndarray
    begin: np.ndarray
    end: np.ndarray


def find_in_texts(
    texts: Iterable[str] | pa.Array | pa.ChunkedArray,
    codebook: Codebook,
    *,
    terms: Collection[str] | None = None,
) -> pd.DataFrame:
    """Find every occurrence of the terms in many texts.

    Parameters
    ----------
    texts : iterable of str, or Arrow array of strings
    codebook : Codebook
    terms : collection of str, optional
        Ids of the terms to look for; all of them where it is left out.

    Returns
    -------
    pandas.DataFrame
        The rows of :func:`analysis.codebook.occurrences.match_terms` for each text in turn, and
        first among the columns ``row`` (int), the number of the text.

    Raises
    ------
    AnalysisError
        If a text is missing or is not text, or a term is not in the codebook.

    Examples
    --------
    >>> from analysis.codebook import read_codebook
    >>> book = read_codebook("data/codebook.toml")  # doctest: +SKIP
    >>> found = find_in_texts(["All quiet.", "They fear going dark."], book)  # doctest: +SKIP
    >>> found[["row", "start", "term"]]  # doctest: +SKIP
       row  start        term
    0    1     11  going dark
    """
    if not isinstance(texts, pa.Array | pa.ChunkedArray):
        texts = pa.array(list(texts), pa.large_string())
    table = pa.table({"text": texts})
    names = {"text": "text", "speaker": None, "document": None}
    return _find(table.to_batches(), codebook, names, terms, "texts")


def find_in_parquet(
    source: str | os.PathLike[str],
    codebook: Codebook,
    *,
    text: str = "text",
    speaker: str | None = "speaker",
    document: str | None = "document",
    terms: Collection[str] | None = None,
) -> pd.DataFrame:
    """Find every occurrence of the terms in Parquet files, some thousand rows at a time.

    Parameters
    ----------
    source : str or path-like
        A Parquet file, or a folder of them, read in the order of their names.
    codebook : Codebook
    text, speaker, document : str
        Names of the columns, as in :func:`analysis.index.store.build_index`.
    terms : collection of str, optional

    Returns
    -------
    pandas.DataFrame
        As :func:`find_in_texts`, with ``document``, ``speaker``, and ``utterance`` (the number of
        the row within its document). ``start`` and ``end`` count within the row.

    Raises
    ------
    AnalysisError
        If a file cannot be read, lacks a column or text, or a term is not in the codebook.
    """
    names = {"text": text, "speaker": speaker, "document": document}
    columns = [name for name in names.values() if name]
    batches = parquet_batches(parquet_files(source), columns, progress=True)
    return _find(batches, codebook, names, terms, os.fspath(source))


def _find(
    batches: Iterable[pa.RecordBatch],
    codebook: Codebook,
    names: dict[str, str | None],
    terms: Collection[str] | None,
    where: str,
) -> pd.DataFrame:
    wanted = wanted_terms(codebook, terms)
    labels: dict[str, list[pa.Array]] = {"speaker": [], "document": []}
    chunks = text_chunks(batches, names.pop("text") or "text", names, labels, where)
    first = next(chunks, None)
    rows: list[tuple] = []
    if first is not None:
        sample = bytes(memoryview(first[0])[:_SAMPLE]).decode(errors="ignore")
        patterns = codebook.terms["patterns"]
        clauses = partial(_clauses, *_sought(patterns, sample))
        done = 0
        chunks = chain([first], chunks)
        # The threads rest while matches are made: they would wait for the interpreter's lock.
        while some := list(in_parallel(clauses, islice(chunks, _AT_ONCE))):
            for chunk in some:
                rows += _matches(chunk, codebook, wanted, done)
                done += len(chunk.offsets) - 1
    columns = ("row", "start", "end", "text", "term", "frame", "left", "right")
    found = pd.DataFrame(rows, columns=columns)
    found = found.assign(document="", utterance=0, speaker=None, mode=None)
    found = found.astype({"row": "int64", **COLUMNS})
    at = pa.array(found["row"].to_numpy())
    for name in ("speaker", "document"):
        if labels[name]:
            said = pa.chunked_array(labels[name]).take(at).to_pandas().astype("str")
            found[name] = said.mask(said == "") if name == "speaker" else said
    if labels["document"]:
        codes = pa.chunked_array(labels["document"]).combine_chunks().dictionary_encode().indices
        numbers = pd.Series(codes.to_numpy()).groupby(codes.to_numpy()).cumcount()
        found["utterance"] = numbers.to_numpy()[found["row"]]
    return found[["row", *COLUMNS]]


_chosen: dict[tuple[tuple[str, ...], ...], tuple[Anchors | None, list[str]]] = {}


def _sought(patterns: Iterable[Sequence[str]], sample: str) -> tuple[Anchors | None, list[str]]:
    """Return what is looked for, chosen once by the first text: it changes the pace alone."""
    book = tuple(map(tuple, patterns))
    if book not in _chosen:
        if len(_chosen) == _BOOKS:
            _chosen.clear()
        _chosen[book] = anchors_of(patterns, sample), marked_words(patterns)
    return _chosen[book]


def _clauses(
    anchors: Anchors | None, marked: list[str], chunk: tuple[pa.Buffer, np.ndarray]
) -> Clauses:
    raw, offsets = chunk
    if anchors is None:
        return Clauses(raw, offsets, offsets[:-1], offsets[1:])
    data = np.frombuffer(raw, np.uint8)
    at = np.concatenate([_hits(anchors, raw, data, offsets), _edits(data)])
    row = np.searchsorted(offsets, at, "right") - 1
    # A word such as U.S. holds what parts clauses: its rows are matched whole.
    whole = np.unique(np.searchsorted(offsets, _places(marked, raw), "right") - 1)
    at, row = at[~np.isin(row, whole)], row[~np.isin(row, whole)]
    begin = np.append(_to_stop(data, at, -1, offsets[row]), offsets[whole])
    end = np.append(_to_stop(data, at, 1, offsets[row + 1] - 1) + 1, offsets[whole + 1])
    begin, kept = np.unique(begin, return_index=True)
    return Clauses(raw, offsets, begin, end[kept])


def _places(sought: list[str], raw: pa.Buffer) -> np.ndarray:
    """Give the places of some strings of ASCII in a chunk, in any case of letters."""
    if not sought:
        return np.empty(0, np.int64)
    import polars as pl

    whole = pa.py_buffer(np.array([0, raw.size], np.int64))
    text = pl.Series("text", pa.LargeStringArray.from_buffers(1, whole, raw))
    groups = [sought[at : at + _TOGETHER] for at in range(0, len(sought), _TOGETHER)]
    found = [
        text.str.find_many(group, ascii_case_insensitive=True, overlapping=True)[0].to_numpy()
        for group in groups
    ]
    return np.concatenate(found).astype(np.int64)


def _hits(anchors: Anchors, raw: pa.Buffer, data: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Give the places of anchors with neighbours that a pattern allows, or may allow."""
    at = _places(anchors.sought, raw)
    first = np.isin(at, offsets)
    at = at[first | ~ALNUM[data[at - 1]]]
    last = len(data) - 1
    letters = LOWER[data[np.minimum(at[:, None] + np.arange(LONGEST + 1), last)]]
    lengths = np.argmin(ALNUM[letters], axis=1)
    lengths[ALNUM[letters].all(axis=1)] = LONGEST
    # A word ends where its row does.
    lengths = np.minimum(lengths, offsets[np.searchsorted(offsets, at, "right")] - at)
    keys = word_key(letters, lengths)
    number = np.minimum(np.searchsorted(anchors.keys, keys), max(len(anchors.keys) - 1, 0))
    known = anchors.keys[number] == keys if len(anchors.keys) else np.zeros(len(at), bool)
    for beginning in anchors.beginnings:
        begins = (letters[:, : len(beginning)] == np.frombuffer(beginning, np.uint8)).all(axis=1)
        number[begins] = len(anchors.keys)
        known |= begins
    at, number, lengths = at[known], number[known], lengths[known]
    # Each anchor has several rules: one of them must hold.
    rules = np.diff(anchors.rule_begin)[number]
    hit = np.repeat(np.arange(len(at)), rules)
    rule = np.arange(len(hit)) + (anchors.rule_begin[number] - np.cumsum(rules) + rules)[hit]
    after, doubt = _beside(data, at + lengths, 1)
    doubt |= _cut(offsets, at + lengths, NEAR + 1)
    good = anchors.any_after[rule] | doubt[hit] | _known(anchors.after, rule, after[hit])
    before, doubt = _beside(data, at - 1, -1)
    doubt |= _cut(offsets, at - NEAR - 1, NEAR + 1)
    good &= anchors.any_before[rule] | doubt[hit] | _known(anchors.before, rule, before[hit])
    kept = np.zeros(len(at), bool)
    kept[hit[good]] = True
    return at[kept]


def _cut(offsets: np.ndarray, begin: np.ndarray, size: int) -> np.ndarray:
    """Say whether a row ends within some bytes."""
    after = np.minimum(np.searchsorted(offsets, begin), len(offsets) - 1)
    return offsets[after] - begin <= size


def _beside(data: np.ndarray, at: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the key of the letters beyond the character at some places, and whether it is in doubt.

    The key is 0 where a full stop or the like parts the neighbour from the anchor.
    """
    places = at[:, None] + step * np.arange(NEAR + 1)
    near = data[np.clip(places, 0, len(data) - 1)]
    parting, letters = near[:, 0], near[:, 1:]
    plain = (parting == _SPACE) | (parting == _HYPHEN)
    run = np.logical_and.accumulate(ALNUM[letters], axis=1)
    size = run.sum(axis=1)
    # What ends the run within the letters seen: beyond ASCII, or an apostrophe, the word goes on.
    ends = letters[np.arange(len(letters)), np.minimum(size, NEAR - 1)]
    doubt = (size == 0) & ~_STOPS[ends]
    doubt |= (size < NEAR) & ((ends >= 0x80) | ((step < 0) & (ends == _APOSTROPHE)))
    kept = LOWER[letters] * run
    weights = np.arange(NEAR) if step > 0 else np.maximum(size[:, None] - 1 - np.arange(NEAR), 0)
    keys = (kept.astype(np.uint64) << (8 * weights).astype(np.uint64)).sum(axis=1)
    return np.where(plain, keys, 0), np.where(plain, doubt, ~_STOPS[parting])


def _known(allowed: np.ndarray, rule: np.ndarray, keys: np.ndarray) -> np.ndarray:
    if not len(allowed):
        return np.zeros(len(rule), bool)
    wanted = rule.astype(np.uint64) << np.uint64(32) | keys
    return allowed[np.minimum(np.searchsorted(allowed, wanted), len(allowed) - 1)] == wanted


def _edits(data: np.ndarray) -> np.ndarray:
    """Give the places where the matcher edits a text: hidden characters, hyphens at a break."""
    hyphen = np.flatnonzero(data[:-1] == _HYPHEN)
    after, before = data[hyphen + 1], data[np.maximum(hyphen - 1, 0)]
    hyphen = hyphen[(_BLANK[after] | (after >= 0x80)) & ~_BLANK[before]]
    lead = np.flatnonzero(data >= 0xC2)
    bytes_ = [data[np.minimum(lead + step, len(data) - 1)].astype(np.int64) for step in range(3)]
    packed = bytes_[0] << 16 | bytes_[1] << 8 | np.where(bytes_[0] < 0xE0, 0, bytes_[2])
    return np.concatenate([hyphen, lead[np.isin(packed, _EDITED)]])


def _to_stop(data: np.ndarray, at: np.ndarray, step: int, bound: np.ndarray) -> np.ndarray:
    """Give the nearest full stop or the like before or after some places, or the row's edge."""
    edge = bound.copy()
    rest = np.arange(len(at))
    steps = step * np.arange(_REACH)
    reached = at.copy()
    while len(rest):
        seen = _STOPS[data[np.clip(reached[rest, None] + steps, 0, len(data) - 1)]]
        hit = seen.any(axis=1)
        stop = reached[rest] + step * seen.argmax(axis=1)
        limit = bound[rest]
        found = np.minimum(stop, limit) if step > 0 else np.maximum(stop, limit)
        edge[rest[hit]] = found[hit]
        reached[rest] += step * _REACH
        inside = reached[rest] <= limit if step > 0 else reached[rest] >= limit
        rest = rest[~hit & inside]
    return edge


def _matches(chunk: Clauses, codebook: Codebook, wanted: set[int], first: int) -> list[tuple]:
    """Match the clauses exactly; give row, span, text, term, frame and context of each match."""
    raw = memoryview(chunk.raw)
    clauses = [
        bytes(raw[begin:end]).decode()
        for begin, end in zip(chunk.begin.tolist(), chunk.end.tolist(), strict=True)
    ]
    # A sign that ends a sentence parts the clauses of two rows, as rows are parted.
    form = "!".join(clauses)
    starts = np.array(list(accumulate((len(clause) + 1 for clause in clauses), initial=0)))
    matches = [match for match in codebook.matcher.scan(form) if match[2] in wanted]
    places = np.array([start for start, _, _ in matches], np.int64)
    clause = np.searchsorted(starts, places, "right") - 1
    rows = np.searchsorted(chunk.offsets, chunk.begin[clause], "right") - 1
    ids, frames = (codebook.terms[column].tolist() for column in ("id", "frame"))
    found = []
    last, text, body = -1, "", 0
    for (start, end, term), number, row in zip(
        matches, clause.tolist(), rows.tolist(), strict=True
    ):
        if row != last:
            last, body = row, int(chunk.offsets[row])
            text = bytes(raw[body : int(chunk.offsets[row + 1])]).decode()
        before = int(chunk.begin[number])
        skipped = len(bytes(raw[body:before]).decode()) - int(starts[number])
        begin, stop = start + skipped, end + skipped
        found.append(
            (
                first + row,
                begin,
                stop,
                text[begin:stop],
                ids[term],
                frames[term],
                " ".join(text[max(0, begin - CONTEXT) : begin].split()),
                " ".join(text[stop : stop + CONTEXT].split()),
            )
        )
    return found
