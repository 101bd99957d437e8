"""The text of a YAML file: laid out so that people can read it, and lines of it can be compared.

PyYAML's emitter writes it; here is chosen what stands on one line, what on several, and in which quotes.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH = 110
"""What is longer does not stand on one line."""

_FOLD = 100
"""A long text is broken behind the word that passes so many columns."""

_INDENT = 2

_STR, _INT, _FLOAT, _BOOL, _SEQ, _MAP = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "seq", "map")
)

# The parser takes these for line breaks, and some of them for the same one.
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")

# What stays as it is between double quotes.
_LEGIBLE = re.compile(r"[\n\x20\x21\x23-\x5b\x5d-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")

_BARE = re.compile(r"[A-Za-z][\w ./()-]*")


class Plain(str):
    """A text that stands without quotes though it may look like something else: a date."""

    __slots__ = ()


class Brief(dict[str, "Data"]):
    """A mapping that may stand on one line."""


Data: TypeAlias = "str | int | float | list[Data] | dict[str, Data]"
"""What a file says; the keys of mappings are words of the vocabulary, in the order in which they stand."""


def laid_out(root: dict[str, Data]) -> str:
    """The text of a file that says something; it ends with a line break."""
    node = _Layout().mapping(root, 0)
    return str(yaml.serialize(node, Dumper=_Dumper, width=_WIDTH, indent=_INDENT, allow_unicode=True))


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter, but lists are indented and the things of a collection have blank lines between."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def expect_block_sequence_item(self, first: bool = False) -> None:
        of_collection = self.indent == _INDENT
        if of_collection and not first and not isinstance(self.event, yaml.SequenceEndEvent):
            if self.column:
                self.write_line_break()
            self.write_line_break()
        super().expect_block_sequence_item(first)

    def write_folded(self, text: str) -> None:
        width, self.best_width = self.best_width, _FOLD
        super().write_folded(text)
        self.best_width = width

    def choose_scalar_style(self) -> str:
        style = str(super().choose_scalar_style())
        assert isinstance(self.event, yaml.ScalarEvent)
        return '"' if style == "'" and _LEGIBLE.fullmatch(self.event.value) else style


# Numbers by the core schema of YAML 1.2 and truths by YAML 1.1 that PyYAML itself reads as texts.
_Dumper.add_implicit_resolver(
    _FLOAT,
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
_Dumper.add_implicit_resolver(_INT, re.compile(r"0o[0-7]+$|[-+]?[0-9]+$"), list("-+0123456789"))
_Dumper.add_implicit_resolver(_BOOL, re.compile(r"[yYnN]$"), list("yYnN"))


class _Layout:
    """The tree that the emitter is given; no two places of it share a node, which would make aliases."""

    def __init__(self) -> None:
        self._dumper = _Dumper(StringIO())
        self._resolve: Callable[..., str] = self._dumper.resolve

    def mapping(self, pairs: dict[str, Data], indent: int, *, on_one_line: bool = False) -> yaml.Node:
        """The node of a mapping whose keys stand in a column."""
        value = [
            (self._plain(key), self._node(part, indent + len(f"{key}: "), indent + _INDENT))
            for key, part in pairs.items()
        ]
        return yaml.MappingNode(_MAP, value, flow_style=on_one_line)

    def _node(self, data: Data, column: int, indent: int) -> yaml.Node:
        """The node of a value, which begins in a column, or on lines of its own that are indented."""
        if isinstance(data, list):
            entries = [self._node(entry, indent + _INDENT, indent + _INDENT) for entry in data]
            return yaml.SequenceNode(_SEQ, entries, flow_style=_fits(data, column))
        if isinstance(data, dict):
            on_one_line = isinstance(data, Brief) and _fits([*data, *data.values()], column)
            return self.mapping(data, indent, on_one_line=on_one_line)
        if isinstance(data, Plain):
            return self._plain(data)
        if isinstance(data, str):
            return yaml.ScalarNode(_STR, data, style=_style(data, column))
        return self._dumper.represent_data(data)

    def _plain(self, text: str) -> yaml.Node:
        return yaml.ScalarNode(self._resolve(yaml.ScalarNode, text, (True, False)), str(text))


def _style(text: str, column: int) -> str | None:
    if _ODD_BREAK.search(text):
        return '"'
    if "\n" in text:
        return "|"
    return ">" if column + _length(text) > _WIDTH else None


def _fits(parts: list[Data], column: int) -> bool:
    """Whether all are words or numbers, and so few that they stand on one line together."""
    return (
        not any(isinstance(part, (list, dict)) or "\n" in str(part) for part in parts)
        and column + sum(_length(str(part)) + len(", ") for part in parts) <= _WIDTH
    )


def _length(text: str) -> int:
    return len(text) + (0 if _BARE.fullmatch(text) else len('""'))
