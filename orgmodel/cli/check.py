"""`orgmodel check`: reads a dataset and prints what is wrong with it."""

from __future__ import annotations

import click


@click.command("check", epilog="\b\nExamples:\n  orgmodel check my-partnership\n  orgmodel check")
@click.argument("source", required=False)
@click.pass_context
def command(ctx: click.Context, source: str | None) -> None:
    """Read a dataset and list everything that is wrong with it.

    SOURCE is a folder or a YAML file; without it what ORGMODEL_GRAPH names is read, else the bundled
    datasets. Each finding is a line `file:line:column: what is wrong`. Exit code 1 means that there are
    findings.
    """
    from orgmodel.cli.options import open_session
    from orgmodel.errors import DatasetError

    try:
        structure = open_session(source).structure
    except DatasetError as error:
        for finding in error.findings:
            click.echo(str(finding))
        click.echo(f"orgmodel: {error.summary}", err=True)
        ctx.exit(1)
    counts = f"{len(structure.nodes)} nodes and {len(structure.relationships)} relationships"
    names = ", ".join(dataset.name for dataset in structure.datasets)
    click.echo(f"{names}: {counts}, no findings", err=True)
