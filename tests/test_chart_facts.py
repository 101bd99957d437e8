"""What a governance chart shows of the facts, how sure they are, and what it leaves out and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgmodel.charts.governance import governance
from orgmodel.charts.render import FORMS, render
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError, NameNotFoundError
from orgmodel.session import open_source
from tests import chart_rules
from tests.charting import bands_of, chart_of, lines_of, seen_of, with_lines
from tests.datasets import BASE, findings, write

if TYPE_CHECKING:
    from pathlib import Path


SURE = "citations: [terms 2]"
INFERRED = "certainty: inferred, basis: read between the lines, citations: [terms 2]"
AMBIGUOUS = "certainty: ambiguous, basis: two readings, citations: [terms 2]"


# How sure


def test_a_stated_line_has_a_full_arrowhead_and_a_concluded_one_an_open_one(here: Path) -> None:
    chart = chart_of(
        here,
        with_lines(group=f"accountable_to: {{to: board, {SURE}}}, reports_to: {{to: board, {INFERRED}}}"),
    )
    assert lines_of(chart) == [
        ("accountable", "group", "board", False),
        ("reports", "group", "board", True),
    ]
    heads = {line.kind: line.filled for line in seen_of(chart).lines}
    assert heads == {"accountable": [True], "reports": [False]}
    assert [line.said for line in chart.lines] == [
        "The Group is accountable to The Board",
        "The Group reports to The Board; concluded, not stated",
    ]


def test_both_heads_of_a_concluded_double_line_are_open(here: Path) -> None:
    both = f"accountable_to: {{to: board, {INFERRED}}}, reports_to: {{to: board, {INFERRED}}}"
    chart = chart_of(here, with_lines(group=both))
    assert lines_of(chart) == [("accountable-reports", "group", "board", True)]
    assert [line.filled for line in seen_of(chart).lines] == [[False, False]]


def test_a_concluded_body_has_a_dashed_edge(here: Path) -> None:
    text = with_lines().replace("name: The Group,", "name: The Group, certainty: inferred, basis: implied,")
    chart = chart_of(here, text)
    assert {box.id: box.inferred for box in chart.boxes} == {"board": False, "group": True}
    seen = seen_of(chart)
    assert (seen.box("board").dashes, seen.box("group").dashes) == (None, "5,2")
    assert seen.box("group").title == "The Group; concluded, not stated"
    assert {sample.kind for sample in seen.samples} == {"body", "inferred-box"}


def test_ambiguous_facts_are_left_out_and_counted(here: Path) -> None:
    text = with_lines(
        group=f"accountable_to: [{{to: board, {AMBIGUOUS}}}, {{to: officer, {AMBIGUOUS}}}], "
        f"reports_to: {{to: board, {SURE}}}"
    )
    text += f"""\
  - {{id: ghost, name: Ghost, {AMBIGUOUS.replace("terms 2", "terms 1")}, part_of: partnership}}
posts:
  - {{id: officer, name: Officer, citations: [terms 1]}}
"""
    chart = chart_of(here, text)
    assert bands_of(chart) == {"Top": ["board"], "Lower": ["group"]}
    assert lines_of(chart) == [("reports", "group", "board", False)]
    left_out = [note for note in chart.notes if note.startswith("Left out")]
    assert left_out == [
        f"Left out: {len({'to board', 'to officer', 'ghost'})} facts that can be read in two ways."
    ]


def test_one_ambiguous_fact_is_one_fact(here: Path) -> None:
    chart = chart_of(here, with_lines(group=f"reports_to: {{to: board, {AMBIGUOUS}}}"))
    assert chart.lines == ()
    assert "Left out: 1 fact that can be read in two ways." in chart.notes


def test_a_stated_report_among_several_makes_the_line_sure(here: Path) -> None:
    risks = f"{{to: board, subject: risks, {SURE}}}"
    money = f"{{to: board, subject: money, key: two, {INFERRED}}}"
    chart = chart_of(here, with_lines(group=f"reports_to: [{risks}, {money}]"))
    assert [(line.kind, len(line.ids), line.inferred) for line in chart.lines] == [("reports", 2, False)]
    assert sorted(chart.lines[0].said.partition(" (")[2].rstrip(")").split("; ")) == ["money", "risks"]


# Who is shown


def test_nobody_is_named(here: Path) -> None:
    text = (
        with_lines("accountable_to: chief")
        + """\
    seats:
      - {id: chair-seat, name: Chair, role: chair, filled_by: [chair, jane], citations: [terms 1]}
people:
  - {id: jane, name: Jane Chairperson, citations: [terms 1]}
  - {id: john, name: John Executive, citations: [terms 1]}
posts:
  - {id: chair, name: Independent Chair, held_by: jane, citations: [terms 1]}
  - {id: chief, name: Chief Executive, held_by: john, citations: [terms 1]}
"""
    )
    text = text.replace(", part_of: partnership}\n    seats", "\n    part_of: partnership\n    seats")
    text = text.replace(
        "  - {id: group, name: The Group, tier: Lower, citations: [terms 1]\n",
        "  - id: group\n    name: The Group\n    tier: Lower\n    citations: [terms 1]\n",
    )
    chart = chart_of(here, text)
    assert {box.id: box.details for box in chart.boxes}["group"] == ("Chair: Independent Chair",)
    assert bands_of(chart)["Ultimately accountable"] == ["chief"]
    made = render(chart, FORMS)
    for form in ("svg", "dot", "txt"):
        assert not {"Jane", "John"} & set(made[form].decode().replace("<", " ").replace(">", " ").split())


def test_a_body_of_no_tier_stands_below_in_a_band_that_says_so(here: Path) -> None:
    chart = chart_of(here, with_lines().replace("tier: Top, ", ""))
    assert bands_of(chart) == {"Lower": ["group"], "Tier not stated": ["board"]}


def test_a_tier_that_is_called_as_that_band_is_one_band(here: Path) -> None:
    base = BASE.replace("[Top, Lower]", "[Tier not stated, Lower]")
    text = with_lines().replace("tier: Top", "tier: Tier not stated")
    structure = yaml.read(write(here, {"base.yaml": base, "more.yaml": text}))
    bands = governance(structure.as_of("2020")).bands
    assert [(band.name, len(band.boxes)) for band in bands] == [("Tier not stated", 1), ("Lower", 1)]


def test_a_body_below_another_of_its_tier_stands_below_it(here: Path) -> None:
    text = with_lines(group="accountable_to: board").replace("tier: Lower", "tier: Top")
    seen = seen_of(chart_of(here, text))
    assert len(seen.bands) == 1
    assert seen.box("board").place.bottom < seen.box("group").place.top


def test_bodies_accountable_in_a_circle_are_drawn(here: Path) -> None:
    chart = chart_of(here, with_lines("accountable_to: group", "accountable_to: board"))
    assert [line[1:3] for line in lines_of(chart)] == [("board", "group"), ("group", "board")]
    seen = seen_of(chart)
    assert chart_rules.wrong_with_lines(seen, {line.id: ("board", "group") for line in seen.lines}) == []
    assert (chart_rules.closest_ends(seen), chart_rules.together(seen)) == ([], 0.0)


def test_many_tiers_keep_the_order_of_the_partnership(here: Path) -> None:
    names = ["Zeta", "Alpha", "Mid", "Beta", "Yard"]
    base = BASE.replace("[Top, Lower]", str(names))
    bodies = "".join(
        f"  - {{id: b{i}, name: B{i}, tier: {name}, citations: [terms 1], part_of: partnership}}\n"
        for i, name in reversed(list(enumerate(names)))
    )
    structure = yaml.read(write(here, {"base.yaml": base, "more.yaml": f"bodies:\n{bodies}"}))
    seen = seen_of(governance(structure.as_of("2020")))
    assert [band.id for band in seen.bands] == names
    assert [box.id for box in sorted(seen.boxes, key=lambda b: b.place.top)] == ["b0", "b1", "b2", "b3", "b4"]


# What is not drawn


def test_a_line_to_itself_and_lines_to_what_has_no_box_are_counted(here: Path) -> None:
    text = with_lines("accountable_to: board", "reports_to: [partnership, health], informs: board")
    text += "  - {id: health, name: Health Board, citations: [terms 1]}\n"
    chart = chart_of(here, text)
    assert chart.lines == ()
    elsewhere = "Lines to the partnership as a whole, or to others that have no box here, that are not drawn"
    assert chart.notes == (
        "Sources: Terms of reference (2019).",
        "Last named by a source: in 2019 The Board, The Group.",
        "Lines between these boxes that are not drawn: 1 of accountability, 1 of informing.",
        f"{elsewhere}: 2 of reporting.",
        "No post or organisation is known on this day that stays ultimately accountable.",
        "Drawn with orgmodel from the dataset Riverton.",
    )


def test_bodies_that_are_part_of_each_other_are_refused_by_the_reader(here: Path) -> None:
    text = with_lines(group="part_of: board").replace(", part_of: partnership", "").replace("Lower", "Top")
    text = text.replace("terms 1]}", "terms 1], part_of: [partnership, group]}", 1)
    write(here, {"base.yaml": BASE, "more.yaml": text})
    assert [found.partition(": ")[2] for found in findings()] == [
        "part_of goes round in a circle: board > group > board"
    ]


# Which partnership, which day


def test_of_several_partnerships_one_has_to_be_named() -> None:
    structure = open_source().structure().as_of("today")
    with pytest.raises(ChartError) as caught:
        governance(structure)
    assert str(caught.value) == (
        "there are 2 partnerships (dspp, shropshire-ssp): choose one with --partnership"
    )
    assert governance(structure, "SSP").title == "Shropshire Safeguarding Partnership: governance"


def test_an_unknown_partnership_gets_the_nearest() -> None:
    structure = open_source().structure().as_of("today")
    with pytest.raises(NameNotFoundError) as caught:
        governance(structure, "Shropshire Safeguarding Partnershop")
    assert str(caught.value) == (
        "there is no Partnership 'Shropshire Safeguarding Partnershop': did you mean shropshire-ssp or dspp?"
    )


def test_on_a_day_before_everything_nothing_is_drawn(here: Path) -> None:
    with pytest.raises(ChartError) as caught:
        chart_of(here, with_lines(), day="1999-12-31")
    assert str(caught.value) == "no partnership is known on 1999-12-31: give another day with --as-of"


def test_a_partnership_without_bodies_is_not_drawn(here: Path) -> None:
    with pytest.raises(ChartError) as caught:
        chart_of(here, "bodies: []\n")
    assert str(caught.value) == "'Riverton Partnership' has no bodies on 2020-01-01: give another day"


def test_what_began_later_is_not_there_yet(here: Path) -> None:
    text = with_lines().replace("id: group,", "id: group, start_date: 2020-06,")
    structure = yaml.read(write(here, {"base.yaml": BASE, "more.yaml": text}))
    before, after = (bands_of(governance(structure.as_of(day))) for day in ("2020-05-31", "2020-06-01"))
    assert (before, after) == ({"Top": ["board"]}, {"Top": ["board"], "Lower": ["group"]})
