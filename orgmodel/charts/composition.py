"""A composition: every box, band, line and word of a chart in its place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import graphviz

from orgmodel.charts import dot, legend, style
from orgmodel.charts.canvas import Canvas, Part
from orgmodel.charts.drawing import STRONG
from orgmodel.charts.ordering import balanced, order_of, orders
from orgmodel.charts.places import Rectangle, spline
from orgmodel.charts.routing import route

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Band, Drawing, Line
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.ordering import Order
    from orgmodel.charts.places import Point
    from orgmodel.charts.routing import Routes

_GAP = 14.0
_MARGIN = 18.0
_BAND_PAD = 20.0
_BETWEEN_NOTES = 4.0

# The place of a mark, from the place where its line leaves a box.
_MARK_BESIDE, _MARK_BELOW = (6.0, 19.0), 10.0


def compose(drawing: Drawing, engine: Graphviz) -> Canvas:
    """Lays a drawing out.

    Graphviz orders the boxes of each tier by the lines of accountability and reports; then what stands
    beside is put in, and Graphviz places the boxes in that order. The lines are routed between them; bands,
    legend and words go around.
    """
    first = engine.layout(
        dot.layout_graph(
            drawing,
            order_of(drawing, beside=False),
            lambda line: orders(drawing, line),
            ordered=False,
        )
    )
    order = balanced(drawing, {i: place[0] for i, place in first.items()})
    placed = engine.layout(dot.layout_graph(drawing, order, lambda line: _holds(order, line)))
    rows = [row for band in order for row in band if row]
    boxes = {box.id: _around(*placed[box.id]) for box in drawing.boxes}
    composer = _Composer(drawing, route(rows, boxes, drawing.lines), order)
    composer.measure(engine)
    return composer.compose()


def _holds(order: Order, line: Line) -> bool:
    """Whether a line draws its boxes below each other: what binds strongly, and what is one row long."""
    place = {i: number for number, row in enumerate(r for rows in order for r in rows) for i in row}
    rows = abs(place[line.from_id] - place[line.to_id])
    return (line.kind in STRONG and rows > 0) or rows == 1


def _around(x: float, y: float, width: float, height: float) -> Rectangle:
    return Rectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


class _Composer:
    def __init__(self, drawing: Drawing, routes: Routes, order: Order) -> None:
        self.drawing = drawing
        self.routes = routes
        self.order = order
        self.canvas = Canvas()
        self.entries = legend.entries(drawing)
        chart = self._extent()
        narrow, wide = style.NOTE_WRAPS
        wrap = min(max(int(chart.width / style.NOTE_SIZE * 2), narrow), wide)
        notes = [*(f"Line {mark}: {text}" for mark, text in drawing.key), *drawing.notes]
        self.notes = [dot.text_label(note, wrap, size=style.NOTE_SIZE) for note in notes]
        self.heading = [
            (
                dot.text_label(drawing.title, style.TITLE_WRAP, size=style.TITLE_SIZE, bold=True),
                style.TITLE_SIZE,
            ),
            (dot.text_label(drawing.subtitle, style.NOTE_WRAPS[0], size=style.NAME_SIZE), style.NAME_SIZE),
        ]
        self.sizes: dict[str, tuple[float, float]] = {}

    def measure(self, engine: Graphviz) -> None:
        """Learns from Graphviz how large each text around the chart is."""
        graph = graphviz.Digraph(
            "texts", node_attr={"fontname": style.FONT, "shape": "plain", "fontsize": str(style.NOTE_SIZE)}
        )
        for number, (label, size) in enumerate(self.heading):
            graph.node(f"heading {number}", label, fontsize=str(size))
        for number, band in enumerate(self.drawing.bands):
            graph.node(f"band {number}", _band_label(band), fontsize=str(style.NAME_SIZE))
        for entry in self.entries:
            graph.node(f"legend {entry.name}", entry.label)
        for number, label in enumerate(self.notes):
            graph.node(f"note {number}", label)
        self.sizes = {i: (place[2], place[3]) for i, place in engine.layout(str(graph.source)).items()}

    def compose(self) -> Canvas:
        """Puts everything in its place."""
        bands = self._bands(self._extent())
        left, right, top = bands[0].left, bands[0].right, bands[0].top + _GAP
        for number, (band, place) in enumerate(zip(self.drawing.bands, bands, strict=True)):
            self._band(number, band, place)
        for number in reversed(range(len(self.heading))):
            width, height = self.sizes[f"heading {number}"]
            place = Rectangle(left, top, left + width, top + height)
            self.canvas.text(f"heading-{number}", Part("text"), place, *self.heading[number])
            top += height + _BETWEEN_NOTES
        texts = {entry.name: self.sizes[f"legend {entry.name}"] for entry in self.entries}
        below = Rectangle(left, 0, right, bands[-1].bottom - _GAP)
        bottom = legend.draw(self.canvas, self.entries, texts, below) - _BETWEEN_NOTES
        for number, label in enumerate(self.notes):
            width, height = self.sizes[f"note {number}"]
            place = Rectangle(left, bottom - height, left + width, bottom)
            self.canvas.text(f"note-{number}", Part("text"), place, label, style.NOTE_SIZE)
            bottom -= height + _BETWEEN_NOTES
        for box in self.drawing.boxes:
            part = Part("node", box.id, box.kind, box.said)
            self.canvas.node(f"box-{box.id}", part, self.routes.boxes[box.id], **dot.box_attributes(box))
        for number, line in enumerate(self.drawing.lines):
            self._line(number, line, self.routes.lines[number])
        self.canvas.corner("corner-a", left - _MARGIN, bottom - _MARGIN)
        self.canvas.corner("corner-b", right + _MARGIN, top + _MARGIN)
        return self.canvas

    def _extent(self) -> Rectangle:
        """The least rectangle around all boxes and lines."""
        shown = self.routes.boxes.values()
        corners = [corner for line in self.routes.lines for corner in line]
        corners += [(box.left, box.bottom) for box in shown] + [(box.right, box.top) for box in shown]
        xs, ys = zip(*corners, strict=True)
        return Rectangle(min(xs), min(ys), max(xs), max(ys))

    def _bands(self, chart: Rectangle) -> list[Rectangle]:
        """A band for each tier over the whole width, with room for its name on the left."""
        names = [self.sizes[f"band {number}"] for number in range(len(self.drawing.bands))]
        left = chart.left - _BAND_PAD - max(width for width, _ in names) - 2 * _GAP
        right = chart.right + _BAND_PAD
        texts = [size for name, size in self.sizes.items() if name.startswith(("heading", "note"))]
        if (missing := max(width for width, _ in texts) - (right - left)) > 0:
            left, right = left - missing / 2, right + missing / 2
        edges = [chart.top + _BAND_PAD]
        row = 0
        for band in self.order[:-1]:
            row += len([ids for ids in band if ids])
            edges.append(self.routes.between[row - 1])
        edges.append(chart.bottom - _BAND_PAD)
        # The outer bands grow where their names need it; between two rows there is always room for a name.
        edges[0] += max(0.0, names[0][1] + 2 * _GAP - (edges[0] - edges[1]))
        edges[-1] -= max(0.0, names[-1][1] + 2 * _GAP - (edges[-2] - edges[-1]))
        return [Rectangle(left, low, right, high) for high, low in pairwise(edges)]

    def _band(self, number: int, band: Band, place: Rectangle) -> None:
        self.canvas.node(
            f"band-{number}",
            Part("band", band.name, "tier", band.name),
            place,
            shape="box",
            style="filled",
            fillcolor=style.BAND_FILLS[number % len(style.BAND_FILLS)],
            color=style.BAND_EDGE,
            penwidth="0.5",
        )
        width, height = self.sizes[f"band {number}"]
        left, middle = place.left + _GAP, place.centre[1]
        label = Rectangle(left, middle - height / 2, left + width, middle + height / 2)
        self.canvas.text(f"band-{number}-name", Part("text"), label, _band_label(band), style.NAME_SIZE)

    def _line(self, number: int, line: Line, corners: list[Point]) -> None:
        place = spline(corners, *dot.arrow_lengths(line.kind))
        look = dot.line_attributes(line.kind, inferred=line.inferred)
        if line.mark:
            look |= self.canvas.mark(line.mark, _mark(corners, len(line.mark)))
        part = Part("edge", " ".join(line.ids), line.kind, line.said)
        ends = f"box-{line.from_id}", f"box-{line.to_id}"
        self.canvas.line(f"line-{number}", part, ends, place, **look)


def _band_label(band: Band) -> str:
    return dot.text_label(band.name, style.BAND_WRAP, size=style.NAME_SIZE, bold=True)


def _mark(corners: list[Point], characters: int) -> Point:
    """The middle of a mark: below a line that runs level, else on the right of it beside its start."""
    (x, y), (along, up) = corners[0], corners[1]
    if y == up:
        return (x + along) / 2, y - _MARK_BELOW
    beside, away = _MARK_BESIDE
    return x + beside + style.DETAIL_SIZE * 0.28 * (characters - 1), y + (away if up > y else -away)
