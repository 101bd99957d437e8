"""The matrix and the chart of interlocks; and the governance chart of a part, with its seats."""

# ruff: noqa: E501 - a line of a dataset reads best as one
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from orgmodel.charts import style
from orgmodel.charts.drawing import Drawing, Grid
from orgmodel.charts.governance import governance
from orgmodel.charts.interlocks import MOST_LINES, interlocks
from orgmodel.charts.matrix import matrix
from orgmodel.charts.membership import membership
from orgmodel.charts.render import render
from orgmodel.charts.timeline import timeline
from orgmodel.charts.words import in_words
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from tests import chart_rules, measuring
from tests.chart_strategies import many, partnerships
from tests.charting import CHARTS, FOLDERS, bands_of, crosses_more, ends_of, lines_of
from tests.datasets import write
from tests.kinds import KINDS, charts_of_every_kind
from tests.test_charts_of_bodies import charts_of as charts_of_bodies
from tests.test_charts_of_bodies import wrong_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.structure import Structure

DAY = "2020-01-01"
LAKE = """\
dataset: {id: lake, name: Lake, disclaimer: Made up.}
sources: [{id: terms, name: Terms, published: 2019-05-01}]
partnerships:
  - id: lake
    name: Lake Partnership
    short_name: LP
    tiers: [Top, Lower]
    citations: [terms 1]
    seats:
      - {name: Council, role: lead, category: Statutory, represents: council}
      - {name: Police, role: member, category: Statutory, represents: police}
      - {name: Homes, role: member, represents: homes}
organisations:
  - {id: council, name: Council, citations: [terms 2]}
  - {id: police, name: Police, citations: [terms 2]}
  - {id: homes, name: Homes, kind: sector, citations: [terms 2]}
  - {id: fire, name: Fire, citations: [terms 2]}
  - {id: trust, name: Trust, citations: [terms 2]}
posts:
  - {id: chief, name: Chief, post_in: council, citations: [terms 2]}
  - {id: officer, name: Officer, post_in: police, citations: [terms 2]}
bodies:
  - id: board
    name: Board
    tier: Top
    part_of: lake
    citations: [terms 3]
    accountable_to: chief
    seats:
      - {name: Chair, role: chair, category: Independent, filled_by: chief}
      - {name: Council chair, role: vice-chair, represents: council}
      - {key: second, name: Council, role: member, represents: council}
      - {key: third, name: Council again, role: member, represents: council}
      - {name: Police, role: member, category: Statutory, represents: police, filled_by: officer}
      - {name: Trust, role: member, represents: trust, certainty: ambiguous, basis: so}
  - id: group
    name: Group
    tier: Lower
    part_of: lake
    citations: [terms 4]
    accountable_to: board
    seats:
      - {name: Council, role: chair, represents: council, filled_by: chief}
      - {name: Police, role: member, represents: police, certainty: inferred, basis: so}
      - {name: Fire, role: member, represents: fire, state: vacant}
      - {name: Homes, role: member, represents: homes}
  - {id: panel, name: Panel, part_of: lake, reports_to: group, citations: [terms 5], seats: [{name: Fire, role: member, represents: fire}]}
  - {id: empty, name: Empty, part_of: lake, citations: [terms 6]}
  - {id: unit, name: Unit, kind: business-unit, part_of: lake, supports: [board, panel], citations: [terms 7]}
  - {id: other, name: Other, citations: [terms 8], seats: [{name: Police, role: member, represents: police}]}
"""


@pytest.fixture
def lake(here: Path) -> Structure:
    return yaml.read(write(here, {"lake.yaml": LAKE}) / "lake.yaml").as_of(DAY)


def cells_of(chart: Grid) -> dict[str, dict[str, list[tuple[str, str, str, bool]]]]:
    names = [column.heading for column in chart.columns]
    return {
        group.name: {
            row.heading: [
                (names[int(mark.start)], mark.box.heading, mark.box.kind, mark.box.inferred)
                for mark in row.marks
            ]
            for row in group.rows
        }
        for group in chart.groups
    }


def test_a_matrix(lake: Structure) -> None:
    chart = matrix(lake)
    assert (chart.title, chart.corner) == ("Lake Partnership: who sits where", "Partner")
    assert [(column.heading, column.name) for column in chart.columns] == [
        ("LP", "Lake Partnership"),
        ("Board", "Board"),
        ("Group", "Group"),
        ("Panel", "Panel"),
    ]
    assert cells_of(chart) == {
        "Statutory": {
            "Council": [
                ("LP", "lead", "seat", False),
                ("Board", "vice-chair, member \N{MULTIPLICATION SIGN} 2", "seat", False),
                ("Group", "chair", "chair", False),
            ],
            "Police": [
                ("LP", "member", "seat", False),
                ("Board", "member", "seat", False),
                ("Group", "member", "seat", True),
            ],
        },
        "Organisations": {
            "Fire": [("Group", "member (vacant)", "vacant-seat", False), ("Panel", "member", "seat", False)],
        },
        "Sectors, which are no single organisation": {
            "Homes": [("LP", "member", "seat", False), ("Group", "member", "seat", False)],
        },
    }
    assert chart.notes == (
        "Sources: Terms (2019).",
        "Last named by a source: in 2019 Board, Group, LP, Panel.",
        "4 organisations and sectors with 12 seats. Not in the grid: 1 seat for no organisation.",
        "Without a column, for no organisation is stated to sit there: Empty, Unit.",
        "Left out: 2 facts that can be read in two ways.",
        "Made up.",
        "Drawn with orgmodel from the dataset Lake.",
    )


def test_a_matrix_of_posts(lake: Structure) -> None:
    chart = matrix(lake, "LP", "post")
    assert cells_of(chart) == {
        "Posts": {
            "Chief": [("Board", "chair", "chair", False), ("Group", "chair", "chair", False)],
            "Officer": [("Board", "member", "seat", False)],
        }
    }
    assert [column.heading for column in chart.columns] == ["Board", "Group"]
    assert chart.corner == "Post"


def test_interlocks(lake: Structure) -> None:
    chart = interlocks(lake)
    assert bands_of(chart) == {
        "Lake Partnership": ["board", "group", "panel"],
        "Partnership not stated": ["other"],
    }
    assert [(*line, one.mark) for line, one in zip(lines_of(chart), chart.lines, strict=True)] == [
        ("shares-few", "board", "group", True, "1"),
        ("shares-few", "board", "other", False, "2"),
        ("shares-few", "group", "panel", False, "3"),
        ("shares-few", "group", "other", True, "4"),
    ]
    assert chart.key == (
        ("1", "Board and Group: 2 in common: Council, Police; concluded, not stated"),
        ("2", "Board and Other: 1 in common: Police"),
        ("3", "Group and Panel: 1 in common: Fire"),
        ("4", "Group and Other: 1 in common: Police; concluded, not stated"),
    )
    assert "Bodies that are not drawn: 2 without a stated member of that sort." in chart.notes


def test_a_tie_that_is_concluded_looks_it(lake: Structure, engine: Graphviz) -> None:
    chart = interlocks(lake)
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    dashed = {line.id for line in seen.lines if line.dashes}
    assert dashed == {" ".join(line.ids) for line in chart.lines if line.inferred}
    assert len(dashed) == 2
    assert [sample.title for sample in seen.samples if sample.dashes] == [
        "dashed line: concluded, not stated"
    ]


def test_interlocks_of_one_partnership_by_tier_and_of_more_than_one_member(lake: Structure) -> None:
    chart = interlocks(lake, "lake", least=2)
    assert bands_of(chart) == {"Top": ["board"], "Lower": ["group"]}
    assert lines_of(chart) == [("shares-few", "board", "group", True)]
    assert (
        "Bodies that are not drawn: 1 with members, but none in common with another; 2 without a stated member of that sort."
        in chart.notes
    )
    by_post = interlocks(lake, by="post")
    assert by_post.key == (("1", "Board and Group: 1 in common: Chief"),)


@pytest.mark.parametrize(
    ("count", "kind"), [(2, "shares-few"), (3, "shares-some"), (5, "shares-some"), (6, "shares-many")]
)
def test_more_members_in_common_make_a_thicker_line(here: Path, count: int, kind: str) -> None:
    organisations = "".join(f"  - {{id: o{i}, name: O{i}, citations: [terms 1]}}\n" for i in range(count))
    seats = ", ".join(f"{{name: O{i}, role: member, represents: o{i}}}" for i in range(count))
    bodies = "".join(f"  - {{id: {b}, name: {b}, citations: [terms 1], seats: [{seats}]}}\n" for b in "ab")
    text = (
        "dataset: {id: many, name: Many}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
        f"organisations:\n{organisations}bodies:\n{bodies}"
    )
    chart = interlocks(yaml.read(write(here, {"many.yaml": text}) / "many.yaml").as_of(DAY))
    assert [line.kind for line in chart.lines] == [kind]


# The governance chart of a part


def test_governance_of_a_body_and_what_is_below_it(lake: Structure) -> None:
    chart = governance(lake, start="group")
    assert (chart.title, chart.id) == ("Group: governance", "governance-group")
    assert bands_of(chart) == {"Lower": ["group"], "Tier not stated": ["panel", "unit"]}
    assert lines_of(chart) == [("reports", "panel", "group", False), ("supports", "unit", "panel", False)]
    assert "2 bodies of LP not drawn here: Board, Empty." in chart.notes
    assert not any("ultimately accountable" in note for note in chart.notes)


def test_governance_of_so_many_levels(lake: Structure) -> None:
    chart = governance(lake, depth=1)
    assert bands_of(chart) == {"Ultimately accountable": ["chief"], "Top": ["board", "unit"]}
    (board,) = (box for box in chart.boxes if box.id == "board")
    assert board.details == ("Chair: Chief", "1 more below")
    assert board.said == "Board; Chair: Chief; 1 more below"
    assert "3 bodies of LP not drawn here: Empty, Group, Panel." in chart.notes
    assert bands_of(governance(lake, depth=2))["Lower"] == ["group"]
    assert "panel" in bands_of(governance(lake, depth=3))["Tier not stated"]


def test_governance_with_members(lake: Structure) -> None:
    boxes = {box.id: box for box in governance(lake, members=True).boxes}
    assert boxes["board"].listed == (
        "Statutory:",
        "\N{BULLET} Police",
        "Category not stated:",
        "\N{BULLET} Council",
        "\N{BULLET} Council again",
        "\N{BULLET} Council chair (vice-chair)",
    )
    assert boxes["group"].listed == (
        "\N{BULLET} Fire (vacant)",
        "\N{BULLET} Homes",
        "\N{BULLET} Police (concluded, not stated)",
    )
    assert boxes["group"].said == "Group; Chair: Chief; Fire (vacant); Homes; Police (concluded, not stated)"
    assert boxes["empty"].listed == ()


HELD = LAKE.replace(
    "posts:\n",
    "people:\n  - {id: jo, name: Jo Doe, citations: [terms 2]}\n  - {id: al, name: Al Roe, citations: [terms 2]}\nposts:\n",
).replace("  - {id: chief, name: Chief,", "  - {id: chief, name: Chief, held_by: jo,")


def test_no_person_is_named_unless_that_is_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str], engine: Graphviz
) -> None:
    text = HELD.replace("name: Solicitor, role", "name: Solicitor, filled_by: al, role")
    text = text.replace(
        "{key: second, name: Council, role: member, represents: council}",
        "{key: second, name: Council, role: member, represents: council, filled_by: al}",
    )
    structure = yaml.read(write(here, {"lake.yaml": text}) / "lake.yaml")
    then = structure.as_of(DAY)
    assert then.nodes["jo"].name == "Jo Doe"
    every = [*charts_of(then), *charts_of_bodies(then), timeline(structure)]
    for chart in every:
        made = render(chart, ["svg", "html", "drawio", "dot", "txt"], engine)
        assert [form for form, content in made.items() if b"Jo Doe" in content or b"Al Roe" in content] == []
    boxes = {box.id: box for box in governance(then, people=True).boxes}
    assert boxes["board"].details == ("Chair: Chief (Jo Doe)",)
    details = {box.heading: box.details for box in membership(then, "board", people=True).boxes}
    assert details["Chair"] == ("Independent", "Filled by Chief (Jo Doe)")
    assert details["Council"] == ("Filled by Al Roe",)
    for words in (("governance",), ("membership", "Board")):
        with pytest.raises(SystemExit):
            main(["chart", *words, "-g", "lake.yaml", "--as-of", DAY])
        assert "Doe" not in capsys.readouterr().out
        with pytest.raises(SystemExit):
            main(["chart", *words, "-g", "lake.yaml", "--as-of", DAY, "--people"])
        assert "Jo Doe" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda then: governance(then, start="other"), f"'Other' is part of no partnership on {DAY}"),
        (
            lambda then: governance(then, "lake", start="other"),
            f"'Other' is no part of 'Lake Partnership' on {DAY}",
        ),
        (
            lambda then: interlocks(then, least=3),
            f"no two bodies are stated to have 3 members in common on {DAY}: give another day or a smaller --least",
        ),
        (
            lambda then: interlocks(then, by="post", partnership="LP", least=2),
            f"no two bodies of 'Lake Partnership' are stated to have 2 members in common on {DAY}: give another day or a smaller --least",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said(lake: Structure, make: object, said: str) -> None:
    with pytest.raises(ChartError) as caught:
        make(lake)  # type: ignore[operator]
    assert str(caught.value) == said


def test_as_commands_they_are_said_in_words(lake: Structure, capsys: pytest.CaptureFixture[str]) -> None:
    for words, chart in (
        (("matrix",), matrix(lake)),
        (("matrix", "--by", "post", "--partnership", "LP"), matrix(lake, by="post")),
        (("interlocks",), interlocks(lake)),
        (
            ("interlocks", "--partnership", "LP", "--by", "post", "--least", "1"),
            interlocks(lake, "lake", by="post"),
        ),
        (
            ("governance", "--from", "Group", "--with", "members"),
            governance(lake, start="group", members=True),
        ),
        (("governance", "--depth", "1"), governance(lake, depth=1)),
    ):
        with pytest.raises(SystemExit) as left:
            main(["chart", *words, "-g", "lake.yaml", "--as-of", DAY])
        printed = capsys.readouterr()
        assert (left.value.code, printed.out, printed.err) == (0, in_words(chart), "")


# Measured


def charts_of(structure: Structure) -> Iterator[Chart]:
    """The charts of seats, and the parts of the governance chart, of each partnership of a structure."""
    for whole in structure.labelled("Partnership"):
        parts = [line.from_id for line in structure.inward(whole.id, "PART_OF")]
        starts = [part for part in parts if structure.nodes[part].term == "Body"]
        makers = [
            lambda whole=whole: matrix(structure, whole.id),
            lambda whole=whole: matrix(structure, whole.id, "post"),
            lambda whole=whole: interlocks(structure, whole.id),
            lambda whole=whole: governance(structure, whole.id, depth=1),
            lambda whole=whole: governance(structure, whole.id, depth=2, members=True),
            *(lambda start=start: governance(structure, start=start, members=True) for start in starts),
        ]
        for make in makers:
            try:
                yield make()
            except ChartError:
                continue
    try:
        yield interlocks(structure)
    except ChartError:
        return


def test_they_keep_the_rules(lake: Structure, engine: Graphviz) -> None:
    charts = [*charts_of(lake)]
    assert len(charts) == 11
    assert {chart.id: wrong for chart in charts if (wrong := wrong_with(chart, engine))} == {}


@pytest.mark.parametrize(("dataset", "day"), CHARTS)
def test_of_the_bundled_datasets_they_keep_the_rules(dataset: str, day: str, engine: Graphviz) -> None:
    charts = [*charts_of(yaml.read(FOLDERS[dataset]).as_of(day))]
    assert charts
    assert {chart.id: wrong for chart in charts if (wrong := wrong_with(chart, engine))} == {}


@pytest.mark.parametrize(("dataset", "day"), CHARTS)
def test_lines_cross_no_more_than_where_graphviz_draws_the_same(
    dataset: str, day: str, engine: Graphviz
) -> None:
    then = yaml.read(FOLDERS[dataset]).as_of(day)
    charts = [c for c in (*charts_of(then), *charts_of_bodies(then)) if isinstance(c, Drawing) and c.lines]
    more = {chart.id: found for chart in charts if (found := crosses_more(chart, engine))}
    assert more == {}


@settings(many, max_examples=25)
@given(partnerships(bodies=12))
def test_of_odd_structures_no_box_overlaps_another_and_no_line_runs_through_one(
    engine: Graphviz, structure: Structure
) -> None:
    for chart in [*charts_of(structure.as_of(DAY))][:5]:
        seen = measuring.read(render(chart, ["svg"], engine)["svg"])
        assert chart_rules.wrong_with_boxes(seen) == []
        assert chart_rules.wrong_with_lines(seen, ends_of(chart)) == []


# Of every kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_legend_of_every_kind_has_what_is_used_and_every_part_says_what_it_is(
    kind: str, engine: Graphviz
) -> None:
    chart = charts_of_every_kind()[kind]
    seen = measuring.read(render(chart, ["svg"], engine)["svg"])
    lines = chart.lines if isinstance(chart, Drawing) else ()
    used = {box.kind for box in chart.boxes} | {line.kind for line in lines}
    signs = {line.change for line in lines} & {"new", "ended"}
    used |= {f"line-{change}" for change in signs}
    unsure = {style.LINES[line.kind].head == "none" for line in lines if line.inferred}
    used |= {"inferred-tie" if without_head else "inferred-line" for without_head in unsure}
    shown = {sample.kind for sample in seen.samples}
    assert shown - {"inferred-box", "inferred-symbol", "box-ended", "box-first-named", "box-new"} == used
    assert ("inferred-box" in shown or "inferred-symbol" in shown) == any(box.inferred for box in chart.boxes)
    assert ("box-ended" in shown) == any(box.change == "ended" for box in chart.boxes)
    named = [(box.id, box.title) for box in seen.boxes]
    assert named == [(box.id, box.said) for box in chart.boxes]
    assert all(title for _, title in named)
    assert sorted(line.title for line in seen.lines) == sorted(line.said for line in lines)


def test_a_matrix_says_of_what_a_part_is_and_which_seats_are_of_several(here: Path) -> None:
    text = (
        "dataset: {id: parts, name: Parts}\n"
        "sources: [{id: terms, name: Terms, published: 2019}]\n"
        "partnerships: [{id: whole, name: Whole, citations: [terms 1]}]\n"
        "organisations:\n"
        "  - {id: council, name: Council of the Hills, short_name: CH, citations: [terms 1]}\n"
        "  - {id: works, name: Works, citations: [terms 1],\n"
        "     part_of: {to: council, certainty: inferred, basis: so}}\n"
        "  - {id: fire, name: Fire, citations: [terms 1]}\n"
        "bodies:\n"
        "  - {id: board, name: Board, part_of: whole, citations: [terms 1],\n"
        "     seats: [{name: Works and Fire, role: member, represents: [works, fire]}]}\n"
    )
    (here / "parts.yaml").write_text(text, encoding="utf-8")
    chart = matrix(yaml.read(here / "parts.yaml").as_of("2020"))
    rows = [row for group in chart.groups for row in group.rows]
    assert [row.heading for row in rows] == ["Fire", "Works (part of CH (concluded, not stated))"]
    assert "2 organisations and sectors with 1 seat. 1 seat is of several, in the row of each." in chart.notes


def test_interlocks_of_too_many_bodies_for_lines_have_a_grid(here: Path) -> None:
    def chart(bodies: int) -> Chart:
        seat = "{name: O, role: member, represents: o}"
        listed = "".join(
            f"  - {{id: b{n}, name: Body {n}, citations: [terms 1], seats: [{seat}]}}\n"
            for n in range(bodies)
        )
        unsure = (
            "  - {id: last, name: Last, part_of: whole, citations: [terms 1],\n"
            "     seats: [{name: O, role: member, represents: o, certainty: inferred, basis: so}]}\n"
        )
        text = (
            "dataset: {id: many, name: Many}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
            "partnerships: [{id: whole, name: Whole, citations: [terms 1]}]\n"
            f"organisations: [{{id: o, name: O, citations: [terms 1]}}]\nbodies:\n{listed}{unsure}"
        )
        (here / "many.yaml").write_text(text, encoding="utf-8")
        return interlocks(yaml.read(here / "many.yaml").as_of(DAY))

    few, grid = chart(7), chart(8)
    assert isinstance(few, Drawing)
    assert isinstance(grid, Grid)
    assert len(few.lines) == 28 <= MOST_LINES < 36 == len(grid.key)
    bodies = ["last", *(f"b{n}" for n in range(8))]
    assert [column.name for column in grid.columns] == ["Last", *(f"Body {n}" for n in range(8))]
    assert [(group.name, [row.id for row in group.rows]) for group in grid.groups] == [
        ("Whole", ["last"]),
        ("Partnership not stated", bodies[1:]),
    ]
    marks = dict(grid.key)
    for row in (row for group in grid.groups for row in group.rows):
        assert [mark.start for mark in row.marks] == [n for n, one in enumerate(bodies) if one != row.id]
        for mark in row.marks:
            other = grid.columns[int(mark.start)].heading
            count, number = mark.box.heading.rstrip(")").split(" (")
            assert (count, mark.box.kind) == ("1", "common")
            assert mark.box.inferred == ("last" in mark.box.id.split())
            pair = marks[number].split(": ")[0].split(" and ")
            assert sorted(pair) == sorted([row.heading, other])
    assert (
        grid.groups[0].rows[0].said.startswith("Last: Body 0: 1 (1) (concluded, not stated); Body 1: 1 (2)")
    )
