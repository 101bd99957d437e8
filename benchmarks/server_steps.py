"""Single steps on a Neo4j server, each in a process of its own, which says what it took."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


WARMING = 2
"""The runs of a question that are not counted: the first ones warm both sides up."""


def rounds() -> Iterator[int]:
    """A dozen rounds, or as many as fit into three seconds, but two that count at least."""
    begun = time.perf_counter()
    for number in range(12):
        if number >= WARMING + 2 and time.perf_counter() - begun > 3:
            return
        yield number


def peak() -> int:
    """How many kB of memory this process had at most."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # On Linux the figure of getrusage begins with that of the process that started this one.
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def say_peak() -> None:
    """Prints `peak` of an interpreter that does nothing else."""
    print(peak())


def _say(begun: float) -> None:
    seconds = time.perf_counter() - begun
    print(seconds, peak())


def _read() -> Any:
    gc.disable()
    found = pickle.loads(Path(sys.argv[2]).read_bytes())  # noqa: S301 - made by this benchmark
    gc.enable()
    # As the command has it.
    gc.set_threshold(100_000)
    return found


def load() -> None:
    """Brings the server up to date with a structure, as `orgmodel load --yes` does."""
    from orgmodel.loading import comparison, writing
    from orgmodel.session import open_store

    class Silent:
        def waits(self, for_whom: str) -> None:
            raise SystemExit(for_whom)

        def advances(self, done: int, of: int) -> None:
            pass

        def says(self, text: str) -> None:
            raise SystemExit(text)

    structure = _read()
    begun = time.perf_counter()
    store = open_store(sys.argv[1])
    plan = comparison.plan(store, structure)
    if not plan.is_empty:
        writing.apply(store, plan, Silent())
    _say(begun)
    store.close()


def plain_load() -> None:
    """Sends ready-made rows with the driver, as a script written by hand would.

    Honest, because it has the rows ready-made, compares nothing, locks nothing, and sends in batches of the
    size that was found quickest here (2,500 to 20,000 rows tried), the constraints first.
    """
    import neo4j

    nodes, relationships = _read()
    begun = time.perf_counter()
    auth = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    off = neo4j.NotificationMinimumSeverity.OFF
    with (
        neo4j.GraphDatabase.driver(sys.argv[1], auth=auth, notifications_min_severity=off) as driver,
        driver.session() as session,
    ):
        for label in nodes:
            session.run(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE").consume()
        for label, rows in nodes.items():
            text = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.props"
            for start in range(0, len(rows), 10_000):
                session.run(text, rows=rows[start : start + 10_000]).consume()
        for (first, name, last), rows in relationships.items():
            text = (
                f"UNWIND $rows AS row MATCH (a:{first} {{id: row.from}}) MATCH (b:{last} {{id: row.to}}) "
                f"CREATE (a)-[r:{name}]->(b) SET r = row.props"
            )
            for start in range(0, len(rows), 10_000):
                session.run(text, rows=rows[start : start + 10_000]).consume()
    _say(begun)


def ask() -> None:
    """Asks each question by the session and by the driver in turns, with the same text, and compares."""
    import neo4j

    import orgmodel
    from orgmodel.queries import NamedQuery

    asked = _read()
    auth = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    off = neo4j.NotificationMinimumSeverity.OFF
    found: dict[str, list[tuple[float, float]]] = {}
    with (
        orgmodel.open(sys.argv[1]) as session,
        neo4j.GraphDatabase.driver(sys.argv[1], auth=auth, notifications_min_severity=off) as driver,
    ):
        for question, several in asked.items():
            query = session.questions[question]
            assert isinstance(query, NamedQuery)
            for values in several:
                ours, plain = [], []
                for _ in rounds():
                    begun = time.perf_counter()
                    rows = session.ask(question, **values)
                    between = time.perf_counter()
                    records, _, keys = driver.execute_query(
                        query.text, values, routing_=neo4j.RoutingControl.READ
                    )
                    ended = time.perf_counter()
                    ours.append(between - begun)
                    plain.append(ended - between)
                    width = len(rows.columns)
                    by_hand = [tuple(r.values()[:width]) for r in records if len(keys) == width or not r[-1]]
                    if [tuple(row) for row in rows.rows] != by_hand:
                        raise SystemExit(f"{question} {values}: the two answers differ")
                # The first runs warm both up.
                found.setdefault(question, []).append((median(ours[WARMING:]), median(plain[WARMING:])))
    print(pickle.dumps(found).hex())


def ask_embedded() -> None:
    """Asks each question of the embedded store, already filled."""
    from orgmodel.facts import DatasetFacts
    from orgmodel.session import Session

    structure, asked = (pickle.loads(Path(name).read_bytes()) for name in sys.argv[1:3])  # noqa: S301
    found: dict[str, list[tuple[float]]] = {}
    with Session("made up", DatasetFacts(structure)) as session:
        for question, several in asked.items():
            for values in several:
                seconds = []
                for _ in rounds():
                    begun = time.perf_counter()
                    session.ask(question, **values)
                    seconds.append(time.perf_counter() - begun)
                found.setdefault(question, []).append((median(seconds[WARMING:]),))
    print(pickle.dumps(found).hex())
