"""The lock of a shared graph: one load at a time."""

from __future__ import annotations

import getpass
import os
import platform
import time
import uuid
from typing import TYPE_CHECKING, Any, Final, Protocol

from orgmodel.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.stores.neo4j import Neo4jStore, Transaction

LAPSE: Final = 20.0
"""A load that gave no sign for so many seconds, and is in no transaction, counts as dead."""


class Watcher(Protocol):
    """Whom a load tells how it goes on."""

    def waits(self, for_whom: str) -> None:
        """Another load goes on."""

    def advances(self, done: int, of: int) -> None:
        """So many changes of so many are written."""

    def says(self, text: str) -> None:
        """Something worth a line."""


_TAKE: Final = """
MERGE (l:LoadLock {id: 'load'})
// Written before it is read, so that whoever is in a transaction with it is waited for.
SET l.asked = timestamp()
WITH l, l.token IS NOT NULL AND l.token <> $token AND timestamp() - l.renewed < $lapse
    AND NOT $take_over AS held,
  coalesce(l.generation, 0) AS generation
FOREACH (free IN CASE WHEN held THEN [] ELSE [1] END |
  SET l.token = $token, l.holder = $holder, l.dataset = $dataset,
    l.since = toString(datetime.truncate('second', datetime({timezone: '+00:00'}))), l.renewed = timestamp(),
    l.generation = generation, l.step = 0)
RETURN held, generation
"""
_ENTER: Final = """
MATCH (l:LoadLock {id: 'load'})
SET l.renewed = timestamp()
WITH l, l.token = $token AS ours, l.step >= $step AS done
FOREACH (enters IN CASE WHEN ours AND NOT done THEN [1] ELSE [] END |
  SET l.step = $step, l.generation = l.generation + 1)
RETURN ours, done
"""
_LEAVE: Final = """
MATCH (l:LoadLock {id: 'load', token: $token})
SET l.token = null, l.holder = null, l.dataset = null, l.since = null
"""


_HELD: Final = """
MATCH (l:LoadLock {id: 'load'})
WHERE l.token IS NOT NULL
RETURN l.token, l.holder, l.dataset, l.since, timestamp() - l.renewed < $lapse
"""
_RENEW: Final = "MATCH (l:LoadLock {id: 'load', token: $token}) SET l.renewed = timestamp()"
_END: Final = """
SHOW TRANSACTIONS YIELD transactionId AS running, metaData
WHERE metaData.load = $token
TERMINATE TRANSACTIONS running YIELD message
RETURN count(*)
"""


class TakenOverError(StoreError):
    """Another load has the lock now."""


class Lock:
    """The right to write to a shared graph: one load at a time, whatever dataset it is of.

    Whoever has it renews it in each transaction, and each transaction begins by making sure of it: so a load
    that was taken for dead and is not can write nothing more.
    """

    def __init__(self, store: Neo4jStore, dataset: str) -> None:
        self.store = store
        self.dataset = dataset
        self.token = uuid.uuid4().hex
        self.steps = 0

    def take(self, watcher: Watcher, *, take_over: bool) -> int:
        """Waits for it; gives how often the graph had been written to."""
        lapse = int(LAPSE * 1000)

        def taken(transaction: Transaction) -> int | None:
            result = transaction.run(
                _TAKE,
                token=self.token,
                holder=_holder(),
                dataset=self.dataset,
                lapse=lapse,
                take_over=take_over,
            )
            held, generation = result.single(strict=True).values()
            return None if held else int(generation)

        told = None
        while True:
            # Read and not tried: whoever is in a transaction would have to be waited for in silence.
            token, holder, dataset, since, is_alive = self._held(lapse)
            if token is not None and take_over:
                self.store.once(_END, token=token)
            elif token is not None and token != told:
                watcher.waits(
                    f"{holder} has been loading {dataset} since {since}: waiting for it; should it be "
                    f"dead, it is taken over {LAPSE:g} s after its last sign, or at once with --take-over"
                )
                told = token
            if take_over or not is_alive:
                generation = self.store.write(taken)
                if generation is not None:
                    return generation
            time.sleep(0.5)

    def _held(self, lapse: int) -> tuple[Any, ...]:
        return next(iter(self.store.run(_HELD, {"lapse": lapse}).rows), (None,) * 5)

    def step(self, work: Callable[[Transaction], object]) -> None:
        """Does some work in a transaction of its own, once: not again where it was committed unnoticed."""
        self.steps += 1
        number = self.steps

        def guarded(transaction: Transaction) -> None:
            if self._enter(transaction, number):
                work(transaction)
                # It may have taken long.
                transaction.run(_RENEW, token=self.token).consume()

        self.store.write(guarded, {"load": self.token})

    def _enter(self, transaction: Transaction, number: int) -> bool:
        """Begins a step; False where it was done already.

        Raises:
            TakenOverError: Another load has.
        """
        ours, done = transaction.run(_ENTER, token=self.token, step=number).single(strict=True).values()
        if not ours:
            raise TakenOverError(
                "another load has taken over: look at `orgmodel datasets`, and load again if need be"
            )
        return not done

    def leave(self, transaction: Transaction) -> None:
        """Gives it back at the end of a transaction."""
        transaction.run(_LEAVE, token=self.token).consume()

    def release(self) -> None:
        """Gives it back where the server can be reached; else it lapses."""
        try:
            self.store.once(_LEAVE, token=self.token)
        except StoreError:
            return


def _holder() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "somebody"
    return f"{user} on {platform.node() or 'a machine without a name'} (process {os.getpid()})"
