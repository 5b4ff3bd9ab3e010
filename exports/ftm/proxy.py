"""One FollowTheMoney entity: an id, a schema, and for each property a list of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from exports.html.words import shortened
from ingest.article import content_id
from ingest.characters import encodable

# What FollowTheMoney 4 takes as one value, in characters, by the type of the property.
LONGEST_NAME, LONGEST_STRING, LONGEST_ADDRESS, LONGEST_URL, LONGEST_TEXT = 384, 1024, 250, 4096, 65_000
_ADDRESS_OF_A_PAGE = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z0-9-]+(?::[0-9]+)?(?:[/?#][!-~]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A thing, or a link between two things, as FollowTheMoney knows it."""

    id: str
    schema: str
    properties: dict[str, tuple[str, ...]]


def proxy(id: str, schema: str, /, **properties: str | Iterable[str]) -> Proxy:
    """A proxy of the properties that have a value; each value once, in the order given."""
    values = {name: (given,) if isinstance(given, str) else given for name, given in properties.items()}
    kept = {name: tuple(dict.fromkeys(value for value in given if value)) for name, given in values.items()}
    return Proxy(id=id, schema=schema, properties={name: given for name, given in kept.items() if given})


def link(
    schema: str, source: tuple[str, str], target: tuple[str, str], what: str, /, **more: str | Iterable[str]
) -> Proxy:
    """A proxy between two others, each given as the property that holds it and its id; its id is made of theirs."""
    id = content_id("link", schema, source[1], target[1], what)
    return proxy(id, schema, **dict((source, target)), **more)


def name(text: str, otherwise: str = "") -> str:
    """The text as a name: on one line, cut where it is too long; `otherwise` for what no reader would see."""
    return _line(text, LONGEST_NAME) or otherwise


def string(text: str | None) -> str:
    """The text as a property of no special type."""
    return _line(text or "", LONGEST_STRING)


def address(text: str) -> str:
    """The text as an address, where a semicolon would break the line."""
    return _line(text.replace(";", ","), LONGEST_ADDRESS)


def pieces(text: str) -> tuple[str, ...]:
    """A long text in pieces that a property can hold, cut at line breaks where there are any."""
    found, rest = [], encodable(text).strip()
    while len(rest) > LONGEST_TEXT:
        cut = rest.rfind("\n", 1, LONGEST_TEXT)
        cut = LONGEST_TEXT if cut < 0 else cut
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return tuple(piece for piece in (*found, rest) if _is_seen(piece))


def url(text: str | None) -> str:
    """The text where it is the address of a web page, else nothing."""
    known = text if text and len(text) <= LONGEST_URL else ""
    return known if _ADDRESS_OF_A_PAGE.fullmatch(known) else ""


def day(when: date | None) -> str:
    """The day in ISO form, or nothing."""
    return "" if when is None else when.isoformat()


def _line(text: str, most: int) -> str:
    line = shortened(encodable(text), most - 1)  # and the mark that says that something is missing
    return line if _is_seen(line) else ""


def _is_seen(text: str) -> bool:
    return any(sign.isprintable() and not sign.isspace() for sign in text)
