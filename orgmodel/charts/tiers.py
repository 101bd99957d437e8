"""The bands of a governance chart: the officers, then the tiers in the partnership's order."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Final

from orgmodel.charts.drawing import HIERARCHY, Band

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.connections import Connections
    from orgmodel.charts.drawing import Box, BoxKind, Line
    from orgmodel.charts.scope import Scope
    from orgmodel.model import Node

WIDEST_ROW: Final = 6
"""How many boxes stand side by side in a band before it gets another row; of very many, as many as rows."""

NO_TIER: Final = "Tier not stated"
OFFICERS: Final = "Ultimately accountable"
SUPERIORS: Final = "Outside the partnership"


def bands(scope: Scope, found: Connections, box: Callable[[Node, BoxKind], Box]) -> tuple[Band, ...]:
    """The bands of a chart from the top.

    Args:
        scope: What the chart covers.
        found: Its lines.
        box: Makes the box of a node, of a kind.
    """
    declared = scope.partnership.get("tiers")
    names = list(dict.fromkeys([*(declared if isinstance(declared, tuple) else ()), NO_TIER]))
    home: dict[str, str] = {}
    for node in scope.inside.values():
        if node.id not in scope.units:
            tier = str(node.get("tier"))
            home[node.id] = tier if tier in names else NO_TIER
    supporting: dict[str, list[Box]] = {}
    for unit in sorted(scope.units):
        served = [home[line.to_id] for line in found.lines if line.from_id == unit and line.to_id in home]
        own = str(scope.inside[unit].get("tier"))
        # Where no tier is stated of it, it stands beside those that it supports.
        beside = sorted(served, key=names.index)[len(served) // 2] if served else NO_TIER
        tier = own if own in names else beside
        supporting.setdefault(tier, []).append(box(scope.inside[unit], "support"))
    outside: dict[str, list[Box]] = {}
    for board, partners in sorted(found.outside.items()):
        if board in scope.superiors:
            continue
        tier = min((home[body] for body in partners if body in home), key=names.index, default=names[0])
        outside.setdefault(tier, []).append(box(scope.node(board), "outside"))
    officers = [box(node, "officer") for node in scope.officers.values()]
    made = [Band(OFFICERS, tuple(rows_of(officers)))] if officers else []
    if superiors := [box(node, "outside") for node in scope.superiors.values()]:
        made.append(Band(SUPERIORS, _ranked(superiors, found.lines)))
    for name in names:
        nodes = [node for node in scope.inside.values() if home.get(node.id) == name]
        rows = _ranked([box(node, "body") for node in nodes], found.lines)
        if rows or name in supporting or name in outside:
            made.append(Band(name, rows, tuple(supporting.get(name, ())), tuple(outside.get(name, ()))))
    return tuple(made)


def _ranked(boxes: list[Box], lines: tuple[Line, ...]) -> tuple[tuple[Box, ...], ...]:
    """Rows of a tier: a body stands below those of its own tier that it answers or reports to."""
    ids = {box.id for box in boxes}
    above = {
        box.id: {
            line.to_id
            for line in lines
            if line.from_id == box.id and line.kind in HIERARCHY and line.to_id in ids
        }
        for box in boxes
    }
    waiting = list(boxes)
    rows: list[tuple[Box, ...]] = []
    while waiting:
        left = {box.id for box in waiting}
        # In a circle none is above the others: they share a row.
        ready = [box for box in waiting if not above[box.id] & left] or waiting
        rows += _split(ready, lines)
        done = {box.id for box in ready}
        waiting = [box for box in waiting if box.id not in done]
    return tuple(rows)


def _split(boxes: list[Box], lines: tuple[Line, ...]) -> list[tuple[Box, ...]]:
    """Boxes of one rank in rows; where they need several, those without a line come last."""
    if len(boxes) <= WIDEST_ROW:
        return rows_of(boxes)
    joined = {i for line in lines for i in (line.from_id, line.to_id)}
    return rows_of([b for b in boxes if b.id in joined]) + rows_of([b for b in boxes if b.id not in joined])


def rows_of(boxes: list[Box], most: int | None = None) -> list[tuple[Box, ...]]:
    """Boxes in rows as even as can be, none with more than stand side by side; `most` is how many do."""
    widest = most or max(WIDEST_ROW, isqrt(len(boxes)))
    count = -(-len(boxes) // widest)
    size = -(-len(boxes) // max(count, 1))
    return [tuple(boxes[i : i + size]) for i in range(0, len(boxes), max(size, 1))]
