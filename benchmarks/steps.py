"""Single steps of the library, each timed in a process of its own, which prints the seconds that it took."""

from __future__ import annotations

import gc
import json
import pickle
import sys
import time
from pathlib import Path
from typing import Any

AS_OF = "2025-01-01"
DAYS = ("2021-01-01", "2025-01-01")


def fill() -> None:
    """Fills the embedded store with the rows of rows.json."""
    from orgmodel.graph import Graph
    from orgmodel.stores.embedded import EmbeddedStore

    rows = json.loads((Path(sys.argv[1]) / "rows.json").read_bytes())
    lines = {(first, name, last): found for first, name, last, found in rows["relationships"]}
    graph = Graph(rows["nodes"], lines)
    begun = time.perf_counter()
    EmbeddedStore().fill(graph)
    print(time.perf_counter() - begun)


def read_and_fill() -> None:
    """Reads a dataset and fills the embedded store with it."""
    from orgmodel.datasets import yaml
    from orgmodel.graph import graph_of
    from orgmodel.stores.embedded import EmbeddedStore

    begun = time.perf_counter()
    EmbeddedStore().fill(graph_of(yaml.read(sys.argv[1])))
    print(time.perf_counter() - begun)


def check() -> None:
    """Asks all rules of all packs about a structure that fills the embedded store."""
    from orgmodel.facts import DatasetFacts
    from orgmodel.session import Session

    with Session("made up", DatasetFacts(_unpickled("structure"))) as session:
        session.facts.ready()
        session.cypher("MATCH (n) RETURN count(n)")
        begun = time.perf_counter()
        session.check(as_of=AS_OF)
        print(time.perf_counter() - begun)


def diff_of_days() -> None:
    """Compares two days of a structure."""
    from orgmodel.difference import difference

    structure = _unpickled("structure")
    begun = time.perf_counter()
    difference(structure, structure, days=DAYS).rows()
    print(time.perf_counter() - begun)


def diff_of_sources() -> None:
    """Compares a structure with one that differs from it here and there."""
    from orgmodel.difference import difference

    before, after = _unpickled("structure"), _unpickled("changed")
    begun = time.perf_counter()
    difference(before, after).rows()
    print(time.perf_counter() - begun)


def nothing() -> None:
    """Stands for a plain side that is not timed."""
    print(1)


def _unpickled(name: str) -> Any:
    found = pickle.loads((Path(sys.argv[1]) / f"{name}.pickle").read_bytes())  # noqa: S301 - ours
    # As the command has it.
    gc.set_threshold(100_000)
    return found
