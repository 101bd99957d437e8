"""Graphviz in a process of its own, with a time limit and the font that travels with orgmodel."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from orgmodel.charts.theme import FONT
from orgmodel.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.graph import Graph
    from orgmodel.charts.measures import Measurable

FONTS = Path(__file__).parent / "fonts"
TIME_LIMIT = 60.0
"""Seconds that the drawing of one chart may take."""

# Without hinting, which fits letters to the pixels of a screen, text is as wide as the font says.
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>
</fontconfig>
"""


class TooSlowError(ChartError):
    """A layout that took more than its share of the time."""


class Graphviz:
    """A running Graphviz; used as a context, it is ended with it.

    Args:
        time_limit: Seconds that it may take in all, from the first thing it is asked.
        command: What to run instead of the worker; for tests of what happens when it fails.
        fonts: Files of more fonts that it may write with.

    Attributes:
        measured: How wide and how high the texts and boxes are that it was asked of, in points.
    """

    def __init__(
        self,
        time_limit: float = TIME_LIMIT,
        command: Sequence[str] | None = None,
        fonts: Sequence[Path] = (),
    ) -> None:
        self.time_limit = time_limit
        self._fonts = fonts
        self._command = command or (sys.executable, "-m", "orgmodel.charts.worker", FONT)
        self._out_of_time = False
        self.measured: dict[Measurable, tuple[float, float]] = {}

    def __enter__(self) -> Graphviz:
        self._folder = tempfile.TemporaryDirectory(prefix="orgmodel-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        # Fontconfig writes into the folders that it reads: the package's own must stay as it is.
        fonts = Path(shutil.copytree(FONTS, folder / "fonts"))
        for number, font in enumerate(self._fonts):
            shutil.copyfile(font, fonts / f"{number}-{font.name}")
        configuration = folder / "fonts.conf"
        configuration.write_text(
            _CONFIGURATION.format(
                fonts=html.escape(str(fonts), quote=False),
                cache=html.escape(str(folder / "cache"), quote=False),
            ),
            encoding="utf-8",
        )
        self._said = (folder / "stderr").open("w+b")
        package = str(Path(__file__).parents[2])
        path = os.pathsep.join(p for p in (package, os.environ.get("PYTHONPATH", "")) if p)
        self._environment = {**os.environ, "FONTCONFIG_FILE": str(configuration), "PYTHONPATH": path}
        # A date in a PDF is as long as its time zone makes it.
        self._environment |= {"PYTHONUTF8": "1", "TZ": "UTC"}
        try:
            self._start()
        except ChartError:
            self._tidy()
            raise
        self._clock = threading.Timer(self.time_limit, self._stop)
        self._clock.daemon = True
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.cancel()
        self._finish()
        self._tidy()

    def _start(self) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no text from outside
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=self._environment,
            )
        except OSError as error:
            raise ChartError(f"the drawing process could not be started: {error.strerror}") from error

    def _finish(self) -> None:
        # It keeps nothing, so there is nothing to wait for.
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                cast("IO[bytes]", stream).close()
            except OSError:
                continue

    def _tidy(self) -> None:
        self._said.close()
        self._folder.cleanup()

    def _stop(self) -> None:
        self._out_of_time = True
        self._process.kill()

    def layout(self, graph: Graph, share: float | None = None) -> dict[str, list[float]]:
        """Where `dot` puts each node: x, y, width and height in points.

        Args:
            graph: The graph.
            share: What part of the time limit it may take, from 0 to 1; None: all that is left.

        Raises:
            ChartError: It could not be laid out, or not in time.
            TooSlowError: It took more than its share; another layout may still be asked for.
        """
        request = {"do": "layout", "graph": graph.as_data()}
        if share is None:
            return cast("dict[str, list[float]]", self._ask(request)[0]["nodes"])
        slow = threading.Event()
        process = self._process

        def stop() -> None:
            slow.set()
            process.kill()

        clock = threading.Timer(self.time_limit * share, stop)
        clock.daemon = True
        clock.start()
        try:
            return cast("dict[str, list[float]]", self._ask(request)[0]["nodes"])
        except ChartError as error:
            if not slow.is_set() or self._out_of_time:
                raise
            self._finish()
            self._start()
            raise TooSlowError(str(error)) from error
        finally:
            clock.cancel()

    def draw(self, graph: Graph, form: str, dots_per_inch: int = 72) -> bytes:
        """A picture of a graph whose every place is fixed.

        Args:
            graph: The graph.
            form: `svg`, `png:cairo`, `pdf`, or `canon`: the graph as a text in DOT.
            dots_per_inch: How fine a PNG is; the others are drawn in points, of which an inch has 72.
        """
        request = {"do": "draw", "graph": graph.as_data(), "form": form, "dpi": str(dots_per_inch)}
        return self._ask(request)[1]

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The answer, and the bytes that follow it."""
        stdin, stdout = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        if self._clock.ident is None:
            self._clock.start()
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            answer = stdout.readline()
            # One that is stopped while it answers leaves half a line.
            reply: dict[str, Any] = json.loads(answer) if answer.endswith(b"\n") else {}
            more = stdout.read(reply.get("bytes", 0))
        except OSError:
            reply = {}
        if not reply or len(more) < reply.get("bytes", 0):
            raise ChartError(self._end())
        if "error" in reply:
            raise ChartError(f"the chart could not be drawn: {reply['error']}")
        return reply, more

    def _end(self) -> str:
        code = self._process.wait()
        if self._out_of_time:
            return f"the drawing took longer than {self.time_limit:g} seconds and was stopped"
        self._said.flush()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        if any("pygraphviz" in line and "ModuleNotFoundError" in line for line in lines[-1:]):
            return (
                "pygraphviz is not installed here (it has no ready-made build for every platform); "
                "write .dot or .txt instead"
            )
        said = f": {lines[-1]}" if lines else ""
        return f"the drawing process ended early, with code {code}{said}"
