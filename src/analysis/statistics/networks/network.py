"""Discourse networks: who says what, who agrees with whom (Leifeld 2017).

A statement is a row with document, actor, concept and agreement (1 or 0). Duplicate statements in
one document change every weight: say whether they were kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array

COLUMNS = ("actor", "concept", "agreement")


def affiliation(
    statements: Any, *, agreement: int | None = None, duplicates: bool = True
) -> pd.DataFrame:
    """Count the statements of every actor on every concept (the two-mode network).

    Parameters
    ----------
    statements : DataFrame or list of dict
        Columns actor, concept, agreement (1 or 0), and document.
    agreement : {None, 1, 0}
        Count all statements, only the affirming or only the rejecting.
    duplicates : bool, default True
        Whether an actor's same statement in the same document counts more than once.

    Returns
    -------
    DataFrame of int
        Rows actors, columns concepts, both sorted and over all statements.

    Raises
    ------
    ValueError
        If a column is missing, agreement is not 0 or 1, or there is no statement.

    Examples
    --------
    >>> rows = [{"document": 1, "actor": "A", "concept": "c", "agreement": 1}] * 2
    >>> int(affiliation(rows).loc["A", "c"])
    2
    """
    frame = statement_table(statements, duplicates)
    used = frame if agreement is None else frame[frame["agreement"] == agreement]
    table = used.pipe(lambda f: pd.crosstab(f["actor"], f["concept"]))
    actors, concepts = (sorted(frame[name].unique()) for name in ("actor", "concept"))
    return table.reindex(index=actors, columns=concepts, fill_value=0).astype(np.int64)


def one_mode(statements: Any, *, duplicates: bool = True) -> pd.DataFrame:
    """Link actors by the concepts both speak of, agreement ignored: X Xᵀ without diagonal.

    Parameters
    ----------
    statements, duplicates
        As `affiliation`.

    Returns
    -------
    DataFrame of int, actors by actors

    Raises
    ------
    ValueError
        As `affiliation`.

    Examples
    --------
    >>> rows = [dict(document=1, actor=a, concept="c", agreement=1) for a in "AAB"]
    >>> int(one_mode(rows).loc["A", "B"])
    2
    """
    table = affiliation(statements, duplicates=duplicates)
    return _off_diagonal(table.to_numpy() @ table.to_numpy().T, table.index)


def congruence_conflict(
    statements: Any, *, normalise: bool = False, duplicates: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Link actors by agreeing, and by disagreeing, on the same concepts.

    C = X⁺X⁺ᵀ + X⁻X⁻ᵀ and D = X⁺X⁻ᵀ + X⁻X⁺ᵀ without diagonals; C − D is the subtract network.

    Parameters
    ----------
    statements, duplicates
        As `affiliation`.
    normalise : bool, default False
        Divide by the average activity (aᵢ + aⱼ)/2, a the statements of an actor.

    Returns
    -------
    (congruence, conflict) : DataFrames, actors by actors

    Raises
    ------
    ValueError
        As `affiliation`.

    Examples
    --------
    >>> rows = [dict(document=1, actor=a, concept="c", agreement=g) for a, g in zip("AB", (1, 0))]
    >>> congruence, conflict = congruence_conflict(rows)
    >>> int(congruence.loc["A", "B"]), int(conflict.loc["A", "B"])
    (0, 1)
    """
    frame = statement_table(statements, duplicates)
    plus, minus = (affiliation(frame, agreement=value) for value in (1, 0))
    C, D = agreement_networks(plus.to_numpy(), minus.to_numpy())
    if normalise:
        activity = (plus + minus).to_numpy().sum(axis=1)
        average = (activity[:, None] + activity) / 2
        C, D = C / average, D / average
    return _off_diagonal(C, plus.index), _off_diagonal(D, plus.index)


def modularity(network: Any, partition: Any) -> float:
    """Newman's (2004) modularity of a weighted network for a given partition.

    Parameters
    ----------
    network : array or DataFrame, (actors, actors)
        Symmetric, non-negative weights.
    partition : array, (actors,)
        Group of each actor.

    Returns
    -------
    float
        NaN for a network without ties.

    Raises
    ------
    ValueError
        If sizes differ.

    Examples
    --------
    >>> modularity([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], [0, 0, 1, 1])
    0.5
    """
    W, same = matrix_and_blocks(network, partition)
    total, degree = W.sum(), W.sum(axis=1)
    if not total:
        return np.nan
    return float(((W - np.outer(degree, degree) / total) * same).sum() / total)


def ei_index(network: Any, partition: Any) -> float:
    """Krackhardt & Stern's (1988) E-I index: (external − internal)/(external + internal) ties.

    Parameters
    ----------
    network, partition
        As `modularity`.

    Returns
    -------
    float
        −1 if all ties lie within groups; NaN without ties.

    Raises
    ------
    ValueError
        As `modularity`.

    Examples
    --------
    >>> ei_index([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], [0, 0, 1, 1])
    -1.0
    """
    W, same = matrix_and_blocks(network, partition)
    inside, total = float((W * same).sum()), float(W.sum())
    return (total - 2 * inside) / total if total else np.nan


def statement_table(statements: Any, duplicates: bool) -> pd.DataFrame:
    """Check statements and return them as a table, without duplicates if so wished.

    Parameters
    ----------
    statements, duplicates
        As `affiliation`.

    Returns
    -------
    DataFrame
        agreement as 0 or 1.

    Raises
    ------
    ValueError
        As `affiliation`.

    Examples
    --------
    >>> rows = [dict(document=1, actor="A", concept="c", agreement=True)] * 2
    >>> len(statement_table(rows, duplicates=False))
    1
    """
    frame = pd.DataFrame(statements)
    for name in COLUMNS:
        if name not in frame:
            raise AnalysisError("statements", f"no column {name!r}", "actor, concept, agreement")
    checks.at_least("statements", len(frame), 1, "statements")
    values = checks.numbers("agreement", frame["agreement"])
    if not np.isin(values, (0, 1)).all():
        wrong = values[~np.isin(values, (0, 1))][0]
        raise AnalysisError("agreement", f"found {wrong:g}", "0 or 1")
    frame = frame.assign(agreement=values.astype(np.int64))
    if duplicates:
        return frame
    if "document" not in frame:
        raise AnalysisError("statements", "no column 'document'", "it, to find duplicates")
    return frame.drop_duplicates(["document", *COLUMNS], ignore_index=True)


def agreement_networks(plus: Array, minus: Array) -> tuple[Array, Array]:
    """Return congruence and conflict with their diagonals, from affirming and rejecting counts.

    Parameters
    ----------
    plus, minus : array, (actors, concepts)
        Affirming and rejecting statements.

    Returns
    -------
    (congruence, conflict) : arrays, (actors, actors)

    Examples
    --------
    >>> agreement_networks(np.array([[1], [0]]), np.array([[0], [1]]))[1].tolist()
    [[0, 1], [1, 0]]
    """
    return plus @ plus.T + minus @ minus.T, plus @ minus.T + minus @ plus.T


def _off_diagonal(matrix: Array, actors: pd.Index) -> pd.DataFrame:
    np.fill_diagonal(matrix, 0)
    return pd.DataFrame(matrix, index=actors, columns=pd.Index(actors, name="other"))


def matrix_and_blocks(network: Any, partition: Any) -> tuple[Array, np.ndarray]:
    """Check a network against a partition; return its weights and which pairs share a group.

    Parameters
    ----------
    network, partition
        As `modularity`.

    Returns
    -------
    (weights, same) : arrays, (actors, actors)

    Raises
    ------
    ValueError
        If sizes differ.

    Examples
    --------
    >>> matrix_and_blocks([[0, 1], [1, 0]], ["a", "b"])[1].tolist()
    [[True, False], [False, True]]
    """
    W = checks.numbers("network", network, ndim=2)
    groups = np.asarray(partition)
    if W.shape != (len(groups), len(groups)):
        raise AnalysisError("partition", f"{len(groups)} actors", f"{len(W)}, as the network")
    return W, groups[:, None] == groups
