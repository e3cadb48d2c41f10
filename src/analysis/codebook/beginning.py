"""Begin a codebook of one's own: a file that can be read at once, to be written over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.storage.files import replace_file

TEMPLATE = "codebook.toml"


def place_for(path: str | os.PathLike[str]) -> Path:
    """Return where a new codebook goes; see :func:`new_codebook`."""
    path = Path(path)
    if path.is_dir():
        path = path / TEMPLATE
    if path.exists():
        raise AnalysisError(path, "there is a file already", "a new file", "choose another name")
    return path


def new_codebook(path: str | os.PathLike[str], candidates: Iterable[str] = ()) -> Path:
    """Write a codebook of two frames and two terms that shows every field, to be written over.

    Parameters
    ----------
    path : str or path-like
        A new file; in an existing folder it is ``codebook.toml``.
    candidates : iterable of str
        Lines of comment to stand below (:func:`analysis.coding.first_terms.candidate_lines`).

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If there is a file already, or it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from analysis.codebook.reading import read_codebook
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_codebook(new_codebook(folder)).terms["id"].tolist()
    ['mass surveillance', 'ethical responsibility']
    """
    path = place_for(path)
    template = resources.files("analysis.codebook").joinpath("templates", TEMPLATE)
    below = "".join(f"{line}\n" for line in candidates)
    return replace_file(path, template.read_bytes() + (f"\n{below}" if below else "").encode())
