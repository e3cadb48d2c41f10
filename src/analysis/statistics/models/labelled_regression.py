"""Regression on an outcome that a machine labelled everywhere and people coded in part.

Linear and logistic, speakers as clusters. Two estimators, each with what it takes for granted:
design-based supervised learning (Egami, Hinck, Stewart & Wei 2023) needs to know with what chance
each unit was coded; prediction-powered inference (PPI++, Angelopoulos, Duchi & Zrnic 2023) needs
the coded units to be a simple random sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.models.rate_models import coefficient_table

Array = npt.NDArray[np.float64]
Model = Literal["linear", "logistic"]
_KEPT = ["coef", "se", "low", "high", "p"]
_STEPS = 100


def design_based_regression(
    true_label: Any,
    predicted: Any,
    labelling_probability: Any,
    design: Mapping[str, Any],
    *,
    model: Model = "linear",
    cluster: Sequence[Any] | None = None,
    tuned: bool = False,
    level: float = 0.95,
) -> pd.DataFrame:
    """Regress a partly coded outcome on predictors, the chance of being coded known.

    Solves Σ x·(Ỹ − μ(xβ)) = 0 for the pseudo-outcome Ỹ = λg + (R/π)(Y − λg), R coded; λ = 1 is the
    estimator of R's ``dsl`` with a fixed instrument. The variance is the sandwich over units, or
    over clusters with the factor m/(m − 1) and Student's t with m − 1 degrees of freedom.

    Parameters
    ----------
    true_label : array of float, (units,)
        Hand coding; NaN or None where not coded. For "logistic" 0 or 1.
    predicted : array of float, (units,)
        The instrument's label or probability for every unit.
    labelling_probability : array of float, (units,)
        Known probability π of having been chosen for coding, above 0.
    design : mapping of str to array (units,), or DataFrame
        Predictors; an intercept is put before them. Empty for the mean.
    model : {"linear", "logistic"}
    cluster : sequence, (units,), optional
        Whose each unit is, such as the speaker.
    tuned : bool, default False
        Whether to choose λ between 0 and 1 so that the summed variance of the coefficients is
        smallest; with 0 the instrument is not used.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        Index term; columns coef, se, low, high, p. For "logistic" coef is a log odds ratio.
        ``attrs["lambda"]`` is λ.

    Raises
    ------
    AnalysisError
        If nothing is coded, lengths differ, a probability is 0, predictors determine one another,
        there is a single cluster, or a logistic model has no finite solution.

    Examples
    --------
    >>> table = design_based_regression([1, None, 0, None], [1, 1, 0, 0], [0.5] * 4, {})
    >>> table["coef"].to_dict()
    {'intercept': 0.5}
    """
    checks.one_of("model", model, ("linear", "logistic"))
    label = pd.to_numeric(pd.Series(list(true_label), dtype=object), errors="coerce")
    y = label.to_numpy(dtype=np.float64)
    coded = ~np.isnan(y)
    g = checks.numbers("predicted", predicted, ndim=1)
    pi = checks.positive("labelling_probability", labelling_probability)
    checks.probability("labelling_probability", pi)
    checks.same_length(true_label=y, predicted=g, labelling_probability=pi)
    checks.at_least("true_label", int(coded.sum()), 1, "coded units")
    X = _matrix(design, len(g))
    weight = np.where(coded, 1 / pi, 0.0)
    known = np.where(coded, y, 0.0)

    def estimate(share: float) -> tuple[Array, Array]:
        outcome = share * g + weight * (known - share * np.where(coded, g, 0.0))
        return _solve(X, outcome, model), outcome

    chosen = 1.0
    if tuned:
        beta, _ = estimate(1.0)
        chosen = _best_share(X, g, weight, known, coded, beta, model, cluster)
    beta, outcome = estimate(chosen)
    se, df = _sandwich(X.to_numpy(), outcome, beta, model, cluster)
    table = coefficient_table(X, beta, se, level, df)[_KEPT]
    table.attrs["lambda"] = chosen
    return table


def prediction_powered_regression(
    labelled_true: Any,
    labelled_predicted: Any,
    unlabelled_predicted: Any,
    labelled_design: Mapping[str, Any],
    unlabelled_design: Mapping[str, Any],
    *,
    model: Model = "linear",
    share: float | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Regress on few true labels and many predictions, the former a simple random sample.

    PPI++: minimises λ·L(unlabelled, Ŷ) + L(labelled, Y) − λ·L(labelled, Ŷ), L the least squares or
    the logistic loss. Tuned, λ between 0 and 1 makes the summed variance of the coefficients
    smallest. The numbers are those of ``ppi-python`` 0.2.3.

    Parameters
    ----------
    labelled_true, labelled_predicted : array of float, (labelled,)
    unlabelled_predicted : array of float, (unlabelled,)
    labelled_design, unlabelled_design : mapping of str to array, or DataFrame
        The same predictors of either; an intercept is put before them.
    model : {"linear", "logistic"}
    share : float, optional
        λ, 0 to 1; tuned where it is left out.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        As :func:`design_based_regression`.

    Raises
    ------
    AnalysisError
        As :func:`design_based_regression`, and if the two designs have other columns.
    """
    checks.one_of("model", model, ("linear", "logistic"))
    y = checks.numbers("labelled_true", labelled_true, ndim=1)
    f = checks.numbers("labelled_predicted", labelled_predicted, ndim=1)
    u = checks.numbers("unlabelled_predicted", unlabelled_predicted, ndim=1)
    checks.same_length(labelled_true=y, labelled_predicted=f)
    here, there = _matrix(labelled_design, len(y)), _matrix(unlabelled_design, len(u))
    if list(here.columns) != list(there.columns):
        raise AnalysisError("unlabelled_design", f"{list(there)}", f"{list(here)}")
    X, V = here.to_numpy(), there.to_numpy()
    n, m = len(y), len(u)

    def fit(lam: float) -> Array:
        def score(beta: Array) -> Array:
            rest = X.T @ (_mean(X @ beta, model) - y) / n
            rest = rest - lam * X.T @ (_mean(X @ beta, model) - f) / n
            return rest + lam * V.T @ (_mean(V @ beta, model) - u) / m

        def slope(beta: Array) -> Array:
            own = (X * _spread(X @ beta, model)[:, None]).T @ X / n
            other = (V * _spread(V @ beta, model)[:, None]).T @ V / m
            return (1 - lam) * own + lam * other

        if model == "linear":
            # Two least squares, as ppi-python adds them; their sum is not the root of the score.
            imputed = np.linalg.lstsq(V, lam * u, rcond=None)[0]
            return imputed + np.linalg.lstsq(X, y - lam * f, rcond=None)[0]
        return _newton(score, slope, np.zeros(X.shape[1]))

    def parts(beta: Array, lam: float) -> tuple[Array, Array, Array, Array]:
        own = X * (_mean(X @ beta, model) - y)[:, None]
        other = V * (_mean(V @ beta, model) - u)[:, None]
        hat = X * (_mean(X @ beta, model) - f)[:, None]
        hessian = (X * _spread(X @ beta, model)[:, None]).T @ X
        if lam != 0:
            hessian = hessian + (V * _spread(V @ beta, model)[:, None]).T @ V
        return own, hat, other, np.linalg.inv(hessian / (n + m if lam != 0 else n))

    chosen = 1.0 if share is None else share
    # λ is chosen at the estimate with λ = 1, and once more at the estimate it gives.
    for _ in range(2 if share is None else 0):
        own, hat, other, bread = parts(fit(chosen), chosen)
        a, b = own - own.mean(axis=0), hat - hat.mean(axis=0)
        both = (a.T @ b + b.T @ a) / n
        spread = np.atleast_2d(np.cov(np.concatenate([hat, other]).T))
        least = 2 * (1 + n / m) * np.trace(bread @ spread @ bread)
        chosen = float(np.clip(np.trace(bread @ both @ bread) / least, 0, 1)) if least else 0.0
    beta = fit(chosen)
    own, hat, other, bread = parts(beta, chosen)
    variance = np.atleast_2d(np.cov((own - chosen * hat).T))
    variance = variance + n / m * np.atleast_2d(np.cov(chosen * other.T))
    se = np.sqrt(np.diag(bread @ variance @ bread) / n)
    table = coefficient_table(here, beta, se, level, None)[_KEPT]
    table.attrs["lambda"] = chosen
    return table


def _matrix(design: Mapping[str, Any], rows: int) -> pd.DataFrame:
    columns = {"intercept": np.ones(rows)}
    for name in design:
        columns[str(name)] = checks.numbers(str(name), design[name], ndim=1)
        checks.same_length(units=columns["intercept"], **{str(name): columns[str(name)]})
    X = pd.DataFrame(columns)
    if rows <= X.shape[1] or np.linalg.matrix_rank(X.to_numpy()) < X.shape[1]:
        raise AnalysisError("design", "predictors that determine one another", "independent ones")
    return X


def _mean(linear: Array, model: Model) -> Array:
    return linear if model == "linear" else scipy.special.expit(linear)


def _spread(linear: Array, model: Model) -> Array:
    if model == "linear":
        return np.ones(len(linear))
    p = scipy.special.expit(linear)
    return p * (1 - p)


def _solve(X: pd.DataFrame, outcome: Array, model: Model) -> Array:
    matrix = X.to_numpy()
    if model == "linear":
        return np.linalg.solve(matrix.T @ matrix, matrix.T @ outcome)
    n = len(outcome)
    return _newton(
        lambda beta: matrix.T @ (_mean(matrix @ beta, model) - outcome) / n,
        lambda beta: (matrix * _spread(matrix @ beta, model)[:, None]).T @ matrix / n,
        np.zeros(matrix.shape[1]),
    )


def _newton(score: Any, slope: Any, beta: Array) -> Array:
    """Find the root of the score, halving steps that lead away from it."""
    value = score(beta)
    for _ in range(_STEPS):
        try:
            step = np.linalg.solve(slope(beta), value)
        except np.linalg.LinAlgError:
            break
        size = 1.0
        while size > 1e-8:
            near = score(beta - size * step)
            if np.abs(near).max() < np.abs(value).max():
                break
            size /= 2
        else:
            break
        beta, value = beta - size * step, near
        if np.abs(value).max() < 1e-14:
            break
    if not np.abs(value).max() < 1e-9 or np.abs(beta).max() > 30:
        raise AnalysisError(
            "model",
            "a logistic regression without a finite solution",
            "both outcomes in every combination of predictors",
            "join groups, code more, or use model='linear', which compares shares",
        )
    return beta


def _sandwich(
    matrix: Array, outcome: Array, beta: Array, model: Model, cluster: Sequence[Any] | None
) -> tuple[Array, float | None]:
    linear = matrix @ beta
    bread = np.linalg.inv((matrix * _spread(linear, model)[:, None]).T @ matrix)
    scores, factor, df = _summed(matrix * (outcome - _mean(linear, model))[:, None], cluster)
    return np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread) * factor), df


def _summed(scores: Array, cluster: Sequence[Any] | None) -> tuple[Array, float, float | None]:
    if cluster is None:
        return scores, 1.0, None
    checks.same_length(units=scores, cluster=list(cluster))
    number, names = pd.factorize(pd.Series(list(cluster)))
    m = len(names)
    if m < 2:
        raise AnalysisError(
            "cluster", "a single cluster", "two or more", "without clusters units count as drawn"
        )
    sums = np.zeros((m, scores.shape[1]))
    np.add.at(sums, number, scores)
    return sums, m / (m - 1), m - 1


def _best_share(  # noqa: PLR0917 - the parts of the estimate
    X: pd.DataFrame,
    g: Array,
    weight: Array,
    known: Array,
    coded: Array,
    beta: Array,
    model: Model,
    cluster: Sequence[Any] | None,
) -> float:
    """Return the λ that makes the trace of the variance smallest, at the untuned coefficients."""
    matrix = X.to_numpy()
    linear = matrix @ beta
    bread = np.linalg.inv((matrix * _spread(linear, model)[:, None]).T @ matrix)
    # Ỹ − μ = (R/π)Y − μ + λ·(g − (R/π)g): a part without λ and one times λ.
    fixed, _, _ = _summed(matrix * (weight * known - _mean(linear, model))[:, None], cluster)
    moved, _, _ = _summed(matrix * (g - weight * np.where(coded, g, 0.0))[:, None], cluster)
    fixed, moved = fixed @ bread, moved @ bread
    least = float((moved**2).sum())
    return float(np.clip(-(fixed * moved).sum() / least, 0, 1)) if least > 0 else 0.0
