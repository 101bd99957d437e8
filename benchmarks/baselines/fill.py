"""The engine filled by hand: `python -c "..." FOLDER` prints the seconds that filling took.

Honest, because `UNWIND ... CREATE` is the quickest way into the engine for rows that are no pandas
DataFrame, and because each statement takes all the rows of one label or type at once. Nothing else is
timed: rows.json is read before.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import kglite


def filled(rows: dict[str, Any]) -> kglite.KnowledgeGraph:
    graph = kglite.KnowledgeGraph()
    for label, nodes in rows["nodes"].items():
        graph.cypher(
            f"UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n = row.props", params={"rows": nodes}
        )
    for from_label, name, to_label, lines in rows["relationships"]:
        graph.cypher(
            "UNWIND $rows AS row "
            f"MATCH (a:{from_label} {{id: row.from}}) MATCH (b:{to_label} {{id: row.to}}) "
            f"CREATE (a)-[r:{name} {{id: row.id}}]->(b) SET r = row.props",
            params={"rows": lines},
        )
    return graph


def main() -> None:
    rows = json.loads((Path(sys.argv[1]) / "rows.json").read_bytes())
    kglite.set_query_warning_policy("silent")
    begun = time.perf_counter()
    filled(rows)
    print(time.perf_counter() - begun)
