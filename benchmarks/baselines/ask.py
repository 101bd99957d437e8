"""One question, answered by hand: `python -c "..." FOLDER DATASET...`, where FOLDER has what was prepared.

Honest, because:
- it imports the libraries that the command works with; of pydantic, which checks every entity for the
  command, what any program loads that makes one class of it;
- it parses every file of the datasets with PyYAML's C loader, as the command must to know what they say;
- it fills the engine with the rows that the command makes of those files, ready-made (rows.json): turning
  files into rows is orgmodel's own work, so that work counts against the command alone;
- it runs the text of cypher/questions/members.cypher, its parameters resolved beforehand;
- it prints the same characters by the same library: the benchmark compares them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import kglite
import yaml
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.baselines.fill import filled


class Nothing(BaseModel):
    """Here for what it costs: pydantic loads most of itself when its first class is made."""


@click.command()
@click.argument("prepared", type=click.Path(path_type=Path))
@click.argument("datasets", nargs=-1, type=click.Path(path_type=Path))
def main(prepared: Path, datasets: tuple[Path, ...]) -> None:
    for dataset in datasets:
        for file in sorted(dataset.rglob("*.yaml")):
            yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    kglite.set_query_warning_policy("silent")
    graph = filled(json.loads((prepared / "rows.json").read_bytes()))
    question = json.loads((prepared / "question.json").read_bytes())
    answer = graph.cypher(question["text"], params=question["parameters"])
    show(list(answer.columns), answer.to_list())


def show(columns: list[str], rows: list[dict[str, object]]) -> None:
    console = Console(width=80, file=sys.stdout, highlight=False, emoji=False, markup=False)
    for row in rows:
        grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        for column in columns:
            value = row[column]
            text = "\n".join(value) if isinstance(value, list) else "" if value is None else str(value)
            if text and not column.endswith("_id"):
                grid.add_row(column.replace("_", " "), Text(text))
        console.print(grid)
        console.print()
