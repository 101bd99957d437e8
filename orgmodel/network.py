"""A structure as a NetworkX graph, for what graph patterns express badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from orgmodel.graph import graph_of

if TYPE_CHECKING:
    from orgmodel.structure import Structure


def network_of(structure: Structure) -> nx.MultiDiGraph[str]:
    """The property graph of a structure as a NetworkX graph.

    Nodes are ids, with the node's properties and its `label`; edges have the id of the relationship as
    their key, its properties and its `type`.
    """
    graph = graph_of(structure)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for label, rows in graph.nodes.items():
        for row in rows:
            network.add_node(str(row["id"]), label=label, **_properties(row))
    for (_, name, _), rows in graph.relationships.items():
        for row in rows:
            source, target, key = str(row["from"]), str(row["to"]), str(row["id"])
            network.add_edge(source, target, key=key)
            network.edges[source, target, key].update(_properties(row), type=name)
    return network


def _properties(row: dict[str, object]) -> dict[str, object]:
    props = row["props"]
    assert isinstance(props, dict)
    return props
