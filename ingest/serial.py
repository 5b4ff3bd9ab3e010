"""The frozen nouns as compact JSON and back, exactly: each dataclass an array of its fields in order."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

Noun = TypeVar("Noun")
# A field's value as JSON and back; the types are those of the field, known only when the codec is built.
Convert = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, types.NoneType)
_LINES = json.JSONEncoder(separators=(",", ":"))


def to_json(noun: object) -> str:
    """The noun as one line of ASCII; equal nouns give equal lines."""
    hint: Any = type(noun)
    encode, _ = _codec(hint)
    return _LINES.encode(encode(noun))


def from_json(kind: type[Noun], line: str | bytes) -> Noun:
    """The noun of that kind that a line holds; ValueError or TypeError when the line was written for another."""
    hint: Any = kind
    _, decode = _codec(hint)
    noun: Noun = decode(json.loads(line))
    return noun


def packed(line: str) -> bytes:
    """A line as it is kept and sent."""
    return zlib.compress(line.encode(), 1)  # level 1: a third larger than level 9 and nine times as fast


def unpacked(kind: type[Noun], body: bytes) -> Noun:
    """The noun in a packed line; zlib.error, ValueError or TypeError when it was written for another."""
    return from_json(kind, zlib.decompress(body))


@cache
def shape(kind: type) -> str:
    """A short hash of the fields of a noun and of all nouns in it: it changes when old lines can no longer be read."""
    seen: dict[str, list[tuple[str, str]]] = {}

    def visit(hint: Any) -> None:
        if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint.__name__ not in seen:
            hints = typing.get_type_hints(hint)
            seen[hint.__name__] = [(each.name, str(hints[each.name])) for each in dataclasses.fields(hint)]
            for each in hints.values():
                visit(each)
        for each in typing.get_args(hint):
            visit(each)

    visit(kind)
    return hashlib.sha256(json.dumps(sorted(seen.items())).encode()).hexdigest()[:16]


@cache
def _codec(hint: Any) -> tuple[Convert, Convert]:
    """How values of one type are written and read."""
    if hint in _PLAIN or hint is Ellipsis:
        return _same, _same
    if isinstance(hint, type) and issubclass(hint, date):
        return date.isoformat, date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _same, hint
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _dataclass_codec(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (list, set):
        return _members_codec(origin, inner[0])
    if origin is Counter:
        return _counter_codec(inner[0])
    if origin is tuple:
        return _tuple_codec(inner)
    if origin in (typing.Union, types.UnionType):
        return _union_codec(inner)
    raise TypeError(f"{hint}: no JSON form; give it one in ingest/serial.py")


def _same(value: Any) -> Any:
    return value


def _dataclass_codec(kind: type) -> tuple[Convert, Convert]:
    hints = typing.get_type_hints(kind)
    parts = [(each.name, *_codec(hints[each.name])) for each in dataclasses.fields(kind)]
    encoders = [(name, encode) for name, encode, _ in parts]
    decoders = [(name, decode) for name, _, decode in parts]

    def write(noun: Any) -> Any:
        return [encode(getattr(noun, name)) for name, encode in encoders]

    def read(line: Any) -> Any:
        return kind(**{name: decode(value) for (name, decode), value in zip(decoders, line, strict=True)})

    return write, read


def _members_codec(kind: type, inner: Any) -> tuple[Convert, Convert]:
    encode, decode = _codec(inner)
    in_order: Convert = sorted if kind is set else list
    return lambda value: [encode(each) for each in in_order(value)], lambda line: kind(map(decode, line))


def _counter_codec(inner: Any) -> tuple[Convert, Convert]:
    """What was counted and how often, in the order in which it was met."""
    encode, decode = _codec(inner)

    def read(line: Any) -> Any:
        counts: Counter[Any] = Counter()
        for each, times in line:
            counts[decode(each)] = times
        return counts

    return lambda value: [[encode(each), times] for each, times in value.items()], read


def _tuple_codec(inner: tuple[Any, ...]) -> tuple[Convert, Convert]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        encode, decode = _codec(inner[0])
        if encode is _same and decode is _same:
            return list, tuple
        return lambda value: [encode(each) for each in value], lambda line: tuple([decode(each) for each in line])
    codecs = [_codec(each) for each in inner]
    return (
        lambda value: [codec[0](each) for codec, each in zip(codecs, value, strict=True)],
        lambda line: tuple([codec[1](each) for codec, each in zip(codecs, line, strict=True)]),
    )


def _union_codec(inner: tuple[Any, ...]) -> tuple[Convert, Convert]:
    rest = [each for each in inner if each is not types.NoneType]
    if all(each in _PLAIN for each in rest):
        return _same, _same
    if len(rest) > 1:
        raise TypeError(f"{inner}: only one kind of noun can be told from None")
    encode, decode = _codec(rest[0])
    return (
        lambda value: None if value is None else encode(value),
        lambda line: None if line is None else decode(line),
    )
