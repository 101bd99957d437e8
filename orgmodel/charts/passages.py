"""Passages: through which gaps the cheapest way from a box to another leads, of all that there are."""

from __future__ import annotations

from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from orgmodel.charts.crossing import NO_SIDES, carried, crossed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.charts.crossing import Sides, Stretches

CROSSING: Final = 1_000.0
"""What a crossing makes a way worse, in points of its length."""

BEND: Final = 25.0
"""What a bend does."""

_MOST_KEPT: Final = 30
"""How many ways to one place are followed at most."""


class Place(NamedTuple):
    """A place that a way may pass.

    Attributes:
        slot: Where it is in its row, counted from the left by gaps and boxes.
        x: Where it is, in points.
        cost: What it costs to pass there.
        least: What all of a way through it costs at least.
    """

    slot: int
    x: float
    cost: float = 0.0
    least: float = 0.0


class _Reached(NamedTuple):
    """A place that a way has come to, what that cost, from where it came, and which lines came beside it."""

    cost: float
    place: Place
    before: _Reached | None = None
    sides: Sides = NO_SIDES


_From: TypeAlias = "list[tuple[float, float, Sides, _Reached]]"
"""Places that a way may come from, the cheapest first: what each cost, where it is, and what is beside it."""

_COST = attrgetter("cost")


def cheapest(
    start: Place,
    rows: Iterable[Sequence[Place]],
    end: Place,
    channels: Iterable[Stretches],
    most: float = inf,
) -> tuple[float, list[Place]]:
    """What the cheapest way costs, and the places that it passes; of equal ones the one furthest to the left.

    Args:
        start: Where it begins.
        rows: For each row on the way the places where it may pass it, from the left.
        end: Where it ends.
        channels: What runs through each channel on the way, one more than rows.
        most: What is known to be enough.

    Returns:
        Infinity and no places where none is found that costs no more.
    """
    came = [_Reached(0.0, start)]
    for places, known in zip([*rows, [end]], channels, strict=True):
        came.sort(key=_COST)
        below = [(one.cost, one.place.x, known.below(one.place.slot, one.sides), one) for one in came]
        came = [one for place in places for one in _reached(below, place, known, most, ends=place is end)]
        if not came:
            return inf, []
    best = min(came, key=_COST)
    passed = []
    before = best.before
    while before is not None:
        passed.append(before.place)
        before = before.before
    return best.cost, passed[-2::-1]


def _reached(came: _From, place: Place, known: Stretches, most: float, *, ends: bool) -> list[_Reached]:
    """A place with the cheapest way to it, for each of the sides on which other lines can come there too."""
    above = known.above(place.slot)
    x, here = place.x, place.cost
    # Only lines that go on from the same slot can make it worth while to follow more than the cheapest.
    worse = 0.0 if ends else CROSSING * known.there(place.slot)
    found: dict[Sides, _Reached] = {}
    for before, start, below, one in came:
        if before + here > most:
            break
        away = abs(x - start)
        cost = before + (away + BEND if away > 1 else away) + here
        if cost <= most and (cost := cost + CROSSING * crossed(below, above)) <= most:
            most = min(most, cost + worse)
            sides = carried(below, above) if worse else NO_SIDES
            if sides not in found or cost < found[sides].cost:
                found[sides] = _Reached(cost, place, one, sides)
    return _worth_following([*found.values()]) if len(found) > 1 else [*found.values()]


def _worth_following(found: list[_Reached]) -> list[_Reached]:
    """Of several ways to one place those that may end up the cheapest.

    From here on, a way can cross no more lines than another does but for those that it has on another side.
    """
    found.sort(key=_COST)
    kept: list[_Reached] = []
    for one in found:
        left, right = one.sides
        if all(
            one.cost - other.cost
            < CROSSING * ((left ^ other.sides[0]) | (right ^ other.sides[1])).bit_count()
            for other in kept
        ):
            kept.append(one)
    return kept[:_MOST_KEPT]
