"""The tutorial prints what stands in it, on the embedded engine and on a server.

It is a notebook whose cells only print, so that neither running nor reading it needs Jupyter. As a program
this writes the outputs into it anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from click.testing import CliRunner

from orgmodel.cli import cli
from orgmodel.tables import Rows
from tests.blocking import without

if TYPE_CHECKING:
    from tests.neo4j_server import Login

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.ipynb"


def cells() -> list[Any]:
    return [cell for cell in notebook()["cells"] if cell["cell_type"] == "code"]


def notebook() -> Any:
    return json.loads(TUTORIAL.read_text(encoding="utf-8"))


def printed(sources: list[str]) -> list[str]:
    """What cells print, run one after the other."""
    names: dict[str, object] = {}
    texts = []
    for number, source in enumerate(sources, 1):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(source, f"cell {number}", "exec"), names)  # noqa: S102 - a file of ours
        texts.append(out.getvalue())
    return texts


def outputs(text: str) -> list[Any]:
    lines = text.splitlines(keepends=True)
    return [{"name": "stdout", "output_type": "stream", "text": lines}] if text else []


def run() -> list[Any]:
    return [outputs(text) for text in printed(["".join(cell["source"]) for cell in cells()])]


def test_it_prints_what_stands_in_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    monkeypatch.chdir(tmp_path)
    written = [cell["outputs"] for cell in cells()]
    assert run() == written
    assert len(written) > 5


@pytest.mark.current_neo4j
def test_it_prints_the_same_on_a_server(database: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = CliRunner().invoke(cli, ["load", "--to", database.address, "--yes"])
    assert loaded.exception is None, loaded.output
    monkeypatch.setenv("ORGMODEL_GRAPH", database.address)
    assert run() == [cell["outputs"] for cell in cells()]


def test_rows_are_a_data_frame() -> None:
    rows = Rows(("body_id", "citations", "places"), (("a", ["terms 1", "terms 2"], 2), ("b", [], None)))
    wanted = pd.DataFrame(
        {"body_id": ["a", "b"], "citations": [["terms 1", "terms 2"], []], "places": [2, None]}
    )
    pd.testing.assert_frame_equal(rows.to_pandas(), wanted)
    none = Rows(("body_id", "citations"), ()).to_pandas()
    assert (list(none.columns), len(none)) == (["body_id", "citations"], 0)


def test_without_pandas_one_line_says_what_to_install() -> None:
    statements = 'from orgmodel.tables import Rows\nRows(("body_id",), (("a",),)).to_pandas()'
    assert without("pandas", statements) == (
        """pandas cannot be imported (No module named 'pandas'): pip install "orgmodel[pandas]"\n"""
    )


def _write() -> None:
    whole = notebook()
    code = [cell for cell in whole["cells"] if cell["cell_type"] == "code"]
    for number, (cell, found) in enumerate(zip(code, run(), strict=True), 1):
        cell.update(execution_count=number, outputs=found)
    TUTORIAL.write_text(f"{json.dumps(whole, indent=1, ensure_ascii=False)}\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("ORGMODEL_GRAPH", None)
    _write()
