"""Charts laid out and drawn by Graphviz alone, which print the seconds.

Honest, because it is the DOT that `orgmodel chart -o FILE.dot` writes: the same boxes with the same words and
the same lines, laid out and drawn as SVG once.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path
from statistics import median


def main() -> None:
    """Lays out and draws the chart in a file."""
    import pygraphviz

    warnings.simplefilter("ignore")
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    begun = time.perf_counter()
    pygraphviz.AGraph(string=text).draw(format="svg", prog="dot")
    print(time.perf_counter() - begun)


def again() -> None:
    """Lays out and draws it several times; prints the median of all but the first."""
    import pygraphviz

    warnings.simplefilter("ignore")
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    seconds = []
    for _ in range(int(sys.argv[2])):
        begun = time.perf_counter()
        pygraphviz.AGraph(string=text).draw(format="svg", prog="dot")
        seconds.append(time.perf_counter() - begun)
    print(median(seconds[1:]))


def all_in() -> None:
    """Lays out and draws every chart in a folder; prints the seconds of the layouts and those of the drawing.

    Where all places are fixed, there is nothing to lay out.
    """
    import pygraphviz

    warnings.simplefilter("ignore")
    layouts = drawing = 0.0
    for file in sorted(Path(sys.argv[1]).iterdir()):
        text = file.read_text(encoding="utf-8")
        begun = time.perf_counter()
        graph = pygraphviz.AGraph(string=text)
        if file.suffix == ".dot":
            graph.layout(prog="dot")
        placed = time.perf_counter()
        graph.draw(format="svg", prog="nop2")
        layouts += placed - begun
        drawing += time.perf_counter() - placed
    print(json.dumps([layouts, drawing]))
