"""The outline of a chart: all that it shows as headings, lists and tables, for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.charts import captions, style
from orgmodel.charts.drawing import Grid

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Chart, Drawing


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; `box` is the id of what it is about, if that has a box; `label` goes before it."""

    text: str
    box: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A list, under a name or under none."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lists under it; without any, none is said.

    `columns` and `rows` say the same as a table, where that is apt; each row begins with what it is about.
    """

    heading: str
    parts: tuple[Part, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def outline(chart: Chart) -> tuple[Section, ...]:
    """All that a chart shows, and what there is no room for in it.

    It names every band or group with its boxes, every line by its kind, the key and the notes.
    """
    found = [_rows(chart)] if isinstance(chart, Grid) else [_bands(chart), _lines(chart)]
    key = tuple(Item(text, label=f"{chart.key_of} {mark}: ") for mark, text in chart.key)
    found += [Section("Key", (Part("", key),))] if key else []
    notes = tuple(Item(note) for note in chart.notes)
    found += [Section("Notes", (Part("", notes),))] if notes else []
    return tuple(found)


def _bands(drawing: Drawing) -> Section:
    parts = (
        Part(
            band.name,
            tuple(Item(f"{box.said} [{style.BOXES[box.kind].legend}]", box.id) for box in band.boxes),
        )
        for band in drawing.bands
    )
    return Section(drawing.bands_are, tuple(parts))


def _lines(drawing: Drawing) -> Section:
    parts = []
    for kind, look in style.LINES.items():
        items = tuple(
            Item(line.said + (f" ({drawing.key_of.lower()} {line.mark})" if line.mark else ""))
            for line in drawing.lines
            if line.kind == kind
        )
        if items:
            parts.append(Part(captions.begun(look.legend), items))
    return Section("Lines", tuple(parts))


def _rows(grid: Grid) -> Section:
    parts = tuple(
        Part(group.name, tuple(Item(row.said, row.id) for row in group.rows)) for group in grid.groups
    )
    if not grid.is_table:
        return Section(grid.groups_are, parts)
    columns = (grid.corner, *(column.name or column.heading for column in grid.columns))
    rows = tuple(
        (
            row.heading,
            *(
                "; ".join(mark.box.heading for mark in row.marks if mark.start == column.start)
                for column in grid.columns
            ),
        )
        for group in grid.groups
        for row in group.rows
    )
    return Section(grid.groups_are, parts, columns, rows)
