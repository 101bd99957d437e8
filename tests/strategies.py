"""Strategies for Hypothesis: structures as odd as the model allows, and the days on which they change."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from orgmodel.dates import first_day, last_day
from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.structure import Structure
from orgmodel.vocabulary import CERTAINTIES, OPEN_END, RELATIONSHIP_TYPES, ROLES, SEAT_STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import DrawFn

    from orgmodel.model import Node, Relationship

ODD_NAMES = (
    "Board",
    "board",
    "Children's Board",
    'The "Gold" Group',
    "two\nlines",
    "back\\slash \\n \\u0041",
    "tab\there",
    "$body",
    "$as_of",
    "// no comment /* here */",
    "{id: 'x'}) DETACH DELETE (n",
    "=1+1",
    "\N{POLICE OFFICER}\N{ZERO WIDTH JOINER}\N{FEMALE SIGN} Group",
    "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}\N{HEBREW LETTER FINAL MEM}",
    "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}",
    "Zoe\N{COMBINING DIAERESIS}",
    "\N{FULLWIDTH LATIN CAPITAL LETTER A}",
    "null",
    "9",
    "10",
)

_FEWEST = {"ACCOUNTABLE_TO": 4, "FILLED_BY": 4, "ACTS_FOR": 2, "REPRESENTS": 2, "POST_IN": 2, "PART_OF": 2}
"""How many lines of a type there are where there can be any: answers of no rows test little."""

TEXTS = st.sampled_from(ODD_NAMES) | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12
).filter(lambda text: bool(text.strip()))

DATES = st.sampled_from(("2018", "2019", "2019-02", "2019-06", "2019-06-30", "2019-07-01", "2020-02", "2021"))

CITATIONS = st.sampled_from(
    (
        ("paper 1",),
        ("paper 2", "paper 1"),
        ("web-page Annex \N{GREEK SMALL LETTER ALPHA}", "paper 1"),
        ("paper 10", "paper 2", "paper 10"),
        ("web-page 1",),
        ("undated 1", "web-page 1"),
    )
)

_LINES = (
    "ACCOUNTABLE_TO",
    "ACTS_FOR",
    "REPORTS_TO",
    "FILLED_BY",
    "REPRESENTS",
    "POST_IN",
    "HELD_BY",
    "PART_OF",
    "SUPPORTS",
    "SUCCEEDS",
)


@st.composite
def said(draw: DrawFn, *, seldom_dated: bool = False) -> dict[str, Any]:
    """What a fact says of itself: certainty, citations, dates.

    Where the things themselves are seldom dated, enough of the lines between them hold on one day.
    """
    certainty = draw(st.sampled_from(("stated", *CERTAINTIES)))
    start = end = None
    if draw(st.sampled_from((False, False, False, True) if seldom_dated else (False, True))):
        start, end = draw(st.none() | DATES), draw(st.none() | DATES)
        if start and end and last_day(end) < first_day(start):
            start, end = end, start
    return {
        "certainty": certainty,
        "basis": None if certainty == "stated" else "concluded",
        "citations": draw(CITATIONS),
        "start_date": start,
        "end_date": end,
        "datasets": ("made-up",),
    }


def _sources() -> list[Node]:
    made = node_class("Source")
    return [
        made(id="paper", name="Paper", published="2017", datasets=("made-up",)),
        made(id="web-page", name="Page", published="2019-06", datasets=("made-up",)),
        made(id="undated", name="Undated", not_before="2020-02-01", datasets=("made-up",)),
    ]


@st.composite
def structures(draw: DrawFn) -> Structure:
    """A structure of a few bodies, organisations, posts, people and seats with any lines between them."""
    numbers = count(1)
    nodes: dict[str, list[Node]] = {}

    def add(label: str, at_most: int, at_least: int = 0, **properties: st.SearchStrategy[Any]) -> None:
        nodes[label] = [
            node_class(label)(
                id=f"{label.lower()}-{next(numbers)}",
                name=draw(TEXTS),
                **{name: draw(values) for name, values in properties.items()},
                **draw(said(seldom_dated=True)),
            )
            for _ in range(draw(st.integers(at_least, at_most)))
        ]

    add("Partnership", 1)
    add("Body", 4, 1)
    add("Organisation", 3, 1)
    add("Post", 3, 1)
    add("Person", 1)
    add(
        "Seat",
        4,
        1,
        role=st.sampled_from(ROLES),
        category=st.none() | TEXTS,
        places=st.none() | st.integers(1, 9),
        state=st.sampled_from(SEAT_STATES),
    )
    lines: list[Relationship] = []

    def join(name: str, source: Node, target: Node) -> None:
        properties = {"subject": st.none() | TEXTS} if name in {"ACCOUNTABLE_TO", "REPORTS_TO"} else {}
        lines.append(
            relationship_class(name)(
                id=f"line-{next(numbers)}",
                from_id=source.id,
                to_id=target.id,
                **{key: draw(values) for key, values in properties.items()},
                **draw(said()),
            )
        )

    places = nodes["Body"] + nodes["Partnership"]
    for seat in nodes["Seat"]:
        join("ON", seat, draw(st.sampled_from(places)))
    for name in _LINES:
        pairs = list(_pairs(name, nodes))
        if pairs:
            for source, target in draw(
                st.lists(st.sampled_from(pairs), min_size=_FEWEST.get(name, 0), max_size=10)
            ):
                join(name, source, target)
    everything = [*_sources(), *(node for some in nodes.values() for node in some)]
    return Structure.of([Dataset(id="made-up", name="Made up")], everything, lines)


def _pairs(name: str, nodes: dict[str, list[Node]]) -> Iterator[tuple[Node, Node]]:
    for from_labels, to_labels in RELATIONSHIP_TYPES[name].ends:
        for source in (node for label in from_labels for node in nodes.get(label, ())):
            for target in (node for label in to_labels for node in nodes.get(label, ())):
                if name != "SUCCEEDS" or source is not target:
                    yield source, target


def days_of(structure: Structure) -> Sequence[str]:
    """Every day on which something of a structure begins or ends, the days about it, and one of today's."""
    held = structure.holdings.values()
    turns = {day for one in held for day in (one.holds_from, one.holds_to)} - {OPEN_END}
    about = {
        (date.fromisoformat(day) + timedelta(days=step)).isoformat()
        for day in turns
        for step in (-1, 0, 1)
        if day > "0001-01-01"
    }
    return sorted({*about, "2026-01-01"})


@st.composite
def shared_structures(draw: DrawFn) -> Structure:
    """A structure of two datasets as one: of what both state each gives citations and dates of its own."""
    whole = draw(structures())
    names = ("made-up", "other")
    nodes: dict[str, dict[str, Node]] = {name: {} for name in names}
    lines: dict[str, list[Relationship]] = {name: [] for name in names}

    def stated(entity: Node | Relationship, by: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        for number, name in enumerate(by):
            restated = draw(said()) if number and entity.term != "Source" else {}
            yield name, restated | {"datasets": (name,)}

    everybody = st.sampled_from((names, names, names[:1], names[1:]))
    for node in whole.nodes.values():
        for name, update in stated(node, names if node.term == "Source" else draw(everybody)):
            others = {} if name == node.datasets[0] else {"aliases": tuple(draw(st.lists(TEXTS, max_size=2)))}
            # Made anew, so that the other names are tidied as a dataset's are.
            nodes[name][node.id] = type(node)(**{**dict(node), **update, **others})
    for line in whole.relationships.values():
        possible = [name for name in names if line.from_id in nodes[name] and line.to_id in nodes[name]]
        for name, update in stated(line, [name for name in draw(everybody) if name in possible]):
            lines[name].append(line.model_copy(update=update))
    one, other = (
        Structure.of([Dataset(id=name, name=name)], nodes[name].values(), lines[name]) for name in names
    )
    return one.merge(other)
