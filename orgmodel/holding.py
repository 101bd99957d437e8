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

    An unknown start is the day on which the first of the citing sources was published. An unknown end
    is open, or the day before what succeeds it begins. A post ends with the last organisation or body
    that it is in, a seat holds only while its body does, a relationship only while both its ends do. Of what
    succeeds something only the new end counts, of what an event or issue concerns only the event or issue.
    """
    sources = _Sources(node for node in nodes.values() if node.term == "Source")
    by_type: dict[str, list[Relationship]] = {}
    for relationship in relationships.values():
        by_type.setdefault(relationship.term, []).append(relationship)

    ends = _succeeded(nodes, by_type.get("SUCCEEDS", ()))
    found = {node.id: _own(node, sources, ends.get(node.id, OPEN_END)) for node in nodes.values()}

    employers: dict[str, list[str]] = {}
    for line in by_type.get("POST_IN", ()):
        employers.setdefault(line.from_id, []).append(found[line.to_id].holds_to)
    for post, closing in employers.items():
        own = found[post]
        found[post] = Holding(own.holds_from, min(own.holds_to, max(closing)), own.last_seen)
    for line in by_type.get("ON", ()):
        found[line.from_id] = found[line.from_id].within(found[line.to_id])

    for relationship in relationships.values():
        own = _own(relationship, sources, OPEN_END)
        if relationship.term == "CONCERNS":
            # An event of long ago concerned what it did on its own day, whenever it was written down.
            begins, ends_on = found[relationship.from_id].holds_from, found[relationship.from_id].holds_to
            found[relationship.id] = Holding(begins, ends_on, own.last_seen)
            continue
        own = own.within(found[relationship.from_id])
        if relationship.term != "SUCCEEDS":
            own = own.within(found[relationship.to_id])
        found[relationship.id] = own
    return found


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
        # An Act begins and ends things, but it does not name those of one area: it confirms nothing there.
        naming = [source for source in citing if source not in self._laws] or citing
        first = min((self._published[source] for source in citing), key=first_day, default=_BEGINNING)
        return first, latest(self._published[source] for source in naming)


def _own(entity: Entity, sources: _Sources, known_end: str) -> Holding:
    published, last_seen = sources.of(entity)
    start = entity.start_date or entity.get("date") or published
    end = entity.end_date or entity.get("date")
    return Holding(first_day(str(start)), last_day(str(end)) if end else known_end, last_seen)


def _succeeded(nodes: Mapping[str, Node], succeeds: Iterable[Relationship]) -> dict[str, str]:
    ends: dict[str, str] = {}
    for line in succeeds:
        start = line.start_date or nodes[line.from_id].start_date
        if start is not None:
            before = day_before(first_day(start))
            ends[line.to_id] = max(before, ends.get(line.to_id, before))
    return ends
