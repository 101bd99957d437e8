"""A chain of accountability is longer than questions follow it.

Severity: error.
Authority: Good practice: whoever is at the foot of a chain can name who answers at the top.
Mend: Look for a line that leads to the wrong body. A chain that is so long in truth is not followed to its
  end by the questions; shorten it in the record to the bodies that hold others to account.

$as_of: Date = today. The day asked about.
$steps: Integer = 30. How many steps are followed.

subject_id, subject: The body at the foot of the chain.
message: How long the chain is, and where it ends.
certainty: The weakest of the lines of the chain.
citations: Where these are taken from; a list.

Sorted by subject_id.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from orgmodel.checks.rows import Row, lines_on, row

if TYPE_CHECKING:
    from networkx import DiGraph

    from orgmodel.model import Relationship
    from orgmodel.structure import Structure


def findings(structure: Structure, *, as_of: str, steps: int) -> list[Row]:
    """The longest chain of each part of the structure that hangs together, where it is too long."""
    import networkx as nx

    lines: dict[tuple[str, str], list[Relationship]] = {}
    for line in lines_on(structure, as_of, "ACCOUNTABLE_TO"):
        lines.setdefault((line.from_id, line.to_id), []).append(line)
    network: DiGraph[str] = nx.DiGraph(sorted(lines))
    found: list[Row] = []
    for together in nx.weakly_connected_components(network):
        chain = _longest(nx.DiGraph([pair for pair in network.edges if pair[0] in together]))
        if len(chain) > steps:
            foot, top = structure.nodes[chain[0][0]], structure.nodes[chain[-1][1]]
            message = (
                f"is at the foot of a chain of accountability of {len(chain)} steps, up to {top.name}; "
                f"questions follow {steps}"
            )
            found.append(row(foot, message, (line for pair in chain for line in lines[pair])))
    return sorted(found)


def _longest(network: DiGraph[str]) -> list[tuple[str, str]]:
    """The steps of the longest chain of a network, the lowest first; those within a circle left out.

    The longest of all ways through circles cannot be found in any time that can be waited for, and a circle
    is found by a rule of its own.
    """
    import networkx as nx

    parts = nx.condensation(network)
    part_of = parts.graph["mapping"]
    steps: dict[tuple[int, int], tuple[str, str]] = {}
    for lower, upper in network.edges:
        steps.setdefault((part_of[lower], part_of[upper]), (lower, upper))
    return [steps[pair] for pair in pairwise(nx.dag_longest_path(parts))]
