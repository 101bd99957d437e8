"""Named queries: what a file must say, how a question is asked, and how its answer is written."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from orgmodel import tables
from orgmodel.cli import main
from orgmodel.errors import AmbiguousNameError, DateError, NameNotFoundError, OrgmodelError, QueryError
from orgmodel.headers import Column, Parameter
from orgmodel.queries import NamedQuery
from orgmodel.questions import Questions
from orgmodel.session import Session, open_source
from orgmodel.tables import Rows
from orgmodel.vocabulary import NODE_TYPES
from tests.datasets import write
from tests.strategies import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "orgmodel" / "starter"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STARTER, tmp_path / "riverton"))


@pytest.fixture
def ask(
    capfd: pytest.CaptureFixture[str], dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[object, str, str]]:
    """Asks about the starter dataset, by the command: exit code, stdout and stderr, of the process itself."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: str, graph: Path = dataset) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["ask", *arguments, "-g", str(graph)])
        out, err = capfd.readouterr()
        return left.value.code, out, err

    return run


# Files

OWN = """\
// The bodies of a kind, with the tier
// that each is on.
//
// $kind: Text = board. The kind that is wanted.
// $body: Body or Partnership. What they are part of.
// $as_of: Date = today. The day asked about.
// $least: Integer = 1. How often they meet at least.
//
// body_id, body: The body.
// tier: Its tier.
//
// Sorted by body,
// then by body_id.
// Bounded: 3 steps.

MATCH (body:Body {kind: $kind})-[line:PART_OF*1..3]->(whole:Body|Partnership {id: $body})
WHERE body.holds_from <= $as_of AND $as_of <= body.holds_to AND body.meetings_per_year >= $least
  // $comment (:Nothing)
RETURN DISTINCT body.id AS body_id, body.name AS body, body.tier AS tier,
  '// $text (:Nothing) [:NOTHING]' = "/* $more */" AS bounded
ORDER BY body, body_id
"""


def test_a_header_is_read_whole(here: Path) -> None:
    write(here, {"mine/bodies-of.cypher": OWN})
    query = Questions([Path("mine")])["bodies-of"]
    assert query == NamedQuery(
        name="bodies-of",
        summary="The bodies of a kind, with the tier that each is on.",
        parameters=(
            Parameter("kind", ("Text",), "The kind that is wanted.", "board"),
            Parameter("body", ("Body", "Partnership"), "What they are part of."),
            Parameter("as_of", ("Date",), "The day asked about.", "today"),
            Parameter("least", ("Integer",), "How often they meet at least.", "1"),
        ),
        columns=(Column("body_id", "The body."), Column("body", "The body."), Column("tier", "Its tier.")),
        order="Sorted by body, then by body_id.",
        bound="3 steps",
        text=OWN,
        place=query.place,
    )
    assert str(query.place) == str(Path("mine/bodies-of.cypher"))


@pytest.mark.parametrize("start", ["\ufeff", ""], ids=["with a byte order mark", "plain"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"], ids=["CRLF", "LF"])
def test_windows_files_are_read_alike(here: Path, start: str, ends: str) -> None:
    write(here, {"mine/bodies-of.cypher": start + OWN.replace("\n", ends)})
    query = Questions([Path("mine")])["bodies-of"]
    assert (query.summary, len(query.parameters), len(query.columns)) == (
        "The bodies of a kind, with the tier that each is on.",
        4,
        3,
    )


HEADER = "// All.\n//\n// $body: Body. The body.\n//\n// name: Its name.\n//\n// Sorted by name.\n"
ENDING = "RETURN body.name AS name ORDER BY name\n"
MATCH = "MATCH (body:Body {id: $body})\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "",
            [
                "1: no summary: begin with a comment that says what it answers",
                "1: no columns: declare each as `// name: what stands in it`",
                "1: no order: declare it as `// Sorted by ...`",
            ],
        ),
        (
            "// All.\n// name: Its name.\n// Sorted by name.\n" + MATCH + ENDING,
            ["4: $body is not declared: add `// $body: Type. Meaning.`"],
        ),
        (HEADER + "MATCH (body:Body)\n" + ENDING, ["3: $body is declared and never used"]),
        (
            HEADER.replace("$body: Body.", "$body Body") + MATCH + ENDING,
            [
                "3: a parameter is declared as `$name: Type. Meaning.`",
                "8: $body is not declared: add `// $body: Type. Meaning.`",
            ],
        ),
        (
            HEADER.replace("Body.", "Post or Bodi.") + MATCH + ENDING,
            [
                (
                    "3: parameter type 'Bodi' must be one of Date, Text, Integer, Boolean, "
                    f"{', '.join(NODE_TYPES)}; did you mean 'Body'?"
                )
            ],
        ),
        (
            HEADER.replace("// name: Its name.\n", "") + MATCH + ENDING,
            ["1: no columns: declare each as `// name: what stands in it`"],
        ),
        (
            HEADER
            + MATCH
            + "MATCH (body)\n  -[:REPORT_TO|:ACCOUNTABLE_TO*1..3]->(:Boddy|Post)<-[on:ONN]-(:`Seats`)\n"
            "MATCH (:Seat:Member)-[x:FILLED]->(:Body WHERE body.id = 1) // (:Nothing)-[:NOTHING]->()\n"
            + ENDING,
            [
                "10: unknown label Boddy; did you mean Body?",
                "10: unknown label Seats; did you mean Seat?",
                "11: unknown label Member",
                "10: unknown relationship type REPORT_TO; did you mean REPORTS_TO?",
                "10: unknown relationship type ONN; did you mean ON?",
                "11: unknown relationship type FILLED; did you mean FILLED_BY?",
            ],
        ),
    ],
    ids=["empty", "undeclared", "unused", "malformed", "wrong type", "no columns", "unknown terms"],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(here: Path, text: str, wrong: list[str]) -> None:
    file = Path("mine/all.cypher")
    write(here, {str(file): text})
    with pytest.raises(QueryError) as caught:
        Questions([Path("mine")])
    assert str(caught.value).splitlines() == [f"{file}:{message}" for message in wrong]


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        ("LOAD CSV FROM 'file:///etc/passwd' AS row", "LOAD CSV"),
        ("load  csv FROM 'file:///etc/passwd' AS row", "LOAD CSV"),
        ("MATCH (n:Body) SET n.name = 'x'", "SET"),
        ("MATCH (n:Body) DETACH DELETE n", "DETACH"),
        ("MATCH (n:Body) REMOVE n.name", "REMOVE"),
        ("MERGE (n:Body {id: 'x'})", "MERGE"),
        ("CREATE (n:Body {id: 'x'})", "CREATE"),
        ("DROP INDEX x", "DROP"),
    ],
)
def test_a_question_only_reads(here: Path, clause: str, named: str) -> None:
    text = f"// Tries.\n//\n// x: Nothing.\n//\n// Sorted by x.\n{clause}\nRETURN 1 AS x ORDER BY x\n"
    (here / "tries.cypher").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as error:
        Questions([Path()])
    assert (
        str(error.value).splitlines()[0] == f"tries.cypher:6: {named} is not allowed: a question only reads"
    )


def test_words_that_only_look_like_writing_are_allowed(here: Path) -> None:
    text = (
        "// Reads what was set.\n//\n// create, set: Names.\n//\n// Sorted by set.\n"
        "MATCH (set:Body) // CREATE and SET in a comment, and 'DELETE' below in a text\n"
        "RETURN 'DELETE' AS create, set.id AS set ORDER BY set\n"
    )
    (here / "names.cypher").write_text(text, encoding="utf-8")
    assert "names" in Questions([Path()])


def test_the_store_itself_refuses_to_write(dataset: Path) -> None:
    from orgmodel.errors import StoreError
    from orgmodel.graph import graph_of
    from orgmodel.stores.embedded import EmbeddedStore

    store = EmbeddedStore()
    store.fill(graph_of(open_source(str(dataset)).structure()))
    before = store.run("MATCH (n:Body) RETURN n.id AS id, n.name AS name ORDER BY id", {}).rows
    with pytest.raises(StoreError):
        store.run("MATCH (n:Body) SET n.name = 'x' RETURN n.id AS id", {})
    assert store.run("MATCH (n:Body) RETURN n.id AS id, n.name AS name ORDER BY id", {}).rows == before


def test_all_that_is_wrong_is_said_at_once(here: Path) -> None:
    good = HEADER + MATCH + ENDING
    write(
        here,
        {
            "mine/members.cypher": good,
            "mine/b.cypher": HEADER + "MATCH (body:Boddy)\n" + ENDING,
            "mine/c.cypher": b"// \xff",
            "mine/own.cypher": good,
            "mine/notes.txt": "no question",
            "more/own.cypher": good,
        },
    )
    mine, more = Path("mine"), Path("more")
    with pytest.raises(QueryError) as caught:
        Questions([mine, Path("nowhere"), more])
    lines = str(caught.value).splitlines()
    bundled = ROOT / "cypher" / "questions" / "members.cypher"
    assert lines == [
        f"{mine / 'b.cypher'}:3: $body is declared and never used",
        f"{mine / 'b.cypher'}:8: unknown label Boddy; did you mean Body?",
        (
            f"{mine / 'c.cypher'}: cannot be read: 'utf-8' codec can't decode byte 0xff in position 3: "
            "invalid start byte"
        ),
        f"{mine / 'members.cypher'}:1: 'members' is already the name of {bundled}",
        "nowhere: there is no such folder",
        f"{more / 'own.cypher'}:1: 'own' is already the name of {mine / 'own.cypher'}",
    ]


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        (
            "RETURN body.name AS title, 1 AS name",
            "declares the columns name, but returns title, name",
        ),
        ("RETURN body.name AS named", "declares the columns name, but returns named"),
    ],
)
def test_columns_that_are_not_the_declared_ones_are_an_error(
    dataset: Path, tmp_path: Path, ending: str, message: str
) -> None:
    write(tmp_path, {"mine/all.cypher": HEADER + MATCH + ending})
    with (
        open_source(str(dataset), [tmp_path / "mine"]) as session,
        pytest.raises(QueryError) as caught,
    ):
        session.ask("all", body="Executive")
    assert str(caught.value) == f"{tmp_path / 'mine' / 'all.cypher'}: {message}"


def test_a_question_of_ones_own_is_a_command(ask: Callable[..., object], tmp_path: Path) -> None:
    write(
        tmp_path, {"mine/named.cypher": HEADER + MATCH + ENDING, "more/other.cypher": HEADER + MATCH + ENDING}
    )
    folders = ("-q", str(tmp_path / "mine"), "--queries", str(tmp_path / "more"))
    for question in ("named", "other"):
        assert ask(*folders, question, "Executive", "--format", "csv") == (
            0,
            "name\r\nRiverton Safeguarding Executive\r\n",
            "",
        )
    code, out, err = ask("named", "Executive")  # type: ignore[misc]
    assert (code, out) == (2, "")
    assert "no question 'named'" in err


def test_questions_of_ones_own_have_help(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path, {"mine/bodies-of.cypher": OWN})
    for arguments, said in (
        (["ask", "-q", str(tmp_path / "mine"), "--help"], "bodies-of"),
        (["ask", "-q", str(tmp_path / "mine"), "bodies-of", "--help"], "How often they meet at least."),
    ):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capfd.readouterr()
        assert (left.value.code, err) == (0, "")
        assert said in out


def test_a_wrong_folder_is_exit_1_with_every_slip(ask: Callable[..., object], here: Path) -> None:
    write(here, {"mine/a.cypher": HEADER + ENDING, "mine/b.cypher": "// $x\n"})
    a, b = Path("mine/a.cypher"), Path("mine/b.cypher")
    said = (
        f"orgmodel: {a}:3: $body is declared and never used\n"
        f"{b}:1: a parameter is declared as `$name: Type. Meaning.`\n"
        f"{b}:1: no summary: begin with a comment that says what it answers\n"
        f"{b}:1: no columns: declare each as `// name: what stands in it`\n"
        f"{b}:1: no order: declare it as `// Sorted by ...`\n"
    )
    assert ask("-q", "mine", "members", "Executive") == (1, "", said)


# What is asked

AMBIGUOUS = """
bodies:
  - {id: other-executive, name: Executive, citations: [terms-2024 3]}
"""


@pytest.mark.parametrize(
    "name",
    ["riverton-executive", "Executive", "RIVERTON  safeguarding\texecutive", "Riverton-Executive"],
)
def test_a_body_is_meant_by_any_of_its_names(dataset: Path, name: str) -> None:
    with open_source(str(dataset)) as session:
        rows = session.ask("members", body=name, as_of="2024-04").rows
        assert rows == session.ask("members", body="riverton-executive", as_of="2024-04-30").rows
        assert len(rows) == 4


@pytest.mark.parametrize(
    ("question", "values", "error", "message"),
    [
        (
            "members",
            {"body": "Helth Board"},
            NameNotFoundError,
            "there is no Body or Partnership 'Helth Board': did you mean riverton-health-board?",
        ),
        (
            "members",
            {"body": "qqqq"},
            NameNotFoundError,
            "there is no Body or Partnership 'qqqq'; no name is like it",
        ),
        (
            "sits-on",
            {"organisation": "riverton-executive"},
            NameNotFoundError,
            "there is no Organisation 'riverton-executive'",
        ),
        (
            "members",
            {"body": "executive"},
            AmbiguousNameError,
            (
                "'executive' could be 2 things, give the id: other-executive (Body Executive); "
                "riverton-executive (Body Riverton Safeguarding Executive)"
            ),
        ),
        (
            "members",
            {"body": "riverton-executive", "as_of": "2024-02-30"},
            DateError,
            "'2024-02-30' is a date that no calendar has",
        ),
        (
            "members",
            {"body": "riverton-executive", "as_of": "2024/02"},
            DateError,
            "'2024/02' is not a date: write 2019, 2019-09 or 2019-09-30",
        ),
        (
            "members",
            {"body": "riverton-executive", "as_of": "foundign"},
            DateError,
            "there is no edition 'foundign'; did you mean founding?",
        ),
        (
            "members",
            {"body": "riverton-executive", "as_of": "yesterday"},
            DateError,
            "there is no edition 'yesterday'; there are: founding",
        ),
        ("members", {}, QueryError, "members takes body, as_of, people: body is missing"),
        (
            "members",
            {"bodi": "x", "when": "2024"},
            QueryError,
            "members takes body, as_of, people: body is missing; there is no bodi; there is no when",
        ),
        (
            "members",
            {"body": "riverton-executive", "when": "2024"},
            QueryError,
            "members takes body, as_of, people: there is no when",
        ),
        (
            "member",
            {"body": "x"},
            QueryError,
            (
                f"no question 'member': must be one of {', '.join(sorted([*Questions(), 'bodies-of']))}; "
                "did you mean 'members'?"
            ),
        ),
        (
            "bodies-of",
            {"body": "riverton-partnership", "least": "two"},
            QueryError,
            "least must be a whole number, not 'two'",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_with_what_could(
    dataset: Path, question: str, values: dict[str, str], error: type[OrgmodelError], message: str
) -> None:
    write(dataset, {"other.yaml": AMBIGUOUS, "mine/bodies-of.cypher": OWN})
    with open_source(str(dataset), [dataset / "mine"]) as session, pytest.raises(error) as caught:
        session.ask(question, **values)
    assert type(caught.value) is error
    assert str(caught.value).startswith(message)
    if error is not NameNotFoundError:
        assert str(caught.value) == message


def test_numbers_and_texts_are_passed_on(dataset: Path) -> None:
    write(dataset, {"mine/bodies-of.cypher": OWN})
    with open_source(str(dataset), [dataset / "mine"]) as session:

        def found(**values: str) -> list[object]:
            return [r["body_id"] for r in session.ask("bodies-of", body="RSP", **values).dicts()]

        assert found() == []
        assert found(kind="executive", least="6") == ["riverton-executive"]
        assert found(kind="executive", least="7") == []
        assert found(kind="executive", as_of="2024-03-14") == []


def test_what_is_none_is_left_out(dataset: Path) -> None:
    with open_source(str(dataset)) as session:
        assert session.ask("members", body="Executive", as_of=None) == session.ask(
            "members", body="Executive"
        )
        with pytest.raises(QueryError, match="body is missing"):
            session.ask("members", body=None)


def test_what_cannot_be_asked_is_exit_1_and_one_line(ask: Callable[..., object]) -> None:
    assert ask("members", "Helth Board") == (
        1,
        "",
        "orgmodel: there is no Body or Partnership 'Helth Board': did you mean riverton-health-board?\n",
    )
    assert ask("members", "Executive", "--as-of", "foundign") == (
        1,
        "",
        "orgmodel: there is no edition 'foundign'; did you mean founding?\n",
    )


# What is answered

TINY = """\
dataset: {id: tiny, name: Tiny}
sources:
  - {id: terms, name: Terms, published: 2024, sections: ["1", "2"]}
organisations:
  - {id: ambulance, name: "Ambulance | Trust", citations: [terms 1]}
  - {id: fire, name: Fire, citations: [terms 1]}
bodies:
  - id: board
    name: Board
    citations: [terms 1]
    seats:
      - {name: "=1+1", role: member, represents: [fire, ambulance], places: 2, citations: [terms 2, terms 1]}
      - {name: 'The "Chair", always', role: chair, state: vacant}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write(tmp_path, {"tiny/tiny.yaml": TINY}) / "tiny"


MEMBER = "board--member--ambulance--fire"
CHAIR = "board--chair--the-chair-always"

CSV = f"""\
seat_id,seat,role,category,represents_id,represents,filled_by_id,filled_by,acts_for_id,acts_for,state,places,\
last_seen,certainty,citations
{CHAIR},"The ""Chair"", always",chair,,,,,,,,vacant,,2024,stated,terms 1
{MEMBER},'=1+1,member,,ambulance; fire,Ambulance | Trust; Fire,,,,,not-stated,2,2024,stated,terms 1; terms 2
"""

JSON = [
    {
        "seat_id": CHAIR,
        "seat": 'The "Chair", always',
        "role": "chair",
        "category": None,
        "represents_id": [],
        "represents": [],
        "filled_by_id": [],
        "filled_by": [],
        "acts_for_id": [],
        "acts_for": [],
        "state": "vacant",
        "places": None,
        "last_seen": "2024",
        "certainty": "stated",
        "citations": ["terms 1"],
    },
    {
        "seat_id": MEMBER,
        "seat": "=1+1",
        "role": "member",
        "category": None,
        "represents_id": ["ambulance", "fire"],
        "represents": ["Ambulance | Trust", "Fire"],
        "filled_by_id": [],
        "filled_by": [],
        "acts_for_id": [],
        "acts_for": [],
        "state": "not-stated",
        "places": 2,
        "last_seen": "2024",
        "certainty": "stated",
        "citations": ["terms 1", "terms 2"],
    },
]

MARKDOWN = """\
| seat | role | category | represents | filled_by | acts_for | state | places | last_seen | certainty \
| citations |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| The "Chair", always | chair |  |  |  |  | vacant |  | 2024 | stated | terms 1 |
| =1+1 | member |  | Ambulance \\| Trust; Fire |  |  | not-stated | 2 | 2024 | stated | terms 1; terms 2 |
"""

WORDS = """\
seat       The "Chair", always
role       chair
state      vacant
last seen  2024
certainty  stated
citations  terms 1

seat        =1+1
role        member
represents  Ambulance | Trust
            Fire
state       not-stated
places      2
last seen   2024
certainty   stated
citations   terms 1
            terms 2

"""


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("csv", CSV.replace("\n", "\r\n")),
        ("json", json.dumps(JSON, ensure_ascii=False, indent=2) + "\n"),
        ("markdown", MARKDOWN),
    ],
)
def test_a_whole_answer_in_every_format(
    ask: Callable[..., object], tiny: Path, form: str, written: str
) -> None:
    assert ask("members", "board", "--format", form, graph=tiny) == (0, written, "")


def test_a_whole_answer_on_the_terminal(ask: Callable[..., tuple[int, str, str]], tiny: Path) -> None:
    code, out, err = ask("members", "board", graph=tiny)
    assert (code, [line.rstrip() for line in out.splitlines()], err) == (0, WORDS.splitlines(), "")


def test_ids_are_shown_where_they_are_asked_for(ask: Callable[..., tuple[int, str, str]], tiny: Path) -> None:
    _, out, _ = ask("members", "board", "--ids", graph=tiny)
    with_ids = WORDS.splitlines()
    with_ids[:1] = [f"seat id    {CHAIR}", with_ids[0]]
    assert [line.rstrip() for line in out.splitlines()][:7] == with_ids[:7]
    assert [
        line.split()[2] for line in out.splitlines() if line.startswith(("seat id", "represents id"))
    ] == [
        CHAIR,
        MEMBER,
        "ambulance",
    ]


def test_columns_that_fit_stand_side_by_side() -> None:
    rows = Rows(
        ("body_id", "body", "note", "tier"), (("a", "A b", None, "Top"), ("b", "C", None, ["Low", "Mid"]))
    )
    out = io.StringIO()
    tables.print_table(rows, Console(file=out, width=80))
    assert out.getvalue() == (
        "┏━━━━━━┳━━━━━━┓\n"
        "┃ body ┃ tier ┃\n"
        "┡━━━━━━╇━━━━━━┩\n"
        "│ A b  │ Top  │\n"
        "├──────┼──────┤\n"
        "│ C    │ Low  │\n"
        "│      │ Mid  │\n"
        "└──────┴──────┘\n"
    )


def test_a_spreadsheet_is_given_no_formula(ask: Callable[..., tuple[int, str, str]], tiny: Path) -> None:
    text = (tiny / "tiny.yaml").read_text(encoding="utf-8")
    for start in ("+1", "-1", "@SUM(A1)", "=HYPERLINK(1)"):
        write(tiny, {"tiny.yaml": text.replace('"=1+1"', f'"{start}"')})
        _, out, _ = ask("members", "board", "--format", "csv", graph=tiny)
        assert [row["seat"] for row in csv.DictReader(io.StringIO(out))] == [
            'The "Chair", always',
            f"'{start}",
        ]


CELLS = st.none() | st.integers(0, 10**6) | TEXTS | st.lists(TEXTS, max_size=3) | st.just("unbreakable" * 4)
ANSWERS = st.integers(1, 8).flatmap(
    lambda width: st.builds(
        Rows,
        st.just(tuple(f"column_{i}" if i % 3 else f"column_{i}_id" for i in range(width))),
        st.lists(st.tuples(*[CELLS] * width), max_size=4).map(tuple),
    )
)


@given(rows=ANSWERS)
def test_csv_and_json_lose_nothing_and_start_no_formula(rows: Rows) -> None:
    read = list(csv.reader(io.StringIO(tables.to_csv(rows), newline="")))
    assert read[0] == list(rows.columns)
    for cells, row in zip(read[1:], rows.rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            assert cell.removeprefix("'") == tables.as_text(value).removeprefix("'")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert json.loads(tables.to_json(rows)) == rows.dicts()


@given(rows=ANSWERS)
def test_markdown_has_a_line_for_each_row_and_as_many_cells_in_each(rows: Rows) -> None:
    lines = tables.to_markdown(rows).rstrip("\n").split("\n")
    assert len(lines) == len(rows.rows) + 2
    bare = [line.replace("\\\\", "").replace("\\|", "") for line in lines]
    assert {line.count("|") for line in bare} == {bare[0].count("|")}


@example(rows=Rows(("\N{ZERO WIDTH SPACE}",), (("\N{ZERO WIDTH SPACE}",),)), ids=True, width=80)
@example(rows=Rows(("empty_id",), ((None,),)), ids=False, width=80)
@given(rows=ANSWERS, ids=st.booleans(), width=st.sampled_from([80, 40]))
def test_the_terminal_is_never_wider_than_it_is(rows: Rows, *, ids: bool, width: int) -> None:
    out = io.StringIO()
    tables.print_table(rows, Console(file=out, width=width), ids=ids)
    assert [line for line in out.getvalue().split("\n") if cell_len(line) > width] == []
    # Nor is anything cut off to fit: every character is there, as often as in the answer.
    shown = [i for i, name in enumerate(rows.columns) if ids or not name.endswith("_id")]
    values = [row[i] for row in rows.rows for i in shown]
    texts = [
        tables.as_text(one) for value in values for one in (value if isinstance(value, list) else [value])
    ]
    assert Counter("".join("".join(texts).split())) - Counter(out.getvalue()) == Counter()


@pytest.mark.parametrize(
    "arguments", [("members", "DSPPB"), ("sits-on", "dudley-mbc"), ("reporting", "dsapg")]
)
def test_bundled_answers_fit_80_columns(
    ask: Callable[..., tuple[int, str, str]], arguments: tuple[str, str]
) -> None:
    code, out, err = ask(*arguments, "--as-of", "arrangements-2019", "--ids", graph=ROOT / "data" / "dudley")
    assert (code, err) == (0, "")
    assert out
    assert [line for line in out.splitlines() if cell_len(line) > 80] == []


NO_ROWS = "orgmodel: no rows: nothing is known that answers it on that day\n"


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("table", ""),
        ("csv", "from_id,from,relation,subject,to_id,to,certainty,citations\r\n"),
        ("json", "[]\n"),
        (
            "markdown",
            "| from | relation | subject | to | certainty | citations |\n" + "|" + " --- |" * 6 + "\n",
        ),
    ],
    ids=[form for form in tables.FORMATS if form != tables.XLSX],
)
def test_no_rows_is_no_failure_and_is_said(ask: Callable[..., object], form: str, written: str) -> None:
    not_yet = "orgmodel: Riverton Safeguarding Executive is known from 2024-03-15, not on 2019-12-31\n"
    assert ask("reporting", "Executive", "--as-of", "2019", "--format", form) == (
        0,
        written,
        NO_ROWS + not_yet,
    )


@pytest.mark.parametrize("period", [(), ("--from-day", "1999", "--to-day", "2030")], ids=" ".join)
def test_a_period_is_no_day_on_which_what_is_asked_about_has_to_hold(
    ask: Callable[..., tuple[int, str, str]], period: tuple[str, ...]
) -> None:
    code, printed, said = ask(
        "timeline", "--partnership", "Riverton Safeguarding Partnership", *period, "--format", "csv"
    )
    assert (code, said) == (0, "")
    assert printed.count("\r\n") > 1


CHAIN = """\
dataset: {id: chain, name: Chain}
sources:
  - {id: terms, name: Terms, published: 2024}
posts:
  - {id: officer, name: Officer, citations: [terms 1]}
bodies:
"""
BOUND = "orgmodel: the bound of 30 steps was reached: there is more beyond it that is not shown\n"


@pytest.mark.parametrize("length", [30, 31, 45])
def test_a_bound_that_is_reached_is_said(
    ask: Callable[..., tuple[int, str, str]], tmp_path: Path, length: int
) -> None:
    bodies = [
        f"  - {{id: b{i}, name: B{i}, citations: [terms 1], accountable_to: {above}}}\n"
        for i, above in enumerate([f"b{i + 1}" for i in range(length - 1)] + ["officer"])
    ]
    path = write(tmp_path, {"chain.yaml": CHAIN + "".join(bodies)}) / "chain.yaml"
    code, out, err = ask("accountability", "b0", "--format", "json", graph=path)
    assert (code, len(json.loads(out)), err) == ((0, 1, "") if length == 30 else (0, 0, NO_ROWS + BOUND))
    code, out, err = ask("reporting", "b0", "--format", "json", graph=path)
    assert (code, len(json.loads(out)), err) == (0, 30, "" if length == 30 else BOUND)


def by_process(*arguments: str, seed: str) -> tuple[int, bytes, bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "ORGMODEL_GRAPH"}}
    done = subprocess.run(
        [sys.executable, "-c", "from orgmodel.cli import main; main()", *arguments],
        env=kept | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "always"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("members", "DSPPB", "--format", "json"),
        ("sits-on", "dudley-mbc", "--format", "csv"),
        ("accountability", "dudley-lig", "--format", "markdown"),
        ("reporting", "dudley-lig", "--ids"),
    ],
    ids=" ".join,
)
def test_an_answer_is_the_same_to_the_byte_on_every_run(arguments: tuple[str, ...]) -> None:
    asked = ("ask", *arguments, "--as-of", "arrangements-2019", "-g", str(ROOT / "data" / "dudley"))
    answers = [by_process(*asked, seed=seed) for seed in ("0", "1", "4242")]
    code, out, err = answers[0]
    assert (code, err) == (0, b"")
    assert out
    assert answers == [answers[0]] * 3


def test_the_order_of_files_and_entries_does_not_matter(
    ask: Callable[..., object], dataset: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    for file in {*dataset.glob("*.yaml")} - {dataset / "charts.yaml"}:
        write(other, {f"z/{file.name[::-1]}.yaml": file.read_bytes()})
    for asked in (
        ("members", "Executive"),
        ("accountability", "riverton-exploitation-group"),
        ("sits-on", "RVP"),
    ):
        answered = ask(*asked, "--format", "json")
        assert answered == ask(*asked, "--format", "json", graph=other)


def test_the_engine_is_silent_about_properties_that_nothing_has(
    ask: Callable[..., object], tmp_path: Path
) -> None:
    query = (
        HEADER
        + MATCH
        + "WHERE body.no_such_property IS NULL AND body.tier IS NULL OR body.nothing = 1\n"
        + ENDING
    )
    write(tmp_path, {"mine/named.cypher": query})
    asked = ("-q", str(tmp_path / "mine"), "named", "riverton-health-board", "--format", "csv")
    assert ask(*asked) == (0, "name\r\nRiverton Health and Wellbeing Board\r\n", "")
    code, out, err = by_process("ask", *asked, "-g", str(tmp_path / "riverton"), seed="0")
    assert (code, out, err) == (0, b"name\r\nRiverton Health and Wellbeing Board\r\n", b"")


def test_a_session_can_be_asked_again_and_closed(dataset: Path) -> None:
    session = open_source(str(dataset))
    assert isinstance(session, Session)
    first = session.ask("members", body="Executive")
    assert session.ask("members", body="Executive") == first
    session.close()
