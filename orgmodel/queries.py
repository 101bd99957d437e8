"""Named queries: files of Cypher with a header, read, checked and run.

A header is the comment at the top of the file: a summary, then `$parameters`, then the columns, then how
the rows are sorted. See cypher/questions/members.cypher. A query that follows lines only so far says
`Bounded: 30 steps.` and returns a last column `bounded`: true in a row that is beyond the bound. Such rows
are left out of the answer, and that there were some is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from orgmodel.errors import Place, QueryError, StoreError, choices, nearest, shown
from orgmodel.reading import blanked, plan_refusals, refusals
from orgmodel.tables import Rows
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from orgmodel.stores import GraphStore

_PARAMETER = re.compile(r"\$(?P<name>\w+): (?P<type>[\w ]+?)(?: = (?P<default>[^.]+))?\. (?P<meaning>.+)")
_COLUMNS = re.compile(r"(?P<names>[a-z_]+(?:, [a-z_]+)*): (?P<meaning>.+)")
_BOUNDED = re.compile(r"Bounded: (?P<bound>.+)\.")
_TERMS = r"!?\s*`?\w+`?(?:\s*[|&:]+\s*!?\s*`?\w+`?)*"
_NODE_PATTERN = re.compile(rf"\(\s*\w*\s*:\s*(?P<labels>{_TERMS})")
_LINE_PATTERN = re.compile(rf"\[\s*\w*\s*:\s*(?P<types>{_TERMS})")
_USED = re.compile(r"(?<!\w)\$(\w+)")
_QUOTED_NAME = re.compile(r"(?<!\$)`[^`]*`")

DATE = "Date"
_SIMPLE = (DATE, "Text", "Integer")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    `types` are labels, of which the value must name a node; or one of Date, Text and Integer. Without a
    `default` it must be given.
    """

    name: str
    types: tuple[str, ...]
    meaning: str
    default: str | None = None

    @property
    def names_a_node(self) -> bool:
        """Whether its value is a node of the graph."""
        return self.types[0] not in _SIMPLE


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer of a named query, and what stands in it."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question in Cypher with a name: what it asks for and what it gives back."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str
    bound: str | None
    text: str
    place: Place


def load(folders: Iterable[Path]) -> dict[str, NamedQuery]:
    """The named queries of some folders, by name.

    Raises:
        QueryError: A file is no named query, or two have one name; all such are in the message, a line
            each.
    """
    found: dict[str, NamedQuery] = {}
    wrong: list[str] = []
    for folder in folders:
        if not folder.is_dir():
            what = (
                "is a file: name the folder that it is in" if folder.exists() else "there is no such folder"
            )
            wrong.append(f"{folder}: {what}")
        for file in sorted(folder.glob("*.cypher")):
            try:
                query = read(file)
            except QueryError as error:
                wrong += str(error).splitlines()
                continue
            if query.name in found:
                wrong.append(
                    f"{file}:1: {query.name!r} is already the name of {found[query.name].place.file}"
                )
            else:
                found[query.name] = query
    if wrong:
        raise QueryError("\n".join(wrong))
    return found


def read(file: Path) -> NamedQuery:
    """The named query of one file; its name is the file's.

    Raises:
        QueryError: The file is no named query; the message has a line for each thing that is wrong.
    """
    try:
        # Windows editors put a mark of the byte order before the text.
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read: {error}") from None
    return _Header(file, text).query()


class _Header:
    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = text.splitlines()
        self.summary: list[str] = []
        self.parameters: list[Parameter] = []
        self.columns: list[Column] = []
        self.order = ""
        self.bound: str | None = None
        self.wrong: list[str] = []

    def query(self) -> NamedQuery:
        for number, line in enumerate(self.lines, 1):
            if not line.startswith("//"):
                break
            self._read(number, line[2:].strip())
        if not self.summary:
            self._find(1, "no summary: begin with a comment that says what it answers")
        if not self.columns:
            self._find(1, "no columns: declare each as `// name: what stands in it`")
        if not self.order:
            self._find(1, "no order: declare it as `// Sorted by ...`")
        self._check_text({p.name for p in self.parameters})
        if self.wrong:
            raise QueryError("\n".join(self.wrong))
        return NamedQuery(
            self.file.stem,
            " ".join(self.summary),
            tuple(self.parameters),
            tuple(self.columns),
            self.order,
            self.bound,
            self.text,
            Place(str(self.file)),
        )

    def _read(self, number: int, said: str) -> None:
        """One line of the header."""
        if found := _PARAMETER.fullmatch(said):
            self.parameters.append(self._parameter(number, found))
        elif said.startswith("$"):
            self._find(number, "a parameter is declared as `$name: Type. Meaning.`")
        elif said.startswith("Sorted by ") or (self.order and not self.order.endswith(".") and said):
            self.order = f"{self.order} {said}".strip()
        elif found := _BOUNDED.fullmatch(said):
            self.bound = found["bound"]
        elif found := _COLUMNS.fullmatch(said):
            self.columns += [Column(name, found["meaning"]) for name in found["names"].split(", ")]
        elif said:
            self.summary.append(said)

    def _find(self, number: int, message: str) -> None:
        self.wrong.append(f"{self.file}:{number}: {message}")

    def _parameter(self, number: int, found: re.Match[str]) -> Parameter:
        types = tuple(found["type"].split(" or "))
        for name in types:
            if name not in NODE_TYPES and (name not in _SIMPLE or len(types) > 1):
                self._find(number, f"parameter type {name!r} {choices(name, (*_SIMPLE, *NODE_TYPES))}")
        return Parameter(found["name"], types, found["meaning"], found["default"])

    def _check_text(self, declared: set[str]) -> None:
        bare = blanked(self.text)
        used: dict[str, int] = {}
        for found in re.finditer(r"\$(\w+)", bare):
            used.setdefault(found[1], bare.count("\n", 0, found.start()) + 1)
        for name, number in used.items():
            if name not in declared:
                self._find(number, f"${name} is not declared: add `// ${name}: Type. Meaning.`")
        for offset, reason in refusals(self.text):
            self._find(self.text.count("\n", 0, offset) + 1, reason)
        for name in sorted(declared - used.keys()):
            self._find(self._declared_at(name), f"${name} is declared and never used")
        for pattern, group, known, what in (
            (_NODE_PATTERN, "labels", NODE_TYPES, "label"),
            (_LINE_PATTERN, "types", RELATIONSHIP_TYPES, "relationship type"),
        ):
            for found in pattern.finditer(bare):
                for name in re.findall(r"\w+", found[group]):
                    if name not in known:
                        meant = nearest(name, known, 1)
                        hint = f"; did you mean {meant[0]}?" if meant else ""
                        self._find(bare.count("\n", 0, found.start()) + 1, f"unknown {what} {name}{hint}")

    def _declared_at(self, name: str) -> int:
        return next(n for n, line in enumerate(self.lines, 1) if line.startswith(f"// ${name}:"))


def run(query: NamedQuery, store: GraphStore, values: Mapping[str, object]) -> Rows:
    """The answer of a store to a named query.

    Args:
        query: The question.
        store: Where to ask.
        values: A value for each of its parameters: ids of nodes, dates as `YYYY-MM-DD`.

    Raises:
        QueryError: A value is missing, one too many or none that Cypher has, or the columns are not the
            declared ones.
        StoreError: The store could not answer.
    """
    declared = {p.name for p in query.parameters}
    if wrong := declared ^ values.keys():
        raise QueryError(
            f"{query.name}: takes {', '.join(sorted(declared))}; wrong: {', '.join(sorted(wrong))}"
        )
    _refuse(chain.from_iterable(_unfit(name, value) for name, value in values.items()))
    try:
        answer = store.run(query.text, values)
    except StoreError as error:
        raise StoreError(f"{query.place}: {error}") from error
    columns = tuple(column.name for column in query.columns)
    expected = (*columns, "bounded") if query.bound else columns
    if answer.columns != expected:
        raise QueryError(
            f"{query.place}: declares the columns {', '.join(expected)}, "
            f"but returns {', '.join(answer.columns)}"
        )
    if query.bound is None:
        return Rows(columns, tuple(answer.rows))
    # A row beyond the bound is no answer, but without it an answer of no rows could not say that it was cut.
    within = tuple(row[:-1] for row in answer.rows if not row[-1])
    notes: tuple[str, ...] = ()
    if len(within) < len(answer.rows):
        notes = (f"the bound of {query.bound} was reached: there is more beyond it that is not shown",)
    return Rows(columns, within, notes)


def run_text(
    text: str,
    store: GraphStore,
    parameters: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Rows:
    """The answer of a store to a question in Cypher that has no name; see `Session.cypher`.

    Raises:
        QueryError: It does more than read, or a parameter has no value or one that Cypher has not.
        StoreError: The store could not answer.
    """
    if not blanked(text).strip("; \t\r\n"):
        raise QueryError("the question is empty: it begins with MATCH and ends with RETURN ...")
    _refuse(message for _, message in refusals(text))
    _refuse(chain(_unfit("the question", text), *(_unfit(f"${n}", v) for n, v in parameters.items())))
    used = dict.fromkeys(_USED.findall(_QUOTED_NAME.sub("", blanked(text))))
    _refuse(f"${n} has no value: give it by --param {n}=VALUE" for n in used if n not in parameters)
    plan = store.plan(text, parameters)
    if plan is not None:
        _refuse(plan_refusals(plan))
    answer = store.run(text, parameters, limit, timeout)
    notes = (f"only the first {limit} rows are shown: --limit raises that",) if answer.more else ()
    return Rows(answer.columns, tuple(answer.rows), notes)


def _refuse(wrong: Iterable[str]) -> None:
    if said := "; ".join(dict.fromkeys(wrong)):
        raise QueryError(said)


def _unfit(what: str, value: object) -> Iterator[str]:
    """What in a value Cypher has not: integers beyond 64 bits, and text that is none."""
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        yield f"{what} has an integer beyond 64 bits: give it as text"
    elif isinstance(value, str) and not _is_text(value):
        yield f"{what} has bytes that are no text in UTF-8: {shown(value)}"
    elif isinstance(value, dict):
        yield from chain.from_iterable(_unfit(what, part) for pair in value.items() for part in pair)
    elif isinstance(value, (list, tuple)):
        yield from chain.from_iterable(_unfit(what, part) for part in value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
