"""How charts look: type, colours, lines; every colour pair keeps the contrast that WCAG 2.2 AA asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import BoxKind, LineKind

FONT: Final = "Liberation Sans"
FONT_FALLBACKS: Final = f"{FONT}, Arial, Helvetica, sans-serif"
INK: Final = "#1b2430"
PAPER: Final = "#ffffff"
BAND_FILLS: Final = ("#eef2f6", "#f8f9fb")
BAND_EDGE: Final = "#7d8894"

# Graphviz measures each character in whole pixels of 1/96 inch; at these sizes a text comes out about right.
NAME_SIZE: Final = 12
DETAIL_SIZE: Final = 10.5
TITLE_SIZE: Final = 20
NOTE_SIZE: Final = 10.5

LEADING: Final = 1.25
"""From one line of a text to the next, of its size."""

NAME_LINE: Final = 15
DETAIL_LINE: Final = 13
DETAIL_GAP: Final = 3
"""Points between the heading of a box and its details."""

WRAP: Final = 26
"""How many characters a line of a box has at most."""

BAND_WRAP: Final = 14
TITLE_WRAP: Final = 70
NOTE_WRAPS: Final = (90, 150)
"""The least and the most characters of a line of a note, by how wide the chart is."""

INFERRED_BOX: Final = "dashed edge: concluded, not stated"
INFERRED_LINE: Final = "open arrowhead: concluded, not stated"


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """How a kind of box looks, and what the legend says of it."""

    fill: str
    edge: str
    shape: str
    legend: str
    width: float = 1.2


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a kind of line looks, and what the legend says of it; kinds tell apart without colour.

    `head` is the shape of its arrowhead, as Graphviz calls it: normal, diamond or box.
    """

    pattern: str
    colour: str
    width: float
    legend: str
    heads: int = 1
    both: bool = False
    head: str = "normal"


BOXES: Final[Mapping[BoxKind, BoxStyle]] = {
    "officer": BoxStyle("#fdf3d8", "#6b5200", "box", "stays ultimately accountable", 1.8),
    "partnership": BoxStyle("#ffffff", "#1f4e79", "box", "partnership", 2.4),
    "body": BoxStyle("#ffffff", "#1f4e79", "box", "board, group or sub-group", 1.4),
    "support": BoxStyle("#eaf5ec", "#2e6b3a", "box", "unit that supports", 1.2),
    "outside": BoxStyle("#f3edf7", "#5b3a7a", "box", "board outside the partnership", 1.2),
    "chair": BoxStyle("#fdf3d8", "#6b5200", "box", "chair", 2.4),
    "seat": BoxStyle("#ffffff", "#1f4e79", "box", "seat", 1.2),
    "vacant-seat": BoxStyle("#e3e6ea", "#4a525c", "box", "vacant seat", 1.2),
    "organisation": BoxStyle("#fdf3d8", "#6b5200", "box", "organisation", 1.8),
    "part": BoxStyle("#f3edf7", "#5b3a7a", "box", "part of it", 1.2),
    "priority": BoxStyle("#ffffff", "#2e6b3a", "box", "priority, principle or theme", 1.4),
    "post": BoxStyle("#eaf5ec", "#2e6b3a", "box", "post", 1.2),
}

LINES: Final[Mapping[LineKind, LineStyle]] = {
    "accountable": LineStyle("solid", INK, 1.8, "is accountable to"),
    "accountable-reports": LineStyle("solid", INK, 1.8, "is accountable to and reports to", heads=2),
    "reports": LineStyle("dashed", "#1f4e79", 1.3, "reports to"),
    "supports": LineStyle("dotted", "#2e6b3a", 1.8, "supports"),
    "agreement-in-force": LineStyle("solid", "#5b3a7a", 1.3, "agreement, in force", both=True),
    "agreement-intended": LineStyle("dashed", "#5b3a7a", 1.3, "agreement, intended", both=True),
    "agreement-expired": LineStyle("dotted", "#5b3a7a", 1.3, "agreement, expired", both=True),
    "part-of": LineStyle("solid", INK, 1.5, "is part of, or a post in", head="diamond"),
    "seat": LineStyle("dashed", "#1f4e79", 1.3, "has a seat for", head="box"),
}
