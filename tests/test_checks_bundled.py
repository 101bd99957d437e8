"""What `orgmodel check` finds in the datasets that travel with orgmodel, and in a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgmodel.cli import main
from orgmodel.datasets.starter import write_starter
from orgmodel.session import open_source
from tests.bundled_findings import DAYS, file_of, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server import Login


@pytest.mark.parametrize(("dataset", "day"), [(one, day) for one, days in DAYS.items() for day in days])
def test_what_is_found(dataset: str, day: str) -> None:
    assert written(dataset, day) == file_of(dataset, day).read_text(encoding="utf-8")


def test_a_server_gives_the_same_findings(database: Login) -> None:
    with pytest.raises(SystemExit) as left:
        main(["load", "--to", database.address, "--yes"])
    assert not left.value.code
    with open_source() as here, open_source(database.address) as there:
        for day in ("arrangements-2019", "2026-11-26"):
            found = [
                [row[:7] + row[8:] for row in session.check(as_of=day).rows().rows]
                for session in (here, there)
            ]
            assert found[0] == found[1]


def test_the_starter_has_no_errors(here: Path) -> None:
    write_starter(here / "mine")
    with open_source("mine") as session:
        assert session.check(as_of="founding").count("error") == 0
