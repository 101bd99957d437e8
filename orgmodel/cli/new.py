"""`orgmodel new`: writes a starter dataset."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new", epilog="\b\nExamples:\n  orgmodel new my-partnership")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a small, complete dataset to start from into FOLDER, which must not hold files yet."""
    from orgmodel.datasets.starter import write_starter

    for file in write_starter(folder):
        click.echo(file)
    name = f'"{folder}"' if " " in str(folder) else folder
    click.echo(
        f"orgmodel: next: change the files, then `orgmodel check {name}` and "
        f"`orgmodel chart governance -g {name} -o chart.png`",
        err=True,
    )
