"""Groups of local entities to entities: name, aliases, description, place, and an id that depends on content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.linking.drafts import Known
from graph.linking.entity import NOMINAL, LocalEntity, main_type
from graph.linking.local import OFFICES
from graph.linking.named import NamedThings
from graph.linking.sources import Sources
from graph.model import Entity, Relation
from graph.names import HONORIFICS, best_name, fold, is_acronym
from graph.places import Located, country_of_people, is_capital
from ingest.article import EntityRelation, EntityType, content_id
from ingest.given import Named


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Local entities that are one, and what they say together."""

    members: Sequence[LocalEntity]
    type: EntityType
    spellings: Counter[str]
    located: Located | None
    name: str
    named: Named | None  # what the user knows of it

    @property
    def is_nameless(self) -> bool:
        """Whether nobody gives it a name ("the driver")."""
        return self.members[0].family == NOMINAL

    @property
    def is_people(self) -> bool:
        """Whether it is named as those who live somewhere ("Kenyans")."""
        return self.members[0].family == "people"

    @property
    def identity(self) -> tuple[str, ...]:
        """What the entity's id is made of; namesakes share it."""
        if self.located and not self.named:
            return "geonames", str(self.located.place.geonames)
        return str(self.type), fold(self.name)


def entity_rows(groups: Sequence[Sequence[LocalEntity]], sources: Sources, names: NamedThings | None = None) -> Linked:
    """One entity for each group; what users know of it by name goes before what articles say."""
    names = names or NamedThings()
    number = sources.number
    gathered = [_gathered(group, names.of(group)) for group in groups]
    keys = [group.identity for group in gathered]
    times = Counter(keys)
    # Of namesakes, and of what has no name, which there is much of, each has a mention to be told by.
    anonymous = {i for i, group in enumerate(gathered) if times[keys[i]] > 1 or group.is_nameless}
    anchored = anonymous.union(i for i, group in enumerate(gathered) if group.is_people)
    anchors, said = _looked_up(sources, {i: gathered[i].members for i in anchored})
    ids = [content_id("entity", *key, *([anchors[i]] if i in anonymous else [])) for i, key in enumerate(keys)]
    shown = {ids[i]: anchor for i, anchor in anchors.items()}
    in_order = sorted(zip(ids, gathered, strict=True), key=lambda pair: pair[0])
    refers: tuple[dict[int, str], ...] = tuple({} for _ in range(len(sources)))
    shared: tuple[dict[int, list[str]], ...] = tuple({} for _ in range(len(sources)))
    for entity_id, group in in_order:
        for local in group.members:
            of_article = number[local.article]
            for mention in local.mentions:
                refers[of_article][mention] = entity_id
            for mention in local.shared:
                shared[of_article].setdefault(mention, []).append(entity_id)
    whole = dict(in_order)
    offices = _offices(said, refers, {entity_id: group.name for entity_id, group in whole.items()})
    entities = {entity_id: _entity(entity_id, group, offices.get(entity_id)) for entity_id, group in whole.items()}
    known, countries, peoples = _known(whole)
    demonyms = tuple(
        Relation(subject=people, predicate="demonym_of", object=countries[iso], mentions=(shown[people],))
        for people, iso in sorted(peoples.items())
        if iso in countries
    )
    return Linked(entities=entities, refers=refers, shared=shared, known=known, demonyms=demonyms)


def _looked_up(
    sources: Sources, groups: Mapping[int, Sequence[LocalEntity]]
) -> tuple[dict[int, str], list[tuple[int, EntityRelation]]]:
    """The first by id of the mentions of each group, and each office that an article gives somebody, with its number.

    Articles are gone through once.
    """
    wanted: dict[str, list[tuple[int, list[int]]]] = defaultdict(list)
    for i, members in groups.items():
        for local in members:
            wanted[local.article].append((i, local.mentions))
    anchors: dict[int, str] = {}
    offices = []
    for number, source in enumerate(sources):
        for i, mentions in wanted.get(source.article.id, ()):
            first = min(source.mention_ids[mention] for mention in mentions)
            anchors[i] = min(anchors.get(i, first), first)
        offices += [(number, each) for each in source.annotated.relations if each.predicate in OFFICES and each.value]
    return anchors, offices


def _gathered(members: Sequence[LocalEntity], named: Named | None) -> _Group:
    types, spellings = members[0].types, members[0].spellings
    if len(members) > 1:
        types, spellings = types.copy(), spellings.copy()
        for local in members[1:]:
            for kind, times in local.types.items():
                types[kind] += times
            for spelling, times in local.spellings.items():
                spellings[spelling] += times
    located = next((local.located for local in members if local.located and local.located.sure), None)
    return _Group(
        members=members,
        type=named.type if named else main_type(types),
        spellings=spellings,
        located=located,
        name=named.name if named else _name(members, spellings, located),
        named=named,
    )


def _name(members: Sequence[LocalEntity], spellings: Counter[str], located: Located | None) -> str:
    if members[0].family == NOMINAL:
        return min(spellings, key=lambda phrase: (-spellings[phrase], -len(phrase), phrase))
    if located:
        standard = {name: n for name, n in spellings.items() if fold(name) == fold(located.place.name)}
        if standard:
            return best_name(standard)
        if all(is_acronym(name) for name in spellings):
            return located.place.name
    return best_name(spellings, person=any(local.family == "person" for local in members))


def _entity(entity_id: str, group: _Group, offices: Counter[str] | None) -> Entity:
    spoken = offices or Counter(
        office for local in group.members if local.offices for office in local.offices if office not in HONORIFICS
    )
    description = min(spoken, key=lambda office: (-spoken[office], -len(office), office), default=None)
    place = group.located.place if group.located and group.type is EntityType.PLACE else None
    aliases = set(group.spellings).union(*(local.titled for local in group.members if local.titled))
    lat, lon = (place.lat, place.lon) if place else (None, None)
    links: tuple[str, ...] = (place.link,) if place and place.link else ()
    if group.named:
        description = group.named.description or description
        if group.named.lat is not None:
            lat, lon, links = group.named.lat, group.named.lon, ()  # where we took it to be does not count
        links = group.named.same_as or links
    return Entity(
        id=entity_id,
        type=group.type,
        name=group.name,
        aliases=tuple(sorted(aliases - {group.name})),
        description=description,
        lat=lat,
        lon=lon,
        links=links,
    )


def _offices(
    said: Iterable[tuple[int, EntityRelation]], refers: Sequence[Mapping[int, str]], names: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """What each entity is said to be, in the articles' words ("mayor", "mayor of Nairobi")."""
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for number, relation in said:
        subject = refers[number].get(relation.subject)
        if subject is not None:
            where = refers[number].get(relation.object) if relation.object is not None else None
            offices[subject][f"{relation.value} of {names[where]}" if where else str(relation.value)] += 1
    return offices


def _known(groups: Mapping[str, _Group]) -> tuple[Known, dict[str, str], dict[str, str]]:
    countries, peoples, lies_in, capitals = {}, {}, {}, {}
    places, towns = set(), set()
    for entity_id, group in groups.items():
        located = group.located
        if group.is_people:
            iso = country_of_people(fold(group.members[0].name))
            if iso:
                peoples[entity_id] = iso
        elif group.type in {EntityType.PLACE, EntityType.FACILITY}:
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
