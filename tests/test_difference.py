"""Differences between two days of one source and between two sources: of what, and as what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.datasets import yaml
from orgmodel.difference import COLUMNS, difference, to_prose
from orgmodel.difference.sentences import in_markdown
from orgmodel.model import Relationship
from orgmodel.structure import Structure
from tests.datasets import write
from tests.difference_example import in_time
from tests.oracles.difference_oracle import Told, differences
from tests.strategies import CITATIONS, DATES, days_of, structures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from orgmodel.difference import Difference

BASE = """\
dataset: {id: riverton, name: Riverton}
sources:
  - {id: old, name: Old terms, published: 2019}
  - {id: new, name: New terms, published: 2021-06-30}
partnerships: [{id: partnership, name: Partnership, tiers: [Top, Lower], citations: [old 1, new 1]}]
"""


def read(folder: Path, text: str, base: str = BASE) -> Structure:
    return yaml.read(write(folder, {"riverton.yaml": base + text}) / "riverton.yaml")


def told(found: Difference) -> set[Told]:
    """The rows as the oracle gives them; none is there twice."""
    rows = [
        Told(c.change, c.thing_id, c.day, frozenset(c.facts), c.certainty, c.citations) for c in found.changes
    ]
    assert len(rows) == len(set(rows))
    return set(rows)


def brief(found: Difference) -> list[tuple[str, str, list[str], list[str], str | None]]:
    """What of each row most tests are about."""
    return [
        (c.change, c.thing, [str(said) for said in c.before], [str(said) for said in c.after], c.day)
        for c in found.changes
    ]


@st.composite
def edited(draw: DrawFn, structure: Structure) -> Structure:
    """Another record of the same: some of it left out, dated otherwise, called otherwise, under other ids."""
    often = ("keep", "keep", "keep")
    nodes, lines = {}, []
    for node in structure.nodes.values():
        what = draw(st.sampled_from((*often, "leave out", *(() if node.term == "Source" else ("change",)))))
        changed = (
            {
                "name": draw(st.sampled_from(("Board", "Other"))),
                "start_date": draw(st.none() | DATES),
                "end_date": draw(st.none() | DATES),
            }
            if what == "change"
            else {}
        )
        if what != "leave out":
            nodes[node.id] = node.model_copy(update=changed)
    for line in structure.relationships.values():
        what = draw(st.sampled_from((*often, "leave out", "change", "rename")))
        changes: Mapping[str, object] = {}
        if what == "rename":
            changes = {"id": f"{line.id}-anew"}
        elif what == "change":
            changes = {"start_date": draw(st.none() | DATES), "citations": draw(CITATIONS)}
        if what != "leave out" and line.from_id in nodes and line.to_id in nodes:
            lines.append(line.model_copy(update=changes))
    return Structure.of(structure.datasets, nodes.values(), lines)


def told_once(structure: Structure, days: list[str], found: Difference) -> None:
    """Whether all that begins or ends between two days is told once, and nothing else is."""
    held = structure.holdings
    turned = {one for one in held if held[one].on(days[0]) != held[one].on(days[1])}
    said: dict[object, list[int]] = {}
    for one in turned:
        line = structure.entity(one)
        if isinstance(line, Relationship):
            key = (line.term, line.from_id, line.to_id, line.get("subject"))
            said.setdefault(key, [0, 0])[held[one].on(days[1])] += 1
    # A line that only goes on under another id is no change.
    again = sum(2 * min(ended, began) for ended, began in said.values())
    turned -= {one for one in turned if structure.entity(one).term == "Source"}
    facts = [fact for c in found.changes if c.change != "no-longer-confirmed" for fact in c.facts]
    assert len(facts) == len({*facts}) == len(turned) - again
    assert {*facts} <= turned


_STARTS = ("# ", "## ", "- ", "*Inferred* ", "What ", "The newest ", "In short:", "Made up.", "A is ",
           "Published ", "Source ", "Nothing changed.")  # fmt: skip


def within_its_lines(prose: str) -> None:
    """Whether only what the prose itself says begins a line, whatever things are called."""
    lines = [line for line in prose.splitlines() if line]
    assert [x for x in lines if not x.startswith(_STARTS) and not x.partition(". ")[0].isdigit()] == []


@given(structures(), st.data(), st.booleans())
def test_two_days_differ_as_the_oracle_says(structure: Structure, data: st.DataObject, people: bool) -> None:
    a, b = data.draw(st.tuples(*[st.sampled_from(days_of(structure))] * 2))
    found = difference(structure, structure, days=(a, b), people=people)
    assert told(found) == differences(structure, structure, (a, b), people=people)
    # In whichever order the days are given, it is told from the earlier to the later.
    assert found == difference(structure, structure, days=(b, a), people=people)
    if people:
        told_once(structure, sorted((a, b)), found)
    within_its_lines(to_prose(found))


@given(structures(), st.data())
def test_two_sources_differ_as_the_oracle_says(structure: Structure, data: st.DataObject) -> None:
    other = data.draw(edited(structure))
    day = data.draw(st.none() | st.sampled_from(days_of(structure)))
    days = None if day is None else (day, day)
    there, back = difference(structure, other, days=days), difference(other, structure, days=days)
    assert told(there) == differences(structure, other, days)
    assert told(back) == differences(other, structure, days)
    # What one of them alone states is told whichever of them is A.
    alone = {*structure.holdings} ^ {*other.holdings}
    apart, swapped = ({fact for c in found.changes for fact in c.facts} & alone for found in (there, back))
    assert apart == swapped
    within_its_lines(to_prose(there))


@given(structures(), st.data())
def test_what_is_the_same_does_not_differ(structure: Structure, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(days_of(structure)))
    copies = [
        [entity.model_copy() for entity in some.values()]
        for some in (structure.nodes, structure.relationships)
    ]
    copy = Structure.of(structure.datasets, *copies)
    for other, days in ((structure, (day, day)), (structure, None), (copy, (day, day)), (copy, None)):
        found = difference(structure, other, days=days)
        assert (found.changes, "Nothing changed." in to_prose(found)) == ((), True)


# Between two days of one source


EXPECTED = [
    ("changed", "Seat", "board", "board--member--icb", "Integrated Care Board",
     ["worded: Clinical Commissioning Group", "speaks for: Riverton CCG"],
     ["worded: Integrated Care Board", "speaks for: River Valley ICB"],
     "2021-01-01", "2021-06-01", "stated", ["site 2", "terms 2"]),
    ("changed", "Seat", "board", "board--police", "Police",
     ["filled by: Superintendent"], ["filled by: Commander"],
     "2020-07-01", "2021-06-01", "stated", ["review-2021 1", "site 2", "terms 2"]),
    ("first-named", "Seat", "board", "board--member--voluntary", "Voluntary sector",
     [], ["role: member", "speaks for: Voluntary sector", "first named by: Review of the arrangements"],
     None, "2021-06-01", "inferred", ["review-2021 1", "site 2"]),
    ("no-longer-confirmed", "Seat", "board", "board--chair--independent-chair", "Independent Chair",
     [], ["role: chair", "filled by: Independent Chair", "last named by: Terms of reference"],
     None, "2019-05-01", "stated", ["terms 2"]),
    ("ended", "Seat", "executive", "executive--lead--ccg--police", "Chief Officers",
     ["role: lead", "speaks for: River Valley Police", "speaks for: Riverton CCG"], [],
     "2020-12-31", "2019-05-01", "stated", ["terms 3"]),
    ("succeeded", "Body", "steering", "steering", "Steering Group",
     ["Executive Group", "kind: executive", "tier: Middle", "accountable to: Safeguarding Board",
      "part of: Riverton Partnership"],
     ["kind: group", "tier: Middle", "accountable to: Safeguarding Board", "part of: Riverton Partnership"],
     "2021-01-01", "2021-06-01", "ambiguous", ["review-2021 2", "site 1", "terms 3"]),
    ("moved", "Body", "exploitation", "exploitation", "Exploitation Group",
     ["accountable to: Executive Group"], ["accountable to: Steering Group"],
     None, "2021-06-01", "stated", ["review-2021 4", "site 1", "terms 4"]),
    ("first-named", "Reporting", "exploitation", "exploitation--reports-to--board--audits",
     "Exploitation Group reports to Safeguarding Board",
     [], ["subject: audits", "first named by: Web site"],
     None, "2021-06-01", "stated", ["site 1"]),
    ("no-longer-confirmed", "Reporting", "exploitation", "exploitation--reports-to--board",
     "Exploitation Group reports to Safeguarding Board",
     [], ["subject: performance", "frequency: yearly", "last named by: Terms of reference"],
     None, "2019-05-01", "stated", ["terms 4"]),
    ("first-named", "Body", "neglect", "neglect", "Neglect Group",
     [], ["kind: sub-group", "tier: Lower", "purpose: Less neglect", "accountable to: Steering Group",
          "part of: Riverton Partnership", "first named by: Review of the arrangements"],
     None, "2021-06-01", "stated", ["review-2021 5", "site 1"]),
    ("first-named", "Seat", "neglect", "neglect--lead--police", "Police",
     [], ["role: lead", "speaks for: River Valley Police", "first named by: Review of the arrangements"],
     None, "2021-06-01", "stated", ["review-2021 5", "site 1"]),
    ("no-longer-confirmed", "Body", "reviews", "reviews", "Review Panel",
     [], ["kind: panel", "part of: Safeguarding Board", "last named by: Terms of reference"],
     None, "2019-05-01", "stated", ["terms 5"]),
    ("no-longer-confirmed", "Seat", "reviews", "reviews--adviser--coroner", "Coroner",
     [], ["role: adviser", "last named by: Terms of reference"],
     None, "2019-05-01", "stated", ["terms 5"]),
    ("ended", "Body", "training", "training", "Training Group",
     ["kind: group", "part of: Safeguarding Board"], [],
     "2020-04", "2019-05-01", "stated", ["terms 5"]),
    ("succeeded", "Organisation", None, "icb", "River Valley ICB",
     ["Riverton CCG", "kind: nhs-commissioner", "supports: Safeguarding Board (meeting rooms)"],
     ["kind: nhs-commissioner"],
     "2021-01-01", "2021-06-01", "stated", ["health-act 1", "site 2", "terms 1"]),
    ("began", "Delegation", None, "commander--acts-for--chief-constable",
     "Commander acts for Chief Constable", [], ["scope: safeguarding"],
     "2020-07-01", "2021-03", "stated", ["review-2021 1"]),
    ("ended", "Delegation", None, "superintendent--acts-for--chief-constable",
     "Superintendent acts for Chief Constable", ["scope: safeguarding"], [],
     "2020-06-30", "2019-05-01", "stated", ["terms 1"]),
    ("first-named", "Issue", None, "chair-after-2020", "Who chairs after 2020 is not stated",
     [], ["kind: not-stated", "concerns: Safeguarding Board", "first named by: Web site"],
     None, "2021-06-01", "stated", ["site 2"]),
]  # fmt: skip


def test_a_change_of_every_sort_is_told_with_all_it_rests_on(tmp_path: Path) -> None:
    structure = in_time(tmp_path)
    rows = difference(structure, structure, days=("2019-10-01", "2021-06-30")).rows()
    assert rows.columns == COLUMNS
    body = COLUMNS.index("body")
    assert [(*row[:body], *row[body + 1 :]) for row in rows.rows] == EXPECTED
    assert {row[body - 1 : body + 1] for row in rows.rows} == {
        ("board", "Safeguarding Board"),
        ("executive", "Executive Group"),
        ("steering", "Steering Group"),
        ("exploitation", "Exploitation Group"),
        ("neglect", "Neglect Group"),
        ("reviews", "Review Panel"),
        ("training", "Training Group"),
        (None, None),
    }


def test_no_person_is_named_unless_people_may_be(tmp_path: Path) -> None:
    structure = in_time(tmp_path)
    days = ("2019-10-01", "2021-06-30")
    plain = difference(structure, structure, days=days)
    named = difference(structure, structure, days=days, people=True)
    assert "Jo Bloggs" not in f"{plain}{to_prose(plain)}"
    assert [row for row in brief(named) if row not in brief(plain)] == [
        (
            "changed",
            "Independent Chair",
            ["filled by: Independent Chair", "filled by: Jo Bloggs"],
            ["filled by: Independent Chair"],
            "2021-01-01",
        ),
        ("ended", "Jo Bloggs", [], [], "2020-12-31"),
    ]


BODIES = "bodies:\n  - {id: board, name: Board, citations: [old 1, new 1]}\n"


@pytest.mark.parametrize(
    ("begins", "ends", "change"),
    [
        # A date says it, as exactly as it is written.
        ("start_date: 2020-02-03", "", ("began", [], [], "2020-02-03")),
        ("start_date: 2020-02", "", ("began", [], [], "2020-02")),
        ("start_date: 2020", "", ("began", [], [], "2020")),
        ("start_date: 2018", "end_date: 2020", ("ended", [], [], "2020")),
        ("start_date: 2018", "end_date: 2020-02", ("ended", [], [], "2020-02")),
        # Only a document does: that is no beginning, and not being in a later one no end.
        ("citations: [new 1]", "", ("first-named", [], ["first named by: New terms"], None)),
        ("citations: [old 1]", "", ("no-longer-confirmed", [], ["last named by: Old terms"], None)),
        # It begins and ends between the days, or outside them.
        ("start_date: 2020", "end_date: 2020", None),
        ("start_date: 2018", "end_date: 2022", None),
        ("start_date: 2022", "", None),
    ],
)  # fmt: skip
def test_a_beginning_and_an_end_are_told_only_where_a_date_says_so(
    tmp_path: Path, begins: str, ends: str, change: tuple[object, ...] | None
) -> None:
    dates = ", ".join(part for part in (begins, ends) if part)
    cited = "" if "citations" in dates else ", citations: [old 1, new 1]"
    structure = read(tmp_path, f"{BODIES}  - {{id: group, name: Group, {dates}{cited}}}\n")
    found = difference(structure, structure, days=("2019-12-31", "2021-07-01"))
    assert brief(found) == ([(change[0], "Group", *change[1:])] if change else [])


def test_what_is_bounded_by_a_known_day_begins_on_it(tmp_path: Path) -> None:
    # Named in 2019 for a board that began in 2020: it cannot have been there before. The seat that only the
    # later terms name may have been added at any time since.
    structure = read(
        tmp_path,
        """
bodies:
  - id: board
    name: Board
    start_date: 2020-04-01
    citations: [old 1, new 1]
    seats:
      - {name: First, role: member, represents: police, citations: [old 1, new 1]}
      - {name: Second, role: member, represents: council, citations: [new 1]}
organisations:
  - {id: police, name: Police, citations: [old 1]}
  - {id: council, name: Council, citations: [old 1]}
""",
    )
    found = difference(structure, structure, days=("2019-12-31", "2021-07-01"))
    assert brief(found) == [
        ("began", "Board", [], [], "2020-04-01"),
        ("began", "First", [], ["role: member", "speaks for: Police"], "2020-04-01"),
        (
            "first-named",
            "Second",
            [],
            ["role: member", "speaks for: Council", "first named by: New terms"],
            None,
        ),
    ]


MOVING = """
bodies:
  - {{id: board, name: Board, citations: [old 1, new 1]}}
  - {{id: panel, name: Panel, citations: [old 1, new 1]}}
  - id: group
    name: Group
    citations: [old 1, new 1]
    {lines}
"""


@pytest.mark.parametrize(
    ("lines", "changes"),
    [
        (
            "accountable_to: [{to: board, end_date: 2020-06-30}, {to: panel, start_date: 2020-07-01}]",
            [("moved", "Group", ["accountable to: Board"], ["accountable to: Panel"], "2020-07-01")],
        ),
        (
            "part_of: [{to: board, end_date: 2020-06}, {to: panel, start_date: 2020-09}]",
            [("moved", "Group", ["part of: Board"], ["part of: Panel"], None)],
        ),
        (
            "accountable_to: [board, {to: panel, end_date: 2020-06-30}]",
            [
                (
                    "moved",
                    "Group",
                    ["accountable to: Board", "accountable to: Panel"],
                    ["accountable to: Board"],
                    "2020-07-01",
                )
            ],
        ),
        # What a document is the first to say has not moved anything.
        (
            "accountable_to: [board, {to: panel, citations: [new 2]}]",
            [("first-named", "Group is accountable to Panel", [], ["first named by: New terms"], None)],
        ),
        # The one end is known, the other beginning is not.
        (
            "accountable_to: [{to: board, end_date: 2020-06-30}, {to: panel, citations: [new 2]}]",
            [("moved", "Group", ["accountable to: Board"], ["accountable to: Panel"], None)],
        ),
        # A line under another id, and in other words.
        (
            (
                "accountable_to: [{to: board, end_date: 2020-06-30}, "
                "{to: board, key: x, start_date: 2020-07-01}]"
            ),
            [],
        ),
        (
            (
                "accountable_to: [{to: board, end_date: 2020-06-30},"
                " {to: board, key: x, start_date: 2020-07-01, subject: money}]"
            ),
            [("moved", "Group", ["accountable to: Board"], ["accountable to: Board (money)"], "2020-07-01")],
        ),
        # Any other line is a row of its own.
        (
            (
                "reports_to: [{to: board, end_date: 2020-06-30, subject: x}, "
                "{to: panel, start_date: 2020-07-01}]"
            ),
            [
                ("began", "Group reports to Panel", [], [], "2020-07-01"),
                ("ended", "Group reports to Board", ["subject: x"], [], "2020-06-30"),
            ],
        ),
    ],
)
def test_a_body_moves_where_its_own_lines_do(
    tmp_path: Path, lines: str, changes: list[tuple[object, ...]]
) -> None:
    structure = read(tmp_path, MOVING.format(lines=lines))
    assert brief(difference(structure, structure, days=("2019-12-31", "2021-07-01"))) == changes


@pytest.mark.parametrize(
    ("bodies", "changes"),
    [
        # One in the place of two, and two in the place of one.
        (
            "- {id: newer, name: New, start_date: 2020, succeeds: [a, b], citations: [new 1]}",
            [("succeeded", "New", ["A", "B"], [], "2020")],
        ),
        (
            (
                "- {id: newer, name: New, start_date: 2020-04-01, succeeds: a, citations: [new 1]}\n"
                "  - {id: other, name: Other, start_date: 2020-04-01, succeeds: a, citations: [new 1]}"
            ),
            [("succeeded", "New", ["A"], [], "2020-04-01"), ("succeeded", "Other", ["A"], [], "2020-04-01")],
        ),
        # What takes the place was there before.
        (
            (
                "- {id: newer, name: New, start_date: 2018, citations: [old 1], "
                "succeeds: {to: a, start_date: 2020-04-01}}"
            ),
            [
                ("ended", "A", [], ["in its place: New"], "2020-03-31"),
                ("no-longer-confirmed", "New", [], ["last named by: Old terms"], None),
            ],
        ),
        # What it takes the place of goes on for a while.
        (
            (
                "- {id: newer, name: New, start_date: 2020, citations: [new 1], succeeds: c}\n"
                "  - {id: c, name: C, end_date: 2022, citations: [old 1, new 1]}"
            ),
            [("began", "New", [], ["takes the place of: C"], "2020")],
        ),
        # It is only told later what took whose place, long ago.
        (
            (
                "- {id: newer, name: New, citations: [old 1, new 1], succeeds: {to: c, citations: [new 1]}}\n"
                "  - {id: c, name: C, start_date: 2017, end_date: 2018, citations: [old 1]}"
            ),
            [("first-named", "New takes the place of C", [], ["first named by: New terms"], None)],
        ),
    ],
)
def test_what_takes_the_place_of_something_is_one_change_with_its_end(
    tmp_path: Path, bodies: str, changes: list[tuple[object, ...]]
) -> None:
    text = f"""
bodies:
  - {{id: a, name: A, citations: [old 1, new 1]}}
  - {{id: b, name: B, citations: [old 1, new 1]}}
  {bodies}
"""
    structure = read(tmp_path, text)
    found = difference(structure, structure, days=("2019-12-31", "2021-07-01"))
    assert brief(found) == changes
    assert told(found) == differences(structure, structure, ("2019-12-31", "2021-07-01"))


SEATS = """
bodies: [{{id: board, name: Board, citations: [old 1, new 1]}}]
organisations:
  - {{id: ccg, name: CCG, citations: [old 1], end_date: 2020-03-31}}
  - {{id: icb, name: ICB, citations: [new 1], start_date: 2020-04-01, succeeds: ccg}}
  - {{id: police, name: Police, citations: [old 1]}}
posts:
  - {{id: nurse, name: Nurse, citations: [old 1], end_date: 2020-03-31}}
  - {{id: chief-nurse, name: Chief Nurse, citations: [new 1], start_date: 2020-04-01, succeeds: nurse}}
seats:
  {seats}
"""
OLD, NEW = "end_date: 2020-03-31, citations: [old 1]", "start_date: 2020-04-01, citations: [new 1]"


@pytest.mark.parametrize(
    ("seats", "pairs"),
    [
        ([f"role: member, represents: ccg, {OLD}", f"role: member, represents: icb, {NEW}"], ["member"]),
        ([f"role: member, represents: ccg, {OLD}", f"role: chair, represents: icb, {NEW}"], ["chair"]),
        (
            [
                f"role: member, represents: [ccg, police], {OLD}",
                f"role: member, represents: [icb, police], {NEW}",
            ],
            ["member"],
        ),
        (
            [
                f"role: member, represents: police, filled_by: nurse, {OLD}",
                f"role: member, represents: police, filled_by: chief-nurse, {NEW}",
            ],
            ["member"],
        ),
        # Of two possible ones the one of the same role is meant.
        (
            [
                f"role: chair, represents: ccg, {OLD}",
                f"role: member, represents: ccg, {OLD}",
                f"role: member, represents: icb, {NEW}",
            ],
            ["member"],
        ),
        # Nobody knows which is meant.
        (
            [
                f"role: chair, represents: ccg, {OLD}",
                f"role: member, represents: ccg, {OLD}",
                f"role: lead, represents: icb, {NEW}",
            ],
            [],
        ),
        # It speaks for more than the other did, and for the same whose place nobody took.
        ([f"role: member, represents: ccg, {OLD}", f"role: member, represents: [icb, police], {NEW}"], []),
        ([f"role: chair, represents: police, {OLD}", f"role: member, represents: police, {NEW}"], []),
    ],
)
def test_seats_are_one_only_where_that_is_certain(tmp_path: Path, seats: list[str], pairs: list[str]) -> None:
    listed = "\n  ".join(
        f"- {{id: s{number}, name: Seat {number}, on: board, {seat}}}" for number, seat in enumerate(seats)
    )
    structure = read(tmp_path, SEATS.format(seats=listed))
    days = ("2019-12-31", "2021-07-01")
    found = difference(structure, structure, days=days)
    changed = [c for c in found.changes if c.change == "changed"]
    alone = {c.thing_id for c in found.changes if c.kind == "Seat" and c.change in {"began", "ended"}}
    assert [structure.nodes[c.thing_id].get("role") for c in changed] == pairs
    assert len(alone) == len(seats) - 2 * len(pairs)
    assert {c.day for c in changed} <= {"2020-04-01"}
    assert told(found) == differences(structure, structure, days)


def test_a_law_and_a_source_of_another_dataset_say_nothing_of_what_is_confirmed(tmp_path: Path) -> None:
    text = """
dataset: {{id: {area}, name: {area}}}
sources:
  - {{id: {area}-old, name: Old, published: 2019}}
  - {{id: {area}-new, name: New, published: 2020, kind: {kind}}}
bodies: [{{id: {area}-board, name: {area} board, citations: [{area}-old 1]}}]
"""
    areas = {"east": "minutes", "west": "legislation"}
    parts = [
        yaml.read(write(tmp_path, {f"{area}.yaml": text.format(area=area, kind=kind)}) / f"{area}.yaml")
        for area, kind in areas.items()
    ]
    both = parts[0].merge(parts[1])
    found = difference(both, both, days=("2019-12-31", "2021-01-01"))
    assert [(c.change, c.thing) for c in found.changes] == [("no-longer-confirmed", "east board")]
    assert found.new_documents == ("east-new", "west-new")


# Between two sources


def test_two_sources_are_compared_property_by_property(tmp_path: Path) -> None:
    a, b = (
        read(
            tmp_path / name,
            f"""
bodies:
  - {{id: board, name: Board, part_of: partnership, tier: Top, citations: [old 1]}}
  - {{id: group, name: {group}, part_of: partnership, tier: {tier}, meetings_per_year: {meetings},
     citations: [old 1], {line}}}
seats:
  - {{id: chair, name: Chair, role: {role}, on: group, citations: [old 1], certainty: {certainty}, basis: x}}
""",
        )
        for name, group, tier, meetings, line, role, certainty in (
            ("a", "Group", "Top", 4, "", "chair", "inferred"),
            ("b", "The Group", "Lower", 6, "accountable_to: board, note: New.", "vice-chair", "ambiguous"),
        )
    )
    assert brief(difference(a, b)) == [
        (
            "moved",
            "The Group",
            ["note: not given", "name: Group", "tier: Top", "meetings per year: 4"],
            [
                "note: New.",
                "name: The Group",
                "tier: Lower",
                "meetings per year: 6",
                "accountable to: Board",
            ],
            None,
        ),
        (
            "changed",
            "Chair",
            ["certainty: inferred", "role: chair"],
            ["certainty: ambiguous", "role: vice-chair"],
            None,
        ),
    ]


@pytest.mark.parametrize(
    ("side", "dates", "change"),
    [
        ("b", "", ("only-in-B", None)),
        ("a", "", ("only-in-A", None)),
        # After the newest source of A was published, 2019, and not after the newest of B, 2021-06-30.
        ("b", "start_date: 2020-05", ("began", "2020-05")),
        ("a", "end_date: 2020-05", ("ended", "2020-05")),
        # Before: A should have known it. After: nobody knows yet.
        ("b", "start_date: 2018", ("only-in-B", "2018")),
        ("b", "start_date: 2022", ("only-in-B", "2022")),
        ("a", "start_date: 2010, end_date: 2018", ("only-in-A", "2018")),
        ("a", "end_date: 2022", ("only-in-A", "2022")),
    ],
)
def test_what_one_source_states_alone_began_or_ended_only_by_its_date(
    tmp_path: Path, side: str, dates: str, change: tuple[object, ...]
) -> None:
    older = BASE.replace("  - {id: new, name: New terms, published: 2021-06-30}\n", "").replace(", new 1", "")
    group = f"  - {{id: group, name: Group, citations: [old 1]{dates and ', '}{dates}}}\n"
    board = "bodies:\n  - {id: board, name: Board, citations: [old 1]}\n"
    a = read(tmp_path / "a", board + (group if side == "a" else ""), older)
    b = read(tmp_path / "b", board + (group if side == "b" else ""))
    found = difference(a, b)
    assert [(c.change, c.day) for c in found.changes if c.thing == "Group"] == [change]
    # From the newer to the older nothing began or ended.
    back = [c.change for c in difference(b, a).changes if c.thing == "Group"]
    assert back == ["only-in-A" if side == "b" else "only-in-B"]


@pytest.mark.parametrize(
    ("a", "b", "day", "change"),
    [
        ("", "end_date: 2020", None, ("ended", ["last day: not given"], ["last day: 2020"], "2020")),
        ("", "end_date: 2022", None, ("changed", ["last day: not given"], ["last day: 2022"], None)),
        ("end_date: 2020", "", None, ("changed", ["last day: 2020"], ["last day: not given"], None)),
        ("", "end_date: 2020", "2021-01-01", ("ended", [], [], "2020")),
        ("", "end_date: 2020", "2020-06-01", ("changed", ["last day: not given"], ["last day: 2020"], None)),
        ("end_date: 2020", "", "2021-01-01", ("changed", ["last day: 2020"], ["last day: not given"], None)),
        ("end_date: 2020", "end_date: 2021", "2021-01-01",
         ("changed", ["last day: 2020"], ["last day: 2021"], None)),
        ("", "start_date: 2020", "2019-06-01",
         ("changed", ["first day: not given"], ["first day: 2020"], None)),
        ("start_date: 2020", "", "2019-06-01", ("first-named", [], ["first named by: Old terms"], None)),
    ],
)  # fmt: skip
def test_dates_that_two_sources_give_differently(
    tmp_path: Path, a: str, b: str, day: str | None, change: tuple[object, ...]
) -> None:
    older = BASE.replace("  - {id: new, name: New terms, published: 2021-06-30}\n", "").replace(", new 1", "")
    group = "bodies: [{{id: group, name: Group, citations: [old 1], {}}}]\n"
    before, after = read(tmp_path / "a", group.format(a), older), read(tmp_path / "b", group.format(b))
    found = difference(before, after, days=None if day is None else (day, day))
    rows = [row for row in brief(found) if row[1] == "Group" and row[0] != "no-longer-confirmed"]
    assert rows == [(change[0], "Group", *change[1:])]


def test_an_id_that_means_something_else_is_something_else(tmp_path: Path) -> None:
    one = "bodies: [{id: thing, name: Thing, citations: [old 1, new 1]}]\n"
    other = "posts: [{id: thing, name: Thing, citations: [old 1, new 1]}]\n"
    found = difference(read(tmp_path / "a", one), read(tmp_path / "b", other))
    assert [(c.change, c.kind) for c in found.changes] == [("only-in-A", "Body"), ("only-in-B", "Post")]


# In sentences


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Children's R & D", "Children's R & D"),
        ("a_b *c* `d` ~e~ $f$", r"a\_b \*c\* \`d\` \~e\~ \$f\$"),
        ("[x](y) <b> | \\", r"\[x\](y) \<b\> \| \\"),
        ("&amp; &#38; R&D", r"\&amp; \&#38; R\&D"),
        ("two\n\nlines\t", "two lines"),
        ("- x", r"\- x"),
        ("+ x", r"\+ x"),
        ("# x #", r"\# x \#"),
        ("1. x", r"1\. x"),
        ("12) x", r"12\) x"),
        ("2019 x", "2019 x"),
        ("==", r"\=="),
    ],
)
def test_a_text_is_never_taken_for_markdown(text: str, shown: str) -> None:
    assert in_markdown(text) == shown
