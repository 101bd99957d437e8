"""The text alternative of a chart: all that it shows, in words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from orgmodel.charts import style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.charts.drawing import Drawing

_WIDTH = 100


def in_words(drawing: Drawing) -> str:
    """The text alternative of a drawing, as plain text of at most 100 columns.

    It names every band with its boxes, every line by its kind, the key and the notes: all that the picture
    shows, and what there is no room for in it, as the subjects of reports.
    """
    parts = [drawing.title, "=" * len(drawing.title), drawing.subtitle, ""]
    parts += ["Tiers, from the top", "-------------------"]
    for band in drawing.bands:
        parts += ["", band.name]
        for box in band.boxes:
            parts += _item(f"{box.said} [{style.BOXES[box.kind].legend}]")
    parts += ["", "Lines", "-----"]
    for kind, look in style.LINES.items():
        lines = [line for line in drawing.lines if line.kind == kind]
        if lines:
            parts += ["", look.legend[0].upper() + look.legend[1:]]
            for line in lines:
                parts += _item(line.said + (f" (line {line.mark})" if line.mark else ""))
    if drawing.key:
        parts += ["", "Key", "---"]
        for mark, text in drawing.key:
            parts += _item(text, f"{mark}  ")
    if drawing.notes:
        parts += ["", "Notes", "-----"]
        for note in drawing.notes:
            parts += _item(note)
    return "\n".join(parts) + "\n"


def _item(text: str, mark: str = "- ") -> Iterable[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )
