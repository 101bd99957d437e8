"""The comparison of a dataset with what a shared graph holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.errors import DatasetError, Finding, Place, StoreError, choices
from orgmodel.graph import Stored, is_kept, properties_of
from orgmodel.loading.plan import Change, Changes, Plan, digest_of
from orgmodel.stores import shared
from orgmodel.structure import Structure, Version, clashes, united
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.graph import Properties
    from orgmodel.model import Entity
    from orgmodel.stores.neo4j import Neo4jStore
    from orgmodel.stores.shared import Kept


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
    while True:
        # Before anything else is read, so that what is written meanwhile is noticed.
        made.generation = _generation(store)
        records = {record.dataset: record for record in shared.records(store)}
        made.record = records.get(made.dataset)
        if made.digest and made.record and made.record.digest == made.digest and made.is_empty:
            return made
        try:
            _Comparison(store, made, records.keys()).run()
        except (DatasetError, StoreError):
            if _generation(store) == made.generation:
                raise
            # What was wrong may have been so only while another load was in the middle.
            made.changes, made.together = {}, {}
            continue
        return made


def _generation(store: Neo4jStore) -> int:
    return next((int(row[0]) for row in store.stream(_GENERATION)), 0)


_GENERATION: Final = "MATCH (l:LoadLock {id: 'load'}) RETURN l.generation"

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
        found = shared.counts(self.store)
        if len(self.known) > 1 and not self.plan.unload:
            self._find_others(found)
        wanted: dict[str, dict[str, Entity]] = {term: {} for term in (*NODE_TYPES, *RELATIONSHIP_TYPES)}
        for entity in (*self.wanted.nodes.values(), *self.wanted.relationships.values()):
            wanted[entity.term][entity.id] = entity
        for term, there in self._kept(found, _OURS_OR_FOREIGN, known=self.known):
            self._compare(term, there, wanted[term])
        changes = self.plan.changes
        self.plan.changes = {term: changes[term] for term in wanted if term in changes}
        self._refuse_foreign()
        self._refuse_hung_upon()
        if self.findings:
            raise DatasetError(self.findings)

    def _kept(
        self, found: Mapping[str, int], condition: str, **more: object
    ) -> Iterator[tuple[str, Iterator[Kept]]]:
        return shared.kept(self.store, found, condition, dataset=self.plan.dataset, **more)

    def _find_others(self, found: Mapping[str, int]) -> None:
        """What other datasets state under the ids of this one, and this one is not known to state yet."""
        ids = [*self.wanted.nodes, *self.wanted.relationships]
        for term, there in self._kept(found, _OTHERS, ids=ids):
            for one in there:
                stored = one.stored(term)
                self.others[stored.name] = stored

    def _compare(self, term: str, there: Iterable[Kept], by_id: Mapping[str, Entity]) -> None:
        changes = Changes()
        stays = self._look_through(changes, term, there, by_id)
        for entity in by_id.values():
            if entity.id in stays:
                continue
            if entity.id in self.others:
                self._join(changes, self.others[entity.id], entity)
            else:
                changes.added.append(entity.id)
            if term in NODE_TYPES:
                # What hangs there already hangs on something else of that id.
                self.moved.add(entity.id)
        if changes:
            self.plan.changes[term] = changes

    def _look_through(
        self, changes: Changes, term: str, there: Iterable[Kept], by_id: Mapping[str, Entity]
    ) -> set[str]:
        """Notes what changes and what goes of what is there; gives the ids of what stays."""
        seen: set[str] = set()
        stays: set[str] = set()
        copied: dict[str, list[Stored]] = {}
        for kept in there:
            if kept.labels:
                self._look_at_labels(kept)
            name = kept.values[0]
            if name not in seen and self._is_unchanged(kept, by_id):
                seen.add(name)
                stays.add(name)
                continue
            one = kept.stored(term)
            entity = by_id.get(one.name)
            if not self._is_ours(one):
                self.foreign[term] = self.foreign.get(term, 0) + 1
            elif one.name in seen:
                copied.setdefault(one.name, []).append(one)
            elif entity is not None and self._same_ends(one, entity):
                stays.add(one.name)
                self._compare_one(changes, one, entity)
            else:
                self._let_go(changes, one)
            seen.add(one.name)
        for name in sorted(seen & self.others.keys()):
            copied.setdefault(name, []).append(self.others.pop(name))
        if copied:
            self._drop_copies(changes, copied, by_id)
        return stays - copied.keys()

    def _look_at_labels(self, kept: Kept) -> None:
        ours = sorted(NODE_TYPES.keys() & kept.labels)
        if len(ours) > 1:
            message = f"has the labels {' and '.join(ours)}: take away there what is wrong"
            self.findings.append(Finding(Place(f"{self.store} {kept.values[0]}"), message))

    def _is_unchanged(self, kept: Kept, by_id: Mapping[str, Entity]) -> bool:
        """Whether the graph has of a thing just what this dataset, and none beside, states."""
        entity = by_id.get(kept.values[0])
        return (
            entity is not None
            and self._same_ends(kept, entity)
            and not kept.others
            and is_kept(entity, self.wanted.holdings[entity.id], kept.values)
        )

    def _drop_copies(
        self, changes: Changes, copied: Mapping[str, Iterable[Stored]], by_id: Mapping[str, Entity]
    ) -> None:
        """Of copies made by hand all go, and one comes again."""
        changes.changed = [change for change in changes.changed if change.id not in copied]
        changes.removed = [*dict.fromkeys([*changes.removed, *copied])]
        for name, copies in copied.items():
            shared_ones = [one for one in copies if one.properties["datasets"] != [self.plan.dataset]]
            if name in by_id:
                for one in shared_ones:
                    self._together(one, self._own(by_id[name]))
            elif shared_ones or name in self.plan.together:
                place = Place(f"{self.store} {next(iter(copies)).term} {name}")
                self.findings.append(Finding(place, "is there more than once: delete there all but one"))

    def _is_ours(self, one: Stored) -> bool:
        datasets = one.properties.get("datasets")
        name = one.properties.get("id")
        named = isinstance(name, str) and bool(name)
        return named and isinstance(datasets, list) and self.plan.dataset in datasets

    def _own(self, entity: Entity) -> Version:
        return Version(entity, self.wanted.holdings[entity.id])

    def _let_go(self, changes: Changes, one: Stored) -> None:
        """What the dataset says no more: it stays where others say it."""
        if one.properties["datasets"] != [self.plan.dataset]:
            entity = self.wanted.nodes.get(one.name) or self.wanted.relationships.get(one.name)
            if entity is None:
                self._leave_to_others(changes, one)
                return
            # Another thing of the same id takes its place, unless others say that it is that one still.
            if self._together(one, self._own(entity)) is None:
                return
        changes.removed.append(one.name)
        if one.from_id is None:
            self.moved.add(one.name)

    def _same_ends(self, one: Stored | Kept, entity: Entity) -> bool:
        if one.from_id is None:
            return True
        same = one.from_id == entity.get("from_id") and one.to_id == entity.get("to_id")
        return same and not (self.moved and {one.from_id, one.to_id} & self.moved)

    def _compare_one(self, changes: Changes, one: Stored, entity: Entity) -> None:
        own = self._own(entity)
        if one.properties.get("datasets") == [self.plan.dataset]:
            wanted = properties_of(*own)
        else:
            together = self._together(one, own)
            if together is None:
                return
            wanted = together
        change = _change(entity.id, one.properties, wanted)
        if change.old or change.new:
            changes.changed.append(change)

    def _join(self, changes: Changes, other: Stored, entity: Entity) -> None:
        """This dataset states what others do already."""
        wanted = self._together(other, self._own(entity))
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
        except (ValueError, TypeError, AttributeError):
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
            terms = [term for term in (*NODE_TYPES, *RELATIONSHIP_TYPES) if term in self.foreign]
            counts = ", ".join(f"{self.foreign[term]} {term}" for term in terms)
            raise StoreError(
                f"{self.store} holds what orgmodel did not write: {counts}; "
                "give orgmodel a database of its own"
            )

    def _refuse_hung_upon(self) -> None:
        """Relationships of others that would go with a node that goes."""
        for label in NODE_TYPES:
            gone = self.plan.changes[label].removed if label in self.plan.changes else []
            if not gone:
                continue
            text = (
                f"MATCH (n:{label})-[r]-() WHERE n.id IN $ids "
                "AND NOT (type(r) IN $ours AND $dataset IN r.datasets) "
                "RETURN n.id, type(r), count(r) ORDER BY n.id, type(r)"
            )
            ours = [*RELATIONSHIP_TYPES]
            for node, name, count in self.store.stream(text, ids=gone, ours=ours, dataset=self.plan.dataset):
                message = f"is to go, but {count} {name} hang on it that {self.plan.dataset} does not state"
                self.findings.append(Finding(Place(f"{self.store} {label} {node}"), message))


def _change(entity_id: str, old: Mapping[str, object], new: Mapping[str, object]) -> Change:
    differing = [name for name in {**old, **new} if _differs(old.get(name), new.get(name))]
    return Change(
        entity_id,
        {name: old[name] for name in differing if name in old},
        {name: new[name] for name in differing if name in new},
    )


def _differs(one: object, other: object) -> bool:
    """Whether two values are not the same to a server."""
    return one != other or one.__class__ is not other.__class__
