"""The chart of a partner: the bodies where an organisation sits, and through which parts and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.boxes import VACANT, columns_of, seats_box, titled
from orgmodel.charts.chosen import NO_PARTNERSHIP, parts_above, whole_of
from orgmodel.charts.drawing import Band, Drawing, Grid, Group, Line, Mark, Row, told
from orgmodel.charts.shown import CONCLUDED, Shown, remark
from orgmodel.charts.tiers import rows_of
from orgmodel.structure import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.charts.drawing import Box, BoxKind, Chart, Column
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure


MOST_LINES: Final = 60
"""With more lines a drawing cannot be followed any more."""

_COLUMN: Final = 64.0


def partner(structure: Structure, organisation: str) -> Chart:
    """What the chart of a partner shows: a drawing, or a grid where lines would be too many.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        organisation: The id or a name of the organisation.

    Raises:
        ChartError: It has no seats that are stated on that day.
        NameNotFoundError: No organisation has that name.
        AmbiguousNameError: Several have it.
    """
    found = _Partner(structure, structure.find(organisation, "Organisation"))
    if not found.places:
        raise found.nothing(found.whole, "seats")
    identity, title = f"partner-{found.whole.id}", f"{found.whole.name}: where it sits"
    subtitle, lines = captions.subtitle(structure, found.whole), found.lines()
    if len(lines) > MOST_LINES:
        groups = found.groups()
        return Grid(
            identity,
            title,
            subtitle,
            found.columns(),
            groups,
            _COLUMN,
            "Where it sits, by partnership",
            "Where it sits",
            is_table=True,
            notes=found.notes(found.whole, found.counted(), found.within()),
        )
    return Drawing(
        identity,
        title,
        subtitle,
        found.bands(),
        lines,
        (),
        found.notes(found.whole, found.counted()),
        bands_are="From the organisation to where it sits",
    )


class _Partner(Shown):
    """An organisation with its parts and posts, and their seats.

    Attributes:
        whole: The organisation.
        units: Its parts and posts, by id, each with the lines to what it is in.
        places: The bodies and partnerships where they sit, by id.
        seats: By where and who: the seats there, each with the facts that make it theirs.
    """

    def __init__(self, structure: Structure, whole: Node) -> None:
        super().__init__(structure)
        self.whole = whole
        self.units: dict[str, list[Relationship]] = {}
        self.places: dict[str, Node] = {}
        self.seats: dict[tuple[str, str], list[tuple[Node, list[Relationship]]]] = {}
        below = self._below()
        for unit in below:
            for line, seat in self._seats_of(unit):
                self._take(unit, seat, line, below)
        self._keep_what_leads_to_seats(below)
        self.use(whole)

    def _below(self) -> dict[str, list[Relationship]]:
        """The organisation, its parts over any number of steps, and the posts in each, with what says so."""
        found: dict[str, list[Relationship]] = {self.whole.id: []}
        waiting = [self.whole.id]
        for one in waiting:
            for name in ("PART_OF", "POST_IN"):
                for line in self.structure.inward(one, name):
                    node = self.node(line.from_id)
                    if node.term not in {"Organisation", "Post"} or not self.certain(line, node):
                        continue
                    if node.id not in found:
                        waiting.append(node.id)
                    if node.id != self.whole.id:
                        found.setdefault(node.id, []).append(line)
        return found

    def _seats_of(self, unit: str) -> Iterable[tuple[Relationship, Node]]:
        name = "FILLED_BY" if self.node(unit).term == "Post" else "REPRESENTS"
        for line in self.structure.inward(unit, name):
            seat = self.node(line.from_id)
            if self.certain(line, seat):
                yield line, seat

    def _take(self, unit: str, seat: Node, line: Relationship, below: Iterable[str]) -> None:
        if self.node(unit).term != "Post":
            # Where a post of theirs fills the seat, it is that through which they sit.
            posts = [
                fact.to_id for fact in self.structure.outward(seat.id, "FILLED_BY") if self.certain(fact)
            ]
            if {*posts} & {*below}:
                return
        for on in self.structure.outward(seat.id, "ON"):
            place = self.node(on.to_id)
            if self.certain(on, place):
                self.places[place.id] = place
                self.seats.setdefault((place.id, unit), []).append((seat, [on, line]))
                self.use(place, seat, on, line)

    def _keep_what_leads_to_seats(self, below: dict[str, list[Relationship]]) -> None:
        waiting = [unit for _, unit in self.seats]
        for unit in waiting:
            if unit not in self.units and unit != self.whole.id:
                self.units[unit] = below[unit]
                self.use(self.node(unit), *below[unit])
                waiting += [line.to_id for line in below[unit] if line.to_id in below]

    def bands(self) -> tuple[Band, ...]:
        """The organisation, its parts and posts, and where they sit."""
        units = [titled(self.node(one), _kind(self.node(one))) for one in self._by_name(self.units)]
        places = [self._place(self.node(one)) for one in self._by_name(self.places)]
        bands = (
            Band("Organisation", ((titled(self.whole, "organisation"),),)),
            Band("Its parts and posts", tuple(rows_of(units))),
            Band("Where it sits", tuple(rows_of(places))),
        )
        return tuple(band for band in bands if band.rows)

    def _by_name(self, ids: Iterable[str]) -> list[str]:
        return sorted(ids, key=lambda one: (self.node(one).name, one))

    def _place(self, node: Node) -> Box:
        seats: dict[str, tuple[Node, list[Relationship]]] = {}
        for (place, _), some in self.seats.items():
            for seat, facts in some if place == node.id else ():
                seats.setdefault(seat.id, (seat, []))[1].extend(facts)
        details = [
            f"{captions.begun(captions.role(str(seat.get('role'))))}: {_seat_in_words(seat, [seat, *facts])}"
            for seat, facts in sorted(seats.values(), key=lambda pair: (pair[0].name, pair[0].id))
        ]
        return titled(node, "body" if node.term == "Body" else "partnership", details)

    def lines(self) -> tuple[Line, ...]:
        """What is in what, and who sits where."""
        found = []
        for unit in self._by_name(self.units):
            for line in self.units[unit]:
                if line.to_id in self.units or line.to_id == self.whole.id:
                    inferred = line.certainty != "stated"
                    said = told(f"{self.called(unit)} is in {self.called(line.to_id)}", inferred=inferred)
                    found.append(Line((line.id,), "part-of", unit, line.to_id, said, inferred=inferred))
        for (place, unit), seats in sorted(self.seats.items()):
            facts = [fact for _, some in seats for fact in some]
            # One stated seat among several is enough for the line to be sure.
            inferred = all(weakest([seat, *some]) != "stated" for seat, some in seats)
            # Where all are concluded, that is said of the line.
            words = [_seat_in_words(seat, () if inferred else (seat, *some)) for seat, some in seats]
            named = ", ".join(dict.fromkeys(words))
            said = f"{self.called(place)} has a seat for {self.called(unit)} ({named})"
            said = told(said, inferred=inferred)
            ids = tuple(dict.fromkeys(fact.id for fact in facts))
            found.append(Line(ids, "seat", place, unit, said, inferred=inferred))
        return tuple(found)

    def columns(self) -> tuple[Column, ...]:
        """The organisation and those of its parts and posts that sit somewhere."""
        return columns_of(map(self.node, self._sitting()))

    def _sitting(self) -> list[str]:
        filled = {unit for _, unit in self.seats}
        return [*filled & {self.whole.id}, *self._by_name(filled - {self.whole.id})]

    def groups(self) -> tuple[Group, ...]:
        """The rows: where it sits, by partnership; what is part of none comes last."""
        named: dict[str, list[Row]] = {}
        for one in self._by_name(self.places):
            whole, within = self._home(one)
            name = self.node(whole).name if whole else NO_PARTNERSHIP
            named.setdefault(name, []).append(self._row(one, within))
        names = sorted(named, key=lambda name: (name == NO_PARTNERSHIP, name))
        return tuple(Group(name, tuple(named[name])) for name in names)

    def _home(self, place: str) -> tuple[str | None, str]:
        """The partnership that a place is part of, and what is said of that where it is only concluded."""
        self.certain(*self.structure.outward(place, "PART_OF"))
        within = parts_above(self.structure, place)
        self.use(*within)
        whole = place if self.node(place).term == "Partnership" else whole_of(self.structure, place)
        return whole, " (its partnership is concluded, not stated)" * bool(remark(*within))

    def _row(self, place: str, within: str) -> Row:
        marks, said = [], []
        node = self.node(place)
        for number, unit in enumerate(self._sitting()):
            if not (held := self.seats.get((place, unit))):
                continue
            seats = [(seat, weakest([seat, *facts]) != "stated") for seat, facts in held]
            box = seats_box(f"{place} {unit}", seats, f"{self.node(unit).name} on {node.name}")
            said.append(f"{self.called(unit)}: {box.heading}{CONCLUDED if box.inferred else ''}")
            marks.append(Mark(box, number, number + 1))
        heading = f"{node.name}{remark(node)}{within}"
        return Row(place, heading, (), tuple(marks), f"{heading}: {'; '.join(said)}")

    def within(self) -> str:
        """What of its parts and posts is in another of them, or only concluded to be in it."""
        found = []
        for unit in self._by_name(self.units):
            within = [line for line in self.units[unit] if line.to_id in self.units]
            found += [f"{self.called(unit)} in {self.called(line.to_id)}{remark(line)}" for line in within]
            if not within and weakest(self.units[unit]) != "stated":
                found.append(f"{self.called(unit)} in {self.called(self.whole.id)}{CONCLUDED}")
        return captions.ended(f"Of its parts and posts: {'; '.join(found)}") if found else ""

    def counted(self) -> str:
        """How many seats it has, in how many places."""
        seats = len({seat.id for some in self.seats.values() for seat, _ in some})
        places = len(self.places)
        return f"{seats} seat{'' if seats == 1 else 's'} in {places} place{'' if places == 1 else 's'}."


def _seat_in_words(seat: Node, facts: Iterable[Node | Relationship]) -> str:
    """The name of a seat, with whether it is vacant, and whether what it rests on is concluded."""
    return f"{seat.name}{VACANT if seat.get('state') == 'vacant' else ''}{remark(*facts)}"


def _kind(node: Node) -> BoxKind:
    return "post" if node.term == "Post" else "part"
