"""A made-up structure of the size of England: what benchmarks load, compare and ask.

Sizes are skewed as real ones are, partners are shared between areas, and the errors of real data that the
model allows are in it. What is made depends on the arguments alone: not on the machine, nor on the order of
any set.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from benchmarks import england_words as words
from benchmarks.england_making import Making, shares
from orgmodel.building import seat_id
from orgmodel.dates import first_day, last_day
from orgmodel.model import Dataset, Edition, slug
from orgmodel.structure import Structure
from orgmodel.vocabulary import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeVar

    T = TypeVar("T")

BODIES = 12
SEATS = 294
POSTS = 98
ORGANISATIONS = 39
"""How many there are for each partnership, all over England."""

MOST_PARTNERSHIPS = 5000
"""More places are not made up."""

_TIERS = ("Strategic", "Executive", "Delivery", "Working")
_CCG_ENDS, _ICB_BEGINS = "2022-06-30", "2022-07-01"
_FORMER_BOARDS = ("Safeguarding Children Board (to 2019)", "Safeguarding Adults Board (to 2019)")
_OFFICERS = frozenset({"Chief Executive", "Chief Constable", "Accountable Officer"})
_YEARLY = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25")


def england(partnerships: int = 150, seed: int = 2026) -> Structure:
    """A made-up structure of some partnerships and all that belongs to them, as one dataset `england`.

    Args:
        partnerships: How many. All else grows with them; one is of average size, 150 are England.
        seed: The same gives the same structure, on every machine.

    Raises:
        ValueError: There are none, or more than there are made-up places for.
    """
    if not 0 < partnerships <= MOST_PARTNERSHIPS:
        raise ValueError(f"partnerships must be from 1 to {MOST_PARTNERSHIPS}, not {partnerships}")
    return _England(partnerships, seed).structure()


def with_one_seat_changed(structure: Structure) -> Structure:
    """The same structure but for one seat, which has another name, role and number of places."""
    seats = structure.labelled("Seat")
    seat = seats[len(seats) // 2]
    said = {name: seat.get(name) for name in type(seat).model_fields}
    said |= {
        "name": f"{seat.name} (acting)",
        "role": "adviser" if seat.get("role") == "member" else "member",
        "places": int(str(seat.get("places") or 1)) + 1,
    }
    changed = type(seat).model_validate(said)
    return replace(structure, nodes={**structure.nodes, seat.id: changed})


def with_some_changed(structure: Structure) -> Structure:
    """The same structure, but some of its seats and sub-groups gone, renamed or moved, as in a later record.

    Every 40th node but sources is left out with its lines, every 30th has another name, and every 20th line
    of accountability leads to where the one before it does.
    """
    nodes = {}
    for number, node in enumerate(structure.nodes.values()):
        if node.term == "Source" or number % 40:
            renamed = node.term != "Source" and number % 30 == 1
            nodes[node.id] = node.model_copy(update={"name": f"{node.name} (new)"}) if renamed else node
    lines, before = [], None
    for number, line in enumerate(structure.relationships.values()):
        if line.from_id in nodes and line.to_id in nodes:
            moved = line.term == "ACCOUNTABLE_TO" and before is not None and number % 20 == 0
            lines.append(line.model_copy(update={"to_id": before}) if moved else line)
            if line.term == "ACCOUNTABLE_TO":
                before = line.to_id
    return type(structure).of(structure.datasets, nodes.values(), lines)


def to_ask(structure: Structure, label: str, day: str = "2025-01-01") -> dict[str, str]:
    """The ids of a `small`, a `middling` and the `largest` node of a label, by the lines to and from it.

    Args:
        structure: Where to look.
        label: The label, such as `Body`.
        day: Only what holds on this day is looked at, and only lines that do are counted.
    """
    lines = dict.fromkeys((n.id for n in structure.labelled(label) if structure.holdings[n.id].on(day)), 0)
    for line in structure.relationships.values():
        if structure.holdings[line.id].on(day):
            for end in {line.from_id, line.to_id} & lines.keys():
                lines[end] += 1
    ranked = sorted(lines, key=lambda i: (lines[i], i))
    return {"small": ranked[len(ranked) // 10], "middling": ranked[len(ranked) // 2], "largest": ranked[-1]}


@dataclass(slots=True)
class _Area:
    """What is made for one partnership, as ids.

    Of its organisations `core` has those that sit on most groups, `local` the others of the place, `shared`
    those that serve other areas too.
    """

    number: int
    place: str
    id: str
    partnership: str = ""
    board: str = ""
    council: str = ""
    core: list[str] = field(default_factory=list)
    local: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    requirements: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    chair: str = ""
    themes: list[str] = field(default_factory=list)


class _England(Making):
    def __init__(self, partnerships: int, seed: int) -> None:
        super().__init__(seed)
        self.count = partnerships
        self.posts: dict[str, list[str]] = {}
        self.areas = [_Area(n, place, slug(place)) for n, place in enumerate(self._places())]
        self.law: list[str] = []
        self.whole_of: dict[str, str] = {}

    def structure(self) -> Structure:
        self._law()
        for area in self.areas:
            self._sources(area)
        self._national()
        self._shared()
        for area, count in zip(self.areas, self._skewed(ORGANISATIONS - 2, 0.5), strict=True):
            self._organisations(area, count)
        self._all_posts()
        for area, count in zip(self.areas, self._skewed(BODIES, 0.06, 4), strict=True):
            self._bodies(area, count)
            self._accountability(area)
            self._mandates(area)
            self._plans(area)
            self._money(area)
            self._other_lines(area)
        self._agreements()
        self._all_seats()
        for area in self.areas:
            self._happenings(area)
        editions = (
            Edition(id="arrangements-2019", date="2019-10-01", name="The first arrangements"),
            Edition(id="boards-2022", date=_ICB_BEGINS, name="Integrated care boards"),
            Edition(id="arrangements-2024", date="2024-12"),
        )
        dataset = Dataset(id="england", name="A made-up England", editions=editions)
        return Structure.of([dataset], self.nodes.values(), self.lines.values())

    def _skewed(self, each: int, evenness: float, least: int = 0) -> list[int]:
        return self.dice.shuffled(shares(each * self.count, self.count, evenness, least))

    def _places(self) -> list[str]:
        found: dict[str, None] = {}
        for pattern in words.QUALIFIED:
            made = [stem + ending for stem in words.STEMS for ending in words.ENDINGS]
            for name in self.dice.shuffled(made):
                if len(found) == self.count:
                    break
                found[pattern.format(name)] = None
        return list(found)

    # Documents and law

    def cited(self, *areas: _Area, late: bool = False) -> tuple[str, ...]:
        """Citations of the documents of some areas, the arrangements of 2019 among them unless it is late."""
        among = ("sub-groups", "report-2023", "arrangements-2024") if late else tuple(words.SECTIONS)
        found: dict[str, None] = {}
        for area in areas:
            documents = [self.dice.one(among) if late else "arrangements-2019"]
            documents += [self.dice.one(among) for _ in range(self.dice.one((0, 0, 1, 1, 2, 3)))]
            for document in documents:
                found[f"{area.id}-{document} {self.dice.one(words.SECTIONS[document])}"] = None
        return tuple(found)

    def _sources(self, area: _Area) -> None:
        published = {
            "arrangements-2019": ("2019-06-28", "2019-06", "2019", "2019-05-31"),
            "plan-2020": ("2020", "2020-04", "2020-01-15"),
            "report-2023": ("2023", "2023-09", "2023-11-02"),
            "arrangements-2024": ("2024", "2024-12", "2024-12-20"),
        }
        titles = {
            "arrangements-2019": ("arrangements", "Multi-agency safeguarding arrangements"),
            "plan-2020": ("plan", "Strategic plan 2020 to 2022"),
            "sub-groups": ("web-page", "Our sub-groups"),
            "report-2023": ("minutes", "Yearly report 2022 to 2023"),
            "arrangements-2024": ("arrangements", "Published arrangements 2024"),
        }
        for document, (kind, title) in titles.items():
            when = {"not_before": "2021-03-01"}
            if document in published:
                when = {"published": self.dice.one(published[document])}
            self.source(
                f"{area.id}-{document}",
                f"{title} ({area.place})",
                area.place,
                kind=kind,
                publisher=f"{area.place} Safeguarding Partnership",
                sections=words.SECTIONS[document],
                **when,
            )

    def _law(self) -> None:
        for instrument, name, kind, published in words.INSTRUMENTS:
            source = f"{instrument}-text"
            law = "legislation" if kind == "act" else "guidance"
            self.source(source, name, "England", kind=law, published=published, publisher="HM Government")
            self.node("Instrument", instrument, name, (f"{source} title",), kind=kind)
            for number, (duty, text, sort) in enumerate(words.DUTIES_IN_LAW, 1):
                citations = (f"{source} section {number}",)
                force = "must" if kind == "act" or number % 3 else "should"
                made = self.node(
                    "Requirement",
                    f"{instrument}-{duty}",
                    f"{text} ({name})",
                    citations,
                    kind=sort,
                    force=force,
                )
                self.law.append(made)
                self.line(made, "SET_BY", instrument, citations)

    def _law_cited(self, requirement: str) -> tuple[str, ...]:
        return self.nodes[requirement].citations

    # Organisations

    def _organisation(
        self, node_id: str, name: str, kind: str, citations: tuple[str, ...], **said: Any
    ) -> str:
        made = self.node("Organisation", node_id, name, citations, kind=kind, **said)
        self.posts[made] = []
        return made

    def _national(self) -> None:
        cited = ("working-together-2018-text Chapter 2", "care-and-support-guidance-text Chapter 14")
        for node_id, name, short, kind in words.NATIONAL:
            made = self._organisation(node_id, name, kind, cited, short_name=short)
            for area in self.areas:
                area.shared.append(made)

    def _groups(self, each: float, evenness: float) -> Iterator[list[_Area]]:
        """Neighbouring areas in groups of so many on average."""
        count = max(1, int(self.count / each + 0.5))
        sizes = self.dice.shuffled(shares(self.count, count, evenness, 1))
        start = 0
        for size in sizes:
            yield self.areas[start : start + size]
            start += size

    def _shared(self) -> None:
        """What serves several areas: a force or a care board, each with a part in every area it serves."""
        for areas in self._groups(3.8, 0.1):
            place = areas[0].place
            name = f"{place}shire Police"
            force = self._organisation(
                slug(name), name, "police", self._cited_by(areas), aliases=(f"{place}shire Constabulary",)
            )
            self._parts(areas, force, "{place} Policing Division", "police", core=True)
        for areas in self._groups(3.5, 0.15):
            places = " and ".join(dict.fromkeys((areas[0].place, areas[-1].place)))
            name = f"NHS {places} Integrated Care Board"
            board = self._organisation(
                slug(name),
                name,
                "nhs-commissioner",
                self._cited_by(areas, late=True),
                short_name=f"{places} ICB",
                start_date=_ICB_BEGINS,
            )
            for area in areas:
                self._clinical_commissioning_group(area, board)
            self._parts(areas, board, "{place} Place Team", "nhs-commissioner", core=True, late=True)
        for each, evenness, pattern, kind, part in (
            (2.5, 0.3, "{place} Hospitals NHS Foundation Trust", "nhs-provider", ""),
            (3.0, 0.2, "{place} Partnership NHS Trust", "nhs-provider", "{place} Community Services"),
            (15.0, 0.5, "{place} Region Ambulance Service NHS Trust", "ambulance", ""),
            (3.5, 0.3, "{place}shire Fire and Rescue Service", "fire-and-rescue", ""),
            (
                12.0,
                0.5,
                "{place} Region Probation Service",
                "prison-and-probation",
                "{place} Probation Delivery Unit",
            ),
            (7.0, 0.5, "HMP {place}", "prison-and-probation", ""),
        ):
            for areas in self._groups(each, evenness):
                name = pattern.format(place=areas[0].place)
                made = self._organisation(slug(name), name, kind, self._cited_by(areas))
                self._parts(areas, made, part, kind)

    def _cited_by(self, areas: Sequence[_Area], *, late: bool = False) -> tuple[str, ...]:
        return self.cited(*areas[:3], late=late)

    def _parts(
        self,
        areas: Sequence[_Area],
        whole: str,
        pattern: str,
        kind: str,
        *,
        core: bool = False,
        late: bool = False,
    ) -> None:
        for area in areas:
            area.shared.append(whole)
            if core:
                area.core.append(whole)
            if pattern:
                name = pattern.format(place=area.place)
                cited = self.cited(area, late=late)
                part = self._organisation(slug(name), name, kind, cited)
                self.line(part, "PART_OF", whole, cited)
                self.whole_of[part] = whole
                (area.core if core else area.local).append(part)

    def _clinical_commissioning_group(self, area: _Area, successor: str) -> None:
        name = f"NHS {area.place} Clinical Commissioning Group"
        cited = self.cited(area)
        group = self._organisation(
            slug(name), name, "nhs-commissioner", cited, short_name=f"{area.place} CCG", until=_CCG_ENDS
        )
        area.core.append(group)
        self.line(
            successor,
            "SUCCEEDS",
            group,
            ("health-and-care-act-2022-text section 19", *self.cited(area, late=True)),
            start_date=_ICB_BEGINS,
        )

    def _organisations(self, area: _Area, count: int) -> None:
        place = area.place
        name = f"{place} Council"
        already = len({*area.core, *area.local} - {*area.shared})
        council = area.council = self._organisation(
            slug(name), name, "local-authority", self.cited(area), short_name=f"{place} MBC"
        )
        area.core.insert(0, council)
        directorates = []
        for title in words.DIRECTORATES[: 3 + self.dice.up_to(2)]:
            cited = self.cited(area)
            made = self._organisation(f"{area.id}-{slug(title)}", f"{title}, {place}", "directorate", cited)
            self.line(made, "PART_OF", council, cited)
            directorates.append(made)
        area.core += directorates[:3]
        area.local += directorates[3:]
        services = self.dice.some(words.SERVICES, 4 + self.dice.up_to(5))
        for title in services:
            late = self.dice.chance(0.2)
            cited = self.cited(area, late=late)
            made = self._organisation(f"{area.id}-{slug(title)}", f"{place} {title}", "service", cited)
            for whole in self.dice.some(directorates, 2 if self.dice.chance(0.06) else 1):
                self.line(made, "PART_OF", whole, cited)
            area.local.append(made)
        for kind, name in (
            ("consumer-champion", f"Healthwatch {place}"),
            ("sector", f"Voluntary and community sector of {place}"),
            ("sector", f"People who live in {place}"),
        ):
            area.local.append(self._organisation(slug(name), name, kind, self.cited(area)))
        left = count - already - 4 - len(directorates) - len(services)
        self._others(area, max(3, left))

    def _others(self, area: _Area, count: int) -> None:
        whole: str | None = None
        for _ in range(count):
            kind = self.dice.one(("education", "education", "primary-care", "provider", "voluntary"))
            name = self.dice.one(words.OTHERS[kind]).format(
                place=area.place,
                stem=self.dice.one(words.STEMS) + self.dice.one(words.ENDINGS),
                saint=self.dice.one(words.SAINTS),
                quarter=self.dice.one(words.QUARTERS),
            )
            said: dict[str, Any] = {}
            late = self.dice.chance(0.25)
            if not late and self.dice.chance(0.06):
                said["end_date"] = self.dice.one(("2021", "2022-03", "2023-08-31"))
            elif self.dice.chance(0.2):
                said["start_date"] = self.dice.one(("2014", "2016-09", "2018", "2019-04-01"))
            if self.dice.chance(0.1):
                said["aliases"] = (
                    f"{name} (formerly {self.dice.one(words.STEMS)}{self.dice.one(words.ENDINGS)})",
                )
            cited = self.cited(area, late=late)
            made = self._organisation(slug(name), name, kind, cited, **said)
            area.local.append(made)
            if kind == "education" and "Trust" in name:
                whole = made
            elif kind == "education" and whole and self.dice.chance(0.3):
                self.line(made, "PART_OF", whole, cited)

    # Posts

    def _all_posts(self) -> None:
        place_of = {i: area for area in self.areas for i in (*area.shared, *area.core, *area.local)}
        weights = {"local-authority": 0.1, "directorate": 0.2, "police": 0.2, "nhs-commissioner": 0.3}
        weights |= {"nhs-provider": 0.3, "education": 2.0, "provider": 3.0}
        having = [i for i in self.posts if self.nodes[i].kind != "sector"]
        having = self.dice.by(having, lambda i: weights.get(self.nodes[i].kind or "", 1.0))
        chairs_and_managers = 2 * self.count
        total = POSTS * self.count - chairs_and_managers
        for organisation, count in zip(having, shares(total, len(having), 0.02, 1), strict=True):
            self._posts(organisation, count, place_of[organisation])
        for area in self.areas:
            self._delegations(area)

    def _posts(self, organisation: str, count: int, area: _Area) -> None:
        kind, name = self.nodes[organisation].kind or "", self.nodes[organisation].name
        known_as = self.nodes[organisation].known_as
        late_only = self.spans[organisation][0] > "2020"
        ranks = words.RANKS.get(kind, words.RANKS_ELSEWHERE)
        titles = dict.fromkeys([words.CHIEF.get(kind, "Chief Officer")])
        while len(titles) < count:
            title = f"{self.dice.one(ranks)}, {self.dice.one(words.DUTIES)}"
            if title in titles:
                title = f"{title} ({self.dice.one(words.QUARTERS)})"
            titles[title] = None
        for number, title in enumerate(titles):
            cited = self.cited(area, late=late_only or (number > 0 and self.dice.chance(0.2)))
            if self.spans[organisation][1] < self.first_cited(cited):
                cited = self.cited(area)
            post = self.node(
                "Post",
                f"{organisation}-{slug(title)}",
                f"{title} of {name}" if number == 0 else f"{title}, {known_as}",
                cited,
                within=organisation,
                aliases=(title,) if number == 0 or self.dice.chance(0.05) else (),
            )
            self.posts[organisation].append(post)
            self.line(post, "POST_IN", organisation, cited)
            if number and self.spans[organisation][1] == OPEN_END and self.dice.chance(0.02):
                self.line(post, "POST_IN", area.council, cited)

    def _delegations(self, area: _Area) -> None:
        """Who acts for the officers who stay accountable; some for somebody who acts for another."""
        for organisation in area.core:
            chief, *others = self.posts[organisation]
            if organisation in self.whole_of:
                self._delegate(area, chief, self.posts[self.whole_of[organisation]][0])
            for other in others[: 1 + self.dice.up_to(2)]:
                self._delegate(area, other, chief)
                chief = other if self.dice.chance(0.2) else chief
        for organisation in area.local:
            if len(self.posts[organisation]) > 1 and self.dice.chance(0.15):
                self._delegate(area, self.posts[organisation][1], self.posts[organisation][0])

    def _delegate(self, area: _Area, one: str, another: str) -> None:
        late = min(self.spans[one][0], self.spans[another][0]) > "2020"
        scope = self.dice.one(words.SCOPES).format(place=area.place)
        self.line(one, "ACTS_FOR", another, self.cited(area, late=late), scope=scope)

    # Bodies

    def _body(self, area: _Area, name: str, kind: str, cited: tuple[str, ...], **said: Any) -> str:
        made = self.node("Body", f"{area.id}-{slug(name)}", f"{area.place} {name}", cited, kind=kind, **said)
        area.bodies.append(made)
        return made

    def _bodies(self, area: _Area, count: int) -> None:
        """The board and what came before it, then group below group until there are enough."""
        place, cited = area.place, self.cited(area)
        tiers = _TIERS if area.number % 3 else ("Leaders", "Managers", "Practitioners", "Task groups")
        area.partnership = self.node(
            "Partnership",
            f"{area.id}-safeguarding-partnership",
            f"{place} Safeguarding Partnership",
            cited,
            area=place,
            tiers=tiers,
            short_name="".join(word[0] for word in place.replace("-", " ").split()) + "SP",
        )
        starts = self.dice.one(("2019-09-30", "2019-10", "2019-10-01"))
        area.board = board = self._body(
            area,
            "Safeguarding Partnership Board",
            "board",
            cited,
            start_date=starts,
            tier=tiers[0],
            meetings_per_year=self.dice.one((4, 4, 6)),
            short_name=f"{area.place} Board",
            aliases=(f"Strategic Safeguarding Board ({place})",),
        )
        self.line(board, "PART_OF", area.partnership, cited)
        for name in _FORMER_BOARDS[: count - 3]:
            until = "2019-09-29" if starts == "2019-09-30" else "2019-09-30"
            before = self._body(
                area,
                name,
                "board",
                self.cited(area),
                until=until,
                start_date=self.dice.one(("2006", "2011-04", None)),
            )
            self.line(board, "SUCCEEDS", before, self.cited(area), start_date=starts)
        executive = self._body(
            area,
            "Executive Group",
            "executive",
            self.cited(area),
            tier=tiers[1],
            meetings_per_year=self.dice.one((6, 12, None)),
        )
        self._below(executive, board, cited)
        if count > 6:
            self._business_unit(area)
        if count > 8:
            self._body(
                area,
                "Health and Wellbeing Board",
                "board",
                self.cited(area),
                start_date="2013-04-01",
                short_name="HWB",
                purpose=f"Brings the health and care leaders of {place} together",
            )
        self._sub_groups(area, count, [board, executive], tiers)

    def _below(self, body: str, parent: str, cited: tuple[str, ...]) -> None:
        self.line(body, "PART_OF", parent, cited)
        if self.dice.chance(0.93):
            self.line(
                body,
                "ACCOUNTABLE_TO",
                parent,
                cited,
                subject=self.dice.one(words.SUBJECTS) if self.dice.chance(0.2) else None,
            )
        self.line(
            body,
            "REPORTS_TO",
            parent,
            cited,
            subject=self.dice.one(words.SUBJECTS),
            frequency=self.dice.one(words.FREQUENCIES),
        )

    def _business_unit(self, area: _Area) -> None:
        cited = self.cited(area)
        unit = self._body(area, "Safeguarding Business Unit", "business-unit", cited)
        self.line(unit, "PART_OF", area.partnership, cited)
        self.line(unit, "SUPPORTS", area.board, cited, subject="agendas, data and training")
        self.line(unit, "HOSTED_BY", area.council, cited)

    def _sub_groups(self, area: _Area, count: int, above: list[str], tiers: tuple[str, ...]) -> None:
        depth = {above[0]: 0, above[1]: 1}
        themes = [*self.dice.shuffled(words.THEMES), *(f"{theme} (West)" for theme in words.THEMES)]
        while len(area.bodies) < count:
            theme = themes[len(area.themes)]
            area.themes.append(theme)
            form, kind = self.dice.one(words.FORMS)
            late = self.dice.chance(0.2)
            cited = self.cited(area, late=late)
            said: dict[str, Any] = {
                "meetings_per_year": self.dice.one((4, 6, 12, None)),
                "purpose": self.dice.one(words.PURPOSES).format(theme=theme.lower(), place=area.place),
            }
            if self.dice.chance(0.2):
                said["short_name"] = "".join(
                    word[0] for word in f"{theme} {form}".split() if word[0].isalpha()
                )
            if not late and self.dice.chance(0.08):
                said["end_date"] = self.dice.one(("2020-12", "2021", "2022-03-31", "2023"))
            renewed = not said.get("end_date") and len(area.bodies) + 2 <= count and self.dice.chance(0.15)
            if renewed:
                said["start_date"] = self.dice.one(("2021", "2022-04", "2022-04-01"))
            elif not late and self.dice.chance(0.25):
                said["start_date"] = self.dice.one(("2019-10", "2019", "2019-10-01", "2018-04"))
            ends = last_day(said.get("end_date", OPEN_END))
            parent = self.dice.one([i for i in above if self.spans[i][0] <= ends])
            depth_here = depth[parent] + 1
            body = self._body(
                area, f"{theme} {form}", kind, cited, tier=tiers[min(depth_here, len(tiers) - 1)], **said
            )
            self._below(body, parent, cited)
            others = [other for other in above if other != parent]
            for other in self.dice.some(others, 1 if self.dice.chance(0.12) else 0):
                self._below(body, other, cited)
            if renewed:
                until = {"2021": "2020-12-31"}.get(said["start_date"], "2022-03-31")
                old_cited = self.cited(area)
                old = self._body(area, f"{theme} Steering Group (former)", kind, old_cited, until=until)
                self.line(body, "SUCCEEDS", old, cited)
                self._below(old, above[0], old_cited)
            if not said.get("end_date"):
                depth[body] = depth_here
                above.append(body)

    def _accountability(self, area: _Area) -> None:
        """Up to the officers who stay accountable; here and there in a circle, as some documents have it."""
        chiefs = [self.posts[i][0] for i in area.core[:8] if i not in self.whole_of]
        chiefs = [post for post in chiefs if self.nodes[post].aliases[0] in _OFFICERS]
        for body in area.bodies:
            former = body.endswith("-to-2019")
            if body == area.board or former:
                for post in chiefs[:1] if former else chiefs:
                    self.line(body, "ACCOUNTABLE_TO", post, self.cited(area), subject="safeguarding")
        self.line(
            area.board,
            "REPORTS_TO",
            area.partnership,
            self.cited(area),
            subject="the annual report",
            frequency="yearly",
        )
        self.line(area.board, "REPORTS_TO", chiefs[0], self.cited(area), subject="serious cases")
        for body in area.bodies[4:]:
            if self.dice.chance(0.12):
                other = self.dice.one([i for i in area.bodies if i != body])
                name = self.dice.one(("ACTS_FOR", "ACCOUNTABLE_TO", "REPORTS_TO", "REPORTS_TO"))
                self.line(body, name, other, self.cited(area))
        if area.number % 12 == 0:
            executive = f"{area.id}-executive-group"
            self.line(area.board, "ACCOUNTABLE_TO", executive, self.cited(area))
            if self.dice.chance(0.5):
                self.line(area.board, "ACCOUNTABLE_TO", area.council, self.cited(area))

    # What bodies must do, plan and pay

    def _mandates(self, area: _Area) -> None:
        place, cited = area.place, self.cited(area)
        terms = self.node(
            "Instrument",
            f"{area.board}-terms-of-reference",
            f"Terms of reference of the {place} board",
            cited,
            kind="terms-of-reference",
        )
        for rule, name, kind, force in words.LOCAL_RULES:
            made = self.node(
                "Requirement", f"{area.id}-{rule}", f"{name} ({place})", cited, kind=kind, force=force
            )
            area.requirements.append(made)
            self.line(made, "SET_BY", terms, cited)
        self.line(area.board, "MANDATED_BY", terms, cited)
        for instrument, *_ in self.dice.some(words.INSTRUMENTS, 4):
            self.line(area.board, "MANDATED_BY", instrument, (f"{instrument}-text title", *cited))
        for requirement in self.law:
            for one in (area.board, area.partnership):
                if self.dice.chance(0.35):
                    self._subject_to(area, one, requirement)
        for body in area.bodies:
            for requirement in area.requirements:
                if self.dice.chance(0.8):
                    self._subject_to(area, body, requirement)
            for requirement in self.dice.some(self.law, self.dice.up_to(12)):
                self._subject_to(area, body, requirement)

    def _subject_to(self, area: _Area, one: str, requirement: str) -> None:
        cited = (
            self.cited(area) if self.dice.chance(0.5) else (*self._law_cited(requirement), *self.cited(area))
        )
        assessment = self.dice.one((None, None, "met", "met", "partly", "not-met"))
        self.line(one, "SUBJECT_TO", requirement, cited, assessment=assessment)

    def _plans(self, area: _Area) -> None:
        place, before = area.place, None
        leads = [*area.bodies, *area.core, *self.posts[area.council]]
        for first, start, late in ((2020, "2020-04", False), (2023, "2023-04-01", True)):
            cited = self.cited(area, late=late)
            plan = self.node(
                "Plan",
                f"{area.id}-strategic-plan-{first}",
                f"{place} strategic plan {first} to {first + 2}",
                cited,
                kind="strategic-plan",
                start_date=start,
                until=OPEN_END if late else "2023-03-31",
            )
            self.line(plan, "PART_OF", area.partnership, cited)
            if before:
                self.line(plan, "SUCCEEDS", before, cited)
            before = plan
            for number, name in enumerate(self.dice.some(words.PRIORITIES, 3), 1):
                priority = self.node(
                    "Priority",
                    f"{plan}-{slug(name)}",
                    name,
                    cited,
                    within=plan,
                    kind="priority",
                    number=str(number),
                )
                self.line(priority, "PART_OF", plan, cited)
                for lead in self.dice.some(leads, 1 + self.dice.up_to(1)):
                    self.line(lead, "LEADS", priority, cited)
                text = self.dice.one(words.OBJECTIVES).format(theme=name.lower())
                objective = self.node(
                    "Objective",
                    f"{priority}-aim",
                    text,
                    cited,
                    within=priority,
                    kind="objective",
                    number=f"{number}.1",
                )
                self.line(objective, "PART_OF", priority, cited)

    def _money(self, area: _Area) -> None:
        place, cited = area.place, self.cited(area)
        year = self.dice.one(_YEARLY)
        payers = [i for i in dict.fromkeys((*area.core, *area.shared)) if self.dice.chance(0.6)]
        amounts = [250 * (1 + self.dice.up_to(400)) for _ in payers]
        fund = self.node(
            "Fund",
            f"{area.id}-fund-{year}",
            f"Partnership fund of {place} {year}",
            cited,
            year=year,
            currency="GBP",
            total=sum(amounts) + 0.5 * self.dice.up_to(1),
        )
        self.line(fund, "PART_OF", area.partnership, cited)
        for payer, amount in zip(payers, amounts, strict=True):
            self.line(payer, "CONTRIBUTES", fund, cited, amount=amount, kind="contribution")

    def _other_lines(self, area: _Area) -> None:
        everyone = [*area.bodies, *area.core, *area.local, *area.shared, area.partnership]
        posts = [post for i in area.core for post in self.posts[i]]
        for _ in range(6 * len(area.bodies)):
            body = self.dice.one(area.bodies)
            name = self.dice.one(("WORKS_WITH", "WORKS_WITH", "INFORMS", "SUPPORTS", "SCRUTINISES"))
            other = self.dice.one([i for i in everyone if i != body])
            one, two = (body, other) if self.dice.chance(0.7) else (other, body)
            self.line(one, name, two, self.cited(area), subject=self.dice.one(words.SUBJECTS))
        for body in area.bodies:
            if self.dice.chance(0.3):
                self.line(body, "ESTABLISHED_BY", self.dice.one(area.core), self.cited(area))
            if self.dice.chance(0.3):
                self.line(self.dice.one(posts), "SUPPORTS", body, self.cited(area))

    def _agreements(self) -> None:
        for area, beside in zip(self.areas, [*self.areas[1:], self.areas[0]], strict=True):
            if area is not beside:
                name = f"Memorandum of understanding between {area.place} and {beside.place}"
                parties = [area.board, beside.board]
                self._agreement(area, beside, name, "memorandum-of-understanding", parties)
            near = [i for i in area.bodies if i.endswith("health-and-wellbeing-board")]
            if near:
                name = f"Protocol between the boards of {area.place}"
                self._agreement(area, area, name, "protocol", [area.board, *near])
            if area.number % 4 == 0:
                parties = [*area.core, *self.dice.some(area.local, 8), area.partnership]
                name = f"Information sharing agreement for {area.place} and its neighbours"
                self._agreement(area, beside, name, "information-sharing-agreement", parties)

    def _agreement(self, area: _Area, beside: _Area, name: str, kind: str, parties: list[str]) -> None:
        cited = self.cited(area, beside)
        status = self.dice.one(("intended", "in-force", "in-force", "expired"))
        said: dict[str, Any] = {}
        if status != "intended":
            said["signed_date"] = self.dice.one(("2019", "2019-11", "2020-02-14"))
            said["review_date"] = self.dice.one(("2022", "2023-04", "2025-02-14"))
        if status == "expired":
            said["end_date"] = self.dice.one(("2022", "2023-03", "2024-02-13"))
        made = self.node(
            "Agreement",
            f"{area.id}-{slug(name)}",
            name,
            cited,
            kind=kind,
            status=status,
            purposes=tuple(self.dice.some(words.SUBJECTS, 1 + self.dice.up_to(3))),
            **said,
        )
        for party in parties:
            self.line(party, "PARTY_TO", made, cited)

    # Seats

    def _all_seats(self) -> None:
        for area in self.areas:
            post = self.node(
                "Post",
                f"{area.id}-independent-chair",
                f"Independent Chair, {area.place}",
                self.cited(area),
                aliases=("Independent Chair", "Independent Scrutineer"),
            )
            manager = self.node(
                "Post",
                f"{area.id}-business-manager",
                f"{area.place} Partnership Business Manager",
                self.cited(area),
            )
            area.chair = post
            self.line(post, "POST_IN", area.board, self.cited(area))
            unit = f"{area.id}-safeguarding-business-unit"
            self.line(manager, "POST_IN", unit if unit in self.nodes else area.board, self.cited(area))
            holder = f"{self.dice.one(words.GIVEN)} {self.dice.one(words.SURNAMES)}"
            person = self.node("Person", f"{area.id}-{slug(holder)}", holder, self.cited(area))
            self.line(post, "HELD_BY", person, self.cited(area))
        area_of = {body: area for area in self.areas for body in (area.partnership, *area.bodies)}
        sitting = [i for i in area_of if self.nodes[i].kind != "business-unit"]
        light = {"board": 0.5, "forum": 0.15, "executive": 0.6, None: 0.3}
        sitting = self.dice.by(sitting, lambda i: light.get(self.nodes[i].kind, 1.0))
        sizes = shares(SEATS * self.count, len(sitting), 0.012)
        for body, size in zip(sitting, sizes, strict=True):
            chaired = body == area_of[body].board or self.dice.chance(0.93)
            for number in range(size):
                self._seat(area_of[body], body, number, chaired=chaired)

    def _role(self, number: int, *, chaired: bool) -> str:
        if number == 0 and chaired:
            return "chair"
        if number == 1 and chaired and self.dice.chance(0.6):
            return "vice-chair"
        return self.dice.one(("member",) * 13 + ("lead", "adviser", "adviser", "in-attendance", "deputy"))

    def _whom(self, area: _Area, body: str, number: int) -> list[str]:
        """Whom a seat speaks for: nobody, one, or several."""
        drawn = self.dice.up_to(99)
        if (number == 0 and drawn < 40) or drawn < 3:
            return []
        if drawn == 3:
            return [self.dice.one([i for i in area.bodies if i != body])]
        found = []
        for _ in range(2 if drawn < 14 else 1):
            if number < len(area.core) and self.dice.chance(0.8):
                among = [area.core[number]]
            else:
                beside = self.areas[(area.number + 1) % self.count] if self.dice.chance(0.02) else area
                among = self.dice.one((area.core, area.shared, beside.local, area.local))
            found.append(self.dice.one(among))
        return list(dict.fromkeys(i for i in found if self.together(i, body)))

    def _seat(self, area: _Area, body: str, number: int, *, chaired: bool) -> None:
        role, whom = self._role(number, chaired=chaired), self._whom(area, body, number)
        fillers: list[str] = []
        if whom and self.dice.chance(0.95):
            held = [post for i in whom for post in self.posts.get(i, ())]
            fillers = self.dice.some(held, self.dice.one((1, 1, 1, 1, 1, 1, 1, 1, 2)))
        elif number == 0:
            fillers = [area.chair]
        lasts = self.spans[body][1] == OPEN_END
        late = self.spans[body][0] > "2020" or any(self.spans[i][0] > "2020" for i in whom)
        cited = self.cited(area, late=lasts and (late or self.dice.chance(0.1)))
        said: dict[str, Any] = {}
        if lasts and not late and self.first_cited(cited) < "2020":
            if self.dice.chance(0.03):
                said["end_date"] = self.dice.one(("2021", "2022-03", "2023-06-30"))
            elif self.dice.chance(0.06):
                said["start_date"] = self.dice.one(("2019-10", "2020", "2021-01-18"))
        # A list of later days does not name what was gone by then, and an older one not what was to come.
        begins = max(self.spans[body][0], first_day(said.get("start_date") or self.first_cited(cited)))
        ends = last_day(said["end_date"]) if "end_date" in said else self.spans[body][1]
        whom, fillers = (
            [i for i in ids if self.spans[i][0] <= ends and begins <= self.spans[i][1]]
            for ids in (whom, fillers)
        )
        name = self._worded(role, whom, fillers)
        made = self.node(
            "Seat",
            seat_id(body, role, whom or fillers, name, self._key(body, role, whom or fillers, name)),
            name,
            cited,
            within=body,
            role=role,
            category=self.dice.one((*words.CATEGORIES, None, None, None, None)),
            places=self.dice.one((2, 2, 3, 4, 6)) if self.dice.chance(0.08) else None,
            state=self.dice.one(("filled" if fillers else "vacant", "not-stated")),
            **said,
        )
        self.line(made, "ON", body, cited)
        for organisation in whom:
            self.line(made, "REPRESENTS", organisation, cited)
        for filler in fillers:
            self.line(made, "FILLED_BY", filler, cited)

    def _worded(self, role: str, whom: list[str], fillers: list[str]) -> str:
        if whom and self.dice.chance(0.6):
            return " and ".join(self.nodes[i].known_as for i in whom)
        if fillers:
            return self.nodes[fillers[0]].name
        return f"{role.capitalize()}, {self.dice.one(words.DUTIES)}"

    def _key(self, body: str, role: str, whom: list[str], name: str) -> str | None:
        number, key = 1, None
        while seat_id(body, role, whom, name, key) in self.nodes:
            number += 1
            key = str(number)
        return key

    # What happened, and what is not clear

    def _happenings(self, area: _Area) -> None:
        place = area.place
        for name, kind, day in (
            ("Arrangements take effect", "milestone", "2019-10"),
            ("Next yearly report is due", "deadline", self.dice.one(("2020-09", "2021", "2021-09-30"))),
        ):
            cited = self.cited(area)
            event = self.node(
                "Event",
                f"{area.id}-{slug(name)}",
                f"{name} ({place})",
                cited,
                kind=kind,
                date=day,
                wording=f"by {day}",
            )
            for about in (area.partnership, area.board, *self.dice.some(area.core, 2)):
                self.line(event, "CONCERNS", about, cited)
        for body in self.dice.some(area.bodies, 1 + len(area.bodies) // 8):
            cited = self.cited(area)
            name = self.dice.one(words.QUESTIONS).format(body=self.nodes[body].name)
            said: dict[str, Any] = {"kind": "not-stated"}
            if "disagree" in name:
                said = {
                    "kind": "conflict",
                    "readings": ("Section 6: eleven members", "Appendix C: twelve members"),
                    "taken": "Section 6, which is dated",
                    "about": self.accountable.get(body),
                }
            issue = self.node("Issue", f"{body}-{slug(name)[:24].strip('-')}", name, cited, **said)
            for about in (body, *self.dice.some(area.bodies, 2)):
                if f"{issue}--concerns--{about}" not in self.lines:
                    self.line(issue, "CONCERNS", about, cited)
