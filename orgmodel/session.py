"""A session: a source of facts, opened once and asked often; what notebooks and the commands use."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel import queries
from orgmodel.addresses import address_of, is_address
from orgmodel.errors import OrgmodelError, QueryError, StoreError, choices, shown
from orgmodel.resources import bundled_datasets, queries_folder
from orgmodel.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from networkx import MultiDiGraph

    from orgmodel.facts import Facts, Known
    from orgmodel.queries import NamedQuery
    from orgmodel.stores.neo4j import Neo4jStore
    from orgmodel.structure import Structure

GRAPH_VARIABLE = "ORGMODEL_GRAPH"


class Session:
    """One source of facts.

    Attributes:
        source: What it was opened from: a path, an address, or `bundled`.
        facts: Where its facts are had from.
    """

    def __init__(self, source: str, facts: Facts, folders: Iterable[Path] = ()) -> None:
        self.source = source
        self.facts = facts
        self._folders = tuple(folders)

    @cached_property
    def questions(self) -> dict[str, NamedQuery]:
        """The named queries that it can be asked, by name."""
        return load_questions(self._folders)

    def structure(self, as_of: str | None = None) -> Structure:
        """All that it knows; from a server it is read anew each time.

        Args:
            as_of: Only what holds on a day, as in `Structure.date_of`; None: everything, whenever it held.

        Raises:
            DateError: That is no date.
            StoreError: The server could not be read.
        """
        found = self.facts.structure()
        return found if as_of is None else found.as_of(as_of)

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
        self.facts.ready()
        meant = {
            p.name: self.facts.find(str(given[p.name]), *p.types) for p in query.parameters if p.names_a_node
        }
        values = {
            p.name: meant[p.name].id if p.name in meant else self._value(p, given[p.name])
            for p in query.parameters
        }
        rows = queries.run(query, self.facts.store, values)
        days = [str(values[p.name]) for p in query.parameters if p.types[0] == queries.DATE]
        return replace(rows, notes=(*rows.notes, *_not_holding(meant.values(), days)))

    def cypher(
        self,
        text: str,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """The answer to a question in Cypher, which may only read.

        Args:
            text: The question.
            parameters: The values of its `$parameters`.
            limit: How many rows at most; None: all. That there are more is said in the notes.
            timeout: After how many seconds it is given up; None: never.

        Raises:
            QueryError: It does more than read.
            StoreError: It cannot be answered.
        """
        self.facts.ready()
        return queries.run_text(text, self.facts.store, parameters or {}, limit=limit, timeout=timeout)

    def dataset(self, name: str | None = None) -> Structure:
        """What one of its datasets says.

        Args:
            name: The id of the dataset; None: the only one.

        Raises:
            OrgmodelError: There is no such dataset, or several and none was named.
        """
        parts = {part.datasets[0].id: part for part in self.structure().parts() if part.datasets}
        if not parts:
            raise OrgmodelError(f"{self.source} holds no dataset")
        if name is None and len(parts) > 1:
            raise OrgmodelError(f"{self.source} holds several datasets: name one: {', '.join(parts)}")
        if name is not None and name not in parts:
            raise OrgmodelError(f"no dataset {shown(name)}: {choices(name, list(parts))}")
        return parts[name] if name else next(iter(parts.values()))

    def datasets(self) -> Rows:
        """The datasets that its facts are from: how much each states, when and by what it was loaded.

        `state` is complete, or incomplete where a load was not finished.
        """
        columns = ("dataset", "name", "state", "nodes", "relationships", "loaded_at", "version")
        return Rows(
            columns,
            tuple(
                (r.dataset, r.name, r.state, r.nodes, r.relationships, r.loaded_at, r.version)
                for r in self.facts.records()
            ),
        )

    def _value(self, parameter: queries.Parameter, given: object) -> object:
        if parameter.types[0] == queries.DATE:
            return self.facts.date_of(str(given))
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

        return network_of(self.structure(as_of))

    def close(self) -> None:
        """Lets go of the store, or of the connections to a server."""
        self.facts.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _not_holding(meant: Iterable[Known], days: Iterable[str]) -> list[str]:
    """That what is asked about does not hold on the day asked about, where that is so."""
    return [
        f"{known.name} is known {known.holding.in_words()}, not on {day}"
        for day in days
        for known in meant
        if not known.holding.on(day)
    ]


def load_questions(folders: Sequence[Path] = ()) -> dict[str, NamedQuery]:
    """The named queries that travel with orgmodel and those of further folders, by name.

    Raises:
        QueryError: A file is no named query, or two have one name.
    """
    return queries.load([queries_folder() / "questions", *folders])


def open_source(
    source: str | None = None,
    folders: Iterable[Path] = (),
    *,
    database: str | None = None,
    allow_incomplete: bool = False,
    ask_password: Callable[[str], str] | None = None,
) -> Session:
    """Opens a source of facts.

    Args:
        source: The path of a dataset, or the address of a Neo4j server: `neo4j://`, `bolt://` and their
            `+s` and `+ssc` forms. None: what the variable ORGMODEL_GRAPH names, else the bundled datasets,
            all of them as one.
        folders: Folders with named queries beside those that travel with orgmodel.
        database: Which database of the server; None: the user's home.
        allow_incomplete: Whether a server may be asked of which a load was not finished.
        ask_password: Asks somebody for the password, given what to say; None: nobody is there to be asked.

    Raises:
        DatasetError: The dataset cannot be read as it stands; the error has everything that is wrong.
        StoreError: The server cannot be asked.
    """
    from orgmodel.facts import DatasetFacts, SharedFacts

    source = source or os.environ.get(GRAPH_VARIABLE) or None
    if source is not None and is_address(source):
        store = open_store(source, database=database, ask_password=ask_password)
        return Session(str(store.address), SharedFacts(store, allow_incomplete=allow_incomplete), folders)
    if database is not None:
        raise OrgmodelError("--database names a database of a server: give its address too, neo4j://...")
    return Session(source or "bundled", DatasetFacts(open_dataset(source)), folders)


def open_dataset(path: str | None) -> Structure:
    """The structure of a dataset.

    Args:
        path: Where it is; None: the bundled datasets, all of them as one.

    Raises:
        DatasetError: The dataset cannot be read as it stands; the error has everything that is wrong.
    """
    from orgmodel.datasets import yaml

    if path is not None:
        return yaml.read(path)
    first, *others = (yaml.read(bundled) for bundled in bundled_datasets().values())
    return first.merge(*others)


def open_store(
    source: str | None,
    *,
    database: str | None = None,
    ask_password: Callable[[str], str] | None = None,
) -> Neo4jStore:
    """Opens the store that an address means, to be loaded or asked; arguments as in `open_source`.

    Raises:
        StoreError: It is no address, or the server cannot be asked.
    """
    source = source or os.environ.get(GRAPH_VARIABLE) or ""
    if not is_address(source):
        given = f"{shown(source)} is none" if source else "none is given"
        raise StoreError(f"this needs the address of a Neo4j server, for instance neo4j://localhost: {given}")
    address = address_of(source)
    from orgmodel.stores.neo4j import LoginError, Neo4jStore

    try:
        return Neo4jStore(address, database)
    except LoginError:
        if address.password is not None or ask_password is None:
            raise
    password = ask_password(f"Password of {address.user} on {address}")
    return Neo4jStore(replace(address, password=password), database)
