"""Lanes: which of the stretches along one channel runs above which, so that few cross and none touch."""

from __future__ import annotations

from dataclasses import dataclass

_APART = 9.0
"""How far the ends of two stretches in one lane, or two upright stretches, stay from each other."""

_SWEEPS, _MOST_SORTED = 600, 120
"""How often a stretch is moved in all, at most; and of how many it is tried at all."""

_SHARED = 50
"""How many crossings are better than two lines on one place."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line along a channel: it comes up from the row below at `start`.

    At `end` it goes on up to the row above; with `returns` down again to the row below.
    """

    line: int
    channel: int
    start: float
    end: float
    returns: bool = False

    @property
    def left(self) -> float:
        """Its left end."""
        return min(self.start, self.end)

    @property
    def right(self) -> float:
        """Its right end."""
        return max(self.start, self.end)

    @property
    def ups(self) -> tuple[float, ...]:
        """Where it goes on upward."""
        return () if self.returns else (self.end,)

    @property
    def downs(self) -> tuple[float, ...]:
        """Where it goes on downward."""
        return (self.start, self.end) if self.returns else (self.start,)


def lanes_of(runs: list[Run]) -> dict[Run, int]:
    """The lane of each stretch, counted from the lowest."""
    found: dict[Run, int] = {}
    for run in _ordered(runs):
        below = [lane for other, lane in found.items() if _meet(run, other)]
        found[run] = max(below, default=-1) + 1
    return found


def _ordered(runs: list[Run]) -> list[Run]:
    """From the lowest: each is put where it costs least, until nothing gets better."""
    first = sorted(runs, key=lambda run: (run.right - run.left, run.line))
    count = len(first)
    if not 0 < count <= _MOST_SORTED:
        return first
    # What it costs that one is below another, less what it costs that it is above it.
    gains = [[0] * count for _ in first]
    for i, one in enumerate(first):
        for j in range(i):
            gains[j][i] = _cost(first[j], one) - _cost(one, first[j])
            gains[i][j] = -gains[j][i]
    order = list(range(count))
    for _ in range(_SWEEPS // count):
        before = list(order)
        for run in before:
            rest = [other for other in order if other != run]
            costs = [0]
            for other in rest:
                costs.append(costs[-1] + gains[other][run])
            best = costs.index(min(costs))
            if costs[best] < costs[order.index(run)]:
                order = [*rest[:best], run, *rest[best:]]
        if order == before:
            break
    return [first[number] for number in order]


def _cost(lower: Run, upper: Run) -> int:
    """How often the two cross, one being below the other; much more where they would share a place."""
    crossings = sum(upper.left < x < upper.right for x in lower.ups)
    crossings += sum(lower.left < x < lower.right for x in upper.downs)
    return crossings + _SHARED * sum(abs(x - y) < _APART for x in lower.ups for y in upper.downs)


def _meet(one: Run, two: Run) -> bool:
    return one.left - _APART < two.right and two.left - _APART < one.right
