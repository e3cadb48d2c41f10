"""How sure a network's numbers are: documents drawn anew, stances and voices by their errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.networks.network import statement_table

OUTCOMES = ("asserted", "denied", "mentioned")
MOST_FAILED = 0.2
"""Share of the draws that may be too small to measure before the interval is refused."""


def stance_errors(ours: Any, truth: Any) -> pd.DataFrame:
    """Estimate how often a stance found is which in truth, from occurrences judged by both.

    Parameters
    ----------
    ours, truth : sequence of {"asserted", "denied", "mentioned"}
        The measured and the hand-coded stance of the same occurrences.

    Returns
    -------
    DataFrame, (2, 3)
        Rows asserted and denied as found, columns what they are, rows sum to 1. One half is
        added to each cell (Jeffreys), so that what was not seen is not taken to be impossible.

    Raises
    ------
    ValueError
        If lengths differ or a stance is unknown.

    Examples
    --------
    >>> stance_errors(["asserted"] * 9 + ["denied"], ["asserted"] * 10).round(2).values.tolist()
    [[0.9, 0.05, 0.05], [0.6, 0.2, 0.2]]
    """
    pairs = pd.DataFrame({"ours": list(ours), "truth": list(truth)})
    for name in ("ours", "truth"):
        wrong = pairs.loc[~pairs[name].isin(OUTCOMES), name]
        if len(wrong):
            raise AnalysisError(name, repr(wrong.iloc[0]), ", ".join(OUTCOMES))
    table = pd.crosstab(pairs["ours"], pairs["truth"])
    table = table.reindex(index=list(OUTCOMES[:2]), columns=list(OUTCOMES), fill_value=0) + 0.5
    return table.div(table.sum(axis=1), axis=0)


def network_interval(
    statements: Any,
    measure: Callable[[pd.DataFrame], float | Mapping[str, float]],
    *,
    errors: pd.DataFrame | None = None,
    voice_error: float = 0.0,
    draws: int = 499,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Give a number of a discourse network an interval that carries the errors of its making.

    Each draw takes the documents with replacement and, where errors are given, every statement's
    stance and actor as they may be in truth.

    Parameters
    ----------
    statements : DataFrame or list of dict
        Columns document, actor, concept, agreement (1 or 0).
    measure : callable
        Takes statements; returns a number, or several by name.
    errors : DataFrame, (2, 3), optional
        As :func:`stance_errors`: what a stance found is in truth. Statements that turn out mere
        mentions are left out of the draw.
    voice_error : float, default 0
        Share of statements whose actor is wrong. Such a statement goes to another actor of its
        document, or is left out where there is none.
    draws : int, default 499
    level : float, default 0.95
    seed : int, default 0

    Returns
    -------
    DataFrame
        One row per number: ``measure``, ``value`` (of the statements as they are), ``corrected``
        (what it would be without the errors; the median of the draws), ``low``, ``high``,
        ``draws`` (that could be measured), ``documents``, ``statements``.

    Raises
    ------
    ValueError
        If a column is missing, errors are no probabilities, or more than a fifth of the draws
        are too small to measure.

    Notes
    -----
    Misread stances blur a network's sides, so a measure of order such as modularity comes out too
    small. Each draw is measured as it is and with the errors added once more; twice the first less
    the second is the estimate without them (linear MC-SIMEX). The interval reaches from the lower
    percentile to the upper of both readings, blurred and corrected, and so errs on the wide side.
    Errors are taken as independent of each other.

    References
    ----------
    Küchenhoff, H., Mwalili, S. M. and Lesaffre, E. (2006). A general method for dealing with
    misclassification in regression: the misclassification SIMEX. Biometrics 62(1), 85-96.

    Examples
    --------
    >>> rows = [dict(document=d, actor=a, concept="c", agreement=int(a in "AB"))
    ...         for d in range(6) for a in "ABCD"]
    >>> network_interval(rows, len, draws=19)[["value", "low", "high"]].values.tolist()
    [[24.0, 24.0, 24.0]]
    """
    frame = statement_table(statements, duplicates=True)
    if "document" not in frame:
        raise AnalysisError("statements", "no column 'document'", "it, as the unit drawn")
    chances = _chances(errors)
    if not 0 <= voice_error < 1:
        raise AnalysisError("voice_error", f"{voice_error!r}", "a share from 0 to below 1")
    draws = checks.whole("draws", draws)
    half = (1 - checks.level(level)) / 2
    rng = np.random.default_rng(seed)
    parts = [part for _, part in frame.groupby("document", sort=True)]
    value = _named(measure(frame))
    read: dict[str, list[tuple[float, float]]] = {name: [] for name in value}
    for _ in range(draws):
        chosen = rng.integers(0, len(parts), len(parts))
        drawn = pd.concat(
            [parts[at].assign(document=number) for number, at in enumerate(chosen)],
            ignore_index=True,
        )
        plain = _measured(drawn, measure)
        blurred = plain
        if chances is not None or voice_error:
            blurred = _measured(_as_it_may_be(drawn, chances, voice_error, rng), measure)
        if plain and blurred:
            for name, pairs in read.items():
                pairs.append((blurred[name], 2 * plain[name] - blurred[name]))
    done = min(map(len, read.values()))
    if done < (1 - MOST_FAILED) * draws:
        raise AnalysisError(
            "statements",
            f"{draws - done} of {draws} draws of {len(parts)} documents are too small to measure",
            "more documents or statements",
            "take a coarser concept, or report the number without an interval",
        )
    rows = []
    for name, pairs in read.items():
        low, middle, high = np.quantile(np.array(pairs), [half, 0.5, 1 - half], axis=0)
        ends = float(low.min()), float(high.max())
        rows.append((name, value[name], float(middle[1]), *ends, done, len(parts), len(frame)))
    return pd.DataFrame(
        rows,
        columns=[
            "measure", "value", "corrected", "low", "high", "draws", "documents", "statements",
        ],
    )  # fmt: skip


def _measured(
    statements: pd.DataFrame, measure: Callable[[pd.DataFrame], float | Mapping[str, float]]
) -> dict[str, float]:
    """Return the numbers of a draw, none where it is too small for them."""
    try:
        values = _named(measure(statements)) if len(statements) else {}
    except AnalysisError:
        return {}
    return values if all(np.isfinite(number) for number in values.values()) else {}


def _named(found: float | Mapping[str, float]) -> dict[str, float]:
    return dict(found) if isinstance(found, Mapping) else {"value": float(found)}


def _chances(errors: pd.DataFrame | None) -> Array | None:
    if errors is None:
        return None
    missing = [name for name in OUTCOMES[:2] if name not in errors.index]
    if missing or list(errors.columns) != list(OUTCOMES):
        raise AnalysisError(
            "errors", f"rows {list(errors.index)}, columns {list(errors.columns)}",
            "rows asserted and denied, columns asserted, denied and mentioned",
        )  # fmt: skip
    values = errors.loc[list(OUTCOMES[:2])].to_numpy(np.float64)
    if (values < 0).any() or not np.allclose(values.sum(axis=1), 1):
        raise AnalysisError("errors", "rows that do not sum to 1", "probabilities")
    return values


def _as_it_may_be(
    drawn: pd.DataFrame, chances: Array | None, voice_error: float, rng: np.random.Generator
) -> pd.DataFrame:
    if chances is not None:
        row = np.where(drawn["agreement"].to_numpy() == 1, 0, 1)
        threshold = chances[row].cumsum(axis=1)
        outcome = (rng.random(len(drawn))[:, None] > threshold).sum(axis=1)
        drawn = drawn.assign(agreement=(outcome == 0).astype(np.int64))[outcome < 2]
    if voice_error:
        wrong = rng.random(len(drawn)) < voice_error
        actors = drawn["actor"].to_numpy(object).copy()
        keep = np.ones(len(drawn), dtype=bool)
        present = drawn.groupby("document")["actor"].unique()
        documents = drawn["document"].to_numpy()
        for at in np.flatnonzero(wrong):
            others = [name for name in present[documents[at]] if name != actors[at]]
            keep[at] = bool(others)
            if others:
                actors[at] = others[int(rng.integers(len(others)))]
        drawn = drawn.assign(actor=actors)[keep]
    return drawn.reset_index(drop=True)
