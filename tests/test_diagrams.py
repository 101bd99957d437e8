"""diagrams/ is current: what the bundled datasets give is what is kept there, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgmodel.charts.keeping import RECORD, charts_file, keep
from orgmodel.datasets import yaml

ROOT = Path(__file__).parent.parent
DATASETS = ("dudley", "shropshire")


def names_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != RECORD}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diagrams")
    for name in DATASETS:
        dataset = ROOT / "data" / name
        kept = [*keep(charts_file(dataset), yaml.read(dataset), into=folder)]
        assert [(one.drawn, one.error) for one in kept] == [(True, "")] * len(kept)
    return folder


def test_the_diagrams_are_current(drawn: Path) -> None:
    wrong = [
        name
        for name in sorted(names_of(drawn) | names_of(ROOT / "diagrams"))
        if not (ROOT / "diagrams" / name).is_file()
        or not (drawn / name).is_file()
        or (drawn / name).read_bytes() != (ROOT / "diagrams" / name).read_bytes()
    ]
    assert wrong == [], "run `make diagrams`, look at them, and commit them"


def test_they_are_the_same_in_another_order_of_sets(drawn: Path, tmp_path: Path) -> None:
    for name in DATASETS:
        command = [sys.executable, "-c", "from orgmodel.cli import main; main()", "chart", "--all"]
        subprocess.run(
            [*command, "-g", str(ROOT / "data" / name), "--into", str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "4711"},
            check=True,
            capture_output=True,
        )
    assert names_of(tmp_path) == names_of(drawn)
    assert [
        name for name in names_of(drawn) if (tmp_path / name).read_bytes() != (drawn / name).read_bytes()
    ] == []
