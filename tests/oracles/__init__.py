"""What each question must answer, worked out in plain Python from a structure, without any query.

An oracle is written from the question's words and not from its query. It takes what the query takes: ids,
dates as `YYYY-MM-DD`, None for what was left out; and gives the rows as mappings by column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracles import basics, membership, registers, structural
from tests.oracles.day import Row

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ORACLES", "Row"]

ORACLES: dict[str, Callable[..., list[Row]]] = {
    **basics.ORACLES,
    **membership.ORACLES,
    **registers.ORACLES,
    **structural.ORACLES,
}
"""By the name of the question."""
