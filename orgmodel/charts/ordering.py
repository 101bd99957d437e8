"""Ordering: which box stands beside which in the rows of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from orgmodel.charts.drawing import HIERARCHY

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    held = {i for line in drawing.lines if orders(drawing, line) for i in (line.from_id, line.to_id)}
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


def orders(drawing: Drawing, line: Line) -> bool:
    """Whether a line has a say in the order: it is one of accountability or reports between two rows."""
    rows = [row for band in drawing.bands for row in band.rows]
    place = {box.id: number for number, row in enumerate(rows) for box in row}
    ends = line.from_id, line.to_id
    if line.kind not in HIERARCHY or not set(ends) <= place.keys():
        return False
    return 0 < abs(place[ends[0]] - place[ends[1]]) <= FAR


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
