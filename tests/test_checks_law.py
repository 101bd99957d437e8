"""The rules of law and of terms of reference: what breaks each, and the nearest thing that does not."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.session import open_source
from orgmodel.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.checks.checking import Report
    from orgmodel.model import Node, Relationship
    from tests.conftest import Opened

    Said = tuple[str, str, str]

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

CARE_ACT = "care-act-2014"
WORKING_TOGETHER = "working-together-2018"
TERMS = "terms-of-reference"

THREE = ("council", "police", "icb")
ICB = "an NHS commissioner (integrated care board)"
CCG = "an NHS commissioner (clinical commissioning group)"
NONE_OF_THREE = f"has no seat for the local authority, the police or {ICB}"
HAD = "Valley CCG had one until 2022-06-30"


class Made:
    """A structure that is made up, with the organisations that all of them have."""

    def __init__(self) -> None:
        """Has the organisations, the Act and the guidance."""
        self.nodes: list[Node] = []
        self.lines: list[Relationship] = []
        self._numbers = count(1)
        self.source("paper", kind="plan", published="2010")
        self.add("Instrument", CARE_ACT, name="Care Act 2014")
        self.add("Instrument", WORKING_TOGETHER, name="Working Together to Safeguard Children 2018")
        self.add("Organisation", "council", kind="local-authority")
        self.add("Organisation", "social-care", kind="service", part_of="council")
        self.add("Organisation", "police", kind="police")
        self.add("Organisation", "division", kind="police", part_of="police")
        self.add("Organisation", "ccg", name="Valley CCG", kind="nhs-commissioner", end_date="2022-06-30")
        self.add("Organisation", "icb", kind="nhs-commissioner", start_date="2022-07-01")
        self.add("Organisation", "hospital", kind="nhs-provider")
        self.add("Organisation", "people", name="The communities of the valley", kind="sector")
        self.add("Organisation", "charities", name="Voluntary and community sector", kind="sector")
        self.add("Organisation", "inspectors", kind="regulator")
        self.add("Organisation", "probation", name="Community Rehabilitation Company", kind="probation")
        self.add("Post", "chief-constable", post_in="police")

    def source(self, source: str, **said: Any) -> None:
        """A document."""
        self.nodes.append(
            node_class("Source")(**{"id": source, "name": "Document", "datasets": ("law",)} | said)
        )

    def add(self, label: str, node: str, **said: Any) -> str:
        """A node, with lines from it as a dataset has them: `part_of`, `accountable_to`, ..."""
        lines = {key: said.pop(key) for key in [*said] if key in _LINES}
        self.nodes.append(
            node_class(label)(
                **{"id": node, "name": node.capitalize(), "citations": ("paper 1",), "datasets": ("law",)}
                | said
            )
        )
        for key, targets in lines.items():
            for target in (targets,) if isinstance(targets, str) else targets:
                self.join(key.upper(), node, target)
        return node

    def join(self, kind: str, source: str, target: str, **said: Any) -> None:
        """A line."""
        self.lines.append(
            relationship_class(kind)(
                **{"id": f"line-{next(self._numbers)}", "from_id": source, "to_id": target}
                | {"citations": ("paper 2",), "datasets": ("law",)}
                | said
            )
        )

    def seat(self, place: str, role: str, represents: str | None = None, **said: Any) -> None:
        """A seat on something, under an id of its own."""
        lines = {} if represents is None else {"represents": represents}
        described = {"name": "A seat", "role": role, "on": place, **lines, **said}
        self.add("Seat", f"seat-{next(self._numbers)}", **described)

    def seats(self, place: str, organisations: Iterable[str]) -> None:
        """A member's seat for each of some organisations."""
        for organisation in organisations:
            self.seat(place, "member", organisation)

    def structure(self) -> Structure:
        """All of it."""
        return Structure.of([Dataset(id="law", name="Law")], self.nodes, self.lines)


_LINES = {
    "accountable_to", "applies_to", "concerns", "filled_by", "hosted_by", "mandated_by", "on", "part_of",
    "post_in", "represents", "scrutinises", "subject_to",
}  # fmt: skip


def said(report: Report) -> list[Said]:
    """What was found: rule, subject and message, by rule and subject."""
    return sorted((one.rule.partition("/")[2], str(one.subject_id), one.message) for one in report.found)


# Care Act 2014


def sab(made: Made, board: str, members: Iterable[str] = THREE, *, without: str = "", **said: Any) -> str:
    """A Safeguarding Adults Board that lacks nothing but what it is to be without."""
    made.add("Body", board, **{"kind": "board", "mandated_by": CARE_ACT} | said)
    made.seats(board, members)
    if "chair" not in without:
        made.seat(board, "chair")
    if "plan" not in without:
        plan_of(made, board, "2022-04-01", "2023-03-31")
    if "report" not in without:
        report_on(made, board, "2022-11")
    return board


def plan_of(made: Made, owner: str, start: str, end: str, kind: str = "strategic-plan") -> None:
    made.add("Plan", f"{owner}-plan", kind=kind, part_of=owner, start_date=start, end_date=end)


def report_on(
    made: Made, about: str, date: str, name: str = "Annual Report", kind: str = "publication"
) -> None:
    made.add("Event", f"{about}-report", name=name, kind=kind, date=date, concerns=about)


@pytest.fixture(scope="module")
def care_act() -> Structure:
    """Boards of which each is broken in one way, or nearly."""
    made = Made()
    # Members.
    sab(made, "whole")
    sab(made, "by-part", ["social-care", "police", "icb"])
    sab(made, "by-post", ["council", "icb"])
    made.seat("by-post", "member", filled_by="chief-constable")
    sab(made, "post-for-another", ["council", "icb"])
    made.seat("post-for-another", "member", "people", filled_by="chief-constable")
    sab(made, "as-adviser", ["council", "icb"])
    made.seat("as-adviser", "adviser", "police")
    sab(made, "as-chair", ["council", "icb"], without="chair")
    made.seat("as-chair", "chair", "police")
    sab(made, "one-of-three", ["council"])
    sab(made, "none-of-three", ["hospital", "people"])
    sab(made, "ccg-gone", ["council", "police", "ccg"])
    sab(made, "all-gone", ["hospital"])
    made.seat("all-gone", "member", "division", end_date="2022-03-31")
    made.seat("all-gone", "member", "social-care", end_date="2022-04-30")
    # Nothing is known of members.
    sab(made, "chair-alone", [])
    # The chair.
    sab(made, "no-chair", without="chair")
    sab(made, "vacant-chair", without="chair")
    made.seat("vacant-chair", "chair", state="vacant")
    sab(made, "new-chair", without="chair")
    made.seat("new-chair", "chair", state="vacant")
    made.seat("new-chair", "chair", state="filled")
    sab(made, "chair-gone", without="chair")
    made.seat("chair-gone", "chair", end_date="2022-12-31")
    # What is mandated and no board of its own, and what is one.
    for known in ("known", "unknown"):
        made.add("Body", f"reviews-{known}", kind="sub-group", mandated_by=CARE_ACT)
        made.add("Body", f"under-{known}", kind="executive", mandated_by=CARE_ACT, accountable_to="whole")
        made.add("Body", f"arm-{known}", kind="group", mandated_by=CARE_ACT, part_of="whole")
    for body in ("reviews-known", "under-known", "arm-known"):
        made.seats(body, ["hospital"])
    made.add("Body", "elsewhere", kind="board")
    made.add("Body", "group", kind="group", mandated_by=CARE_ACT, accountable_to="elsewhere")
    made.add("Body", "once", kind="board")
    made.join("MANDATED_BY", "once", CARE_ACT, end_date="2022-12-31")
    # The plan.
    sab(made, "plan-of-last-year", without="plan")
    plan_of(made, "plan-of-last-year", "2020", "2022-03-31")
    sab(made, "plan-to-april", without="plan")
    plan_of(made, "plan-to-april", "2020", "2022-04-01")
    sab(made, "plan-to-come", without="plan")
    plan_of(made, "plan-to-come", "2023-01-11", "2024")
    sab(made, "no-plan-but-a-strategy", without="plan")
    plan_of(made, "no-plan-but-a-strategy", "2022", "2024", "strategy")
    made.add("Partnership", "valley")
    made.add("Body", "upper", kind="board", part_of="valley")
    plan_of(made, "upper", "2022", "2024")
    sab(made, "plan-above", without="plan", accountable_to="upper")
    sab(made, "plan-beside", without="plan", part_of="valley")
    # The report.
    sab(made, "report-too-old", without="report")
    report_on(made, "report-too-old", "2021-03-31")
    sab(made, "report-of-april", without="report")
    report_on(made, "report-of-april", "2021-04-01")
    sab(made, "report-to-come", without="report")
    report_on(made, "report-to-come", "2023-01-11")
    sab(made, "report-on-money", without="report")
    report_on(made, "report-on-money", "2022-11", "Annual accounts")
    sab(made, "report-meant", without="report")
    report_on(made, "report-meant", "2022-11", kind="deadline")
    report_on(made, "valley", "2022-11")
    sab(made, "report-above", without="report", part_of="valley")
    for board, since in (("of-april", "2021-04-01"), ("of-march", "2021-03-31")):
        sab(made, board, without="report", mandated_by=())
        made.join("MANDATED_BY", board, CARE_ACT, start_date=since)
    # Which board it is.
    made.add("Partnership", "which", mandated_by=CARE_ACT)
    made.add("Body", "any", kind="board", part_of="which")
    made.add("Partnership", "this", mandated_by=CARE_ACT)
    made.add("Body", "whole-of-this", kind="group", part_of="this")
    sab(made, "board-of-this", part_of="whole-of-this")
    made.add("Partnership", "no-more", mandated_by=CARE_ACT)
    made.add("Body", "board-no-more", kind="board", part_of="no-more")
    made.join("MANDATED_BY", "board-no-more", CARE_ACT, end_date="2022-12-31")
    return made.structure()


NO_REPORT = "is not stated to have published an annual report since the financial year 2020-21 ended"
NO_PLAN = "is not stated to have a strategic plan for the financial year 2022-23"
NO_MEMBERS = (
    "has no stated members; whether the local authority, the police and an NHS commissioner sit on it is not "
    "stated"
)
WHICH = (
    "is mandated by the Care Act 2014 and none of its bodies is; which of them is the Safeguarding Adults "
    "Board is not stated"
)


def test_what_the_care_act_asks(open_structure: Opened, care_act: Structure) -> None:
    with open_structure(care_act) as session:
        report = session.check([CARE_ACT], as_of="2023-01-10")
    assert said(report) == [
        ("annual-report", "group", NO_REPORT),
        ("annual-report", "of-march", NO_REPORT),
        ("annual-report", "report-meant", NO_REPORT),
        ("annual-report", "report-on-money", NO_REPORT),
        ("annual-report", "report-to-come", NO_REPORT),
        ("annual-report", "report-too-old", NO_REPORT),
        ("chair", "chair-gone", "has no stated chair"),
        ("chair", "group", "has no stated chair"),
        ("chair", "no-chair", "has no stated chair"),
        ("chair", "vacant-chair", "has no chair: the seat is vacant"),
        (
            *("core-members", "all-gone"),
            f"{NONE_OF_THREE}; Council had one until 2022-04-30 and Police had one until 2022-03-31",
        ),
        ("core-members", "as-adviser", "has no seat for the police"),
        ("core-members", "ccg-gone", f"has no seat for {ICB}; {HAD}"),
        ("core-members", "none-of-three", NONE_OF_THREE),
        ("core-members", "one-of-three", f"has no seat for the police or {ICB}"),
        ("core-members", "post-for-another", "has no seat for the police"),
        ("members-not-stated", "chair-alone", NO_MEMBERS),
        ("members-not-stated", "group", NO_MEMBERS),
        ("strategic-plan", "group", NO_PLAN),
        ("strategic-plan", "no-plan-but-a-strategy", NO_PLAN),
        ("strategic-plan", "plan-beside", NO_PLAN),
        ("strategic-plan", "plan-of-last-year", NO_PLAN),
        ("strategic-plan", "plan-to-come", NO_PLAN),
        ("which-board", "no-more", WHICH),
        ("which-board", "which", WHICH),
    ]


def test_before_july_2022_the_nhs_commissioner_is_the_clinical_commissioning_group(
    open_structure: Opened, care_act: Structure
) -> None:
    with open_structure(care_act) as session:
        report = session.check([CARE_ACT], as_of="2022-06-30")
    members = [(subject, message) for rule, subject, message in said(report) if rule == "core-members"]
    assert ("ccg-gone", f"has no seat for {CCG}") not in members
    assert ("whole", f"has no seat for {CCG}") in members
    assert ("none-of-three", f"has no seat for the local authority, the police or {CCG}") in members


def test_what_a_finding_about_members_rests_on(open_structure: Opened) -> None:
    made = Made()
    made.add("Body", "board", kind="board", citations=("paper 9", "paper 1"))
    made.join(
        "MANDATED_BY", "board", CARE_ACT, citations=("paper 4",), certainty="inferred", basis="Concluded"
    )
    made.seats("board", ["council", "police"])
    made.seat("board", "chair")
    seat = made.add("Seat", "ccg-seat", role="member")
    made.join("ON", seat, "board", citations=("paper 5",))
    made.join("REPRESENTS", seat, "ccg", citations=("paper 6",), certainty="ambiguous", basis="Two readings")
    with open_structure(made.structure()) as session:
        found = session.check([CARE_ACT], as_of="2023-01-10").found
    assert [(one.rule, one.severity, one.certainty, one.citations) for one in found] == [
        (
            "care-act-2014/core-members",
            "warning",
            "ambiguous",
            ("paper 1", "paper 4", "paper 5", "paper 6", "paper 9"),
        ),
        ("care-act-2014/annual-report", "note", "inferred", ("paper 1", "paper 4", "paper 9")),
        ("care-act-2014/strategic-plan", "note", "inferred", ("paper 1", "paper 4", "paper 9")),
    ]


def test_the_care_act_is_asked_from_its_first_day_on(open_structure: Opened) -> None:
    made = Made()
    made.add("Body", "board", kind="board", mandated_by=CARE_ACT)
    with open_structure(made.structure()) as session:
        before, after = (session.check([CARE_ACT], as_of=day) for day in ("2015-03-31", "2015-04-01"))
    assert [(one.rule, one.message.partition(";")[0]) for one in before.found] == [
        ("care-act-2014/applies", "has its mandate from Care Act 2014, which applies from 2015-04-01 on")
    ]
    assert {one.rule for one in after.found} == {
        "care-act-2014/chair",
        "care-act-2014/members-not-stated",
        "care-act-2014/strategic-plan",
    }


# Working Together 2018


def partnership(
    made: Made, name: str, leads: Iterable[str] = THREE, *, without: str = "", **said: Any
) -> str:
    """A partnership that lacks nothing but what it is to be without; its board is `name-board`."""
    made.add("Partnership", name, **{"mandated_by": WORKING_TOGETHER, "citations": ("plan-2019 1",)} | said)
    for organisation in leads:
        made.seat(name, "lead", organisation)
    if "board" not in without:
        board(made, name)
    if "scrutiny" not in without:
        made.add("Post", f"{name}-scrutineer", scrutinises=name)
    if "report" not in without:
        report_on(made, name, "2022-01-11")
    return name


def board(made: Made, of: str, members: Iterable[str] = THREE, name: str = "board", **said: Any) -> str:
    body = made.add("Body", f"{of}-{name}", **{"kind": "board", "part_of": of} | said)
    made.seats(body, members)
    return body


@pytest.fixture(scope="module")
def working_together() -> Structure:
    """Partnerships of which each is broken in one way, or nearly."""
    made = Made()
    made.source("plan-2019", kind="arrangements", published="2019-06")
    made.source("plan-2023", kind="arrangements", published="2023-02")
    _partners(made)
    _boards(made)
    _scrutiny(made)
    _publications(made)
    return made.structure()


def _partners(made: Made) -> None:
    partnership(made, "whole")
    partnership(made, "by-part", ["social-care", "police", "icb"])
    partnership(made, "by-post", ["council", "icb"])
    made.seat("by-post", "lead", filled_by="chief-constable")
    partnership(made, "by-category", ["council", "icb"])
    made.seat("by-category", "member", "police", category="Key Statutory Partner")
    partnership(made, "not-by-category", ["council", "icb"])
    made.seat("not-by-category", "member", "police", category="Non-statutory partner")
    partnership(made, "as-member", ["council", "icb"])
    made.seat("as-member", "member", "police", category="Relevant partner")
    partnership(made, "no-partners", [])
    partnership(made, "ccg-gone", ["council", "police", "ccg"])
    partnership(made, "ended", without="board scrutiny report", mandated_by=())
    made.join("MANDATED_BY", "ended", WORKING_TOGETHER, end_date="2022-12-31")


def _boards(made: Made) -> None:
    partnership(made, "sub-group-only", without="board")
    board(made, "sub-group-only", ["council", "icb"])
    board(made, "sub-group-only", name="sub-group", kind="sub-group")
    board(made, "sub-group-only", [], name="executive", kind="executive")
    partnership(made, "on-executive", without="board")
    board(made, "on-executive", ["council"])
    board(made, "on-executive", name="executive", kind="executive")
    board(made, "on-executive", ["council"], name="group", kind="group", mandated_by=WORKING_TOGETHER)
    partnership(made, "at-top", without="board")
    board(made, "at-top", name="group", kind="group")
    board(made, "at-top", [], kind="sub-group", accountable_to="at-top-group")
    partnership(made, "not-at-top", without="board")
    board(made, "not-at-top", ["council", "police", "ccg"])
    board(made, "not-at-top", name="group", kind="group", accountable_to="not-at-top-board")
    board(made, "not-at-top", name="panel", kind="panel", accountable_to="not-at-top-group")
    partnership(made, "mandated-group", without="board")
    board(made, "mandated-group", ["hospital"])
    board(made, "mandated-group", name="group", kind="group", mandated_by=WORKING_TOGETHER)
    partnership(made, "no-body", without="board")
    partnership(made, "chair-alone", without="board")
    made.seat(board(made, "chair-alone", []), "chair", "police")
    for name in ("alone", "alone-with-arm"):
        made.add("Body", name, kind="group", mandated_by=WORKING_TOGETHER, citations=("plan-2019 1",))
        made.seats(name, ["council", "police"])
        made.add("Post", f"{name}-scrutineer", scrutinises=name)
        report_on(made, name, "2022-12")
    board(made, "alone-with-arm", ["council", "icb"], name="executive", kind="executive")


def _scrutiny(made: Made) -> None:
    partnership(made, "no-scrutiny", without="scrutiny")
    partnership(made, "by-council", without="scrutiny")
    made.add("Post", "auditor", name="Independent auditor", scrutinises="by-council", post_in="social-care")
    partnership(made, "by-own-post", without="scrutiny")
    made.add(
        "Post", "manager", name="Business manager", scrutinises="by-own-post", post_in="by-own-post-board"
    )
    partnership(made, "by-own-scrutineer", without="scrutiny")
    made.add(
        *("Post", "scrutineer"),
        aliases=("Independent scrutineer",),
        scrutinises="by-own-scrutineer-board",
        post_in="by-own-scrutineer-board",
    )
    partnership(made, "by-inspectors", without="scrutiny")
    made.join("SCRUTINISES", "inspectors", "by-inspectors")
    partnership(made, "by-hospital", without="scrutiny")
    made.join("SCRUTINISES", "hospital", "by-hospital")
    partnership(made, "by-social-care", without="scrutiny")
    made.join("SCRUTINISES", "social-care", "by-social-care")
    partnership(made, "by-outsiders", without="scrutiny")
    made.add("Body", "outsiders", scrutinises="by-outsiders")
    partnership(made, "by-committee", without="scrutiny")
    made.add("Body", "committee", hosted_by="council", scrutinises="by-committee")
    partnership(made, "by-own-body", without="scrutiny")
    made.join("SCRUTINISES", "by-own-body-board", "by-own-body")
    partnership(made, "by-chair", without="scrutiny")
    made.seat("by-chair-board", "chair", category="Independent")
    partnership(made, "by-chair-post", without="scrutiny")
    made.add("Post", "independent-chair")
    made.seat("by-chair-post-board", "chair", filled_by="independent-chair")
    partnership(made, "post-no-chair", without="scrutiny")
    made.seat("post-no-chair-board", "member", filled_by="independent-chair")
    partnership(made, "by-member", without="scrutiny")
    made.seat("by-member-board", "member", name="Independent schools")
    partnership(made, "chair-vacant", without="scrutiny")
    made.seat("chair-vacant-board", "chair", name="Independent Chair", state="vacant")
    partnership(made, "scrutinised-once", without="scrutiny")
    made.join("SCRUTINISES", "hospital", "scrutinised-once", end_date="2022-12-31")


def _publications(made: Made) -> None:
    partnership(made, "unpublished", citations=("paper 1",))
    partnership(made, "published-later", citations=("plan-2023 1",), start_date="2019")
    partnership(made, "published-by-body", without="board", citations=("paper 1",))
    board(made, "published-by-body", citations=("plan-2019 2",))
    partnership(made, "report-too-old", without="report")
    report_on(made, "report-too-old", "2022-01-10")
    partnership(made, "report-of-board", without="report")
    report_on(made, "report-of-board-board", "2022-12", "First yearly report")
    partnership(made, "report-on-money", without="report")
    report_on(made, "report-on-money", "2022-12", "Accounts")
    partnership(made, "report-meant", without="report")
    report_on(made, "report-meant", "2022-12", kind="deadline")
    partnership(made, "report-to-come", without="report")
    report_on(made, "report-to-come", "2023-01-11")
    for name, since in (("new", "2022-01-11"), ("a-year-old", "2022-01-10")):
        partnership(made, name, without="report", mandated_by=())
        made.join("MANDATED_BY", name, WORKING_TOGETHER, start_date=since)


NO_BODY = (
    "has no leading body whose members are stated; whether the three safeguarding partners lead together is "
    "not stated"
)
NOR_IN_IT = "is not stated to have all three safeguarding partners, nor is a leading body in it: "
NOR_EXECUTIVE = "Alone-with-arm-executive has no seat for the police"
NO_EXECUTIVE = "who sits on Sub-group-only-executive is not stated"
LEADING = "has no leading body that is stated to have all three safeguarding partners: "
NOBODY_INDEPENDENT = "is not stated to be scrutinised by anybody independent"
UNPUBLISHED = "is cited from no published arrangements; whether they are published is not stated"
NO_YEARLY = "is not stated to have published a yearly report in the 12 months to 2023-01-10"


def test_what_working_together_asks(open_structure: Opened, working_together: Structure) -> None:
    with open_structure(working_together) as session:
        report = session.check([WORKING_TOGETHER], as_of="2023-01-10")
    among = "among its safeguarding partners"
    assert said(report) == [
        ("board-members", "alone", f"has no seat for {ICB}"),
        (
            *("board-members", "alone-with-arm"),
            f"{NOR_IN_IT}Alone-with-arm has no seat for {ICB}; {NOR_EXECUTIVE}",
        ),
        (
            *("board-members", "not-at-top"),
            f"{LEADING}Not-at-top-board has no seat for {ICB}, where {HAD}",
        ),
        (
            *("board-members", "sub-group-only"),
            f"{LEADING}Sub-group-only-board has no seat for the police; {NO_EXECUTIVE}",
        ),
        ("independent-scrutiny", "by-committee", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "by-council", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "by-inspectors", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "by-member", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "by-own-body", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "by-own-post", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "by-social-care", NOBODY_INDEPENDENT),
        (
            *("independent-scrutiny", "chair-vacant"),
            "has no independent scrutiny: the seat for it is vacant",
        ),
        ("independent-scrutiny", "no-scrutiny", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "post-no-chair", NOBODY_INDEPENDENT),
        ("independent-scrutiny", "scrutinised-once", NOBODY_INDEPENDENT),
        ("members-not-stated", "chair-alone", NO_BODY),
        ("members-not-stated", "no-body", NO_BODY),
        ("published", "published-later", UNPUBLISHED),
        ("published", "unpublished", UNPUBLISHED),
        ("safeguarding-partners", "as-member", f"does not name the police {among}"),
        (
            *("safeguarding-partners", "ccg-gone"),
            f"does not name {ICB} {among}; Valley CCG was named until 2022-06-30",
        ),
        (
            *("safeguarding-partners", "no-partners"),
            f"does not name the local authority, the police or {ICB} {among}",
        ),
        ("safeguarding-partners", "not-by-category", f"does not name the police {among}"),
        ("yearly-report", "a-year-old", NO_YEARLY),
        ("yearly-report", "report-meant", NO_YEARLY),
        ("yearly-report", "report-on-money", NO_YEARLY),
        ("yearly-report", "report-to-come", NO_YEARLY),
        ("yearly-report", "report-too-old", NO_YEARLY),
    ]


def test_what_a_finding_about_leading_bodies_rests_on(open_structure: Opened) -> None:
    made = Made()
    made.add("Partnership", "valley", mandated_by=WORKING_TOGETHER)
    made.add("Body", "board", name="Board", kind="board", citations=("paper 3",))
    made.join("PART_OF", "board", "valley", citations=("paper 4",), certainty="inferred", basis="Concluded")
    made.seats("board", ["council", "police"])
    had = made.add("Seat", "ccg-seat", role="member")
    made.join("ON", had, "board", citations=("paper 5",))
    made.join("REPRESENTS", had, "ccg", citations=("paper 6",))
    made.add("Body", "group", kind="sub-group", part_of="valley", citations=("paper 7",))
    with open_structure(made.structure()) as session:
        found = session.check([WORKING_TOGETHER], as_of="2023-01-10").found
    assert [(o.severity, o.certainty, o.citations) for o in found if o.rule.endswith("/board-members")] == [
        ("warning", "inferred", ("paper 1", "paper 2", "paper 3", "paper 4", "paper 5", "paper 6"))
    ]


def test_working_together_2018_is_asked_until_the_next_edition(open_structure: Opened) -> None:
    made = Made()
    # Its board has the integrated care board, which in 2018 there was not.
    partnership(made, "valley", ["council", "police"], without="report")
    with open_structure(made.structure()) as session:
        rules = [
            {one.rule.partition("/")[2] for one in session.check([WORKING_TOGETHER], as_of=day).found}
            for day in ("2018-07-03", "2018-07-04", "2023-12-14", "2023-12-15")
        ]
    asked = {"published", "safeguarding-partners"}
    assert rules == [{"applies"}, asked | {"board-members"}, asked | {"yearly-report"}, {"applies"}]


# Terms of reference

PARTNERS_RULE = {"tested_by": f"{TERMS}/statutory-partners"}
COMMUNITY_RULE = {"tested_by": f"{TERMS}/community-voice"}


@pytest.fixture(scope="module")
def terms() -> Structure:
    """Bodies that are bound by requirements, each broken in one way, or nearly."""
    made = Made()
    made.add("Requirement", "all-partners", force="must", kind="membership", **PARTNERS_RULE)
    made.add("Requirement", "community", force="must", kind="membership", **COMMUNITY_RULE)
    made.add("Requirement", "untested", force="must", kind="membership")
    made.add("Partnership", "valley")
    for organisation in (*THREE, "people"):
        made.seat("valley", "lead", organisation)
    made.add("Partnership", "hills", subject_to=("all-partners", "community"))
    made.seat("hills", "member", "police", category="Relevant partner")

    def bound(body: str, members: Iterable[str], requirement: str = "all-partners", **said: Any) -> None:
        made.add("Body", body, **{"part_of": "valley", "subject_to": requirement} | said)
        made.seats(body, members)

    bound("whole", THREE)
    bound("by-part", ["social-care", "police", "icb"])
    bound("by-post", ["council", "icb"])
    made.seat("by-post", "chair", filled_by="chief-constable")
    bound("post-for-another", ["council", "icb"])
    made.seat("post-for-another", "chair", "people", filled_by="chief-constable")
    bound("as-adviser", ["council", "icb"])
    made.seat("as-adviser", "adviser", "police")
    bound("one-of-three", ["council"])
    bound("deep", ["icb", "police"], part_of="whole")
    bound("not-bound", ["hospital"], subject_to="untested")
    for body, members in (("bound-once", ["hospital"]), ("bound-once-unknown", [])):
        bound(body, members, subject_to=())
        made.join("SUBJECT_TO", body, "all-partners", end_date="2022-12-31")
    bound("nobody-stated", [], subject_to=("all-partners", "community"))
    bound("of-none", THREE, part_of=())
    bound("of-hills", THREE, part_of="hills")
    bound("heard", ["people"], "community")
    bound("charities-only", ["charities", "probation"], "community")
    made.seat("charities-only", "member", name="Voluntary and community groups")
    bound("lay", ["hospital"], "community")
    made.seat("lay", "member", name="Lay member")
    bound("play", ["hospital"], "community")
    made.seat("play", "member", name="Play and display lead")
    bound("by-name", ["hospital"], "community")
    made.seat("by-name", "member", name="Community representative")
    bound("name-of-another", [], "community")
    made.seat("name-of-another", "member", "hospital", name="Acute and community staff")
    for number, (tested_by, start) in enumerate(TESTED_BY):
        made.add(
            "Requirement", f"test-{number}", force="must", tested_by=tested_by, start_date=start or "2019"
        )
    return made.structure()


TESTED_BY: Sequence[tuple[str, str | None]] = (
    ("terms-of-reference/statutory-partner", None),
    ("terms-of-reference/untestable", None),
    ("terms-of-reference/unknown-test", None),
    ("care-act-2014/chair", None),
    ("care-act/chair", None),
    ("our-own-rules/anything", None),
    ("statutory-partners", None),
    ("../structure/no-chair", None),
    ("structure/zzz", None),
    ("structure/zzz", "2023-01-11"),
)


def test_what_a_dataset_requires_of_itself(open_structure: Opened, terms: Structure) -> None:
    with open_structure(terms) as session:
        report = session.check([TERMS], as_of="2023-01-10")
    partners, community = "; required is: All-partners", "has no seat that speaks for the community"
    unknown, no_rule = "is to be tested by", "and there is no such rule"
    not_stated = "since who sits on it is not stated"
    assert said(report) == [
        ("community-voice", "charities-only", f"{community}; required is: Community"),
        ("community-voice", "hills", f"{community}; required is: Community"),
        ("community-voice", "name-of-another", f"{community}; required is: Community"),
        ("community-voice", "play", f"{community}; required is: Community"),
        ("statutory-partners", "as-adviser", f"has no seat for Police{partners}"),
        ("statutory-partners", "deep", f"has no seat for Council{partners}"),
        ("statutory-partners", "one-of-three", f"has no seat for Icb, Police{partners}"),
        ("statutory-partners", "post-for-another", f"has no seat for Police{partners}"),
        (
            *("unknown-test", "test-0"),
            f"{unknown} '{TERMS}/statutory-partner', {no_rule}; did you mean '{TERMS}/statutory-partners'?",
        ),
        (
            *("unknown-test", "test-4"),
            f"{unknown} 'care-act/chair', and there is no such pack; did you mean 'care-act-2014'?",
        ),
        (
            *("unknown-test", "test-6"),
            f"{unknown} 'statutory-partners', which is no rule: a rule is named `pack/rule`",
        ),
        (
            *("unknown-test", "test-7"),
            f"{unknown} '../structure/no-chair', which is no rule: a rule is named `pack/rule`",
        ),
        ("unknown-test", "test-8", f"{unknown} 'structure/zzz', {no_rule}"),
        (
            *("untestable", "hills"),
            "is not tested, since it is tested of bodies, and this is a partnership: All-partners",
        ),
        (
            *("untestable", "nobody-stated"),
            f"is not tested, {not_stated}: All-partners; {not_stated}: Community",
        ),
        (
            *("untestable", "of-hills"),
            "is not tested, since who the statutory partners are is not stated: All-partners",
        ),
        (
            *("untestable", "of-none"),
            "is not tested, since who the statutory partners are is not stated: All-partners",
        ),
    ]


def test_what_a_finding_about_statutory_partners_rests_on(open_structure: Opened) -> None:
    made = Made()
    made.add("Requirement", "all-partners", force="must", citations=("paper 3",), **PARTNERS_RULE)
    made.add("Partnership", "valley")
    made.seat("valley", "lead", "police", citations=("paper 4",))
    made.add("Body", "body", citations=("paper 5",))
    made.join(
        "PART_OF", "body", "valley", citations=("paper 6",), certainty="ambiguous", basis="Two readings"
    )
    made.join("SUBJECT_TO", "body", "all-partners", citations=("paper 7",))
    made.seats("body", ["hospital"])
    with open_structure(made.structure()) as session:
        found = session.check([TERMS], as_of="2023-01-10").found
    assert [(one.rule, one.severity, one.certainty, one.citations) for one in found] == [
        (
            "terms-of-reference/statutory-partners",
            "warning",
            "ambiguous",
            ("paper 2", "paper 3", "paper 4", "paper 5", "paper 6", "paper 7"),
        )
    ]


# The bundled datasets

APPLIES = [("working-together-2018/applies", "dscpg"), ("working-together-2018/applies", "dspp")]
BUNDLED = {
    "arrangements-2019": [
        ("care-act-2014/strategic-plan", "dsapg"),
        ("terms-of-reference/untestable", "dudley-lig"),
        ("terms-of-reference/untestable", "dudley-wfdg"),
    ],
    "sub-groups-page": [
        ("care-act-2014/annual-report", "dsapg"),
        ("care-act-2014/core-members", "dsapg"),
        ("terms-of-reference/untestable", "dudley-wfdg"),
        ("working-together-2018/board-members", "dspp"),
        ("working-together-2018/yearly-report", "dspp"),
    ],
    "priorities-2024": [
        ("care-act-2014/annual-report", "dsapg"),
        ("care-act-2014/core-members", "dsapg"),
        ("care-act-2014/strategic-plan", "dsapg"),
        ("terms-of-reference/untestable", "dudley-wfdg"),
        *APPLIES,
    ],
}


@pytest.mark.parametrize("day", BUNDLED)
def test_what_is_found_in_the_bundled_datasets(open_structure: Opened, day: str, bundled: Structure) -> None:
    with open_structure(bundled) as session:
        report = session.check([CARE_ACT, WORKING_TOGETHER, TERMS], as_of=day)
    assert sorted((one.rule, str(one.subject_id)) for one in report.found) == BUNDLED[day]


@pytest.fixture(scope="module")
def bundled() -> Structure:
    return open_source().structure()
