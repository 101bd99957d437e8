"""What all tests share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pathlib import Path

# How long an example takes says something about the machine, not about the code; and a run that decides
# whether a change is accepted must not depend on chance.
settings.register_profile("orgmodel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("orgmodel"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "orgmodel")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working one, so that the places of findings are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
