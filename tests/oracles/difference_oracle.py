"""What a difference must tell, worked out in plain Python from what holds on either side.

Every thing and line that is there on one side only is told once: by itself, or with the one thing whose
change it is part of. The rows say which change that is, of what, when, and of which facts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.dates import first_day, last_day
from orgmodel.model import Relationship
from orgmodel.vocabulary import CERTAINTIES, OPEN_END, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model import Entity
    from orgmodel.structure import Structure

Days = tuple[str, str] | None

OF_THE_TARGET = {"PARTY_TO", "SUBJECT_TO", "CONTRIBUTES", "LEADS"}
SAY_WHAT_IT_IS = {
    *(("Body", name) for name in ("PART_OF", "ACCOUNTABLE_TO")),
    *(("Post", name) for name in ("POST_IN", "HELD_BY")),
    *(("Seat", name) for name in ("ON", "FILLED_BY", "REPRESENTS")),
    *((label, "PART_OF") for label in ("Organisation", "Plan", "Priority", "Objective", "Fund")),
    ("Requirement", "SET_BY"),
}
TO_BE_CONFIRMED = {
    *("Partnership", "Body", "Seat", "Agreement", "ACCOUNTABLE_TO", "ACTS_FOR", "REPORTS_TO", "PART_OF"),
    *("FILLED_BY", "REPRESENTS", "PARTY_TO", "SUPPORTS", "HOSTED_BY", "INFORMS", "WORKS_WITH", "SCRUTINISES"),
}


class Told(NamedTuple):
    """One row, as far as it does not depend on words."""

    change: str
    thing_id: str
    day: str | None
    facts: frozenset[str]
    certainty: str
    citations: tuple[str, ...]


class Record:
    """One side: what a structure says, and what of it holds on the day."""

    def __init__(self, structure: Structure, day: str | None) -> None:
        self.all: dict[str, Entity] = {**structure.nodes, **structure.relationships}
        self.held = structure.holdings
        self.day = day
        self.there = {
            one for one, held in self.held.items() if day is None or held.holds_from <= day <= held.holds_to
        }
        self.lines = [*structure.relationships.values()]

    def term(self, one: str) -> str:
        return self.all[one].term

    def targets(self, one: str, name: str) -> frozenset[str]:
        return frozenset(
            line.to_id
            for line in self.lines
            if line.from_id == one and line.term == name and line.id in self.there
        )

    def within(self, one: str) -> set[str]:
        """A thing, and all that it holds no longer than because of what is said of it."""
        found: set[str] = set()
        waiting = [one]
        while waiting:
            this = waiting.pop()
            if this in found:
                continue
            found.add(this)
            entity = self.all[this]
            if isinstance(entity, Relationship):
                waiting.append(entity.from_id)
                if entity.term not in {"SUCCEEDS", "CONCERNS"}:
                    waiting.append(entity.to_id)
            elif entity.term == "Seat":
                waiting += [line.to_id for line in self.lines if (line.from_id, line.term) == (this, "ON")]
        return found

    def published(self, entity: Entity) -> dict[str, str]:
        """Each source that names a thing, with the day from which it counts."""
        cited = [citation.split(" ")[0] for citation in entity.citations]
        sources = [one for one in cited if one in self.all and self.term(one) == "Source"]
        naming = [one for one in sources if self.all[one].get("kind") != "legislation"] or sources
        return {one: self.held[one].holds_from for one in naming}

    def first(self, one: str) -> str | None:
        """The first day as it is written, where a date says it."""
        begins = self.held[one].holds_from
        reasons: list[str | None] = []
        for this in self.within(one):
            entity = self.all[this]
            if entity.term == "CONCERNS":
                continue
            taking = [x.start_date for x in self.lines if (x.from_id, x.term) == (this, "SUCCEEDS")]
            start = entity.start_date or entity.get("date")
            if not start and not isinstance(entity, Relationship) and any(taking):
                start = min((s for s in taking if s), key=first_day)
            if start:
                if first_day(str(start)) == begins:
                    reasons.append(str(start))
            elif entity.term == "Source":
                if begins == self.held[this].holds_from:
                    reasons.append(entity.get("published"))  # type: ignore[arg-type]
            elif begins == min(self.published(entity).values(), default=""):
                reasons.append(None)
        if not reasons or None in reasons:
            return None
        return min((reason for reason in reasons if reason), key=len)

    def last(self, one: str) -> str | None:
        """The last day as exactly as is known."""
        ends = self.held[one].holds_to
        if ends == OPEN_END:
            return None
        reasons = [ends]
        things = self.within(one)
        wholes = {("Post", "POST_IN"), ("Priority", "PART_OF"), ("Objective", "PART_OF")}
        for _ in range(3):
            for this in [*things]:
                above = {
                    x.to_id for x in self.lines if x.from_id == this and (self.term(this), x.term) in wholes
                }
                if (
                    self.held[this].holds_to
                    == ends
                    == max((self.held[x].holds_to for x in above), default="")
                ):
                    things |= above
        for this in things:
            entity = self.all[this]
            end = entity.end_date or entity.get("date")
            if end and last_day(str(end)) == ends:
                reasons.append(str(end))
            if not end:
                for line in self.lines:
                    if (line.to_id, line.term) == (this, "SUCCEEDS"):
                        start = line.start_date or self.all[line.from_id].start_date
                        if start and _after(ends) == first_day(start) and len(start) < len(ends):
                            reasons.append(start)
        return min(reasons, key=len)

    def newest(self, datasets: tuple[str, ...] = ()) -> str | None:
        sources = (
            self.held[one].holds_from
            for one, entity in self.all.items()
            if entity.term == "Source" and entity.get("kind") != "legislation"
            if not datasets or not entity.datasets or set(datasets) & set(entity.datasets)
        )
        return max((day for day in sources if self.day is None or day <= self.day), default=None)


def differences(before: Structure, after: Structure, days: Days, *, people: bool = False) -> set[Told]:
    """Every row of a difference."""
    if before is after and days:
        days = (min(days), max(days))
    return set(_Oracle(before, after, days, people=people).rows())


class _Oracle:
    def __init__(self, before: Structure, after: Structure, days: Days, *, people: bool) -> None:
        self.one_source = before is after
        self.days = days
        self.a, self.b = Record(before, days and days[0]), Record(after, days and days[1])
        hidden = (set() if people else {"Person"}) | ({"Event", "Source"} if self.one_source else set())

        def shown(record: Record, one: str) -> bool:
            entity = record.all[one]
            ends = [entity.from_id, entity.to_id] if isinstance(entity, Relationship) else [one]
            return not any(record.term(end) in hidden for end in ends)

        self.shown = shown
        same = {one for one in self.a.there & self.b.there if self.is_same(one)}
        self.shared = {one for one in same if shown(self.b, one)}
        self.went = {one for one in self.a.there - same if shown(self.a, one)}
        self.came = {one for one in self.b.there - same if shown(self.b, one)}
        for one, other in _restated(self.a, self.went, self.b, self.came):
            self.went.discard(one)
            self.came.discard(other)

    def is_same(self, one: str) -> bool:
        if one not in self.a.all or one not in self.b.all:
            return False
        old, new = self.a.all[one], self.b.all[one]
        keys = ("term", "from_id", "to_id")
        return [getattr(old, key, None) for key in keys] == [getattr(new, key, None) for key in keys]

    def with_whom(self, record: Record, ids: set[str], line: Relationship, *, ended: bool) -> str:
        """The thing that a line is told with; the line itself where it is told alone."""
        first, second = line.from_id, line.to_id
        if line.term in OF_THE_TARGET:
            first, second = second, first
        if first in ids:
            return first
        if first in self.shared and (record.term(first), line.term) in SAY_WHAT_IT_IS:
            return first
        # What is gone takes the lines to it along; a line to what is new is news of where it leads from.
        if second in ids and (ended or line.term in OF_THE_TARGET):
            return second
        return line.id

    def rows(self) -> Iterator[Told]:
        gone: dict[str, set[str]] = defaultdict(set)
        new: dict[str, set[str]] = defaultdict(set)
        for record, ids, found in ((self.a, self.went, gone), (self.b, self.came, new)):
            for one in ids:
                entity = record.all[one]
                alone = not isinstance(entity, Relationship)
                found[
                    one
                    if alone
                    else self.with_whom(record, ids, entity, ended=self.one_source and record is self.a)
                ].add(one)  # type: ignore[arg-type]
        kept_gone = {one: gone.pop(one) for one in [*gone] if one in self.shared}
        kept_new = {one: new.pop(one) for one in [*new] if one in self.shared}
        for new_seat, old_seat in _same_seats(self.a, set(gone), self.b, set(new)):
            facts = gone.pop(old_seat) | new.pop(new_seat)
            yield self.told("changed", new_seat, self.b.first(new_seat), facts)
        yield from self.successions(gone, new)
        yield from self.changes(kept_gone, kept_new, new)
        for one, facts in new.items():
            yield self.coming(one, facts)
        for one, facts in gone.items():
            yield self.going(one, facts)
        yield from self.unconfirmed()

    def successions(self, gone: dict[str, set[str]], new: dict[str, set[str]]) -> Iterator[Told]:
        pairs: dict[str, list[Relationship]] = defaultdict(list)
        for line in sorted(self.b.lines, key=lambda line: line.id):
            if line.term != "SUCCEEDS" or line.id not in self.came or line.to_id not in gone:
                continue
            if line.from_id in new:
                pairs[line.from_id].append(line)
            else:
                gone[line.to_id] |= new.pop(line.id)
        whole = {line.to_id: gone[line.to_id] for lines in pairs.values() for line in lines}
        for one in sorted(pairs):
            olds = {line.to_id for line in pairs[one]}
            facts = set(new.pop(one))
            for old in olds & set(gone):
                facts |= gone.pop(old)
            days = {self.b.first(line.id) or self.b.first(one) for line in pairs[one]}
            used = facts.union(*(whole[old] for old in olds))
            yield self.told("succeeded", one, days.pop() if len(days) == 1 else None, facts, used)

    def changes(
        self, gone: dict[str, set[str]], new: dict[str, set[str]], alone: dict[str, set[str]]
    ) -> Iterator[Told]:
        reworded = set() if self.one_source else {one for one in self.shared if self.rewritten(one)}
        for one in {*gone, *new, *reworded}:
            left, joined = gone.get(one, set()), set(new.get(one, set()))
            for name in {self.b.term(line) for line in joined}:
                of_type = {line for line in joined if self.b.term(line) == name}
                dated = any(self.b.first(line) for line in of_type) or any(
                    self.a.term(x) == name for x in left
                )
                if self.one_source and not dated:
                    joined -= of_type
                    for line in of_type:
                        alone[line].add(line)
            names = self.rewritten(one) if one in reworded else set()
            if not left and not joined and not names:
                continue
            types = {self.a.term(x) for x in left} | {self.b.term(x) for x in joined}
            used: list[Entity] = [
                line
                for record in (self.a, self.b)
                for line in record.lines
                if line.from_id == one and line.term in types and line.id in record.there
                if self.shown(record, line.id)
            ]
            used += [self.a.all[one], self.b.all[one]] if names else []
            days = {_following(self.a.last(x)) for x in left} | {self.b.first(x) for x in joined}
            change = "moved" if {*types, *names} & {"tier", "PART_OF", "ACCOUNTABLE_TO"} else "changed"
            day = days.pop() if len(days) == 1 and not names else None
            end = self.b.all[one].end_date
            newly = "end_date" in names and not self.a.all[one].end_date
            if not self.days and newly and end and self.between(last_day(end)):
                change, day = "ended", end
            yield self.told(change, one, day, left | joined | ({one} if names else set()), used)

    def rewritten(self, one: str) -> set[str]:
        old, new = (
            {k: frozenset(v) if isinstance(v, tuple) else v for k, v in dict(record.all[one]).items()}
            for record in (self.a, self.b)
        )
        return {key for key in old if old[key] != new[key]} - {"citations", "datasets", "basis"}

    def coming(self, one: str, facts: set[str]) -> Told:
        known = self.b.first(one)
        if not self.is_same(one):
            began = known is not None and self.between(first_day(known))
            return self.told("began" if began else "only-in-B", one, known, facts)
        if self.a.day and self.a.held[one].holds_to < self.a.day:
            return self.told("changed", one, None, facts)
        return self.told("began" if known else "first-named", one, known, facts)

    def going(self, one: str, facts: set[str]) -> Told:
        if not self.is_same(one):
            known = self.a.last(one)
            ended = known is not None and self.between(last_day(known))
            return self.told("ended" if ended else "only-in-A", one, known, facts)
        if self.b.day and self.b.held[one].holds_to < self.b.day:
            taking = {
                line.id
                for line in self.b.lines
                if (line.to_id, line.term) == (one, "SUCCEEDS") and line.id in self.b.there
            }
            return self.told("ended", one, self.b.last(one), facts, facts | taking)
        return self.told("changed", one, None, facts)

    def between(self, day: str) -> bool:
        first, last = self.a.newest(), self.b.newest()
        return bool(first and last and first < day <= last)

    def unconfirmed(self) -> Iterator[Told]:
        fading: set[str] = set()
        for one in self.shared:
            entity = self.b.all[one]
            old, new = self.a.newest(entity.datasets), self.b.newest(entity.datasets)
            named = max(self.b.published(entity).values(), default=None)
            part = entity.term == "PART_OF" and self.b.term(entity.from_id) not in TO_BE_CONFIRMED  # type: ignore[attr-defined]
            if entity.term in TO_BE_CONFIRMED and not part and old and new and named and old <= named < new:
                fading.add(one)
        found: dict[str, set[str]] = defaultdict(set)
        for one in fading:
            entity = self.b.all[one]
            about = one
            if isinstance(entity, Relationship):
                whose = entity.to_id if entity.term in OF_THE_TARGET else entity.from_id
                about = whose if whose in fading else one
            found[about].add(one)
        for one, facts in found.items():
            yield self.told("no-longer-confirmed", one, None, facts)

    def told(
        self,
        change: str,
        one: str,
        day: str | None,
        facts: set[str],
        used: Iterable[str | Entity] | None = None,
    ) -> Told:
        grounds: list[Entity] = []
        for fact in facts if used is None else used:
            if not isinstance(fact, str):
                grounds.append(fact)
            elif fact in self.went and not (fact in self.came and change in {"began", "only-in-B"}):
                grounds.append(self.a.all[fact])
            else:
                grounds.append(self.b.all[fact] if fact in self.b.all else self.a.all[fact])
        return Told(
            change,
            one,
            day,
            frozenset(facts),
            max((fact.certainty for fact in grounds), key=CERTAINTIES.index),
            tuple(sorted({citation for fact in grounds for citation in fact.citations})),
        )


def _restated(a: Record, went: set[str], b: Record, came: set[str]) -> Iterator[tuple[str, str]]:
    """Lines that say the same under another id, the first with the first."""
    said: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for number, (record, ids) in enumerate(((a, went), (b, came))):
        for one in sorted(ids):
            line = record.all[one]
            if isinstance(line, Relationship):
                own = [line.get(p.name) for p in RELATIONSHIP_TYPES[line.term].properties]
                said[line.term, line.from_id, line.to_id, *own][number].append(one)
    for olds, news in said.values():
        yield from zip(olds, news, strict=False)


def _same_seats(a: Record, gone: set[str], b: Record, new: set[str]) -> list[tuple[str, str]]:
    """Seats that are one although their ids differ."""
    after = {(line.from_id, line.to_id) for line in b.lines if line.term == "SUCCEEDS" and line.id in b.there}

    def replaced(olds: frozenset[str], news: frozenset[str]) -> bool:
        # What is in both stays as it is; all else is the new and the old of a succession.
        pairs = {(x, y) for x in news - olds for y in olds if (x, y) in after}
        return bool(pairs) and olds - {y for _, y in pairs} == news - {x for x, _ in pairs}

    def follows(x: str, y: str) -> bool:
        if b.term(x) != "Seat" or a.term(y) != "Seat" or b.targets(x, "ON") != a.targets(y, "ON"):
            return False
        olds, news = a.targets(y, "REPRESENTS"), b.targets(x, "REPRESENTS")
        if olds != news:
            return replaced(olds, news)
        return replaced(a.targets(y, "FILLED_BY"), b.targets(x, "FILLED_BY"))

    def alone(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        news, olds = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
        return [(x, y) for x, y in pairs if news[x] == olds[y] == 1]

    possible = [(x, y) for x in new for y in gone if follows(x, y)]
    surest = alone([(x, y) for x, y in possible if b.all[x].get("role") == a.all[y].get("role")])
    taken = {seat for pair in surest for seat in pair}
    return surest + alone([(x, y) for x, y in possible if x not in taken and y not in taken])


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _following(written: str | None) -> str | None:
    return _after(written) if written and len(written) == len("2019-10-01") else written
