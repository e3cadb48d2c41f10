"""Run notebooks and write them with their outputs, two at a time."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tqdm import tqdm

from analysis.errors import AnalysisError
from analysis.storage.files import replace_file

NOTEBOOKS = "[0-8][0-9]_*.ipynb"
"""Those that make figures; the workbenches from 90 on are for hands, and are not run here."""
GALLERY = "07_figures"
LATER = ("09_what_the_words_miss", GALLERY)
"""Those that read what others write, in their order: each waits for all before it."""
AT_ONCE = 2
"""Notebooks that run at a time. They write different files, and one manifest in turn."""

_WIDGET = "application/vnd.jupyter.widget-view+json"
# Warnings would otherwise name the kernel's process number.
_ENVIRONMENT = {"IPYKERNEL_CELL_NAME": "<notebook cell>"}


def run_notebook(path: str | os.PathLike[str], environment: Mapping[str, str] = {}) -> Path:
    """Run a notebook from top to bottom in a fresh kernel and store it with its outputs.

    Parameters
    ----------
    path : str or path-like
    environment : mapping of str to str, optional
        Environment variables of the kernel, on top of those of this process.

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
    client = NotebookClient(
        notebook,
        # The kernel warns at every start that it listens on the loopback address.
        extra_arguments=["--IPKernelApp.log_level=40"],
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        # A thread and a loop of its own, since the caller may be a notebook, which has one running.
        with ThreadPoolExecutor(1) as alone:
            alone.submit(_execute, client, {**os.environ, **_ENVIRONMENT, **environment}).result()
    except CellExecutionError as error:
        failed = sum(
            1 for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count
        )
        raise AnalysisError(
            path,
            f"code cell {failed} fails: {error.ename}: {error.evalue}",
            remedy="open it in JupyterLab and run the cells above it",
        ) from None
    for output in (o for cell in notebook.cells for o in cell.get("outputs", ())):
        # A widget lives as long as its kernel; what is stored is what it says without one.
        output.get("data", {}).pop(_WIDGET, None)
    # The one thing a run records that differs from one Python to the next.
    notebook.metadata.get("language_info", {}).pop("version", None)
    return replace_file(path, nbformat.writes(notebook, version=4) + "\n")


def _execute(client: NotebookClient, environment: dict[str, str]) -> None:
    asyncio.run(client.async_execute(env=environment))


def run_notebooks(
    top: Path,
    environment: Mapping[str, str] = {},
    *,
    failed: Callable[[Path, AnalysisError], None] | None = None,
) -> None:
    """Run all notebooks of a project, two at a time, and then those that read what others write.

    Parameters
    ----------
    top : pathlib.Path
    environment : mapping of str to str
        As for :func:`run_notebook`.
    failed : callable, optional
        Called with a notebook that fails and its error, which is raised if left out.
    """
    notebooks = sorted((top / "notebooks").glob(NOTEBOOKS))
    # The last ones take longest, and so begin first.
    first = [path for path in reversed(notebooks) if path.stem not in LATER]
    later = [[path for path in notebooks if path.stem == name] for name in LATER]
    bar = tqdm(total=len(notebooks), unit="notebook", disable=not sys.stderr.isatty(), leave=False)

    def run(path: Path) -> tuple[Path, AnalysisError | None]:
        try:
            run_notebook(path, environment)
        except AnalysisError as error:
            return path, error
        return path, None

    with bar:
        for group in (first, *later):
            with ThreadPoolExecutor(AT_ONCE) as pool:
                results = [pool.submit(run, path) for path in group]
                try:
                    for result in as_completed(results):
                        path, error = result.result()
                        bar.update()
                        if error is None:
                            continue
                        if failed is None:
                            raise error
                        failed(path, error)
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
