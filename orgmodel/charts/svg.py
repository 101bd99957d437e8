"""SVG: what Graphviz draws, made accessible: a role, titles for people, data for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from orgmodel.charts import style

if TYPE_CHECKING:
    from orgmodel.charts.composition import Composition
    from orgmodel.charts.drawing import Drawing

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"


def accessible(picture: bytes, drawing: Drawing, composition: Composition) -> bytes:
    """The SVG of a chart as it is published.

    A box is `g.node`, a line `g.edge`, a band `g.band`, the legend `g.legend`; boxes, lines and bands have
    `data-id`, `data-kind` and a `title` that says in words what they are.

    Args:
        picture: The SVG as Graphviz drew it.
        drawing: What is drawn.
        composition: Which part is which.
    """
    # Read for their prefixes: without them every element would be written as `ns0:`.
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own child process wrote it
    graph = root.find(f"{{{_SVG}}}g")
    assert graph is not None
    graph.attrib.pop("class", None)
    graph.attrib.pop("id", None)
    for title in graph.findall(f"{{{_SVG}}}title"):
        graph.remove(title)
    legend = ElementTree.Element(f"{{{_SVG}}}g", {"class": "legend"})
    _title(legend, "Legend")
    for part in list(graph.findall(f"{{{_SVG}}}g")):
        name = part.attrib.pop("id")
        sort, data_id, kind, said = composition.parts[name]
        graph.remove(part)
        if sort == "corner":
            continue
        _dress(part, sort, data_id, kind, said)
        (legend if sort == "legend" else graph).append(part)
    if len(legend) > 1:
        graph.append(legend)
    _describe(root, drawing)
    for text in root.iter(f"{{{_SVG}}}text"):
        text.attrib["font-family"] = style.FONT_FALLBACKS
    for element in root.iter():
        if element.tail is not None:
            element.tail = "\n"
        if element.tag != f"{{{_SVG}}}text" and element.text is not None and not element.text.strip():
            element.text = "\n"
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _dress(part: ElementTree.Element, sort: str, data_id: str, kind: str, said: str) -> None:
    part.attrib["class"] = sort
    for title in part.findall(f"{{{_SVG}}}title"):
        part.remove(title)
    if data_id:
        part.attrib |= {"data-id": data_id, "data-kind": kind}
        _title(part, said)


def _title(part: ElementTree.Element, text: str) -> None:
    title = ElementTree.Element(f"{{{_SVG}}}title")
    title.text = text
    title.tail = "\n"
    part.insert(0, title)


def _describe(root: ElementTree.Element, drawing: Drawing) -> None:
    name = f"{drawing.id}-title", f"{drawing.id}-description"
    root.attrib |= {"role": "img", "lang": "en-GB", "aria-labelledby": " ".join(name)}
    counts = f"{len(drawing.boxes)} boxes in {len(drawing.bands)} tiers, joined by {len(drawing.lines)} lines"
    description = f"{drawing.subtitle}. {counts}. {' '.join(drawing.notes)}"
    for position, (tag, identity, text) in enumerate(
        (("title", name[0], drawing.title), ("desc", name[1], description))
    ):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": identity})
        element.text = text
        element.tail = "\n"
        root.insert(position, element)
