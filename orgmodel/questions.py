"""All questions that can be asked: named queries and analyses, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from orgmodel import analyses, queries
from orgmodel.resources import queries_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from orgmodel.headers import Question


class Questions(Mapping[str, "Question"]):
    """The questions that travel with orgmodel, each read when it is looked up, and those of further folders.

    Args:
        folders: Folders with named queries.

    Raises:
        QueryError: A file of theirs is no named query, or two have one name.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._queries = {
            file.stem: file for file in sorted((queries_folder() / "questions").glob("*.cypher"))
        }
        self._analyses = analyses.files()
        self._own = queries.load(folders, {**self._queries, **self._analyses})
        self._read: dict[str, Question] = {}

    def __getitem__(self, name: str) -> Question:
        if name in self._own:
            return self._own[name]
        if name not in self._read:
            if name in self._analyses:
                self._read[name] = analyses.read(self._analyses[name])
            else:
                self._read[name] = queries.read(self._queries[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._queries, *self._analyses, *self._own}))

    def __len__(self) -> int:
        return len(self._queries) + len(self._analyses) + len(self._own)
