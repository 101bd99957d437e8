"""`orgmodel chart`: draws a chart, or says it in words."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from orgmodel.cli import completion
from orgmodel.cli.options import Source, add_source_options, as_of_option, source_options
from orgmodel.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.kinds import Kind
    from orgmodel.structure import Structure


_time_limit_option = click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long the drawing of a chart may take.",
)


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
@_time_limit_option
@add_source_options
@click.pass_context
def command(
    ctx: click.Context, /, every: bool, into: Path | None, anew: bool, time_limit: float, **source: Any
) -> None:
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
    given_source = Source(source["graph"], source["database"], source["allow_incomplete"])
    _draw_all(given_source, into, time_limit, anew=anew)


def _draw_all(source: Source, into: Path | None, time_limit: float, *, anew: bool) -> None:
    from orgmodel.charts.keeping import charts_file, keep

    with source.open() as session:
        folder = Path(session.source)
        if session.source == "bundled" or not folder.is_dir():
            raise ChartError("--all draws the charts of a dataset in a folder: name one with -g FOLDER")
        kept = keep(charts_file(folder), session.structure(), into=into, time_limit=time_limit, anew=anew)
        drawn, same, wrong = 0, 0, 0
        for chart in kept:
            if chart.error:
                wrong += 1
                click.echo(f"orgmodel: {chart.error}", err=True)
            elif not chart.drawn:
                same += 1
                continue
            else:
                drawn += 1
            for path in () if chart.error else chart.files:
                click.echo(path)
            for warning in chart.warnings:
                click.echo(f"orgmodel: {warning}", err=True)
    failed = f", {wrong} could not be drawn" if wrong else ""
    click.echo(f"orgmodel: {drawn} drawn, {same} unchanged{failed}", err=True)
    if wrong:
        click.get_current_context().exit(1)


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
        "--size",
        metavar="SIZE",
        help="What it has to fit: a5 to a1, or a width as 600px. What would be too small to read becomes "
        "several pages, where it can.",
    ),
    _time_limit_option,
)


def _draws(make: Callable[..., Kind]) -> Callable[..., None]:
    """Turns what says which chart is asked for into a command that writes it, or says it in words.

    Args:
        make: Gets what the command is given, by name.
    """

    @wraps(make)
    def draw(
        *,
        source: Source,
        paths: tuple[Path, ...],
        theme: str,
        dots_per_inch: int,
        link_template: str,
        size: str | None,
        time_limit: float,
        **given: Any,
    ) -> None:
        from orgmodel.charts import render
        from orgmodel.charts.links import Links
        from orgmodel.charts.sizes import size_of
        from orgmodel.charts.theming import theme_of

        fit = size_of(size) if size else None
        look = render.Look(theme_of(theme), dots_per_inch, Links(link_template), fit)
        asked = _asked(make, given)
        with render.engine_for(paths, time_limit, look.theme) as engine:
            with source.open() as session:
                structure = session.structure()
                if session.source == "bundled":
                    asked = _of_one(asked, structure)
            chart = asked.make(structure)
            if not paths:
                click.echo(render.render(chart, ["txt"])["txt"], nl=False)
                return
            written = render.write_asked(asked, chart, structure, paths, engine=engine, look=look)
        for warning in written.warnings:
            click.echo(f"orgmodel: {warning}", err=True)
        for path in paths:
            for file in written.files[path]:
                click.echo(file)

    made: Callable[..., None] = draw
    for option in reversed(_DRAWING):
        made = option(made)
    return source_options(made)


def _asked(make: Callable[..., Kind], given: dict[str, Any]) -> Kind:
    from pydantic import ValidationError

    said = {name: value for name, value in given.items() if value is not None}
    try:
        return make(**said)
    except ValidationError as error:
        wrong = error.errors()[0]
        name = str(wrong["loc"][-1])
        raise click.UsageError(f"{name.replace('_', '-')}: nothing is given that could be meant") from None


def _of_one(asked: Kind, structure: Structure) -> Kind:
    """A chart that is of one partnership, of one of the bundled ones where none is named; that is said."""
    if not asked.wants_partnership:
        return asked
    found = (structure if asked.day is None else structure.as_of(asked.day)).labelled("Partnership")
    owners = {d.id for d in structure.datasets if any(edition.id == asked.day for edition in d.editions)}
    found.sort(key=lambda node: owners.isdisjoint(node.datasets))
    if not found:
        return asked
    others = ", ".join(node.id for node in found[1:])
    said = f"; --partnership draws another: {others}" if others else ""
    click.echo(f"orgmodel: drawing {found[0].id}{said}", err=True)
    return asked.model_copy(update={"partnership": found[0].id})


_partnership_option = click.option(
    "--partnership",
    metavar="NAME",
    shell_complete=completion.names("Partnership"),
    help="The partnership, by id or name; needed where the source has several.",
)

_people_option = click.option("--people", is_flag=True, help="Name the people who hold posts.")

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
    "  orgmodel chart governance --from DSPPB --depth 2 --with members -o board.pdf\n"
    "  orgmodel chart governance -g my-partnership --size a4 -o pages.pdf",
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
    "members",
    type=click.Choice(["members"]),
    help="List the seats of each body in its box, by category.",
)
@click.option(
    "--split",
    type=click.Choice(["body"]),
    help="A page more for each body, with its seats and what is right above and below it.",
)
@_people_option
@as_of_option
@_draws
def governance(**given: Any) -> Kind:
    """Draw who stays accountable, the bodies by tier and the lines between them."""
    from orgmodel.charts.kinds import Governance

    return Governance(chart="governance", **given)


@command.command(
    "membership",
    epilog="\b\nExamples:\n"
    "  orgmodel chart membership DSPPB --as-of arrangements-2019 -o seats.png\n"
    "  orgmodel chart membership 'Safeguarding Executive' -g my-partnership",
)
@click.argument("body", shell_complete=completion.names("Body", "Partnership"))
@_people_option
@as_of_option
@_draws
def membership(**given: Any) -> Kind:
    """Draw the seats on a body by category, whom each speaks for and on whose behalf."""
    from orgmodel.charts.kinds import Membership

    return Membership(chart="membership", **given)


@command.command(
    "accountability",
    epilog="\b\nExamples:\n"
    "  orgmodel chart accountability DSCPG --as-of arrangements-2019 -o routes.png\n"
    "  orgmodel chart accountability 'Exploitation Sub-group' -g my-partnership",
)
@click.argument("body", shell_complete=completion.names("Body"))
@as_of_option
@_draws
def accountability(**given: Any) -> Kind:
    """Draw every route of accountability from a body up, numbered, with who acts for whom."""
    from orgmodel.charts.kinds import Accountability

    return Accountability(chart="accountability", **given)


@command.command(
    "partner",
    epilog="\b\nExamples:\n"
    "  orgmodel chart partner 'West Midlands Police' -o police.png\n"
    "  orgmodel chart partner 'Riverton Council' -g my-partnership",
)
@click.argument("organisation", shell_complete=completion.names("Organisation"))
@as_of_option
@_draws
def partner(**given: Any) -> Kind:
    """Draw where an organisation sits, through which of its parts and posts."""
    from orgmodel.charts.kinds import Partner

    return Partner(chart="partner", **given)


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
@as_of_option
@_draws
def agreements(**given: Any) -> Kind:
    """Draw boards and the agreements between them, with status and review date."""
    from orgmodel.charts.kinds import Agreements

    return Agreements(chart="agreements", **given)


@command.command(
    "plan",
    epilog="\b\nExamples:\n"
    "  orgmodel chart plan dspp-strategic-plan-2020-22 --as-of 2021 -o plan.png\n"
    "  orgmodel chart plan 'Safeguarding Plan' -g my-partnership",
)
@click.argument("plan", shell_complete=completion.names("Plan"))
@as_of_option
@_draws
def plan(**given: Any) -> Kind:
    """Draw the priorities of a plan by kind, with their objectives and who leads on each."""
    from orgmodel.charts.kinds import Plan

    return Plan(chart="plan", **given)


@command.command(
    "matrix",
    epilog="\b\nExamples:\n"
    "  orgmodel chart matrix --as-of arrangements-2019 -o matrix.png\n"
    "  orgmodel chart matrix -g my-partnership --by post -o matrix.pdf",
)
@_partnership_option
@_by_option
@as_of_option
@_draws
def matrix(**given: Any) -> Kind:
    """Draw which partner sits on which body, as a grid."""
    from orgmodel.charts.kinds import Matrix

    return Matrix(chart="matrix", **given)


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
@as_of_option
@_draws
def interlocks(**given: Any) -> Kind:
    """Draw which bodies have members in common, with a thicker line for more."""
    from orgmodel.charts.kinds import Interlocks

    return Interlocks(chart="interlocks", **given)


@command.command(
    "timeline",
    epilog="\b\nExamples:\n"
    "  orgmodel chart timeline -o timeline.png\n"
    "  orgmodel chart timeline -g my-partnership --from-day 2019 --to-day 2024-03 -o timeline.pdf",
)
@_partnership_option
@click.option("--from-day", metavar="DATE", help="The first day wanted: 2019, 2019-09 or 2019-09-30.")
@click.option("--to-day", metavar="DATE", help="The last day wanted.")
@_draws
def timeline(**given: Any) -> Kind:
    """Draw what happens and falls due, and how long things are known, to scale."""
    from orgmodel.charts.kinds import Timeline

    return Timeline(chart="timeline", **given)


@command.command(
    "changes",
    epilog="\b\nExamples:\n"
    "  orgmodel chart changes arrangements-2019 priorities-2024 -o changes.png\n"
    "  orgmodel chart changes 2023-04 today -g my-partnership -o changes.svg",
)
@click.argument("before", metavar="A", shell_complete=completion.days)
@click.argument("after", metavar="B", shell_complete=completion.days)
@_partnership_option
@_draws
def changes(**given: Any) -> Kind:
    """Draw the governance chart of the days A and B in one: what began, ended and moved."""
    from orgmodel.charts.kinds import Changes

    return Changes(chart="changes", **given)
