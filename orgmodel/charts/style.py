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
QUIET: Final = "#46505c"
PAPER: Final = "#ffffff"
BAND_FILLS: Final = ("#eef2f6", "#f8f9fb")
BAND_EDGE: Final = "#7d8894"

NAME_SIZE: Final = 12
DETAIL_SIZE: Final = 10
TITLE_SIZE: Final = 20
NOTE_SIZE: Final = 10

WRAP: Final = 26
"""How many characters a line of a box has at most."""

BAND_WRAP: Final = 14
NOTE_WRAP: Final = 150


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
    """How a kind of line looks, and what the legend says of it; kinds tell apart without colour."""

    pattern: str
    colour: str
    width: float
    head: str
    both: bool
    legend: str


BOXES: Final[Mapping[BoxKind, BoxStyle]] = {
    "officer": BoxStyle("#fdf3d8", "#6b5200", "box", "officer who stays accountable", 1.8),
    "body": BoxStyle("#ffffff", "#1f4e79", "box", "board, group or sub-group", 1.4),
    "support": BoxStyle("#eaf5ec", "#2e6b3a", "box", "unit that supports", 1.2),
    "outside": BoxStyle("#f3edf7", "#5b3a7a", "box", "board outside the partnership", 1.2),
}

LINES: Final[Mapping[LineKind, LineStyle]] = {
    "accountable": LineStyle("solid", "#1b2430", 1.8, "normal", False, "is accountable to"),
    "accountable-reports": LineStyle(
        "solid", "#1b2430", 1.8, "normalnormal", False, "is accountable to and reports to"
    ),
    "reports": LineStyle("dashed", "#1f4e79", 1.3, "normal", False, "reports to"),
    "supports": LineStyle("dotted", "#2e6b3a", 1.8, "normal", False, "supports"),
    "agreement-in-force": LineStyle("solid", "#5b3a7a", 1.3, "normal", True, "agreement, in force"),
    "agreement-intended": LineStyle("dashed", "#5b3a7a", 1.3, "normal", True, "agreement, intended"),
    "agreement-expired": LineStyle("dotted", "#5b3a7a", 1.3, "normal", True, "agreement, expired"),
}
