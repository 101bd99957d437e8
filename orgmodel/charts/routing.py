"""Routing: where boxes in rows and the lines between them go, so that no line runs through a box.

Between two rows is a channel, in which lines run along lanes of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from orgmodel.charts.lanes import SHARED, lanes_of
from orgmodel.charts.places import Rectangle
from orgmodel.charts.ways import BESIDE, UNSEEN, Ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Line
    from orgmodel.charts.lanes import Run
    from orgmodel.charts.places import Point
    from orgmodel.charts.ways import Way

_PAD = 30.0
"""From a row to the nearest lane: room for two arrowheads or for one and a mark."""

_LANE = 11.0
_BETWEEN_BANDS = 8.0
_TOUCHING = 2.5
"""Up to how far apart two upright lines are on one place."""


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

    def crossings(self) -> int:
        """How often lines cross one another; two on one place are as bad as many crossings."""
        upright, level = [], []
        for number, corners in enumerate(self.lines):
            for (x, y), (along, up) in pairwise(corners):
                if abs(x - along) <= UNSEEN:
                    upright.append((x, number, min(y, up), max(y, up)))
                else:
                    level.append((number, y, min(x, along), max(x, along)))
        upright.sort()
        places = [x for x, *_ in upright]
        count = 0
        for number, y, left, right in level:
            for _, other, low, high in upright[bisect_right(places, left) : bisect_left(places, right)]:
                count += low < y < high and other != number
        for number, (x, line, low, high) in enumerate(upright):
            for further, other, bottom, top in upright[number + 1 :]:
                if further - x > _TOUCHING:
                    break
                count += SHARED * (other != line and low < top and bottom < high)
        return count


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


class _Router:
    def __init__(self, rows: list[list[str]], boxes: Mapping[str, Rectangle], lines: Sequence[Line]) -> None:
        self.rows = rows
        self.boxes = boxes
        self.lines = lines
        self.ways = Ways(rows, boxes, lines)

    def route(self, least: Sequence[float]) -> Routes:
        runs = {number: way.runs() for number, way in self.ways.ways.items()}
        in_channel: list[list[Run]] = [[] for _ in range(len(self.rows) + 1)]
        for run in chain.from_iterable(runs.values()):
            in_channel[run.channel].append(run)
        lanes = [lanes_of(found) for found in in_channel]
        counts = [max(found.values(), default=-1) + 1 for found in lanes]
        heights, between = self._heights(least, counts)
        levels = {
            run: self._lane_height(row, lane, counts[row], heights)
            for row, found in enumerate(lanes)
            for run, lane in found.items()
        }
        boxes = {i: self._placed(i, heights) for i in self.ways.place}
        corners = []
        for number, line in enumerate(self.lines):
            if number in self.ways.ways:
                corners.append(self._corners(self.ways.ways[number], runs[number], levels, boxes))
            else:
                corners.append(self._straight(number, line, boxes))
        return Routes(boxes, corners, between, heights[len(self.rows) - 1][1])

    def _heights(
        self, least: Sequence[float], lanes: list[int]
    ) -> tuple[list[tuple[float, float]], list[float]]:
        """Top and bottom of each row, and between each two rows a height where no lane is.

        After the last row there is an empty one, under the lanes beneath it.
        """
        found: list[tuple[float, float]] = []
        between = []
        top = 0.0
        for row, low, count in zip([*self.rows, []], [*least, 0.0], lanes, strict=True):
            if found:
                channel = 2 * _PAD + max(0, count - 1) * _LANE + (_BETWEEN_BANDS if count else 0.0)
                top = found[-1][1] - channel
                half = (count + 1) // 2
                between.append(top + _PAD + ((half - 0.5) * _LANE + _BETWEEN_BANDS / 2 if count else 0.0))
            tall = max([low, *(self.boxes[i].height for i in row)])
            found.append((top, top - tall))
        return found, between

    def _placed(self, box_id: str, heights: list[tuple[float, float]]) -> Rectangle:
        box = self.boxes[box_id]
        top, bottom = heights[self.ways.place[box_id][0]]
        middle = (top + bottom) / 2
        return Rectangle(box.left, middle - box.height / 2, box.right, middle + box.height / 2)

    def _lane_height(self, row: int, lane: int, lanes: int, heights: list[tuple[float, float]]) -> float:
        upper = lane >= (lanes + 1) // 2
        return heights[row][0] + _PAD + lane * _LANE + (_BETWEEN_BANDS if upper else 0.0)

    # Corners

    def _corners(
        self,
        way: Way,
        runs: Sequence[Run],
        levels: Mapping[Run, float],
        boxes: Mapping[str, Rectangle],
    ) -> list[Point]:
        first, last = way.stops[0], way.stops[-1]
        lower, upper = (self.rows[stop.group[1]][stop.group[2]] for stop in (first, last))
        corners = [(first.x, boxes[lower].bottom if way.arc == "beneath" else boxes[lower].top)]
        for run in runs:
            corners += [(run.start, levels[run]), (run.end, levels[run])]
        end = boxes[upper].top if way.arc == "above" else boxes[upper].bottom
        corners.append((last.x, end))
        return corners if self.lines[way.line].from_id == lower else corners[::-1]

    def _straight(self, number: int, line: Line, boxes: dict[str, Rectangle]) -> list[Point]:
        """The straight line between two neighbours; several of them lie evenly about the middle."""
        start, end = boxes[line.from_id], boxes[line.to_id]
        row, position = max(self.ways.place[line.from_id], self.ways.place[line.to_id])
        joined = self.ways.beside[row, position]
        height = start.centre[1] + ((len(joined) - 1) / 2 - joined.index(number)) * BESIDE
        if start.left < end.left:
            return [(start.right, height), (end.left, height)]
        return [(start.left, height), (end.right, height)]
