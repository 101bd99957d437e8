"""Which partnership a chart is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.errors import ChartError

if TYPE_CHECKING:
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure

NO_PARTNERSHIP: Final = "Partnership not stated"
"""Under what stands that is stated to be part of none."""


def chosen(structure: Structure, partnership: str | None) -> Node:
    """The partnership that is meant.

    Args:
        structure: Where it is looked for.
        partnership: Its id or a name of it; None: the only one there is.

    Raises:
        ChartError: There is none, or there are several and none was named.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    if partnership is not None:
        return structure.find(partnership, "Partnership")
    found = structure.labelled("Partnership")
    if len(found) == 1:
        return found[0]
    if not found and structure.day is None:
        raise ChartError("no partnership is known")
    if not found:
        raise ChartError(f"no partnership is known on {structure.day}: give another day with --as-of")
    names = ", ".join(node.id for node in found)
    raise ChartError(f"there are {len(found)} partnerships ({names}): choose one with --partnership")


def parts_above(structure: Structure, body: str) -> list[Relationship]:
    """What says of what a body is part, over any number of steps, and can be read in one way only.

    Args:
        structure: Where it is looked for.
        body: The id of the body.
    """
    found: list[Relationship] = []
    seen: set[str] = set()
    waiting = [body]
    for one in waiting:
        for line in structure.outward(one, "PART_OF"):
            if line.to_id not in seen and line.certainty != "ambiguous":
                seen.add(line.to_id)
                waiting.append(line.to_id)
                found.append(line)
    return found


def whole_of(structure: Structure, body: str) -> str | None:
    """The id of the partnership that a body is part of, over any number of steps; the first by id of several.

    Args:
        structure: Where it is looked for.
        body: The id of the body.
    """
    above = {line.to_id for line in parts_above(structure, body)}
    return min((i for i in above if structure.nodes[i].term == "Partnership"), default=None)
