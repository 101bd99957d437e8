"""The text alternative of a chart: all that it shows, in words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from orgmodel.charts import style

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Drawing

_WIDTH = 100


def in_words(drawing: Drawing) -> str:
    """The text alternative of a drawing, as plain text of at most 100 columns.

    It names every band with its boxes, every line by its kind, the key and the notes: all that the picture
    shows, and what there is no room for in it, as the subjects of reports.
    """
    title = _wrapped(drawing.title)
    found = [*title, "=" * max(map(len, title)), *_wrapped(drawing.subtitle)]
    found += _section(drawing.bands_are, _bands(drawing))
    found += _section("Lines", _lines(drawing) or ["", "None."])
    key = [line for mark, text in drawing.key for line in _wrapped(text, f"{drawing.key_of} {mark}: ")]
    found += _section("Key", ["", *key] if key else [])
    notes = [line for note in drawing.notes for line in _wrapped(note, "- ")]
    found += _section("Notes", ["", *notes] if notes else [])
    return "\n".join(found) + "\n"


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", heading, "-" * len(heading), *lines] if lines else []


def _bands(drawing: Drawing) -> list[str]:
    found = []
    for band in drawing.bands:
        found += ["", *_wrapped(band.name)]
        for box in band.boxes:
            found += _wrapped(f"{box.said} [{style.BOXES[box.kind].legend}]", "- ")
    return found


def _lines(drawing: Drawing) -> list[str]:
    found = []
    for kind, look in style.LINES.items():
        lines = [line for line in drawing.lines if line.kind == kind]
        if lines:
            found += ["", look.legend[0].upper() + look.legend[1:]]
        for line in lines:
            found += _wrapped(
                line.said + (f" ({drawing.key_of.lower()} {line.mark})" if line.mark else ""), "- "
            )
    return found


def _wrapped(text: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )
