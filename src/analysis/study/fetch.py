"""Bring the documents of a study, from their pinned addresses or from a folder, and check them.

A file stands under its own name only once its SHA-256 is the one in the catalogue.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import requests
from tqdm import tqdm

from analysis.errors import AnalysisError
from analysis.storage.files import sha256_of
from analysis.study.catalogue import documents, read_catalogue, read_left_out

__all__ = ["documents", "fetch", "read_catalogue", "read_left_out"]

_CHUNK = 16 * 1024


class _BrokenOffError(Exception):
    """The server failed in a way that another try may repair."""


def fetch(
    study: str,
    catalogue: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    source_folder: str | os.PathLike[str] | None = None,
    pauses: Sequence[float] = (1, 2, 4, 8),
    timeout: float = 30,
    progress: bool = True,
) -> pd.DataFrame:
    """Bring the documents of a study into a folder and check the hash of each.

    A document already there with the right hash is not touched. A download that breaks off
    leaves a file whose name ends in ``.part``; the next try, or the next call, resumes it.

    Parameters
    ----------
    study : str
    catalogue : str or path-like
        As for `read_catalogue`.
    folder : str or path-like
        Where the files go; made if it is not there.
    source_folder : str or path-like, optional
        Copy from this folder and those below it, by name or else by size and hash, and ask no
        server for anything.
    pauses : sequence of float
        Seconds to wait before each new try, after a server's error (429 or 5xx), a silence or a
        lost connection; one try more than there are pauses.
    timeout : float
        Seconds a server may be silent.
    progress : bool
        Show a bar on standard error, if that is a terminal.

    Returns
    -------
    pandas.DataFrame
        One row per document: ``document``, ``path`` (str), ``bytes`` (int), ``status``
        (``present``, ``copied`` or ``downloaded``).

    Raises
    ------
    AnalysisError
        If the study is unknown, a document cannot be had, its hash is another (both are named),
        or the folder cannot be written.
    """
    rows = documents(study, catalogue)
    folder = Path(folder)
    with _disk(folder, "written"):
        folder.mkdir(parents=True, exist_ok=True)
        present = {row.document for row in rows.itertuples() if _holds(folder / row.file, row)}
    copies = {}
    if source_folder is not None:
        copies = _locate(rows[~rows["document"].isin(present)], Path(source_folder))
    done = []
    with requests.Session() as session:
        for row in rows.itertuples():
            path = folder / row.file
            if row.document in present:
                status = "present"
            elif source_folder is not None:
                _copy(copies[row.document], path, row)
                status = "copied"
            else:
                bar = tqdm(
                    total=row.bytes,
                    unit="B",
                    unit_scale=True,
                    desc=row.file,
                    disable=None if progress else True,  # None: off unless a terminal
                )
                with bar:
                    _download(session, row, path, pauses=pauses, timeout=timeout, bar=bar)
                status = "downloaded"
            done.append((row.document, os.fspath(path), path.stat().st_size, status))
    return pd.DataFrame(done, columns=["document", "path", "bytes", "status"])


def _locate(rows: pd.DataFrame, folder: Path) -> dict[str, Path]:
    """Find a right copy of every document below a folder, before anything is copied."""
    if not folder.is_dir():
        raise AnalysisError(folder, "no such folder", "the folder that holds the copies")
    with _disk(folder, "read"):
        files = sorted(
            path
            for parent, _, names in os.walk(folder)
            for name in names
            if (path := Path(parent, name)).is_file() and path.suffix != ".part"
        )
        found, missing = {}, []
        for row in rows.itertuples():
            named = [path for path in files if path.name in {row.file, *row.also}]
            sized = (path for path in files if path.stat().st_size == row.bytes)
            copy = next((path for path in chain(named, sized) if _holds(path, row)), None)
            if copy is not None:
                found[row.document] = copy
            elif named:
                remedy = "nothing was copied; without --from the right file is downloaded"
                raise _wrong_hash(named[0], row, sha256_of(named[0]), remedy)
            else:
                missing.append(row.file)
    if missing:
        raise AnalysisError(
            folder,
            f"no copy of {', '.join(missing)}",
            "every document under its name, or under any name with its bytes",
            "nothing was copied; without --from they are downloaded",
        )
    return found


def _copy(source: Path, path: Path, row: Any) -> None:
    part = _part(path)
    with _disk(part, "written"):
        shutil.copyfile(source, part)
        digest = sha256_of(part)
        if digest != row.sha256:
            part.unlink()
            raise _wrong_hash(source, row, digest, "it changed while it was copied; try again")
        part.replace(path)


def _download(
    session: requests.Session,
    row: Any,
    path: Path,
    *,
    pauses: Sequence[float],
    timeout: float,
    bar: tqdm,
) -> None:
    """Download one document, resuming what an earlier try left, and put it in its place."""
    part = _part(path)
    waits = iter(pauses)
    with _disk(part, "written"):
        while not _holds(part, row):
            try:
                continued = _receive(session, row.address, part, timeout, bar)
            except _BrokenOffError as error:
                wait = next(waits, None)
                if wait is None:
                    raise AnalysisError(
                        row.address,
                        f"{row.file} could not be downloaded: {error}",
                        remedy="try again later (what has come is kept) or give a copy with --from",
                    ) from None
                time.sleep(wait)
                continue
            digest = sha256_of(part)
            if digest != row.sha256:
                # What an earlier try left may be of another version: then once more, from nothing.
                part.unlink()
                if not continued:
                    remedy = "it was not kept; give a right copy with --from"
                    raise _wrong_hash(row.address, row, digest, remedy)
        part.replace(path)


def _receive(
    session: requests.Session, address: str, part: Path, timeout: float, bar: tqdm
) -> bool:
    """Write what the server sends to the partial file; return whether it was continued."""
    start = part.stat().st_size if part.is_file() else 0
    headers = {"Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        with session.get(address, headers=headers, stream=True, timeout=timeout) as response:
            status = f"the server answered {response.status_code} {response.reason}"
            if response.status_code == 429 or response.status_code >= 500:
                raise _BrokenOffError(status)
            continued = response.status_code == 206 and start > 0
            if start and response.status_code == 416:  # the partial file is too long to be right
                part.unlink()
                return _receive(session, address, part, timeout, bar)
            if response.status_code != 200 and not continued:
                remedy = "correct the address in the catalogue, or give a copy with --from"
                raise AnalysisError(address, status, "the file", remedy)
            bar.update((start if continued else 0) - bar.n)
            with part.open("ab" if continued else "wb") as file:
                for chunk in response.iter_content(_CHUNK):
                    file.write(chunk)
                    bar.update(len(chunk))
    except requests.Timeout:
        raise _BrokenOffError(f"no answer within {timeout:g} s") from None
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise _BrokenOffError(_reason(error)) from None
    except AnalysisError:
        raise
    except (requests.RequestException, ValueError) as error:  # ValueError: a malformed redirect
        raise AnalysisError(address, f"cannot be downloaded: {error}") from None
    return continued


def _reason(error: BaseException) -> str:
    """Say why a connection failed, by the first cause below the libraries' own wrappings."""
    while error.__context__ is not None:
        error = error.__context__
    return getattr(error, "strerror", None) or str(error)


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _holds(path: Path, row: Any) -> bool:
    return path.is_file() and sha256_of(path) == row.sha256


def _wrong_hash(where: str | os.PathLike[str], row: Any, digest: str, remedy: str) -> AnalysisError:
    return AnalysisError(where, f"{row.file} has SHA-256 {digest}", f"SHA-256 {row.sha256}", remedy)


@contextlib.contextmanager
def _disk(path: Path, verb: str) -> Iterator[None]:
    """Turn a failure of the disk into an error that names the file."""
    try:
        yield
    except OSError as error:
        remedy = "make room or choose another folder" if verb == "written" else None
        found = f"cannot be {verb} ({error.strerror or error})"
        raise AnalysisError(error.filename or path, found, remedy=remedy) from None
