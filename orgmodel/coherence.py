"""Whether the facts of a dataset agree with one another: citations, dates, seats, tiers, circles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orgmodel.dates import first_day, last_day
from orgmodel.errors import Finding, bare, choices, nearest, shown
from orgmodel.holding import source_of

if TYPE_CHECKING:
    from orgmodel.errors import Place
    from orgmodel.records import DatasetRecord, NodeRecord, RelationshipRecord


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a dataset once its references are resolved.

    Attributes:
        record: All that a reader found.
        ids: The id of each node that has a good one.
        by_id: The node of each id, good or not.
        ends: What each relationship whose ends are known leads from and to.
        dangling: Nodes with a relationship type of which an end is not known.
        line_ids: The ids of the relationships.
        wrong: The properties that are wrong in themselves.
    """

    record: DatasetRecord
    ids: dict[NodeRecord, str] = field(default_factory=dict)
    by_id: dict[str, NodeRecord] = field(default_factory=dict)
    ends: dict[RelationshipRecord, tuple[NodeRecord, NodeRecord]] = field(default_factory=dict)
    dangling: set[tuple[NodeRecord, str]] = field(default_factory=set)
    line_ids: set[str] = field(default_factory=set)
    wrong: dict[NodeRecord | RelationshipRecord, set[str]] = field(default_factory=dict)

    def said(self, record: NodeRecord | RelationshipRecord, name: str) -> str | None:
        """A property as it is given; None where it is not, or is wrong in itself."""
        value = record.fields.get(name)
        return None if value is None or name in self.wrong.get(record, ()) else str(value).strip()

    def called(self, node: NodeRecord) -> str:
        """What a node is called in a finding."""
        return self.ids.get(node) or str(node.fields.get("name", node.label))


def incoherences(known: Known) -> list[Finding]:
    """All places where the facts of a dataset do not agree with one another."""
    check = _Check(known)
    for node in known.record.nodes:
        check.check_said(node, node.label)
    for line in known.ends:
        check.check_said(line, line.type)
    check.check_citations()
    check.check_whole()
    return check.findings


def listed(value: object) -> list[object]:
    """The entries of a list; none of anything else."""
    return list(value) if isinstance(value, (list, tuple)) else []


class _Check:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.findings: list[Finding] = []

    def _find(self, place: Place, message: str) -> None:
        self.findings.append(Finding(place, message))

    def check_said(self, record: NodeRecord | RelationshipRecord, term: str) -> None:
        """What must be said of each fact: a basis, a citation, dates in order."""
        certainty = self.known.said(record, "certainty") or "stated"
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
        start = self.known.said(record, "start_date") or self.known.said(record, "date")
        end = self.known.said(record, "end_date")
        if start and end and last_day(end) < first_day(start):
            self._find(record.at("end_date"), f"ends on {end}, before it starts on {start}")

    def check_citations(self) -> None:
        """Each citation names a source of the dataset and one of its sections."""
        sections: dict[str, list[str]] = {}
        for node_id, source in self.known.by_id.items():
            if source.label == "Source":
                wrong = "sections" in self.known.wrong.get(source, ())
                sections[node_id] = [] if wrong else [str(s) for s in listed(source.fields.get("sections"))]
        records: tuple[NodeRecord | RelationshipRecord, ...] = (
            *self.known.record.nodes,
            *self.known.record.relationships,
        )
        # Many facts have the same citations.
        messages: dict[str, str | None] = {}
        for record in records:
            for i, given in enumerate(listed(record.fields.get("citations"))):
                if isinstance(given, str) and given.strip():
                    place = record.places.get(f"citations.{i}", record.at("citations"))
                    citation = " ".join(given.split())
                    if citation not in messages:
                        messages[citation] = self._wrong_citation(citation, sections)
                    if message := messages[citation]:
                        self._find(place, message)

    def _wrong_citation(self, citation: str, sections: dict[str, list[str]]) -> str | None:
        source = source_of(citation)
        section = citation[len(source) :].strip()
        if source not in sections:
            if not self.known.record.complete:
                return None
            meant = nearest(source, sections, 1)
            known = ", ".join(map(bare, sorted(sections))) or "none"
            hint = f"did you mean {shown(meant[0])}?" if meant else f"there are: {known}"
            return f"citation of {shown(source)}, which is no source of the dataset; {hint}"
        if not section:
            return f"citation of {shown(source)} without a section: write `{bare(source)} SECTION`"
        if sections[source] and section not in sections[source]:
            return f"{shown(source)} has no section {shown(section)}; it {choices(section, sections[source])}"
        return None

    def check_whole(self) -> None:
        """Seats within their bodies, successions in order, no circles, tiers that are there."""
        if (
            not self.known.record.nodes
            and self.known.record.complete
            and self.known.record.header is not None
        ):
            self._find(self.known.record.place, "the dataset is empty: it has no partnership and no body")
        for line, (source, target) in self.known.ends.items():
            if line.type == "ON":
                self._check_seat(source, target)
            elif line.type == "SUCCEEDS":
                self._check_succession(line, source, target)
        parents = self._above("PART_OF")
        self._check_cycles("part_of", parents)
        self._check_cycles("succeeds", self._above("SUCCEEDS"))
        for node in self.known.record.nodes:
            self._check_tier(node, parents)
            about = self.known.said(node, "about")
            if about and about not in self.known.line_ids and self.known.record.complete:
                meant = nearest(about, self.known.line_ids, 1)
                hint = f"; did you mean {shown(meant[0])}?" if meant else ""
                self._find(node.at("about"), f"there is no relationship {shown(about)}{hint}")

    def _check_seat(self, seat: NodeRecord, body: NodeRecord) -> None:
        start, end = self.known.said(seat, "start_date"), self.known.said(seat, "end_date")
        closing = self.known.said(body, "end_date")
        of = f"after its body {bare(self.known.called(body))} ends on {closing}"
        if closing and end and last_day(closing) < last_day(end):
            self._find(seat.at("end_date"), f"the seat ends on {end}, {of}")
        elif closing and start and last_day(closing) < first_day(start):
            self._find(seat.at("start_date"), f"the seat starts on {start}, {of}")

    def _check_succession(self, line: RelationshipRecord, new: NodeRecord, old: NodeRecord) -> None:
        start = self.known.said(line, "start_date") or self.known.said(new, "start_date")
        before = self.known.said(old, "start_date")
        if start and before and first_day(start) <= first_day(before):
            name = bare(self.known.called(old))
            self._find(line.at("start_date"), f"succeeds {name} on {start}, but that starts on {before}")

    def _above(self, line_type: str) -> dict[NodeRecord, dict[NodeRecord, Place]]:
        """What lines of a type lead from, with what they lead to and the place of the first such line."""
        found: dict[NodeRecord, dict[NodeRecord, Place]] = {}
        for line, (source, target) in self.known.ends.items():
            if line.type == line_type:
                found.setdefault(source, {}).setdefault(target, line.place)
        return found

    def _check_cycles(self, key: str, above: dict[NodeRecord, dict[NodeRecord, Place]]) -> None:
        done: set[NodeRecord] = set()
        for start in sorted(above, key=self.known.called):
            path = {} if start in done else {start: iter(sorted(above[start], key=self.known.called))}
            while path:
                last = next(reversed(path))
                parent = next(path[last], None)
                if parent is None:
                    del path[last]
                    done.add(last)
                elif parent in path:
                    nodes = list(path)
                    circle = [*nodes[nodes.index(parent) :], parent]
                    names = " > ".join(bare(self.known.called(node)) for node in circle)
                    self._find(above[last][parent], f"{key} goes round in a circle: {names}")
                elif parent not in done:
                    path[parent] = iter(sorted(above.get(parent, ()), key=self.known.called))

    def _check_tier(self, node: NodeRecord, parents: dict[NodeRecord, dict[NodeRecord, Place]]) -> None:
        tier = self.known.said(node, "tier")
        waiting, seen = [node] if tier else [], {node}
        tiers: list[str] = []
        while waiting:
            child = waiting.pop()
            if "tiers" in self.known.wrong.get(child, ()) or (child, "PART_OF") in self.known.dangling:
                return
            tiers += [str(named).strip() for named in listed(child.fields.get("tiers"))]
            waiting += [parent for parent in parents.get(child, ()) if parent not in seen]
            seen.update(waiting)
        if tier and tier not in tiers:
            known = choices(tier, tiers) if tiers else "needs a partnership that has it: say `part_of` which"
            self._find(node.at("tier"), f"tier {shown(tier)} {known}")
