"""Files written whole or not at all, and known by their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from analysis.errors import AnalysisError


def replace_file(path: str | os.PathLike[str], data: bytes | str) -> Path:
    """Write a file under a temporary name and rename it, so that it is never half there.

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
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise AnalysisError(
            path, f"cannot be written ({error.strerror})", mend="free space or choose a folder"
        ) from error
    return path


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
