"""The routes of accountability of a body where there are more than a store should walk: see the query."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final

from orgmodel.structure import weakest
from orgmodel.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure

    _End = tuple[Node | None, Node | None, list[Entity]]

LONGEST: Final = 30
"""So many steps a route has at most."""

MOST: Final = 5_000
"""So many routes are listed."""

_COLUMNS: Final = (
    *("route_ids", "route", "delegate_id", "delegate", "officer_id", "officer"),
    *("organisation_id", "organisation", "certainty", "citations"),
)


def answer(structure: Structure, *, body: str, as_of: str) -> Rows:
    """The routes of one day, the first by ids where there are many.

    Args:
        structure: What it is asked of.
        body: The id of the body.
        as_of: The day.
    """
    ways = _Ways(structure, body, as_of)
    routes: list[list[str]] = []
    more = False
    for route in ways.routes():
        if len(routes) == MOST:
            more = True
            break
        routes.append(route)
    notes = []
    if more:
        count = f"more than {MOST:,}" if ways.circular else f"{ways.count():,}"
        notes.append(f"there are {count} routes: the first {MOST:,} are listed")
    if ways.goes_on():
        # In a circle one can go on for ever; whether without coming twice to one body, is not looked for.
        more_beyond = "may be more" if ways.circular else "is more"
        notes.append(
            f"the bound of {LONGEST} steps was reached: there {more_beyond} beyond it that is not shown"
        )
    return Rows(_COLUMNS, tuple(row for route in routes for row in ways.rows(route)), tuple(notes))


class _Ways:
    """The ways up from a body by the lines of accountability that hold on a day.

    Attributes:
        circular: Whether one of them leads back to where it has been.
    """

    def __init__(self, structure: Structure, body: str, as_of: str) -> None:
        self._structure = structure
        self._body = body
        self._day = as_of
        self._lines: dict[tuple[str, str], list[Relationship]] = {}
        self._above: dict[str, list[str]] = {body: []}
        self._ends: dict[tuple[str, str], list[_End]] = {}
        waiting = [body]
        for lower in waiting:
            for line in self._held(structure.outward(lower, "ACCOUNTABLE_TO")):
                self._lines.setdefault((lower, line.to_id), []).append(line)
                if line.to_id not in self._above:
                    self._above[line.to_id] = []
                    waiting.append(line.to_id)
        for lower, upper in sorted(self._lines):
            self._above[lower].append(upper)
        self._nearest = self._steps_to_an_end()
        self.circular = self._leads_back()

    def _held(self, lines: Iterable[Relationship]) -> list[Relationship]:
        return [line for line in lines if self._structure.holdings[line.id].on(self._day)]

    def _steps_to_an_end(self) -> dict[str, int]:
        below: dict[str, list[str]] = {}
        for lower, upper in self._lines:
            below.setdefault(upper, []).append(lower)
        found = {one: 0 for one, above in self._above.items() if not above}
        waiting = [*found]
        for upper in waiting:
            for lower in below.get(upper, ()):
                if lower not in found:
                    found[lower] = found[upper] + 1
                    waiting.append(lower)
        return found

    def _leads_back(self) -> bool:
        left = dict.fromkeys(self._above, 0)
        for _, upper in self._lines:
            left[upper] += 1
        done = [one for one, lines in left.items() if not lines]
        for one in done:
            for upper in self._above[one]:
                left[upper] -= 1
                if not left[upper]:
                    done.append(upper)
        return len(done) < len(left)

    def routes(self) -> Iterator[list[str]]:
        """Every route on which nothing comes twice, in the order of their ids."""
        waiting = [[self._body]]
        while waiting:
            route = waiting.pop()
            above = self._above[route[-1]]
            if not above and len(route) > 1:
                yield route
            left = LONGEST - len(route)
            onward = [upper for upper in above if upper not in route and self._can_end(upper, route, left)]
            waiting += [[*route, upper] for upper in reversed(onward)]

    def _can_end(self, start: str, route: list[str], left: int) -> bool:
        """Whether a route can go on to something and end in so many steps from there."""
        if self._nearest.get(start, inf) > left:
            return False
        if not self.circular:
            return True
        seen = {start, *route}
        layer = [start]
        for _ in range(left + 1):
            if any(not self._above[one] for one in layer):
                return True
            layer = [
                *dict.fromkeys(upper for one in layer for upper in self._above[one] if upper not in seen)
            ]
            seen.update(layer)
        return False

    def count(self) -> int:
        """How many routes there are, where no way leads back."""
        found = {one: int(not above) for one, above in self._above.items()}
        for _ in range(LONGEST):
            found = {
                one: sum(found[upper] for upper in above) if above else 1
                for one, above in self._above.items()
            }
        return found[self._body]

    def goes_on(self) -> bool:
        """Whether a way goes on beyond the bound."""
        layer = {self._body}
        for _ in range(LONGEST):
            layer = {upper for one in layer for upper in self._above[one]}
        return any(self._above[one] for one in layer) and len(self._above) > LONGEST

    def rows(self, route: list[str]) -> Iterator[tuple[object, ...]]:
        """The rows about a route: one for each delegate and organisation at its end."""
        *_, last, top = route
        if (last, top) not in self._ends:
            self._ends[last, top] = [*self._at_the_end(last, top)]
        lines = [line for step in pairwise(route) for line in self._lines[step]]
        names = [self._structure.nodes[one].name for one in route]
        officer = self._structure.nodes[top] if self._structure.nodes[top].term == "Post" else None
        for delegate, organisation, own in self._ends[last, top]:
            facts = [*lines, *own]
            yield (
                route,
                names,
                *_named(delegate),
                *_named(officer),
                *_named(organisation),
                weakest(facts),
                sorted({citation for fact in facts for citation in fact.citations}),
            )

    def _at_the_end(self, last: str, top: str) -> Iterator[_End]:
        nodes = self._structure.nodes
        delegates: dict[str, list[Entity]] = {}
        organisations: dict[str, list[Entity]] = {}
        if nodes[top].term == "Organisation":
            organisations[top] = []
        if nodes[top].term == "Post":
            delegates = self._delegates(last, top)
            for line in self._held(self._structure.outward(top, "POST_IN")):
                if nodes[line.to_id].term == "Organisation":
                    organisations.setdefault(line.to_id, []).append(line)
        for delegate in sorted(delegates) or [""]:
            for organisation in sorted(organisations) or [""]:
                facts = [*delegates.get(delegate, ()), *organisations.get(organisation, ())]
                yield nodes.get(delegate), nodes.get(organisation), facts

    def _delegates(self, last: str, officer: str) -> dict[str, list[Entity]]:
        """The posts with a seat on the last body that act for the officer, each with what says so."""
        seated: dict[str, list[Entity]] = {}
        for on in self._held(self._structure.inward(last, "ON")):
            for fills in self._held(self._structure.outward(on.from_id, "FILLED_BY")):
                seated.setdefault(fills.to_id, []).extend([self._structure.nodes[on.from_id], on, fills])
        found: dict[str, list[Entity]] = {}
        for acts in self._held(self._structure.inward(officer, "ACTS_FOR")):
            if acts.from_id in seated:
                found.setdefault(acts.from_id, [*seated[acts.from_id]]).append(acts)
        return found


def _named(node: Node | None) -> tuple[str | None, str | None]:
    return (None, None) if node is None else (node.id, node.name)
