"""A profile: one node with all that is said of it and all that it is connected to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from orgmodel.holding import Holding
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from rich.console import Console

    from orgmodel.model import Entity, Node, Relationship, Value
    from orgmodel.structure import Structure


@dataclass(frozen=True, slots=True)
class Connection:
    """One relationship of the node: `outward` tells whether it leads from the node or to it.

    `details` are the relationship's own properties, by name.
    """

    id: str
    relation: str
    outward: bool
    other_id: str
    other_label: str
    other: str
    details: dict[str, Value]
    holds_from: str
    holds_to: str
    certainty: str
    basis: str | None
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One node: its label, what is said of it by property, when it holds, and its connections."""

    id: str
    label: str
    name: str
    properties: dict[str, Value]
    holds_from: str
    holds_to: str
    last_seen: str | None
    connections: tuple[Connection, ...]


def of(structure: Structure, text: str, *, people: bool = False) -> Profile:
    """The profile of the node that a text means.

    Args:
        structure: Where to look.
        text: An id, name, short name or alias.
        people: Whether people who hold posts may be named.

    Raises:
        NameNotFoundError: Nothing has that name.
        AmbiguousNameError: Several things have it.
    """
    labels = [label for label in NODE_TYPES if people or label != "Person"]
    node = structure.find(text, *labels)
    held = structure.holdings[node.id]
    own = NODE_TYPES[node.term].all_properties
    lines = [
        *structure.outward(node.id, *RELATIONSHIP_TYPES),
        *structure.inward(node.id, *RELATIONSHIP_TYPES),
    ]
    connections = (_connection(structure, node, line) for line in lines)
    return Profile(
        node.id,
        node.term,
        node.name,
        _said(node, [p.name for p in own if p.name not in {"id", "name"}]),
        held.holds_from,
        held.holds_to,
        held.last_seen,
        tuple(c for c in connections if people or c.other_label != "Person"),
    )


def _said(entity: Entity, names: list[str]) -> dict[str, Value]:
    return {name: value for name in names if (value := entity.get(name)) not in (None, ())}


def _connection(structure: Structure, node: Node, line: Relationship) -> Connection:
    outward = line.from_id == node.id
    other = structure.nodes[line.to_id if outward else line.from_id]
    held = structure.holdings[line.id]
    own = [p.name for p in RELATIONSHIP_TYPES[line.term].properties] + ["note"]
    return Connection(
        line.id,
        line.term,
        outward,
        other.id,
        other.term,
        other.name,
        _said(line, own),
        held.holds_from,
        held.holds_to,
        line.certainty,
        line.basis,
        line.citations,
    )


def to_json(profile: Profile) -> str:
    """The profile as a JSON object."""
    return json.dumps(asdict(profile), ensure_ascii=False, indent=2) + "\n"


def print_profile(profile: Profile, console: Console) -> None:
    """Prints a profile: what is said of the node, then its connections, a paragraph each."""
    from rich.padding import Padding
    from rich.text import Text

    from orgmodel.tables import as_text

    console.print(Text(profile.name, style="bold"))
    console.print(Text(f"{profile.label} {profile.id}; {_when(profile.holds_from, profile.holds_to)}"))
    for name, value in profile.properties.items():
        console.print(Padding(Text(f"{name.replace('_', ' ')}: {as_text(value)}"), (0, 0, 0, 2)))
    if profile.last_seen:
        console.print(Padding(Text(f"last named by a source: {profile.last_seen}"), (0, 0, 0, 2)))
    heading = None
    for connection in profile.connections:
        relation = connection.relation.lower().replace("_", " ")
        wanted = f"{relation} ->" if connection.outward else f"<- {relation}"
        if wanted != heading:
            heading = wanted
            console.print()
            console.print(Text(wanted, style="bold"))
        said = [f"{connection.other} ({connection.other_label} {connection.other_id})"]
        said += [f"{name.replace('_', ' ')}: {as_text(value)}" for name, value in connection.details.items()]
        said.append(_when(connection.holds_from, connection.holds_to))
        if connection.certainty != "stated":
            said.append(f"{connection.certainty}: {str(connection.basis).rstrip('.')}")
        said.append(f"[{'; '.join(connection.citations)}]")
        console.print(Padding(Text("; ".join(said)), (0, 0, 0, 2)))


def _when(begins: str, ends: str) -> str:
    held = Holding(begins, ends)
    return "holds on no day" if held.is_empty else held.in_words()
