"""Crossing: how many of the stretches through a channel another one would cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Places:
    """Some places along a row, and which of them are on either side of another, as sets of bits."""

    def __init__(self, places: Iterable[float]) -> None:
        ordered = sorted((x, 1 << number) for number, x in enumerate(places))
        self._places = [x for x, _ in ordered]
        self._first = list(accumulate((bit for _, bit in ordered), or_, initial=0))

    def beside(self, x: float) -> tuple[int, int]:
        """Those on the left of a place, and those on its right."""
        left = self._first[bisect_left(self._places, x)]
        right = self._first[-1] ^ self._first[bisect_right(self._places, x)]
        return left, right


class Stretches:
    """Stretches through a channel, each with its place in the row below and that in the row above.

    Attributes:
        lower: Their places below.
        upper: Their places above.
    """

    def __init__(self, known: Iterable[tuple[float, float]]) -> None:
        ends = list(known)
        self.lower = _Places(one for one, _ in ends)
        self.upper = _Places(two for _, two in ends)

    def crossed(self, low: float, high: float) -> int:
        """How many a stretch from one place to another crosses.

        >>> Stretches([(0, 10), (5, 5), (12, 12)]).crossed(10, 0)
        2
        """
        below_left, below_right = self.lower.beside(low)
        above_left, above_right = self.upper.beside(high)
        return (below_left & above_right | below_right & above_left).bit_count()
