"""What the baselines are given ready-made, and datasets of any size."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.charts import governance
from orgmodel.charts.composition import compose
from orgmodel.charts.graphviz import FONTS, Graphviz
from orgmodel.charts.theme import DEFAULT
from orgmodel.charts.worker import Made
from orgmodel.datasets import yaml
from orgmodel.graph import graph_of
from orgmodel.queries import NamedQuery
from orgmodel.resources import bundled_datasets
from orgmodel.session import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.charts.graph import Graph
    from orgmodel.structure import Structure

QUESTION, BODY = "members", "dsppb"

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def prepare(folder: Path) -> None:
    """Writes what the baselines read: rows, the question, the chart as DOT, the font configuration."""
    with open_source() as session:
        write_rows(session.structure(), folder)
        query = session.questions[QUESTION]
        assert isinstance(query, NamedQuery)
        parameters = {
            "body": session.structure().find(BODY, "Body").id,
            "as_of": session.structure().date_of(None),
            "people": False,
        }
    _write(folder / "question.json", {"text": query.text, "parameters": parameters})
    drawing = governance.governance(yaml.read(bundled_datasets()["dudley"]).as_of(None), None)
    with _Recorder() as engine:
        picture = compose(drawing, engine, DEFAULT).graph
    for number, layout in enumerate(engine.layouts):
        (folder / f"layout-{number}.dot").write_text(_in_dot(layout), encoding="utf-8")
    (folder / "picture.dot").write_text(_in_dot(picture), encoding="utf-8")
    # Fontconfig writes into the folders that it reads.
    fonts = shutil.copytree(FONTS, folder / "fonts")
    configuration = _FONTS.format(fonts=fonts, cache=folder / "font-cache")
    (folder / "fonts.conf").write_text(configuration, encoding="utf-8")


def write_rows(structure: Structure, folder: Path) -> None:
    """Writes the rows of a structure, as the engine takes them."""
    graph = graph_of(structure)
    nodes = {label: list(rows) for label, rows in graph.nodes.items()}
    lines = [(*ends, list(rows)) for ends, rows in graph.relationships.items()]
    _write(folder / "rows.json", {"nodes": nodes, "relationships": lines})


def _write(path: Path, what: object) -> None:
    path.write_text(json.dumps(what), encoding="utf-8")


class _Recorder(Graphviz):
    def __enter__(self) -> _Recorder:
        self.layouts: list[Graph] = []
        super().__enter__()
        return self

    def layout(self, graph: Graph, share: float | None = None) -> dict[str, list[float]]:
        self.layouts.append(graph)
        return super().layout(graph, share)


def _in_dot(graph: Graph) -> str:
    # An empty label that all nodes share is not written, and each would have its name for one: a space is.
    shared = {name: value or " " for name, value in graph.node_attributes.items()}
    return str(Made(replace(graph, node_attributes=shared).as_data()).graph.to_string())


def write_copies(count: int, folder: Path) -> None:
    """Writes a dataset of several copies of Dudley's; in all but the first every id is another."""
    source = bundled_datasets()["dudley"]
    # Two hyphens join the ids of a seat or a relationship: in those each part is renamed.
    ids = sorted((i for i in yaml.read(source).nodes if "--" not in i), key=len, reverse=True)
    # Part of a longer word is no id, and neither is a kind.
    known = re.compile(rf"(?<![a-z0-9])(?<![a-z0-9]-)(?<!kind: )({'|'.join(ids)})(?![a-z0-9])(?!-[a-z0-9])")
    for number in range(1, count + 1):
        target = folder / f"copy-{number}"
        target.mkdir(parents=True)
        for file in sorted(source.rglob("*.yaml")):
            text = file.read_text(encoding="utf-8")
            if number > 1:
                text = known.sub(rf"\1-{number}", text)
                # A dataset says only once what it is.
                text = re.sub(r"^dataset:\n(?:[ #].*\n)+", "", text, flags=re.MULTILINE)
            (target / file.name).write_text(text, encoding="utf-8")
