"""Run every notebook again elsewhere and say of every file whether it is what is committed."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from analysis.errors import AnalysisError
from analysis.reproduction import differences, readme
from analysis.reproduction.notebooks import NOTEBOOKS, run_notebooks
from analysis.storage.files import replace_file
from analysis.study import data_manifest

REBUILT = ("notebooks", "figures")
_MARK = ".reproduction"
_COLUMNS = ["part", *differences.COLUMNS]
GOOD = ("identical", data_manifest.RECORDED, "not run", "not committed")
"""Verdicts that leave a reproduction whole."""


def rebuild(top: Path) -> pd.DataFrame:
    """Run all notebooks in order, which makes all figures, and compare with what is committed.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder.

    Returns
    -------
    pandas.DataFrame
        Of each file that these notebooks make ``file`` and ``verdict``: "identical", "differs",
        "new" (not committed) or "missing". The workbenches, which are not run, captions, which
        are written by hand, and what belongs to a study of the user's own are left out.
    """
    before = committed(top)
    run_notebooks(top)
    table = verdicts(before, _present(top))
    return table[_made(table["file"], top)].reset_index(drop=True)


def _made(files: pd.Series, top: Path) -> pd.Series:
    """Say of each file whether a rebuild of the project makes it."""
    own = tuple(f"figures/{folder.name}/" for folder in _own_figures(top))
    run = files.map(lambda file: PurePosixPath(file).match(f"notebooks/{NOTEBOOKS}")).astype(bool)
    return run | (files.str.startswith("figures/") & ~files.str.startswith(own))


def verdicts(before: dict[str, str], after: dict[str, str]) -> pd.DataFrame:
    """Compare two sets of files known by their hashes.

    Examples
    --------
    >>> verdicts({"a": "1", "b": "2"}, {"a": "1", "c": "3"}).values.tolist()
    [['a', 'identical'], ['b', 'missing'], ['c', 'new']]
    """
    rows = []
    for file in sorted(before.keys() | after.keys()):
        if file not in after:
            verdict = "missing"
        elif file not in before:
            verdict = "new"
        else:
            verdict = "identical" if before[file] == after[file] else "differs"
        rows.append((file, verdict))
    return pd.DataFrame(rows, columns=["file", "verdict"])


def committed(top: Path) -> dict[str, str]:
    """Return the files a rebuild makes as they are committed, by git's own hash of each.

    Outside a git checkout of the project (an unpacked archive, wherever it lies), as they lie on
    disk now.
    """
    listing = _git(top, "ls-tree", "-r", "-z", "HEAD", "--", *REBUILT)
    if listing is None or not _is_checkout(top):
        return _present(top)
    entries = (line.split("\t", 1) for line in listing.decode().split("\0") if line)
    return {name: meta.split()[2] for meta, name in entries}


def _is_checkout(top: Path) -> bool:
    """Return whether the project itself is committed, not only a folder around it."""
    return _git(top, "cat-file", "-e", "HEAD:./data/codebook.toml") is not None


def _git(top: Path, *words: str) -> bytes | None:
    """Return what git says, or None where git or a repository is missing."""
    try:
        done = subprocess.run(["git", "-C", str(top), *words], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return None if done.returncode else done.stdout


def _present(top: Path) -> dict[str, str]:
    return {file: _git_hash(top / file) for file in _files(top)}


def _files(top: Path) -> list[str]:
    return sorted(
        path.relative_to(top).as_posix()
        for folder in REBUILT
        for path in (top / folder).rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    )


def _git_hash(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Reproduction:
    """A rebuild elsewhere, held against what is committed.

    Parameters
    ----------
    committed, rebuilt : pathlib.Path
        The copy of the committed state, and the same with everything made anew.
    commit : str
        The commit, or "" outside a git checkout.
    checks : pandas.DataFrame
        ``part`` ("data", "rebuild" or "here"), ``file``, ``verdict``, ``where``, ``difference``.
    data : pandas.DataFrame
        As :func:`analysis.study.data_manifest.verify_data`, of the committed state.
    """

    committed: Path
    rebuilt: Path
    commit: str
    checks: pd.DataFrame
    data: pd.DataFrame

    @property
    def folders(self) -> tuple[Path, Path]:
        """The committed and the rebuilt project."""
        return self.committed, self.rebuilt

    @staticmethod
    def is_good(verdicts: set[str]) -> bool:
        """Whether all verdicts on a file say it is as committed."""
        return verdicts <= set(GOOD)

    @property
    def wrong(self) -> pd.DataFrame:
        """The checks that do not say all is as committed."""
        return self.checks[~self.checks["verdict"].isin(GOOD)]


def reproduce(top: Path, out: Path) -> Reproduction:
    """Rebuild every figure and notebook in a copy and compare with what is committed.

    The copy holds the committed state (without git: the tree as it is), runs with its own code,
    and its figures are deleted first, so that what is there afterwards was made there.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder; nothing in it is touched, ``out`` aside.
    out : pathlib.Path
        Where to work; made anew if it is a former reproduction.

    Returns
    -------
    Reproduction

    Raises
    ------
    AnalysisError
        If ``out`` holds anything else, or the committed state has no readable manifest.
    """
    prepare(out)
    old, new = out / "committed", out / "rebuilt"
    commit = _copy(top, old)
    # Before anything is run, so that a tampered datum is named whatever it breaks.
    data = data_manifest.verify_data(old)
    shutil.copytree(old, new)
    own = _own_figures(new)
    for file in (new / "figures").rglob("*"):
        # The style an author sets there is no figure; a study of the user's own is made apart.
        if file.is_file() and file.suffix != ".toml" and not own & set(file.parents):
            file.unlink()
    failed = _rebuild_copy(new)
    here = _changed_here(top, old, commit)
    parts = [check(old, new), failed.assign(part="rebuild"), here.assign(part="here")]
    checks = pd.concat([part[_COLUMNS] for part in parts], ignore_index=True)
    return Reproduction(old, new, commit, checks, data)


def _own_figures(top: Path) -> set[Path]:
    """Return the folders of figures that notebooks of the user's own studies make."""
    names = (path.stem for path in (top / "notebooks").glob("*.ipynb"))
    return {top / "figures" / name for name in names if (top / "data" / "studies" / name).is_dir()}


def check(old: Path, new: Path) -> pd.DataFrame:
    """Hold a project's data to its manifests; figures, notebooks and README to a rebuild.

    A pure function of two folders: nothing is run.

    Parameters
    ----------
    old, new : pathlib.Path
        The committed and the rebuilt project.

    Returns
    -------
    pandas.DataFrame
        ``part`` ("data" or "rebuild"), ``file``, ``verdict``, ``where``, ``difference``.
    """
    data = data_manifest.verify_data(old).assign(part="data", where="")
    built = compare_builds(old, new).assign(part="rebuild")
    said = readme.compare(old / readme.FILE, new).assign(part="rebuild")
    parts = [part[_COLUMNS] for part in (data, built, said) if len(part)]
    return pd.concat(parts, ignore_index=True)


def compare_builds(old: Path, new: Path) -> pd.DataFrame:
    """Compare the notebooks and figures of two builds.

    Parameters
    ----------
    old, new : pathlib.Path
        The committed and the rebuilt project.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.reproduction.differences.compare`; ``verdict`` is "not run" for a
        notebook that no rebuild runs, "made by no notebook" for a committed file that the rebuild
        lacks, and "deleted from the commit" for one that it makes and the commit lacks.
    """
    # What captions say is written by hand, as code is; what they print is compared.
    files = {*_files(old), *_files(new)}
    made = sorted(file for file in files if not file.startswith("notebooks/captions/"))
    table = differences.compare(old, new, made)
    aside = ~_made(table["file"], old)
    said = table["verdict"].replace(
        {"missing": "made by no notebook", "new": "deleted from the commit"}
    )
    return table.assign(verdict=said.mask(aside & (said == "identical"), "not run"))


def prepare(out: Path) -> None:
    """Make a folder ready for a reproduction, away with a former one.

    Raises
    ------
    AnalysisError
        If it holds anything else, or cannot be written.
    """
    if out.exists() and any(out.iterdir()) and not (out / _MARK).is_file():
        raise AnalysisError(
            out, "holds files that are no reproduction", "an empty or new folder", "give another"
        )
    if not os.access(next(place for place in (out, *out.parents) if place.exists()), os.W_OK):
        raise AnalysisError(
            out, "cannot be written", remedy="name another folder with --out (make: OUT=FOLDER)"
        )
    for name in ("committed", "rebuilt"):
        shutil.rmtree(out / name, ignore_errors=True)
    replace_file(out / _MARK, "Made by `python -m analysis reproduce`, which makes it anew.\n")


def _copy(top: Path, target: Path) -> str:
    """Copy the committed state, or the tree where there is none; return the commit."""
    archive = _git(top, "archive", "--format=tar", "HEAD") if _is_checkout(top) else None
    if archive is None:
        aside = shutil.ignore_patterns(".*", "build", "sources", "__pycache__")
        out = target.parent.resolve()

        def left_out(folder: str, names: list[str]) -> set[str]:
            mine = {name for name in names if Path(folder, name).resolve() == out}
            return mine | aside(folder, names)

        shutil.copytree(top, target, ignore=left_out)
        return ""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(target, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise AnalysisError(target, f"the commit cannot be unpacked ({error})") from None
    return (_git(top, "rev-parse", "HEAD") or b"").decode().strip()


def isolated(copy: Path) -> dict[str, str]:
    """Return the environment in which a copy runs with its own code, where it has any."""
    path = os.pathsep.join(filter(None, (str(copy / "src"), os.environ.get("PYTHONPATH"))))
    return {
        "PYTHONPATH": path,
        # Start-up files of the user's own IPython are no part of what is committed.
        "IPYTHONDIR": str(copy.parent / "ipython"),
    }


def _rebuild_copy(copy: Path) -> pd.DataFrame:
    """Run all notebooks of a copy with its own code; one that fails does not stop the others."""
    environment = isolated(copy)
    rows = []

    def failed(notebook: Path, error: AnalysisError) -> None:
        rows.append((f"notebooks/{notebook.name}", "fails", "", error.found))

    run_notebooks(copy, environment, failed=failed)
    return pd.DataFrame(sorted(rows), columns=differences.COLUMNS)


def _changed_here(top: Path, old: Path, commit: str) -> pd.DataFrame:
    """Compare what lies in the working tree with the commit, which alone was rebuilt."""
    folders = ("data", "src", "requirements.lock", readme.FILE, *REBUILT)
    status = _git(top, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", *folders)
    if not commit or not status:
        return pd.DataFrame(columns=differences.COLUMNS)
    prefix = (_git(top, "rev-parse", "--show-prefix") or b"").decode().strip()
    lines = [line for line in status.decode().split("\0") if line]
    files = sorted(line[3:].removeprefix(prefix) for line in lines)
    untracked = {line[3:].removeprefix(prefix) for line in lines if line.startswith("??")}
    table = differences.compare(old, top, files)
    # Studies and notebooks of the user's own stand beside ours; a figure nothing made may not.
    own = tuple(f"figures/{folder.name}/" for folder in _own_figures(top))
    ours = table["file"].str.startswith("figures/") & ~table["file"].str.startswith(own)
    aside = table["file"].isin(untracked) & ~ours
    said = {"missing": "deleted here", "differs": "changed here", "new": "added here"}
    return table.assign(verdict=table["verdict"].map(said).mask(aside, "not committed"))
