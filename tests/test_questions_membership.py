"""Who sits where: partners, chairs, delegations, what bodies share, and the matrix; whole answers."""

# ruff: noqa: E501 - a row of an answer reads best as a line
from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from orgmodel import tables
from orgmodel.model import node_class, relationship_class
from orgmodel.session import open_dataset
from orgmodel.tables import Rows
from tests.datasets import write
from tests.test_questions import made_up

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from orgmodel.session import Session
    from orgmodel.structure import Structure
    from tests.conftest import Opened

# That the oldest version gives the same as the embedded store is what test_conformance.py tests.
pytestmark = pytest.mark.current_neo4j

TOWN = """\
dataset: {id: town, name: Town}
sources:
  - {id: terms, name: Terms of reference, published: 2020-04-01}
  - {id: page, name: Web page, published: 2022-07-15}
partnerships:
  - id: town
    name: Town Partnership
    tiers: [Strategic, Delivery]
    citations: [terms 1]
    seats:
      - {name: The police, role: member, category: Safeguarding partner, represents: police, citations: [terms 2]}
      - name: The council
        role: member
        category: Safeguarding partner
        represents: council
        filled_by: clerk
        citations: [terms 2]
organisations:
  - id: council
    name: Council
    kind: local-authority
    citations: [terms 1]
    parts:
      - {id: housing, name: Housing, kind: directorate}
  - {id: police, name: Police, kind: police, citations: [terms 1]}
  - {id: ccg, name: Old NHS, kind: nhs-commissioner, citations: [terms 1]}
  - id: icb
    name: New NHS
    kind: nhs-commissioner
    citations: [page 1]
    succeeds: {to: ccg, start_date: 2022-07-01}
  - {id: court, name: Court, citations: [terms 1]}
  - {id: charities, name: Charities, kind: sector, citations: [terms 1]}
posts:
  - {id: chief, name: Chief Executive, post_in: council, citations: [terms 3]}
  - id: director
    name: Director of Housing
    post_in: housing
    citations: [terms 3]
    acts_for: {to: chief, scope: homes, citations: [terms 4]}
  - {id: clerk, name: Clerk, citations: [terms 3], acts_for: {to: director, certainty: ambiguous, basis: Unclear.}}
  - id: independent
    name: Independent Chair
    citations: [terms 3]
    acts_for: {to: chief, end_date: 2021, citations: [terms 4]}
    held_by: {to: jo, certainty: inferred, basis: Signed the report., citations: [page 2]}
people:
  - {id: jo, name: Jo Bloggs, citations: [page 2]}
  - {id: sam, name: Sam Sample, citations: [page 2]}
bodies:
  - id: board
    name: Town Board
    short_name: Board
    tier: Strategic
    part_of: town
    citations: [terms 5]
    seats:
      - {name: Independent Chair, role: chair, filled_by: independent, state: filled, citations: [terms 5.1]}
      - name: Director of Housing (vice-chair)
        role: vice-chair
        represents: council
        filled_by: director
        certainty: inferred
        basis: The council's last chair.
        citations: [terms 5.2]
      - {name: Police, role: member, category: Statutory, represents: police, citations: [terms 5.3]}
      - {name: NHS, role: member, category: Statutory, represents: [ccg, icb], citations: [terms 5.4]}
      - {name: A charity, role: member, represents: charities, citations: [terms 5.5]}
      - {name: Police deputy, role: deputy, represents: police, citations: [terms 5.7]}
  - id: group
    name: Homes Group
    tier: Delivery
    part_of: board
    citations: [terms 6]
    acts_for: {to: board, scope: plans, citations: [page 6]}
    seats:
      - name: Sergeant
        role: vice-chair
        represents: police
        filled_by: sam
        certainty: inferred
        basis: Signs the minutes.
        citations: [page 3]
      - {name: NHS, role: member, represents: ccg, citations: [terms 6]}
      - name: Housing
        role: member
        represents: {to: council, certainty: ambiguous, basis: Housing is the council's.}
        filled_by: director
        citations: [page 4]
      - {name: Tenancies, role: member, represents: housing, citations: [page 4]}
      - {name: Another charity, role: member, represents: charities, citations: [page 5]}
  - {id: panel, name: Cases Panel, part_of: town, certainty: inferred, basis: Named once., citations: [terms 7]}
  - id: forum
    name: Residents Forum
    citations: [terms 8]
    seats:
      - {name: Independent Chair, role: chair, filled_by: [independent, jo], citations: [terms 8]}
      - {name: Police (chair), role: chair, category: Guest, represents: police, state: vacant, citations: [terms 8.1]}
      - {name: Court, role: member, represents: court, citations: [terms 8.2]}
  - {id: old, name: Old Forum, end_date: 2021-12, citations: [terms 8]}
seats:
  - name: Court
    role: adviser
    on: {to: board, end_date: 2021-03}
    represents: court
    filled_by: clerk
    citations: [terms 5.6]
plans: [{id: plan, name: Plan, part_of: town, citations: [terms 9]}]
"""
"""A seat for a part of the council, and one whose organisation another took over; a body within another, and one in
no partnership; a post and a person who fill several seats; seats that ended or began later."""

ANSWERS: list[tuple[str, dict[str, object], str]] = [
    (
        "partners",
        {"partnership": "town"},
        """\
organisation_id,organisation,kind,bodies,seats,categories,since,last_seen,certainty,citations
council,Council,local-authority,2,3,Safeguarding partner,2020-04-01,2020-04-01,ambiguous,page 4; terms 2; terms 5.2
housing,Housing,directorate,1,1,,2022-07-15,2020-04-01,stated,page 4
icb,New NHS,nhs-commissioner,1,1,Statutory,2022-07-01,2022-07-15,stated,terms 5.4
police,Police,police,2,4,Safeguarding partner; Statutory,2020-04-01,2020-04-01,inferred,page 3; terms 2; terms 5.3; terms 5.7
charities,Charities,sector,2,2,,2020-04-01,2020-04-01,stated,page 5; terms 5.5
""",
    ),
    (
        "partners",
        {},
        """\
organisation_id,organisation,kind,bodies,seats,categories,since,last_seen,certainty,citations
council,Council,local-authority,2,3,Safeguarding partner,2020-04-01,2020-04-01,ambiguous,page 4; terms 2; terms 5.2
court,Court,,1,1,,2020-04-01,2020-04-01,stated,terms 8.2
housing,Housing,directorate,1,1,,2022-07-15,2020-04-01,stated,page 4
icb,New NHS,nhs-commissioner,1,1,Statutory,2022-07-01,2022-07-15,stated,terms 5.4
police,Police,police,3,5,Guest; Safeguarding partner; Statutory,2020-04-01,2020-04-01,inferred,page 3; terms 2; terms 5.3; terms 5.7; terms 8.1
charities,Charities,sector,2,2,,2020-04-01,2020-04-01,stated,page 5; terms 5.5
""",
    ),
    (
        "partners",
        {"partnership": "town", "as_of": "2020-06-01"},
        """\
organisation_id,organisation,kind,bodies,seats,categories,since,last_seen,certainty,citations
council,Council,local-authority,1,2,Safeguarding partner,2020-04-01,2020-04-01,inferred,terms 2; terms 5.2
court,Court,,1,1,,2020-04-01,2020-04-01,stated,terms 5.6
ccg,Old NHS,nhs-commissioner,2,2,Statutory,2020-04-01,2020-04-01,stated,terms 5.4; terms 6
police,Police,police,1,3,Safeguarding partner; Statutory,2020-04-01,2020-04-01,stated,terms 2; terms 5.3; terms 5.7
charities,Charities,sector,1,1,,2020-04-01,2020-04-01,stated,terms 5.5
""",
    ),
    (
        "chairs",
        {},
        """\
body_id,body,role,seat_id,seat,filled_by_id,filled_by,represents_id,represents,state,last_seen,certainty,citations
panel,Cases Panel,no chair stated,,,,,,,,2020-04-01,inferred,terms 7
group,Homes Group,no chair stated,,,,,,,,2020-04-01,stated,terms 6
group,Homes Group,vice-chair,group--vice-chair--police,Sergeant,,,police,Police,not-stated,2022-07-15,inferred,page 3
forum,Residents Forum,chair,forum--chair--independent,Independent Chair,independent,Independent Chair,,,not-stated,2020-04-01,stated,terms 8
forum,Residents Forum,chair,forum--chair--police,Police (chair),,,police,Police,vacant,2020-04-01,stated,terms 8.1
board,Town Board,chair,board--chair--independent,Independent Chair,independent,Independent Chair,,,filled,2020-04-01,stated,terms 5.1
board,Town Board,vice-chair,board--vice-chair--council,Director of Housing (vice-chair),director,Director of Housing,council,Council,not-stated,2020-04-01,inferred,terms 5.2
""",
    ),
    (
        "chairs",
        {"people": True},
        """\
body_id,body,role,seat_id,seat,filled_by_id,filled_by,represents_id,represents,state,last_seen,certainty,citations
panel,Cases Panel,no chair stated,,,,,,,,2020-04-01,inferred,terms 7
group,Homes Group,no chair stated,,,,,,,,2020-04-01,stated,terms 6
group,Homes Group,vice-chair,group--vice-chair--police,Sergeant,sam,Sam Sample,police,Police,not-stated,2022-07-15,inferred,page 3
forum,Residents Forum,chair,forum--chair--independent,Independent Chair,independent; jo,Independent Chair; Jo Bloggs,,,not-stated,2020-04-01,inferred,page 2; terms 8
forum,Residents Forum,chair,forum--chair--police,Police (chair),,,police,Police,vacant,2020-04-01,stated,terms 8.1
board,Town Board,chair,board--chair--independent,Independent Chair,independent; jo,Independent Chair; Jo Bloggs,,,filled,2020-04-01,inferred,page 2; terms 5.1
board,Town Board,vice-chair,board--vice-chair--council,Director of Housing (vice-chair),director,Director of Housing,council,Council,not-stated,2020-04-01,inferred,terms 5.2
""",
    ),
    (
        "chairs",
        {"partnership": "town", "as_of": "2020-06-01"},
        """\
body_id,body,role,seat_id,seat,filled_by_id,filled_by,represents_id,represents,state,last_seen,certainty,citations
panel,Cases Panel,no chair stated,,,,,,,,2020-04-01,inferred,terms 7
group,Homes Group,no chair stated,,,,,,,,2020-04-01,stated,terms 6
board,Town Board,chair,board--chair--independent,Independent Chair,independent,Independent Chair,,,filled,2020-04-01,stated,terms 5.1
board,Town Board,vice-chair,board--vice-chair--council,Director of Housing (vice-chair),director,Director of Housing,council,Council,not-stated,2020-04-01,inferred,terms 5.2
""",
    ),
    (
        "delegations",
        {},
        """\
delegate_id,delegate,acts_for_id,acts_for,organisation_id,organisation,scope,body_id,body,seat_id,seat,last_seen,certainty,citations
clerk,Clerk,director,Director of Housing,housing,Housing,,town,Town Partnership,town--member--council,The council,2020-04-01,ambiguous,terms 2; terms 3
director,Director of Housing,chief,Chief Executive,council,Council,homes,group,Homes Group,group--member--council,Housing,2020-04-01,stated,page 4; terms 3; terms 4
director,Director of Housing,chief,Chief Executive,council,Council,homes,board,Town Board,board--vice-chair--council,Director of Housing (vice-chair),2020-04-01,inferred,terms 3; terms 4; terms 5.2
group,Homes Group,board,Town Board,,,plans,,,,,2022-07-15,stated,page 6
""",
    ),
    (
        "delegations",
        {"partnership": "town"},
        """\
delegate_id,delegate,acts_for_id,acts_for,organisation_id,organisation,scope,body_id,body,seat_id,seat,last_seen,certainty,citations
clerk,Clerk,director,Director of Housing,housing,Housing,,town,Town Partnership,town--member--council,The council,2020-04-01,ambiguous,terms 2; terms 3
director,Director of Housing,chief,Chief Executive,council,Council,homes,group,Homes Group,group--member--council,Housing,2020-04-01,stated,page 4; terms 3; terms 4
director,Director of Housing,chief,Chief Executive,council,Council,homes,board,Town Board,board--vice-chair--council,Director of Housing (vice-chair),2020-04-01,inferred,terms 3; terms 4; terms 5.2
group,Homes Group,board,Town Board,,,plans,,,,,2022-07-15,stated,page 6
""",
    ),
    (
        "delegations",
        {"partnership": "town", "as_of": "2020-06-01"},
        """\
delegate_id,delegate,acts_for_id,acts_for,organisation_id,organisation,scope,body_id,body,seat_id,seat,last_seen,certainty,citations
clerk,Clerk,director,Director of Housing,housing,Housing,,board,Town Board,board--adviser--court,Court,2020-04-01,ambiguous,terms 3; terms 5.6
clerk,Clerk,director,Director of Housing,housing,Housing,,town,Town Partnership,town--member--council,The council,2020-04-01,ambiguous,terms 2; terms 3
director,Director of Housing,chief,Chief Executive,council,Council,homes,board,Town Board,board--vice-chair--council,Director of Housing (vice-chair),2020-04-01,inferred,terms 3; terms 4; terms 5.2
independent,Independent Chair,chief,Chief Executive,council,Council,,board,Town Board,board--chair--independent,Independent Chair,2020-04-01,stated,terms 3; terms 4; terms 5.1
""",
    ),
    (
        "shared",
        {"bodies": ["board", "group"]},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
charities,Charities,sector,2,group; board,Homes Group; Town Board,2020-04-01,stated,page 5; terms 5.5
council,Council,local-authority,2,group; board,Homes Group; Town Board,2020-04-01,ambiguous,page 4; terms 5.2
police,Police,police,2,group; board,Homes Group; Town Board,2020-04-01,inferred,page 3; terms 5.3; terms 5.7
""",
    ),
    (
        "shared",
        {"bodies": ["board", "group", "board"], "at_least": -1},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
charities,Charities,sector,2,group; board,Homes Group; Town Board,2020-04-01,stated,page 5; terms 5.5
council,Council,local-authority,2,group; board,Homes Group; Town Board,2020-04-01,ambiguous,page 4; terms 5.2
police,Police,police,2,group; board,Homes Group; Town Board,2020-04-01,inferred,page 3; terms 5.3; terms 5.7
""",
    ),
    (
        "shared",
        {"bodies": ["board", "group", "forum", "town"], "at_least": 3},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
police,Police,police,4,group; forum; board; town,Homes Group; Residents Forum; Town Board; Town Partnership,2020-04-01,inferred,page 3; terms 2; terms 5.3; terms 5.7; terms 8.1
council,Council,local-authority,3,group; board; town,Homes Group; Town Board; Town Partnership,2020-04-01,ambiguous,page 4; terms 2; terms 5.2
""",
    ),
    (
        "shared",
        {"bodies": ["board", "group", "forum"], "at_least": 2, "by": "post"},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
director,Director of Housing,,2,group; board,Homes Group; Town Board,2020-04-01,inferred,page 4; terms 5.2
independent,Independent Chair,,2,forum; board,Residents Forum; Town Board,2020-04-01,stated,terms 5.1; terms 8
""",
    ),
    (
        "shared",
        {"bodies": ["board", "group"], "at_least": 3},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
""",
    ),
    (
        "shared",
        {"bodies": ["board", "forum"], "by": "person", "people": True},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
jo,Jo Bloggs,,2,forum; board,Residents Forum; Town Board,2022-07-15,inferred,page 2; terms 5.1; terms 8
""",
    ),
    (
        "shared",
        {"bodies": ["board", "forum"], "by": "person"},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
""",
    ),
    (
        "shared",
        {"bodies": ["forum"], "by": "person"},
        """\
member_id,member,kind,bodies,body_id,body,last_seen,certainty,citations
""",
    ),
    (
        "only-on",
        {"body": "board", "not_on": "group"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
icb,New NHS,nhs-commissioner,board--member--ccg--icb,NHS,2022-07-15,stated,terms 5.4
""",
    ),
    (
        "only-on",
        {"body": "group", "not_on": "board"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
housing,Housing,directorate,group--member--housing,Tenancies,2020-04-01,stated,page 4
""",
    ),
    (
        "only-on",
        {"body": "town", "not_on": "forum"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
council,Council,local-authority,town--member--council,The council,2020-04-01,stated,terms 2
""",
    ),
    (
        "only-on",
        {"body": "board", "not_on": "group", "by": "post"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
independent,Independent Chair,,board--chair--independent,Independent Chair,2020-04-01,stated,terms 5.1
""",
    ),
    (
        "only-on",
        {"body": "town", "not_on": "board", "by": "post"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
clerk,Clerk,,town--member--council,The council,2020-04-01,stated,terms 2
""",
    ),
    (
        "only-on",
        {"body": "forum", "not_on": "group", "by": "person", "people": True},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
jo,Jo Bloggs,,forum--chair--independent,Independent Chair,2022-07-15,inferred,page 2; terms 8
""",
    ),
    (
        "only-on",
        {"body": "group", "not_on": "forum", "by": "person", "people": True},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
sam,Sam Sample,,group--vice-chair--police,Sergeant,2022-07-15,inferred,page 3
""",
    ),
    (
        "only-on",
        {"body": "board", "not_on": "forum", "by": "person", "people": True},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
""",
    ),
    (
        "only-on",
        {"body": "forum", "not_on": "board", "by": "person", "people": True},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
""",
    ),
    (
        "only-on",
        {"body": "group", "not_on": "forum", "by": "person"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
""",
    ),
    (
        "only-on",
        {"body": "board", "not_on": "group", "by": "person"},
        """\
member_id,member,kind,seat_id,seat,last_seen,certainty,citations
""",
    ),
    (
        "interlocks",
        {},
        """\
first_id,first,second_id,second,shared,member_id,member,certainty,citations
board,Town Board,group,Homes Group,2,council; police,Council; Police,ambiguous,page 3; page 4; terms 5.2; terms 5.3; terms 5.7
forum,Residents Forum,group,Homes Group,1,police,Police,inferred,page 3; terms 8.1
board,Town Board,forum,Residents Forum,1,police,Police,stated,terms 5.3; terms 5.7; terms 8.1
""",
    ),
    (
        "interlocks",
        {"partnership": "town"},
        """\
first_id,first,second_id,second,shared,member_id,member,certainty,citations
board,Town Board,group,Homes Group,2,council; police,Council; Police,ambiguous,page 3; page 4; terms 5.2; terms 5.3; terms 5.7
""",
    ),
    (
        "interlocks",
        {"by": "post"},
        """\
first_id,first,second_id,second,shared,member_id,member,certainty,citations
board,Town Board,group,Homes Group,1,director,Director of Housing,inferred,page 4; terms 5.2
board,Town Board,forum,Residents Forum,1,independent,Independent Chair,stated,terms 5.1; terms 8
""",
    ),
    (
        "interlocks",
        {"as_of": "2020-06-01"},
        """\
first_id,first,second_id,second,shared,member_id,member,certainty,citations
board,Town Board,forum,Residents Forum,2,court; police,Court; Police,stated,terms 5.3; terms 5.6; terms 5.7; terms 8.1; terms 8.2
board,Town Board,group,Homes Group,1,ccg,Old NHS,stated,terms 5.4; terms 6
""",
    ),
    (
        "matrix",
        {"partnership": "town"},
        """\
member_id,member,certainty,citations,Town Partnership,Board,Homes Group
council,Council,ambiguous,page 4; terms 2; terms 5.2,member (Safeguarding partner),vice-chair,member
housing,Housing,stated,page 4,,,member
icb,New NHS,stated,terms 5.4,,member (Statutory),
police,Police,inferred,page 3; terms 2; terms 5.3; terms 5.7,member (Safeguarding partner),member (Statutory); deputy,vice-chair
charities,Charities,stated,page 5; terms 5.5,,member,member
""",
    ),
    (
        "matrix",
        {"by": "post", "empty": True},
        """\
member_id,member,certainty,citations,Town Partnership,Board,Homes Group,Cases Panel,Residents Forum
chief,Chief Executive,stated,terms 3,,,,,
clerk,Clerk,stated,terms 2,member (Safeguarding partner),,,,
director,Director of Housing,inferred,page 4; terms 5.2,,vice-chair,member,,
independent,Independent Chair,stated,terms 5.1; terms 8,,chair,,,chair
""",
    ),
    (
        "matrix",
        {"partnership": "town", "empty": True, "as_of": "2020-06-01"},
        """\
member_id,member,certainty,citations,Town Partnership,Board,Homes Group,Cases Panel
council,Council,inferred,terms 2; terms 5.2,member (Safeguarding partner),vice-chair,,
court,Court,stated,terms 5.6,,adviser,,
housing,Housing,stated,terms 1,,,,
ccg,Old NHS,stated,terms 5.4; terms 6,,member (Statutory),member,
police,Police,stated,terms 2; terms 5.3; terms 5.7,member (Safeguarding partner),member (Statutory); deputy,,
charities,Charities,stated,terms 5.5,,member,,
""",
    ),
    (
        "members",
        {"body": "board", "people": True},
        """\
seat_id,seat,role,category,represents_id,represents,filled_by_id,filled_by,acts_for_id,acts_for,state,places,last_seen,certainty,citations
board--chair--independent,Independent Chair,chair,,,,independent; jo,Independent Chair; Jo Bloggs,,,filled,,2020-04-01,inferred,page 2; terms 5.1
board--vice-chair--council,Director of Housing (vice-chair),vice-chair,,council,Council,director,Director of Housing,chief,Chief Executive,not-stated,,2020-04-01,inferred,terms 4; terms 5.2
board--member--charities,A charity,member,,charities,Charities,,,,,not-stated,,2020-04-01,stated,terms 5.5
board--member--ccg--icb,NHS,member,Statutory,icb,New NHS,,,,,not-stated,,2020-04-01,stated,terms 5.4
board--member--police,Police,member,Statutory,police,Police,,,,,not-stated,,2020-04-01,stated,terms 5.3
board--deputy--police,Police deputy,deputy,,police,Police,,,,,not-stated,,2020-04-01,stated,terms 5.7
""",
    ),
    (
        "members",
        {"body": "forum", "people": True},
        """\
seat_id,seat,role,category,represents_id,represents,filled_by_id,filled_by,acts_for_id,acts_for,state,places,last_seen,certainty,citations
forum--chair--independent,Independent Chair,chair,,,,independent; jo,Independent Chair; Jo Bloggs,,,not-stated,,2020-04-01,inferred,page 2; terms 8
forum--chair--police,Police (chair),chair,Guest,police,Police,,,,,vacant,,2020-04-01,stated,terms 8.1
forum--member--court,Court,member,,court,Court,,,,,not-stated,,2020-04-01,stated,terms 8.2
""",
    ),
    (
        "members",
        {"body": "forum"},
        """\
seat_id,seat,role,category,represents_id,represents,filled_by_id,filled_by,acts_for_id,acts_for,state,places,last_seen,certainty,citations
forum--chair--independent,Independent Chair,chair,,,,independent,Independent Chair,,,not-stated,,2020-04-01,stated,terms 8
forum--chair--police,Police (chair),chair,Guest,police,Police,,,,,vacant,,2020-04-01,stated,terms 8.1
forum--member--court,Court,member,,court,Court,,,,,not-stated,,2020-04-01,stated,terms 8.2
""",
    ),
]
"""What is asked about the town at the beginning of 2023, or when it says so, and what must be answered."""


@pytest.fixture(scope="module")
def town_structure(tmp_path_factory: pytest.TempPathFactory) -> Structure:
    return open_dataset(str(write(tmp_path_factory.mktemp("town"), {"town.yaml": TOWN})))


@pytest.fixture
def town(open_structure: Opened, town_structure: Structure) -> Iterable[Session]:
    with open_structure(town_structure) as session:
        yield session


@pytest.mark.parametrize(
    ("name", "values", "answer"), ANSWERS, ids=[f"{name} {values}" for name, values, _ in ANSWERS]
)
def test_whole_answer_about_the_town(
    town: Session, name: str, values: dict[str, object], answer: str
) -> None:
    rows = town.ask(name, **{"as_of": "2023-01-01", **values})
    assert tables.to_csv(rows) == answer.replace("\n", "\r\n")
    assert rows.notes == ()


def test_no_person_is_named_unless_asked_for(town: Session, town_structure: Structure) -> None:
    people = {text for person in town_structure.labelled("Person") for text in (person.id, person.name)}
    asked = [(name, {k: v for k, v in values.items() if k != "people"}) for name, values, _ in ANSWERS]
    answers = [town.ask(name, **{"as_of": "2023-01-01", **values}) for name, values in asked]
    texts = {
        text
        for answer in answers
        for row in answer.rows
        for cell in row
        for text in (cell if isinstance(cell, list) else [cell])
    }
    assert texts & people == set()
    assert {"Police", "Independent Chair"} <= texts


# The matrix

SAID: dict[str, Any] = {"citations": ("s 1",)}


def odd() -> Structure:
    """Bodies whose short names are alike, are those of other columns, or mean something to a format."""
    bodies = [
        ("a", "Same", None),
        ("b", "Board B", "Same"),
        ("c", "Same (b)", None),
        ("d", "member", None),
        ("e", "[bold]=|x", "=[bold]|*_x"),
    ]
    police = node_class("Organisation")(id="police", name="Police", **SAID)
    seats = [
        node_class("Seat")(id="s1", name="S", role="member", category="Core", **SAID),
        node_class("Seat")(id="s2", name="S", role="chair", category="Z", **SAID),
        node_class("Seat")(id="s3", name="S", role="member", **SAID),
        node_class("Seat")(id="s4", name="S", role="member", **SAID),
        *(node_class("Seat")(id=f"t{body}", name="T", role="lead", **SAID) for body, *_ in bodies[1:]),
    ]
    places = {"s1": "a", "s2": "a", "s3": "a", "s4": "a", **{f"t{body}": body for body, *_ in bodies[1:]}}
    return made_up(
        [
            police,
            *seats,
            *(
                node_class("Body")(id=body, name=name, short_name=short, **SAID)
                for body, name, short in bodies
            ),
        ],
        [
            line
            for seat, place in places.items()
            for line in (
                relationship_class("ON")(id=f"{seat}-on", from_id=seat, to_id=place, **SAID),
                relationship_class("REPRESENTS")(id=f"{seat}-for", from_id=seat, to_id="police", **SAID),
            )
        ],
    )


def test_no_two_columns_of_the_matrix_are_alike_and_every_seat_is_in_its_cell(open_structure: Opened) -> None:
    with open_structure(odd()) as session:
        rows = session.ask("matrix", as_of="2020")
    assert rows.dicts() == [
        {
            "member_id": "police",
            "member": "Police",
            "certainty": "stated",
            "citations": ["s 1"],
            "Same (b) (b)": "lead",
            "Same (a)": "chair (Z); member; member; member (Core)",
            "Same (b) (c)": "lead",
            "=[bold]|*_x": "lead",
            "member (d)": "lead",
        }
    ]
    assert len(rows.columns) == len(set(rows.columns)) == 9


ALDER = """\
dataset: {id: alder, name: Alder}
sources: [{id: alder-terms, name: Terms, published: 2021}]
partnerships: [{id: alder, name: Alder Partnership, tiers: [Low, High], citations: [alder-terms 1]}]
organisations:
  - {id: school, name: School, citations: [alder-terms 2]}
  - {id: clinic, name: Clinic, citations: [alder-terms 2]}
bodies:
  - id: alder-high
    name: A board
    tier: High
    part_of: alder
    citations: [alder-terms 3]
    seats: [{name: School, role: member, represents: school}]
  - id: alder-low
    name: Z board
    tier: Low
    part_of: alder
    citations: [alder-terms 4]
    seats: [{name: School, role: lead, represents: school}]
  - {id: alder-none, name: Empty board, part_of: alder, citations: [alder-terms 5]}
"""


def test_of_two_partnerships_each_has_its_own_bodies_and_members(
    open_structure: Opened, town_structure: Structure, tmp_path: Path
) -> None:
    alder = open_dataset(str(write(tmp_path, {"alder.yaml": ALDER})))
    with open_structure(town_structure.merge(alder)) as session:
        both = session.ask("matrix", as_of="2023-01-01")
        one = session.ask("matrix", partnership="alder", empty=True, as_of="2023-01-01")
        counted = session.ask("partners", partnership="alder", as_of="2023-01-01")
    assert both.columns[4:] == (
        *("Z board", "A board"),
        *("Town Partnership", "Board", "Homes Group", "Residents Forum"),
    )
    assert [row[1] for row in both.rows] == [
        *("Council", "Court", "Housing", "New NHS", "Police", "School"),
        "Charities",
    ]
    assert one.dicts() == [
        {
            "member_id": "clinic",
            "member": "Clinic",
            "certainty": "stated",
            "citations": ["alder-terms 2"],
            "Alder Partnership": None,
            "Z board": None,
            "A board": None,
            "Empty board": None,
        },
        {
            "member_id": "school",
            "member": "School",
            "certainty": "stated",
            "citations": ["alder-terms 3", "alder-terms 4"],
            "Alder Partnership": None,
            "Z board": "lead",
            "A board": "member",
            "Empty board": None,
        },
    ]
    assert [(row["organisation"], row["bodies"], row["seats"]) for row in counted.dicts()] == [
        ("School", 2, 2)
    ]


def test_headings_from_the_facts_are_neither_formulas_nor_markup(open_structure: Opened) -> None:
    with open_structure(odd()) as session:
        rows = session.ask("matrix", as_of="2020")
    assert tables.to_csv(rows).splitlines()[0] == (
        "member_id,member,certainty,citations,Same (b) (b),Same (a),Same (b) (c),'=[bold]|*_x,member (d)"
    )
    assert tables.to_markdown(rows).splitlines()[0] == (
        "| member | certainty | citations | Same (b) (b) | Same (a) | Same (b) (c) "
        "| =\\[bold\\]\\|\\*\\_x | member (d) |"
    )
    assert printed(rows, 78) == [
        "member        Police",
        "Same (b) (b)  lead",
        "Same (a)      chair (Z); member; member; member (Core)",
        "Same (b) (c)  lead",
        "=[bold]|*_x   lead",
        "member (d)    lead",
        "certainty     stated",
        "citations     s 1",
        "",
    ]
    assert "┃ =[bold]|*_x ┃" in "\n".join(printed(rows, 200))


def printed(rows: Rows, width: int) -> list[str]:
    # What is written into a file: such a console takes marks in square brackets for its own.
    out = io.StringIO()
    tables.print_table(rows, Console(file=out, width=width))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_long_headings_leave_the_cells_most_of_the_width_and_empty_cells_are_left_out() -> None:
    rows = Rows(
        (
            "member_id",
            "member",
            "certainty",
            "citations",
            "Quality and Performance Sub-group",
            "Empty",
            "Board",
        ),
        (
            ("a", "Police", "stated", ["paper 1", "paper 2"], "member (Key Statutory Partner)", None, None),
            ("b", "Council", "inferred", ["paper 1"], None, None, "chair"),
        ),
    )
    assert printed(rows, 50) == [
        "member            Police",
        "Quality and       member (Key Statutory Partner)",
        "Performance",
        "Sub-group",
        "certainty         stated",
        "citations         paper 1",
        "                  paper 2",
        "",
        "member     Council",
        "Board      chair",
        "certainty  inferred",
        "citations  paper 1",
        "",
    ]


def test_a_matrix_of_few_bodies_is_a_grid_in_which_no_word_is_broken(town: Session) -> None:
    rows = town.ask("matrix", partnership="town", by="post", as_of="2023")
    assert printed(rows, 80) == [
        "┏━━━━━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━┓",
        "┃             ┃           ┃           ┃ Town          ┃            ┃ Homes     ┃",
        "┃ member      ┃ certainty ┃ citations ┃ Partnership   ┃ Board      ┃ Group     ┃",
        "┡━━━━━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━┩",
        "│ Clerk       │ stated    │ terms 2   │ member        │            │           │",
        "│             │           │           │ (Safeguarding │            │           │",
        "│             │           │           │ partner)      │            │           │",
        "├─────────────┼───────────┼───────────┼───────────────┼────────────┼───────────┤",
        "│ Director of │ inferred  │ page 4    │               │ vice-chair │ member    │",
        "│ Housing     │           │ terms 5.2 │               │            │           │",
        "├─────────────┼───────────┼───────────┼───────────────┼────────────┼───────────┤",
        "│ Independent │ stated    │ terms 5.1 │               │ chair      │           │",
        "│ Chair       │           │           │               │            │           │",
        "└─────────────┴───────────┴───────────┴───────────────┴────────────┴───────────┘",
    ]
