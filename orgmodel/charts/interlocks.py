"""The chart of interlocks: bodies tied by the members that they have in common, thicker for more."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from orgmodel import seating
from orgmodel.charts import captions
from orgmodel.charts.boxes import columns_of, titled
from orgmodel.charts.chosen import NO_PARTNERSHIP, whole_of
from orgmodel.charts.drawing import Band, Box, Drawing, Grid, Group, Line, Mark, Row, told
from orgmodel.charts.matrix import LINKS, ORGANISATION
from orgmodel.charts.shown import CONCLUDED, Shown, remark
from orgmodel.charts.tiers import NO_TIER, rows_of
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import Chart, Column, LineKind
    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

MOST_LINES: Final = 30
"""With more lines a drawing cannot be followed any more."""

_COLUMN: Final = 58.0
_SOME, _MANY = 3, 6
"""From how many members on a line is thicker, and thicker still."""


def interlocks(
    structure: Structure, partnership: str | None = None, *, by: str = ORGANISATION, least: int = 1
) -> Chart:
    """What the chart of interlocks shows: a drawing, or a grid where lines would be too many.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of a partnership: only its bodies, by tier; None: all bodies, by
            partnership.
        by: `organisation` or `post`: what the members are. A sector is no single organisation.
        least: How many members two bodies must have in common to be tied.

    Raises:
        ChartError: No two bodies have so many in common on that day.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    about = None if partnership is None else structure.find(partnership, "Partnership")
    found = _Interlocks(structure, about, by, least)
    if not found.lines:
        of = "" if about is None else f" of {shown(about.name)}"
        raise ChartError(
            f"no two bodies{of} are stated to have {least} member{'' if least == 1 else 's'} in common "
            f"on {structure.day}: give another day{' or a smaller --least' if least > 1 else ''}"
        )
    whole = about or next(iter(found.tied.values()))
    identity = "interlocks" if about is None else f"interlocks-{about.id}"
    title = "Bodies with members in common" if about is None else f"{about.name}: members in common"
    subtitle = captions.subtitle(structure, whole)
    notes = found.notes(whole, f"A member is {found.one}.", found.alone())
    bands_are = "Partnerships" if about is None else "Tiers, from the top"
    if len(found.lines) > MOST_LINES:
        return Grid(
            identity,
            title,
            subtitle,
            found.columns(),
            found.groups(),
            _COLUMN,
            f"Bodies with members in common: {bands_are[0].lower()}{bands_are[1:]}",
            "Body",
            is_table=True,
            notes=notes,
            key=tuple(found.key),
            key_of="Number",
        )
    return Drawing(
        identity,
        title,
        subtitle,
        found.bands(),
        tuple(found.lines),
        tuple(found.key),
        notes,
        key_of="Line",
        bands_are=bands_are,
    )


class _Interlocks(Shown):
    """The ties between bodies; `tied` has the bodies with any, by id."""

    def __init__(self, structure: Structure, about: Node | None, by: str, least: int) -> None:
        super().__init__(structure)
        self.about = about
        self.one = "a single organisation, no sector" if by == ORGANISATION else "a post"
        self.lines: list[Line] = []
        self.key: list[tuple[str, str]] = []
        self.tied: dict[str, Node] = {}
        self.common: dict[frozenset[str], tuple[int, Line]] = {}
        self.bodies = self._bodies()
        label, link = LINKS[by]
        members = {body: self._members(body, label, link) for body in self.bodies}
        self.seated = [body for body in self.bodies if members[body]]
        for one, two in combinations(self.bodies, 2):
            both = members[one].keys() & members[two].keys()
            common = sorted(both, key=lambda i: (self.node(i).name, i))
            if len(common) >= least:
                facts = [fact for body in (one, two) for member in common for fact in members[body][member]]
                self._tie(one, two, common, facts)

    def _bodies(self) -> dict[str, Node]:
        """The bodies that may be tied, in the order in which they are shown."""
        only = self.about.id if self.about else None
        found = seating.places(self.structure, only, str(self.structure.day))
        places = [place for place in found if place.term == "Body"]
        if only is not None:
            within = self.bodies_of(only)
            places = [place for place in places if place.id in within]
        return {place.id: place for place in places if self.certain(place)}

    def _members(self, body: str, label: str, link: str) -> dict[str, list[Entity]]:
        """Who has a seat on a body, each with the facts that say so."""
        found: dict[str, list[Entity]] = {}
        for on, seat in self.inward(body, "ON"):
            for line, member in self.outward(seat.id, link):
                if member.term == label and member.kind != "sector":
                    found.setdefault(member.id, []).extend((seat, on, line))
        return found

    def _tie(self, one: str, two: str, common: list[str], facts: list[Entity]) -> None:
        self.tied |= {one: self.bodies[one], two: self.bodies[two]}
        self.use(self.bodies[one], self.bodies[two])
        mark = str(len(self.key) + 1)
        inferred = any(fact.certainty != "stated" for fact in facts)
        names = ", ".join(self.node(member).name for member in common)
        count = f"{len(common)} in common"
        pair = f"{self.called(one)} and {self.called(two)}"
        self.key.append((mark, told(f"{pair}: {count}: {names}", inferred=inferred)))
        kind: LineKind = (
            "shares-many" if len(common) >= _MANY else "shares-some" if len(common) >= _SOME else "shares-few"
        )
        ids = tuple(dict.fromkeys(fact.id for fact in facts if fact.id in self.structure.relationships))
        said = told(f"{pair}: {count}", inferred=inferred)
        line = Line(ids, kind, one, two, said, inferred=inferred, mark=mark)
        self.lines.append(line)
        self.common[frozenset((one, two))] = len(common), line

    def bands(self) -> tuple[Band, ...]:
        """The bodies that are tied: by tier, or of several partnerships by partnership."""
        groups: dict[str, list[Box]] = {}
        for node in self.tied.values():
            home = whole_of(self.structure, node.id)
            of = self.node(home).name if home else NO_PARTNERSHIP
            name = str(node.get("tier") or NO_TIER) if self.about else of
            groups.setdefault(name, []).append(titled(node, "body"))
        last = {NO_TIER, NO_PARTNERSHIP}
        names = sorted(groups, key=lambda name: name in last)
        return tuple(Band(name, tuple(rows_of(groups[name]))) for name in names)

    def _in_order(self) -> list[str]:
        return [box.id for band in self.bands() for box in band.boxes]

    def columns(self) -> tuple[Column, ...]:
        """The bodies that are tied, in the order of the rows."""
        return columns_of(map(self.node, self._in_order()))

    def groups(self) -> tuple[Group, ...]:
        """The same bodies as rows, each with how many members it has in common with each of the others."""
        order = self._in_order()
        return tuple(
            Group(band.name, tuple(self._row(box.id, order) for box in band.boxes)) for band in self.bands()
        )

    def _row(self, one: str, order: Sequence[str]) -> Row:
        marks, said = [], []
        for number, other in enumerate(order):
            if (tie := self.common.get(frozenset((one, other)))) is None:
                continue
            count, line = tie
            words = f"{count} ({line.mark})"
            box = Box(f"{one} {other}", "common", words, said=line.said, inferred=line.inferred)
            marks.append(Mark(box, number, number + 1))
            said.append(f"{self.called(other)}: {words}{CONCLUDED if line.inferred else ''}")
        heading = f"{self.node(one).name}{remark(self.node(one))}"
        return Row(one, heading, (), tuple(marks), f"{heading}: {'; '.join(said)}")

    def alone(self) -> str:
        """How many bodies are not drawn, and why."""
        apart = len([body for body in self.seated if body not in self.tied])
        unknown = len(self.bodies) - len(self.seated)
        said = [f"{apart} with members, but none in common with another"] if apart else []
        said += [f"{unknown} without a stated member of that sort"] if unknown else []
        return f"Bodies that are not drawn: {'; '.join(said)}." if said else ""
