"""Headers: what a question or a rule says of itself at the top of its file, read and checked.

A summary, then `$parameters`, then the columns, then how the rows are sorted:

    Every seat on a body.

    $body: Body or Partnership. The body whose seats are wanted.
    $as_of: Date = today. The day asked about.

    seat_id, seat: The line of the membership list, as worded.

    Sorted by seat, then by seat_id.

A type is a label or several joined by `or`; or Date, Text, Integer or Boolean; or `one of this, that`. With
`, several` after it a parameter takes several values. With ` = any` it may be left out, and is then null. A
column `...` stands for columns that depend on the facts. `Bounded: 30 steps.` says that lines are followed
only so far. `Too many: _module.` says that a query gives up where there is too much for a store to walk, and
which module of `orgmodel.analyses` answers then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from orgmodel.errors import Place, choices
from orgmodel.vocabulary import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARAMETER = re.compile(
    r"\$(?P<name>\w+): (?P<type>[\w ]+?|one of [\w, -]+?)(?P<several>, several)?(?: = (?P<default>[^.]+))?\. "
    r"(?P<meaning>.+)"
)
_COLUMNS = re.compile(r"(?P<names>[a-z_]+(?:, [a-z_]+)*|\.\.\.): (?P<meaning>.+)")
_BOUNDED = re.compile(r"Bounded: (?P<bound>.+)\.")
_TOO_MANY = re.compile(r"Too many: (?P<module>\w+)\.")
_ONE_OF: Final = "one of "

DATE: Final = "Date"
INTEGER: Final = "Integer"
BOOLEAN: Final = "Boolean"
_SIMPLE: Final = (DATE, "Text", INTEGER, BOOLEAN)

ANY: Final = "any"
"""The default of a parameter that may be left out."""

OPEN: Final = "..."
"""The column that stands for columns that depend on the facts."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    `types` are labels, of which the value must name a node; or one of Date, Text, Integer and Boolean.
    Without a `default` it must be given. With `allowed` the value must be one of these.
    """

    name: str
    types: tuple[str, ...]
    meaning: str
    default: str | None = None
    several: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def names_a_node(self) -> bool:
        """Whether its value is a node of the graph."""
        return self.types[0] not in _SIMPLE

    @property
    def optional(self) -> bool:
        """Whether it may be null."""
        return self.default == ANY


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer, and what stands in it."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a name: what it asks for and what it gives back.

    `place` is the file that says it.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str
    bound: str | None
    place: Place


@dataclass(slots=True)
class Header:
    """A header as far as it is read; `wrong` has what is wrong with it, a line each.

    Attributes:
        file: Where it stands.
        words: The words that begin a line which says one more thing, as `Severity: warning.`.
    """

    file: str
    words: tuple[str, ...] = ()
    summary: list[str] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    order: str = ""
    bound: str | None = None
    otherwise: str | None = None
    said: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    declared_at: dict[str, int] = field(default_factory=dict)
    _word: str = ""

    def read(self, lines: Iterable[tuple[int, str]]) -> None:
        """Reads lines, each with its number in the file."""
        for number, line in lines:
            self._read(number, line)
        if not self.summary:
            self.find(1, "no summary: begin with a comment that says what it answers")
        if not self.columns:
            self.find(1, "no columns: declare each as `// name: what stands in it`")
        if not self.order:
            self.find(1, "no order: declare it as `// Sorted by ...`")

    def find(self, number: int, message: str) -> None:
        """Notes what is wrong at a line."""
        self.wrong.append(f"{self.file}:{number}: {message}")

    def question(self, name: str) -> Mapping[str, object]:
        """What a `Question` of some name is made of."""
        return {
            "name": name,
            "summary": " ".join(self.summary),
            "parameters": tuple(self.parameters),
            "columns": tuple(self.columns),
            "order": self.order,
            "bound": self.bound,
            "place": Place(self.file),
        }

    def _read(self, number: int, said: str) -> None:
        word, _, rest = said.partition(":")
        if word in self.words:
            self._word, self.said[word] = word, rest.strip()
        elif self._word and said:
            self.said[self._word] += f" {said}"
        elif not said:
            self._word = ""
        elif found := _PARAMETER.fullmatch(said):
            self.parameters.append(self._parameter(number, found))
        elif said.startswith("$"):
            self.find(number, "a parameter is declared as `$name: Type. Meaning.`")
        elif said.startswith("Sorted by ") or (self.order and not self.order.endswith(".")):
            self.order = f"{self.order} {said}".strip()
        elif found := _BOUNDED.fullmatch(said):
            self.bound = found["bound"]
        elif found := _TOO_MANY.fullmatch(said):
            self.otherwise = found["module"]
        elif found := _COLUMNS.fullmatch(said):
            self.columns += [Column(name, found["meaning"]) for name in found["names"].split(", ")]
        else:
            self.summary.append(said)

    def _parameter(self, number: int, found: re.Match[str]) -> Parameter:
        name, wanted, several = found["name"], found["type"], found["several"] is not None
        self.declared_at[name] = number
        if wanted.startswith(_ONE_OF):
            allowed = tuple(wanted.removeprefix(_ONE_OF).split(", "))
            return Parameter(name, ("Text",), found["meaning"], found["default"], several, allowed)
        types = tuple(wanted.split(" or "))
        for kind in types:
            if kind not in NODE_TYPES and (kind not in _SIMPLE or len(types) > 1):
                self.find(number, f"parameter type {kind!r} {choices(kind, (*_SIMPLE, *NODE_TYPES))}")
        return Parameter(name, types, found["meaning"], found["default"], several)
