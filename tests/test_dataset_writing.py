"""Writing a dataset: what is read from what was written is the same structure, and people can read it too."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import yaml as pyyaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from orgmodel.building import build, line_id, seat_id
from orgmodel.datasets import yaml
from orgmodel.datasets.starter import write_starter
from orgmodel.datasets.yaml_writing import write
from orgmodel.errors import DatasetError, OrgmodelError, Place
from orgmodel.holding import Holding
from orgmodel.model import Dataset, Edition, node_class, relationship_class
from orgmodel.records import DatasetRecord, NodeRecord, RelationshipRecord
from orgmodel.structure import Structure
from orgmodel.vocabulary import CERTAINTIES, NODE_TYPES, RELATIONSHIP_TYPES
from tests.datasets import write as write_texts
from tests.strategies import DATES, structures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import DrawFn

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.vocabulary import Property

DATA = Path(__file__).parent.parent / "data"


def listing(folder: Path) -> list[str]:
    """Every file and folder below one, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def written(structure: Structure, folder: Path) -> dict[str, str]:
    """The text of each file that a structure is written to."""
    return {file.name: file.read_bytes().decode() for file in write(structure, folder)}


def read_again(structure: Structure) -> Structure:
    """What is read from what a structure was written to."""
    with TemporaryDirectory() as folder:
        write(structure, Path(folder))
        return yaml.read(folder)


# What is given is what is written is what is read


@pytest.mark.parametrize("name", ["dudley", "shropshire", "starter"])
def test_a_dataset_of_ours_comes_back_and_is_then_written_the_same(here: Path, name: str) -> None:
    if name == "starter":
        write_starter(here / name)
    structure = yaml.read(here / name if name == "starter" else DATA / name)
    first = written(structure, here / "first")
    again = yaml.read(here / "first")
    assert again == structure
    assert written(again, here / "second") == first
    assert max(len(line) for text in first.values() for line in text.splitlines()) < 120


def test_the_order_in_which_things_are_given_does_not_show(here: Path) -> None:
    structure = yaml.read(DATA / "dudley")
    turned = Structure(
        structure.datasets,
        dict(reversed(structure.nodes.items())),
        dict(reversed(structure.relationships.items())),
        structure.holdings,
    )
    assert written(turned, here / "turned") == written(structure, here / "straight")


EVERYTHING = """\
dataset:
  id: riverton
  name: Riverton
  disclaimer: An invented example; no such partnership exists.
  editions:
    - {date: 2019-10-01, id: first}
    - {id: second, date: 2024, name: "The second: after the review"}
sources:
  - {id: terms, name: Terms of reference, published: 2019-05, sections: ["1", "2.10", Annex A]}
  - {id: web-page, name: Page, not_before: 2019, note: "two\\nlines"}
partnerships:
  - {id: partnership, name: Riverton Partnership, tiers: [Top, Lower], citations: [terms 1]}
posts:
  - {id: head, name: Head, citations: [terms 1], held_by: jo}
  - {id: clerk, name: "Null", citations: [terms 1], certainty: inferred, basis: "one\\ntwo"}
people:
  - {id: jo, name: Jo, citations: [terms 1]}
bodies:
  - id: executive
    name: Executive
    short_name: "on"
    aliases: ["null", "1", "1e5", "0o17", "y", "say \\"no\\"", \N{POLICE OFFICER}]
    tier: Top
    meetings_per_year: 6
    citations: [terms 2.10]
    part_of: partnership
    accountable_to: [head, {to: clerk, certainty: inferred, basis: "the minutes: 2"}]
    reports_to:
      - {to: partnership, subject: performance}
      - {to: partnership, key: yearly, frequency: yearly, start_date: 2019-10}
      - {to: partnership, id: papers, citations: [terms 1, terms 2.10]}
    seats:
      - {name: Deputy, role: deputy, filled_by: clerk}
      - {name: Adviser, role: adviser, filled_by: jo}
      - {name: Chair, role: chair, filled_by: head, state: filled, category: "yes"}
      - {name: Police, role: member, represents: police, key: first}
      - {name: Police too, role: member, represents: police, id: a-seat, places: 2, citations: [terms 1]}
seats:
  - name: Police for a year
    role: member
    represents: police
    citations: [terms 2.10]
    on: {to: executive, end_date: 2020}
organisations:
  - id: police
    name: Police
    citations: [terms 1]
    parts:
      - id: unit
        name: Unit
        certainty: ambiguous
        basis: the two readings of the terms, of which one has the unit within the police and the other beside
        parts: [{id: team, name: Team}]
  - id: desk
    name: Desk
    citations: [terms 1]
    part_of: {to: unit, citations: [terms 1, terms Annex A]}
instruments:
  - id: act
    name: Act
    citations: [terms 1]
    requirements:
      - {id: meet, name: Meet, force: must, applies_to: {from: executive, assessment: partly}}
agreements:
  - {id: memo, name: Memo, status: in-force, citations: [terms 1], parties: [police, executive]}
funds:
  - id: fund
    name: Fund
    year: 2019-20
    currency: GBP
    total: 12.50
    citations: [terms 1]
    part_of: partnership
    contributions: [{from: police, amount: 12}]
issues:
  - id: gap
    name: Gap
    kind: not-stated
    about: papers
    readings: [one, "two\\nlines"]
    citations: [web-page x]
    concerns: [jo, a-seat]
"""

AS_WRITTEN = """\
# dataset.yaml
dataset:
  id: riverton
  name: Riverton
  disclaimer: An invented example; no such partnership exists.
  editions:
    - {id: first, date: 2019-10-01}
    - {id: second, name: "The second: after the review", date: 2024}

sources:
  - id: terms
    name: Terms of reference
    published: 2019-05
    sections: ["1", "2.10", Annex A]

  - id: web-page
    name: Page
    not_before: 2019
    note: |-
      two
      lines

# partnerships.yaml
partnerships:
  - id: partnership
    name: Riverton Partnership
    tiers: [Top, Lower]
    citations: [terms 1]

# bodies.yaml
bodies:
  - id: executive
    name: Executive
    short_name: "on"
    aliases: ["null", "1", "1e5", "0o17", "y", say "no", \N{POLICE OFFICER}]
    tier: Top
    meetings_per_year: 6
    citations: [terms 2.10]
    accountable_to:
      - {to: clerk, certainty: inferred, basis: "the minutes: 2"}
      - head
    reports_to:
      - {to: partnership, subject: performance}
      - {to: partnership, key: yearly, frequency: yearly, start_date: 2019-10}
      - to: partnership
        id: papers
        citations: [terms 1, terms 2.10]
    part_of: partnership
    seats:
      - name: Chair
        role: chair
        category: "yes"
        state: filled
        filled_by: head
      - id: a-seat
        name: Police too
        role: member
        places: 2
        citations: [terms 1]
        represents: police
      - name: Police
        key: first
        role: member
        represents: police
      - name: Adviser
        role: adviser
        filled_by: jo
      - name: Deputy
        role: deputy
        filled_by: clerk

# organisations.yaml
organisations:
  - id: desk
    name: Desk
    citations: [terms 1]
    part_of:
      to: unit
      citations: [terms 1, terms Annex A]

  - id: police
    name: Police
    citations: [terms 1]
    parts:
      - id: unit
        name: Unit
        certainty: ambiguous
        basis: >-
          the two readings of the terms, of which one has the unit within the police and the other beside
        parts:
          - id: team
            name: Team

# posts.yaml
posts:
  - id: clerk
    name: "Null"
    citations: [terms 1]
    certainty: inferred
    basis: |-
      one
      two

  - id: head
    name: Head
    citations: [terms 1]
    held_by: jo

# people.yaml
people:
  - id: jo
    name: Jo
    citations: [terms 1]

# seats.yaml
seats:
  - name: Police for a year
    role: member
    citations: [terms 2.10]
    on: {to: executive, end_date: 2020}
    represents: police

# agreements.yaml
agreements:
  - id: memo
    name: Memo
    status: in-force
    citations: [terms 1]
    parties: [executive, police]

# funds.yaml
funds:
  - id: fund
    name: Fund
    year: 2019-20
    currency: GBP
    total: 12.5
    citations: [terms 1]
    part_of: partnership
    contributions: {from: police, amount: 12}

# instruments.yaml
instruments:
  - id: act
    name: Act
    citations: [terms 1]
    requirements:
      - id: meet
        name: Meet
        force: must
        applies_to: {from: executive, assessment: partly}

# issues.yaml
issues:
  - id: gap
    name: Gap
    kind: not-stated
    readings:
      - one
      - |-
        two
        lines
    about: papers
    citations: [web-page x]
    concerns: [a-seat, jo]
"""


def test_what_a_lead_gets_to_see(here: Path) -> None:
    structure = yaml.read(write_texts(here / "given", {"x.yaml": EVERYTHING}))
    files = written(structure, here / "out")
    assert "\n".join(f"# {name}\n{text}" for name, text in files.items()) == AS_WRITTEN
    assert listing(here / "out") == sorted(files)
    assert yaml.read(here / "out") == structure


# Whatever the model allows


TEXTS = (
    st.sampled_from(
        (
            *(
                "null",
                "~",
                "Null",
                "true",
                "no",
                "y",
                "Off",
                "1",
                "-1.5e3",
                "1e5",
                "0o17",
                "0x1F",
                "017",
                "1_0",
            ),
            *(
                "2019",
                "2019-10-01",
                "12:30:00",
                ".inf",
                ".nan",
                "=",
                "<<",
                "2.10",
                "- x",
                "-",
                "?",
                "? x",
                "---",
            ),
            *(
                "...",
                "--- x",
                "a: b",
                "a:",
                ": a",
                ":a",
                "a #b",
                "#a",
                "[a]",
                "{a: b}",
                "a, b",
                "*a",
                "&a b",
                "!a",
            ),
            *(
                "!!str a",
                "| a",
                "> a",
                "'a'",
                '"a"',
                "it's",
                "'",
                '"',
                "%a",
                "@a",
                "`a`",
                "a\\n",
                "\\",
                "a\\",
            ),
            *(
                "a\nb",
                "a\n\nb",
                "a\n b",
                "a \nb",
                "a\n---\nb",
                "a\n# b\n- c",
                "a\tb",
                "a\n\tb",
                "a\r\nb",
                "a\rb",
            ),
            *(
                "a\x85b",
                "a\u2028b",
                "a\u2029 b",
                "\ufeffa",
                "a\ufeff",
                "\u200ba",
                "a\u200d",
                "\u202ea",
                "a\xa0 b",
            ),
            *(
                "\u05e9\u05dc\u05d5\u05dd",
                "\U0001f46e: x",
                "\U0010ffff",
                "a  b",
                "a  b " * 40,
                "word " * 60,
                "x" * 300,
            ),
            *(
                "long: " * 40,
                'it\'s "so": ' * 30,
                "line one\n" * 30 + "end",
                "\U0001f46e: \n" * 40,
                "a\tb " * 40,
            ),
        )
    )
    | st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
        | st.sampled_from(" \n\t\r\x85\u2028\ufeff'\":#-?,[]{}&*!|>%@`\\a"),
        min_size=1,
        max_size=200,
    )
).filter(lambda text: bool(text.strip()))

CITATIONS = st.sampled_from((("a 1",), ("b 2", "a 1"), ("null 1",), ("a 1", "a 1"))) | TEXTS.map(
    lambda text: (f"a {text}",)
)

ODD_IDS = ("null", "true", "no", "on", "y", "2019", "1e5", "0o17", "0", "12", "e", "null--on", "a--b")

SPARED = frozenset({"id", "certainty", "basis", "citations", "tier", "about", "sections"})
"""What is drawn apart, or must fit what other things say."""


def values(wanted: Property) -> st.SearchStrategy[Any]:
    """What a property may be; nothing too, where it is not required."""
    if wanted.allowed:
        found: st.SearchStrategy[Any] = st.sampled_from(wanted.allowed)
    else:
        numbers = st.integers(1, 10**15 - 1)
        found = {
            "text": TEXTS,
            "texts": st.lists(TEXTS, max_size=3).map(tuple),
            "date": DATES,
            "integer": numbers,
            "number": numbers | st.floats(0, 1e15, exclude_max=True),
        }[wanted.type]
    if wanted.name == "state":
        return found
    return found if wanted.required else st.just(() if wanted.type == "texts" else None) | found


@st.composite
def said(draw: DrawFn, term: str) -> dict[str, Any]:
    """What a thing or a line of any kind may say."""
    declared = NODE_TYPES.get(term) or RELATIONSHIP_TYPES[term]
    found = {p.name: draw(values(p)) for p in declared.all_properties if p.name not in SPARED | {"kind"}}
    if term in NODE_TYPES or term == "CONTRIBUTES":
        kinds = NODE_TYPES[term].kinds if term in NODE_TYPES else ()
        found["kind"] = draw(st.none() | (st.sampled_from(kinds) if kinds else TEXTS))
    if term not in {"Event", "Source"} and not draw(st.sampled_from((False, False, False, True))):
        found |= {"start_date": None, "end_date": None}
    certainty = draw(st.sampled_from(CERTAINTIES))
    basis = draw(TEXTS) if certainty != "stated" else draw(st.none() | TEXTS)
    shared = {"certainty": certainty, "basis": basis, "citations": draw(CITATIONS)}
    return {**found, **shared, "datasets": ("made-up",)}


@st.composite
def everything(draw: DrawFn) -> Structure:
    """A structure of things and lines of every kind, whose ids are made, keyed or odd."""
    odd = iter(draw(st.permutations(ODD_IDS)))
    nodes: dict[str, Node] = {
        name: node_class("Source")(id=name, name=name, published="2015", datasets=("made-up",))
        for name in ("a", "b", "null")
    }
    taken = {*nodes}

    def claim(wanted: str) -> str:
        key = draw(st.sampled_from(("", "", "x", "a-b", "a--b", "1")))
        chosen = draw(st.sampled_from((wanted, wanted, f"{wanted}--{key}" if key else wanted, "")))
        while not chosen or chosen in taken:
            chosen = next(odd, None) or f"made-{len(taken)}"
        taken.add(chosen)
        return chosen

    for label in NODE_TYPES:
        if label not in {"Source", "Seat"}:
            for number in range(draw(st.integers(0, 3))):
                node_id = claim(f"{label.lower()}-{number}")
                nodes[node_id] = node_class(label)(id=node_id, **draw(said(label)))
    lines: list[Relationship] = []

    def join(name: str, source: Node, target: Node) -> None:
        own = draw(said(name))
        if draw(st.booleans()):
            bare = {p.name for p in RELATIONSHIP_TYPES[name].all_properties if not p.required}
            shared = source.model_dump(include={"citations", "certainty", "basis"})
            own = {key: value for key, value in own.items() if key not in bare} | shared
        made = line_id(source.id, name, target.id)
        ends = {"from_id": source.id, "to_id": target.id}
        lines.append(relationship_class(name)(id=claim(made), **ends, **own))

    def labelled(labels: Iterable[str]) -> list[Node]:
        return [node for node in nodes.values() if node.term in labels]

    for _ in range(draw(st.integers(0, 4)) if labelled(("Body", "Partnership")) else 0):
        own = draw(said("Seat"))
        on = draw(st.sampled_from(labelled(("Body", "Partnership"))))
        fillers, whom = labelled(("Post", "Person")), labelled(("Organisation", "Body"))
        filled = draw(st.lists(st.sampled_from(fillers), max_size=2)) if fillers else []
        speaks = draw(st.lists(st.sampled_from(whom), max_size=2)) if whom else []
        posts = [filler.id for filler in filled if filler.term == "Post"]
        node_id = claim(seat_id(on.id, own["role"], [w.id for w in speaks] or posts, own["name"].strip()))
        seat = nodes[node_id] = node_class("Seat")(id=node_id, **own)
        join("ON", seat, on)
        for filler in filled:
            join("FILLED_BY", seat, filler)
        for target in speaks:
            join("REPRESENTS", seat, target)
    for name, declared in RELATIONSHIP_TYPES.items():
        for from_labels, to_labels in declared.ends:
            sources, targets = labelled(set(from_labels) - {"Seat"}), labelled(to_labels)
            if sources and targets:
                for _ in range(draw(st.integers(0, 2))):
                    join(name, draw(st.sampled_from(sources)), draw(st.sampled_from(targets)))
    editions = draw(st.lists(DATES, max_size=2))
    dataset = Dataset(
        id="made-up",
        name=draw(TEXTS),
        disclaimer=draw(st.none() | TEXTS),
        editions=tuple(
            Edition(id=f"edition-{i}", date=date, name=draw(st.none() | TEXTS))
            for i, date in enumerate(editions)
        ),
    )
    return Structure.of([dataset], nodes.values(), lines)


def without_files(structure: Structure) -> DatasetRecord:
    """What a dataset would say that says everything, and takes nothing from where it stands."""

    def fields(entity: Entity, *ends: str) -> dict[str, object]:
        return {
            k: v for k, v in entity.model_dump(exclude={"datasets", *ends}).items() if v not in (None, ())
        }

    (dataset,) = structure.datasets
    nodes = {i: NodeRecord(node.term, fields(node), Place(i)) for i, node in structure.nodes.items()}
    lines = [
        RelationshipRecord(
            line.term, nodes[line.from_id], nodes[line.to_id], fields(line, "from_id", "to_id"), Place(i)
        )
        for i, line in structure.relationships.items()
    ]
    return DatasetRecord(dataset.model_dump(), Place("the dataset"), {}, list(nodes.values()), lines)


def refused(structure: Structure) -> dict[str, set[str]]:
    """What no dataset may say: by id, what is wrong there. The model allows it, `orgmodel check` does not."""
    try:
        assert build(without_files(structure)) == structure
    except DatasetError as error:
        found: dict[str, set[str]] = {}
        for finding in error.findings:
            found.setdefault(finding.place.file, set()).add(finding.message)
        return found
    return {}


def allowed(structure: Structure) -> Structure:
    """A structure without what no dataset may say."""
    while wrong := refused(structure):
        nodes = {i: node for i, node in structure.nodes.items() if i not in wrong}
        lines = [
            line
            for i, line in structure.relationships.items()
            if i not in wrong and line.from_id in nodes and line.to_id in nodes
        ]
        smaller = Structure.of(structure.datasets, nodes.values(), lines)
        assert len(smaller.holdings) < len(structure.holdings), wrong
        structure = smaller
    return structure


@given(everything() | structures())
@settings(max_examples=150)
def test_what_a_dataset_may_say_comes_back(structure: Structure) -> None:
    structure = allowed(structure)
    for entity in (*structure.nodes.values(), *structure.relationships.values()):
        event(entity.term)
    assert read_again(structure) == structure


@given(everything() | structures())
def test_what_no_dataset_may_say_is_found_and_nothing_is_written(structure: Structure) -> None:
    wrong = refused(structure)
    event(f"wrong: {bool(wrong)}")
    if not wrong:
        assert read_again(structure) == structure
        return
    with TemporaryDirectory() as folder:
        with pytest.raises(DatasetError) as caught:
            write(structure, Path(folder) / "new" / "one")
        assert listing(Path(folder)) == []
    found = caught.value.findings
    assert {f.message for f in found} == set().union(*wrong.values())
    assert {f.place.file for f in found} <= {*structure.holdings, "made-up"}


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_readers_of_other_versions_of_yaml_take_texts_for_texts(texts: list[str]) -> None:
    # What goes by YAML 1.1, PyYAML itself among it, knows more words for truths and more forms of numbers.
    stripped = [text.strip() for text in texts]
    source = node_class("Source")(
        id="a", name=texts[0], published="2015", sections=tuple(texts), note=texts[-1], datasets=("made-up",)
    )
    structure = Structure.of([Dataset(id="made-up", name=texts[0])], [source], [])
    with TemporaryDirectory() as folder:
        (file,) = write(structure, Path(folder))
        raw = file.read_bytes()
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    found = pyyaml.load(raw, pyyaml.CSafeLoader)
    assert found["dataset"] == {"id": "made-up", "name": stripped[0]}
    (again,) = found["sources"]
    assert (again["name"], again["sections"], again["note"]) == (stripped[0], stripped, stripped[-1])


# What is not said, and where it cannot be written


def made_up(*entities: Entity) -> Structure:
    """A structure of some things, with a source to cite."""
    source = node_class("Source")(id="a", name="A", published="2019", datasets=("made-up",))
    lines = [e for e in entities if "from_id" in type(e).model_fields]
    nodes = [e for e in entities if e not in lines]
    return Structure.of([Dataset(id="made-up", name="Made up")], [source, *nodes], lines)


def thing(label: str, node_id: str, **said: Any) -> Node:
    defaults = {"name": node_id, "citations": ("a 1",), "datasets": ("made-up",)}
    return node_class(label)(id=node_id, **{**defaults, **said})


def line(name: str, source: str, target: str, **said: Any) -> Relationship:
    defaults = {"id": line_id(source, name, target), "citations": ("a 1",), "datasets": ("made-up",)}
    return relationship_class(name)(from_id=source, to_id=target, **{**defaults, **said})


def refusal(structure: Structure, here: Path) -> list[str]:
    """Why a structure is not written, and that nothing is."""
    before = listing(here)
    with pytest.raises(OrgmodelError) as caught:
        write(structure, here / "new" / "one")
    assert listing(here) == before
    if isinstance(caught.value, DatasetError):
        return [str(finding) for finding in caught.value.findings]
    return [str(caught.value)]


def test_findings_name_what_they_are_about(here: Path) -> None:
    structure = made_up(
        thing("Body", "board"),
        thing("Body", "group", citations=("b 1",)),
        thing("Organisation", "agency"),
        thing("Organisation", "unit", citations=()),
        thing("Seat", "board--member--agency", role="member", state="filled"),
        line("ON", "board--member--agency", "board"),
        line("PART_OF", "unit", "agency", citations=()),
        line("REPRESENTS", "board--member--agency", "agency", certainty="inferred"),
        line("SUPPORTS", "group", "board", start_date="2020", end_date="2019", id="support"),
        line("SUPPORTS", "board", "group"),
    )
    other = "citation of 'b', which is no source of the dataset; there are: a"
    missing = "no citation: add `citations: [source-id section]`, where it is taken from"
    basis = "inferred without a `basis`: say from what it is concluded"
    assert refusal(structure, here) == [
        f"board--member--agency--represents--agency: {basis}",
        f"group: {other}",
        "support: ends on 2019, before it starts on 2020",
        f"unit: {missing}",
    ]


def test_what_is_wrong_with_the_dataset_itself(here: Path) -> None:
    twice = tuple(Edition(id="first", date=date) for date in ("2019", "2020"))
    structure = Structure.of([Dataset(id="made-up", name="Made up", editions=twice)], [], [])
    assert refusal(structure, here) == [
        "made-up: 'first' is already the id of an edition",
        "made-up: the dataset is empty: it has no partnership and no body",
    ]


def test_what_a_dataset_has_no_words_for(here: Path) -> None:
    seat = thing("Seat", "seat", role="chair")
    structure = made_up(thing("Body", "board", datasets=()), seat, line("ON", "seat", "board"))
    assert refusal(structure, here) == [
        "board: datasets () cannot be written: it would be read as ('made-up',)",
        "seat: state None cannot be written: it would be read as 'not-stated'",
    ]
    structure = made_up(thing("Body", "board"))
    held = {**structure.holdings, "board": Holding("2018-01-01", "2020-12-31")}
    other = Structure(structure.datasets, structure.nodes, structure.relationships, held)
    assert refusal(other, here) == [
        "board: it holds from 2018-01-01 to 2020-12-31, but from 2019-01-01 by what the dataset says"
    ]
    other = Structure(
        structure.datasets,
        structure.nodes,
        structure.relationships,
        structure.holdings,
        None,
        {},
        {"board": ()},
    )
    assert refusal(other, here) == ["made-up: the structure says more than one dataset can"]


def test_only_all_of_one_dataset_is_written(here: Path) -> None:
    one, two = yaml.read(DATA / "dudley"), yaml.read(DATA / "shropshire")
    message = "a folder holds one dataset, and these would be written: dudley, shropshire; choose one"
    assert refusal(one.merge(two), here) == [message]
    assert refusal(Structure.of([], [], []), here) == [
        "a folder holds one dataset, and these would be written: none; choose one"
    ]
    message = "only a whole dataset can be written, not what of it holds on 2019-10-01"
    assert refusal(one.as_of("arrangements-2019"), here) == [message]
    for part, whole in zip(one.merge(two).parts(), (one, two), strict=True):
        assert read_again(part) == whole


def test_things_stand_in_one_another_only_so_deep(here: Path) -> None:
    names = [f"part-{number}" for number in range(7)]
    lines = [line("PART_OF", inner, outer) for outer, inner in pairwise(names)]
    structure = made_up(*(thing("Organisation", name) for name in names), *lines)
    assert (
        written(structure, here / "out")["organisations.yaml"]
        == """\
organisations:
  - id: part-0
    name: part-0
    citations: [a 1]
    parts:
      - id: part-1
        name: part-1
        parts:
          - id: part-2
            name: part-2
            parts:
              - id: part-3
                name: part-3

  - id: part-4
    name: part-4
    citations: [a 1]
    part_of: part-3
    parts:
      - id: part-5
        name: part-5
        parts:
          - id: part-6
            name: part-6
"""
    )
    assert yaml.read(here / "out") == structure


# The folder


@pytest.mark.parametrize(
    ("files", "folder", "message"),
    [
        (
            {"mine/notes.txt": ""},
            "mine",
            "mine is there already and is not empty: give the name of a new folder",
        ),
        (
            {"mine/.git/x": ""},
            "mine",
            "mine is there already and is not empty: give the name of a new folder",
        ),
        ({"mine": ""}, "mine", "mine is there already and is not empty: give the name of a new folder"),
        ({"mine": ""}, "mine/inner", f"{Path('mine/inner')} cannot be written: Not a directory"),
        ({"mine": ""}, "new/../mine/x", f"{Path('new/../mine/x')} cannot be written: File exists"),
        ({}, "n" * 300, f"{'n' * 300} cannot be written: File name too long"),
        ({}, "/proc/mine", "/proc/mine cannot be written: No such file or directory"),
    ],
)
def test_a_folder_that_is_refused(here: Path, files: dict[str, str], folder: str, message: str) -> None:
    if folder.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("only Linux has a folder in which nobody can write")
    write_texts(here, files)
    before = listing(here)
    for writing in (
        lambda: write(made_up(thing("Body", "board")), Path(folder)),
        lambda: write_starter(Path(folder)),
    ):
        with pytest.raises(OrgmodelError) as caught:
            writing()
        assert str(caught.value) == message
        assert listing(here) == before


def test_a_folder_is_refused_before_what_is_to_be_written_into_it(here: Path) -> None:
    write_texts(here, {"mine/x": ""})
    with pytest.raises(OrgmodelError, match="mine is there already"):
        write(Structure.of([], [], []), Path("mine"))


@pytest.mark.parametrize("folder", ["mine", "a/new/one", "empty", ".", "link"])
def test_a_folder_is_made_or_filled(here: Path, folder: str) -> None:
    here = here / "work"
    here.mkdir()
    os.chdir(here)
    if folder in {"empty", "link"}:
        (here / "empty").mkdir(mode=0o750)
    if folder == "link":
        (here / "link").symlink_to("empty")
    made = write(made_up(thing("Body", "board")), Path(folder))
    assert made == [Path(folder) / "dataset.yaml", Path(folder) / "bodies.yaml"]
    below = [path.relative_to(folder).as_posix() for path in sorted(Path(folder).rglob("*"))]
    assert below == ["bodies.yaml", "dataset.yaml"]
    assert sum(path.is_file() for path in here.rglob("*")) == 2
    (here / "beside").mkdir()
    usual = (here / "empty" if folder == "link" else here / "beside").stat().st_mode
    if folder == "empty":
        usual = 0o40750
    assert Path(folder).stat().st_mode == usual


@pytest.mark.parametrize("folder", ["new/one", "empty"])
def test_a_full_disk_leaves_nothing_behind(here: Path, folder: str) -> None:
    resource = pytest.importorskip("resource", reason="only Unix can limit the size of files")
    (here / "empty").mkdir()
    structure = made_up(*(thing("Body", f"body-{number}") for number in range(99)))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OrgmodelError) as caught:
            write(structure, Path(folder))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert str(caught.value) == f"{Path(folder)} cannot be written: File too large"
    assert listing(here) == ["empty"]
