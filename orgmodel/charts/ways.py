"""Ways: through which gaps each line goes, and where it crosses the edge of each row.

A line leaves its box at a port, upward or downward, and passes the rows between through gaps between their
boxes. Neighbours in a row are joined straight. Ports and passes are spaced, so that no two lines share one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from orgmodel.charts.lanes import Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.places import Rectangle

BESIDE = 20.0
"""From one straight line between two neighbours to the next."""

_CORNER = 14.0
_PORT, _PORT_MARGIN = 22.0, 20.0
_TRACK, _TRACK_MARGIN = 11.0, 11.0
_FAR = 100_000.0
_ROUNDS = 8

# What makes a way through a row worse, in points of its length.
_BEND, _OUTSIDE, _OVER_A_LINE, _FULL = 25.0, 60.0, 60.0, 5_000.0

_CROSSING = 250.0
"""What a crossing makes a way worse, in points of its length."""

_TRIES = 3
"""How often each way is looked for anew, once all are known."""

_MOST_GAPS = 12
"""So many gaps of a row are looked at for one way."""

_MOST_WEIGHED = 100
"""Up to so many lines their crossings are weighed: each with each is too much for more."""


@dataclass(eq=False, slots=True)
class Stop:
    """Where a line crosses the edge of a row: at a port of a box, or in a gap."""

    group: tuple[str, int, int]
    line: int
    x: float
    near: list[Stop] = field(default_factory=list)

    @property
    def pulled_to(self) -> float:
        """Where those that it is joined with are, on average."""
        return sum(stop.x for stop in self.near) / len(self.near)


@dataclass(slots=True)
class Way:
    """A line as its stops from the lower row to the upper; `low` is the row of the first of them."""

    line: int
    low: int
    stops: list[Stop]
    returns: bool = False
    """Whether it comes back to the row that it started from."""

    def runs(self) -> list[Run]:
        """Its stretches along channels."""
        return [
            Run(self.line, self.low - step, one.x, two.x, returns=self.returns)
            for step, (one, two) in enumerate(pairwise(self.stops))
            if abs(one.x - two.x) > 0.5  # noqa: PLR2004 - less is not seen
        ]


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


class Ways:
    """The ways of lines between boxes.

    Attributes:
        place: The row of each box and its position there.
        beside: By row and number of the gap the lines that join the two boxes around it.
        ways: The ways of the other lines, by their numbers.
    """

    def __init__(self, rows: list[list[str]], boxes: Mapping[str, Rectangle], lines: Sequence[Line]) -> None:
        self.place = {i: (r, p) for r, row in enumerate(rows) for p, i in enumerate(row)}
        self.beside: dict[tuple[int, int], list[int]] = {}
        self.ways: dict[int, Way] = {}
        self._rows = rows
        self._boxes = boxes
        self._lines = lines
        self._weighs = len(lines) <= _MOST_WEIGHED
        self._groups: dict[tuple[str, int, int], list[Stop]] = {}
        self._stretches: dict[int, dict[int, tuple[float, float]]] = {}
        self._join_neighbours()
        wanted = sorted(set(range(len(lines))) - self._joined(), key=self._span)
        for number in wanted:
            self._find_way(number)
        for _ in range(_TRIES if self._weighs else 0):
            for number in wanted:
                if self._span(number)[0] > 1 and self._crosses(number):
                    self._lose_way(number)
                    self._find_way(number)
        self._settle()

    def _joined(self) -> set[int]:
        return {number for numbers in self.beside.values() for number in numbers}

    def _span(self, number: int) -> tuple[int, int]:
        line = self._lines[number]
        return abs(self.place[line.from_id][0] - self.place[line.to_id][0]), number

    def _join_neighbours(self) -> None:
        """Finds the lines between neighbours in a row, as many as there is room for at their sides."""
        for number, line in enumerate(self._lines):
            (row, one), (other, two) = self.place[line.from_id], self.place[line.to_id]
            if row == other and abs(one - two) == 1:
                joined = self.beside.setdefault((row, max(one, two)), [])
                low = min(self._boxes[line.from_id].height, self._boxes[line.to_id].height)
                if not joined or len(joined) * BESIDE <= low - 2 * _CORNER:
                    joined.append(number)

    def _find_way(self, number: int) -> None:
        line = self._lines[number]
        ends = sorted((line.from_id, line.to_id), key=lambda i: (-self.place[i][0], self.place[i][1]))
        (low, one), (high, two) = (self.place[i] for i in ends)
        start, end = (self._boxes[i].centre[0] for i in ends)
        returns = low == high
        stops = [Stop(("top", low, one), number, start)]
        stops += self._passes(number, range(low - 1, high, -1), start, end)
        stops.append(Stop(("top" if returns else "bottom", high, two), number, end))
        for stop, following in pairwise(stops):
            stop.near.append(following)
            following.near.append(stop)
        for stop in stops:
            self._groups.setdefault(stop.group, []).append(stop)
        self.ways[number] = Way(number, low, stops, returns=returns)
        for step, (lower, upper) in enumerate(pairwise(stops)):
            self._stretches.setdefault(low - step, {})[number] = (lower.x, upper.x)

    def _lose_way(self, number: int) -> None:
        way = self.ways.pop(number)
        for stop in way.stops:
            self._groups[stop.group].remove(stop)
        for step in range(len(way.stops) - 1):
            del self._stretches[way.low - step][number]

    def _crosses(self, number: int) -> bool:
        """Whether a line crosses any other, as its way is now."""
        way = self.ways[number]
        return any(
            self._crossed(way.low - step, lower.x, upper.x)
            for step, (lower, upper) in enumerate(pairwise(way.stops))
        )

    def _crossed(self, channel: int, low: float, high: float) -> float:
        """How often a stretch through a channel would cross those that are there, from row to row."""
        if not self._weighs:
            return 0.0
        known = self._stretches.get(channel, {}).values()
        return _CROSSING * sum((low - one) * (high - two) < 0 for one, two in known)

    def _passes(self, number: int, rows: range, start: float, end: float) -> list[Stop]:
        """The cheapest way through some rows: for each where it passes."""
        found: list[tuple[float, float, list[Stop]]] = [(0.0, start, [])]
        for row in rows:
            reached = []
            for gap in self._near(row, start, end):
                group = ("gap", row, gap)
                low, high = self._bounds(group)
                here = self._gap_cost(group, low, high)
                for x in sorted({min(max(start, low), high), min(max(end, low), high)}):
                    cost, stops = min(
                        (
                            (before + _way_cost(came, x) + here + self._crossed(row + 1, came, x), stops)
                            for before, came, stops in found
                        ),
                        key=lambda way: way[0],
                    )
                    reached.append((cost, x, [*stops, Stop(group, number, x)]))
            found = reached
        last = rows[-1] if len(rows) else 0
        _, _, best = min(
            found, key=lambda way: way[0] + _way_cost(way[1], end) + self._crossed(last, way[1], end)
        )
        return best

    def _near(self, row: int, start: float, end: float) -> list[int]:
        """The gaps of a row that a way from one place to another may go through: of many the nearest."""
        gaps = range(len(self._rows[row]) + 1)
        if len(gaps) <= _MOST_GAPS:
            return list(gaps)

        def away(gap: int) -> float:
            low, high = self._bounds(("gap", row, gap))
            return min(max(low - x, x - high, 0.0) for x in (start, end))

        return sorted(sorted(gaps, key=away)[:_MOST_GAPS])

    def _gap_cost(self, group: tuple[str, int, int], low: float, high: float) -> float:
        _, row, gap = group
        joined = [self._lines[number] for number in self.beside.get((row, gap), ())]
        full = (len(self._groups.get(group, ())) + 1) > (high - low) / _TRACK + 1
        # A mark has its room only where nothing passes.
        taken = full or high < low or any(line.mark for line in joined)
        outside = gap in {0, len(self._rows[row])} and self._rows[row]
        return _FULL * taken + _OUTSIDE * bool(outside) + _OVER_A_LINE * len(joined)

    def _bounds(self, group: tuple[str, int, int]) -> tuple[float, float]:
        """Between which two places a group of stops has to be."""
        sort, row, number = group
        ids = self._rows[row]
        if sort != "gap":
            box = self._boxes[ids[number]]
            return box.left + _PORT_MARGIN, box.right - _PORT_MARGIN
        low = self._boxes[ids[number - 1]].right + _TRACK_MARGIN if number else -_FAR
        high = self._boxes[ids[number]].left - _TRACK_MARGIN if number < len(ids) else _FAR
        return low, high

    def _top(self, stop: Stop) -> float:
        """The middle of the box that the line of a stop leads up to; its port there follows from them."""
        _, row, number = self.ways[stop.line].stops[-1].group
        return self._boxes[self._rows[row][number]].centre[0]

    def _settle(self) -> None:
        """Moves stops toward those that they are joined with, each group in its order and spaced."""
        for _ in range(_ROUNDS):
            for group, stops in self._groups.items():
                low, high = self._bounds(group)
                if group[0] == "gap":
                    # The same order in each gap: from one to the next two lines would else share a place.
                    stops.sort(key=lambda stop: (self._top(stop), stop.near[0].x, stop.line))
                else:
                    stops.sort(key=lambda stop: (stop.pulled_to, stop.line))
                step = _TRACK if group[0] == "gap" else _PORT
                wanted = [_wanted(stop, low, high) for stop in stops]
                for stop, x in zip(stops, _spaced(wanted, low, high, step), strict=True):
                    stop.x = x


def _way_cost(came: float, x: float) -> float:
    return abs(x - came) + (_BEND if abs(x - came) > 1 else 0.0)


def _wanted(stop: Stop, low: float, high: float) -> float:
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
