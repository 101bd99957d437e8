"""The embedded store and a Neo4j server give the same answers, whole, to whatever a session can be asked."""

from __future__ import annotations

from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel import profile
from orgmodel.addresses import Address
from orgmodel.analyses import Analysis
from orgmodel.charts import governance, render
from orgmodel.errors import OrgmodelError
from orgmodel.facts import SharedFacts
from orgmodel.model import Dataset, node_class
from orgmodel.questions import Questions
from orgmodel.resources import bundled_datasets
from orgmodel.session import Session, open_dataset
from orgmodel.stores.neo4j import Neo4jStore
from orgmodel.structure import Structure
from orgmodel.vocabulary import NODE_TYPES
from tests.asking import asked
from tests.stores import load, open_embedded
from tests.strategies import ODD_NAMES, days_of, shared_structures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.neo4j_server import Login
    from tests.stores import SharedGraph

DATASETS = [*bundled_datasets(), "all of them"]
QUESTIONS = Questions()


class Both(NamedTuple):
    """One structure in both stores."""

    embedded: Session
    shared: Session

    def differing(self, ask: Callable[..., object], *values: Any, **named: Any) -> list[object]:
        """What both say to a question, where that is not the same, values and their types; else nothing."""
        said = [_said(ask, session, *values, **named) for session in self]
        return [] if repr(said[0]) == repr(said[1]) else [values, named, *said]


def _said(ask: Callable[..., object], *values: Any, **named: Any) -> object:
    try:
        return ask(*values, **named)
    except OrgmodelError as error:
        return type(error), str(error)


@cache
def bundled(dataset: str) -> Structure:
    paths = bundled_datasets()
    return open_dataset(str(paths[dataset]) if dataset in paths else None)


@pytest.fixture
def graph(server: Login, request: pytest.FixtureRequest) -> SharedGraph:
    """The graph on the server."""
    assert server
    return request.getfixturevalue("graphs")(request.node.callspec.params["server"])


@pytest.fixture
def both(graph: SharedGraph, dataset: str) -> Iterator[Both]:
    """A bundled dataset, or all of them as one, in both stores."""
    structure = bundled(dataset)
    with open_embedded(structure) as embedded, graph.open(structure) as shared:
        yield Both(embedded, shared)


each_dataset = pytest.mark.parametrize("dataset", DATASETS)


# The named queries, with arguments of the types that they declare: a new one is asked by being there


@each_dataset
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_about_every_bundled_dataset(both: Both, dataset: str, name: str) -> None:
    # An analysis reads all of a graph each time, and is the same code on both.
    few = 5 if isinstance(QUESTIONS[name], Analysis) else 16
    values = asked(QUESTIONS[name], bundled(dataset), few=few)
    assert [found for one in values if (found := both.differing(Session.ask, name, **one))] == []


def named(structure: Structure, number: int) -> list[str]:
    """Names of all sorts, as people write them, of as many nodes of each label; and names of nothing."""
    found = ["", " ", "nobody", "Bord", "$body", "x" * 300, *ODD_NAMES]
    for label in NODE_TYPES:
        for node in structure.labelled(label)[:number]:
            for text in (node.id, node.name, node.short_name, *node.aliases):
                if text:
                    found += [text, f"  {text.upper()} ", text[:-1]]
    return found


def find(session: Session, text: str, *labels: str) -> object:
    return session.facts.find(text, *labels)


@pytest.mark.parametrize(("dataset", "number"), [("shropshire", 2), ("all of them", 1)])
def test_what_is_meant_by_any_name(both: Both, dataset: str, number: int) -> None:
    texts = dict.fromkeys(named(bundled(dataset), number))
    wanted = [(), ("Body", "Partnership"), ("Organisation",)]
    pairs = zip(texts, cycle(wanted), strict=False)
    assert [found for one, labels in pairs if (found := both.differing(find, one, *labels))] == []


WRONG: list[tuple[str, dict[str, object]]] = [
    ("member", {"body": "x"}),
    ("members", {}),
    ("members", {"body": "x", "bodies": "y"}),
    ("members", {"body": "nobody at all"}),
    ("members", {"body": "Dudley"}),
    ("members", {"body": "board"}),
    ("members", {"body": "Board"}),
    ("sits-on", {"organisation": "DSPPB"}),
    ("members", {"body": "DSPPB", "as_of": "arrangements-2018"}),
    ("members", {"body": "DSPPB", "as_of": "2019-02-30"}),
    ("members", {"body": "DSPPB", "as_of": "1066"}),
    ("members", {"body": "DSPPB", "as_of": None}),
]


@pytest.mark.parametrize("dataset", ["all of them"])
def test_what_is_wrong_is_said_alike(both: Both, dataset: str) -> None:  # noqa: ARG001
    assert [found for one, values in WRONG if (found := both.differing(Session.ask, one, **values))] == []
    for date in ("nonsense", "2019-13", "priorities-2042"):
        assert both.differing(Session.structure, date) == []
    for name in (None, "nothing"):
        assert both.differing(Session.dataset, name) == []
    for name in ("dudley", "shropshire"):
        assert both.shared.dataset(name) == both.embedded.dataset(name)


def test_the_nearest_names_do_not_depend_on_what_was_loaded_first(server: Login, graph: SharedGraph) -> None:
    def organisations(*names: str) -> Structure:
        said: Any = {"name": "Group", "kind": "police", "citations": ("s 1",), "datasets": ("made-up",)}
        nodes = [node_class("Organisation")(id=name, **said) for name in names]
        return Structure.of([Dataset(id="made-up", name="Made up")], nodes, [])

    whole = organisations("alpha", "omega")
    graph.open(organisations("omega")).close()
    store = Neo4jStore(Address(server.address, server.user, server.password))
    load(store, whole)
    with open_embedded(whole) as embedded, Session("made up", SharedFacts(store)) as shared:
        assert Both(embedded, shared).differing(find, "Grup") == []


# What else a session gives


@each_dataset
def test_structures_networks_profiles_and_lists_of_datasets(both: Both, dataset: str) -> None:
    structure = bundled(dataset)
    assert both.shared.structure() == both.embedded.structure() == structure
    for when in (*structure.editions, "today"):
        assert both.shared.structure(when) == both.embedded.structure(when)
    day = [*structure.editions][-1]
    one, other = (session.to_networkx(day) for session in both)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    one_list, other_list = (session.datasets() for session in both)
    assert one_list.columns == other_list.columns
    assert [row[:5] for row in one_list.rows] == [row[:5] for row in other_list.rows]
    texts = [node.id for label in NODE_TYPES for node in structure.labelled(label)[:3]]
    wholes = [session.structure() for session in both]
    for text in [*texts, "nobody", "Board"]:
        one_profile, other_profile = (_said(profile_of, whole, text) for whole in wholes)
        assert one_profile == other_profile


def profile_of(structure: Structure, text: str) -> str:
    return profile.to_json(profile.of(structure, text, people=True))


@each_dataset
def test_charts_to_the_byte(both: Both, dataset: str) -> None:
    structure = bundled(dataset)
    partnership = structure.labelled("Partnership")[0].id
    drawn = []
    for session in both:
        drawing = governance.governance(session.structure(next(iter(structure.editions))), partnership)
        drawn.append(render.render(drawing, ["svg", "txt"]))
    assert drawn[0] == drawn[1]


def findings(session: Session, day: str) -> list[tuple[object, ...]]:
    """What the rules of all packs find, but for where it stands in a dataset."""
    return [
        (one.rule, one.severity, one.subject_id, one.subject, one.message, one.certainty, one.citations)
        for one in session.check(as_of=day).found
    ]


# Any structure


def test_every_question_about_any_two_datasets(graph: SharedGraph) -> None:
    @settings(
        max_examples=4,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(structure=shared_structures(), data=st.data())
    def check(structure: Structure, data: st.DataObject) -> None:
        days = data.draw(st.lists(st.sampled_from(days_of(structure)), min_size=2, max_size=2, unique=True))
        with open_embedded(structure) as embedded, graph.open(structure) as shared:
            both = Both(embedded, shared)
            assert shared.structure() == structure
            for name, question in QUESTIONS.items():
                few = 2 if isinstance(question, Analysis) else 6
                for named in asked(question, structure, days, few):
                    assert both.differing(Session.ask, name, **named) == []
            assert both.differing(findings, days[0]) == []

    check()
