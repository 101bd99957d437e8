"""A difference as plain-English sentences for a board paper, in Markdown."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from orgmodel.dates import day_in_words
from orgmodel.difference import changes as sort
from orgmodel.difference import sentences as say
from orgmodel.difference.sentences import in_markdown
from orgmodel.difference.words import listed, on_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orgmodel.difference.changes import Change, Difference, Document

_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "Organisations": ("Organisation",),
    "Posts and delegations": ("Post", "Person", "Delegation"),
    "Agreements": ("Agreement", "Party"),
    "Plans and priorities": ("Plan", "Priority", "Objective", "Lead"),
    "What is asked": ("Instrument", "Requirement", "Mandate"),
    "Money": ("Fund", "Contribution"),
    "Events": ("Event",),
    "Documents": ("Source",),
    "What the sources leave open": ("Issue", "Subject"),
    "Other lines": (),
}
"""Where what belongs to no body is told, by kind; the last takes all others."""

_HAPPENED: Final = {
    sort.SUCCEEDED: "Took the place of another",
    sort.MOVED: "In another place, or accountable to others",
    sort.CHANGED: "Changed",
    sort.BEGAN: "Began",
    sort.ENDED: "Ended",
    sort.FIRST_NAMED: "Named for the first time",
    sort.ONLY_BEFORE: "Only in A",
    sort.ONLY_AFTER: "Only in B",
    sort.UNCONFIRMED: "No longer confirmed",
}

_SINGLE: Final = frozenset({sort.SUCCEEDED, sort.MOVED, sort.CHANGED})
"""Sorts of change that are told one by one; others together with their like."""

_FIRST_NAMED: Final = (
    "What a source is the first to name may be older than the source: when it began is not known."
)
_CERTAINTY: Final = (
    "*Inferred* is what was concluded and is not stated; *ambiguous* is what the sources leave open to more "
    "than one reading."
)
_UNCONFIRMED: Final = (
    "The newest source does not name these; in brackets, which source last did. That is no end: no source "
    "says that they ended."
)


def to_prose(difference: Difference, a: str = "A", b: str = "B") -> str:
    """The difference in sentences: by body, then what belongs to none, last what is no longer confirmed.

    Args:
        difference: The difference.
        a: What the first source is called.
        b: What the second is called.
    """
    return _Prose(difference).text(a, b)


class _Prose:
    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        self.documents = sorted(difference.documents, key=lambda d: (d.published or d.not_before or "", d.id))
        self.numbers = {document.id: number for number, document in enumerate(self.documents, 1)}

    def text(self, a: str, b: str) -> str:
        changes = self.difference.changes
        told = [change for change in changes if change.change != sort.UNCONFIRMED]
        lines = [*self._introduction(a, b), "", *_summary(changes)]
        of_bodies = [change for change in told if change.body_id is not None]
        for _, some in groupby(of_bodies, key=lambda change: change.body_id):
            body = [*some]
            lines += ["", f"## {in_markdown(str(body[0].body))}", "", *self._of_body(body)]
        rest: dict[str, list[Change]] = {}
        for change in told:
            if change.body_id is None:
                rest.setdefault(change.kind, []).append(change)
        for heading, kinds in _SECTIONS.items():
            section = [found for kind in kinds or [*rest] if (found := rest.pop(kind, None))]
            if section:
                lines += ["", f"## {heading}", ""]
                for of_kind in section:
                    lines += self._of_none(of_kind)
        lines += self._unconfirmed([change for change in changes if change.change == sort.UNCONFIRMED])
        if self.documents:
            lines += ["", "## Sources", ""]
            lines += [f"{self.numbers[d.id]}. {_document(d)}" for d in self.documents]
        return "\n".join(lines) + "\n"

    # What stands before

    def _introduction(self, a: str, b: str) -> Iterator[str]:
        found = self.difference
        if found.one_source and found.days:
            first, last = map(day_in_words, found.days)
            yield f"# What changed between {first} and {last}"
        else:
            yield f"# What differs between {in_markdown(a)} and {in_markdown(b)}"
        said = [f"{listed([in_markdown(name) for name in found.subjects])}."] if found.subjects else []
        said += [in_markdown(text) for text in found.disclaimers]
        if said:
            yield from ("", " ".join(said))
        if not found.one_source:
            asked = f"on {day_in_words(found.days[0])}" if found.days else "whenever it holds"
            named = f"A is {in_markdown(a)}, B is {in_markdown(b)}."
            yield from ("", f"{named} What they say is compared, {asked}.")
        elif found.new_documents:
            yield from ("", self._published())
        if any(change.change == sort.FIRST_NAMED for change in found.changes):
            yield from ("", _FIRST_NAMED)
        if any(change.certainty != "stated" for change in found.changes):
            yield from ("", _CERTAINTY)

    def _published(self) -> str:
        new = [document for document in self.documents if document.id in self.difference.new_documents]
        dated = [document.id for document in new if document.published]
        said = [f"Published between the two days: {self._numbered(dated)}."] if dated else []
        said += [
            f"Source {self.numbers[d.id]} is undated and counts from {day_in_words(d.not_before)}, "
            "the first day on which it can have been as it is."
            for d in new
            if d.not_before and not d.published
        ]
        return " ".join(said)

    def _numbered(self, documents: Iterable[str]) -> str:
        numbers = sorted({self.numbers[one] for one in documents})
        return f"source{'s' if len(numbers) > 1 else ''} {listed(map(str, numbers))}"

    # What is told of a body, and of what belongs to none

    def _of_body(self, body: Sequence[Change]) -> Iterator[str]:
        own, seats, rest = _parts(body)
        for change in own:
            yield self._bullet(self._said_of("It", change), [change])
        yield from self._each(seats)
        for lead, some in self._alike(seats):
            told = "; ".join(map(say.seat, some))
            yield self._bullet(f"{lead}, {say.count(len(some), 'Seat')}: {told}.", some)
        yield from self._each(rest)
        for lead, some in self._alike(rest):
            yield self._bullet(f"{lead}: {say.things(some)}.", some)

    def _of_none(self, some: Sequence[Change]) -> Iterator[str]:
        yield from self._each(some)
        for lead, alike in self._alike(some):
            kind = alike[0].kind
            number = f", {say.count(len(alike), kind)}" if alike[0].line is None else ""
            told = f": {say.things(alike)}"
            if kind in say.COUNTED and alike[0].line is None:
                told = say.counted(alike)
            yield self._bullet(f"{lead}{number}{told}.", alike)

    def _each(self, changes: Iterable[Change]) -> Iterator[str]:
        """What is told one by one."""
        for change in changes:
            if change.change in _SINGLE:
                name = in_markdown(change.thing)
                if change.kind == "Seat" and change.line is None:
                    name = f"The seat {say.quoted(change.thing)}"
                yield self._bullet(self._said_of(name, change), [change])

    def _alike(self, changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
        """What is told together, things apart from lines, with how its sentence begins."""
        found: dict[tuple[bool, str], list[Change]] = {}
        for change in changes:
            if change.change not in _SINGLE:
                found.setdefault((change.line is None, self._lead(change)), []).append(change)
        return [(lead, some) for (_, lead), some in found.items()]

    def _lead(self, change: Change) -> str:
        if change.change == sort.FIRST_NAMED:
            how = "First named in" if change.line is None else "First said in"
            how = "Left open by" if change.kind == "Issue" else how
            return f"{how} {self._numbered(change.named_by)}" if change.named_by else "First named"
        if change.change in {sort.ONLY_BEFORE, sort.ONLY_AFTER}:
            return _HAPPENED[change.change]
        when = f" {on_day(change.day)}" if change.day else ""
        return f"{_HAPPENED[change.change]}{when}"

    def _said_of(self, name: str, change: Change) -> str:
        if change.change == sort.SUCCEEDED:
            replaced = [said for said in change.before if not said.what]
            olds = listed([in_markdown(said.value) for said in replaced])
            when = f" {on_day(change.day)}" if change.day else ""
            took = f"{name} took the place of {say.values(replaced)}{when}."
            gone = "; ".join(say.clauses(change.before, say.PAST))
            until = [f"Until then {olds} {gone}."] if gone else []
            return " ".join((took, *say.facts(change, change.after, say.PRESENT), *until))
        if change.change in _SINGLE:
            return " ".join(say.moves(name, change, in_time=self.difference.one_source))
        before = say.facts(change, change.before, say.PAST)
        after = say.facts(change, change.after, say.PRESENT)
        return " ".join((f"{self._lead(change)}.", *before, *after))

    def _bullet(self, text: str, changes: Sequence[Change]) -> str:
        sections: dict[str, set[str]] = {}
        for change in changes:
            for citation in change.citations:
                source, _, section = citation.partition(" ")
                if source in self.numbers:
                    sections.setdefault(source, set()).add(in_markdown(section))
        cited = [
            f"{self.numbers[source]} ({', '.join(sorted(some))})"
            for source, some in sorted(sections.items(), key=lambda each: self.numbers[each[0]])
        ]
        where = f" *Source{'s' if len(cited) > 1 else ''}: {'; '.join(cited)}.*" if cited else ""
        return f"- {text}{where}"

    # What the newest source does not name

    def _unconfirmed(self, changes: Sequence[Change]) -> Iterator[str]:
        if not changes:
            return
        yield from ("", f"## {_HAPPENED[sort.UNCONFIRMED]}", "", _UNCONFIRMED, "")
        alone: list[Change] = []
        for key, some in groupby(changes, key=lambda change: change.body_id):
            body = [*some]
            own, seats, rest = _parts(body)
            if own and not seats and not rest:
                alone += own
                continue
            told = [f"the {own[0].kind.lower()} itself{self._last_in(own)}"] if own else []
            if seats:
                names = "" if own else f": {'; '.join(map(say.seat, seats))}"
                told.append(f"{say.count(len(seats), 'Seat')}{self._last_in(seats)}{names}")
            told += [f"{text}{self._last_in(named)}" for text, named in say.lines(rest, briefly=True)]
            heading = in_markdown(str(body[0].body)) if key else "Of no single body"
            yield f"- **{heading}**: {'; '.join(told)}."
        if alone:
            told = [f"{in_markdown(change.thing)}{self._last_in([change])}" for change in alone]
            yield f"- **Other bodies**: {'; '.join(told)}."

    def _last_in(self, changes: Iterable[Change]) -> str:
        named = {source for change in changes for source in change.named_by}
        return f" ({self._numbered(named)})" if named else ""


def _parts(body: Sequence[Change]) -> tuple[list[Change], list[Change], list[Change]]:
    """What is told of a body: of itself, of its seats, of its lines."""
    own: list[Change] = []
    seats: list[Change] = []
    rest: list[Change] = []
    for change in body:
        of_seat = change.kind == "Seat" and change.line is None
        (own if change.thing_id == change.body_id else seats if of_seat else rest).append(change)
    return own, seats, rest


def _summary(changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        yield "Nothing changed."
        return
    yield from ("In short:", "")
    for name, said in _HAPPENED.items():
        kinds = Counter("line" if change.line else change.kind for change in changes if change.change == name)
        if kinds:
            yield f"- {said}: {listed([say.count(number, kind) for kind, number in kinds.items()])}."


def _document(document: Document) -> str:
    if document.published:
        when = day_in_words(document.published)
    elif document.not_before:
        when = f"undated, not before {day_in_words(document.not_before)}"
    else:
        when = "undated"
    return f"{in_markdown(document.name)} ({when})"
