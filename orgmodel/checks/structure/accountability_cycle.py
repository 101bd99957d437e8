"""Bodies are accountable to one another in a circle, so that nobody above them answers.

Severity: error.
Authority: The meaning of accountability: it ends at somebody who stays accountable.
Mend: Take away the line of the circle that no source supports, or give it the `end_date` after which the
  other way round holds. Where it is reporting and not accountability, write `reports_to`.

$as_of: Date = today. The day asked about.

subject_id, subject: The body of the circle whose id comes first.
message: The circle, from that body on.
certainty: The weakest of the lines of the circle.
citations: Where these are taken from; a list.

Sorted by subject_id.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from orgmodel.checks.rows import Row, lines_on, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from networkx import DiGraph

    from orgmodel.model import Relationship
    from orgmodel.structure import Structure


def findings(structure: Structure, *, as_of: str) -> list[Row]:
    """A circle for each line that is in one, the shortest; each circle once."""
    import networkx as nx

    lines: dict[tuple[str, str], list[Relationship]] = {}
    for line in lines_on(structure, as_of, "ACCOUNTABLE_TO"):
        lines.setdefault((line.from_id, line.to_id), []).append(line)
    network: DiGraph[str] = nx.DiGraph(sorted(lines))
    found: list[Row] = []
    for bodies in nx.strongly_connected_components(network):
        within: DiGraph[str] = nx.DiGraph([pair for pair in sorted(lines) if bodies.issuperset(pair)])
        for circle in _circles(within):
            first, *others = (structure.nodes[body] for body in circle)
            way = f", by way of {'; '.join(body.name for body in others)}" if others else ""
            found.append(
                row(
                    first,
                    f"is accountable to itself{way}",
                    (line for pair in pairwise([*circle, circle[0]]) for line in lines[pair]),
                )
            )
    return sorted(found)


def _circles(network: DiGraph[str]) -> Iterator[list[str]]:
    """Circles that have every line of a network in which all can be reached from all, few of them.

    All circles there are would be too many: bodies that are joined by two lines each double them.
    """
    import networkx as nx

    seen: set[tuple[str, str]] = set()
    for lower, upper in network.edges:
        if (lower, upper) not in seen:
            circle = nx.shortest_path(network, upper, lower)
            start = circle.index(min(circle))
            circle = circle[start:] + circle[:start]
            seen.update(pairwise([*circle, circle[0]]))
            yield circle
