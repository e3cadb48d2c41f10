"""Estimates from a small hand-coded sample and an instrument's verdict on everything.

Valid for any instrument, a word list included, because the coded units are a probability sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.models.rate_models import coefficient_table


def prediction_powered_mean(
    labelled_true: Any, labelled_predicted: Any, unlabelled_predicted: Any, *, level: float = 0.95
) -> dict[str, float]:
    """Estimate a mean from few true labels and many predictions.

    Prediction-powered inference (Angelopoulos et al. 2023): mean(λŶ) over the unlabelled plus
    mean(Y − λŶ) over the labelled; λ = 1, and tuned (PPI++, Angelopoulos, Duchi & Zrnic 2023).

    Parameters
    ----------
    labelled_true, labelled_predicted : array of float, (labelled,)
        Truth and verdict of the coded units, a simple random sample.
    unlabelled_predicted : array of float, (unlabelled,)
        Verdict on the other units.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    dict
        ppi, ppi_low, ppi_high (λ = 1); ppi_tuned, ppi_tuned_low, ppi_tuned_high, lambda;
        classical_mean (labels alone) with _low and _high; naive_mean (predictions alone).

    Raises
    ------
    ValueError
        If lengths differ or there are fewer than two units of a kind.

    Examples
    --------
    >>> result = prediction_powered_mean([1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 0, 1, 0, 1])
    >>> print(f"{result['ppi']:.3f}")
    0.417
    """
    y = checks.numbers("labelled_true", labelled_true, ndim=1)
    f = checks.numbers("labelled_predicted", labelled_predicted, ndim=1)
    g = checks.numbers("unlabelled_predicted", unlabelled_predicted, ndim=1)
    checks.same_length(labelled_true=y, labelled_predicted=f)
    checks.at_least("labelled_true", len(y), 2, "labelled units")
    checks.at_least("unlabelled_predicted", len(g), 2, "unlabelled units")
    z = float(scipy.special.ndtri((1 + checks.level(level)) / 2))
    n, m = len(y), len(g)
    spread = np.concatenate([f, g]).var(ddof=1)
    covariance = ((y - y.mean()) * (f - f.mean())).mean()
    tuned = covariance / ((1 + n / m) * spread) if spread else 0.0
    tuned = float(np.clip(tuned, 0, 1))
    result = {"lambda": tuned, "naive_mean": float(g.mean())}
    for name, weight in (("ppi", 1.0), ("ppi_tuned", tuned), ("classical_mean", 0.0)):
        rectifier = y - weight * f
        value = weight * g.mean() + rectifier.mean()
        half = z * np.sqrt(weight**2 * g.var() / m + rectifier.var() / n)
        result |= {name: value, f"{name}_low": value - half, f"{name}_high": value + half}
    return {name: float(value) for name, value in result.items()}


def design_based(
    true_label: Any,
    predicted: Any,
    labelling_probability: Any,
    design: Mapping[str, Any],
    *,
    level: float = 0.95,
) -> pd.DataFrame:
    """Regress a partly hand-coded outcome on predictors (Egami et al. 2023).

    Design-based supervised learning with a fixed instrument g: least squares of the
    pseudo-outcome g + (R/π)(Y − g), R labelled, with heteroscedasticity-robust (HC0) standard
    errors. Unbiased for any g, if π is known.

    Parameters
    ----------
    true_label : array of float, (units,)
        Hand coding; NaN or None where not coded.
    predicted : array of float, (units,)
        The instrument's verdict g on every unit.
    labelling_probability : array of float, (units,)
        Known probability π of having been chosen for coding, above 0.
    design : mapping of str to array (units,), or DataFrame
        Predictors; an intercept is put before them. Empty for the mean.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        Index term; columns coef, se, low, high, p.

    Raises
    ------
    ValueError
        If nothing is coded, lengths differ or a probability is 0.

    Examples
    --------
    >>> design_based([1, None, 0, None], [1, 1, 0, 0], [0.5] * 4, {})["coef"].to_dict()
    {'intercept': 0.5}
    """
    label = pd.to_numeric(pd.Series(list(true_label), dtype=object), errors="coerce").to_numpy()
    coded = ~np.isnan(label.astype(np.float64))
    g = checks.numbers("predicted", predicted, ndim=1)
    pi = checks.positive("labelling_probability", labelling_probability)
    checks.probability("labelling_probability", pi)
    checks.same_length(true_label=label, predicted=g, labelling_probability=pi)
    checks.at_least("true_label", int(coded.sum()), 1, "coded units")
    columns = {"intercept": np.ones(len(g))}
    for name in design:
        columns[str(name)] = checks.numbers(str(name), design[name], ndim=1)
        checks.same_length(predicted=g, **{str(name): columns[str(name)]})
    X = pd.DataFrame(columns)
    matrix = X.to_numpy()
    if len(g) <= X.shape[1] or np.linalg.matrix_rank(matrix) < X.shape[1]:
        raise AnalysisError("design", "predictors that determine one another", "independent ones")
    outcome = g + np.where(coded, (np.where(coded, label, 0.0).astype(float) - g) / pi, 0.0)
    bread = np.linalg.inv(matrix.T @ matrix)
    coef = bread @ (matrix.T @ outcome)
    scores = matrix * (outcome - matrix @ coef)[:, None]
    se = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread))
    return coefficient_table(X, coef, se, level, None)[["coef", "se", "low", "high", "p"]]
