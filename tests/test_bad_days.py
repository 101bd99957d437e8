"""What goes wrong between a command and a server: what is said of it, what is left, and how it is mended."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.conftest import log_in
from tests.disturbing import (
    CUT_UNANSWERED,
    FATES,
    PASS,
    TIMEOUT,
    Client,
    Content,
    Message,
    Proxy,
    after_taking,
    content,
    done,
    graph,
    is_taking,
    lapse,
    load,
    loaded,
    run,
    wipe,
    write_datasets,
)
from tests.neo4j_server import INITIAL_PASSWORD, TOO_OLD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartOwn
    from tests.neo4j_server import Login

QUESTION = ("cypher", "MATCH (b:Body) RETURN count(b) AS bodies", "--format", "csv")
AGAIN = "; the same command again writes what is not written yet"
SOME = ("--batch", "9")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_datasets(tmp_path_factory.mktemp("datasets"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# Not reached, not let in


@pytest.mark.parametrize(
    ("scheme", "hint"),
    [
        ("bolt", ""),
        ("bolt+s", "; without TLS it is bolt://"),
        ("neo4j", "; a single server behind another name or port needs bolt://"),
        (
            "neo4j+ssc",
            "; a single server behind another name or port needs bolt+ssc://; without TLS it is neo4j://",
        ),
    ],
)
@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_a_server_that_is_not_there(
    scheme: str, hint: str, host: str, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    address = f"{scheme}://{host}:{free_port()}"
    said = f"orgmodel: {address} cannot be reached: start the server, or mend the address{hint} ("
    for arguments in ((*QUESTION, "-g", address), load(files["before"], address)):
        code, out, (line,) = run(*arguments)
        assert (code, out, line[: len(said)]) == (1, "", said)


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s"])
def test_a_server_without_tls(database: Login, scheme: str) -> None:
    address = database.address.replace("bolt", scheme)
    code, out, (line,) = run(*QUESTION, "-g", address)
    plain = scheme.partition("+")[0]
    assert (code, out) == (1, "")
    assert line.startswith(f"orgmodel: {address} cannot be reached: start the server, or mend the address; ")
    assert f"without TLS it is {plain}:// (" in line


def test_a_wrong_password_and_none(
    database: Login, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "guessed-wrongly")
    said = (
        f"orgmodel: {database.address} did not let 'neo4j' in: "
        "set NEO4J_USERNAME and NEO4J_PASSWORD to what the server knows"
    )
    assert run(*QUESTION, "-g", database.address) == (1, "", [said])
    monkeypatch.setenv("NEO4J_USERNAME", "nobody")
    said = said.replace("'neo4j'", "'nobody'")
    assert run(*load(files["before"], database.address)) == (1, "", [said])
    monkeypatch.delenv("NEO4J_PASSWORD")
    said = f"orgmodel: {database.address} asks for a password: set NEO4J_USERNAME and NEO4J_PASSWORD"
    assert run(*QUESTION, "-g", database.address) == (1, "", [said])
    assert run(*load(files["before"], database.address)) == (1, "", [said])


@pytest.mark.current_neo4j
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_the_password_is_asked_for_and_not_shown(database: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    refused = (
        f"orgmodel: {database.address} did not let 'neo4j' in: "
        "set NEO4J_USERNAME and NEO4J_PASSWORD to what the server knows"
    )
    for password, code, last in ((database.password, 0, "0"), ("guessed-wrongly", 1, refused)):
        ended, shown = on_a_terminal([*QUESTION, "-g", database.address], f"{password}\n")
        lines = shown.replace("\r", "").split("\n")
        assert (ended, lines[0], lines[-2]) == (code, f"Password of neo4j on {database.address}: ", last)
        assert password not in shown


def on_a_terminal(arguments: list[str], typed: str) -> tuple[int, str]:
    """Runs a command on a terminal and types a line when it asks; gives all that the terminal shows."""
    import pty

    # A session of its own with the terminal as its own, as a shell has it: fork in a process with threads
    # is deprecated, so that the child makes itself at home there.
    leader, follower = pty.openpty()
    text = (
        "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        "from orgmodel.cli import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", text, *arguments], stdin=follower, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        shown = b""
        with contextlib.suppress(OSError):
            while data := os.read(leader, 4096):
                shown += data
                if shown.endswith(b": ") and typed:
                    os.write(leader, typed.encode())
                    typed = ""
        code = process.wait(TIMEOUT)
    os.close(leader)
    return code, shown.decode()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_unknown_database(database: Login, files: dict[str, Path], scheme: str) -> None:
    address = database.address.replace("bolt", scheme)
    said = f"orgmodel: {address}, database nope: there is no such database; --database names another"
    for arguments in (
        (*QUESTION, "-g", address),
        ("ask", "members", "x", "-g", address),
        ("datasets", "-g", address),
        load(files["before"], address),
        ("unload", "north", "--from", address, "--yes"),
    ):
        assert run(*arguments, "--database", "nope") == (1, "", [said])


@pytest.mark.current_neo4j
def test_an_expired_password_and_one_guessed_too_often(
    own_server: StartOwn, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = own_server(password=INITIAL_PASSWORD)
    log_in(server, monkeypatch)
    said = (
        f"orgmodel: the password of 'neo4j' on {server.address} has expired: give a new one with "
        "ALTER CURRENT USER SET PASSWORD, in Neo4j Browser or cypher-shell"
    )
    assert run(*QUESTION, "-g", server.address) == (1, "", [said])
    assert run(*load(files["before"], server.address)) == (1, "", [said])
    monkeypatch.setenv("NEO4J_PASSWORD", "guessed-wrongly")
    *_, last = (run(*QUESTION, "-g", server.address) for _ in range(4))
    said = f"orgmodel: {server.address} was given a wrong password too often: wait a few seconds"
    assert last == (1, "", [said])


def test_a_server_that_is_too_old(
    own_server: StartOwn, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = own_server(TOO_OLD)
    log_in(server, monkeypatch)
    said = f"orgmodel: {server.address} runs Neo4j {TOO_OLD}: orgmodel needs 5.26 or later"
    assert run(*QUESTION, "-g", server.address) == (1, "", [said])
    assert run(*load(files["before"], server.address)) == (1, "", [said])
    assert content(server) == ([], [], [])


def test_what_orgmodel_did_not_write_is_refused_or_left_alone(
    database: Login, files: dict[str, Path]
) -> None:
    database.run("CREATE (:Film {id: 'x'})-[:PART_OF {id: 'y'}]->(:Studio {datasets: ['north']})")
    said = "orgmodel: {} holds what orgmodel did not write: {}; give orgmodel a database of its own"
    assert run(*load(files["before"], database.address)) == (
        1,
        "",
        [said.format(database.address, "1 PART_OF")],
    )
    database.run("MATCH ()-[r:PART_OF]->() DELETE r")
    database.run("CREATE (:Body {id: 'one', datasets: ['else']}), (:Body), (:Seat)-[:ON]->(:Film)")
    there = content(database)
    assert run(*load(files["before"], database.address)) == (
        1,
        "",
        [said.format(database.address, "2 Body, 1 Seat, 1 ON")],
    )
    assert content(database) == there
    database.run("MATCH (n:Body|Seat) DETACH DELETE n")
    done(*load(files["before"], database.address))
    assert database.run("MATCH (n:Film|Studio) RETURN labels(n), n.datasets ORDER BY labels(n)") == [
        (["Film"], None),
        (["Film"], None),
        (["Studio"], ["north"]),
    ]


# Secrets


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("neo4j://user:pa:ss@w/rd@{}", "neo4j://{}"),
        ("bolt://user:pa?ss#w%2Frd@{}", "bolt://{}"),
        ("bolt+s://us%40er:pa@://ss@{}", "bolt+s://{}"),
        ("bolt://user:[pass]@{}", "bolt://{}"),
    ],
)
def test_of_an_address_with_a_password_only_the_place_is_shown(
    address: str, bare: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"127.0.0.1:{free_port()}"
    warning = (
        "orgmodel: others on this machine can see a password on the command line: set NEO4J_PASSWORD instead"
    )
    said = f"orgmodel: {bare.format(place)} cannot be reached: start the server, or mend the address"
    code, out, lines = run("datasets", "-g", address.format(place))
    assert (code, out, lines[0], len(lines), lines[1][: len(said)]) == (1, "", warning, 2, said)
    monkeypatch.setenv("ORGMODEL_GRAPH", address.format(place))
    code, out, (line,) = run("datasets")
    assert (code, out, line[: len(said)]) == (1, "", said)
    for part in ("pa", "rd@", "ss@", "user", "us%40"):
        assert part not in line.removeprefix(said)


@pytest.mark.parametrize(
    "address",
    [
        "bolt://user:secret@",
        "bolt://user:secret",
        "bolt:/user:secret@host",
        "neo4j:user:secret@host",
        "http://user:secret@host",
        "bolt://user:secret@host:port",
        "bolt://user:secret@[::1",
        "bolt://user:secret@host/neo4j",
        "bolt://user:secret@host?policy=x",
    ],
)
def test_a_mistake_in_an_address_shows_no_password(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGMODEL_GRAPH", address)
    code, out, lines = run("datasets")
    assert (code, out, len(lines)) == (1, "", 1)
    assert "secret" not in lines[0]


LOGGED = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
for name in ("neo4j", "neo4j.io", "neo4j.pool"):
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).addHandler(logging.StreamHandler())
from orgmodel.cli import main
main()
"""


@pytest.mark.current_neo4j
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no ps")
def test_no_password_in_logs_plans_or_the_list_of_processes(
    database: Login, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_USERNAME")
    password = database.password
    monkeypatch.delenv("NEO4J_PASSWORD")
    listed: list[str] = []

    def fate(message: Message) -> str:
        if message.kind == "COMMIT" and not listed:
            listed.append(
                subprocess.run(
                    ["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True
                ).stdout
            )
        return PASS

    with Proxy(database, fate) as proxy:
        monkeypatch.setenv("ORGMODEL_GRAPH", f"bolt://neo4j:{password}@{proxy.place}")
        ended = subprocess.run(
            [sys.executable, "-c", LOGGED, "load", files["before"], "--yes", "--verbose"],
            capture_output=True,
            text=True,
            check=True,
            timeout=TIMEOUT,
        )
    assert "HELLO" in ended.stderr
    assert files["before"].name in listed[0]
    assert [text for text in (ended.stdout, ended.stderr, *listed) if password in text] == []


# In the middle of a load


@pytest.fixture
def shared(server: Login, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Login:
    """A database with north as it was, and south."""
    wipe(server)
    log_in(server, monkeypatch)
    done(*load(files["south"], server.address))
    done(*load(files["before"], server.address))
    assert content(server) == graph(files["before"], files["south"])
    return server


def moments(server: Login, files: dict[str, Path], *more: object) -> int:
    """How many messages a load sends from the first that writes on; north is as it was afterwards."""
    counts = []
    for name in ("after", "before"):
        begun: list[int] = []

        def fate(message: Message, begun: list[int] = begun) -> str:
            if is_taking(message):
                begun.append(message.number)
            return PASS

        with Proxy(server, fate) as proxy:
            done(*load(files[name], proxy.address, *more))
            counts.append(len(proxy.messages) - begun[0])
    return min(counts)


def check_state(server: Login, old: Content, new: Content) -> str:
    """Whether what is left after a disturbance is told as what it is; gives the state of north."""
    code, out, lines = run("datasets", "-g", server.address, "--format", "csv")
    states = [line.split(",")[0:3:2] for line in out.splitlines()[1:]]
    assert (code, lines, states[1]) == (0, [], ["south", "complete"])
    state = states[0][1]
    asked = run(*QUESTION, "-g", server.address)
    assert run(*QUESTION, "-g", server.address, "--allow-incomplete").code == 0
    if state == "complete":
        assert content(server) in (old, new)
        assert asked.code == 0
        return state
    said = (
        f"orgmodel: {server.address}: the load of north is not finished, so that answers may be wrong: "
        "wait for it, run the same load or unload again, or ask with --allow-incomplete"
    )
    assert asked == (1, "", [said])
    return state


@pytest.mark.current_neo4j
@pytest.mark.parametrize(
    ("more", "step", "states"),
    [((), 5, {"complete"}), (SOME, 7, {"complete", "incomplete"})],
    ids=["at once", "in batches"],
)
def test_the_connection_is_cut(
    shared: Login, files: dict[str, Path], more: tuple[str, ...], step: int, states: set[str]
) -> None:
    """The driver tries again what can be tried again; what could not is said, and done by the next run."""
    graphs = {name: graph(files[name], files["south"]) for name in ("before", "after")}
    names = ["after", "before"]
    found = set()
    fates = set()
    for turn, count in enumerate(range(0, moments(shared, files, *more), step)):
        name, fate = names[turn % 2], FATES[turn % 3]
        old, new = graphs[names[(turn + 1) % 2]], graphs[name]
        with Proxy(shared, after_taking(count, lambda fate=fate: fate)) as proxy:  # type: ignore[misc]
            code, _, lines = run(*load(files[name], proxy.address, *more))
            if code:
                (line,) = lines
                said = f"orgmodel: {proxy.address} cannot be reached: start the server, or mend the address ("
                assert (line[: len(said)], line[-len(AGAIN) :]) == (said, AGAIN)
            else:
                assert lines == loaded("north", proxy.address)
                assert content(shared) == new
        fates.add((fate, code))
        found.add(check_state(shared, old, new))
        lapse(shared)
        done(*load(files[name], shared.address))
        assert content(shared) == new, (turn, count, fate)
    assert found == states
    assert fates >= {(fate, 0) for fate in FATES}


@pytest.mark.current_neo4j
def test_the_acknowledgement_of_a_commit_is_lost(shared: Login, files: dict[str, Path]) -> None:
    lost: list[int] = []

    def fate(message: Message) -> str:
        # The lock is taken with the first commit after its message, all is written with the second.
        if is_taking(message):
            lost.append(0)
        if lost and message.kind == "COMMIT":
            lost.append(message.number)
            return CUT_UNANSWERED if len(lost) == 3 else PASS
        return PASS

    with Proxy(shared, fate) as proxy:
        code, _, (line,) = run(*load(files["after"], proxy.address))
    assert (code, line[-len(AGAIN) :]) == (1, AGAIN)
    assert content(shared) == graph(files["after"], files["south"])
    assert run(*load(files["after"], shared.address)) == (0, "north: nothing to change\n", [])


@pytest.mark.current_neo4j
@pytest.mark.parametrize(
    ("more", "states"),
    [((), {"complete"}), (SOME, {"complete", "incomplete"})],
    ids=["at once", "in batches"],
)
def test_the_client_is_killed(
    shared: Login, files: dict[str, Path], more: tuple[str, ...], states: set[str]
) -> None:
    graphs = {name: graph(files[name], files["south"]) for name in ("before", "after")}
    names = ["after", "before"]
    found = set()
    count = moments(shared, files, *more)
    for turn, moment in enumerate(range(0, count, count // 5)):
        name = names[turn % 2]
        reached, killed = threading.Event(), threading.Event()

        def wait(reached: threading.Event = reached, killed: threading.Event = killed) -> str:
            reached.set()
            killed.wait(TIMEOUT)
            return PASS

        with (
            Proxy(shared, after_taking(moment, wait)) as proxy,
            Client(load(files[name], proxy.address, *more)) as client,
        ):
            assert reached.wait(TIMEOUT)
            client.kill()
            killed.set()
        found.add(check_state(shared, graphs[names[(turn + 1) % 2]], graphs[name]))
        lapse(shared)
        done(*load(files[name], shared.address, *more))
        assert content(shared) == graphs[name], (turn, moment)
    assert found == states


@pytest.mark.current_neo4j
def test_an_unload_is_killed(shared: Login, files: dict[str, Path]) -> None:
    with Proxy(shared, after_taking(30, lambda: client.process.kill() or CUT_UNANSWERED)) as proxy:
        client = Client(("unload", "north", "--from", proxy.address, "--yes", *SOME))
        client.end()
    assert check_state(shared, ([], [], []), ([], [], [])) == "incomplete"
    lapse(shared)
    done("unload", "north", "--from", shared.address, "--yes")
    assert content(shared) == graph(files["south"])


@pytest.mark.current_neo4j
def test_half_a_first_load_can_be_asked_and_shown_if_one_insists(
    database: Login, files: dict[str, Path]
) -> None:
    with Proxy(database, after_taking(60, lambda: client.process.kill() or CUT_UNANSWERED)) as proxy:
        client = Client(load(files["before"], proxy.address, *SOME))
        client.end()
    source = ("-g", database.address, "--allow-incomplete")
    code, out, lines = run("datasets", *source, "--format", "csv")
    assert (code, out.splitlines()[1], lines) == (0, "north,North,incomplete,,,,", [])
    assert run("show", "north-1", *source).code == 0
    assert run("chart", "governance", *source).code == 0


@pytest.mark.current_neo4j
def test_the_server_is_lost(
    own_server: StartOwn, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped in order or as by a power cut, in the middle of a load and of a question."""
    server = own_server()
    log_in(server, monkeypatch)
    for name in ("south", "before"):
        done(*load(files[name], server.address))
    graphs = {name: graph(files[name], files["south"]) for name in ("before", "after")}
    for name, other, more, end, state in (
        ("after", "before", (), server.stop, "complete"),
        ("before", "after", SOME, server.kill, "incomplete"),
    ):
        reached, asked, lost = threading.Event(), threading.Event(), threading.Event()

        def wait(reached: threading.Event = reached, lost: threading.Event = lost) -> str:
            reached.set()
            lost.wait(TIMEOUT)
            return PASS

        def fate(message: Message, asked: threading.Event = asked, lost: threading.Event = lost) -> str:
            if asked.is_set() and message.kind == "PULL":
                lost.wait(TIMEOUT)
            if QUESTION[1].encode() in message.body:
                asked.set()
            return PASS

        with (
            Proxy(server, after_taking(40, wait)) as one,
            Proxy(server, fate) as two,
            Client(load(files[name], one.address, *more)) as loading,
            Client((*QUESTION, "-g", two.address, "--allow-incomplete")) as asking,
        ):
            assert reached.wait(TIMEOUT)
            assert asked.wait(TIMEOUT)
            end()
            lost.set()
            for client, address, again in ((loading, one.address, AGAIN), (asking, two.address, "")):
                code, _, (line,) = client.end()
                said = f"orgmodel: {address} cannot be reached: start the server, or mend the address ("
                assert (code, line[: len(said)], line[-len(again) :] if again else "") == (1, said, again)
        server.start()
        assert check_state(server, graphs[other], graphs[name]) == state
        lapse(server)
        done(*load(files[name], server.address, *more))
        assert content(server) == graphs[name]
