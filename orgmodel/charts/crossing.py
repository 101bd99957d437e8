"""Crossing: how many of the stretches through a channel another one would cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from itertools import accumulate
from operator import or_
from typing import Final, TypeAlias

Sides: TypeAlias = "tuple[int, int]"
"""The lines on the left of another and those on its right, each a set of bits."""

NO_SIDES: Final[Sides] = (0, 0)


class _Slots:
    """Some slots of a row, and which are on either side of another."""

    def __init__(self) -> None:
        self._ordered: list[tuple[int, int]] = []
        self._slots: list[int] = []
        self._first: list[int] | None = [0]

    def add(self, slot: int, bit: int) -> None:
        insort(self._ordered, (slot, bit))
        self._first = None

    def remove(self, slot: int, bit: int) -> None:
        del self._ordered[bisect_left(self._ordered, (slot, bit))]
        self._first = None

    def beside(self, slot: int) -> Sides:
        if self._first is None:
            self._slots = [slot for slot, _ in self._ordered]
            self._first = list(accumulate((bit for _, bit in self._ordered), or_, initial=0))
        left = self._first[bisect_left(self._slots, slot)]
        right = self._first[-1] ^ self._first[bisect_right(self._slots, slot)]
        return left, right


class Stretches:
    """Stretches through a channel, each with its slot in the row below and that in the row above.

    A slot is a box or a gap between two, counted from the left; which of several in it is where is open.

    >>> known = Stretches()
    >>> for number, (low, high) in enumerate([(0, 10), (5, 5), (12, 12)]):
    ...     known.add(number, low, high)
    >>> crossed(known.below(10), known.above(0))
    2
    """

    def __init__(self) -> None:
        self._lower = _Slots()
        self._upper = _Slots()

    def add(self, number: int, low: int, high: int) -> None:
        """Puts a stretch in; each has a number of its own."""
        self._lower.add(low, 1 << number)
        self._upper.add(high, 1 << number)

    def remove(self, number: int, low: int, high: int) -> None:
        """Takes one out."""
        self._lower.remove(low, 1 << number)
        self._upper.remove(high, 1 << number)

    def below(self, slot: int, came: Sides = NO_SIDES) -> Sides:
        """Which are on either side of a slot below; those in it are on the side that they came on."""
        left, right = self._lower.beside(slot)
        return left | came[0], right | came[1]

    def above(self, slot: int) -> Sides:
        """Which are on either side of a slot above."""
        return self._upper.beside(slot)


def crossed(below: Sides, above: Sides) -> int:
    """How many change sides from a slot below to one above."""
    return (below[0] & above[1] | below[1] & above[0]).bit_count()


def carried(below: Sides, above: Sides) -> Sides:
    """Those that come to the same slot above, each on its side below: only further up may they change it.

    >>> known = Stretches()
    >>> known.add(0, 1, 4)
    >>> carried(known.below(3), known.above(4))
    (1, 0)
    """
    there = above[0] | above[1]
    return below[0] & ~there, below[1] & ~there
