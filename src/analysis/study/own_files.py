"""What a researcher's study keeps beside its counts: codebook, speakers, what is left out."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.corpus.corpus import Corpus
from analysis.corpus.report import Report
from analysis.errors import AnalysisError
from analysis.storage import csv_tables, project
from analysis.study import measured
from analysis.study.measured import Study
from analysis.study.own_speakers import table_of
from analysis.study.windows import count_windows
from analysis.text.words import fold, words

CODEBOOK, SPEAKERS, LEFT_OUT = "codebook.toml", "speakers.csv", "left_out.csv"
MADE_OF, READING = "made_of", "reading"
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
        ("said twice", row.document, f"{row.similarity:.0%} of its phrases are in {row.other}")
        for row in report.near_duplicates.itertuples()
    ]
    for row in report.documents[report.documents["speakers"] == 0].itertuples():
        rows.append(("no speaker", row.document, f"{row.words:,} words that count for nobody"))
    for row in report.documents[report.documents["date"] == ""].itertuples():
        rows.append(("no date", row.document, "not shown over time; a documents.csv may give it"))
    return pd.DataFrame(rows, columns=list(LEFT_OUT_COLUMNS), dtype="str")


def with_company(study: Study, corpus: Corpus, codebook: Codebook) -> Study:
    """Count what stands near the words that make up the terms of the codebook.

    Parameters
    ----------
    study : Study
        Measured of the corpus.
    corpus : Corpus
    codebook : Codebook

    Returns
    -------
    Study
        With ``windows`` and ``collocates`` of the :data:`NODES` most frequent of those words.
    """
    parts = {fold(word) for term in codebook.terms["id"] for word in words(term)}
    often = study.words[study.words["word"].isin({p for p in parts if len(p) >= _SHORT})]
    counts = Counter(often.groupby("word", observed=True)["count"].sum().to_dict())
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    nodes = [word for word in ranked if counts[word] >= _SELDOM][:NODES]
    windows, collocates = count_windows(corpus.utterances, corpus.texts, nodes)
    return replace(study, windows=windows, collocates=collocates)


def encode(
    study: Study,
    files: Mapping[str, bytes],
    made_of: Mapping[str, Path],
    *,
    top: Path,
    reading: Mapping[str, object] | None = None,
) -> dict[str, bytes]:
    """Return the files of a measured corpus with what else it keeps, all of it in its manifest.

    Parameters
    ----------
    study : Study
    files : mapping of str to bytes
        What it keeps besides.
    made_of : mapping of str to pathlib.Path
        Where its texts, codebook and speakers lie; recorded as seen from the project.
    top : pathlib.Path
        The project's folder.
    reading : mapping, optional
        How the texts were read: ``columns`` and ``encoding``; None where nothing was said.

    Returns
    -------
    dict of str to bytes
        By file name, the manifest last.
    """
    whole = measured.encode(study)
    manifest = json.loads(whole.pop(measured.MANIFEST))
    for name, data in files.items():
        manifest["files"][name] = hashlib.sha256(data).hexdigest()
    manifest["files"] = dict(sorted(manifest["files"].items()))
    manifest[MADE_OF] = {name: seen_from(top, path) for name, path in made_of.items()}
    manifest[READING] = {name: value for name, value in (reading or {}).items() if value}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return {**whole, **files, measured.MANIFEST: text.encode("utf-8", "replace")}


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
