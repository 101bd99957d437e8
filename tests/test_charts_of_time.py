"""Charts of what changes: the timeline, and the governance chart of two days in one."""

# ruff: noqa: E501 - a line of a dataset reads best as one
from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from orgmodel.charts.changes import changes
from orgmodel.charts.legend import entries
from orgmodel.charts.timeline import timeline
from orgmodel.charts.words import in_words
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from tests.charting import FOLDERS, bands_of, crosses_more, seen_of
from tests.datasets import write
from tests.test_charts_of_bodies import wrong_with

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.charts.drawing import Drawing, Grid
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.structure import Structure

DELTA = """\
dataset:
  id: delta
  name: Delta
  disclaimer: Made up.
  editions: [{id: old, date: 2019-06-30}, {id: new, date: 2023-12-31}]
sources:
  - {id: terms, name: Terms, published: 2019-05}
  - {id: page, name: Page, not_before: 2022-03, note: It names the panel}
  - {id: paper, name: Paper, published: 2023-10-02}
partnerships: [{id: delta, name: Delta Partnership, short_name: DP, tiers: [Top, Lower], citations: [terms 1, paper 1]}]
organisations:
  - {id: council, name: Council, citations: [terms 2, paper 2]}
  - {id: ccg, name: CCG, end_date: 2022-06-30, citations: [terms 2]}
  - {id: icb, name: ICB, start_date: 2022-07-01, succeeds: ccg, citations: [paper 2]}
bodies:
  - id: board
    name: Board
    tier: Top
    part_of: delta
    citations: [terms 3, paper 3]
    accountable_to: [{to: council}, {to: ccg}, {to: icb}]
    seats:
      - {name: Council, role: member, represents: council}
      - {name: CCG, role: member, represents: ccg}
  - {id: early, name: Early Group, tier: Lower, part_of: delta, end_date: 2021-03-31, accountable_to: board, citations: [terms 4]}
  - {id: late, name: Late Group, tier: Lower, part_of: delta, start_date: 2021-04-01, succeeds: early, accountable_to: board, citations: [paper 4]}
  - {id: panel, name: Panel, part_of: delta, reports_to: board, citations: [page 1]}
  - id: mover
    name: Mover
    tier: Lower
    part_of: delta
    citations: [terms 5, paper 5]
    accountable_to: [{to: board, end_date: 2021-12-31}, {to: late, start_date: 2022-01-01}]
  - {id: quiet, name: Quiet, tier: Lower, part_of: delta, citations: [terms 6], certainty: inferred, basis: so}
agreements:
  - {id: deal, name: Deal, status: in-force, signed_date: 2020-02, review_date: 2023, parties: [board, council], citations: [terms 7]}
  - {id: hope, name: Hope, status: intended, parties: [board, council], citations: [terms 7]}
plans:
  - {id: plan, name: Plan, part_of: delta, start_date: 2020, end_date: 2022, citations: [terms 8]}
events:
  - {id: launch, name: Launch, date: 2019-09-30, concerns: board, citations: [terms 9]}
  - {id: due, name: Report due, kind: deadline, date: 2020-09, concerns: delta, citations: [terms 9]}
  - {id: phase, name: Phase, date: 2021-06, end_date: 2022-06, concerns: board, certainty: inferred, basis: so, citations: [terms 9]}
  - {id: either, name: Either, date: 2021, concerns: board, certainty: ambiguous, basis: so, citations: [terms 9]}
  - {id: far, name: Far, date: 2021, concerns: terms, citations: [terms 9]}
"""


@pytest.fixture
def delta(here: Path) -> Structure:
    return yaml.read(write(here, {"delta.yaml": DELTA}) / "delta.yaml")


def rows_of(chart: Grid) -> dict[str, list[tuple[str, str]]]:
    return {group.name: [(row.heading, row.details[0]) for row in group.rows] for group in chart.groups}


def marks_of(chart: Grid, row_id: str) -> list[tuple[str, float, float, bool]]:
    (row,) = (row for group in chart.groups for row in group.rows if row.id == row_id)
    return [
        (mark.box.kind, round(mark.start, 3), round(mark.end, 3), mark.box.inferred) for mark in row.marks
    ]


def test_a_timeline(delta: Structure) -> None:
    chart = timeline(delta)
    assert (chart.title, chart.subtitle) == ("Delta Partnership: timeline", "From 2019 to 2023")
    assert [column.heading for column in chart.columns] == ["2019", "2020", "2021", "2022", "2023"]
    assert rows_of(chart) == {
        "Events": [
            ("Launch", "30 September 2019"),
            ("Report due", "Due September 2020"),
            ("Phase", "From June 2021 to June 2022 (concluded, not stated)"),
        ],
        "Partnership and bodies": [
            ("Board", "First named May 2019; last named 2 October 2023"),
            ("Delta Partnership", "First named May 2019; last named 2 October 2023"),
            ("Early Group", "First named May 2019; until 31 March 2021; replaced by Late Group"),
            ("Mover", "First named May 2019; last named 2 October 2023"),
            ("Quiet", "First named May 2019 (concluded, not stated)"),
            ("Late Group", "From 1 April 2021; last named 2 October 2023"),
            ("Panel", "First named by an undated source, March 2022 at the earliest"),
        ],
        "Agreements": [("Deal", "Signed February 2020; due for review 2023")],
        "Plans": [("Plan", "From 2020; until 2022")],
        "Organisations and posts": [
            ("CCG", "First named May 2019; until 30 June 2022; replaced by ICB"),
            ("ICB", "From 1 July 2022; last named 2 October 2023"),
        ],
    }
    assert marks_of(chart, "launch") == [("event", 2019.745, 2019.748, False)]
    assert marks_of(chart, "due") == [("deadline", 2020.667, 2020.749, False)]
    assert marks_of(chart, "phase") == [("event", 2021.414, 2022.496, True)]
    assert marks_of(chart, "early") == [("life", 2019.329, 2021.247, False)]
    assert marks_of(chart, "quiet") == [
        ("life", 2019.329, 2019.414, True),
        ("silence", 2019.414, 2023.753, True),
    ]
    assert marks_of(chart, "panel") == [
        ("life", 2022.162, 2022.247, False),
        ("silence", 2022.247, 2023.753, False),
    ]
    assert marks_of(chart, "deal") == [
        ("event", 2020.085, 2020.164, False),
        ("deadline", 2023.0, 2024.0, False),
    ]
    assert chart.notes == (
        "Sources: Page (undated); Paper (2023); Terms (2019).",
        (
            "A date that is known to the month or year only is drawn as long as that. What has no date and no "
            "source with one is not drawn."
        ),
        "Left out: 1 fact that can be read in two ways.",
        "Made up.",
        "Drawn with orgmodel from the dataset Delta.",
    )


def test_a_timeline_of_a_part_of_the_time(delta: Structure) -> None:
    chart = timeline(delta, "DP", from_day="2022-07", to_day="2022")
    assert [column.heading for column in chart.columns] == ["2022"]
    assert rows_of(chart)["Organisations and posts"] == [
        ("ICB", "From 1 July 2022; last named 2 October 2023")
    ]
    assert "Events" not in rows_of(chart)
    assert marks_of(chart, "icb") == [("life", 2022.496, 2023.0, False)]
    with pytest.raises(ChartError) as caught:
        timeline(delta, from_day="2031")
    assert str(caught.value) == "'Delta Partnership' has nothing with a date in that time: give another"


def test_a_long_time_has_columns_of_several_years(here: Path) -> None:
    text = DELTA.replace("date: 2019-09-30", "date: 1948-07-05")
    chart = timeline(yaml.read(write(here, {"delta.yaml": text}) / "delta.yaml"))
    assert [(c.heading, c.start, c.end) for c in chart.columns][:2] == [
        ("1945", 1945, 1950),
        ("1950", 1950, 1955),
    ]
    assert (chart.columns[-1].heading, chart.subtitle) == ("2020", "From 1945 to 2024")


def flags_of(chart: Drawing) -> dict[str, tuple[str, str]]:
    return {box.id: (box.change, box.flag) for box in chart.boxes if box.change}


def test_changes(delta: Structure) -> None:
    chart = changes(delta, "old", "new")
    assert (chart.title, chart.subtitle) == (
        "Delta Partnership: what changed",
        "From 30 June 2019 to 31 December 2023",
    )
    assert bands_of(chart) == {
        "Ultimately accountable": ["ccg", "council", "icb"],
        "Top": ["board"],
        "Lower": ["early", "late", "quiet", "mover"],
        "Tier not stated": ["panel"],
    }
    assert flags_of(chart) == {
        "ccg": ("ended", "Ended 30 June 2022"),
        "icb": ("new", "New from 1 July 2022"),
        "early": ("ended", "Ended 31 March 2021"),
        "late": ("new", "New from 1 April 2021"),
        "mover": ("moved", "Moved"),
        "panel": ("first-named", "First named"),
    }
    assert sorted((line.from_id, line.to_id, line.change) for line in chart.lines) == [
        ("board", "ccg", "ended"),
        ("board", "council", ""),
        ("board", "icb", "new"),
        ("early", "board", "ended"),
        ("late", "board", "new"),
        ("mover", "board", "ended"),
        ("mover", "late", "new"),
        ("panel", "board", "new"),
    ]
    said = {line.from_id: line.said for line in chart.lines if line.to_id == "board"}
    assert said["early"] == "Early Group is accountable to Board; ended"
    assert said["panel"] == "Panel reports to Board; new, or stated for the first time"
    (early,) = (box for box in chart.boxes if box.id == "early")
    assert early.said == "Ended 31 March 2021: Early Group"
    assert chart.notes[:2] == (
        "Boxes: 2 new, 1 first named, 1 moved, 2 ended. Lines: 4 new or stated for the first time, 3 ended.",
        (
            "New is what is known to have begun in between; first named is what a source of that time is the "
            "first to name, and may be older. What a later source does not name has not ended for that."
        ),
    )


def test_an_end_that_nobody_states_is_said_to_be_concluded(here: Path) -> None:
    text = DELTA.replace("part_of: delta, end_date: 2021-03-31,", "part_of: delta,")
    structure = yaml.read(write(here, {"delta.yaml": text}) / "delta.yaml")
    assert structure.nodes["early"].end_date is None
    (early,) = (
        row for row in rows_of(timeline(structure))["Partnership and bodies"] if row[0] == "Early Group"
    )
    assert (
        early[1]
        == "First named May 2019; until 31 March 2021; replaced by Late Group (concluded, not stated)"
    )
    assert marks_of(timeline(structure), "early") == [("life", 2019.329, 2021.247, True)]
    flag = flags_of(changes(structure, "old", "new"))["early"]
    assert flag == ("ended", "Ended 31 March 2021 (concluded, not stated)")


def test_where_nothing_changed(delta: Structure) -> None:
    chart = changes(delta, "2019-06-30", "2019-07-31")
    assert flags_of(chart) == {}
    assert {line.change for line in chart.lines} == {""}
    assert chart.notes[0] == "Boxes: no change. Lines: no change."


def test_what_changed_inside_a_box_is_said(here: Path) -> None:
    text = DELTA.replace(
        "      - {name: CCG, role: member, represents: ccg}",
        "      - {name: Old Chair, role: chair, end_date: 2021-12-31}\n"
        "      - {name: New Chair, role: chair, start_date: 2022-01-01}",
    )
    chart = changes(yaml.read(write(here, {"delta.yaml": text}) / "delta.yaml"), "old", "new")
    (board,) = (box for box in chart.boxes if box.id == "board")
    assert (board.change, board.details) == ("changed", ("Chair: New Chair", "Before: Chair: Old Chair"))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("new", "old"), "old (2019-06-30) is not after new (2023-12-31): give the earlier day first"),
        (("new", "new"), "new (2023-12-31) is not after new (2023-12-31): give the earlier day first"),
        (("2018", "new"), "'Delta Partnership' is not known on 2018-12-31: give another day"),
    ],
)
def test_changes_that_cannot_be_drawn(delta: Structure, days: tuple[str, str], said: str) -> None:
    with pytest.raises(ChartError) as caught:
        changes(delta, *days)
    assert str(caught.value) == said


def test_as_commands_they_are_said_in_words(delta: Structure, capsys: pytest.CaptureFixture[str]) -> None:
    for words, chart in (
        (("timeline",), timeline(delta)),
        (
            ("timeline", "--from-day", "2021", "--to-day", "2022"),
            timeline(delta, from_day="2021", to_day="2022"),
        ),
        (("changes", "old", "new"), changes(delta, "old", "new")),
    ):
        with pytest.raises(SystemExit) as left:
            main(["chart", *words, "-g", "delta.yaml"])
        printed = capsys.readouterr()
        assert (left.value.code, printed.out, printed.err) == (0, in_words(chart), "")


def test_they_keep_the_rules(delta: Structure, engine: Graphviz) -> None:
    for chart in (timeline(delta), changes(delta, "old", "new")):
        assert wrong_with(chart, engine) == []


@pytest.mark.parametrize("dataset", FOLDERS)
def test_of_the_bundled_datasets_they_keep_the_rules(dataset: str, engine: Graphviz) -> None:
    structure = yaml.read(FOLDERS[dataset])
    assert wrong_with(timeline(structure), engine) == []
    days = [*structure.editions]
    for before, after in pairwise(days):
        chart = changes(structure, before, after)
        assert wrong_with(chart, engine) == []
        assert crosses_more(chart, engine) is None


def test_the_legend_shows_a_change_on_a_box_that_has_it() -> None:
    chart = changes(yaml.read(FOLDERS["dudley"]), "arrangements-2019", "priorities-2024")
    samples = {entry.text: entry.box for entry in entries(chart) if entry.change}
    assert samples == {
        "thick edge: new, or named for the first time": "body",
        "dotted edge: ended": "officer",
    }


def test_what_began_after_it_was_last_named_is_not_said_to_be_last_named_before() -> None:
    chart = timeline(yaml.read(FOLDERS["dudley"]))
    rows = {row.id: row.said for group in chart.groups for row in group.rows}
    assert rows["dsapg"] == "Dudley Safeguarding Adult Partnership Group: from 1 October 2019"


def test_a_line_that_ended_is_thinner_than_it_was_and_a_new_one_thicker() -> None:
    chart = changes(yaml.read(FOLDERS["dudley"]), "arrangements-2019", "priorities-2024")
    seen = seen_of(chart)
    pens: dict[str, dict[str, float]] = {}
    for line in chart.lines:
        drawn = next(one for one in seen.lines if one.id == " ".join(line.ids))
        pens.setdefault(line.kind, {})[line.change] = drawn.pen
    assert pens["accountable"]["ended"] < pens["accountable"][""]
    assert pens["reports"][""] < pens["reports"]["new"]
