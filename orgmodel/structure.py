"""A structure: all the nodes and relationships of one or more datasets, their names and their times."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.dates import last_day
from orgmodel.errors import DatasetError, DateError, Finding, Place, nearest, shown
from orgmodel.holding import Holding, holdings, latest
from orgmodel.model import Node, Relationship
from orgmodel.names import Named, Names
from orgmodel.vocabulary import CERTAINTIES, NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from orgmodel.model import Dataset, Edition, Entity

TODAY = "today"
"""The name of the day on which one asks."""


def day_of(text: str | None, editions: Mapping[str, Edition]) -> str:
    """The day that somebody means; see `Structure.date_of`.

    Args:
        text: As there.
        editions: The editions that may be meant, by id.
    """
    if text is None or text == TODAY:
        return date.today().isoformat()
    edition = editions.get(text)
    if edition is not None:
        return last_day(edition.date)
    if text[:1].isdigit():
        return last_day(text)
    meant = nearest(text, editions)
    hint = f"did you mean {' or '.join(meant)}?" if meant else "there are: " + ", ".join(editions)
    raise DateError(f"there is no edition {shown(text)}; {hint if editions else 'give a date'}")


_DAYS_KEPT = 4
"""How many days of a structure are kept that were asked for."""

_LABEL_ORDER = {label: position for position, label in enumerate(NODE_TYPES)}


@dataclass(frozen=True)
class Structure:
    """All that is known of one or more partnerships.

    `nodes` and `relationships` are by id, in a steady order; `holdings` has both, by id. `day` is the
    day that it was cut down to, or None. What is in it refers to nothing outside it. `versions` has, for
    what several datasets state, what each of them says, by id of the dataset.
    """

    datasets: tuple[Dataset, ...]
    nodes: Mapping[str, Node]
    relationships: Mapping[str, Relationship]
    holdings: Mapping[str, Holding]
    day: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        datasets: Iterable[Dataset],
        nodes: Iterable[Node],
        relationships: Iterable[Relationship],
        places: Mapping[str, Place] | None = None,
    ) -> Structure:
        """The structure of some entities; their order does not matter."""
        by_id, lines = _in_order(nodes, relationships)
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

    @cached_property
    def _labelled(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.term, []).append(node)
        return found

    def labelled(self, label: str) -> list[Node]:
        """The nodes of a label, by id."""
        return list(self._labelled.get(label, ()))

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
        return day_of(text, self.editions)

    def as_of(self, when: str | None) -> Structure:
        """What of it holds on a day; `when` is as in `date_of`."""
        day = self.date_of(when)
        return self._kept((day,), lambda: self._on(day))

    def on_either(self, one: str | None, other: str | None) -> Structure:
        """What of it holds on one of two days or on both; its day is the second. Days are as in `date_of`."""
        first, second = self.as_of(one), self.as_of(other)

        def both() -> Structure:
            nodes = {**first.nodes, **second.nodes}
            lines = {**first.relationships, **second.relationships}
            return replace(second, nodes=nodes, relationships=lines)

        return self._kept((str(first.day), str(second.day)), both)

    def _kept(self, days: tuple[str, ...], make: Callable[[], Structure]) -> Structure:
        if days not in self._days:
            # Whoever asks for more days than a few asks for each of them once.
            if len(self._days) >= _DAYS_KEPT:
                del self._days[next(iter(self._days))]
            self._days[days] = make()
        return self._days[days]

    @cached_property
    def _days(self) -> dict[tuple[str, ...], Structure]:
        return {}

    def _on(self, day: str) -> Structure:
        nodes = {i: n for i, n in self.nodes.items() if self.holdings[i].on(day)}
        lines = {
            i: r
            for i, r in self.relationships.items()
            if self.holdings[i].on(day) and r.from_id in nodes and r.to_id in nodes
        }
        return Structure(self.datasets, nodes, lines, self.holdings, day, self.places, self.versions)

    def parts(self) -> list[Structure]:
        """What each of its datasets says by itself: a structure of each, by id of the dataset."""
        if len(self.datasets) < 2:  # noqa: PLR2004 - one dataset is its own only part
            return [self]
        return [self._part(dataset) for dataset in sorted(self.datasets, key=lambda dataset: dataset.id)]

    def _part(self, dataset: Dataset) -> Structure:
        nodes: dict[str, Node] = {}
        lines: dict[str, Relationship] = {}
        held: dict[str, Holding] = {}
        entities: Iterable[Entity] = (*self.nodes.values(), *self.relationships.values())
        for entity in entities:
            if dataset.id not in entity.datasets:
                continue
            for own, holding in self.versions.get(entity.id) or (Version(entity, self.holdings[entity.id]),):
                if dataset.id in own.datasets:
                    held[own.id] = holding
                    if isinstance(own, Relationship):
                        lines[own.id] = own
                    elif isinstance(own, Node):
                        nodes[own.id] = own
        return Structure((dataset,), nodes, lines, held, self.day, self.places)

    def merge(self, *others: Structure) -> Structure:
        """All structures as one, the same whichever of them is asked.

        What several datasets state is one thing: what any of them says of it, the citations, other names and
        notes of all, the surer certainty with the basis of that. It holds from the first day on which it
        does by any of them to the last. All that only one dataset states holds as it does by that.

        Raises:
            DatasetError: Something of one id is not the same thing in all, or has a property that they
                give differently; its dates may differ.
        """
        parts = [part for structure in (self, *others) for part in structure.parts()]
        parts.sort(key=lambda part: [dataset.id for dataset in part.datasets])
        findings = [*_same_datasets(parts), *_other_editions(parts)]
        nodes: dict[str, Node] = {}
        lines: dict[str, Relationship] = {}
        held: dict[str, Holding] = {}
        places: dict[str, Place] = {}
        stated: dict[str, list[Structure]] = {}
        for part in parts:
            for i in held.keys() & part.holdings.keys():
                stated.setdefault(i, [p for p in parts if i in p.holdings])
            nodes |= part.nodes
            lines |= part.relationships
            held |= part.holdings
            places = {**part.places, **places}
        versions: dict[str, tuple[Version, ...]] = {}
        for i, by in stated.items():
            said = tuple(Version(part.entity(i), part.holdings[i]) for part in by)
            if wrong := clashes(said, [part.places.get(i, Place(part.datasets[0].id)) for part in by]):
                findings += wrong
                continue
            versions[i] = said
            one, held[i] = united(said)
            if isinstance(one, Relationship):
                lines[i] = one
            elif isinstance(one, Node):
                nodes[i] = one
        if findings:
            raise DatasetError(findings)
        datasets = tuple(dataset for part in parts for dataset in part.datasets)
        nodes, lines = _in_order(nodes.values(), lines.values())
        return Structure(datasets, nodes, lines, held, None, places, versions)

    def entity(self, entity_id: str) -> Entity:
        """The node or relationship of an id that is there."""
        return self.nodes.get(entity_id) or self.relationships[entity_id]


class Version(NamedTuple):
    """What one dataset says of a thing that several state, and when it holds by that."""

    entity: Entity
    holding: Holding


_UNITED = frozenset({"aliases", "citations", "datasets", "sections"})
"""Lists of which a thing of several datasets has the entries of all."""

_OWN = frozenset({"certainty", "basis", "note", "start_date", "end_date"})
"""What each dataset may say differently of one thing; see `united`."""


def united(versions: Sequence[Version]) -> Version:
    """What several datasets say of one thing, as one; see `Structure.merge`.

    Args:
        versions: What each says, by id of the dataset; they agree in all that identifies the thing.
    """
    entities = [version.entity for version in versions]
    said: dict[str, object] = {}
    for name in type(entities[0]).model_fields:
        values = [value for entity in entities if (value := getattr(entity, name)) not in (None, ())]
        if name in _UNITED:
            said[name] = tuple(sorted({entry for value in values for entry in value}))
        elif values:
            said[name] = values[0]
    surest = min((entity.certainty for entity in entities), key=CERTAINTIES.index)
    said["certainty"] = surest
    said["basis"] = _joined(entity.basis for entity in entities if entity.certainty == surest)
    said["note"] = _joined(entity.note for entity in entities)
    begins = min(versions, key=lambda v: (v.holding.holds_from, v.entity.start_date is None))
    ends = max(versions, key=lambda v: (v.holding.holds_to, v.entity.end_date is not None))
    said["start_date"], said["end_date"] = begins.entity.start_date, ends.entity.end_date
    seen = latest(seen for version in versions if (seen := version.holding.last_seen))
    return Version(
        entities[0].model_copy(update=said), Holding(begins.holding.holds_from, ends.holding.holds_to, seen)
    )


def _joined(texts: Iterable[str | None]) -> str | None:
    return " ".join(dict.fromkeys(text for text in texts if text)) or None


def _in_order(
    nodes: Iterable[Node], lines: Iterable[Relationship]
) -> tuple[dict[str, Node], dict[str, Relationship]]:
    return (
        {n.id: n for n in sorted(nodes, key=lambda n: (_LABEL_ORDER[n.term], n.id))},
        {r.id: r for r in sorted(lines, key=lambda r: (r.term, r.id))},
    )


def _same_datasets(parts: Sequence[Structure]) -> Iterator[Finding]:
    for one, two in pairwise(parts):
        if one.datasets and one.datasets[0].id == two.datasets[0].id:
            yield Finding(Place(one.datasets[0].id), "two datasets have this id: give one of them another")


def _other_editions(parts: Iterable[Structure]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for part in parts:
        for edition in part.editions.values():
            if seen.setdefault(edition.id, edition.date) != edition.date:
                yield Finding(
                    Place(part.datasets[0].id), f"edition {edition.id!r} has another date elsewhere"
                )


def clashes(versions: Sequence[Version], places: Sequence[Place]) -> list[Finding]:
    """Where what several datasets state under one id is not one thing.

    Args:
        versions: What each says.
        places: Where each says it.
    """
    entities = [version.entity for version in versions]
    first, i = entities[0], entities[0].id
    findings: list[Finding] = []
    if any(isinstance(e, Relationship) != isinstance(first, Relationship) for e in entities) or (
        isinstance(first, Relationship) and len({_ends(entity) for entity in entities}) > 1
    ):
        message = f"{i!r} is the id of something else at {places[0]}: give one of the two another id"
        return [Finding(place, message) for place in places[1:]]
    same = len({entity.term for entity in entities}) == 1
    for name in sorted(type(first).model_fields.keys() - _UNITED - _OWN) if same else ["term"]:
        said: list[tuple[object, Place]] = []
        for entity, place in zip(entities, places, strict=True):
            value = getattr(entity, name)
            if value in (None, ()):
                continue
            said.append((value, place))
            if value != said[0][0]:
                what = "label" if name == "term" else name
                message = (
                    f"{i!r} has the {what} {shown(value)} here and {shown(said[0][0])} at {said[0][1]}: "
                    "make them agree"
                )
                findings.append(Finding(place, message))
    return findings


def _ends(entity: Entity) -> tuple[object, ...]:
    return entity.term, entity.get("from_id"), entity.get("to_id")


def weakest(entities: Iterable[Entity]) -> str:
    """The weakest certainty among some entities; `stated` of none."""
    return max((entity.certainty for entity in entities), key=CERTAINTIES.index, default="stated")
