"""DOT: a drawing as the text that Graphviz lays out, and as the text with every place fixed."""

from __future__ import annotations

import html
import textwrap
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import graphviz

from orgmodel.charts import style, ties
from orgmodel.charts.ordering import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import Box, BoxKind, Change, Drawing, Line, LineKind
    from orgmodel.charts.ordering import Order
    from orgmodel.charts.theme import Theme
    from orgmodel.charts.ties import Tie

AROUND_WORDS = "0.16,0.1"
"""From the words of a box to its edges, on both sides and above and below, in inches."""

ARROW = 0.8
"""How large arrowheads are, of what Graphviz takes for usual."""

# How long an arrowhead is in Graphviz, in points; and what the pen adds at its tip, as a part of its width:
# 1 / (2 sin a) for half the angle a there.
_HEADS = {"normal": (10, 1.5135), "diamond": (12, 0.9014), "box": (7.5, 0.5), "none": (0, 0.0)}


_WHOLE_WORD = 20
"""Words of up to so many characters are not broken, be their line longer for it."""


@lru_cache(4096)
def wrapped(text: str, width: int, *, even: bool = True) -> tuple[str, ...]:
    """The lines of a text, as few as may be, each at most so many characters.

    A word of up to 20 is whole, be its line longer for it; a longer one is broken, nothing is lost. With
    `even` all lines are about as long, so that no single word is left on the last of them.

    >>> wrapped("Health and Wellbeing Board", 22)
    ('Health and', 'Wellbeing Board')
    """
    words = " ".join(text.split())
    width = max(width, min(max(map(len, words.split()), default=0), _WHOLE_WORD))
    if len(words) <= width:
        return (words,)
    lines = _filled(words, width)
    if even:
        # The narrowest that has no more lines is hardly wider than it has to be for all characters.
        count = len(lines)
        least = max(ceil((len(words) - count + 1) / count), *map(len, words.split()))
        narrower = (_filled(words, each) for each in range(least, width))
        lines = next((found for found in narrower if len(found) <= count), lines)
    return tuple(lines)


def _filled(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_long_words=True, break_on_hyphens=False)


# A box is laid out more than once before it is drawn.
@lru_cache(4096)
def box_label(box: Box) -> str:
    """The HTML-like label of a box: the heading in bold, below it the details, smaller; above it its flag."""
    flag = [_small(f"<I>{_clean(line)}</I>") for line in wrapped(box.flag, style.WRAP + 4) if line]
    heading = [(f"<B>{_clean(line)}</B>", style.NAME_LINE) for line in wrapped(box.heading, style.WRAP)]
    details = [_small(_clean(line)) for detail in box.details for line in wrapped(detail, style.WRAP + 4)]
    listed = [
        _small((_INDENT if number else "") + _clean(line))
        for entry in box.listed
        for number, line in enumerate(wrapped(entry, style.WRAP + 8, even=False))
    ]
    gap = [("", style.DETAIL_GAP)]
    rows = [*flag, *heading, *(gap + details if details else [])]
    return _rows([*_aligned(rows), *_aligned(gap + listed if listed else [], "LEFT")])


_INDENT = "\N{NO-BREAK SPACE}" * 3
"""Before the further lines of what is listed."""


def _small(markup: str) -> tuple[str, int]:
    return f'<FONT POINT-SIZE="{style.DETAIL_SIZE}">{markup}</FONT>', style.DETAIL_LINE


def small_label(text: str, width: int) -> str:
    """The HTML-like label of a short text in the middle of a box, or over a column."""
    return _table([_small(_clean(line)) for line in wrapped(text, width)])


def row_label(texts: Sequence[str], width: int, *, small: bool = False) -> str:
    """The HTML-like label of what stands in a row: texts below each other, all beginning on the left."""
    lines = [_clean(line) for text in texts for line in wrapped(text, width, even=False)]
    return _table([_small(line) if small else (line, style.NAME_LINE) for line in lines], align="LEFT")


@lru_cache(4096)
def text_label(text: str, width: int, *, size: float, bold: bool = False, even: bool = False) -> str:
    """The HTML-like label of a text of its own, its lines beginning on the left; `even` as in `wrapped`."""
    lines = [f"<B>{_clean(line)}</B>" if bold else _clean(line) for line in wrapped(text, width, even=even)]
    return _table([(line, round(size * style.LEADING)) for line in lines], align="LEFT")


def _table(lines: list[tuple[str, int]], align: str = "CENTER") -> str:
    return _rows(_aligned(lines, align))


def _aligned(lines: list[tuple[str, int]], align: str = "CENTER") -> list[tuple[str, int, str]]:
    return [(text, height, align) for text, height in lines]


def _rows(lines: list[tuple[str, int, str]]) -> str:
    """Lines below each other, each as high as is said; without a table they would stand too close."""
    rows = "".join(
        f'<TR><TD ALIGN="{align}" HEIGHT="{height}">{text}</TD></TR>' for text, height, align in lines
    )
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{rows}</TABLE>>'


def _clean(text: str) -> str:
    # Graphviz puts the name of the node for \N even here; nothing can be seen of what keeps it from that.
    return html.escape(text, quote=False).replace("\\", "\\\N{WORD JOINER}")


def box_attributes(box: Box, theme: Theme) -> dict[str, str]:
    """A box with its words."""
    look = box_look(box.kind, theme, inferred=box.inferred, change=box.change)
    return {"label": box_label(box), **look}


def box_look(kind: BoxKind, theme: Theme, *, inferred: bool = False, change: Change = "") -> dict[str, str]:
    """How a kind of box looks; a dashed edge tells that it is concluded and not stated."""
    look = style.BOXES[kind]
    edge, _, width = style.BOX_CHANGES.get(change, ("solid", "", look.width))
    # On what is small dashes would be gaps.
    broken = "dotted" if look.shape in style.SYMBOLS else "dashed"
    styles = ["filled"] + ["rounded"] * look.rounded + [broken] * inferred
    # What ended and was only concluded is told from that by its words.
    styles += [edge] * (edge != "solid" and not inferred)
    return {
        "shape": look.shape,
        "style": ",".join(styles),
        "fillcolor": theme.fills[kind],
        "color": theme.edges[kind],
        "penwidth": str(width),
        "peripheries": str(look.edges),
    }


def line_attributes(
    kind: LineKind, theme: Theme, *, inferred: bool, swapped: bool = False, change: Change = ""
) -> dict[str, str]:
    """How a kind of line looks; an open arrowhead tells that it is concluded, or dashes where it has none.

    Args:
        kind: The kind of line.
        theme: Its colours.
        inferred: Whether it is concluded.
        swapped: Whether Graphviz is given its ends the other way round.
        change: What became of it.
    """
    look = style.LINES[kind]
    head = (f"o{look.head}" if inferred and look.head != "none" else look.head) * look.heads
    direction = "both" if look.both else "back" if swapped else ""
    ends = {"dir": direction, "arrowtail": head} if direction else {}
    return {
        "style": "dashed" if inferred and look.head == "none" else look.pattern,
        "color": theme.lines[kind],
        "penwidth": str(pen(kind, change)),
        "arrowhead": head,
        **ends,
    }


def pen(kind: LineKind, change: Change = "") -> float:
    """How wide a kind of line is, in points; what is new is wider, what ended thinner."""
    _, _, wide = style.LINE_CHANGES.get(change, ("", "", 1.0))
    return round(style.LINES[kind].width * wide, 2)


@lru_cache
def arrow_lengths(kind: LineKind, change: Change = "") -> tuple[float, float]:
    """How long the arrowheads at the start and at the end of a line are, as Graphviz draws them."""
    look, width = style.LINES[kind], pen(kind, change)
    long, mitre = _HEADS[look.head]
    head = look.heads * (long * ARROW + width * mitre) + (look.heads - 1) * width / 2
    return (head if look.both else 0.0), head


def marked(line: Line) -> str:
    """What stands beside a line: its number in the key, and the sign of what became of it."""
    sign = style.LINE_CHANGES[line.change][0] if line.change in style.LINE_CHANGES else ""
    return " ".join(part for part in (line.mark, sign) if part)


def layout_graph(drawing: Drawing, order: Order, theme: Theme) -> str:
    """The DOT of a drawing with all its words, as Graphviz can lay it out: tiers as ranks, from the top.

    Args:
        drawing: What to lay out.
        order: The boxes of each row from left to right.
        theme: The font and the colours.
    """
    graph = graphviz.Digraph(
        "governance",
        graph_attr={
            **ties.levels(drawing),
            "splines": "spline",
            "fontname": theme.font,
            "label": graphviz.escape(f"{drawing.title}\n{drawing.subtitle}"),
            "labelloc": "t",
        },
        node_attr={
            "fontname": theme.font,
            "fontsize": str(style.NAME_SIZE),
            "fontcolor": theme.ink,
            "margin": AROUND_WORDS,
        },
        edge_attr={
            "fontname": theme.font,
            "fontsize": str(style.DETAIL_SIZE),
            "fontcolor": theme.ink,
            "arrowsize": str(ARROW),
        },
    )
    boxes = {box.id: box for box in drawing.boxes}
    rows = [row for band in order for row in band if row]
    places = places_of(order)
    lines = [ties.of_line(line, places) for line in drawing.lines]
    tied = ties.in_order(rows, drawing.lines, stacked=drawing.is_stacked)
    unseen, more = ties.below(rows, [*lines, *tied])
    for number, row in enumerate(rows):
        with graph.subgraph() as rank:
            rank.attr(rank="same")
            if number in unseen:
                rank.node(unseen[number], label="", shape="point", style="invis", width="0.01")
            for box_id in row:
                rank.node(box_id, **box_attributes(boxes[box_id], theme))
    for tie in [*more, *tied]:
        graph.edge(tie.start, tie.end, style="invis", weight=str(tie.weight))
    for line, tie in zip(drawing.lines, lines, strict=True):
        level = places[line.from_id][0] == places[line.to_id][0]
        _add_line(graph, line, tie, theme, level=level)
    return str(graph.source)


def _add_line(graph: graphviz.Digraph, line: Line, tie: Tie, theme: Theme, *, level: bool) -> None:
    swapped = tie.start != line.from_id
    looks = line_attributes(line.kind, theme, inferred=line.inferred, swapped=swapped, change=line.change)
    # A label on a line along a row can crash it (14.1, `fixLabelOrder`); one beside the line cannot.
    numbers_are = "xlabel" if level else "label"
    label = {numbers_are: graphviz.escape(mark)} if (mark := marked(line)) else {}
    said = graphviz.escape(line.said)
    graph.edge(tie.start, tie.end, weight=str(tie.weight), tooltip=said, **looks, **label)
