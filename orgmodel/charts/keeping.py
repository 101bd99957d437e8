"""Keeping charts: those that a dataset lists in its `charts.yaml`, drawn anew where they changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orgmodel.charts import render
from orgmodel.charts.kinds import ChartsFile
from orgmodel.charts.links import Links
from orgmodel.charts.settings import read_settings
from orgmodel.charts.sizes import size_of
from orgmodel.charts.theming import theme_of
from orgmodel.datasets.yaml import CHARTS
from orgmodel.errors import ChartError, OrgmodelError
from orgmodel.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.charts.kinds import Asked
    from orgmodel.charts.paging import Page
    from orgmodel.charts.render import Look
    from orgmodel.structure import Structure

RECORD: Final = ".orgmodel-charts.json"
"""In the folder of the charts: of each file, from what it was drawn and what was written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one chart: its files, whether they were drawn, what is to be said, or why it was not."""

    files: tuple[Path, ...]
    drawn: bool
    error: str = ""
    warnings: tuple[str, ...] = ()


def charts_file(dataset: Path) -> Path:
    """The file in the folder of a dataset that says which charts of it are kept.

    Raises:
        ChartError: There is none.
    """
    for name in CHARTS:
        if (dataset / name).is_file():
            return dataset / name
    raise ChartError(
        f"{dataset} has no {CHARTS[0]}, which says what charts to keep: write one, see docs/charts.md"
    )


def keep(
    file: Path, structure: Structure, *, into: Path | None = None, time_limit: float = 60, anew: bool = False
) -> Iterator[Kept]:
    """Draws the charts of a file, one after the other; those of which nothing changed are left as they are.

    Args:
        file: A `charts.yaml`.
        structure: All that is known, whenever it held.
        into: Where to; None: where the file says.
        time_limit: Seconds that the drawing of one chart may take.
        anew: Whether to draw also what has not changed.

    Raises:
        ChartError: The file says something else, or its theme is none.
    """
    said = read_settings(file, ChartsFile)
    folder = into or file.parent / said.folder
    theme = said.theme
    if theme.endswith((".yaml", ".yml")):
        theme = str(file.parent / theme)
    look = render.Look(theme_of(theme), said.dpi, Links(said.link_template))
    _check(said, file)
    _make_folders([folder / RECORD])
    record = _Record(folder)
    every = [folder / name for asked in said.charts for name in asked.files]
    for asked in said.charts:
        paths = [folder / name for name in asked.files]
        others = [path for path in every if path not in paths]
        try:
            _make_folders(paths)
            size = asked.size or said.size
            own = replace(look, size=size_of(size) if size else None)
            chart = asked.make(structure)
            content = _content(asked.pages(chart, structure, None), own, asked)
            wanted = [path for path in paths if anew or not record.holds(path, content)]
            written = render.Written({})
            if wanted:
                with render.engine_for(wanted, time_limit, look.theme) as engine:
                    written = render.write_asked(
                        asked, chart, structure, wanted, engine=engine, look=own, others=others
                    )
                removed = [_removed(page) for page in record.keep(written, content) if page not in every]
                written = replace(written, warnings=(*written.warnings, *removed))
        except OrgmodelError as error:
            yield Kept(tuple(paths), drawn=False, error=f"{', '.join(asked.files)}: {error}")
        else:
            drawn = tuple(file for files in written.files.values() for file in files)
            yield Kept(drawn or tuple(paths), drawn=bool(drawn), warnings=written.warnings)


def _make_folders(paths: Sequence[Path]) -> None:
    for path in paths:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ChartError(f"{path.parent}: cannot be made: {error.strerror}") from error


def _removed(page: Path) -> str:
    """Removes what was a page of a chart, and says so."""
    try:
        page.unlink()
    except OSError as error:
        return f"{page} is no page of it any more, and cannot be removed: {error.strerror}"
    return f"{page} is no page of it any more: removed"


def _check(said: ChartsFile, file: Path) -> None:
    """That every file has an ending of its own and is written once, and that every size is one."""
    wrong, seen = [], set()
    for asked in said.charts:
        try:
            size_of(asked.size or said.size or "a4")
        except ChartError as error:
            wrong.append(f"{file}: {error}")
        for name in asked.files:
            try:
                render.form_of(name)
            except ChartError as error:
                wrong.append(f"{file}: {error}")
            if normpath(name) in seen:
                wrong.append(f"{file}: {name} is the file of two charts")
            seen.add(normpath(name))
    if wrong:
        raise ChartError("\n".join(dict.fromkeys(wrong)))


class _Record:
    """From what the files in a folder were drawn, and what was written into them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        self._known: dict[str, Any] = known if isinstance(known, dict) else {}

    def holds(self, path: Path, content: str) -> bool:
        """Whether a file, and those of its further pages, are what would be written."""
        from_what, files = self._entry(path)
        return from_what == content and all(
            _digest_of(path.with_name(name)) == digest for name, digest in files.items()
        )

    def _entry(self, path: Path) -> tuple[str, dict[str, str | None]]:
        """From what a file was drawn, and what was written into it and its further pages; if known."""
        match self._known.get(self._key(path)):
            case {"from": str(from_what), "files": dict(files)}:
                return from_what, files
        return "", {}

    def _key(self, path: Path) -> str:
        folder = self._path.parent
        within = path.relative_to(folder) if path.is_relative_to(folder) else path
        return Path(normpath(within)).as_posix()

    def keep(self, written: render.Written, content: str) -> list[Path]:
        """Notes from what some files were drawn, and what was written into them.

        What more time would make better is noted as drawn from nothing: it is drawn anew the next time.

        Returns:
            Pages that were written before and are none any more; those that nobody changed since.
        """
        gone: list[Path] = []
        for path, files in written.files.items():
            now = {one.name: _digest_of(one) for one in files}
            before = self._entry(path)[1]
            if written.hurried:
                self._known[self._key(path)] = {"from": "", "files": before | now}
                continue
            left = ((path.with_name(name), digest) for name, digest in before.items() if name not in now)
            gone += [page for page, digest in left if digest and _digest_of(page) == digest]
            self._known[self._key(path)] = {"from": content, "files": now}
        text = json.dumps(self._known, indent=1, sort_keys=True) + "\n"
        render.write_files([(self._path, text.encode("utf-8"))])
        return gone


def _content(pages: Sequence[Page], look: Look, asked: Asked) -> str:
    """All that a chart is made from, as one short text."""
    made_from = VERSION, pages, look.theme, look.dots_per_inch, look.links.template, look.size, asked
    return _digest(repr(made_from).encode("utf-8"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str | None:
    """That of what a file holds; None where it cannot be read."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return None
