"""The rules of a chart that is fit to be published, and what is counted of one besides."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from orgmodel.charts.drawing import STRONG, Grid
from tests.measuring import Rectangle, along, around

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Chart, Drawing
    from tests.measuring import Picture, Point

# What is wrong with a picture


def wrong_with_bands(picture: Picture) -> list[str]:
    """Bands from the top in order, touching, over the whole width, each around its own boxes and no other."""
    found = []
    bands = picture.bands
    for band, below in pairwise(bands):
        if not math.isclose(band.place.bottom, below.place.top, abs_tol=0.05):
            found.append(f"{band.id} ends at {band.place.bottom}, {below.id} begins at {below.place.top}")
    sides = {(band.place.left, band.place.right) for band in bands}
    found += [f"bands begin and end at {sorted(sides)}"] if len(sides) > 1 else []
    for box in picture.boxes:
        around_it = [band.id for band in bands if band.place.holds(box.place)]
        if len(around_it) != 1:
            found.append(f"{box.id} is in {around_it}")
    first, last = bands[0].place, bands[-1].place
    whole = Rectangle(first.left, first.top, first.right, last.bottom)
    found += [f"{line.id} leaves the bands" for line in picture.lines if not all(map(whole.has, line.ink))]
    found += [
        f"{text.words!r} leaves the page" for text in picture.texts if not picture.page.holds(text.place)
    ]
    return found


def wrong_with_boxes(picture: Picture) -> list[str]:
    """No box overlaps another, and what is written in one stays in it."""
    found = []
    boxes = [(box, box.place) for box in picture.boxes]
    for i, (box, place) in enumerate(boxes):
        found += [f"{box.id} overlaps {other.id}" for other, its in boxes[i + 1 :] if place.meets(its)]
        found += [f"{text.words!r} leaves {box.id}" for text in box.texts if not place.holds(text.place)]
    return found


def wrong_with_lines(picture: Picture, ends: dict[str, tuple[str, str]]) -> list[str]:
    """A line touches the boxes of its ends and goes into no box.

    Args:
        picture: What is measured.
        ends: By the `data-id` of a line the ids of its two boxes.
    """
    found = []
    boxes = [(box, box.place) for box in picture.boxes]
    for line in picture.lines:
        own = [picture.box(i) for i in ends[line.id]]
        ink = line.ink
        whole = around(ink)
        for box, place in boxes:
            # Where it ends, the line may go as deep as half the box's own pen.
            inner = place.grown(-2.5 if any(box is one for one in own) else 0)
            if inner.touches(whole) and any(map(inner.has, ink)):
                found.append(f"{line.id} runs through {box.id}")
        near = 1.6 * line.pen + 1.5
        missing = [
            box.id
            for box in own
            if min(math.dist(end, point) for end in line.ends for point in along(box.outline)) > near
        ]
        found += [f"{line.id} does not touch {box}" for box in missing]
    return found


def wrong_with_texts(picture: Picture) -> list[str]:
    """No text overlaps another, lies on a line, or lies on the edge of a box or band."""
    found = []
    texts = picture.texts
    drawn = [(line, line.ink) for line in [*picture.lines, *picture.samples] if line.outline]
    inked = [(line, ink, around(ink)) for line, ink in drawn]
    for i, text in enumerate(texts):
        found += [
            f"{text.words!r} overlaps {other.words!r}"
            for other in texts[i + 1 :]
            if text.place.meets(other.place)
        ]
        for line, ink, whole in inked:
            # Half the pen of the line, and what the eye needs to see the two apart.
            place = text.place.grown(line.pen / 2 + 1)
            if place.touches(whole) and any(map(place.has, ink)):
                found.append(f"{text.words!r} lies on {line.id or line.kind}")
    boxes = [(box, box.place) for box in picture.boxes]
    for part in picture.parts:
        if part.sort in {"edge", "text"}:
            found += [
                f"{text.words!r} lies on {box.id}"
                for text in part.texts
                for box, place in boxes
                if place.meets(text.place)
            ]
    for band in picture.bands:
        edge = band.place
        found += [
            f"{text.words!r} lies on the edge of {band.id}"
            for text in texts
            if edge.meets(text.place) and not edge.holds(text.place)
        ]
    return found


# What is counted, and not held against a picture


def closest_ends(picture: Picture) -> list[float]:
    """For each pair of lines that end at one box less than 12 points apart: how far apart."""
    ends = [(line, end) for line in picture.lines for end in line.ends]
    found = []
    for i, (line, end) in enumerate(ends):
        for other, place in ends[i + 1 :]:
            if other is not line and math.dist(end, place) < 12:
                found.append(round(math.dist(end, place), 1))
    return sorted(found)


def together(picture: Picture, within: float = 3.0) -> float:
    """How many points of their length lines run closer than `within` beside another, away from their ends."""
    total = 0.0
    for i, line in enumerate(picture.lines):
        for other in picture.lines[i + 1 :]:
            cells: dict[tuple[int, int], list[Point]] = {}
            for point in other.outline:
                cells.setdefault((int(point[0] // within), int(point[1] // within)), []).append(point)
            close = [
                point
                for point in line.outline
                if any(
                    math.dist(point, near) < within
                    for dx in (-1, 0, 1)
                    for dy in (-1, 0, 1)
                    for near in cells.get((int(point[0] // within) + dx, int(point[1] // within) + dy), ())
                )
            ]
            # Lines that only cross are close over about twice that distance.
            if len(close) > 4 * within:
                total += len(close)
    return total


def off_the_middle(picture: Picture, drawing: Drawing) -> float:
    """How many points the top body stands beside the middle of those below that answer to it."""
    for box in (box for box in drawing.boxes if box.kind == "body"):
        place = picture.box(box.id).place
        below = [
            found.centre[0]
            for line in drawing.lines
            if line.to_id == box.id and line.kind in STRONG
            if (found := picture.box(line.from_id).place).top > place.bottom
        ]
        if below:
            return abs((min(below) + max(below)) / 2 - place.centre[0])
    return 0.0


def out_of_order(picture: Picture, chart: Chart) -> list[tuple[str, str]]:
    """Boxes of a row with the same lines to the same others that do not stand as a drawing has them."""
    if isinstance(chart, Grid):
        return []
    tied: dict[str, set[tuple[str, str, bool]]] = {}
    for line in chart.lines:
        tied.setdefault(line.from_id, set()).add((line.to_id, line.kind, True))
        tied.setdefault(line.to_id, set()).add((line.from_id, line.kind, False))
    rows = [[box.id for box in row] for band in chart.bands for row in band.rows]
    pairs = [(one, two) for row in rows for one, two in combinations(row, 2) if one in tied]
    alike = [(one, two) for one, two in pairs if tied[one] == tied.get(two)]
    return [
        (one, two)
        for one, two in alike
        if picture.box(one).place.centre[0] > picture.box(two).place.centre[0]
    ]


def crossings(picture: Picture) -> int:
    """How often lines cross one another."""
    cells: dict[tuple[int, int], list[_Piece]] = {}
    for number, line in enumerate(picture.lines):
        # Moved by a hair, each another way, so that no two cross just where a piece of one ends.
        dx, dy = (number + 1) * 0.000_577, (number + 1) * 0.000_313
        course = [(x + dx, y + dy) for x, y in line.outline[::4] + line.outline[-1:]]
        for piece, (a, b) in enumerate(pairwise(course)):
            (left, right), (top, bottom) = (sorted((int(a[i] // _CELL), int(b[i] // _CELL))) for i in (0, 1))
            for column in range(left, right + 1):
                for row in range(top, bottom + 1):
                    cells.setdefault((column, row), []).append((number, piece, a, b))
    return len(
        {
            (one[:2], two[:2])
            for near in cells.values()
            for one, two in combinations(near, 2)
            if one[0] != two[0] and _cross(*one[2:], *two[2:])
        }
    )


_Piece = tuple[int, int, "Point", "Point"]
_CELL = 16.0
"""Pieces of lines are compared only where they share a square of so many points."""


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
