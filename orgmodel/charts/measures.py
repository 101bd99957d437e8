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
    known = engine.measured
    wanted = {name: (label, size, theme.font) for name, (label, size) in labels.items()}
    new = [one for one in dict.fromkeys(wanted.values()) if one not in known]
    if new:
        graph = graphviz.Digraph("texts", node_attr={"fontname": theme.font, "shape": "plain"})
        for number, (label, size, _) in enumerate(new):
            graph.node(f"text {number}", label, fontsize=str(size))
        places = engine.layout(str(graph.source))
        for number, one in enumerate(new):
            _, _, *found = places[f"text {number}"]
            known[one] = found[0], found[1]
    return {name: known[one] for name, one in wanted.items()}


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
