"""The governance chart of a partnership: who stays accountable, its bodies by tier, the lines between."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgmodel.charts.connections import connections
from orgmodel.charts.drawing import Box, Drawing
from orgmodel.charts.footnotes import footnotes
from orgmodel.charts.scope import Scope, remark
from orgmodel.charts.tiers import bands
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from orgmodel.charts.drawing import BoxKind
    from orgmodel.model import Node
    from orgmodel.structure import Structure

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_OFTEN = {1: "once", 2: "twice"}


def governance(structure: Structure, partnership: str | None = None) -> Drawing:
    """What the governance chart of a partnership shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of the partnership; it may be left out where there is only one.

    Raises:
        ChartError: There is no partnership on that day, or it has no bodies, or there are several and none
            was named.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    scope = Scope(structure, _chosen(structure, partnership))
    if not scope.inside:
        name = shown(scope.partnership.name)
        raise ChartError(f"{name} has no bodies on {structure.day}: give another day")
    found = connections(scope)
    tiers = bands(scope, found, lambda node, kind: _box(scope, node, kind))
    return Drawing(
        f"governance-{scope.partnership.id}",
        f"{scope.partnership.name}: governance",
        _subtitle(scope),
        tiers,
        found.lines,
        found.key,
        footnotes(scope, found),
    )


def _chosen(structure: Structure, partnership: str | None) -> Node:
    if partnership is not None:
        return structure.find(partnership, "Partnership")
    found = structure.labelled("Partnership")
    if len(found) == 1:
        return found[0]
    if not found:
        raise ChartError(f"no partnership is known on {structure.day}: give another day with --as-of")
    names = ", ".join(node.id for node in found)
    raise ChartError(f"there are {len(found)} partnerships ({names}): choose one with --partnership")


def _box(scope: Scope, node: Node, kind: BoxKind) -> Box:
    details, said = _officer(scope, node) if kind == "officer" else _body(scope, node)
    heading = f"{node.name} ({node.short_name})" if node.short_name else node.name
    words = [heading, *said]
    if node.certainty != "stated":
        words.append("concluded, not stated")
    inferred = node.certainty != "stated"
    return Box(node.id, kind, heading, tuple(details), "; ".join(words), inferred=inferred)


def _officer(scope: Scope, node: Node) -> tuple[list[str], list[str]]:
    """The organisation of an officer and what is delegated to whom: for the box, and in full."""
    details = [
        scope.node(line.to_id).name
        for line in scope.structure.outward(node.id, "POST_IN")
        if scope.node(line.to_id).name not in node.name and scope.certain(line)
    ]
    said = [f"in {name}" for name in details]
    for line in scope.structure.inward(node.id, "ACTS_FOR"):
        delegate = scope.node(line.from_id)
        if delegate.term == "Post" and scope.certain(line, delegate):
            scope_of = str(line.get("scope") or "authority")
            # In the box there is room for what is delegated, not for its limits after the colon.
            details.append(f"Delegates {scope_of.partition(':')[0]} to {delegate.name}{remark(line)}")
            said.append(f"delegates to {delegate.name}{remark(line)}: {scope_of}")
    return details, said


def _body(scope: Scope, node: Node) -> tuple[list[str], list[str]]:
    """Who chairs a body, how often it meets and who hosts it."""
    details = []
    for line in scope.structure.inward(node.id, "ON"):
        seat = scope.node(line.from_id)
        if seat.get("role") == "chair" and scope.certain(seat, line):
            filled = [fact for fact in scope.structure.outward(seat.id, "FILLED_BY") if scope.certain(fact)]
            posts = [scope.node(fact.to_id).name for fact in filled if scope.node(fact.to_id).term == "Post"]
            details.append(f"Chair: {', '.join(posts) or seat.name}{remark(seat, line, *filled)}")
    if isinstance(meetings := node.get("meetings_per_year"), int):
        details.append(f"Meets {_OFTEN.get(meetings, f'{meetings} times')} a year")
    details += [
        f"Hosted by {scope.node(line.to_id).name}{remark(line)}"
        for line in scope.structure.outward(node.id, "HOSTED_BY")
        if scope.certain(line)
    ]
    return details, details


def _subtitle(scope: Scope) -> str:
    day = date.fromisoformat(str(scope.structure.day))
    said = f"as of {day.day} {_MONTHS[day.month - 1]} {day.year}"
    own = [d for d in scope.structure.datasets if d.id in scope.partnership.datasets]
    for edition in (edition for dataset in own for edition in dataset.editions):
        if edition.name and scope.structure.date_of(edition.id) == scope.structure.day:
            return f"{edition.name}; {said}"
    return f"A{said[1:]}"
