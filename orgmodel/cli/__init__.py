"""The command line: each command is its arguments, one call to the library, one rendering."""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from orgmodel.errors import DatasetError, OrgmodelError

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMANDS = {
    "ask": "Ask a named question: who sits where, who is accountable to whom.",
    "chart": "Draw a chart, or say it in words.",
    "check": "Read a dataset and list everything that is wrong with it.",
    "convert": "Write a dataset that a server holds back into YAML files.",
    "cypher": "Ask a question of your own in Cypher.",
    "datasets": "List the datasets of a source.",
    "diff": "Tell what changed between two days, or between two sources.",
    "load": "Keep a dataset in a Neo4j server.",
    "new": "Write a small, complete dataset to start from.",
    "show": "Show one thing with all it is connected to.",
    "unload": "Take a dataset out of a Neo4j server.",
}

EXAMPLES = """\b
Examples:
  orgmodel chart governance -o chart.png
  orgmodel ask members DSPPB --as-of arrangements-2019
  orgmodel ask accountability DSCPG --as-of arrangements-2019
  orgmodel new my-partnership
  orgmodel check my-partnership
  orgmodel load my-partnership --to neo4j://localhost
"""


class _Commands(click.Group):
    """Loads a command only when it is used: a module for each, so that help comes at once."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        from importlib import import_module

        return import_module(f"orgmodel.cli.{name}").command  # type: ignore[no-any-return]

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS:
            from orgmodel.errors import choices

            ctx.fail(f"no command {args[0]!r}: {choices(args[0], list(_COMMANDS))}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="orgmodel", prog_name="orgmodel")
def cli() -> None:
    """How a partnership is governed: charts and answers, each fact with its citation.

    Facts come from a dataset (-g PATH) or a Neo4j server (-g neo4j://HOST); with none given, from the bundled
    datasets: the Dudley Safeguarding People Partnership and the Shropshire Safeguarding Partnership.
    """


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and leaves with its exit code: 0 done, 1 findings or failure, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may know only cp1252: what it cannot show becomes a question mark.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # A command keeps nearly all that it makes and soon ends: to look for garbage often is time lost.
    gc.set_threshold(100_000)
    options: Mapping[str, Any] = {"prog_name": "orgmodel", "standalone_mode": False}
    try:
        sys.exit(cli.main(arguments, **options) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("orgmodel: stopped", err=True)
        sys.exit(1)
    except (OrgmodelError, OSError) as error:
        said = _said(error)
        if said is None:
            raise
        for line in said:
            click.echo(line, err=True)
        sys.exit(1)


def _said(error: OrgmodelError | OSError) -> list[str] | None:
    """The lines for an error that a user can cause; None for any other."""
    if isinstance(error, DatasetError):
        return [*map(str, error.findings), f"orgmodel: {error.summary}"]
    if isinstance(error, OrgmodelError):
        return [f"orgmodel: {error}"]
    if not isinstance(error, BrokenPipeError) and error.errno not in {errno.ENOSPC, errno.EIO}:
        return None
    # What is left to be written would fail once more on leaving.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # Whoever read us and stopped, as with `| head`, has had enough: that is no failure to speak of.
    full = f"orgmodel: the answer could not be written: {error.strerror}"
    return [] if isinstance(error, BrokenPipeError) else [full]
