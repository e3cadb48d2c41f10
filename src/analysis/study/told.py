"""Captions and alternative texts of the figures that a study of a researcher's own begins with."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.statistics.checks import FEW_DOCUMENTS
from analysis.statistics.counts.rates import INTERVALS
from analysis.study.measured import Study

_WORDS_ONLY = "Counts of words, not corrected for the errors of the measure."


def caption_of_rates(study: Study, table: pd.DataFrame, frame: str, by: str) -> str:
    """Say what a figure of rates shows, on how much text, by which method."""
    highest = table.iloc[0]
    return (
        f"Frame “{frame}” in {study.name}, by {by}: {len(table)} with {table['words'].sum():,} "
        f"words and {table['count'].sum():,} occurrences; highest {highest[by]}, "
        f"{highest['rate']:.2f} per 1,000 words. Dots: rates; lines: 95% intervals over "
        f"appearances ({INTERVALS}, and where Student's t is narrower). Right: occurrences in "
        f"words spoken. {_WORDS_ONLY}"
    )


def caption_of_contrast(study: Study, table: pd.DataFrame, sides: tuple[str, str]) -> str:
    """Say what the contrast of two groups shows, and what is left of it after all looks."""
    firm = table.loc[table["q"] < 0.05, "term"].tolist()
    alone = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    sizes = table.iloc[0]
    rarer = table.attrs.get("rarer", 0)
    appearances = table.attrs.get("appearances", (FEW_DOCUMENTS, FEW_DOCUMENTS))
    few = (
        f"Appearances: {sides[0]} {appearances[0]}, {sides[1]} {appearances[1]}; with so few the "
        "intervals are at least those of independent words, too narrow where words of one speaker "
        "go together. "
    )
    seldom = f"Not compared, since both say them fewer than five times: {rarer:,}. "
    return (
        f"Terms of {sides[0]} ({sizes['words_1']:,} words) and {sides[1]} ({sizes['words_2']:,} "
        f"words) in {study.name}: log₂ ratio of rates, one half added to every count, with 95% "
        f"bootstrap intervals over appearances. {alone} of {len(table)} intervals exclude no "
        f"difference; of all terms tested q is below 0.05 for {', '.join(firm) or 'none'}. "
        f"{few if min(appearances) < FEW_DOCUMENTS else ''}{seldom if rarer else ''}"
        f"Right: occurrences of {sides[0]} : {sides[1]}. {_WORDS_ONLY}"
    )


def told_of_time(study: Study, table: pd.DataFrame, frame: str, by: str) -> dict[str, str]:
    """Return the caption and the alternative text of a frame over time."""
    known = table[table["rate"].notna()]
    words = [f"{row['period']} {row['rate']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
             for row in known.to_dict("records")]  # fmt: skip
    caption = (
        f"Frame “{frame}” in {study.name} by {by}: occurrences per 1,000 words, "
        f"{table['count'].sum():,} in {table['words'].sum():,} words of {table['documents'].sum()} "
        f"documents with a date. Lines: 95% intervals over appearances ({INTERVALS}); open dots: "
        f"nobody heard in the {by} before is heard again. Of fewer than 200 words a {by} is left "
        f"out where others have more. {_WORDS_ONLY}"
    )
    return {"caption": caption, "alt": f"Rates by {by}: {'; '.join(words)}."}


def caption_of_key_words(study: Study, table: pd.DataFrame, sides: tuple[str, str]) -> str:
    """Say what a figure of key words shows, and what is left after all words compared."""
    firm = table.loc[table["q"] < 0.05, "word"].tolist()
    return (
        f"Words that set {sides[0]} (right) and {sides[1]} (left) apart in {study.name}: the "
        f"surest of {table.attrs.get('compared', len(table)):,} words compared, speakers as units; "
        "log₂ ratio with 95% intervals over speakers, none where only one side says it. q is below "
        f"0.05, over all words compared, for {', '.join(firm) or 'none'}. Right: occurrences of "
        f"{sides[0]} : {sides[1]}."
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
        f"Share of segments of {study.name} that express “{frame}”: raw (a term stands there), "
        "and corrected by the codes (Cochran 1977; Angelopoulos, Duchi and Zrnic 2023), with 95% "
        f"intervals over appearances; {coded['coded'].sum():,} of {coded['segments'].sum():,} "
        "segments are coded."
    )
    if whole:
        caption += (
            f" Every segment of {' and '.join(whole)} is coded: nothing is sampled, so the "
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
        f"Frame “{frame}” in {study.name}: {sides[0]} against {sides[1]} under "
        f"{len(curve):,} combinations of choices; {more:.0%} have {sides[0]} voice it more, by the "
        f"median {2 ** curve['coef'].median():.2f} times as often; {sure:.0%} of the intervals "
        "exclude no difference. The combinations share their data and are no independent tests. "
        "Upper: log₂ ratio with 95% intervals; lower: the options taken. "
        f"{_WORDS_ONLY}"
    )
    ends = f"{curve['coef'].min():.1f} to {curve['coef'].max():.1f}"
    return {"caption": caption, "alt": f"Rising curve of {len(curve):,} log ratios from {ends}."}
