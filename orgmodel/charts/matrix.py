"""The matrix chart: which partner sits on which body, as a drawn grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel import seating
from orgmodel.charts import captions
from orgmodel.charts.boxes import columns_of, seats_box
from orgmodel.charts.chosen import chosen
from orgmodel.charts.drawing import Grid, Group, Mark, Row
from orgmodel.charts.shown import CONCLUDED, Shown, remark
from orgmodel.structure import weakest

if TYPE_CHECKING:
    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

ORGANISATION: Final = "organisation"
POST: Final = "post"
BY: Final = (ORGANISATION, POST)
"""What has a row each."""

LINKS: Final = {ORGANISATION: ("Organisation", "REPRESENTS"), POST: ("Post", "FILLED_BY")}
"""The label of each of these, and the relationship by which a seat is theirs."""

_GROUPS: Final = {ORGANISATION: "Organisations", POST: "Posts"}
_SECTORS: Final = "Sectors, which are no single organisation"
_COLUMN: Final = 64.0


def matrix(structure: Structure, partnership: str | None = None, by: str = ORGANISATION) -> Grid:
    """What the matrix chart of a partnership shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of the partnership; it may be left out where there is only one.
        by: `organisation`: a row for each organisation that a seat speaks for; `post`: for each post that
            fills one.

    Raises:
        ChartError: No seats are stated on that day, or there are several partnerships and none was named.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    about = chosen(structure, partnership)
    found = _Matrix(structure, about, by)
    if not found.cells:
        raise found.nothing(about, "seats")
    return Grid(
        f"matrix-{about.id}",
        f"{about.name}: who sits where",
        captions.subtitle(structure, about),
        columns_of(found.columns),
        found.groups(),
        _COLUMN,
        "Seats, by who holds them",
        "Partner" if by == ORGANISATION else "Post",
        is_table=True,
        notes=found.notes(about, found.counted(), found.without()),
    )


class _Matrix(Shown):
    """The seats of a partnership: `cells` has them by member and place, `columns` the places with any."""

    def __init__(self, structure: Structure, about: Node, by: str) -> None:
        super().__init__(structure)
        self.by = by
        self.about = about
        self.cells: dict[tuple[str, str], list[tuple[Node, tuple[Entity, ...]]]] = {}
        label, link = LINKS[by]
        self.silent: set[str] = set()
        within = {about.id, *self.bodies_of(about.id)}
        places = [p for p in seating.places(structure, about.id, str(structure.day)) if p.id in within]
        for place in places:
            for on, seat in self.inward(place.id, "ON"):
                if not any(self.node(line.to_id).term == label for line in structure.outward(seat.id, link)):
                    self.silent.add(seat.id)
                for line, member in self.outward(seat.id, link):
                    if member.term == label and self.certain(place):
                        self.use(place)
                        held = self.cells.setdefault((member.id, place.id), [])
                        held.append((seat, (seat, on, line)))
        filled = {place for _, place in self.cells}
        self.columns = [place for place in places if place.id in filled]
        self.empty = [place for place in places if place.id not in filled and place.term == "Body"]

    def groups(self) -> tuple[Group, ...]:
        """The rows: those with a seat on the partnership itself by its category, others, sectors last."""
        members = {member: self.node(member) for member, _ in self.cells}
        named: dict[str, list[Node]] = {}
        for member in sorted(members.values(), key=lambda node: (node.name, node.id)):
            named.setdefault(self._group(member), []).append(member)
        order = [name for name in named if name not in {_GROUPS[self.by], _SECTORS}]
        order = [*sorted(order), *(name for name in (_GROUPS[self.by], _SECTORS) if name in named)]
        return tuple(Group(name, tuple(self._row(member) for member in named[name])) for name in order)

    def _group(self, member: Node) -> str:
        if member.kind == "sector":
            return _SECTORS
        own = self.cells.get((member.id, self.about.id), [])
        categories = sorted({str(seat.get("category")) for seat, _ in own if seat.get("category")})
        return categories[0] if categories else _GROUPS[self.by]

    def _row(self, member: Node) -> Row:
        marks, said = [], []
        for number, place in enumerate(self.columns):
            held = self.cells.get((member.id, place.id))
            if held:
                seats = [(seat, weakest(facts) != "stated") for seat, facts in held]
                box = seats_box(f"{member.id} {place.id}", seats, f"{member.name} on {place.name}")
                said.append(f"{place.known_as}: {box.heading}{CONCLUDED if box.inferred else ''}")
                marks.append(Mark(box, number, number + 1))
        heading = f"{member.name}{self._within(member)}{remark(member)}"
        return Row(member.id, heading, (), tuple(marks), f"{heading}: {'; '.join(said)}")

    def _within(self, member: Node) -> str:
        """What an organisation is a part of: whoever looks for the whole looks for its parts too."""
        lines = self.structure.outward(member.id, "PART_OF") if member.term == "Organisation" else []
        wholes = [f"{self.called(line.to_id)}{remark(line)}" for line in lines if self.certain(line)]
        return f" (part of {captions.enumerated(wholes)})" if wholes else ""

    def counted(self) -> str:
        """How many members have how many seats."""
        members = len({member for member, _ in self.cells})
        members_of: dict[str, set[str]] = {}
        for (member, _), held in self.cells.items():
            for seat, _ in held:
                members_of.setdefault(seat.id, set()).add(member)
        seats = len(members_of)
        what = {
            ORGANISATION: ("organisation or sector", "organisations and sectors"),
            POST: ("post", "posts"),
        }
        one, several = what[self.by]
        said = f"{members} {one if members == 1 else several} with {_seats(seats)}."
        shared = sum(len(whose) > 1 for whose in members_of.values())
        if shared:
            said += f" {_seats(shared)} {'is' if shared == 1 else 'are'} of several, in the row of each."
        none = "for no organisation" if self.by == ORGANISATION else "that no post is said to fill"
        return f"{said} Not in the grid: {_seats(len(self.silent))} {none}." if self.silent else said

    def without(self) -> str:
        """The bodies that have no column."""
        names = ", ".join(place.known_as for place in self.empty)
        what = "organisation is" if self.by == ORGANISATION else "post is"
        return (
            captions.ended(f"Without a column, for no {what} stated to sit there: {names}") if names else ""
        )


def _seats(count: int) -> str:
    return f"{count} {'seat' if count == 1 else 'seats'}"
