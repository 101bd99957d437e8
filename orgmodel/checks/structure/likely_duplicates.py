"""Two bodies, organisations or posts of one dataset have nearly the same name, and may be one.

Severity: note.
Authority: Good practice: one thing is recorded once, so that all that is known of it stands together.
Mend: Where the two are one, keep one of them with the other's name among its `aliases`. Where they are two,
  join them by `succeeds` or `part_of`, if that is what they are, or waive the finding with that reason.

$as_of: Date = today. The day asked about.
$likeness: Integer = 85. How alike two words are at least, of 100, for one to be the other misspelt.

subject_id, subject: The one whose id comes first.
message: What has nearly the same name.
certainty: The weakest of the things that have the names.
citations: Where these are taken from; a list.

Sorted by subject_id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from orgmodel.checks.rows import Row, row
from orgmodel.vocabulary import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from networkx import Graph

    from orgmodel.model import Node
    from orgmodel.structure import Structure

_LABELS: Final = ("Body", "Organisation", "Post")
_SMALL: Final = frozenset({"a", "an", "and", "for", "in", "of", "on", "sub", "the", "to"})
"""Words that tell no two things apart."""

_SHORT: Final = 3
"""Of so many letters a word is an abbreviation, or too short to be told from another by likeness."""

_CHILD: Final = frozenset({"child", "children", "childrens"})


def findings(structure: Structure, *, as_of: str, likeness: int) -> list[Row]:
    """Things with nearly one name, all that hang together as one finding."""
    import networkx as nx

    places = _Places(structure, as_of)
    found: Graph[str] = nx.Graph()
    for label in _LABELS:
        nodes = [node for node in structure.labelled(label) if structure.holdings[node.id].on(as_of)]
        for some, like in _alike(nodes, likeness):
            for one, other in places.beside(some, like):
                if {*one.datasets} & {*other.datasets} and not places.joined(one, other):
                    found.add_edge(one.id, other.id)
    rows: list[Row] = []
    for together in nx.connected_components(found):
        first, *others = (structure.nodes[node] for node in sorted(together))
        named = "; ".join(f"{node.name} ({node.id})" for node in others)
        rows.append(row(first, f"has nearly the same name as {named}", (first, *others)))
    return sorted(rows)


# Names


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared: its telling words, and how these are written as one."""

    words: frozenset[str]
    whole: str


def _named(text: str) -> _Name:
    plain = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", normalize("NFKD", text).casefold())
    plain = re.sub("[\u0300-\u036f]", "", plain)
    words = ["child" if word in _CHILD else word for word in re.findall(r"\w+", plain)]
    telling = [word for word in words if word not in _SMALL] or words or [plain]
    return _Name(frozenset(telling), "".join(telling))


def _alike(nodes: Iterable[Node], likeness: int) -> Iterator[tuple[list[Node], list[Node]]]:
    """The nodes of each name, with those of the same name or of one that is like it."""
    called: dict[_Name, list[Node]] = defaultdict(list)
    for node in nodes:
        for name in {_named(text) for text in (node.name, *node.aliases)}:
            called[name].append(node)
    for named in called.values():
        yield named, named
    for one, other in _like(called, likeness):
        yield called[one], called[other]


def _like(names: Iterable[_Name], likeness: int) -> Iterator[tuple[_Name, _Name]]:
    """Pairs of names that differ in spaces only, or of which each word is in both, if misspelt in one."""
    with_word: dict[str, list[_Name]] = defaultdict(list)
    written: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        written[name.whole].append(name)
        for word in name.words:
            with_word[word].append(name)
    for same in written.values():
        yield from combinations(same, 2)
    like = _like_words(with_word, likeness)
    for name in names:
        rarest = min(name.words, key=lambda word: (len(with_word[word]), word))
        for word in like[rarest]:
            for other in with_word[word]:
                if name.whole < other.whole and _covered(name, other, like) and _covered(other, name, like):
                    yield name, other


def _covered(name: _Name, by: _Name, like: Mapping[str, frozenset[str]]) -> bool:
    return all(like[word] & by.words for word in name.words)


def _like_words(words: Iterable[str], likeness: int) -> dict[str, frozenset[str]]:
    """To each word itself and all that may be it misspelt; with a digit in it, or short, none is."""
    from rapidfuzz import fuzz, process

    found = {word: frozenset({word}) for word in words}
    long = sorted(word for word in found if len(word) > _SHORT and word.isalpha())
    for word in long:
        close = process.extract(word, long, scorer=fuzz.ratio, score_cutoff=likeness, limit=None)
        found[word] = frozenset(other for other, _, _ in close)
    return found


# Places


class _Places:
    """What tells things of one name apart: where they are, and that one is part or heir of the other."""

    def __init__(self, structure: Structure, day: str) -> None:
        self._structure = structure
        self._day = day
        self._above: dict[str, frozenset[str]] = {}

    def beside(self, some: Sequence[Node], others: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
        """Pairs of the one and the other of which it is not known that they are in different places."""
        placed: dict[str, list[Node]] = defaultdict(list)
        for other in others:
            for place in self._places(other) or ("",):
                placed[place].append(other)
        for one in some:
            places = self._places(one)
            # What is nowhere may be anywhere.
            near = [other for place in (*places, "") for other in placed[place]] if places else others
            yield from ((one, other) for other in near if other.id != one.id)

    def joined(self, one: Node, other: Node) -> bool:
        """Whether one of two things is part of the other, or took its place."""
        return one.id in self._all_above(other.id) or other.id in self._all_above(one.id)

    def _places(self, node: Node) -> set[str]:
        """Where a thing is: a post in organisations and bodies, all else in partnerships or beside them."""
        if node.term == "Post":
            homes = {line.to_id for line in self._structure.outward(node.id, "POST_IN")}
            if homes:
                return homes
        return self._partnerships(node.id) or self._near(node.id)

    def _near(self, node: str) -> set[str]:
        """The partnerships of whatever a line joins to a thing that is in none."""
        held = self._structure.holdings
        ends = [
            line.to_id
            for line in self._structure.outward(node, *RELATIONSHIP_TYPES)
            if held[line.id].on(self._day)
        ]
        ends += [
            line.from_id
            for line in self._structure.inward(node, *RELATIONSHIP_TYPES)
            if held[line.id].on(self._day)
        ]
        return {partnership for end in ends for partnership in self._partnerships(end)}

    def _all_above(self, node: str) -> frozenset[str]:
        """All that a thing is part of, is a seat on or took the place of, over any number of steps."""
        found = self._above.get(node)
        if found is None:
            reached = [node]
            for one in reached:
                lines = self._structure.outward(one, "PART_OF", "ON", "SUCCEEDS")
                reached += {line.to_id for line in lines}.difference(reached)
            found = self._above[node] = frozenset(reached[1:])
        return found

    def _partnerships(self, node: str) -> set[str]:
        nodes = self._structure.nodes
        return {above for above in (node, *self._all_above(node)) if nodes[above].term == "Partnership"}
