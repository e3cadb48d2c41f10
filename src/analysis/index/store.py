"""Build a token index of files or of a table, keep it in a folder, open it again."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.build import build
from analysis.index.freshness import MANIFEST, check_unchanged, describe, differences, read_manifest
from analysis.index.occurrences import find_in_index
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
    "part_word": "<i4",
    "part_place": "u1",
    "said_offset": "<i8",
    "said_word": "<i4",
    "said_count": "<i8",
}
_LABELS = ("vocabulary", "speakers", "documents", "part")
_OCCURRENCES = "occurrences.arrow"
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
        _sweep_killed(folder)
        home = Path(tempfile.mkdtemp(prefix=f"columns-{_HERE}-{os.getpid()}-", dir=folder))
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
