"""Single steps of the library, each timed in a process of its own, which prints the seconds that it took."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


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
