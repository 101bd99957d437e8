"""Plots of growth: seconds against size, both by powers of two, as SVG."""

from __future__ import annotations

from math import ceil, floor, log2

COPIES = (1, 2, 4, 8, 16, 32, 64)

_WIDTH, _HEIGHT = 680, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 160, 30, 50
_COLOURS = ("#0b4f6c", "#6b6b6b", "#a23b00", "#1f7a3d", "#6a3d9a", "#8a6d00", "#b0006d")
_LINE_HEIGHT = 16


def plot(lines: dict[str, dict[int, float]], what: str, title: str) -> str:
    """A plot in which what grows as the size does is a straight line of the same slope everywhere.

    Args:
        lines: By name, the seconds for each size; all have the same sizes.
        what: What the sizes count.
        title: What the plot shows.
    """
    sizes = sorted(next(iter(lines.values())))
    seconds = [second for line in lines.values() for second in line.values()]
    lowest, highest = floor(log2(min(seconds))), ceil(log2(max(seconds)))

    def place(size: int, second: float) -> tuple[float, float]:
        x = log2(size / sizes[0]) / log2(sizes[-1] / sizes[0])
        y = (log2(second) - lowest) / (highest - lowest)
        return (
            round(_LEFT + x * (_WIDTH - _LEFT - _RIGHT), 1),
            round(_HEIGHT - _BOTTOM - y * (_HEIGHT - _TOP - _BOTTOM), 1),
        )

    parts = []
    for power in range(lowest, highest + 1):
        x, y = place(sizes[0], 2.0**power)
        parts.append(f'<path d="M{x},{y}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{_seconds(2.0**power)}</text>')
    for size in sizes:
        x, y = place(size, 2.0**lowest)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{size}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">{what}</text>')
    # Names stand at the ends of their lines, and none on another.
    free = float(_HEIGHT)
    for name, colour in sorted(zip(lines, _COLOURS, strict=False), key=lambda one: lines[one[0]][sizes[-1]]):
        points = [place(size, lines[name][size]) for size in sizes]
        path = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        free = min(y + 4, free - _LINE_HEIGHT)
        parts.append(f'<text x="{x + 8}" y="{round(free, 1)}" fill="{colour}">{name}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="Arial, sans-serif" font-size="13">\n<title>{title}</title>\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _seconds(second: float) -> str:
    return f"{second:g} s" if second >= 1 else f"{second * 1000:.3g} ms"
