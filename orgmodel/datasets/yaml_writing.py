"""Writing a YAML dataset: the files from which a structure of one dataset is read again.

The form is described in docs/dataset.md. What is left out is what the reader adds: defaults, the citations
of what a thing stands in, ids that are made from what they belong to.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from orgmodel.building import build, line_id, seat_id
from orgmodel.datasets.folder import check_free, write_files
from orgmodel.datasets.yaml import record_of
from orgmodel.datasets.yaml_layout import Brief, Plain, laid_out
from orgmodel.errors import DatasetError, Finding, OrgmodelError, Place, shown
from orgmodel.model import slug
from orgmodel.vocabulary import COMMON, NAMED, NESTINGS, NODE_TYPES, RELATIONSHIP_TYPES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from orgmodel.datasets.yaml_layout import Data
    from orgmodel.model import Dataset, Entity, Node, Relationship
    from orgmodel.records import DatasetRecord
    from orgmodel.structure import Structure
    from orgmodel.vocabulary import Property, ValueType

_HEADER = "dataset"
"""The key of what a dataset says of itself, which stands in one file with its sources."""

_SOURCES = NODE_TYPES["Source"].collection

_DEEPEST = 4
"""So many things stand in one another at most: more would squeeze their texts to the right."""

_AT_TARGET = {(n.type, n.parent): n.key for n in NESTINGS.values() if not n.label}
"""The key for lines that are written at what they lead to, by their type and the label of that."""

_INSIDE = {(n.type, n.label, n.parent): n.key for n in NESTINGS.values() if n.label}
"""The key for things that stand in what a line of theirs leads to, by its type and the labels of both."""

_SHARED = tuple(p for name in ("citations", "certainty", "basis") for p in COMMON if p.name == name)
"""What a line that only says that a thing stands in another has from the thing."""

_LATER = (*(p for p in COMMON if p.name != "id" and p not in _SHARED), *_SHARED)
_OF_NODES = {t.label: (*NAMED, *t.properties, *_LATER) for t in NODE_TYPES.values()}
_OF_LINES = {t.name: (*t.properties, *_LATER) for t in RELATIONSHIP_TYPES.values()}
_TYPES_FROM = {
    label: [t for t in RELATIONSHIP_TYPES.values() if label in t.from_labels] for label in NODE_TYPES
}
_DEFAULTS = {"certainty": "stated", "state": "not-stated"}


def write(structure: Structure, folder: Path) -> list[Path]:
    """Writes a structure as a YAML dataset, from which the same structure is read.

    Args:
        structure: What to write: all of one dataset.
        folder: Where to; it is made where it is not there.

    Returns:
        The files written.

    Raises:
        DatasetError: The structure says what no dataset may; the places of the findings are ids.
        OrgmodelError: The structure is not all of one dataset; or the folder is a file, holds files already
            or cannot be written. Whatever is raised, nothing is written.
    """
    check_free(folder)
    return write_files(folder, _files(structure))


def _files(structure: Structure) -> dict[str, bytes]:
    if len(structure.datasets) != 1:
        ids = ", ".join(dataset.id for dataset in structure.datasets) or "none"
        raise OrgmodelError(f"a folder holds one dataset, and these would be written: {ids}; choose one")
    if structure.day is not None:
        raise OrgmodelError(f"only a whole dataset can be written, not what of it holds on {structure.day}")
    writer = _Writer(structure)
    files = {name: text.encode() for name, text in writer.files()}
    record, findings = record_of(files)
    try:
        again = build(record, findings)
    except DatasetError as error:
        owners = _Owners(record, writer.ids, structure.datasets[0].id)
        raise DatasetError(Finding(owners.at(f.place), f.message) for f in error.findings) from None
    if again != structure:
        raise DatasetError(_unsayable(structure, again))
    return files


class _Owners:
    """Which node or relationship stands where in files that nobody gets to see."""

    def __init__(self, record: DatasetRecord, ids: Mapping[str, Sequence[str]], dataset: str) -> None:
        self._ids = ids
        self._dataset = dataset
        self._starts: dict[str, list[Place]] = {}
        for place in sorted({*(n.place for n in record.nodes), *(r.place for r in record.relationships)}):
            self._starts.setdefault(place.file, []).append(place)

    def at(self, place: Place) -> Place:
        """The id of what begins last before a place, as a place itself."""
        before = bisect_right(self._starts.get(place.file, ()), place)
        return Place(self._ids[place.file][before - 1] if before else self._dataset)


def _unsayable(structure: Structure, again: Structure) -> list[Finding]:
    """What would be read otherwise than it was said: the model allows more than a dataset has words for."""
    findings: list[Finding] = []
    pairs: Iterable[tuple[Mapping[str, Entity], Mapping[str, Entity]]] = (
        (structure.nodes, again.nodes),
        (structure.relationships, again.relationships),
    )
    for ours, theirs in pairs:
        for i in sorted(ours.keys() & theirs.keys()):
            for name in type(ours[i]).model_fields:
                said, read = ours[i].get(name), theirs[i].get(name)
                if said != read:
                    message = f"{name} {shown(said)} cannot be written: it would be read as {shown(read)}"
                    findings.append(Finding(Place(i), message))
    for i in sorted(structure.holdings.keys() & again.holdings.keys()):
        held, holds = structure.holdings[i], again.holdings[i]
        if not findings and held != holds:
            message = f"it holds {held.in_words()}, but {holds.in_words()} by what the dataset says"
            findings.append(Finding(Place(i), message))
    message = "the structure says more than one dataset can"
    return findings or [Finding(Place(structure.datasets[0].id), message)]


class _Writer:
    """The text of each file; `ids` has, by file, what stands in it, in that order."""

    def __init__(self, structure: Structure) -> None:
        self.ids: dict[str, list[str]] = {}
        self._here: list[str] = []
        self._structure = structure
        self._implied: dict[str, Relationship] = {}
        self._inside: dict[tuple[str, str], list[Node]] = {}
        self._nest()

    def files(self) -> Iterator[tuple[str, str]]:
        """The name and the text of each file."""
        alone: dict[str, list[Node]] = {}
        for node in self._structure.nodes.values():
            if node.id not in self._implied:
                alone.setdefault(NODE_TYPES[node.term].collection, []).append(node)
        (dataset,) = self._structure.datasets
        header = [laid_out({_HEADER: _said_of(dataset)})]
        file = f"{_HEADER}.yaml"
        if _SOURCES in alone:
            header.append(self._collection(file, _SOURCES, alone.pop(_SOURCES)))
        yield file, "\n".join(header)
        for declared in NODE_TYPES.values():
            key, file = declared.collection, f"{declared.collection}.yaml"
            if key in alone:
                yield file, self._collection(file, key, alone[key])

    def _collection(self, file: str, key: str, nodes: Iterable[Node]) -> str:
        self._here = self.ids[file] = []
        return laid_out({key: [self._node(node, ()) for node in _in_order(nodes)]})

    # What stands in what

    def _nest(self) -> None:
        wanted: dict[str, Relationship] = {}
        inside: dict[str, list[Node]] = {}
        for node in self._structure.nodes.values():
            line = next(self._implying(node), None)
            if line is not None:
                wanted[node.id] = line
                inside.setdefault(line.to_id, []).append(node)
        # From the outermost inwards: what goes round in a circle is not reached, and so stands alone.
        waiting = [(node, 1) for node in self._structure.nodes.values() if node.id not in wanted]
        while waiting:
            outer, depth = waiting.pop()
            for node in inside.get(outer.id, ()):
                if depth < _DEEPEST:
                    line = self._implied[node.id] = wanted[node.id]
                    key = _INSIDE[line.term, node.term, outer.term]
                    self._inside.setdefault((outer.id, key), []).append(node)
                waiting.append((node, depth % _DEEPEST + 1))

    def _implying(self, node: Node) -> Iterator[Relationship]:
        """The lines of a node that say no more than that it stands in what they lead to."""
        for line in self._outward(node):
            if (
                (line.term, node.term, self._label(line.to_id)) in _INSIDE
                and line.id == line_id(line.from_id, line.term, line.to_id)
                and all(
                    line.get(p.name) == (node.get(p.name) if p in _SHARED else None)
                    for p in _OF_LINES[line.term]
                )
            ):
                yield line

    def _outward(self, node: Node) -> list[Relationship]:
        return [
            line
            for declared in _TYPES_FROM[node.term]
            for line in _sorted(self._structure.outward(node.id, declared.name))
        ]

    def _label(self, node_id: str) -> str:
        return self._structure.nodes[node_id].term

    # Nodes and relationships

    def _node(self, node: Node, inherited: tuple[str, ...]) -> dict[str, Data]:
        self._here.append(node.id)
        named = self._named_seat(node) if node.term == "Seat" else {"id": node.id}
        said = _said(node, _OF_NODES[node.term], inherited)
        # What a thing is called comes before the word that only tells it from another.
        said = {**(named if "id" in named else {}), "name": said["name"], **named, **said}
        lines: dict[str, list[Relationship]] = {}
        for line in self._outward(node):
            at_target = (line.term, self._label(line.to_id)) in _AT_TARGET
            if line is not self._implied.get(node.id) and not at_target:
                lines.setdefault(RELATIONSHIP_TYPES[line.term].key, []).append(line)
        for key, some in lines.items():
            said[key] = _one_or_several([self._line(line, "to", node) for line in some])
        for (line_type, label), key in _AT_TARGET.items():
            if label == node.term and (some := _sorted(self._structure.inward(node.id, line_type))):
                said[key] = _one_or_several([self._line(line, "from", node) for line in some])
        for (_, _, label), key in _INSIDE.items():
            if label == node.term and (nodes := self._inside.get((node.id, key))):
                said[key] = [self._node(inner, node.citations) for inner in _in_order(nodes)]
        return said

    def _named_seat(self, seat: Node) -> dict[str, Data]:
        on = self._structure.outward(seat.id, "ON")
        if len(on) != 1:
            return {"id": seat.id}
        fillers = [line.to_id for line in self._structure.outward(seat.id, "FILLED_BY")]
        posts = [filler for filler in fillers if self._label(filler) != "Person"]
        whom = [line.to_id for line in self._structure.outward(seat.id, "REPRESENTS")] or posts
        return _named(seat, seat_id(on[0].to_id, str(seat.get("role")), whom, seat.name))

    def _line(self, line: Relationship, end: str, at: Node) -> Data:
        self._here.append(line.id)
        other = line.to_id if end == "to" else line.from_id
        named = _named(line, line_id(line.from_id, line.term, line.to_id))
        said = {**named, **_said(line, _OF_LINES[line.term], at.citations)}
        return Brief({end: other, **said}) if said else other


def _one_or_several(lines: list[Data]) -> Data:
    return lines if len(lines) > 1 else lines[0]


def _sorted(lines: Iterable[Relationship]) -> list[Relationship]:
    return sorted(lines, key=lambda line: (line.from_id, line.to_id, line.id))


def _in_order(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: (ROLES.index(str(node.get("role") or ROLES[0])), node.id))


# What is said, and what goes without saying


def _said_of(dataset: Dataset) -> dict[str, Data]:
    said: dict[str, Data] = {"id": dataset.id, "name": dataset.name}
    if dataset.disclaimer is not None:
        said["disclaimer"] = dataset.disclaimer
    editions: list[Data] = []
    for edition in dataset.editions:
        named: dict[str, Data] = {} if edition.name is None else {"name": edition.name}
        editions.append(Brief({"id": edition.id, **named, "date": Plain(edition.date)}))
    waivers: list[Data] = [
        Brief(
            {
                "rule": waiver.rule,
                **({} if waiver.subject is None else {"subject": waiver.subject}),
                "reason": waiver.reason,
                "until": Plain(waiver.until),
            }
        )
        for waiver in dataset.waivers
    ]
    lists: dict[str, list[Data]] = {"editions": editions, "waivers": waivers}
    return {**said, **{name: entries for name, entries in lists.items() if entries}}


def _said(entity: Entity, properties: Iterable[Property], inherited: tuple[str, ...]) -> dict[str, Data]:
    said: dict[str, Data] = {}
    for declared in properties:
        name, value = declared.name, entity.get(declared.name)
        # What has no citations says so, where it would take over others.
        known = inherited if name == "citations" else _DEFAULTS.get(name)
        if value is not None and value != known and (value != () or name == "citations"):
            said[name] = _data(value, declared.type)
    return said


def _data(value: str | float | tuple[str, ...], wanted: ValueType) -> Data:
    if isinstance(value, tuple):
        return list(value)
    return Plain(value) if isinstance(value, str) and wanted == "date" else value


def _named(entity: Entity, made: str) -> dict[str, Data]:
    """How an id is said: not at all where it is the one that would be made, by a key, or as it is."""
    if entity.id == made:
        return {}
    word = entity.id.removeprefix(f"{made}--")
    return {"key": word} if word not in {entity.id, ""} and word == slug(word) else {"id": entity.id}
