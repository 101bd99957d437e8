"""`orgmodel chart`: draws a chart, or says it in words."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from orgmodel.cli import completion
from orgmodel.cli.options import as_of_option, source_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.drawing import Drawing
    from orgmodel.cli.options import Source
    from orgmodel.structure import Structure


@click.group(
    "chart",
    epilog="\b\nExamples:\n"
    "  orgmodel chart governance -o chart.png\n"
    "  orgmodel chart membership DSPPB --as-of arrangements-2019 -o seats.pdf\n"
    "  orgmodel chart governance -g my-partnership -o chart.svg -o chart.pdf",
)
def command() -> None:
    """Draw a chart, or say it in words."""


class _Asked(NamedTuple):
    """What a chart is asked of.

    Attributes:
        structure: What holds on the day of the chart.
        as_of: How that day was given.
        bundled: Whether nobody named a source.
    """

    structure: Structure
    as_of: str
    bundled: bool


def _draws(make: Callable[..., Drawing]) -> Callable[..., None]:
    """Turns what makes a drawing into a command that writes it, or says it in words.

    Args:
        make: Gets what is asked, and what else the command is given by name.
    """

    @wraps(make)
    def draw(source: Source, as_of: str, paths: tuple[Path, ...], time_limit: float, **given: Any) -> None:
        from orgmodel.charts import render

        with render.engine_for(paths, time_limit) as engine:
            with source.open() as session:
                asked = _Asked(session.structure(as_of), as_of, session.source == "bundled")
            drawing = make(asked, **given)
            if not paths:
                click.echo(render.render(drawing, ["txt"])["txt"], nl=False)
                return
            render.write(drawing, paths, engine)
        for path in paths:
            click.echo(path)

    made = click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help="How long the drawing may take.",
    )(draw)
    made = click.option(
        "-o",
        "--output",
        "paths",
        multiple=True,
        metavar="FILE",
        type=click.Path(path_type=Path, allow_dash=True),
        help="Where to; its ending says what it becomes: .svg, .png, .pdf, .dot or .txt. May be given again. "
        "Without it the chart is said in words.",
    )(made)
    return source_options(as_of_option(made))


@command.command(
    "governance",
    epilog="\b\nExamples:\n"
    "  orgmodel chart governance --as-of arrangements-2019 -o chart.png\n"
    "  orgmodel chart governance -g my-partnership -o chart.svg -o chart.txt",
)
@click.option(
    "--partnership",
    metavar="NAME",
    shell_complete=completion.names("Partnership"),
    help="The partnership, by id or name; needed where the source has several.",
)
@_draws
def governance(asked: _Asked, partnership: str | None) -> Drawing:
    """Draw who stays accountable, the bodies by tier and the lines between them."""
    from orgmodel.charts.governance import governance

    if partnership is None and asked.bundled:
        partnership = _bundled_partnership(asked)
    return governance(asked.structure, partnership)


@command.command(
    "membership",
    epilog="\b\nExamples:\n"
    "  orgmodel chart membership DSPPB --as-of arrangements-2019 -o seats.png\n"
    "  orgmodel chart membership 'Safeguarding Executive' -g my-partnership",
)
@click.argument("body", shell_complete=completion.names("Body", "Partnership"))
@_draws
def membership(asked: _Asked, body: str) -> Drawing:
    """Draw the seats on a body by category, whom each speaks for and on whose behalf."""
    from orgmodel.charts.membership import membership

    return membership(asked.structure, body)


@command.command(
    "accountability",
    epilog="\b\nExamples:\n"
    "  orgmodel chart accountability DSCPG --as-of arrangements-2019 -o routes.png\n"
    "  orgmodel chart accountability 'Exploitation Sub-group' -g my-partnership",
)
@click.argument("body", shell_complete=completion.names("Body"))
@_draws
def accountability(asked: _Asked, body: str) -> Drawing:
    """Draw every route of accountability from a body up, numbered, with who acts for whom."""
    from orgmodel.charts.accountability import accountability

    return accountability(asked.structure, body)


@command.command(
    "partner",
    epilog="\b\nExamples:\n"
    "  orgmodel chart partner 'West Midlands Police' -o police.png\n"
    "  orgmodel chart partner 'Riverton Council' -g my-partnership",
)
@click.argument("organisation", shell_complete=completion.names("Organisation"))
@_draws
def partner(asked: _Asked, organisation: str) -> Drawing:
    """Draw where an organisation sits, through which of its parts and posts."""
    from orgmodel.charts.partner import partner

    return partner(asked.structure, organisation)


@command.command(
    "agreements",
    epilog="\b\nExamples:\n"
    "  orgmodel chart agreements --as-of arrangements-2019 -o agreements.png\n"
    "  orgmodel chart agreements --partnership dspp -o agreements.svg",
)
@click.option(
    "--partnership",
    metavar="NAME",
    shell_complete=completion.names("Partnership"),
    help="The partnership whose agreements are drawn, by id or name; without it all are.",
)
@_draws
def agreements(asked: _Asked, partnership: str | None) -> Drawing:
    """Draw boards and the agreements between them, with status and review date."""
    from orgmodel.charts.agreements import agreements

    return agreements(asked.structure, partnership)


@command.command(
    "plan",
    epilog="\b\nExamples:\n"
    "  orgmodel chart plan dspp-strategic-plan-2020-22 --as-of 2021 -o plan.png\n"
    "  orgmodel chart plan 'Safeguarding Plan' -g my-partnership",
)
@click.argument("plan", shell_complete=completion.names("Plan"))
@_draws
def plan(asked: _Asked, plan: str) -> Drawing:
    """Draw the priorities of a plan by kind, with their objectives and who leads on each."""
    from orgmodel.charts.plan import plan as chart

    return chart(asked.structure, plan)


def _bundled_partnership(asked: _Asked) -> str | None:
    """The partnership that is drawn where none is named: the first, of the dataset that has the edition."""
    found = asked.structure.labelled("Partnership")
    datasets = asked.structure.datasets
    owners = {d.id for d in datasets if any(edition.id == asked.as_of for edition in d.editions)}
    found.sort(key=lambda node: owners.isdisjoint(node.datasets))
    if not found:
        return None
    others = ", ".join(node.id for node in found[1:])
    said = f"; --partnership draws another: {others}" if others else ""
    click.echo(f"orgmodel: drawing {found[0].id}{said}", err=True)
    return found[0].id
