"""Groups of local entities to entities: name, aliases, description, place, and an id that depends on content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from graph.linking.drafts import Known
from graph.linking.entity import NOMINAL, LocalEntity, main_type
from graph.linking.local import OFFICES
from graph.linking.named import NamedThings
from graph.linking.sources import Sources
from graph.model import Entity, Relation
from graph.names import HONORIFICS, best_name, fold, is_acronym
from graph.places import Located, country_of_people, is_capital
from ingest.article import EntityType, content_id
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
    anonymous = [
        i for i, (key, group) in enumerate(zip(keys, gathered, strict=True)) if times[key] > 1 or group.is_nameless
    ]
    anchors = dict(zip(anonymous, _anchors([gathered[i] for i in anonymous], sources), strict=True))
    ids = [content_id("entity", *key, *([anchors[i]] if i in anchors else [])) for i, key in enumerate(keys)]
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
    offices = _offices(sources, refers, {entity_id: group.name for entity_id, group in whole.items()})
    entities = {entity_id: _entity(entity_id, group, offices.get(entity_id)) for entity_id, group in whole.items()}
    known, countries, peoples = _known(whole)
    demonyms = sorted((people, countries[iso]) for people, iso in peoples.items() if iso in countries)
    shown = _anchors([whole[people] for people, _ in demonyms], sources)
    return Linked(
        entities=entities,
        refers=refers,
        shared=shared,
        known=known,
        demonyms=tuple(
            Relation(subject=people, predicate="demonym_of", object=country, mentions=(mention,))
            for (people, country), mention in zip(demonyms, shown, strict=True)
        ),
    )


def _anchors(groups: Sequence[_Group], sources: Sources) -> list[str]:
    """The first by id of the mentions of each group; articles are gone through in order, as they are read."""
    found = ["~"] * len(groups)  # which is greater than any
    locals_ = [
        (sources.number[each.article], i, each.mentions) for i, group in enumerate(groups) for each in group.members
    ]
    for number, i, mentions in sorted(locals_, key=itemgetter(0)):
        ids = sources[number].mention_ids
        found[i] = min(found[i], *(ids[mention] for mention in mentions))
    return found


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
    sources: Sources, refers: Sequence[Mapping[int, str]], names: Mapping[str, str]
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


def _known(groups: Mapping[str, _Group]) -> tuple[Known, dict[str, str], dict[str, str]]:
    countries, peoples, lies_in, capitals = {}, {}, {}, {}
    places, towns = set(), set()
    for entity_id, group in groups.items():
        located = group.located
        if group.members[0].family == "people":
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
