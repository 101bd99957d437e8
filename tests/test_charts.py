"""Charts of the bundled datasets and the starter: measured, taken apart, and compared with what they say."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pygraphviz
import pypdf
import pytest

from benchmarks.charts_made import tree
from orgmodel.charts.agreements import agreements
from orgmodel.charts.governance import governance
from orgmodel.charts.legend import entries
from orgmodel.charts.membership import membership
from orgmodel.charts.plan import plan
from orgmodel.charts.render import render
from orgmodel.datasets import yaml
from tests import chart_rules, measuring
from tests.charting import (
    CHARTS,
    FOLDERS,
    drawing,
    drawn,
    ends_of,
    picture,
    plain_crossings,
    seen_of,
)
from tests.measuring import SVG

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Drawing
    from orgmodel.charts.graphviz import Graphviz
    from tests.measuring import Picture

GOLDEN = """\
Riverton Safeguarding Partnership: governance
=============================================
The founding arrangements; as of 1 April 2024

Tiers, from the top
-------------------

Ultimately accountable
- Chief Constable, River Valley Police; delegates to Head of Public Protection: safeguarding [stays
  ultimately accountable]
- Chief Executive, Riverton Council; delegates to Director of Children's Services: safeguarding
  [stays ultimately accountable]

Strategic
- Riverton Safeguarding Executive (Executive); Chair: Independent Chair; Meets 6 times a year
  [board, group or sub-group]
- Partnership Business Unit; Hosted by Riverton Council [unit that supports]
- Riverton Health and Wellbeing Board [board outside the partnership]

Delivery
- Exploitation Sub-group [board, group or sub-group]

Lines
-----

Is accountable to
- Executive is accountable to Chief Constable, River Valley Police; concluded, not stated
- Executive is accountable to Chief Executive, Riverton Council

Is accountable to and reports to
- Exploitation Sub-group is accountable to Executive; Exploitation Sub-group reports to Executive
  (performance)

Supports
- Partnership Business Unit supports Executive (agendas and minutes)

Agreement, in force
- Executive and Riverton Health and Wellbeing Board: Memorandum of understanding with the Health and
  Wellbeing Board, in force (line 1)

Key
---

Line 1: Memorandum of understanding with the Health and Wellbeing Board: in force

Notes
-----

- Sources: Terms of reference of the Riverton Safeguarding Partnership (2024).
- Partnership Business Unit stands beside what it supports: no tier is stated of it.
- Questions about what is shown: 1 not answered by the sources; the dataset lists them.
- An invented example; no such partnership exists.
- Drawn with orgmodel from the dataset Riverton Safeguarding Partnership.
"""

every_chart = pytest.mark.parametrize(("dataset", "day"), CHARTS)


# Measured


@every_chart
def test_bands_are_in_order_touch_cover_the_width_and_hold_their_boxes(dataset: str, day: str) -> None:
    chart, seen = drawing(dataset, day), picture(dataset, day)
    assert chart_rules.wrong_with_bands(seen) == []
    assert [band.id for band in seen.bands] == [band.name for band in chart.bands]
    for band, shown in zip(chart.bands, seen.bands, strict=True):
        assert {box.id for box in band.boxes} == {b.id for b in seen.boxes if shown.place.holds(b.place)}


@every_chart
def test_no_box_overlaps_another_and_its_words_stay_in_it(dataset: str, day: str) -> None:
    assert chart_rules.wrong_with_boxes(picture(dataset, day)) == []


@every_chart
def test_no_line_runs_through_a_box_and_each_touches_the_two_it_joins(dataset: str, day: str) -> None:
    assert chart_rules.wrong_with_lines(picture(dataset, day), ends_of(drawing(dataset, day))) == []


@every_chart
def test_no_text_lies_on_another_on_a_line_or_on_an_edge(dataset: str, day: str) -> None:
    assert chart_rules.wrong_with_texts(picture(dataset, day)) == []


@every_chart
def test_lines_share_no_place_and_no_end(dataset: str, day: str) -> None:
    seen = picture(dataset, day)
    assert (chart_rules.closest_ends(seen), chart_rules.together(seen)) == ([], 0.0)


@every_chart
def test_lines_cross_no_more_than_where_graphviz_draws_the_same(dataset: str, day: str) -> None:
    with warnings.catch_warnings():
        # Of a font that it measures differently.
        warnings.simplefilter("ignore")
        plain = plain_crossings(drawn(dataset, day)["dot"].decode())
    assert chart_rules.crossings(picture(dataset, day)) <= plain


@every_chart
def test_the_top_body_stands_over_the_middle_of_those_that_answer_to_it(dataset: str, day: str) -> None:
    assert chart_rules.off_the_middle(picture(dataset, day), drawing(dataset, day)) < 1


@pytest.mark.parametrize("bodies", range(5, 65, 3))
def test_so_does_that_of_any_partnership(bodies: int, engine: Graphviz) -> None:
    chart = governance(tree(bodies, seed=bodies))
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    assert chart_rules.off_the_middle(seen, chart) < 1
    assert chart_rules.out_of_order(seen, chart) == []


def middles_of(chart: Drawing, seen: Picture, *, joined: bool) -> list[float]:
    """The middle of each row to whose boxes lines lead, or lead none."""
    ends = {i for line in chart.lines for i in (line.from_id, line.to_id)}
    rows = [[box.id for box in row] for band in chart.bands for row in band.rows]
    found = []
    for row in (row for row in rows if bool(ends & {*row}) == joined):
        places = [seen.box(one).place for one in row]
        found.append((min(p.left for p in places) + max(p.right for p in places)) / 2)
    return found


def test_rows_to_which_no_line_leads_stand_in_the_middle() -> None:
    then = yaml.read(FOLDERS["dudley"]).as_of("arrangements-2019")
    for chart in (membership(then, "dscpg"), plan(then, "dspp-arrangements-priorities-2019")):
        middles = middles_of(chart, seen_of(chart), joined=False)
        assert len(middles) > 3
        assert max(middles) - min(middles) < 0.1
    chart, seen = drawing("dudley", "priorities-2024"), picture("dudley", "priorities-2024")
    (loose,) = middles_of(chart, seen, joined=False)
    ends = {i for line in chart.lines for i in (line.from_id, line.to_id)}
    rows = [
        [box.id for box in (*row, *band.supporting, *band.outside)]
        for band in chart.bands
        for row in band.rows
    ]
    held = [seen.box(one).place for row in rows if ends & {*row} for one in row]
    assert loose == pytest.approx((min(p.left for p in held) + max(p.right for p in held)) / 2, abs=0.1)


@every_chart
def test_boxes_with_the_same_lines_stand_as_the_drawing_has_them(dataset: str, day: str) -> None:
    assert chart_rules.out_of_order(picture(dataset, day), drawing(dataset, day)) == []


def test_a_top_body_that_stands_aside_is_noticed() -> None:
    chart, seen = drawing("dudley", "arrangements-2019"), picture("dudley", "arrangements-2019")
    aside = replace(seen.box("dudley-hwb"), id="dsppb")
    parts = [aside, *(part for part in seen.parts if part.id not in {"dsppb", "dudley-hwb"})]
    assert chart_rules.off_the_middle(replace(seen, parts=parts), chart) > 50


def test_where_nobody_answers_to_anybody_a_board_stands_over_those_that_it_agrees_with() -> None:
    chart = agreements(yaml.read(FOLDERS["dudley"]).as_of("arrangements-2019"))
    seen = seen_of(chart)
    others = [({line.from_id, line.to_id} - {"dsppb"}).pop() for line in chart.lines]
    assert sorted(others) == ["dudley-hwb", "safe-and-sound"]
    middles = [seen.box(one).place.centre[0] for one in others]
    assert seen.box("dsppb").place.centre[0] == pytest.approx(sum(middles) / 2, abs=1)


def test_the_officers_are_on_top_and_boards_outside_stand_beside_the_body_they_agree_with() -> None:
    seen = picture("dudley", "arrangements-2019")
    top = {box.kind for box in seen.boxes if seen.bands[0].place.holds(box.place)}
    assert (seen.bands[0].id, top) == ("Ultimately accountable", {"officer"})
    board = seen.box("dsppb").place
    outside = [box.place for box in seen.boxes if box.kind == "outside"]
    assert [place.centre[1] for place in outside] == pytest.approx([board.centre[1]] * 2, abs=0.1)
    assert sorted(place.centre[0] > board.centre[0] for place in outside) == [False, True]


# The legend


@every_chart
def test_the_legend_has_what_is_used_and_nothing_else(dataset: str, day: str) -> None:
    chart, seen = drawing(dataset, day), picture(dataset, day)
    used = {box.kind for box in seen.boxes} | {line.kind for line in seen.lines}
    used |= {"inferred-box"} if any(box.dashes for box in seen.boxes) else set()
    used |= {"inferred-line"} if not all(all(line.filled) for line in seen.lines) else set()
    assert {sample.kind for sample in seen.samples} == used
    assert len(seen.samples) == len(used)
    words = [text.words for part in seen.parts if part.sort == "text" for text in part.texts]
    assert {entry.text for entry in entries(chart)} == {sample.title for sample in seen.samples}
    assert {sample.title for sample in seen.samples} <= set(words)


@every_chart
def test_a_sample_in_the_legend_looks_like_what_it_stands_for(dataset: str, day: str) -> None:
    seen = picture(dataset, day)
    samples = {sample.kind: sample for sample in seen.samples}
    for line in seen.lines:
        sample = samples[line.kind]
        assert (sample.dashes, sample.pen, len(sample.heads)) == (line.dashes, line.pen, len(line.heads))
    if "inferred-line" in samples:
        assert samples["inferred-line"].filled == [False]


# The SVG


@every_chart
def test_every_part_of_the_svg_says_what_it_is(dataset: str, day: str) -> None:
    chart, seen = drawing(dataset, day), picture(dataset, day)
    assert [(b.id, b.kind, b.title) for b in seen.boxes] == [(b.id, b.kind, b.said) for b in chart.boxes]
    lines = [(" ".join(line.ids), line.kind, line.said) for line in chart.lines]
    assert sorted((line.id, line.kind, line.title) for line in seen.lines) == sorted(lines)
    assert [(b.id, b.kind, b.title) for b in seen.bands] == [(b.name, "tier", b.name) for b in chart.bands]
    legends = [(part.id, part.kind, part.title) for part in seen.parts if part.sort == "legend"]
    assert legends == [("legend", "legend", "Legend")]
    assert {part.sort for part in seen.parts} <= {"node", "edge", "band", "legend", "sample", "text"}


@every_chart
def test_the_svg_has_a_role_a_title_and_a_description_and_plain_names(dataset: str, day: str) -> None:
    chart, root = drawing(dataset, day), picture(dataset, day).root
    title, description = root[0], root[1]
    assert root.attrib["aria-label"] == chart.title
    assert (root.tag, root.attrib["role"], root.attrib["lang"]) == (f"{SVG}svg", "img", "en-GB")
    assert (title.tag, title.text) == (f"{SVG}title", chart.title)
    assert description.tag == f"{SVG}desc"
    counts = f"{len(chart.boxes)} boxes in {len(chart.bands)} band{'s' if len(chart.bands) > 1 else ''}"
    counts += f", joined by {len(chart.lines)} lines" if chart.lines else ""
    assert (description.text or "").startswith(f"{chart.subtitle}. {counts}. ")
    assert b"ns0:" not in drawn(dataset, day)["svg"]
    # One page can show it twice: nothing in it has a name that must be unique there.
    assert [element for element in root.iter() if "id" in element.attrib] == []
    families = {text.attrib["font-family"] for text in root.iter(f"{SVG}text")}
    assert families == {"Liberation Sans, Arial, Helvetica, sans-serif"}


def test_the_graph_in_the_svg_begins_with_what_lies_below() -> None:
    sorts = [part.sort for part in picture("starter", "founding").parts]
    assert sorts.index("edge") > max(i for i, sort in enumerate(sorts) if sort == "node")
    assert sorts.index("node") > max(i for i, sort in enumerate(sorts) if sort == "band")


# The other forms


def test_the_png_has_150_dots_per_inch() -> None:
    content, seen = drawn("starter", "founding")["png"], picture("starter", "founding")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    chunks = {}
    place = 8
    while place < len(content):
        size, name = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + size]
        assert (
            zlib.crc32(name + body) == struct.unpack(">I", content[place + 8 + size : place + 12 + size])[0]
        )
        chunks[name] = body
        place += 12 + size
    assert struct.unpack(">IIB", chunks[b"pHYs"]) == (5906, 5906, 1)  # 150 per inch, in metres
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert (width, height) == pytest.approx((seen.page.right * 150 / 72, seen.page.bottom * 150 / 72), abs=3)


@every_chart
def test_the_pdf_has_its_words_as_text_in_the_font_that_travels(dataset: str, day: str) -> None:
    page = pypdf.PdfReader(BytesIO(drawn(dataset, day)["pdf"]), strict=True).pages[0]
    lines = [" ".join(line.split()) for line in page.extract_text().splitlines()]
    for text in picture(dataset, day).texts:
        assert any(" ".join(text.words.split()) in line for line in lines), text.words
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert {str(font["/BaseFont"]).partition("+")[2].partition("-")[0] for font in fonts} == {
        "LiberationSans"
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


@every_chart
def test_graphviz_takes_the_dot_with_every_box_and_line(dataset: str, day: str) -> None:
    chart = drawing(dataset, day)
    graph = pygraphviz.AGraph(string=drawn(dataset, day)["dot"].decode())
    shown = {str(node) for node in graph.nodes() if node.attr["style"] != "invis"}
    assert shown == {box.id for box in chart.boxes}
    lines = [edge for edge in graph.edges() if edge.attr["style"] != "invis"]
    joined = sorted(sorted(map(str, edge)) for edge in lines)
    assert joined == sorted(sorted((line.from_id, line.to_id)) for line in chart.lines)
    graph.layout(prog="dot")
    assert all(node.attr["pos"] for node in graph.nodes())


def test_the_starter_in_words() -> None:
    assert drawn("starter", "founding")["txt"].decode() == GOLDEN


def test_a_picture_without_lines_is_well_formed() -> None:
    content = drawn("shropshire", "plan-2019")["svg"]
    assert ET.fromstring(content).tag == f"{SVG}svg"  # noqa: S314 - drawn by the test itself
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<svg ")
    assert content.endswith(b"</svg>\n")
