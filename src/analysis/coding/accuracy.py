"""How often the measure is wrong, estimated from a coded probability sample.

Every coded unit counts with its weight, the inverse of its inclusion probability. Ratios and
their linearised variances are those of stratified sampling without replacement (Cochran 1977,
5A and 6.11); a group, a term or a true frame is a domain that may cut across strata.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics.checks import FEW_DOCUMENTS
from analysis.statistics.counts.frequency import ratio_by_document

PRECISION, RECALL = "precision", "recall"


def effective_interval(
    share: float, se: float, coded: int, *, level: float = 0.95
) -> tuple[float, float]:
    """Put an interval around a share that a weighted sample gave.

    Wilson's (1927) interval for the effective sample size p(1 − p)/se², with Student's t of the
    coded units less one in place of z (Korn & Graubard 1998; Franco, Little, Louis & Slud 2019).
    A normal interval is too narrow where the share is small.

    Parameters
    ----------
    share : float
    se : float
        Standard error; where it is 0 because all coded units are alike, their number is the
        effective size.
    coded : int
        Coded units, 1 or more.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    (low, high) : floats
        Within 0 and 1.

    Examples
    --------
    >>> low, high = effective_interval(0.3, 0.05, 84)
    >>> print(f"{low:.3f} {high:.3f}")
    0.211 0.407
    """
    t = float(scipy.stats.t.ppf((1 + level) / 2, max(coded - 1, 1)))
    p = min(max(share, 0.0), 1.0)
    size = p * (1 - p) / se**2 if se > 1e-9 and 0 < p < 1 else float(coded)
    centre = (p + t**2 / (2 * size)) / (1 + t**2 / size)
    half = t * np.sqrt(p * (1 - p) / size + t**2 / (4 * size**2)) / (1 + t**2 / size)
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))


def shares_by_appearance(found: pd.DataFrame, holds: pd.Series, *, by: str) -> pd.DataFrame:
    """Return of which share of occurrences something holds, with speakers' appearances as units.

    Parameters
    ----------
    found : pandas.DataFrame
        Occurrences: ``document``, ``speaker`` and the column named by ``by``.
    holds : pandas.Series of bool
        Of each occurrence.
    by : str
        What shares are asked for, such as ``"term"``.

    Returns
    -------
    pandas.DataFrame
        Index ``by``; ``share``, ``low``, ``high`` (0 to 1; 95%, :func:`effective_interval` of the
        linearised standard error between appearances; of fewer than ten no smaller than that of
        independent occurrences) and ``units``, the appearances.

    Examples
    --------
    >>> found = pd.DataFrame({"term": "trust", "document": "d", "speaker": list("aabbcc")})
    >>> holds = pd.Series([True, True, True, False, True, False])
    >>> shares_by_appearance(found, holds, by="term").round(2).values.tolist()
    [[0.67, 0.11, 0.97, 3.0]]
    """
    units = holds.groupby([found[by], found["document"], found["speaker"]]).agg(["sum", "size"])
    rows = {}
    for name, part in units.groupby(level=0):
        size = part["size"].sum()
        share, error = part["sum"].sum() / size, 0.0
        if len(part) > 1:
            error = float(ratio_by_document(part["sum"], part["size"]).se_linearised)
        if len(part) < FEW_DOCUMENTS:  # which may agree by chance
            error = max(error, float(np.sqrt(share * (1 - share) / size)))
        rows[name] = (share, *effective_interval(share, error, len(part)), len(part))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["share", "low", "high", "units"])
    return table.rename_axis(by)


def total_variance(
    table: pd.DataFrame, residual: pd.Series, stake: pd.Series | None = None
) -> float:
    """Return the variance of a weighted total over a stratified sample without replacement.

    Σ N²(1 − n/N)·s²/n over strata (Cochran 1977, eq. 5.12).

    Parameters
    ----------
    table : pandas.DataFrame
        The coded units: ``stratum``, ``population``.
    residual : pandas.Series of float
        What is totalled, on the same index; 0 outside the domain.
    stake : pandas.Series of float, optional
        By how much the residual of each unit would change if its code were the other one. Strata
        whose coded units are all alike are not without variance: their next unit is taken to be
        coded otherwise with the chance ½/(m + 1) of Jeffreys's prior, m their units at stake.

    Returns
    -------
    float
        Strata with a single coded unit and nothing at stake add nothing.
    """
    stratum, _ = pd.factorize(table["stratum"])
    n = np.bincount(stratum)
    big = np.zeros(len(n))
    big[stratum] = table["population"]
    values = residual.to_numpy(float)
    mean = np.bincount(stratum, values) / n
    squares = np.bincount(stratum, (values - mean[stratum]) ** 2)
    spread = squares / np.maximum(n - 1, 1)
    if stake is not None:
        change = stake.to_numpy(float)
        most = np.bincount(stratum, change**2)
        # Alike up to rounding: then what is at stake exceeds by far what was seen to differ.
        alike = squares < 1e-9 * most
        p = 0.5 / (np.bincount(stratum, change != 0)[alike].sum() + 1)
        spread = np.where(alike, p * (1 - p) * most / n, spread)
    return float((big**2 * (1 - n / big) * spread / n).sum())


def weighted_ratio(
    table: pd.DataFrame,
    numerator: pd.Series,
    denominator: pd.Series,
    *,
    flipped: tuple[pd.Series, pd.Series] | None = None,
) -> dict[str, float]:
    """Estimate a ratio of two totals from a stratified sample.

    Parameters
    ----------
    table : pandas.DataFrame
        The coded units: ``stratum``, ``population``, ``inclusion``.
    numerator, denominator : pandas.Series of float
        0 or 1 on the same index; 0 outside the domain.
    flipped : tuple of pandas.Series, optional
        Numerator and denominator as they would be if each unit's code were the other one, so
        that strata whose coded units are all alike have a variance (:func:`total_variance`).

    Returns
    -------
    dict
        ``estimate``, ``se``, ``low``, ``high`` (95 %, :func:`effective_interval`), ``coded``
        (units with denominator 1). Of a census the interval is the estimate; all but ``coded``
        is NaN where there is no unit.

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
    stake = None
    if flipped is not None:
        stake = ((flipped[0] - value * flipped[1]) / total - residual).abs()
    se = np.sqrt(total_variance(table, residual, stake))
    bounds = (value, value)
    if (table.loc[denominator > 0, "inclusion"] < 1).any():
        bounds = effective_interval(value, se, coded)
    return {
        "estimate": value,
        "se": float(se),
        "low": bounds[0],
        "high": bounds[1],
        "coded": coded,
    }


def accuracy(table: pd.DataFrame, groups: list[str] | None = None) -> pd.DataFrame:
    """Estimate precision, recall and specificity of segments, in all and per group.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`analysis.coding.correction.segment_truth`.
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
        for name, parts in (
            (PRECISION, lambda y, inside=inside: (y * g * inside, g * inside)),
            (RECALL, lambda y, inside=inside: (y * g * inside, y * inside)),
            (
                "specificity",
                lambda y, inside=inside: ((1 - y) * (1 - g) * inside, (1 - y) * inside),
            ),
        ):
            result = weighted_ratio(done, *parts(y), flipped=parts(1 - y))
            rows.append({"group": group, "measure": name, **result})
    return pd.DataFrame(rows)


def occurrence_precision(
    codes: pd.DataFrame, *, by: str = "group", frame: str | None = None, serves: bool = False
) -> pd.DataFrame:
    """Estimate the share of occurrences that mean what their term's definition says.

    Parameters
    ----------
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    by : {"group", "term", "found_frame"}
    frame : str, optional
        Only the occurrences of this frame.
    serves : bool, default False
        Whether an occurrence must also serve the frame of its term in its line.

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
    right = own["valid"] == "yes"
    if serves:
        right &= own["frame"] == own["found_frame"]
    rows = []
    for name in ["all", *sorted(own.loc[kept > 0, by].unique())]:
        inside = kept if name == "all" else kept * (own[by] == name)
        result = weighted_ratio(own, right * inside, inside, flipped=(~right * inside, inside))
        rows.append({by: name, **result})
    return pd.DataFrame(rows)


def verdicts(codes: pd.DataFrame, occurrences: pd.DataFrame) -> pd.DataFrame:
    """Put the program's voice and stance of each coded occurrence beside the coder's.

    Parameters
    ----------
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    occurrences : pandas.DataFrame
        Of the measured corpus the sample was drawn from.

    Returns
    -------
    pandas.DataFrame
        The valid occurrences of `codes`, with ``found_voice`` ("own", "direct", "indirect": what
        a transcript prints between quotation marks is "direct") and ``found_stance``.

    Raises
    ------
    AnalysisError
        If a coded occurrence is not one of `occurrences`.
    """
    own = codes[codes["item"].str.startswith("o") & (codes["valid"] == "yes")]
    voice = occurrences["mode"].where(occurrences["mode"].isin(["direct", "indirect"]), "own")
    found = occurrences.assign(
        found_voice=voice.mask((voice == "own") & occurrences["quoted"].astype(bool), "direct"),
        found_stance=occurrences["stance"],
    )
    place = ["document", "utterance", "start", "end", "term"]
    joined = own.merge(found[[*place, "found_voice", "found_stance"]], on=place, how="left")
    missing = joined["found_stance"].isna()
    if missing.any():
        raise AnalysisError(
            f"item {joined.loc[missing, 'item'].iloc[0]}",
            "a coded occurrence that the measured corpus does not have",
            "the occurrences the sample was drawn from",
            "measure the texts with the codebook of the sample",
        )
    return joined


def category_accuracy(table: pd.DataFrame, *, found: str, true: str) -> pd.DataFrame:
    """Estimate precision and recall of each category of a variable.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`verdicts`.
    found, true : str
        Columns with the program's category and the coder's, such as ``found_stance``, ``stance``.

    Returns
    -------
    pandas.DataFrame
        ``category``, ``measure`` ("precision", "recall"), ``estimate``, ``se``, ``low``,
        ``high``, ``coded`` (occurrences that the program, or the coder, put there).
    """
    rows = []
    for name in sorted(set(table[found]) | set(table[true])):
        says, is_so = (table[found] == name).astype(float), (table[true] == name).astype(float)
        for measure, base in ((PRECISION, says), (RECALL, is_so)):
            rows.append(
                {"category": name, "measure": measure, **weighted_ratio(table, says * is_so, base)}
            )
    return pd.DataFrame(rows)


def confusion_table(table: pd.DataFrame, *, found: str, true: str) -> pd.DataFrame:
    """Count the program's categories against the coder's, weighted up to all occurrences.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`verdicts`.
    found, true : str
        As :func:`category_accuracy`.

    Returns
    -------
    pandas.DataFrame
        Rows: the program's categories; columns: the coder's; estimated numbers of valid
        occurrences in the whole corpus.
    """
    weighted = table.assign(weight=1 / table["inclusion"])
    wide = weighted.pivot_table(
        index=found, columns=true, values="weight", aggfunc="sum", fill_value=0.0, observed=True
    )
    names = sorted(set(wide.index) | set(wide.columns))
    return wide.reindex(index=names, columns=names, fill_value=0.0)


def frame_accuracy(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Estimate precision and recall of segments for several frames, all groups together.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        For each frame what :func:`analysis.coding.correction.segment_truth` gave.

    Returns
    -------
    pandas.DataFrame
        ``frame``, then the columns of :func:`accuracy`.
    """
    parts = [accuracy(table, groups=[]).assign(frame=frame) for frame, table in tables.items()]
    joined = pd.concat(parts, ignore_index=True).drop(columns="group")
    return joined[["frame", *joined.columns.drop("frame")]]
