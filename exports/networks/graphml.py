"""The graph as GraphML, for networkx, igraph, Cytoscape, yEd and Gephi."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exports.networks.network import EDGE_FACTS, NODE_FACTS, Edge, Fact, Network, Node
from exports.whole_file import whole_file
from exports.xml_text import escaped
from graph.model import KnowledgeGraph

TYPES = {str: "string", int: "int", float: "double"}
_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the networkx view of `graph` as GraphML: its nodes and edges with their attributes, and what else is known.

    Ids are those of the graph; an article's own id that XML cannot take as one becomes a hash, and stands in the
    attribute `original_id`. Characters that XML cannot hold become U+FFFD.
    """
    network = Network(graph)
    with whole_file(path) as out:
        out.write(_OPENING.encode())
        for owner, facts in (("node", {"label": str, **NODE_FACTS}), ("edge", EDGE_FACTS)):
            for name, type in facts.items():
                key = f'<key id="{owner}.{name}" for="{owner}" attr.name="{name}" attr.type="{TYPES[type]}"/>\n'
                out.write(key.encode())
        out.write(b'<graph id="news" edgedefault="directed">\n')
        out.writelines(line.encode() for line in _elements(network))
        out.write(b"</graph>\n</graphml>\n")


def _elements(network: Network) -> Iterator[str]:
    for node in network.nodes():
        yield _node(node)
    for edge in network.edges():
        yield _edge(edge)


def _node(node: Node) -> str:
    return f'<node id="{node.id}">{_facts("node", {"label": node.label, **node.facts})}</node>\n'


def _edge(edge: Edge) -> str:
    ends = f'source="{edge.source}" target="{edge.target}"'
    return f'<edge id="{edge.id}" {ends}>{_facts("edge", edge.facts)}</edge>\n'


def _facts(owner: str, facts: dict[str, Fact]) -> str:
    return "".join(
        f'<data key="{owner}.{name}">{escaped(str(value))}</data>' for name, value in facts.items() if value is not None
    )
