"""The graph as networkx knows it: one typed multigraph of entities, events and articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.model import KnowledgeGraph
from ingest.article import Role, content_id

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(graph: KnowledgeGraph) -> MultiDiGraph[str]:
    """A directed multigraph whose nodes are ids, in the order entities, events, articles.

    Nodes carry

    - `kind`: entity, event or article
    - `type`: an EntityType, an EventType or "article"
    - `label`: the name, label or title

    Edges are keyed by "kind:role" and carry

    - `kind` and `role`: participant, from an event to an entity, with the Role (a place of the event that has no role
      is a "place" too); relation, from an entity to an entity, with the predicate as role; mention, from an article to
      an entity or event that it speaks of, with the role "about"
    - `mentions`: the evidence, a tuple of the ids of the mentions that say so
    - `times`: how many mentions say so
    - `weight`: how many articles say so, which is what networkx takes for the weight of an edge

    `plain` makes of it what can be written as GraphML or GEXF.
    """
    # networkx takes 0.7 s to import, which only those who ask for this view should pay.
    from networkx import MultiDiGraph  # noqa: PLC0415

    edges: dict[tuple[str, str, str, str], dict[str, None]] = {}

    def join(source: str, target: str, kind: str, role: str, *mentions: str) -> None:
        edges.setdefault((source, target, kind, role), {}).update(dict.fromkeys(mentions))

    view: MultiDiGraph[str] = MultiDiGraph()
    for entity in graph.entities:
        view.add_node(entity.id, kind="entity", type=entity.type.value, label=entity.name)
    for event in graph.events:
        view.add_node(event.id, kind="event", type=event.type.value, label=event.label)
    for article in graph.articles:
        view.add_node(article.id, kind="article", type="article", label=article.title)

    for event in graph.events:
        said = set()
        for participant in event.participants:
            if participant.entity is not None:
                join(event.id, participant.entity, "participant", participant.role.value, participant.mention)
                if participant.role is Role.PLACE:
                    said.add(participant.entity)
        for place in event.places:
            if place not in said:  # inferred from the words around: what tells of the event is all the evidence
                join(event.id, place, "participant", "place", *event.mentions)
    for relation in graph.relations:
        join(relation.subject, relation.object, "relation", relation.predicate, *relation.mentions)
    for mention in graph.mentions:
        if mention.refers_to is not None:
            join(mention.article, mention.refers_to, "mention", "about", mention.id)

    article_of = {mention.id: mention.article for mention in graph.mentions}
    for (source, target, kind, role), mentions in edges.items():
        # The object of a relation may be a text ("mayor"), which is no node.
        if source in view and target in view:
            articles = {article_of[mention] for mention in mentions if mention in article_of}
            view.add_edge(
                source,
                target,
                key=f"{kind}:{role}",
                kind=kind,
                role=role,
                mentions=tuple(mentions),
                times=len(mentions),
                weight=len(articles),
            )
    return view


def plain(view: MultiDiGraph[str]) -> MultiDiGraph[str]:
    """A copy of the view that networkx can write as GraphML and GEXF: every attribute one text or whole number.

    `mentions` is the ids with spaces between them, characters that XML forbids become U+FFFD, and each edge is keyed
    by an id of its own, since both formats want the ids of edges to differ.
    """
    flat = view.__class__()
    for node, known in view.nodes(data=True):
        flat.add_node(node, **{name: _NOT_XML.sub("\ufffd", text) for name, text in known.items()})
    for source, target, key, known in view.edges(keys=True, data=True):
        said = {**known, "mentions": " ".join(known["mentions"])}
        flat.add_edge(source, target, key=content_id("edge", source, key, target), **said)
    return flat
