"""`orgmodel convert`: writes the dataset of any source as YAML files."""

from __future__ import annotations

from pathlib import Path

import click

from orgmodel.cli.options import Source, database_option


@click.command(
    "convert",
    epilog="\b\nExamples:\n"
    "  orgmodel convert neo4j://localhost my-partnership --dataset my-partnership\n"
    "  orgmodel convert one-file.yaml my-partnership",
)
@click.argument("source")
@click.argument("folder", type=click.Path(path_type=Path))
@database_option
@click.option("--dataset", metavar="NAME", help="Which dataset, by id; needed where the source has several.")
@click.option("--allow-incomplete", is_flag=True, help="Convert even where a load was not finished.")
def command(
    source: str, folder: Path, database: str | None, dataset: str | None, *, allow_incomplete: bool
) -> None:
    """Write a dataset that a server holds back into a folder of YAML files, to be edited there.

    SOURCE is the address of a Neo4j server, or a dataset. FOLDER must not hold files yet.
    """
    from orgmodel.datasets import yaml_writing

    with Source(source, database, allow_incomplete=allow_incomplete).open() as session:
        part = session.dataset(dataset)
    for file in yaml_writing.write(part, folder):
        click.echo(file)
