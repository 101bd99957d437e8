"""Who sits where: a row for each partner, or for each post, and a column for each body.

$partnership: Partnership = any. Only seats on it and on the bodies that are part of it.
$by: one of organisation, post = organisation. Whether organisations or posts have a row each.
$empty: Boolean = false. Whether rows and columns in which nothing stands are kept.
$as_of: Date = today. The day asked about.

member_id, member: The organisation that seats speak for, not for a part of it; or the post that fills them.
certainty: The weakest of what the row says of seats; without a seat, that of the member.
citations: Where that is taken from; a list.
...: A column for each body, under its short name or name: the role and category of each seat there.

Sorted by member and member_id, sectors last. The columns are by partnership, tier, name and id; the
partnership's own seats come first, bodies that are part of none last.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from orgmodel import seating
from orgmodel.structure import weakest
from orgmodel.tables import Rows
from orgmodel.vocabulary import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure

_FIXED = ("member_id", "member", "certainty", "citations")


def answer(structure: Structure, *, partnership: str | None, by: str, empty: bool, as_of: str) -> Rows:
    """The matrix of one day.

    Args:
        structure: What it is asked of.
        partnership: The id of the partnership; None: all.
        by: organisation or post.
        empty: Whether members without a seat and places without a member are kept. Of a partnership these
            are the members that its datasets name.
        as_of: The day.
    """
    label, link = ("Organisation", "REPRESENTS") if by == "organisation" else ("Post", "FILLED_BY")

    def held(lines: Iterable[Relationship]) -> list[Relationship]:
        return [line for line in lines if structure.holdings[line.id].on(as_of)]

    places = list(seating.places(structure, partnership, as_of))
    seats: dict[tuple[str, str], set[str]] = {}
    facts: dict[str, list[Entity]] = {}
    for place in places:
        for on in held(structure.inward(place.id, "ON")):
            for line in held(structure.outward(on.from_id, link)):
                if structure.nodes[line.to_id].term == label:
                    seats.setdefault((line.to_id, place.id), set()).add(on.from_id)
                    facts.setdefault(line.to_id, []).extend([structure.nodes[on.from_id], on, line])
    if empty:
        of = set(structure.nodes[partnership].datasets) if partnership else None
        for node in structure.labelled(label):
            if structure.holdings[node.id].on(as_of) and (of is None or of & {*node.datasets}):
                facts.setdefault(node.id, [node])
    else:
        filled = {place for _, place in seats}
        places = [place for place in places if place.id in filled]
    members = sorted(
        (structure.nodes[member] for member in facts),
        key=lambda member: (member.kind == "sector", member.name, member.id),
    )
    return Rows(
        (*_FIXED, *_headings(places)),
        tuple(
            (
                member.id,
                member.name,
                weakest(facts[member.id]),
                sorted({citation for fact in facts[member.id] for citation in fact.citations}),
                *(_cell(structure, seats.get((member.id, place.id), ())) for place in places),
            )
            for member in members
        ),
    )


def _headings(places: Iterable[Node]) -> list[str]:
    """What stands above the columns of some places: short, and no two alike."""
    headings = {place.id: place.short_name or place.name for place in places}
    while True:
        often = Counter([*_FIXED, *headings.values()])
        if max(often.values(), default=1) == 1:
            return list(headings.values())
        headings = {i: f"{name} ({i})" if often[name] > 1 else name for i, name in headings.items()}


def _cell(structure: Structure, seats: Iterable[str]) -> str | None:
    """What some seats are, as one text; None of none."""
    nodes = sorted(
        (structure.nodes[seat] for seat in seats),
        key=lambda seat: (ROLES.index(seat.get("role")), str(seat.get("category") or ""), seat.id),
    )
    said = [
        f"{seat.get('role')} ({seat.get('category')})" if seat.get("category") else str(seat.get("role"))
        for seat in nodes
    ]
    return "; ".join(said) or None
