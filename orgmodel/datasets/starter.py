"""The starter dataset: a small, complete one with comments, to begin one's own from."""

from __future__ import annotations

import shutil
from pathlib import Path

from orgmodel.errors import OrgmodelError

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
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OrgmodelError(f"{folder} is there already and is not empty: give the name of a new folder")
        folder.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copyfile(file, folder / file.name)) for file in sorted(_STARTER.glob("*.yaml"))]
    except OSError as error:
        raise OrgmodelError(f"{folder} cannot be written: {error.strerror}") from error
