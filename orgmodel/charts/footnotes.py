"""The notes under a governance chart: its sources, what is old, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions

if TYPE_CHECKING:
    from collections import Counter

    from orgmodel.charts.connections import Connections
    from orgmodel.charts.scope import Scope

_SEVERAL: Final = ("stand", "they", "support", "them")

_NAMED: Final = 12
"""Up to so many bodies are named that are not drawn."""


def footnotes(scope: Scope, found: Connections) -> tuple[str, ...]:
    """The notes of a chart, each a sentence or a few."""
    structure = scope.structure
    facts = [structure.relationships[one] for line in found.lines for one in line.ids]
    notes = [
        captions.sources(structure, [*facts, *scope.inside.values()]),
        captions.last_named(structure, scope.inside.values()),
    ]
    if scope.between:
        notes.append(f"Lines between these boxes that are not drawn: {_counts(scope.between)}.")
    if scope.elsewhere:
        notes.append(
            "Lines to the partnership as a whole, or to others that have no box here, that are not drawn: "
            f"{_counts(scope.elsewhere)}."
        )
    notes += [_hidden(scope), _units(scope, found)]
    notes.append(captions.left_out(len(scope.ambiguous)))
    # What is above is drawn without those that it answers to itself.
    if not scope.officers and not scope.hidden and not scope.above:
        notes.append("No post or organisation is known on this day that stays ultimately accountable.")
    shown = {*scope.inside, *scope.superiors, *scope.officers, *found.outside, scope.partnership.id}
    notes.append(captions.open_questions(structure, shown))
    notes.append(captions.disclaimer(structure, scope.partnership))
    notes.append(captions.made(structure, scope.partnership))
    return tuple(note for note in notes if note)


def _hidden(scope: Scope) -> str:
    """What of the partnership is not drawn: by name, or of many how many."""
    count = len(scope.hidden)
    if not count:
        return ""
    names = ", ".join(node.known_as for node in scope.hidden.values())
    listed = f": {names}" if count <= _NAMED else ""
    bodies = "body" if count == 1 else "bodies"
    return captions.ended(f"{count} {bodies} of {scope.partnership.known_as} not drawn here{listed}")


def _units(scope: Scope, found: Connections) -> str:
    """Which units stand in a tier though none is stated of them."""
    supports = {line.from_id for line in found.lines if line.kind == "supports"}
    names = [scope.called(i) for i in sorted(scope.units & supports) if not scope.node(i).get("tier")]
    if not names:
        return ""
    verb, they, supported, them = ("stands", "it", "supports", "it") if len(names) == 1 else _SEVERAL
    said = f"{captions.enumerated(names)} {verb} beside what {they} {supported}"
    return f"{said}: no tier is stated of {them}."


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{count} of {what}" for what, count in sorted(counted.items()))
