"""The rows of nodes.csv: entities, events, articles, claims, findings, storylines, and texts that name no entity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from exports.html.words import amount, plain
from graph.model import Claim, Entity, Event, Finding, KnowledgeGraph
from ingest.article import Article, content_id
from ingest.characters import encodable

Cell = str | int | float | date | tuple[str, ...] | None
Row = dict[str, Cell]
NODE_COLUMNS = (
    "id:ID",
    ":LABEL",
    "type",
    "name",
    "description",
    "aliases:string[]",
    "lat:double",
    "lon:double",
    "links:string[]",
    "mode",
    "status",
    "start:date",
    "end:date",
    "property",
    "value:double",
    "value_text",
    "upper:double",
    "qualifier",
    "unit",
    "said_by",
    "as_of:date",
    "reasons:string[]",
    "published:date",
    "publisher",
    "byline",
    "url",
    "language",
    "path",
    "paragraphs:string[]",
    "text",
)


def node_rows(graph: KnowledgeGraph) -> Iterator[Row]:
    """Each node once, by the names of NODE_COLUMNS; references to other nodes are edges."""
    for entity in sorted(graph.entities, key=attrgetter("id")):
        yield _entity(entity)
    for event in sorted(graph.events, key=attrgetter("id")):
        yield _event(event)
    for article in sorted(graph.articles, key=attrgetter("id")):
        yield _article(article)
    for claim in sorted(graph.claims, key=attrgetter("id")):
        row = _said(claim, "Claim")
        yield row | {"said_by": claim.said_by, "as_of:date": claim.as_of, "text": claim.text}
    for finding in sorted(graph.findings, key=attrgetter("id")):
        yield _said(finding, "Finding") | {"reasons:string[]": finding.reasons}
    for line in sorted(graph.storylines, key=attrgetter("id")):
        yield {"id:ID": line.id, ":LABEL": "Storyline", "name": line.label}
    for id, words in sorted(texts(graph).items()):
        yield {"id:ID": id, ":LABEL": "Text", "name": words}


def texts(graph: KnowledgeGraph) -> dict[str, str]:
    """What takes part in an event or stands in a relation without being an entity, each under an id of its own.

    "Residents" of two events are two nodes, since nothing says that they are the same.
    """
    entities = {entity.id for entity in graph.entities}
    found = {}
    for event in graph.events:
        for participant in event.participants:
            if participant.entity is None:
                found[text_id(event.id, participant.text)] = participant.text
    for relation in graph.relations:
        if relation.object not in entities:
            found[text_id(relation.subject, relation.object)] = relation.object
    return found


def text_id(owner: str, words: str) -> str:
    """The id of a text that takes part in the event, or is said of the entity, with the id `owner`."""
    return content_id("text", owner, encodable(words))


def _entity(entity: Entity) -> Row:
    return {
        "id:ID": entity.id,
        ":LABEL": f"Entity;{entity.type.capitalize()}",
        "type": entity.type.value,
        "name": entity.name,
        "description": entity.description,
        "aliases:string[]": entity.aliases,
        "lat:double": entity.lat,
        "lon:double": entity.lon,
        "links:string[]": entity.links,
    }


def _event(event: Event) -> Row:
    return {
        "id:ID": event.id,
        ":LABEL": "Event",
        "type": event.type.value,
        "name": event.label,
        "mode": event.mode,
        "status": event.status.value,
        "start:date": event.start,
        "end:date": event.end,
    }


def _article(article: Article) -> Row:
    return {
        "id:ID": article.id,
        ":LABEL": "Article",
        "name": article.title,
        "published:date": article.published,
        "publisher": article.publisher,
        "byline": article.byline,
        "url": article.url,
        "language": article.language,
        "path": article.path,
        "paragraphs:string[]": tuple(f"{start}-{end}" for start, end in article.paragraphs),
        "text": article.text,
    }


def _said(said: Claim | Finding, label: str) -> Row:
    is_number = not isinstance(said.value, str)
    return {
        "id:ID": said.id,
        ":LABEL": label,
        "name": " ".join(filter(None, (f"{plain(said.property)}: {amount(said)}", said.unit))),
        "property": said.property,
        "value:double": said.value if is_number else None,
        "value_text": None if is_number else said.value,
        "upper:double": said.upper,
        "qualifier": said.qualifier.value,
        "unit": said.unit,
    }
