"""The table of places that newsgraph ships: which places a folded name is written for, without reading it all."""

from __future__ import annotations

import zipfile
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from graph.names import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, a region or county, a city, or a larger part of the world."""

    geonames: int  # negative: a place that the table takes from elsewhere, the number only tells it from others
    name: str
    kind: str  # country, state (a region of the first level, of any country), county, city, continent, area, sea
    country: str  # ISO 3166 code; "" where there is more than one
    population: int
    lat: float | None  # degrees, WGS 84
    lon: float | None
    within: tuple[int, ...] = ()  # GeoNames numbers of county, region, country: the next larger first

    @property
    def link(self) -> str | None:
        """The place's IRI at GeoNames."""
        return f"https://sws.geonames.org/{self.geonames}/" if self.geonames > 0 else None


@cache
def _archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(resources.files("graph").joinpath("places.zip").open("rb"))


@cache
def _blocks() -> list[str]:
    """The first name of each block."""
    return _archive().read("index").decode().split("\n")


@cache
def _block(number: int) -> bytes:
    """The lines of a block, each behind a line break: a tenth of a megabyte; articles together ask for most."""
    return b"\n" + _archive().read(str(number))


def read_all() -> None:
    """Read all of the table, for processes forked from this one, and close it: each would read on where another is."""
    _areas()
    for number in range(len(_blocks())):
        _block(number)
    _archive().close()
    _archive.cache_clear()


@cache
def _areas() -> list[str]:
    return _archive().read("areas").decode().split("\n")


@lru_cache(maxsize=1 << 14)
def _area(index: int) -> Place:
    """Line `index` of the areas: number, kind, country, index of the next larger, people, lat, lon, name."""
    number, kind, country, parent, people, lat, lon, name = _areas()[index].split("\t")
    return Place(
        geonames=int(number), name=name, kind=kind, country=country, population=int(people),
        lat=float(lat) if lat else None, lon=float(lon) if lon else None, within=_inside(int(parent)),
    )  # fmt: skip


def _inside(index: int) -> tuple[int, ...]:
    if index < 0:
        return ()
    area = _area(index)
    return (area.geonames, *area.within)


@cache
def countries() -> dict[str, Place]:
    """The countries by ISO code: the areas begin with them."""
    found = {}
    for index, line in enumerate(_areas()):
        if line.split("\t", 2)[1] != "country":
            break
        country = _area(index)
        found[country.country] = country
    return found


@cache
def _large() -> dict[str, Place]:
    """Continents, seas and regions of the world by folded name."""
    found: dict[str, Place] = {}
    for line in resources.files("graph").joinpath("world.tsv").read_text(encoding="utf-8").splitlines():
        kind, *cells = line.split("\t")
        if kind not in {"continent", "area", "sea"}:
            continue
        names = cells[0].split("|")
        place = Place(
            geonames=int(cells[3]) if len(cells) > 3 else -zlib.crc32(names[0].encode()),
            name=names[0], kind=kind, country="", population=0,
            lat=float(cells[1]), lon=float(cells[2]),
        )  # fmt: skip
        found.update((fold(name), place) for name in names)
    return found


def _city(key: str, cells: list[str]) -> Place:
    number, inside, people, lat, lon, name = cells
    within = _inside(int(inside))
    return Place(
        geonames=int(number), name=name or key.title(), kind="city", country=_area(int(inside)).country,
        population=int(people), lat=float(lat), lon=float(lon), within=within,
    )  # fmt: skip


def places_named(names: Iterable[str]) -> dict[str, list[tuple[Place, bool]]]:
    """The places that bear each folded name, and whether it is the one that GeoNames puts first."""
    found: dict[str, list[tuple[Place, bool]]] = defaultdict(list)
    other: dict[str, list[tuple[str, str]]] = defaultdict(list)  # the name that a city is under → other name, number
    names = set(names)
    for name, cells in _rows(names):
        if cells[0].startswith("="):
            other[cells[0][1:]].append((name, cells[1]))
        elif cells[0].startswith("@"):
            area = _area(int(cells[0][1:]))
            found[name].append((area, fold(area.name) == name))
        else:
            found[name].append((_city(name, cells), True))
    for key, cells in _rows(other):
        for name, number in other[key]:
            if cells[0] == number:
                found[name].append((_city(key, cells), False))
    for name in names & _large().keys():
        found[name].append((_large()[name], True))
    return found


def _rows(names: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    by_block: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names):
        block = bisect_right(_blocks(), name) - 1
        if name and block >= 0:
            by_block[block].append(name)
    for block, wanted in by_block.items():
        lines = _block(block)
        for name in wanted:
            opening = b"\n%b\t" % name.encode()
            at = _place_of(name.encode(), lines)
            while lines.startswith(opening, at):
                end = lines.find(b"\n", at + 1)
                end = len(lines) if end < 0 else end
                yield name, lines[at + len(opening) : end].decode().split("\t")
                at = end


def _place_of(name: bytes, lines: bytes) -> int:
    """Where a name's first line begins, or would: lines are sorted, so half of them fall away at once."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2 + 1)
        if lines[start + 1 : lines.find(b"\t", start)] < name:
            low = lines.find(b"\n", start + 1)
            low = len(lines) if low < 0 else low
        else:
            high = start
    return low
