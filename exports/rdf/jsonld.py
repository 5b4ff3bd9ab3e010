"""The graph as JSON-LD that a person can read: mentions in their article, roles, claims and findings in their event,
and beside the IRI of an entity or event what it is called.

Keys are those of context.jsonld, which every file carries, so that no reader has to fetch anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode

from exports import DEFAULT_BASE
from exports.rdf import facts as rdf
from exports.rdf.terms import Names, term
from exports.rdf.triples import (
    by_article,
    mentions_by_thing,
    relations_by_subject,
    same_characters,
    things_by_article,
)
from exports.whole_file import whole_file
from graph.model import Claim, Entity, Event, Finding, GraphMention, KnowledgeGraph, Storyline
from graph.reports import elsewhere
from ingest.article import Article

CONTEXT = Path(__file__).with_name("context.jsonld")
Node = dict[str, Any]
Said = TypeVar("Said", Claim, Finding)
STRING, INTEGER = term("xsd:string").value, term("xsd:integer").value


class Key(NamedTuple):
    """How a predicate is written: its name, the type that its values have unless they say otherwise, always a list."""

    name: str
    type: str | None
    many: bool


def write_jsonld(graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
    """Write `graph` as JSON-LD 1.1, one object for each thing; equal graphs give equal bytes. May raise BadBase."""
    names = Names(graph, base)
    writer = _Writer(names)
    with whole_file(path) as out:
        out.write(f'{{\n"@context": {_pretty(context(names))},\n"@graph": ['.encode())
        comma = "\n"
        for node in writer.nodes(graph):
            out.write(f"{comma}{_pretty(node)}".encode())
            comma = ",\n"
        out.write(b"\n]\n}\n")


def context(names: Names) -> Node:
    """The context of a graph: the prefixes of its things, and the keys of context.jsonld."""
    articles_and_geometries = {kind: f"{names.base}{kind}/" for kind in ("article", "geometry")}
    return names.prefixes() | articles_and_geometries | _context()


@cache
def _context() -> Node:
    return dict(json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"])


@cache
def _keys() -> dict[str, Key]:
    """How each predicate with a key of its own is written, by its IRI."""
    keys = {}
    for name, meaning in _context().items():
        definition = meaning if isinstance(meaning, dict) else {"@id": meaning}
        if "@reverse" not in definition and not definition["@id"].startswith("@"):
            type = definition.get("@type")
            expanded = type if type in (None, "@id") else term(type).value
            keys[term(definition["@id"]).value] = Key(name, expanded, "@container" in definition)
    return keys


class _Writer:
    """Makes the objects of one graph."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._called: dict[NamedNode, Node] = {}
        self._prefixes = {iri: prefix for prefix, iri in context(names).items() if isinstance(iri, str)}

    def nodes(self, graph: KnowledgeGraph) -> Iterator[Node]:
        """One object for each article, entity, event, relation and storyline, with what belongs to it inside."""
        names = self._names
        self._called |= {names.named("entity", each.id): {"name": each.name} for each in graph.entities}
        self._called |= {names.named("event", each.id): {"label": each.label} for each in graph.events}
        mentions, mentioned = by_article(graph), things_by_article(graph)
        places, origins = elsewhere(graph), {each.article: each.origin for each in graph.reprints}
        for article in sorted(graph.articles, key=_id):
            inside = [self._mention(alike, nested=True) for alike in same_characters(mentions.get(article.id, []))]
            said = chain(
                rdf.article_facts(article),
                rdf.mentions_facts(mentioned.get(article.id, []), names),
                rdf.reprint_facts(origins.get(article.id), names),
            )
            others = [
                self._node(names.publication(place), rdf.publication_facts(place))
                for place in places.get(article.id, [])
            ]
            yield self._node(names.named("article", article.id), said, publications=others, phrases=inside)
        claims, findings = _by_thing(graph.claims), _by_thing(graph.findings)
        mentions_of, relations = mentions_by_thing(graph), relations_by_subject(graph)

        def about(thing: str) -> Node:
            return {
                "claims": [self._claim(claim, nested=True) for claim in claims.pop(thing, [])],
                "findings": [self._finding(finding, nested=True) for finding in findings.pop(thing, [])],
            }

        for entity in sorted(graph.entities, key=_id):
            facts = rdf.entity_facts(entity, relations.get(entity.id, []), mentions_of.get(entity.id, []), names)
            node = self._node(names.named("entity", entity.id), facts, **about(entity.id))
            if rdf.has_place(entity):
                node["hasGeometry"] = self._node(names.named("geometry", entity.id), rdf.geometry_facts(entity))
            yield node
        for event in sorted(graph.events, key=_id):
            roles = rdf.event_roles(event, names)
            facts = rdf.event_facts(event, roles, mentions_of.get(event.id, []), names)
            played = [self._node(role, rdf.role_facts(each, names)) for role, each in roles.items()]
            yield self._node(names.named("event", event.id), facts, roles=played, **about(event.id))
        types = {entity.id: entity.type for entity in graph.entities}
        for relation in sorted(graph.relations, key=lambda each: (each.subject, each.predicate, each.object)):
            yield self._node(names.relation(relation), rdf.relation_facts(relation, types.get(relation.subject), names))
        for storyline in sorted(graph.storylines, key=_id):
            yield self._node(names.named("storyline", storyline.id), rdf.storyline_facts(storyline, names))
        # what belongs to nothing that the graph holds
        for claim in chain.from_iterable(claims.values()):
            yield self._claim(claim)
        for finding in chain.from_iterable(findings.values()):
            yield self._finding(finding)
        for article_id in sorted(set(mentions).difference(article.id for article in graph.articles)):
            for alike in same_characters(mentions[article_id]):
                yield self._mention(alike)

    def _mention(self, alike: list[GraphMention], *, nested: bool = False) -> Node:
        facts = chain(rdf.mention_facts(alike[0], self._names), rdf.referent_facts(alike, self._names))
        return self._node(self._names.characters(alike[0]), facts, without="referenceContext" if nested else "")

    def _claim(self, claim: Claim, *, nested: bool = False) -> Node:
        facts = chain(rdf.claim_facts(claim, self._names), rdf.linked_claim_facts(claim, self._names))
        return self._node(self._names.named("claim", claim.id), facts, without="about" if nested else "")

    def _finding(self, finding: Finding, *, nested: bool = False) -> Node:
        facts = rdf.finding_facts(finding, self._names)
        return self._node(self._names.named("finding", finding.id), facts, without="about" if nested else "")

    def _node(self, subject: NamedNode, facts: rdf.Facts, *, without: str = "", **inside: list[Node]) -> Node:
        """The facts of one subject under their keys, and the objects that belong into it."""
        node: Node = {"id": self._compact(subject.value)}
        for predicate, value in facts:
            key = _keys().get(predicate.value) or Key(self._compact(predicate.value), None, many=True)
            if predicate == rdf.A:
                key = Key("type", "@id", many=False)
            name, written = key.name, self._value(value, key.type)
            if name == without:
                continue
            if name not in node:
                node[name] = [written] if key.many else written
            elif isinstance(node[name], list):
                node[name].append(written)
            else:
                node[name] = [node[name], written]
        node |= {name: nodes for name, nodes in inside.items() if nodes}
        evidence = node.pop("denotedBy", None)  # the longest list comes last
        return node if evidence is None else node | {"denotedBy": evidence}

    def _value(self, value: NamedNode | Literal, type: str | None) -> object:
        """A value under a key whose values have this type."""
        if isinstance(value, NamedNode):
            short, called = self._compact(value.value), self._called.get(value)
            return short if type == "@id" and not called else {"id": short} | (called or {})
        given = value.datatype.value
        if given == (type or STRING):
            return value.value
        if type is None and given == INTEGER:
            return int(value.value)
        return {"@value": value.value} | ({} if given == STRING else {"@type": self._compact(given)})

    def _compact(self, iri: str) -> str:
        """An IRI with its namespace as a prefix, where that has one."""
        # What follows "article/" may hold a "#"; every other name ends behind the last "/" or "#".
        if iri.startswith(self._names.base):
            kind, slash, rest = iri.removeprefix(self._names.base).partition("/")
            namespace = f"{self._names.base}{kind}{slash}"
        else:
            rest = re.split("[/#]", iri)[-1]
            namespace = iri.removesuffix(rest)
        prefix = self._prefixes.get(namespace)
        return iri if prefix is None or not rest or rest.startswith("//") else f"{prefix}:{rest}"


def _by_thing(all: Iterable[Said]) -> dict[str, list[Said]]:
    grouped: dict[str, list[Said]] = {}
    for said in sorted(all, key=_id):
        grouped.setdefault(said.about, []).append(said)
    return grouped


def _id(thing: Article | Entity | Event | Claim | Finding | Storyline) -> str:
    return thing.id


def _pretty(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, indent=1)
