"""What a shell is told when somebody presses the tab key."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import BashComplete

from orgmodel.cli import cli
from orgmodel.datasets.starter import write_starter
from orgmodel.questions import Questions
from orgmodel.session import open_dataset, open_store
from tests.stores import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server import Login


def completed(*words: str) -> list[tuple[str, str | None]]:
    """What the last word can become, each with what it means."""
    shell = BashComplete(cli, {}, "orgmodel", "_ORGMODEL_COMPLETE")
    return [(item.value, item.help) for item in shell.get_completions([*words[:-1]], words[-1])]


@pytest.fixture
def starter(here: Path) -> str:
    write_starter(here / "mine")
    return "mine"


def test_commands_and_questions() -> None:
    assert [value for value, _ in completed("c")] == ["chart", "check", "convert", "cypher"]
    assert [value for value, _ in completed("ask", "")] == [*Questions()]


EXECUTIVE = ("riverton-executive", "Riverton Safeguarding Executive")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("riverton-ex", [EXECUTIVE, ("riverton-exploitation-group", "Exploitation Sub-group")]),
        ("Riverton Safeg", [EXECUTIVE, ("riverton-partnership", "Riverton Safeguarding Partnership")]),
        ("rs", [("RSP", "Riverton Safeguarding Partnership")]),
        ("river-valley-p", []),
        ("nothing", []),
    ],
    ids=["ids", "a name becomes the id", "short names", "not what the question is about", "nothing"],
)
def test_names_are_those_of_what_is_asked(starter: str, typed: str, found: list[tuple[str, str]]) -> None:
    assert completed("ask", "members", "-g", starter, typed) == found


def test_what_can_be_shown_is_anything_but_a_person(starter: str) -> None:
    assert completed("show", "-g", starter, "river-valley-p") == [
        ("river-valley-police", "River Valley Police")
    ]


def test_days_are_the_editions_and_today(starter: str) -> None:
    assert completed("ask", "members", "RSP", "-g", starter, "--as-of", "") == [
        ("today", ""),
        ("founding", "2024-04-01"),
    ]
    assert completed("chart", "governance", "-g", starter, "--as-of", "f") == [("founding", "2024-04-01")]


def test_a_source_that_cannot_be_read_completes_nothing(here: Path) -> None:
    (here / "empty").mkdir()
    assert completed("ask", "members", "-g", "empty", "x") == []
    assert completed("ask", "members", "-g", "nowhere", "x") == []
    assert completed("ask", "members", "-g", "bolt://127.0.0.1:1", "x") == []


@pytest.mark.current_neo4j
def test_names_of_a_server(database: Login, starter: str) -> None:
    with closing(open_store(database.address)) as store:
        load(store, open_dataset(starter))
    assert completed("ask", "members", "-g", database.address, "riverton-ex")[0] == EXECUTIVE
    assert completed("ask", "members", "RSP", "-g", database.address, "--as-of", "f") == [
        ("founding", "2024-04-01")
    ]
