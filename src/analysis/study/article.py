"""The tables of the article that a study of a researcher's own begins with.

Each function answers one section of the notebook that :func:`analysis.study.new.new_study` makes.
What a study lacks for a section is raised as an :class:`analysis.errors.AnalysisError` in the
words of its owner, which ``if_possible`` shows as a sentence.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.errors import AnalysisError
from analysis.plots.rows import shortened
from analysis.study import questions
from analysis.study.again import bring_up_to_date
from analysis.study.compared import all_choices, company, compared, key_words, looks
from analysis.study.measured import Study
from analysis.study.over_time import Period
from analysis.study.over_time import rates as period_rates
from analysis.study.own_files import read_left_out as left_out
from analysis.study.own_lines import codebook_of, lines
from analysis.study.own_network import network
from analysis.study.sides import (
    again,
    frame_of,
    groups_of,
    label_of,
    labelled,
    share_with_a_group,
    sides_of,
    who_would_speak,
)
from analysis.study.told import (
    caption_of_company,
    caption_of_contrast,
    caption_of_key_words,
    caption_of_rates,
    many,
    told_of_choices,
    told_of_correction,
    told_of_time,
)

__all__ = [
    "all_choices", "bring_up_to_date", "by_group", "by_speaker", "caption_of_company",
    "caption_of_contrast", "caption_of_key_words", "caption_of_rates", "codebook_of", "company",
    "compared", "coverage", "frame_of", "groups_of", "key_words", "label_of", "labelled",
    "left_out", "lines", "looks", "many", "material", "network", "over_time",
    "share_with_a_group", "sides_of", "speakers", "told_of_choices", "told_of_correction",
    "told_of_time", "voices",
]  # fmt: skip

NOBODY = "nobody named"
MOST = 12
"""Speakers drawn: those with most words."""
FEWEST_WORDS = 200
"""With fewer words one occurrence makes a high rate."""


def material(study: Study) -> str:
    """Say in a sentence what a study holds."""
    dates = sorted(filter(None, study.documents["date"]))
    when = ", none with a date"
    if dates:
        when = f", dated {dates[0]}" + (f" to {dates[-1]}" if dates[-1] != dates[0] else "")
        undated = len(study.documents) - len(dates)
        when += f" ({undated:,} without a date)" if undated else ""
    twice = int((left_out(study)["what"] == "said twice").sum())
    careful = (
        f" Careful: {many(twice, 'pair')} of documents say nearly the same, and every word of "
        "theirs counts twice. The list below names them; take one of each out of the folder and "
        f"{again(study)}."
    )
    said = study.utterances
    named = said[said["speaker"] != ""]
    share = named["words"].sum() / max(said["words"].sum(), 1)
    return (
        f"{many(len(study.documents), 'document')}{when}; {many(said['words'].sum(), 'word')} in "
        f"{many(len(said), 'utterance')}; {many(named['speaker'].nunique(), 'speaker')}, to whom "
        f"{share:.0%} of the words are given; {many(len(study.occurrences), 'occurrence')} of "
        f"{many(study.occurrences['term'].nunique(), 'term')}.{careful if twice else ''}"
    )


def speakers(study: Study, most: int = 20) -> pd.DataFrame:
    """List those who say most: ``speaker``, ``group``, ``documents``, ``words``, ``share``."""
    said = study.utterances.assign(speaker=study.utterances["speaker"].replace("", NOBODY))
    said = said[said["words"] > 0]
    table = said.groupby("speaker", as_index=False).agg(
        group=("group", lambda names: ", ".join(sorted(set(names) - {""}))),
        documents=("document", "nunique"),
        words=("words", "sum"),
    )
    table = table.assign(share=table["words"] / max(table["words"].sum(), 1))
    order = ["words", "speaker"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True).head(most)


def coverage(study: Study, codebook_terms: pd.DataFrame) -> pd.DataFrame:
    """Count every term of a codebook, those that never occur too.

    Parameters
    ----------
    study : Study
    codebook_terms : pandas.DataFrame
        ``id`` and ``frame``, as of a codebook.

    Returns
    -------
    pandas.DataFrame
        ``frame``, ``term``, ``occurrences``, ``documents``, ``speakers``; most frequent first.
    """
    found = study.occurrences
    named = found[found["speaker"] != ""]
    table = codebook_terms[["frame", "id"]].rename(columns={"id": "term"})
    for name, values in (
        ("occurrences", found.groupby("term").size()),
        ("documents", found.groupby("term")["document"].nunique()),
        ("speakers", named.groupby("term")["speaker"].nunique()),
    ):
        table[name] = table["term"].map(values).fillna(0).astype("int64")
    order = ["occurrences", "frame", "term"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def voices(study: Study) -> pd.DataFrame:
    """Count of each frame who voices it and how.

    Returns
    -------
    pandas.DataFrame
        ``frame``, ``occurrences``, ``speakers``, then shares (0 to 1): ``with_a_speaker``,
        ``in_quotation`` (in words quoted from somebody, or in quotation marks of its own),
        ``asserted``, ``denied``, ``mentioned``; and ``confidence``, the mean,
        where the engine gives one.
    """
    frame_of(study)
    found = study.occurrences
    found = found.assign(
        named=found["speaker"] != "",
        in_quotation=found["quoted"] | (found["mode"] == "direct"),
    )
    for name in ("asserted", "denied", "mentioned"):
        found[name] = found["stance"] == name
    by = found.groupby("frame")
    table = by.size().rename("occurrences").to_frame()
    table["speakers"] = found[found["named"]].groupby("frame")["speaker"].nunique()
    table["with_a_speaker"] = by["named"].mean()
    table["in_quotation"] = by["in_quotation"].mean()
    for name in ("asserted", "denied", "mentioned"):
        table[name] = by[name].mean()
    for name in ("confidence", "stance_confidence"):
        if name in found:
            table[name] = pd.to_numeric(found[name]).groupby(found["frame"]).mean()
    table["speakers"] = table["speakers"].fillna(0).astype("int64")
    return table.sort_values("occurrences", ascending=False, kind="stable").reset_index()


def by_speaker(study: Study, frame: str = "", most: int = MOST) -> pd.DataFrame:
    """Return the rates of one frame of those who say most.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.study.questions.rates`, highest rate first, with ``n`` (occurrences in
        words) and ``who`` (a short label). Those with fewer than :data:`FEWEST_WORDS` words are
        left out where two or more have as many: ``attrs["short"]`` names them, and
        ``attrs["more"]`` counts those beyond `most`.

    Raises
    ------
    AnalysisError
        If nobody is named.
    """
    said = study.utterances[study.utterances["speaker"] != ""]
    if said.empty:
        raise AnalysisError("speakers", "no text names one", *who_would_speak(study))
    words = said.groupby("speaker")["words"].sum().sort_index()
    words = words[words > 0]
    if words.empty:
        raise AnalysisError("speakers", "those named say no word", "some text of each")
    wanted = words.sort_values(ascending=False, kind="stable").head(most)
    return _drawn(study, "speaker", list(wanted.index), frame, more=len(words) - len(wanted))


def by_group(study: Study, frame: str = "") -> pd.DataFrame:
    """Return the rates of one frame of every group, as :func:`by_speaker`."""
    return _drawn(study, "group", groups_of(study), frame)


def _drawn(study: Study, by: str, values: list[str], frame: str, *, more: int = 0) -> pd.DataFrame:
    words = study.utterances[study.utterances[by].isin(values)].groupby(by)["words"].sum()
    short = [name for name in values if words[name] < FEWEST_WORDS]
    if len(values) - len(short) < 2:
        short = []
    drawn = [name for name in values if name not in short]
    table = questions.rates(study, by=by, only=frame_of(study, frame), where={by: drawn})
    if not table["count"].any():
        raise AnalysisError(
            f"each {by}",
            f"none of the {len(table)} with most words says {label_of(study, frame)!r}",
            "a frame that they say, named as FRAME in the second cell",
        )
    table = table.sort_values(["rate", by], ascending=[False, True], ignore_index=True)
    table = table.assign(
        n=[f"{k:,} in {n:,}" for k, n in zip(table["count"], table["words"], strict=True)],
        who=[shortened(name) for name in table[by]],
    )
    table.attrs |= {"short": short, "more": more, "fewest": FEWEST_WORDS}
    return table


def over_time(study: Study, frame: str = "") -> tuple[str, pd.DataFrame]:
    """Return the rate of one frame by year, or by month where all is within two years.

    Returns
    -------
    (str, pandas.DataFrame)
        The unit, "year" or "month"; and the rates of what has a date
        (:func:`analysis.study.over_time.rates`), with ``who`` ("everybody"). Periods of fewer
        than :data:`FEWEST_WORDS` words are left out where two or more have as many
        (``attrs["short"]``).

    Raises
    ------
    AnalysisError
        If fewer than two periods have text.
    """
    frame = frame_of(study, frame)
    dates = study.documents.set_index("document")["date"].astype("str")
    dates = dates[dates != ""]
    years, months = dates.str[:4].nunique(), dates[dates.str.len() >= 7].str[:7]
    period: Period = "month" if 0 < years <= 2 and months.nunique() > years else "year"
    have = months if period == "month" else dates.str[:4]
    sizes = study.documents.set_index("document")["words"].reindex(have.index).groupby(have).sum()
    short: list[str] = []
    if (sizes >= FEWEST_WORDS).sum() >= 2:
        short = sorted(sizes.index[sizes < FEWEST_WORDS])
        have = have[have.map(sizes) >= FEWEST_WORDS]
    if have.nunique() < 2:
        raise AnalysisError(
            "dates", f"text of one {period} only" if len(have) else "no text has a date",
            "texts of two months or years at least, each with its date",
            "write the dates into a table documents.csv beside the texts, with the columns file "
            "and date (such as 2021-03-01), or into a column date where the texts are a table, "
            f"and {again(study)}",
        )  # fmt: skip
    parts = {
        name: table[table["document"].isin(have.index)]
        for name in ("documents", "utterances", "occurrences")
        for table in [getattr(study, name)]
    }
    if not (parts["occurrences"]["frame"] == frame).any():
        name = label_of(study, frame)
        raise AnalysisError("dates", f"no text with a date has {name!r}", "one at least")
    dated = replace(study, **parts)
    table = period_rates(dated, period=period, categories=[frame])
    table = table.assign(who="everybody")
    table.attrs |= {"short": short, "fewest": FEWEST_WORDS}
    return period, table
