"""A question in Cypher only reads: what is refused, what is not, and that it is so on the engines."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import kglite
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgmodel.reading import PROCEDURES, blanked, plan_refusals, refusals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server import Login

FILL = (
    "CREATE (:Body {id: 'a', name: 'A', set: 1})-[:PART_OF {id: 'r'}]->(:Body {id: 'b', name: 'B'}) "
    "CREATE (:Post {id: 'c', name: 'C'})"
)
PARAMETERS = {"set": 5, "create": 6, "as": 7}


def filled() -> kglite.KnowledgeGraph:
    """A small graph that can be written to."""
    kglite.set_query_warning_policy("silent")
    graph = kglite.KnowledgeGraph()
    graph.cypher(FILL)
    return graph


def rows(graph: kglite.KnowledgeGraph, text: str) -> list[dict[str, object]]:
    found = graph.cypher(text, params=PARAMETERS)
    assert isinstance(found, kglite.ResultView)
    return found.to_list()


def state(graph: kglite.KnowledgeGraph) -> list[list[dict[str, object]]]:
    """All that can be asked of what a graph holds, and of how it is set up."""
    return [
        rows(graph, text)
        for text in (
            "MATCH (n) RETURN id(n) AS i, labels(n) AS l, properties(n) AS p ORDER BY i",
            "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b ORDER BY t, a",
            "SHOW INDEXES",
            "SHOW CONSTRAINTS",
            "CALL db.cdc.status()",
            "CALL db.ontology.show()",
            "CALL db.temporal.declarations()",
        )
    ]


# What is allowed

IDS = [{"x": "a"}, {"x": "b"}]
ALLOWED: dict[str, list[dict[str, object]]] = {
    "MATCH (n:Body) RETURN n.id AS x ORDER BY x": IDS,
    "// Bodies: SET, CREATE\nMATCH (n:Body) // DELETE n\r\nRETURN n.id AS x ORDER BY x": IDS,
    "MATCH (n:Body) RETURN n.id AS x ORDER BY x;": IDS,
    "MATCH (n:Body) RETURN n.id AS x ORDER BY x ; // ; SET n.x = 1\n": IDS,
    "match (n:Body) where n.set = 1 return n.set as create": [{"create": 1}],
    "MATCH (n:Body) WHERE n.set IS NOT NULL RETURN n.id AS x": [{"x": "a"}],
    "MATCH (n:Body {set: 1}) RETURN n.set AS set, n.id AS id ORDER BY id": [{"set": 1, "id": "a"}],
    "MATCH (`set`:Body) RETURN `set`.id AS `delete` ORDER BY `delete` DESC": [
        {"delete": "b"},
        {"delete": "a"},
    ],
    "MATCH (n:Body) WHERE n.`DELETE` IS NULL RETURN count(n) AS c": [{"c": 2}],
    "MATCH (n:`CREATE (x)`) RETURN n.id AS x": [],
    "MATCH (n:Post) RETURN n.id AS `a``b SET n.x = 1`": [{"a`b SET n.x = 1": "c"}],
    "MATCH (n:Set) RETURN n.id AS x": [],
    "MATCH (n)-[:SET|DELETE]->(m) RETURN n.id AS x": [],
    "MATCH (n)-[:SET|PART_OF*1..2]->(m) RETURN n.id AS x": [{"x": "a"}],
    "MATCH (n:Post) RETURN n {.id, .set} AS m": [{"m": {"id": "c", "set": None}}],
    "RETURN {set: 1, create: 2} AS m": [{"m": {"set": 1, "create": 2}}],
    "RETURN {set: $set, x: $create} AS m": [{"m": {"set": 5, "x": 6}}],
    "RETURN 'SET x = 1' AS a, \"CREATE (n)\" AS b": [{"a": "SET x = 1", "b": "CREATE (n)"}],
    "RETURN 'it\\'s; DELETE n' AS a": [{"a": "it's; DELETE n"}],
    "RETURN 'C:\\\\users\\\\set' AS a": [{"a": "C:\\users\\set"}],
    "RETURN 'a\u00a0b\u200bc’' AS a": [{"a": "a\u00a0b\u200bc’"}],
    "UNWIND [1, 2] AS load WITH load AS insert WHERE insert > 1 RETURN insert": [{"insert": 2}],
    "UNWIND [1, 2] AS drop RETURN drop ORDER BY drop DESC": [{"drop": 2}, {"drop": 1}],
    "UNWIND [1, 2] AS show WITH show RETURN show": [{"show": 1}, {"show": 2}],
    "WITH 1 AS use RETURN use + 1 AS x": [{"x": 2}],
    "WITH 1 AS insert WITH insert AS x WHERE $as = 7 RETURN x": [{"x": 1}],
    "WITH 1 AS load, 2 AS csv RETURN load, csv": [{"load": 1, "csv": 2}],
    "RETURN 1 AS `LOAD CSV`, 2 AS call, 3 AS transactions": [{"LOAD CSV": 1, "call": 2, "transactions": 3}],
    "RETURN 1 AS s, 'x' AS t": [{"s": 1, "t": "x"}],
    "CALL db.labels()": [{"label": "Body"}, {"label": "Post"}],
    "call `db` . `labels`() yield label return label AS x ORDER BY x": [{"x": "Body"}, {"x": "Post"}],
    "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t": [{"t": "PART_OF"}],
    "CALL db.propertyKeys() YIELD propertyKey AS k RETURN collect(k) AS k": [{"k": ["id", "name", "set"]}],
    "CALL db.schema.relTypeProperties() YIELD relType RETURN relType": [{"relType": ":`PART_OF`"}],
    "CALL db.schema.nodeTypeProperties() YIELD nodeType RETURN count(*) > 0 AS x": [{"x": True}],
    "CALL db.schema.visualization() YIELD nodes RETURN count(*) AS x": [{"x": 1}],
    "MATCH (n:Body) CALL (n) { MATCH (n)-[:PART_OF]->(m) RETURN count(m) AS c } RETURN c ORDER BY c": [
        {"c": 0},
        {"c": 1},
    ],
    "CALL { RETURN 1 AS x UNION ALL RETURN 2 AS x } RETURN x ORDER BY x": [{"x": 1}, {"x": 2}],
    "MATCH (n:Body) WHERE EXISTS { (n)-[:PART_OF]->() } RETURN n.id AS x": [{"x": "a"}],
    "MATCH (n:Post) RETURN COUNT { (n)-[:PART_OF]->() } AS c": [{"c": 0}],
    "MATCH (n:Body) FILTER n.set = 1 RETURN n.id AS x": [{"x": "a"}],
    "OPTIONAL MATCH (n:Nothing) RETURN n.id AS x": [{"x": None}],
    "RETURN date('2024-01-02') AS d, duration.between(date('2024-01-01'), date('2024-01-03')).days AS n": [
        {"d": date(2024, 1, 2), "n": 2}
    ],
    "MATCH (n:Body) RETURN CASE WHEN n.set = 1 THEN 'SET' ELSE 'no' END AS x ORDER BY x": [
        {"x": "SET"},
        {"x": "no"},
    ],
    "CYPHER 25 MATCH (n:Body) RETURN count(n) AS c": [{"c": 2}],
}


@pytest.mark.parametrize(("text", "answer"), ALLOWED.items())
def test_what_only_reads_is_allowed_and_answers(text: str, answer: list[dict[str, object]]) -> None:
    assert refusals(text) == []
    assert rows(filled(), text) == answer


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_allowed_procedures_change_nothing(name: str) -> None:
    graph = filled()
    before = state(graph)
    assert refusals(f"CALL {name}()") == []
    assert rows(graph, f"CALL {name}()")
    assert state(graph) == before


# The embedded engine reserves these words and has no block comments; a server has neither limit.
ALLOWED_ON_A_SERVER = {
    "MATCH (set:Body) RETURN set.id AS set ORDER BY set": [("a",), ("b",)],
    "/* SET /* CREATE */ MATCH (set) /**/ WITH set WHERE set.id = 'a' RETURN set.id AS x": [("a",)],
    "RETURN [set IN [1, 2] WHERE set > 1 | set] AS x": [([2],)],
    "RETURN all(delete IN [1] WHERE delete = 1) AS x": [(True,)],
    "MATCH (n:Post) WITH n.id AS create MATCH (m:Post) RETURN create": [("c",)],
    "WITH [1] AS remove UNWIND remove AS merge RETURN merge ORDER BY merge DESC": [(1,)],
    "WITH 1 AS set, 2 AS é RETURN CASE WHEN set = 1 THEN set + é END AS x": [(3,)],
    "MATCH (n:Body) WHERE n.set IN [1] AND 'set' = 'set' XOR false RETURN n.id AS foreach": [("a",)],
    "CALL db.labels() YIELD label AS call RETURN call ORDER BY call": [("Body",), ("Post",)],
    "MATCH p = (:Body {id: 'a'})-[:PART_OF]->{1,2}(b) RETURN [set IN nodes(p) | set.id] AS x": [
        (["a", "b"],)
    ],
}


@pytest.mark.parametrize("text", ALLOWED_ON_A_SERVER)
def test_names_are_allowed_that_the_embedded_engine_reserves(text: str) -> None:
    assert refusals(text) == []


def test_what_is_allowed_answers_on_a_server_and_so_does_its_plan(database: Login) -> None:
    database.run(FILL)
    for text, answer in ALLOWED_ON_A_SERVER.items():
        assert database.run(text) == answer
        assert plan_refusals(plan(database, text)) == []
    for name in PROCEDURES:
        assert plan_refusals(plan(database, f"CALL {name}()")) == []


# What is refused

LISTED = ", ".join(PROCEDURES)


def only_reads(what: str) -> str:
    return f"{what} is not allowed: a question only reads"


def procedure(name: str) -> str:
    return f"the procedure {name} is not allowed; allowed are {LISTED}"


def begins(instead: str) -> str:
    return f"a question begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, CALL or RETURN, not with {instead}"


SET, CREATE, DELETE, LOAD = map(only_reads, ("SET", "CREATE", "DELETE", "LOAD CSV"))
ESCAPE = "\\u is not allowed: write the character itself, or pass the text as a parameter"

# Each changes something on the embedded engine, or reads a file there: `§` is the path of one.
DANGEROUS: dict[str, list[tuple[int, str]]] = {
    "CREATE (:Body {id: 'x'})": [(0, CREATE)],
    "CREATE INDEX FOR (n:Body) ON (n.name)": [(0, CREATE)],
    "CREATE `INDEX` FOR (n:Body) ON (n.name)": [(0, CREATE)],
    "CREATE CONSTRAINT FOR (n:Body) REQUIRE n.id IS UNIQUE": [(0, CREATE)],
    "INSERT (:Body {id: 'x'})": [(0, only_reads("INSERT"))],
    "`INSERT` (:Body {id: 'x'})": [(0, only_reads("INSERT"))],
    "MATCH (n) `insert` (:Body {id: 'x'})": [(10, only_reads("INSERT"))],
    "MATCH (n) RETURN n.id AS x INSERT (:Body {id: 'x'})": [(27, only_reads("INSERT"))],
    "MERGE (n:Body {id: 'x'}) ON CREATE SET n.y = 1": [(0, only_reads("MERGE")), (28, CREATE), (35, SET)],
    "MATCH (n) SET n.x = 2": [(10, SET)],
    "MATCH (n)set n.x = 2": [(9, SET)],
    "MATCH (n)//\nsEt\tn.x = 2": [(12, SET)],
    "MATCH (n) SET n:Label": [(10, SET)],
    "MATCH (n) WITH * SET n.x = 2": [(17, SET)],
    "MATCH (n) WHERE n.set = 1SET n.x = 2": [(25, SET)],
    "MATCH (n) WHERE n.set = 1.0SET n.x = 2": [(27, SET)],
    "MATCH (n) WITH n ORDER BY n.as SET n.x = 2": [(31, SET)],
    "MATCH (n) WITH n ORDER BY $as SET n.x = 2": [(30, SET)],
    "MATCH (n) WITH n, 1 AS `as` ORDER BY `as` SET n.x = 2": [(42, SET)],
    "MATCH (n) REMOVE n.name": [(10, only_reads("REMOVE"))],
    "MATCH (n:Post) DELETE n": [(15, DELETE)],
    "MATCH (n:Post) NODETACH DELETE n": [(15, only_reads("NODETACH")), (24, DELETE)],
    "MATCH (n:Post) `NODETACH` DELETE n": [(15, only_reads("NODETACH")), (26, DELETE)],
    "MATCH (n) DETACH DELETE n": [(10, only_reads("DETACH")), (17, DELETE)],
    "MATCH (n) FOREACH (i IN [1] | SET n.x = i)": [(10, only_reads("FOREACH"))],
    "PROFILE MATCH (n) SET n.x = 2": [(0, "PROFILE is not allowed: ask the question itself"), (18, SET)],
    "CYPHER 25 CREATE (:Body {id: 'x'})": [(10, CREATE)],
    "CALL db.cdc.enable({})": [(0, procedure("db.cdc.enable"))],
    "CALL `db`.`cdc`.enable({})": [(0, procedure("db.cdc.enable"))],
    "CALL DB.CDC.ENABLE({})": [(0, procedure("DB.CDC.ENABLE"))],
    "CALL db.ontology.declare({ontology: {classes: {Body: {}}}})": [(0, procedure("db.ontology.declare"))],
    "CALL db.node_text_index.build({type: 'Body', text_column: 'name'})": [
        (0, procedure("db.node_text_index.build"))
    ],
    "LOAD CSV FROM '§' AS r RETURN r": [(0, LOAD)],
    "load//\n\ncsv FROM '§' AS r RETURN r": [(0, LOAD)],
    "`LOAD` `CSV` FROM '§' AS r RETURN r": [(0, LOAD)],
    "LOAD CSV WITH HEADERS FROM 'file://§' AS r RETURN keys(r) AS r": [(0, LOAD)],
    "RETURN ['x'] AS r UNION LOAD CSV FROM '§' AS r RETURN r": [(24, LOAD)],
}


@pytest.mark.parametrize(("text", "wrong"), DANGEROUS.items())
def test_what_does_more_than_read_is_refused(text: str, wrong: list[tuple[int, str]], tmp_path: Path) -> None:
    assert refusals(text) == wrong
    # And it is no false alarm: the engine does it.
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\nmore\n", encoding="utf-8")
    graph = filled()
    before = state(graph)
    answer = rows(graph, text.replace("§", secret.as_posix()))
    assert state(graph) != before or "secret" in str(answer)


REFUSED: dict[str, list[tuple[int, str]]] = {
    # Commands of a server.
    "SHOW TRANSACTIONS": [(0, only_reads("SHOW"))],
    "`SHOW` INDEXES": [(0, only_reads("SHOW"))],
    "TERMINATE TRANSACTIONS 'x'": [(0, only_reads("TERMINATE"))],
    "RETURN COLLECT { SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery } AS x": [
        (17, only_reads("SHOW"))
    ],
    "RETURN 1 AS x NEXT SHOW SETTINGS": [(19, only_reads("SHOW"))],
    "USE system RETURN 1 AS x": [(0, only_reads("USE"))],
    "CALL { USE other MATCH (n) RETURN n } RETURN n": [(7, only_reads("USE"))],
    "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'y'": [(0, only_reads("ALTER")), (19, SET)],
    "DROP INDEX x": [(0, only_reads("DROP"))],
    "GRANT ROLE x TO y": [(0, only_reads("GRANT"))],
    "STOP DATABASE neo4j": [(0, only_reads("STOP"))],
    "DEFINE PROCEDURE p() { RETURN 1 } RETURN 2": [(0, only_reads("DEFINE"))],
    # What is no question.
    "EXPLAIN MATCH (n) RETURN n": [(0, "EXPLAIN is not allowed: ask the question itself")],
    "CYPHER 5 PROFILE RETURN 1": [(9, "PROFILE is not allowed: ask the question itself")],
    "CYPHER runtime=slotted RETURN 1": [(0, begins("CYPHER"))],
    "MTCH (n) RETURN n": [(0, begins("MTCH; did you mean MATCH?"))],
    "(n) RETURN n": [(0, begins("("))],
    "`MATCH` (n) RETURN n": [(0, begins("MATCH"))],
    "RETURN 1 AS x; RETURN 2 AS x": [(15, "a second statement is not allowed: ask it by itself")],
    "RETURN 1 AS x;;": [(14, "a second statement is not allowed: ask it by itself")],
    "MATCH (n) RETURN n.id AS x FORMAT CSV": [(27, "FORMAT CSV is not allowed: an answer is rows")],
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x": [
        (37, only_reads("CALL {} IN TRANSACTIONS"))
    ],
    "CALL () { RETURN 1 AS x } IN 3 CONCURRENT TRANSACTIONS RETURN x": [
        (31, only_reads("CALL {} IN TRANSACTIONS"))
    ],
    # Procedures and functions.
    "CALL dbms.listConfig()": [(0, procedure("dbms.listConfig"))],
    "RETURN EXISTS { CALL dbms.components() YIELD name RETURN name } AS x": [
        (16, procedure("dbms.components"))
    ],
    "CALL `db.labels``x`()": [(0, procedure("db.labels``x"))],
    "CALL apoc.load.json('http://x')": [(0, procedure("apoc.load.json"))],
    "OPTIONAL CALL/**/tx . getMetaData()": [(9, procedure("tx.getMetaData"))],
    "RETURN apoc.version() AS x": [(7, only_reads("the function apoc.version"))],
    "RETURN genai.vector.encode('a', 'OpenAI', {}) AS x": [
        (7, only_reads("the function genai.vector.encode"))
    ],
    "RETURN `apoc` . text\n.join(['a'], '') AS x": [(7, only_reads("the function apoc.text.join"))],
    "RETURN `apoc.text`.join(['a'], '') AS x": [(7, only_reads("the function apoc.text.join"))],
    # Names that are keywords elsewhere.
    "MATCH (n) WITH n, 1 AS as ORDER BY as SET n.x = 7 RETURN 1": [(38, SET)],
    "MATCH (n) WITH 1 AS as, n AS match, n ORDER BY as DELETE match RETURN 1": [(50, DELETE)],
    "MATCH (n) WITH n AS `as`, 1 AS distinct ORDER BY distinct SET as.x=8 RETURN 1": [(58, SET)],
    "MATCH by = (n)--() WITH n, by ORDER BY by SET n.x = 1": [(42, SET)],
    "MATCH (n)-->(as)-->(m) USING JOIN ON as SET n.x = 2": [(40, SET)],
    "MATCH (match)-->(n) WITH * DELETE match RETURN 1 AS x": [(27, DELETE)],
    "MATCH (`match`)-->(n) WITH * DELETE match RETURN 1 AS x": [(29, DELETE)],
    "MATCH ()-[with]->(n) WITH * DELETE with RETURN 1 AS x": [(28, DELETE)],
    "MATCH (n), union = (n)--() WITH * DELETE union RETURN 1 AS x": [(34, DELETE)],
    "MATCH order = (n)--() WITH * DELETE order RETURN 1 AS x": [(29, DELETE)],
    "MATCH (n) WHERE true OPTIONAL MATCH DIFFERENT RELATIONSHIPS is = (n)--() DELETE is RETURN 1": [
        (73, DELETE)
    ],
    "MATCH (n) WITH n AS then WITH * DELETE then RETURN 1 AS x": [(32, DELETE)],
    "MATCH (n) WITH {k: n} AS m DELETE +m.k": [(27, DELETE)],
    "MATCH (n) CALL { WITH use USE other RETURN 1 AS x } RETURN x": [(26, only_reads("USE"))],
    "MATCH (with) CALL { WITH with USE other RETURN 1 AS x } RETURN x": [(30, only_reads("USE"))],
    "MATCH (n) CALL { RETURN 1 AS x } SET n.x = 2": [(33, SET)],
    "MATCH (n) DELETE [n][0]": [(10, DELETE)],
    "MATCH (n) WHERE n IS As SET n.x = 2": [(24, SET)],
    "MATCH (n) WHERE n IS LABELED As SET n.x = 2": [(32, SET)],
    "MATCH (n) WHERE n:As SET n.x = 2": [(21, SET)],
    "MATCH (n) WHERE n:% SET n.x = 2": [(20, SET)],
    "MATCH (n) WHERE n.x IS :: LIST<INTEGER> SET n.x = 2": [(40, SET)],
    "MATCH (n)-->{1,2}(m) SET n.x = 2": [(21, SET)],
    "MATCH ((n)-->(m))+ SET n.x = 2": [(19, SET)],
    "MATCH (n) SET(n).x = 2": [(10, SET)],
    "MATCH (n) SET n:$('x')": [(10, SET)],
    "RETURN 1 AS x UNION ALL CREATE (n) RETURN 1 AS x": [(24, CREATE)],
    "WHEN true THEN { CREATE (n) } ELSE { RETURN 1 AS x }": [(17, CREATE)],
    "MATCH (n) CALL (n) { SET n.x = 1 }": [(21, SET)],
    # What the engines read differently.
    "MATCH (n) S\\u0045T n.x = 2": [(11, ESCAPE)],
    "RETURN 'a\\u0027 AS x' AS y": [(9, ESCAPE)],
    "RETURN 1 AS x // \\u000a CREATE (n)": [(17, ESCAPE)],
    "RETURN '\\\\\\u0027 AS x' AS y": [(10, ESCAPE)],
    "RETURN s'{COLLECT { LOAD CSV FROM \"x\" AS r RETURN r }}' AS x": [
        (7, "s before a quote is not allowed: join texts with +")
    ],
    'RETURN S"{1}" AS x': [(7, "s before a quote is not allowed: join texts with +")],
    "MATCH (n) // \rSET n.x = 2\nRETURN n": [
        (13, "a carriage return alone is not allowed: end the line with a line feed")
    ],
    "MATCH (n) RETURN\rn": [(16, "the character U+000D is not allowed outside texts: write a plain space")],
    "MATCH (n) SET\u00a0n.x = 2": [
        (10, SET),
        (13, "the character U+00A0 is not allowed outside texts: write a plain space"),
    ],
    "LOAD\u3000CSV FROM 'x' AS r RETURN r": [
        (0, LOAD),
        (4, "the character U+3000 is not allowed outside texts: write a plain space"),
    ],
    "MATCH (n) RETURN n.na\u200bme": [
        (21, "the character U+200B is not allowed outside texts: take it out, or put the name in backticks")
    ],
    "MATCH (n) \u017fET n.x = 2": [(10, SET)],
    "RETURN 'a AS x": [(7, "the text that begins here has no end: close it with '")],
    'RETURN "a AS x': [(7, 'the text that begins here has no end: close it with "')],
    "RETURN `a``b AS x": [(7, "the name that begins here has no end: close it with `")],
    "RETURN 1 AS x /*/ CREATE (n)": [(14, "the comment that begins here has no end: close it with */")],
    "RETURN 1 AS x /* /* */ CREATE (n) */": [(23, CREATE)],
}


@pytest.mark.parametrize(("text", "wrong"), REFUSED.items())
def test_what_an_engine_could_take_for_more_is_refused(text: str, wrong: list[tuple[int, str]]) -> None:
    assert refusals(text) == wrong


def test_a_text_of_nothing_is_not_refused() -> None:
    assert [refusals(text) for text in ("", " \n", "// CREATE\n", ";")] == [[], [], [], [(0, begins(";"))]]


SPACES = st.sampled_from(
    [" ", "\n", "\t", "\r\n", "  ", "/**/", "/* ' */", "// ' \" `\n", "/* // */", " //\r\n"]
)
WORDS = re.compile(r"'[^']*'|`(?:``|[^`])*`|[0-9.]+(?=[0-9])[0-9]|\w+|[^\w\s]")
# What comes after a text that is not closed is still in it.
OPEN_TO_DISGUISE = [
    text
    for text in (*DANGEROUS, *REFUSED)
    if not re.search(r"[^ -~]|[\\\"]|//|/\*|s'|``b", text) and text.count("'") % 2 == 0
]


@given(data=st.data(), text=st.sampled_from(OPEN_TO_DISGUISE))
def test_no_disguise_helps(data: st.DataObject, text: str) -> None:
    """Comments and white space between the words, and other case, change nothing."""
    disguised = ""
    for word in WORDS.findall(text):
        cased = "".join(data.draw(st.sampled_from([c.lower(), c.upper()])) for c in word)
        disguised += (cased if word.isalpha() else word) + data.draw(SPACES)
    assert [why.lower() for _, why in refusals(disguised)] == [why.lower() for _, why in refusals(text)]


CLAUSES = st.sampled_from(
    [
        "SET",
        "create",
        "Delete",
        "DETACH",
        "MERGE",
        "REMOVE",
        "INSERT",
        "FOREACH",
        "LOAD",
        "DROP",
        "SHOW",
        "USE",
    ]
)
HARMLESS = st.sampled_from(
    [
        "MATCH (n) WHERE n.{} = 1 RETURN n.{} AS x",
        "MATCH (n:{}) RETURN n.id AS x",
        "MATCH (n {{{}: 1}}) RETURN n.id AS x",
        "MATCH (n)-[:{}|:{}]->() RETURN n.id AS x",
        "MATCH (`{}`) WHERE `{}`.id = 1 RETURN `{}`.id AS x",
        "RETURN ${} AS x, ${} AS `{}`",
        "RETURN {{{}: $x, {}: 2}} AS x",
        "MATCH (n) RETURN n {{.{}, .{}}} AS x",
        "WITH 1 AS {} RETURN {}",
        "UNWIND [1] AS {} WITH {} ORDER BY {} DESC WHERE {} IN [1] RETURN {} AS {}",
        "RETURN 'it {} (n)' AS x, \"{} n.x = 1\" AS y",
        "RETURN 'it\\'s {} n' AS x // {} n",
        "/* {} n */ RETURN 1 AS x /* ' */ // ` {} n",
        "MATCH (n) RETURN n.id AS `{} n.x = 1``{}`",
    ]
)


@given(form=HARMLESS, word=CLAUSES)
def test_names_texts_and_comments_are_never_refused(form: str, word: str) -> None:
    assert refusals(form.replace("{}", word).replace("{{", "{").replace("}}", "}")) == []


PIECES = st.sampled_from(
    [
        "\n",
        *re.findall(
            r"\S+",
            """
            MATCH OPTIONAL WITH RETURN UNWIND WHERE CALL UNION ALL ORDER BY LIMIT 1 AS IN AND
            DISTINCT FILTER FOR OF SET CREATE INSERT DELETE DETACH MERGE REMOVE FOREACH LOAD CSV
            FORMAT DROP INDEX SHOW INDEXES NODETACH `INSERT` `LOAD` `CSV` `SHOW` `as` `set` as set
            insert load n m x n.x n.as n.x=1 (n) (n:Body) (:Body{id:'x'}) -[:SET]-> --> , ; * [1]
            {x:1} { } ( ) $as $set 'SET' // db.labels() label YIELD db.cdc.enable({}) FINISH HAVING
            EXISTS COUNT CASE WHEN THEN END
            """,
        ),
    ]
)


@given(
    pieces=st.lists(PIECES, min_size=1, max_size=9),
    start=st.sampled_from(["MATCH (n) ", "MATCH (n) WITH n, 1 AS x ", ""]),
)
@example(pieces=["`INSERT`", "(:Body{id:'x'})"], start="MATCH (n) ")
def test_what_is_not_refused_leaves_the_embedded_graph_as_it_is(pieces: list[str], start: str) -> None:
    text = start + " ".join(pieces)
    if refusals(text):
        return
    graph = filled()
    before = state(graph)
    with suppress(kglite.KgError):
        graph.cypher(text, params=PARAMETERS, timeout_ms=2000)
    assert state(graph) == before


# Texts and plans


def test_comments_and_texts_are_blanked_and_nothing_moves() -> None:
    text = "// a $b\nMATCH (n) /* \n */ WHERE n.x = 'it\\'s $c' RETURN `// n` AS x, \"\n\" AS y // z"
    blank = "       \nMATCH (n)    \n    WHERE n.x =            RETURN `// n` AS x,  \n  AS y     "
    assert blanked(text) == blank


def operator(name: str, details: str = "", *below: dict[str, object]) -> dict[str, object]:
    return {
        "operatorType": f"{name}@neo4j",
        "identifiers": [],
        "args": {"Details": details} if details else {},
        "children": list(below),
    }


CALLED = "COLLECT {   CALL dbms.components()     YIELD name   RETURN name AS name }"
NESTED = f"CASE\n  WHEN n.x = $autoint_0 THEN {CALLED}\nEND AS x"
RESOLVED = (
    "[x IN [i] | COLLECT { ResolvedCall(dbms.components() :: name :: STRING, versions :: LIST<STRING>) }]"
)
LOADED = (
    '[x IN [i] WHERE EXISTS {   LOAD CSV FROM "file:///LOAD CSV" AS r   RETURN r[$`autoint_1`] AS `r[0]` }]'
)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (operator("NodeByLabelScan", "set:Body"), []),
        (
            operator(
                "Sort", "call ASC, set ASC", operator("Projection", "n.id AS set, 'LOAD CSV' AS create")
            ),
            [],
        ),
        (operator("ProcedureCall", "db.labels() :: (label :: STRING)"), []),
        (operator("Projection", "COLLECT { CALL db.labels() YIELD label RETURN label } AS show"), []),
        (operator("ProcedureCall", "dbms.info() :: (id :: STRING)"), [procedure("dbms.info")]),
        (operator("Apply", "", operator("Argument"), operator("LoadCSV", "r")), [LOAD]),
        (operator("Projection", NESTED), [procedure("dbms.components")]),
        (operator("Projection", LOADED), [LOAD]),
        (operator("Projection", RESOLVED), [procedure("dbms.components")]),
        (
            operator("Projection", "COLLECT {   SHOW TRANSACTIONS   YIELD a   RETURN a } AS x"),
            [only_reads("SHOW")],
        ),
        (operator("ShowTransactions", "allTransactions"), [only_reads("SHOW")]),
        (operator("TransactionApply"), [only_reads("CALL {} IN TRANSACTIONS")]),
        (operator("SetProperty", "n.x = 1", operator("SetLabels", "n:A", operator("Create"))), [SET, CREATE]),
        ({"operatorType": "AdministrationCommand@system"}, [only_reads("an administration command")]),
        ({}, ["the server says nothing of how it would run this"]),
    ],
)
def test_a_plan_says_what_a_server_would_do(found: dict[str, object], wrong: list[str]) -> None:
    assert plan_refusals(found) == wrong


def plan(server: Login, text: str) -> dict[str, object]:
    import neo4j

    with server.driver() as driver:
        summary = driver.execute_query(
            f"EXPLAIN {text}", PARAMETERS, database_="neo4j", result_transformer_=neo4j.Result.consume
        )
    assert summary.plan is not None
    return summary.plan


ON_A_SERVER = {
    "CREATE (n)": [CREATE],
    "MERGE (n:Body {id: 'x'})": [only_reads("MERGE")],
    "MATCH (n) SET n.x = 1": [SET],
    "MATCH (n) SET n += {x: 1}": [SET],
    "MATCH (n) SET n = {x: 1}": [SET],
    "MATCH (n) SET n:X": [SET],
    "MATCH ()-[r]->() SET r.x = 1": [SET],
    "MATCH (n) REMOVE n:X": [only_reads("REMOVE")],
    "MATCH (n) REMOVE n.x": [SET],
    "MATCH (n) DELETE n": [DELETE],
    "MATCH (n) DETACH DELETE n": [only_reads("DETACH DELETE")],
    "MATCH (n) FOREACH (i IN [1] | SET n.x = 1)": [only_reads("FOREACH")],
    "CREATE INDEX x FOR (n:Body) ON (n.x)": [CREATE],
    "DROP INDEX x IF EXISTS": [only_reads("DROP")],
    "LOAD CSV FROM 'file:///x' AS r RETURN r": [LOAD],
    "RETURN COLLECT { LOAD CSV FROM 'file:///x' AS r RETURN r[0] } AS x": [LOAD],
    "MATCH (n) RETURN CASE WHEN n.x = 1 THEN COLLECT { LOAD CSV FROM 'file:///x' AS r RETURN r[0] } END": [
        LOAD
    ],
    "UNWIND [1] AS i RETURN [x IN [i] | COUNT { CALL dbms.components() YIELD name RETURN name }] AS x": [
        procedure("dbms.components")
    ],
    "CALL dbms.listConnections()": [procedure("dbms.listConnections")],
    "SHOW TRANSACTIONS": [only_reads("SHOW")],
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'": [only_reads("TERMINATE")],
    "SHOW USERS": [only_reads("an administration command")],
    "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'y'": [only_reads("an administration command")],
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x": [only_reads("CALL {} IN TRANSACTIONS")],
}


def test_the_plans_of_a_server_are_understood(database: Login) -> None:
    assert {text: plan_refusals(plan(database, text)) for text in ON_A_SERVER} == ON_A_SERVER
    assert all(refusals(text) for text in ON_A_SERVER)
