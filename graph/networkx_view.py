"""The graph as networkx knows it: one typed multigraph of entities, events and articles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.model import KnowledgeGraph
from graph.reports import Reports
from ingest.article import Role, content_id
from ingest.characters import encodable

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Edge = tuple[str, str, str, str]  # source, target, kind, role


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
    - `weight`: how many articles say so, reprints of one report counted once; networkx takes it for the edge's weight

    `plain` makes of it what can be written as GraphML or GEXF.
    """
    # networkx takes 0.7 s to import, which only those who ask for this view should pay.
    from networkx import MultiDiGraph  # noqa: PLC0415

    view: MultiDiGraph[str] = MultiDiGraph()
    for entity in graph.entities:
        view.add_node(entity.id, kind="entity", type=entity.type.value, label=entity.name)
    for event in graph.events:
        view.add_node(event.id, kind="event", type=event.type.value, label=event.label)
    for article in graph.articles:
        view.add_node(article.id, kind="article", type="article", label=article.title)
    article_of = {mention.id: mention.article for mention in graph.mentions}
    reports = Reports(graph)
    for (source, target, kind, role), mentions in edges(graph).items():
        articles = {article_of[mention] for mention in mentions if mention in article_of}
        view.add_edge(
            source,
            target,
            key=f"{kind}:{role}",
            kind=kind,
            role=role,
            mentions=tuple(mentions),
            times=len(mentions),
            weight=reports.count(articles),
        )
    return view


def edges(graph: KnowledgeGraph) -> dict[Edge, dict[str, None]]:
    """The edges of `to_networkx`, each with the ids of the mentions that say so."""
    found: dict[Edge, dict[str, None]] = defaultdict(dict)
    for event in graph.events:
        said = set()
        for participant in event.participants:
            if participant.entity is not None:
                key = event.id, participant.entity, "participant", participant.role.value
                found[key][participant.mention] = None
                if participant.role is Role.PLACE:
                    said.add(participant.entity)
        for place in event.places:
            if place not in said:  # inferred from the words around: what tells of the event is all the evidence
                found[event.id, place, "participant", "place"].update(dict.fromkeys(event.mentions))
    for relation in graph.relations:
        key = relation.subject, relation.object, "relation", relation.predicate
        found[key].update(dict.fromkeys(relation.mentions))
    for mention in graph.mentions:
        if mention.refers_to is not None:
            found[mention.article, mention.refers_to, "mention", "about"][mention.id] = None
    nodes = {thing.id for things in (graph.entities, graph.events, graph.articles) for thing in things}
    # The object of a relation may be a text ("mayor"), which is no node.
    return {key: mentions for key, mentions in found.items() if key[0] in nodes and key[1] in nodes}


def plain(view: MultiDiGraph[str]) -> MultiDiGraph[str]:
    """A copy of the view that networkx can write as GraphML and GEXF: every attribute one text or whole number.

    `mentions` is the ids with spaces between them, characters that XML forbids become U+FFFD, and each edge is keyed
    by an id of its own, since both formats want the ids of edges to differ.
    """
    flat = view.__class__()
    for node, known in view.nodes(data=True):
        flat.add_node(node, **{name: encodable(text) for name, text in known.items()})
    for source, target, key, known in view.edges(keys=True, data=True):
        said = {**known, "mentions": " ".join(known["mentions"])}
        flat.add_edge(source, target, key=content_id("edge", source, key, target), **said)
    return flat
