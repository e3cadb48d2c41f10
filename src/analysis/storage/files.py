"""Files written whole or not at all, and known by their hash."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import AnalysisError

_STAGED, _READY = ".writing", ".ready"


def replace_file(path: str | os.PathLike[str], data: bytes | str) -> Path:
    """Write a file under a temporary name and rename it, so that it is never half there.

    A file that holds these bytes already is left alone, also where nothing can be written.

    Parameters
    ----------
    path : str or path-like
    data : bytes or str
        Text is written as UTF-8.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If the folder cannot be written to.
    """
    path = Path(path)
    content = data.encode() if isinstance(data, str) else data
    if holds(path, content):
        return path
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except BaseException as error:  # Ctrl-C too must leave nothing half there
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise
    return path


def replace_files(folder: str | os.PathLike[str], contents: Mapping[str, bytes | Path]) -> Path:
    """Write several files that belong together, so that all of them are the old or the new.

    They are written into a folder of their own below, which is then renamed; from there they are
    moved. Whoever is cut off before the renaming leaves the old files, and after it the new ones:
    :func:`finish` moves what is left. Where all of them are the new already, nothing is written.

    Parameters
    ----------
    folder : str or path-like
    contents : mapping of str to bytes or pathlib.Path
        By file name: the bytes, or a file that holds them and is moved there.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    AnalysisError
        If the folder cannot be written to; the files there are then as they were.
    """
    folder = Path(folder)
    finish(folder)
    staged = folder / _STAGED
    fresh = not folder.exists()
    cut_off = fresh or staged.exists()
    if not cut_off and all(holds(folder / name, data) for name, data in contents.items()):
        return folder
    try:
        shutil.rmtree(staged, ignore_errors=True)
        for name, data in contents.items():
            if isinstance(data, Path):
                _move(data, staged / name)
            else:
                replace_file(staged / name, data)
        staged.replace(folder / _READY)
    except BaseException as error:
        shutil.rmtree(folder if fresh else staged, ignore_errors=True)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise
    finish(folder)
    return folder


def _move(source: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        os.fsync(file.fileno())
    try:
        source.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, path)  # from another disk


def holds_files(folder: str | os.PathLike[str]) -> bool:
    """Return whether anything lies in a folder but what a cut-off :func:`replace_files` left."""
    folder = Path(folder)
    return folder.exists() and any(path.name != _STAGED for path in folder.iterdir())


def finish(folder: str | os.PathLike[str]) -> None:
    """Move what :func:`replace_files` had written whole, but not yet put in its place.

    Raises
    ------
    AnalysisError
        If it cannot be moved.
    """
    ready = Path(folder) / _READY
    try:
        for path in sorted(ready.iterdir()) if ready.is_dir() else ():
            path.replace(Path(folder) / path.name)
        if ready.is_dir():
            ready.rmdir()
    except FileNotFoundError:
        return  # another process is doing the same
    except OSError as error:
        raise _unwritable(Path(folder), error) from error


def holds(path: Path, content: bytes | Path) -> bool:
    """Return whether a file holds these bytes, or those of another file."""
    try:
        if isinstance(content, Path):
            return filecmp.cmp(path, content, shallow=False)
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _unwritable(path: Path, error: OSError) -> AnalysisError:
    return AnalysisError(
        path, f"cannot be written ({error.strerror})", remedy="free space or choose a folder"
    )


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises
    ------
    AnalysisError
        If the file is not there.
    """
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})") from error
