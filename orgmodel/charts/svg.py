"""SVG: what Graphviz draws, made accessible: a role, titles for people, data for scripts, links."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from orgmodel.charts.canvas import Part
from orgmodel.charts.drawing import Drawing, Grid

if TYPE_CHECKING:
    from orgmodel.charts.canvas import Canvas
    from orgmodel.charts.drawing import Chart, Notes
    from orgmodel.charts.links import Links

_SVG = "http://www.w3.org/2000/svg"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"
_XLINK = "http://www.w3.org/1999/xlink"


def accessible(picture: bytes, chart: Chart | Notes, canvas: Canvas, links: Links) -> bytes:
    """The SVG of a chart as it is published.

    A box is `g.node`, a line `g.edge`, a band `g.band`, the legend `g.legend`; boxes, lines and bands have
    `data-id`, `data-kind` and a `title` that says in words what they are. Nothing has an `id`: several
    charts, or one twice, can stand in one page.

    Args:
        picture: The SVG as Graphviz drew it.
        chart: What is drawn.
        canvas: What it was drawn from.
        links: Where boxes lead to.
    """
    # Read for their prefixes: without them every element would be written as `ns0:`.
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(picture)  # noqa: S314 - our own child process wrote it
    graph = root.find(f"{{{_SVG}}}g")
    assert graph is not None
    graph.attrib.pop("class", None)
    graph.attrib.pop("id", None)
    groups = graph.findall(f"{{{_SVG}}}g")
    graph[:] = [one for one in graph if one.tag not in {f"{{{_SVG}}}g", f"{{{_SVG}}}title"}]
    legend = ET.Element(f"{{{_SVG}}}g")
    _dress(legend, Part("legend", "legend", "legend", "Legend"))
    for element in groups:
        part = canvas.parts[element.attrib.pop("id")]
        if part.sort:
            _dress(element, part)
            target = links.of(part.id) if part.sort in {"node", "row"} else None
            (legend if part.in_legend else graph).append(_linked(element, target) if target else element)
    if len(legend) > 1:
        graph.append(legend)
    _describe(root, chart, has_links=bool(links))
    _embed(root, canvas)
    families = canvas.theme.families
    for element in root.iter():
        if element.tail is not None:
            element.tail = "\n"
        if element.tag == f"{{{_SVG}}}text":
            element.attrib["font-family"] = families
        elif element.text is not None and not element.text.strip():
            element.text = "\n"
    return f"{_DECLARATION}\n{ET.tostring(root, encoding='unicode')}\n".encode()


def inline(svg: bytes) -> str:
    """An SVG as it stands in an HTML page: without what only a file of its own begins with."""
    root = ET.fromstring(svg)  # noqa: S314 - made by `accessible`
    return ET.tostring(root, encoding="unicode")


def _dress(element: ET.Element, part: Part) -> None:
    element.attrib["class"] = part.sort
    title = element.find(f"{{{_SVG}}}title")
    if not part.id:
        if title is not None:
            element.remove(title)
        return
    element.attrib |= {"data-id": part.id, "data-kind": part.kind}
    if title is None:
        title = ET.Element(f"{{{_SVG}}}title")
        title.tail = "\n"
        element.insert(0, title)
    title.text = part.title


def _linked(element: ET.Element, target: str) -> ET.Element:
    """An element around which a link is put: the group stays outside, for those who look for it."""
    link = ET.Element(f"{{{_SVG}}}a", {"href": target})
    for child in list(element):
        element.remove(child)
        link.append(child)
    element.append(link)
    return element


def _embed(root: ET.Element, canvas: Canvas) -> None:
    """Puts a logo into the picture, which else would only say in which file it is."""
    for image in root.iter(f"{{{_SVG}}}image"):
        assert canvas.theme.logo is not None
        content = base64.b64encode(canvas.theme.logo.read_bytes()).decode("ascii")
        image.attrib.pop(f"{{{_XLINK}}}href", None)
        image.attrib["href"] = f"data:image/png;base64,{content}"


def _describe(root: ET.Element, chart: Chart | Notes, *, has_links: bool) -> None:
    # What is in an image cannot be reached; what has links is a document.
    root.attrib |= {"role": "graphics-document document" if has_links else "img", "lang": "en-GB"}
    if isinstance(chart, Drawing):
        boxes, bands, lines = (
            _counted(len(chart.boxes), "box", "boxes"),
            _counted(len(chart.bands), "band", "bands"),
            _counted(len(chart.lines), "line", "lines"),
        )
        counts = f"{boxes} in {bands}, joined by {lines}" if chart.lines else f"{boxes} in {bands}"
    elif isinstance(chart, Grid):
        rows = sum(len(group.rows) for group in chart.groups)
        counts = f"{_counted(rows, 'row', 'rows')}, {_counted(len(chart.columns), 'column', 'columns')}"
    else:
        counts = "What explains the chart"
    description = " ".join([f"{chart.subtitle}. {counts}.", *chart.notes])
    # Their names as attributes too: some readers of screens look only there.
    root.attrib["aria-label"] = chart.title
    for position, (tag, text) in enumerate((("title", chart.title), ("desc", description))):
        element = ET.Element(f"{{{_SVG}}}{tag}")
        element.text = text
        element.tail = "\n"
        root.insert(position, element)


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
