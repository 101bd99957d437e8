"""Shell completion: names, ids and editions of what is being asked, for bash, zsh and fish.

`eval "$(_ORGMODEL_COMPLETE=bash_source orgmodel)"` turns it on in bash; see
https://click.palletsprojects.com/en/stable/shell-completion/.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from orgmodel.errors import OrgmodelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import click

    from orgmodel.session import Session

    Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def names(*labels: str) -> Completion:
    """Completes what names a node of some labels; of any, without labels.

    An id or a short name is completed as it is. What a longer name begins with becomes the id, for the shells
    part words at spaces.
    """

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
        wanted = typed.casefold()
        found: dict[str, CompletionItem] = {}
        with _session(ctx) as session:
            for named in session.facts.named(*labels) if session else ():
                shorts = [text for text in named.others if " " not in text]
                for text in (named.id, *shorts, named.name):
                    if text.casefold().startswith(wanted):
                        value = named.id if text == named.name else text
                        found.setdefault(value, CompletionItem(value, help=named.name))
                        break
        return [found[value] for value in sorted(found)]

    return complete


def days(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Completes a day: the editions of what is asked, and today."""
    with _session(ctx) as session:
        editions = session.facts.editions() if session else {}
        known = {"today": "", **{name: edition.date for name, edition in editions.items()}}
    return [CompletionItem(name, help=date) for name, date in known.items() if name.startswith(typed)]


@contextmanager
def _session(ctx: click.Context) -> Iterator[Session | None]:
    """What is being asked; None where it cannot be, for nobody could be told why."""
    from orgmodel.session import open_source

    source = ctx.params.get("graph") or ctx.params.get("source")
    try:
        with open_source(source, database=ctx.params.get("database")) as session:
            yield session
    except (OrgmodelError, OSError):
        yield None
