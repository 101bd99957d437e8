"""`orgmodel new`: a dataset without findings in a new folder, and nothing where it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgmodel.charts.keeping import charts_file, keep
from orgmodel.datasets import yaml
from orgmodel.datasets.starter import write_starter
from orgmodel.errors import OrgmodelError
from tests.datasets import write

FILES = ["bodies.yaml", "charts.yaml", "dataset.yaml", "organisations.yaml"]


def orgmodel(*arguments: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a command."""
    run = subprocess.run(
        [sys.executable, "-c", "from orgmodel.cli import main; main()", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    return run.returncode, run.stdout, run.stderr


def listing(folder: Path) -> list[str]:
    """Every file and folder below one."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def next_steps(name: str) -> str:
    return (
        f"orgmodel: next: change the files, then `orgmodel check {name}` and "
        f"`orgmodel chart governance -g {name} -o chart.png`\n"
    )


@pytest.mark.parametrize("folder", ["mine", "a/new/one", "caf\u00e9"])
def test_new_writes_a_dataset_without_errors(here: Path, folder: str) -> None:
    written = "".join(f"{Path(folder) / name}\n" for name in FILES)
    assert orgmodel("new", folder) == (0, written, next_steps(str(Path(folder))))
    assert listing(here / folder) == FILES
    code, _, summary = orgmodel("check", folder, "--as-of", "founding")
    assert (code, summary) == (0, "orgmodel: 3 warnings, 1 note, as of 2024-04-01\n")


def test_the_command_for_a_name_with_a_space_can_be_pasted(here: Path) -> None:
    code, _, said = orgmodel("new", "my partnership")
    assert (code, said) == (0, next_steps('"my partnership"'))
    assert listing(here / "my partnership") == FILES


def test_new_into_an_empty_folder(here: Path) -> None:
    assert write_starter(here) == [here / name for name in FILES]
    assert yaml.read(here).find("RVP").id == "river-valley-police"


def test_the_charts_that_the_starter_keeps_are_drawn(here: Path) -> None:
    write_starter(here / "mine")
    kept = [*keep(charts_file(here / "mine"), yaml.read(here / "mine"))]
    assert [(one.drawn, one.error, one.warnings) for one in kept] == [(True, "", ())] * 2
    assert {path.relative_to(here).as_posix() for one in kept for path in one.files} == {
        "mine/charts/executive.html",
        "mine/charts/executive.svg",
        "mine/charts/governance.pdf",
        "mine/charts/governance.svg",
        "mine/charts/governance.txt",
    }


def test_the_starter_shows_what_a_dataset_can_say(here: Path) -> None:
    write_starter(here)
    structure = yaml.read(here)
    assert {node.term for node in structure.nodes.values()} == {
        "Partnership",
        "Body",
        "Organisation",
        "Post",
        "Seat",
        "Agreement",
        "Issue",
        "Source",
    }
    assert {fact.certainty for fact in structure.relationships.values()} == {"stated", "inferred"}
    (dataset,) = structure.datasets
    assert dataset.disclaimer == "An invented example; no such partnership exists."
    assert structure.as_of("founding").nodes == structure.nodes


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
        ({}, "n" * 300, f"{'n' * 300} cannot be written: File name too long"),
        ({}, "/proc/mine", "/proc/mine cannot be written: No such file or directory"),
    ],
)
def test_new_refuses_and_writes_nothing(here: Path, files: dict[str, str], folder: str, message: str) -> None:
    if folder.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("only Linux has a folder in which nobody can write")
    write(here, files)
    before = listing(here)
    assert orgmodel("new", folder) == (1, "", f"orgmodel: {message}\n")
    assert listing(here) == before
    with pytest.raises(OrgmodelError) as caught:
        write_starter(Path(folder))
    assert str(caught.value) == message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is writable for root")
def test_a_folder_without_the_right_to_write(here: Path) -> None:
    (here / "locked").mkdir(mode=0o500)
    assert orgmodel("new", "locked") == (1, "", "orgmodel: locked cannot be written: Permission denied\n")
    assert listing(here) == ["locked"]


def test_new_without_a_folder_is_wrong_usage() -> None:
    code, out, said = orgmodel("new")
    assert (code, out) == (2, "")
    assert said.splitlines()[-1] == "Error: Missing argument 'FOLDER'."
