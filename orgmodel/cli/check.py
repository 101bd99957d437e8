"""`orgmodel check`: asks the rules of all packs, and prints what is wrong, missing or late."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from orgmodel.cli.options import Form, Source, as_of_option, database_option, print_rows, write_file
from orgmodel.tables import FORMATS, SUFFIXES, TABLE

if TYPE_CHECKING:
    from orgmodel.checks.checking import Report

SARIF: Final = "sarif"
_NEVER: Final = "never"


@click.command(
    "check",
    epilog="\b\nExamples:\n"
    "  orgmodel check my-partnership\n"
    "  orgmodel check my-partnership --pack structure --pack agreements\n"
    "  orgmodel check --as-of arrangements-2019 --format markdown -o findings.md",
)
@click.argument("source", required=False)
@database_option
@as_of_option
@click.option(
    "--pack", "packs", multiple=True, metavar="NAME", help="Only the rules of this pack. May be given again."
)
@click.option(
    "--rules",
    "folders",
    multiple=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="A folder with rules of your own. May be given again.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "note", _NEVER)),
    default="error",
    show_default=True,
    help="From what on a finding makes the exit code 1.",
)
@click.option("--waived", is_flag=True, help="List also what the dataset lets stand.")
@click.option("--list", "lists", is_flag=True, help="List the packs and their rules, and stop.")
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, SARIF)),
    help="How the findings are written; table unless the ending of the file says else.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Write the findings into a file: {', '.join((*SUFFIXES, '.sarif'))}.",
)
@click.pass_context
def command(
    ctx: click.Context,
    source: str | None,
    database: str | None,
    as_of: str,
    *,
    packs: tuple[str, ...],
    folders: tuple[Path, ...],
    fail_on: str,
    waived: bool,
    lists: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Find what is wrong, missing, late or contradictory.

    SOURCE is a folder, a YAML file or the address of a Neo4j server; without it what ORGMODEL_GRAPH names is
    read, else the bundled datasets. A dataset that cannot be read as it stands is a list of errors, each
    `file:line:column: what is wrong`; the rules are asked once it can be. Exit code 1 means that there are
    errors; --fail-on changes that.
    """
    from orgmodel.checks import checking
    from orgmodel.errors import DatasetError, QueryError

    if lists:
        _list(folders)
        return
    is_sarif = form == SARIF or (form is None and output is not None and output.suffix == ".sarif")
    shape = None if is_sarif else Form.of(form, output)
    try:
        with Source(source, database, allow_incomplete=False).open() as session:
            report = session.check(packs, as_of=as_of, folders=folders)
    except DatasetError as error:
        report = checking.unread(error.findings, as_of)
    except QueryError as error:
        if str(error).startswith("no pack "):
            raise click.UsageError(str(error)) from None
        raise
    if shape is None:
        _write_sarif(report, output)
    elif shape.name == TABLE and shape.output is None:
        _print(report, waived=waived)
    else:
        print_rows(report.rows(), shape, ids=True)
    click.echo(f"orgmodel: {_counts(report)}", err=True)
    if report.fails(None if fail_on == _NEVER else fail_on):  # type: ignore[arg-type]
        ctx.exit(1)


def _list(folders: tuple[Path, ...]) -> None:
    from rich.text import Text

    from orgmodel.checks.packs import load
    from orgmodel.cli.terminal import console

    out = console()
    for pack in load(folders).values():
        out.print(Text(f"{pack.id}: {pack.meaning}", style="bold"))
        for rule in pack.rules.values():
            out.print(Text(f"  {rule.severity:8}{rule.name}"))
            out.print(Text(f"          {rule.summary}"))


def _write_sarif(report: Report, output: Path | None) -> None:
    from orgmodel.checks.sarif import to_sarif

    written = to_sarif(report).encode("utf-8")
    if output is None or str(output) == "-":
        click.echo(written, nl=False)
    else:
        write_file(output, written)


def _counts(report: Report) -> str:
    from orgmodel.checks.packs import SEVERITIES

    counted = [(report.count(severity), severity) for severity in SEVERITIES]
    said = [f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counted if count]
    if report.waived:
        said.append(f"{report.waived} waived")
    return f"{', '.join(said) or 'no findings'}, as of {report.day}"


def _print(report: Report, *, waived: bool) -> None:
    """Prints the findings by rule: what it looks for, each thing it found, and what to do."""
    from itertools import groupby

    from rich.padding import Padding
    from rich.text import Text

    from orgmodel.cli.terminal import console

    out = console()
    listed = [one for one in report.found if waived or one.waived is None]
    for (is_waived, severity, rule), group in groupby(
        listed, key=lambda one: (one.waived is not None, one.severity, one.rule)
    ):
        found = [*group]
        if rule == "dataset/unreadable":
            for one in found:
                click.echo(f"{one.place}: {one.message}")
            continue
        heading = f"{severity}{' (waived)' if is_waived else ''}  {rule}"
        out.print(Text(heading, style="bold"), Text(found[0].meaning), sep="\n")
        for one in found:
            cited = f" [{'; '.join(one.citations)}]" if one.citations else ""
            said = Text(f"{one.subject}", style="bold") + Text(f" {one.message}")
            if one.waived is not None:
                said += Text(f" (waived: {one.waived})")
            out.print(Padding(said + Text(cited, style="dim"), (0, 0, 0, 2), expand=False))
        out.print(Padding(Text(f"What to do: {found[0].mend}"), (0, 0, 1, 2), expand=False))
