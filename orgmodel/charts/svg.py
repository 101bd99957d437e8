"""SVG: what Graphviz draws, made accessible: a role, titles for people, data for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from orgmodel.charts import style
from orgmodel.charts.canvas import Part

if TYPE_CHECKING:
    from orgmodel.charts.canvas import Canvas
    from orgmodel.charts.drawing import Drawing

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"


def accessible(picture: bytes, drawing: Drawing, canvas: Canvas) -> bytes:
    """The SVG of a chart as it is published.

    A box is `g.node`, a line `g.edge`, a band `g.band`, the legend `g.legend`; boxes, lines and bands have
    `data-id`, `data-kind` and a `title` that says in words what they are.

    Args:
        picture: The SVG as Graphviz drew it.
        drawing: What is drawn.
        canvas: What it was drawn from.
    """
    # Read for their prefixes: without them every element would be written as `ns0:`.
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(picture)  # noqa: S314 - our own child process wrote it
    graph = root.find(f"{{{_SVG}}}g")
    assert graph is not None
    graph.attrib.pop("class", None)
    graph.attrib.pop("id", None)
    for title in graph.findall(f"{{{_SVG}}}title"):
        graph.remove(title)
    legend = ET.Element(f"{{{_SVG}}}g")
    _dress(legend, Part("legend", "legend", "legend", "Legend"))
    for element in list(graph.findall(f"{{{_SVG}}}g")):
        part = canvas.parts[element.attrib.pop("id")]
        graph.remove(element)
        if part.sort:
            _dress(element, part)
            (legend if part.in_legend else graph).append(element)
    graph.append(legend)
    _describe(root, drawing)
    for text in root.iter(f"{{{_SVG}}}text"):
        text.attrib["font-family"] = style.FONT_FALLBACKS
    for element in root.iter():
        if element.tail is not None:
            element.tail = "\n"
        if element.tag != f"{{{_SVG}}}text" and element.text is not None and not element.text.strip():
            element.text = "\n"
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _dress(element: ET.Element, part: Part) -> None:
    element.attrib["class"] = part.sort
    for title in element.findall(f"{{{_SVG}}}title"):
        element.remove(title)
    if part.id:
        element.attrib |= {"data-id": part.id, "data-kind": part.kind}
        _title(element, part.title)


def _title(part: ET.Element, text: str) -> None:
    title = ET.Element(f"{{{_SVG}}}title")
    title.text = text
    title.tail = "\n"
    part.insert(0, title)


def _describe(root: ET.Element, drawing: Drawing) -> None:
    name = f"{drawing.id}-title", f"{drawing.id}-description"
    root.attrib |= {"role": "img", "lang": "en-GB", "aria-labelledby": " ".join(name)}
    boxes, bands, lines = (
        f"{len(some)} {one if len(some) == 1 else several}"
        for some, one, several in (
            (drawing.boxes, "box", "boxes"),
            (drawing.bands, "band", "bands"),
            (drawing.lines, "line", "lines"),
        )
    )
    counts = f"{boxes} in {bands}, joined by {lines}" if drawing.lines else f"{boxes} in {bands}"
    description = f"{drawing.subtitle}. {counts}. {' '.join(drawing.notes)}"
    for position, (tag, identity, text) in enumerate(
        (("title", name[0], drawing.title), ("desc", name[1], description))
    ):
        element = ET.Element(f"{{{_SVG}}}{tag}", {"id": identity})
        element.text = text
        element.tail = "\n"
        root.insert(position, element)
