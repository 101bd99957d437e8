"""Options that several commands share, and how a session is opened from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from orgmodel.session import Session

F = TypeVar("F", bound="Callable[..., Any]")


def graph_option(command: F) -> F:
    """Adds `-g/--graph`: the source that is asked."""
    return click.option(
        "-g",
        "--graph",
        metavar="SOURCE",
        help="The dataset to read: a folder or a YAML file. Also set by ORGMODEL_GRAPH.",
    )(command)


def as_of_option(command: F) -> F:
    """Adds `--as-of`: the day asked about."""
    return click.option(
        "--as-of",
        metavar="WHEN",
        default="today",
        show_default=True,
        help="The day asked about: a date (2019, 2019-09, 2019-09-30) or an edition (arrangements-2019).",
    )(command)


def open_session(graph: str | None, folders: tuple[Path, ...] = ()) -> Session:
    """Opens the source that was asked for, and says on stderr where none was."""
    from orgmodel.session import open_source

    session = open_source(graph, folders)
    if session.source == "bundled":
        names = ", ".join(dataset.id for dataset in session.structure.datasets)
        click.echo(f"orgmodel: reading the bundled datasets ({names}); -g PATH reads yours", err=True)
    return session
