"""Crossing: how many of the stretches through a channel another one would cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from itertools import accumulate
from operator import or_


class _Places:
    """Some places along a row, and which of them are on either side of another, as sets of bits."""

    def __init__(self) -> None:
        self._ordered: list[tuple[float, int]] = []
        self._places: list[float] = []
        self._first: list[int] | None = [0]

    def add(self, x: float, bit: int) -> None:
        insort(self._ordered, (x, bit))
        self._first = None

    def remove(self, x: float, bit: int) -> None:
        del self._ordered[bisect_left(self._ordered, (x, bit))]
        self._first = None

    def beside(self, x: float) -> tuple[int, int]:
        """Those on the left of a place, and those on its right."""
        if self._first is None:
            self._places = [place for place, _ in self._ordered]
            self._first = list(accumulate((bit for _, bit in self._ordered), or_, initial=0))
        left = self._first[bisect_left(self._places, x)]
        right = self._first[-1] ^ self._first[bisect_right(self._places, x)]
        return left, right


class Stretches:
    """Stretches through a channel, each with its place in the row below and that in the row above.

    Attributes:
        lower: Their places below.
        upper: Their places above.

    >>> known = Stretches()
    >>> for number, (low, high) in enumerate([(0, 10), (5, 5), (12, 12)]):
    ...     known.add(number, low, high)
    >>> known.crossed(10, 0)
    2
    """

    def __init__(self) -> None:
        self.lower = _Places()
        self.upper = _Places()

    def add(self, number: int, low: float, high: float) -> None:
        """Puts a stretch in; each has a number of its own."""
        self.lower.add(low, 1 << number)
        self.upper.add(high, 1 << number)

    def remove(self, number: int, low: float, high: float) -> None:
        """Takes one out."""
        self.lower.remove(low, 1 << number)
        self.upper.remove(high, 1 << number)

    def crossed(self, low: float, high: float) -> int:
        """How many a stretch from one place to another crosses."""
        return between(self.lower.beside(low), self.upper.beside(high))


def between(below: tuple[int, int], above: tuple[int, int]) -> int:
    """How many change sides from a place below to one above; of both those on its left and on its right."""
    return (below[0] & above[1] | below[1] & above[0]).bit_count()
