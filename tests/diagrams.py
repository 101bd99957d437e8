"""The charts that are kept in diagrams/: which, and how they are drawn. As a program it draws them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgmodel.charts.accountability import accountability
from orgmodel.charts.agreements import agreements
from orgmodel.charts.governance import governance
from orgmodel.charts.membership import membership
from orgmodel.charts.partner import partner
from orgmodel.charts.render import FORMS, render
from orgmodel.session import open_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.charts.drawing import Drawing
    from orgmodel.structure import Structure

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "diagrams"

CHARTS: dict[str, tuple[str, str, Callable[[Structure], Drawing]]] = {
    "dudley-accountability-2019": ("dudley", "arrangements-2019", lambda then: accountability(then, "dscpg")),
    "dudley-agreements-2019": ("dudley", "arrangements-2019", agreements),
    "dudley-governance-2019": ("dudley", "arrangements-2019", governance),
    "dudley-governance-2024": ("dudley", "priorities-2024", governance),
    "dudley-membership-2019": ("dudley", "arrangements-2019", lambda then: membership(then, "dsppb")),
    "dudley-partner-2019": ("dudley", "arrangements-2019", lambda then: partner(then, "dudley-mbc")),
    "shropshire-governance-2019": ("shropshire", "plan-2019", governance),
}
"""Name of the file, dataset and edition of each chart, and what draws it."""

KEPT = ("dot", "svg", "txt")
"""The forms that are kept; the others are only made."""


def drawn(name: str) -> dict[str, bytes]:
    """One of the charts in every form."""
    dataset, edition, draw = CHARTS[name]
    structure = open_source(str(ROOT / "data" / dataset)).structure()
    return render(draw(structure.as_of(edition)), FORMS)


def main() -> None:
    """Draws all of them."""
    for name in CHARTS:
        for form, content in drawn(name).items():
            if form in KEPT:
                path = FOLDER / f"{name}.{form}"
                path.write_bytes(content)
                print(path.relative_to(ROOT))  # noqa: T201


if __name__ == "__main__":
    main()
