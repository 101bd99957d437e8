"""The text of a YAML file, as far as a dataset uses YAML: read into a tree of values with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING, Protocol, TypeAlias

import yaml

from orgmodel.errors import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 60
_TEXT = "tag:yaml.org,2002:str"
_NEEDLESS = frozenset({_TEXT, "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})

# What YAML does not let stand in a file: https://yaml.org/spec/1.2.2/#51-character-set
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_MARK = "\ufeff"
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


@dataclass(slots=True, eq=False)
class Scalar:
    """A text; `plain` where it stands there without quotes."""

    text: str
    plain: bool
    place: Place

    @property
    def is_null(self) -> bool:
        """Whether it stands for nothing, by the core schema of YAML 1.2."""
        return self.plain and self.text in _NULL

    @property
    def is_bool(self) -> bool:
        """Whether it stands for true or false, by the core schema of YAML 1.2: `no` does not."""
        return self.plain and self.text in _BOOL


@dataclass(slots=True, eq=False)
class Items:
    """A list."""

    entries: list[Tree]
    place: Place


@dataclass(slots=True, eq=False)
class Pairs:
    """A mapping: its keys and values by turns, in the order of the file; a key may be there twice."""

    entries: list[Tree]
    place: Place

    @property
    def pairs(self) -> Iterator[tuple[Tree, Tree]]:
        """Each key with its value."""
        return zip(self.entries[::2], self.entries[1::2], strict=True)


Tree: TypeAlias = "Scalar | Items | Pairs"


def parse(raw: bytes, file: str) -> tuple[Tree | None, list[Finding]]:
    """The tree of a file, or None where there is none; and what is wrong with its text.

    Anchors, aliases and tags are not read but found: an alias makes a small file stand for a huge one,
    and a fact must have a place of its own.
    """
    try:
        text = raw.decode("utf-8").removeprefix(_MARK)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").removeprefix(_MARK)
        return None, [Finding(_after(before, file), "not UTF-8 text: save the file as UTF-8")]
    wrong = _NOT_ALLOWED.search(text)
    if wrong:
        message = f"the character U+{ord(wrong[0]):04X} cannot stand here: is the file saved as UTF-8?"
        return None, [Finding(_after(text[: wrong.start()], file), message)]
    try:
        return _tree(text, file)
    except yaml.MarkedYAMLError as error:
        mark, message = _in_words(error, text)
        # The parser's end of a text may be a line after it.
        place = min(_at(mark, file), _after(text, file))
        return None, [Finding(place, f"not YAML: {message}")]


class _Mark(Protocol):
    line: int
    column: int


def _at(mark: _Mark | None, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _after(before: str, file: str) -> Place:
    lines = _BREAK.split(before)
    return Place(file, len(lines), len(lines[-1]) + 1)


def _tree(text: str, file: str) -> tuple[Tree | None, list[Finding]]:
    root: Tree | None = None
    findings: list[Finding] = []
    around: list[Items | Pairs] = []
    whole = True
    # From events and not by PyYAML's composer: that one overruns the stack where brackets are nested
    # deeply enough, and the process dies.
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.NodeEvent):
            place = _at(event.start_mark, file)
            value = _value(event, place)
            if event.anchor is not None or getattr(event, "tag", None) is not None:
                findings += _refused(event, place)
                whole = whole and not isinstance(event, yaml.AliasEvent)
            if around:
                around[-1].entries.append(value)
            else:
                root = value
            if not isinstance(value, Scalar):
                around.append(value)
                if len(around) > _DEEPEST:
                    return None, [*findings, Finding(place, "nested too deeply to be a dataset")]
        elif isinstance(event, yaml.CollectionEndEvent):
            around.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            place = _at(event.start_mark, file)
            return None, [*findings, Finding(place, "a file is one document: take away this line `---`")]
    if root is None or (isinstance(root, Scalar) and root.is_null):
        findings = findings or [Finding(Place(file), "the file is empty: fill it in or take it away")]
        return None, findings
    return root if whole else None, findings


def _value(event: yaml.NodeEvent, place: Place) -> Tree:
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(intern(event.value), not event.style and event.tag != _TEXT, place)
    if isinstance(event, yaml.SequenceStartEvent):
        return Items([], place)
    if isinstance(event, yaml.MappingStartEvent):
        return Pairs([], place)
    return Scalar("", True, place)


def _refused(event: yaml.NodeEvent, place: Place) -> Iterator[Finding]:
    if isinstance(event, yaml.AliasEvent):
        sign, what = f"*{event.anchor}", "repeats what is written elsewhere: write it out"
        yield Finding(place, f"`{sign}` {what}; text that begins with `*` needs quotes")
        return
    if event.anchor is not None:
        what = "marks what an alias repeats: take it away"
        yield Finding(place, f"`&{event.anchor}` {what}; text that begins with `&` needs quotes")
    tag = getattr(event, "tag", None)
    if tag is not None and tag not in _NEEDLESS:
        tag = tag.replace("tag:yaml.org,2002:", "!!")
        yield Finding(place, f"`{tag}` is a tag: take it away; text that begins with `!` needs quotes")


@dataclass(frozen=True, slots=True)
class _Slip:
    """A slip, known by words of the parser's problem and context; `begun`: it is where the context began."""

    problem: str
    context: str
    message: str
    begun: bool = False


# The parser says what it wanted next, for programmers: what is said instead is what to mend.
_SLIPS = (
    _Slip(" tab ", "", "a tab cannot indent: use spaces"),
    _Slip("start any token", "", "text cannot begin with {here}: put it in quotes"),
    _Slip("", "an alias", "text cannot begin with `*`: put it in quotes", True),
    _Slip("", "an anchor", "text cannot begin with `&`: put it in quotes", True),
    _Slip("", "a tag", "text cannot begin with `!`: put it in quotes", True),
    _Slip(
        "expected ':'", "", "this is neither `key: value` nor `- entry`: is a colon or a space missing?", True
    ),
    _Slip("node content", "", "a value is missing here, or a bracket closes that was not opened"),
    _Slip(
        "mapping values",
        "",
        "a second colon: put text that has one in quotes, indent a new line like its neighbours",
    ),
    _Slip("unexpected end", "quoted", "the quote that opens here is never closed", True),
    _Slip("escape", "quoted", "a backslash in double quotes begins a code: use single quotes"),
    _Slip("", "flow sequence", "the `[` that opens here lacks a comma inside, or its `]`", True),
    _Slip("", "flow mapping", "the `{{` that opens here lacks a comma inside, or its `}}`", True),
    *(
        _Slip(
            problem,
            "",
            "this does not fit what stands above: is it indented like its neighbours? are quotes in pairs?",
        )
        for problem in ("expected key", "'-' indicator", "not allowed in this context")
    ),
)


def _in_words(error: yaml.MarkedYAMLError, text: str) -> tuple[_Mark | None, str]:
    """Where the slip is, and what to do about it."""
    mark, problem, context = error.problem_mark, str(error.problem), str(error.context)
    if mark is None:
        return None, problem
    line = [*_BREAK.split(text), ""][mark.line]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        problem = " tab "
    here = line[mark.column : mark.column + 1]
    for slip in _SLIPS:
        if slip.problem in problem and slip.context in context:
            return error.context_mark if slip.begun else mark, slip.message.format(here=repr(here))
    return mark, problem
