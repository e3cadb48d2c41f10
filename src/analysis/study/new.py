"""A study of a researcher's own texts: read, report, measure, and a notebook to begin with."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.corpus import intake, report, speakers_table
from analysis.corpus.corpus import Corpus
from analysis.corpus.report import Report
from analysis.errors import AnalysisError
from analysis.storage import csv_tables, project
from analysis.storage.files import holds_files, replace_file, replace_files, sha256_of
from analysis.storage.locks import held
from analysis.study import measured, own_files, own_network
from analysis.study.own_lines import digest
from analysis.study.own_speakers import SpeakersTable, plan_speakers

TEMPLATE = "study.ipynb"
_NAME = re.compile(r"[a-z0-9][a-z0-9_\-]{0,59}")
# Notebooks of ours have two digits; figures of ours lie beside a folder of tables.
_TAKEN = re.compile(r"\d\d_|tables$")


def new_study(
    name: str,
    folder: str | os.PathLike[str],
    *,
    top: Path | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    speakers: str | os.PathLike[str] | None = None,
    codebook: str | os.PathLike[str] | None = None,
    replace: bool = False,
    workers: int = 1,
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
    encoding : str, optional
        The encoding of the texts that are not UTF-8, where it is known.
    speakers : str or path-like, optional
        The table that says which person a label means; ``speakers.csv`` in the folder if it is
        there. Where there is none it is begun there, and those whom it does not know are added.
    codebook : str or path-like, optional
        ``codebook.toml`` in the folder if it is there, else the one of before, else the project's.
    replace : bool
        Measure a study of this name anew. Its notebook is kept, since work may be in it.
    workers : int
        Processes that look for voices (:func:`analysis.corpus.voiced.with_voices`).
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
    if not _NAME.fullmatch(name) or _TAKEN.match(name):
        raise AnalysisError(
            "STUDY",
            repr(name),
            "small letters, digits, - and _, unlike the name of a notebook of ours",
            "such as my-study",
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
        folder = Path(folder)
        kept = top / ".cache" / "intake" / name
        files, understood, plan = _measured(
            name, folder, top, columns=columns, encoding=encoding,
            speakers=Path(speakers) if speakers else None,
            codebook=Path(codebook) if codebook else None,
            kept=kept, workers=workers, progress=progress,
        )  # fmt: skip
        replace_files(target, files)
        try:
            if plan.content is not None and plan.path is not None:
                replace_file(plan.path, plan.content)
            if not notebook.exists():
                replace_file(notebook, notebook_of(name, own_files.seen_from(top, folder)))
        except BaseException:
            if fresh:
                shutil.rmtree(target, ignore_errors=True)
            raise
        shutil.rmtree(kept, ignore_errors=True)
        return understood, notebook


def compare(
    name: str, top: Path | None = None, *, workers: int = 1, progress: bool = False
) -> pd.DataFrame:
    """Measure the texts of one's own study anew and compare every file, byte for byte.

    Nothing is written: it is what :func:`new_study` would put in the place of the study now.

    Parameters
    ----------
    name : str
        The study.
    top : pathlib.Path, optional
        The project's folder.
    workers, progress
        As for :func:`new_study`.

    Returns
    -------
    pandas.DataFrame
        ``file`` and ``verdict`` ("identical", "differs" or "missing").

    Raises
    ------
    AnalysisError
        If the texts are not where they were, or cannot be read.
    """
    top = top or project.root()
    target = project.study_folder(name, top)
    folder = own_files.texts_of(name, top)
    files, _, _ = _measured(name, folder, top, workers=workers, progress=progress)
    rows = []
    for file, made in sorted(files.items()):
        path = target / file
        same = path.is_file() and path.read_bytes() == made
        rows.append((file, "identical" if same else "differs" if path.is_file() else "missing"))
    return pd.DataFrame(rows, columns=["file", "verdict"])


def _measured(
    name: str,
    folder: Path,
    top: Path,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    speakers: Path | None = None,
    codebook: Path | None = None,
    kept: Path | None = None,
    workers: int = 1,
    progress: bool = False,
) -> tuple[dict[str, bytes], Report, SpeakersTable]:
    """Return the files of a study, what was understood, and what becomes of the speakers."""
    target = top / project.STUDIES / name
    before = own_files.reading_of(target)
    columns, encoding = columns or before.get("columns"), encoding or before.get("encoding")
    book_path = own_files.codebook_for(codebook, folder, target, top)
    labels = own_files.speakers_for(speakers, folder, target, top)
    book = read_codebook(book_path)
    table = speakers_table.read_speakers(labels) if labels else None
    found = intake.read([folder], columns=columns, encoding=encoding, kept=kept, progress=progress)
    corpus = Corpus.from_intake(found, table).voiced(workers=workers, progress=progress)
    understood = report.of(found, corpus)
    plan = plan_speakers(corpus, labels, folder, target / own_files.SPEAKERS)
    inputs = {own_files.seen_from(top, book_path): sha256_of(book_path)}
    inputs |= {document: digest(text) for document, text in corpus.texts.items()}
    counted = measured.measure(corpus, book, name=name, inputs=inputs)
    counted = own_files.with_company(counted, corpus, book)
    files = {
        own_files.CODEBOOK: book_path.read_bytes(),
        own_files.LEFT_OUT: csv_tables.to_csv(own_files.left_out(understood, folder)),
    }
    stated = own_network.statements_of(corpus, book)
    if stated is not None:
        files[own_network.FILE] = csv_tables.to_csv(stated)
    made_of = {"texts": folder, own_files.CODEBOOK: book_path}
    if plan.copy is not None and plan.path is not None:
        files[own_files.SPEAKERS] = plan.copy
        made_of[own_files.SPEAKERS] = plan.path
    reading = {"columns": columns, "encoding": encoding}
    said = f"codebook: {own_files.seen_from(top, book_path)}, {len(book.terms)} terms"
    return (
        own_files.encode(counted, files, made_of, top=top, reading=reading),
        dataclasses.replace(understood, also=(plan.said, said)),
        plan,
    )


def notebook_of(name: str, texts: str = "") -> str:
    """Return the notebook of a new study as JSON, made from the template.

    Parameters
    ----------
    name : str
    texts : str
        Where the texts lie, seen from the project's folder.
    """
    template = resources.files("analysis.study").joinpath("templates", TEMPLATE)
    notebook = json.loads(template.read_text(encoding="utf-8"))
    # The name is plain ASCII without quotation marks; where the texts lie may be anything.
    quoted = json.dumps(texts.encode("utf-8", "replace").decode(), ensure_ascii=False)
    for cell in notebook["cells"]:
        cell["source"] = [
            line.replace("STUDY_NAME", name).replace('"TEXTS_FOLDER"', quoted)
            for line in cell["source"]
        ]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
