"""Agreements in a governance chart: between whom a line is drawn, how it looks, what the key says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import chart_rules
from tests.charting import bands_of, chart_of, lines_of, seen_of, with_lines

if TYPE_CHECKING:
    from pathlib import Path


def agreement(identity: str, parties: str, status: str = "in-force") -> str:
    return (
        f"  - {{id: {identity}, name: Agreement {identity}, status: {status}, parties: [{parties}], "
        "citations: [terms 1]}\n"
    )


OUTSIDE = """\
  - {id: health, name: Health Board, citations: [terms 1]}
  - {id: safety, name: Safety Board, citations: [terms 1]}
organisations:
  - {id: council, name: Council, citations: [terms 1]}
agreements:
"""


def test_intended_agreements_those_in_force_and_expired_ones_differ(here: Path) -> None:
    kinds = ("in-force", "intended", "expired")
    text = with_lines() + OUTSIDE + "".join(agreement(kind, "board, health", kind) for kind in kinds)
    chart = chart_of(here, text)
    drawn = {line.kind: line for line in seen_of(chart).lines}
    assert set(drawn) == {f"agreement-{kind}" for kind in kinds}
    assert len({line.dashes for line in drawn.values()}) == 3
    assert [line.filled for line in drawn.values()] == [[True, True]] * 3
    assert chart.key == (
        ("1", "Agreement expired: expired"),
        ("2", "Agreement in-force: in force"),
        ("3", "Agreement intended: intended, not said to be in force"),
    )
    assert {line.texts[0].words for line in drawn.values()} == {"1", "2", "3"}
    assert chart_rules.wrong_with_texts(seen_of(chart)) == []


def test_an_agreement_joins_each_body_inside_with_each_board_outside(here: Path) -> None:
    text = with_lines() + OUTSIDE + agreement("three", "board, group, health")
    chart = chart_of(here, text)
    pairs = [("agreement-in-force", body, "health", False) for body in ("board", "group")]
    assert lines_of(chart) == pairs
    assert [line.mark for line in chart.lines] == ["1", "1"]
    assert bands_of(chart) == {"Top": ["board", "health"], "Lower": ["group"]}
    assert {box.id: box.kind for box in chart.boxes}["health"] == "outside"


def test_boards_outside_are_not_joined_with_each_other(here: Path) -> None:
    chart = chart_of(here, with_lines() + OUTSIDE + agreement("three", "group, health, safety"))
    assert [(line.from_id, line.to_id) for line in chart.lines] == [("group", "health"), ("group", "safety")]
    assert bands_of(chart) == {"Top": ["board"], "Lower": ["group", "health", "safety"]}


def test_an_agreement_between_two_bodies_inside_is_a_line_between_them(here: Path) -> None:
    chart = chart_of(here, with_lines() + OUTSIDE + agreement("inner", "board, group"))
    assert lines_of(chart) == [("agreement-in-force", "board", "group", False)]
    assert bands_of(chart) == {"Top": ["board"], "Lower": ["group"]}


def test_an_agreement_with_an_organisation_or_of_the_partnership_is_counted(here: Path) -> None:
    text = with_lines() + OUTSIDE
    text += agreement("one", "board, council") + agreement("two", "partnership, health")
    text += agreement("of-others", "health, safety")
    chart = chart_of(here, text)
    assert (chart.lines, chart.key) == ((), ())
    assert (
        "Lines to the partnership as a whole, or to others that have no box here, that are not drawn: "
        "2 of agreement." in chart.notes
    )


def test_an_organisation_among_three_parties_has_no_box(here: Path) -> None:
    chart = chart_of(here, with_lines() + OUTSIDE + agreement("three", "board, council, health"))
    assert [(line.from_id, line.to_id) for line in chart.lines] == [("board", "health")]
    assert {box.id for box in chart.boxes} == {"board", "group", "health"}
