"""Arcs: lines between bodies of one row that are no neighbours, above the row or beneath it."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from orgmodel.charts.render import render
from tests import chart_rules, measuring
from tests.charting import tied
from tests.test_charts_of_bodies import wrong_with

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Drawing
    from orgmodel.charts.graphviz import Graphviz
    from tests.measuring import Picture


def seen_of(chart: Drawing, engine: Graphviz) -> Picture:
    """The picture of a chart that keeps the rules."""
    assert wrong_with(chart, engine) == []
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    assert chart_rules.closest_ends(seen) == []
    return seen


@pytest.mark.parametrize("bodies", range(4, 10))
def test_of_a_row_each_tied_with_each_lines_cross_as_little_as_they_can(
    bodies: int, engine: Graphviz
) -> None:
    row = [f"body-{number}" for number in range(bodies)]
    seen = seen_of(tied(row, ties=combinations(row, 2)), engine)
    # Ábrego et al., The 2-page crossing number of K_n, 2013, theorem 1.
    halves = [(bodies - less) // 2 for less in range(4)]
    assert chart_rules.crossings(seen) == halves[0] * halves[1] * halves[2] * halves[3] // 4


def test_an_arc_runs_where_it_crosses_nothing(engine: Graphviz) -> None:
    above, row, below = ["over"], ["one", "two", "three"], ["under"]
    arc = ("one", "three")
    for tie, free in ((("over", "two"), "beneath"), (("two", "under"), "above")):
        seen = seen_of(tied(above, row, below, ties=[arc, tie]), engine)
        assert chart_rules.crossings(seen) == 0
        line = next(line for line in seen.lines if line.id == "one--three")
        assert ("above" if line.place.bottom < seen.box("one").place.centre[1] else "beneath") == free


def test_arcs_leave_the_lines_below_their_room(engine: Graphviz) -> None:
    above, below = ["over", "top", "up"], [f"under-{number}" for number in range(10)]
    others = [f"other-{number}" for number in range(9)]
    ties = [*product(["one"], [*others, *below]), *product(above, ["between"])]
    seen_of(tied(above, ["one", "between", *others], below, ties=ties), engine)
