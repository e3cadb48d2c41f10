"""A study of a researcher's own texts: read, report, measure, and a notebook to begin with."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib import resources
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis.codebook.reading import Codebook, read_codebook
from analysis.corpus import intake, report, speakers_table
from analysis.corpus.corpus import Corpus
from analysis.corpus.report import Report
from analysis.errors import AnalysisError
from analysis.storage import csv_tables, project
from analysis.storage.files import holds, holds_files, replace_file, replace_files, sha256_of
from analysis.storage.locks import held
from analysis.study import measured, own_files, own_network, parts
from analysis.study.again import as_measured
from analysis.study.joined import Joined
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
        Processes that measure, where there is enough to read; the files are the same with any
        number. A script that asks for more than one must keep its own work under
        ``if __name__ == "__main__"``, since each process reads the script.
    scheduler : str, optional
        The address of a Dask scheduler, whose workers then measure.
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
            f"such as {_near(name)}",
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
        try:
            files, understood, plan = _measured(
                name, folder, top, columns=columns, encoding=encoding,
                speakers=Path(speakers) if speakers else None,
                codebook=Path(codebook) if codebook else None,
                kept=kept, workers=workers, scheduler=scheduler, progress=progress,
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
        finally:
            shutil.rmtree(kept / "parts", ignore_errors=True)
        shutil.rmtree(kept, ignore_errors=True)
        return understood, notebook


def _near(name: str) -> str:
    """Return a name for a study that is like one that cannot be had.

    Examples
    --------
    >>> [_near(name) for name in ("Mein Thema", "Étude 2", "09_labels", "研究")]
    ['mein-thema', 'etude-2', 'my-09_labels', 'my-study']
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    near = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:50] or "study"
    return near if near != "study" and not _TAKEN.match(near) else f"my-{near}"


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
    rows = []
    with tempfile.TemporaryDirectory(prefix="verify-") as kept:
        files, _, _ = _measured(
            name, folder, top, kept=Path(kept), workers=workers, progress=progress
        )
        for file, made in sorted(files.items()):
            path = target / file
            verdict = "differs" if path.is_file() else "missing"
            rows.append((file, "identical" if holds(path, made) else verdict))
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
    kept: Path,
    **how: Any,
) -> tuple[dict[str, bytes | Path], Report, SpeakersTable]:
    """Return the files of a study, what was understood, and what becomes of the speakers."""
    target = top / project.STUDIES / name
    before = own_files.reading_of(target)
    reading = {"columns": columns or before.get("columns"),
               "encoding": encoding or before.get("encoding")}  # fmt: skip
    book_path = own_files.codebook_for(codebook, folder, target, top)
    labels = own_files.speakers_for(speakers, folder, target, top)
    book = read_codebook(book_path)
    whole, understood = _in_parts(folder, book, labels, reading, kept, **how)
    plan = plan_speakers(whole.speakers(), labels, folder, target / own_files.SPEAKERS)
    with _named_where_full(kept):
        files = whole.files()
    files[own_files.CODEBOOK] = written = book_path.read_bytes()
    files[own_files.LEFT_OUT] = csv_tables.to_csv(own_files.left_out(understood, folder))
    stated = whole.statements()
    if stated is not None:
        files[own_network.FILE] = csv_tables.to_csv(stated)
    made_of = {"texts": folder, own_files.CODEBOOK: book_path}
    if plan.copy is not None and plan.path is not None:
        files[own_files.SPEAKERS] = plan.copy
        made_of[own_files.SPEAKERS] = plan.path
    seen = own_files.seen_from(top, book_path)
    inputs = dict(sorted({seen: sha256_of(book_path), **whole.inputs}.items()))
    lies = plan.copy
    if plan.path is not None and plan.path.is_file():
        lies = plan.path.read_bytes()
    noted = as_measured(folder, written, plan.content or lies)
    more = own_files.recorded(made_of, reading, top, noted)
    files[measured.MANIFEST] = measured.manifest(name, whole.word, inputs, files, **more)
    said = f"codebook: {seen}, {len(book.terms)} terms"
    return files, dataclasses.replace(understood, also=(plan.said, said)), plan


def _in_parts(
    folder: Path,
    book: Codebook,
    labels: Path | None,
    reading: Mapping[str, Any],
    kept: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: bool = False,
    quoted: Collection[str] = (),
) -> tuple[Joined, Report]:
    """Read and measure texts part by part, and join what is known of them."""
    persons = speakers_table.read_speakers(labels) if labels else None
    place = kept / "parts"
    shutil.rmtree(place, ignore_errors=True)
    unread: list[Report] = []

    def with_documents(found: Iterable[intake.Intake]) -> Iterator[intake.Intake]:
        for one in found:
            if one.documents:
                yield one
            else:
                unread.append(report.of(one))

    found = intake.read_in_parts([folder], **reading, kept=kept, progress=progress, most=parts.SIZE)
    with closing(found):
        read = with_documents(found)
        some = list(islice(read, 2))
        if not some:
            Corpus.from_intake(intake.Intake([], {}, unread[0].skipped))  # says what is wrong
        # What is small is measured here, before another process has begun.
        workers = workers if len(some) > 1 else 1
        with _named_where_full(place):
            place.mkdir(parents=True)
            whole = Joined(place)
        made = parts.measured_parts(
            chain(some, read), book, persons, quoted=quoted, workers=workers,
            scheduler=scheduler, progress=progress and len(some) < 2,
        )  # fmt: skip
        bar = tqdm(
            desc="measuring", total=_size(folder), unit=" characters", unit_scale=True,
            disable=None if progress and len(some) > 1 else True,
        )  # fmt: skip
        with bar, closing(made):
            for part in made:
                with _named_where_full(place):
                    whole.add(part)
                bar.update(part.characters)
            bar.total = bar.n
            bar.refresh()
    if whole.returns and not quoted:
        return _in_parts(
            folder, book, labels, reading, kept, workers=workers, scheduler=scheduler,
            progress=progress, quoted=whole.returns,
        )  # fmt: skip
    return whole, whole.report(unread)


def _size(folder: Path) -> int:
    """Return about how many characters there are to measure: the bytes of the files."""
    files = [folder] if folder.is_file() else folder.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())


@contextmanager
def _named_where_full(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AnalysisError(
            place, f"cannot be written ({error.strerror})", remedy="free space there"
        ) from error


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
