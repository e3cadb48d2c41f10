"""Captions and alternative texts of the figures that a study of a researcher's own begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.statistics.checks import FEW_DOCUMENTS
from analysis.statistics.counts.rates import INTERVALS
from analysis.study.measured import Study
from analysis.study.sides import label_of

_AS_LISTED = 6
"""Names in a caption; of more their number is enough."""
_WORDS_ONLY = "Counts of words, not corrected for the errors of the measure."


def caption_of_rates(study: Study, table: pd.DataFrame, frame: str, by: str) -> str:
    """Say what a figure of rates shows, on how much text, by which method."""
    highest = table.iloc[0]
    units = f"{many(table['units'].sum(), 'appearance')}, " if "units" in table else ""
    return (
        f"Frame “{label_of(study, frame)}” in {study.name}: {many(len(table), by)}, {units}"
        f"{many(table['words'].sum(), 'word')}, {many(table['count'].sum(), 'occurrence')}; "
        f"highest {highest[by]}, {highest['rate']:.2f} per 1,000 words. {_not_drawn(table, by)}"
        f"Dots: rates; lines: 95% intervals over appearances ({INTERVALS}). Right: "
        f"occurrences in words spoken. {_WORDS_ONLY}"
    )


def many(number: int, noun: str) -> str:
    """Return a number and what it counts, in the singular or the plural."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _not_drawn(table: pd.DataFrame, by: str) -> str:
    more = table.attrs.get("more", 0)
    said = f"Not drawn: {many(more, f'other {by}')} with fewer words. " if more else ""
    return said + _short(table, by)


def _short(table: pd.DataFrame, by: str) -> str:
    """Say who or when is left out for want of words."""
    short = table.attrs.get("short", [])
    if not short:
        return ""
    names = _named(short) if len(short) <= _AS_LISTED else many(len(short), by)
    return f"Left out, with fewer than {table.attrs['fewest']:,} words: {names}. "


def _named(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "none"


def caption_of_contrast(study: Study, table: pd.DataFrame, sides: tuple[str, str]) -> str:
    """Say what the contrast of two groups shows, and what is left of it after all looks."""
    firm = table.loc[table["q"] < 0.05, "term"].tolist()
    alone = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    sizes = table.iloc[0]
    rarer = table.attrs.get("rarer", 0)
    appearances = table.attrs.get("appearances", (FEW_DOCUMENTS, FEW_DOCUMENTS))
    units = f"Appearances: {sides[0]} {appearances[0]}, {sides[1]} {appearances[1]}"
    few = (
        f"{units}; with so few the intervals are at least as wide as those of independent words, "
        "which are too narrow where a speaker repeats a term. "
    )
    never = not table[["count_1", "count_2"]].all(axis=None)
    once = (
        "Where one side never says a term the interval is at least as wide as that of independent "
        "words. "
    )
    seldom = (
        f"Not compared, since both together say {'it' if rarer == 1 else 'them'} fewer than five "
        f"times: {many(rarer, 'term')}. "
    )
    return (
        f"Terms of {sides[0]} ({sizes['words_1']:,} words) and {sides[1]} ({sizes['words_2']:,} "
        f"words) in {study.name}: log₂ ratio of rates, one half added to every count, with 95% "
        f"bootstrap intervals over appearances. {alone} of {many(len(table), 'interval')} "
        f"{'excludes' if alone == 1 else 'exclude'} no difference; q, for all terms compared, is "
        f"below 0.05 for {_named(firm)}. "
        f"{few if min(appearances) < FEW_DOCUMENTS else f'{units}. '}{once if never else ''}"
        f"{seldom if rarer else ''}"
        f"Right: occurrences of {sides[0]} : {sides[1]}. {_WORDS_ONLY}"
    )


def told_of_time(study: Study, table: pd.DataFrame, frame: str, by: str) -> dict[str, str]:
    """Return the caption and the alternative text of a frame over time."""
    known = table[table["rate"].notna()]
    words = [f"{row['period']} {row['rate']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
             for row in known.to_dict("records")]  # fmt: skip
    caption = (
        f"Frame “{label_of(study, frame)}” in {study.name} by {by}: occurrences per 1,000 words, "
        f"{table['count'].sum():,} in {table['words'].sum():,} words of "
        f"{many(table['documents'].sum(), 'document')} with a date. Lines: 95% intervals over "
        f"appearances ({INTERVALS}). {_open_dots(known, by)}"
        f"{_short(table, by)}{_WORDS_ONLY}"
    )
    return {"caption": caption, "alt": f"Rates by {by}: {'; '.join(words)}."}


def _open_dots(known: pd.DataFrame, by: str) -> str:
    if known["linked"].iloc[1:].all():
        return ""
    return f"Open dots: nobody heard in the {by} before is heard again. "


def caption_of_key_words(study: Study, table: pd.DataFrame, sides: tuple[str, str]) -> str:
    """Say what a figure of key words shows, and what is left after all words compared."""
    firm = table.loc[table["q"] < 0.05, "word"].tolist()
    people = table.attrs.get("speakers", ())
    who = f"Speakers: {sides[0]} {people[0]}, {sides[1]} {people[1]}" if people else ""
    if people and min(people) < FEW_DOCUMENTS:
        who += "; with so few the intervals are at least as wide as those of independent words"
    return (
        f"Words that set {sides[0]} (right) and {sides[1]} (left) apart in {study.name}: the "
        f"surest of {table.attrs.get('compared', len(table)):,} words compared, speakers as units; "
        "log₂ ratio with 95% intervals over speakers, none where only one side says it. "
        f"{f'{who}. ' if who else ''}q, for all words compared, is below 0.05 for "
        f"{_named(firm)}. Right: occurrences of {sides[0]} : {sides[1]}."
    )


def caption_of_company(study: Study, table: pd.DataFrame, node: str) -> str:
    """Say what a figure of collocates shows."""
    sizes = table.iloc[0]
    return (
        f"Words within five words of “{node}” ({sizes['nodes']:,} occurrences in "
        f"{sizes['words']:,} words of {study.name}): log₂ ratio of their rate there to that "
        "elsewhere, with 95% intervals that take words as independent. Shown are those for which "
        "it is surely above nought, all words looked at, the surest on top (Evert 2022, LRC). "
        "Right: how many of the word's occurrences stand there."
    )


def told_of_correction(study: Study, table: pd.DataFrame, frame: str) -> dict[str, str]:
    """Return the caption and the alternative text of corrected shares."""
    known = table[table["estimate"].notna()]
    rows = [f"{row.group}, {row.method}: {row.estimate:.2f}" for row in known.itertuples()]
    coded = table.drop_duplicates("group")
    whole = coded.loc[coded["coded"] == coded["segments"], "group"].tolist()
    caption = (
        f"Share of segments of {study.name} that express “{label_of(study, frame)}”: raw (a term "
        "of the frame stands there), "
        "and corrected by the codes (Cochran 1977; Angelopoulos, Duchi and Zrnic 2023), with 95% "
        f"intervals over appearances; {coded['coded'].sum():,} of {coded['segments'].sum():,} "
        "segments are coded."
    )
    if whole:
        caption += (
            f" Every segment of {_named(whole)} is coded: nothing is sampled, so the "
            "corrected shares have no sampling error and no line; they hold for these texts alone."
        )
    return {"caption": caption, "alt": f"Shares: {'; '.join(rows)}."}


def told_of_choices(
    study: Study, curve: pd.DataFrame, sides: tuple[str, str], frame: str
) -> Mapping[str, str]:
    """Return the caption and the alternative text of a specification curve."""
    more = (curve["coef"] > 0).mean()
    sure = ((curve["low"] > 0) | (curve["high"] < 0)).mean()
    caption = (
        f"Frame “{label_of(study, frame)}” in {study.name}: {sides[0]} against {sides[1]} under "
        f"{len(curve):,} combinations of choices. In {more:.0%} of them {sides[0]} voice it more "
        f"often; the median ratio of the rates, {sides[0]} to {sides[1]}, is "
        f"{2 ** curve['coef'].median():.2f}; {sure:.0%} of the intervals exclude no difference. "
        "The combinations share their data and are no independent tests. "
        "Upper: log₂ ratio with 95% intervals; lower: the options taken. "
        f"{_WORDS_ONLY}"
    )
    ends = f"{curve['coef'].min():.1f} to {curve['coef'].max():.1f}"
    return {"caption": caption, "alt": f"Rising curve of {len(curve):,} log ratios from {ends}."}
