"""The forms that a chart becomes beside pictures and words: a page, draw.io, Mermaid; and links in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml as pyyaml

from orgmodel.charts.drawing import Band, Box, Drawing, Grid, Line
from orgmodel.charts.links import Links
from orgmodel.charts.matrix import matrix
from orgmodel.charts.outline import outline
from orgmodel.charts.render import Look, render
from orgmodel.charts.timeline import timeline
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import ChartError
from tests import measuring
from tests.chart_strategies import ODD_NAMES
from tests.charting import FOLDERS, drawing, picture
from tests.measuring import SVG

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz

STARTER = drawing("starter", "founding")


def seating() -> Grid:
    return matrix(yaml.read(FOLDERS["dudley"]).as_of("arrangements-2019"))


def made(chart: Chart, form: str, engine: Graphviz, links: Links | None = None) -> str:
    return render(chart, [form], engine, Look(links=links or Links()))[form].decode()


# The page


class Page(HTMLParser):
    """A page taken apart: its tags with their attributes, and its text by the tag around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data


def squeezed(texts: list[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def test_a_page_has_the_picture_and_all_its_words(engine: Graphviz) -> None:
    text = made(STARTER, "html", engine)
    page = Page(text)
    assert (page.tags[0], page.texts["h1"]) == (("html", {"lang": "en-GB"}), [STARTER.title])
    assert squeezed(page.texts["h3"]) == [section.heading for section in outline(STARTER)]
    items = [
        item.label + item.text
        for section in outline(STARTER)
        for part in section.parts
        for item in part.items
    ]
    names = [part.name for section in outline(STARTER) for part in section.parts if part.name]
    assert sorted(squeezed(page.texts["li"])) == sorted([*squeezed(items), *squeezed(names)])
    inside = text[text.index("<svg") : text.index("</svg>") + len("</svg>")]
    assert ET.canonicalize(inside) == ET.canonicalize(made(STARTER, "svg", engine), strip_text=False)


def test_a_page_needs_no_script_and_nothing_from_elsewhere(engine: Graphviz) -> None:
    text = made(STARTER, "html", engine)
    tags = {tag for tag, _ in Page(text).tags}
    assert tags & {"script", "link", "img", "iframe", "object", "form", "input", "button"} == set()
    addresses = set(re.findall(r"https?://[^\s\"'<]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_grid_is_a_table_in_the_page(engine: Graphviz) -> None:
    chart = seating()
    page = Page(made(chart, "html", engine))
    heads = [attributes["scope"] for tag, attributes in page.tags if tag == "th"]
    assert heads == ["col"] * (len(chart.columns) + 1) + ["row"] * sum(len(g.rows) for g in chart.groups)
    rows = outline(chart)[0].rows
    assert squeezed(page.texts["td"]) == [cell for row in rows for cell in row[1:]]
    assert rows[0] == ("Dudley Clinical Commissioning Group", "lead", "member", "member", "member", "")


def test_one_page_can_show_a_chart_twice(engine: Graphviz) -> None:
    assert not re.search(r"(?<![-\w])id=", made(STARTER, "html", engine))


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_stay_text_in_every_form(name: str, engine: Graphviz) -> None:
    boxes = tuple(Box(i, "body", name, (name,), name) for i in ("one", "two"))
    line = Line(("three",), "agreement-intended", "one", "two", name, mark="1")
    chart = Drawing("odd", name, name, (Band(name, (boxes,)),), (line,), (("1", name),), (name,))
    page = Page(made(chart, "html", engine))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in Page(made(STARTER, "html", engine)).tags} - {
        "polyline"
    }
    assert squeezed(page.texts["h1"]) == squeezed([name])
    root = ET.fromstring(made(chart, "drawio", engine))  # noqa: S314 - made by the test itself
    cell = root.find(".//mxCell[@id='box-one']")
    assert cell is not None
    said = Page(cell.attrib["value"])
    assert {tag for tag, _ in said.tags} == {"b", "br"}
    assert squeezed(said.texts["b"]) == squeezed([name])
    label = next(text for text in made(chart, "mmd", engine).splitlines() if text.startswith("    n0["))
    assert re.fullmatch(r'    n0\["(?:[\w ,.()/\'#;-]|<br/>)*"\]:::body', label)
    decoded = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label[8:-9])
    assert decoded == " ".join(name.split()) + "<br/>" + " ".join(name.split())
    title = made(chart, "mmd", engine).splitlines()[1]
    assert pyyaml.safe_load(title) == {"title": " ".join(f"{name}. {name}".split())}


# draw.io


def cells(text: str) -> dict[str, ET.Element]:
    root = ET.fromstring(text)  # noqa: S314 - made by the test itself
    return {cell.attrib["id"]: cell for cell in root.iter("mxCell")}


def test_in_draw_io_boxes_are_where_they_are_in_the_picture(engine: Graphviz) -> None:
    found = cells(made(STARTER, "drawio", engine))
    for box in picture("starter", "founding").boxes:
        place = found[f"box-{box.id}"].find("mxGeometry")
        assert place is not None
        left, top, width, height = (float(place.attrib[name]) for name in ("x", "y", "width", "height"))
        drawn = (box.place.left, box.place.top, box.place.right, box.place.bottom)
        assert (left, top, left + width, top + height) == pytest.approx(drawn, abs=0.6)


def test_in_draw_io_lines_hold_on_to_their_boxes(engine: Graphviz) -> None:
    found = cells(made(STARTER, "drawio", engine))
    lines = [cell for cell in found.values() if "source" in cell.attrib]
    joined = [(cell.attrib["source"], cell.attrib["target"]) for cell in lines]
    assert joined == [(f"box-{line.from_id}", f"box-{line.to_id}") for line in STARTER.lines]
    for cell in lines:
        look = dict(part.split("=", 1) for part in cell.attrib["style"].split(";") if "=" in part)
        for side in ("exit", "entry"):
            across, down = float(look[f"{side}X"]), float(look[f"{side}Y"])
            assert min(across, down, 1 - across, 1 - down) == pytest.approx(0, abs=0.001)
    words = {cell.attrib["value"] for cell in found.values() if "value" in cell.attrib}
    assert {STARTER.title, STARTER.subtitle, *(band.name for band in STARTER.bands)} <= words


def test_every_cell_in_draw_io_has_a_name_of_its_own(engine: Graphviz) -> None:
    for chart in (STARTER, seating(), timeline(yaml.read(FOLDERS["dudley"]), "dspp")):
        text = made(chart, "drawio", engine)
        names = [cell.attrib["id"] for cell in ET.fromstring(text).iter("mxCell")]  # noqa: S314 - its own
        assert len(names) == len(set(names))
        assert {f"box-{box.id}" for box in chart.boxes} <= {*names}


# Mermaid

MERMAID = """\
---
title: "Riverton Safeguarding Partnership: governance. The founding arrangements; as of 1 April 2024"
---
flowchart BT
"""


def test_in_mermaid_every_box_and_line_is_there(engine: Graphviz) -> None:
    text = made(STARTER, "mmd", engine)
    assert text.startswith(MERMAID)
    assert len(re.findall(r"^    n\d+\[", text, re.MULTILINE)) == len(STARTER.boxes)
    assert len(re.findall(r"^  n\d+ .* n\d+$", text, re.MULTILINE)) == len(STARTER.lines)
    assert len(re.findall(r"^  subgraph ", text, re.MULTILINE)) == len(STARTER.bands)
    for note in STARTER.notes:
        assert f"%% {note}\n" in text


def test_a_grid_has_no_form_in_mermaid(engine: Graphviz) -> None:
    with pytest.raises(ChartError) as caught:
        render(seating(), ["mmd"], engine)
    said = "rows and columns have no form in Mermaid: write .svg, .html or .drawio instead, or .txt"
    assert str(caught.value) == said


# Links


def test_boxes_lead_where_the_template_says(engine: Graphviz) -> None:
    links = Links("https://example.org/a?b={id}&c")
    root = ET.fromstring(made(STARTER, "svg", engine, links))  # noqa: S314 - made by the test itself
    assert root.attrib["role"] == "graphics-document document"
    led = {
        group.attrib["data-id"]: link.attrib["href"]
        for group in root.iter(f"{SVG}g")
        for link in group.findall(f"{SVG}a")
    }
    assert led == {box.id: f"https://example.org/a?b={box.id}&c" for box in STARTER.boxes}
    page = Page(made(STARTER, "html", engine, links))
    in_words = [str(attributes["href"]) for tag, attributes in page.tags if tag == "a"]
    assert sorted(in_words) == sorted([*led.values(), *led.values()])
    root = ET.fromstring(made(STARTER, "drawio", engine, links))  # noqa: S314 - made by the test itself
    assert {o.attrib["id"]: o.attrib["link"] for o in root.iter("UserObject")} == {
        f"box-{one}": address for one, address in led.items()
    }


def test_an_id_cannot_break_out_of_an_address() -> None:
    links = Links("/wiki/{id}")
    assert links.of('a b/c?d#e&f"<é') == "/wiki/a%20b%2Fc%3Fd%23e%26f%22%3C%C3%A9"
    assert Links().of("a") is None


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("https://example.org/", "must have {id} where the id of a thing goes, and nothing else in braces"),
        ("https://{host}/{id}", "must have {id} where the id of a thing goes, and nothing else in braces"),
        ("https://example.org/{id", "cannot be read: expected '}' before end of string"),
        ("javascript:alert({id})", "must begin with https:// or http://, or be the path of a page"),
        ("data:text/html,{id}", "must begin with https:// or http://, or be the path of a page"),
        ("https://example.org/ {id}", "must begin with https:// or http://, or be the path of a page"),
        ("https://[x/{id}", "is no address: Invalid IPv6 URL"),
    ],
)
def test_a_template_that_is_none(
    template: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(
            ["chart", "governance", "-g", str(FOLDERS["starter"]), "--link-template", template, "-o", "a.svg"]
        )
    assert (left.value.code, *capsys.readouterr()) == (
        1,
        "",
        f"orgmodel: the link template {template!r} {said}\n",
    )
    assert [*here.iterdir()] == []


# How fine


def test_a_png_is_as_fine_as_is_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["chart", "governance", "-g", str(FOLDERS["starter"]), "--as-of", "founding"]
    for dots in ("72", "300"):
        with pytest.raises(SystemExit) as left:
            main([*given, "--dpi", dots, "-o", f"{dots}.png"])
        assert (left.value.code, capsys.readouterr().out) == (0, f"{dots}.png\n")
        content = (here / f"{dots}.png").read_bytes()
        width = int.from_bytes(content[16:20], "big")
        page = measuring.read(render(STARTER, ["svg"])["svg"]).page
        assert width == pytest.approx(page.right * int(dots) / 72, abs=3)
        at = content.index(b"pHYs") + 4
        assert int.from_bytes(content[at : at + 4], "big") == round(int(dots) * 39.3701)
    with pytest.raises(SystemExit) as left:
        main([*given, "--dpi", "20", "-o", "a.png"])
    assert left.value.code == 2
