"""What users know themselves: names of people, places and organisations, and words that tell of events."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ingest.article import EntityType, EventType
from ingest.errors import NewsgraphError

BETWEEN = "|"  # the aliases in a column, and the links
_LINES = frozenset({".jsonl", ".ndjson"})
_UNSAFE = frozenset(' <>"{}|\\^`')  # what no IRI holds


class BadGazetteer(NewsgraphError):
    """A file of names cannot be read as one."""

    def __init__(self, path: Path, problem: str, next_step: str = "correct it", line: int | None = None) -> None:
        place = f"{path}" if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {problem}; {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody or something that the user knows by name."""

    name: str  # what it is called in the graph
    type: EntityType
    aliases: tuple[str, ...] = ()  # how else articles call it, letter for letter
    description: str | None = None
    lat: float | None = None  # degrees, WGS 84
    lon: float | None = None
    same_as: tuple[str, ...] = ()  # IRIs of the same thing elsewhere

    @property
    def names(self) -> tuple[str, ...]:
        """All that articles call it."""
        return self.name, *self.aliases


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that tell of an event of some type: their base forms, in order, in lower case."""

    words: tuple[str, ...]
    type: EventType
    mode: str | None = None


def read_gazetteer(path: Path, kind: EntityType | None = None) -> tuple[Named, ...]:
    """The names in a file, in its order: CSV, TSV or JSON lines, with the fields of Named.

    `kind` is the type of those that give none. Raises BadGazetteer.
    """
    try:
        rows = list(_lines(path) if path.suffix.lower() in _LINES else _table(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = getattr(error, "strerror", None) or "it is no UTF-8 text in lines"
        raise BadGazetteer(path, problem.lower(), "check the file") from error
    known: dict[tuple[str, EntityType], int] = {}
    named = []
    for line, row in rows:
        try:
            each = _named(row, kind)
        except ValueError as error:
            raise BadGazetteer(path, str(error), line=line) from error
        if (each.name, each.type) in known:
            problem = f"{each.name!r} is in line {known[each.name, each.type]} already"
            raise BadGazetteer(path, problem, "make it one line", line=line)
        known[each.name, each.type] = line
        named.append(each)
    return tuple(named)


def types_of_names(named: Iterable[Named]) -> dict[str, EntityType]:
    """What type a name stands for; a name that may stand for several is left to the article."""
    types: dict[str, set[EntityType]] = {}
    for each in named:
        for name in each.names:
            types.setdefault(name, set()).add(each.type)
    return {name: next(iter(found)) for name, found in sorted(types.items()) if len(found) == 1}


def _table(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)
        for row in reader:
            if None in row:
                raise BadGazetteer(path, "it has more cells than the first line", line=reader.line_num)
            yield reader.line_num, {name.strip(): value.strip() for name, value in row.items() if (value or "").strip()}


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadGazetteer(path, "no JSON", line=number) from error
            if not isinstance(row, dict):
                raise BadGazetteer(path, "no JSON object", line=number)
            yield number, {key: value for key, value in row.items() if value not in (None, "", [])}


def _named(row: dict[str, Any], kind: EntityType | None) -> Named:
    """One line as a noun; raises ValueError with what is wrong with it."""
    keys = [field.name for field in fields(Named)]
    for key in row:
        if key not in keys:
            raise ValueError(f"unknown field {key!r}{nearest(key, keys)}")
    name = _word(row.get("name"), "name")
    if not any(letter.isalnum() for letter in name):
        raise ValueError("it has no name")
    aliases = tuple(each for each in dict.fromkeys(_several(row.get("aliases"), "aliases")) if each != name)
    for each in (name, *aliases):
        if each == each.lower() != each.upper():
            raise ValueError(f"{each!r} has no capital letter, by which names are told from words")
    given = str(row.get("type", kind or "")).lower()
    if given not in set(EntityType):
        problem = f"unknown type {given!r}{nearest(given, list(EntityType))}" if given else "it has no type"
        raise ValueError(f"{problem} (one of {', '.join(EntityType)})")
    lat, lon = _degrees(row.get("lat"), "lat", 90), _degrees(row.get("lon"), "lon", 180)
    if (lat is None) is not (lon is None):
        raise ValueError("lat and lon belong together")
    links = _several(row.get("same_as"), "same_as")
    for link in links:
        if not link.startswith(("http://", "https://")) or not link.isprintable() or _UNSAFE & set(link):
            raise ValueError(f"same_as {link!r} is no http(s) address")
    return Named(
        name=name,
        type=EntityType(given),
        aliases=aliases,
        description=_word(row["description"], "description") if "description" in row else None,
        lat=lat,
        lon=lon,
        same_as=tuple(sorted(set(links))),
    )


def _word(value: object, key: str) -> str:
    if not isinstance(value, str | None):
        raise ValueError(f"{key} is no text")
    return " ".join((value or "").split())


def _several(value: object, key: str) -> list[str]:
    """Texts in a list, or in one text between bars."""
    parts = value.split(BETWEEN) if isinstance(value, str) else value or []
    if not isinstance(parts, list):
        raise ValueError(f"{key} is no text and no list of texts")
    return [word for part in parts if (word := _word(part, key))]


def _degrees(value: object, key: str, most: float) -> float | None:
    if value is None:
        return None
    try:
        degrees = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except ValueError:
        degrees = None
    if degrees is None or not -most <= degrees <= most:
        raise ValueError(f"{key} {value!r} is no number from -{most:g} to {most:g}")
    return degrees


def nearest(word: str, known: Iterable[str]) -> str:
    """A question after the known word that is most like an unknown one; empty where none is."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {str(close[0])!r}?" if close else ""
