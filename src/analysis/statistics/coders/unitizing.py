"""Agreement on where a passage begins and ends, not only on what it is called."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks

COLUMNS = ("coder", "start", "end", "category")


def unitizing_alpha(units: Any, *, length: int, begin: int = 0) -> pd.DataFrame:
    """Measure agreement on the spans that coders marked in one text: Krippendorff's αᵤ.

    Parameters
    ----------
    units : DataFrame or list of dict
        Columns coder, start, end (whole numbers, the end not included), category. The spans of one
        coder and category do not overlap.
    length : int
        Characters (or words) of the continuum; several texts are laid end to end.
    begin : int, default 0
        Where the continuum begins.

    Returns
    -------
    DataFrame
        One row per category in alphabetical order and a last row for all (category empty):
        ``category``, ``observed``, ``expected`` (disagreement), ``alpha`` (1 perfect, 0 as chance;
        missing where nothing could disagree), ``units``.

    Raises
    ------
    ValueError
        If a column is missing, there are fewer than two coders, a span lies outside the continuum,
        or two spans of one coder and category overlap.

    Notes
    -----
    αᵤ = 1 − Dₒ/Dₑ. Two spans that intersect disagree by the squared differences of their
    beginnings and of their ends; a span that lies whole within a gap of the other coder disagrees
    by its length squared. A coder who marked nothing has to be named by a row of her own with no
    category, or is not known of.

    References
    ----------
    Krippendorff, K. (2004). Content Analysis, 2nd edition, 251-256.
    Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological
    Methodology 25, 47-76.

    Examples
    --------
    >>> rows = [dict(coder=c, start=3, end=9, category="k") for c in "AB"]
    >>> unitizing_alpha(rows, length=20)["alpha"].to_list()
    [1.0, 1.0]
    """
    frame, coders = _checked(units, begin, checks.whole("length", length))
    rows = []
    marked = frame[frame["category"].notna()]
    for category in sorted(marked["category"].unique()):
        own = marked[marked["category"] == category]
        spans = [
            own.loc[own["coder"] == coder, ["start", "end"]].sort_values("start").to_numpy()
            for coder in coders
        ]
        observed = _observed(spans, begin, length)
        rows.append((category, observed, _expected(spans, begin, length), len(own)))
    table = pd.DataFrame(rows, columns=["category", "observed", "expected", "units"])
    whole = pd.DataFrame(
        [("", table["observed"].mean(), table["expected"].mean(), int(table["units"].sum()))],
        columns=table.columns,
    )
    table = pd.concat([table, whole], ignore_index=True)
    share = np.divide(
        table["observed"].to_numpy(float), table["expected"].to_numpy(float),
        where=table["expected"].to_numpy(float) > 0, out=np.full(len(table), np.nan),
    )  # fmt: skip
    table.insert(3, "alpha", 1 - share)
    return table


def _checked(units: Any, begin: int, length: int) -> tuple[pd.DataFrame, list]:
    frame = pd.DataFrame(units)
    for name in COLUMNS:
        if name not in frame:
            raise AnalysisError("units", f"no column {name!r}", ", ".join(COLUMNS))
    coders = sorted(frame["coder"].unique())
    checks.at_least("units", len(coders), 2, "coders")
    marked = frame[frame["category"].notna()]
    checks.at_least("units", len(marked), 1, "spans")
    outside = (marked["start"] < begin) | (marked["end"] > begin + length)
    for row in marked[outside | (marked["start"] >= marked["end"])].itertuples():
        raise AnalysisError(
            "units", f"the span {row.start} to {row.end} of {row.coder!r}",
            f"a span inside {begin} to {begin + length}",
        )  # fmt: skip
    for (coder, category), own in marked.groupby(["coder", "category"]):
        ordered = own.sort_values("start")
        over = ordered["start"].to_numpy()[1:] < ordered["end"].to_numpy()[:-1]
        if over.any():
            at = int(ordered["start"].iloc[int(np.flatnonzero(over)[0]) + 1])
            raise AnalysisError(
                "units", f"two spans of {coder!r} for {category!r} overlap at {at}",
                "spans that do not", "join them into one",
            )  # fmt: skip
    return frame, coders


def _sections(spans: np.ndarray, begin: int, length: int) -> list[tuple[int, int, bool]]:
    """Cut the continuum into a coder's spans and the gaps between them."""
    found, at = [], begin
    for start, end in spans:
        if start > at:
            found.append((at, int(start), False))
        found.append((int(start), int(end), True))
        at = int(end)
    if at < begin + length:
        found.append((at, begin + length, False))
    return found


def _observed(spans: list[np.ndarray], begin: int, length: int) -> float:
    total = 0.0
    cut = [_sections(own, begin, length) for own in spans]
    for i, one in enumerate(cut):
        for other in cut[i + 1 :]:
            at = upto = 0
            while at < len(one) and upto < len(other):
                total += _difference(one[at], other[upto])
                if one[at][1] <= other[upto][1]:
                    upto += one[at][1] == other[upto][1]
                    at += 1
                else:
                    upto += 1
    coders = len(spans)
    return 2 * total / (coders * (coders - 1) * float(length) ** 2)


def _difference(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> float:
    if one[2] and other[2]:
        return float((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)
    if one[2] and other[0] <= one[0] and one[1] <= other[1]:
        return float((one[1] - one[0]) ** 2)
    if other[2] and one[0] <= other[0] and other[1] <= one[1]:
        return float((other[1] - other[0]) ** 2)
    return 0.0


def _expected(spans: list[np.ndarray], begin: int, length: int) -> float:
    sections = [section for own in spans for section in _sections(own, begin, length)]
    units = np.array([end - start for start, end, unit in sections if unit], float)
    gaps = np.sort(np.array([end - start for start, end, unit in sections if not unit], float))
    at = np.searchsorted(gaps, units)
    above = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)[at]
    places = above - (units - 1) * (len(gaps) - at)
    within = (len(units) - 1) * (2 * units**3 - 3 * units**2 + units) / 3
    pairs = len(spans) * length * (len(spans) * length - 1.0) - (units * (units - 1)).sum()
    return float(2 / length * (within + units**2 * places).sum() / pairs)
