"""Checking: the findings of packs of rules in a graph on one day, and which of them are waived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from orgmodel import queries
from orgmodel.checks.packs import COLUMNS, INSTRUMENTS, SEVERITIES, Pack, Rule, day_of
from orgmodel.dates import last_day
from orgmodel.headers import INTEGER
from orgmodel.tables import Rows
from orgmodel.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orgmodel.checks.packs import Severity
    from orgmodel.errors import Finding, Place
    from orgmodel.model import Dataset, Waiver
    from orgmodel.stores import GraphStore
    from orgmodel.structure import Structure


@dataclass(frozen=True, slots=True)
class Found:
    """One finding.

    Attributes:
        severity: error, warning or note.
        rule: The rule that found it, as `pack/rule`.
        meaning: What the rule looks for.
        subject_id: The id of what it is found about; None where it could not be read.
        subject: What that is called.
        message: What is wrong with it.
        mend: What to do.
        authority: What the rule rests on.
        certainty: The weakest of the facts that it follows from.
        citations: Where these are taken from.
        place: Where in a dataset it stands, where that is known.
        waived: Why it is let stand, where it is.
    """

    severity: Severity
    rule: str
    meaning: str
    subject_id: str | None
    subject: str | None
    message: str
    mend: str
    authority: str
    certainty: str | None = None
    citations: tuple[str, ...] = ()
    place: Place | None = None
    waived: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What packs of rules found on a day: the gravest first, what is waived last."""

    day: str
    found: tuple[Found, ...]
    rules: tuple[Rule, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are not waived."""
        return sum(one.severity == severity and one.waived is None for one in self.found)

    @property
    def waived(self) -> int:
        """How many findings are waived."""
        return sum(one.waived is not None for one in self.found)

    def fails(self, at: Severity | None) -> bool:
        """Whether there is a finding as grave as `at`; never for None."""
        if at is None:
            return False
        return any(self.count(severity) for severity in SEVERITIES[: SEVERITIES.index(at) + 1])

    def rows(self) -> Rows:
        """The findings as a table."""
        columns = (
            "severity",
            "rule",
            "subject_id",
            "subject",
            "message",
            "mend",
            "authority",
            "place",
            "waived",
            "certainty",
            "citations",
        )
        rows = tuple(
            (
                one.severity,
                one.rule,
                one.subject_id,
                one.subject,
                one.message,
                one.mend,
                one.authority,
                None if one.place is None else str(one.place),
                one.waived,
                one.certainty,
                [*one.citations],
            )
            for one in self.found
        )
        return Rows(columns, rows)


def unread(findings: Iterable[Finding], day: str) -> Report:
    """The report on a dataset that could not be read."""
    found = (
        Found(
            "error",
            "dataset/unreadable",
            "The dataset cannot be read as it stands.",
            None,
            None,
            finding.message,
            "Mend it where it stands.",
            "docs/dataset.md",
            place=finding.place,
        )
        for finding in findings
    )
    return Report(day, tuple(found))


@dataclass(frozen=True, slots=True)
class Graph:
    """What is checked.

    Attributes:
        store: The graph, to be asked in Cypher.
        structure: Gives all of it, for rules in Python.
        datasets: What its datasets say of themselves, waivers included.
        place_of: Where in a dataset a thing stands, by id; None where that is not known.
    """

    store: GraphStore
    structure: Callable[[], Structure]
    datasets: Sequence[Dataset]
    place_of: Callable[[str], Place | None]


def check(graph: Graph, packs: Iterable[Pack], day: str) -> Report:
    """What is found in a graph by the rules of some packs that apply on a day.

    Args:
        graph: What is checked.
        packs: The packs.
        day: The day, as `YYYY-MM-DD`.

    Raises:
        QueryError: A rule is wrong.
        StoreError: The graph could not be asked.
    """
    chosen = [*packs]
    found: list[Found] = []
    for pack in chosen:
        instruments = _instruments(graph.store, pack.instruments) if pack.instruments else []
        if pack.applies_on(day):
            for rule in pack.rules.values():
                found += _findings(graph, rule, day, instruments)
        elif instruments:
            found += _out_of_time(graph.store, pack, day, instruments, chosen)
    found = _with_waivers(graph.datasets, {pack.id for pack in chosen}, found, day)
    placed = [
        one if one.subject_id is None else replace(one, place=graph.place_of(one.subject_id)) for one in found
    ]
    placed.sort(
        key=lambda one: (
            one.waived is not None,
            SEVERITIES.index(one.severity),
            one.rule,
            one.subject or "",
            one.subject_id or "",
            one.message,
        )
    )
    return Report(day, tuple(placed), tuple(rule for pack in chosen for rule in pack.rules.values()))


def _findings(graph: Graph, rule: Rule, day: str, instruments: Sequence[str]) -> Iterator[Found]:
    values: dict[str, object] = {}
    for parameter in rule.parameters:
        if parameter.name == INSTRUMENTS:
            values[parameter.name] = instruments
        elif parameter.name == day_of(rule):
            values[parameter.name] = day
        else:
            default = str(parameter.default)
            values[parameter.name] = int(default) if parameter.types == (INTEGER,) else default
    if rule.module:
        rows = [*import_module(rule.module).findings(graph.structure(), **values)]
    else:
        rows = queries.run_declared(rule.text, rule.place, COLUMNS, graph.store, values)
    for subject_id, subject, message, certainty, citations in rows:
        yield Found(
            rule.severity,
            rule.name,
            rule.summary,
            subject_id,
            subject,
            message,
            rule.mend,
            rule.authority,
            certainty,
            tuple(citations or ()),
        )


_NAMES: Final = "MATCH (n:Instrument) RETURN n.id, n.name, n.short_name, n.aliases ORDER BY n.id"


def _instruments(store: GraphStore, called: Iterable[str]) -> list[str]:
    """The ids of the instruments of a graph that have one of some names, or such an id."""
    wanted = {name.casefold() for name in called}
    found: list[str] = []
    for node_id, name, short_name, aliases in store.run(_NAMES, {}).rows:
        others = aliases if isinstance(aliases, list) else []
        if wanted & {str(one).casefold() for one in (node_id, name, short_name, *others) if one}:
            found.append(str(node_id))
    return found


_MANDATED: Final = """
MATCH (body:Body|Partnership)-[line:MANDATED_BY]->(instrument:Instrument)
WHERE instrument.id IN $instruments AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  AND body.holds_from <= $as_of AND $as_of <= body.holds_to
RETURN body.id AS body_id, body.name AS body, instrument.name AS instrument, line.certainty AS certainty,
  line.citations AS citations
ORDER BY body_id, instrument
"""


def _out_of_time(
    store: GraphStore, pack: Pack, day: str, instruments: Sequence[str], others: Iterable[Pack]
) -> Iterator[Found]:
    """That a body has its mandate from what does not apply on the day, and nothing here takes its place."""
    if any(pack.id in other.replaces and other.applies_on(day) for other in others):
        return
    if day > pack.valid_to:
        when = f"which applied until {pack.valid_to}"
    else:
        when = f"which applies from {pack.valid_from} on"
    because = f" ({pack.ended_because})" if pack.ended_because and day > pack.valid_to else ""
    for node_id, name, instrument, certainty, citations in store.run(
        _MANDATED, {"instruments": instruments, "as_of": day}
    ).rows:
        assert isinstance(citations, list)
        yield Found(
            "warning",
            f"{pack.id}/applies",
            "What a body is mandated by applies on the day.",
            str(node_id),
            str(name),
            f"has its mandate from {instrument}, {when}{because}; no rules of what applies on {day} are "
            "here, so that it is not checked against any",
            "Say in the dataset what it is mandated by now, or until when it was mandated by this.",
            pack.meaning,
            str(certainty),
            tuple(map(str, citations)),
        )


def _with_waivers(
    datasets: Iterable[Dataset], packs: set[str], found: Sequence[Found], day: str
) -> list[Found]:
    """The findings, waived where a dataset says so; and findings about waivers that are of no use."""
    known = [*found]
    for dataset in datasets:
        for waiver in dataset.waivers:
            if waiver.rule.partition("/")[0] not in packs:
                continue
            expired = last_day(waiver.until) < day
            met = [i for i, one in enumerate(found) if _meets(waiver, one)]
            if not expired:
                for i in met:
                    known[i] = replace(known[i], waived=waiver.reason)
            if expired or not met:
                known.append(_useless(waiver, dataset, expired=expired))
    return known


def _meets(waiver: Waiver, found: Found) -> bool:
    return waiver.rule == found.rule and waiver.subject in (None, found.subject_id)


def _useless(waiver: Waiver, dataset: Dataset, *, expired: bool) -> Found:
    about = f" about {waiver.subject}" if waiver.subject else ""
    said = f"ended on {last_day(waiver.until)}" if expired else "meets no finding"
    return Found(
        "warning" if expired else "note",
        "waivers/expired" if expired else "waivers/unused",
        "A waiver holds and is needed.",
        dataset.id,
        dataset.name,
        f"the waiver of {waiver.rule}{about} {said}: {waiver.reason}",
        "Mend what it let stand, or give it a later `until`." if expired else "Take it out of the dataset.",
        "The dataset's own waivers.",
        CERTAINTIES[0],
    )
