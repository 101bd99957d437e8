"""How charts look apart from colour: type, shapes, patterns; kinds tell apart in black and white.

Colours are those of a theme, in `orgmodel.charts.theme`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import BoxKind, Change, LineKind

# Graphviz measures each character in whole pixels of 1/96 inch; at these sizes a text comes out about right.
# Inside a label it knows only whole sizes.
NAME_SIZE: Final = 12
DETAIL_SIZE: Final = 10
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
COLUMN_WRAP: Final = 14
TITLE_WRAP: Final = 70
NOTE_WRAPS: Final = (90, 150)
"""The least and the most characters of a line of a note, by how wide the chart is."""

NARROW_WRAPS: Final = (66, 40)
"""The least characters of a line of a note, and the most of one of the title, where there is little room."""

INFERRED_BOX: Final = "dashed edge: concluded, not stated"
INFERRED_SYMBOL: Final = "dotted edge: concluded, not stated"
INFERRED_LINE: Final = "open arrowhead: concluded, not stated"
INFERRED_TIE: Final = "dashed line: concluded, not stated"


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """How a kind of box looks, and what the legend says of it.

    `shape` is what Graphviz calls it; `edges` is how many there are, one around the other.
    """

    legend: str
    shape: str = "box"
    rounded: bool = True
    edges: int = 1
    width: float = 1.4


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a kind of line looks, and what the legend says of it.

    `head` is the shape of its arrowhead, as Graphviz calls it: normal, diamond, box or none.
    """

    pattern: str
    width: float
    legend: str
    heads: int = 1
    both: bool = False
    head: str = "normal"


BOXES: Final[Mapping[BoxKind, BoxStyle]] = {
    "officer": BoxStyle("stays ultimately accountable", rounded=False, width=2.2),
    "partnership": BoxStyle("partnership", edges=2, width=1.2),
    "body": BoxStyle("board, group or sub-group"),
    "support": BoxStyle("unit that supports", "note", rounded=False, width=1.2),
    "outside": BoxStyle("board outside the partnership", rounded=False, edges=2, width=1.0),
    "agreement": BoxStyle("agreement of three or more", "note", rounded=False, width=1.2),
    "chair": BoxStyle("chair", rounded=False, width=2.2),
    "seat": BoxStyle("seat"),
    "common": BoxStyle("members in common, and their number in the key"),
    "vacant-seat": BoxStyle("vacant seat", "note", rounded=False, width=1.2),
    "organisation": BoxStyle("organisation", rounded=False, width=2.2),
    "part": BoxStyle("part of it", rounded=False, edges=2, width=1.0),
    "priority": BoxStyle("priority, principle or theme"),
    "post": BoxStyle("post", "note", rounded=False, width=1.2),
    "event": BoxStyle("event, as exactly as its date is known", "diamond", rounded=False, width=1.2),
    "deadline": BoxStyle("falls due, ends or is reviewed", "invtriangle", rounded=False, width=1.2),
    "life": BoxStyle("known from its start, or from when it is first named", rounded=False, width=1.2),
    "silence": BoxStyle("named by no later source, and not said to have ended", width=0.9),
}

LINES: Final[Mapping[LineKind, LineStyle]] = {
    "accountable": LineStyle("solid", 1.8, "is accountable to"),
    "accountable-reports": LineStyle("solid", 1.8, "is accountable to and reports to", heads=2),
    "reports": LineStyle("dashed", 1.3, "reports to"),
    "supports": LineStyle("dotted", 1.8, "supports"),
    "agreement-in-force": LineStyle("solid", 1.3, "agreement, in force", both=True),
    "agreement-intended": LineStyle("dashed", 1.3, "agreement, intended", both=True),
    "agreement-expired": LineStyle("dotted", 1.3, "agreement, expired", both=True),
    "part-of": LineStyle("solid", 1.5, "is part of, or a post in", head="diamond"),
    "seat": LineStyle("dashed", 1.3, "has a seat for", head="box"),
    "shares-few": LineStyle("solid", 1.0, "1 or 2 members in common", head="none"),
    "shares-some": LineStyle("solid", 2.4, "3 to 5 members in common", head="none"),
    "shares-many": LineStyle("solid", 4.2, "6 members in common or more", head="none"),
}

SYMBOLS: Final = frozenset({"diamond", "invtriangle"})
"""Shapes that are too small for words."""

BOX_CHANGES: Final[Mapping[Change, tuple[str, str, float]]] = {
    "new": ("solid", "thick edge: new, or named for the first time", 3.4),
    "first-named": ("solid", "thick edge: new, or named for the first time", 3.4),
    "ended": ("dotted", "dotted edge: ended", 1.6),
}
"""How the edge of what changed is drawn, what the legend says of it, and how wide it is."""

LINE_CHANGES: Final[Mapping[Change, tuple[str, str, float]]] = {
    "new": ("+", "beside a thick line: new, or stated for the first time", 1.7),
    "ended": ("\N{MULTIPLICATION SIGN}", "beside a thin line: ended", 0.5),
}
"""What stands beside a line that changed, what the legend says of it, and how wide it is, of what it was."""
