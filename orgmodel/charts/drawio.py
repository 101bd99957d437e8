"""draw.io: a chart as a file of diagrams.net, with every box in its place and lines that hold on to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from orgmodel.charts import style
from orgmodel.charts.places import Rectangle
from orgmodel.charts.theme import FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.canvas import Canvas, Part
    from orgmodel.charts.drawing import Chart, Notes
    from orgmodel.charts.links import Links
    from orgmodel.charts.places import Point

_SHAPES: Final = {
    "note": "shape=note;size=8",
    "diamond": "shape=rhombus",
    "invtriangle": "shape=triangle;direction=south",
    "plain": "text",
}
"""What draw.io calls the shapes of Graphviz that are no boxes."""

_HEADS: Final = {"normal": "block", "diamond": "diamond", "box": "box", "none": "none"}
_ROOM: Final = 0.12
"""How much wider than here a text may be there, of its width."""

_PATTERNS: Final = {"dashed": "6 4", "dotted": "1 3"}


def drawio(pages: Sequence[tuple[Chart | Notes, Canvas]], links: Links) -> bytes:
    """Charts as a file that draw.io opens, each a page of it.

    Args:
        pages: Each chart, with where everything in it is and how it looks.
        links: Where boxes lead to.
    """
    file = ET.Element("mxfile", {"host": "orgmodel"})
    for number, (chart, canvas) in enumerate(pages, 1):
        name = chart.title if len(pages) == 1 else f"{number}. {chart.title}"
        diagram = ET.SubElement(file, "diagram", {"id": f"{chart.id}-{number}", "name": name})
        _Page(diagram, canvas, links).write()
    found: bytes = ET.tostring(file, encoding="UTF-8", xml_declaration=True)
    return found + b"\n"


class _Page:
    def __init__(self, diagram: ET.Element, canvas: Canvas, links: Links) -> None:
        self.canvas = canvas
        self.links = links
        low, high = canvas.places["corner-a"], canvas.places["corner-b"]
        self.left, self.top = low.left, high.top
        page = {
            "grid": "0",
            "page": "1",
            "pageWidth": str(round(high.left - low.left)),
            "pageHeight": str(round(high.top - low.top)),
            "background": canvas.theme.paper,
        }
        self.root = ET.SubElement(ET.SubElement(diagram, "mxGraphModel", page), "root")
        ET.SubElement(self.root, "mxCell", {"id": "0"})
        ET.SubElement(self.root, "mxCell", {"id": "1", "parent": "0"})

    def write(self) -> None:
        """Writes a cell for each part."""
        for name, part in self.canvas.parts.items():
            if name in self.canvas.courses:
                self._line(name, part)
            elif part.sort not in {"", "logo"}:
                self._node(name, part)

    def _cell(self, name: str, value: str, look: dict[str, str], link: str | None, **more: str) -> ET.Element:
        said = {"id": name, "value": value}
        holder = self.root
        if link:
            holder = ET.SubElement(self.root, "UserObject", {"id": name, "label": value, "link": link})
            said = {}
        shape = look.pop("", "")
        written = "".join(f"{key}={held};" for key, held in look.items())
        return ET.SubElement(
            holder, "mxCell", {**said, "style": f"{shape}{';' * bool(shape)}{written}", "parent": "1", **more}
        )

    def _node(self, name: str, part: Part) -> None:
        look, place = self.canvas.looks[name], self.canvas.places[name]
        link = self.links.of(part.id) if part.sort in {"node", "row"} else None
        bold = "<B>" in look.get("label", "")
        words = _words(part, bold=bold and part.sort == "node")
        cell = self._cell(name, words, self._node_look(look, name, part), link, vertex="1")
        if look.get("shape") == "plain":
            # With another font a text may be wider: it has room to be, so that it does not wrap.
            more = _ROOM * place.width
            left = place.left - (more / 2 if part.sort == "column" else 0.0)
            place = Rectangle(left, place.bottom, left + place.width + more, place.top)
        geometry = {**self._point((place.left, place.top)), "width": f"{place.width:.2f}"}
        geometry |= {"height": f"{place.height:.2f}", "as": "geometry"}
        ET.SubElement(cell, "mxGeometry", geometry)

    def _node_look(self, look: dict[str, str], name: str, part: Part) -> dict[str, str]:
        theme = self.canvas.theme
        found = {"": _SHAPES.get(look.get("shape", "box"), ""), "html": "1", "whiteSpace": "wrap"}
        # Arial is on most machines, and as wide as the font that travels with orgmodel.
        found |= {"fontFamily": "Arial" if theme.font == FONT else theme.font, "fontColor": theme.ink}
        if look.get("shape") == "plain":
            bold = name == "title" or (part.sort == "text" and name.endswith("-name"))
            found |= {
                "fontSize": str(style.DETAIL_SIZE) if "POINT-SIZE" in look["label"] else look["fontsize"],
                "fontStyle": str(int(bold)),
                "align": "center" if part.sort == "column" else "left",
                "verticalAlign": "middle",
                "spacing": "0",
                "strokeColor": "none",
                "fillColor": "none",
            }
            return found
        styles = look["style"].split(",")
        found |= {
            "fontSize": str(style.DETAIL_SIZE),
            "fillColor": look["fillcolor"],
            "strokeColor": look["color"],
            "strokeWidth": look["penwidth"],
        }
        found |= {"rounded": "1", "arcSize": "8"} if "rounded" in styles else {}
        if look.get("peripheries") == "2":
            found |= {"": "shape=ext", "double": "1"}
        for pattern, dashes in _PATTERNS.items():
            found |= {"dashed": "1", "dashPattern": dashes} if pattern in styles else {}
        return found

    def _line(self, name: str, part: Part) -> None:
        corners, ends = self.canvas.courses[name]
        look = self.canvas.looks[name]
        style_of = {"": "edgeStyle=none", "rounded": "1", "html": "1", "strokeColor": look["color"]}
        style_of |= {"strokeWidth": look["penwidth"], "fontSize": str(style.DETAIL_SIZE)}
        if look["style"] in _PATTERNS:
            style_of |= {"dashed": "1", "dashPattern": _PATTERNS[look["style"]]}
        style_of |= {"startArrow": "none"}
        for side, shown in (("end", True), ("start", look.get("dir") == "both")):
            if shown:
                head = look["arrowhead"]
                kind = next(one for one in _HEADS if one in head)
                double = "doubleBlock" if head.count(kind) > 1 else _HEADS[kind]
                style_of |= {f"{side}Arrow": double, f"{side}Fill": str(int(not head.startswith("o")))}
        boxes = [self.canvas.places[end] for end in ends]
        joined: dict[str, str] = {}
        # What is a mere point, at the ends of a sample in the legend, has no cell to hold on to.
        if all(box.width for box in boxes):
            for side, box, at in (("exit", boxes[0], corners[0]), ("entry", boxes[1], corners[-1])):
                across, down = _within(box, at)
                style_of |= {f"{side}X": across, f"{side}Y": down, f"{side}Dx": "0", f"{side}Dy": "0"}
            joined = {"source": ends[0], "target": ends[1]}
        cell = self._cell(name, _words(part, bold=False), style_of, None, edge="1", **joined)
        near_its_start = {"x": "-0.8"} if part.words else {}
        geometry = ET.SubElement(cell, "mxGeometry", {**near_its_start, "relative": "1", "as": "geometry"})
        if not joined:
            for end, at in (("sourcePoint", corners[0]), ("targetPoint", corners[-1])):
                ET.SubElement(geometry, "mxPoint", {**self._point(at), "as": end})
        points = ET.SubElement(geometry, "Array", {"as": "points"})
        for corner in corners[1:-1]:
            ET.SubElement(points, "mxPoint", self._point(corner))

    def _point(self, at: Point) -> dict[str, str]:
        """A place as draw.io counts: from the top left, down is more."""
        return {"x": f"{at[0] - self.left:.2f}", "y": f"{self.top - at[1]:.2f}"}


def _within(box: Rectangle, at: Point) -> tuple[str, str]:
    return f"{(at[0] - box.left) / box.width:.4f}", f"{(box.top - at[1]) / box.height:.4f}"


def _words(part: Part, *, bold: bool) -> str:
    """The words of a part as the HTML that draw.io takes them in; the first of them may be bold."""
    from markupsafe import Markup

    if not part.words:
        return ""
    first, *others = part.words
    if not bold:
        return str(Markup("<br>").join(part.words))
    return str(Markup("<br>").join([Markup("<b>{}</b>").format(first), *others]))
