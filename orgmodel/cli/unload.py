"""`orgmodel unload`: takes a dataset out of a shared graph."""

from __future__ import annotations

import click

from orgmodel.cli.options import database_option, password_prompt, warn_of_password
from orgmodel.cli.writing import carry_out, plan_options


@click.command("unload", epilog="\b\nExamples:\n  orgmodel unload my-partnership --from neo4j://localhost")
@click.argument("name")
@click.option(
    "--from",
    "address",
    metavar="ADDRESS",
    help="The Neo4j server: neo4j://HOST, bolt://HOST, neo4j+s://HOST. Also set by ORGMODEL_GRAPH.",
)
@database_option
@plan_options
def command(
    name: str,
    address: str | None,
    database: str | None,
    *,
    dry_run: bool,
    yes: bool,
    verbose: bool,
    take_over: bool,
    batch: int | None,
) -> None:
    """Take a dataset out of a Neo4j server; NAME is its id, as `orgmodel datasets` lists it.

    What other datasets there state too stays, as they state it.
    """
    from orgmodel.loading import comparison
    from orgmodel.session import open_store

    warn_of_password(address)
    store = open_store(address, database=database, ask_password=password_prompt())
    try:
        carry_out(
            store,
            lambda: comparison.plan_unload(store, name),
            dry_run=dry_run,
            yes=yes,
            verbose=verbose,
            take_over=take_over,
            batch=batch,
        )
    finally:
        store.close()
