"""`orgmodel diff` as people run it: days, editions and sources, formats, sentences, exit codes.

`python -m tests.test_diff_command` writes the sentences anew that it is compared with: read them before that
is committed.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from orgmodel.cli import main
from orgmodel.difference import COLUMNS, difference, to_prose
from tests.datasets import write
from tests.difference_example import IN_TIME, in_time
from tests.loaded import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.neo4j_server import Login

    Command = Callable[..., tuple[object, str, str]]

PROSE = Path(__file__).parent / "difference_example.md"
EDITIONS = ("founding", "review")
DAYS = ("2019-10-01", "2021-06-30")
IN_2020 = "earlier.yaml"
RIVERTON = "riverton.yaml"


@pytest.fixture
def diff(here: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command beside two records of one partnership: exit code, stdout and stderr."""
    earlier = IN_TIME.replace("name: Executive Group", "name: Executive").replace("tier: Top", "tier: Middle")
    write(here, {RIVERTON: IN_TIME, IN_2020: earlier, "empty.yaml": ""})
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def command(*arguments: str) -> tuple[object, str, str]:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["diff", *arguments])
        out, err = capfd.readouterr()
        return left.value.code, out, err

    return command


def example() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        structure = in_time(Path(folder))
    return difference(structure, structure, days=DAYS).rows().dicts()


# Days


@pytest.mark.parametrize("days", [EDITIONS, DAYS, ("2019-10-01", "review"), ("founding", "2021-06")])
def test_dates_and_editions_are_days(diff: Command, days: tuple[str, str]) -> None:
    code, out, err = diff(*days, "-g", RIVERTON, "--format", "json")
    assert (code, json.loads(out), err) == (0, example(), "")


def test_days_are_told_from_the_earlier_to_the_later(diff: Command) -> None:
    code, out, err = diff("review", "founding", "-g", RIVERTON, "--format", "json")
    assert (code, json.loads(out)) == (0, example())
    assert err == "orgmodel: 2019-10-01 is before 2021-06-30: told from the earlier to the later\n"


def test_today_is_a_day(diff: Command) -> None:
    assert diff("today", "today", "-g", RIVERTON) == (0, "", "orgmodel: no difference\n")


def test_without_a_source_the_bundled_datasets_are_read(diff: Command) -> None:
    code, out, err = diff("arrangements-2019", "2022-07-01", "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(out))]
    assert (code, err) == (
        0,
        "orgmodel: reading the bundled datasets (dudley, shropshire); -g PATH reads yours\n",
    )
    assert [
        (row["thing"], row["before"].split("; ")[0], row["day"])
        for row in rows
        if row["change"] == "succeeded"
    ] == [("Black Country Integrated Care Board", "Dudley Clinical Commissioning Group", "2022-07-01")]
    # The web page of 2022 does not name the board of 2019, which is no end of it.
    board = [(row["change"], row["kind"]) for row in rows if row["thing_id"] == "dsppb"]
    assert board == [("moved", "Body"), ("no-longer-confirmed", "Body")]


# Sources


def test_two_sources_are_compared(diff: Command) -> None:
    code, out, err = diff(IN_2020, RIVERTON, "--format", "json")
    found = [(row["change"], row["thing"], row["before"], row["after"]) for row in json.loads(out)]
    assert (code, err) == (0, "")
    assert found == [
        ("moved", "Safeguarding Board", ["tier: Middle"], ["tier: Top"]),
        ("changed", "Executive Group", ["name: Executive"], ["name: Executive Group"]),
    ]
    # On a day on which the group had ended it is not compared.
    code, out, _ = diff(IN_2020, RIVERTON, "--as-of", "review", "--format", "json")
    assert (code, [row["thing"] for row in json.loads(out)]) == (0, ["Safeguarding Board"])


def test_a_source_does_not_differ_from_itself(diff: Command) -> None:
    for more in ((), ("--fail-on-change",), ("--as-of", "review", "--fail-on-change")):
        assert diff(RIVERTON, RIVERTON, *more) == (0, "", "orgmodel: no difference\n")


@pytest.mark.parametrize(("a", "b"), [(IN_2020, RIVERTON), ("founding", "review")])
def test_a_difference_makes_it_fail_only_where_that_is_asked_for(diff: Command, a: str, b: str) -> None:
    graph = () if a == IN_2020 else ("-g", RIVERTON)
    without = diff(a, b, *graph, "--format", "csv")
    assert without[0] == 0
    assert diff(a, b, *graph, "--format", "csv", "--fail-on-change") == (1, *without[1:])
    assert diff(a, b, *graph, "--prose", "--fail-on-change")[0] == 1


# Forms


def test_every_format_has_all_rows(diff: Command, here: Path) -> None:
    rows = example()
    texts = [
        [
            "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
            for value in row.values()
        ]
        for row in rows
    ]
    for name in ("rows.csv", "rows.json", "rows.md", "rows.xlsx", "rows.txt"):
        assert diff(*EDITIONS, "-g", RIVERTON, "-o", name) == (0, f"{name}\n", "")
    assert [*csv.reader(io.StringIO((here / "rows.csv").read_text("utf-8")))] == [[*COLUMNS], *texts]
    assert json.loads((here / "rows.json").read_text("utf-8")) == rows
    sheet = load_workbook(here / "rows.xlsx").active
    assert sheet is not None
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [[*COLUMNS], *texts]
    shown = [name for name in COLUMNS if not name.endswith("_id")]
    lines = (here / "rows.md").read_text("utf-8").splitlines()
    assert (lines[0], len(lines)) == (f"| {' | '.join(shown)} |", len(rows) + 2)
    table = (here / "rows.txt").read_text("utf-8")
    assert all(str(row["thing"]).split()[0] in table for row in rows)
    assert [line for line in table.splitlines() if len(line) > 80] == []


def test_the_table_has_ids_only_where_they_are_asked_for(diff: Command) -> None:
    assert "board--member--icb" not in diff(*EDITIONS, "-g", RIVERTON)[1]
    assert "board--member--icb" in diff(*EDITIONS, "-g", RIVERTON, "--ids")[1]


def test_the_sentences_are_those_that_were_read_and_found_right(diff: Command, here: Path) -> None:
    wanted = PROSE.read_text("utf-8")
    assert diff(*EDITIONS, "-g", RIVERTON, "--prose") == (0, wanted, "")
    assert diff(*EDITIONS, "-g", RIVERTON, "--prose", "--format", "markdown") == (0, wanted, "")
    for name in ("paper.md", "paper.txt"):
        assert diff(*EDITIONS, "-g", RIVERTON, "--prose", "-o", name) == (0, f"{name}\n", "")
        assert (here / name).read_text("utf-8") == wanted


def test_sentences_on_two_sources(diff: Command) -> None:
    assert diff(IN_2020, RIVERTON, "--prose") == (
        0,
        """\
# What differs between earlier.yaml and riverton.yaml

Riverton Partnership. An invented example.

A is earlier.yaml, B is riverton.yaml. What they say is compared, whenever it holds.

In short:

- In another place, or accountable to others: 1 body.
- Changed: 1 body.

## Safeguarding Board

- Its tier: “Middle” in A, “Top” in B. *Sources: 1 (1); 2 (1); 3 (1).*

## Executive Group

- Its name: “Executive” in A, “Executive Group” in B. *Source: 1 (3).*

## Sources

1. Terms of reference (1 May 2019)
2. Review of the arrangements (March 2021)
3. Web site (undated, not before 1 June 2021)
""",
        "",
    )


def test_people_are_named_only_where_that_is_asked_for(diff: Command) -> None:
    for form in (("--format", "json"), ("--prose",)):
        assert "Bloggs" not in diff(*EDITIONS, "-g", RIVERTON, *form)[1]
        assert "Jo Bloggs" in diff(*EDITIONS, "-g", RIVERTON, "--people", *form)[1]


# Bad input


NO_SOURCE = (
    "Error: riverton.yaml is a source and the other is none: give two days, or two sources that are there"
)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("founding", "reviews", "-g", RIVERTON),
            1,
            "orgmodel: there is no edition 'reviews'; did you mean review?",
        ),
        (("2021-13", "review", "-g", RIVERTON), 1, "orgmodel: '2021-13' is a date that no calendar has"),
        (
            ("nowhere", "elsewhere", "-g", RIVERTON),
            1,
            "orgmodel: there is no edition 'nowhere'; there are: founding, review",
        ),
        (
            (RIVERTON, "elsewhere"),
            2,
            NO_SOURCE,
        ),
        (
            ("founding", RIVERTON),
            2,
            NO_SOURCE,
        ),
        (
            (RIVERTON, IN_2020, "-g", RIVERTON),
            2,
            "Error: -g names the source of two days: leave it out where A and B are sources",
        ),
        (
            ("founding", "review", "-g", RIVERTON, "--as-of", "today"),
            2,
            "Error: --as-of is for two sources: A and B are the days here",
        ),
        (
            ("founding", "review", "-g", RIVERTON, "--prose", "--format", "csv"),
            2,
            "Error: --prose is text in Markdown, and not csv: leave out one (csv, json, xlsx)",
        ),
        (
            (RIVERTON, IN_2020, "--as-of", "reviews"),
            1,
            "orgmodel: there is no edition 'reviews'; did you mean review?",
        ),
        ((RIVERTON,), 2, "Error: Missing argument 'B'."),
        ((RIVERTON, "empty.yaml"), 1, "orgmodel: 1 finding in the dataset"),
        (
            (RIVERTON, IN_2020, "--database", "neo4j"),
            1,
            "orgmodel: --database names a database of a server: give its address too, neo4j://...",
        ),
        (
            (RIVERTON, "neo4j+x://me:secret@localhost"),
            1,
            (
                "orgmodel: neo4j+x:// cannot be opened: the scheme must be one of neo4j, neo4j+s, neo4j+ssc, "
                "bolt, bolt+s, bolt+ssc; did you mean 'neo4j+s'?"
            ),
        ),
    ],
)
def test_what_cannot_be_compared_is_said(
    diff: Command, arguments: tuple[str, ...], code: int, message: str
) -> None:
    left, out, err = diff(*arguments)
    assert (left, out, err.splitlines()[-1]) == (code, "", message)
    assert "secret" not in err


# Servers


@pytest.fixture
def on_server(
    database: Login, here: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs a command beside a server that has the partnership over time, and a folder with another record."""
    monkeypatch.delenv("COLUMNS", raising=False)
    write(here, {RIVERTON: IN_TIME})
    assert run(database, capfd, "load", RIVERTON, "--to", database.address, "--yes")[0] == 0
    return lambda *arguments: run(database, capfd, *arguments)


@pytest.mark.current_neo4j
def test_a_server_and_a_dataset_are_two_sources(on_server: Command, database: Login, here: Path) -> None:
    for pair in ((database.address, RIVERTON), (RIVERTON, database.address)):
        for more in ((), ("--as-of", "review"), ("--database", "neo4j")):
            done = on_server("diff", *pair, *more, "--fail-on-change", "--people")
            assert done == (0, "", "orgmodel: no difference\n")
    write(here, {RIVERTON: IN_TIME.replace("tier: Lower", "tier: Middle", 1)})
    code, out, err = on_server("diff", database.address, RIVERTON, "--format", "json", "--fail-on-change")
    assert (code, err) == (1, "")
    assert [(row["change"], row["thing"], row["before"], row["after"]) for row in json.loads(out)] == [
        ("moved", "Exploitation Group", ["tier: Lower"], ["tier: Middle"])
    ]
    prose = on_server("diff", database.address, RIVERTON, "--prose")[1]
    assert prose.startswith("# What differs between SERVER and riverton.yaml\n")


def test_two_days_of_a_server_differ_as_those_of_the_dataset(on_server: Command, database: Login) -> None:
    code, out, err = on_server("diff", *EDITIONS, "-g", database.address, "--format", "json")
    assert (code, json.loads(out), err) == (0, example(), "")
    assert on_server("diff", *EDITIONS, "-g", database.address, "--prose")[1] == PROSE.read_text("utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        whole = in_time(Path(home))
    PROSE.write_text(to_prose(difference(whole, whole, days=DAYS)), encoding="utf-8")
