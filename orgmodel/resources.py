"""Where the files that travel with orgmodel are: the named queries and the bundled datasets."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    # In a wheel the folders are in the package, in a checkout beside it.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def queries_folder() -> Path:
    """The folder of the named queries."""
    return _folder("cypher")


def bundled_datasets() -> dict[str, Path]:
    """The folders of the bundled datasets, by id, in order of the ids."""
    return {folder.name: folder for folder in sorted(_folder("data").iterdir()) if folder.is_dir()}
