"""Networks read back with their attributes."""

import networkx as nx
import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.exchange import write_network

TURNED = {"source": "target", "target": "source"}


@pytest.mark.parametrize(
    ("name", "read"), [("n.graphml", nx.read_graphml), ("n.gexf", nx.read_gexf)]
)
def test_networks(tmp_path, name, read):
    edges = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c\x02"], "weight": [2, 3]})
    path = write_network(edges, tmp_path / name)
    graph = read(path)
    assert sorted(graph.nodes) == ["a", "b", "c\ufffd"]
    assert graph.edges["a", "b"]["weight"] == 2
    assert write_network(edges, tmp_path / f"2{name}").read_bytes() == path.read_bytes()
    with pytest.raises(AnalysisError, match="graphml"):
        write_network(edges, tmp_path / "n.png")
    with pytest.raises(AnalysisError, match="2 edges between a and b; expected one for each pair"):
        write_network(pd.concat([edges, edges.iloc[[0]].rename(columns=TURNED)]), path)
    with pytest.raises(AnalysisError, match="no column target"):
        write_network(edges[["source"]], path)


@pytest.mark.parametrize(
    ("name", "read"), [("n.graphml", nx.read_graphml), ("n.gexf", nx.read_gexf)]
)
def test_attributes_of_nodes_and_edges_are_kept(tmp_path, name, read):
    edges = pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [-1.5], "sign": ["disagree"]})
    nodes = pd.DataFrame({"actor": ["a", "b", "alone"], "group": ["x", "y", "x"], "n": [3, 1, 1]})
    graph = read(write_network(edges, tmp_path / name, nodes=nodes))
    assert graph.nodes["a"]["group"] == "x"
    assert graph.nodes["alone"]["n"] == 1
    assert graph.edges["a", "b"]["weight"] == -1.5
    assert graph.edges["a", "b"]["sign"] == "disagree"
    with pytest.raises(AnalysisError, match="no row for 'b'"):
        write_network(edges, tmp_path / name, nodes=nodes.iloc[[0]])
