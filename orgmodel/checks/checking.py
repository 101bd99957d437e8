"""Checking: the findings of packs of rules in a graph on one day, and which of them are waived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from orgmodel import queries
from orgmodel.checks.packs import COLUMNS, INSTRUMENTS, SEVERITIES, Pack, Packs, Rule, value_of
from orgmodel.dates import last_day
from orgmodel.errors import QueryError, bare, nearest, shown
from orgmodel.tables import Rows
from orgmodel.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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


UNREADABLE: Final = "dataset/unreadable"
"""The rule that finds what is wrong in a dataset which cannot be read."""


def unread(findings: Iterable[Finding], day: str) -> Report:
    """The report on a dataset that could not be read.

    Args:
        findings: What is wrong with it.
        day: The day asked about, as far as that is known.
    """
    found = (
        Found(
            "error",
            UNREADABLE,
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


def check(graph: Graph, packs: Packs, day: str) -> Report:
    """What is found in a graph by the rules of the chosen packs that apply on a day.

    Args:
        graph: What is checked.
        packs: The packs that there are, and the chosen ones.
        day: The day, as `YYYY-MM-DD`.

    Raises:
        QueryError: A rule is wrong.
        StoreError: The graph could not be asked.
    """
    found: list[Found] = []
    asked: set[str] = set()
    for pack in packs.chosen:
        instruments = _instruments(graph.store, pack.instruments) if pack.instruments else []
        if pack.applies_on(day):
            for rule in pack.rules.values():
                found += _findings(graph, rule, day, instruments)
                asked.add(rule.name)
        elif instruments:
            found += _out_of_time(graph.store, pack, day, instruments, packs.known.values())
            asked.add(_applies(pack))
    placed = [
        one if one.subject_id is None else replace(one, place=graph.place_of(one.subject_id)) for one in found
    ]
    placed = _with_waivers(graph, packs, asked, placed, day)
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
    return Report(day, tuple(placed), tuple(rule for pack in packs.chosen for rule in pack.rules.values()))


def _findings(graph: Graph, rule: Rule, day: str, instruments: Sequence[str]) -> Iterator[Found]:
    values: dict[str, object] = {
        p.name: [*instruments] if p.name == INSTRUMENTS else value_of(p, day) for p in rule.parameters
    }
    if rule.module:
        rows = [*import_module(rule.module).findings(graph.structure(), **values)]
    else:
        rows = queries.run_declared(rule.text, rule.place, COLUMNS, graph.store, values)
    for row in rows:
        match [*row]:
            case [str(subject_id), str(subject), str(message), str(certainty), list() | tuple() as citations]:
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
                    tuple(map(str, citations)),
                )
            case _:
                raise QueryError(
                    f"{rule.place}: a row must have text as {', '.join(COLUMNS[:-1])} and a list of texts as "
                    f"{COLUMNS[-1]}, not {shown([*row])}"
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
            _applies(pack),
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


# Waivers


def _applies(pack: Pack) -> str:
    """The name under which it is found that a pack does not apply."""
    return f"{pack.id}/applies"


def _with_waivers(
    graph: Graph, packs: Packs, asked: set[str], found: Sequence[Found], day: str
) -> list[Found]:
    """The findings, waived where a dataset says so; and findings about waivers that are of no use."""
    known = {name for pack in packs.known.values() for name in (*pack.rules, _applies(pack))}
    stated_by = _datasets_of(graph, found)
    all_found = [*found]
    for dataset in graph.datasets:
        for waiver in dataset.waivers:
            met = [i for i, one in enumerate(found) if _meets(waiver, one, dataset.id, stated_by)]
            if waiver.rule not in known:
                all_found.append(_of_no_rule(waiver, dataset, known))
            elif last_day(waiver.until) < day:
                if waiver.rule in asked:
                    all_found.append(_expired(waiver, dataset, is_met=bool(met)))
            elif met:
                for i in met:
                    all_found[i] = replace(all_found[i], waived=waiver.reason)
            elif waiver.rule in asked:
                all_found.append(_unused(waiver, dataset))
    return all_found


_STATED_BY: Final = "MATCH (n) WHERE n.id IN $ids RETURN n.id AS id, n.datasets AS datasets"


def _datasets_of(graph: Graph, found: Iterable[Found]) -> dict[str, list[str]] | None:
    """The datasets that state what each finding is about; None where there is only one dataset."""
    if not any(dataset.waivers for dataset in graph.datasets) or len(graph.datasets) == 1:
        return None
    ids = sorted({one.subject_id for one in found if one.subject_id is not None})
    rows = graph.store.run(_STATED_BY, {"ids": ids}).rows
    return {str(node): [*map(str, by)] for node, by in rows if isinstance(by, list)}


def _meets(waiver: Waiver, found: Found, dataset: str, stated_by: Mapping[str, Sequence[str]] | None) -> bool:
    """Whether a finding is one that a dataset may and does waive: nobody waives what others state alone."""
    if waiver.rule != found.rule or waiver.subject not in (None, found.subject_id):
        return False
    return stated_by is None or dataset in stated_by.get(str(found.subject_id), ())


def _about_waiver(waiver: Waiver, dataset: Dataset, said: str, found: Found) -> Found:
    """A finding about a waiver: of its kind, with what is to be said of this one."""
    about = f" about {waiver.subject}" if waiver.subject else ""
    message = f"the waiver of {waiver.rule}{about} {said}; its reason: {waiver.reason}"
    return replace(found, subject_id=dataset.id, subject=dataset.name, message=message)


def _of_waivers(severity: Severity, rule: str, meaning: str, mend: str) -> Found:
    authority = "What the dataset says of itself."
    return Found(severity, f"waivers/{rule}", meaning, None, None, "", mend, authority, CERTAINTIES[0])


_EXPIRED: Final = _of_waivers(
    "warning",
    "expired",
    "A waiver has ended.",
    "Mend what the waiver let stand, or give it a later `until`. Where it is not needed, take it away.",
)
_UNUSED: Final = _of_waivers(
    "note",
    "unused",
    "A waiver meets no finding.",
    "Take the waiver out of the dataset, or mend its `subject`.",
)
_UNKNOWN: Final = _of_waivers(
    "warning",
    "unknown",
    "A waiver is of a rule that there is not.",
    "Mend the name of the rule; `orgmodel check --list` lists all. Name the folder of rules of your own with "
    "--rules.",
)


def _expired(waiver: Waiver, dataset: Dataset, *, is_met: bool) -> Found:
    said = f"ended on {last_day(waiver.until)}{'' if is_met else ' and meets no finding'}"
    return _about_waiver(waiver, dataset, said, _EXPIRED)


def _unused(waiver: Waiver, dataset: Dataset) -> Found:
    return _about_waiver(waiver, dataset, "meets no finding", _UNUSED)


def _of_no_rule(waiver: Waiver, dataset: Dataset, known: Iterable[str]) -> Found:
    meant = nearest(waiver.rule, sorted(known), 1)
    hint = f": did you mean {bare(meant[0])}?" if meant else ""
    return _about_waiver(waiver, dataset, f"is of no rule that is here{hint}", _UNKNOWN)
