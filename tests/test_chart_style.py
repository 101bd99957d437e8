"""How charts look: contrast by the formula of WCAG 2.2, kinds that tell apart, and what an import does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgmodel.charts import style
from tests.charting import CHARTS, picture

every_chart = pytest.mark.parametrize(("dataset", "day"), CHARTS)


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, two: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_of_contrast() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


GROUNDS = {style.PAPER, *style.BAND_FILLS}


@pytest.mark.parametrize("ground", sorted(GROUNDS | {look.fill for look in style.BOXES.values()}))
def test_text_stands_out(ground: str) -> None:
    assert _contrast(style.INK, ground) >= 4.5


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_lines_and_edges_stand_out(ground: str) -> None:
    colours = {look.colour for look in style.LINES.values()} | {look.edge for look in style.BOXES.values()}
    assert {c: round(_contrast(c, ground), 2) for c in colours if _contrast(c, ground) < 3} == {}
    assert _contrast(style.BAND_EDGE, ground) >= 3
    assert all(_contrast(look.edge, look.fill) >= 3 for look in style.BOXES.values())


@every_chart
def test_a_chart_has_the_colours_of_the_style_and_no_other(dataset: str, day: str) -> None:
    used = {
        element.attrib[name]
        for element in picture(dataset, day).root.iter()
        for name in ("fill", "stroke")
        if name in element.attrib
    }
    looks = [*style.BOXES.values()]
    known = {style.INK, style.BAND_EDGE, *GROUNDS, *(look.colour for look in style.LINES.values())}
    assert used <= known | {look.fill for look in looks} | {look.edge for look in looks} | {"none"}


def test_kinds_of_lines_tell_apart_without_colour() -> None:
    looks = [(look.pattern, look.heads, look.head, look.both) for look in style.LINES.values()]
    assert len(looks) == len(set(looks))


# Importing


def test_importing_the_charts_starts_nothing_and_reads_nothing(tmp_path: Path) -> None:
    code = """if True:
        import sys
        seen = []
        def hook(event, arguments):
            if event in {"subprocess.Popen", "os.exec", "os.posix_spawn", "socket.connect", "os.mkdir"}:
                seen.append((event, str(arguments)))
            elif event == "open" and not str(arguments[0]).endswith((".py", ".pyc", ".so", ".pyd")):
                seen.append((event, str(arguments[0])))
        import xml.etree.ElementTree, graphviz, orgmodel.structure
        sys.addaudithook(hook)
        import orgmodel.charts
        from orgmodel.charts import composition, governance, render, graphviz, svg, words
        print(seen)
        print("pygraphviz" in sys.modules)
    """
    root = str(Path(__file__).parent.parent)
    run = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode().split() == ["[]", "False"]
