"""What if a partner, a post or a body goes: what is emptied, cut, touched or lost on that day.

$thing: Organisation or Post or Body. What goes.
$as_of: Date = today. The day asked about.

effect: What sort of effect; see below.
affected_id, affected: What is affected: a seat, a body, a post, an agreement or a fund.
because_id, because: What goes with it that has this effect: the thing itself, or its parts and posts; a list.
detail: What it means for the thing affected, in words.
last_seen: When the last source that names the thing affected was published.
certainty: The weakest of all that the row follows from.
citations: Where all of it is taken from; a list.

Sorted by effect in the order below, then by affected and affected_id. With an organisation go its parts, and
with an organisation or a body the posts in it, save what is also in something that stays. The effects are:
seat-emptied, where all whom a seat speaks for go, or all who fill it, and it is not vacant before;
body-without-chair, where somebody may be in the chair today and every such seat is emptied;
body-without-statutory-partner, where a statutory partner has a seat on the body today, and afterwards none,
of its own or of a part of it, that is neither emptied nor vacant; delegation-cut, where either side of it
goes; agreement-touched, where a party goes; money-touched, where a contributor goes; route-lost, where every
route of accountability that a body has today leads over what goes; reports-lost, where it no longer reports
to what goes, or no longer has its reports. An organisation is a statutory partner on a body if the category
of its seat there has the word "statutory" or "safeguarding partner", and not "non-statutory", or if a
partnership that the body is part of gives it a seat of such a category, or one as lead. A seat that speaks
for no organisation counts for those that its posts are in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from orgmodel.structure import weakest
from orgmodel.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure

EFFECTS: Final = (
    "seat-emptied",
    "body-without-chair",
    "body-without-statutory-partner",
    "delegation-cut",
    "agreement-touched",
    "money-touched",
    "route-lost",
    "reports-lost",
)

_COLUMNS: Final = (
    *("effect", "affected_id", "affected", "because_id", "because", "detail"),
    *("last_seen", "certainty", "citations"),
)

_STATUTORY: Final = re.compile(
    r"(?<!non-)(?<!non )(?<!not )\bstatutory\b|\bsafeguarding partner", re.IGNORECASE
)


def answer(structure: Structure, *, thing: str, as_of: str) -> Rows:
    """What follows if something goes on a day.

    Args:
        structure: What it is asked of.
        thing: The id of what goes.
        as_of: The day.
    """
    day = structure.as_of(as_of)
    effects = _Effects(day, thing).all() if thing in day.nodes else {}
    rows = []
    for effect, affected in sorted(
        effects, key=lambda key: (EFFECTS.index(key[0]), day.nodes[key[1]].name, key[1])
    ):
        found = effects[effect, affected]
        because = sorted((day.nodes[one] for one in found.because), key=lambda node: (node.name, node.id))
        rows.append(
            (
                effect,
                affected,
                day.nodes[affected].name,
                [node.id for node in because],
                [node.name for node in because],
                "; ".join(sorted(set(found.details))),
                day.holdings[affected].last_seen,
                weakest(found.facts),
                sorted({citation for fact in found.facts for citation in fact.citations}),
            )
        )
    return Rows(_COLUMNS, tuple(rows))


@dataclass(slots=True)
class _Effect:
    """One effect on one thing: why, what it means, and the facts that it follows from."""

    because: set[str] = field(default_factory=set)
    details: list[str] = field(default_factory=list)
    facts: list[Entity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Lost:
    """A seat that is emptied: who of it goes, and the lines that lead to these."""

    because: frozenset[str]
    lines: tuple[Relationship, ...]


class _Effects:
    """All effects that something has if it goes; `gone` has what goes, with the lines that it goes by."""

    def __init__(self, day: Structure, thing: str) -> None:
        self.day = day
        self.gone = _going(day, thing)
        self.found: dict[tuple[str, str], _Effect] = {}
        self.lost = self._lost_seats()

    def all(self) -> Mapping[tuple[str, str], _Effect]:
        """The effects, by effect and what is affected."""
        self._empty_seats()
        self._chairs()
        self._statutory_partners()
        self._delegations()
        self._agreements()
        self._money()
        self._routes()
        self._reports()
        return self.found

    def _add(
        self, effect: str, affected: str, because: Iterable[str], detail: str, facts: Iterable[Entity]
    ) -> None:
        found = self.found.setdefault((effect, affected), _Effect())
        found.because.update(because)
        found.details.append(detail)
        found.facts += facts
        found.facts += (fact for one in found.because for fact in self.gone[one])

    def _name(self, node_id: str) -> str:
        return self.day.nodes[node_id].name

    def _touching(self, relation: str) -> Iterator[Relationship]:
        """The lines of a type from or to what goes, each once."""
        found: dict[str, Relationship] = {}
        for one in self.gone:
            found |= {line.id: line for line in self.day.outward(one, relation)}
            found |= {line.id: line for line in self.day.inward(one, relation)}
        return (found[line] for line in sorted(found) if found[line].from_id != found[line].to_id)

    # Seats

    def _lost_seats(self) -> dict[str, _Lost]:
        seats = {line.from_id for name in ("REPRESENTS", "FILLED_BY") for line in self._touching(name)}
        found = {}
        for seat in sorted(seats):
            lines = [
                line
                for name in ("REPRESENTS", "FILLED_BY")
                if all(line.to_id in self.gone for line in self.day.outward(seat, name))
                for line in self.day.outward(seat, name)
            ]
            if lines:
                found[seat] = _Lost(frozenset(line.to_id for line in lines), tuple(lines))
        return found

    def _places(self, seat: str) -> list[Relationship]:
        """The lines from a seat to what it is on that stays."""
        return [line for line in self.day.outward(seat, "ON") if line.to_id not in self.gone]

    def _empty_seats(self) -> None:
        for seat_id, lost in self.lost.items():
            seat, on = self.day.nodes[seat_id], self._places(seat_id)
            if on and not _is_vacant(seat):
                places = " and ".join(sorted({self._name(line.to_id) for line in on}))
                category = f" ({seat.get('category')})" if seat.get("category") else ""
                detail = f"{seat.get('role')} on {places}{category}"
                self._add("seat-emptied", seat_id, lost.because, detail, [seat, *on, *lost.lines])

    def _bodies_that_lose(self) -> Iterator[tuple[str, list[Relationship]]]:
        """The bodies that a lost seat is on, each with the lines that lead to it from all its seats."""
        losing = {line.to_id for seat in self.lost for line in self._places(seat)}
        for body in sorted(losing):
            if self.day.nodes[body].term == "Body":
                yield body, self.day.inward(body, "ON")

    def _chairs(self) -> None:
        for body, seated in self._bodies_that_lose():
            chairs = [on for on in seated if self.day.nodes[on.from_id].get("role") == "chair"]
            chairs = [on for on in chairs if not _is_vacant(self.day.nodes[on.from_id])]
            if chairs and all(on.from_id in self.lost for on in chairs):
                for on in chairs:
                    seat, lost = self.day.nodes[on.from_id], self.lost[on.from_id]
                    detail = f'nobody is left in the seat "{seat.name}"'
                    self._add("body-without-chair", body, lost.because, detail, [seat, on, *lost.lines])

    def _statutory_partners(self) -> None:
        for body, seated in self._bodies_that_lose():
            partners = {one for on in seated if on.from_id in self.lost for one in self._owners(on.from_id)}
            for partner in sorted(partners):
                statutory = self._statutory(partner, body, seated)
                if statutory and not self._has_left(partner, seated):
                    detail = f"nobody is left for {self._name(partner)}, a statutory partner"
                    own = [on for on in seated if partner in self._owners(on.from_id)]
                    lost = [self.lost[on.from_id] for on in own if on.from_id in self.lost]
                    facts = [fact for on in own for fact in self._sitting(on, partner)]
                    facts += [line for one in lost for line in one.lines]
                    because = {one for some in lost for one in some.because}
                    self._add("body-without-statutory-partner", body, because, detail, [*facts, *statutory])

    def _owners(self, seat: str) -> dict[str, list[Relationship]]:
        """The organisations whose seat it is, each with the lines that say so."""
        found: dict[str, list[Relationship]] = {}
        for line in self.day.outward(seat, "REPRESENTS"):
            if self._is_organisation(line.to_id):
                found.setdefault(line.to_id, []).append(line)
        if not found:
            for fills in self.day.outward(seat, "FILLED_BY"):
                for line in self.day.outward(fills.to_id, "POST_IN"):
                    if self._is_organisation(line.to_id):
                        found.setdefault(line.to_id, []).extend([fills, line])
        return found

    def _is_organisation(self, node_id: str) -> bool:
        node = self.day.nodes[node_id]
        return node.term == "Organisation" and node.kind != "sector"

    def _sitting(self, on: Relationship, organisation: str) -> list[Entity]:
        """What says that an organisation has a seat on something."""
        return [self.day.nodes[on.from_id], on, *self._owners(on.from_id)[organisation]]

    def _statutory(self, partner: str, body: str, seated: list[Relationship]) -> list[Entity]:
        """What says that an organisation is a statutory partner on a body; nothing where it is none."""
        own = [on for on in seated if partner in self._owners(on.from_id)]
        if marked := [self.day.nodes[on.from_id] for on in own if _is_marked(self.day.nodes[on.from_id])]:
            return [*marked]
        facts: list[Entity] = []
        upward = _reached([body], lambda one: [line.to_id for line in self.day.outward(one, "PART_OF")])
        for whole in sorted(one for one in upward if self.day.nodes[one].term == "Partnership"):
            leading = [
                on
                for on in self.day.inward(whole, "ON")
                if partner in self._owners(on.from_id)
                and (
                    _is_marked(self.day.nodes[on.from_id]) or self.day.nodes[on.from_id].get("role") == "lead"
                )
            ]
            if leading:
                within = self._parts(whole)
                facts += (fact for on in leading for fact in self._sitting(on, partner))
                facts += (
                    line
                    for one in sorted(upward & within)
                    for line in self.day.outward(one, "PART_OF")
                    if line.to_id in within
                )
        return facts

    def _has_left(self, partner: str, seated: list[Relationship]) -> bool:
        """Whether somebody of an organisation, or of a part of it, is left in one of some seats."""
        staying = self._parts(partner) - self.gone.keys()
        return any(
            staying & self._owners(on.from_id).keys()
            for on in seated
            if on.from_id not in self.lost and not _is_vacant(self.day.nodes[on.from_id])
        )

    def _parts(self, whole: str) -> set[str]:
        return _reached([whole], lambda one: [line.from_id for line in self.day.inward(one, "PART_OF")])

    # Lines

    def _delegations(self) -> None:
        for line in self._touching("ACTS_FOR"):
            scope = f" ({line.get('scope')})" if line.get("scope") else ""
            because = {line.from_id, line.to_id} & self.gone.keys()
            if line.from_id in self.gone:
                detail = f"{self._name(line.from_id)} no longer acts for it{scope}"
                self._add("delegation-cut", line.to_id, because, detail, [line])
            else:
                detail = f"it no longer acts for {self._name(line.to_id)}{scope}"
                self._add("delegation-cut", line.from_id, because, detail, [line])

    def _agreements(self) -> None:
        for agreement in sorted({line.to_id for line in self._touching("PARTY_TO")}):
            node, parties = self.day.nodes[agreement], self.day.inward(agreement, "PARTY_TO")
            left = sorted({self._name(line.from_id) for line in parties if line.from_id not in self.gone})
            because = {line.from_id for line in parties} & self.gone.keys()
            detail = f"{node.get('status')}; left in it: {', '.join(left) or 'nobody'}"
            self._add("agreement-touched", agreement, because, detail, [node, *parties])

    def _money(self) -> None:
        for fund in sorted({line.to_id for line in self._touching("CONTRIBUTES")}):
            node, paying = self.day.nodes[fund], self.day.inward(fund, "CONTRIBUTES")
            going = [line for line in paying if line.from_id in self.gone]
            stated = node.get("total")
            total = _sum(paying) if stated is None else Decimal(str(stated))
            detail = f"{_money(_sum(going))} of {_money(total)} {node.get('currency')}"
            facts = [node, *(paying if stated is None else going)]
            self._add("money-touched", fund, {line.from_id for line in going}, detail, facts)

    def _routes(self) -> None:
        lines = [line for line in self.day.relationships.values() if line.term == "ACCOUNTABLE_TO"]
        ends = {line.to_id for line in lines} - {line.from_id for line in lines}

        def below(one: str) -> list[str]:
            return [line.from_id for line in self.day.inward(one, "ACCOUNTABLE_TO")]

        def above(one: str) -> list[str]:
            return [line.to_id for line in self.day.outward(one, "ACCOUNTABLE_TO")]

        today = _reached(ends, below)
        left = _reached(ends - self.gone.keys(), lambda one: [b for b in below(one) if b not in self.gone])
        for body in sorted(today - ends - self.gone.keys() - left):
            way = _reached([body], above) & today
            because = way & self.gone.keys()
            facts = [
                line
                for one in sorted(way)
                for line in self.day.outward(one, "ACCOUNTABLE_TO")
                if line.to_id in way
            ]
            names = " and ".join(sorted({self._name(one) for one in because}))
            self._add("route-lost", body, because, f"all its routes lead over {names}", facts)

    def _reports(self) -> None:
        for line in self._touching("REPORTS_TO"):
            about = f" ({line.get('subject')})" if line.get("subject") else ""
            if line.from_id in self.gone and line.to_id not in self.gone:
                detail = f"it no longer has reports from {self._name(line.from_id)}{about}"
                self._add("reports-lost", line.to_id, [line.from_id], detail, [line])
            elif line.to_id in self.gone and line.from_id not in self.gone:
                detail = f"it no longer reports to {self._name(line.to_id)}{about}"
                self._add("reports-lost", line.from_id, [line.to_id], detail, [line])


def _going(day: Structure, thing: str) -> dict[str, list[Relationship]]:
    """What goes if something goes, each with the lines that it goes by."""
    gone: dict[str, list[Relationship]] = {thing: []}
    waiting = [thing]
    for whole in waiting:
        for part in dict.fromkeys(line.from_id for line in day.inward(whole, "PART_OF", "POST_IN")):
            if part in gone or day.nodes[part].term not in {"Organisation", "Post"}:
                continue
            lines = [line for line in day.outward(part, "PART_OF", "POST_IN") if line.to_id != part]
            if all(line.to_id in gone for line in lines):
                gone[part] = [*lines, *(why for line in lines for why in gone[line.to_id])]
                waiting.append(part)
    return gone


def _reached(starts: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    found = set(starts)
    waiting = [*found]
    for one in waiting:
        new = set(following(one)) - found
        found |= new
        waiting += new
    return found


def _is_vacant(seat: Node) -> bool:
    return seat.get("state") == "vacant"


def _is_marked(seat: Node) -> bool:
    """Whether the category of a seat is that of a statutory partner."""
    return _STATUTORY.search(str(seat.get("category") or "")) is not None


def _sum(lines: Iterable[Relationship]) -> Decimal:
    return sum((Decimal(str(line.get("amount"))) for line in lines), Decimal())


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
