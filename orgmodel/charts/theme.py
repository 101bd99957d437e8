"""Themes: the colours, the type and what a board adds of its own; those that travel with orgmodel."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from orgmodel.charts.drawing import BoxKind, LineKind

FONT: Final = "Liberation Sans"
"""The font that travels with orgmodel; its letters are as wide as those of Arial."""

_FALLBACKS: Final = "Arial, Helvetica, sans-serif"

TEXT_CONTRAST: Final = 4.5
"""What WCAG 2.2 asks of text, success criterion 1.4.3 (level AA)."""

LINE_CONTRAST: Final = 3.0
"""What it asks of lines and edges that tell something, success criterion 1.4.11 (level AA)."""


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """How charts are coloured, and what a board adds of its own; equal to itself only.

    Attributes:
        name: What it is called.
        ink: The colour of text and, where nothing else is said, of lines, as `#rrggbb`; so are all colours.
        paper: The colour of the page.
        bands: The colours of bands, in turn.
        band_edge: The colour of the edges of bands.
        fills: By kind of box the colour inside it.
        edges: By kind of box the colour of its edge.
        lines: By kind of line its colour.
        tiers: By the name of a band a colour of its own.
        font: The name of the font.
        fonts: Its files; none for the font that travels with orgmodel.
        logo: A picture, PNG or JPEG, that stands at the top right.
        footer: What stands under every chart.
    """

    name: str
    ink: str
    paper: str
    bands: tuple[str, ...]
    band_edge: str
    fills: Mapping[BoxKind, str]
    edges: Mapping[BoxKind, str]
    lines: Mapping[LineKind, str]
    tiers: Mapping[str, str] = field(default_factory=dict)
    font: str = FONT
    fonts: tuple[Path, ...] = ()
    logo: Path | None = None
    footer: str = ""

    @property
    def families(self) -> str:
        """Its font, and what a reader without it is shown instead."""
        return f"{self.font}, {_FALLBACKS}"

    def band(self, number: int, name: str) -> str:
        """The colour of a band.

        Args:
            number: Which it is from the top, from 0.
            name: What it is called.
        """
        return self.tiers.get(name) or self.bands[number % len(self.bands)]

    def too_faint(self) -> Iterator[str]:
        """What cannot be told from its ground, each as a sentence with the figures; by WCAG 2.2, level AA."""
        grounds = {"paper": self.paper, **{f"bands[{i}]": c for i, c in enumerate(self.bands)}}
        grounds |= {f"tiers[{name}]": colour for name, colour in self.tiers.items()}
        fills = {f"fills[{kind}]": colour for kind, colour in self.fills.items()}
        yield from _faint("ink", self.ink, {**grounds, **fills}, TEXT_CONTRAST)
        for kind, colour in self.edges.items():
            inside = {f"fills[{kind}]": self.fills[kind]}
            yield from _faint(f"edges[{kind}]", colour, {**grounds, **inside}, LINE_CONTRAST)
        for name, colour in {
            **{f"lines[{kind}]": c for kind, c in self.lines.items()},
            "band_edge": self.band_edge,
        }.items():
            yield from _faint(name, colour, grounds, LINE_CONTRAST)


def _faint(name: str, colour: str, grounds: Mapping[str, str], least: float) -> Iterator[str]:
    found = [
        f"{contrast(colour, ground):.2f} on {other} {ground}"
        for other, ground in grounds.items()
        if contrast(colour, ground) < least
    ]
    if found:
        yield f"{name} {colour} has too little contrast, less than {least:g}: {', '.join(found)}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2: from 1, none, to 21, black on white.

    Args:
        one: A colour as `#rrggbb`.
        other: The other.

    >>> round(contrast("#000000", "#ffffff"), 2)
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - as WCAG has it
        for s in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_INK, _NAVY, _BROWN, _GREEN, _PLUM, _SLATE = "#1b2430", "#1f4e79", "#6b5200", "#2e6b3a", "#5b3a7a", "#4a525c"
_SAND, _MINT, _LILAC, _MIST, _WHITE = "#fdf3d8", "#eaf5ec", "#f3edf7", "#e3e6ea", "#ffffff"

DEFAULT: Final = Theme(
    name="default",
    ink=_INK,
    paper=_WHITE,
    bands=("#eef2f6", "#f8f9fb"),
    band_edge="#7d8894",
    fills={
        "officer": _SAND,
        "partnership": _WHITE,
        "body": _WHITE,
        "support": _MINT,
        "outside": _LILAC,
        "agreement": _WHITE,
        "chair": _SAND,
        "seat": _WHITE,
        "common": _WHITE,
        "vacant-seat": _MIST,
        "organisation": _SAND,
        "part": _LILAC,
        "priority": _WHITE,
        "post": _MINT,
        "event": _SAND,
        "deadline": _LILAC,
        "life": "#c9dcec",
        "silence": _WHITE,
    },
    edges={
        "officer": _BROWN,
        "partnership": _NAVY,
        "body": _NAVY,
        "support": _GREEN,
        "outside": _PLUM,
        "agreement": _PLUM,
        "chair": _BROWN,
        "seat": _NAVY,
        "common": _NAVY,
        "vacant-seat": _SLATE,
        "organisation": _BROWN,
        "part": _PLUM,
        "priority": _GREEN,
        "post": _GREEN,
        "event": _BROWN,
        "deadline": _PLUM,
        "life": _NAVY,
        "silence": _SLATE,
    },
    lines={
        "accountable": _INK,
        "accountable-reports": _INK,
        "reports": _NAVY,
        "supports": _GREEN,
        "agreement-in-force": _PLUM,
        "agreement-intended": _PLUM,
        "agreement-expired": _PLUM,
        "part-of": _INK,
        "seat": _NAVY,
        "shares-few": _NAVY,
        "shares-some": _NAVY,
        "shares-many": _NAVY,
    },
)

_BLACK = "#000000"

PRINT: Final = replace(
    DEFAULT,
    name="print",
    ink=_BLACK,
    bands=("#ffffff", "#f4f4f4"),
    band_edge="#767676",
    fills={kind: "#d9d9d9" if kind in {"officer", "chair", "life"} else _WHITE for kind in DEFAULT.fills},
    edges=dict.fromkeys(DEFAULT.edges, _BLACK),
    lines=dict.fromkeys(DEFAULT.lines, _BLACK),
)
"""Black, white and two greys."""

HIGH_CONTRAST: Final = replace(
    DEFAULT,
    name="high-contrast",
    ink=_BLACK,
    bands=(_WHITE,),
    band_edge=_BLACK,
    fills={
        kind: {_SAND: "#fff2a8", _MINT: "#d4ffdc", _LILAC: "#f0e0ff"}.get(fill, _WHITE)
        for kind, fill in DEFAULT.fills.items()
    },
    edges={
        kind: {_BROWN: "#402f00", _GREEN: "#00360f", _PLUM: "#38005c", _NAVY: "#00244d"}.get(edge, _BLACK)
        for kind, edge in DEFAULT.edges.items()
    },
    lines={
        kind: {_GREEN: "#00360f", _PLUM: "#38005c", _NAVY: "#00244d"}.get(colour, _BLACK)
        for kind, colour in DEFAULT.lines.items()
    },
)
"""At least 7:1 for text, as WCAG 2.2 asks at level AAA, and for lines and edges too."""

THEMES: Final = {theme.name: theme for theme in (DEFAULT, PRINT, HIGH_CONTRAST)}
"""The themes that travel with orgmodel, by name."""
