"""Paging: a chart on as many pages as it takes to be read, which point to each other."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from orgmodel.charts import captions
from orgmodel.charts.dividing import MORE_BELOW, Part, divided, evenly, fitted, pointed, with_boxes
from orgmodel.charts.drawing import Notes
from orgmodel.charts.shaping import closest, shaped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.charts.drawing import Box, Chart, Drawing
    from orgmodel.charts.shaping import Paper


class Page(NamedTuple):
    """One page: what it shows, and what its file is called beside that of the first, which has no name."""

    chart: Chart | Notes
    name: str


class Numbers(NamedTuple):
    """How the pages of a chart are numbered that is a part of something larger.

    Attributes:
        first: The number of its first page.
        total: How many pages all of it has.
        came_from: The number of the page that it is a detail of, or 0.
    """

    first: int
    total: int
    came_from: int = 0

    def said(self, subtitle: str, number: int, came_from: int = 0) -> str:
        """What stands under the title of a page: its number, and from which page it goes on."""
        came = f", from page {came}" if (came := came_from or self.came_from) else ""
        return f"{subtitle}; page {number} of {self.total}{came}"


_ROOM: Final = "; page 88 of 88, from page 88; legend, key and notes on page 88"
"""What is added to a subtitle at most."""

_MORE: Final = re.compile(rf"\d+{MORE_BELOW}")
"""What a box says that has more below it."""

_ROUNDS: Final = 6
"""How often pages are looked for anew, since what they say of each other is now longer or shorter."""


def paged(chart: Chart, paper: Paper, numbers: Numbers | None = None) -> list[Page]:
    """A chart on as few pages as it takes for each to be read.

    What is too large is made narrower, if it then fits; its notes, or all that explains it, go onto a page of
    their own; and if that does not do, it is divided.

    Args:
        chart: The chart.
        paper: What a page has to fit.
        numbers: How its pages are numbered; None: from 1, and a single one not at all.
    """
    first = numbers.first if numbers else 1
    one = replace(chart, subtitle=numbers.said(chart.subtitle, first)) if numbers else chart
    if whole := shaped(one, paper):
        return [Page(whole, "")]
    rest = replace(chart, notes=(), subtitle=f"{chart.subtitle}{_ROOM}")
    fits = fitted(rest, paper)
    parts = [Part(fits)] if fits else divided(rest, paper, first - 1)
    if all(paper.reads(part.chart) < 1 for part in parts):
        # Where a single box is too much, many pages are no better than one.
        return [Page(closest(one, paper), "")]
    apart = _Apart(chart, [part.chart for part in parts])
    notes = apart.pages(paper)
    begun, last = first + len(parts), first + len(parts) + len(notes) - 1
    numbers = numbers or Numbers(1, last)
    pages: list[Chart | Notes] = []
    for number, part in enumerate(parts, first):
        said = numbers.said(chart.subtitle, number, part.came_from)
        pages.append(replace(part.chart, subtitle=f"{said}{apart.where(part.chart, begun, last)}"))
    pages += [
        replace(page, subtitle=numbers._replace(came_from=0).said(page.subtitle, number))
        for number, page in enumerate(notes, begun)
    ]
    found = [Page(page, str(number) if number > 1 else "") for number, page in enumerate(pages, 1)]
    # With other words in them boxes may stand a little otherwise than in the trial.
    return _each_shaped(found, paper)


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
        found: list[Notes] = []
        narrow = all(narrow for _, narrow in paper.shapes)
        texts = [(mark, text) for mark, text in self.key] + [("", note) for note in self.chart.notes]

        def of(some: Sequence[tuple[str, str]]) -> Notes:
            key = tuple(entry for entry in some if entry[0])
            notes = tuple(text for mark, text in some if not mark)
            first = not found
            held = ["legend"] * bool(first and legend_of) + ["key"] * bool(key) + ["notes"] * bool(notes)
            return Notes(
                f"{self.chart.id}-notes",
                self.chart.title,
                f"{self.chart.subtitle}; {captions.enumerated(held)}",
                legend_of if first else None,
                key,
                notes,
                self.chart.key_of,
                is_narrow=narrow,
            )

        def fits(some: Sequence[tuple[str, str]]) -> bool:
            return paper.reads(of(some)) >= 1

        # A long title can be too wide for it.
        narrow = narrow or not fits([])
        if not texts:
            return [of([])] if legend_of else []
        left = [piece for text in texts for piece in _pieces(text, lambda one: fits([one]))]
        while left:
            many = evenly(left, fits)
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


def _pieces(text: tuple[str, str], fits: Callable[[tuple[str, str]], bool]) -> list[tuple[str, str]]:
    """A note or an entry of a key, each a mark and words, in pieces that fit a page, as few as do."""
    if fits(text):
        return [text]
    mark, said = text
    words, found = said.split(), []
    while words:
        many = evenly(words, lambda some: fits((mark, " ".join(some))))
        found.append((mark, " ".join(words[:many])))
        words = words[many:]
    return found


def page_a_body(found: Sequence[tuple[Drawing, str]], paper: Paper | None = None) -> list[Page]:
    """A chart and a page for each of its bodies, or more where one does not do; the boxes say on which.

    Args:
        found: The chart, and the page of each body, with the id of that; the first is of none.
        paper: What a page has to fit; None: there is no limit.
    """
    begins = [_Begins(1, 0)] * len(found)
    for _ in range(_ROUNDS if paper else 1):
        pages = _of_bodies(found, begins, paper)
        now = [_Begins(len(some), _place(start, some)) for (_, start), some in zip(found, pages, strict=True)]
        if now == begins:
            return _named(found, pages)
        begins = now
    pages = _of_bodies(found, [_Begins(1, 0)] * len(found), None)
    return _named(found, [_each_shaped(some, paper) for some in pages] if paper else pages)


class _Begins(NamedTuple):
    """How many pages a body has, and how many of them are before that on which it stands itself."""

    many: int
    before: int


def _place(body: str, pages: Sequence[Page]) -> int:
    """How many of the pages of a body are before that on which it stands itself: it is drawn there first."""
    on = (number for number, page in enumerate(pages) if body in {box.id for box in _boxes(page.chart)})
    return next(on, 0)


def _boxes(chart: Chart | Notes) -> tuple[Box, ...]:
    return () if isinstance(chart, Notes) else chart.boxes


def _of_bodies(
    found: Sequence[tuple[Drawing, str]], begins: Sequence[_Begins], paper: Paper | None
) -> list[list[Page]]:
    """The pages of each, were they so many."""
    firsts = list(accumulate((one.many for one in begins), initial=1))
    total = firsts.pop() - 1
    places = [first + one.before for first, one in zip(firsts, begins, strict=True)]
    of_body = {start: place for (_, start), place in zip(found, places, strict=True) if start}

    def with_page(box: Box, start: str) -> Box:
        page = of_body.get(box.id)
        more = next(filter(_MORE.fullmatch, box.details), None)
        if page is None or box.id == start:
            return box
        if more is None:
            return pointed(box, f"page {page}")
        details = (*(detail for detail in box.details if detail != more), f"{more}: page {page}")
        return replace(box, details=details, said=f"{box.said}: page {page}")

    pages = []
    for (drawing, start), first in zip(found, firsts, strict=True):
        boxes = {box.id: with_page(box, start) for box in drawing.boxes}
        chart = with_boxes(drawing, boxes)
        numbers = Numbers(first, total, 1 if start else 0)
        one = replace(chart, subtitle=numbers.said(chart.subtitle, first))
        pages.append(paged(chart, paper, numbers) if paper else [Page(one, "")])
    return pages


def _named(found: Sequence[tuple[Drawing, str]], pages: Sequence[Sequence[Page]]) -> list[Page]:
    """The pages of each, named by their body; no body has an underscore in its id, so that none clash."""
    return [
        Page(page.chart, f"{f'{start}_page' if start else 'page'}_{page.name}" if page.name else start)
        for (_, start), some in zip(found, pages, strict=True)
        for page in some
    ]


def _each_shaped(pages: Sequence[Page], paper: Paper) -> list[Page]:
    """Pages that stay as many as they are, each in the shape in which it can be read, or best."""

    def best(chart: Chart | Notes) -> Chart | Notes:
        return chart if isinstance(chart, Notes) else shaped(chart, paper) or closest(chart, paper)

    return [Page(best(page.chart), page.name) for page in pages]
