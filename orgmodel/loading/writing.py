"""Writing what a plan changes: at once where it can be, else in batches."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Final

from orgmodel.errors import StoreError
from orgmodel.graph import graph_of
from orgmodel.loading.lock import Lock, TakenOverError
from orgmodel.loading.plan import description_of
from orgmodel.resources import queries_folder
from orgmodel.stores import shared
from orgmodel.stores.neo4j import ServerFullError
from orgmodel.version import VERSION
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from neo4j import Result

    from orgmodel.graph import Properties, Row
    from orgmodel.loading.lock import Watcher
    from orgmodel.loading.plan import Plan
    from orgmodel.stores.neo4j import Neo4jStore, Transaction

ONE_TRANSACTION: Final = 50_000
"""Up to so many changes are one transaction. On a server with 1 GB of heap one of 150,000 relationships went
through, one of 300,000 did not."""

BATCH: Final = 20_000
"""So many changes are one transaction where there are more; a server short of memory gets fewer."""

_SMALLEST_BATCH: Final = 100
_STATEMENT: Final = 5_000


def apply(
    store: Neo4jStore, made: Plan, watcher: Watcher, *, take_over: bool = False, batch: int | None = None
) -> bool:
    """Writes what a plan changes: in one transaction, or in batches where that is too much for one.

    Args:
        store: The shared graph.
        made: The plan.
        watcher: Whom to tell how it goes on.
        take_over: Whether a load that another one is in the middle of is taken to be dead.
        batch: How many changes are one transaction; None: all of them up to ONE_TRANSACTION, else BATCH.

    Returns:
        Whether it is done; not where the graph was written to since the plan was made: plan again.

    Raises:
        StoreError: The server could not do it. What was written stays marked as incomplete, and the same
            load finishes it.
    """
    store.write(_make_schema)
    lock = Lock(store, made.dataset)
    if lock.take(watcher, take_over=take_over) != made.generation:
        lock.release()
        return False
    try:
        try:
            if made.size > (batch or ONE_TRANSACTION):
                _in_batches(lock, made, watcher, batch or BATCH)
            else:
                _at_once(lock, made, watcher)
        except ServerFullError as error:
            watcher.says(f"{error}; going on in smaller batches")
            _in_batches(lock, made, watcher, min(batch or BATCH, made.size // 4 + 1))
    except TakenOverError:
        raise
    except StoreError as error:
        lock.release()
        raise StoreError(f"{error}; the same command again writes what is not written yet") from error
    except BaseException:
        lock.release()
        raise
    return True


def _make_schema(transaction: Transaction) -> None:
    for statement in _schema():
        transaction.run(statement).consume()


def _schema() -> list[str]:
    texts = (
        file.read_text(encoding="utf-8") for file in sorted((queries_folder() / "schema").glob("*.cypher"))
    )
    statements = re.sub(r"//[^\n]*", "", "\n".join(texts)).split(";")
    return [statement.strip() for statement in statements if statement.strip()]


def _at_once(lock: Lock, made: Plan, watcher: Watcher) -> None:
    def work(transaction: Transaction) -> None:
        done = 0
        parts = chain.from_iterable(_parts(step, _STATEMENT) for step in _steps(made))
        for count in _run(transaction, parts):
            done += count
            watcher.advances(done, made.size)
        _finish(transaction, made)
        lock.leave(transaction)

    lock.step(work)


def _in_batches(lock: Lock, made: Plan, watcher: Watcher, size: int) -> None:
    description = None if made.unload else description_of(made.wanted)
    smallest, done = min(size, _SMALLEST_BATCH), 0
    parts = chain.from_iterable(_parts(step, smallest) for step in _steps(made))
    # While the server is at one batch, the rows of the next are made.
    with ThreadPoolExecutor(1) as beside:
        ready = beside.submit(_next_batch, parts, size)
        lock.step(
            lambda transaction: transaction.run(
                _BEGIN, dataset=made.dataset, description=description
            ).consume()
        )
        # Whoever looked a moment before relies on it a moment longer.
        time.sleep(2 * shared.LOOK_HOLDS)
        while batch := ready.result():
            ready = beside.submit(_next_batch, parts, size)
            try:
                lock.step(_Batch(batch))
            except ServerFullError:
                if size <= smallest:
                    raise
                size = max(size // 4, smallest)
                parts = chain(batch, ready.result(), parts)
                ready = beside.submit(_next_batch, parts, size)
                continue
            done += sum(len(part.rows) for part in batch)
            watcher.advances(done, made.size)

    def end(transaction: Transaction) -> None:
        _finish(transaction, made)
        lock.leave(transaction)

    lock.step(end)


def _next_batch(parts: Iterator[_Part], size: int) -> list[_Part]:
    batch: list[_Part] = []
    held = 0
    while held < size and (part := next(parts, None)) is not None:
        batch.append(part)
        held += len(part.rows)
    return batch


@dataclass(frozen=True, slots=True)
class _Batch:
    parts: list[_Part]

    def __call__(self, transaction: Transaction) -> None:
        # Neighbours of one text as one: many small statements take longer. Not as one that is too large:
        # while the server is at one statement, the next is sent.
        together = [
            _Step(text, [row for part in parts for row in part.rows])
            for text, parts in groupby(self.parts, key=lambda part: part.text)
        ]
        for _ in _run(transaction, chain.from_iterable(_parts(step, _STATEMENT) for step in together)):
            pass


def _parts(step: _Step, size: int) -> Iterator[_Part]:
    rows = iter(step.rows)
    while part := list(islice(rows, size)):
        yield _Part(step.text, part)


def _run(transaction: Transaction, parts: Iterable[_Part]) -> Iterator[int]:
    """Runs some statements; while the server is at one, the rows of the next are made."""
    running: tuple[Result, int] | None = None
    for part in chain(parts, [None]):
        started = None if part is None else (transaction.run(part.text, rows=part.rows), len(part.rows))
        if running is not None:
            result, count = running
            if result.single(strict=True)[0] != count:
                raise StoreError("the graph was changed by somebody else meanwhile: load again")
            yield count
        running = started


_BEGIN: Final = """
MERGE (r:LoadRecord {dataset: $dataset})
  ON CREATE SET r.description = $description
SET r.state = 'incomplete'
"""
_END: Final = """
MERGE (r:LoadRecord {dataset: $dataset})
SET r = $props, r.loaded_at = toString(datetime.truncate('second', datetime({timezone: '+00:00'})))
"""
_FORGET: Final = "MATCH (r:LoadRecord {dataset: $dataset}) DELETE r"


def _finish(transaction: Transaction, made: Plan) -> None:
    if made.unload:
        transaction.run(_FORGET, dataset=made.dataset).consume()
        return
    props = {
        "dataset": made.dataset,
        "description": description_of(made.wanted),
        "state": shared.COMPLETE,
        "nodes": len(made.wanted.nodes),
        "relationships": len(made.wanted.relationships),
        "version": VERSION,
        "digest": made.digest,
    }
    transaction.run(_END, dataset=made.dataset, props=props).consume()


@dataclass(frozen=True, slots=True)
class _Step:
    """One statement over many rows; it must find or make as many things as there are rows."""

    text: str
    rows: Iterable[object]


@dataclass(frozen=True, slots=True)
class _Part:
    """One statement over as many rows as are sent at once."""

    text: str
    rows: list[object]


def _steps(made: Plan) -> Iterator[_Step]:
    """All that a plan changes, in an order in which nothing hangs in the air."""
    for name in RELATIONSHIP_TYPES:
        if (changes := made.changes.get(name)) and changes.removed:
            # A copy made by hand has the id of what it was copied from: all of one id go.
            yield _Step(_DROP_LINE.format(name), [*dict.fromkeys(changes.removed)])
    for label in NODE_TYPES:
        if (changes := made.changes.get(label)) and changes.removed:
            yield _Step(_DROP_NODE.format(label), changes.removed)
    yield from _written(made)


_SET_NODE: Final = "UNWIND $rows AS row MATCH (n:{0} {{id: row.id}}) SET n = row.props RETURN count(*)"
_ADD_NODE: Final = "UNWIND $rows AS row CREATE (n:{0}) SET n = row.props RETURN count(*)"
_ENDS: Final = "UNWIND $rows AS row MATCH (a:{0} {{id: row.from}}) MATCH (b:{2} {{id: row.to}}) "
_SET_LINE: Final = _ENDS + "MATCH (a)-[r:{1} {{id: row.id}}]->(b) SET r = row.props RETURN count(*)"
_SET_FOUND_LINE: Final = (
    "UNWIND $rows AS row MATCH ()-[r:{0}]->() WHERE r.id = row.id SET r = row.props RETURN count(*)"
)
_DROP_NODE: Final = "UNWIND $rows AS id MATCH (n:{0} {{id: id}}) DELETE n RETURN count(*)"
_DROP_LINE: Final = (
    "MATCH ()-[r:{0}]->() WHERE r.id IN $rows WITH r, r.id AS id DELETE r RETURN count(DISTINCT id)"
)
_ADD_LINE: Final = _ENDS + "CREATE (a)-[r:{1}]->(b) SET r = row.props RETURN count(*)"


def _written(made: Plan) -> Iterator[_Step]:
    graph = graph_of(made.wanted)
    everything: list[tuple[str, tuple[str, ...], Iterable[Row]]] = [
        *((label, (label,), rows) for label, rows in graph.nodes.items()),
        *((key[1], key, rows) for key, rows in graph.relationships.items()),
    ]
    for term, key, rows in everything:
        changes = made.changes.get(term)
        if changes is None:
            continue
        is_node = len(key) == 1
        added, changed = set(changes.added), {change.id for change in changes.changed}
        if added:
            chosen = _Chosen(rows, added, made.together)
            yield _Step((_ADD_NODE if is_node else _ADD_LINE).format(*key), chosen)
        if changed:
            chosen = _Chosen(rows, changed, made.together)
            yield _Step((_SET_NODE if is_node else _SET_LINE).format(*key), chosen)
    # What only other datasets state from now on is in none of the rows of this one.
    for term, changes in made.changes.items():
        left = [
            {"id": change.id, "props": made.together[change.id]}
            for change in changes.changed
            if change.id in made.together
            and change.id not in made.wanted.nodes
            and change.id not in made.wanted.relationships
        ]
        if left and term in NODE_TYPES:
            yield _Step(_SET_NODE.format(term), left)
        elif left:
            yield _Step(_SET_FOUND_LINE.format(term), left)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Those rows whose ids are wanted, made anew each time they are gone through."""

    rows: Iterable[Row]
    ids: set[str]
    together: Mapping[str, Properties]

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            if row["id"] in self.ids:
                together = self.together.get(str(row["id"]))
                yield row if together is None else {**row, "props": together}
