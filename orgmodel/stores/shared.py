"""The shared graph: what is loaded into a Neo4j server, and reading it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgmodel.errors import StoreError
from orgmodel.graph import Stored, structure_of
from orgmodel.holding import Holding
from orgmodel.model import Dataset
from orgmodel.names import Named, spellings
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
        description: What it says of itself, as JSON; None before its first load is complete.
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
        """What the dataset is called; None before its first load is complete."""
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


def refuse_incomplete(store: Neo4jStore) -> None:
    """Refuses a graph in which a load was not finished: half a dataset would give wrong answers.

    Raises:
        StoreError: It holds a dataset that is incomplete.
    """
    text = "MATCH (r:LoadRecord) WHERE r.state <> $complete RETURN r.dataset ORDER BY r.dataset"
    names = ", ".join(str(row[0]) for row in store.run(text, {"complete": COMPLETE}).rows)
    if names:
        raise StoreError(
            f"{store}: the load of {names} is not finished, so that answers may be wrong: wait for it, run "
            "the same load or unload again, or ask with --allow-incomplete"
        )


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


def named(store: Neo4jStore, labels: Iterable[str]) -> list[Named]:
    """Every name of everything of some labels."""
    return [
        Named(row[0], label, row[1], tuple(other for other in (row[2], *(row[3] or ())) if other))
        for label in labels
        for row in store.stream(f"MATCH (n:{label}) RETURN n.id, n.name, n.short_name, n.aliases")
    ]


def find(store: Neo4jStore, text: str, labels: Iterable[str]) -> tuple[str, str, Holding] | None:
    """The node of some labels that has a text as its id: id, name, when it holds. None: there is none."""
    query = (
        f"MATCH (n:{'|'.join(labels)}) WHERE n.id IN $ids "
        "RETURN n.id, n.name, n.holds_from, n.holds_to, n.last_seen"
    )
    for node_id, name, holds_from, holds_to, seen in store.run(query, {"ids": spellings(text)}).rows:
        last_seen = None if seen is None else str(seen)
        return str(node_id), str(name), Holding(str(holds_from), str(holds_to), last_seen)
    return None
