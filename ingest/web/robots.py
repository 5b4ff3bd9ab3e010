"""What a site lets programs fetch: robots.txt as RFC 9309 has it, with the crawl delay that the RFC leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

LONGEST = 500 * 1024  # bytes that are read; the RFC asks for at least so many
_PRODUCT = re.compile(r"[a-zA-Z_-]+")
_SAFE = "!#$%&'()*+,/:;=?@[]~"  # what a path and its query may hold as it is


@dataclass(frozen=True, slots=True)
class _Rule:
    """One Allow or Disallow line: a pattern with "*" for anything, anchored at its end by "$"."""

    pattern: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Whether a path begins as the pattern says. No regular expression: a hostile pattern would never end."""
        ends = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        if not rest:
            return not ends or len(path) == len(first)
        place = len(first)
        for piece in rest[:-1] if ends else rest:
            found = path.find(piece, place)
            if found < 0:
                return False
            place = found + len(piece)
        return not ends or (path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one site for one program."""

    rules: tuple[_Rule, ...] = ()
    delay: float | None = None  # seconds between two requests, as the site asks

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched: the longest pattern decides, and of two as long the one that allows."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        fitting = [(len(rule.pattern), rule.allows) for rule in self.rules if rule.matches(path)]
        return max(fitting, default=(0, True))[1]


ANYTHING = Robots()


def read_robots(content: bytes, product: str) -> Robots:
    """The rules for a program of this name: of all groups that name it, else of those for everybody."""
    groups: dict[str, list[_Rule]] = {}
    delays: dict[str, float] = {}
    named: list[str] = []
    is_naming = False  # whether the line before names a program too: several may share a group
    for line in content[:LONGEST].decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            token = _PRODUCT.match(value)
            name = token[0].lower() if token else "*" if value.startswith("*") else ""
            named = [*named, name] if is_naming else [name]
            is_naming = True
            groups.setdefault(name, [])
        elif key in ("allow", "disallow"):
            is_naming = False
            if value:  # "Disallow:" alone forbids nothing
                for name in named:
                    groups[name].append(_Rule(_normal(value), key == "allow"))
        elif key == "crawl-delay":
            is_naming = False
            if re.fullmatch(r"\d{1,6}(\.\d+)?", value):
                for name in named:
                    delays.setdefault(name, float(value))
    mine = product.lower() if product.lower() in groups else "*"
    return Robots(rules=tuple(groups.get(mine, ())), delay=delays.get(mine))


def _normal(path: str) -> str:
    """A path in which everything that must be escaped is, and nothing else that need not be."""
    path = re.sub(r"%([0-9a-fA-F]{2})", _unreserved, path)
    return quote(path, safe=_SAFE)


def _unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape[0].upper()
