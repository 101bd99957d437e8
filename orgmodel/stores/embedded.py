"""The embedded store: kglite, in this process and in memory only; filled anew on each run."""

from __future__ import annotations

import math
from datetime import date, time
from itertools import chain
from typing import TYPE_CHECKING, Final

import kglite

from orgmodel.errors import StoreError
from orgmodel.stores import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.graph import Graph, Rows


_UNLIMITED: Final = 0
"""What the engine takes for no time limit; told nothing, it has one of its own."""

_NODE: Final = {"id", "labels", "properties"}
_RELATIONSHIP: Final = {"id", "start", "end", "type", "properties"}
_PATH: Final = {"nodes", "relationships"}
_PROPERTIES: Final = {"id", "name", "holds_from", "holds_to", "certainty", "citations"}
"""A map that has all these keys holds the properties of a node."""

_ADDED: Final = {"title", "type"}
"""Properties that the engine gives to nodes beside their own; no label of ours has one of these names."""


class EmbeddedStore:
    """A property graph in memory."""

    def __init__(self) -> None:
        # The engine warns on stderr of properties that no node has: to a user that is noise.
        kglite.set_query_warning_policy("silent")
        self._graph = kglite.KnowledgeGraph()

    def fill(self, graph: Graph) -> None:
        """Adds a graph; what is there under the same id is replaced."""
        self._graph.read_only(False)
        for label, rows in graph.nodes.items():
            self._write(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.props", rows)
        for (from_label, name, to_label), rows in graph.relationships.items():
            self._write(
                f"UNWIND $rows AS row MATCH (a:{from_label} {{id: row.from}}) "
                f"MATCH (b:{to_label} {{id: row.to}}) "
                f"MERGE (a)-[r:{name} {{id: row.id}}]->(b) SET r = row.props",
                rows,
            )
        self._graph.read_only(True)

    def _write(self, text: str, rows: Rows) -> None:
        try:
            self._graph.cypher(text, params={"rows": list(rows)})
        except kglite.KgError as error:
            raise StoreError(f"the embedded store refused a write: {_line(error)}") from error

    def run(
        self,
        text: str,
        parameters: Mapping[str, object],
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Runs one reading query; see `GraphStore.run`."""
        try:
            view = self._graph.cypher(
                text,
                params=dict(parameters),
                row_limit=None if limit is None else limit + 1,
                timeout_ms=_UNLIMITED if timeout is None else max(1, round(timeout * 1000)),
                hide_structural_keys=True,
            )
        except kglite.CypherTimeoutError as error:
            raise StoreError(
                f"the embedded store took longer than {timeout:g} s: --timeout raises that"
            ) from error
        except kglite.KgError as error:
            raise StoreError(f"the embedded store could not answer: {_line(error)}") from error
        assert isinstance(view, kglite.ResultView)
        columns = tuple(view.columns)
        rows = [tuple(_plain(row[c]) for c in columns) for row in view.to_list()]
        return Answer(columns, rows[:limit], limit is not None and len(rows) > limit)

    def plan(self, text: str, parameters: Mapping[str, object]) -> None:
        """Nothing: what the engine does is what the text says; see `GraphStore.plan`."""

    def close(self) -> None:
        """Nothing to let go of: the graph goes with the object."""


def _plain(value: object) -> object:
    """A value as `GraphStore.run` has it. A node is known by its keys: the engine has no type for it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"labels": list(labels), "properties": dict(own)} if value.keys() == _NODE:
            return {"labels": sorted(labels), **_map(own)}
        case {"type": str(name), "properties": dict(own)} if value.keys() == _RELATIONSHIP:
            return {"type": name, **_map(own)}
        case {"nodes": [first, *rest], "relationships": list(lines)} if value.keys() == _PATH and len(
            rest
        ) == len(lines):
            return [_plain(step) for step in (first, *chain.from_iterable(zip(lines, rest, strict=True)))]
    return _map(value)


def _map(value: Mapping[str, object]) -> dict[str, object]:
    added = _ADDED if value.keys() >= _PROPERTIES else ()
    return {key: _plain(part) for key, part in sorted(value.items()) if key not in added}


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
