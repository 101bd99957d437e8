"""What charts say of what is concluded, doubtful, vacant or only partly drawn: never more than is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgmodel.charts.accountability import accountability
from orgmodel.charts.changes import changes
from orgmodel.charts.drawing import Drawing
from orgmodel.charts.governance import body_pages, governance
from orgmodel.charts.interlocks import interlocks
from orgmodel.charts.matrix import matrix
from orgmodel.charts.membership import membership
from orgmodel.charts.partner import partner
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from tests.charting import bands_of

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.charts.drawing import Box, Chart, Grid, Line, Notes
    from orgmodel.structure import Structure

DAY = "2020-01-01"
CONCLUDED = "certainty: inferred, basis: so"
DOUBTFUL = "certainty: ambiguous, basis: two readings"
DOUBT = f"""\
dataset: {{id: doubt, name: Doubt}}
sources: [{{id: terms, name: Terms, published: 2019}}, {{id: old, name: Old Terms, published: 2017}}]
partnerships: [{{id: whole, name: Whole, citations: [terms 1], tiers: [Top, Low]}}]
organisations:
  - {{id: council, name: Council, citations: [terms 1]}}
  - {{id: charity, name: Charity, citations: [terms 1]}}
posts:
  - {{id: chief, name: Chief Officer, post_in: {{to: council, {CONCLUDED}}}, citations: [terms 1]}}
  - {{id: nurse, name: Nurse, acts_for: {{to: chief, scope: care, {CONCLUDED}}}, citations: [terms 1]}}
people: [{{id: jane, name: Jane, citations: [terms 1]}}]
bodies:
  - id: board
    name: Board
    tier: Top
    part_of: whole
    citations: [terms 2]
    accountable_to: chief
    seats:
      - {{name: Independent Chair, role: chair, state: vacant}}
      - {{name: For the Charity, role: member, represents: charity, state: vacant}}
      - {{name: Adviser, role: adviser, represents: charity, {CONCLUDED}}}
      - {{name: Chief Nurse, role: member, filled_by: nurse}}
      - {{name: Nurse of the area, role: member, key: area, filled_by: nurse}}
      - {{name: Nurse, role: deputy, filled_by: {{to: nurse, {CONCLUDED}}}}}
      - {{name: Group, role: member, represents: group}}
      - {{name: Jane, role: member, filled_by: jane}}
  - {{id: group, name: Group, tier: Low, part_of: whole, citations: [terms 2], accountable_to: board,
     seats: [{{name: Charity, role: member, represents: charity}}]}}
  - {{id: other, name: Other Group, tier: Low, part_of: whole, citations: [terms 2], accountable_to: board}}
  - {{id: unit, name: Unit, kind: business-unit, tier: Low, part_of: whole, citations: [terms 2]}}
  - {{id: desk, name: Desk, kind: business-unit, part_of: whole, citations: [terms 2],
     supports: {{to: group, {DOUBTFUL}}}}}
  - {{id: office, name: Office, kind: business-unit, part_of: whole, citations: [terms 2],
     supports: [board, other]}}
  - {{id: maybe, name: Maybe, part_of: {{to: whole, {DOUBTFUL}}}, citations: [terms 2],
     seats: [{{name: Charity, role: member, represents: charity}}]}}
  - {{id: unclear, name: Unclear, part_of: whole, citations: [terms 2], {DOUBTFUL}, accountable_to: board,
     seats: [{{name: Charity, role: member, represents: charity}}]}}
  - {{id: away, name: Away, citations: [terms 2]}}
  - {{id: gone, name: Gone, tier: Low, part_of: whole, citations: [old 1], end_date: 2021-05-05}}
agreements:
  - {{id: ours, name: Ours, status: in-force, parties: [group, other], citations: [terms 3]}}
  - {{id: theirs, name: Theirs, status: in-force, parties: [board, group, away], citations: [terms 3]}}
  - {{id: whose, name: Whose, status: in-force, parties: [group, maybe], citations: [terms 3]}}
issues: [{{id: open, name: Open, kind: not-stated, concerns: away, citations: [terms 4]}}]
"""


@pytest.fixture
def known(here: Path) -> Structure:
    (here / "doubt.yaml").write_text(DOUBT, encoding="utf-8")
    return yaml.read(here / "doubt.yaml")


@pytest.fixture
def then(known: Structure) -> Structure:
    return known.as_of(DAY)


def box_of(chart: Chart, one: str) -> Box:
    return next(box for box in chart.boxes if box.id == one)


def said_of(chart: Grid, one: str) -> str:
    return next(row.said for group in chart.groups for row in group.rows if row.id == one)


def test_a_vacant_seat_is_said_to_be_vacant_on_every_chart(then: Structure) -> None:
    board = box_of(governance(then, members=True), "board")
    assert board.details == ("Chair: Independent Chair (vacant)",)
    assert "\N{BULLET} For the Charity (vacant)" in board.listed
    assert box_of(governance(then), "board").details == board.details
    place = box_of(partner(then, "charity"), "board")
    assert "Member: For the Charity (vacant)" in place.details
    assert "For the Charity (vacant))" in partner(then, "charity").lines[0].said
    assert said_of(matrix(then), "charity") == (
        "Charity: Board: member (vacant), adviser (concluded); Group: member"
    )


def test_a_concluded_seat_beside_a_stated_one_is_said_to_be_concluded(then: Structure) -> None:
    chart = partner(then, "charity")
    assert box_of(chart, "board").details == (
        "Adviser: Adviser (concluded, not stated)",
        "Member: For the Charity (vacant)",
    )
    line = chart.lines[0]
    assert (line.from_id, line.inferred) == ("board", False)
    assert line.said == (
        "Board has a seat for Charity (Adviser (concluded, not stated), For the Charity (vacant))"
    )
    cell = box_of(matrix(then), "charity board")
    assert (cell.heading, cell.inferred, cell.kind) == (
        "member (vacant), adviser (concluded)",
        False,
        "seat",
    )


def test_where_an_officer_is_and_for_whom_somebody_acts_is_said_to_be_concluded(then: Structure) -> None:
    officer = box_of(governance(then), "chief")
    assert officer.details == (
        "Council (concluded, not stated)",
        "Delegates care to Nurse (concluded, not stated)",
    )
    chart: Drawing = accountability(then, "group")
    route = "Group; then Board; then Chief Officer"
    acts = "Nurse acts on behalf of Chief Officer (concluded, not stated)"
    assert chart.key == (("1", f"{route}. {acts}"),)


def test_who_fills_a_seat_is_said_unless_it_is_stated_and_named_by_that(then: Structure) -> None:
    acts = "n behalf of Chief Officer (concluded, not stated)"
    seats = {box.heading: box.details for box in membership(then, "board").boxes}
    assert seats["Chief Nurse"] == (f"Filled by Nurse, o{acts}",)
    assert seats["Nurse of the area"] == (f"O{acts}",)
    assert seats["Nurse"] == (f"Filled by Nurse (concluded, not stated), o{acts}",)


def test_a_body_of_the_partnership_is_never_outside_it(then: Structure) -> None:
    whole, part = governance(then), governance(then, start="group")
    assert [box.id for box in whole.boxes if box.kind == "outside"] == ["away"]
    assert [box.id for box in part.boxes if box.kind == "outside"] == ["away"]
    assert [line.from_id for line in part.lines if line.mark] == ["group"]
    assert "not drawn: 1 of accountability, 2 of agreement." in " ".join(part.notes)
    assert "not drawn: 1 of accountability, 1 of agreement." in " ".join(whole.notes)


def test_agreements_of_what_is_above_are_not_on_the_page_of_a_body(then: Structure) -> None:
    pages = {page.name: page.chart for page in body_pages(then, None)}
    agreed = {name: [(one.from_id, one.to_id) for one in lines_of(chart)] for name, chart in pages.items()}
    assert agreed["group"] == [("group", "away")]
    assert agreed["board"] == [("group", "other"), ("board", "away"), ("group", "away")]


def test_no_page_of_a_body_says_that_nobody_stays_accountable_where_somebody_does(here: Path) -> None:
    text = (
        "dataset: {id: small, name: Small}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
        "partnerships: [{id: whole, name: Whole, citations: [terms 1]}]\n"
        "posts: [{id: chief, name: Chief, citations: [terms 1]}]\nbodies:\n"
        "  - {id: top, name: Top, part_of: whole, citations: [terms 1], accountable_to: chief}\n"
        "  - {id: low, name: Low, part_of: whole, citations: [terms 1], accountable_to: top}\n"
    )
    (here / "small.yaml").write_text(text, encoding="utf-8")
    nobody = "No post or organisation is known on this day that stays ultimately accountable."
    pages = body_pages(yaml.read(here / "small.yaml").as_of("2020"), None)
    saying = {page.name: nobody in page.chart.notes for page in pages}
    assert saying == {"": False, "top": False, "low": False}
    (here / "small.yaml").write_text(text.replace(", accountable_to: chief", ""), encoding="utf-8")
    assert nobody in governance(yaml.read(here / "small.yaml").as_of("2020")).notes


def lines_of(chart: Chart | Notes) -> list[Line]:
    """The lines of agreements."""
    return [line for line in chart.lines if line.mark] if isinstance(chart, Drawing) else []


def test_a_unit_stands_in_its_own_tier_or_in_none(then: Structure) -> None:
    chart = governance(then)
    bands = bands_of(chart)
    assert [name for name, ids in bands.items() if "unit" in ids] == ["Low"]
    assert [name for name, ids in bands.items() if "desk" in ids] == ["Tier not stated"]
    assert [name for name, ids in bands.items() if "office" in ids] == ["Low"]
    assert "Office stands beside what it supports: no tier is stated of it." in chart.notes
    # That it supports the group can be read in two ways.
    assert "desk" not in {box.id for box in governance(then, start="group").boxes}


def test_what_can_be_read_in_two_ways_is_counted_where_it_would_stand(then: Structure) -> None:
    assert "Left out: 3 facts that can be read in two ways." in governance(then).notes
    notes = governance(then, start="other").notes
    assert not [note for note in notes if note.startswith("Left out")]
    assert [column.name for column in matrix(then).columns] == ["Board", "Group"]
    assert "Left out: 2 facts that can be read in two ways." in matrix(then).notes
    tied = interlocks(then, "whole")
    assert [(line.from_id, line.to_id) for line in tied.lines] == [("board", "group")]
    for make in (accountability, membership):
        with pytest.raises(ChartError) as caught:
            make(then, "unclear")
        said = f"'Unclear' can be read in two ways on {DAY}: no chart is about such"
        assert str(caught.value) == said


def test_every_seat_is_in_the_matrix_or_counted(then: Structure) -> None:
    by_organisation = "1 organisation or sector with 3 seats. Not in the grid: 6 seats for no organisation."
    assert by_organisation in matrix(then).notes
    by_post = "1 post with 3 seats. Not in the grid: 6 seats that no post is said to fill."
    assert by_post in matrix(then, by="post").notes


def test_open_questions_about_boards_outside_count_too(then: Structure) -> None:
    said = "Questions about what is shown: 1 not answered by the sources; the dataset lists them."
    assert said in governance(then).notes


def test_the_sources_of_what_ended_are_named(known: Structure) -> None:
    chart = changes(known, "2020", "2022")
    assert box_of(chart, "gone").change == "ended"
    assert "Sources: Old Terms (2017); Terms (2019)." in chart.notes
