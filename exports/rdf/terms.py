"""The words of the RDF: namespaces, and the IRIs of the things in a graph."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from graph.mentions import by_id
from graph.model import EventParticipant, GraphMention, KnowledgeGraph, Publication, Relation
from ingest.article import content_id
from ingest.errors import NewsgraphError

PREFIXES = {
    "ng": "https://w3id.org/newsgraph/ns#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Kinds of things whose names never need an escape in Turtle, so that a prefix can shorten them. Articles and mentions
# are written in full: an article may bring any id, and a mention has "#char=0,5" in its name.
SHORTENED = ("entity", "event", "claim", "finding", "role", "relation", "storyline", "publication")

_REMEMBERED = 1 << 15  # names of things, which some are asked for again and again


class BadBase(NewsgraphError):
    """A base that cannot start the IRIs of a graph."""

    def __init__(self, base: str) -> None:
        super().__init__(f"{base!r} cannot start an IRI; give something like https://example.org/news/")


@cache
def term(name: str) -> NamedNode:
    """The IRI of a prefixed name such as "schema:Person"."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def shortened(iri: str) -> str:
    """An IRI to be read: with its prefix where it has one of ours, "^" before it where it is followed backwards."""
    mark = iri[: iri.startswith("^")]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace, len(mark)):
            return f"{mark}{prefix}:{iri[len(mark) + len(namespace) :]}"
    return iri


@cache
def coined(words: str) -> NamedNode:
    """The ng: IRI of a predicate or property that the graph names in its own words: "job_title" is ng:jobTitle."""
    first, *rest = re.split(r"[\s_-]+", words)
    return NamedNode(PREFIXES["ng"] + quote(first + "".join(word.capitalize() for word in rest), safe=""))


@cache
def concept(words: str) -> NamedNode:
    """The ng: IRI of a status or qualifier: "at least" is ng:AtLeast."""
    return term("ng:" + "".join(word.capitalize() for word in words.split()))


def prefixes(base: str) -> dict[str, str]:
    """Every prefix that a reader of a graph with this base will want."""
    return PREFIXES | {kind: f"{with_slash(base)}{kind}/" for kind in SHORTENED}


def with_slash(base: str) -> str:
    """A base that ends where the names of kinds of things begin."""
    return base if base.endswith("/") else base + "/"


class Names:
    """The IRIs of the things in one graph, all under one base; equal things have equal IRIs on any machine."""

    def __init__(self, graph: KnowledgeGraph, base: str) -> None:
        """Raises BadBase when `base` is no absolute IRI, or has a query or fragment."""
        self.base = with_slash(base)
        try:
            NamedNode(self.base)
        except ValueError as error:
            raise BadBase(base) from error
        if "#" in base or "?" in base:
            raise BadBase(base)
        self._named = lru_cache(_REMEMBERED)(lambda kind, id: NamedNode(f"{self.base}{kind}/{quote(id, safe='')}"))
        self._mentions = by_id(graph.mentions)
        self._entities = {entity.id for entity in graph.entities}

    def prefixes(self) -> dict[str, str]:
        """Every prefix that a reader of the graph will want."""
        return prefixes(self.base)

    def named(self, kind: str, id: str) -> NamedNode:
        """The IRI of the article, entity, event, claim, finding, storyline or geometry with this id."""
        return self._named(kind, id)

    def derived(self) -> NamedNode:
        """The named graph of what no single article says."""
        return self.named("graph", "derived")

    def characters(self, mention: GraphMention) -> NamedNode:
        """The IRI of some characters of an article, as RFC 5147 names them."""
        return NamedNode(f"{self.named('article', mention.article).value}#char={mention.start},{mention.end}")

    def mention(self, id: str) -> NamedNode:
        """The IRI of the mention with this id."""
        found = self._mentions.get(id)
        return self.named("mention", id) if found is None else self.characters(found)

    def knows_entity(self, id: str) -> bool:
        """Whether this is the id of an entity, rather than of an event or a text."""
        return id in self._entities

    def thing(self, id: str) -> NamedNode:
        """The IRI of an entity or event, whichever has this id."""
        return self.named("entity" if self.knows_entity(id) else "event", id)

    def role(self, event: str, participant: EventParticipant) -> NamedNode:
        """The IRI of one part that somebody plays in an event."""
        entity = participant.entity
        parts = (event, participant.role, "text" if entity is None else "entity", entity or participant.text)
        return self.named("role", content_id("role", *parts))

    def publication(self, place: Publication) -> NamedNode:
        """The IRI of one more place where an article was published."""
        parts = (place.article, place.publisher, place.url, place.published)
        return self.named("publication", content_id("publication", *parts))

    def relation(self, relation: Relation) -> NamedNode:
        """The IRI of the statement that a relation makes."""
        return self.named("relation", content_id("relation", relation.subject, relation.predicate, relation.object))
