"""Places on the paper: points, rectangles, and lines with rounded corners; in points, up is more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

POINTS = 72.0
"""Points in an inch: Graphviz has sizes of nodes in inches, places in points."""

_ROUND = 7.0
# How far a Bézier curve's inner points are from its ends, of the radius, to look like a quarter of a circle.
_BEZIER = 0.5523


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Left, bottom, right and top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def centre(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


def spline(corners: list[Point], tail: float, head: float) -> str:
    """A line of straight stretches as Graphviz takes its place: its corners are rounded.

    Args:
        corners: From its start to its end.
        tail: The length of the arrowheads at its start.
        head: The length of those at its end.
    """
    first, last = corners[0], corners[-1]
    start, end = _toward(first, corners[1], tail), _toward(last, corners[-2], head)
    path = [start, *corners[1:-1], end]
    points = [start]
    for i, corner in enumerate(path[1:-1], start=1):
        radius = min(_ROUND, _half(path, i - 1), _half(path, i))
        before, after = _toward(corner, path[i - 1], radius), _toward(corner, path[i + 1], radius)
        points += _straight(points[-1], before)
        points += [_toward(before, corner, radius * _BEZIER), _toward(after, corner, radius * _BEZIER), after]
    points += _straight(points[-1], end)
    arrows = [
        f"{mark},{_written(place)}" for mark, place, long in (("s", first, tail), ("e", last, head)) if long
    ]
    return " ".join([*arrows, *map(_written, points)])


def _half(path: list[Point], number: int) -> float:
    """How much of a stretch its corners may take: all of it at the ends of the line, else half."""
    length = math.dist(path[number], path[number + 1])
    return length if number in {0, len(path) - 2} and len(path) > 3 else length / 2  # noqa: PLR2004


def _toward(start: Point, end: Point, distance: float) -> Point:
    share = distance / (math.dist(start, end) or 1.0)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _straight(start: Point, end: Point) -> list[Point]:
    length = math.dist(start, end)
    return [_toward(start, end, length / 3), _toward(start, end, length * 2 / 3), end]


def _written(point: Point) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"
