"""The questions that travel with orgmodel: on every store they answer as plain Python does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel.datasets.starter import write_starter
from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.questions import Questions
from orgmodel.resources import bundled_datasets
from orgmodel.session import open_dataset
from orgmodel.structure import Structure
from tests.asking import FEW, asked
from tests.oracles import ORACLES
from tests.stores import open_embedded
from tests.strategies import days_of, structures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.model import Node, Relationship
    from orgmodel.session import Session
    from tests.conftest import Opened

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

QUESTIONS = Questions()


def made_up(nodes: Iterable[Node], lines: Iterable[Relationship]) -> Structure:
    """A structure in which one dataset states everything."""
    dataset = Dataset(id="made-up", name="Made up")
    said = {"datasets": (dataset.id,)}
    return Structure.of(
        [dataset],
        [node.model_copy(update=said) for node in nodes],
        [line.model_copy(update=said) for line in lines],
    )


def disagreements(session: Session, names: Iterable[str], days: Sequence[str], few: int = FEW) -> list[Any]:
    """Where a store and plain Python answer differently, of all that `asked` asks."""
    found = []
    structure = session.structure()
    for name in names:
        for values in asked(QUESTIONS[name], structure, days, few):
            answered = session.ask(name, **values).dicts()
            day = {"as_of": structure.date_of(str(values["as_of"]))} if "as_of" in values else {}
            expected = ORACLES[name](structure, **{**values, **day})
            if answered != expected:
                found.append((name, values, answered, expected))
    return found


def test_every_question_has_an_oracle() -> None:
    assert [*QUESTIONS] == sorted(ORACLES)


# The starter dataset


@pytest.fixture(scope="module")
def starter_structure(tmp_path_factory: pytest.TempPathFactory) -> Structure:
    folder = tmp_path_factory.mktemp("starter")
    write_starter(folder)
    return open_dataset(str(folder))


@pytest.fixture
def starter(open_structure: Opened, starter_structure: Structure) -> Iterable[Session]:
    with open_structure(starter_structure) as session:
        yield session


POLICE = ["river-valley-police"], ["River Valley Police"]
COUNCIL = ["riverton-council"], ["Riverton Council"]
ICB = ["river-valley-icb"], ["River Valley Integrated Care Board"]
CHAIR = ["independent-chair"], ["Independent Chair"]
DIRECTOR = ["director-of-childrens-services"], ["Director of Children's Services"]
PROTECTION = ["head-of-public-protection"], ["Head of Public Protection"]
CHIEF = "council-chief-executive", "Chief Executive, Riverton Council"
CONSTABLE = "chief-constable", "Chief Constable, River Valley Police"
EXECUTIVE = "riverton-executive", "Riverton Safeguarding Executive"
GROUP = "riverton-exploitation-group", "Exploitation Sub-group"
NOBODY: tuple[list[str], list[str]] = [], []
SEEN = "2024-03-15"
PARTNER = "Safeguarding partner"
DIRECTORS_SEAT = (
    "riverton-executive--member--riverton-council",
    "Director of Children's Services on behalf of the Chief Executive",
)
POLICE_SEAT = (
    "riverton-executive--member--river-valley-police",
    "Head of Public Protection on behalf of the Chief Constable",
)


def cited(*sections: str) -> list[str]:
    return [f"terms-2024 {section}" for section in sections]


# fmt: off - a row of an answer reads best as a row
STARTER_ANSWERS = {
    ("members", "riverton-executive"): [
        (
            "riverton-executive--chair--independent-chair",
            "Independent Chair",
            "chair",
            None,
            *NOBODY,
            *CHAIR,
            *NOBODY,
            "filled",
            None,
            SEEN,
            "stated",
            cited("3"),
        ),
        (
            *DIRECTORS_SEAT,
            "member",
            PARTNER,
            *COUNCIL,
            *DIRECTOR,
            [CHIEF[0]],
            [CHIEF[1]],
            "not-stated",
            None,
            SEEN,
            "stated",
            cited("2", "Annex A"),
        ),
        (
            *POLICE_SEAT,
            "member",
            PARTNER,
            *POLICE,
            *PROTECTION,
            [CONSTABLE[0]],
            [CONSTABLE[1]],
            "not-stated",
            None,
            SEEN,
            "stated",
            cited("2", "Annex A"),
        ),
        (
            "riverton-executive--member--river-valley-icb",
            "Integrated Care Board",
            "member",
            PARTNER,
            *ICB,
            *NOBODY,
            *NOBODY,
            "vacant",
            None,
            SEEN,
            "stated",
            cited("Annex A"),
        ),
    ],
    ("members", "riverton-exploitation-group"): [
        (
            "riverton-exploitation-group--lead--river-valley-police",
            "Police",
            "lead",
            None,
            *POLICE,
            *NOBODY,
            *NOBODY,
            "not-stated",
            None,
            SEEN,
            "stated",
            cited("4"),
        ),
        (
            "riverton-exploitation-group--member--voluntary-sector",
            "Voluntary sector representative",
            "member",
            None,
            ["voluntary-sector"],
            ["Voluntary sector"],
            *NOBODY,
            *NOBODY,
            "not-stated",
            2,
            SEEN,
            "stated",
            cited("4"),
        ),
    ],
    ("members", "riverton-partnership"): [],
    ("sits-on", "river-valley-police"): [
        (
            *GROUP,
            "riverton-exploitation-group--lead--river-valley-police",
            "Police",
            "lead",
            None,
            "river-valley-police",
            "River Valley Police",
            *NOBODY,
            SEEN,
            "stated",
            cited("4"),
        ),
        (
            *EXECUTIVE,
            *POLICE_SEAT,
            "member",
            PARTNER,
            "river-valley-police",
            "River Valley Police",
            *PROTECTION,
            SEEN,
            "stated",
            cited("Annex A"),
        ),
    ],
    ("sits-on", "riverton-council"): [
        (
            *EXECUTIVE,
            *DIRECTORS_SEAT,
            "member",
            PARTNER,
            "riverton-council",
            "Riverton Council",
            *DIRECTOR,
            SEEN,
            "stated",
            cited("Annex A"),
        ),
    ],
    ("sits-on", "riverton-childrens-services"): [
        (
            *EXECUTIVE,
            *DIRECTORS_SEAT,
            "member",
            PARTNER,
            DIRECTOR[0][0],
            DIRECTOR[1][0],
            *DIRECTOR,
            SEEN,
            "stated",
            cited("2", "Annex A"),
        ),
    ],
    ("accountability", "riverton-exploitation-group"): [
        (
            [GROUP[0], EXECUTIVE[0], CONSTABLE[0]],
            [GROUP[1], EXECUTIVE[1], CONSTABLE[1]],
            PROTECTION[0][0],
            PROTECTION[1][0],
            *CONSTABLE,
            "river-valley-police",
            "River Valley Police",
            "inferred",
            cited("2", "4", "Annex A"),
        ),
        (
            [GROUP[0], EXECUTIVE[0], CHIEF[0]],
            [GROUP[1], EXECUTIVE[1], CHIEF[1]],
            DIRECTOR[0][0],
            DIRECTOR[1][0],
            *CHIEF,
            "riverton-council",
            "Riverton Council",
            "stated",
            cited("2", "3", "4", "Annex A"),
        ),
    ],
    ("accountability", "riverton-business-unit"): [],
    ("reporting", "riverton-exploitation-group"): [
        (*GROUP, "ACCOUNTABLE_TO", None, *EXECUTIVE, "stated", cited("4")),
        (*GROUP, "REPORTS_TO", "performance", *EXECUTIVE, "stated", cited("4")),
        (*EXECUTIVE, "ACCOUNTABLE_TO", None, *CONSTABLE, "inferred", cited("2")),
        (*EXECUTIVE, "ACCOUNTABLE_TO", None, *CHIEF, "stated", cited("3")),
    ],
}
# fmt: on


@pytest.mark.parametrize(
    ("name", "about"), STARTER_ANSWERS, ids=[" ".join(asked) for asked in STARTER_ANSWERS]
)
def test_whole_answer_about_the_starter(starter: Session, name: str, about: str) -> None:
    answer = starter.ask(name, **{QUESTIONS[name].parameters[0].name: about, "as_of": "founding"})
    assert list(answer.rows) == STARTER_ANSWERS[name, about]
    assert answer.notes == ()


@pytest.mark.parametrize("name", QUESTIONS)
def test_everything_of_the_starter_as_plain_python_has_it(starter: Session, name: str) -> None:
    assert disagreements(starter, [name], days_of(starter.structure())) == []


# What is said twice, ends, goes round, or is only as sure as its weakest part


def tangle() -> Structure:
    """A structure in which every rule of the four questions matters on some day."""
    nodes: list[Any] = [
        node_class("Source")(id="paper", name="Paper", published="2018-01-01"),
        node_class("Partnership")(id="whole", name="Whole", citations=("paper whole",)),
    ]
    lines: list[Any] = []

    def add(label: str, *named: str, **said: Any) -> None:
        for one in named:
            node_id, _, name = one.partition("=")
            nodes.append(
                node_class(label)(id=node_id, name=name or node_id, citations=(f"paper {node_id}",), **said)
            )

    def join(name: str, *ends: str, **said: Any) -> None:
        for one in ends:
            source, target = one.split(">")
            citations = (f"paper {source}-{target}", f"paper {name}", f"paper {source}-{target}")
            cited = {"citations": citations, "basis": "concluded"}
            line_id = f"line-{len(lines):03}"
            lines.append(relationship_class(name)(id=line_id, from_id=source, to_id=target, **cited, **said))

    add("Body", "low", "left=Z group", "right=A group", "board", "round-a", "round-b", "aside", "alone")
    add("Body", "new-board", "top-body")
    add(
        "Organisation",
        "force",
        "region=Zone",
        "district=Area",
        "unit",
        "outside",
        "same-1=Same",
        "same-2=Same",
    )
    add("Post", "officer", "second-officer", "deputy=A deputy", "aide=Z deputy", "visitor", "bystander")
    add("Person", "person")
    join("ACCOUNTABLE_TO", "low>left", "low>right", "left>board", "board>officer")
    join("ACCOUNTABLE_TO", "right>board", certainty="ambiguous")
    join("ACCOUNTABLE_TO", "left>board", certainty="inferred", start_date="2020", end_date="2020")
    join("ACCOUNTABLE_TO", "board>second-officer", start_date="2019-07")
    join("ACCOUNTABLE_TO", "right>force", "aside>top-body", end_date="2019")
    join("ACCOUNTABLE_TO", "round-a>round-b", "round-b>round-a", "round-b>officer", "low>round-a")
    join("ACCOUNTABLE_TO", "alone>alone")
    join("REPORTS_TO", "low>whole", "low>aside", "aside>low", "aside>officer", "left>aside")
    join("REPORTS_TO", "low>left", "low>left", subject="money")
    join("REPORTS_TO", "low>left", subject="\N{LATIN CAPITAL LETTER E WITH ACUTE}ducation")
    join("REPORTS_TO", "right>round-b", end_date="2018-06")
    join("REPORTS_TO", "low>left", subject="accounts")
    join("REPORTS_TO", "low>left", start_date="2021")
    join("SUPPORTS", "low>alone", "board>alone")
    join("SUCCEEDS", "new-board>board", start_date="2022")
    join("ACTS_FOR", "deputy>officer", "aide>officer", "visitor>officer", "bystander>second-officer")
    join("ACTS_FOR", "aide>officer", "aide>second-officer", certainty="inferred", end_date="2019-08")
    join("ACTS_FOR", "visitor>top-body", "low>officer", "officer>officer")
    join("POST_IN", "officer>force", "officer>outside", "officer>board", "deputy>district", "aide>unit")
    join("POST_IN", "aide>region", "officer>same-1", end_date="2019", certainty="ambiguous")
    join("POST_IN", "visitor>outside")
    join("PART_OF", "region>force", "district>region", "unit>district", "unit>region", "board>whole")
    join("PART_OF", "district>force", start_date="2020-03", certainty="inferred")
    join("PART_OF", "force>unit", start_date="2021-05", end_date="2021-06")
    join("PART_OF", "outside>force", end_date="2018-06-30")
    for number, (role, name, body) in enumerate(
        [
            ("member", "Same line", "board"),
            ("chair", "Same line", "board"),
            ("member", "Same line", "board"),
            ("deputy", "A line", "board"),
            ("adviser", "A line", "board"),
            ("in-attendance", "A line", "board"),
            ("vice-chair", "A line", "board"),
            ("lead", "A line", "board"),
            ("member", "Partners", "whole"),
            ("member", "a visitor", "top-body"),
            ("member", "Elsewhere", "aside"),
        ]
    ):
        add("Seat", f"seat-{number:02}={name}", role=role, category="Sort" if number % 2 else None)
        join("ON", f"seat-{number:02}>{body}", end_date="2020" if number == 2 else None)
    nodes[-1] = nodes[-1].model_copy(update={"certainty": "inferred", "basis": "concluded"})
    join("FILLED_BY", "seat-00>deputy", "seat-00>aide", "seat-00>person", "seat-01>deputy", "seat-02>aide")
    join("FILLED_BY", "seat-00>aide", start_date="2020", certainty="inferred")
    join("FILLED_BY", "seat-03>person", certainty="ambiguous")
    join("FILLED_BY", "seat-04>officer", "seat-09>visitor", "seat-10>visitor", "seat-10>bystander")
    join("FILLED_BY", "seat-05>visitor", "seat-10>aide", end_date="2018-09")
    join(
        "REPRESENTS", "seat-00>same-2", "seat-00>same-1", "seat-00>outside", "seat-01>region", "seat-08>unit"
    )
    join("REPRESENTS", "seat-01>force", "seat-08>district", "seat-08>board", "seat-08>force")
    join("REPRESENTS", "seat-01>region", certainty="inferred", start_date="2019-02", end_date="2019-03")
    join("REPRESENTS", "seat-02>unit", "seat-10>unit", end_date="2019-06")
    return made_up(nodes, lines)


@pytest.fixture(scope="module")
def tangled_structure() -> Structure:
    return tangle()


@pytest.fixture
def tangled(open_structure: Opened, tangled_structure: Structure) -> Iterable[Session]:
    with open_structure(tangled_structure) as session:
        yield session


@pytest.mark.parametrize("name", QUESTIONS)
def test_everything_of_the_tangle_as_plain_python_has_it(tangled: Session, name: str) -> None:
    assert disagreements(tangled, [name], days_of(tangled.structure())) == []


def column(session: Session, question: str, name: str, **values: str) -> list[object]:
    return [row[name] for row in session.ask(question, **values).dicts()]


def test_a_holder_who_is_a_person_is_not_shown_and_does_not_count(tangled: Session) -> None:
    rows = {row["seat_id"]: row for row in tangled.ask("members", body="board", as_of="2018").dicts()}
    assert (rows["seat-03"]["filled_by_id"], rows["seat-03"]["certainty"]) == ([], "stated")
    assert rows["seat-03"]["citations"] == ["paper ON", "paper seat-03", "paper seat-03-board"]
    assert rows["seat-00"]["filled_by_id"] == ["deputy", "aide"]


def test_lists_are_by_name_then_id_with_ids_and_names_side_by_side(tangled: Session) -> None:
    row = next(
        r for r in tangled.ask("members", body="board", as_of="2018").dicts() if r["seat_id"] == "seat-00"
    )
    assert (row["represents_id"], row["represents"]) == (
        ["same-1", "same-2", "outside"],
        ["Same", "Same", "outside"],
    )
    assert (row["filled_by_id"], row["filled_by"]) == (["deputy", "aide"], ["A deputy", "Z deputy"])


def test_members_come_in_the_order_of_their_roles(tangled: Session) -> None:
    assert column(tangled, "members", "seat_id", body="board", as_of="2018") == [
        "seat-01",
        "seat-06",
        "seat-07",
        "seat-00",
        "seat-02",
        "seat-04",
        "seat-05",
        "seat-03",
    ]


def test_a_seat_that_speaks_for_a_part_is_not_counted_again_through_its_post(tangled: Session) -> None:
    def through(day: str) -> list[object]:
        rows = tangled.ask("sits-on", organisation="force", as_of=day).dicts()
        return [row["through_id"] for row in rows if row["seat_id"] == "seat-02"]

    assert (through("2019-06-30"), through("2019-07-01")) == (["unit"], ["aide"])


def test_routes_that_only_go_round_have_no_top(tangled: Session) -> None:
    assert column(tangled, "accountability", "route_ids", body="alone", as_of="2018") == []
    assert (
        column(tangled, "accountability", "route_ids", body="round-a", as_of="2018")
        == [["round-a", "round-b", "officer"]] * 3
    )


def test_a_route_may_end_at_a_body_or_an_organisation(tangled: Session) -> None:
    ends = ("delegate_id", "officer_id", "organisation_id")
    rows = tangled.ask("accountability", body="aside", as_of="2018").dicts()
    assert [(row["route_ids"], *(row[end] for end in ends)) for row in rows] == [
        (["aside", "top-body"], None, None, None)
    ]
    rows = tangled.ask("accountability", body="right", as_of="2018").dicts()
    assert (["right", "force"], None, None, "force") in [
        (row["route_ids"], *(row[end] for end in ends)) for row in rows
    ]


# The bundled datasets, and structures as odd as the model allows


@cache
def bundled(dataset: str) -> Structure:
    """A bundled dataset, or all of them as one."""
    paths = bundled_datasets()
    return open_dataset(str(paths[dataset]) if dataset in paths else None)


@pytest.mark.parametrize("name", ORACLES)
@pytest.mark.parametrize("dataset", [*bundled_datasets(), "all of them"])
def test_everything_of_the_bundled_datasets_as_plain_python_has_it(dataset: str, name: str) -> None:
    # Of the embedded store: that a server says the same, test_conformance.py shows.
    structure = bundled(dataset)
    days = {structure.date_of(edition) for edition in structure.editions}
    days |= {"2010-01-01", "2019-06-28", "2019-07-01", "2021-12-31", "2026-01-01"}
    with open_embedded(structure) as session:
        assert disagreements(session, [name], sorted(days), 1000) == []


def test_everything_of_any_structure_as_plain_python_has_it(open_structure: Opened) -> None:
    @settings(
        max_examples=40 if open_structure is open_embedded else 5,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(structure=structures(), data=st.data())
    def check(structure: Structure, data: st.DataObject) -> None:
        days = data.draw(st.lists(st.sampled_from(days_of(structure)), min_size=5, max_size=5))
        with open_structure(structure) as session:
            few = 60 if open_structure is open_embedded else 4
            assert disagreements(session, ORACLES, days, few) == []

    check()


# Size


def chain(length: int, *types: str) -> Structure:
    """Bodies in a row, each joined to the next by a line of each type."""
    bodies = [node_class("Body")(id=f"b{i}", name=f"B{i}", citations=("s 1",)) for i in range(length)]
    lines = [
        relationship_class(name)(
            id=f"{name.lower().replace('_', '-')}-{i}", from_id=f"b{i}", to_id=f"b{i + 1}", citations=("s 1",)
        )
        for i in range(length - 1)
        for name in types
    ]
    return made_up(bodies, lines)


@pytest.mark.parametrize("name", ["accountability", "reporting"])
@pytest.mark.parametrize(("length", "cut"), [(31, False), (32, True), (40, True)])
def test_a_chain_beyond_the_bound_is_said(
    open_structure: Opened, name: str, length: int, *, cut: bool
) -> None:
    structure = chain(length, "ACCOUNTABLE_TO")
    with open_structure(structure) as session:
        answer = session.ask(name, body="b0", as_of="2020")
    assert answer.dicts() == ORACLES[name](structure, "b0", "2020-12-31")
    note = "the bound of 30 steps was reached: there is more beyond it that is not shown"
    assert answer.notes == ((note,) if cut else ())


def test_parts_of_parts_count_however_deep(open_structure: Opened) -> None:
    said: dict[str, Any] = {"citations": ("s 1",)}
    organisations = [node_class("Organisation")(id=f"o{i}", name=f"O{i}", **said) for i in range(60)]
    nodes = [*organisations, node_class("Body")(id="body", name="Body", **said)]
    nodes.append(node_class("Seat")(id="seat", name="Seat", role="member", **said))
    lines = [
        relationship_class("PART_OF")(id=f"part-{i}", from_id=f"o{i + 1}", to_id=f"o{i}", **said)
        for i in range(59)
    ]
    lines.append(relationship_class("ON")(id="on", from_id="seat", to_id="body", **said))
    lines.append(relationship_class("REPRESENTS")(id="for", from_id="seat", to_id="o59", **said))
    structure = made_up(nodes, lines)
    with open_structure(structure) as session:
        answer = session.ask("sits-on", organisation="o0", as_of="2020").dicts()
    assert answer == ORACLES["sits-on"](structure, "o0", "2020-12-31")
    assert len(answer) == 1


def test_a_body_with_thousands_of_routes_is_answered_in_full(open_structure: Opened) -> None:
    said: dict[str, Any] = {"citations": ("s 1",)}
    names = [f"b{i}" for i in range(13)] + [f"{side}{i}" for i in range(12) for side in ("left", "right")]
    ends = [
        pair
        for i in range(12)
        for side in ("left", "right")
        for pair in ((f"b{i}", f"{side}{i}"), (f"{side}{i}", f"b{i + 1}"))
    ]
    structure = made_up(
        [node_class("Body")(id=name, name=name, **said) for name in names],
        [relationship_class("ACCOUNTABLE_TO")(id=f"{a}-{b}", from_id=a, to_id=b, **said) for a, b in ends],
    )
    with open_structure(structure) as session:
        rows = session.ask("accountability", body="b0", as_of="2020").dicts()
    assert rows == ORACLES["accountability"](structure, "b0", "2020-12-31")
    assert len(rows) == 4096


def test_a_long_chain_of_double_lines_is_walked_once(open_structure: Opened) -> None:
    structure = chain(31, "ACCOUNTABLE_TO", "REPORTS_TO")
    with open_structure(structure) as session:
        rows = session.ask("reporting", body="b0", as_of="2020").dicts()
    assert rows == ORACLES["reporting"](structure, "b0", "2020-12-31")
    assert len(rows) == 60
