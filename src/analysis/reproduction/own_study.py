"""Rebuild a study of a researcher's own, here or elsewhere, and compare with what there is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.reproduction import differences
from analysis.reproduction.notebooks import run_notebook
from analysis.reproduction.reproduce import isolated, prepare
from analysis.storage import project
from analysis.storage.files import sha256_of
from analysis.study import measured
from analysis.study.own_files import made_of

_NEEDED = ("data/codebook.toml", "pyproject.toml", "requirements.lock", "figures/style.toml")
_MOST_TEXTS = 100 * 2**20
"""Bytes of texts that are copied with a study; more are read where they lie, or not at all."""


def notebook_of(name: str, top: Path) -> Path:
    """Return the notebook of a study of the user's own.

    Raises
    ------
    AnalysisError
        If there is no such study, or it has no notebook of its own.
    """
    project.study_folder(name, top)
    path = top / "notebooks" / f"{name}.ipynb"
    if not path.is_file():
        raise AnalysisError(
            path, "not there", "the notebook of the study",
            f"`python -m analysis new {name} FOLDER --replace` makes it; without STUDY all "
            "notebooks of the project are meant",
        )  # fmt: skip
    return path


def files_of(name: str, top: Path) -> list[str]:
    """Return what a run of a study's notebook makes: the notebook itself, figures and tables."""
    figures = top / "figures" / name
    made = [path for path in figures.rglob("*") if path.is_file()]
    made = [path for path in made if not path.name.startswith(".")]
    return sorted(path.relative_to(top).as_posix() for path in [notebook_of(name, top), *made])


def rebuild(name: str, top: Path) -> pd.DataFrame:
    """Run the notebook of a study and say of every file whether it is as it was.

    Parameters
    ----------
    name : str
        The study.
    top : pathlib.Path
        The project's folder.

    Returns
    -------
    pandas.DataFrame
        ``file`` and ``verdict``: "identical", "differs", "new" or "missing".
    """
    from analysis.reproduction.reproduce import verdicts

    before = {file: sha256_of(top / file) for file in files_of(name, top)}
    run_notebook(notebook_of(name, top))
    return verdicts(before, {file: sha256_of(top / file) for file in files_of(name, top)})


def reproduce(name: str, top: Path, out: Path) -> pd.DataFrame:
    """Copy a study elsewhere, hold it to its manifest, run its notebook, and compare.

    Parameters
    ----------
    name : str
        The study.
    top : pathlib.Path
        The project's folder; nothing in it is touched, `out` aside.
    out : pathlib.Path
        Where to work; made anew if it is a former reproduction.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.reproduction.differences.compare`, first the data.

    Raises
    ------
    AnalysisError
        If `out` holds anything else, or the notebook fails.
    """
    notebook_of(name, top)
    prepare(out)
    old, new = out / "committed", out / "rebuilt"
    _copy(name, top, old)
    wrong = dict(measured.verify(old / project.STUDIES / name))
    data = pd.DataFrame(
        [(f"data/studies/{name}/{file}", "changed", "", said) for file, said in wrong.items()],
        columns=differences.COLUMNS,
    )
    shutil.copytree(old, new)
    shutil.rmtree(new / "figures" / name, ignore_errors=True)
    run_notebook(notebook_of(name, new), isolated(new))
    files = sorted({*files_of(name, old), *files_of(name, new)})
    return pd.concat([data, differences.compare(old, new, files)], ignore_index=True)


def _copy(name: str, top: Path, target: Path) -> None:
    texts = made_of(name, top).get("texts", "")
    folders = [f"data/studies/{name}", f"figures/{name}"]
    # Texts inside the project go with it, so that lines that a notebook shows can be shown there.
    if texts and not texts.startswith("..") and _size(top / texts) <= _MOST_TEXTS:
        folders.append(texts)
    for folder in folders:
        if (top / folder).is_dir():
            shutil.copytree(top / folder, target / folder, dirs_exist_ok=True)
    singles = [*_NEEDED, f"notebooks/{name}.ipynb", *(f for f in folders if (top / f).is_file())]
    for file in singles:
        if (top / file).is_file():
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(top / file, target / file)


def _size(path: Path) -> int:
    paths = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in paths if one.is_file())
