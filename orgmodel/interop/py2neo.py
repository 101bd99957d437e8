"""A structure as a py2neo `Subgraph`, and back; for code that is built on py2neo 2021.2.4.

py2neo is no longer maintained: what is new is better built on the `neo4j` driver. `pip install
"orgmodel[py2neo]"` brings what this module needs.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from orgmodel.errors import MissingLibraryError, OrgmodelError, shown
from orgmodel.graph import Stored, graph_of, structure_of
from orgmodel.holding import source_of
from orgmodel.model import Dataset
from orgmodel.stores.shared import COMPLETE
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES

try:
    from py2neo.cypher import cypher_join
    from py2neo.cypher.queries import unwind_merge_relationships_query
    from py2neo.data import Node, Relationship, Subgraph
except ImportError as error:
    raise MissingLibraryError("py2neo", "py2neo", error) from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.structure import Structure

_RECORD = "LoadRecord"


class _Whole(Subgraph):  # type: ignore[misc]  # py2neo has no types
    """A subgraph of which every relationship is written.

    py2neo by itself merges relationships by type and ends only, so that of several between the same nodes,
    each with its own subject, one would be left.
    """

    def __db_create__(self, tx: Any) -> None:
        Subgraph(self.nodes).__db_create__(tx)
        self._write_lines(tx)

    def __db_merge__(self, tx: Any, primary_label: Any = None, primary_key: Any = None) -> None:
        Subgraph(self.nodes).__db_merge__(tx, primary_label, primary_key)
        self._write_lines(tx)

    def _write_lines(self, tx: Any) -> None:
        def type_of(line: Any) -> str:
            return type(line).__name__

        new = [line for line in self.relationships if not self._is_bound(line, tx.graph)]
        for name, lines in groupby(sorted(new, key=type_of), key=type_of):
            by_id = {line["id"]: line for line in lines}
            rows = [(line.start_node.identity, dict(line), line.end_node.identity) for line in by_id.values()]
            query = unwind_merge_relationships_query(rows, (name, "id"))
            for line_id, identity in tx.run(*cypher_join(query, "RETURN _.id, id(_)")):
                by_id[line_id].graph = tx.graph
                by_id[line_id].identity = identity


def to_subgraph(structure: Structure) -> Subgraph:
    """The property graph of a structure as a py2neo subgraph.

    Args:
        structure: The structure.

    Returns:
        Nodes with one label each and relationships, with the properties that they have on a server.
        `graph.create` and `graph.merge` write it; `merge` goes by `id`, without further arguments, and takes
        away no property. What is written so has no record of its dataset: `orgmodel load` of the same
        dataset adds that; of another it refuses the database.
    """
    graph = graph_of(structure)
    nodes: dict[object, Any] = {}
    for label, rows in graph.nodes.items():
        for row in rows:
            node = nodes[row["id"]] = Node(label, **_properties(row))
            node.__primarylabel__, node.__primarykey__ = label, "id"
    lines = []
    for (_, name, _), rows in graph.relationships.items():
        kind = Relationship.type(name)
        lines += [kind(nodes[row["from"]], nodes[row["to"]], **_properties(row)) for row in rows]
    return _Whole(nodes.values(), lines)


def from_subgraph(subgraph: Subgraph | None, datasets: Iterable[Dataset] = ()) -> Structure:
    """The structure that a py2neo subgraph is the graph of.

    Args:
        subgraph: All nodes and relationships of the datasets that are in it, be it made by `to_subgraph` or
            read from a server; nodes that py2neo has not read yet are read. Labels and types that are not
            orgmodel's are left out. None, as py2neo has an empty result, is no graph at all.
        datasets: What the datasets say of themselves: `structure.datasets`. Not needed of those whose
            `LoadRecord` is in the subgraph.

    Raises:
        DatasetError: It is a graph that no structure has.
        OrgmodelError: It is only a part of one, or does not say what its datasets are.
    """
    nodes = {} if subgraph is None else {_key(node): _read(node) for node in subgraph.nodes}
    known = {
        dataset.id: dataset
        for dataset in (
            *(_recorded(properties) for labels, properties in nodes.values() if _RECORD in labels),
            *datasets,
        )
    }
    stored = [*_nodes(nodes.values())]
    if subgraph is not None:
        stored += _lines(subgraph.relationships, nodes)
    _refuse_unknown(stored, known)
    structure = structure_of(known.values(), _once(stored), "subgraph")
    _refuse_part(structure)
    return structure


_Read = tuple[frozenset[str], dict[str, Any]]


def _key(node: Any) -> tuple[bool, int]:
    """The same for all objects that py2neo has for one node."""
    return (False, id(node)) if node.identity is None else (True, node.identity)


def _read(node: Any) -> _Read:
    """Labels and properties; py2neo fetches what it has not yet when it is asked for them by these means."""
    labels = frozenset(node.labels)
    node.keys()
    return labels, dict(node)


def _recorded(properties: Mapping[str, Any]) -> Dataset:
    name = shown(properties.get("dataset"))
    if properties.get("state") != COMPLETE:
        raise OrgmodelError(f"the load of {name} was not finished when the subgraph was read: read it again")
    try:
        return Dataset.model_validate_json(properties.get("description") or "")
    except ValidationError:
        message = f"the LoadRecord of {name} in the subgraph is none that orgmodel writes: load it again"
        raise OrgmodelError(message) from None


def _nodes(nodes: Iterable[_Read]) -> Iterator[Stored]:
    for labels, properties in nodes:
        for label in sorted(labels & NODE_TYPES.keys()):
            yield Stored(label, properties)


def _lines(lines: Iterable[Any], nodes: Mapping[tuple[bool, int], _Read]) -> Iterator[Stored]:
    for line in lines:
        name = type(line).__name__
        if name in RELATIONSHIP_TYPES:
            line.keys()
            ends = (str(nodes[_key(node)][1].get("id")) for node in (line.start_node, line.end_node))
            yield Stored(name, dict(line), *ends)


def _once(stored: Iterable[Stored]) -> Iterator[Stored]:
    """Each thing once; py2neo may have several objects for one, and somebody a copy that says otherwise."""
    seen: dict[str, Stored] = {}
    for one in stored:
        if seen.setdefault(one.name, one) != one:
            raise OrgmodelError(
                f"the subgraph has several things of the id {shown(one.name)}: leave one of them"
            )
    yield from seen.values()


def _refuse_unknown(stored: Iterable[Stored], known: Iterable[str]) -> None:
    named = {
        str(dataset)
        for one in stored
        if isinstance(said := one.properties.get("datasets"), list)
        for dataset in said
    }
    if unknown := sorted(named - {*known}):
        raise OrgmodelError(
            f"the subgraph does not say what the dataset {', '.join(map(shown, unknown))} is: give its "
            "description, from_subgraph(subgraph, structure.datasets), or read its LoadRecord too"
        )


def _refuse_part(structure: Structure) -> None:
    """Without a source that is cited the dates that follow from it would be wrong."""
    cited = {
        source_of(citation)
        for entity in (*structure.nodes.values(), *structure.relationships.values())
        for citation in entity.citations
    }
    if missing := sorted(cited - structure.nodes.keys()):
        raise OrgmodelError(
            f"the subgraph is not the whole of its datasets: it cites {', '.join(map(shown, missing[:3]))}"
            f"{' and more' if missing[3:] else ''}, which it does not hold: read all of it"
        )


def _properties(row: Mapping[str, object]) -> dict[str, Any]:
    props = row["props"]
    assert isinstance(props, dict)
    return props
