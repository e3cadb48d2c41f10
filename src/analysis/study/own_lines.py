"""The texts behind a study of a researcher's own, where they are at hand, and their lines."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import Codebook, read_codebook
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.occurrences.finding import find
from analysis.storage import project
from analysis.study import measured
from analysis.study.measured import Study
from analysis.study.own_files import SPEAKERS, codebook_path, made_of, reading_of, texts_of

_NAMED = 3


@lru_cache(maxsize=1)
def _read(
    texts: Path, speakers: Path | None, columns: tuple[tuple[str, str], ...], encoding: str | None
) -> Corpus:
    read = Corpus.read(texts, speakers=speakers, columns=dict(columns) or None, encoding=encoding)
    return read.voiced()


def read_texts(name: str, top: Path | None = None, *, texts: str = "") -> Corpus:
    """Read again the texts from which a study was made.

    Parameters
    ----------
    name : str
        The study.
    top : pathlib.Path, optional
        The project's folder.
    texts : str
        Where they lie now, as seen from the project; where they lay if that is not there.

    Returns
    -------
    Corpus

    Raises
    ------
    AnalysisError
        If they are not where they were, or are not what was measured.
    """
    top = top or project.root()
    folder = project.study_folder(name, top)
    place = texts_of(name, top, texts)
    known = made_of(name, top)
    table = top / known[SPEAKERS] if SPEAKERS in known else None
    reading = reading_of(folder)
    columns = reading.get("columns") or {}
    here = table if table is not None and table.is_file() else None
    corpus = _read(place, here, tuple(sorted(columns.items())), reading.get("encoding"))
    inputs = measured.read_manifest(folder)["inputs"]
    changed = [
        document for document, text in corpus.texts.items() if inputs.get(document) != digest(text)
    ]
    gone = [document for document in _documents(folder) if document not in corpus.texts]
    if changed or gone:
        some = [*changed, *gone]
        names = ", ".join(some[:_NAMED]) + (", …" if len(some) > _NAMED else "")
        raise AnalysisError(
            f"the texts of {name}",
            f"changed since they were measured ({names})",
            "the texts that were measured",
            f"run `python -m analysis new {name} FOLDER --replace`",
        )
    return corpus


def _documents(folder: Path) -> list[str]:
    table = pd.read_csv(folder / measured.DOCUMENTS, usecols=["document"], dtype="str")
    return list(table["document"])


def digest(text: str) -> str:
    """Return the SHA-256 of a text as it was measured."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def codebook_of(study: Study) -> Codebook:
    """Read the codebook with which a study was measured."""
    return read_codebook(codebook_path(study.name))


def lines(
    study: Study, frame: str, *, show: bool, texts: str = "", most: int = 100
) -> pd.DataFrame:
    """Return the lines of a frame, where they may be shown.

    Parameters
    ----------
    study : Study
    frame : str
        All frames if empty.
    show : bool
        Whether lines of the texts may stand in the notebook's outputs.
    texts : str
        Where the texts lie, if not where they lay.
    most : int
        Lines shown.

    Returns
    -------
    pandas.DataFrame
        ``document``, ``speaker``, ``stance``, ``left``, ``text``, ``right``.

    Raises
    ------
    AnalysisError
        If they are not to be shown, or the texts are not at hand.
    """
    if not show:
        raise AnalysisError(
            "lines of the texts", "kept out of this notebook, which may be passed on",
            "SHOW_LINES = True",
            f"set it in the second cell, or read them with `da.explore()` under {study.name}",
        )  # fmt: skip
    found = find(read_texts(study.name, texts=texts), codebook_of(study))
    if frame:
        found = found[found["frame"] == frame]
    found = found.assign(left=found["left"].str[-60:], right=found["right"].str[:60])
    columns = ["document", "speaker", "stance", "left", "text", "right"]
    return found[columns].head(most).fillna({"speaker": ""}).reset_index(drop=True)
