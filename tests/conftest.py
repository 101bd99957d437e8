"""What all tests share."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import pytest
from hypothesis import HealthCheck, settings

from tests.neo4j_server import (
    CURRENT,
    DATABASE,
    OLDEST_SUPPORTED,
    TOO_OLD,
    USER,
    JavaMissingError,
    Login,
    Server,
    ServerError,
    fetch_jars,
    find_java,
    start_server,
)
from tests.stores import EMBEDDED, SharedGraph, open_embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.session import Session
    from orgmodel.structure import Structure

    Opened = Callable[[Structure], Session]

# The address of a server to test on instead of the ones that the tests start.
GIVEN = "ORGMODEL_TEST_NEO4J"
LOGIN = ("NEO4J_USERNAME", "NEO4J_PASSWORD")

# How long an example takes says something about the machine, not about the code; and a run that decides
# whether a change is accepted must not depend on chance.
settings.register_profile("orgmodel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("orgmodel"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "orgmodel")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working one, so that the places of findings are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def engine() -> Iterator[Graphviz]:
    """What draws the charts of a module, with time for whatever a test makes up."""
    from orgmodel.charts.graphviz import Graphviz

    with Graphviz(600) as running:
        yield running


class StartOwn(Protocol):
    """What `own_server` is."""

    def __call__(self, version: str = CURRENT, **options: Any) -> Server: ...


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "current_neo4j: of the servers, the test runs on the current version only"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that uses a server runs on each version, or on the one that the environment names.

    One that opens structures runs on the embedded store as well.
    """
    versions = (
        [CURRENT] if metafunc.definition.get_closest_marker("current_neo4j") else [CURRENT, OLDEST_SUPPORTED]
    )
    if os.environ.get(GIVEN):
        versions = ["given"]
    if "open_structure" in metafunc.fixturenames:
        metafunc.parametrize("open_structure", [EMBEDDED, *versions], indirect=True, scope="session")
    elif "server" in metafunc.fixturenames:
        metafunc.parametrize("server", versions, indirect=True, scope="session")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """All tests of one server run in one process, so that it is started once.

    They come in the middle: until then its jars have come, and what is left after them shares out well.
    """
    # By what they are: their names, and so their hashes, change when they are put together.
    on_servers: dict[int, str] = {}
    for item in items:
        names = getattr(item, "fixturenames", ())
        params = item.callspec.params if hasattr(item, "callspec") else {}
        version = params.get("server", params.get("open_structure", EMBEDDED))
        if version != EMBEDDED:
            on_servers[id(item)] = version
            item.add_marker(pytest.mark.xdist_group(f"neo4j-{version}"))
        elif "own_server" in names:
            on_servers[id(item)] = CURRENT
            item.add_marker(pytest.mark.xdist_group("neo4j-own"))
    yield
    others = [item for item in items if id(item) not in on_servers]
    # One process of many gets every item of a group, whatever stands between them.
    middle = len(others) * 2 // 3
    items[:] = [*others[:middle], *(item for item in items if id(item) in on_servers), *others[middle:]]
    # A run of a few tests ends before all of these have come.
    wanted = {*on_servers.values()} & {CURRENT, OLDEST_SUPPORTED} if len(others) > _MANY else {*()}
    for version in (*wanted, *([TOO_OLD] * bool(wanted))):
        Thread(target=_fetch, args=(version,), daemon=True).start()


_MANY = 500


def _fetch(version: str) -> None:
    # The test that wants a server says why there is none.
    with suppress(ServerError):
        find_java(version)
        fetch_jars(version)


def no_server(error: ServerError) -> NoReturn:
    """Ends a test for which there is no server.

    It is left out; but failed in CI, where all is to be tested, and where somebody has named a server.
    """
    # No test asks the machine for a second Java.
    if (os.environ.get("CI") or os.environ.get(GIVEN)) and not isinstance(error, JavaMissingError):
        pytest.fail(str(error), pytrace=False)
    pytest.skip(str(error))


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Login]]:
    """Gives the server of a version, started when the first test asks for it; all end with the session."""
    started: dict[str, Login | ServerError] = {}

    def give(version: str) -> Login:
        if version not in started:
            try:
                started[version] = (
                    given_server()
                    if version == "given"
                    else start_server(version, tmp_path_factory.mktemp("neo4j"))
                )
            except ServerError as error:
                started[version] = error
        found = started[version]
        if isinstance(found, ServerError):
            no_server(found)
        return found

    yield give
    for server in started.values():
        if isinstance(server, Server):
            # The data are thrown away: an orderly end would only take time.
            server.kill()
        elif isinstance(server, Login):
            server.empty()


def given_server() -> Login:
    """The server that the environment names, if its database may be emptied."""
    user, password = (os.environ.get(f"ORGMODEL_TEST_{name}", os.environ.get(name, "")) for name in LOGIN)
    server = Login(address=os.environ[GIVEN], version="", user=user or USER, password=password)
    server.connect()
    if server.run("MATCH (n) RETURN n LIMIT 1", database=DATABASE):
        raise ServerError(
            f"{GIVEN}: the database `{DATABASE}` is not empty, and the tests would delete"
            " what is in it: name an empty one"
        )
    return server


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, servers: Callable[[str], Login]) -> Login:
    """A running server, one test for each version; the mark `current_neo4j` keeps to the current one."""
    return servers(request.param)


@pytest.fixture(scope="session")
def graphs(servers: Callable[[str], Login]) -> Callable[[str], SharedGraph]:
    """Gives the graph on the server of a version."""
    return cache(lambda version: SharedGraph(servers(version)))


@pytest.fixture(scope="session")
def open_structure(request: pytest.FixtureRequest) -> Opened:
    """Puts a structure into a store and opens it, one test for each store; a server has the last one only."""
    if request.param == EMBEDDED:
        return open_embedded
    graph: SharedGraph = request.getfixturevalue("graphs")(request.param)
    return graph.open


@pytest.fixture
def database(server: Login, monkeypatch: pytest.MonkeyPatch) -> Login:
    """A server whose user database is empty, with its login in the environment."""
    server.empty()
    log_in(server, monkeypatch)
    return server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[StartOwn]:
    """Starts a server for one test, which may stop, kill and set up as it likes."""
    if os.environ.get(GIVEN):
        pytest.skip(f"the server of {GIVEN} is not for the tests to stop")
    started: list[Server] = []

    def start(version: str = CURRENT, **options: Any) -> Server:
        try:
            server = start_server(version, tmp_path / f"neo4j-{len(started)}", **options)
        except ServerError as error:
            no_server(error)
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()


def log_in(server: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    """The login of a server as the environment gives it to orgmodel."""
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    for name, value in zip(LOGIN, (server.user, server.password), strict=True):
        monkeypatch.setenv(name, value)
