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

        Args:
            text: Cypher; values only as `$parameters`.
            parameters: Their values.
            limit: How many rows at most; None: all.
            timeout: After how many seconds it is given up; None: never.

        Raises:
            StoreError: The store could not answer.
        """

    def close(self) -> None:
        """Lets go of whatever the store holds open."""
