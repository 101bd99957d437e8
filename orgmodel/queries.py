"""Named queries: files of Cypher with a header, read, checked and run.

A header is the comment at the top of the file, as `orgmodel.headers` has it; see
cypher/questions/members.cypher. A query that is bounded returns a last column `bounded`: true in a row that
is beyond the bound. Such rows are left out of the answer, and that there were some is said. One that can give
up returns a last column `too_many`, after that: true in the only row where it does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from orgmodel.errors import QueryError, StoreError, TooManyError, nearest, shown
from orgmodel.headers import Header, Question
from orgmodel.reading import blanked, plan_refusals, refusals
from orgmodel.tables import Rows
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.errors import Place
    from orgmodel.stores import GraphStore

_TERMS = r"!?\s*`?\w+`?(?:\s*[|&:]+\s*!?\s*`?\w+`?)*"
_NODE_PATTERN = re.compile(rf"\(\s*\w*\s*:\s*(?P<labels>{_TERMS})")
_LINE_PATTERN = re.compile(rf"\[\s*\w*\s*:\s*(?P<types>{_TERMS})")
_USED = re.compile(r"(?<!\w)\$(\w+)")
_QUOTED_NAME = re.compile(r"(?<!\$)`[^`]*`")


@dataclass(frozen=True, slots=True)
class NamedQuery(Question):
    """A question in Cypher.

    `otherwise` is the module of `orgmodel.analyses` that answers it where it gives up.
    """

    text: str
    otherwise: str | None = None


def load(folders: Iterable[Path], taken: Mapping[str, Path]) -> dict[str, NamedQuery]:
    """The named queries of some folders, by name.

    Args:
        folders: The folders.
        taken: The names that other questions have, each with the file of that.

    Raises:
        QueryError: A file is no named query, or two questions have one name; all such are in the message, a
            line each.
    """
    found: dict[str, NamedQuery] = {}
    wrong: list[str] = []
    for file in _files(folders, wrong):
        try:
            query = read(file)
        except QueryError as error:
            wrong += str(error).splitlines()
            continue
        if query.name in taken or query.name in found:
            other = found[query.name].place.file if query.name in found else taken[query.name]
            wrong.append(f"{file}:1: {query.name!r} is already the name of {other}")
        else:
            found[query.name] = query
    if wrong:
        raise QueryError("\n".join(wrong))
    return found


def _files(folders: Iterable[Path], wrong: list[str]) -> Iterator[Path]:
    for folder in folders:
        if not folder.is_dir():
            what = (
                "is a file: name the folder that it is in" if folder.exists() else "there is no such folder"
            )
            wrong.append(f"{folder}: {what}")
        yield from sorted(folder.glob("*.cypher"))


def read(file: Path) -> NamedQuery:
    """The named query of one file; its name is the file's.

    Raises:
        QueryError: The file is no named query; the message has a line for each thing that is wrong.
    """
    header, text = read_header(file)
    if header.wrong:
        raise QueryError("\n".join(header.wrong))
    if header.otherwise and not (Path(__file__).parent / "analyses" / f"{header.otherwise}.py").exists():
        raise QueryError(f"{file}:1: there is no module {header.otherwise!r} of orgmodel.analyses")
    return NamedQuery(**cast("Any", header.question(file.stem)), text=text, otherwise=header.otherwise)


def read_header(file: Path, words: tuple[str, ...] = ()) -> tuple[Header, str]:
    """The header of a file of Cypher, and the whole of its text; what is wrong with either is in the header.

    Args:
        file: The file.
        words: As in `Header`.

    Raises:
        QueryError: The file cannot be read.
    """
    try:
        # Windows editors put a mark of the byte order before the text.
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read: {error}") from None
    header = Header(str(file), words)
    comments = takewhile(lambda line: line[1].startswith("//"), enumerate(text.splitlines(), 1))
    header.read((number, line[2:].strip()) for number, line in comments)
    _check_text(header, text)
    return header, text


def _check_text(header: Header, text: str) -> None:
    bare = blanked(text)

    def line_of(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    used: dict[str, int] = {}
    for found in re.finditer(r"\$(\w+)", bare):
        used.setdefault(found[1], line_of(found.start()))
    declared = {p.name for p in header.parameters}
    for name, number in used.items():
        if name not in declared:
            header.find(number, f"${name} is not declared: add `// ${name}: Type. Meaning.`")
    for offset, reason in refusals(text):
        header.find(line_of(offset), reason)
    for name in sorted(declared - used.keys()):
        header.find(header.declared_at[name], f"${name} is declared and never used")
    for offset, reason in _unknown_terms(bare):
        header.find(line_of(offset), reason)


def _unknown_terms(bare: str) -> Iterator[tuple[int, str]]:
    """Labels and types that no graph of ours has, each with where it stands."""
    for pattern, group, known, what in (
        (_NODE_PATTERN, "labels", NODE_TYPES, "label"),
        (_LINE_PATTERN, "types", RELATIONSHIP_TYPES, "relationship type"),
    ):
        for found in pattern.finditer(bare):
            for name in re.findall(r"\w+", found[group]):
                if name not in known:
                    meant = nearest(name, known, 1)
                    hint = f"; did you mean {meant[0]}?" if meant else ""
                    yield found.start(), f"unknown {what} {name}{hint}"


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
        TooManyError: The query gave up; the module that it names answers instead.
    """
    declared = {p.name for p in query.parameters}
    if wrong := declared ^ values.keys():
        raise QueryError(
            f"{query.name}: takes {', '.join(sorted(declared))}; wrong: {', '.join(sorted(wrong))}"
        )
    columns = tuple(column.name for column in query.columns)
    expected = columns + ("bounded",) * (query.bound is not None)
    expected += ("too_many",) * (query.otherwise is not None)
    rows = run_declared(query.text, query.place, expected, store, values)
    if query.otherwise is not None:
        if any(row[-1] for row in rows):
            raise TooManyError(str(query.place), query.otherwise)
        rows = [row[:-1] for row in rows]
    if query.bound is None:
        return Rows(columns, tuple(rows))
    # A row beyond the bound is no answer, but without it an answer of no rows could not say that it was cut.
    within = tuple(row[:-1] for row in rows if not row[-1])
    notes: tuple[str, ...] = ()
    if len(within) < len(rows):
        notes = (f"the bound of {query.bound} was reached: there is more beyond it that is not shown",)
    return Rows(columns, within, notes)


def run_declared(
    text: str, place: Place, columns: tuple[str, ...], store: GraphStore, values: Mapping[str, object]
) -> list[tuple[object, ...]]:
    """The rows of a store for a text of a file that declares its columns.

    Args:
        text: The Cypher.
        place: The file.
        columns: What it declares.
        store: Where to ask.
        values: A value for each of its parameters.

    Raises:
        QueryError: A value is none that Cypher has, or the columns are not the declared ones.
        StoreError: The store could not answer.
    """
    _refuse(chain.from_iterable(_unfit(name, value) for name, value in values.items()))
    try:
        answer = store.run(text, values)
    except StoreError as error:
        raise StoreError(f"{place}: {error}") from error
    if answer.columns != columns:
        raise QueryError(
            f"{place}: declares the columns {', '.join(columns)}, but returns {', '.join(answer.columns)}"
        )
    return answer.rows


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
