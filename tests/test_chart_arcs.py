"""Arcs: lines between bodies of one row that are no neighbours, above the row or beneath it."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from orgmodel.charts.drawing import Band, Box, Drawing, Line
from orgmodel.charts.render import render
from tests import chart_rules, measuring
from tests.charting import ends_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.charts.graphviz import Graphviz
    from tests.measuring import Picture


def tied(*rows: list[str], ties: Iterable[tuple[str, str]]) -> Drawing:
    """A chart of bodies in rows, of which some have members in common."""
    boxes = tuple(tuple(Box(name, "body", name, said=name) for name in row) for row in rows)
    lines = tuple(
        Line((f"{one}--{two}",), "shares-few", one, two, "said", mark=str(number))
        for number, (one, two) in enumerate(ties, 1)
    )
    return Drawing("ties", "Ties", "All of them", (Band("All", boxes),), lines, (), ())


def wrong_with(chart: Drawing, engine: Graphviz) -> tuple[Picture, list[object]]:
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    return seen, [
        *chart_rules.wrong_with_bands(seen),
        *chart_rules.wrong_with_boxes(seen),
        *chart_rules.wrong_with_lines(seen, ends_of(chart)),
        *chart_rules.wrong_with_texts(seen),
        *chart_rules.closest_ends(seen),
    ]


@pytest.mark.parametrize("bodies", range(4, 10))
def test_of_a_row_each_tied_with_each_lines_cross_as_little_as_they_can(
    bodies: int, engine: Graphviz
) -> None:
    row = [f"body-{number}" for number in range(bodies)]
    seen, wrong = wrong_with(tied(row, ties=combinations(row, 2)), engine)
    assert wrong == []
    # Ábrego et al., The 2-page crossing number of K_n, 2013, theorem 1.
    halves = [(bodies - less) // 2 for less in range(4)]
    assert chart_rules.crossings(seen) == halves[0] * halves[1] * halves[2] * halves[3] // 4


def test_an_arc_runs_where_it_crosses_nothing(engine: Graphviz) -> None:
    above, row, below = ["over"], ["one", "two", "three"], ["under"]
    arc = ("one", "three")
    for tie, free in ((("over", "two"), "beneath"), (("two", "under"), "above")):
        seen, wrong = wrong_with(tied(above, row, below, ties=[arc, tie]), engine)
        assert wrong == []
        assert chart_rules.crossings(seen) == 0
        line = next(line for line in seen.lines if line.id == "one--three")
        assert ("above" if line.place.bottom < seen.box("one").place.centre[1] else "beneath") == free


def test_arcs_leave_the_lines_below_their_room(engine: Graphviz) -> None:
    above, below = ["over", "top", "up"], [f"under-{number}" for number in range(10)]
    others = [f"other-{number}" for number in range(9)]
    ties = [*product(["one"], [*others, *below]), *product(above, ["between"])]
    _, wrong = wrong_with(tied(above, ["one", "between", *others], below, ties=ties), engine)
    assert wrong == []
