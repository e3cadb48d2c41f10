"""Where a project's data, figures and notebooks lie."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import AnalysisError

CODEBOOK = Path("data") / "codebook.toml"
STUDIES = Path("data") / "studies"


def root(start: str | os.PathLike[str] | None = None) -> Path:
    """Return the project's top folder: the nearest one upwards with ``data/codebook.toml``.

    Parameters
    ----------
    start : str or path-like, optional
        Where to begin; the working directory if left out.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If no folder upwards holds ``data/codebook.toml``.
    """
    here = Path(start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CODEBOOK).is_file():
            return folder
    raise AnalysisError(
        here,
        "no project here or above",
        f"a folder with {CODEBOOK.as_posix()}",
        "change into the cloned repository, or put a codebook of your own there",
    )


def studies(project: Path) -> list[str]:
    """Return the names of a project's studies, in the order of the alphabet."""
    return sorted(path.name for path in (project / STUDIES).glob("*") if path.is_dir())


def study_folder(name: str, project: Path | None = None) -> Path:
    """Return the folder of a study, refusing a name that is not a study's.

    Raises
    ------
    AnalysisError
        If there is no such study; the message lists those there are.
    """
    project = project or root()
    known = studies(project)
    if name not in known:
        expected = f"one of {', '.join(known)}" if known else "a study in data/studies"
        raise AnalysisError(name, "no such study", expected, "see data/studies for their names")
    return project / STUDIES / name


def codebook_for(texts: Iterable[str | os.PathLike[str]]) -> Path:
    """Return the codebook that texts are read with: that beside them, else the project's.

    Parameters
    ----------
    texts : iterable of path
        Files or folders.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If one lies beside some of the texts and not beside others, or there is no project.
    """
    places = [Path(text) if Path(text).is_dir() else Path(text).parent for text in texts]
    beside = {place / CODEBOOK.name for place in places if (place / CODEBOOK.name).is_file()}
    if not beside:
        return root() / CODEBOOK
    if len({path.resolve() for path in beside}) > 1 or any(
        not (place / CODEBOOK.name).is_file() for place in places
    ):
        raise AnalysisError(
            ", ".join(sorted(map(str, beside))),
            "not beside all of the texts",
            "one codebook for all",
            "name it with --codebook",
        )
    return min(beside)
