"""Regressions of rates: ln μ = Xβ + ln exposure, one row per document.

Poisson with the dispersion taken seriously (quasi-Poisson, sandwich by document or by speaker),
negative binomial. `beta_binomial` regresses shares, `mixed_models` adds a random intercept of the
speaker.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array

FEW_CLUSTERS = 20
"""Below this many speakers the sandwich is too small."""


@dataclass(frozen=True)
class RateModel:
    """A fitted regression of rates.

    Attributes
    ----------
    table : DataFrame
        One row per term: coef (log scale; logit for the beta-binomial), se, low, high, p, and
        ratio, ratio_low, ratio_high = exp of coef, low and high.
    family : what was fitted
    log_likelihood : NaN for quasi-likelihood
    parameters : further estimates by name: dispersion, deviance, theta (var = μ + μ²/θ), rho,
        sd_cluster; p_quasi_t and the like where they belong to the model
    documents, clusters : units; clusters is 0 without any
    note : what to say beside the numbers, empty when nothing
    """

    table: pd.DataFrame
    family: str
    log_likelihood: float
    parameters: dict[str, float]
    documents: int
    clusters: int = 0
    note: str = ""


def poisson(
    counts: Any,
    exposures: Any,
    design: Mapping[str, Any],
    *,
    covariance: str = "quasi",
    clusters: Any = None,
    correction: str = "stata",
    level: float = 0.95,
) -> RateModel:
    """Poisson regression of rates with a variance that believes the data (statsmodels).

    Parameters
    ----------
    counts : array of int, (documents,)
        Occurrences.
    exposures : array of float, (documents,)
        Tokens; documents without any are left out.
    design : mapping of str to array (documents,), or DataFrame
        Predictors; an intercept is put before them. May be empty.
    covariance : {"quasi", "model", "hc0", "cluster"}
        "quasi": standard errors × √(Pearson χ²/df), t tests; "model": as if words were
        independent; "hc0": sandwich by document; "cluster": sandwich by speaker.
    clusters : array, (documents,), optional
        Speaker of each document, for "cluster".
    correction : {"stata", "clusters", "none"}
        Small-sample factor of the cluster sandwich: G/(G−1)·(N−1)/(N−K), G/(G−1), or 1.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    RateModel
        `note` warns below 20 speakers, where the sandwich is too small: use
        `comparison.permutation_test` over speakers or a mixed model.

    Raises
    ------
    ValueError
        If lengths differ, counts are not counts, or predictors are collinear.

    Examples
    --------
    >>> model = poisson([3, 0, 14, 7], [1430, 135, 2318, 900], {"late": [0, 0, 1, 1]})
    >>> model.table["ratio"].round(2).to_dict()
    {'intercept': 0.0, 'late': 3.4}
    """
    checks.one_of("covariance", covariance, ("quasi", "model", "hc0", "cluster"))
    checks.one_of("correction", correction, ("stata", "clusters", "none"))
    y, n, X, speakers = regression_input(counts, exposures, design, clusters)
    if covariance == "cluster" and speakers is None:
        raise AnalysisError("clusters", "None", "the speaker of each document")
    from statsmodels.genmod import families

    family = families.Poisson()
    plain = _glm(y, n, X, family)
    pearson = float(plain.pearson_chi2 / max(plain.df_resid, 1))
    parameters = {"dispersion": pearson, "deviance": float(plain.deviance)}
    se, df, groups, note = np.asarray(plain.bse), None, 0, separation(y, X)
    if covariance == "quasi":
        se, df = se * np.sqrt(pearson), plain.df_resid
    elif covariance == "hc0":
        se = _sandwich(y - plain.fittedvalues, X, plain)
    elif covariance == "cluster":
        distinct, member = np.unique(np.asarray(speakers), return_inverse=True)
        groups = len(distinct)
        checks.at_least("clusters", groups, 2, "speakers")
        totals = np.eye(groups)[member].T
        factor = {
            "none": 1.0,
            "clusters": groups / (groups - 1),
            "stata": groups / (groups - 1) * (len(y) - 1) / max(len(y) - X.shape[1], 1),
        }[correction]
        se = _sandwich(y - plain.fittedvalues, X, plain, totals) * np.sqrt(factor)
        if groups < FEW_CLUSTERS:
            few = f"only {groups} speakers: the sandwich is too small below {FEW_CLUSTERS}"
            note = "; ".join(filter(None, [note, few + ", prefer permutation over speakers"]))
    llf = float(plain.llf) if covariance != "quasi" else np.nan
    parameters["log_likelihood_poisson"] = float(plain.llf)
    table = coefficient_table(X, plain.params, se, level, df)
    name = {"quasi": "quasi-Poisson", "model": "Poisson"}.get(covariance, f"Poisson, {covariance}")
    few = checks.few_documents(len(y))
    note = "; ".join(filter(None, [note, few]))
    return RateModel(table, name, llf, parameters, len(y), groups, note)


def negative_binomial(
    counts: Any, exposures: Any, design: Mapping[str, Any], *, level: float = 0.95
) -> RateModel:
    """Negative binomial (NB2) regression of rates, variance μ + μ²/θ with θ estimated.

    Maximum likelihood of θ over Poisson-like fits at fixed θ (Venables & Ripley 2002), with
    standard errors from the expected information. statsmodels' `GLM(NegativeBinomial())` fixes
    θ = 1 and is another model.

    Parameters
    ----------
    counts, exposures, design, level
        As `poisson`.

    Returns
    -------
    RateModel
        parameters: theta, and likelihood_ratio of the model against the intercept alone.
        Where counts vary no more than Poisson ones, θ has no finite estimate: the Poisson fit
        is returned, θ is inf and `note` says so.

    Raises
    ------
    ValueError
        As `poisson`.

    Examples
    --------
    >>> model = negative_binomial([3, 0, 14, 7, 30], [1430, 135, 2318, 900, 1000], {})
    >>> print(f"{model.parameters['theta']:.2f}")
    1.17
    """
    y, n, X, _ = regression_input(counts, exposures, design, None)
    theta, fit = _theta(y, n, X)
    null = _theta(y, n, X.iloc[:, :1])[1] if X.shape[1] > 1 else fit
    parameters = {
        "theta": theta,
        "likelihood_ratio": float(2 * (fit.llf - null.llf)),
        "deviance": float(fit.deviance),
    }
    note = separation(y, X)
    if np.isinf(theta):
        note = "; ".join(filter(None, [note, "no over-dispersion: Poisson fitted instead"]))
    note = "; ".join(filter(None, [note, checks.few_documents(len(y))]))
    table = coefficient_table(X, fit.params, np.asarray(fit.bse), level, None)
    family = "Poisson" if np.isinf(theta) else "negative binomial"
    return RateModel(table, family, float(fit.llf), parameters, len(y), 0, note)


def regression_input(
    counts: Any, exposures: Any, design: Mapping[str, Any], clusters: Any
) -> tuple[Array, Array, pd.DataFrame, np.ndarray | None]:
    """Check a regression's input and leave out documents without tokens.

    Parameters
    ----------
    counts, exposures, design, clusters
        As `poisson`.

    Returns
    -------
    (counts, exposures, design with intercept, clusters as text or None)

    Raises
    ------
    ValueError
        As `poisson`.

    Examples
    --------
    >>> regression_input([1, 2, 4], [10, 10, 0.5], {"x": [0, 1, 1]}, None)[2].columns.to_list()
    ['intercept', 'x']
    """
    y, n = checks.units(counts, exposures, least=1)
    if y.ndim != 1:
        raise AnalysisError("counts", f"{y.ndim} dimensions", "one count per document")
    kept = np.asarray(exposures, dtype=np.float64) > 0
    columns = {"intercept": np.ones(len(y))}
    for name in design:
        column = checks.numbers(str(name), design[name], ndim=1)
        checks.same_length(exposures=np.asarray(exposures), **{str(name): column})
        columns[str(name)] = column[kept]
    X = pd.DataFrame(columns)
    checks.at_least("exposures", len(y), X.shape[1] + 1, "documents with tokens")
    if np.linalg.matrix_rank(X.to_numpy()) < X.shape[1]:
        raise AnalysisError("design", "predictors that determine one another", "independent ones")
    if not y.any():
        raise AnalysisError("counts", "no occurrence at all", "at least one")
    speakers = None
    if clusters is not None:
        checks.same_length(exposures=np.asarray(exposures), clusters=clusters)
        speakers = np.asarray(clusters, dtype=object)[kept].astype(str)
    return y, n, X, speakers


def coefficient_table(
    X: pd.DataFrame, coef: Any, se: Array, level: float, df: float | None
) -> pd.DataFrame:
    """Tabulate coefficients with Wald intervals, normal or t with `df` degrees of freedom.

    Parameters
    ----------
    X : DataFrame
        Design; its columns name the rows.
    coef, se : array of float
        Estimates and standard errors.
    level : float
        Confidence level.
    df : float, optional
        Degrees of freedom of a t distribution.

    Returns
    -------
    DataFrame
        Columns coef, se, low, high, p, ratio, ratio_low, ratio_high.

    Raises
    ------
    ValueError
        If `level` is not between 0 and 1.

    Examples
    --------
    >>> table = coefficient_table(pd.DataFrame({"x": [1.0]}), [0.0], np.array([1.0]), 0.95, None)
    >>> table["p"].to_list()
    [1.0]
    """
    law = scipy.stats.norm if df is None else scipy.stats.t(df)
    coef = np.asarray(coef, dtype=np.float64)
    half = law.ppf((1 + checks.level(level)) / 2) * se
    table = pd.DataFrame({"coef": coef, "se": se, "low": coef - half, "high": coef + half})
    table["p"] = 2 * law.sf(np.abs(coef) / se)
    for name in ("coef", "low", "high"):
        target = "ratio" if name == "coef" else f"ratio_{name}"
        with np.errstate(over="ignore"):
            table[target] = np.exp(table[name])
    return table.set_index(pd.Index(X.columns, name="term"))


def _glm(y: Array, n: Array, X: pd.DataFrame, family: Any) -> Any:
    # Imported where it is used: it takes a second, which most notebooks need not wait.
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # What statsmodels warns of (separation, no convergence) is said in the model's note.
        warnings.simplefilter("ignore")
        return GLM(y, X.to_numpy(), family=family, offset=np.log(n)).fit(tol=1e-12, maxiter=200)


def _theta(y: Array, n: Array, X: pd.DataFrame) -> tuple[float, Any]:
    from statsmodels.genmod import families

    def fit(log_theta: float) -> Any:
        return _glm(y, n, X, families.NegativeBinomial(alpha=float(np.exp(-log_theta))))

    found = scipy.optimize.minimize_scalar(
        lambda log_theta: -fit(log_theta).llf,
        bounds=(-7, 14),
        method="bounded",
        options={"xatol": 1e-7},
    )
    poisson_fit = _glm(y, n, X, families.Poisson())
    if -found.fun - poisson_fit.llf < 1e-3 and found.x > 5:
        return np.inf, poisson_fit
    return float(np.exp(found.x)), fit(found.x)


def _sandwich(residual: Array, X: pd.DataFrame, fit: Any, totals: Any = None) -> Array:
    matrix = X.to_numpy()
    bread = np.asarray(fit.cov_params())
    scores = matrix * np.asarray(residual)[:, None]
    if totals is not None:
        scores = totals @ scores
    return np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread))


def separation(y: Array, X: pd.DataFrame) -> str:
    """Say which value of a two-valued predictor has no occurrence, or nothing.

    Parameters
    ----------
    y : array of float, (documents,)
        Occurrences.
    X : DataFrame, (documents, terms)
        Design with the intercept first.

    Returns
    -------
    str

    Examples
    --------
    >>> separation(np.array([0.0, 2.0]), pd.DataFrame({"intercept": [1, 1], "late": [0, 1]}))
    'no occurrence where late is 0: its coefficient is infinite'
    """
    for name in X.columns[1:]:
        column = X[name].to_numpy()
        for value in np.unique(column) if len(np.unique(column)) == 2 else ():
            if not y[column == value].any():
                return f"no occurrence where {name} is {value:g}: its coefficient is infinite"
    return ""
