"""Dividing: a chart that is too large for a page in parts that fit, by levels and branches or by rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from orgmodel.charts import captions
from orgmodel.charts.drawing import HIERARCHY, Band, Drawing, Grid, Group
from orgmodel.charts.shaping import bare, closest, narrowed, shaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

    from orgmodel.charts.drawing import Box, Chart, Line, Row
    from orgmodel.charts.shaping import Paper

_Unit = TypeVar("_Unit")

_UNKNOWN: Final = 0
"""Stands for the number of a page where that is not known yet."""

_ROOM: Final = 88
"""What is as wide as such a number will be."""

_MOST_NAMED: Final = 6
"""For so many pages that are not known yet there is room at most."""

_TRIAL: Final = 1.01
"""How well a part has to read where it is tried: with other words in them its boxes may stand otherwise."""

MORE_BELOW: Final = " more below"
"""What a box says after how many are right below it that are not drawn."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a chart for a page of its own.

    `came_from` is the number of the page that has what its boxes are below, or 0.
    """

    chart: Chart
    came_from: int = 0


def divided(chart: Chart, paper: Paper, before: int = 0) -> list[Part]:
    """A chart in as few parts as it takes for each to be read.

    A drawing is divided by levels and branches: the first part has as many levels as go onto it, and further
    parts have what is below its boxes, several branches or some levels of one. Every box is at home in one
    part. A line is in the first part in which both its ends can be; an end that is at home elsewhere is drawn
    there too. A box says which other parts have lines of it. A grid is divided by rows, and where that does
    not do by columns.

    Args:
        chart: The chart; its notes stand elsewhere.
        paper: What each part has to fit.
        before: How many pages there are before that of the first part.
    """
    return _Division(chart, paper, before).parts() if isinstance(chart, Drawing) else _of_grid(chart, paper)


def fitted(chart: Chart, paper: Paper) -> Chart | None:
    """A part as it fits a page: with its legend and key, or else without."""
    return shaped(chart, paper, _TRIAL) or shaped(bare(chart), paper, _TRIAL)


def pointed(box: Box, said: str) -> Box:
    """A box that says where there is more of it, in words that do not begin with a capital."""
    return replace(box, details=(*box.details, captions.begun(said)), said=f"{box.said}; {said}")


def _most(units: Sequence[_Unit], fits: Callable[[Sequence[_Unit]], bool]) -> int:
    """How many of some units, from the first, fit together, where fewer fit if more do; at least 1."""
    low, high = 1, 2
    while high <= len(units) and fits(units[:high]):
        low, high = high, high * 2
    high = min(high - 1, len(units))
    while low < high:
        middle = (low + high + 1) // 2
        if fits(units[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def evenly(units: Sequence[_Unit], fits: Callable[[Sequence[_Unit]], bool]) -> int:
    """As `_most`, but so that no few are left for the last of the parts that it takes."""
    most = _most(units, fits)
    return -(-len(units) // -(-len(units) // most))


class _Division:
    """A drawing that is being divided.

    Attributes:
        home: In which part, counted from 1, each box is at home, by its id.
    """

    def __init__(self, drawing: Drawing, paper: Paper, before: int) -> None:
        self.drawing = drawing
        self.paper = paper
        self._before = before
        self.boxes = {box.id: box for box in drawing.boxes}
        self.home: dict[str, int] = {}
        self._lines: dict[str, list[Line]] = {one: [] for one in self.boxes}
        self._found: list[tuple[Drawing, int]] = []
        self._drawn: dict[tuple[str, ...], int] = {}
        self._above: dict[str, set[str]] = {one: set() for one in self.boxes}
        self._below: dict[str, list[str]] = {one: [] for one in self.boxes}
        self._beside: dict[str, set[str]] = {one: set() for one in self.boxes}
        for line in drawing.lines:
            for end in {line.from_id, line.to_id}:
                self._lines[end].append(line)
            if line.kind in HIERARCHY and line.from_id != line.to_id:
                self._above[line.from_id].add(line.to_id)
            else:
                self._beside[line.from_id].add(line.to_id)
                self._beside[line.to_id].add(line.from_id)
        for one in self.boxes:
            for upper in self._above[one]:
                self._below[upper].append(one)

    def parts(self) -> list[Part]:
        """The parts."""
        joined = [one for one in self.boxes if self._above[one] or self._below[one]]
        tops = [one for one in joined if not self._above[one]]
        # Those of the highest band come first, with what is below them.
        by_band = ([box.id for box in band.boxes if box.id in tops] for band in self.drawing.bands)
        self._levels(next(filter(None, by_band), []), 0)
        self._levels(self._left(tops), 0)
        # In a circle none is above the others: it begins with one that has the most below it.
        while left := self._left(joined):
            self._levels([max(left, key=lambda one: len(self._branch(one)))], 0)
        alone = self._left(self.boxes)
        while alone:
            self._put(alone[: evenly(alone, self._fit)], 0)
            alone = self._left(alone)
        return [
            Part(self._pointed(drawing, self.home, number), came_from and came_from + self._before)
            for number, (drawing, came_from) in enumerate(self._found, 1)
        ]

    def _left(self, ids: Iterable[str]) -> list[str]:
        """Those that are not at home anywhere yet."""
        return [one for one in ids if one not in self.home]

    def _levels(self, first: list[str], came_from: int) -> None:
        """Puts as many levels into one part as fit, from the first; then what is below them into others."""
        own: list[str] = []
        level = first
        while level and self._fit([*own, *level]):
            own += level
            level = [one for one in self._under(own) if one not in own]
        if own == first:
            # A single level is a poor page: some branches go onto it.
            for one in level:
                more = [lower for lower in (one, *self._branch(one)) if lower not in own]
                own = [*own, *more] if self._fit([*own, *more]) else own
        if own:
            self._branches(self._put(own, came_from))
        while first := self._left(first):
            self._branches(self._put(first[: evenly(first, self._fit)], came_from))

    def _branches(self, number: int) -> None:
        """Puts what is below the boxes of a part into others: branches, as many as fit, or levels of one."""
        waiting: list[str] = []
        for one in [one for one, home in self.home.items() if home == number]:
            branch = [lower for lower in self._branch(one) if lower not in waiting]
            if waiting and branch and not self._fit([*waiting, *branch]):
                self._put(waiting, number)
                waiting, branch = [], self._left(branch)
            if waiting or self._fit(branch):
                waiting += branch
            else:
                self._levels(self._left(self._below[one]), number)
        if waiting:
            self._put(waiting, number)

    def _under(self, ids: Iterable[str]) -> list[str]:
        """What is right below some boxes and not at home yet."""
        return self._left(dict.fromkeys(lower for one in ids for lower in self._below[one]))

    def _branch(self, top: str) -> list[str]:
        """All that is below a box and not at home yet."""
        found = self._under([top])
        for one in found:
            found += [lower for lower in self._under([one]) if lower not in found]
        return found

    def _with_beside(self, ids: Iterable[str]) -> list[str]:
        """Some boxes, and what stands beside them alone: what has no line up or down."""
        found = dict.fromkeys(ids)
        for one in list(found):
            beside = (other for other in self._beside[one] if not (self._above[other] or self._below[other]))
            if self._above[one] or self._below[one]:
                found |= dict.fromkeys(sorted(self._left(beside)))
        return [*found]

    def _fit(self, ids: Sequence[str]) -> bool:
        """Whether some boxes that are not at home yet go onto a page."""
        return not ids or self._fits(self._with_beside(ids))

    def _put(self, ids: Sequence[str], came_from: int) -> int:
        """Makes a part the home of some boxes, and of what is beside them if there is room; its number."""
        own = self._with_beside(ids)
        if len(own) > len(ids) and not self._fits(own):
            own = [*ids]
        lines = self._due(own)
        many = len(lines)
        if len(own) == 1 and lines and not self._fits(own):
            # A single box with too many lines for a part is in several, or has the first for itself.
            many = _most(lines, lambda some: self._fits(own, some))
            many = 0 if many == 1 and not self._fits(own, lines[:1]) and self._fits(own, ()) else many
        number = self._add(self._of(own, lines[:many]), came_from)
        self.home |= dict.fromkeys(own, number)
        while lines := lines[many:]:
            many = _most(lines, lambda some: self._fits((), some))
            self._add(self._of((), lines[:many]), number)
        return number

    def _add(self, drawing: Drawing, came_from: int) -> int:
        made = fitted(drawing, self.paper) or closest(bare(drawing), self.paper)
        assert isinstance(made, Drawing)
        self._found.append((made, came_from))
        self._drawn |= {line.ids: len(self._found) for line in made.lines}
        return len(self._found)

    def _fits(self, own: Sequence[str], lines: Sequence[Line] | None = None) -> bool:
        return fitted(self._of(own, lines), self.paper) is not None

    def _due(self, own: Iterable[str]) -> list[Line]:
        """The lines of some boxes that are not drawn yet and can be: both ends are here or at home."""
        here = {*own}
        near = here | self.home.keys()
        return [line for line in self.drawing.lines if _is_between(line, here, near)]

    def _of(self, own: Sequence[str], lines: Sequence[Line] | None = None) -> Drawing:
        """A part with boxes of its own; where the number of another is not known, there is room for it.

        Args:
            own: The ids of the boxes.
            lines: Its lines; None: all that are due.
        """
        drawn = self._due(own) if lines is None else lines
        shown = {*own, *(end for line in drawn for end in (line.from_id, line.to_id))}
        marks = {line.mark for line in self.drawing.lines} - {line.mark for line in drawn}
        found = replace(
            with_boxes(self.drawing, {one: self.boxes[one] for one in shown}),
            lines=tuple(drawn),
            key=tuple(entry for entry in self.drawing.key if entry[0] not in marks),
        )
        return self._pointed(narrowed(found), {**self.home, **dict.fromkeys(own, 0)}, 0)

    def _pointed(self, drawing: Drawing, home: Mapping[str, int], number: int) -> Drawing:
        """A part in which the boxes say where there is more of them.

        Args:
            drawing: The part.
            home: In which part each of its boxes is at home.
            number: The number of this one.
        """
        drawn = {line.ids for line in drawing.lines}
        boxes = {box.id: self._with_pages(box.id, drawn, home[box.id], number) for box in drawing.boxes}
        return with_boxes(drawing, boxes)

    def _with_pages(self, one: str, drawn: Set[tuple[str, ...]], home: int, number: int) -> Box:
        box = self.boxes[one]
        if home != number:
            # All that is said of it stands there.
            return pointed(replace(box, details=(), listed=()), self._pages([home]))
        others = {
            line: self._drawn.get(line.ids, _UNKNOWN) for line in self._lines[one] if line.ids not in drawn
        }
        lower = {line: at for line, at in others.items() if line.kind in HIERARCHY and line.to_id == one}
        if lower:
            count = len({line.from_id for line in lower})
            box = pointed(box, f"{count}{MORE_BELOW}: {self._pages([*lower.values()])}")
        beside = [at for line, at in others.items() if line not in lower]
        beside = [at for at in beside if at == _UNKNOWN or at not in lower.values()]
        return pointed(box, f"also on {self._pages(beside)}") if beside else box

    def _pages(self, parts: Sequence[int]) -> str:
        """The numbers of the pages of parts, in words; of those not known yet as many as there may be."""
        known = [number + self._before for number in parts if number != _UNKNOWN]
        found = [*sorted({*known}), *[_ROOM] * min(_MOST_NAMED, len(parts) - len(known))]
        if len(found) > 2 and found[-1] - found[0] == len(found) - 1:  # noqa: PLR2004 - two are named both
            return f"pages {found[0]} to {found[-1]}"
        return f"page{'s' * (len(found) > 1)} {captions.enumerated([*map(str, found)])}"


def _is_between(line: Line, here: Set[str], near: Set[str]) -> bool:
    ends = {line.from_id, line.to_id}
    return bool(ends & here) and ends <= near


def with_boxes(drawing: Drawing, boxes: Mapping[str, Box]) -> Drawing:
    """A drawing with some boxes, by id, in the place of its own, without its others and bands of those."""

    def some(row: tuple[Box, ...]) -> tuple[Box, ...]:
        return tuple(boxes[box.id] for box in row if box.id in boxes)

    bands = (
        Band(band.name, tuple(filter(None, map(some, band.rows))), some(band.supporting), some(band.outside))
        for band in drawing.bands
    )
    return replace(drawing, bands=tuple(band for band in bands if band.boxes))


def _of_grid(grid: Grid, paper: Paper) -> list[Part]:
    """A grid by rows; where a single row is too wide, by columns first, as few as do."""
    best: list[Part] = []
    for count in range(1, len(grid.columns) + 1 if grid.is_table else 2):
        best = [Part(one) for part in _columns(grid, count) for one in _rows(part, paper)]
        if all(paper.reads(part.chart) >= 1 for part in best):
            break
    return best


def _columns(grid: Grid, count: int) -> Iterator[Grid]:
    """A grid in so many parts of about as many columns; a row is in those where it has something."""
    if count == 1:
        yield grid
        return
    size = -(-len(grid.columns) // count)
    for begin in range(0, len(grid.columns), size):
        columns = grid.columns[begin : begin + size]
        starts = {column.start for column in columns}
        groups = (
            Group(
                group.name,
                tuple(
                    replace(row, marks=marks)
                    for row in group.rows
                    if (marks := tuple(mark for mark in row.marks if mark.start in starts))
                    or (not row.marks and not begin)
                ),
            )
            for group in grid.groups
        )
        yield replace(grid, columns=columns, groups=tuple(group for group in groups if group.rows))


def _rows(grid: Grid, paper: Paper) -> Iterator[Grid]:
    """A grid in parts with as many rows as fit, and one at least."""
    rows = [(group, row) for group in grid.groups for row in group.rows]

    def of(some: Sequence[tuple[Group, Row]]) -> Grid:
        kept: dict[str, list[Row]] = {}
        for group, row in some:
            kept.setdefault(group.name, []).append(row)
        return replace(grid, groups=tuple(Group(name, tuple(kept[name])) for name in kept))

    while rows:
        many = evenly(rows, lambda some: fitted(of(some), paper) is not None)
        part = of(rows[:many])
        made = fitted(part, paper) or closest(bare(part), paper)
        assert isinstance(made, Grid)
        yield made
        rows = rows[many:]
