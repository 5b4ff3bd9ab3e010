"""The graph as networkx knows it: one typed multigraph of entities, events and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import KnowledgeGraph

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def to_networkx(graph: KnowledgeGraph) -> MultiDiGraph[str]:
    """A directed multigraph whose nodes are ids, in the order entities, events, articles.

    Nodes carry `kind` (entity, event, article), `type` (an EntityType, an EventType or "article") and `label`.
    Edges carry `kind`, `role` and `mentions` (the ids of the mentions that say so), and are keyed by "kind:role":

    - participant: from an event to an entity, with the Role; a place of the event that has no role is a "place" too
    - relation: from an entity to an entity, with the predicate as role
    - mention: from an article to an entity or event that it speaks of, with the role "about"
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
        for participant in event.participants:
            if participant.entity is not None:
                join(event.id, participant.entity, "participant", participant.role.value, participant.mention)
        for place in event.places:
            join(event.id, place, "participant", "place")
    for relation in graph.relations:
        join(relation.subject, relation.object, "relation", relation.predicate, *relation.mentions)
    for mention in graph.mentions:
        if mention.refers_to is not None:
            join(mention.article, mention.refers_to, "mention", "about", mention.id)

    for (source, target, kind, role), mentions in edges.items():
        # The object of a relation may be a text ("mayor"), which is no node.
        if source in view and target in view:
            view.add_edge(source, target, key=f"{kind}:{role}", kind=kind, role=role, mentions=tuple(mentions))
    return view
