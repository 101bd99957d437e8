"""Shaping: a chart made narrower, or without what can stand on another page, so that it fits one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Final

from orgmodel.charts import dot
from orgmodel.charts.drawing import Drawing, Notes
from orgmodel.charts.tiers import WIDEST_ROW, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from orgmodel.charts.drawing import Band, Box, Chart, Line
    from orgmodel.charts.sizes import Size

_LEAST_OF_A_BOX: Final = 8000.0
"""Less than the area of a box with the room around it, in square points; of more than fit none is tried."""

_GRIDS: Final = ((36, 1.0), (28, 1.0), (28, 0.6), (22, 0.6), (16, 0.6))
"""How narrow grids are made: how many characters a line of the words beside a row has, and how wide a unit
is, as a part of what it is otherwise."""

_CLOSE: Final = 28.8
"""How far boxes stay apart where they stand closer than otherwise, in points."""

_BESIDE_ROWS: Final = 204.0
"""About how much of the width of a chart is no row: its margins, and the names of bands."""

_NARROW: Final = 720.0
"""What is less wide, in points, has early breaks in the lines of its title and notes."""

_SHARES: Final = (1.0, 0.8)
"""What part of the width that there is for rows they are tried to be wide: lines may run beside them."""

_SPARE_HEIGHT: Final = 1.05
"""By how much a chart may be higher than its page for it to be tried narrower."""

_SPARE: Final = 1.5
"""By how much the area of a chart may be over that of its page for it to be tried narrower."""


@dataclass(frozen=True)
class Paper:
    """What the pages of a chart have to fit.

    Attributes:
        size: The size of a page.
        measure: Lays out a chart, and tells how wide and how high it is, in points.
        measure_boxes: Tells how wide some boxes are, in points, in their order.
    """

    size: Size
    measure: Callable[[Chart | Notes], tuple[float, float]]
    measure_boxes: Callable[[Sequence[Box]], Sequence[float]]
    _known: dict[Chart | Notes, tuple[float, float]] = field(default_factory=dict)
    _widths: dict[Box, float] = field(default_factory=dict)

    @property
    def shapes(self) -> list[tuple[float, bool]]:
        """How wide rows are tried to be, in points, the widest first, on a paper either way up.

        And with each whether there is little room beside each other for words as well.
        """
        sides = {self.size.most_of(side) for side in (self.size.width, self.size.height or self.size.width)}
        tried = {(share * (side - _BESIDE_ROWS), side < _NARROW) for side in sides for share in _SHARES}
        return sorted(tried, reverse=True)

    def holds(self, wide: float, apart: float, row: Sequence[Box]) -> bool:
        """Whether some boxes, so far apart, fit into a row that is so wide."""
        new = [box for box in row if box not in self._widths]
        if new:
            self._widths.update(zip(new, self.measure_boxes(new), strict=True))
        return sum(self._widths[box] for box in row) + apart * (len(row) - 1) <= wide

    def reads(self, chart: Chart | Notes) -> float:
        """How large the smallest text of a chart is on a page, of what it must be: 1 or more can be read."""
        return self.size.reads(*self._measured(chart))

    def is_hopeless(self, chart: Chart) -> bool:
        """Whether a chart has more boxes than fit, however it is laid out; without laying it out."""
        return isinstance(chart, Drawing) and len(chart.boxes) * _LEAST_OF_A_BOX > self.size.most

    def may_be_narrower(self, chart: Chart) -> bool:
        """Whether a chart can be expected to fit once it is made narrower, and therefore higher."""
        if self.size.height is None:
            return True
        width, height = self._measured(chart)
        most = self.size.most_of(max(self.size.width, self.size.height))
        return height < _SPARE_HEIGHT * most and width * height < _SPARE * self.size.most

    def _measured(self, chart: Chart | Notes) -> tuple[float, float]:
        if chart not in self._known:
            self._known[chart] = self.measure(chart)
        return self._known[chart]


def shaped(chart: Chart, paper: Paper, least: float = 1.0) -> Chart | None:
    """A chart as it can be read on a page: as it is, or else no narrower than it must be.

    Args:
        chart: The chart.
        paper: What it has to fit.
        least: How well it has to read, as in `Paper.reads`.

    Returns:
        None, if it cannot be read in any shape.
    """
    if paper.is_hopeless(chart):
        return None
    return next((shape for shape in _shapes(chart, paper) if paper.reads(shape) >= least), None)


def closest(chart: Chart, paper: Paper) -> Chart:
    """The shape of a chart in which it is the largest on a page."""
    return max(_shapes(chart, paper), key=paper.reads)


def bare(chart: Chart) -> Chart:
    """A chart without all that explains it."""
    return replace(chart, has_legend=False, key=(), notes=())


def _shapes(chart: Chart, paper: Paper) -> Iterator[Chart]:
    yield chart
    if not paper.may_be_narrower(chart):
        return
    if isinstance(chart, Drawing):
        # What stands beside a line needs its room between boxes.
        close = () if any(map(dot.marked, chart.lines)) else ((_CLOSE, True),)
        for (wide, narrow), (apart, stacked) in product(
            paper.shapes, ((chart.apart, False), (chart.apart, True), *close)
        ):
            shape = narrowed(chart, partial(paper.holds, wide, apart))
            yield replace(shape, apart=apart, is_stacked=stacked, is_narrow=narrow)
    else:
        for (wrap, share), narrow in product(_GRIDS, sorted({narrow for _, narrow in paper.shapes})):
            yield replace(chart, wrap=wrap, unit=chart.unit * share, is_narrow=narrow)


def _usual(row: Sequence[Box]) -> bool:
    return len(row) <= WIDEST_ROW


def narrowed(drawing: Drawing, holds: Callable[[Sequence[Box]], bool] = _usual) -> Drawing:
    """A drawing with rows that are no wider than they may be, as even as can be.

    Args:
        drawing: The drawing.
        holds: Whether a row can hold some boxes; one at least it does.
    """
    return replace(drawing, bands=tuple(_narrowed(band, drawing.lines, holds) for band in drawing.bands))


def _narrowed(band: Band, lines: tuple[Line, ...], holds: Callable[[Sequence[Box]], bool]) -> Band:
    here = {box.id for box in band.boxes}
    # Where one stands above the other for a line between them, rows stay apart.
    ranked = any({line.from_id, line.to_id} <= here for line in lines)
    ranks = band.rows if ranked else (tuple(box for row in band.rows for box in row),)
    rows = [row for rank in ranks for row in _even(rank, holds)]
    beside = (*band.supporting, *band.outside)
    if holds([*(rows[0] if rows else ()), *beside]):
        return replace(band, rows=tuple(rows))
    return replace(band, rows=(*rows, *_even(beside, holds)), supporting=(), outside=())


def _even(boxes: Sequence[Box], holds: Callable[[Sequence[Box]], bool]) -> list[tuple[Box, ...]]:
    """Boxes in as few rows as hold them, each of about as many."""
    rows: list[tuple[Box, ...]] = []
    for most in range(len(boxes), 0, -1):
        rows = rows_of(list(boxes), most)
        if all(map(holds, rows)):
            break
    return rows
