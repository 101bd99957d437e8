"""Ordering: which box stands beside which in the rows of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from orgmodel.charts.drawing import HIERARCHY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from orgmodel.charts.drawing import Drawing, Line

Order: TypeAlias = "list[list[list[str]]]"
"""For each band its rows from the top, each with the ids of its boxes from left to right."""

FAR = 8
"""A line over more rows has no say in where boxes stand: Graphviz would take minutes for many of them."""

_AWAY = 20.0
"""How far from the middle a box stands on a side, in points."""


def order_of(drawing: Drawing, *, beside: bool = True) -> Order:
    """The boxes as the drawing has them.

    Args:
        drawing: What is ordered.
        beside: Whether to put in what stands beside: units that support in the middle of the first row of
            their band, boards outside at its ends in turn.
    """
    order = [[[box.id for box in row] for row in band.rows] or [[]] for band in drawing.bands]
    return _with_beside(drawing, order) if beside else order


def balanced(drawing: Drawing, places: Mapping[str, float]) -> Order:
    """The boxes that lines lead up from in the order of some places; others on the emptier side of them.

    Args:
        drawing: What is ordered.
        places: How far to the right each box would stand by the lines upward alone.
    """
    found: Order = []
    above: list[str] = []
    held = {i for line in filter(orderer(drawing), drawing.lines) for i in (line.from_id, line.to_id)}
    for band in drawing.bands:
        rows = []
        for row in band.rows:
            ids = sorted((box.id for box in row), key=lambda i: places[i])
            if above and held & set(ids):
                ids = _around([i for i in ids if i in held], [i for i in ids if i not in held], above, places)
            rows.append(ids)
            above = ids
        found.append(rows or [[]])
    return _with_beside(drawing, found)


def steadied(drawing: Drawing, order: Order) -> Order:
    """An order in which boxes of a row with the same lines to the same others stand as the drawing has them.

    Which of them stands where changes nothing else: so they come in one order on every chart.
    """
    tied: dict[str, list[tuple[str, str, bool]]] = {}
    for line in drawing.lines:
        tied.setdefault(line.from_id, []).append((line.to_id, line.kind, True))
        tied.setdefault(line.to_id, []).append((line.from_id, line.kind, False))
    found: Order = []
    for band, rows in zip(drawing.bands, order, strict=True):
        given = {box.id: number for number, box in enumerate(box for row in band.rows for box in row)}
        found.append([_steady(row, given, tied) for row in rows])
    return found


def _steady(
    row: Sequence[str], given: Mapping[str, int], tied: Mapping[str, list[tuple[str, str, bool]]]
) -> list[str]:
    alike: dict[tuple[tuple[str, str, bool], ...], list[int]] = {}
    for position, one in enumerate(row):
        if one in given and one in tied:
            alike.setdefault(tuple(sorted(tied[one])), []).append(position)
    found = [*row]
    for positions in alike.values():
        ids = sorted((row[position] for position in positions), key=given.__getitem__)
        for position, one in zip(positions, ids, strict=True):
            found[position] = one
    return found


def places_of(order: Order) -> dict[str, tuple[int, int]]:
    """The row of each box, counted from the top, and its position there, counted from the left."""
    rows = [row for rows in order for row in rows]
    return {i: (number, position) for number, row in enumerate(rows) for position, i in enumerate(row)}


def orderer(drawing: Drawing) -> Callable[[Line], bool]:
    """What tells whether a line has a say in the order: one of accountability or reports between two rows."""
    places = places_of(order_of(drawing, beside=False))

    def orders(line: Line) -> bool:
        ends = places.get(line.from_id), places.get(line.to_id)
        if line.kind not in HIERARCHY or None in ends:
            return False
        (one, _), (two, _) = cast("tuple[tuple[int, int], tuple[int, int]]", ends)
        return 0 < abs(one - two) <= FAR

    return orders


def is_held(drawing: Drawing, upward: Iterable[Line]) -> bool:
    """Whether all boxes of a drawing stand where some lines upward draw them: none is loose or beside others.

    Args:
        drawing: What is ordered.
        upward: The lines that have a say in the order.
    """
    beside = any(band.supporting or band.outside for band in drawing.bands)
    ends = {i for line in upward for i in (line.from_id, line.to_id)}
    return not beside and not drawing.is_stacked and ends.issuperset(box.id for box in drawing.boxes)


def _around(held: list[str], others: list[str], above: list[str], places: Mapping[str, float]) -> list[str]:
    middle = sum(places[i] for i in above) / len(above)
    balance = sum((places[i] > middle + _AWAY) - (places[i] < middle - _AWAY) for i in held)
    left: list[str] = []
    right: list[str] = []
    for other in others:
        (left if balance > 0 else right).append(other)
        balance += -1 if balance > 0 else 1
    return [*left, *held, *right]


def _with_beside(drawing: Drawing, order: Order) -> Order:
    for band, rows in zip(drawing.bands, order, strict=True):
        first = rows[0]
        middle = len(first) // 2
        first[middle:middle] = [box.id for box in band.supporting]
        for number, box in enumerate(band.outside):
            first.insert(0 if number % 2 else len(first), box.id)
    return order
