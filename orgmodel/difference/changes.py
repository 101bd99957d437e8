"""What a difference consists of: changes, each with what was and is, its day, certainty and citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orgmodel.tables import Rows

BEGAN: Final = "began"
FIRST_NAMED: Final = "first-named"
SUCCEEDED: Final = "succeeded"
ENDED: Final = "ended"
MOVED: Final = "moved"
CHANGED: Final = "changed"
UNCONFIRMED: Final = "no-longer-confirmed"
ONLY_BEFORE: Final = "only-in-A"
ONLY_AFTER: Final = "only-in-B"

CHANGES: Final = (
    SUCCEEDED,
    MOVED,
    CHANGED,
    BEGAN,
    ENDED,
    FIRST_NAMED,
    ONLY_BEFORE,
    ONLY_AFTER,
    UNCONFIRMED,
)
"""Every sort of change, in the order in which those of one body are listed."""

COLUMNS: Final = (
    "change",
    "kind",
    "body_id",
    "body",
    "thing_id",
    "thing",
    "before",
    "after",
    "day",
    "last_seen",
    "certainty",
    "citations",
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of what changed.

    Attributes:
        what: What is said of it, for instance `tier` or `accountable to`.
        value: The value of that.
        certainty: How sure it is.
        day: Since when it is so, or no longer so, where it changed and that is known.
    """

    what: str
    value: str
    certainty: str = "stated"
    day: str | None = None

    def __str__(self) -> str:
        return f"{self.what}: {self.value}" if self.what else self.value


@dataclass(frozen=True, slots=True)
class Line:
    """What a relationship says, in its parts.

    Attributes:
        subject_id: The id of that from which it leads.
        subject: The name of that.
        label: What it says of it, for instance `accountable to`.
        target: The name of that to which it leads.
        details: What it says beside.
    """

    subject_id: str
    subject: str
    label: str
    target: str
    details: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        change: Which sort it is, one of `CHANGES`.
        kind: What changed, in a word: the label of a node, or what a line stands for.
        body_id: The body or partnership that it belongs to; None where there is none.
        body: The name of that.
        thing_id: The id of the node or relationship.
        thing: Its name, or what the relationship says.
        before: What it was, as far as that differs.
        after: What it is.
        day: When: of what began or changed the first day, of what ended the last, as exactly as is known.
            None where no date is known.
        last_seen: When the last source that names it was published.
        certainty: The weakest of all facts that the change rests on.
        own_certainty: That of the thing itself, whatever is said of it beside.
        citations: Those of all these facts.
        facts: The ids of the nodes and relationships that began, ended or changed in it.
        named_by: The ids of the sources that are the first to name it; the last, where no longer confirmed.
        line: Of a relationship: what it says.
    """

    change: str
    kind: str
    body_id: str | None
    body: str | None
    thing_id: str
    thing: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    day: str | None
    last_seen: str | None
    certainty: str
    own_certainty: str
    citations: tuple[str, ...]
    facts: tuple[str, ...]
    named_by: tuple[str, ...] = ()
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source: its id, its name, and when it was published, as far as that is known."""

    id: str
    name: str
    published: str | None
    not_before: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two days of one source, or between two sources, A and B.

    Attributes:
        days: The day of each; None: all that a source says was compared, whenever it holds.
        one_source: Whether both days are of one source.
        subjects: The names of the datasets that were compared.
        disclaimers: What must stand under whatever is made from these.
        changes: By body, the partnership and its highest tier first.
        documents: The sources that the changes cite, by id.
        new_documents: The ids of the sources that were published between the days, or are in B only.
    """

    days: tuple[str, str] | None
    one_source: bool
    subjects: tuple[str, ...]
    disclaimers: tuple[str, ...]
    changes: tuple[Change, ...]
    documents: tuple[Document, ...]
    new_documents: tuple[str, ...]

    def rows(self) -> Rows:
        """The changes as rows: by body, then sort of change, kind, thing and its id."""
        return Rows(
            COLUMNS,
            tuple(
                (
                    c.change,
                    c.kind,
                    c.body_id,
                    c.body,
                    c.thing_id,
                    c.thing,
                    [str(said) for said in c.before],
                    [str(said) for said in c.after],
                    c.day,
                    c.last_seen,
                    c.certainty,
                    [*c.citations],
                )
                for c in self.changes
            ),
        )
