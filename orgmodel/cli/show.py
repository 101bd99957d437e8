"""`orgmodel show`: one thing with all it is connected to, and the citations."""

from __future__ import annotations

import click

from orgmodel.cli.options import graph_option, open_session


@click.command(
    "show",
    epilog="\b\nExamples:\n  orgmodel show DSPPB\n  orgmodel show 'West Midlands Police' --format json",
)
@click.argument("name", metavar="ID-OR-NAME")
@graph_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How it is written.",
)
@click.option("--people", is_flag=True, help="Name the people who hold posts.")
def command(name: str, graph: str | None, form: str, *, people: bool) -> None:
    """Show one thing: what is said of it, all it is connected to, and where each fact is taken from."""
    from orgmodel import profile

    session = open_session(graph)
    found = profile.of(session.structure, name, people=people)
    if form == "json":
        click.echo(profile.to_json(found).encode("utf-8"), nl=False)
    else:
        from orgmodel.cli.terminal import console

        profile.print_profile(found, console())
