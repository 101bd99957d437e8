"""Facts: what a session asks, be they read from a dataset or kept on a server."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from orgmodel.names import Names
from orgmodel.structure import Structure, day_of
from orgmodel.vocabulary import NODE_TYPES

if TYPE_CHECKING:
    from orgmodel.holding import Holding
    from orgmodel.model import Edition
    from orgmodel.stores import GraphStore
    from orgmodel.stores.neo4j import Neo4jStore
    from orgmodel.stores.shared import LoadRecord


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

    def date_of(self, text: str | None) -> str:
        """The day that somebody means; see `Structure.date_of`."""

    def records(self) -> list[LoadRecord]:
        """The datasets that they are from."""

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

    def close(self) -> None:
        """Lets go of the store."""
        if "store" in self.__dict__:
            self.store.close()


class SharedFacts:
    """Facts kept on a Neo4j server; everything is read when it is asked for, for others may change it.

    Args:
        store: The server.
        allow_incomplete: Whether a dataset of which only a part is loaded may be asked too.
    """

    def __init__(self, store: Neo4jStore, *, allow_incomplete: bool = False) -> None:
        self._store = store
        self._allow_incomplete = allow_incomplete

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

        if not self._allow_incomplete:
            shared.refuse_incomplete(self._store)

    def find(self, text: str, *labels: str) -> Known:
        """The node that a text means; see `Structure.find`."""
        from orgmodel.stores import shared

        known = shared.find(self._store, text, labels or tuple(NODE_TYPES))
        if known is None:
            wanted = labels or tuple(NODE_TYPES)
            found = self._named(text, wanted)
            known = shared.find(self._store, found, wanted)
        assert known is not None
        return Known(*known)

    def _named(self, text: str, labels: tuple[str, ...]) -> str:
        from orgmodel.errors import NameNotFoundError
        from orgmodel.stores import shared

        try:
            return Names(shared.named(self._store, labels)).find(text, labels).id
        except NameNotFoundError:
            # What else has the name, or one like it, is only looked for when it must be said.
            return Names(shared.named(self._store, NODE_TYPES)).find(text, labels).id

    def date_of(self, text: str | None) -> str:
        """The day that somebody means; see `Structure.date_of`."""
        return day_of(text, self._editions)

    @cached_property
    def _editions(self) -> dict[str, Edition]:
        from orgmodel.stores import shared

        datasets = shared.datasets(self._store)
        return {edition.id: edition for dataset in datasets for edition in dataset.editions}

    def records(self) -> list[LoadRecord]:
        """The datasets that are loaded there."""
        from orgmodel.stores import shared

        return shared.records(self._store)

    def close(self) -> None:
        """Closes the connections."""
        self._store.close()
