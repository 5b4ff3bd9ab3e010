"""newsgraph.toml: what a user always wants of a build, checked key by key; flags of the command line go before it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph.wanted import TYPES, Wanted
from ingest.article import EntityType, EventType
from ingest.errors import NewsgraphError
from ingest.given import Named, Term, nearest, read_gazetteer
from ingest.readers import Limits
from ingest.web.manners import Manners
from newsgraph.build import BuildOptions

FILE_NAME = "newsgraph.toml"
FIELDS = ("id", "title", "text", "date", "publisher", "byline", "url", "language")  # of an article, that map may name


class BadConfiguration(NewsgraphError):
    """A configuration cannot be followed; a line for each thing that is wrong in it."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{path}: {problem}; correct it" for problem in problems))


@dataclass(slots=True)
class _Reading:
    """What was found so far: the options said, and what is wrong."""

    folder: Path  # what relative paths start from
    said: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)


class _Wrong(Exception):
    """A value that is none of what its key takes; the text says what it takes."""


def read_configuration(path: Path) -> BuildOptions:
    """The options that a file says, the others as they are by default; raises BadConfiguration, BadGazetteer."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problem = (error.strerror or "it cannot be opened").lower()
        raise BadConfiguration(path, [problem]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadConfiguration(path, [f"no TOML ({' '.join(str(error).split())[:100]})"]) from error
    reading = _Reading(folder=path.parent)
    for name, table in tables.items():
        if name not in _TABLES:
            reading.problems.append(f"unknown table {name!r}{nearest(name, _TABLES)}")
        else:
            _TABLES[name](reading, table)
    if reading.problems:
        raise BadConfiguration(path, reading.problems)
    keep = reading.said.pop("keep", ())
    return BuildOptions(**reading.said, wanted=Wanted(keep=keep, named=tuple(reading.named)))


def found_configuration(path: Path | None) -> BuildOptions:
    """What the given file says, else the one in the current folder, else nothing; raises BadConfiguration."""
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return BuildOptions()
    return read_configuration(path)


# A key of the file: the option that it sets, and what makes its value one.
_Key = tuple[str, Callable[[Any, Path], Any]]


def _text(value: Any, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("a text")
    return value


def _flag(value: Any, folder: Path) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def _count(value: Any, folder: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _Wrong("a number from 1")
    return value


def _number(value: Any, folder: Path) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise _Wrong("a number from 0")
    return value


def _day(value: Any, folder: Path) -> date:
    try:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _Wrong("a day such as 2026-07-31") from error


def _path(value: Any, folder: Path) -> Path:
    return folder / Path(_text(value, folder)).expanduser()


def _pipeline(value: Any, folder: Path) -> str:
    name = _text(value, folder)
    return str(folder / name) if (folder / name / "meta.json").is_file() else name


def _texts(value: Any, folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise _Wrong("a list of texts")
    return tuple(value)


def _types(value: Any, folder: Path) -> tuple[str, ...]:
    for each in (given := _texts(value, folder)):
        if each not in TYPES:
            raise _Wrong(f"a list of types, and {each!r} is none{nearest(each, TYPES)}")
    return given


def _columns(value: Any, folder: Path) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(each, str) and each for each in value.values()):
        raise _Wrong("a table of texts")
    for key in value:
        if key not in FIELDS:
            raise _Wrong(f"a table with fields of articles, and {key!r} is none{nearest(key, FIELDS)}")
    return tuple(sorted(value.items()))


_GRAPH: dict[str, _Key] = {
    "base": ("base", _text),
    "every_mention": ("every_mention", _flag),
    "keep_types": ("keep", _types),
}
_READING: dict[str, _Key] = {
    "date": ("date", _day),
    "publisher": ("publisher", _text),
    "languages": ("languages", _texts),
    "language": ("language", _text),
    "map": ("columns", _columns),
}
_ANNOTATE: dict[str, _Key] = {
    "model": ("model", _path),
    "ner": ("ner", _pipeline),
    "workers": ("workers", _count),
    "cluster": ("cluster", _text),
}


def _values(reading: _Reading, name: str, table: Any, keys: Mapping[str, _Key]) -> Iterator[tuple[str, Any]]:
    """Each option that a table sets, and its value; what is wrong is noted."""
    if not isinstance(table, dict):
        reading.problems.append(f"{name} must be a table: write [{name}]")
        return
    for key, value in table.items():
        if key not in keys:
            reading.problems.append(f"unknown key {name}.{key}{nearest(key, keys)}")
            continue
        option, taken = keys[key]
        try:
            yield option, taken(value, reading.folder)
        except _Wrong as wrong:
            reading.problems.append(f"{name}.{key} must be {wrong}")


def _graph(reading: _Reading, table: Any) -> None:
    reading.said.update(_values(reading, "graph", table, _GRAPH))


def _reading(reading: _Reading, table: Any) -> None:
    if isinstance(table, dict) and "limits" in table:
        limits = table.pop("limits")
        keys: dict[str, _Key] = {each.name: (each.name, _count) for each in fields(Limits)}
        reading.said["limits"] = Limits(**dict(_values(reading, "reading.limits", limits, keys)))
    reading.said.update(_values(reading, "reading", table, _READING))


def _fetching(reading: _Reading, table: Any) -> None:
    is_whole = {each.name: isinstance(each.default, int) for each in fields(Manners)}
    keys: dict[str, _Key] = {name: (name, _count if whole else _number) for name, whole in is_whole.items()}
    reading.said["manners"] = Manners(**dict(_values(reading, "fetching", table, keys)))


def _annotate(reading: _Reading, table: Any) -> None:
    reading.said.update(_values(reading, "annotate", table, _ANNOTATE))


def _gazetteer(reading: _Reading, tables: Any) -> None:
    if not isinstance(tables, list):
        reading.problems.append("gazetteer must be a list of tables: write [[gazetteer]]")
        return
    keys: dict[str, _Key] = {"file": ("file", _path), "type": ("type", _entity_type)}
    for table in tables:
        said = dict(_values(reading, "gazetteer", table, keys))
        if "file" in said:
            reading.named += read_gazetteer(said["file"], said.get("type"))
        elif isinstance(table, dict) and "file" not in table:
            reading.problems.append("gazetteer must have a file")


def _entity_type(value: Any, folder: Path) -> EntityType:
    try:
        return EntityType(value)
    except ValueError as error:
        raise _Wrong(f"one of {', '.join(EntityType)}") from error


def _event_terms(reading: _Reading, table: Any) -> None:
    if not isinstance(table, dict):
        reading.problems.append("event_terms must be a table: write [event_terms]")
        return
    terms = []
    for phrase, value in table.items():
        said = {"type": value} if isinstance(value, str) else value
        try:
            terms.append(_term(phrase, said))
        except _Wrong as wrong:
            reading.problems.append(f"event_terms.{phrase!r} must be {wrong}")
    reading.said["terms"] = tuple(sorted(terms, key=lambda term: term.words))


def _term(phrase: str, said: Any) -> Term:
    if not isinstance(said, dict) or not set(said) <= {"type", "mode"} or not isinstance(said.get("type"), str):
        raise _Wrong('a type of event, or { type = "…", mode = "…" }')
    if said["type"] not in set(EventType):
        raise _Wrong(f"a type of event, and {said['type']!r} is none{nearest(said['type'], map(str, EventType))}")
    mode = said.get("mode")
    if mode is not None and (not isinstance(mode, str) or not mode.strip()):
        raise _Wrong("a type of event with a text as mode")
    words = tuple(phrase.lower().split())
    if not words:
        raise _Wrong("a word or several")
    return Term(words=words, type=EventType(said["type"]), mode=mode)


_TABLES: dict[str, Callable[[_Reading, Any], None]] = {
    "graph": _graph,
    "reading": _reading,
    "fetching": _fetching,
    "annotate": _annotate,
    "gazetteer": _gazetteer,
    "event_terms": _event_terms,
}
