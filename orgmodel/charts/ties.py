"""Ties: what draws boxes to each other where Graphviz lays a drawing out, besides its lines."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orgmodel.charts.drawing import STRONG
from orgmodel.charts.places import POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgmodel.charts.drawing import Drawing, Line

_STRONG, _SUPPORT, WEAK, _NO_PULL = 8, 6, 1, 0
"""How much two are drawn together; the last but one is what Graphviz takes where nothing is said."""

Rows: TypeAlias = "Sequence[Sequence[str]]"
"""The ids of the boxes of each row that has some, from the top and from left to right."""


class Tie(NamedTuple):
    """Two that are drawn together, from the lower or left one to the other; and how much they are."""

    start: str
    end: str
    weight: int


def levels(drawing: Drawing) -> dict[str, str]:
    """The attributes of a graph in which the tiers of a drawing are ranks, the first at the top."""
    return {
        "rankdir": "BT",
        "nodesep": f"{drawing.apart / POINTS:.1f}",
        "ranksep": "0.7",
        "newrank": "true",
    }


def in_order(rows: Rows, lines: Iterable[Line], *, stacked: bool) -> list[Tie]:
    """What holds the boxes of each row in their order, and loose ones in the middle.

    Args:
        rows: The boxes of each row from left to right.
        lines: What holds boxes already, where it is strong.
        stacked: Whether they stand below each other, whatever draws them aside.
    """
    return [*_along(rows), *_gathering(rows, lines, stacked=stacked)]


def _along(rows: Rows) -> list[Tie]:
    return [Tie(left, right, WEAK) for row in rows for left, right in pairwise(row)]


def _gathering(rows: Rows, lines: Iterable[Line], *, stacked: bool) -> list[Tie]:
    """What draws boxes that no strong line holds toward the middle of the row above."""
    held = {line.from_id for line in lines if line.kind in STRONG}
    found = []
    for above, row in pairwise(rows):
        # Drawn to one of two in the middle, each row would stand a little further to its side.
        middles = [len(above) // 2, (len(above) - 1) // 2] if stacked else [len(above) // 2]
        pairs = product(row, dict.fromkeys(middles))
        found += [Tie(box_id, above[middle], WEAK) for box_id, middle in pairs if box_id not in held]
    return found


def below(rows: Rows, tied: Iterable[Tie]) -> tuple[dict[int, str], list[Tie]]:
    """What holds each row below the one above it where nothing else does: in some rows something unseen.

    It could stand in every row; Graphviz would take a fifth longer.

    Args:
        rows: The boxes of each row from left to right.
        tied: What ties them already.

    Returns:
        By number of a row what stands unseen at its left end, and what ties that.
    """
    place = {box_id: number for number, row in enumerate(rows) for box_id in row}
    held = {place[tie.start] for tie in tied if place[tie.start] - place[tie.end] == 1}
    loose = [number for number in range(1, len(rows)) if number not in held]
    unseen = {row: f"row {row}" for number in loose for row in (number - 1, number)}
    return unseen, [Tie(unseen[number], unseen[number - 1], _NO_PULL) for number in loose]


def of_line(line: Line, places: Mapping[str, tuple[int, int]]) -> Tie:
    """A line as Graphviz wants it, upward or to the right.

    Args:
        line: The line.
        places: The row and the position there of each box.
    """
    (from_row, from_position), (to_row, to_position) = places[line.from_id], places[line.to_id]
    swapped = to_position < from_position if from_row == to_row else to_row > from_row
    ends = (line.to_id, line.from_id) if swapped else (line.from_id, line.to_id)
    weight = _STRONG if line.kind in STRONG else _SUPPORT if line.kind == "supports" else WEAK
    return Tie(*ends, weight)
