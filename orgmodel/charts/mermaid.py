"""Mermaid: a drawing as a flowchart, for pages and notes that draw such text themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from orgmodel.charts import dot, style
from orgmodel.charts.drawing import Grid
from orgmodel.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import Box, Chart, Line, LineKind
    from orgmodel.charts.theme import Theme

_ARROWS: Final[Mapping[LineKind, str]] = {
    "accountable": "==>",
    "accountable-reports": "==>",
    "reports": "-.->",
    "supports": "-.->",
    "agreement-in-force": "<-->",
    "agreement-intended": "<-.->",
    "agreement-expired": "<-.->",
    "part-of": "-->",
    "seat": "-.->",
    "shares-few": "---",
    "shares-some": "===",
    "shares-many": "===",
}

_PLAIN: Final = frozenset(" ,.()-/'")


def mermaid(chart: Chart, theme: Theme) -> str:
    """A drawing as the text of a Mermaid flowchart: bands as subgraphs, what its lines mean written on them.

    Args:
        chart: What to write.
        theme: The colours of the boxes.

    Raises:
        ChartError: It is a grid, for which a flowchart has no form.
    """
    if isinstance(chart, Grid):
        raise ChartError(
            "rows and columns have no form in Mermaid: write .svg, .html or .drawio instead, or .txt"
        )
    names = {box.id: f"n{number}" for number, box in enumerate(chart.boxes)}
    # The title is a value of YAML, of which JSON is a part; Mermaid shows it as it is.
    title = json.dumps(" ".join(f"{chart.title}. {chart.subtitle}".split()), ensure_ascii=False)
    found = ["---", f"title: {title}", "---", "flowchart BT"]
    for number, band in enumerate(chart.bands):
        found.append(f'  subgraph b{number}["{_clean(band.name)}"]')
        found += [f'    {names[box.id]}["{_words(box)}"]:::{box.kind}' for box in band.boxes]
        found.append("  end")
    for line in chart.lines:
        said = f'|"{_clean(_label(line))}"|'
        found.append(f"  {names[line.from_id]} {_ARROWS[line.kind]}{said} {names[line.to_id]}")
    for kind in sorted({box.kind for box in chart.boxes}):
        look = f"fill:{theme.fills[kind]},stroke:{theme.edges[kind]},color:{theme.ink}"
        found.append(f"  classDef {kind} {look}")
    if any(box.inferred for box in chart.boxes):
        found.append("  classDef inferred stroke-dasharray:6 4")
        inferred = ",".join(names[box.id] for box in chart.boxes if box.inferred)
        found.append(f"  class {inferred} inferred")
    words = [*(f"{chart.key_of} {mark}: {text}" for mark, text in chart.key), *chart.notes]
    found += [f"%% {' '.join(note.split()).replace('{', '(').replace('}', ')')}" for note in words]
    return "\n".join(found) + "\n"


def _words(box: Box) -> str:
    flag = [f"({box.flag})"] if box.flag else []
    return "<br/>".join(_clean(part) for part in (*flag, box.heading, *box.details, *box.listed))


def _label(line: Line) -> str:
    concluded = " (concluded)" if line.inferred else ""
    return " ".join(part for part in (style.LINES[line.kind].legend + concluded, dot.marked(line)) if part)


def _clean(text: str) -> str:
    """A text in which nothing means anything to Mermaid: all but letters and digits as their numbers."""
    words = " ".join(text.split())
    return "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in words)
