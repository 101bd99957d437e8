"""Seating: the places that people sit on, in the order in which they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model import Node
    from orgmodel.structure import Structure


def places(structure: Structure, partnership: str | None, day: str) -> Iterator[Node]:
    """The partnerships and bodies that hold on a day.

    They are by partnership, tier, name and id; each partnership comes before its bodies, bodies that are
    part of none come last.

    Args:
        structure: What they are looked for in.
        partnership: The id of the partnership whose they are; None: all.
        day: The day, as `YYYY-MM-DD`.
    """
    held = [node for node in structure.labelled("Partnership") if structure.holdings[node.id].on(day)]
    found: set[str] = set()
    for whole in sorted(held, key=lambda node: (node.name, node.id)):
        if partnership not in (None, whole.id):
            continue
        yield whole
        tiers = [str(tier) for tier in _texts(whole.get("tiers"))]
        bodies = [body for body in _parts(structure, whole.id, day) if body.id not in found]
        found.update(body.id for body in bodies)
        yield from sorted(
            bodies,
            key=lambda body: (
                tiers.index(str(body.get("tier"))) if body.get("tier") in tiers else len(tiers),
                body.name,
                body.id,
            ),
        )
    if partnership is None:
        others = [
            body
            for body in structure.labelled("Body")
            if body.id not in found and structure.holdings[body.id].on(day)
        ]
        yield from sorted(others, key=lambda body: (body.name, body.id))


def _texts(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


def _parts(structure: Structure, whole: str, day: str) -> Iterator[Node]:
    """The bodies that are part of something on a day, over all steps; each once."""
    waiting, found = [whole], {whole}
    for one in waiting:
        for line in structure.inward(one, "PART_OF"):
            part = structure.nodes[line.from_id]
            if part.term == "Body" and part.id not in found and structure.holdings[line.id].on(day):
                found.add(part.id)
                waiting.append(part.id)
                yield part
