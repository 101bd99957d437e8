"""The YAML dataset: a folder of YAML files, or one such file, read into a structure.

The form is described in docs/dataset.md.
"""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from orgmodel.building import build
from orgmodel.datasets.yaml_text import Items, Pairs, Scalar, parse
from orgmodel.errors import DatasetError, Finding, Place, bare, nearest, shown
from orgmodel.model import Dataset, Edition, Waiver, slug
from orgmodel.records import DatasetRecord, NodeRecord, RelationshipRecord
from orgmodel.vocabulary import COLLECTIONS, NESTINGS, NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from orgmodel.datasets.yaml_text import Tree
    from orgmodel.structure import Structure
    from orgmodel.vocabulary import Nesting, ValueType

SUFFIXES = (".yaml", ".yml")

CHARTS = tuple(f"charts{suffix}" for suffix in SUFFIXES)
"""The files in the folder of a dataset that say which charts of it are kept, and nothing of the dataset."""

_PASSED_OVER = (".", "~$")
"""How the names of hidden files begin, and of those that Office keeps beside an open one."""

_MISNAMED = tuple(f"{suffix}.txt" for suffix in SUFFIXES)
"""How the names of files end to which Notepad has added its own."""

_NODE_KEYS: dict[str, dict[str, ValueType]] = {
    label: {p.name: p.type for p in declared.all_properties} for label, declared in NODE_TYPES.items()
}
_LINE_KEYS: dict[str, dict[str, ValueType]] = {
    name: {p.name: p.type for p in declared.all_properties} for name, declared in RELATIONSHIP_TYPES.items()
}
_LINES_FROM = {
    label: {t.key: t for t in RELATIONSHIP_TYPES.values() if label in t.from_labels} for label in NODE_TYPES
}
_HEADER_LISTS: dict[str, type[BaseModel]] = {"editions": Edition, "waivers": Waiver}
"""What a dataset says of itself in lists."""

_WANTED = {"editions": "`id` and `date`", "waivers": "`rule`, `reason` and `until`"}
"""What an entry must have at least, where that is not a name."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?", re.ASCII)


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


def record_of(files: Mapping[str, bytes]) -> tuple[DatasetRecord, list[Finding]]:
    """What the files of a dataset say that stands nowhere yet.

    Args:
        files: What each file holds, by its name.

    Returns:
        All that was found in them, and what is wrong with how they are written.
    """
    reader = _Reader(Path())
    for name, raw in files.items():
        reader.add(name, raw)
    return reader.record, reader.findings


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.record = DatasetRecord(None, Place(str(path)))

    def read(self) -> DatasetRecord:
        for file in self._files():
            raw = self._raw(file)
            if raw is not None:
                self.add(str(file), raw)
        if self.record.header is None and self._is_part():
            message = f"this is one file of a dataset: name its folder, {self.path.parent}"
            raise DatasetError([Finding(Place(str(self.path)), message)])
        if self.record.header is None and not self.findings:
            self._find(
                Place(str(self.path)),
                "no file has the key `dataset`: write `dataset: {id: ..., name: ...}` in dataset.yaml",
            )
        return self.record

    def _is_part(self) -> bool:
        beside = (self.path.parent / f"dataset{suffix}" for suffix in SUFFIXES)
        return self.path.is_file() and any(file.is_file() for file in beside)

    def _files(self) -> list[Path]:
        place = Place(str(self.path))
        try:
            found = self._found()
        except OSError as error:
            raise DatasetError([Finding(place, f"cannot be read: {error.strerror}")]) from None
        if not found:
            self._find(place, "the folder has no .yaml file: `orgmodel new FOLDER` writes some")
        return found

    def _found(self) -> list[Path]:
        if not self.path.is_dir():
            self.path.stat()
            return [self.path]
        # Asked for on its own: a folder that may not be read would else look empty.
        next(self.path.iterdir(), None)
        found = [
            file
            for file in sorted(self.path.rglob("*"))
            if not any(part.startswith(_PASSED_OVER) for part in file.relative_to(self.path).parts)
            and (file.is_file() or file.is_symlink())
            and not file.is_dir()
        ]
        for file in found:
            if file.name.lower().endswith(_MISNAMED):
                self._find(Place(str(file)), f"is not read: name it {file.stem}, without .txt")
        kept = {self.path / name for name in CHARTS}
        return [file for file in found if file.suffix.lower() in SUFFIXES and file not in kept]

    def _raw(self, file: Path) -> bytes | None:
        try:
            return file.read_bytes()
        except OSError as error:
            self._lose(Place(str(file)), f"cannot be read: {error.strerror}")
            return None

    def add(self, name: str, raw: bytes) -> None:
        """Reads what one file holds."""
        root, findings = parse(raw, name)
        self.findings += findings
        self.record.complete &= root is not None
        if root is not None:
            self._file(root)

    def _find(self, place: Place, message: str) -> None:
        self.findings.append(Finding(place, message))

    def _lose(self, place: Place, message: str) -> None:
        """A finding that keeps things from being read: that they are missing is then no finding."""
        self._find(place, message)
        self.record.complete = False

    # One file

    def _file(self, root: Tree) -> None:
        if not isinstance(root, Pairs):
            self._lose(root.place, "must be a mapping of collections, for instance `bodies:`")
            return
        for key, place, value in self._pairs(root):
            if key == "dataset":
                self._header(place, value)
            elif key in COLLECTIONS:
                for node in self._entries(value, key):
                    self._node(COLLECTIONS[key], node, None)
            else:
                self._unknown(place, key, ("dataset", *COLLECTIONS), "a file")
                self.record.complete = False

    def _header(self, place: Place, value: Tree) -> None:
        if self.record.header is not None:
            self._find(place, f"the dataset is already described at {self.record.place}")
            return
        if not isinstance(value, Pairs):
            self._find(value.place, "dataset must be a mapping with `id` and `name`")
            return
        header: dict[str, object] = {}
        self.record.header = header
        self.record.place, places = place, self.record.places
        for key, key_place, part in self._pairs(value):
            if key not in Dataset.model_fields:
                self._unknown(key_place, key, Dataset.model_fields, "dataset")
            elif key in _HEADER_LISTS:
                header[key] = [
                    self._of_header(entry, key, f"{key}.{i}")
                    for i, entry in enumerate(self._entries(part, key))
                ]
            else:
                header[key] = self._plain(part, key, places)

    def _of_header(self, entry: Pairs, collection: str, path: str) -> dict[str, object]:
        said: dict[str, object] = {}
        fields = _HEADER_LISTS[collection].model_fields
        self.record.places[path] = entry.place
        for key, place, value in self._pairs(entry):
            if key in fields:
                said[key] = self._plain(value, f"{path}.{key}", self.record.places)
            else:
                self._unknown(place, key, fields, collection.removesuffix("s"))
        return said

    def _entries(self, value: Tree, key: str) -> Iterator[Pairs]:
        if isinstance(value, Scalar) and value.is_null:
            return
        if not isinstance(value, Items):
            self._lose(value.place, f"{key} must be a list: begin each with `- `")
            return
        for entry in value.entries:
            if isinstance(entry, Pairs):
                yield entry
            elif isinstance(entry, Scalar) and entry.is_null:
                self._find(entry.place, f"an entry of {key} is empty: fill it in or take it away")
            else:
                wanted = _WANTED.get(key, "`name`")
                given = shown(entry.text) if isinstance(entry, Scalar) else "a list"
                hint = ": put a space after the colon" if ":" in given else ""
                self._lose(entry.place, f"each of {key} must be a mapping with {wanted}, not {given}{hint}")

    def _node(self, label: str, node: Pairs, parent: NodeRecord | None) -> NodeRecord:
        record = NodeRecord(label, {}, node.place)
        self.record.nodes.append(record)
        nested: list[tuple[Tree, Nesting]] = []
        lines: list[tuple[Tree, str]] = []
        for key, place, value in self._pairs(node):
            nesting = NESTINGS.get((label, key))
            if nesting is not None:
                nested.append((value, nesting))
            elif key in _LINES_FROM[label]:
                lines.append((value, _LINES_FROM[label][key].name))
            elif key in _NODE_KEYS[label]:
                self._field(record, key, value, _NODE_KEYS[label][key])
            elif key == "key" and label == "Seat":
                record.key = self._word(value)
            else:
                seat = ("key",) if label == "Seat" else ()
                inside = (k for p, k in NESTINGS if p == label)
                self._unknown(place, key, (*_NODE_KEYS[label], *seat, *_LINES_FROM[label], *inside), label)
        if parent is not None:
            _inherit(record, parent)
        for value, name in lines:
            for line in self._lines(value, name, record):
                line.source = record
        for value, nesting in nested:
            self._nest(record, value, nesting)
        return record

    def _nest(self, record: NodeRecord, value: Tree, nesting: Nesting) -> None:
        if not nesting.label:
            for line in self._lines(value, nesting.type, record, "from"):
                line.target = record
            return
        for entry in self._entries(value, nesting.key):
            inside = self._node(nesting.label, entry, record)
            said = {k: v for k, v in inside.fields.items() if k in {"citations", "certainty", "basis"}}
            self.record.relationships.append(
                RelationshipRecord(nesting.type, inside, record, said, inside.place, inside.places)
            )

    def _lines(
        self, value: Tree, name: str, parent: NodeRecord, end: str = "to"
    ) -> Iterator[RelationshipRecord]:
        if isinstance(value, Scalar) and value.is_null:
            return
        for entry in value.entries if isinstance(value, Items) else [value]:
            line = self._line(entry, name, end)
            if line is not None:
                _inherit(line, parent)
                self.record.relationships.append(line)
                yield line

    def _line(self, entry: Tree, name: str, end: str) -> RelationshipRecord | None:
        key = RELATIONSHIP_TYPES[name].key
        line = RelationshipRecord(name, "", "", {}, entry.place)
        if isinstance(entry, Scalar) and entry.text.strip() and not entry.is_null:
            line.source = line.target = entry.text
            return line
        if not isinstance(entry, Pairs):
            self._find(entry.place, f"{key}: give an id, or a mapping with `{end}`")
            return None
        found = False
        for part, place, value in self._pairs(entry):
            if part == end:
                if not isinstance(value, Scalar) or value.is_null or value.is_bool or not value.text.strip():
                    self._find(value.place, f"{key}: `{end}` must be one id")
                    return None
                line.source = line.target = value.text
                line.places["from"] = line.places["to"] = value.place
                found = True
            elif part == "key":
                line.key = self._word(value)
            elif part in _LINE_KEYS[name]:
                self._field(line, part, value, _LINE_KEYS[name][part])
            else:
                self._unknown(place, part, (end, "key", *_LINE_KEYS[name]), key)
        if not found:
            self._find(entry.place, f"{key} without `{end}`: say where it leads {end}")
            return None
        return line

    # Values

    def _pairs(self, tree: Pairs) -> Iterator[tuple[str, Place, Tree]]:
        seen: dict[str, Place] = {}
        for key, value in tree.pairs:
            if not isinstance(key, Scalar):
                self._find(key.place, "a key must be a word")
            elif key.text == "<<":
                self._lose(key.place, "`<<` takes over what is written elsewhere: write it out")
            elif key.text in seen:
                message = f"`{bare(key.text)}` is given twice, first at {seen[key.text]}"
                (self._find if isinstance(value, Scalar) else self._lose)(key.place, message)
            else:
                seen[key.text] = key.place
                yield key.text, key.place, value

    def _field(
        self, record: NodeRecord | RelationshipRecord, key: str, value: Tree, wanted: ValueType
    ) -> None:
        given = self._plain(value, key, record.places, wanted)
        if given is not None:
            record.fields[key] = given

    def _plain(self, tree: Tree, path: str, places: dict[str, Place], wanted: ValueType = "text") -> object:
        places[path] = tree.place
        if isinstance(tree, Items):
            return [self._plain(entry, f"{path}.{i}", places, wanted) for i, entry in enumerate(tree.entries)]
        if isinstance(tree, Pairs):
            return {key: self._plain(value, f"{path}.{key}", places) for key, _, value in self._pairs(tree)}
        if tree.is_null:
            return None
        if tree.is_bool:
            return tree.text.lower() == "true"
        return _number(tree) if wanted in {"integer", "number"} else tree.text

    def _word(self, value: Tree) -> str | None:
        if isinstance(value, Scalar) and not value.is_null and slug(value.text):
            return value.text
        self._find(value.place, "key must be a short word with a letter or a digit")
        return None

    def _unknown(self, place: Place, key: str, known: Iterable[str], what: str) -> None:
        meant = nearest(key, known, 1)
        hint = f"did you mean `{meant[0]}`?" if meant else f"it may have {', '.join(known)}"
        self._find(place, f"{what} has no `{bare(key)}`; {hint}")


def _inherit(heir: NodeRecord | RelationshipRecord, parent: NodeRecord) -> None:
    """Takes over the citations, and with them their places: what is wrong with them is found once."""
    if "citations" in heir.fields:
        return
    if "citations" in parent.fields:
        heir.fields["citations"] = parent.fields["citations"]
    places = {k: p for k, p in parent.places.items() if k.partition(".")[0] == "citations"}
    heir.places |= {"citations": parent.place, **places}


def _number(scalar: Scalar) -> object:
    """The number that a text stands for; the text where it stands for none."""
    if scalar.plain and _INTEGER.fullmatch(scalar.text):
        return int(scalar.text)
    if scalar.plain and _NUMBER.fullmatch(scalar.text) and isfinite(number := float(scalar.text)):
        return number
    return scalar.text
