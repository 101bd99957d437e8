"""The shared graph: what is loaded into a Neo4j server, and reading it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from orgmodel.graph import Stored, structure_of
from orgmodel.holding import Holding
from orgmodel.model import Dataset
from orgmodel.names import Named
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.stores.neo4j import Neo4jStore
    from orgmodel.structure import Structure

COMPLETE: Final = "complete"
INCOMPLETE: Final = "incomplete"

_RECORDS: Final = """
MATCH (r:LoadRecord)
RETURN r.dataset, r.description, r.state, r.nodes, r.relationships, r.loaded_at, r.version, r.digest
ORDER BY r.dataset
"""


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """What a shared graph knows of one dataset in it.

    Attributes:
        dataset: Its id.
        description: What it says of itself, as JSON; by its last load that was complete, if there was one.
        state: complete, or incomplete while a load or unload goes on or after one was interrupted.
        nodes: How many nodes it states.
        relationships: How many relationships it states.
        loaded_at: When the last load was complete, by the clock of the server, ISO 8601; None before.
        version: The version of orgmodel that loaded it.
        digest: A hash of all it states, where it was loaded with one.
    """

    dataset: str
    description: str | None
    state: str
    nodes: int | None = None
    relationships: int | None = None
    loaded_at: str | None = None
    version: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str | None:
        """What the dataset is called."""
        return None if self.description is None else Dataset.model_validate_json(self.description).name


def records(store: Neo4jStore) -> list[LoadRecord]:
    """The datasets that a shared graph holds, by id."""
    return [LoadRecord(*row) for row in store.stream(_RECORDS)]


def datasets(store: Neo4jStore) -> list[Dataset]:
    """What the datasets of a shared graph say of themselves, by id; of those that were ever complete."""
    return [
        Dataset.model_validate_json(record.description)
        for record in records(store)
        if record.description is not None
    ]


LOOK_HOLDS: Final = 0.25
"""For so many seconds a look at the state of a graph may be relied on. A load that can be seen half done says
so first, and waits for longer than that before it writes."""


class Look(NamedTuple):
    """The state of a shared graph: how often it was written to, which of its datasets are incomplete."""

    generation: int
    incomplete: tuple[str, ...]


_LOOK: Final = """
OPTIONAL MATCH (l:LoadLock {id: 'load'})
OPTIONAL MATCH (r:LoadRecord) WHERE r.state <> 'complete'
WITH l, r.dataset AS dataset ORDER BY dataset
RETURN coalesce(l.generation, 0), collect(dataset)
"""


def look(store: Neo4jStore) -> Look:
    """The state of a shared graph now."""
    ((generation, incomplete),) = store.run(_LOOK, {}).rows
    assert isinstance(generation, int)
    assert isinstance(incomplete, list)
    return Look(generation, tuple(incomplete))


def structure(store: Neo4jStore) -> Structure:
    """The structure of all datasets of a shared graph.

    Raises:
        DatasetError: The graph was changed by hand into one that no structure has.
        StoreError: The graph cannot be read.
    """
    return structure_of(datasets(store), _stored(store), str(store))


def _stored(store: Neo4jStore) -> Iterator[Stored]:
    for label in NODE_TYPES:
        for (properties,) in store.stream(f"MATCH (n:{label}) RETURN properties(n)"):
            yield Stored(label, properties)
    for name in RELATIONSHIP_TYPES:
        text = f"MATCH (a)-[r:{name}]->(b) RETURN properties(r), a.id, b.id"
        for properties, from_id, to_id in store.stream(text):
            yield Stored(name, properties, str(from_id), str(to_id))


def called(store: Neo4jStore, labels: Iterable[str]) -> Iterator[tuple[Named, Holding]]:
    """What everything of some labels is called, and when it holds."""
    for label in labels:
        text = (
            f"MATCH (n:{label}) "
            "RETURN n.id, n.name, n.short_name, n.aliases, n.holds_from, n.holds_to, n.last_seen "
            "ORDER BY n.id"
        )
        for node_id, name, short_name, aliases, holds_from, holds_to, seen in store.stream(text):
            others = tuple(other for other in (short_name, *(aliases or ())) if other)
            yield Named(node_id, label, name, others), Holding(holds_from, holds_to, seen)
