"""Entities across articles: places by where they lie, people and organisations by name, office and company.

Never all pairs: equal names meet in a dictionary, similar ones in blocks of one key, and a block that is too large
compares each name with its neighbours in order only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.linking.clusters import Clusters
from graph.linking.entity import LocalEntity
from graph.linking.scorers import PEOPLE
from graph.names import OPENING_NAMES, alike, best_features, firm, fold, initials, is_acronym, person_features, tokens
from graph.places import country_named, country_of_people
from graph.variants import sounds
from graph.verdict import Decision, Join, Verdict

LARGEST_BLOCK = 60  # names that share a surname's skeleton and a given name's first sound: seldom more than ten
_NEIGHBOURS = 12


@dataclass(slots=True, kw_only=True)
class Unit:
    """Local entities of one name that are one entity without doubt; what is compared with other units."""

    name: tuple[str, ...]  # folded words
    members: list[LocalEntity]
    offices: set[str] = field(default_factory=set)  # the words of all offices
    around: Company | None = None  # of all articles
    known: set[Hashable] | None = None  # its company, where it was asked for: most units are like no other

    @property
    def company(self) -> set[Hashable]:
        """Who and what that says something is named beside its members."""
        if self.known is None:
            strong = self.around.strong if self.around else lambda _: set()
            self.known = set[Hashable]().union(*map(strong, self.members))
        return self.known


class Company:
    """Who and what is named beside an entity: what tells namesakes apart and joins spellings.

    Names that are in very many articles say little, and are left out (more than 25 and more than one in fifty).
    """

    def __init__(self, articles: Sequence[Sequence[LocalEntity]]) -> None:
        self._names: dict[str, set[tuple[str, Hashable]]] = defaultdict(set)
        frequency = Counter[tuple[str, Hashable]]()
        for entities in articles:
            for entity in entities:
                self._names[entity.article].add(_key(entity))
            if entities:
                frequency.update(self._names[entities[0].article])
        most = max(25, len(articles) // 50)
        self._telling: dict[str, set[tuple[str, Hashable]]] = {}
        self._common = {key for key, times in frequency.items() if times > most}

    def strong(self, entity: LocalEntity) -> set[tuple[str, Hashable]]:
        """The company that says something by itself: cities, organisations, people with full names."""
        telling = self._telling.get(entity.article)
        if telling is None:
            telling = {key for key in self._names[entity.article] if _telling(key) and key not in self._common}
            self._telling[entity.article] = telling
        return telling - {_key(entity)}

    def countries(self, entity: LocalEntity) -> list[str]:
        """The countries named in the same article, by ISO code."""
        return sorted(str(name) for kind, name in self._names[entity.article] if kind == "country")


def _key(entity: LocalEntity) -> tuple[str, Hashable]:
    if entity.family == "place":
        country = country_named(fold(entity.name))
        if country:
            return "country", country
        return "place", entity.located.place.geonames if entity.located else fold(entity.name)
    if entity.family == "people":
        return "people", country_of_people(fold(entity.name)) or fold(entity.name)
    if entity.family == "thing":
        return "thing", firm(entity.name)
    return "person", tokens(entity.name)


def _telling(key: tuple[str, Hashable]) -> bool:
    kind, name = key
    return kind in {"place", "thing"} or (kind == "person" and isinstance(name, tuple) and len(name) > 1)


def link_entities(
    articles: Sequence[Sequence[LocalEntity]], joins: list[Join[LocalEntity]] | None = None
) -> list[list[LocalEntity]]:
    """The local entities of all articles in groups, one for each entity in the world; why goes into `joins`.

    Equal names and equal places are joined without a word.
    """
    joins = [] if joins is None else joins
    company = Company(articles)
    by_family: dict[str, list[LocalEntity]] = defaultdict(list)
    for entities in articles:
        for entity in entities:
            by_family[entity.family].append(entity)
    places, strays = _link_places(by_family["place"])
    people = _link_people(by_family["person"], company, joins)
    things = _link_things([*by_family["thing"], *strays], joins)
    nations: dict[object, list[LocalEntity]] = defaultdict(list)
    for entity in by_family["people"]:
        nations[_key(entity)].append(entity)
    return [*places, *nations.values(), *_outvoted(people, things, joins)]


def _link_places(entities: Iterable[LocalEntity]) -> tuple[list[list[LocalEntity]], list[LocalEntity]]:
    """Places by their GeoNames number; unsure ones with the only sure place of their name; unknown ones by name.

    Names of several words that no gazetteer knows are handed back: they may be the same as a facility's.
    """
    groups: dict[Hashable, list[LocalEntity]] = defaultdict(list)
    sure_of_name: dict[str, set[int]] = defaultdict(set)
    unsure, strays = [], []
    for entity in entities:
        if entity.located and entity.located.sure:
            groups[entity.located.place.geonames].append(entity)
            for name in entity.spellings:
                sure_of_name[fold(name)].add(entity.located.place.geonames)
        else:
            unsure.append(entity)
    for entity in unsure:
        sure = set[int]().union(*(sure_of_name.get(fold(name), set()) for name in entity.spellings))
        guess = entity.located.place.geonames if entity.located else None
        if len(sure) == 1:
            groups[sure.pop()].append(entity)
        elif guess is not None:
            groups[guess if guess in sure else ("unsure", guess)].append(entity)
        elif " " in fold(entity.name):
            strays.append(entity)
        else:
            groups[fold(entity.name)].append(entity)
    return list(groups.values()), strays


def _link_things(entities: Iterable[LocalEntity], joins: list[Join[LocalEntity]]) -> list[list[LocalEntity]]:
    """Organisations, facilities, products, works: by name without legal form, and acronyms with what they stand for."""
    by_name: dict[str, list[LocalEntity]] = defaultdict(list)
    for entity in entities:
        by_name[firm(entity.name)].append(entity)
    names = sorted(by_name)
    number = {name: i for i, name in enumerate(names)}
    clusters = Clusters(len(names))
    stands_for: dict[str, set[int]] = defaultdict(set)
    for name in names:
        spellings = {spelling for entity in by_name[name] for spelling in entity.spellings}
        for spelling in spellings:
            if is_acronym(spelling) and fold(spelling) != name:
                stands_for[fold(spelling)].add(number[name])  # an article says so
    defined = frozenset(stands_for)

    def join(left: str, right: str, reason: str) -> None:
        clusters.join(number[left], number[right])
        joins.append(Join(by_name[left][0], by_name[right][0], (reason,)))

    for name in names:
        for letters in initials(name) - defined:
            stands_for[letters].add(number[name])
    for name in names:
        acronym = all(is_acronym(spelling) for entity in by_name[name] for spelling in entity.spellings)
        meant = stands_for.get(name, set()) - {number[name]}
        if acronym and len(meant) == 1:
            join(name, names[meant.pop()], "acronym of the only name that it fits")
        opening, _, rest = name.partition(" ")
        if opening in OPENING_NAMES and rest in number:  # "Operation Sunrise" and "Sunrise"
            join(name, rest, f"the same without {opening!r}")
    return [[entity for i in members for entity in by_name[names[i]]] for members in clusters.sets()]


def _outvoted(
    people: list[list[LocalEntity]], things: list[list[LocalEntity]], joins: list[Join[LocalEntity]]
) -> list[list[LocalEntity]]:
    """A full name that is a person's here and an organisation's there: three to one decides that a type was wrong."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for i, group in enumerate(people):
        for name in {fold(spelling) for entity in group for spelling in entity.spellings}:
            by_name[name].append(i)
    kept = []
    for group in things:
        names = {fold(spelling) for entity in group for spelling in entity.spellings}
        same = {i for name in names if " " in name for i in by_name.get(name, ())}
        if len(same) == 1 and len(names) == 1:
            person = people[same.pop()]
            ours, theirs = (sum(len(entity.mentions) for entity in side) for side in (group, person))
            if theirs >= 3 * ours or ours >= 3 * theirs:
                joins.append(Join(person[0], group[0], ("same full name, taken for another kind of thing once",)))
                person.extend(group)
                continue
        kept.append(group)
    return [*people, *kept]


def _link_people(
    entities: Iterable[LocalEntity], company: Company, joins: list[Join[LocalEntity]]
) -> list[list[LocalEntity]]:
    by_name: dict[tuple[str, ...], list[LocalEntity]] = defaultdict(list)
    for entity in entities:
        by_name[tokens(entity.name)].append(entity)
    full = [unit for name in sorted(by_name) if len(name) > 1 for unit in _namesakes(name, by_name[name], company)]
    lone = [unit for name in sorted(by_name) if len(name) == 1 for unit in _namesakes(name, by_name[name], company)]
    units = [*full, *lone]
    clusters = Clusters(len(units))
    names = [{i} for i in range(len(units))]  # root → its units

    def join(one: int, two: int, reasons: tuple[str, ...], score: float | None = None) -> None:
        left, right = clusters.find(one), clusters.find(two)
        if left != right and not any(_apart(units[i], units[j]) for i in names[left] for j in names[right]):
            root = clusters.join(left, right)
            names[root] = names[left] | names[right]
            joins.append(Join(units[one].members[0], units[two].members[0], reasons, score))

    likely = ((i, j) for i, j in _pairs(units) if _may_be_one(units[i], units[j]))
    decided = ((compare_people(units[i], units[j]), i, j) for i, j in likely)
    same = [(decision.score, i, j) for decision, i, j in decided if decision.verdict is Verdict.SAME]
    for score, i, j in sorted(same, key=lambda pair: (-pair[0].value, pair[1:])):
        join(i, j, score.reasons, score.value)
    _join_lone(units, len(full), clusters, join)
    return [[entity for i in members for entity in units[i].members] for members in clusters.sets()]


def _apart(left: Unit, right: Unit) -> bool:
    """Whether two units must not meet in one cluster, whoever introduces them."""
    if left.name == right.name and len(left.name) > 1:
        return compare_people(left, right).verdict is not Verdict.SAME
    return bool(PEOPLE.vetoes & set(person_features(left.name, right.name)))


def compare_people(left: Unit, right: Unit) -> Decision:
    """Whether two people of two names, or two namesakes, are one person."""
    return PEOPLE.decide([*person_features(left.name, right.name), *_circumstances(left, right)])


def _may_be_one(left: Unit, right: Unit) -> bool:
    """Whether two people could be one if all words of their names were spelled alike, which takes longest to tell."""
    best = best_features(left.name, right.name)
    return best is None or PEOPLE.decide([*best, *_circumstances(left, right)]).verdict is Verdict.SAME


def _circumstances(left: Unit, right: Unit) -> list[str]:
    """What is told of two people beside their names, as features of the scorer."""
    features = []
    if not left.offices.isdisjoint(right.offices):
        features.append("same office")
    elif left.offices and right.offices:
        features.append("different offices")
    if not left.company.isdisjoint(right.company):
        features.append("shared company")
    return features


def _namesakes(name: tuple[str, ...], entities: list[LocalEntity], company: Company) -> list[Unit]:
    """Those of one name, as one unit, or as several where offices and company tell them apart.

    A full name is one person unless different offices say otherwise; a single name is one only with shared company.
    """
    offices = [{word for office in entity.offices for word in office.split()} for entity in entities]
    clusters = Clusters(len(entities))
    if len(name) > 1 and not any(offices):
        return [_unit(name, entities, offices, company)]
    first: dict[Hashable, int] = {}
    for i, entity in enumerate(entities):
        keys: list[Hashable] = [*(("office", word) for word in offices[i]), *company.strong(entity)]
        if len(name) == 1:  # two countries in common say as much as one city
            keys += combinations(company.countries(entity), 2)
        for key in keys:
            clusters.join(i, first.setdefault(key, i))
    sets = clusters.sets()
    if len(name) > 1:  # those without an office or a friend are taken for the one most written of
        silent = [members for members in sets if not any(offices[i] for i in members)]
        sets = [members for members in sets if members not in silent]
        max(sets, key=lambda members: (len(members), -members[0])).extend(i for members in silent for i in members)
    return [_unit(name, [entities[i] for i in members], [offices[i] for i in members], company) for members in sets]


def _unit(name: tuple[str, ...], entities: list[LocalEntity], offices: Iterable[set[str]], company: Company) -> Unit:
    return Unit(
        name=name,
        members=entities,
        offices=set[str]().union(*offices),
        around=company,
    )


def _pairs(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """The units whose surnames may sound alike, and whose given names may begin alike."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        surname, given = unit.name[-1], unit.name[0]
        if len(unit.name) == 1:
            keys: set[Hashable] = {("lone", sound) for sound in sounds(surname)}
        else:
            openings = {given[:1], *(sound[:1] for sound in sounds(given))}
            keys = {(sound, opening) for sound in sounds(surname) for opening in openings}
            keys.add(("within", *unit.name[:2]))
        for key in keys:
            blocks[key].append(i)
    pairs = set[tuple[int, int]]()
    for block in blocks.values():
        reach = len(block) if len(block) <= LARGEST_BLOCK else _NEIGHBOURS
        for position, i in enumerate(block):
            pairs.update((i, j) for j in block[position + 1 : position + 1 + reach])
    return sorted(pairs)


def _join_lone(
    units: Sequence[Unit], full: int, clusters: Clusters, join: Callable[[int, int, tuple[str, ...]], None]
) -> None:
    """A lone surname with the one full name in all articles that fits it and keeps the same company."""
    by_surname: dict[str, list[int]] = defaultdict(list)
    by_first: dict[str, list[int]] = defaultdict(list)
    for i in range(full):
        for sound in sounds(units[i].name[-1]):
            by_surname[sound].append(i)
        by_first[units[i].name[0]].append(i)
    for i in range(full, len(units)):
        word = units[i].name[0]
        near = sorted({j for sound in sounds(word) for j in by_surname[sound]})
        # Company first: it is told far sooner than whether two spellings are one name.
        known = {clusters.find(j) for j in near if _meet(units[i], units[j]) and alike(word, units[j].name[-1])}
        fitting: Iterator[int] = (j for j in near if alike(word, units[j].name[-1]))
        if not known:
            known = {clusters.find(j) for j in by_first.get(word, ()) if _meet(units[i], units[j])}
            if len(known) != 1 or next(fitting, None) is not None:
                continue
            fitting = iter(by_first[word])  # "Xi" for "Xi Jinping"
        if len(known) == 1:
            met = next(j for j in fitting if clusters.find(j) in known)
            shared = "same office" if units[i].offices & units[met].offices else "shared company"
            join(met, i, ("the only full name that fits", shared))


def _meet(left: Unit, right: Unit) -> bool:
    return not (left.offices.isdisjoint(right.offices) and left.company.isdisjoint(right.company))
