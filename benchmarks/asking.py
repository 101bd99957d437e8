"""The benchmarks of asking: each named query about something small, middling and large, on both stores."""

from __future__ import annotations

import pickle
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.england import to_ask
from benchmarks.growth import plot
from benchmarks.pairs import Run, Spread, figure, written
from benchmarks.server import PARTNERSHIPS, SIZES, prepare, run
from orgmodel.headers import BOOLEAN, DATE, INTEGER
from orgmodel.queries import NamedQuery
from orgmodel.questions import Questions
from tests.neo4j_server import CURRENT, start_server

if TYPE_CHECKING:
    from orgmodel.headers import Parameter
    from orgmodel.structure import Structure

AS_OF = "2025-01-01"
OF_ONE = ("partnership", "fund")
PLOTTED = ("members", "sits-on", "accountability", "reporting", "partners", "timeline")
"""The questions that have a line of their own in the plot."""


def asked(structure: Structure) -> dict[str, list[dict[str, object]]]:
    """By the name of each named query, the values of its parameters: about three things, or about all.

    What may be left out is left out, save the partnership and the fund: the questions are about one.
    """
    sizes: dict[str, list[str]] = {}
    found: dict[str, list[dict[str, object]]] = {}
    for name, question in Questions().items():
        if not isinstance(question, NamedQuery):
            continue
        columns = {p.name: _values(p, structure, sizes) for p in question.parameters}
        several = [{n: values[i] for n, values in columns.items()} for i in range(3)]
        # What is not about one thing is the same three times over.
        found[name] = several if several[0] != several[-1] else several[:1]
    return found


def _values(parameter: Parameter, structure: Structure, sizes: dict[str, list[str]]) -> list[object]:
    if parameter.types == (DATE,):
        return [None if parameter.optional else AS_OF] * 3
    if parameter.names_a_node and (not parameter.optional or parameter.name in OF_ONE):
        label = parameter.types[0]
        if label not in sizes:
            sizes[label] = [*to_ask(structure, label, AS_OF).values()]
        nodes = sizes[label]
        if parameter.several:
            return [nodes[:2], nodes[1:], nodes]
        # Two parameters of one label are two things.
        return [*nodes[1:], nodes[0]] if parameter.name.startswith(("not_", "to_")) else [*nodes]
    if parameter.optional or parameter.default is None:
        return [None] * 3
    if parameter.types == (INTEGER,):
        return [int(parameter.default)] * 3
    return [parameter.default == "true" if parameter.types == (BOOLEAN,) else parameter.default] * 3


class Asked(NamedTuple):
    """What one question about one thing took, in seconds: by us and by the plain driver, and embedded."""

    ours: float
    plain: float
    embedded: float


def report() -> tuple[str, str]:
    """What the tables say, and the plot."""
    found: dict[int, dict[str, list[Asked]]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
            found[size] = _measure(size, Path(name))
        print(f"{size} partnerships: {figure(_all(found[size]))} s", file=sys.stderr)
    lines = {name: {size: _middle(found[size][name]) for size in found} for name in PLOTTED}
    picture = plot(lines, "partnerships", "Seconds that questions take on a Neo4j server")
    return "\n".join([_table(found[PARTNERSHIPS]), _growth_table(found)]), picture


def _measure(size: int, folder: Path) -> dict[str, list[Asked]]:
    structure = prepare(size, folder)
    values = asked(structure)
    del structure
    if size > PARTNERSHIPS:
        # Of the largest only what is plotted: all that England has five times over takes its time.
        values = {name: values[name] for name in PLOTTED}
    file = folder / "asked.pickle"
    file.write_bytes(pickle.dumps(values))
    with start_server(CURRENT, folder / "server", jvm=()) as server:
        run("load", server, folder / "structure.pickle")
        shared = _times(run("ask", server, file))
    inside = Run("benchmarks.server_steps:ask_embedded", (str(folder / "structure.pickle"), str(file)))
    embedded = _times(inside.once(folder / "compiled")[1].decode())
    return {
        name: [Asked(*both, there) for both, (there,) in zip(shared[name], times, strict=True)]
        for name, times in embedded.items()
    }


def _times(answers: str) -> dict[str, list[tuple[float, ...]]]:
    found: dict[str, list[tuple[float, ...]]] = pickle.loads(bytes.fromhex(answers))  # noqa: S301 - ours
    return found


def _middle(times: list[Asked]) -> float:
    return median(one.ours for one in times)


def _all(found: dict[str, list[Asked]]) -> float:
    return sum(_middle(times) for times in found.values())


def _table(found: dict[str, list[Asked]]) -> str:
    lines = [
        f"# Asking: {PARTNERSHIPS} partnerships\n",
        (
            "| question | on a Neo4j server | plain driver, the same text | ours against plain | goal 1.1 "
            "| embedded | embedded against the server | goal 0.25 |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, times in found.items():
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


def _growth_table(found: dict[int, dict[str, list[Asked]]]) -> str:
    lines = [
        "## Growth on a Neo4j server\n",
        "![Seconds of questions against partnerships](asking.svg)\n",
        f"| partnerships | {' | '.join(PLOTTED)} | all questions |",
        "|---|" + "---|" * (len(PLOTTED) + 1),
    ]
    for size, times in found.items():
        every = figure(_all(times)) if size <= PARTNERSHIPS else ""
        cells = [str(size), *(figure(_middle(times[name])) for name in PLOTTED), every]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
