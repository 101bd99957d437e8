"""The questions about the structure as a whole: what is below whom, what joins what, what falls apart."""

from __future__ import annotations

from itertools import islice, pairwise, permutations, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel import queries
from orgmodel.analyses import _accountability
from orgmodel.datasets.starter import write_starter
from orgmodel.errors import QueryError, TooManyError
from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.session import open_dataset
from orgmodel.structure import Structure
from orgmodel.vocabulary import RELATIONSHIP_TYPES, SEAT_STATES
from tests.oracles import ORACLES
from tests.stores import open_embedded
from tests.strategies import days_of, structures
from tests.test_questions import bundled, disagreements, made_up, tangle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from orgmodel.model import Node, Relationship
    from orgmodel.session import Session
    from orgmodel.tables import Rows
    from tests.conftest import Opened

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

DAY = "2020-06-30"


class Made:
    """A structure made by hand; every fact cites what it is about."""

    def __init__(self) -> None:
        self.nodes: list[Any] = [node_class("Source")(id="paper", name="Paper", published="2018-01-01")]
        self.lines: list[Any] = []

    def add(self, label: str, *named: str, **said: Any) -> None:
        """Adds nodes: each `id` or `id=name`."""
        for one in named:
            node_id, _, name = one.partition("=")
            cited = {"citations": (f"paper {node_id}",), **said}
            self.nodes.append(node_class(label)(id=node_id, name=name or node_id.title(), **cited))

    def join(self, relation: str, *ends: str, **said: Any) -> None:
        """Adds lines: each `from>to`."""
        for one in ends:
            source, target = one.split(">")
            cited = {"citations": (f"paper {source} {target}",), "basis": "concluded", **said}
            line_id = f"line-{len(self.lines):03}"
            self.lines.append(relationship_class(relation)(id=line_id, from_id=source, to_id=target, **cited))

    def seat(
        self, seat: str, body: str, *, of: str = "", by: str = "", role: str = "member", **said: Any
    ) -> None:
        """Adds a seat on a body, of whom it speaks for, filled by whom."""
        self.add("Seat", seat, role=role, **said)
        seat_id = seat.partition("=")[0]
        self.join("ON", f"{seat_id}>{body}")
        self.join("REPRESENTS", *(f"{seat_id}>{one}" for one in of.split()))
        self.join("FILLED_BY", *(f"{seat_id}>{one}" for one in by.split()))

    def structure(self) -> Structure:
        return made_up(self.nodes, self.lines)


def columns(session: Session, question: str, *names: str, **values: Any) -> list[tuple[object, ...]]:
    """Some columns of an answer."""
    rows = session.ask(question, **{"as_of": DAY, **values}).dicts()
    return [tuple(row[name] for name in names) for row in rows]


def cited(*about: str) -> list[str]:
    return [f"paper {one}" for one in about]


def ladder(layers: int, width: int = 2) -> Structure:
    """A body, layers of bodies each of which is accountable to all of the next, and a post at the top."""
    made = Made()
    names = [["low"], *([f"b{i:02}-{j}" for j in range(width)] for i in range(layers)), ["top"]]
    made.add("Body", *(name for layer in names[:-1] for name in layer))
    made.add("Post", "top")
    for i in range(len(names) - 1):
        made.join("ACCOUNTABLE_TO", *(f"{one}>{other}" for one in names[i] for other in names[i + 1]))
    return made.structure()


@pytest.fixture(scope="module")
def starter_structure(tmp_path_factory: pytest.TempPathFactory) -> Structure:
    folder = tmp_path_factory.mktemp("starter")
    write_starter(folder)
    return open_dataset(str(folder))


@pytest.fixture
def starter(open_structure: Opened, starter_structure: Structure) -> Iterable[Session]:
    with open_structure(starter_structure) as session:
        yield session


# What is below


def answering() -> Structure:
    """An officer of a council with a delegate, bodies below both, and a circle."""
    made = Made()
    made.add("Organisation", "council", "service", "unit", "police")
    made.add("Post", "chief", "head", "deputy=A deputy", "aide=B aide", "constable", "stranger")
    made.add("Body", "board", "left", "right", "sub", "round", "aside", "lone", "panel")
    made.join("PART_OF", "service>council", "unit>service")
    made.join("PART_OF", "unit>council", certainty="inferred", start_date="2021")
    made.join("POST_IN", "chief>council", "head>unit", "constable>police")
    made.join("ACCOUNTABLE_TO", "board>chief", "board>constable", "left>board", "right>board", "sub>right")
    made.join("ACCOUNTABLE_TO", "sub>left", certainty="ambiguous")
    made.join("ACCOUNTABLE_TO", "round>sub", "sub>round", "board>round", "lone>lone", "panel>head")
    made.join("ACCOUNTABLE_TO", "aside>service")
    made.join("ACCOUNTABLE_TO", "aside>council", start_date="2021")
    made.join("ACTS_FOR", "deputy>chief", "aide>chief", "stranger>chief", "aide>constable", "deputy>head")
    made.seat("seat-deputy", "board", by="deputy")
    made.seat("seat-aide", "board", by="aide", of="council")
    made.seat("seat-stranger", "left", by="stranger")
    made.seat("seat-past", "right", by="stranger")
    made.join("ON", "seat-past>board", end_date="2019")
    return made.structure()


def test_all_that_an_officer_stays_accountable_for(open_structure: Opened) -> None:
    delegates = ["deputy", "aide"], ["A deputy", "B aide"]
    on_board = (
        *("aide chief", "board chief", "deputy chief", "seat-aide", "seat-aide aide", "seat-aide board"),
        *("seat-deputy", "seat-deputy board", "seat-deputy deputy"),
    )
    with open_structure(answering()) as session:
        rows = session.ask("accountable-for", thing="chief", as_of=DAY).rows
    # fmt: off - a row of an answer reads best as a row
    assert list(rows) == [
        (
            "board",
            "Board",
            ["board", "chief"],
            ["Board", "Chief"],
            *delegates,
            "2018-01-01",
            "stated",
            cited(*on_board),
        ),
        (
            "left",
            "Left",
            ["left", "board", "chief"],
            ["Left", "Board", "Chief"],
            *delegates,
            "2018-01-01",
            "stated",
            sorted(cited(*on_board, "left board")),
        ),
        (
            "right",
            "Right",
            ["right", "board", "chief"],
            ["Right", "Board", "Chief"],
            *delegates,
            "2018-01-01",
            "stated",
            sorted(cited(*on_board, "right board")),
        ),
        (
            "sub",
            "Sub",
            ["sub", "left", "board", "chief"],
            ["Sub", "Left", "Board", "Chief"],
            *delegates,
            "2018-01-01",
            "ambiguous",
            sorted(cited(*on_board, "left board", "sub left")),
        ),
        (
            "round",
            "Round",
            ["round", "sub", "left", "board", "chief"],
            ["Round", "Sub", "Left", "Board", "Chief"],
            *delegates,
            "2018-01-01",
            "ambiguous",
            sorted(cited(*on_board, "left board", "round sub", "sub left")),
        ),
    ]
    # fmt: on


def test_an_organisation_is_asked_about_with_its_parts_and_its_posts(open_structure: Opened) -> None:
    def of(thing: str, day: str = DAY) -> list[tuple[object, ...]]:
        names = ("body_id", "route_ids", "delegate_id", "certainty", "citations")
        return columns(session, "accountable-for", *names, thing=thing, as_of=day)

    upward = cited("service council", "unit service")
    with open_structure(answering()) as session:
        found = of("council")
        assert [row[:2] for row in found] == [
            ("aside", ["aside", "service"]),
            ("board", ["board", "chief"]),
            ("panel", ["panel", "head"]),
            ("left", ["left", "board", "chief"]),
            ("right", ["right", "board", "chief"]),
            ("sub", ["sub", "left", "board", "chief"]),
            ("round", ["round", "sub", "left", "board", "chief"]),
        ]
        assert found[0][2:] == ([], "stated", cited("aside service", "service council"))
        assert found[2][2:] == ([], "stated", sorted([*cited("head unit", "panel head"), *upward]))
        assert "paper chief council" in found[1][4]  # type: ignore[operator]
        later = of("council", "2021-06-30")
        # Both are as short; and by then both ways from the unit up to the council count.
        assert later[0] == ("aside", ["aside", "council"], [], "stated", cited("aside council"))
        assert later[2][3:] == (
            "inferred",
            sorted([*cited("head unit", "panel head", "unit council"), *upward]),
        )
        assert [row[0] for row in of("unit")] == ["panel"]
        assert [row[:2] for row in of("right")] == [
            ("sub", ["sub", "right"]),
            ("round", ["round", "sub", "right"]),
            ("board", ["board", "round", "sub", "right"]),
            ("left", ["left", "board", "round", "sub", "right"]),
        ]
        assert of("lone") == of("deputy") == []


def test_what_is_below_in_the_starter(starter: Session) -> None:
    names = ("body_id", "delegate", "certainty")
    assert columns(starter, "accountable-for", *names, thing="River Valley Police", as_of="founding") == [
        ("riverton-executive", ["Head of Public Protection"], "inferred"),
        ("riverton-exploitation-group", ["Head of Public Protection"], "inferred"),
    ]


@pytest.mark.parametrize(("layers", "shown", "cut"), [(29, 59, False), (30, 60, True), (45, 60, True)])
def test_a_ladder_of_diamonds_below_is_climbed_once(
    open_structure: Opened, layers: int, shown: int, *, cut: bool
) -> None:
    with open_structure(ladder(layers)) as session:
        answer = session.ask("accountable-for", thing="top", as_of=DAY)
    rows = answer.dicts()
    assert len(rows) == (shown if cut else 2 * layers + 1)
    note = "the bound of 30 steps was reached: there is more beyond it that is not shown"
    assert answer.notes == ((note,) if cut else ())
    assert rows[-1]["route_ids"] == [
        *(["low"] if not cut else [f"b{layers - 30:02}-1"]),
        *(f"b{i:02}-0" for i in range(0 if not cut else layers - 29, layers)),
        "top",
    ]


# What joins what


def joined() -> Structure:
    """Two partners, two boards, and a few ways between them."""
    made = Made()
    made.add("Organisation", "police", "council", "health")
    made.add("Organisation", "sector", kind="sector")
    made.add("Partnership", "whole")
    made.add("Body", "board", "group", "other", "far", "unit")
    made.add("Post", "chief", "nurse", "head")
    made.add("Person", "person=Pat Smith")
    made.add("Agreement", "memo", status="in-force")
    made.add("Instrument", "act")
    made.add("Issue", "issue", kind="conflict")
    made.add("Plan", "plan")
    made.add("Priority", "priority")
    made.seat("seat-1=Chief of police", "board", of="police", by="chief")
    made.seat("seat-2=Council", "board", of="council", certainty="inferred", basis="concluded")
    made.seat("seat-3=Council", "board", of="council", state="vacant")
    made.seat("seat-4=Both", "group", of="health council", by="nurse head")
    made.seat("seat-5=Voices", "group", of="sector")
    made.seat("seat-6=Voices", "other", of="sector")
    made.seat("seat-7=Pat", "far", by="person")
    made.join("ON", "seat-4>board", end_date="2019")
    made.join("POST_IN", "chief>police")
    made.join("HELD_BY", "nurse>person")
    made.join("ACCOUNTABLE_TO", "group>board")
    made.join("ACCOUNTABLE_TO", "group>board", certainty="ambiguous", subject="money")
    made.join("REPORTS_TO", "board>group", end_date="2019")
    made.join("PARTY_TO", "board>memo", "other>memo")
    made.join("MANDATED_BY", "far>act", "board>act")
    made.join("CONCERNS", "issue>far", "issue>board")
    made.join("SUCCEEDS", "far>unit")
    made.join("PART_OF", "board>whole", "plan>whole", "priority>plan")
    made.join("LEADS", "police>priority")
    return made.structure()


def ways(session: Session, one: str, other: str, **values: Any) -> list[tuple[object, ...]]:
    names = ("way_ids", "steps", "certainty", "citations")
    return columns(session, "between", *names, from_thing=one, to_thing=other, **values)


def test_a_connection_is_said_in_words(open_structure: Opened) -> None:
    with open_structure(joined()) as session:
        assert ways(session, "police", "group") == [
            (
                ["police", "board", "group"],
                [
                    'Police is represented by the seat "Chief of police" on Board',
                    "Board holds Group to account. Board holds Group to account (money)",
                ],
                "ambiguous",
                cited("group board", "seat-1", "seat-1 board", "seat-1 police"),
            )
        ]
        assert ways(session, "council", "board") == [
            (
                ["council", "board"],
                [
                    (
                        'Council is represented by the seat "Council" on Board. '
                        'Council is represented by the vacant seat "Council" on Board'
                    )
                ],
                "inferred",
                cited(
                    *("seat-2", "seat-2 board", "seat-2 council", "seat-3", "seat-3 board", "seat-3 council")
                ),
            )
        ]
        assert ways(session, "other", "whole") == [
            (
                ["other", "memo", "board", "whole"],
                ["Other is a party to Memo", "Memo has the party Board", "Board is part of Whole"],
                "stated",
                cited("board memo", "board whole", "other memo"),
            )
        ]


def test_a_seat_joins_whom_it_speaks_for_and_who_fills_it(open_structure: Opened) -> None:
    both = cited("seat-4", "seat-4 board", "seat-4 council", "seat-4 group", "seat-4 nurse")
    with open_structure(joined()) as session:
        assert ways(session, "council", "nurse", as_of="2019-06") == [
            (
                ["council", "nurse"],
                ['Council is represented by Nurse in the seat "Both" on Board and Group'],
                "stated",
                both,
            )
        ]
        assert ways(session, "nurse", "council")[0][1] == [
            'Nurse speaks for Council in the seat "Both" on Group'
        ]
        assert ways(session, "health", "council")[0][1] == [
            'Health and Council are both represented by the seat "Both" on Group'
        ]
        assert ways(session, "nurse", "head")[0][1] == ['Nurse and Head both fill the seat "Both" on Group']
        assert ways(session, "board", "group", as_of="2019-06")[0][1] == [
            (
                'Board and Group both have the seat "Both". Board holds Group to account. '
                "Board holds Group to account (money). Board reports to Group"
            )
        ]
        assert ways(session, "group", "nurse")[0][1] == ['Group has the seat "Both", which Nurse fills']


def test_every_shortest_connection_is_listed(open_structure: Opened) -> None:
    with open_structure(joined()) as session:
        # Over the board to the council by two seats is one connection, over the group another.
        assert [way for way, *_ in ways(session, "police", "council")] == [["police", "board", "council"]]
        assert [way for way, *_ in ways(session, "board", "health")] == [
            ["board", "council", "health"],
            ["board", "group", "health"],
        ]
        assert [way for way, *_ in ways(session, "police", "whole")] == [["police", "board", "whole"]]
        assert ways(session, "board", "board") == []


def test_what_no_connection_leads_over(open_structure: Opened) -> None:
    with open_structure(joined()) as session:
        # The sector sits on both, and one could go that way in two steps.
        assert [way for way, *_ in ways(session, "group", "other")] == [["group", "board", "memo", "other"]]
        assert [way for way, *_ in ways(session, "sector", "memo")] == [["sector", "other", "memo"]]
        assert [way for way, *_ in ways(session, "sector", "group")] == [["sector", "group"]]
        # An Act and an issue join these, and what one replaced; and a person whom nobody wants named.
        assert ways(session, "far", "board") == ways(session, "far", "unit") == []
        assert ways(session, "far", "nurse") == []
        assert [row[:2] for row in ways(session, "far", "nurse", people=True)] == [
            (
                ["far", "person", "nurse"],
                ['Far has the seat "Pat", which Pat Smith fills', "Pat Smith holds the post Nurse"],
            )
        ]
        assert ways(session, "police", "group", as_of="2017-12-31") == []


def test_every_line_of_governance_can_be_said_from_both_ends(open_structure: Opened) -> None:
    never = {"SUCCEEDS", "MANDATED_BY", "SET_BY", "SUBJECT_TO", "CONCERNS", "ON", "REPRESENTS", "FILLED_BY"}
    asked = {"Body", "Organisation", "Post", "Partnership", "Agreement"}
    made, said = Made(), []
    for relation, declared in RELATIONSHIP_TYPES.items():
        if relation in never:
            continue
        (sources, targets), *_ = declared.ends
        one, other = (f"{side}-{relation.lower().replace('_', '-')}" for side in ("a", "b"))
        for node, label in ((one, sources[0]), (other, targets[0])):
            own: dict[str, Any] = {"Agreement": {"status": "intended"}}.get(label, {})
            own |= {"year": "2020", "currency": "GBP"} if label == "Fund" else {}
            made.add(label, node, **own)
        made.join(relation, f"{one}>{other}", **({"amount": 1} if relation == "CONTRIBUTES" else {}))
        if sources[0] in asked and targets[0] in asked:
            said.append((one, other))
    with open_structure(made.structure()) as session:
        for one, other in said:
            ((forward,),) = columns(session, "between", "steps", from_thing=one, to_thing=other)
            ((backward,),) = columns(session, "between", "steps", from_thing=other, to_thing=one)
            assert one.title() in str(forward)
            assert other.title() in str(backward)
    assert len(said) == 12


def test_more_than_a_hundred_connections_are_counted(open_structure: Opened) -> None:
    def between(bodies: int) -> tuple[list[object], tuple[str, ...]]:
        made = Made()
        made.add("Organisation", "police", "council")
        made.add("Partnership", "whole")
        for number in range(bodies):
            made.add("Body", f"b-{number:03}")
            made.seat(f"police-{number}", f"b-{number:03}", of="police")
            made.join("PART_OF", f"b-{number:03}>whole")
        with open_structure(made.structure()) as session:
            answer = session.ask("between", from_thing="police", to_thing="whole", as_of=DAY)
        return [row[0] for row in answer.rows], answer.notes

    every = [["police", f"b-{number:03}", "whole"] for number in range(1001)]
    assert between(100) == (every[:100], ())
    note = "there are 1,001 shortest connections: the first 100 are listed"
    assert between(1001) == (every[:100], (note,))


def test_a_ladder_of_diamonds_is_not_walked_over_every_connection() -> None:
    with open_embedded(ladder(40)) as session:
        answer = session.ask("between", from_thing="low", to_thing="top", as_of=DAY)
    assert answer.notes == (f"there are {2**40:,} shortest connections: the first 100 are listed",)
    assert answer.rows[0][0] == ["low", *(f"b{i:02}-0" for i in range(40)), "top"]
    assert answer.rows[1][0] == ["low", *(f"b{i:02}-0" for i in range(39)), "b39-1", "top"]


# Who binds the structure


def bound() -> Structure:
    """A council on three bodies, one of which only it joins to the others; others on two; one alone."""
    made = Made()
    made.add("Organisation", "council", "police", "health", "club", "service")
    made.add("Organisation", "sector", kind="sector")
    made.add("Partnership", "whole")
    made.add("Body", "board", "group", "panel", "lonely", "inner", "late")
    made.add("Post", "chair", "nurse")
    made.join("PART_OF", "board>whole", "group>whole", "inner>group", "service>council")
    made.join("PART_OF", "panel>whole", start_date="2021")
    made.seat("c-1", "board", of="council", by="chair", role="chair")
    made.seat("c-2", "group", of="council", by="chair", certainty="ambiguous", basis="concluded")
    made.seat("c-3", "panel", of="council service")
    made.seat("p-1", "board", of="police")
    made.seat("p-2", "group", of="police", state="vacant")
    made.seat("p-3", "group", of="police", by="nurse")
    made.seat("h-1", "panel", of="health")
    made.seat("h-2", "lonely", of="club")
    made.seat("s-1", "lonely", of="sector")
    made.seat("s-2", "board", of="sector")
    made.seat("w-1", "whole", of="health club", by="nurse")
    made.seat("i-1", "inner", by="nurse")
    made.seat("l-1", "late", of="club", start_date="2021")
    return made.structure()


def test_who_binds_the_structure(open_structure: Opened) -> None:
    # Nine things: over the council lead 9 of the 28 ways between two others, and half of another.
    with open_structure(bound()) as session:
        rows = session.ask("connectors", as_of=DAY).rows
        # fmt: off - a row of an answer reads best as a row
        assert list(rows) == [
            (
                "council",
                "Council",
                3,
                0.3393,
                ["panel"],
                ["Panel"],
                "2018-01-01",
                "ambiguous",
                cited(
                    *("c-1", "c-1 board", "c-1 council", "c-2", "c-2 council", "c-2 group", "c-3"),
                    *("c-3 council", "c-3 panel"),
                ),
            ),
            (
                "police",
                "Police",
                2,
                0.0179,
                [],
                [],
                "2018-01-01",
                "stated",
                cited(
                    *("p-1", "p-1 board", "p-1 police", "p-2", "p-2 group", "p-2 police", "p-3"),
                    *("p-3 group", "p-3 police"),
                ),
            ),
            ("club", "Club", 1, 0.0, [], [], "2018-01-01", "stated", cited("h-2", "h-2 club", "h-2 lonely")),
            (
                "health",
                "Health",
                1,
                0.0,
                [],
                [],
                "2018-01-01",
                "stated",
                cited("h-1", "h-1 health", "h-1 panel"),
            ),
            (
                "service",
                "Service",
                1,
                0.0,
                [],
                [],
                "2018-01-01",
                "stated",
                cited("c-3", "c-3 panel", "c-3 service"),
            ),
        ]
        # fmt: on
        short = ("member_id", "bodies", "betweenness", "cut_off_id")
        # Council, police, board and group in a square: half of the two ways between two opposite corners.
        assert columns(session, "connectors", *short, partnership="whole") == [
            ("council", 2, 0.1667, []),
            ("police", 2, 0.1667, []),
        ]
        assert columns(session, "connectors", *short, partnership="whole", by="post") == [
            ("chair", 2, 0.5, ["board"]),
            ("nurse", 2, 0.5, ["inner"]),
        ]
        # From then on the panel is within it, and the club sits on two bodies.
        later: dict[str, Any] = {"as_of": "2021-06-30"}
        assert columns(session, "connectors", *short, partnership="whole", **later) == [
            ("council", 3, 0.6333, ["panel"]),
            ("police", 2, 0.0333, []),
            ("health", 1, 0.0, []),
            ("service", 1, 0.0, []),
        ]
        assert columns(session, "connectors", *short, **later)[1] == ("club", 2, 0.0278, ["late", "lonely"])


# What if something goes


def affected() -> Structure:
    """A board with partners, an officer with a delegate, a chair, a fund and an agreement."""
    made = Made()
    made.add("Organisation", "council", "service", "police", "charity")
    made.add("Organisation", "sector", kind="sector")
    made.add("Partnership", "whole")
    made.add("Body", "board", "group", "sub", "other", "scrutiny")
    made.add("Post", "chief", "director", "independent", "vice", "joint", "constable")
    made.add("Person", "person=Pat Smith")
    made.add("Agreement", "memo", status="in-force")
    made.add("Agreement", "draft", status="intended")
    made.add("Fund", "fund", year="2020-21", currency="GBP", total=2000)
    made.add("Fund", "pot", year="2020-21", currency="EUR", certainty="inferred", basis="concluded")
    made.join("PART_OF", "board>whole", "group>whole", "sub>group", "service>council", "fund>whole")
    made.join("POST_IN", "chief>council", "director>service", "joint>service", "joint>police")
    made.join("POST_IN", "independent>board", "constable>police")
    made.join("ACCOUNTABLE_TO", "board>chief", "group>board", "sub>group", "scrutiny>sub", "other>constable")
    made.join("ACCOUNTABLE_TO", "board>constable", start_date="2021")
    made.join("ACCOUNTABLE_TO", "group>other", start_date="2021", certainty="ambiguous")
    made.join("REPORTS_TO", "sub>board", subject="money")
    made.join("REPORTS_TO", "sub>board", "board>whole", "other>independent", "board>board")
    made.join("ACTS_FOR", "director>chief", scope="safeguarding")
    made.join("ACTS_FOR", "vice>independent", "joint>constable")
    made.join("PARTY_TO", "board>memo", "other>memo", "council>memo", "service>draft")
    made.join("CONTRIBUTES", "council>fund", "service>fund", amount=250.55)
    made.join("CONTRIBUTES", "police>fund", "police>pot", amount=1000)
    made.join("CONTRIBUTES", "council>pot", amount=500)
    made.seat("seat-lead", "whole", of="council police", role="lead")
    made.seat("seat-chair", "board", by="independent", role="chair")
    made.seat("seat-chief=Council", "board", of="council", by="director", category="Key Statutory Partner")
    made.seat("seat-police=Police", "board", of="police", category="safeguarding Partners", state="vacant")
    made.seat("seat-shared", "board", of="council charity")
    made.seat("seat-voices", "board", of="sector")
    made.seat("seat-group=Council", "group", of="council", role="chair")
    made.seat("seat-vice", "group", by="vice", role="vice-chair")
    made.seat("seat-health", "group", of="service")
    made.seat("seat-joint", "sub", by="joint", category="Relevant agency")
    made.seat("seat-person", "other", by="director person", role="chair")
    made.seat("seat-charity", "other", of="charity", category="Statutory")
    made.seat("seat-lay", "sub", of="charity", category="Non-statutory member")
    made.seat("seat-body=Board", "other", of="board", category="Statutory")
    made.seat("seat-co-1", "scrutiny", by="vice", role="chair")
    made.seat("seat-co-2", "scrutiny", by="independent", role="chair")
    return made.structure()


def effects(session: Session, thing: str, **values: Any) -> list[tuple[object, ...]]:
    return columns(session, "impact", "effect", "affected_id", "because_id", "detail", thing=thing, **values)


def test_what_goes_with_an_organisation(open_structure: Opened) -> None:
    with open_structure(affected()) as session:
        assert effects(session, "council") == [
            (
                "seat-emptied",
                "seat-chief",
                ["council", "director"],
                "member on Board (Key Statutory Partner)",
            ),
            ("seat-emptied", "seat-group", ["council"], "chair on Group"),
            ("seat-emptied", "seat-health", ["service"], "member on Group"),
            ("body-without-chair", "group", ["council"], 'nobody is left in the seat "Council"'),
            (
                "body-without-statutory-partner",
                "board",
                ["council", "director"],
                "nobody is left for Council, a statutory partner",
            ),
            (
                "body-without-statutory-partner",
                "group",
                ["council"],
                "nobody is left for Council, a statutory partner",
            ),
            (
                "delegation-cut",
                "chief",
                ["chief", "director"],
                "Director no longer acts for it (safeguarding)",
            ),
            ("agreement-touched", "draft", ["service"], "intended; left in it: nobody"),
            ("agreement-touched", "memo", ["council"], "in-force; left in it: Board, Other"),
            ("money-touched", "fund", ["council", "service"], "501.10 of 2,000 GBP"),
            ("money-touched", "pot", ["council"], "500 of 1,500 EUR"),
            ("route-lost", "board", ["chief"], "all its routes lead over Chief"),
            ("route-lost", "group", ["chief"], "all its routes lead over Chief"),
            ("route-lost", "scrutiny", ["chief"], "all its routes lead over Chief"),
            ("route-lost", "sub", ["chief"], "all its routes lead over Chief"),
        ]
        # By then there are routes over another officer.
        assert "route-lost" not in {row[0] for row in effects(session, "council", as_of="2021-06-30")}


def test_what_goes_with_a_post(open_structure: Opened) -> None:
    with open_structure(affected()) as session:
        # The council still has a seat on the board that it shares; the other seat has a second holder.
        assert effects(session, "director") == [
            ("seat-emptied", "seat-chief", ["director"], "member on Board (Key Statutory Partner)"),
            ("delegation-cut", "chief", ["director"], "Director no longer acts for it (safeguarding)"),
        ]
        assert effects(session, "independent") == [
            ("seat-emptied", "seat-chair", ["independent"], "chair on Board"),
            ("seat-emptied", "seat-co-2", ["independent"], "chair on Scrutiny"),
            ("body-without-chair", "board", ["independent"], 'nobody is left in the seat "Seat-Chair"'),
            ("delegation-cut", "vice", ["independent"], "it no longer acts for Independent"),
            ("reports-lost", "other", ["independent"], "it no longer reports to Independent"),
        ]
        assert effects(session, "constable") == [
            ("delegation-cut", "joint", ["constable"], "it no longer acts for Constable"),
            ("route-lost", "other", ["constable"], "all its routes lead over Constable"),
        ]


def test_what_goes_with_a_body(open_structure: Opened) -> None:
    with open_structure(affected()) as session:
        # The independent chair is a post in it and in nothing else.
        assert effects(session, "board") == [
            ("seat-emptied", "seat-body", ["board"], "member on Other (Statutory)"),
            ("seat-emptied", "seat-co-2", ["independent"], "chair on Scrutiny"),
            ("delegation-cut", "vice", ["independent"], "it no longer acts for Independent"),
            ("agreement-touched", "memo", ["board"], "in-force; left in it: Council, Other"),
            ("route-lost", "group", ["board"], "all its routes lead over Board"),
            ("route-lost", "scrutiny", ["board"], "all its routes lead over Board"),
            ("route-lost", "sub", ["board"], "all its routes lead over Board"),
            ("reports-lost", "other", ["independent"], "it no longer reports to Independent"),
            (
                "reports-lost",
                "sub",
                ["board"],
                "it no longer reports to Board; it no longer reports to Board (money)",
            ),
            ("reports-lost", "whole", ["board"], "it no longer has reports from Board"),
        ]


def test_a_vacant_seat_is_not_emptied_and_a_joint_post_stays(open_structure: Opened) -> None:
    with open_structure(affected()) as session:
        assert [row for row in effects(session, "police") if "seat" in str(row) or "body" in str(row)] == [
            (
                "body-without-statutory-partner",
                "board",
                ["police"],
                "nobody is left for Police, a statutory partner",
            ),
        ]
        assert effects(session, "charity") == [
            ("seat-emptied", "seat-charity", ["charity"], "member on Other (Statutory)"),
            ("seat-emptied", "seat-lay", ["charity"], "member on Sub (Non-statutory member)"),
            (
                "body-without-statutory-partner",
                "other",
                ["charity"],
                "nobody is left for Charity, a statutory partner",
            ),
        ]
        assert effects(session, "sector") == [("seat-emptied", "seat-voices", ["sector"], "member on Board")]
        assert effects(session, "council", as_of="2017-12-31") == []


def test_what_a_row_follows_from(open_structure: Opened) -> None:
    with open_structure(affected()) as session:
        rows = session.ask("impact", thing="council", as_of="2021-06-30").dicts()
    grounds = {
        (row["effect"], row["affected_id"]): (row["last_seen"], row["certainty"], row["citations"])
        for row in rows
    }
    seat = ("director service", "seat-chief", "seat-chief board", "seat-chief council", "seat-chief director")
    assert grounds["seat-emptied", "seat-chief"] == ("2018-01-01", "stated", cited(*seat, "service council"))
    # On the group only the lead of the partnership makes it a statutory partner.
    assert grounds["body-without-statutory-partner", "group"] == (
        "2018-01-01",
        "stated",
        cited(
            *("group whole", "seat-group", "seat-group council", "seat-group group"),
            *("seat-lead", "seat-lead council", "seat-lead whole"),
        ),
    )
    assert grounds["money-touched", "pot"] == (
        "2018-01-01",
        "inferred",
        cited("council pot", "police pot", "pot"),
    )
    assert grounds["money-touched", "fund"][2] == cited(
        "council fund", "fund", "service council", "service fund"
    )
    assert grounds["agreement-touched", "memo"][2] == cited(
        "board memo", "council memo", "memo", "other memo"
    )


# Accountability where there are more routes than a store should walk


def routes_of(answer: Rows) -> list[object]:
    """The routes of an answer, each once."""
    found: list[object] = []
    for row in answer.rows:
        if row[0] not in found[-1:]:
            found.append(row[0])
    return found


@pytest.mark.parametrize(("layers", "width"), [(9, 2), (10, 2), (14, 2), (29, 2), (29, 9)])
def test_of_many_routes_the_first_are_listed_and_all_are_counted(
    open_structure: Opened, layers: int, width: int
) -> None:
    with open_structure(ladder(layers, width)) as session:
        answer = session.ask("accountability", body="low", as_of=DAY)
    choices = product(range(width), repeat=layers)
    expected = [
        ["low", *(f"b{i:02}-{side}" for i, side in enumerate(sides)), "top"]
        for sides in islice(choices, 5000)
    ]
    assert routes_of(answer) == expected
    count = width**layers
    note = f"there are {count:,} routes: the first 5,000 are listed"
    assert answer.notes == ((note,) if count > 5000 else ())
    assert answer.rows[0][2:] == (
        *(None, None, "top", "Top", None, None, "stated"),
        sorted(cited(*(f"{one} {other}" for one, other in pairwise(expected[0])))),
    )


@pytest.mark.parametrize("layers", [30, 45])
def test_of_many_routes_that_go_on_and_on_none_is_shown(open_structure: Opened, layers: int) -> None:
    with open_structure(ladder(layers)) as session:
        answer = session.ask("accountability", body="low", as_of=DAY)
    note = "the bound of 30 steps was reached: there is more beyond it that is not shown"
    assert (answer.rows, answer.notes) == ((), (note,))


def test_bodies_that_are_all_accountable_to_each_other(open_structure: Opened) -> None:
    """Sixteen in every circle there can be, of which one leads out: 14! routes and more."""
    made = Made()
    bodies = [f"b{number:02}" for number in range(16)]
    made.add("Body", *bodies)
    made.add("Post", "chief")
    made.join("ACCOUNTABLE_TO", *(f"{one}>{other}" for one, other in permutations(bodies, 2)), "b00>chief")
    with open_structure(made.structure()) as session:
        answer = session.ask("accountability", body="b15", as_of=DAY)
        assert session.ask("accountability", body="b00", as_of=DAY).dicts()[-1]["route_ids"] == [
            "b00",
            "chief",
        ]
    routes = routes_of(answer)
    assert len(routes) == 5000
    assert routes == sorted(routes)  # type: ignore[type-var]
    assert routes[0] == ["b15", "b00", "chief"]
    assert routes[1] == ["b15", "b01", "b00", "chief"]
    assert answer.notes == ("there are more than 5,000 routes: the first 5,000 are listed",)


def first_routes(rows: list[dict[str, object]], most: int) -> list[dict[str, object]]:
    """The rows about the first routes."""
    routes = sorted({tuple(row["route_ids"]) for row in rows})[:most]  # type: ignore[arg-type]
    return [row for row in rows if tuple(row["route_ids"]) in routes]  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [1, 3, 5000])
def test_python_walks_the_same_routes_as_a_store(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_accountability, "MOST", most)
    for structure in (tangle(), answering(), affected(), bundled("dudley")):
        for body in structure.labelled("Body"):
            for day in ("2018-06-01", DAY, "2021-06-30", "2023-01-01"):
                expected = ORACLES["accountability"](structure, body.id, day)
                answer = _accountability.answer(structure, body=body.id, as_of=day)
                assert answer.dicts() == first_routes(expected, most)
                count = len({tuple(row["route_ids"]) for row in expected})  # type: ignore[arg-type]
                assert any("routes" in note for note in answer.notes) == (count > most)


def test_a_query_that_can_give_up_names_who_answers_then(tmp_path: Path) -> None:
    text = """// Something.
//
// $body: Body. The body.
//
// one: One.
//
// Sorted by one.
// Too many: {}.
MATCH (b:Body {{id: $body}}) RETURN b.id AS one, {} AS too_many
"""
    file = tmp_path / "mine.cypher"
    file.write_text(text.format("nobody", "false"))
    with pytest.raises(QueryError, match=r"mine.cypher:1: there is no module 'nobody' of orgmodel.analyses$"):
        queries.read(file)
    file.write_text(text.format("_accountability", "false"))
    query = queries.read(file)
    with open_embedded(answering()) as session:
        assert queries.run(query, session.facts.store, {"body": "sub"}).rows == (("sub",),)
    file.write_text(text.format("_accountability", "true"))
    with open_embedded(answering()) as session, pytest.raises(TooManyError) as error:
        queries.run(queries.read(file), session.facts.store, {"body": "sub"})
    assert error.value.module == "_accountability"
    assert str(error.value) == f"{file}: there is too much for a store to walk"


# As plain Python has it, with what the structures of all tests have not


@st.composite
def rich(draw: DrawFn) -> Structure:
    """A structure with statutory partners, sectors, agreements and funds."""
    base = draw(structures())
    categories = st.sampled_from(("Key STATUTORY Partner", "Safeguarding partners", "Non-statutory", None))
    nodes: list[Node] = []
    for node in base.nodes.values():
        update: dict[str, object] = {}
        if node.term == "Seat":
            update = {"category": draw(categories), "state": draw(st.sampled_from(SEAT_STATES))}
            update |= {"role": draw(st.sampled_from(("lead", "chair", "member")))}
        if node.term == "Organisation":
            update = {"kind": draw(st.sampled_from(("police", "police", "sector")))}
        nodes.append(node.model_copy(update=update))
    said: dict[str, Any] = {"datasets": ("made-up",), "citations": ("paper 7",)}
    for label, own in (
        ("Agreement", {"status": "in-force"}),
        ("Fund", {"year": "2020", "currency": "GBP", "total": draw(st.sampled_from((None, 10, 0.5)))}),
    ):
        nodes.append(node_class(label)(id=label.lower(), name=label, **own, **said))
    lines: list[Relationship] = [*base.relationships.values()]

    def join(relation: str, target: str, label: str, **own: Any) -> None:
        sources = st.lists(st.sampled_from(base.labelled(label)), max_size=3)
        lines.extend(
            relationship_class(relation)(
                id=f"{relation.lower().replace('_', '-')}-{label.lower()}-{number}",
                from_id=source.id,
                to_id=target,
                **own,
                **said,
            )
            for number, source in enumerate(draw(sources))
        )

    join("PARTY_TO", "agreement", "Body")
    join("PARTY_TO", "agreement", "Organisation")
    join("CONTRIBUTES", "fund", "Organisation", amount=draw(st.sampled_from((1, 2.25, 1234.5))))
    return Structure.of([Dataset(id="made-up", name="Made up")], nodes, lines)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(structure=rich(), data=st.data())
def test_everything_of_any_rich_structure_as_plain_python_has_it(
    structure: Structure, data: st.DataObject
) -> None:
    days = data.draw(st.lists(st.sampled_from(days_of(structure)), min_size=4, max_size=4))
    with open_embedded(structure) as session:
        names = ["accountable-for", "between", "connectors", "impact"]
        assert disagreements(session, names, days) == []
    for body in structure.labelled("Body"):
        expected = ORACLES["accountability"](structure, body.id, days[0])
        assert _accountability.answer(structure, body=body.id, as_of=days[0]).dicts() == expected
