"""Placing: where Graphviz puts the boxes of a drawing, by how wide they are and what ties them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.charts import ties
from orgmodel.charts.graph import Graph
from orgmodel.charts.ordering import places_of
from orgmodel.charts.places import POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.charts.drawing import Drawing, Line
    from orgmodel.charts.ordering import Order

_LOOK = {"shape": "box", "label": "", "fixedsize": "true", "height": "0.5"}
"""How high boxes are has no say in where they stand from left to right."""

_POINT = {"width": "0.01"}


def placing_graph(
    drawing: Drawing,
    order: Order,
    widths: Mapping[str, float],
    lines: Iterable[Line],
    *,
    ordered: bool = True,
    roughly: bool = False,
) -> Graph:
    """A drawing without words, for Graphviz to place its boxes from left to right: tiers are ranks.

    Args:
        drawing: What is placed.
        order: The boxes of each row from left to right.
        widths: How wide each box is, in points.
        lines: The lines that draw boxes to each other.
        ordered: Whether the order is kept; otherwise Graphviz finds one.
        roughly: Whether only their order is wanted: how far boxes stand apart is not weighed long.
    """
    graph = Graph(
        {
            **ties.levels(drawing),
            "splines": "none",
            **({"nslimit": "0.2"} if roughly else {}),
        },
        _LOOK,
    )
    lines = list(lines)
    rows = [row for band in order for row in band if row]
    # What draws boxes to each other, besides the lines themselves.
    holding = lines if drawing.is_stacked else drawing.lines
    tied = ties.in_order(rows, holding, stacked=drawing.is_stacked) if ordered else []
    places = places_of(order)
    tied += [ties.of_line(line, places) for line in lines]
    unseen, more = ties.below(rows, tied)
    for number, row in enumerate(rows):
        begins = [unseen[number]] if number in unseen else []
        graph.nodes.extend((name, _POINT) for name in begins)
        graph.nodes.extend((box_id, {"width": f"{widths[box_id] / POINTS:.4f}"}) for box_id in row)
        graph.ranks.append([*begins, *row])
    graph.edges.extend(
        (tie.start, tie.end, {"weight": str(tie.weight)} if tie.weight != ties.WEAK else {})
        for tie in [*more, *tied]
    )
    return graph
