"""Ways: through which gaps each line goes, and where it crosses the edge of each row.

A line leaves its box at a port, upward or downward, and passes the rows between through gaps between their
boxes. Neighbours in a row are joined straight. Ports and passes are spaced, so that no two lines share one.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from orgmodel.charts.crossing import Stretches, between
from orgmodel.charts.lanes import Arc, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.places import Rectangle

Group: TypeAlias = "tuple[str, int, int]"
"""Stops that share a place: `top` or `bottom` of a box or a `gap`, its row, and its number there."""

BESIDE = 20.0
"""From one straight line between two neighbours to the next."""

_CORNER = 14.0
_PORT, _PORT_MARGIN = 22.0, 20.0
_TRACK, _TRACK_MARGIN = 11.0, 11.0
_FAR = 100_000.0
_ROUNDS = 8

# What makes a way through a row worse, in points of its length.
_BEND, _OUTSIDE, _OVER_A_LINE, _FULL = 25.0, 60.0, 60.0, 5_000.0

CROSSING = (250.0, 600.0)
"""What a crossing makes a way worse, in points of its length: which one is better shows in the whole."""

_TRIES = 3
"""How often each way is looked for anew, once all are known."""

_MOST_GAPS, _FEW_GAPS = 12, 6
"""So many gaps of a row are looked at for one way; and where crossings are not weighed."""

MOST_WEIGHED = 100
"""Up to so many lines their crossings are weighed: each with each is too much for more."""


@dataclass(eq=False, slots=True)
class Stop:
    """Where a line crosses the edge of a row: at a port of a box, or in a gap."""

    group: Group
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
    arc: Arc = ""

    def channel(self, step: int) -> int:
        """The channel of a stretch, from the lowest: that above a row has its number."""
        return self.low - step + (self.arc == "beneath")

    def runs(self) -> list[Run]:
        """Its stretches along channels."""
        return [
            Run(self.line, self.channel(step), one.x, two.x, self.arc)
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

    def __init__(
        self,
        rows: list[list[str]],
        boxes: Mapping[str, Rectangle],
        lines: Sequence[Line],
        crossing: float = CROSSING[0],
    ) -> None:
        self.place = {i: (r, p) for r, row in enumerate(rows) for p, i in enumerate(row)}
        self.beside: dict[tuple[int, int], list[int]] = {}
        self.ways: dict[int, Way] = {}
        self._rows = rows
        self._boxes = boxes
        self._lines = lines
        self._gaps = [self._gaps_of(row) for row in rows]
        self._crossing = crossing
        self._weighs = len(lines) <= MOST_WEIGHED
        self._groups: dict[Group, list[Stop]] = {}
        # By channel what runs through it; nothing where crossings are not weighed.
        self._known = [Stretches() for _ in rows]
        self._join_neighbours()
        self._costs = [
            [self._cost_of(row, gap) for gap in range(len(ids) + 1)] for row, ids in enumerate(rows)
        ]
        wanted = sorted(set(range(len(lines))) - self._joined(), key=self._span)
        for number in wanted:
            self._find_way(number)
        for _ in range(_TRIES if self._weighs else 0):
            if not sum(self._tried_again(number) for number in wanted):
                break
        if self._weighs:
            for _ in range(_TRIES):
                if not sum(self._turned(number) for number in wanted):
                    break
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
        arc: Arc = "above" if low == high else ""
        stops = [Stop(("top", low, one), number, start)]
        stops += self._passes(number, range(low - 1, high, -1), start, end)
        stops.append(Stop(("top" if arc else "bottom", high, two), number, end))
        for stop, following in pairwise(stops):
            stop.near.append(following)
            following.near.append(stop)
        for stop in stops:
            self._groups.setdefault(stop.group, []).append(stop)
        self.ways[number] = Way(number, low, stops, arc)
        for step, (lower, upper) in enumerate(pairwise(stops) if self._weighs else ()):
            self._known[low - step].add(number, lower.x, upper.x)

    def _tried_again(self, number: int) -> bool:
        """Looks for another way of a line that crosses others; whether it found one."""
        if self._span(number)[0] <= 1 or not self._crosses(number):
            return False
        before = self._passed(number)
        self._lose_way(number)
        self._find_way(number)
        return before != self._passed(number)

    def _turned(self, number: int) -> bool:
        """Has an arc run on the other side of its row where it crosses less there; whether it did."""
        way = self.ways[number]
        if not way.arc:
            return False
        left, right = sorted(stop.x for stop in way.stops)
        sides: tuple[Arc, Arc] = ("above", "beneath")
        above, beneath = (self._crossed_by_arc(way, side, left, right) for side in sides)
        arc: Arc = "beneath" if beneath < above and self._has_room_beneath(way) else "above"
        if arc == way.arc:
            return False
        way.arc = arc
        for stop in way.stops:
            self._groups[stop.group].remove(stop)
            stop.group = ("top" if arc == "above" else "bottom", *stop.group[1:])
            self._groups.setdefault(stop.group, []).append(stop)
        return True

    def _crossed_by_arc(self, way: Way, side: Arc, left: float, right: float) -> int:
        """How many lines an arc on one side of its row crosses: arcs, and what begins or passes within it."""
        count = 0
        for other in self.ways.values():
            if other is way:
                continue
            if other.arc:
                one, two = sorted(stop.x for stop in other.stops)
                if other.arc == side and other.low == way.low:
                    count += one < left < two < right or left < one < right < two
            else:
                # Its stop in the row of the arc, where it goes on from there on that side.
                step = other.low - way.low
                if (0 <= step < len(other.stops) - 1) if side == "above" else (0 < step < len(other.stops)):
                    count += left < other.stops[step].x < right
        return count

    def _has_room_beneath(self, way: Way) -> bool:
        """Whether another line can leave the boxes of an arc downward, as far from the next as is wanted."""
        for _, row, number in (stop.group for stop in way.stops):
            low, high = self._bounds(("bottom", row, number))
            there = [stop for stop in self._groups.get(("bottom", row, number), ()) if stop.line != way.line]
            if len(there) * _PORT > high - low:
                return False
        return True

    def _passed(self, number: int) -> list[tuple[Group, float]]:
        return [(stop.group, stop.x) for stop in self.ways[number].stops]

    def _lose_way(self, number: int) -> None:
        way = self.ways.pop(number)
        for stop in way.stops:
            self._groups[stop.group].remove(stop)
        for step, (lower, upper) in enumerate(pairwise(way.stops) if self._weighs else ()):
            self._known[way.low - step].remove(number, lower.x, upper.x)

    def _crosses(self, number: int) -> bool:
        """Whether a line crosses any other, as its way is now."""
        way = self.ways[number]
        return any(
            self._known[way.low - step].crossed(lower.x, upper.x)
            for step, (lower, upper) in enumerate(pairwise(way.stops))
        )

    def _passes(self, number: int, rows: range, start: float, end: float) -> list[Stop]:
        """The cheapest way through some rows: for each where it passes."""
        came = [_Reached(0.0, start)]
        for row in rows:
            known = self._known[row + 1]
            from_below = _from(came, known)
            came = []
            for gap in self._near(row, start, end):
                low, high = self._gaps[row][gap]
                here = self._gap_cost(row, gap)
                for x in sorted({min(max(start, low), high), min(max(end, low), high)}):
                    place = _Reached(here, x, ("gap", row, gap))
                    came.append(_cheapest(from_below, place, known, self._crossing))
        known = self._known[rows[-1] if len(rows) else 0]
        reached = _cheapest(_from(came, known), _Reached(0.0, end), known, self._crossing).before
        stops: list[Stop] = []
        while reached is not None and reached.group is not None:
            stops.append(Stop(reached.group, number, reached.x))
            reached = reached.before
        return stops[::-1]

    def _near(self, row: int, start: float, end: float) -> list[int]:
        """The gaps of a row that a way from one place to another may go through: of many the nearest."""
        gaps = self._gaps[row]
        most = _MOST_GAPS if self._weighs else _FEW_GAPS
        if len(gaps) <= most:
            return list(range(len(gaps)))

        def away(gap: int) -> float:
            low, high = gaps[gap]
            return min(max(low - x, x - high, 0.0) for x in (start, end))

        return sorted(sorted(range(len(gaps)), key=away)[:most])

    def _gap_cost(self, row: int, gap: int) -> float:
        """What it costs to pass through a gap: more where it is full."""
        cost, room = self._costs[row][gap]
        return cost + _FULL * (len(self._groups.get(("gap", row, gap), ())) + 1 > room)

    def _cost_of(self, row: int, gap: int) -> tuple[float, float]:
        """What it costs to pass through a gap that has room, and how many can."""
        low, high = self._gaps[row][gap]
        joined = self.beside.get((row, gap), ())
        # A mark has its room only where nothing passes.
        taken = high < low or any(self._lines[number].mark for number in joined)
        outside = gap in {0, len(self._rows[row])} and self._rows[row]
        cost = _OUTSIDE * bool(outside) + _OVER_A_LINE * len(joined)
        return (cost + _FULL, math.inf) if taken else (cost, (high - low) / _TRACK + 1)

    def _bounds(self, group: Group) -> tuple[float, float]:
        """Between which two places a group of stops has to be."""
        sort, row, number = group
        if sort == "gap":
            return self._gaps[row][number]
        box = self._boxes[self._rows[row][number]]
        return box.left + _PORT_MARGIN, box.right - _PORT_MARGIN

    def _gaps_of(self, ids: Sequence[str]) -> list[tuple[float, float]]:
        """Between which two places each gap of a row is, from the left."""
        lows = [-_FAR, *(self._boxes[i].right + _TRACK_MARGIN for i in ids)]
        highs = [*(self._boxes[i].left - _TRACK_MARGIN for i in ids), _FAR]
        return list(zip(lows, highs, strict=True))

    def _in_a_gap(self, stop: Stop) -> tuple[list[int], list[int], int]:
        """The order in a gap: as lines part on their way up, or else as they came together on it.

        It is the same in each gap: from one to the next two lines would else share a place.
        """
        stops = self.ways[stop.line].stops
        here = stops.index(stop)
        along = [2 * number + (sort != "gap") for sort, _, number in (one.group for one in stops)]
        return along[here + 1 :], along[:here][::-1], stop.line

    def _along_an_edge(self, stop: Stop) -> tuple[int, float, int]:
        """The order of ports along an edge of a box: arcs on the side that they go to, the nearest outermost.

        So arcs lie within each other, and no line up or down runs through one from the same box.
        """
        if not self.ways[stop.line].arc:
            return 0, stop.pulled_to, stop.line
        other = stop.near[0]
        return (-1 if other.group[2] < stop.group[2] else 1), -other.x, stop.line

    def _settle(self) -> None:
        """Moves stops toward those that they are joined with, each group in its order and spaced."""
        groups = [(group, stops, *self._bounds(group)) for group, stops in self._groups.items() if stops]
        for (sort, *_), stops, _, _ in groups:
            if sort == "gap" and len(stops) > 1:
                stops.sort(key=self._in_a_gap)
        before: dict[Group, list[tuple[Stop, float]]] = {}
        for _ in range(_ROUNDS):
            moved = False
            for group, stops, low, high in groups:
                if group[0] != "gap" and len(stops) > 1:
                    stops.sort(key=self._along_an_edge)
                wanted = [_wanted(stop, low, high) for stop in stops]
                asked = list(zip(stops, wanted, strict=True))
                if asked == before.get(group):
                    continue
                before[group] = asked
                step = _TRACK if group[0] == "gap" else _PORT
                for stop, x in zip(stops, _spaced(wanted, low, high, step), strict=True):
                    moved = moved or stop.x != x
                    stop.x = x
            if not moved:
                break


@dataclass(eq=False, slots=True)
class _Reached:
    """A place that a way has come to, what it cost, and from where it came."""

    cost: float
    x: float
    group: Group | None = None
    before: _Reached | None = None


_From: TypeAlias = "list[tuple[float, int, float, tuple[int, int], _Reached]]"
"""Places that a way may come from, the cheapest first.

Of each its cost, its number, where it is, and the stretches on its left and on its right.
"""


def _from(came: list[_Reached], known: Stretches) -> _From:
    beside = known.lower.beside
    return sorted((one.cost, number, one.x, beside(one.x), one) for number, one in enumerate(came))


def _cheapest(came: _From, place: _Reached, known: Stretches, crossing: float) -> _Reached:
    """A place with the cheapest way to it; of equal ones that from the place furthest to the left.

    Args:
        came: Where it may come from.
        place: The place, and what it costs itself.
        known: The stretches that are crossed on the way.
        crossing: What each crossing costs.
    """
    x, here = place.x, place.cost
    above = known.upper.beside(x)
    best, first = math.inf, 0
    for before, number, start, below, one in came:
        if before + here > best:
            break
        away = abs(x - start)
        cost = before + (away + _BEND if away > 1 else away) + here
        if cost <= best:
            cost += crossing * between(below, above)
            if cost < best or (cost == best and number < first):
                best, first, place.before = cost, number, one
    place.cost = best
    return place


def _wanted(stop: Stop, low: float, high: float) -> float:
    """Where a stop would be: straight above or below the one before it, else the one after it."""
    for other in stop.near:
        if low <= other.x <= high:
            return other.x
    return (low + high) / 2 if stop.group[0] != "gap" else min(max(stop.pulled_to, low), high)


def _spaced(wanted: list[float], low: float, high: float, step: float) -> list[float]:
    """Places in their order, a step or more apart and within bounds, as near to the wanted ones as can be."""
    if len(wanted) == 1:
        return [min(max(wanted[0], low), max(low, high))]
    step = max(0.0, min(step, (high - low) / (len(wanted) - 1)))
    # Neighbours that would be too near are moved together, about the mean of what they want.
    clusters: list[tuple[float, int]] = []
    for number, x in enumerate(wanted):
        total, count = x - number * step, 1
        while clusters and clusters[-1][0] / clusters[-1][1] > total / count:
            before, often = clusters.pop()
            total, count = before + total, often + count
        clusters.append((total, count))
    means = [total / count for total, count in clusters for _ in range(count)]
    last = max(low, high - (len(wanted) - 1) * step)
    return [min(max(x, low), last) + number * step for number, x in enumerate(means)]
