"""The text alternative of a chart as plain text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from orgmodel.charts.outline import outline

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.outline import Section

_WIDTH = 100


def in_words(chart: Chart) -> str:
    """The text alternative of a chart, as plain text of at most 100 columns; see `outline`."""
    title = _wrapped(chart.title)
    found = [*title, "=" * max(map(len, title)), *_wrapped(chart.subtitle)]
    for section in outline(chart):
        found += ["", section.heading, "-" * len(section.heading), *_section(section)]
    return "\n".join(found) + "\n"


def _section(section: Section) -> list[str]:
    found = [] if section.parts else ["", "None."]
    for part in section.parts:
        found += ["", *(_wrapped(part.name) if part.name else [])]
        for item in part.items:
            found += _wrapped(item.text, item.label or "- ")
    return found


def _wrapped(text: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )
