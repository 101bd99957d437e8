"""A structure: names, when things hold, what holds on a day, two structures as one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from orgmodel.datasets import yaml
from orgmodel.errors import AmbiguousNameError, DatasetError, DateError, NameNotFoundError
from orgmodel.graph import Stored, graph_of, structure_of
from orgmodel.holding import Holding
from orgmodel.model import Dataset
from orgmodel.structure import Structure, weakest
from tests.datasets import BASE, findings, write
from tests.strategies import structures

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = """\
sources:
  - {id: plan, name: Plan, published: 2021}
  - {id: web, name: Web page, not_before: 2022-03}
  - {id: act, name: Act, kind: legislation, published: 2004-11-15}
"""
OPEN = "9999-12-31"


def of(here: Path, text: str) -> Structure:
    """The structure of a text, which may cite `terms` of 1 May 2019, `plan` of 2021, `web` and `act`."""
    return yaml.read(write(here, {"base.yaml": BASE, "sources.yaml": SOURCES, "x.yaml": text}))


def holding(structure: Structure, entity_id: str) -> tuple[str, str]:
    """The first and the last day of something."""
    held = structure.holdings[entity_id]
    return held.holds_from, held.holds_to


# Names


NAMED = """\
bodies:
  - {id: board, name: Safeguarding Board, short_name: SB, aliases: [the Board], citations: [terms 1]}
  - {id: sb, name: Sub-board, short_name: SB, citations: [terms 1],
     seats: [{name: Safeguarding Lead, role: lead}]}
posts:
  - {id: lead, name: Safeguarding Lead, aliases: [Sub-board], citations: [terms 1]}
"""


@pytest.mark.parametrize(
    ("text", "labels", "found"),
    [
        ("board", (), "board"),
        ("BOARD", (), "board"),
        ("the  board", (), "board"),
        (" Safeguarding Board ", (), "board"),
        ("sb", (), "sb"),
        ("SB", (), "sb"),
        ("Sub-board", ("Body",), "sb"),
        ("Sub-board", ("Post", "Person"), "lead"),
        ("Safeguarding Lead", ("Post",), "lead"),
        ("safeguarding lead", ("Seat",), "sb--lead--safeguarding-lead"),
    ],
)
def test_find(here: Path, text: str, labels: tuple[str, ...], found: str) -> None:
    assert of(here, NAMED).find(text, *labels).id == found


def test_find_several(here: Path) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        of(here, NAMED).find("sub-board")
    assert caught.value.candidates == ("lead", "sb")
    assert str(caught.value) == (
        "'sub-board' could be 2 things, give the id: lead (Post Safeguarding Lead); sb (Body Sub-board)"
    )


@pytest.mark.parametrize(
    ("text", "labels", "message"),
    [
        ("bord", (), "there is no thing called 'bord': did you mean board or lead?"),
        ("Safegarding Bord", ("Body",), "there is no Body 'Safegarding Bord': did you mean board?"),
        ("zebra", ("Post", "Body"), "there is no Body or Post 'zebra'; no name is like it"),
        ("lead", ("Body",), "there is no Body 'lead'; lead has that name, but it is one of posts"),
        ("", (), "there is no thing called ''; no name is like it"),
        ("x\ny", (), "there is no thing called 'x\\ny'; no name is like it"),
    ],
)
def test_find_nothing(here: Path, text: str, labels: tuple[str, ...], message: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        of(here, NAMED).find(text, *labels)
    assert str(caught.value) == message


# When things hold


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("citations: [terms 1]", Holding("2019-05-01", OPEN, "2019-05-01")),
        ("citations: [web 1, plan 1]", Holding("2021-01-01", OPEN, "2022-03")),
        ("citations: [web 1]", Holding("2022-03-01", OPEN, "2022-03")),
        ("citations: [act 1, terms 1]", Holding("2019-05-01", OPEN, "2019-05-01")),
        ("citations: [act 1]", Holding("2004-11-15", OPEN, "2004-11-15")),
        ("citations: [web 1], start_date: 2018", Holding("2018-01-01", OPEN, "2022-03")),
        ("citations: [terms 1], start_date: 2020-02", Holding("2020-02-01", OPEN, "2019-05-01")),
        ("citations: [terms 1], end_date: 2020", Holding("2019-05-01", "2020-12-31", "2019-05-01")),
        ("citations: [terms 1], end_date: 2020-02", Holding("2019-05-01", "2020-02-29", "2019-05-01")),
        (
            "citations: [terms 1], start_date: 2020-02-01, end_date: 2020-02-01",
            Holding("2020-02-01", "2020-02-01", "2019-05-01"),
        ),
    ],
)
def test_a_node_holds_from_its_start_or_first_source_to_its_end(here: Path, said: str, held: Holding) -> None:
    structure = of(here, f"organisations: [{{id: o, name: O, {said}}}]")
    assert structure.holdings["o"] == held


def test_a_source_holds_from_its_publication_and_nothing_confirms_it(here: Path) -> None:
    structure = of(here, "posts: []")
    assert {i: structure.holdings[i] for i in ("plan", "web", "act")} == {
        "plan": Holding("2021-01-01", OPEN, None),
        "web": Holding("2022-03-01", OPEN, None),
        "act": Holding("2004-11-15", OPEN, None),
    }


def test_an_event_holds_on_its_day_and_what_it_concerns_with_it(here: Path) -> None:
    structure = of(
        here,
        """\
events:
  - {id: month, name: M, date: 2018-03, citations: [plan 1], concerns: [later, gone]}
  - {id: span, name: S, date: 2018-03, end_date: 2018-05, citations: [plan 1]}
bodies:
  - {id: later, name: Later, start_date: 2020, citations: [plan 1]}
  - {id: gone, name: Gone, start_date: 2000, end_date: 2001, citations: [plan 1]}
""",
    )
    assert holding(structure, "month") == ("2018-03-01", "2018-03-31")
    assert holding(structure, "span") == ("2018-03-01", "2018-05-31")
    assert holding(structure, "month--concerns--later") == ("2018-03-01", "2018-03-31")
    assert holding(structure, "month--concerns--gone") == ("2018-03-01", "2018-03-31")


@pytest.mark.parametrize(
    ("new", "end"),
    [
        ("succeeds: {to: old, start_date: 2019-10-01}", "2019-09-30"),
        ("succeeds: {to: old, start_date: 2020}", "2019-12-31"),
        ("succeeds: {to: old, start_date: 2020-03}", "2020-02-29"),
        ("start_date: 2019-10, succeeds: old", "2019-09-30"),
        ("start_date: 2019-08, succeeds: {to: old, start_date: 2019-10}", "2019-09-30"),
        ("succeeds: old", OPEN),
        ("succeeds: [{to: old, start_date: 2020}, {to: old, start_date: 2021, key: rest}]", "2020-12-31"),
        ("succeeds: [{to: old, start_date: 2021}, {to: old, start_date: 2020, key: rest}]", "2020-12-31"),
    ],
)
def test_what_is_succeeded_ends_the_day_before(here: Path, new: str, end: str) -> None:
    structure = of(
        here,
        f"""\
bodies:
  - {{id: old, name: Old, citations: [terms 1], informs: partnership}}
  - {{id: new, name: New, citations: [plan 1], {new}}}
""",
    )
    assert holding(structure, "old") == ("2019-05-01", end)
    assert holding(structure, "old--informs--partnership") == ("2019-05-01", end)
    assert holding(structure, "new")[1] == OPEN


def test_a_stated_end_goes_before_a_succession(here: Path) -> None:
    structure = of(
        here,
        """\
bodies:
  - {id: old, name: Old, end_date: 2019-06, citations: [terms 1]}
  - {id: new, name: New, succeeds: {to: old, start_date: 2020}, citations: [terms 1]}
""",
    )
    assert holding(structure, "old") == ("2019-05-01", "2019-06-30")
    assert holding(structure, "new--succeeds--old") == ("2020-01-01", OPEN)
    assert [line.id for line in structure.as_of("2021").relationships.values()] == []


def test_a_post_ends_with_the_last_place_that_it_is_in(here: Path) -> None:
    structure = of(
        here,
        """\
organisations:
  - {id: first, name: First, end_date: 2019-12, citations: [terms 1]}
  - {id: second, name: Second, end_date: 2020-12, citations: [terms 1]}
  - {id: heir, name: Heir, citations: [terms 1], succeeds: {to: third, start_date: 2021-02}}
  - {id: third, name: Third, citations: [terms 1]}
posts:
  - {id: both, name: Both, post_in: [first, second], citations: [terms 1]}
  - {id: early, name: Early, post_in: second, end_date: 2020-06, start_date: 2018, citations: [terms 1]}
  - {id: heired, name: Heired, post_in: third, citations: [terms 1]}
  - {id: free, name: Free, citations: [terms 1]}
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    seats: [{name: A, role: member, filled_by: both}]
""",
    )
    assert holding(structure, "both") == ("2019-05-01", "2020-12-31")
    assert holding(structure, "early") == ("2018-01-01", "2020-06-30")
    assert holding(structure, "heired") == ("2019-05-01", "2021-01-31")
    assert holding(structure, "free") == ("2019-05-01", OPEN)
    assert holding(structure, "both--post-in--first") == ("2019-05-01", "2019-12-31")
    assert holding(structure, "early--post-in--second") == ("2019-05-01", "2020-06-30")
    assert holding(structure, "board--member--both") == ("2019-05-01", OPEN)
    assert holding(structure, "board--member--both--filled-by--both") == ("2019-05-01", "2020-12-31")


def test_a_seat_and_its_lines_hold_while_its_body_does(here: Path) -> None:
    structure = of(
        here,
        """\
bodies:
  - id: board
    name: Board
    start_date: 2020
    end_date: 2021
    citations: [terms 1]
    seats:
      - {name: A, role: member}
      - {name: B, role: member, start_date: 2020-06, end_date: 2020-07}
      - {name: C, role: member, start_date: 2018, represents: council}
organisations:
  - {id: council, name: Council, start_date: 2021-03, citations: [terms 1]}
""",
    )
    assert holding(structure, "board--member--a") == ("2020-01-01", "2021-12-31")
    assert holding(structure, "board--member--a--on--board") == ("2020-01-01", "2021-12-31")
    assert holding(structure, "board--member--b") == ("2020-06-01", "2020-07-31")
    assert holding(structure, "board--member--b--on--board") == ("2020-06-01", "2020-07-31")
    assert holding(structure, "board--member--council") == ("2020-01-01", "2021-12-31")
    line = "board--member--council--represents--council"
    assert holding(structure, line) == ("2021-03-01", "2021-12-31")


def test_a_line_holds_no_longer_than_its_ends_and_its_own_dates(here: Path) -> None:
    structure = of(
        here,
        """\
bodies:
  - {id: a, name: A, start_date: 2010, end_date: 2020, citations: [terms 1],
     informs: [b, {to: b, start_date: 2012, key: own}, {to: b, end_date: 2019-06, key: short}]}
  - {id: b, name: B, start_date: 2015, end_date: 2020-03, citations: [terms 1]}
""",
    )
    informs = structure.outward("a", "INFORMS")
    assert {line.id.removeprefix("a--informs--b"): holding(structure, line.id) for line in informs} == {
        "": ("2019-05-01", "2020-03-31"),
        "--own": ("2015-01-01", "2020-03-31"),
        "--short": ("2019-05-01", "2019-06-30"),
    }


BEGINS = "or say `start_date`: without one it begins when its first source was published"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "{id: a, name: A, end_date: 2018, citations: [terms 1], informs: partnership}",
            [f"a holds on no day: it would begin on 2019-05-01, after it ends on 2018-12-31; {BEGINS}"],
        ),
        (
            (
                "{id: a, name: A, citations: [plan 1]}\n"
                "- {id: b, name: B, citations: [plan 1], succeeds: {to: a, start_date: 2020}}"
            ),
            [f"a holds on no day: it would begin on 2021-01-01, after it ends on 2019-12-31; {BEGINS}"],
        ),
        (
            (
                "{id: a, name: A, citations: [plan 1]}\n"
                "- {id: b, name: B, citations: [plan 1], succeeds: {to: a, start_date: 0001}}"
            ),
            [f"a holds on no day: it would begin on 2021-01-01, after it ends on 0001-01-01; {BEGINS}"],
        ),
        (
            (
                "{id: a, name: A, citations: [terms 1], end_date: 2020,\n"
                "   informs: {to: partnership, citations: [plan 1], id: late}}"
            ),
            [
                (
                    "late holds on no day: with both its ends it would begin on 2021-01-01, after it ends on "
                    f"2020-12-31; {BEGINS}"
                )
            ],
        ),
        (
            (
                "{id: a, name: A, citations: [terms 1], end_date: 2020}\n"
                "- {id: b, name: B, citations: [terms 1], start_date: 2022,\n"
                "   informs: {to: a, start_date: 2022}}"
            ),
            [
                (
                    "b--informs--a holds on no day: with both its ends it would begin on 2022-01-01, "
                    "after it ends on 2020-12-31"
                )
            ],
        ),
        (
            (
                "{id: a, name: A, citations: [terms 1], start_date: 2018,\n"
                "   seats: [{name: X, role: chair, represents: partner}]}\n"
                "- {id: b, name: B, citations: [terms 1], succeeds: {to: a, start_date: 2019-05-01}}\n"
                "- {id: partner, name: P, citations: [terms 1]}"
            ),
            [
                (
                    "a--chair--partner holds on no day: with its body it would begin on 2019-05-01, after it "
                    f"ends on 2019-04-30; {BEGINS}"
                )
            ],
        ),
    ],
)
def test_what_would_hold_on_no_day_is_found(here: Path, text: str, found: list[str]) -> None:
    base = BASE.replace("[terms 1]", "[terms 1], start_date: 2010")
    files = {"base.yaml": base, "sources.yaml": SOURCES, "x.yaml": f"bodies:\n- {text}\n"}
    ours = [
        line.partition(": ")[2].replace("; mend the dates, ", "; ") for line in findings(write(here, files))
    ]
    assert [line.removesuffix("; mend the dates") for line in ours] == found


def test_what_is_succeeded_or_long_past_may_be_spoken_of(here: Path) -> None:
    structure = of(
        here,
        """\
bodies:
  - {id: old, name: Old, start_date: 2016, end_date: 2016, citations: [terms 1]}
  - {id: new, name: New, start_date: 2017, end_date: 2018, citations: [terms 1], succeeds: old}
events:
  - {id: closing, name: Closing, date: 2018, citations: [terms 1], concerns: [old, new]}
""",
    )
    assert structure.holdings["new--succeeds--old"].is_empty
    assert holding(structure, "closing--concerns--old") == ("2018-01-01", "2018-12-31")


# What holds on a day


TIMED = """\
bodies:
  - {id: old, name: Old, start_date: 2018, citations: [terms 1], seats: [{name: A, role: chair}]}
  - {id: new, name: New, citations: [terms 1], start_date: 2019-10, succeeds: old,
     informs: [partnership, {to: partnership, end_date: 2020, key: early}]}
"""


@pytest.mark.parametrize(
    ("when", "nodes", "lines"),
    [
        ("2017-12-31", ["act"], []),
        ("2018-01-01", ["old", "act"], []),
        ("2019-04-30", ["old", "act"], []),
        (
            "2019-05-01",
            ["partnership", "old", "old--chair--a", "act", "terms"],
            ["old--chair--a--on--old"],
        ),
        (
            "2019-09-30",
            ["partnership", "old", "old--chair--a", "act", "terms"],
            ["old--chair--a--on--old"],
        ),
        (
            "2019-10-01",
            ["partnership", "new", "act", "terms"],
            ["new--informs--partnership", "new--informs--partnership--early"],
        ),
        ("2021", ["partnership", "new", "act", "plan", "terms"], ["new--informs--partnership"]),
    ],
)
def test_as_of(here: Path, when: str, nodes: list[str], lines: list[str]) -> None:
    whole = of(here, TIMED)
    then = whole.as_of(when)
    assert (list(then.nodes), list(then.relationships)) == (nodes, lines)
    assert (whole.day, then.day) == (None, "2021-12-31" if when == "2021" else when)
    assert (then.datasets, then.holdings) == (whole.datasets, whole.holdings)
    assert then.as_of(when) == then
    assert len(whole.nodes) == 8


EDITIONS = BASE.replace(
    "name: Riverton}",
    "name: Riverton, editions: [{id: founding, date: 2019-02}, {id: '2019', date: 2018-06-30}, "
    "{id: review, date: 2020}]}",
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-02-29", "2020-02-29"),
        ("2020-02", "2020-02-29"),
        ("2021-02", "2021-02-28"),
        ("2020", "2020-12-31"),
        ("founding", "2019-02-28"),
        ("2019", "2018-06-30"),
        ("review", "2020-12-31"),
        ("0001", "0001-12-31"),
    ],
)
def test_date_of(here: Path, text: str, day: str) -> None:
    assert yaml.read(write(here, {"x.yaml": EDITIONS})).date_of(text) == day


@pytest.mark.parametrize("text", [None, "today"])
def test_date_of_today(here: Path, text: str | None) -> None:
    structure = yaml.read(write(here, {"x.yaml": EDITIONS}))
    before = date.today().isoformat()
    assert before <= structure.date_of(text) <= date.today().isoformat()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2020-02-30", "'2020-02-30' is a date that no calendar has"),
        ("2020-00", "'2020-00' is a date that no calendar has"),
        ("2020-01-00", "'2020-01-00' is a date that no calendar has"),
        ("20200101", "'20200101' is not a date: write 2019, 2019-09 or 2019-09-30"),
        ("1 May 2020", "'1 May 2020' is not a date: write 2019, 2019-09 or 2019-09-30"),
        ("２０１９", "'２０１９' is not a date: write 2019, 2019-09 or 2019-09-30"),
        ("2020-02-03\n", "'2020-02-03\\n' is not a date: write 2019, 2019-09 or 2019-09-30"),
        ("foundin", "there is no edition 'foundin'; did you mean founding?"),
        ("zebra", "there is no edition 'zebra'; there are: founding, 2019, review"),
        ("", "there is no edition ''; there are: founding, 2019, review"),
    ],
)
def test_date_of_no_date(here: Path, text: str, message: str) -> None:
    structure = yaml.read(write(here, {"x.yaml": EDITIONS}))
    with pytest.raises(DateError) as caught:
        structure.date_of(text)
    assert str(caught.value) == message


def test_date_of_without_editions(here: Path) -> None:
    with pytest.raises(DateError) as caught:
        yaml.read(write(here, {"x.yaml": BASE})).date_of("founding")
    assert str(caught.value) == "there is no edition 'founding'; give a date"


# Lines of a node, certainty


def test_lines_of_a_node(here: Path) -> None:
    structure = of(here, TIMED)
    assert [line.id for line in structure.outward("new", "INFORMS", "SUCCEEDS")] == [
        "new--informs--partnership",
        "new--informs--partnership--early",
        "new--succeeds--old",
    ]
    assert [line.id for line in structure.inward("old", "ON", "SUCCEEDS")] == [
        "old--chair--a--on--old",
        "new--succeeds--old",
    ]
    assert structure.outward("new", "ON") == structure.inward("nobody", "ON") == []
    assert [node.id for node in structure.labelled("Body")] == ["new", "old"]


def test_the_weakest_certainty(here: Path) -> None:
    structure = of(
        here,
        """\
bodies:
  - {id: a, name: A, citations: [terms 1]}
  - {id: b, name: B, citations: [terms 1], certainty: inferred, basis: x}
  - {id: c, name: C, citations: [terms 1], certainty: ambiguous, basis: x}
""",
    )
    a, b, c = structure.labelled("Body")
    assert [weakest(nodes) for nodes in ([], [a], [b, a], [b, c, a])] == [
        "stated",
        "stated",
        "inferred",
        "ambiguous",
    ]


# Two as one


def other(folder: Path, text: str, header: str = "{id: other, name: Other}") -> Structure:
    """Another dataset, whose one source is of 2017."""
    source = "sources: [{id: minutes, name: Minutes, published: 2017}]\n"
    files = {"dataset.yaml": f"dataset: {header}\n{source}", "y.yaml": text}
    return yaml.read(write(folder / "other", files))


OURS = """\
organisations:
  - {id: police, name: Police, short_name: P, aliases: [Force, Constabulary], end_date: 2020,
     note: Ours., certainty: ambiguous, basis: unclear, citations: [terms 1]}
bodies:
  - {id: board, name: Joint Board, citations: [terms 1], hosted_by: police}
"""
THEIRS = """\
organisations:
  - {id: police, name: Police, short_name: P, kind: police, note: Theirs., aliases: [Force, A Force],
     certainty: inferred, basis: of this and that, citations: [minutes 2, minutes 1]}
bodies:
  - {id: other-board, name: Joint Board, citations: [minutes 1], informs: police}
"""


def test_merge(here: Path) -> None:
    ours, theirs = of(here, OURS), other(here, THEIRS)
    merged = ours.merge(theirs)
    assert [dataset.id for dataset in merged.datasets] == ["other", "riverton"]
    assert list(merged.nodes) == [
        *("partnership", "board", "other-board", "police"),
        *("act", "minutes", "plan", "terms", "web"),
    ]
    assert merged.nodes["police"].model_dump(exclude_defaults=True) == {
        "id": "police",
        "name": "Police",
        "short_name": "P",
        "kind": "police",
        "note": "Theirs. Ours.",
        "certainty": "inferred",
        "basis": "of this and that",
        "aliases": ("A Force", "Constabulary", "Force"),
        "citations": ("minutes 1", "minutes 2", "terms 1"),
        "datasets": ("other", "riverton"),
    }
    # Only one of them says that it ended: it is there as long as it is by either.
    assert merged.holdings["police"] == Holding("2017-01-01", OPEN, "2019-05-01")
    assert list(merged.relationships) == ["board--hosted-by--police", "other-board--informs--police"]
    assert {i: merged.holdings[i] for i in merged.relationships} == {
        "board--hosted-by--police": Holding("2019-05-01", "2020-12-31", "2019-05-01"),
        "other-board--informs--police": Holding("2017-01-01", OPEN, "2017"),
    }
    assert merged.nodes["board"] == ours.nodes["board"]
    assert merged.nodes["other-board"] == theirs.nodes["other-board"]
    assert merged.places["police"] == theirs.places["police"]
    assert merged.places["board"] == ours.places["board"]
    with pytest.raises(AmbiguousNameError):
        merged.find("Joint Board")
    assert ours.nodes["police"].datasets == ("riverton",)


@pytest.mark.parametrize(
    ("ours", "theirs", "certainty", "basis"),
    [
        ("note: x", "certainty: inferred, basis: b", "stated", None),
        ("certainty: ambiguous, basis: a", "note: x", "stated", None),
        ("certainty: inferred, basis: a", "certainty: inferred, basis: b", "inferred", "b a"),
        ("certainty: inferred, basis: a", "certainty: inferred, basis: a", "inferred", "a"),
        ("certainty: inferred, basis: a", "certainty: ambiguous, basis: b", "inferred", "a"),
    ],
)
def test_a_node_of_both_has_the_surer_certainty_with_its_basis(
    here: Path, ours: str, theirs: str, certainty: str, basis: str | None
) -> None:
    one = of(here, f"posts: [{{id: p, name: P, citations: [terms 1], {ours}}}]")
    two = other(here, f"posts: [{{id: p, name: P, citations: [minutes 1], {theirs}}}]")
    for merged in (one.merge(two), two.merge(one)):
        assert (merged.nodes["p"].certainty, merged.nodes["p"].basis) == (certainty, basis)


def test_merge_either_way_round_is_the_same(here: Path) -> None:
    ours, theirs = of(here, OURS), other(here, THEIRS)
    one, two = ours.merge(theirs), theirs.merge(ours)
    assert one == two
    assert list(one.nodes) == list(two.nodes)
    assert list(one.relationships) == list(two.relationships)
    assert one.places == two.places


PARTS = """\
organisations:
  - {id: council, name: Council, start_date: 2018, citations: [SOURCE 1], note: By SOURCE.,
     parts: [{id: health, name: Health, WHEN}]}
"""


def three(folder: Path) -> list[Structure]:
    """Three datasets that state the same two organisations and the same line between them."""
    made = []
    for name, when in (("a", "end_date: 2021"), ("b", "start_date: 2020"), ("c", "end_date: 2022")):
        header = f"dataset: {{id: {name}, name: {name.upper()}}}\n"
        header += f"sources: [{{id: terms-{name}, name: Terms, published: 2019}}]\n"
        text = PARTS.replace("SOURCE", f"terms-{name}").replace("WHEN", when)
        made.append(yaml.read(write(folder / name, {"x.yaml": header + text})))
    return made


def test_a_line_that_several_state_is_one_line(here: Path) -> None:
    a, b, c = three(here)
    merged = c.merge(a, b)
    line = merged.relationships["health--part-of--council"]
    assert (line.datasets, line.citations) == (("a", "b", "c"), ("terms-a 1", "terms-b 1", "terms-c 1"))
    # From the first day by any of them to the last, dates as those say that set them.
    assert merged.holdings[line.id] == Holding("2019-01-01", OPEN, "2019")
    health = merged.nodes["health"]
    assert (health.start_date, health.end_date) == (None, None)
    assert [(v.entity.datasets, v.entity.end_date, v.holding) for v in merged.versions["health"]] == [
        (("a",), "2021", Holding("2019-01-01", "2021-12-31", "2019")),
        (("b",), None, Holding("2020-01-01", OPEN, "2019")),
        (("c",), "2022", Holding("2019-01-01", "2022-12-31", "2019")),
    ]


def test_what_is_merged_comes_apart_again(here: Path) -> None:
    a, b, c = three(here)
    for merged in (a.merge(b, c), a.merge(b).merge(c), c.merge(b.merge(a))):
        assert merged == b.merge(a, c)
        assert merged.nodes["council"].note == "By terms-a. By terms-b. By terms-c."
        assert merged.parts() == [a, b, c]
    assert a.parts() == [a]


def test_no_dataset_is_merged_with_itself(here: Path) -> None:
    a, b, _ = three(here)
    with pytest.raises(DatasetError) as caught:
        a.merge(b, a)
    assert [str(finding) for finding in caught.value.findings] == [
        "a: two datasets have this id: give one of them another"
    ]


@settings(max_examples=40)
@given(structure=structures())
def test_a_graph_leads_back_to_its_structure(structure: Structure) -> None:
    graph = graph_of(structure)
    stored = [Stored(label, row["props"]) for label, rows in graph.nodes.items() for row in rows]
    stored += [
        Stored(name, row["props"], row["from"], row["to"])
        for (_, name, _), rows in graph.relationships.items()
        for row in rows
    ]
    assert structure_of(structure.datasets, stored, "here") == structure


def test_a_graph_of_several_leads_back_to_their_structure(here: Path) -> None:
    a, b, c = three(here)
    merged = a.merge(b, c)
    graph = graph_of(merged)
    stored = [Stored(label, row["props"]) for label, rows in graph.nodes.items() for row in rows]
    stored += [
        Stored(name, row["props"], row["from"], row["to"])
        for (_, name, _), rows in graph.relationships.items()
        for row in rows
    ]
    assert structure_of(merged.datasets, stored, "here") == merged


def test_a_graph_that_was_changed_by_hand_is_found_out() -> None:
    organisation = {"id": "x", "name": "X", "datasets": ["a"], "citations": [], "aliases": []}
    stored = [
        Stored("Organisation", organisation | {"id": "x y", "colour": "red"}),
        Stored("Organisation", {"id": "z", "name": "Z"}),
        Stored("Organisation", organisation | {"id": "other", "datasets": ["b"]}),
        Stored("Organisation", organisation),
        Stored("PART_OF", {"id": "l", "datasets": ["a"], "citations": []}, "x", "gone"),
    ]
    with pytest.raises(DatasetError) as caught:
        structure_of([Dataset(id="a", name="A")], stored, "neo4j://here")
    again = "load its dataset again"
    assert [str(finding) for finding in caught.value.findings] == [
        f"neo4j://here Organisation other: there is no record of its dataset 'b'; {again}",
        f"neo4j://here Organisation x y: Organisation has no property 'colour'; {again}",
        (
            "neo4j://here Organisation x y: id 'x y' must be kebab-case: small letters, digits and single "
            f"hyphens; for instance 'x-y'; {again}"
        ),
        (
            "neo4j://here Organisation z: its `datasets` and `versions` do not tell who says what of it; "
            f"{again}"
        ),
        f"neo4j://here PART_OF l: leads to or from 'gone', of which 'a' says nothing; {again}",
    ]


def test_the_last_source_that_names_a_thing_does_not_depend_on_the_order(here: Path) -> None:
    sources = "sources: [{id: a, name: A, published: 2019}, {id: b, name: B, published: 2019-12-31}]"
    posts = "posts: [{id: p, name: P, citations: [a 1, b 1]}, {id: q, name: Q, citations: [b 1, a 1]}]"
    structure = yaml.read(write(here, {"base.yaml": BASE, "s.yaml": sources, "x.yaml": posts}))
    assert [structure.holdings[i].last_seen for i in "pq"] == ["2019-12-31"] * 2


def test_clashes_of_a_merge_come_all_at_once(here: Path) -> None:
    header = "{id: riverton, name: R, editions: [{id: start, date: 2019}, {id: same, date: 2019}]}"
    base = BASE.replace("{id: riverton, name: Riverton}", header)
    text = """\
organisations:
  - {id: police, name: Police, short_name: P, kind: police, citations: [terms 1]}
  - {id: fire, name: Fire Service, end_date: 2020, citations: [terms 1]}
  - {id: thing, name: Thing, citations: [terms 1]}
  - {id: line, name: Line, citations: [terms 1], supports: {to: fire, id: mixed}}
bodies:
  - {id: board, name: Board, citations: [terms 1], hosted_by: {to: police, id: shared}}
"""
    ours = yaml.read(write(here / "ours", {"x.yaml": base + text}))
    theirs = other(
        here,
        """\
organisations:
  - {id: police, name: Police, short_name: WMP, kind: service, citations: [minutes 1]}
  - {id: fire, name: Fire and Rescue, end_date: 2021, citations: [minutes 1]}
  - {id: mixed, name: Mixed, citations: [minutes 1]}
posts:
  - {id: thing, name: Thing, citations: [minutes 1], post_in: {to: police, id: shared},
     supports: {to: fire, id: line}}
""",
        "{id: other, name: Other, editions: [{id: start, date: 2020}, {id: same, date: 2019}]}",
    )
    with pytest.raises(DatasetError) as caught:
        ours.merge(theirs)
    our_file, their_file = here / "ours" / "x.yaml", here / "other" / "y.yaml"
    another = "give one of the two another id"
    assert [str(finding) for finding in caught.value.findings] == [
        (
            f"{our_file}:7:5: 'police' has the kind 'police' here and 'service' at {their_file}:2:5: "
            "make them agree"
        ),
        (
            f"{our_file}:7:5: 'police' has the short_name 'P' here and 'WMP' at {their_file}:2:5: "
            "make them agree"
        ),
        (
            f"{our_file}:8:5: 'fire' has the name 'Fire Service' here and 'Fire and Rescue' at "
            f"{their_file}:3:5: make them agree"
        ),
        (
            f"{our_file}:9:5: 'thing' has the label 'Organisation' here and 'Post' at {their_file}:6:5: "
            "make them agree"
        ),
        f"{our_file}:10:5: 'line' is the id of something else at {their_file}:7:16: {another}",
        f"{our_file}:10:60: 'mixed' is the id of something else at {their_file}:4:5: {another}",
        f"{our_file}:12:63: 'shared' is the id of something else at {their_file}:6:63: {another}",
        "riverton: edition 'start' has another date elsewhere",
    ]
    with pytest.raises(DatasetError) as again:
        theirs.merge(ours)
    assert again.value.findings == caught.value.findings


# Any structure


@settings(max_examples=40)
@given(structure=structures())
def test_nothing_holds_without_its_ends(structure: Structure) -> None:
    for line in structure.relationships.values():
        held = structure.holdings[line.id]
        ends = [structure.holdings[line.from_id]]
        if line.term not in {"SUCCEEDS", "CONCERNS"}:
            ends.append(structure.holdings[line.to_id])
        assert held.holds_from >= max(end.holds_from for end in ends)
        assert held.holds_to <= min(end.holds_to for end in ends)


def test_a_name_means_a_seat_only_where_nothing_else_has_it(here: Path) -> None:
    structure = of(
        here,
        """\
organisations: [{id: police, name: Police, citations: [terms 1]}]
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    seats: [{name: Police, role: member, represents: police}, {name: Lay person, role: member}]
""",
    )
    assert structure.find("Police").id == "police"
    assert structure.find("Police", "Seat").id == "board--member--police"
    assert structure.find("lay person").id == "board--member--lay-person"


def test_what_takes_the_place_of_something_begins_when_it_does(here: Path) -> None:
    structure = of(
        here,
        """\
bodies:
  - {id: old, name: Old, citations: [terms 1]}
  - {id: new, name: New, citations: [terms 1], succeeds: {to: old, start_date: 2021-04}}
  - {id: newer, name: Newer, start_date: 2023, citations: [terms 1], succeeds: {to: new, start_date: 2024}}
""",
    )
    assert [
        (structure.holdings[i].holds_from, structure.holdings[i].holds_to) for i in ("old", "new", "newer")
    ] == [
        ("2019-05-01", "2021-03-31"),
        ("2021-04-01", "2023-12-31"),
        ("2023-01-01", OPEN),
    ]


def test_priorities_and_objectives_end_with_their_plan(here: Path) -> None:
    structure = of(
        here,
        """\
plans:
  - id: scheme
    name: Scheme
    end_date: 2022
    citations: [terms 1]
    priorities:
      - id: priority
        name: Priority
        objectives: [{id: objective, name: Objective}, {id: early, name: Early, end_date: 2020}]
""",
    )
    ends = {i: structure.holdings[i].holds_to for i in ("scheme", "priority", "objective", "early")}
    assert ends == {
        "scheme": "2022-12-31",
        "priority": "2022-12-31",
        "objective": "2022-12-31",
        "early": "2020-12-31",
    }
