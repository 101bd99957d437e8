"""Themes: what a board sets itself, and what is refused."""

# ruff: noqa: E501 - a message reads best as one line
from __future__ import annotations

import shutil
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdf
import pytest

from orgmodel.charts.render import Look, render
from orgmodel.charts.theme import DEFAULT, THEMES
from orgmodel.charts.theming import theme_of
from orgmodel.cli import main
from orgmodel.errors import ChartError
from tests import chart_rules, measuring
from tests.charting import FOLDERS, drawing, ends_of
from tests.measuring import FONTS, SVG

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.charts.graphviz import Graphviz

CHART = drawing("dudley", "arrangements-2019")


def themed(folder: Path, text: str) -> str:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def refused(text: str) -> list[str]:
    with pytest.raises(ChartError) as caught:
        theme_of(text)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("name", THEMES)
def test_a_chart_in_each_theme_has_its_colours_and_keeps_the_rules(name: str, engine: Graphviz) -> None:
    theme = theme_of(name)
    seen = measuring.read(render(CHART, ["svg"], engine, Look(theme))["svg"])
    used = {
        element.attrib[what]
        for element in seen.root.iter()
        for what in ("fill", "stroke")
        if what in element.attrib
    }
    known = {theme.ink, theme.paper, theme.band_edge, *theme.bands, *theme.fills.values()}
    known |= {*theme.edges.values(), *theme.lines.values(), "none"}
    # Graphviz writes the names of some colours.
    assert {{"black": "#000000", "white": "#ffffff"}.get(colour, colour) for colour in used} <= known
    assert chart_rules.wrong_with_bands(seen) == []
    assert chart_rules.wrong_with_boxes(seen) == []
    assert chart_rules.wrong_with_lines(seen, ends_of(CHART)) == []
    assert chart_rules.wrong_with_texts(seen) == []


OURS = """\
base: print
ink: "#101010"
bands: ["#fafafa"]
tiers: {Transformative: "#e8f0e8"}
fills: {officer: "#fff0c0"}
edges: {officer: "#403000"}
lines: {reports: "#003060"}
footer: The board of Riverton & friends <2024>
"""


def test_a_theme_file_changes_what_it_names(here: Path, engine: Graphviz) -> None:
    theme = theme_of(themed(here, OURS))
    seen = measuring.read(render(CHART, ["svg"], engine, Look(theme))["svg"])
    fills = {band.id: _first(seen.root, "band", band.id, "fill") for band in seen.bands}
    assert fills == {
        band.name: "#e8f0e8" if band.name == "Transformative" else "#fafafa" for band in CHART.bands
    }
    officer = next(box.id for box in CHART.boxes if box.kind == "officer")
    assert (_first(seen.root, "node", officer, "fill"), _first(seen.root, "node", officer, "stroke")) == (
        "#fff0c0",
        "#403000",
    )
    body = next(box.id for box in CHART.boxes if box.kind == "body")
    assert _first(seen.root, "node", body, "stroke") in {"#000000", "black"}
    texts = [text.words for text in seen.texts]
    assert "The board of Riverton & friends <2024>" in texts
    assert theme.name == "ours"


def _first(root: ET.Element, sort: str, data_id: str, name: str) -> str:
    group = next(g for g in root.iter(f"{SVG}g") if g.get("class") == sort and g.get("data-id") == data_id)
    return next(part.attrib[name] for part in group if name in part.attrib)


def test_a_theme_may_bring_its_font(here: Path) -> None:
    from fontTools.ttLib import TTFont

    for style in ("Regular", "Bold"):
        font = TTFont(FONTS / f"LiberationSans-{style}.ttf")
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = "Riverton Grotesque"
            elif record.nameID == 6:
                record.string = f"RivertonGrotesque-{style}"
        font.save(here / f"{style}.ttf")
    theme = theme_of(themed(here, "fonts: [Regular.ttf, Bold.ttf]\n"))
    assert theme.font == "Riverton Grotesque"
    made = render(CHART, ["svg", "pdf"], look=Look(theme))
    families = {text.attrib["font-family"] for text in ET.fromstring(made["svg"]).iter(f"{SVG}text")}  # noqa: S314 - its own
    assert families == {"Riverton Grotesque, Arial, Helvetica, sans-serif"}
    page = pypdf.PdfReader(BytesIO(made["pdf"])).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"RivertonGrotesque"}


def test_a_logo_is_in_the_picture_itself(here: Path, engine: Graphviz) -> None:
    picture = render(CHART, ["png"], engine)["png"]
    (here / "logo.png").write_bytes(picture)
    theme = theme_of(themed(here, "logo: logo.png\n"))
    made = render(CHART, ["svg", "png", "pdf", "html", "drawio"], engine, Look(theme))
    (image,) = ET.fromstring(made["svg"]).iter(f"{SVG}image")  # noqa: S314 - made by the test itself
    assert image.attrib["href"].startswith("data:image/png;base64,iVBORw0KGgo")
    assert str(here) not in made["svg"].decode() + made["html"].decode() + made["drawio"].decode()
    page = pypdf.PdfReader(BytesIO(made["pdf"])).pages[0]
    assert len(page.images) == 1
    seen = measuring.read(made["svg"])
    assert chart_rules.wrong_with_texts(seen) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ink: red\n", ["1:6: 'red' is no colour: write it as '#1f4e79'"]),
        (
            "base: prnt\nfooter:\ntiers: {Top: blue}\n",
            [
                "1:7: 'prnt' is not known here: must be one of default, print, high-contrast; did you mean 'print'?",
                "3:14: 'blue' is no colour: write it as '#1f4e79'",
            ],
        ),
        (
            "colour: '#000000'\n",
            [
                "1:1: no setting 'colour': must be one of base, ink, paper, bands, band_edge, tiers, fills, edges, lines, fonts, logo, footer"
            ],
        ),
        (
            "fills: {boddy: '#ffffff'}\n",
            [
                "1:9: 'boddy' is not known here: must be one of officer, partnership, body, support, outside, agreement, chair, seat, vacant-seat, common, organisation, part, post, priority, event, deadline, life, silence; did you mean 'body'?"
            ],
        ),
        ("- ink\n", ["must be keys with values, for instance `footer: Our board`"]),
        ("ink: '#000000'\nink: '#111111'\n", ["2:1: a key must be a text, and stand there once"]),
        ("ink: [\n", ["2:1: not YAML: a value is missing here, or a bracket closes that was not opened"]),
    ],
)
def test_a_theme_file_that_is_none(here: Path, text: str, said: list[str]) -> None:
    path = themed(here, text)
    assert refused(path) == [f"{path}:{line}" if line[0].isdigit() else f"{path}: {line}" for line in said]


def test_a_theme_that_breaks_contrast_is_refused_with_the_figures(here: Path) -> None:
    path = themed(here, "edges: {body: '#dddddd'}\nbands: ['#eeeeee']\n")
    assert refused(path) == [
        (
            f"{path}: edges[body] #dddddd has too little contrast, less than 3: 1.36 on paper #ffffff, "
            "1.17 on bands[0] #eeeeee, 1.36 on fills[body] #ffffff"
        )
    ]
    path = themed(here, "tiers: {Top: '#222222'}\nbase: high-contrast\n")
    assert len(refused(path)) == 1 + len(DEFAULT.lines) + len(DEFAULT.edges) + 1


def test_what_a_theme_names_and_is_not_there(here: Path) -> None:
    shutil.copy(FONTS / "LiberationSans-Bold.ttf", here / "bold.ttf")
    (here / "none.ttf").write_bytes(b"no font")
    (here / "none.png").write_bytes(b"no picture")
    path = themed(here, "fonts: [missing.ttf, none.ttf, bold.ttf]\nlogo: none.png\n")
    assert refused(path) == [
        f"{path}: the font {here / 'missing.ttf'} cannot be read: No such file or directory",
        f"{path}: {here / 'none.ttf'} is no font that can be read: give a .ttf or .otf file",
        f"{path}: the logo {here / 'none.png'} is no PNG: save it as one",
    ]
    path = themed(here, "logo: missing.png\n")
    assert refused(path) == [
        f"{path}: the logo {here / 'missing.png'} cannot be read: No such file or directory"
    ]


def test_no_such_theme() -> None:
    assert refused("prnt") == [
        "no theme 'prnt': must be one of default, high-contrast, print; did you mean 'print'?; or give a .yaml file"
    ]
    assert refused("nowhere.yaml") == ["nowhere.yaml: cannot be read: No such file or directory"]


def test_as_an_option(here: Path, capsys: pytest.CaptureFixture[str], engine: Graphviz) -> None:
    given = [
        "chart",
        "governance",
        "-g",
        str(FOLDERS["starter"]),
        "--as-of",
        "founding",
        "-o",
        "a.svg",
        "--theme",
    ]
    with pytest.raises(SystemExit) as left:
        main([*given, "print"])
    assert (left.value.code, *capsys.readouterr()) == (0, "a.svg\n", "")
    drawn = render(drawing("starter", "founding"), ["svg"], engine, Look(THEMES["print"]))["svg"]
    assert (here / "a.svg").read_bytes() == drawn
    with pytest.raises(SystemExit) as left:
        main([*given, themed(here, "ink: red\n")])
    said = f"orgmodel: {here / 'ours.yaml'}:1:6: 'red' is no colour: write it as '#1f4e79'\n"
    assert (left.value.code, *capsys.readouterr()) == (1, "", said)
