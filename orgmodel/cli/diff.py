"""`orgmodel diff`: what changed between two days, or what two sources say differently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgmodel.addresses import is_address
from orgmodel.cli import completion
from orgmodel.cli.options import format_option, print_rows, source_options, write_file
from orgmodel.tables import FORMATS, TABLE

if TYPE_CHECKING:
    from orgmodel.cli.options import Form, Source
    from orgmodel.difference import Difference

_TEXTS = (TABLE, "markdown")


@click.command(
    "diff",
    epilog="\b\nExamples:\n"
    "  orgmodel diff arrangements-2019 sub-groups-page\n"
    "  orgmodel diff 2019-10-01 today --prose -o paper.md\n"
    "  orgmodel diff my-partnership-2024 my-partnership\n"
    "  orgmodel diff my-partnership neo4j://localhost --fail-on-change",
)
@click.argument("first", metavar="A", shell_complete=completion.days)
@click.argument("second", metavar="B", shell_complete=completion.days)
@source_options
@click.option(
    "--as-of",
    metavar="WHEN",
    shell_complete=completion.days,
    help="For two sources: compare what holds on this day; without it everything, whenever it holds.",
)
@format_option
@click.option("--prose", is_flag=True, help="Write sentences for a board paper, in Markdown.")
@click.option("--ids", is_flag=True, help="Show the columns with ids too, which the table leaves out.")
@click.option("--people", is_flag=True, help="Name the people who hold posts.")
@click.option("--fail-on-change", is_flag=True, help="Make the exit code 1 where there is any difference.")
@click.pass_context
def command(
    ctx: click.Context,
    first: str,
    second: str,
    source: Source,
    form: Form,
    *,
    as_of: str | None,
    prose: bool,
    ids: bool,
    people: bool,
    fail_on_change: bool,
) -> None:
    """Tell what began, ended, moved or changed from A to B.

    A and B are two days of one source, each a date (2019, 2019-09, 2019-09-30), an edition or `today`; or two
    sources, each a dataset (a folder or a file) or a Neo4j server (neo4j://HOST). That a later document does
    not name a thing is no end: it is no longer confirmed.
    """
    if prose and form.name not in _TEXTS:
        others = ", ".join(name for name in FORMATS if name not in _TEXTS)
        raise click.UsageError(f"--prose is text in Markdown, and not {form.name}: leave out one ({others})")
    sources = [text for text in (first, second) if _is_source(text)]
    if len(sources) == 1:
        raise click.UsageError(
            f"{sources[0]} is a source and the other is none: give two days, or two sources that are there"
        )
    if sources and source.graph is not None:
        raise click.UsageError("-g names the source of two days: leave it out where A and B are sources")
    if as_of is not None and not sources:
        raise click.UsageError("--as-of is for two sources: A and B are the days here")
    found, *names = (
        _of_sources(first, second, source, as_of, people=people)
        if sources
        else _of_days(first, second, source, people=people)
    )
    if prose:
        from orgmodel.difference import to_prose

        written = to_prose(found, *names).encode("utf-8")
        if form.output is None:
            click.echo(written, nl=False)
        else:
            write_file(form.output, written)
    else:
        print_rows(found.rows(), form, ids=ids)
        if not found.changes:
            click.echo("orgmodel: no difference", err=True)
    if fail_on_change and found.changes:
        ctx.exit(1)


def _is_source(text: str) -> bool:
    return is_address(text) or Path(text).exists()


def _of_days(first: str, second: str, source: Source, *, people: bool) -> tuple[Difference, str, str]:
    from orgmodel.difference import difference

    with source.open() as session:
        structure = session.structure()
    days = structure.date_of(first), structure.date_of(second)
    if days[0] > days[1]:
        click.echo(f"orgmodel: {days[1]} is before {days[0]}: told from the earlier to the later", err=True)
    return difference(structure, structure, days=days, people=people), first, second


def _of_sources(
    first: str, second: str, source: Source, as_of: str | None, *, people: bool
) -> tuple[Difference, str, str]:
    from orgmodel.difference import difference
    from orgmodel.structure import day_of

    structures, names = [], []
    # What is said of a server is not said of a dataset beside it.
    servers = [text for text in (first, second) if is_address(text)] or [first, second]
    for text in (first, second):
        database = source.database if text in servers else None
        with replace(source, graph=text, database=database).open() as session:
            structures.append(session.structure())
            names.append(session.source)
    before, after = structures
    day = None if as_of is None else day_of(as_of, before.editions | after.editions)
    days = None if day is None else (day, day)
    return difference(before, after, days=days, people=people), names[0], names[1]
