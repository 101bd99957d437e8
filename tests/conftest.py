"""What all tests share: datasets written from text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from orgmodel.datasets import yaml
from orgmodel.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from orgmodel.structure import Structure

BASE = """\
dataset: {id: riverton, name: Riverton}
sources:
  - {id: terms, name: Terms of reference, published: 2019-05-01, sections: ["1", "2", Annex A]}
partnerships:
  - {id: partnership, name: Riverton Partnership, tiers: [Top, Lower], citations: [terms 1]}
"""


class Written(Protocol):
    """Writes text files below the working folder, and reads them as one dataset."""

    def __call__(self, **files: str | bytes) -> Path: ...


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Writes files, each `name=text` as `name.yaml`, into an empty folder that becomes the working one."""
    monkeypatch.chdir(tmp_path)

    def written(**files: str | bytes) -> Path:
        put(tmp_path, {f"{name}.yaml": text for name, text in files.items()})
        return tmp_path

    return written


def put(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Writes files by their paths, with their line ends as they are."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


def findings(path: str | Path = ".") -> list[str]:
    """What is wrong with a dataset, each as it is printed."""
    with pytest.raises(DatasetError) as caught:
        yaml.read(path)
    return [str(finding) for finding in caught.value.findings]


def structure(path: str | Path = ".") -> Structure:
    """The structure of a dataset."""
    return yaml.read(path)
