"""What questions are asked in tests: values of the types that their parameters declare."""

from __future__ import annotations

from itertools import chain, cycle, islice, pairwise, product
from math import prod
from typing import TYPE_CHECKING

from tests.strategies import ODD_NAMES, days_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.headers import Parameter, Question
    from orgmodel.structure import Structure

FEW = 200
"""So many questions about a structure are all asked; of more only those that `asked` chooses."""


def given_to(parameter: Parameter, structure: Structure, days: Sequence[str]) -> list[object]:
    """What a parameter is given."""
    values = _each(parameter, structure, days)
    if parameter.several:
        values = [
            *([value] for value in values),
            *map(list, pairwise(values)),
            *([values[:3]] * bool(values)),
        ]
    return [None, *values] if parameter.optional else values


def _each(parameter: Parameter, structure: Structure, days: Sequence[str]) -> list[object]:
    if parameter.allowed:
        return [*parameter.allowed]
    match parameter.types:
        case ("Date",):
            return [*days]
        case ("Integer",):
            return [0, 1, 2, 30]
        case ("Boolean",):
            return [False, True]
        case ("Text",):
            return [*ODD_NAMES, *islice((node.name for node in structure.nodes.values()), 20)]
    return [node.id for label in parameter.types for node in structure.labelled(label)]


def asked(
    question: Question, structure: Structure, days: Sequence[str] | None = None, few: int = FEW
) -> list[dict[str, object]]:
    """What a question is asked about a structure: everything where that is not much.

    Else each value of each parameter in turn, on the days on which anything begins or ends, the days about
    these, today, and each time on an edition too, when most holds.

    Args:
        question: The question.
        structure: What it is asked of.
        days: The days that are asked about; None: those above.
        few: How much is not much.
    """
    chosen_days = [*structure.editions, "today", *days_of(structure)] if days is None else days
    values = [given_to(parameter, structure, chosen_days) for parameter in question.parameters]
    if prod(map(len, values)) <= few:
        chosen = [*product(*values)]
    else:
        editions = [*islice(cycle(structure.editions or chosen_days), len(chosen_days))]
        values = [
            [*chain.from_iterable(zip(editions, one, strict=True))] if one == [*chosen_days] else one
            for one in values
        ]
        # Lists of different lengths meet differently each time round.
        most = max(few, *map(len, values)) if few == FEW else few
        chosen = [*islice(zip(*map(cycle, values), strict=True), most)]
    return [dict(zip((p.name for p in question.parameters), one, strict=True)) for one in chosen]
