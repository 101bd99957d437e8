"""What the basic questions must answer, worked out in plain Python from a structure, without any query."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from orgmodel.vocabulary import ROLES
from tests.oracles.day import Day, Row, grounds, listed, nulls_last, one, reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model import Entity, Relationship
    from orgmodel.structure import Structure

LONGEST = 30
"""How many steps a route has at most."""


def members(structure: Structure, body: str, as_of: str, *, people: bool = False) -> list[Row]:
    """Who sits on a body or partnership."""
    facts = Day(structure, as_of)
    rows: list[Row] = []
    seated: dict[str, list[Relationship]] = {}
    for on in facts.into(body, "ON"):
        seated.setdefault(on.from_id, []).append(on)
    for seat_id, on in seated.items():
        seat = facts.node(seat_id)
        speaks = facts.out(seat_id, "REPRESENTS")
        filled = facts.out(seat_id, "FILLED_BY", "Post")
        posts = facts.targets(filled)
        acting = [line for post in posts for line in facts.out(post.id, "ACTS_FOR")]
        if people:
            filled += [line for post in posts for line in facts.out(post.id, "HELD_BY")]
            filled += facts.out(seat_id, "FILLED_BY", "Person")
        rows.append(
            {
                "seat_id": seat.id,
                "seat": seat.name,
                "role": seat.get("role"),
                "category": seat.get("category"),
                **listed("represents", facts.targets(speaks)),
                **listed("filled_by", facts.targets(filled)),
                **listed("acts_for", facts.targets(acting)),
                "state": seat.get("state"),
                "places": seat.get("places"),
                "last_seen": facts.last_seen(seat_id),
                **grounds([seat, *on, *speaks, *filled, *acting]),
            }
        )
    return sorted(rows, key=lambda row: (ROLES.index(str(row["role"])), row["seat"], row["seat_id"]))  # type: ignore[arg-type]


def sits_on(structure: Structure, organisation: str, as_of: str) -> list[Row]:
    """Where an organisation and its parts sit."""
    facts = Day(structure, as_of)
    family = reached([organisation], lambda one: [line.from_id for line in facts.into(one, "PART_OF")])
    rows: list[Row] = []
    for seat in structure.labelled("Seat"):
        links: dict[str, list[Relationship]] = {}
        for line in facts.out(seat.id, "REPRESENTS"):
            if line.to_id in family:
                links.setdefault(line.to_id, []).append(line)
        parts = {through: [through] for through in links}
        if not links:
            for post in facts.targets(facts.out(seat.id, "FILLED_BY", "Post")):
                employed = [line for line in facts.out(post.id, "POST_IN") if line.to_id in family]
                if employed:
                    links[post.id] = employed
                    parts[post.id] = [line.to_id for line in employed]
        filled = facts.out(seat.id, "FILLED_BY", "Post")
        for on in facts.out(seat.id, "ON"):
            for through, lines in links.items():
                upward = [line for part in parts[through] for line in _upward(facts, part, organisation)]
                rows.append(
                    {
                        **one("body", facts.node(on.to_id)),
                        **one("seat", seat),
                        "role": seat.get("role"),
                        "category": seat.get("category"),
                        **one("through", facts.node(through)),
                        **listed("filled_by", facts.targets(filled)),
                        "last_seen": facts.last_seen(seat.id),
                        **grounds([seat, on, *lines, *filled, *upward]),
                    }
                )
    keys = ("body", "body_id", "seat", "seat_id", "through", "through_id")
    return sorted(rows, key=lambda row: [str(row[key]) for key in keys])


def accountability(structure: Structure, body: str, as_of: str) -> list[Row]:
    """To whom a body is accountable in the end, by every route."""
    facts = Day(structure, as_of)
    rows: list[Row] = []
    for route in _routes(facts, [body]):
        last, top = route[-2], facts.node(route[-1])
        steps = [
            line
            for lower, upper in pairwise(route)
            for line in facts.out(lower, "ACCOUNTABLE_TO")
            if line.to_id == upper
        ]
        officer = top if top.term == "Post" else None
        delegates: dict[str | None, list[Entity]] = {}
        organisations: dict[str | None, list[Entity]] = {}
        if officer is not None:
            delegates.update(_delegates(facts, last, officer.id))
            for line in facts.out(officer.id, "POST_IN", "Organisation"):
                organisations.setdefault(line.to_id, []).append(line)
        elif top.term == "Organisation":
            organisations[top.id] = []
        for delegate, acting in (delegates or {None: []}).items():
            for organisation, employed in (organisations or {None: []}).items():
                rows.append(
                    {
                        "route_ids": route,
                        "route": [facts.node(one).name for one in route],
                        **one("delegate", facts.node(delegate) if delegate else None),
                        **one("officer", officer),
                        **one("organisation", facts.node(organisation) if organisation else None),
                        **grounds([*steps, *acting, *employed]),
                    }
                )
    return sorted(
        rows,
        key=lambda row: (
            row["route_ids"],
            nulls_last(row["delegate_id"]),
            nulls_last(row["organisation_id"]),
        ),  # type: ignore[arg-type]
    )


def reporting(structure: Structure, body: str, as_of: str) -> list[Row]:
    """Every line upward from a body and from the bodies above it."""
    facts = Day(structure, as_of)

    def upward(one: str) -> list[Relationship]:
        return facts.out(one, "ACCOUNTABLE_TO") + facts.out(one, "REPORTS_TO")

    steps = reached([body], lambda one: [line.to_id for line in upward(one)])
    lines = [
        (distance, line) for one, distance in steps.items() if distance < LONGEST for line in upward(one)
    ]
    lines.sort(
        key=lambda found: (
            found[0],
            found[1].from_id,
            found[1].term,
            found[1].to_id,
            nulls_last(found[1].get("subject")),
            found[1].id,
        )
    )
    return [
        {
            **one("from", facts.node(line.from_id)),
            "relation": line.term,
            "subject": line.get("subject"),
            **one("to", facts.node(line.to_id)),
            **grounds([line]),
        }
        for _, line in lines
    ]


def _delegates(facts: Day, body: str, officer: str) -> dict[str | None, list[Entity]]:
    """The posts on a body that act for an officer, each with the facts that say so."""
    found: dict[str | None, list[Entity]] = {}
    seats = {on.from_id: facts.node(on.from_id) for on in facts.into(body, "ON")}
    for acting in facts.into(officer, "ACTS_FOR"):
        if facts.node(acting.from_id).term != "Post":
            continue
        seated: list[Entity] = []
        for seat_id, seat in seats.items():
            filled = [line for line in facts.out(seat_id, "FILLED_BY") if line.to_id == acting.from_id]
            if filled:
                ons = [on for on in facts.out(seat_id, "ON") if on.to_id == body]
                seated += [seat, *ons, *filled]
        if seated:
            found.setdefault(acting.from_id, []).extend([acting, *seated])
    return found


def _routes(facts: Day, so_far: list[str]) -> Iterator[list[str]]:
    above = {line.to_id for line in facts.out(so_far[-1], "ACCOUNTABLE_TO")}
    if not above and len(so_far) > 1:
        yield so_far
    if len(so_far) <= LONGEST:
        for one in above - set(so_far):
            yield from _routes(facts, [*so_far, one])


def _upward(facts: Day, part: str, whole: str) -> list[Relationship]:
    """Every PART_OF line on a route from a part to the whole on which nothing comes twice."""
    found: dict[str, Relationship] = {}

    def climb(one: str, path: list[Relationship], seen: set[str]) -> None:
        if one == whole:
            found.update((line.id, line) for line in path)
            return
        for line in facts.out(one, "PART_OF"):
            if line.to_id not in seen:
                climb(line.to_id, [*path, line], {*seen, line.to_id})

    climb(part, [], {part})
    return list(found.values())


ORACLES = {
    "members": members,
    "sits-on": sits_on,
    "accountability": accountability,
    "reporting": reporting,
}
