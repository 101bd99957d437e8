"""Structures put into each store, to be asked there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from orgmodel.addresses import Address
from orgmodel.facts import DatasetFacts, SharedFacts
from orgmodel.loading import comparison, writing
from orgmodel.session import Session
from orgmodel.stores.neo4j import Neo4jStore

if TYPE_CHECKING:
    from orgmodel.structure import Structure
    from tests.neo4j_server import Login

EMBEDDED: Final = "embedded"


class Undisturbed:
    """Watches a load in which nothing happens that is worth a word."""

    def waits(self, for_whom: str) -> None:
        raise AssertionError(for_whom)

    def says(self, text: str) -> None:
        raise AssertionError(text)

    def advances(self, done: int, of: int) -> None:
        assert 0 <= done <= of


def load(store: Neo4jStore, structure: Structure) -> None:
    """Loads each dataset of a structure, as `orgmodel load` does."""
    for part in structure.parts():
        assert writing.apply(store, comparison.plan(store, part), Undisturbed())


def open_embedded(structure: Structure) -> Session:
    """A structure in the embedded store."""
    return Session("made up", DatasetFacts(structure))


class SharedGraph:
    """A server that holds one structure at a time, and that again only where it is not there any more."""

    def __init__(self, server: Login) -> None:
        self._address = Address(server.address, server.user, server.password)
        self._held: tuple[Structure | None, str] = None, ""

    def open(self, structure: Structure) -> Session:
        """A structure on the server; what was opened before must not be asked any more."""
        store = Neo4jStore(self._address)
        try:
            held, key = self._held
            there = held is structure and store.run("MATCH (k:Kept {key: $key}) RETURN 1", {"key": key}).rows
            if not there:
                # The constraints stay: to make them anew takes longer than a small load.
                store.once("MATCH (n) DETACH DELETE n")
                load(store, structure)
                self._held = structure, uuid4().hex
                store.once("CREATE (:Kept {key: $key})", key=self._held[1])
        except BaseException:
            store.close()
            raise
        return Session("made up", SharedFacts(store))
