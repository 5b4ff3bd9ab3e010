"""The frozen nouns as compact JSON and back, exactly: each dataclass an array of its fields in order.

What writes and what reads a noun are functions made once, from source of their own: a build does it millions of times,
and a field that is named in the source costs a fifth of one that is looked up by its name.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from itertools import count
from math import isfinite
from sys import intern
from typing import Any, TypeVar

import orjson

Noun = TypeVar("Noun")
_PLAIN = (str, int, float, bool, types.NoneType)
_MEMBERS = {tuple: "tuple", list: "list", set: "set", frozenset: "frozenset", Sequence: "tuple"}
_LINES = json.JSONEncoder(separators=(",", ":"))
_NUMBERS = list(range(1 << 14))  # that nouns share; most are places in a text
_LEVEL = 1  # of zlib: a third larger than level 9 and nine times as fast
_SMALL = 2  # fields of a noun that is likely to be read again


def to_json(noun: object) -> str:
    """The noun as one line of ASCII; equal nouns give equal lines."""
    kind: Any = type(noun)
    return _line(_writer(kind)(noun))


def from_json(kind: type[Noun], line: str | bytes) -> Noun:
    """The noun of that kind that a line holds; ValueError or TypeError when the line was written for another.

    Equal texts, days and small numbers of all nouns that were read are one object in memory, and so are equal nouns of
    no more than two such fields.
    """
    return rows_from_json(kind, f"[{line}]" if isinstance(line, str) else b"[" + line + b"]")[0]


def rows_to_json(kind: type[Noun], nouns: Iterable[Noun]) -> str:
    """Nouns of one kind as one line of ASCII."""
    hint: Any = kind
    return _line([*map(_writer(hint), nouns)])


def packed_rows(kind: type[Noun], nouns: Iterable[Noun]) -> bytes:
    """Nouns of one kind as `unpacked_rows` reads them, in a quarter of the time that goes with ASCII."""
    hint: Any = kind
    return packed_values([*map(_writer(hint), nouns)])


def packed_values(values: Sequence[Sequence[Any]]) -> bytes:
    """The same of the values of their fields, where JSON holds these as they are."""
    return zlib.compress(_encoded(values), _LEVEL)


def rows_from_json(kind: type[Noun], line: str | bytes) -> list[Noun]:
    """The nouns that a line of `rows_to_json` holds, as `from_json`."""
    hint: Any = kind
    try:
        return _reader(hint)(json.loads(line))
    except KeyError as error:
        raise ValueError(f"{error}: no value of a field of {kind.__name__}") from error


def nouns(kind: type[Noun], rows: Iterable[Sequence[Any]]) -> list[Noun]:
    """Nouns of one kind of the values of their fields, in order, in a third of the time that single ones take."""
    hint: Any = kind
    return _maker(hint)(rows)


def packed(line: str) -> bytes:
    """A line as it is kept and sent."""
    return zlib.compress(line.encode(), _LEVEL)


def unpacked(kind: type[Noun], body: bytes) -> Noun:
    """The noun in a packed line; zlib.error, ValueError or TypeError when it was written for another."""
    return from_json(kind, zlib.decompress(body))


def unpacked_rows(kind: type[Noun], body: bytes) -> list[Noun]:
    """The nouns in a packed line of many, as `unpacked`."""
    return rows_from_json(kind, zlib.decompress(body))


def unpacked_values(body: bytes) -> list[list[Any]]:
    """The values of the fields of each noun in a packed line of many, as JSON holds them; zlib.error or ValueError."""
    values: list[list[Any]] = json.loads(zlib.decompress(body))
    return values


@cache
def shape(kind: type) -> str:
    """A short hash of the fields of a noun and of all nouns in it: it changes when old lines can no longer be read."""
    seen: dict[str, list[tuple[str, str]]] = {}

    def visit(hint: Any) -> None:
        if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint.__name__ not in seen:
            hints = typing.get_type_hints(hint)
            seen[hint.__name__] = [(each.name, str(_as_kept(hints[each.name]))) for each in dataclasses.fields(hint)]
            for each in hints.values():
                visit(each)
        for each in typing.get_args(hint):
            visit(each)

    visit(kind)
    return hashlib.sha256(json.dumps(sorted(seen.items())).encode()).hexdigest()[:16]


def _as_kept(hint: Any) -> Any:
    """The type that a field has once it was read back: any sequence is a tuple."""
    return types.GenericAlias(tuple, (*typing.get_args(hint), ...)) if typing.get_origin(hint) is Sequence else hint


@cache
def _writer(kind: type) -> Callable[[Any], Any]:
    """The function that makes of a noun what JSON can hold."""
    source = _Source()
    made: Callable[[Any], Any] = source.made(f"lambda noun: {source.written(kind, 'noun')}")
    return made


@cache
def _reader(kind: type) -> Callable[[Any], list[Any]]:
    """The function that makes nouns of the rows that JSON held."""
    return _Source().reading(kind)


@cache
def _maker(kind: type) -> Callable[[Any], list[Any]]:
    """The function that makes nouns of the values of their fields."""
    return _AsTheyAre().reading(kind)


@lru_cache(maxsize=1 << 12)
def _day(written: str) -> date:
    return date.fromisoformat(written)


def _encoded(plain: Any) -> bytes:
    """A value as JSON in UTF-8; where something in it has no such form, as half a character has none, in ASCII."""
    try:
        return orjson.dumps(plain)
    except TypeError:
        return _LINES.encode(plain).encode()


def _line(plain: Any) -> str:
    encoded = _encoded(plain)
    return encoded.decode() if encoded.isascii() else _LINES.encode(plain)


class _Endless(float):
    """A float that is no finite number, which JSON knows in Python's own dialect only."""


def _number(value: Any) -> Any:
    return _Endless(value) if isinstance(value, float) and not isfinite(value) else value


def _counted(pairs: list[tuple[Any, int]]) -> Counter[Any]:
    """A Counter of these numbers, a third as slow as its own making of a dictionary."""
    counts: Counter[Any] = Counter.__new__(Counter)
    dict.update(counts, pairs)
    return counts


class _Source:
    """Writes Python expressions that turn values of a type into what JSON holds, or back.

    Each takes the expression of the value, and gives the same one back where there is nothing to do.
    """

    def __init__(self) -> None:
        self._globals: dict[str, Any] = {
            "counted": _counted,
            "intern": intern,
            "day": _day,
            "numbers": _NUMBERS,
            "number": _number,
        }
        self._numbers = count()

    def made(self, expression: str) -> Any:
        """What an expression stands for."""
        return eval(expression, self._globals)  # nothing of it comes from outside

    def written(self, hint: Any, value: str) -> str:
        """What JSON holds of a value."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if _is_noun(hint):
            return f"[{', '.join(self.written(each, f'{value}.{name}') for name, each in _fields(hint))}]"
        if origin in _MEMBERS:
            value = f"sorted({value})" if origin in (set, frozenset) else value
            if origin is tuple and inner[1:] != (Ellipsis,):
                given, written = self._apart(inner, self.written)
                return value if given == written else f"[[{written}] for {given} in [{value}]][0]"
            return self._each(inner[0], value, self.written)
        if origin is Counter:
            given, written = self._apart((inner[0], int), self.written)
            return f"[[{written}] for {given} in {value}.items()]"
        if origin in (typing.Union, types.UnionType):
            return self._or_none(inner, value, self.written)
        if isinstance(hint, type) and issubclass(hint, date):
            return f"{value}.isoformat()"
        if hint is float:
            return f"number({value})"
        if hint in _PLAIN or (isinstance(hint, type) and issubclass(hint, StrEnum)):
            return value
        raise TypeError(f"{hint}: no JSON form; give it one in ingest/serial.py")

    def read(self, hint: Any, value: str) -> str:
        """The value of which JSON held that."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if _is_noun(hint):
            return f"{self._named(self.reading(hint))}([{value}])[0]"
        if origin in _MEMBERS:
            if origin is tuple and inner[1:] != (Ellipsis,):
                given, read = self._apart(inner, self.read)
                return f"[({read}) for {given} in [{value}]][0]"
            if _is_noun(inner[0]):
                return f"{_MEMBERS[origin]}({self._named(self.reading(inner[0]))}({value}))"
            return f"{_MEMBERS[origin]}({self._each(inner[0], value, self.read)})"
        if origin is Counter:
            each = self._new()
            return f"counted([({self.read(inner[0], each)}, times) for {each}, times in {value}])"
        if origin in (typing.Union, types.UnionType):
            return self._or_none(inner, value, self.read)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return f"{self._named({member.value: member for member in hint})}[{value}]"
        if isinstance(hint, type) and issubclass(hint, date):
            return f"day({value})"
        if hint is str:
            return f"intern({value})"
        if hint is int:
            return f"(numbers[{value}] if 0 <= {value} < {len(_NUMBERS)} else {value})"
        if hint in _PLAIN:
            return value
        raise TypeError(f"{hint}: no JSON form; give it one in ingest/serial.py")

    def reading(self, kind: Any) -> Callable[[Any], list[Any]]:
        """The function that makes nouns of one kind of their rows."""
        fields = [(name, self._new(), hint) for name, hint in _fields(kind)]
        twin = _twin(kind)
        if twin is None:
            given = ", ".join(f"{name}={self.read(hint, each)}" for name, each, hint in fields)
            steps = [f"noun = {self._named(kind)}({given})"]
        else:
            # The fields of a frozen noun are set while it is of a class that is not frozen.
            steps = [f"noun = {self._named(twin)}()"]
            steps += [f"noun.{name} = {self.read(hint, each)}" for name, each, hint in fields]
            steps += [f"noun.__class__ = {self._named(kind)}"]
        given = f"{', '.join(each for _, each, _ in fields)},"
        if len(fields) <= _SMALL and all(map(_is_plain, (hint for _, _, hint in fields))):
            known = self._named({})
            steps += [f"if len({known}) < {len(_NUMBERS)}:", f"    {known}[{given}] = noun"]
            steps = [f"noun = {known}.get(({given}))", "if noun is None:", *(f"    {step}" for step in steps)]
        made = self._new()
        lines = [
            f"def {made}(rows):",
            "    nouns = []",
            f"    for {given} in rows:",
            *(f"        {step}" for step in steps),
            "        nouns.append(noun)",
            "    return nouns",
        ]
        exec("\n".join(lines), self._globals)  # nothing of it comes from outside
        function: Callable[[Any], list[Any]] = self._globals[made]
        return function

    def _apart(self, hints: tuple[Any, ...], turned: Callable[[Any, str], str]) -> tuple[str, str]:
        """Names for the parts of a tuple, and what becomes of them."""
        names = [self._new() for _ in hints]
        parts = [turned(hint, name) for hint, name in zip(hints, names, strict=True)]
        return ", ".join(names) + ",", ", ".join(parts) + ","

    def _each(self, hint: Any, value: str, turned: Callable[[Any, str], str]) -> str:
        if typing.get_origin(hint) is tuple and typing.get_args(hint)[1:] != (Ellipsis,):
            given, parts = self._apart(typing.get_args(hint), turned)
            each, one = given, f"({parts})"
            same = given == parts and turned == self.written
        else:
            each = self._new()
            one = turned(hint, each)
            same = one == each
        return value if same else f"[{one} for {each} in {value}]"

    def _or_none(self, hints: tuple[Any, ...], value: str, turned: Callable[[Any, str], str]) -> str:
        rest = [hint for hint in hints if hint is not types.NoneType]
        if len(rest) > 1 and not all(hint in _PLAIN for hint in rest):
            raise TypeError(f"{hints}: only one kind of noun can be told from None")
        one = value if len(rest) > 1 and float not in rest else turned(float if len(rest) > 1 else rest[0], value)
        return value if one == value else f"(None if {value} is None else {one})"

    def _named(self, thing: Any) -> str:
        """A name for an object that an expression speaks of."""
        name = self._new()
        self._globals[name] = thing
        return name

    def _new(self) -> str:
        return f"it{next(self._numbers)}"


class _AsTheyAre(_Source):
    """Where what is read is what JSON cannot hold: the values themselves."""

    def read(self, hint: Any, value: str) -> str:
        return value


def _is_noun(hint: Any) -> bool:
    return dataclasses.is_dataclass(hint) and isinstance(hint, type)


def _is_plain(hint: Any) -> bool:
    """Whether a field holds one text, number or day, or none."""
    parts = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    return all(isinstance(part, type) and issubclass(part, (*_PLAIN, date)) for part in parts)


def _fields(kind: type) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    return [(each.name, hints[each.name]) for each in dataclasses.fields(kind)]


@cache
def _twin(kind: type) -> type | None:
    """A class whose objects can become such nouns once their fields are set; None for nouns that have no slots."""
    if kind.__bases__ != (object,) or "__slots__" not in kind.__dict__ or hasattr(kind, "__post_init__"):
        return None
    return type(f"{kind.__name__}InTheMaking", (), {"__slots__": kind.__slots__})  # type: ignore[attr-defined]  # as above
