"""Build a token index of files or of a table, keep it in a folder, open it again."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
import warnings
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.build import build
from analysis.index.freshness import (
    MANIFEST,
    OTHER_VERSIONS,
    check_unchanged,
    describe,
    differences,
    read_manifest,
)
from analysis.index.metadata import other_columns, simple_columns
from analysis.index.spans import find_in_index
from analysis.index.token_index import TokenIndex
from analysis.storage.files import replace_file
from analysis.storage.parquet import parquet_batches, parquet_files

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
    "joined": "u1",
    "odd_begin": "<i8",
    "odd_end": "<i8",
    "part_word": "<i4",
    "part_begin": "<i4",
    "part_end": "<i4",
    "part_stop": "<i4",
    "said_offset": "<i8",
    "said_word": "<i4",
    "said_count": "<i8",
}
_LABELS = ("vocabulary", "speakers", "documents", "part")
_OCCURRENCES = "occurrences.arrow"
_METADATA = "metadata.arrow"
_REBUILD = "build the index again with build_index"

_HERE = f"{zlib.crc32(platform.node().encode()):08x}"
"""This machine, as a folder's name says it: several may build in one folder."""


def build_index(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    text: str = "text",
    speaker: str | None = "speaker",
    document: str | None = "document",
    metadata: Sequence[str] | None = None,
    codebook: Codebook | None = None,
) -> TokenIndex:
    """Index Parquet files and keep the index in a folder.

    An index that is there already and was made of the same files in the same way is opened
    instead. One made by another version of the suite is built again, with a warning. The new
    one takes the old one's place in a single step when it is complete: a build that is killed
    leaves the old index, or none.

    Parameters
    ----------
    source : str or path-like
        A Parquet file, or a folder of them, read in the order of their names.
    folder : str or path-like
        Where the index is kept.
    text, speaker, document : str
        Names of the columns: what was said, by whom, in which document. Without ``speaker``
        nobody is known to speak; without ``document`` all rows are of one document.
    metadata : sequence of str, optional
        Other columns to keep, by which questions can be narrowed (``where=``); all that hold
        texts, numbers or dates where it is left out.
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
    others = list(other_columns(paths, list(names.values())) if metadata is None else metadata)
    manifest = describe(paths, {**names, "metadata": others}, codebook, old)
    if old is not None and not (wrong := differences(old, manifest)):
        return _open(folder, old)
    if old is not None and wrong[0] in OTHER_VERSIONS.values():
        warnings.warn(f"{folder}: the index is built again: {wrong[0]}", stacklevel=2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep_killed(folder)
        home = Path(tempfile.mkdtemp(prefix=f"columns-{_HERE}-{os.getpid()}-", dir=folder))
    except OSError as error:
        raise AnalysisError(folder, f"cannot be written ({error.strerror})") from None
    try:
        columns = [name for name in (*names.values(), *others) if name]
        batches = parquet_batches(paths, list(dict.fromkeys(columns)), progress=True)
        made = build(
            batches,
            home,
            text=text,
            speaker=speaker,
            document=document,
            metadata=others,
            where=os.fspath(source),
        )
        for name in _LABELS:
            _write_table(home / f"{name}.arrow", pa.table({"label": made[name]}))
        _write_table(home / _METADATA, made["metadata"])
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
        raise AnalysisError(folder, "no index here", remedy="build one with build_index")
    paths = parquet_files(source) if source is not None else []
    expected = describe(paths, found.get("columns") or {}, codebook, found)
    if source is None:
        expected["source"] = found["source"]
    if codebook is None:
        expected["codebook"] = found.get("codebook")
    if wrong := differences(found, expected):
        raise AnalysisError(
            folder, f"the index is not up to date: {'; '.join(wrong)}", remedy=_REBUILD
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
    columns["metadata"] = _read_table(home / _METADATA)
    if found["codebook"] is not None:
        columns["occurrences"] = _read_table(home / _OCCURRENCES)
    return TokenIndex(**columns)


def index_table(
    table: pd.DataFrame,
    *,
    text: str = "text",
    speaker: str | None = "speaker",
    document: str | None = "document",
    metadata: Sequence[str] | None = None,
) -> TokenIndex:
    """Index a table in memory.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per utterance.
    text, speaker, document, metadata
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
    names = [name for name in (text, speaker, document) if name and name in table.columns]
    others = simple_columns(table, names) if metadata is None else list(metadata)
    if missing := [name for name in others if name not in table.columns]:
        raise AnalysisError(
            "metadata",
            f"no column {missing[0]!r}",
            f"one of the columns {', '.join(map(str, table.columns))}",
        )
    rows = pa.Table.from_pandas(table[[*names, *others]], preserve_index=False)
    empty = [pa.RecordBatch.from_pylist([], rows.schema)]
    made = build(
        rows.to_batches() or empty,
        None,
        text=text,
        speaker=speaker,
        document=document,
        metadata=others,
        where="table",
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


def _sweep_killed(folder: Path) -> None:
    """Remove what builds of this machine left that were killed and never became the index."""
    found = read_manifest(folder)
    for path in folder.glob(f"columns-{_HERE}-*-*"):
        process = path.name.split("-")[2]
        kept = found is not None and path.name == found.get("home")
        if not kept and process.isdigit() and not _is_alive(int(process)):
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True  # asking there would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(os.fspath(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def _read_table(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(os.fspath(path))).read_all()
