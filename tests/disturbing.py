"""What disturbs a load: a proxy that knows Bolt's messages; commands, datasets and what is in a database."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.graph import graph_of
from orgmodel.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.neo4j_server import Login

ROOT = Path(__file__).parent.parent
TIMEOUT = 120

_KINDS = {
    0x01: "HELLO",
    0x02: "GOODBYE",
    0x0F: "RESET",
    0x10: "RUN",
    0x11: "BEGIN",
    0x12: "COMMIT",
    0x13: "ROLLBACK",
    0x2F: "DISCARD",
    0x3F: "PULL",
    0x54: "TELEMETRY",
    0x66: "ROUTE",
    0x6A: "LOGON",
    0x6B: "LOGOFF",
}

# What becomes of a message, and with it of the connection.
PASS = "pass"  # noqa: S105 - no password
CUT = "cut before it is passed on"
CUT_WITHIN = "cut with half of it passed on"
CUT_UNANSWERED = "passed on and carried out; cut when the server answers"
FATES = (CUT, CUT_WITHIN, CUT_UNANSWERED)


class Message(NamedTuple):
    """A message from the client: the how manieth of all connections, its kind, what it says."""

    number: int
    kind: str
    body: bytes


class Proxy:
    """A TCP proxy before a server, which asks before it passes on a message of a client.

    Args:
        server: The server.
        fate: Says what becomes of a message; it may take its time, and no message passes meanwhile.
    """

    def __init__(self, server: Login, fate: Callable[[Message], str] = lambda _: PASS) -> None:
        host, port = server.address.removeprefix("bolt://").split(":")
        self._target = (host, int(port))
        self._fate = fate
        self._asking = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.messages: list[str] = []
        self.answered = b""
        self.place = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.address = f"bolt://{self.place}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Refuses new connections and cuts the ones there are."""
        _close(self._listener)
        for one in list(self._sockets):
            _close(one)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection(self._target, timeout=10)
                except OSError:
                    _close(client)
                    continue
                server.settimeout(None)
                self._sockets |= {client, server}
                _Connection(self, client, server).start()

    def _ask(self, body: bytes) -> str:
        with self._asking:
            kind = _KINDS.get(body[1], hex(body[1]))
            self.messages.append(kind)
            return self._fate(Message(len(self.messages), kind, body))


class _Connection:
    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server = proxy, client, server
        self.manifest = threading.Event()
        self.begun = threading.Event()
        self.swallows = False

    def start(self) -> None:
        threading.Thread(target=self._guarded, args=(self._outward,), daemon=True).start()
        threading.Thread(target=self._guarded, args=(self._inward,), daemon=True).start()

    def _guarded(self, work: Callable[[], None]) -> None:
        with contextlib.suppress(OSError, EOFError):
            work()
        if not self.swallows:
            self.cut()

    def cut(self) -> None:
        for one in (self.client, self.server):
            _close(one)
            self.proxy._sockets.discard(one)

    def _inward(self) -> None:
        first = True
        while data := self.server.recv(65536):
            if self.swallows:
                # The server is through with it, and whoever sent it will not know.
                self.swallows = False
                return
            if first:
                # With these bytes a server lists its versions, and the client chooses one of them.
                if data[:4] == b"\x00\x00\x01\xff":
                    self.manifest.set()
                first = False
                self.begun.set()
            self.client.sendall(data)

    def _outward(self) -> None:
        self.server.sendall(_exactly(self.client, 20))
        self.begun.wait(TIMEOUT)
        if self.manifest.is_set():
            self.server.sendall(_exactly(self.client, 4))
            while (byte := _exactly(self.client, 1))[0] & 0x80:
                self.server.sendall(byte)
            self.server.sendall(byte)
        while True:
            raw, body = self._message()
            fate = self.proxy._ask(body)
            if fate == CUT:
                return
            if fate == CUT_WITHIN:
                self.server.sendall(raw[: len(raw) // 2])
                return
            self.swallows = fate == CUT_UNANSWERED
            self.server.sendall(raw)

    def _message(self) -> tuple[bytes, bytes]:
        raw, body = b"", b""
        while True:
            head = _exactly(self.client, 2)
            raw += head
            size = int.from_bytes(head, "big")
            if not size and body:
                return raw, body
            chunk = _exactly(self.client, size)
            raw += chunk
            body += chunk


def _exactly(source: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = source.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: list[str]


def run(*arguments: object) -> Done:
    """Runs a command within this process: nobody is there to be asked."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code: object = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
    assert isinstance(code, int)
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return Done(code, said[0], said[1].splitlines())


@dataclass
class Client:
    """A command in a process of its own."""

    arguments: Sequence[object]
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = "from orgmodel.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", text, *map(str, self.arguments)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def line(self) -> str:
        """The next line that it says on stderr; empty where it ended."""
        assert self.process.stderr is not None
        return self.process.stderr.readline().rstrip("\n")

    def end(self) -> Done:
        """Waits until it ends."""
        out, err = self.process.communicate(timeout=TIMEOUT)
        return Done(self.process.returncode, out, err.splitlines())

    def kill(self) -> None:
        """Ends it at once, without a chance to tidy up."""
        self.process.kill()
        self.process.communicate(timeout=TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()


Content = tuple[list[Any], list[Any], list[Any]]


def _comparable(found: Content) -> Content:
    """The same in one order, whatever order properties have."""
    nodes, lines, records = (
        sorted(
            ([dict(sorted(v.items())) if isinstance(v, dict) else v for v in row] for row in rows), key=repr
        )
        for rows in found
    )
    return nodes, lines, records


def content(server: Login) -> Content:
    """All that a database holds, save its lock and when a record was written."""
    nodes = server.run(
        "MATCH (n) WHERE NOT n:LoadLock AND NOT n:LoadRecord RETURN labels(n), n.id, properties(n)"
    )
    lines = server.run("MATCH (a)-[r]->(b) RETURN type(r), r.id, a.id, b.id, properties(r)")
    records = server.run("MATCH (r:LoadRecord) RETURN r.dataset, properties(r)")
    for _, properties in records:
        properties.pop("loaded_at", None)
    return _comparable((nodes, lines, records))


def wipe(server: Login) -> None:
    """Takes all out of a database but what makes ids unique, which takes long to make again."""
    server.run("MATCH (n) DETACH DELETE n")


def lapse(server: Login) -> None:
    """As if the last sign of whoever loads was given long ago."""
    server.run("MATCH (l:LoadLock) SET l.renewed = 0")


def dataset(name: str, bodies: Sequence[int], words: str, shared: Sequence[int] = ()) -> str:
    """A dataset of some bodies with two seats each.

    Args:
        name: Its id.
        bodies: The numbers of its bodies; each is accountable to the one before it.
        words: What is said of each.
        shared: The numbers of organisations that other datasets may state too; each is part of the
            one before it, which two datasets may state alike.
    """
    lines = [
        f"dataset: {{id: {name}, name: {name.title()}}}",
        "sources:",
        f"  - {{id: {name}-terms, name: Terms, published: 2019-05-01, sections: ['1', '2']}}",
        "partnerships:",
        f"  - {{id: {name}-partnership, name: {name.title()} Partnership, citations: [{name}-terms 1]}}",
        "organisations:",
        f"  - {{id: {name}-council, name: {name.title()} Council, citations: [{name}-terms 1]}}",
    ]
    for before, number in zip((None, *shared), shared, strict=False):
        part = "" if before is None else f", part_of: organisation-{before}"
        lines.append(
            f"  - {{id: organisation-{number}, name: Organisation {number}, note: Says {name} {words}.,"
            f" citations: [{name}-terms 2]{part}}}"
        )
    lines.append("bodies:")
    for before, number in zip((None, *bodies), bodies, strict=False):
        lines += [
            f"  - id: {name}-{number}",
            f"    name: Body {number}",
            f"    purpose: {words}",
            f"    part_of: {name}-partnership",
            f"    citations: [{name}-terms 1]",
            *([] if before is None else [f"    accountable_to: {name}-{before}"]),
            "    seats:",
            "      - {name: Chair, role: chair}",
            f"      - {{name: Member, role: member, represents: {name}-council}}",
        ]
    return "\n".join([*lines, ""])


def write_datasets(folder: Path) -> dict[str, Path]:
    """Datasets: north as it was and as it is, and south, which names things that north names too."""
    texts = {
        "before": dataset("north", range(1, 9), "first", [1, 2, 3]),
        "after": dataset("north", [2, 3, 4, 6, 9, 10, 11], "second", [2, 3, 4]),
        "south": dataset("south", [1, 2], "only", [2, 3, 4, 5]),
    }
    made = {}
    for name, text in texts.items():
        made[name] = folder / f"{name}.yaml"
        made[name].write_text(text, encoding="utf-8")
    return made


def graph(*paths: Path) -> Content:
    """What a database holds that datasets are loaded into, by what they say."""
    parts = [yaml.read(path) for path in paths]
    made = graph_of(parts[0].merge(*parts[1:]))
    nodes = [([label], row["id"], row["props"]) for label, rows in made.nodes.items() for row in rows]
    lines = [
        (name, row["id"], row["from"], row["to"], row["props"])
        for (_, name, _), rows in made.relationships.items()
        for row in rows
    ]
    records = [
        (
            part.datasets[0].id,
            {
                "dataset": part.datasets[0].id,
                "description": part.datasets[0].model_dump_json(),
                "state": "complete",
                "nodes": len(part.nodes),
                "relationships": len(part.relationships),
                "version": VERSION,
            },
        )
        for part in parts
    ]
    return _comparable((nodes, lines, records))


def load(path: Path, address: str, *more: object) -> tuple[object, ...]:
    return ("load", path, "--to", address, "--yes", *more)


def done(*arguments: object) -> None:
    """Runs a command that must succeed."""
    ended = run(*arguments)
    assert ended.code == 0, ended.err


def loaded(name: str, address: str) -> list[str]:
    return [f"orgmodel: {name} is loaded into {address}"]


def is_taking(message: Message) -> bool:
    """Whether a load begins to write with it: before that nothing can be left half done."""
    return b"MERGE (l:LoadLock" in message.body


def after_taking(count: int, what: Callable[[], str], kind: str | None = None) -> Callable[[Message], str]:
    """The fate of messages: something else, once, so many messages after the first that writes.

    Args:
        count: So many; or more, until there is one of the kind.
        what: What it is then.
        kind: A kind of message; None: any.
    """
    begun: list[int] = []
    met: list[int] = []

    def fate(message: Message) -> str:
        if is_taking(message) and not begun:
            begun.append(message.number)
        if met or not begun or message.number < begun[0] + count or message.kind != (kind or message.kind):
            return PASS
        met.append(message.number)
        return what()

    return fate
