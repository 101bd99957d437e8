"""A session: a source of facts, opened once and asked often; what notebooks and the commands use."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from orgmodel import analyses, queries
from orgmodel.addresses import address_of, is_address
from orgmodel.analyses import Analysis
from orgmodel.errors import OrgmodelError, QueryError, StoreError, TooManyError, choices, shown
from orgmodel.headers import BOOLEAN, DATE, INTEGER
from orgmodel.model import Dataset
from orgmodel.questions import Questions
from orgmodel.resources import bundled_datasets
from orgmodel.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from networkx import MultiDiGraph

    from orgmodel.checks.checking import Report
    from orgmodel.checks.packs import Packs
    from orgmodel.facts import Facts, Known
    from orgmodel.headers import Parameter, Question
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
    def questions(self) -> Mapping[str, Question]:
        """The questions that it can be asked, by name."""
        return Questions(self._folders)

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
        """The answer to a question.

        Args:
            name: Its name, for instance `members`.
            values: Its parameters: for a node an id, name, short name or alias; for a date whatever
                `Structure.date_of` takes; a list where several can be given. One with a default may be left
                out, or None.

        Raises:
            QueryError: There is no such question, or a parameter is missing, one too many or of no use.
            NameNotFoundError: Nothing has the name that a parameter gives.
            AmbiguousNameError: Several things have it.
            DateError: A date is none.
        """
        question = self.questions.get(name)
        if question is None:
            raise QueryError(f"no question {shown(name)}: {choices(name, sorted(self.questions))}")
        given = {
            p.name: p.default if values.get(p.name) in (None, ()) else values[p.name]
            for p in question.parameters
        }
        missing = [n for n, v in given.items() if v is None]
        unknown = [n for n in values if n not in given]
        if missing or unknown:
            wrong = "; ".join([f"{n} is missing" for n in missing] + [f"there is no {n}" for n in unknown])
            raise QueryError(f"{name} takes {', '.join(given)}: {wrong}")
        self.facts.ready()
        known: list[Known] = []
        meant = {p.name: self._meant(p, given[p.name], known) for p in question.parameters}
        if isinstance(question, Analysis):
            rows = analyses.run(question, question.module, self.facts.structure(), meant)
        else:
            assert isinstance(question, queries.NamedQuery)
            try:
                rows = queries.run(question, self.facts.store, meant)
            except TooManyError as error:
                rows = analyses.run(question, error.module, self.facts.structure(), meant)
        # One that may be left out bounds what is looked for; it is no day on which something has to hold.
        days = [str(meant[p.name]) for p in question.parameters if p.types[0] == DATE and not p.optional]
        return replace(rows, notes=(*rows.notes, *_not_holding(known, days)))

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

    def check(
        self, packs: Iterable[str] | Packs = (), *, as_of: str | None = None, folders: Iterable[Path] = ()
    ) -> Report:
        """What rules find wrong, missing or late on a day.

        Args:
            packs: The packs of rules, by id, none: all of them; or what `orgmodel.checks.packs.choose` gave.
            as_of: The day, as in `Structure.date_of`; None: today.
            folders: Folders with packs beside those that travel with orgmodel.

        Raises:
            QueryError: There is no such pack, or a rule is wrong.
            DateError: That is no date.
            OrgmodelError: There is nothing to be checked.
            StoreError: The graph cannot be asked.
        """
        from orgmodel.checks import checking
        from orgmodel.checks.packs import Packs, choose

        asked = packs if isinstance(packs, Packs) else choose(packs, folders)
        self.facts.ready()
        described = [record.description for record in self.facts.records()]
        if not described:
            raise OrgmodelError(f"{self.source} holds no dataset: there is nothing to check")
        graph = checking.Graph(
            self.facts.store,
            # From a server it is read anew each time, and several rules want it.
            cache(self.facts.structure),
            [Dataset.model_validate_json(text) for text in described if text is not None],
            self.facts.place_of,
        )
        return checking.check(graph, asked, self.facts.date_of(as_of))

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

    def _meant(self, parameter: Parameter, given: object, known: list[Known]) -> object:
        """What somebody means by a value, as questions take it; notes which nodes are meant."""
        if parameter.optional and given == parameter.default:
            return None
        if parameter.several:
            each = [given] if isinstance(given, str) or not isinstance(given, Iterable) else given
            return [self._one_meant(parameter, one, known) for one in each]
        return self._one_meant(parameter, given, known)

    def _one_meant(self, parameter: Parameter, given: object, known: list[Known]) -> object:
        if parameter.names_a_node:
            node = self.facts.find(str(given), *parameter.types)
            known.append(node)
            return node.id
        if parameter.allowed and given not in parameter.allowed:
            raise QueryError(f"{parameter.name} {choices(str(given), parameter.allowed)}")
        if parameter.types[0] == DATE:
            return self.facts.date_of(str(given))
        if parameter.types[0] == BOOLEAN:
            if str(given).lower() not in {"true", "false"}:
                raise QueryError(f"{parameter.name} must be true or false, not {shown(given)}")
            return str(given).lower() == "true"
        if parameter.types[0] == INTEGER:
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
