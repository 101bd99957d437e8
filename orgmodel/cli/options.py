"""Options that several commands share, and how a session is opened from them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import wraps
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from orgmodel import tables
from orgmodel.cli import completion
from orgmodel.errors import OrgmodelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.session import Session
    from orgmodel.tables import Rows

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Source:
    """What was asked for by `-g`, `--database` and `--allow-incomplete`."""

    graph: str | None
    database: str | None
    allow_incomplete: bool

    def open(self, folders: tuple[Path, ...] = ()) -> Session:
        """Opens it, and says on stderr where none was asked for."""
        from orgmodel.session import open_source

        warn_of_password(self.graph)
        session = open_source(
            self.graph,
            folders,
            database=self.database,
            allow_incomplete=self.allow_incomplete,
            ask_password=password_prompt(),
        )
        if session.source == "bundled":
            names = ", ".join(str(record.dataset) for record in session.facts.records())
            click.echo(f"orgmodel: reading the bundled datasets ({names}); -g PATH reads yours", err=True)
        return session


def source_options(command: F) -> F:
    """Adds `-g/--graph`, `--database` and `--allow-incomplete`; the command gets them as a `Source`."""
    return add_source_options(with_source(command))


def with_source(command: F) -> F:
    """Puts what the options of a source say together, as a `Source`."""

    @wraps(command)
    def with_source(
        *args: Any, graph: str | None, database: str | None, allow_incomplete: bool, **rest: Any
    ) -> Any:
        return command(*args, source=Source(graph, database, allow_incomplete), **rest)

    return with_source  # type: ignore[return-value]


def add_source_options(command: F) -> F:
    """Adds the options of a source themselves."""
    made = click.option(
        "--allow-incomplete",
        is_flag=True,
        help="Ask a server even where a load was not finished: answers may be wrong.",
    )(command)
    made = database_option(made)
    return click.option(
        "-g",
        "--graph",
        metavar="SOURCE",
        help="What is asked: a dataset (a folder or a YAML file) or a Neo4j server (neo4j://HOST). "
        "Also set by ORGMODEL_GRAPH.",
    )(made)


def database_option(command: F) -> F:
    """Adds `--database`: which database of a server."""
    return click.option(
        "--database", metavar="NAME", help="Which database of the server; without it the user's home."
    )(command)


def warn_of_password(source: str | None) -> None:
    """Says that a password on the command line can be seen by others."""
    from orgmodel.addresses import has_password

    if source is not None and has_password(source):
        click.echo(
            "orgmodel: others on this machine can see a password on the command line: "
            "set NEO4J_PASSWORD instead",
            err=True,
        )


def password_prompt() -> Callable[[str], str] | None:
    """Asks for a password without showing it; None where nobody is there to be asked."""
    if not sys.stdin.isatty():
        return None
    return lambda text: str(click.prompt(text, hide_input=True, err=True))


def as_of_option(command: F) -> F:
    """Adds `--as-of`: the day asked about."""
    return click.option(
        "--as-of",
        metavar="WHEN",
        default="today",
        show_default=True,
        shell_complete=completion.days,
        help="The day asked about: a date (2019, 2019-09, 2019-09-30) or an edition (arrangements-2019).",
    )(command)


@dataclass(frozen=True, slots=True)
class Form:
    """How and where an answer is written: `--format` and `--output`."""

    name: str
    output: Path | None = None

    @classmethod
    def of(cls, name: str | None, output: Path | None) -> Form:
        """What the two options say; without `--format` the ending of the file says it.

        Raises:
            click.UsageError: The ending says nothing, or the format is one for files only.
        """
        if output is None or str(output) == "-":
            if name == tables.XLSX:
                raise click.UsageError("xlsx is a file: name it with -o answer.xlsx")
            return cls(name or tables.TABLE)
        ending = output.suffix.lower()
        if name is None and ending not in tables.SUFFIXES:
            known = ", ".join(tables.SUFFIXES)
            raise click.UsageError(f"{output}: the ending must be one of {known}, or say --format")
        return cls(name or tables.SUFFIXES[ending], output)


def format_option(command: F) -> F:
    """Adds `--format` and `--output`; the command gets them as a `Form`."""
    return add_format_options(with_form(command))


def with_form(command: F) -> F:
    """Puts what `--format` and `--output` say together, as a `Form`."""

    @wraps(command)
    def with_form(*args: Any, form: str | None, output: Path | None, **rest: Any) -> Any:
        return command(*args, form=Form.of(form, output), **rest)

    return with_form  # type: ignore[return-value]


def add_format_options(command: F) -> F:
    """Adds `--format` and `--output` themselves."""
    made = click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"Write the answer into a file: {', '.join(tables.SUFFIXES)}.",
    )(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice(tables.FORMATS),
        help=f"How the answer is written; {tables.TABLE} unless the ending of the file says else.",
    )(made)


def print_rows(rows: Rows, form: Form, *, ids: bool = False) -> None:
    """Prints an answer on stdout, or writes it into a file, and its notes on stderr."""
    for note in rows.notes:
        click.echo(f"orgmodel: {note}", err=True)
    if form.name in tables.WRITERS:
        written = tables.WRITERS[form.name](rows)
        if form.output is None:
            # As bytes: what is for programs must not depend on what the console can show.
            click.echo(written, nl=False)
        else:
            write_file(form.output, written)
    elif form.output is not None:
        from rich.console import Console

        with StringIO() as text:
            tables.print_table(rows, Console(file=text, width=PAGE), ids=ids)
            write_file(form.output, text.getvalue().encode("utf-8"))
    elif rows.rows:
        from orgmodel.cli.terminal import console

        tables.print_table(rows, console(), ids=ids)


PAGE = 80
"""How many characters fit on a line of a file of text."""


def write_file(file: Path, raw: bytes) -> None:
    """Writes a file and names it on stdout.

    Raises:
        OrgmodelError: It cannot be written.
    """
    try:
        file.write_bytes(raw)
    except OSError as error:
        raise OrgmodelError(f"{file} cannot be written: {error.strerror}") from error
    click.echo(file)
