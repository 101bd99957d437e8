"""Making a structure by chance: dice that fall alike everywhere, skewed shares, nodes and relationships."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from benchmarks import england_words as words
from orgmodel.building import line_id
from orgmodel.dates import first_day, last_day
from orgmodel.holding import source_of
from orgmodel.model import node_class, relationship_class
from orgmodel.vocabulary import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    from orgmodel.model import Node, Relationship

    T = TypeVar("T")


_CHANGING = frozenset({"ACCOUNTABLE_TO", "ACTS_FOR", "FILLED_BY", "HELD_BY", "SUPPORTS", "WORKS_WITH"})
"""Types of which some lines end before what they join does."""


class Dice:
    """Chance. Of `random` only `random()` gives the same numbers in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311 - nothing here is a secret

    def chance(self, of: float) -> bool:
        return self._next() < of

    def up_to(self, most: int) -> int:
        """One of 0, 1, ... most."""
        return int(self._next() * (most + 1))

    def one(self, things: Sequence[T]) -> T:
        return things[int(self._next() * len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """So many different ones of some things, or all."""
        left = list(things)
        return [left.pop(int(self._next() * len(left))) for _ in range(min(count, len(left)))]

    def shuffled(self, things: Iterable[T]) -> list[T]:
        return self.by(things, lambda _: 1.0)

    def by(self, things: Iterable[T], weight: Callable[[T], float]) -> list[T]:
        """The things in an order of chance, the light ones rather at the front."""
        keyed = [(self._next() * weight(thing), number, thing) for number, thing in enumerate(things)]
        return [thing for _, _, thing in sorted(keyed, key=lambda one: one[:2])]


def shares(total: int, count: int, evenness: float, least: int = 0) -> list[int]:
    """A total in some shares, the largest first: a few large ones, many small.

    Only sums, products and quotients are taken: of these every machine makes the same.

    Args:
        total: What the shares add up to.
        count: How many.
        evenness: The less, the more there is between the largest and the smallest.
        least: What each has.
    """
    weights = [1 / ((number + 0.5) / count + evenness) for number in range(count)]
    whole, given, reached, found = sum(weights), 0, 0.0, []
    for weight in weights:
        reached += weight
        upto = int((total - least * count) * reached / whole + 0.5)
        found.append(least + upto - given)
        given = upto
    return sorted(found, reverse=True)


class Making:
    """What has been made so far; `spans` has the first and the last day of each node."""

    def __init__(self, seed: int) -> None:
        self.dice = Dice(seed)
        self.nodes: dict[str, Node] = {}
        self.lines: dict[str, Relationship] = {}
        self.spans: dict[str, tuple[str, str]] = {}
        self.published: dict[str, str] = {}
        self.place_of: dict[str, str] = {}
        self.accountable: dict[str, str] = {}

    def source(self, source_id: str, name: str, place: str, **said: Any) -> None:
        day = said.get("published") or said["not_before"]
        self.nodes[source_id] = node_class("Source")(id=source_id, name=name, datasets=("england",), **said)
        self.published[source_id] = first_day(day)
        self.place_of[source_id] = place
        self.spans[source_id] = first_day(day), OPEN_END

    def _said(self, citations: tuple[str, ...]) -> dict[str, Any]:
        place = self.place_of[source_of(citations[0])]
        said: dict[str, Any] = {"citations": citations, "datasets": ("england",)}
        drawn = self.dice.up_to(99)
        if drawn < 20:
            said["certainty"] = "ambiguous" if drawn < 5 else "inferred"
            said["basis"] = self.dice.one(words.BASES).format(place=place)
        if drawn % 12 == 0:
            said["note"] = self.dice.one(words.NOTES).format(place=place)
        return said

    def first_cited(self, citations: Iterable[str]) -> str:
        sources = [source_of(citation) for citation in citations]
        naming = [source for source in sources if self.nodes[source].kind != "legislation"] or sources
        return min(self.published[source] for source in naming)

    def node(
        self,
        label: str,
        node_id: str,
        name: str,
        citations: tuple[str, ...],
        *,
        within: str | None = None,
        until: str = OPEN_END,
        **said: Any,
    ) -> str:
        """Makes a node and gives its id back.

        Args:
            label: Its label.
            node_id: Its id; where that is taken it gets a number.
            name: Its name.
            citations: Where it is stated.
            within: The id of what it ends with, and for a seat begins with.
            until: Its last day, where what succeeds it says so.
            **said: Its other properties.
        """
        node_id = self._free(node_id)
        given = {**self._said(citations), **{key: value for key, value in said.items() if value}}
        self.nodes[node_id] = node_class(label)(id=node_id, name=name, **given)
        start = said.get("start_date") or said.get("date") or self.first_cited(citations)
        end = said.get("end_date") or said.get("date")
        begins, ends = first_day(start), min(last_day(end) if end else OPEN_END, until)
        if within:
            ends = min(ends, self.spans[within][1])
            begins = max(begins, self.spans[within][0]) if label == "Seat" else begins
        assert begins <= ends, node_id
        self.spans[node_id] = begins, ends
        return node_id

    def _free(self, wanted: str) -> str:
        number, free = 1, wanted
        while free in self.nodes or free in self.lines:
            number += 1
            free = f"{wanted}-{number}"
        return free

    def line(
        self, from_id: str, name: str, to_id: str, citations: tuple[str, ...], **said: Any
    ) -> str | None:
        """Makes a relationship and gives its id back; None where its ends are never there together."""
        begins, ends = self.spans[from_id]
        if name not in {"SUCCEEDS", "CONCERNS"}:
            begins = max(begins, self.spans[to_id][0])
            ends = min(ends, self.spans[to_id][1])
            if begins > ends:
                return None
            if not said.get("start_date") and self.first_cited(citations) > ends:
                said["start_date"] = begins
            begins = max(begins, first_day(said.get("start_date") or self.first_cited(citations)))
            if name in _CHANGING and ends == OPEN_END and begins < "2021" and self.dice.chance(0.05):
                said["end_date"] = self.dice.one(("2021", "2022-03", "2023-06-30"))
        key, made = 1, line_id(from_id, name, to_id)
        while made in self.lines or made in self.nodes:
            key += 1
            made = line_id(from_id, name, to_id, str(key))
        given = {**self._said(citations), **{key: value for key, value in said.items() if value}}
        self.lines[made] = relationship_class(name)(id=made, from_id=from_id, to_id=to_id, **given)
        if name == "ACCOUNTABLE_TO":
            self.accountable.setdefault(from_id, made)
        return made

    def together(self, one: str, two: str) -> bool:
        """Whether two things are there on some day."""
        first, second = self.spans[one], self.spans[two]
        return max(first[0], second[0]) <= min(first[1], second[1])
