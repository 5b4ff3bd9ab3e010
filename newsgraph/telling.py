"""One entity or event told in lines of text: facts, claims side by side, why it is one, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import Entity, Event, GraphMention, KnowledgeGraph, Publication
from graph.reports import Reports, places
from ingest.article import Article
from newsgraph.api import Graph
from newsgraph.ledger import ledger_lines
from newsgraph.whys import whys

# What fits a screen; the files hold everything.
MOST_SENTENCES = 12


class Telling:
    """Tells of the things in one built graph."""

    def __init__(self, built: Graph) -> None:
        self._built = built
        self._graph: KnowledgeGraph = built.graph
        self._articles = {article.id: article for article in self._graph.articles}
        self._reports = Reports(self._graph)
        self._places = places(self._graph)
        self._mentions = {mention.id: mention for mention in self._graph.mentions}
        self._entities = {entity.id: entity for entity in self._graph.entities}

    def lines(self, thing: Entity | Event) -> Iterator[str]:
        """Everything known of a thing, a line at a time."""
        if isinstance(thing, Entity):
            yield from self._entity(thing)
        else:
            yield from self._event(thing)
        yield from ledger_lines(thing.id, self._graph, self._source, self._name)
        yield from whys(self._graph, self._built.corrections(), thing, self._source)
        yield from self._evidence(thing)
        yield from self._printed(thing)

    def _entity(self, entity: Entity) -> Iterator[str]:
        yield f"{entity.name} ({entity.type.value})"
        yield f"  id: {entity.id}"
        if entity.aliases:
            yield f"  also: {', '.join(entity.aliases)}"
        if entity.description:
            yield f"  {entity.description}"
        if entity.lat is not None and entity.lon is not None:
            yield f"  at: {entity.lat:.4f}, {entity.lon:.4f}"
        for link in entity.links:
            yield f"  see: {link}"
        facts = [relation for relation in self._graph.relations if entity.id in (relation.subject, relation.object)]
        if facts:
            yield "Facts"
        for fact in facts:
            said = f"{self._name(fact.subject)}: {fact.predicate.replace('_', ' ')} {self._name(fact.object)}"
            yield f"  {said}  [{self._sources(fact.mentions)}]"
        events = [
            (event, sorted({each.role.value for each in event.participants if each.entity == entity.id}))
            for event in self._graph.events
            if entity.id in event.places or any(each.entity == entity.id for each in event.participants)
        ]
        if events:
            yield f"Events ({len(events)})"
        for event, roles in sorted(events, key=lambda each: (str(each[0].start or ""), each[0].id)):
            yield f"  {_when(event)}  {_kind(event)}  {event.label}  ({', '.join(roles) or 'place'})"

    def _event(self, event: Event) -> Iterator[str]:
        yield f"{event.label} ({_kind(event)}, {event.status.value})"
        yield f"  id: {event.id}"
        yield f"  when: {_when(event)}"
        if event.places:
            yield f"  where: {', '.join(self._name(place) for place in event.places)}"
        for each in sorted(event.participants, key=lambda each: (each.role.value, each.text)):
            known = self._entities.get(each.entity or "")
            yield f"  {each.role.value}: {known.name if known else each.text}  [{self._sources((each.mention,))}]"

    def _evidence(self, thing: Entity | Event) -> Iterator[str]:
        sentences: dict[tuple[str, str], None] = {}
        for mention in self._graph.mentions:
            if mention.refers_to == thing.id:
                sentences[self._source(mention.article), self._sentence(mention)] = None
        if sentences:
            yield "Evidence"
        for source, sentence in sorted(sentences)[:MOST_SENTENCES]:
            yield f"  [{source}] {sentence}"
        if len(sentences) > MOST_SENTENCES:
            yield f"  … and {len(sentences) - MOST_SENTENCES} more"

    def _printed(self, thing: Entity | Event) -> Iterator[str]:
        """Which of the articles that speak of a thing print one report, and where else they were found."""
        told = {mention.article for mention in self._graph.mentions if mention.refers_to == thing.id}
        lines = []
        for article in sorted(told, key=lambda each: (self._source(self._reports.of(each)), self._source(each), each)):
            origin = self._reports.of(article)
            if origin != article:
                place = _place(self._places[article][0]) or self._source(article)
                lines.append(f"  {place} prints [{self._source(origin)}] again")
            others = self._places[article][1:]
            if others:
                lines.append(f"  [{self._source(article)}] was also found at {'; '.join(map(_place, others))}")
        if lines:
            yield "One report in print"
            yield from lines

    def _sentence(self, mention: GraphMention) -> str:
        """The sentence that a mention stands in; the paragraph where sentences are not known."""
        article = self._articles[mention.article]
        for start, end in (*self._built.sentences(article.id), *article.paragraphs):
            if start <= mention.start and mention.end <= end:
                return " ".join(article.text[start:end].split())
        return mention.text

    def _sources(self, mentions: tuple[str, ...]) -> str:
        found = {self._source(self._mentions[each].article) for each in mentions if each in self._mentions}
        return ", ".join(sorted(found))

    def _source(self, article_id: str) -> str:
        article: Article | None = self._articles.get(article_id)
        return (article.path or article.title or article.id) if article else article_id

    def _name(self, id_or_text: str) -> str:
        known = self._entities.get(id_or_text)
        return known.name if known else id_or_text


def _place(place: Publication) -> str:
    """Where an article was found, who published it, when and under which address, as far as it is known."""
    day = place.published.isoformat() if place.published else None
    known = ", ".join(filter(None, (place.publisher, day, place.url)))
    return " ".join(filter(None, (f"[{place.path}]" if place.path else "", f"({known})" if known else "")))


def _kind(event: Event) -> str:
    return f"{event.type.value} {event.mode}" if event.mode else event.type.value


def _when(event: Event) -> str:
    if event.start == event.end:
        return str(event.start) if event.start else "no date"
    return f"{event.start or '…'} to {event.end or '…'}"
