"""The plot of growth: seconds against copies of a dataset, both by powers of two, as SVG."""

from __future__ import annotations

from math import ceil, floor, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.pairs import Comparison

COPIES = (1, 2, 4, 8, 16, 32, 64)

_WIDTH, _HEIGHT = 640, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 30, 50


def plot(grown: dict[int, Comparison]) -> str:
    """A plot in which what grows as the dataset does is a straight line of the same slope everywhere."""
    ours = {count: found.ours.middle for count, found in grown.items()}
    plain = {count: found.plain.middle for count, found in grown.items()}
    seconds = [*ours.values(), *plain.values()]
    lowest, highest = floor(log2(min(seconds))), ceil(log2(max(seconds)))

    def place(count: int, second: float) -> tuple[float, float]:
        x = log2(count / min(grown)) / log2(max(grown) / min(grown))
        y = (log2(second) - lowest) / (highest - lowest)
        return (
            round(_LEFT + x * (_WIDTH - _LEFT - _RIGHT), 1),
            round(_HEIGHT - _BOTTOM - y * (_HEIGHT - _TOP - _BOTTOM), 1),
        )

    parts = []
    for power in range(lowest, highest + 1):
        x, y = place(min(grown), 2.0**power)
        end = _WIDTH - _RIGHT
        parts.append(f'<path d="M{x},{y}H{end}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{2.0**power:g} s</text>')
    for count in grown:
        x, y = place(count, 2.0**lowest)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{count}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">copies of the dataset</text>')
    for name, colour, line in (("reading and filling", "#0b4f6c", ours), ("plain parser", "#6b6b6b", plain)):
        points = [place(count, second) for count, second in line.items()]
        path = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(f'<text x="{x + 8}" y="{y + 4}" fill="{colour}">{name}</text>')
    title = "Seconds that reading and filling take, and the plain parser, from 1 to 64 copies of a dataset"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="Arial, sans-serif" font-size="13">\n<title>{title}</title>\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
