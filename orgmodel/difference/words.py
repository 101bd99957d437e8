"""How what changed is said: the kinds of lines, and what each says of either of its ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from orgmodel.dates import day_in_words
from orgmodel.vocabulary import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.model import Relationship


@dataclass(frozen=True, slots=True)
class Line:
    """How a relationship is said.

    Attributes:
        kind: What it stands for, as a noun.
        label: What stands before the thing that it leads to.
        past: The same as what was the case, as a predicate.
        back: What stands before the thing that it leads from.
        back_past: The same as what was the case, as a predicate.
        is_state: Whether the label takes `is`, and is no verb by itself.
    """

    kind: str
    label: str
    past: str
    back: str
    back_past: str
    is_state: bool = True

    def present(self, adverb: str = "") -> str:
        """What is the case, as a predicate: still, now, no longer."""
        return " ".join(part for part in ("is" if self.is_state else "", adverb, self.label) if part)


def _state(kind: str, label: str, back: str, back_past: str) -> Line:
    return Line(kind, label, f"was {label}", back, back_past)


def _doing(kind: str, label: str, past: str, back: str) -> Line:
    return Line(kind, label, past, back, f"was {back}", is_state=False)


LINES: Final[Mapping[str, Line]] = MappingProxyType(
    {
        "ACCOUNTABLE_TO": _state("Accountability", "accountable to", "holds to account", "held to account"),
        "ACTS_FOR": _doing("Delegation", "acts for", "acted for", "acted for by"),
        "REPORTS_TO": _doing("Reporting", "reports to", "reported to", "reported to by"),
        "ON": _state("Seat", "a seat on", "has the seat", "had the seat"),
        "FILLED_BY": _state("Seat", "filled by", "fills the seat", "filled the seat"),
        "REPRESENTS": _doing("Seat", "speaks for", "spoke for", "spoken for by the seat"),
        "POST_IN": _state("Post", "a post in", "has the post", "had the post"),
        "HELD_BY": _state("Post", "held by", "holds the post", "held the post"),
        "PART_OF": _state("Part of", "part of", "has as a part", "had as a part"),
        "PARTY_TO": _state("Party", "a party to", "has as a party", "had as a party"),
        "SUPPORTS": _doing("Support", "supports", "supported", "supported by"),
        "HOSTED_BY": _state("Hosting", "hosted by", "hosts", "hosted"),
        "INFORMS": _doing("Information", "informs", "informed", "informed by"),
        "WORKS_WITH": _doing("Joint work", "works with", "worked with", "worked with by"),
        "SCRUTINISES": _doing("Scrutiny", "scrutinises", "scrutinised", "scrutinised by"),
        "ESTABLISHED_BY": _state("Establishment", "established by", "established", "established"),
        "SUCCEEDS": Line(
            "Succession", "takes the place of", "took the place of", "in its place", "had in its place", False
        ),
        "LEADS": _doing("Lead", "leads on", "led on", "led by"),
        "MANDATED_BY": Line(
            "Mandate",
            "has its mandate from",
            "had its mandate from",
            "mandate of",
            "was the mandate of",
            False,
        ),
        "SET_BY": _state("Requirement", "set by", "sets", "set"),
        "SUBJECT_TO": _state("Requirement", "required to meet", "asked of", "was asked of"),
        "CONTRIBUTES": _doing("Contribution", "pays into", "paid into", "paid by"),
        "CONCERNS": _doing("Subject", "concerns", "concerned", "concerned by"),
    }
)
"""By relationship type."""


def details(line: Relationship) -> str:
    """What a relationship says beside what it connects."""
    own = (line.get(p.name) for p in RELATIONSHIP_TYPES[line.term].properties)
    return ", ".join(str(value) for value in own if value is not None)


def with_details(name: str, beside: str) -> str:
    """What a relationship leads to or from, with what it says beside in brackets."""
    return f"{name} ({beside})" if beside else name


def on_day(written: str) -> str:
    """A date with its preposition.

    >>> on_day("2022-07-01"), on_day("2019-06")
    ('on 1 July 2022', 'in June 2019')
    """
    return f"{'on' if written.count('-') > 1 else 'in'} {day_in_words(written)}"


def listed(parts: Iterable[str]) -> str:
    """Some texts as a list in a sentence; with semicolons where one has a comma or an `and` of its own.

    >>> listed(["a"]), listed(["a", "b (c, d)", "e"]), listed(["a", "b, c", "d"])
    ('a', 'a, b (c, d) and e', 'a; b, c; and d')
    """
    *first, last = parts
    if not first:
        return last
    bare = [_BRACKETS.sub("", part) for part in (*first, last)]
    if any("," in part or " and " in part or ";" in part for part in bare):
        return f"{'; '.join(first)}; and {last}"
    return f"{', '.join(first)} and {last}"


_BRACKETS = re.compile(r"\(.*\)", re.DOTALL)
