"""Entities, events, articles, claims and findings as FollowTheMoney's things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import PurePath

from exports.ftm.proxy import Proxy, address, day, name, pieces, proxy, string, url
from exports.html.words import amount, plain
from exports.ids import portable
from graph.atlas import countries, places_named
from graph.model import Claim, Entity, Event, Finding, KnowledgeGraph, Storyline
from graph.names import fold
from ingest.article import Article, EntityType, Role

# What is of no type that FollowTheMoney has a schema for (EntityType.OTHER) is left out.
SCHEMATA = {
    EntityType.PERSON: "Person",
    EntityType.ORGANIZATION: "Organization",
    EntityType.GROUP: "LegalEntity",
    EntityType.PLACE: "Address",
    EntityType.FACILITY: "Address",
    EntityType.PRODUCT: "Asset",
    EntityType.WORK: "Asset",
}
LEGAL_ENTITIES = frozenset({"Person", "Organization", "LegalEntity"})
# The words of a person's relations that Person has a property for.
TITLES = {"job_title": "position", "occupation": "profession"}
# In which property an article tells the names of the entities that it mentions.
_MENTIONED = {
    "Person": "peopleMentioned",
    "Organization": "companiesMentioned",
    "LegalEntity": "namesMentioned",
    "Asset": "namesMentioned",
    "Address": "locationMentioned",
}


class Things:
    """The things of one graph; an id that FollowTheMoney does not take becomes a hash."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.entities = {entity.id: entity for entity in graph.entities}
        self.articles_of: dict[str, set[str]] = defaultdict(set)  # of an entity or event
        for mention in graph.mentions:
            if mention.refers_to is not None:
                self.articles_of[mention.refers_to].add(mention.article)
        self._known = {entity.id for entity in graph.entities if entity.type in SCHEMATA}
        self._known |= {event.id for event in graph.events}
        self._countries = _countries(graph)

    def schema(self, id: str) -> str | None:
        """The schema of an entity; Event for what is none; None for an entity that is left out."""
        entity = self.entities.get(id)
        return "Event" if entity is None else SCHEMATA.get(entity.type)

    def refer(self, id: str) -> str:
        """The id under which an entity or event is written, nothing for one that is not."""
        return portable(id) if id in self._known else ""

    def country(self, id: str) -> str:
        """The code of the country in which a place is, or which it is; nothing where nobody knows."""
        return self._countries.get(id, "").lower()

    def is_country(self, id: str) -> bool:
        """Whether a place is a country."""
        code = self._countries.get(id)
        return code is not None and countries()[code].link in self.entities[id].links

    def proofs(self, id: str) -> list[str]:
        """The articles that speak of an entity or event."""
        return sorted(map(portable, self.articles_of.get(id, ())))

    def all(self) -> Iterator[Proxy]:
        """The things themselves, in the order of their ids."""
        said: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for relation in self.graph.relations:
            if relation.object not in self.entities:
                said[relation.subject].append((relation.predicate, relation.object))
        mentioned = self._mentioned()
        for entity in sorted(self.graph.entities, key=attrgetter("id")):
            if entity.type in SCHEMATA:
                yield self._entity(entity, sorted(said[entity.id]))
        for event in sorted(self.graph.events, key=attrgetter("id")):
            yield self._event(event)
        for article in sorted(self.graph.articles, key=attrgetter("id")):
            yield _article(article, mentioned.get(article.id, {}))
        for claim in sorted(self.graph.claims, key=attrgetter("id")):
            yield self._claim(claim)
        for finding in sorted(self.graph.findings, key=attrgetter("id")):
            yield self._finding(finding)
        for line in sorted(self.graph.storylines, key=attrgetter("id")):
            yield self._storyline(line)

    def _entity(self, entity: Entity, said: list[tuple[str, str]]) -> Proxy:
        schema = SCHEMATA[entity.type]
        properties: dict[str, list[str]] = defaultdict(list)
        for predicate, words in said:
            if schema == "Person" and predicate in TITLES:
                properties[TITLES[predicate]].append(string(words))
            else:
                properties["notes"].extend(pieces(f"{plain(predicate)}: {words}"))
        properties["name"] = [name(entity.name, entity.id)]
        properties["alias"] = [name(alias) for alias in entity.aliases]
        properties["description"] = list(pieces(entity.description or ""))
        properties["sourceUrl"] = [url(each) for each in entity.links]
        if schema == "Address":
            code = self._countries.get(entity.id, "")
            country = countries()[code].name if code else ""
            full = address(", ".join(dict.fromkeys(filter(None, (entity.name, country)))))
            properties["full"] = [full or entity.id]
            properties["country"] = [self.country(entity.id)]
            if entity.lat is not None and entity.lon is not None:
                properties["latitude"], properties["longitude"] = [f"{entity.lat:.7g}"], [f"{entity.lon:.7g}"]
        if schema not in LEGAL_ENTITIES:  # of those, the mentions tell
            properties["proof"] = self.proofs(entity.id)
        return proxy(portable(entity.id), schema, **properties)

    def _event(self, event: Event) -> Proxy:
        took_part = [part.entity for part in event.participants if part.entity is not None]
        where = [part.entity for part in event.participants if part.entity is not None and part.role is Role.PLACE]
        places = [*event.places, *(each for each in where if self.schema(each) == "Address")]
        codes = sorted({self.country(place) for place in places} - {""})
        return proxy(
            portable(event.id),
            "Event",
            name=name(event.label, event.id),
            summary=string(", ".join(filter(None, (plain(event.type), event.mode, event.status)))),
            keywords=(string(plain(event.type)), string(event.mode)),
            startDate=day(event.start),
            endDate=day(event.end),
            location=[address(self.entities[place].name) for place in places if place in self.entities],
            addressEntity=[self.refer(place) for place in places if self.schema(place) == "Address"],
            country=codes,
            involved=[self.refer(each) for each in took_part if self.schema(each) in LEGAL_ENTITIES],
            notes=[
                piece
                for part in event.participants
                if part.entity is None
                for piece in pieces(f"{part.role}: {part.text}")
            ],
            proof=self.proofs(event.id),
        )

    def _claim(self, claim: Claim) -> Proxy:
        who = claim.who(lambda id: self.entities[id].name if id in self.entities else "")
        notes = (f"said by {who}" if who else "", f"as of {day(claim.as_of)}" if claim.as_of else "")
        return proxy(
            portable(claim.id),
            "Note",
            name=_value(claim),
            description=pieces(claim.text),
            notes=[piece for note in notes for piece in pieces(note)],
            keywords=("claim", string(plain(claim.property))),
            entity=self.refer(claim.about),
            proof=portable(claim.article),
        )

    def _finding(self, finding: Finding) -> Proxy:
        return proxy(
            portable(finding.id),
            "Note",
            name=_value(finding),
            description=pieces("; ".join(finding.reasons)),
            keywords=("finding", string(plain(finding.property))),
            entity=self.refer(finding.about),
            proof=sorted(map(portable, finding.origins)),
        )

    def _storyline(self, line: Storyline) -> Proxy:
        return proxy(
            portable(line.id),
            "Note",
            name=name(line.label, line.id),
            keywords="storyline",
            entity=[self.refer(event) for event in line.events],
        )

    def _mentioned(self) -> dict[str, dict[str, set[str]]]:
        """For each article, the names of its entities by the property that tells them."""
        names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for id, entity in self.entities.items():
            if entity.type in SCHEMATA:
                called = address(entity.name) if SCHEMATA[entity.type] == "Address" else name(entity.name)
                for article in self.articles_of.get(id, ()):
                    names[article][_MENTIONED[SCHEMATA[entity.type]]].add(called)
        return names


def _article(article: Article, mentioned: Mapping[str, set[str]]) -> Proxy:
    return proxy(
        portable(article.id),
        "Article",
        fileName=string(PurePath(article.path or "").name) or string(article.id) or "article",
        title=string(article.title),
        author=string(article.byline),
        publisher=string(article.publisher),
        publishedAt=day(article.published),
        sourceUrl=url(article.url),
        language="eng" if article.language.lower().split("-")[0] == "en" else "",
        bodyText=pieces(article.text),
        **{property: sorted(names) for property, names in sorted(mentioned.items())},
    )


def _value(said: Claim | Finding) -> str:
    return name(" ".join(filter(None, (f"{plain(said.property)}: {amount(said)}", said.unit))), said.id)


def _countries(graph: KnowledgeGraph) -> dict[str, str]:
    """The ISO codes of the countries in which places are, by what their links to GeoNames say."""
    linked = [entity for entity in graph.entities if SCHEMATA.get(entity.type) == "Address" and entity.links]
    code_of = {place.link: code for code, place in countries().items()}
    for found in places_named(
        {fold(called) for entity in linked for called in (entity.name, *entity.aliases)}
    ).values():
        code_of.update((place.link, place.country) for place, _ in found if place.country)
    codes = {entity.id: next((code_of[each] for each in entity.links if each in code_of), "") for entity in linked}
    return {id: code for id, code in codes.items() if code in countries()}
