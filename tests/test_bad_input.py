"""What cannot be answered: each question and `check` say so in one line, or find nothing, and never fail."""

# ruff: noqa: E501 - what is said reads best as a line
from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from orgmodel.cli import main
from orgmodel.questions import Questions
from tests.datasets import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from orgmodel.headers import Question

    Run = Callable[..., tuple[object, str, list[str]]]

QUESTIONS = Questions()
NOTHING = "dataset: {id: nothing, name: Nothing}\n"
THINGS = """\
sources: [{id: paper, name: Paper, published: 2019}]
partnerships: [{id: place, name: Place, citations: [paper 1]}]
organisations: [{id: police, name: Police, citations: [paper 4]}]
posts: [{id: chief, name: Chief, citations: [paper 5]}]
agreements: [{id: deal, name: Deal, status: intended, citations: [paper 6]}]
"""
ALONE = f"""\
dataset: {{id: alone, name: Alone}}
{THINGS}
bodies: [{{id: board, name: Board, citations: [paper 2]}}, {{id: group, name: Group, citations: [paper 3]}}]
"""
ROUND = f"""\
dataset: {{id: round, name: Round}}
{THINGS}
bodies:
  - {{id: board, name: Board, citations: [paper 2], accountable_to: group, reports_to: board}}
  - {{id: group, name: Group, citations: [paper 3], accountable_to: panel}}
  - {{id: panel, name: Panel, citations: [paper 7], accountable_to: [board, panel]}}
"""
OF_EACH = {
    "Body": ["board", "group"],
    "Organisation": ["police"],
    "Post": ["chief"],
    "Partnership": ["place"],
    "Agreement": ["deal"],
    "Source": ["paper"],
}


@pytest.fixture
def run(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs orgmodel beside some datasets: its exit code, what it prints, and each line it says beside."""
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    write(here, {"nothing.yaml": NOTHING, "alone.yaml": ALONE, "round.yaml": ROUND})

    def run(*words: str) -> tuple[object, str, list[str]]:
        with pytest.raises(SystemExit) as left:
            main([*words])
        printed = capsys.readouterr()
        return left.value.code, printed.out, printed.err.splitlines()

    return run


def arguments(question: Question) -> list[str]:
    """A word for each argument that the question must be given, another for each."""
    given: list[str] = []
    for parameter in question.parameters:
        if parameter.default is None:
            label = next((label for label in parameter.types if label in OF_EACH), None)
            names = OF_EACH[label] if label else ["anything"]
            some = names if parameter.several else [names[len(given) % len(names)]]
            given += some
    return given


def answered_with_nothing(done: tuple[object, str, list[str]]) -> bool:
    """Whether there is an answer without rows and a line that says so; or one line that says why none."""
    code, printed, lines = done
    if code:
        return code == 1 and not printed and len(lines) == 1 and lines[0].startswith("orgmodel: ")
    first, *more = lines
    return (
        not json.loads(printed)
        and first == "orgmodel: no rows: nothing is known that answers it on that day"
        and all(line.endswith(" is known from 2019-01-01, not on 1066-12-31") for line in more)
    )


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "partners", "-g", "nothing.yaml"),
        ("check", "nothing.yaml"),
        ("diff", "nothing.yaml", "alone.yaml"),
        ("diff", "2019", "2020", "-g", "nothing.yaml"),
        ("chart", "governance", "-g", "nothing.yaml"),
        ("show", "board", "-g", "nothing.yaml"),
    ],
    ids=" ".join,
)
def test_an_empty_dataset(words: tuple[str, ...], run: Run) -> None:
    said = "nothing.yaml:1:1: the dataset is empty: it has no partnership and no body"
    code, printed, lines = run(*words)
    assert (code, [*printed.splitlines(), *lines].count(said)) == (1, 1)


def on(question: Question, day: str) -> list[str]:
    """The option for the day, where the question has one."""
    return ["--as-of", day] if any(p.name == "as_of" for p in question.parameters) else []


@pytest.mark.parametrize("source", ["alone.yaml", "round.yaml"])
@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if on(question, "1066")])
def test_every_question_about_a_day_before_everything(name: str, source: str, run: Run) -> None:
    words = ("ask", name, *arguments(QUESTIONS[name]), "-g", source, "--format", "json")
    done = run(*words, "--as-of", "1066")
    assert answered_with_nothing(done), done


@pytest.mark.parametrize("source", ["alone.yaml", "round.yaml"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_about_what_has_no_lines_or_only_goes_round(name: str, source: str, run: Run) -> None:
    words = ("ask", name, *arguments(QUESTIONS[name]), "-g", source, "--format", "json")
    code, printed, lines = done = run(*words, *on(QUESTIONS[name], "2020"))
    if lines:
        assert answered_with_nothing(done), done
    else:
        assert (code, bool(json.loads(printed))) == (0, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("ask", "members", "nobody"),
            1,
            "orgmodel: there is no Body or Partnership 'nobody'; no name is like it",
        ),
        (("ask", "members"), 2, "Error: Missing argument 'BODY'."),
        (
            ("ask", "members", "board", "--as-of", "2019-02-30"),
            1,
            "orgmodel: '2019-02-30' is a date that no calendar has",
        ),
        (
            ("ask", "members", "board", "--as-of", "sub-groups"),
            1,
            "orgmodel: there is no edition 'sub-groups'; give a date",
        ),
        (
            ("ask", "members", "board", "--format", "xml"),
            2,
            "Error: Invalid value for '--format': 'xml' is not one of 'table', 'csv', 'json', 'markdown', 'xlsx'.",
        ),
        (
            ("ask", "interlocks", "--by", "person"),
            2,
            "Error: Invalid value for '--by': 'person' is not one of 'organisation', 'post'.",
        ),
        (
            ("ask", "members", "board", "-o", "answer.doc"),
            2,
            "Error: answer.doc: the ending must be one of .csv, .json, .md, .xlsx, .txt, or say --format",
        ),
        (
            ("check", "alone.yaml", "--pack", "nothing"),
            2,
            "Error: Invalid value for --pack: no pack 'nothing': must be one of agreements, care-act-2014, currency, structure, terms-of-reference, working-together-2018",
        ),
        (
            ("check", "alone.yaml", "--as-of", "2019-13"),
            1,
            "orgmodel: '2019-13' is a date that no calendar has",
        ),
        (("check", "nowhere"), 1, "nowhere: cannot be read: No such file or directory"),
        (("diff", "1066", "2019-02-30"), 1, "orgmodel: '2019-02-30' is a date that no calendar has"),
        (
            ("diff", "alone.yaml", "nowhere"),
            2,
            "Error: alone.yaml is a source and the other is none: give two days, or two sources that are there",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_wrong_is_said_in_one_line(words: tuple[str, ...], code: int, said: str, run: Run) -> None:
    more = () if words[0] == "check" or ".yaml" in "".join(words) else ("-g", "alone.yaml")
    found, printed, lines = run(*words, *more)
    assert (found, said in [*printed.splitlines(), *lines]) == (code, True), lines
