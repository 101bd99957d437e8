"""The chart of a plan: its priorities by kind, their objectives, and who leads on each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.boxes import BULLET, titled
from orgmodel.charts.drawing import Band, Drawing
from orgmodel.charts.shown import Shown, remark
from orgmodel.charts.tiers import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import Box
    from orgmodel.model import Node
    from orgmodel.structure import Structure


_KINDS: Final = {
    "priority": "Priorities",
    "principle": "Principles",
    "theme": "Themes",
    "core-business": "Core business",
    "area-for-improvement": "Areas for improvement",
}

_COUNTED: Final = {
    "priority": ("priority", "priorities"),
    "principle": ("principle", "principles"),
    "theme": ("theme", "themes"),
    "core-business": ("piece of core business", "pieces of core business"),
    "area-for-improvement": ("area for improvement", "areas for improvement"),
}
"""One of a kind, and several."""


def plan(structure: Structure, name: str) -> Drawing:
    """What the chart of a plan shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        name: The id or a name of the plan.

    Raises:
        ChartError: The plan has no priorities on that day.
        NameNotFoundError: No plan has that name.
        AmbiguousNameError: Several have it.
    """
    node = structure.find(name, "Plan")
    facts = Shown(structure)
    facts.use(node)
    priorities = [part for _, part in facts.inward(node.id, "PART_OF") if part.term == "Priority"]
    if not priorities:
        raise facts.nothing(node, "priorities")
    groups: dict[str, list[Box]] = {}
    objectives = unled = 0
    counts: Counter[str] = Counter()
    for priority in sorted(priorities, key=lambda one: (_number(one), one.name, one.id)):
        parts = [part for _, part in facts.inward(priority.id, "PART_OF") if part.term == "Objective"]
        parts.sort(key=lambda one: (_number(one), one.name, one.id))
        led, *of_parts = (_led(facts, one) for one in (priority, *parts))
        details = [f"Led by {led}"] if led else []
        listed = [_objective(part, lead) for part, lead in zip(parts, of_parts, strict=True)]
        objectives += len(parts)
        unled += not led and not any(of_parts)
        counts[priority.kind or "priority"] += 1
        made = titled(priority, "priority", details, listed=listed)
        groups.setdefault(_KINDS[priority.kind or "priority"], []).append(made)
    return Drawing(
        f"plan-{node.id}",
        node.name,
        captions.subtitle(structure, node),
        tuple(Band(kind, tuple(rows_of(boxes))) for kind, boxes in groups.items()),
        (),
        (),
        facts.notes(node, _counted(counts, objectives, unled)),
        bands_are="Priorities, by kind",
    )


def _number(node: Node) -> tuple[int, str]:
    """Where a priority or objective stands in its plan: by its number, those without one last."""
    number = str(node.get("number") or "")
    return (int(number) if number.isdigit() else 10**6, number)


def _led(facts: Shown, aim: Node) -> str:
    """Who leads on a priority or an objective."""
    leads = facts.inward(aim.id, "LEADS")
    return " and ".join(f"{who.known_as}{remark(line)}" for line, who in leads)


def _objective(objective: Node, led: str) -> str:
    return f"{BULLET} {objective.name}{remark(objective)}{f' ({led} leads)' if led else ''}"


def _counted(counts: Mapping[str, int], objectives: int, unled: int) -> str:
    """How many there are of each kind, and of how many it is not stated who leads."""
    found = [(counts[kind], *_COUNTED[kind]) for kind in _KINDS if kind in counts]
    found += [(objectives, "objective", "objectives")] * bool(objectives)
    said = ", ".join(f"{count} {one if count == 1 else several}" for count, one, several in found)
    every = sum(counts.values())
    of = "any" if unled == every > 1 else "it" if every == 1 else f"{unled} of these {every}"
    return f"{said}; who leads is not stated for {of}." if unled else f"{said}."
