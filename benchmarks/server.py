"""What the benchmarks on a real Neo4j server share: the sizes, what is loaded, steps as processes."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

from benchmarks.england import england, with_one_seat_changed
from benchmarks.pairs import Run
from orgmodel.graph import graph_of

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.structure import Structure
    from tests.neo4j_server import Server

PARTNERSHIPS = 150
SIZES = (1, 5, 25, 150, 750)


def prepare(size: int, folder: Path) -> Structure:
    """Writes a structure of some partnerships, changed a little too, and as rows for the plain script."""
    structure = england(size)
    for name, what in (("structure", structure), ("changed", with_one_seat_changed(structure))):
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(what))
    graph = graph_of(structure)
    rows = [
        {label: list(made) for label, made in graph.nodes.items()},
        {key: list(made) for key, made in graph.relationships.items()},
    ]
    (folder / "rows.pickle").write_bytes(pickle.dumps(rows))
    return structure


def run(step: str, server: Server, file: Path) -> str:
    """What a step on a server prints, run as a process of its own."""
    os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"] = server.user, server.password
    found = Run(f"benchmarks.server_steps:{step}", (server.address, str(file)))
    return found.once(file.parent / "compiled")[1].decode().strip()
