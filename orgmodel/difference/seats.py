"""Which seats are one and the same although their ids differ: where what they are of took another's place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.difference.sides import Placed, Side


def paired(a: Side, gone: Placed, b: Side, new: Placed) -> list[tuple[str, str]]:
    """The new and the old of each pair of seats that is certain.

    Both are on the same body; whom the new one speaks for took the place of whom the old one spoke for, or
    they speak for the same and the post that fills the new one took the place of the other; and nothing else
    could be meant: of all such pairs neither of the two is in another, first among seats of the same role.
    """
    successors: dict[str, set[str]] = {}
    for line in b.structure.relationships.values():
        if line.term == "SUCCEEDS" and line.id in b.holds:
            successors.setdefault(line.from_id, set()).add(line.to_id)
    if not successors:
        return []
    old_seats, new_seats = _by_place(a, gone), _by_place(b, new)
    possible = [
        (new_seat, old_seat)
        for place, seats in new_seats.items()
        for new_seat in seats
        for old_seat in old_seats.get(place, ())
        if _follows(a, old_seat, b, new_seat, successors)
    ]
    of_one_role = [
        (one, other) for one, other in possible if b.entity(one).get("role") == a.entity(other).get("role")
    ]
    found = _one_to_one(of_one_role)
    taken = {seat for pair in found for seat in pair}
    return sorted(found + _one_to_one([pair for pair in possible if taken.isdisjoint(pair)]))


def _by_place(side: Side, placed: Placed) -> dict[frozenset[str], list[str]]:
    found: dict[frozenset[str], list[str]] = {}
    for one, each in placed.told.items():
        if each.entity.term == "Seat":
            found.setdefault(frozenset(side.ends(one, "ON")), []).append(one)
    return found


def _follows(a: Side, old: str, b: Side, new: str, successors: Mapping[str, set[str]]) -> bool:
    """Whether a seat is of what took the place of whom another is of."""
    spoke_for, speaks_for = a.ends(old, "REPRESENTS"), b.ends(new, "REPRESENTS")
    if spoke_for != speaks_for:
        return _replaces(spoke_for, speaks_for, successors)
    return _replaces(a.ends(old, "FILLED_BY"), b.ends(new, "FILLED_BY"), successors)


def _replaces(olds: set[str], news: set[str], successors: Mapping[str, set[str]]) -> bool:
    """Whether some things are others, save that some of them took the place of some of those."""
    replacing = {one for one in news - olds if successors.get(one, set()) & olds}
    replaced = {old for one in replacing for old in successors[one] & olds}
    return bool(replaced) and olds - replaced == news - replacing


def _one_to_one(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    times = Counter(seat for pair in pairs for seat in pair)
    return [pair for pair in pairs if times[pair[0]] == times[pair[1]] == 1]
