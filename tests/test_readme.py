"""The README's console examples print what it says that they print.

As a program it writes the answers into the README anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def _run(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "orgmodel"
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "ORGMODEL_GRAPH"}}
    run = subprocess.run(
        [sys.executable, "-c", "from orgmodel.cli import main; main()", *words[1:]],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(README.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return "".join(f"{line.rstrip()}\n" for line in run.stdout.strip("\n").splitlines())


def _played(block: str, folder: Path) -> str:
    """A block with each of its commands followed by what it prints."""
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_run(command, folder)}" for command in commands)


@pytest.mark.parametrize("block", _BLOCK.findall(README.read_text(encoding="utf-8")))
def test_an_example_prints_what_the_readme_says(block: str, tmp_path: Path) -> None:
    assert _played(block, tmp_path) == block


def test_there_are_examples() -> None:
    assert len(_BLOCK.findall(README.read_text(encoding="utf-8"))) >= 2


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(_BLOCK.sub(lambda m: _played(m[0], Path(folder)), text), encoding="utf-8")
