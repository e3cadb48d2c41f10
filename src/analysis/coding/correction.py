"""What is left of a share once the measure's errors are allowed for.

The measure says of every segment whether it holds a term of a frame; coders say of a probability
sample whether it expresses the frame. Five estimates stand side by side, each with what it takes
for granted.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.coding.accuracy import accuracy, effective_interval, total_variance
from analysis.coding.codes import frames_of
from analysis.coding.sampling import segment_of
from analysis.errors import AnalysisError
from analysis.statistics import checks, recovery
from analysis.statistics.coders.unequal import equal_recall_test
from analysis.statistics.coders.validity import lang_reiczigel
from analysis.statistics.counts.frequency import wilson

RAW, ROGAN_GLADEN, STRATIFIED, POWERED, DESIGN = METHODS = (
    "raw",
    "Rogan-Gladen",
    "stratified",
    "prediction-powered",
    "design-based",
)
ASSUMPTIONS = {
    RAW: "the words make no mistakes",
    ROGAN_GLADEN: "the words miss and mistake equally often in every group",
    STRATIFIED: "the codes are the truth; the words are not used",
    POWERED: "the codes are the truth; the words only narrow the interval",
    DESIGN: "the codes are the truth; every line's chance of being coded is known",
}
EVERY = "every segment is coded: nothing is sampled, so there is no sampling error"
UNEQUAL = 0.05
"""Level at which the codes are said to show that groups err unequally."""
FEWEST_OF_GROUP = 5
"""Coded segments of a group below which its error is not compared with that of others."""
FEWEST = 30
"""Coded segments below which the design-based variance is not to be trusted, and not given."""


def segment_truth(
    codes: pd.DataFrame, segments: pd.DataFrame, occurrences: pd.DataFrame, frame: str
) -> pd.DataFrame:
    """Put the instrument's verdict on every segment beside the code of those that were coded.

    Parameters
    ----------
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    segments, occurrences : pandas.DataFrame
        What the sample was drawn from.
    frame : str

    Returns
    -------
    pandas.DataFrame
        `segments` with ``predicted`` (0 or 1: holds an occurrence of the frame), ``true`` (0, 1
        or NaN where not coded), ``stratum``, ``population``, ``inclusion`` (NaN where not coded).

    Raises
    ------
    AnalysisError
        If a coded segment is not one of `segments`.
    """
    rows = segment_of(occurrences[occurrences["frame"] == frame], segments)
    predicted = pd.Series(0, index=segments.index)
    predicted[rows.unique()] = 1
    own = codes[codes["item"].str.startswith("s")]
    said = own["frame"].map(lambda value: float(frame in frames_of(value)))
    place = ["document", "start", "end"]
    design = ["stratum", "population", "inclusion"]
    table = segments.assign(predicted=predicted).merge(
        own.assign(true=said)[[*place, "true", *design]], on=place, how="left"
    )
    if int(table["true"].notna().sum()) != len(own):
        raise AnalysisError(
            "codes", "coded segments that are not in the table of segments", "the sample's own"
        )
    return table


def corrected_shares(
    table: pd.DataFrame,
    groups: list[str] | None = None,
    *,
    by: str = "group",
    unit: str = "segment",
) -> pd.DataFrame:
    """Correct the share of segments that express a frame, per group, beside the raw share.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`segment_truth`, or from :func:`analysis.coding.labels.label_truth`, whose
        ``score`` then serves "prediction-powered" and "design-based".
    groups : list of str, optional
        Values of `by`; all by default.
    by : {"group", "speaker"}
    unit : {"segment", "appearance"}
        What would be drawn anew if it all happened again: single segments, or all that one
        speaker says in one document. "stratified" and "prediction-powered" speak of these texts
        alone; their intervals hold the chance of coding and nothing else.

    Returns
    -------
    pandas.DataFrame
        The column `by`; ``method``: "raw"; "Rogan-Gladen" (1978) with the interval of Lang and
        Reiczigel (2014); "stratified", the weighted share of the coded segments (Cochran 1977);
        "prediction-powered", PPI++ (Angelopoulos, Duchi & Zrnic 2023) for a stratified sample,
        one λ for all groups; "design-based" (Egami and others 2023), its variance by strata;
        ``estimate``, ``low``, ``high`` (95 %), ``segments``, ``coded``, ``assumption``. Of
        "stratified" and "prediction-powered" the variance has two codes of either kind added,
        so that few mistakes seen do not pass for few mistakes; of a group coded whole they have no
        width, which `assumption` says. Rogan-Gladen is NaN where the measure is no better than
        chance. The interval of "design-based" is NaN with fewer than 30 coded segments, or where
        none of them shows a mistake.

    Raises
    ------
    AnalysisError
        If `by` or `unit` is neither of its values.
    """
    checks.one_of("by", by, ("group", "speaker"))
    checks.one_of("unit", unit, ("segment", "appearance"))
    error = accuracy(table, groups=[]).set_index("measure")
    tuned = _tuning(table[table["true"].notna()])
    told = ASSUMPTIONS | {ROGAN_GLADEN: _unless_unequal(table, by)}
    rows = []
    for group in sorted(table[by].unique()) if groups is None else groups:
        inside = table[by] == group
        own = table[inside]
        spread = _by_appearance(own) if unit == "appearance" else None
        found = {
            RAW: _raw(own, spread),
            ROGAN_GLADEN: _rogan_gladen(own, error, spread),
            STRATIFIED: _powered(table, inside, 0.0),
            POWERED: _powered(table, inside, tuned),
            DESIGN: _design_based(table, inside, spread),
        }
        n, coded = len(own), int(own["true"].notna().sum())
        of_group = told | (dict.fromkeys((STRATIFIED, POWERED), EVERY) if coded == n else {})
        rows += [
            (group, name, *map(float, values), n, coded, of_group[name])
            for name, values in found.items()
        ]
    columns = [by, "method", "estimate", "low", "high", "segments", "coded", "assumption"]
    return pd.DataFrame(rows, columns=columns)


def unequal_error(table: pd.DataFrame, *, by: str = "group") -> pd.DataFrame:
    """Test whether the measure errs alike in every group, as Rogan-Gladen takes for granted.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`segment_truth`.
    by : {"group", "speaker"}

    Returns
    -------
    pandas.DataFrame
        ``measure`` ("recall", "specificity"), ``groups`` (that have coded segments enough),
        ``statistic`` and ``p`` of one likelihood-ratio test over all groups, however many
        (:func:`analysis.statistics.coders.unequal.equal_recall_test`; NaN with a single group).
        The warning of :func:`corrected_shares` takes half of 0.05 for each measure: where groups
        err alike it is given in about 5 % of samples.
    """
    checks.one_of("by", by, ("group", "speaker"))
    counted = _effective_counts(table, by)
    rows = []
    for name, base in (("recall", True), ("specificity", False)):
        of_base = counted["coded_true"] if base else counted["coded_false"]
        own = counted[
            (of_base >= FEWEST_OF_GROUP) & (counted[["coded_1", "coded_0"]] > 0).all(axis=1)
        ]
        said = ("1", "0") if base else ("0", "1")
        parts = []
        for verdict in said:
            coded, true = own[f"coded_{verdict}"], own[f"true_{verdict}"]
            parts += [own[f"total_{verdict}"], coded, true if base else coded - true]
        result = {"statistic": np.nan, "p": np.nan}
        if len(own) > 1:
            result = equal_recall_test(*(part.to_numpy(float) for part in parts))
        rows.append((name, len(own), result["statistic"], result["p"]))
    return pd.DataFrame(rows, columns=["measure", "groups", "statistic", "p"])


def _effective_counts(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count hits and misses per group: all, coded, true; weighted codes by effective number."""
    rows = []
    for _, own in table.groupby(by, sort=True):
        coded = own[own["true"].notna()]
        true = coded["true"] > 0
        row: dict[str, float] = {"coded_true": int(true.sum()), "coded_false": int((~true).sum())}
        for verdict in (1, 0):
            here = coded[coded["predicted"] == verdict]
            weight = 1 / here["inclusion"]
            size = weight.sum() ** 2 / (weight**2).sum() if len(here) else 0.0
            share = (weight * here["true"]).sum() / weight.sum() if len(here) else 0.0
            row |= {
                f"total_{verdict}": int((own["predicted"] == verdict).sum()),
                f"coded_{verdict}": size,
                f"true_{verdict}": size * share,
            }
        rows.append(row)
    return pd.DataFrame(rows)


def _unless_unequal(table: pd.DataFrame, by: str) -> str:
    test = unequal_error(table, by=by)
    # Two tests are made: each at half the level.
    shown = test[test["p"] < UNEQUAL / 2]
    if shown.empty:
        return ASSUMPTIONS[ROGAN_GLADEN]
    each = " and ".join(f"{row.measure} (p = {row.p:.3f})" for row in shown.itertuples())
    return f"{ASSUMPTIONS[ROGAN_GLADEN]}: but the codes show unequal {each}; do not use it"


Estimate = tuple[float, float, float]
Spread = Callable[[pd.Series], tuple[float, int]]
"""From a value of each segment to the standard error of its mean, and the number of units."""


def _by_appearance(own: pd.DataFrame) -> Spread:
    def spread(values: pd.Series) -> tuple[float, int]:
        # The linearised variance of a mean over clusters (Cochran 1977, eq. 6.13).
        sums = (values - values.mean()).groupby([own["document"], own["speaker"]]).sum()
        m = len(sums)
        if m < 2:
            return np.nan, m
        return float(np.sqrt(m / (m - 1) * (sums**2).sum())) / len(values), m

    return spread


def _verdict(table: pd.DataFrame) -> pd.Series:
    """Return what corrects itself by the codes: the annotator's probability where there is one."""
    return table["score" if "score" in table else "predicted"].astype(float)


def _raw(own: pd.DataFrame, spread: Spread | None) -> Estimate:
    hits, n = int(own["predicted"].sum()), len(own)
    if spread is None:
        low, high = wilson(hits, n, 0.95)
        return hits / n, float(low), float(high)
    se, units = spread(own["predicted"].astype(float))
    return hits / n, *_interval(hits / n, se, units)


def _interval(share: float, se: float, units: int) -> tuple[float, float]:
    if np.isnan(se) or not 0 <= share <= 1:
        return np.nan, np.nan
    return effective_interval(share, se, units)


def _rogan_gladen(own: pd.DataFrame, error: pd.DataFrame, spread: Spread | None) -> Estimate:
    p, se = error["estimate"], error["se"]
    if not p["recall"] + p["specificity"] > 1:
        return (np.nan,) * 3
    # A weighted sample tells as much as a simple one of this effective size.
    alike = (se < 1e-9) | (p * (1 - p) == 0)
    size = (p * (1 - p) / se**2).where(~alike, error["coded"])
    n, share = float(len(own)), float(own["predicted"].mean())
    if spread is not None:
        between, units = spread(own["predicted"].astype(float))
        n = share * (1 - share) / between**2 if between > 0 else float(units)
    return lang_reiczigel(
        share, n, p["recall"], size["recall"], p["specificity"], size["specificity"]
    )


def _tuning(done: pd.DataFrame) -> float:
    """Return the λ of PPI++ that makes the variance smallest, over the whole coded sample."""
    weight = 1 / done["inclusion"]
    parts = (done["true"], _verdict(done))
    y, g = (values - np.average(values, weights=weight) for values in parts)
    of_y, of_g, of_gap = (total_variance(done, weight * values) for values in (y, g, y - g))
    return float(np.clip((of_y + of_g - of_gap) / (2 * of_g), 0, 1)) if of_g > 0 else 0.0


def _powered(table: pd.DataFrame, inside: pd.Series, tuned: float) -> Estimate:
    done = table[table["true"].notna()]
    here = inside[done.index].astype(float)
    coded = int(here.sum())
    if coded < 2:
        return (np.nan,) * 3
    weight = here / done["inclusion"]
    gap = done["true"] - tuned * _verdict(done)
    mean = float((weight * gap).sum() / weight.sum())
    share = mean + tuned * float(_verdict(table)[inside].mean())
    stake = here / weight.sum()
    se = np.sqrt(_guarded_variance(done, stake * (gap - mean), stake))
    if (done.loc[here > 0, "inclusion"] == 1).all():
        return share, share, share
    if not (here * (done["true"] - _verdict(done))).any():
        # No mistake seen: what the words add to the codes is not known, so it is not counted on.
        se = 0.0
    return share, *effective_interval(share, float(se), coded)


def _guarded_variance(done: pd.DataFrame, residual: pd.Series, stake: pd.Series) -> float:
    """Return the variance of a weighted total, two codes of either kind added.

    Where two of 75 lines are mistakes, s²/n is too small too often; two lines of each kind, spread
    over the strata (as Agresti & Coull 1998 add them), bring the intervals to their level. `stake`
    is by how much the residual of a line would change if its code were the other one.
    """
    stratum, _ = pd.factorize(done["stratum"])
    n = np.bincount(stratum)
    big = np.zeros(len(n))
    big[stratum] = done["population"]
    values, change = residual.to_numpy(float), stake.to_numpy(float)
    mean = np.bincount(stratum, values) / n
    squares = np.bincount(stratum, (values - mean[stratum]) ** 2)
    m = np.bincount(stratum, change != 0)
    more = 2 / max(int((m > 0).sum()), 1)
    added = more * (m + more) / (m + 2 * more) ** 2 * np.bincount(stratum, change**2) / n
    spread = n * squares / (n + 2 * more) ** 2 + added
    return float((big**2 * (1 - n / big) * spread / n).sum())


def _design_based(table: pd.DataFrame, inside: pd.Series, spread: Spread | None) -> Estimate:
    own = table[inside]
    coded = own["true"].notna()
    if coded.sum() < 2:
        return (np.nan,) * 3
    # Units that could not have been drawn otherwise do not enter the sum.
    chance = own["inclusion"].fillna(1.0)
    verdict = _verdict(own)
    wrong = own["true"].where(coded, verdict) - verdict
    outcome = verdict + wrong / chance
    share, units = float(outcome.mean()), int(coded.sum())
    if units < FEWEST or not wrong.any():
        return share, np.nan, np.nan
    if spread is None:
        # The sampling of lines, by strata, and that of the segments themselves.
        done = table[table["true"].notna()]
        stake = inside[done.index] / len(own)
        p = min(max(share, 0.0), 1.0)
        variance = _guarded_variance(done, stake * (done["true"] - _verdict(done)), stake)
        se = np.sqrt(variance + p * (1 - p) / len(own))
    else:
        se, units = spread(outcome)
    return share, *_interval(share, float(se), min(units, int(coded.sum())))


def contrast_shares(
    shares: pd.DataFrame, first: str, second: str, *, by: str = "group"
) -> pd.DataFrame:
    """Set the shares of two groups against each other, under each method.

    Parameters
    ----------
    shares : pandas.DataFrame
        From :func:`corrected_shares`.
    first, second : str
        Values of `by`.
    by : {"group", "speaker"}

    Returns
    -------
    pandas.DataFrame
        ``method``, ``first``, ``second`` (the shares), ``difference``, ``difference_low``,
        ``difference_high``, ``ratio``, ``ratio_low``, ``ratio_high``, ``assumption``. Intervals (95
        %) are recovered from those of the shares (:mod:`analysis.statistics.groups.recovery`),
        which takes the two as independent. An estimate outside its own interval, such as a negative
        share, counts as the nearer bound. NaN where a share has no interval; the ratio's upper
        bound is infinite where the second share may be 0.

    Raises
    ------
    AnalysisError
        If a group is not among the shares.
    """
    for name in (first, second):
        if name not in set(shares[by]):
            known = ", ".join(sorted(shares[by].unique()))
            raise AnalysisError(by, f"no shares of {name!r}", f"one of {known}")
    rows = []
    for method, own in shares.groupby("method", sort=False):
        parts = own.set_index(by)[["estimate", "low", "high"]]
        one, other = (_within(*parts.loc[name]) for name in (first, second))
        apart, times = recovery.difference(one, other), recovery.ratio(one, other)
        rows.append((method, one[0], other[0], *apart, *times, own["assumption"].iloc[0]))
    columns = ["method", "first", "second"]
    for name in ("difference", "ratio"):
        columns += [name, f"{name}_low", f"{name}_high"]
    return pd.DataFrame(rows, columns=[*columns, "assumption"])


def _within(estimate: float, low: float, high: float) -> Estimate:
    if np.isnan([low, high]).any():
        return estimate, np.nan, np.nan
    return float(np.clip(estimate, low, high)), low, high
