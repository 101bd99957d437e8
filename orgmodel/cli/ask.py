"""`orgmodel ask`: every named query is a command, by being there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgmodel.cli import completion
from orgmodel.cli.options import (
    add_format_options,
    add_source_options,
    print_rows,
    with_form,
    with_source,
)
from orgmodel.headers import BOOLEAN, DATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.cli.completion import Completion
    from orgmodel.cli.options import Form, Source
    from orgmodel.headers import Parameter, Question
    from orgmodel.questions import Questions


class _Questions(click.Group):
    def _questions(self, ctx: click.Context) -> Questions:
        from orgmodel.questions import Questions

        return Questions(ctx.params.get("folders") or ())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._questions(ctx))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        question = self._questions(ctx).get(name)
        return None if question is None else _command(question)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Questions"):
            formatter.write_dl([(name, q.summary) for name, q in sorted(self._questions(ctx).items())])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        questions = self._questions(ctx)
        if args and args[0] not in questions:
            from orgmodel.errors import choices

            ctx.fail(f"no question {args[0]!r}: {choices(args[0], sorted(questions))}")
        return super().resolve_command(ctx, args)


@click.group(
    "ask",
    cls=_Questions,
    epilog="\b\nExamples:\n"
    "  orgmodel ask members DSPPB --as-of arrangements-2019\n"
    "  orgmodel ask sits-on 'West Midlands Police' --format csv\n"
    "  orgmodel ask -q my-queries my-question",
)
@click.option(
    "-q",
    "--queries",
    "folders",
    multiple=True,
    is_eager=True,  # known before --help lists the questions
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="A folder with questions of your own, one .cypher file each. May be given again.",
)
def command(folders: tuple[Path, ...]) -> None:
    """Ask a named question; each has its own help."""


class _Question(click.Command):
    """A named query as a command, with its parameters, its order and its columns in its help."""

    def __init__(self, question: Question, callback: Callable[..., None]) -> None:
        super().__init__(
            question.name,
            callback=callback,
            help=question.summary,
            params=[_parameter(p) for p in question.parameters],
        )
        self.question = question

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [(p.name.upper(), p.meaning) for p in self.question.parameters if p.default is None]
        if arguments:
            with formatter.section("Arguments"):
                formatter.write_dl(arguments)
        super().format_options(ctx, formatter)

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        meanings: dict[str, list[str]] = {}
        for column in self.question.columns:
            meanings.setdefault(column.meaning, []).append(column.name)
        with formatter.section("Columns"):
            formatter.write_dl([(", ".join(names), meaning) for meaning, names in meanings.items()])
        formatter.write_paragraph()
        formatter.write_text(self.question.order)


def _command(question: Question) -> click.Command:
    def answer(source: Source, form: Form, *, ids: bool, **values: object) -> None:
        ctx = click.get_current_context()
        folders = ctx.parent.params["folders"] if ctx.parent else ()
        with source.open(folders) as session:
            rows = session.ask(question.name, **values)
        if not rows.rows:
            click.echo("orgmodel: no rows: nothing is known that answers it on that day", err=True)
        print_rows(rows, form, ids=ids)

    made: click.Command = _Question(question, with_form(with_source(answer)))
    made = add_source_options(made)
    made = click.option(
        "--ids", is_flag=True, help="Show the columns with ids too, which the table leaves out."
    )(made)
    return add_format_options(made)


def _parameter(parameter: Parameter) -> click.Parameter:
    if parameter.default is None:
        metavar = f"{parameter.name.upper()}{'...' if parameter.several else ''}"
        nargs = -1 if parameter.several else 1
        return click.Argument(
            [parameter.name],
            metavar=metavar,
            nargs=nargs,
            required=True,
            shell_complete=_completion(parameter),
        )
    flag = f"--{parameter.name.replace('_', '-')}"
    options: dict[str, Any] = {"help": parameter.meaning, "multiple": parameter.several}
    if parameter.types == (BOOLEAN,):
        return click.Option([flag, parameter.name], help=parameter.meaning, is_flag=True)
    if parameter.allowed:
        options["type"] = click.Choice(parameter.allowed)
    else:
        options["metavar"] = "WHEN" if parameter.types == (DATE,) else parameter.types[0].upper()
    if not parameter.optional:
        options |= {"default": parameter.default, "show_default": True}
    return click.Option([flag, parameter.name], shell_complete=_completion(parameter), **options)


def _completion(parameter: Parameter) -> Completion | None:
    if parameter.names_a_node:
        return completion.names(*parameter.types)
    return completion.days if parameter.types == (DATE,) else None
