"""Measuring: a drawn SVG read back as boxes, bands, lines and texts in their places.

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

    def touches(self, other: Rectangle) -> bool:
        """Whether the two have a place in common, be it on their edges; a line may be as thin as nothing."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
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
        return self.outline + [point for head in self.heads for point in along([*head, head[0]])]


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


@dataclass(frozen=True)
class Placed:
    """Where the graph is on the page: how far it is moved, and then by how much it is made smaller."""

    dx: float
    dy: float
    scale: float

    def at(self, x: float, y: float) -> Point:
        return (x + self.dx) * self.scale, (y + self.dy) * self.scale


def read(svg: bytes) -> Picture:
    """Reads a picture as `orgmodel chart` writes it."""
    root = ET.fromstring(svg)  # noqa: S314 - drawn by the test itself
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    group = root.find(f"{SVG}g")
    assert group is not None
    moved = re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", group.attrib["transform"])
    scaled = re.search(r"scale\(([\d.-]+) ([\d.-]+)\)", group.attrib["transform"])
    assert moved
    assert scaled
    placed = Placed(float(moved[1]), float(moved[2]), float(scaled[1]))
    parts = []
    for found in group.iter(f"{SVG}g"):
        sort = found.attrib.get("class", "")
        if sort:
            parts.append(_part(found, sort, placed))
    return Picture(root, Rectangle(0, 0, width, height), parts)


def _part(found: ET.Element, sort: str, placed: Placed) -> Part:
    title = found.find(f"{SVG}title")
    part = Part(
        sort,
        found.attrib.get("data-id", ""),
        found.attrib.get("data-kind", ""),
        (title.text or "") if title is not None else "",
    )
    for element in found:
        if element.tag == f"{SVG}text":
            part.texts.append(_text(element, placed))
        elif element.tag in {f"{SVG}path", f"{SVG}polygon", f"{SVG}polyline"}:
            points = [placed.at(*point) for point in _shape(element)]
            part.pen = float(element.attrib.get("stroke-width", "1")) * placed.scale
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


def along(points: list[Point]) -> list[Point]:
    found = []
    for (ax, ay), (bx, by) in pairwise(points):
        steps = max(1, math.ceil(math.dist((ax, ay), (bx, by))))
        found += [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
    return found


def _text(element: ET.Element, placed: Placed) -> Text:
    size = float(element.attrib["font-size"]) * placed.scale
    bold = element.attrib.get("font-weight") == "bold"
    words = "".join(element.itertext())
    width = width_of(words, size, bold=bold)
    x, y = placed.at(float(element.attrib["x"]), float(element.attrib["y"]))
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
