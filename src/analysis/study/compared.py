"""The comparisons of an article: speakers, groups, terms, words, and every choice at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.plots.rows import shortened
from analysis.statistics.checks import FEW_DOCUMENTS
from analysis.statistics.counts.one_against_rest import one_against_rest
from analysis.statistics.groups.multiple_testing import adjust
from analysis.study import questions, sensitivity
from analysis.study.measured import Study
from analysis.study.own_files import words_of_terms
from analysis.study.sides import frame_of, sides_of

MOST = 12
"""Speakers compared: those with most words."""
SELDOM = 5
"""A term said fewer times by two groups together is not compared."""


def looks(study: Study, by: str, values: Sequence[str] | None = None) -> pd.DataFrame:
    """Compare each group or speaker with all others in every frame, corrected for all the looks.

    Parameters
    ----------
    study : Study
    by : {"group", "speaker"}
    values : sequence of str, optional
        Those compared; all groups, or the speakers with most words.

    Returns
    -------
    pandas.DataFrame
        `by`, ``frame``, ``count``, ``words``, ``log_ratio`` (base 2, to all others), ``low``,
        ``high``, ``p`` and ``q``: Benjamini-Hochberg over every row of the table. Of one who
        would be expected, at the rate of all, to say a frame less than once, nothing can be
        learnt, so there is no such row; the counts of all and the words of each decide, not
        what he or she says, so q stays honest (Bourgon, Gentleman and Huber 2010).

    Raises
    ------
    AnalysisError
        If there is nobody to compare with, or no frame is frequent enough.
    """
    said = study.utterances[(study.utterances[by] != "") & (study.utterances["words"] > 0)]
    if by == "group":
        sides_of(study)
    frame_of(study)
    sizes = said.groupby(by)["words"].sum().sort_index()
    if len(sizes) < 2:
        only = f"only {sizes.index[0]} speaks" if len(sizes) else "nobody is named"
        raise AnalysisError(f"each {by} against the others", only, "two who speak, at least")
    if values is None:
        values = list(sizes.sort_values(ascending=False, kind="stable").index[:MOST])
    # Of two the second look would be the first one seen from behind.
    values = list(values)[:1] if len(sizes) == 2 else values
    table = one_against_rest(study.occurrences, said, values=values, by=by, of="frame")
    share = table["words"] / (table["words"] + table["other_words"])
    table = table[(table["count"] + table["others"]) * share >= 1]
    if table.empty:
        raise AnalysisError(
            f"each {by} against the others",
            f"every frame is so rare that no {by} would be expected to say it once",
            "more text, or terms that are used more often",
        )
    table = table.assign(q=adjust(table["p"], method="bh"))
    columns = [by, "frame", "count", "words", "log_ratio", "low", "high", "p", "q"]
    return table.sort_values(["q", "p", by, "frame"], ignore_index=True)[columns]


def compared(study: Study, groups: Sequence[str] = (), most: int = 20) -> pd.DataFrame:
    """Contrast two groups term by term, strongest difference to the first on top.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.study.questions.contrast` of the `most` frequent terms that both
        together say :data:`SELDOM` times or more, since of rarer ones the interval says nothing;
        ``q`` is over all that are as frequent. ``n`` gives both counts. ``attrs``:
        ``rarer``, how many terms are not compared, and ``appearances`` of both sides.
    """
    first, second = sides_of(study, groups)
    frame_of(study)
    table = questions.contrast(study, first, second)
    if table.empty:
        raise AnalysisError("terms", f"neither {first} nor {second} says any", "one at least")
    table = table.assign(total=table["count_1"] + table["count_2"])
    often = table[table["total"] >= SELDOM]
    if often.empty:
        raise AnalysisError(
            "terms",
            f"{first} and {second} together say no term {SELDOM} times",
            "more text of both",
        )
    often = often.assign(q=adjust(often["p"], method="bh"))
    rarer = len(table) - len(often)
    table = often.nlargest(most, "total", keep="first")
    said = study.utterances[study.utterances["words"] > 0]
    units = said[["group", "document", "speaker"]].drop_duplicates()["group"].value_counts()
    appearances = (int(units[first]), int(units[second]))
    table["n"] = table["count_1"].astype("str") + " : " + table["count_2"].astype("str")
    table["who"] = [shortened(name) for name in table["term"]]
    order = ["log_ratio", "term"]
    table = table.sort_values(order, ascending=[False, True], ignore_index=True)
    table.attrs |= {"rarer": rarer, "appearances": appearances}
    return table


def key_words(study: Study, groups: Sequence[str] = (), each: int = 12) -> pd.DataFrame:
    """Return the words that set two groups apart, the surest of either side.

    Returns
    -------
    pandas.DataFrame
        ``word``, ``count_focus``, ``count_reference``, ``log_ratio``, ``low``, ``high`` (over
        speakers; of fewer than ten on a side never narrower than those of independent words),
        ``p``, ``q`` (Benjamini-Hochberg over all words compared); first group's words on top.
        ``attrs``: ``compared``, how many words were, and ``speakers`` of both sides.
    """
    first, second = sides_of(study, groups)
    here = study.utterances[study.utterances["group"].isin([first, second])]
    people = here[here["words"] > 0].groupby("group")["speaker"].nunique()
    few = [f"{name} has only one" for name in (first, second) if people[name] < 2]
    if few:
        raise AnalysisError("speakers", "; ".join(few), "two speakers at least in each group")
    size = int(here["words"].sum())
    least = 20 if size >= 50_000 else 5
    table = questions.keywords(study, first, second, least=least, spread=3, fisher=False)
    if table.empty:
        raise AnalysisError(
            "words", f"none is said {least} times by three speakers", "more text of both groups"
        )
    names = {"log_ratio_low_document": "low", "log_ratio_high_document": "high",
             "p_document": "p", "p_document_bh": "q"}  # fmt: skip
    table = table.rename(columns=names)
    if people.min() < FEW_DOCUMENTS:
        # Where only one side says a word there is no interval over speakers, and none is drawn.
        known = table["low"].notna()
        for name, widest in (("low", "min"), ("high", "max")):
            both = table[[name, f"log_ratio_{name}"]].agg(widest, axis=1)
            table[name] = both.where(known)
    table = table[["word", "count_focus", "count_reference", "log_ratio", *names.values()]]
    ranked = table.sort_values(["p", "word"])
    ours, theirs = (ranked[ranked["log_ratio"] * sign > 0].head(each) for sign in (1, -1))
    shown = pd.concat([ours, theirs]).sort_values("log_ratio", ascending=False, ignore_index=True)
    shown["n"] = [f"{a:,} : {b:,}" for a, b in zip(shown["count_focus"], shown["count_reference"],
                                                   strict=True)]  # fmt: skip
    shown.attrs |= {"compared": len(table), "speakers": (people[first], people[second])}
    return shown


def company(study: Study, node: str = "", most: int = 15) -> tuple[str, pd.DataFrame]:
    """Return the words that stand near a word more often than elsewhere, whoever says it.

    Parameters
    ----------
    study : Study
    node : str
        One of the words whose company the study counts; if empty the one of the terms most
        often voiced.
    most : int

    Returns
    -------
    (str, pandas.DataFrame)
        The word; and its company, as :func:`analysis.study.questions.collocates`, of words near
        it at least five times; those first whose nearness is surest (LRC, Evert 2022). ``n``
        says how many of each word's occurrences stand there.
    """
    if study.windows.empty:
        raise AnalysisError(
            "the company of a word", "no word of a term is said five times", "more text"
        )
    counts = study.windows.groupby("node")["count"].sum().sort_index()
    voiced = words_of_terms(study)
    node = node or max(counts.index, key=lambda word: (voiced[word], counts[word], word))
    if node not in counts.index:
        raise AnalysisError("NODE", f"{node!r} is not counted", f"one of {', '.join(counts.index)}")
    one = study.utterances.assign(group="everybody")
    sums = ["words", "count", "near"]
    windows = study.windows.groupby(["node", "speaker"], as_index=False)[sums].sum()
    near = study.collocates.groupby(["node", "speaker", "collocate"], as_index=False)["near"].sum()
    whole = replace(
        study, utterances=one, windows=windows.assign(group="everybody"),
        collocates=near.assign(group="everybody"),
    )  # fmt: skip
    table = questions.collocates(whole, node, groups=["everybody"])
    # Words that are not surely nearer, all words looked at, keep no company with it.
    table = table[table["lrc"] > 0]
    order = ["lrc", "log_dice", "collocate"]
    table = table.sort_values(order, ascending=[False, False, True])
    if table.empty:
        raise AnalysisError(
            "the company of a word",
            f"no word stands near {node!r} surely more often than elsewhere",
            "more text, or another word as NODE",
        )
    shown = table.head(most).reset_index(drop=True)
    both = zip(shown["joint"], shown["frequency"], strict=True)
    return node, shown.assign(n=[f"{near:,} of {every:,}" for near, every in both])


def all_choices(
    study: Study, frame: str = "", groups: Sequence[str] = ()
) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Contrast two groups in one frame under every combination of choices there is material for.

    Returns
    -------
    (pandas.DataFrame, dict of str to list of str)
        As :func:`analysis.study.sensitivity.specification_curve`, without combinations that
        leave a side empty; and the options combined.
    """
    sides = {
        name: [side]
        for name, side in zip(("first", "second"), sides_of(study, groups), strict=True)
    }
    choices = sensitivity.options_of(study, **sides)
    specs = sensitivity.specifications(
        study, frame=frame_of(study, frame), **sides, choices=choices
    )
    curve = sensitivity.specification_curve(specs)
    curve = curve[np.isfinite(curve[["coef", "low", "high"]]).all(axis=1)].reset_index(drop=True)
    if len(curve) < 2:
        raise AnalysisError(
            "every choice at once", "a side is heard too seldom to say how sure its rate is",
            "two appearances at least on either side (speakers, or texts in which one speaks)",
        )  # fmt: skip
    return curve, {name: options for name, options in choices.items() if len(options) > 1}
