"""What docs/graph.md says of the graph: the terms of the vocabulary, questions and what they print.

As a program it writes both into it anew.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import orgmodel
from orgmodel.cli import cli
from orgmodel.errors import StoreError
from orgmodel.graph import graph_of
from orgmodel.session import open_dataset
from orgmodel.stores.shared import LoadRecord
from orgmodel.tables import to_markdown
from orgmodel.vocabulary import COMMON, DERIVED, NAMED, NODE_TYPES, RELATIONSHIP_TYPES, Property

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.session import Session
    from tests.neo4j_server import Login

DOCUMENT = Path(__file__).parent.parent / "docs" / "graph.md"
BEGIN, END = "<!-- written by tests/test_graph_doc.py -->\n", "<!-- until here -->\n"
QUESTION = re.compile(r"(?<=```cypher\n)(?P<text>.*?)```\n\n(?P<table>(?:\|[^\n]*\n)*)", re.DOTALL)

TYPES = {
    "text": "text",
    "texts": "list of texts",
    "integer": "integer",
    "number": "number",
    "date": "date, as text",
}
OF_GRAPH = (
    *DERIVED,
    Property("datasets", "texts", "the ids of the datasets that state it"),
    Property("versions", "texts", "where several datasets state it: what each of them says, as JSON"),
)
ALWAYS = {"id", "certainty", "citations", "holds_from", "holds_to", "datasets", "aliases"}
"""What is there though no dataset must write it."""


def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


# The terms


def terms() -> str:
    """All that the vocabulary declares, as Markdown."""
    own_of_nodes = [(label, p) for label, declared in NODE_TYPES.items() for p in declared.properties]
    own_of_lines = [(name, p) for name, declared in RELATIONSHIP_TYPES.items() for p in declared.properties]
    return "\n".join(
        [
            "Every node and every relationship has:\n",
            table(("property", "value", "there", "what"), [described(p) for p in (*COMMON, *OF_GRAPH)]),
            "Every node has beside:\n",
            table(("property", "value", "there", "what"), [described(p) for p in NAMED]),
            "### Labels\n",
            table(
                ("label", "what", "`kind`, where it has one"),
                [
                    (f"`{label}`", declared.meaning, ", ".join(declared.kinds))
                    for label, declared in NODE_TYPES.items()
                ],
            ),
            table(
                ("label", "property", "value", "there", "what"),
                [(f"`{label}`", *described(p)) for label, p in own_of_nodes],
            ),
            "### Relationship types\n",
            table(
                ("type", "from", "to", "what: the first ... the second"),
                [
                    (f"`{name}`" if not i else "", ", ".join(sources), targets_of(targets), declared.meaning)
                    if not i
                    else ("", ", ".join(sources), targets_of(targets), "")
                    for name, declared in RELATIONSHIP_TYPES.items()
                    for i, (sources, targets) in enumerate(declared.ends)
                ],
            ),
            table(
                ("type", "property", "value", "there", "what"),
                [(f"`{name}`", *described(p)) for name, p in own_of_lines],
            ),
        ]
    )


def targets_of(labels: tuple[str, ...]) -> str:
    return "anything" if set(labels) == set(NODE_TYPES) else ", ".join(labels)


def described(one: Property) -> tuple[str, ...]:
    there = "always" if one.required or one.name in ALWAYS else ""
    what = one.meaning + (f": {', '.join(f'`{value}`' for value in one.allowed)}" if one.allowed else "")
    return f"`{one.name}`", TYPES[one.type], there, what


def table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [[*heading], ["---" for _ in heading], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def test_the_terms_are_those_of_the_vocabulary() -> None:
    _, _, rest = text().partition(BEGIN)
    assert rest.partition(END)[0] == f"\n{terms()}\n"


def test_what_is_always_there_is_there_and_nothing_is_there_that_is_not_named() -> None:
    structure = open_dataset(None)
    graph = graph_of(structure)
    of_nodes = {label: (*NODE_TYPES[label].all_properties, *OF_GRAPH) for label in graph.nodes}
    of_lines = {key: (*RELATIONSHIP_TYPES[key[1]].all_properties, *OF_GRAPH) for key in graph.relationships}
    wrong = [
        (row["id"], name)
        for declared, rows in (
            *((of_nodes[label], rows) for label, rows in graph.nodes.items()),
            *((of_lines[key], rows) for key, rows in graph.relationships.items()),
        )
        for row in rows
        for name in row["props"].keys()  # type: ignore[attr-defined]
        ^ {p.name for p in declared if p.required or p.name in ALWAYS or p.name in row["props"]}  # type: ignore[operator]
    ]
    assert wrong == []


# The questions


def asked(question: str, session: Session) -> str:
    """The answer to a question of the document, as a Markdown table."""
    first, _, _ = question.partition("\n")
    given = first.removeprefix("// ") if first.startswith("// $") else ""
    parameters = json.loads("{" + re.sub(r"[$](\w+) =", r'"\1":', given) + "}")
    rows = session.cypher(question, parameters)
    assert rows.rows, question
    return to_markdown(rows)


def answers(session: Session) -> list[str]:
    return [asked(found["text"], session) for found in QUESTION.finditer(text())]


def written() -> list[str]:
    return [found["table"] for found in QUESTION.finditer(text())]


def test_its_questions_print_what_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORGMODEL_GRAPH", raising=False)
    with orgmodel.open() as session:
        assert answers(session) == written()
    assert len(written()) > 5


# "Instead of" and "write" of the document, where the answers must agree.
_BODY = "MATCH (b:Body {id: $id}) "
DIFFERENT = {
    "MATCH (b:Body) WHERE $a <= b.holds_from <= $b RETURN count(b) AS n": (
        "MATCH (b:Body) WHERE $a <= b.holds_from AND b.holds_from <= $b RETURN count(b) AS n"
    ),
    _BODY + "RETURN size(COLLECT { MATCH (b)<-[:ON]-(s) RETURN s.id }) AS n": (
        _BODY + "CALL (b) { MATCH (b)<-[:ON]-(s) RETURN collect(s.id) AS ids } RETURN size(ids) AS n"
    ),
    "MATCH r = SHORTEST 1 (:Body {id: $id})-[:ACCOUNTABLE_TO]->{1,5}(:Post {id: $post}) RETURN length(r)": (
        "MATCH r = (:Body {id: $id})-[:ACCOUNTABLE_TO*1..5]->(:Post {id: $post}) "
        "RETURN length(r) AS n ORDER BY n LIMIT 1"
    ),
    _BODY + "RETURN duration.between(date(b.holds_from), date($b)).years AS n": (
        _BODY + "RETURN date($b).year - date(b.holds_from).year AS n"
    ),
    _BODY + "RETURN size(keys(b)) AS n": None,
    _BODY + "RETURN b.title AS n": None,
    _BODY + "RETURN b.type AS n": None,
    _BODY + "RETURN b.label AS n": None,
}
GIVEN = {"a": "2019", "b": "2024-10-01", "id": "dsppb", "post": "west-midlands-chief-constable"}
SAME = (
    "MATCH (b:Body) RETURN b.tier AS tier, b.id AS id ORDER BY tier, id",
    "MATCH (b:Body {id: $id}) RETURN COUNT { (b)<-[:ON]-() } AS n, EXISTS { (b)<-[:ON]-() } AS e",
    "MATCH (b:Body {id: $id}) RETURN b.name AS name, labels(b)[0] AS label",
)


def answer(session: Session, question: str) -> object:
    try:
        return session.cypher(question, GIVEN).rows
    except StoreError:
        return "not understood"


@pytest.mark.current_neo4j
def test_on_a_server_it_is_as_the_document_says(database: Login) -> None:
    assert CliRunner().invoke(cli, ["load", "--to", database.address, "--yes"]).exception is None
    with orgmodel.open(database.address) as there, orgmodel.open() as here:
        assert answers(there) == written()
        for instead_of, write in DIFFERENT.items():
            said = answer(there, instead_of)
            assert said not in ("not understood", answer(here, instead_of)), instead_of
            if write is not None:
                assert answer(here, write) == answer(there, write) == said, write
        for question in SAME:
            assert answer(here, question) == answer(there, question) != "not understood", question
    labels = database.run("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")
    assert {label for (label,) in labels} - NODE_TYPES.keys() == {"LoadRecord", "LoadLock"}
    section = text().partition("## On a server")[2].partition("`LoadLock`")[0]
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*)\|", section, re.MULTILINE)))
    assert named == [field.name for field in dataclasses.fields(LoadRecord)]
    kept = {key for (keys,) in database.run("MATCH (r:LoadRecord) RETURN keys(r)") for key in keys}
    assert kept | {"digest"} == set(named)


def _write() -> None:
    before, _, rest = text().partition(BEGIN)
    whole = f"{before}{BEGIN}\n{terms()}\n{END}{rest.partition(END)[2]}"
    with orgmodel.open() as session:
        whole = QUESTION.sub(lambda m: f"{m['text']}```\n\n{asked(m['text'], session)}", whole)
    DOCUMENT.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    _write()
