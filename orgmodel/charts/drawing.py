"""What charts are made of, before any of it has a place: a drawing of boxes in bands, or a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

BoxKind = Literal[
    "officer",
    "partnership",
    "body",
    "support",
    "outside",
    "agreement",
    "chair",
    "seat",
    "vacant-seat",
    "common",
    "organisation",
    "part",
    "post",
    "priority",
    "event",
    "deadline",
    "life",
    "silence",
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
    "shares-few",
    "shares-some",
    "shares-many",
]
Change = Literal["", "new", "first-named", "moved", "changed", "ended"]
"""What became of a box or line between the two days of a chart of changes."""


STRONG: Final[frozenset[LineKind]] = frozenset({"accountable", "accountable-reports", "part-of"})
"""Lines that hold the chart together."""

HIERARCHY: Final[frozenset[LineKind]] = STRONG | {"reports", "seat"}
"""Lines that lead upward."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: the node that it stands for, its heading and the smaller lines under it.

    `said` is the box in one sentence, for those who do not see it. `inferred` tells that the node is
    concluded and not stated. `flag` stands above the heading; what is `listed` below the details, each on a
    line of its own.
    """

    id: str
    kind: BoxKind
    heading: str
    details: tuple[str, ...] = ()
    said: str = ""
    inferred: bool = False
    listed: tuple[str, ...] = ()
    flag: str = ""
    change: Change = ""


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
    change: Change = ""


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
    chart: the sources and what was left out; above both its legend, with `has_legend`. `bands_are` says what
    the bands are, from the top; `apart` how far boxes beside each other stay apart at least, in points;
    with `is_stacked` they stand below each other in rows, though lines over several would draw them aside.
    With `is_narrow` the lines of its title and notes are short.
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
    has_legend: bool = True
    apart: float = 43.2
    is_stacked: bool = False
    is_narrow: bool = False

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes, band by band."""
        return tuple(box for band in self.bands for box in band.boxes)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid, from where to where in the unit of the grid; `name` in full."""

    heading: str
    start: float
    end: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box in a row of a grid, from where to where in the unit of the grid."""

    box: Box
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid: its heading, the smaller lines beside it, and what stands in it."""

    id: str
    heading: str
    details: tuple[str, ...]
    marks: tuple[Mark, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a grid that belong together."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A chart of rows and columns.

    `unit` is how many points wide one unit of the columns is at least. `groups_are` says what the rows are;
    `corner` what stands above their headings. With `is_table` each box stands in one column. `wrap` is how
    many characters a line of the words beside a row has at most. The rest is as in `Drawing`.
    """

    id: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    unit: float
    groups_are: str
    corner: str = ""
    is_table: bool = False
    notes: tuple[str, ...] = ()
    key: tuple[tuple[str, str], ...] = ()
    key_of: str = ""
    has_legend: bool = True
    wrap: int = 46
    is_narrow: bool = False

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes, row by row."""
        return tuple(mark.box for group in self.groups for row in group.rows for mark in row.marks)


Chart: TypeAlias = Drawing | Grid


@dataclass(frozen=True, slots=True)
class Notes:
    """What explains a chart and has no room beneath it, for a page of its own.

    `legend_of` is the chart whose legend it has, or None; the rest is as in `Drawing`.
    """

    id: str
    title: str
    subtitle: str
    legend_of: Chart | None = None
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    key_of: str = ""
    is_narrow: bool = False
