"""The parts of sentences in which a difference is told, as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from orgmodel.dates import day_in_words
from orgmodel.difference import changes as sort
from orgmodel.difference.words import LINES, listed, with_details

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orgmodel.difference.changes import Change, Said

_BY_LABEL: Final = {line.label: line for line in LINES.values()}
PRESENT: Final = {line.label: line.present() for line in LINES.values()} | {
    LINES["LEADS"].back: f"is {LINES['LEADS'].back}",
    LINES["PARTY_TO"].back: LINES["PARTY_TO"].back,
}
"""What is the case, as a predicate; of the thing that a line leads to only what one asks of it."""

PAST: Final = {line.label: line.past for line in LINES.values()} | {
    line.back: line.back_past for line in LINES.values()
}
_ASKED: Final = LINES["SUBJECT_TO"].label
_IN_ITS_PLACE: Final = LINES["SUCCEEDS"].back

COUNTED: Final = {
    "Objective": (LINES["PART_OF"].label, "under"),
    "Requirement": (LINES["SUBJECT_TO"].back, "asked of"),
}
"""Kinds of which there are too many to name in a sentence: by what they are counted, and how that is said."""

_PLURALS: Final = {"body": "bodies", "priority": "priorities", "person": "people", "line": "lines"}

_MARKS = re.compile(r"([\\`*_<>\[\]|~$]|&(?=[#A-Za-z]))")


def in_markdown(text: str) -> str:
    r"""A text as it stands in Markdown without being taken for a mark of it.

    >>> print(in_markdown("* R&D [draft]"), in_markdown("1. Board"), in_markdown("- Board #"))
    \* R\&D \[draft\] 1\. Board \- Board \#
    """
    escaped = _MARKS.sub(r"\\\1", " ".join(text.split()))
    # What a list or a heading begins or ends with.
    return re.sub(r"^(\d*)(?=[-+#.)=])|(?=#$)", r"\1\\", escaped)


def quoted(text: str) -> str:
    """A text in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{in_markdown(text)}\N{RIGHT DOUBLE QUOTATION MARK}"


def mark(certainty: str) -> str:
    """How sure something is, where it is not stated."""
    return "" if certainty == "stated" else f" ({certainty})"


def count(number: int, kind: str) -> str:
    """So many of a kind."""
    name = "open point" if kind == "Issue" else kind.lower()
    return f"{number} {name if number == 1 else _PLURALS.get(name, f'{name}s')}"


def counted(changes: Sequence[Change]) -> str:
    """Of many the number only, by what they are part of or of whom they are asked."""
    label, words = COUNTED[changes[0].kind]
    wholes = Counter(said.value for c in changes for said in (*c.before, *c.after) if said.what == label)
    told = "; ".join(f"{in_markdown(whole)} ({number})" for whole, number in sorted(wholes.items()))
    return f", {words}: {told}" if told else f": {things(changes)}"


def things(changes: Sequence[Change]) -> str:
    """Some things by name, some lines by what they say; of what ended, what it was."""
    told = [
        f"{in_markdown(change.thing)}{mark(change.own_certainty)}{_aside(change)}"
        for change in changes
        if change.line is None
    ]
    return "; ".join(told + [text for text, _ in lines([c for c in changes if c.line is not None])])


def _aside(change: Change) -> str:
    if change.kind == "Issue":
        return ""
    said = [each for each in (*change.before, *change.after) if each.what != LINES["PART_OF"].label]
    told = clauses(said, PAST if change.change == sort.ENDED else PRESENT)
    if change.change == sort.ENDED and (placed := [each for each in said if each.what == _IN_ITS_PLACE]):
        told.append(f"has {values(placed)} in its place")
    return f" (it {'; '.join(told)})" if told else ""


def lines(changes: Sequence[Change], *, briefly: bool = False) -> list[tuple[str, list[Change]]]:
    """What lines say, those of one subject and sort together; of the body that it is told of as `it`."""
    found: dict[tuple[str, str, bool], list[tuple[Change, str]]] = {}
    for change in changes:
        if (line := change.line) is not None:
            name = "it" if line.subject_id == change.body_id else in_markdown(line.subject)
            told = in_markdown(line.target if briefly else with_details(line.target, line.details))
            key = name, line.label, change.change == sort.ENDED
            found.setdefault(key, []).append((change, f"{told}{mark(change.own_certainty)}"))
    said = [(f"the {c.kind.lower()} {in_markdown(c.thing)}", [c]) for c in changes if c.line is None]
    for (name, label, ended), some in found.items():
        targets = dict.fromkeys(target for _, target in some)
        text = f"{name} {(PAST if ended else PRESENT)[label]} {listed(targets)}"
        said.append((text, [change for change, _ in some]))
    return said


def seat(change: Change) -> str:
    """A seat as worded, with its role where it is no member's."""
    said = {each.what: each.value for each in (*change.before, *change.after)}
    role = said.get("role", "member")
    return (
        f"{in_markdown(change.thing)}{f' ({role})' if role != 'member' else ''}{mark(change.own_certainty)}"
    )


def moves(name: str, change: Change, *, in_time: bool) -> Iterator[str]:
    """What changed of one thing, a sentence for each.

    Args:
        name: The thing.
        change: The change.
        in_time: Whether it did change; else two sources say it differently.
    """
    it = name
    for what in dict.fromkeys(said.what for said in (*change.before, *change.after)):
        before = [said for said in change.before if said.what == what]
        after = [said for said in change.after if said.what == what]
        if what == "worded":
            yield f"The seat {_all_quoted(before)} is now worded {_all_quoted(after)}."
        elif what in _BY_LABEL:
            yield _moved(it, what, change, before, after) if in_time else _stated(it, what, before, after)
        else:
            its = f"Its {what}" if it == "It" else f"{it}, {what}"
            first, second = ("before", "now") if in_time else ("in A", "in B")
            yield f"{its}: {_all_quoted(before)} {first}, {_all_quoted(after)} {second}."
        it = "It"


def _stated(it: str, what: str, before: Sequence[Said], after: Sequence[Said]) -> str:
    olds, news = {said.value for said in before}, {said.value for said in after}
    apart = (
        ([said for said in before if said.value not in news], "in A only"),
        ([said for said in after if said.value not in olds], "in B only"),
        ([said for said in after if said.value in olds], "in both"),
    )
    return f"{it} {PRESENT[what]} {'; '.join(f'{values(some)}, {where}' for some, where in apart if some)}."


def _moved(it: str, what: str, change: Change, before: Sequence[Said], after: Sequence[Said]) -> str:
    line = _BY_LABEL[what]
    olds, news = {said.value for said in before}, {said.value for said in after}
    left = [said for said in before if said.value not in news]
    joined = [said for said in after if said.value not in olds]
    still = [said for said in after if said.value in olds]
    if left and joined and not still:
        return (
            f"{it} {line.present('now')} {values(joined)} in place of {values(left)}{_since(change, joined)}."
        )
    told = []
    if left:
        told.append(f"{line.present('no longer')} {values(left)}{_since(change, left)}")
    if joined:
        now = "now also" if still else "now"
        told.append(f"{line.present(now)} {values(joined)}{_since(change, joined)}")
    if still:
        told.append(f"{line.present('still')} {values(still)}")
    return f"{it} {'; it '.join(told)}."


def _all_quoted(said: Sequence[Said]) -> str:
    return listed([f"{quoted(one.value)}{mark(one.certainty)}" for one in said]) if said else "nothing"


def _since(change: Change, said: Sequence[Said]) -> str:
    days = {one.day or change.day for one in said}
    day = days.pop()
    return f", since {day_in_words(day)}" if day and not days else ""


def values(said: Iterable[Said]) -> str:
    """Some values as a list, each with how sure it is."""
    return listed([f"{in_markdown(one.value)}{mark(one.certainty)}" for one in said])


def clauses(said: Sequence[Said], predicates: Mapping[str, str]) -> list[str]:
    """What lines say of a thing, a clause for each sort."""
    return [
        f"{predicates[what]} {values(one for one in said if one.what == what)}"
        for what in dict.fromkeys(one.what for one in said)
        if what in predicates and what not in {_ASKED, _IN_ITS_PLACE}
    ]


def facts(change: Change, said: Sequence[Said], predicates: Mapping[str, str]) -> list[str]:
    """What is told of a thing, in sentences."""
    found: list[str] = []
    told = {one.what: one.value for one in said}
    sure = {one.what: mark(one.certainty) for one in said}
    if change.kind == "Body" and "kind" in told:
        kind = told["kind"].replace("-", " ").replace("sub group", "sub-group")
        article = "an" if kind[0] in "aeiou" else "a"
        tier = f" in the tier {in_markdown(told['tier'])}" if "tier" in told else ""
        it_is = "It was" if predicates is PAST else "It is"
        found.append(f"{it_is} {article} {in_markdown(kind)}{tier}{sure['kind']}.")
    if "purpose" in told:
        found.append(f"Its purpose: {in_markdown(told['purpose']).rstrip('.')}.")
    found += [f"It {clause}." for clause in clauses(said, predicates)]
    asked = [f"{quoted(one.value)}{mark(one.certainty)}" for one in said if one.what == _ASKED]
    found += [f"Asked of it: {'; '.join(asked)}."] if asked else []
    if _IN_ITS_PLACE in told:
        found.append(f"In its place: {values(one for one in said if one.what == _IN_ITS_PLACE)}.")
    return found
