"""What a governance chart takes in beyond its own bodies, and what it says of the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orgmodel.charts.governance import governance
from orgmodel.datasets.yaml import read

STARTER = Path(__file__).parent.parent / "orgmodel" / "starter"

CABINET = """
bodies:
  - id: cabinet
    name: Cabinet
    kind: board
    citations: [terms-2024 1]
    accountable_to: council-chief-executive
  - id: full-council
    name: Full Council
    kind: board
    citations: [terms-2024 1]
    scrutinises: riverton-executive
"""
MORE_LINES = """
    accountable_to:
      - cabinet
      - to: chief-constable"""


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STARTER, tmp_path / "riverton"))


def _changed(dataset: Path, old: str, new: str) -> None:
    file = dataset / "bodies.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_body_outside_that_accountability_leads_through_has_a_box_and_its_lines(dataset: Path) -> None:
    (dataset / "cabinet.yaml").write_text(CABINET, encoding="utf-8")
    _changed(
        dataset,
        "\n    accountable_to:\n      - council-chief-executive\n      - to: chief-constable",
        MORE_LINES,
    )
    drawing = governance(read(dataset).as_of("2025"))
    assert [(band.name, [box.id for box in band.boxes]) for band in drawing.bands] == [
        ("Ultimately accountable", ["chief-constable", "council-chief-executive"]),
        ("Outside the partnership", ["cabinet"]),
        ("Strategic", ["riverton-executive", "riverton-business-unit", "riverton-health-board"]),
        ("Delivery", ["riverton-exploitation-group"]),
    ]
    strong = {(line.from_id, line.to_id) for line in drawing.lines if line.kind == "accountable"}
    assert strong == {
        ("riverton-executive", "cabinet"),
        ("riverton-executive", "chief-constable"),
        ("cabinet", "council-chief-executive"),
    }


def test_reports_to_and_from_a_board_outside_that_has_a_box_are_drawn(dataset: Path) -> None:
    _changed(
        dataset,
        "    name: Riverton Health and Wellbeing Board\n",
        "    name: Riverton Health and Wellbeing Board\n    reports_to: riverton-executive\n",
    )
    _changed(dataset, "    reports_to: {to:", "    reports_to: [riverton-health-board, {to:")
    _changed(dataset, "frequency: quarterly}", "frequency: quarterly}]")
    drawing = governance(read(dataset).as_of("2025"))
    reports = {(line.from_id, line.to_id) for line in drawing.lines if line.kind == "reports"}
    assert reports == {
        ("riverton-health-board", "riverton-executive"),
        ("riverton-exploitation-group", "riverton-health-board"),
    }
    assert [note for note in drawing.notes if "not drawn" in note] == []


def test_lines_from_what_has_no_box_are_counted(dataset: Path) -> None:
    (dataset / "cabinet.yaml").write_text(CABINET, encoding="utf-8")
    drawing = governance(read(dataset).as_of("2025"))
    assert [note for note in drawing.notes if "not drawn" in note] == [
        (
            "Lines to the partnership as a whole, or to others that have no box here, that are not drawn: "
            "1 of scrutiny."
        )
    ]


def test_questions_that_the_sources_leave_open_are_counted(dataset: Path) -> None:
    drawing = governance(read(dataset).as_of("2025"))
    assert (
        "Questions about what is shown: 1 not answered by the sources; the dataset lists them."
        in drawing.notes
    )
