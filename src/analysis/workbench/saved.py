"""A prepared corpus kept on disk, so that a second opening reads nothing anew."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

import analysis
from analysis.codebook.reading import Codebook
from analysis.index.freshness import codebook_hash
from analysis.index.token_index import TokenIndex
from analysis.workbench.prepared import Bench

_TABLES = ("utterances", "occurrences", "blocks")
_ARRAYS = ("first", "block")


def opened(folder: Path, source: Path, codebook: Codebook, prepare: Callable[[], Bench]) -> Bench:
    """Return a prepared corpus: as it was kept, or prepared anew and kept.

    Parameters
    ----------
    folder : pathlib.Path
        Where prepared corpora are kept. Where nothing can be written, nothing is.
    source : pathlib.Path
        The texts. If one of them, the codebook or this library has changed, it is prepared anew.
    codebook : Codebook
    prepare : callable

    Returns
    -------
    Bench
    """
    place = hashlib.sha256(os.fsencode(source.resolve())).hexdigest()[:16]
    now = _state(source, codebook)
    home = folder / place
    with suppress(OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        if (home / "state").read_text(encoding="utf-8") == now:
            return _read(home)
    bench = prepare()
    with suppress(OSError, pa.ArrowException):
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"{place}-", dir=folder))
        try:
            _write(bench, made)
            (made / "state").write_text(now, encoding="utf-8")
            shutil.rmtree(home, ignore_errors=True)
            made.replace(home)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return bench


def _state(source: Path, codebook: Codebook) -> str:
    """Return a hash of all that decides how a corpus is prepared."""
    found = hashlib.sha256(codebook_hash(codebook).encode())
    for top in (source, Path(analysis.__file__).parent):
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix == ".pyc" or not path.is_file():
                continue
            status = path.stat()
            stamp = (os.fspath(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            found.update(json.dumps(stamp).encode())
    return found.hexdigest()


class _Texts(Mapping[str, str]):
    """The texts of documents, each taken from the disk when it is looked at."""

    def __init__(self, table: pa.Table) -> None:
        names = table["document"].to_pylist()
        self.rows = dict(zip(names, range(len(names)), strict=True))
        self.column = table["text"]

    def __getitem__(self, name: str) -> str:
        return self.column[self.rows[name]].as_py().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _write(bench: Bench, folder: Path) -> None:
    index = bench.index
    if index is None:
        raise OSError
    for field in fields(TokenIndex):
        value = getattr(index, field.name)
        if isinstance(value, np.ndarray):
            np.save(folder / f"index-{field.name}.npy", value)
        elif value is not None:
            table = value if isinstance(value, pa.Table) else pa.table({"label": value})
            _write_table(folder / f"index-{field.name}.arrow", table)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(bench, name))
    for name in _TABLES:
        table = pa.Table.from_pandas(getattr(bench, name))
        _write_table(folder / f"{name}.arrow", table)
    texts = [text.encode("utf-8", "surrogatepass") for text in bench.texts.values()]
    table = pa.table({"document": list(bench.texts), "text": pa.array(texts, pa.large_binary())})
    _write_table(folder / "texts.arrow", table)
    said = {"name": bench.name, "note": bench.note}
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")


def _read(folder: Path) -> Bench:
    columns = {}
    for field in fields(TokenIndex):
        array, table = (folder / f"index-{field.name}{end}" for end in (".npy", ".arrow"))
        if array.is_file():
            columns[field.name] = np.load(array, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        elif table.is_file():
            read = _read_table(table)
            whole = field.name in ("metadata", "occurrences")
            columns[field.name] = read if whole else read["label"].combine_chunks()
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    tables: dict[str, pd.DataFrame] = {
        name: _read_table(folder / f"{name}.arrow").to_pandas() for name in _TABLES
    }
    arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
    texts = _Texts(_read_table(folder / "texts.arrow"))
    index = TokenIndex(**columns)
    return Bench(said["name"], texts=texts, index=index, note=said["note"], **tables, **arrays)


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(os.fspath(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def _read_table(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(os.fspath(path))).read_all()
