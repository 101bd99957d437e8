"""The two sides of a difference: what holds on each, and how what is there on one of them is told."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from orgmodel.difference.changes import Said
from orgmodel.difference.dating import Dating
from orgmodel.difference.words import LINES, details, with_details
from orgmodel.model import Relationship
from orgmodel.tables import as_text
from orgmodel.vocabulary import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.model import Entity, Node, Value
    from orgmodel.structure import Structure

OWN_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "Body": ("PART_OF", "ACCOUNTABLE_TO"),
    "Organisation": ("PART_OF",),
    "Post": ("POST_IN", "HELD_BY"),
    "Seat": ("ON", "FILLED_BY", "REPRESENTS"),
    "Plan": ("PART_OF",),
    "Priority": ("PART_OF",),
    "Objective": ("PART_OF",),
    "Fund": ("PART_OF",),
    "Requirement": ("SET_BY",),
}
"""Lines that say what a thing is: where they change, it has changed."""

TAKEN_IN: Final = frozenset({"PARTY_TO", "SUBJECT_TO", "CONTRIBUTES", "LEADS"})
"""Lines that are first of all about what they lead to."""

_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "Partnership": ("area",),
    "Body": ("kind", "tier", "purpose", "meetings_per_year"),
    "Seat": ("role", "category", "places"),
    "Agreement": ("kind", "status", "signed_date", "review_date"),
    "Fund": ("year", "total", "currency"),
    "Requirement": ("kind", "force"),
    "Event": ("kind", "date"),
    "Source": ("kind", "publisher", "published", "not_before"),
}
"""What is told of a thing that is there on one side only; of others their kind."""

_WORDS: Final = {"start_date": "first day", "end_date": "last day"}

_LINE_ORDER: Final = {name: position for position, name in enumerate(RELATIONSHIP_TYPES)}


class Side:
    """One of the two that are compared: a structure, a day, and what holds on it.

    Attributes:
        structure: All that it says, whenever that holds.
        day: The day; None: all of it counts.
        dating: What it knows of when things began and ended.
        entities: Its nodes and relationships, by id.
        holds: The ids of what holds on the day and is told of.
    """

    def __init__(self, structure: Structure, day: str | None, hidden: set[str]) -> None:
        self.structure = structure
        self.day = day
        self.dating = Dating(structure)
        self.entities: dict[str, Entity] = {**structure.nodes, **structure.relationships}
        untold = {node.id for label in hidden for node in structure.labelled(label)}
        untold |= {
            line.id
            for line in structure.relationships.values()
            if untold and (line.from_id in untold or line.to_id in untold)
        }
        self.holds = {one for one, held in structure.holdings.items() if day is None or held.on(day)} - untold

    def states(self, one: str) -> bool:
        """Whether it says anything of an id."""
        return one in self.entities

    def entity(self, one: str) -> Entity:
        """The node or relationship of an id."""
        return self.entities[one]

    def node(self, one: str) -> Node:
        """The node of an id."""
        return self.structure.nodes[one]

    def lines(self, one: str, name: str) -> list[Relationship]:
        """The relationships of a type that lead from a node on the day."""
        return [line for line in self.structure.outward(one, name) if line.id in self.holds]

    def ends(self, one: str, name: str) -> set[str]:
        """The ids of what these lead to."""
        return {line.to_id for line in self.lines(one, name)}

    def sources(self) -> list[str]:
        """The ids of the sources that had been published by the day."""
        held, day = self.structure.holdings, self.day
        found = (source.id for source in self.structure.labelled("Source"))
        return [one for one in found if day is None or held[one].on(day)]

    @cached_property
    def horizon(self) -> str | None:
        """When the newest of its sources was published."""
        return self.dating.newest(self.day, ())

    def body_of(self, entity: Entity) -> Node | None:
        """The body or partnership that something belongs to."""
        if isinstance(entity, Relationship):
            one, other = self.node(entity.from_id), self.node(entity.to_id)
            own = self.body_of(one)
            return own or (self.body_of(other) if one.term in {"Post", "Organisation"} else None)
        if entity.term in {"Body", "Partnership"}:
            return self.node(entity.id)
        name = {"Seat": "ON", "Post": "POST_IN"}.get(entity.term)
        whole = (self.node(line.to_id) for line in self.structure.outward(entity.id, name or ""))
        return next((node for node in whole if node.term in {"Body", "Partnership"}), None)

    def told(self, found: Found) -> list[Said]:
        """What is told of something that is there on this side only."""
        entity = found.entity
        if isinstance(entity, Relationship):
            names: Iterable[str] = (p.name for p in RELATIONSHIP_TYPES[entity.term].properties)
        else:
            names = _TOLD.get(entity.term, ("kind",))
        given = ((name, entity.get(name)) for name in names)
        said = [Said(word(name), as_text(v), entity.certainty) for name, v in given if v is not None]
        # The body of a seat has columns of its own.
        lines = [line for line in found.lines if entity.term != "Seat" or line.term != "ON"]
        return said + self.said_of(entity.id, lines)

    def said_of(self, one: str, lines: Iterable[Relationship]) -> list[Said]:
        """What some relationships say of a node at either end of them."""
        said: list[tuple[int, bool, str, str, Said]] = []
        for line in lines:
            outward = line.from_id == one
            other = self.node(line.to_id if outward else line.from_id).name
            words = LINES[line.term]
            told = Said(
                words.label if outward else words.back, with_details(other, details(line)), line.certainty
            )
            said.append((_LINE_ORDER[line.term], not outward, other, line.id, told))
        return [told for *_, told in sorted(said, key=lambda each: each[:-1])]


class Found(NamedTuple):
    """Something that is there on one side only, and the lines that are told with it."""

    entity: Entity
    lines: list[Relationship]


class Placed(NamedTuple):
    """What is there on one side only: told by itself; or of a thing that is on both, by its id and type."""

    told: dict[str, Found]
    kept: dict[str, dict[str, list[Relationship]]]


def placed(side: Side, ids: Iterable[str], shared: set[str], *, ended: bool) -> Placed:
    """Places each line with a thing that is itself there on one side only, or that it changes; else alone.

    Args:
        side: The side on which these are.
        ids: What is there on that side only.
        shared: What is there on both.
        ended: Whether they did end: a line to what is gone is then told with that.
    """
    entities = [side.entity(one) for one in sorted(ids)]
    found = Placed({e.id: Found(e, []) for e in entities if not isinstance(e, Relationship)}, {})
    things = {*found.told}
    for line in entities:
        if not isinstance(line, Relationship):
            continue
        taken_in = line.term in TAKEN_IN
        about, other = (line.to_id, line.from_id) if taken_in else (line.from_id, line.to_id)
        if about in things:
            found.told[about].lines.append(line)
        elif about in shared and line.term in OWN_LINES.get(side.node(about).term, ()):
            found.kept.setdefault(about, {}).setdefault(line.term, []).append(line)
        elif other in things and (taken_in or ended):
            found.told[other].lines.append(line)
        else:
            found.told[line.id] = Found(line, [])
    return found


def word(name: str) -> str:
    """The name of a property as it is said."""
    return _WORDS.get(name, name.replace("_", " "))


def statement(line: Relationship) -> tuple[Value, ...]:
    """All that a relationship says, apart from when and from where that is known."""
    own = (line.get(p.name) for p in RELATIONSHIP_TYPES[line.term].properties)
    return (line.term, line.from_id, line.to_id, *own)
