"""What rules in Python share: the rows that they give, and the lines of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgmodel.structure import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure


class Row(NamedTuple):
    """A finding of a rule, as the columns of a rule have it."""

    subject_id: str
    subject: str
    message: str
    certainty: str
    citations: tuple[str, ...]


def row(subject: Node, message: str, facts: Iterable[Entity]) -> Row:
    """A finding about a node that follows from some facts."""
    used = [*facts]
    cited = sorted({citation for fact in used for citation in fact.citations})
    return Row(subject.id, subject.name, message, weakest(used), tuple(cited))


def lines_on(structure: Structure, day: str, *types: str) -> Iterator[Relationship]:
    """The relationships of some types that hold on a day, by type and id."""
    for line in structure.relationships.values():
        if line.term in types and structure.holdings[line.id].on(day):
            yield line
