"""A study of a researcher's own texts: read, report, measure, and a notebook to begin with."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing, suppress
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.corpus import intake, report, speakers_table
from analysis.corpus.corpus import Corpus
from analysis.corpus.report import Report
from analysis.corpus.voiced import voices_of
from analysis.errors import AnalysisError
from analysis.storage import project
from analysis.storage.files import holds_files, replace_file, replace_files, sha256_of
from analysis.storage.locks import held
from analysis.study import measured, parts

TEMPLATE = "study.ipynb"
_NAME = re.compile(r"[a-z0-9][a-z0-9_\-]{0,59}")


def new_study(
    name: str,
    folder: str | os.PathLike[str],
    *,
    top: Path | None = None,
    columns: Mapping[str, str] | None = None,
    speakers: str | os.PathLike[str] | None = None,
    replace: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    progress: bool = False,
) -> tuple[Report, Path]:
    """Read a folder of texts, write its measured corpus and a notebook.

    What is read of PDF and office files is kept until all is written, so that a run broken off
    goes on where it stopped.

    Parameters
    ----------
    name : str
        The study: small letters, digits, hyphens and underscores.
    folder : str or path-like
        Where the texts lie; a file will do.
    top : pathlib.Path, optional
        The project's folder.
    columns : mapping of str to str, optional
        Which column of tables is what.
    speakers : str or path-like, optional
        The table that says which person a label means; ``speakers.csv`` in the folder if it is
        there.
    replace : bool
        Measure a study of this name anew. Its notebook is kept, since work may be in it.
    workers : int
        Processes at work (:func:`analysis.corpus.voiced.with_voices`).
    scheduler : str, optional
        Address of a Dask scheduler whose workers measure a large study instead.
    progress : bool
        Show bars on standard error, if that is a terminal.

    Returns
    -------
    (Report, pathlib.Path)
        What was understood, and the notebook.

    Raises
    ------
    AnalysisError
        If the name is no study's, is taken, nothing can be read, or the disk is full; what was
        there before is then as it was.
    """
    top = top or project.root()
    target = top / "data" / "studies" / name
    if not _NAME.fullmatch(name):
        raise AnalysisError(
            "STUDY", repr(name), "small letters, digits, - and _", "such as my-study"
        )
    with held(target.with_name(f".{name}.lock"), f"`new {name}`") as killed:
        notebook = top / "notebooks" / f"{name}.ipynb"
        fresh = not holds_files(target)
        # What was killed before it wrote its notebook is done again, and so finished.
        if not fresh and not replace and not (killed and not notebook.exists()):
            raise AnalysisError(
                name,
                "there is a study of this name",
                "a new name",
                "or give --replace to measure anew",
            )
        kept = top / ".cache" / "intake" / name
        made, files = _measured(
            name,
            Path(folder),
            top,
            columns=columns,
            speakers=speakers,
            kept=kept,
            workers=workers,
            scheduler=scheduler,
            progress=progress,
        )
        replace_files(target, files)
        try:
            if not notebook.exists():
                replace_file(notebook, notebook_of(name))
        except BaseException:
            if fresh:
                shutil.rmtree(target, ignore_errors=True)
            raise
        shutil.rmtree(kept, ignore_errors=True)
        with suppress(AnalysisError):
            replace_file(_asked(name, top), json.dumps(_request(folder, columns, speakers)))
    return made, notebook


def _asked(name: str, top: Path) -> Path:
    """Return where it is kept, on this machine only, of which texts a study was made."""
    return top / ".cache" / "studies" / f"{name}.json"


def _request(
    folder: str | os.PathLike[str],
    columns: Mapping[str, str] | None,
    speakers: str | os.PathLike[str] | None,
) -> dict[str, Any]:
    return {
        "folder": os.fspath(Path(folder).resolve()),
        "columns": dict(columns or {}),
        "speakers": os.fspath(Path(speakers).resolve()) if speakers else None,
    }


def texts_of(name: str, top: Path) -> Path | None:
    """Return the folder of the texts that a study was made of here, None where it is not known."""
    try:
        return Path(json.loads(_asked(name, top).read_text(encoding="utf-8"))["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def compare(name: str, top: Path) -> pd.DataFrame:
    """Measure the texts of one's own study anew and compare every file, byte for byte.

    Parameters
    ----------
    name : str
    top : pathlib.Path
        The project's folder, in which the study was made.

    Returns
    -------
    pandas.DataFrame
        ``file`` and ``verdict`` ("identical", "differs" or "missing").

    Raises
    ------
    AnalysisError
        If the texts cannot be read.
    """
    asked = json.loads(_asked(name, top).read_text(encoding="utf-8"))
    target = project.study_folder(name, top)
    rows = []
    with tempfile.TemporaryDirectory(prefix="verify-") as kept:
        _, files = _measured(
            name,
            Path(asked["folder"]),
            top,
            columns=asked["columns"],
            speakers=asked["speakers"],
            kept=Path(kept),
            workers=1,
            scheduler=None,
            progress=True,
        )
        for file, data in files.items():
            made = data.read_bytes() if isinstance(data, Path) else data
            path = target / file
            same = path.is_file() and path.read_bytes() == made
            rows.append((file, "identical" if same else "differs" if path.is_file() else "missing"))
    return pd.DataFrame(rows, columns=["file", "verdict"])


def _measured(
    name: str,
    folder: Path,
    top: Path,
    *,
    columns: Mapping[str, str] | None,
    speakers: str | os.PathLike[str] | None,
    kept: Path,
    workers: int,
    scheduler: str | None,
    progress: bool,
) -> tuple[Report, Mapping[str, bytes | Path]]:
    labels = speakers or speakers_table.speakers_in([folder])
    persons = speakers_table.read_speakers(labels) if labels else None
    codebook = top / project.CODEBOOK
    inputs = {project.CODEBOOK.as_posix(): sha256_of(codebook)}
    if scheduler or _size(folder) > LARGE:
        found = intake.read_in_parts(
            [folder], columns=columns, kept=kept, progress=progress, most=PART
        )
        with closing(found):
            return parts.measure(
                found,
                name,
                codebook,
                kept / "parts",
                persons=persons,
                inputs=inputs,
                workers=workers,
                scheduler=scheduler,
            )
    whole = intake.read([folder], columns=columns, kept=kept, progress=progress)
    voiced = voices_of(whole, workers=workers, progress=progress)
    made = report.of(whole, voiced)
    corpus = Corpus.from_voiced(whole, voiced, persons)
    inputs |= {document: parts.digest(text) for document, text in corpus.texts.items()}
    study = measured.measure(corpus, read_codebook(codebook), name=name, inputs=inputs)
    return made, measured.encode(study)


LARGE = 32 * 2**20
"""Bytes of texts from which a study is measured part by part."""
PART = 4 * 2**20
"""Characters of such a part."""


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def notebook_of(name: str) -> str:
    """Return the notebook of a new study as JSON, made from the template."""
    template = resources.files("analysis.study").joinpath("templates", TEMPLATE)
    text = template.read_text(encoding="utf-8")
    # The name is plain ASCII without quotation marks, so it can stand in JSON and in Python.
    notebook = json.loads(text.replace("STUDY_NAME", name))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
