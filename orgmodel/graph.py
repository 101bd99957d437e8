"""The property graph of a structure: rows for nodes and relationships, as a store takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from orgmodel.vocabulary import DERIVED, NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from orgmodel.model import Entity
    from orgmodel.structure import Structure

_NODE_PROPERTIES = {
    label: tuple(p.name for p in declared.all_properties) for label, declared in NODE_TYPES.items()
}
_LINE_PROPERTIES = {
    name: tuple(p.name for p in declared.all_properties) for name, declared in RELATIONSHIP_TYPES.items()
}

GraphValue: TypeAlias = "str | int | float | list[str]"
Row: TypeAlias = "dict[str, object]"


@dataclass(frozen=True, slots=True)
class Graph:
    """Rows of a property graph.

    `nodes` has, by label, rows with `id` and `props`; `relationships` has, by label from, type and label
    to, rows with `id`, `from`, `to` and `props`.
    """

    nodes: dict[str, list[Row]] = field(default_factory=dict)
    relationships: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)


def graph_of(structure: Structure) -> Graph:
    """The property graph of a structure, dates as ISO 8601 text, lists as lists of text."""
    graph = Graph()
    for node in structure.nodes.values():
        props = _properties(structure, node, _NODE_PROPERTIES[node.term])
        props["datasets"] = list(node.datasets)
        graph.nodes.setdefault(node.term, []).append({"id": node.id, "props": props})
    for line in structure.relationships.values():
        props = _properties(structure, line, _LINE_PROPERTIES[line.term])
        props["dataset"] = line.datasets[0] if line.datasets else ""
        key = structure.nodes[line.from_id].term, line.term, structure.nodes[line.to_id].term
        graph.relationships.setdefault(key, []).append(
            {"id": line.id, "from": line.from_id, "to": line.to_id, "props": props}
        )
    return graph


def _properties(structure: Structure, entity: Entity, names: tuple[str, ...]) -> dict[str, GraphValue]:
    found: dict[str, GraphValue] = {}
    for name in names:
        value = entity.get(name)
        if isinstance(value, tuple):
            # A question about citations must find a list, if an empty one, on every node.
            if value or name in {"citations", "aliases"}:
                found[name] = list(value)
        elif value is not None:
            found[name] = value
    held = structure.holdings[entity.id]
    found |= {p.name: day for p in DERIVED if (day := getattr(held, p.name)) is not None}
    return found
