"""What the benchmarks ask: each named query about something small, middling and large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.england import to_ask
from orgmodel.headers import BOOLEAN, DATE, INTEGER
from orgmodel.queries import NamedQuery
from orgmodel.questions import Questions

if TYPE_CHECKING:
    from orgmodel.headers import Parameter
    from orgmodel.structure import Structure

AS_OF = "2025-01-01"


def asked(structure: Structure) -> dict[str, list[dict[str, object]]]:
    """By the name of each named query, the values of its parameters, three times over.

    What may be left out is left out, save the partnership: the questions are about one.
    """
    sizes: dict[str, list[str]] = {}
    found: dict[str, list[dict[str, object]]] = {}
    for name, question in Questions().items():
        if not isinstance(question, NamedQuery):
            continue
        columns = {p.name: _values(p, structure, sizes) for p in question.parameters}
        found[name] = [{n: values[i] for n, values in columns.items()} for i in range(3)]
    return found


def _values(parameter: Parameter, structure: Structure, sizes: dict[str, list[str]]) -> list[object]:
    if parameter.types == (DATE,):
        return [None if parameter.optional else AS_OF] * 3
    if parameter.names_a_node and (not parameter.optional or parameter.name == "partnership"):
        label = parameter.types[0]
        if label not in sizes:
            sizes[label] = [*to_ask(structure, label, AS_OF).values()]
        nodes = sizes[label]
        if parameter.several:
            return [nodes[:2], nodes[1:], nodes]
        # Two parameters of one label are two things.
        return [*nodes[1:], nodes[0]] if parameter.name.startswith(("not_", "to_")) else [*nodes]
    if parameter.optional or parameter.default is None:
        return [None] * 3
    if parameter.types == (INTEGER,):
        return [int(parameter.default)] * 3
    return [parameter.default == "true" if parameter.types == (BOOLEAN,) else parameter.default] * 3
