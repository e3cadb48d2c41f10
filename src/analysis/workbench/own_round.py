"""A round of coding of a researcher's own study: lines drawn once, the form, what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.coding import adjudication
from analysis.coding.agreement import agreement as of_coders
from analysis.coding.codes import read_codes, read_sample, write_table
from analysis.coding.correction import corrected_shares, segment_truth
from analysis.coding.rounds import code_lines
from analysis.coding.sampling import coding_sample, segment_of, segments
from analysis.errors import AnalysisError
from analysis.storage import csv_tables, project
from analysis.storage.files import replace_file
from analysis.study import article
from analysis.study.measured import Study
from analysis.study.own_files import codebook_path
from analysis.study.own_lines import read_texts

if TYPE_CHECKING:
    from analysis.coding.candidates import CandidateForm
    from analysis.coding.form import CoderForm

FOLDER = "coding"
SIZES = {"occurrence": 60, "with": 30, "without": 60}
SEED = 1
_EACH = 2
"""Lines of the smallest stratum."""


def folder_of(study: Study) -> Path:
    """Return where the codes of a study lie."""
    return project.study_folder(study.name) / FOLDER


def open_form(study: Study, coder: str, *, texts: str = "") -> CoderForm:
    """Open the coder's form of a study, in a notebook; its lines are drawn the first time.

    Parameters
    ----------
    study : Study
    coder : str
        Who codes: letters, digits, hyphens and underscores.
    texts : str
        Where the texts lie, if not where they lay.

    Returns
    -------
    CoderForm

    Raises
    ------
    AnalysisError
        If no coder is named, nothing occurs, or the texts are not at hand or have changed.
    """
    if not coder:
        raise AnalysisError(
            "the coder's form", "nobody is named to code", "a name, such as CODER = \"ada\"",
            "set it in the second cell; a second coder takes another name",
        )  # fmt: skip
    article.frame_of(study)
    corpus, book = read_texts(study.name, texts=texts), read_codebook(codebook_path(study.name))
    folder = folder_of(study)
    if not (folder / "sample.csv").is_file():
        pieces = segments(corpus)
        sample = _drawn(study, pieces)
        replace_file(folder / "segments.csv", csv_tables.to_csv(pieces))
        write_table(sample, folder / "sample.csv")
    sample = read_sample(folder / "sample.csv")
    return code_lines(sample, corpus, book, coder=coder, folder=folder)


def _drawn(study: Study, pieces: pd.DataFrame) -> pd.DataFrame:
    found = study.occurrences
    known = [name for name in found["group"].value_counts().index if name]
    pooled = [name for name in sorted(set(pieces["group"])) if name not in known[:2]]
    holding = segment_of(found, pieces).nunique()
    strata = (found["frame"] + found["group"].where(~found["group"].isin(pooled), "")).nunique()
    there = {"occurrence": len(found), "with": holding, "without": len(pieces) - holding}
    wanted = SIZES | {"occurrence": max(SIZES["occurrence"], _EACH * strata)}
    sizes = {kind: min(wanted[kind], there[kind]) for kind in wanted}
    return coding_sample(found, pieces, sizes=sizes, seed=SEED, pooled=pooled)


def open_candidates(study: Study, *, frame: str = "", texts: str = "") -> CandidateForm:
    """Open the form of what the words of a study miss, in a notebook, beside the coder's form.

    It is a form of its own, so that whoever codes is not shown what the measure makes of a line.

    Parameters
    ----------
    study : Study
    frame : str
        The one most voiced if empty.
    texts : str
        Where the texts lie, if not where they lay.

    Returns
    -------
    CandidateForm
        Each phrase judged on the codes there are; decisions go to ``candidates.csv`` beside them.

    Raises
    ------
    AnalysisError
        If the texts are not at hand or have changed, coders differ and nobody decided, or there
        is too little to learn from.
    """
    from analysis.coding.candidates import CandidateForm, begin
    from analysis.coding.missed import missed

    frame = article.frame_of(study, frame)
    corpus, book = read_texts(study.name, texts=texts), read_codebook(codebook_path(study.name))
    found = missed(corpus, book, frame, codes=gold(study) if _is_coded(study) else None)
    return CandidateForm(begin(folder_of(study) / "candidates.csv", found))


def _is_coded(study: Study) -> bool:
    try:
        return bool(coders_of(study))
    except AnalysisError as error:
        if "nobody" not in error.found:
            raise
        return False


def coders_of(study: Study, wanted: str = "how often the measure errs") -> list[pd.DataFrame]:
    """Return what each coder of a study has coded so far, for what is `wanted` of their codes.

    Raises
    ------
    AnalysisError
        If nobody has coded a line, or a file has a fault.
    """
    folder = folder_of(study)
    paths = sorted(folder.glob("codes_*.csv")) if folder.is_dir() else []
    tables = []
    if paths:
        sample = read_sample(folder / "sample.csv")
        book = read_codebook(codebook_path(study.name))
        tables = [read_codes(path, sample, book, partial=True) for path in paths]
    tables = [table for table in tables if len(table)]
    if not tables:
        raise AnalysisError(
            wanted, "nobody has coded lines of this study", "codes",
            "name a coder as CODER in the second cell and code in the form above",
        )  # fmt: skip
    return tables


def standing(study: Study) -> str:
    """Say in a sentence what is known of the errors of the measure."""
    if not _is_coded(study):
        return (
            "These rates are of words, not of meanings. Nobody has coded lines of this study yet, "
            "so it is not known how many occurrences are not meant so, nor how much the words miss."
        )
    tables = coders_of(study)
    names = ", ".join(
        f"{table['coder'].iloc[0]} ({article.many(len(table), 'line')})" for table in tables
    )
    return (
        f"Coded by {names}. The shares below are corrected by these codes; the rates above are not."
    )


def agreement(study: Study) -> pd.DataFrame:
    """Return how far the coders of a study agree (:func:`analysis.coding.agreement.agreement`)."""
    return of_coders(adjudication.combine(coders_of(study, "how far the coders agree")))


def gold(study: Study, wanted: str = "how often the measure errs") -> pd.DataFrame:
    """Return the codes taken for true: one coder's, or what several agree or decided on.

    Raises
    ------
    AnalysisError
        If coders differ and nobody decided.
    """
    tables = coders_of(study, wanted)
    if len(tables) == 1:
        return tables[0]
    both = adjudication.combine(tables)
    path = folder_of(study) / "decisions.csv"
    if path.is_file():
        book = read_codebook(codebook_path(study.name))
        return adjudication.adjudicate(both, adjudication.read_decisions(path, both, book))
    none = pd.DataFrame(columns=["item", "variable", "decision"], dtype="str")
    open_ = adjudication.disagreements(both)
    if len(open_):
        raise AnalysisError(
            f"data/studies/{study.name}/{FOLDER}/decisions.csv",
            f"not there, and the coders differ on {len(open_)} codes",
            "a decision for each", "see docs/coding.md",
        )  # fmt: skip
    return adjudication.adjudicate(both, none)


def corrected(study: Study, frame: str = "", groups: Sequence[str] = ()) -> pd.DataFrame:
    """Return the share of segments that express a frame, raw and corrected, in each group.

    Parameters
    ----------
    study : Study
    frame : str
        The one most voiced if empty.
    groups : sequence of str
        The two with most words if empty; everybody together where nobody has a group.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.coding.correction.corrected_shares`.
    """
    truth_of = gold(study, "the corrected shares")
    path = folder_of(study) / "segments.csv"
    pieces = csv_tables.read_csv(path, numbers=("utterance", "start", "end", "words"))
    try:
        sides = list(article.sides_of(study, groups))
    except AnalysisError:
        if groups:
            raise
        sides, pieces = ["everybody"], pieces.assign(group="everybody")
    frame = article.frame_of(study, frame)
    truth = segment_truth(truth_of, pieces, study.occurrences, frame)
    return corrected_shares(truth, sides, unit="appearance")
