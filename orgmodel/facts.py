"""Facts: what a session asks, be they read from a dataset or kept on a server."""

from __future__ import annotations

from functools import cached_property
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, Protocol

from orgmodel.errors import NameNotFoundError, StoreError
from orgmodel.names import Names
from orgmodel.structure import Structure, day_of
from orgmodel.vocabulary import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.errors import Place
    from orgmodel.holding import Holding
    from orgmodel.model import Edition
    from orgmodel.names import Named
    from orgmodel.stores import GraphStore
    from orgmodel.stores.neo4j import Neo4jStore
    from orgmodel.stores.shared import LoadRecord, Look


class Known(NamedTuple):
    """A node that somebody means: its id, what it is called, when it holds."""

    id: str
    name: str
    holding: Holding


class Facts(Protocol):
    """Where facts are had from."""

    @property
    def store(self) -> GraphStore:
        """The graph of them, to be asked in Cypher."""

    def structure(self) -> Structure:
        """All of them.

        Raises:
            StoreError: They cannot be had.
        """

    def ready(self) -> None:
        """Makes sure that they can be asked now.

        Raises:
            StoreError: They cannot.
        """

    def find(self, text: str, *labels: str) -> Known:
        """The node that a text means; see `Structure.find`."""

    def named(self, *labels: str) -> list[Named]:
        """What everything of some labels is called, or of all; people are left out."""

    def editions(self) -> Mapping[str, Edition]:
        """The editions of all datasets, by id."""

    def date_of(self, text: str | None) -> str:
        """The day that somebody means; see `Structure.date_of`."""

    def records(self) -> list[LoadRecord]:
        """The datasets that they are from."""

    def place_of(self, entity_id: str) -> Place | None:
        """Where in a dataset a node or relationship stands; None where that is not known."""

    def close(self) -> None:
        """Lets go of whatever is open."""


class DatasetFacts:
    """Facts read from a dataset, or several; the embedded store is filled when it is first asked."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure

    @cached_property
    def store(self) -> GraphStore:
        """The graph of them; see `Facts.store`."""
        from orgmodel.graph import graph_of
        from orgmodel.stores.embedded import EmbeddedStore

        store = EmbeddedStore()
        store.fill(graph_of(self._structure))
        return store

    def structure(self) -> Structure:
        """All of them."""
        return self._structure

    def ready(self) -> None:
        """They can always be asked."""

    def find(self, text: str, *labels: str) -> Known:
        """The node that a text means; see `Structure.find`."""
        node = self._structure.find(text, *labels)
        return Known(node.id, node.name, self._structure.holdings[node.id])

    def named(self, *labels: str) -> list[Named]:
        """What everything is called; see `Facts.named`."""
        wanted = {*(labels or NODE_TYPES)} - {"Person"}
        return [named for named in self._structure.names if named.label in wanted]

    def editions(self) -> Mapping[str, Edition]:
        """The editions of all datasets, by id."""
        return self._structure.editions

    def date_of(self, text: str | None) -> str:
        """The day that somebody means; see `Structure.date_of`."""
        return self._structure.date_of(text)

    def records(self) -> list[LoadRecord]:
        """The datasets that they are from; none of them was ever loaded."""
        from orgmodel.stores.shared import COMPLETE, LoadRecord

        return [
            LoadRecord(
                part.datasets[0].id,
                part.datasets[0].model_dump_json(),
                COMPLETE,
                len(part.nodes),
                len(part.relationships),
            )
            for part in self._structure.parts()
        ]

    def place_of(self, entity_id: str) -> Place | None:
        """Where in its dataset a node or relationship stands; see `Facts.place_of`."""
        return self._structure.places.get(entity_id)

    def close(self) -> None:
        """Lets go of the store."""
        if "store" in self.__dict__:
            self.store.close()


class SharedFacts:
    """Facts kept on a Neo4j server; they are read when they are asked for, for others may change them.

    Whether the graph is complete, and whether it was written to, is looked at again where the last look is
    over. What things are called is kept until it was.

    Args:
        store: The server.
        allow_incomplete: Whether a dataset of which only a part is loaded may be asked too.
    """

    def __init__(self, store: Neo4jStore, *, allow_incomplete: bool = False) -> None:
        self._store = store
        self._allow_incomplete = allow_incomplete
        self._look: Look | None = None
        self._looked = -inf
        self._indexes: dict[tuple[str, ...], tuple[Names, dict[str, Known]]] = {}
        self._editions: dict[str, Edition] | None = None

    @property
    def store(self) -> GraphStore:
        """The graph of them; see `Facts.store`."""
        return self._store

    def structure(self) -> Structure:
        """All of them; see `Facts.structure`."""
        from orgmodel.stores import shared

        self.ready()
        return shared.structure(self._store)

    def ready(self) -> None:
        """Makes sure that every dataset there is complete; see `Facts.ready`."""
        from orgmodel.stores import shared

        if monotonic() - self._looked > shared.LOOK_HOLDS:
            look = shared.look(self._store)
            self._looked = monotonic()
            if look != self._look:
                self._look, self._editions = look, None
                self._indexes.clear()
        if self._look is not None and self._look.incomplete and not self._allow_incomplete:
            raise StoreError(
                f"{self._store}: the load of {', '.join(self._look.incomplete)} is not finished, so that "
                "answers may be wrong: wait for it, run the same load or unload again, or ask with "
                "--allow-incomplete"
            )

    def find(self, text: str, *labels: str) -> Known:
        """The node that a text means; see `Structure.find`."""
        wanted = labels or tuple(NODE_TYPES)
        names, known = self._index(wanted)
        try:
            return known[names.find(text, labels).id]
        except NameNotFoundError:
            # What else has the name, or one like it, is only looked for when it must be said.
            names, known = self._index(tuple(NODE_TYPES))
            return known[names.find(text, labels).id]

    def _index(self, labels: tuple[str, ...]) -> tuple[Names, dict[str, Known]]:
        from orgmodel.stores import shared

        found = self._indexes.get(labels)
        if found is None:
            called = list(shared.called(self._store, labels))
            known = {named.id: Known(named.id, named.name, holding) for named, holding in called}
            found = self._indexes[labels] = Names(named for named, _ in called), known
        return found

    def named(self, *labels: str) -> list[Named]:
        """What everything is called; see `Facts.named`."""
        names, _ = self._index(tuple(label for label in labels or NODE_TYPES if label != "Person"))
        return [*names]

    def editions(self) -> Mapping[str, Edition]:
        """The editions of all datasets, by id."""
        from orgmodel.stores import shared

        if self._editions is None:
            datasets = shared.datasets(self._store)
            self._editions = {edition.id: edition for dataset in datasets for edition in dataset.editions}
        return self._editions

    def date_of(self, text: str | None) -> str:
        """The day that somebody means; see `Structure.date_of`."""
        return day_of(text, self.editions())

    def records(self) -> list[LoadRecord]:
        """The datasets that are loaded there."""
        from orgmodel.stores import shared

        return shared.records(self._store)

    def place_of(self, entity_id: str) -> None:
        """Nowhere: a server does not know the files of what it holds; see `Facts.place_of`."""

    def close(self) -> None:
        """Closes the connections."""
        self._store.close()
