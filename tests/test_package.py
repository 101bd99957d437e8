"""The wheel: built, installed into an environment of its own away from the checkout, and run there."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `orgmodel` command of an environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    # What the wheel needs is taken from here: the test is about the wheel, not about the network.
    site = next(folder.glob("lib/python*/site-packages")) if os.name != "nt" else folder / "Lib/site-packages"
    ours = next(Path(path) for path in sys.path if (Path(path) / "click").is_dir())
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (site / "needed.pth").write_text(f"{ours}\n", encoding="utf-8")
    return python.parent / ("orgmodel.exe" if os.name == "nt" else "orgmodel")


def _run(command: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV", "ORGMODEL_GRAPH"}}
    return subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=kept,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_wheel_carries_what_the_program_reads_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("cypher", "orgmodel/cypher"), ("data", "orgmodel/data")):
        files = [file for file in (ROOT / folder).rglob("*") if file.is_file()]
        assert {f"{inside}/{file.relative_to(ROOT / folder).as_posix()}" for file in files} <= names
    fonts = {f"orgmodel/charts/fonts/{file.name}" for file in (ROOT / "orgmodel/charts/fonts").iterdir()}
    starter = {f"orgmodel/starter/{file.name}" for file in (ROOT / "orgmodel/starter").iterdir()}
    assert fonts | starter <= names
    # Fontconfig leaves files of its own in folders that it reads: ours must stay as they are.
    carried = {name.rpartition("/")[2] for name in names if name.startswith("orgmodel/charts/fonts/")}
    assert carried == {"LICENSE", *(f"LiberationSans-{cut}.ttf" for cut in ("Regular", "Bold", "Italic"))}
    assert {name.partition("/")[0] for name in names} == {"orgmodel", "orgmodel-0.1.0.dist-info"}


def test_the_installed_command_answers_from_the_bundled_datasets(installed: Path, tmp_path: Path) -> None:
    run = _run(
        installed, tmp_path, "ask", "members", "DSPPB", "--as-of", "arrangements-2019", "--format", "json"
    )
    from orgmodel.session import open_source
    from orgmodel.tables import to_json

    here = to_json(open_source().ask("members", body="DSPPB", as_of="arrangements-2019"))
    assert (run.returncode, run.stdout) == (0, here)
    assert run.stderr == "orgmodel: reading the bundled datasets (dudley, shropshire); -g PATH reads yours\n"


def test_the_installed_command_starts_a_dataset_and_draws_it(installed: Path, tmp_path: Path) -> None:
    new = _run(installed, tmp_path, "new", "mine")
    assert (new.returncode, sorted(path.name for path in (tmp_path / "mine").iterdir())) == (
        0,
        ["bodies.yaml", "charts.yaml", "dataset.yaml", "organisations.yaml"],
    )
    names = ["c.svg", "c.png", "c.pdf", "c.html", "c.drawio", "c.mmd", "c.txt", "c.dot"]
    outputs = [part for name in names for part in ("-o", name)]
    run = _run(installed, tmp_path, "chart", "governance", "-g", "mine", *outputs)
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, names, "")
    assert all((tmp_path / name).stat().st_size > 1000 for name in names)


def test_it_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert _run(installed, tmp_path, "--version").stdout == "orgmodel, version 0.1.0\n"
