"""diagrams/ is current: what the bundled datasets give is what is kept there."""

from __future__ import annotations

import pytest

from tests.diagrams import CHARTS, FOLDER, KEPT, drawn


@pytest.mark.parametrize("name", CHARTS)
def test_a_kept_chart_is_what_its_dataset_gives(name: str) -> None:
    made = drawn(name)
    kept = {form: (FOLDER / f"{name}.{form}").read_bytes() for form in KEPT}
    assert {form: made[form] for form in KEPT} == kept, "run `make diagrams`, look at them, and commit them"
    assert made["png"].startswith(b"\x89PNG")
    assert made["pdf"].startswith(b"%PDF")


def test_nothing_else_is_kept() -> None:
    kept = {path.name for path in FOLDER.iterdir()}
    assert kept == {f"{name}.{form}" for name in CHARTS for form in KEPT}
