"""Steps of drawing charts, each timed in a process of its own; those that are alone print the seconds."""

from __future__ import annotations

import json
import pickle
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from orgmodel.charts import kinds
from orgmodel.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.charts.kinds import Kind
    from orgmodel.structure import Structure

AS_OF = "2025-01-01"

AGAIN = 8
"""How often a chart is drawn in one process."""


def draw() -> None:
    """Draws the governance chart of a structure as SVG; what draws runs already, and all is loaded."""
    import orgmodel.charts.composition
    import orgmodel.charts.svg  # noqa: F401
    from orgmodel.charts.governance import governance
    from orgmodel.charts.graph import Graph
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.render import render

    structure = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - ours
    with Graphviz(600) as engine:
        engine.layout(Graph({}, {}, nodes=[("a", {})]))
        begun = time.perf_counter()
        render(governance(structure), ["svg"], engine)
        print(time.perf_counter() - begun)


def draw_again() -> None:
    """Draws it several times in a process, each time as if it were another; prints the later ones' median."""
    import orgmodel.charts.composition
    import orgmodel.charts.svg  # noqa: F401
    from orgmodel.charts import dot
    from orgmodel.charts.governance import governance
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.render import render

    content = Path(sys.argv[1]).read_bytes()
    seconds = []
    with Graphviz(600) as engine:
        for _ in range(AGAIN):
            structure = pickle.loads(content)  # noqa: S301 - ours
            engine.measured.clear()
            dot.wrapped.cache_clear()
            dot.box_label.cache_clear()
            dot.text_label.cache_clear()
            begun = time.perf_counter()
            render(governance(structure), ["svg"], engine)
            seconds.append(time.perf_counter() - begun)
    print(median(seconds[1:]))


def draw_all() -> None:
    """Draws a chart of every kind for each partnership of a structure, by two processes.

    It prints the seconds from start to end and how many charts there were.
    """
    structure: Structure = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - ours
    structure.as_of(AS_OF)
    asked = list(_every_kind(structure))
    halves = asked[::2], asked[1::2]
    begun = time.perf_counter()
    # Started by copying this process, so that the structure is there already.
    with ProcessPoolExecutor(2, initializer=_have, initargs=(structure,)) as pool:
        found = list(pool.map(_drawn, halves))
    seconds = time.perf_counter() - begun
    print(json.dumps([seconds, sum(found)]))


def write_all() -> None:
    """Writes the DOT of each of those charts into a folder; where all places are fixed, as `.fixed`."""
    from orgmodel.charts.drawing import Grid
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.render import render

    structure: Structure = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - ours
    with Graphviz(100_000) as engine:
        for number, one in enumerate(_every_kind(structure)):
            try:
                chart = one.make(structure)
            except ChartError:
                continue
            ending = "fixed" if isinstance(chart, Grid) else "dot"
            (Path(sys.argv[2]) / f"{number}.{ending}").write_bytes(render(chart, ["dot"], engine)["dot"])


_structure: list[Structure] = []


def _have(structure: Structure) -> None:
    _structure.append(structure)


def _drawn(asked: list[Kind]) -> int:
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.render import render

    count = 0
    with Graphviz(100_000) as engine:
        for one in asked:
            try:
                render(one.make(_structure[0]), ["svg"], engine)
                count += 1
            except ChartError:
                # Not every partnership has something for every kind.
                continue
        return count


def _every_kind(structure: Structure) -> Iterator[Kind]:
    """For each partnership a chart of every kind that is about it or about something of it."""
    then = structure.as_of(AS_OF)
    of_day: dict[str, Any] = {"as_of": AS_OF}
    for whole in then.labelled("Partnership"):
        of_whole = {"partnership": whole.id, **of_day}
        yield kinds.Governance(chart="governance", **of_whole)
        yield kinds.Agreements(chart="agreements", **of_whole)
        yield kinds.Matrix(chart="matrix", **of_whole)
        yield kinds.Interlocks(chart="interlocks", **of_whole)
        yield kinds.Timeline(chart="timeline", partnership=whole.id)
        yield kinds.Changes(chart="changes", before="2021-01-01", after=AS_OF, partnership=whole.id)
        parts = [then.nodes[line.from_id] for line in then.inward(whole.id, "PART_OF")]
        for body in islice((part for part in parts if then.inward(part.id, "ON")), 1):
            yield kinds.Membership(chart="membership", body=body.id, **of_day)
        for body in islice((part for part in parts if then.outward(part.id, "ACCOUNTABLE_TO")), 1):
            yield kinds.Accountability(chart="accountability", body=body.id, **of_day)
        for plan in islice((part for part in parts if part.term == "Plan"), 1):
            yield kinds.Plan(chart="plan", plan=plan.id, **of_day)
        seats = [line.from_id for line in then.inward(whole.id, "ON")]
        members = [line.to_id for seat in seats for line in then.outward(seat, "REPRESENTS")]
        for member in islice((one for one in members if then.nodes[one].term == "Organisation"), 1):
            yield kinds.Partner(chart="partner", organisation=member, **of_day)
