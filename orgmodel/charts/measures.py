"""How large texts and boxes are, by the engine that draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from orgmodel.charts import dot, style
from orgmodel.charts.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.charts.drawing import Box
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.theme import Theme

Sizes: TypeAlias = "dict[str, tuple[float, float]]"
"""How wide and how high things are, in points, by name."""

Measurable: TypeAlias = "tuple[str, float, str, int, str]"
"""What has a size: its label, the size of its type, its shape, how many edges that has, and the font."""

_TEXT = "plain"
"""The shape that is as large as its words."""


def sizes_of(engine: Graphviz, labels: Mapping[str, tuple[str, float]], theme: Theme) -> Sizes:
    """How large some texts are.

    Args:
        engine: What draws.
        labels: By name the label of each and the size of its type.
        theme: The font.
    """
    return sizes_with_boxes(engine, labels, (), theme)[0]


def sizes_with_boxes(
    engine: Graphviz, labels: Mapping[str, tuple[str, float]], boxes: Sequence[Box], theme: Theme
) -> tuple[Sizes, Sizes]:
    """How large some texts are, and how large some boxes with their words, by their ids.

    Args:
        engine: What draws.
        labels: By name the label of each text and the size of its type.
        boxes: The boxes.
        theme: The font.
    """
    known = engine.measured
    texts: dict[str, Measurable] = {
        name: (label, size, _TEXT, 1, theme.font) for name, (label, size) in labels.items()
    }
    shapes = {box.id: _measurable(box, theme) for box in boxes}
    if new := [one for one in dict.fromkeys([*texts.values(), *shapes.values()]) if one not in known]:
        known.update(zip(new, _measured(new, engine), strict=True))
    return {name: known[one] for name, one in texts.items()}, {i: known[one] for i, one in shapes.items()}


def _measurable(box: Box, theme: Theme) -> Measurable:
    look = style.BOXES[box.kind]
    return dot.box_label(box), style.NAME_SIZE, look.shape, look.edges, theme.font


def _measured(new: Sequence[Measurable], engine: Graphviz) -> list[tuple[float, float]]:
    graph = Graph({}, {})
    for number, (label, size, shape, edges, font) in enumerate(new):
        look = {"label": label, "shape": shape, "fontname": font, "fontsize": str(size)}
        around = {} if shape == _TEXT else {"peripheries": str(edges), "margin": dot.AROUND_WORDS}
        graph.nodes.append((str(number), look | around))
    places = engine.layout(graph)
    found = [places[str(number)] for number in range(len(new))]
    return [(width, height) for _, _, width, height in found]
