"""The benchmarks of loading a Neo4j server, beside a plain script."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.growth import plot
from benchmarks.pairs import Run, Spread, figure, written
from benchmarks.server import PARTNERSHIPS, SIZES, prepare, run
from tests.neo4j_server import CURRENT, start_server

if TYPE_CHECKING:
    from tests.neo4j_server import Server


class Measured(NamedTuple):
    """What a step took: seconds, and how many MB its process had at most above a bare interpreter."""

    seconds: float
    megabytes: float


class Loads(NamedTuple):
    """What the loads of one size took, in each round."""

    nodes: int
    relationships: int
    plain: list[Measured]
    first: list[Measured]
    again: list[Measured]
    one_seat: list[Measured]


def report(rounds: int) -> tuple[str, str]:
    """What the tables say, and the plot.

    Args:
        rounds: How often each is loaded; the largest size once only.
    """
    found: dict[int, Loads] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
            found[size] = _measure(size, rounds if size <= PARTNERSHIPS else 1, Path(name))
        print(f"{size} partnerships: {_seconds(found[size].first)} s", file=sys.stderr)
    return "\n".join([_table(found[PARTNERSHIPS]), _growth_table(found)]), _plot(found)


def _measure(size: int, rounds: int, folder: Path) -> Loads:
    """Loads a structure of some partnerships in turns with the plain script."""
    structure = prepare(size, folder)
    found = Loads(len(structure.nodes), len(structure.relationships), [], [], [], [])
    del structure
    with start_server(CURRENT, folder / "server", jvm=()) as server:
        # A Java virtual machine is slow at first: all has run once before anything is timed; but not of the
        # largest, which takes long enough.
        if size <= PARTNERSHIPS:
            _step("plain_load", server, folder / "rows.pickle")
            server.empty()
            for name in ("structure", "structure", "changed"):
                _step("load", server, folder / f"{name}.pickle")
        for _ in range(rounds):
            server.empty()
            found.plain.append(_step("plain_load", server, folder / "rows.pickle"))
            server.empty()
            found.first.append(_step("load", server, folder / "structure.pickle"))
            found.again.append(_step("load", server, folder / "structure.pickle"))
            found.one_seat.append(_step("load", server, folder / "changed.pickle"))
    return found


def _step(step: str, server: Server, file: Path) -> Measured:
    seconds, kilobytes = run(step, server, file).split()
    bare = int(Run("benchmarks.server_steps:say_peak").once(file.parent / "compiled")[1])
    return Measured(float(seconds), (int(kilobytes) - bare) / 1000)


def _table(loads: Loads) -> str:
    lines = [
        (
            f"# Loading a Neo4j server: {PARTNERSHIPS} partnerships, {loads.nodes:,} nodes, "
            f"{loads.relationships:,} relationships\n"
        ),
        "| what | ours | plain script, first load | ours against that | goal | reached |",
        "|---|---|---|---|---|---|",
    ]

    def add(what: str, ours: list[Measured], goal: float) -> None:
        ratio = Spread.of([one.seconds / other.seconds for one, other in zip(ours, loads.plain, strict=True)])
        cells = (
            what,
            written(Spread.of([one.seconds for one in ours])),
            written(Spread.of([one.seconds for one in loads.plain])),
            f"{written(ratio)} times",
            f"{goal} times",
            "yes" if ratio.middle <= goal else "no",
        )
        lines.append(f"| {' | '.join(cells)} |")

    add("first load", loads.first, 1.2)
    add("load with nothing changed", loads.again, 0.3)
    add("load with one seat changed", loads.one_seat, 0.35)
    most = max(one.megabytes for one in (*loads.first, *loads.again, *loads.one_seat))
    plain = max(one.megabytes for one in loads.plain)
    lines.append(
        f"\nMemory of the client above a bare interpreter, the structure in it: {most:.0f} MB at most "
        f"(goal 600 MB: {'yes' if most <= 600 else 'no'}); the plain script with its rows in memory "
        f"{plain:.0f} MB.\n"
    )
    return "\n".join(lines)


def _growth_table(found: dict[int, Loads]) -> str:
    lines = [
        "## Growth\n",
        "![Seconds of loads and of the plain script against partnerships](loading.svg)\n",
        (
            "| partnerships | nodes | relationships | plain script | first load | nothing changed "
            "| one seat changed | MB |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for size, loads in found.items():
        cells = (
            str(size),
            f"{loads.nodes:,}",
            f"{loads.relationships:,}",
            *(_seconds(measured) for measured in (loads.plain, loads.first, loads.again, loads.one_seat)),
            f"{max(one.megabytes for one in loads.first):.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _plot(found: dict[int, Loads]) -> str:
    lines = {
        what: {size: median(one.seconds for one in getattr(loads, name)) for size, loads in found.items()}
        for what, name in (
            ("first load", "first"),
            ("plain script", "plain"),
            ("nothing changed", "again"),
            ("one seat changed", "one_seat"),
        )
    }
    return plot(lines, "partnerships", "Seconds that loads take on a Neo4j server")


def _seconds(measured: list[Measured]) -> str:
    return figure(median(one.seconds for one in measured))
