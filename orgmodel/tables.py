"""Tables: rows for a terminal, or as CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from orgmodel.errors import MissingLibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pandas import DataFrame
    from rich.console import Console

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_OWN_NAME = re.compile("[a-z][a-z0-9_]*")
"""A column that is named by its question, not after one of the facts."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML may have, so that a workbook with one would not open."""

_GROUNDS = ("certainty", "citations")
"""The columns that say what a row rests on; where each row is a list they stand at its end."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a named query.

    `notes` are what a reader must know beside the rows, for instance that a bound was reached.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[str, ...] = ()

    def dicts(self) -> list[dict[str, object]]:
        """The rows as mappings by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> DataFrame:
        """The rows as a pandas data frame; lists stay lists.

        Raises:
            MissingLibraryError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingLibraryError("pandas", "pandas", error) from error

        return pd.DataFrame.from_records(self.rows, columns=list(self.columns))


def as_text(value: object) -> str:
    """A value as one cell: a list joined by `; `, a map as JSON, nothing for None.

    >>> as_text(["Ambulance", "Fire"]), as_text(None), as_text(6), as_text({"filled": True})
    ('Ambulance; Fire', '', '6', '{"filled": true}')
    """
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(as_text(part) for part in value)
    if isinstance(value, (bool, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def to_csv(rows: Rows) -> str:
    """The rows as CSV by RFC 4180, with a header; lists joined by `; `, nothing for None.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    # What a question calls its columns may be taken from the facts.
    writer.writerow([_defused(name) for name in rows.columns])
    writer.writerows([_defused(as_text(value)) for value in row] for row in rows.rows)
    return out.getvalue()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def to_json(rows: Rows) -> str:
    """The rows as a JSON array of objects, all columns in order; null for None."""
    return json.dumps(rows.dicts(), ensure_ascii=False, indent=2) + "\n"


def to_markdown(rows: Rows) -> str:
    """The rows as a Markdown table, the `_id` columns left out."""
    shown = _without_ids(rows.columns)
    names = (rows.columns[i] for i in shown)
    lines = [_line(name if _OWN_NAME.fullmatch(name) else _escaped(name) for name in names)]
    lines.append(_line("---" for _ in shown))
    lines += [_line(_escaped(as_text(row[i])) for i in shown) for row in rows.rows]
    return "\n".join(lines) + "\n"


def to_xlsx(rows: Rows) -> bytes:
    """The rows as a workbook of one sheet, lists joined by `; `; no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    # A workbook without a sheet cannot be; the one that is there has the rows.
    sheet = book.worksheets[0]
    sheet.title = "Answer"
    for number, line in enumerate((rows.columns, *rows.rows), 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                cell.value = value
            elif text := _NO_XML.sub(" ", as_text(value)):
                cell.value = text
                cell.data_type = "s"
    for column, name in enumerate(rows.columns, 1):
        sheet.cell(1, column).font = Font(bold=True)
        widest = max((len(as_text(row[column - 1])) for row in rows.rows), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(len(name), widest) + 2, _WIDEST)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WIDEST: Final = 50
"""How many characters a column of a workbook is wide at most."""


def _encoded(write: Callable[[Rows], str]) -> Callable[[Rows], bytes]:
    return lambda rows: write(rows).encode("utf-8")


TABLE: Final = "table"
XLSX: Final = "xlsx"
WRITERS: Final[Mapping[str, Callable[[Rows], bytes]]] = {
    "csv": _encoded(to_csv),
    "json": _encoded(to_json),
    "markdown": _encoded(to_markdown),
    XLSX: to_xlsx,
}
"""How rows are written for programs and papers, by the name of the format."""

FORMATS: Final = (TABLE, *WRITERS)
"""The formats that an answer can be had in."""

SUFFIXES: Final[Mapping[str, str]] = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".xlsx": XLSX,
    ".txt": TABLE,
}
"""The format that the ending of a file stands for."""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    for mark in ("\\", "|", "`", "*", "_", "<", ">", "[", "]"):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _without_ids(columns: tuple[str, ...]) -> list[int]:
    return [i for i, name in enumerate(columns) if not name.endswith("_ids") and not name.endswith("_id")]


def print_table(rows: Rows, console: Console, *, ids: bool = False) -> None:
    """Prints the rows as a table as wide as the console.

    Columns in which nothing stands are left out, and so are the `_id` columns unless `ids`. Where the
    columns do not fit side by side, or only as narrow ones with much in them, each row is printed as a list
    of its columns, those without a value left out and what it rests on at the end.
    """
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    if not rows.rows:
        return
    shown = list(range(len(rows.columns))) if ids else _without_ids(rows.columns)
    shown = [i for i in shown if any(as_text(row[i]) for row in rows.rows)]
    cells = {i: [_heading(rows.columns[i]), *(_cell(row[i]) for row in rows.rows)] for i in shown}
    least = [min(_widest(cells[i], str.split, cell_len), _LONG_WORD) for i in shown]
    left = console.width - sum(least) - 3 * len(shown) - 1
    most = [_widest(cells[i], str.splitlines, cell_len) for i in shown]
    # Some characters take no place.
    widths = [max(width, 1) for width in _widths(least, most, left)]
    tall = max(
        (
            sum(ceil(cell_len(line) / width) for line in cell.splitlines())
            for i, width in zip(shown, widths, strict=True)
            for cell in cells[i]
        ),
        default=0,
    )
    if left >= 0 and tall <= _TALL:
        table = Table(header_style="bold", show_lines=True)
        for i, width in zip(shown, widths, strict=True):
            table.add_column(Text(cells[i][0]), width=width, overflow="fold")
        for number in range(1, len(rows.rows) + 1):
            table.add_row(*(Text(cells[i][number]) for i in shown))
        console.print(table)
        return
    shown.sort(key=lambda i: rows.columns[i] in _GROUNDS)
    for row in rows.rows:
        grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        # A long heading is broken, so that the cells keep most of the width.
        grid.add_column(style="bold", overflow="fold", max_width=console.width // 3)
        grid.add_column(overflow="fold")
        for i in shown:
            if text := _cell(row[i]):
                grid.add_row(Text(_heading(rows.columns[i])), Text(text))
        console.print(grid)
        console.print()


def _cell(value: object) -> str:
    return "\n".join(as_text(part) for part in value) if isinstance(value, (list, tuple)) else as_text(value)


def _heading(name: str) -> str:
    return name.replace("_", " ") if _OWN_NAME.fullmatch(name) else name


def _widest(cells: Iterable[str], parts: Callable[[str], list[str]], measure: Callable[[str], int]) -> int:
    return max((measure(part) for cell in cells for part in parts(cell)), default=0)


def _widths(least: Iterable[int], most: Sequence[int], left: int) -> list[int]:
    """How wide columns are: what is left goes to the narrowest of those that need more."""
    widths = [*least]
    for _ in range(left):
        needing = [i for i, width in enumerate(widths) if width < most[i]]
        if not needing:
            break
        widths[min(needing, key=widths.__getitem__)] += 1
    return widths


_LONG_WORD: Final = 32
"""A longer word than this is broken where a table must fit."""

_TALL: Final = 10
"""With more lines than this in a cell, a row is easier to read as a list."""
