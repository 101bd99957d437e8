"""Datasets for tests: written from text, and what reading them finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgmodel.datasets import yaml
from orgmodel.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE = """\
dataset: {id: riverton, name: Riverton}
sources:
  - {id: terms, name: Terms of reference, published: 2019-05-01, sections: ["1", "2", Annex A]}
partnerships:
  - {id: partnership, name: Riverton Partnership, tiers: [Top, Lower], citations: [terms 1]}
"""
"""The least that a dataset needs beside what a test is about."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes files below a folder, by their paths, with their line ends as they are."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def findings(path: str | Path = ".") -> list[str]:
    """What is wrong with a dataset, each finding as it is printed."""
    with pytest.raises(DatasetError) as caught:
        yaml.read(path)
    return [str(finding) for finding in caught.value.findings]
