"""The YAML dataset: a folder of YAML files, or one such file, read into a structure.

The form is described in docs/dataset.md.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import yaml

from orgmodel.building import build
from orgmodel.errors import DatasetError, Finding, Place, nearest
from orgmodel.records import DatasetRecord, NodeRecord, RelationshipRecord
from orgmodel.vocabulary import COLLECTIONS, COMMON, NAMED, NESTINGS, NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.structure import Structure
    from orgmodel.vocabulary import Nesting

SUFFIXES = (".yaml", ".yml")

_DEEPEST = 20
_COMMON = tuple(p.name for p in COMMON)
_NAMED = _COMMON + tuple(p.name for p in NAMED)
_NODE_KEYS = {
    label: (*_NAMED, *(p.name for p in declared.properties)) for label, declared in NODE_TYPES.items()
}
_LINE_KEYS = {
    name: (*_COMMON, "key", *(p.name for p in declared.properties))
    for name, declared in RELATIONSHIP_TYPES.items()
}
_LINES_FROM = {
    label: {t.key: t for t in RELATIONSHIP_TYPES.values() if label in t.from_labels} for label in NODE_TYPES
}


class _Loader(yaml.CSafeLoader):
    """The C parser with the scalars of YAML 1.2's core schema, but no dates: `no` is a word."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own way of declaring them


for _tag, _pattern, _first in (
    ("null", r"|~|null|Null|NULL", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def read(path: str | os.PathLike[str]) -> Structure:
    """The structure of a dataset.

    Args:
        path: A folder, whose `.yaml` and `.yml` files are read, those in folders below it too; or one
            such file.

    Raises:
        DatasetError: The dataset cannot be read as it stands; the error has everything that is wrong.
    """
    reader = _Reader(Path(path))
    return build(reader.read(), reader.findings)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.record = DatasetRecord({}, Place(str(path)))
        self.file = ""

    def read(self) -> DatasetRecord:
        for file in self._files():
            self.file = str(file)
            root = self._compose(file)
            if root is not None:
                self._file(root)
        if not self.record.header and not self.findings:
            self._find(
                Place(str(self.path)),
                "no file has the key `dataset`: write `dataset: {id: ..., name: ...}` in dataset.yaml",
            )
        return self.record

    def _files(self) -> list[Path]:
        if not self.path.exists():
            raise DatasetError([Finding(Place(str(self.path)), "there is no such file or folder")])
        if not self.path.is_dir():
            return [self.path]
        found = sorted(
            file
            for file in self.path.rglob("*")
            if file.suffix.lower() in SUFFIXES
            and not any(part.startswith(".") for part in file.relative_to(self.path).parts)
            and file.is_file()
        )
        if not found:
            self._find(Place(str(self.path)), "the folder has no .yaml file: `orgmodel new FOLDER` writes some")
        return found

    def _find(self, place: Place, message: str) -> None:
        self.findings.append(Finding(place, message))

    def _at(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _compose(self, file: Path) -> yaml.Node | None:
        try:
            raw = file.read_bytes()
        except OSError as error:
            self._find(Place(self.file), f"cannot be read: {error.strerror}")
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            self._find(Place(self.file, line, column), "not UTF-8 text: save the file as UTF-8")
            return None
        try:
            root = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
            problem = str(error.problem or error.context)
            if "\\t" in problem or _tab_at(text, mark):
                problem = "a tab cannot indent: use spaces"
            self._find(place, f"not YAML: {problem}")
            return None
        except yaml.YAMLError as error:
            self._find(Place(self.file), f"not YAML: {str(error).splitlines()[0]}")
            return None
        except RecursionError:
            self._find(Place(self.file), "nested too deeply to be a dataset")
            return None
        if root is None or root.tag == "tag:yaml.org,2002:null":
            self._find(Place(self.file), "the file is empty: fill it in or take it away")
            return None
        if "*" in text and self._has_aliases(root):
            return None
        return root

    def _has_aliases(self, root: yaml.Node) -> bool:
        # Aliases can make a small file stand for a huge one, and a fact must have a place of its own.
        seen, waiting, found = {id(root)}, [root], False
        while waiting:
            node = waiting.pop()
            inside = node.value if isinstance(node, yaml.CollectionNode) else ()
            for entry in (part for pair in inside for part in (pair if isinstance(pair, tuple) else (pair,))):
                if id(entry) in seen:
                    anchor = self._at(entry)
                    self._find(anchor, "this is repeated by an alias (`*`): write it out in each place")
                    found = True
                else:
                    seen.add(id(entry))
                    waiting.append(entry)
        return found

    # One file

    def _file(self, root: yaml.Node) -> None:
        if not isinstance(root, yaml.MappingNode):
            self._find(self._at(root), "must be a mapping of collections, for instance `bodies:`")
            return
        for key, place, value in self._items(root):
            if key == "dataset":
                self._header(place, value)
            elif key in COLLECTIONS:
                for node in self._entries(value, key):
                    self._node(COLLECTIONS[key], node, None)
            else:
                self._unknown(place, key, ("dataset", *COLLECTIONS), "a file")

    def _header(self, place: Place, value: yaml.Node) -> None:
        if self.record.header:
            self._find(place, f"the dataset is already described at {self.record.place}")
            return
        plain = self._plain(value)
        if not isinstance(plain, dict):
            self._find(self._at(value), "dataset must be a mapping with `id` and `name`")
            return
        self.record.header = plain
        self.record.place = place
        assert isinstance(value, yaml.MappingNode)
        for key, node in value.value:
            self.record.places[str(key.value)] = self._at(node)

    def _entries(self, value: yaml.Node, key: str) -> Iterator[yaml.MappingNode]:
        if value.tag == "tag:yaml.org,2002:null":
            return
        if not isinstance(value, yaml.SequenceNode):
            self._find(self._at(value), f"{key} must be a list: begin each with `- `")
            return
        for entry in value.value:
            if isinstance(entry, yaml.MappingNode):
                yield entry
            else:
                self._find(self._at(entry), f"each of {key} must be a mapping with `name`, not {_sort(entry)}")

    def _node(self, label: str, node: yaml.MappingNode, inherited: object, depth: int = 0) -> NodeRecord | None:
        if depth > _DEEPEST:
            self._find(self._at(node), "nested too deeply to be a dataset")
            return None
        record = NodeRecord(label, {}, self._at(node))
        self.record.nodes.append(record)
        if inherited is not None:
            record.fields["citations"] = inherited
        nested: list[tuple[Place, yaml.Node, Nesting]] = []
        lines: list[tuple[yaml.Node, str]] = []
        for key, place, value in self._items(node):
            nesting = NESTINGS.get((label, key))
            if nesting is not None:
                nested.append((place, value, nesting))
            elif key in _LINES_FROM[label]:
                lines.append((value, _LINES_FROM[label][key].name))
            elif key in _NODE_KEYS[label]:
                record.places[key] = self._at(value)
                given = self._plain(value)
                if given is not None:
                    record.fields[key] = given
            elif key == "key" and label == "Seat":
                record.key = str(self._plain(value))
            else:
                known = (*_NODE_KEYS[label], *_LINES_FROM[label], *(k for p, k in NESTINGS if p == label))
                self._unknown(place, key, known, label)
        citations = record.fields.get("citations")
        for value, name in lines:
            for line in self._lines(value, name, citations):
                line.source = record
        for _, value, nesting in nested:
            self._nest(record, value, nesting, citations, depth)
        return record

    def _nest(
        self, record: NodeRecord, value: yaml.Node, nesting: Nesting, citations: object, depth: int
    ) -> None:
        if not nesting.collection:
            for line in self._lines(value, nesting.type, citations, "from"):
                line.target = record
            return
        for entry in self._entries(value, nesting.key):
            inside = self._node(nesting.label, entry, citations, depth + 1)
            if inside is not None:
                said = {"citations": inside.fields["citations"]} if "citations" in inside.fields else {}
                for name in ("certainty", "basis"):
                    if name in inside.fields:
                        said[name] = inside.fields[name]
                self.record.relationships.append(
                    RelationshipRecord(nesting.type, inside, record, said, inside.place, inside.places)
                )

    def _lines(
        self, value: yaml.Node, name: str, inherited: object, end: str = "to"
    ) -> Iterator[RelationshipRecord]:
        if value.tag == "tag:yaml.org,2002:null":
            return
        entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for entry in entries:
            line = self._line(entry, name, end)
            if line is not None:
                if inherited is not None:
                    line.fields.setdefault("citations", inherited)
                self.record.relationships.append(line)
                yield line

    def _line(self, entry: yaml.Node, name: str, end: str) -> RelationshipRecord | None:
        key = RELATIONSHIP_TYPES[name].key
        place = self._at(entry)
        if isinstance(entry, yaml.ScalarNode) and entry.value:
            return RelationshipRecord(name, entry.value, entry.value, {}, place)
        if not isinstance(entry, yaml.MappingNode):
            self._find(place, f"{key}: give an id, or a mapping with `{end}`")
            return None
        line = RelationshipRecord(name, "", "", {}, place)
        found = False
        for part, part_place, value in self._items(entry):
            if part == end:
                text = self._plain(value)
                if isinstance(text, (str, int)) and not isinstance(text, bool):
                    line.source = line.target = str(text)
                    line.places["from"] = line.places["to"] = self._at(value)
                    found = True
                else:
                    self._find(self._at(value), f"{key}: `{end}` must be one id")
                    return None
            elif part == "key":
                line.key = str(self._plain(value))
            elif part in _LINE_KEYS[name]:
                line.places[part] = self._at(value)
                given = self._plain(value)
                if given is not None:
                    line.fields[part] = given
            else:
                self._unknown(part_place, part, (end, *_LINE_KEYS[name]), key)
        if not found:
            self._find(place, f"{key} without `{end}`: say where it leads {end}")
            return None
        return line

    # Values

    def _items(self, node: yaml.MappingNode) -> Iterator[tuple[str, Place, yaml.Node]]:
        seen: dict[str, Place] = {}
        for key, value in node.value:
            place = self._at(key)
            if not isinstance(key, yaml.ScalarNode):
                self._find(place, "a key must be a word")
                continue
            name = cast("str", key.value)
            if name in seen:
                self._find(place, f"`{name}` is given twice, first at {seen[name]}")
                continue
            seen[name] = place
            yield name, place, value

    def _plain(self, node: yaml.Node, depth: int = 0) -> object:
        if depth > _DEEPEST:
            self._find(self._at(node), "nested too deeply to be a dataset")
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(entry, depth + 1) for entry in node.value]
        if isinstance(node, yaml.MappingNode):
            return {name: self._plain(value, depth + 1) for name, _, value in self._items(node)}
        return self._scalar(cast("yaml.ScalarNode", node))

    def _scalar(self, node: yaml.ScalarNode) -> object:
        text = cast("str", node.value)
        kind = node.tag.rpartition(":")[2]
        if kind == "str":
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int" and len(text) < 20:
            # A year or a number with leading zeros stays as it is written where text is wanted.
            return int(text) if str(int(text)) == text else text
        if kind == "float":
            return float(text)
        if not kind or node.tag.startswith("!"):
            self._find(self._at(node), f"the tag {node.tag} is not understood: take it away")
        return text

    def _unknown(self, place: Place, key: str, known: tuple[str, ...], what: str) -> None:
        meant = nearest(key, known, 1)
        hint = f"did you mean `{meant[0]}`?" if meant else f"it may have {', '.join(known)}"
        self._find(place, f"{what} has no `{key}`; {hint}")


def _sort(node: yaml.Node) -> str:
    return "a list" if isinstance(node, yaml.SequenceNode) else f"{str(node.value)[:30]!r}"


def _tab_at(text: str, mark: yaml.Mark | None) -> bool:
    if mark is None:
        return False
    line = text.splitlines()[mark.line : mark.line + 1]
    return bool(line) and "\t" in line[0][: len(line[0]) - len(line[0].lstrip())]
