"""docs/charts.md: its contact sheet has every kept chart, and its examples are what they are said to be.

As a program it writes the contact sheet anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from orgmodel.charts.keeping import charts_file
from orgmodel.charts.kinds import ChartsFile, Kind
from orgmodel.charts.settings import read_settings
from orgmodel.charts.theme import THEMES
from orgmodel.charts.theming import ThemeFile
from orgmodel.cli import chart as command
from orgmodel.datasets import yaml

ROOT = Path(__file__).parent.parent
DOC = ROOT / "docs" / "charts.md"
DATASETS = ("dudley", "shropshire")
_SHEET = re.compile(r"(?<=<!-- contact sheet -->\n).*(?=<!-- end -->)", re.DOTALL)
_YAML = re.compile(r"(?<=```yaml\n).*?(?=```)", re.DOTALL)


def sheet() -> str:
    """Every chart that the bundled datasets keep, under what it is."""
    found = []
    for name in DATASETS:
        folder = ROOT / "data" / name
        said = read_settings(charts_file(folder), ChartsFile)
        structure = yaml.read(folder)
        for asked in said.charts:
            made = asked.make(structure)
            (picture,) = (file for file in asked.files if file.endswith(".svg"))
            words = next(file for file in asked.files if file.endswith(".txt"))
            title = f"{made.title}. {made.subtitle}"
            found.append(
                f"### {asked.chart}: {title}\n\n![{title}](../diagrams/{picture})\n\n"
                f"[In words](../diagrams/{words})\n"
            )
    return "\n" + "\n".join(found) + "\n"


def test_the_contact_sheet_is_current() -> None:
    found = _SHEET.search(DOC.read_text(encoding="utf-8"))
    assert found is not None
    assert found[0] == sheet(), "run `python -m tests.test_charts_doc`"


def kinds() -> set[str]:
    return {get_args(kind.model_fields["chart"].annotation)[0] for kind in get_args(Kind)}


def test_every_kind_is_in_the_document_the_contact_sheet_and_the_commands() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z]+)[ `]", text, re.MULTILINE)) == kinds()
    assert set(re.findall(r"^### ([a-z]+):", text, re.MULTILINE)) == kinds()
    assert {*command.command.commands} == kinds()


@pytest.mark.parametrize(("number", "model"), [(0, ThemeFile), (1, ChartsFile)])
def test_an_example_is_what_it_is_said_to_be(
    number: int, model: type[ThemeFile | ChartsFile], tmp_path: Path
) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(_YAML.findall(DOC.read_text(encoding="utf-8"))[number], encoding="utf-8")
    read_settings(file, model)


def test_every_theme_is_in_the_document() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert [name for name in THEMES if name not in text] == []


def main() -> None:
    """Writes the contact sheet anew."""
    text = DOC.read_text(encoding="utf-8")
    DOC.write_text(_SHEET.sub(lambda _: sheet(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
