"""The console examples of the README and of docs print what they say that they print.

As a program it writes the answers into them anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.neo4j_server import CURRENT, start_server

if TYPE_CHECKING:
    from tests.neo4j_server import Login

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_SERVER = "neo4j://localhost"


def _run(command: str, folder: Path, server: Login | None) -> str:
    words = shlex.split(command)
    assert words[0] == "orgmodel"
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "ORGMODEL_GRAPH"}}
    if server is not None:
        words = [server.address if word == _SERVER else word for word in words]
        kept |= {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
    run = subprocess.run(
        [sys.executable, "-c", "from orgmodel.cli import main; main()", *words[1:]],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return "".join(f"{line.rstrip()}\n" for line in run.stdout.strip("\n").splitlines())


def _played(block: str, folder: Path, server: Login | None = None) -> str:
    """A block with each of its commands followed by what it prints."""
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_run(command, folder, server)}" for command in commands)


def _blocks(*, of_server: bool) -> list[object]:
    return [
        pytest.param(block, id=f"{file.name}-{number}")
        for file in DOCUMENTS
        for number, block in enumerate(_BLOCK.findall(file.read_text(encoding="utf-8")), 1)
        if (_SERVER in block) == of_server
    ]


@pytest.mark.parametrize("block", _blocks(of_server=False))
def test_an_example_prints_what_the_document_says(block: str, tmp_path: Path) -> None:
    assert _played(block, tmp_path) == block


@pytest.mark.current_neo4j
@pytest.mark.parametrize("block", _blocks(of_server=True))
def test_an_example_with_a_server_does_too(block: str, tmp_path: Path, database: Login) -> None:
    assert _played(block, tmp_path, database) == block


def test_there_are_examples() -> None:
    assert len(_blocks(of_server=False)) >= 2
    assert len(_blocks(of_server=True)) >= 2


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, start_server(CURRENT, Path(home)) as started:
        for document in DOCUMENTS:

            def play(found: re.Match[str]) -> str:
                started.empty()
                with tempfile.TemporaryDirectory() as folder:
                    return _played(found[0], Path(folder), started if _SERVER in found[0] else None)

            text = document.read_text(encoding="utf-8")
            document.write_text(_BLOCK.sub(play, text), encoding="utf-8")
