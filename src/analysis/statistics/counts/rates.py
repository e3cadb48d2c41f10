"""Rates per 1,000 words with intervals: by speaker, group or document, and between two groups.

The labelled layer over :mod:`analysis.statistics.counts.frequency`. Words of one speaker on one
occasion are not independent, so the intervals resample whole units of speech; the exact Poisson
interval, which takes every word as independent, stands beside them for comparison only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics.checks import FEW_DOCUMENTS
from analysis.statistics.counts.frequency import poisson_interval
from analysis.statistics.counts.group_rates import intervals
from analysis.statistics.groups.multiple_testing import adjust
from analysis.statistics.groups.permutation import permutation_test

PER = 1_000
RESAMPLES = 2_000
SEED = 20130709
INTERVALS = (
    "bootstrap from ten units on, Student's t below, exact Poisson for one unit, no occurrence, or "
    "where t is narrower"
)
"""The rule by which the interval of a rate is chosen, as a caption states it."""

Unit = Literal["utterance", "appearance", "document"]
_UNIT_COLUMNS = {
    "utterance": ["document", "utterance"],
    # All that one speaker says in one document.
    "appearance": ["document", "speaker"],
    "document": ["document"],
}


def rates(
    occurrences: pd.DataFrame,
    utterances: pd.DataFrame,
    *,
    by: str | Sequence[str],
    of: str = "frame",
    categories: Sequence[str] | None = None,
    unit: Unit = "appearance",
    resamples: int = RESAMPLES,
    level: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the rate of each frame or term in each group, with a bootstrap interval.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        ``document``, ``utterance`` and the column named by ``of``; one row per occurrence.
    utterances : pandas.DataFrame
        ``document``, ``utterance``, ``speaker``, ``words`` and the columns named by ``by``.
    by : str or sequence of str
        Columns of ``utterances`` that form the groups, such as ``"group"``.
    of : str, default "frame"
        What is counted.
    categories : sequence of str, optional
        The values of ``of`` to count, in the order wanted; name them where one may be absent,
        because an absence is a result too. All that occur if left out.
    unit : {"appearance", "utterance", "document"}
        What is resampled with replacement inside each group. An appearance is all that one
        speaker says in one document.
    resamples : int
    level : float
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row per group and frame, absent ones included: the ``by`` columns, ``of``,
        ``count``, ``words``, ``documents``, ``utterances``, ``units``; ``rate``, ``low``,
        ``high`` (per 1,000 words); ``interval``: "bootstrap" from ten units on, "t" (Student's,
        with the linearised standard error) below, "Poisson" (exact) for a single unit, where
        nothing occurs, or where t is narrower; ``design_effect``; ``exact_low``, ``exact_high``.

    Raises
    ------
    AnalysisError
        If a needed column is missing.

    Notes
    -----
    The rate is a ratio of sums, sum(k_i) / sum(n_i), over units i; the bootstrap interval is the
    percentile interval of the same ratio over resampled units (Efron and Tibshirani 1993,
    ch. 13). A bootstrap of fewer than ten units is too narrow, hence Student's t; and a few
    units may agree by chance, hence never less than the exact interval of independent words.

    Examples
    --------
    >>> said = pd.DataFrame({"document": "d", "utterance": range(6), "speaker": list("abcdef"),
    ...                      "group": "board", "words": 500})
    >>> hits = pd.DataFrame({"document": "d", "utterance": [0, 1, 4], "frame": "security"})
    >>> rates(hits, said, by="group")[["count", "words", "rate"]].values.tolist()
    [[3.0, 3000.0, 1.0]]
    """
    by = [by] if isinstance(by, str) else list(by)
    _check_columns("occurrences", occurrences, ["document", "utterance", of])
    _check_columns("utterances", utterances, ["document", "utterance", "speaker", "words", *by])
    categories = sorted(occurrences[of].unique()) if categories is None else list(categories)
    rows = []
    for key, said in utterances[utterances["words"] > 0].groupby(by, sort=True):
        counts, exposure = unit_counts(occurrences, said, of=of, categories=categories, unit=unit)
        found = intervals(counts, exposure, level, resamples, seed)
        total, words = counts.sum(axis=0), exposure.sum()
        exact_low, exact_high = poisson_interval(total, np.full(len(total), words), level=level)
        rows.append(
            pd.DataFrame(
                {
                    **dict(zip(by, key, strict=True)),
                    of: categories,
                    "count": total,
                    "words": int(words),
                    "documents": said["document"].nunique(),
                    "utterances": len(said),
                    "units": len(exposure),
                    **{name: PER * found[name] for name in ("rate", "low", "high")},
                    "interval": found["interval"],
                    "design_effect": found["design_effect"],
                    "exact_low": PER * np.asarray(exact_low),
                    "exact_high": PER * np.asarray(exact_high),
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def unit_counts(
    occurrences: pd.DataFrame,
    utterances: pd.DataFrame,
    *,
    of: str,
    categories: Sequence[str],
    unit: Unit,
) -> tuple[np.ndarray, np.ndarray]:
    """Count occurrences and words in each unit of the utterances given.

    Returns
    -------
    counts : array of int, shape (units, categories)
    exposure : array of int, shape (units,)
    """
    if unit not in _UNIT_COLUMNS:
        raise AnalysisError("unit", repr(unit), f"one of {', '.join(_UNIT_COLUMNS)}")
    number = utterances.groupby(_UNIT_COLUMNS[unit], sort=True).ngroup().to_numpy()
    units = int(number.max()) + 1 if len(number) else 0
    exposure = np.bincount(number, weights=utterances["words"], minlength=units).astype(np.int64)
    place = utterances[["document", "utterance"]].assign(unit=number)
    hits = occurrences[["document", "utterance", of]].merge(place, on=["document", "utterance"])
    column = pd.Index(list(categories)).get_indexer(hits[of])
    counts = np.zeros((units, len(categories)), dtype=np.int64)
    np.add.at(counts, (hits["unit"].to_numpy()[column >= 0], column[column >= 0]), 1)
    return counts, exposure


def _resampled(
    counts: np.ndarray, exposure: np.ndarray, resamples: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and exposure of ``resamples`` draws of all units with replacement."""
    units = len(exposure)
    draws = rng.multinomial(units, np.full(units, 1 / units), size=resamples)
    return draws @ counts, draws @ exposure


def contrast(
    occurrences: pd.DataFrame,
    utterances: pd.DataFrame,
    *,
    first: Sequence[str],
    second: Sequence[str],
    by: str = "group",
    of: str = "term",
    unit: Unit = "appearance",
    resamples: int = RESAMPLES,
    level: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compare how often two groups use each term: log ratio with a bootstrap interval.

    Parameters
    ----------
    occurrences, utterances : pandas.DataFrame
        As in :func:`rates`.
    first, second : sequence of str
        Values of the column ``by`` that make up each side.
    by, of, unit, resamples, level, seed
        As in :func:`rates`.

    Returns
    -------
    pandas.DataFrame
        One row per term that occurs on either side: ``of``, ``count_1``, ``count_2``,
        ``words_1``, ``words_2``, ``units_1``, ``units_2`` (units in which it occurs),
        ``log_ratio`` (base 2, positive where the first side uses it more), ``low``, ``high``
        (bootstrap; but no narrower than the next where a side has fewer than ten units, whose
        rates may agree by chance, or never uses the term, so that all its resamples agree);
        ``p`` (two-sided, permuting units between the sides) and ``q`` (the same,
        Benjamini-Hochberg over all terms of the table); ``wald_low``, ``wald_high`` (every word
        taken as independent).

    Notes
    -----
    One half is added to every count and exposure, in the estimate and in each resample, so that
    a term only one side uses has a finite ratio (Walter 1975, Biometrika 62:371). The binary log
    of the ratio of rates is Hardie's (2014) Log Ratio.
    """
    sides = []
    rng = np.random.default_rng(seed)
    every = [*first, *second]
    inside = utterances[utterances[by].isin(every) & (utterances["words"] > 0)]
    here = occurrences.merge(inside[["document", "utterance"]], on=["document", "utterance"])
    categories = sorted(here[of].unique())
    for names in (first, second):
        said = inside[inside[by].isin(names)]
        if said.empty:
            known = ", ".join(sorted(utterances[by].unique()))
            raise AnalysisError(by, f"nobody in {', '.join(names)}", f"some of {known}")
        counts, exposure = unit_counts(here, said, of=of, categories=categories, unit=unit)
        drawn, weight = _resampled(counts, exposure, resamples, rng)
        sides.append((counts, exposure, _half(drawn, weight[:, None])))
    (counts_1, exposure_1, drawn_1), (counts_2, exposure_2, drawn_2) = sides
    total_1, total_2 = counts_1.sum(axis=0), counts_2.sum(axis=0)
    words_1, words_2 = exposure_1.sum(), exposure_2.sum()
    estimate = np.log2(_half(total_1, words_1) / _half(total_2, words_2))
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(np.log2(drawn_1 / drawn_2), [tail, 100 - tail], axis=0)
    error = np.sqrt(
        1 / (total_1 + 0.5) - 1 / (words_1 + 0.5) + 1 / (total_2 + 0.5) - 1 / (words_2 + 0.5)
    )
    relabelled = permutation_test(
        np.vstack([counts_1, counts_2]),
        np.concatenate([exposure_1, exposure_2]),
        np.repeat(["1", "2"], [len(exposure_1), len(exposure_2)]),
        seed=seed,
    )
    reach = scipy.special.ndtri(1 - (1 - level) / 2) * error / np.log(2)
    few = min(len(exposure_1), len(exposure_2)) < FEW_DOCUMENTS
    wide = few | (total_1 == 0) | (total_2 == 0)
    low = np.where(wide, np.minimum(low, estimate - reach), low)
    high = np.where(wide, np.maximum(high, estimate + reach), high)
    return pd.DataFrame(
        {
            of: categories,
            "count_1": total_1,
            "count_2": total_2,
            "words_1": int(words_1),
            "words_2": int(words_2),
            "units_1": (counts_1 > 0).sum(axis=0),
            "units_2": (counts_2 > 0).sum(axis=0),
            "log_ratio": estimate,
            "low": low,
            "high": high,
            "p": relabelled.p,
            "q": adjust(relabelled.p, method="bh"),
            "wald_low": estimate - reach,
            "wald_high": estimate + reach,
        }
    )


def _half(count: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    return (count + 0.5) / (exposure + 0.5)


def shrink(table: pd.DataFrame, *, of: str = "frame", level: float = 0.95) -> pd.DataFrame:
    """Pull each speaker's rate towards the rate of all, the more the fewer words there are.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`rates` returns, one row per speaker and frame.
    of : str, default "frame"
        Speakers are pooled within each value of this column.
    level : float

    Returns
    -------
    pandas.DataFrame
        The table with ``shrunk``, ``shrunk_low``, ``shrunk_high`` (per 1,000 words): mean and
        central interval of the posterior.

    Notes
    -----
    Empirical Bayes with a gamma prior on the rate and Poisson counts: counts are then negative
    binomial, from which shape and scale are estimated by maximum likelihood (Clayton and Kaldor
    1987, Biometrics 43:671). The posterior is Gamma(shape + k, scale + n).
    """
    table = table.copy()
    for name in ("shrunk", "shrunk_low", "shrunk_high"):
        table[name] = np.nan
    tails = [(1 - level) / 2, 1 - (1 - level) / 2]
    for _, rows in table.groupby(of):
        count, words = rows["count"].to_numpy(float), rows["words"].to_numpy(float)
        shape, rate = _gamma_prior(count, words)
        low, high = (
            scipy.special.gammaincinv(shape + count, t) * (1 / (rate + words)) for t in tails
        )
        table.loc[rows.index, "shrunk"] = PER * (shape + count) / (rate + words)
        table.loc[rows.index, "shrunk_low"] = PER * low
        table.loc[rows.index, "shrunk_high"] = PER * high
    return table


def _gamma_prior(count: np.ndarray, words: np.ndarray) -> tuple[float, float]:
    """Fit shape and rate of the gamma prior to counts by marginal likelihood."""
    mean = max(count.sum(), 0.5) / words.sum()

    def negative(parameters: np.ndarray) -> float:
        shape, centre = np.exp(parameters)
        rate = shape / centre
        return -np.sum(
            scipy.special.gammaln(shape + count)
            - scipy.special.gammaln(shape)
            + shape * np.log(rate / (rate + words))
            + count * np.log(words / (rate + words))
        )

    def score(parameters: np.ndarray) -> np.ndarray:
        shape, centre = np.exp(parameters)
        rate = shape / centre
        by_rate = np.sum(shape / rate - (shape + count) / (rate + words))
        by_shape = np.sum(
            scipy.special.digamma(shape + count)
            - scipy.special.digamma(shape)
            - np.log1p(words / rate)
        )
        return -np.array([shape * by_shape + rate * by_rate, -rate * by_rate])

    # Bounds keep the prior proper where all rates agree (shape would grow without end).
    bounds = [(-4, 7), (np.log(mean) - 4, np.log(mean) + 4)]
    found = scipy.optimize.minimize(
        negative, np.log([1.0, mean]), jac=score, method="L-BFGS-B", bounds=bounds
    ).x
    # Where a search ends depends on the processor from the sixth digit on; where the score
    # is nought does not.
    if all(low < value < high for value, (low, high) in zip(found, bounds, strict=True)):
        exact = scipy.optimize.root(score, found, tol=1e-13)
        found = exact.x if exact.success else found
    shape, centre = np.exp(np.round(found, 6))
    return float(shape), float(shape / centre)


def _check_columns(name: str, table: pd.DataFrame, needed: Sequence[str]) -> None:
    missing = [column for column in needed if column not in table]
    if missing:
        raise AnalysisError(
            name, f"no column {', '.join(missing)}", f"the columns {', '.join(needed)}"
        )
