"""Change over time: smooths, robust errors and rank tests; breaks are in `change_points`.

For counts use a count model of documents with their tokens as exposure
(`rate_models.negative_binomial` on time): a smooth through yearly totals hides that years hold
unequal numbers of documents. Speakers come and go: compare the slope within speakers too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy
import statsmodels.api as sm
from statsmodels.nonparametric.smoothers_lowess import lowess as _lowess
from statsmodels.stats.stattools import durbin_watson

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array


def lowess(x: Any, y: Any, *, fraction: float = 2 / 3, robust_iterations: int = 3) -> Array:
    """Cleveland's (1979) robust local regression (statsmodels, with R's delta of 1 %).

    Parameters
    ----------
    x, y : array of float, (points,)
        Time and value.
    fraction : float, default 2/3
        Share of the points in each neighbourhood.
    robust_iterations : int, default 3
        Times outliers are weighed down.

    Returns
    -------
    array of float, (points,)
        Fitted values in the order of `x`.

    Raises
    ------
    ValueError
        If lengths differ or `fraction` is not in (0, 1].

    Examples
    --------
    >>> lowess([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]).round(2)
    array([ 2.,  4.,  6.,  8., 10.])
    """
    x, y = _series(x, y, least=3)
    if not 0 < fraction <= 1:
        raise AnalysisError("fraction", f"{fraction!r}", "more than 0, at most 1")
    iterations = checks.whole("robust_iterations", robust_iterations, least=0)
    if np.ptp(y) == 0:
        return y.copy()
    delta = 0.01 * np.ptp(x)
    return _lowess(y, x, frac=fraction, it=iterations, delta=delta, return_sorted=False)


def loess_band(
    x: Any,
    y: Any,
    at: Any,
    *,
    span: float = 0.75,
    degree: int = 1,
    level: float = 0.95,
) -> pd.DataFrame:
    """Local regression with a pointwise band (Cleveland & Devlin 1988).

    Tricube weights over the nearest share `span` of the points; fit = l(x)ᵀy,
    se = s‖l(x)‖, s² = Σ residual²/δ₁, band fit ± t·se with δ₁²/δ₂ degrees of freedom. What R's
    `loess` gives with surface="direct", statistics="exact". The band is pointwise, not
    simultaneous.

    Parameters
    ----------
    x, y : array of float, (points,)
        Time and value.
    at : array of float
        Where to fit.
    span : float, default 0.75
        Share of the points in each neighbourhood; above 1 widens it further.
    degree : {1, 2}
        Degree of the local polynomial.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        Columns x, fit, se, low, high.

    Raises
    ------
    ValueError
        If lengths differ, or a neighbourhood holds too few distinct points.

    Examples
    --------
    >>> loess_band([1, 2, 3, 4, 5, 6], [2, 4, 7, 8, 10, 13], [3.5])["fit"].round(2).to_list()
    [7.5]
    """
    x, y = _series(x, y, least=4)
    points = checks.numbers("at", np.atleast_1d(at))
    checks.one_of("degree", degree, (1, 2))
    weights = np.array([_loess_weights(x, point, span, degree) for point in points])
    smoother = np.array([_loess_weights(x, point, span, degree) for point in x])
    rest = np.eye(len(x)) - smoother
    quadratic = rest.T @ rest
    delta_1, delta_2 = np.trace(quadratic), np.trace(quadratic @ quadratic)
    sigma = np.sqrt(((rest @ y) ** 2).sum() / delta_1)
    se = sigma * np.sqrt((weights**2).sum(axis=1))
    half = scipy.stats.t.ppf((1 + checks.level(level)) / 2, delta_1**2 / delta_2) * se
    fit = weights @ y
    return pd.DataFrame({"x": points, "fit": fit, "se": se, "low": fit - half, "high": fit + half})


def rolling_mean(y: Any, *, window: int) -> Array:
    """Centred moving average; NaN where the window leaves the series.

    Parameters
    ----------
    y : array of float, (points,)
        Values in order.
    window : int
        Points of the window; an even one is centred half a step late.

    Returns
    -------
    array of float, (points,)

    Raises
    ------
    ValueError
        If a value is missing.

    Examples
    --------
    >>> rolling_mean([1, 2, 6], window=3)
    array([nan,  3., nan])
    """
    values = checks.numbers("y", y, ndim=1)
    window = checks.whole("window", window)
    return pd.Series(values).rolling(window, center=True).mean().to_numpy()


def newey_west(y: Any, time: Any, *, lags: int, family: str = "ols") -> pd.DataFrame:
    """Regress a series on time with autocorrelation-robust errors (Newey & West 1987).

    Bartlett weights, no small-sample correction (statsmodels). For yearly aggregates.

    Parameters
    ----------
    y : array of float, (points,)
        Values, or counts for "poisson", in order.
    time : array of float, (points,)
        Time of each.
    lags : int
        Largest lag.
    family : {"ols", "poisson"}
        Least squares, or log-linear Poisson.

    Returns
    -------
    DataFrame
        Index intercept, time; columns coef, se, p; attrs["durbin_watson"] of the residuals
        (2 without autocorrelation; least squares only).

    Raises
    ------
    ValueError
        If lengths differ or lags exceed the series.

    Examples
    --------
    >>> newey_west([1, 3, 2, 5, 4, 6], range(6), lags=1)["coef"].round(3).to_list()
    [1.286, 0.886]
    """
    checks.one_of("family", family, ("ols", "poisson"))
    x, values = _series(time, y, least=4)
    lags = checks.whole("lags", lags, least=0)
    checks.at_least("y", len(values), lags + 2, "points")
    X = sm.add_constant(x)
    hac = {"cov_type": "HAC", "cov_kwds": {"maxlags": lags, "use_correction": False}}
    if family == "ols":
        fit = sm.OLS(values, X).fit(**hac)
    else:
        checks.counts("y", values)
        fit = sm.GLM(values, X, family=sm.families.Poisson()).fit(tol=1e-12, **hac)
    index = pd.Index(["intercept", "time"], name="term")
    columns = {"coef": fit.params, "se": fit.bse, "p": fit.pvalues}
    table = pd.DataFrame({name: np.asarray(v) for name, v in columns.items()}, index=index)
    if family == "ols":
        table.attrs["durbin_watson"] = float(durbin_watson(fit.resid))
    return table


def mann_kendall(y: Any) -> dict[str, float]:
    """Mann-Kendall test of a monotone trend, with ties, and the Theil-Sen slope.

    S = Σ sign(yⱼ − yᵢ); variance [n(n−1)(2n+5) − Σt(t−1)(2t+5)]/18 (Mann 1945; Kendall 1975).
    Assumes no autocorrelation.

    Parameters
    ----------
    y : array of float, (points,)
        Values at equal steps of time.

    Returns
    -------
    dict
        s, var_s, z_with_continuity and p_with_continuity (|S| − 1), z_without_continuity,
        p_without_continuity, tau_b, theil_sen_slope per step.

    Raises
    ------
    ValueError
        If there are fewer than three points.

    Examples
    --------
    >>> result = mann_kendall([1, 2, 2, 4, 5])
    >>> result["s"], round(result["theil_sen_slope"], 2)
    (9.0, 1.0)
    """
    values = checks.numbers("y", y, ndim=1)
    n = len(values)
    checks.at_least("y", n, 3, "points")
    s = float(np.sign(np.subtract.outer(values, values))[np.tril_indices(n, -1)].sum())
    ties = np.unique(values, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    slope = float(scipy.stats.theilslopes(values).slope)
    if variance == 0:
        flat = ("z_with_continuity", "z_without_continuity", "tau_b")
        same = dict.fromkeys(("p_with_continuity", "p_without_continuity"), 1.0)
        return {"s": s, "var_s": 0.0, **dict.fromkeys(flat, np.nan), **same, "theil_sen_slope": 0.0}
    plain, cautious = (float(v / np.sqrt(variance)) for v in (s, s - np.sign(s)))
    return {
        "s": s,
        "var_s": float(variance),
        "z_with_continuity": cautious,
        "p_with_continuity": float(2 * scipy.special.ndtr(-abs(cautious))),
        "z_without_continuity": plain,
        "p_without_continuity": float(2 * scipy.special.ndtr(-abs(plain))),
        "tau_b": float(scipy.stats.kendalltau(np.arange(n), values).statistic),
        "theil_sen_slope": slope,
    }


def _series(x: Any, y: Any, *, least: int) -> tuple[Array, Array]:
    x, y = checks.numbers("x", x, ndim=1), checks.numbers("y", y, ndim=1)
    checks.same_length(x=x, y=y)
    checks.at_least("x", len(np.unique(x)), least, "distinct points in time")
    return x, y


def _loess_weights(x: Array, at: float, span: float, degree: int) -> Array:
    n = len(x)
    nearest = min(n, int(np.floor(n * span + 1e-5)))
    distance = np.abs(x - at)
    reach = np.sort(distance)[nearest - 1] * max(span, 1.0)
    weight = np.where(distance < reach, (1 - (distance / max(reach, 1e-300)) ** 3) ** 3, 0.0)
    basis = np.vander(x - at, degree + 1, increasing=True)
    if len(np.unique(x[weight > 0])) <= degree:
        raise AnalysisError("span", f"{span!r}", "enough distinct points around every point")
    return (np.linalg.pinv(basis * np.sqrt(weight)[:, None]) * np.sqrt(weight))[0]
