"""Sizes: charts that fit a paper or a width, and become several pages where they could not be read."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from orgmodel.charts.accountability import accountability
from orgmodel.charts.agreements import agreements
from orgmodel.charts.changes import changes
from orgmodel.charts.drawing import HIERARCHY, Drawing, Notes
from orgmodel.charts.governance import body_pages, governance
from orgmodel.charts.interlocks import interlocks
from orgmodel.charts.kinds import Governance
from orgmodel.charts.matrix import matrix
from orgmodel.charts.membership import membership
from orgmodel.charts.paging import paged
from orgmodel.charts.partner import partner
from orgmodel.charts.plan import plan
from orgmodel.charts.render import FORMS, Look, paper_for, render, render_pages, write_asked
from orgmodel.charts.shaping import Paper
from orgmodel.charts.sizes import LEAST_TEXT, size_of
from orgmodel.charts.timeline import timeline
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from tests import chart_rules, measuring
from tests.chart_strategies import many, partnerships
from tests.charting import CHARTS, EDITIONS, FOLDERS, crosses_more, ends_of
from tests.datasets import BASE, write
from tests.kinds import KINDS, charts_of_every_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orgmodel.charts.drawing import Box, Chart
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.paging import Page
    from orgmodel.structure import Structure

A4 = (841.9, 595.3)


@pytest.fixture(scope="module")
def dudley() -> Structure:
    return yaml.read(FOLDERS["dudley"])


@pytest.fixture(scope="module")
def then(dudley: Structure) -> Structure:
    return dudley.as_of("arrangements-2019")


def look(size: str) -> Look:
    return Look(size=size_of(size))


def sized(chart: Chart, size: str, engine: Graphviz) -> measuring.Picture:
    return measuring.read(render(chart, ["svg"], engine, look(size))["svg"])


def page_of(seen: measuring.Picture) -> tuple[float, float]:
    return round(seen.page.right, 1), round(seen.page.bottom, 1)


def wrong_with(chart: Chart, seen: measuring.Picture) -> list[str]:
    return [
        *chart_rules.wrong_with_bands(seen),
        *chart_rules.wrong_with_boxes(seen),
        *chart_rules.wrong_with_lines(seen, ends_of(chart)),
        *chart_rules.wrong_with_texts(seen),
    ]


@pytest.mark.parametrize(
    ("size", "papers"),
    [
        ("a4", {A4, A4[::-1]}),
        ("a3", {(1190.6, 841.9), (841.9, 1190.6)}),
        ("a1", {(2383.9, 1683.8), (1683.8, 2383.9)}),
    ],
)
def test_on_a_paper_it_is_as_large_as_that(
    size: str, papers: set[tuple[float, float]], then: Structure, engine: Graphviz
) -> None:
    for chart in (governance(then), matrix(then), governance(then, start="dscpg")):
        seen = sized(chart, size, engine)
        assert (
            min(max(abs(a - b) for a, b in zip(page_of(seen), paper, strict=True)) for paper in papers) < 1.5
        )
        assert wrong_with(chart, seen) == []


def test_it_is_made_smaller_and_never_larger(then: Structure, engine: Graphviz) -> None:
    chart = governance(then)
    natural = measuring.read(render(chart, ["svg"], engine)["svg"])
    large, small = sized(chart, "a1", engine), sized(chart, "a4", engine)
    sizes = [min(text.size for text in seen.texts) for seen in (natural, large, small)]
    assert sizes[0] == sizes[1] == pytest.approx(10)
    assert sizes[2] < 9
    widths = {seen.box("dsppb").place.right - seen.box("dsppb").place.left for seen in (natural, large)}
    assert max(widths) - min(widths) < 0.05


def test_a_width_in_pixels(then: Structure, engine: Graphviz) -> None:
    for size, width in (("600px", 450.0), ("1000px", 750.0)):
        seen = sized(governance(then), size, engine)
        assert page_of(seen)[0] == pytest.approx(width, abs=1)
    png = render(governance(then), ["png"], engine, Look(size=size_of("600px"), dots_per_inch=96))["png"]
    assert int.from_bytes(png[16:20], "big") == pytest.approx(600, abs=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a9", "no size 'a9': must be one of a1, a2, a3, a4, a5; or a width, as 600px"),
        ("0px", "no size '0px': must be one of a1, a2, a3, a4, a5; or a width, as 600px"),
        ("600", "no size '600': must be one of a1, a2, a3, a4, a5; or a width, as 600px"),
    ],
)
def test_a_size_that_is_none(text: str, said: str) -> None:
    with pytest.raises(ChartError) as caught:
        size_of(text)
    assert str(caught.value) == said


# Pages


def pages_of(chart: Chart, size: str, engine: Graphviz) -> list[Page]:
    paper = paper_for(engine, look(size))
    assert paper is not None
    return paged(chart, paper)


def of_boxes(most: int) -> Paper:
    """A paper on which so many boxes fit, however they stand."""

    def measure(chart: Chart | Notes) -> tuple[float, float]:
        fits = isinstance(chart, Notes) or len(chart.boxes) <= most
        return (1.0, 1.0) if fits else (10_000.0, 10_000.0)

    return Paper(size_of("a4"), measure, lambda boxes: [1.0 for _ in boxes])


def ids_of(made: Sequence[Page]) -> list[set[str]]:
    return [set() if isinstance(page.chart, Notes) else {box.id for box in page.chart.boxes} for page in made]


def details_of(page: Page, one: str) -> tuple[str, ...]:
    boxes = () if isinstance(page.chart, Notes) else page.chart.boxes
    return next((box.details for box in boxes if box.id == one), ())


def boxes_of(chart: Chart) -> dict[str, Box]:
    return {box.id: box for box in chart.boxes}


def wrong_with_page(page: Page, size: str, engine: Graphviz) -> list[str]:
    """What is wrong with a page: the rules of every chart, and how small its text is.

    Crossings are counted on A4.
    """
    seen = measuring.read(render_pages([page], page.chart, ["svg"], engine, look(size))["svg", page.name])
    if isinstance(page.chart, Notes):
        found = chart_rules.wrong_with_texts(seen)
    else:
        found = wrong_with(page.chart, seen)
    least = min(text.size for text in seen.texts)
    found += [f"text of {least:.2f} points"] * (least < LEAST_TEXT - 0.005)
    if size == "a4" and isinstance(page.chart, Drawing) and chart_rules.crossings(seen):
        more = crosses_more(page.chart, engine)
        found += [f"crossings: {more}"] * (more is not None)
    return found


def wrong_with_set(whole: Chart, made: Sequence[Page]) -> list[str]:
    """What of a chart its pages do not have, and what they say wrongly of each other."""
    count = len(made)
    wrong = []
    if [page.name for page in made] != ["", *(str(number) for number in range(2, count + 1))]:
        wrong.append("names")
    for number, page in enumerate(made, 1):
        said = re.search(r"; page (\d+) of (\d+)", page.chart.subtitle)
        if (said is None and count > 1) or (said and (int(said[1]), int(said[2])) != (number, count)):
            wrong.append(f"page {number} says {page.chart.subtitle}")
    charts = [page.chart for page in made if not isinstance(page.chart, Notes)]
    apart = [page.chart for page in made if isinstance(page.chart, Notes)]
    assert made[len(charts) :] == [page for page in made if isinstance(page.chart, Notes)]
    every = [box.id for chart in charts for box in chart.boxes]
    if {*every} != boxes_of(whole).keys():
        wrong.append("boxes")
    key = {entry for chart in (*charts, *apart) for entry in chart.key}
    notes = [note for chart in (*charts, *apart) for note in chart.notes]
    # A note that is too long for a page goes on on the next.
    if key != {*whole.key} or " ".join(notes) != " ".join(whole.notes):
        wrong.append("key or notes")
    if not all(chart.has_legend for chart in charts) and not any(one.legend_of == whole for one in apart):
        wrong.append("legend")
    if isinstance(whole, Drawing):
        wrong += wrong_with_pointers(whole, [chart for chart in charts if isinstance(chart, Drawing)])
    elif sorted(every) != sorted(box.id for box in whole.boxes):
        wrong.append("boxes of a grid stand twice")
    return wrong


def wrong_with_pointers(whole: Drawing, pages: Sequence[Drawing]) -> list[str]:
    """Each line is on one page; each box is in full on one, which says where all of its others are."""
    wrong = []
    drawn = [line.ids for page in pages for line in page.lines]
    if sorted(drawn) != sorted(line.ids for line in whole.lines):
        wrong.append("lines")
    for own in whole.boxes if len(pages) > 1 else ():
        shown = {n: boxes_of(page)[own.id] for n, page in enumerate(pages, 1) if own.id in boxes_of(page)}
        in_full = [n for n, box in shown.items() if not re.fullmatch(r"Page \d+", " ".join(box.details))]
        if len(in_full) != 1:
            wrong.append(f"{own.id} is in full on {in_full}")
            continue
        home = in_full[0]
        wrong += [
            f"{own.id} on page {number} says {box.details}, {box.listed}"
            for number, box in shown.items()
            if number != home and (box.details, box.listed) != ((f"Page {home}",), ())
        ]
        kept, more = shown[home].details[: len(own.details)], shown[home].details[len(own.details) :]
        if kept != own.details or shown[home].listed != own.listed:
            wrong.append(f"{own.id} lost {own.details} or {own.listed}")
        if {n for text in more for n in numbers_in(text)} != shown.keys() - {home}:
            wrong.append(f"{own.id} is on {sorted(shown)} and says {more}")
        here = {line.ids for line in pages[home - 1].lines}
        lower = {
            line.from_id
            for line in whole.lines
            if line.to_id == own.id != line.from_id and line.kind in HIERARCHY and line.ids not in here
        }
        counts = [int(text.split()[0]) for text in more if " more below: page" in text]
        if counts != [len(lower)] * bool(lower):
            wrong.append(f"{own.id} has {sorted(lower)} elsewhere and says {counts}")
    return wrong


def numbers_in(text: str) -> set[int]:
    """The numbers of the pages that a text names."""
    named = text.lower().partition("page")[2]
    numbers = [int(number) for number in re.findall(r"\d+", named)]
    return {*range(numbers[0], numbers[1] + 1)} if " to " in named else {*numbers}


def every_chart(name: str, day: str) -> Iterator[Chart]:
    """Every chart that there is of a dataset on a day, of each thing that a kind can be about."""
    then = yaml.read(FOLDERS[name]).as_of(day)

    def ids(label: str) -> list[str]:
        return sorted(node.id for node in then.labelled(label))

    whole = ids("Partnership")
    makers: list[Callable[[], Chart]] = [
        *(partial(governance, then, one) for one in whole),
        *(partial(governance, then, one, members=True) for one in whole),
        *(partial(matrix, then, one, by) for one in whole for by in ("organisation", "post")),
        *(partial(interlocks, then, one, by=by) for one in whole for by in ("organisation", "post")),
        *(partial(agreements, then, one) for one in whole),
        *(partial(membership, then, one) for one in ids("Body")),
        *(partial(accountability, then, one) for one in ids("Body")),
        *(partial(partner, then, one) for one in ids("Organisation")),
        *(partial(plan, then, one) for one in ids("Plan")),
    ]
    for make in makers:
        # Of some there is nothing on that day.
        with suppress(ChartError):
            yield make()


def every_chart_of_all_time(name: str) -> Iterator[Chart]:
    structure = yaml.read(FOLDERS[name])
    yield timeline(structure)
    for before, after in pairwise(EDITIONS[name]):
        with suppress(ChartError):
            yield changes(structure, before, after)


def wrong_on(charts: Iterable[Chart], size: str, engine: Graphviz) -> list[tuple[str, str, list[str]]]:
    """What is wrong with the pages of some charts on a size."""
    found = []
    for chart in charts:
        made = pages_of(chart, size, engine)
        wrong = wrong_with_set(chart, made)
        for page in made:
            # What is drawn as it is without a size is measured elsewhere.
            if page.chart is not chart:
                wrong += wrong_with_page(page, size, engine)
        if wrong:
            found.append((chart.id, chart.subtitle, wrong))
    return found


def but_for_the_day(chart: Chart) -> tuple[object, ...]:
    """What of a chart makes its pages, but for the day: from one edition to the next most stay the same."""
    return (chart.bands, chart.lines) if isinstance(chart, Drawing) else (chart.columns, chart.groups)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_chart_can_be_read_on_a4(name: str, engine: Graphviz) -> None:
    every = [
        *every_chart_of_all_time(name),
        *(one for day in EDITIONS[name] for one in every_chart(name, day)),
    ]
    # What cannot be made is left out above: of each kind there has to be one.
    kinds = {chart.id.partition("-")[0] for chart in every}
    assert kinds == ({*KINDS} if name == "dudley" else kinds & {*KINDS}) >= {"governance", "timeline"}
    once = {but_for_the_day(chart): chart for chart in every}
    assert wrong_on(once.values(), "a4", engine) == []


@pytest.mark.parametrize("size", ["a5", "a3", "800px"])
def test_charts_of_every_kind_can_be_read_on_other_sizes(size: str, engine: Graphviz) -> None:
    assert wrong_on(charts_of_every_kind().values(), size, engine) == []


def test_a_page_for_each_body(then: Structure) -> None:
    made = body_pages(then, None)
    bodies = [box.id for box in governance(then).boxes if box.kind in {"body", "support"}]
    assert sorted(page.name for page in made) == sorted(["", *bodies])
    assert isinstance(made[0].chart, Drawing)
    for page in made[1:]:
        (own,) = (box for box in page.chart.boxes if box.id == page.name)
        number = made.index(page) + 1
        (first,) = (box for box in made[0].chart.boxes if box.id == page.name)
        assert first.details[-1] == f"Page {number}"
        assert own.heading == first.heading


def test_a_page_for_each_body_says_where_what_is_below_it_has_its_own(dudley: Structure) -> None:
    made = body_pages(dudley.as_of("priorities-2024"), None)
    numbers = {page.name: number for number, page in enumerate(made, 1)}
    boxes = [box for page in made for box in page.chart.boxes if "more below" in box.said]
    assert boxes
    for box in boxes:
        (more,) = (detail for detail in box.details if "more below" in detail)
        assert re.fullmatch(rf"\d+ more below: page {numbers[box.id]}", more)
        assert (box.said.endswith(f"; {more}"), box.said.count("more below")) == (True, 1)


def start_of(page: Page) -> str:
    """The body whose page it is; none of the first."""
    return "" if page.name.startswith("page_") and page.name[5:].isdecimal() else page.name.partition("_")[0]


def wrong_with_bodies(then: Structure, made: Sequence[Page]) -> list[str]:
    """What of a chart and its bodies their pages do not have, and what they say wrongly of each other."""
    wrong = []
    numbered = [re.search(r"; page (\d+) of (\d+)", page.chart.subtitle) for page in made]
    numbers = [(int(found[1]), int(found[2])) for found in numbered if found]
    wrong += ["numbers"] * (numbers != [(number, len(made)) for number in range(1, len(made) + 1)])
    for number, page in enumerate(made, 1):
        came = re.search(r", from page (\d+)", page.chart.subtitle)
        start = start_of(page)
        same = [n for n, other in enumerate(made, 1) if start_of(other) == start]
        # What explains a chart comes from no page, nor does the first page.
        allowed = {0} if isinstance(page.chart, Notes) or number == 1 else {1, *same} - {number}
        allowed |= {0} if not start else set()
        wrong += [f"page {number} comes from {came}"] * ((int(came[1]) if came else 0) not in allowed)
    firsts = {page.name: number for number, page in enumerate(made, 1)}
    wrong += ["names"] * (len(firsts) < len(made))
    for whole in body_pages(then, None):
        assert isinstance(whole.chart, Drawing)
        own = [page.chart for page in made if start_of(page) == whole.name]
        drawings = [chart for chart in own if isinstance(chart, Drawing)]
        if {i for chart in drawings for i in boxes_of(chart)} != boxes_of(whole.chart).keys():
            wrong.append(f"{whole.name}: boxes")
        lines = sorted(line.ids for chart in drawings for line in chart.lines)
        if lines != sorted(line.ids for line in whole.chart.lines):
            wrong.append(f"{whole.name}: lines")
        if [note for chart in own for note in chart.notes] != [*whole.chart.notes]:
            wrong.append(f"{whole.name}: notes")
    overview: set[int] = set()
    for page in made:
        for box in () if isinstance(page.chart, Notes) else page.chart.boxes:
            named = {n for text in box.details for n in numbers_in(text)}
            wrong += [f"{box.id} names page {n}" for n in named if box.id not in ids_of(made)[n - 1]]
            overview |= set() if start_of(page) else named
    # That of the pages of a body on which it stands itself.
    bodies = {
        next(n for n, page in enumerate(made, 1) if name == start_of(page) and name in ids_of(made)[n - 1])
        for name in firsts
        if name and "_" not in name
    }
    wrong += [f"the first pages do not name {number}" for number in bodies - overview]
    return wrong


@pytest.mark.parametrize(("name", "day"), CHARTS)
@pytest.mark.parametrize("size", ["a4", "800px"])
def test_a_page_for_each_body_can_be_read(name: str, day: str, size: str, engine: Graphviz) -> None:
    then = yaml.read(FOLDERS[name]).as_of(day)
    made = body_pages(then, None, paper_for(engine, look(size)))
    assert [found for page in made for found in wrong_with_page(page, size, engine)] == []
    assert wrong_with_bodies(then, made) == []


@many
@given(partnerships(bodies=8), st.integers(2, 9))
def test_a_page_for_each_body_of_whatever_structure(structure: Structure, most: int) -> None:
    governance_of(structure)
    then = structure.as_of("2020-01-01")
    assert wrong_with_bodies(then, body_pages(then, None, of_boxes(most))) == []


def test_a_page_for_each_body_lists_its_seats_alone(then: Structure) -> None:
    listing = {
        page.name: [box.id for box in page.chart.boxes if box.listed] for page in body_pages(then, None)
    }
    assert listing.pop("") == []
    assert all(boxes in ([], [name]) for name, boxes in listing.items())
    assert listing["dsppb"] == ["dsppb"]


def test_a_page_for_each_body_has_what_it_answers_to(then: Structure) -> None:
    pages = {page.name: page.chart for page in body_pages(then, None)}
    numbers = {name: number for number, name in enumerate(pages, 1)}
    chart = pages["dudley-lig"]
    assert isinstance(chart, Drawing)
    above = {"dsppb", "dsapg", "dscpg"}
    boxes = boxes_of(chart)
    assert boxes.keys() == {"dudley-lig", "dspp-business-unit", *above}
    assert {line.kind for line in chart.lines} == {"accountable", "reports", "supports"}
    # What is above is there for the lines to it alone.
    assert all("dudley-lig" in {line.from_id, line.to_id} for line in chart.lines)
    assert {line.to_id for line in chart.lines if line.from_id == "dudley-lig"} == above
    assert {one: boxes[one].details[-1] for one in above} == {one: f"Page {numbers[one]}" for one in above}
    panel = pages["dudley-adult-review-panel"]
    assert boxes_of(panel).keys() == {"dudley-adult-review-panel", "dsppb"}


def test_a_page_for_each_body_of_a_part(then: Structure) -> None:
    asked = Governance(chart="governance", start="dscpg", split="body", as_of="arrangements-2019")
    made = asked.pages(governance(then), then, None)
    own = {box.id for box in governance(then, start="dscpg").boxes}
    assert {page.name for page in made} == {"", *own}
    assert ids_of(made)[0] == own
    assert asked.make(then) == governance(then, start="dscpg", members=True)
    listing = Governance(
        chart="governance", depth=1, members="members", split="body", as_of="arrangements-2019"
    )
    first = listing.pages(governance(then), then, None)[0].chart
    assert first.title == governance(then).title
    assert {box.id for box in first.boxes if box.listed} == {"dsppb", "dspp-business-unit"}


ODD = """\
bodies:
  - {id: page, name: Page board, citations: [terms 1], part_of: partnership,
     seats: [{name: What is said more below, role: chair}]}
"""


def test_no_page_is_called_as_another_is_whatever_bodies_are_called(here: Path) -> None:
    lower = "".join(
        f"  - {{id: 'page-{n}', name: Sub-group for the matter number {n}, part_of: partnership,"
        f" citations: [terms 1], accountable_to: page}}\n"
        for n in range(2, 30)
    )
    structure = yaml.read(write(here, {"base.yaml": BASE, "more.yaml": ODD + lower})).as_of("2020-01-01")
    made = body_pages(structure, None, of_boxes(5))
    names = [page.name for page in made]
    assert len({*names}) == len(names) > 40
    assert {"page", "page_2", "page_page_2", "page-2"} <= {*names}
    assert wrong_with_bodies(structure, made) == []
    (chair,) = {d for page in made for d in details_of(page, "page") if d.startswith("Chair")}
    assert chair == "Chair: What is said more below"


def test_a_box_that_fits_only_without_its_line_has_a_page_for_itself(here: Path) -> None:
    seats = [f"{{name: Seat {n}, role: member, key: k{n}}}" for n in range(5)]
    text = (
        "bodies:\n  - {id: low, name: Low, citations: [terms 1], part_of: partnership, accountable_to: top,\n"
        f"     seats: [{', '.join(seats)}]}}\n"
        "  - {id: top, name: Top, citations: [terms 1], part_of: partnership,\n"
        f"     seats: [{', '.join(seats[:2])}]}}\n"
    )
    structure = yaml.read(write(here, {"base.yaml": BASE, "more.yaml": text})).as_of("2020-01-01")
    whole = governance(structure, members=True)

    def measure(chart: Chart | Notes) -> tuple[float, float]:
        boxes = () if isinstance(chart, Notes) else chart.boxes
        fits = sum(2 + len(box.details) + len(box.listed) for box in boxes) <= 9
        return (1.0, 1.0) if fits else (10_000.0, 10_000.0)

    made = paged(replace(whole, notes=()), Paper(size_of("a4"), measure, lambda boxes: [1.0 for _ in boxes]))
    assert wrong_with_set(replace(whole, notes=()), made) == []
    assert all(measure(page.chart) == (1.0, 1.0) for page in made)
    assert ids_of(made) == [{"top"}, {"low"}, {"top", "low"}]


def test_where_more_pages_need_fewer_each_body_has_one(then: Structure) -> None:
    """The numbers of pages are a part of what has to fit: here one page does if there are more of them."""
    count = len(body_pages(then, None))

    def measure(chart: Chart | Notes) -> tuple[float, float]:
        return (10_000.0, 10_000.0) if f" of {count}" in chart.subtitle else (1.0, 1.0)

    made = body_pages(then, None, Paper(size_of("a4"), measure, lambda boxes: [1.0 for _ in boxes]))
    assert [page.name for page in made] == [page.name for page in body_pages(then, None)]
    assert [page.chart.subtitle for page in made] == [page.chart.subtitle for page in body_pages(then, None)]


def test_a_note_that_is_too_long_for_a_page_goes_on_on_the_next(then: Structure, engine: Graphviz) -> None:
    long = "Sources: " + "; ".join(f"Terms of the board of place number {number}" for number in range(400))
    whole = replace(governance(then), notes=(long, "Made up."))
    made = pages_of(whole, "a4", engine)
    pieces = [note for page in made for note in page.chart.notes]
    assert len(pieces) > 2
    assert wrong_with_set(whole, made) == []
    assert [found for page in made for found in wrong_with_page(page, "a4", engine)] == []


@pytest.mark.parametrize("size", ["500px", "520px", "550px", "a4", "a5"])
def test_a_title_that_is_wide_makes_no_notes_of_single_words(
    size: str, then: Structure, engine: Graphviz
) -> None:
    note = (
        "This is made up, as are all of its words. There are more of them than one, and yet none is left out."
    )
    paper = paper_for(engine, look(size))
    assert paper is not None
    for title in ("RIVERTON SAFEGUARDING MANAGEMENT COMMITTEE AND COMMISSIONING BOARD", "W" * 45, "W" * 300):
        whole = replace(membership(then, "dscpg"), title=title, notes=(note, note))
        made = paged(whole, paper)
        assert [text for page in made for text in page.chart.notes] == [note, note]
        assert len(made) == 1 or all(paper.reads(page.chart) >= 1 for page in made)


def round_of(folder: Path, **above: str) -> Drawing:
    """The chart of some bodies, each with those that it is accountable to."""
    bodies = "".join(
        f"  - {{id: {one}, name: {one.title()}, part_of: whole, citations: [terms 1], "
        f"accountable_to: [{upper}]}}\n"
        for one, upper in above.items()
    )
    (folder / "round.yaml").write_text(
        "dataset: {id: round, name: Round}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
        f"partnerships: [{{id: whole, name: Whole, citations: [terms 1]}}]\nbodies:\n{bodies}",
        encoding="utf-8",
    )
    return governance(yaml.read(folder / "round.yaml").as_of("2020"))


def test_a_round_of_accountability_has_its_pages_too(here: Path) -> None:
    whole = round_of(here, top="", a="top, c", b="a", c="b", alone="")
    made = paged(whole, of_boxes(2))
    assert [(page.name, ids) for page, ids in zip(made, ids_of(made), strict=True)] == [
        ("", {"top", "a"}),
        ("2", {"a", "b"}),
        ("3", {"a", "c"}),
        ("4", {"b", "c"}),
        ("5", {"alone"}),
        ("6", set()),
    ]
    assert wrong_with_set(whole, made) == []


def test_pages_of_a_mere_circle_begin_with_what_has_the_most_below_it(here: Path) -> None:
    whole = round_of(here, y="z", z="y", a="y", b="z", c="a")
    made = paged(whole, of_boxes(3))
    assert ids_of(made) == [{"y", "z", "a"}, {"a", "c"}, {"z", "b"}, set()]
    assert wrong_with_set(whole, made) == []


def governance_of(structure: Structure) -> Drawing:
    """The chart of a generated structure, where there is one: without bodies there is none."""
    try:
        return governance(structure.as_of("2020-01-01"))
    except ChartError:
        reject()


@many
@given(partnerships(), st.integers(2, 9))
def test_pages_of_whatever_structure_have_all_of_it_and_point_to_each_other(
    structure: Structure, most: int
) -> None:
    whole = governance_of(structure)
    made = paged(whole, of_boxes(most))
    assert wrong_with_set(whole, made) == []
    assert all(len(boxes) <= most for boxes in ids_of(made))


@many
@given(partnerships(bodies=6))
def test_pages_of_whatever_structure_overlap_nothing(engine: Graphviz, structure: Structure) -> None:
    for page in pages_of(governance_of(structure), "a4", engine):
        seen = measuring.read(render_pages([page], page.chart, ["svg"], engine)["svg", page.name])
        assert chart_rules.wrong_with_texts(seen) == []
        assert isinstance(page.chart, Notes) or chart_rules.wrong_with_boxes(seen) == []


# Files


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, list[str], str]:
    with pytest.raises(SystemExit) as left:
        main(["chart", *words, "-g", str(FOLDERS["dudley"]), "--as-of", "arrangements-2019"])
    printed = capsys.readouterr()
    return left.value.code, printed.out.splitlines(), printed.err


def test_files_of_several_pages(
    here: Path, then: Structure, capsys: pytest.CaptureFixture[str], engine: Graphviz
) -> None:
    outputs = [word for form in FORMS for word in ("-o", f"a.{form}")]
    code, printed, said = run(capsys, "governance", "--size", "a4", *outputs)
    made = pages_of(governance(then), "a4", engine)
    assert len(made) > 1
    names = [f"-{page.name}" if page.name else "" for page in made]
    expected = [f"a{name}.{form}" for form in ("svg", "png") for name in names]
    expected += [f"a.{form}" for form in FORMS if form not in {"svg", "png"}]
    assert (code, printed, said) == (0, expected, "")
    assert sorted(path.name for path in here.iterdir()) == sorted(expected)
    document = pypdf.PdfReader(BytesIO(Path("a.pdf").read_bytes()), strict=True)
    assert len(document.pages) == len(made)
    sizes = {tuple(sorted(round(float(n)) for n in page.mediabox[2:])) for page in document.pages}
    assert all(abs(low - 595) <= 2 and abs(high - 842) <= 2 for low, high in sizes)
    drawio = ET.parse("a.drawio").getroot()  # noqa: S314 - made by the test itself
    assert len(drawio.findall("diagram")) == len(made)
    page = Path("a.html").read_text(encoding="utf-8")
    assert page.count("<svg") == len(made)
    drawn = render_pages(made, governance(then), ["svg", "txt"], engine, look("a4"))
    assert Path("a.svg").read_bytes() == drawn["svg", ""]
    assert Path("a.txt").read_bytes() == render(governance(then), ["txt"])["txt"] == drawn["txt", ""]


def test_what_cannot_be_read_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, said = run(capsys, "accountability", "dscpg", "--size", "200px", "-o", "a.svg")
    assert (code, printed) == (0, ["a.svg"])
    assert said == (
        "orgmodel: Dudley Safeguarding Children Partnership Group: accountability: on 200px the smallest "
        "text is less than 9 points: take a larger size, or draw a part\n"
    )
    assert [path.name for path in here.iterdir()] == ["a.svg"]
    assert run(capsys, "accountability", "dscpg", "--size", "a2", "-o", "a.svg") == (0, ["a.svg"], "")


def test_pages_that_are_not_found_in_time_are_one(
    here: Path, dudley: Structure, monkeypatch: pytest.MonkeyPatch, engine: Graphviz
) -> None:
    clock = count(0, 20)
    monkeypatch.setattr("orgmodel.charts.render.monotonic", lambda: next(clock))
    asked = Governance(chart="governance", as_of="arrangements-2019")
    whole = asked.make(dudley)
    written = write_asked(asked, whole, dudley, [here / "a.svg"], engine=engine, look=look("a4"))
    assert [*written.files] == [*written.files[here / "a.svg"]] == [here / "a.svg"]
    title = "Dudley Safeguarding People Partnership: governance"
    late = "it is on one page, for how to divide it was not found in time: a longer --time-limit may find it"
    small = "on a4 the smallest text is less than 9 points: take a larger size, or draw a part"
    assert written.warnings == (f"{title}: {late}", f"{title}: {small}")
    drawn = measuring.read((here / "a.svg").read_bytes())
    assert sorted(boxes_of(whole)) == sorted(box.id for box in drawn.boxes)


def test_a_page_a_body_as_files(here: Path, then: Structure, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "governance", "--split", "body", "-o", "a.svg")
    names = [page.name for page in body_pages(then, None)]
    assert (code, printed) == (0, [f"a-{name}.svg" if name else "a.svg" for name in names])
    assert sorted(path.name for path in here.iterdir()) == sorted(printed)


def test_the_pdf_has_a_title_and_a_language(then: Structure, engine: Graphviz) -> None:
    chart = governance(then)
    document = pypdf.PdfReader(BytesIO(render(chart, ["pdf"], engine)["pdf"]), strict=True)
    assert document.metadata is not None
    assert document.metadata.title == chart.title
    root = document.trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en-GB", True)
