"""Made-up partnerships of any size and shape, to draw charts of."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.structure import Structure

if TYPE_CHECKING:
    from orgmodel.model import Node, Relationship

_TIERS = ("Strategic", "Executive", "Delivery", "Working", "Panels")
_WORDS = ("Learning", "Improvement", "Quality", "Assurance", "Neglect", "Exploitation", "Training", "Review")


class _Making:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.lines: list[Relationship] = []
        self.node("Source", "paper", "Paper", published="2024-01-01")
        self.node("Partnership", "whole", "Partnership", tiers=_TIERS)

    def node(self, label: str, identity: str, name: str, **more: Any) -> None:
        cited = {} if label == "Source" else {"citations": ("paper 1",)}
        self.nodes.append(node_class(label)(id=identity, name=name, datasets=("made-up",), **cited, **more))

    def line(self, name: str, one: str, two: str, **more: Any) -> None:
        made = relationship_class(name)(
            id=f"{one}--{name.lower().replace(chr(95), chr(45))}--{two}",
            from_id=one,
            to_id=two,
            citations=("paper 1",),
            datasets=("made-up",),
            **more,
        )
        self.lines.append(made)

    def body(self, number: int, tier: int, above: str | None) -> str:
        identity = f"body-{number}"
        words = f"{_WORDS[number % 8]} and {_WORDS[number * 3 % 8]} Group {number}"
        self.node("Body", identity, words, tier=_TIERS[min(tier, len(_TIERS) - 1)])
        self.line("PART_OF", identity, "whole")
        if above:
            self.line("ACCOUNTABLE_TO", identity, above)
        return identity

    def structure(self) -> Structure:
        return Structure.of([Dataset(id="made-up", name="Made up")], self.nodes, self.lines).as_of(
            "2025-01-01"
        )


def tree(bodies: int, seed: int = 2026) -> Structure:
    """A partnership of some bodies in five tiers, three or so below each, and some that report sideways."""
    making, chance = _Making(), Random(seed)  # noqa: S311 - no secret
    tiers: list[list[str]] = [[] for _ in _TIERS]
    for number in range(bodies):
        tier = 0 if number == 0 else min(1 + int(chance.random() ** 0.5 * 4), 4)
        while tier > 1 and not tiers[tier - 1]:
            tier -= 1
        above = chance.choice(tiers[tier - 1]) if tier else None
        tiers[tier].append(making.body(number, tier, above))
        if tier > 1 and chance.random() < 0.15:
            making.line("REPORTS_TO", f"body-{number}", chance.choice(tiers[tier - 2]))
    return making.structure()


def star(children: int) -> Structure:
    """A body with many right below it."""
    making = _Making()
    top = making.body(0, 0, None)
    for number in range(1, children + 1):
        making.body(number, 1, top)
    return making.structure()


def chain(length: int) -> Structure:
    """Bodies each of which is accountable to the one before it."""
    making = _Making()
    above: str | None = None
    for number in range(length):
        above = making.body(number, number * len(_TIERS) // length, above)
    return making.structure()


def agreed(agreements: int, seed: int = 2026) -> Structure:
    """A partnership of 40 bodies with many agreements with 60 boards outside."""
    making, chance = _Making(), Random(seed)  # noqa: S311 - no secret
    bodies = [making.body(number, min(number // 8, 4), None) for number in range(40)]
    for number in range(1, 40):
        making.line("ACCOUNTABLE_TO", bodies[number], bodies[(number - 1) // 3])
    for number in range(60):
        making.node("Body", f"board-{number}", f"Board {number} outside")
    for number in range(agreements):
        deal = f"deal-{number}"
        making.node(
            "Agreement",
            deal,
            f"Memorandum {number}",
            status=chance.choice(("in-force", "intended", "expired")),
        )
        making.line("PARTY_TO", chance.choice(bodies), deal)
        making.line("PARTY_TO", f"board-{chance.randrange(60)}", deal)
    return making.structure()
