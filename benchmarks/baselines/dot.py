"""A chart laid out and drawn by Graphviz alone: `python -c "..." FILE`, which prints the seconds.

Honest, because it is the DOT that `orgmodel chart -o FILE.dot` writes: the same boxes with the same words and
the same lines, laid out and drawn as SVG once.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path


def main() -> None:
    import pygraphviz

    warnings.simplefilter("ignore")
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    begun = time.perf_counter()
    pygraphviz.AGraph(string=text).draw(format="svg", prog="dot")
    print(time.perf_counter() - begun)
