"""orgmodel: how a partnership is governed, as a graph of cited facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from orgmodel.session import Session

__version__ = VERSION


def open(  # noqa: A001 - `orgmodel.open` reads as what it does
    source: str | None = None,
    queries: Iterable[str | PathLike[str]] = (),
    *,
    database: str | None = None,
    allow_incomplete: bool = False,
) -> Session:
    """Opens a source of facts, to be asked.

    Args:
        source: As in `orgmodel.session.open_source`.
        queries: Folders with named queries beside those that travel with orgmodel.
        database: Which database of a server; None: the user's home.
        allow_incomplete: Whether a server may be asked of which a load was not finished.
    """
    from pathlib import Path

    from orgmodel.session import open_source

    return open_source(
        source,
        [Path(folder) for folder in queries],
        database=database,
        allow_incomplete=allow_incomplete,
    )
