"""DOT: a drawing as the text that Graphviz lays out, and as the text with every place fixed."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import graphviz

from orgmodel.charts import style
from orgmodel.charts.drawing import HIERARCHY, STRONG

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.drawing import Box, Drawing, Line

POINTS = 72.0
"""Points in an inch: sizes of nodes are in inches, places in points."""


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, each at most so many characters; a longer word is broken, nothing is lost."""
    return textwrap.wrap(" ".join(text.split()), width, break_long_words=True, break_on_hyphens=True) or [""]


def box_label(box: Box) -> str:
    """The HTML-like label of a box: the heading in bold, the details smaller below."""
    heading = "<BR/>".join(f"<B>{_clean(line)}</B>" for line in wrapped(box.heading, style.WRAP))
    details = "".join(
        f'<BR/><FONT POINT-SIZE="{style.DETAIL_SIZE}">{_clean(line)}</FONT>'
        for detail in box.details
        for line in wrapped(detail, style.WRAP + 4)
    )
    return f"<{heading}{details}>"


def text_label(text: str, width: int, *, bold: bool = False, left: bool = True) -> str:
    """The HTML-like label of a text of its own."""
    end = '<BR ALIGN="LEFT"/>' if left else "<BR/>"
    lines = [f"<B>{_clean(line)}</B>" if bold else _clean(line) for line in wrapped(text, width)]
    return f"<{end.join(lines)}{end if left else ''}>"


def _clean(text: str) -> str:
    # XML, and so an HTML-like label, has no way to write most control characters.
    kept = "".join(c if c.isprintable() or c == " " else "\N{REPLACEMENT CHARACTER}" for c in text)
    return escape(kept)


def box_attributes(box: Box) -> dict[str, str]:
    """How a box looks."""
    look = style.BOXES[box.kind]
    return {
        "label": box_label(box),
        "shape": look.shape,
        "style": "filled,rounded,dashed" if box.inferred else "filled,rounded",
        "fillcolor": look.fill,
        "color": look.edge,
        "penwidth": str(look.width),
    }


def line_attributes(line: Line, *, swapped: bool = False) -> dict[str, str]:
    """How a line looks; an open arrowhead tells that it is concluded and not stated.

    Args:
        line: The line.
        swapped: Whether Graphviz is given its ends the other way round.
    """
    look = style.LINES[line.kind]
    return _line_look(look, head=("o" if line.inferred else "") + look.head, swapped=swapped)


def sample_attributes(kind: str) -> dict[str, str]:
    """How the sample of a kind of line in the legend looks."""
    if kind == "inferred-line":
        return _line_look(style.LINES["accountable"], head="onormal", swapped=False)
    look = style.LINES[kind]  # type: ignore[index]
    return _line_look(look, head=look.head, swapped=False)


def _line_look(look: style.LineStyle, *, head: str, swapped: bool) -> dict[str, str]:
    ends = {"dir": "both"} if look.both else {"dir": "back"} if swapped else {}
    return {
        "style": look.pattern,
        "color": look.colour,
        "penwidth": str(look.width),
        "arrowhead": head,
        "arrowtail": head,
        "arrowsize": "0.8",
        **ends,
    }


Order = list[list[list[str]]]
"""For each band its rows, each with the ids of its boxes from left to right."""


def order_of(drawing: Drawing, key: Callable[[str], float] | None = None, *, beside: bool = True) -> Order:
    """Every row of every band from left to right.

    Args:
        drawing: What is ordered.
        key: Where a box of a row stands, by its id; None: as the drawing has it.
        beside: Whether to put in what stands beside: units that support in the middle, boards outside at the
            ends in turn.
    """
    found: Order = []
    for band in drawing.bands:
        rows = [[box.id for box in row] for row in band.rows] or [[]]
        if key is not None:
            rows = [sorted(row, key=key) for row in rows]
        if beside:
            middle = len(rows[0]) // 2
            rows[0][middle:middle] = [box.id for box in band.supporting]
            for number, box in enumerate(band.outside):
                rows[0].insert(0 if number % 2 else len(rows[0]), box.id)
        found.append(rows)
    return found


def is_swapped(order: Order, line: Line) -> bool:
    """Whether a line runs down, or along a row to the left: Graphviz wants lines to run up or to the right."""
    places = {
        box_id: (number, position)
        for number, row in enumerate(row for rows in order for row in rows)
        for position, box_id in enumerate(row)
    }
    (from_row, from_position), (to_row, to_position) = places[line.from_id], places[line.to_id]
    return to_row > from_row or (to_row == from_row and to_position < from_position)


def layout_graph(drawing: Drawing, order: Order, *, hierarchy_only: bool = False) -> str:
    """The DOT of a drawing for Graphviz to lay out: tiers as ranks, the first band at the top.

    Args:
        drawing: What to lay out.
        order: The boxes of each row from left to right.
        hierarchy_only: Whether to leave the order of each row to Graphviz, by the lines upward alone, and to
            leave out all other lines.
    """
    graph = graphviz.Digraph(
        "governance",
        graph_attr={
            "rankdir": "BT",
            "nodesep": "0.6",
            "ranksep": "0.7",
            "splines": "spline",
            "fontname": style.FONT,
            "label": graphviz.escape(f"{drawing.title}\n{drawing.subtitle}"),
            "labelloc": "t",
            "newrank": "true",
        },
        node_attr={
            "fontname": style.FONT,
            "fontsize": str(style.NAME_SIZE),
            "fontcolor": style.INK,
            "margin": "0.16,0.1",
        },
        edge_attr={"fontname": style.FONT, "fontsize": str(style.DETAIL_SIZE), "fontcolor": style.INK},
    )
    boxes = {box.id: box for box in drawing.boxes}
    rows = [row for band in order for row in band]
    for number, row in enumerate(rows):
        with graph.subgraph() as rank:
            rank.attr(rank="same")
            rank.node(f"row {number}", label="", shape="point", style="invis", width="0.01")
            for box_id in row:
                rank.node(box_id, **box_attributes(boxes[box_id]))
        if number:
            graph.edge(f"row {number}", f"row {number - 1}", style="invis", weight="0")
        if not hierarchy_only:
            tied = {frozenset((line.from_id, line.to_id)) for line in drawing.lines}
            for left, right in pairwise(_with_middles(graph, drawing, row)):
                # A second line between the two would push the one that is seen out of their middle.
                if frozenset((left, right)) not in tied:
                    graph.edge(left, right, style="invis", weight="1")
    if not hierarchy_only:
        _gather(graph, drawing, rows)
    rank_of = {box_id: number for number, row in enumerate(rows) for box_id in row}
    for number, line in enumerate(drawing.lines):
        if line.from_id not in rank_of or line.to_id not in rank_of:
            continue
        upward = rank_of[line.from_id] > rank_of[line.to_id]
        if hierarchy_only and not (upward and line.kind in HIERARCHY):
            continue
        _add_line(graph, number, line, order)
    return str(graph.source)


def _with_middles(graph: graphviz.Digraph, drawing: Drawing, row: list[str]) -> list[str]:
    """A row with something unseen between each middle pair, over or under which their common box stands.

    A box tied to an even number of others may be put anywhere between the middle two, so that Graphviz puts
    it over one of them; tied to what is between them as well, it is centred.
    """
    full = list(row)
    for near, far in (("from_id", "to_id"), ("to_id", "from_id")):
        tied: dict[str, list[str]] = {}
        for line in drawing.lines:
            if line.kind in STRONG and getattr(line, near) in row and getattr(line, far) not in row:
                tied.setdefault(getattr(line, far), []).append(getattr(line, near))
        for other, ends in tied.items():
            ends.sort(key=row.index)
            left, right = ends[len(ends) // 2 - 1], ends[len(ends) // 2]
            if len(ends) % 2 == 0 and full.index(right) - full.index(left) == 1:
                name = f"between {left} and {right}"
                graph.node(name, label="", shape="point", style="invis", width="0.01")
                full.insert(full.index(right), name)
                ends_of = (name, other) if near == "from_id" else (other, name)
                graph.edge(*ends_of, style="invis", weight="8")
    return full


def _gather(graph: graphviz.Digraph, drawing: Drawing, rows: list[list[str]]) -> None:
    """Draws boxes that no strong line holds toward the middle of the row above, where nothing else does."""
    held = {line.from_id for line in drawing.lines if line.kind in STRONG}
    for above, row in pairwise(rows):
        if above:
            for box_id in row:
                if box_id not in held:
                    graph.edge(box_id, above[len(above) // 2], style="invis", weight="1")


def _add_line(graph: graphviz.Digraph, number: int, line: Line, order: Order) -> None:
    swapped = is_swapped(order, line)
    looks = line_attributes(line, swapped=swapped)
    looks["weight"] = {"accountable": "8", "accountable-reports": "8", "supports": "6"}.get(line.kind, "1")
    ends = (line.to_id, line.from_id) if swapped else (line.from_id, line.to_id)
    graph.edge(*ends, id=f"line {number}", **looks)
