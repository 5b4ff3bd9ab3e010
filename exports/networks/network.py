"""The nodes and edges of the networkx view with all that is known of them, and the days on which each was news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from exports.ids import portable
from graph.model import Entity, Event, KnowledgeGraph
from graph.networkx_view import edges
from graph.reports import Reports
from ingest.article import Article, content_id
from ingest.characters import encodable

Fact = str | int | float | None
Days = tuple[date, date]  # first and last; date.min and date.max where open
ALWAYS: tuple[Days, ...] = ((date.min, date.max),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity, event or article."""

    id: str
    label: str
    facts: dict[str, Fact]  # by the names of NODE_FACTS; what is not known is None or not there
    days: tuple[Days, ...]  # when it was news, in order, with a day or more between them; ALWAYS where nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """That one node has to do with another."""

    id: str
    source: str
    target: str
    facts: dict[str, Fact]  # by the names of EDGE_FACTS
    days: tuple[Days, ...]


# Every fact that a node or an edge may have, and what kind of value it is.
NODE_FACTS: dict[str, type] = {
    "kind": str,  # entity, event or article
    "type": str,
    "articles": int,  # how many speak of it
    "original_id": str,  # the article's own id, where the formats do not take it as one
    "aliases": str,  # between semicolons, as are the links
    "description": str,
    "lat": float,
    "lon": float,
    "links": str,
    "mode": str,
    "status": str,
    "start_date": str,
    "end_date": str,
    "storyline": str,
    "published": str,
    "publisher": str,
    "byline": str,
    "url": str,
    "language": str,
    "path": str,
}
EDGE_FACTS: dict[str, type] = {"kind": str, "role": str, "mentions": str, "times": int, "weight": int}


@dataclass(slots=True)
class Network:
    """The nodes and edges of one graph, each in the order of ids and always the same."""

    graph: KnowledgeGraph
    _edges: list[Edge] = field(init=False)
    _days: dict[str, set[Days]] = field(init=False)  # of each node that is an end of an edge
    _articles: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._days = {}
        self._articles = {}
        self._edges = list(self._connected())

    def edges(self) -> list[Edge]:
        """Participants (event to entity), relations (entity to entity) and mentions (article to entity or event)."""
        return self._edges

    def nodes(self) -> Iterator[Node]:
        """Entities, events, articles; an entity is news when something is that it has a part in."""
        storylines = {event: line.label for line in self.graph.storylines for event in line.events}
        for entity in sorted(self.graph.entities, key=lambda entity: entity.id):
            yield self._node(entity, entity.name, _entity(entity), tuple(self._days.get(entity.id, ())))
        days = self._news()
        for event in sorted(self.graph.events, key=lambda event: event.id):
            yield self._node(
                event, event.label, _event(event) | {"storyline": storylines.get(event.id)}, days[event.id]
            )
        for article in sorted(self.graph.articles, key=lambda article: article.id):
            yield self._node(article, article.title, _article(article), days[article.id])

    def is_dated(self) -> bool:
        """Whether anything in the graph has a day."""
        return any(days != ALWAYS for days in self._news().values())

    def _node(self, thing: Entity | Event | Article, label: str, facts: dict[str, Fact], days: Iterable[Days]) -> Node:
        id = portable(thing.id)
        articles = 1 if isinstance(thing, Article) else self._articles.get(thing.id, 0)
        renamed = {} if id == thing.id else {"original_id": thing.id}
        return Node(id=id, label=label, facts={**facts, "articles": articles, **renamed}, days=joined(days))

    def _connected(self) -> Iterator[Edge]:
        article_of = {mention.id: mention.article for mention in self.graph.mentions}
        news, reports = self._news(), Reports(self.graph)
        told: dict[str, set[str]] = {}
        for (source, target, kind, role), said in sorted(edges(self.graph).items()):
            articles = {article_of[mention] for mention in said if mention in article_of}
            if kind == "mention":
                told.setdefault(target, set()).add(reports.of(source))
            # A relation has no day of its own: it was news when articles told of it.
            days = joined(day for article in articles for day in news[article]) if kind == "relation" else news[source]
            for end in (source, target):
                self._days.setdefault(end, set()).update(days)
            ends = portable(source), portable(target)
            yield Edge(
                id=content_id("edge", ends[0], encodable(f"{kind}:{role}"), ends[1]),
                source=ends[0],
                target=ends[1],
                facts={
                    "kind": kind,
                    "role": role,
                    "mentions": " ".join(sorted(said)),
                    "times": len(said),
                    "weight": reports.count(articles),
                },
                days=days,
            )
        self._articles = {thing: len(told_by) for thing, told_by in told.items()}

    def _news(self) -> dict[str, tuple[Days, ...]]:
        """When articles came out; when events took place, or else the days on which they were told of."""
        days: dict[str, tuple[Days, ...]] = {}
        for article in self.graph.articles:
            days[article.id] = ALWAYS if article.published is None else ((article.published, article.published),)
        article_of = {mention.id: mention.article for mention in self.graph.mentions}
        for event in self.graph.events:
            if event.start is None and event.end is None:
                told = {article_of[mention] for mention in event.mentions if mention in article_of}
                days[event.id] = joined(day for article in told for day in days[article])
            else:
                first, last = event.start or date.min, event.end or date.max
                days[event.id] = ((min(first, last), max(first, last)),)
        return days


def joined(days: Iterable[Days]) -> tuple[Days, ...]:
    """The stretches in order, those that overlap or follow one another as one; ALWAYS for none."""
    found: list[Days] = []
    for first, last in sorted(days):
        if found and (found[-1][1] == date.max or first <= found[-1][1] + timedelta(days=1)):
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found) or ALWAYS


def _entity(entity: Entity) -> dict[str, Fact]:
    return {
        "kind": "entity",
        "type": entity.type.value,
        "aliases": "; ".join(entity.aliases) or None,
        "description": entity.description,
        "lat": entity.lat,
        "lon": entity.lon,
        "links": "; ".join(entity.links) or None,
    }


def _event(event: Event) -> dict[str, Fact]:
    return {
        "kind": "event",
        "type": event.type.value,
        "mode": event.mode,
        "status": event.status.value,
        "start_date": _iso(event.start),
        "end_date": _iso(event.end),
    }


def _article(article: Article) -> dict[str, Fact]:
    return {
        "kind": "article",
        "type": "article",
        "published": _iso(article.published),
        "publisher": article.publisher,
        "byline": article.byline,
        "url": article.url,
        "language": article.language,
        "path": article.path,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
