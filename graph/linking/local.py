"""Entities within one article: which of its mentions name the same person, place or organisation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest

from graph.linking.clusters import Clusters
from graph.linking.entity import NOMINAL, LocalEntity, main_type
from graph.linking.reference import resolve_references
from graph.linking.scorers import PEOPLE
from graph.linking.sources import Sources
from graph.names import (
    GENERIC_IN_FIRMS,
    OPENING_NAMES,
    alike,
    best_features,
    firm,
    fold,
    initials,
    is_acronym,
    names_nothing,
    person_features,
    title_and_name,
    tokens,
    without_dress,
)
from graph.places import Gazetteer, Located, Toponym, countries_spoken_of, country_named, country_of_people, gazetteer
from graph.verdict import Verdict
from ingest.article import AnnotatedArticle, EntityType, Mention, MentionKind

_TYPES: Mapping[str, EntityType] = {kind.value: kind for kind in EntityType}
LARGE_CITY = 100_000  # inhabitants
OFFICES = frozenset({"job_title", "office_of", "occupation"})


# Gives the entities of each of some articles.
EntitiesOf = Callable[[Sources], list[list[LocalEntity]]]


def entities_of(sources: Sources) -> list[list[LocalEntity]]:
    """The entities of each article, the names of all places looked up at once."""
    places = gazetteer()
    places.learn(name for source in sources for name in spoken_places(source.annotated))
    return [local_entities(source.annotated, places) for source in sources]


def spoken_places(annotated: AnnotatedArticle) -> set[str]:
    """The folded names in an article that the gazetteer should know."""
    return {
        fold(without_dress(mention.text))
        for mention in annotated.mentions
        if mention.kind is MentionKind.ENTITY
        and (mention.label == EntityType.PLACE or (mention.label == EntityType.PERSON and " " not in mention.text))
    }


def local_entities(annotated: AnnotatedArticle, gazetteer: Gazetteer) -> list[LocalEntity]:
    """The entities of one article. Mentions that name nothing ("the mayor", "Wednesday") belong to none of them."""
    surfaces = _surfaces(annotated)
    _correct_lone_cities(surfaces, gazetteer)
    _settle_families(surfaces)
    surfaces = _merged_by_key(surfaces)
    clusters = Clusters(len(surfaces))
    _join_people(surfaces, clusters)
    _join_acronyms(annotated, surfaces, clusters)
    _join_short_forms(surfaces, clusters)
    entities = [union([surfaces[i] for i in members]) for members in clusters.sets()]
    _add_offices(annotated, entities)
    senses = gazetteer.settle(_toponyms(annotated, entities))
    for entity in entities:
        if entity.family == "place":
            entity.located = _located(entity, senses)
    merged = _merged_by_place(entities)
    resolve_references(annotated, merged)
    return merged


def _family(kind: EntityType, folded: str) -> str:
    if kind is EntityType.PERSON:
        return "person"
    if country_named(folded) and kind is not EntityType.WORK:
        return "place"
    if country_of_people(folded) and kind is not EntityType.WORK:
        return "people"
    return "place" if kind is EntityType.PLACE else "thing"


def _dressed(mention: Mention) -> tuple[str, str]:
    """The title that a mention shows, or "", and the name without it."""
    if mention.label == EntityType.PERSON:
        return title_and_name(mention.text)
    return "", without_dress(mention.text)


@lru_cache(maxsize=1 << 17)
def _surface(text: str, label: str, *, capitals: bool) -> tuple[str, str, EntityType, str, str] | None:
    """What a mention shows: name, family, kind, and its folded title with the spelling that has it, both "" for none.

    None for what names nothing; `capitals`: whether its article has any.
    """
    kind = _TYPES[label]
    title, name = title_and_name(text) if kind is EntityType.PERSON else ("", without_dress(text))
    if names_nothing(name, capitals=capitals):
        return None
    family = _family(kind, fold(name))
    if family == "place" and kind is not EntityType.PLACE:
        kind = EntityType.PLACE
    elif family == "people":
        kind = EntityType.GROUP
    return name, family, kind, fold(title) if title else "", without_dress(text) if title else ""


def _surfaces(annotated: AnnotatedArticle) -> list[LocalEntity]:
    """One entity for each spelling and family."""
    capitals = any(letter.isupper() for letter in annotated.article.text)
    found: dict[tuple[str, str], LocalEntity] = {}
    for index, mention in enumerate(annotated.mentions):
        if mention.kind is not MentionKind.ENTITY or mention.label not in _TYPES:
            continue
        shown = _surface(mention.text, mention.label, capitals=capitals)
        if shown is None:
            continue
        name, family, kind, title, titled = shown
        entity = found.get((name, family))
        if entity is None:
            entity = found[name, family] = LocalEntity(article=annotated.article.id, family=family)
        entity.mentions.append(index)
        entity.types[kind] += 1
        entity.spellings[name] += 1
        if titled:
            entity.offices |= {title}
            entity.titled |= {titled}
    return [found[key] for key in sorted(found)]


def _correct_lone_cities(surfaces: Iterable[LocalEntity], gazetteer: Gazetteer) -> None:
    """A "person" of one word, never named in full or with a title, is the city of that name where one fits.

    News gives people's full names; the city must be a large one in a country that the article speaks of.
    """
    surfaces = list(surfaces)
    context = countries_spoken_of(fold(name) for surface in surfaces for name in surface.spellings)
    full = {
        token
        for surface in surfaces
        if surface.family == "person" and " " in fold(surface.name)
        for token in tokens(surface.name)
    }
    for surface in surfaces:
        folded = fold(surface.name)
        if surface.family != "person" or surface.titled or " " in folded or folded in full:
            continue
        located = gazetteer.locate(folded, context)
        if not located or not located.sure or located.part or located.place.kind != "city":
            continue
        if located.place.country in context and located.place.population >= LARGE_CITY:
            surface.family = "place"
            surface.types = Counter({EntityType.PLACE: len(surface.mentions)})


def _settle_families(surfaces: Iterable[LocalEntity]) -> None:
    """One name in one article is one family: the most frequent, unless a fuller person's name explains the person."""
    by_name: dict[str, list[LocalEntity]] = defaultdict(list)
    people = set[str]()
    for surface in surfaces:
        folded = fold(surface.name)
        by_name[folded].append(surface)
        if surface.family == "person" and " " in folded:
            people.update(tokens(surface.name))
    for folded, same in by_name.items():
        families = Counter[str]()
        for surface in same:
            families[surface.family] += len(surface.mentions)
        if len(families) < 2:
            continue
        rest = [surface for surface in same if not (surface.family == "person" and folded in people)]
        if len(rest) < len(same):
            families.pop("person")
        order = ("person", "place", "people", "thing")
        winner = min(families, key=lambda family: (-families[family], order.index(family)))
        types = Counter[EntityType]()
        for surface in rest:
            if surface.family == winner:
                types.update(surface.types)
        for surface in rest:
            if surface.family != winner:
                surface.family = winner
                surface.types = Counter({main_type(types): len(surface.mentions)})


def _key(entity: LocalEntity) -> tuple[str, str]:
    """Spellings of one family with one key are one entity without further thought."""
    folded = fold(entity.name)
    if entity.family == "place":
        return "place", country_named(folded) or folded
    if entity.family == "people":
        return "people", country_of_people(folded) or folded
    if entity.family == "thing":
        return "thing", firm(folded)
    return "person", " ".join(tokens(folded))


def _merged_by_key(surfaces: Iterable[LocalEntity]) -> list[LocalEntity]:
    groups: dict[tuple[str, str], list[LocalEntity]] = defaultdict(list)
    for surface in surfaces:
        groups[_key(surface)].append(surface)
    return [union(groups[key]) for key in sorted(groups)]


def _merged_by_place(entities: Iterable[LocalEntity]) -> list[LocalEntity]:
    groups: dict[tuple[str, object], list[LocalEntity]] = defaultdict(list)
    for number, entity in enumerate(entities):
        groups[("geonames", entity.located.place.geonames) if entity.located else ("", number)].append(entity)
    return [union(same) for same in groups.values()]


def union(parts: Sequence[LocalEntity]) -> LocalEntity:
    """One local entity of several of one article and family; of one, itself."""
    if len(parts) == 1:
        return parts[0]
    whole = LocalEntity(article=parts[0].article, family=parts[0].family, located=parts[0].located)
    for part in parts:
        whole.mentions += part.mentions
        whole.shared += part.shared
        whole.types.update(part.types)
        whole.spellings.update(part.spellings)
        whole.offices |= part.offices
        whole.titled |= part.titled
        if part.located and part.located.sure:
            whole.located = part.located
    whole.mentions.sort()
    return whole


def one_by_one(entity: LocalEntity, annotated: AnnotatedArticle) -> list[LocalEntity]:
    """Each mention of an entity as an entity of its own; one without a name ("she") stays with the name before it."""
    parts: list[LocalEntity] = []
    nameless: list[int] = []
    for index in sorted(entity.mentions, key=lambda index: annotated.mentions[index].start):
        mention = annotated.mentions[index]
        if not mention.label and entity.family != NOMINAL:
            (parts[-1].mentions if parts else nameless).append(index)
            continue
        title, name = _dressed(mention)
        part = LocalEntity(article=entity.article, family=entity.family, mentions=[index], located=entity.located)
        part.types[EntityType(mention.label) if mention.label in entity.types else main_type(entity.types)] += 1
        part.spellings[name] += 1
        if title:
            part.offices |= {fold(title)}
            part.titled |= {without_dress(mention.text)}
        parts.append(part)
    if not parts:
        return [entity]  # named in another article only
    parts[0].mentions += nameless
    _add_offices(annotated, parts)
    return parts


def _join_people(surfaces: list[LocalEntity], clusters: Clusters) -> None:
    """Full names with their variants, then short names with the one full name that fits."""
    people = {i: tokens(surface.name) for i, surface in enumerate(surfaces) if surface.family == "person"}
    full = [i for i, name in people.items() if len(name) > 1]
    for position, left in enumerate(full):
        for right in full[position + 1 :]:
            names = people[left], people[right]
            best = best_features(*names)
            if (best is None or _one_in_an_article(best)) and _one_in_an_article(person_features(*names)):
                clusters.join(left, right)
    for short, (word, *rest) in people.items():
        if rest:
            continue
        by_surname = {clusters.find(i) for i in full if alike(word, people[i][-1])}
        by_given = {clusters.find(i) for i in full if word in people[i][:-1]}
        fitting = by_surname or by_given
        if len(fitting) == 1:
            clusters.join(short, fitting.pop())


def _one_in_an_article(features: Sequence[str]) -> bool:
    """Whether two names of one article are one person's, if this holds between them."""
    if not PEOPLE.vetoes.isdisjoint(features):
        return False
    return PEOPLE.decide([*features, "same article"]).verdict is Verdict.SAME


def _join_acronyms(annotated: AnnotatedArticle, surfaces: list[LocalEntity], clusters: Clusters) -> None:
    """An acronym with the name that it stands for: in brackets behind it, or made of its initials."""
    owner = {index: i for i, surface in enumerate(surfaces) for index in surface.mentions}
    text = annotated.article.text
    in_order = sorted(owner, key=lambda index: (annotated.mentions[index].start, annotated.mentions[index].end))
    for before, after in pairwise(in_order):
        one, two = annotated.mentions[before], annotated.mentions[after]
        if text[two.end : two.end + 1] != ")" or text[one.end : two.start].strip() != "(":
            continue
        acronym = is_acronym(without_dress(two.text)) or is_acronym(without_dress(one.text))
        if acronym and surfaces[owner[before]].family == surfaces[owner[after]].family:
            clusters.join(owner[before], owner[after])
    full: dict[str, set[int]] = defaultdict(set)
    for i, surface in enumerate(surfaces):
        if surface.family == "thing":
            for letters in initials(surface.name):
                full[letters].add(clusters.find(i))
    for i, surface in enumerate(surfaces):
        fitting = {clusters.find(j) for j in full.get(fold(surface.name), ())} if is_acronym(surface.name) else set()
        if surface.family == "thing" and len(fitting) == 1:
            clusters.join(i, fitting.pop())


def _join_short_forms(surfaces: list[LocalEntity], clusters: Clusters) -> None:
    """A short form with the full name: "Sakura", "Sakura Motor Corporation"; "Sunrise", "Operation Sunrise"."""
    firms: dict[str, set[int]] = defaultdict(set)
    for i, surface in enumerate(surfaces):
        words = fold(surface.name).split()
        if surface.family == "thing" and surface.types[EntityType.ORGANIZATION]:
            cut = len(words)
            while cut > 1 and words[cut - 1] in GENERIC_IN_FIRMS:
                cut -= 1
                firms[" ".join(words[:cut])].add(i)
        elif surface.family == "thing" and len(words) > 1 and words[0] in OPENING_NAMES:
            firms[" ".join(words[1:])].add(i)
    for i, surface in enumerate(surfaces):
        if surface.family == "thing":
            fitting = {clusters.find(j) for j in firms.get(fold(surface.name), ())}
            if len(fitting) == 1:
                clusters.join(i, fitting.pop())


def _add_offices(annotated: AnnotatedArticle, entities: Iterable[LocalEntity]) -> None:
    """What a person holds, and the person's name with the title before it ("Mayor Okoye") as one more spelling."""
    owner = {index: entity for entity in entities for index in entity.mentions}
    for relation in annotated.relations:
        if relation.predicate not in OFFICES or not relation.value or relation.subject not in owner:
            continue
        entity = owner[relation.subject]
        entity.offices |= {fold(relation.value)}
        mention = annotated.mentions[relation.subject]
        titled = annotated.article.text[relation.start : mention.end]
        if (
            relation.start < mention.start
            and relation.end == mention.end
            and titled[:1].isupper()
            and "," not in titled
        ):
            entity.titled |= {without_dress(titled)}


def _toponyms(annotated: AnnotatedArticle, entities: Iterable[LocalEntity]) -> list[Toponym]:
    """The names of places and peoples in an article, each with the name behind a comma right after it."""
    spoken = sorted(
        (
            annotated.mentions[index].start,
            annotated.mentions[index].end,
            fold(without_dress(annotated.mentions[index].text)),
        )
        for entity in entities
        if entity.family in {"place", "people"}
        for index in entity.mentions
    )
    text = annotated.article.text
    return [
        Toponym(name=name, after=after if text[end:start].strip() == "," else "")
        for (_, end, name), (start, _, after) in zip_longest(spoken, spoken[1:], fillvalue=(0, 0, ""))
    ]


def _located(entity: LocalEntity, senses: Mapping[str, Located]) -> Located | None:
    """The surest place of an entity's spellings; one of which the name means only a part is not the entity's."""
    names = sorted({fold(name) for name in entity.spellings}, key=lambda name: (-len(name), name))
    places = [senses[name] for name in names if name in senses and not senses[name].part]
    return next((located for located in places if located.sure), places[0] if places else None)
