"""Occurrences as people read them: a line each, the term in the middle."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

CONTEXT = 36
"""Characters of context on each side of a line."""


def with_narration(found: pd.DataFrame) -> pd.DataFrame:
    """Name the reporter's own voice as the speaker of narration; unknown speakers stay missing."""
    narrated = found["speaker"].isna() & (found["mode"] == "narration")
    return found.assign(speaker=found["speaker"].mask(narrated, "narration"))


def printed_lines(found: pd.DataFrame) -> Iterator[str]:
    """Yield each occurrence as a line of a concordance, the term in the middle."""
    place = found["document"] + ":" + found["start"].astype(str)
    widest = [max(map(len, column), default=0) for column in (place, found["text"])]
    found = with_narration(found).fillna({"speaker": "?"})
    for at, row in zip(place, found.itertuples(), strict=True):
        yield (
            f"{at:{widest[0]}}  {row.left[-CONTEXT:]:>{CONTEXT}}  {row.text:^{widest[1]}}  "
            f"{row.right[:CONTEXT]:{CONTEXT}}  {row.term} · {row.speaker} · {row.stance}"
        )
