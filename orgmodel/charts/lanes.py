"""Lanes: which of the stretches along one channel runs above which, so that few cross and none touch."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import accumulate, combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Arc: TypeAlias = Literal["", "above", "beneath"]
"""Whether a line comes back to the row that it started from, and on which side of it."""

_APART = 9.0
"""How far the ends of two stretches in one lane, or two upright stretches, stay from each other."""

_SWEEPS, _MOST_SORTED = 600, 120
"""How often a stretch is moved in all, at most; and of how many it is tried at all."""

SHARED = 50
"""How many crossings are better than two lines on one place."""

_TOO_MUCH = SHARED // 2
"""What shows that two would share one, though they might cross less."""

_Gains: TypeAlias = "Sequence[Sequence[int]]"
"""By number of a stretch and of another what it costs that the first is below, against above it."""


class Run:
    """A stretch of a line along a channel: it comes up from the row below at `start`.

    At `end` it goes on up to the row above. An arc goes down again to the row below; an arc `beneath` a row
    comes down from it and goes up to it again.

    Attributes:
        left: Its left end.
        right: Its right end.
        ups: Where it goes on upward.
        downs: Where it goes on downward.
    """

    __slots__ = ("channel", "downs", "end", "left", "line", "right", "start", "ups")

    def __init__(self, line: int, channel: int, start: float, end: float, arc: Arc = "") -> None:
        self.line, self.channel, self.start, self.end = line, channel, start, end
        self.left, self.right = (start, end) if start < end else (end, start)
        both, none = (start, end), ()
        self.ups: tuple[float, ...] = both if arc == "beneath" else none if arc else (end,)
        self.downs: tuple[float, ...] = none if arc == "beneath" else both if arc else (start,)


def lanes_of(runs: Sequence[Run]) -> dict[Run, int]:
    """The lane of each stretch, counted from the lowest."""
    found: dict[Run, int] = {}
    for run in _ordered(runs):
        left, right = run.left - _APART, run.right + _APART
        below = [lane for other, lane in found.items() if left < other.right and other.left < right]
        found[run] = max(below, default=-1) + 1
    return found


def _ordered(runs: Sequence[Run]) -> list[Run]:
    """From the lowest: each is put where it costs least, until nothing gets better."""
    first = sorted(runs, key=lambda run: (run.right - run.left, run.line))
    count = len(first)
    if not 0 < count <= _MOST_SORTED:
        return first
    # What it costs that one is below another, less what it costs that it is above it.
    gains = [[0] * count for _ in first]
    for i, one in enumerate(first):
        for j in range(i):
            other = first[j]
            # Those beside each other do not meet, whichever is below.
            if one.left < other.right + _APART and other.left < one.right + _APART:
                gains[j][i] = _cost(other, one) - _cost(one, other)
                gains[i][j] = -gains[j][i]
    order = _improved(list(range(count)), gains)
    if any(gains[one][other] >= _TOO_MUCH for one, other in combinations(order, 2)):
        order = min(order, _improved(_apart(gains), gains), key=lambda found: _costs(found, gains))
    return [first[number] for number in order]


def _improved(order: list[int], gains: _Gains) -> list[int]:
    """An order in which each is where it costs least, the others being where they are."""
    for _ in range(_SWEEPS // len(order)):
        before = list(order)
        for run in before:
            at = order.index(run)
            rest = order[:at] + order[at + 1 :]
            costs = [0, *accumulate(gains[other][run] for other in rest)]
            least = min(costs)
            if least < costs[at]:
                best = costs.index(least)
                order = [*rest[:best], run, *rest[best:]]
        if order == before:
            break
    return order


def _costs(order: Sequence[int], gains: _Gains) -> int:
    return sum(gains[one][other] for one, other in combinations(order, 2))


def _apart(gains: _Gains) -> list[int]:
    """An order in which no two lines share a place, if there is one; moved one by one, they may miss it."""
    count = len(gains)
    sorter = TopologicalSorter(
        {one: [other for other in range(count) if gains[other][one] <= -_TOO_MUCH] for one in range(count)}
    )
    try:
        sorter.prepare()
    except CycleError:
        return list(range(count))
    order: list[int] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += ready
        sorter.done(*ready)
    return order


def _cost(lower: Run, upper: Run) -> int:
    """How often the two cross, one being below the other; much more where they would share a place."""
    cost = 0
    for x in lower.ups:
        cost += upper.left < x < upper.right
        for y in upper.downs:
            if abs(x - y) < _APART:
                cost += SHARED
    for x in upper.downs:
        cost += lower.left < x < lower.right
    return cost
