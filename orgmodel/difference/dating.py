"""What is known of when things began and ended, and what only follows from when documents name them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from orgmodel.dates import day_before, first_day, last_day
from orgmodel.holding import source_of
from orgmodel.model import Relationship
from orgmodel.vocabulary import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

_FULL = len("2019-10-01")


def next_day(written: str) -> str:
    """The day after a full date; a month or a year stays as it is.

    >>> next_day("2022-06-30"), next_day("2022")
    ('2022-07-01', '2022')
    """
    if len(written) < _FULL or written == OPEN_END:
        return written
    return (date.fromisoformat(written) + timedelta(days=1)).isoformat()


class Dating:
    """What a structure knows of the first and last days of what is in it.

    Every entity holds from some day, but that may be no more than the publication of the first source that
    names it; then nothing is known of its beginning.
    """

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._sources = {node.id: node for node in structure.labelled("Source")}
        self._naming: dict[tuple[str, ...], tuple[Node, ...]] = {}
        self._newest: dict[tuple[str | None, tuple[str, ...]], str | None] = {}

    def published(self, source: str) -> str:
        """The day from which a source counts as published."""
        return self._structure.holdings[source].holds_from

    def naming(self, entity: Entity) -> tuple[Node, ...]:
        """The sources that name a thing: of those it cites all but the laws, where there are any other."""
        found = self._naming.get(entity.citations)
        if found is None:
            cited = dict.fromkeys(map(source_of, entity.citations))
            citing = [self._sources[source] for source in cited if source in self._sources]
            found = tuple(source for source in citing if source.kind != "legislation") or tuple(citing)
            self._naming[entity.citations] = found
        return found

    def last_named(self, entity: Entity) -> str | None:
        """The day from which the newest source that names a thing counts as published."""
        return max((self.published(source.id) for source in self.naming(entity)), default=None)

    def last_named_by(self, entity: Entity) -> tuple[Node, ...]:
        """The sources that are the newest to name a thing."""
        last = self.last_named(entity)
        return tuple(source for source in self.naming(entity) if self.published(source.id) == last)

    def newest(self, day: str | None, datasets: tuple[str, ...]) -> str | None:
        """The day from which the newest source counts as published, laws left out.

        Args:
            day: The day on which one asks; None: of all sources.
            datasets: The datasets whose sources count; none: all.
        """
        if (day, datasets) not in self._newest:
            published = (
                self.published(source.id)
                for source in self._sources.values()
                if source.kind != "legislation"
                and (not datasets or not source.datasets or not {*datasets}.isdisjoint(source.datasets))
            )
            counted = (first for first in published if day is None or first <= day)
            self._newest[day, datasets] = max(counted, default=None)
        return self._newest[day, datasets]

    def began(self, entity_id: str) -> str | None:
        """The first day of a thing as exactly as a date says it; None where none does."""
        begins = self._structure.holdings[entity_id].holds_from
        said = [written for first, written in self._beginnings(entity_id) if first == begins]
        known = [written for written in said if written is not None]
        # One that only follows from a publication may be earlier or later, whatever the others say.
        return min(known, key=len) if known and len(known) == len(said) else None

    def first_named_by(self, entity_id: str) -> tuple[Node, ...]:
        """The sources whose publication is all that is known of the beginning of a thing."""
        begins = self._structure.holdings[entity_id].holds_from
        found: dict[str, Node] = {}
        for one in (entity_id, *self._bounds(self._structure.entity(entity_id))):
            naming = self.naming(self._structure.entity(one))
            found |= {source.id: source for source in naming if self.published(source.id) == begins}
            if found:
                break
        return tuple(found.values())

    def ended(self, entity_id: str) -> str | None:
        """The last day of a thing as exactly as is known; None where it has none."""
        ends = self._structure.holdings[entity_id].holds_to
        if ends == OPEN_END:
            return None
        said = [written for last, written in self._endings(entity_id) if last == ends and written]
        return min(said, key=len, default=ends)

    def _beginnings(self, entity_id: str) -> Iterator[tuple[str, str | None]]:
        entity = self._structure.entity(entity_id)
        holdings = self._structure.holdings
        if entity.term != "CONCERNS":
            written = entity.start_date or entity.get("date") or self._succeeding(entity)
            if written:
                yield first_day(str(written)), str(written)
            elif entity.term == "Source":
                published = entity.get("published")
                yield self.published(entity_id), str(published) if published else None
            else:
                naming = self.naming(entity)
                yield min((self.published(source.id) for source in naming), default=""), None
        for one in self._bounds(entity):
            yield holdings[one].holds_from, self.began(one)

    def _succeeding(self, entity: Entity) -> str | None:
        if isinstance(entity, Relationship):
            return None
        starts = [line.start_date for line in self._structure.outward(entity.id, "SUCCEEDS")]
        return min((start for start in starts if start), key=first_day, default=None)

    def _succeeded(self, node_id: str) -> Iterator[tuple[str, str]]:
        for line in self._structure.inward(node_id, "SUCCEEDS"):
            start = line.start_date or self._structure.nodes[line.from_id].start_date
            if start:
                last = day_before(first_day(start))
                # Of what began in a month or a year it is not known which day was the one before.
                yield last, last if len(start) == _FULL else start

    def _bounds(self, entity: Entity) -> list[str]:
        """The ids of what a thing holds no longer than, apart from its own dates."""
        if isinstance(entity, Relationship):
            one_end = entity.term in {"SUCCEEDS", "CONCERNS"}
            return [entity.from_id] if one_end else [entity.from_id, entity.to_id]
        if entity.term == "Seat":
            return [line.to_id for line in self._structure.outward(entity.id, "ON")]
        return []

    def _endings(self, entity_id: str) -> Iterator[tuple[str, str | None]]:
        entity = self._structure.entity(entity_id)
        written = entity.end_date or entity.get("date")
        if written:
            yield last_day(str(written)), str(written)
        bounds = self._bounds(entity)
        if not isinstance(entity, Relationship):
            if not written:
                yield from self._succeeded(entity_id)
            wholes = {"Post": "POST_IN", "Priority": "PART_OF", "Objective": "PART_OF"}.get(entity.term)
            if wholes:
                holding = [line.to_id for line in self._structure.outward(entity_id, wholes)]
                # It ends with the last of them only.
                last = max((self._structure.holdings[one].holds_to for one in holding), default="")
                bounds += [one for one in holding if self._structure.holdings[one].holds_to == last]
        for one in bounds:
            yield self._structure.holdings[one].holds_to, self.ended(one)
