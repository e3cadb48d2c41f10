"""Whether coders agree, and by how much more than chance.

Report percent agreement, alpha and AC1 together with the categories' margins: kappa collapses
where one category prevails. No label such as "substantial" has an inferential meaning; give the
interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array

SCALES = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(reliability_data: Any, *, scale: str = "nominal") -> float:
    """Krippendorff's alpha for any number of coders, with missing codings (krippendorff).

    1 − Dₒ/Dₑ over the pairs within units coded at least twice (Krippendorff 2011).

    Parameters
    ----------
    reliability_data : array or DataFrame, (coders, units)
        Codings; None or NaN where a coder left a unit out. Text for the nominal scale only.
    scale : {"nominal", "ordinal", "interval", "ratio"}
        Level of measurement; it changes the number.

    Returns
    -------
    float
        NaN if only one value occurs: without variation agreement by chance is certain.

    Raises
    ------
    ValueError
        If all codings are missing, no unit was coded twice, or values do not fit the scale.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 2, 3, None], [1, 2, 2, 3]], scale="nominal"), 4)
    0.5455
    """
    values, domain = _value_counts(reliability_data, scale)
    return _alpha(values, domain, scale)


def krippendorff_interval(
    reliability_data: Any,
    *,
    scale: str = "nominal",
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> tuple[float, float, float]:
    """Krippendorff's alpha with a bootstrap interval that draws whole units.

    Units, not ratings, are what was sampled. Not the bootstrap of pair disagreements of Hayes
    & Krippendorff (2007).

    Parameters
    ----------
    reliability_data : array or DataFrame, (coders, units)
        As `krippendorff_alpha`.
    scale : {"nominal", "ordinal", "interval", "ratio"}
        Level of measurement.
    level : float, default 0.95
        Confidence level.
    resamples : int, default 1000
        Number of resamples; those without variation have no alpha and are left out.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    (alpha, low, high) : floats

    Raises
    ------
    ValueError
        As `krippendorff_alpha`.

    Examples
    --------
    >>> data = [[1, 2, 3, 1, 2, 3, 1, 2], [1, 2, 3, 1, 2, 3, 1, 3]]
    >>> alpha, low, high = krippendorff_interval(data, resamples=200)
    >>> print(f"{alpha:.2f} [{low:.2f}, {high:.2f}]")
    0.82 [0.42, 1.00]
    """
    values, domain = _value_counts(reliability_data, scale)
    resamples = checks.whole("resamples", resamples, least=2)
    rng = np.random.default_rng(seed)
    values = values[np.lexsort(values.T[::-1])]
    drawn = rng.integers(0, len(values), size=(resamples, len(values)))
    replicates = np.array([_alpha(values[units], domain, scale) for units in drawn])
    tail = (1 - checks.level(level)) / 2
    low, high = np.nanquantile(replicates, [tail, 1 - tail])
    return _alpha(values, domain, scale), float(low), float(high)


def confusion(codes_1: Sequence[Any], codes_2: Sequence[Any]) -> pd.DataFrame:
    """Cross-tabulate two coders; units either of them left out are dropped.

    Parameters
    ----------
    codes_1, codes_2 : sequence, (units,)
        Codings; None or NaN where missing.

    Returns
    -------
    DataFrame
        Rows the first coder's categories, columns the second's, both over all categories.

    Raises
    ------
    ValueError
        If lengths differ or no unit was coded by both.

    Examples
    --------
    >>> confusion(["a", "b", "a"], ["a", "b", "b"]).to_numpy()
    array([[1, 1],
           [0, 1]])
    """
    checks.same_length(codes_1=codes_1, codes_2=codes_2)
    pairs = pd.DataFrame({"first": list(codes_1), "second": list(codes_2)}).dropna()
    checks.at_least("codes_1, codes_2", len(pairs), 1, "units coded by both")
    categories = sorted({*pairs["first"], *pairs["second"]}, key=str)
    table = pd.crosstab(pairs["first"], pairs["second"])
    return table.reindex(index=categories, columns=categories, fill_value=0)


def two_coders(table: Any, *, level: float = 0.95) -> dict[str, Any]:
    """Measure the agreement of two coders, every coefficient side by side.

    Parameters
    ----------
    table : array or DataFrame of int, (categories, categories)
        Units by the first coder's category (rows) and the second's, as from `confusion`.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    dict
        - units, percent_agreement
        - kappa (Cohen 1960), kappa_se (Fleiss, Cohen & Everitt 1969), kappa_low, kappa_high;
          kappa_linear, kappa_quadratic: weighted (Cohen 1968); statsmodels
        - scott_pi (Scott 1955): chance from the pooled margins
        - gwet_ac1 (Gwet 2008): chance Σπ(1−π)/(q−1) from them

        NaN for a coefficient whose chance agreement is 1.

    Raises
    ------
    ValueError
        If the table is not square, holds anything but counts, or is empty.

    Examples
    --------
    >>> result = two_coders([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    >>> print(f"{result['kappa']:.3f} {result['gwet_ac1']:.3f}")
    0.492 0.576
    """
    counts = checks.counts("table", table, ndim=2)
    if counts.shape[0] != counts.shape[1] or len(counts) < 2:
        raise AnalysisError("table", f"shape {counts.shape}", "as many rows as columns, 2 or more")
    n = counts.sum()
    checks.at_least("table", int(n), 1, "units")
    observed = np.trace(counts) / n
    pooled = (counts.sum(axis=0) + counts.sum(axis=1)) / (2 * n)
    result = {"units": int(n), "percent_agreement": float(observed), **_kappas(counts, level)}
    result["scott_pi"] = _above_chance(observed, (pooled**2).sum())
    chance = (pooled * (1 - pooled)).sum() / (len(counts) - 1)
    result["gwet_ac1"] = _above_chance(observed, chance)
    return result


def fleiss_kappa(counts: Any) -> tuple[float, float]:
    """Fleiss's (1971) kappa for equally many codings of every unit (statsmodels).

    Parameters
    ----------
    counts : array of int, (units, categories)
        How many coders put the unit into the category; the same sum in every row.

    Returns
    -------
    (kappa, mean_pairwise_agreement) : floats
        kappa is NaN if only one category occurs.

    Raises
    ------
    ValueError
        If rows have different sums or fewer than two codings.

    Examples
    --------
    >>> kappa, agreement = fleiss_kappa([[3, 0], [2, 1], [0, 3]])
    >>> print(f"{kappa:.3f} {agreement:.3f}")
    0.550 0.778
    """
    table = checks.counts("counts", counts, ndim=2)
    codings = table.sum(axis=1)
    checks.at_least("counts", len(table), 1, "units")
    if (codings != codings[0]).any() or codings[0] < 2:
        raise AnalysisError(
            "counts", f"rows that sum to {sorted(set(codings.tolist()))}", "one sum, 2 or more"
        )
    # Imported where it is used: it takes a second, which most notebooks need not wait.
    from statsmodels.stats import inter_rater

    m = codings[0]
    agreement = float(((table**2).sum(axis=1) - m).mean() / (m * (m - 1)))
    one_category = (table.sum(axis=0) > 0).sum() == 1
    return np.nan if one_category else float(inter_rater.fleiss_kappa(table)), agreement


def gwet_ac1(ratings: Any, *, categories: Sequence[Any] | None = None) -> dict[str, float]:
    """Gwet's (2008) AC1 for any number of coders, with missing codings.

    (pₐ − pₑ)/(1 − pₑ), pₑ = Σπ(1 − π)/(q − 1). A unit coded once enters the chance term π but
    not the observed agreement.

    Parameters
    ----------
    ratings : array or DataFrame, (units, coders)
        Codings; None or NaN where missing.
    categories : sequence, optional
        All q categories of the codebook, used or not; those that occur by default.

    Returns
    -------
    dict
        percent_agreement, chance_agreement, gwet_ac1.

    Raises
    ------
    ValueError
        If no unit was coded twice, or a coding is not among the categories.

    Examples
    --------
    >>> result = gwet_ac1([["a", "a"], ["a", "b"], ["b", "b"]])
    >>> print(f"{result['gwet_ac1']:.3f}")
    0.333
    """
    data = _objects("ratings", ratings)
    present = ~pd.isna(data)
    used = sorted({*data[present].tolist()}, key=str)
    names = list(used if categories is None else categories)
    if unknown := [value for value in used if value not in names]:
        raise AnalysisError("ratings", f"{unknown[0]!r}", f"one of the categories {names!r}")
    checks.at_least("categories", len(names), 2, "categories")
    table = np.array([[(row == name).sum() for name in names] for row in data], dtype=np.float64)
    table = table[table.sum(axis=1) > 0]
    coders = table.sum(axis=1)
    twice = coders >= 2
    checks.at_least("ratings", int(twice.sum()), 1, "units coded twice")
    pairs = (table[twice] * (table[twice] - 1)).sum(axis=1)
    observed = float((pairs / (coders[twice] * (coders[twice] - 1))).mean())
    share = (table / coders[:, None]).mean(axis=0)
    chance = float((share * (1 - share)).sum() / (len(names) - 1))
    return {
        "percent_agreement": observed,
        "chance_agreement": chance,
        "gwet_ac1": _above_chance(observed, chance),
    }


def _kappas(counts: Array, level: float) -> dict[str, float]:
    z = scipy.special.ndtri((1 + checks.level(level)) / 2)
    n = counts.sum()
    chance = (counts.sum(axis=0) / n) @ (counts.sum(axis=1) / n)
    names = ("kappa", "kappa_se", "kappa_low", "kappa_high", "kappa_linear", "kappa_quadratic")
    if np.isclose(chance, 1):
        return dict.fromkeys(names, np.nan)
    from statsmodels.stats import inter_rater

    plain = inter_rater.cohens_kappa(counts)
    half = z * plain.std_kappa
    weighted = [
        inter_rater.cohens_kappa(counts, wt=weight, return_results=False)
        for weight in ("linear", "quadratic")
    ]
    values = (plain.kappa, plain.std_kappa, plain.kappa - half, plain.kappa + half, *weighted)
    return dict(zip(names, map(float, values), strict=True))


def _above_chance(observed: float, chance: float) -> float:
    return float((observed - chance) / (1 - chance)) if chance < 1 else np.nan


def _objects(name: str, values: Any) -> np.ndarray:
    frame = pd.DataFrame(values)
    if frame.isna().to_numpy().all():
        raise AnalysisError(name, "every coding is missing", "codings")
    return frame.astype(object).to_numpy()


def _value_counts(data: Any, scale: str) -> tuple[Array, np.ndarray]:
    checks.one_of("scale", scale, SCALES)
    codings = _objects("reliability_data", data)
    present = ~pd.isna(codings)
    text = any(isinstance(value, str) for value in codings[present])
    if text and scale != "nominal":
        raise AnalysisError("reliability_data", "text", f"numbers for the {scale} scale")
    domain = np.unique(codings[present].astype(str if text else np.float64))
    if scale == "ratio" and domain[0] < 0:
        raise AnalysisError("reliability_data", f"{domain[0]:g}", "no negative value on a ratio")
    comparable = np.full(codings.shape, -1)
    comparable[present] = np.searchsorted(domain, codings[present].astype(domain.dtype))
    values = np.array([(comparable == i).sum(axis=0) for i in range(len(domain))]).T
    values = values[values.sum(axis=1) >= 2]
    checks.at_least("reliability_data", len(values), 1, "units coded twice")
    return values.astype(np.float64), domain


def _alpha(values: Array, domain: np.ndarray, scale: Any) -> float:
    used = values.sum(axis=0) > 0
    if used.sum() < 2:
        return np.nan
    return float(
        krippendorff.alpha(
            value_counts=values[:, used],
            value_domain=domain[used],
            level_of_measurement=scale,
        )
    )
