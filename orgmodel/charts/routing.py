"""Routing: where boxes in rows and the lines between them go, so that no line runs through a box.

Between two rows is a channel. A line leaves its box at a port, upward or downward, runs along a lane of
the channel, passes the rows between through gaps between their boxes, and ends at a port. Neighbours in
a row are joined straight. Ports, lanes and passes are spaced, so that no two lines share one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from orgmodel.charts.lanes import Run, lanes_of
from orgmodel.charts.places import Rectangle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.places import Point

_PAD = 30.0
"""From a row to the nearest lane: room for two arrowheads or for one and a mark."""

_LANE = 11.0
_BETWEEN_BANDS = 8.0
_PORT, _PORT_MARGIN = 22.0, 20.0
_TRACK, _TRACK_MARGIN = 11.0, 11.0
_BESIDE, _CORNER = 17.0, 14.0
_FAR = 100_000.0
_ROUNDS = 8

# What makes a way through a row worse, in points of its length.
_BEND, _OUTSIDE, _OVER_A_LINE, _FULL = 25.0, 60.0, 60.0, 5_000.0


@dataclass(frozen=True, slots=True)
class Routes:
    """The boxes in their places, the corners of each line from its start, and heights between the rows.

    `between` has for each row but the first a height above it on which no lane runs; the first row begins
    at 0, the last ends at `bottom`.
    """

    boxes: dict[str, Rectangle]
    lines: list[list[Point]]
    between: list[float]
    bottom: float


@dataclass(eq=False, slots=True)
class _Stop:
    """Where a line crosses the edge of a row: at a port of a box, or in a gap."""

    group: tuple[str, int, int]
    line: int
    x: float
    near: list[_Stop] = field(default_factory=list)

    @property
    def pulled_to(self) -> float:
        return sum(stop.x for stop in self.near) / len(self.near)


@dataclass(slots=True)
class _Way:
    """A line as its stops from the lower row to the upper; `low` is the row of the first of them."""

    line: int
    low: int
    stops: list[_Stop]
    returns: bool = False
    """Whether it comes back to the row that it started from."""

    def runs(self) -> list[Run]:
        """Its stretches along channels."""
        return [
            Run(self.line, self.low - step, one.x, two.x, returns=self.returns)
            for step, (one, two) in enumerate(pairwise(self.stops))
            if abs(one.x - two.x) > 0.5  # noqa: PLR2004 - less is not seen
        ]


def route(
    rows: Sequence[Sequence[str]],
    boxes: Mapping[str, Rectangle],
    lines: Sequence[Line],
    least: Sequence[float],
) -> Routes:
    """Places rows below each other and draws the lines.

    Args:
        rows: The ids of the boxes of each row, from the top and from left to right.
        boxes: How large each box is and where it is from left to right.
        lines: The lines between them.
        least: How high each row is at least.
    """
    return _Router([list(row) for row in rows], boxes, lines).route(least)


def least_widths(rows: Sequence[Sequence[str]], lines: Sequence[Line]) -> dict[str, float]:
    """How wide each box has to be for the lines that leave it upward and for those downward.

    Args:
        rows: The ids of the boxes of each row, from the top.
        lines: The lines between them.
    """
    place = {i: number for number, row in enumerate(rows) for i in row}
    ports: Counter[tuple[str, bool]] = Counter()
    for line in lines:
        for one, other in ((line.from_id, line.to_id), (line.to_id, line.from_id)):
            ports[one, place[one] < place[other]] += 1
    most = {i: max(ports[i, True], ports[i, False]) for i in place}
    return {i: 2 * _PORT_MARGIN + (count - 1) * _PORT for i, count in most.items() if count}


class _Router:
    def __init__(self, rows: list[list[str]], boxes: Mapping[str, Rectangle], lines: Sequence[Line]) -> None:
        self.rows = rows
        self.boxes = boxes
        self.lines = lines
        self.place = {i: (r, p) for r, row in enumerate(rows) for p, i in enumerate(row)}
        self.beside: dict[tuple[int, int], list[int]] = {}
        """By row and number of the gap the lines that join the two boxes around it."""
        self.ways: dict[int, _Way] = {}
        self.groups: dict[tuple[str, int, int], list[_Stop]] = {}

    def route(self, least: Sequence[float]) -> Routes:
        self._join_neighbours()
        for number in sorted(set(range(len(self.lines))) - self._joined(), key=self._span):
            self._find_way(number)
        self._settle()
        runs = [run for way in self.ways.values() for run in way.runs()]
        lanes = [lanes_of([run for run in runs if run.channel == row]) for row in range(len(self.rows))]
        heights, between = self._heights(least, [max(found.values(), default=-1) + 1 for found in lanes])
        boxes = {i: self._placed(i, heights) for i in self.place}
        corners = []
        for number, line in enumerate(self.lines):
            if number in self.ways:
                corners.append(self._corners(self.ways[number], lanes, heights, boxes))
            else:
                corners.append(self._straight(number, line, boxes))
        return Routes(boxes, corners, between, heights[-1][1])

    def _joined(self) -> set[int]:
        return {number for numbers in self.beside.values() for number in numbers}

    def _span(self, number: int) -> tuple[int, int]:
        line = self.lines[number]
        return abs(self.place[line.from_id][0] - self.place[line.to_id][0]), number

    # Ways

    def _join_neighbours(self) -> None:
        """Finds the lines between neighbours in a row, as many as there is room for at their sides."""
        for number, line in enumerate(self.lines):
            (row, one), (other, two) = self.place[line.from_id], self.place[line.to_id]
            if row == other and abs(one - two) == 1:
                joined = self.beside.setdefault((row, max(one, two)), [])
                low = min(self.boxes[line.from_id].height, self.boxes[line.to_id].height)
                if not joined or len(joined) * _BESIDE <= low - 2 * _CORNER:
                    joined.append(number)

    def _find_way(self, number: int) -> None:
        line = self.lines[number]
        ends = sorted((line.from_id, line.to_id), key=lambda i: (-self.place[i][0], self.place[i][1]))
        (low, one), (high, two) = (self.place[i] for i in ends)
        start, end = (self.boxes[i].centre[0] for i in ends)
        returns = low == high
        stops = [_Stop(("top", low, one), number, start)]
        stops += self._passes(number, range(low - 1, high, -1), start, end)
        stops.append(_Stop(("top" if returns else "bottom", high, two), number, end))
        for stop, following in pairwise(stops):
            stop.near.append(following)
            following.near.append(stop)
        for stop in stops:
            self.groups.setdefault(stop.group, []).append(stop)
        self.ways[number] = _Way(number, low, stops, returns=returns)

    def _passes(self, number: int, rows: range, start: float, end: float) -> list[_Stop]:
        """The cheapest way through some rows: for each where it passes."""
        found: list[tuple[float, float, list[_Stop]]] = [(0.0, start, [])]
        for row in rows:
            reached = []
            for gap in range(len(self.rows[row]) + 1):
                group = ("gap", row, gap)
                low, high = self._bounds(group)
                for x in sorted({min(max(start, low), high), min(max(end, low), high)}):
                    cost, stops = min(
                        (
                            (before + _way_cost(came, x) + self._gap_cost(group, low, high), stops)
                            for before, came, stops in found
                        ),
                        key=lambda way: way[0],
                    )
                    reached.append((cost, x, [*stops, _Stop(group, number, x)]))
            found = reached
        return min(found, key=lambda way: way[0] + _way_cost(way[1], end))[2]

    def _gap_cost(self, group: tuple[str, int, int], low: float, high: float) -> float:
        _, row, gap = group
        joined = [self.lines[number] for number in self.beside.get((row, gap), ())]
        full = (len(self.groups.get(group, ())) + 1) > (high - low) / _TRACK + 1
        # A mark has its room only where nothing passes.
        taken = full or high < low or any(line.mark for line in joined)
        outside = gap in {0, len(self.rows[row])} and self.rows[row]
        return _FULL * taken + _OUTSIDE * bool(outside) + _OVER_A_LINE * len(joined)

    def _bounds(self, group: tuple[str, int, int]) -> tuple[float, float]:
        """Between which two places a group of stops has to be."""
        sort, row, number = group
        ids = self.rows[row]
        if sort != "gap":
            box = self.boxes[ids[number]]
            return box.left + _PORT_MARGIN, box.right - _PORT_MARGIN
        low = self.boxes[ids[number - 1]].right + _TRACK_MARGIN if number else -_FAR
        high = self.boxes[ids[number]].left - _TRACK_MARGIN if number < len(ids) else _FAR
        return low, high

    def _settle(self) -> None:
        """Moves stops toward those that they are joined with, each group in its order and spaced."""
        for _ in range(_ROUNDS):
            for group, stops in self.groups.items():
                low, high = self._bounds(group)
                stops.sort(key=lambda stop: (stop.pulled_to, stop.line))
                step = _PORT if group[0] != "gap" else _TRACK
                wanted = [_wanted(stop, low, high) for stop in stops]
                for stop, x in zip(stops, _spaced(wanted, low, high, step), strict=True):
                    stop.x = x

    # Heights

    def _heights(
        self, least: Sequence[float], lanes: list[int]
    ) -> tuple[list[tuple[float, float]], list[float]]:
        """Top and bottom of each row, and between each two rows a height where no lane is."""
        found: list[tuple[float, float]] = []
        between = []
        top = 0.0
        for row, low, count in zip(self.rows, least, lanes, strict=True):
            if found:
                above = found[-1][1]
                channel = 2 * _PAD + max(0, count - 1) * _LANE + (_BETWEEN_BANDS if count else 0.0)
                top = above - channel
                half = (count + 1) // 2
                between.append(top + _PAD + ((half - 0.5) * _LANE + _BETWEEN_BANDS / 2 if count else 0.0))
            tall = max(low, *(self.boxes[i].height for i in row))
            found.append((top, top - tall))
        return found, between

    def _placed(self, box_id: str, heights: list[tuple[float, float]]) -> Rectangle:
        box = self.boxes[box_id]
        top, bottom = heights[self.place[box_id][0]]
        middle = (top + bottom) / 2
        return Rectangle(box.left, middle - box.height / 2, box.right, middle + box.height / 2)

    def _lane_height(self, row: int, lane: int, lanes: int, heights: list[tuple[float, float]]) -> float:
        upper = lane >= (lanes + 1) // 2
        return heights[row][0] + _PAD + lane * _LANE + (_BETWEEN_BANDS if upper else 0.0)

    # Corners

    def _corners(
        self,
        way: _Way,
        lanes: list[dict[Run, int]],
        heights: list[tuple[float, float]],
        boxes: dict[str, Rectangle],
    ) -> list[Point]:
        first, last = way.stops[0], way.stops[-1]
        lower, upper = (self.rows[stop.group[1]][stop.group[2]] for stop in (first, last))
        corners = [(first.x, boxes[lower].top)]
        for run in way.runs():
            found = lanes[run.channel]
            height = self._lane_height(run.channel, found[run], max(found.values()) + 1, heights)
            corners += [(run.start, height), (run.end, height)]
        end = boxes[upper].top if way.returns else boxes[upper].bottom
        corners.append((last.x, end))
        return corners if self.lines[way.line].from_id == lower else corners[::-1]

    def _straight(self, number: int, line: Line, boxes: dict[str, Rectangle]) -> list[Point]:
        """The straight line between two neighbours; several of them lie evenly about the middle."""
        start, end = boxes[line.from_id], boxes[line.to_id]
        row, position = max(self.place[line.from_id], self.place[line.to_id])
        joined = self.beside[row, position]
        height = start.centre[1] + ((len(joined) - 1) / 2 - joined.index(number)) * _BESIDE
        if start.left < end.left:
            return [(start.right, height), (end.left, height)]
        return [(start.left, height), (end.right, height)]


def _way_cost(came: float, x: float) -> float:
    return abs(x - came) + (_BEND if abs(x - came) > 1 else 0.0)


def _wanted(stop: _Stop, low: float, high: float) -> float:
    """Where a stop would be: straight above or below the one before it, else the one after it."""
    for other in stop.near:
        if low <= other.x <= high:
            return other.x
    return (low + high) / 2 if stop.group[0] != "gap" else min(max(stop.pulled_to, low), high)


def _spaced(wanted: list[float], low: float, high: float, step: float) -> list[float]:
    """Places in their order, a step or more apart and within bounds, as near to the wanted ones as can be."""
    if len(wanted) > 1:
        step = max(0.0, min(step, (high - low) / (len(wanted) - 1)))
    # Neighbours that would be too near are moved together, about the mean of what they want.
    clusters: list[list[float]] = []
    for number, x in enumerate(wanted):
        clusters.append([x - number * step])
        while len(clusters) > 1 and _mean(clusters[-2]) > _mean(clusters[-1]):
            clusters[-2:] = [clusters[-2] + clusters[-1]]
    means = [_mean(cluster) for cluster in clusters for _ in cluster]
    last = high - (len(wanted) - 1) * step
    return [min(max(x, low), max(low, last)) + number * step for number, x in enumerate(means)]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
