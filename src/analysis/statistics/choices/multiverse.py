"""Every defensible analysis, and a joint test of them all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array


def specification_curve(
    data: Any, outcomes: Sequence[str], focal: str, controls: Sequence[str] = ()
) -> pd.DataFrame:
    """Regress every outcome on the focal variable with every subset of the controls.

    Ordinary least squares (Simonsohn, Simmons & Nelson 2020). The specifications are neither
    independent nor equally plausible: do not average their p, do not count the significant
    ones without `joint_test`.

    Parameters
    ----------
    data : DataFrame or mapping of str to array (units,)
        One row per document or speaker.
    outcomes : sequence of str
        Columns that measure the same thing: dictionary variants, normalisations, windows.
    focal : str
        Column whose effect is in question.
    controls : sequence of str
        Columns to control for, in every combination.

    Returns
    -------
    DataFrame
        Sorted by coef; columns specification, outcome, controls (comma-separated), coef, se, p.

    Raises
    ------
    ValueError
        If a column is missing or holds missing values, or there are too few rows.

    Examples
    --------
    >>> data = {"a": [1, 2, 4, 5], "b": [2, 2, 3, 5], "post": [0, 0, 1, 1]}
    >>> specification_curve(data, ["a", "b"], "post")[["specification", "coef"]]
      specification  coef
    0      b ~ post   2.0
    1      a ~ post   3.0
    """
    frame = _checked(data, outcomes, focal, controls)
    rows = []
    for subset in _subsets(controls):
        X = _design(frame, focal, subset)
        coef, se = _least_squares(X, frame[list(outcomes)].to_numpy())
        p = 2 * scipy.stats.t.sf(np.abs(coef / se), len(frame) - X.shape[1])
        right = " + ".join([focal, *subset])
        rows += [
            (f"{outcome} ~ {right}", outcome, ", ".join(subset), *values)
            for outcome, *values in zip(outcomes, coef, se, p, strict=True)
        ]
    names = ["specification", "outcome", "controls", "coef", "se", "p"]
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values(["coef", "specification"], ignore_index=True)


def summary(curve: pd.DataFrame, *, alpha: float = 0.05) -> dict[str, float]:
    """Describe a specification curve.

    Parameters
    ----------
    curve : DataFrame
        As from `specification_curve`.
    alpha : float, default 0.05
        Significance level.

    Returns
    -------
    dict
        n_specifications, median_coef, q25, q75, share_positive, share_significant,
        share_positive_and_significant, share_dominant_significant (in the sign of the median).

    Raises
    ------
    ValueError
        If the curve is empty.

    Examples
    --------
    >>> curve = pd.DataFrame({"coef": [1.0, 2.0, 3.0], "p": [0.2, 0.01, 0.04]})
    >>> summary(curve)["share_positive_and_significant"]
    0.6666666666666666
    """
    checks.at_least("curve", len(curve), 1, "specifications")
    coef, significant = curve["coef"].to_numpy(), curve["p"].to_numpy() < alpha
    q25, median, q75 = np.quantile(coef, [0.25, 0.5, 0.75])
    dominant = np.sign(coef) == np.sign(median)
    return {
        "n_specifications": len(coef),
        "median_coef": float(median),
        "q25": float(q25),
        "q75": float(q75),
        "share_positive": float((coef > 0).mean()),
        "share_significant": float(significant.mean()),
        "share_positive_and_significant": float(((coef > 0) & significant).mean()),
        "share_dominant_significant": float((dominant & significant).mean()),
    }


def joint_test(
    data: Any,
    outcomes: Sequence[str],
    focal: str,
    controls: Sequence[str] = (),
    *,
    clusters: str | None = None,
    permutations: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Re-run the whole curve with the focal variable shuffled, and compare.

    The permutation test of Simonsohn, Simmons & Nelson (2020), shuffling at the level at which
    the focal variable was assigned: whole speakers where it belongs to the speaker.

    Parameters
    ----------
    data, outcomes, focal, controls
        As `specification_curve`.
    clusters : str, optional
        Column of the speaker; the focal variable must be constant within each.
    permutations : int, default 999
        Shuffled curves.
    seed : int, default 0
        Seed of the shuffles.

    Returns
    -------
    DataFrame
        Index statistic: abs_median_coef, share_dominant_sign, share_dominant_significant;
        columns observed, null_mean, p = (b+1)/(B+1).

    Raises
    ------
    ValueError
        As `specification_curve`, or if the focal variable varies within a speaker.

    Examples
    --------
    >>> data = {"a": [1, 2, 4, 5, 1, 6], "b": [2, 2, 3, 5, 1, 5], "post": [0, 0, 1, 1, 0, 1]}
    >>> bool(joint_test(data, ["a", "b"], "post", permutations=99)["p"].between(0, 1).all())
    True
    """
    columns = controls if clusters is None else [*controls]
    frame = _checked(data, outcomes, focal, columns)
    permutations = checks.whole("permutations", permutations)
    shuffle = _shuffler(frame, data, focal, clusters)
    rng = np.random.default_rng(seed)
    statistics = [
        _curve_statistics(frame.assign(**{focal: values}), outcomes, focal, controls)
        for values in (frame[focal].to_numpy(), *(shuffle(rng) for _ in range(permutations)))
    ]
    observed, null = np.array(statistics[0]), np.array(statistics[1:])
    reached = (null >= observed - 1e-12).sum(axis=0)
    index = ["abs_median_coef", "share_dominant_sign", "share_dominant_significant"]
    return pd.DataFrame(
        {
            "observed": observed,
            "null_mean": null.mean(axis=0),
            "p": (reached + 1) / (permutations + 1),
        },
        index=pd.Index(index, name="statistic"),
    )


def _curve_statistics(
    frame: pd.DataFrame, outcomes: Sequence[str], focal: str, controls: Sequence[str]
) -> tuple[float, float, float]:
    coefs, significant = [], []
    for subset in _subsets(controls):
        X = _design(frame, focal, subset)
        coef, se = _least_squares(X, frame[list(outcomes)].to_numpy())
        critical = scipy.stats.t.ppf(0.975, len(frame) - X.shape[1])
        coefs.append(coef)
        significant.append(np.abs(coef) > critical * se)
    coef, found = np.concatenate(coefs), np.concatenate(significant)
    median = float(np.median(coef))
    dominant = np.sign(coef) == np.sign(median)
    return abs(median), float(dominant.mean()), float((dominant & found).mean())


def _shuffler(frame: pd.DataFrame, data: Any, focal: str, clusters: str | None) -> Any:
    values = frame[focal].to_numpy()
    if clusters is None:
        return lambda rng: rng.permutation(values)
    if clusters not in data:
        raise AnalysisError("clusters", f"no column {clusters!r}", "the speaker of each row")
    names, member = np.unique(np.asarray(data[clusters]).astype(str), return_inverse=True)
    first = np.array([values[member == i][0] for i in range(len(names))])
    if (first[member] != values).any():
        raise AnalysisError("focal", f"{focal} varies within a speaker", "one value per speaker")
    return lambda rng: rng.permutation(first)[member]


def _subsets(controls: Sequence[str]) -> list[tuple[str, ...]]:
    return [subset for size in range(len(controls) + 1) for subset in combinations(controls, size)]


def _checked(
    data: Any, outcomes: Sequence[str], focal: str, controls: Sequence[str]
) -> pd.DataFrame:
    checks.at_least("outcomes", len(outcomes), 1, "outcomes")
    columns = {}
    for name in (*outcomes, focal, *controls):
        if name not in data:
            raise AnalysisError("data", f"no column {name!r}", "every outcome, focal and control")
        columns[name] = checks.numbers(name, data[name], ndim=1)
    checks.same_length(**columns)
    frame = pd.DataFrame(columns)
    checks.at_least("data", len(frame), len(controls) + 3, "rows")
    if frame[focal].nunique() < 2:
        raise AnalysisError("focal", f"{focal} does not vary", "at least two values")
    return frame


def _design(frame: pd.DataFrame, focal: str, subset: tuple[str, ...]) -> Array:
    return np.column_stack([np.ones(len(frame)), frame[[focal, *subset]].to_numpy()])


def _least_squares(X: Array, Y: Array) -> tuple[Array, Array]:
    inverse = np.linalg.pinv(X.T @ X)
    beta = inverse @ (X.T @ Y)
    variance = ((Y - X @ beta) ** 2).sum(axis=0) / (len(X) - X.shape[1])
    return beta[1], np.sqrt(variance * inverse[1, 1])
