"""The legend of a chart: what is used in it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.charts import dot, style
from orgmodel.charts.canvas import Part
from orgmodel.charts.places import Rectangle, spline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.canvas import Canvas
    from orgmodel.charts.drawing import BoxKind, Drawing, LineKind

_LINE, _SWATCH = 44.0, (22.0, 12.0)
_ROW, _TO_TEXT, _TO_NEXT = 18.0, 6.0, 22.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of box or line and what the legend says of it; `name` is unique in the legend."""

    name: str
    text: str
    box: BoxKind | None = None
    line: LineKind | None = None
    inferred: bool = False

    @property
    def label(self) -> str:
        """Its words as Graphviz takes them."""
        return dot.text_label(self.text, 60, size=style.NOTE_SIZE)


def entries(drawing: Drawing) -> list[Entry]:
    """The legend of a drawing: first the boxes, then the lines."""
    boxes, lines = {box.kind for box in drawing.boxes}, {line.kind for line in drawing.lines}
    found = [Entry(kind, look.legend, box=kind) for kind, look in style.BOXES.items() if kind in boxes]
    if any(box.inferred for box in drawing.boxes):
        found.append(Entry("inferred-box", style.INFERRED_BOX, box="body", inferred=True))
    found += [Entry(kind, look.legend, line=kind) for kind, look in style.LINES.items() if kind in lines]
    if any(line.inferred for line in drawing.lines):
        found.append(Entry("inferred-line", style.INFERRED_LINE, line="accountable", inferred=True))
    return found


def draw(
    canvas: Canvas, shown: list[Entry], sizes: Mapping[str, tuple[float, float]], corner: Rectangle
) -> float:
    """Draws a legend below the top of a place, as wide as it; the lines begin a row of their own.

    Args:
        canvas: What is drawn on.
        shown: The entries.
        sizes: How wide and how high each of their texts is, by name.
        corner: Where it may be.

    Returns:
        Where it ends.
    """
    x, y = corner.left, corner.top
    before: Entry | None = None
    for entry in shown:
        width, height = sizes[entry.name]
        sample = _SWATCH[0] if entry.box else _LINE
        full = x + sample + _TO_TEXT + width > corner.right
        if before and (full or (entry.line and before.box)):
            x, y = corner.left, y - _ROW
        middle = y - _ROW / 2
        _sample(canvas, entry, x, middle)
        x += sample + _TO_TEXT
        place = Rectangle(x, middle - height / 2, x + width, middle + height / 2)
        part = Part("text", in_legend=True)
        canvas.text(f"legend-{entry.name}-text", part, place, entry.label, style.NOTE_SIZE)
        x += width + _TO_NEXT
        before = entry
    return y - _ROW


def _sample(canvas: Canvas, entry: Entry, x: float, middle: float) -> None:
    part = Part("sample", f"legend-{entry.name}", entry.name, entry.text, in_legend=True)
    name = f"legend-{entry.name}"
    if entry.box:
        width, height = _SWATCH
        place = Rectangle(x, middle - height / 2, x + width, middle + height / 2)
        canvas.node(name, part, place, **dot.box_look(entry.box, inferred=entry.inferred))
    elif entry.line:
        ends = [(x, middle), (x + _LINE, middle)]
        names = f"{name}-start", f"{name}-end"
        for end, at in zip(names, ends, strict=True):
            canvas.corner(end, *at)
        place_of_line = spline(ends, *dot.arrow_lengths(entry.line))
        look = dot.line_attributes(entry.line, inferred=entry.inferred)
        canvas.line(name, part, names, place_of_line, **look)
