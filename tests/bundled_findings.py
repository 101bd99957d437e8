"""What `check` finds in the bundled datasets, kept in tests/golden: as a program it writes that anew."""

from __future__ import annotations

from pathlib import Path

from orgmodel.resources import bundled_datasets
from orgmodel.session import open_source
from orgmodel.tables import to_markdown

GOLDEN = Path(__file__).parent / "golden"
DAYS = {
    "dudley": ("arrangements-2019", "sub-groups-page", "priorities-2024", "2026-11-26"),
    "shropshire": ("plan-2019", "2026-11-26"),
}


def written(dataset: str, day: str) -> str:
    """The findings in one dataset on a day, as a Markdown table, without the places in its files."""
    with open_source(str(bundled_datasets()[dataset])) as session:
        rows = session.check(as_of=day).rows()
    kept = [i for i, name in enumerate(rows.columns) if name not in {"place", "mend", "authority"}]
    columns = tuple(rows.columns[i] for i in kept)
    return to_markdown(type(rows)(columns, tuple(tuple(row[i] for i in kept) for row in rows.rows)))


def file_of(dataset: str, day: str) -> Path:
    return GOLDEN / f"check-{dataset}-{day}.md"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one, days in DAYS.items():
        for day in days:
            file_of(one, day).write_text(written(one, day), encoding="utf-8")
