"""Gridding: the rows, columns and boxes of a grid in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.charts import dot, style
from orgmodel.charts.bands import band_label, draw_band
from orgmodel.charts.canvas import Canvas, Part
from orgmodel.charts.frame import GAP, Frame, Labels
from orgmodel.charts.measures import sizes_of
from orgmodel.charts.places import Rectangle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import Box, Grid, Mark, Row
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.places import Point
    from orgmodel.charts.theme import Theme

_ROW_PAD, _CELL_PAD, _BAND_PAD = 4.0, 5.0, 8.0
_COLUMN_PAD = 5.0

_SYMBOL = 13.0
"""How wide and high what stands for a single day is."""

_STRETCH, _THIN = 11.0, 6.0
"""How high a stretch of time is; and one that nothing is known of."""

_HAIR = 0.5


def compose_grid(grid: Grid, engine: Graphviz, theme: Theme) -> Canvas:
    """Lays a grid out: a band for each group, in it its rows, and over all of them the columns.

    Args:
        grid: What to lay out.
        engine: What tells how large texts are.
        theme: The font and the colours.
    """
    labels = _labels(grid)
    sizes = sizes_of(engine, labels, theme)
    placing = _Placing(grid, sizes)
    frame = Frame(grid, placing.right - placing.left, theme)
    around = sizes_of(engine, frame.labels, theme)
    placing.widen(frame.least_width(around))
    canvas = Canvas(theme)
    placing.draw(canvas, labels)
    frame.draw(canvas, Rectangle(placing.left, placing.bottom, placing.right, placing.top), around)
    return canvas


def _labels(grid: Grid) -> Labels:
    found: Labels = {
        f"group {group.name}": (band_label(group.name), style.NAME_SIZE) for group in grid.groups
    }
    for group in grid.groups:
        for row in group.rows:
            found[f"row {row.id}"] = (dot.row_label([row.heading], grid.wrap), style.NAME_SIZE)
            if row.details:
                label = dot.row_label(row.details, grid.wrap, small=True)
                found[f"details {row.id}"] = (label, style.NAME_SIZE)
            for mark in row.marks:
                if mark.box.heading:
                    found[f"mark {mark.box.id}"] = (_mark_label(mark.box), style.NAME_SIZE)
    for number, column in enumerate(grid.columns):
        label = dot.small_label(column.heading, style.COLUMN_WRAP)
        found[f"column {number}"] = (label, style.NAME_SIZE)
    if grid.corner:
        found["corner"] = (
            dot.text_label(grid.corner, grid.wrap, size=style.DETAIL_SIZE),
            style.DETAIL_SIZE,
        )
    return found


def _mark_label(box: Box) -> str:
    return dot.small_label(box.heading, style.COLUMN_WRAP)


class _Placing:
    """The places of everything; the rows of the first group begin at height 0 and go down."""

    def __init__(self, grid: Grid, sizes: Mapping[str, tuple[float, float]]) -> None:
        self.grid = grid
        self.sizes = sizes
        self.unit = self._unit()
        groups = max(sizes[f"group {group.name}"][0] for group in grid.groups)
        rows = [row for group in grid.groups for row in group.rows]
        headings = [sizes[f"row {row.id}"][0] for row in rows]
        headings += [sizes["corner"][0]] if grid.corner else []
        details = [sizes[f"details {row.id}"][0] for row in rows if row.details]
        self.left = 0.0
        self.rows_at = GAP + groups + GAP
        self.details_at = self.rows_at + max(headings) + GAP
        self.columns_at = self.details_at + (max(details) + GAP if details else 0.0)
        self.begins = min(column.start for column in grid.columns)
        self.right = self.at(max(column.end for column in grid.columns)) + _COLUMN_PAD
        self.heads = max(sizes[f"column {n}"][1] for n in range(len(grid.columns))) + 2 * _COLUMN_PAD
        self.top = self.heads
        self.bottom = 0.0
        self.bands: list[Rectangle] = []
        self.rows: dict[str, Rectangle] = {}
        self._place()

    def at(self, x: float) -> float:
        """Where something in the unit of the columns is."""
        return self.columns_at + (x - self.begins) * self.unit

    def widen(self, least: float) -> None:
        """Makes the whole as wide as its frame needs."""
        if least > self.right - self.left:
            shown = max(column.end for column in self.grid.columns) - self.begins
            self.unit += (least - (self.right - self.left)) / shown
            self.right = self.left + least
            self.bands = [Rectangle(b.left, b.bottom, self.right, b.top) for b in self.bands]

    def _unit(self) -> float:
        """How wide one unit is: as is said, or as what stands over and in the columns needs."""
        needed = [self.grid.unit]
        for number, column in enumerate(self.grid.columns):
            width = self.sizes[f"column {number}"][0] + 2 * _COLUMN_PAD
            needed.append(width / (column.end - column.start))
        for mark in self._marks():
            if mark.box.heading:
                width = self.sizes[f"mark {mark.box.id}"][0] + 2 * _CELL_PAD + 2 * _COLUMN_PAD
                needed.append(width / (mark.end - mark.start))
        return max(needed)

    def _marks(self) -> list[Mark]:
        return [mark for group in self.grid.groups for row in group.rows for mark in row.marks]

    def _place(self) -> None:
        y = 0.0
        for group in self.grid.groups:
            top = y
            y -= _BAND_PAD
            heights = [self._height(row) for row in group.rows]
            # The name of a group stands beside its rows.
            short = self.sizes[f"group {group.name}"][1] - sum(heights)
            y -= max(0.0, short) / 2
            for row, height in zip(group.rows, heights, strict=True):
                self.rows[row.id] = Rectangle(self.rows_at, y - height, self.columns_at - GAP, y)
                y -= height
            y -= max(0.0, short) / 2 + _BAND_PAD
            self.bands.append(Rectangle(self.left, y, self.right, top))
        self.bottom = y

    def _height(self, row: Row) -> float:
        marks = [self.sizes[f"mark {m.box.id}"][1] + 2 * _CELL_PAD for m in row.marks if m.box.heading]
        details = self.sizes[f"details {row.id}"][1] if row.details else 0.0
        return max([self.sizes[f"row {row.id}"][1], details, _SYMBOL, *marks]) + 2 * _ROW_PAD

    def draw(self, canvas: Canvas, labels: Mapping[str, tuple[str, float]]) -> None:
        """Draws bands, columns, rows and boxes, the later over the earlier."""
        for number, (group, band) in enumerate(zip(self.grid.groups, self.bands, strict=True)):
            draw_band(canvas, number, group.name, band, self.sizes[f"group {group.name}"])
        self._columns(canvas, labels)
        for group in self.grid.groups:
            for row, below in zip(group.rows, [*group.rows[1:], None], strict=True):
                self._row(canvas, row, labels)
                if below:
                    self._level(canvas, f"under-{row.id}", self.rows[row.id].bottom)

    def _columns(self, canvas: Canvas, labels: Mapping[str, tuple[str, float]]) -> None:
        for number, column in enumerate(self.grid.columns):
            left, right = self.at(column.start), self.at(column.end)
            width, height = self.sizes[f"column {number}"]
            middle = (left + right) / 2
            low = _COLUMN_PAD
            place = Rectangle(middle - width / 2, low, middle + width / 2, low + height)
            name, words = column.name or column.heading, (column.heading,)
            part = Part("column", f"column-{number}", "column", name, words)
            canvas.text(f"column-{number}", part, place, *labels[f"column {number}"])
            self._upright(canvas, f"beside-{number}", left)
        if self.grid.corner:
            width, height = self.sizes["corner"]
            place = Rectangle(self.rows_at, _COLUMN_PAD, self.rows_at + width, _COLUMN_PAD + height)
            canvas.text("corner", Part("text", words=(self.grid.corner,)), place, *labels["corner"])

    def _upright(self, canvas: Canvas, name: str, x: float) -> None:
        """A hairline over the whole height of the bands; a box, so that what stands on it hides it."""
        look = {"shape": "box", "style": "filled", "penwidth": "0", "color": "transparent"}
        place = Rectangle(x, self.bottom, x + _HAIR, 0.0)
        canvas.node(name, Part("hair"), place, fillcolor=canvas.theme.band_edge, **look)

    def _level(self, canvas: Canvas, name: str, y: float) -> None:
        """A hairline from the headings of the rows to the right edge."""
        ends = f"{name}-start", f"{name}-end"
        corners: list[Point] = [(self.rows_at, y), (self.right, y)]
        for end, at in zip(ends, corners, strict=True):
            canvas.corner(end, *at)
        look = {
            "color": canvas.theme.band_edge,
            "penwidth": str(_HAIR),
            "arrowhead": "none",
            "style": "solid",
        }
        canvas.line(name, Part("hair"), ends, corners, (0.0, 0.0), **look)

    def _row(self, canvas: Canvas, row: Row, labels: Mapping[str, tuple[str, float]]) -> None:
        band = self.rows[row.id]
        width, height = self.sizes[f"row {row.id}"]
        middle = band.centre[1]
        place = Rectangle(self.rows_at, middle - height / 2, self.rows_at + width, middle + height / 2)
        part = Part("row", row.id, "row", row.said, (row.heading,))
        canvas.text(f"row-{row.id}", part, place, *labels[f"row {row.id}"])
        if row.details:
            width, height = self.sizes[f"details {row.id}"]
            left, low = self.details_at, middle - height / 2
            place = Rectangle(left, low, left + width, low + height)
            part = Part("text", words=row.details)
            canvas.text(f"details-{row.id}", part, place, *labels[f"details {row.id}"])
        for mark in row.marks:
            box = mark.box
            look = dot.box_look(box.kind, canvas.theme, inferred=box.inferred)
            if box.heading:
                look["label"] = labels[f"mark {box.id}"][0]
            words = (box.heading,) * bool(box.heading)
            part = Part("node", box.id, box.kind, box.said, words)
            canvas.node(f"box-{box.id}", part, self._box(mark, middle), **look)

    def _box(self, mark: Mark, middle: float) -> Rectangle:
        left, right = self.at(mark.start), self.at(mark.end)
        if mark.box.heading:
            half = self.sizes[f"mark {mark.box.id}"][1] / 2 + _CELL_PAD
            return Rectangle(left + _COLUMN_PAD, middle - half, right - _COLUMN_PAD, middle + half)
        single = style.BOXES[mark.box.kind].shape in style.SYMBOLS
        if single and right - left < _SYMBOL:
            at = (left + right) / 2
            left, right = at - _SYMBOL / 2, at + _SYMBOL / 2
        high = _SYMBOL if single else _THIN if mark.box.kind == "silence" else _STRETCH
        # Two that touch would share a place, by what is lost in writing numbers.
        left += _HAIR * (high == _THIN)
        half = high / 2
        return Rectangle(left, middle - half, right, middle + half)
