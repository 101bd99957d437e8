"""What a reader found in a dataset, before it is known to be right: values, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgmodel.errors import Place


@dataclass(slots=True, eq=False)
class NodeRecord:
    """A node as a reader found it: `fields` by property name, each with its place in `places`."""

    label: str
    fields: dict[str, object]
    place: Place
    places: dict[str, Place] = field(default_factory=dict)
    key: str | None = None

    def at(self, name: str) -> Place:
        """Where a property stands, or the node where the property is missing."""
        return self.places.get(name, self.place)


@dataclass(slots=True, eq=False)
class RelationshipRecord:
    """A relationship as a reader found it; an end is a node of the dataset, or a name still to be found."""

    type: str
    source: NodeRecord | str
    target: NodeRecord | str
    fields: dict[str, object]
    place: Place
    places: dict[str, Place] = field(default_factory=dict)
    key: str | None = None

    def at(self, name: str) -> Place:
        """Where a property stands, or the relationship where the property is missing."""
        return self.places.get(name, self.place)


@dataclass(slots=True, eq=False)
class DatasetRecord:
    """All that a reader found: the dataset's words about itself, its nodes and its relationships.

    `header` is None where it says nothing about itself. It is not `complete` where something could not
    be read: then nothing is known to be missing.
    """

    header: dict[str, object] | None
    place: Place
    places: dict[str, Place] = field(default_factory=dict)
    nodes: list[NodeRecord] = field(default_factory=list)
    relationships: list[RelationshipRecord] = field(default_factory=list)
    complete: bool = True
