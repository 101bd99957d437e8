"""A Python in which a library is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_CODE = """\
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {library!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocked())
from orgmodel.errors import OrgmodelError
try:
    exec({statements!r})
except OrgmodelError as error:
    print(error)
"""


def without(library: str, statements: str) -> str:
    """What some statements print, or the error that orgmodel raises, where a library is not installed."""
    run = subprocess.run(
        [sys.executable, "-c", _CODE.format(library=library, statements=statements)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
