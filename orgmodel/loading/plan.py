"""A plan: what a shared graph must change to hold a dataset, or to hold it no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from orgmodel.graph import graph_of
from orgmodel.stores import shared
from orgmodel.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.graph import Properties
    from orgmodel.stores.shared import LoadRecord
    from orgmodel.structure import Structure


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: the properties that differ, as they are and as they will be."""

    id: str
    old: Mapping[str, object]
    new: Mapping[str, object]


@dataclass(slots=True)
class Changes:
    """What changes of one label or one relationship type; of what stays, the properties that differ."""

    added: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


@dataclass(slots=True)
class Plan:
    """What a shared graph must change to hold a dataset as it is.

    Attributes:
        dataset: The id of the dataset.
        changes: By label and relationship type, in the order of the vocabulary; only where there are any.
        wanted: What the dataset says; nothing where it is unloaded.
        unload: Whether the dataset goes.
        together: The properties of what other datasets state too, by id.
        generation: How often the graph had been written to when it was compared.
        digest: A hash of what the dataset says, where one was asked for.
    """

    dataset: str
    wanted: Structure
    unload: bool
    changes: dict[str, Changes] = field(default_factory=dict)
    together: dict[str, Properties] = field(default_factory=dict)
    generation: int = 0
    digest: str | None = None
    record: LoadRecord | None = None

    @property
    def size(self) -> int:
        """How many nodes and relationships change."""
        return sum(map(len, self.changes.values()))

    @property
    def is_empty(self) -> bool:
        """Whether the graph holds the dataset as it is, so that there is nothing to do."""
        return not self.size and self.record is not None and self._recorded(self.record)

    def _recorded(self, record: LoadRecord) -> bool:
        if self.unload or record.state != shared.COMPLETE or (self.digest and record.digest != self.digest):
            return False
        return (record.description, record.nodes, record.relationships) == (
            description_of(self.wanted),
            len(self.wanted.nodes),
            len(self.wanted.relationships),
        )


def digest_of(structure: Structure) -> str:
    """A hash of all that a dataset says, and of the version of orgmodel that says it so."""
    found = sha256(VERSION.encode())
    graph = graph_of(structure)
    for term, rows in (*graph.nodes.items(), *graph.relationships.items()):
        for row in rows:
            found.update(repr((term, row)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def description_of(structure: Structure) -> str:
    """What a dataset says of itself, as JSON."""
    return structure.datasets[0].model_dump_json()
