"""Hypothesis strategies: partnerships as odd as the model allows, to draw charts of."""

from __future__ import annotations

from itertools import combinations, count
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from orgmodel.model import Dataset, node_class, relationship_class
from orgmodel.structure import Structure
from orgmodel.vocabulary import AGREEMENT_STATUSES, NODE_TYPES

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from orgmodel.model import Node, Relationship

ODD_NAMES = (
    "Executive",
    "Quality Assurance and Performance Sub-group",
    '<b>"x"</b> & co.',
    "&lt;TABLE&gt; &amp; &#65;",
    "<BR/>",
    "\\N \\G \\l \\",
    "a | b { c } <d>",
    "two\nlines\tand a tab",
    "right to left \N{RIGHT-TO-LEFT OVERRIDE}x, soft hy\N{SOFT HYPHEN}phen",
    "\N{POLICE OFFICER}\N{ZERO WIDTH JOINER}\N{FEMALE SIGN} Group",
    "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}\N{HEBREW LETTER FINAL MEM} Board",
    "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} " + "e\N{COMBINING DIAERESIS}" * 9,
    "W" * 200,
    "i" * 200 + " " + "sub-" * 40,
    "strict graph { node }",
    "-1.5",
)
NAMES = st.sampled_from(ODD_NAMES) | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs")), min_size=1, max_size=40
).filter(lambda text: bool(text.strip()))

many = settings(
    max_examples=100,
    deadline=None,
    # A structure of twenty bodies takes many draws; the engine is one for all examples, and keeps nothing.
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
        HealthCheck.function_scoped_fixture,
    ],
)
"""How charts of generated structures are tested."""

_SURE = st.sampled_from(("stated", "stated", "stated", "inferred", "ambiguous"))
_KINDS = st.none() | st.sampled_from(NODE_TYPES["Body"].kinds) | st.just("business-unit")


@st.composite
def partnerships(draw: DrawFn, bodies: int = 20) -> Structure:
    """A structure with one partnership of up to so many bodies."""
    numbers = count(1)
    nodes: list[Node] = [node_class("Source")(id="paper", name=draw(NAMES), published="2019-06")]
    lines: list[Relationship] = []

    def said() -> dict[str, Any]:
        certainty = draw(_SURE)
        basis = None if certainty == "stated" else "concluded"
        return {"certainty": certainty, "basis": basis, "citations": ("paper 1",), "datasets": ("made-up",)}

    def add(label: str, **properties: Any) -> str:
        identity = f"{label.lower()}-{next(numbers)}"
        nodes.append(node_class(label)(id=identity, name=draw(NAMES), **{**said(), **properties}))
        return identity

    def join(name: str, source: str, target: str, **properties: Any) -> None:
        made = relationship_class(name)
        lines.append(made(id=f"line-{next(numbers)}", from_id=source, to_id=target, **said(), **properties))

    tiers = draw(st.lists(NAMES.map(str.strip), max_size=5, unique=True))
    partnership = add("Partnership", tiers=tuple(tiers), certainty="stated", basis=None)
    inside: list[str] = []
    for _ in range(draw(st.integers(1, bodies))):
        tier = draw(st.sampled_from([*tiers, None, "Of no partnership"]))
        short = draw(st.none() | NAMES)
        meets = draw(st.none() | st.integers(1, 12))
        body = add("Body", tier=tier, short_name=short, kind=draw(_KINDS), meetings_per_year=meets)
        join("PART_OF", body, draw(st.sampled_from([partnership, partnership, *inside])))
        inside.append(body)
    officers = [add("Post") for _ in range(draw(st.integers(0, 3)))]
    outside = [add("Body") for _ in range(draw(st.integers(0, 3)))]
    organisation = add("Organisation")
    for post in officers:
        join("POST_IN", post, organisation)
    above = [*inside, *officers, organisation]
    for name, targets, most in (
        ("ACCOUNTABLE_TO", above, 20),
        ("REPORTS_TO", [*inside, *officers, *outside, partnership], 20),
        ("SUPPORTS", inside, 10),
        ("HOSTED_BY", [*inside, organisation], 3),
    ):
        pairs = st.tuples(st.sampled_from(inside), st.sampled_from(targets))
        for source, target in draw(st.lists(pairs, max_size=most)):
            subject = draw(st.none() | NAMES)
            join(name, source, target, subject=subject)
    for body in draw(st.lists(st.sampled_from(inside), max_size=3)):
        seat = add("Seat", role="chair")
        join("ON", seat, body)
        if officers:
            join("FILLED_BY", seat, draw(st.sampled_from(officers)))
    for one, two in combinations(officers, 2):
        if draw(st.booleans()):
            join("ACTS_FOR", one, two, scope=draw(st.none() | NAMES))
    for _ in range(draw(st.integers(0, 12))):
        agreement = add("Agreement", status=draw(st.sampled_from(AGREEMENT_STATUSES)))
        parties = st.lists(st.sampled_from([*inside, *outside, organisation]), min_size=1, max_size=3)
        for party in draw(parties.map(dict.fromkeys)):
            join("PARTY_TO", party, agreement)
    return Structure.of([Dataset(id="made-up", name="Made up")], nodes, lines)
