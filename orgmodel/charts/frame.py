"""The frame of a chart: its heading above it, its legend, key and notes below."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from orgmodel.charts import dot, legend, style
from orgmodel.charts.canvas import Canvas, Part
from orgmodel.charts.drawing import Notes
from orgmodel.charts.measures import sizes_of
from orgmodel.charts.places import Rectangle
from orgmodel.charts.png import dimensions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.theme import Theme

GAP = 14.0
_MARGIN = 18.0
_BETWEEN_NOTES = 4.0
_SMALLER = style.NOTE_SIZE / style.NAME_SIZE
_LOGO = 48.0
"""How high a logo is, in points."""

_PAGE_OF_NOTES = 440.0
"""How wide a page of notes is, in points, where its words do not make it wider."""

Labels: TypeAlias = "dict[str, tuple[str, float]]"
"""Texts by name: each its label and the size of its type."""


class Frame:
    """What stands around a chart.

    Args:
        chart: The chart.
        width: How wide it is, in points.
        theme: The footer and the logo.
    """

    def __init__(self, chart: Chart | Notes, width: float, theme: Theme) -> None:
        narrow, wide = style.NOTE_WRAPS
        title_wrap = style.TITLE_WRAP
        if chart.is_narrow:
            narrow, title_wrap = style.NARROW_WRAPS
        wrap = min(max(int(width / style.NOTE_SIZE * 2), narrow), wide)
        notes = [*(f"{chart.key_of} {mark}: {text}" for mark, text in chart.key), *chart.notes]
        notes += [theme.footer] * bool(theme.footer)
        title = dot.text_label(chart.title, title_wrap, size=style.TITLE_SIZE, bold=True, even=True)
        under = max(narrow, int(wrap * _SMALLER))
        subtitle = dot.text_label(chart.subtitle, under, size=style.NAME_SIZE, even=True)
        self._heading: Labels = {
            "title": (title, style.TITLE_SIZE),
            "subtitle": (subtitle, style.NAME_SIZE),
        }
        explained = chart.legend_of if isinstance(chart, Notes) else chart if chart.has_legend else None
        self._entries = legend.entries(explained) if explained else []
        self._words = {"title": chart.title, "subtitle": chart.subtitle}
        self._words |= {f"note-{number}": note for number, note in enumerate(notes)}
        self._notes: Labels = {
            f"note-{number}": (dot.text_label(note, wrap, size=style.NOTE_SIZE), style.NOTE_SIZE)
            for number, note in enumerate(notes)
        }
        self._logo = theme.logo

    @property
    def labels(self) -> Labels:
        """All its texts."""
        found = {entry.name: (entry.label, style.NOTE_SIZE) for entry in self._entries}
        return {**self._heading, **found, **self._notes}

    def least_width(self, sizes: Mapping[str, tuple[float, float]]) -> float:
        """How wide the chart has to be for it; `sizes` has how large each of its texts is."""
        logo = self._logo_size()[0] + GAP if self._logo else 0.0
        headings = max(sizes[name][0] for name in self._heading) + logo
        return max([headings, *(sizes[name][0] for name in self._notes)])

    def draw(self, canvas: Canvas, chart: Rectangle, sizes: Mapping[str, tuple[float, float]]) -> None:
        """Draws it around a place, and has the paper end where it does.

        Args:
            canvas: What is drawn on.
            chart: Where the chart is.
            sizes: How large each of its texts is.
        """
        left, right, top = chart.left, chart.right, chart.top + GAP
        begins = top
        for name in reversed(self._heading):
            width, height = sizes[name]
            place = Rectangle(left, top, left + width, top + height)
            canvas.text(name, self._part(name), place, *self._heading[name])
            top += height + _BETWEEN_NOTES
        if self._logo:
            width, height = self._logo_size()
            top = max(top, begins + height)
            place = Rectangle(right - width, begins, right, begins + height)
            look = {"shape": "none", "image": str(self._logo), "imagescale": "true"}
            canvas.node("logo", Part("logo"), place, **look)
        below = Rectangle(left, 0, right, chart.bottom - GAP * bool(self._entries or self._notes))
        bottom = legend.draw(canvas, self._entries, sizes, below)
        bottom -= _BETWEEN_NOTES * bool(self._notes)
        for name, note in self._notes.items():
            width, height = sizes[name]
            place = Rectangle(left, bottom - height, left + width, bottom)
            canvas.text(name, self._part(name), place, *note)
            bottom -= height + _BETWEEN_NOTES
        canvas.corner("corner-a", left - _MARGIN, bottom - _MARGIN)
        canvas.corner("corner-b", right + _MARGIN, top + _MARGIN)

    def _part(self, name: str) -> Part:
        return Part("text", words=(self._words[name],))

    def _logo_size(self) -> tuple[float, float]:
        found = dimensions(self._logo.read_bytes()) if self._logo else None
        # That it is a PNG was made sure of when the theme was read.
        width, height = found or (1, 1)
        return _LOGO * width / height, _LOGO


def compose_notes(notes: Notes, engine: Graphviz, theme: Theme) -> Canvas:
    """Lays out what explains a chart, on a page of its own.

    Args:
        notes: What to lay out.
        engine: What tells how large texts are.
        theme: The font and the colours.
    """
    canvas = Canvas(theme)
    frame = Frame(notes, _PAGE_OF_NOTES, theme)
    sizes = sizes_of(engine, frame.labels, theme)
    width = max(_PAGE_OF_NOTES, frame.least_width(sizes))
    frame.draw(canvas, Rectangle(0.0, 0.0, width, 0.0), sizes)
    return canvas
