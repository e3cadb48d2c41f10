"""What a researcher's study keeps beside its counts: codebook, speakers, what is left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.errors import AnalysisError
from analysis.storage import csv_tables, project
from analysis.study import measured
from analysis.study.measured import Study
from analysis.study.own_speakers import table_of
from analysis.text.words import fold, words

if TYPE_CHECKING:
    from analysis.corpus.report import Report

CODEBOOK, SPEAKERS, LEFT_OUT = "codebook.toml", "speakers.csv", "left_out.csv"
MADE_OF, READING, AS_MEASURED = "made_of", "reading", "as_measured"
LEFT_OUT_COLUMNS = ("what", "where", "reason")
NODES = 6
"""Words whose company a new study counts: the most frequent of those that make up its terms."""
_SHORT, _SELDOM = 4, 5


def codebook_for(given: Path | None, folder: Path, target: Path, top: Path) -> Path:
    """Return the codebook of a study: that named, that beside the texts, that of before.

    Raises
    ------
    AnalysisError
        If the codebook with which the study was made before is gone.
    """
    if given:
        return given
    if (folder / CODEBOOK).is_file():
        return folder / CODEBOOK
    return _before(CODEBOOK, target, top) or top / project.CODEBOOK


def speakers_for(given: Path | None, folder: Path, target: Path, top: Path) -> Path | None:
    """Return the table of speakers of a study: that named, that beside the texts, that of before.

    Raises
    ------
    AnalysisError
        If the table with which the study was made before is gone.
    """
    if given:
        return given
    beside = table_of(folder)
    return beside if beside.is_file() else _before(SPEAKERS, target, top)


def reading_of(target: Path) -> dict:
    """Return how the texts of a study were read before: ``columns`` and ``encoding``, if given."""
    if not (target / measured.MANIFEST).is_file():
        return {}
    return measured.read_manifest(target).get(READING, {})


def _before(name: str, target: Path, top: Path) -> Path | None:
    if not (target / measured.MANIFEST).is_file():
        return None
    made_of = measured.read_manifest(target).get(MADE_OF, {})
    if name not in made_of:
        return None
    # What lay beside the texts and was taken away is not wanted any more.
    path = Path(os.path.normpath(top / made_of[name]))
    texts = Path(os.path.normpath(top / made_of.get("texts", "")))
    if path.is_file() or path.parent in (texts, texts.parent):
        return path if path.is_file() else None
    raise AnalysisError(path, "not there", "the file with which the study was made", "name another")


def left_out(report: Report, folder: Path) -> pd.DataFrame:
    """List what a reader of a study should know not to be in it.

    Parameters
    ----------
    report : Report
    folder : pathlib.Path
        Where the texts lie: places are told from there.

    Returns
    -------
    pandas.DataFrame
        ``what`` ("not read", "to be checked", "no voice looked for", "said twice", "no speaker",
        "no date"), ``where``,
        ``reason``; in this order.
    """
    top = folder.as_posix().rstrip("/") + "/"
    rows = [
        ("not read", path.removeprefix(top), reason.replace(top, ""))
        for path, reason in report.skipped[["path", "reason"]].itertuples(index=False)
        if not reason.startswith("about")
    ]
    rows += [
        ("to be checked", path.removeprefix(top), note.replace(top, ""))
        for path, note in report.notes[["path", "note"]].itertuples(index=False)
    ]
    rows += [
        ("no voice looked for", document, reason)
        for document, reason in report.unread[["document", "reason"]].itertuples(index=False)
    ]
    rows += [
        (
            "said twice",
            row.document,
            f"{row.similarity:.0%} of both is the same as in {row.other}; both are counted",
        )
        for row in report.near_duplicates.itertuples()
    ]
    for row in report.documents[report.documents["speakers"] == 0].itertuples():
        rows.append(("no speaker", row.document, f"{row.words:,} words that count for nobody"))
    for row in report.documents[report.documents["date"] == ""].itertuples():
        rows.append(("no date", row.document, "not shown over time; a documents.csv may give it"))
    return pd.DataFrame(rows, columns=list(LEFT_OUT_COLUMNS), dtype="str")


def near_words(codebook: Codebook) -> list[str]:
    """Return the words that make up the terms of a codebook, but for the short ones."""
    parts = {fold(word) for term in codebook.terms["id"] for word in words(term)}
    return sorted(part for part in parts if len(part) >= _SHORT)


def nodes_of(counts: Mapping[str, int]) -> list[str]:
    """Return the words whose company a study counts, by how often each of :func:`near_words` is."""
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return [word for word in ranked if counts[word] >= _SELDOM][:NODES]


def words_of_terms(study: Study) -> Counter[str]:
    """Count how often each word stands in the name of a term that is voiced."""
    voiced: Counter[str] = Counter()
    for term, number in study.occurrences["term"].value_counts().items():
        for part in {fold(word) for word in words(str(term))}:
            if len(part) >= _SHORT:
                voiced[part] += int(number)
    return voiced


def recorded(
    made_of: Mapping[str, Path],
    reading: Mapping[str, object],
    top: Path,
    as_measured: Mapping[str, str],
) -> dict[str, Mapping[str, object]]:
    """Return what the manifest of a study of one's own records besides hashes.

    Parameters
    ----------
    made_of : mapping of str to pathlib.Path
        Where its texts, codebook and speakers lie; recorded as seen from the project.
    reading : mapping
        How the texts were read: ``columns`` and ``encoding``; None where nothing was said.
    top : pathlib.Path
        The project's folder.
    as_measured : mapping of str to str
        Hashes of what lay on disk (:func:`analysis.study.again.as_measured`).
    """
    return {
        AS_MEASURED: dict(as_measured),
        MADE_OF: {name: seen_from(top, path) for name, path in made_of.items()},
        READING: {name: value for name, value in reading.items() if value},
    }


def seen_from(top: Path, path: Path) -> str:
    """Return a path as seen from the project, which may lie elsewhere on another machine."""
    return Path(os.path.relpath(path, top)).as_posix()


def read_left_out(study: Study) -> pd.DataFrame:
    """Return what is known not to be in a study (:func:`left_out`); empty where none was kept."""
    path = project.study_folder(study.name) / LEFT_OUT
    if not path.is_file():
        return pd.DataFrame(columns=list(LEFT_OUT_COLUMNS), dtype="str")
    return csv_tables.read_csv(path)


def codebook_path(name: str, top: Path | None = None) -> Path:
    """Return the codebook with which a study was measured: its own copy, or the project's."""
    top = top or project.root()
    own = project.study_folder(name, top) / CODEBOOK
    return own if own.is_file() else top / project.CODEBOOK


def made_of(name: str, top: Path | None = None) -> dict[str, str]:
    """Return where the texts, the codebook and the speakers of a study lie, seen from the project.

    Empty for a study whose documents are listed in the catalogue.
    """
    top = top or project.root()
    return measured.read_manifest(project.study_folder(name, top)).get(MADE_OF, {})


def texts_of(name: str, top: Path | None = None, now: str = "") -> Path:
    """Return where the texts of a study lie: now, or else where they lay.

    Raises
    ------
    AnalysisError
        If the study does not say, or they are not there any more.
    """
    top = top or project.root()
    if now and (top / now).exists():
        return top / now
    known = made_of(name, top)
    path = top / known["texts"] if "texts" in known else None
    if path is None or not path.exists():
        raise AnalysisError(
            f"the texts of {name}",
            "not known" if path is None else f"not in {known['texts']} any more",
            "the folder from which the study was made, named as TEXTS",
            f"put it back, or run `python -m analysis new {name} FOLDER --replace`",
        )
    return path
