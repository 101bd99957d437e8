"""`orgmodel diff` as people run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from orgmodel.cli import cli, main

if TYPE_CHECKING:
    from tests.neo4j_server import Login

DUDLEY = str(Path(__file__).parent.parent / "data" / "dudley")
GOLDEN = Path(__file__).parent / "golden" / "diff-dudley-2019-2024.md"
DAYS = ("arrangements-2019", "priorities-2024")


def diff(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["diff", *words])
    return done.exit_code, done.stdout, done.stderr


def prose() -> str:
    code, out, _ = diff(*DAYS, "-g", DUDLEY, "--prose")
    assert code == 0
    return out


def test_the_prose_of_the_bundled_dataset() -> None:
    assert prose() == GOLDEN.read_text(encoding="utf-8")


def test_no_difference_is_no_failure() -> None:
    code, out, err = diff(DAYS[0], DAYS[0], "-g", DUDLEY, "--fail-on-change", "--format", "json")
    assert (code, json.loads(out), err.splitlines()[-1]) == (0, [], "orgmodel: no difference")


def test_any_difference_fails_where_that_is_asked() -> None:
    assert diff(*DAYS, "-g", DUDLEY, "--format", "csv")[0] == 0
    assert diff(*DAYS, "-g", DUDLEY, "--format", "csv", "--fail-on-change")[0] == 1


def test_a_dataset_differs_from_itself_in_nothing() -> None:
    assert diff(DUDLEY, DUDLEY, "--fail-on-change", "--format", "json")[:2] == (0, "[]\n")


@pytest.mark.parametrize("name", ["changes.csv", "changes.json", "changes.md", "changes.xlsx", "changes.txt"])
def test_into_a_file(here: Path, name: str) -> None:
    assert diff(*DAYS, "-g", DUDLEY, "-o", name)[:2] == (0, f"{name}\n")
    assert (here / name).stat().st_size


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((DUDLEY, "2019"), "is a source and the other is none: give two days, or two sources that are there"),
        ((DUDLEY, DUDLEY, "-g", DUDLEY), "-g names the source of two days"),
        ((*DAYS, "--as-of", "2020"), "--as-of is for two sources"),
        ((*DAYS, "--prose", "--format", "csv"), "--prose is text in Markdown, and not csv"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(words: tuple[str, ...], said: str) -> None:
    code, out, err = diff(*words)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())


@pytest.mark.parametrize("words", [("arrangements-2018", "2019"), ("2019-02-30", "2020")])
def test_a_day_that_there_is_not(capfd: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["diff", *words, "-g", DUDLEY])
    out, err = capfd.readouterr()
    assert (left.value.code, out, len(err.splitlines())) == (1, "", 1)


@pytest.mark.current_neo4j
def test_a_dataset_and_a_server_that_holds_it(database: Login) -> None:
    with pytest.raises(SystemExit) as left:
        main(["load", DUDLEY, "--to", database.address, "--yes"])
    assert not left.value.code
    assert diff(DUDLEY, database.address, "--fail-on-change", "--format", "json")[:2] == (0, "[]\n")
    here, there = (diff(*DAYS, "-g", source, "--prose")[1] for source in (DUDLEY, database.address))
    assert here == there


if __name__ == "__main__":
    GOLDEN.write_text(prose(), encoding="utf-8")
