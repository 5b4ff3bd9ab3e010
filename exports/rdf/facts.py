"""What RDF says of each noun of the graph: the predicates and objects of one subject."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import chain
from math import isfinite

from pyoxigraph import Literal, NamedNode

from exports.rdf.terms import Names, coined, concept, term
from graph.mentions import NAMING
from graph.model import Claim, Entity, Event, EventParticipant, Finding, GraphMention, Publication, Relation, Storyline
from ingest.article import Article, EntityType, MentionKind, Role

Facts = Iterable[tuple[NamedNode, NamedNode | Literal]]  # predicate and object of one subject

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


def number(value: float) -> Literal:
    """A number as xsd:integer when whole, as xsd:decimal when Python writes it without an exponent, else xsd:double."""
    if value.is_integer() and abs(value) < 1e15:  # above, a float no longer tells neighbouring whole numbers apart
        return Literal(str(int(value)), datatype=term("xsd:integer"))
    if "e" not in repr(value) and isfinite(value):
        return Literal(repr(value), datatype=term("xsd:decimal"))
    return Literal(value)


def tidy(facts: Facts) -> Facts:
    """The facts of one subject, each once, those of one predicate together."""
    by_predicate: dict[NamedNode, dict[NamedNode | Literal, None]] = {}
    for predicate, value in facts:
        by_predicate.setdefault(predicate, {})[value] = None
    return ((predicate, value) for predicate, values in by_predicate.items() for value in values)


def text_hash(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits: anybody can make it anew from nif:isString."""
    return hashlib.sha256(text.encode()).hexdigest()


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=term("xsd:date"))


@lru_cache(maxsize=1 << 16)
def _offset(characters: int) -> Literal:
    """Characters from the start of a text: an integer, since stores make one of any xsd:nonNegativeInteger."""
    return Literal(characters)


def is_address(url: str) -> bool:
    """Whether an address is an IRI of the web; of any other, JSON-LD might take the scheme for a prefix."""
    try:
        NamedNode(url)
    except ValueError:
        return False
    return url.startswith(("https://", "http://"))


def _address(url: str) -> NamedNode | Literal:
    """An IRI where the address is one, the bare text where it is not."""
    return NamedNode(url) if is_address(url) else Literal(url)


def has_place(entity: Entity) -> bool:
    """Whether the coordinates of an entity are known."""
    return entity.lat is not None and entity.lon is not None


def article_facts(article: Article) -> Facts:
    """An article and its text."""
    yield A, term("schema:NewsArticle")
    yield A, term("nif:Context")
    yield term("schema:headline"), Literal(article.title)
    if article.published is not None:
        yield term("schema:datePublished"), _day(article.published)
    if article.dated_by is not None:
        yield term("ng:datedBy"), concept(article.dated_by)
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
    yield term("schema:sha256"), Literal(text_hash(article.text))


def publications_facts(events: Iterable[NamedNode]) -> Facts:
    """Where else an article was published, by the IRIs of these events."""
    return ((term("schema:publication"), event) for event in events)


def publication_facts(place: Publication) -> Facts:
    """One more place where an article was published."""
    yield A, term("schema:PublicationEvent")
    if place.publisher is not None:
        yield term("schema:publishedBy"), Literal(place.publisher)
    if place.published is not None:
        yield term("schema:startDate"), _day(place.published)
    if place.url is not None:
        yield term("schema:url"), _address(place.url)


def reprint_facts(origin: str | None, names: Names) -> Facts:
    """The earliest article with the same report, where there is one."""
    if origin is not None:
        yield term("ng:reprintOf"), names.named("article", origin)


def mention_facts(mention: GraphMention, names: Names) -> Facts:
    """Some characters of an article, whatever they refer to."""
    yield A, term("nif:Phrase")
    yield term("nif:referenceContext"), names.named("article", mention.article)
    yield term("nif:beginIndex"), _offset(mention.start)
    yield term("nif:endIndex"), _offset(mention.end)
    yield term("nif:anchorOf"), Literal(mention.text)


def _referent(mention: GraphMention, names: Names) -> Facts:
    # A number or a time may belong to an event without naming it.
    if mention.refers_to is not None and mention.kind in NAMING:
        yield term("itsrdf:taIdentRef"), names.thing(mention.refers_to)


def referent_facts(mentions: Iterable[GraphMention], names: Names) -> Facts:
    """What mentions of the same characters refer to."""
    return tidy(chain.from_iterable(_referent(mention, names) for mention in mentions))


def mentions_facts(things: Iterable[str], names: Names) -> Facts:
    """The entities and events that an article mentions, by their ids."""
    return ((term("schema:mentions"), names.thing(thing)) for thing in things)


def _denoted(mentions: Iterable[GraphMention], kind: MentionKind, names: Names) -> Facts:
    for mention in mentions:
        if mention.kind == kind:
            yield DENOTED_BY, names.characters(mention)


def entity_facts(entity: Entity, relations: Iterable[Relation], said: Iterable[GraphMention], names: Names) -> Facts:
    """An entity, what the relations that start from it say, and the mentions that name it."""
    return tidy(
        chain(
            _entity(entity, names),
            (_fact(relation, entity.type, names) for relation in relations),
            _denoted(said, MentionKind.ENTITY, names),
        )
    )


def _entity(entity: Entity, names: Names) -> Facts:
    for name in ENTITY_CLASSES[entity.type]:
        yield A, term(name)
    yield term("schema:name"), Literal(entity.name)
    for alias in entity.aliases:
        yield term("skos:altLabel"), Literal(alias)
    if entity.description is not None:
        yield term("schema:description"), Literal(entity.description)
    if has_place(entity):
        yield term("geo:hasGeometry"), names.named("geometry", entity.id)
        yield term("schema:geo"), names.named("geometry", entity.id)
    for link in entity.links:
        # The model does not say how sure a link is, and a wrong owl:sameAs merges two things in every reader.
        yield term("skos:closeMatch"), _address(link)


def geometry_facts(entity: Entity) -> Facts:
    """Where an entity is, for one that has a place."""
    longitude, latitude = number(entity.lon or 0.0), number(entity.lat or 0.0)
    yield A, term("geo:Geometry")
    yield A, term("schema:GeoCoordinates")
    yield term("geo:asWKT"), Literal(f"POINT({longitude.value} {latitude.value})", datatype=term("geo:wktLiteral"))
    yield term("schema:latitude"), latitude
    yield term("schema:longitude"), longitude


def event_facts(event: Event, roles: Iterable[NamedNode], said: Iterable[GraphMention], names: Names) -> Facts:
    """An event, the IRIs of the roles in it, and the mentions that tell of it."""
    return tidy(chain(_event(event, roles, names), _denoted(said, MentionKind.EVENT, names)))


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
        if participant.entity is not None and participant.role not in (Role.PLACE, Role.TIME):
            yield term("sem:hasActor"), names.named("entity", participant.entity)
    for role in roles:
        yield term("ng:role"), role
    for id in event.mentions:
        yield DENOTED_BY, names.mention(id)


def event_roles(event: Event, names: Names) -> dict[NamedNode, list[EventParticipant]]:
    """Each part in the event once, however many articles tell of it, with all that is said of it."""
    roles: dict[NamedNode, list[EventParticipant]] = {}
    for participant in event.participants:
        roles.setdefault(names.role(event.id, participant), []).append(participant)
    return roles


def role_facts(participants: list[EventParticipant], names: Names) -> Facts:
    """One part in an event, and all the mentions that give it to the same participant."""
    return tidy(_role(participants, names))


def _role(participants: list[EventParticipant], names: Names) -> Facts:
    first = participants[0]
    yield A, term("sem:Role")
    yield term("sem:roleType"), term(f"ng:{first.role}")
    yield term("rdf:value"), Literal(first.text) if first.entity is None else names.named("entity", first.entity)
    for participant in participants:
        yield DENOTED_BY, names.mention(participant.mention)


def claim_facts(claim: Claim, names: Names) -> Facts:
    """What an article claims, in its own words."""
    yield A, term("ng:Claim")
    yield from _property(claim)
    yield term("ng:value"), _value(claim.value)
    if claim.upper is not None:
        yield term("ng:upper"), number(claim.upper)
    yield term("schema:text"), Literal(claim.text)
    if claim.said_by is not None:
        yield term("ng:saidBy"), Literal(claim.said_by)
    yield term("prov:hadPrimarySource"), names.named("article", claim.article)
    yield term("prov:wasQuotedFrom"), names.mention(claim.mention)
    if claim.as_of is not None:
        yield term("ng:asOf"), _day(claim.as_of)


def linked_claim_facts(claim: Claim, names: Names) -> Facts:
    """What a claim is about, and how it stands to the others."""
    return tidy(_linked_claim(claim, names))


def _linked_claim(claim: Claim, names: Names) -> Facts:
    yield term("ng:about"), names.thing(claim.about)
    if claim.speaker is not None:
        yield term("prov:wasAttributedTo"), names.named("entity", claim.speaker)
    yield term("ng:origin"), names.named("article", claim.origin)
    for other in claim.agrees:
        yield term("ng:agreesWith"), names.named("claim", other)
    for other in claim.conflicts:
        yield term("ng:conflictsWith"), names.named("claim", other)
    for other in claim.supersedes:
        yield term("ng:supersedes"), names.named("claim", other)
    for other in claim.part_of:
        yield term("ng:countsPartOf"), names.named("claim", other)


def _property(said: Claim | Finding) -> Facts:
    """Which property a value is given for, and how."""
    yield term("ng:property"), coined(said.property)
    yield term("ng:qualifier"), concept(said.qualifier)
    if said.unit is not None:
        yield term("ng:unit"), Literal(said.unit)


def _value(value: float | str) -> Literal:
    return Literal(value) if isinstance(value, str) else number(value)


def finding_facts(finding: Finding, names: Names) -> Facts:
    """The value that claims bear out best, and why."""
    return tidy(_finding(finding, names))


def _finding(finding: Finding, names: Names) -> Facts:
    yield A, term("ng:Finding")
    yield term("ng:about"), names.thing(finding.about)
    yield from _property(finding)
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


def relation_facts(relation: Relation, subject: EntityType | None, names: Names) -> Facts:
    """The statement of a relation and its evidence; the triple itself stands with its subject."""
    return tidy(_relation(relation, subject, names))


def _relation(relation: Relation, subject: EntityType | None, names: Names) -> Facts:
    predicate, value = _fact(relation, subject, names)
    yield A, term("ng:Relation")
    yield term("rdf:subject"), names.thing(relation.subject)
    yield term("rdf:predicate"), predicate
    yield term("rdf:object"), value
    for mention in relation.mentions:
        yield DENOTED_BY, names.mention(mention)


def storyline_facts(storyline: Storyline, names: Names) -> Facts:
    """A storyline and its events."""
    return tidy(_storyline(storyline, names))


def _storyline(storyline: Storyline, names: Names) -> Facts:
    yield A, term("ng:Storyline")
    yield LABEL, Literal(storyline.label)
    for event in storyline.events:
        yield term("schema:hasPart"), names.named("event", event)
