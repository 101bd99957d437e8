"""Sizes: charts that fit a paper or a width, and become several pages where they could not be read."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdf
import pytest

from orgmodel.charts.drawing import Drawing
from orgmodel.charts.governance import body_pages, governance, pages
from orgmodel.charts.matrix import matrix
from orgmodel.charts.membership import membership
from orgmodel.charts.paging import by_rows
from orgmodel.charts.render import FORMS, Look, reading, render, render_pages
from orgmodel.charts.sizes import LEAST_TEXT, size_of
from orgmodel.charts.timeline import timeline
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from tests import chart_rules, measuring
from tests.charting import FOLDERS, ends_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import Chart
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
    for size, width in (("600px", 450.0), ("1200px", 900.0)):
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


def _size(chart: Chart, engine: Graphviz) -> tuple[float, float]:
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    return seen.page.right, 1.0


# Pages


def ids_of(made: Sequence[Page]) -> list[set[str]]:
    return [{box.id for box in page.chart.boxes} for page in made]


@pytest.mark.parametrize("size", ["a4", "a5", "800px"])
@pytest.mark.parametrize("day", ["arrangements-2019", "priorities-2024"])
def test_pages_have_all_that_the_whole_has_and_point_to_each_other(
    day: str, size: str, dudley: Structure, engine: Graphviz
) -> None:
    structure = dudley.as_of(day)
    whole = governance(structure)
    reads = reading(engine, look(size))
    made = pages(structure, None, reads)
    assert len(made) > 1
    assert set().union(*ids_of(made)) == {box.id for box in whole.boxes}
    lines = {one for page in made for line in page.chart.lines for one in line.ids}
    assert lines == {one for line in whole.lines for one in line.ids}
    assert made[0].name == ""
    assert len({page.name for page in made}) == len(made)
    came_from: dict[int, int] = {}
    for number, page in enumerate(made, 1):
        found = re.search(rf"; page {number} of {len(made)}(?:, from page (\d+))?$", page.chart.subtitle)
        assert found
        came_from[number] = int(found[1] or 0)
    for number, page in enumerate(made, 1):
        for box in page.chart.boxes:
            more = [re.fullmatch(r"\d+ more below: page (\d+)", detail) for detail in box.details]
            for found in filter(None, more):
                target = int(found[1])
                assert made[target - 1].name == box.id
                assert box.id in ids_of(made)[target - 1]
                assert target == number or came_from[target] <= number
        assert not any(detail.endswith("more below") for box in page.chart.boxes for detail in box.details)


def test_a_page_that_can_be_read_has_text_of_nine_points(then: Structure, engine: Graphviz) -> None:
    reads = reading(engine, look("a3"))
    made = pages(then, None, reads)
    for page in made:
        seen = sized(page.chart, "a3", engine)
        assert wrong_with(page.chart, seen) == []
        assert reads(page.chart) == pytest.approx(
            min(text.size for text in seen.texts) / LEAST_TEXT, rel=0.01
        )


def test_what_fits_is_one_page(then: Structure) -> None:
    assert pages(then, None, lambda _: 1.0) == [(governance(then), "")]
    assert by_rows(matrix(then), lambda _: 1.0) == [(matrix(then), "")]


def test_a_chart_without_lines_is_divided_by_its_rows(
    then: Structure, dudley: Structure, engine: Graphviz
) -> None:
    reads = reading(engine, look("a4"))
    for chart in (matrix(then), timeline(dudley), membership(then, "dsapg")):
        made = by_rows(chart, reads)
        assert len(made) > 1
        assert [page.name for page in made] == ["", *(str(n) for n in range(2, len(made) + 1))]
        assert [box for page in made for box in page.chart.boxes] == [*chart.boxes]
        # What is too wide is as large as that allows, and never smaller for its height.
        widest = min(look("a4").size.page(*_size(page.chart, engine))[2] for page in made)
        assert all(reads(page.chart) >= min(1.0, 0.9 * widest * 10 / 9) for page in made)
        assert [page.chart.subtitle for page in made] == [
            f"{chart.subtitle}; page {number} of {len(made)}" for number in range(1, len(made) + 1)
        ]


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


def test_a_round_of_accountability_has_its_pages_too(here: Path) -> None:
    text = (
        "dataset: {id: round, name: Round}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
        "partnerships: [{id: whole, name: Whole, citations: [terms 1]}]\nbodies:\n"
        "  - {id: top, name: Top, part_of: whole, citations: [terms 1]}\n"
        "  - {id: a, name: A, part_of: whole, citations: [terms 1], accountable_to: [top, c]}\n"
        "  - {id: b, name: B, part_of: whole, citations: [terms 1], accountable_to: a}\n"
        "  - {id: c, name: C, part_of: whole, citations: [terms 1], accountable_to: b}\n"
        "  - {id: alone, name: Alone, part_of: whole, citations: [terms 1]}\n"
    )
    (here / "round.yaml").write_text(text, encoding="utf-8")
    made = pages(
        yaml.read(here / "round.yaml").as_of("2020"), None, lambda chart: 1.0 if len(chart.boxes) < 2 else 0.5
    )
    assert [(page.name, ids) for page, ids in zip(made, ids_of(made), strict=True)] == [
        ("", {"top"}),
        ("top", {"top", "a"}),
        ("a", {"a", "b"}),
        ("b", {"b", "c"}),
        ("c", {"c", "a"}),
        ("others", {"alone"}),
    ]


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
    code, printed, said = run(capsys, "governance", "--size", "a3", *outputs)
    made = pages(then, None, reading(engine, look("a3")))
    names = [f"-{page.name}" if page.name else "" for page in made]
    expected = [f"a{name}.{form}" for form in ("svg", "png") for name in names]
    expected += [f"a.{form}" for form in FORMS if form not in {"svg", "png"}]
    assert (code, printed, said) == (0, expected, "")
    assert sorted(path.name for path in here.iterdir()) == sorted(expected)
    document = pypdf.PdfReader(BytesIO(Path("a.pdf").read_bytes()), strict=True)
    assert len(document.pages) == len(made)
    sizes = {tuple(sorted(round(float(n)) for n in page.mediabox[2:])) for page in document.pages}
    assert all(abs(low - 842) <= 2 and abs(high - 1191) <= 2 for low, high in sizes)
    drawio = ET.parse("a.drawio").getroot()  # noqa: S314 - made by the test itself
    assert len(drawio.findall("diagram")) == len(made)
    page = Path("a.html").read_text(encoding="utf-8")
    assert page.count("<svg") == len(made)
    drawn = render_pages(made, governance(then), ["svg", "txt"], engine, look("a3"))
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
