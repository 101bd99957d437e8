"""The registers: agreements, support, succession, timeline, money, plans, mandates and what is not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel.model import node_class, relationship_class
from orgmodel.resources import bundled_datasets
from orgmodel.session import open_dataset
from tests.oracles.registers import ORACLES
from tests.stores import open_embedded
from tests.strategies import days_of
from tests.strategies_registers import registers
from tests.test_questions import disagreements, made_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.session import Session
    from orgmodel.structure import Structure
    from tests.conftest import Opened

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

# Structures as odd as the model allows


def cited_wrongly(session: Session) -> list[Any]:
    """Where a store and plain Python differ about what is taken from some section, of all that are cited."""
    structure = session.structure()
    facts = [*structure.nodes.values(), *structure.relationships.values()]
    places = {citation.split(" ", 1)[0]: citation.split(" ", 1)[1] for f in facts for citation in f.citations}
    found = []
    for document, section in places.items():
        for people in (False, True):
            values = {"document": document, "section": section, "people": people}
            answered = session.ask("cited", **values).dicts()
            expected = ORACLES["cited"](structure, **values)
            if answered != expected or not (expected or not people):
                found.append((values, answered, expected))
    return found


def test_the_registers_of_any_structure_as_plain_python_has_them(open_structure: Opened) -> None:
    @settings(
        max_examples=40 if open_structure is open_embedded else 3,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(structure=registers(), data=st.data())
    def check(structure: Structure, data: st.DataObject) -> None:
        days = data.draw(st.lists(st.sampled_from(days_of(structure)), min_size=4, max_size=4))
        with open_structure(structure) as session:
            assert disagreements(session, ORACLES, days, 20) == []
            assert cited_wrongly(session) == []

    check()


# A small partnership, of which everything is said


class Making:
    """A structure in the making: each fact cites a place of its own."""

    def __init__(self) -> None:
        self.nodes: list[Any] = [
            node_class("Source")(id="paper", name="Paper", published="2019-01-01"),
            node_class("Source")(id="paper-2", name="Second paper", published="2021-06"),
        ]
        self.lines: list[Any] = []

    def add(self, label: str, node_id: str, name: str, **said: Any) -> None:
        said.setdefault("citations", (f"paper {node_id}",))
        self.nodes.append(node_class(label)(id=node_id, name=name, **_sure(said)))

    def join(self, line_id: str, name: str, source: str, target: str, **said: Any) -> None:
        said.setdefault("citations", (f"paper {line_id}",))
        line = relationship_class(name)(id=line_id, from_id=source, to_id=target, **_sure(said))
        self.lines.append(line)

    def structure(self) -> Structure:
        return made_up(self.nodes, self.lines)


def _sure(said: dict[str, Any]) -> dict[str, Any]:
    return said if "certainty" not in said else {"basis": "concluded", **said}


def lakeside() -> Structure:
    making = Making()
    add, join = making.add, making.join
    add("Partnership", "lake", "Lakeside Partnership")
    add("Partnership", "hill", "Hill Partnership")
    add("Body", "board", "Board", start_date="2019-04")
    add("Body", "group", "Group", end_date="2021")
    add("Body", "old-board", "Old Board", end_date="2019-03-31")
    add("Body", "hill-board", "Hill Board")
    add("Organisation", "council", "Council", kind="local-authority")
    add("Organisation", "services", "Children's Services", kind="service")
    add("Organisation", "police", "Police", kind="police")
    add("Organisation", "trust", "Trust", kind="nhs-provider")
    add("Organisation", "court", "Court Service", kind="court-service")
    add("Organisation", "schools", "Schools", kind="sector")
    add("Organisation", "college", "College", kind="sector")
    add("Post", "head", "Head of Trust", start_date="2020-02", end_date="2022-02")
    add("Person", "ann", "Ann Example", certainty="inferred")
    join("board-of", "PART_OF", "board", "lake")
    join("group-of", "PART_OF", "group", "board", certainty="inferred")
    join("hill-of", "PART_OF", "hill-board", "hill")
    join("services-of", "PART_OF", "services", "council")
    join("new-board", "SUCCEEDS", "board", "old-board", certainty="inferred")

    add("Seat", "chair", "Chair", role="chair")
    add("Seat", "line-1", "Services", role="member")
    add("Seat", "line-2", "Police", role="member", certainty="inferred")
    add("Seat", "line-3", "Schools", role="member")
    add("Seat", "line-4", "Courts", role="member")
    join("chair-on", "ON", "chair", "group")
    join("line-1-on", "ON", "line-1", "board")
    join("line-2-on", "ON", "line-2", "lake")
    join("line-3-on", "ON", "line-3", "board")
    join("line-4-on", "ON", "line-4", "hill-board")
    join("chair-by", "FILLED_BY", "chair", "head")
    join("chair-ann", "FILLED_BY", "chair", "ann", certainty="ambiguous")
    join("head-in", "POST_IN", "head", "trust")
    join("line-1-for", "REPRESENTS", "line-1", "services")
    join("line-2-for", "REPRESENTS", "line-2", "police", certainty="ambiguous")
    join("line-3-for", "REPRESENTS", "line-3", "schools")
    join("line-4-for", "REPRESENTS", "line-4", "court")

    binding = {"kind": "protocol", "status": "in-force", "signed_date": "2019-11", "review_date": "2020-02"}
    add("Agreement", "pact", "Pact", purposes=("Peace", "Money"), **binding)
    add("Agreement", "hill-pact", "Hill pact", status="intended", certainty="ambiguous")
    join("pact-board", "PARTY_TO", "board", "pact")
    join("pact-police", "PARTY_TO", "police", "pact", certainty="inferred", end_date="2019-12")
    join("pact-hill", "PARTY_TO", "hill-board", "hill-pact")

    join("serves", "SUPPORTS", "trust", "board", subject="papers")
    join("hosts", "HOSTED_BY", "group", "council", certainty="inferred")
    join("tells", "INFORMS", "board", "lake", citations=("paper z", "paper a", "paper z"))
    join("tells-too", "INFORMS", "board", "lake", subject="risks")
    join("hill-tells", "REPORTS_TO", "hill-board", "hill")
    join("reports", "REPORTS_TO", "group", "board", subject="progress")
    join("answers", "ACCOUNTABLE_TO", "group", "board")

    add("Plan", "plan", "Plan", kind="strategy", start_date="2019")
    add("Plan", "hill-plan", "Hill plan")
    add("Priority", "second", "Second", number="2", kind="theme")
    add("Priority", "tenth", "Tenth", number="10", kind="theme")
    add("Priority", "extra", "Extra", certainty="ambiguous")
    add("Objective", "safety", "Safety", kind="action", number="1")
    add("Objective", "wider", "Wider")
    join("plan-of", "PART_OF", "plan", "lake")
    join("hill-plan-of", "PART_OF", "hill-plan", "hill")
    join("second-of", "PART_OF", "second", "plan")
    join("tenth-of", "PART_OF", "tenth", "plan", certainty="inferred")
    join("extra-of", "PART_OF", "extra", "plan")
    join("safety-of", "PART_OF", "safety", "second")
    join("wider-of", "PART_OF", "wider", "extra")
    join("group-leads", "LEADS", "group", "safety")
    join("trust-leads", "LEADS", "trust", "tenth")

    add("Instrument", "act", "Act", kind="act")
    add("Instrument", "terms", "Terms", kind="terms-of-reference")
    add("Requirement", "quorum", "Quorum", kind="quorum", force="must", certainty="inferred")
    add("Requirement", "report", "Report", force="should")
    join("board-act", "MANDATED_BY", "board", "act")
    join("quorum-terms", "SET_BY", "quorum", "terms")
    join("quorum-act", "SET_BY", "quorum", "act", certainty="ambiguous")
    join("board-quorum", "SUBJECT_TO", "board", "quorum", assessment="partly")
    join("hill-report", "SUBJECT_TO", "hill", "report")

    add("Event", "launch", "Launch", kind="deadline", date="2019-09")
    add("Event", "visit", "Visit", date="2019-10", end_date="2020-02", certainty="inferred")
    add("Event", "fair", "Hill fair", kind="meeting", date="2019")
    add("Event", "count", "Count", date="2021-03-01")
    join("count-about", "CONCERNS", "count", "quorum")
    join("launch-about", "CONCERNS", "launch", "second")
    join("visit-about", "CONCERNS", "visit", "trust")
    join("fair-about", "CONCERNS", "fair", "hill")

    add("Fund", "fund", "Fund", year="2019-20", currency="GBP")
    add("Fund", "small-fund", "Small fund", year="2018", currency="GBP", certainty="inferred")
    join("fund-of", "PART_OF", "fund", "lake")
    join("council-pays", "CONTRIBUTES", "council", "fund", amount=0.1, kind="contribution")
    join("council-adds", "CONTRIBUTES", "council", "fund", amount=0.2, kind="adjustment")
    join("schools-pay", "CONTRIBUTES", "schools", "fund", amount=50, certainty="ambiguous")
    join("college-pays", "CONTRIBUTES", "college", "fund", amount=150)
    join("court-pays", "CONTRIBUTES", "court", "small-fund", amount=0)

    readings = {"readings": ("Paper: one", "Second paper: two"), "taken": "One"}
    add("Issue", "odds", "At odds", kind="conflict", about="chair-by", certainty="ambiguous", **readings)
    add("Issue", "unsaid", "Unsaid", kind="not-stated", about="chair-ann", note="A note.")
    add("Issue", "other", "Of no kind")
    join("odds-chair", "CONCERNS", "odds", "chair")
    join("odds-ann", "CONCERNS", "odds", "ann")
    join("odds-board", "CONCERNS", "odds", "board", citations=("paper-2 1",))
    join("unsaid-ann", "CONCERNS", "unsaid", "ann", citations=("paper ann too",), certainty="ambiguous")
    return making.structure()


@pytest.fixture(scope="module")
def lakeside_structure() -> Structure:
    return lakeside()


@pytest.fixture
def lake(open_structure: Opened, lakeside_structure: Structure) -> Iterator[Session]:
    with open_structure(lakeside_structure) as session:
        yield session


def paper(*sections: str) -> list[str]:
    return [f"paper {section}" for section in sections]


SEEN = "2019-01-01"
NOTHING: tuple[None, ...] = (None,) * 8
NOBODY: tuple[list[str], list[str]] = [], []
PLAN = "plan", "Plan"
BOARD = "board", "Board"
ACT = ["act"], ["Act"]
FUND = "fund", "Fund", "2019-20"
SMALL = "small-fund", "Small fund", "2018"
EXTRA = (*PLAN, "extra", "Extra")
SECOND = (*PLAN, "second", "Second")
LED = (None, None, None, SEEN)
GAP = (None, None, "priority-without-body", SEEN)
LAKE = "lake", "Lakeside Partnership"
PEACE = ["Peace", "Money"], "2019-11", "2020-02"
BINDS = "pact", "Pact", "protocol", "in-force"

# A row of an answer reads best as a row.
# fmt: off
AGREEMENTS = {
    "2019-12-20": [
        ("hill-pact", "Hill pact", None, "intended", ["hill-board"], ["Hill Board"], None, None, None, None,
         SEEN, "ambiguous", paper("hill-pact", "pact-hill")),
        (*BINDS, ["board", "police"], ["Board", "Police"], *PEACE, 71,
         SEEN, "inferred", paper("pact", "pact-board", "pact-police")),
    ],
    "2020-03-01": [
        ("hill-pact", "Hill pact", None, "intended", ["hill-board"], ["Hill Board"], None, None, None, None,
         SEEN, "ambiguous", paper("hill-pact", "pact-hill")),
        (*BINDS, ["board"], ["Board"], *PEACE, -1, SEEN, "stated", paper("pact", "pact-board")),
    ],
    "2018-12-31": [],
}
SUPPORT = [
    ("trust", "Trust", "SUPPORTS", "papers", *BOARD, "stated", paper("serves")),
    ("group", "Group", "HOSTED_BY", None, "council", "Council", "inferred", paper("hosts")),
    (*BOARD, "INFORMS", "risks", *LAKE, "stated", paper("tells-too")),
    (*BOARD, "INFORMS", None, *LAKE, "stated", paper("a", "z")),
    ("group", "Group", "REPORTS_TO", "progress", *BOARD, "stated", paper("reports")),
    ("hill-board", "Hill Board", "REPORTS_TO", None, "hill", "Hill Partnership", "stated",
     paper("hill-tells")),
]
TIMELINE = [
    ("2019", "2019-01-01", "fair", "Hill fair", "takes place", "meeting", "stated", paper("fair")),
    ("2019", "2019-01-01", *PLAN, "begins", "plan", "stated", paper("plan")),
    ("2019-03-31", "2019-03-31", "old-board", "Old Board", "ends", "body", "stated", paper("old-board")),
    ("2019-04", "2019-04-01", *BOARD, "begins", "body", "stated", paper("board")),
    ("2019-04", "2019-04-01", "old-board", "Old Board", "is replaced by Board", "body", "inferred",
     paper("board", "new-board")),
    ("2019-09", "2019-09-30", "launch", "Launch", "falls due", "deadline", "stated", paper("launch")),
    ("2019-10", "2019-10-01", "visit", "Visit", "begins", "event", "inferred", paper("visit")),
    ("2019-11", "2019-11-01", "pact", "Pact", "is signed", "agreement", "stated", paper("pact")),
    ("2020-02", "2020-02-01", "head", "Head of Trust", "begins", "post", "stated", paper("head")),
    ("2020-02", "2020-02-29", "pact", "Pact", "is due for review", "agreement", "stated", paper("pact")),
    ("2020-02", "2020-02-29", "visit", "Visit", "ends", "event", "inferred", paper("visit")),
    ("2021-03-01", "2021-03-01", "count", "Count", "takes place", "event", "stated", paper("count")),
    ("2021", "2021-12-31", "group", "Group", "ends", "body", "stated", paper("group")),
    ("2022-02", "2022-02-28", "head", "Head of Trust", "ends", "post", "stated", paper("head")),
]
FUNDING = [
    (*SMALL, "court", "Court Service", "pays", 0, "GBP", None, [], "inferred",
     paper("court-pays", "small-fund")),
    (*SMALL, None, None, "total", 0, "GBP", None, [], "inferred", paper("court-pays", "small-fund")),
    (*FUND, "schools", "Schools", "pays", 50, "GBP", 0.2496, [], "ambiguous", paper("fund", "schools-pay")),
    (*FUND, "council", "Council", "pays", 0.3, "GBP", 0.0015, ["adjustment", "contribution"], "stated",
     paper("council-adds", "council-pays", "fund")),
    (*FUND, "college", "College", "pays-without-sitting", 150, "GBP", 0.7489, [], "stated",
     paper("college-pays", "fund")),
    (*FUND, "police", "Police", "sits-without-paying", None, None, None, [], "ambiguous",
     paper("fund", "fund-of", "line-2", "line-2-for", "line-2-on")),
    (*FUND, "trust", "Trust", "sits-without-paying", None, None, None, [], "inferred",
     paper("board-of", "chair", "chair-by", "chair-on", "fund", "fund-of", "group-of", "head-in")),
    (*FUND, None, None, "total", 200.3, "GBP", 1.0, ["adjustment", "contribution"], "ambiguous",
     paper("college-pays", "council-adds", "council-pays", "fund", "schools-pay")),
]
OF_THE_PLAN = [
    (*SECOND, None, None, "theme", "2", *NOBODY, *LED, "stated", paper("second", "second-of")),
    (*SECOND, "safety", "Safety", "action", "1", ["group"], ["Group"], *LED, "stated",
     paper("group-leads", "safety", "safety-of", "second-of")),
    (*PLAN, "tenth", "Tenth", None, None, "theme", "10", ["trust"], ["Trust"], *GAP, "inferred",
     paper("tenth", "tenth-of", "trust-leads")),
    (*EXTRA, None, None, None, None, *NOBODY, *GAP, "ambiguous", paper("extra", "extra-of")),
    (*EXTRA, "wider", "Wider", None, None, *NOBODY, *LED, "stated", paper("extra-of", "wider", "wider-of")),
]
WITHOUT_PRIORITY = [
    (*NOTHING, *NOBODY, *BOARD, "body-without-priority", SEEN, "stated", paper("board")),
    (*NOTHING, *NOBODY, "hill-board", "Hill Board", "body-without-priority", SEEN, "stated",
     paper("hill-board")),
]
MANDATES = [
    (*BOARD, *ACT, None, None, None, None, None, "stated", paper("board-act")),
    (*BOARD, ["act", "terms"], ["Act", "Terms"], "quorum", "Quorum", "quorum", "must", "partly", "ambiguous",
     paper("board-quorum", "quorum", "quorum-act", "quorum-terms")),
    ("hill", "Hill Partnership", *NOBODY, "report", "Report", None, "should", None, "stated",
     paper("hill-report", "report")),
]
UNCERTAIN = [
    ("hill-pact", "Hill pact", "Agreement", "ambiguous"),
    ("schools-pay", "Schools contributes to Fund", "CONTRIBUTES", "ambiguous"),
    ("odds", "At odds", "Issue", "ambiguous"),
    ("extra", "Extra", "Priority", "ambiguous"),
    ("line-2-for", "Police (seat on Lakeside Partnership) represents Police", "REPRESENTS", "ambiguous"),
    ("quorum-act", "Quorum is set by Act", "SET_BY", "ambiguous"),
    ("visit", "Visit", "Event", "inferred"),
    ("small-fund", "Small fund", "Fund", "inferred"),
    ("hosts", "Group is hosted by Council", "HOSTED_BY", "inferred"),
    ("pact-police", "Police is party to Pact", "PARTY_TO", "inferred"),
    ("group-of", "Group is part of Board", "PART_OF", "inferred"),
    ("tenth-of", "Tenth is part of Plan", "PART_OF", "inferred"),
    ("quorum", "Quorum", "Requirement", "inferred"),
    ("new-board", "Board succeeds Old Board", "SUCCEEDS", "inferred"),
    ("line-2", "Police (seat on Lakeside Partnership)", "Seat", "inferred"),
]
OF_ANN = [
    ("unsaid-ann", "Unsaid concerns Ann Example", "CONCERNS", "ambiguous"),
    ("chair-ann", "Chair (seat on Group) is filled by Ann Example", "FILLED_BY", "ambiguous"),
    ("ann", "Ann Example", "Person", "inferred"),
]
# fmt: on


def rows(session: Session, question: str, **values: object) -> list[tuple[object, ...]]:
    answer = session.ask(question, **values)
    return list(answer.rows)


@pytest.mark.parametrize("day", AGREEMENTS)
def test_agreements(lake: Session, day: str) -> None:
    assert rows(lake, "agreements", as_of=day) == AGREEMENTS[day]


def test_agreements_of_one_partnership_are_those_of_its_bodies(lake: Session) -> None:
    whole = AGREEMENTS["2020-03-01"]
    assert rows(lake, "agreements", partnership="hill", as_of="2020-03-01") == whole[:1]
    assert rows(lake, "agreements", partnership="lake", as_of="2020-03-01") == whole[1:]


def test_support(lake: Session) -> None:
    assert rows(lake, "support", as_of="2020") == SUPPORT
    assert rows(lake, "support", partnership="lake", as_of="2020") == SUPPORT[:-1]
    # The group has ended, and what it was party to with it.
    assert rows(lake, "support", partnership="lake", as_of="2022") == [SUPPORT[0], *SUPPORT[2:4]]


def test_timeline(lake: Session) -> None:
    assert rows(lake, "timeline") == TIMELINE
    assert rows(lake, "timeline", from_day="2019-04-01", to_day="2020-02-29") == TIMELINE[3:11]
    assert rows(lake, "timeline", from_day="2019-04-02", to_day="2020-02-28") == TIMELINE[5:9]


def test_the_timeline_of_a_partnership_leaves_out_what_only_others_have_to_do_with(lake: Session) -> None:
    without_old_board_and_fair = [row for row in TIMELINE if row[3:5] != ("Old Board", "ends")][1:]
    assert rows(lake, "timeline", partnership="lake") == without_old_board_and_fair
    assert rows(lake, "timeline", partnership="hill") == TIMELINE[:1]


def test_funding(lake: Session) -> None:
    assert rows(lake, "funding") == FUNDING
    assert rows(lake, "funding", fund="fund") == FUNDING[2:]


def test_plans(lake: Session) -> None:
    empty = ("hill-plan", "Hill plan", *NOTHING[2:], *NOBODY, *LED, "stated", paper("hill-plan"))
    assert rows(lake, "plans", as_of="2020") == [empty, *OF_THE_PLAN, *WITHOUT_PRIORITY]
    assert rows(lake, "plans", partnership="hill", as_of="2020") == [empty, *WITHOUT_PRIORITY[1:]]


def test_plans_of_one_plan_have_the_bodies_that_lead_on_nothing_in_it(lake: Session) -> None:
    board, hill = (
        (*plan, *row[2:])
        for plan, row in zip((PLAN, ("hill-plan", "Hill plan")), WITHOUT_PRIORITY, strict=True)
    )
    assert rows(lake, "plans", plan="plan", as_of="2020") == [*OF_THE_PLAN, board]
    assert rows(lake, "plans", plan="hill-plan", as_of="2020")[1:] == [hill]
    assert rows(lake, "plans", plan="plan", partnership="hill", as_of="2020") == []


def test_what_was_dropped_from_a_plan_counts_for_it_no_more(open_structure: Opened) -> None:
    making = Making()
    making.add("Partnership", "lake", "Lake")
    making.add("Body", "group", "Group")
    making.add("Plan", "plan", "Plan")
    making.add("Priority", "aim", "Aim")
    making.add("Objective", "goal", "Goal")
    making.join("group-of", "PART_OF", "group", "lake")
    making.join("plan-of", "PART_OF", "plan", "lake")
    making.join("aim-of", "PART_OF", "aim", "plan", end_date="2019")
    making.join("goal-of", "PART_OF", "goal", "aim")
    making.join("leads", "LEADS", "group", "goal")
    said = ("plan_id", "priority_id", "objective_id", "body_id", "gap")
    with open_structure(making.structure()) as session:

        def shown(**values: object) -> list[tuple[object, ...]]:
            return [tuple(row[name] for name in said) for row in session.ask("plans", **values).dicts()]

        assert (
            shown(as_of="2019")
            == shown(plan="plan", as_of="2019")
            == [
                ("plan", "aim", None, None, None),
                ("plan", "aim", "goal", None, None),
            ]
        )
        assert shown(as_of="2020") == [
            ("plan", None, None, None, None),
            (None, "aim", None, None, None),
            (None, "aim", "goal", None, None),
        ]
        assert shown(plan="plan", as_of="2020") == [
            ("plan", None, None, None, None),
            ("plan", None, None, "group", "body-without-priority"),
        ]


def test_mandates(lake: Session) -> None:
    assert rows(lake, "mandates", as_of="2020") == MANDATES
    assert rows(lake, "mandates", body="board", as_of="2020") == MANDATES[:2]
    assert rows(lake, "mandates", partnership="hill", as_of="2020") == MANDATES[2:]
    assert rows(lake, "mandates", instrument="terms", as_of="2020") == MANDATES[1:2]
    assert rows(lake, "mandates", instrument="act", as_of="2020") == MANDATES[:2]


def test_conflicts_and_what_is_not_stated(lake: Session) -> None:
    assert rows(lake, "conflicts") == [
        (
            "odds",
            "At odds",
            ["board", "chair"],
            ["Board", "Chair (seat on Group)"],
            "chair-by",
            "Chair (seat on Group) is filled by Head of Trust",
            ["Paper: one", "Second paper: two"],
            "One",
            None,
            "2019-01-01",
            "ambiguous",
            [*paper("odds", "odds-chair"), "paper-2 1"],
        )
    ]
    # Both what it concerns and the line that it is about would name somebody.
    assert rows(lake, "not-stated") == [
        ("unsaid", "Unsaid", *NOBODY, None, None, None, None, "A note.", SEEN, "stated", paper("unsaid"))
    ]


def test_uncertain(lake: Session) -> None:
    def shown(people: str) -> list[tuple[object, ...]]:
        found = lake.ask("uncertain", people=people).dicts()
        assert all(row["basis"] == "concluded" and row["last_seen"] == SEEN for row in found)
        named = {"unsaid-ann": "ann too"}
        assert all(row["citations"] == paper(named.get(str(i := row["thing_id"]), str(i))) for row in found)
        return [tuple(row[name] for name in ("thing_id", "thing", "label", "certainty")) for row in found]

    assert shown("false") == UNCERTAIN
    ranked = sorted([*UNCERTAIN, *OF_ANN], key=lambda row: (row[3], row[2], row[1]))
    assert shown("true") == ranked


def test_cited(lake: Session) -> None:
    services = ("line-1", "Services (seat on Board)", "Seat", ["line-1"], SEEN, "stated", paper("line-1"))
    assert rows(lake, "cited", document="paper", section="line-1") == [services]
    # A document whose id begins like another's; a section whose name begins like another's.
    odds = ("odds-board", "At odds concerns Board", "CONCERNS", ["1"], "2021-06", "stated", ["paper-2 1"])
    assert rows(lake, "cited", document="paper-2") == [odds]
    assert rows(lake, "cited", document="paper-2", section="") == []
    informs = ("tells", "Board informs Lakeside Partnership", "INFORMS", ["a", "z"])
    assert rows(lake, "cited", document="paper", section="a") == [(*informs, SEEN, "stated", paper("a", "z"))]
    everything = rows(lake, "cited", document="paper")
    assert len(everything) == len(lake.structure().nodes) + len(lake.structure().relationships) - 2 - 1 - 4


def test_nobody_is_named_unless_asked_for(lake: Session) -> None:
    for section, line in (("ann", "ann"), ("chair-ann", "chair-ann"), ("ann too", "unsaid-ann")):
        assert rows(lake, "cited", document="paper", section=section) == []
        named = rows(lake, "cited", document="paper", section=section, people=True)
        assert [row[0] for row in named] == [line]


# Days to review


@pytest.mark.parametrize(
    ("review", "day", "left"),
    [
        ("2024-02", "2024-02-01", 28),
        ("2023-02", "2023-02-01", 27),
        ("2024-12", "2024-12-31", 0),
        ("2024", "2024-01-01", 365),
        ("2024", "2025-01-01", -1),
        ("2024-04-10", "2024-04-12", -2),
        ("2024-11", "2023-11-30", 366),
    ],
)
def test_a_review_is_due_by_the_last_day_that_its_date_can_mean(
    open_structure: Opened, review: str, day: str, left: int
) -> None:
    making = Making()
    making.add("Agreement", "pact", "Pact", status="in-force", review_date=review)
    with open_structure(making.structure()) as session:
        assert [row["days_to_review"] for row in session.ask("agreements", as_of=day).dicts()] == [left]


# Chains of what replaced what


def test_succession(lake: Session) -> None:
    new_board = ("old-board", "Old Board", *BOARD, "Body", "2019-04")
    said = "inferred", paper("board", "new-board")
    assert rows(lake, "succession") == [(*new_board, None, *said)]
    assert rows(lake, "succession", thing="board") == [(*new_board, -1, *said)]
    assert rows(lake, "succession", thing="old-board") == [(*new_board, 1, *said)]
    assert rows(lake, "succession", thing="group") == []


def chained(*pairs: str, **said: Any) -> Structure:
    """Bodies that replaced each other, each pair as `newer>older`."""
    making = Making()
    for name in dict.fromkeys(name for pair in pairs for name in pair.split(">")):
        making.add("Body", name, name.upper())
    for number, pair in enumerate(pairs):
        making.join(f"line-{number}", "SUCCEEDS", *pair.split(">"), **said)
    return making.structure()


def steps(session: Session, **values: object) -> list[tuple[object, ...]]:
    found = session.ask("succession", **values).dicts()
    return [(row["steps"], row["newer_id"], row["older_id"]) for row in found]


def test_succession_has_the_whole_chain_of_a_thing_and_nothing_beside(open_structure: Opened) -> None:
    with open_structure(chained("b>a", "c>b", "d>c", "c>other", "x>a", "y>z")) as session:
        assert steps(session, thing="c") == [
            (-2, "b", "a"),
            (-1, "c", "b"),
            (-1, "c", "other"),
            (1, "d", "c"),
        ]
        assert steps(session, thing="a") == [(1, "b", "a"), (1, "x", "a"), (2, "c", "b"), (3, "d", "c")]
        assert steps(session, thing="z") == [(1, "y", "z")]
        assert len(steps(session)) == 6


def test_succession_that_goes_round_is_walked_once_each_way(open_structure: Opened) -> None:
    with open_structure(chained("b>a", "a>b", "b>a", start_date="2020-05")) as session:
        assert rows(session, "succession", thing="a") == [
            ("a", "A", "b", "B", "Body", "2020-05", -2, "stated", paper("line-0")),
            ("a", "A", "b", "B", "Body", "2020-05", -2, "stated", paper("line-2")),
            ("b", "B", "a", "A", "Body", "2020-05", -1, "stated", paper("line-1")),
            ("a", "A", "b", "B", "Body", "2020-05", 1, "stated", paper("line-0")),
            ("a", "A", "b", "B", "Body", "2020-05", 1, "stated", paper("line-2")),
            ("b", "B", "a", "A", "Body", "2020-05", 2, "stated", paper("line-1")),
        ]


@pytest.mark.parametrize(("length", "cut"), [(30, False), (31, True), (40, True)])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_chain_of_succession_beyond_the_bound_is_said(
    open_structure: Opened, length: int, end: str, *, cut: bool
) -> None:
    pairs = [f"b{i + 1}>b{i}" for i in range(length)]
    structure = chained(*pairs, *pairs)
    thing = {"first": "b0", "last": f"b{length}"}[end]
    with open_structure(structure) as session:
        answer = session.ask("succession", thing=thing)
    assert answer.dicts() == ORACLES["succession"](structure, thing)
    assert len(answer.rows) == 60
    note = "the bound of 30 steps was reached: there is more beyond it that is not shown"
    assert answer.notes == ((note,) if cut else ())


# Who sits on the day on which a fund is judged


def paid_for(fund: dict[str, Any], seat: dict[str, Any]) -> Structure:
    """A fund that nobody but the payer pays into, and a seat of one other organisation."""
    making = Making()
    making.add("Partnership", "lake", "Lake")
    making.add("Fund", "fund", "Fund", **{"year": "2019-20", "currency": "GBP", **fund})
    making.join("fund-of", "PART_OF", "fund", "lake")
    making.add("Organisation", "payer", "Payer")
    making.join("pays", "CONTRIBUTES", "payer", "fund", amount=1)
    making.add("Organisation", "sitter", "Sitter", citations=("paper-2 1",), start_date="1990")
    making.add("Seat", "seat", "Seat", role="member", start_date="1990", **seat)
    making.join("on", "ON", "seat", "lake", start_date="1990")
    making.join("for", "REPRESENTS", "seat", "sitter", start_date="1990")
    return making.structure()


SITS = [("payer", "pays-without-sitting"), ("sitter", "sits-without-paying")]
NOBODY_SITS = [("payer", "pays")]


@pytest.mark.parametrize(
    ("fund", "seat", "standing"),
    [
        ({}, {"end_date": "2020-03-31"}, SITS),
        ({}, {"end_date": "2020-03-30"}, NOBODY_SITS),
        ({"year": "2019"}, {"end_date": "2020-03-30"}, NOBODY_SITS),
        ({"end_date": "2019-12"}, {"end_date": "2019-12-31"}, SITS),
        ({"end_date": "2019-12"}, {"end_date": "2019-12-30"}, NOBODY_SITS),
        ({"citations": ("paper-2 1",)}, {"end_date": "2021-06-01"}, SITS),
        ({"citations": ("paper-2 1",)}, {"end_date": "2021-05-31"}, NOBODY_SITS),
        ({"year": "this year"}, {"end_date": "2019-01-01"}, SITS),
        ({"year": "this year"}, {"end_date": "2018-12-31"}, NOBODY_SITS),
    ],
)
def test_who_sits_is_judged_on_the_last_day_of_the_year_of_a_fund(
    open_structure: Opened, fund: dict[str, Any], seat: dict[str, Any], standing: list[tuple[str, str]]
) -> None:
    with open_structure(paid_for(fund, seat)) as session:
        found = session.ask("funding").dicts()
    assert [(row["organisation_id"], row["standing"]) for row in found] == [*standing, (None, "total")]


@pytest.mark.parametrize(
    ("payer", "without"), [("part", ["other-part"]), ("part-of-part", ["other-part"]), ("whole", [])]
)
def test_parts_and_wholes_pay_and_sit_for_each_other(
    open_structure: Opened, payer: str, without: list[str]
) -> None:
    making = Making()
    making.add("Partnership", "lake", "Lake")
    making.add("Fund", "fund", "Fund", year="2019-20", currency="GBP")
    making.join("fund-of", "PART_OF", "fund", "lake")
    for name in ("whole", "part", "other-part", "part-of-part", "sector"):
        making.add("Organisation", name, name, kind="sector" if name == "sector" else None)
    for part, whole in (("part", "whole"), ("other-part", "whole"), ("part-of-part", "part")):
        making.join(f"{part}-of", "PART_OF", part, whole)
    for name in {"whole", "part-of-part", "other-part", "sector"} - {payer}:
        making.add("Seat", f"seat-{name}", name, role="member")
        making.join(f"on-{name}", "ON", f"seat-{name}", "lake")
        making.join(f"for-{name}", "REPRESENTS", f"seat-{name}", name)
    making.join("pays", "CONTRIBUTES", payer, "fund", amount=0.5)
    with open_structure(making.structure()) as session:
        found = session.ask("funding").dicts()
    assert [(row["organisation_id"], row["standing"]) for row in found] == [
        (payer, "pays"),
        *((name, "sits-without-paying") for name in without),
        (None, "total"),
    ]


# The bundled data


@pytest.fixture(scope="module")
def dudley_structure() -> Structure:
    return open_dataset(str(bundled_datasets()["dudley"]))


@pytest.fixture
def dudley(open_structure: Opened, dudley_structure: Structure) -> Iterator[Session]:
    with open_structure(dudley_structure) as session:
        yield session


ARRANGEMENTS = "dudley-arrangements-2019"


def test_what_dudley_says_of_its_money(dudley: Session) -> None:
    found = dudley.ask("funding", fund="dspp-adults-2019-20").dicts()
    shares = [
        (row["organisation_id"], row["standing"], row["amount"], row["share"])
        for row in found
        if row["amount"]
    ]
    assert shares == [
        ("dudley-ccg", "pays", 20000, 0.4008),
        ("dudley-mbc", "pays", 16700, 0.3347),
        ("west-midlands-police", "pays", 13200, 0.2645),
        (None, "total", 49900, 1.0),
    ]
    assert all(
        row["citations"] == [f"{ARRANGEMENTS} Section 9"] and row["certainty"] == "stated"
        for row in found
        if row["amount"]
    )
    children = dudley.ask("funding", fund="dspp-children-2019-20").dicts()
    assert [row["organisation_id"] for row in children if row["standing"] == "pays-without-sitting"] == [
        "fe-colleges",
        "external-training-customers",
        "cafcass",
    ]


def test_what_took_the_place_of_the_clinical_commissioning_group(dudley: Session) -> None:
    whole = (
        "dudley-ccg",
        "Dudley Clinical Commissioning Group",
        "black-country-icb",
        "Black Country Integrated Care Board",
        "Organisation",
        "2022-07-01",
    )
    cites = ["dudley-sub-groups Adult Exploitation", "health-and-care-act-2022 section 19"]
    assert rows(dudley, "succession", thing="Dudley CCG") == [(*whole, 1, "inferred", cites)]
    assert rows(dudley, "succession", thing="ICB") == [(*whole, -1, "inferred", cites)]
