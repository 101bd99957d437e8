"""The folder of a new dataset: written as a whole, or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from orgmodel.errors import OrgmodelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def check_free(folder: Path) -> None:
    """Makes sure that a folder is not there yet, or empty.

    Args:
        folder: Where a dataset is to be written.

    Raises:
        OrgmodelError: It is a file, holds files already, or cannot be looked into.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OrgmodelError(f"{folder} is there already and is not empty: give the name of a new folder")
    except OSError as error:
        raise _unwritable(folder, error) from error


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes the files of a dataset into a new folder.

    Args:
        folder: Where to; it is made where it is not there.
        files: What each file holds, by its name.

    Returns:
        The files written.

    Raises:
        OrgmodelError: The folder is a file or holds files already, or cannot be written; nothing is
            written then.
    """
    check_free(folder)
    # A folder that is there stays itself: it may be the working one, a link, or of another disk.
    there = folder.exists()
    try:
        with TemporaryDirectory(prefix=".orgmodel-", dir=folder if there else _nearest(folder)) as beside:
            made = Path(beside) / "dataset"
            made.mkdir()
            for name, raw in files.items():
                (made / name).write_bytes(raw)
            if there:
                _fill(folder, [made / name for name in files])
            else:
                _place(folder, made)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return [folder / name for name in files]


def _unwritable(folder: Path, error: OSError) -> OrgmodelError:
    return OrgmodelError(f"{folder} cannot be written: {error.strerror}")


def _missing(folder: Path) -> Iterator[Path]:
    """The folders above one that are not there, the innermost first."""
    for parent in folder.parents:
        if parent.exists():
            return
        yield parent


def _nearest(folder: Path) -> Path:
    """The innermost folder above one that is there."""
    return next(parent for parent in folder.parents if parent.exists())


def _place(folder: Path, made: Path) -> None:
    parents = list(_missing(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)
    except OSError:
        for parent in parents:
            with suppress(OSError):
                parent.rmdir()
        raise


def _fill(folder: Path, files: list[Path]) -> None:
    try:
        for file in files:
            file.rename(folder / file.name)
    except OSError:
        for file in files:
            with suppress(OSError):
                (folder / file.name).unlink()
        raise
