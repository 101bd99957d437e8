"""Who binds the structure together: on how many bodies each member sits, and what falls apart without it.

$partnership: Partnership = any. Only bodies that are part of it.
$by: one of organisation, post = organisation. Whether organisations or posts are the members.
$as_of: Date = today. The day asked about.

member_id, member: The organisation that seats speak for, not for a part of it; or the post that fills them.
bodies: On how many bodies it has a seat.
betweenness: The share, from 0 to 1, of the shortest ways between all others that lead over it.
cut_off_id, cut_off: Bodies that share a member with another, and without this one with none; a list.
last_seen: When the last source that names the member was published.
certainty: The weakest of what says that it sits on these bodies.
citations: Where that is taken from; a list.

Sorted by betweenness and by bodies, the highest first, then by member and member_id. Ways lead from members
to the bodies that they sit on, and back. A sector is no single organisation and does not count; nor does a
seat on a partnership itself, which only says who its partners are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.structure import weakest
from orgmodel.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

_COLUMNS: Final = (
    *("member_id", "member", "bodies", "betweenness", "cut_off_id", "cut_off"),
    *("last_seen", "certainty", "citations"),
)

_PLACES: Final = 4


def answer(structure: Structure, *, partnership: str | None, by: str, as_of: str) -> Rows:
    """Who binds the bodies of one day.

    Args:
        structure: What it is asked of.
        partnership: The id of the partnership; None: all bodies.
        by: organisation or post.
        as_of: The day.
    """
    day = structure.as_of(as_of)
    seated = _seated(day, partnership, by)
    sharing: dict[str, set[str]] = {}
    for member, places in seated.items():
        for body in places if len(places) > 1 else ():
            sharing.setdefault(body, set()).add(member)
    between = _betweenness(seated)
    rows = []
    for member in sorted(seated, key=lambda m: (-between[m], -len(seated[m]), day.nodes[m].name, m)):
        places = seated[member]
        cut_off = [day.nodes[body] for body in places if sharing.get(body) == {member}]
        cut_off.sort(key=lambda body: (body.name, body.id))
        facts = [fact for some in places.values() for fact in some]
        rows.append(
            (
                member,
                day.nodes[member].name,
                len(places),
                between[member],
                [body.id for body in cut_off],
                [body.name for body in cut_off],
                day.holdings[member].last_seen,
                weakest(facts),
                sorted({citation for fact in facts for citation in fact.citations}),
            )
        )
    return Rows(_COLUMNS, tuple(rows))


def _seated(day: Structure, partnership: str | None, by: str) -> dict[str, dict[str, list[Entity]]]:
    """By member and by body, what says that the one sits on the other."""
    label, relation = ("Organisation", "REPRESENTS") if by == "organisation" else ("Post", "FILLED_BY")
    bodies = day.labelled("Body") if partnership is None else _within(day, partnership)
    found: dict[str, dict[str, list[Entity]]] = {}
    for body in bodies:
        for on in day.inward(body.id, "ON"):
            for line in day.outward(on.from_id, relation):
                member = day.nodes[line.to_id]
                if member.term == label and member.kind != "sector":
                    facts = found.setdefault(member.id, {}).setdefault(body.id, [])
                    facts += [day.nodes[on.from_id], on, line]
    return found


def _within(day: Structure, partnership: str) -> list[Node]:
    """The bodies that are part of a partnership, over all steps."""
    found = dict.fromkeys([partnership])
    waiting = [partnership]
    for whole in waiting:
        parts = [line.from_id for line in day.inward(whole, "PART_OF")]
        new = [part for part in parts if part not in found and day.nodes[part].term == "Body"]
        found |= dict.fromkeys(new)
        waiting += dict.fromkeys(new)
    return [day.nodes[body] for body in waiting[1:]]


def _betweenness(seated: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    """The share of shortest ways that lead over each member, and over each body."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((member, body) for member, places in seated.items() for body in places)
    found = nx.betweenness_centrality(graph)
    # In which order such sums are added up must not tell which way a half is rounded.
    return {one: round(round(share, 12), _PLACES) for one, share in found.items()}
