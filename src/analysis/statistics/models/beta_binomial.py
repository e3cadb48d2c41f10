"""Beta-binomial regression of shares, and the maximisation it shares with the mixed models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import scipy
from statsmodels.tools.numdiff import approx_hess

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.models.rate_models import (
    RateModel,
    coefficient_table,
    poisson,
    regression_input,
    separation,
)


def beta_binomial(
    counts: Any, exposures: Any, design: Mapping[str, Any], *, level: float = 0.95
) -> RateModel:
    """Beta-binomial regression of shares on the logit scale, by maximum likelihood.

    ρ = 1/(1+α+β) is the correlation of two words of one document (Skellam 1948; Crowder 1978).

    Parameters
    ----------
    counts : array of int, (documents,)
        Occurrences.
    exposures : array of int, (documents,)
        Tokens, each at least its count.
    design : mapping of str to array (documents,), or DataFrame
        Predictors; an intercept is put before them.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    RateModel
        parameters: rho and logit_rho. Without over-dispersion ρ tends to 0 and `note` says so.

    Raises
    ------
    ValueError
        As `poisson`, or if a document has more occurrences than tokens.

    Examples
    --------
    >>> model = beta_binomial([3, 0, 14, 7, 30], [1430, 135, 2318, 900, 1000], {})
    >>> print(f"{model.parameters['rho']:.4f}")
    0.0085
    """
    y, n, X, _ = regression_input(counts, exposures, design, None)
    checks.counts("exposures", n)
    checks.within("counts", y, "exposures", n)
    matrix = X.to_numpy()
    constant = (
        scipy.special.gammaln(n + 1)
        - scipy.special.gammaln(y + 1)
        - scipy.special.gammaln(n - y + 1)
    ).sum()

    def loss(parameters: Array) -> float:
        mean = scipy.special.expit(matrix @ parameters[:-1])
        size = np.exp(-parameters[-1])
        a, b = mean * size, (1 - mean) * size
        return -float(
            constant + (scipy.special.betaln(y + a, n - y + b) - scipy.special.betaln(a, b)).sum()
        )

    start = poisson(y, n, X.iloc[:, 1:], covariance="model").table["coef"]
    best, hessian = maximise(loss, np.append(start, -6.0), lower=[*[-50.0] * len(start), -18.0])
    rho, covariance = scipy.special.expit(best[-1]), _inverse(hessian)
    note = separation(y, X)
    if best[-1] < -17:
        note = "; ".join(filter(None, [note, "no over-dispersion: rho is 0, a binomial model"]))
    note = "; ".join(filter(None, [note, checks.few_documents(len(y))]))
    table = coefficient_table(X, best[:-1], np.sqrt(np.diag(covariance))[:-1], level, None)
    parameters = {"rho": float(rho), "logit_rho": float(best[-1])}
    return RateModel(table, "beta-binomial", -loss(best), parameters, len(y), 0, note)


def maximise(loss: Any, start: Array, *, lower: list[float] | None = None) -> tuple[Array, Array]:
    """Minimise a negative log-likelihood and return the estimate and its Hessian there.

    Parameters
    ----------
    loss : callable
        Negative log-likelihood of a parameter vector.
    start : array of float
        Where to begin.
    lower : list of float, optional
        Lower bounds.

    Returns
    -------
    (estimate, hessian) : arrays

    Raises
    ------
    ValueError
        If no finite maximum is found.

    Examples
    --------
    >>> estimate, hessian = maximise(lambda x: float((x[0] - 2) ** 2), np.array([0.0]))
    >>> estimate.round(3)
    array([2.])
    """
    bounds = None if lower is None else [(low, None) for low in lower]
    best = start
    for _ in range(3):
        found = scipy.optimize.minimize(
            loss, best, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-9}
        )
        best = found.x
    if not np.isfinite(found.fun):
        raise AnalysisError("counts", "a likelihood without a maximum", "a simpler model")
    return best, approx_hess(best, loss)


def _inverse(hessian: Array) -> Array:
    try:
        return np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(hessian, np.nan)
