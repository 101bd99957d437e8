"""The governance chart of a partnership: who stays accountable, its bodies by tier, the lines between."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from operator import eq
from typing import TYPE_CHECKING

from orgmodel.charts import captions
from orgmodel.charts.boxes import box
from orgmodel.charts.chosen import chosen, whole_of
from orgmodel.charts.connections import connections
from orgmodel.charts.dividing import MORE_BELOW
from orgmodel.charts.drawing import Drawing
from orgmodel.charts.footnotes import footnotes
from orgmodel.charts.paging import page_a_body
from orgmodel.charts.scope import Scope
from orgmodel.charts.tiers import bands
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.drawing import Box, BoxKind
    from orgmodel.charts.paging import Page
    from orgmodel.charts.shaping import Paper
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
    scope = Scope(structure, about, top, depth, people=people)
    return _drawn(scope, about if top is None else top, lists=lambda _: members)


def body_pages(
    structure: Structure,
    partnership: str | None,
    paper: Paper | None = None,
    *,
    start: str | None = None,
    depth: int | None = None,
    members: bool = False,
    people: bool = False,
) -> list[Page]:
    """The governance chart, and for each body in it a page: what is right above and below it, and its seats.

    Where one of them cannot be read on a page, it has several.

    Args:
        structure: As for `governance`, as are the others.
        partnership: The partnership.
        paper: What a page has to fit; None: there is no limit.
        start: Where the chart begins.
        depth: How many levels it has.
        members: Whether it lists the seats of each body as well.
        people: Whether people may be named.

    Raises:
        ChartError: As for `governance`.
        NameNotFoundError: As there.
        AmbiguousNameError: As there.
    """
    about, top = _about(structure, partnership, start)
    scope = Scope(structure, about, top, depth, people=people)
    found = [(_drawn(scope, about if top is None else top, lists=lambda _: members), "")]
    for node in scope.inside.values():
        own = Scope(structure, about, node, 2, with_above=True, people=people)
        found.append((_drawn(own, node, lists=partial(eq, node.id)), node.id))
    return page_a_body(found, paper)


def _about(structure: Structure, partnership: str | None, start: str | None) -> tuple[Node, Node | None]:
    """The partnership that is drawn, and the body that it is drawn from."""
    top = None if start is None else structure.find(start, "Body")
    if partnership is None and top is not None:
        partnership = whole_of(structure, top.id)
        if partnership is None:
            raise ChartError(f"{shown(top.name)} is part of no partnership on {structure.day}")
    return chosen(structure, partnership), top


def _drawn(scope: Scope, about: Node, *, lists: Callable[[str], bool]) -> Drawing:
    """The chart of a scope; `lists` tells of the id of a body whether its seats are listed."""
    if not scope.inside:
        raise ChartError(f"{shown(about.name)} has no bodies on {scope.structure.day}: give another day")
    found = connections(scope)

    def drawn(node: Node, kind: BoxKind) -> Box:
        made = box(scope, node, kind, members=lists(node.id))
        more = f"{scope.below[node.id]}{MORE_BELOW}"
        if not scope.below[node.id]:
            return made
        return replace(made, details=(*made.details, more), said=f"{made.said}; {more}")

    return Drawing(
        f"governance-{about.id}",
        f"{about.name}: governance",
        captions.subtitle(scope.structure, scope.partnership),
        bands(scope, found, drawn),
        found.lines,
        found.key,
        footnotes(scope, found),
    )
