"""The token index: a corpus as arrays, built once, opened in milliseconds, asked ever after.

Words are numbers in the order of the alphabet, utterances are runs of words, and every word has
a list of its places. The text stays as it came, in one buffer, so that every place can be shown.
An index on disk is opened memory-mapped: nothing is read before it is asked for.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import regex

from analysis.errors import AnalysisError
from analysis.index.arrow_columns import leading_bytes, rows_of
from analysis.index.build import LONG, build
from analysis.index.coded import find_in_index
from analysis.index.freshness import MANIFEST, check_unchanged, describe, differences, read_manifest
from analysis.storage.files import replace_file
from analysis.storage.parquet import parquet_batches, parquet_files
from analysis.text.words import WORD, fold

if TYPE_CHECKING:
    from analysis.codebook.reading import Codebook

_ARRAYS = {
    "text": "u1",
    "text_offset": "<i8",
    "token_offset": "<i8",
    "start": "<u4",
    "length": "u1",
    "word": "<i4",
    "word_offset": "<i8",
    "posting": "<u4",
    "speaker": "<i4",
    "document": "<i4",
    "part_word": "<i4",
    "part_place": "u1",
    "said_offset": "<i8",
    "said_word": "<i4",
    "said_count": "<i8",
}
_LABELS = ("vocabulary", "speakers", "documents", "part")
_OCCURRENCES = "occurrences.arrow"
_REBUILD = "build the index again with build_index"


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """A corpus as arrays; made by :func:`build_index`, :func:`open_index`, :func:`index_table`.

    Parameters
    ----------
    text : numpy.ndarray of uint8
        All utterances one after another, in UTF-8.
    text_offset, token_offset : numpy.ndarray of int64, (utterances + 1,)
        Where each utterance begins in ``text`` and among the words.
    start : numpy.ndarray of uint32, (words,)
        First byte of each word, counted from the start of its utterance.
    length : numpy.ndarray of uint8, (words,)
        Bytes of each word; 255 for that or more.
    word : numpy.ndarray of int32, (words,)
        Row of ``vocabulary``.
    word_offset, posting : numpy.ndarray
        The places of word ``w`` are ``posting[word_offset[w]:word_offset[w + 1]]``, in order.
    speaker, document : numpy.ndarray of int32, (utterances,)
        Rows of ``speakers`` and ``documents``.
    vocabulary, speakers, documents : pyarrow.LargeStringArray
        Folded words, names and identifiers, each in the order of their characters.
    part, part_word, part_place : arrays
        The parts of words with an apostrophe or hyphen, in order: the part, the row of its word,
        and 1 if it stands first, 2 if last, 3 if both.
    said_offset, said_word, said_count : arrays
        The words of speaker ``s`` and how often each was said, in the order of the vocabulary:
        the rows ``said_offset[s]:said_offset[s + 1]``.
    occurrences : pyarrow.Table or None
        What :func:`analysis.index.coded.find_in_index` found with the codebook it was built with.
    """

    text: np.ndarray
    text_offset: np.ndarray
    token_offset: np.ndarray
    start: np.ndarray
    length: np.ndarray
    word: np.ndarray
    word_offset: np.ndarray
    posting: np.ndarray
    speaker: np.ndarray
    document: np.ndarray
    vocabulary: pa.LargeStringArray
    speakers: pa.LargeStringArray
    documents: pa.LargeStringArray
    part: pa.LargeStringArray
    part_word: np.ndarray
    part_place: np.ndarray
    said_offset: np.ndarray
    said_word: np.ndarray
    said_count: np.ndarray
    occurrences: pa.Table | None = None

    @property
    def tokens(self) -> int:
        """Number of words."""
        return len(self.word)

    @cached_property
    def counts(self) -> np.ndarray:
        """Occurrences of every word of the vocabulary, int64."""
        return np.diff(self.word_offset)

    @cached_property
    def exposure(self) -> np.ndarray:
        """Words of every utterance, int64."""
        return np.diff(self.token_offset)

    @cached_property
    def utterance(self) -> np.ndarray:
        """Number of every utterance within its document, from 0."""
        return pd.Series(self.document).groupby(self.document).cumcount().to_numpy()

    @cached_property
    def _vocabulary_keys(self) -> np.ndarray:
        return leading_bytes(self.vocabulary)

    @cached_property
    def _part_keys(self) -> np.ndarray:
        return leading_bytes(self.part)

    def vocabulary_rows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the rows of folded words in the vocabulary, each as a half-open range."""
        return rows_of(self.vocabulary, self._vocabulary_keys, words)

    def part_rows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the rows of folded words among the parts, each as a half-open range."""
        return rows_of(self.part, self._part_keys, words)

    def number(self, word: str) -> int | None:
        """Return the row of a word in the vocabulary, folded first; None where it never occurs."""
        low, high = self.vocabulary_rows([fold(word)])[0]
        return low if high > low else None

    def places(self, number: int) -> np.ndarray:
        """Return the places of a word of the vocabulary, in order."""
        return self.posting[self.word_offset[number] : self.word_offset[number + 1]]

    def rows(self, places: np.ndarray) -> np.ndarray:
        """Return the utterance (row) of each of some places."""
        return np.searchsorted(self.token_offset, places, side="right") - 1

    def begins(self, places: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return the first byte in ``text`` of the words at some places of known rows."""
        return self.text_offset[rows] + self.start[places]

    def ends(self, places: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return the byte in ``text`` after the words at some places of known rows."""
        lengths = self.length[places].astype(np.int64)
        for i in np.flatnonzero(lengths == LONG).tolist():
            # The length of a giant is not kept: measure it where it stands.
            begin = int(self.begins(places[i], rows[i]))
            after = self.text[begin : int(self.text_offset[rows[i] + 1])].tobytes().decode()
            lengths[i] = len(_WORD.match(after)[0].encode())
        return self.begins(places, rows) + lengths

    def text_of(self, row: int) -> str:
        """Return the text of an utterance."""
        return self.text[self.text_offset[row] : self.text_offset[row + 1]].tobytes().decode()


_WORD = regex.compile(WORD)


def build_index(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    text: str = "text",
    speaker: str | None = "speaker",
    document: str | None = "document",
    codebook: Codebook | None = None,
) -> TokenIndex:
    """Index Parquet files and keep the index in a folder.

    An index that is there already and was made of the same files in the same way is opened
    instead. The new one takes the old one's place in a single step when it is complete: a build
    that is killed leaves the old index, or none.

    Parameters
    ----------
    source : str or path-like
        A Parquet file, or a folder of them, read in the order of their names.
    folder : str or path-like
        Where the index is kept.
    text, speaker, document : str
        Names of the columns: what was said, by whom, in which document. Without ``speaker``
        nobody is known to speak; without ``document`` all rows are of one document.
    codebook : Codebook, optional
        Its occurrences are found once and kept.

    Returns
    -------
    TokenIndex

    Raises
    ------
    AnalysisError
        If a file cannot be read, changes meanwhile, lacks a column or text, or the folder cannot
        be written to.
    """
    paths, folder, old = parquet_files(source), Path(folder), read_manifest(Path(folder))
    names = {"text": text, "speaker": speaker, "document": document}
    manifest = describe(paths, names, codebook, old)
    if old is not None and not differences(old, manifest):
        return _open(folder, old)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        home = Path(tempfile.mkdtemp(prefix="columns-", dir=folder))
    except OSError as error:
        raise AnalysisError(folder, f"cannot be written ({error.strerror})") from None
    try:
        batches = parquet_batches(paths, [name for name in names.values() if name], progress=True)
        made = build(batches, home, **names, where=os.fspath(source))
        for name in _LABELS:
            _write_table(home / f"{name}.arrow", pa.table({"label": made[name]}))
        if codebook is not None:
            _write_table(home / _OCCURRENCES, find_in_index(TokenIndex(**made), codebook))
        check_unchanged(paths, manifest)
        manifest["home"] = home.name
        manifest["sizes"] = {path.name: path.stat().st_size for path in sorted(home.iterdir())}
        replace_file(folder / MANIFEST, json.dumps(manifest, indent=2) + "\n")
    except OSError as error:
        shutil.rmtree(home, ignore_errors=True)
        raise AnalysisError(folder, f"cannot be written ({error.strerror})") from None
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    _sweep(folder, home.name, old)
    return _open(folder, manifest)


def open_index(
    folder: str | os.PathLike[str],
    source: str | os.PathLike[str] | None = None,
    codebook: Codebook | None = None,
) -> TokenIndex:
    """Open an index, memory-mapped.

    Parameters
    ----------
    folder : str or path-like
    source : str or path-like, optional
        What it should have been made of; files whose size or times are others than they were
        are hashed and compared.
    codebook : Codebook, optional
        Whose occurrences it should keep.

    Returns
    -------
    TokenIndex

    Raises
    ------
    AnalysisError
        If there is no index, it is damaged, was made by another version, or not of ``source`` or
        ``codebook`` as they are now.
    """
    folder = Path(folder)
    found = read_manifest(folder)
    if found is None:
        raise AnalysisError(folder, "no index here", mend="build one with build_index")
    paths = parquet_files(source) if source is not None else []
    expected = describe(paths, found.get("columns"), codebook, found)
    if source is None:
        expected["source"] = found["source"]
    if codebook is None:
        expected["codebook"] = found.get("codebook")
    if wrong := differences(found, expected):
        raise AnalysisError(
            folder, f"the index is not up to date: {'; '.join(wrong)}", mend=_REBUILD
        )
    return _open(folder, found)


def _open(folder: Path, found: dict) -> TokenIndex:
    home = folder / found["home"]
    for name, size in found["sizes"].items():
        path = home / name
        if not path.is_file() or path.stat().st_size != size:
            raise AnalysisError(path, "missing or not whole", f"{size} bytes", _REBUILD)
    columns = {}
    for name, dtype in _ARRAYS.items():
        path = home / f"{name}.bin"
        kind = "<i8" if name == "posting" and _is_wide(found) else dtype
        empty = not found["sizes"][path.name]
        columns[name] = np.empty(0, kind) if empty else np.memmap(path, kind, "r").view(np.ndarray)
    for name in _LABELS:
        columns[name] = _read_table(home / f"{name}.arrow").column(0).combine_chunks()
    if found["codebook"] is not None:
        columns["occurrences"] = _read_table(home / _OCCURRENCES)
    return TokenIndex(**columns)


def index_table(
    table: pd.DataFrame,
    *,
    text: str = "text",
    speaker: str | None = "speaker",
    document: str | None = "document",
) -> TokenIndex:
    """Index a table in memory.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per utterance.
    text, speaker, document : str
        As in :func:`build_index`.

    Returns
    -------
    TokenIndex

    Raises
    ------
    AnalysisError
        If a column or a text is missing.

    Examples
    --------
    >>> talk = pd.DataFrame({"text": ["We met.", "We did not."], "speaker": ["B", "L"]})
    >>> index_table(talk, document=None).vocabulary.to_pylist()
    ['did', 'met', 'not', 'we']
    """
    names = [name for name in (text, speaker, document) if name in table.columns]
    batches = pa.Table.from_pandas(table[names], preserve_index=False).to_batches()
    empty = pa.schema([(name, pa.large_string()) for name in names]).empty_table().to_batches()
    made = build(
        batches or empty, None, text=text, speaker=speaker, document=document, where="table"
    )
    return TokenIndex(**made)


def _is_wide(manifest: dict) -> bool:
    sizes = manifest["sizes"]
    return sizes["posting.bin"] > sizes["word.bin"]


def _sweep(folder: Path, keep: str, old: dict | None) -> None:
    """Remove what the new index replaces, and what killed builds left an hour ago or earlier."""
    for path in folder.glob("columns-*"):
        replaced = old is not None and path.name == old.get("home")
        if path.name != keep and (replaced or time.time() - path.stat().st_mtime > 3600):
            shutil.rmtree(path, ignore_errors=True)


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(os.fspath(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def _read_table(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(os.fspath(path))).read_all()
