"""The shared store: a graph on a Neo4j server, by the official driver."""

from __future__ import annotations

import logging
import math
import re
from contextlib import contextmanager
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import neo4j
from neo4j import exceptions as errors
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time

from orgmodel.errors import StoreError, shown
from orgmodel.stores import Answer
from orgmodel.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

    from orgmodel.addresses import Address

T = TypeVar("T")

Transaction: TypeAlias = "neo4j.Transaction | neo4j.ManagedTransaction"

OLDEST: Final = (5, 26)
"""The oldest Neo4j that is supported."""

_AGENT = re.compile(r"Neo4j/v?(\d+)\.(\d+)")
_PATIENCE = 15.0
"""For how many seconds the driver tries again after a passing error, such as a new leader in a cluster."""

_EXPLAIN: Final = "EXPLAIN\n"
"""Asks for a plan; on a line of its own, so that what follows keeps its columns."""

_PLACE: Final = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")

_PASSWORD_WRONG = "set NEO4J_USERNAME and NEO4J_PASSWORD to what the server knows"  # noqa: S105
_FULL = (
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
    "Neo.TransientError.General.OutOfMemoryError",
)

# The driver logs at length what it raises as well.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j").propagate = False


class ServerFullError(StoreError):
    """A transaction was more than the memory of the server holds."""


class LoginError(StoreError):
    """The server did not let the user in; `known` tells whether there was a password to try."""


class Neo4jStore:
    """A graph on a Neo4j server. Opening it connects, so that whatever is wrong shows at once.

    Args:
        address: Where the server is and who logs in.
        database: Which of its databases; None: the one that is the user's home.

    Raises:
        LoginError: User or password is wrong.
        StoreError: The server is not there, is too old, or cannot be asked.
    """

    def __init__(self, address: Address, database: str | None = None) -> None:
        self.address = address
        self.database = database
        auth = None if address.password is None else (address.user, address.password)
        with self._said():
            self._driver = neo4j.GraphDatabase.driver(
                address.uri,
                auth=auth,
                user_agent=f"orgmodel/{VERSION}",
                notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
                connection_timeout=10.0,
                connection_acquisition_timeout=30.0,
                max_transaction_retry_time=_PATIENCE,
            )
        try:
            with self._said():
                agent = self._driver.get_server_info().agent
            self._check_version(agent)
        except BaseException:
            self._driver.close()
            raise

    def __str__(self) -> str:
        return f"{self.address}" + (f", database {self.database}" if self.database else "")

    def _check_version(self, agent: str) -> None:
        found = _AGENT.match(agent)
        if found and (int(found[1]), int(found[2])) < OLDEST:
            raise self._too_old(agent.partition("/")[2])

    def _too_old(self, version: str = "") -> StoreError:
        oldest = ".".join(map(str, OLDEST))
        is_old = f"runs Neo4j {version}" if version else "runs an old Neo4j"
        return StoreError(f"{self} {is_old}: orgmodel needs {oldest} or later")

    def run(
        self,
        text: str,
        parameters: Mapping[str, object],
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Runs one reading query; see `GraphStore.run`. A follower of a cluster may answer it."""

        def taken(result: neo4j.Result) -> Answer:
            rows = result if limit is None else result.fetch(limit + 1)
            found = [tuple(map(_plain, record.values())) for record in rows]
            return Answer(tuple(result.keys()), found[:limit], limit is not None and len(found) > limit)

        with self._said(timeout):
            return self._driver.execute_query(
                neo4j.Query(text, timeout=timeout),
                dict(parameters),
                routing_=neo4j.RoutingControl.READ,
                database_=self.database,
                result_transformer_=taken,
            )

    def plan(self, text: str, parameters: Mapping[str, object]) -> dict[str, Any]:
        """How the server would run a query, without running it; see `GraphStore.plan`."""
        try:
            with self._said():
                summary = self._driver.execute_query(
                    f"{_EXPLAIN}{text}",
                    dict(parameters),
                    routing_=neo4j.RoutingControl.READ,
                    database_=self.database,
                    result_transformer_=neo4j.Result.consume,
                )
        except StoreError as error:
            raise StoreError(_PLACE.sub(_without_explain, str(error))) from error
        if summary.query_type != "r":
            raise StoreError(f"{self}: a query may only read")
        return summary.plan or {}

    def stream(self, text: str, **parameters: object) -> Iterator[list[Any]]:
        """The rows of a reading query as they come, so that they need not all be in memory."""
        with self._said(), self._reading(fetch_size=5000) as session:
            for record in session.run(text, parameters):
                yield record.values()

    def streams(
        self, queries: Iterable[str], parameters: Mapping[str, object]
    ) -> Generator[Iterator[list[Any]]]:
        """The rows of several reading queries, one query after another; large rows, few fetched at once.

        The server is at the next query while the rows of one are gone through, to their end.
        """
        with self._said(), self._reading(fetch_size=10) as one, self._reading(fetch_size=10) as other:
            running: neo4j.Result | None = None
            for text, session in zip(queries, cycle((one, other)), strict=False):
                started = session.run(text, dict(parameters))
                if running is not None:
                    yield self._rows(running)
                running = started
            if running is not None:
                yield self._rows(running)

    def _reading(self, fetch_size: int) -> neo4j.Session:
        return self._driver.session(
            database=self.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=fetch_size
        )

    def _rows(self, result: neo4j.Result) -> Iterator[list[Any]]:
        with self._said():
            for record in result:
                yield record.values()

    def write(self, work: Callable[[Transaction], T], metadata: Mapping[str, str] | None = None) -> T:
        """Does some work in one transaction, again after a passing error; all of it or nothing.

        Args:
            work: What is done; it may be done several times.
            metadata: What the server lists the transaction with.

        Raises:
            ServerFullError: The server has not the memory for a transaction of that size.
            StoreError: The server could not do it.
        """
        attached = dict(metadata or {})
        with self._said(), self._driver.session(database=self.database) as session:
            # Once by hand: for want of memory, often found out only on commit, the driver would try the same
            # again for a quarter of a minute.
            try:
                with session.begin_transaction(metadata=attached) as transaction:
                    result = work(transaction)
                    transaction.commit()
                    return result
            except (errors.Neo4jError, errors.DriverError) as error:
                if getattr(error, "code", None) in _FULL or not error.is_retryable():
                    raise
            return session.execute_write(neo4j.unit_of_work(metadata=attached)(work))

    def once(self, statement: str, **parameters: object) -> None:
        """Runs one writing statement in a transaction of its own, and not again where that fails."""
        with self._said(), self._driver.session(database=self.database) as session:
            session.run(statement, parameters).consume()

    def close(self) -> None:
        """Closes the connections."""
        self._driver.close()

    @contextmanager
    def _said(self, timeout: float | None = None) -> Iterator[None]:
        """Says what the driver raises in one line, without a password."""
        try:
            yield
        except (errors.Neo4jError, errors.DriverError, OSError, ValueError, OverflowError) as error:
            raise self._told(error, timeout) from error

    def _full(self, error: errors.Neo4jError) -> ServerFullError:
        return ServerFullError(
            f"{self} has not the memory for it: raise dbms.memory.transaction.total.max, "
            f"db.memory.transaction.max or server.memory.heap.max_size ({error.code})"
        )

    def _told(self, error: Exception, timeout: float | None) -> StoreError:
        code = str(getattr(error, "code", None) or "")
        if isinstance(error, errors.Neo4jError):
            if code in _FULL:
                return self._full(error)
            return self._told_by_server(error, code, timeout)
        if isinstance(error, errors.ConfigurationError):
            # Only a server that is too old knows no filter of notifications.
            return self._too_old() if "otification" in str(error) else StoreError(f"{self}: {_line(error)}")
        if isinstance(error, (errors.ServiceUnavailable, errors.SessionExpired, OSError)):
            return StoreError(f"{self} cannot be reached: {self._unreachable()} ({_reason(error)})")
        return StoreError(f"{self}: {_line(error)}")

    def _unreachable(self) -> str:
        scheme = self.address.uri.partition("://")[0]
        hint = "start the server, or mend the address"
        if scheme.startswith("neo4j"):
            hint += (
                f"; a single server behind another name or port needs {scheme.replace('neo4j', 'bolt')}://"
            )
        if "+" in scheme:
            hint += f"; without TLS it is {scheme.partition('+')[0]}://"
        return hint

    def _told_by_server(self, error: errors.Neo4jError, code: str, timeout: float | None) -> StoreError:
        user = shown(self.address.user)
        if code == "Neo.ClientError.Security.CredentialsExpired":
            return LoginError(
                f"the password of {user} on {self} has expired: give a new one with "
                "ALTER CURRENT USER SET PASSWORD, in Neo4j Browser or cypher-shell"
            )
        if code == "Neo.ClientError.Security.AuthenticationRateLimit":
            return StoreError(f"{self} was given a wrong password too often: wait a few seconds")
        if code.startswith("Neo.ClientError.Security.") and isinstance(error, errors.AuthError):
            if self.address.password is None:
                return LoginError(f"{self} asks for a password: set NEO4J_USERNAME and NEO4J_PASSWORD")
            return LoginError(f"{self} did not let {user} in: {_PASSWORD_WRONG}")
        if code == "Neo.ClientError.Database.DatabaseNotFound":
            return StoreError(f"{self}: there is no such database; --database names another")
        if code.startswith("Neo.ClientError.Transaction.TransactionTimedOut") and timeout:
            return StoreError(f"{self} took longer than {timeout:g} s: --timeout raises that")
        if code == "Neo.ClientError.Transaction.Terminated":
            return StoreError(
                f"{self}: somebody ended the transaction, another load with --take-over or an administrator"
            )
        if code == "Neo.ClientError.Statement.AccessMode":
            return StoreError(f"{self}: a query may only read")
        return StoreError(f"{self} could not answer: {_line(error.message or error)}")


def _line(text: object) -> str:
    return " ".join(str(text).split())


def _without_explain(place: re.Match[str]) -> str:
    """A place in a query that was explained, as a place in the query itself."""
    line, column, offset = map(int, place.groups())
    return f"(line {max(line - 1, 1)}, column {column} (offset: {max(offset - len(_EXPLAIN), 0)}))"


def _reason(error: BaseException) -> str:
    """What it was in the end, in its first sentence: the driver tells it wrapped several times over."""
    for inner in (*getattr(error, "exceptions", ()), error.__cause__):
        if inner is not None:
            return _reason(inner)
    strerror = getattr(error, "strerror", None)
    return _line(strerror or error).split(". ")[0]


_BARE: Final = frozenset({str, int, bool, type(None)})


def _plain(value: object) -> object:
    """A value as `GraphStore.run` has it."""
    if value.__class__ in _BARE:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [part if part.__class__ in _BARE else _plain(part) for part in value]
    if isinstance(value, dict):
        return _map(value)
    return _own(value)


def _own(value: object) -> object:
    """A value of a type that only Neo4j has, as `GraphStore.run` has it."""
    match value:
        case Node():
            return {"labels": sorted(value.labels), **_map(value)}
        case Relationship():
            return {"type": value.type, **_map(value)}
        case Path():
            steps = [value.start_node, *(part for r in value.relationships for part in (r, r.end_node))]
            return [_plain(step) for step in steps]
        case Date() | DateTime() | Time():
            return value.to_native().isoformat()
        case Duration(nanoseconds=0):
            return {"days": value.days, "months": value.months, "seconds": value.seconds}
        case Duration():
            said = zip(("months", "days", "seconds", "nanoseconds"), value, strict=True)
            return dict(sorted(said))
        case WGS84Point():
            return dict(sorted(zip(("longitude", "latitude", "height"), value, strict=False)))
        case Point():
            return dict(zip("xyz", value, strict=False))
    return str(value)


def _map(value: Mapping[str, object]) -> dict[str, object]:
    return {key: _plain(part) for key, part in sorted(value.items())}
