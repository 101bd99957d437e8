"""Rendering: a chart as files, the form of each by its ending."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeAlias

from orgmodel.charts.drawing import Grid
from orgmodel.charts.links import NOWHERE
from orgmodel.charts.paging import Page
from orgmodel.charts.shaping import Paper
from orgmodel.charts.sizes import LEAST_TEXT, smallest_text
from orgmodel.charts.theme import DEFAULT
from orgmodel.charts.words import in_words
from orgmodel.errors import ChartError, choices

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from orgmodel.charts.canvas import Canvas
    from orgmodel.charts.drawing import Box, Chart, Notes
    from orgmodel.charts.graphviz import Graphviz
    from orgmodel.charts.kinds import Asked
    from orgmodel.charts.links import Links
    from orgmodel.charts.sizes import Size
    from orgmodel.charts.theme import Theme
    from orgmodel.structure import Structure

DOTS_PER_INCH: Final = 150
"""How fine a PNG is where nothing else is said."""


@dataclass(frozen=True)
class Look:
    """How charts are rendered.

    Attributes:
        theme: The colours, the font and what a board adds of its own.
        dots_per_inch: How fine a PNG is.
        links: Where boxes lead to, in SVG, HTML and draw.io.
        size: What a picture has to fit; None: it is as large as it is.
    """

    theme: Theme = DEFAULT
    dots_per_inch: int = DOTS_PER_INCH
    links: Links = NOWHERE
    size: Size | None = None


class _Hurried(str):
    """A warning of something that would be otherwise with more time."""

    __slots__ = ()


class _Job:
    """A chart that is being rendered: what several forms need is made once."""

    def __init__(self, chart: Chart | Notes, look: Look, engine: Graphviz | None) -> None:
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

        canvas = compose(self.chart, self.engine, self.look.theme)
        if self.look.size is not None:
            canvas.fit(self.look.size)
        return canvas

    @cached_property
    def svg(self) -> bytes:
        """The chart as an SVG."""
        from orgmodel.charts.svg import accessible

        drawn = self.engine.draw(self.canvas.graph, "svg")
        return accessible(drawn, self.chart, self.canvas, self.look.links)


_Jobs: TypeAlias = "Sequence[_Job]"
"""The pages of a chart."""


def _txt(_pages: _Jobs, whole: Chart) -> bytes:
    return in_words(whole).encode("utf-8")


def _dot(pages: _Jobs, whole: Chart) -> bytes:
    first = pages[0]
    if isinstance(whole, Grid):
        # What stands in rows and columns has nothing for Graphviz to lay out: its places are fixed.
        job = first if first.chart is whole else _Job(whole, first.look, first.engine)
        return job.engine.draw(job.canvas.graph, "canon")
    from orgmodel.charts import dot, ordering

    order = ordering.order_of(whole)
    return dot.layout_graph(whole, order, first.look.theme).encode("utf-8")


def _mmd(pages: _Jobs, whole: Chart) -> bytes:
    from orgmodel.charts.mermaid import mermaid

    return mermaid(whole, pages[0].look.theme).encode("utf-8")


def _html(pages: _Jobs, whole: Chart) -> bytes:
    from orgmodel.charts.page import page

    pictures = [(job.chart, job.svg) for job in pages]
    return page(whole, pictures, pages[0].look.theme, pages[0].look.links)


def _pdf(pages: _Jobs, whole: Chart) -> bytes:
    from orgmodel.charts.pdf import document

    return document([job.engine.draw(job.canvas.graph, "pdf") for job in pages], whole.title)


def _drawio(pages: _Jobs, _whole: Chart) -> bytes:
    from orgmodel.charts.drawio import drawio

    return drawio([(job.chart, job.canvas) for job in pages], pages[0].look.links)


def _svg(page: _Job) -> bytes:
    return page.svg


def _png(page: _Job) -> bytes:
    from orgmodel.charts.png import sized

    fine = page.look.dots_per_inch
    return sized(page.engine.draw(page.canvas.graph, "png:cairo", dots_per_inch=fine), fine)


_SEVERAL: Final[Mapping[str, Callable[[_Job], bytes]]] = {"svg": _svg, "png": _png}
"""The forms in which each page is a file of its own."""

_ONE: Final[Mapping[str, Callable[[_Jobs, Chart], bytes]]] = {
    "pdf": _pdf,
    "html": _html,
    "drawio": _drawio,
    "mmd": _mmd,
    "dot": _dot,
    "txt": _txt,
}
"""The forms in which all pages are one file."""

_SIMPLE: Final = (
    "its boxes stand in a simple order, for a better one was not found in time: a longer --time-limit may "
    "find it"
)

_SHARE_OF_PAGES: Final = 0.5
"""What part of the time limit it may take to find the pages of a chart."""

_NO_PAGES: Final = (
    "it is on one page, for how to divide it was not found in time: a longer --time-limit may find it"
)

FORMS: Final = (*_SEVERAL, *_ONE)
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
    """A chart in several forms, on one page.

    Args:
        chart: What to draw.
        forms: Which of FORMS.
        engine: What draws the pictures; None: one of their own, with the usual time limit.
        look: How they are rendered; None: in the default theme.

    Raises:
        ChartError: It could not be drawn, or not in time; or it has no such form.
    """
    made = render_pages([Page(chart, "")], chart, forms, engine, look)
    return {form: content for (form, _), content in made.items()}


def render_pages(
    pages: Sequence[Page],
    whole: Chart,
    forms: Sequence[str],
    engine: Graphviz | None = None,
    look: Look | None = None,
    *,
    warn: Callable[[str], object] | None = None,
) -> dict[tuple[str, str], bytes]:
    """A chart in several forms, on some pages.

    Args:
        pages: The pages.
        whole: All of it on one.
        forms: As for `render`, as are the others.
        engine: What draws.
        look: How they are rendered.
        warn: Is told what a reader should know, each time a sentence.

    Returns:
        What each file holds, by its form and the name of its page; one file that holds all has no name.

    Raises:
        ChartError: As for `render`.
    """
    look = look or Look()
    drawn = {*forms} - _WORDS or ("dot" in forms and isinstance(whole, Grid))
    if engine is None and drawn:
        from orgmodel.charts.graphviz import Graphviz

        with Graphviz(fonts=look.theme.fonts) as own:
            return render_pages(pages, whole, forms, own, look, warn=warn)
    jobs = [_Job(page.chart, look, engine) for page in pages]
    found: dict[tuple[str, str], bytes] = {}
    for form in forms:
        if form in _ONE:
            found[form, ""] = _ONE[form](jobs, whole)
        else:
            for page, job in zip(pages, jobs, strict=True):
                found[form, page.name] = _SEVERAL[form](job)
    if warn:
        for said in _warnings([job for job in jobs if "canvas" in vars(job)], look):
            warn(said)
    return found


def _warnings(drawn: _Jobs, look: Look) -> Iterator[str]:
    """What a reader should know of pages that were drawn."""
    for job in drawn:
        if job.canvas.is_simple:
            yield _Hurried(f"{job.chart.title}: {_SIMPLE}")
    small = [str(n) for n, job in enumerate(drawn, 1) if smallest_text(job.canvas.scale) < LEAST_TEXT]
    if look.size is not None and small:
        which = "" if len(drawn) == 1 else f" on page {', '.join(small)}"
        yield (
            f"{drawn[0].chart.title}: on {look.size.name} the smallest text{which} is less than "
            f"{LEAST_TEXT:g} points: take a larger size, or draw a part"
        )


def paper_for(engine: Graphviz | None, look: Look) -> Paper | None:
    """What the pages of charts have to fit; None: nothing, or nothing is drawn.

    It takes up to half of the time limit; then measuring raises TooSlowError.

    Args:
        engine: What draws.
        look: The size.
    """
    if engine is None or look.size is None:
        return None
    from orgmodel.charts.composition import Placed, compose
    from orgmodel.charts.graphviz import TooSlowError
    from orgmodel.charts.measures import sizes_with_boxes

    placed: Placed = {}
    ends = monotonic() + _SHARE_OF_PAGES * engine.time_limit

    def measure(chart: Chart | Notes) -> tuple[float, float]:
        if monotonic() > ends:
            raise TooSlowError(_NO_PAGES)
        return compose(chart, engine, look.theme, placed).size

    def widths(boxes: Sequence[Box]) -> list[float]:
        sizes = sizes_with_boxes(engine, {}, boxes, look.theme)[1]
        return [sizes[box.id][0] for box in boxes]

    return Paper(look.size, measure, widths)


def write(
    chart: Chart, paths: Sequence[Path], engine: Graphviz | None = None, look: Look | None = None
) -> None:
    """Writes a chart to files, on one page; either all of them are written or none.

    Args:
        chart: What to draw.
        paths: Where to, the form of each by its ending.
        engine: As for `render`.
        look: As for `render`.

    Raises:
        ChartError: It could not be drawn, or a file not written.
    """
    write_pages([Page(chart, "")], chart, paths, engine, look)


def write_pages(
    pages: Sequence[Page],
    whole: Chart,
    paths: Sequence[Path],
    engine: Graphviz | None = None,
    look: Look | None = None,
    *,
    others: Collection[Path] = (),
    warn: Callable[[str], object] | None = None,
) -> dict[Path, list[Path]]:
    """Writes a chart to files, on some pages; either all of them are written or none.

    Args:
        pages: The pages.
        whole: All of it on one.
        paths: Where to, the form of each by its ending. Where each page is a file of its own, the name of the
            page is put before the ending.
        engine: As for `render`.
        look: As for `render`.
        others: Files of other charts, which none of its pages may be.
        warn: As for `render_pages`.

    Returns:
        The files, those of each path under it.

    Raises:
        ChartError: It could not be drawn, or a file not written; or a page would be another file as well.
    """
    forms = list(dict.fromkeys(form_of(path) for path in paths))
    made = render_pages(pages, whole, forms, engine, look, warn=warn)
    files: dict[Path, list[Path]] = {}
    contents: dict[Path, bytes] = {}
    for path in paths:
        for (form, name), content in made.items():
            if form == form_of(path):
                file = path.with_name(f"{path.stem}-{name}{path.suffix}") if name else path
                if name and _same(file, [*others, *paths]):
                    raise ChartError(
                        f"{file} would be a page of {path.name} and a chart of its own: give one another name"
                    )
                files.setdefault(path, []).append(file)
                contents[file] = content
    write_files([*contents.items()])
    return files


def _same(file: Path, others: Iterable[Path]) -> bool:
    """Whether a file is one of some others, however their paths are written."""
    return os.path.normpath(file) in {os.path.normpath(other) for other in others}


@dataclass(frozen=True)
class Written:
    """What was written of a chart, and what a reader should know of it.

    Attributes:
        files: The files, those of each path that was asked for under it.
        warnings: Each a sentence.
        hurried: Whether it is not as it would be with more time.
    """

    files: Mapping[Path, Sequence[Path]]
    warnings: tuple[str, ...] = ()
    hurried: bool = False


def write_asked(
    asked: Asked,
    whole: Chart,
    structure: Structure,
    paths: Sequence[Path],
    *,
    engine: Graphviz | None,
    look: Look,
    others: Collection[Path] = (),
) -> Written:
    """Writes a chart that is asked for to files, on as many pages as its size takes.

    Args:
        asked: What is asked for.
        whole: The chart, in one.
        structure: All that is known, whenever it held.
        paths: As for `write_pages`, as are the others.
        engine: What draws.
        look: How it is rendered.
        others: As for `write_pages`.

    Raises:
        ChartError: As for `write_pages`.
    """
    from orgmodel.charts.graphviz import TooSlowError

    warnings: list[str] = []
    try:
        pages = asked.pages(whole, structure, paper_for(engine, look))
    except TooSlowError as error:
        pages = [Page(whole, "")]
        warnings.append(_Hurried(f"{whole.title}: {error}"))
    files = write_pages(pages, whole, paths, engine, look, others=others, warn=warnings.append)
    hurried = any(isinstance(said, _Hurried) for said in warnings)
    return Written(files, tuple(warnings), hurried)


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
