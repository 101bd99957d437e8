"""The governance chart of a partnership: who stays accountable, its bodies by tier, the lines between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.charts.dot import HIERARCHY
from orgmodel.charts.drawing import Band, Box, Drawing, Line
from orgmodel.errors import ChartError
from orgmodel.structure import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.charts.drawing import BoxKind, LineKind
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure

WIDEST_ROW = 6
"""How many boxes stand side by side in a band before it gets another row."""

NO_TIER = "Tier not stated"
OFFICERS = "Ultimately accountable"

_DRAWN: dict[str, tuple[LineKind, str]] = {
    "ACCOUNTABLE_TO": ("accountable", "is accountable to"),
    "REPORTS_TO": ("reports", "reports to"),
    "SUPPORTS": ("supports", "supports"),
}
_NOT_DRAWN = {
    "INFORMS": "informing",
    "SCRUTINISES": "scrutiny",
    "WORKS_WITH": "working together",
    "ESTABLISHED_BY": "establishment",
}
_NOUN = {"ACCOUNTABLE_TO": "accountability", "REPORTS_TO": "reporting", "SUPPORTS": "support"}
_STATUS = {"in-force": "in force", "intended": "intended, not said to be in force", "expired": "expired"}


def governance(structure: Structure, partnership: str | None = None) -> Drawing:
    """What the governance chart of a partnership shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of the partnership; it may be left out where there is only one.

    Raises:
        ChartError: There is no partnership on that day, or several and none was named.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    return _Governance(structure, _chosen(structure, partnership)).drawing()


def _chosen(structure: Structure, partnership: str | None) -> Node:
    if partnership is not None:
        return structure.find(partnership, "Partnership")
    found = structure.labelled("Partnership")
    if len(found) == 1:
        return found[0]
    if not found:
        raise ChartError(f"no partnership is known on {structure.day}: give another day with --as-of")
    names = ", ".join(node.id for node in found)
    raise ChartError(f"there are {len(found)} partnerships ({names}): choose one with --partnership")


class _Governance:
    def __init__(self, structure: Structure, partnership: Node) -> None:
        self.structure = structure
        self.partnership = partnership
        self.left_out: dict[str, int] = {}
        self.elsewhere: dict[str, int] = {}
        self.ambiguous = 0
        self.inside = self._inside()
        self.support = {n.id for n in self.inside.values() if n.kind == "business-unit"}
        self.lines: list[Line] = []
        self.key: list[tuple[str, str]] = []

    def drawing(self) -> Drawing:
        officers = self._officers()
        shown = {*self.inside, *(box.id for box in officers)}
        for name in _DRAWN:
            self._draw_lines(name, shown)
        self._join_lines()
        outside = self._agreements()
        for name in _NOT_DRAWN:
            self._count(name, {*shown, *outside})
        bands = self._bands(officers, outside)
        dataset = next(
            (d for d in self.structure.datasets if d.id in self.partnership.datasets), self.structure.datasets[0]
        )
        name = self.partnership.name
        return Drawing(
            f"governance-{self.partnership.id}",
            f"{name}: governance",
            self._subtitle(),
            bands,
            tuple(self.lines),
            tuple(self.key),
            self._notes(dataset.disclaimer),
        )

    # Who is shown

    def _inside(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        waiting = [self.partnership.id]
        while waiting:
            for line in self.structure.inward(waiting.pop(), "PART_OF"):
                node = self.structure.nodes[line.from_id]
                if node.term != "Body" or node.id in found:
                    continue
                if self._certain(line, node):
                    found[node.id] = node
                    waiting.append(node.id)
        return {i: found[i] for i in sorted(found, key=lambda i: (found[i].name, i))}

    def _certain(self, *facts: Node | Relationship) -> bool:
        if weakest(facts) == "ambiguous":
            self.ambiguous += 1
            return False
        return True

    def _officers(self) -> list[Box]:
        tops: dict[str, Node] = {}
        for body in self.inside:
            for line in self.structure.outward(body, "ACCOUNTABLE_TO"):
                node = self.structure.nodes[line.to_id]
                if node.term != "Body" and line.certainty != "ambiguous":
                    tops[node.id] = node
        return [self._officer(tops[i]) for i in sorted(tops, key=lambda i: (tops[i].name, i))]

    def _officer(self, node: Node) -> Box:
        details = [
            self.structure.nodes[line.to_id].name
            for line in self.structure.outward(node.id, "POST_IN")
            if self.structure.nodes[line.to_id].name not in node.name
        ]
        said = [f"in {name}" for name in details]
        for line in self.structure.inward(node.id, "ACTS_FOR"):
            delegate = self.structure.nodes[line.from_id]
            if delegate.term == "Post" and self._certain(line, delegate):
                scope = str(line.get("scope") or "authority")
                # In the box there is room for what is delegated, not for its limits after the colon.
                details.append(f"delegates {scope.partition(':')[0]} to {delegate.name}{_mark(line)}")
                said.append(f"delegates to {delegate.name}{_mark(line)}: {scope}")
        return self._box(node, "officer", details, said)

    def _body(self, node: Node, kind: BoxKind = "body") -> Box:
        details = []
        for line in self.structure.inward(node.id, "ON"):
            seat = self.structure.nodes[line.from_id]
            if seat.get("role") == "chair" and self._certain(seat, line):
                holders = [
                    self.structure.nodes[filled.to_id].name
                    for filled in self.structure.outward(seat.id, "FILLED_BY")
                    if self.structure.nodes[filled.to_id].term == "Post"
                ]
                details.append(f"Chair: {', '.join(holders) or seat.name}")
        if (meetings := node.get("meetings_per_year")) is not None:
            details.append(f"Meets {_times(int(str(meetings)))} a year")
        details += [
            f"Hosted by {self.structure.nodes[line.to_id].name}{_mark(line)}"
            for line in self.structure.outward(node.id, "HOSTED_BY")
            if self._certain(line)
        ]
        return self._box(node, kind, details, details)

    def _box(self, node: Node, kind: BoxKind, details: Iterable[str], said: Iterable[str]) -> Box:
        heading = f"{node.name} ({node.short_name})" if node.short_name else node.name
        words = [heading, *said]
        if node.certainty == "inferred":
            words.append("concluded, not stated")
        return Box(node.id, kind, heading, tuple(details), "; ".join(words), node.certainty == "inferred")

    # Lines

    def _draw_lines(self, name: str, shown: set[str]) -> None:
        kind, verb = _DRAWN[name]
        pairs: dict[tuple[str, str], list[Relationship]] = {}
        for line in self.structure.relationships.values():
            if line.term != name or line.from_id not in self.inside:
                continue
            if name == "SUPPORTS" and line.from_id not in self.support:
                found = self.left_out if line.to_id in shown else self.elsewhere
                found["support"] = found.get("support", 0) + 1
                continue
            if line.to_id not in shown:
                self.elsewhere[_NOUN[name]] = self.elsewhere.get(_NOUN[name], 0) + 1
            elif line.to_id != line.from_id and self._certain(line):
                pairs.setdefault((line.from_id, line.to_id), []).append(line)
        for (source, target), lines in pairs.items():
            subjects = [str(line.get("subject")) for line in lines if line.get("subject")]
            about = f" ({'; '.join(subjects)})" if subjects else ""
            inferred = all(line.certainty != "stated" for line in lines)
            said = f"{self._called(source)} {verb} {self._called(target)}{about}"
            said += "; concluded, not stated" if inferred else ""
            ids = tuple(line.id for line in lines)
            self.lines.append(Line(ids, kind, source, target, said, inferred=inferred))

    def _join_lines(self) -> None:
        """Makes one line of accountability and reports between the same two, where both are as sure."""
        ways: dict[tuple[str, str, bool], dict[str, Line]] = {}
        for line in self.lines:
            ways.setdefault((line.from_id, line.to_id, line.inferred), {})[line.kind] = line
        for both in ways.values():
            if {"accountable", "reports"} <= both.keys():
                one, two = both["accountable"], both["reports"]
                joined = Line(
                    (*one.ids, *two.ids),
                    "accountable-reports",
                    one.from_id,
                    one.to_id,
                    f"{one.said}; {two.said}",
                    inferred=one.inferred,
                )
                self.lines[self.lines.index(one)] = joined
                self.lines.remove(two)

    def _agreements(self) -> dict[str, list[tuple[str, Node]]]:
        """The boards outside with an agreement, each with the bodies inside that it agrees with."""
        outside: dict[str, list[tuple[str, Node]]] = {}
        for agreement in self.structure.labelled("Agreement"):
            parties = [
                line
                for line in self.structure.inward(agreement.id, "PARTY_TO")
                if self.structure.nodes[line.from_id].term == "Body" and self._certain(agreement, line)
            ]
            ours = [line for line in parties if line.from_id in self.inside]
            theirs = [line for line in parties if line.from_id not in self.inside]
            if not ours or len(parties) < 2:
                continue
            mark = str(len(self.key) + 1)
            status = str(agreement.get("status"))
            self.key.append((mark, f"{agreement.name}: {_STATUS[status]}{_mark(agreement)}"))
            pairs = [(a, b) for a in ours for b in theirs] or [
                (a, b) for i, a in enumerate(ours) for b in ours[i + 1 :]
            ]
            for one, two in pairs:
                facts = (agreement, one, two)
                kinds: dict[str, LineKind] = {
                    "in-force": "agreement-in-force",
                    "intended": "agreement-intended",
                    "expired": "agreement-expired",
                }
                said = (
                    f"{self._called(one.from_id)} and {self._called(two.from_id)}: {agreement.name}, "
                    f"{_STATUS[status]}"
                )
                inferred = weakest(facts) != "stated"
                said += "; concluded, not stated" if inferred else ""
                self.lines.append(
                    Line(
                        (one.id, two.id), kinds[status], one.from_id, two.from_id, said, inferred=inferred, mark=mark
                    )
                )
                if two.from_id not in self.inside:
                    other = self.structure.nodes[two.from_id]
                    outside.setdefault(two.from_id, []).append((one.from_id, other))
        return outside

    def _called(self, node_id: str) -> str:
        return self.structure.nodes[node_id].known_as

    def _count(self, name: str, shown: set[str]) -> None:
        count = sum(
            1
            for line in self.structure.relationships.values()
            if line.term == name and line.from_id in shown and line.to_id in shown
        )
        if count:
            word = _NOT_DRAWN[name]
            self.left_out[word] = self.left_out.get(word, 0) + count

    # Bands

    def _bands(self, officers: list[Box], outside: dict[str, list[tuple[str, Node]]]) -> tuple[Band, ...]:
        tiers = [str(t) for t in self.partnership.get("tiers") or ()]  # type: ignore[union-attr]
        names = [*tiers, NO_TIER]
        placed: dict[str, list[Node]] = {name: [] for name in names}
        for node in self.inside.values():
            if node.id not in self.support:
                tier = str(node.get("tier"))
                placed[tier if tier in placed else NO_TIER].append(node)
        home = {node.id: name for name, nodes in placed.items() for node in nodes}
        left: dict[str, list[Box]] = {}
        right: dict[str, list[Box]] = {}
        for unit in sorted(self.support):
            supported = [home[line.to_id] for line in self.lines if line.from_id == unit and line.to_id in home]
            tier = sorted(supported or names[:1], key=names.index)[len(supported) // 2]
            left.setdefault(tier, []).append(self._body(self.inside[unit], "support"))
        for i, other in sorted(outside.items()):
            tier = min((home[ours] for ours, _ in other if ours in home), key=names.index, default=names[0])
            right.setdefault(tier, []).append(self._body(other[0][1], "outside"))
            del i
        bands = [Band(OFFICERS, tuple(_rows(officers)))] if officers else []
        for name in names:
            rows = self._rows_of(placed[name])
            if rows or left.get(name) or right.get(name):
                bands.append(Band(name, rows, tuple(left.get(name, ())), tuple(right.get(name, ()))))
        return tuple(bands)

    def _rows_of(self, nodes: list[Node]) -> tuple[tuple[Box, ...], ...]:
        """Rows of a tier: a body stands below those of its own tier that it answers or reports to."""
        ids = {node.id for node in nodes}
        above: dict[str, set[str]] = {
            node.id: {
                line.to_id
                for line in self.lines
                if line.from_id == node.id
                and line.kind in HIERARCHY
                and line.to_id in ids
            }
            for node in nodes
        }
        waiting = [node for node in nodes]
        rows: list[tuple[Box, ...]] = []
        while waiting:
            left = {node.id for node in waiting}
            ready = [node for node in waiting if not above[node.id] & left] or waiting
            rows += _rows([self._body(node) for node in ready])
            done = {node.id for node in ready}
            waiting = [node for node in waiting if node.id not in done]
        return tuple(rows)

    # Words

    def _subtitle(self) -> str:
        day = self.structure.day
        for edition in self.structure.editions.values():
            if edition.name and day == self.structure.date_of(edition.id):
                return f"{edition.name}; as of {_long_date(str(day))}"
        return f"As of {_long_date(str(day))}"

    def _notes(self, disclaimer: str | None) -> tuple[str, ...]:
        notes = []
        facts = [
            *self.lines_facts(),
            *(self.structure.nodes[i] for i in self.inside),
        ]
        cited = sorted({c.split(" ", 1)[0] for fact in facts for c in fact.citations})
        sources = [self.structure.nodes[i] for i in cited if i in self.structure.nodes]
        named = "; ".join(f"{s.name}{_published(s)}" for s in sources)
        if named:
            notes.append(f"Sources: {named}.")
        notes += self._last_confirmed()
        if self.left_out:
            counts = ", ".join(f"{count} of {what}" for what, count in sorted(self.left_out.items()))
            notes.append(f"Lines between these boxes that are not drawn: {counts}.")
        if self.elsewhere:
            counts = ", ".join(f"{count} of {what}" for what, count in sorted(self.elsewhere.items()))
            notes.append(f"Lines to the partnership as a whole, or to others that have no box here: {counts}.")
        if self.ambiguous:
            plural = "facts that" if self.ambiguous > 1 else "fact that"
            notes.append(f"Left out: {self.ambiguous} {plural} can be read in two ways.")
        if disclaimer:
            notes.append(disclaimer)
        return tuple(notes)

    def _last_confirmed(self) -> list[str]:
        """Which bodies no source has named for a year or more before the day of the chart."""
        seen: dict[str, list[str]] = {}
        for node in self.inside.values():
            last = self.structure.holdings[node.id].last_seen
            if last and last[:4] < str(self.structure.day)[:4]:
                seen.setdefault(last[:4], []).append(node.known_as)
        if not seen:
            return []
        said = "; ".join(f"in {year} {', '.join(names)}" for year, names in sorted(seen.items()))
        return [f"Last named by a source: {said}."]

    def lines_facts(self) -> list[Relationship]:
        """The relationships that lines stand for."""
        return [self.structure.relationships[i] for line in self.lines for i in line.ids]


def _rows(boxes: list[Box]) -> list[tuple[Box, ...]]:
    count = -(-len(boxes) // WIDEST_ROW)
    if not count:
        return []
    size = -(-len(boxes) // count)
    return [tuple(boxes[i : i + size]) for i in range(0, len(boxes), size)]


def _mark(fact: Node | Relationship) -> str:
    return " (concluded, not stated)" if fact.certainty == "inferred" else ""


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _published(source: Node) -> str:
    if source.get("published"):
        return "" if str(source.get("published"))[:4] in source.name else f" ({str(source.get('published'))[:4]})"
    return " (undated)"


def _long_date(day: str) -> str:
    from datetime import date

    when = date.fromisoformat(day)
    months = (
        "January February March April May June July August September October November December"
    ).split()
    return f"{when.day} {months[when.month - 1]} {when.year}"
