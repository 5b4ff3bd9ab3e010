"""What joins entities and events: few beside the edges by which articles speak of them, which views count otherwise."""

from __future__ import annotations

from dataclasses import replace

from graph.model import KnowledgeGraph
from graph.networkx_view import Edge, edges


def ties(graph: KnowledgeGraph) -> dict[Edge, dict[str, None]]:
    """The edges between entities and events, each with the ids of the mentions that say so."""
    return edges(replace(graph, mentions=()))
