"""How large texts are, by the engine that draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphviz

from orgmodel.charts import dot, style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Box
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.theme import Theme


def sizes_of(
    engine: Graphviz, labels: Mapping[str, tuple[str, float]], theme: Theme
) -> dict[str, tuple[float, float]]:
    """How wide and how high some texts are, in points, by name.

    Args:
        engine: What draws.
        labels: By name the label of each and the size of its type.
        theme: The font.
    """
    graph = graphviz.Digraph("texts", node_attr={"fontname": theme.font, "shape": "plain"})
    names = list(labels)
    for number, name in enumerate(names):
        label, size = labels[name]
        graph.node(f"text {number}", label, fontsize=str(size))
    places = engine.layout(str(graph.source)) if names else {}
    return {name: (places[f"text {n}"][2], places[f"text {n}"][3]) for n, name in enumerate(names)}


def widths_of(boxes: Sequence[Box], engine: Graphviz, theme: Theme) -> list[float]:
    """How wide some boxes are, in points.

    Args:
        boxes: The boxes.
        engine: What draws.
        theme: The font.
    """
    labels = {str(number): (dot.box_label(box), style.NAME_SIZE) for number, box in enumerate(boxes)}
    sizes = sizes_of(engine, labels, theme)
    return [sizes[str(number)][0] + 2 * dot.BESIDE_WORDS * dot.POINTS for number in range(len(boxes))]
