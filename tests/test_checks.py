"""`orgmodel check`: packs and rules as they are read, what is waived, and how a report is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema

from orgmodel.checks.packs import load
from orgmodel.cli import cli, main
from orgmodel.datasets.starter import write_starter
from orgmodel.errors import QueryError
from orgmodel.session import open_source
from tests.bundled_findings import DAYS, file_of, written

if TYPE_CHECKING:
    from tests.neo4j_server import Login

RULE = """// A body has no purpose.
//
// Severity: error.
// Authority: Our own terms of reference.
// Mend: Give it one.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: What is wrong with it.
// certainty: How sure the body is.
// citations: Where it is taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)
WHERE body.holds_from <= $as_of AND $as_of <= body.holds_to AND body.purpose IS NULL
RETURN body.id AS subject_id, body.name AS subject, 'has no purpose' AS message, body.certainty AS certainty,
  body.citations AS citations
ORDER BY subject_id
"""
DATASET = """dataset: {id: r, name: R%s}
sources: [{id: s, name: S, kind: minutes, published: 2019}]
bodies:
- {id: board, name: Board, purpose: Leads, citations: [s 1]}
- {id: group, name: Group, citations: [s 2]}
"""


@pytest.fixture
def own(here: Path) -> Path:
    """A dataset with one finding of one rule of one's own."""
    (here / "own").mkdir()
    (here / "own" / "purpose.cypher").write_text(RULE, encoding="utf-8")
    (here / "r.yaml").write_text(DATASET % "", encoding="utf-8")
    return here


def check(*words: str) -> tuple[int, list[str], list[str]]:
    """The exit code of a check, what it prints, and what it says beside."""
    done = CliRunner().invoke(cli, ["check", "r.yaml", "--rules", "own", "--pack", "own", *words])
    return done.exit_code, done.stdout.splitlines(), done.stderr.splitlines()


FOUND = [
    "error  own/purpose",
    "A body has no purpose.",
    "  Group: has no purpose [s 2]",
    "  What to do: Give it one.",
]


def test_a_rule_of_ones_own_finds(own: Path) -> None:
    assert own
    code, out, err = check("--as-of", "2020")
    assert (code, [line for line in out if line], err) == (1, FOUND, ["orgmodel: 1 error, as of 2020-12-31"])


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
@pytest.mark.parametrize("fail_on", ["error", "warning", "note", "never"])
def test_what_makes_it_fail(own: Path, severity: str, fail_on: str) -> None:
    rule = RULE.replace("Severity: error", f"Severity: {severity}")
    (own / "own" / "purpose.cypher").write_text(rule, encoding="utf-8")
    order = ["error", "warning", "note"]
    fails = fail_on != "never" and order.index(severity) <= order.index(fail_on)
    assert check("--as-of", "2020", "--fail-on", fail_on)[0] == int(fails)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (
            "// Severity: error.\n",
            "",
            "purpose.cypher:1: no severity: say it as `// Severity: ...`",
        ),
        (
            "Severity: error.",
            "Severity: warnings.",
            ("purpose.cypher:1: the severity must be one of error, warning, note; did you mean 'warning'?"),
        ),
        ("// Mend: Give it one.\n", "", "purpose.cypher:1: no mend: say it as `// Mend: ...`"),
        (
            "// message: What is wrong with it.\n",
            "",
            (
                "purpose.cypher:1: the columns of a rule must be subject_id, subject, message, certainty, "
                "citations, not subject_id, subject, certainty, citations"
            ),
        ),
        (
            " = today. The day",
            ". The day",
            "purpose.cypher:7: $as_of must have a default: nobody is asked for its value",
        ),
        ("(body:Body)", "(body:Bodi)", "purpose.cypher:15: unknown label Bodi; did you mean Body?"),
        (
            "MATCH (body:Body)\n",
            "CREATE (body:Body)\n",
            "purpose.cypher:15: CREATE is not allowed: a question only reads",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_with_its_line(own: Path, old: str, new: str, wrong: str) -> None:
    assert old in RULE
    (own / "own" / "purpose.cypher").write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        load([Path("own")])
    first = str(caught.value).splitlines()[0]
    assert first.removeprefix(str(Path("own", "x"))[:-1]) == wrong


PACK = "name: Our terms\nmeaning: What we ask.\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("name: [", "pack.yaml:1:8: this is no YAML: "),
        ("- a", "pack.yaml: must be a mapping with `name` and `meaning`"),
        (PACK + "valid_from: 2019-13\n", "pack.yaml: "),
        (
            PACK + "valid_from: 2020\nvalid_to: 2019\n",
            "pack.yaml: valid_to 2019 is before valid_from 2020",
        ),
        (PACK + "replaces: [nothing]\n", "pack.yaml: replaces: 'nothing' must be one of "),
    ],
)
def test_what_is_wrong_with_a_pack_is_said(own: Path, text: str, wrong: str) -> None:
    (own / "own" / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        load([Path("own")])
    (line,) = str(caught.value).splitlines()
    assert line.startswith(str(Path("own", wrong)))


def test_a_pack_applies_when_it_says(own: Path) -> None:
    (own / "own" / "pack.yaml").write_text(
        PACK + "valid_from: 2019-05\nvalid_to: 2019-06\n", encoding="utf-8"
    )
    counts = {
        day: check("--as-of", day)[2] for day in ("2019-04-30", "2019-05-01", "2019-06-30", "2019-07-01")
    }
    assert counts == {
        "2019-04-30": ["orgmodel: no findings, as of 2019-04-30"],
        "2019-05-01": ["orgmodel: 1 error, as of 2019-05-01"],
        "2019-06-30": ["orgmodel: 1 error, as of 2019-06-30"],
        "2019-07-01": ["orgmodel: no findings, as of 2019-07-01"],
    }


def test_two_packs_of_one_name(own: Path) -> None:
    (own / "more").mkdir()
    (own / "own").rename(own / "more" / "structure")
    with pytest.raises(QueryError) as caught:
        load([Path("more")])
    assert (
        str(caught.value)
        == f"{Path('more/structure')}: 'structure' is already the name of a pack: rename the folder"
    )


def test_a_pack_that_there_is_not(own: Path) -> None:
    assert own
    done = CliRunner().invoke(cli, ["check", "r.yaml", "--pack", "structur"])
    assert done.exit_code == 2
    assert "did you mean 'structure'?" in " ".join(done.stderr.split())


# Waivers


def waived(own: Path, *waivers: str) -> list[tuple[str, str, str | None]]:
    text = DATASET % (f", waivers: [{', '.join(waivers)}]" if waivers else "")
    (own / "r.yaml").write_text(text, encoding="utf-8")
    with open_source("r.yaml") as session:
        found = session.check(["own"], as_of="2020", folders=[Path("own")]).found
    return [(one.severity, f"{one.rule} {one.subject_id}", one.waived) for one in found]


def waiver(rule: str = "own/purpose", subject: str = "", until: str = "2021") -> str:
    about = f", subject: {subject}" if subject else ""
    return f"{{rule: {rule}{about}, reason: It is known, until: {until}}}"


FINDING = ("error", "own/purpose group", None)


@pytest.mark.parametrize(
    ("waivers", "found"),
    [
        ((), [FINDING]),
        ((waiver(),), [("error", "own/purpose group", "It is known")]),
        ((waiver(subject="group"),), [("error", "own/purpose group", "It is known")]),
        ((waiver(subject="board"),), [FINDING, ("note", "waivers/unused r", None)]),
        ((waiver(until="2020-12-30"),), [FINDING, ("warning", "waivers/expired r", None)]),
        ((waiver(until="2020-12-31"),), [("error", "own/purpose group", "It is known")]),
        ((waiver("own/purposes"),), [FINDING, ("warning", "waivers/unknown r", None)]),
    ],
    ids=["none", "any subject", "this one", "another", "ended", "its last day", "no such rule"],
)
def test_what_a_dataset_lets_stand(
    own: Path, waivers: tuple[str, ...], found: list[tuple[str, str, str | None]]
) -> None:
    assert waived(own, *waivers) == found


def test_what_is_waived_is_counted_and_fails_nothing(own: Path) -> None:
    waived(own, waiver())
    assert check("--as-of", "2020") == (0, [], ["orgmodel: 1 waived, as of 2020-12-31"])
    code, out, _ = check("--as-of", "2020", "--waived")
    assert (code, out[0]) == (0, "error (waived)  own/purpose")


def test_a_waiver_that_says_too_little(own: Path) -> None:
    (own / "r.yaml").write_text(DATASET % ", waivers: [{rule: own/purpose}]", encoding="utf-8")
    code, out, _ = check()
    assert (code, out) == (
        1,
        [
            "r.yaml:1:37: waiver without `reason`: add it",
            "r.yaml:1:37: waiver without `until`: add it",
        ],
    )


# How a report is written


def test_a_dataset_that_cannot_be_read_is_a_report_too(own: Path) -> None:
    (own / "r.yaml").write_text(DATASET % "" + "nonsense: []\n", encoding="utf-8")
    code, out, _ = check()
    assert code == 1
    assert out[0].startswith("r.yaml:6:1: a file has no `nonsense`")
    code, out, _ = check("--format", "json")
    (found,) = json.loads("\n".join(out))
    assert (code, found["severity"], found["rule"], found["place"]) == (
        1,
        "error",
        "dataset/unreadable",
        "r.yaml:6:1",
    )


def test_a_report_as_rows(own: Path) -> None:
    _, out, _ = check("--as-of", "2020", "--format", "json")
    assert json.loads("\n".join(out)) == [
        {
            "severity": "error",
            "rule": "own/purpose",
            "subject_id": "group",
            "subject": "Group",
            "message": "has no purpose",
            "mend": "Give it one.",
            "authority": "Our own terms of reference.",
            "place": "r.yaml:5:3",
            "waived": None,
            "certainty": "stated",
            "citations": ["s 2"],
        }
    ]
    for name in ("report.csv", "report.md", "report.xlsx", "report.txt", "report.sarif"):
        assert check("--as-of", "2020", "-o", name)[1] == [name]
        assert (own / name).stat().st_size


def test_sarif_points_at_the_line(own: Path) -> None:
    assert own
    written = "\n".join(check("--as-of", "2020", "--format", "sarif")[1])
    assert StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(written, strict=False)
    (run,) = json.loads(written)["runs"]
    rules = run["tool"]["driver"]["rules"]
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "own/purpose"
    assert (result["level"], result["message"]["text"]) == ("error", "Group: has no purpose (s 2)")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "r.yaml"},
                "region": {"startLine": 5, "startColumn": 3},
            },
            "logicalLocations": [{"fullyQualifiedName": "group", "kind": "element"}],
        }
    ]


# The bundled datasets


@pytest.mark.parametrize(("dataset", "day"), [(one, day) for one, days in DAYS.items() for day in days])
def test_what_is_found_in_the_bundled_datasets(dataset: str, day: str) -> None:
    assert written(dataset, day) == file_of(dataset, day).read_text(encoding="utf-8")


def test_a_server_gives_the_same_findings(database: Login) -> None:
    with pytest.raises(SystemExit) as left:
        main(["load", "--to", database.address, "--yes"])
    assert not left.value.code
    with open_source() as here, open_source(database.address) as there:
        for day in ("arrangements-2019", "priorities-2024", "2026-11-26", "1066"):
            found = [
                [row[:7] + row[8:] for row in session.check(as_of=day).rows().rows]
                for session in (here, there)
            ]
            assert found[0] == found[1]


def test_the_starter_has_no_errors(here: Path) -> None:
    write_starter(here / "mine")
    with open_source("mine") as session:
        assert session.check(as_of="founding").count("error") == 0
