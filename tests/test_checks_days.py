"""Rules look at what holds on the day asked about: what is over or to come by then is not there for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.checks.packs import Packs, choose
from orgmodel.datasets import yaml
from orgmodel.holding import Holding
from orgmodel.session import open_dataset
from tests import test_checks_agreements, test_checks_currency, test_checks_structure
from tests.datasets import write
from tests.rule_cases import BASE
from tests.stores import open_embedded
from tests.strategies import days_of, structures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from orgmodel.structure import Structure
    from tests.rule_cases import Case

MODULES = (test_checks_structure, test_checks_agreements, test_checks_currency)
PACKS = choose([module.PACK for module in MODULES])
OF_OTHER_DAYS = {
    "agreements/expired",
    "agreements/fewer-than-two-parties",
    "agreements/not-in-force",
    "currency/conflict-open",
    "currency/total-differs",
    "structure/delegate-without-principal",
    "structure/ended-organisation",
    "structure/likely-duplicates",
    "structure/seat-outlives-body",
}
"""Rules that look at what has ended, or at what took the place of what."""

LASTING = {"structure/task-without-end"}
"""Rules that look at how long a thing lasts."""

CASES = [
    pytest.param(f"{module.PACK}/{rule}", case, id=f"{rule}: {case.name}")
    for module in MODULES
    for rule, cases in module.CASES.items()
    if f"{module.PACK}/{rule}" not in OF_OTHER_DAYS
    for case in cases
]


def found(structure: Structure, day: str, *rules: str) -> list[tuple[object, ...]]:
    """What rules find; none: all that look at the day alone."""
    chosen = [
        replace(
            pack,
            rules={
                name: rule
                for name, rule in pack.rules.items()
                if (name in rules if rules else name not in OF_OTHER_DAYS)
            },
        )
        for pack in PACKS.chosen
    ]
    with open_embedded(structure) as session:
        report = session.check(Packs(PACKS.known, tuple(chosen)), as_of=day)
    return [(one.rule, one.subject_id, one.message, one.certainty, one.citations) for one in report.found]


def held(structure: Structure, things: Iterable[str], first: str, last: str) -> Structure:
    """The same structure but for when some things hold."""
    holdings: dict[str, Any] = {**structure.holdings}
    for thing in things:
        holdings[thing] = Holding(first, last, holdings[thing].last_seen)
    return replace(structure, holdings=holdings)


def without(structure: Structure, things: Iterable[str]) -> Structure:
    gone = {*things}
    return replace(
        structure,
        nodes={i: node for i, node in structure.nodes.items() if i not in gone},
        relationships={i: line for i, line in structure.relationships.items() if i not in gone},
    )


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_what_is_over_or_to_come_is_not_there(rule: str, case: Case, here: Path) -> None:
    write(here, {"base.yaml": BASE, "case.yaml": case.text})
    structure = yaml.read(here)
    day = structure.date_of(case.day)
    now = structure.as_of(day)
    there = found(now, day, rule)
    assert [one[1:3] for one in there] == [(one[0], one[2]) for one in case.found]
    if rule not in LASTING:
        assert found(held(now, (*now.nodes, *now.relationships), day, day), day, rule) == there
    several = [{line} for line in now.relationships]
    several += [
        {node.id, *(i for i, line in now.relationships.items() if node.id in {line.from_id, line.to_id})}
        for node in now.nodes.values()
        if node.term != "Source"
    ]
    # Of a long chain every line is like the others.
    for things in several[:12]:
        expected = found(without(now, things), day, rule)
        assert found(held(now, things, "0001-01-01", "2018-12-31"), day, rule) == expected, things
        assert found(held(now, things, "2030-01-01", "9999-12-31"), day, rule) == expected, things


def test_only_what_holds_on_the_day_is_looked_at() -> None:
    structure = open_dataset(None)
    days = days_of(structure)
    for day in days[:: max(1, len(days) // 25)]:
        assert found(structure, day) == found(structure.as_of(day), day), day


@settings(max_examples=40)
@given(structures(), st.data())
def test_only_what_holds_on_the_day_is_looked_at_in_odd_structures(
    structure: Structure, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(days_of(structure)))
    assert found(structure, day) == found(structure.as_of(day), day)
