"""Addresses of Neo4j servers: what they look like, and who logs in there."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from orgmodel.errors import StoreError, bare, choices, shown

SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""neo4j: routes within a cluster; bolt: this one server. `+s`: TLS; `+ssc`: TLS, self-signed allowed."""

USER_VARIABLE: Final = "NEO4J_USERNAME"
PASSWORD_VARIABLE: Final = "NEO4J_PASSWORD"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and who logs in there.

    Attributes:
        uri: Scheme, host and port, without user and password: fit for a message.
        user: Who logs in.
        password: None where it is not known.
    """

    uri: str
    user: str
    password: str | None = field(repr=False)

    def __str__(self) -> str:
        return self.uri


def is_address(source: str) -> bool:
    """Whether a source is an address, and not the path of a dataset."""
    # With a slash forgotten it is still meant as one, and a password in it is not to be taken for a path.
    scheme, colon, _ = source.partition(":")
    return "://" in source or (bool(colon) and scheme in SCHEMES)


def has_password(source: str) -> bool:
    """Whether an address has a password in it."""
    scheme, _, rest = source.partition("://")
    login, _, _ = rest.rpartition("@")
    return scheme in SCHEMES and ":" in login


def address_of(text: str) -> Address:
    """The address that a text is, user and password from the environment where it does not give them.

    Args:
        text: For instance `neo4j://localhost:7687`; `neo4j://alice@localhost` gives the user too.

    Raises:
        StoreError: It is no address of a Neo4j server.
    """
    scheme, _, rest = text.partition("://")
    # Whatever stands before the last @ may be a password, odd characters and all: no message shows it.
    login, _, place = rest.rpartition("@")
    if "://" not in text:
        scheme = text.partition(":")[0]
        raise StoreError(f"{bare(scheme)}: is no address: write {scheme}://HOST:7687")
    if scheme not in SCHEMES:
        raise StoreError(f"{bare(scheme)}:// cannot be opened: the scheme {choices(scheme, SCHEMES)}")
    try:
        parts = urlsplit(f"{scheme}://{place}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host:
        # What looks like a port may be a password, where the host was forgotten.
        raise StoreError(f"an address of {scheme}:// needs a host and a port: write {scheme}://HOST:7687")
    if parts.path.strip("/") or parts.fragment:
        raise StoreError(
            f"{scheme}://{bare(place)} has {shown(parts.path)} after the host: "
            "write the address without it; --database names a database"
        )
    user, _, password = login.partition(":")
    return Address(
        f"{scheme}://{parts.netloc}" + (f"?{parts.query}" if parts.query else ""),
        unquote(user) or os.environ.get(USER_VARIABLE) or "neo4j",
        unquote(password) or os.environ.get(PASSWORD_VARIABLE) or None,
    )
