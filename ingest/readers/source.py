"""What a reader is given, and what it hands back besides articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from ingest.article import Article
from ingest.errors import UnreadableArticle

# A long book has 1 M characters, the longest news feature 0.1 M: what is above this is a dump of many texts.
LONGEST_TEXT = 5_000_000
# UTF-8 takes at most four bytes for a character, so a file above this is refused before it is opened.
LONGEST_FILE = 4 * LONGEST_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the user says of articles that do not say it themselves."""

    published: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read, and what to assume where it is silent."""

    path: Path
    defaults: Defaults = field(default_factory=Defaults)

    @property
    def name(self) -> str:
        """The path as it was given, fit to be printed and stored whatever bytes the file name is made of."""
        return printable(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth telling about a file that was read all the same."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


# What comes out of a file, in the order in which it stands there.
Outcome = Article | UnreadableArticle | Note


class Reader(Protocol):
    """Turns one kind of file into articles."""

    suffixes: frozenset[str]

    def read(self, source: Source) -> Iterator[Outcome]:
        """Yield the articles of a file, and what could not be read of it; never raises for bad content."""
        ...


def printable(path: Path) -> str:
    """A path with forward slashes, in which bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
