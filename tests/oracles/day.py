"""What oracles share: the facts of one day, and the parts of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure

Row = dict[str, object]


class Day:
    """The facts of a structure that hold on one day."""

    def __init__(self, structure: Structure, day: str) -> None:
        self._structure = structure
        self._out: dict[str, list[Relationship]] = {}
        self._into: dict[str, list[Relationship]] = {}
        for line in structure.relationships.values():
            held = structure.holdings[line.id]
            if held.holds_from <= day <= held.holds_to:
                self._out.setdefault(line.from_id, []).append(line)
                self._into.setdefault(line.to_id, []).append(line)

    def node(self, node_id: str) -> Node:
        return self._structure.nodes[node_id]

    def last_seen(self, node_id: str) -> str | None:
        return self._structure.holdings[node_id].last_seen

    def out(self, node_id: str, name: str, *to: str) -> list[Relationship]:
        """The lines of a type from a node; to nodes of some labels, where any are given."""
        return [
            line
            for line in self._out.get(node_id, ())
            if line.term == name and (not to or self.node(line.to_id).term in to)
        ]

    def into(self, node_id: str, name: str) -> list[Relationship]:
        return [line for line in self._into.get(node_id, ()) if line.term == name]

    def targets(self, lines: Iterable[Relationship]) -> list[Node]:
        """The nodes that some lines lead to, once each, by name and id."""
        found = {line.to_id: self.node(line.to_id) for line in lines}
        return sorted(found.values(), key=lambda node: (node.name, node.id))


def reached(starts: Iterable[str], following: Callable[[str], list[str]]) -> dict[str, int]:
    """All that can be reached, each with the fewest steps to it."""
    steps = dict.fromkeys(starts, 0)
    waiting = list(steps)
    for one in waiting:
        for other in following(one):
            if other not in steps:
                steps[other] = steps[one] + 1
                waiting.append(other)
    return steps


def one(column: str, node: Node | None) -> Row:
    return {f"{column}_id": node.id if node else None, column: node.name if node else None}


def listed(column: str, nodes: list[Node]) -> Row:
    return {f"{column}_id": [node.id for node in nodes], column: [node.name for node in nodes]}


def grounds(facts: list[Entity] | list[Relationship]) -> Row:
    return {
        "certainty": max((fact.certainty for fact in facts), key=CERTAINTIES.index),
        "citations": sorted({citation for fact in facts for citation in fact.citations}),
    }


def nulls_last(value: object) -> tuple[bool, str]:
    return value is None, str(value)
