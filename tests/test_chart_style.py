"""How charts look: contrast by the formula of WCAG 2.2, kinds that tell apart, and what an import does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgmodel.charts import style
from orgmodel.charts.theme import DEFAULT, THEMES, Theme, contrast
from tests.charting import CHARTS, picture

if TYPE_CHECKING:
    from orgmodel.charts.drawing import BoxKind

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
    for pair in (
        ("#000000", "#ffffff"),
        ("#1f4e79", "#eef2f6"),
        ("#eef2f6", "#1f4e79"),
        ("#123456", "#123456"),
    ):
        assert contrast(*pair) == pytest.approx(_contrast(*pair))


every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def _grounds(theme: Theme) -> set[str]:
    return {theme.paper, *theme.bands}


@every_theme
def test_text_stands_out(theme: Theme) -> None:
    grounds = _grounds(theme) | {*theme.fills.values()}
    assert {ground: ratio for ground in grounds if (ratio := _contrast(theme.ink, ground)) < 4.5} == {}


@every_theme
def test_lines_and_edges_stand_out(theme: Theme) -> None:
    colours = {*theme.lines.values(), *theme.edges.values(), theme.band_edge}
    pairs = {(colour, ground) for colour in colours for ground in _grounds(theme)}
    pairs |= {(theme.edges[kind], theme.fills[kind]) for kind in theme.edges}
    assert {pair: ratio for pair in pairs if (ratio := _contrast(*pair)) < 3} == {}


def test_high_contrast_is_seven_to_one() -> None:
    theme = THEMES["high-contrast"]
    pairs = {(theme.ink, ground) for ground in _grounds(theme) | {*theme.fills.values()}}
    pairs |= {(colour, ground) for colour in theme.lines.values() for ground in _grounds(theme)}
    pairs |= {(theme.edges[kind], theme.fills[kind]) for kind in theme.edges}
    assert {pair: ratio for pair in pairs if (ratio := _contrast(*pair)) < 7} == {}


def test_print_has_no_colour() -> None:
    theme = THEMES["print"]
    colours = {theme.ink, theme.paper, theme.band_edge, *theme.bands, *theme.fills.values()}
    colours |= {*theme.edges.values(), *theme.lines.values()}
    assert {colour for colour in colours if len({colour[1:3], colour[3:5], colour[5:7]}) > 1} == set()


@every_theme
def test_every_kind_has_its_colours(theme: Theme) -> None:
    assert {*theme.fills} == {*theme.edges} == {*style.BOXES}
    assert {*theme.lines} == {*style.LINES}


@every_chart
def test_a_chart_has_the_colours_of_the_style_and_no_other(dataset: str, day: str) -> None:
    used = {
        element.attrib[name]
        for element in picture(dataset, day).root.iter()
        for name in ("fill", "stroke")
        if name in element.attrib
    }
    known = {DEFAULT.ink, DEFAULT.band_edge, *_grounds(DEFAULT), *DEFAULT.lines.values()}
    assert used <= known | {*DEFAULT.fills.values()} | {*DEFAULT.edges.values()} | {"none"}


def test_kinds_of_lines_tell_apart_without_colour() -> None:
    looks = [
        (look.pattern, look.heads, look.head, look.both, look.width if look.head == "none" else 0)
        for look in style.LINES.values()
    ]
    assert len(looks) == len(set(looks))


def _look(kind: BoxKind) -> tuple[str, bool, int]:
    look = style.BOXES[kind]
    return look.shape, look.rounded, look.edges


def test_kinds_of_boxes_in_one_chart_tell_apart_without_colour() -> None:
    for kinds in TOGETHER:
        assert len({_look(kind) for kind in kinds}) == len(kinds), kinds


TOGETHER: list[tuple[BoxKind, ...]] = [
    ("officer", "partnership", "body", "support", "outside"),
    ("chair", "seat", "vacant-seat"),
    ("organisation", "partnership", "body", "part", "post"),
    ("organisation", "partnership", "body", "outside", "agreement"),
    ("event", "deadline", "life"),
]
"""The kinds of boxes that stand in one chart."""


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
