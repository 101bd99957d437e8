"""Measuring: a drawn SVG read back as boxes, bands, lines and texts in their places, and what is wrong there.

All places are in points from the top left; widths of texts come from the font that travels with orgmodel.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from unicodedata import category
from xml.etree import ElementTree as ET

from fontTools.ttLib import TTFont

import orgmodel.charts

SVG = "{http://www.w3.org/2000/svg}"
FONTS = Path(orgmodel.charts.__file__).parent / "fonts"

Point = tuple[float, float]


@dataclass(frozen=True)
class Rectangle:
    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Rectangle:
        return Rectangle(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: Rectangle) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def has(self, point: Point) -> bool:
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

    def meets(self, other: Rectangle) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def around(points: list[Point]) -> Rectangle:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rectangle(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class Text:
    """A line of text; `place` is around its ink, from the height of a capital to the depth of a `p`."""

    words: str
    place: Rectangle
    size: float
    bold: bool


@dataclass
class Part:
    """One `g` of the picture; `outline` is what its shapes are drawn along, `heads` are its arrowheads."""

    sort: str
    id: str
    kind: str
    title: str
    texts: list[Text] = field(default_factory=list)
    outline: list[Point] = field(default_factory=list)
    heads: list[list[Point]] = field(default_factory=list)
    filled: list[bool] = field(default_factory=list)
    dashes: str | None = None
    pen: float = 1.0

    @property
    def place(self) -> Rectangle:
        return around(self.outline)

    @property
    def ends(self) -> tuple[Point, Point]:
        """The two ends of a line, up to the tips of its arrowheads."""
        feet = self.outline[0], self.outline[-1]
        tips = [[foot] for foot in feet]
        for head in self.heads:
            near = min((0, 1), key=lambda end: min(math.dist(point, feet[end]) for point in head))
            tips[near] += head
        return _farthest(tips[0], feet[0]), _farthest(tips[1], feet[1])

    @property
    def ink(self) -> list[Point]:
        """Every place of a line, its arrowheads with it."""
        return self.outline + [point for head in self.heads for point in _along([*head, head[0]])]


def _farthest(points: list[Point], origin: Point) -> Point:
    return max(points, key=lambda point: math.dist(point, origin))


@dataclass
class Picture:
    root: ET.Element
    page: Rectangle
    parts: list[Part]

    def _of(self, sort: str) -> list[Part]:
        return [part for part in self.parts if part.sort == sort]

    @property
    def boxes(self) -> list[Part]:
        return self._of("node")

    @property
    def lines(self) -> list[Part]:
        return self._of("edge")

    @property
    def bands(self) -> list[Part]:
        return self._of("band")

    @property
    def samples(self) -> list[Part]:
        return self._of("sample")

    @property
    def texts(self) -> list[Text]:
        return [text for part in self.parts for text in part.texts]

    def box(self, data_id: str) -> Part:
        return next(box for box in self.boxes if box.id == data_id)


def read(svg: bytes) -> Picture:
    """Reads a picture as `orgmodel chart` writes it."""
    root = ET.fromstring(svg)  # noqa: S314 - drawn by the test itself
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    group = root.find(f"{SVG}g")
    assert group is not None
    moved = re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", group.attrib["transform"])
    assert moved
    dx, dy = float(moved[1]), float(moved[2])
    parts = []
    for found in group.iter(f"{SVG}g"):
        sort = found.attrib.get("class", "")
        if sort:
            parts.append(_part(found, sort, dx, dy))
    return Picture(root, Rectangle(0, 0, width, height), parts)


def _part(found: ET.Element, sort: str, dx: float, dy: float) -> Part:
    title = found.find(f"{SVG}title")
    part = Part(
        sort,
        found.attrib.get("data-id", ""),
        found.attrib.get("data-kind", ""),
        (title.text or "") if title is not None else "",
    )
    for element in found:
        if element.tag == f"{SVG}text":
            part.texts.append(_text(element, dx, dy))
        elif element.tag in {f"{SVG}path", f"{SVG}polygon", f"{SVG}polyline"}:
            points = [(x + dx, y + dy) for x, y in _shape(element)]
            part.pen = float(element.attrib.get("stroke-width", "1"))
            if sort in {"edge", "sample"} and element.tag == f"{SVG}polygon":
                part.heads.append(points)
                part.filled.append(element.attrib["fill"] != "none")
            else:
                part.outline += points
                part.dashes = element.attrib.get("stroke-dasharray")
    return part


def _shape(element: ET.Element) -> list[Point]:
    if element.tag != f"{SVG}path":
        return [(float(x), float(y)) for x, y in (p.split(",") for p in element.attrib["points"].split())]
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", element.attrib["d"])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    found = [points[0]]
    for i in range(0, len(points) - 1, 3):
        found += _curve(*points[i : i + 4])
    return found


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """Points along a Bézier curve, at most one point apart."""
    steps = max(1, math.ceil(math.dist(a, b) + math.dist(b, c) + math.dist(c, d)))
    found = []
    for step in range(1, steps + 1):
        t = step / steps
        s = 1 - t
        weights = s**3, 3 * s * s * t, 3 * s * t * t, t**3
        found.append(
            (
                sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
                sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
            )
        )
    return found


def _along(points: list[Point]) -> list[Point]:
    found = []
    for (ax, ay), (bx, by) in pairwise(points):
        steps = max(1, math.ceil(math.dist((ax, ay), (bx, by))))
        found += [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
    return found


def _text(element: ET.Element, dx: float, dy: float) -> Text:
    size = float(element.attrib["font-size"])
    bold = element.attrib.get("font-weight") == "bold"
    words = "".join(element.itertext())
    width = width_of(words, size, bold=bold)
    x, y = float(element.attrib["x"]) + dx, float(element.attrib["y"]) + dy
    left = {"start": x, "middle": x - width / 2, "end": x - width}[element.attrib["text-anchor"]]
    return Text(words, Rectangle(left, y - 0.72 * size, left + width, y + 0.21 * size), size, bold)


@cache
def _font(*, bold: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(FONTS / f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf")
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in the font that travels with orgmodel; an unknown character is a box."""
    glyphs, widths, units = _font(bold=bold)
    seen = [c for c in words if category(c) not in {"Cf", "Mn", "Me"}]
    return sum(widths[glyphs.get(ord(c), ".notdef")][0] for c in seen) * size / units


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
    for i, box in enumerate(picture.boxes):
        found += [
            f"{box.id} overlaps {other.id}"
            for other in picture.boxes[i + 1 :]
            if box.place.meets(other.place)
        ]
        found += [f"{text.words!r} leaves {box.id}" for text in box.texts if not box.place.holds(text.place)]
    return found


def wrong_with_lines(picture: Picture, ends: dict[str, tuple[str, str]]) -> list[str]:
    """A line touches the boxes of its ends and goes into no box.

    Args:
        picture: What is measured.
        ends: By the `data-id` of a line the ids of its two boxes.
    """
    found = []
    for line in picture.lines:
        own = [picture.box(i) for i in ends[line.id]]
        for box in picture.boxes:
            # Where it ends, the line may go as deep as half the box's own pen.
            inner = box.place.grown(-2.5 if box in own else 0)
            if any(inner.has(point) for point in line.ink):
                found.append(f"{line.id} runs through {box.id}")
        near = 1.6 * line.pen + 1.5
        missing = [
            box.id
            for box in own
            if min(math.dist(end, point) for end in line.ends for point in _along(box.outline)) > near
        ]
        found += [f"{line.id} does not touch {box}" for box in missing]
    return found


def wrong_with_texts(picture: Picture) -> list[str]:
    """No text overlaps another, lies on a line, or lies on the edge of a box or band."""
    found = []
    texts = picture.texts
    for i, text in enumerate(texts):
        found += [
            f"{text.words!r} overlaps {other.words!r}"
            for other in texts[i + 1 :]
            if text.place.meets(other.place)
        ]
        for line in [*picture.lines, *picture.samples]:
            # Half the pen of the line, and what the eye needs to see the two apart.
            if any(text.place.grown(line.pen / 2 + 1).has(point) for point in line.ink):
                found.append(f"{text.words!r} lies on {line.id or line.kind}")
    for part in picture.parts:
        if part.sort in {"edge", "text"}:
            found += [
                f"{text.words!r} lies on {box.id}"
                for text in part.texts
                for box in picture.boxes
                if box.place.meets(text.place)
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


def crossings(picture: Picture) -> int:
    """How often lines cross one another."""
    count = 0
    for i, line in enumerate(picture.lines):
        for other in picture.lines[i + 1 :]:
            count += _crossed(line.outline[::4] + line.outline[-1:], other.outline[::4] + other.outline[-1:])
    return count


def _crossed(one: list[Point], two: list[Point]) -> int:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return sum(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for a, b in pairwise(one)
        for c, d in pairwise(two)
    )
