"""Ways: through which gaps each line goes, and where it crosses the edge of each row.

A line leaves its box at a port, upward or downward, and passes the rows between through gaps between their
boxes. Neighbours in a row are joined straight. Ports and passes are spaced, so that no two lines share one.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

from orgmodel.charts.crossing import NO_SIDES, Stretches, carried, crossed
from orgmodel.charts.lanes import Arc, Run
from orgmodel.charts.passages import BEND, Place, cheapest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.places import Rectangle

Group: TypeAlias = "tuple[str, int, int]"
"""Stops that share a place: `top` or `bottom` of a box or a `gap`, its row, and its number there."""

BESIDE = 20.0
"""From one straight line between two neighbours to the next."""

UNSEEN = 0.5
"""How far a line may stand aside without a bend, in points."""

_CORNER = 14.0
_PORT, _PORT_MARGIN = 22.0, 20.0
_TRACK, _TRACK_MARGIN = 11.0, 11.0
_FAR = 100_000.0
_ROUNDS = 8

_JOG = 22.0
"""Up to how far to the side a line is better made straight, in points."""

# What makes a way through a row worse, in points of its length.
_OUTSIDE, _OVER_A_LINE, _FULL = 60.0, 60.0, 5_000.0

_TRIES, _FEW = 3, 50
"""How often each way is looked for anew, once all are known, where there are few; of many, once."""

_EQUAL = 1e-6
"""Costs that are no further apart are the same."""

_REACH, _SHORT_REACH = 6, 2
"""How many gaps are looked at on both sides of the ends of a way; and where crossings are not weighed."""

_MOST_WEIGHED = 150
"""Up to so many lines their crossings are weighed: each with each is too much for more."""


@dataclass(eq=False, slots=True)
class Stop:
    """Where a line crosses the edge of a row: at a port of a box, or in a gap."""

    group: Group
    line: int
    x: float
    near: list[Stop] = field(default_factory=list)

    @property
    def slot(self) -> int:
        """Where it is in its row, counted from the left by gaps and boxes."""
        sort, _, number = self.group
        return 2 * number + (sort != "gap")

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
            if abs(one.x - two.x) > UNSEEN
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
    ) -> None:
        self.place = {i: (r, p) for r, row in enumerate(rows) for p, i in enumerate(row)}
        self.beside: dict[tuple[int, int], list[int]] = {}
        self.ways: dict[int, Way] = {}
        self._rows = rows
        self._boxes = boxes
        self._lines = lines
        self._gaps = [self._gaps_of(row) for row in rows]
        self._starts = [[low for low, _ in gaps] for gaps in self._gaps]
        self._ends = [[high for _, high in gaps] for gaps in self._gaps]
        self._weighs = len(lines) <= _MOST_WEIGHED
        self._groups: dict[Group, list[Stop]] = {}
        # By channel what runs through it; nothing where crossings are not weighed.
        slots = [2 * len(row) + 1 for row in rows]
        self._known = [Stretches(low, high) for low, high in zip(slots, [1, *slots[:-1]], strict=True)]
        self._join_neighbours()
        self._costs = [
            [self._cost_of(row, gap) for gap in range(len(ids) + 1)] for row, ids in enumerate(rows)
        ]
        wanted = sorted(set(range(len(lines))) - self._joined(), key=self._span)
        for number in wanted:
            self._find_way(number)
        if self._weighs:
            for _ in range(_TRIES if len(lines) <= _FEW else 1):
                if not sum(self._tried_again(number) for number in wanted):
                    break
            for _ in range(_TRIES):
                if not sum(self._turned(number) for number in wanted):
                    break
        self._settle()
        for _ in range(_TRIES):
            # One that moved may have made room for another.
            if not sum(self._straightened(way) for way in self.ways.values()):
                break

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
        between = range(low - 1, high, -1)
        stops += self._passes(number, between, Place(2 * one + 1, start), Place(2 * two + 1, end))
        stops.append(Stop(("top" if arc else "bottom", high, two), number, end))
        for stop, following in pairwise(stops):
            stop.near.append(following)
            following.near.append(stop)
        for stop in stops:
            self._groups.setdefault(stop.group, []).append(stop)
        self.ways[number] = Way(number, low, stops, arc)
        if arc or not self._weighs:
            return
        for step, (lower, upper) in enumerate(pairwise(stops)):
            self._known[low - step].change(number, lower.slot, upper.slot)

    def _tried_again(self, number: int) -> bool:
        """Looks for another way of a line that crosses others; whether it found one."""
        if self._span(number)[0] <= 1 or not self._crosses(number):
            return False
        before = [stop.group for stop in self.ways[number].stops]
        self._lose_way(number)
        self._find_way(number)
        return before != [stop.group for stop in self.ways[number].stops]

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

    def _lose_way(self, number: int) -> None:
        way = self.ways.pop(number)
        for stop in way.stops:
            self._groups[stop.group].remove(stop)
        for step, (lower, upper) in enumerate(pairwise(way.stops) if self._weighs else ()):
            self._known[way.low - step].change(number, lower.slot, upper.slot)

    def _crosses(self, number: int) -> bool:
        """Whether a line crosses any other, as its way is now."""
        way = self.ways[number]
        sides = NO_SIDES
        for step, (lower, upper) in enumerate(pairwise(way.stops)):
            known = self._known[way.low - step]
            below, above = known.below(lower.slot, sides), known.above(upper.slot)
            if crossed(below, above):
                return True
            sides = carried(below, above)
        return False

    def _passes(self, number: int, rows: range, start: Place, end: Place) -> list[Stop]:
        """The cheapest way through some rows: for each where it passes."""
        if not rows:
            return []
        channels = [*(self._known[row + 1] for row in rows), self._known[rows[-1]]]
        nearest = [self._places(row, start.x, end.x, 0) for row in rows]
        most, passed = cheapest(start, nearest, end, channels)
        if most > abs(start.x - end.x) + BEND:
            # What costs more than a way that is known cannot be a part of a cheaper one.
            most += _EQUAL
            reach = _REACH if self._weighs else _SHORT_REACH
            near = [self._places(row, start.x, end.x, reach, most) for row in rows]
            passed = cheapest(start, near, end, channels, most)[1] or passed
        return [
            Stop(("gap", row, place.slot // 2), number, place.x)
            for row, place in zip(rows, passed, strict=True)
        ]

    def _places(self, row: int, start: float, end: float, reach: int, most: float = math.inf) -> list[Place]:
        """Where a way from one place to another may pass a row, from the left.

        Args:
            row: The row.
            start: From where it comes.
            end: Where it goes to.
            reach: How many gaps are looked at on both sides of either.
            most: What all of it may cost.
        """
        gaps = self._gaps[row]
        left, right = (start, end) if start < end else (end, start)
        aside = (most - right + left) / 2
        starts, ends = self._starts[row], self._ends[row]
        one, two = bisect_left(ends, left), bisect_left(ends, right)
        first = max(one - reach, bisect_left(ends, left - aside))
        after = min(two + reach + 1, bisect_right(starts, right + aside))
        found = []
        for gap in range(first, after):
            if one + reach < gap < two - reach:
                continue
            low, high = gaps[gap]
            here = self._gap_cost(row, gap)
            a, b = min(max(left, low), high), min(max(right, low), high)
            for x in (a,) if a == b else (a, b):
                least = here + abs(x - start) + abs(end - x)
                if least <= most:
                    found.append(Place(2 * gap, x, here, least))
        return found

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
        along = [one.slot for one in stops]
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
        # Those that are joined with one that was moved.
        pulled = {group for group, *_ in groups}
        for _ in range(_ROUNDS):
            for group, stops, low, high in groups:
                if group not in pulled:
                    continue
                pulled.remove(group)
                if group[0] != "gap" and len(stops) > 1:
                    stops.sort(key=self._along_an_edge)
                wanted = [_wanted(stop, low, high) for stop in stops]
                step = _TRACK if group[0] == "gap" else _PORT
                for stop, x in zip(stops, _spaced(wanted, low, high, step), strict=True):
                    if stop.x != x:
                        stop.x = x
                        pulled.update(other.group for other in stop.near)
            if not pulled:
                break

    def _straightened(self, way: Way) -> bool:
        """Makes a line straight where it goes but a little to the side and there is room; whether it did."""
        stops, found = way.stops, False
        for step, (lower, upper) in enumerate(pairwise(stops)):
            if not way.arc and UNSEEN < abs(upper.x - lower.x) < _JOG:
                below, above = stops[step::-1], stops[step + 1 :]
                found |= self._moved(below, upper.x) or self._moved(above, lower.x)
        return found

    def _moved(self, stops: list[Stop], x: float) -> bool:
        """Moves stops of a line that are on one place, up to where it bends, to another; whether it could."""
        same = list(takewhile(lambda stop: abs(stop.x - stops[0].x) <= UNSEEN, stops))
        if not all(self._has_room(stop, x) for stop in same):
            return False
        for stop in same:
            stop.x = x
        return True

    def _has_room(self, stop: Stop, x: float) -> bool:
        """Whether a stop can be somewhere else, as far from those beside it as is wanted or as it is now."""
        low, high = self._bounds(stop.group)
        step = _TRACK if stop.group[0] == "gap" else _PORT
        # They are in their order from left to right.
        stops = self._groups[stop.group]
        at = stops.index(stop)
        return low <= x <= high and all(
            (other.x < x) == (other.x < stop.x) and abs(other.x - x) >= min(step, abs(other.x - stop.x))
            for other in (*stops[max(0, at - 1) : at], *stops[at + 1 : at + 2])
        )


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
