"""A graph as RDF: what is said of each thing, in an order that depends on nothing but the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Triple

from exports.rdf.facts import (
    Facts,
    article_facts,
    claim_facts,
    entity_facts,
    event_facts,
    event_roles,
    finding_facts,
    geometry_facts,
    has_place,
    linked_claim_facts,
    mention_facts,
    mentions_facts,
    publication_facts,
    publications_facts,
    referent_facts,
    relation_facts,
    reprint_facts,
    role_facts,
    storyline_facts,
)
from exports.rdf.terms import Names
from graph.mentions import Grouped, namings
from graph.model import Claim, Entity, Event, Finding, GraphMention, KnowledgeGraph, Publication, Relation, Storyline
from graph.reports import elsewhere
from ingest.article import Article

_PLACE = attrgetter("article", "start", "end", "id")
_STRETCH = attrgetter("start", "end", "id")
_CHARACTERS = attrgetter("article", "start", "end")


class Description(NamedTuple):
    """What one named graph says of one subject: each fact once, those of one predicate together."""

    graph: NamedNode
    subject: NamedNode
    facts: Facts


def triples(graph: KnowledgeGraph, names: Names) -> Iterator[Triple]:
    """Every triple of `graph` once, those of one subject together; articles come first, mentions last."""
    yield from _as_triples(descriptions(graph, names))


def triples_before_mentions(graph: KnowledgeGraph, names: Names) -> Iterator[Triple]:
    """The same up to the mentions."""
    yield from _as_triples(_before_mentions(graph, names))


def _as_triples(described: Iterable[Description]) -> Iterator[Triple]:
    for _, subject, facts in described:
        for predicate, value in facts:
            yield Triple(subject, predicate, value)


def quads(graph: KnowledgeGraph, names: Names) -> Iterator[Quad]:
    """The same triples, each in its named graph, one graph after the other.

    An article's own facts, its mentions and the words of its claims stand in the named graph of the article. What the
    linker made of them stands in one graph of its own: entities, events, findings, relations, storylines, what a
    mention or claim refers to, and how claims stand to each other.
    """
    for home, subject, facts in chain(_said(graph, names), _derived(graph, names)):
        for predicate, value in facts:
            yield Quad(subject, predicate, value, home)


def descriptions(graph: KnowledgeGraph, names: Names) -> Iterator[Description]:
    """Every statement of `graph` once, those of one subject one after the other, whatever graph they belong to."""
    yield from _before_mentions(graph, names)
    for mentions in all_characters(graph.mentions):
        yield _characters_themselves(mentions[0], names)
        yield _characters_linked(mentions, names)


def _before_mentions(graph: KnowledgeGraph, names: Names) -> Iterator[Description]:
    mentioned, elsewhere_published = things_by_article(graph), elsewhere(graph)
    origins = {each.article: each.origin for each in graph.reprints}
    for article in sorted(graph.articles, key=_id):
        others = elsewhere_published.get(article.id, [])
        yield _article_itself(article, others, names)
        yield _article_linked(article, mentioned, origins, names)
        yield from _publications(article, others, names)
    yield from _things(graph, names)
    for claim in sorted(graph.claims, key=_id):
        yield _claim_itself(claim, names)
        yield _claim_linked(claim, names)
    yield from _conclusions(graph, names)


def _said(graph: KnowledgeGraph, names: Names) -> Iterator[Description]:
    """What articles say, one article after the other."""
    mentions = by_article(graph)
    claims: dict[str, list[Claim]] = {}
    for claim in sorted(graph.claims, key=_id):
        claims.setdefault(claim.article, []).append(claim)
    articles = {article.id: article for article in graph.articles}
    elsewhere_published = elsewhere(graph)
    for id in sorted({*articles, *claims, *mentions}):
        if id in articles:
            others = elsewhere_published.get(id, [])
            yield _article_itself(articles[id], others, names)
            yield from _publications(articles[id], others, names)
        for claim in claims.get(id, []):
            yield _claim_itself(claim, names)
        for alike in same_characters(mentions.get(id, [])):
            yield _characters_themselves(alike[0], names)


def _derived(graph: KnowledgeGraph, names: Names) -> Iterator[Description]:
    """What the linker made of it."""
    mentioned = things_by_article(graph)
    origins = {each.article: each.origin for each in graph.reprints}
    for article in sorted(graph.articles, key=_id):
        yield _article_linked(article, mentioned, origins, names)
    yield from _things(graph, names)
    for claim in sorted(graph.claims, key=_id):
        yield _claim_linked(claim, names)
    yield from _conclusions(graph, names)
    for alike in all_characters(graph.mentions):
        yield _characters_linked(alike, names)


def _things(graph: KnowledgeGraph, names: Names) -> Iterator[Description]:
    """Entities and events, each with what only it refers to."""
    derived = names.derived()
    said = mentions_by_thing(graph)
    known = relations_by_subject(graph)
    for entity in sorted(graph.entities, key=_id):
        facts = entity_facts(entity, known.get(entity.id, []), said.get(entity.id, []), names)
        yield Description(derived, names.named("entity", entity.id), facts)
        if has_place(entity):
            yield Description(derived, names.named("geometry", entity.id), geometry_facts(entity))
    for event in sorted(graph.events, key=_id):
        roles = event_roles(event, names)
        facts = event_facts(event, roles, said.get(event.id, []), names)
        yield Description(derived, names.named("event", event.id), facts)
        for role, participants in roles.items():
            yield Description(derived, role, role_facts(participants, names))


def _conclusions(graph: KnowledgeGraph, names: Names) -> Iterator[Description]:
    derived = names.derived()
    types = {entity.id: entity.type for entity in graph.entities}
    for finding in sorted(graph.findings, key=_id):
        yield Description(derived, names.named("finding", finding.id), finding_facts(finding, names))
    for relation in sorted(graph.relations, key=_statement):
        facts = relation_facts(relation, types.get(relation.subject), names)
        yield Description(derived, names.relation(relation), facts)
    for storyline in sorted(graph.storylines, key=_id):
        yield Description(derived, names.named("storyline", storyline.id), storyline_facts(storyline, names))


def _article_itself(article: Article, others: Iterable[Publication], names: Names) -> Description:
    own = names.named("article", article.id)
    return Description(own, own, chain(article_facts(article), publications_facts(map(names.publication, others))))


def _publications(article: Article, others: Iterable[Publication], names: Names) -> Iterator[Description]:
    own = names.named("article", article.id)
    for place in others:
        yield Description(own, names.publication(place), publication_facts(place))


def _article_linked(
    article: Article, mentioned: Mapping[str, list[str]], origins: Mapping[str, str], names: Names
) -> Description:
    facts = chain(mentions_facts(mentioned.get(article.id, []), names), reprint_facts(origins.get(article.id), names))
    return Description(names.derived(), names.named("article", article.id), facts)


def _claim_itself(claim: Claim, names: Names) -> Description:
    article = names.named("article", claim.article)
    return Description(article, names.named("claim", claim.id), claim_facts(claim, names))


def _claim_linked(claim: Claim, names: Names) -> Description:
    return Description(names.derived(), names.named("claim", claim.id), linked_claim_facts(claim, names))


def _characters_themselves(mention: GraphMention, names: Names) -> Description:
    article = names.named("article", mention.article)
    return Description(article, names.characters(mention), mention_facts(mention, names))


def _characters_linked(mentions: list[GraphMention], names: Names) -> Description:
    return Description(names.derived(), names.characters(mentions[0]), referent_facts(mentions, names))


def mentions_by_thing(graph: KnowledgeGraph) -> Mapping[str, list[GraphMention]]:
    """The mentions of each entity and event, in the order of the articles."""
    return Grouped(graph.mentions, "refers_to", _PLACE)


def things_by_article(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """The ids of the entities and events that each article mentions, sorted."""
    found: dict[str, set[str]] = {}
    for article, thing in namings(graph.mentions):
        found.setdefault(article, set()).add(thing)
    return {article: sorted(found.pop(article)) for article in [*found]}


def relations_by_subject(graph: KnowledgeGraph) -> dict[str, list[Relation]]:
    """The relations that start from each entity."""
    known: dict[str, list[Relation]] = {}
    for relation in sorted(graph.relations, key=_statement):
        known.setdefault(relation.subject, []).append(relation)
    return known


def by_article(graph: KnowledgeGraph) -> Mapping[str, list[GraphMention]]:
    """The mentions of each article, in the order of their characters."""
    return Grouped(graph.mentions, "article", _STRETCH)


def same_characters(mentions: Iterable[GraphMention]) -> Iterator[list[GraphMention]]:
    """The mentions of one article, which come in the order of their characters, those of the same ones together."""
    for _, alike in groupby(mentions, key=_CHARACTERS):
        yield list(alike)


def all_characters(mentions: Sequence[GraphMention]) -> Iterator[list[GraphMention]]:
    """The same for the mentions of all articles, one article after the other."""
    grouped = Grouped(mentions, "article", _STRETCH)
    for article in sorted(grouped):
        yield from same_characters(grouped[article])


def _id(thing: Article | Entity | Event | Claim | Finding | Storyline) -> str:
    return thing.id


def _statement(relation: Relation) -> tuple[str, str, str]:
    return relation.subject, relation.predicate, relation.object
