"""What hand coding says of the measure: agreement, precision, recall, corrected shares.

Every coded segment counts with its weight, the inverse of its inclusion probability. Ratios and
their linearised variances are those of stratified sampling without replacement (Cochran 1977,
5A and 6.11); a group is a domain that may cut across strata.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.special

from analysis.coding import frames_of
from analysis.errors import AnalysisError
from analysis.sampling import segment_of
from analysis.statistics.agreement import krippendorff_interval
from analysis.statistics.frequency import wilson
from analysis.statistics.labelled_sample import design_based
from analysis.statistics.validity import lang_reiczigel

ASSUMPTIONS = {
    "raw": "the instrument makes no mistakes",
    "Rogan-Gladen": "sensitivity and specificity are the same in every group",
    "design-based": "codes are the truth and inclusion probabilities are known",
}


def agreement(codes: pd.DataFrame, *, resamples: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Measure how far coders agree on each variable, and on each frame of the segments.

    Parameters
    ----------
    codes : pandas.DataFrame
        From :func:`analysis.adjudication.combine`.
    resamples : int, default 1000
        Bootstrap samples of whole items.
    seed : int, default 0

    Returns
    -------
    pandas.DataFrame
        ``variable`` ("valid", "frame", "voice", "stance"; "segment: " and a frame's id), ``items``
        coded by all, ``percent`` on which all agree (0 to 100), ``alpha`` (Krippendorff,
        nominal), ``low``, ``high`` (95 %; NaN where only one code occurs).
    """
    kind = codes["item"].str.startswith("o")
    tables = {}
    for name in ("valid", "frame", "voice", "stance"):
        wide = codes[kind].pivot(index="item", columns="coder", values=name)  # noqa: PD010
        tables[name] = wide[(wide != "").all(axis=1)]
    wide = codes[~kind].pivot(index="item", columns="coder", values="frame")  # noqa: PD010
    listed = wide.map(frames_of)
    for frame in sorted({name for cell in listed.to_numpy().ravel() for name in cell} - {"none"}):
        says = listed.map(lambda names, frame=frame: "yes" if frame in names else "no")
        tables[f"segment: {frame}"] = says
    rows = []
    for name, table in tables.items():
        same = table.eq(table.iloc[:, 0], axis=0).all(axis=1).mean() * 100
        estimate = (np.nan,) * 3
        if len(np.unique(table.to_numpy())) > 1:
            estimate = krippendorff_interval(table.T, resamples=resamples, seed=seed)
        rows.append((name, len(table), float(same), *estimate))
    return pd.DataFrame(rows, columns=["variable", "items", "percent", "alpha", "low", "high"])


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


def weighted_ratio(
    table: pd.DataFrame, numerator: pd.Series, denominator: pd.Series
) -> dict[str, float]:
    """Estimate a ratio of two totals from a stratified sample.

    Parameters
    ----------
    table : pandas.DataFrame
        The coded units: ``stratum``, ``population``, ``inclusion``.
    numerator, denominator : pandas.Series of float
        0 or 1 on the same index; 0 outside the domain.

    Returns
    -------
    dict
        ``estimate``, ``se``, ``low``, ``high`` (95 %), ``coded`` (units with denominator 1).
        Where all units coded agree the interval is Wilson's; NaN where there is no unit.

    Examples
    --------
    >>> units = pd.DataFrame({"stratum": "a", "population": 8, "inclusion": 0.5}, index=range(4))
    >>> result = weighted_ratio(units, pd.Series([1, 1, 0, 0.0]), pd.Series([1, 1, 1, 1.0]))
    >>> f"{result['estimate']:.2f} ({result['se']:.3f})"
    '0.50 (0.204)'
    """
    weight = 1 / table["inclusion"]
    total = float((weight * denominator).sum())
    coded = int((denominator > 0).sum())
    if not total:
        return dict.fromkeys(("estimate", "se", "low", "high"), np.nan) | {"coded": 0}
    value = float((weight * numerator).sum()) / total
    residual = (numerator - value * denominator) / total
    variance = 0.0
    for _, rows in table.groupby("stratum"):
        big, n = float(rows["population"].iloc[0]), len(rows)
        if n > 1:
            variance += big**2 * (1 - n / big) * float(residual[rows.index].var(ddof=1)) / n
    se = float(np.sqrt(variance))
    half = float(scipy.special.ndtri(0.975)) * se
    bounds = (max(0.0, value - half), min(1.0, value + half))
    if se < 1e-9 and (table.loc[denominator > 0, "inclusion"] < 1).any():
        bounds = tuple(float(x) for x in wilson(round(value * coded), coded, 0.95))
    return {"estimate": value, "se": se, "low": bounds[0], "high": bounds[1], "coded": coded}


def accuracy(table: pd.DataFrame, groups: list[str] | None = None) -> pd.DataFrame:
    """Estimate precision, recall and specificity, in all and per group.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`segment_truth`.
    groups : list of str, optional
        All by default.

    Returns
    -------
    pandas.DataFrame
        ``group`` ("all" first), ``measure``, ``estimate``, ``se``, ``low``, ``high``, ``coded``.
    """
    done = table[table["true"].notna()]
    y, g = done["true"], done["predicted"].astype(float)
    rows = []
    chosen = sorted(table["group"].unique()) if groups is None else groups
    for group in ["all", *chosen]:
        inside = 1.0 if group == "all" else (done["group"] == group).astype(float)
        for name, top, base in (
            ("precision", y * g, g),
            ("recall", y * g, y),
            ("specificity", (1 - y) * (1 - g), 1 - y),
        ):
            result = weighted_ratio(done, top * inside, base * inside)
            rows.append({"group": group, "measure": name, **result})
    return pd.DataFrame(rows)


def corrected_shares(table: pd.DataFrame, groups: list[str] | None = None) -> pd.DataFrame:
    """Correct the share of segments that express a frame, per group, beside the raw share.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`segment_truth`.
    groups : list of str, optional

    Returns
    -------
    pandas.DataFrame
        ``group``, ``method`` ("raw", "Rogan-Gladen" with the interval of Lang and Reiczigel
        2014, "design-based" of Egami and others 2023), ``estimate``, ``low``, ``high``,
        ``segments``, ``coded``, ``assumption``. Rogan-Gladen is NaN where the instrument is no
        better than chance; design-based where fewer than two segments are coded, its interval
        where no coded segment differs from the verdict.
    """
    whole = accuracy(table, groups=[]).query("group == 'all'").set_index("measure")
    # A weighted sample tells as much as a simple one of this effective size.
    p, se = whole["estimate"], whole["se"]
    size = (p * (1 - p) / se**2).where(se > 0, whole["coded"])
    # Units that could not have been drawn otherwise do not enter the sum.
    inclusion = table["inclusion"].fillna(1.0)
    rows = []
    for group in sorted(table["group"].unique()) if groups is None else groups:
        own = table[table["group"] == group]
        n, hits, coded = len(own), int(own["predicted"].sum()), int(own["true"].notna().sum())
        found = {"raw": (hits / n, *map(float, wilson(hits, n, 0.95)))}
        found["Rogan-Gladen"] = found["design-based"] = (np.nan,) * 3
        if p["recall"] + p["specificity"] > 1:
            found["Rogan-Gladen"] = lang_reiczigel(
                hits / n, n, p["recall"], size["recall"], p["specificity"], size["specificity"]
            )
        if coded > 1:
            found["design-based"] = _design_based(own, inclusion[own.index])
        rows += [
            (group, name, *map(float, values), n, coded, ASSUMPTIONS[name])
            for name, values in found.items()
        ]
    columns = ["group", "method", "estimate", "low", "high", "segments", "coded", "assumption"]
    return pd.DataFrame(rows, columns=columns)


def _design_based(own: pd.DataFrame, inclusion: pd.Series) -> tuple[float, float, float]:
    done = own[own["true"].notna()]
    if (done["true"] == done["predicted"]).all():
        # No mistake among the coded: nothing to estimate the variance of mistakes from.
        return float(own["predicted"].mean()), np.nan, np.nan
    row = design_based(own["true"], own["predicted"], inclusion, {}).iloc[0]
    return row["coef"], row["low"], row["high"]


def occurrence_precision(
    codes: pd.DataFrame, *, by: str = "group", frame: str | None = None
) -> pd.DataFrame:
    """Estimate the share of occurrences that mean what their term's definition says.

    Parameters
    ----------
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    by : {"group", "term", "found_frame"}
    frame : str, optional
        Only the occurrences of this frame.

    Returns
    -------
    pandas.DataFrame
        The column `by` ("all" first), ``estimate``, ``se``, ``low``, ``high``, ``coded``. A
        census has ``se`` 0: there is no sampling error, only that of the coder.
    """
    own = codes[codes["item"].str.startswith("o")]
    kept = pd.Series(1.0, index=own.index)
    if frame is not None:
        kept = (own["found_frame"] == frame).astype(float)
    valid = (own["valid"] == "yes") * kept
    rows = [{by: "all", **weighted_ratio(own, valid, kept)}]
    for name in sorted(own.loc[kept > 0, by].unique()):
        inside = (own[by] == name).astype(float)
        rows.append({by: name, **weighted_ratio(own, valid * inside, kept * inside)})
    return pd.DataFrame(rows)
