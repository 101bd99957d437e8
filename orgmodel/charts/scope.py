"""What a governance chart covers: a partnership's bodies, who stays accountable, what is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgmodel.charts.shown import Shown
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model import Node
    from orgmodel.structure import Structure


_UPWARD: Final = ("ACCOUNTABLE_TO", "REPORTS_TO")
"""The relationships by which one body is below another."""


class Scope(Shown):
    """The part of a structure that one chart is about, and a tally of what is not drawn.

    Args:
        structure: What holds on the day of the chart.
        partnership: The partnership.
        start: A body of it: only that is drawn, with what is below it; None: the whole.
        depth: How many levels are drawn, the highest being one of them; None: all.
        with_above: Whether the bodies right above the one that it starts with are drawn too.
        people: Whether people who hold posts may be named.

    Attributes:
        inside: The bodies that are drawn, by id: of those that are part of the partnership, over any number
            of steps.
        hidden: Those that are part of it and not drawn, by id.
        start: The body that it starts with, if there is one.
        above: The ids of the bodies right above that, where they are drawn.
        doubtful: The ids of those of which it can be read in two ways whether they are part of it.
        below: By the id of a body that is drawn how many right below it are not.
        superiors: The bodies outside that bodies inside answer to, over any number of steps, by id.
        officers: The posts and organisations at which accountability ends, by id.
        units: The ids of the bodies inside that support the others.
        between: How many lines between shown boxes are not drawn, by what they are about.
        elsewhere: How many lines to what has no box are not drawn, by what they are about.
    """

    def __init__(
        self,
        structure: Structure,
        partnership: Node,
        start: Node | None = None,
        depth: int | None = None,
        *,
        with_above: bool = False,
        people: bool = False,
    ) -> None:
        super().__init__(structure, people=people)
        self.partnership = partnership
        self.between: Counter[str] = Counter()
        self.elsewhere: Counter[str] = Counter()
        every = by_name(self.bodies_of(partnership.id))
        if start is not None and start.id not in every:
            raise ChartError(
                f"{shown(start.name)} is no part of {shown(partnership.name)} on {structure.day}"
            )
        self.inside = every
        self.below: Counter[str] = Counter()
        self._under = {i: self._right_below(i, every) for i in every}
        lower = {j for some in self._under.values() for j in some}
        tops = [start.id] if start else [i for i in every if self._under[i] and i not in lower]
        if start is not None or depth is not None:
            self.inside = self._chosen(every, tops, depth)
            # What can be read in two ways elsewhere in the partnership is no part of this.
            self.ambiguous = {i for i in self.ambiguous if self._concerns(i, self.inside)}
        self.hidden = {i: node for i, node in every.items() if i not in self.inside}
        self.superiors, self.officers = self._above()
        self.start = start
        self.above: set[str] = set()
        if start is not None and with_above:
            lines = structure.outward(start.id, *_UPWARD)
            upper = {line.to_id for line in lines if line.certainty != "ambiguous"}
            self.above = upper & self.hidden.keys()
            self.inside = {i: node for i, node in every.items() if i in self.inside or i in self.above}
            self.hidden = {i: node for i, node in every.items() if i not in self.inside}
        parts = (line for whole in (partnership.id, *every) for line in structure.inward(whole, "PART_OF"))
        self.doubtful = {line.from_id for line in parts} - every.keys()
        self.units = {node.id for node in self.inside.values() if node.kind == "business-unit"}

    def is_about(self, *ends: str) -> bool:
        """Whether a line between some is drawn: what is above is there for the lines to it alone."""
        return not {*ends} & self.above or (self.start is not None and self.start.id in ends)

    def _concerns(self, fact: str, bodies: Mapping[str, Node]) -> bool:
        """Whether a fact is about some bodies."""
        line = self.structure.relationships.get(fact)
        return fact in bodies or (line is not None and bool({line.from_id, line.to_id} & bodies.keys()))

    def _chosen(self, every: dict[str, Node], tops: list[str], depth: int | None) -> dict[str, Node]:
        """The bodies of so many levels, and the units that support them, which are drawn beside them."""
        level = self._levels(tops, depth)
        self.below = Counter({i: len([j for j in self._under[i] if j not in level]) for i in level})
        for unit in every.values():
            lines = self.structure.outward(unit.id, "SUPPORTS")
            served = {line.to_id for line in lines if line.certainty != "ambiguous"}
            if unit.kind == "business-unit" and served & level.keys():
                level[unit.id] = 0
        return {i: node for i, node in every.items() if i in level}

    def _levels(self, tops: list[str], depth: int | None) -> dict[str, int]:
        """How far down each body is from some, of so many levels."""
        level = dict.fromkeys(tops, 0)
        waiting = list(level)
        for one in waiting:
            for other in self._under[one]:
                if other not in level and (depth is None or level[one] + 1 < depth):
                    level[other] = level[one] + 1
                    waiting.append(other)
        return level

    def _right_below(self, body: str, every: dict[str, Node]) -> list[str]:
        lines = self.structure.inward(body, *_UPWARD)
        ids = {line.from_id for line in lines if line.from_id in every and line.certainty != "ambiguous"}
        return sorted(ids - {body})

    def _above(self) -> tuple[dict[str, Node], dict[str, Node]]:
        """The bodies outside, and then the posts and organisations, to which accountability leads."""
        superiors: dict[str, Node] = {}
        officers: dict[str, Node] = {}
        waiting = list(self.inside)
        while waiting:
            for line in self.structure.outward(waiting.pop(), "ACCOUNTABLE_TO"):
                node = self.node(line.to_id)
                if node.id in self.inside or node.id in self.hidden or not self.certain(line, node):
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
