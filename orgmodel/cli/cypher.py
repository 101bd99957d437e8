"""`orgmodel cypher`: a question of one's own, in Cypher."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from orgmodel.cli.options import format_option, print_rows, source_options

if TYPE_CHECKING:
    from orgmodel.cli.options import Form, Source


@click.command(
    "cypher",
    epilog="\b\nExamples:\n"
    "  orgmodel cypher 'MATCH (b:Body) RETURN b.id, b.name ORDER BY b.id'\n"
    "  orgmodel cypher 'MATCH (s:Seat {role: $role}) RETURN s.id, s.name ORDER BY s.id' --param role=chair\n"
    "  orgmodel cypher 'MATCH (e:Event) RETURN e.date, e.name ORDER BY e.date' -g neo4j://localhost",
)
@click.argument("text")
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="The value of a $parameter; a number, true, false, null, or a list or map in JSON is taken as such, "
    'anything else as text ("9" in quotes is text too). May be given again.',
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="ROWS",
    help="How many rows at most; that there are more is said.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="After how long the question is given up.",
)
@source_options
@format_option
def command(
    text: str, source: Source, form: Form, *, parameters: tuple[str, ...], limit: int, timeout: float
) -> None:
    """Ask a question in Cypher, of a dataset or a server alike; it may only read.

    docs/graph.md says what labels, relationship types and properties there are. Values belong into --param,
    not into TEXT.
    """
    given = dict(_parameter(parameter) for parameter in parameters)
    with source.open() as session:
        rows = session.cypher(text, given, limit=limit, timeout=timeout)
    if not rows.rows:
        click.echo("orgmodel: no rows", err=True)
    print_rows(rows, form, ids=True)


def _parameter(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--param")
    try:
        return name.strip().removeprefix("$"), json.loads(value)
    except ValueError:
        return name.strip().removeprefix("$"), value
