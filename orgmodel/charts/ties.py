"""Ties: what draws boxes to each other where Graphviz lays a drawing out, besides its lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.charts.drawing import STRONG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.ordering import Order

_STRONG, _SUPPORT, WEAK, _NO_PULL = 8, 6, 1, 0
"""How much two are drawn together; the last but one is what Graphviz takes where nothing is said."""


class Tie(NamedTuple):
    """Two that are drawn together, from the lower or left one to the other; and how much they are."""

    start: str
    end: str
    weight: int


@dataclass(frozen=True, slots=True)
class RowTies:
    """What is unseen in a row: where it begins, what stands between its boxes, and what ties it."""

    begins: str
    between: tuple[str, ...]
    ties: tuple[Tie, ...]


def of_rows(order: Order, lines: Sequence[Line], *, ordered: bool = True) -> list[RowTies]:
    """What holds the rows below each other and the boxes of each in their order.

    Args:
        order: The boxes of each row from left to right.
        lines: The lines over the middle of which boxes stand.
        ordered: Whether the order is kept.
    """
    found = []
    for number, row in enumerate(row for band in order for row in band):
        below = [Tie(_begins(number), _begins(number - 1), _NO_PULL)] if number else []
        full, middles = _with_middles(lines, row) if ordered else (row, [])
        along = [Tie(left, right, WEAK) for left, right in pairwise(full)] if ordered else []
        between = tuple(name for name in full if name not in row)
        found.append(RowTies(_begins(number), between, (*below, *middles, *along)))
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


def _begins(row: int) -> str:
    return f"row {row}"


def _with_middles(lines: Iterable[Line], row: Collection[str]) -> tuple[list[str], list[Tie]]:
    """A row with something unseen between each middle pair, over or under which their common box stands.

    A box tied to an even number of others may be put anywhere between the middle two, so that Graphviz puts
    it over one of them; tied to what is between them as well, it is centred.
    """
    full = list(row)
    position = {box_id: number for number, box_id in enumerate(row)}
    ties = []
    for near, far in (("from_id", "to_id"), ("to_id", "from_id")):
        tied: dict[str, list[str]] = {}
        for line in lines:
            if line.kind in STRONG and (one := getattr(line, near)) in position:
                other = getattr(line, far)
                if other not in position:
                    tied.setdefault(other, []).append(one)
        for other, ends in tied.items():
            ends.sort(key=position.__getitem__)
            left, right = ends[len(ends) // 2 - 1], ends[len(ends) // 2]
            if len(ends) % 2 == 0 and full.index(right) - full.index(left) == 1:
                name = f"between {left} and {right}"
                full.insert(full.index(right), name)
                start, end = (name, other) if near == "from_id" else (other, name)
                ties.append(Tie(start, end, _STRONG))
    return full, ties
