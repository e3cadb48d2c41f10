"""The comparisons of an article: speakers, groups, terms, words, and every choice at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.errors import AnalysisError
from analysis.plots.rows import shortened
from analysis.statistics.groups.multiple_testing import adjust
from analysis.study import questions, sensitivity
from analysis.study.measured import Study
from analysis.study.sides import frame_of, sides_of

MOST = 12
"""Speakers compared: those with most words."""


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
        ``high``, ``p`` and ``q``: Benjamini-Hochberg over every row of the table.

    Raises
    ------
    AnalysisError
        If there is nobody to compare with.
    """
    said = study.utterances[(study.utterances[by] != "") & (study.utterances["words"] > 0)]
    if by == "group":
        sides_of(study)
    frame_of(study)
    everybody = sorted(said[by].unique())
    if len(everybody) < 2:
        raise AnalysisError(by, f"{len(everybody)} with words", "two at least, to compare")
    if values is None:
        sizes = said.groupby(by)["words"].sum().sort_values(ascending=False, kind="stable")
        values = list(sizes.index[:MOST])
    parts = []
    for name in values:
        others = [other for other in everybody if other != name]
        made = questions.contrast(study, name, others, by=by, of="frame", where={by: everybody})
        parts.append(made.assign(**{by: name}))
    table = pd.concat(parts, ignore_index=True)
    if table.empty:
        raise AnalysisError("occurrences", f"none is of anybody with a {by}", "one at least")
    table = table.assign(q=adjust(table["p"], method="bh"))
    table = table.rename(columns={"count_1": "count", "words_1": "words"})
    columns = [by, "frame", "count", "words", "log_ratio", "low", "high", "p", "q"]
    return table.sort_values(["q", "p", by, "frame"], ignore_index=True)[columns]


def compared(study: Study, groups: Sequence[str] = (), most: int = 20) -> pd.DataFrame:
    """Contrast two groups term by term, strongest difference to the first on top.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.study.questions.contrast` of the `most` frequent terms; ``q`` is over
        all terms that either side says. ``n`` gives both counts.
    """
    first, second = sides_of(study, groups)
    frame_of(study)
    table = questions.contrast(study, first, second)
    if table.empty:
        raise AnalysisError("terms", f"neither {first} nor {second} says any", "one at least")
    total = table["count_1"] + table["count_2"]
    table = table.assign(total=total).nlargest(most, "total", keep="first")
    table["n"] = table["count_1"].astype("str") + " : " + table["count_2"].astype("str")
    table["who"] = [shortened(name) for name in table["term"]]
    order = ["log_ratio", "term"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def key_words(study: Study, groups: Sequence[str] = (), each: int = 12) -> pd.DataFrame:
    """Return the words that set two groups apart, the surest of either side.

    Returns
    -------
    pandas.DataFrame
        ``word``, ``count_focus``, ``count_reference``, ``log_ratio``, ``low``, ``high`` (over
        speakers), ``p``, ``q`` (Benjamini-Hochberg over all words compared), ``warning``; first
        group's words on top. ``attrs["compared"]``: how many words were.
    """
    first, second = sides_of(study, groups)
    here = study.utterances[study.utterances["group"].isin([first, second])]
    people = here[here["words"] > 0].groupby("group")["speaker"].nunique()
    few = [f"{name} has {people.get(name, 0)}" for name in (first, second) if people[name] < 2]
    if few:
        raise AnalysisError("speakers", "; ".join(few), "two speakers at least in each group")
    size = int(here["words"].sum())
    least = 20 if size >= 50_000 else 5
    table = questions.keywords(study, first, second, least=least, spread=3)
    if table.empty:
        raise AnalysisError(
            "words", f"none is said {least} times by three speakers", "more text of both groups"
        )
    names = {"log_ratio_low_document": "low", "log_ratio_high_document": "high",
             "p_document": "p", "p_document_bh": "q"}  # fmt: skip
    table = table.rename(columns=names)
    table = table[["word", "count_focus", "count_reference", "log_ratio", *names.values()]]
    ranked = table.sort_values(["p", "word"])
    ours, theirs = (ranked[ranked["log_ratio"] * sign > 0].head(each) for sign in (1, -1))
    shown = pd.concat([ours, theirs]).sort_values("log_ratio", ascending=False, ignore_index=True)
    shown.attrs["compared"] = len(table)
    return shown


def company(study: Study, node: str = "", most: int = 15) -> tuple[str, pd.DataFrame]:
    """Return the words that stand near a word more often than elsewhere, whoever says it.

    Parameters
    ----------
    study : Study
    node : str
        One of the words whose company the study counts; the most frequent if empty.
    most : int

    Returns
    -------
    (str, pandas.DataFrame)
        The word; and its company, as :func:`analysis.study.questions.collocates`, of words near
        it at least five times; those first whose nearness is surest (LRC, Evert 2022).
    """
    if study.windows.empty:
        raise AnalysisError(
            "the company of a word", "no word of a term is said five times", "more text"
        )
    counts = study.windows.groupby("node")["count"].sum().sort_index()
    node = node or str(counts.idxmax())
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
    # Words that are no nearer than elsewhere keep no company with it.
    table = table[table["low"] > 0]
    order = ["lrc", "log_dice", "collocate"]
    table = table.sort_values(order, ascending=[False, False, True])
    if table.empty:
        raise AnalysisError(
            "NODE", f"no word stands near {node!r} more often than elsewhere", "more text"
        )
    return node, table.head(most).reset_index(drop=True)


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
    curve = curve[curve[["coef", "low", "high"]].notna().all(axis=1)].reset_index(drop=True)
    if len(curve) < 2:
        raise AnalysisError(
            "specifications", f"{len(curve)} can be estimated",
            "several speakers on either side who say the frame",
        )  # fmt: skip
    return curve, {name: options for name, options in choices.items() if len(options) > 1}
