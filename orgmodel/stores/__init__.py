"""Stores: where a property graph is kept and asked, one module each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.graph import Graph


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of its columns, and its rows in their order."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


class GraphStore(Protocol):
    """A property graph that can be filled and asked in Cypher."""

    def fill(self, graph: Graph) -> None:
        """Adds a graph; what is there under the same id is replaced."""

    def run(self, text: str, parameters: Mapping[str, object]) -> Answer:
        """Runs one reading query.

        Args:
            text: Cypher; values only as `$parameters`.
            parameters: Their values.

        Raises:
            StoreError: The store could not answer.
        """

    def close(self) -> None:
        """Lets go of whatever the store holds open."""
