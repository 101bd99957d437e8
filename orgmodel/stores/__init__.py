"""Stores: where a property graph is kept and asked, one module each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of its columns, and its rows in their order.

    `more` tells that there are rows beyond the limit that it was asked with.
    """

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    more: bool = False


class GraphStore(Protocol):
    """A property graph that can be asked in Cypher."""

    def run(
        self,
        text: str,
        parameters: Mapping[str, object],
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Runs one reading query.

        What stands in the rows is text, numbers, booleans, None, and lists and maps of these, the keys of a
        map in alphabetical order: a node is the map of its properties and `labels`, a relationship that of
        its properties and `type`, a path the list of its nodes and relationships; a date or a time is text by
        ISO 8601, a duration a map of its months, days, seconds and nanoseconds; a number that is none, or
        infinite, is None.

        Args:
            text: Cypher; values only as `$parameters`.
            parameters: Their values.
            limit: How many rows at most; None: all.
            timeout: After how many seconds it is given up; None: never.

        Raises:
            StoreError: The store could not answer.
        """

    def plan(self, text: str, parameters: Mapping[str, object]) -> Mapping[str, object] | None:
        """How the store would run a query, without running it.

        Args:
            text: As in `run`.
            parameters: As in `run`.

        Returns:
            The root of the tree of operators, as `orgmodel.reading.plan_refusals` takes it; None where the
            store has no more to say of a query than its text does.

        Raises:
            StoreError: The store could not answer, or the query is none.
        """

    def close(self) -> None:
        """Lets go of whatever the store holds open."""
