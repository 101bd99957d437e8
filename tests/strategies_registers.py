"""Strategies for Hypothesis: structures of what registers hold, as odd as the model allows."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.structure import Structure
from orgmodel.vocabulary import AGREEMENT_STATUSES, ASSESSMENTS, FORCES, RELATIONSHIP_TYPES, ROLES
from tests.strategies import DATES, TEXTS, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

    from orgmodel.model import Node, Relationship

NUMBERS = st.sampled_from((None, "1", "2", "10", "02", "1.2", "A", "\N{ARABIC-INDIC DIGIT TWO}", "9" * 12))
YEARS = st.sampled_from(
    ("2018-19", "2019-20", "2019/20", "2019", "201", "19th", "the year", "1850", "2020 21")
)
AMOUNTS = st.sampled_from((0, 1, 3, 7, 100, 111000, 0.1, 0.2, 0.7, 12.5, 33.33, 1234.56))

_FEWEST = {
    "PART_OF": 5,
    "CONTRIBUTES": 2,
    "CONCERNS": 3,
    "PARTY_TO": 2,
    "LEADS": 2,
    "SUBJECT_TO": 2,
    "SET_BY": 2,
    "SUCCEEDS": 2,
    "REPRESENTS": 2,
}
"""How many lines of a type there are where there can be any: answers of no rows test little."""

_LASTING = ("PART_OF", "ON", "REPRESENTS", "LEADS")
"""Lines that answers need several of on one day: these are seldom dated."""

_SAID: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "Organisation": {"kind": st.sampled_from((None, "police", "sector"))},
    "Seat": {"role": st.sampled_from(ROLES)},
    "Agreement": {
        "status": st.sampled_from(AGREEMENT_STATUSES),
        "kind": st.sampled_from((None, "protocol")),
        "purposes": st.lists(TEXTS, max_size=2).map(tuple),
        "signed_date": st.none() | DATES,
        "review_date": st.none() | DATES | st.sampled_from(("2020-02", "2021-12", "2024-02-29")),
    },
    "Plan": {"kind": st.sampled_from((None, "strategy"))},
    "Priority": {"kind": st.sampled_from((None, "theme")), "number": NUMBERS},
    "Objective": {"kind": st.sampled_from((None, "action")), "number": NUMBERS},
    "Requirement": {"kind": st.sampled_from((None, "duty")), "force": st.sampled_from(FORCES)},
    "Event": {
        "kind": st.sampled_from((None, "deadline", "milestone")),
        "date": DATES | st.sampled_from(("2020-02", "2019-12")),
    },
    "Issue": {
        "kind": st.sampled_from(("conflict", "not-stated", None)),
        "readings": st.lists(TEXTS, max_size=2).map(tuple),
        "taken": st.none() | TEXTS,
        "note": st.none() | TEXTS,
    },
    "Fund": {"year": YEARS, "currency": st.just("GBP"), "total": st.none() | AMOUNTS},
}
"""What nodes of a label say of themselves beside what all do."""

_NUMBERS = {
    "Partnership": (1, 2),
    "Body": (1, 3),
    "Organisation": (2, 4),
    "Post": (0, 2),
    "Person": (0, 1),
    "Seat": (2, 3),
    "Agreement": (1, 2),
    "Fund": (1, 2),
    "Plan": (1, 3),
    "Priority": (1, 3),
    "Objective": (1, 3),
    "Instrument": (1, 2),
    "Requirement": (1, 2),
    "Event": (1, 3),
    "Issue": (2, 3),
}
"""How many nodes of a label there are, at least and at most."""


@st.composite
def registers(draw: DrawFn) -> Structure:
    """A structure of agreements, plans, instruments, events, issues and funds, and of whom they are about."""
    numbers = count(1)
    nodes: dict[str, list[Node]] = {}
    for label, (at_least, at_most) in _NUMBERS.items():
        nodes[label] = [
            node_class(label)(
                id=f"{label.lower()}-{next(numbers)}",
                name=draw(TEXTS),
                **draw(_facts(label, seldom_dated=True)),
            )
            for _ in range(draw(st.integers(at_least, at_most)))
        ]
    lines: list[Relationship] = []

    def join(name: str, source: Node, target: Node) -> None:
        properties: dict[str, Any] = {}
        if any(one.name == "subject" for one in RELATIONSHIP_TYPES[name].properties):
            properties["subject"] = draw(st.none() | TEXTS)
        if name == "SUBJECT_TO":
            properties["assessment"] = draw(st.none() | st.sampled_from(ASSESSMENTS))
        if name == "CONTRIBUTES":
            properties["amount"] = draw(AMOUNTS)
            properties["kind"] = draw(st.sampled_from((None, "training", "contribution")))
        lines.append(
            relationship_class(name)(
                id=f"line-{next(numbers)}",
                from_id=source.id,
                to_id=target.id,
                **properties,
                **draw(_facts(name, seldom_dated=name in _LASTING)),
            )
        )

    for seat in nodes["Seat"]:
        join("ON", seat, draw(st.sampled_from([*nodes["Body"], *nodes["Partnership"]])))
    for name, declared in RELATIONSHIP_TYPES.items():
        for sources, targets in declared.ends if name in {"PART_OF", "SUCCEEDS"} else [declared.ends[0]]:
            pairs = [*_pairs(nodes, sources, targets, name)]
            fewest = min(_FEWEST.get(name, 0), len(pairs)) if len(declared.ends) == 1 else bool(pairs)
            if pairs and name != "ON":
                for source, target in draw(
                    st.lists(st.sampled_from(pairs), min_size=fewest, max_size=max(fewest, 3))
                ):
                    join(name, source, target)
    issues = [
        issue.model_copy(update={"about": draw(st.none() | st.sampled_from([line.id for line in lines]))})
        for issue in nodes.pop("Issue")
    ]
    everything = [*_sources(), *issues, *(node for some in nodes.values() for node in some)]
    return Structure.of([Dataset(id="made-up", name="Made up")], everything, lines)


@st.composite
def _facts(draw: DrawFn, term: str, *, seldom_dated: bool) -> dict[str, Any]:
    own = {name: draw(values) for name, values in _SAID.get(term, {}).items()}
    return own | draw(said(seldom_dated=seldom_dated))


def _sources() -> list[Node]:
    made = node_class("Source")
    return [
        made(id="paper", name="Paper", published="2017", datasets=("made-up",)),
        made(id="web-page", name="Page", published="2019-06", datasets=("made-up",)),
        made(id="undated", name="Undated", not_before="2020-02-01", datasets=("made-up",)),
    ]


def _pairs(
    nodes: dict[str, list[Node]], sources: tuple[str, ...], targets: tuple[str, ...], name: str
) -> Iterator[tuple[Node, Node]]:
    for source in (node for label in sources for node in nodes.get(label, ())):
        for target in (node for label in targets for node in nodes.get(label, ())):
            if name != "SUCCEEDS" or source is not target:
                yield source, target
