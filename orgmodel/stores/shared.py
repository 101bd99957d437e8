"""The shared graph: what is loaded into a Neo4j server, and reading it back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgmodel.graph import PROPERTIES, Stored, structure_of
from orgmodel.holding import Holding
from orgmodel.model import Dataset
from orgmodel.names import Named
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orgmodel.stores.neo4j import Neo4jStore
    from orgmodel.structure import Structure

COMPLETE: Final = "complete"
INCOMPLETE: Final = "incomplete"

_RECORDS: Final = """
MATCH (r:LoadRecord)
RETURN r.dataset, r.description, r.state, r.nodes, r.relationships, r.loaded_at, r.version, r.digest
ORDER BY r.dataset
"""


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """What a shared graph knows of one dataset in it.

    Attributes:
        dataset: Its id.
        description: What it says of itself, as JSON; by its last load that was complete, if there was one.
        state: complete, or incomplete while a load or unload goes on or after one was interrupted.
        nodes: How many nodes it states.
        relationships: How many relationships it states.
        loaded_at: When the last load was complete, by the clock of the server, ISO 8601; None before.
        version: The version of orgmodel that loaded it.
        digest: A hash of all it states, where it was loaded with one.
    """

    dataset: str
    description: str | None
    state: str
    nodes: int | None = None
    relationships: int | None = None
    loaded_at: str | None = None
    version: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str | None:
        """What the dataset is called."""
        return None if self.description is None else Dataset.model_validate_json(self.description).name


def records(store: Neo4jStore) -> list[LoadRecord]:
    """The datasets that a shared graph holds, by id."""
    return [LoadRecord(*row) for row in store.stream(_RECORDS)]


def datasets(store: Neo4jStore) -> list[Dataset]:
    """What the datasets of a shared graph say of themselves, by id; of those that were ever complete."""
    return [
        Dataset.model_validate_json(record.description)
        for record in records(store)
        if record.description is not None
    ]


LOOK_HOLDS: Final = 0.25
"""For so many seconds a look at the state of a graph may be relied on. A load that can be seen half done says
so first, and waits for longer than that before it writes."""


class Look(NamedTuple):
    """The state of a shared graph: how often it was written to, which of its datasets are incomplete."""

    generation: int
    incomplete: tuple[str, ...]


_LOOK: Final = """
OPTIONAL MATCH (l:LoadLock {id: 'load'})
OPTIONAL MATCH (r:LoadRecord) WHERE r.state <> 'complete'
WITH l, r.dataset AS dataset ORDER BY dataset
RETURN coalesce(l.generation, 0), collect(dataset)
"""


def look(store: Neo4jStore) -> Look:
    """The state of a shared graph now."""
    ((generation, incomplete),) = store.run(_LOOK, {}).rows
    assert isinstance(generation, int)
    assert isinstance(incomplete, list)
    return Look(generation, tuple(incomplete))


_COUNTS: Final = " UNION ALL ".join(
    [f"MATCH (x:{label}) RETURN '{label}' AS term, count(x) AS found" for label in NODE_TYPES]
    + [f"MATCH ()-[x:{name}]->() RETURN '{name}' AS term, count(x) AS found" for name in RELATIONSHIP_TYPES]
)


def counts(store: Neo4jStore) -> dict[str, int]:
    """How many nodes of each label and relationships of each type a shared graph has, none included."""
    return dict.fromkeys((*NODE_TYPES, *RELATIONSHIP_TYPES), 0) | dict(store.stream(_COUNTS))


_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


class Kept(NamedTuple):
    """What a shared graph has of one thing.

    Attributes:
        values: A value for each of `PROPERTIES` of its label or type, None for none.
        from_id: The id of what a relationship leads from.
        to_id: The id of what it leads to.
        labels: The labels of a node that has several.
        others: The properties that it has beside.
    """

    values: list[Any]
    from_id: str | None = None
    to_id: str | None = None
    labels: list[str] | tuple[()] = ()
    others: Mapping[str, object] = _NOTHING

    def stored(self, term: str) -> Stored:
        """The same as a node of a label or a relationship of a type."""
        found = {n: v for n, v in zip(PROPERTIES[term], self.values, strict=True) if v is not None}
        return Stored(term, {**found, **self.others}, self.from_id, self.to_id)


_TOGETHER: Final = 1_000
"""So many things are one row of an answer: for a row the driver takes longer than for a thing in it."""
_FEW: Final = 10_000
"""Labels and types with no more things than this are asked for in one query: to plan one takes the server
longer than to read so many."""
_IN_MEMORY: Final = 50_000
"""So many things, at most, the server puts together in its memory; for more it looks at all of them again."""


def kept(
    store: Neo4jStore, found: Mapping[str, int], condition: str = "true", **parameters: object
) -> Iterator[tuple[str, Iterator[Kept]]]:
    """What a shared graph has of some labels and types, one label or type after another.

    Args:
        store: The graph.
        found: How many there are of each, as by `counts`.
        condition: What of it is wanted, in Cypher, of `x`.
        parameters: The values of its `$parameters`.

    Returns:
        For each label and type what there is of it, to be gone through to the end: first those that there is
        nothing of, then labels, then types.
    """
    groups = _groups(found)
    texts = [_together(terms, sum(found[term] for term in terms), condition) for terms in groups]
    names = {term: [*PROPERTIES[term]] for terms in groups for term in terms}
    for term, count in found.items():
        if not count:
            yield term, iter(())
    with closing(store.streams(texts, {**parameters, "names": names})) as several:
        for terms, rows in zip(groups, several, strict=True):
            left = [*terms]
            for term, of_term in groupby(rows, itemgetter(0)):
                left.remove(term)
                yield term, _each(store, term, of_term, condition, parameters)
            for term in left:
                yield term, iter(())


def _groups(found: Mapping[str, int]) -> list[list[str]]:
    """Which labels, and which types, are asked for together: each that has many things alone."""
    groups: list[list[str]] = []
    for terms in (NODE_TYPES, RELATIONSHIP_TYPES):
        there = [term for term in terms if found.get(term)]
        few = [term for term in there if found[term] <= _FEW]
        groups += [few] * bool(few) + [[term] for term in there if term not in few]
    return groups


def _together(terms: Sequence[str], count: int, condition: str) -> str:
    parts = -(-count // _IN_MEMORY)
    order = ""
    if len(terms) == 1:
        which = f"WITH *, '{terms[0]}' AS term "
        # Read from the map: for each property by itself the server would go through all of them.
        values = ", ".join(f"has.{name}" for name in PROPERTIES[terms[0]])
    else:
        # One that has two of them is there as each.
        each = f"UNWIND [label IN labels(x) WHERE label IN {[*terms]}] AS term "
        which = each if terms[0] in NODE_TYPES else "WITH *, type(x) AS term "
        values = "name IN $names[term] | has[name]"
        # Many of one sort come as they are found, so that nothing waits for the last of them.
        order = " ORDER BY term"
    return (
        f"UNWIND range(0, {parts - 1}) AS part CALL (part) {{ MATCH {_pattern(terms)} "
        # Whatever number it is, even none: it only says what comes together.
        "WITH *, coalesce(toIntegerOrNull(last(split(elementId(x), ':'))), 0) AS number "
        f"WHERE number % {parts} = part AND ({condition}) {which}"
        f"WITH *, number / {parts * _TOGETHER} AS chunk, properties(x) AS has "
        f"WITH term, chunk, [[{values}], size(keys(has)), {_beside(terms[0])}] AS one "
        f"RETURN term, chunk, collect(one) AS together }} RETURN term, together{order}"
    )


def _pattern(terms: Sequence[str]) -> str:
    alternatives = "|".join(terms)
    return f"(x:{alternatives})" if terms[0] in NODE_TYPES else f"(a)-[x:{alternatives}]->(b)"


def _beside(term: str) -> str:
    """The ends of a relationship; the labels of a node, where it has several, and nothing."""
    several = "CASE WHEN size(labels(x)) > 1 THEN labels(x) END"
    return f"{several}, null" if term in NODE_TYPES else "a.id, b.id"


def _each(
    store: Neo4jStore, term: str, rows: Iterable[list[Any]], condition: str, parameters: Mapping[str, object]
) -> Iterator[Kept]:
    have_others = False
    kept = _node if term in NODE_TYPES else _line
    for _, together in rows:
        for values, count, one, other in together:
            if len(values) - values.count(None) == count:
                yield kept(values, one, other)
            else:
                have_others = True
    if have_others:
        text = (
            f"MATCH {_pattern([term])} WHERE any(key IN keys(x) WHERE NOT key IN $named) AND ({condition}) "
            f"RETURN properties(x), {_beside(term)}"
        )
        for others, one, other in store.stream(text, named=[*PROPERTIES[term]], **parameters):
            values = [others.pop(name, None) for name in PROPERTIES[term]]
            yield kept(values, one, other)._replace(others=others)


def _node(values: list[Any], labels: list[str] | None, _: None) -> Kept:
    return Kept(values, None, None, labels or ())


def _line(values: list[Any], from_id: object, to_id: object) -> Kept:
    return Kept(values, str(from_id), str(to_id))


def structure(store: Neo4jStore) -> Structure:
    """The structure of all datasets of a shared graph.

    Raises:
        DatasetError: The graph was changed by hand into one that no structure has.
        StoreError: The graph cannot be read.
    """
    stored = (one.stored(term) for term, some in kept(store, counts(store)) for one in some)
    return structure_of(datasets(store), stored, str(store))


def called(store: Neo4jStore, labels: Iterable[str]) -> Iterator[tuple[Named, Holding]]:
    """What everything of some labels is called, and when it holds."""
    for label in labels:
        text = (
            f"MATCH (n:{label}) "
            "RETURN n.id, n.name, n.short_name, n.aliases, n.holds_from, n.holds_to, n.last_seen "
            "ORDER BY n.id"
        )
        for node_id, name, short_name, aliases, holds_from, holds_to, seen in store.stream(text):
            others = tuple(other for other in (short_name, *(aliases or ())) if other)
            yield Named(node_id, label, name, others), Holding(holds_from, holds_to, seen)
