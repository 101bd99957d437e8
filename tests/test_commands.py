"""The commands as people run them: help, exit codes, streams, odd consoles and paths."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orgmodel.questions import Questions

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "orgmodel" / "starter"


def run(
    *arguments: str, cwd: Path = ROOT, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "ORGMODEL_GRAPH", "PYTHONIOENCODING"}}
    return subprocess.run(
        [sys.executable, "-c", "from orgmodel.cli import main; main()", *arguments],
        cwd=cwd,
        env=kept | {"PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STARTER, tmp_path / "riverton"))


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("ask",),
        ("ask", "members"),
        ("ask", "sits-on"),
        ("ask", "accountability"),
        ("ask", "reporting"),
        ("chart",),
        ("chart", "governance"),
        ("chart", "membership"),
        ("chart", "accountability"),
        ("chart", "partner"),
        ("chart", "plan"),
        ("chart", "agreements"),
        ("check",),
        ("diff",),
        ("new",),
        ("show",),
    ],
    ids=" ".join,
)
def test_every_command_has_help_that_fits_the_terminal(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines[0].startswith("Usage: orgmodel")
    assert [line for line in lines if len(line) > 80] == []
    if len(command) < 2:
        assert "  Examples:" in lines


def test_the_shim_in_the_checkout_is_the_command() -> None:
    done = subprocess.run([sys.executable, ROOT / "cli.py", "--version"], capture_output=True, check=True)
    assert done.stdout == b"orgmodel, version 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("chek",),
            (
                "Error: no command 'chek': must be one of ask, chart, check, convert, cypher, "
                "datasets, diff, load, new, show, unload; did you mean 'check'?"
            ),
        ),
        (
            ("ask", "member", "DSPPB"),
            (
                f"Error: no question 'member': must be one of {', '.join(Questions())}; "
                "did you mean 'members'?"
            ),
        ),
        (("ask", "members"), "Error: Missing argument 'BODY'."),
        (("ask", "members", "x", "--format", "xml"), "Error: Invalid value for '--format'"),
    ],
)
def test_wrong_usage_is_exit_2_with_the_choices(arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[-1].startswith(message)


def test_show_says_all_of_one_thing(dataset: Path) -> None:
    done = run("show", "Executive", "-g", str(dataset))
    assert (done.returncode, done.stderr) == (0, b"")
    text = " ".join(done.stdout.decode().split())
    # A line of each kind that the starter's executive has, in both directions, with its citation.
    for said in (
        "Riverton Safeguarding Executive Body riverton-executive; from 2024-03-15",
        (
            "accountable to -> Chief Constable, River Valley Police (Post chief-constable); from 2024-03-15; "
            "inferred: Section 2 has the Chief Constable keep responsibility for what is delegated to the "
            "Executive; [terms-2024 2]"
        ),
        (
            "<- reports to Exploitation Sub-group (Body riverton-exploitation-group); subject: performance; "
            "frequency: quarterly; from 2024-03-15; [terms-2024 4]"
        ),
        "party to -> Memorandum of understanding with the Health and Wellbeing Board",
    ):
        assert said in text
    assert [line for line in done.stdout.decode().splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("node", ["riverton-executive", "river-valley-police", "terms-2024"])
def test_show_has_every_relationship_of_a_node_once(dataset: Path, node: str) -> None:
    from orgmodel.datasets.yaml import read

    structure = read(dataset)
    said = json.loads(run("show", node, "-g", str(dataset), "--format", "json").stdout)
    wanted = [r.id for r in structure.relationships.values() if node in (r.from_id, r.to_id)]
    assert sorted(connection["id"] for connection in said["connections"]) == sorted(wanted)
    assert said["name"] == structure.nodes[node].name


PEOPLE = """
people:
  - {id: jo-bloggs, name: Jo Bloggs, citations: [terms-2024 3]}
posts:
  - {id: vice-chair, name: Vice-chair, held_by: jo-bloggs, citations: [terms-2024 3]}
seats:
  - {name: Vice-chair, role: vice-chair, on: riverton-executive, filled_by: [vice-chair, jo-bloggs],
     citations: [terms-2024 3]}
"""


def test_no_person_is_named_unless_asked_for(dataset: Path, tmp_path: Path) -> None:
    (dataset / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    chart = tmp_path / "chart.svg"
    words = tmp_path / "chart.txt"
    outputs = [
        run("show", "vice-chair", "-g", str(dataset)).stdout,
        run("show", "vice-chair", "-g", str(dataset), "--format", "json").stdout,
        run("ask", "members", "Executive", "-g", str(dataset), "--format", "json").stdout,
        run("ask", "sits-on", "Riverton Council", "-g", str(dataset), "--format", "csv").stdout,
        run("chart", "governance", "-g", str(dataset), "-o", str(chart), "-o", str(words)).stdout,
        chart.read_bytes(),
        words.read_bytes(),
    ]
    assert [output for output in outputs if b"Bloggs" in output or b"jo-bloggs" in output] == []
    refused = run("show", "Jo Bloggs", "-g", str(dataset))
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert b"Jo Bloggs (Person jo-bloggs)" in run("show", "vice-chair", "-g", str(dataset), "--people").stdout


def test_a_path_with_a_drive_letter_is_a_path(dataset: Path, tmp_path: Path) -> None:
    # What Windows people type; elsewhere it is the odd name of a folder or file, and works as that.
    folder = dataset.rename(tmp_path / "C:\\data\\riverton")
    done = run("check", folder.name, "--pack", "working-together-2018", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    drawn = run("chart", "governance", "-g", folder.name, "-o", "D:\\out\\chart.TXT", cwd=tmp_path)
    assert (drawn.returncode, drawn.stdout) == (0, b"D:\\out\\chart.TXT\n")
    assert (tmp_path / "D:\\out\\chart.TXT").read_text(encoding="utf-8").startswith("Riverton")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_console_that_lacks_characters_still_shows_the_rest(dataset: Path, encoding: str) -> None:
    bodies = dataset / "bodies.yaml"
    text = bodies.read_text(encoding="utf-8")
    bodies.write_text(
        text.replace("name: Police\n", "").replace("{name: Police,", "{name: Policja Łódź 👮,"), "utf-8"
    )
    done = run(
        "ask",
        "sits-on",
        "RVP",
        "-g",
        str(dataset),
        environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    seat = {"cp1252": "Policja ?ód? ?", "ascii": "Policja ??d? ?", "utf-8": "Policja Łódź 👮"}[encoding]
    assert (done.returncode, done.stderr) == (0, b"")
    assert seat in done.stdout.decode(encoding)


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_what_is_for_programs_is_utf_8_on_every_console(dataset: Path, form: str) -> None:
    bodies = dataset / "bodies.yaml"
    bodies.write_text(
        bodies.read_text(encoding="utf-8").replace("{name: Police,", "{name: Łódź 👮,"), "utf-8"
    )
    done = run(
        "ask",
        "sits-on",
        "RVP",
        "-g",
        str(dataset),
        "--format",
        form,
        environment={"PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Łódź 👮" in done.stdout.decode("utf-8")


def test_the_variable_names_the_source(dataset: Path) -> None:
    named = run("ask", "members", "Executive", environment={"ORGMODEL_GRAPH": str(dataset)})
    given = run("ask", "members", "Executive", "-g", str(dataset))
    assert (named.returncode, named.stdout, named.stderr) == (0, given.stdout, b"")


@pytest.mark.parametrize(
    ("scheme", "hint"), [("http", ""), ("", ""), ("neo4j+x", "; did you mean 'neo4j+s'?")]
)
def test_an_address_that_cannot_be_opened_is_said_without_its_password(scheme: str, hint: str) -> None:
    done = run("ask", "members", "x", "-g", f"{scheme}://me:secret@localhost")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"orgmodel: {scheme}:// cannot be opened: the scheme must be one of neo4j, neo4j+s, neo4j+ssc, bolt, "
        f"bolt+s, bolt+ssc{hint}\n"
    )


def test_whoever_stops_reading_is_no_error(dataset: Path) -> None:
    command = [sys.executable, "-c", "from orgmodel.cli import main; main()", "ask", "members", "Executive"]
    with subprocess.Popen(
        [*command, "-g", str(dataset)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
