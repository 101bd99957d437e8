"""Rendering: a chart as files, the form of each by its ending."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orgmodel.charts.drawing import Grid
from orgmodel.charts.links import NOWHERE
from orgmodel.charts.theme import DEFAULT
from orgmodel.charts.words import in_words
from orgmodel.errors import ChartError, choices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from orgmodel.charts.canvas import Canvas
    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.links import Links
    from orgmodel.charts.theme import Theme

DOTS_PER_INCH: Final = 150
"""How fine a PNG is where nothing else is said."""


@dataclass(frozen=True)
class Look:
    """How charts are rendered.

    Attributes:
        theme: The colours, the font and what a board adds of its own.
        dots_per_inch: How fine a PNG is.
        links: Where boxes lead to, in SVG, HTML and draw.io.
    """

    theme: Theme = DEFAULT
    dots_per_inch: int = DOTS_PER_INCH
    links: Links = NOWHERE


class _Job:
    """A chart that is being rendered: what several forms need is made once."""

    def __init__(self, chart: Chart, look: Look, engine: Graphviz | None) -> None:
        self.chart = chart
        self.look = look
        self._engine = engine

    @property
    def engine(self) -> Graphviz:
        """What draws."""
        assert self._engine is not None
        return self._engine

    @cached_property
    def canvas(self) -> Canvas:
        """Everything in its place."""
        from orgmodel.charts.composition import compose

        return compose(self.chart, self.engine, self.look.theme)

    @cached_property
    def svg(self) -> bytes:
        """The chart as an SVG."""
        from orgmodel.charts.svg import accessible

        drawn = self.engine.draw(self.canvas.source, "svg")
        return accessible(drawn, self.chart, self.canvas, self.look.links)


def _txt(job: _Job) -> bytes:
    return in_words(job.chart).encode("utf-8")


def _dot(job: _Job) -> bytes:
    if isinstance(job.chart, Grid):
        # What stands in rows and columns has nothing for Graphviz to lay out: its places are fixed.
        return job.canvas.source.encode("utf-8")
    from orgmodel.charts import dot, ordering

    return dot.layout_graph(job.chart, ordering.order_of(job.chart), job.look.theme).encode("utf-8")


def _mmd(job: _Job) -> bytes:
    from orgmodel.charts.mermaid import mermaid

    return mermaid(job.chart, job.look.theme).encode("utf-8")


def _svg(job: _Job) -> bytes:
    return job.svg


def _html(job: _Job) -> bytes:
    from orgmodel.charts.page import page

    return page(job.chart, job.svg, job.look.theme, job.look.links)


def _png(job: _Job) -> bytes:
    from orgmodel.charts.png import sized

    fine = job.look.dots_per_inch
    return sized(job.engine.draw(job.canvas.source, "png:cairo", dots_per_inch=fine), fine)


def _pdf(job: _Job) -> bytes:
    return job.engine.draw(job.canvas.source, "pdf")


def _drawio(job: _Job) -> bytes:
    from orgmodel.charts.drawio import drawio

    return drawio(job.chart, job.canvas, job.look.links)


_MAKERS: Final[Mapping[str, Callable[[_Job], bytes]]] = {
    "svg": _svg,
    "png": _png,
    "pdf": _pdf,
    "html": _html,
    "drawio": _drawio,
    "mmd": _mmd,
    "dot": _dot,
    "txt": _txt,
}

FORMS: Final = tuple(_MAKERS)
"""The endings of the files that a chart can become."""

_WORDS: Final = frozenset({"dot", "mmd", "txt"})
"""The forms that need nothing drawn; the first only where there are lines to lay boxes out by."""


def form_of(path: str | os.PathLike[str]) -> str:
    """The form that a file's ending asks for.

    Raises:
        ChartError: It asks for none.

    >>> form_of("chart.PNG")
    'png'
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in FORMS:
        said = (
            f"ending {ending!r} {choices(ending, FORMS)}"
            if ending
            else f"must end in one of .{', .'.join(FORMS)}"
        )
        raise ChartError(f"{path}: {said}")
    return ending


def engine_for(
    paths: Sequence[Path], time_limit: float, theme: Theme = DEFAULT
) -> AbstractContextManager[Graphviz | None]:
    """What draws, where some of the files are pictures; it starts while their content is worked out.

    Args:
        paths: The files, the form of each by its ending.
        time_limit: Seconds that drawing may take.
        theme: The font.

    Raises:
        ChartError: An ending asks for no form.
    """
    if not {form_of(path) for path in paths} - _WORDS:
        return nullcontext()
    from orgmodel.charts.graphviz import Graphviz

    return Graphviz(time_limit, fonts=theme.fonts)


def render(
    chart: Chart, forms: Sequence[str], engine: Graphviz | None = None, look: Look | None = None
) -> dict[str, bytes]:
    """A chart in several forms.

    Args:
        chart: What to draw.
        forms: Which of FORMS.
        engine: What draws the pictures; None: one of their own, with the usual time limit.
        look: How they are rendered; None: in the default theme.

    Raises:
        ChartError: It could not be drawn, or not in time; or it has no such form.
    """
    look = look or Look()
    drawn = {*forms} - _WORDS or ("dot" in forms and isinstance(chart, Grid))
    if engine is None and drawn:
        from orgmodel.charts.graphviz import Graphviz

        with Graphviz(fonts=look.theme.fonts) as own:
            return render(chart, forms, own, look)
    job = _Job(chart, look, engine)
    return {form: _MAKERS[form](job) for form in forms}


def write(
    chart: Chart, paths: Sequence[Path], engine: Graphviz | None = None, look: Look | None = None
) -> None:
    """Writes a chart to files; either all of them are written or none.

    Args:
        chart: What to draw.
        paths: Where to, the form of each by its ending.
        engine: As for `render`.
        look: As for `render`.

    Raises:
        ChartError: It could not be drawn, or a file not written.
    """
    rendered = render(chart, list(dict.fromkeys(form_of(path) for path in paths)), engine, look)
    write_files([(path, rendered[form_of(path)]) for path in paths])


def write_files(files: Sequence[tuple[Path, bytes]]) -> None:
    """Writes files; either all of them are written or none.

    Args:
        files: Where to, and what.

    Raises:
        ChartError: One could not be written.
    """
    waiting: list[tuple[str, Path]] = []
    path = Path()
    try:
        for path, content in files:
            _refuse(path)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for name, path in waiting:
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
    except OSError as error:
        raise ChartError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)


def _refuse(path: Path) -> None:
    """Refuses what cannot be replaced by a file, or is not to be."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
