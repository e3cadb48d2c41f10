"""Run every notebook again and say of every file whether it is what is committed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tqdm import tqdm

from analysis.errors import AnalysisError
from analysis.files import replace_file

REBUILT = ("notebooks", "figures")
GALLERY = "07_figures"
# Warnings would otherwise name the kernel's process number.
_ENVIRONMENT = {"IPYKERNEL_CELL_NAME": "<notebook cell>"}


def run_notebook(path: str | os.PathLike[str]) -> Path:
    """Run a notebook from top to bottom in a fresh kernel and store it with its outputs.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If a cell fails; the message names the cell and the error. The notebook on disk is
        then left as it was.
    """
    path = Path(path)
    notebook = nbformat.read(path, as_version=4)
    os.environ.update(_ENVIRONMENT)
    client = NotebookClient(
        notebook,
        # The kernel warns at every start that it listens on the loopback address.
        extra_arguments=["--IPKernelApp.log_level=40"],
        timeout=600,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        failed = sum(
            1 for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count
        )
        raise AnalysisError(
            path,
            f"code cell {failed} fails: {error.ename}: {error.evalue}",
            mend="open it in JupyterLab and run the cells above it",
        ) from None
    # The one thing a run records that differs from one Python to the next.
    notebook.metadata.get("language_info", {}).pop("version", None)
    return replace_file(path, nbformat.writes(notebook, version=4) + "\n")


def rebuild(top: Path) -> pd.DataFrame:
    """Run all notebooks in order, which makes all figures, and compare with what is committed.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder.

    Returns
    -------
    pandas.DataFrame
        ``file`` and ``verdict``: "identical", "differs", "new" (not committed) or "missing".
    """
    before = committed(top)
    notebooks = sorted((top / "notebooks").glob("[0-8]*.ipynb"), key=_gallery_last)
    bar = tqdm(notebooks, unit="notebook", disable=not sys.stderr.isatty(), leave=False)
    for path in bar:
        bar.set_description(path.stem)
        run_notebook(path)
    return verdicts(before, _present(top))


def _gallery_last(notebook: Path) -> tuple[bool, str]:
    """Sort the gallery behind all others: it shows what they have made."""
    return notebook.stem == GALLERY, notebook.name


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

    Outside a git checkout (an unpacked archive), as they lie on disk now.
    """
    listing = subprocess.run(
        ["git", "-C", str(top), "ls-tree", "-r", "-z", "HEAD", "--", *REBUILT],
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        return _present(top)
    entries = (line.split("\t", 1) for line in listing.stdout.split("\0") if line)
    return {name: meta.split()[2] for meta, name in entries}


def _present(top: Path) -> dict[str, str]:
    files = sorted(
        path
        for folder in REBUILT
        for path in (top / folder).rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    )
    return {path.relative_to(top).as_posix(): _git_hash(path) for path in files}


def _git_hash(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
