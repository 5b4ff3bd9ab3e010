"""Damage to the bytes of a source, as chance, broken transmission and malice do it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

LONGEST = 4_000_000  # bytes of what comes out
# What programs stumble over, whatever the kind.
EXTREMES = [
    b"", b"\x00", b"\n", b"\r\n\r\n", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80",
    b"\xe2\x80\xae", b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"4294967295", b"18446744073709551616",
    b"1e999", b"NaN", b"\x80\x00\x00\x00", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"<", b">", b"&", b"'", b'"',
    b"[", b"]", b"{", b"}", b"(", b")", b",", b";", b"\t", b"]]>", b"<![CDATA[", b"<!--", b"-->",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#x110000;", b"&#0;", b"<script>", b"<a href='http://[::1'>",
    b"http://[", b"https://e.org/2024/13/45/", b"9999-99-99T99:99:99Z", b"0000-00-00", b"charset=", b"utf-7",
    b"utf-16", b"../", b"C:\\", b"text", b"null", b"true", b"\\ud800", b"%s%n", b"\x1b[2J",
]  # fmt: skip
Mutation = Callable[[random.Random, bytearray], None]


def _flip(chance: random.Random, content: bytearray) -> None:
    for _ in range(chance.choice([1, 1, 2, 8])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _set(chance: random.Random, content: bytearray) -> None:
    content[chance.randrange(len(content))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, 10, chance.randrange(256)])


def _insert(chance: random.Random, content: bytearray) -> None:
    at = chance.randrange(len(content) + 1)
    content[at:at] = chance.choice(EXTREMES)


def _overwrite(chance: random.Random, content: bytearray) -> None:
    at, token = chance.randrange(len(content)), chance.choice(EXTREMES)
    content[at : at + len(token)] = token


def _delete(chance: random.Random, content: bytearray) -> None:
    start, end = _stretch(chance, content)
    del content[start:end]


def _truncate(chance: random.Random, content: bytearray) -> None:
    del content[chance.randrange(len(content)) :]


def _repeat(chance: random.Random, content: bytearray) -> None:
    start, end = _stretch(chance, content)
    times = chance.choice([1, 1, 2, 5, 50])
    content[start:start] = content[start : min(end, start + LONGEST // times)] * times


def _blow_up(chance: random.Random, content: bytearray) -> None:
    start, end = _stretch(chance, content)
    stretch = bytes(content[start:end])[: chance.choice([1, 4, 30, 1000])] or b"a"
    content[start:start] = stretch * (chance.choice([10_000, 200_000, 2_000_000]) // len(stretch))


def _move(chance: random.Random, content: bytearray) -> None:
    start, end = _stretch(chance, content)
    moved = content[start:end]
    del content[start:end]
    at = chance.randrange(len(content) + 1)
    content[at:at] = moved


def _renumber(chance: random.Random, content: bytearray) -> None:
    found = list(re.finditer(rb"\d+", content[:100_000]))
    if found:
        start, end = chance.choice(found).span()
        content[start:end] = chance.choice([b"0", b"-1", b"1", b"99999", b"4294967296", b"9" * 30])


def _retoken(chance: random.Random, content: bytearray) -> None:
    """Put one of its own words elsewhere."""
    found = list(re.finditer(rb"[\w:/<-]+[>=]?", content[:100_000]))
    if found:
        token = chance.choice(found)[0]
        start, end = chance.choice(found).span()
        content[start : end if chance.random() < 0.5 else start] = token


def _reencode(chance: random.Random, content: bytearray) -> None:
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "shift_jis", "koi8-r"])
    content[:] = bytes(content).decode("utf-8", "replace").encode(encoding, "replace")


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _flip, _set, _insert, _insert, _overwrite, _delete, _truncate, _repeat, _move, _renumber, _retoken, _retoken,
)  # fmt: skip
RARE: tuple[Mutation, ...] = (_blow_up, _reencode)


def _stretch(chance: random.Random, content: bytearray) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice([1, 4, 30, 300, len(content)]))


def mutated(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """A source with some damage done to it; the other one gives what is spliced in."""
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 3, 6])):
        if not damaged:
            damaged = bytearray(b"a")
        kinds = RARE if chance.random() < 0.01 else MUTATIONS
        chance.choice(kinds)(chance, damaged)
        del damaged[LONGEST:]
    if other and chance.random() < 0.05:
        damaged[chance.randrange(len(damaged) + 1) :] = other[chance.randrange(len(other)) :]
    return bytes(damaged)
