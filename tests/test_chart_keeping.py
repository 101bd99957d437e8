"""The charts that a dataset keeps: listed in its charts.yaml, drawn anew where what they show changed."""

# ruff: noqa: E501 - a message reads best as one line

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgmodel.charts.governance import governance
from orgmodel.charts.keeping import RECORD
from orgmodel.charts.render import Look, render
from orgmodel.charts.theme import THEMES
from orgmodel.cli import main
from orgmodel.datasets import yaml
from tests.charting import STARTER

if TYPE_CHECKING:
    from orgmodel.charts.graphviz import Graphviz

CHARTS = """\
folder: ../published
charts:
  - chart: governance
    as_of: founding
    files: [governance.svg, governance.txt]
  - chart: membership
    body: Executive
    files: [membership.svg]
  - chart: timeline
    files: [timeline.txt]
"""
FILES = ["governance.svg", "governance.txt", "membership.svg", "timeline.txt"]


@pytest.fixture
def dataset(here: Path) -> Path:
    folder = Path(shutil.copytree(STARTER, here / "river"))
    (folder / "charts.yaml").write_text(CHARTS, encoding="utf-8")
    return folder


def keep(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[object, list[str], str]:
    with pytest.raises(SystemExit) as left:
        main(["chart", "--all", "-g", "river", *more])
    printed = capsys.readouterr()
    return left.value.code, [Path(line).name for line in printed.out.splitlines()], printed.err


def in_folder(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_are_drawn_and_then_none(
    dataset: Path, here: Path, capsys: pytest.CaptureFixture[str], engine: Graphviz
) -> None:
    assert keep(capsys) == (0, FILES, "orgmodel: 3 drawn, 0 unchanged\n")
    assert in_folder(here / "published") == [RECORD, *FILES]
    drawn = render(governance(yaml.read(dataset).as_of("founding")), ["svg", "txt"], engine)
    assert (here / "published" / "governance.svg").read_bytes() == drawn["svg"]
    assert (here / "published" / "governance.txt").read_bytes() == drawn["txt"]
    assert keep(capsys) == (0, [], "orgmodel: 0 drawn, 3 unchanged\n")
    assert keep(capsys, "--anew") == (0, FILES, "orgmodel: 3 drawn, 0 unchanged\n")


def test_only_what_changed_is_drawn(dataset: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(capsys)
    bodies = dataset / "bodies.yaml"
    text = bodies.read_text(encoding="utf-8")
    assert "meetings_per_year: 6" in text
    bodies.write_text(text.replace("meetings_per_year: 6", "meetings_per_year: 4"), encoding="utf-8")
    assert keep(capsys) == (0, ["governance.svg", "governance.txt"], "orgmodel: 1 drawn, 2 unchanged\n")
    assert "Meets 4 times a year" in (here / "published" / "governance.txt").read_text(encoding="utf-8")
    # What somebody else wrote, or took away, is not what would be drawn.
    (here / "published" / "governance.svg").write_text("<svg/>", encoding="utf-8")
    (here / "published" / "timeline.txt").unlink()
    assert keep(capsys) == (0, ["governance.svg", "timeline.txt"], "orgmodel: 2 drawn, 1 unchanged\n")
    (here / "published" / RECORD).write_text("not JSON", encoding="utf-8")
    assert keep(capsys)[1:] == (FILES, "orgmodel: 3 drawn, 0 unchanged\n")


def test_what_only_the_page_of_a_body_shows_is_drawn_anew_too(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "charts:\n  - {chart: governance, as_of: founding, split: body, files: [a.svg, a.html]}\n"
    (dataset / "charts.yaml").write_text(text, encoding="utf-8")
    keep(capsys)
    bodies = dataset / "bodies.yaml"
    said = bodies.read_text(encoding="utf-8")
    assert "name: Police, role: lead" in said
    bodies.write_text(said.replace("name: Police, role: lead", "name: Brigade, role: lead"), encoding="utf-8")
    assert keep(capsys)[2] == "orgmodel: 1 drawn, 0 unchanged\n"
    (seated,) = (p for p in dataset.glob("a-*.svg") if "Brigade" in p.read_text(encoding="utf-8"))
    assert seated.name == "a-riverton-exploitation-group.svg"
    page = (dataset / "a.html").read_text(encoding="utf-8")
    # In the picture, and in words.
    assert page.count("Brigade") >= 2
    assert "Brigade" in page.rpartition("</svg>")[2]


def test_of_several_pages_each_is_kept(dataset: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "charts:\n  - {chart: governance, as_of: founding, split: body, files: [a.svg, a.txt]}\n"
    (dataset / "charts.yaml").write_text(text, encoding="utf-8")
    _, drawn, _ = keep(capsys)
    assert len(drawn) > 3
    assert {*drawn} == {*in_folder(dataset)} & {name for name in in_folder(dataset) if name.startswith("a")}
    assert keep(capsys)[2] == "orgmodel: 0 drawn, 1 unchanged\n"
    (dataset / drawn[1]).unlink()
    assert keep(capsys)[1:] == (drawn[:-1], "orgmodel: 1 drawn, 0 unchanged\n")
    assert (dataset / drawn[1]).is_file()
    assert not (here / "published").exists()


def test_pages_that_are_none_any_more_are_removed_if_nobody_changed_them(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = "charts:\n  - {chart: governance, as_of: founding%s, files: [a.svg]}\n"
    (dataset / "charts.yaml").write_text(one % ", split: body", encoding="utf-8")
    _, [first, changed, taken, *others], _ = keep(capsys)
    assert (first, len(others)) == ("a.svg", 1)
    (dataset / changed).write_text("<svg/>", encoding="utf-8")
    # The file of a chart that cannot be drawn now is not a page of another that is none any more.
    other = f"  - {{chart: membership, body: Nobody, files: [{taken}]}}\n"
    (dataset / "charts.yaml").write_text(one % "" + other, encoding="utf-8")
    code, drawn, said = keep(capsys)
    assert (code, drawn) == (1, ["a.svg"])
    removed = "".join(f"orgmodel: river/{name} is no page of it any more: removed\n" for name in others)
    assert said.startswith(removed)
    assert said.count("no page") == 1
    assert {first, changed, taken} == {path.name for path in dataset.glob("*.svg")}
    # What is no page any more is not looked at again.
    (dataset / others[0]).write_text("ours", encoding="utf-8")
    keep(capsys, "--anew")
    assert (dataset / others[0]).read_text(encoding="utf-8") == "ours"


def test_files_of_one_name_in_two_folders_are_two(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = "  - {chart: timeline, files: [%s]}\n"
    (dataset / "charts.yaml").write_text("charts:\n" + one % "x/a.txt" + one % "y/./a.txt", encoding="utf-8")
    assert keep(capsys)[::2] == (0, "orgmodel: 2 drawn, 0 unchanged\n")
    assert (dataset / "x" / "a.txt").read_bytes() == (dataset / "y" / "a.txt").read_bytes()
    assert keep(capsys)[2] == "orgmodel: 0 drawn, 2 unchanged\n"
    (dataset / "x" / "a.txt").unlink()
    assert keep(capsys)[2] == "orgmodel: 1 drawn, 1 unchanged\n"


def test_a_file_is_that_of_one_chart_however_it_is_written(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = "  - {chart: timeline, files: [%s]}\n"
    (dataset / "charts.yaml").write_text("charts:\n" + one % "a.txt" + one % "./a.txt", encoding="utf-8")
    file = Path("river") / "charts.yaml"
    assert keep(capsys) == (1, [], f"orgmodel: {file}: ./a.txt is the file of two charts\n")


def test_a_page_is_never_another_chart_too(
    dataset: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "size: a5\ncharts:\n  - {chart: governance, as_of: founding, with: members, files: [a.svg]}\n"
        "  - {chart: membership, body: Executive, files: [a-2.svg]}\n"
    )
    (dataset / "charts.yaml").write_text(text, encoding="utf-8")
    code, drawn, said = keep(capsys)
    page = Path("river") / "a-2.svg"
    clash = f"{page} would be a page of a.svg and a chart of its own: give one another name"
    assert (code, drawn[0]) == (1, "a-2.svg")
    assert said.startswith(f"orgmodel: a.svg: {clash}\n")
    assert not (dataset / "a.svg").exists()
    words = ("governance", "--with", "members", "--size", "a5", "-o", "b.svg", "-o", "./b-2.svg")
    with pytest.raises(SystemExit) as left:
        main(["chart", *words, "-g", "river", "--as-of", "founding"])
    said = "b-2.svg would be a page of b.svg and a chart of its own: give one another name"
    assert (left.value.code, capsys.readouterr().err) == (1, f"orgmodel: {said}\n")
    assert not list(here.glob("b*"))


def test_what_more_time_would_make_better_is_drawn_anew_and_removes_nothing(
    dataset: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "size: a5\ncharts: [{chart: governance, as_of: founding, with: members, files: [a.svg]}]\n"
    (dataset / "charts.yaml").write_text(text, encoding="utf-8")
    pages = keep(capsys)[1]
    assert len(pages) > 2
    clock = count(0, 20)
    with monkeypatch.context() as patched:
        patched.setattr("orgmodel.charts.render.monotonic", lambda: next(clock))
        code, drawn, said = keep(capsys, "--anew")
    assert (code, drawn) == (0, ["a.svg"])
    assert "a longer --time-limit may find it" in said
    assert all((dataset / page).exists() for page in pages)
    assert keep(capsys)[1:] == (pages, "orgmodel: 1 drawn, 0 unchanged\n")
    assert keep(capsys, "--time-limit", "50")[1:] == ([], "orgmodel: 0 drawn, 1 unchanged\n")


def test_another_look_draws_all_anew(
    dataset: Path, here: Path, capsys: pytest.CaptureFixture[str], engine: Graphviz
) -> None:
    keep(capsys)
    (dataset / "charts.yaml").write_text("theme: print\n" + CHARTS, encoding="utf-8")
    assert keep(capsys)[1] == FILES
    chart = governance(yaml.read(dataset).as_of("founding"))
    drawn = render(chart, ["svg"], engine, Look(THEMES["print"]))["svg"]
    assert (here / "published" / "governance.svg").read_bytes() == drawn


def test_they_can_be_drawn_elsewhere(dataset: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dataset
    assert keep(capsys, "--into", "other/place") == (0, FILES, "orgmodel: 3 drawn, 0 unchanged\n")
    assert in_folder(here / "other" / "place") == [RECORD, *FILES]
    assert not (here / "published").exists()


def test_one_that_cannot_be_drawn_keeps_no_other_from_being_drawn(
    dataset: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CHARTS.replace("body: Executive", "body: Executif").replace("timeline.txt", "timeline.mmd")
    (dataset / "charts.yaml").write_text(text, encoding="utf-8")
    assert keep(capsys) == (
        1,
        ["governance.svg", "governance.txt"],
        (
            "orgmodel: membership.svg: there is no Body or Partnership 'Executif': did you mean "
            "riverton-executive?\n"
            "orgmodel: timeline.mmd: rows and columns have no form in Mermaid: write .svg, .html or .drawio "
            "instead, or .txt\n"
            "orgmodel: 1 drawn, 0 unchanged, 2 could not be drawn\n"
        ),
    )
    assert in_folder(here / "published") == [RECORD, "governance.svg", "governance.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("charts:\n  - {chart: membership, files: [a.svg]}\n", "charts.yaml:2:5: `body` is missing"),
        (
            "charts:\n  - {chart: governnance, files: [a.svg]}\n",
            (
                "charts.yaml:2:5: no chart 'governnance': must be one of governance, membership, accountability, "
                "partner, agreements, plan, matrix, interlocks, timeline, changes; did you mean 'governance'?"
            ),
        ),
        ("charts:\n  - {files: [a.svg]}\n", "charts.yaml:2:5: `chart` is missing"),
        (
            "charts:\n  - {chart: agreements, boddy: x, files: [a.svg]}\n",
            "charts.yaml:2:25: no setting 'boddy': must be one of as_of, files, size, chart, partnership",
        ),
        ("charts:\n  - {chart: agreements, files: []}\n", "charts.yaml:2:32: nothing is given here"),
        (
            "charts:\n  - {chart: agreements}\n  - {chart: timeline, files: [a.svg]}\n",
            "charts.yaml:2:3: `files` is missing of chart 1 (agreements)",
        ),
        (
            "charts:\n  - {chart: governance, depth: 0, files: [a.svg]}\n",
            "charts.yaml:2:32: 0 is too small: give 1 or more",
        ),
        ("dpi: 2000\ncharts: []\n", "charts.yaml:1:6: 2000 is too large: give 1200 or less"),
        (
            "charts:\n  - {chart: agreements, files: [a.svg, a.svk]}\n  - {chart: timeline, files: [a.svg]}\n",
            (
                "charts.yaml: a.svk: ending 'svk' must be one of svg, png, pdf, html, drawio, mmd, dot, txt; did "
                "you mean 'svg'?\nriver/charts.yaml: a.svg is the file of two charts"
            ),
        ),
        (
            "theme: prnt\ncharts: []\n",
            "no theme 'prnt': must be one of default, high-contrast, print; did you mean 'print'?; or give a .yaml file",
        ),
        (
            "link_template: nowhere\ncharts: []\n",
            "the link template 'nowhere' must have {id} where the id of a thing goes, and nothing else in braces",
        ),
    ],
)
def test_a_charts_file_that_is_none(
    dataset: Path, here: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (dataset / "charts.yaml").write_text(text, encoding="utf-8")
    place = "river/" if said.startswith("charts.yaml") else ""
    assert keep(capsys) == (1, [], f"orgmodel: {place}{said}\n")
    assert in_folder(here) == ["river"]


def test_what_has_none(here: Path, dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dataset / "charts.yaml").unlink()
    said = (
        "orgmodel: river has no charts.yaml, which says what charts to keep: write one, see docs/charts.md\n"
    )
    assert keep(capsys) == (1, [], said)
    with pytest.raises(SystemExit) as left:
        main(["chart", "--all"])
    assert left.value.code == 1
    assert capsys.readouterr().err.endswith(
        "orgmodel: --all draws the charts of a dataset in a folder: name one with -g FOLDER\n"
    )
    assert in_folder(here) == ["river"]


def test_it_is_no_part_of_the_dataset(dataset: Path) -> None:
    with_it = yaml.read(dataset)
    (dataset / "charts.yaml").unlink()
    assert yaml.read(dataset) == with_it


@pytest.mark.parametrize(
    "words",
    [
        ("-g", "river", "timeline"),
        ("--all", "timeline", "-g", "river"),
        ("--anew", "timeline"),
        ("-g", "river"),
    ],
    ids=" ".join,
)
def test_options_in_the_wrong_place_are_not_passed_over(
    dataset: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dataset
    with pytest.raises(SystemExit) as left:
        main(["chart", *words])
    printed = capsys.readouterr()
    assert left.value.code == 2
    if "timeline" in words:
        assert printed.out == ""
        assert printed.err.splitlines()[-1] == (
            "Error: options go after timeline: orgmodel chart timeline -g SOURCE; --all, --into and --anew "
            "are for no one chart"
        )
