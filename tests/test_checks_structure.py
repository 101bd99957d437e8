"""The rules of the pack `structure`: what breaks each, and the nearest that does not, on every store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from orgmodel.checks.packs import load
from tests.rule_cases import Case, broken, check, near, parameters
from tests.stores import open_embedded

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Opened

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

PACK = "structure"


def body(more: str = "", *, name: str = "board", title: str = "Board", cited: str = "paper B") -> str:
    """A body of the partnership, with what is said of it beside."""
    return (
        f"- {{id: {name}, name: {title}, citations: [{cited}], "
        f"part_of: {{to: riverton, citations: [paper R]}}{more and f', {more}'}}}\n"
    )


def bodies(*each: str) -> str:
    return "bodies:\n" + "".join(each)


OUTSIDE = "- {id: outside, name: Outside, citations: [paper O]}\n"
CHIEF = "posts:\n- {id: chief, name: Chief, citations: [paper C]}\n"
POLICE = "organisations:\n- {id: police, name: Police, citations: [paper C]}\n"
TWICE = "seats: [{name: A, role: chair, filled_by: chief}, {name: B, role: member, filled_by: chief}]"
CHAIR = "seats: [{name: Chair, role: chair, citations: [paper S]}]"
MEMBER = "seats: [{name: Member, role: member, citations: [paper S]}]"
BOARD = "board", "Board"
OF_BOARD = "stated", ("paper B", "paper R")

NO_CHAIR = (*BOARD, "has no stated chair")
NO_SEATS = (*BOARD, "has no stated seats")
NO_LINE = "is accountable to nobody and reports to nobody, as far as is stated"
TOP = (*BOARD, "is of the first tier, Top, and accountable to nobody, as far as is stated")
OTHERS = f"{NO_LINE}; others answer or report to it"

WITHIN_ANOTHER = bodies(
    body(CHAIR, name="whole", title="Whole"),
    "- {id: board, name: Board, citations: [paper B], kind: panel, "
    "part_of: {to: whole, citations: [leaflet W], certainty: inferred, basis: its name}}\n",
)


def chain(count: int) -> str:
    """Bodies each accountable to the next, the last to a post: so many steps."""
    made = [
        f"- {{id: b{i:02}, name: Body {i}, citations: [paper B], "
        f"accountable_to: {{to: b{i + 1:02}, citations: [paper {i:02}]}}}}\n"
        for i in range(count - 1)
    ]
    last = f"- {{id: b{count - 1:02}, name: Last, citations: [paper B], accountable_to: chief}}\n"
    return bodies(*made, last) + CHIEF


STEPS_CITED = (*(f"paper {i:02}" for i in range(30)), "paper B")

CASES: dict[str, list[Case]] = {
    "no-chair": [
        broken("no seat", bodies(body()), (*NO_CHAIR, *OF_BOARD)),
        broken("a member only", bodies(body(MEMBER)), (*NO_CHAIR, *OF_BOARD)),
        broken(
            "a chair that is gone",
            bodies(body("seats: [{name: Chair, role: chair, end_date: 2023-12-31, citations: [paper S]}]")),
            (*NO_CHAIR, *OF_BOARD),
        ),
        broken(
            "a body within a body",
            WITHIN_ANOTHER,
            (*NO_CHAIR, "inferred", ("leaflet W", "paper B", "paper R")),
        ),
        near("a chair", bodies(body(CHAIR))),
        near("a chair to the day", bodies(body(CHAIR.replace("chair,", "chair, end_date: 2024-01-01,")))),
        near("a business unit", bodies(body("kind: business-unit"))),
        near("a task-and-finish group", bodies(body("kind: task-and-finish-group"))),
        near("not of the partnership", bodies(OUTSIDE)),
        near("no more of the partnership", bodies(body().replace("[paper R]", "[paper R], end_date: 2023"))),
        near("not yet there", bodies(body("start_date: 2024-01-02"))),
    ],
    "no-members": [
        broken("no seat", bodies(body()), (*NO_SEATS, *OF_BOARD)),
        broken(
            "a chair alone",
            bodies(body(CHAIR)),
            (*BOARD, "has a chair and no other seat", "stated", ("paper B", "paper R", "paper S")),
        ),
        broken(
            "a member who is to come",
            bodies(body(MEMBER.replace("member,", "member, start_date: 2024-02,"))),
            (*NO_SEATS, *OF_BOARD),
        ),
        near("a member", bodies(body(MEMBER))),
        near("an adviser", bodies(body(MEMBER.replace("role: member", "role: adviser")))),
        near("a business unit", bodies(body("kind: business-unit"))),
        near("not of the partnership", bodies(OUTSIDE)),
    ],
    "no-frequency": [
        broken("nothing said", bodies(body()), (*BOARD, "has no stated frequency of meetings", *OF_BOARD)),
        near("so many a year", bodies(body("meetings_per_year: 4"))),
        near("words", bodies(body("meeting_note: As needed"))),
        near("a business unit", bodies(body("kind: business-unit"))),
        near("not of the partnership", bodies(OUTSIDE)),
    ],
    "no-line-up": [
        broken("no tier and nobody below", bodies(body()), (*BOARD, NO_LINE, *OF_BOARD)),
        broken("a lower tier", bodies(body("tier: Middle")), (*BOARD, NO_LINE, *OF_BOARD)),
        broken(
            "a lower tier with a body below",
            bodies(
                body("tier: Middle"),
                body("accountable_to: board", name="group", title="Group"),
            ),
            (*BOARD, NO_LINE, *OF_BOARD),
        ),
        broken(
            "a line that is gone",
            bodies(body("tier: Low, reports_to: {to: outside, end_date: 2023-12-31}"), OUTSIDE),
            (*BOARD, NO_LINE, *OF_BOARD),
        ),
        broken(
            "the first tier of a partnership that it has left",
            "partnerships: [{id: oakham, name: Oakham, tiers: [Upper, Top], citations: [paper O]}]\n"
            "bodies:\n"
            "- {id: board, name: Board, tier: Top, citations: [paper B], part_of: "
            "[{to: riverton, citations: [paper R], end_date: 2023}, {to: oakham, citations: [paper T]}]}\n",
            (*BOARD, NO_LINE, "stated", ("paper B", "paper T")),
        ),
        near("accountable", bodies(body("tier: Low, accountable_to: outside"), OUTSIDE)),
        near("reports", bodies(body("reports_to: riverton"))),
        near("the first tier", bodies(body("tier: Top"))),
        near(
            "no tier, and others answer to it",
            bodies(body(), body("reports_to: board", name="group", title="Group")),
        ),
        near("not of the partnership", bodies(OUTSIDE)),
    ],
    "top-unanswered": [
        broken("the first tier", bodies(body("tier: Top")), (*TOP, *OF_BOARD)),
        broken(
            "the first tier, which only reports",
            bodies(body("tier: Top, reports_to: outside"), OUTSIDE),
            (*TOP, *OF_BOARD),
        ),
        broken(
            "no tier, and others answer to it",
            bodies(
                body(),
                body(
                    "accountable_to: {to: board, citations: [page 9], certainty: ambiguous, basis: unclear}",
                    name="group",
                    title="Group",
                ),
            ),
            (*BOARD, OTHERS, "ambiguous", ("page 9", "paper B", "paper R")),
        ),
        near("answers to a post", bodies(body("tier: Top, accountable_to: chief")) + CHIEF),
        near("answers to an organisation", bodies(body("tier: Top, accountable_to: police")) + POLICE),
        near("a lower tier", bodies(body("tier: Middle"))),
        near("no tier, and nobody answers to it", bodies(body())),
        near(
            "no tier, and reports itself",
            bodies(
                body("reports_to: outside"), body("reports_to: board", name="group", title="Group"), OUTSIDE
            ),
        ),
        near(
            "no tier, and others answered to it once",
            bodies(body(), body("reports_to: {to: board, end_date: 2023}", name="group", title="Group")),
        ),
    ],
    "several-tops": [
        broken(
            "two of the first tier",
            bodies(body("tier: Top"), body("tier: Top", name="forum", title="A Forum", cited="leaflet F")),
            (
                "riverton",
                "Riverton",
                "has 2 bodies at the top, of which none answers or reports to another: A Forum; Board",
                "stated",
                ("leaflet F", "paper B", "paper P", "paper R"),
            ),
        ),
        broken(
            "one of the first tier, and one of none to which another answers",
            bodies(
                body("tier: Top"),
                body(name="forum", title="Forum"),
                body(
                    "accountable_to: {to: forum, citations: [page 9], certainty: inferred, basis: so}",
                    name="group",
                    title="Group",
                ),
            ),
            (
                "riverton",
                "Riverton",
                "has 2 bodies at the top, of which none answers or reports to another: Board; Forum",
                "inferred",
                ("page 9", "paper B", "paper P", "paper R"),
            ),
        ),
        broken(
            "two that both answer to somebody outside",
            bodies(
                body("tier: Top, accountable_to: outside"),
                body("tier: Top, reports_to: outside", name="forum", title="Board"),
                OUTSIDE,
            ),
            (
                "riverton",
                "Riverton",
                "has 2 bodies at the top, of which none answers or reports to another: Board",
                "stated",
                ("paper B", "paper P", "paper R"),
            ),
        ),
        broken(
            "the one answers to a body that has left",
            bodies(
                body("tier: Top, accountable_to: outside"),
                body("tier: Top", name="forum", title="Forum"),
                OUTSIDE.replace("}", ", part_of: {to: riverton, end_date: 2023}}"),
            ),
            (
                "riverton",
                "Riverton",
                "has 2 bodies at the top, of which none answers or reports to another: Board; Forum",
                "stated",
                ("paper B", "paper P", "paper R"),
            ),
        ),
        near("one", bodies(body("tier: Top"), body("tier: Middle", name="forum", title="Forum"))),
        near(
            "the one answers to the other",
            bodies(body("tier: Top"), body("tier: Top, accountable_to: board", name="forum", title="Forum")),
        ),
        near(
            "the one reports to the other",
            bodies(body("tier: Top"), body("tier: Top, reports_to: board", name="forum", title="Forum")),
        ),
        near(
            "one to which others only report",
            bodies(
                body("tier: Top"),
                body(name="forum", title="Forum"),
                body("reports_to: forum", name="group", title="Group"),
            ),
        ),
        near(
            "one after the other",
            bodies(
                body("tier: Top, end_date: 2023"),
                body("tier: Top, start_date: 2024", name="forum", title="Forum"),
            ),
        ),
    ],
    "tier-order": [
        broken(
            "to a lower one",
            bodies(
                body("tier: Middle, accountable_to: {to: group, citations: [page 9]}"),
                body("tier: Low", name="group", title="Group", cited="leaflet G"),
            ),
            (
                *BOARD,
                "is of the tier Middle and accountable to a body of a lower one: Group (Low)",
                "stated",
                ("leaflet G", "page 9", "paper B", "paper P", "paper R"),
            ),
        ),
        broken(
            "to two lower ones",
            bodies(
                body("tier: Top, accountable_to: [group, forum]"),
                body("tier: Low", name="group", title="Group"),
                body("tier: Middle", name="forum", title="Forum"),
            ),
            (
                *BOARD,
                "is of the tier Top and accountable to a body of a lower one: Forum (Middle); Group (Low)",
                "stated",
                ("paper B", "paper P", "paper R"),
            ),
        ),
        near(
            "to a higher one",
            bodies(
                body("tier: Middle, accountable_to: group"), body("tier: Top", name="group", title="Group")
            ),
        ),
        near(
            "to one of the same",
            bodies(body("tier: Low, accountable_to: group"), body("tier: Low", name="group", title="Group")),
        ),
        near(
            "to one without a tier",
            bodies(body("tier: Top, accountable_to: group"), body(name="group", title="G")),
        ),
        near(
            "reports to a lower one",
            bodies(body("tier: Top, reports_to: group"), body("tier: Low", name="group", title="Group")),
        ),
        near(
            "answered once",
            bodies(
                body("tier: Top, accountable_to: {to: group, end_date: 2023-12-31}"),
                body("tier: Low", name="group", title="Group"),
            ),
        ),
    ],
    "accountability-cycle": [
        broken(
            "itself",
            bodies(
                "- {id: a, name: A, citations: [paper A], accountable_to: {to: a, citations: [page 1]}}\n"
            ),
            ("a", "A", "is accountable to itself", "stated", ("page 1",)),
        ),
        broken(
            "two, in a circle of three and one of two",
            bodies(
                "- {id: c, name: C, citations: [paper C], accountable_to: {to: a, citations: [page 1]}}\n",
                "- {id: a, name: A, citations: [paper A], accountable_to: {to: b, citations: [page 2], "
                "certainty: inferred, basis: so}}\n",
                "- {id: b, name: B, citations: [paper B], accountable_to: [{to: c, citations: [page 3]}, "
                "{to: a, citations: [page 4]}]}\n",
            ),
            ("a", "A", "is accountable to itself, by way of B", "inferred", ("page 2", "page 4")),
            (
                "a",
                "A",
                "is accountable to itself, by way of B; C",
                "inferred",
                ("page 1", "page 2", "page 3"),
            ),
        ),
        near(
            "the one way until a day, the other from then on",
            bodies(
                "- {id: a, name: A, citations: [paper A], accountable_to: {to: b, end_date: 2020}}\n",
                "- {id: b, name: B, citations: [paper B], accountable_to: {to: a, start_date: 2021}}\n",
            ),
        ),
        near(
            "the other way only reports",
            bodies(
                "- {id: a, name: A, citations: [paper A], accountable_to: b}\n",
                "- {id: b, name: B, citations: [paper B], reports_to: a}\n",
            ),
        ),
        near(
            "two ways up",
            bodies(
                "- {id: a, name: A, citations: [paper A], accountable_to: [b, c]}\n",
                "- {id: b, name: B, citations: [paper B], accountable_to: d}\n",
                "- {id: c, name: C, citations: [paper C], accountable_to: d}\n",
                "- {id: d, name: D, citations: [paper D]}\n",
            ),
        ),
    ],
    "chain-too-long": [
        broken(
            "31 steps",
            chain(31),
            (
                "b00",
                "Body 0",
                "is at the foot of a chain of accountability of 31 steps, up to Chief; questions follow 30",
                "stated",
                STEPS_CITED,
            ),
        ),
        near("30 steps", chain(30)),
        near(
            "31 steps, one of which is gone",
            chain(31).replace("citations: [paper 07]", "citations: [paper 07], end_date: 2023"),
        ),
    ],
    "likely-duplicates": [
        broken(
            "misspelt",
            bodies(
                body(title="Learning and Improvement Group"),
                body(name="lig", title="Learning & Improvment Sub-Group", cited="leaflet L"),
            ),
            (
                "board",
                "Learning and Improvement Group",
                "has nearly the same name as Learning & Improvment Sub-Group (lig)",
                "stated",
                ("leaflet L", "paper B"),
            ),
        ),
        broken(
            "another name of the one, without a space",
            "organisations:\n"
            "- {id: a, name: A Trust, aliases: [The Well-being Service], citations: [paper A]}\n"
            "- {id: b, name: Wellbeing Service, citations: [paper B], certainty: inferred, basis: so}\n",
            (
                "a",
                "A Trust",
                "has nearly the same name as Wellbeing Service (b)",
                "inferred",
                ("paper A", "paper B"),
            ),
        ),
        broken(
            "three as one finding",
            "posts:\n"
            "- {id: a, name: Children's Lead, citations: [paper A]}\n"
            "- {id: b, name: Lead for Children, citations: [paper B]}\n"
            "- {id: c, name: Child lead, citations: [paper C]}\n",
            (
                "a",
                "Children's Lead",
                "has nearly the same name as Lead for Children (b); Child lead (c)",
                "stated",
                ("paper A", "paper B", "paper C"),
            ),
        ),
        broken(
            "posts in one organisation",
            POLICE + "posts:\n"
            "- {id: a, name: Chief Officer, citations: [paper A], post_in: police}\n"
            "- {id: b, name: Chief Officers, citations: [paper B], post_in: police}\n",
            (
                "a",
                "Chief Officer",
                "has nearly the same name as Chief Officers (b)",
                "stated",
                ("paper A", "paper B"),
            ),
        ),
        near(
            "a word that is another",
            bodies(body(title="Adult Review Panel"), body(name="b", title="Children Review Panel")),
        ),
        near(
            "another number",
            bodies(body(title="Task Group 1"), body(name="b", title="Task Group 2")),
        ),
        near(
            "a word more",
            bodies(body(title="Review Panel"), body(name="b", title="Serious Review Panel")),
        ),
        near(
            "abbreviations",
            "organisations:\n"
            "- {id: a, name: Riverton ICB, citations: [paper A]}\n"
            "- {id: b, name: Riverton ICS, citations: [paper B]}\n",
        ),
        near(
            "a body and an organisation",
            bodies(body(title="Fire Service"))
            + "organisations: [{id: b, name: Fire Service, citations: [paper B]}]\n",
        ),
        near(
            "the one took the place of the other",
            bodies(body(title="Review Panel"), body("succeeds: board", name="b", title="Review Panels")),
        ),
        near(
            "the one is part of the other",
            "organisations:\n"
            "- {id: a, name: Police Service, citations: [paper A]}\n"
            "- {id: b, name: Police Services, citations: [paper B], part_of: a}\n",
        ),
        near(
            "not at one time",
            bodies(
                body("end_date: 2023-12-31", title="Review Panel"),
                body("start_date: 2024-01-01", name="b", title="Review Panel"),
            ),
        ),
        near(
            "posts in two organisations",
            "organisations:\n"
            "- {id: police, name: Police, citations: [paper A]}\n"
            "- {id: council, name: Council, citations: [paper B]}\n"
            "posts:\n"
            "- {id: a, name: Chief Officer, citations: [paper A], post_in: police}\n"
            "- {id: b, name: Chief Officer, citations: [paper B], post_in: council}\n",
        ),
        near(
            "in two areas",
            "partnerships: [{id: oakham, name: Oakham, citations: [paper A]}]\n"
            "organisations:\n"
            "- {id: a, name: Age Concern, citations: [paper A]}\n"
            "- {id: b, name: Age Concern, citations: [paper B]}\n"
            + bodies(
                body(title="Review Panel", more="seats: [{name: A, role: member, represents: a}]"),
                "- {id: panel, name: Review Panel, citations: [paper B], part_of: oakham, "
                "seats: [{name: B, role: member, represents: b}]}\n",
            ),
        ),
    ],
    "vacant-seat": [
        broken(
            "vacant",
            bodies(body("seats: [{name: Schools, role: member, state: vacant, citations: [paper S]}]")),
            ("board--member--schools", "Schools", "is a vacant seat on Board", "stated", ("paper S",)),
        ),
        near("not stated", bodies(body("seats: [{name: Schools, role: member, state: not-stated}]"))),
        near("filled", bodies(body("seats: [{name: Schools, role: member, state: filled}]"))),
        near(
            "gone",
            bodies(body("seats: [{name: Schools, role: member, state: vacant, end_date: 2023-12-31}]")),
        ),
    ],
    "ended-organisation": [
        broken(
            "ended, and another took its place",
            bodies(body("seats: [{name: Health, role: member, represents: ccg, citations: [paper S]}]"))
            + "organisations:\n"
            "- {id: ccg, name: Riverton CCG, citations: [paper G]}\n"
            "- {id: icb, name: Riverton ICB, citations: [page I], "
            "succeeds: {to: ccg, start_date: 2022-07-01, citations: [page H], certainty: inferred, "
            "basis: so}}\n",
            (
                "board--member--ccg",
                "Health",
                "sits on Board for Riverton CCG, which ended on 2022-06-30 (followed by Riverton ICB)",
                "inferred",
                ("page H", "paper G", "paper S"),
            ),
        ),
        broken(
            "both ended",
            bodies(body("seats: [{name: Both, role: member, represents: [x, y], citations: [paper S]}]"))
            + "organisations:\n"
            "- {id: x, name: X, citations: [paper X], end_date: 2023}\n"
            "- {id: y, name: A, citations: [paper Y], end_date: 2021-03}\n",
            (
                "board--member--x--y",
                "Both",
                "sits on Board for A, which ended on 2021-03-31; X, which ended on 2023-12-31",
                "stated",
                ("paper S", "paper X", "paper Y"),
            ),
        ),
        near(
            "one of two ended",
            bodies(body("seats: [{name: Both, role: member, represents: [x, y]}]")) + "organisations:\n"
            "- {id: x, name: X, citations: [paper X], end_date: 2023}\n"
            "- {id: y, name: Y, citations: [paper Y]}\n",
        ),
        near(
            "the seat ended too",
            bodies(body("seats: [{name: X, role: member, represents: x, end_date: 2023}]"))
            + "organisations: [{id: x, name: X, citations: [paper X], end_date: 2023}]\n",
        ),
        near(
            "it ends on the day",
            bodies(body("seats: [{name: X, role: member, represents: x}]"))
            + "organisations: [{id: x, name: X, citations: [paper X], end_date: 2024-01-01}]\n",
        ),
        near("for nobody", bodies(body(MEMBER))),
    ],
    "seat-outlives-body": [
        broken(
            "another body took its place",
            bodies(
                body("seats: [{name: X, role: member, end_date: 2023, citations: [paper S]}]"),
                body(
                    "succeeds: {to: board, start_date: 2022-04-01, citations: [page 9], certainty: inferred, "
                    "basis: so}",
                    name="new",
                    title="New",
                ),
            ),
            (
                "board--member--x",
                "X",
                "is stated to end on 2023, after Board ended on 2022-03-31",
                "inferred",
                ("page 9", "paper B", "paper S"),
            ),
        ),
        near(
            "in the same year, as far as known",
            bodies(
                body("seats: [{name: X, role: member, end_date: 2022}]"),
                body("succeeds: {to: board, start_date: 2022-04-01}", name="new", title="New"),
            ),
        ),
        near("the body goes on", bodies(body("seats: [{name: X, role: member, end_date: 2022}]"))),
        near("no end stated", bodies(body("end_date: 2022, seats: [{name: X, role: member}]"))),
    ],
    "delegate-without-principal": [
        broken(
            "the delegation ended",
            bodies(
                body(
                    "seats: [{name: X, role: member, filled_by: {to: deputy, citations: [paper F]}, "
                    "citations: [paper S]}]"
                )
            )
            + "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C]}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], "
            "acts_for: {to: chief, citations: [leaflet A], end_date: 2022-03}}\n",
            (
                "deputy",
                "Deputy",
                "sits on Board and acts for nobody; it acted for Chief until 2022-03-31",
                "stated",
                ("leaflet A", "paper D", "paper F", "paper S"),
            ),
        ),
        near(
            "acts for another now",
            bodies(body("seats: [{name: X, role: member, filled_by: deputy}]")) + "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C], end_date: 2022}\n"
            "- {id: mayor, name: Mayor, citations: [paper C]}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], acts_for: [chief, mayor]}\n",
        ),
        near(
            "sits nowhere any more",
            bodies(body("seats: [{name: X, role: member, filled_by: deputy, end_date: 2022}]")) + "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C], end_date: 2022}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], acts_for: chief}\n",
        ),
        near(
            "never acted for anybody",
            bodies(body("seats: [{name: X, role: member, filled_by: chief}]")) + CHIEF,
        ),
        near(
            "is to act for somebody",
            bodies(body("seats: [{name: X, role: member, filled_by: deputy}]")) + "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C]}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], acts_for: {to: chief, start_date: 2025}}\n",
        ),
    ],
    "principal-of-nothing": [
        broken(
            "nobody answers",
            "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C]}\n"
            "- {id: b, name: B, citations: [paper D], acts_for: {to: chief, citations: [page 1]}}\n"
            "- {id: a, name: A, citations: [paper D], acts_for: {to: chief, citations: [page 2], "
            "certainty: ambiguous, basis: unclear}}\n",
            (
                "chief",
                "Chief",
                "is acted for, and nothing is accountable to it, as far as is stated; acting for it: A; B",
                "ambiguous",
                ("page 1", "page 2", "paper C"),
            ),
        ),
        near(
            "a body answers",
            bodies(body("accountable_to: chief")) + "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C]}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], acts_for: chief}\n",
        ),
        near(
            "acts for somebody in turn",
            bodies(body("accountable_to: chief")) + "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C]}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], acts_for: chief}\n"
            "- {id: third, name: Third, citations: [paper D], acts_for: deputy}\n",
        ),
        near(
            "nobody acts any more",
            "posts:\n"
            "- {id: chief, name: Chief, citations: [paper C]}\n"
            "- {id: deputy, name: Deputy, citations: [paper D], acts_for: {to: chief, end_date: 2023}}\n",
        ),
    ],
    "post-twice": [
        broken(
            "two seats",
            bodies(
                body(
                    "seats: [{name: Z, role: chair, filled_by: chief, citations: [paper S]}, "
                    "{name: A, role: member, citations: [paper T], "
                    "filled_by: {to: chief, citations: [page 1], certainty: inferred, basis: so}}]"
                )
            )
            + CHIEF,
            (
                "chief",
                "Chief",
                "fills 2 seats on Board: A (member), Z (chair)",
                "inferred",
                ("page 1", "paper C", "paper S", "paper T"),
            ),
        ),
        broken(
            "two seats on each of two bodies",
            bodies(
                body(TWICE),
                body(
                    TWICE,
                    name="a",
                    title="Another",
                ),
            )
            + CHIEF,
            (
                "chief",
                "Chief",
                "fills 2 seats on Another: A (chair), B (member); 2 seats on Board: A (chair), B (member)",
                "stated",
                ("paper B", "paper C"),
            ),
        ),
        near(
            "a seat on each of two bodies",
            bodies(
                body("seats: [{name: A, role: chair, filled_by: chief}]"),
                body("seats: [{name: A, role: chair, filled_by: chief}]", name="a", title="Another"),
            )
            + CHIEF,
        ),
        near(
            "one after the other",
            bodies(
                body(
                    "seats: [{name: A, role: chair, filled_by: chief, end_date: 2023}, "
                    "{name: B, role: member, filled_by: chief, start_date: 2024}]"
                )
            )
            + CHIEF,
        ),
        near(
            "one seat by two lines",
            bodies(
                body("seats: [{name: A, role: chair, filled_by: [{to: chief, key: a}, {to: chief, key: b}]}]")
            )
            + CHIEF,
        ),
    ],
    "task-without-end": [
        broken(
            "no end",
            bodies("- {id: a, name: A, kind: task-and-finish-group, citations: [paper A]}\n"),
            (
                "a",
                "A",
                "is a task-and-finish group, there since 2019-05-01, and has no stated end",
                "stated",
                ("paper A",),
            ),
        ),
        broken(
            "its first day",
            bodies("- {id: a, name: A, kind: task-and-finish-group, citations: [paper A]}\n"),
            (
                "a",
                "A",
                "is a task-and-finish group, there since 2019-05-01, and has no stated end",
                "stated",
                ("paper A",),
            ),
            day="2019-05-01",
        ),
        near(
            "an end",
            bodies("- {id: a, name: A, kind: task-and-finish-group, end_date: 2030, citations: [paper A]}\n"),
        ),
        near(
            "an end by what takes its place",
            bodies(
                "- {id: a, name: A, kind: task-and-finish-group, citations: [paper A]}\n",
                "- {id: b, name: B, citations: [paper B], succeeds: {to: a, start_date: 2025}}\n",
            ),
        ),
        near("a group of another kind", bodies("- {id: a, name: A, kind: group, citations: [paper A]}\n")),
        near(
            "before it is there",
            bodies("- {id: a, name: A, kind: task-and-finish-group, citations: [paper A]}\n"),
            day="2019-04-30",
        ),
    ],
}


def test_every_rule_has_cases() -> None:
    assert sorted(f"{PACK}/{rule}" for rule in CASES) == sorted(load()[PACK].rules)
    assert [rule for rule, cases in CASES.items() if len({bool(case.found) for case in cases}) < 2] == []


@pytest.mark.parametrize(("rule", "case"), parameters(CASES))
def test_a_rule(rule: str, case: Case, open_structure: Opened, here: Path) -> None:
    check(open_structure, here, rule, case, PACK)


HULL = (
    "- {id: hull, name: Hull, kind: business-unit, citations: [paper R], reports_to: riverton, "
    "part_of: {to: riverton, citations: [paper R]}}\n"
)
DIRECT, WITHIN = (
    "part_of: {to: riverton, citations: [paper R]}",
    "part_of: {to: hull, citations: [leaflet Z]}",
)


@pytest.mark.parametrize(
    ("rule", "case"),
    [one for one in parameters(CASES) if DIRECT in one.values[1].text and one.values[1].found],
)
def test_a_rule_of_what_is_within_another_body(rule: str, case: Case, here: Path) -> None:
    text = case.text.replace(DIRECT, WITHIN).replace("bodies:\n", f"bodies:\n{HULL}", 1)
    found = tuple(
        (*one[:4], tuple(sorted({*one[4], "leaflet Z"} if "paper R" in one[4] else one[4])))
        for one in case.found
    )
    check(open_embedded, here, rule, replace(case, text=text, found=found), PACK)
