"""`orgmodel show`: one thing with all it is connected to, and the citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from orgmodel.cli import completion
from orgmodel.cli.options import source_options

if TYPE_CHECKING:
    from orgmodel.cli.options import Source


@click.command(
    "show",
    epilog="\b\nExamples:\n  orgmodel show DSPPB\n  orgmodel show 'West Midlands Police' --format json",
)
@click.argument("name", metavar="ID-OR-NAME", shell_complete=completion.names())
@source_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How it is written.",
)
@click.option("--people", is_flag=True, help="Name the people who hold posts.")
def command(name: str, source: Source, form: str, *, people: bool) -> None:
    """Show one thing: what is said of it, all it is connected to, and where each fact is taken from."""
    from orgmodel import profile

    with source.open() as session:
        found = profile.of(session.structure(), name, people=people)
    if form == "json":
        click.echo(profile.to_json(found).encode("utf-8"), nl=False)
    else:
        from orgmodel.cli.terminal import console

        profile.print_profile(found, console())
