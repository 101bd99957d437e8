"""One dataset on a server: what a load says, asks and writes, and what it makes of changes by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgmodel.datasets import yaml
from orgmodel.session import open_source
from orgmodel.stores import shared
from orgmodel.version import VERSION
from orgmodel.vocabulary import NODE_TYPES
from tests.datasets import BASE, write
from tests.loaded import content, everything, last_written, run, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.neo4j_server import Login

    Command = Callable[..., tuple[object, str, str]]

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "orgmodel" / "starter"
DONE = "orgmodel: riverton is loaded into SERVER\n"

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


def told(out: str) -> str:
    """What `--verbose` says after the table."""
    return out.rpartition("\N{BOX DRAWINGS LIGHT UP AND LEFT}\n")[2]


# A first load

PLAN = """\
┏━━━━━━━━━━━━━━━━━━┳━━━━━━━┳━━━━━━━━━┳━━━━━━━━━┓
┃                  ┃ added ┃ changed ┃ removed ┃
┡━━━━━━━━━━━━━━━━━━╇━━━━━━━╇━━━━━━━━━╇━━━━━━━━━┩
│ Partnership      │     1 │         │         │
│ Body             │     1 │         │         │
│ Organisation     │     2 │         │         │
│ Post             │     1 │         │         │
│ Seat             │     2 │         │         │
│ Source           │     1 │         │         │
│ ACCOUNTABLE_TO   │     1 │         │         │
│ ON               │     2 │         │         │
│ REPRESENTS       │     2 │         │         │
│ POST_IN          │     1 │         │         │
│ PART_OF          │     1 │         │         │
├──────────────────┼───────┼─────────┼─────────┤
│ riverton, in all │    15 │       0 │       0 │
└──────────────────┴───────┴─────────┴─────────┘
"""
EACH = """\
added Partnership partnership
added Body board
added Organisation council
added Organisation police
added Post chief
added Seat board--chair--council
added Seat board--member--police
added Source terms
added ACCOUNTABLE_TO board--accountable-to--chief
added ON board--chair--council--on--board
added ON board--member--police--on--board
added REPRESENTS board--chair--council--represents--council
added REPRESENTS board--member--police--represents--police
added POST_IN chief--post-in--council
added PART_OF board--part-of--partnership
"""
DRY = "orgmodel: a dry run: nothing was written\n"
NOBODY = "Error: nobody is there to be asked: --yes does it, --dry-run only shows it"


def test_a_load_shows_its_plan_and_writes_only_when_told(
    command: Command, database: Login, riverton: Path
) -> None:
    before, at = everything(database), last_written(database)
    assert command("load", riverton, "--dry-run") == (0, PLAN, DRY)
    assert command("load", riverton, "-n", "-y", "-v") == (0, PLAN + EACH, DRY)
    code, out, err = command("load", riverton)
    assert (code, out, err.splitlines()[-1]) == (2, PLAN, NOBODY)
    assert (everything(database), last_written(database)) == (before, at)

    assert command("load", riverton, "--yes", "--verbose") == (0, PLAN + EACH, DONE)
    assert content(database) == wanted(yaml.read(riverton))

    before, at = everything(database), last_written(database)
    for more in ([], ["--yes"], ["--dry-run"], ["--verbose"]):
        assert command("load", riverton, *more) == (0, "riverton: nothing to change\n", "")
    assert (everything(database), last_written(database)) == (before, at)

    assert command("unload", "riverton", "--dry-run")[0::2] == (0, DRY)
    assert command("unload", "riverton")[0] == 2
    assert (everything(database), last_written(database)) == (before, at)


def test_every_label_has_an_id_that_is_unique_on_the_server(command: Command, database: Login) -> None:
    assert command("load", STARTER, "--yes")[0] == 0
    rows = database.run("SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties")
    # Neo4j calls it NODE_PROPERTY_UNIQUENESS from 2025 on.
    assert {kind.removeprefix("NODE_PROPERTY_") for kind, _, _ in rows} == {"UNIQUENESS"}
    assert sorted((label, name) for _, (label,), (name,) in rows) == sorted(
        [*((label, "id") for label in NODE_TYPES), ("LoadLock", "id"), ("LoadRecord", "dataset")]
    )


def counts(out: str) -> dict[str, list[str]]:
    """The rows of the tables of a plan, by their first cells."""
    rows = [re.split(" *│ *", line.strip("│\n ")) for line in out.splitlines() if line.startswith("│")]
    return {row[0]: [cell.strip() for cell in (*row[1:], "", "")][:3] for row in rows}


def test_the_bundled_datasets_are_loaded_one_after_the_other(command: Command, database: Login) -> None:
    from orgmodel.session import open_dataset

    bundled = open_dataset(None)
    code, out, err = command("load", "--yes")
    assert (code, err) == (
        0,
        "orgmodel: dudley is loaded into SERVER\norgmodel: shropshire is loaded into SERVER\n",
    )
    for part, text in zip(
        bundled.parts(), out.split("\N{BOX DRAWINGS HEAVY DOWN AND RIGHT}")[1:], strict=True
    ):
        first = part.datasets[0].id == "dudley"
        rows: dict[str, list[int]] = {}
        for entity in (*part.nodes.values(), *part.relationships.values()):
            # What the first states already changes with the second: it is of both then.
            changes = not first and entity.id in bundled.versions
            for row in (entity.term, f"{part.datasets[0].id}, in all"):
                rows.setdefault(row, [0, 0])[changes] += 1
        assert counts(text) == {
            row: [f"{number:,}" if number or "in all" in row else "" for number in (*numbers, 0)]
            for row, numbers in rows.items()
        }
    assert content(database) == wanted(bundled)
    with open_source(database.address) as session:
        assert session.structure() == bundled
    assert command("load")[:2] == (0, "dudley: nothing to change\nshropshire: nothing to change\n")


# Changes in the dataset

STEPS = {
    "a seat renamed": (
        [("name: Council, role: chair", "name: Leader, role: chair"), ("places: 1", "places: 2")],
        """\
changed Seat board--chair--council
    name: "Council" -> "Leader"
    places: 1 -> 2
""",
    ),
    "a seat added": (
        [("represents: police}\n", "represents: police}\n      - {name: Fire, role: adviser}\n")],
        "added Seat board--adviser--fire\nadded ON board--adviser--fire--on--board\n",
    ),
    "a seat removed": (
        [("      - {name: Constable, role: member, represents: police}\n", "")],
        """\
removed Seat board--member--police
removed ON board--member--police--on--board
removed REPRESENTS board--member--police--represents--police
""",
    ),
    "a property added and one removed": (
        [("name: Board", 'name: Board\n    note: Red "and" Größe'), ("    tier: Top\n", "")],
        """\
changed Body board
    note: (none) -> "Red \\"and\\" Größe"
    tier: "Top" -> (none)
""",
    ),
    "a line with an id of its own": (
        [("accountable_to: chief", "accountable_to: {to: chief, id: answers, subject: money}")],
        "added ACCOUNTABLE_TO answers\nremoved ACCOUNTABLE_TO board--accountable-to--chief\n",
    ),
    "a property of a line": (
        [("subject: money", "subject: children")],
        'changed ACCOUNTABLE_TO answers\n    subject: "money" -> "children"\n',
    ),
    "a line to another end": (
        [("{to: chief", "{to: police")],
        "added ACCOUNTABLE_TO answers\nremoved ACCOUNTABLE_TO answers\n",
    ),
    "another label": (
        [
            ("  - {id: police, name: Police, kind: police, citations: [terms 1]}\n", ""),
            ("bodies:\n", "bodies:\n  - {id: police, name: Police, citations: [terms 1]}\n"),
        ],
        """\
added Body police
removed Organisation police
added ACCOUNTABLE_TO answers
removed ACCOUNTABLE_TO answers
""",
    ),
    "a line of another type": (
        [("accountable_to: {", "reports_to: {")],
        "removed ACCOUNTABLE_TO answers\nadded REPORTS_TO answers\n",
    ),
    "no lines any more": (
        [
            ("    part_of: partnership\n", ""),
            ("    reports_to: {to: police, id: answers, subject: children}\n", ""),
            ("    seats:\n", ""),
            ("      - {name: Leader, role: chair, represents: council, places: 2}\n", ""),
            ("      - {name: Fire, role: adviser}\n", ""),
        ],
        """\
removed Seat board--adviser--fire
removed Seat board--chair--council
removed REPORTS_TO answers
removed ON board--adviser--fire--on--board
removed ON board--chair--council--on--board
removed REPRESENTS board--chair--council--represents--council
removed PART_OF board--part-of--partnership
""",
    ),
}


def test_changes_of_the_dataset_are_told_and_written(
    command: Command, database: Login, riverton: Path
) -> None:
    assert command("load", riverton, "--yes")[0] == 0
    for what, (changes, lines) in STEPS.items():
        change(riverton, *changes)
        code, out, err = command("load", riverton, "--yes", "--verbose")
        # The order in which the server gives things is its own.
        assert (code, sorted(told(out).splitlines()), err) == (0, sorted(lines.splitlines()), DONE), what
        structure = yaml.read(riverton)
        assert content(database) == wanted(structure), what
    at = last_written(database)
    assert command("load", riverton)[1] == "riverton: nothing to change\n"
    assert last_written(database) == at
    rows = database.run("MATCH (r:LoadRecord) RETURN r.nodes, r.relationships, r.version")
    assert rows == [(len(structure.nodes), len(structure.relationships), VERSION)]

    base = riverton / "base.yaml"
    base.write_text(BASE.replace("name: Riverton}", "name: Riverton North}"), encoding="utf-8")
    assert command("load", riverton, "--yes") == (0, "riverton: only its record changes\n", DONE)
    assert command("load", riverton)[1] == "riverton: nothing to change\n"
    with open_source(database.address) as session:
        assert session.structure() == yaml.read(riverton)


# Changes by hand

_BOARD = "MATCH (n:Body {id: 'board'}) "
_POLICE = "MATCH (n:Organisation {id: 'police'}) "
_CHAIR = "MATCH (n:Seat {id: 'board--chair--council'}) "
_POST_IN = "MATCH (a)-[r:POST_IN]->(b) "
_AGAIN = "added POST_IN chief--post-in--council\nremoved POST_IN chief--post-in--council\n"
_POLICE_AGAIN = """\
added REPRESENTS board--member--police--represents--police
removed REPRESENTS board--member--police--represents--police
"""

MENDED = {
    "a text": (_BOARD + "SET n.name = 'Bored'", 'changed Body board\n    name: "Bored" -> "Board"\n'),
    "a property gone": (_BOARD + "REMOVE n.tier", 'changed Body board\n    tier: (none) -> "Top"\n'),
    "a property more": (_BOARD + "SET n.red = 1", "changed Body board\n    red: 1 -> (none)\n"),
    "an empty list": (
        _BOARD + "SET n.citations = []",
        'changed Body board\n    citations: [] -> ["terms 1"]\n',
    ),
    "text for a list": (
        _BOARD + "SET n.citations = 'terms 1'",
        'changed Body board\n    citations: "terms 1" -> ["terms 1"]\n',
    ),
    "a date of the server's own type": (
        _BOARD + "SET n.holds_from = date('2019-05-01')",
        'changed Body board\n    holds_from: "2019-05-01" -> "2019-05-01"\n',
    ),
    "a number with a point": (
        _CHAIR + "SET n.places = 1.0",
        "changed Seat board--chair--council\n    places: 1.0 -> 1\n",
    ),
    "true": (
        _CHAIR + "SET n.places = true",
        "changed Seat board--chair--council\n    places: true -> 1\n",
    ),
    "a property of a line": (
        _POST_IN + "SET r.holds_to = '2020-01-01', r.extra = ['x']",
        """\
changed POST_IN chief--post-in--council
    extra: ["x"] -> (none)
    holds_to: "2020-01-01" -> "9999-12-31"
""",
    ),
    "a line deleted": (_POST_IN + "DELETE r", "added POST_IN chief--post-in--council\n"),
    "a line copied": (_POST_IN + "CREATE (a)-[c:POST_IN]->(b) SET c = properties(r)", _AGAIN),
    "a line copied twice and changed": (
        _POST_IN + "UNWIND [1, 2] AS i CREATE (a)-[c:POST_IN]->(b) SET c = properties(r), r.note = 'x'",
        _AGAIN,
    ),
    "a line copied to elsewhere": (
        _POST_IN + "MATCH (o {id: 'police'}) CREATE (a)-[c:POST_IN]->(o) SET c = properties(r)",
        _AGAIN,
    ),
    # The server gives the copy first.
    "a line copied to elsewhere before": (
        _POST_IN + "MATCH (o {id: 'police'}) WITH a, r, b, o, properties(r) AS p DELETE r "
        "CREATE (a)-[c:POST_IN]->(o) SET c = p CREATE (a)-[d:POST_IN]->(b) SET d = p",
        _AGAIN,
    ),
    "a line turned": (
        _POST_IN + "CREATE (b)-[c:POST_IN]->(a) SET c = properties(r) DELETE r",
        _AGAIN,
    ),
    "a line as another type": (
        _POST_IN + "CREATE (a)-[c:SUPPORTS]->(b) SET c = properties(r)",
        "removed SUPPORTS chief--post-in--council\n",
    ),
    "another id of a line": (
        _POST_IN + "SET r.id = 'other'",
        "added POST_IN chief--post-in--council\nremoved POST_IN other\n",
    ),
    "a node deleted": (
        _POLICE + "DETACH DELETE n",
        "added Organisation police\nadded REPRESENTS board--member--police--represents--police\n",
    ),
    "another id of a node": (
        _POLICE + "SET n.id = 'other'",
        "added Organisation police\nremoved Organisation other\n" + _POLICE_AGAIN,
    ),
    "a node copied": (
        _POLICE + "CREATE (c:Organisation) SET c = n {.*, id: 'other'}",
        "removed Organisation other\n",
    ),
    "a node copied as another": (
        _POLICE + "CREATE (c:Body) SET c = properties(n)",
        "removed Body police\n" + _POLICE_AGAIN,
    ),
    "another label": (
        _POLICE + "SET n:Body REMOVE n:Organisation",
        "removed Body police\nadded Organisation police\n" + _POLICE_AGAIN,
    ),
    "versions where there are none": (
        _POLICE + "SET n.versions = ['[]']",
        'changed Organisation police\n    versions: ["[]"] -> (none)\n',
    ),
    "the record gone": ("MATCH (r:LoadRecord) DELETE r", "riverton: only its record changes\n"),
    "the record changed": ("MATCH (r:LoadRecord) SET r.nodes = 9", "riverton: only its record changes\n"),
}


@pytest.fixture
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to how many things labels and types are read in one query."""
    if request.param is not None:
        monkeypatch.setattr(shared, "_FEW", request.param)


# As they come, all are read together; of larger graphs some, and here those that there is one of.
alone_or_together = pytest.mark.parametrize("few", [None, 1], indirect=True, ids=["together", "alone"])


@alone_or_together
@pytest.mark.usefixtures("few")
def test_what_was_changed_by_hand_is_told_and_mended(
    command: Command, database: Login, riverton: Path
) -> None:
    assert command("load", riverton, "--yes")[0] == 0
    good = wanted(yaml.read(riverton))
    for what, (edit, lines) in MENDED.items():
        database.run(edit)
        code, out, err = command("load", riverton, "--yes", "--verbose")
        assert (code, sorted(told(out).splitlines()), err) == (0, sorted(lines.splitlines()), DONE), what
        assert content(database) == good, what
    at = last_written(database)
    assert command("load", riverton)[1] == "riverton: nothing to change\n"
    assert last_written(database) == at
    rows = database.run("MATCH (r:LoadRecord) RETURN r.nodes, r.relationships")
    assert rows == [(good.nodes.total(), good.relationships.total())]


def test_lines_do_not_stay_on_a_node_that_lost_its_label(
    command: Command, database: Login, riverton: Path
) -> None:
    assert command("load", riverton, "--yes")[0] == 0
    database.run(_POLICE + "REMOVE n:Organisation")
    code, out, _ = command("load", riverton, "--yes", "--verbose")
    assert (code, told(out)) == (0, "added Organisation police\n" + _POLICE_AGAIN)
    # Without a label of ours it is somebody else's, and stays.
    stray = "MATCH (n {id: 'police'}) WHERE NOT n:Organisation "
    assert database.run(stray + "RETURN labels(n)") == [([],)]
    database.run(stray + "DELETE n")
    assert content(database) == wanted(yaml.read(riverton))


_NOT_OURS = "orgmodel: SERVER holds what orgmodel did not write: {}; give orgmodel a database of its own\n"
_UNREAD = (
    "SERVER Organisation police: was changed by hand so that it cannot be read: delete it there and load "
    "again riverton\norgmodel: 1 finding in the dataset\n"
)
_TWO_LABELS = (
    "SERVER police: has the labels Body and Organisation: take away there what is wrong\n"
    "orgmodel: 1 finding in the dataset\n"
)
_OURS = _POLICE + "SET n.datasets = ['riverton'] REMOVE n.versions"

REFUSED = {
    "a node without datasets": (
        "CREATE (:Body {id: 'x', name: 'X'})",
        "MATCH (n:Body {id: 'x'}) DELETE n",
        _NOT_OURS.format("1 Body"),
    ),
    "nodes and lines without anything": (
        "MATCH (p:Post), (b:Body {id: 'board'}) CREATE (p)-[:ACTS_FOR]->(b), (p)-[:ACTS_FOR]->(b), (:Seat)",
        "MATCH ()-[r:ACTS_FOR]->() DELETE r WITH count(*) AS c MATCH (s:Seat) WHERE s.id IS NULL DELETE s",
        _NOT_OURS.format("1 Seat, 2 ACTS_FOR"),
    ),
    "our node without datasets": (_POLICE + "REMOVE n.datasets", _OURS, _NOT_OURS.format("1 Organisation")),
    "text for the datasets": (
        _POLICE + "SET n.datasets = 'riverton'",
        _OURS,
        _NOT_OURS.format("1 Organisation"),
    ),
    "no datasets": (_POLICE + "SET n.datasets = []", _OURS, _NOT_OURS.format("1 Organisation")),
    "an unknown dataset": (
        _POLICE + "SET n.datasets = ['other']",
        _OURS,
        _NOT_OURS.format("1 Organisation"),
    ),
    "an unknown dataset beside": (_POLICE + "SET n.datasets = ['riverton', 'other']", _OURS, _UNREAD),
    "a dataset twice": (_POLICE + "SET n.datasets = ['riverton', 'riverton']", _OURS, _UNREAD),
    "versions of another sort": (
        _POLICE + "SET n.datasets = ['riverton', 'other'], n.versions = ['[]', '1']",
        _OURS,
        _UNREAD,
    ),
    "no id": (
        _POLICE + "REMOVE n.id",
        "MATCH (n:Organisation) WHERE n.id IS NULL SET n.id = 'police'",
        _NOT_OURS.format("1 Organisation"),
    ),
    "an empty id": (
        _POLICE + "SET n.id = ''",
        "MATCH (n:Organisation {id: ''}) SET n.id = 'police'",
        _NOT_OURS.format("1 Organisation"),
    ),
    "a number for an id": (
        _POLICE + "SET n.id = 7",
        "MATCH (n:Organisation {id: 7}) SET n.id = 'police'",
        _NOT_OURS.format("1 Organisation"),
    ),
    "a second label of ours, of which there is little": (
        _POLICE + "SET n:Issue",
        _POLICE + "REMOVE n:Issue",
        _TWO_LABELS.replace("Body and Organisation", "Issue and Organisation"),
    ),
    "a second label of ours": (
        _POLICE + "SET n:Body",
        _POLICE + "REMOVE n:Body",
        _TWO_LABELS,
    ),
}


@alone_or_together
@pytest.mark.usefixtures("few")
def test_what_orgmodel_did_not_write_is_refused(command: Command, database: Login, riverton: Path) -> None:
    assert command("load", riverton, "--yes")[0] == 0
    good = content(database)
    for what, (edit, undo, error) in REFUSED.items():
        database.run(edit)
        at = last_written(database)
        for arguments in (("load", riverton, "--yes"), ("unload", "riverton", "--yes")):
            # To unload, what cannot be read must be known to be of no other dataset; see the next test.
            assert command(*arguments) == (1, "", error), what
        assert last_written(database) == at, what
        database.run(undo)
        assert content(database) == good, what
    assert command("load", riverton)[1] == "riverton: nothing to change\n"


def test_foreign_data_is_left_alone(command: Command, database: Login, riverton: Path) -> None:
    database.run(
        "CREATE (a:Thing {id: 'board', datasets: ['riverton']})-[:KNOWS {id: 'chief--post-in--council'}]->"
        "(b:Thing {id: 'police'}), (:LoadRecorder), ()"
    )
    foreign = everything(database)[:2]
    assert command("load", riverton, "--yes")[0] == 0
    database.run(
        "MATCH (t:Thing {id: 'board'}), (n:Organisation {id: 'police'}) "
        "CREATE (t)-[:LIKES {since: 1}]->(n), (n)-[:LIKES]->(t)"
    )
    likes = database.run("MATCH ()-[r:LIKES]->() RETURN elementId(r), properties(r)")
    change(riverton, ("name: Police,", "name: The Police,"))
    assert command("load", riverton, "--yes")[0] == 0
    change(
        riverton,
        ("  - {id: police, name: The Police, kind: police, citations: [terms 1]}\n", ""),
        ("      - {name: Constable, role: member, represents: police}\n", ""),
    )
    hung = (
        "SERVER Organisation police: is to go, but 2 LIKES hang on it that riverton does not state\n"
        "orgmodel: 1 finding in the dataset\n"
    )
    at = last_written(database)
    assert command("load", riverton, "--yes") == (1, "", hung)
    assert command("unload", "riverton", "--yes") == (1, "", hung)
    assert last_written(database) == at
    assert database.run("MATCH ()-[r:LIKES]->() RETURN elementId(r), properties(r)") == likes
    database.run("MATCH ()-[r:LIKES]->() DELETE r")
    assert command("unload", "riverton", "--yes")[0] == 0
    database.run("MATCH (l:LoadLock) DELETE l")
    assert everything(database)[:2] == foreign


# A stored hash


def test_only_with_trust_record_is_the_graph_not_read(
    command: Command, database: Login, riverton: Path
) -> None:
    trusted = ("load", riverton, "--trust-record", "--yes")
    assert command("load", riverton, "--yes")[0] == 0
    # A load without it stores no hash; one with it looks, and stores one.
    database.run("MATCH (n:Body) SET n.name = 'Bored'")
    assert command(*trusted)[0::2] == (0, DONE)
    good = wanted(yaml.read(riverton))
    assert content(database) == good
    database.run("MATCH (n:Body) SET n.name = 'Bored'")
    at = last_written(database)
    assert command(*trusted) == (0, "riverton: nothing to change\n", "")
    assert last_written(database) == at
    assert content(database) != good
    assert command("load", riverton, "--yes")[0::2] == (0, DONE)
    assert content(database) == good
    # The dataset changed, and the hash was stored before: no trust in it.
    assert command(*trusted)[0::2] == (0, DONE)
    for changes, _ in [
        *STEPS.values(),
        # In the end nothing but a label.
        ([(", post_in: council", "")], ""),
        ([("posts:\n", "people:\n")], ""),
    ]:
        change(riverton, *changes)
        assert command(*trusted)[0::2] == (0, DONE), changes
        assert content(database) == wanted(yaml.read(riverton)), changes
    (riverton / "base.yaml").write_text(BASE.replace("name: Riverton}", "name: River}"), encoding="utf-8")
    assert command(*trusted) == (0, "riverton: only its record changes\n", DONE)
    # And what did not change, but was loaded without the hash meanwhile.
    change(riverton, ("name: Council,", "name: The Council,"))
    assert command("load", riverton, "--yes")[0] == 0
    database.run("MATCH (n:Body {id: 'board'}) SET n.name = 'Bored'")
    assert command(*trusted)[0::2] == (0, DONE)
    assert content(database) == wanted(yaml.read(riverton))


# Reading back


def test_a_dataset_comes_back_from_the_server(
    command: Command, database: Login, riverton: Path, here: Path
) -> None:
    assert command("datasets") == (0, "", "orgmodel: no dataset is loaded there\n")
    assert command("load", riverton, "--yes")[0] == 0
    structure = yaml.read(riverton)
    with open_source(database.address) as session:
        assert session.structure() == structure
        assert session.structure("2019-05-01") == structure.as_of("2019-05-01")
    files = "".join(
        f"back/{name}.yaml\n" for name in ("dataset", "partnerships", "bodies", "organisations", "posts")
    )
    assert command("convert", database.address, "back") == (0, files, "")
    assert yaml.read(here / "back") == structure
    assert command("load", "back", "--yes") == (0, "riverton: nothing to change\n", "")
    assert command("convert", database.address, "back") == (
        1,
        "",
        "orgmodel: back is there already and is not empty: give the name of a new folder\n",
    )
    found = ("check", "--pack", "agreements", "--as-of", "2020-01-01")
    assert command(*found, database.address) == (0, "", "orgmodel: no findings, as of 2020-01-01\n")
    for arguments in (("show", "Board"), ("show", "chief", "--format", "json"), ("chart", "governance")):
        there = command(*arguments, "-g", database.address)
        assert there == command(*arguments, "-g", riverton)
        assert (there[0], there[2]) == (0, "")

    ((loaded_at,),) = database.run("MATCH (r:LoadRecord) RETURN r.loaded_at")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", loaded_at)
    row = ("riverton", "Riverton", "complete", len(structure.nodes), len(structure.relationships))
    assert command("datasets", "--format", "csv") == (
        0,
        "dataset,name,state,nodes,relationships,loaded_at,version\r\n"
        + ",".join(map(str, (*row, loaded_at, VERSION)))
        + "\r\n",
        "",
    )


def test_unloading_an_unknown_dataset_names_those_there(
    command: Command, database: Login, riverton: Path
) -> None:
    missing = "orgmodel: SERVER holds no dataset 'rivertown': {}\n"
    assert command("unload", "rivertown", "--yes") == (1, "", missing.format("there is none"))
    assert command("load", riverton, "--yes")[0] == 0
    at = last_written(database)
    assert command("unload", "rivertown", "--yes") == (
        1,
        "",
        missing.format("must be one of riverton; did you mean 'riverton'?"),
    )
    assert last_written(database) == at
    assert command("unload", "riverton", "--yes")[0::2] == (0, "orgmodel: riverton is unloaded from SERVER\n")
    assert content(database) == wanted()
    assert database.run("MATCH (n) RETURN labels(n)") == [(["LoadLock"],)]


# On a terminal


def on_terminal(typed: bytes, *arguments: str | Path) -> tuple[int, str, str]:
    """A command whose stdin and stderr are a terminal: exit code, stdout, and what the terminal showed."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, ROOT / "cli.py", *arguments],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
        ) as process:
            os.close(theirs)
            shown = b""
            asked = not typed
            while True:
                try:
                    some = os.read(ours, 65536)
                except OSError:  # On Linux the end of a terminal is an error.
                    break
                if not some:
                    break
                shown += some
                if not asked and b"[y/N]: " in shown:
                    os.write(ours, typed)
                    asked = True
            assert process.stdout is not None
            out = process.stdout.read().decode()
        return process.returncode, out, shown.decode().replace("\r\n", "\n")
    finally:
        os.close(ours)


def test_on_a_terminal_the_plan_is_asked_about(command: Command, database: Login, riverton: Path) -> None:
    assert command("datasets")[0] == 0
    load = ("load", riverton, "--to", database.address)
    question = f"Change {database.address} so (riverton)? [y/N]: "
    before, at = everything(database), last_written(database)
    for typed, answer in ((b"n\n", "n\n"), (b"\n", "\n"), (b"\x04", "")):
        code, out, shown = on_terminal(typed, *load)
        assert (code, shown) == (1, f"{question}{answer}orgmodel: stopped\n"), typed
        assert out == PLAN
    assert (everything(database), last_written(database)) == (before, at)
    done = f"orgmodel: riverton is loaded into {database.address}\n"
    assert on_terminal(b"y\n", *load) == (0, PLAN, f"{question}y\n{done}")
    assert content(database) == wanted(yaml.read(riverton))
    # A small load has no bar; one that changes nothing asks nothing.
    assert on_terminal(b"", *load) == (0, "riverton: nothing to change\n", "")


MANY = "organisations:\n" + "".join(
    f"  - {{id: o{i}, name: O{i}, citations: [terms 1]}}\n" for i in range(6000)
)


@pytest.mark.current_neo4j
def test_a_long_load_has_a_bar_on_a_terminal_only(command: Command, database: Login, here: Path) -> None:
    dataset = write(here / "many", {"base.yaml": BASE, "many.yaml": MANY})
    done = f"orgmodel: riverton is loaded into {database.address}\n"
    code, out, shown = on_terminal(b"", "load", dataset, "--to", database.address, "--yes")
    assert code == 0
    assert "writing" not in out
    assert "\x1b" not in out
    assert re.search(r"writing .*[0-9]+/6002", shown)
    assert shown.endswith(done)
    assert command("unload", "riverton", "--yes")[::2] == (
        0,
        "orgmodel: riverton is unloaded from SERVER\n",
    )
