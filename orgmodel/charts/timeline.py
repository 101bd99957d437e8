"""The timeline of a partnership: what happens and falls due, and how long things are known, to scale."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.chosen import chosen
from orgmodel.charts.drawing import Box, Column, Grid, Group, Mark, Row, told
from orgmodel.charts.shown import CONCLUDED, Shown
from orgmodel.dates import day_in_words, first_day, last_day
from orgmodel.errors import ChartError, shown
from orgmodel.holding import source_of
from orgmodel.structure import weakest
from orgmodel.vocabulary import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.charts.drawing import BoxKind
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure

_YEAR: Final = 56.0
"""How many points a year is wide at least."""

_MOST_COLUMNS: Final = 20
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
"""How many years a column may stand for."""

_LIVES: Final = {
    "Partnership": "Partnership and bodies",
    "Body": "Partnership and bodies",
    "Agreement": "Agreements",
    "Plan": "Plans",
    "Organisation": "Organisations and posts",
    "Post": "Organisations and posts",
}
_EVENTS: Final = "Events"
_ORDER: Final = (_EVENTS, *dict.fromkeys(_LIVES.values()))


def timeline(
    structure: Structure,
    partnership: str | None = None,
    *,
    from_day: str | None = None,
    to_day: str | None = None,
) -> Grid:
    """What the timeline chart of a partnership shows.

    Args:
        structure: All that is known, whenever it held.
        partnership: The id or a name of the partnership; it may be left out where there is only one.
        from_day: The first day wanted, as `YYYY-MM-DD`, a month or a year; None: from the beginning.
        to_day: The last; None: to the end.

    Raises:
        ChartError: Nothing of it has a date in that time, or there are several partnerships and none was
            named.
        DateError: A day is none.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    about = chosen(structure, partnership)
    found = _Timeline(structure, about)
    first = first_day(from_day) if from_day else None
    last = last_day(to_day) if to_day else None
    rows = [entry for entry in found.entries() if entry.within(first, last)]
    if not rows:
        raise ChartError(f"{shown(about.name)} has nothing with a date in that time: give another")
    found.use(*(fact for entry in rows for fact in entry.facts))
    columns, begins, ends = _scale(rows, first, last)
    groups: dict[str, list[Row]] = {}
    for entry in sorted(rows, key=lambda one: (one.order, one.node.name, one.node.id)):
        groups.setdefault(entry.group, []).append(_row(entry, begins, ends))
    return Grid(
        f"timeline-{about.id}",
        f"{about.name}: timeline",
        f"From {int(begins)} to {int(ends) - 1}",
        columns,
        tuple(Group(name, tuple(groups[name])) for name in _ORDER if name in groups),
        _YEAR * len(columns) / (ends - begins),
        "What happens, and how long things are known",
        notes=tuple(
            note
            for note in (
                captions.sources(structure, found.used.values()),
                _EXPLAINED,
                captions.left_out(len(found.ambiguous)),
                captions.disclaimer(structure, about),
                captions.made(structure, about),
            )
            if note
        ),
    )


_EXPLAINED: Final = (
    "A date that is known to the month or year only is drawn as long as that. What has no date and no "
    "source with one is not drawn."
)


class _Entry:
    """One row in the making.

    Attributes:
        node: What it is of.
        group: The group it stands in.
        words: What is known of its dates, each as a phrase.
        stretches: What is drawn: the kind, the first day and the last.
        facts: What it rests on.
        inferred: Whether any of it is concluded.
    """

    def __init__(self, node: Node, group: str, facts: Iterable[Node | Relationship]) -> None:
        self.node = node
        self.group = group
        self.facts = [*facts]
        self.inferred = weakest(self.facts) != "stated"
        self.words: list[str] = []
        self.stretches: list[tuple[BoxKind, str, str]] = []

    @property
    def order(self) -> str:
        """Its first day."""
        return min(first for _, first, _ in self.stretches)

    def within(self, first: str | None, last: str | None) -> bool:
        """Whether any of it is in some time."""
        return any(
            (first is None or first <= end) and (last is None or begin <= last)
            for _, begin, end in self.stretches
        )


class _Timeline(Shown):
    def __init__(self, structure: Structure, about: Node) -> None:
        super().__init__(structure)
        self.about = about
        self.parts = self._parts()
        self.last = max(
            [last_day(seen) for one in self.parts if (seen := structure.holdings[one].last_seen)], default=""
        )

    def _parts(self) -> dict[str, Node]:
        """The partnership, what is part of it over any number of steps, and what any of that replaces."""
        found = {self.about.id: self.about}
        waiting = [self.about.id]
        for one in waiting:
            lines = [(line, line.from_id) for line in self.structure.inward(one, "PART_OF")]
            lines += [(line, line.to_id) for line in self.structure.outward(one, "SUCCEEDS")]
            for line, other in lines:
                node = self.node(other)
                if other not in found and node.term in _LIVES and self.certain(line, node):
                    found[other] = node
                    waiting.append(other)
        return found

    def _scope(self) -> dict[str, Node]:
        """All that an event or a date may be about: the parts, their members, and what those agreed."""
        found = dict(self.parts)
        for one in self.parts:
            found |= self._ends(self.structure.outward(one, "PARTY_TO"))
            for on in self.structure.inward(one, "ON"):
                if on.certainty != "ambiguous":
                    found |= self._ends(self.structure.outward(on.from_id, "REPRESENTS", "FILLED_BY"))
        for one in list(found):
            found |= self._ends(self.structure.outward(one, "POST_IN", "SUCCEEDS"))
            found |= self._ends(self.structure.inward(one, "SUCCEEDS"), other=False)
        return {i: node for i, node in found.items() if node.term != "Person"}

    def _ends(self, lines: Iterable[Relationship], *, other: bool = True) -> dict[str, Node]:
        """What some relationships lead to, or from, but for those that can be read in two ways."""
        ids = [line.to_id if other else line.from_id for line in lines if line.certainty != "ambiguous"]
        return {one: self.node(one) for one in ids}

    def entries(self) -> Iterator[_Entry]:
        """Every row."""
        scope = self._scope()
        events = {
            line.from_id: self.node(line.from_id)
            for one in scope
            for line in self.structure.inward(one, "CONCERNS")
            if self.node(line.from_id).term == "Event" and self.certain(line)
        }
        for event in events.values():
            if event.get("date") and self.certain(event):
                yield _event(event)
        for node in scope.values():
            if node.term not in _LIVES or not self.certain(node):
                continue
            entry = self._agreement(node) if node.term == "Agreement" else self._life(node)
            if entry is not None:
                yield entry

    def _agreement(self, node: Node) -> _Entry | None:
        entry = _Entry(node, _LIVES[node.term], [node])
        kinds: tuple[tuple[str, str, BoxKind], ...] = (
            ("start_date", "from", "event"),
            ("signed_date", "signed", "event"),
            ("review_date", "due for review", "deadline"),
            ("end_date", "ends", "deadline"),
        )
        for name, words, kind in kinds:
            if written := node.get(name):
                entry.words.append(f"{words} {day_in_words(str(written))}")
                entry.stretches.append((kind, first_day(str(written)), last_day(str(written))))
        return entry if entry.stretches else None

    def _life(self, node: Node) -> _Entry | None:
        """How long a thing is known; an organisation or post only where it begins, ends or is replaced."""
        replaced = [line for line in self.structure.inward(node.id, "SUCCEEDS") if self.certain(line)]
        replaces = [line for line in self.structure.outward(node.id, "SUCCEEDS") if self.certain(line)]
        dated = node.start_date or node.end_date or replaced or replaces
        holding = self.structure.holdings[node.id]
        if node.id not in self.parts and not dated:
            return None
        if holding.is_empty or holding.holds_from.startswith("0001"):
            return None
        entry = _Entry(node, _LIVES[node.term], [node, *replaced, *replaces])
        entry.words.append(self._beginning(node, replaces))
        seen = last_day(holding.last_seen) if holding.last_seen else holding.holds_from
        if holding.holds_to == OPEN_END:
            known = max(seen, holding.holds_from)
            entry.stretches.append(("life", holding.holds_from, known))
            if known < self.last:
                entry.stretches.append(("silence", _next(known), self.last))
            last = captions.last_named_in(self.structure, node)
            # What was announced may not have been named since it began.
            if last and seen >= holding.holds_from and not entry.words[0].endswith(last):
                entry.words.append(f"last named {last}")
        else:
            entry.stretches.append(("life", holding.holds_from, holding.holds_to))
            entry.words.append(f"until {day_in_words(node.end_date or holding.holds_to)}")
            # An end that nobody states follows from what it is in, or from what replaces it.
            entry.inferred |= not node.end_date
        for line in replaced:
            entry.words.append(f"replaced by {self.called(line.from_id)}")
        return entry

    def _beginning(self, node: Node, replaces: list[Relationship]) -> str:
        holding = self.structure.holdings[node.id]
        if node.start_date:
            return f"from {day_in_words(node.start_date)}"
        for line in replaces:
            if line.start_date and first_day(line.start_date) == holding.holds_from:
                return f"from {day_in_words(line.start_date)}"
        for name, said in (("published", "{}"), ("not_before", captions.undated("{}"))):
            days = [str(source.get(name)) for source in self._sources(node) if source.get(name)]
            named = sorted(day for day in days if first_day(day) == holding.holds_from)
            if named:
                return f"first named {said.format(day_in_words(named[-1]))}"
        return f"from {day_in_words(holding.holds_from)}"

    def _sources(self, node: Node) -> list[Node]:
        cited = [self.structure.nodes.get(source_of(citation)) for citation in node.citations]
        return [source for source in cited if source is not None]


def _event(event: Node) -> _Entry:
    entry = _Entry(event, _EVENTS, [event])
    written, end = str(event.get("date")), event.get("end_date")
    due = event.kind == "deadline"
    if end:
        entry.words.append(f"from {day_in_words(written)} to {day_in_words(str(end))}")
    else:
        entry.words.append(f"{'due ' if due else ''}{day_in_words(written)}")
    stretch = first_day(written), last_day(str(end or written))
    entry.stretches.append(("deadline" if due else "event", *stretch))
    return entry


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _place(day: str) -> float:
    """Where a day begins, in years."""
    found = date.fromisoformat(day)
    return found.year + (found.timetuple().tm_yday - 1) / (366 if isleap(found.year) else 365)


def _after(day: str) -> float:
    """Where a day ends, in years."""
    found = date.fromisoformat(day)
    return found.year + found.timetuple().tm_yday / (366 if isleap(found.year) else 365)


def _scale(
    entries: Iterable[_Entry], first: str | None, last: str | None
) -> tuple[tuple[Column, ...], float, float]:
    """The columns, each some whole years, and where they begin and end."""
    days = [day for entry in entries for _, begin, end in entry.stretches for day in (begin, end)]
    begins = date.fromisoformat(max(min(days), first or min(days))).year
    ends = date.fromisoformat(min(max(days), last or max(days))).year + 1
    step = next((step for step in _STEPS if (ends - begins) / step <= _MOST_COLUMNS), _STEPS[-1])
    begins -= begins % step
    ends += -ends % step
    columns = tuple(Column(str(year), year, year + step) for year in range(begins, ends, step))
    return columns, begins, ends


def _row(entry: _Entry, begins: float, ends: float) -> Row:
    node = entry.node
    words = "; ".join(entry.words)
    inferred = entry.inferred
    marks = []
    for number, (kind, first, last) in enumerate(entry.stretches):
        left, right = max(_place(first), begins), min(_after(last), ends)
        if left < right:
            identity = node.id if not number else f"{node.id} {number}"
            said = told(f"{node.name}: {words}", inferred=inferred)
            marks.append(Mark(Box(identity, kind, "", said=said, inferred=inferred), left, right))
    detail = f"{captions.begun(words)}{CONCLUDED if inferred else ''}"
    return Row(node.id, node.name, (detail,), tuple(marks), told(f"{node.name}: {words}", inferred=inferred))
