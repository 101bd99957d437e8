"""Charts of membership, accountability, partners, agreements and plans: what they show, and measured."""

# ruff: noqa: E501 - a line of a dataset reads best as one
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from orgmodel.charts.accountability import MOST, accountability
from orgmodel.charts.agreements import agreements
from orgmodel.charts.drawing import Drawing, Grid
from orgmodel.charts.membership import membership
from orgmodel.charts.partner import MOST_LINES, partner
from orgmodel.charts.plan import plan
from orgmodel.charts.render import render
from orgmodel.charts.words import in_words
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from orgmodel.structure import Structure
from tests import chart_rules, measuring
from tests.chart_strategies import many, partnerships
from tests.charting import CHARTS, FOLDERS, bands_of, ends_of, lines_of
from tests.datasets import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz

DAY = "2020-01-01"
RIVER = """\
dataset:
  id: river
  name: River
  disclaimer: Made up.
  editions: [{id: start, date: 2020-01-01, name: The start}]
sources:
  - {id: terms, name: Terms, published: 2019-05-01}
  - {id: site, name: Site, not_before: 2018-02, note: It names the board}
partnerships: [{id: river, name: River Partnership, tiers: [Top], citations: [terms 1]}]
organisations:
  - {id: council, name: Council, citations: [terms 2]}
  - {id: police, name: Police, citations: [terms 2]}
  - {id: charities, name: Charities, kind: sector, citations: [terms 2]}
posts:
  - {id: chief, name: Chief Executive, post_in: council, citations: [terms 2]}
  - {id: director, name: Director, post_in: council, citations: [terms 2],
     acts_for: {to: chief, scope: "safeguarding: not money"}}
  - {id: constable, name: Chief Constable, post_in: police, citations: [terms 2]}
bodies:
  - id: board
    name: Board
    short_name: RB
    part_of: river
    citations: [terms 3]
    accountable_to: [{to: chief}, {to: constable, certainty: inferred, basis: so}]
    seats:
      - {name: Chair, role: chair, category: Independent, state: vacant}
      - name: Director for the Council
        role: member
        category: Statutory
        represents: council
        filled_by: director
      - {name: Police, role: member, category: Statutory, represents: police, places: 2}
      - {name: Charities, role: member, represents: charities, certainty: inferred, basis: so}
      - {name: Solicitor, role: adviser, category: Relevant}
      - {name: Clerk, role: in-attendance}
      - {name: Either, role: deputy, represents: council, certainty: ambiguous, basis: may be two}
  - id: group
    name: Group
    part_of: river
    citations: [terms 4]
    accountable_to: [{to: board}, {to: panel}]
  - {id: panel, name: Panel, part_of: river, citations: [terms 5], accountable_to: board}
  - {id: forum, name: Forum, part_of: river, citations: [site 1]}
  - {id: health, name: Health Board, citations: [terms 6]}
agreements:
  - {id: deal, name: Deal, status: in-force, signed_date: 2019-03, review_date: 2021-04-30,
     parties: [board, health, {from: police, certainty: inferred, basis: so}], citations: [terms 7]}
  - {id: hope, name: Hope, status: intended, parties: [health, {from: group, certainty: inferred, basis: so}],
     citations: [terms 8]}
  - {id: alone, name: Alone, status: expired, parties: [board], citations: [terms 9]}
  - {id: pact, name: Pact, status: in-force, signed_date: 2019-04-02, review_date: 2021, parties: [board, police],
     citations: [terms 9]}
plans:
  - id: plan
    name: Plan
    citations: [terms 10]
    priorities:
      - {id: second, name: Second, number: "2", led_by: {from: group, certainty: inferred, basis: so}}
      - id: first
        name: First
        number: "1"
        objectives: [{id: goal, name: Goal, led_by: board}, {id: other, name: Other goal}]
      - {id: calm, name: Calm, kind: principle}
  - {id: empty, name: Empty, citations: [terms 11]}
"""


@pytest.fixture
def river(here: Path) -> Structure:
    return yaml.read(write(here, {"river.yaml": RIVER}) / "river.yaml").as_of(DAY)


def boxes_of(chart: Drawing) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [(box.heading, box.kind, box.details, box.inferred) for box in chart.boxes]


# What they show


def test_membership(river: Structure) -> None:
    chart = membership(river, "RB")
    assert (chart.title, chart.subtitle) == ("Board: membership", "The start; as of 1 January 2020")
    assert {band.name: [box.heading for box in band.boxes] for band in chart.bands} == {
        "Chair": ["Chair"],
        "Relevant": ["Solicitor"],
        "Statutory": ["Director for the Council", "Police"],
        "Category not stated": ["Charities"],
        "In attendance": ["Clerk"],
    }
    assert boxes_of(chart) == [
        ("Chair", "vacant-seat", ("Independent", "Vacant"), False),
        ("Solicitor", "seat", ("Adviser",), False),
        (
            "Director for the Council",
            "seat",
            ("Speaks for Council", "On behalf of Chief Executive"),
            False,
        ),
        ("Police", "seat", ("2 places",), False),
        ("Charities", "seat", (), True),
        ("Clerk", "seat", (), False),
    ]
    assert chart.notes == (
        "Sources: Terms (2019).",
        "Last named by a source: in 2019 RB.",
        "6 seats, 1 of them vacant.",
        "Left out: 2 facts that can be read in two ways.",
        "Made up.",
        "Drawn with orgmodel from the dataset River.",
    )
    assert chart.lines == ()


def test_accountability(river: Structure) -> None:
    chart = accountability(river, "group")
    assert bands_of(chart) == {
        "Ultimately accountable": ["constable", "chief"],
        "2 steps up": ["board"],
        "1 step up": ["panel"],
        "Begins here": ["group"],
    }
    assert lines_of(chart) == [
        ("accountable", "group", "board", False),
        ("accountable", "group", "panel", False),
        ("accountable", "panel", "board", False),
        ("accountable", "board", "constable", True),
        ("accountable", "board", "chief", False),
    ]
    assert chart.key == (
        ("1", "Group; then RB; then Chief Constable"),
        ("2", "Group; then RB; then Chief Executive. Director acts on behalf of Chief Executive"),
        ("3", "Group; then Panel; then RB; then Chief Constable"),
        ("4", "Group; then Panel; then RB; then Chief Executive. Director acts on behalf of Chief Executive"),
    )
    (chief,) = [box for box in chart.boxes if box.id == "chief"]
    assert chief.details == ("Council", "Delegates safeguarding to Director", "Routes 2, 4")
    # What can be read in two ways on the board is no part of this chart.
    assert chart.notes == (
        "Sources: Terms (2019).",
        "Last named by a source: in 2019 RB, Group, Panel.",
        "Made up.",
        "Drawn with orgmodel from the dataset River.",
    )


def test_agreements(river: Structure, engine: Graphviz) -> None:
    chart = agreements(river)
    assert wrong_with(chart, engine) == []
    assert bands_of(chart) == {
        "Agreements of three or more": ["deal"],
        "River Partnership": ["board", "group"],
        "Partnership not stated": ["health"],
        "Organisations": ["police"],
    }
    assert [(*line, one.mark) for line, one in zip(lines_of(chart), chart.lines, strict=True)] == [
        ("agreement-in-force", "board", "deal", False, ""),
        ("agreement-in-force", "health", "deal", False, ""),
        ("agreement-in-force", "police", "deal", True, ""),
        ("agreement-intended", "group", "health", True, "1"),
        ("agreement-in-force", "board", "police", False, "2"),
    ]
    assert boxes_of(chart)[0] == (
        "Deal",
        "agreement",
        ("In force", "Signed March 2019", "Due for review 30 April 2021"),
        False,
    )
    assert chart.boxes[0].said == (
        "Deal; in force; signed March 2019; due for review 30 April 2021; 3 parties"
    )
    assert chart.lines[0].said == "RB is party to Deal, in force"
    assert chart.key == (
        ("1", "Hope: intended, not said to be in force"),
        ("2", "Pact: in force; signed 2 April 2019; due for review 2021"),
    )
    assert "Not drawn, for want of two parties that can be read in one way only: Alone." in chart.notes
    assert agreements(river, "river").lines == chart.lines


def test_a_partner(river: Structure) -> None:
    chart = partner(river, "council")
    assert bands_of(chart) == {
        "Organisation": ["council"],
        "Its parts and posts": ["director"],
        "Where it sits": ["board"],
    }
    assert lines_of(chart) == [
        ("part-of", "director", "council", False),
        ("seat", "board", "director", False),
    ]
    assert boxes_of(chart) == [
        ("Council", "organisation", (), False),
        ("Director", "post", (), False),
        ("Board (RB)", "body", ("Member: Director for the Council",), False),
    ]
    assert "1 seat in 1 place." in chart.notes
    (charities,) = partner(river, "charities").lines
    assert (charities.from_id, charities.to_id, charities.inferred) == ("board", "charities", True)
    assert charities.said == "RB has a seat for Charities (Charities); concluded, not stated"


WIDE = """\
dataset: {id: wide, name: Wide}
sources: [{id: terms, name: Terms, published: 2019-05-01}]
partnerships:
  - {id: hills, name: Hills, citations: [terms 1], seats: [{name: Council, role: member, represents: council}]}
  - {id: dales, name: Dales, citations: [terms 1]}
organisations:
  - {id: council, name: Council of All, short_name: CA, citations: [terms 2]}
  - {id: works, name: Works, citations: [terms 2], part_of: {to: council, certainty: inferred, basis: so}}
posts:
  - {id: engineer, name: Engineer, post_in: works, citations: [terms 2]}
  - {id: idle, name: Idle, post_in: council, citations: [terms 2]}
bodies:
  - {id: panel, name: Panel, part_of: dales, citations: [terms 3],
     seats: [{name: Chair, role: chair, represents: council, filled_by: engineer},
             {name: Other, role: member, represents: works},
             {name: More, key: more, role: member, represents: works, certainty: inferred, basis: so},
             {name: Late, role: deputy, represents: council, state: vacant}]}
  - {id: over, name: Over, part_of: {to: dales, certainty: inferred, basis: so}, citations: [terms 3]}
  - {id: deep, name: Deep, part_of: over, citations: [terms 3],
     seats: [{name: Council, role: member, represents: council}]}
  - {id: loose, name: Loose, citations: [terms 4],
     seats: [{name: Perhaps, role: member, represents: council, certainty: inferred, basis: so}]}
"""


def wide(folder: Path, more: int) -> Chart:
    """The chart of a partner with so many seats besides those in `WIDE`, each with a body of its own."""
    rest = "".join(
        f"  - {{id: group-{number:02}, name: Group {number:02}, part_of: hills, citations: [terms 5],\n"
        f"     seats: [{{name: Council, role: member, represents: council}}]}}\n"
        for number in range(more)
    )
    folder = write(folder, {"wide.yaml": WIDE + rest})
    return partner(yaml.read(folder / "wide.yaml").as_of(DAY), "council")


def test_a_partner_with_too_many_places_to_be_drawn_with_lines_has_a_grid(here: Path) -> None:
    drawn = wide(here, MOST_LINES - 8)
    assert isinstance(drawn, Drawing)
    assert len(drawn.lines) == MOST_LINES
    grid = wide(here, MOST_LINES - 7)
    assert isinstance(grid, Grid)
    assert (grid.id, grid.title, grid.subtitle) == (drawn.id, drawn.title, drawn.subtitle)
    assert [(column.heading, column.name) for column in grid.columns] == [
        ("CA", "Council of All"),
        ("Engineer", "Engineer"),
        ("Works", "Works"),
    ]
    rows = {row.id: (group.name, row) for group in grid.groups for row in group.rows}
    groups = [f"group-{number:02}" for number in range(MOST_LINES - 7)]
    assert [*rows] == ["deep", "panel", *groups, "hills", "loose"]
    assert {one: group for one, (group, _) in rows.items()} == {
        "deep": "Dales",
        "panel": "Dales",
        **dict.fromkeys([*groups, "hills"], "Hills"),
        "loose": "Partnership not stated",
    }
    marks = {
        (one, mark.start): (mark.box.heading, mark.box.kind, mark.box.inferred)
        for one, (_, row) in rows.items()
        for mark in row.marks
    }
    assert marks == {
        ("panel", 0): ("deputy (vacant)", "vacant-seat", False),
        ("panel", 1): ("chair", "chair", False),
        ("panel", 2): ("member \N{MULTIPLICATION SIGN} 2 (1 concluded)", "seat", False),
        ("loose", 0): ("member", "seat", True),
        **{(one, 0): ("member", "seat", False) for one in ["deep", *groups, "hills"]},
    }
    assert rows["panel"][1].said == (
        "Panel: CA: deputy (vacant); Engineer: chair; Works: member \N{MULTIPLICATION SIGN} 2 (1 concluded)"
    )
    # It is part of a body that is only concluded to be part of the partnership.
    assert rows["deep"][1].heading == "Deep (its partnership is concluded, not stated)"
    assert rows["loose"][1].said == "Loose: CA: member (concluded, not stated)"
    assert f"{MOST_LINES} seats in {MOST_LINES - 3} places." in grid.notes
    inside = "Of its parts and posts: Engineer in Works; Works in CA (concluded, not stated)."
    assert inside in grid.notes
    assert grid.notes == (*drawn.notes[:1], *grid.notes[1:-1], drawn.notes[-1])


def test_a_plan(river: Structure) -> None:
    chart = plan(river, "plan")
    assert bands_of(chart) == {"Priorities": ["first", "second"], "Principles": ["calm"]}
    assert chart.boxes[0].listed == ("\N{BULLET} Goal (RB leads)", "\N{BULLET} Other goal")
    assert chart.boxes[0].said == "First; Goal (RB leads); Other goal"
    assert boxes_of(chart) == [
        ("First", "priority", (), False),
        ("Second", "priority", ("Led by Group (concluded, not stated)",), False),
        ("Calm", "priority", (), False),
    ]
    assert "2 priorities, 1 principle, 2 objectives; who leads is not stated for 1 of these 3." in chart.notes


def test_what_cannot_be_drawn_is_said(river: Structure) -> None:
    nothing = Structure.of(river.datasets, (), ()).as_of(DAY)
    nothing_there = Structure.of(river.datasets, river.labelled("Organisation"), ()).as_of(DAY)
    for make, said in (
        (lambda: membership(river, "group"), f"'Group' has no stated seats on {DAY}: give another day"),
        (
            lambda: accountability(river, "forum"),
            f"'Forum' has no stated lines of accountability on {DAY}: give another day",
        ),
        (
            lambda: partner(nothing_there, "council"),
            f"'Council' has no stated seats on {DAY}: give another day",
        ),
        (lambda: plan(river, "empty"), f"'Empty' has no stated priorities on {DAY}: give another day"),
        (
            lambda: agreements(nothing),
            f"no agreement between two parties is known on {DAY}: give another day",
        ),
    ):
        with pytest.raises(ChartError) as caught:
            make()
        assert str(caught.value) == said


DOUBTFUL = """\
dataset: {id: doubt, name: Doubt}
sources: [{id: terms, name: Terms, published: 2019}]
partnerships: [{id: doubt, name: Doubt, citations: [terms 1]}]
organisations: [{id: police, name: Police, citations: [terms 1]}]
bodies:
  - {id: board, name: Board, citations: [terms 1]}
  - id: group
    name: Group
    citations: [terms 1]
    accountable_to: {to: board, certainty: ambiguous, basis: may be another}
    seats: [{name: Police, role: member, represents: police, certainty: ambiguous, basis: may be two}]
  - {id: panel, name: Panel, citations: [terms 1], accountable_to: group}
agreements:
  - {id: deal, name: Deal, status: in-force, certainty: ambiguous, basis: so, parties: [board, group], citations: [terms 2]}
plans:
  - {id: plan, name: Plan, citations: [terms 3], priorities: [{id: aim, name: Aim, certainty: ambiguous, basis: so}]}
"""


def test_what_is_stated_but_can_be_read_in_two_ways_is_not_said_to_be_missing(here: Path) -> None:
    structure = yaml.read(write(here, {"doubt.yaml": DOUBTFUL}) / "doubt.yaml").as_of(DAY)
    for make, one, name, what in (
        (membership, "group", "Group", "seats"),
        (accountability, "group", "Group", "lines of accountability"),
        (partner, "police", "Police", "seats"),
        (plan, "plan", "Plan", "priorities"),
    ):
        with pytest.raises(ChartError) as caught:
            make(structure, one)
        said = f"'{name}' has only {what} on {DAY} that can be read in two ways, which charts leave out"
        assert str(caught.value) == said
    with pytest.raises(ChartError) as caught:
        agreements(structure)
    said = f"no agreement between two parties is known on {DAY}: those known can be read in two ways"
    assert str(caught.value) == said
    assert "To whom it is accountable is not drawn: Group." in accountability(structure, "panel").notes


@pytest.mark.parametrize(
    ("words", "make"),
    [
        (("membership", "RB"), lambda then: membership(then, "board")),
        (("accountability", "Group"), lambda then: accountability(then, "group")),
        (("partner", "Council"), lambda then: partner(then, "council")),
        (("agreements",), agreements),
        (("agreements", "--partnership", "River Partnership"), lambda then: agreements(then, "river")),
        (("plan", "Plan"), lambda then: plan(then, "plan")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_as_a_command_it_is_said_in_words(
    words: tuple[str, ...],
    make: Callable[[Structure], Drawing],
    river: Structure,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["chart", *words, "-g", "river.yaml", "--as-of", DAY])
    printed = capsys.readouterr()
    assert (left.value.code, printed.out, printed.err) == (0, in_words(make(river)), "")


def test_as_a_command_what_cannot_be_drawn_is_one_line(
    river: Structure, capsys: pytest.CaptureFixture[str]
) -> None:
    assert river
    with pytest.raises(SystemExit) as left:
        main(["chart", "membership", "Group", "-g", "river.yaml", "--as-of", DAY, "-o", "seats.svg"])
    said = f"orgmodel: 'Group' has no stated seats on {DAY}: give another day\n"
    assert (left.value.code, *capsys.readouterr()) == (1, "", said)
    assert not Path("seats.svg").exists()


def test_of_many_routes_the_first_are_numbered_and_that_there_are_more_is_said(here: Path) -> None:
    layers = "".join(
        f"  - {{id: {side}{layer}, name: {side} {layer}, citations: [terms 1], accountable_to: "
        + (f"[left{layer + 1}, right{layer + 1}]" if layer < 5 else "chief")
        + "}\n"
        for layer in range(6)
        for side in ("left", "right")
    )
    text = (
        "dataset: {id: many, name: Many}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
        f"posts: [{{id: chief, name: Chief, citations: [terms 1]}}]\nbodies:\n{layers}"
    )
    chart = accountability(yaml.read(write(here, {"many.yaml": text}) / "many.yaml").as_of(DAY), "left0")
    assert len(chart.key) == MOST
    assert f"There are more routes than the first {MOST}, which are numbered." in chart.notes


def test_a_circle_has_no_route_and_is_drawn(here: Path, engine: Graphviz) -> None:
    text = (
        "dataset: {id: round, name: Round}\nsources: [{id: terms, name: Terms, published: 2019}]\nbodies:\n"
        "  - {id: a, name: A, citations: [terms 1], accountable_to: [a, b]}\n"
        "  - {id: b, name: B, citations: [terms 1], accountable_to: c}\n"
        "  - {id: c, name: C, citations: [terms 1], accountable_to: a}\n"
    )
    chart = accountability(yaml.read(write(here, {"round.yaml": text}) / "round.yaml").as_of(DAY), "a")
    assert chart.key == ()
    assert "No route leads to anybody who stays accountable: they only go round." in chart.notes
    assert wrong_with(chart, engine) == []


# Measured


def wrong_with(chart: Chart, engine: Graphviz) -> list[str]:
    """What is wrong with the picture of a chart."""
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    assert {box.id for box in seen.boxes} == {box.id for box in chart.boxes}
    return [
        *chart_rules.wrong_with_bands(seen),
        *chart_rules.wrong_with_boxes(seen),
        *chart_rules.wrong_with_lines(seen, ends_of(chart)),
        *chart_rules.wrong_with_texts(seen),
        *(f"{one} stands after {two}" for one, two in chart_rules.out_of_order(seen, chart)),
    ]


def charts_of(structure: Structure) -> Iterator[Drawing]:
    """Every chart of a body or plan there is, that of agreements, and of partners with parts or posts."""
    for make, labels in (
        (membership, ("Body", "Partnership")),
        (accountability, ("Body",)),
        (plan, ("Plan",)),
    ):
        for node in (node for label in labels for node in structure.labelled(label)):
            try:
                yield make(structure, node.id)
            except ChartError:
                continue
    wholes = [
        line.to_id
        for line in structure.relationships.values()
        if line.term in {"PART_OF", "POST_IN"} and structure.nodes[line.to_id].term == "Organisation"
    ]
    for one in dict.fromkeys(sorted(wholes)):
        try:
            yield partner(structure, one)
        except ChartError:
            continue
    try:
        yield agreements(structure)
    except ChartError:
        return


@pytest.mark.parametrize(("dataset", "day"), CHARTS)
def test_every_chart_of_the_bundled_datasets_keeps_the_rules(
    dataset: str, day: str, engine: Graphviz
) -> None:
    charts = [*charts_of(yaml.read(FOLDERS[dataset]).as_of(day))]
    assert charts
    assert {chart.id: wrong for chart in charts if (wrong := wrong_with(chart, engine))} == {}


@settings(many, max_examples=25)
@given(partnerships(bodies=12))
def test_of_odd_structures_no_box_overlaps_another_and_no_line_runs_through_one(
    engine: Graphviz, structure: Structure
) -> None:
    for chart in [*charts_of(structure.as_of(DAY))][:4]:
        seen = measuring.read(render(chart, ["svg"], engine)["svg"])
        assert chart_rules.wrong_with_boxes(seen) == []
        assert chart_rules.wrong_with_lines(seen, ends_of(chart)) == []


def test_what_is_concluded_has_a_dashed_edge_and_nothing_else_has(river: Structure, engine: Graphviz) -> None:
    chart = membership(river, "board")
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    dashed = {box.id for box in seen.boxes if box.dashes}
    assert dashed == {box.id for box in chart.boxes if box.inferred}
    assert len(dashed) == 1
