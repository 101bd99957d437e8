"""The lines of a governance chart: accountability, reports, support, and agreements with other boards."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Final

from orgmodel.charts.drawing import Line, told
from orgmodel.charts.shown import remark
from orgmodel.structure import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.charts.drawing import LineKind
    from orgmodel.charts.scope import Scope
    from orgmodel.charts.shown import Shown
    from orgmodel.model import Node, Relationship

_DRAWN: Final[Mapping[str, tuple[LineKind, str, str]]] = {
    "ACCOUNTABLE_TO": ("accountable", "is accountable to", "accountability"),
    "REPORTS_TO": ("reports", "reports to", "reporting"),
    "SUPPORTS": ("supports", "supports", "support"),
}
_NOT_DRAWN: Final = {
    "INFORMS": "informing",
    "SCRUTINISES": "scrutiny",
    "WORKS_WITH": "working together",
    "ESTABLISHED_BY": "establishment",
}
_AGREEMENTS: Final[Mapping[str, tuple[LineKind, str]]] = {
    "in-force": ("agreement-in-force", "in force"),
    "intended": ("agreement-intended", "intended, not said to be in force"),
    "expired": ("agreement-expired", "expired"),
}


@dataclass(frozen=True, slots=True)
class Connections:
    """The lines, the key to their marks, and each board outside with the bodies that it agrees with."""

    lines: tuple[Line, ...]
    key: tuple[tuple[str, str], ...]
    outside: dict[str, list[str]]


def connections(scope: Scope) -> Connections:
    """The lines of a chart; what is not drawn is counted in the scope."""
    agreements, key, outside = _agreements(scope)
    shown = {*scope.inside, *scope.superiors, *scope.officers, *outside}
    lines = [line for name in _DRAWN for line in _hierarchy(scope, name, shown)]
    _count(scope, shown)
    return Connections((*_joined(lines), *agreements), tuple(key), outside)


def _hierarchy(scope: Scope, name: str, shown: set[str]) -> list[Line]:
    kind, verb, noun = _DRAWN[name]
    pairs: dict[tuple[str, str], list[Relationship]] = {}
    for fact in _lines_of(scope, {*scope.inside, *scope.superiors}, name):
        if not _is_ours(scope, fact) or not scope.certain(fact):
            continue
        if not {fact.from_id, fact.to_id} <= shown:
            scope.elsewhere[noun] += 1
        elif (
            fact.to_id == fact.from_id
            or (name == "SUPPORTS" and fact.from_id not in scope.units)
            or not scope.is_about(fact.from_id, fact.to_id)
        ):
            scope.between[noun] += 1
        else:
            pairs.setdefault((fact.from_id, fact.to_id), []).append(fact)
    lines = []
    for (source, target), facts in pairs.items():
        subjects = [str(fact.get("subject")) for fact in facts if fact.get("subject")]
        about = f" ({'; '.join(subjects)})" if subjects else ""
        # One stated report among several is enough for the line to be sure.
        inferred = all(fact.certainty != "stated" for fact in facts)
        said = told(f"{scope.called(source)} {verb} {scope.called(target)}{about}", inferred=inferred)
        lines.append(Line(tuple(fact.id for fact in facts), kind, source, target, said, inferred=inferred))
    return lines


def _is_ours(scope: Scope, fact: Relationship) -> bool:
    """Whether a line leads from or to a body of the partnership, or on from one that it answers to."""
    ours = (fact.from_id, fact.to_id)
    return any(end in scope.inside for end in ours) or fact.from_id in scope.superiors


def _joined(lines: list[Line]) -> list[Line]:
    """One line for accountability and reports between the same two, where both are as sure."""
    reports = {(line.from_id, line.to_id, line.inferred): line for line in lines if line.kind == "reports"}
    found: list[Line] = []
    gone: set[int] = set()
    for line in lines:
        report = reports.get((line.from_id, line.to_id, line.inferred))
        if line.kind == "accountable" and report is not None:
            gone.add(id(report))
            said = f"{line.said}; {report.said}"
            ids = (*line.ids, *report.ids)
            found.append(
                Line(ids, "accountable-reports", line.from_id, line.to_id, said, inferred=line.inferred)
            )
        else:
            found.append(line)
    return [line for line in found if id(line) not in gone]


def _agreements(scope: Scope) -> tuple[list[Line], list[tuple[str, str]], dict[str, list[str]]]:
    lines: list[Line] = []
    key: list[tuple[str, str]] = []
    outside: dict[str, list[str]] = {}
    own = {scope.partnership.id, *scope.inside} - scope.above
    ids = {fact.to_id for fact in _lines_of(scope, own, "PARTY_TO")}
    for agreement in (scope.node(one) for one in sorted(ids)):
        everybody = scope.structure.inward(agreement.id, "PARTY_TO")
        # On two days in one a party may be named twice.
        once = {party.from_id: party for party in everybody}
        parties = [party for party in once.values() if scope.node(party.from_id).term == "Body"]
        ours = [party for party in parties if party.from_id in scope.inside]
        not_theirs = scope.inside.keys() | scope.hidden.keys() | scope.doubtful
        theirs = [party for party in parties if party.from_id not in not_theirs]
        pairs = list(product(ours, theirs)) or list(combinations(ours, 2))
        pairs = [pair for pair in pairs if scope.is_about(*(party.from_id for party in pair))]
        if not pairs and any(party.from_id in own for party in everybody):
            scope.elsewhere["agreement"] += 1
        pairs = [pair for pair in pairs if scope.certain(agreement, *pair)]
        if not pairs:
            continue
        mark = str(len(key) + 1)
        key.append((mark, agreement_said(agreement)))
        for one, two in pairs:
            lines.append(agreement_line(scope, agreement, one, two, mark))
            if two.from_id not in scope.inside:
                outside.setdefault(two.from_id, []).append(one.from_id)
    return lines, key, outside


def agreement_said(agreement: Node) -> str:
    """An agreement as the key has it: its name, and whether it is in force."""
    return f"{agreement.name}: {agreement_status(agreement)}{remark(agreement)}"


def agreement_status(agreement: Node) -> str:
    """Whether an agreement is in force, in words."""
    return _AGREEMENTS[str(agreement.get("status"))][1]


def agreement_line(shown: Shown, agreement: Node, one: Relationship, two: Relationship, mark: str) -> Line:
    """The line of an agreement between two of its parties, with its number in the key."""
    kind, status = _AGREEMENTS[str(agreement.get("status"))]
    inferred = weakest((agreement, one, two)) != "stated"
    parties = f"{shown.called(one.from_id)} and {shown.called(two.from_id)}"
    said = told(f"{parties}: {agreement.name}, {status}", inferred=inferred)
    return Line((one.id, two.id), kind, one.from_id, two.from_id, said, inferred=inferred, mark=mark)


def party_line(shown: Shown, agreement: Node, party: Relationship) -> Line:
    """The line from a party to the box of an agreement."""
    kind, status = _AGREEMENTS[str(agreement.get("status"))]
    inferred = weakest((agreement, party)) != "stated"
    said = told(f"{shown.called(party.from_id)} is party to {agreement.name}, {status}", inferred=inferred)
    return Line((party.id,), kind, party.from_id, agreement.id, said, inferred=inferred)


def _count(scope: Scope, shown: set[str]) -> None:
    for fact in _lines_of(scope, shown, *_NOT_DRAWN):
        found = scope.between if {fact.from_id, fact.to_id} <= shown else scope.elsewhere
        found[_NOT_DRAWN[fact.term]] += 1


def _lines_of(scope: Scope, nodes: Iterable[str], *names: str) -> list[Relationship]:
    """The relationships of some types that lead from or to some nodes, in their order."""
    found = {
        fact.id: fact
        for node in nodes
        for fact in (*scope.structure.outward(node, *names), *scope.structure.inward(node, *names))
    }
    return [found[i] for i in sorted(found, key=lambda i: (found[i].term, i))]
