"""The governance chart of a partnership: who stays accountable, its bodies by tier, the lines between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.charts import captions
from orgmodel.charts.boxes import box
from orgmodel.charts.connections import connections
from orgmodel.charts.drawing import Drawing
from orgmodel.charts.footnotes import footnotes
from orgmodel.charts.scope import Scope
from orgmodel.charts.tiers import bands
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from orgmodel.model import Node
    from orgmodel.structure import Structure


def governance(structure: Structure, partnership: str | None = None) -> Drawing:
    """What the governance chart of a partnership shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of the partnership; it may be left out where there is only one.

    Raises:
        ChartError: There is no partnership on that day, or it has no bodies, or there are several and none
            was named.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    scope = Scope(structure, _chosen(structure, partnership))
    if not scope.inside:
        name = shown(scope.partnership.name)
        raise ChartError(f"{name} has no bodies on {structure.day}: give another day")
    found = connections(scope)
    tiers = bands(scope, found, lambda node, kind: box(scope, node, kind))
    return Drawing(
        f"governance-{scope.partnership.id}",
        f"{scope.partnership.name}: governance",
        captions.subtitle(structure, scope.partnership),
        tiers,
        found.lines,
        found.key,
        footnotes(scope, found),
    )


def _chosen(structure: Structure, partnership: str | None) -> Node:
    if partnership is not None:
        return structure.find(partnership, "Partnership")
    found = structure.labelled("Partnership")
    if len(found) == 1:
        return found[0]
    if not found:
        raise ChartError(f"no partnership is known on {structure.day}: give another day with --as-of")
    names = ", ".join(node.id for node in found)
    raise ChartError(f"there are {len(found)} partnerships ({names}): choose one with --partnership")
