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
from orgmodel.charts.ways import least_widths

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_MARK_BESIDE, _MARK_BELOW = (6.0, 19.0), 9.0


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
    widths = least_widths([row for band in order for row in band], drawing.lines)
    placed = engine.layout(dot.layout_graph(drawing, order, lambda line: _holds(order, line), widths=widths))
    boxes = {box.id: _around(*placed[box.id]) for box in drawing.boxes}
    names = _sizes(engine, {band.name: (_band_label(band), style.NAME_SIZE) for band in drawing.bands})
    rows, least = [], []
    for band, ids_of_rows in zip(drawing.bands, order, strict=True):
        # Where much pulls on them, Graphviz does not keep to the order.
        shown = [sorted(ids, key=lambda i: placed[i][0]) for ids in ids_of_rows if ids]
        rows += shown
        # The name of a band stands beside its rows; the first of them makes room for it.
        least += [names[band.name][1], *[0.0] * (len(shown) - 1)]
    composer = _Composer(drawing, route(rows, boxes, drawing.lines, least), order, names)
    return composer.compose(_sizes(engine, composer.words()))


def _sizes(engine: Graphviz, labels: Mapping[str, tuple[str, float]]) -> dict[str, tuple[float, float]]:
    """How wide and how high some texts are; each is given as its label and the size of its type."""
    graph = graphviz.Digraph("texts", node_attr={"fontname": style.FONT, "shape": "plain"})
    names = list(labels)
    for number, name in enumerate(names):
        label, size = labels[name]
        graph.node(f"text {number}", label, fontsize=str(size))
    places = engine.layout(str(graph.source)) if names else {}
    return {name: (places[f"text {n}"][2], places[f"text {n}"][3]) for n, name in enumerate(names)}


def _holds(order: Order, line: Line) -> bool:
    """Whether a line draws its boxes below each other: what binds strongly, and what is one row long."""
    place = {i: number for number, row in enumerate(r for rows in order for r in rows) for i in row}
    rows = abs(place[line.from_id] - place[line.to_id])
    return (line.kind in STRONG and rows > 0) or rows == 1


def _around(x: float, y: float, width: float, height: float) -> Rectangle:
    return Rectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


class _Composer:
    def __init__(
        self, drawing: Drawing, routes: Routes, order: Order, names: dict[str, tuple[float, float]]
    ) -> None:
        self.drawing = drawing
        self.routes = routes
        self.order = order
        self.names = names
        self.canvas = Canvas()
        self.chart = self._extent()
        narrow, wide = style.NOTE_WRAPS
        wrap = min(max(int(self.chart.width / style.NOTE_SIZE * 2), narrow), wide)
        notes = [*(f"{drawing.key_of} {mark}: {text}" for mark, text in drawing.key), *drawing.notes]
        title = dot.text_label(drawing.title, style.TITLE_WRAP, size=style.TITLE_SIZE, bold=True)
        subtitle = dot.text_label(drawing.subtitle, narrow, size=style.NAME_SIZE)
        self.heading = {"title": (title, style.TITLE_SIZE), "subtitle": (subtitle, style.NAME_SIZE)}
        self.entries = legend.entries(drawing)
        self.notes = {
            f"note-{number}": (dot.text_label(note, wrap, size=style.NOTE_SIZE), style.NOTE_SIZE)
            for number, note in enumerate(notes)
        }

    def words(self) -> dict[str, tuple[str, float]]:
        """All texts around the chart, by name: each its label and the size of its type."""
        found = {entry.name: (entry.label, style.NOTE_SIZE) for entry in self.entries}
        return {**self.heading, **found, **self.notes}

    def compose(self, sizes: dict[str, tuple[float, float]]) -> Canvas:
        """Puts everything in its place.

        Args:
            sizes: How large each of the texts around the chart is.
        """
        widest = max(sizes[name][0] for name in (*self.heading, *self.notes))
        bands = self._bands(widest)
        left, right, top = bands[0].left, bands[0].right, bands[0].top + _GAP
        for number, (band, place) in enumerate(zip(self.drawing.bands, bands, strict=True)):
            self._band(number, band, place)
        for name in reversed(self.heading):
            width, height = sizes[name]
            place = Rectangle(left, top, left + width, top + height)
            self.canvas.text(name, Part("text"), place, *self.heading[name])
            top += height + _BETWEEN_NOTES
        below = Rectangle(left, 0, right, bands[-1].bottom - _GAP)
        bottom = legend.draw(self.canvas, self.entries, sizes, below) - _BETWEEN_NOTES
        for name, note in self.notes.items():
            width, height = sizes[name]
            place = Rectangle(left, bottom - height, left + width, bottom)
            self.canvas.text(name, Part("text"), place, *note)
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

    def _bands(self, widest: float) -> list[Rectangle]:
        """A band for each tier over the whole width, with room for its name on the left.

        Args:
            widest: How wide the chart is at least.
        """
        chart = self.chart
        left = chart.left - _BAND_PAD - max(width for width, _ in self.names.values()) - 2 * _GAP
        right = chart.right + _BAND_PAD
        spare = max(0.0, widest - (right - left)) / 2
        edges = [max(chart.top, 0.0) + _BAND_PAD]
        row = 0
        for band in self.order[:-1]:
            row += len([ids for ids in band if ids])
            edges.append(self.routes.between[row - 1])
        edges.append(min(chart.bottom, self.routes.bottom) - _BAND_PAD)
        return [Rectangle(left - spare, low, right + spare, high) for high, low in pairwise(edges)]

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
        width, height = self.names[band.name]
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
