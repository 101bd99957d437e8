"""Paging: a chart on as many pages as it takes to be read, which point to each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from orgmodel.charts import captions
from orgmodel.charts.dividing import MORE_BELOW, Part, divided, evenly, fitted, pointed, with_boxes
from orgmodel.charts.drawing import Notes
from orgmodel.charts.shaping import closest, shaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import Box, Chart, Drawing
    from orgmodel.charts.shaping import Paper


class Page(NamedTuple):
    """One page: what it shows, and what its file is called beside that of the first, which has no name."""

    chart: Chart | Notes
    name: str


_ROOM: Final = "; page 88 of 88, from page 88; legend, key and notes on page 88"
"""What is added to a subtitle at most."""


def paged(chart: Chart, paper: Paper) -> list[Page]:
    """A chart on as few pages as it takes for each to be read.

    What is too large is made narrower, if it then fits; its notes, or all that explains it, go onto a page of
    their own; and if that does not do, it is divided.

    Args:
        chart: The chart.
        paper: What a page has to fit.
    """
    if whole := shaped(chart, paper):
        return [Page(whole, "")]
    rest = replace(chart, notes=(), subtitle=f"{chart.subtitle}{_ROOM}")
    one = fitted(rest, paper)
    parts = [Part(one)] if one else divided(rest, paper)
    if all(paper.reads(part.chart) < 1 for part in parts):
        # Where a single box is too much, many pages are no better than one.
        return [Page(closest(chart, paper), "")]
    apart = _Apart(chart, [part.chart for part in parts])
    notes = apart.pages(paper)
    count = len(parts) + len(notes)
    pages: list[Chart | Notes] = []
    for number, part in enumerate(parts, 1):
        came = f", from page {part.came_from}" if part.came_from else ""
        where = apart.where(part.chart, len(parts) + 1, count)
        said = f"{chart.subtitle}; page {number} of {count}{came}{where}"
        pages.append(replace(part.chart, subtitle=said))
    pages += [
        replace(one, subtitle=f"{one.subtitle}; page {number} of {count}")
        for number, one in enumerate(notes, len(parts) + 1)
    ]
    found = [Page(page, str(number) if number > 1 else "") for number, page in enumerate(pages, 1)]
    # With other words in them boxes may stand a little otherwise than in the trial.
    return each_shaped(found, paper)


class _Apart:
    """What explains a chart and stands on pages of its own: the notes, and what parts have no room for.

    Args:
        chart: The whole chart.
        parts: Its parts.
    """

    def __init__(self, chart: Chart, parts: Sequence[Chart]) -> None:
        self.chart = chart
        self.has_legend = not all(part.has_legend for part in parts)
        beneath = {entry for part in parts for entry in part.key}
        self.key = tuple(entry for entry in chart.key if entry not in beneath)

    def pages(self, paper: Paper) -> list[Notes]:
        """The pages, as few as do."""
        legend_of = self.chart if self.has_legend else None
        texts = [(mark, text) for mark, text in self.key] + [("", note) for note in self.chart.notes]

        def of(some: Sequence[tuple[str, str]]) -> Notes:
            key = tuple(entry for entry in some if entry[0])
            notes = tuple(text for mark, text in some if not mark)
            first = not texts or some[0] is texts[0]
            held = ["legend"] * bool(first and legend_of) + ["key"] * bool(key) + ["notes"] * bool(notes)
            return Notes(
                f"{self.chart.id}-notes",
                self.chart.title,
                f"{self.chart.subtitle}; {captions.enumerated(held)}",
                legend_of if first else None,
                key,
                notes,
                self.chart.key_of,
                is_narrow=all(narrow for _, narrow in paper.shapes),
            )

        if not texts:
            return [of([])] if legend_of else []
        found = []
        left = texts
        while left:
            many = evenly(left, lambda some: paper.reads(of(some)) >= 1)
            found.append(of(left[:many]))
            left = left[many:]
        return found

    def where(self, part: Chart, first: int, last: int) -> str:
        """Where what a part has no room for is; `first` and `last` are the numbers of those pages."""
        held = ["legend"] * (not part.has_legend)
        held += ["key"] * bool(self.key and not part.has_legend)
        held += ["notes"] * bool(self.chart.notes)
        pages = f"pages {first} to {last}" if last > first else f"page {first}"
        return f"; {captions.enumerated(held)} on {pages}" if held else ""


def page_a_body(found: Sequence[tuple[Drawing, str]]) -> list[Page]:
    """A chart and a page for each of its bodies; the boxes say on which.

    Args:
        found: The chart, and the page of each body, with the id of that; the first is of none.
    """
    of_body = {start: number for number, (_, start) in enumerate(found, 1) if start}

    def with_page(box: Box, own: int) -> Box:
        page = of_body.get(box.id, own)
        more = next((detail for detail in box.details if detail.endswith(MORE_BELOW)), None)
        if page == own or (more is None and own != 1):
            return box
        if more is None:
            return pointed(box, f"page {page}")
        details = (*(detail for detail in box.details if detail != more), f"{more}: page {page}")
        return replace(box, details=details, said=f"{box.said}: page {page}")

    pages = []
    for number, (drawing, start) in enumerate(found, 1):
        boxes = {box.id: with_page(box, number) for box in drawing.boxes}
        said = f"{drawing.subtitle}; page {number} of {len(found)}{', from page 1' if start else ''}"
        pages.append(Page(replace(with_boxes(drawing, boxes), subtitle=said), start))
    return pages


def each_shaped(pages: Sequence[Page], paper: Paper) -> list[Page]:
    """Pages that stay as many as they are, each in the shape in which it can be read, or best.

    Args:
        pages: The pages.
        paper: What each has to fit.
    """

    def best(chart: Chart | Notes) -> Chart | Notes:
        return chart if isinstance(chart, Notes) else shaped(chart, paper) or closest(chart, paper)

    return [Page(best(page.chart), page.name) for page in pages]
