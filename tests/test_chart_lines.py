"""Lines between boxes that are placed already: straight where there is room for it."""

from __future__ import annotations

from orgmodel.charts.drawing import Line
from orgmodel.charts.places import Rectangle
from orgmodel.charts.routing import route

ROWS = [["top"], ["left", "right"], ["under"]]


def corners(under: tuple[float, float], *, lines: tuple[str, ...]) -> list[list[tuple[float, float]]]:
    """The corners of lines up to the top, where the lowest box reaches from and to somewhere."""
    sides = {"top": (100.0, 300.0), "left": (0.0, 100.0), "right": (300.0, 400.0), "under": under}
    boxes = {name: Rectangle(left, 0.0, right, 40.0) for name, (left, right) in sides.items()}
    drawn = [Line((name,), "accountable", name, "top", name) for name in lines]
    return route(ROWS, boxes, drawn, [0.0, 0.0, 0.0]).lines


def test_a_line_leaves_its_box_beside_the_middle_where_it_is_straight_so() -> None:
    left, under = corners((150.0, 250.0), lines=("left", "under"))
    assert left == [(50.0, -108.0), (50.0, -78.0), (189.0, -78.0), (189.0, -40.0)]
    assert under == [(211.0, -208.0), (211.0, -40.0)]


def test_a_line_stays_away_from_the_corner_of_its_box_though_it_bends() -> None:
    _, under = corners((165.0, 225.0), lines=("left", "under"))
    assert under == [(195.0, -219.0), (195.0, -89.0), (208.5, -89.0), (208.5, -40.0)]


def test_one_that_moves_makes_room_for_the_next() -> None:
    _, one, two = corners((150.0, 250.0), lines=("left", "under", "under"))
    assert one == [(200.0, -208.0), (200.0, -40.0)]
    assert two == [(222.0, -208.0), (222.0, -40.0)]


def test_a_line_stays_away_from_the_next_one_though_it_bends() -> None:
    _, one, two = corners((150.0, 235.0), lines=("left", "under", "under"))
    assert one == [(181.5, -230.0), (181.5, -89.0), (195.0, -89.0), (195.0, -40.0)]
    assert two == [(203.5, -230.0), (203.5, -100.0), (217.0, -100.0), (217.0, -40.0)]
