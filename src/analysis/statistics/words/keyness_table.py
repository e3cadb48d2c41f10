"""Keyness of many words at once, token-level and document-level side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.groups.multiple_testing import adjust
from analysis.statistics.groups.permutation import permutation_test
from analysis.statistics.words.contingency import (
    bic,
    chi_squared,
    log_bayes_factor,
    log_likelihood,
    p_value,
)
from analysis.statistics.words.dirichlet import log_odds_dirichlet
from analysis.statistics.words.effect_size import (
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
)
from analysis.statistics.words.exact import fisher_exact

TESTS = ("welch", "mann_whitney", "permutation")


def compare(
    counts: Any,
    exposures: Any,
    groups: Any,
    *,
    focus: Any,
    reference: Any = None,
    speakers: Any = None,
    test: str = "welch",
    adjustment: str = "bh",
    zero: str = "hardie",
    prior_total: float = 1000.0,
    smoothing: float = 1.0,
    level: float = 0.95,
    permutations: int = 9999,
    seed: int = 0,
    fisher: bool = True,
) -> pd.DataFrame:
    """Compare the words of two groups of documents, every keyness measure side by side.

    The token-level figures treat words as independent and are there for comparability. Believe
    the document-level ones: `p_document` tests whole documents, or whole speakers if given, and
    `design_effect` says how many times too small the token-level variance is.

    Parameters
    ----------
    counts : DataFrame of int, (documents, words)
        Occurrences; the columns name the words. All words compared are one family of tests.
    exposures : array of int, (documents,)
        Tokens of each document; documents without any are left out.
    groups : array, (documents,)
        Group of each document.
    focus, reference : label
        The two groups; without `reference` all other documents together.
    speakers : array, (documents,), optional
        Speaker of each document: then speakers are the units, each in one group.
    test : {"welch", "mann_whitney", "permutation"}
        Test of the units: Welch or Mann-Whitney on per-unit rates, or permutation of pooled
        rates (whose p cannot fall below 1/(permutations + 1)).
    adjustment : {"bh", "holm"}
        Which adjusted p-values the warning compares; both are returned.
    zero : {"hardie", "walter"}
        Treatment of zero counts in the log ratio.
    prior_total : float, default 1000
        α₀ of the Dirichlet prior, spread by the words' shares of both groups together.
    smoothing : float, default 1.0
        k of simple maths, per million.
    level : float, default 0.95
        Confidence level; 1 − level is the α of the warning.
    permutations, seed : int
        For test="permutation".
    fisher : bool, default True
        Whether to take the time for `fisher_p`, a second for some thousand words.

    Returns
    -------
    DataFrame
        Index word, strongest log-likelihood first, and the columns

        - count_focus, count_reference, per_million_focus, per_million_reference,
          units_focus, units_reference (units with the word)
        - log_likelihood, log_likelihood_2cell, chi_squared (signed), fisher_p, p_token,
          p_token_holm, p_token_bh, bic, log_bayes_factor
        - log_ratio, log_ratio_low, log_ratio_high, percent_diff, odds_ratio,
          difference_coefficient, simple_maths, conservative_log_ratio, log_odds_z
        - design_effect of the log ratio: linearised over Poisson variance, NaN where a group
          has no occurrence; log_ratio_low_document, log_ratio_high_document: interval with the
          linearised variance and t quantiles
        - p_document, p_document_holm, p_document_bh
        - warning: empty, or where the two levels disagree, or where units are too few

    Raises
    ------
    ValueError
        If a group has fewer than two units, a document more occurrences than tokens, a speaker
        is in both groups, or lengths differ.

    Examples
    --------
    >>> counts = pd.DataFrame({"going dark": [9, 0, 1, 0], "liberty": [1, 1, 3, 2]})
    >>> table = compare(counts, [1000] * 4, ["a", "a", "b", "b"], focus="a")
    >>> table.loc["going dark", ["log_likelihood", "p_document"]].astype(float).round(3).to_dict()
    {'log_likelihood': 7.377, 'p_document': 0.536}
    """
    checks.one_of("test", test, TESTS)
    checks.one_of("adjustment", adjustment, ("bh", "holm"))
    words, k, n, first = _units(counts, exposures, groups, focus, reference, speakers)
    k1, k2, n1, n2 = k[first], k[~first], n[first], n[~first]
    table = (k1.sum(axis=0), n1.sum(), k2.sum(axis=0), n2.sum())
    chi2 = chi_squared(*table, signed=True)
    g2 = log_likelihood(*table, signed=True)
    p_token = p_value(g2)
    ratio, low, high = log_ratio(*table, zero=zero, level=level)
    effect, half = _document_interval(k1, n1, k2, n2, level)
    if test == "permutation":
        p_unit = permutation_test(
            k, n, np.where(first, 0, 1), permutations=permutations, seed=seed
        ).p
    else:
        rates = k1 / n1[:, None], k2 / n2[:, None]
        p_unit = (_welch_p if test == "welch" else _mann_whitney_p)(*rates)
    result = pd.DataFrame(
        {
            "count_focus": table[0].astype(np.int64),
            "count_reference": table[2].astype(np.int64),
            "per_million_focus": 1e6 * table[0] / table[1],
            "per_million_reference": 1e6 * table[2] / table[3],
            "units_focus": (k1 > 0).sum(axis=0),
            "units_reference": (k2 > 0).sum(axis=0),
            "log_likelihood": g2,
            "log_likelihood_2cell": log_likelihood(*table, cells=2, signed=True),
            "chi_squared": chi2,
            "fisher_p": _fisher(table) if fisher else np.nan,
            "p_token": p_token,
            "p_token_holm": adjust(p_token, method="holm"),
            "p_token_bh": adjust(p_token, method="bh"),
            "bic": bic(*table),
            "log_bayes_factor": log_bayes_factor(*table),
            "log_ratio": ratio,
            "log_ratio_low": low,
            "log_ratio_high": high,
            "percent_diff": percent_diff(*table),
            "odds_ratio": odds_ratio(*table)[0],
            "difference_coefficient": difference_coefficient(*table),
            "simple_maths": simple_maths(*table, k=smoothing),
            "conservative_log_ratio": conservative_log_ratio(
                *table, family_size=len(words), level=level
            ),
            "log_odds_z": _log_odds_z(table, prior_total),
            "design_effect": effect,
            "log_ratio_low_document": ratio - half,
            "log_ratio_high_document": ratio + half,
            "p_document": p_unit,
            "p_document_holm": adjust(p_unit, method="holm"),
            "p_document_bh": adjust(p_unit, method="bh"),
        },
        index=words,
    )
    unit = "documents" if speakers is None else "speakers"
    result["warning"] = _warnings(result, adjustment, 1 - level, unit, (len(n1), len(n2)))
    order = np.lexsort((words.astype(str), -np.abs(g2)))
    return result.iloc[order]


def _units(  # noqa: PLR0917 - what `compare` was given
    counts: Any, exposures: Any, groups: Any, focus: Any, reference: Any, speakers: Any
) -> tuple[pd.Index, Array, Array, np.ndarray]:
    frame = pd.DataFrame(counts)
    labels = np.asarray(groups, dtype=object)
    checks.same_length(counts=frame, exposures=np.asarray(exposures), groups=labels)
    first = labels == focus
    second = ~first if reference is None else labels == reference
    for name, value, chosen in (("focus", focus, first), ("reference", reference, second)):
        if not chosen.any():
            known = ", ".join(repr(label) for label in sorted(set(labels.tolist()), key=str))
            raise AnalysisError(name, f"no document of group {value!r}", f"one of {known}")
    if (first & second).any():
        raise AnalysisError("reference", f"{reference!r} is the focus", "another group")
    kept = (first | second) & (checks.exposures("exposures", exposures, ndim=1) > 0)
    k, n = checks.units(frame, exposures)
    chosen = kept[np.asarray(exposures, dtype=np.float64) > 0]
    k, n, first = k[chosen], n[chosen], first[kept]
    checks.within("the count of a word", k.max(axis=1, initial=0), "exposures", n)
    if speakers is not None:
        checks.same_length(groups=labels, speakers=speakers)
        names = np.asarray(speakers, dtype=object)[kept].astype(str)
        distinct, member = np.unique(names, return_inverse=True)
        totals = np.eye(len(distinct))[member].T
        both = (totals @ first > 0) & (totals @ ~first > 0)
        if both.any():
            raise AnalysisError("speakers", f"{distinct[both][0]!r} is in both groups", "one group")
        k, n, first = totals @ k, totals @ n, totals @ first > 0
    for name, size in (("focus", first.sum()), ("reference", (~first).sum())):
        checks.at_least(name, int(size), 2, "units with tokens")
    return pd.Index(frame.columns, name="word"), k, n, first


def _document_interval(
    k1: Array, n1: Array, k2: Array, n2: Array, level: float
) -> tuple[Array, Array]:
    relative, poisson = np.zeros(k1.shape[1]), np.zeros(k1.shape[1])
    for k, n in ((k1, n1), (k2, n2)):
        total, m = k.sum(axis=0), len(n)
        seen = np.where(total > 0, total, np.nan)
        residual = k - total / n.sum() * n[:, None]
        relative += m / (m - 1) * (residual**2).sum(axis=0) / seen**2
        poisson += 1 / seen
    quantile = scipy.stats.t.ppf((1 + checks.level(level)) / 2, len(n1) + len(n2) - 2)
    return relative / poisson, quantile * np.sqrt(relative) / np.log(2)


def _welch_p(x: Array, y: Array) -> Array:
    a, b = x.var(axis=0, ddof=1) / len(x), y.var(axis=0, ddof=1) / len(y)
    error, gap = a + b, np.abs(x.mean(axis=0) - y.mean(axis=0))
    varied = error > 1e-30
    safe = np.where(varied, error, 1.0)
    spread = a**2 / (len(x) - 1) + b**2 / (len(y) - 1)
    df = np.divide(safe**2, spread, out=np.ones_like(safe), where=varied & (spread > 0))
    p = 2 * scipy.special.stdtr(df, -gap / np.sqrt(safe))
    return np.where(varied, p, np.where(gap > 1e-15, 0.0, 1.0))


def _mann_whitney_p(x: Array, y: Array) -> Array:
    p = np.ones(x.shape[1])
    varied = np.ptp(np.vstack([x, y]), axis=0) > 0
    if varied.any():
        test = scipy.stats.mannwhitneyu(x[:, varied], y[:, varied], method="asymptotic", axis=0)
        p[varied] = test.pvalue
    return p


def _fisher(table: tuple[Array, Array, Array, Array]) -> Array:
    # Rare words share a few tables, so each distinct one is tested once.
    pairs, inverse = np.unique(np.stack([table[0], table[2]]), axis=1, return_inverse=True)
    return fisher_exact(pairs[0], table[1], pairs[1], table[3])[inverse.ravel()]


def _log_odds_z(table: tuple[Array, Array, Array, Array], prior_total: float) -> Array:
    alpha_0 = float(checks.positive("prior_total", prior_total))
    one, n1, two, n2 = table
    # The rest of the tokens is one more word: the listed ones need not be the vocabulary.
    columns = [np.append(k, max(n - k.sum(), 0.0)) for k, n in ((one, n1), (two, n2))]
    both = columns[0] + columns[1]
    seen = both > 0
    z = np.full(len(both), np.nan)
    if seen.sum() > 1:
        z[seen] = log_odds_dirichlet(
            columns[0][seen], columns[1][seen], alpha_0 * both[seen] / both.sum()
        )[2]
    return z[:-1]


def _warnings(
    table: pd.DataFrame, adjustment: str, alpha: float, unit: str, sizes: tuple[int, int]
) -> list[str]:
    few = checks.few_documents(min(sizes), f"{unit} in a group")
    tokens = table[f"p_token_{adjustment}"] <= alpha
    whole = table[f"p_document_{adjustment}"] <= alpha
    texts = {
        (True, False): f"significant by tokens, not by {unit}",
        (False, True): f"significant by {unit}, not by tokens",
    }
    return [
        "; ".join(filter(None, [texts.get((bool(t), bool(d)), ""), few]))
        for t, d in zip(tokens, whole, strict=True)
    ]
