"""Bad input: each finding whole, with its place, all of them at once and in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.datasets import yaml
from orgmodel.datasets.starter import write_starter
from orgmodel.errors import DatasetError
from tests.datasets import BASE, findings, write

BODY_KEYS = (
    "id, certainty, basis, citations, start_date, end_date, note, name, short_name, aliases, kind, tier, "
    "purpose, meetings_per_year, meeting_note, accountable_to, acts_for, reports_to, part_of, party_to, "
    "supports, hosted_by, informs, works_with, scrutinises, established_by, succeeds, leads, mandated_by, "
    "subject_to, seats"
)
COLLECTIONS = (
    "dataset, partnerships, bodies, organisations, posts, people, seats, agreements, funds, plans, "
    "priorities, objectives, instruments, requirements, events, issues, sources"
)
BODY_KINDS = "board, executive, group, sub-group, panel, strand, forum, task-and-finish-group, business-unit"
KEBAB = "must be kebab-case: small letters, digits and single hyphens"
NO_CITATION = "no citation: add `citations: [source-id section]`, where it is taken from"
NO_FIT = "this does not fit what stands above: is it indented like its neighbours? are quotes in pairs?"
SECOND_COLON = "a second colon: put text that has one in quotes, indent a new line like its neighbours"
DATE_FORMS = "write 2019, 2019-09 or 2019-09-30"


def found(here: Path, text: str | bytes, base: str = BASE) -> list[str]:
    """What is wrong with a file `x.yaml` beside the base of a dataset."""
    write(here, {"base.yaml": base, "x.yaml": text})
    return findings()


# Keys and values


def test_unknown_keys_get_the_nearest_or_all_that_there_are(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    reprots_to: partnership
    colour: red
    Kind: board
    reports_to: {to: partnership, sbject: papers, colour: red}
    seats:
      - {name: Chair, rol: chair, role: chair, clothes: red}
body: []
organizations: []
colours: [red]
"""
    assert found(here, text) == [
        "x.yaml:5:5: Body has no `reprots_to`; did you mean `reports_to`?",
        f"x.yaml:6:5: Body has no `colour`; it may have {BODY_KEYS}",
        "x.yaml:7:5: Body has no `Kind`; did you mean `kind`?",
        "x.yaml:8:35: reports_to has no `sbject`; did you mean `subject`?",
        (
            "x.yaml:8:51: reports_to has no `colour`; it may have to, key, id, certainty, basis, citations, "
            "start_date, end_date, note, subject, frequency"
        ),
        "x.yaml:10:23: Seat has no `rol`; did you mean `role`?",
        (
            "x.yaml:10:48: Seat has no `clothes`; it may have id, certainty, basis, citations, start_date, "
            "end_date, note, name, short_name, aliases, kind, role, category, places, state, key, on, "
            "filled_by, represents"
        ),
        "x.yaml:11:1: a file has no `body`; did you mean `bodies`?",
        "x.yaml:12:1: a file has no `organizations`; did you mean `organisations`?",
        f"x.yaml:13:1: a file has no `colours`; it may have {COLLECTIONS}",
    ]


def test_values_of_the_wrong_type(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: [Board]
    short_name: true
    aliases: The Board
    kind: bord
    tier: {top: Top}
    purpose: ""
    meetings_per_year: six
    certainty: sure
    citations: terms 1
    note: "bell \\a"
  - {id: group, name: , citations: [terms 1], meetings_per_year: 0}
  - {id: panel, name: Panel, citations: [terms 1], meetings_per_year: 1.5, kind: NO}
  - {id: forum, name: Forum, citations: [terms 1], meetings_per_year: '6', aliases: [[a], true, null]}
  - {id: strand, name: Strand, citations: [terms 1], meetings_per_year: 9999999999999999999}
"""
    assert found(here, text) == [
        "x.yaml:3:11: name must be text, not a list",
        "x.yaml:4:17: short_name must be text, not true: put it in quotes",
        "x.yaml:5:14: aliases must be a list: write `aliases: [The Board]`",
        f"x.yaml:6:11: kind 'bord' must be one of {BODY_KINDS}; did you mean 'board'?",
        "x.yaml:7:11: tier must be text, not a mapping",
        "x.yaml:8:14: purpose is empty: fill it in or take it away",
        "x.yaml:9:24: meetings_per_year must be a whole number, not 'six'",
        "x.yaml:10:16: certainty 'sure' must be one of stated, inferred, ambiguous",
        "x.yaml:11:16: citations must be a list: write `citations: [terms 1]`",
        "x.yaml:12:11: note: the character U+0007 cannot be shown: take it away",
        "x.yaml:13:23: Body without `name`: add it",
        "x.yaml:13:66: meetings_per_year 0 must be at least 1",
        "x.yaml:14:71: meetings_per_year must be a whole number, not 1.5",
        f"x.yaml:14:82: kind 'NO' must be one of {BODY_KINDS}",
        "x.yaml:15:71: meetings_per_year must be a whole number, not '6': take the quotes away",
        "x.yaml:15:86: aliases must be text, not a list",
        "x.yaml:15:91: aliases must be text, not true: put it in quotes",
        "x.yaml:15:97: aliases must be text, not nothing",
        (
            "x.yaml:16:73: meetings_per_year must be a whole number, not '9999999999999999999': "
            "take the quotes away"
        ),
    ]


def test_amounts_that_are_no_numbers(here: Path) -> None:
    text = """\
organisations:
  - {id: council, name: Council, citations: [terms 1]}
funds:
  - id: fund
    name: Fund
    year: 2019-20
    currency: GBP
    total: 1e400
    citations: [terms 1]
    contributions:
      - {from: council, key: a, amount: .inf}
      - {from: council, key: b, amount: .nan}
      - {from: council, key: c, amount: -1}
      - {from: council, key: d, amount: "£5"}
      - {from: council, key: e, amount: true}
      - {from: council, key: f, amount: 1_000}
      - {from: council, key: g, amount: 1e20}
      - {from: council, key: h}
"""
    assert found(here, text) == [
        "x.yaml:8:12: total must be a number, not '1e400'",
        "x.yaml:11:41: amount must be a number, not '.inf'",
        "x.yaml:12:41: amount must be a number, not '.nan'",
        "x.yaml:13:41: amount -1 must be at least 0",
        "x.yaml:14:41: amount must be a number, not '£5'",
        "x.yaml:15:41: amount must be a number, not true",
        "x.yaml:16:41: amount must be a number, not '1_000'",
        "x.yaml:17:41: amount must be a number, not 1e+20",
        "x.yaml:18:9: contributes without `amount`: add it",
    ]


def test_a_key_given_twice(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    name: Board again
bodies: []
"""
    assert found(here, text) == [
        "x.yaml:5:5: `name` is given twice, first at x.yaml:3:5",
        "x.yaml:6:1: `bodies` is given twice, first at x.yaml:1:1",
    ]


def test_keys_that_are_no_words(here: Path) -> None:
    assert found(here, "[bodies]: []\n{a: b}: c\nnull: 1\n") == [
        "x.yaml:1:1: a key must be a word",
        "x.yaml:2:1: a key must be a word",
        f"x.yaml:3:1: a file has no `null`; it may have {COLLECTIONS}",
    ]


def test_what_should_be_a_list_or_a_mapping(here: Path) -> None:
    text = """\
bodies:
  id: board
posts:
  - chair
  -
  - [chair]
  - id:chair
people: 5
organisations:
  - id: council
    name: Council
    citations: [terms 1]
    parts: {id: part}
    supports: [[partnership], {to: [partnership]}, {to: }, {to: true}, {}, {subject: x}, null, ""]
"""
    assert found(here, text) == [
        "x.yaml:2:3: bodies must be a list: begin each with `- `",
        "x.yaml:4:5: each of posts must be a mapping with `name`, not 'chair'",
        "x.yaml:5:4: an entry of posts is empty: fill it in or take it away",
        "x.yaml:6:5: each of posts must be a mapping with `name`, not a list",
        (
            "x.yaml:7:5: each of posts must be a mapping with `name`, not 'id:chair': put a space after the "
            "colon"
        ),
        "x.yaml:8:9: people must be a list: begin each with `- `",
        "x.yaml:13:12: parts must be a list: begin each with `- `",
        "x.yaml:14:16: supports: give an id, or a mapping with `to`",
        "x.yaml:14:36: supports: `to` must be one id",
        "x.yaml:14:57: supports: `to` must be one id",
        "x.yaml:14:65: supports: `to` must be one id",
        "x.yaml:14:72: supports without `to`: say where it leads to",
        "x.yaml:14:76: supports without `to`: say where it leads to",
        "x.yaml:14:90: supports: give an id, or a mapping with `to`",
        "x.yaml:14:96: supports: give an id, or a mapping with `to`",
    ]


def test_long_and_odd_values_stay_on_one_short_line(here: Path) -> None:
    text = f'bodies:\n  - {{id: b, name: B, citations: [terms 1], kind: {"k" * 9999}, "two\\nlines": 1}}\n'
    assert found(here, text) == [
        f"x.yaml:2:50: kind '{'k' * 59}...' must be one of {BODY_KINDS}",
        f"x.yaml:2:10051: Body has no `two\\nlines`; it may have {BODY_KEYS}",
    ]


# Ids and names


@pytest.mark.parametrize(
    ("written", "finding"),
    [
        ("Board", f"x.yaml:2:10: id 'Board' {KEBAB}; for instance 'board'"),
        ("the board", f"x.yaml:2:10: id 'the board' {KEBAB}; for instance 'the-board'"),
        ("the_board", f"x.yaml:2:10: id 'the_board' {KEBAB}; for instance 'the-board'"),
        ("-board", f"x.yaml:2:10: id '-board' {KEBAB}; for instance 'board'"),
        ("1.5", f"x.yaml:2:10: id '1.5' {KEBAB}; for instance '1-5'"),
        ("é", f"x.yaml:2:10: id 'é' {KEBAB}"),
        ("[board]", "x.yaml:2:10: id must be text, not a list"),
        ("{a: board}", "x.yaml:2:10: id must be text, not a mapping"),
        ("true", "x.yaml:2:10: id must be text, not true: put it in quotes"),
        ("''", "x.yaml:2:10: id is empty: fill it in or take it away"),
        ("' '", "x.yaml:2:10: id is empty: fill it in or take it away"),
        ("null", "x.yaml:2:5: Body without an id: add one, for instance 'chairs-board'"),
        ("", "x.yaml:2:5: Body without an id: add one, for instance 'chairs-board'"),
    ],
)
def test_a_bad_id_is_one_finding_however_many_lines_it_has(here: Path, written: str, finding: str) -> None:
    text = f"""\
bodies:
  - {{id: {written}, name: Chair’s Board, citations: [terms 1],
     part_of: partnership, tier: Top, seats: [{{name: A, role: chair}}, {{name: B, role: lead}}]}}
"""
    assert found(here, text) == [finding]


def test_an_id_given_twice_names_both_places(here: Path) -> None:
    write(
        here, {"a.yaml": BASE, "b/c.yaml": "bodies:\n  - id: board\n    name: B\n    citations: [terms 1]\n"}
    )
    text = """\
posts:
  - name: Chair
    citations: [terms 1]
    id: board
    post_in: partnership
  - {id: partnership, name: P, citations: [terms 1]}
  - {id: ' board', name: P, citations: [terms 1]}
"""
    write(here, {"d.yaml": text})
    assert findings() == [
        f"d.yaml:4:9: 'board' is already the id of the Body at {Path('b/c.yaml')}:2:9",
        "d.yaml:5:14: post_in must lead to Body or Organisation; 'partnership' is a Partnership",
        "d.yaml:6:10: 'partnership' is already the id of the Partnership at a.yaml:5:10",
        f"d.yaml:7:10: 'board' is already the id of the Body at {Path('b/c.yaml')}:2:9",
    ]


def test_equal_seats_and_equal_lines_need_a_key(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    part_of: [partnership, {to: Riverton Partnership, note: again}]
    seats:
      - {name: Chair, role: member}
      - {name: "Chair!", role: member}
      - {name: One, role: lead, represents: council}
      - {name: Two, role: lead, represents: council, key: two}
      - {name: Three, role: lead, represents: council, key: Two}
      - {name: Four, role: lead, represents: council, key: "!"}
      - {name: Five, role: lead, represents: council, key: [five]}
    reports_to: [{to: partnership, id: board}, {to: partnership, id: Papers}]
organisations:
  - {id: council, name: Council, citations: [terms 1]}
"""
    assert found(here, text) == [
        (
            "x.yaml:5:28: the same part_of line stands at x.yaml:5:15: give each of the two a `key`, or "
            "take one "
            "away"
        ),
        (
            "x.yaml:8:9: 'board--member--chair' is already the id of the Seat at x.yaml:7:9: give each a "
            "`key`, "
            "a word of its own"
        ),
        (
            "x.yaml:11:9: 'board--lead--council--two' is already the id of the Seat at x.yaml:10:9: give "
            "each a "
            "`key`, a word of its own"
        ),
        (
            "x.yaml:12:9: 'board--lead--council' is already the id of the Seat at x.yaml:9:9: give each a "
            "`key`, "
            "a word of its own"
        ),
        "x.yaml:12:60: key must be a short word with a letter or a digit",
        (
            "x.yaml:13:9: 'board--lead--council' is already the id of the Seat at x.yaml:9:9: give each a "
            "`key`, "
            "a word of its own"
        ),
        "x.yaml:13:60: key must be a short word with a letter or a digit",
        "x.yaml:14:40: 'board' is already the id of what stands at x.yaml:2:5",
        f"x.yaml:14:70: id 'Papers' {KEBAB}; for instance 'papers'",
    ]


def test_a_seat_is_on_one_body(here: Path) -> None:
    text = """\
bodies:
  - {id: board, name: Board, citations: [terms 1]}
seats:
  - {name: A, role: member, citations: [terms 1]}
  - {name: B, role: member, citations: [terms 1], on: [board, partnership]}
  - {name: C, role: member, citations: [terms 1], on: bard}
  - {name: D, role: Chair, citations: [terms 1], on: board, filled_by: nobody}
  - {citations: [terms 1], on: board}
"""
    assert found(here, text) == [
        "x.yaml:4:5: a seat must be on a body or partnership: nest it under one or say `on`",
        "x.yaml:5:5: a seat must be on one body or partnership; this is on board, partnership",
        "x.yaml:6:55: on: there is no Body or Partnership 'bard': did you mean board?",
        (
            "x.yaml:7:21: role 'Chair' must be one of chair, vice-chair, lead, member, adviser, "
            "in-attendance, "
            "deputy; did you mean 'chair'?"
        ),
        "x.yaml:7:72: filled_by: there is no Person or Post 'nobody'; no name is like it",
        "x.yaml:8:5: Seat without `name`: add it",
        "x.yaml:8:5: Seat without `role`: add it",
    ]


def test_references_that_lead_nowhere_or_to_the_wrong_thing(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: The Board
    short_name: TB
    aliases: [Old Board]
    citations: [terms 1]
    reports_to:
      - bord
      - {to: zebra}
      - terms
      - TB Post
    accountable_to: partnership
  - {id: other, name: the  BOARD, citations: [terms 1], reports_to: The board}
posts:
  - {id: tb-post, name: TB, citations: [terms 1], supports: TB}
  - {id: tb-chair, name: "Two\\nlines", citations: [terms 1]}
priorities:
  - {id: first, name: First, citations: [terms 1], led_by: [zebra, {from: partnership}, {to: board}]}
issues:
  - {id: issue, name: Issue, citations: [terms 1], kind: conflict, concerns: zebra,
     about: other--reports-to--boar}
  - {id: issue-2, name: Issue, citations: [terms 1], kind: conflict, about: zebra}
"""
    assert found(here, text) == [
        "x.yaml:8:9: reports_to: there is no Body or Partnership or Post 'bord': did you mean board?",
        "x.yaml:9:14: reports_to: there is no Body or Partnership or Post 'zebra'; no name is like it",
        "x.yaml:10:9: reports_to must lead to Body or Partnership or Post; 'terms' is a Source",
        "x.yaml:11:9: reports_to: there is no Body or Partnership or Post 'TB Post': did you mean tb-post?",
        (
            "x.yaml:12:21: accountable_to must lead to Body or Organisation or Post; 'partnership' is a "
            "Partnership"
        ),
        (
            "x.yaml:13:69: reports_to: 'The board' could be 2 things, give the id: board (Body The Board); "
            "other (Body the  BOARD)"
        ),
        (
            "x.yaml:15:61: supports: 'TB' could be 2 things, give the id: board (Body The Board); "
            "tb-post (Post TB)"
        ),
        "x.yaml:18:61: leads: there is no Body or Organisation or Post 'zebra'; no name is like it",
        "x.yaml:18:75: leads must lead from Body or Organisation or Post; 'partnership' is a Partnership",
        "x.yaml:18:89: leads without `from`: say where it leads from",
        (
            "x.yaml:18:90: leads has no `to`; it may have from, key, id, certainty, basis, citations, "
            "start_date, "
            "end_date, note"
        ),
        "x.yaml:20:78: concerns: there is no thing called 'zebra'; no name is like it",
        "x.yaml:21:13: there is no relationship 'other--reports-to--boar'",
        "x.yaml:22:77: there is no relationship 'zebra'",
    ]


# Citations and certainty


def test_citations(here: Path) -> None:
    text = """\
bodies:
  - {id: a, name: A, citations: [therms 1, terms 3, terms, zebra 1, "", 5, [terms 1], {terms: 1}, null]}
  - {id: b, name: B, citations: [TERMS 1, terms annex a], seats: [{name: C, role: lead}]}
  - {id: c, name: C, informs: b, seats: [{name: C, role: chair}, {name: D, role: lead, citations: []}]}
  - {id: d, name: D, citations: {terms: 1}}
"""
    assert found(here, text) == [
        "x.yaml:2:34: citation of 'therms', which is no source of the dataset; did you mean 'terms'?",
        "x.yaml:2:44: 'terms' has no section '3'; it must be one of 1, 2, Annex A",
        "x.yaml:2:53: citation of 'terms' without a section: write `terms SECTION`",
        "x.yaml:2:60: citation of 'zebra', which is no source of the dataset; there are: terms",
        "x.yaml:2:69: citations is empty: fill it in or take it away",
        "x.yaml:2:73: citation of '5', which is no source of the dataset; there are: terms",
        "x.yaml:2:76: citations must be text, not a list",
        "x.yaml:2:87: citations must be text, not a mapping",
        "x.yaml:2:99: citations must be text, not nothing",
        "x.yaml:3:34: citation of 'TERMS', which is no source of the dataset; did you mean 'terms'?",
        (
            "x.yaml:3:43: 'terms' has no section 'annex a'; it must be one of 1, 2, Annex A; did you mean "
            "'Annex A'?"
        ),
        f"x.yaml:4:5: {NO_CITATION}",
        f"x.yaml:4:99: {NO_CITATION}",
        "x.yaml:5:33: citations must be a list, not a mapping",
    ]


def test_a_weaker_certainty_needs_a_basis_of_its_own(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    certainty: inferred
    basis: " "
    part_of: {to: partnership, certainty: ambiguous}
  - id: group
    name: Group
    citations: [terms 1]
    certainty: inferred
    seats:
      - {name: Chair, role: chair, certainty: ambiguous}
"""
    assert found(here, text) == [
        "x.yaml:6:12: basis is empty: fill it in or take it away",
        "x.yaml:7:43: ambiguous without a `basis`: say from what it is concluded",
        "x.yaml:11:16: inferred without a `basis`: say from what it is concluded",
        "x.yaml:13:47: ambiguous without a `basis`: say from what it is concluded",
    ]


def test_sources(here: Path) -> None:
    text = """\
sources:
  - {id: undated, name: Undated}
  - {id: minutes, name: Minutes, published: May 2019, sections: "1"}
  - {id: letter, name: Letter, published: 2019, sections: [true, [a]], kind: leter}
"""
    kinds = "arrangements, plan, web-page, legislation, guidance, terms-of-reference, minutes"
    assert found(here, text) == [
        "x.yaml:2:5: a source needs `published` or, where it is undated, `not_before`",
        f"x.yaml:3:45: published: 'May 2019' is not a date: {DATE_FORMS}",
        "x.yaml:3:65: sections must be a list: write `sections: [1]`",
        "x.yaml:4:60: sections must be text, not true: put it in quotes",
        "x.yaml:4:66: sections must be text, not a list",
        f"x.yaml:4:78: kind 'leter' must be one of {kinds}",
    ]


# Dates


@pytest.mark.parametrize("date", ["2019-13", "2019-02-30", "2019-00", "2019-06-31", "0000", "2019-20"])
def test_impossible_dates(here: Path, date: str) -> None:
    text = f"bodies:\n  - {{id: b, name: B, citations: [terms 1], start_date: {date}}}\n"
    assert found(here, text) == [f"x.yaml:2:56: start_date: '{date}' is a date that no calendar has"]


@pytest.mark.parametrize(
    "date",
    [
        "1/9/2019",
        "1 September 2019",
        "2019-9-1",
        "20190901",
        "2019-09-01T00:00:00",
        "today",
        "2e3",
        "２０１９",
    ],
)
def test_dates_in_other_forms(here: Path, date: str) -> None:
    text = f"bodies:\n  - {{id: b, name: B, citations: [terms 1], end_date: {date}}}\n"
    assert found(here, text) == [f"x.yaml:2:54: end_date: '{date}' is not a date: {DATE_FORMS}"]


def test_dates_of_other_types(here: Path) -> None:
    text = "bodies:\n  - {id: b, name: B, citations: [terms 1], start_date: [2019], end_date: true}\n"
    assert found(here, text) == [
        "x.yaml:2:56: start_date must be text, not a list",
        "x.yaml:2:74: end_date must be text, not true: put it in quotes",
    ]


def test_inverted_dates(here: Path) -> None:
    text = """\
bodies:
  - {id: a, name: A, citations: [terms 1], start_date: 2020, end_date: 2019}
  - {id: b, name: B, citations: [terms 1], start_date: 2019-05-02, end_date: 2019-05-01}
  - {id: c, name: C, citations: [terms 1], start_date: 2019-05-31, end_date: 2019-05}
  - {id: d, name: D, citations: [terms 1], part_of: {to: partnership, start_date: 2020, end_date: 2019-12}}
events:
  - {id: e, name: E, citations: [terms 1], date: 2020, end_date: 2019-12}
"""
    assert found(here, text) == [
        "x.yaml:2:72: ends on 2019, before it starts on 2020",
        "x.yaml:3:78: ends on 2019-05-01, before it starts on 2019-05-02",
        "x.yaml:5:99: ends on 2019-12, before it starts on 2020",
        "x.yaml:7:66: ends on 2019-12, before it starts on 2020",
    ]


def test_a_seat_that_outlives_its_body(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    end_date: 2020
    seats:
      - {name: A, role: member, end_date: 2021-01-01}
      - {name: B, role: member, end_date: 2020-12-31}
      - {name: C, role: member, start_date: 2021}
      - {name: D, role: member, start_date: 2020-12-31}
  - id: group
    name: Group
    citations: [terms 1]
    end_date: 2020-06-15
    seats: [{name: A, role: member, end_date: 2020-06}, {name: B, role: member, start_date: 2020-06}]
"""
    assert found(here, text) == [
        "x.yaml:7:43: the seat ends on 2021-01-01, after its body board ends on 2020",
        "x.yaml:9:45: the seat starts on 2021, after its body board ends on 2020",
        "x.yaml:15:47: the seat ends on 2020-06, after its body group ends on 2020-06-15",
    ]


def test_a_successor_that_starts_before_what_it_succeeds(here: Path) -> None:
    text = """\
bodies:
  - {id: old, name: Old, citations: [terms 1], start_date: 2019}
  - {id: new, name: New, citations: [terms 1], succeeds: {to: old, start_date: 2019-01-01}}
  - {id: newer, name: Newer, citations: [terms 1], start_date: 2018, succeeds: old}
  - {id: newest, name: Newest, citations: [terms 1], succeeds: {to: old, start_date: 2019-01-02}}
"""
    assert found(here, text) == [
        "x.yaml:3:80: succeeds old on 2019-01-01, but that starts on 2019",
        "x.yaml:4:80: succeeds old on 2018, but that starts on 2019",
    ]


# The whole


def test_circles(here: Path) -> None:
    text = """\
bodies:
  - {id: a, name: A, citations: [terms 1], part_of: b}
  - {id: b, name: B, citations: [terms 1], part_of: [partnership, {to: c, key: again}]}
  - {id: c, name: C, citations: [terms 1], part_of: [a, d]}
  - {id: d, name: D, citations: [terms 1], part_of: partnership}
  - {id: e, name: E, citations: [terms 1], part_of: e}
  - {id: f, name: F, citations: [terms 1], part_of: a, succeeds: d}
  - {id: g, name: G, citations: [terms 1], succeeds: h}
  - {id: h, name: H, citations: [terms 1], succeeds: g}
"""
    assert found(here, text) == [
        "x.yaml:4:54: part_of goes round in a circle: a > b > c > a",
        "x.yaml:6:53: part_of goes round in a circle: e > e",
        "x.yaml:9:54: succeeds goes round in a circle: g > h > g",
    ]


def test_very_many_ways_up_are_no_circle(here: Path) -> None:
    ladder = "".join(
        f"  - {{id: {side}{rung}, name: B, citations: [terms 1], part_of: [a{rung + 1}, b{rung + 1}]}}\n"
        for rung in range(60)
        for side in "ab"
    )
    top = "".join(f"  - {{id: {side}60, name: B, citations: [terms 1], part_of: a60}}\n" for side in "ab")
    assert found(here, f"bodies:\n{ladder}{top}") == [
        "x.yaml:122:55: part_of goes round in a circle: a60 > a60"
    ]


def test_tiers(here: Path) -> None:
    text = """\
bodies:
  - {id: a, name: A, citations: [terms 1], part_of: partnership, tier: top}
  - {id: b, name: B, citations: [terms 1], part_of: a, tier: Lower}
  - {id: c, name: C, citations: [terms 1], tier: Top}
  - {id: d, name: D, citations: [terms 1], part_of: b, tier: Middle}
"""
    assert found(here, text) == [
        "x.yaml:2:72: tier 'top' must be one of Top, Lower; did you mean 'Top'?",
        "x.yaml:4:50: tier 'Top' needs a partnership that has it: say `part_of` which",
        "x.yaml:5:62: tier 'Middle' must be one of Top, Lower",
    ]


def test_the_header(here: Path) -> None:
    text = """\
dataset:
  id: Riverton Borough
  nmae: Riverton
  disclaimer: [a]
  editions:
    - start
    - {id: first}
    - {id: second, date: 2019-13, colour: red}
    - {id: third, date: 2019, name: {a: b}}
  logo: x.png
"""
    assert found(here, "bodies: []\n", text) == [
        *[
            f"base.yaml:2:7: id 'Riverton Borough' {KEBAB}; for instance 'riverton-borough'",
            "base.yaml:1:1: dataset without `name`: add it",
        ][::-1],
        "base.yaml:3:3: dataset has no `nmae`; did you mean `name`?",
        "base.yaml:4:15: disclaimer must be text, not a list",
        "base.yaml:6:7: each of editions must be a mapping with `id` and `date`, not 'start'",
        "base.yaml:7:7: edition without `date`: add it",
        "base.yaml:8:26: date: '2019-13' is a date that no calendar has",
        "base.yaml:8:35: edition has no `colour`; it may have id, date, name",
        "base.yaml:9:37: name must be text, not a mapping",
        "base.yaml:10:3: dataset has no `logo`; it may have id, name, disclaimer, editions, waivers",
    ]


def test_editions_of_one_id_and_of_no_use(here: Path) -> None:
    header = "{id: r, name: R, editions: [{id: e, date: 2019}, {id: e, date: 2020}, {id: today, date: 2021}]}"
    base = BASE.replace("{id: riverton, name: Riverton}", header)
    assert found(here, "bodies: []\n", base) == [
        "base.yaml:1:64: 'e' is already the id of an edition",
        "base.yaml:1:85: no edition can be called 'today': that is the day on which one asks",
    ]


@pytest.mark.parametrize("header", ["dataset: riverton", "dataset: [riverton]", "dataset:"])
def test_a_header_of_the_wrong_type(here: Path, header: str) -> None:
    column = len(header) + 1 if header.endswith(":") else 10
    assert found(here, "bodies: []\n", header) == [
        f"base.yaml:1:{column}: dataset must be a mapping with `id` and `name`"
    ]


def test_two_headers(here: Path) -> None:
    write(here, {"z/dataset.yaml": "bodies: []\ndataset: {}\n"})
    assert found(here, "dataset: {id: other, name: Other}\n") == [
        "x.yaml:1:1: the dataset is already described at base.yaml:1:1",
        f"{Path('z/dataset.yaml')}:2:1: the dataset is already described at base.yaml:1:1",
    ]


def test_no_header(here: Path) -> None:
    write(here, {"x.yaml": "bodies:\n  - {id: a, name: A, citations: [terms 1]}\n"})
    assert findings() == [
        ".: no file has the key `dataset`: write `dataset: {id: ..., name: ...}` in dataset.yaml",
        "x.yaml:2:34: citation of 'terms', which is no source of the dataset; there are: none",
    ]


def test_an_empty_header_and_an_empty_dataset(here: Path) -> None:
    write(here, {"x.yaml": "\n\ndataset: {}\n"})
    assert findings() == [
        "x.yaml:3:1: dataset without `id`: add it",
        "x.yaml:3:1: dataset without `name`: add it",
        "x.yaml:3:1: the dataset is empty: it has no partnership and no body",
    ]


# Files


@pytest.mark.parametrize(
    "text", ["", "\n", "# a comment\n", "---\n", "null\n", "~", "\ufeff", "--- # x\n...\n"]
)
def test_an_empty_file(here: Path, text: str) -> None:
    assert found(here, text) == ["x.yaml: the file is empty: fill it in or take it away"]


@pytest.mark.parametrize("text", ["- bodies", "bodies", "[]", "5", "'bodies: []'", "- id: a\n  name: A\n"])
def test_a_file_that_is_no_mapping(here: Path, text: str) -> None:
    assert found(here, text) == ["x.yaml:1:1: must be a mapping of collections, for instance `bodies:`"]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("bodies: []".encode("utf-16"), "1:1"),
        (b"bodies: []\r\n# caf\xe9\r\n", "2:6"),
        ("# é".encode() + b"\r# \xf0\x9f\x98", "2:3"),
        (b"\xef\xbb\xbf# \xff", "1:3"),
        (b"# \xed\xa0\x80", "1:3"),
    ],
)
def test_a_file_that_is_not_utf_8(here: Path, raw: bytes, place: str) -> None:
    assert found(here, raw) == [f"x.yaml:{place}: not UTF-8 text: save the file as UTF-8"]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("bodies: []".encode("utf-16-le"), "1:2: the character U+0000"),
        (b"bodies: []\n# \x1b[31m", "2:3: the character U+001B"),
        ("é: \x7f".encode(), "1:4: the character U+007F"),
        ("\r\n\r\n\ufffe".encode(), "3:1: the character U+FFFE"),
        ("a\ufeff".encode(), "1:2: the character U+FEFF"),
    ],
)
def test_control_characters(here: Path, raw: bytes, place: str) -> None:
    assert found(here, raw) == [f"x.yaml:{place} cannot stand here: is the file saved as UTF-8?"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("bodies:\n\t- id: b\n", "2:1: not YAML: a tab cannot indent: use spaces"),
        ("bodies:\n  - id: b\n\tname: B\n", "3:1: not YAML: a tab cannot indent: use spaces"),
        ("bodies:\n  - id: b\n  \t name: B\n", "3:3: not YAML: a tab cannot indent: use spaces"),
        (
            "bodies:\n  - name: Board: the group\n",
            f"2:16: not YAML: {SECOND_COLON}",
        ),
        ("bodies:\n  - name: @home\n", "2:11: not YAML: text cannot begin with '@': put it in quotes"),
        ("bodies:\n  - name: %x\n", "2:11: not YAML: text cannot begin with '%': put it in quotes"),
        ("bodies:\n  - name: `x`\n", "2:11: not YAML: text cannot begin with '`': put it in quotes"),
        ("bodies:\n  - name: * Board\n", "2:11: not YAML: text cannot begin with `*`: put it in quotes"),
        ("bodies:\n  - name: & Board\n", "2:11: not YAML: text cannot begin with `&`: put it in quotes"),
        ("bodies:\n  - name: 'It's'\n", f"2:15: not YAML: {NO_FIT}"),
        ('bodies:\n  - name: "A" b\n', f"2:15: not YAML: {NO_FIT}"),
        ("bodies:\n  - id: b\n   name: B\n", f"3:4: not YAML: {NO_FIT}"),
        ("bodies:\n  - id: b\n    name: B\n      kind: board\n", f"4:11: not YAML: {SECOND_COLON}"),
        ('bodies:\n  - name: "Board\n', "2:11: not YAML: the quote that opens here is never closed"),
        (
            'bodies:\n  - name: "C:\\path"\n',
            "2:14: not YAML: a backslash in double quotes begins a code: use single quotes",
        ),
        (
            "bodies:\n  - aliases: [One\n    kind: board\n",
            "2:14: not YAML: the `[` that opens here lacks a comma inside, or its `]`",
        ),
        (
            "bodies:\n  - {id: b, name: B\n",
            "2:5: not YAML: the `{` that opens here lacks a comma inside, or its `}`",
        ),
        (
            "bodies:\n  - id: b\n    name B\n",
            "3:5: not YAML: this is neither `key: value` nor `- entry`: is a colon or a space missing?",
        ),
        (
            "bodies:\n  - id: b\u2028\n    name B\n",
            "4:5: not YAML: this is neither `key: value` nor `- entry`: is a colon or a space missing?",
        ),
        ("bodies: - id: b\n", f"1:9: not YAML: {NO_FIT}"),
        (
            "bodies: []\n---\nposts: []\n",
            "2:1: a file is one document: take away this line `---`",
        ),
    ],
)
def test_slips_of_yaml(here: Path, text: str, finding: str) -> None:
    assert found(here, text) == [f"x.yaml:{finding}"]
    assert found(here, text.replace("\n", "\r\n")) == [f"x.yaml:{finding}"]


def test_places_count_characters_and_leave_out_the_mark_at_the_beginning(here: Path) -> None:
    assert found(here, "\ufeff\N{GRINNING FACE}: []\nbodies: [{é: \N{GRINNING FACE}, x: 1}]\n") == [
        f"x.yaml:1:1: a file has no `\N{GRINNING FACE}`; it may have {COLLECTIONS}",
        "x.yaml:2:10: Body without `name`: add it",
        "x.yaml:2:10: Body without an id: add one",
        f"x.yaml:2:10: {NO_CITATION}",
        f"x.yaml:2:11: Body has no `é`; it may have {BODY_KEYS}",
        f"x.yaml:2:17: Body has no `x`; it may have {BODY_KEYS}",
    ]


def test_aliases_are_refused_and_not_expanded(here: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
    )
    anchor = "marks what an alias repeats: take it away; text that begins with `&` needs quotes"
    alias = "repeats what is written elsewhere: write it out; text that begins with `*` needs quotes"
    expected = [f"x.yaml:1:4: `&a` {anchor}"]
    for line, (before, name) in enumerate(
        zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
    ):
        expected.append(f"x.yaml:{line + 2}:4: `&{name}` {anchor}")
        expected += [f"x.yaml:{line + 2}:{column}: `*{before}` {alias}" for column in (8, 12)]
    assert found(here, bomb) == expected


def test_an_alias_of_itself_and_a_merge_key(here: Path) -> None:
    anchor = "marks what an alias repeats: take it away; text that begins with `&` needs quotes"
    alias = "repeats what is written elsewhere: write it out; text that begins with `*` needs quotes"
    assert found(here, "bodies: &a [*a, *nobody]\n") == [
        f"x.yaml:1:9: `&a` {anchor}",
        f"x.yaml:1:13: `*a` {alias}",
        f"x.yaml:1:17: `*nobody` {alias}",
    ]
    text = "bodies:\n  - {id: b, name: B, citations: [terms 1], <<: {kind: board}}\n"
    assert found(here, text) == ["x.yaml:2:44: `<<` takes over what is written elsewhere: write it out"]


def test_tags_are_refused_and_not_obeyed(here: Path) -> None:
    text = """\
bodies:
  - !board
    id: !!str board
    name: !!python/object/apply:os.system ["touch obeyed"]
    note: !!int x
    short_name: !important
    purpose: ! x
    citations: !!seq [terms 1]
    kind: !<tag:example.org,2019:kind> bord
"""
    is_a_tag = "is a tag: take it away; text that begins with `!` needs quotes"
    assert found(here, text) == [
        f"x.yaml:2:5: `!board` {is_a_tag}",
        "x.yaml:4:11: `!!python/object/apply:os.system` " + is_a_tag,
        "x.yaml:4:11: name must be text, not a list",
        f"x.yaml:5:11: `!!int` {is_a_tag}",
        f"x.yaml:6:17: `!important` {is_a_tag}",
        f"x.yaml:7:14: `!` {is_a_tag}",
        f"x.yaml:9:11: `tag:example.org,2019:kind` {is_a_tag}",
        f"x.yaml:9:11: kind 'bord' must be one of {BODY_KINDS}; did you mean 'board'?",
    ]
    assert sorted(file.name for file in here.iterdir()) == ["base.yaml", "x.yaml"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 100_000, "1:61"),
        ("[" * 100_000 + "]" * 100_000, "1:61"),
        ("{a: " * 100_000, "1:241"),
        ("- " * 100_000, "1:121"),
        ("bodies: " + "[" * 100_000, "1:68"),
        ("bodies: [{id: b, name: B, note: " + "[" * 100 + "]" * 100 + "}]", "1:90"),
    ],
)
def test_deep_nesting(here: Path, text: str, place: str) -> None:
    assert found(here, text) == [f"x.yaml:{place}: nested too deeply to be a dataset"]


def test_what_an_unread_file_may_hold_is_not_called_missing(here: Path) -> None:
    text = """\
bodies:
  - {id: b, name: B, citations: [minutes 3, terms 9], part_of: elsewhere, tier: Top, kind: bord,
     reports_to: terms, seats: [{name: A, role: chair, filled_by: chair}]}
issues:
  - {id: i, name: I, citations: [terms 1], about: elsewhere--informs--b}
"""
    write(here, {"broken.yaml": "bodies:\n\t- id: elsewhere\n"})
    assert found(here, text) == [
        "broken.yaml:2:1: not YAML: a tab cannot indent: use spaces",
        "x.yaml:2:45: 'terms' has no section '9'; it must be one of 1, 2, Annex A",
        f"x.yaml:2:92: kind 'bord' must be one of {BODY_KINDS}; did you mean 'board'?",
        "x.yaml:3:18: reports_to must lead to Body or Partnership or Post; 'terms' is a Source",
    ]


@pytest.mark.parametrize("lost", ["boddies:\n  - id: elsewhere\n", "bodies:\n  id: elsewhere\n"])
def test_what_an_unread_collection_may_hold_is_not_called_missing(here: Path, lost: str) -> None:
    write(here, {"lost.yaml": lost})
    text = "bodies: [{id: b, name: B, citations: [terms 1], part_of: elsewhere}]"
    assert [finding.partition(":")[0] for finding in found(here, text)] == ["lost.yaml"]


def test_paths_that_hold_no_dataset(here: Path) -> None:
    (here / "empty").mkdir()
    write(here, {"other/notes.txt": "bodies: []", "other/.hidden/x.yaml": "bodies: []", "other/.x.yaml": "x"})
    none = "the folder has no .yaml file: `orgmodel new FOLDER` writes some"
    assert findings("empty") == [f"empty: {none}"]
    assert findings("other") == [f"other: {none}"]
    assert findings("nowhere") == ["nowhere: cannot be read: No such file or directory"]
    assert findings("other/notes.txt/x") == [f"{Path('other/notes.txt/x')}: cannot be read: Not a directory"]
    assert findings("n" * 999) == [f"{'n' * 999}: cannot be read: File name too long"]


def test_a_link_that_leads_nowhere(here: Path) -> None:
    (here / "gone.yaml").symlink_to("nowhere.yaml")
    assert found(here, "posts: []\n") == ["gone.yaml: cannot be read: No such file or directory"]


def test_all_files_all_findings_in_order(here: Path) -> None:
    write(
        here,
        {
            "b.yaml": "posts:\n  - {id: B, name: B, citations: [terms 1]}\n",
            "a/a.yml": "",
            "c.YAML": "bodies: [{id: x, name: X}]\n",
            "d.Yml": "\t",
            "empty.txt": "",
        },
    )
    assert found(here, "people: [{name: P, citations: [terms 2]}]\nbodies: [a: b]") == [
        f"{Path('a/a.yml')}: the file is empty: fill it in or take it away",
        f"b.yaml:2:10: id 'B' {KEBAB}; for instance 'b'",
        f"c.YAML:1:10: {NO_CITATION}",
        "d.Yml:1:1: not YAML: a tab cannot indent: use spaces",
        "x.yaml:1:10: Person without an id: add one, for instance 'p'",
        f"x.yaml:2:10: Body has no `a`; it may have {BODY_KEYS}",
        "x.yaml:2:10: Body without `name`: add it",
        "x.yaml:2:10: Body without an id: add one",
        f"x.yaml:2:10: {NO_CITATION}",
    ]


# The commands


def orgmodel(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from orgmodel.cli import main; main()"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def test_check_lists_findings_on_stdout(here: Path) -> None:
    write(here, {"base.yaml": BASE, "x.yaml": "bodies: [{id: B, name: B}]\n"})
    run = orgmodel("check", ".")
    assert (run.returncode, run.stdout, run.stderr) == (
        1,
        f"x.yaml:1:10: {NO_CITATION}\nx.yaml:1:15: id 'B' {KEBAB}; for instance 'b'\n",
        "orgmodel: 2 findings in the dataset\n",
    )


def test_check_without_findings_is_silent_on_stdout(here: Path) -> None:
    write(here, {"base.yaml": BASE})
    run = orgmodel("check", "base.yaml", "--as-of", "2024-03-15")
    assert (run.returncode, run.stdout, run.stderr) == (
        0,
        "",
        "orgmodel: no findings, as of 2024-03-15\n",
    )


def test_other_commands_answer_nothing_and_list_findings_on_stderr(here: Path) -> None:
    write(here, {"base.yaml": BASE, "x.yaml": "bodies: [{id: B, name: B, citations: [terms 1]}]\n"})
    run = orgmodel("ask", "members", "partnership", "-g", ".")
    assert (run.returncode, run.stdout, run.stderr) == (
        1,
        "",
        f"x.yaml:1:15: id 'B' {KEBAB}; for instance 'b'\norgmodel: 1 finding in the dataset\n",
    )


# Anything at all


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The starter's files as one text."""
    files = write_starter(tmp_path_factory.mktemp("starter"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to be written again and again."""
    return tmp_path_factory.mktemp("any") / "x.yaml"


def read_or_find(file: Path, raw: bytes) -> None:
    """Reads a file: it gives a structure, or findings that stand in it, each on one line."""
    file.write_bytes(raw)
    lines = len(re.split("\r\n|[\r\n\x85\u2028\u2029]", raw.decode("utf-8", "replace")))
    try:
        structure = yaml.read(file)
    except DatasetError as error:
        wrong = error.findings
    else:
        assert structure.nodes
        return
    assert wrong
    for finding in wrong:
        assert finding.place.file == str(file)
        assert len(str(finding).splitlines()) == 1
        of_the_file = finding.message.startswith(("the file is empty", "no file has the key"))
        assert 1 - of_the_file <= finding.place.line <= lines


@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_found_wrong(file: Path, raw: bytes) -> None:
    read_or_find(file, raw)


@given(text=st.text(st.sampled_from("a:- \n\t[]{},*&!|>'\"%@`#?~0.e\\\r\u2028"), max_size=60))
def test_any_signs_of_yaml_are_read_or_found_wrong(file: Path, text: str) -> None:
    read_or_find(file, f"bodies:\n  - {text}".encode())


PIECES = (
    *("*a", "&a ", "!x ", "!!int ", "<<: ", "[", "]", "{", "}", ",", ": ", "- ", "\n", "\t", "  ", '"', "'"),
    *("|", ">", "? ", "#", "%", "@", "`", "null", "true", "~", "[]", "{}", '""', "---", "...", "\\", "\0"),
    *(
        "1e999",
        "9" * 5000,
        "-1",
        ".inf",
        "007",
        "0001-01-01",
        "9999-12-31",
        "0000",
        "\ufeff",
        "\u2028",
        "\x85",
    ),
    *("key: ", "id: ", "to: ", "on: ", "part_of: ", "succeeds: ", "seats: ", "citations: ", "date: "),
    *("riverton-executive", "terms-2024", "terms-2024 1", "inferred", "\N{GRINNING FACE}"),
)


@settings(max_examples=400)
@given(data=st.data())
def test_a_changed_starter_is_read_or_found_wrong(starter: str, file: Path, data: st.DataObject) -> None:
    text = starter
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        if data.draw(st.booleans()):
            length = data.draw(st.integers(0, 30))
            text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[start + length :]
        else:
            lines = text.split("\n")
            one, two = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            lines.insert(one, lines[two])
            text = "\n".join(lines)
    read_or_find(file, text.encode())
