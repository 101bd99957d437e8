"""The embedded store: kglite, in this process and in memory only; filled anew on each run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kglite

from orgmodel.errors import StoreError
from orgmodel.stores import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.graph import Graph, Rows


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
                timeout_ms=None if timeout is None else max(1, round(timeout * 1000)),
            )
        except kglite.KgError as error:
            raise StoreError(f"the embedded store could not answer: {_line(error)}") from error
        assert isinstance(view, kglite.ResultView)
        columns = tuple(view.columns)
        rows = [tuple(row[c] for c in columns) for row in view.to_list()]
        return Answer(columns, rows[:limit], limit is not None and len(rows) > limit)

    def close(self) -> None:
        """Nothing to let go of: the graph goes with the object."""


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
