"""The made-up England of the benchmarks: the same everywhere, right by the rules, as odd as real data."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from benchmarks.england import MOST_PARTNERSHIPS, england, to_ask, with_one_seat_changed
from benchmarks.england_making import shares
from orgmodel.building import build
from orgmodel.errors import Place
from orgmodel.records import DatasetRecord, NodeRecord, RelationshipRecord
from orgmodel.vocabulary import CERTAINTIES, NODE_TYPES, OPEN_END, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from orgmodel.model import Entity
    from orgmodel.structure import Structure

ROOT = Path(__file__).parent.parent


@cache
def two() -> Structure:
    return england(2)


@cache
def ten() -> Structure:
    return england(10)


def fingerprint(structure: Structure) -> str:
    """All that a structure says, in its order, in a few letters."""
    said = hashlib.sha256()
    for entity in (*structure.datasets, *structure.nodes.values(), *structure.relationships.values()):
        said.update(entity.model_dump_json().encode())
    said.update(repr(structure.holdings).encode())
    return said.hexdigest()


def fields(entity: Entity) -> dict[str, Any]:
    """What a dataset would say of it."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in entity
        if name != "datasets" and value != type(entity).model_fields[name].default
    }


def as_records(structure: Structure) -> DatasetRecord:
    """A structure as a reader would find it: seats and relationships have keys for ids."""
    nodes: dict[str, NodeRecord] = {}
    lines: list[RelationshipRecord] = []
    for node in structure.nodes.values():
        nodes[node.id] = NodeRecord(node.term, fields(node), Place(node.id))
    for line in structure.relationships.values():
        said = fields(line)
        source, target = nodes[said.pop("from_id")], nodes[said.pop("to_id")]
        # from--type--to or from--type--to--key
        own = f"{line.from_id}--{RELATIONSHIP_TYPES[line.term].key.replace('_', '-')}--{line.to_id}"
        key = said.pop("id").removeprefix(own).removeprefix("--") or None
        lines.append(RelationshipRecord(line.term, source, target, said, Place(line.id), key=key))
    for seat in structure.labelled("Seat"):
        said = nodes[seat.id].fields
        # body--role--whom or body--role--whom--2
        numbered = re.fullmatch(r".*--(\d+)", str(said.pop("id")))
        nodes[seat.id].key = numbered[1] if numbered else None
    dataset = structure.datasets[0].model_dump(exclude_unset=True)
    return DatasetRecord(dataset, Place("england"), {}, list(nodes.values()), lines)


def test_the_same_arguments_give_the_same_structure_in_every_process() -> None:
    code = (
        "from tests.test_benchmark_data import england, fingerprint;"
        "print(fingerprint(england(2)), fingerprint(england(2, seed=7)))"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
    assert found[0][0] == fingerprint(two())
    assert found[0][0] != found[0][1]


@pytest.mark.parametrize(("size", "seed"), [(1, 2026), (2, 2026), (2, 3), (12, 8)])
def test_a_dataset_that_says_the_same_is_right_and_gives_the_same_structure(size: int, seed: int) -> None:
    structure = england(size, seed)
    built = build(as_records(structure))
    assert built.nodes == structure.nodes
    assert built.relationships == structure.relationships
    assert built.holdings == structure.holdings
    assert built.datasets == structure.datasets


def test_every_fact_holds_on_some_day_is_cited_and_joins_what_it_may() -> None:
    structure = ten()
    for entity in (*structure.nodes.values(), *structure.relationships.values()):
        assert not structure.holdings[entity.id].is_empty, entity.id
        assert entity.datasets == ("england",)
        assert entity.citations or entity.term == "Source", entity.id
        assert (entity.basis is None) == (entity.certainty == "stated"), entity.id
    for line in structure.relationships.values():
        ends = structure.nodes[line.from_id].term, structure.nodes[line.to_id].term
        assert ends[1] in RELATIONSHIP_TYPES[line.term].to_labels(ends[0]), line.id


@pytest.mark.parametrize("size", [1, 10, 40])
def test_all_grows_with_the_partnerships(size: int) -> None:
    structure = england(size)
    counts = Counter(node.term for node in structure.nodes.values())
    assert counts["Partnership"] == size
    assert counts["Body"] == 12 * size
    assert counts["Seat"] == 294 * size
    assert counts["Post"] == 98 * size
    # The national ones are as many for one partnership as for all of them.
    assert counts["Organisation"] == pytest.approx(39 * size, rel=0.1, abs=20)
    assert len(structure.nodes) == pytest.approx(472 * size, rel=0.05, abs=100)
    assert len(structure.relationships) == pytest.approx(1310 * size, rel=0.05, abs=150)


def test_it_has_every_label_and_every_relationship_type_and_certainty() -> None:
    structure = ten()
    assert {node.term for node in structure.nodes.values()} == {*NODE_TYPES}
    assert {line.term for line in structure.relationships.values()} == {*RELATIONSHIP_TYPES}
    assert {line.certainty for line in structure.relationships.values()} == {*CERTAINTIES}


def test_a_few_are_very_large_and_most_are_small() -> None:
    structure = ten()
    on = Counter(line.to_id for line in structure.relationships.values() if line.term == "ON")
    seats = sorted(on[body.id] for body in structure.labelled("Body"))
    assert seats[-1] > 10 * seats[len(seats) // 2]
    bodies = Counter(body.citations[0].split("-arrangements")[0] for body in structure.labelled("Body"))
    del bodies
    areas = [one.id.removesuffix("-safeguarding-partnership") for one in structure.labelled("Partnership")]
    sizes = sorted(sum(b.id.startswith(f"{area}-") for b in structure.labelled("Body")) for area in areas)
    assert sizes[-1] > 2 * sizes[len(sizes) // 2]
    assert sizes[0] >= 4


def test_partners_sit_in_several_partnerships() -> None:
    structure = ten()
    areas = [one.id.removesuffix("-safeguarding-partnership") for one in structure.labelled("Partnership")]

    def partnerships(kind: str, ending: str) -> list[int]:
        return [
            len({area for area in areas for line in represented if line.from_id.startswith(f"{area}-")})
            for node in structure.labelled("Organisation")
            if node.kind == kind and node.id.endswith(ending)
            for represented in [structure.inward(node.id, "REPRESENTS")]
        ]

    assert max(partnerships("police", "shire-police")) > 2
    assert max(partnerships("nhs-commissioner", "integrated-care-board")) > 2
    assert partnerships("regulator", "ofsted")[0] > 5


def test_there_are_groups_of_groups_of_groups_and_groups_of_several() -> None:
    structure = ten()
    parts = nx.DiGraph(
        (line.from_id, line.to_id)
        for line in structure.relationships.values()
        if line.term == "PART_OF" and structure.nodes[line.from_id].term == "Body"
    )
    # A sub-group, its group, the group of that, the executive, the board, the partnership.
    assert nx.dag_longest_path_length(parts) >= 4
    assert max(degree for _, degree in parts.out_degree()) > 1


def test_accountability_goes_up_to_the_officers_and_here_and_there_in_a_circle() -> None:
    structure = ten()
    board = structure.labelled("Partnership")[0].id.removesuffix("partnership") + "partnership-board"
    officers = [
        structure.nodes[line.to_id].aliases
        for line in structure.outward(board, "ACCOUNTABLE_TO")
        if structure.nodes[line.to_id].term == "Post"
    ]
    assert {*officers} == {("Chief Executive",), ("Chief Constable",), ("Accountable Officer",)}
    lines = [line for line in structure.relationships.values() if line.term == "ACCOUNTABLE_TO"]
    up = nx.DiGraph((line.from_id, line.to_id) for line in lines)
    assert any(len(circle) > 1 for circle in nx.strongly_connected_components(up))
    acting = nx.DiGraph(
        (line.from_id, line.to_id) for line in structure.relationships.values() if line.term == "ACTS_FOR"
    )
    chief = {i for i in up if structure.nodes[i].term == "Post"}
    assert any(len(nx.ancestors(acting, post)) > 2 for post in chief if post in acting)


def test_what_ended_was_succeeded_and_dates_are_partial() -> None:
    structure = ten()
    ended = {i for i, held in structure.holdings.items() if held.holds_to != OPEN_END}
    succeeded = {line.to_id for line in structure.relationships.values() if line.term == "SUCCEEDS"}
    for label in ("Body", "Organisation"):
        ids = {node.id for node in structure.labelled(label)}
        assert ids & ended & succeeded
        assert ids & ended - succeeded
    lengths = Counter(len(n.start_date) for n in structure.nodes.values() if n.start_date)
    assert {*lengths} == {4, 7, 10}


def test_boards_of_neighbouring_areas_have_agreements() -> None:
    structure = ten()
    boards = {line.to_id: [] for line in structure.relationships.values() if line.term == "PARTY_TO"}
    for line in structure.relationships.values():
        if line.term == "PARTY_TO" and line.from_id.endswith("-safeguarding-partnership-board"):
            boards[line.to_id].append(line.from_id)
    assert sum(len(parties) == 2 for parties in boards.values()) == 10


def test_it_has_the_errors_of_real_data_that_the_model_allows() -> None:
    structure = ten()
    chaired = {
        line.to_id
        for line in structure.relationships.values()
        if line.term == "ON" and structure.nodes[line.from_id].get("role") == "chair"
    }
    seated = {line.to_id for line in structure.relationships.values() if line.term == "ON"}
    assert seated - chaired, "a body without a chair"
    empty = [
        seat
        for seat in structure.labelled("Seat")
        if not structure.outward(seat.id, "REPRESENTS", "FILLED_BY")
    ]
    assert empty, "a seat that is for nobody"


def test_there_is_one_seat_of_which_another_version_can_be_had() -> None:
    before, after = two(), with_one_seat_changed(two())
    changed = [i for i in before.nodes if before.nodes[i] != after.nodes[i]]
    assert list(after.nodes) == list(before.nodes)
    assert len(changed) == 1
    seat, other = before.nodes[changed[0]], after.nodes[changed[0]]
    assert seat.term == "Seat"
    assert {name for name in type(seat).model_fields if seat.get(name) != other.get(name)} == {
        "name",
        "role",
        "places",
    }
    assert (after.relationships, after.holdings) == (before.relationships, before.holdings)


@pytest.mark.parametrize("label", ["Body", "Organisation"])
def test_what_to_ask_about_is_small_middling_and_large(label: str) -> None:
    structure = ten()
    asked = to_ask(structure, label)
    there = structure.as_of("2025-01-01")
    joined = [
        len([*filter(lambda r: i in (r.from_id, r.to_id), there.relationships.values())])
        for i in asked.values()
    ]
    assert list(asked) == ["small", "middling", "largest"]
    assert all(one < another for one, another in pairwise(joined))
    assert all(structure.nodes[i].term == label for i in asked.values())
    assert to_ask(england(10), label) == asked


@pytest.mark.parametrize("size", [0, -1, MOST_PARTNERSHIPS + 1])
def test_there_must_be_places_for_the_partnerships(size: int) -> None:
    with pytest.raises(ValueError, match=r"^partnerships must be from 1 to 5000, not "):
        england(size)


def test_shares_add_up_and_fall() -> None:
    for count in (1, 2, 7, 150):
        found = shares(12 * count, count, 0.06, 4)
        assert sum(found) == 12 * count
        assert found == sorted(found, reverse=True)
        assert min(found) >= 4
