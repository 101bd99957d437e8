"""A drawing: boxes in bands, lines between them, and the words around, before any of it has a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BoxKind = Literal[
    "officer",
    "partnership",
    "body",
    "support",
    "outside",
    "chair",
    "seat",
    "vacant-seat",
    "organisation",
    "part",
    "post",
    "priority",
]
LineKind = Literal[
    "accountable",
    "accountable-reports",
    "reports",
    "supports",
    "agreement-in-force",
    "agreement-intended",
    "agreement-expired",
    "part-of",
    "seat",
]

STRONG: Final[frozenset[LineKind]] = frozenset({"accountable", "accountable-reports", "part-of"})
"""Lines that hold the chart together."""

HIERARCHY: Final[frozenset[LineKind]] = STRONG | {"reports", "seat"}
"""Lines that lead upward."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: the node that it stands for, its heading and the smaller lines under it.

    `said` is the box in one sentence, for those who do not see it. `inferred` tells that the node is
    concluded and not stated.
    """

    id: str
    kind: BoxKind
    heading: str
    details: tuple[str, ...] = ()
    said: str = ""
    inferred: bool = False


def told(*words: str, inferred: bool) -> str:
    """What a box or a line says, as one text; with that it is concluded, where it is."""
    return "; ".join([*words, *(["concluded, not stated"] * inferred)])


@dataclass(frozen=True, slots=True)
class Line:
    """One line from a box to another, for one or more relationships of one kind between them.

    `ids` are those of the relationships. `mark` is the number of the line in the key, where it has one.
    """

    ids: tuple[str, ...]
    kind: LineKind
    from_id: str
    to_id: str
    said: str
    inferred: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One tier: its name, and its rows of boxes from the top.

    Beside the first row stand units that support and boards outside.
    """

    name: str
    rows: tuple[tuple[Box, ...], ...]
    supporting: tuple[Box, ...] = ()
    outside: tuple[Box, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All its boxes."""
        return (*(box for row in self.rows for box in row), *self.supporting, *self.outside)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that a chart shows.

    `key` explains the marks on lines, each of them the number of what `key_of` says; `notes` stand under the
    chart: the sources and what was left out. `bands_are` says what the bands are, from the top.
    """

    id: str
    title: str
    subtitle: str
    bands: tuple[Band, ...]
    lines: tuple[Line, ...]
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    key_of: str = "Line"
    bands_are: str = "Tiers, from the top"

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes, band by band."""
        return tuple(box for band in self.bands for box in band.boxes)
