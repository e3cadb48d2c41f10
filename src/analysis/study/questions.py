"""What is asked of a study most often, each in one call: rates, contrasts, words in company.

Each function takes the tables that its statistic needs from the study and hands them on; what is
counted, and how sure it is, is said where the statistic is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from analysis.errors import AnalysisError
from analysis.index.selection import Where, rows_where
from analysis.statistics.counts import rates as of_counts
from analysis.statistics.counts.rates import RESAMPLES, SEED, Unit
from analysis.study.measured import Study


def chosen(study: Study, where: Where | None = None) -> pd.DataFrame:
    """Return the utterances of a study that fulfil some conditions, with their documents' data.

    Parameters
    ----------
    study : Study
    where : mapping, optional
        Column of the utterances or of the documents to what it must hold, such as
        ``{"group": ["board", "industry"], "date": ("2014", "2015-06")}``
        (:mod:`analysis.index.selection`).

    Returns
    -------
    pandas.DataFrame
        The columns of ``study.utterances``, then those of ``study.documents``, ``year`` and
        ``month`` (empty where a date has none).

    Raises
    ------
    AnalysisError
        If a condition names no column, or no utterance fulfils them all.
    """
    about = study.documents.drop(columns=["utterances", "words"], errors="ignore")
    month = about["date"].str[:7].where(about["date"].str.len() >= 7, "")
    about = about.assign(year=about["date"].str[:4], month=month)
    new = ["document", *(name for name in about if name not in study.utterances)]
    said = study.utterances.merge(about[new], on="document", how="left", validate="m:1")
    return said[rows_where(said, where)]


def rates(
    study: Study,
    *,
    by: str | Sequence[str] = "group",
    of: str = "frame",
    only: str | Sequence[str] | None = None,
    where: Where | None = None,
    unit: Unit = "appearance",
    resamples: int = RESAMPLES,
    level: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return how often each group voices each frame or term, per 1,000 words, with intervals.

    Parameters
    ----------
    study : Study
    by : str or sequence of str, default "group"
        Columns of the utterances or documents that form the groups; also ``"year"``.
    of : {"frame", "term"}, default "frame"
        What is counted.
    only : str or sequence of str, optional
        The frames or terms to count, in the order wanted; all that occur if left out.
    where : mapping, optional
        Which utterances count (:func:`chosen`).
    unit, resamples, level, seed
        As for :func:`analysis.statistics.counts.rates.rates`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.statistics.counts.rates.rates`.
    """
    return of_counts.rates(
        study.occurrences,
        chosen(study, where),
        by=by,
        of=of,
        categories=[only] if isinstance(only, str) else only,
        unit=unit,
        resamples=resamples,
        level=level,
        seed=seed,
    )


def contrast(
    study: Study,
    first: str | Sequence[str],
    second: str | Sequence[str],
    *,
    by: str = "group",
    of: str = "term",
    where: Where | None = None,
    unit: Unit = "appearance",
    resamples: int = RESAMPLES,
    level: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compare the rates of two sides, frame by frame or term by term.

    Parameters
    ----------
    study : Study
    first, second : str or sequence of str
        Values of the column `by` that form the sides.
    by, of, where, unit, resamples, level, seed
        As for :func:`rates`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.statistics.counts.rates.contrast`: log ratio, interval, permutation p,
        and q over all that is compared.
    """
    sides = {
        name: [side] if isinstance(side, str) else list(side)
        for name, side in (("first", first), ("second", second))
    }
    return of_counts.contrast(
        study.occurrences,
        chosen(study, where),
        **sides,
        by=by,
        of=of,
        unit=unit,
        resamples=resamples,
        level=level,
        seed=seed,
    )


def word_counts(
    study: Study, *, unit: str = "speaker", by: str = "group", where: Where | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count the words of each unit, such as a speaker or a document.

    Parameters
    ----------
    study : Study
    unit : str, default "speaker"
        Column of the utterances or documents.
    by : str, default "group"
        The column of groups that units stand in; a unit with words in two groups is two units.
    where : mapping, optional
        Which utterances count (:func:`chosen`).

    Returns
    -------
    (pandas.DataFrame of int, (units, words); pandas.DataFrame)
        Occurrences of every word; and of each unit its ``unit``, ``by`` and ``words``.
    """
    said = chosen(study, where)
    who = said.groupby([unit, by], as_index=False)["words"].sum()
    keys = ["document", "utterance"]
    spoken = study.words.merge(said[[*keys, unit, by]], on=keys)
    table = spoken.pivot_table(
        index=[unit, by], columns="word", values="count", aggfunc="sum", fill_value=0
    )
    rows = pd.MultiIndex.from_frame(who[[unit, by]])
    counts = table.reindex(rows, fill_value=0)
    return counts.set_axis(pd.Index(who[unit], name=unit), axis="index"), who


def keywords(
    study: Study,
    focus: str,
    reference: str | None = None,
    *,
    unit: str = "speaker",
    by: str = "group",
    where: Where | None = None,
    least: int = 20,
    spread: int = 3,
    test: Literal["welch", "mann_whitney", "permutation"] = "permutation",
    level: float = 0.95,
    seed: int = 0,
    fisher: bool = True,
) -> pd.DataFrame:
    """Return the words that set one side apart from another, with whole speakers as units.

    Parameters
    ----------
    study : Study
    focus, reference : str
        Values of the column `by`; without `reference` all others together.
    unit, by, where
        As for :func:`word_counts`.
    least, spread : int
        Only words said so many times, by so many units, are compared: one family of tests.
    test, level, seed, fisher
        As for :func:`analysis.statistics.words.keyness_table.compare`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.statistics.words.keyness_table.compare`, the word as a column.
    """
    from analysis.statistics.words.keyness_table import compare

    counts, who = word_counts(study, unit=unit, by=by, where=where)
    sides = [focus, reference] if reference else None
    if sides:
        here = who[by].isin(sides).to_numpy()
        counts, who = counts[here], who[here]
    common = counts.columns[(counts.sum() >= least) & ((counts > 0).sum() >= spread)]
    table = compare(
        counts[common],
        who["words"],
        who[by],
        focus=focus,
        reference=reference,
        test=test,
        level=level,
        seed=seed,
        fisher=fisher,
    )
    return table.reset_index()


def word_shift(
    study: Study,
    first: str,
    second: str,
    *,
    unit: str = "speaker",
    by: str = "group",
    where: Where | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return which words make the difference between two sides, with whole speakers as units.

    Parameters
    ----------
    study : Study
    first, second : str
        Values of the column `by`.
    unit, by, where
        As for :func:`word_counts`.
    level : float

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.statistics.words.shift.shift_by_unit`, the word as a column.
    """
    from analysis.statistics.words.shift import shift_by_unit

    counts, who = word_counts(study, unit=unit, by=by, where=where)
    here = who[by].isin([first, second]).to_numpy()
    table = shift_by_unit(counts[here], who.loc[here, by], first=first, second=second, level=level)
    return table.reset_index()


def collocates(
    study: Study, node: str, *, by: str = "group", groups: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the company that a word keeps in each group.

    Parameters
    ----------
    study : Study
    node : str
        One of the nodes the study declares.
    by : str, default "group"
        The column of groups.
    groups : sequence of str, optional
        The groups, in the order wanted; all that say the word if left out.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.statistics.words.collocates.collocates`.
    """
    from analysis.statistics.words import collocates as company

    if by != "group":
        raise AnalysisError("by", repr(by), "'group': windows are counted by speaker and group")
    if groups is None:
        saying = study.windows[(study.windows["node"] == node) & (study.windows["count"] > 0)]
        groups = sorted(saying["group"].unique())
    return company.collocates(
        study.windows, study.collocates, study.words, study.utterances, node=node, groups=groups
    )


def dispersion(
    study: Study, *, of: str = "term", over: str = "document", where: Where | None = None
) -> pd.DataFrame:
    """Return how evenly each frame or term is spread over documents or speakers.

    Parameters
    ----------
    study : Study
    of : {"term", "frame"}, default "term"
    over : str, default "document"
        The column of the parts.
    where : mapping, optional
        Which utterances count (:func:`chosen`).

    Returns
    -------
    pandas.DataFrame
        One row per frame or term, the measures of
        :func:`analysis.statistics.words.dispersion.measures`.
    """
    from analysis.statistics.words.dispersion import measures

    said = chosen(study, where)
    said = said[said["words"] > 0]
    keys = ["document", "utterance"]
    place = said[list(dict.fromkeys([*keys, over]))]
    found = study.occurrences[[*keys, of]].merge(place, on=keys)
    sizes = said.groupby(over)["words"].sum()
    counts = pd.crosstab(found[over], found[of]).reindex(sizes.index, fill_value=0)
    return measures(counts, sizes).rename_axis(of).reset_index()
