"""`orgmodel cypher`: an analyst's own question has one answer, whichever store it is asked of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgmodel import queries
from orgmodel.errors import QueryError, StoreError
from orgmodel.reading import plan_refusals
from orgmodel.session import open_dataset
from orgmodel.stores.embedded import EmbeddedStore
from tests.conftest import log_in
from tests.loaded import run
from tests.neo4j_server import Login
from tests.stores import EMBEDDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from orgmodel.session import Session
    from orgmodel.stores import Answer
    from orgmodel.structure import Structure
    from tests.conftest import Opened

    Said = tuple[object, str, str]
    Command = Callable[..., Said]

NO_SERVER = Login(address="SERVER", version="")
STARTER = Path(__file__).parent.parent / "orgmodel" / "starter"


@pytest.fixture(scope="module")
def starter() -> Structure:
    return open_dataset(str(STARTER))


@pytest.fixture
def session(open_structure: Opened, starter: Structure) -> Iterator[Session]:
    """The starter dataset in a store."""
    with open_structure(starter) as session:
        yield session


@pytest.fixture
def command(
    session: Session,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Command:
    """`orgmodel cypher` about the starter dataset in a store: exit code, stdout and stderr."""
    assert session
    monkeypatch.setenv("COLUMNS", "100")
    version = request.node.callspec.params["open_structure"]
    if version == EMBEDDED:
        monkeypatch.setenv("ORGMODEL_GRAPH", str(STARTER))
        return lambda *arguments: run(NO_SERVER, capfd, "cypher", *arguments)
    server: Login = request.getfixturevalue("servers")(version)
    log_in(server, monkeypatch)
    monkeypatch.setenv("ORGMODEL_GRAPH", server.address)
    return lambda *arguments: run(server, capfd, "cypher", *arguments)


# What stands in an answer

CHIEF = {
    "aliases": [],
    "certainty": "stated",
    "citations": ["terms-2024 2"],
    "datasets": ["riverton"],
    "holds_from": "2024-03-15",
    "holds_to": "9999-12-31",
    "id": "chief-constable",
    "last_seen": "2024-03-15",
    "name": "Chief Constable, River Valley Police",
}
POLICE = {
    "aliases": [],
    "certainty": "stated",
    "citations": ["terms-2024 1"],
    "datasets": ["riverton"],
    "holds_from": "2024-03-15",
    "holds_to": "9999-12-31",
    "id": "river-valley-police",
    "kind": "police",
    "last_seen": "2024-03-15",
    "name": "River Valley Police",
    "short_name": "RVP",
}
IN = {
    "certainty": "stated",
    "citations": ["terms-2024 2"],
    "datasets": ["riverton"],
    "holds_from": "2024-03-15",
    "holds_to": "9999-12-31",
    "id": "chief-constable--post-in--river-valley-police",
    "last_seen": "2024-03-15",
}
POST, LINE, FORCE = (
    {"labels": ["Post"], **CHIEF},
    {"type": "POST_IN", **IN},
    {"labels": ["Organisation"], **POLICE},
)
ROUTE = "MATCH p = (a:Post {id: 'chief-constable'})-[r:POST_IN]->(b:Organisation) "

VALUES: dict[str, list[dict[str, object]]] = {
    ROUTE + "RETURN a, r": [{"a": POST, "r": LINE}],
    ROUTE + "RETURN p": [{"p": [POST, LINE, FORCE]}],
    ROUTE + "RETURN nodes(p) AS n, relationships(p) AS r": [{"n": [POST, FORCE], "r": [LINE]}],
    ROUTE + "RETURN collect(a) AS n, {b: r, a: [a]} AS m": [{"n": [POST], "m": {"a": [POST], "b": LINE}}],
    ROUTE + "RETURN properties(a) AS p, a {.*} AS q": [{"p": CHIEF, "q": CHIEF}],
    ROUTE + "RETURN a {.name, kind: b.kind} AS a": [{"a": {"kind": "police", "name": CHIEF["name"]}}],
    "MATCH p = (a:Post {id: 'chief-constable'}) RETURN p": [{"p": [POST]}],
    "RETURN 1 AS i, 2.0 AS f, 'x' AS t, true AS b, null AS n, [1, [null]] AS l, {b: 1, a: {c: []}} AS m": [
        {"i": 1, "f": 2.0, "t": "x", "b": True, "n": None, "l": [1, [None]], "m": {"a": {"c": []}, "b": 1}}
    ],
    "RETURN {id: 1, labels: ['x']} AS a, {nodes: []} AS b, {type: 'x', title: 'y'} AS c": [
        {"a": {"id": 1, "labels": ["x"]}, "b": {"nodes": []}, "c": {"title": "y", "type": "x"}}
    ],
    "RETURN date('2024-02-29') AS a, [localdatetime('2024-02-29T01:02:03')] AS b, time('01:02:03Z') AS c": [
        {"a": "2024-02-29", "b": ["2024-02-29T01:02:03"], "c": "01:02:03+00:00"}
    ],
    "RETURN datetime('2024-02-29T01:02:03.5+01:00') AS a, localtime('01:02') AS b": [
        {"a": "2024-02-29T01:02:03.500000+01:00", "b": "01:02:00"}
    ],
    "RETURN duration('P1Y2M3DT4H0.5S') AS a, duration({days: 1}) AS b": [
        {
            "a": {"days": 3, "months": 14, "nanoseconds": 500_000_000, "seconds": 14_400},
            "b": {"days": 1, "months": 0, "seconds": 0},
        }
    ],
    "RETURN point({latitude: 51.5, longitude: -0.1}) AS p": [{"p": {"latitude": 51.5, "longitude": -0.1}}],
    "RETURN 0.0 / 0.0 AS a, [1.0 / 0.0] AS b": [{"a": None, "b": [None]}],
    "MATCH (n:Body) RETURN n.nothing AS a, n.id AS id ORDER BY id LIMIT 1": [
        {"a": None, "id": "riverton-business-unit"}
    ],
    "MATCH (n:Nothing) RETURN n": [],
    "CYPHER 5 MATCH (n:Body {kind: 'board'}) RETURN n.id": [{"n.id": "riverton-health-board"}],
}


@pytest.mark.parametrize("text", VALUES)
def test_what_an_answer_is_made_of(command: Command, text: str) -> None:
    code, out, err = command(text, "--format", "json")
    said = json.dumps(VALUES[text], ensure_ascii=False, indent=2) + "\n"
    assert (code, out, err) == (0, said, "" if VALUES[text] else "orgmodel: no rows\n")


MIXED = (
    "MATCH (b:Body) WHERE b.id IN ['riverton-executive', 'riverton-health-board'] "
    "RETURN b.id, b.short_name AS short, b.kind = 'board' AS board, [b.kind, b.tier] AS words, "
    "{kind: b.kind, tier: b.tier} AS map ORDER BY b.id"
)
WRITTEN = {
    "csv": (
        "b.id,short,board,words,map\r\n"
        "riverton-executive,Executive,false,executive; Strategic,"
        '"{""kind"": ""executive"", ""tier"": ""Strategic""}"\r\n'
        'riverton-health-board,,true,board; ,"{""kind"": ""board"", ""tier"": null}"\r\n'
    ),
    "markdown": (
        "| b.id | short | board | words | map |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| riverton-executive | Executive | false | executive; Strategic | "
        '{"kind": "executive", "tier": "Strategic"} |\n'
        '| riverton-health-board |  | true | board; | {"kind": "board", "tier": null} |\n'
    ),
    "table": """\
┏━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ b.id                  ┃ short     ┃ board ┃ words     ┃ map                                      ┃
┡━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│ riverton-executive    │ Executive │ false │ executive │ {"kind": "executive", "tier":            │
│                       │           │       │ Strategic │ "Strategic"}                             │
├───────────────────────┼───────────┼───────┼───────────┼──────────────────────────────────────────┤
│ riverton-health-board │           │ true  │ board     │ {"kind": "board", "tier": null}          │
│                       │           │       │           │                                          │
└───────────────────────┴───────────┴───────┴───────────┴──────────────────────────────────────────┘
""",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_every_format(command: Command, form: str) -> None:
    assert command(MIXED, "--format", form) == (0, WRITTEN[form], "")


# Parameters


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("x=Body", "Body"),
        ("x=", ""),
        ("x=9", 9),
        ("x=-1.5", -1.5),
        ('x="9"', "9"),
        ("x=true", True),
        ("x=null", None),
        ('x=["a", 1, null]', ["a", 1, None]),
        ('x={"b": [1], "a": null}', {"a": None, "b": [1]}),
        ("x=a = b", "a = b"),
        ("$x=9", 9),
        ("x=2019-01-01", "2019-01-01"),
        ("x=[not JSON", "[not JSON"),
        ("x=') MATCH (n) DETACH DELETE n //", "') MATCH (n) DETACH DELETE n //"),
        ("x=9223372036854775807", 2**63 - 1),
    ],
)
def test_parameters_are_taken_for_what_they_look_like(command: Command, given: str, value: object) -> None:
    out = json.dumps([{"x": value}], indent=2) + "\n"
    assert command("RETURN $x AS x", "--param", given, "--format", "json") == (0, out, "")


def test_parameters_in_a_question(command: Command) -> None:
    text = "MATCH (b:Body) WHERE b.id IN $ids AND b.kind <> $kind RETURN b.id ORDER BY b.id"
    ids = 'ids=["riverton-executive", "riverton-health-board"]'
    assert command(text, "-p", ids, "-p", "kind=board", "--format", "csv") == (
        0,
        "b.id\r\nriverton-executive\r\n",
        "",
    )


WRONG = {
    ("RETURN $x AS x",): "$x has no value: give it by --param x=VALUE",
    ("RETURN $x + $y AS x", "-p", "z=1"): (
        "$x has no value: give it by --param x=VALUE; $y has no value: give it by --param y=VALUE"
    ),
    ("RETURN $x AS x", "-p", "x=9223372036854775808"): ("$x has an integer beyond 64 bits: give it as text"),
    ("RETURN $x AS x", "-p", 'x={"a": [-9223372036854775809]}'): (
        "$x has an integer beyond 64 bits: give it as text"
    ),
    ("RETURN $x AS x", "-p", "x=\udcff"): "$x has bytes that are no text in UTF-8: '\\udcff'",
    ("RETURN '\udcff' AS x",): (
        "the question has bytes that are no text in UTF-8: \"RETURN '\\udcff' AS x\""
    ),
    ("",): "the question is empty: it begins with MATCH and ends with RETURN ...",
    (" // nothing\n;",): "the question is empty: it begins with MATCH and ends with RETURN ...",
    ("MATCH (n) DETACH DELETE n",): (
        "DETACH is not allowed: a question only reads; DELETE is not allowed: a question only reads"
    ),
    ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",): (
        "LOAD CSV is not allowed: a question only reads"
    ),
    ("CALL dbms.components()",): (
        "the procedure dbms.components is not allowed; allowed are db.labels, db.propertyKeys, "
        "db.relationshipTypes, db.schema.nodeTypeProperties, db.schema.relTypeProperties, "
        "db.schema.visualization"
    ),
}


@pytest.mark.parametrize("arguments", WRONG)
def test_what_is_refused_is_said_alike(command: Command, arguments: tuple[str, ...]) -> None:
    assert command(*arguments) == (1, "", f"orgmodel: {WRONG[arguments]}\n")


# Limits

EVERY_BODY = "MATCH (b:Body) RETURN b.id ORDER BY b.id"


@pytest.mark.parametrize(
    ("limit", "shown", "note"),
    [
        (1, 1, "orgmodel: only the first 1 rows are shown: --limit raises that\n"),
        (3, 3, "orgmodel: only the first 3 rows are shown: --limit raises that\n"),
        (4, 4, ""),
        (5, 4, ""),
    ],
)
def test_that_there_are_more_rows_than_the_limit_is_said(
    command: Command, starter: Structure, limit: int, shown: int, note: str
) -> None:
    ids = [body.id for body in starter.labelled("Body")][:shown]
    out = "".join(f"{line}\r\n" for line in ["b.id", *ids])
    assert command(EVERY_BODY, "--limit", str(limit), "--format", "csv") == (0, out, note)


def test_what_takes_too_long_is_given_up(command: Command, request: pytest.FixtureRequest) -> None:
    text = "MATCH (a), (b), (c), (d), (e), (f), (g), (h) WHERE a.id + b.id + c.id + h.id = 'x' RETURN a.id"
    where = "the embedded store" if "embedded" in request.node.name else "SERVER"
    said = f"orgmodel: {where} took longer than 0.5 s: --timeout raises that\n"
    assert command(text, "--timeout", "0.5") == (1, "", said)


# Nothing but reading


def test_a_store_itself_only_reads(session: Session) -> None:
    before = session.cypher("MATCH (n) RETURN count(n) AS n").rows
    for text in (
        "CREATE (:Body {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.name = 'x' RETURN n.name",
        "MERGE (:Body {id: 'x'})",
        "MATCH (a:Body), (b:Post) CREATE (a)-[:ACCOUNTABLE_TO]->(b)",
    ):
        with pytest.raises(StoreError):
            session.facts.store.run(text, {})
    assert session.cypher("MATCH (n) RETURN count(n) AS n").rows == before


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("LOAD CSV FROM 'file:///x' AS row RETURN row", "LOAD CSV is not allowed: a question only reads"),
        ("CALL dbms.components()", "a query may only read"),
        ("MATCH (n) SET n.name = 'x'", "a query may only read"),
        ("SHOW DATABASES", "a query may only read"),
        ("CALL db.labels()", ""),
        (EVERY_BODY, ""),
    ],
)
def test_a_server_says_beforehand_what_it_would_do(session: Session, text: str, wrong: str) -> None:
    store = session.facts.store
    try:
        plan = store.plan(text, {})
    except StoreError as error:
        said = str(error).removeprefix(f"{store}: ")
    else:
        # The embedded store has no more to say than the text.
        said = (
            wrong if isinstance(store, EmbeddedStore) and plan is None else "".join(plan_refusals(plan or {}))
        )
    assert said == wrong


class Unwilling:
    """A store that would do something else than the text of a question says."""

    def plan(self, text: str, parameters: Mapping[str, object]) -> Mapping[str, object]:
        assert (text, parameters) == ("RETURN $x AS x", {"x": 1})
        return {"operatorType": "LoadCSV@neo4j"}

    def run(self, *_: object) -> Answer:
        raise AssertionError("it was run")

    def close(self) -> None:
        pass


def test_what_a_store_would_do_is_looked_at_before_it_does_it() -> None:
    with pytest.raises(QueryError, match=r"^LOAD CSV is not allowed: a question only reads$"):
        queries.run_text("RETURN $x AS x", Unwilling(), {"x": 1})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("MATCH (b:Body) RETURN c", "line 1, column 23 (offset: 22)"),
        ("MATCH (b:Body)\nRETURN b.id,\n  c", "line 3, column 3 (offset: 30)"),
    ],
)
def test_a_server_names_the_place_of_a_mistake_in_the_question_itself(
    command: Command, request: pytest.FixtureRequest, text: str, place: str
) -> None:
    code, out, err = command(text)
    assert (code, out, err.count("\n")) == (1, "", 1)
    if "embedded" not in request.node.name:
        line = text.splitlines()[-1].strip()
        assert err.startswith(f"orgmodel: SERVER could not answer: Variable `c` not defined ({place})")
        assert line in err
        assert "EXPLAIN" not in err
