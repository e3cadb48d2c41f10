"""Networks for Gephi, R and others: GraphML and GEXF, with what is known of nodes and edges."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import AnalysisError
from analysis.storage.files import replace_file

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_network(
    edges: pd.DataFrame, path: str | os.PathLike[str], *, nodes: pd.DataFrame | None = None
) -> Path:
    """Write a network as GraphML or GEXF, by the ending of the path.

    Parameters
    ----------
    edges : pandas.DataFrame
        ``source``, ``target`` (str), each pair once, whichever way round, and whatever else is
        known of each edge, such as ``weight``.
    path : str or path-like
        Ends in ``.graphml`` or ``.gexf``.
    nodes : pandas.DataFrame, optional
        One row per node, its name in the first column, and what is known of it in the others.
        Nodes without an edge are written too.

    Raises
    ------
    AnalysisError
        If a column is missing, a pair comes twice, or the path ends otherwise.
    """
    import networkx as nx

    missing = [name for name in ("source", "target") if name not in edges]
    if missing:
        raise AnalysisError("edges", f"no column {missing[0]}", "the columns source and target")
    write: dict[str, Callable[..., None]] = {
        ".graphml": nx.write_graphml_xml,
        ".gexf": nx.write_gexf,
    }
    ending = Path(path).suffix.lower()
    if ending not in write:
        raise AnalysisError(path, f"the ending {ending!r}", f"one of {', '.join(write)}")
    pairs = list(map(frozenset, zip(edges["source"], edges["target"], strict=True)))
    pair, times = Counter(pairs).most_common(1)[0] if pairs else (frozenset(), 0)
    if times > 1:
        # The formats would keep one of them in silence.
        raise AnalysisError(
            "edges",
            f"{times} edges between {' and '.join(sorted(map(str, pair)))}",
            "one for each pair; the network has no directions",
            "add their weights up first",
        )
    plain = edges.astype(object).map(lambda v: _legal(v) if isinstance(v, str) else v)
    graph = nx.from_pandas_edgelist(plain, edge_attr=True if len(edges.columns) > 2 else None)
    if nodes is not None:
        _add_nodes(graph, nodes)
    sink = io.BytesIO()
    write[ending](graph, sink)
    # GEXF carries the day on which it was written; the same network must give the same bytes.
    data = re.sub(rb'\s*lastmodifieddate="[^"]*"', b"", sink.getvalue())
    return replace_file(path, data)


def _add_nodes(graph: Any, nodes: pd.DataFrame) -> None:
    name = nodes.columns[0]
    twice = nodes.loc[nodes[name].duplicated(), name]
    if len(twice):
        raise AnalysisError("nodes", f"{twice.iloc[0]!r} again", "each node once")
    missing = sorted(set(graph.nodes) - set(map(_legal, nodes[name])))
    if missing:
        raise AnalysisError("nodes", f"no row for {missing[0]!r}", "a row for each end of an edge")
    for row in nodes.astype(object).to_dict("records"):
        told = {
            str(key): _legal(value) if isinstance(value, str) else value
            for key, value in row.items()
            if key != name and value is not None and not pd.isna(value)
        }
        graph.add_node(_legal(row[name]), **told)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
