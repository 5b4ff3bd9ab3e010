"""The graph as GEXF 1.3 with the days on which things were news, for Gephi and its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path

from exports.networks.network import ALWAYS, EDGE_FACTS, NODE_FACTS, Days, Edge, Fact, Network, Node
from exports.whole_file import whole_file
from exports.xml_text import escaped
from graph.model import KnowledgeGraph

TYPES = {str: "string", int: "integer", float: "double"}
# Kinds of entities apart for the colour-blind, too (after Okabe and Ito, darkened for a white ground).
COLOURS = {
    "person": (0, 114, 178),
    "place": (0, 128, 95),
    "organization": (138, 79, 158),
    "group": (178, 94, 140),
    "facility": (90, 160, 120),
    "event": (180, 35, 24),
    "article": (190, 196, 204),
}
OTHER_COLOUR = (107, 114, 128)
_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>newsgraph</creator></meta>
"""
# An edge's ids of mentions would fill Gephi's table of edges, and its weight is an attribute of the format's own.
_EDGE_FACTS = {name: type for name, type in EDGE_FACTS.items() if name not in ("mentions", "weight")}


def write_gexf(graph: KnowledgeGraph, path: Path) -> None:
    """Write the networkx view of `graph` as GEXF 1.3, dynamic where anything has a day.

    The timeline shows an article on the day it came out; an event when it took place, or, where nobody says when, on
    the days it was told of; an entity when anything that it has to do with is shown. What has no day at all is always
    shown. A node's size grows with the articles that speak of it, an edge's weight is the number of articles that say
    it, 1 at least. Ids and characters as in `write_graphml`.
    """
    network = Network(graph)
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"' if network.is_dated() else 'mode="static"'
    with whole_file(path) as out:
        out.write(f'{_OPENING}<graph defaultedgetype="directed" {mode}>\n'.encode())
        out.writelines(line.encode() for line in _elements(network))
        out.write(b"</graph>\n</gexf>\n")


def _elements(network: Network) -> Iterator[str]:
    for owner, facts in (("node", NODE_FACTS), ("edge", _EDGE_FACTS)):
        yield f'<attributes class="{owner}" mode="static">\n'
        for name, type in facts.items():
            yield f'<attribute id="{name}" title="{name}" type="{TYPES[type]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in network.nodes():
        yield _node(node)
    yield "</nodes>\n<edges>\n"
    for edge in network.edges():
        yield _edge(edge)
    yield "</edges>\n"


def _node(node: Node) -> str:
    kind, type = node.facts["kind"], node.facts["type"]
    red, green, blue = COLOURS.get(str(type if kind == "entity" else kind), OTHER_COLOUR)
    size = 4 * sqrt(1 + int(node.facts["articles"] or 0))
    shown, spells = _times(node.days)
    return (
        f'<node id="{node.id}" label="{escaped(node.label)}"{shown}>{_values(node.facts, NODE_FACTS)}{spells}'
        f'<viz:size value="{size:.2f}"/><viz:color r="{red}" g="{green}" b="{blue}"/></node>\n'
    )


def _edge(edge: Edge) -> str:
    kind, role = escaped(str(edge.facts["kind"])), escaped(str(edge.facts["role"]))
    weight = max(1, int(edge.facts["weight"] or 0))
    shown, spells = _times(edge.days)
    # Of several edges between the same two nodes, Gephi keeps apart only those whose kinds differ.
    return (
        f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}" kind="{kind}:{role}" label="{role}"'
        f' weight="{weight}"{shown}>{_values(edge.facts, _EDGE_FACTS)}{spells}</edge>\n'
    )


def _values(facts: dict[str, Fact], names: dict[str, type]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value="{escaped(str(value))}"/>'
        for name, value in facts.items()
        if value is not None and name in names
    )
    return f"<attvalues>{values}</attvalues>"


def _times(days: tuple[Days, ...]) -> tuple[str, str]:
    """The attributes of one stretch of days, or the element that holds several."""
    if days == ALWAYS:
        return "", ""
    if len(days) == 1:
        return _ends(days[0]), ""
    return "", f"<spells>{''.join(f'<spell{_ends(each)}/>' for each in days)}</spells>"


def _ends(days: Days) -> str:
    first, last = days
    start = "" if first == date.min else f' start="{first.isoformat()}"'
    return start if last == date.max else f'{start} end="{last.isoformat()}"'
