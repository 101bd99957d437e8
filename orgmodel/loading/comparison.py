"""The comparison of a dataset with what a shared graph holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgmodel.errors import DatasetError, Finding, Place, StoreError, choices
from orgmodel.graph import Stored, properties_of
from orgmodel.loading.plan import Change, Changes, Plan, digest_of
from orgmodel.stores import shared
from orgmodel.structure import Structure, Version, clashes, united
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.graph import Properties
    from orgmodel.model import Entity
    from orgmodel.stores.neo4j import Neo4jStore


def plan(store: Neo4jStore, structure: Structure, *, trust_record: bool = False) -> Plan:
    """What a shared graph must change to hold a dataset.

    Args:
        store: The shared graph.
        structure: The structure of one dataset.
        trust_record: Whether a dataset is taken to be there unchanged where the hash that was stored with it
            is its own, without a look at the graph itself.

    Raises:
        DatasetError: Another dataset there names something that is not the same thing.
        StoreError: The graph holds things that orgmodel did not write, or cannot be read.
    """
    (dataset,) = structure.datasets
    made = Plan(dataset.id, structure, unload=False)
    if trust_record:
        made.digest = digest_of(structure)
    return _planned(store, made)


def plan_unload(store: Neo4jStore, dataset: str) -> Plan:
    """What a shared graph must change to hold a dataset no more.

    Raises:
        StoreError: It does not hold the dataset, or cannot be read.
    """
    held = [record.dataset for record in shared.records(store)]
    if dataset not in held:
        hint = choices(dataset, held) if held else "there is none"
        raise StoreError(f"{store} holds no dataset {dataset!r}: {hint}")
    return _planned(store, Plan(dataset, Structure.of([], [], []), unload=True))


def _planned(store: Neo4jStore, made: Plan) -> Plan:
    records = {record.dataset: record for record in shared.records(store)}
    made.record = records.get(made.dataset)
    made.generation = next((row[0] for row in store.stream(_GENERATION)), 0)
    if made.digest and made.record and made.record.digest == made.digest and made.is_empty:
        return made
    _Comparison(store, made, records.keys()).run()
    return made


_GENERATION: Final = "MATCH (l:LoadLock {id: 'load'}) RETURN l.generation"

_COUNTS: Final = " UNION ALL ".join(
    [f"MATCH (n:{label}) RETURN '{label}' AS term, count(n) AS found" for label in NODE_TYPES]
    + [f"MATCH ()-[r:{name}]->() RETURN '{name}' AS term, count(r) AS found" for name in RELATIONSHIP_TYPES]
)
_OURS_OR_FOREIGN: Final = (
    "$dataset IN x.datasets OR x.id IS NULL OR x.datasets IS NULL OR none(d IN x.datasets WHERE d IN $known)"
)
_OTHERS: Final = "x.id IN $ids AND NOT $dataset IN x.datasets"


class _Comparison:
    """What differs between a dataset and what a shared graph holds of it."""

    def __init__(self, store: Neo4jStore, made: Plan, known: Iterable[str]) -> None:
        self.store = store
        self.plan = made
        self.known = [*{*known, made.dataset}]
        self.wanted = made.wanted
        self.others: dict[str, Stored] = {}
        self.foreign: dict[str, int] = {}
        self.findings: list[Finding] = []
        self.moved: set[str] = set()

    def run(self) -> None:
        terms = [term for term, found in self.store.stream(_COUNTS) if found]
        if len(self.known) > 1 and not self.plan.unload:
            self._find_others(terms)
        for label in NODE_TYPES:
            self._compare(label, self._nodes(label) if label in terms else (), self.wanted.labelled(label))
        lines: dict[str, list[Entity]] = {}
        for line in self.wanted.relationships.values():
            lines.setdefault(line.term, []).append(line)
        for name in RELATIONSHIP_TYPES:
            self._compare(name, self._lines(name) if name in terms else (), lines.get(name, ()))
        self._refuse_foreign()
        self._refuse_hung_upon()
        if self.findings:
            raise DatasetError(self.findings)

    def _read(self, pattern: str, what: str, **more: object) -> Iterator[list[Any]]:
        text = f"MATCH {pattern} WHERE {what} RETURN properties(x)"
        if pattern.startswith("(a)"):
            text += ", a.id, b.id"
        return self.store.stream(text, dataset=self.plan.dataset, **more)

    def _nodes(self, label: str) -> Iterator[Stored]:
        for (properties,) in self._read(f"(x:{label})", _OURS_OR_FOREIGN, known=self.known):
            yield Stored(label, properties)

    def _lines(self, name: str) -> Iterator[Stored]:
        for properties, from_id, to_id in self._read(
            f"(a)-[x:{name}]->(b)", _OURS_OR_FOREIGN, known=self.known
        ):
            yield Stored(name, properties, str(from_id), str(to_id))

    def _find_others(self, terms: Iterable[str]) -> None:
        """What other datasets state under the ids of this one, and this one is not known to state yet."""
        ids = [*self.wanted.nodes, *self.wanted.relationships]
        for term in terms:
            if term in NODE_TYPES:
                rows = self._read(f"(x:{term})", _OTHERS, ids=ids)
                found = [Stored(term, properties) for (properties,) in rows]
            else:
                rows = self._read(f"(a)-[x:{term}]->(b)", _OTHERS, ids=ids)
                found = [Stored(term, p, str(from_id), str(to_id)) for p, from_id, to_id in rows]
            self.others |= {str(one.properties["id"]): one for one in found}

    def _compare(self, term: str, there: Iterable[Stored], wanted: Iterable[Entity]) -> None:
        left = {entity.id: entity for entity in wanted}
        changes = Changes()
        done: dict[str, Entity] = {}
        twice: dict[str, Entity] = {}
        for one in there:
            if not self._is_ours(one):
                self.foreign[term] = self.foreign.get(term, 0) + 1
            elif one.name in left and self._same_ends(one, left[one.name]):
                entity = done[one.name] = left.pop(one.name)
                self._compare_one(changes, one, entity)
            elif one.name in done:
                twice[one.name] = done[one.name]
            else:
                self._let_go(changes, one)
        # Of copies made by hand all go, and one comes again.
        changes.changed = [change for change in changes.changed if change.id not in twice]
        changes.removed += twice
        for entity in (*left.values(), *twice.values()):
            if entity.id in self.others:
                self._join(changes, self.others[entity.id], entity)
            else:
                changes.added.append(entity.id)
        if changes:
            self.plan.changes[term] = changes

    def _is_ours(self, one: Stored) -> bool:
        datasets = one.properties.get("datasets")
        named = isinstance(one.properties.get("id"), str)
        return named and isinstance(datasets, list) and self.plan.dataset in datasets

    def _let_go(self, changes: Changes, one: Stored) -> None:
        """What the dataset says no more: it stays where others say it."""
        stays = one.properties["datasets"] != [self.plan.dataset]
        if stays and one.name not in self.wanted.nodes and one.name not in self.wanted.relationships:
            self._leave_to_others(changes, one)
            return
        changes.removed.append(one.name)
        if one.from_id is None:
            self.moved.add(one.name)

    def _same_ends(self, one: Stored, entity: Entity) -> bool:
        ends = {one.from_id, one.to_id}
        return (one.from_id, one.to_id) == (
            entity.get("from_id"),
            entity.get("to_id"),
        ) and not ends & self.moved

    def _compare_one(self, changes: Changes, one: Stored, entity: Entity) -> None:
        own = Version(entity, self.wanted.holdings[entity.id])
        if one.properties.get("datasets") == [self.plan.dataset]:
            wanted = properties_of(*own)
        else:
            together = self._together(one, own)
            if together is None:
                return
            wanted = together
        if one.properties != wanted:
            changes.changed.append(_change(entity.id, one.properties, wanted))

    def _join(self, changes: Changes, other: Stored, entity: Entity) -> None:
        """This dataset states what others do already."""
        wanted = self._together(other, Version(entity, self.wanted.holdings[entity.id]))
        if wanted is not None:
            changes.changed.append(_change(entity.id, other.properties, wanted))

    def _leave_to_others(self, changes: Changes, one: Stored) -> None:
        """This dataset states no more what others do."""
        wanted = self._together(one, None)
        if wanted is not None:
            changes.changed.append(_change(str(one.properties["id"]), one.properties, wanted))

    def _together(self, one: Stored, own: Version | None) -> Properties | None:
        """What all datasets say of a thing, as properties; None where that cannot be told."""
        name = f"{self.store} {one.term} {one.properties['id']}"
        try:
            said = one.said()
        except ValueError:
            message = "was changed by hand so that it cannot be read: delete it there and load again"
            self.findings.append(Finding(Place(name), f"{message} {', '.join(self.known)}"))
            return None
        said.pop(self.plan.dataset, None)
        places = {dataset: Place(f"{name} of dataset {dataset}") for dataset in said}
        if own is not None:
            said[self.plan.dataset] = own
            places[self.plan.dataset] = self.wanted.places.get(own.entity.id, Place(self.plan.dataset))
        order = sorted(said)
        # What the others say stands already: what is wrong is said of this one.
        first = sorted(said, key=lambda dataset: (dataset == self.plan.dataset, dataset))
        wrong = clashes([said[d] for d in first], [places[d] for d in first])
        if wrong:
            self.findings += wrong
            return None
        if len(order) == 1:
            properties = properties_of(*said[order[0]])
        else:
            versions = [said[dataset] for dataset in order]
            properties = properties_of(*united(versions), versions)
        self.plan.together[str(one.properties["id"])] = properties
        return properties

    def _refuse_foreign(self) -> None:
        if self.foreign:
            counts = ", ".join(f"{count} {term}" for term, count in self.foreign.items())
            raise StoreError(
                f"{self.store} holds what orgmodel did not write: {counts}; "
                "give orgmodel a database of its own"
            )

    def _refuse_hung_upon(self) -> None:
        """Foreign relationships that would go with a node that goes."""
        for label in NODE_TYPES:
            gone = self.plan.changes[label].removed if label in self.plan.changes else []
            if not gone:
                continue
            text = (
                f"MATCH (n:{label})-[r]-() WHERE n.id IN $ids AND NOT type(r) IN $ours "
                "RETURN n.id, type(r), count(r) ORDER BY n.id, type(r)"
            )
            for node, name, count in self.store.stream(text, ids=gone, ours=[*RELATIONSHIP_TYPES]):
                message = f"is to go, but {count} relationships {name} that orgmodel did not write hang on it"
                self.findings.append(Finding(Place(f"{self.store} {label} {node}"), message))


def _change(entity_id: str, old: Mapping[str, object], new: Mapping[str, object]) -> Change:
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return Change(
        entity_id,
        {name: old[name] for name in differing if name in old},
        {name: new[name] for name in differing if name in new},
    )
