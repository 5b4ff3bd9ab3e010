"""A graph as RDF triples, in an order that depends on nothing but the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain, groupby
from math import isfinite

from pyoxigraph import Literal, NamedNode, Triple

from exports.rdf.terms import Names, coined, concept, term
from graph.model import (
    Claim,
    Entity,
    Event,
    EventParticipant,
    Finding,
    GraphMention,
    KnowledgeGraph,
    Relation,
    Storyline,
)
from ingest.article import Article, EntityType, MentionKind

Facts = Iterator[tuple[NamedNode, NamedNode | Literal]]  # predicate and object of one subject

A = term("rdf:type")
LABEL = term("rdfs:label")
DENOTED_BY = term("gaf:denotedBy")
ENTITY_CLASSES = {
    EntityType.PERSON: ("schema:Person",),
    EntityType.PLACE: ("schema:Place",),
    EntityType.ORGANIZATION: ("schema:Organization",),
    EntityType.GROUP: ("ng:Group",),
    EntityType.FACILITY: ("ng:Facility", "schema:Place"),
    EntityType.PRODUCT: ("schema:Product",),
    EntityType.WORK: ("schema:CreativeWork",),
    EntityType.OTHER: ("schema:Thing",),
}
# Relations for which schema.org has the very word; any other becomes a word of our own.
PREDICATES = {
    "job_title": term("schema:jobTitle"),
    "occupation": term("schema:hasOccupation"),
    "member_of": term("schema:memberOf"),
    "located_in": term("schema:location"),
}


def triples(graph: KnowledgeGraph, names: Names) -> Iterator[Triple]:
    """Every triple of `graph` once, those of one subject together; articles come first, mentions last."""
    said = _mentions_by_thing(graph)
    known: dict[str, list[Relation]] = {}
    for relation in sorted(graph.relations, key=_statement):
        known.setdefault(relation.subject, []).append(relation)
    for article in sorted(graph.articles, key=_id):
        yield from _distinct(names.named("article", article.id), _article(article))
    for entity in sorted(graph.entities, key=_id):
        facts = chain(
            _entity(entity, names),
            (_fact(relation, entity.type, names) for relation in known.get(entity.id, [])),
            _denoted(said.get(entity.id, []), MentionKind.ENTITY, names),
        )
        yield from _about(names.named("entity", entity.id), facts)
        if _has_place(entity):
            yield from _distinct(names.named("geometry", entity.id), _geometry(entity))
    for event in sorted(graph.events, key=_id):
        roles = _roles(event, names)
        facts = chain(_event(event, roles, names), _denoted(said.get(event.id, []), MentionKind.EVENT, names))
        yield from _about(names.named("event", event.id), facts)
        for role, participants in roles.items():
            yield from _about(role, _role(participants, names))
    for claim in sorted(graph.claims, key=_id):
        yield from _about(names.named("claim", claim.id), _claim(claim, names))
    for finding in sorted(graph.findings, key=_id):
        yield from _about(names.named("finding", finding.id), _finding(finding, names))
    types = {entity.id: entity.type for entity in graph.entities}
    for relation in sorted(graph.relations, key=_statement):
        yield from _about(names.relation(relation), _relation(relation, types.get(relation.subject), names))
    for storyline in sorted(graph.storylines, key=_id):
        yield from _about(names.named("storyline", storyline.id), _storyline(storyline, names))
    for _, alike in groupby(sorted(graph.mentions, key=_stretch), key=lambda mention: _stretch(mention)[:3]):
        same_characters = list(alike)
        characters = names.characters(same_characters[0])
        if len(same_characters) == 1:
            yield from _distinct(characters, _mention(same_characters[0], names))
        else:
            yield from _about(characters, chain.from_iterable(_mention(mention, names) for mention in same_characters))


def number(value: float) -> Literal:
    """A number as xsd:integer when whole, as xsd:decimal when Python writes it without an exponent, else xsd:double."""
    if value.is_integer() and abs(value) < 1e15:  # above, a float no longer tells neighbouring whole numbers apart
        return Literal(str(int(value)), datatype=term("xsd:integer"))
    if "e" not in repr(value) and isfinite(value):
        return Literal(repr(value), datatype=term("xsd:decimal"))
    return Literal(value)


def _id(thing: Article | Entity | Event | Claim | Finding | Storyline) -> str:
    return thing.id


def _statement(relation: Relation) -> tuple[str, str, str]:
    return relation.subject, relation.predicate, relation.object


def _stretch(mention: GraphMention) -> tuple[str, int, int, str]:
    return mention.article, mention.start, mention.end, mention.id


def _distinct(subject: NamedNode, facts: Facts) -> Iterator[Triple]:
    """The facts of one subject, which come in order and differ."""
    return (Triple(subject, predicate, value) for predicate, value in facts)


def _about(subject: NamedNode, facts: Facts) -> Iterator[Triple]:
    """The facts of one subject, each once, those of one predicate together."""
    by_predicate: dict[NamedNode, dict[NamedNode | Literal, None]] = {}
    for predicate, value in facts:
        by_predicate.setdefault(predicate, {})[value] = None
    for predicate, values in by_predicate.items():
        for value in values:
            yield Triple(subject, predicate, value)


def _mentions_by_thing(graph: KnowledgeGraph) -> dict[str, list[GraphMention]]:
    said: dict[str, list[GraphMention]] = {}
    for mention in sorted(graph.mentions, key=_stretch):
        if mention.refers_to is not None:
            said.setdefault(mention.refers_to, []).append(mention)
    return said


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=term("xsd:date"))


@lru_cache(maxsize=1 << 16)
def _offset(characters: int) -> Literal:
    return Literal(str(characters), datatype=term("xsd:nonNegativeInteger"))


def _address(url: str) -> NamedNode | Literal:
    """An IRI where the address is one, the bare text where it is not."""
    try:
        return NamedNode(url)
    except ValueError:
        return Literal(url)


def _has_place(entity: Entity) -> bool:
    return entity.lat is not None and entity.lon is not None


def _article(article: Article) -> Facts:
    yield A, term("schema:NewsArticle")
    yield A, term("nif:Context")
    yield term("schema:headline"), Literal(article.title)
    if article.published is not None:
        yield term("schema:datePublished"), _day(article.published)
    if article.publisher is not None:
        yield term("schema:publisher"), Literal(article.publisher)
    if article.byline is not None:
        yield term("schema:author"), Literal(article.byline)
    if article.url is not None:
        yield term("schema:url"), _address(article.url)
    yield term("schema:inLanguage"), Literal(article.language)
    yield term("nif:beginIndex"), _offset(0)
    yield term("nif:endIndex"), _offset(len(article.text))
    yield term("nif:isString"), Literal(article.text)


def _mention(mention: GraphMention, names: Names) -> Facts:
    yield A, term("nif:Phrase")
    yield term("nif:referenceContext"), names.named("article", mention.article)
    yield term("nif:beginIndex"), _offset(mention.start)
    yield term("nif:endIndex"), _offset(mention.end)
    yield term("nif:anchorOf"), Literal(mention.text)
    # A number or a time may belong to an event without naming it.
    if mention.refers_to is not None and mention.kind in (MentionKind.ENTITY, MentionKind.EVENT):
        yield term("itsrdf:taIdentRef"), names.thing(mention.refers_to)


def _denoted(mentions: list[GraphMention], kind: MentionKind, names: Names) -> Facts:
    for mention in mentions:
        if mention.kind == kind:
            yield DENOTED_BY, names.characters(mention)


def _entity(entity: Entity, names: Names) -> Facts:
    for name in ENTITY_CLASSES[entity.type]:
        yield A, term(name)
    yield term("schema:name"), Literal(entity.name)
    for alias in entity.aliases:
        yield term("skos:altLabel"), Literal(alias)
    if entity.description is not None:
        yield term("schema:description"), Literal(entity.description)
    if _has_place(entity):
        yield term("geo:hasGeometry"), names.named("geometry", entity.id)
        yield term("schema:geo"), names.named("geometry", entity.id)
    for link in entity.links:
        # The model does not say how sure a link is, and a wrong owl:sameAs merges two things in every reader.
        yield term("skos:closeMatch"), _address(link)


def _geometry(entity: Entity) -> Facts:
    longitude, latitude = number(entity.lon or 0.0), number(entity.lat or 0.0)
    yield A, term("geo:Geometry")
    yield A, term("schema:GeoCoordinates")
    yield term("geo:asWKT"), Literal(f"POINT({longitude.value} {latitude.value})", datatype=term("geo:wktLiteral"))
    yield term("schema:latitude"), latitude
    yield term("schema:longitude"), longitude


def _event(event: Event, roles: Iterable[NamedNode], names: Names) -> Facts:
    yield A, term("sem:Event")
    yield LABEL, Literal(event.label)
    yield term("sem:eventType"), term(f"ng:{event.type}")
    if event.mode is not None:
        yield term("ng:mode"), Literal(event.mode)
    yield term("ng:status"), concept(event.status)
    if event.start is not None:
        yield term("sem:hasEarliestBeginTimeStamp"), _day(event.start)
    if event.end is not None:
        yield term("sem:hasLatestEndTimeStamp"), _day(event.end)
    for place in event.places:
        yield term("sem:hasPlace"), names.named("entity", place)
    for participant in event.participants:
        if participant.entity is not None and participant.entity not in event.places:
            yield term("sem:hasActor"), names.named("entity", participant.entity)
    for role in roles:
        yield term("ng:role"), role
    for id in event.mentions:
        yield DENOTED_BY, names.mention(id)


def _roles(event: Event, names: Names) -> dict[NamedNode, list[EventParticipant]]:
    """Each part in the event once, however many articles tell of it, with all that is said of it."""
    roles: dict[NamedNode, list[EventParticipant]] = {}
    for participant in event.participants:
        roles.setdefault(names.role(event.id, participant), []).append(participant)
    return roles


def _role(participants: list[EventParticipant], names: Names) -> Facts:
    first = participants[0]
    yield A, term("sem:Role")
    yield term("sem:roleType"), term(f"ng:{first.role}")
    yield term("rdf:value"), Literal(first.text) if first.entity is None else names.named("entity", first.entity)
    for participant in participants:
        yield DENOTED_BY, names.mention(participant.mention)


def _claim(claim: Claim, names: Names) -> Facts:
    yield A, term("ng:Claim")
    yield from _subject_of(claim, names)
    yield term("ng:value"), _value(claim.value)
    if claim.upper is not None:
        yield term("ng:upper"), number(claim.upper)
    yield term("schema:text"), Literal(claim.text)
    if claim.speaker is not None:
        yield term("prov:wasAttributedTo"), names.named("entity", claim.speaker)
    if claim.said_by is not None:
        yield term("ng:saidBy"), Literal(claim.said_by)
    yield term("prov:hadPrimarySource"), names.named("article", claim.article)
    yield term("prov:wasQuotedFrom"), names.mention(claim.mention)
    if claim.as_of is not None:
        yield term("ng:asOf"), _day(claim.as_of)
    yield term("ng:origin"), names.named("article", claim.origin)
    for other in claim.agrees:
        yield term("ng:agreesWith"), names.named("claim", other)
    for other in claim.conflicts:
        yield term("ng:conflictsWith"), names.named("claim", other)
    for other in claim.supersedes:
        yield term("ng:supersedes"), names.named("claim", other)
    for other in claim.part_of:
        yield term("ng:countsPartOf"), names.named("claim", other)


def _subject_of(said: Claim | Finding, names: Names) -> Facts:
    """Which property of what is spoken of, and how."""
    yield term("ng:about"), names.thing(said.about)
    yield term("ng:property"), coined(said.property)
    yield term("ng:qualifier"), concept(said.qualifier)
    if said.unit is not None:
        yield term("ng:unit"), Literal(said.unit)


def _value(value: float | str) -> Literal:
    return Literal(value) if isinstance(value, str) else number(value)


def _finding(finding: Finding, names: Names) -> Facts:
    yield A, term("ng:Finding")
    yield from _subject_of(finding, names)
    # words of its own, so that a query for what articles claim is not answered with what we make of it
    yield term("ng:bestValue"), _value(finding.value)
    if finding.upper is not None:
        yield term("ng:bestUpper"), number(finding.upper)
    for claim in finding.supports:
        yield term("ng:supportedBy"), names.named("claim", claim)
    for claim in finding.against:
        yield term("ng:contradictedBy"), names.named("claim", claim)
    for article in finding.origins:
        yield term("ng:origin"), names.named("article", article)
    for reason in finding.reasons:
        yield term("ng:reason"), Literal(reason)


def _fact(relation: Relation, subject: EntityType | None, names: Names) -> tuple[NamedNode, NamedNode | Literal]:
    """The predicate and object of a relation; schema.org has another word for where a place is."""
    if relation.predicate == "located_in" and subject in (EntityType.PLACE, EntityType.FACILITY):
        predicate = term("schema:containedInPlace")
    else:
        predicate = PREDICATES.get(relation.predicate) or coined(relation.predicate)
    known = names.knows_entity(relation.object)
    return predicate, names.named("entity", relation.object) if known else Literal(relation.object)


def _relation(relation: Relation, subject: EntityType | None, names: Names) -> Facts:
    """The statement and its evidence; the triple itself stands with its subject."""
    predicate, value = _fact(relation, subject, names)
    yield A, term("ng:Relation")
    yield term("rdf:subject"), names.thing(relation.subject)
    yield term("rdf:predicate"), predicate
    yield term("rdf:object"), value
    for mention in relation.mentions:
        yield DENOTED_BY, names.mention(mention)


def _storyline(storyline: Storyline, names: Names) -> Facts:
    yield A, term("ng:Storyline")
    yield LABEL, Literal(storyline.label)
    for event in storyline.events:
        yield term("schema:hasPart"), names.named("event", event)
