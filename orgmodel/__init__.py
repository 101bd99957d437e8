"""orgmodel: how a partnership is governed, as a graph of cited facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgmodel.session import Session

__version__ = "0.1.0"


def open(source: str | None = None) -> Session:  # noqa: A001 - `orgmodel.open` reads as what it does
    """Opens a source of facts, to be asked; see `orgmodel.session.open_source`."""
    from orgmodel.session import open_source

    return open_source(source)
