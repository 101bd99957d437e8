"""The chart of changes: the governance chart of two days in one, with what began, ended and moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgmodel.charts.chosen import chosen
from orgmodel.charts.governance import governance
from orgmodel.charts.shown import CONCLUDED
from orgmodel.dates import day_in_words
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.charts.drawing import Band, Box, Change, Drawing, Line
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure

_UPWARD: Final = ("ACCOUNTABLE_TO", "REPORTS_TO", "PART_OF")
"""By what a body is said to have moved: one of these led to what is still there, and now leads elsewhere."""

_FLAGS: Final[Mapping[Change, str]] = {
    "new": "New",
    "first-named": "First named",
    "moved": "Moved",
    "changed": "Changed",
    "ended": "Ended",
}


def changes(structure: Structure, before: str, after: str, partnership: str | None = None) -> Drawing:
    """What the chart of changes shows.

    What holds on the first day and not on the second ended. What holds on the second only is new where its
    start is known; else it is only named for the first time, and may have been there before.

    Args:
        structure: All that is known, whenever it held.
        before: The one day, as in `Structure.date_of`.
        after: The other, a later one.
        partnership: The id or a name of the partnership; it may be left out where there is only one.

    Raises:
        ChartError: The second day is not after the first, the partnership has no bodies on one of them, or
            there are several and none was named.
        DateError: A day is none.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    then, now = structure.as_of(before), structure.as_of(after)
    if str(then.day) >= str(now.day):
        raise ChartError(
            f"{after} ({now.day}) is not after {before} ({then.day}): give the earlier day first"
        )
    about = chosen(structure, partnership)
    for side in (then, now):
        if about.id not in side.nodes:
            raise ChartError(f"{shown(about.name)} is not known on {side.day}: give another day")
    return _Changes(then, now, structure.on_either(before, after), about).drawing()


class _Changes:
    def __init__(self, then: Structure, now: Structure, whole: Structure, about: Node) -> None:
        self.then, self.now, self.whole, self.about = then, now, whole, about
        self.before, self.after = (governance(side, about.id) for side in (then, now))
        self.old = {box.id: box for box in self.before.boxes}
        self.new = {box.id: box for box in self.after.boxes}

    def drawing(self) -> Drawing:
        """The chart."""
        both = governance(self.whole, self.about.id)
        bands = tuple(self._band(band) for band in both.bands)
        lines = tuple(self._line(line) for line in both.lines)
        days = [day_in_words(str(side.day)) for side in (self.then, self.now)]
        boxes = [box for band in bands for box in band.boxes]
        return replace(
            self.after,
            id=f"changes-{self.about.id}",
            title=f"{self.about.name}: what changed",
            subtitle=f"From {days[0]} to {days[1]}",
            bands=bands,
            lines=lines,
            key=both.key,
            # The first names the sources: those of what ended as well.
            notes=(_counted(boxes, lines), _EXPLAINED, both.notes[0], *self.after.notes[1:]),
        )

    def _band(self, band: Band) -> Band:
        return replace(
            band,
            rows=tuple(tuple(self._box(box) for box in row) for row in band.rows),
            supporting=tuple(map(self._box, band.supporting)),
            outside=tuple(map(self._box, band.outside)),
        )

    def _box(self, box: Box) -> Box:
        """A box as it is on the later day, or as it was where it ended, with what became of it."""
        old, new = self.old.get(box.id), self.new.get(box.id)
        shown_box = new or old or box
        change = self._change(box.id, old, new)
        if not change:
            return shown_box
        flag = _FLAGS[change] + self._when(box.id, change)
        details = shown_box.details
        if change == "changed" and old is not None:
            details += tuple(f"Before: {detail}" for detail in old.details if detail not in details)
        return replace(shown_box, flag=flag, change=change, details=details, said=f"{flag}: {shown_box.said}")

    def _change(self, node_id: str, old: Box | None, new: Box | None) -> Change:
        if old is None or new is None:
            if new is None:
                # It may still be there, without a line that would bring it into the chart.
                return "ended" if node_id not in self.now.nodes else "changed"
            if node_id in self.then.nodes:
                return "changed"
            return "new" if self._start(node_id) else "first-named"
        if any(self._moved(node_id, name) for name in _UPWARD):
            return "moved"
        return "changed" if old.details != new.details else ""

    def _moved(self, node_id: str, name: str) -> bool:
        targets = [
            {line.to_id for line in side.outward(node_id, name) if line.certainty != "ambiguous"}
            for side in (self.then, self.now)
        ]
        # What it led to may have ended, and been replaced: then it is not what moved.
        left = {one for one in targets[0] - targets[1] if one in self.now.nodes}
        return bool(left) and bool(targets[1] - targets[0])

    def _start(self, node_id: str) -> str | None:
        """When a thing began, where that is known: what is only named from then on has no start."""
        node = self.now.nodes[node_id]
        starts = [line.start_date for line in self.now.outward(node_id, "SUCCEEDS") if line.start_date]
        return node.start_date or (starts[0] if starts else None)

    def _when(self, node_id: str, change: Change) -> str:
        if change == "new":
            return f" from {day_in_words(str(self._start(node_id)))}"
        if change == "ended":
            end = self.then.nodes[node_id].end_date
            if end:
                return f" {day_in_words(end)}"
            # It ends with what it is in, or for what replaces it: that is concluded.
            return f" {day_in_words(self.then.holdings[node_id].holds_to)}{CONCLUDED}"
        return ""

    def _line(self, line: Line) -> Line:
        facts = [self.whole.relationships[one] for one in line.ids]
        was, is_now = (any(_says(side, fact) for fact in facts) for side in (self.then, self.now))
        change: Change = "" if was and is_now else "new" if is_now else "ended"
        words = {"new": "; new, or stated for the first time", "ended": "; ended"}.get(change, "")
        return replace(line, change=change, said=f"{line.said}{words}")


_EXPLAINED: Final = (
    "New is what is known to have begun in between; first named is what a source of that time is the first "
    "to name, and may be older. What a later source does not name has not ended for that."
)


def _says(side: Structure, line: Relationship) -> bool:
    """Whether what a relationship says is said on a day, by whichever."""
    return any(other.to_id == line.to_id for other in side.outward(line.from_id, line.term))


def _counted(boxes: Iterable[Box], lines: Iterable[Line]) -> str:
    counts: dict[str, int] = {}
    for box in boxes:
        if box.change:
            counts[box.change] = counts.get(box.change, 0) + 1
    said = [f"{counts[change]} {_FLAGS[change].lower()}" for change in _FLAGS if change in counts]
    began = sum(line.change == "new" for line in lines)
    ended = sum(line.change == "ended" for line in lines)
    of_lines = [f"{began} new or stated for the first time"] * bool(began) + [f"{ended} ended"] * bool(ended)
    return f"Boxes: {', '.join(said) or 'no change'}. Lines: {', '.join(of_lines) or 'no change'}."
