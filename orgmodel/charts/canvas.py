"""A canvas: a graph whose every place is fixed, and what each of its elements is in the SVG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import graphviz

from orgmodel.charts import style
from orgmodel.charts.dot import ARROW
from orgmodel.charts.graph import Graph
from orgmodel.charts.places import POINTS, Rectangle, spline

if TYPE_CHECKING:
    from orgmodel.charts.places import Point
    from orgmodel.charts.sizes import Size
    from orgmodel.charts.theme import Theme

_BETWEEN_EDGES = 4.0
"""How many points Graphviz draws a second edge outside the first."""


_POINT = 0.72
"""How wide and high a mere point is in Graphviz, in points: the paper reaches to such."""


@dataclass(frozen=True, slots=True)
class Part:
    """One element of the SVG: its class, and for those that stand for something, what that is.

    One without a class is not shown: Graphviz needs it. `words` are its texts, the most important first.
    """

    sort: str = ""
    id: str = ""
    kind: str = ""
    title: str = ""
    words: tuple[str, ...] = ()
    in_legend: bool = False


class Canvas:
    """A chart in the making.

    Attributes:
        parts: What each element is, by its id.
        places: Where each node is, by its id.
        looks: How each node and line looks, as attributes of Graphviz, by its id.
        courses: The corners of each line from its start, and what it joins, by its id.
        theme: The colours and the font.
        scale: By how much all of it is made smaller.
        is_simple: Whether boxes stand as they come, since a better order could not be found in time.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.is_simple = False
        self.scale = 1.0
        self.parts: dict[str, Part] = {}
        self.places: dict[str, Rectangle] = {}
        self.looks: dict[str, dict[str, str]] = {}
        self.courses: dict[str, tuple[list[Point], tuple[str, str]]] = {}
        self._heads: dict[str, tuple[float, float]] = {}
        self._paper: dict[str, str] = {}

    @cached_property
    def graph(self) -> Graph:
        """All of it for Graphviz to draw."""
        graph = Graph(
            {
                "bgcolor": self.theme.paper,
                "pad": "0",
                "margin": "0",
                "outputorder": "nodesfirst",
                "splines": "true",
                **self._paper,
            },
            {
                "fontname": self.theme.font,
                "fontsize": str(style.NAME_SIZE),
                "fontcolor": self.theme.ink,
                "fixedsize": "true",
            },
            {
                "fontname": self.theme.font,
                "fontsize": str(style.DETAIL_SIZE),
                "fontcolor": self.theme.ink,
                "arrowsize": str(ARROW),
            },
        )
        for name, place in self.places.items():
            x, y = place.centre
            look = self.looks[name]
            around = 2 * _BETWEEN_EDGES * (int(look.get("peripheries", "1")) - 1)
            where = {
                "id": name,
                "pos": f"{x:.2f},{y:.2f}",
                "width": f"{(place.width - around) / POINTS:.4f}",
                "height": f"{(place.height - around) / POINTS:.4f}",
            }
            graph.nodes.append((name, where | look))
        for name, (corners, ends) in self.courses.items():
            where = {"id": name, "pos": spline(corners, *self._heads[name])}
            graph.edges.append((*ends, where | self.looks[name]))
        return graph

    def node(self, name: str, part: Part, place: Rectangle, label: str = "", **attributes: str) -> None:
        """Puts a shape or a text somewhere; where it has several edges, all of them are in the place."""
        self.parts[name] = part
        self.places[name] = place
        self.looks[name] = {"label": label, **attributes}

    def text(self, name: str, part: Part, place: Rectangle, label: str, size: float) -> None:
        """Puts a text somewhere."""
        self.node(name, part, place, label, shape="plain", fontsize=str(size))

    def corner(self, name: str, x: float, y: float) -> None:
        """Puts an unseen point somewhere, that the paper reaches to or a line ends at."""
        self.node(name, Part(), Rectangle(x, y, x, y), shape="point", style="invis")

    def line(
        self,
        name: str,
        part: Part,
        ends: tuple[str, str],
        corners: list[Point],
        heads: tuple[float, float],
        **attributes: str,
    ) -> None:
        """Draws a line between two nodes.

        Args:
            name: Its id.
            part: What it is.
            ends: The ids of the nodes.
            corners: Its corners, from its start.
            heads: How long the arrowheads at its start and at its end are.
            attributes: How it looks.
        """
        self.parts[name] = part
        self.courses[name] = corners, ends
        self.looks[name] = attributes
        self._heads[name] = heads

    @property
    def size(self) -> tuple[float, float]:
        """How wide and how high all of it is, in points."""
        xs = [x for place in self.places.values() for x in (place.left, place.right)]
        ys = [y for place in self.places.values() for y in (place.bottom, place.top)]
        return max(xs) - min(xs) + _POINT, max(ys) - min(ys) + _POINT

    def fit(self, size: Size) -> None:
        """Makes all of it as small as it must be for a size, and the paper as large as that is."""
        wide, high = self.size
        width, height, scale = size.page(wide, high)
        self.scale = scale
        left = min(place.left for place in self.places.values())
        top = max(place.top for place in self.places.values())
        # The paper reaches to unseen points: half of what is left over goes to each side, all of it below.
        beside = max(0.0, width / scale - wide) / 2 if size.height else 0.0
        self.corner("page-a", left - beside, top - max(height / scale, high) + _POINT)
        self.corner("page-b", left + wide + beside - _POINT, top)
        if scale < 1:
            # Rounded up: what is wider by a hair would be made smaller once more.
            self._paper["size"] = f"{width / POINTS + 0.0001:.4f},{height / POINTS + 0.0001:.4f}"

    def mark(self, text: str, place: Point) -> dict[str, str]:
        """The attributes of a line that has a text with its middle somewhere."""
        return {"label": graphviz.escape(text), "lp": f"{place[0]:.2f},{place[1]:.2f}"}
