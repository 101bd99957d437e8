"""The property graph of a structure: rows for nodes and relationships, as a store takes them, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pydantic import ValidationError

from orgmodel.errors import DatasetError, Finding, Place
from orgmodel.holding import Holding
from orgmodel.model import Node, Relationship, node_class, relationship_class
from orgmodel.structure import Structure, Version
from orgmodel.vocabulary import DERIVED, NODE_TYPES, RELATIONSHIP_TYPES
from orgmodel.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from orgmodel.model import Dataset, Entity
    from orgmodel.vocabulary import NodeType, RelationshipType

_ADDED: Final = (*(p.name for p in DERIVED), "datasets", "versions")
_ALWAYS: Final = frozenset({"citations", "aliases"})
"""Lists that every entity has, if empty ones: a question about them must find a list."""


class _Form:
    """What entities of one label or type can say, in the order of the vocabulary."""

    def __init__(self, declared: NodeType | RelationshipType) -> None:
        self.names = tuple(p.name for p in declared.all_properties)
        self.said = itemgetter(*self.names)
        kinds = [p.type for p in declared.all_properties]
        self.lists = tuple(i for i, kind in enumerate(kinds) if kind == "texts")
        self.numbers = tuple(i for i, kind in enumerate(kinds) if kind in {"integer", "number"})

    def values(self, entity: Entity) -> list[Any]:
        """What an entity says, as a graph has it: lists of text, None for nothing."""
        found = [*self.said(entity.__dict__)]
        for i in self.lists:
            found[i] = [*found[i]] if found[i] or self.names[i] in _ALWAYS else None
        return found


_FORMS: Final = {
    **{label: _Form(declared) for label, declared in NODE_TYPES.items()},
    **{name: _Form(declared) for name, declared in RELATIONSHIP_TYPES.items()},
}
PROPERTIES: Final = {term: (*form.names, *_ADDED) for term, form in _FORMS.items()}
"""The names of all properties that things of a label or type can have in a graph, by label and type."""

GraphValue: TypeAlias = "str | int | float | list[str]"
Properties: TypeAlias = "dict[str, GraphValue]"
Row: TypeAlias = "dict[str, object]"


class Rows:
    """Rows of one label, or of one type between two labels; made anew each time they are gone through."""

    def __init__(self, entities: Sequence[Entity], row: Callable[[Entity], Row]) -> None:
        self._entities = entities
        self._row = row

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._entities)


@dataclass(frozen=True, slots=True)
class Graph:
    """Rows of a property graph.

    `nodes` has, by label, rows with `id` and `props`; `relationships` has, by label from, type and label
    to, rows with `id`, `from`, `to` and `props`.
    """

    nodes: Mapping[str, Rows]
    relationships: Mapping[tuple[str, str, str], Rows]


def graph_of(structure: Structure) -> Graph:
    """The property graph of a structure, dates as ISO 8601 text, lists as lists of text.

    What several datasets state has in `versions` what each of them says of it: a list of JSON objects in the
    order of `datasets`.
    """
    labels: dict[str, str] = {}
    nodes: dict[str, list[Entity]] = {}
    lines: dict[tuple[str, str, str], list[Entity]] = {}
    for node in structure.nodes.values():
        labels[node.id] = node.term
        nodes.setdefault(node.term, []).append(node)
    for line in structure.relationships.values():
        key = labels[line.from_id], line.term, labels[line.to_id]
        lines.setdefault(key, []).append(line)

    def properties(entity: Entity) -> Properties:
        return properties_of(entity, structure.holdings[entity.id], structure.versions.get(entity.id, ()))

    def node_row(node: Entity) -> Row:
        return {"id": node.id, "props": properties(node)}

    def line_row(line: Entity) -> Row:
        return {
            "id": line.id,
            "from": line.get("from_id"),
            "to": line.get("to_id"),
            "props": properties(line),
        }

    return Graph(
        {label: Rows(entities, node_row) for label, entities in nodes.items()},
        {key: Rows(entities, line_row) for key, entities in lines.items()},
    )


def properties_of(entity: Entity, holding: Holding, versions: Sequence[Version] = ()) -> Properties:
    """The properties of an entity in a graph; `versions` as in `Structure`."""
    form = _FORMS[entity.term]
    values = zip(form.names, form.values(entity), strict=True)
    found: Properties = {name: value for name, value in values if value is not None}
    found["holds_from"] = holding.holds_from
    found["holds_to"] = holding.holds_to
    if holding.last_seen is not None:
        found["last_seen"] = holding.last_seen
    found["datasets"] = list(entity.datasets)
    if versions:
        found["versions"] = [_as_json(version) for version in versions]
    return found


def is_kept(entity: Entity, holding: Holding, values: Sequence[object]) -> bool:
    """Whether a graph has of an entity just what `properties_of` gives.

    Args:
        entity: What one dataset alone states.
        holding: When it holds.
        values: What the graph has: a value for each of `PROPERTIES`, None for none.
    """
    form = _FORMS[entity.term]
    wanted = form.values(entity)
    wanted += (holding.holds_from, holding.holds_to, holding.last_seen, [*entity.datasets], None)
    # What is equal to Python may differ for a server: 1, 1.0 and true.
    return wanted == values and all(wanted[i].__class__ is values[i].__class__ for i in form.numbers)


def _as_json(version: Version) -> str:
    said = {k: v for k, v in properties_of(*version).items() if k != "datasets"}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Stored:
    """A node or relationship as a graph has it: its label or type, its properties, its ends."""

    term: str
    properties: Mapping[str, object]
    from_id: str | None = None
    to_id: str | None = None

    @property
    def name(self) -> str:
        """Its id, as a finding names it."""
        return str(self.properties.get("id") or "without an id")

    def said(self) -> dict[str, Version]:
        """What each of its datasets says of it, by id of the dataset.

        Raises:
            ValidationError: It is not what orgmodel writes.
            ValueError: Likewise.
        """
        datasets = self.properties.get("datasets")
        versions = self.properties.get("versions") or [dict(self.properties)]
        if not isinstance(datasets, list) or not isinstance(versions, list) or not datasets:
            raise ValueError("datasets must be a list")
        whole = [json.loads(version) if isinstance(version, str) else version for version in versions]
        return {
            str(dataset): self._version(said, str(dataset))
            for dataset, said in zip(datasets, whole, strict=True)
        }

    def _version(self, said: Mapping[str, object], dataset: str) -> Version:
        fields = {k: v for k, v in said.items() if k not in _ADDED}
        fields["datasets"] = (dataset,)
        entity: Entity
        if self.from_id is None:
            entity = node_class(self.term).model_validate(fields)
        else:
            fields |= {"from_id": self.from_id, "to_id": self.to_id}
            entity = relationship_class(self.term).model_validate(fields)
        seen = said.get("last_seen")
        held = Holding(
            str(said.get("holds_from")), str(said.get("holds_to")), None if seen is None else str(seen)
        )
        return Version(entity, held)


def structure_of(datasets: Iterable[Dataset], stored: Iterable[Stored], where: str) -> Structure:
    """The structure that a graph was made from.

    Args:
        datasets: What the datasets say of themselves.
        stored: All nodes and relationships of them.
        where: The graph, as findings name it.

    Raises:
        DatasetError: The graph was changed into one that no structure has.
    """
    return _Parts(list(datasets), where).structure(stored)


class _Parts:
    """What each dataset says, gathered from a graph."""

    def __init__(self, datasets: Sequence[Dataset], where: str) -> None:
        self.datasets = datasets
        self.where = where
        self.nodes: dict[str, dict[str, Node]] = {dataset.id: {} for dataset in datasets}
        self.lines: dict[str, dict[str, Relationship]] = {dataset.id: {} for dataset in datasets}
        self.findings: list[Finding] = []
        self.unread: set[str] = set()

    def structure(self, stored: Iterable[Stored]) -> Structure:
        for one in stored:
            for dataset, version in self._said(one).items():
                self._take(one, dataset, version.entity)
        for dataset, lines in self.lines.items():
            for line in lines.values():
                for end in sorted({line.from_id, line.to_id} - self.nodes[dataset].keys() - self.unread):
                    message = f"leads to or from {end!r}, of which {dataset!r} says nothing"
                    self._find(line.term, line.id, message)
        if self.findings:
            raise DatasetError(self.findings)
        parts = [
            Structure.of([d], self.nodes[d.id].values(), self.lines[d.id].values()) for d in self.datasets
        ]
        return parts[0].merge(*parts[1:]) if parts else Structure.of([], [], [])

    def _find(self, term: str, name: str, message: str) -> None:
        self.findings.append(
            Finding(Place(f"{self.where} {term} {name}"), f"{message}; load its dataset again")
        )

    def _said(self, one: Stored) -> dict[str, Version]:
        try:
            return one.said()
        except ValidationError as error:
            for detail in error.errors():
                name = str(detail["loc"][0]) if detail["loc"] else one.term
                self._find(one.term, one.name, in_words(detail, one.term, name))
        except (ValueError, TypeError, AttributeError):
            self._find(one.term, one.name, "its `datasets` and `versions` do not tell who says what of it")
        self.unread.add(one.name)
        return {}

    def _take(self, one: Stored, dataset: str, entity: Entity) -> None:
        if dataset not in self.nodes:
            self._find(one.term, one.name, f"there is no record of its dataset {dataset!r}")
        elif isinstance(entity, Relationship):
            self.lines[dataset][entity.id] = entity
        elif isinstance(entity, Node):
            self.nodes[dataset][entity.id] = entity
