"""A partnership over time, and what another record of it says: what differences are told of in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.datasets import yaml
from tests.datasets import write

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.structure import Structure

IN_TIME = """\
dataset:
  id: riverton
  name: Riverton Partnership
  disclaimer: An invented example.
  editions:
    - {id: founding, name: The founding terms, date: 2019-10-01}
    - {id: review, name: After the review, date: 2021-06-30}
sources:
  - {id: terms, name: Terms of reference, published: 2019-05-01}
  - {id: health-act, name: Health Act, kind: legislation, published: 2020-11-11}
  - {id: review-2021, name: Review of the arrangements, published: 2021-03}
  - {id: site, name: Web site, not_before: 2021-06-01}
partnerships:
  - id: partnership
    name: Riverton Partnership
    tiers: [Top, Middle, Lower]
    citations: [terms 1, review-2021 1, site 1]
bodies:
  - id: board
    name: Safeguarding Board
    kind: board
    tier: Top
    citations: [terms 1, review-2021 1, site 1]
    part_of: partnership
    accountable_to: chief-constable
    seats:
      - {name: Clinical Commissioning Group, role: member, category: Statutory, represents: ccg,
         end_date: 2020-12-31, citations: [terms 2]}
      - {name: Integrated Care Board, role: member, category: Statutory, represents: icb,
         start_date: 2021-01-01, citations: [site 2]}
      - id: board--police
        name: Police
        role: member
        represents: police
        filled_by:
          - {to: superintendent, end_date: 2020-06-30}
          - {to: commander, start_date: 2020-07-01}
        citations: [terms 2, review-2021 1, site 2]
      - {name: Independent Chair, role: chair, filled_by: [independent-chair, jo-bloggs],
         citations: [terms 2]}
      - {name: Voluntary sector, role: member, represents: voluntary, citations: [review-2021 1, site 2],
         certainty: inferred, basis: The review asks for it.}
  - id: executive
    name: Executive Group
    kind: executive
    tier: Middle
    citations: [terms 3]
    part_of: partnership
    accountable_to: board
    seats:
      - {name: Chief Officers, role: lead, represents: [police, ccg], citations: [terms 3]}
  - id: steering
    name: Steering Group
    kind: group
    tier: Middle
    start_date: 2021-01-01
    citations: [review-2021 2, site 1]
    part_of: partnership
    accountable_to: {to: board, certainty: ambiguous, basis: The review can be read so.}
    succeeds: {to: executive, citations: [review-2021 2]}
  - id: exploitation
    name: Exploitation Group
    kind: sub-group
    tier: Lower
    citations: [terms 4, review-2021 4, site 1]
    part_of: partnership
    accountable_to:
      - {to: executive, citations: [terms 4]}
      - {to: steering, citations: [review-2021 4, site 1]}
    reports_to:
      - {to: board, subject: performance, frequency: yearly, citations: [terms 4]}
      - {to: board, key: audits, subject: audits, citations: [site 1]}
  - id: neglect
    name: Neglect Group
    kind: sub-group
    tier: Lower
    purpose: Less neglect
    citations: [review-2021 5, site 1]
    part_of: partnership
    accountable_to: steering
    seats:
      - {name: Police, role: lead, represents: police, citations: [review-2021 5, site 1]}
  - {id: training, name: Training Group, kind: group, end_date: 2020-04, part_of: board,
     citations: [terms 5]}
  - id: reviews
    name: Review Panel
    kind: panel
    citations: [terms 5]
    part_of: board
    seats: [{name: Coroner, role: adviser, citations: [terms 5]}]
organisations:
  - {id: police, name: River Valley Police, kind: police, citations: [terms 1]}
  - {id: ccg, name: Riverton CCG, kind: nhs-commissioner, citations: [terms 1], end_date: 2020-12-31,
     supports: {to: board, subject: meeting rooms}}
  - {id: icb, name: River Valley ICB, kind: nhs-commissioner, start_date: 2021-01-01, citations: [site 2],
     succeeds: {to: ccg, citations: [health-act 1]}}
  - {id: voluntary, name: Voluntary sector, kind: sector, citations: [terms 1]}
posts:
  - {id: chief-constable, name: Chief Constable, post_in: police, citations: [terms 1]}
  - id: superintendent
    name: Superintendent
    post_in: police
    citations: [terms 1]
    acts_for: {to: chief-constable, scope: safeguarding, end_date: 2020-06-30}
  - id: commander
    name: Commander
    post_in: police
    citations: [terms 1]
    acts_for: {to: chief-constable, scope: safeguarding, start_date: 2020-07-01, citations: [review-2021 1]}
  - {id: independent-chair, name: Independent Chair, citations: [terms 2, site 2]}
people:
  - {id: jo-bloggs, name: Jo Bloggs, end_date: 2020-12-31, citations: [terms 2]}
events:
  - {id: launch, name: Launch, date: 2021-06-30, citations: [site 1], concerns: board}
issues:
  - {id: chair-after-2020, name: Who chairs after 2020 is not stated, kind: not-stated, citations: [site 2],
     concerns: board}
"""
"""A partnership with a change of every sort between its two editions."""


def in_time(folder: Path) -> Structure:
    """The partnership over time."""
    return yaml.read(write(folder, {"riverton.yaml": IN_TIME}) / "riverton.yaml")
