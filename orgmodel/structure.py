"""A structure: all the nodes and relationships of one or more datasets, their names and their times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.dates import last_day
from orgmodel.errors import DatasetError, DateError, Finding, Place, nearest, shown
from orgmodel.holding import Holding, holdings
from orgmodel.names import Named, Names
from orgmodel.vocabulary import CERTAINTIES, NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.model import Dataset, Edition, Entity, Node, Relationship

TODAY = "today"
"""The name of the day on which one asks."""

_LABEL_ORDER = {label: position for position, label in enumerate(NODE_TYPES)}


@dataclass(frozen=True)
class Structure:
    """All that is known of one or more partnerships.

    `nodes` and `relationships` are by id, in a steady order; `holdings` has both, by id. `day` is the
    day that it was cut down to, or None. What is in it refers to nothing outside it.
    """

    datasets: tuple[Dataset, ...]
    nodes: Mapping[str, Node]
    relationships: Mapping[str, Relationship]
    holdings: Mapping[str, Holding]
    day: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        datasets: Iterable[Dataset],
        nodes: Iterable[Node],
        relationships: Iterable[Relationship],
        places: Mapping[str, Place] | None = None,
    ) -> Structure:
        """The structure of some entities; their order does not matter."""
        by_id = {n.id: n for n in sorted(nodes, key=lambda n: (_LABEL_ORDER[n.term], n.id))}
        lines = {r.id: r for r in sorted(relationships, key=lambda r: (r.term, r.id))}
        return cls(tuple(datasets), by_id, lines, holdings(by_id, lines), None, places or {})

    @cached_property
    def names(self) -> Names:
        """Every name of every node."""
        return Names(
            Named(n.id, n.term, n.name, tuple(t for t in (n.short_name, *n.aliases) if t))
            for n in self.nodes.values()
        )

    @cached_property
    def _outward(self) -> dict[tuple[str, str], list[Relationship]]:
        found: dict[tuple[str, str], list[Relationship]] = {}
        for line in self.relationships.values():
            found.setdefault((line.from_id, line.term), []).append(line)
        return found

    @cached_property
    def _inward(self) -> dict[tuple[str, str], list[Relationship]]:
        found: dict[tuple[str, str], list[Relationship]] = {}
        for line in self.relationships.values():
            found.setdefault((line.to_id, line.term), []).append(line)
        return found

    def labelled(self, label: str) -> list[Node]:
        """The nodes of a label, by id."""
        return [node for node in self.nodes.values() if node.term == label]

    def outward(self, node_id: str, *types: str) -> list[Relationship]:
        """The relationships of some types that lead from a node."""
        return [line for name in types for line in self._outward.get((node_id, name), ())]

    def inward(self, node_id: str, *types: str) -> list[Relationship]:
        """The relationships of some types that lead to a node."""
        return [line for name in types for line in self._inward.get((node_id, name), ())]

    def find(self, text: str, *labels: str) -> Node:
        """The node that a text means: an id, name, short name or alias.

        Raises:
            NameNotFoundError: Nothing of those labels has that name.
            AmbiguousNameError: Several things have it.
        """
        return self.nodes[self.names.find(text, labels).id]

    @property
    def editions(self) -> dict[str, Edition]:
        """The editions of all datasets, by id."""
        return {edition.id: edition for dataset in self.datasets for edition in dataset.editions}

    def date_of(self, text: str | None) -> str:
        """The day that somebody means, as `YYYY-MM-DD`.

        Args:
            text: The id of an edition, `today`, or a date; a month or a year means its last day.
                None is today.

        Raises:
            DateError: It is none of these.
        """
        if text is None or text == TODAY:
            return date.today().isoformat()
        edition = self.editions.get(text)
        if edition is not None:
            return last_day(edition.date)
        if text[:1].isdigit():
            return last_day(text)
        meant = nearest(text, self.editions)
        hint = f"did you mean {' or '.join(meant)}?" if meant else "there are: " + ", ".join(self.editions)
        raise DateError(f"there is no edition {shown(text)}; {hint if self.editions else 'give a date'}")

    def as_of(self, when: str | None) -> Structure:
        """What of it holds on a day; `when` is as in `date_of`."""
        day = self.date_of(when)
        nodes = {i: n for i, n in self.nodes.items() if self.holdings[i].on(day)}
        lines = {
            i: r
            for i, r in self.relationships.items()
            if self.holdings[i].on(day) and r.from_id in nodes and r.to_id in nodes
        }
        return Structure(self.datasets, nodes, lines, self.holdings, day, self.places)

    def merge(self, other: Structure) -> Structure:
        """Both structures as one, the same whichever of the two is asked.

        A node of both is one node: what either says of it, the citations and other names of both, the surer
        certainty with the basis of that, the notes of both. When things hold is worked out anew from that.

        Raises:
            DatasetError: Something of one id is not the same thing in both, or has a property that they
                give differently.
        """
        if _dataset_ids(other) < _dataset_ids(self):
            return other.merge(self)
        findings: list[Finding] = []
        nodes = {**self.nodes, **other.nodes}
        for i in self.nodes.keys() & other.nodes.keys():
            findings += self._clashes(other, i)
            nodes[i] = _together(self.nodes[i], other.nodes[i])
        findings += [
            Finding(
                other.places.get(i, Place(i)), f"{i!r} is in two datasets: also at {self.places.get(i, i)}"
            )
            for i in (self.relationships.keys() & other.relationships.keys())
            | (self.nodes.keys() & other.relationships.keys())
            | (self.relationships.keys() & other.nodes.keys())
        ]
        for edition in self.editions.keys() & other.editions.keys():
            if self.editions[edition].date != other.editions[edition].date:
                findings.append(
                    Finding(Place(other.datasets[0].id), f"edition {edition!r} has another date elsewhere")
                )
        if findings:
            raise DatasetError(findings)
        return Structure.of(
            (*self.datasets, *other.datasets),
            nodes.values(),
            (*self.relationships.values(), *other.relationships.values()),
            {**other.places, **self.places},
        )

    def _clashes(self, other: Structure, i: str) -> list[Finding]:
        ours, theirs = self.nodes[i], other.nodes[i]
        same = ours.term == theirs.term
        findings: list[Finding] = []
        for name in sorted(type(ours).model_fields.keys() - _UNITED - _WEIGHED) if same else ["term"]:
            one, two = getattr(ours, name), getattr(theirs, name)
            if one != two and not {one, two} & {None, ()}:
                where = self.places.get(i, Place(ours.datasets[0] if ours.datasets else "?"))
                said = "label" if name == "term" else name
                message = (
                    f"{i!r} has the {said} {shown(two)} here and {shown(one)} at {where}: make them agree"
                )
                findings.append(Finding(other.places.get(i, Place(i)), message))
        return findings


_UNITED = frozenset({"aliases", "citations", "datasets", "sections"})
"""Lists of which a node of two datasets has the entries of both."""

_WEIGHED = frozenset({"certainty", "basis", "note"})
"""What two datasets may say differently of one node; see `Structure.merge`."""


def _dataset_ids(structure: Structure) -> list[str]:
    return [dataset.id for dataset in structure.datasets]


def _together(one: Node, two: Node) -> Node:
    both = (one, two)
    said: dict[str, object] = {}
    for name in type(one).model_fields:
        values = [value for node in both if (value := getattr(node, name, None)) not in (None, ())]
        if name in _UNITED:
            said[name] = tuple(sorted({entry for value in values for entry in value}))
        elif values:
            said[name] = values[0]
    surest = min((node.certainty for node in both), key=CERTAINTIES.index)
    said["certainty"] = surest
    said["basis"] = _joined(node.basis for node in both if node.certainty == surest)
    said["note"] = _joined(node.note for node in both)
    return one.model_copy(update=said)


def _joined(texts: Iterable[str | None]) -> str | None:
    return " ".join(dict.fromkeys(text for text in texts if text)) or None


def weakest(entities: Iterable[Entity]) -> str:
    """The weakest certainty among some entities; `stated` of none."""
    return max((entity.certainty for entity in entities), key=CERTAINTIES.index, default="stated")
