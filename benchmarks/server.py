"""The benchmarks on a real Neo4j server: loading and asking, beside the plain driver."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.asking import asked
from benchmarks.england import england, with_one_seat_changed
from benchmarks.growth import plot
from benchmarks.pairs import Run, Spread, figure, written
from orgmodel.graph import graph_of
from tests.neo4j_server import CURRENT, start_server

if TYPE_CHECKING:
    from orgmodel.structure import Structure
    from tests.neo4j_server import Server

PARTNERSHIPS = 150
SIZES = (1, 5, 25, 150, 750)
PLOTTED = ("members", "sits-on", "accountability", "reporting")
"""The questions that have a line of their own in the plot."""

_STEPS = "benchmarks.server_steps"


class Measured(NamedTuple):
    """What a step took: seconds, and how many MB its process had at most above a bare interpreter."""

    seconds: float
    megabytes: float


class Asked(NamedTuple):
    """What one question about one thing took, in seconds: by us and by the plain driver, and embedded."""

    ours: float
    plain: float
    embedded: float


class Loads(NamedTuple):
    """What the loads of one size took, in each round."""

    nodes: int
    relationships: int
    plain: list[Measured]
    first: list[Measured]
    again: list[Measured]
    one_seat: list[Measured]
    questions: dict[str, list[Asked]]
    """By name, for each thing asked about."""


def measure(size: int, rounds: int, folder: Path) -> Loads:
    """Loads a structure of some partnerships in turns with the plain script, and asks about it."""
    structure = _prepare(size, folder)
    cache = folder / "compiled"
    found = Loads(len(structure.nodes), len(structure.relationships), [], [], [], [], {})
    (folder / "asked.pickle").write_bytes(pickle.dumps(asked(structure)))
    del structure
    with start_server(CURRENT, folder / "server", jvm=()) as server:
        _warm_up(server, folder, cache)
        for _ in range(rounds):
            server.empty()
            found.plain.append(_step("plain_load", server, folder / "rows.pickle", cache))
            server.empty()
            found.first.append(_step("load", server, folder / "structure.pickle", cache))
            found.again.append(_step("load", server, folder / "structure.pickle", cache))
            found.one_seat.append(_step("load", server, folder / "changed.pickle", cache))
        answers = _run("ask", server, folder / "asked.pickle", cache)
        embedded = Run(
            f"{_STEPS}:ask_embedded", (str(folder / "structure.pickle"), str(folder / "asked.pickle"))
        )
        for name, times in _times(embedded.once(cache)[1].decode()).items():
            found.questions[name] = [
                Asked(ours, plain, there)
                for (ours, plain), (there,) in zip(_times(answers)[name], times, strict=True)
            ]
    return found


def _prepare(size: int, folder: Path) -> Structure:
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


def _warm_up(server: Server, folder: Path, cache: Path) -> None:
    """A Java virtual machine is slow at first: both ways have run once before anything is timed."""
    _step("plain_load", server, folder / "rows.pickle", cache)
    server.empty()
    for name in ("structure", "structure", "changed"):
        _step("load", server, folder / f"{name}.pickle", cache)


def _step(step: str, server: Server, file: Path, cache: Path) -> Measured:
    seconds, kilobytes = _run(step, server, file, cache).split()
    return Measured(float(seconds), (int(kilobytes) - _bare_interpreter(cache)) / 1000)


def _run(step: str, server: Server, file: Path, cache: Path) -> str:
    os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"] = server.user, server.password
    return Run(f"{_STEPS}:{step}", (server.address, str(file))).once(cache)[1].decode().strip()


def _times(answers: str) -> dict[str, list[tuple[float, ...]]]:
    found: dict[str, list[tuple[float, ...]]] = pickle.loads(bytes.fromhex(answers))  # noqa: S301 - ours
    return found


def _bare_interpreter(cache: Path) -> int:
    return int(Run(f"{_STEPS}:say_peak").once(cache)[1])


def report(rounds: int) -> tuple[str, str]:
    """What the tables say, and the plot.

    Args:
        rounds: How often each is loaded; the largest size once only.
    """
    found: dict[int, Loads] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
            found[size] = measure(size, rounds if size <= PARTNERSHIPS else 1, Path(name))
        print(f"{size} partnerships: {median(m.seconds for m in found[size].first):.2f} s", file=sys.stderr)
    return "\n".join([_load_table(found[PARTNERSHIPS]), _growth_table(found)]), _plot(found)


def _plot(loads: dict[int, Loads]) -> str:
    lines = {
        "first load": {size: median(m.seconds for m in found.first) for size, found in loads.items()},
        "plain script": {size: median(m.seconds for m in found.plain) for size, found in loads.items()},
        "nothing changed": {size: median(m.seconds for m in found.again) for size, found in loads.items()},
    }
    for question in PLOTTED:
        lines[question] = {
            size: median(one.ours for one in found.questions[question]) for size, found in loads.items()
        }
    return plot(lines, "partnerships", "Seconds that loads and questions take on a Neo4j server")


def _ratios(ours: list[Measured], plain: list[Measured]) -> Spread:
    return Spread.of([one.seconds / other.seconds for one, other in zip(ours, plain, strict=True)])


def _load_table(loads: Loads) -> str:
    lines = [
        (
            f"# On a Neo4j server: {PARTNERSHIPS} partnerships, {loads.nodes:,} nodes, "
            f"{loads.relationships:,} relationships\n"
        ),
        "| what | ours | plain script, first load | ours against that | goal | reached |",
        "|---|---|---|---|---|---|",
    ]

    def add(what: str, ours: list[Measured], goal: float) -> None:
        ratio = _ratios(ours, loads.plain)
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
    lines += [
        (
            "| question | ours | plain driver, the same text | ours against plain | goal 1.1 | embedded | "
            "embedded against ours | goal 0.25 |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, times in loads.questions.items():
        ratio = Spread.of([one.ours / one.plain for one in times])
        inside = Spread.of([one.embedded / one.ours for one in times])
        cells = (
            name,
            written(Spread.of([one.ours for one in times])),
            written(Spread.of([one.plain for one in times])),
            f"{written(ratio)} times",
            "yes" if ratio.middle <= 1.1 else "no",
            written(Spread.of([one.embedded for one in times])),
            f"{written(inside)} times",
            "yes" if inside.middle <= 0.25 else "no",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _growth_table(found: dict[int, Loads]) -> str:
    lines = [
        "## Growth on a Neo4j server\n",
        "![Seconds of a first load and of the plain script against partnerships](server.svg)\n",
        "| partnerships | nodes | relationships | first load | plain script | nothing changed | "
        + " | ".join(PLOTTED)
        + " | all questions | MB |",
        "|" + "---|" * (8 + len(PLOTTED)),
    ]
    for size, loads in found.items():
        cells = [
            str(size),
            f"{loads.nodes:,}",
            f"{loads.relationships:,}",
            *(_seconds(measured) for measured in (loads.first, loads.plain, loads.again)),
            *(figure(median(one.ours for one in loads.questions[name])) for name in PLOTTED),
            figure(sum(median(one.ours for one in times) for times in loads.questions.values())),
            f"{max(one.megabytes for one in loads.first):.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _seconds(measured: list[Measured]) -> str:
    return figure(median(one.seconds for one in measured))
