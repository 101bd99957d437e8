"""What a governance chart covers: a partnership's bodies, who stays accountable, what is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from orgmodel.charts.shown import Shown

if TYPE_CHECKING:
    from orgmodel.model import Node
    from orgmodel.structure import Structure


class Scope(Shown):
    """The part of a structure that one chart is about, and a tally of what is not drawn.

    Attributes:
        inside: The bodies that are part of the partnership, over any number of steps, by id.
        superiors: The bodies outside that bodies inside answer to, over any number of steps, by id.
        officers: The posts and organisations at which accountability ends, by id.
        units: The ids of the bodies inside that support the others.
        between: How many lines between shown boxes are not drawn, by what they are about.
        elsewhere: How many lines to what has no box are not drawn, by what they are about.
    """

    def __init__(self, structure: Structure, partnership: Node) -> None:
        super().__init__(structure)
        self.partnership = partnership
        self.between: Counter[str] = Counter()
        self.elsewhere: Counter[str] = Counter()
        self.inside = self._inside()
        self.superiors, self.officers = self._above()
        self.units = {node.id for node in self.inside.values() if node.kind == "business-unit"}

    def _inside(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        waiting = [self.partnership.id]
        while waiting:
            for line in self.structure.inward(waiting.pop(), "PART_OF"):
                node = self.node(line.from_id)
                if node.term == "Body" and node.id not in found and self.certain(line, node):
                    found[node.id] = node
                    waiting.append(node.id)
        return by_name(found)

    def _above(self) -> tuple[dict[str, Node], dict[str, Node]]:
        """The bodies outside, and then the posts and organisations, to which accountability leads."""
        superiors: dict[str, Node] = {}
        officers: dict[str, Node] = {}
        waiting = list(self.inside)
        while waiting:
            for line in self.structure.outward(waiting.pop(), "ACCOUNTABLE_TO"):
                node = self.node(line.to_id)
                if node.id in self.inside or not self.certain(line, node):
                    continue
                if node.term != "Body":
                    officers[node.id] = node
                elif node.id not in superiors:
                    superiors[node.id] = node
                    waiting.append(node.id)
        return by_name(superiors), by_name(officers)


def by_name(nodes: dict[str, Node]) -> dict[str, Node]:
    """Nodes by id, in the order of their names."""
    return {i: nodes[i] for i in sorted(nodes, key=lambda i: (nodes[i].name, i))}
