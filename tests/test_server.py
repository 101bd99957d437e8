"""The servers that the tests talk to are there and are the ones asked for."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.conftest import no_server
from tests.neo4j_server import (
    CURRENT,
    DownloadError,
    ServerError,
    StartError,
    fetch_jars,
    find_java,
    start_server,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import StartOwn
    from tests.neo4j_server import Login

NO_CONNECTION = "Neo4j 2026.00.0 cannot be downloaded: no connection to repo1.maven.org "
VERSION = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions"


def test_each_version_answers(server: Login) -> None:
    assert server.run("RETURN 1") == [(1,)]
    assert server.run(VERSION) == [([server.version],)]


@pytest.mark.current_neo4j
def test_a_test_can_ask_for_the_current_version_only(database: Login) -> None:
    assert (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]) == (database.user, database.password)


def everything(server: Login) -> list[list[tuple[object, ...]]]:
    return [
        server.run("MATCH (n) RETURN count(n)"),
        server.run("SHOW CONSTRAINTS YIELD name"),
        server.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"),
    ]


def test_all_tests_of_a_server_run_in_one_process(server: Login, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("tests are only kept together with --dist loadgroup")
    assert request.node.nodeid.endswith(f"@neo4j-{request.node.callspec.params['server']}"), server.version


def test_a_database_is_empty_whatever_was_in_it(database: Login) -> None:
    empty: list[list[tuple[object, ...]]] = [[(0,)], [], []]
    assert everything(database) == empty
    # More than go in one transaction.
    database.run("UNWIND range(1, 20001) AS i CREATE (:A {i: i})-[:R]->(:B {i: i})")
    database.run("CREATE CONSTRAINT `a ``constraint``` FOR (n:A) REQUIRE n.i IS UNIQUE")
    database.run("CREATE INDEX `an index` FOR (n:B) ON (n.i)")
    database.empty()
    assert everything(database) == empty


def test_a_server_keeps_its_data_when_it_is_killed(own_server: StartOwn) -> None:
    server = own_server()
    server.run("CREATE (:A)")
    server.kill()
    assert not server.running
    assert server.start().run("MATCH (n:A) RETURN count(n)") == [(1,)]
    server.stop()
    assert not server.running


SERVING = """
import socket, time
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
while True:
    listening.accept()[0].close()
"""
CALLER = """
import subprocess, sys, time
watch, log, serving = sys.argv[1:]
command = [sys.executable, watch, log, sys.executable, "-c", serving]
watching = subprocess.Popen(command, stdin=subprocess.PIPE)
time.sleep(600)
"""


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(log: Path) -> bool:
    port = re.fullmatch(r"(\d+)\s+", log.read_text(encoding="utf-8") if log.exists() else "")
    if port is None:
        return False
    try:
        socket.create_connection(("127.0.0.1", int(port[1])), timeout=60).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("end", ["kill", "terminate"])
def test_what_is_watched_ends_with_its_caller(tmp_path: Path, end: Literal["kill", "terminate"]) -> None:
    log = tmp_path / "log"
    watch = Path(__file__).with_name("java_watch.py")
    with subprocess.Popen([sys.executable, "-c", CALLER, watch, log, SERVING]) as caller:
        try:
            until(lambda: answers(log))
        finally:
            getattr(caller, end)()
    until(lambda: not answers(log))


def test_a_server_that_does_not_start_says_what_it_printed(tmp_path: Path) -> None:
    try:
        find_java(CURRENT)
        fetch_jars(CURRENT)
    except ServerError as error:
        no_server(error)
    with pytest.raises(StartError) as caught:
        start_server(CURRENT, tmp_path, settings={"server.memory.pagecache.size": "much"})
    assert re.fullmatch(
        f"Neo4j {CURRENT} ended while it started: .*Error evaluating value for setting"
        r" 'server.memory.pagecache.size'. 'much' is not a valid size.*",
        str(caught.value),
    )


def test_a_version_that_does_not_exist_is_a_failed_download_and_not_a_failed_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    with pytest.raises(DownloadError) as caught:
        fetch_jars("2026.00.0")
    said = str(caught.value)
    assert said.startswith(("Neo4j 2026.00.0 cannot be had from Maven Central: ", NO_CONNECTION))


def test_no_network_is_a_failed_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    # A port that nothing listens on.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with pytest.raises(DownloadError) as caught:
        fetch_jars("2026.00.0")
    assert str(caught.value) == f"{NO_CONNECTION}(ProxyError)"
