"""`orgmodel chart`: draws a chart, or says it in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgmodel.cli.options import as_of_option, source_options

if TYPE_CHECKING:
    from orgmodel.cli.options import Source
    from orgmodel.structure import Structure


@click.group(
    "chart",
    epilog="\b\nExamples:\n"
    "  orgmodel chart governance -o chart.png\n"
    "  orgmodel chart governance -g my-partnership -o chart.svg -o chart.pdf",
)
def command() -> None:
    """Draw a chart, or say it in words."""


@command.command(
    "governance",
    epilog="\b\nExamples:\n"
    "  orgmodel chart governance --as-of arrangements-2019 -o chart.png\n"
    "  orgmodel chart governance -g my-partnership -o chart.svg -o chart.txt",
)
@source_options
@as_of_option
@click.option(
    "--partnership",
    metavar="NAME",
    help="The partnership, by id or name; needed where the source has several.",
)
@click.option(
    "-o",
    "--output",
    "paths",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to; its ending says what it becomes: .svg, .png, .pdf, .dot or .txt. May be given again. "
    "Without it the chart is said in words.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long the drawing may take.",
)
def governance(
    source: Source, as_of: str, partnership: str | None, paths: tuple[Path, ...], time_limit: float
) -> None:
    """Draw who stays accountable, the bodies by tier and the lines between them."""
    from orgmodel.charts import governance as chart
    from orgmodel.charts import render

    with render.engine_for(paths, time_limit) as engine:
        with source.open() as session:
            structure = session.structure(as_of)
        if partnership is None and session.source == "bundled":
            partnership = _bundled_partnership(structure, as_of)
        drawing = chart.governance(structure, partnership)
        if not paths:
            click.echo(render.render(drawing, ["txt"])["txt"], nl=False)
            return
        render.write(drawing, paths, engine)
    for path in paths:
        click.echo(path)


def _bundled_partnership(structure: Structure, as_of: str) -> str | None:
    """The partnership that is drawn where none is named: the first, of the dataset that has the edition."""
    found = structure.labelled("Partnership")
    owners = {d.id for d in structure.datasets if any(edition.id == as_of for edition in d.editions)}
    found.sort(key=lambda node: owners.isdisjoint(node.datasets))
    if not found:
        return None
    others = ", ".join(node.id for node in found[1:])
    said = f"; --partnership draws another: {others}" if others else ""
    click.echo(f"orgmodel: drawing {found[0].id}{said}", err=True)
    return found[0].id
