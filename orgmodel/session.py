"""A session: a source of facts, opened once and asked often; what notebooks and the commands use."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from orgmodel import queries
from orgmodel.errors import OrgmodelError, QueryError, choices, shown
from orgmodel.resources import bundled_datasets, queries_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from networkx import MultiDiGraph

    from orgmodel.queries import NamedQuery
    from orgmodel.stores import GraphStore
    from orgmodel.structure import Structure
    from orgmodel.tables import Rows

GRAPH_VARIABLE = "ORGMODEL_GRAPH"


class Session:
    """One source of facts.

    Attributes:
        source: What it was opened from: a path, or `bundled`.
        structure: Everything that it knows.
    """

    def __init__(self, source: str, structure: Structure, folders: Iterable[Path] = ()) -> None:
        self.source = source
        self.structure = structure
        self._folders = tuple(folders)

    @cached_property
    def questions(self) -> dict[str, NamedQuery]:
        """The named queries that it can be asked, by name."""
        return load_questions(self._folders)

    @cached_property
    def _store(self) -> GraphStore:
        from orgmodel.graph import graph_of
        from orgmodel.stores.embedded import EmbeddedStore

        store = EmbeddedStore()
        store.fill(graph_of(self.structure))
        return store

    def ask(self, name: str, **values: object) -> Rows:
        """The answer to a named query.

        Args:
            name: Its name, for instance `members`.
            values: Its parameters: for a node an id, name, short name or alias; for a date whatever
                `Structure.date_of` takes. One with a default may be left out, or None.

        Raises:
            QueryError: There is no such question, or a parameter is missing or one too many.
            NameNotFoundError: Nothing has the name that a parameter gives.
            AmbiguousNameError: Several things have it.
            DateError: A date is none.
        """
        query = self.questions.get(name)
        if query is None:
            raise QueryError(f"no question {shown(name)}: {choices(name, sorted(self.questions))}")
        given = {
            p.name: p.default if values.get(p.name) is None else values[p.name] for p in query.parameters
        }
        missing = [n for n, v in given.items() if v is None]
        unknown = [n for n in values if n not in given]
        if missing or unknown:
            wrong = "; ".join([f"{n} is missing" for n in missing] + [f"there is no {n}" for n in unknown])
            raise QueryError(f"{name} takes {', '.join(given)}: {wrong}")
        resolved = {p.name: self._value(p, given[p.name]) for p in query.parameters}
        rows = queries.run(query, self._store, resolved)
        return replace(rows, notes=(*rows.notes, *self._not_holding(query, resolved)))

    def _not_holding(self, query: NamedQuery, values: Mapping[str, object]) -> list[str]:
        """That what is asked about does not hold on the day asked about, where that is so."""
        days = [str(values[p.name]) for p in query.parameters if p.types[0] == queries.DATE]
        asked = [str(values[p.name]) for p in query.parameters if p.names_a_node]
        return [
            f"{self.structure.nodes[i].name} is known {self.structure.holdings[i].in_words()}, not on {day}"
            for day in days
            for i in asked
            if not self.structure.holdings[i].on(day)
        ]

    def _value(self, parameter: queries.Parameter, given: object) -> object:
        if parameter.names_a_node:
            return self.structure.find(str(given), *parameter.types).id
        if parameter.types[0] == queries.DATE:
            return self.structure.date_of(str(given))
        if parameter.types[0] == "Integer":
            try:
                return int(str(given))
            except ValueError:
                raise QueryError(f"{parameter.name} must be a whole number, not {given!r}") from None
        return str(given)

    def to_networkx(self, as_of: str | None = None) -> MultiDiGraph[str]:
        """What holds on a day as a NetworkX graph; see `orgmodel.network.network_of`.

        Args:
            as_of: As in `Structure.date_of`; None: everything, whenever it held.
        """
        from orgmodel.network import network_of

        return network_of(self.structure if as_of is None else self.structure.as_of(as_of))

    def close(self) -> None:
        """Lets go of the store."""
        if "_store" in self.__dict__:
            self._store.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def load_questions(folders: Sequence[Path] = ()) -> dict[str, NamedQuery]:
    """The named queries that travel with orgmodel and those of further folders, by name.

    Raises:
        QueryError: A file is no named query, or two have one name.
    """
    return queries.load([queries_folder() / "questions", *folders])


def open_source(source: str | None = None, folders: Iterable[Path] = ()) -> Session:
    """Opens a source of facts.

    Args:
        source: The path of a dataset. None: what the variable ORGMODEL_GRAPH names, else the bundled
            datasets, all of them as one.
        folders: Folders with named queries beside those that travel with orgmodel.

    Raises:
        DatasetError: The dataset cannot be read as it stands; the error has everything that is wrong.
        OrgmodelError: The source is of a kind that cannot be opened.
    """
    from orgmodel.datasets import yaml
    from orgmodel.structure import Structure

    source = source or os.environ.get(GRAPH_VARIABLE) or None
    if source is None:
        structures = (yaml.read(path) for path in bundled_datasets().values())
        return Session("bundled", reduce(Structure.merge, structures), folders)
    if "://" in source:
        raise OrgmodelError(f"{source.partition('://')[0]}:// cannot be opened: give the path of a dataset")
    return Session(source, yaml.read(source), folders)
