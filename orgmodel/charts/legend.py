"""The legend of a chart: what is used in it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.charts import dot, style
from orgmodel.charts.canvas import Part
from orgmodel.charts.drawing import Drawing
from orgmodel.charts.places import Rectangle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.charts.canvas import Canvas
    from orgmodel.charts.drawing import BoxKind, Change, Chart, LineKind
    from orgmodel.charts.places import Point

_LINE, _SWATCH, _SIGN = 44.0, (26.0, 15.0), 10.0
_ROW, _TO_TEXT, _TO_NEXT = 20.0, 6.0, 22.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of box or line, or the sign beside a line, and what the legend says of it.

    `name` is unique in the legend.
    """

    name: str
    text: str
    box: BoxKind | None = None
    line: LineKind | None = None
    sign: str = ""
    inferred: bool = False
    change: Change = ""

    @property
    def label(self) -> str:
        """Its words as Graphviz takes them."""
        return dot.text_label(self.text, 60, size=style.NOTE_SIZE)


def entries(chart: Chart) -> list[Entry]:
    """The legend of a chart: first the boxes, then the lines."""
    kinds = {box.kind for box in chart.boxes}
    found = [Entry(kind, look.legend, box=kind) for kind, look in style.BOXES.items() if kind in kinds]
    unsure = {box.kind for box in chart.boxes if box.inferred}
    symbols = [kind for kind in style.BOXES if kind in unsure and style.BOXES[kind].shape in style.SYMBOLS]
    if unsure - {*symbols}:
        sample = _plainest(unsure - {*symbols})
        found.append(Entry("inferred-box", style.INFERRED_BOX, box=sample, inferred=True))
    if symbols:
        found.append(Entry("inferred-symbol", style.INFERRED_SYMBOL, box=symbols[0], inferred=True))
    changed: dict[str, dict[BoxKind, Change]] = {}
    for box in chart.boxes:
        if box.change in style.BOX_CHANGES:
            changed.setdefault(style.BOX_CHANGES[box.change][1], {})[box.kind] = box.change
    for text, of_kinds in sorted(changed.items()):
        sample = _plainest(of_kinds)
        change = of_kinds[sample]
        found.append(Entry(f"box-{change}", text, box=sample, change=change))
    if not isinstance(chart, Drawing):
        return found
    used = {line.kind for line in chart.lines}
    found += [Entry(kind, look.legend, line=kind) for kind, look in style.LINES.items() if kind in used]
    if any(line.inferred and style.LINES[line.kind].head != "none" for line in chart.lines):
        found.append(Entry("inferred-line", style.INFERRED_LINE, line="accountable", inferred=True))
    ties = [line.kind for line in chart.lines if line.inferred and style.LINES[line.kind].head == "none"]
    found += [Entry("inferred-tie", style.INFERRED_TIE, line=kind, inferred=True) for kind in ties[:1]]
    signs = {line.change for line in chart.lines}
    found += [
        Entry(f"line-{change}", text, sign=sign)
        for change, (sign, text, _) in style.LINE_CHANGES.items()
        if change in signs
    ]
    return found


def _plainest(kinds: Iterable[BoxKind]) -> BoxKind:
    """Of some kinds of boxes the one that tells best what an edge means."""
    order = list(style.BOXES)
    looks = style.BOXES
    return min(kinds, key=lambda kind: (looks[kind].shape != "box", looks[kind].edges, order.index(kind)))


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
    if not shown:
        return corner.top
    x, y = corner.left, corner.top
    before: Entry | None = None
    for entry in shown:
        width, height = sizes[entry.name]
        sample = _SWATCH[0] if entry.box else _SIGN if entry.sign else _LINE
        full = x + sample + _TO_TEXT + width > corner.right
        if before and (full or (not entry.box and before.box)):
            x, y = corner.left, y - _ROW
        middle = y - _ROW / 2
        _sample(canvas, entry, x, middle)
        x += sample + _TO_TEXT
        place = Rectangle(x, middle - height / 2, x + width, middle + height / 2)
        part = Part("text", words=(entry.text,), in_legend=True)
        canvas.text(f"legend-{entry.name}-text", part, place, entry.label, style.NOTE_SIZE)
        x += width + _TO_NEXT
        before = entry
    return y - _ROW


def _sample(canvas: Canvas, entry: Entry, x: float, middle: float) -> None:
    words = (entry.sign,) * bool(entry.sign)
    part = Part("sample", f"legend-{entry.name}", entry.name, entry.text, words, in_legend=True)
    name = f"legend-{entry.name}"
    if entry.box:
        width, height = _SWATCH
        place = Rectangle(x, middle - height / 2, x + width, middle + height / 2)
        look = dot.box_look(entry.box, canvas.theme, inferred=entry.inferred, change=entry.change)
        canvas.node(name, part, place, **look)
    elif entry.line:
        ends: list[Point] = [(x, middle), (x + _LINE, middle)]
        names = f"{name}-start", f"{name}-end"
        for end, at in zip(names, ends, strict=True):
            canvas.corner(end, *at)
        look = dot.line_attributes(entry.line, canvas.theme, inferred=entry.inferred)
        canvas.line(name, part, names, ends, dot.arrow_lengths(entry.line), **look)
    else:
        place = Rectangle(x, middle - _SIGN / 2, x + _SIGN, middle + _SIGN / 2)
        canvas.text(name, part, place, dot.text_label(entry.sign, 4, size=style.NOTE_SIZE), style.NOTE_SIZE)
