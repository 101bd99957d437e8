"""Analyses: questions that graph patterns express badly, answered in Python from a structure; a module each.

The docstring of a module is its header, as `orgmodel.headers` has it, and its function `answer` takes the
structure and the values of the parameters: ids of nodes, dates as `YYYY-MM-DD`, None for what was left out.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from orgmodel.errors import QueryError
from orgmodel.headers import OPEN, Header, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.structure import Structure
    from orgmodel.tables import Rows


@dataclass(frozen=True, slots=True)
class Analysis(Question):
    """A question that is answered in Python, by the function `answer` of a module."""

    module: str


def files() -> dict[str, Path]:
    """The modules of the analyses, by the name of the question."""
    folder = Path(__file__).parent
    return {f.stem.replace("_", "-"): f for f in sorted(folder.glob("*.py")) if not f.stem.startswith("_")}


def read(file: Path) -> Analysis:
    """The analysis of one module; what it answers with is only loaded when it is asked.

    Raises:
        QueryError: Its docstring is no header; the message has a line for each thing that is wrong.
    """
    documentation = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    header = Header(str(file))
    header.read(enumerate(documentation.splitlines(), 1))
    if header.wrong:
        raise QueryError("\n".join(header.wrong))
    name = file.stem.replace("_", "-")
    return Analysis(**cast("Any", header.question(name)), module=file.stem)


def run(question: Question, module: str, structure: Structure, values: Mapping[str, object]) -> Rows:
    """The answer of a module to a question.

    Args:
        question: The question: an analysis, or a named query that gave up.
        module: The name of the module.
        structure: What it is asked of, whenever it holds.
        values: A value for each of its parameters.
    """
    rows: Rows = import_module(f"{__name__}.{module}").answer(structure, **values)
    declared = [column.name for column in question.columns]
    wanted = declared[: declared.index(OPEN)] if OPEN in declared else declared
    if [*rows.columns[: len(wanted)]] != wanted or (OPEN not in declared and len(rows.columns) > len(wanted)):
        raise QueryError(
            f"{question.place}: declares the columns {', '.join(declared)}, "
            f"but returns {', '.join(rows.columns)}"
        )
    return rows
