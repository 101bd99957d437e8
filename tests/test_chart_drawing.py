"""Drawing as a process: the same bytes everywhere, and what is said and left behind where it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import pytest

from orgmodel.charts.graph import Graph
from orgmodel.charts.graphviz import Graphviz, TooSlowError
from orgmodel.charts.paging import Page
from orgmodel.charts.render import FORMS, form_of, render, render_pages, write
from orgmodel.errors import ChartError
from tests import chart_rules, measuring
from tests.charting import STARTER, drawing, drawn, ends_of, tied

ROOT = Path(__file__).parent.parent


def orgmodel(
    *arguments: str | Path, cwd: Path, environment: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a command."""
    kept = {key: value for key, value in os.environ.items() if key != "ORGMODEL_GRAPH"}
    run = subprocess.run(
        [sys.executable, "-c", "from orgmodel.cli import main; main()", *map(str, arguments)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return run.returncode, run.stdout, run.stderr


def chart(
    *arguments: str | Path, cwd: Path, environment: dict[str, str] | None = None
) -> tuple[int, str, str]:
    given = ("chart", "governance", "-g", STARTER, "--as-of", "founding", *arguments)
    return orgmodel(*given, cwd=cwd, environment=environment)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files, to see what is left there."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


# The same everywhere


ELSEWHERE = {
    "another order of sets": {"PYTHONHASHSEED": "4711"},
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Auckland"},
    "no locale": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
    "no home": {"HOME": "/nowhere", "XDG_CACHE_HOME": "/nowhere", "XDG_CONFIG_HOME": "/nowhere"},
    "other fonts": {"FONTCONFIG_FILE": "/nowhere/fonts.conf", "FONTCONFIG_PATH": "/nowhere"},
    "other drawing": {"GVBINDIR": "/nowhere", "DOTFONTPATH": "/nowhere", "GDFONTPATH": "/nowhere"},
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_chart_is_the_same_wherever_it_is_drawn(tmp_path: Path, place: str) -> None:
    outputs = [part for form in FORMS for part in ("-o", tmp_path / f"chart.{form}")]
    done = chart(*outputs, cwd=tmp_path, environment=ELSEWHERE[place])
    assert done == (0, "".join(f"{tmp_path / f'chart.{form}'}\n" for form in FORMS), "")
    made = {form: (tmp_path / f"chart.{form}").read_bytes() for form in FORMS}
    assert [form for form in FORMS if made[form] != drawn("starter", "founding")[form]] == []


def test_a_chart_is_the_same_whatever_it_is_drawn_together_with() -> None:
    alone = {form: render(drawing("starter", "founding"), [form])[form] for form in FORMS}
    assert [form for form in FORMS if alone[form] != drawn("starter", "founding")[form]] == []


def test_a_running_engine_draws_one_chart_after_another() -> None:
    with Graphviz() as engine:
        for _ in range(2):
            for dataset, day in (("starter", "founding"), ("shropshire", "plan-2019")):
                assert render(drawing(dataset, day), ["svg"], engine)["svg"] == drawn(dataset, day)["svg"]


# Where it fails


SEGFAULT = "import os, signal, sys; sys.stdin.readline(); os.kill(os.getpid(), signal.SIGSEGV)"
NEVER = "import sys; sys.stdin.read()"
HALF = (
    "import sys; sys.stdin.readline(); sys.stdout.write('{\"nodes\":'); sys.stdout.flush(); sys.stdin.read()"
)
HALF_A_PICTURE = "print('{\"bytes\": 9}\\nhalf', end='', flush=True); import sys; sys.stdin.read()"
NO_PICTURE = "print('{\"bytes\": 9}', flush=True)"
SAYS_WHY = "import sys; sys.exit('the library is broken')"
REFUSES = 'print(\'{"error": "no such thing"}\', flush=True); import sys; sys.stdin.read()'


@pytest.mark.parametrize(
    ("command", "limit", "message"),
    [
        ((sys.executable, "-c", NEVER), 0.1, "the drawing took longer than 0.1 seconds and was stopped"),
        ((sys.executable, "-c", HALF), 0.5, "the drawing took longer than 0.5 seconds and was stopped"),
        (
            (sys.executable, "-c", HALF_A_PICTURE),
            0.5,
            "the drawing took longer than 0.5 seconds and was stopped",
        ),
        ((sys.executable, "-c", NO_PICTURE), 60, "the drawing process ended early, with code 0"),
        (
            (sys.executable, "-c", SAYS_WHY),
            60,
            "the drawing process ended early, with code 1: the library is broken",
        ),
        ((sys.executable, "-c", REFUSES), 60, "the chart could not be drawn: no such thing"),
        (("/nowhere/graphviz",), 60, "the drawing process could not be started: No such file or directory"),
        ((str(ROOT),), 60, "the drawing process could not be started: Permission denied"),
    ],
    ids=[
        "never answers",
        "half an answer",
        "half a picture",
        "no picture",
        "says why",
        "refuses",
        "is not there",
        "is no program",
    ],
)
def test_a_failing_drawing_process_is_said_and_nothing_is_written(
    command: tuple[str, ...], limit: float, message: str, tmp_path: Path, temporary: Path
) -> None:
    with pytest.raises(ChartError) as caught, Graphviz(limit, command) as engine:
        write(drawing("starter", "founding"), [tmp_path / "chart.txt", tmp_path / "chart.svg"], engine)
    assert str(caught.value) == message
    assert left_in(temporary) == []
    assert left_in(tmp_path) == ["temporary"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
def test_graphviz_alone_lays_out_the_dot_of_many_numbered_lines_along_rows() -> None:
    names = [f"body-{number}" for number in range(18)]
    rows = [names[i : i + 4] for i in range(0, 18, 4)]
    dot = render(tied(*rows, ties=combinations(names, 2)), ["dot"])["dot"]
    code = 'import sys, pygraphviz; pygraphviz.AGraph(string=sys.stdin.read()).layout(prog="dot")'
    done = subprocess.run([sys.executable, "-c", code], input=dot, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_crash_of_the_library_is_a_message(tmp_path: Path, temporary: Path) -> None:
    with pytest.raises(ChartError) as caught, Graphviz(60, (sys.executable, "-c", SEGFAULT)) as engine:
        write(drawing("starter", "founding"), [tmp_path / "chart.svg"], engine)
    assert str(caught.value) == "the drawing process ended early, with code -11"
    assert left_in(temporary) == []


def test_a_time_limit_that_is_too_short(tmp_path: Path, temporary: Path) -> None:
    done = chart("--time-limit", "0.001", "-o", "chart.svg", cwd=tmp_path)
    assert done == (1, "", "orgmodel: the drawing took longer than 0.001 seconds and was stopped\n")
    assert left_in(temporary) == []
    assert left_in(tmp_path) == ["temporary"]


SLOW = """if True:
    import time
    from orgmodel.charts import worker
    layout = worker.layout
    def slowly(graph):
        if "nslimit" in graph["attributes"]:
            time.sleep(600)
        return layout(graph)
    worker.layout = slowly
    worker.main()
"""
"""Lays out at once what has an order, and never what is to be given one."""


def test_where_the_best_layout_takes_too_long_a_simple_one_is_drawn_and_that_is_said(temporary: Path) -> None:
    chart = drawing("dudley", "arrangements-2019")
    said: list[str] = []
    with Graphviz(10, (sys.executable, "-c", SLOW)) as engine:
        made = render_pages([Page(chart, "")], chart, ["svg"], engine, warn=said.append)
    seen = measuring.read(made["svg", ""])
    assert {box.id for box in seen.boxes} == {box.id for box in chart.boxes}
    assert len(seen.lines) == len(chart.lines)
    assert chart_rules.wrong_with_bands(seen) == []
    assert chart_rules.wrong_with_boxes(seen) == []
    assert chart_rules.wrong_with_lines(seen, ends_of(chart)) == []
    simple = "its boxes stand in a simple order, for a better one was not found in time"
    assert said == [f"{chart.title}: {simple}: a longer --time-limit may find it"]
    assert left_in(temporary) == []


def test_a_layout_that_takes_more_than_its_share_ends_no_other() -> None:
    with Graphviz(10, (sys.executable, "-c", SLOW)) as engine:
        with pytest.raises(TooSlowError):
            engine.layout(Graph({"nslimit": "1"}, {}), 0.05)
        assert {*engine.layout(Graph({}, {}, nodes=[("a", {}), ("b", {})]), 0.5)} == {"a", "b"}


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_time_limit_that_is_none(tmp_path: Path, limit: str) -> None:
    code, out, error = chart("--time-limit", limit, "-o", "chart.svg", cwd=tmp_path)
    assert (code, out, error.splitlines()[-1]) == (
        2,
        "",
        f"Error: Invalid value for '--time-limit': {float(limit)} is not in the range x>0.",
    )


@pytest.fixture
def without_pygraphviz(tmp_path: Path) -> dict[str, str]:
    """An environment in which there is no pygraphviz, as where there is no wheel of it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import sys\n\n\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'pygraphviz':\n"
        "            raise ModuleNotFoundError(\"No module named 'pygraphviz'\", name=name)\n\n\n"
        "sys.meta_path.insert(0, Missing())\n",
        encoding="utf-8",
    )
    return {"PYTHONPATH": os.pathsep.join((str(ROOT), str(folder)))}


def test_without_pygraphviz_words_and_dot_are_written(
    tmp_path: Path, without_pygraphviz: dict[str, str]
) -> None:
    done = chart("-o", "chart.txt", "-o", "chart.dot", cwd=tmp_path, environment=without_pygraphviz)
    assert done == (0, "chart.txt\nchart.dot\n", "")
    for form in ("txt", "dot"):
        assert (tmp_path / f"chart.{form}").read_bytes() == drawn("starter", "founding")[form]


def test_without_pygraphviz_a_picture_says_what_to_do(
    tmp_path: Path, without_pygraphviz: dict[str, str], temporary: Path
) -> None:
    done = chart("-o", "chart.txt", "-o", "chart.svg", cwd=tmp_path, environment=without_pygraphviz)
    message = (
        "orgmodel: pygraphviz is not installed here (it has no ready-made build for every platform); "
        "write .dot or .txt instead\n"
    )
    assert done == (1, "", message)
    assert left_in(temporary) == []
    assert list(tmp_path.glob("chart*")) == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("chart", "chart: must end in one of .svg, .png, .pdf, .html, .drawio, .mmd, .dot, .txt"),
        ("chart.", "chart.: must end in one of .svg, .png, .pdf, .html, .drawio, .mmd, .dot, .txt"),
        (".svg", ".svg: must end in one of .svg, .png, .pdf, .html, .drawio, .mmd, .dot, .txt"),
        (
            "chart.svgz",
            (
                "chart.svgz: ending 'svgz' must be one of svg, png, pdf, html, drawio, mmd, dot, txt; did "
                "you mean 'svg'?"
            ),
        ),
        (
            "chart.docx",
            "chart.docx: ending 'docx' must be one of svg, png, pdf, html, drawio, mmd, dot, txt",
        ),
        (
            "chart.svg.zip",
            "chart.svg.zip: ending 'zip' must be one of svg, png, pdf, html, drawio, mmd, dot, txt",
        ),
    ],
)
def test_an_ending_that_asks_for_no_form(path: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ChartError) as caught:
        form_of(path)
    assert str(caught.value) == message
    done = chart("-o", "first.txt", "-o", path, cwd=tmp_path)
    assert done == (1, "", f"orgmodel: {message}\n")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_an_ending_in_capitals_is_the_same(form: str) -> None:
    assert form_of(Path("A.B") / f"Chart.{form.upper()}") == form


def _unwritable(folder: Path) -> dict[str, tuple[Path, str]]:
    (folder / "is-a-folder.svg").mkdir()
    (folder / "is-a-file").touch()
    return {
        "no folder": (folder / "missing" / "chart.svg", "No such file or directory"),
        "a folder": (folder / "is-a-folder.svg", "Is a directory"),
        "below a file": (folder / "is-a-file" / "chart.svg", "Not a directory"),
    }


@pytest.mark.parametrize("case", ["no folder", "a folder", "below a file"])
def test_where_one_of_two_files_cannot_be_written_neither_is(
    case: str, tmp_path: Path, temporary: Path
) -> None:
    target, reason = _unwritable(tmp_path)[case]
    before = left_in(tmp_path)
    done = chart("-o", tmp_path / "first.svg", "-o", target, cwd=tmp_path)
    assert done == (1, "", f"orgmodel: {target}: cannot be written: {reason}\n")
    assert left_in(tmp_path) == before
    assert left_in(temporary) == []


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="nothing is read-only for root")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_read_only_stays_as_it_is(what: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    target = folder / "chart.txt"
    target.write_text("kept", encoding="utf-8")
    (target if what == "file" else folder).chmod(0o555)
    try:
        done = chart("-o", tmp_path / "first.txt", "-o", target, cwd=tmp_path)
        assert done == (1, "", f"orgmodel: {target}: cannot be written: Permission denied\n")
        assert (left_in(tmp_path), target.read_text(encoding="utf-8")) == (["chart.txt", "folder"], "kept")
    finally:
        folder.chmod(0o755)


def test_a_file_that_is_there_is_replaced_and_keeps_to_the_mask(tmp_path: Path) -> None:
    target = tmp_path / "chart.txt"
    target.write_text("old", encoding="utf-8")
    assert chart("-o", "chart.txt", "-o", "chart.txt", cwd=tmp_path)[0] == 0
    assert target.read_bytes() == drawn("starter", "founding")["txt"]
    assert left_in(tmp_path) == ["chart.txt"]
    fresh = tmp_path / "fresh"
    fresh.touch()
    assert target.stat().st_mode == fresh.stat().st_mode


def test_without_a_file_the_chart_is_said_in_words(tmp_path: Path) -> None:
    words = drawn("starter", "founding")["txt"].decode()
    assert chart(cwd=tmp_path) == (0, words, "")


def test_the_package_is_as_it_was_after_drawing(tmp_path: Path) -> None:
    charts = ROOT / "orgmodel" / "charts"
    before = {path: path.stat().st_mtime_ns for path in charts.rglob("*") if "__pycache__" not in path.parts}
    assert chart("-o", "chart.svg", cwd=tmp_path)[0] == 0
    after = {path: path.stat().st_mtime_ns for path in charts.rglob("*") if "__pycache__" not in path.parts}
    assert after == before
