"""Several loads at once, and servers that put a load off: locks, deadlocks, too little memory."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from typing import TYPE_CHECKING

import pytest
from neo4j.exceptions import Neo4jError

from orgmodel.addresses import address_of
from orgmodel.datasets import yaml
from orgmodel.loading import comparison, writing
from orgmodel.stores.neo4j import Neo4jStore
from tests.conftest import log_in
from tests.disturbing import (
    PASS,
    TIMEOUT,
    Client,
    Message,
    Proxy,
    after_taking,
    content,
    dataset,
    done,
    graph,
    is_taking,
    load,
    loaded,
    run,
    wipe,
    write_datasets,
)
from tests.neo4j_server import CURRENT, OLDEST_SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import StartOwn
    from tests.neo4j_server import Login

SOME = ("--batch", "20")
TERMINATED = (
    "orgmodel: {}: somebody ended the transaction, another load with --take-over or an administrator; "
    "the same command again writes what is not written yet"
)
TAKEN_OVER = "orgmodel: another load has taken over: look at `orgmodel datasets`, and load again if need be"
MEANWHILE = "orgmodel: the graph was written to meanwhile: comparing again"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_datasets(tmp_path_factory.mktemp("datasets"))


@pytest.fixture
def kept(server: Login, monkeypatch: pytest.MonkeyPatch) -> Login:
    """A database that is empty but for what makes ids unique."""
    wipe(server)
    log_in(server, monkeypatch)
    return server


class Pause:
    """Holds a message back until it is let go."""

    def __init__(self) -> None:
        self.reached, self._let_go = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.reached.set()
        self._let_go.wait(TIMEOUT)
        return PASS

    def end(self) -> None:
        self._let_go.set()


@contextlib.contextmanager
def paused(
    server: Login, path: Path, count: int, *more: object, kind: str | None = None
) -> Iterator[tuple[Client, Pause, Proxy]]:
    """A load in a process of its own that is held up at a message; see `after_taking`."""
    pause = Pause()
    with (
        Proxy(server, after_taking(count, pause, kind)) as proxy,
        Client(load(path, proxy.address, *more)) as client,
    ):
        assert pause.reached.wait(TIMEOUT)
        try:
            yield client, pause, proxy
        finally:
            pause.end()


@pytest.mark.parametrize("more", [(), SOME], ids=["at once", "in batches"])
def test_the_second_load_of_a_dataset_waits_and_says_for_whom(
    kept: Login, files: dict[str, Path], more: tuple[str, ...]
) -> None:
    with (
        paused(kept, files["before"], 20, *more) as (first, pause, proxy),
        Client(load(files["before"], kept.address)) as second,
    ):
        said = second.line()
        assert re.fullmatch(
            rf"orgmodel: \S+ on \S+ \(process {first.process.pid}\) has been loading north since "
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: waiting for it; should it be dead, it is taken over 20 s "
            r"after its last sign, or at once with --take-over",
            said,
        ), said
        pause.end()
        ended = first.end()
        assert (ended.code, ended.err) == (0, loaded("north", proxy.address))
        ended = second.end()
        assert (ended.code, ended.out.splitlines()[-1], ended.err) == (
            0,
            "north: nothing to change",
            [MEANWHILE],
        )
    assert content(kept) == graph(files["before"])


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [("PULL", (), TERMINATED), ("PULL", SOME, TERMINATED), ("BEGIN", SOME, TAKEN_OVER)],
    ids=["in the transaction", "in one of several", "between two"],
)
def test_a_load_is_taken_over_at_once_and_writes_nothing_more(
    kept: Login, files: dict[str, Path], kind: str, more: tuple[str, ...], said: str
) -> None:
    done(*load(files["south"], kept.address))
    with paused(kept, files["before"], 25, *more, kind=kind) as (first, pause, proxy):
        ended = run(*load(files["after"], kept.address, "--take-over"))
        assert (ended.code, ended.err) == (0, loaded("north", kept.address))
        pause.end()
        assert first.end().err == [said.format(proxy.address)]
        assert first.process.returncode == 1
    assert content(kept) == graph(files["after"], files["south"])


def test_two_datasets_that_share_things_are_loaded_at_once(database: Login, files: dict[str, Path]) -> None:
    """From nothing, so that the two also make the constraints at once."""
    with (
        Client(load(files["before"], database.address)) as one,
        Client(load(files["south"], database.address, *SOME)) as two,
    ):
        ended = [one.end(), two.end()]
    assert [end.code for end in ended] == [0, 0], [e.err for e in ended]
    assert content(database) == graph(files["before"], files["south"])


class Silent:
    """Watches a load, and only tells that it waits for another."""

    def __init__(self, waits: threading.Event) -> None:
        self._waits = waits

    def waits(self, _: str) -> None:
        self._waits.set()

    def advances(self, done: int, of: int) -> None:
        pass

    def says(self, _: str) -> None:
        pass


class Other(threading.Thread):
    """Another load; `settled` is set when it is done, or waits."""

    def __init__(self, server: Login, path: Path) -> None:
        super().__init__(daemon=True)
        self._address, self._structure = address_of(server.address), yaml.read(path)
        self.settled = threading.Event()
        self.failed: BaseException | None = None

    def run(self) -> None:
        store = Neo4jStore(self._address)
        try:
            while not writing.apply(
                store, comparison.plan(store, self._structure), Silent(self.settled), batch=30
            ):
                pass
        except BaseException as error:  # noqa: BLE001 - it is told where the thread is waited for
            self.failed = error
        finally:
            store.close()
            self.settled.set()


@pytest.mark.current_neo4j
def test_another_load_comes_between_at_any_moment(kept: Login, files: dict[str, Path]) -> None:
    done(*load(files["south"], kept.address))
    with Proxy(kept) as proxy:
        done(*load(files["before"], proxy.address, *SOME))
        count = len(proxy.messages)
    wanted = graph(files["before"], files["south"])
    said: list[str] = []
    for moment in range(3, count, 6):
        wipe(kept)
        other = Other(kept, files["south"])

        def fate(message: Message, moment: int = moment, other: Other = other) -> str:
            if message.number == moment:
                other.start()
                other.settled.wait(TIMEOUT)
            return PASS

        with Proxy(kept, fate) as proxy:
            ended = run(*load(files["before"], proxy.address, *(SOME if moment % 4 else ())))
        if other.ident is not None:
            other.join(TIMEOUT)
        assert (ended.code, other.failed, other.is_alive()) == (0, None, False), (moment, ended)
        assert content(kept) == (wanted if other.ident else graph(files["before"])), moment
        said += ended.err
    assert {re.sub(r"\d{4,5}", "PORT", line) for line in said} == {
        MEANWHILE,
        *loaded("north", "bolt://127.0.0.1:PORT"),
    }


@pytest.mark.current_neo4j
def test_a_deadlock_is_tried_again(kept: Login, files: dict[str, Path]) -> None:
    """Another transaction has what the load writes last, and wants what the load has written."""
    for name in ("south", "before"):
        done(*load(files[name], kept.address))
    kept.run("UNWIND range(1, 1000) AS i CREATE (:Film {i: i})")
    line = "MATCH ()-[r:PART_OF {id: $id}]->() SET r.seen = 1"
    body = "MATCH (b:Body {id: 'north-2'}) SET b.seen = 1"
    (changed,) = kept.run(
        "MATCH (:Organisation {id: 'organisation-3'})-[r:PART_OF]->(:Organisation) RETURN r.id"
    )
    met: list[BaseException | None] = []
    threads: list[threading.Thread] = []
    with kept.driver() as driver, driver.session() as session, session.begin_transaction() as transaction:

        def want() -> None:
            try:
                transaction.run(body).consume()
                met.append(None)
            except Neo4jError as error:
                met.append(error)
            finally:
                with contextlib.suppress(Neo4jError):
                    transaction.rollback()

        def fate(message: Message) -> str:
            if is_taking(message):
                # Of two that wait for one another, the one with fewer locks has to give way.
                transaction.run("MATCH (n:Film) SET n.seen = 1").consume()
                transaction.run(line, id=changed[0]).consume()
            if b"[r:PART_OF" in message.body and b"SET r = row.props" in message.body and not threads:
                threads.append(threading.Thread(target=want, daemon=True))
                threads[0].start()
                until(lambda: bool(kept.run(BLOCKED)))
            return PASS

        with Proxy(kept, fate) as proxy:
            ended = run(*load(files["after"], proxy.address))
        threads[0].join(TIMEOUT)
    assert (ended.code, ended.err) == (0, loaded("north", proxy.address))
    assert (met, proxy.messages.count("RESET")) == ([None], 1)
    kept.run("MATCH (n:Film) DELETE n")
    assert content(kept) == graph(files["after"], files["south"])


BLOCKED = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked'"


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("version", [CURRENT, OLDEST_SUPPORTED])
def test_a_server_short_of_memory(
    own_server: StartOwn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """What is too much for one transaction goes in batches; what is too much for the smallest is said."""
    server = own_server(version, settings={"db.memory.transaction.max": "4m"})
    log_in(server, monkeypatch)
    full = (
        f"orgmodel: {server.address} has not the memory for it: raise dbms.memory.transaction.total.max, "
        "db.memory.transaction.max or server.memory.heap.max_size "
        "(Neo.TransientError.General.MemoryPoolOutOfMemoryError); "
    )
    large, heavy = tmp_path / "large.yaml", tmp_path / "heavy.yaml"
    large.write_text(dataset("north", range(300), "word " * 200), encoding="utf-8")
    heavy.write_text(dataset("north", range(9), "word " * 200_000), encoding="utf-8")
    ended = run(*load(large, server.address))
    smaller = f"{full}going on in smaller batches"
    assert (ended.code, ended.err) == (0, [smaller, *loaded("north", server.address)])
    assert content(server) == graph(large)
    ended = run(*load(heavy, server.address))
    assert (ended.code, ended.err) == (
        1,
        [smaller, f"{full}the same command again writes what is not written yet"],
    )
    ended = run(*load(large, server.address))
    assert ended.code == 0
    assert content(server) == graph(large)
    ended = run("unload", "north", "--from", server.address, "--yes")
    assert (ended.code, ended.err) == (0, [smaller, f"orgmodel: north is unloaded from {server.address}"])
    assert content(server) == ([], [], [])
