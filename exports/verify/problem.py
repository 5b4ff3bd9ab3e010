"""What is wrong with a graph, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 80  # characters of a text that a line shows


class Kind(StrEnum):
    """What a problem is about; the order is that in which problems are told."""

    FILE = "file"  # missing, or not what its name says
    AGREEMENT = "agreement"  # two files of one folder tell different things
    SHAPE = "shape"  # not as shapes.ttl has it
    ARTICLE = "article"
    MENTION = "mention"
    NAME = "name"
    CLAIM = "claim"
    FINDING = "finding"
    LINK = "link"  # things that should point at each other, and do not
    ID = "id"  # not the hash of what it stands for


_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that the articles, or the rest of the graph, do not bear out."""

    kind: Kind
    file: str
    thing: str  # its IRI in RDF, its id elsewhere; "" for the whole file
    what: str
    expected: str | None = None
    found: str | None = None
    characters: tuple[int, int] | None = None  # of the article that is cited

    def __str__(self) -> str:
        place = f"{self.file}: {shown(self.thing)}" if self.thing else self.file
        if self.characters is not None:
            place += f", characters {self.characters[0]}-{self.characters[1]}"
        line = f"{place}: {self.what}"
        if self.expected is not None:
            line += f"; expected {shown(self.expected)}"
        if self.found is not None:
            line += f"{',' if self.expected is not None else ';'} found {shown(self.found)}"
        return line


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems as they are told: by kind, file, thing and place, whatever the order in which they were found."""
    return sorted(
        set(problems),
        key=lambda each: (
            _ORDER[each.kind],
            each.file,
            each.thing,
            each.characters or (0, 0),
            each.what,
            each.expected or "",
            each.found or "",
        ),
    )


def shown(text: str) -> str:
    """A text from an article as it may stand in a line on a terminal: short, and without control characters."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in short)
