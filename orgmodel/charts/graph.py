"""What Graphviz lays out or draws, as data: no value is ever written into a text that it has to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Attributes: TypeAlias = "Mapping[str, str]"
"""By the names that Graphviz has for them. A label between `<` and `>` is HTML-like, to it."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph.

    Attributes:
        attributes: Those of the whole.
        node_attributes: What its nodes have where they do not say otherwise.
        edge_attributes: What its edges have where they do not.
        nodes: The name of each, and its attributes.
        edges: The names of the nodes of each, from its start to its end, and its attributes.
        ranks: Names of nodes that are laid out on one level.
    """

    attributes: Attributes
    node_attributes: Attributes
    edge_attributes: Attributes = field(default_factory=dict)
    nodes: list[tuple[str, Attributes]] = field(default_factory=list)
    edges: list[tuple[str, str, Attributes]] = field(default_factory=list)
    ranks: list[list[str]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """It as what JSON can hold."""
        return {name: getattr(self, name) for name in self.__slots__}
