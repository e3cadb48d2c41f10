"""A smooth of a rate over time, with its wiggliness chosen by the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy
from scipy.interpolate import CubicSpline

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array


@dataclass(frozen=True)
class Smooth:
    """A fitted smooth.

    Attributes
    ----------
    table : DataFrame with time, fit_log and se_log (log rate), rate, low, high
    edf : effective degrees of freedom, 2 for a straight line
    deviance : of the Poisson model
    """

    table: pd.DataFrame
    edf: float
    deviance: float


def poisson_smooth(
    counts: Any,
    time: Any,
    at: Any,
    *,
    exposures: Any = None,
    knots: int = 10,
    level: float = 0.95,
) -> Smooth:
    """Smooth a log rate over time by a penalised cubic regression spline (Wood 2017).

    Natural cubic spline on quantiles of time, penalty λ∫f''², λ by Laplace-approximate REML
    (Wood 2011), Bayesian pointwise band. The model of R's
    mgcv::gam(y ~ s(t, bs = "cr"), poisson, method = "REML"). The band takes counts as Poisson
    given the smooth: for over-dispersed documents it is too narrow.

    Parameters
    ----------
    counts : array of int, (documents,)
        Occurrences.
    time : array of float, (documents,)
        Time of each document.
    at : array of float
        Times at which to report the smooth.
    exposures : array of float, (documents,), optional
        Tokens; 1 by default.
    knots : int, default 10
        Knots of the spline: the most it can bend.
    level : float, default 0.95
        Confidence level of the band.

    Returns
    -------
    Smooth

    Raises
    ------
    ValueError
        If lengths differ, nothing occurs or there are fewer distinct times than knots.

    Examples
    --------
    >>> result = poisson_smooth([2, 3, 2, 4, 6, 9, 8, 12, 15, 14], range(10), [0, 9], knots=5)
    >>> result.table["rate"].round(1).to_list()
    [2.2, 16.9]
    """
    y, t = checks.counts("counts", counts, ndim=1), checks.numbers("time", time, ndim=1)
    n = np.ones(len(y)) if exposures is None else checks.positive("exposures", exposures)
    points = checks.numbers("at", np.atleast_1d(at))
    checks.same_length(counts=y, time=t, exposures=n)
    knots = checks.whole("knots", knots, least=4)
    distinct = np.unique(t)
    checks.at_least("time", len(distinct), knots, "distinct times")
    if not y.any():
        raise AnalysisError("counts", "no occurrence at all", "at least one")
    places = np.quantile(distinct, np.linspace(0, 1, knots))
    spline = CubicSpline(places, np.eye(knots), bc_type="natural")
    X, offset, penalty = spline(t), np.log(n), _penalty(places, spline)
    rank = knots - 2
    start = np.full(knots, np.log(y.sum() / n.sum()))

    def loss(log_lambda: float) -> float:
        scale = float(np.exp(log_lambda))
        beta, hessian = _fit(y, X, offset, scale * penalty, start)
        eta = X @ beta + offset
        fit = y @ eta - np.exp(eta).sum() - scale * beta @ penalty @ beta / 2
        return -float(fit + rank * log_lambda / 2 - np.linalg.slogdet(hessian)[1] / 2)

    found = scipy.optimize.minimize_scalar(
        loss, bounds=(-15, 15), method="bounded", options={"xatol": 1e-7}
    )
    # The digits after these depend on the processor.
    scaled = float(np.exp(round(found.x, 4))) * penalty
    beta, hessian = _fit(y, X, offset, scaled, start)
    covariance = np.linalg.inv(hessian)
    mu = np.exp(X @ beta + offset)
    basis = spline(points)
    fit = basis @ beta
    se = np.sqrt(np.einsum("ij,jk,ik->i", basis, covariance, basis))
    half = scipy.stats.norm.ppf((1 + checks.level(level)) / 2) * se
    table = pd.DataFrame({"time": points, "fit_log": fit, "se_log": se, "rate": np.exp(fit)})
    table["low"], table["high"] = np.exp(fit - half), np.exp(fit + half)
    edf = float(np.trace(covariance @ (hessian - scaled)))
    deviance = 2 * float((scipy.special.xlogy(y, np.where(y > 0, y, 1) / mu) - (y - mu)).sum())
    return Smooth(table, edf, deviance)


def _penalty(places: Array, spline: CubicSpline) -> Array:
    bend = spline(places, 2)
    # f'' is linear between knots, so its square integrates to h(a² + ab + b²)/3.
    width = np.diff(places)[:, None, None] / 3
    left, right = bend[:-1], bend[1:]
    squares = [left[:, :, None] * left[:, None, :], right[:, :, None] * right[:, None, :]]
    cross = left[:, :, None] * right[:, None, :]
    mixed = (cross + cross.transpose(0, 2, 1)) / 2
    return (width * (squares[0] + mixed + squares[1])).sum(axis=0)


def _fit(y: Array, X: Array, offset: Array, penalty: Array, start: Array) -> tuple[Array, Array]:
    beta = start

    def height(b: Array) -> float:
        eta = np.clip(X @ b + offset, -700, 700)
        return float(y @ eta - np.exp(eta).sum() - b @ penalty @ b / 2)

    for _ in range(100):
        mu = np.exp(np.clip(X @ beta + offset, -700, 700))
        hessian = (X * mu[:, None]).T @ X + penalty
        step = np.linalg.solve(hessian, X.T @ (y - mu) - penalty @ beta)
        size, now = 1.0, height(beta)
        while height(beta + size * step) < now - 1e-9 and size > 1e-6:
            size /= 2
        beta = beta + size * step
        if np.abs(step).max() < 1e-9:
            break
    mu = np.exp(np.clip(X @ beta + offset, -700, 700))
    return beta, (X * mu[:, None]).T @ X + penalty
