"""What of a network is worth looking at: its significant edges, its structuring concepts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.networks.network import statement_table
from analysis.statistics.networks.projections import one_mode_network


def disparity_filter(network: pd.DataFrame, *, level: float = 0.05) -> pd.DataFrame:
    """Keep the edges that are heavier than chance would make them (Serrano et al. 2009).

    Parameters
    ----------
    network : DataFrame, (nodes, nodes)
        Symmetric; weights may be negative, and are judged by their size.
    level : float, default 0.05
        An edge stays if p = (1 − w/s)^(k − 1) is below this at either end, s the strength and
        k the degree of the node.

    Returns
    -------
    DataFrame, (nodes, nodes)
        The network, other edges zero.

    Raises
    ------
    ValueError
        If the network is not square or not symmetric, or `level` is not in (0, 1).

    References
    ----------
    Serrano, M. A., Boguñá, M. and Vespignani, A. (2009). Extracting the multiscale backbone of
    complex weighted networks. PNAS 106(16), 6483-6488.

    Examples
    --------
    >>> nodes = list("abcde")
    >>> star = pd.DataFrame(0.0, index=nodes, columns=nodes)
    >>> star.loc["a", "b":] = star.loc["b":, "a"] = [97.0, 1.0, 1.0, 1.0]
    >>> int((disparity_filter(star) > 0).to_numpy().sum() / 2)
    1
    """
    W = np.abs(checks.numbers("network", network, ndim=2))
    if W.shape[0] != W.shape[1] or not np.allclose(W, W.T):
        raise AnalysisError("network", f"{W.shape[0]} by {W.shape[1]}", "a symmetric network")
    if not 0 < level < 1:
        raise AnalysisError("level", f"{level!r}", "a number between 0 and 1")
    strength, degree = W.sum(axis=1), (W > 0).sum(axis=1)
    share = np.divide(W, strength[:, None], where=strength[:, None] > 0, out=np.zeros_like(W))
    p = np.where(degree[:, None] > 1, (1 - share) ** (degree[:, None] - 1.0), 1.0)
    keep = (W > 0) & (np.minimum(p, p.T) < level)
    return network.where(keep, 0)


def concept_backbone(statements: Any, *, duplicates: bool = True) -> pd.DataFrame:
    """Order concepts by how much the network of actors owes to them: a nested backbone.

    The concept without which the congruence network changes least is taken away, then the next,
    until none is left; those taken last are the backbone.

    Parameters
    ----------
    statements : DataFrame or list of dict
        Columns actor, concept, agreement (1 or 0), and document.
    duplicates : bool, default True
        Whether an actor's same statement in the same document counts more than once.

    Returns
    -------
    DataFrame
        One row per concept, the first taken away first: ``iteration`` (from 1), ``concept``,
        ``loss`` (distance of what is left from the whole), ``statements``.

    Raises
    ------
    ValueError
        As `affiliation`.

    Notes
    -----
    The distance is Euclidean, between the eigenvalues of the Laplacians, each set divided by its
    sum, of the subtract networks with average normalisation, negative ties as zero. rDNA's
    ``dna_backbone(method = "nested")`` means the same but, as of 3.0.11, sums absolute differences
    and computes the eigenvalues of the degrees alone, so that its losses differ.

    Examples
    --------
    >>> rows = [dict(document=1, actor=a, concept=c, agreement=int(a in "AB" or c == "z"))
    ...         for a in "ABCD" for c in "xyz"]
    >>> concept_backbone(rows)["concept"].to_list()[-1] in "xy"
    True
    """
    frame = statement_table(statements, duplicates)
    actors = sorted(frame["actor"].unique())
    left = sorted(frame["concept"].unique())
    counts = frame["concept"].value_counts()
    whole = _spectrum(frame, actors)
    rows: list[tuple[int, str, float, int]] = []
    while left:
        losses = [
            _distance(whole, _spectrum(frame[frame["concept"].isin(set(left) - {name})], actors))
            for name in left
        ]
        # Rounded, so that ties are broken by the alphabet on every machine.
        least = int(np.argmin(np.round(losses, 10)))
        name = left.pop(least)
        rows.append((len(rows) + 1, name, float(losses[least]), int(counts[name])))
    return pd.DataFrame(rows, columns=["iteration", "concept", "loss", "statements"])


def _spectrum(frame: pd.DataFrame, actors: list) -> Array:
    if frame.empty:
        return np.zeros(len(actors))
    network = one_mode_network(frame).reindex(index=actors, columns=actors, fill_value=0)
    W = np.maximum(network.to_numpy(), 0)
    values = np.linalg.eigvalsh(np.diag(W.sum(axis=1)) - W)
    total = values.sum()
    return values / total if total > 0 else values


def _distance(one: Array, other: Array) -> float:
    return float(np.sqrt(((one - other) ** 2).sum()))
