"""What the questions about membership must answer, worked out in plain Python from a structure."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from orgmodel.vocabulary import ROLES
from tests.oracles.day import Day, Row, grounds, listed, nulls_last, one, reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure


class Members:
    """Who sits where on one day: every seat on a place, with the lines that say so."""

    def __init__(self, structure: Structure, day: str, partnership: str | None = None) -> None:
        self.structure, self.day = structure, day
        self.facts = Day(structure, day)
        places = {node.id for node in structure.nodes.values() if node.term in {"Body", "Partnership"}}
        if partnership is not None:
            within = reached(
                [partnership], lambda whole: [line.from_id for line in self.facts.into(whole, "PART_OF")]
            )
            places &= within.keys()
        self.places = [structure.nodes[place] for place in sorted(places)]

    def holds(self, node: Node) -> bool:
        return self.structure.holdings[node.id].on(self.day)

    def ons(self, place: Node) -> list[Relationship]:
        return self.facts.into(place.id, "ON")

    def holders(self, seat: str, *, people: bool) -> tuple[list[Node], list[Relationship]]:
        """Who fills a seat, and the lines that say so."""
        lines = self.facts.out(seat, "FILLED_BY", *(("Post", "Person") if people else ("Post",)))
        if people:
            lines += [
                held for post in self.facts.targets(lines) for held in self.facts.out(post.id, "HELD_BY")
            ]
        return self.facts.targets(lines), lines

    def of(self, place: Node, by: str, *, people: bool) -> Iterator[tuple[Node, str, list[Entity]]]:
        """Every member of a place, each time with a seat and the facts that give it that."""
        for on in self.ons(place):
            seat = self.facts.node(on.from_id)
            if by == "organisation":
                for line in self.facts.out(seat.id, "REPRESENTS", "Organisation"):
                    yield self.facts.node(line.to_id), seat.id, [seat, on, line]
            for line in self.facts.out(seat.id, "FILLED_BY"):
                who = self.facts.node(line.to_id)
                if by == "post" and who.term == "Post":
                    yield who, seat.id, [seat, on, line]
                if by == "person" and people and who.term == "Person":
                    yield who, seat.id, [seat, on, line]
                if by == "person" and people and who.term == "Post":
                    for held in self.facts.out(who.id, "HELD_BY"):
                        yield self.facts.node(held.to_id), seat.id, [seat, on, line, held]


def partners(structure: Structure, partnership: str | None, as_of: str) -> list[Row]:
    """How much each organisation is there."""
    sitting = Members(structure, as_of, partnership)
    rows: list[Row] = []
    for organisation in structure.labelled("Organisation"):
        bodies: set[str] = set()
        seats: dict[str, Node] = {}
        starts: list[str] = []
        facts: list[Entity] = []
        for place in sitting.places:
            for who, seat, said in sitting.of(place, "organisation", people=False):
                if who.id != organisation.id:
                    continue
                if place.term == "Body":
                    bodies.add(place.id)
                seats[seat] = structure.nodes[seat]
                starts.append(max(structure.holdings[fact.id].holds_from for fact in said))
                facts += said
        if seats:
            rows.append(
                {
                    **one("organisation", organisation),
                    "kind": organisation.kind,
                    "bodies": len(bodies),
                    "seats": len(seats),
                    "categories": sorted(
                        {str(seat.get("category")) for seat in seats.values() if seat.get("category")}
                    ),
                    "since": min(starts),
                    "last_seen": sitting.facts.last_seen(organisation.id),
                    **grounds(facts),
                }
            )
    return sorted(
        rows, key=lambda row: (row["kind"] == "sector", str(row["organisation"]), str(row["organisation_id"]))
    )


def chairs(structure: Structure, partnership: str | None, as_of: str, *, people: bool) -> list[Row]:
    """Who chairs what."""
    sitting = Members(structure, as_of, partnership)
    rows: list[Row] = []
    for place in sitting.places:
        ons: dict[str, list[Relationship]] = {}
        for on in sitting.ons(place):
            ons.setdefault(on.from_id, []).append(on)
        roles = Counter(structure.nodes[seat].get("role") for seat in ons)
        for seat_id, lines in ons.items():
            seat = structure.nodes[seat_id]
            if seat.get("role") not in {"chair", "vice-chair"}:
                continue
            holders, filled = sitting.holders(seat_id, people=people)
            speaks = sitting.facts.out(seat_id, "REPRESENTS")
            rows.append(
                {
                    **one("body", place),
                    "role": seat.get("role"),
                    **one("seat", seat),
                    **listed("filled_by", holders),
                    **listed("represents", sitting.facts.targets(speaks)),
                    "state": seat.get("state"),
                    "last_seen": sitting.facts.last_seen(seat_id),
                    **grounds([seat, *lines, *filled, *speaks]),
                }
            )
        if place.term == "Body" and sitting.holds(place) and not roles["chair"]:
            itself: list[Entity] = [place]
            rows.append(
                {
                    **one("body", place),
                    "role": "no chair stated",
                    **one("seat", None),
                    **listed("filled_by", []),
                    **listed("represents", []),
                    "state": None,
                    "last_seen": sitting.facts.last_seen(place.id),
                    **grounds(itself),
                }
            )
    return sorted(
        rows,
        key=lambda row: (
            row["body"],
            row["body_id"],
            row["role"],
            nulls_last(row["seat"]),
            nulls_last(row["seat_id"]),
        ),
    )


def delegations(structure: Structure, partnership: str | None, as_of: str) -> list[Row]:
    """Who acts for whom, and on which seats."""
    sitting = Members(structure, as_of, partnership)
    within = {place.id for place in sitting.places}
    facts = sitting.facts
    found: dict[tuple[str, str | None, str | None], list[Entity]] = {}
    for delegate in structure.labelled("Post") + structure.labelled("Body"):
        for acting in facts.out(delegate.id, "ACTS_FOR"):
            filled = facts.into(delegate.id, "FILLED_BY")
            seated = [(fills, on) for fills in filled for on in facts.out(fills.from_id, "ON")]
            for fills, on in seated:
                if partnership is None or on.to_id in within or delegate.id in within:
                    seat = structure.nodes[fills.from_id]
                    found.setdefault((acting.id, on.to_id, seat.id), []).extend([acting, fills, seat, on])
            if not seated and (partnership is None or delegate.id in within):
                found[acting.id, None, None] = [acting]
    rows: list[tuple[tuple[object, ...], Row]] = []
    for (line_id, body, seat_id), said in found.items():
        acting = structure.relationships[line_id]
        delegate, principal = structure.nodes[acting.from_id], structure.nodes[acting.to_id]
        employed = facts.out(principal.id, "POST_IN", "Organisation")
        row: Row = {
            **one("delegate", delegate),
            **one("acts_for", principal),
            **listed("organisation", facts.targets(employed)),
            "scope": acting.get("scope"),
            **one("body", structure.nodes[body] if body else None),
            **one("seat", structure.nodes[seat_id] if seat_id else None),
            "last_seen": facts.last_seen(line_id),
            **grounds([*said, *employed]),
        }
        order = [row[column] for column in ("delegate", "delegate_id", "acts_for", "acts_for_id", "scope")]
        order += [line_id, *(row[column] for column in ("body", "body_id", "seat", "seat_id"))]
        rows.append((tuple(map(nulls_last, order)), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def shared(
    structure: Structure, bodies: list[str], at_least: int, by: str, as_of: str, *, people: bool
) -> list[Row]:
    """Who sits on several places."""
    sitting = Members(structure, as_of)
    wanted = [place for place in sitting.places if place.id in bodies]
    places: dict[str, dict[str, Node]] = {}
    said: dict[str, list[Entity]] = {}
    for place in wanted:
        for who, _, facts in sitting.of(place, by, people=people):
            places.setdefault(who.id, {})[place.id] = place
            said.setdefault(who.id, []).extend(facts)
    least = at_least if at_least > 0 else len(wanted)
    rows: list[Row] = [
        {
            **one("member", structure.nodes[member]),
            "kind": structure.nodes[member].kind,
            "bodies": len(on),
            **listed("body", sorted(on.values(), key=lambda place: (place.name, place.id))),
            "last_seen": sitting.facts.last_seen(member),
            **grounds(said[member]),
        }
        for member, on in places.items()
        if len(on) >= least
    ]
    return sorted(rows, key=lambda row: (-row["bodies"], row["member"], row["member_id"]))  # type: ignore[operator]


def only_on(structure: Structure, body: str, not_on: str, by: str, as_of: str, *, people: bool) -> list[Row]:
    """Who sits on one place and not on another."""
    sitting = Members(structure, as_of)
    elsewhere = {who.id for who, _, _ in sitting.of(structure.nodes[not_on], by, people=people)}
    seats: dict[str, dict[str, Node]] = {}
    said: dict[str, list[Entity]] = {}
    for who, seat, facts in sitting.of(structure.nodes[body], by, people=people):
        if who.id not in elsewhere:
            seats.setdefault(who.id, {})[seat] = structure.nodes[seat]
            said.setdefault(who.id, []).extend(facts)
    rows: list[Row] = [
        {
            **one("member", structure.nodes[member]),
            "kind": structure.nodes[member].kind,
            **listed("seat", sorted(seats[member].values(), key=lambda seat: (seat.name, seat.id))),
            "last_seen": sitting.facts.last_seen(member),
            **grounds(facts),
        }
        for member, facts in said.items()
    ]
    return sorted(rows, key=lambda row: (str(row["member"]), str(row["member_id"])))


def interlocks(structure: Structure, partnership: str | None, by: str, as_of: str) -> list[Row]:
    """Which two bodies have members in common."""
    sitting = Members(structure, as_of, partnership)
    members: dict[str, dict[str, list[Entity]]] = {}
    for place in sitting.places:
        for who, _, facts in sitting.of(place, by, people=False):
            if who.kind != "sector":
                members.setdefault(place.id, {}).setdefault(who.id, []).extend(facts)
    rows: list[Row] = []
    bodies = [place for place in sitting.places if place.term == "Body" and place.id in members]
    for first, second in combinations(bodies, 2):
        both = members[first.id].keys() & members[second.id].keys()
        if both:
            common = sorted((structure.nodes[who] for who in both), key=lambda who: (who.name, who.id))
            facts = [fact for who in both for fact in members[first.id][who] + members[second.id][who]]
            rows.append(
                {
                    **one("first", first),
                    **one("second", second),
                    "shared": len(both),
                    **listed("member", common),
                    **grounds(facts),
                }
            )
    return sorted(
        rows,
        key=lambda row: (-row["shared"], row["first"], row["first_id"], row["second"], row["second_id"]),  # type: ignore[operator]
    )


def matrix(structure: Structure, partnership: str | None, by: str, as_of: str, *, empty: bool) -> list[Row]:
    """Who sits where, a column a place."""
    sitting = Members(structure, as_of, partnership)
    cells: dict[tuple[str, str], dict[str, Node]] = {}
    said: dict[str, list[Entity]] = {}
    for place in sitting.places:
        for who, seat, facts in sitting.of(place, by, people=False):
            cells.setdefault((who.id, place.id), {})[seat] = structure.nodes[seat]
            said.setdefault(who.id, []).extend(facts)
    if empty:
        stating = {
            dataset
            for node in structure.labelled("Partnership")
            if node.id == partnership
            for dataset in node.datasets
        }
        for node in structure.labelled("Organisation" if by == "organisation" else "Post"):
            if sitting.holds(node) and (partnership is None or stating.intersection(node.datasets)):
                said.setdefault(node.id, [node])
    places = [
        place
        for place in sorted(sitting.places, key=_where(sitting))
        if (empty and sitting.holds(place)) or any(place.id == on for _, on in cells)
    ]
    headings = _apart([(place.id, place.short_name or place.name) for place in places])
    rows: list[Row] = []
    for member_id, facts in said.items():
        member = structure.nodes[member_id]
        row: Row = {**one("member", member), **grounds(facts)}
        for place, heading in zip(places, headings, strict=True):
            seats = cells.get((member_id, place.id), {}).values()
            words = [(ROLES.index(str(s.get("role"))), s.get("category") or "", s.id, s) for s in seats]
            row[heading] = "; ".join(_phrase(seat) for *_, seat in sorted(words, key=lambda w: w[:3])) or None
        rows.append(row)
    return sorted(
        rows,
        key=lambda row: (
            structure.nodes[str(row["member_id"])].kind == "sector",
            str(row["member"]),
            str(row["member_id"]),
        ),
    )


def _phrase(seat: Node) -> str:
    return str(seat.get("role")) + (f" ({seat.get('category')})" if seat.get("category") else "")


def _where(sitting: Members) -> Callable[[Node], tuple[object, ...]]:
    """Where the column of a place comes: by its partnership, the first by name; then by tier."""
    wholes = [node for node in sitting.places if node.term == "Partnership" and sitting.holds(node)]
    wholes.sort(key=lambda node: (node.name, node.id))

    def above(place: Node) -> dict[str, int]:
        return reached(
            [place.id],
            lambda part: [line.to_id for line in sitting.facts.out(part, "PART_OF", "Body", "Partnership")],
        )

    def key(place: Node) -> tuple[object, ...]:
        up = above(place)
        number = next((i for i, whole in enumerate(wholes) if whole.id in up), len(wholes))
        if place.term == "Partnership" or number == len(wholes):
            return number, place.term != "Partnership", 0, place.name, place.id
        order = wholes[number].get("tiers")
        tiers = [*order] if isinstance(order, tuple) else []
        tier = tiers.index(str(place.get("tier"))) if place.get("tier") in tiers else len(tiers)
        return number, True, tier, place.name, place.id

    return key


def _apart(named: list[tuple[str, str]]) -> list[str]:
    """Headings that differ, from those of the columns before them too."""
    names = [name for _, name in named]
    taken = ["member_id", "member", "certainty", "citations"]
    alike = [i for i, name in enumerate(names) if (names + taken).count(name) > 1]
    for i in alike:
        names[i] += f" ({named[i][0]})"
    return _apart([(i, name) for (i, _), name in zip(named, names, strict=True)]) if alike else names


ORACLES = {
    "partners": partners,
    "chairs": chairs,
    "delegations": delegations,
    "shared": shared,
    "only-on": only_on,
    "interlocks": interlocks,
    "matrix": matrix,
}
