"""What a server holds after a load, whole, beside what it should hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from orgmodel.cli import main
from orgmodel.graph import graph_of
from tests.neo4j_server import DATABASE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from orgmodel.structure import Structure
    from tests.neo4j_server import Login

_NODES = "MATCH (n) RETURN elementId(n), labels(n), properties(n)"
_LINES = (
    "MATCH (a)-[r]->(b) RETURN elementId(r), type(r), properties(r), "
    "labels(a), a.id, labels(b), b.id, elementId(a), elementId(b)"
)
_KEPT = ("LoadRecord", "LoadLock")


class Content(NamedTuple):
    """The nodes by labels and properties, the relationships by type, properties and ends: how many of each.

    Values are compared by how they are written, so that 1, 1.0 and true are three things.
    """

    nodes: Counter[str]
    relationships: Counter[str]


def wanted(*structures: Structure) -> Content:
    """What a server is to hold of some datasets: the graph of all of them as one."""
    if not structures:
        return Content(Counter(), Counter())
    graph = graph_of(structures[0].merge(*structures[1:]) if len(structures) > 1 else structures[0])
    return Content(
        Counter(_written([label], row["props"]) for label, rows in graph.nodes.items() for row in rows),
        Counter(
            _written(name, row["props"], [from_label], row["from"], [to_label], row["to"])
            for (from_label, name, to_label), rows in graph.relationships.items()
            for row in rows
        ),
    )


def content(server: Login) -> Content:
    """What a server holds in fact, of whatever label and type, save what loads note for themselves."""
    return Content(
        Counter(
            _written(sorted(labels), properties)
            for _, labels, properties in server.run(_NODES)
            if labels[:1] not in ([name] for name in _KEPT)
        ),
        Counter(
            _written(name, properties, sorted(from_labels), from_id, sorted(to_labels), to_id)
            for _, name, properties, from_labels, from_id, to_labels, to_id, *_ in server.run(_LINES)
        ),
    )


def everything(server: Login) -> list[list[tuple[Any, ...]]]:
    """All that a server holds, to the identity of each thing: equal where nothing at all was written."""
    texts = (
        _NODES,
        _LINES,
        "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties",
        "SHOW INDEXES YIELD name, type, labelsOrTypes, properties",
    )
    return [sorted(server.run(text), key=repr) for text in texts]


def last_written(server: Login) -> frozenset[str]:
    """The last transaction that wrote anything, as its bookmark: equal where none did meanwhile."""
    with server.driver() as driver, driver.session(database=DATABASE) as session:
        session.execute_read(lambda transaction: transaction.run("RETURN 1").consume())
        return session.last_bookmarks().raw_values


def run(server: Login, capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[object, str, str]:
    """A command as the process itself gives it: exit code, stdout and stderr, with SERVER for the address."""
    capfd.readouterr()
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    out, err = (said.replace(server.address, "SERVER") for said in capfd.readouterr())
    return left.value.code, out, err


def _written(term: object, properties: Mapping[str, object], *ends: object) -> str:
    return repr((term, sorted(properties.items()), *ends))
