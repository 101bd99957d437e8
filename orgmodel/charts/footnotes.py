"""The notes under a governance chart: its sources, what is old, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.holding import source_of

if TYPE_CHECKING:
    from collections import Counter

    from orgmodel.charts.connections import Connections
    from orgmodel.charts.scope import Scope
    from orgmodel.model import Node


def footnotes(scope: Scope, found: Connections) -> tuple[str, ...]:
    """The notes of a chart, each a sentence or a few."""
    notes = [_sources(scope, found), _last_named(scope)]
    if scope.between:
        notes.append(f"Lines between these boxes that are not drawn: {_counts(scope.between)}.")
    if scope.elsewhere:
        notes.append(
            "Lines to the partnership as a whole, or to others that have no box here, that are not drawn: "
            f"{_counts(scope.elsewhere)}."
        )
    if count := len(scope.ambiguous):
        notes.append(f"Left out: {count} {'facts' if count > 1 else 'fact'} that can be read in two ways.")
    if not scope.officers:
        notes.append("No post or organisation is known on this day that stays ultimately accountable.")
    notes.append(_open_questions(scope))
    notes.append(_disclaimer(scope))
    return tuple(note for note in notes if note)


def _sources(scope: Scope, found: Connections) -> str:
    relationships = scope.structure.relationships
    facts = [*(relationships[i] for line in found.lines for i in line.ids), *scope.inside.values()]
    cited = sorted({source_of(citation) for fact in facts for citation in fact.citations})
    named = [_titled(scope.node(i)) for i in cited if i in scope.structure.nodes]
    return f"Sources: {'; '.join(named)}." if named else ""


def _titled(source: Node) -> str:
    if not source.get("published"):
        return f"{source.name} (undated)"
    year = str(source.get("published"))[:4]
    return source.name if year in source.name else f"{source.name} ({year})"


def _last_named(scope: Scope) -> str:
    """Which bodies no source has named for a year or more before the day of the chart."""
    seen: dict[str, list[str]] = {}
    for node in scope.inside.values():
        last = scope.structure.holdings[node.id].last_seen
        if last and last[:4] < str(scope.structure.day)[:4]:
            seen.setdefault(last[:4], []).append(node.known_as)
    said = "; ".join(f"in {year} {', '.join(names)}" for year, names in sorted(seen.items()))
    return f"Last named by a source: {said}." if said else ""


def _open_questions(scope: Scope) -> str:
    """How much of what a reader may ask about the chart the sources do not say, or say in two ways."""
    shown = {*scope.inside, *scope.superiors, *scope.officers, scope.partnership.id}
    about = {
        line.from_id
        for node in shown
        for line in scope.structure.inward(node, "CONCERNS")
        if scope.node(line.from_id).term == "Issue"
    }
    kinds = [scope.node(i).kind for i in about]
    silent, torn = kinds.count("not-stated"), kinds.count("conflict")
    said = [f"{silent} not answered by the sources"] if silent else []
    said += [f"{torn} answered in two ways"] if torn else []
    return f"Questions about what is shown: {', '.join(said)}; the dataset lists them." if said else ""


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{count} of {what}" for what, count in sorted(counted.items()))


def _disclaimer(scope: Scope) -> str:
    datasets = scope.structure.datasets
    own = [d.disclaimer for d in datasets if d.id in scope.partnership.datasets and d.disclaimer]
    return " ".join(own)
