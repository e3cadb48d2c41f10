"""How alike two discourse networks are: hand-coded and found, one year and the next."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.networks.projections import one_mode_network, two_mode_network


def network_correlations(first: Any, second: Any, *, duplicates: bool = True) -> pd.Series:
    """Correlate two sets of statements, network by network.

    Parameters
    ----------
    first, second : DataFrame or list of dict
        Columns actor, concept, agreement (1 or 0), and document. The same actors and concepts have
        to bear the same names.
    duplicates : bool, default True
        Whether an actor's same statement in the same document counts more than once.

    Returns
    -------
    Series of float
        Pearson's r over all pairs of nodes that are in either: ``actors by concepts`` (affirming
        less rejecting statements), ``congruence``, ``conflict``, ``subtract`` (actors by actors,
        weights not normalised). Missing where a network does not vary.

    Raises
    ------
    ValueError
        As `affiliation`.

    Notes
    -----
    Pairs of a network are not independent, so r has no interval of its own: draw documents anew
    (`uncertainty.network_interval`) or permute actors (QAP) for one.

    Examples
    --------
    >>> rows = [dict(actor=a, concept=c, agreement=int(a == "A")) for a in "ABC" for c in "xy"]
    >>> network_correlations(rows, rows).round(2).to_list()
    [1.0, 1.0, 1.0, 1.0]
    """
    tables = {"actors by concepts": [two_mode_network(s, duplicates=duplicates)
                                     for s in (first, second)]}  # fmt: skip
    for name in ("congruence", "conflict", "subtract"):
        tables[name] = [
            one_mode_network(s, aggregation=name, normalise="no", duplicates=duplicates)
            for s in (first, second)
        ]
    return pd.Series({name: _correlation(*pair) for name, pair in tables.items()})


def _correlation(one: pd.DataFrame, other: pd.DataFrame) -> float:
    rows = one.index.union(other.index)
    columns = one.columns.union(other.columns)
    values = [
        table.reindex(index=rows, columns=columns, fill_value=0).to_numpy(np.float64)
        for table in (one, other)
    ]
    if one.index.equals(one.columns):
        values = [table[np.triu_indices(len(rows), 1)] for table in values]
    a, b = (table.ravel() for table in values)
    if len(a) < 2 or not a.std() or not b.std():
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])
