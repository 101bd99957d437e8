"""Errors as Python objects: they come whole out of another process."""

from __future__ import annotations

import pickle

import pytest

from orgmodel.errors import (
    AmbiguousNameError,
    ChartError,
    DatasetError,
    Finding,
    MissingLibraryError,
    NameNotFoundError,
    OrgmodelError,
    Place,
    TooManyError,
)


@pytest.mark.parametrize(
    "error",
    [
        ChartError("a chart"),
        NameNotFoundError("Bord", "Body", ["Board"], "it is an Organisation"),
        AmbiguousNameError("Board", ["a", "b"], ["a (Body)", "b (Body)"]),
        DatasetError([Finding(Place("bodies.yaml", 3, 1), "no name"), Finding(Place("b.yaml"), "no id")]),
        TooManyError("influence", "orgmodel.questions"),
        MissingLibraryError("pandas", "pandas", ImportError("no module")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_whole_out_of_another_process(error: OrgmodelError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
