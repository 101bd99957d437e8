"""Boxes of officers and bodies, as every chart has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.drawing import Box, Column, told
from orgmodel.charts.shown import remark
from orgmodel.vocabulary import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.charts.drawing import BoxKind
    from orgmodel.charts.shown import Shown
    from orgmodel.model import Node

VACANT: Final = " (vacant)"
"""What is added to the words about a seat that nobody fills."""

BULLET: Final = "\N{BULLET}"
"""What entries of a list begin with."""

NO_CATEGORY: Final = "Category not stated"
"""Over seats of none, where others have one."""

_OFTEN: Final = {1: "once", 2: "twice"}


def box(shown: Shown, node: Node, kind: BoxKind, *, members: bool = False) -> Box:
    """The box of an officer, with what is delegated to whom; or of a body, with who chairs and hosts it.

    Args:
        shown: What the chart shows.
        node: The officer or body.
        kind: The kind of box.
        members: Whether the seats of a body are listed, by category.
    """
    details, said = _officer(shown, node) if kind == "officer" else _body(shown, node)
    seats = _seats(shown, node) if members and kind != "officer" else []
    return titled(node, kind, details, said, seats)


def titled(
    node: Node,
    kind: BoxKind,
    details: Sequence[str] = (),
    said: Sequence[str] | None = None,
    listed: Sequence[str] = (),
) -> Box:
    """The box of a node: its name and short name, and some details.

    Args:
        node: The node.
        kind: The kind of box.
        details: The smaller lines.
        said: The same in full, where there is more to say than room for.
        listed: What is listed below them.
    """
    heading = f"{node.name} ({node.short_name})" if node.short_name else node.name
    inferred = node.certainty != "stated"
    entries = [entry.removeprefix(f"{BULLET} ") for entry in listed]
    words = told(heading, *(details if said is None else said), *entries, inferred=inferred)
    return Box(node.id, kind, heading, tuple(details), words, inferred=inferred, listed=tuple(listed))


def _officer(shown: Shown, node: Node) -> tuple[list[str], list[str]]:
    """The organisation of an officer and what is delegated to whom: for the box, and in full."""
    details = []
    for line in shown.structure.outward(node.id, "POST_IN"):
        organisation = shown.node(line.to_id).name
        if organisation not in node.name and shown.certain(line):
            shown.use(line)
            details.append(f"{organisation}{remark(line)}")
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
            who = [shown.node(fact.to_id) for fact in filled]
            named = [shown.holder(node) for node in who if shown.people or node.term == "Post"]
            vacant = VACANT if seat.get("state") == "vacant" else ""
            details.append(f"Chair: {', '.join(named) or seat.name}{vacant}{remark(seat, line, *filled)}")
    if isinstance(meetings := node.get("meetings_per_year"), int):
        details.append(f"Meets {_OFTEN.get(meetings, f'{meetings} times')} a year")
    for line in shown.structure.outward(node.id, "HOSTED_BY"):
        if shown.certain(line):
            shown.use(line)
            details.append(f"Hosted by {shown.node(line.to_id).name}{remark(line)}")
    return details, details


def _seats(shown: Shown, node: Node) -> list[str]:
    """The seats on a body but the chair's, each category before its own; those of no category last."""
    groups: dict[str, list[str]] = {}
    for line, seat in shown.inward(node.id, "ON"):
        role = str(seat.get("role"))
        if role != "chair":
            said = "" if role == "member" else f" ({captions.role(role)})"
            vacant = VACANT if seat.get("state") == "vacant" else ""
            entry = f"{BULLET} {seat.name}{said}{vacant}{remark(seat, line)}"
            groups.setdefault(str(seat.get("category") or ""), []).append(entry)
    found = []
    for category in sorted(groups, key=lambda name: (not name, name)):
        heading = f"{category or NO_CATEGORY}:"
        found += [heading] * (groups.keys() != {""}) + groups[category]
    return found


def _seats_in_words(seats: Sequence[tuple[Node, bool]]) -> str:
    """What some seats are: their roles, the chief ones first, how many, and which are vacant or concluded.

    Args:
        seats: Each with whether it is concluded and not stated. Where all are, that is not said.
    """
    all_concluded = all(concluded for _, concluded in seats)
    said = []
    for role in ROLES:
        here = [one for one in seats if one[0].get("role") == role]
        marks = [
            (sum(seat.get("state") == "vacant" for seat, _ in here), "vacant"),
            (0 if all_concluded else sum(concluded for _, concluded in here), "concluded"),
        ]
        marked = [word if count == len(here) else f"{count} {word}" for count, word in marks if count]
        often = f" \N{MULTIPLICATION SIGN} {len(here)}" if len(here) > 1 else ""
        more = f" ({', '.join(marked)})" if marked else ""
        said += [f"{captions.role(role)}{often}{more}"] * bool(here)
    return ", ".join(said)


def _kind_of_seats(seats: Sequence[Node]) -> BoxKind:
    """The kind of box that stands for some seats: a vacant one if all are, that of a chair if one is."""
    if all(seat.get("state") == "vacant" for seat in seats):
        return "vacant-seat"
    return "chair" if any(seat.get("role") == "chair" for seat in seats) else "seat"


def seats_box(identity: str, seats: Sequence[tuple[Node, bool]], whose: str) -> Box:
    """The box of some seats in a grid; it looks concluded where all of them are.

    Args:
        identity: Its id.
        seats: Each with whether it is concluded and not stated.
        whose: Who sits where, in full.
    """
    words, inferred = _seats_in_words(seats), all(concluded for _, concluded in seats)
    said = told(f"{whose}: {words}", inferred=inferred)
    return Box(identity, _kind_of_seats([seat for seat, _ in seats]), words, said=said, inferred=inferred)


def columns_of(nodes: Iterable[Node]) -> tuple[Column, ...]:
    """A column of a grid for each of some nodes."""
    return tuple(Column(node.known_as, number, number + 1, node.name) for number, node in enumerate(nodes))
