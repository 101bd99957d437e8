"""The process that draws: requests as lines of JSON on stdin, replies as lines of JSON on stdout.

Graphviz is a C library that can crash or never end; here it takes nobody with it. Run as a module by
`orgmodel.charts.graphviz`, which also ends it when its time is up.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import warnings
from typing import Any


def layout(dot: str) -> dict[str, list[float]]:
    """The places that `dot` gives: of each node x, y, width and height in points."""
    import pygraphviz

    graph = pygraphviz.AGraph(string=dot)
    graph.layout(prog="dot")
    nodes = {}
    for node in graph.nodes_iter():
        x, y = (float(part) for part in node.attr["pos"].split(","))
        nodes[str(node)] = [x, y, float(node.attr["width"]) * 72, float(node.attr["height"]) * 72]
    return nodes


def draw(dot: str, form: str, dots_per_inch: str) -> dict[str, Any]:
    """A picture of a graph whose every place is fixed, in base 64."""
    import pygraphviz

    graph = pygraphviz.AGraph(string=dot)
    graph.graph_attr["dpi"] = dots_per_inch
    drawn = graph.draw(format=form, prog="nop2")
    if form == "pdf":
        # It tells when it was drawn: blanked out, at its length, so that the same chart is the same file.
        drawn = re.sub(rb"/CreationDate \(.*?\)", lambda found: b" " * len(found[0]), drawn)
    return {"picture": base64.b64encode(drawn).decode("ascii")}


def main() -> None:
    """Answers requests until stdin ends."""
    # Loaded while the other side still works out what to draw.
    import pygraphviz  # noqa: F401

    warnings.simplefilter("ignore")
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply: dict[str, Any]
            if request["do"] == "layout":
                reply = {"nodes": layout(request["dot"])}
            else:
                reply = draw(request["dot"], request["form"], request["dpi"])
        except Exception as error:  # noqa: BLE001 - whatever it is, the other side must hear of it
            reply = {"error": " ".join(str(error).split())}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
