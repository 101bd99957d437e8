"""`orgmodel load`: keeps a dataset in a shared graph."""

from __future__ import annotations

import click

from orgmodel.cli.options import database_option, password_prompt, warn_of_password
from orgmodel.cli.writing import carry_out, plan_options


@click.command(
    "load",
    epilog="\b\nExamples:\n"
    "  orgmodel load my-partnership --to neo4j://localhost\n"
    "  orgmodel load my-partnership --to neo4j://localhost --dry-run --verbose",
)
@click.argument("source", required=False)
@click.option(
    "--to",
    "address",
    metavar="ADDRESS",
    help="The Neo4j server: neo4j://HOST, bolt://HOST, neo4j+s://HOST. Also set by ORGMODEL_GRAPH.",
)
@database_option
@plan_options
@click.option(
    "--trust-record",
    is_flag=True,
    help="Leave out what has the hash that was stored with it, without a look at the graph. What was changed "
    "there by hand is then not noticed.",
)
def command(
    source: str | None,
    address: str | None,
    database: str | None,
    *,
    dry_run: bool,
    yes: bool,
    verbose: bool,
    take_over: bool,
    batch: int | None,
    trust_record: bool,
) -> None:
    """Load a dataset into a Neo4j server, or bring what the server holds of it up to date.

    SOURCE is a dataset: a folder or a YAML file; without it the bundled datasets are loaded. What is to
    change is shown first, and asked about. Other datasets on the server stay as they are.

    User and password are read from NEO4J_USERNAME and NEO4J_PASSWORD, or asked for.
    """
    from orgmodel.loading import comparison
    from orgmodel.session import open_dataset, open_store

    warn_of_password(address)
    structure = open_dataset(source)
    store = open_store(address, database=database, ask_password=password_prompt())
    try:
        for part in structure.parts():
            carry_out(
                store,
                lambda part=part: comparison.plan(store, part, trust_record=trust_record),  # type: ignore[misc]
                dry_run=dry_run,
                yes=yes,
                verbose=verbose,
                take_over=take_over,
                batch=batch,
            )
    finally:
        store.close()
