"""How a difference is found: what holds on one side and not on the other, and what of it is one change."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from orgmodel.dates import first_day, last_day
from orgmodel.difference import changes as sort
from orgmodel.difference.changes import Change, Difference, Document, Line, Said
from orgmodel.difference.confirming import unconfirmed
from orgmodel.difference.dating import next_day
from orgmodel.difference.seats import paired
from orgmodel.difference.sides import Found, Placed, Side, placed, statement, word
from orgmodel.difference.words import LINES, details
from orgmodel.holding import source_of
from orgmodel.model import Relationship
from orgmodel.structure import weakest
from orgmodel.tables import as_text
from orgmodel.vocabulary import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

_MOVES: Final = frozenset({"tier", "PART_OF", "ACCOUNTABLE_TO"})

_NOT_COMPARED: Final = frozenset({"id", "citations", "datasets", "basis", "from_id", "to_id"})

_KINDS: Final = {
    kind: position for position, kind in enumerate([*NODE_TYPES, *(line.kind for line in LINES.values())])
}

_NOT_GIVEN: Final = "not given"


def difference(
    before: Structure,
    after: Structure,
    *,
    days: tuple[str, str] | None = None,
    people: bool = False,
) -> Difference:
    """What changed from one day to another, or what two sources say differently.

    What holds on the first day and not on the second ended, for every end has a date. What holds on the
    second only began where a date says so; else it is first named then. What the newest source does not name,
    and the newest of the first day or one after it did, is no longer confirmed; that is no end. What only one
    of two sources states is in that only, unless by its date it began or ended after the newest source of A
    was published and not after the newest of B was.

    Args:
        before: All that A says, whenever it holds.
        after: All that B says; the same structure where two days of one source are compared.
        days: The day of each, as `YYYY-MM-DD`. For one source their order does not matter: what changed is
            told from the earlier to the later. None: everything is compared, whenever it holds.
        people: Whether people who hold posts may be named.
    """
    if before is after and days is not None:
        days = min(days), max(days)
    return _Comparison(before, after, days, people=people).result()


class _Comparison:
    def __init__(
        self, before: Structure, after: Structure, days: tuple[str, str] | None, *, people: bool
    ) -> None:
        first, second = days or (None, None)
        self.days = days
        self.one_source = before is after
        hidden = set() if people else {"Person"}
        if self.one_source:
            # Events are no state that begins and ends; a source changes nothing of what it tells.
            hidden |= {"Source", "Event"}
        self.a, self.b = Side(before, first, hidden), Side(after, second, hidden)
        self.shared = self.a.holds & self.b.holds
        if not self.one_source:
            self.shared = {one for one in self.shared if self._same(one)}
        self.went, self.came = self.a.holds - self.shared, self.b.holds - self.shared
        self.made: list[Change] = []

    def result(self) -> Difference:
        self._drop_restated()
        gone = placed(self.a, self.went, self.shared, ended=self.one_source)
        new = placed(self.b, self.came, self.shared, ended=False)
        for new_seat, old_seat in paired(self.a, gone, self.b, new):
            self._reseat(gone.told.pop(old_seat), new.told.pop(new_seat))
        self._succeeding(gone, new)
        self._changing(gone, new)
        for found in new.told.values():
            self._come(found)
        for found in gone.told.values():
            self._go(found)
        for found in unconfirmed(self.a, self.b, self.shared):
            self._fade(found)
        self.made.sort(key=self._order)
        return Difference(
            self.days,
            self.one_source,
            self._said_of_datasets("name"),
            self._said_of_datasets("disclaimer"),
            tuple(self.made),
            *self._documents(),
        )

    # What is there on which side

    def _same(self, one: str) -> bool:
        """Whether an id is that of the same thing on both sides."""
        old, new = self.a.entity(one), self.b.entity(one)
        return old is new or (
            old.term == new.term
            and old.get("from_id") == new.get("from_id")
            and old.get("to_id") == new.get("to_id")
        )

    def _states_too(self, side: Side, one: str) -> bool:
        return self.one_source or (side.states(one) and self._same(one))

    def _drop_restated(self) -> None:
        """Leaves out lines that have another id, but say the same of the same."""
        said: dict[object, list[str]] = {}
        for one in sorted(self.went, reverse=True):
            if isinstance(line := self.a.entity(one), Relationship):
                said.setdefault(statement(line), []).append(one)
        for one in sorted(self.came):
            line = self.b.entity(one)
            if isinstance(line, Relationship) and (same := said.get(statement(line))):
                self.went.discard(same.pop())
                self.came.discard(one)

    # What took the place of something

    def _succeeding(self, gone: Placed, new: Placed) -> None:
        """Takes out what is the new and the old of one change."""
        successions: dict[str, list[Relationship]] = {}
        for found in [*new.told.values()]:
            for line in (found.entity, *found.lines):
                if not isinstance(line, Relationship) or line.term != "SUCCEEDS":
                    continue
                if line.to_id in gone.told and line.from_id in new.told:
                    successions.setdefault(line.from_id, []).append(line)
                elif line.to_id in gone.told:
                    # What is in its place was there before: that is told with the end of the old.
                    gone.told[line.to_id].lines.append(line)
                    del new.told[line.id]
        ended = {line.to_id: gone.told[line.to_id] for lines in successions.values() for line in lines}
        for one, lines in sorted(successions.items()):
            self._succeed(new.told.pop(one), lines, gone, ended)

    def _succeed(self, new: Found, lines: list[Relationship], gone: Placed, ended: dict[str, Found]) -> None:
        olds = sorted((self.a.node(old) for old in {line.to_id for line in lines}), key=_name)
        before = [
            Said("", old.name, weakest([line for line in lines if line.to_id == old.id])) for old in olds
        ]
        if len(olds) == 1:
            before += self.a.told(ended[olds[0].id])
        told = Found(new.entity, [line for line in new.lines if line not in lines])
        # Where several took the place of one, the first of them tells its end.
        told_here = [found for old in olds if (found := gone.told.pop(old.id, None))]
        days = {self.b.dating.began(line.id) or self.b.dating.began(new.entity.id) for line in lines}
        facts = _facts(new, *told_here)
        self._make(
            sort.SUCCEEDED,
            self.b,
            new.entity,
            before=before,
            after=self.b.told(told),
            day=_only(days),
            facts=facts,
            used=[*facts, *_facts(*(ended[old.id] for old in olds))],
        )

    def _reseat(self, old: Found, new: Found) -> None:
        before, after = (
            [Said("worded", str(found.entity.get("name")), found.entity.certainty), *side.told(found)]
            for side, found in ((self.a, old), (self.b, new))
        )
        kept = {
            what for what in (s.what for s in before + after) if _values(before, what) == _values(after, what)
        }
        self._make(
            sort.CHANGED,
            self.b,
            new.entity,
            before=[said for said in before if said.what not in kept],
            after=[said for said in after if said.what not in kept],
            day=self.b.dating.began(new.entity.id),
            facts=_facts(old, new),
        )

    # What is there on one side only

    def _come(self, found: Found) -> None:
        one, began = found.entity.id, self.b.dating.began(found.entity.id)
        told, facts = self.b.told(found), _facts(found)
        if not self._states_too(self.a, one):
            known = began is not None and self._between(first_day(began))
            change = sort.BEGAN if known else sort.ONLY_AFTER
            self._make(change, self.b, found.entity, after=told, day=began, facts=facts)
        elif self.a.day is not None and self.a.structure.holdings[one].holds_to < self.a.day:
            dates = [[Said("last day", side.dating.ended(one) or _NOT_GIVEN)] for side in (self.a, self.b)]
            self._make(sort.CHANGED, self.b, found.entity, before=dates[0], after=dates[1], facts=facts)
        elif began is not None:
            self._make(sort.BEGAN, self.b, found.entity, after=told, day=began, facts=facts)
        else:
            sources = self.b.dating.first_named_by(one)
            self._make(
                sort.FIRST_NAMED,
                self.b,
                found.entity,
                after=[*told, *(Said("first named by", source.name) for source in sources)],
                facts=facts,
                named_by=sources,
            )

    def _go(self, found: Found) -> None:
        one = found.entity.id
        facts = _facts(found)
        if not self._states_too(self.b, one):
            ended = self.a.dating.ended(one)
            known = ended is not None and self._between(last_day(ended))
            change = sort.ENDED if known else sort.ONLY_BEFORE
            self._make(change, self.a, found.entity, before=self.a.told(found), day=ended, facts=facts)
        elif self.b.day is not None and self.b.structure.holdings[one].holds_to < self.b.day:
            succeeding = self.b.structure.inward(one, "SUCCEEDS")
            taking = [line for line in succeeding if line.id in self.b.holds]
            others = Found(found.entity, [line for line in found.lines if line not in taking])
            self._make(
                sort.ENDED,
                self.a,
                found.entity,
                before=self.a.told(others),
                after=self.b.said_of(one, taking),
                day=self.b.dating.ended(one),
                facts=facts,
                used=[*facts, *taking],
            )
        else:
            dates = [[Said("first day", side.dating.began(one) or _NOT_GIVEN)] for side in (self.a, self.b)]
            self._make(sort.CHANGED, self.a, found.entity, before=dates[0], after=dates[1], facts=facts)

    def _between(self, day: str) -> bool:
        """Whether a day is after the newest source of A was published, and not after the newest of B was."""
        first, last = self.a.horizon, self.b.horizon
        return first is not None and last is not None and first < day <= last

    def _fade(self, found: Found) -> None:
        sources = self.b.dating.last_named_by(found.entity)
        after = [*self.b.told(found), *(Said("last named by", source.name) for source in sources)]
        self._make(sort.UNCONFIRMED, self.b, found.entity, after=after, facts=_facts(found), named_by=sources)

    # What is there on both sides

    def _changing(self, gone: Placed, new: Placed) -> None:
        reworded: dict[str, list[str]] = {}
        if not self.one_source:
            for one in self.shared:
                if names := _reworded(self.a.entity(one), self.b.entity(one)):
                    reworded[one] = names
        for one in sorted({*gone.kept, *new.kept, *reworded}):
            left, joined = gone.kept.get(one, {}), new.kept.get(one, {})
            for name in [*joined]:
                dated = name in left or any(self.b.dating.began(line.id) for line in joined[name])
                if self.one_source and not dated:
                    # That a document is the first to say it changes nothing that was known before.
                    new.told.update((line.id, Found(line, [])) for line in joined.pop(name))
            if left or joined or one in reworded:
                self._change(one, left, joined, reworded.get(one, ()))

    def _change(
        self,
        one: str,
        left: dict[str, list[Relationship]],
        joined: dict[str, list[Relationship]],
        reworded: Sequence[str],
    ) -> None:
        entity = self.b.entity(one)
        days = {line.id: self._until(line.id) for lines in left.values() for line in lines}
        days |= {line.id: self.b.dating.began(line.id) for lines in joined.values() for line in lines}
        used: list[Entity] = [side.entity(one) for side in (self.a, self.b) if reworded]
        said: list[list[Said]] = []
        for side in (self.a, self.b):
            own = side.entity(one)
            told = [Said(word(n), as_text(own.get(n)) or _NOT_GIVEN, own.certainty) for n in reworded]
            for name in sorted({*left, *joined}):
                lines = side.lines(one, name)
                used += lines
                for line in lines:
                    told += [replace(each, day=days.get(line.id)) for each in side.said_of(one, [line])]
            said.append(told)
        change = sort.CHANGED if _MOVES.isdisjoint({*left, *joined, *reworded}) else sort.MOVED
        day = None if reworded else _only({*days.values()})
        ended = entity.end_date if "end_date" in reworded and not self.a.entity(one).end_date else None
        if self.days is None and ended and self._between(last_day(ended)):
            change, day = sort.ENDED, ended
        facts: list[Entity] = [line for part in (left, joined) for lines in part.values() for line in lines]
        facts += [entity] if reworded else []
        self._make(change, self.b, entity, before=said[0], after=said[1], day=day, facts=facts, used=used)

    def _until(self, one: str) -> str | None:
        """The first day on which something no longer is."""
        ended = self.a.dating.ended(one)
        return ended and next_day(ended)

    # The rows

    def _make(
        self,
        change: str,
        side: Side,
        entity: Entity,
        *,
        facts: Sequence[Entity],
        before: Iterable[Said] = (),
        after: Iterable[Said] = (),
        day: str | None = None,
        used: Sequence[Entity] | None = None,
        named_by: Iterable[Node] = (),
    ) -> None:
        body = side.body_of(entity)
        grounds = facts if used is None else used
        line = None
        if isinstance(entity, Relationship):
            words = LINES[entity.term]
            start, end = (side.node(one).name for one in (entity.from_id, entity.to_id))
            kind, thing = words.kind, f"{start} {words.present()} {end}"
            line = Line(entity.from_id, start, words.label, end, details(entity))
        else:
            kind, thing = entity.term, str(entity.get("name"))
        self.made.append(
            Change(
                change,
                kind,
                body.id if body else None,
                body.name if body else None,
                entity.id,
                thing,
                tuple(before),
                tuple(after),
                day,
                side.structure.holdings[entity.id].last_seen,
                weakest(grounds),
                entity.certainty,
                tuple(sorted({citation for fact in grounds for citation in fact.citations})),
                tuple(sorted({fact.id for fact in facts})),
                tuple(sorted(source.id for source in named_by)),
                line,
            )
        )

    def _order(self, change: Change) -> tuple[object, ...]:
        body = self._rank(change.body_id)
        return body, sort.CHANGES.index(change.change), _KINDS[change.kind], change.thing, change.thing_id

    def _rank(self, body_id: str | None) -> tuple[object, ...]:
        """Where a body stands among the others: by dataset, its partnership first, then by tier and name."""
        if body_id is None:
            return (1,)
        body = (self.b if self.b.states(body_id) else self.a).node(body_id)
        tier = self._tiers.get(body.get("tier"), len(self._tiers))
        return 0, body.datasets[:1], body.term == "Body", tier, body.name, body_id

    @cached_property
    def _tiers(self) -> dict[object, int]:
        """How far down each tier is."""
        found: dict[object, int] = {}
        for side in (self.a, self.b):
            for partnership in side.structure.labelled("Partnership"):
                tiers = partnership.get("tiers")
                found.update(
                    (tier, place) for place, tier in enumerate(tiers if isinstance(tiers, tuple) else ())
                )
        return found

    def _said_of_datasets(self, name: str) -> tuple[str, ...]:
        said = (getattr(d, name) for d in (*self.a.structure.datasets, *self.b.structure.datasets))
        return tuple(dict.fromkeys(one for one in said if one))

    def _documents(self) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """The sources that changes cite, and which sources are new."""
        here, there = (side.sources() for side in (self.a, self.b))
        sources = {one.id: one for side in (self.a, self.b) for one in side.structure.labelled("Source")}
        fresh = [one for one in there if one not in here]
        fresh.sort(key=lambda one: (self.b.dating.published(one), one))
        cited = {source_of(citation) for change in self.made for citation in change.citations}
        cited.update(fresh, *(change.named_by for change in self.made))
        documents = (
            Document(one.id, one.name, _text(one.get("published")), _text(one.get("not_before")))
            for _, one in sorted(sources.items())
            if one.id in cited
        )
        return tuple(documents), tuple(fresh)


def _facts(*found: Found) -> list[Entity]:
    return [fact for each in found for fact in (each.entity, *each.lines)]


def _values(said: Iterable[Said], what: str) -> set[str]:
    return {each.value for each in said if each.what == what}


def _only(days: set[str | None]) -> str | None:
    """The only one of some days; None of several."""
    return next(iter(days)) if len(days) == 1 else None


def _name(node: Node) -> tuple[str, str]:
    return node.name, node.id


def _reworded(old: Entity, new: Entity) -> list[str]:
    """The properties that two versions of one thing give differently."""
    if old is new or old.__dict__ == new.__dict__:
        return []
    return [
        name
        for name in type(new).model_fields
        if name not in _NOT_COMPARED and _comparable(old.get(name)) != _comparable(new.get(name))
    ]


def _comparable(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _text(value: object) -> str | None:
    return None if value is None else str(value)
