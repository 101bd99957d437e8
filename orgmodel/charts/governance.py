"""The governance chart of a partnership: who stays accountable, its bodies by tier, the lines between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.charts import captions
from orgmodel.charts.boxes import box
from orgmodel.charts.chosen import chosen, whole_of
from orgmodel.charts.connections import connections
from orgmodel.charts.drawing import Drawing
from orgmodel.charts.footnotes import footnotes
from orgmodel.charts.paging import MORE_BELOW, numbered
from orgmodel.charts.scope import Scope
from orgmodel.charts.tiers import bands
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Box, BoxKind
    from orgmodel.charts.paging import Page, Reads
    from orgmodel.model import Node
    from orgmodel.structure import Structure


def governance(
    structure: Structure,
    partnership: str | None = None,
    *,
    start: str | None = None,
    depth: int | None = None,
    members: bool = False,
    people: bool = False,
) -> Drawing:
    """What the governance chart of a partnership shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of the partnership; it may be left out where there is only one, or
            with a start.
        start: The id or a name of a body of it: only that is drawn, with what is accountable or reports to
            it over any number of steps; None: the whole.
        depth: How many levels of bodies are drawn, 1 or more; None: all. With it, or with a start, a body
            that no such line joins is not drawn.
        members: Whether the seats of each body are listed in its box, by category.
        people: Whether people who hold posts may be named.

    Raises:
        ChartError: There is no partnership on that day, or it has no bodies, or there are several and none
            was named; or the body to start at is no part of it.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    about, top = _about(structure, partnership, start)
    return _part(structure, about, top, depth, members=members, people=people)[0]


def pages(
    structure: Structure,
    partnership: str | None,
    reads: Reads,
    *,
    start: str | None = None,
    members: bool = False,
    people: bool = False,
) -> list[Page]:
    """The governance chart in as many pages as it takes for each to fit.

    The first has as many levels as go onto it; what is below a body of its lowest is on a page of its own,
    which is divided alike. The boxes and the pages say where it goes on and where it came from. Bodies that
    no line joins to another come last.

    Args:
        structure: As for `governance`, as are the others.
        partnership: The partnership.
        reads: How well a chart can be read on a page.
        start: The body to start at.
        members: Whether seats are listed.
        people: Whether people may be named.

    Raises:
        ChartError: As for `governance`.
        NameNotFoundError: As there.
        AmbiguousNameError: As there.
    """
    about, top = _about(structure, partnership, start)
    found: list[tuple[Drawing, str, int]] = []
    seen: set[str] = set()

    def add(start: Node | None, came_from: int) -> None:
        made, scope = _part(structure, about, start, None, members=members, people=people)
        depth, least = scope.levels, 1 if start is None else 2
        while depth > least and reads(made) < 1:
            depth -= 1
            made, scope = _part(structure, about, start, depth, members=members, people=people)
        found.append((made, start.id if start else "", came_from))
        number = len(found)
        for body in [one.id for one in made.boxes if scope.below[one.id] and one.id not in seen]:
            seen.add(body)
            add(structure.nodes[body], number)

    add(top, 0)
    whole, scope = found[0][0], Scope(structure, about)
    if top is None and not {one.id for one in whole.boxes} >= scope.unjoined:
        made = _part(structure, about, None, None, members=members, people=people, loose=True)[0]
        found.append((replace(made, id=f"{made.id}-others"), "others", 1))
    return numbered(found)


def body_pages(structure: Structure, partnership: str | None, *, people: bool = False) -> list[Page]:
    """The governance chart, and for each body a page with it, what is right below it, and its seats.

    Args:
        structure: As for `governance`, as are the others.
        partnership: The partnership.
        people: Whether people may be named.

    Raises:
        ChartError: As for `governance`.
        NameNotFoundError: As there.
        AmbiguousNameError: As there.
    """
    about, _ = _about(structure, partnership, None)
    whole, scope = _part(structure, about, None, None, members=False, people=people)
    found = [(whole, "", 0)]
    for node in scope.inside.values():
        made, _ = _part(structure, about, node, 2, members=True, people=people)
        found.append((made, node.id, 1))
    return numbered(found)


def _about(structure: Structure, partnership: str | None, start: str | None) -> tuple[Node, Node | None]:
    """The partnership that is drawn, and the body that it is drawn from."""
    top = None if start is None else structure.find(start, "Body")
    if partnership is None and top is not None:
        partnership = whole_of(structure, top.id)
        if partnership is None:
            raise ChartError(f"{shown(top.name)} is part of no partnership on {structure.day}")
    return chosen(structure, partnership), top


def _part(
    structure: Structure,
    about: Node,
    top: Node | None,
    depth: int | None,
    *,
    members: bool,
    people: bool,
    loose: bool = False,
) -> tuple[Drawing, Scope]:
    scope = Scope(structure, about, top, depth, loose=loose, people=people)
    if not scope.inside:
        raise ChartError(f"{shown(about.name)} has no bodies on {structure.day}: give another day")
    found = connections(scope)

    def drawn(node: Node, kind: BoxKind) -> Box:
        made = box(scope, node, kind, members=members)
        more = f"{scope.below[node.id]}{MORE_BELOW}"
        if not scope.below[node.id]:
            return made
        return replace(made, details=(*made.details, more), said=f"{made.said}; {more}")

    drawing = Drawing(
        f"governance-{about.id if top is None else top.id}",
        f"{about.name if top is None else top.name}: governance",
        captions.subtitle(structure, about),
        bands(scope, found, drawn),
        found.lines,
        found.key,
        footnotes(scope, found),
    )
    return drawing, scope
