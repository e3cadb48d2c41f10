"""A round of coding: lines drawn, read by coders, and read back with what was decided."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.coding import adjudication
from analysis.coding import agreement as of_coders
from analysis.coding.codes import lines, read_codes, read_sample
from analysis.coding.correction import segment_truth
from analysis.coding.sampling import coding_sample, segments
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.occurrences.finding import find

if TYPE_CHECKING:
    from analysis.coding.form import CoderForm


@dataclass(frozen=True)
class Coding:
    """What the coders of a round said.

    Parameters
    ----------
    sample : pandas.DataFrame
        The lines drawn, with the design (:func:`analysis.coding.sampling.coding_sample`).
    segments : pandas.DataFrame
        All segments of the texts, coded or not (:func:`analysis.coding.sampling.segments`).
    coders : list of pandas.DataFrame
        Each coder's codes (:func:`analysis.coding.codes.read_codes`).
    decisions : pandas.DataFrame or None
        What a third reader decided where coders differ.
    """

    sample: pd.DataFrame
    segments: pd.DataFrame
    coders: list[pd.DataFrame]
    decisions: pd.DataFrame | None = None

    def both(self) -> pd.DataFrame:
        """Return the codes of all coders side by side."""
        return adjudication.combine(self.coders)

    def agreement(self) -> pd.DataFrame:
        """Return how far the coders agree (:func:`analysis.coding.agreement.agreement`)."""
        return of_coders.agreement(self.both())

    def gold(self) -> pd.DataFrame:
        """Return the codes on which coders agree, and the third reader's where they differ.

        Raises
        ------
        AnalysisError
            If they differ and nobody decided.
        """
        both = self.both()
        if self.decisions is None:
            open_ = adjudication.disagreements(both)
            raise AnalysisError(
                "decisions.csv",
                f"not there, and the coders differ on {len(open_)} codes",
                "a decision for each",
                "see docs/coding.md",
            )
        return adjudication.adjudicate(both, self.decisions)

    def truth(self, occurrences: pd.DataFrame, frame: str) -> pd.DataFrame:
        """Return each segment with what the words find in it and what the gold says.

        See :func:`analysis.coding.correction.segment_truth`.
        """
        return segment_truth(self.gold(), self.segments, occurrences, frame)


def read_coding(folder: str | os.PathLike[str], codebook: Codebook) -> Coding:
    """Read a round of coding.

    Parameters
    ----------
    folder : str or path-like
        With ``sample.csv``, ``segments.csv``, a file ``codes_<coder>.csv`` of each coder and,
        once somebody decided where they differ, ``decisions.csv``.
    codebook : Codebook

    Returns
    -------
    Coding

    Raises
    ------
    AnalysisError
        If a file is missing or has a fault, which is named with its line.
    """
    folder = Path(folder)
    sample = read_sample(folder / "sample.csv")
    paths = sorted(folder.glob("codes_*.csv"))
    if not paths:
        raise AnalysisError(folder, "no codes", "a file codes_<coder>.csv of each coder")
    coders = [read_codes(path, sample, codebook) for path in paths]
    table = folder / "segments.csv"
    if not table.is_file():
        raise AnalysisError(table, "not there", "all segments of the texts", "see docs/coding.md")
    decisions = folder / "decisions.csv"
    decided = None
    if decisions.is_file():
        both = adjudication.combine(coders)
        decided = adjudication.read_decisions(decisions, both, codebook)
    return Coding(sample, pd.read_csv(table, keep_default_na=False), coders, decided)


def draw_sample(
    corpus: Corpus,
    codebook: Codebook,
    *,
    sizes: Mapping[str, int],
    seed: int,
    census: str | None = None,
    pooled: Sequence[str] = (),
) -> pd.DataFrame:
    """Draw the lines that coders are to read, of a corpus with its text.

    Parameters
    ----------
    corpus : Corpus
    codebook : Codebook
    sizes, seed, census, pooled
        As for :func:`analysis.coding.sampling.coding_sample`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.coding.sampling.coding_sample`.
    """
    corpus = corpus.voiced()
    return coding_sample(
        find(corpus, codebook),
        segments(corpus),
        sizes=sizes,
        seed=seed,
        census=census,
        pooled=pooled,
    )


def code_lines(
    sample: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    *,
    coder: str,
    folder: str | os.PathLike[str],
) -> CoderForm:
    """Open the coder's form on a sample, in a notebook.

    Parameters
    ----------
    sample : pandas.DataFrame
        From :func:`draw_sample`.
    corpus : Corpus
        The texts it was drawn from.
    codebook : Codebook
    coder : str
        Letters, digits, hyphens and underscores.
    folder : str or path-like
        Where the coders' files lie; this coder's is ``codes_<coder>.csv``, and every answer is in
        it before the form shows it.

    Returns
    -------
    CoderForm
        Shown by a notebook that ends a cell with it.
    """
    from analysis.coding.form import CoderForm, begin

    shown = lines(sample, corpus.voiced(), codebook)
    return CoderForm(begin(folder, coder, sample, shown, codebook))
