"""The terms of a partnership's governance: labels, relationship types, their ends and properties.

Declared here once and read by everything else: the entities, the readers and writers of datasets,
the stores, the check of query texts, the legends of charts.

The terms are those of the W3C Organization Ontology (https://www.w3.org/TR/vocab-org/) and of
Popolo (https://www.popoloproject.com/specs/) wherever they have one.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Certainty = Literal["stated", "inferred", "ambiguous"]
CERTAINTIES: Final[tuple[Certainty, ...]] = ("stated", "inferred", "ambiguous")
"""How sure a fact is, the surest first; the weakest of several facts is the last of them."""

OPEN_END: Final = "9999-12-31"
"""`holds_to` of whatever has no known end."""

ValueType = Literal["text", "texts", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship: its name, its type, its allowed values."""

    name: str
    type: ValueType
    meaning: str
    allowed: tuple[str, ...] = ()
    required: bool = False
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class NodeType:
    """One label: the collection that it is listed under in a dataset, and its own properties."""

    label: str
    collection: str
    meaning: str
    kinds: tuple[str, ...]
    properties: tuple[Property, ...] = ()

    @property
    def all_properties(self) -> tuple[Property, ...]:
        """What a node of this label may say: its own properties and those of every node."""
        return (*COMMON, *NAMED, *self.properties)


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """One relationship type: which labels it leads from and to, and its own properties."""

    name: str
    ends: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    meaning: str
    properties: tuple[Property, ...] = ()

    @property
    def all_properties(self) -> tuple[Property, ...]:
        """What a relationship of this type may say: its own properties and those of every relationship."""
        return (*COMMON, *self.properties)

    @property
    def key(self) -> str:
        """The key that it is written under in a dataset: `REPORTS_TO` is `reports_to`."""
        return self.name.lower()

    @property
    def from_labels(self) -> frozenset[str]:
        """Every label that it may lead from."""
        return frozenset(label for sources, _ in self.ends for label in sources)

    def to_labels(self, from_label: str | None = None) -> frozenset[str]:
        """Every label that it may lead to, from one label or from any."""
        return frozenset(
            label
            for sources, targets in self.ends
            if from_label is None or from_label in sources
            for label in targets
        )


@dataclass(frozen=True, slots=True)
class Nesting:
    """A key under which something is written inside something else in a dataset.

    `type` is the relationship that the place itself states: it leads from what is nested to what that
    is nested in. With a `label` whole entities are nested; without, only references to them.
    """

    parent: str
    key: str
    type: str
    label: str = ""


COMMON: Final = (
    Property("id", "text", "unique in the graph, kebab-case"),
    Property("certainty", "text", "how sure the fact is", CERTAINTIES),
    Property("basis", "text", "from what it was concluded; required unless it is stated"),
    Property("citations", "texts", "the places that it is taken from, each `source-id section`"),
    Property("start_date", "date", "first day that it held, as far as known: 2019, 2019-09, 2019-09-30"),
    Property("end_date", "date", "last day that it held, as far as known"),
    Property("note", "text", "what a reader should know beside"),
)
"""What every node and every relationship may say."""

NAMED: Final = (
    Property("name", "text", "what it is called", required=True),
    Property("short_name", "text", "the abbreviation in use"),
    Property("aliases", "texts", "other names in use"),
    Property("kind", "text", "what sort of thing it is"),
)
"""What every node may say beside."""

DERIVED: Final = (
    Property("holds_from", "date", "first day on which it is taken to hold: a full date, never absent"),
    Property("holds_to", "date", "last day on which it is taken to hold: a full date, never absent"),
    Property("last_seen", "date", "when the last source that names it was published"),
)
"""What the graph says of every node and relationship, worked out from its dates and citations."""

ROLES: Final = ("chair", "vice-chair", "lead", "member", "adviser", "in-attendance", "deputy")
SEAT_STATES: Final = ("filled", "vacant", "not-stated")
AGREEMENT_STATUSES: Final = ("intended", "in-force", "expired")
FORCES: Final = ("must", "should")
ASSESSMENTS: Final = ("met", "partly", "not-met")

_ACTORS = ("Body", "Post", "Organisation", "Partnership")
_SUBJECT = Property("subject", "text", "what it is about")


NODE_TYPES: Final[Mapping[str, NodeType]] = MappingProxyType(
    {
        t.label: t
        for t in (
            NodeType(
                "Partnership",
                "partnerships",
                "the arrangement of one area",
                (),
                (
                    Property("area", "text", "the area that it covers"),
                    Property("tiers", "texts", "its tiers from the top, in its own words"),
                ),
            ),
            NodeType(
                "Body",
                "bodies",
                "people who meet as one, or work as one unit",
                (
                    "board",
                    "executive",
                    "group",
                    "sub-group",
                    "panel",
                    "strand",
                    "forum",
                    "task-and-finish-group",
                    "business-unit",
                ),
                (
                    Property("tier", "text", "its tier, one of its partnership's"),
                    Property("purpose", "text", "what it is for"),
                    Property("meetings_per_year", "integer", "how often it meets", at_least=1),
                    Property("meeting_note", "text", "what is said about its meetings beside"),
                ),
            ),
            NodeType(
                "Organisation",
                "organisations",
                "an agency or a part of one; or a sector, which is no single organisation",
                (
                    "local-authority",
                    "directorate",
                    "service",
                    "police",
                    "nhs-commissioner",
                    "nhs-provider",
                    "primary-care",
                    "probation",
                    "prison-and-probation",
                    "ambulance",
                    "fire-and-rescue",
                    "education",
                    "voluntary",
                    "consumer-champion",
                    "trade-association",
                    "provider",
                    "government",
                    "regulator",
                    "court-service",
                    "sector",
                ),
            ),
            NodeType("Post", "posts", "a position that somebody holds", ()),
            NodeType("Person", "people", "the holder of a post", ()),
            NodeType(
                "Seat",
                "seats",
                "one line of a membership list; its name is the line as worded",
                (),
                (
                    Property("role", "text", "what its holder does there", ROLES, required=True),
                    Property("category", "text", "the sort of member, in the list's own words"),
                    Property("places", "integer", "how many people it stands for", at_least=1),
                    Property("state", "text", "whether somebody holds it", SEAT_STATES),
                ),
            ),
            NodeType(
                "Agreement",
                "agreements",
                "what boards or organisations have agreed in writing",
                ("memorandum-of-understanding", "protocol", "information-sharing-agreement"),
                (
                    Property("status", "text", "whether it binds", AGREEMENT_STATUSES, required=True),
                    Property("purposes", "texts", "what it is for"),
                    Property("signed_date", "date", "when it was signed"),
                    Property("review_date", "date", "when it is to be reviewed"),
                ),
            ),
            NodeType(
                "Fund",
                "funds",
                "the money of one purpose and year that partners pay into",
                (),
                (
                    Property("year", "text", "the financial year: 2019-20", required=True),
                    Property("currency", "text", "ISO 4217: GBP", required=True),
                    Property("total", "number", "the total as printed in the source", at_least=0),
                ),
            ),
            NodeType(
                "Plan",
                "plans",
                "what was set out to be done",
                ("strategic-plan", "business-plan", "priorities", "arrangements", "strategy", "framework"),
            ),
            NodeType(
                "Priority",
                "priorities",
                "what a plan puts first",
                ("priority", "principle", "theme", "core-business", "area-for-improvement"),
                (Property("number", "text", "its number in the plan"),),
            ),
            NodeType(
                "Objective",
                "objectives",
                "what a priority is to bring about, or how",
                ("objective", "action", "success-measure", "monitoring-measure"),
                (Property("number", "text", "its number under the priority"),),
            ),
            NodeType(
                "Instrument",
                "instruments",
                "an Act, guidance or terms of reference",
                ("act", "statutory-guidance", "guidance", "terms-of-reference", "checklist", "vision"),
            ),
            NodeType(
                "Requirement",
                "requirements",
                "what an instrument asks",
                ("duty", "function", "membership", "quorum", "publication", "principle", "expectation"),
                (
                    Property("force", "text", "how strongly it asks", FORCES, required=True),
                    Property("tested_by", "text", "the rule of `check` that tests it: `pack/rule`"),
                ),
            ),
            NodeType(
                "Event",
                "events",
                "a milestone, a deadline, or the transfer of a function",
                ("milestone", "deadline", "transfer", "decision", "review", "publication", "meeting"),
                (
                    Property("date", "date", "when it happened or falls due", required=True),
                    Property("wording", "text", "how the source words the date"),
                ),
            ),
            NodeType(
                "Issue",
                "issues",
                "two readings that disagree, or what a reader would ask and no source says",
                ("conflict", "not-stated"),
                (
                    Property("readings", "texts", "what each place says, with the place"),
                    Property("taken", "text", "the reading taken, and why"),
                    Property("about", "text", "the id of the relationship it is about"),
                ),
            ),
            NodeType(
                "Source",
                "sources",
                "a document that facts are cited from",
                (
                    "arrangements",
                    "plan",
                    "web-page",
                    "legislation",
                    "guidance",
                    "terms-of-reference",
                    "minutes",
                ),
                (
                    Property("publisher", "text", "who published it"),
                    Property("published", "date", "when it was published"),
                    Property("not_before", "date", "where it is undated: the day before which it cannot be"),
                    Property("sections", "texts", "the sections that may be cited; none: any"),
                ),
            ),
        )
    }
)
"""Every label, in the order in which things are listed."""


RELATIONSHIP_TYPES: Final[Mapping[str, RelationshipType]] = MappingProxyType(
    {
        t.name: t
        for t in (
            RelationshipType(
                "ACCOUNTABLE_TO",
                ((("Body",), ("Body", "Post", "Organisation")),),
                "is held to account by",
                (_SUBJECT,),
            ),
            RelationshipType(
                "ACTS_FOR",
                ((("Post", "Body"), ("Post", "Body")),),
                "holds delegated authority on behalf of; the target stays accountable",
                (Property("scope", "text", "what is delegated"),),
            ),
            RelationshipType(
                "REPORTS_TO",
                ((("Body",), ("Body", "Partnership", "Post")),),
                "sends reports or recommendations to; not by itself accountability",
                (_SUBJECT, Property("frequency", "text", "how often")),
            ),
            RelationshipType("ON", ((("Seat",), ("Body", "Partnership")),), "is a seat on"),
            RelationshipType("FILLED_BY", ((("Seat",), ("Post", "Person")),), "is filled by"),
            RelationshipType("REPRESENTS", ((("Seat",), ("Organisation", "Body")),), "speaks for"),
            RelationshipType("POST_IN", ((("Post",), ("Organisation", "Body")),), "is a post in"),
            RelationshipType("HELD_BY", ((("Post",), ("Person",)),), "is held by"),
            RelationshipType(
                "PART_OF",
                (
                    (("Body",), ("Partnership", "Body")),
                    (("Organisation",), ("Organisation",)),
                    (("Plan",), ("Partnership", "Body")),
                    (("Priority",), ("Plan",)),
                    (("Objective",), ("Priority",)),
                    (("Fund",), ("Partnership",)),
                ),
                "is part of; never accountability",
            ),
            RelationshipType(
                "PARTY_TO", ((("Body", "Organisation", "Partnership"), ("Agreement",)),), "is a party to"
            ),
            RelationshipType("SUPPORTS", ((_ACTORS, _ACTORS),), "services or supports", (_SUBJECT,)),
            RelationshipType("HOSTED_BY", ((_ACTORS, _ACTORS),), "is hosted by", (_SUBJECT,)),
            RelationshipType("INFORMS", ((_ACTORS, _ACTORS),), "informs or notifies", (_SUBJECT,)),
            RelationshipType("WORKS_WITH", ((_ACTORS, _ACTORS),), "works with", (_SUBJECT,)),
            RelationshipType("SCRUTINISES", ((_ACTORS, _ACTORS),), "scrutinises", (_SUBJECT,)),
            RelationshipType("ESTABLISHED_BY", ((_ACTORS, _ACTORS),), "is established by", (_SUBJECT,)),
            RelationshipType(
                "SUCCEEDS",
                tuple(
                    ((label,), (label,))
                    for label in (
                        "Partnership",
                        "Body",
                        "Organisation",
                        "Post",
                        "Agreement",
                        "Plan",
                        "Priority",
                        "Instrument",
                    )
                ),
                "takes the place of; its start is the first day of the new",
            ),
            RelationshipType(
                "LEADS", ((("Body", "Organisation", "Post"), ("Priority", "Objective")),), "leads on"
            ),
            RelationshipType(
                "MANDATED_BY", ((("Body", "Partnership"), ("Instrument",)),), "has its mandate from"
            ),
            RelationshipType("SET_BY", ((("Requirement",), ("Instrument",)),), "is set by"),
            RelationshipType(
                "SUBJECT_TO",
                ((("Body", "Partnership"), ("Requirement",)),),
                "must meet",
                (Property("assessment", "text", "how far it is met, where that was judged", ASSESSMENTS),),
            ),
            RelationshipType(
                "CONTRIBUTES",
                ((("Organisation",), ("Fund",)),),
                "pays into",
                (
                    Property("amount", "number", "in the fund's currency", required=True, at_least=0),
                    Property("kind", "text", "what sort of payment"),
                ),
            ),
            RelationshipType(
                "CONCERNS",
                ((("Event", "Issue"), tuple(label for label in NODE_TYPES)),),
                "concerns",
            ),
        )
    }
)
"""Every relationship type."""


NESTINGS: Final[Mapping[tuple[str, str], Nesting]] = MappingProxyType(
    {
        (n.parent, n.key): n
        for n in (
            Nesting("Body", "seats", "ON", "Seat"),
            Nesting("Partnership", "seats", "ON", "Seat"),
            Nesting("Organisation", "parts", "PART_OF", "Organisation"),
            Nesting("Plan", "priorities", "PART_OF", "Priority"),
            Nesting("Priority", "objectives", "PART_OF", "Objective"),
            Nesting("Instrument", "requirements", "SET_BY", "Requirement"),
            Nesting("Agreement", "parties", "PARTY_TO"),
            Nesting("Fund", "contributions", "CONTRIBUTES"),
            Nesting("Requirement", "applies_to", "SUBJECT_TO"),
            Nesting("Priority", "led_by", "LEADS"),
            Nesting("Objective", "led_by", "LEADS"),
        )
    }
)
"""What may be nested where in a dataset, by parent label and key."""

COLLECTIONS: Final[Mapping[str, str]] = MappingProxyType({t.collection: t.label for t in NODE_TYPES.values()})
"""The label of each collection: `bodies` is `Body`."""
