"""The starter dataset: a small, complete one with comments, to begin one's own from."""

from __future__ import annotations

from pathlib import Path

from orgmodel.datasets.folder import write_files

_STARTER = Path(__file__).parent.parent / "starter"


def write_starter(folder: Path) -> list[Path]:
    """Writes the starter dataset.

    Args:
        folder: Where to; it is made where it is not there.

    Returns:
        The files written.

    Raises:
        OrgmodelError: The folder is a file or holds files already, or cannot be written; nothing is
            written then.
    """
    return write_files(folder, {file.name: file.read_bytes() for file in sorted(_STARTER.glob("*.yaml"))})
