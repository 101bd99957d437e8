"""A composition: every box, band, line and word of a chart in its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from orgmodel.charts import dot, style
from orgmodel.charts.bands import band_label, draw_band
from orgmodel.charts.canvas import Canvas, Part
from orgmodel.charts.drawing import STRONG, Grid, Notes
from orgmodel.charts.frame import GAP, Frame, compose_notes
from orgmodel.charts.graphviz import TooSlowError
from orgmodel.charts.gridding import compose_grid
from orgmodel.charts.measures import sizes_of, sizes_with_boxes
from orgmodel.charts.ordering import FAR, balanced, is_held, order_of, orderer, places_of, steadied
from orgmodel.charts.places import Rectangle
from orgmodel.charts.placing import placing_graph
from orgmodel.charts.routing import Routes, route
from orgmodel.charts.ways import least_widths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from orgmodel.charts.drawing import Band, Chart, Drawing, Line
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.measures import Sizes
    from orgmodel.charts.ordering import Order
    from orgmodel.charts.places import Point
    from orgmodel.charts.theme import Theme

_BAND_PAD = 20.0

_APART, _FARTHEST = 30.0, 300.0
"""How far boxes stay from each other where one is moved over the middle of others; and how far it may go."""

_WIDE = 200.0
"""How wide boxes are with what is beside them, about, in points."""

_SHARE = 0.2
"""What part of the time limit each of the layouts may take that are there for a good order."""

_MOST_SWAPPED = 25
"""Up to so many lines neighbours are swapped where some cross."""

# The place of a mark, from the place where its line leaves a box.
_MARK_BESIDE, _MARK_BELOW = (6.0, 19.0), 9.0

_THIN = 1.8
"""How wide the pen of a line is that a mark stands beside without moving away."""


_Core: TypeAlias = "tuple[tuple[Band, ...], tuple[Line, ...], float, bool]"
"""What boxes and lines are placed by."""

Placed: TypeAlias = "dict[_Core, tuple[Order, Routes, bool]]"
"""What was placed already: the order of boxes, the lines, and whether it was done in a simple way."""


def compose(chart: Chart | Notes, engine: Graphviz, theme: Theme, placed: Placed | None = None) -> Canvas:
    """Lays a chart out.

    Args:
        chart: What to lay out.
        engine: What tells how large boxes and texts are, and places boxes.
        theme: The font and the colours.
        placed: What was placed before, where a chart is laid out with more or less around it; it is added to.
    """
    if isinstance(chart, Notes):
        return compose_notes(chart, engine, theme)
    if isinstance(chart, Grid):
        return compose_grid(chart, engine, theme)
    return _compose(chart, engine, theme, {} if placed is None else placed)


def _compose(drawing: Drawing, engine: Graphviz, theme: Theme, placed: Placed) -> Canvas:
    """Lays a drawing out.

    Graphviz orders the boxes of each tier by the lines of accountability and reports; then what stands
    beside is put in, and Graphviz places the boxes in that order. The lines are routed between them; bands,
    legend and words go around.
    """
    bands = {band.name: (band_label(band.name), style.NAME_SIZE) for band in drawing.bands}
    # All is measured at once, if the chart comes out about as wide as is guessed.
    widest = max((len(row) for band in drawing.bands for row in band.rows), default=1)
    guessed = Frame(drawing, _WIDE * widest, theme)
    measured, sizes = sizes_with_boxes(engine, guessed.labels | bands, drawing.boxes, theme)
    names = {name: measured[name] for name in bands}
    core = drawing.bands, drawing.lines, drawing.apart, drawing.is_stacked
    if core not in placed:
        heights = {name: height for name, (_, height) in names.items()}
        placed[core] = _placed(drawing, engine, sizes, heights)
    order, routes, simple = placed[core]
    composer = _Composer(drawing, routes, order, names, theme)
    canvas = composer.compose(sizes_of(engine, composer.frame.labels, theme))
    canvas.is_simple = simple
    return canvas


def _placed(
    drawing: Drawing, engine: Graphviz, sizes: Sizes, heights: Mapping[str, float]
) -> tuple[Order, Routes, bool]:
    try:
        return *_best(drawing, engine, sizes, heights), False
    except TooSlowError:
        order = order_of(drawing)
        places = _middles(engine.layout(placing_graph(drawing, order, _widths(sizes), ())))
        return order, _as_placed(drawing, order, places, sizes, heights).routes(), True


def _best(
    drawing: Drawing, engine: Graphviz, sizes: Sizes, heights: Mapping[str, float]
) -> tuple[Order, Routes]:
    """The order of the boxes in which few lines cross, and the lines between them.

    Raises:
        TooSlowError: Graphviz takes too long to find it.
    """
    if not drawing.lines:
        rows = _beside_each_other(drawing, sizes, heights)
        return order_of(drawing), rows.routes()
    least = least_widths([row for band in order_of(drawing) for row in band], drawing.lines)
    wide = {i: (max(width, least.get(i, 0.0)), height) for i, (width, height) in sizes.items()}
    upward = list(filter(orderer(drawing), drawing.lines))
    alone, final = order_of(drawing, beside=False), is_held(drawing, upward)
    first = placing_graph(drawing, alone, _widths(wide), upward, ordered=False, roughly=not final)
    places = _middles(engine.layout(first, _SHARE))
    order = steadied(drawing, balanced(drawing, places))
    if final:
        places = _in_order(order, places, _widths(wide))
    else:
        held = filter(_holder(drawing, order), drawing.lines)
        places = _middles(engine.layout(placing_graph(drawing, order, _widths(wide), held), _SHARE))
    rows = _as_placed(drawing, order, places, wide, heights)
    routes = rows.routes()
    return order, _with_swaps(rows, routes) if len(drawing.lines) <= _MOST_SWAPPED else routes


def _with_swaps(rows: _Rows, routes: Routes) -> Routes:
    """The lines where each two neighbours have changed places by which fewer lines cross.

    What supports or is outside keeps the place beside others that it was given.
    """
    held = {box.id for band in rows.drawing.bands for box in (*band.supporting, *band.outside)}
    for row, ids in enumerate(rows.ids):
        for position in range(len(ids) - 1):
            if {*ids[position : position + 2]} & held:
                continue
            if not (crossings := routes.crossings()):
                return routes
            other = rows.swapped(row, position)
            found = other.routes()
            if found.crossings() < crossings:
                rows, routes = other, found
    return routes


@dataclass(frozen=True, slots=True)
class _Rows:
    """The boxes of a drawing in rows: `least` is how high each row is at least."""

    drawing: Drawing
    ids: list[list[str]]
    boxes: Mapping[str, Rectangle]
    least: list[float]

    def routes(self) -> Routes:
        """The lines between them."""
        return route(self.ids, self.boxes, self.drawing.lines, self.least)

    def swapped(self, row: int, position: int) -> _Rows:
        """The rows with a box and the next on its right in each other's place."""
        ids = [[*some] for some in self.ids]
        one, two = ids[row][position : position + 2]
        ids[row][position : position + 2] = two, one
        left, right = self.boxes[one], self.boxes[two]
        boxes = {
            **self.boxes,
            one: _moved(left, right.right - left.right),
            two: _moved(right, left.left - right.left),
        }
        return replace(self, ids=ids, boxes=_centred(self.drawing, ids, boxes))


def _as_placed(
    drawing: Drawing,
    order: Order,
    places: Mapping[str, float],
    sizes: Sizes,
    heights: Mapping[str, float],
) -> _Rows:
    """The boxes of a drawing where Graphviz placed them, but for those that are moved over the middle."""
    boxes = {box.id: _around(places[box.id], sizes[box.id]) for box in drawing.boxes}
    rows, least = [], []
    for band, ids_of_rows in zip(drawing.bands, order, strict=True):
        # Where much pulls on them, Graphviz does not keep to the order.
        shown = [sorted(ids, key=places.__getitem__) for ids in ids_of_rows if ids]
        rows += shown
        # The name of a band stands beside its rows; the first of them makes room for it.
        least += [heights[band.name], *[0.0] * (len(shown) - 1)]
    return _Rows(drawing, rows, _centred(drawing, rows, boxes), least)


def _beside_each_other(drawing: Drawing, sizes: Sizes, heights: Mapping[str, float]) -> _Rows:
    """The boxes of a drawing without lines: those of each row beside each other, rows over one middle."""
    order = order_of(drawing)
    places = {}
    for row in (row for band in order for row in band):
        wide = sum(sizes[i][0] for i in row) + drawing.apart * (len(row) - 1)
        left = -wide / 2
        for one in row:
            places[one] = left + sizes[one][0] / 2
            left += sizes[one][0] + drawing.apart
    return _as_placed(drawing, order, places, sizes, heights)


def _centred(
    drawing: Drawing, rows: Sequence[Sequence[str]], boxes: Mapping[str, Rectangle]
) -> dict[str, Rectangle]:
    """Boxes moved over the middle of those that answer to them, the lowest rows first.

    Graphviz weighs all lines, so that a few to the side draw a box out of the middle. For one that is moved
    over several those beside it make room, where nothing answers to them. Where no line is one of
    accountability, as between boards with agreements, all lines are taken for it.
    """
    found = dict(boxes)
    place = {i: number for number, row in enumerate(rows) for i in row}
    below: dict[str, set[str]] = {}
    for line in [line for line in drawing.lines if line.kind in STRONG] or drawing.lines:
        upper, lower = sorted((line.from_id, line.to_id), key=place.__getitem__)
        if place[upper] < place[lower]:
            below.setdefault(upper, set()).add(lower)
    single = Counter(next(iter(under)) for under in below.values() if len(under) == 1)
    for row in reversed(rows):
        for number, one in enumerate(row):
            under = below.get(one, set())
            # Several over a single one stand over its middle together.
            if not under or (len(under) == 1 and single[next(iter(under))] > 1):
                continue
            middles = [found[i].centre[0] for i in under]
            shift = (min(middles) + max(middles)) / 2 - found[one].centre[0]
            beside = row[number + 1 :] if shift > 0 else row[:number][::-1]
            moved = _pushed(found, one, beside, shift)
            near = abs(shift) <= _FARTHEST or len(row) == 1
            # Over a single one it is not worth it that others stand in the way of further lines.
            held = moved.keys() if len(under) == 1 else below.keys()
            if near and not (moved.keys() - {one}) & held:
                found |= moved
    return found | _loose_rows(drawing, rows, found)


def _loose_rows(
    drawing: Drawing, rows: Sequence[Sequence[str]], boxes: Mapping[str, Rectangle]
) -> dict[str, Rectangle]:
    """The boxes of rows to which no line leads, moved to the middle of the others."""
    joined = {i for line in drawing.lines for i in (line.from_id, line.to_id)}
    held = [boxes[i] for row in rows if joined & {*row} for i in row]
    if not held:
        return {}
    middle = (min(box.left for box in held) + max(box.right for box in held)) / 2
    found: dict[str, Rectangle] = {}
    for row in (row for row in rows if not joined & {*row}):
        shift = middle - (boxes[row[0]].left + boxes[row[-1]].right) / 2
        found |= {i: _moved(boxes[i], shift) for i in row}
    return found


def _pushed(
    boxes: Mapping[str, Rectangle], one: str, beside: Sequence[str], shift: float
) -> dict[str, Rectangle]:
    """A box moved along its row, and those that it pushes on.

    Args:
        boxes: Where boxes are.
        one: The one that is moved.
        beside: Those on the side to which it moves, the nearest first.
        shift: How far, to the right where it is more than 0.
    """
    found = {one: _moved(boxes[one], shift)}
    before = one
    for other in beside:
        near = found[before]
        here = boxes[other]
        room = here.left - near.right if shift > 0 else near.left - here.right
        if room >= _APART:
            break
        found[other] = _moved(here, (_APART - room) * (1 if shift > 0 else -1))
        before = other
    return found


def _moved(box: Rectangle, shift: float) -> Rectangle:
    return replace(box, left=box.left + shift, right=box.right + shift)


def _holder(drawing: Drawing, order: Order) -> Callable[[Line], bool]:
    """What tells whether a line draws its boxes below each other: it binds strongly, or is one row long."""
    places = places_of(order)
    far = 1 if drawing.is_stacked else FAR

    def holds(line: Line) -> bool:
        rows = abs(places[line.from_id][0] - places[line.to_id][0])
        return (line.kind in STRONG and 0 < rows <= far) or rows == 1

    return holds


def _middles(placed: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Where boxes that Graphviz placed have their middle, from left to right."""
    return {i: x for i, (x, *_) in placed.items()}


def _widths(sizes: Sizes) -> dict[str, float]:
    return {i: width for i, (width, _) in sizes.items()}


def _around(x: float, size: tuple[float, float]) -> Rectangle:
    """A box at a place from left to right; how high it is placed is found later."""
    width, height = size
    return Rectangle(x - width / 2, -height / 2, x + width / 2, height / 2)


def _in_order(order: Order, places: Mapping[str, float], widths: Mapping[str, float]) -> dict[str, float]:
    """The middles of boxes in another order in their rows, each row with the same gaps from left to right."""
    found = dict(places)
    for row in (row for band in order for row in band):
        before = sorted(row, key=places.__getitem__)
        if before == row:
            continue
        right = places[before[0]] - widths[before[0]] / 2
        for one, (here, after) in zip(row, pairwise([*before, before[-1]]), strict=True):
            found[one] = right + widths[one] / 2
            gap = places[after] - widths[after] / 2 - places[here] - widths[here] / 2
            right += widths[one] + gap
    return found


class _Composer:
    def __init__(
        self,
        drawing: Drawing,
        routes: Routes,
        order: Order,
        names: dict[str, tuple[float, float]],
        theme: Theme,
    ) -> None:
        self.drawing = drawing
        self.routes = routes
        self.order = order
        self.names = names
        self.canvas = Canvas(theme)
        self.chart = self._extent()
        self.frame = Frame(drawing, self.chart.width, theme)

    def compose(self, sizes: dict[str, tuple[float, float]]) -> Canvas:
        """Puts everything in its place.

        Args:
            sizes: How large each of the texts of the frame is.
        """
        bands = self._bands(self.frame.least_width(sizes))
        for number, (band, place) in enumerate(zip(self.drawing.bands, bands, strict=True)):
            draw_band(self.canvas, number, band.name, place, self.names[band.name])
        whole = Rectangle(bands[0].left, bands[-1].bottom, bands[0].right, bands[0].top)
        self.frame.draw(self.canvas, whole, sizes)
        for box in self.drawing.boxes:
            words = (box.heading, *box.details, *box.listed, *(f"({box.flag})",) * bool(box.flag))
            part = Part("node", box.id, box.kind, box.said, words)
            look = dot.box_attributes(box, self.canvas.theme)
            self.canvas.node(f"box-{box.id}", part, self.routes.boxes[box.id], **look)
        for number, line in enumerate(self.drawing.lines):
            self._line(number, line, self.routes.lines[number])
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
        left = chart.left - _BAND_PAD - max(width for width, _ in self.names.values()) - 2 * GAP
        right = chart.right + _BAND_PAD
        spare = max(0.0, widest - (right - left)) / 2
        edges = [max(chart.top, 0.0) + _BAND_PAD]
        row = 0
        for band in self.order[:-1]:
            row += len([ids for ids in band if ids])
            edges.append(self.routes.between[row - 1])
        edges.append(min(chart.bottom, self.routes.bottom) - _BAND_PAD)
        return [Rectangle(left - spare, low, right + spare, high) for high, low in pairwise(edges)]

    def _line(self, number: int, line: Line, corners: list[Point]) -> None:
        look = dot.line_attributes(line.kind, self.canvas.theme, inferred=line.inferred, change=line.change)
        if mark := dot.marked(line):
            wider = max(0.0, dot.pen(line.kind, line.change) - _THIN)
            look |= self.canvas.mark(mark, _mark(corners, len(mark), wider / 2))
        part = Part("edge", " ".join(line.ids), line.kind, line.said, (mark,) * bool(mark))
        ends = f"box-{line.from_id}", f"box-{line.to_id}"
        heads = dot.arrow_lengths(line.kind, line.change)
        self.canvas.line(f"line-{number}", part, ends, corners, heads, **look)


def _mark(corners: list[Point], characters: int, away_from_it: float) -> Point:
    """The middle of a mark: below a line that runs level, else on the right of it beside its start."""
    (x, y), (along, up) = corners[0], corners[1]
    if y == up:
        return (x + along) / 2, y - _MARK_BELOW - away_from_it
    beside, away = _MARK_BESIDE
    # Nearer to the box as well: the line may bend beneath it.
    beside, away = beside + away_from_it, away - 2 * away_from_it
    return x + beside + style.DETAIL_SIZE * 0.28 * (characters - 1), y + (away if up > y else -away)
