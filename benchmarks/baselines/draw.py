"""A chart drawn by hand with pygraphviz: `python -c "..." FOLDER PICTURE`, in one process.

Honest, because Graphviz does all that it does for the command: `dot` lays out each layout-N.dot, and `nop2`
draws picture.dot, in which every place is fixed; with the same font, by a font configuration whose cache is
already there; PNG as fine as the command's.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path


def main() -> None:
    prepared, picture = Path(sys.argv[1]), Path(sys.argv[2])
    os.environ["FONTCONFIG_FILE"] = str(prepared / "fonts.conf")
    import pygraphviz

    warnings.simplefilter("ignore")
    for layout in sorted(prepared.glob("layout-*.dot")):
        pygraphviz.AGraph(string=layout.read_text(encoding="utf-8")).layout(prog="dot")
    graph = pygraphviz.AGraph(string=(prepared / "picture.dot").read_text(encoding="utf-8"))
    form = picture.suffix.removeprefix(".")
    graph.graph_attr["dpi"] = "150" if form == "png" else "72"
    picture.write_bytes(graph.draw(format="png:cairo" if form == "png" else form, prog="nop2"))
