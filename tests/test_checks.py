"""`orgmodel check` in every way: rules and packs of your own, waivers, forms of reports, bad input."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from orgmodel.checks import checking
from orgmodel.checks.packs import UnknownPackError, choose, load
from orgmodel.cli import main
from orgmodel.datasets import yaml
from orgmodel.errors import Place, QueryError
from orgmodel.session import open_source
from orgmodel.version import VERSION
from orgmodel.vocabulary import NODE_TYPES
from tests.datasets import write
from tests.stores import open_embedded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Opened
    from tests.neo4j_server import Login

    Command = Callable[..., tuple[object, str, str]]

OF_A_RULE = "subject_id, subject, message, certainty, citations"
TYPES = ("Date", "Text", "Integer", "Boolean", *NODE_TYPES)
RULE = """\
// A body is there.
//
// Severity: warning.
// Authority: Our own terms.
// Mend: Nothing is to be done about it,
//   whatever it is.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: That it is there.
// certainty: How sure that is.
// citations: Where it is taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)
WHERE body.holds_from <= $as_of AND $as_of <= body.holds_to
RETURN body.id AS subject_id, body.name AS subject, 'is there' AS message,
  body.certainty AS certainty, body.citations AS citations
ORDER BY subject_id
"""

DATASET = """\
dataset:
  id: riverton
  name: Riverton
sources:
  - {id: terms, name: Terms, published: 2019-05-01}
instruments:
  - {id: the-act, name: The Children Act, aliases: [Children Act 2004], citations: [terms 1]}
bodies:
  - id: board
    name: The Board
    citations: [terms 2, terms 3]
    mandated_by: {to: the-act, citations: [terms 4], certainty: inferred, basis: so}
  - {id: group, name: 'A "Group", =1+1', certainty: inferred, basis: so, end_date: 2025, citations: [terms 5]}
"""
WAIVERS = """\
  waivers:
    - {rule: mine/there, subject: board, reason: It is to be there, until: 2024}
"""
ABOUT = "name: Mine\nmeaning: Rules of our own.\n"
DAY = "2024-06-30"
BOARD_PLACE, GROUP_PLACE = "data/base.yaml:9:5", "data/base.yaml:13:5"


def rule(*changes: tuple[str, str], text: str = RULE) -> str:
    """The rule with some changes."""
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


@pytest.fixture
def command(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `orgmodel check` beside a dataset and a pack: exit code, stdout and stderr."""
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    write(here, {"data/base.yaml": DATASET, "mine/there.cypher": RULE, "mine/pack.yaml": ABOUT})

    def run(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["check", *arguments])
        printed = capsys.readouterr()
        return left.value.code, printed.out, printed.err

    return run


MINE = ("data", "--pack", "mine", "--rules", "mine", "--as-of", DAY)


def wrong(*folders: Path) -> list[str]:
    """What is wrong with folders of rules."""
    with pytest.raises(QueryError) as caught:
        load(folders)
    return str(caught.value).splitlines()


# Rules


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ([("// Severity: warning.\n", "")], ["1: no severity: say it as `// Severity: ...`"]),
        (
            [("// Severity: warning.\n// Authority: Our own terms.\n// Mend: Nothing", "// Nothing")],
            [
                "1: no severity: say it as `// Severity: ...`",
                "1: no authority: say it as `// Authority: ...`",
                "1: no mend: say it as `// Mend: ...`",
            ],
        ),
        (
            [("warning.", "warnings.")],
            ["1: the severity must be one of error, warning, note; did you mean 'warning'?"],
        ),
        ([("Our own terms.", "")], ["1: no authority: say it as `// Authority: ...`"]),
        (
            [("// message: That it is there.\n", "")],
            [f"1: the columns of a rule must be {OF_A_RULE}, not subject_id, subject, certainty, citations"],
        ),
        ([("// A body is there.\n", "")], ["1: no summary: begin with a comment that says what it answers"]),
        ([("// Sorted by subject_id.\n", "")], ["1: no order: declare it as `// Sorted by ...`"]),
        (
            [("// Sorted", "// Bounded: 30 steps.\n// Sorted")],
            ["1: a rule cannot be bounded: it finds all that there is"],
        ),
        ([("Date = today", "Date")], ["8: $as_of must have a default: nobody is asked for its value"]),
        (
            [("Date = today", "Date = tomorrow")],
            ["8: $as_of has the default 'tomorrow', which is not today or a date"],
        ),
        (
            [("Date = today", "Dat = today")],
            [f"8: parameter type 'Dat' must be one of {', '.join(TYPES)}; did you mean 'Date'?"],
        ),
        (
            [("// $as_of", "// $days: Integer = few. So many.\n// $as_of"), ("MATCH", "MATCH /*$days*/")],
            [
                "8: $days is declared and never used",
                "8: $days has the default 'few', which is not a whole number",
            ],
        ),
        (
            [("// $as_of", "// $all: Boolean = no. All.\n// $as_of"), ("WHERE", "WHERE $all AND")],
            ["8: $all has the default 'no', which is not true or false"],
        ),
        (
            [
                ("// $as_of", "// $role: one of chair, lead = chiar. Which.\n// $as_of"),
                ("WHERE", "WHERE $role AND"),
            ],
            ["8: $role has a default that must be one of chair, lead; did you mean 'chair'?"],
        ),
        (
            [
                ("// $as_of", "// $instruments: Text = x. Which.\n// $as_of"),
                ("WHERE", "WHERE $instruments AND"),
            ],
            ["8: $instruments must be `Instrument, several`"],
        ),
        ([("$as_of <= body", "$day <= body")], ["17: $day is not declared: add `// $day: Type. Meaning.`"]),
        ([("(body:Body)", "(body:Bodies)")], ["16: unknown label Bodies; did you mean Body?"]),
        ([("RETURN", "SET body.name = 'x' RETURN")], ["18: SET is not allowed: a question only reads"]),
    ],
)
def test_what_is_wrong_with_a_rule(here: Path, changes: list[tuple[str, str]], messages: list[str]) -> None:
    file = write(here, {"mine/there.cypher": rule(*changes)}) / "mine" / "there.cypher"
    assert wrong(here / "mine") == [f"{file}:{message}" for message in messages]


def test_all_that_is_wrong_with_rules_comes_at_once(here: Path) -> None:
    write(
        here,
        {
            "own/one/a.cypher": rule(("Severity: warning.", "Severity: grave.")),
            "own/one/b.cypher": b"\xff",
            "own/two/a.cypher": rule(("Our own terms.", "")),
            "own/two/pack.yaml": "name: [",
        },
    )
    own = here / "own"
    found = wrong(own)
    assert found[0] == f"{own}/one/a.cypher:1: the severity must be one of error, warning, note"
    assert found[1].startswith(f"{own}/one/b.cypher: cannot be read: 'utf-8' codec can't decode byte 0xff")
    assert found[2].startswith(f"{own}/two/pack.yaml:")
    assert found[3:] == [f"{own}/two/a.cypher:1: no authority: say it as `// Authority: ...`"]


TEXTS = "a row must have text as subject_id, subject, message, certainty and a list of texts as citations"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [("AS subject_id", "AS id"), ("ORDER BY subject_id", "ORDER BY id")],
            f"declares the columns {OF_A_RULE}, but returns id, subject, message, certainty, citations",
        ),
        (
            [("body.name AS subject", "body.note AS subject")],
            f"{TEXTS}, not ['board', None, 'is there', 'stated', ['terms 2', 'terms 3']...]",
        ),
        (
            [("body.citations AS citations", "body.name AS citations")],
            f"{TEXTS}, not ['board', 'The Board', 'is there', 'stated', 'The Board']",
        ),
    ],
)
def test_a_rule_that_gives_what_no_finding_is(
    command: Command, here: Path, changes: list[tuple[str, str]], message: str
) -> None:
    file = write(here, {"mine/there.cypher": rule(*changes)}) / "mine" / "there.cypher"
    assert command(*MINE) == (1, "", f"orgmodel: mine/{file.name}: {message}\n")


def test_parameters_have_their_defaults_as_values(here: Path) -> None:
    declared = (
        "// $as_of: Date = today. The day.\n"
        "// $since: Date = 2019-09. A day.\n"
        "// $few: Integer = -3. A number.\n"
        "// $all: Boolean = true. Whether.\n"
        "// $word: Text = a b. Words.\n"
        "// $role: one of chair, lead = lead. Which.\n"
        "// $kind: Text = any. Left out.\n"
        "// $some: Text, several = x. Several.\n"
    )
    said = (
        "toString($few + 1) + toString($all) + $word + $role + toString($kind IS NULL) + $some[0]"
        " + $since + $as_of"
    )
    text = rule(("// $as_of: Date = today. The day asked about.\n", declared), ("'is there'", said))
    write(here, {"base.yaml": DATASET, "own/there.cypher": text})
    with open_embedded(yaml.read(here / "base.yaml")) as session:
        report = session.check(["own"], as_of=DAY, folders=[here / "own"])
    assert [one.message for one in report.found] == [f"-2truea bleadtruex2019-09-30{DAY}"] * 2


# Packs


def test_folders_of_rules(here: Path) -> None:
    write(
        here,
        {
            "one/a.cypher": RULE,
            "one/notes/readme.txt": "",
            "more/two/b.cypher": RULE,
            "more/two/pack.yaml": "name: Two\nmeaning: Two.\nvalid_from: 2018-09\nvalid_to: 2023\n"
            "ended_because: it was replaced\ninstruments: [Children Act 2004]\nreplaces: [three]\n",
            "more/three/c.cypher": RULE,
            "more/.git/config": "",
            "more/notes/readme.txt": "",
        },
    )
    own = load()
    packs = load([here / "one", here / "more"])
    assert [*packs] == [*own, "one", "three", "two"]
    assert {name: pack for name, pack in packs.items() if name in own} == own
    two = packs["two"]
    assert (two.name, two.meaning, two.valid_from, two.valid_to) == (
        "Two",
        "Two.",
        "2018-09-01",
        "2023-12-31",
    )
    assert (two.ended_because, two.instruments, two.replaces) == (
        "it was replaced",
        ("Children Act 2004",),
        ("three",),
    )
    assert [two.applies_on(day) for day in ("2018-08-31", "2018-09-01", "2023-12-31", "2024-01-01")] == [
        False,
        True,
        True,
        False,
    ]
    (one,) = packs["one"].rules.values()
    assert (packs["one"].name, packs["one"].meaning) == ("one", "Rules of your own.")
    assert (one.name, one.pack, one.severity, one.authority, one.mend, one.summary) == (
        "one/a",
        "one",
        "warning",
        "Our own terms.",
        "Nothing is to be done about it, whatever it is.",
        "A body is there.",
    )


NO_TEXT = "cannot be read: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"


@pytest.mark.parametrize(
    ("files", "folder", "messages"),
    [
        ({}, "none", ["none: there is no such folder"]),
        ({"none": ""}, "none", ["none: is a file: name the folder that it is in"]),
        ({"own/a.txt": ""}, "own", ["own: has no rule in it: a rule is a file that ends in .cypher"]),
        ({"own/pack.yaml": ABOUT}, "own", ["own: has no rule in it: a rule is a file that ends in .cypher"]),
        (
            {"My Rules/a.cypher": RULE},
            "My Rules",
            ["My Rules: a pack is named by its folder: small letters, digits and single hyphens"],
        ),
        (
            {"structure/a.cypher": RULE},
            "structure",
            ["structure: 'structure' is already the name of a pack: rename the folder"],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": "- a\n"},
            "own",
            ["own/pack.yaml: must be a mapping with `name` and `meaning`"],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": ""},
            "own",
            ["own/pack.yaml: must be a mapping with `name` and `meaning`"],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": "name: x\n  y: z\n"},
            "own",
            ["own/pack.yaml:2:4: this is no YAML: mapping values are not allowed here"],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": b"\xff"},
            "own",
            [f"own/pack.yaml: {NO_TEXT}"],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": "name: ''\nvalid_from: soon\nreplaces: x\nvalid: 2019\n"},
            "own",
            [
                "own/pack.yaml: name is empty: fill it in or take it away",
                "own/pack.yaml: a pack without `meaning`: add it",
                "own/pack.yaml: valid_from: 'soon' is not a date: write 2019, 2019-09 or 2019-09-30",
                "own/pack.yaml: replaces must be a list: write `replaces: [x]`",
                "own/pack.yaml: a pack has no property 'valid'",
            ],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": f"{ABOUT}valid_from: 2023\nvalid_to: 2022-05\n"},
            "own",
            ["own/pack.yaml: valid_to 2022-05 is before valid_from 2023"],
        ),
        (
            {"own/a.cypher": RULE, "own/pack.yaml": f"{ABOUT}replaces: [structur]\n"},
            "own",
            ["own/pack.yaml: replaces: 'structur' must be one of NAMES; did you mean 'structure'?"],
        ),
    ],
)
def test_what_is_wrong_with_a_pack(
    here: Path, files: dict[str, str | bytes], folder: str, messages: list[str]
) -> None:
    write(here, files)
    names = ", ".join(sorted([*load(), "own"]))
    assert wrong(here / folder) == [f"{here}/{message.replace('NAMES', names)}" for message in messages]


def test_a_pack_that_there_is_not_is_wrong_usage(command: Command) -> None:
    names = ", ".join(sorted(load()))
    code, out, said = command("data", "--pack", "structrue")
    assert (code, out) == (2, "")
    message = f"no pack 'structrue': must be one of {names}; did you mean 'structure'?"
    assert " ".join(said.partition("Error: ")[2].split()) == f"Invalid value for --pack: {message}"
    with pytest.raises(UnknownPackError) as caught:
        choose(["structrue"])
    assert str(caught.value) == message


def test_wrong_usage_is_said_before_the_dataset_is_read(command: Command, here: Path) -> None:
    write(here, {"data/x.yaml": "bodies: x\n"})
    assert command("data", "--pack", "mien", "--rules", "mine")[:2] == (2, "")


def test_rules_that_are_wrong_are_said_line_by_line(command: Command, here: Path) -> None:
    write(here, {"mine/there.cypher": rule(("warning.", "grave."), ("Our own terms.", ""))})
    no_authority = "mine/there.cypher:1: no authority: say it as `// Authority: ...`\n"
    no_severity = "mine/there.cypher:1: the severity must be one of error, warning, note\n"
    assert command(*MINE) == (1, "", f"orgmodel: {no_authority}{no_severity}")


def test_the_packs_and_rules_can_be_listed(command: Command) -> None:
    assert command("--list", "--rules", "mine", "--pack", "mine") == (
        0,
        "mine: Rules of our own.\n  warning mine/there\n          A body is there.\n",
        "",
    )
    code, out, _ = command("--list")
    listed = [line.split()[1] for line in out.splitlines() if line.startswith("  ") and line[2] != " "]
    assert (code, listed) == (0, [name for pack in load().values() for name in pack.rules])
    assert max(map(len, out.splitlines())) <= 80


def test_a_pack_named_twice_is_asked_once(command: Command) -> None:
    assert command(*MINE, "--pack", "mine") == command(*MINE)


# From when to when a pack applies

LAW = f"{ABOUT}valid_from: 2018-07-04\nvalid_to: 2023-12\ninstruments: [Children Act 2004]\n"
SUBJECT = rule(
    ("// $as_of", "// $instruments: Instrument, several. Which.\n// $as_of"),
    ("MATCH (body:Body)", "MATCH (body:Body)-[:MANDATED_BY]->(law:Instrument)"),
    ("WHERE", "WHERE law.id IN $instruments AND"),
)


def found(here: Path, day: str, *packs: str, dataset: str = DATASET) -> list[tuple[str, ...]]:
    """What packs of one's own find: severity, rule, subject, message, certainty, citations."""
    write(here, {"base.yaml": dataset})
    with open_embedded(yaml.read(here / "base.yaml")) as session:
        report = session.check(packs, as_of=day, folders=[here / "own"])
    return [
        (one.severity, one.rule, str(one.subject), one.message, str(one.certainty), *one.citations)
        for one in report.found
    ]


def test_a_pack_applies_to_what_has_its_mandate_from_its_instruments(here: Path) -> None:
    write(here, {"own/law/there.cypher": SUBJECT, "own/law/pack.yaml": LAW})
    there = [("warning", "law/there", "The Board", "is there", "stated", "terms 2", "terms 3")]
    assert found(here, "2023-12-31", "law") == found(here, "2019-05-01", "law") == there
    other = DATASET.replace("aliases: [Children Act 2004]", "aliases: [Another]")
    assert found(here, "2023-12-31", "law", dataset=other) == []
    by_id = LAW.replace("Children Act 2004", "THE-ACT")
    write(here, {"own/law/pack.yaml": by_id})
    assert found(here, "2023-12-31", "law") == there


def test_that_no_pack_applies_on_a_day_is_found(here: Path) -> None:
    because = "ended_because: another took its place\n"
    write(here, {"own/law/there.cypher": SUBJECT, "own/law/pack.yaml": LAW + because})

    def said(when: str, day: str) -> list[tuple[str, ...]]:
        message = (
            f"has its mandate from The Children Act, {when}; no rules of what applies on {day} are here, so "
            "that it is not checked against any"
        )
        return [("warning", "law/applies", "The Board", message, "inferred", "terms 4")]

    after = "which applied until 2023-12-31 (another took its place)"
    assert found(here, "2024-01-01", "law") == said(after, "2024-01-01")
    write(here, {"own/law/pack.yaml": LAW.replace("2018-07-04", "2020")})
    assert found(here, "2019-12-31", "law") == said("which applies from 2020-01-01 on", "2019-12-31")
    # Not before it has its mandate, nor where it has none.
    assert found(here, "2019-04-30", "law") == []
    assert (
        found(
            here,
            "2024-01-01",
            "law",
            dataset=DATASET.replace("mandated_by: {", "mandated_by: {end_date: 2022, "),
        )
        == []
    )


def test_a_pack_that_takes_the_place_of_another_applies_instead(here: Path) -> None:
    later = f"{ABOUT}valid_from: 2024\nreplaces: [law]\n"
    write(here, {"own/law/there.cypher": SUBJECT, "own/law/pack.yaml": LAW})
    write(here, {"own/new/there.cypher": RULE, "own/new/pack.yaml": later})
    # Though the rules of only one of the two are asked.
    assert found(here, "2024-01-01", "law") == []
    write(here, {"own/new/pack.yaml": later.replace("2024", "2025")})
    assert [one[1] for one in found(here, "2024-01-01", "law")] == ["law/applies"]


# Exit codes, counts

BOARD_LINE = "  The Board: is there [terms 2; terms 3]\n"
PRINTED = (
    "warning  mine/there\n"
    "A body is there.\n"
    '  A "Group", =1+1: is there [terms 5]\n'
    f"{BOARD_LINE}"
    "  What to do: Nothing is to be done about it, whatever it is.\n"
    "\n"
)


@pytest.mark.parametrize(
    ("severity", "codes"),
    [("error", (1, 1, 1, 1, 0)), ("warning", (0, 0, 1, 1, 0)), ("note", (0, 0, 0, 1, 0))],
)
def test_from_what_on_findings_make_the_exit_code_1(
    command: Command, here: Path, severity: str, codes: tuple[int, ...]
) -> None:
    write(here, {"mine/there.cypher": rule(("warning.", f"{severity}."))})
    printed = PRINTED.replace("warning", severity)
    options = (
        (),
        ("--fail-on", "error"),
        ("--fail-on", "warning"),
        ("--fail-on", "note"),
        ("--fail-on", "never"),
    )
    for option, code in zip(options, codes, strict=True):
        assert command(*MINE, *option) == (code, printed, f"orgmodel: 2 {severity}s, as of {DAY}\n")


def test_findings_are_counted_by_how_grave_they_are(command: Command, here: Path) -> None:
    alone = ("MATCH (body:Body)\nWHERE", "MATCH (body:Body {id: 'board'})\nWHERE")
    write(
        here,
        {
            "mine/a.cypher": rule(("warning.", "note.")),
            "mine/b.cypher": rule(("warning.", "error."), alone),
            "data/base.yaml": DATASET.replace("sources:", f"{WAIVERS}sources:"),
        },
    )
    code, out, said = command(*MINE)
    assert (code, said) == (1, f"orgmodel: 1 error, 1 warning, 2 notes, 1 waived, as of {DAY}\n")
    headings = [
        line for line in out.splitlines() if line[:1].isalpha() and line.endswith(("/a", "/b", "/there"))
    ]
    assert headings == ["error  mine/b", "warning  mine/there", "note  mine/a"]


def test_nothing_found(command: Command, here: Path) -> None:
    write(here, {"mine/there.cypher": rule(("(body:Body)", "(body:Body {id: 'none'})"))})
    for option in ("error", "warning", "note", "never"):
        assert command(*MINE, "--fail-on", option) == (0, "", f"orgmodel: no findings, as of {DAY}\n")
    assert command(*MINE, "--format", "json")[1] == "[]\n"
    assert command(*MINE, "--format", "csv")[1] == f"{','.join(COLUMNS)}\r\n"


def test_a_day_before_everything(command: Command) -> None:
    said = "orgmodel: no findings, as of 0001-01-01\n"
    assert command("data", "--rules", "mine", "--as-of", "0001-01-01") == (0, "", said)


def test_a_day_that_is_none(command: Command) -> None:
    assert command("data", "--as-of", "2019-02-30") == (
        1,
        "",
        "orgmodel: '2019-02-30' is a date that no calendar has\n",
    )


def test_the_day_is_an_edition_or_today(command: Command, here: Path) -> None:
    edition = "  editions: [{id: founding, date: 2019-06}]\nsources:"
    write(here, {"data/base.yaml": DATASET.replace("sources:", edition)})
    founding = command("data", "--pack", "mine", "--rules", "mine", "--as-of", "founding")
    assert founding[2] == "orgmodel: 2 warnings, as of 2019-06-30\n"
    today = command("data", "--pack", "mine", "--rules", "mine")
    assert today == (0, PRINTED.replace('  A "Group", =1+1: is there [terms 5]\n', ""), today[2])
    assert today[2].startswith("orgmodel: 1 warning, as of 20")


def test_every_pack_finds_nothing_where_there_is_nothing(command: Command, here: Path) -> None:
    source = "dataset: {id: x, name: X}\nsources: [{id: terms, name: Terms, published: 2019}]\n"
    write(here, {"empty/base.yaml": source})
    code, out, said = command("empty", "--as-of", DAY)
    assert (code, out, said) == (0, "", f"orgmodel: no findings, as of {DAY}\n")


def test_a_dataset_without_anything_is_a_finding(command: Command, here: Path) -> None:
    write(here, {"empty/base.yaml": "dataset: {id: x, name: X}\n"})
    assert command("empty") == (
        1,
        "empty/base.yaml:1:1: the dataset is empty: it has no partnership and no body\n",
        "orgmodel: 1 finding in the dataset\n",
    )


# Forms

COLUMNS = (
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
MEND, AUTHORITY = "Nothing is to be done about it, whatever it is.", "Our own terms."
ROWS: list[tuple[Any, ...]] = [
    (
        "warning",
        "mine/there",
        "group",
        'A "Group", =1+1',
        "is there",
        MEND,
        AUTHORITY,
        GROUP_PLACE,
        None,
        "inferred",
        ["terms 5"],
    ),
    (
        "warning",
        "mine/there",
        "board",
        "The Board",
        "is there",
        MEND,
        AUTHORITY,
        BOARD_PLACE,
        None,
        "stated",
        ["terms 2", "terms 3"],
    ),
]
WAIVED = [ROWS[0], (*ROWS[1][:8], "It is to be there", *ROWS[1][9:])]


@pytest.fixture
def waiving(command: Command, here: Path) -> Command:
    """The command beside a dataset that waives one of two findings."""
    write(here, {"data/base.yaml": DATASET.replace("sources:", f"{WAIVERS}sources:")})
    return command


def moved(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows about things that stand two lines further down."""
    places = {BOARD_PLACE: "data/base.yaml:11:5", GROUP_PLACE: "data/base.yaml:15:5"}
    return [(*row[:7], places[row[7]], *row[8:]) for row in rows]


def test_as_csv(waiving: Command) -> None:
    assert waiving(*MINE, "--format", "csv")[1] == (
        f"{','.join(COLUMNS)}\r\n"
        f'warning,mine/there,group,"A ""Group"", =1+1",is there,"{MEND}",{AUTHORITY},data/base.yaml:15:5,,'
        "inferred,terms 5\r\n"
        f'warning,mine/there,board,The Board,is there,"{MEND}",{AUTHORITY},data/base.yaml:11:5,'
        "It is to be there,stated,terms 2; terms 3\r\n"
    )


def test_as_json(waiving: Command) -> None:
    code, out, said = waiving(*MINE, "--format", "json")
    assert json.loads(out) == [dict(zip(COLUMNS, row, strict=True)) for row in moved(WAIVED)]
    assert (code, said) == (0, f"orgmodel: 1 warning, 1 waived, as of {DAY}\n")


def test_as_markdown(waiving: Command) -> None:
    shown = [name for name in COLUMNS if name != "subject_id"]
    assert waiving(*MINE, "--format", "markdown")[1] == (
        f"| {' | '.join(shown)} |\n| {' | '.join('---' for _ in shown)} |\n"
        f'| warning | mine/there | A "Group", =1+1 | is there | {MEND} | {AUTHORITY} | data/base.yaml:15:5 |'
        "  | inferred | terms 5 |\n"
        f"| warning | mine/there | The Board | is there | {MEND} | {AUTHORITY} | data/base.yaml:11:5 | "
        "It is to be there | stated | terms 2; terms 3 |\n"
    )


def test_as_a_workbook(waiving: Command, here: Path) -> None:
    assert waiving(*MINE, "-o", "found.xlsx") == (
        0,
        "found.xlsx\n",
        f"orgmodel: 1 warning, 1 waived, as of {DAY}\n",
    )
    sheet = openpyxl.load_workbook(BytesIO((here / "found.xlsx").read_bytes())).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [[*COLUMNS], *([*row[:-1], "; ".join(row[-1])] for row in moved(WAIVED))]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    code, _, said = waiving(*MINE, "--format", "xlsx")
    assert (code, said.splitlines()[-1]) == (2, "Error: xlsx is a file: name it with -o answer.xlsx")


@pytest.mark.parametrize("form", ["csv", "json", "markdown", "sarif", "table"])
def test_into_a_file(waiving: Command, here: Path, form: str) -> None:
    ending = {"markdown": "md", "table": "txt"}.get(form, form)
    printed = waiving(*MINE, "--format", form)
    assert waiving(*MINE, "-o", f"found.{ending}") == (0, f"found.{ending}\n", printed[2])
    assert (here / f"found.{ending}").read_bytes().decode() == printed[1]
    assert waiving(*MINE, "-o", "found.dat", "--format", form)[0] == 0
    assert (here / "found.dat").read_bytes().decode() == printed[1]


def test_a_file_that_says_no_form(command: Command) -> None:
    code, _, said = command(*MINE, "-o", "found.doc")
    endings = "found.doc: the ending must be one of .csv, .json, .md, .xlsx, .txt, or say --format"
    assert (code, said.splitlines()[-1]) == (2, f"Error: {endings}")
    code, out, said = command(*MINE, "-o", "none/found.csv")
    assert (code, out, said) == (
        1,
        "",
        "orgmodel: none/found.csv cannot be written: No such file or directory\n",
    )


def test_what_is_waived_is_printed_on_request(waiving: Command) -> None:
    shown = PRINTED.replace(BOARD_LINE, "")
    assert waiving(*MINE) == (0, shown, f"orgmodel: 1 warning, 1 waived, as of {DAY}\n")
    waived = (
        "warning (waived)  mine/there\n"
        "A body is there.\n"
        "  The Board: is there [terms 2; terms 3] (waived: It is to be there)\n"
        "  What to do: Nothing is to be done about it, whatever it is.\n"
        "\n"
    )
    assert waiving(*MINE, "--waived")[1] == shown + waived


def test_lines_are_as_wide_as_the_terminal_and_end_with_text(command: Command) -> None:
    code, out, _ = command(*MINE, "--pack", "structure")
    lines = out.splitlines()
    assert (code, [line for line in lines if line != line.rstrip()]) == (0, [])
    assert max(map(len, lines)) <= 80


# SARIF


def sarif(printed: str) -> dict[str, Any]:
    """A log, read by classes made from the schema of the standard, which refuse what that has not."""
    read: dict[str, Any] = json.loads(printed)
    Sarif.model_validate(read)
    for run in read["runs"]:
        rules = run["tool"]["driver"]["rules"]
        assert len({one["id"] for one in rules}) == len(rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    return read


def test_as_sarif(waiving: Command) -> None:
    code, out, said = waiving(*MINE, "--format", "sarif")
    assert (code, said) == (0, f"orgmodel: 1 warning, 1 waived, as of {DAY}\n")

    def located(line: int, subject: str) -> list[dict[str, Any]]:
        return [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "data/base.yaml"},
                    "region": {"startLine": line, "startColumn": 5},
                },
                "logicalLocations": [{"fullyQualifiedName": subject, "kind": "element"}],
            }
        ]

    assert sarif(out) == {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "orgmodel",
                        "version": VERSION,
                        "rules": [
                            {
                                "id": "mine/there",
                                "shortDescription": {"text": "A body is there."},
                                "fullDescription": {"text": "A body is there. It rests on: Our own terms."},
                                "help": {"text": MEND},
                                "defaultConfiguration": {"level": "warning"},
                            }
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": "mine/there",
                        "ruleIndex": 0,
                        "level": "warning",
                        "message": {"text": 'A "Group", =1+1: is there (terms 5)'},
                        "locations": located(15, "group"),
                    },
                    {
                        "ruleId": "mine/there",
                        "ruleIndex": 0,
                        "level": "warning",
                        "message": {"text": "The Board: is there (terms 2; terms 3)"},
                        "locations": located(11, "board"),
                        "suppressions": [{"kind": "inSource", "justification": "It is to be there"}],
                    },
                ],
            }
        ],
    }


def test_the_schema_refuses_what_is_no_sarif(command: Command) -> None:
    read = sarif(command(*MINE, "--format", "sarif")[1])
    for change in ({"level": "grave"}, {"subject": "x"}, {"message": None}, {"ruleIndex": "first"}):
        with pytest.raises(ValueError, match="validation error"):
            Sarif.model_validate({**read, "runs": [{**read["runs"][0], "results": [change]}]})


def test_the_findings_of_every_pack_in_the_bundled_datasets_are_sarif(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    with pytest.raises(SystemExit):
        main(["check", "--format", "sarif"])
    read = sarif(capsys.readouterr().out)
    (run,) = read["runs"]
    assert {one["id"] for one in run["tool"]["driver"]["rules"]} >= {
        name for pack in load().values() for name in pack.rules
    }
    assert len(run["results"]) > 50


# A dataset that cannot be read

KEBAB = "must be kebab-case: small letters, digits and single hyphens"
UNREADABLE = [
    ("data/x.yaml:1:10", "no citation: add `citations: [source-id section]`, where it is taken from"),
    (
        "data/x.yaml:1:15",
        f"id 'B' {KEBAB}; for instance 'b'",
    ),
]


@pytest.fixture
def unreadable(command: Command, here: Path) -> Command:
    """The command beside a dataset that cannot be read."""
    write(here, {"data/x.yaml": "bodies: [{id: B, name: B}]\n"})
    return command


@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_what_cannot_be_read_is_said_line_by_line(unreadable: Command, here: Path, fail_on: str) -> None:
    lines = "".join(f"{place}: {message}\n" for place, message in UNREADABLE)
    said = "orgmodel: 2 findings in the dataset\n"
    assert unreadable("data", "--fail-on", fail_on) == (1, lines, said)
    assert unreadable("data", "-o", "found.txt") == (1, "found.txt\n", said)
    assert (here / "found.txt").read_text(encoding="utf-8") == lines


def test_what_cannot_be_read_as_json(unreadable: Command) -> None:
    code, out, said = unreadable("data", "--format", "json")
    assert (code, said) == (1, "orgmodel: 2 findings in the dataset\n")
    rows = [
        (
            "error",
            "dataset/unreadable",
            None,
            None,
            message,
            "Mend it where it stands.",
            "docs/dataset.md",
            place,
            None,
            None,
            [],
        )
        for place, message in UNREADABLE
    ]
    assert json.loads(out) == [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def test_what_cannot_be_read_as_sarif(unreadable: Command) -> None:
    code, out, said = unreadable("data", "--format", "sarif")
    assert (code, said) == (1, "orgmodel: 2 findings in the dataset\n")
    (run,) = sarif(out)["runs"]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["dataset/unreadable"]
    assert run["results"] == [
        {
            "ruleId": "dataset/unreadable",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "data/x.yaml"},
                        "region": {"startLine": 1, "startColumn": column},
                    }
                }
            ],
        }
        for column, (_, message) in zip((10, 15), UNREADABLE, strict=True)
    ]


# Waivers


def waiver(*entries: str) -> str:
    """The dataset with some waivers."""
    listed = "".join(f"    - {{{entry}}}\n" for entry in entries)
    return DATASET.replace("sources:", f"  waivers:\n{listed}sources:")


THERE = "warning", "mine/there"


def waived(here: Path, *entries: str, day: str = DAY) -> list[tuple[Any, ...]]:
    """What is found in the dataset with some waivers."""
    write(
        here, {"own/mine/there.cypher": RULE, "own/other/there.cypher": RULE, "base.yaml": waiver(*entries)}
    )
    with open_embedded(yaml.read(here / "base.yaml")) as session:
        report = session.check(["mine"], as_of=day, folders=[here / "own"])
    return [(one.severity, one.rule, one.subject, one.message, one.waived) for one in report.found]


GROUP = (*THERE, 'A "Group", =1+1', "is there", None)
BOARD = (*THERE, "The Board", "is there", None)


def about(severity: str, rule_name: str, message: str) -> tuple[Any, ...]:
    return severity, f"waivers/{rule_name}", "Riverton", message, None


def test_a_waiver_with_a_subject(here: Path) -> None:
    assert waived(here, "rule: mine/there, subject: board, reason: so, until: 2024-06") == [
        GROUP,
        (*BOARD[:4], "so"),
    ]


def test_a_waiver_of_all(here: Path) -> None:
    assert waived(here, "rule: mine/there, reason: so, until: 2024-06-30") == [
        (*GROUP[:4], "so"),
        (*BOARD[:4], "so"),
    ]


def test_an_expired_waiver(here: Path) -> None:
    said = "the waiver of mine/there about board ended on 2024-05-31"
    assert waived(here, "rule: mine/there, subject: board, reason: so, until: 2024-05") == [
        GROUP,
        BOARD,
        about("warning", "expired", f"{said}; its reason: so"),
    ]
    assert waived(here, "rule: mine/there, subject: none, reason: so, until: 2024-05") == [
        GROUP,
        BOARD,
        about(
            "warning",
            "expired",
            "the waiver of mine/there about none ended on 2024-05-31 and meets no finding; its reason: so",
        ),
    ]


def test_an_unused_waiver(here: Path) -> None:
    assert waived(here, "rule: mine/there, subject: police, reason: so, until: 2030") == [
        GROUP,
        BOARD,
        about("note", "unused", "the waiver of mine/there about police meets no finding; its reason: so"),
    ]
    assert waived(here, "rule: mine/there, reason: so, until: 2030", day="2019-04-30") == [
        about("note", "unused", "the waiver of mine/there meets no finding; its reason: so")
    ]


def test_a_waiver_of_a_rule_that_is_not_asked(here: Path) -> None:
    assert waived(here, "rule: other/there, reason: so, until: 2030") == [GROUP, BOARD]
    assert waived(here, "rule: other/there, reason: so, until: 2020") == [GROUP, BOARD]


def test_a_waiver_of_a_rule_that_there_is_not(here: Path) -> None:
    said = "the waiver of structure/no-chiar is of no rule that is here: did you mean structure/no-chair?"
    assert waived(
        here, "rule: structure/no-chiar, reason: so, until: 2030", "rule: x, reason: and so, until: 2020"
    ) == [
        GROUP,
        BOARD,
        about("warning", "unknown", f"{said}; its reason: so"),
        about("warning", "unknown", "the waiver of x is of no rule that is here; its reason: and so"),
    ]


def test_that_no_pack_applies_can_be_waived(here: Path) -> None:
    write(here, {"own/law/there.cypher": SUBJECT, "own/law/pack.yaml": LAW})
    given = waiver("rule: law/applies, subject: board, reason: so, until: 2030")
    write(here, {"base.yaml": given})
    with open_embedded(yaml.read(here / "base.yaml")) as session:
        report = session.check(["law"], as_of=DAY, folders=[here / "own"])
        before = session.check(["law"], as_of="2020", folders=[here / "own"])
    assert [(one.rule, one.waived) for one in report.found] == [("law/applies", "so")]
    assert (report.waived, report.count("warning"), report.fails("warning")) == (1, 0, False)
    # That it applied then is no fault of the waiver.
    assert [(one.rule, one.waived) for one in before.found] == [("law/there", None)]


def test_a_dataset_waives_only_what_it_states(open_structure: Opened, here: Path) -> None:
    other = (
        "dataset:\n  id: other\n  name: Other\n"
        "sources: [{id: paper, name: Paper, published: 2019}]\n"
        "bodies:\n"
        "  - {id: forum, name: Forum, citations: [paper 1]}\n"
        "  - {id: board, name: The Board, citations: [paper 1]}\n"
    )
    write(
        here,
        {
            "own/mine/there.cypher": RULE,
            "one.yaml": waiver(
                "rule: mine/there, reason: so, until: 2030",
                "rule: mine/there, subject: forum, reason: not ours, until: 2030",
            ),
            "two.yaml": other,
        },
    )
    both = yaml.read(here / "one.yaml").merge(yaml.read(here / "two.yaml"))
    with open_structure(both) as session:
        report = session.check(["mine"], as_of=DAY, folders=[here / "own"])
    assert [(one.rule, one.subject_id, one.message, one.waived) for one in report.found] == [
        ("mine/there", "forum", "is there", None),
        (
            "waivers/unused",
            "riverton",
            "the waiver of mine/there about forum meets no finding; its reason: not ours",
            None,
        ),
        ("mine/there", "group", "is there", "so"),
        ("mine/there", "board", "is there", "so"),
    ]


@pytest.mark.parametrize(
    ("entry", "messages"),
    [
        ("rule: x", ["waiver without `reason`: add it", "waiver without `until`: add it"]),
        (
            "rule: x, reason: y, until: soon, subject: A B, about: z",
            [
                f"subject 'A B' {KEBAB}; for instance 'a-b'",
                "until: 'soon' is not a date: write 2019, 2019-09 or 2019-09-30",
                "waiver has no `about`; it may have rule, subject, reason, until",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_waiver_is_said_where_it_stands(
    command: Command, here: Path, entry: str, messages: list[str]
) -> None:
    write(here, {"data/base.yaml": waiver(entry)})
    code, out, _ = command("data")
    lines = [line.split(": ", 1) for line in out.splitlines()]
    assert (code, sorted(message for _, message in lines)) == (1, sorted(messages))
    assert {place.rsplit(":", 1)[0] for place, _ in lines} == {"data/base.yaml:5"}


# From Python, and from servers


def test_a_report_in_python(here: Path) -> None:
    write(here, {"base.yaml": DATASET, "own/mine/there.cypher": RULE})
    with open_source(str(here / "base.yaml")) as session:
        report = session.check(["mine"], as_of=DAY, folders=[here / "own"])
        assert session.check(choose(["mine"], [here / "own"]), as_of=DAY) == report
        every = session.check(as_of=DAY, folders=[here / "own"])
    assert report.found == (
        checking.Found(
            "warning",
            "mine/there",
            "A body is there.",
            "group",
            'A "Group", =1+1',
            "is there",
            MEND,
            AUTHORITY,
            "inferred",
            ("terms 5",),
            Place(str(here / "base.yaml"), 13, 5),
        ),
        checking.Found(
            "warning",
            "mine/there",
            "A body is there.",
            "board",
            "The Board",
            "is there",
            MEND,
            AUTHORITY,
            "stated",
            ("terms 2", "terms 3"),
            Place(str(here / "base.yaml"), 9, 5),
        ),
    )
    assert (report.day, report.count("warning"), report.waived) == (DAY, 2, 0)
    assert [report.fails(at) for at in ("error", "warning", "note", None)] == [False, True, True, False]  # type: ignore[arg-type]
    assert {rule.pack for rule in every.rules} == {*load([here / "own"])}


@pytest.mark.current_neo4j
def test_a_server_is_checked_as_its_dataset_is(
    command: Command, database: Login, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(database.address) == (
        1,
        "",
        f"orgmodel: {database.address} holds no dataset: there is nothing to check\n",
    )
    write(here, {"data/base.yaml": DATASET.replace("sources:", f"{WAIVERS}sources:")})
    with pytest.raises(SystemExit) as left:
        main(["load", "data", "--to", database.address, "--yes"])
    assert (left.value.code, bool(capsys.readouterr())) == (0, True)
    there = command(database.address, *MINE[1:], "--format", "json")
    here_is = command(*MINE, "--format", "json")
    assert (there[0], there[2]) == (here_is[0], here_is[2])
    assert json.loads(there[1]) == [{**row, "place": None} for row in json.loads(here_is[1])]
    (run,) = sarif(command(database.address, *MINE[1:], "--format", "sarif")[1])["runs"]
    assert [one["locations"] for one in run["results"]] == [
        [{"logicalLocations": [{"fullyQualifiedName": subject, "kind": "element"}]}]
        for subject in ("group", "board")
    ]
