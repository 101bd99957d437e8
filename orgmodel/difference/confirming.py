"""What the newest source does not name and the newest of before did: no longer confirmed, which is no end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.difference.sides import TAKEN_IN, Found
from orgmodel.model import Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.difference.sides import Side
    from orgmodel.model import Entity

_CONFIRMED: Final = frozenset(
    {
        "Partnership",
        "Body",
        "Seat",
        "Agreement",
        "ACCOUNTABLE_TO",
        "ACTS_FOR",
        "REPORTS_TO",
        "PART_OF",
        "FILLED_BY",
        "REPRESENTS",
        "PARTY_TO",
        "SUPPORTS",
        "HOSTED_BY",
        "INFORMS",
        "WORKS_WITH",
        "SCRUTINISES",
    }
)
"""What a later document would name if it still were so. An Act, a plan or a requirement stands until it ends,
and an organisation or a post in one is there whether or not a document of the partnership names it."""


def unconfirmed(a: Side, b: Side, shared: Iterable[str]) -> list[Found]:
    """What the newest source of A or one after it names and the newest of B does not, each with its lines.

    Args:
        a: The one side.
        b: The other.
        shared: What is there on both.
    """
    entities = [b.entity(one) for one in sorted(shared) if _is_unconfirmed(a, b, b.entity(one))]
    told = {e.id: Found(e, []) for e in entities if not isinstance(e, Relationship)}
    for line in entities:
        if isinstance(line, Relationship):
            about = line.to_id if line.term in TAKEN_IN else line.from_id
            if about in told:
                told[about].lines.append(line)
            else:
                told[line.id] = Found(line, [])
    return [*told.values()]


def _is_unconfirmed(a: Side, b: Side, entity: Entity) -> bool:
    if entity.term not in _CONFIRMED:
        return False
    if (
        isinstance(entity, Relationship)
        and entity.term == "PART_OF"
        and b.node(entity.from_id).term not in _CONFIRMED
    ):
        return False
    first = a.dating.newest(a.day, entity.datasets)
    last = b.dating.newest(b.day, entity.datasets)
    named = b.dating.last_named(entity)
    return first is not None and last is not None and named is not None and first <= named < last
