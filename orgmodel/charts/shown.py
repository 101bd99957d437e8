"""What a chart shows of a structure: the facts that it rests on, and those that it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.errors import ChartError, shown
from orgmodel.structure import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure


CONCLUDED: Final = " (concluded, not stated)"
"""What is added to the words about what is not stated."""


class Shown:
    """The part of a structure that one chart is about.

    Attributes:
        structure: What holds on the day of the chart.
        people: Whether people who hold posts may be named.
        ambiguous: The ids of the facts that can be read in two ways; they are left out.
        used: The facts that what is shown rests on, by id.
    """

    def __init__(self, structure: Structure, *, people: bool = False) -> None:
        self.structure = structure
        self.people = people
        self.ambiguous: set[str] = set()
        self.used: dict[str, Entity] = {}

    def certain(self, *facts: Node | Relationship) -> bool:
        """Whether none of some facts can be read in two ways; those that can are counted as left out."""
        doubtful = {fact.id for fact in facts if fact.certainty == "ambiguous"}
        self.ambiguous |= doubtful
        return not doubtful

    def node(self, node_id: str) -> Node:
        """A node of the structure."""
        return self.structure.nodes[node_id]

    def called(self, node_id: str) -> str:
        """What a node is called for short."""
        return self.node(node_id).known_as

    def outward(self, node_id: str, name: str) -> list[tuple[Relationship, Node]]:
        """The relationships of a type that lead from a node, each with where to; they count as shown."""
        return self._used((line, self.node(line.to_id)) for line in self.structure.outward(node_id, name))

    def inward(self, node_id: str, name: str) -> list[tuple[Relationship, Node]]:
        """The relationships of a type that lead to a node, each with where from; they count as shown."""
        return self._used((line, self.node(line.from_id)) for line in self.structure.inward(node_id, name))

    def holder(self, node: Node) -> str:
        """A post, with who holds it where people may be named; a person by name."""
        held = [f"{person.name}{remark(line)}" for line, person in self.outward(node.id, "HELD_BY")]
        return f"{node.name} ({', '.join(held)})" if held else node.name

    def use(self, *facts: Entity) -> None:
        """Counts facts as shown."""
        self.used |= {fact.id: fact for fact in facts}

    def show(self, about: Node) -> None:
        """Counts what a chart is about as shown.

        Raises:
            ChartError: It can be read in two ways.
        """
        if not self.certain(about):
            raise ChartError(
                f"{shown(about.name)} can be read in two ways on {self.structure.day}: no chart is about such"
            )
        self.use(about)

    def bodies_of(self, partnership: str) -> dict[str, Node]:
        """The bodies of a partnership, over any number of steps, that can be read in one way only, by id."""
        found: dict[str, Node] = {}
        waiting = [partnership]
        while waiting:
            for line in self.structure.inward(waiting.pop(), "PART_OF"):
                node = self.node(line.from_id)
                if node.term == "Body" and node.id not in found and self.certain(line, node):
                    found[node.id] = node
                    waiting.append(node.id)
        return found

    def _used(self, pairs: Iterable[tuple[Relationship, Node]]) -> list[tuple[Relationship, Node]]:
        found = [p for p in pairs if (self.people or p[1].term != "Person") and self.certain(*p)]
        for pair in found:
            self.use(*pair)
        return sorted(found, key=lambda pair: (pair[1].name, pair[1].id, pair[0].id))

    def nothing(self, about: Node, what: str) -> ChartError:
        """Why there is no chart of something.

        Args:
            about: What it would be about.
            what: What it would show, in the plural.
        """
        name, day = shown(about.name), self.structure.day
        if self.ambiguous:
            return ChartError(
                f"{name} has only {what} on {day} that can be read in two ways, which charts leave out"
            )
        return ChartError(f"{name} has no stated {what} on {day}: give another day")

    def notes(self, about: Node, *more: str) -> tuple[str, ...]:
        """The notes of a chart about something: its sources, what is old, more, what is left out and open."""
        bodies = [fact for one, fact in sorted(self.used.items()) if one in self.structure.nodes]
        named = [self.node(fact.id) for fact in bodies if fact.term in {"Partnership", "Body", "Agreement"}]
        notes = (
            captions.sources(self.structure, self.used.values()),
            captions.last_named(self.structure, sorted(named, key=lambda node: (node.name, node.id))),
            *more,
            captions.left_out(len(self.ambiguous)),
            captions.open_questions(self.structure, [node.id for node in named]),
            captions.disclaimer(self.structure, about),
            captions.made(self.structure, about),
        )
        return tuple(note for note in notes if note)


def remark(*facts: Node | Relationship) -> str:
    """What is added to the words about some facts where they are not stated."""
    return "" if weakest(facts) == "stated" else CONCLUDED
