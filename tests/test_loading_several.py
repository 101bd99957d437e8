"""Several datasets on one server: what they share, what stays each one's own, and random ones."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.addresses import address_of
from orgmodel.datasets import yaml
from orgmodel.loading import comparison, writing
from orgmodel.model import Dataset
from orgmodel.session import open_source
from orgmodel.stores import shared
from orgmodel.stores.neo4j import Neo4jStore
from orgmodel.structure import Structure
from orgmodel.version import VERSION
from tests.datasets import write
from tests.loaded import content, last_written, run, wanted
from tests.strategies import structures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from orgmodel.loading.lock import Watcher
    from tests.neo4j_server import Login

    Command = Callable[..., tuple[object, str, str]]

EAST = """\
dataset: {id: east, name: East, editions: [{id: first, date: 2019}]}
sources:
  - {id: act, name: An Act, kind: legislation, published: 2004}
  - {id: east-terms, name: Terms of the East, published: 2019-05-01}
instruments:
  - {id: act-2004, name: The Act of 2004, kind: act, citations: [act 1], note: As the East reads it.}
organisations:
  - {id: police, name: Police, kind: police, start_date: 2001, citations: [east-terms 1],
     aliases: [Constabulary]}
  - {id: force, name: Force, kind: police, citations: [east-terms 1], certainty: inferred, basis: the East's}
bodies:
  - {id: east-board, name: Board, citations: [east-terms 1], mandated_by: act-2004,
     seats: [{name: Police, role: member, represents: police}]}
  - {id: panel, name: Panel, citations: [east-terms 2], hosted_by: police, mandated_by: act-2004}
"""
WEST = """\
dataset: {id: west, name: West}
sources:
  - {id: act, name: An Act, kind: legislation, published: 2004, note: Also in print.}
  - {id: west-terms, name: Terms of the West, published: 2021-03}
instruments:
  - {id: act-2004, name: The Act of 2004, kind: act, citations: [act 2]}
organisations:
  - {id: police, name: Police, kind: police, start_date: 1999, end_date: 2030, citations: [west-terms 1]}
  - {id: force, name: Force, kind: police, citations: [west-terms 3], note: The West's.}
bodies:
  - {id: west-board, name: Board, citations: [west-terms 1], mandated_by: act-2004, hosted_by: force}
  - {id: panel, name: Panel, citations: [west-terms 2], hosted_by: {to: police, note: Since long.}}
"""
THIRD = """\
dataset: {id: third, name: Third}
sources:
  - {id: third-terms, name: Terms of the third, published: 2022}
instruments:
  - {id: act-2004, name: The Act of 2004, kind: act, citations: [third-terms 1],
     certainty: ambiguous, basis: x}
"""


@pytest.fixture
def command(database: Login, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command against the server: exit code, stdout and stderr."""
    monkeypatch.setenv("ORGMODEL_GRAPH", database.address)
    monkeypatch.delenv("COLUMNS", raising=False)
    return lambda *arguments: run(database, capfd, *arguments)


@pytest.fixture
def datasets(here: Path) -> dict[str, Structure]:
    """Three datasets that name some things alike, as files of their names."""
    write(here, {"east.yaml": EAST, "west.yaml": WEST, "third.yaml": THIRD})
    return {name: yaml.read(f"{name}.yaml") for name in ("east", "west", "third")}


def told(out: str) -> list[str]:
    """What `--verbose` says after the table, without the values of `versions`, sorted."""
    lines = out.rpartition("\N{BOX DRAWINGS LIGHT UP AND LEFT}\n")[2].splitlines()
    return sorted(line for line in lines if not line.startswith("    versions: "))


def test_datasets_are_one_graph_in_whatever_order_they_come_and_go(
    command: Command, database: Login, datasets: dict[str, Structure]
) -> None:
    for order in permutations(datasets):
        held: list[Structure] = []
        for name in order:
            assert command("load", f"{name}.yaml", "--yes")[0] == 0
            held.append(datasets[name])
            assert content(database) == wanted(*held), (order, name)
        at = last_written(database)
        for name in order:
            assert command("load", f"{name}.yaml") == (0, f"{name}: nothing to change\n", "")
        assert last_written(database) == at
        # The first goes first, so that in the end each was the one that stayed, and the one that left.
        for name in order:
            assert command("unload", name, "--yes")[0] == 0
            held.remove(datasets[name])
            assert content(database) == wanted(*held), (order, name)
    assert database.run("MATCH (n) RETURN labels(n)") == [(["LoadLock"],)]


def test_what_is_shared_is_told_as_changed(
    command: Command,
    database: Login,
    datasets: dict[str, Structure],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Else long values would be broken into lines.
    monkeypatch.setenv("COLUMNS", "9999")
    assert command("load", "east.yaml", "--yes")[0] == 0
    code, out, _ = command("load", "west.yaml", "--yes", "--verbose")
    assert (code, told(out)) == (
        0,
        sorted(
            """\
added Body west-board
changed Body panel
    citations: ["east-terms 2"] -> ["east-terms 2", "west-terms 2"]
    datasets: ["east"] -> ["east", "west"]
    last_seen: "2019-05-01" -> "2021-03"
changed Organisation force
    basis: "the East's" -> (none)
    certainty: "inferred" -> "stated"
    citations: ["east-terms 1"] -> ["east-terms 1", "west-terms 3"]
    datasets: ["east"] -> ["east", "west"]
    last_seen: "2019-05-01" -> "2021-03"
    note: (none) -> "The West's."
changed Organisation police
    citations: ["east-terms 1"] -> ["east-terms 1", "west-terms 1"]
    datasets: ["east"] -> ["east", "west"]
    holds_from: "2001-01-01" -> "1999-01-01"
    last_seen: "2019-05-01" -> "2021-03"
    start_date: "2001" -> "1999"
changed Instrument act-2004
    citations: ["act 1"] -> ["act 1", "act 2"]
    datasets: ["east"] -> ["east", "west"]
added Source west-terms
changed Source act
    datasets: ["east"] -> ["east", "west"]
    note: (none) -> "Also in print."
added HOSTED_BY west-board--hosted-by--force
changed HOSTED_BY panel--hosted-by--police
    citations: ["east-terms 2"] -> ["east-terms 2", "west-terms 2"]
    datasets: ["east"] -> ["east", "west"]
    last_seen: "2019-05-01" -> "2021-03"
    note: (none) -> "Since long."
added MANDATED_BY west-board--mandated-by--act-2004
""".splitlines()
        ),
    )
    # The East says no more of the panel; the West still does, and what it says stays.
    write(here, {"east.yaml": EAST[: EAST.index("  - {id: panel")]})
    code, out, _ = command("load", "east.yaml", "--yes", "--verbose")
    assert (code, [line for line in told(out) if not line.startswith("    ")]) == (
        0,
        [
            "changed Body panel",
            "changed HOSTED_BY panel--hosted-by--police",
            "removed MANDATED_BY panel--mandated-by--act-2004",
        ],
    )
    assert content(database) == wanted(yaml.read("east.yaml"), datasets["west"])


def test_each_dataset_comes_back_as_its_own(
    command: Command, database: Login, datasets: dict[str, Structure]
) -> None:
    for name in datasets:
        assert command("load", f"{name}.yaml", "--yes")[0] == 0
    first, *others = datasets.values()
    with open_source(database.address) as session:
        assert session.structure() == first.merge(*others)
        assert {name: session.dataset(name) for name in datasets} == datasets
    several = "orgmodel: SERVER holds several datasets: name one: east, third, west\n"
    assert command("convert", database.address, "back") == (1, "", several)
    for name, structure in datasets.items():
        assert command("convert", database.address, f"back-{name}", "--dataset", name)[0::2] == (0, "")
        assert yaml.read(f"back-{name}") == structure

    rows = database.run("MATCH (r:LoadRecord) RETURN r.dataset, r.loaded_at ORDER BY r.dataset")
    at = dict(rows)
    assert [*at] == ["east", "third", "west"]
    sizes = {name: (len(s.nodes), len(s.relationships)) for name, s in datasets.items()}
    code, out, err = command("datasets", "--format", "csv")
    assert (code, out.splitlines(), err) == (
        0,
        ["dataset,name,state,nodes,relationships,loaded_at,version"]
        + [
            f"{name},{name.title()},complete,{sizes[name][0]},{sizes[name][1]},{at[name]},{VERSION}"
            for name in at
        ],
        "",
    )
    code, out, err = command("datasets", "--format", "json")
    assert (code, json.loads(out), err) == (
        0,
        [
            {
                "dataset": name,
                "name": name.title(),
                "state": "complete",
                "nodes": sizes[name][0],
                "relationships": sizes[name][1],
                "loaded_at": at[name],
                "version": VERSION,
            }
            for name in at
        ],
        "",
    )
    code, out, err = command("datasets")
    assert (code, [line.rstrip() for line in out.splitlines()], err) == (
        0,
        [
            line
            for name in at
            for line in (
                f"dataset        {name}",
                f"name           {name.title()}",
                "state          complete",
                f"nodes          {sizes[name][0]}",
                f"relationships  {sizes[name][1]}",
                f"loaded at      {at[name]}",
                f"version        {VERSION}",
                "",
            )
        ],
        "",
    )


_HOSTED_ID = "panel--hosted-by--police"
_HOSTED_THERE = f"SERVER HOSTED_BY {_HOSTED_ID}"
_LINE = "{id: b, name: B, citations: [west-terms 1], "
_OTHER = "{id: c, name: C, citations: [west-terms 1]}"
_AGREE = "at SERVER Organisation police of dataset east: make them agree"
_ELSE = "of dataset east: give one of the two another id"

CLASHES = {
    "the label": (
        "plans: [{id: police, name: Police, citations: [west-terms 1]}]",
        f"west.yaml:4:9: 'police' has the label 'Plan' here and 'Organisation' {_AGREE}",
    ),
    "the name": (
        "organisations: [{id: police, name: The Police, kind: police, citations: [west-terms 1]}]",
        f"west.yaml:4:17: 'police' has the name 'The Police' here and 'Police' {_AGREE}",
    ),
    "the kind": (
        "organisations: [{id: police, name: Police, kind: service, citations: [west-terms 1]}]",
        f"west.yaml:4:17: 'police' has the kind 'service' here and 'police' {_AGREE}",
    ),
    "a line for a node": (
        f"bodies: [{_LINE}supports: {{to: c, id: police}}}}, {_OTHER}]",
        f"west.yaml:4:64: 'police' is the id of something else at SERVER Organisation police {_ELSE}",
    ),
    "a line between others": (
        f"bodies: [{_LINE}hosted_by: {{to: c, id: {_HOSTED_ID}}}}}, {_OTHER}]",
        f"west.yaml:4:65: '{_HOSTED_ID}' is the id of something else at {_HOSTED_THERE} {_ELSE}",
    ),
}
_WEST = """\
dataset: {id: west, name: West}
sources:
  - {id: west-terms, name: Terms of the West, published: 2021-03}
"""


def test_what_is_not_one_thing_is_a_finding_that_names_both(
    command: Command, database: Login, datasets: dict[str, Structure], here: Path
) -> None:
    assert command("load", "east.yaml", "--yes")[0] == 0
    at = last_written(database)
    for what, (text, finding) in CLASHES.items():
        write(here, {"west.yaml": f"{_WEST}{text}\n"})
        expected = (1, "", f"{finding}\norgmodel: 1 finding in the dataset\n")
        assert command("load", "west.yaml", "--yes") == expected, what
    assert last_written(database) == at
    # Nor does a thing that both state become another one by what one of them says from now on.
    write(here, {"west.yaml": WEST})
    assert command("load", "west.yaml", "--yes")[0] == 0
    both = content(database)
    for what, (text, finding) in CLASHES.items():
        if "node" not in what:
            write(here, {"west.yaml": f"{_WEST}{text}\n"})
            expected = (1, "", f"{finding}\norgmodel: 1 finding in the dataset\n")
            assert command("load", "west.yaml", "--yes") == expected, what
    assert content(database) == both == wanted(datasets["east"], datasets["west"])
    # The way to give a shared thing another name: one leaves, the other says it anew, the one comes back.
    named = {
        f"{name}.yaml": text.replace("name: Police,", "name: The Police,")
        for name, text in (("east", EAST), ("west", WEST))
    }
    write(here, named)
    assert command("load", "east.yaml", "--yes")[0] == 1
    assert command("unload", "west", "--yes")[0] == 0
    for name in named:
        assert command("load", name, "--yes")[0] == 0
    assert content(database) == wanted(*map(yaml.read, named))


_ACT = "MATCH (n:Instrument {id: 'act-2004'}) "
_HOSTED = "MATCH (a)-[r:HOSTED_BY {id: 'panel--hosted-by--police'}]->(b) "
BY_HAND = {
    "a text": _ACT + "SET n.name = 'Another'",
    "the versions of the one that is loaded": _ACT
    + "SET n.versions = [replace(n.versions[0], 'the East', 'the Moon'), n.versions[1]]",
    "no versions and one dataset": _ACT + "SET n.datasets = ['east'] REMOVE n.versions",
    "the node deleted": _ACT + "DETACH DELETE n",
    "the node without its label": _ACT + "REMOVE n:Instrument",
    "the line deleted": _HOSTED + "DELETE r",
    "the line copied": _HOSTED + "CREATE (a)-[c:HOSTED_BY]->(b) SET c = properties(r)",
    "the line copied, one for each": _HOSTED
    + "CREATE (a)-[c:HOSTED_BY]->(b) SET c = properties(r), c.datasets = ['west'], c.note = 'Since long.', "
    "r.datasets = ['east'] REMOVE c.versions, r.versions",
    "a copy of one, before": _HOSTED
    + "WITH a, b, r, properties(r) AS p DELETE r CREATE (a)-[c:HOSTED_BY]->(b) SET c = p, "
    "c.datasets = ['east'] REMOVE c.versions CREATE (a)-[d:HOSTED_BY]->(b) SET d = p",
}
LOST = {
    "no versions and one dataset",
    "the node deleted",
    "the node without its label",
    "the line deleted",
    # Its copy for the other dataset has the words of both, and no versions to tell them apart.
    "the line copied, one for each",
}
"""After these only the other dataset knows what it said."""


def test_what_was_changed_by_hand_of_what_is_shared_is_mended(
    command: Command, database: Login, datasets: dict[str, Structure]
) -> None:
    both = wanted(datasets["east"], datasets["west"])
    for name in ("east", "west"):
        assert command("load", f"{name}.yaml", "--yes")[0] == 0
    for what, edit in BY_HAND.items():
        database.run(edit)
        assert command("load", "east.yaml", "--yes")[::2] == (0, "orgmodel: east is loaded into SERVER\n"), (
            what
        )
        if what not in LOST:
            assert content(database) == both, what
        assert command("load", "west.yaml", "--yes")[0] == 0
        database.run("MATCH (n) WHERE size(labels(n)) = 0 DELETE n")
        assert content(database) == both, what
    at = last_written(database)
    for name in ("east", "west"):
        assert command("load", f"{name}.yaml")[1] == f"{name}: nothing to change\n"
    assert last_written(database) == at


def test_what_is_shared_and_moved_by_hand_is_a_finding(
    command: Command, database: Login, datasets: dict[str, Structure]
) -> None:
    for name in datasets:
        assert command("load", f"{name}.yaml", "--yes")[0] == 0
    good = content(database)
    moved = [
        (
            _ACT + "SET n:Plan REMOVE n:Instrument",
            "MATCH (n:Plan) SET n:Instrument REMOVE n:Plan",
        ),
        (
            _HOSTED + "MATCH (f {id: 'force'}) CREATE (a)-[c:HOSTED_BY]->(f) SET c = properties(r) DELETE r",
            _HOSTED + "MATCH (f {id: 'police'}) CREATE (a)-[c:HOSTED_BY]->(f) SET c = properties(r) DELETE r",
        ),
        (_ACT + "SET n.versions = ['[]', '1', 'null']", None),
    ]
    for edit, undo in moved:
        kept = database.run(_ACT + "RETURN n.versions")
        database.run(edit)
        at = last_written(database)
        code, out, err = command("load", "east.yaml", "--yes")
        assert (code, out, err.splitlines()[-1]) == (1, "", "orgmodel: 1 finding in the dataset"), edit
        assert last_written(database) == at
        if undo is None:
            database.run(_ACT + "SET n.versions = $kept", kept=kept[0][0])
        else:
            database.run(undo)
        assert content(database) == good, edit
    # What lost its id may be anything, whoever states it.
    database.run("MATCH (n:Body {id: 'west-board'}) REMOVE n.id")
    not_ours = (
        "orgmodel: SERVER holds what orgmodel did not write: 1 Body; give orgmodel a database of its own\n"
    )
    assert command("load", "east.yaml", "--yes") == (1, "", not_ours)


# Random structures


class Quiet:
    """A watcher that nobody reads."""

    def waits(self, for_whom: str) -> None:
        raise AssertionError(for_whom)

    def says(self, text: str) -> None:
        raise AssertionError(text)

    def advances(self, done: int, of: int) -> None:
        assert 0 <= done <= of


@pytest.fixture(scope="module")
def store(server: Login) -> Iterator[Neo4jStore]:
    """The server as a store."""
    server.empty()
    address = replace(address_of(server.address), user=server.user, password=server.password)
    opened = Neo4jStore(address)
    yield opened
    opened.close()


def load(store: Neo4jStore, structure: Structure) -> None:
    """Loads a dataset, and sees that there is nothing to change after."""
    watcher: Watcher = Quiet()
    plan = comparison.plan(store, structure)
    if not plan.is_empty:
        assert writing.apply(store, plan, watcher)
    assert comparison.plan(store, structure).is_empty


def unload(store: Neo4jStore, dataset: str) -> None:
    """Takes a dataset out."""
    assert writing.apply(store, comparison.plan_unload(store, dataset), Quiet())


def of_dataset(structure: Structure, dataset: str) -> Structure:
    """A structure as another dataset states it."""
    own = {"datasets": (dataset,)}
    return Structure.of(
        [Dataset(id=dataset, name=dataset)],
        [node.model_copy(update=own) for node in structure.nodes.values()],
        [line.model_copy(update=own) for line in structure.relationships.values()],
    )


RANDOM = settings(max_examples=12)


@pytest.mark.current_neo4j
@given(versions=st.lists(structures(), min_size=2, max_size=3))
@RANDOM
def test_the_next_version_of_a_dataset_is_all_that_is_left(
    server: Login, store: Neo4jStore, versions: list[Structure]
) -> None:
    server.run("MATCH (n) DETACH DELETE n")
    for structure in versions:
        load(store, structure)
        assert content(server) == wanted(structure)
    assert shared.structure(store) == versions[-1]


@st.composite
def halves(draw: st.DrawFn) -> tuple[Structure, Structure]:
    """Two datasets cut from one structure, so that they share what identifies the things in both."""
    whole = draw(structures())
    parts = []
    for name in ("left", "right"):
        kept = {i for i in whole.nodes if whole.nodes[i].term == "Source" or draw(st.booleans())}
        own = draw(
            st.fixed_dictionaries(
                {
                    "note": st.none() | st.just(f"By the {name}."),
                    "start_date": st.sampled_from((None, "2017")),
                }
            )
        )
        lines = [
            line
            for line in whole.relationships.values()
            if {line.from_id, line.to_id} <= kept and draw(st.booleans())
        ]
        parts.append(
            of_dataset(
                Structure.of(
                    whole.datasets,
                    [
                        whole.nodes[i].model_copy(update={**own, "end_date": None})
                        if whole.nodes[i].term == "Body"
                        else whole.nodes[i]
                        for i in kept
                    ],
                    lines,
                ),
                name,
            )
        )
    return parts[0], parts[1]


@pytest.mark.current_neo4j
@given(pair=halves(), later=st.booleans())
@RANDOM
def test_two_datasets_are_one_graph_and_leave_each_other_alone(
    server: Login, store: Neo4jStore, pair: tuple[Structure, Structure], later: bool
) -> None:
    server.run("MATCH (n) DETACH DELETE n")
    left, right = reversed(pair) if later else pair
    load(store, left)
    load(store, right)
    assert content(server) == wanted(left, right)
    assert shared.structure(store) == left.merge(right)
    # One of them is another one next time.
    other = of_dataset(right, left.datasets[0].id)
    load(store, other)
    assert content(server) == wanted(other, right)
    unload(store, left.datasets[0].id)
    assert content(server) == wanted(right)
    assert comparison.plan(store, right).is_empty
