"""The rules of the pack `currency`: what breaks each, and the nearest that does not, on every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgmodel.checks.packs import load
from tests.rule_cases import Case, broken, check, near, parameters

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Opened

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

PACK = "currency"


def body(cited: str, *seats: str) -> str:
    """A body of the partnership and its seats, each with what they cite."""
    each = ", ".join(f"{{name: Seat {cited}, role: member, citations: [{cited}]}}" for cited in seats)
    return f"bodies: [{{id: board, name: Board, citations: [{cited}], part_of: riverton, seats: [{each}]}}]\n"


def fund(total: str, *amounts: str) -> str:
    """A fund with its stated total, and what is paid into it."""
    payers = "".join(f"- {{id: o{i}, name: O{i}, citations: [paper O]}}\n" for i in range(len(amounts)))
    paid = ", ".join(
        f"{{from: o{i}, amount: {amount}, citations: [paper {i}]}}" for i, amount in enumerate(amounts)
    )
    return (
        f"organisations:\n{payers or '- {id: x, name: X, citations: [paper X]}'}\n"
        "funds:\n"
        f"- {{id: fund, name: Fund, year: 2019-20, currency: GBP, citations: [paper F], "
        f"part_of: riverton, {total and f'total: {total}, '}contributions: [{paid}]}}\n"
    )


def requirement(applies: str, more: str = "") -> str:
    """A requirement of two Acts, and to whom it applies."""
    return (
        "bodies: [{id: board, name: Board, citations: [paper B]}]\n"
        "instruments:\n"
        "- {id: act, name: The Act, citations: [paper A]}\n"
        "- {id: code, name: A Code, citations: [paper C]}\n"
        "requirements:\n"
        "- {id: meet, name: Meet, force: must, citations: [paper M], "
        "set_by: [{to: act, citations: [page 1]}, code], "
        f"applies_to: [{applies}]{more}}}\n"
    )


BOARD = "board", "Board"
FUND = "fund", "Fund"
MEET = "meet", "Meet"
ISSUE = "issue", "Two readings"
CONFLICT = "issues: [{id: issue, name: Two readings, kind: conflict, readings: [a, b], citations: [paper I]"
OF_BOARD = "{from: board, assessment: VALUE, citations: [page 2], certainty: inferred, basis: so}"
SET = "; it is set by A Code; The Act"


def judged(value: str, other: str, words: str) -> list[Case]:
    """The cases of a rule that looks for an assessment."""
    board = OF_BOARD.replace("VALUE", value)
    return [
        broken(
            "by a body",
            requirement(board),
            (*MEET, f"{words} Board{SET}", "inferred", ("page 1", "page 2", "paper M")),
        ),
        broken(
            "by two",
            requirement(f"{board}, {{from: riverton, assessment: {value}, citations: [leaflet 3]}}"),
            (
                *MEET,
                f"{words} Board; Riverton{SET}",
                "inferred",
                ("leaflet 3", "page 1", "page 2", "paper M"),
            ),
        ),
        broken(
            "by one of two",
            requirement(f"{board}, {{from: riverton, assessment: met}}"),
            (*MEET, f"{words} Board{SET}", "inferred", ("page 1", "page 2", "paper M")),
        ),
        near("met", requirement(OF_BOARD.replace("VALUE", "met"))),
        near("the other", requirement(OF_BOARD.replace("VALUE", other))),
        near("not judged", requirement("board")),
        near("judged of what is gone", requirement(board.replace("{from", "{end_date: 2023, from"))),
    ]


CASES: dict[str, list[Case]] = {
    "not-confirmed": [
        broken(
            "the body and a seat of two",
            body("paper B", "paper S", "page S"),
            (
                *BOARD,
                "was last named by a source of 2019-05-01, and 1 of its 2 seats by none since 2021-01-01",
                "stated",
                ("paper B", "paper S"),
            ),
        ),
        broken(
            "every seat",
            body("paper B", "paper S", "leaflet S"),
            (
                *BOARD,
                "was last named by a source of 2019-05-01, and none of its 2 seats by any since 2021-01-01",
                "stated",
                ("leaflet S", "paper B", "paper S"),
            ),
        ),
        broken(
            "a seat alone",
            body("page B", "leaflet S", "page S"),
            (
                *BOARD,
                "was named by a source of 2023-11, but 1 of its 2 seats by none since 2021-01-01",
                "stated",
                ("leaflet S", "page B"),
            ),
        ),
        broken(
            "the body alone",
            body("paper B, leaflet B", "page S"),
            (*BOARD, "was last named by a source of 2019-05-01", "stated", ("leaflet B", "paper B")),
        ),
        broken(
            "a year that is over",
            body("leaflet B"),
            (*BOARD, "was last named by a source of 2018", "stated", ("leaflet B",)),
            day="2022-01-01",
        ),
        broken(
            "a seat for what is not sure",
            body("page B").replace(
                "seats: []",
                "seats: [{name: S, role: member, citations: [paper S], certainty: ambiguous, basis: so}]",
            ),
            (
                *BOARD,
                "was named by a source of 2023-11, but its only seat by none since 2021-01-01",
                "ambiguous",
                ("page B", "paper S"),
            ),
        ),
        broken(
            "a source without a date",
            "sources: [{id: site, name: Site, not_before: 2019-03, note: It names the plan}]\n"
            + body("site B, leaflet B"),
            (
                *BOARD,
                "was last named by an undated source (2019-03 at the earliest)",
                "inferred",
                ("leaflet B", "site B"),
            ),
        ),
        broken(
            "one without a date, of the same day as one with",
            "sources: [{id: site, name: Site, not_before: 2018, note: It names the plan}]\n"
            + body("site B, leaflet B"),
            (*BOARD, "was last named by a source of 2018", "stated", ("leaflet B", "site B")),
        ),
        near("both", body("page B", "page S")),
        near("to the day", body("paper B"), day="2022-05-01"),
        near("a year that is not yet over", body("leaflet B"), day="2021-12-31"),
        near(
            "a seat that is gone",
            body("page B", "paper S").replace("role: member", "role: member, end_date: 2023"),
        ),
        near("not of the partnership", body("paper B").replace("part_of: riverton, ", "")),
    ],
    "conflict-open": [
        broken("open", f"{CONFLICT}}}]\n", (*ISSUE, "is open: no reading is taken", "stated", ("paper I",))),
        broken(
            "open, about two things",
            "bodies: [{id: board, name: Board, citations: [paper B]}]\n"
            f"{CONFLICT}, concerns: [riverton, {{to: board, citations: [page 1], certainty: inferred, "
            "basis: so}]}]\n",
            (
                *ISSUE,
                "is open: no reading is taken; it concerns Board; Riverton",
                "inferred",
                ("page 1", "paper I"),
            ),
        ),
        near("taken", f"{CONFLICT}, taken: a}}]\n"),
        near("not stated", f"{CONFLICT.replace('conflict, readings: [a, b]', 'not-stated')}}}]\n"),
        near("no more", f"{CONFLICT}, end_date: 2023}}]\n"),
    ],
    "total-differs": [
        broken(
            "less",
            fund("300", "100", "199.5"),
            (
                *FUND,
                "has contributions that come to 299.50 GBP, and a stated total of 300 GBP",
                "stated",
                ("paper 0", "paper 1", "paper F"),
            ),
        ),
        broken(
            "more by a penny",
            fund("0.29", "0.1", "0.2"),
            (
                *FUND,
                "has contributions that come to 0.30 GBP, and a stated total of 0.29 GBP",
                "stated",
                ("paper 0", "paper 1", "paper F"),
            ),
        ),
        broken(
            "large, with a digit left out",
            fund("1285550.05", "128555.05"),
            (
                *FUND,
                "has contributions that come to 128555.05 GBP, and a stated total of 1285550.05 GBP",
                "stated",
                ("paper 0", "paper F"),
            ),
        ),
        near("the same", fund("300", "100", "199.5", "0.5")),
        near("the same, as far as a computer can add", fund("0.3", "0.1", "0.2")),
        near(
            "whoever paid is gone",
            fund("300", "100", "200").replace("name: O0,", "name: O0, end_date: 2020,"),
        ),
        near("no total", fund("", "100")),
        near("no contributions", fund("300")),
        near("before it is there", fund("300", "100"), day="2019-04-30"),
    ],
    "requirement-not-met": judged("not-met", "partly", "is not met by"),
    "requirement-partly-met": judged("partly", "not-met", "is met only in part by"),
}


def test_every_rule_has_cases() -> None:
    assert sorted(f"{PACK}/{rule}" for rule in CASES) == sorted(load()[PACK].rules)
    assert [rule for rule, cases in CASES.items() if len({bool(case.found) for case in cases}) < 2] == []


@pytest.mark.parametrize(("rule", "case"), parameters(CASES))
def test_a_rule(rule: str, case: Case, open_structure: Opened, here: Path) -> None:
    check(open_structure, here, rule, case, PACK)
