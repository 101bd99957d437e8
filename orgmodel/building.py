"""From records to a structure: every entity validated, every reference resolved, all findings at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from orgmodel.dates import first_day, last_day
from orgmodel.errors import (
    AmbiguousNameError,
    DatasetError,
    Finding,
    NameNotFoundError,
    Place,
    bare,
    choices,
    nearest,
    shown,
)
from orgmodel.holding import source_of
from orgmodel.model import Dataset, Node, Relationship, is_identifier, node_class, relationship_class
from orgmodel.names import Named, Names
from orgmodel.records import NodeRecord, RelationshipRecord
from orgmodel.structure import TODAY, Structure
from orgmodel.vocabulary import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from orgmodel.records import DatasetRecord


_NOT_KNOWN = "unnamed"
"""Stands in for an id that is missing, so that the rest of what it belongs to is checked too."""


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
        self.line_ids: set[str] = set()
        self.wrong: dict[NodeRecord | RelationshipRecord, set[str]] = {}

    def build(self) -> Structure:
        dataset = self._dataset()
        self._name_nodes()
        # A seat's id is made from its own lines; only then can others refer to it.
        self._resolve(of_seats=True)
        self._name_seats()
        self._resolve(of_seats=False)
        nodes = self._nodes(dataset)
        lines = self._relationships(dataset)
        self._check_citations()
        self._check_whole()
        if self.findings:
            raise DatasetError(self.findings)
        assert dataset is not None
        return Structure.of([dataset], nodes, lines, self.places)

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
        self.places[node_id] = node.place
        # What has no good id is found where it stands, not once more at each of its lines.
        if is_identifier(node_id):
            self.ids[node] = node_id

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
                self._find(
                    seat.place, "a seat must be on a body or partnership: nest it under one or say `on`"
                )
            if seat in self.ids or "id" in seat.fields or len(bodies) != 1 or bodies[0] not in self.ids:
                continue
            # An id stands in every answer, so that nobody's name may become part of one.
            posts = [filler for filler in about[seat].get("FILLED_BY", []) if filler.label != "Person"]
            whom = about[seat].get("REPRESENTS") or posts
            if not whom and self.dangling & {(seat, "REPRESENTS"), (seat, "FILLED_BY")}:
                continue
            known = sorted(self.ids[w] for w in whom if w in self.ids)
            role, name = (str(seat.fields.get(said, "")) for said in ("role", "name"))
            # Without a role or a name it has no id yet, and what is missing is found on its own.
            if not slug(role) or not (known or name.strip()):
                continue
            parts = [self.ids[bodies[0]], slug(role), *(known or [slug(name)]), slug(seat.key or "")]
            seat_id = "--".join(part for part in parts if part)
            self._claim(seat, seat_id, ": give each a `key`, a word of its own")

    # Entities

    def _nodes(self, dataset: Dataset | None) -> list[Node]:
        made: list[Node] = []
        for node in self.record.nodes:
            node_id = self.ids.get(node)
            fields = {"id": _NOT_KNOWN, **node.fields, **_from(dataset)}
            if node_id is not None:
                fields["id"] = node_id
            if node.label == "Seat":
                fields.setdefault("state", "not-stated")
            try:
                made.append(node_class(node.label).model_validate(fields))
            except ValidationError as error:
                self._report_all(error, node, node.label)
            self._check_said(node, node.label)
        return made

    def _relationships(self, dataset: Dataset | None) -> list[Relationship]:
        made: list[Relationship] = []
        for line, (source, target) in self.ends.items():
            key = RELATIONSHIP_TYPES[line.type].key
            from_id, to_id = self.ids.get(source), self.ids.get(target)
            parts = [from_id or _NOT_KNOWN, slug(key), to_id or _NOT_KNOWN]
            if line.key:
                parts.append(slug(line.key))
            fields = {"id": "--".join(parts), **line.fields, **_from(dataset)}
            fields |= {"from_id": parts[0], "to_id": parts[2]}
            try:
                made.append(relationship_class(line.type).model_validate(fields))
            except ValidationError as error:
                self._report_all(error, line, key)
            self._check_said(line, line.type)
            line_id = self._said(line, "id") or "--".join(parts)
            if from_id is None or to_id is None:
                continue
            if line_id in self.places:
                self._report_same(line, key, line_id)
            elif "id" not in self.wrong.get(line, ()):
                self.line_ids.add(line_id)
                self.places[line_id] = line.place
        return made

    def _report_all(self, error: ValidationError, record: NodeRecord | RelationshipRecord, what: str) -> None:
        for detail in error.errors():
            self.wrong.setdefault(record, set()).add(str(detail["loc"][0]))
            self._report(detail, record.place, record.places, what)

    def _said(self, record: NodeRecord | RelationshipRecord, name: str) -> str | None:
        """A text as it is given; None where it is not, or is wrong in itself."""
        value = record.fields.get(name)
        return None if value is None or name in self.wrong.get(record, ()) else str(value).strip()

    def _report_same(self, line: RelationshipRecord, key: str, line_id: str) -> None:
        there = self.places[line_id]
        if "id" in line.fields or line_id in self.by_id:
            self._find(line.at("id"), f"{shown(line_id)} is already the id of what stands at {there}")
        else:
            message = f"the same {key} line stands at {there}: give each of the two a `key`, or take one away"
            self._find(line.place, message)

    def _report(self, detail: ErrorDetails, place: Place, places: dict[str, Place], what: str) -> None:
        path = [str(step) for step in detail["loc"]]
        for length in range(len(path), 0, -1):
            if ".".join(path[:length]) in places:
                place = places[".".join(path[:length])]
                break
        names = [name for name in path if not name.isdigit()]
        if len(names) > 1:
            what = names[0].removesuffix("s")
        self._find(place, _in_words(detail, what, names[-1] if names else what))

    def _check_said(self, record: NodeRecord | RelationshipRecord, term: str) -> None:
        certainty = self._said(record, "certainty") or "stated"
        if certainty != "stated" and "basis" not in record.fields:
            self._find(
                record.at("certainty"), f"{certainty} without a `basis`: say from what it is concluded"
            )
        if not record.fields.get("citations") and term != "Source":
            self._find(
                record.at("citations"),
                "no citation: add `citations: [source-id section]`, where it is taken from",
            )
        if term == "Source" and not record.fields.keys() & {"published", "not_before"}:
            self._find(record.place, "a source needs `published` or, where it is undated, `not_before`")
        start = self._said(record, "start_date") or self._said(record, "date")
        end = self._said(record, "end_date")
        if start and end and last_day(end) < first_day(start):
            self._find(record.at("end_date"), f"ends on {end}, before it starts on {start}")

    def _check_citations(self) -> None:
        sections: dict[str, list[str]] = {}
        for node_id, source in self.by_id.items():
            if source.label == "Source":
                wrong = "sections" in self.wrong.get(source, ())
                sections[node_id] = [] if wrong else [str(s) for s in _listed(source.fields.get("sections"))]
        records: tuple[NodeRecord | RelationshipRecord, ...] = (
            *self.record.nodes,
            *self.record.relationships,
        )
        for record in records:
            for i, citation in enumerate(_listed(record.fields.get("citations"))):
                if isinstance(citation, str) and citation.strip():
                    place = record.places.get(f"citations.{i}", record.at("citations"))
                    self._check_citation(" ".join(citation.split()), place, sections)

    def _check_citation(self, citation: str, place: Place, sections: dict[str, list[str]]) -> None:
        source = source_of(citation)
        section = citation[len(source) :].strip()
        if source not in sections:
            if self.record.complete:
                meant = nearest(source, sections, 1)
                known = ", ".join(map(bare, sorted(sections))) or "none"
                hint = f"did you mean {shown(meant[0])}?" if meant else f"there are: {known}"
                self._find(place, f"citation of {shown(source)}, which is no source of the dataset; {hint}")
        elif not section:
            self._find(
                place, f"citation of {shown(source)} without a section: write `{bare(source)} SECTION`"
            )
        elif sections[source] and section not in sections[source]:
            hint = choices(section, sections[source])
            self._find(place, f"{shown(source)} has no section {shown(section)}; it {hint}")

    # What only shows on the whole

    def _check_whole(self) -> None:
        if not self.record.nodes and self.record.complete and self.record.header is not None:
            self._find(self.record.place, "the dataset is empty: it has no partnership and no body")
        for line, (source, target) in self.ends.items():
            if line.type == "ON":
                self._check_seat(source, target)
            elif line.type == "SUCCEEDS":
                self._check_succession(line, source, target)
        parents = self._above("PART_OF")
        self._check_cycles("part_of", parents)
        self._check_cycles("succeeds", self._above("SUCCEEDS"))
        for node in self.record.nodes:
            self._check_tier(node, parents)
            about = self._said(node, "about")
            if about and about not in self.line_ids and self.record.complete:
                meant = nearest(about, self.line_ids, 1)
                hint = f"; did you mean {shown(meant[0])}?" if meant else ""
                self._find(node.at("about"), f"there is no relationship {shown(about)}{hint}")

    def _check_seat(self, seat: NodeRecord, body: NodeRecord) -> None:
        start, end = self._said(seat, "start_date"), self._said(seat, "end_date")
        closing = self._said(body, "end_date")
        of = f"after its body {bare(self._known_as(body))} ends on {closing}"
        if closing and end and last_day(closing) < last_day(end):
            self._find(seat.at("end_date"), f"the seat ends on {end}, {of}")
        elif closing and start and last_day(closing) < first_day(start):
            self._find(seat.at("start_date"), f"the seat starts on {start}, {of}")

    def _check_succession(self, line: RelationshipRecord, new: NodeRecord, old: NodeRecord) -> None:
        start = self._said(line, "start_date") or self._said(new, "start_date")
        before = self._said(old, "start_date")
        if start and before and first_day(start) <= first_day(before):
            name = bare(self._known_as(old))
            self._find(line.at("start_date"), f"succeeds {name} on {start}, but that starts on {before}")

    def _known_as(self, node: NodeRecord) -> str:
        return self.ids.get(node) or str(node.fields.get("name", node.label))

    def _above(self, line_type: str) -> dict[NodeRecord, dict[NodeRecord, Place]]:
        """What lines of a type lead from, with what they lead to and the place of the first such line."""
        found: dict[NodeRecord, dict[NodeRecord, Place]] = {}
        for line, (source, target) in self.ends.items():
            if line.type == line_type:
                found.setdefault(source, {}).setdefault(target, line.place)
        return found

    def _check_cycles(self, key: str, above: dict[NodeRecord, dict[NodeRecord, Place]]) -> None:
        done: set[NodeRecord] = set()
        for start in sorted(above, key=self._known_as):
            path = {} if start in done else {start: iter(sorted(above[start], key=self._known_as))}
            while path:
                last = next(reversed(path))
                parent = next(path[last], None)
                if parent is None:
                    del path[last]
                    done.add(last)
                elif parent in path:
                    nodes = list(path)
                    circle = [*nodes[nodes.index(parent) :], parent]
                    names = " > ".join(bare(self._known_as(node)) for node in circle)
                    self._find(above[last][parent], f"{key} goes round in a circle: {names}")
                elif parent not in done:
                    path[parent] = iter(sorted(above.get(parent, ()), key=self._known_as))

    def _check_tier(self, node: NodeRecord, parents: dict[NodeRecord, dict[NodeRecord, Place]]) -> None:
        tier = self._said(node, "tier")
        waiting, seen = [node] if tier else [], {node}
        tiers: list[str] = []
        while waiting:
            child = waiting.pop()
            if "tiers" in self.wrong.get(child, ()) or (child, "PART_OF") in self.dangling:
                return
            tiers += [str(named).strip() for named in _listed(child.fields.get("tiers"))]
            waiting += [parent for parent in parents.get(child, ()) if parent not in seen]
            seen.update(waiting)
        if tier and tier not in tiers:
            known = choices(tier, tiers) if tiers else "needs a partnership that has it: say `part_of` which"
            self._find(node.at("tier"), f"tier {shown(tier)} {known}")


def slug(text: str) -> str:
    """A text as part of an id.

    >>> slug("Head of Children's Services (West)")
    'head-of-childrens-services-west'
    """
    together = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", text.casefold())
    return re.sub(r"[^a-z0-9]+", "-", together).strip("-")


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
    if kind == "string_too_short":
        return f"{name} is empty: fill it in or take it away"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        return f"{name} {shown(given)} {choices(str(given), allowed)}"
    if kind == "greater_than_equal":
        return f"{name} {shown(given)} must be at least {context['ge']}"
    if kind == "id":
        hint = f"; for instance {shown(slug(given))}" if slug(given) else ""
        return f"{name} {shown(given)} {detail['msg']}{hint}"
    if kind in {"date", "text"}:
        return f"{name}: {detail['msg']}"
    if kind in {"tuple_type", "list_type"} and isinstance(given, str):
        return f"{name} must be a list: write `{name}: [{bare(given)}]`"
    return f"{name} must be {_WANTED.get(kind, 'something else')}, not {_sort(given)}{_hint(kind, given)}"


def _hint(kind: str, given: object) -> str:
    if kind == "string_type" and isinstance(given, bool):
        return ": put it in quotes"
    return ": take the quotes away" if isinstance(given, str) and given.isdigit() else ""


_WANTED = {
    "tuple_type": "a list",
    "list_type": "a list",
    "string_type": "text",
    "int_type": "a whole number",
    "number": "a number",
}


def _sort(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return "nothing" if value is None else shown(value)
