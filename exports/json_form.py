"""The interchange form: the whole graph as one JSON object of arrays, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isfinite
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import orjson

from exports.whole_file import whole_file
from graph.mentions import ordered
from graph.model import (
    Claim,
    Entity,
    Event,
    EventParticipant,
    Finding,
    GraphMention,
    KnowledgeGraph,
    Publication,
    Relation,
    Reprint,
    Storyline,
)
from graph.reports import Reports, places
from ingest.article import Article, DateSource, EntityType, EventType, MentionKind, Qualifier, Role, Status
from ingest.errors import NewsgraphError

T = TypeVar("T")
Reading = Callable[[Any], Any]
# Beyond this, readers that keep numbers as doubles change whole numbers (RFC 8259, section 6).
EXACT = 2**53
LATER = frozenset({"dated_by"})  # keys that files of earlier versions lack
NUMBERS = frozenset({"value", "upper", "lat", "lon"})
_ORDER = {"relations": attrgetter("subject", "predicate", "object")}  # of rows; of others by id


class UnreadableGraph(NewsgraphError):
    """A file that should hold a graph in the interchange form holds something else."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; write it again with `newsgraph export -f json`")


def write_json(graph: KnowledgeGraph, path: Path) -> None:
    """Write `graph` in the interchange form: one row a line, arrays sorted by id, UTF-8, a newline at the end."""
    with whole_file(path) as out:
        out.writelines(json_pieces(graph))


def json_pieces(graph: KnowledgeGraph) -> Iterator[bytes]:
    """The bytes that `write_json` writes, some rows at a time."""
    opening = b"{"
    for array in ARRAYS:
        yield opening + f'\n"{array}": ['.encode()
        before = b"\n"
        for row in _rows(graph, array):
            yield before + orjson.dumps(row)
            before = b",\n"
        yield b"\n]" if before != b"\n" else b"]"
        opening = b","
    yield b"\n}\n"


def read_json(path: Path) -> KnowledgeGraph:
    """The graph that `write_json` wrote; a missing array is empty, a key it does not know is passed over.

    Raises UnreadableGraph when the file is not in the interchange form, OSError when it cannot be opened.
    """
    try:
        arrays = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableGraph(path, f"it is not JSON ({error})") from error
    if not isinstance(arrays, dict):
        raise UnreadableGraph(path, "it is not one object of arrays")
    told = {array: tuple(_things(array, arrays.get(array, []), path)) for array in ARRAYS}
    return KnowledgeGraph(**told, **_prints(arrays.get("articles", []), path))


def _rows(graph: KnowledgeGraph, array: str) -> Iterator[dict[str, Any]]:
    """The rows of one array, in order."""
    keys = tuple(ARRAYS[array][1])
    fields = attrgetter(*keys)
    numbers = [key for key in keys if key in NUMBERS]
    prints = _prints_of(graph) if array == "articles" else None
    things = getattr(graph, array)
    for thing in ordered(things) if array == "mentions" else sorted(things, key=_ORDER.get(array, attrgetter("id"))):
        row = dict(zip(keys, fields(thing), strict=True))
        for key in numbers:
            row[key] = _number_told(row[key])
        if prints:
            row["origin"], row["publications"] = prints(row["id"])
        yield row


def _prints_of(graph: KnowledgeGraph) -> Callable[[str], tuple[str, list[dict[str, Any]]]]:
    """For the id of an article the earliest one with the same report, and all places where it was found."""
    reports, known = Reports(graph), places(graph)
    return lambda id: (reports.of(id), [{key: getattr(place, key) for key in PLACE} for place in known[id]])


def _prints(articles: Sequence[dict[str, Any]], path: Path) -> dict[str, Any]:
    """The reprints and publications that articles tell of; they may tell of none."""
    reprints, publications = [], []
    for number, row in enumerate(articles):
        try:
            origin, found = _text(row.get("origin", row["id"])), _all(_place_of)(row.get("publications", []))
        except (KeyError, ValueError, TypeError) as error:
            raise UnreadableGraph(path, f"articles[{number}] cannot be read ({error})") from error
        if origin != row["id"]:
            reprints.append(Reprint(article=row["id"], origin=origin))
        if len(found) > 1:
            publications += [Publication(article=row["id"], **place) for place in found]
    return {"reprints": tuple(reprints), "publications": tuple(publications)}


def _place_of(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r:.40} is not a place of publication")
    return {key: read(value[key]) for key, read in PLACE.items()}


def _things(array: str, rows: object, path: Path) -> list[Any]:
    noun, keys = ARRAYS[array]
    if not isinstance(rows, list):
        raise UnreadableGraph(path, f"{array} is not an array")
    things = []
    for number, row in enumerate(rows):
        try:
            things.append(noun(**{key: read(_field(row, key)) for key, read in keys.items()}))
        except KeyError as error:
            raise UnreadableGraph(path, f"{array}[{number}] lacks {error}") from error
        except (ValueError, TypeError, OverflowError) as error:
            raise UnreadableGraph(path, f"{array}[{number}] cannot be read ({error})") from error
    return things


def _field(row: Any, key: str) -> Any:
    return row.get(key) if key in LATER else row[key]


def _number_told(value: float | str | None) -> float | str | None:
    """A number as JSON has it, without a point where it is whole; ValueError where it is none."""
    if not isinstance(value, float):
        return value
    if not isfinite(value):
        raise ValueError(f"{value} cannot be told in JSON")
    return int(value) if value.is_integer() and abs(value) < EXACT else value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not a text")
    value.encode()  # a lone surrogate, which JSON can spell, is a ValueError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is not a whole number")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is not a number")
    return float(value)


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _date_source(value: object) -> DateSource:
    return DateSource(_text(value))


def _number_or_text(value: object) -> float | str:
    return value if isinstance(value, str) else _number(value)


def _or_none(read: Callable[[object], T]) -> Callable[[object], T | None]:
    return lambda value: None if value is None else read(value)


def _all(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    def read_all(values: object) -> tuple[T, ...]:
        if not isinstance(values, list):
            raise TypeError(f"{values!r:.40} is not an array")
        return tuple(read(value) for value in values)

    return read_all


def _span(value: object) -> tuple[int, int]:
    start, end = _all(_whole)(value)
    return start, end


def _participant(value: object) -> EventParticipant:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r:.40} is not a participant")
    return EventParticipant(
        role=Role(value["role"]),
        entity=_or_none(_text)(value["entity"]),
        text=_text(value["text"]),
        mention=_text(value["mention"]),
    )


# A place of publication, and its keys in the order in which they are written.
PLACE: dict[str, Reading] = {
    "path": _or_none(_text),
    "publisher": _or_none(_text),
    "url": _or_none(_text),
    "published": _or_none(_day),
}
# The form itself: the arrays, and for each its noun and its keys in the order in which they are written; articles also
# have "origin" and "publications".
ARRAYS: dict[str, tuple[type, dict[str, Reading]]] = {
    "articles": (
        Article,
        {
            "id": _text,
            "title": _text,
            "text": _text,
            "published": _or_none(_day),
            "dated_by": _or_none(_date_source),
            "publisher": _or_none(_text),
            "url": _or_none(_text),
            "byline": _or_none(_text),
            "language": _text,
            "path": _or_none(_text),
            "paragraphs": _all(_span),
        },
    ),
    "mentions": (
        GraphMention,
        {
            "id": _text,
            "article": _text,
            "start": _whole,
            "end": _whole,
            "text": _text,
            "kind": MentionKind,
            "refers_to": _or_none(_text),
        },
    ),
    "entities": (
        Entity,
        {
            "id": _text,
            "type": EntityType,
            "name": _text,
            "aliases": _all(_text),
            "description": _or_none(_text),
            "lat": _or_none(_number),
            "lon": _or_none(_number),
            "links": _all(_text),
        },
    ),
    "events": (
        Event,
        {
            "id": _text,
            "type": EventType,
            "mode": _or_none(_text),
            "label": _text,
            "status": Status,
            "start": _or_none(_day),
            "end": _or_none(_day),
            "places": _all(_text),
            "participants": _all(_participant),
            "mentions": _all(_text),
            "storyline": _or_none(_text),
        },
    ),
    "claims": (
        Claim,
        {
            "id": _text,
            "about": _text,
            "property": _text,
            "value": _number_or_text,
            "upper": _or_none(_number),
            "qualifier": Qualifier,
            "unit": _or_none(_text),
            "text": _text,
            "speaker": _or_none(_text),
            "said_by": _or_none(_text),
            "article": _text,
            "mention": _text,
            "as_of": _or_none(_day),
            "origin": _text,
            "agrees": _all(_text),
            "conflicts": _all(_text),
            "supersedes": _all(_text),
            "part_of": _all(_text),
        },
    ),
    "findings": (
        Finding,
        {
            "id": _text,
            "about": _text,
            "property": _text,
            "unit": _or_none(_text),
            "value": _number_or_text,
            "upper": _or_none(_number),
            "qualifier": Qualifier,
            "supports": _all(_text),
            "against": _all(_text),
            "origins": _all(_text),
            "reasons": _all(_text),
        },
    ),
    "relations": (Relation, {"subject": _text, "predicate": _text, "object": _text, "mentions": _all(_text)}),
    "storylines": (Storyline, {"id": _text, "label": _text, "events": _all(_text)}),
}
