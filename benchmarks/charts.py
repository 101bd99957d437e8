"""The benchmarks of charts: of any size and shape, all of a structure, and how well they keep the rules."""

from __future__ import annotations

import json
import pickle
import sys
import tempfile
import warnings
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.chart_steps import AGAIN
from benchmarks.charts_made import agreed, chain, star, tree
from benchmarks.england import england
from benchmarks.growth import plot
from benchmarks.pairs import Run, compare, figure, written
from orgmodel.charts.governance import governance
from orgmodel.charts.graphviz import Graphviz
from orgmodel.charts.render import render
from tests import chart_rules, measuring
from tests.charting import ends_of, plain_crossings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.pairs import Comparison
    from orgmodel.structure import Structure

BOXES = (10, 30, 60, 120, 250, 500, 1000, 2000)
COMPARED = 250
"""Up to so many boxes Graphviz alone is timed too: beyond, it takes very long."""

MANY = 15
"""How many pairs of runs there are at least of those."""

PARTNERSHIPS = 150
GENERATED, MOST_BODIES = 200, 60
GOAL = 1.3
"""For all charts against the time of the layouts alone."""


def report(runs: int) -> tuple[str, str]:
    """What the tables say, and the plot.

    Args:
        runs: Pairs of runs for each chart; the large ones once only.
    """
    shapes = {
        "a body with 250 right below it": star(250),
        "a chain of 60 bodies": chain(60),
        "300 agreements with 60 boards": agreed(300),
    }
    with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
        folder = Path(name)
        # What takes some hundredths of a second is told apart from what else goes on only by many runs.
        many = max(runs, MANY)
        grown = {size: _compared(tree(size), many if size <= COMPARED else 1, folder, size) for size in BOXES}
        again = {size: _again(tree(size), runs, folder) for size in BOXES if size <= COMPARED}
        shaped = {what: _compared(made, 1, folder, 0) for what, made in shapes.items()}
        everything = _all(folder)
    text = "\n".join([_growth_table(grown, again), _shapes_table(shaped), everything, _kept()])
    return text, plot(
        {"ours": {size: found.ours.middle for size, found in grown.items()}},
        "boxes",
        "Seconds that a governance chart takes",
    )


def _compared(structure: Structure, runs: int, folder: Path, size: int) -> Comparison:
    chart = governance(structure)
    (folder / "structure.pickle").write_bytes(pickle.dumps(structure))
    (folder / "chart.dot").write_bytes(render(chart, ["dot"])["dot"])
    ours = Run("benchmarks.chart_steps:draw", (str(folder / "structure.pickle"),), says_seconds=True)
    plain = Run("benchmarks.baselines.dot:main", (str(folder / "chart.dot"),), says_seconds=True)
    if not 0 < size <= COMPARED:
        plain = Run("benchmarks.steps:nothing", (), says_seconds=True)
    found = compare(ours, plain, runs, folder / "compiled")
    print(f"{len(chart.boxes)} boxes, {len(chart.lines)} lines: {written(found.ours)} s", file=sys.stderr)
    return found


def _again(structure: Structure, runs: int, folder: Path) -> Comparison:
    """As `_compared`, each side drawing the chart again and again in one process."""
    made, dot = folder / "structure.pickle", folder / "chart.dot"
    made.write_bytes(pickle.dumps(structure))
    dot.write_bytes(render(governance(structure), ["dot"])["dot"])
    ours = Run("benchmarks.chart_steps:draw_again", (str(made),), says_seconds=True)
    plain = Run("benchmarks.baselines.dot:again", (str(dot), str(AGAIN)), says_seconds=True)
    return compare(ours, plain, runs, folder / "compiled")


def _growth_table(grown: dict[int, Comparison], again: dict[int, Comparison]) -> str:
    lines = [
        "# Charts\n",
        "![Seconds that a governance chart takes against its boxes](charts.svg)\n",
        "First the first chart of a process, all that is needed being loaded; then one after another.\n",
        "| boxes | ours, SVG | Graphviz alone | against that | runs | ours again | alone again | times |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size, found in grown.items():
        told = size <= COMPARED
        cells = (
            str(size),
            written(found.ours),
            written(found.plain) if told else "",
            f"{written(found.ratio)} times" if told else "",
            str(found.runs),
            written(again[size].ours) if told else "",
            written(again[size].plain) if told else "",
            f"{written(again[size].ratio)} times" if told else "",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _shapes_table(shaped: dict[str, Comparison]) -> str:
    lines = ["| shape | seconds, of the usual limit of 60 |", "|---|---|"]
    lines += [f"| {what} | {figure(found.ours.middle)} |" for what, found in shaped.items()]
    return "\n".join(lines) + "\n"


def _all(folder: Path) -> str:
    (folder / "england.pickle").write_bytes(pickle.dumps(england(PARTNERSHIPS)))
    (folder / "all").mkdir()
    structure, charts = str(folder / "england.pickle"), str(folder / "all")
    Run("benchmarks.chart_steps:write_all", (structure, charts)).once(folder / "compiled")
    layouts, drawing = json.loads(
        Run("benchmarks.baselines.dot:all_in", (charts,)).once(folder / "compiled")[1]
    )
    run = Run("benchmarks.chart_steps:draw_all", (structure,))
    seconds, count = json.loads(run.once(folder / "compiled")[1])
    ratio = seconds / (layouts / 2)
    reached = "yes" if ratio <= GOAL else "no"
    said = (
        f"{count} charts, of every kind for {PARTNERSHIPS} partnerships, by two processes: "
        f"{figure(seconds)} s. Graphviz alone takes {figure(layouts)} s to lay the same boxes and lines out "
        f"once and {figure(drawing)} s to draw them, in one process. Ours against half of its layouts: "
        f"{figure(ratio)} times (goal {GOAL}: {reached}); against half of both: "
        f"{figure(seconds / ((layouts + drawing) / 2))} times.\n"
    )
    print(said, file=sys.stderr)
    return said


class Kept(NamedTuple):
    """How a generated chart keeps what is wanted of one: how many slips of each sort, and crossings."""

    bands: int
    boxes: int
    lines: int
    texts: int
    close: int
    aside: float
    ours: int
    plain: int


def _kept() -> str:
    chance = Random(2026)  # noqa: S311 - no secret
    found: list[Kept] = []
    warnings.simplefilter("ignore")
    with Graphviz(100_000) as engine:
        for seed in range(GENERATED):
            chart = governance(tree(chance.randint(5, MOST_BODIES), seed))
            made = render(chart, ["svg", "dot"], engine)
            seen = measuring.read(made["svg"])
            found.append(
                Kept(
                    len(chart_rules.wrong_with_bands(seen)),
                    len(chart_rules.wrong_with_boxes(seen)),
                    len(chart_rules.wrong_with_lines(seen, ends_of(chart))),
                    len(chart_rules.wrong_with_texts(seen)),
                    len(chart_rules.closest_ends(seen)),
                    chart_rules.off_the_middle(seen, chart),
                    chart_rules.crossings(seen),
                    plain_crossings(made["dot"].decode()),
                )
            )
    lines = [
        f"## How well {GENERATED} generated charts of up to {MOST_BODIES} bodies keep the rules\n",
        "| rule | charts that keep it | slips in the worst |",
        "|---|---|---|",
    ]
    for what, slips in (
        ("bands in order, over the whole width, each around its own boxes", [one.bands for one in found]),
        ("no box overlaps another, words stay in their box", [one.boxes for one in found]),
        ("no line runs through a box, each ends at its own", [one.lines for one in found]),
        ("no text lies on another, on a line or on an edge", [one.texts for one in found]),
        ("ends of lines at a box are 12 points apart", [one.close for one in found]),
    ):
        lines.append(f"| {what} | {_share(slips)} | {max(slips)} |")
    aside = [round(one.aside) for one in found]
    lines.append(
        f"| the top body stands over the middle of those below it | {_share(aside)} | {max(aside)} points |"
    )
    more = [one.ours - one.plain for one in found]
    lines.append(f"| no more crossings than where Graphviz draws the same | {_share(more)} | {max(more)} |")
    ours, plain = (sum(one) for one in ((k.ours for k in found), (k.plain for k in found)))
    lines.append(
        f"\nCrossings in all {ours}, where Graphviz draws the same {plain}; in the middle chart "
        f"{median(one.ours for one in found):g} and {median(one.plain for one in found):g}.\n"
    )
    return "\n".join(lines)


def _share(slips: Sequence[int]) -> str:
    return f"{sum(one <= 0 for one in slips)} of {len(slips)}"
