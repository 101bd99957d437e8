"""The membership chart of a body: its seats by category, whom each speaks for, and on whose behalf."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.boxes import NO_CATEGORY
from orgmodel.charts.drawing import Band, Box, Drawing, told
from orgmodel.charts.shown import Shown, remark
from orgmodel.charts.tiers import rows_of
from orgmodel.vocabulary import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import BoxKind
    from orgmodel.model import Node, Relationship
    from orgmodel.structure import Structure

_LEADING: Final = {"chair": "Chair", "vice-chair": "Vice-chair", "lead": "Lead"}
_OTHERS: Final = {
    "member": "Members",
    "adviser": "Advisers",
    "in-attendance": "In attendance",
    "deputy": "Deputies",
}


def membership(structure: Structure, body: str, *, people: bool = False) -> Drawing:
    """What the membership chart of a body, or of a partnership, shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        body: Its id or a name of it.
        people: Whether people who hold posts may be named.

    Raises:
        ChartError: No seats on it are stated on that day.
        NameNotFoundError: No body or partnership has that name.
        AmbiguousNameError: Several have it.
    """
    node = structure.find(body, "Body", "Partnership")
    facts = Shown(structure, people=people)
    facts.show(node)
    seats = [(seat, line) for line, seat in facts.inward(node.id, "ON")]
    if not seats:
        raise facts.nothing(node, "seats")
    groups: dict[str, list[Box]] = {}
    # Beside categories "Members" would say that those in one are none.
    others = _OTHERS | ({"member": NO_CATEGORY} if any(seat.get("category") for seat, _ in seats) else {})
    for seat, line in sorted(seats, key=lambda pair: (_rank(pair[0]), pair[0].name, pair[0].id)):
        groups.setdefault(_group(seat, others), []).append(_box(facts, seat, line))
    vacant = sum(seat.get("state") == "vacant" for seat, _ in seats)
    return Drawing(
        f"membership-{node.id}",
        f"{node.name}: membership",
        captions.subtitle(structure, node),
        tuple(Band(name, tuple(rows_of(boxes))) for name, boxes in groups.items()),
        (),
        (),
        facts.notes(node, _counted(len(seats), vacant)),
        bands_are="Seats, by category",
    )


def _rank(seat: Node) -> tuple[int, str, int]:
    """Those who lead first, then category by category; those without one last."""
    role = str(seat.get("role"))
    if role in _LEADING:
        return [*_LEADING].index(role), "", 0
    return len(_LEADING), str(seat.get("category") or "\U0010ffff"), ROLES.index(role)


def _group(seat: Node, others: Mapping[str, str]) -> str:
    role = str(seat.get("role"))
    return _LEADING.get(role) or str(seat.get("category") or others[role])


def _box(facts: Shown, seat: Node, line: Relationship) -> Box:
    role = str(seat.get("role"))
    category = seat.get("category")
    details = []
    if role in _LEADING and category:
        details.append(str(category))
    elif role not in _LEADING and category and role != "member":
        details.append(captions.role(role).capitalize())
    for fact, other in facts.outward(seat.id, "REPRESENTS"):
        if other.name != seat.name:
            details.append(f"Speaks for {other.name}{remark(fact)}")
    for fact, post in facts.outward(seat.id, "FILLED_BY"):
        behalf = [f"{principal.name}{remark(acts)}" for acts, principal in facts.outward(post.id, "ACTS_FOR")]
        who = facts.holder(post)
        # Many lists name a seat by whoever fills it.
        same = re.match(rf"{re.escape(who)}(?!\w)", seat.name) and not remark(fact)
        filled = "" if same else f"Filled by {who}{remark(fact)}"
        if behalf:
            filled += f"{', on' if filled else 'On'} behalf of {' and '.join(behalf)}"
        details += [filled] * bool(filled)
    if isinstance(places := seat.get("places"), int) and places > 1:
        details.append(f"{places} places")
    vacant = seat.get("state") == "vacant"
    details += ["Vacant"] * vacant
    inferred = bool(remark(seat, line))
    kind: BoxKind = "vacant-seat" if vacant else "chair" if role == "chair" else "seat"
    said = told(seat.name, *details, inferred=inferred)
    return Box(seat.id, kind, seat.name, tuple(details), said, inferred=inferred)


def _counted(seats: int, vacant: int) -> str:
    said = f"{seats} {'seat' if seats == 1 else 'seats'}"
    return f"{said}, {vacant} of them vacant." if vacant else f"{said}."
