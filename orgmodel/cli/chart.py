"""`orgmodel chart`: draws a chart, or says it in words."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from orgmodel.cli import completion
from orgmodel.cli.options import Source, add_source_options, as_of_option, source_options
from orgmodel.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.drawing import Chart
    from orgmodel.structure import Structure


@click.group(
    "chart",
    invoke_without_command=True,
    epilog="\b\nExamples:\n"
    "  orgmodel chart governance -o chart.png\n"
    "  orgmodel chart membership DSPPB --as-of arrangements-2019 -o seats.pdf\n"
    "  orgmodel chart governance -g my-partnership -o chart.svg -o chart.pdf\n"
    "  orgmodel chart --all -g my-partnership",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Draw the charts that the charts.yaml of a dataset lists, where they changed.",
)
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --all: where to, instead of where charts.yaml says.",
)
@click.option("--anew", is_flag=True, help="With --all: draw also what has not changed.")
@add_source_options
@click.pass_context
def command(ctx: click.Context, /, every: bool, into: Path | None, anew: bool, **source: Any) -> None:
    """Draw a chart, or say it in words."""
    given = ctx.get_parameter_source
    own = [p for p in ctx.params if given(p) is ParameterSource.COMMANDLINE]
    if ctx.invoked_subcommand is not None:
        if own:
            kind = ctx.invoked_subcommand
            raise click.UsageError(
                f"options go after {kind}: orgmodel chart {kind} -g SOURCE; "
                "--all, --into and --anew are for no one chart"
            )
        return
    if not every:
        click.echo(ctx.get_help())
        ctx.exit(2 if own else 0)
    _draw_all(Source(source["graph"], source["database"], source["allow_incomplete"]), into, anew=anew)


def _draw_all(source: Source, into: Path | None, *, anew: bool) -> None:
    from orgmodel.charts.keeping import charts_file, keep

    with source.open() as session:
        folder = Path(session.source)
        if session.source == "bundled" or not folder.is_dir():
            raise ChartError("--all draws the charts of a dataset in a folder: name one with -g FOLDER")
        kept = keep(charts_file(folder), session.structure(), into=into, anew=anew)
        drawn, same, wrong = 0, 0, 0
        for chart in kept:
            if chart.error:
                wrong += 1
                click.echo(f"orgmodel: {chart.error}", err=True)
            elif chart.drawn:
                drawn += 1
                for path in chart.files:
                    click.echo(path)
            else:
                same += 1
    failed = f", {wrong} could not be drawn" if wrong else ""
    click.echo(f"orgmodel: {drawn} drawn, {same} unchanged{failed}", err=True)
    if wrong:
        click.get_current_context().exit(1)


class _Asked(NamedTuple):
    """What a chart is asked of.

    Attributes:
        structure: What holds on the day of the chart, or all that is known.
        as_of: How that day was given; None: all that is known, whenever it held.
        bundled: Whether nobody named a source.
    """

    structure: Structure
    as_of: str | None
    bundled: bool


def _writes(make: Callable[..., Chart]) -> Callable[..., None]:
    """Turns what makes a chart into a command that writes it, or says it in words.

    Args:
        make: Gets what is asked, and what else the command is given by name.
    """

    @wraps(make)
    def draw(
        *,
        source: Source,
        paths: tuple[Path, ...],
        theme: str,
        dots_per_inch: int,
        link_template: str,
        time_limit: float,
        as_of: str | None = None,
        **given: Any,
    ) -> None:
        from orgmodel.charts import render
        from orgmodel.charts.links import Links
        from orgmodel.charts.theming import theme_of

        look = render.Look(theme_of(theme), dots_per_inch, Links(link_template))
        with render.engine_for(paths, time_limit, look.theme) as engine:
            with source.open() as session:
                asked = _Asked(session.structure(as_of), as_of, session.source == "bundled")
            chart = make(asked, **given)
            if not paths:
                click.echo(render.render(chart, ["txt"])["txt"], nl=False)
                return
            render.write(chart, paths, engine, look)
        for path in paths:
            click.echo(path)

    made: Callable[..., None] = draw
    for option in reversed(_DRAWING):
        made = option(made)
    return source_options(made)


_DRAWING = (
    click.option(
        "-o",
        "--output",
        "paths",
        multiple=True,
        metavar="FILE",
        type=click.Path(path_type=Path, allow_dash=True),
        help="Where to; its ending says what it becomes: .svg, .png, .pdf, .html, .drawio, .mmd (Mermaid), "
        ".dot or .txt. May be given again. Without it the chart is said in words.",
    ),
    click.option(
        "--theme",
        default="default",
        show_default=True,
        metavar="NAME|FILE",
        help="Colours and type: default, print (black and white), high-contrast, or a YAML file.",
    ),
    click.option(
        "--dpi",
        "dots_per_inch",
        type=click.IntRange(50, 1200),
        default=150,
        show_default=True,
        metavar="DOTS",
        help="How fine a .png is, in dots per inch.",
    ),
    click.option(
        "--link-template",
        default="",
        metavar="ADDRESS",
        help="Where boxes lead to, with {id} for the id of each: https://example.org/{id}",
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help="How long the drawing may take.",
    ),
)


def _draws(make: Callable[..., Chart]) -> Callable[..., None]:
    """`_writes`, for what is drawn of a day."""
    return as_of_option(_writes(make))


_partnership_option = click.option(
    "--partnership",
    metavar="NAME",
    shell_complete=completion.names("Partnership"),
    help="The partnership, by id or name; needed where the source has several.",
)

_by_option = click.option(
    "--by",
    type=click.Choice(["organisation", "post"]),
    default="organisation",
    show_default=True,
    help="Whether organisations or posts are the members.",
)


@command.command(
    "governance",
    epilog="\b\nExamples:\n"
    "  orgmodel chart governance --as-of arrangements-2019 -o chart.png\n"
    "  orgmodel chart governance -g my-partnership -o chart.svg -o chart.txt\n"
    "  orgmodel chart governance --from DSPPB --depth 2 --with members -o board.pdf",
)
@_partnership_option
@click.option(
    "--from",
    "start",
    metavar="BODY",
    shell_complete=completion.names("Body"),
    help="Only this body and what is accountable or reports to it.",
)
@click.option(
    "--depth", type=click.IntRange(min=1), metavar="LEVELS", help="How many levels of bodies are drawn."
)
@click.option(
    "--with",
    "with_members",
    type=click.Choice(["members"]),
    help="List the seats of each body in its box, by category.",
)
@_draws
def governance(
    asked: _Asked, partnership: str | None, start: str | None, depth: int | None, with_members: str | None
) -> Chart:
    """Draw who stays accountable, the bodies by tier and the lines between them."""
    from orgmodel.charts.governance import governance

    return governance(
        asked.structure,
        partnership if start else _partnership(asked, partnership),
        start=start,
        depth=depth,
        members=with_members is not None,
    )


@command.command(
    "membership",
    epilog="\b\nExamples:\n"
    "  orgmodel chart membership DSPPB --as-of arrangements-2019 -o seats.png\n"
    "  orgmodel chart membership 'Safeguarding Executive' -g my-partnership",
)
@click.argument("body", shell_complete=completion.names("Body", "Partnership"))
@_draws
def membership(asked: _Asked, body: str) -> Chart:
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
def accountability(asked: _Asked, body: str) -> Chart:
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
def partner(asked: _Asked, organisation: str) -> Chart:
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
def agreements(asked: _Asked, partnership: str | None) -> Chart:
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
def plan(asked: _Asked, plan: str) -> Chart:
    """Draw the priorities of a plan by kind, with their objectives and who leads on each."""
    from orgmodel.charts.plan import plan as chart

    return chart(asked.structure, plan)


@command.command(
    "matrix",
    epilog="\b\nExamples:\n"
    "  orgmodel chart matrix --as-of arrangements-2019 -o matrix.png\n"
    "  orgmodel chart matrix -g my-partnership --by post -o matrix.pdf",
)
@_partnership_option
@_by_option
@_draws
def matrix(asked: _Asked, partnership: str | None, by: str) -> Chart:
    """Draw which partner sits on which body, as a grid."""
    from orgmodel.charts.matrix import matrix

    return matrix(asked.structure, _partnership(asked, partnership), by)


@command.command(
    "interlocks",
    epilog="\b\nExamples:\n"
    "  orgmodel chart interlocks --as-of arrangements-2019 -o interlocks.png\n"
    "  orgmodel chart interlocks -g my-partnership --by post --least 2 -o interlocks.svg",
)
@click.option(
    "--partnership",
    metavar="NAME",
    shell_complete=completion.names("Partnership"),
    help="The partnership whose bodies are drawn, by id or name; without it all are.",
)
@_by_option
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="COUNT",
    help="How many members two bodies must have in common to be tied.",
)
@_draws
def interlocks(asked: _Asked, partnership: str | None, by: str, least: int) -> Chart:
    """Draw which bodies have members in common, with a thicker line for more."""
    from orgmodel.charts.interlocks import interlocks

    return interlocks(asked.structure, partnership, by=by, least=least)


@command.command(
    "timeline",
    epilog="\b\nExamples:\n"
    "  orgmodel chart timeline -o timeline.png\n"
    "  orgmodel chart timeline -g my-partnership --from-day 2019 --to-day 2024-03 -o timeline.pdf",
)
@_partnership_option
@click.option("--from-day", metavar="DATE", help="The first day wanted: 2019, 2019-09 or 2019-09-30.")
@click.option("--to-day", metavar="DATE", help="The last day wanted.")
@_writes
def timeline(asked: _Asked, partnership: str | None, from_day: str | None, to_day: str | None) -> Chart:
    """Draw what happens and falls due, and how long things are known, to scale."""
    from orgmodel.charts.timeline import timeline

    return timeline(asked.structure, _partnership(asked, partnership), from_day=from_day, to_day=to_day)


@command.command(
    "changes",
    epilog="\b\nExamples:\n"
    "  orgmodel chart changes arrangements-2019 priorities-2024 -o changes.png\n"
    "  orgmodel chart changes 2023-04 today -g my-partnership -o changes.svg",
)
@click.argument("before", metavar="A", shell_complete=completion.days)
@click.argument("after", metavar="B", shell_complete=completion.days)
@_partnership_option
@_writes
def changes(asked: _Asked, before: str, after: str, partnership: str | None) -> Chart:
    """Draw the governance chart of the days A and B in one: what began, ended and moved."""
    from orgmodel.charts.changes import changes

    asked = asked._replace(as_of=after)
    return changes(asked.structure, before, after, _partnership(asked, partnership))


def _partnership(asked: _Asked, partnership: str | None) -> str | None:
    """The partnership that is drawn; of the bundled datasets, where none is named, one of theirs."""
    return _bundled_partnership(asked) if partnership is None and asked.bundled else partnership


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
