"""A chart of every kind, of the bundled data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from orgmodel.charts.accountability import accountability
from orgmodel.charts.agreements import agreements
from orgmodel.charts.changes import changes
from orgmodel.charts.governance import governance
from orgmodel.charts.interlocks import interlocks
from orgmodel.charts.matrix import matrix
from orgmodel.charts.membership import membership
from orgmodel.charts.partner import partner
from orgmodel.charts.plan import plan
from orgmodel.charts.timeline import timeline
from orgmodel.datasets import yaml
from tests.charting import FOLDERS

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Chart


@cache
def charts_of_every_kind() -> dict[str, Chart]:
    """A chart of every kind."""
    dudley = yaml.read(FOLDERS["dudley"])
    then = dudley.as_of("arrangements-2019")
    return {
        "governance": governance(then),
        "membership": membership(then, "dsppb"),
        "partner": partner(then, "dudley-mbc"),
        "accountability": accountability(then, "dscpg"),
        "agreements": agreements(then),
        "plan": plan(dudley.as_of("2021"), "dspp-strategic-plan-2020-22"),
        "matrix": matrix(then),
        "interlocks": interlocks(then),
        "timeline": timeline(dudley),
        "changes": changes(dudley, "arrangements-2019", "priorities-2024"),
    }


KINDS = (
    "governance",
    "membership",
    "partner",
    "accountability",
    "agreements",
    "plan",
    "matrix",
    "interlocks",
    "timeline",
    "changes",
)
