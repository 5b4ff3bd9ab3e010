"""Groups of local entities to entities: name, aliases, description, place, and an id that depends on content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.linking.drafts import Known
from graph.linking.entity import NOMINAL, LocalEntity, main_type
from graph.linking.local import OFFICES
from graph.linking.sources import Source
from graph.model import Entity, Relation
from graph.names import HONORIFICS, best_name, fold, is_acronym
from graph.places import Located, country_of_people, is_capital
from ingest.article import EntityType, content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The entities of all articles, and which mention stands for which."""

    entities: dict[str, Entity]  # by id
    refers: tuple[dict[int, str], ...]  # for each article: index of a mention → entity id
    shared: tuple[dict[int, list[str]], ...]  # the same for mentions that mean several ("both nations")
    known: Known
    demonyms: tuple[Relation, ...]  # a people → its country, where both are named

    def meant(self, article: int, mention: int) -> Sequence[str | None]:
        """The entities that a mention of an article (by its number) stands for; one None for nobody known."""
        one = self.refers[article].get(mention)
        return [one] if one else self.shared[article].get(mention) or [None]


def entity_rows(groups: Sequence[Sequence[LocalEntity]], sources: Sequence[Source]) -> Linked:
    """One entity for each group."""
    number = {source.article.id: i for i, source in enumerate(sources)}
    keys = [_identity(group) for group in groups]
    times = Counter(keys)
    anchors = [min(_mention_ids(group, sources, number)) for group in groups]
    ids = [
        # Of namesakes, and of what has no name, which there is much of, each has a mention to be told by.
        content_id("entity", *key)
        if times[key] == 1 and not _is_nameless(group)
        else content_id("entity", *key, anchor)
        for group, key, anchor in zip(groups, keys, anchors, strict=True)
    ]
    refers: tuple[dict[int, str], ...] = tuple({} for _ in sources)
    shared: tuple[dict[int, list[str]], ...] = tuple({} for _ in sources)
    for entity_id, group in sorted(zip(ids, groups, strict=True), key=lambda pair: pair[0]):
        for local in group:
            refers[number[local.article]].update(dict.fromkeys(local.mentions, entity_id))
            for mention in local.shared:
                shared[number[local.article]].setdefault(mention, []).append(entity_id)
    names = {entity_id: _name(group) for entity_id, group in zip(ids, groups, strict=True)}
    offices = _offices(sources, refers, names)
    entities = {i: _entity(i, group, names[i], offices[i]) for i, group in zip(ids, groups, strict=True)}
    first = dict(zip(ids, anchors, strict=True))
    known, countries, peoples = _known(ids, groups)
    demonyms = tuple(
        Relation(subject=people, predicate="demonym_of", object=countries[iso], mentions=(first[people],))
        for people, iso in sorted(peoples.items())
        if iso in countries
    )
    return Linked(entities=entities, refers=refers, shared=shared, known=known, demonyms=demonyms)


def _mention_ids(group: Sequence[LocalEntity], sources: Sequence[Source], number: Mapping[str, int]) -> list[str]:
    return [sources[number[local.article]].mention_ids[index] for local in group for index in local.mentions]


def _is_nameless(group: Sequence[LocalEntity]) -> bool:
    return group[0].family == NOMINAL


def _located(group: Sequence[LocalEntity]) -> Located | None:
    return next((local.located for local in group if local.located and local.located.sure), None)


def _identity(group: Sequence[LocalEntity]) -> tuple[str, ...]:
    located = _located(group)
    if located:
        return "geonames", str(located.place.geonames)
    return str(_type(group)), fold(_name(group))


def _type(group: Sequence[LocalEntity]) -> EntityType:
    types = Counter[EntityType]()
    for local in group:
        types += local.types
    return main_type(types)


def _spellings(group: Sequence[LocalEntity]) -> Counter[str]:
    spellings = Counter[str]()
    for local in group:
        spellings += local.spellings
    return spellings


def _name(group: Sequence[LocalEntity]) -> str:
    spellings, located = _spellings(group), _located(group)
    if _is_nameless(group):
        return min(spellings, key=lambda phrase: (-spellings[phrase], -len(phrase), phrase))
    if located:
        standard = Counter({name: n for name, n in spellings.items() if fold(name) == fold(located.place.name)})
        if standard:
            return best_name(standard)
        if all(is_acronym(name) for name in spellings):
            return located.place.name
    return best_name(spellings, person=any(local.family == "person" for local in group))


def _entity(entity_id: str, group: Sequence[LocalEntity], name: str, offices: Counter[str]) -> Entity:
    titles = Counter(office for local in group for office in local.offices if office not in HONORIFICS)
    spoken = offices or titles
    description = min(spoken, key=lambda office: (-spoken[office], -len(office), office), default=None)
    located = _located(group)
    place = located.place if located and _type(group) is EntityType.PLACE else None
    aliases = set(_spellings(group)).union(*(local.titled for local in group)) - {name}
    return Entity(
        id=entity_id,
        type=_type(group),
        name=name,
        aliases=tuple(sorted(aliases)),
        description=description,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        links=(place.link,) if place and place.link else (),
    )


def _offices(
    sources: Sequence[Source], refers: Sequence[Mapping[int, str]], names: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """What each entity is said to be, in the articles' words ("mayor", "mayor of Nairobi")."""
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for source, entity_of in zip(sources, refers, strict=True):
        for relation in source.annotated.relations:
            subject = entity_of.get(relation.subject)
            if subject is None or relation.predicate not in OFFICES or not relation.value:
                continue
            where = entity_of.get(relation.object) if relation.object is not None else None
            offices[subject][f"{relation.value} of {names[where]}" if where else relation.value] += 1
    return offices


def _known(ids: Sequence[str], groups: Sequence[Sequence[LocalEntity]]) -> tuple[Known, dict[str, str], dict[str, str]]:
    countries, peoples, lies_in, capitals = {}, {}, {}, {}
    places, towns = set(), set()
    for entity_id, group in zip(ids, groups, strict=True):
        located = _located(group)
        if group[0].family == "people":
            iso = country_of_people(fold(group[0].name))
            if iso:
                peoples[entity_id] = iso
        elif _type(group) in {EntityType.PLACE, EntityType.FACILITY}:
            places.add(entity_id)
            if located and located.place.country:
                lies_in[entity_id] = located.place.country
            if located and located.place.kind == "city" and not is_capital(located.place):
                towns.add(entity_id)
            elif located and located.place.kind == "city":
                capitals[entity_id] = located.place.country
            if located and located.place.kind == "country":
                countries[located.place.country] = entity_id
    known = Known(
        country={**peoples, **{entity_id: iso for iso, entity_id in countries.items()}},
        lies_in=lies_in,
        places=frozenset(places),
        capitals=capitals,
        towns=frozenset(towns),
    )
    return known, countries, peoples
