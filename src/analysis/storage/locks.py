"""One process at a time: a file that says who is at work, and that outlives one that is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO

from analysis.errors import AnalysisError

# Windows has no such locks.
fcntl = import_module("fcntl") if os.name == "posix" else None


@contextmanager
def held(path: Path, work: str) -> Iterator[bool]:
    """Hold a lock while some work is done; only one who is killed leaves the file.

    Parameters
    ----------
    path : pathlib.Path
    work : str
        What is done, as an error says it.

    Yields
    ------
    bool
        Whether the file was there already: the one before was killed.

    Raises
    ------
    AnalysisError
        If another process holds it, or nothing can be written there.
    """
    file, cut_off = _taken(path, work)
    try:
        yield cut_off
    finally:
        path.unlink(missing_ok=True)
        file.close()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process holds a file's lock, and hold it: for a moment's work.

    Where no lock can be had, because nothing can be written there, the work goes on without.
    """
    beside = path.with_name(f".{path.name}.lock")
    file = None
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        while True:
            file = beside.open("a")
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            if beside.exists() and os.path.samestat(beside.stat(), os.fstat(file.fileno())):
                break
            file.close()
    except OSError:
        file = None
    try:
        yield
    finally:
        if file is not None:
            beside.unlink(missing_ok=True)
            file.close()


def _taken(path: Path, work: str) -> tuple[IO[str], bool]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            cut_off = path.exists()
            file = path.open("a+", encoding="utf-8")
            if not _locked(file):
                file.seek(0)
                other = file.read().strip() or "unknown"
                file.close()
                raise AnalysisError(
                    path,
                    f"{work} is at work already (process {other})",
                    "one at a time",
                    "wait until it is done, or end that process",
                )
            # The one before may have taken the file away between our opening and locking it.
            if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
                break
            file.close()
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
    except OSError as error:
        raise AnalysisError(
            path.parent,
            f"cannot be written ({error.strerror})",
            "a folder with room that can be written to",
            "free space, or work on a copy of the project that is yours",
        ) from error
    return file, cut_off


def _locked(file: IO[str]) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
