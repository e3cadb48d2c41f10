"""The annotator and the correction as choices that another reader could have made otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.coding.correction import METHODS
from analysis.coding.label_estimates import corrected_contrast, corrected_shares
from analysis.statistics import checks

VARIANCE_UNITS = ("segment", "appearance")


def label_specifications(
    *,
    labels: pd.DataFrame,
    codes: Mapping[str, pd.DataFrame],
    units: pd.DataFrame,
    label: str,
    first: str,
    second: str,
    by: str = "group",
    annotators: Sequence[str] | None = None,
    corrections: Sequence[str] = METHODS,
) -> pd.DataFrame:
    """Contrast two groups under every annotator, correction, set of codes and unit of variance.

    Parameters
    ----------
    labels : pandas.DataFrame
        From :func:`analysis.coding.labels.read_labels`.
    codes : mapping of str to pandas.DataFrame
        The codes to correct by, such as the gold and each coder's alone.
    units : pandas.DataFrame
        The segments that the labels are of.
    label : str
        A frame.
    first, second : str
        Values of `by`.
    by : {"group", "speaker"}
    annotators : sequence of str, optional
        All by default.
    corrections : sequence of str
        Of :data:`analysis.coding.correction.METHODS`; all by default.

    Returns
    -------
    pandas.DataFrame
        Sorted by ``coef``: ``annotator``, ``correction``, ``codes``, ``unit``; ``coef`` (the binary
        logarithm of the ratio of shares, first to second), ``low``, ``high``; ``difference``,
        ``difference_low``, ``difference_high``; ``assumption``. A bound is infinite where the
        second share may be 0, and NaN where a method gives no interval.

    Raises
    ------
    AnalysisError
        As :func:`analysis.coding.label_estimates.corrected_shares`.
    """
    for name in corrections:
        checks.one_of("corrections", name, METHODS)
    parts = []
    for name, table in codes.items():
        for unit in VARIANCE_UNITS:
            shares = corrected_shares(
                labels=labels,
                codes=table,
                units=units,
                label=label,
                by=by,
                groups=[first, second],
                annotators=annotators,
                unit=unit,
            )
            rows = corrected_contrast(shares, first, second, by=by)
            parts.append(rows[rows["method"].isin(corrections)].assign(codes=name, unit=unit))
    joined = pd.concat(parts, ignore_index=True).rename(columns={"method": "correction"})
    with np.errstate(divide="ignore"):
        for column, source in (("coef", "ratio"), ("low", "ratio_low"), ("high", "ratio_high")):
            joined[column] = np.log2(joined[source].astype(float))
    names = ["annotator", "correction", "codes", "unit", "coef", "low", "high"]
    names += ["difference", "difference_low", "difference_high", "assumption"]
    return joined[names].sort_values(["coef", *names[:4]], ignore_index=True)
