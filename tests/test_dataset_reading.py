"""Reading a dataset: what its text says is what the structure holds, however it is written and split."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.datasets import yaml
from orgmodel.datasets.starter import write_starter
from orgmodel.errors import DatasetError, Place
from orgmodel.model import Edition, Node, Relationship
from tests.datasets import BASE, write

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from orgmodel.structure import Structure


def read(here: Path, text: str | bytes, base: str = BASE) -> Structure:
    """The structure of a file beside the base of a dataset."""
    return yaml.read(write(here, {"base.yaml": base, "x.yaml": text}))


def said(entity: Node | Relationship) -> dict[str, object]:
    """What an entity says that is not said for it."""
    return entity.model_dump(exclude_defaults=True, exclude={"datasets"})


def lines(structure: Structure) -> dict[str, tuple[str, str, str]]:
    """Every relationship but those of the base: by id its ends and its type."""
    return {line.id: (line.from_id, line.term, line.to_id) for line in structure.relationships.values()}


# What is written is what is held


def test_everything_that_can_be_said_of_a_node_and_a_line(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Riverton Board
    short_name: RB
    aliases: [the Board, Old Board]
    kind: board
    tier: Top
    purpose: to lead
    meetings_per_year: 6
    meeting_note: and once away
    start_date: 2019
    end_date: 2020-06
    note: a note
    certainty: inferred
    basis: the minutes
    citations: [terms 1, terms Annex A]
    part_of: partnership
    reports_to:
      to: partnership
      subject: the year
      frequency: yearly
      key: annual report
      certainty: ambiguous
      basis: two readings
      start_date: 2019-05-01
      end_date: 2019-09
      note: beside
      citations: [terms 2]
"""
    structure = read(here, text)
    assert said(structure.nodes["board"]) == {
        "id": "board",
        "name": "Riverton Board",
        "short_name": "RB",
        "aliases": ("the Board", "Old Board"),
        "kind": "board",
        "tier": "Top",
        "purpose": "to lead",
        "meetings_per_year": 6,
        "meeting_note": "and once away",
        "start_date": "2019",
        "end_date": "2020-06",
        "note": "a note",
        "certainty": "inferred",
        "basis": "the minutes",
        "citations": ("terms 1", "terms Annex A"),
    }
    assert {i: said(line) for i, line in structure.relationships.items()} == {
        "board--part-of--partnership": {
            "id": "board--part-of--partnership",
            "from_id": "board",
            "to_id": "partnership",
            "citations": ("terms 1", "terms Annex A"),
        },
        "board--reports-to--partnership--annual-report": {
            "id": "board--reports-to--partnership--annual-report",
            "from_id": "board",
            "to_id": "partnership",
            "subject": "the year",
            "frequency": "yearly",
            "certainty": "ambiguous",
            "basis": "two readings",
            "start_date": "2019-05-01",
            "end_date": "2019-09",
            "note": "beside",
            "citations": ("terms 2",),
        },
    }
    assert structure.places["board"] == Place(str(here / "x.yaml"), 2, 5)
    assert structure.places["board--reports-to--partnership--annual-report"] == Place(
        str(here / "x.yaml"), 19, 7
    )


def test_the_header(here: Path) -> None:
    header = """\
dataset:
  id: 2019
  name: 1.50
  disclaimer: no
  editions: [{id: start, date: 2019}, {id: "2019-20", date: 2020-03-31, name: The year}]
bodies: [{id: b, name: B, citations: [s 1]}]
sources: [{id: s, name: S, not_before: 2019}]
"""
    structure = yaml.read(write(here, {"one.txt": header}) / "one.txt")
    (dataset,) = structure.datasets
    assert dataset.model_dump(exclude={"editions", "waivers"}) == {
        "id": "2019",
        "name": "1.50",
        "disclaimer": "no",
    }
    assert dataset.editions == (
        Edition(id="start", date="2019"),
        Edition(id="2019-20", date="2020-03-31", name="The year"),
    )
    assert structure.nodes["b"].datasets == ("2019",)


def test_every_nesting(here: Path) -> None:
    text = """\
bodies:
  - {id: board, name: Board, citations: [terms 1], seats: [{name: Chair, role: chair}]}
partnerships:
  - {id: other, name: Other, citations: [terms 1], seats: [{name: Police, role: member}]}
organisations:
  - id: council
    name: Council
    citations: [terms 1]
    parts: [{id: service, name: Service, parts: [{id: team, name: Team}]}]
plans:
  - id: plan
    name: Plan
    citations: [terms 1]
    priorities:
      - id: first
        name: First
        led_by: [board, {from: council}]
        objectives: [{id: do, name: Do, led_by: council}]
instruments:
  - id: act
    name: Act
    citations: [terms 1]
    requirements:
      - {id: duty, name: Duty, force: must, applies_to: [{from: board, assessment: met}, partnership]}
agreements:
  - {id: memorandum, name: Memorandum, status: intended, citations: [terms 1], parties: [board, council]}
funds:
  - id: fund
    name: Fund
    year: 2019
    currency: GBP
    citations: [terms 1]
    contributions: [{from: council, amount: 10}, {from: service, amount: 2.50, kind: in kind}]
"""
    structure = read(here, text)
    assert lines(structure) == {
        "board--chair--chair--on--board": ("board--chair--chair", "ON", "board"),
        "other--member--police--on--other": ("other--member--police", "ON", "other"),
        "service--part-of--council": ("service", "PART_OF", "council"),
        "team--part-of--service": ("team", "PART_OF", "service"),
        "first--part-of--plan": ("first", "PART_OF", "plan"),
        "do--part-of--first": ("do", "PART_OF", "first"),
        "board--leads--first": ("board", "LEADS", "first"),
        "council--leads--first": ("council", "LEADS", "first"),
        "council--leads--do": ("council", "LEADS", "do"),
        "duty--set-by--act": ("duty", "SET_BY", "act"),
        "board--subject-to--duty": ("board", "SUBJECT_TO", "duty"),
        "partnership--subject-to--duty": ("partnership", "SUBJECT_TO", "duty"),
        "board--party-to--memorandum": ("board", "PARTY_TO", "memorandum"),
        "council--party-to--memorandum": ("council", "PARTY_TO", "memorandum"),
        "council--contributes--fund": ("council", "CONTRIBUTES", "fund"),
        "service--contributes--fund": ("service", "CONTRIBUTES", "fund"),
    }
    assert {line.citations for line in structure.relationships.values()} == {("terms 1",)}
    paid = {line.from_id: line.get("amount") for line in structure.inward("fund", "CONTRIBUTES")}
    assert paid == {"council": 10, "service": 2.5}
    assert structure.relationships["board--subject-to--duty"].get("assessment") == "met"


def test_nested_things_take_over_citations_and_nothing_else(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    certainty: inferred
    basis: the minutes
    start_date: 2019
    citations: [terms 1]
    seats:
      - {name: A, role: member}
      - {name: B, role: member, citations: [terms 2], certainty: ambiguous, basis: list, represents: council}
      - {name: C, role: chair, citations: , represents: {to: council, citations: [terms Annex A]}}
organisations:
  - {id: council, name: Council, citations: [terms 1]}
"""
    structure = read(here, text)
    facts = [*structure.labelled("Seat"), *structure.relationships.values()]
    assert {fact.id: (fact.citations, fact.certainty, fact.basis, fact.start_date) for fact in facts} == {
        "board--member--a": (("terms 1",), "stated", None, None),
        "board--member--a--on--board": (("terms 1",), "stated", None, None),
        "board--member--council": (("terms 2",), "ambiguous", "list", None),
        "board--member--council--on--board": (("terms 2",), "ambiguous", "list", None),
        "board--member--council--represents--council": (("terms 2",), "stated", None, None),
        "board--chair--council": (("terms 1",), "stated", None, None),
        "board--chair--council--on--board": (("terms 1",), "stated", None, None),
        "board--chair--council--represents--council": (("terms Annex A",), "stated", None, None),
    }


def test_seats_get_their_ids_from_what_they_are(here: Path) -> None:
    text = """\
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    seats:
      - {name: Somebody else, role: vice-chair}
      - {name: The Chair, role: chair, filled_by: chair}
      - {name: Police, role: member, represents: police, filled_by: chair, state: filled}
      - {name: Fire and Council, role: member, represents: [fire, council]}
      - {name: Council 1, role: adviser, represents: council, key: Children’s}
      - {name: Council 2, role: adviser, represents: council, key: 2}
      - {name: "\u5e2d", role: lead}
      - {id: own-id, name: Own, role: lead}
seats:
  - {name: Elsewhere, role: deputy, on: BOARD, citations: [terms 2], places: 2, state: vacant}
organisations:
  - {id: police, name: Police, citations: [terms 1]}
  - {id: fire, name: Fire, citations: [terms 1]}
  - {id: council, name: Council, citations: [terms 1]}
posts:
  - {id: chair, name: Independent Chair, citations: [terms 1]}
"""
    structure = read(here, text)
    seats = {
        seat.id: (seat.name, seat.get("state"), seat.get("places")) for seat in structure.labelled("Seat")
    }
    assert seats == {
        "board--vice-chair--somebody-else": ("Somebody else", "not-stated", None),
        "board--chair--chair": ("The Chair", "not-stated", None),
        "board--member--police": ("Police", "filled", None),
        "board--member--council--fire": ("Fire and Council", "not-stated", None),
        "board--adviser--council--childrens": ("Council 1", "not-stated", None),
        "board--adviser--council--2": ("Council 2", "not-stated", None),
        "board--lead": ("\u5e2d", "not-stated", None),
        "own-id": ("Own", "not-stated", None),
        "board--deputy--elsewhere": ("Elsewhere", "vacant", 2),
    }


def test_an_issue_concerns_a_seat_and_is_about_a_line(here: Path) -> None:
    text = """\
issues:
  - id: issue
    name: Issue
    kind: conflict
    citations: [terms 1]
    readings: ["section 1: one", "section 2: two"]
    taken: "section 1: it is the later"
    about: board--member--a--on--board
    concerns: [board--member--a, terms, partnership]
bodies:
  - {id: board, name: Board, citations: [terms 1], seats: [{name: A, role: member}]}
"""
    structure = read(here, text)
    assert structure.nodes["issue"].get("readings") == ("section 1: one", "section 2: two")
    assert structure.nodes["issue"].get("about") == "board--member--a--on--board"
    assert [line.to_id for line in structure.outward("issue", "CONCERNS")] == [
        "board--member--a",
        "partnership",
        "terms",
    ]


@pytest.mark.parametrize(
    "reference",
    [
        "board",
        "Riverton Board",
        "riverton  BOARD",
        "RB",
        "rb",
        "the board",
        '"Le Caf\\u00e9"',
        '"le cafe\\u0301"',
    ],
)
def test_references_by_id_name_short_name_and_alias(here: Path, reference: str) -> None:
    text = f"""\
bodies:
  - {{id: board, name: Riverton Board, short_name: RB, aliases: [The Board, Le Café], citations: [terms 1]}}
  - {{id: group, name: Group, citations: [terms 1], reports_to: {reference}}}
"""
    assert list(lines(read(here, text))) == ["group--reports-to--board"]


def test_a_reference_means_what_the_line_can_lead_to(here: Path) -> None:
    text = """\
bodies:
  - {id: board, name: Riverton, citations: [terms 1]}
  - {id: group, name: Group, citations: [terms 1], reports_to: riverton, hosted_by: council}
organisations:
  - {id: riverton, name: Riverton, aliases: [council], citations: [terms 1]}
"""
    assert lines(read(here, text)) == {
        "group--hosted-by--riverton": ("group", "HOSTED_BY", "riverton"),
        "group--reports-to--board": ("group", "REPORTS_TO", "board"),
    }


# Scalars


WORDS = ("no", "NO", "No", "on", "off", "yes", "y", "=", "a-b", "50%", "A#1", "(a)", "a*b", "O'Brien", "1/2")
DATES = ("2019", "2019-09-01", "12:30:45", "2019-09-01 10:00:00")
NUMBERS = (
    "007",
    "0x1F",
    "0o17",
    "1_000",
    "1e3",
    "1.10",
    ".5",
    "-0",
    "+5",
    ".inf",
    "-.INF",
    ".nan",
    "9" * 5000,
)
PHRASES = ("Health & Wellbeing", "\u202eabc", "\N{GRINNING FACE}")


@pytest.mark.parametrize("text", [*WORDS, *DATES, *NUMBERS, *PHRASES])
def test_plain_text_stays_as_it_is_written(here: Path, text: str) -> None:
    node = read(here, f"bodies:\n  - id: b\n    name: {text}\n    citations: [terms 1]\n").nodes["b"]
    assert node.name == text


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"A \\"quoted\\" name"', 'A "quoted" name'),
        ("'It''s'", "It's"),
        ('"two\\nlines"', "two\nlines"),
        ("|\n      two\n      lines\n", "two\nlines"),
        (">-\n      one\n      line\n", "one line"),
        ("one\n      line", "one line"),
        ('"  pad\\tded  "', "pad\tded"),
        ("'true'", "true"),
        ("'null'", "null"),
        ("'~'", "~"),
        ('"\\u05d0\\u05d1"', "\u05d0\u05d1"),
        ('"\\U0001F600"', "\N{GRINNING FACE}"),
        ("!!str 5", "5"),
        ("a # comment", "a"),
    ],
)
def test_quoted_and_folded_text(here: Path, written: str, name: str) -> None:
    text = f"bodies:\n  - id: b\n    name: {written}\n    citations: [terms 1]\n"
    assert read(here, text).nodes["b"].name == name


@pytest.mark.parametrize(
    ("written", "amount"), [("0", 0), ("012", 12), ("+5", 5), ("1.50", 1.5), (".5", 0.5), ("1e3", 1000.0)]
)
def test_numbers_where_a_number_is_wanted(here: Path, written: str, amount: float) -> None:
    text = f"""\
funds:
  - {{id: f, name: F, year: 2019-20, currency: GBP, total: {written}, citations: [terms 1]}}
"""
    total = read(here, text).nodes["f"].get("total")
    assert (type(total), total) == (type(amount), amount)


def test_nulls_and_empty_lists_say_nothing(here: Path) -> None:
    text = """\
bodies:
  - {id: b, name: B, citations: [terms 1], kind: , note: null, aliases: [], supports: [], informs: ~, seats: }
posts: []
people:
"""
    structure = read(here, text)
    assert said(structure.nodes["b"]) == {"id": "b", "name": "B", "citations": ("terms 1",)}
    assert lines(structure) == {}


def test_citations_of_one_section_are_one_however_they_are_spaced(here: Path) -> None:
    text = """\
bodies:
  - {id: b, name: B, citations: [terms 1, " terms  Annex   A ", "terms\\t2", "terms\\u00a02", loose any part]}
sources:
  - {id: loose, name: Loose, published: 2019}
"""
    assert read(here, text).nodes["b"].citations == (
        "terms 1",
        "terms Annex A",
        "terms 2",
        "terms 2",
        "loose any part",
    )


def test_sections_are_text(here: Path) -> None:
    text = """\
bodies:
  - {id: b, name: B, citations: [minutes 1, minutes 2.10, minutes 007]}
sources:
  - {id: minutes, name: Minutes, published: 2019, sections: [1, 2.10, 007]}
"""
    assert read(here, text).nodes["b"].citations == ("minutes 1", "minutes 2.10", "minutes 007")


# Files


TEXT = """\
bodies:
  - id: board
    name: Café – Board
    citations: [terms 1]
    note: |
      one
      two
    part_of: partnership
"""


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        ("\ufeff" + TEXT).encode(),
        ("---\n" + TEXT + "...\n").encode(),
        ("%YAML 1.2\n---\n" + TEXT).encode(),
        TEXT.rstrip().encode(),
        b"""{"bodies": [{"id": "board", "name": "Caf\\u00e9 \\u2013 Board", "citations": ["terms 1"],
            "note": "one\\ntwo", "part_of": {"to": "partnership"}}]}""",
    ],
    ids=["crlf", "cr", "mark", "document", "directive", "no-last-line-end", "json"],
)
def test_line_ends_marks_and_json_make_no_difference(here: Path, raw: bytes) -> None:
    assert read(here, raw) == read(here, TEXT)


def test_which_files_of_a_folder_are_read(here: Path) -> None:
    def body(name: str) -> str:
        return f"bodies: [{{id: {name}, name: B, citations: [terms 1]}}]"

    files = {
        "base.yaml": BASE,
        "one.yml": body("one"),
        "TWO.YAML": body("two"),
        "Three.Yml": body("three"),
        "deep/er/four.yaml": body("four"),
        "sp ace/f\u00fcnf.yaml": body("five"),
        "notes.txt": "x: [",
        "six.yaml.bak": body("six"),
        "yaml": body("seven"),
        ".hidden.yaml": "x: [",
        ".git/eight.yaml": "x: [",
        "deep/.venv/nine.yaml": "x: [",
        "folder.yaml/ten.yaml": body("ten"),
    }
    structure = yaml.read(write(here, files))
    assert [node.id for node in structure.labelled("Body")] == ["five", "four", "one", "ten", "three", "two"]


def test_a_loop_of_links_ends(here: Path) -> None:
    write(here, {"base.yaml": BASE, "inner/x.yaml": TEXT})
    (here / "inner" / "again").symlink_to(here, target_is_directory=True)
    (here / "folder.yaml").symlink_to(here / "inner", target_is_directory=True)
    (here / "linked.yaml").symlink_to("base.txt")
    (here / "base.yaml").rename(here / "base.txt")
    assert list(yaml.read(here).nodes) == ["partnership", "board", "terms"]


def test_a_folder_whose_own_name_is_hidden(here: Path) -> None:
    assert list(yaml.read(write(here / ".mine", {"base.yaml": BASE})).nodes) == ["partnership", "terms"]


def test_one_file_is_a_dataset_whatever_it_is_called(here: Path) -> None:
    write(here, {"data.txt": BASE, "other.yaml": "x: ["})
    assert list(yaml.read("data.txt").nodes) == ["partnership", "terms"]
    assert yaml.read(here / "data.txt").nodes == yaml.read("data.txt").nodes
    assert os.fspath(here) not in yaml.read("data.txt").places["partnership"].file


# Order


PARTS = {
    "bodies": [
        "{id: board, name: Board, part_of: partnership, tier: Top, succeeds: {to: old, start_date: 2020}}",
        "{id: group, name: Group, part_of: board, accountable_to: [board, chair], reports_to: [board, old]}",
        "{id: old, name: Old, seats: [{name: A, role: member}, {name: B, role: chair, filled_by: chair}]}",
        "{id: unit, name: Unit, supports: [group, {to: group, key: more}], hosted_by: police}",
    ],
    "organisations": [
        "{id: police, name: Police, parts: [{id: force, name: Force}]}",
        "{id: fire, name: Fire}",
    ],
    "posts": ["{id: chair, name: Chair, post_in: police, acts_for: deputy}", "{id: deputy, name: Deputy}"],
    "seats": [
        "{name: Both, role: member, on: board, represents: [police, fire]}",
        "{name: Both, role: member, on: board, represents: [fire, police], key: again}",
    ],
    "issues": ["{id: issue, name: Issue, kind: conflict, concerns: [board--member--fire--police, group]}"],
}
ENTRIES = [
    (collection, entry.replace("{", "{citations: [terms 1], ", 1))
    for collection, entries in PARTS.items()
    for entry in entries
]


@given(order=st.permutations(ENTRIES), files=st.integers(1, 4), seed=st.randoms(use_true_random=False))
def test_the_order_of_entries_and_files_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory,
    order: list[tuple[str, str]],
    files: int,
    seed: random.Random,
) -> None:
    plain = write(tmp_path_factory.mktemp("plain"), {"base.yaml": BASE, "x.yaml": together(ENTRIES)})
    names = seed.sample(["a.yaml", "b/c.yml", "zz.yaml", "0.yaml"], files)
    split = {name: together(order[i::files]) for i, name in enumerate(names)}
    mixed = write(tmp_path_factory.mktemp("mixed"), {**split, seed.choice(["base.yaml", "z.yaml"]): BASE})
    one, two = yaml.read(plain), yaml.read(mixed)
    assert one == two
    assert list(one.nodes.items()) == list(two.nodes.items())
    assert list(one.relationships.items()) == list(two.relationships.items())
    assert one.holdings == two.holdings


def together(entries: list[tuple[str, str]]) -> str:
    """A file with some entries, in their order, each collection where its first is."""
    collections: dict[str, list[str]] = {}
    for collection, entry in entries:
        collections.setdefault(collection, []).append(entry)
    return "\n".join(f"{name}: [{', '.join(found)}]" for name, found in collections.items()) + "\n"


def test_what_office_and_notepad_leave_beside_is_passed_over_or_said(here: Path) -> None:
    write_starter(here / "mine")
    (here / "mine" / "~$bodies.yaml").write_bytes(b"\x05Jo\xff")
    assert yaml.read("mine").nodes
    (here / "mine" / "bodies.yaml").rename(here / "mine" / "bodies.yaml.txt")
    with pytest.raises(DatasetError) as caught:
        yaml.read("mine")
    said = [str(finding) for finding in caught.value.findings if "is not read" in finding.message]
    assert said == [f"mine{os.sep}bodies.yaml.txt: is not read: name it bodies.yaml, without .txt"]


def test_one_file_of_a_dataset_is_told_from_a_dataset(here: Path) -> None:
    write_starter(here / "mine")
    with pytest.raises(DatasetError) as caught:
        yaml.read("mine/bodies.yaml")
    messages = [finding.message for finding in caught.value.findings]
    assert messages == ["this is one file of a dataset: name its folder, mine"]
