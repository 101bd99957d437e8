"""A composition: every box, band, line and word of a chart in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import graphviz

from orgmodel.charts import dot, style

if TYPE_CHECKING:
    from typing import Any

    from orgmodel.charts.dot import Order
    from orgmodel.charts.drawing import Band, Box, Drawing, Line
    from orgmodel.charts.graphviz import Graphviz

_GAP = 14.0
_MARGIN = 18.0
_BAND_PAD = 18.0
_SAMPLE = 44.0
_SWATCH = 22.0


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Left, bottom, right and top, in points; up is more."""

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
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(slots=True)
class Composition:
    """A graph in DOT whose every place is fixed, and what its parts are: by the id of the SVG element."""

    source: str
    parts: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    """Class, data-id, data-kind and title of each part."""


def compose(drawing: Drawing, engine: Graphviz) -> Composition:
    """Lays a drawing out.

    Graphviz orders the boxes of each tier by the lines upward alone; then units that support are put in the
    middle of their tier and boards outside at its ends, and Graphviz places and routes everything in that
    order. Bands, legend and words go around it.
    """
    first = engine.layout(dot.layout_graph(drawing, dot.order_of(drawing, beside=False), hierarchy_only=True))
    order = dot.order_of(drawing, key=lambda box_id: first["nodes"][box_id][0])
    placed = engine.layout(dot.layout_graph(drawing, order))
    sizes = engine.layout(_texts(drawing))["nodes"]
    return _Composer(drawing, order, placed, sizes).compose()


def _texts(drawing: Drawing) -> str:
    """All texts around the chart as boxes without an edge, to learn how large each is."""
    graph = graphviz.Digraph(
        "texts", node_attr={"fontname": style.FONT, "shape": "plain", "fontsize": str(style.NOTE_SIZE)}
    )
    graph.node("title", dot.text_label(drawing.title, 90, bold=True), fontsize=str(style.TITLE_SIZE))
    graph.node("subtitle", dot.text_label(drawing.subtitle, 110), fontsize=str(style.NAME_SIZE))
    for number, band in enumerate(drawing.bands):
        graph.node(f"band {number}", _band_label(band), fontsize=str(style.NAME_SIZE))
    for name, text in _legend(drawing):
        graph.node(f"legend {name}", dot.text_label(text, 60))
    for number, text in enumerate(_notes(drawing)):
        graph.node(f"note {number}", dot.text_label(text, style.NOTE_WRAP))
    return str(graph.source)


def _band_label(band: Band) -> str:
    return dot.text_label(band.name, style.BAND_WRAP, bold=True)


def _notes(drawing: Drawing) -> list[str]:
    return [f"{mark}  {text}" for mark, text in drawing.key] + list(drawing.notes)


def _legend(drawing: Drawing) -> list[tuple[str, str]]:
    """What is used, and nothing else: each with what the legend says of it."""
    boxes, lines = drawing.boxes, drawing.lines
    found: list[tuple[str, str]] = [
        (kind, look.legend) for kind, look in style.BOXES.items() if any(box.kind == kind for box in boxes)
    ]
    found += [
        (kind, look.legend) for kind, look in style.LINES.items() if any(line.kind == kind for line in lines)
    ]
    if any(line.inferred for line in lines):
        found.append(("inferred-line", "open arrowhead: concluded, not stated"))
    if any(box.inferred for box in boxes):
        found.append(("inferred-box", "dashed edge: concluded, not stated"))
    return found


class _Composer:
    def __init__(
        self,
        drawing: Drawing,
        order: Order,
        placed: dict[str, Any],
        sizes: dict[str, list[float]],
    ) -> None:
        self.drawing = drawing
        self.order = order
        self.lines: dict[str, dict[str, str]] = placed["lines"]
        self.boxes = {i: _rectangle(*place) for i, place in placed["nodes"].items()}
        self.sizes = {i: (place[2], place[3]) for i, place in sizes.items()}
        self.parts: dict[str, tuple[str, str, str, str]] = {}
        self.graph = graphviz.Digraph(
            "chart",
            graph_attr={
                "bgcolor": style.PAPER,
                "pad": "0",
                "margin": "0",
                "outputorder": "nodesfirst",
                "splines": "true",
            },
            node_attr={"fontname": style.FONT, "fontsize": str(style.NAME_SIZE), "fontcolor": style.INK},
            edge_attr={"fontname": style.FONT, "fontsize": str(style.DETAIL_SIZE), "fontcolor": style.INK},
        )

    def compose(self) -> Composition:
        chart = self._extent()
        bands = self._bands(chart)
        left, right = bands[0].left, bands[0].right
        heading = max(self.sizes["title"][0], self.sizes["subtitle"][0])
        right = max(
            right,
            left + heading,
            left + max(self.sizes[f"note {n}"][0] for n in range(len(_notes(self.drawing))))
            if _notes(self.drawing)
            else right,
        )
        bands = [Rectangle(b.left, b.bottom, right, b.top) for b in bands]
        top = bands[0].top + _GAP
        top = self._text(
            "subtitle", dot.text_label(self.drawing.subtitle, 110), left, top, style.NAME_SIZE, up=True
        )
        top = self._text(
            "title",
            dot.text_label(self.drawing.title, 90, bold=True),
            left,
            top + 4,
            style.TITLE_SIZE,
            up=True,
        )
        for number, (band, place) in enumerate(zip(self.drawing.bands, bands, strict=True)):
            self._band(number, band, place)
        bottom = self._notes_and_legend(left, right, bands[-1].bottom)
        for box in self.drawing.boxes:
            self._box(box)
        for number, line in enumerate(self.drawing.lines):
            self._line(number, line)
        self._corner("corner-a", left - _MARGIN, bottom - _MARGIN)
        self._corner("corner-b", right + _MARGIN, top + _MARGIN)
        return Composition(str(self.graph.source), self.parts)

    def _extent(self) -> Rectangle:
        """The least rectangle around all boxes and lines."""
        shown = [self.boxes[box.id] for box in self.drawing.boxes]
        xs = [x for box in shown for x in (box.left, box.right)]
        ys = [y for box in shown for y in (box.bottom, box.top)]
        for line in self.lines.values():
            for x, y in _points(line["pos"]):
                xs.append(x)
                ys.append(y)
        return Rectangle(min(xs), min(ys), max(xs), max(ys))

    def _bands(self, chart: Rectangle) -> list[Rectangle]:
        """A band for each tier over the whole width, meeting halfway between the tiers' boxes."""
        spans = []
        for band in self.drawing.bands:
            own = [self.boxes[box.id] for box in band.boxes]
            spans.append((min(box.bottom for box in own), max(box.top for box in own)))
        label = max(self.sizes[f"band {n}"][0] for n in range(len(spans)))
        left = chart.left - _BAND_PAD - label - 2 * _GAP
        right = chart.right + _BAND_PAD
        found = []
        for number, (low, high) in enumerate(spans):
            needed = self.sizes[f"band {number}"][1] + 2 * _GAP
            spare = max(0.0, needed - (high - low)) / 2
            top = max(chart.top, high) + _BAND_PAD if number == 0 else (spans[number - 1][0] + high) / 2
            last = number == len(spans) - 1
            bottom = min(chart.bottom, low) - _BAND_PAD if last else (low + spans[number + 1][1]) / 2
            if number == 0:
                top += spare
            if last:
                bottom -= spare
            found.append(Rectangle(left, bottom, right, top))
        return found

    # Parts

    def _part(self, name: str, sort: str, data_id: str, kind: str, said: str) -> str:
        self.parts[name] = (sort, data_id, kind, said)
        return name

    def _node(self, name: str, label: str, place: Rectangle, **attributes: str) -> None:
        x, y = place.centre
        self.graph.node(
            name,
            label,
            id=name,
            pos=f"{x:.2f},{y:.2f}",
            width=f"{place.width / dot.POINTS:.4f}",
            height=f"{place.height / dot.POINTS:.4f}",
            fixedsize="true",
            **attributes,
        )

    def _corner(self, name: str, x: float, y: float) -> None:
        self._part(name, "corner", "", "", "")
        self._node(name, "", Rectangle(x, y, x, y), shape="point", style="invis")

    def _text(
        self, name: str, label: str, left: float, edge: float, size: int, *, up: bool, sort: str = "text"
    ) -> float:
        """Puts a text above or below an edge; returns its own other edge."""
        width, height = self.sizes[name]
        bottom = edge if up else edge - height
        self._part(_id(name), sort, "", "", "")
        place = Rectangle(left, bottom, left + width, bottom + height)
        self._node(_id(name), label, place, shape="plain", fontsize=str(size))
        return place.top if up else place.bottom

    def _band(self, number: int, band: Band, place: Rectangle) -> None:
        name = self._part(f"band-{number}", "band", band.name, "tier", band.name)
        fill = style.BAND_FILLS[number % len(style.BAND_FILLS)]
        self._node(
            name,
            "",
            place,
            shape="box",
            style="filled",
            fillcolor=fill,
            color=style.BAND_EDGE,
            penwidth="0.5",
        )
        width, height = self.sizes[f"band {number}"]
        y = place.centre[1]
        self._part(f"band-{number}-name", "text", "", "", "")
        label = Rectangle(place.left + _GAP, y - height / 2, place.left + _GAP + width, y + height / 2)
        self._node(f"band-{number}-name", _band_label(band), label, shape="plain")

    def _box(self, box: Box) -> None:
        name = self._part(f"box-{box.id}", "node", box.id, box.kind, box.said)
        attributes = dot.box_attributes(box)
        self._node(name, attributes.pop("label"), self.boxes[box.id], **attributes)

    def _line(self, number: int, line: Line) -> None:
        name = self._part(f"line-{number}", "edge", " ".join(line.ids), line.kind, line.said)
        placed = self.lines[f"line {number}"]
        swapped = dot.is_swapped(self.order, line)
        attributes = dot.line_attributes(line, swapped=swapped)
        if line.mark:
            x, y = _beside(placed["pos"])
            attributes |= {"label": graphviz.escape(line.mark), "lp": f"{x:.2f},{y:.2f}"}
        ends = (line.to_id, line.from_id) if swapped else (line.from_id, line.to_id)
        self.graph.edge(f"box-{ends[0]}", f"box-{ends[1]}", id=name, pos=placed["pos"], **attributes)

    # Below the chart

    def _notes_and_legend(self, left: float, right: float, bottom: float) -> float:
        x, y = left, bottom - _GAP
        height = 18.0
        for kind, text in _legend(self.drawing):
            width, tall = self.sizes[f"legend {kind}"]
            is_box = kind in style.BOXES or kind == "inferred-box"
            sample = _SWATCH if is_box else _SAMPLE
            if x > left and x + sample + 8 + width > right:
                x, y = left, y - height
            middle = y - height / 2
            if is_box:
                self._sample_box(kind, x, middle)
            else:
                self._sample_line(kind, x, middle)
            name = f"legend-{kind}-text"
            self._part(name, "legend", "", "", "")
            place = Rectangle(x + sample + 6, middle - tall / 2, x + sample + 6 + width, middle + tall / 2)
            self._node(name, dot.text_label(text, 60), place, shape="plain", fontsize=str(style.NOTE_SIZE))
            x = place.right + 22
        y -= height + 4
        for number, text in enumerate(_notes(self.drawing)):
            label = dot.text_label(text, style.NOTE_WRAP)
            y = self._text(f"note {number}", label, left, y, style.NOTE_SIZE, up=False) - 4
        return y

    def _sample_box(self, kind: str, x: float, middle: float) -> None:
        name = f"legend-{kind}"
        self._part(name, "legend", "", "", "")
        place = Rectangle(x, middle - 6, x + _SWATCH, middle + 6)
        look = style.BOXES.get(kind, style.BOXES["body"])  # type: ignore[call-overload]
        self._node(
            name,
            "",
            place,
            shape=look.shape,
            style="filled,rounded,dashed" if kind == "inferred-box" else "filled,rounded",
            fillcolor=look.fill,
            color=look.edge,
            penwidth=str(look.width),
        )

    def _sample_line(self, kind: str, x: float, middle: float) -> None:
        ends = []
        for side, at in (("a", x), ("b", x + _SAMPLE)):
            name = f"legend-{kind}-{side}"
            self._part(name, "corner", "", "", "")
            self._node(name, "", Rectangle(at, middle, at, middle), shape="point", style="invis")
            ends.append(name)
        name = self._part(f"legend-{kind}", "legend", "", "", "")
        attributes = dot.sample_attributes(kind)
        start, end = x, x + _SAMPLE
        head = f"e,{end:.2f},{middle:.2f} "
        last = end - 8
        first = start
        if attributes.get("dir") == "both":
            head = f"s,{start:.2f},{middle:.2f} " + head
            first = start + 8
        thirds = [first + (last - first) * n / 3 for n in range(4)]
        points = " ".join(f"{at:.2f},{middle:.2f}" for at in thirds)
        self.graph.edge(ends[0], ends[1], id=name, pos=head + points, **attributes)


def _rectangle(x: float, y: float, width: float, height: float) -> Rectangle:
    return Rectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _points(spline: str) -> list[tuple[float, float]]:
    """The control points of a spline, without its arrowheads."""
    return [
        (float(x), float(y)) for x, y in (p.split(",") for p in spline.split() if p[:2] not in {"s,", "e,"})
    ]


def _beside(spline: str) -> tuple[float, float]:
    """A place for a mark: beside the middle of a line, below it or on its right."""
    points = _points(spline)
    piece = (len(points) - 1) // 3 // 2 * 3
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[piece : piece + 4]
    x, y = (ax + 3 * bx + 3 * cx + dx) / 8, (ay + 3 * by + 3 * cy + dy) / 8
    along = (dx + cx - bx - ax, dy + cy - by - ay)
    length = (along[0] ** 2 + along[1] ** 2) ** 0.5 or 1.0
    across = (along[1] / length, -along[0] / length)
    if across[1] > 0 or (across[1] == 0 and across[0] < 0):
        across = (-across[0], -across[1])
    return x + 11 * across[0], y + 11 * across[1]


def _id(name: str) -> str:
    return name.replace(" ", "-")
