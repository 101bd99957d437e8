"""Crossing: how many of the stretches through a channel another one would cross."""

from __future__ import annotations

from itertools import accumulate
from operator import or_
from typing import Final, TypeAlias

Sides: TypeAlias = "tuple[int, int]"
"""The lines on the left of another and those on its right, each a set of bits."""

NO_SIDES: Final[Sides] = (0, 0)


class _Slots:
    """The slots of a row, and which stretches are on either side of each."""

    def __init__(self, count: int) -> None:
        self._there = [0] * count
        self._left: list[int] | None = None

    def change(self, slot: int, bit: int) -> None:
        self._there[slot] ^= bit
        self._left = None

    def count(self, slot: int) -> int:
        return self._there[slot].bit_count()

    def beside(self, slot: int) -> Sides:
        if self._left is None:
            self._left = list(accumulate(self._there, or_, initial=0))
        return self._left[slot], self._left[-1] ^ self._left[slot + 1]


class Stretches:
    """Stretches through a channel, each with its slot in the row below and that in the row above.

    A slot is a box or a gap between two, counted from the left; which of several in it is where is open.

    Args:
        below: How many slots the row below has.
        above: How many that above has.

    >>> known = Stretches(13, 13)
    >>> for number, (low, high) in enumerate([(0, 10), (5, 5), (12, 12)]):
    ...     known.change(number, low, high)
    >>> crossed(known.below(10), known.above(0))
    2
    """

    def __init__(self, below: int, above: int) -> None:
        self._lower = _Slots(below)
        self._upper = _Slots(above)

    def change(self, number: int, low: int, high: int) -> None:
        """Puts a stretch in, or takes it out where it is there; each has a number of its own."""
        self._lower.change(low, 1 << number)
        self._upper.change(high, 1 << number)

    def below(self, slot: int, came: Sides = NO_SIDES) -> Sides:
        """Which are on either side of a slot below; those in it are on the side that they came on."""
        left, right = self._lower.beside(slot)
        return left | came[0], right | came[1]

    def there(self, slot: int) -> int:
        """How many are in a slot above."""
        return self._upper.count(slot)

    def above(self, slot: int) -> Sides:
        """Which are on either side of a slot above."""
        return self._upper.beside(slot)


def crossed(below: Sides, above: Sides) -> int:
    """How many change sides from a slot below to one above."""
    return (below[0] & above[1] | below[1] & above[0]).bit_count()


def carried(below: Sides, above: Sides) -> Sides:
    """Those that come to the same slot above, each on its side below: only further up may they change it.

    >>> known = Stretches(5, 5)
    >>> known.change(0, 1, 4)
    >>> carried(known.below(3), known.above(4))
    (1, 0)
    """
    there = above[0] | above[1]
    return below[0] & ~there, below[1] & ~there
