"""How two things are connected: every shortest connection by the lines of governance, in words.

$from_thing: Body or Organisation or Post or Partnership or Agreement. The one.
$to_thing: Body or Organisation or Post or Partnership or Agreement. The other.
$as_of: Date = today. The day asked about.
$people: Boolean = false. Whether a person who holds a post or fills a seat may be part of a connection.

way_ids, way: What the connection leads over, the one first, the other last; a list.
steps: A sentence for each step of it; a list. Where several lines join the same two, it says all of them.
certainty: The weakest of all that the row says.
citations: Where all of it is taken from; a list.

Sorted by way_ids. Not more than 100 connections are listed; that there are more is said. A seat is part of a
step: a body, whom its seat speaks for and who fills it are each one step from one another. No connection
leads over a source, an issue, an event, an instrument or a requirement, by what takes the place of what, or
over a sector that is not asked about.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from orgmodel.structure import weakest
from orgmodel.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure

MOST: Final = 100
"""So many connections are listed."""

_COLUMNS: Final = ("way_ids", "way", "steps", "certainty", "citations")

_LABELS: Final = frozenset(
    {"Agreement", "Body", "Fund", "Objective", "Organisation", "Partnership", "Plan", "Post", "Priority"}
)

_WORDS: Final = {
    "ACCOUNTABLE_TO": ("{} is accountable to {}", "{} holds {} to account"),
    "ACTS_FOR": ("{} acts for {}", "{} stays accountable for what {} does on its behalf"),
    "REPORTS_TO": ("{} reports to {}", "{} receives reports from {}"),
    "PART_OF": ("{} is part of {}", "{} includes {}"),
    "POST_IN": ("{} is a post in {}", "{} has the post {}"),
    "HELD_BY": ("{} is held by {}", "{} holds the post {}"),
    "PARTY_TO": ("{} is a party to {}", "{} has the party {}"),
    "SUPPORTS": ("{} supports {}", "{} is supported by {}"),
    "HOSTED_BY": ("{} is hosted by {}", "{} hosts {}"),
    "INFORMS": ("{} informs {}", "{} is informed by {}"),
    "WORKS_WITH": ("{} works with {}", "{} works with {}"),
    "SCRUTINISES": ("{} scrutinises {}", "{} is scrutinised by {}"),
    "ESTABLISHED_BY": ("{} is established by {}", "{} establishes {}"),
    "LEADS": ("{} leads on {}", "{} is led by {}"),
    "CONTRIBUTES": ("{} pays into {}", "{} is paid into by {}"),
}
"""How each line reads from the one end and from the other."""

_SEATED: Final = {
    ("REPRESENTS", "ON"): "{one} is represented by {seat} on {other}",
    ("ON", "REPRESENTS"): "{one} has {seat}, which speaks for {other}",
    ("FILLED_BY", "ON"): "{one} fills {seat} on {other}",
    ("ON", "FILLED_BY"): "{one} has {seat}, which {other} fills",
    ("REPRESENTS", "FILLED_BY"): "{one} is represented by {other} in {seat}{places}",
    ("FILLED_BY", "REPRESENTS"): "{one} speaks for {other} in {seat}{places}",
    ("REPRESENTS", "REPRESENTS"): "{one} and {other} are both represented by {seat}{places}",
    ("FILLED_BY", "FILLED_BY"): "{one} and {other} both fill {seat}{places}",
    ("ON", "ON"): "{one} and {other} both have {seat}",
}
"""How a seat reads from one of its ends to another, by the lines that lead from it to these."""

_ENDS: Final = ("ON", "REPRESENTS", "FILLED_BY")


def answer(structure: Structure, *, from_thing: str, to_thing: str, as_of: str, people: bool) -> Rows:
    """The shortest connections of one day.

    Args:
        structure: What it is asked of.
        from_thing: The id of the one.
        to_thing: The id of the other.
        as_of: The day.
        people: Whether people may be named.
    """
    lines = _Lines(structure.as_of(as_of), {from_thing, to_thing}, people=people)
    onward = _shortest(lines, from_thing, to_thing)
    rows = []
    for way in _first(onward, from_thing, to_thing):
        steps = [lines.between(one, other) for one, other in pairwise(way)]
        facts = [fact for said in steps for _, some in said for fact in some]
        rows.append(
            (
                way,
                [lines.name(one) for one in way],
                [". ".join(sorted({sentence for sentence, _ in said})) for said in steps],
                weakest(facts),
                sorted({citation for fact in facts for citation in fact.citations}),
            )
        )
    count = _count(onward, from_thing, to_thing)
    more = f"there are {count:,} shortest connections: the first {MOST} are listed"
    return Rows(_COLUMNS, tuple(rows), (more,) if count > MOST else ())


class _Lines:
    """The lines of one day that connect things."""

    def __init__(self, day: Structure, asked: set[str], *, people: bool) -> None:
        self._day = day
        self._asked = asked
        self._labels = _LABELS | {"Person"} if people else _LABELS

    def name(self, node_id: str) -> str:
        return self._day.nodes[node_id].name

    def connects(self, node_id: str) -> bool:
        """Whether a connection may lead over something."""
        node = self._day.nodes.get(node_id)
        if node is None or node.term not in self._labels:
            return False
        return node.kind != "sector" or node_id in self._asked

    def neighbours(self, node_id: str) -> set[str]:
        """What is one step away."""
        found = {line.to_id for line in self._day.outward(node_id, *_WORDS)}
        found |= {line.from_id for line in self._day.inward(node_id, *_WORDS)}
        for line in self._day.inward(node_id, *_ENDS):
            found |= {end.to_id for end in self._day.outward(line.from_id, *_ENDS)}
        return {one for one in found - {node_id} if self.connects(one)}

    def between(self, one: str, other: str) -> list[tuple[str, list[Entity]]]:
        """What joins two things, one step apart: a sentence for each line or seat, with the facts it says."""
        return [*self._direct(one, other), *self._seated(one, other)]

    def _direct(self, one: str, other: str) -> Iterator[tuple[str, list[Entity]]]:
        for relation, (forward, backward) in _WORDS.items():
            for line in self._day.outward(one, relation):
                if line.to_id == other:
                    yield self._sentence(forward, one, other, line), [line]
            for line in self._day.inward(one, relation):
                if line.from_id == other:
                    yield self._sentence(backward, one, other, line), [line]

    def _sentence(self, words: str, one: str, other: str, line: Relationship) -> str:
        about = line.get("subject") or line.get("scope")
        return words.format(self.name(one), self.name(other)) + (f" ({about})" if about else "")

    def _seated(self, one: str, other: str) -> Iterator[tuple[str, list[Entity]]]:
        seats = {line.from_id for line in self._day.inward(one, *_ENDS)}
        seats &= {line.from_id for line in self._day.inward(other, *_ENDS)}
        for seat in (self._day.nodes[seat] for seat in sorted(seats)):
            for (first, second), words in _SEATED.items():
                near = self._ends(seat, first, one)
                far = self._ends(seat, second, other)
                if near and far:
                    on = self._day.outward(seat.id, "ON")
                    elsewhere = [] if "ON" in (first, second) else on
                    yield self._of_seat(words, one, other, seat, on), [seat, *near, *far, *elsewhere]

    def _ends(self, seat: Node, relation: str, end: str) -> list[Relationship]:
        return [line for line in self._day.outward(seat.id, relation) if line.to_id == end]

    def _of_seat(self, words: str, one: str, other: str, seat: Node, on: list[Relationship]) -> str:
        vacant = "vacant " if seat.get("state") == "vacant" else ""
        places = " and ".join(sorted({self.name(line.to_id) for line in on}))
        return words.format(
            one=self.name(one),
            other=self.name(other),
            seat=f'the {vacant}seat "{seat.name}"',
            places=f" on {places}" if places else "",
        )


def _shortest(lines: _Lines, start: str, target: str) -> dict[str, list[str]]:
    """What follows on each thing in a shortest connection, by id; nothing where there is none."""
    if start == target or not (lines.connects(start) and lines.connects(target)):
        return {}
    before: dict[str, list[str]] = {start: []}
    layer = [start]
    while layer and target not in before:
        reached: dict[str, list[str]] = {}
        for one in layer:
            for other in lines.neighbours(one):
                if other not in before:
                    reached.setdefault(other, []).append(one)
        before |= reached
        layer = [*reached]
    onward: dict[str, list[str]] = {}
    waiting = [target] if target in before else []
    for one in waiting:
        for other in before[one]:
            if other not in onward:
                waiting.append(other)
            onward.setdefault(other, []).append(one)
    return {one: sorted(others) for one, others in onward.items()}


def _first(onward: dict[str, list[str]], start: str, target: str) -> list[list[str]]:
    """The first connections by ids."""
    found: list[list[str]] = []
    waiting = [[start]] if onward else []
    while waiting and len(found) < MOST:
        way = waiting.pop()
        if way[-1] == target:
            found.append(way)
        else:
            waiting += [[*way, other] for other in reversed(onward[way[-1]])]
    return found


def _count(onward: dict[str, list[str]], start: str, target: str) -> int:
    """How many connections there are."""
    # What is nearer to the target was found first.
    ways = {target: 1}
    for one, others in onward.items():
        ways[one] = sum(ways[other] for other in others)
    return ways.get(start, 0)
