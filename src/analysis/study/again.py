"""A study kept up to date: measured again where its texts, codebook or speakers have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from analysis.corpus.documents_table import NAME as METADATA
from analysis.errors import AnalysisError
from analysis.storage import project
from analysis.study import measured
from analysis.study.own_files import AS_MEASURED, CODEBOOK, SPEAKERS, made_of, texts_of

MOST = 100 * 2**20
"""Bytes of texts that are hashed at every run: a third of a second."""


def as_measured(texts: Path, codebook: bytes, speakers: bytes | None) -> dict[str, str]:
    """Return hashes by which is seen, in a moment, whether anything has changed.

    Parameters
    ----------
    texts : pathlib.Path
        The folder, or the file; of more than :data:`MOST` bytes names and sizes count alone.
    codebook, speakers : bytes
        As they lie on disk; no speakers where nobody is named.

    Returns
    -------
    dict of str to str
        SHA-256 of ``texts``, ``codebook.toml`` and ``speakers.csv``.
    """
    paths = [path for path in texts.rglob("*") if path.is_file()] if texts.is_dir() else [texts]
    small = sum(path.stat().st_size for path in paths) <= MOST
    lines = []
    for path in paths:
        inside = path.relative_to(texts).as_posix() if texts.is_dir() else path.name
        if inside in (CODEBOOK, SPEAKERS) or any(n.startswith(".") for n in inside.split("/")):
            continue
        whole = small or path.name == METADATA
        said = hashlib.sha256(path.read_bytes()).hexdigest() if whole else path.stat().st_size
        lines.append(f"{inside}\t{said}")
    listing = "\n".join(sorted(lines)).encode("utf-8", "surrogatepass")
    parts = {"texts": listing, CODEBOOK: codebook}
    if speakers is not None:
        parts[SPEAKERS] = speakers
    return {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}


def changed(name: str, top: Path | None = None, *, texts: str = "") -> list[str]:
    """Return which of the texts, the codebook and the speakers of a study have changed.

    Parameters
    ----------
    name : str
        The study.
    top : pathlib.Path, optional
        The project's folder.
    texts : str
        Where the texts lie, if not where they lay.

    Returns
    -------
    list of str
        None where the texts are not at hand, or the study does not say how it was measured.
    """
    top = top or project.root()
    known: Mapping[str, str] = measured.read_manifest(project.study_folder(name, top)).get(
        AS_MEASURED, {}
    )
    try:
        folder = texts_of(name, top, texts)
    except AnalysisError:
        return []
    if not known:
        return []
    lay = made_of(name, top)
    beside = folder / CODEBOOK
    book = beside if beside.is_file() else top / lay.get(CODEBOOK, project.CODEBOOK)
    table = top / lay[SPEAKERS] if SPEAKERS in lay else None
    if table is not None and table.parent == top / lay.get("texts", ""):
        table = folder / table.name
    if table is None and (folder / SPEAKERS).is_file():
        table = folder / SPEAKERS
    if not book.is_file():
        return []
    now = as_measured(
        folder, book.read_bytes(),
        table.read_bytes() if table is not None and table.is_file() else None,
    )  # fmt: skip
    return sorted(part for part in {*known, *now} if known.get(part) != now.get(part))


def bring_up_to_date(name: str, texts: str = "", *, top: Path | None = None) -> None:
    """Measure a study again if its texts, its codebook or its speakers have changed.

    Parameters
    ----------
    name : str
        The study.
    texts : str
        Where the texts lie, if not where they lay.
    top : pathlib.Path, optional
        The project's folder.

    Raises
    ------
    AnalysisError
        If what has changed cannot be read; the study is then as it was.
    """
    top = top or project.root()
    if not changed(name, top, texts=texts):
        return
    from analysis.study.new import new_study

    try:
        new_study(name, texts_of(name, top, texts), top=top, replace=True)
    except AnalysisError as error:
        raise AnalysisError(
            "your latest changes, so all numbers are those of before",
            f"{error.where}: {error.found}",
            error.expected,
            error.remedy,
        ) from error
