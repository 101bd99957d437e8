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
from orgmodel.charts.scope import Scope
from orgmodel.charts.tiers import bands
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Box, BoxKind
    from orgmodel.model import Node
    from orgmodel.structure import Structure


def governance(
    structure: Structure,
    partnership: str | None = None,
    *,
    start: str | None = None,
    depth: int | None = None,
    members: bool = False,
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

    Raises:
        ChartError: There is no partnership on that day, or it has no bodies, or there are several and none
            was named; or the body to start at is no part of it.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    top = None if start is None else structure.find(start, "Body")
    if partnership is None and top is not None:
        partnership = whole_of(structure, top.id)
        if partnership is None:
            raise ChartError(f"{shown(top.name)} is part of no partnership on {structure.day}")
    about = chosen(structure, partnership)
    scope = Scope(structure, about, top, depth)
    if not scope.inside:
        name = shown(scope.partnership.name)
        raise ChartError(f"{name} has no bodies on {structure.day}: give another day")
    found = connections(scope)

    def drawn(node: Node, kind: BoxKind) -> Box:
        made = box(scope, node, kind, members=members)
        more = f"{scope.below[node.id]} more below"
        if not scope.below[node.id]:
            return made
        return replace(made, details=(*made.details, more), said=f"{made.said}; {more}")

    tiers = bands(scope, found, drawn)
    return Drawing(
        f"governance-{about.id if top is None else top.id}",
        f"{about.name}: governance" if top is None else f"{top.name}: governance",
        captions.subtitle(structure, scope.partnership),
        tiers,
        found.lines,
        found.key,
        footnotes(scope, found),
    )
