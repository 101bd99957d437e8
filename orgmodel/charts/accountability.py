"""The accountability chart of a body: every route from it up to who stays ultimately accountable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.boxes import box
from orgmodel.charts.drawing import Band, Drawing, Line, told
from orgmodel.charts.shown import Shown, remark
from orgmodel.charts.tiers import OFFICERS, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.charts.drawing import Box, BoxKind
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure

MOST: Final = 30
"""So many routes are listed at most; that there are more is said."""

LONGEST: Final = 30
"""So many steps a route has at most."""


def accountability(structure: Structure, body: str) -> Drawing:
    """What the accountability chart of a body shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        body: The id or a name of the body.

    Raises:
        ChartError: No line of accountability from the body is stated on that day.
        NameNotFoundError: No body has that name.
        AmbiguousNameError: Several have it.
    """
    found = _Routes(structure, structure.find(body, "Body"))
    if not found.above[found.body.id]:
        raise found.nothing(found.body, "lines of accountability")
    routes = [*found.routes()]
    listed = routes[:MOST]
    key = tuple((str(number), found.said(route)) for number, route in enumerate(listed, 1))
    circles = "" if routes else "No route leads to anybody who stays accountable: they only go round."
    more = f"There are more routes than the first {MOST}, which are numbered." if len(routes) > MOST else ""
    return Drawing(
        f"accountability-{found.body.id}",
        f"{found.body.name}: accountability",
        captions.subtitle(structure, found.body),
        found.bands(listed),
        found.lines(),
        key,
        found.notes(found.body, circles, more, found.open_ends()),
        key_of="Route",
        bands_are="Steps, from the top",
    )


class _Routes(Shown):
    """The ways up from a body by the lines of accountability that can be read in one way only.

    Attributes:
        body: The body.
        above: For everything on the way the lines up from it, with where they lead.
    """

    def __init__(self, structure: Structure, body: Node) -> None:
        super().__init__(structure)
        self.body = body
        self.show(body)
        self.above: dict[str, list[tuple[Relationship, Node]]] = {}
        waiting = [body.id]
        while waiting:
            one = waiting.pop()
            if one not in self.above:
                # What answers to itself is no step.
                self.above[one] = [pair for pair in self.outward(one, "ACCOUNTABLE_TO") if pair[1].id != one]
                waiting += [upper.id for _, upper in self.above[one]]

    def routes(self) -> Iterator[list[str]]:
        """The routes to an end on which nothing comes twice, by name; one more than are listed at most."""
        waiting = [[self.body.id]]
        count = 0
        while waiting and count <= MOST:
            route = waiting.pop()
            above = [upper.id for _, upper in self.above[route[-1]] if upper.id not in route]
            if not self.above[route[-1]]:
                count += 1
                yield route
            elif len(route) <= LONGEST:
                waiting += [[*route, upper] for upper in reversed(above)]

    def said(self, route: list[str]) -> str:
        """A route in words, with who holds delegated authority from whoever it ends at."""
        names = "; then ".join(self.called(one) for one in route)
        delegates: dict[str, set[str]] = {}
        for acts, facts in self._delegations(*route[-2:]):
            delegates.setdefault(self.node(acts.from_id).name, set()).add(remark(acts, *facts))
        # One that is stated among several is enough.
        said = "; ".join(
            f"{name} acts on behalf of {self.called(route[-1])}{min(delegates[name])}"
            for name in sorted(delegates)
        )
        return f"{names}{'. ' if said else ''}{said}"

    def _delegations(
        self, body: str, officer: str
    ) -> Iterator[tuple[Relationship, tuple[Node | Relationship, ...]]]:
        """What delegates authority of an officer to posts with a seat on a body, and what it rests on."""
        seated: dict[str, list[tuple[Node | Relationship, ...]]] = {}
        for on in self.structure.inward(body, "ON"):
            for fills in self.structure.outward(on.from_id, "FILLED_BY"):
                seated.setdefault(fills.to_id, []).append((self.node(on.from_id), on, fills))
        for acts in self.structure.inward(officer, "ACTS_FOR"):
            delegate = self.node(acts.from_id)
            for facts in seated.get(delegate.id, ()):
                if self.certain(acts, delegate, *facts):
                    self.use(acts, delegate, *facts)
                    yield acts, (delegate, *facts)

    def bands(self, routes: list[list[str]]) -> tuple[Band, ...]:
        """Whoever routes end at on top, and below what is one step, two steps and so on from the body.

        Args:
            routes: The routes; whatever they end at has their numbers.
        """
        steps = self._steps()
        ends = [one for one in steps if self.node(one).term != "Body"]
        numbers: dict[str, list[str]] = {}
        for number, route in enumerate(routes, 1):
            numbers.setdefault(route[-1], []).append(str(number))
        bands = [Band(OFFICERS, tuple(rows_of([self._numbered(one, numbers, "officer") for one in ends])))]
        for step in sorted({steps[one] for one in steps if one not in ends}, reverse=True):
            bodies = [one for one in steps if steps[one] == step and one not in ends]
            name = "Begins here" if step == 0 else f"{step} step{'' if step == 1 else 's'} up"
            bands.append(Band(name, tuple(rows_of([self._numbered(one, numbers, "body") for one in bodies]))))
        return tuple(band for band in bands if band.rows)

    def _numbered(self, one: str, numbers: Mapping[str, list[str]], kind: BoxKind) -> Box:
        made = box(self, self.node(one), kind)
        if one not in numbers:
            return made
        said = f"Route{'' if len(numbers[one]) == 1 else 's'} {', '.join(numbers[one])}"
        return replace(made, details=(*made.details, said), said=f"{made.said}; {said.lower()}")

    def _steps(self) -> dict[str, int]:
        """How many steps everything is from the body, by the longest way that comes to nothing twice."""
        order: list[str] = []
        waiting: list[tuple[str, bool]] = [(self.body.id, False)]
        seen: set[str] = set()
        while waiting:
            one, done = waiting.pop()
            if done:
                order.append(one)
            elif one not in seen:
                seen.add(one)
                waiting.append((one, True))
                waiting += [(upper.id, False) for _, upper in reversed(self.above[one])]
        place = {one: number for number, one in enumerate(reversed(order))}
        steps = dict.fromkeys(place, 0)
        for one, own in place.items():
            for _, upper in self.above[one]:
                # A line that leads back in a circle is no step further.
                if place[upper.id] > own:
                    steps[upper.id] = max(steps[upper.id], steps[one] + 1)
        return dict(sorted(steps.items(), key=lambda step: (self.node(step[0]).name, step[0])))

    def lines(self) -> tuple[Line, ...]:
        """The lines of accountability on the way."""
        found = []
        for lower, above in self.above.items():
            for upper in dict.fromkeys(node.id for _, node in above):
                facts = [line for line, node in above if node.id == upper]
                inferred = all(fact.certainty != "stated" for fact in facts)
                said = told(f"{self.called(lower)} is accountable to {self.called(upper)}", inferred=inferred)
                ids = tuple(fact.id for fact in facts)
                found.append(Line(ids, "accountable", lower, upper, said, inferred=inferred))
        return tuple(found)

    def open_ends(self) -> str:
        """At which bodies ways end, since nothing says to whom they are accountable, or only in two ways."""
        ends = [i for i, above in self.above.items() if not above and self.node(i).term == "Body"]
        said = (
            ("not stated", [i for i in ends if not self.structure.outward(i, "ACCOUNTABLE_TO")]),
            ("not drawn", [i for i in ends if self.structure.outward(i, "ACCOUNTABLE_TO")]),
        )
        return " ".join(
            captions.ended(
                f"To whom it is accountable is {what}: {', '.join(sorted(map(self.called, some)))}"
            )
            for what, some in said
            if some
        )
