"""The rules of the pack `agreements`: what breaks each, and the nearest that does not, on every store."""

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

PACK = "agreements"

BOARDS = """\
bodies:
- {id: board, name: Board, citations: [paper B], part_of: {to: riverton, citations: [paper R]}}
- {id: health, name: Health Board, kind: board, citations: [paper H]}
"""
BOTH = "parties: [board, {from: health, citations: [leaflet 1], certainty: inferred, basis: so}]"
MEMO = "memo", "Memorandum"
INTENDED = "is intended, and no source says that it came into force"
PARTIES = "its parties: Board; Health Board"


def agreement(more: str, *, name: str = "memo", title: str = "Memorandum") -> str:
    """Two boards and an agreement, with what is said of it beside."""
    made = f"- {{id: {name}, name: {title}, citations: [paper M], {more}}}\n"
    return f"{BOARDS}agreements:\n{made}"


def later(more: str) -> str:
    """An agreement after the first, as one more entry."""
    return f"- {{id: later, name: Later, citations: [paper L], succeeds: memo, {more}}}\n"


def joined(*lines: str, beside: str = "", kind: str = "kind: board, ") -> str:
    """A board of the partnership and one outside, with the lines of the first."""
    said = "".join(f", {line}" for line in lines)
    return (
        "bodies:\n"
        "- {id: board, name: Board, citations: [paper B], "
        f"part_of: {{to: riverton, citations: [paper R]}}{said}}}\n"
        f"- {{id: health, name: Health Board, {kind}citations: [paper H]{beside}}}\n"
    )


def a_paper(status: str, parties: str) -> str:
    """An agreement of some parties."""
    return f"agreements: [{{id: m, name: M, status: {status}, citations: [paper M], parties: [{parties}]}}]\n"


def expired(more: str) -> str:
    """An expired agreement of both boards."""
    return agreement(f"{BOTH}, {more}")


TOGETHER = "has no stated agreement with Riverton, though they work together"
WITHOUT = "health", "Health Board"
CASES: dict[str, list[Case]] = {
    "fewer-than-two-parties": [
        broken(
            "none",
            agreement("status: in-force"),
            (*MEMO, "has no party", "stated", ("paper M",)),
        ),
        broken(
            "one",
            agreement("status: intended, parties: [{from: board, citations: [page 1]}]"),
            (*MEMO, "has one party: Board", "stated", ("page 1", "paper M")),
        ),
        broken(
            "one of two is gone",
            agreement(f"status: in-force, {BOTH}").replace("kind: board,", "end_date: 2022-03,"),
            (
                *MEMO,
                "has one party: Board; before, Health Board until 2022-03-31",
                "inferred",
                ("leaflet 1", "paper M"),
            ),
        ),
        near("two", agreement(f"status: in-force, {BOTH}")),
        near("expired", agreement("status: expired")),
        near("ended", agreement("status: in-force, end_date: 2023")),
        broken(
            "that is to end later",
            agreement("status: expired, end_date: 2024"),
            (*MEMO, "has no party", "stated", ("paper M",)),
        ),
    ],
    "not-in-force": [
        broken(
            "intended",
            agreement(f"status: intended, {BOTH}"),
            (
                *MEMO,
                f"{INTENDED}; last named 2019-05-01; {PARTIES}",
                "inferred",
                ("leaflet 1", "paper M"),
            ),
        ),
        broken(
            "and what took its place is intended too",
            agreement("status: intended") + later("status: intended"),
            ("later", "Later", f"{INTENDED}; last named 2019-05-01", "stated", ("paper L",)),
            (*MEMO, f"{INTENDED}; last named 2019-05-01", "stated", ("paper M",)),
        ),
        near("in force", agreement(f"status: in-force, {BOTH}")),
        near("what took its place is in force", agreement("status: intended") + later("status: in-force")),
        near("given up", agreement("status: intended, end_date: 2023-12-31")),
    ],
    "unsigned": [
        broken(
            "no day",
            agreement("status: in-force"),
            (*MEMO, "is in force, and when it was signed is not stated", "stated", ("paper M",)),
        ),
        broken(
            "a later day",
            agreement("status: in-force, signed_date: 2024-01-02"),
            (*MEMO, "is in force, and signed only on 2024-01-02", "stated", ("paper M",)),
        ),
        near("the day", agreement("status: in-force, signed_date: 2024-01-01")),
        near("the year", agreement("status: in-force, signed_date: 2024")),
        near("intended", agreement("status: intended")),
        near("ended", agreement("status: in-force, end_date: 2023")),
    ],
    "review-overdue": [
        broken(
            "the day before",
            agreement("status: in-force, review_date: 2023-12-31"),
            (*MEMO, "was to be reviewed by 2023-12-31", "stated", ("paper M",)),
        ),
        broken(
            "the month before",
            agreement("status: intended, review_date: 2023-12"),
            (*MEMO, "was to be reviewed by 2023-12", "stated", ("paper M",)),
        ),
        near("the day", agreement("status: in-force, review_date: 2024-01-01")),
        near("the month", agreement("status: in-force, review_date: 2024-01")),
        near("the year", agreement("status: in-force, review_date: 2024")),
        near("expired", agreement("status: expired, review_date: 2023")),
        near("ended", agreement("status: in-force, review_date: 2023, end_date: 2023")),
        near("no day", agreement("status: in-force")),
    ],
    "review-due": [
        broken(
            "in 90 days",
            agreement("status: in-force, review_date: 2024-03-31"),
            (*MEMO, "is to be reviewed by 2024-03-31", "stated", ("paper M",)),
        ),
        broken(
            "on the day",
            agreement("status: in-force, review_date: 2024-01-01"),
            (*MEMO, "is to be reviewed by 2024-01-01", "stated", ("paper M",)),
        ),
        broken(
            "in a month that begins within 90 days",
            agreement("status: intended, review_date: 2024-03"),
            (*MEMO, "is to be reviewed by 2024-03", "stated", ("paper M",)),
        ),
        broken(
            "within the year",
            agreement("status: in-force, review_date: 2024"),
            (*MEMO, "is to be reviewed by 2024", "stated", ("paper M",)),
        ),
        near("in 91 days", agreement("status: in-force, review_date: 2024-04-01")),
        near("in a month that begins later", agreement("status: in-force, review_date: 2024-04")),
        near("overdue", agreement("status: in-force, review_date: 2023-12-31")),
        near("expired", agreement("status: expired, review_date: 2024-02")),
        near("no day", agreement("status: in-force")),
    ],
    "expired": [
        broken(
            "ended",
            expired("status: in-force, end_date: 2022-03"),
            (
                *MEMO,
                f"has expired on 2022-03-31, and nothing took its place; {PARTIES}",
                "inferred",
                ("leaflet 1", "paper M"),
            ),
        ),
        broken(
            "said to have expired",
            expired("status: expired"),
            (
                *MEMO,
                f"has expired, and nothing took its place; {PARTIES}",
                "inferred",
                ("leaflet 1", "paper M"),
            ),
        ),
        broken(
            "and what took its place expired too",
            expired("status: in-force") + later("status: expired, start_date: 2022, end_date: 2023"),
            (
                *MEMO,
                f"has expired on 2021-12-31, and nothing took its place; {PARTIES}",
                "inferred",
                ("leaflet 1", "paper M"),
            ),
        ),
        near(
            "another took its place",
            expired("status: in-force") + later("status: in-force, start_date: 2022"),
        ),
        near("another is intended", expired("status: expired") + later("status: intended, start_date: 2022")),
        near("in force", expired("status: in-force")),
        near("it ends on the day", expired("status: expired, end_date: 2024-01-01")),
        near(
            "a party is gone",
            expired("status: in-force, end_date: 2022").replace("kind: board,", "end_date: 2022,"),
        ),
        near("one party", agreement("status: expired, parties: [board]")),
        near("to come", expired("status: expired, start_date: 2025"), day="2024-01-01"),
    ],
    "board-without-agreement": [
        broken(
            "works with it",
            joined("works_with: {to: health, citations: [page 1], certainty: inferred, basis: so}"),
            (
                *WITHOUT,
                TOGETHER,
                "inferred",
                ("page 1", "paper H", "paper R"),
            ),
        ),
        broken(
            "three lines, one the other way round",
            joined(
                "informs: {to: health, citations: [page 1]}",
                "works_with: health",
                beside=", scrutinises: {to: board, citations: [page 2]}",
            ),
            (
                *WITHOUT,
                f"{TOGETHER} and one scrutinises the other and one informs the other",
                "stated",
                ("page 1", "page 2", "paper B", "paper H", "paper R"),
            ),
        ),
        broken(
            "the partnership itself",
            joined(beside=", works_with: {to: riverton, citations: [page 1]}"),
            (
                *WITHOUT,
                TOGETHER,
                "stated",
                ("page 1", "paper H"),
            ),
        ),
        broken(
            "an expired agreement",
            joined("reports_to: health") + a_paper("expired", "board, health"),
            (
                *WITHOUT,
                "has no stated agreement with Riverton, though one reports to the other",
                "stated",
                ("paper B", "paper H", "paper R"),
            ),
        ),
        broken(
            "an agreement of others",
            joined("works_with: health")
            + "organisations: [{id: police, name: Police, citations: [paper O]}]\n"
            + a_paper("in-force", "police, health"),
            (
                *WITHOUT,
                TOGETHER,
                "stated",
                ("paper B", "paper H", "paper R"),
            ),
        ),
        broken(
            "an agreement of a body that has left",
            joined("works_with: health")
            + "- {id: old, name: Old, citations: [paper O], part_of: {to: riverton, end_date: 2023}}\n"
            + a_paper("in-force", "old, health"),
            (*WITHOUT, TOGETHER, "stated", ("paper B", "paper H", "paper R")),
        ),
        near(
            "an agreement",
            joined("works_with: health") + a_paper("intended", "board, health"),
        ),
        near(
            "an agreement of the partnership",
            joined("works_with: health") + a_paper("in-force", "riverton, health"),
        ),
        near("no board", joined("works_with: health", kind="kind: panel, ")),
        near("of no kind", joined("works_with: health", kind="")),
        near("of the partnership", joined("works_with: health", beside=", part_of: riverton")),
        near("supports it only", joined("supports: health")),
        near("worked with it once", joined("works_with: {to: health, end_date: 2023}")),
    ],
}


def test_every_rule_has_cases() -> None:
    assert sorted(f"{PACK}/{rule}" for rule in CASES) == sorted(load()[PACK].rules)
    assert [rule for rule, cases in CASES.items() if len({bool(case.found) for case in cases}) < 2] == []


@pytest.mark.parametrize(("rule", "case"), parameters(CASES))
def test_a_rule(rule: str, case: Case, open_structure: Opened, here: Path) -> None:
    check(open_structure, here, rule, case, PACK)
