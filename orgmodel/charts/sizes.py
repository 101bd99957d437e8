"""Sizes: the paper or the width that a chart has to fit, and whether its text can then be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from orgmodel.charts import style
from orgmodel.errors import ChartError, choices, shown

_MILLIMETRE: Final = 72 / 25.4
_PIXEL: Final = 72 / 96

_PAPERS: Final = {"a5": (210, 148), "a4": (297, 210), "a3": (420, 297), "a2": (594, 420), "a1": (841, 594)}
"""Width and height of papers in millimetres, the long side level; ISO 216."""

_PIXELS: Final = re.compile(r"([1-9][0-9]{1,4})px", re.ASCII)

LEAST_TEXT: Final = 9.0
"""How large text is at least, in points, where a chart is made to fit."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a chart has to fit.

    Attributes:
        name: As it was asked for.
        width: In points, whole ones since Graphviz leaves off their parts; of a paper the longer side.
        height: In points; None: as high as it needs.
    """

    name: str
    width: float
    height: float | None = None

    def page(self, width: float, height: float) -> tuple[float, float, float]:
        """How a chart goes onto it: width and height of the page, and by how much the chart is made smaller.

        A paper is turned the way in which the chart is larger; nothing is made larger than it is.

        Args:
            width: How wide the chart is, in points.
            height: How high it is.

        Returns:
            Width and height in points, and a scale of 1 or less.
        """
        if self.height is None:
            scale = min(1.0, self.width / width)
            return self.width, height * scale, scale
        turns = ((self.width, self.height), (self.height, self.width))
        scales = [min(1.0, wide / width, high / height) for wide, high in turns]
        best = scales.index(max(scales))
        return *turns[best], scales[best]

    @property
    def most(self) -> float:
        """The area of what can be read on it, in square points; of a mere width as if it were a square."""
        return self.most_of(self.width) * self.most_of(self.height or self.width)

    def most_of(self, side: float) -> float:
        """How wide or high a chart may be that is made to fit a side, in points, so that it can be read."""
        return side * smallest_text(1.0) / LEAST_TEXT

    def reads(self, width: float, height: float) -> float:
        """How large the smallest text of a chart is on it, of what it must be: 1 or more can be read."""
        return smallest_text(self.page(width, height)[2]) / LEAST_TEXT


def smallest_text(scale: float) -> float:
    """How large the smallest text of a chart is, in points, where it is made smaller by a scale."""
    return min(style.DETAIL_SIZE, style.NOTE_SIZE) * scale


def size_of(text: str) -> Size:
    """The size that a text means.

    Args:
        text: `a5` to `a1`, or a width in pixels of 1/96 inch, as `600px`.

    Raises:
        ChartError: It is none.
    """
    name = text.strip().lower()
    if name in _PAPERS:
        wide, high = _PAPERS[name]
        return Size(name, int(wide * _MILLIMETRE), int(high * _MILLIMETRE))
    if found := _PIXELS.fullmatch(name):
        return Size(name, int(int(found[1]) * _PIXEL))
    raise ChartError(f"no size {shown(text)}: {choices(name, sorted(_PAPERS))}; or a width, as 600px")
