"""Count regressions with a random intercept of the speaker, by maximum likelihood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.models.beta_binomial import maximise
from analysis.statistics.models.rate_models import (
    RateModel,
    coefficient_table,
    negative_binomial,
    poisson,
    regression_input,
)

LARGEST_LOG_THETA = 12.0


def random_intercept(
    counts: Any,
    exposures: Any,
    design: Mapping[str, Any],
    clusters: Any,
    *,
    family: str = "negative_binomial",
    quadrature: int = 1,
    level: float = 0.95,
) -> RateModel:
    """Regress rates on predictors with a normal random intercept of each speaker.

    ln μ = Xβ + b_speaker + ln exposure, b ~ N(0, σ²). The likelihood integrates b out by
    Laplace's approximation, what R's glmmTMB and lme4 do, or by adaptive Gauss-Hermite
    quadrature (Pinheiro & Bates 1995); the two differ by up to 3 % with few documents a speaker.

    Parameters
    ----------
    counts, exposures, design : as `rate_models.poisson`
    clusters : array, (documents,)
        Speaker of each document.
    family : {"negative_binomial", "poisson"}
        Whether documents of one speaker vary more than Poisson counts.
    quadrature : int, default 1
        Quadrature points; 1 is Laplace.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    RateModel
        parameters: sd_cluster (σ) and theta (negative binomial).
        `note` says when σ or the over-dispersion vanishes, and when speakers are few.

    Raises
    ------
    ValueError
        As `rate_models.poisson`, or with fewer than three speakers.

    Examples
    --------
    >>> model = random_intercept(
    ...     [3, 4, 14, 17, 2, 1, 8, 9], [1000] * 8, {}, list("AABBCCDD"), family="poisson"
    ... )
    >>> print(f"{model.parameters['sd_cluster']:.2f}")
    0.80
    """
    checks.one_of("family", family, ("negative_binomial", "poisson"))
    points = checks.whole("quadrature", quadrature)
    y, n, X, speakers = regression_input(counts, exposures, design, clusters)
    distinct, member = np.unique(np.asarray(speakers), return_inverse=True)
    checks.at_least("clusters", len(distinct), 3, "speakers")
    matrix, offset = X.to_numpy(), np.log(n)
    over = family == "negative_binomial"
    fixed = X.shape[1]

    def loss(parameters: Array) -> float:
        log_theta = min(parameters[-1], LARGEST_LOG_THETA) if over else np.inf
        eta = matrix @ parameters[:fixed] + offset
        return -_integrated(y, eta, member, parameters[fixed], log_theta, points)

    start = _start(y, n, X, over)
    lower = [*[-50.0] * fixed, -9.0, *([-5.0] if over else [])]
    best, hessian = maximise(loss, np.array(start), lower=lower)
    # At the edge of the parameter space the likelihood is flat in σ or θ; the rest keeps its own.
    free = [i for i in range(len(best)) if i < fixed or abs(hessian[i, i]) > 1e-4]
    covariance = np.linalg.pinv(hessian[np.ix_(free, free)])
    se = np.sqrt(np.clip(np.diag(covariance)[:fixed], 0, None))
    notes, none = [], best[fixed] < -5
    if none:
        notes.append("no variation between speakers beyond chance: sd_cluster is 0")
    parameters = {"sd_cluster": 0.0 if none else float(np.exp(best[fixed]))}
    if over:
        none = best[-1] > LARGEST_LOG_THETA - 2
        parameters["theta"] = np.inf if none else float(np.exp(best[-1]))
        if none:
            notes.append("no over-dispersion within speakers: a Poisson model with intercepts")
    if len(distinct) < checks.FEW_DOCUMENTS:
        notes.append(
            f"only {len(distinct)} speakers: their variance is hardly estimated, prefer "
            "permutation over speakers"
        )
    name = f"{family.replace('_', ' ')} with random intercepts"
    return RateModel(
        table=coefficient_table(X, best[:fixed], se, level, None),
        family=name,
        log_likelihood=-loss(best),
        parameters=parameters,
        documents=len(y),
        clusters=len(distinct),
        note="; ".join(notes),
    )


def _start(y: Array, n: Array, X: Any, over: bool) -> list[float]:
    design = {name: X[name] for name in X.columns[1:]}
    if not over:
        return [*poisson(y, n, design).table["coef"], np.log(0.5)]
    model = negative_binomial(y, n, design)
    theta = min(model.parameters["theta"], np.exp(5.0))
    return [*model.table["coef"], np.log(0.5), np.log(2 * theta)]


def _integrated(  # noqa: PLR0917 - a likelihood of six things
    y: Array, eta: Array, member: np.ndarray, log_sd: float, log_theta: float, points: int
) -> float:
    clusters = member.max() + 1
    sd, theta = np.exp(log_sd), np.exp(log_theta)
    mode = np.zeros(clusters)

    def derivatives(b: Array) -> tuple[Array, Array]:
        mu = np.exp(np.clip(eta + b[member], -700, 700))
        if np.isinf(theta):
            slope, bend = y - mu, mu
        else:
            slope, bend = (
                theta * (y - mu) / (theta + mu),
                theta * mu * (theta + y) / (theta + mu) ** 2,
            )
        slope = np.bincount(member, slope, clusters) - b / sd**2
        return slope, np.bincount(member, bend, clusters) + 1 / sd**2

    for _ in range(100):
        slope, bend = derivatives(mode)
        step = np.clip(slope / bend, -2, 2)
        mode = mode + step
        if np.abs(step).max() < 1e-11:
            break
    _, bend = derivatives(mode)
    scale = 1 / np.sqrt(bend)
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    heights = np.array(
        [
            np.bincount(member, _log_density(y, eta + (mode + x * scale)[member], theta), clusters)
            - (mode + x * scale) ** 2 / (2 * sd**2)
            + x**2 / 2
            + np.log(w)
            for x, w in zip(nodes, weights, strict=True)
        ]
    )
    by_cluster = scipy.special.logsumexp(heights, axis=0) + np.log(scale / sd)
    return float((by_cluster - np.log(2 * np.pi) / 2).sum())


def _log_density(y: Array, eta: Array, theta: float) -> Array:
    mu = np.exp(np.clip(eta, -700, 700))
    if np.isinf(theta):
        return y * eta - mu - scipy.special.gammaln(y + 1)
    ln = scipy.special.gammaln
    choose = ln(y + theta) - ln(theta) - ln(y + 1)
    return choose + y * (eta - np.log(theta + mu)) - theta * np.log1p(mu / theta)
