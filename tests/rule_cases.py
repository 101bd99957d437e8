"""Cases of rules of `orgmodel check`: what is recorded, and what a rule finds in it, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from orgmodel.datasets import yaml
from tests.datasets import write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.conftest import Opened

DAY = "2024-01-01"

BASE = """\
dataset: {id: made-up, name: Made up}
sources:
  - {id: paper, name: Paper, published: 2019-05-01}
  - {id: page, name: Page, published: 2023-11}
  - {id: leaflet, name: Leaflet, published: 2018}
partnerships:
  - {id: riverton, name: Riverton, tiers: [Top, Middle, Low], citations: [paper P]}
"""
"""What is beside every case: a partnership of three tiers and three sources."""

Finding = tuple[str, str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """What is recorded beside `BASE`, the day asked about, and what a rule finds."""

    name: str
    text: str
    found: tuple[Finding, ...] = ()
    day: str = DAY


def broken(name: str, text: str, *found: Finding, day: str = DAY) -> Case:
    """A case in which a rule finds something."""
    assert found
    return Case(name, text, found, day)


def near(name: str, text: str, day: str = DAY) -> Case:
    """A case as near as can be to one in which it does, in which it finds nothing."""
    return Case(name, text, (), day)


def parameters(cases: dict[str, Iterable[Case]]) -> list[Any]:
    """All cases of some rules, for `pytest.mark.parametrize`."""
    return [pytest.param(rule, case, id=f"{rule}: {case.name}") for rule in cases for case in cases[rule]]


def check(open_structure: Opened, folder: Path, rule: str, case: Case, pack: str) -> None:
    """Compares what a rule finds in a case with what it should, on one store."""
    write(folder, {"base.yaml": BASE, "case.yaml": case.text})
    with open_structure(yaml.read(folder)) as session:
        found = [one for one in session.check([pack], as_of=case.day).found if one.rule == f"{pack}/{rule}"]
    given = [(one.subject_id, one.subject, one.message, one.certainty, one.citations) for one in found]
    assert given == [*case.found]
