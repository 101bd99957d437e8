"""From records to a structure: every entity validated, every reference resolved, all findings at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from orgmodel.dates import first_day, last_day
from orgmodel.errors import (
    AmbiguousNameError,
    DatasetError,
    DateError,
    Finding,
    NameNotFoundError,
    Place,
    choices,
    nearest,
)
from orgmodel.holding import source_of
from orgmodel.model import Dataset, Node, Relationship, node_class, relationship_class
from orgmodel.names import Named, Names
from orgmodel.records import NodeRecord, RelationshipRecord
from orgmodel.structure import Structure
from orgmodel.vocabulary import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from orgmodel.records import DatasetRecord


def build(record: DatasetRecord, findings: Iterable[Finding] = ()) -> Structure:
    """The structure that a dataset describes.

    Args:
        record: All that a reader found.
        findings: What the reader itself found wrong.

    Raises:
        DatasetError: Something is wrong; the error has everything that is.
    """
    return _Builder(record, findings).build()


class _Builder:
    def __init__(self, record: DatasetRecord, findings: Iterable[Finding]) -> None:
        self.record = record
        self.findings = list(findings)
        self.ids: dict[NodeRecord, str] = {}
        self.places: dict[str, Place] = {}
        self.ends: dict[RelationshipRecord, tuple[NodeRecord, NodeRecord]] = {}
        self.by_id: dict[str, NodeRecord] = {}
        self.dangling: set[tuple[NodeRecord, str]] = set()
        self.line_ids: dict[str, RelationshipRecord] = {}

    def build(self) -> Structure:
        dataset = self._dataset()
        self._name_nodes()
        # A seat's id is made from its own lines; only then can others refer to it.
        self._resolve(of_seats=True)
        self._name_seats()
        self._resolve(of_seats=False)
        nodes = self._nodes(dataset)
        lines = self._relationships(dataset, nodes)
        self._check_citations(nodes)
        self._check_whole(nodes, lines)
        if self.findings:
            raise DatasetError(self.findings)
        assert dataset is not None
        return Structure.of(
            [dataset], [n for n, _ in nodes.values()], [r for r, _ in lines.values()], self.places
        )

    def _find(self, place: Place, message: str) -> None:
        self.findings.append(Finding(place, message))

    # What the dataset says of itself

    def _dataset(self) -> Dataset | None:
        if self.record.header is None:
            return None
        try:
            dataset = Dataset.model_validate(self.record.header)
        except ValidationError as error:
            for detail in error.errors():
                self._report(detail, self.record.place, self.record.places, "dataset")
            return None
        seen: set[str] = set()
        for i, edition in enumerate(dataset.editions):
            place = self.record.places.get(f"editions.{i}.id", self.record.place)
            if edition.id in seen:
                self._find(place, f"{edition.id!r} is already the id of an edition")
            elif edition.id == TODAY:
                self._find(place, f"no edition can be called {TODAY!r}: that is the day on which one asks")
            seen.add(edition.id)
        return dataset

    # Ids and references

    def _name_nodes(self) -> None:
        for node in self.record.nodes:
            given = node.fields.get("id")
            if isinstance(given, str) and given.strip():
                self._claim(node, given.strip())
            elif given is None and node.label != "Seat":
                instance = slug(str(node.fields.get("name", "")))
                hint = f", for instance {shown(instance)}" if instance else ""
                self._find(node.place, f"{node.label} without an id: add one{hint}")

    def _claim(self, node: NodeRecord, node_id: str, hint: str = "") -> None:
        other = self.by_id.get(node_id)
        if other is not None:
            of = f"the {other.label} at {other.at('id')}"
            self._find(node.at("id"), f"{shown(node_id)} is already the id of {of}{hint}")
            return
        self.by_id[node_id] = node
        self.ids[node] = node_id
        self.places[node_id] = node.place

    def _resolve(self, *, of_seats: bool) -> None:
        names = Names(
            Named(
                node_id,
                node.label,
                str(node.fields.get("name") or node_id),
                tuple(
                    str(text)
                    for text in (node.fields.get("short_name"), *_listed(node.fields.get("aliases")))
                    if text
                ),
            )
            for node_id, node in self.by_id.items()
        )
        for line in self.record.relationships:
            if (isinstance(line.source, NodeRecord) and line.source.label == "Seat") is not of_seats:
                continue
            declared = RELATIONSHIP_TYPES[line.type]
            source = self._end(names, line, line.source, declared.from_labels, "from")
            if source is None:
                continue
            target = self._end(names, line, line.target, declared.to_labels(source.label), "to")
            if target is None:
                self.dangling.add((source, line.type))
            else:
                self.ends[line] = (source, target)

    def _end(
        self,
        names: Names,
        line: RelationshipRecord,
        end: NodeRecord | str,
        allowed: frozenset[str],
        which: str,
    ) -> NodeRecord | None:
        if isinstance(end, NodeRecord):
            return end
        key = RELATIONSHIP_TYPES[line.type].key
        try:
            return self.by_id[names.find(end, allowed).id]
        except AmbiguousNameError as error:
            self._find(line.at(which), f"{key}: {error}")
        except NameNotFoundError as error:
            try:
                wrong = names.find(end)
            except (NameNotFoundError, AmbiguousNameError):
                if self.record.complete:
                    self._find(line.at(which), f"{key}: {error}")
            else:
                self._find(
                    line.at(which),
                    f"{key} must lead {which} {_either(allowed)}; {shown(end)} is a {wrong.label}",
                )
        return None

    def _name_seats(self) -> None:
        about: dict[NodeRecord, dict[str, list[NodeRecord]]] = {}
        for line, (source, target) in self.ends.items():
            if source.label == "Seat":
                about.setdefault(source, {}).setdefault(line.type, []).append(target)
        for seat in self.record.nodes:
            if seat.label != "Seat":
                continue
            bodies = about.get(seat, {}).get("ON", [])
            if len(bodies) > 1:
                several = ", ".join(sorted(self.ids[body] for body in bodies if body in self.ids))
                self._find(seat.place, f"a seat must be on one body or partnership; this is on {several}")
            elif not bodies and (seat, "ON") not in self.dangling:
                self._find(seat.place, "a seat must be on a body or partnership: nest it under one or say `on`")
            if seat in self.ids or "id" in seat.fields or len(bodies) != 1 or bodies[0] not in self.ids:
                continue
            whom = about[seat].get("REPRESENTS") or about[seat].get("FILLED_BY") or []
            if not whom and self.dangling & {(seat, "REPRESENTS"), (seat, "FILLED_BY")}:
                continue
            last = sorted(self.ids[w] for w in whom if w in self.ids) or [slug(str(seat.fields.get("name", "")))]
            parts = [self.ids[bodies[0]], slug(str(seat.fields.get("role", ""))), *last]
            if seat.key:
                parts.append(slug(seat.key))
            self._claim(seat, "--".join(part for part in parts if part), ": give each a `key`, a word of its own")

    # Entities

    def _nodes(self, dataset: Dataset | None) -> dict[str, tuple[Node, NodeRecord]]:
        made: dict[str, tuple[Node, NodeRecord]] = {}
        for node in self.record.nodes:
            node_id = self.ids.get(node)
            fields = {"id": _NOT_KNOWN, **node.fields, **_from(dataset)}
            if node_id is not None:
                fields["id"] = node_id
            if node.label == "Seat":
                fields.setdefault("state", "not-stated")
            try:
                entity = node_class(node.label).model_validate(fields)
            except ValidationError as error:
                for detail in error.errors():
                    self._report(detail, node.place, node.places, node.label)
                continue
            self._check_entity(entity, node.place, node.places)
            if node_id is not None:
                made[node_id] = entity, node
        return made

    def _relationships(
        self, dataset: Dataset | None, nodes: Mapping[str, object]
    ) -> dict[str, tuple[Relationship, RelationshipRecord]]:
        made: dict[str, tuple[Relationship, RelationshipRecord]] = {}
        for line, (source, target) in self.ends.items():
            key = RELATIONSHIP_TYPES[line.type].key
            # An end that has no good id is found where it stands, not once more at each of its lines.
            ends = [
                found if found in nodes else None for found in (self.ids.get(source), self.ids.get(target))
            ]
            line_id = "--".join([ends[0] or "", slug(key), ends[1] or "", slug(line.key or "")]).strip("-")
            fields = {"id": line_id, **line.fields, **_from(dataset)}
            fields |= {"from_id": ends[0] or _NOT_KNOWN, "to_id": ends[1] or _NOT_KNOWN}
            try:
                entity = relationship_class(line.type).model_validate(fields)
            except ValidationError as error:
                for detail in error.errors():
                    self._report(detail, line.place, line.places, key)
                entity = None
            else:
                self._check_entity(entity, line.place, line.places)
                line_id = entity.id
            if None in ends:
                continue
            if line_id in self.places:
                self._report_same(line, key, line_id)
                continue
            self.line_ids[line_id] = line
            self.places[line_id] = line.place
            if entity is not None:
                made[line_id] = entity, line
        return made

    def _report_same(self, line: RelationshipRecord, key: str, line_id: str) -> None:
        there = self.places[line_id]
        if "id" in line.fields or line_id in self.by_id:
            self._find(line.at("id"), f"{shown(line_id)} is already the id of what stands at {there}")
        else:
            message = f"the same {key} line stands at {there}: give each of the two a `key`, or take one away"
            self._find(line.place, message)

    def _report(self, detail: ErrorDetails, place: Place, places: dict[str, Place], what: str) -> None:
        path = detail["loc"]
        name = str(path[0]) if path else ""
        message = _in_words(detail, what, ".".join(str(step) for step in path if isinstance(step, str)))
        self._find(places.get(name, place), message)

    def _check_entity(self, entity: Node | Relationship, place: Place, places: dict[str, Place]) -> None:
        if entity.certainty != "stated" and entity.basis is None:
            self._find(
                places.get("certainty", place),
                f"{entity.certainty} without a `basis`: say from what it is concluded",
            )
        if not entity.citations and entity.term != "Source":
            self._find(place, "no citation: add `citations: [source-id section]`, where it is taken from")
        if entity.term == "Source" and not (entity.get("published") or entity.get("not_before")):
            self._find(place, "a source needs `published` or, where it is undated, `not_before`")
        start = entity.start_date or entity.get("date")
        if start and entity.end_date and last_day(entity.end_date) < first_day(str(start)):
            self._find(
                places.get("end_date", place), f"ends on {entity.end_date}, before it starts on {start}"
            )

    def _check_citations(self, nodes: dict[str, tuple[Node, NodeRecord]]) -> None:
        sections: dict[str, tuple[str, ...]] = {}
        for node_id, record in self.by_id.items():
            if record.label == "Source":
                made = nodes.get(node_id)
                listed = made[0].get("sections") if made else ()
                sections[node_id] = listed if isinstance(listed, tuple) else ()
        for record in (*self.record.nodes, *self.record.relationships):
            for citation in _listed(record.fields.get("citations")):
                self._check_citation(str(citation), record.at("citations"), sections)

    def _check_citation(self, citation: str, place: Place, sections: dict[str, tuple[str, ...]]) -> None:
        source = source_of(citation)
        section = citation[len(source) :].strip()
        if source not in sections:
            meant = nearest(source, sections, 1)
            hint = f"did you mean {meant[0]!r}?" if meant else f"there are: {', '.join(sections) or 'none'}"
            self._find(place, f"citation of {source!r}, which is no source of the dataset; {hint}")
        elif not section:
            self._find(place, f"citation of {source!r} without a section: write `{source} SECTION`")
        elif sections[source] and section not in sections[source]:
            self._find(place, f"{source!r} has no section {section!r}; it {choices(section, sections[source])}")

    # What only shows on the whole

    def _check_whole(
        self,
        nodes: dict[str, tuple[Node, NodeRecord]],
        lines: dict[str, tuple[Relationship, RelationshipRecord]],
    ) -> None:
        if not self.record.nodes and not self.unread:
            self._find(self.record.place, "the dataset is empty: it has no partnership and no body")
        parents: dict[str, list[str]] = {}
        for line, record in lines.values():
            if line.term == "PART_OF":
                parents.setdefault(line.from_id, []).append(line.to_id)
            elif line.term == "ON":
                self._check_seat(nodes, line, record)
        self._check_cycles(parents)
        for node, record in nodes.values():
            if node.get("tier"):
                self._check_tier(nodes, parents, node, record)
            about = node.get("about") if node.term == "Issue" else None
            if about and about not in lines:
                meant = nearest(str(about), lines, 1)
                hint = f"; did you mean {meant[0]!r}?" if meant else ""
                self._find(record.at("about"), f"there is no relationship {about!r}{hint}")

    def _check_seat(
        self, nodes: dict[str, tuple[Node, NodeRecord]], line: Relationship, record: RelationshipRecord
    ) -> None:
        if line.from_id not in nodes or line.to_id not in nodes:
            return
        (seat, seat_record), (body, _) = nodes[line.from_id], nodes[line.to_id]
        if seat.end_date and body.end_date and last_day(body.end_date) < last_day(seat.end_date):
            self._find(
                seat_record.at("end_date"),
                f"the seat ends on {seat.end_date}, after its body {body.id}, which ends on {body.end_date}",
            )

    def _check_cycles(self, parents: dict[str, list[str]]) -> None:
        done: set[str] = set()
        for start in sorted(parents):
            path: list[str] = []
            stack = [(start, iter(parents.get(start, ())))]
            path.append(start)
            while stack:
                node, above = stack[-1]
                parent = next(above, None)
                if parent is None:
                    stack.pop()
                    done.add(path.pop())
                elif parent in path:
                    cycle = [*path[path.index(parent) :], parent]
                    first = min(cycle)
                    self._find(
                        self.places[f"{path[-1]}--part-of--{parent}"]
                        if f"{path[-1]}--part-of--{parent}" in self.places
                        else self.places[first],
                        f"part_of goes round in a circle: {' > '.join(cycle)}",
                    )
                elif parent not in done:
                    path.append(parent)
                    stack.append((parent, iter(parents.get(parent, ()))))

    def _check_tier(
        self,
        nodes: dict[str, tuple[Node, NodeRecord]],
        parents: dict[str, list[str]],
        node: Node,
        record: NodeRecord,
    ) -> None:
        above, seen = [node.id], {node.id}
        tiers: list[str] = []
        while above:
            for parent in parents.get(above.pop(), ()):
                if parent not in seen and parent in nodes:
                    seen.add(parent)
                    above.append(parent)
                    named = nodes[parent][0].get("tiers")
                    tiers += named if isinstance(named, tuple) else ()
        tier = str(node.get("tier"))
        if tier not in tiers:
            hint = choices(tier, tiers) if tiers else "must be one of its partnership's: say what it is `part_of`"
            self._find(record.at("tier"), f"tier {tier!r} {hint}")


def slug(text: str) -> str:
    """A text as part of an id.

    >>> slug("Head of Children's Services (West)")
    'head-of-childrens-services-west'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")).strip("-")


def _from(dataset: Dataset | None) -> dict[str, tuple[str, ...]]:
    return {"datasets": (dataset.id,)} if dataset else {}


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _either(labels: Iterable[str]) -> str:
    return " or ".join(sorted(labels))


def _in_words(detail: ErrorDetails, what: str, name: str) -> str:
    kind, given = detail["type"], detail["input"]
    context: dict[str, Any] = detail.get("ctx", {})
    if kind == "missing":
        return f"{what} without `{name}`: add it"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        return f"{name} {given!r} {choices(str(given), allowed)}"
    if kind in {"tuple_type", "list_type"}:
        return f"{name} must be a list: write `{name}: [{given}]`"
    if kind == "string_too_short":
        return f"{name} is empty: fill it in or take it away"
    if kind == "greater_than_equal":
        return f"{name} {given!r} must be at least {context['ge']}"
    if kind == "id":
        return f"{name} {given!r} {detail['msg']}"
    if kind == "date":
        return f"{name}: {detail['msg']}"
    if kind.startswith("string"):
        return f"{name} must be text, not {_sort(given)}"
    if kind.startswith(("int", "float")):
        return f"{name} must be a number, not {given!r}"
    if kind == "extra_forbidden":
        return f"{what} has no `{name}`"
    return f"{name}: {detail['msg']}"


def _sort(value: object) -> str:
    if isinstance(value, bool):
        return f"{str(value).lower()}: put it in quotes"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return "nothing" if value is None else repr(value)
