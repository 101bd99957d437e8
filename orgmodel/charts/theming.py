"""Theme files: a theme that a board wrote itself, as YAML, over one that travels with orgmodel."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from orgmodel.charts.drawing import BoxKind, LineKind  # noqa: TC001 - Pydantic reads them
from orgmodel.charts.png import dimensions
from orgmodel.charts.settings import read_settings
from orgmodel.charts.theme import THEMES
from orgmodel.errors import ChartError, choices, shown

if TYPE_CHECKING:
    from orgmodel.charts.theme import Theme

_SUFFIXES = (".yaml", ".yml")

_Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class ThemeFile(BaseModel):
    """What a theme file may say; what it does not say is as in its `base`.

    Attributes:
        base: The theme that it changes: default, print or high-contrast.
        ink: The colour of text.
        paper: The colour of the page.
        bands: The colours of bands, in turn.
        band_edge: The colour of their edges.
        tiers: By the name of a tier its colour.
        fills: By kind of box the colour inside it.
        edges: By kind of box the colour of its edge.
        lines: By kind of line its colour.
        fonts: The files of a font, TrueType or OpenType, the plain and the bold, beside the theme file.
        logo: A picture, PNG, beside the theme file.
        footer: What stands under every chart.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    base: Literal["default", "print", "high-contrast"] = "default"
    ink: _Colour | None = None
    paper: _Colour | None = None
    bands: tuple[_Colour, ...] = ()
    band_edge: _Colour | None = None
    tiers: dict[_Text, _Colour] = {}
    fills: dict[BoxKind, _Colour] = {}
    edges: dict[BoxKind, _Colour] = {}
    lines: dict[LineKind, _Colour] = {}
    fonts: tuple[_Text, ...] = ()
    logo: _Text | None = None
    footer: _Text | None = None


def theme_of(text: str) -> Theme:
    """The theme that a text means.

    Args:
        text: The name of one that travels with orgmodel, or the path of a theme file.

    Raises:
        ChartError: There is no such theme; or the file is none, what it names is not there, or its colours
            have too little contrast. All that is wrong is in the message, a line each.
    """
    if text in THEMES:
        return THEMES[text]
    path = Path(text)
    if path.suffix.lower() not in _SUFFIXES:
        raise ChartError(f"no theme {shown(text)}: {choices(text, sorted(THEMES))}; or give a .yaml file")
    return _made(path, read_settings(path, ThemeFile))


def _made(path: Path, said: ThemeFile) -> Theme:
    base = THEMES[said.base]
    wrong: list[str] = []
    fonts = tuple(path.parent / name for name in said.fonts)
    families = {name for font in fonts if (name := _family(font, path, wrong))}
    if len(families) > 1:
        wrong.append(f"{path}: the fonts are of several families: {', '.join(sorted(families))}")
    logo = path.parent / said.logo if said.logo else None
    if logo is not None:
        _check_logo(logo, path, wrong)
    made = replace(
        base,
        name=path.stem,
        ink=said.ink or base.ink,
        paper=said.paper or base.paper,
        bands=said.bands or base.bands,
        band_edge=said.band_edge or base.band_edge,
        tiers=said.tiers,
        fills={**base.fills, **said.fills},
        edges={**base.edges, **said.edges},
        lines={**base.lines, **said.lines},
        font=min(families, default=base.font),
        fonts=fonts,
        logo=logo,
        footer=said.footer or "",
    )
    wrong += [f"{path}: {faint}" for faint in made.too_faint()]
    if wrong:
        raise ChartError("\n".join(wrong))
    return made


def _family(font: Path, theme: Path, wrong: list[str]) -> str | None:
    """The name of the family that a file of a font belongs to."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(font.read_bytes()), lazy=True) as opened:
            name = opened["name"].getBestFamilyName()
    except OSError as error:
        wrong.append(f"{theme}: the font {font} cannot be read: {error.strerror}")
    except (TTLibError, KeyError):
        wrong.append(f"{theme}: {font} is no font that can be read: give a .ttf or .otf file")
    else:
        if name and all(c.isalnum() or c in " -_" for c in name):
            return str(name)
        wrong.append(f"{theme}: the font {font} says of no usable name what its family is called")
    return None


def _check_logo(logo: Path, theme: Path, wrong: list[str]) -> None:
    try:
        picture = logo.read_bytes()
    except OSError as error:
        wrong.append(f"{theme}: the logo {logo} cannot be read: {error.strerror}")
        return
    if dimensions(picture) is None:
        wrong.append(f"{theme}: the logo {logo} is no PNG: save it as one")
