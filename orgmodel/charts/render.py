"""Rendering: a drawing as files, the form of each by its ending."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orgmodel.charts.words import in_words
from orgmodel.errors import ChartError, choices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from orgmodel.charts.drawing import Drawing
    from orgmodel.charts.graphviz import Graphviz

FORMS: Final = ("svg", "png", "pdf", "dot", "txt")

_WORDS = frozenset({"dot", "txt"})
_DOTS_PER_INCH = 150


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


def engine_for(paths: Sequence[Path], time_limit: float) -> AbstractContextManager[Graphviz | None]:
    """What draws, where some of the files are pictures; it starts while their content is worked out.

    Args:
        paths: The files, the form of each by its ending.
        time_limit: Seconds that drawing may take.

    Raises:
        ChartError: An ending asks for no form.
    """
    if not {form_of(path) for path in paths} - _WORDS:
        return nullcontext()
    from orgmodel.charts.graphviz import Graphviz

    return Graphviz(time_limit)


def render(drawing: Drawing, forms: Sequence[str], engine: Graphviz | None = None) -> dict[str, bytes]:
    """A drawing in several forms.

    Args:
        drawing: What to draw.
        forms: Which of FORMS.
        engine: What draws the pictures; None: one of their own, with the usual time limit.

    Raises:
        ChartError: It could not be drawn, or not in time.
    """
    found: dict[str, bytes] = {}
    if "txt" in forms:
        found["txt"] = in_words(drawing).encode("utf-8")
    if "dot" in forms:
        from orgmodel.charts import dot, ordering

        found["dot"] = dot.layout_graph(drawing, ordering.order_of(drawing)).encode("utf-8")
    pictures = [form for form in forms if form not in _WORDS]
    if pictures and engine is not None:
        found |= _pictures(drawing, pictures, engine)
    elif pictures:
        from orgmodel.charts.graphviz import Graphviz

        with Graphviz() as own:
            found |= _pictures(drawing, pictures, own)
    return found


def _pictures(drawing: Drawing, forms: Sequence[str], engine: Graphviz) -> dict[str, bytes]:
    from orgmodel.charts.composition import compose
    from orgmodel.charts.png import sized
    from orgmodel.charts.svg import accessible

    found: dict[str, bytes] = {}
    canvas = compose(drawing, engine)
    for form in forms:
        if form == "svg":
            found[form] = accessible(engine.draw(canvas.source, "svg"), drawing, canvas)
        elif form == "png":
            drawn = engine.draw(canvas.source, "png:cairo", dots_per_inch=_DOTS_PER_INCH)
            found[form] = sized(drawn, _DOTS_PER_INCH)
        else:
            found[form] = engine.draw(canvas.source, form)
    return found


def write(drawing: Drawing, paths: Sequence[Path], engine: Graphviz | None = None) -> None:
    """Writes a drawing to files; either all of them are written or none.

    Args:
        drawing: What to draw.
        paths: Where to, the form of each by its ending.
        engine: As for `render`.

    Raises:
        ChartError: It could not be drawn, or a file not written.
    """
    rendered = render(drawing, list(dict.fromkeys(form_of(path) for path in paths)), engine)
    waiting: list[tuple[str, Path]] = []
    try:
        for path in paths:
            _refuse(path)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(rendered[form_of(path)])
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
