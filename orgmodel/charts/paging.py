"""Paging: a chart that is too large to be read on one page, in several that point to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from orgmodel.charts.drawing import Band, Drawing, Grid, Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import Box, Chart

Reads: TypeAlias = Callable[["Chart"], float]
"""How large the smallest text of a chart is on a page, of what it must be: with 1 or more it can be read."""

_TRIED, _NEARLY = 8, 0.95
"""Of so many rows it is tried how wide they are; and what is as good as the worst of them."""

MORE_BELOW: Final = " more below"
"""What a box says after how many are right below it that are not drawn."""


class Page(NamedTuple):
    """One page: its chart, and what its file is called beside that of the first, which has no name."""

    chart: Chart
    name: str


def numbered(found: Sequence[tuple[Drawing, str, int]]) -> list[Page]:
    """The pages of parts of one chart, which say on which page each goes on.

    Args:
        found: Each part, the id of the body that it starts at, and the number of the page that it comes from.
    """
    if len(found) == 1:
        return [Page(found[0][0], "")]
    of_body = {start: number for number, (_, start, _) in enumerate(found, 1) if start}

    def pointed(box: Box, own: int) -> Box:
        page = of_body.get(box.id, own)
        more = next((detail for detail in box.details if detail.endswith(MORE_BELOW)), None)
        if page == own or (more is None and own != 1):
            return box
        said = f"{more}: page {page}" if more else f"Page {page}"
        details = (*(detail for detail in box.details if detail != more), said)
        return replace(box, details=details, said=f"{box.said}; {said if more is None else f'page {page}'}")

    made = []
    for number, (chart, start, came_from) in enumerate(found, 1):
        bands = tuple(_with_boxes(band, partial(pointed, own=number)) for band in chart.bands)
        said = f"{chart.subtitle}; page {number} of {len(found)}"
        said += f", from page {came_from}" if came_from else ""
        made.append(Page(replace(chart, bands=bands, subtitle=said), start if number > 1 else ""))
    return made


def _with_boxes(band: Band, change: Callable[[Box], Box]) -> Band:
    return replace(
        band,
        rows=tuple(tuple(map(change, row)) for row in band.rows),
        supporting=tuple(map(change, band.supporting)),
        outside=tuple(map(change, band.outside)),
    )


def by_rows(chart: Chart, reads: Reads) -> list[Page]:
    """A chart without lines in as many pages as it takes for each to be read, row by row.

    What has lines stays one page: they would be cut. What is too wide is divided so that no page is smaller
    for its height.

    Args:
        chart: The chart.
        reads: How well a chart can be read on a page.
    """
    if reads(chart) >= 1 or (isinstance(chart, Drawing) and chart.lines):
        return [Page(chart, "")]
    rows = _rows(chart)
    least = min(
        1.0, _NEARLY * min(reads(_of_rows(chart, [row])) for row in rows[:: max(1, len(rows) // _TRIED)])
    )
    pieces: list[Chart] = []
    begin = 0
    while begin < len(rows):
        # As many rows as fit, and one at least.
        low, high = begin + 1, len(rows)
        while low < high:
            middle = (low + high + 1) // 2
            if reads(_of_rows(chart, rows[begin:middle])) >= least:
                low = middle
            else:
                high = middle - 1
        pieces.append(_of_rows(chart, rows[begin:low]))
        begin = low
    if len(pieces) == 1:
        return [Page(chart, "")]
    return [
        Page(
            replace(piece, subtitle=f"{piece.subtitle}; page {number} of {len(pieces)}"),
            str(number) if number > 1 else "",
        )
        for number, piece in enumerate(pieces, 1)
    ]


def _rows(chart: Chart) -> list[tuple[int, int]]:
    """The rows of a chart: of each the number of its band or group, and its number in that."""
    parts = (
        [group.rows for group in chart.groups] if isinstance(chart, Grid) else [b.rows for b in chart.bands]
    )
    return [(number, row) for number, rows in enumerate(parts) for row in range(len(rows))]


def _of_rows(chart: Chart, rows: Sequence[tuple[int, int]]) -> Chart:
    """A chart with some of its rows."""
    kept: dict[int, list[int]] = {}
    for number, row in rows:
        kept.setdefault(number, []).append(row)
    if isinstance(chart, Grid):
        groups = ((chart.groups[number], some) for number, some in kept.items())
        return replace(
            chart, groups=tuple(Group(g.name, tuple(g.rows[i] for i in some)) for g, some in groups)
        )
    bands = ((chart.bands[number], some) for number, some in kept.items())
    return replace(chart, bands=tuple(replace(b, rows=tuple(b.rows[i] for i in some)) for b, some in bands))
