"""The bundled datasets: what they hold adds up, is cited, and answers as the documents do."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from orgmodel.cli import cli
from orgmodel.resources import bundled_datasets
from orgmodel.session import Session, open_source
from orgmodel.vocabulary import CERTAINTIES, NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

BUNDLED = ("dudley", "shropshire")
BOARD_AND_GROUPS = ("dsppb", "dscpg", "dsapg")

SECTIONS = {
    "dudley-arrangements-2019": (
        *("Vision", "Section 1", "Section 2", "Section 3", "Section 4", "Section 5", "Section 6"),
        *("Section 7", "Section 8", "Section 9", "Section 10", "Appendix A", "Appendix B"),
        *("Appendix C", "Appendix D", "Appendix E", "Appendix F", "Appendix G"),
    ),
    "dudley-strategic-plan-2020-22": (
        *("Version Control", "About us", "Key principles", "Core business"),
        *("Priority 1", "Priority 2", "Priority 3"),
    ),
    "dudley-sub-groups": (
        *("Introduction", "Adult Exploitation", "Child Exploitation", "Neglect"),
        *("Learning and Improvement", "Quality Assurance and Performance - Children"),
        "Quality Assurance and Performance - Adults",
    ),
    "dudley-priorities-2024-26": (
        *("Introduction", "Setting our Priorities", "Priority 1", "Priority 2", "Priority 3"),
        *("Cross-cutting themes", "Resources", "Upcoming DSPP Training", "Further Information"),
    ),
    "health-and-care-act-2022": ("section 19",),
    "shropshire-strategic-plan-2019-22": (
        *("Introduction", "Our Vision", "Our Core Business", "Our Priorities", "Priority 1: Exploitation"),
        *("Priority 2: Neglect", "Annual reporting"),
    ),
}
"""The sections of every document, in its order."""

LONGEST = {"name": 20, "wording": 13, "subject": 20, "frequency": 5, "category": 5}
"""How many words a text has at most; a name or phrase as long as a sentence may be one of the document's."""

LONGEST_TEXT = 60
"""How many words any other text has at most."""

AS_THE_DOCUMENTS_SPEAK = re.compile(r"\b(we|us|our(?! (vision|core business|priorities)\b))\b", re.IGNORECASE)
"""In the first person; three sections of a plan are headed so."""


@cache
def session(dataset: str) -> Session:
    return open_source(str(bundled_datasets()[dataset]))


def structure(dataset: str) -> Structure:
    return session(dataset).structure()


def facts(of: Structure) -> Iterator[Entity]:
    """All nodes and relationships but the sources, which cite nothing."""
    yield from (node for node in of.nodes.values() if node.term != "Source")
    yield from of.relationships.values()


def texts(entity: Entity) -> Iterator[tuple[str, str]]:
    """Everything that an entity says in words of its own, by property."""
    for name in type(entity).model_fields:
        value = entity.get(name)
        if name not in {"id", "from_id", "to_id", "about", "citations", "datasets", "sections"}:
            for text in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
                yield name, text


def cells(line: str) -> list[str]:
    return [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]


def tables(dataset: str) -> dict[str, list[list[str]]]:
    """The tables of a dataset's README, by the heading above them: their rows below the header."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in (bundled_datasets()[dataset] / "README.md").read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("|"):
            found.setdefault(heading, []).append(cells(line))
    return {name: rows[2:] for name, rows in found.items()}


def seats(of: Structure, body: str) -> list[Node]:
    return [of.nodes[line.from_id] for line in of.inward(body, "ON")]


def chosen(dataset: str, question: str, columns: str, **values: str) -> list[tuple[object, ...]]:
    """Some columns of an answer, in its order."""
    return [
        tuple(row[column] for column in columns.split())
        for row in session(dataset).ask(question, **values).dicts()
    ]


# Both datasets


def test_the_bundled_datasets() -> None:
    assert tuple(bundled_datasets()) == BUNDLED


@pytest.mark.parametrize("dataset", BUNDLED)
def test_no_error_is_found(dataset: str) -> None:
    ran = CliRunner().invoke(cli, ["check", str(bundled_datasets()[dataset]), "--format", "json"])
    assert ran.exit_code == 0
    # What is missing or late in the partnership is in tests/golden; wrong in itself is nothing.
    assert {found["severity"] for found in json.loads(ran.stdout)} == {"note", "warning"}


def test_both_are_one_structure_without_a_clash() -> None:
    together = open_source().structure()
    shared = structure("dudley").nodes.keys() & structure("shropshire").nodes.keys()
    assert shared == {"working-together-2018"}
    assert together.nodes.keys() == structure("dudley").nodes.keys() | structure("shropshire").nodes.keys()
    assert [i for i, held in together.holdings.items() if held.is_empty] == []


@pytest.mark.parametrize("dataset", BUNDLED)
def test_the_ledger_counts_each_fact_once(dataset: str) -> None:
    of = structure(dataset)
    found = Counter(fact.citations[0] for fact in facts(of))
    ledger = tables(dataset)
    printed = {
        f"{source.id} {row[0]}": int(row[2])
        for source in of.labelled("Source")
        for row in ledger[source.id][:-1]
    }
    expected = {
        f"{source.id} {section}": found[f"{source.id} {section}"]
        for source in of.labelled("Source")
        for section in SECTIONS[source.id]
    }
    assert printed == expected
    counted, everything = sum(printed.values()), len(of.nodes) + len(of.relationships)
    sources = len(of.labelled("Source"))
    text = " ".join((bundled_datasets()[dataset] / "README.md").read_text("utf-8").split())
    said = re.search(r"come to (\d+), which with the (\d+) sources?, which .* is all (\d+)\.", text)
    assert said
    assert [int(number) for number in said.groups()] == [counted, sources, everything]
    assert counted + sources == everything


@pytest.mark.parametrize("dataset", BUNDLED)
def test_the_ledger_has_every_section_in_order_and_adds_up(dataset: str) -> None:
    ledger = tables(dataset)
    for source in structure(dataset).labelled("Source"):
        *rows, total = ledger[source.id]
        assert tuple(row[0] for row in rows) == SECTIONS[source.id]
        assert all(len(row) == 4 and row[1] and row[3] for row in rows), source.id
        assert total == ["All of it", "", str(sum(int(row[2]) for row in rows)), ""]


@pytest.mark.parametrize("dataset", BUNDLED)
def test_the_table_of_counts(dataset: str) -> None:
    of = structure(dataset)
    counted = Counter((e.term, e.certainty) for e in (*of.nodes.values(), *of.relationships.values()))

    def row(name: str, terms: Iterable[str]) -> list[str]:
        numbers = [sum(counted[term, certainty] for term in terms) for certainty in CERTAINTIES]
        return [name, *(str(number) for number in (*numbers, sum(numbers)))]

    terms = {term for term, _ in counted}
    labels = [label for label in NODE_TYPES if label in terms]
    types = [name for name in RELATIONSHIP_TYPES if name in terms]
    assert tables(dataset)["What it holds"] == [
        *(row(label, [label]) for label in labels),
        row("All nodes", labels),
        *(row(name, [name]) for name in types),
        row("All relationships", types),
    ]


@pytest.mark.parametrize("dataset", BUNDLED)
def test_every_fact_cites_sections_that_there_are(dataset: str) -> None:
    of = structure(dataset)
    assert {s.id: s.get("sections") for s in of.labelled("Source")} == {
        source: sections for source, sections in SECTIONS.items() if source in of.nodes
    }
    listed = {f"{source} {section}" for source, sections in SECTIONS.items() for section in sections}
    assert [fact.id for fact in facts(of) if not fact.citations] == []
    assert {citation for fact in facts(of) for citation in fact.citations} - listed == set()


@pytest.mark.parametrize("dataset", BUNDLED)
def test_what_is_concluded_says_from_what(dataset: str) -> None:
    concluded = [fact for fact in facts(structure(dataset)) if fact.certainty != "stated"]
    assert concluded
    assert [fact.id for fact in concluded if not fact.basis] == []
    assert [fact.id for fact in facts(structure(dataset)) if fact.basis and fact.certainty == "stated"] == []


@pytest.mark.parametrize("dataset", BUNDLED)
def test_no_text_is_as_long_or_speaks_as_the_documents_do(dataset: str) -> None:
    of = structure(dataset)
    said = [
        (e.id, name, text)
        for e in (*of.nodes.values(), *of.relationships.values())
        for name, text in texts(e)
    ]
    longer = [
        (i, name, text) for i, name, text in said if len(text.split()) > LONGEST.get(name, LONGEST_TEXT)
    ]
    assert longer == []
    # A date is worded as in the document; readings and bases name its words to explain them.
    quoting = {"wording", "readings", "basis"}
    assert [s for s in said if s[1] not in quoting and AS_THE_DOCUMENTS_SPEAK.search(s[2])] == []


@pytest.mark.parametrize("dataset", BUNDLED)
def test_nobody_is_named(dataset: str) -> None:
    of = structure(dataset)
    assert of.labelled("Person") == []
    assert [line.id for line in of.relationships.values() if line.term == "HELD_BY"] == []


@pytest.mark.parametrize("dataset", BUNDLED)
def test_every_issue_concerns_something_and_says_enough(dataset: str) -> None:
    of = structure(dataset)
    issues = of.labelled("Issue")
    assert issues
    assert [issue.id for issue in issues if not of.outward(issue.id, "CONCERNS")] == []
    conflicts = [issue for issue in issues if issue.kind == "conflict"]
    assert [i.id for i in conflicts if len(i.get("readings") or ()) < 2 or not i.get("taken")] == []
    known = of.nodes.keys() | of.relationships.keys()
    assert {about for i in issues if (about := i.get("about"))} - known == set()


@pytest.mark.parametrize("dataset", BUNDLED)
def test_who_chairs_is_stated_or_said_not_to_be(dataset: str) -> None:
    of = structure(dataset)
    asked = {
        line.to_id
        for issue in of.labelled("Issue")
        if issue.kind == "not-stated" and re.search(r"\bwho\b.*\bchairs\b", issue.name, re.IGNORECASE)
        for line in of.outward(issue.id, "CONCERNS")
    }
    led = {b.id for b in of.labelled("Body") if {s.get("role") for s in seats(of, b.id)} & {"chair", "lead"}}
    assert {body.id for body in of.labelled("Body")} - led - asked == set()


# Dudley


def test_money_adds_up_to_the_printed_totals() -> None:
    of = structure("dudley")
    paid = {
        fund.id: (fund.get("total"), sum(line.get("amount") for line in of.inward(fund.id, "CONTRIBUTES")))
        for fund in of.labelled("Fund")
    }
    assert paid == {"dspp-children-2019-20": (285550, 285550), "dspp-adults-2019-20": (49900, 49900)}


@pytest.mark.parametrize("body", BOARD_AND_GROUPS)
def test_every_seat_of_2019_has_a_category_or_says_why_not(body: str) -> None:
    listed = seats(structure("dudley"), body)
    without = {seat.id for seat in listed if not seat.get("category")}
    explained = {seat.id for seat in listed if (seat.note or "").startswith("Without a category: ")}
    assert len(listed) > len(without)
    assert without == explained


def test_the_page_of_sub_groups_has_as_many_core_members_as_are_printed() -> None:
    bodies = {
        "dudley-adult-exploitation": 7,
        "dudley-child-exploitation": 12,
        "dudley-neglect": 12,
        "dudley-lig": 11,
        "dudley-qap-children": 11,
        "dudley-qap-adults": 9,
    }
    asked = {b: session("dudley").ask("members", body=b, as_of="sub-groups-page").dicts() for b in bodies}
    assert {body: len(rows) for body, rows in asked.items()} == bodies
    assert {row["role"] for rows in asked.values() for row in rows} == {"member"}
    before = {b: session("dudley").ask("members", body=b, as_of="arrangements-2019").rows for b in bodies}
    assert before == dict.fromkeys(bodies, ())


def test_the_statutory_partners_are_on_every_sub_group_of_the_page() -> None:
    of = structure("dudley")
    bound = {line.from_id for line in of.inward("sub-groups-statutory-partners", "SUBJECT_TO")}
    partners = {"dudley-mbc", "west-midlands-police", "black-country-icb"}
    missing = {
        body: partners
        - {line.to_id for seat in seats(of, body) for line in of.outward(seat.id, "REPRESENTS")}
        for body in bound
    }
    # No document says who sits on the Workforce Development Group.
    assert {body: found for body, found in missing.items() if found} == {"dudley-wfdg": partners}


def test_how_far_the_checklist_is_met() -> None:
    of = structure("dudley")
    judged = {
        line.to_id.removeprefix("checklist-"): (line.get("assessment"), line.certainty)
        for line in of.outward("dspp", "SUBJECT_TO")
        if line.to_id.startswith("checklist-")
    }
    assert judged == {
        "published": ("met", "inferred"),
        "who-works-together": ("met", "inferred"),
        "practice-reviews": ("met", "inferred"),
        "independent-scrutiny": ("partly", "inferred"),
        "three-partners": ("met", "inferred"),
        "boundaries": ("met", "inferred"),
        "relevant-agencies": ("partly", "inferred"),
        "voice": ("met", "inferred"),
        "funding": ("partly", "inferred"),
        "education": ("partly", "inferred"),
        "custody-residential": ("met", "inferred"),
        "data": ("met", "inferred"),
        "training-and-audits": ("partly", "inferred"),
        "learning": ("met", "inferred"),
        "thresholds": ("partly", "inferred"),
        "annual-report-place": ("not-met", "inferred"),
    }


# Spot questions, each answered whole


def arrangements(*sections: str) -> list[str]:
    return [f"dudley-arrangements-2019 {section}" for section in sections]


def test_to_whom_the_children_group_is_accountable_in_2019() -> None:
    group, board = (
        "Dudley Safeguarding Children Partnership Group",
        "Dudley Safeguarding People Partnership Board",
    )
    cited = arrangements("Appendix C", "Section 1", "Section 6", "Section 8")

    def route(
        officer: tuple[str, str], delegate: tuple[str, str], partner: tuple[str, str]
    ) -> dict[str, object]:
        return {
            "route_ids": ["dscpg", "dsppb", officer[0]],
            "route": [group, board, officer[1]],
            "delegate_id": delegate[0],
            "delegate": delegate[1],
            "officer_id": officer[0],
            "officer": officer[1],
            "organisation_id": partner[0],
            "organisation": partner[1],
            "certainty": "inferred",
            "citations": cited,
        }

    asked = session("dudley").ask("accountability", body="DSCPG", as_of="arrangements-2019").dicts()
    assert asked == [
        route(
            ("dudley-ccg-accountable-officer", "Accountable Officer of Dudley CCG"),
            ("dudley-ccg-chief-nurse", "Dudley CCG Chief Nurse"),
            ("dudley-ccg", "Dudley Clinical Commissioning Group"),
        )
        # The Act ended the seat of the CCG on the board.
        | {"citations": [*cited, "health-and-care-act-2022 section 19"]},
        route(
            ("dudley-mbc-chief-executive", "Local Authority Chief Executive"),
            ("dudley-strategic-director-people", "Dudley Strategic Director for People"),
            ("dudley-mbc", "Dudley Metropolitan Borough Council"),
        ),
        route(
            ("west-midlands-chief-constable", "West Midlands Chief Constable"),
            (
                "dudley-neighbourhood-policing-commander",
                "Dudley Borough Neighbourhood Policing Unit Commander",
            ),
            ("west-midlands-police", "West Midlands Police"),
        ),
    ]


def test_who_sits_on_the_board_in_2019() -> None:
    both = arrangements("Appendix C", "Section 6")
    delegated = arrangements("Appendix C", "Section 1", "Section 6")
    columns = "seat role category represents_id filled_by_id acts_for_id certainty citations"
    key, relevant = "Key Statutory Partner", "Relevant Partner"
    assert chosen("dudley", "members", columns, body="DSPPB", as_of="arrangements-2019") == [
        (
            "Chair of Dudley Safeguarding Children and Adults Partnership Groups",
            *("chair", "Independent", [], ["dudley-independent-chair"], [], "stated"),
            arrangements("Appendix C", "Section 5", "Section 6", "Section 8"),
        ),
        ("Community Representative", "member", relevant, ["community"], [], [], "stated", both),
        (
            "Dudley Borough Neighbourhood Policing Unit Commander on behalf of West Midlands Chief Constable",
            *("member", key, ["west-midlands-police"], ["dudley-neighbourhood-policing-commander"]),
            *(["west-midlands-chief-constable"], "stated", delegated),
        ),
        (
            "Dudley CCG Chief Nurse on behalf of the Accountable Officer",
            *("member", key, ["dudley-ccg"], ["dudley-ccg-chief-nurse"], ["dudley-ccg-accountable-officer"]),
            *("stated", [*delegated, "health-and-care-act-2022 section 19"]),
        ),
        (
            "Dudley Local Authority Public Health Representative",
            *("member", relevant, ["dudley-public-health"], [], [], "stated", both),
        ),
        (
            "Dudley Strategic Director for People on behalf of Local Authority Chief Executive",
            *("member", key, ["dudley-mbc"], ["dudley-strategic-director-people"]),
            *(["dudley-mbc-chief-executive"], "stated", delegated),
        ),
        ("Education Representative", "member", relevant, ["education-sector"], [], [], "stated", both),
        ("Voluntary Sector Representative", "member", relevant, ["voluntary-sector"], [], [], "stated", both),
        (
            "Chairs of sub-groups (CCG, WMP and LA Heads of Safeguarding/Designated Professionals)",
            *("adviser", "Professional Advisors", [], ["dudley-sub-group-chairs"], [], "stated"),
            arrangements("Section 6"),
        ),
        (
            "DSPPB Business Manager",
            *("adviser", "Professional Advisor", [], ["dspp-business-manager"], [], "stated"),
            arrangements("Section 6"),
        ),
    ]


def test_where_the_police_sit_in_2019_and_on_the_page() -> None:
    columns = "body_id seat role category through_id certainty"
    police, key = "west-midlands-police", "Key Statutory Partner"
    member = ("West Midlands Police", "member")
    of_2019 = [
        ("dsapg", *member, key, police, "stated"),
        ("dscpg", *member, key, police, "stated"),
        ("dspp", "West Midlands Police", "lead", key, police, "stated"),
        # That the brackets say where the chairs come from is one of two readings.
        (
            "dsppb",
            "Chairs of sub-groups (CCG, WMP and LA Heads of Safeguarding/Designated Professionals)",
            *("adviser", "Professional Advisors", "dudley-sub-group-chairs", "ambiguous"),
        ),
        (
            "dsppb",
            "Dudley Borough Neighbourhood Policing Unit Commander on behalf of West Midlands Chief Constable",
            *("member", key, police, "stated"),
        ),
    ]
    of_the_page = [
        (body, *member, None, police, "stated")
        for body in (
            *("dudley-adult-exploitation", "dudley-child-exploitation", "dudley-lig", "dudley-neglect"),
            *("dudley-qap-adults", "dudley-qap-children"),
        )
    ]
    ask = {"organisation": "West Midlands Police"}
    assert chosen("dudley", "sits-on", columns, **ask, as_of="arrangements-2019") == of_2019
    later = chosen("dudley", "sits-on", columns, **ask, as_of="sub-groups-page")
    assert sorted(later, key=str) == sorted([*of_2019, *of_the_page], key=str)


def test_to_whom_neglect_reports_on_the_page() -> None:
    columns = "relation to_id subject certainty citations"
    own = [
        row[1:]
        for row in chosen(
            "dudley", "reporting", f"from_id {columns}", body="dudley-neglect", as_of="sub-groups-page"
        )
        if row[0] == "dudley-neglect"
    ]
    rule = [*arrangements("Section 8"), "dudley-sub-groups Neglect"]
    data = "data and performance on neglect, with patterns, trends and themes"
    assert own == [
        ("ACCOUNTABLE_TO", "dsapg", None, "ambiguous", rule),
        ("ACCOUNTABLE_TO", "dscpg", None, "ambiguous", rule),
        ("REPORTS_TO", "dspp-executive", data, "stated", ["dudley-sub-groups Neglect"]),
        ("REPORTS_TO", "dudley-dsab", data, "stated", ["dudley-sub-groups Neglect"]),
    ]


def test_the_later_board_and_executive_are_nobody_s_successor() -> None:
    of = structure("dudley")
    for later in ("dudley-dsab", "dspp-executive"):
        assert of.outward(later, "SUCCEEDS", "ACCOUNTABLE_TO") == []
        assert of.inward(later, "SUCCEEDS") == []
        assert not of.holdings[later].on(of.date_of("arrangements-2019"))
    assert {line.to_id for line in of.outward("dsppb", "SUCCEEDS")} == {"dscb", "dsab-2019"}


# Shropshire


def test_shropshire_has_no_seat_and_no_line_of_accountability() -> None:
    of = structure("shropshire")
    assert of.labelled("Seat") == []
    assert [
        line.id for line in of.relationships.values() if line.term in {"ACCOUNTABLE_TO", "REPORTS_TO"}
    ] == []
    asked = session("shropshire").ask("accountability", body="Executive group", as_of="plan-2019")
    assert asked.rows == ()
