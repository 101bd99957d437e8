"""The servers that the tests talk to are there and are the ones asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from neo4j.exceptions import ClientError

from tests.neo4j_server import INITIAL_PASSWORD, TOO_OLD

if TYPE_CHECKING:
    from tests.conftest import StartOwn
    from tests.neo4j_server import Login

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


@pytest.mark.parametrize("run", [1, 2])
def test_a_database_is_empty_whatever_was_in_it(database: Login, run: int) -> None:  # noqa: ARG001
    empty: list[list[tuple[object, ...]]] = [[(0,)], [], []]
    assert everything(database) == empty
    database.run("UNWIND range(1, 30000) AS i CREATE (:A {i: i})-[:R]->(:B {i: i})")
    database.run("CREATE CONSTRAINT `a ``constraint``` FOR (n:A) REQUIRE n.i IS UNIQUE")
    database.run("CREATE INDEX `an index` FOR (n:B) ON (n.i)")
    database.empty()
    assert everything(database) == empty


def test_a_version_that_is_too_old_can_be_had(own_server: StartOwn) -> None:
    server = own_server(TOO_OLD)
    assert server.run(VERSION) == [([TOO_OLD],)]


def test_a_server_keeps_its_data_over_a_stop_and_a_kill(own_server: StartOwn) -> None:
    server = own_server()
    server.run("CREATE (:A)")
    server.stop()
    assert not server.running
    server.start().run("CREATE (:A)")
    server.kill()
    assert not server.running
    assert server.start().run("MATCH (n:A) RETURN count(n)") == [(2,)]


def test_with_the_initial_password_nothing_can_be_asked(own_server: StartOwn) -> None:
    server = own_server(password=INITIAL_PASSWORD)
    with pytest.raises(ClientError) as caught:
        server.run("RETURN 1")
    assert caught.value.code == "Neo.ClientError.Security.CredentialsExpired"
