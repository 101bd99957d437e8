"""When facts hold: the first and the last day of every node and relationship, as far as is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.dates import day_before, first_day, last_day
from orgmodel.vocabulary import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.model import Entity, Node, Relationship

_BEGINNING = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Holding:
    """From which day to which a fact holds, both included, and when a source last confirmed it.

    `last_seen` is the publication date as the source gives it; None for a source itself.
    """

    holds_from: str
    holds_to: str
    last_seen: str | None = None

    def on(self, day: str) -> bool:
        """Whether it holds on a day, given as `YYYY-MM-DD`."""
        return self.holds_from <= day <= self.holds_to

    @property
    def is_empty(self) -> bool:
        """Whether it holds on no day at all."""
        return self.holds_from > self.holds_to

    def in_words(self) -> str:
        """From when to when it holds.

        >>> Holding("2019-10-01", "9999-12-31").in_words(), Holding("2019-10-01", "2020-03-31").in_words()
        ('from 2019-10-01', 'from 2019-10-01 to 2020-03-31')
        """
        open_ended = self.holds_to == OPEN_END
        return f"from {self.holds_from}" if open_ended else f"from {self.holds_from} to {self.holds_to}"

    def within(self, other: Holding) -> Holding:
        """The part of it in which the other holds too; empty where there is none."""
        return Holding(
            max(self.holds_from, other.holds_from), min(self.holds_to, other.holds_to), self.last_seen
        )


def latest(dates: Iterable[str]) -> str | None:
    """The latest of some dates, as it is written; of two that end on one day the more exact. None of none."""
    return max(dates, key=lambda written: (last_day(written), written), default=None)


def source_of(citation: str) -> str:
    """The id of the source of a citation.

    >>> source_of("arrangements-2019 Section 5")
    'arrangements-2019'
    """
    return citation.split(" ", 1)[0]


def holdings(nodes: Mapping[str, Node], relationships: Mapping[str, Relationship]) -> dict[str, Holding]:
    """When each node and each relationship holds, by id.

    An unknown start is the first day on which it succeeds something, or the day on which the first of the
    sources that name it was published. An unknown end is open, or the day before what succeeds it begins. A
    post ends with the last organisation or body that it is in, a priority with its plan, an objective with
    its priority. A seat holds only while its body does, a relationship only while both its ends do; of what
    succeeds something only the new end counts, of what an event or issue concerns only the event or issue.
    """
    sources = _Sources(node for node in nodes.values() if node.term == "Source")
    by_type: dict[str, list[Relationship]] = {}
    for relationship in relationships.values():
        by_type.setdefault(relationship.term, []).append(relationship)

    starts, ends = _successions(nodes, by_type.get("SUCCEEDS", ()))
    found = {
        node.id: _own(node, sources, starts.get(node.id), ends.get(node.id, OPEN_END))
        for node in nodes.values()
    }
    parts = by_type.get("PART_OF", [])
    _end_with(found, by_type.get("POST_IN", []))
    for label in ("Priority", "Objective"):
        _end_with(found, [line for line in parts if nodes[line.from_id].term == label])
    for line in by_type.get("ON", ()):
        found[line.from_id] = found[line.from_id].within(found[line.to_id])

    for relationship in relationships.values():
        own = _own(relationship, sources)
        if relationship.term == "CONCERNS":
            # An event of long ago concerned what it did on its own day, whenever it was written down.
            begins, ends_on = found[relationship.from_id].holds_from, found[relationship.from_id].holds_to
            found[relationship.id] = Holding(begins, ends_on, own.last_seen)
            continue
        own = own.within(found[relationship.from_id])
        if relationship.term != "SUCCEEDS":
            own = own.within(found[relationship.to_id])
        found[relationship.id] = own
    return _each_once(found)


def _each_once(found: Mapping[str, Holding]) -> dict[str, Holding]:
    """The same, with equal ones as one object: a large structure has few that differ."""
    kept: dict[Holding, Holding] = {}
    return {node: kept.setdefault(holding, holding) for node, holding in found.items()}


class _Sources:
    """When the sources were published; asked for each list of citations once, for many facts share one."""

    def __init__(self, sources: Iterable[Node]) -> None:
        self._published: dict[str, str] = {}
        self._laws: set[str] = set()
        for source in sources:
            published = source.get("published") or source.get("not_before") or _BEGINNING
            self._published[source.id] = str(published)
            if source.kind == "legislation":
                self._laws.add(source.id)
        self._known: dict[tuple[str, ...], tuple[str, str | None]] = {}

    def of(self, entity: Entity) -> tuple[str, str | None]:
        """When the first source of a fact was published, and the last that names it."""
        if entity.term == "Source":
            return self._published[entity.id], None
        found = self._known.get(entity.citations)
        if found is None:
            found = self._known[entity.citations] = self._dates(entity.citations)
        return found

    def _dates(self, citations: Iterable[str]) -> tuple[str, str | None]:
        citing = [source for source in map(source_of, citations) if source in self._published]
        # An Act does not name the things of one area: what it begins or ends there says so by a date.
        naming = [source for source in citing if source not in self._laws] or citing
        first = min((self._published[source] for source in naming), key=first_day, default=_BEGINNING)
        return first, latest(self._published[source] for source in naming)


def _own(
    entity: Entity, sources: _Sources, known_start: str | None = None, known_end: str = OPEN_END
) -> Holding:
    published, last_seen = sources.of(entity)
    start = entity.start_date or entity.get("date") or known_start or published
    end = entity.end_date or entity.get("date")
    return Holding(first_day(str(start)), last_day(str(end)) if end else known_end, last_seen)


def _end_with(found: dict[str, Holding], lines: Iterable[Relationship]) -> None:
    """Ends what lines lead from with the last of what they lead to."""
    closing: dict[str, str] = {}
    for line in lines:
        ending = found[line.to_id].holds_to
        closing[line.from_id] = max(ending, closing.get(line.from_id, ending))
    for node, ending in closing.items():
        own = found[node]
        found[node] = Holding(own.holds_from, min(own.holds_to, ending), own.last_seen)


def _successions(
    nodes: Mapping[str, Node], succeeds: Iterable[Relationship]
) -> tuple[dict[str, str], dict[str, str]]:
    """The first day of what succeeds something, and the last of what is succeeded, as far as known."""
    starts: dict[str, str] = {}
    ends: dict[str, str] = {}
    for line in succeeds:
        start = line.start_date or nodes[line.from_id].start_date
        if start is not None:
            first = first_day(start)
            starts[line.from_id] = min(first, starts.get(line.from_id, first))
            before = day_before(first)
            ends[line.to_id] = max(before, ends.get(line.to_id, before))
    return starts, ends
