"""One-mode and two-mode discourse networks with the usual normalisations, as rDNA has them."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.networks.network import affiliation, agreement_networks, statement_table

Aggregation = Literal["ignore", "congruence", "conflict", "subtract"]
OneMode = Literal["no", "average", "jaccard", "cosine"]
TwoMode = Literal["no", "activity", "prominence"]


def two_mode_network(
    statements: Any,
    *,
    aggregation: Literal["ignore", "subtract"] = "subtract",
    normalise: TwoMode = "no",
    duplicates: bool = True,
) -> pd.DataFrame:
    """Link actors and concepts by their statements.

    Parameters
    ----------
    statements : DataFrame or list of dict
        Columns actor, concept, agreement (1 or 0), and document.
    aggregation : {"subtract", "ignore"}
        Affirming less rejecting statements, or all of them.
    normalise : {"no", "activity", "prominence"}
        Divide by the statements of the actor (activity) or on the concept (prominence).
    duplicates : bool, default True
        Whether an actor's same statement in the same document counts more than once.

    Returns
    -------
    DataFrame of float, actors by concepts

    Raises
    ------
    ValueError
        If an option is unknown, or as `affiliation`.

    References
    ----------
    Leifeld, P. (2017). Discourse network analysis. The Oxford Handbook of Political Networks.

    Examples
    --------
    >>> rows = [dict(document=1, actor="A", concept=c, agreement=g)
    ...         for c, g in zip("xxy", (1, 1, 0))]
    >>> two_mode_network(rows, normalise="activity").loc["A"].round(2).to_list()
    [0.67, -0.33]
    """
    checks.one_of("aggregation", aggregation, ("subtract", "ignore"))
    checks.one_of("normalise", normalise, get_args(TwoMode))
    frame = statement_table(statements, duplicates)
    plus, minus = (affiliation(frame, agreement=value) for value in (1, 0))
    every = (plus + minus).to_numpy().astype(np.float64)
    table = (plus - minus if aggregation == "subtract" else plus + minus).astype(np.float64)
    if normalise == "no":
        return table
    axis = 1 if normalise == "activity" else 0
    total = every.sum(axis=axis, keepdims=True)
    return table / np.where(total > 0, total, 1)


def one_mode_network(
    statements: Any,
    *,
    aggregation: Aggregation = "subtract",
    normalise: OneMode = "average",
    between: Literal["actor", "concept"] = "actor",
    duplicates: bool = True,
) -> pd.DataFrame:
    """Link actors by the concepts they share, or concepts by the actors who share them.

    Parameters
    ----------
    statements : DataFrame or list of dict
        Columns actor, concept, agreement (1 or 0), and document.
    aggregation : {"subtract", "congruence", "conflict", "ignore"}
        Agreements less disagreements, one of them, or joint use whatever the agreement.
    normalise : {"average", "jaccard", "cosine", "no"}
        What a weight is divided by.
    between : {"actor", "concept"}
        What the nodes are.
    duplicates : bool, default True
        Whether an actor's same statement in the same document counts more than once.

    Returns
    -------
    DataFrame of float, nodes by nodes, zero on the diagonal

    Raises
    ------
    ValueError
        If an option is unknown, or as `affiliation`.

    Notes
    -----
    With n statements of a node and xᵢ its counts by concept and agreement: average divides by
    (nᵢ + nⱼ)/2; cosine, as rDNA computes it, by nᵢ·nⱼ (the lengths are those of totals, not of
    vectors); jaccard by the statements that only one of both makes plus Σ xᵢxⱼ of those they share.

    Examples
    --------
    >>> rows = [dict(document=1, actor=a, concept="c", agreement=1) for a in "AAB"]
    >>> float(one_mode_network(rows, normalise="no").loc["A", "B"])
    2.0
    """
    checks.one_of("aggregation", aggregation, get_args(Aggregation))
    checks.one_of("normalise", normalise, get_args(OneMode))
    checks.one_of("between", between, ("actor", "concept"))
    frame = statement_table(statements, duplicates)
    tables = [affiliation(frame, agreement=value) for value in (1, 0)]
    if between == "concept":
        tables = [table.T for table in tables]
    plus, minus = (table.to_numpy().astype(np.float64) for table in tables)
    weights = _weights(plus, minus, aggregation)
    weights = np.divide(weights, divisor := _divisor(plus, minus, normalise), where=divisor > 0,
                        out=np.zeros_like(weights))  # fmt: skip
    np.fill_diagonal(weights, 0)
    nodes = pd.Index(tables[0].index, name=between)
    return pd.DataFrame(weights, index=nodes, columns=pd.Index(nodes, name="other"))


def _weights(plus: Array, minus: Array, aggregation: str) -> Array:
    if aggregation == "ignore":
        return (plus + minus) @ (plus + minus).T
    congruence, conflict = agreement_networks(plus, minus)
    if aggregation == "subtract":
        return congruence - conflict
    return congruence if aggregation == "congruence" else conflict


def _divisor(plus: Array, minus: Array, normalise: str) -> Array:
    every = (plus + minus).sum(axis=1)
    if normalise == "no":
        return np.ones((len(plus), len(plus)))
    if normalise == "average":
        return (every[:, None] + every) / 2
    if normalise == "cosine":
        return every[:, None] * every
    counts = np.hstack([plus, minus])
    alone = counts @ (counts == 0).T.astype(np.float64)
    return alone + alone.T + counts @ counts.T


def edge_table(network: pd.DataFrame, *, nodes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return a one-mode or two-mode network as edges, for exchange and for drawing.

    Parameters
    ----------
    network : DataFrame
        Nodes by nodes (symmetric) or actors by concepts.
    nodes : DataFrame, optional
        One row per node, its name in the first column; further columns are put on the edges'
        ends as ``source_…`` and ``target_…``.

    Returns
    -------
    DataFrame
        ``source``, ``target``, ``weight`` (not zero), each pair once.

    Examples
    --------
    >>> table = pd.DataFrame([[0, 2], [2, 0]], index=["A", "B"], columns=["A", "B"])
    >>> edge_table(table).values.tolist()
    [['A', 'B', 2]]
    """
    square = list(network.index) == list(network.columns)
    values = network.to_numpy()
    rows, columns = np.nonzero(np.triu(values, 1) if square else values)
    table = pd.DataFrame(
        {
            "source": network.index.to_numpy()[rows],
            "target": network.columns.to_numpy()[columns],
            "weight": values[rows, columns],
        }
    )
    if nodes is not None:
        keyed = nodes.set_index(nodes.columns[0])
        for end in ("source", "target"):
            beside = keyed.reindex(table[end]).add_prefix(f"{end}_").reset_index(drop=True)
            table = pd.concat([table, beside], axis=1)
    return table
