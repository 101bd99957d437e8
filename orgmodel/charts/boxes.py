"""Boxes of officers and bodies, as every chart has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.charts.drawing import Box, told
from orgmodel.charts.shown import remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import BoxKind
    from orgmodel.charts.shown import Shown
    from orgmodel.model import Node

_OFTEN: Final = {1: "once", 2: "twice"}


def box(shown: Shown, node: Node, kind: BoxKind) -> Box:
    """The box of an officer, with what is delegated to whom; or of a body, with who chairs and hosts it."""
    details, said = _officer(shown, node) if kind == "officer" else _body(shown, node)
    return titled(node, kind, details, said)


def titled(node: Node, kind: BoxKind, details: Sequence[str] = (), said: Sequence[str] | None = None) -> Box:
    """The box of a node: its name and short name, and some details.

    Args:
        node: The node.
        kind: The kind of box.
        details: The smaller lines.
        said: The same in full, where there is more to say than room for.
    """
    heading = f"{node.name} ({node.short_name})" if node.short_name else node.name
    inferred = node.certainty != "stated"
    words = told(heading, *(details if said is None else said), inferred=inferred)
    return Box(node.id, kind, heading, tuple(details), words, inferred=inferred)


def _officer(shown: Shown, node: Node) -> tuple[list[str], list[str]]:
    """The organisation of an officer and what is delegated to whom: for the box, and in full."""
    details = []
    for line in shown.structure.outward(node.id, "POST_IN"):
        organisation = shown.node(line.to_id).name
        if organisation not in node.name and shown.certain(line):
            shown.use(line)
            details.append(organisation)
    said = [f"in {name}" for name in details]
    for line in shown.structure.inward(node.id, "ACTS_FOR"):
        delegate = shown.node(line.from_id)
        if delegate.term == "Post" and shown.certain(line, delegate):
            shown.use(line, delegate)
            scope_of = str(line.get("scope") or "authority")
            # In the box there is room for what is delegated, not for its limits after the colon.
            details.append(f"Delegates {scope_of.partition(':')[0]} to {delegate.name}{remark(line)}")
            said.append(f"delegates to {delegate.name}{remark(line)}: {scope_of}")
    return details, said


def _body(shown: Shown, node: Node) -> tuple[list[str], list[str]]:
    """Who chairs a body, how often it meets and who hosts it."""
    details = []
    for line in shown.structure.inward(node.id, "ON"):
        seat = shown.node(line.from_id)
        if seat.get("role") == "chair" and shown.certain(seat, line):
            filled = [fact for fact in shown.structure.outward(seat.id, "FILLED_BY") if shown.certain(fact)]
            shown.use(seat, line, *filled)
            posts = [shown.node(fact.to_id).name for fact in filled if shown.node(fact.to_id).term == "Post"]
            details.append(f"Chair: {', '.join(posts) or seat.name}{remark(seat, line, *filled)}")
    if isinstance(meetings := node.get("meetings_per_year"), int):
        details.append(f"Meets {_OFTEN.get(meetings, f'{meetings} times')} a year")
    for line in shown.structure.outward(node.id, "HOSTED_BY"):
        if shown.certain(line):
            shown.use(line)
            details.append(f"Hosted by {shown.node(line.to_id).name}{remark(line)}")
    return details, details
