"""What the questions about the structure as a whole must answer, in plain Python from a structure.

Each goes another way about it than its question: routes by relaxing until nothing gets shorter, connections
by NetworkX over steps that are all written down first, betweenness by counting the ways between every two,
what falls apart and what is lost by looking at what is there before and after.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING

import networkx as nx

from tests.oracles.basics import LONGEST, _upward
from tests.oracles.day import Day, Row, grounds, listed, one, reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orgmodel.model import Entity, Node, Relationship
    from orgmodel.structure import Structure


def accountable_for(structure: Structure, thing: str, as_of: str) -> list[Row]:
    """Everything below something by accountability."""
    facts = Day(structure, as_of)
    whole = structure.nodes[thing]
    parts = reached([thing], lambda whole: [line.from_id for line in facts.into(whole, "PART_OF")])
    tops = {thing}
    if whole.term == "Organisation":
        tops |= parts.keys()
        tops |= {line.from_id for part in parts for line in facts.into(part, "POST_IN")}
    best: dict[str, list[str]] = {top: [top] for top in tops}
    lines = [line for body in structure.labelled("Body") for line in facts.out(body.id, "ACCOUNTABLE_TO")]
    changed = True
    while changed:
        changed = False
        for line in lines:
            if line.to_id in best:
                route = [line.from_id, *best[line.to_id]]
                known = best.get(line.from_id)
                if known is None or (len(route), route) < (len(known), known):
                    best[line.from_id] = route
                    changed = True
    rows: list[tuple[int, Row]] = []
    for body, route in best.items():
        if not 1 < len(route) <= LONGEST + 1:
            continue
        found: list[Entity] = [
            line
            for lower, upper in pairwise(route)
            for line in facts.out(lower, "ACCOUNTABLE_TO")
            if line.to_id == upper
        ]
        delegates = []
        for acting in facts.into(route[-1], "ACTS_FOR") if facts.node(route[-1]).term == "Post" else ():
            seated = [
                fact
                for on in facts.into(route[-2], "ON")
                for fills in facts.out(on.from_id, "FILLED_BY")
                if fills.to_id == acting.from_id and facts.node(fills.to_id).term == "Post"
                for fact in (on, fills, facts.node(on.from_id))
            ]
            if seated:
                delegates.append(facts.node(acting.from_id))
                found += [acting, *seated]
        if whole.term == "Organisation" and route[-1] != thing:
            owners = [route[-1]]
            if facts.node(route[-1]).term == "Post":
                employed = [line for line in facts.out(route[-1], "POST_IN") if line.to_id in parts]
                found += employed
                owners = [line.to_id for line in employed]
            found += [line for owner in owners for line in _upward(facts, owner, thing)]
        unique = {node.id: node for node in delegates}
        rows.append(
            (
                len(route),
                {
                    **one("body", facts.node(body)),
                    "route_ids": route,
                    "route": [facts.node(step).name for step in route],
                    **listed("delegate", sorted(unique.values(), key=lambda node: (node.name, node.id))),
                    "last_seen": facts.last_seen(body),
                    **grounds(found),
                },
            )
        )
    rows.sort(key=lambda row: (row[0], str(row[1]["body"]), str(row[1]["body_id"])))
    return [row for _, row in rows]


# Connections

_ALIKE = {
    "ACCOUNTABLE_TO": "{} is accountable to {}|{} holds {} to account",
    "ACTS_FOR": "{} acts for {}|{} stays accountable for what {} does on its behalf",
    "REPORTS_TO": "{} reports to {}|{} receives reports from {}",
    "PART_OF": "{} is part of {}|{} includes {}",
    "POST_IN": "{} is a post in {}|{} has the post {}",
    "HELD_BY": "{} is held by {}|{} holds the post {}",
    "PARTY_TO": "{} is a party to {}|{} has the party {}",
    "SUPPORTS": "{} supports {}|{} is supported by {}",
    "HOSTED_BY": "{} is hosted by {}|{} hosts {}",
    "INFORMS": "{} informs {}|{} is informed by {}",
    "WORKS_WITH": "{} works with {}|{} works with {}",
    "SCRUTINISES": "{} scrutinises {}|{} is scrutinised by {}",
    "ESTABLISHED_BY": "{} is established by {}|{} establishes {}",
    "LEADS": "{} leads on {}|{} is led by {}",
    "CONTRIBUTES": "{} pays into {}|{} is paid into by {}",
}
_NEVER = {"Source", "Issue", "Event", "Instrument", "Requirement", "Seat"}


def between(structure: Structure, from_thing: str, to_thing: str, as_of: str, *, people: bool) -> list[Row]:
    """How two things are connected."""
    facts = Day(structure, as_of)
    if from_thing == to_thing:
        return []
    said: dict[tuple[str, str], list[tuple[str, list[Entity]]]] = {}

    def may_be_passed(node: Node) -> bool:
        if node.term in _NEVER or (node.term == "Person" and not people):
            return False
        return node.kind != "sector" or node.id in (from_thing, to_thing)

    def say(source: Node, target: Node, sentence: str, because: Iterable[Entity]) -> None:
        if source is not target and may_be_passed(source) and may_be_passed(target):
            said.setdefault((source.id, target.id), []).append((sentence, list(because)))

    for node in structure.nodes.values():
        for relation, words in _ALIKE.items():
            for line in facts.out(node.id, relation):
                other = facts.node(line.to_id)
                about = [text for text in (line.get("subject"), line.get("scope")) if text]
                tail = f" ({about[0]})" if about else ""
                forward, backward = words.split("|")
                say(node, other, forward.format(node.name, other.name) + tail, [line])
                say(other, node, backward.format(other.name, node.name) + tail, [line])
    for seat in structure.labelled("Seat"):
        for source, target, sentence, because in _seated(facts, seat):
            say(source, target, sentence, because)

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(said)
    if from_thing not in graph or to_thing not in graph or not nx.has_path(graph, from_thing, to_thing):
        return []
    rows: list[Row] = []
    for way in islice(sorted(nx.all_shortest_paths(graph, from_thing, to_thing)), 100):
        steps = [said[step] for step in pairwise(way)]
        rows.append(
            {
                "way_ids": way,
                "way": [facts.node(step).name for step in way],
                "steps": [". ".join(sorted({sentence for sentence, _ in step})) for step in steps],
                **grounds([fact for step in steps for _, because in step for fact in because]),
            }
        )
    return rows


def _seated(facts: Day, seat: Node) -> Iterator[tuple[Node, Node, str, list[Entity]]]:
    """What a seat connects, in words, with the facts that say so."""
    name = f'the {"vacant " if seat.get("state") == "vacant" else ""}seat "{seat.name}"'
    ons, speaks, fills = (facts.out(seat.id, line) for line in ("ON", "REPRESENTS", "FILLED_BY"))
    places = " and ".join(sorted({facts.node(on.to_id).name for on in ons}))
    there = f"{name} on {places}" if places else name

    def pairs(
        first: list[Relationship], second: list[Relationship]
    ) -> Iterator[tuple[Node, Node, list[Entity]]]:
        for source in {line.to_id for line in first}:
            for target in {line.to_id for line in second}:
                lines = [line for line in first if line.to_id == source]
                lines += [line for line in second if line.to_id == target]
                yield facts.node(source), facts.node(target), [seat, *lines]

    for who, place, because in pairs(speaks, ons):
        yield who, place, f"{who.name} is represented by {name} on {place.name}", because
        yield place, who, f"{place.name} has {name}, which speaks for {who.name}", because
    for who, place, because in pairs(fills, ons):
        yield who, place, f"{who.name} fills {name} on {place.name}", because
        yield place, who, f"{place.name} has {name}, which {who.name} fills", because
    for who, post, because in pairs(speaks, fills):
        yield who, post, f"{who.name} is represented by {post.name} in {there}", [*because, *ons]
        yield post, who, f"{post.name} speaks for {who.name} in {there}", [*because, *ons]
    for who, other, because in pairs(speaks, speaks):
        yield who, other, f"{who.name} and {other.name} are both represented by {there}", [*because, *ons]
    for who, other, because in pairs(fills, fills):
        yield who, other, f"{who.name} and {other.name} both fill {there}", [*because, *ons]
    for place, other, because in pairs(ons, ons):
        yield place, other, f"{place.name} and {other.name} both have {name}", because


# Who binds the structure


def connectors(structure: Structure, partnership: str | None, by: str, as_of: str) -> list[Row]:
    """Who binds the bodies together."""
    facts = Day(structure, as_of)
    inside = (
        reached([partnership], lambda whole: [line.from_id for line in facts.into(whole, "PART_OF")])
        if partnership
        else structure.nodes
    )
    sitting: dict[str, dict[str, list[Entity]]] = {}
    for seat in structure.labelled("Seat"):
        for on in facts.out(seat.id, "ON", "Body"):
            for line in facts.out(seat.id, "REPRESENTS" if by == "organisation" else "FILLED_BY"):
                member = facts.node(line.to_id)
                if (
                    on.to_id in inside
                    and member.kind != "sector"
                    and member.term == ("Organisation" if by == "organisation" else "Post")
                ):
                    sitting.setdefault(member.id, {}).setdefault(on.to_id, []).extend([seat, on, line])
    joined: dict[str, set[str]] = {}
    for who, bodies in sitting.items():
        for body in bodies:
            joined.setdefault(who, set()).add(body)
            joined.setdefault(body, set()).add(who)
    between_others = _betweenness(joined)

    def sharing(left: Iterable[str]) -> set[str]:
        pairs = [pair for who in left for pair in combinations(sitting[who], 2)]
        return {body for pair in pairs for body in pair}

    rows: list[Row] = []
    for who, bodies in sitting.items():
        alone = sharing(sitting) - sharing(other for other in sitting if other != who)
        named = sorted((facts.node(body) for body in alone), key=lambda body: (body.name, body.id))
        rows.append(
            {
                **one("member", facts.node(who)),
                "bodies": len(bodies),
                "betweenness": round(round(float(between_others[who]), 12), 4),
                **listed("cut_off", named),
                "last_seen": facts.last_seen(who),
                **grounds([fact for some in bodies.values() for fact in some]),
            }
        )
    return sorted(
        rows,
        key=lambda row: (
            -float(str(row["betweenness"])),
            -int(str(row["bodies"])),
            str(row["member"]),
            str(row["member_id"]),
        ),
    )


def _betweenness(joined: dict[str, set[str]]) -> dict[str, Fraction]:
    """Of all ways between every two others that are shortest, the share that lead over each."""
    steps: dict[str, dict[str, int]] = {}
    ways: dict[str, dict[str, int]] = {}
    for start in joined:
        steps[start] = reached([start], lambda node: sorted(joined[node]))
        ways[start] = {start: 1}
        for node in sorted(steps[start], key=steps[start].__getitem__):
            if node != start:
                ways[start][node] = sum(
                    ways[start][near] for near in joined[node] if steps[start][near] == steps[start][node] - 1
                )
    found = dict.fromkeys(joined, Fraction(0))
    others = len(joined) - 1
    for middle in joined:
        for start, end in combinations([node for node in joined if node != middle], 2):
            if end not in steps[start] or middle not in steps[start]:
                continue
            if steps[start][middle] + steps[middle][end] == steps[start][end]:
                found[middle] += Fraction(ways[start][middle] * ways[middle][end], ways[start][end])
        if others > 1:
            found[middle] /= Fraction(others * (others - 1), 2)
    return found


# What if something goes

_EFFECTS = (
    *("seat-emptied", "body-without-chair", "body-without-statutory-partner", "delegation-cut"),
    *("agreement-touched", "money-touched", "route-lost", "reports-lost"),
)


class _Change:
    """A day before and after something goes."""

    def __init__(self, structure: Structure, thing: str, as_of: str) -> None:
        self.structure = structure
        self.facts = Day(structure, as_of)
        self.alive = {
            node.id for node in structure.nodes.values() if structure.holdings[node.id].on(as_of)
        } - {thing}
        self.why: dict[str, list[Relationship]] = {thing: []}
        while True:
            going = {}
            for node in (*structure.labelled("Organisation"), *structure.labelled("Post")):
                wholes = self.facts.out(node.id, "PART_OF") + self.facts.out(node.id, "POST_IN")
                wholes = [line for line in wholes if line.to_id != node.id]
                if node.id in self.alive and wholes and all(line.to_id in self.why for line in wholes):
                    going[node.id] = wholes + [why for line in wholes for why in self.why[line.to_id]]
            if not going:
                break
            self.why |= going
            self.alive -= going.keys()
        self.rows: dict[tuple[str, str], tuple[set[str], set[str], list[Entity]]] = {}

    def add(
        self, effect: str, affected: str, because: Iterable[str], detail: str, facts: Iterable[Entity]
    ) -> None:
        gone, details, grounded = self.rows.setdefault((effect, affected), (set(), set(), []))
        gone.update(because)
        details.add(detail)
        grounded += facts
        grounded += [why for one in gone for why in self.why[one]]

    def emptied_by(self, seat: str) -> list[Relationship]:
        """The lines from a seat to those whose going empties it."""
        found = []
        for relation in ("REPRESENTS", "FILLED_BY"):
            before = self.facts.out(seat, relation)
            if before and not [line for line in before if line.to_id in self.alive]:
                found += before
        return found

    def owners(self, seat: str) -> dict[str, list[Relationship]]:
        """The organisations that a seat is one of."""
        speaks = [[line] for line in self.facts.out(seat, "REPRESENTS") if self.is_one(line.to_id)] or [
            [fills, line]
            for fills in self.facts.out(seat, "FILLED_BY", "Post")
            for line in self.facts.out(fills.to_id, "POST_IN")
            if self.is_one(line.to_id)
        ]
        found: dict[str, list[Relationship]] = {}
        for lines in speaks:
            found.setdefault(lines[-1].to_id, []).extend(lines)
        return found

    def is_one(self, node_id: str) -> bool:
        node = self.facts.node(node_id)
        return node.term == "Organisation" and node.kind != "sector"


def impact(structure: Structure, thing: str, as_of: str) -> list[Row]:
    """What follows if something goes."""
    if not structure.holdings[thing].on(as_of):
        return []
    change = _Change(structure, thing, as_of)
    facts, alive = change.facts, change.alive
    _seats(change)
    for body in structure.labelled("Body"):
        if body.id in alive:
            _body(change, body)
    _lines(change)
    rows: list[Row] = []
    for (effect, affected), (because, details, grounded) in change.rows.items():
        gone = sorted((facts.node(node) for node in because), key=lambda node: (node.name, node.id))
        rows.append(
            {
                "effect": effect,
                **one("affected", facts.node(affected)),
                **listed("because", gone),
                "detail": "; ".join(sorted(details)),
                "last_seen": facts.last_seen(affected),
                **grounds(grounded),
            }
        )
    return sorted(
        rows,
        key=lambda row: (_EFFECTS.index(str(row["effect"])), str(row["affected"]), str(row["affected_id"])),
    )


def _seats(change: _Change) -> None:
    for seat in change.structure.labelled("Seat"):
        lines = change.emptied_by(seat.id)
        ons = [on for on in change.facts.out(seat.id, "ON") if on.to_id in change.alive]
        if lines and ons and seat.get("state") != "vacant":
            names = sorted({change.facts.node(on.to_id).name for on in ons})
            detail = f"{seat.get('role')} on " + " and ".join(names)
            if seat.get("category"):
                detail += f" ({seat.get('category')})"
            because = {line.to_id for line in lines}
            change.add("seat-emptied", seat.id, because, detail, [seat, *ons, *lines])


def _body(change: _Change, body: Node) -> None:
    facts = change.facts
    ons = facts.into(body.id, "ON")
    seats = [facts.node(on.from_id) for on in ons]
    held = [seat for seat in seats if seat.get("state") != "vacant"]
    left = [seat.id for seat in held if not change.emptied_by(seat.id)]

    chairs = [seat for seat in held if seat.get("role") == "chair"]
    if chairs and not {seat.id for seat in chairs} & {*left}:
        for seat in chairs:
            lines = change.emptied_by(seat.id)
            said = [seat, *(on for on in ons if on.from_id == seat.id), *lines]
            detail = f'nobody is left in the seat "{seat.name}"'
            change.add("body-without-chair", body.id, {line.to_id for line in lines}, detail, said)

    owners = {seat.id: change.owners(seat.id) for seat in seats}
    for partner in (facts.node(node) for node in {who for some in owners.values() for who in some}):
        own = {seat.id: seat for seat in seats if partner.id in owners[seat.id]}
        lines = [line for seat in own for line in change.emptied_by(seat)]
        family = reached([partner.id], lambda whole: [line.from_id for line in facts.into(whole, "PART_OF")])
        there = family.keys() & change.alive
        if not lines or any(there & owners[seat].keys() for seat in left):
            continue
        statutory = _statutory(change, partner, body, own.values())
        if statutory:
            sitting = [line for seat in own for line in owners[seat][partner.id]]
            on = [line for line in ons if line.from_id in own]
            change.add(
                "body-without-statutory-partner",
                body.id,
                {line.to_id for line in lines},
                f"nobody is left for {partner.name}, a statutory partner",
                [*own.values(), *on, *sitting, *lines, *statutory],
            )


def _named_statutory(seat: Node) -> bool:
    category = str(seat.get("category")).lower()
    for negation in ("non-", "non ", "not "):
        category = category.replace(f"{negation}statutory", "")
    return "safeguarding partner" in category or "statutory" in re.findall(r"\w+", category)


def _statutory(change: _Change, partner: Node, body: Node, own: Iterable[Node]) -> list[Entity]:
    marked = [seat for seat in own if _named_statutory(seat)]
    if marked:
        return [*marked]
    facts = change.facts
    found: list[Entity] = []
    for whole in change.structure.labelled("Partnership"):
        within = reached([whole.id], lambda one: [line.from_id for line in facts.into(one, "PART_OF")])
        if body.id not in within:
            continue
        leading: list[Entity] = []
        for on in facts.into(whole.id, "ON"):
            seat = facts.node(on.from_id)
            owners = change.owners(seat.id)
            if partner.id in owners and (seat.get("role") == "lead" or _named_statutory(seat)):
                leading += [seat, on, *owners[partner.id]]
        if leading:
            above = reached([body.id], lambda one: [line.to_id for line in facts.out(one, "PART_OF")])
            climbing = [
                line
                for one in above
                for line in facts.out(one, "PART_OF")
                if {one, line.to_id} <= within.keys()
            ]
            found += [*leading, *climbing]
    return found


def _lines(change: _Change) -> None:
    facts, alive = change.facts, change.alive

    def cut(relation: str) -> Iterator[tuple[Relationship, Node, Node, set[str], str]]:
        for node in change.structure.nodes.values():
            for line in facts.out(node.id, relation):
                gone = {line.from_id, line.to_id} - alive
                about = line.get("subject") or line.get("scope")
                if gone and line.from_id != line.to_id:
                    tail = f" ({about})" if about else ""
                    yield line, node, facts.node(line.to_id), gone, tail

    for line, source, target, gone, tail in cut("ACTS_FOR"):
        if source.id in gone:
            detail = f"{source.name} no longer acts for it{tail}"
            change.add("delegation-cut", target.id, gone, detail, [line])
        else:
            detail = f"it no longer acts for {target.name}{tail}"
            change.add("delegation-cut", source.id, gone, detail, [line])
    for line, source, target, gone, tail in cut("REPORTS_TO"):
        if gone == {source.id}:
            detail = f"it no longer has reports from {source.name}{tail}"
            change.add("reports-lost", target.id, gone, detail, [line])
        if gone == {target.id}:
            detail = f"it no longer reports to {target.name}{tail}"
            change.add("reports-lost", source.id, gone, detail, [line])
    for agreement in change.structure.labelled("Agreement"):
        parties = facts.into(agreement.id, "PARTY_TO")
        staying = [line for line in parties if line.from_id in alive]
        if len(staying) < len(parties):
            names = sorted({facts.node(line.from_id).name for line in staying})
            detail = f"{agreement.get('status')}; left in it: {', '.join(names) if names else 'nobody'}"
            because = {line.from_id for line in parties} - alive
            change.add("agreement-touched", agreement.id, because, detail, [agreement, *parties])
    for fund in change.structure.labelled("Fund"):
        paid = facts.into(fund.id, "CONTRIBUTES")
        going = [line for line in paid if line.from_id not in alive]
        if going:
            amount = sum(Fraction(str(line.get("amount"))) for line in going)
            total = sum(Fraction(str(line.get("amount"))) for line in paid)
            grounded: list[Entity] = [fund, *paid]
            if fund.get("total") is not None:
                total, grounded = Fraction(str(fund.get("total"))), [fund, *going]
            detail = f"{_money(amount)} of {_money(total)} {fund.get('currency')}"
            change.add("money-touched", fund.id, {line.from_id for line in going}, detail, grounded)
    _routes(change)


def _money(amount: Fraction) -> str:
    text = f"{float(amount):,.2f}"
    return text.removesuffix(".00")


def _routes(change: _Change) -> None:
    facts = change.facts
    closed: dict[str, set[str]] = {}
    for body in change.structure.labelled("Body"):
        closed[body.id] = {
            *reached([body.id], lambda one: [line.to_id for line in facts.out(one, "ACCOUNTABLE_TO")])
        }

    def tops(allowed: Callable[[str], bool], body: str) -> Iterator[str]:
        """The ends of all routes from a body on which everything is allowed and nothing comes twice."""
        waiting = [[body]]
        while waiting:
            route = waiting.pop()
            above = {line.to_id for line in facts.out(route[-1], "ACCOUNTABLE_TO")}
            if not above and len(route) > 1:
                yield route[-1]
            waiting += [[*route, one] for one in above - {*route} if allowed(one)]

    for body in change.structure.labelled("Body"):
        if body.id not in change.alive or any(tops(lambda one: one in change.alive, body.id)):
            continue
        ends = {*tops(lambda _: True, body.id)}
        if ends:
            way = {node for node in closed[body.id] if node in ends or ends & closed.get(node, set())}
            because = way - change.alive
            names = " and ".join(sorted({facts.node(node).name for node in because}))
            lines = [line for node in way for line in facts.out(node, "ACCOUNTABLE_TO") if line.to_id in way]
            change.add("route-lost", body.id, because, f"all its routes lead over {names}", lines)


ORACLES = {
    "accountable-for": accountable_for,
    "between": between,
    "connectors": connectors,
    "impact": impact,
}
