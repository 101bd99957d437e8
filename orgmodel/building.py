"""From records to a structure: every entity validated, every reference resolved, all findings at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from orgmodel.coherence import Known, incoherences, listed
from orgmodel.errors import (
    AmbiguousNameError,
    DatasetError,
    Finding,
    NameNotFoundError,
    Place,
    bare,
    shown,
)
from orgmodel.model import Dataset, Node, Relationship, is_identifier, node_class, relationship_class, slug
from orgmodel.names import Named, Names
from orgmodel.records import NodeRecord, RelationshipRecord
from orgmodel.structure import TODAY, Structure
from orgmodel.vocabulary import RELATIONSHIP_TYPES
from orgmodel.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from orgmodel.model import Entity
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


def seat_id(on: str, role: str, whom: Iterable[str], name: str, key: str | None = None) -> str:
    """The id of a seat that is given none.

    Nobody's name may become part of one: an id stands in every answer.

    Args:
        on: The id of its body or partnership.
        role: What its holder does there.
        whom: The ids of those whom it represents or, failing those, of the posts that fill it.
        name: Its name, which counts where it is for nobody.
        key: The word that tells it from another such seat.

    >>> seat_id("executive", "member", ["police"], "The police"), seat_id("executive", "chair", [], "A Chair")
    ('executive--member--police', 'executive--chair--a-chair')
    """
    parts = [on, slug(role), *(sorted(whom) or [slug(name)]), slug(key or "")]
    return "--".join(part for part in parts if part)


def line_id(from_id: str, line_type: str, to_id: str, key: str | None = None) -> str:
    """The id of a relationship that is given none.

    Args:
        from_id: The id of what it leads from.
        line_type: Its type.
        to_id: The id of what it leads to.
        key: The word that tells it from another one of its type between the two.

    >>> line_id("executive", "REPORTS_TO", "board", "annual report")
    'executive--reports-to--board--annual-report'
    """
    parts = [from_id, slug(RELATIONSHIP_TYPES[line_type].key), to_id, slug(key or "")]
    return "--".join(part for part in parts if part)


class _Builder:
    def __init__(self, record: DatasetRecord, findings: Iterable[Finding]) -> None:
        self.record = record
        self.findings = list(findings)
        self.places: dict[str, Place] = {}
        self.known = Known(record)

    def build(self) -> Structure:
        dataset = self._dataset()
        self._name_nodes()
        # A seat's id is made from its own lines; only then can others refer to it.
        self._resolve(of_seats=True)
        self._name_seats()
        self._resolve(of_seats=False)
        nodes = self._nodes(dataset)
        lines = self._relationships(dataset)
        self.findings += incoherences(self.known)
        if self.findings:
            raise DatasetError(self.findings)
        assert dataset is not None
        structure = Structure.of([dataset], nodes, lines, self.places)
        # When things hold is known only where all else is right.
        if never := list(_never_holding(structure)):
            raise DatasetError(never)
        return structure

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
        other = self.known.by_id.get(node_id)
        if other is not None:
            of = f"the {other.label} at {other.at('id')}"
            self._find(node.at("id"), f"{shown(node_id)} is already the id of {of}{hint}")
            return
        self.known.by_id[node_id] = node
        self.places[node_id] = node.place
        # What has no good id is found where it stands, not once more at each of its lines.
        if is_identifier(node_id):
            self.known.ids[node] = node_id

    def _resolve(self, *, of_seats: bool) -> None:
        names = Names(
            Named(
                node_id,
                node.label,
                str(node.fields.get("name") or node_id),
                tuple(
                    str(text)
                    for text in (node.fields.get("short_name"), *listed(node.fields.get("aliases")))
                    if text
                ),
            )
            for node_id, node in self.known.by_id.items()
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
                self.known.dangling.add((source, line.type))
            else:
                self.known.ends[line] = (source, target)

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
            return self.known.by_id[names.find(end, allowed).id]
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
        for line, (source, target) in self.known.ends.items():
            if source.label == "Seat":
                about.setdefault(source, {}).setdefault(line.type, []).append(target)
        for seat in self.record.nodes:
            if seat.label != "Seat":
                continue
            bodies = about.get(seat, {}).get("ON", [])
            if len(bodies) > 1:
                several = ", ".join(sorted(self.known.ids[body] for body in bodies if body in self.known.ids))
                self._find(seat.place, f"a seat must be on one body or partnership; this is on {several}")
            elif not bodies and (seat, "ON") not in self.known.dangling:
                self._find(
                    seat.place, "a seat must be on a body or partnership: nest it under one or say `on`"
                )
            if (
                seat in self.known.ids
                or "id" in seat.fields
                or len(bodies) != 1
                or bodies[0] not in self.known.ids
            ):
                continue
            posts = [filler for filler in about[seat].get("FILLED_BY", []) if filler.label != "Person"]
            whom = about[seat].get("REPRESENTS") or posts
            if not whom and self.known.dangling & {(seat, "REPRESENTS"), (seat, "FILLED_BY")}:
                continue
            known = [self.known.ids[w] for w in whom if w in self.known.ids]
            role, name = (str(seat.fields.get(said, "")) for said in ("role", "name"))
            # Without a role or a name it has no id yet, and what is missing is found on its own.
            if not slug(role) or not (known or name.strip()):
                continue
            made = seat_id(self.known.ids[bodies[0]], role, known, name, seat.key)
            self._claim(seat, made, ": give each a `key`, a word of its own")

    # Entities

    def _nodes(self, dataset: Dataset | None) -> list[Node]:
        made: list[Node] = []
        for node in self.record.nodes:
            node_id = self.known.ids.get(node)
            fields = {"id": _NOT_KNOWN, **node.fields, **_from(dataset)}
            if node_id is not None:
                fields["id"] = node_id
            if node.label == "Seat":
                fields.setdefault("state", "not-stated")
            try:
                made.append(node_class(node.label).model_validate(fields))
            except ValidationError as error:
                self._report_all(error, node, node.label)
        return made

    def _relationships(self, dataset: Dataset | None) -> list[Relationship]:
        made: list[Relationship] = []
        for line, (source, target) in self.known.ends.items():
            key = RELATIONSHIP_TYPES[line.type].key
            from_id, to_id = self.known.ids.get(source), self.known.ids.get(target)
            ends = {"from_id": from_id or _NOT_KNOWN, "to_id": to_id or _NOT_KNOWN}
            made_id = line_id(ends["from_id"], line.type, ends["to_id"], line.key)
            fields = {"id": made_id, **line.fields, **_from(dataset), **ends}
            try:
                made.append(relationship_class(line.type).model_validate(fields))
            except ValidationError as error:
                self._report_all(error, line, key)
            final = self.known.said(line, "id") or made_id
            if from_id is None or to_id is None:
                continue
            if final in self.places:
                self._report_same(line, key, final)
            elif "id" not in self.known.wrong.get(line, ()):
                self.known.line_ids.add(final)
                self.places[final] = line.place
        return made

    def _report_all(self, error: ValidationError, record: NodeRecord | RelationshipRecord, what: str) -> None:
        for detail in error.errors():
            self.known.wrong.setdefault(record, set()).add(str(detail["loc"][0]))
            self._report(detail, record.place, record.places, what)

    def _report_same(self, line: RelationshipRecord, key: str, line_id: str) -> None:
        there = self.places[line_id]
        if "id" in line.fields or line_id in self.known.by_id:
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
        self._find(place, in_words(detail, what, names[-1] if names else what))


def _never_holding(structure: Structure) -> Iterator[Finding]:
    """Facts that would be in no answer, whatever the day; a line between such is not found once more."""
    held = structure.holdings
    for node in structure.nodes.values():
        if held[node.id].is_empty:
            yield _never(structure, node, "with its body" if node.term == "Seat" else "")
    for line in structure.relationships.values():
        ends = held[line.from_id], held[line.to_id]
        # What is succeeded is gone by then, and what an event concerns need not be there on its day.
        if line.term in {"SUCCEEDS", "CONCERNS"} or any(end.is_empty for end in ends):
            continue
        if held[line.id].is_empty:
            yield _never(structure, line, "with both its ends")


def _never(structure: Structure, entity: Entity, together: str) -> Finding:
    held = structure.holdings[entity.id]
    message = f"{bare(entity.id)} holds on no day: {together and f'{together} '}it would begin on "
    message += f"{held.holds_from}, after it ends on {held.holds_to}; mend the dates"
    if entity.start_date is None:
        message += ", or say `start_date`: without one it begins when its first source was published"
    return Finding(structure.places.get(entity.id, Place(entity.id)), message)


def _from(dataset: Dataset | None) -> dict[str, tuple[str, ...]]:
    return {"datasets": (dataset.id,)} if dataset else {}


def _either(labels: Iterable[str]) -> str:
    return " or ".join(sorted(labels))
