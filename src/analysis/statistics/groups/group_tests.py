"""One term, two groups: every test that takes documents or speakers as units, in one table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.groups.comparison import bootstrap_test, mann_whitney, welch
from analysis.statistics.groups.permutation import mean_permutation, permutation_test
from analysis.statistics.models.mixed_models import random_intercept
from analysis.statistics.models.rate_models import RateModel, negative_binomial, poisson
from analysis.statistics.words.contingency import log_likelihood, p_value
from analysis.statistics.words.effect_size import relative_risk

COLUMNS = ["test", "unit", "measure", "estimate", "low", "high", "p", "units", "note"]


def compare_groups(
    table: pd.DataFrame,
    *,
    count: str = "count",
    exposure: str = "exposure",
    group: str = "group",
    focus: Any,
    speaker: str | None = None,
    level: float = 0.95,
    permutations: int = 9999,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the rate of one term in two groups by every test, side by side.

    Parameters
    ----------
    table : DataFrame
        One row per document.
    count, exposure, group : str
        Columns: occurrences, tokens, and the group, which has two values.
    focus : label
        The group the estimates speak of, against the other.
    speaker : str, optional
        Column of the speaker; adds the tests with speakers as units.
    level : float, default 0.95
        Confidence level.
    permutations, seed : int
        For the permutation and bootstrap tests.

    Returns
    -------
    DataFrame
        Columns test, unit (token, document, speaker), measure (what estimate is), estimate,
        low, high, p, units, note. Estimates are ratios of rates ("rate ratio"), differences of
        pooled rates ("rate difference") or of mean per-document rates ("mean difference"), or
        the chance that a focus document has the higher rate ("superiority"). A test the data
        cannot bear has NaN and says why in `note`; so do tests of too few units.

    Raises
    ------
    ValueError
        If a column is missing, there are not two groups, or counts are not counts.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "count": [9, 7, 8, 2, 1, 3], "exposure": [1000] * 6, "group": list("aaabbb")
    ... })
    >>> result = compare_groups(table, focus="a").set_index("test")
    >>> round(float(result.loc["permutation", "p"]), 3)
    0.1
    """
    for name in filter(None, (count, exposure, group, speaker)):
        if name not in table:
            raise AnalysisError("table", f"no column {name!r}", f"{count}, {exposure}, {group}")
    k, n = checks.units(table[count].to_numpy(), table[exposure].to_numpy())
    kept = table[exposure].to_numpy(dtype=np.float64) > 0
    labels = table.loc[kept, group].to_numpy(dtype=object)
    if len(set(labels.tolist())) != 2 or focus not in labels:
        raise AnalysisError(
            group, f"the groups {sorted(set(labels.tolist()), key=str)}", f"two, one {focus!r}"
        )
    first = labels == focus
    x, y = k[first] / n[first], k[~first] / n[~first]
    # The focus must come first wherever groups are sorted.
    codes = np.where(first, 0, 1)
    design = {"focus": first.astype(np.float64)}
    few = checks.few_documents(min(len(x), len(y)), "documents in a group")
    rows = [_tokens(k, n, first, level)]
    shuffle = permutation_test(k, n, codes, permutations=permutations, seed=seed)
    add = _adder(rows, "document", len(n))
    add("permutation", "rate difference", shuffle.difference, p=shuffle.p)
    mean = x.mean() - y.mean()
    add("mean permutation", "mean difference", mean, p=mean_permutation(x, y))
    ranks = mann_whitney(x, y)
    exact = np.isfinite(ranks["p_exact"])
    p = ranks["p_exact" if exact else "p_normal_continuity"]
    add("Mann-Whitney", "superiority", ranks["effect"], p=p)
    if min(len(x), len(y)) > 1:
        t = welch(x, y, level=level)
        add("Welch", "mean difference", mean, t["low"], t["high"], t["p"], few)
    bootstrap = bootstrap_test(x, y, resamples=permutations, seed=seed)
    add("bootstrap", "mean difference", mean, p=bootstrap["p"], note=few)
    _model(rows, "document", lambda: poisson(k, n, design, level=level))
    _model(rows, "document", lambda: negative_binomial(k, n, design, level=level))
    if speaker is not None:
        _speaker_rows(
            rows, k, n, codes, design, table.loc[kept, speaker], permutations, seed, level
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _tokens(k: Any, n: Any, first: Any, level: float) -> list[Any]:
    numbers = (k[first].sum(), n[first].sum(), k[~first].sum(), n[~first].sum())
    note = "takes words as independent: for comparability only"
    if (numbers[0] > numbers[1]) or (numbers[2] > numbers[3]) or (n != np.floor(n)).any():
        return ["log-likelihood", "token", "rate ratio", *[np.nan] * 4, 0, "exposure is not tokens"]
    estimate, low, high = relative_risk(*numbers, level=level)
    p = p_value(log_likelihood(*numbers))
    return ["log-likelihood", "token", "rate ratio", estimate, low, high, p, int(n.sum()), note]


def _adder(rows: list[Any], unit: str, units: int) -> Any:
    def add(  # noqa: PLR0917 - a row's cells, in order
        test: str,
        measure: str,
        estimate: float,
        low: float = np.nan,
        high: float = np.nan,
        p: float = np.nan,
        note: str = "",
    ) -> None:
        rows.append([test, unit, measure, estimate, low, high, p, units, note])

    return add


def _model(rows: list[Any], unit: str, fit: Any, name: str = "") -> None:
    try:
        model: RateModel = fit()
    except ValueError as error:
        rows.append([name or "regression", unit, "rate ratio", *[np.nan] * 4, 0, str(error)])
        return
    row = model.table.loc["focus"]
    units = model.clusters or model.documents
    values = [row["ratio"], row["ratio_low"], row["ratio_high"], row["p"]]
    if "coefficient is infinite" in model.note:
        values = [np.nan] * 4
    rows.append([model.family, unit, "rate ratio", *values, units, model.note])


def _speaker_rows(  # noqa: PLR0917 - what `compare_groups` was given
    rows: list[Any],
    k: Any,
    n: Any,
    codes: Any,
    design: Any,
    speakers: Any,
    permutations: int,
    seed: int,
    level: float,
) -> None:
    names = speakers.to_numpy(dtype=object)
    try:
        shuffle = permutation_test(
            k, n, codes, clusters=names, permutations=permutations, seed=seed
        )
        few = shuffle.note
        rows.append(
            [
                "permutation",
                "speaker",
                "rate difference",
                shuffle.difference,
                np.nan,
                np.nan,
                shuffle.p,
                shuffle.units,
                few,
            ]
        )
    except AnalysisError as error:
        rows.append(["permutation", "speaker", "rate difference", *[np.nan] * 4, 0, str(error)])
    options = {"clusters": names, "covariance": "cluster", "level": level}
    _model(rows, "speaker", lambda: poisson(k, n, design, **options), "Poisson, cluster")
    _model(
        rows,
        "speaker",
        lambda: random_intercept(k, n, design, names, level=level),
        "negative binomial with random intercepts",
    )
