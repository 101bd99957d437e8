"""Charts for tests: drawn once from the datasets that travel with orgmodel, or from a few lines of YAML."""

from __future__ import annotations

import re
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pygraphviz

from orgmodel.charts.drawing import Band, Box, Drawing, Grid, Line
from orgmodel.charts.governance import governance
from orgmodel.charts.render import FORMS, render
from orgmodel.datasets import yaml
from orgmodel.resources import bundled_datasets
from tests import chart_rules, measuring
from tests.datasets import BASE, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz

STARTER = Path(__file__).parent.parent / "orgmodel" / "starter"
FOLDERS = {"starter": STARTER, **bundled_datasets()}
EDITIONS = {name: (*yaml.read(folder).editions, "today") for name, folder in FOLDERS.items()}
CHARTS = [(name, day) for name, days in EDITIONS.items() for day in days]
"""Each of those datasets at each of its editions and today."""


@cache
def drawing(dataset: str, day: str) -> Drawing:
    return governance(yaml.read(FOLDERS[dataset]).as_of(day))


@cache
def drawn(dataset: str, day: str) -> Mapping[str, bytes]:
    """A chart in all its forms."""
    return render(drawing(dataset, day), FORMS)


@cache
def picture(dataset: str, day: str) -> measuring.Picture:
    return measuring.read(drawn(dataset, day)["svg"])


def ends_of(chart: Chart) -> dict[str, tuple[str, str]]:
    """The ids of the boxes of each line, by the `data-id` of the line."""
    if isinstance(chart, Grid):
        return {}
    return {" ".join(line.ids): (line.from_id, line.to_id) for line in chart.lines}


def chart_of(folder: Path, text: str, partnership: str | None = None, day: str = "2020-01-01") -> Drawing:
    """The chart of some YAML that is added to a partnership with the tiers Top and Lower."""
    structure = yaml.read(write(folder, {"base.yaml": BASE, "more.yaml": text}))
    return governance(structure.as_of(day), partnership)


BODIES = """\
bodies:
  - {id: board, name: The Board, tier: Top, citations: [terms 1], part_of: partnership%s}
  - {id: group, name: The Group, tier: Lower, citations: [terms 1], part_of: partnership%s}
"""


def lines_of(chart: Drawing) -> list[tuple[str, str, str, bool]]:
    return [(line.kind, line.from_id, line.to_id, line.inferred) for line in chart.lines]


def plain_crossings(dot: str) -> int:
    """How often lines cross where Graphviz draws the DOT of a chart as it does by itself."""
    # Around what has a tooltip it draws a link, which is read as no line.
    bare = re.sub(r' tooltip="(?:[^"\\]|\\.)*"', "", dot).replace(" xlabel=", " label=")
    return chart_rules.crossings(
        measuring.read(pygraphviz.AGraph(string=bare).draw(format="svg", prog="dot"))
    )


def crosses_more(chart: Drawing, engine: Graphviz) -> tuple[int, int] | None:
    """How often lines cross, and how often where Graphviz draws the chart, if that is less; else None."""
    made = render(chart, ["svg", "dot"], engine)
    ours = chart_rules.crossings(measuring.read(made["svg"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = plain_crossings(made["dot"].decode())
    return (ours, plain) if ours > plain else None


def tied(*rows: list[str], ties: Iterable[tuple[str, str]]) -> Drawing:
    """A chart of bodies in rows, of which some have members in common."""
    boxes = tuple(tuple(Box(name, "body", name, said=name) for name in row) for row in rows)
    lines = tuple(
        Line((f"{one}--{two}",), "shares-few", one, two, "said", mark=str(number))
        for number, (one, two) in enumerate(ties, 1)
    )
    return Drawing("ties", "Ties", "All of them", (Band("All", boxes),), lines, (), ())


def bands_of(chart: Drawing) -> dict[str, list[str]]:
    return {band.name: [box.id for box in band.boxes] for band in chart.bands}


def with_lines(board: str = "", group: str = "") -> str:
    return BODIES % (board and f", {board}", group and f", {group}")


def seen_of(chart: Drawing) -> measuring.Picture:
    return measuring.read(render(chart, ["svg"])["svg"])
