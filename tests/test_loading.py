"""One dataset on a server: what a load says, asks and writes, and what it makes of changes by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgmodel.datasets import yaml
from tests.datasets import BASE, write
from tests.loaded import content, everything, last_written, run, wanted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.neo4j_server import Login

    Command = Callable[..., tuple[object, str, str]]

RIVERTON = """\
organisations:
  - {id: council, name: Council, kind: local-authority, citations: [terms 1]}
  - {id: police, name: Police, kind: police, citations: [terms 1]}
posts:
  - {id: chief, name: Chief Executive, post_in: council, citations: [terms 1]}
bodies:
  - id: board
    name: Board
    tier: Top
    citations: [terms 1]
    part_of: partnership
    accountable_to: chief
    seats:
      - {name: Council, role: chair, represents: council, places: 1}
      - {name: Constable, role: member, represents: police}
"""


@pytest.fixture
def command(database: Login, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command against the server: exit code, stdout and stderr."""
    monkeypatch.setenv("ORGMODEL_GRAPH", database.address)
    monkeypatch.delenv("COLUMNS", raising=False)
    return lambda *arguments: run(database, capfd, *arguments)


@pytest.fixture
def riverton(here: Path) -> Path:
    """The place of a small dataset."""
    return write(here / "riverton", {"base.yaml": BASE, "riverton.yaml": RIVERTON})


def change(dataset: Path, *changes: tuple[str, str]) -> None:
    """Changes texts of a dataset."""
    file = dataset / "riverton.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")



GOOD = "orgmodel: riverton is loaded into SERVER\n"

STEPS = {
    "a seat renamed, of more places": (("name: Council, role: chair", "name: Leader, role: chair"), ("places: 1", "places: 2")),
    "a seat added": (("represents: police}\n", "represents: police}\n      - {name: Fire, role: adviser}\n"),),
    "a seat removed": (("      - {name: Constable, role: member, represents: police}\n", ""),),
    "a property of a line added": (("accountable_to: chief", "accountable_to: {to: chief, id: answers, subject: money}"),),
    "a property of a line changed": (("subject: money", "subject: children"),),
    "a line to another end": (("{to: chief", "{to: police"),),
    "another label": (("  - {id: police, name: Police, kind: police, citations: [terms 1]}\n", ""), ("bodies:\n", "bodies:\n  - {id: police, name: Police, citations: [terms 1]}\n")),
    "a line of another type": (("accountable_to: {", "reports_to: {"),),
    "all lines removed": (("    part_of: partnership\n", ""), ("    reports_to: {to: police, id: answers, subject: children}\n", ""), ("    seats:\n      - {name: Leader, role: chair, represents: council, places: 2}\n      - {name: Fire, role: adviser}\n", "")),
}
