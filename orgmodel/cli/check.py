"""`orgmodel check`: reads a dataset and prints what is wrong with it."""

from __future__ import annotations

import click

from orgmodel.cli.options import Source, database_option


@click.command("check", epilog="\b\nExamples:\n  orgmodel check my-partnership\n  orgmodel check")
@click.argument("source", required=False)
@database_option
@click.pass_context
def command(ctx: click.Context, source: str | None, database: str | None) -> None:
    """Read a dataset and list everything that is wrong with it.

    SOURCE is a folder, a YAML file or the address of a Neo4j server; without it what ORGMODEL_GRAPH names is
    read, else the bundled datasets. Each finding is a line `file:line:column: what is wrong`. Exit code 1
    means that there are findings.
    """
    from orgmodel.errors import DatasetError

    try:
        with Source(source, database, allow_incomplete=False).open() as session:
            structure = session.structure()
    except DatasetError as error:
        for finding in error.findings:
            click.echo(str(finding))
        click.echo(f"orgmodel: {error.summary}", err=True)
        ctx.exit(1)
    counts = f"{len(structure.nodes)} nodes and {len(structure.relationships)} relationships"
    names = ", ".join(dataset.name for dataset in structure.datasets)
    click.echo(f"{names}: {counts}, no findings", err=True)
