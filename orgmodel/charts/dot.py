"""DOT: a drawing as the text that Graphviz lays out, and as the text with every place fixed."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import graphviz

from orgmodel.charts import style

if TYPE_CHECKING:
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
            "nodesep": "0.5",
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
            for left, right in pairwise(_with_middles(drawing, row, number)):
                graph.edge(left, right, style="invis", weight="1")
    if not hierarchy_only:
        _centre(graph, drawing, rows)
    rank_of = {box_id: number for number, row in enumerate(rows) for box_id in row}
    for number, line in enumerate(drawing.lines):
        if line.from_id not in rank_of or line.to_id not in rank_of:
            continue
        upward = rank_of[line.from_id] > rank_of[line.to_id]
        if hierarchy_only and not (upward and line.kind in HIERARCHY):
            continue
        _add_line(graph, number, line, order)
    return str(graph.source)


def _middles(drawing: Drawing, row: list[str]) -> dict[str, tuple[str, str]]:
    """Where a row has an even number of boxes that answer to one box: its two middle ones, by that box.

    With as many on its left as on its right Graphviz may put a box anywhere between; something in the middle
    to stand over keeps it centred.
    """
    found: dict[str, tuple[str, str]] = {}
    for near, far in (("from_id", "to_id"), ("to_id", "from_id")):
        tied: dict[str, list[str]] = {}
        for line in drawing.lines:
            if line.kind in STRONG and getattr(line, near) in row and getattr(line, far) not in row:
                tied.setdefault(getattr(line, far), []).append(getattr(line, near))
        for other, ends in tied.items():
            ends.sort(key=row.index)
            if len(ends) % 2 == 0:
                pair = ends[len(ends) // 2 - 1], ends[len(ends) // 2]
                if row.index(pair[1]) - row.index(pair[0]) == 1:
                    found[other] = pair
    return found


def _with_middles(drawing: Drawing, row: list[str], number: int) -> list[str]:
    return row


def _centre(graph: graphviz.Digraph, drawing: Drawing, rows: list[list[str]]) -> None:
    pass


STRONG = frozenset({"accountable", "accountable-reports"})
HIERARCHY = frozenset({"accountable", "accountable-reports", "reports"})


def _add_line(graph: graphviz.Digraph, number: int, line: Line, order: Order) -> None:
    swapped = is_swapped(order, line)
    looks = line_attributes(line, swapped=swapped)
    if line.mark:
        looks["label"] = graphviz.escape(line.mark)
    looks["weight"] = {"accountable": "8", "accountable-reports": "8", "supports": "6"}.get(line.kind, "1")
    ends = (line.to_id, line.from_id) if swapped else (line.from_id, line.to_id)
    graph.edge(*ends, id=f"line {number}", **looks)
