"""Bands: what lies behind the rows of a chart over its whole width, with its name at the left edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.charts import dot, style
from orgmodel.charts.canvas import Part
from orgmodel.charts.frame import GAP
from orgmodel.charts.places import Rectangle

if TYPE_CHECKING:
    from orgmodel.charts.canvas import Canvas


def band_label(name: str) -> str:
    """The name of a band as Graphviz takes it."""
    return dot.text_label(name, style.BAND_WRAP, size=style.NAME_SIZE, bold=True, even=True)


def draw_band(canvas: Canvas, number: int, name: str, place: Rectangle, size: tuple[float, float]) -> None:
    """Draws a band.

    Args:
        canvas: What is drawn on.
        number: Which it is from the top, from 0.
        name: Its name.
        place: Where it is.
        size: How wide and how high its name is.
    """
    look = {
        "shape": "box",
        "style": "filled",
        "fillcolor": canvas.theme.band(number, name),
        "color": canvas.theme.band_edge,
        "penwidth": "0.5",
    }
    canvas.node(f"band-{number}", Part("band", name, "tier", name), place, **look)
    width, height = size
    left, middle = place.left + GAP, place.centre[1]
    label = Rectangle(left, middle - height / 2, left + width, middle + height / 2)
    canvas.text(f"band-{number}-name", Part("text", words=(name,)), label, band_label(name), style.NAME_SIZE)
