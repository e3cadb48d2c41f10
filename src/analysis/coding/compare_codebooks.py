"""Whether a revised codebook finds more of what is said, and at what price in mistakes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy

from analysis.codebook.reading import Codebook
from analysis.coding.accuracy import PRECISION, RECALL, accuracy, total_variance
from analysis.coding.codes import NONE, frames_of
from analysis.coding.correction import segment_truth
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.occurrences.finding import find


def compare_codebooks(
    old: Codebook | pd.DataFrame,
    new: Codebook | pd.DataFrame,
    codes: pd.DataFrame,
    *,
    segments: pd.DataFrame,
    corpus: Corpus | None = None,
    frames: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Estimate precision and recall of each frame under two codebooks, and the difference.

    The codes must be of segments drawn with known probabilities after the revision was written:
    else the revision is judged on what suggested it.

    Parameters
    ----------
    old, new : Codebook, or pandas.DataFrame
        A codebook, with `corpus`; or what it finds, a table with ``document``, ``start``,
        ``frame``, where the texts are not here.
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    segments : pandas.DataFrame
        What the sample was drawn from.
    corpus : Corpus, optional
        The texts.
    frames : sequence of str, optional
        All that either codebook finds or the codes name, by default.

    Returns
    -------
    pandas.DataFrame
        One row per frame and measure: ``frame``, ``measure`` ("precision", "recall"); ``old``,
        ``old_low``, ``old_high``, ``new``, ``new_low``, ``new_high`` (95 %, weighted, see
        :func:`analysis.coding.accuracy.accuracy`); ``difference``, ``difference_low``,
        ``difference_high`` (new less old, on the same segments, with Student's t); ``expressed``
        (coded segments that express the frame), ``found_old``, ``found_new`` (coded segments in
        which each finds it). NaN where nothing is found, or nothing expressed.

    Raises
    ------
    AnalysisError
        If a codebook comes without texts, or the codes were made before the revision.
    """
    _after_revision(new, codes)
    tables = [_occurrences(each, corpus) for each in (old, new)]
    if frames is None:
        named = {name for value in codes["frame"] for name in frames_of(value)} - {NONE}
        frames = sorted(named | {name for table in tables for name in table["frame"]})
    rows = []
    for frame in frames:
        truths = [segment_truth(codes, segments, table, frame) for table in tables]
        done = truths[0][truths[0]["true"].notna()]
        verdicts = [truth.loc[done.index, "predicted"].astype(float) for truth in truths]
        measures = [accuracy(truth, groups=[]).set_index("measure") for truth in truths]
        for name in (PRECISION, RECALL):
            row: dict[str, object] = {"frame": frame, "measure": name}
            for book, measure in zip(("old", "new"), measures, strict=True):
                estimate = measure.loc[name]
                row |= {
                    book: estimate["estimate"],
                    f"{book}_low": estimate["low"],
                    f"{book}_high": estimate["high"],
                }
            old, new = (measure.loc[name, "estimate"] for measure in measures)
            row |= _difference(done, verdicts, name, new - old)
            row |= {
                "expressed": int(done["true"].sum()),
                "found_old": int(verdicts[0].sum()),
                "found_new": int(verdicts[1].sum()),
            }
            rows.append(row)
    return pd.DataFrame(rows)


def _occurrences(book: Codebook | pd.DataFrame, corpus: Corpus | None) -> pd.DataFrame:
    if isinstance(book, pd.DataFrame):
        return book
    if corpus is None:
        raise AnalysisError(
            "corpus",
            "a codebook without texts to find its terms in",
            "the texts, or a table of what the codebook finds",
            "pass corpus=, or the occurrences in place of the codebook",
        )
    return find(corpus, book)


def _after_revision(new: Codebook | pd.DataFrame, codes: pd.DataFrame) -> None:
    versions = set(codes["codebook"]) if "codebook" in codes else set()
    if isinstance(new, Codebook) and versions and versions != {new.version}:
        raise AnalysisError(
            "codes",
            f"codes by codebook version {', '.join(sorted(versions))}",
            f"{new.version}, the revised one: codes made after the revision",
            "draw and code a fresh sample; precision and recall of the old codebook can still be "
            "computed from these codes with coding.accuracy",
        )


def _difference(
    done: pd.DataFrame, verdicts: list[pd.Series], measure: str, difference: float
) -> dict[str, float]:
    weight, y = 1 / done["inclusion"], done["true"]
    residuals = []
    for g in verdicts:
        base = g if measure == PRECISION else y
        total = float((weight * base).sum())
        if not total:
            return dict.fromkeys(("difference", "difference_low", "difference_high"), float("nan"))
        value = float((weight * y * g).sum()) / total
        residuals.append((y * g - value * base) / total)
    se = np.sqrt(total_variance(done, residuals[1] - residuals[0]))
    units = int((residuals[1] - residuals[0] != 0).sum())
    half = float(scipy.stats.t.ppf(0.975, max(units - 1, 1))) * se
    return {
        "difference": difference,
        "difference_low": difference - half,
        "difference_high": difference + half,
    }
