"""docs/questions.md: a page of each question, made from its header, with an answer from the Dudley data.

As a program it writes them into it anew.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from click.testing import CliRunner

from orgmodel.cli import cli
from orgmodel.headers import BOOLEAN, DATE, OPEN, Parameter
from orgmodel.questions import Questions

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "questions.md"
BEGIN, END = "<!-- written by tests/test_questions_doc.py -->\n", "<!-- until here -->\n"
ROWS = 5
"""So many rows of an answer are shown."""

_DATED = ("--as-of", "arrangements-2019")
EXAMPLES: dict[str, tuple[str, ...]] = {
    "accountability": ("DSCPG", *_DATED),
    "accountable-for": ("Local Authority Chief Executive", *_DATED),
    "agreements": _DATED,
    "between": ("West Midlands Police", "dudley-hwb", *_DATED),
    "chairs": _DATED,
    "cited": ("dudley-arrangements-2019", "--section", "Appendix C"),
    "conflicts": (),
    "connectors": _DATED,
    "delegations": _DATED,
    "funding": (),
    "impact": ("Dudley CCG", *_DATED),
    "interlocks": _DATED,
    "mandates": ("--body", "DSPPB", *_DATED),
    "matrix": _DATED,
    "members": ("DSPPB", *_DATED),
    "not-stated": (),
    "only-on": ("DSCPG", "DSAPG", *_DATED),
    "partners": _DATED,
    "plans": ("--as-of", "priorities-2024"),
    "reporting": ("dudley-lig", *_DATED),
    "shared": ("DSCPG", "DSAPG", *_DATED),
    "sits-on": ("West Midlands Police", *_DATED),
    "succession": (),
    "support": _DATED,
    "timeline": ("--from-day", "2019"),
    "uncertain": (),
}
"""What each question is asked of the Dudley data."""


def pages() -> str:
    """The pages of all questions, as Markdown."""
    questions = Questions()
    listed = [f"- [`{name}`](#{name}): {question.summary}" for name, question in questions.items()]
    parts = ["\n".join(listed) + "\n"]
    for name, question in questions.items():
        parts.append(f"## {name}\n\n{question.summary}\n")
        given = [p for p in question.parameters if p.default is None]
        usage = " ".join(f"{p.name.upper()}{'...' if p.several else ''}" for p in given)
        parts.append(f"`orgmodel ask {name}{' ' if usage else ''}{usage}`\n")
        if question.parameters:
            rows = [(_written(p), _kind(p), p.default or "", p.meaning) for p in question.parameters]
            parts.append(_table(("parameter", "what it is", "default", "meaning"), rows))
        columns: dict[str, list[str]] = {}
        for column in question.columns:
            heading = "and so on" if column.name == OPEN else f"`{column.name}`"
            columns.setdefault(column.meaning, []).append(heading)
        named = [(", ".join(names), meaning) for meaning, names in columns.items()]
        parts.append(_table(("column", "meaning"), named))
        bound = f" Bounded: {question.bound}." if question.bound else ""
        parts.append(f"{question.order}{bound}\n")
        parts.append(_answer(name))
    return "\n".join(parts)


def _written(parameter: Parameter) -> str:
    if parameter.default is None:
        return f"`{parameter.name.upper()}`"
    return f"`--{parameter.name.replace('_', '-')}`"


def _kind(parameter: Parameter) -> str:
    if parameter.types == (BOOLEAN,):
        return "a flag"
    if parameter.allowed:
        return " or ".join(parameter.allowed)
    kinds = "a date or an edition" if parameter.types == (DATE,) else " or ".join(parameter.types)
    return f"{kinds}, several" if parameter.several else kinds


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _answer(name: str) -> str:
    words = ["ask", name, *EXAMPLES[name], "-g", str(ROOT / "data/dudley"), "--format", "markdown"]
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    shown = "".join(f"{line}\n" for line in lines[: ROWS + 2])
    left = len(lines) - ROWS - 2
    more = f"\nAnd {left} more row{'' if left == 1 else 's'}.\n" if left > 0 else ""
    return f"```sh\norgmodel ask {shlex.join([name, *EXAMPLES[name]])} -g data/dudley\n```\n\n{shown}{more}"


def current() -> str:
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{pages()}\n{END}{after}"


def test_every_question_has_a_page_that_says_what_it_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == current()


def test_every_example_has_an_answer() -> None:
    assert sorted(EXAMPLES) == [*Questions()]
    assert [name for name in EXAMPLES if len(_answer(name).splitlines()) < 7] == []


if __name__ == "__main__":
    DOCUMENT.write_text(current(), encoding="utf-8")
