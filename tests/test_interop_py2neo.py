"""A structure as a py2neo subgraph: made, written to a server by py2neo, read from one, and turned back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import py2neo
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from py2neo import Node, Relationship, Subgraph

import orgmodel
from orgmodel.cli import cli
from orgmodel.errors import DatasetError, OrgmodelError
from orgmodel.interop.py2neo import from_subgraph, to_subgraph
from orgmodel.network import network_of
from orgmodel.session import open_dataset
from orgmodel.structure import Structure
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES
from tests.blocking import without
from tests.datasets import write
from tests.loaded import content, everything, wanted
from tests.strategies import structures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.neo4j_server import Login
LAKESIDE = """\
dataset: {id: lakeside, name: Lakeside, editions: [{id: start, date: 2023-05-01}]}
sources:
  - {id: rules, name: Rules, published: 2023-02, sections: ["1", "2"]}
partnerships:
  - {id: lakeside-partnership, name: Lakeside Partnership, tiers: [Top, Lower], citations: [rules 1]}
organisations:
  - id: riverton-council
    name: Riverton Council
    kind: local-authority
    citations: [rules 1]
    note: It sits on both.
    parts: [{id: riverton-childrens-services, name: Children's Services, aliases: [Family Services]}]
bodies:
  - {id: lakeside-board, name: Board, part_of: lakeside-partnership, citations: [rules 1], tier: Top}
  - id: lakeside-group
    name: 'The "Gold" Group'
    citations: [rules 2]
    reports_to:
      - {to: lakeside-board, key: report, subject: yearly report}
      - {to: lakeside-board, key: risks, subject: risks, certainty: ambiguous, basis: Section 2 says both.}
    seats: [{name: Council, role: chair, represents: riverton-council}]
funds:
  - {id: fund, name: Fund, year: 2023-24, currency: GBP, total: 12.5, part_of: lakeside-partnership,
     citations: [rules 2], contributions: [{from: riverton-council, amount: 12.5}]}
"""
QUESTIONS = (
    ("members", {"body": "riverton-executive", "as_of": "2024-06-30"}),
    ("reporting", {"body": 'The "Gold" Group', "as_of": "2024-06-30"}),
    ("accountability", {"body": "riverton-exploitation-group", "as_of": "2024-06-30"}),
    ("sits-on", {"organisation": "Riverton Council", "as_of": "2024-06-30"}),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two datasets that state some of the same; one has two lines of one type between the same nodes."""
    folder = write(tmp_path_factory.mktemp("lakeside"), {"dataset.yaml": LAKESIDE})
    return [str(folder), str(Path(orgmodel.__file__).parent / "starter")]


@pytest.fixture(scope="module")
def both(folders: list[str]) -> Structure:
    """The two as one."""
    one, two = map(open_dataset, folders)
    return one.merge(two)


@pytest.fixture
def subgraph(both: Structure) -> Subgraph:
    return to_subgraph(both)


@pytest.fixture(scope="session")
def connected(server: Login) -> Iterator[py2neo.Graph]:
    graph = py2neo.Graph(server.address, auth=(server.user, server.password))
    yield graph
    graph.service.connector.close()


@pytest.fixture
def graph(connected: py2neo.Graph, database: Login) -> py2neo.Graph:  # noqa: ARG001 - emptied
    """An empty database as py2neo knows it."""
    return connected


# Without a server


def test_the_two_datasets_have_what_is_hard(both: Structure) -> None:
    assert set(both.versions) == {
        "riverton-council",
        "riverton-childrens-services",
        "riverton-childrens-services--part-of--riverton-council",
    }
    ends = Counter((line.term, line.from_id, line.to_id) for line in both.relationships.values())
    assert [line for line, times in ends.items() if times > 1] == [
        ("REPORTS_TO", "lakeside-group", "lakeside-board")
    ]


def test_a_subgraph_has_the_labels_types_ends_and_properties_of_the_graph(both: Structure) -> None:
    subgraph = to_subgraph(both)
    network = network_of(both)
    nodes = {node["id"]: {"label": str(*node.labels), **node} for node in subgraph.nodes}
    assert nodes == dict(network.nodes(data=True))
    lines = {
        (line.start_node["id"], line.end_node["id"], line["id"]): {"type": type(line).__name__, **line}
        for line in subgraph.relationships
    }
    assert lines == {(a, b, key): data for a, b, key, data in network.edges(keys=True, data=True)}


def test_the_bundled_datasets_come_back_from_a_subgraph() -> None:
    bundled = open_dataset(None)
    assert from_subgraph(to_subgraph(bundled), bundled.datasets) == bundled


@settings(max_examples=50)
@given(structures())
def test_any_structure_comes_back_from_a_subgraph(structure: Structure) -> None:
    assert from_subgraph(to_subgraph(structure), structure.datasets) == structure


def test_no_graph_is_an_empty_structure(both: Structure) -> None:
    nothing = Structure.of([], [], [])
    assert from_subgraph(None) == from_subgraph(Subgraph()) == nothing
    assert from_subgraph(to_subgraph(nothing)) == nothing
    assert from_subgraph(None, both.datasets) == Structure.of(both.datasets, [], [])


def test_labels_and_types_of_others_are_left_out(both: Structure) -> None:
    subgraph = to_subgraph(both)
    some = next(iter(subgraph.nodes))
    some.add_label("Marked")
    other = Node("Comment", text="What of this?")
    assert from_subgraph(subgraph | Relationship(other, "ABOUT", some), both.datasets) == both


def one(subgraph: Subgraph, node_id: str) -> Node:
    return next(node for node in subgraph.nodes if node["id"] == node_id)


def test_without_the_datasets_it_says_what_is_missing(subgraph: Subgraph) -> None:
    with pytest.raises(OrgmodelError) as caught:
        from_subgraph(subgraph)
    assert str(caught.value) == (
        "the subgraph does not say what the dataset 'lakeside', 'riverton' is: give its description, "
        "from_subgraph(subgraph, structure.datasets), or read its LoadRecord too"
    )


def test_a_part_without_its_sources_is_refused(subgraph: Subgraph, both: Structure) -> None:
    board = one(subgraph, "lakeside-board")
    with pytest.raises(OrgmodelError) as caught:
        from_subgraph(board, both.datasets)
    assert str(caught.value) == (
        "the subgraph is not the whole of its datasets: it cites 'rules', which it does not hold"
        ": read all of it"
    )


def test_a_copy_that_says_otherwise_is_refused(subgraph: Subgraph, both: Structure) -> None:
    copy = Node("Body", **{**one(subgraph, "lakeside-board"), "name": "Another"})
    with pytest.raises(OrgmodelError) as caught:
        from_subgraph(subgraph | copy, both.datasets)
    assert (
        str(caught.value) == "the subgraph has several things of the id 'lakeside-board': leave one of them"
    )


def test_what_no_structure_can_say_is_a_finding(subgraph: Subgraph, both: Structure) -> None:
    one(subgraph, "lakeside-board")["meetings_per_year"] = 0
    with pytest.raises(DatasetError) as caught:
        from_subgraph(subgraph, both.datasets)
    assert [str(finding) for finding in caught.value.findings] == [
        "subgraph Body lakeside-board: meetings_per_year 0 must be at least 1; load its dataset again"
    ]


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        (
            {"dataset": "lakeside", "state": "incomplete"},
            "the load of 'lakeside' was not finished when the subgraph was read: read it again",
        ),
        (
            {"dataset": "lakeside", "state": "complete", "description": "{}"},
            "the LoadRecord of 'lakeside' in the subgraph is none that orgmodel writes: load it again",
        ),
    ],
)
def test_a_record_that_tells_nothing_is_refused(
    subgraph: Subgraph, properties: dict[str, str], message: str
) -> None:
    with pytest.raises(OrgmodelError) as caught:
        from_subgraph(subgraph | Node("LoadRecord", **properties))
    assert str(caught.value) == message


def test_without_py2neo_one_line_says_what_to_install() -> None:
    assert without("py2neo", "import orgmodel.interop.py2neo") == (
        """py2neo cannot be imported (No module named 'py2neo'): pip install "orgmodel[py2neo]"\n"""
    )


# On a server


def pulled(graph: py2neo.Graph) -> Subgraph:
    """All that is on a server, as py2neo code reads it."""
    return Subgraph(
        [record["n"] for record in graph.run("MATCH (n) RETURN n")],
        [record["r"] for record in graph.run("MATCH ()-[r]->() RETURN r")],
    )


def load(server: Login, *folders: str) -> list[str]:
    """What `orgmodel load` prints, or the error that it ends with, in lines."""
    text = ""
    for folder in folders:
        done = CliRunner().invoke(cli, ["load", folder, "--to", server.address, "--yes"])
        text += done.output if done.exception is None else str(done.exception)
    return text.replace(server.address, "ADDRESS").splitlines()


def test_what_py2neo_writes_is_the_graph_that_orgmodel_loads(
    graph: py2neo.Graph, database: Login, both: Structure
) -> None:
    for write_by in (graph.create, graph.merge):
        database.empty()
        write_by(to_subgraph(both))
        assert content(database) == wanted(both)
        assert from_subgraph(pulled(graph), both.datasets) == both


def test_writing_it_again_changes_nothing(
    graph: py2neo.Graph, database: Login, both: Structure, subgraph: Subgraph
) -> None:
    graph.create(subgraph)
    assert graph.exists(subgraph)
    before = everything(database)[:2]
    graph.create(subgraph)
    graph.merge(subgraph)
    graph.merge(to_subgraph(both))
    assert everything(database)[:2] == before
    graph.delete(subgraph)
    assert database.run("MATCH (n) RETURN count(n)") == [(0,)]
    assert from_subgraph(subgraph, both.datasets) == both


@pytest.mark.current_neo4j
@settings(max_examples=10)
@given(structure=structures())
def test_any_structure_comes_back_from_a_server(
    connected: py2neo.Graph, server: Login, structure: Structure
) -> None:
    server.empty()
    connected.create(to_subgraph(structure))
    assert content(server) == wanted(structure)
    assert from_subgraph(pulled(connected), structure.datasets) == structure


def test_what_orgmodel_loaded_comes_back_with_its_datasets(
    graph: py2neo.Graph, database: Login, both: Structure, folders: list[str]
) -> None:
    load(database, *folders)
    assert from_subgraph(pulled(graph)) == both
    nodes = graph.run("MATCH (n) RETURN n").to_subgraph()
    lines = graph.run("MATCH (a)-[r]->(b) RETURN a, r, b").to_subgraph()
    assert from_subgraph(nodes | lines) == both


def test_what_py2neo_wrote_answers_as_what_orgmodel_loaded(
    graph: py2neo.Graph, database: Login, subgraph: Subgraph, folders: list[str]
) -> None:
    graph.create(subgraph)
    with orgmodel.open(database.address) as there:
        written = [there.ask(name, **values) for name, values in QUESTIONS]
        assert there.datasets().rows == ()
        text = there.questions["members"].text
    values = {**QUESTIONS[0][1], "people": False}
    assert [tuple(record) for record in graph.run(text, values)] == [*written[0].rows]
    database.empty()
    load(database, *folders)
    with orgmodel.open(database.address) as there:
        assert [there.ask(name, **values) for name, values in QUESTIONS] == written
    assert all(answer.rows for answer in written)


def test_a_load_takes_over_the_dataset_that_py2neo_wrote(
    graph: py2neo.Graph, database: Login, folders: list[str]
) -> None:
    structure = open_dataset(folders[0])
    graph.create(to_subgraph(structure))
    assert load(database, folders[0]) == [
        "lakeside: only its record changes",
        "orgmodel: lakeside is loaded into ADDRESS",
    ]
    assert content(database) == wanted(structure)
    assert load(database, folders[1])[-1] == "orgmodel: riverton is loaded into ADDRESS"


def test_a_load_refuses_what_py2neo_wrote_of_another_dataset(
    graph: py2neo.Graph, database: Login, folders: list[str], both: Structure, subgraph: Subgraph
) -> None:
    graph.create(subgraph)
    entities = (*both.nodes.values(), *both.relationships.values())
    counts = Counter(entity.term for entity in entities if "lakeside" not in entity.datasets)
    seen = ", ".join(f"{counts[t]} {t}" for t in (*NODE_TYPES, *RELATIONSHIP_TYPES) if counts[t])
    assert load(database, folders[0]) == [
        f"ADDRESS holds what orgmodel did not write: {seen}; give orgmodel a database of its own"
    ]
    assert content(database) == wanted(both)
