"""Charts of odd structures: drawn or refused, nothing overlaps, every name is whole and never markup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgmodel.charts import style
from orgmodel.charts.composition import compose
from orgmodel.charts.dot import wrapped
from orgmodel.charts.drawing import Band, Box, Drawing, Line
from orgmodel.charts.governance import governance
from orgmodel.charts.render import render
from orgmodel.charts.theme import DEFAULT
from orgmodel.errors import ChartError, shown
from tests import chart_rules, measuring
from tests.chart_strategies import ODD_NAMES, many, partnerships
from tests.charting import CHARTS, drawing, ends_of
from tests.measuring import SVG

if TYPE_CHECKING:
    from orgmodel.charts.composition import Placed
    from orgmodel.charts.drawing import BoxKind, LineKind
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.structure import Structure

DAY = "2020-01-01"


def _has_bodies(then: Structure) -> bool:
    bodies = [line for line in then.inward("partnership-1", "PART_OF") if line.certainty != "ambiguous"]
    return any(then.nodes[line.from_id].certainty != "ambiguous" for line in bodies)


def _chart(structure: Structure) -> Drawing:
    """The chart of a structure that has a body for it."""
    then = structure.as_of(DAY)
    assume(_has_bodies(then))
    return governance(then)


@many
@given(partnerships())
def test_whatever_the_structure_it_is_drawn_or_refused_and_nothing_overlaps(
    engine: Graphviz, structure: Structure
) -> None:
    then = structure.as_of(DAY)
    if not _has_bodies(then):
        with pytest.raises(ChartError) as caught:
            governance(then)
        name = shown(then.nodes["partnership-1"].name)
        assert str(caught.value) == f"{name} has no bodies on {DAY}: give another day"
        return
    chart = governance(then)
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    assert {box.id for box in seen.boxes} == {box.id for box in chart.boxes}
    assert len(seen.lines) == len(chart.lines)
    assert chart_rules.wrong_with_boxes(seen) == []
    assert chart_rules.wrong_with_lines(seen, ends_of(chart)) == []
    assert [found for found in chart_rules.wrong_with_bands(seen) if "leaves the page" not in found] == []


@many
@given(partnerships())
def test_crossings_are_weighed_as_they_are_seen(engine: Graphviz, structure: Structure) -> None:
    chart = _chart(structure)
    placed: Placed = {}
    compose(chart, engine, DEFAULT, placed)
    [(_, routes, _)] = placed.values()
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    # Two lines on one place are weighed as well: more than they cross.
    if not chart_rules.together(seen):
        assert routes.crossings() == chart_rules.crossings(seen)


@many
@given(partnerships(bodies=4))
def test_names_are_whole_in_the_svg_and_never_markup(engine: Graphviz, structure: Structure) -> None:
    chart = _chart(structure)
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    said = {box.id: box.title for box in seen.boxes}
    for box in chart.boxes:
        node = structure.nodes[box.id]
        assert said[box.id] == box.said
        assert said[box.id].startswith(node.name)
        assert node.short_name is None or f"({node.short_name})" in said[box.id]
    assert (seen.root[0].text, seen.root.tag) == (chart.title, f"{SVG}svg")
    tags = {element.tag.removeprefix(SVG) for element in seen.root.iter()}
    assert tags <= {"svg", "g", "title", "desc", "text", "path", "polygon", "polyline"}


@many
@given(partnerships(bodies=4))
def test_the_words_in_a_box_are_its_heading_and_details(engine: Graphviz, structure: Structure) -> None:
    chart = _chart(structure)
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    for box in chart.boxes:
        words = "".join(text.words for text in seen.box(box.id).texts)
        assert _plain(words) == _plain("".join((box.heading, *box.details)))


def _plain(text: str) -> str:
    """A text without spaces, and without what keeps Graphviz from reading a backslash."""
    return "".join(text.split()).replace("\\\N{WORD JOINER}", "\\")


@many
@given(partnerships())
def test_the_words_say_all_that_the_drawing_does(structure: Structure) -> None:
    _says_all(_chart(structure))


@pytest.mark.parametrize(("dataset", "day"), CHARTS)
def test_the_words_say_all_that_the_drawing_of_a_dataset_does(dataset: str, day: str) -> None:
    _says_all(drawing(dataset, day))


def _says_all(chart: Drawing) -> None:
    text = render(chart, ["txt"])["txt"].decode()
    words = "".join(text.split())
    everything = [chart.title, chart.subtitle, *chart.notes, *(text for _, text in chart.key)]
    everything += [band.name for band in chart.bands]
    everything += [
        words for box in chart.boxes for words in (box.heading, box.said, style.BOXES[box.kind].legend)
    ]
    everything += [line.said for line in chart.lines]
    everything += [f"(line {line.mark})" for line in chart.lines if line.mark]
    assert [said for said in everything if "".join(said.split()) not in words] == []
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", ODD_NAMES)
def test_each_odd_name_is_drawn_in_every_form(name: str, engine: Graphviz) -> None:
    boxes = tuple(Box(i, "body", name, (name,), name) for i in ("one", "two"))
    line = Line(("three",), "agreement-intended", "one", "two", name, mark="1")
    chart = Drawing("odd", name, name, (Band(name, (boxes,)),), (line,), (("1", name),), (name,))
    made = render(chart, ["svg", "png", "pdf", "dot", "txt"], engine)
    seen = measuring.read(made["svg"])
    assert {part.title for part in (*seen.boxes, *seen.lines, *seen.bands)} == {name}
    assert {seen.root[0].text} == {name}
    assert made["png"].startswith(b"\x89PNG")
    assert made["pdf"].startswith(b"%PDF")
    _says_all(chart)


def _boxes(*names: str, kind: BoxKind = "body") -> tuple[Box, ...]:
    return tuple(Box(name, kind, name, (), name) for name in names)


def _lines(kind: LineKind, *pairs: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line((f"{kind}-{one}-{two}",), kind, one, two, f"{one} to {two}") for one, two in pairs)


def _wrong(chart: Drawing, engine: Graphviz) -> list[object]:
    """What is wrong with the picture of a chart, and how near its lines come to each other."""
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    return [
        *chart_rules.wrong_with_bands(seen),
        *chart_rules.wrong_with_boxes(seen),
        *chart_rules.wrong_with_lines(seen, ends_of(chart)),
        *chart_rules.wrong_with_texts(seen),
        *chart_rules.closest_ends(seen),
        *([together] if (together := chart_rules.together(seen)) else []),
    ]


def test_where_graphviz_turns_a_row_round_lines_still_go_through_its_gaps(engine: Graphviz) -> None:
    upward = [("u", "a"), ("d", "a"), ("g", "top"), ("g", "f"), ("f", "d"), ("e", "c")]
    bands = (
        Band("Ultimately accountable", (_boxes("top", kind="officer"),)),
        Band("First", (), supporting=_boxes("a", "b", kind="support")),
        Band("Second", (_boxes("c", "d"), _boxes("e", "f"), _boxes("g")), _boxes("u", kind="support")),
    )
    lines = (*_lines("accountable", *upward), *_lines("supports", ("u", "c")))
    assert _wrong(Drawing("turned", "Turned", "Now", bands, lines), engine) == []


def test_a_box_grows_with_the_lines_at_it(engine: Graphviz) -> None:
    around = [f"group-{number}" for number in range(6)]
    bands = (Band("Above", (_boxes("hub"),)), Band("Below", (_boxes(*around),)))
    lines = [
        *_lines("accountable", *((group, "hub") for group in around)),
        *_lines("reports", *((group, "hub") for group in around)),
        *_lines("supports", *(("hub", group) for group in around)),
    ]
    assert _wrong(Drawing("hub", "Hub", "Now", bands, tuple(lines)), engine) == []


def test_a_large_partnership_is_drawn_without_a_slip(engine: Graphviz) -> None:
    rows = {
        "Strategic": [_boxes("executive")],
        "Delivery groups": [_boxes("children", "adults", "safety")],
        "Sub-groups": [
            _boxes("learning", "quality", "exploitation", "neglect"),
            _boxes("abuse", "training", "policy"),
        ],
        "Panels": [_boxes("practice", "review", "audit", "deaths")],
    }
    beside = {
        "Strategic": _boxes("health", "community", kind="outside"),
        "Delivery groups": _boxes("justice", kind="outside"),
    }
    units = {"Delivery groups": _boxes("unit", kind="support")}
    bands = [Band("Ultimately accountable", (_boxes("council", "police", "care", kind="officer"),))]
    bands += [
        Band(name, tuple(found), units.get(name, ()), beside.get(name, ())) for name, found in rows.items()
    ]
    groups = ("children", "adults", "safety")
    below = ("learning", "quality", "exploitation", "neglect", "abuse", "training", "policy")
    lines = [
        *_lines("accountable", *(("executive", officer) for officer in ("council", "police", "care"))),
        *_lines("accountable-reports", *((group, "executive") for group in groups)),
        *_lines("accountable", *((body, groups[i % 3]) for i, body in enumerate(below))),
        *_lines("accountable", ("practice", "learning"), ("review", "learning")),
        *_lines("reports", ("learning", "adults"), ("quality", "adults"), ("neglect", "safety")),
        *_lines("reports", *((body, "executive") for body in ("learning", "practice", "review"))),
        *_lines("reports", ("audit", "quality"), ("deaths", "children")),
        *_lines("supports", *(("unit", body) for body in ("executive", *groups))),
        *_lines("agreement-in-force", ("executive", "health"), ("safety", "community")),
        *_lines("agreement-intended", ("executive", "community")),
        *_lines("agreement-expired", ("executive", "community"), ("children", "justice")),
    ]
    numbered = [
        replace(line, mark=str(number)) if line.kind.startswith("agreement") else line
        for number, line in enumerate(lines)
    ]
    assert _wrong(Drawing("large", "A large partnership", "Now", tuple(bands), tuple(numbered)), engine) == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))), st.integers(1, 40))
def test_wrapping_loses_nothing_breaks_no_word_and_keeps_to_the_width(text: str, width: int) -> None:
    longest = max(map(len, text.split()), default=0)
    for even in (True, False):
        lines = wrapped(text, width, even=even)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert max(map(len, lines)) <= max(width, min(longest, 20))
        assert longest > 20 or " ".join(lines).split() == text.split()
    assert len(wrapped(text, width)) == len(wrapped(text, width, even=False))
