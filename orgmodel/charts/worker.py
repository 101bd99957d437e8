"""The process that draws: requests as lines of JSON on stdin, replies as lines of JSON on stdout.

A line that tells of `bytes` is followed by so many of them: a picture.

Graphviz is a C library that can crash or never end; here it takes nobody with it. Run as a module by
`orgmodel.charts.graphviz`, which also ends it when its time is up.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from typing import Any, Final

import pygraphviz

# The functions of Graphviz itself: the methods of pygraphviz look up each node again for each of its edges,
# which takes three times as long.
from pygraphviz import graphviz as functions

from orgmodel.charts.graph import Graph

_NEW: Final = None
_CREATE: Final = 1


class Made:
    """A graph from what `orgmodel.charts.graph` says of it.

    Attributes:
        graph: The graph.
        nodes: By name the node in the memory of Graphviz.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        self.graph = pygraphviz.AGraph(directed=True, strict=False)
        self.graph.graph_attr.update(given["attributes"])
        self.graph.node_attr.update(given["node_attributes"])
        self.graph.edge_attr.update(given["edge_attributes"])
        whole = self.graph.handle
        self.nodes = {name: functions.agnode(whole, name.encode(), _CREATE) for name, _ in given["nodes"]}
        for name, look in given["nodes"]:
            self._dress(self.nodes[name], look)
        for start, end, look in given["edges"]:
            edge = functions.agedge(whole, self.nodes[start], self.nodes[end], _NEW, _CREATE)
            self._dress(edge, look)
        for names in given["ranks"]:
            rank = functions.agsubg(whole, _NEW, _CREATE)
            self._dress(rank, {"rank": "same"})
            for name in names:
                functions.agsubnode(rank, self.nodes[name], _CREATE)

    def _dress(self, one: object, look: dict[str, str]) -> None:
        for name, value in look.items():
            functions.agsafeset_label(self.graph.handle, one, name.encode(), value.encode(), b"")


def layout(given: dict[str, Any]) -> dict[str, list[float]]:
    """The places that `dot` gives: of each node x, y, width and height in points."""
    made = Made(given)
    made.graph.layout(prog="dot")
    found = {}
    for name, node in made.nodes.items():
        x, y = map(float, functions.agget(node, b"pos").split(b","))
        width, height = (float(functions.agget(node, side)) * 72 for side in (b"width", b"height"))
        found[name] = [x, y, width, height]
    return found


def draw(given: dict[str, Any], form: str, dots_per_inch: str) -> bytes:
    """A picture of a graph whose every place is fixed."""
    graph = Made(given).graph
    if form != "canon":
        graph.graph_attr["dpi"] = dots_per_inch
    drawn: bytes = graph.draw(format=form, prog="nop2")
    if form == "pdf":
        # It tells when it was drawn: blanked out, at its length, so that the same chart is the same file.
        drawn = re.sub(rb"/CreationDate \(.*?\)", lambda found: b" " * len(found[0]), drawn)
    return drawn


def main() -> None:
    """Answers requests until stdin ends; its arguments are families of fonts that most will need."""
    warnings.simplefilter("ignore")
    # Loaded while the other side still works out what to draw.
    for font in sys.argv[1:]:
        text = {"label": "<a<B>a</B><I>a</I>>", "fontname": font}
        layout(Graph({}, {}, nodes=[("text", text)]).as_data())
    for line in sys.stdin.buffer:
        request = json.loads(line)
        picture = b""
        reply: dict[str, Any]
        try:
            if request["do"] == "layout":
                reply = {"nodes": layout(request["graph"])}
            else:
                picture = draw(request["graph"], request["form"], request["dpi"])
                reply = {"bytes": len(picture)}
        except Exception as error:  # noqa: BLE001 - whatever it is, the other side must hear of it
            reply = {"error": " ".join(str(error).split())}
        sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n" + picture)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
