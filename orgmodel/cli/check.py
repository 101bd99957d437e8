"""`orgmodel check`: asks the rules of all packs, and prints what is wrong, missing or late."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from orgmodel.cli.options import PAGE, Form, Source, as_of_option, database_option, print_rows, write_file
from orgmodel.tables import FORMATS, SUFFIXES, TABLE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from orgmodel.checks.checking import Report
    from orgmodel.checks.packs import Packs, Severity

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
@click.option(
    "--waived", is_flag=True, help="Print also what the dataset lets stand. The other formats always have it."
)
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
    read, else the bundled datasets. Exit code 1 means that there are errors; --fail-on changes that. A
    dataset that cannot be read as it stands is a list of errors, each `file:line:column: what is wrong`, and
    always exit code 1; the rules are asked once it can be read.
    """
    from orgmodel.checks import checking
    from orgmodel.checks.packs import UnknownPackError, choose
    from orgmodel.errors import DatasetError

    try:
        chosen = choose(packs, folders)
    except UnknownPackError as error:
        raise click.BadParameter(str(error), ctx, param_hint="--pack") from None
    if lists:
        _list(chosen)
        return
    is_sarif = form == SARIF or (form is None and output is not None and output.suffix == ".sarif")
    shape = None if is_sarif else Form.of(form, output)
    try:
        with Source(source, database, allow_incomplete=False).open() as session:
            report = session.check(chosen, as_of=as_of)
        summary = _counts(report)
        failed = fail_on != _NEVER and report.fails(cast("Severity", fail_on))
    except DatasetError as error:
        report, summary, failed = checking.unread(error.findings, as_of), error.summary, True
    if shape is None:
        _write_sarif(report, output)
    elif shape.name == TABLE:
        _write_table(report, shape.output, waived=waived)
    else:
        print_rows(report.rows(), shape, ids=True)
    click.echo(f"orgmodel: {summary}", err=True)
    if failed:
        ctx.exit(1)


def _list(packs: Packs) -> None:
    from rich.text import Text

    from orgmodel.cli.terminal import console

    out = console()
    for pack in packs.chosen:
        out.print(Text(f"{pack.id}: {pack.meaning}", style="bold"))
        for rule in pack.rules.values():
            out.print(Text(f"  {rule.severity:8}{rule.name}"))
            _say(out, Text(rule.summary), 10)


def _write_sarif(report: Report, output: Path | None) -> None:
    from orgmodel.checks.sarif import to_sarif

    written = to_sarif(report).encode("utf-8")
    if output is None or str(output) == "-":
        click.echo(written, nl=False)
    else:
        write_file(output, written)


def _write_table(report: Report, output: Path | None, *, waived: bool) -> None:
    if output is None:
        from orgmodel.cli.terminal import console

        _print(report, console(), waived=waived)
        return
    from io import StringIO

    from rich.console import Console

    with StringIO() as text:
        _print(report, Console(file=text, width=PAGE, highlight=False), waived=waived)
        write_file(output, text.getvalue().encode("utf-8"))


def _counts(report: Report) -> str:
    from orgmodel.checks.packs import SEVERITIES

    counted = [(report.count(severity), severity) for severity in SEVERITIES]
    said = [f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counted if count]
    if report.waived:
        said.append(f"{report.waived} waived")
    return f"{', '.join(said) or 'no findings'}, as of {report.day}"


def _print(report: Report, out: Console, *, waived: bool) -> None:
    """Prints the findings by rule: what it looks for, each thing it found, and what to do."""
    from itertools import groupby

    from rich.text import Text

    from orgmodel.checks.checking import UNREADABLE

    listed = [one for one in report.found if waived or one.waived is None]
    for (is_waived, severity, rule), group in groupby(
        listed, key=lambda one: (one.waived is not None, one.severity, one.rule)
    ):
        found = [*group]
        if rule == UNREADABLE:
            for one in found:
                # Programs read these lines: they are not wrapped.
                out.print(Text(f"{one.place}: {one.message}"), soft_wrap=True)
            continue
        out.print(Text(f"{severity}{' (waived)' if is_waived else ''}  {rule}", style="bold"))
        _say(out, Text(found[0].meaning), 0)
        for one in found:
            cited = f" [{'; '.join(one.citations)}]" if one.citations else ""
            said = Text.assemble((f"{one.subject}:", "bold"), f" {one.message}", (cited, "dim"))
            _say(out, said if one.waived is None else said + Text(f" (waived: {one.waived})"), 2)
        _say(out, Text(f"What to do: {found[0].mend}"), 2)
        out.print()


def _say(out: Console, said: Text, indent: int) -> None:
    """Prints a text within the width of the console, all its lines indented."""
    from rich.text import Text

    for line in said.wrap(out, out.width - indent):
        line.rstrip()
        out.print(Text(" " * indent) + line)
