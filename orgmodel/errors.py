"""What can go wrong, said so that the person who meets it can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Place(NamedTuple):
    """Where something stands: a file, and a line and column in it, both counted from 1.

    >>> str(Place("bodies.yaml", 12, 5))
    'bodies.yaml:12:5'
    >>> str(Place("bodies.yaml"))
    'bodies.yaml'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a dataset: where, and what to do."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class OrgmodelError(Exception):
    """Base of all errors that orgmodel raises on purpose; its text is one line for a person."""

    def __reduce__(self) -> tuple[object, ...]:
        # Most are made from more than their text, which is all that pickle would give them.
        return _unpickled, (type(self), self.args), vars(self)


def _unpickled(kind: type[OrgmodelError], args: tuple[object, ...]) -> OrgmodelError:
    error = kind.__new__(kind)
    error.args = args
    return error


class DatasetError(OrgmodelError):
    """A dataset that cannot be read as it stands: `findings` has all that is wrong, `summary` how much."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        count = len(self.findings)
        self.summary = f"{count} finding{'' if count == 1 else 's'} in the dataset"
        super().__init__("\n".join([self.summary, *map(str, self.findings)]))


class NameNotFoundError(OrgmodelError):
    """A name that nothing of the wanted kind has.

    `nearest` are the names most like it; `instead` says what has the name, where something else has.
    """

    def __init__(self, text: str, what: str, nearest: Sequence[str], instead: str = "") -> None:
        self.text = text
        self.nearest = tuple(nearest)
        hint = f": did you mean {' or '.join(map(bare, nearest))}?" if nearest else "; no name is like it"
        hint = f"; {instead}" if instead else hint
        super().__init__(f"there is no {what} {shown(text)}{hint}")


class AmbiguousNameError(OrgmodelError):
    """A name that several things have; `candidates` are their ids."""

    def __init__(self, text: str, candidates: Sequence[str], described: Sequence[str]) -> None:
        self.text = text
        self.candidates = tuple(candidates)
        things = f"{len(candidates)} things, give the id: {'; '.join(described)}"
        super().__init__(f"{shown(text)} could be {things}")


class DateError(OrgmodelError):
    """A date that no calendar has, or the name of an edition that no dataset has."""


class QueryError(OrgmodelError):
    """A named query that cannot be used as it is written, or was asked with wrong parameters."""


class TooManyError(QueryError):
    """A named query gave up, for there is too much for a store to walk; `module` is what answers instead."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(f"{name}: there is too much for a store to walk")
        self.module = module


class StoreError(OrgmodelError):
    """A store that could not answer."""


class ChartError(OrgmodelError):
    """A chart that could not be drawn."""


class MissingLibraryError(OrgmodelError, ImportError):
    """A library that not everybody needs and that is not installed here.

    Args:
        library: What it is called.
        extra: The extra of orgmodel that brings it.
        why: What went wrong on importing it.
    """

    def __init__(self, library: str, extra: str, why: ImportError) -> None:
        reason = " ".join(str(why).split())
        super().__init__(f'{library} cannot be imported ({reason}): pip install "orgmodel[{extra}]"')


_LONG = 60
"""How much of a value a message shows."""

_SHORT = 3
"""A text of up to so many letters is in too many names to be a hint by that."""


def shown(value: object) -> str:
    """A value as it stands in a message: on one line, and cut off where it is long.

    >>> print(shown("x" * 99))
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
    """
    text = repr(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}...{text[-1]}"


def bare(text: str) -> str:
    """A text as `shown` has it, without the quotes: a name among others.

    >>> print(shown("Board"), bare("Board"))
    'Board' Board
    """
    return shown(text)[1:-1]


def nearest(text: str, names: Iterable[str], count: int = 3) -> list[str]:
    """The names most like a text, the likest first.

    Args:
        text: What was written.
        names: What could have been meant; compared without regard to case.
        count: How many at most.

    Returns:
        Names as they are spelt in `names`; none where nothing is like the text.

    >>> nearest("boady", ["bodies", "body", "sources"], 1)
    ['body']
    """
    import difflib

    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(name.casefold(), name)
    wanted = text.casefold()
    close = difflib.get_close_matches(wanted, spelt, n=count, cutoff=0.6)
    if len(wanted) > _SHORT:
        close += [name for name in sorted(spelt) if wanted in name and name not in close]
    return [spelt[name] for name in close[:count]]


def choices(text: str, allowed: Sequence[str]) -> str:
    """The end of a message about a value that is none of the allowed ones.

    >>> choices("boad", ["board", "group"])
    "must be one of board, group; did you mean 'board'?"
    """
    meant = nearest(text, allowed, 1)
    hint = f"; did you mean {shown(meant[0])}?" if meant else ""
    return f"must be one of {', '.join(map(bare, allowed))}{hint}"
