"""What `load` and `unload` share: showing a plan, asking, carrying it out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress, TaskID

    from orgmodel.loading.plan import Plan
    from orgmodel.stores.neo4j import Neo4jStore

F = TypeVar("F", bound="Callable[..., Any]")

_LONG = 2_000
"""From so many changes on a progress bar is shown."""


def plan_options(command: F) -> F:
    """Adds `--dry-run`, `--yes`, `--verbose`, `--batch` and `--take-over`."""
    made = click.option(
        "--take-over", is_flag=True, help="Take over at once from a load that is in the middle and dead."
    )(command)
    made = click.option(
        "--batch",
        type=click.IntRange(min=1),
        metavar="CHANGES",
        help="Write in transactions of so many changes each, as suits a server short of memory; without it "
        "up to 50,000 are one.",
    )(made)
    made = click.option("-v", "--verbose", is_flag=True, help="Show each change, with old and new values.")(
        made
    )
    made = click.option("-y", "--yes", is_flag=True, help="Do it without asking.")(made)
    return click.option("-n", "--dry-run", is_flag=True, help="Show what would change and stop.")(made)


def carry_out(
    store: Neo4jStore,
    make_plan: Callable[[], Plan],
    *,
    dry_run: bool,
    yes: bool,
    verbose: bool,
    take_over: bool,
    batch: int | None = None,
) -> None:
    """Shows a plan, asks, carries it out; plans anew where the graph was written to meanwhile.

    Raises:
        click.Abort: The answer was no.
        StoreError: The server could not do it.
    """
    from orgmodel.loading import writing

    while True:
        plan = make_plan()
        if plan.is_empty:
            click.echo(f"{plan.dataset}: nothing to change")
            return
        _show(plan, verbose=verbose)
        if dry_run:
            click.echo("orgmodel: a dry run: nothing was written", err=True)
            return
        if not yes:
            _ask(store, plan)
        with _Watcher() as watcher:
            done = writing.apply(store, plan, watcher, take_over=take_over, batch=batch)
        if done:
            break
        click.echo("orgmodel: the graph was written to meanwhile: comparing again", err=True)
    what = "unloaded from" if plan.unload else "loaded into"
    click.echo(f"orgmodel: {plan.dataset} is {what} {store}", err=True)


def _ask(store: Neo4jStore, plan: Plan) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("nobody is there to be asked: --yes does it, --dry-run only shows it")
    click.confirm(f"Change {store} so ({plan.dataset})?", abort=True, err=True)


def _show(plan: Plan, *, verbose: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from orgmodel.cli.terminal import console

    out = console()
    if not plan.size:
        click.echo(f"{plan.dataset}: only its record changes")
        return
    table = Table("", header_style="bold")
    for heading in ("added", "changed", "removed"):
        table.add_column(heading, justify="right")
    rows = {term: (len(c.added), len(c.changed), len(c.removed)) for term, c in plan.changes.items()}
    for term, counts in rows.items():
        table.add_row(term, *(f"{count:,}" if count else "" for count in counts))
    table.add_section()
    totals = [f"{sum(column):,}" for column in zip(*rows.values(), strict=True)]
    table.add_row(f"{plan.dataset}, in all", *totals)
    out.print(table)
    if verbose:
        for line in _each(plan):
            out.print(Text(line))


def _each(plan: Plan) -> list[str]:
    lines = []
    for term, changes in plan.changes.items():
        lines += [f"added {term} {name}" for name in changes.added]
        for change in changes.changed:
            lines.append(f"changed {term} {change.id}")
            for name in sorted({*change.old, *change.new}):
                old, new = _value(change.old, name), _value(change.new, name)
                lines.append(f"    {name}: {old} -> {new}")
        lines += [f"removed {term} {name}" for name in changes.removed]
    return lines


def _value(said: Any, name: str) -> str:
    return json.dumps(said[name], ensure_ascii=False, default=str) if name in said else "(none)"


class _Watcher:
    """Says on stderr how a load goes on; a bar where that is a terminal and it takes long."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> _Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def waits(self, for_whom: str) -> None:
        """Another load goes on."""
        self.says(for_whom)

    def says(self, text: str) -> None:
        """Something worth a line."""
        click.echo(f"orgmodel: {text}", err=True)

    def advances(self, done: int, of: int) -> None:
        """So many changes of so many are written."""
        if of < _LONG or not sys.stderr.isatty():
            return
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn("writing"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._progress.start()
            self._task = self._progress.add_task("", total=of)
        if self._task is not None:
            self._progress.update(self._task, completed=done)
