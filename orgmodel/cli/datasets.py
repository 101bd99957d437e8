"""`orgmodel datasets`: what a source holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from orgmodel.cli.options import format_option, print_rows, source_options

if TYPE_CHECKING:
    from orgmodel.cli.options import Form, Source


@click.command(
    "datasets", epilog="\b\nExamples:\n  orgmodel datasets -g neo4j://localhost\n  orgmodel datasets"
)
@source_options
@format_option
def command(source: Source, form: Form) -> None:
    """List the datasets of a source: how much each states, when it was loaded and by which version."""
    with source.open() as session:
        rows = session.datasets()
    if not rows.rows:
        click.echo("orgmodel: no dataset is loaded there", err=True)
    print_rows(rows, form)
