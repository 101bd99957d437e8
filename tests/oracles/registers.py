"""What the registers must answer, worked out in plain Python from a structure, without any query."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from orgmodel.model import Relationship
from tests.oracles.day import Day, Row, grounds, listed, nulls_last, one, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure

LONGEST = 30
"""How many steps a chain has at most."""

WORDS = {
    "ACCOUNTABLE_TO": "is accountable to",
    "ACTS_FOR": "acts for",
    "REPORTS_TO": "reports to",
    "ON": "is on",
    "FILLED_BY": "is filled by",
    "REPRESENTS": "represents",
    "POST_IN": "is a post in",
    "HELD_BY": "is held by",
    "PART_OF": "is part of",
    "PARTY_TO": "is party to",
    "SUPPORTS": "supports",
    "HOSTED_BY": "is hosted by",
    "INFORMS": "informs",
    "WORKS_WITH": "works with",
    "SCRUTINISES": "scrutinises",
    "ESTABLISHED_BY": "is established by",
    "SUCCEEDS": "succeeds",
    "LEADS": "leads",
    "MANDATED_BY": "is mandated by",
    "SET_BY": "is set by",
    "SUBJECT_TO": "is subject to",
    "CONTRIBUTES": "contributes to",
    "CONCERNS": "concerns",
}


def agreements(structure: Structure, partnership: str | None, as_of: str) -> list[Row]:
    """Which agreements there are."""
    facts = Day(structure, as_of)
    rows: list[Row] = []
    for agreement in _holding(structure, "Agreement", as_of):
        lines = facts.into(agreement.id, "PARTY_TO")
        parties = _sources(facts, lines)
        if partnership and not {party.id for party in parties} & _within(facts, partnership):
            continue
        review = agreement.get("review_date")
        rows.append(
            {
                **one("agreement", agreement),
                "kind": agreement.kind,
                "status": agreement.get("status"),
                **listed("parties", parties),
                "purposes": _texts(agreement, "purposes"),
                "signed_date": agreement.get("signed_date"),
                "review_date": review,
                "days_to_review": (_last(str(review)) - date.fromisoformat(as_of)).days if review else None,
                "last_seen": facts.last_seen(agreement.id),
                **grounds([agreement, *lines]),
            }
        )
    return sorted(rows, key=lambda row: (str(row["agreement"]), str(row["agreement_id"])))


SUPPORTING = ("SUPPORTS", "HOSTED_BY", "INFORMS", "WORKS_WITH", "SCRUTINISES", "ESTABLISHED_BY", "REPORTS_TO")


def support(structure: Structure, partnership: str | None, as_of: str) -> list[Row]:
    """Every line that is not accountability."""
    facts = Day(structure, as_of)
    ours = _within(facts, partnership) if partnership else set(structure.nodes)
    lines = [
        line
        for node in structure.nodes
        for relation in SUPPORTING
        for line in facts.out(node, relation)
        if line.from_id in ours or line.to_id in ours
    ]
    lines.sort(
        key=lambda line: (
            SUPPORTING.index(line.term),
            facts.node(line.from_id).name,
            line.from_id,
            facts.node(line.to_id).name,
            line.to_id,
            nulls_last(line.get("subject")),
            line.id,
        )
    )
    return [
        {
            **one("from", facts.node(line.from_id)),
            "relation": line.term,
            "subject": line.get("subject"),
            **one("to", facts.node(line.to_id)),
            **grounds([line]),
        }
        for line in lines
    ]


def succession(structure: Structure, thing: str | None) -> list[Row]:
    """What replaced what, whenever."""
    lines = [line for line in structure.relationships.values() if line.term == "SUCCEEDS"]
    found: list[tuple[int | None, Relationship]] = [(None, line) for line in lines]
    if thing:
        earlier = reached([thing], lambda node: [line.to_id for line in lines if line.from_id == node])
        later = reached([thing], lambda node: [line.from_id for line in lines if line.to_id == node])
        found = [(-1 - earlier[line.from_id], line) for line in lines if line.from_id in earlier]
        found += [(1 + later[line.to_id], line) for line in lines if line.to_id in later]
        found = [(steps, line) for steps, line in found if steps and abs(steps) <= LONGEST]
    rows: list[tuple[object, Row]] = []
    for steps, line in found:
        newer, older = structure.nodes[line.from_id], structure.nodes[line.to_id]
        begins, ground = _replaced(structure, line)
        row = {
            **one("older", older),
            **one("newer", newer),
            "label": newer.term,
            "date": begins,
            "steps": steps,
            **grounds(ground),
        }
        key = (
            (steps is None, steps or 0),
            nulls_last(begins),
            (older.name, older.id, newer.name, newer.id, line.id),
        )
        rows.append((key, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]  # type: ignore[arg-type,return-value]


LASTING = ("Partnership", "Body", "Organisation", "Post", "Agreement", "Plan")


def timeline(
    structure: Structure, partnership: str | None, from_day: str | None, to_day: str | None
) -> list[Row]:
    """What happens when."""
    ours = _about(structure, partnership) if partnership else set(structure.nodes)
    rows: list[tuple[object, Row]] = []

    def happens(thing: Node, what: str, when: object, kind: str, *ground: Entity, line: str = "") -> None:
        if not when:
            return
        late = what in {"ends", "falls due", "is due for review"}
        day = (_last(str(when)) if late else _first(str(when))).isoformat()
        if from_day and day < structure.date_of(from_day):
            return
        if to_day and day > structure.date_of(to_day):
            return
        row = {
            "date": when,
            "day": day,
            **one("thing", thing),
            "what": what,
            "kind": kind,
            **grounds([*ground]),
        }
        verb = what.split(" by ", maxsplit=1)[0]
        rows.append(((day, when, thing.name, thing.id, verb, (not line, line)), row))

    for event in structure.labelled("Event"):
        concerned = {line.to_id for line in structure.outward(event.id, "CONCERNS")}
        if partnership and not concerned & ours:
            continue
        kind = event.kind or "event"
        if event.end_date:
            happens(event, "begins", event.get("date"), kind, event)
            happens(event, "ends", event.end_date, kind, event)
        else:
            what = "falls due" if kind == "deadline" else "takes place"
            happens(event, what, event.get("date"), kind, event)
    for label in LASTING:
        for thing in structure.labelled(label):
            for line in structure.inward(thing.id, "SUCCEEDS"):
                if thing.id in ours or line.from_id in ours:
                    begins, ground = _replaced(structure, line)
                    newer = structure.nodes[line.from_id]
                    happens(
                        thing, f"is replaced by {newer.name}", begins, label.lower(), *ground, line=line.id
                    )
            if thing.id in ours:
                happens(thing, "begins", thing.start_date, label.lower(), thing)
                happens(thing, "ends", thing.end_date, label.lower(), thing)
                happens(thing, "is signed", thing.get("signed_date"), label.lower(), thing)
                happens(thing, "is due for review", thing.get("review_date"), label.lower(), thing)
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]  # type: ignore[arg-type,return-value]


STANDINGS = ("pays", "pays-without-sitting", "sits-without-paying", "total")


def funding(structure: Structure, fund: str | None) -> list[Row]:
    """Who pays, and who sits."""
    rows: list[Row] = []
    for one_fund in structure.labelled("Fund"):
        if fund in {None, one_fund.id}:
            rows += _paid(structure, one_fund)
    return sorted(
        rows,
        key=lambda row: (
            row["year"],
            row["fund"],
            row["fund_id"],
            STANDINGS.index(str(row["standing"])),
            -(row["amount"] or 0),  # type: ignore[operator]
            nulls_last(row["organisation"]),
            nulls_last(row["organisation_id"]),
        ),
    )  # type: ignore[arg-type,return-value]


def _paid(structure: Structure, fund: Node) -> Iterator[Row]:
    facts = Day(structure, _judged(structure, fund))
    owned = structure.outward(fund.id, "PART_OF")
    payments: dict[str, list[Relationship]] = {}
    for line in structure.inward(fund.id, "CONTRIBUTES"):
        payments.setdefault(line.from_id, []).append(line)
    everything = [line for lines in payments.values() for line in lines]
    total = _sum(everything)
    seated = _seated(structure, facts, [line.to_id for line in owned])

    def row(who: str | None, standing: str, lines: list[Relationship], ground: Iterable[Entity]) -> Row:
        amount = _sum(lines) if lines else None
        share = None
        if amount is not None and total:
            share = float((amount / total).quantize(Decimal("0.0001"), ROUND_HALF_UP))
        return {
            **one("fund", fund),
            "year": fund.get("year"),
            **one("organisation", structure.nodes[who] if who else None),
            "standing": standing,
            "amount": None if amount is None else float(amount.quantize(Decimal("0.0001"), ROUND_HALF_UP)),
            "currency": fund.get("currency") if lines else None,
            "share": share,
            "kinds": sorted({str(line.get("kind")) for line in lines if line.get("kind")}),
            **grounds([fund, *lines, *ground]),
        }

    for payer, lines in payments.items():
        sits = _kin(facts, payer) & set(seated)
        yield row(payer, "pays" if sits or not seated else "pays-without-sitting", lines, [])
    for organisation, ground in seated.items():
        pays = _kin(facts, organisation) & set(payments)
        if not pays and structure.nodes[organisation].kind != "sector":
            yield row(organisation, "sits-without-paying", [], [*ground, *owned_by(owned, ground)])
    if everything:
        yield row(None, "total", everything, [])


def owned_by(owned: list[Relationship], ground: Iterable[Entity]) -> list[Relationship]:
    """The lines by which a fund is a partnership's, of those that seats lead to."""
    ends = {line.to_id for line in ground if isinstance(line, Relationship)}
    return [line for line in owned if line.to_id in ends]


def _judged(structure: Structure, fund: Node) -> str:
    """The day on which it is judged who sits."""
    known = structure.holdings[fund.id]
    year = str(fund.get("year"))[:4]
    if fund.end_date:
        ends = _last(fund.end_date).isoformat()
    elif len(year) == 4 and year[:2] in {"19", "20"} and year.isascii() and year.isdigit():
        ends = f"{int(year) + 1}-03-31"
    else:
        ends = known.holds_from
    return max(ends, known.holds_from)


def _seated(structure: Structure, facts: Day, partnerships: list[str]) -> dict[str, list[Entity]]:
    """The organisations that sit on partnerships or bodies within them, each with the facts that say so."""
    found: dict[str, list[Entity]] = {}
    for seat in structure.labelled("Seat"):
        speaking = [(line.to_id, [line]) for line in facts.out(seat.id, "REPRESENTS", "Organisation")]
        for fills in facts.out(seat.id, "FILLED_BY", "Post"):
            speaking += [
                (line.to_id, [fills, line]) for line in facts.out(fills.to_id, "POST_IN", "Organisation")
            ]
        for on in facts.out(seat.id, "ON"):
            routes = [
                route for whole in set(partnerships) for route in _routes(facts, on.to_id, whole, {on.to_id})
            ]
            for organisation, lines in speaking if routes else []:
                ground = [seat, on, *lines, *(line for route in routes for line in route)]
                found.setdefault(organisation, []).extend(ground)
    return found


def _routes(facts: Day, place: str, whole: str, seen: set[str]) -> Iterator[list[Relationship]]:
    """Every way up by PART_OF from a place to a partnership on which nothing comes twice."""
    if place == whole:
        yield []
    for line in facts.out(place, "PART_OF"):
        if line.to_id not in seen:
            for route in _routes(facts, line.to_id, whole, {*seen, line.to_id}):
                yield [line, *route]


def _kin(facts: Day, organisation: str) -> set[str]:
    """An organisation, its parts and what it is part of, over all steps."""
    wholes = reached([organisation], lambda node: [line.to_id for line in facts.out(node, "PART_OF")])
    parts = reached([organisation], lambda node: [line.from_id for line in facts.into(node, "PART_OF")])
    return {*wholes, *parts}


def _sum(lines: Iterable[Relationship]) -> Decimal:
    return sum((Decimal(str(line.get("amount"))) for line in lines), Decimal(0))


def plans(structure: Structure, plan: str | None, partnership: str | None, as_of: str) -> list[Row]:
    """What plans set out to do, and who leads."""
    facts = Day(structure, as_of)
    ours = _within(facts, partnership) if partnership else None
    rows: list[Row] = []

    def is_wanted(found: Node | None) -> bool:
        here = found.id if found else None
        return plan in {None, here} and (ours is None or here in ours)

    def add(
        in_plan: Node | None,
        priority: Node | None = None,
        objective: Node | None = None,
        body: Node | None = None,
        parts: Iterable[Relationship] = (),
    ) -> None:
        thing = body or objective or priority or in_plan
        assert thing is not None
        aim = objective or priority
        leads = facts.into(aim.id, "LEADS") if aim else []
        gap = None
        if body:
            gap = "body-without-priority"
        elif priority and not objective:
            steps = [line.from_id for line in facts.into(priority.id, "PART_OF")]
            leaders = [line.from_id for step in (priority.id, *steps) for line in facts.into(step, "LEADS")]
            if not any(facts.node(leader).term == "Body" for leader in leaders):
                gap = "priority-without-body"
        rows.append(
            {
                **one("plan", in_plan),
                **one("priority", priority),
                **one("objective", objective),
                "kind": None if body else thing.kind,
                "number": aim.get("number") if aim else None,
                **listed("led_by", _sources(facts, leads)),
                **one("body", body),
                "gap": gap,
                "last_seen": facts.last_seen(thing.id),
                **grounds([thing, *parts, *leads]),
            }
        )

    for found in _holding(structure, "Plan", as_of):
        if is_wanted(found) and not facts.into(found.id, "PART_OF"):
            add(found)
    for priority in _holding(structure, "Priority", as_of):
        for in_plan, lines in _by_target(facts, priority):
            if is_wanted(in_plan):
                add(in_plan, priority, parts=lines)
    for objective in _holding(structure, "Objective", as_of):
        for under, lines in _by_target(facts, objective):
            for in_plan, upper in _by_target(facts, under) if under else [(None, [])]:
                if is_wanted(in_plan):
                    add(in_plan, under, objective, parts=[*lines, *upper])
    planned = structure.nodes[plan] if plan else None
    for body in structure.labelled("Body"):
        if planned:
            wholes = facts.out(planned.id, "PART_OF")
            is_theirs = any(body.id in _within(facts, line.to_id) for line in wholes)
        else:
            is_theirs = any(body.id in _within(facts, p.id) for p in structure.labelled("Partnership"))
        aims = {line.to_id for line in facts.out(body.id, "LEADS")}
        aims |= {line.to_id for aim in aims for line in facts.out(aim, "PART_OF")}
        aims |= {line.to_id for aim in aims for line in facts.out(aim, "PART_OF")}
        leads_on_it = plan in aims if plan else bool(aims)
        if is_theirs and not leads_on_it and (ours is None or body.id in ours):
            add(planned, body=body)
    return sorted(
        rows,
        key=lambda row: (
            nulls_last(row["plan"]),
            nulls_last(row["plan_id"]),
            row["body_id"] is not None,
            _by_number(structure, row["priority_id"]),
            nulls_last(row["priority"]),
            nulls_last(row["priority_id"]),
            row["objective_id"] is not None,
            _by_number(structure, row["objective_id"]),
            nulls_last(row["objective"]),
            nulls_last(row["objective_id"]),
            nulls_last(row["body"]),
            nulls_last(row["body_id"]),
        ),
    )


def _by_target(facts: Day, part: Node) -> list[tuple[Node | None, list[Relationship]]]:
    """What something is part of, each with the lines that say so; nothing, where it is part of nothing."""
    found: dict[str, list[Relationship]] = {}
    for line in facts.out(part.id, "PART_OF"):
        found.setdefault(line.to_id, []).append(line)
    return [(facts.node(whole), lines) for whole, lines in found.items()] or [(None, [])]


def _by_number(structure: Structure, node_id: object) -> tuple[object, ...]:
    """By kind, then numbers as numbers, then what else numbers are given as."""
    node = structure.nodes[str(node_id)] if node_id else None
    number = node.get("number") if node else None
    counts = isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 10
    kind = node.kind if node else None
    return nulls_last(kind), (not counts, int(str(number)) if counts else 0), nulls_last(number)


def mandates(
    structure: Structure, body: str | None, partnership: str | None, instrument: str | None, as_of: str
) -> list[Row]:
    """What bodies are based on and subject to."""
    facts = Day(structure, as_of)
    rows: list[tuple[object, Row]] = []
    for one_body in [*structure.labelled("Partnership"), *structure.labelled("Body")]:
        if body not in {None, one_body.id}:
            continue
        if partnership and one_body.id not in _within(facts, partnership):
            continue
        for line in facts.out(one_body.id, "MANDATED_BY") + facts.out(one_body.id, "SUBJECT_TO"):
            requirement = facts.node(line.to_id) if line.term == "SUBJECT_TO" else None
            sets = facts.out(requirement.id, "SET_BY") if requirement else []
            rests_on = facts.targets(sets if requirement else [line])
            if instrument and instrument not in {found.id for found in rests_on}:
                continue
            row = {
                **one("body", one_body),
                **listed("instrument", rests_on),
                **one("requirement", requirement),
                "kind": requirement.kind if requirement else None,
                "force": requirement.get("force") if requirement else None,
                "assessment": line.get("assessment"),
                **grounds([line, *sets, *([requirement] if requirement else [])]),
            }
            key = (
                (one_body.name, one_body.id, requirement is not None),
                ([found.name for found in rests_on], [found.id for found in rests_on]),
                (requirement.name if requirement else "", requirement.id if requirement else "", line.id),
            )
            rows.append((key, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]  # type: ignore[arg-type,return-value]


def uncertain(structure: Structure, people: bool) -> list[Row]:
    """What is not stated in so many words."""
    facts = [fact for fact in _named(structure, people) if fact.certainty != "stated"]
    facts.sort(key=lambda fact: (fact.certainty, *_by_names(structure, fact)))
    return [
        {
            "thing_id": fact.id,
            "thing": _in_words(structure, fact),
            "label": fact.term,
            "basis": fact.basis,
            "last_seen": structure.holdings[fact.id].last_seen,
            **grounds([fact]),
        }
        for fact in facts
    ]


def _by_names(structure: Structure, fact: Entity) -> tuple[str, ...]:
    """By label or relation, then by name or by those of both ends, then by id."""
    ends = (fact.from_id, fact.to_id) if isinstance(fact, Relationship) else (fact.id,)
    return (fact.term, *(structure.nodes[end].name for end in ends), fact.id)


def cited(structure: Structure, document: str, section: str | None, people: bool) -> list[Row]:
    """What is taken from a document."""
    rows: list[Row] = []
    for fact in sorted(_named(structure, people), key=lambda fact: _by_names(structure, fact)):
        places = [citation.split(" ", 1) for citation in fact.citations]
        sections = sorted({place for source, place in places if source == document})
        if sections if section is None else section in sections:
            rows.append(
                {
                    "thing_id": fact.id,
                    "thing": _in_words(structure, fact),
                    "label": fact.term,
                    "sections": sections,
                    "last_seen": structure.holdings[fact.id].last_seen,
                    **grounds([fact]),
                }
            )
    return rows


def _register(structure: Structure, kind: str) -> list[Row]:
    rows: list[Row] = []
    for issue in structure.labelled("Issue"):
        if issue.kind != kind:
            continue
        lines = [
            line
            for line in structure.outward(issue.id, "CONCERNS")
            if structure.nodes[line.to_id].term != "Person"
        ]
        concerned = sorted(
            {line.to_id for line in lines}, key=lambda found: (structure.nodes[found].name, found)
        )
        about = structure.relationships.get(str(issue.get("about")))
        if about and "Person" in {structure.nodes[end].term for end in (about.from_id, about.to_id)}:
            about = None
        rows.append(
            {
                **one("issue", issue),
                "concerns_id": concerned,
                "concerns": [_called(structure, found) for found in concerned],
                "about_id": about.id if about else None,
                "about": _in_words(structure, about) if about else None,
                "readings": _texts(issue, "readings"),
                "taken": issue.get("taken"),
                "note": issue.note,
                "last_seen": structure.holdings[issue.id].last_seen,
                **grounds([issue, *lines]),
            }
        )
    return sorted(rows, key=lambda row: (str(row["issue"]), str(row["issue_id"])))


def conflicts(structure: Structure) -> list[Row]:
    """Where sources disagree."""
    return _register(structure, "conflict")


def not_stated(structure: Structure) -> list[Row]:
    """What no source says."""
    return _register(structure, "not-stated")


def _holding(structure: Structure, label: str, day: str) -> list[Node]:
    return [node for node in structure.labelled(label) if structure.holdings[node.id].on(day)]


def _within(facts: Day, whole: str) -> set[str]:
    """A whole and all that is part of it over at most ten steps."""
    steps = reached([whole], lambda node: [line.from_id for line in facts.into(node, "PART_OF")])
    return {node for node, distance in steps.items() if distance <= 10}


def _about(structure: Structure, partnership: str) -> set[str]:
    """All that has to do with a partnership, whenever."""
    steps = reached([partnership], lambda node: [line.from_id for line in structure.inward(node, "PART_OF")])
    own = {node for node, distance in steps.items() if distance <= 10}
    found = set(own)
    for node in own:
        found |= {line.to_id for line in structure.outward(node, "PARTY_TO", "SUBJECT_TO", "MANDATED_BY")}
        found |= {line.from_id for line in structure.inward(node, "POST_IN")}
        for on in structure.inward(node, "ON"):
            sitting = {line.to_id for line in structure.outward(on.from_id, "REPRESENTS", "FILLED_BY")}
            found |= sitting
            for holder in sitting:
                found |= {
                    line.to_id
                    for line in structure.outward(holder, "POST_IN")
                    if structure.nodes[line.to_id].term == "Organisation"
                }
    return {node for node in found if structure.nodes[node].term != "Person"}


def _sources(facts: Day, lines: Iterable[Relationship]) -> list[Node]:
    """The nodes that lines come from, once each, by name and id."""
    found = {line.from_id: facts.node(line.from_id) for line in lines}
    return sorted(found.values(), key=lambda node: (node.name, node.id))


def _replaced(structure: Structure, line: Relationship) -> tuple[str | None, list[Entity]]:
    """When something was replaced, and the facts that say so."""
    newer = structure.nodes[line.from_id]
    if line.start_date is None and newer.start_date is not None:
        return newer.start_date, [line, newer]
    return line.start_date, [line]


def _named(structure: Structure, people: bool) -> Iterator[Entity]:
    for node in structure.nodes.values():
        if people or node.term != "Person":
            yield node
    for line in structure.relationships.values():
        ends = {structure.nodes[line.from_id].term, structure.nodes[line.to_id].term}
        if people or "Person" not in ends:
            yield line


def _in_words(structure: Structure, fact: Entity) -> str:
    if not isinstance(fact, Relationship):
        return _called(structure, fact.id)
    who, whom = _called(structure, fact.from_id), _called(structure, fact.to_id)
    if fact.term == "ON":
        who = structure.nodes[fact.from_id].name
    subject = fact.get("subject")
    return f"{who} {WORDS[fact.term]} {whom}" + (f": {subject}" if subject else "")


def _called(structure: Structure, node_id: str) -> str:
    """The name of a thing; a seat with where it is, since its name is but a line of a list."""
    name = structure.nodes[node_id].name
    on = sorted(structure.nodes[line.to_id].name for line in structure.outward(node_id, "ON"))
    return f"{name} (seat on {on[0]})" if on else name


def _texts(node: Node, name: str) -> list[str] | None:
    return [*node.get(name)] or None  # type: ignore[misc]


def _first(text: str) -> date:
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


def _last(text: str) -> date:
    """The last day of a date; the day before the first of the next year or month."""
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date.fromisoformat(text)


ORACLES = {
    "agreements": agreements,
    "support": support,
    "succession": succession,
    "timeline": timeline,
    "funding": funding,
    "plans": plans,
    "mandates": mandates,
    "uncertain": uncertain,
    "conflicts": conflicts,
    "not-stated": not_stated,
    "cited": cited,
}
