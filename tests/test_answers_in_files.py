"""Answers in files: a format for each ending, workbooks read back, and what cannot be written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given

from orgmodel import tables
from orgmodel.cli import main
from orgmodel.tables import Rows
from tests.datasets import write
from tests.test_queries import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable

DATASET = """\
dataset: {id: tiny, name: Tiny}
sources:
  - {id: terms, name: Terms, published: 2024-03}
organisations:
  - {id: ambulance, name: "Ambulance | Trust", kind: ambulance, citations: [terms 1]}
  - {id: fire, name: "=Zoë's Fire", kind: fire-and-rescue, citations: [terms 1]}
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    seats:
      - {name: "=1+1", role: member, category: "@Core", represents: [fire, ambulance], places: 2}
      - {name: 'The "Chair", always', role: chair, represents: ambulance, citations: [terms 10]}
  - {id: panel, name: "=Panel", citations: [terms 1], seats: [{name: S, role: lead, represents: fire}]}
"""

ASKED = ("partners", "--as-of", "2025")

CSV = """\
organisation_id,organisation,kind,bodies,seats,categories,since,last_seen,certainty,citations
fire,'=Zoë's Fire,fire-and-rescue,2,2,'@Core,2024-03-01,2024-03,stated,terms 1
ambulance,Ambulance | Trust,ambulance,1,2,'@Core,2024-03-01,2024-03,stated,terms 1; terms 10
""".replace("\n", "\r\n")

JSON = [
    {
        "organisation_id": "fire",
        "organisation": "=Zoë's Fire",
        "kind": "fire-and-rescue",
        "bodies": 2,
        "seats": 2,
        "categories": ["@Core"],
        "since": "2024-03-01",
        "last_seen": "2024-03",
        "certainty": "stated",
        "citations": ["terms 1"],
    },
    {
        "organisation_id": "ambulance",
        "organisation": "Ambulance | Trust",
        "kind": "ambulance",
        "bodies": 1,
        "seats": 2,
        "categories": ["@Core"],
        "since": "2024-03-01",
        "last_seen": "2024-03",
        "certainty": "stated",
        "citations": ["terms 1", "terms 10"],
    },
]

MARKDOWN = """\
| organisation | kind | bodies | seats | categories | since | last_seen | certainty | citations |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| =Zoë's Fire | fire-and-rescue | 2 | 2 | @Core | 2024-03-01 | 2024-03 | stated | terms 1 |
| Ambulance \\| Trust | ambulance | 1 | 2 | @Core | 2024-03-01 | 2024-03 | stated | terms 1; terms 10 |
"""

WORDS = """\
organisation  =Zoë's Fire
kind          fire-and-rescue
bodies        2
seats         2
categories    @Core
since         2024-03-01
last seen     2024-03
certainty     stated
citations     terms 1

organisation  Ambulance | Trust
kind          ambulance
bodies        1
seats         2
categories    @Core
since         2024-03-01
last seen     2024-03
certainty     stated
citations     terms 1
              terms 10

"""

XLSX = [
    [*JSON[0]],
    ["fire", "=Zoë's Fire", "fire-and-rescue", 2, 2, "@Core", "2024-03-01", "2024-03", "stated", "terms 1"],
    [
        *("ambulance", "Ambulance | Trust", "ambulance", 1, 2, "@Core", "2024-03-01", "2024-03", "stated"),
        "terms 1; terms 10",
    ],
]


@pytest.fixture
def ask(
    capfdbinary: pytest.CaptureFixture[bytes], here: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[object, str, str]]:
    """Asks the dataset, by the command, in an empty folder: exit code, stdout and stderr."""
    write(here, {"tiny/tiny.yaml": DATASET})
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["ask", *arguments, "-g", "tiny"])
        out, err = capfdbinary.readouterr()
        return left.value.code, out.decode(), err.decode()

    return run


def values(raw: bytes) -> list[list[Any]]:
    """All cells of a workbook, by row."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["Answer"]
    return [[cell.value for cell in row] for row in book["Answer"].iter_rows()]


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("answer.csv", CSV),
        ("answer.json", json.dumps(JSON, ensure_ascii=False, indent=2) + "\n"),
        ("answer.md", MARKDOWN),
        ("two words.v2.MD", MARKDOWN),
    ],
)
def test_the_ending_says_the_format(ask: Callable[..., object], file: str, written: str) -> None:
    assert ask(*ASKED, "-o", file) == (0, f"{file}\n", "")
    assert Path(file).read_bytes() == written.encode()


def test_a_text_file_is_as_wide_as_a_page_whatever_the_window(ask: Callable[..., object]) -> None:
    assert ask(*ASKED, "--output", "answer.txt") == (0, "answer.txt\n", "")
    lines = Path("answer.txt").read_bytes().decode().split("\n")
    assert [line.rstrip() for line in lines] == WORDS.split("\n")


def test_a_workbook_has_the_whole_answer(ask: Callable[..., object]) -> None:
    assert ask(*ASKED, "-o", "answer.xlsx") == (0, "answer.xlsx\n", "")
    raw = Path("answer.xlsx").read_bytes()
    assert values(raw) == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["Answer"]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True] * 10
    assert [cell.font.bold for cell in sheet[2]] == [False] * 10


def test_a_matrix_in_a_workbook(ask: Callable[..., object]) -> None:
    assert ask("matrix", "--as-of", "2025", "-o", "matrix.xlsx") == (0, "matrix.xlsx\n", "")
    raw = Path("matrix.xlsx").read_bytes()
    assert values(raw) == [
        ["member_id", "member", "certainty", "citations", "=Panel", "Board"],
        ["fire", "=Zoë's Fire", "stated", "terms 1", "lead", "member (@Core)"],
        [
            *("ambulance", "Ambulance | Trust", "stated", "terms 1; terms 10", None),
            "chair; member (@Core)",
        ],
    ]


def test_no_cell_of_a_workbook_is_a_formula_or_an_error(here: Path) -> None:  # noqa: ARG001
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "#N/A",
        "#REF!",
        "TRUE",
        "007",
        "1e5",
        "2019-09",
        "'x",
        "",
        " x ",
    ]
    rows = Rows(("=heading", "other"), tuple((text, [text, "y"]) for text in texts))
    raw = tables.to_xlsx(rows)
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["Answer"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["=heading", "other"],
        *([text or None, f"{text}; y"] for text in texts),
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert b"<f" not in parts.read("xl/worksheets/sheet1.xml")


def test_numbers_stay_numbers_and_what_is_no_text_becomes_one() -> None:
    rows = Rows(
        ("a", "b", "c", "d", "e", "f"),
        (
            (1, 2.5, True, None, ["x", 3], {"k": 1}),
            (-7, 10**12, False, "bell\x07\ufffeend", [], "two\nlines"),
        ),
    )
    assert values(tables.to_xlsx(rows)) == [
        ["a", "b", "c", "d", "e", "f"],
        [1, 2.5, "true", None, "x; 3", '{"k": 1}'],
        [-7, 10**12, "false", "bell  end", None, "two\nlines"],
    ]


@given(rows=ANSWERS)
def test_a_workbook_loses_nothing(rows: Rows) -> None:
    read = values(tables.to_xlsx(rows))
    assert read[0] == list(rows.columns)
    assert read[1:] == [
        [value if isinstance(value, int) else tables.as_text(value) or None for value in row]
        for row in rows.rows
    ]


def test_no_rows_are_a_heading_alone_and_are_said(ask: Callable[..., object]) -> None:
    said = "orgmodel: no rows: nothing is known that answers it on that day\n"
    for file in ("answer.csv", "answer.xlsx", "answer.txt"):
        assert ask("partners", "--as-of", "2019", "-o", file) == (0, f"{file}\n", said)
    assert Path("answer.csv").read_bytes() == CSV.encode().splitlines(keepends=True)[0]
    assert values(Path("answer.xlsx").read_bytes()) == XLSX[:1]
    assert Path("answer.txt").read_bytes() == b""


def test_format_is_stronger_than_the_ending_and_a_dash_is_stdout(ask: Callable[..., object]) -> None:
    assert ask(*ASKED, "--format", "csv", "-o", "answer.data") == (0, "answer.data\n", "")
    assert ask(*ASKED, "--format", "csv", "-o", "answer.json") == (0, "answer.json\n", "")
    assert Path("answer.data").read_bytes() == Path("answer.json").read_bytes() == CSV.encode()
    assert ask(*ASKED, "--format", "csv", "-o", "-") == (0, CSV, "")
    assert ask(*ASKED, "--format", "xlsx", "-o", "book") == (0, "book\n", "")
    assert values(Path("book").read_bytes()) == XLSX


def test_a_file_that_is_there_is_written_anew(ask: Callable[..., object]) -> None:
    Path("answer.md").write_text("x" * 10_000, encoding="utf-8")
    assert ask(*ASKED, "-o", "answer.md") == (0, "answer.md\n", "")
    assert Path("answer.md").read_bytes() == MARKDOWN.encode()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("-o", "answer.pdf"),
            "answer.pdf: the ending must be one of .csv, .json, .md, .xlsx, .txt, or say --format",
        ),
        (
            ("-o", "answer"),
            "answer: the ending must be one of .csv, .json, .md, .xlsx, .txt, or say --format",
        ),
        (("--format", "xlsx"), "xlsx is a file: name it with -o answer.xlsx"),
        (("--format", "xlsx", "-o", "-"), "xlsx is a file: name it with -o answer.xlsx"),
        (("-o", "tiny"), "Invalid value for '-o' / '--output': File 'tiny' is a directory."),
    ],
    ids=["unknown ending", "no ending", "workbook on stdout", "workbook on stdout by name", "folder"],
)
def test_a_file_of_no_known_format_is_exit_2_and_is_not_written(
    ask: Callable[..., tuple[object, str, str]], options: tuple[str, ...], message: str
) -> None:
    code, out, err = ask(*ASKED, *options)
    assert (code, out, err.splitlines()[-1]) == (2, "", f"Error: {message}")
    assert [file.name for file in Path().iterdir()] == ["tiny"]


@pytest.mark.parametrize("ending", tables.SUFFIXES)
def test_a_folder_that_is_not_there_is_exit_1_and_one_line(ask: Callable[..., object], ending: str) -> None:
    file = Path("nowhere") / f"answer{ending}"
    message = f"orgmodel: {file} cannot be written: No such file or directory\n"
    assert ask(*ASKED, "-o", str(file)) == (1, "", message)
