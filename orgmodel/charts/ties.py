"""Ties: what draws boxes to each other where Graphviz lays a drawing out, besides its lines."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.charts.drawing import STRONG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.ordering import Order

_STRONG, _SUPPORT, WEAK, _NO_PULL = 8, 6, 1, 0
"""How much two are drawn together; the last but one is what Graphviz takes where nothing is said."""


class Tie(NamedTuple):
    """Two that are drawn together, from the lower or left one to the other; and how much they are."""

    start: str
    end: str
    weight: int


def begins(row: int) -> str:
    """The name of what is unseen where a row begins, and holds the rows below each other."""
    return f"row {row}"


def of_rows(order: Order, *, ordered: bool = True) -> list[list[Tie]]:
    """What holds each row below the one above it, and its boxes in their order.

    Args:
        order: The boxes of each row from left to right.
        ordered: Whether the order is kept.
    """
    found = []
    for number, row in enumerate(row for band in order for row in band):
        below = [Tie(begins(number), begins(number - 1), _NO_PULL)] if number else []
        along = [Tie(left, right, WEAK) for left, right in pairwise(row)] if ordered else []
        found.append([*below, *along])
    return found


def gathering(order: Order, lines: Iterable[Line], *, stacked: bool) -> list[Tie]:
    """What draws boxes that no strong line holds toward the middle of the row above."""
    held = {line.from_id for line in lines if line.kind in STRONG}
    found = []
    for above, row in pairwise(row for band in order for row in band):
        if above:
            # Drawn to one of two in the middle, each row would stand a little further to its side.
            middles = [len(above) // 2, (len(above) - 1) // 2] if stacked else [len(above) // 2]
            pairs = product(row, dict.fromkeys(middles))
            found += [Tie(box_id, above[middle], WEAK) for box_id, middle in pairs if box_id not in held]
    return found


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
