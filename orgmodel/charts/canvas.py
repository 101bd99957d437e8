"""A canvas: a graph in DOT whose every place is fixed, and what each of its elements is in the SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import graphviz

from orgmodel.charts import style
from orgmodel.charts.dot import POINTS
from orgmodel.charts.places import Rectangle

if TYPE_CHECKING:
    from orgmodel.charts.places import Point


@dataclass(frozen=True, slots=True)
class Part:
    """One element of the SVG: its class, and for those that stand for something, what that is.

    One without a class is not shown: Graphviz needs it.
    """

    sort: str = ""
    id: str = ""
    kind: str = ""
    title: str = ""
    in_legend: bool = False


class Canvas:
    """A chart in the making.

    Attributes:
        parts: What each element is, by its id.
    """

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self._graph = graphviz.Digraph(
            "chart",
            graph_attr={
                "bgcolor": style.PAPER,
                "pad": "0",
                "margin": "0",
                "outputorder": "nodesfirst",
                "splines": "true",
            },
            node_attr={"fontname": style.FONT, "fontsize": str(style.NAME_SIZE), "fontcolor": style.INK},
            edge_attr={"fontname": style.FONT, "fontsize": str(style.DETAIL_SIZE), "fontcolor": style.INK},
        )

    @property
    def source(self) -> str:
        """The graph in DOT."""
        return str(self._graph.source)

    def node(self, name: str, part: Part, place: Rectangle, label: str = "", **attributes: str) -> None:
        """Puts a shape or a text somewhere."""
        x, y = place.centre
        self.parts[name] = part
        self._graph.node(
            name,
            label,
            id=name,
            pos=f"{x:.2f},{y:.2f}",
            width=f"{place.width / POINTS:.4f}",
            height=f"{place.height / POINTS:.4f}",
            fixedsize="true",
            **attributes,
        )

    def text(self, name: str, part: Part, place: Rectangle, label: str, size: float) -> None:
        """Puts a text somewhere."""
        self.node(name, part, place, label, shape="plain", fontsize=str(size))

    def corner(self, name: str, x: float, y: float) -> None:
        """Puts an unseen point somewhere, that the paper reaches to or a line ends at."""
        self.node(name, Part(), Rectangle(x, y, x, y), shape="point", style="invis")

    def line(self, name: str, part: Part, ends: tuple[str, str], place: str, **attributes: str) -> None:
        """Draws a line between two nodes along a spline."""
        self.parts[name] = part
        self._graph.edge(*ends, id=name, pos=place, **attributes)

    def mark(self, text: str, place: Point) -> dict[str, str]:
        """The attributes of a line that has a text with its middle somewhere."""
        return {"label": graphviz.escape(text), "lp": f"{place[0]:.2f},{place[1]:.2f}"}
