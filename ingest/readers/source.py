"""What a reader is given and what it gives back."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from ingest.article import Article
from ingest.errors import UnreadableArticle
from ingest.readers.limits import Budget, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user says of how sources are read."""

    published: date | None = None  # of articles that do not say when they were published
    publisher: str | None = None  # of articles that do not say by whom
    columns: tuple[tuple[str, str], ...] = ()  # our name of a field and that of the column or key that holds it
    languages: tuple[str, ...] = ("en",)  # of articles that are kept; empty: any
    language: str | None = None  # that all articles are in, whatever they look like
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes to read, a file's or a part of it, and what is known of them."""

    name: str  # fit to be printed and stored: a path as given, "pile.zip!inner/page.html", an address, "-"
    open: Callable[[], BinaryIO]  # a new stream from the start, whose user closes it; may raise OSError, Refusal
    options: Options = field(default_factory=Options)
    size: int | None = None  # bytes, where it is known
    media_type: str | None = None  # as whoever sent it says, lower case, without parameters
    charset: str | None = None  # as above
    url: str | None = None  # where it was fetched
    fetched: date | None = None  # when; no article in it is younger
    listed: date | None = None  # the day of publication that a feed or a sitemap gives for it
    depth: int = 0  # archives around it
    budget: Budget = field(default_factory=lambda: Budget(Limits()), repr=False, compare=False)  # its parts share it

    @classmethod
    def at(cls, path: Path, options: Options | None = None) -> Source:
        """The file at a path."""
        return cls(name=printable(path), open=partial(_open, path), options=options or Options())

    def part(self, name: str, open: Callable[[], BinaryIO]) -> Source:
        """Something that this source holds, under the name it has there; to be opened before the next part is met."""
        inner = f"{self.name}!{cleaned(name)}"
        return replace(
            self,
            name=inner,
            open=open,
            depth=self.depth + 1,
            size=None,
            media_type=None,
            charset=None,
            url=None,
            listed=None,
        )

    def holding(self, name: str, content: bytes) -> Source:
        """Something that this source holds, already in memory."""
        return replace(self.part(name, lambda: io.BytesIO(content)), size=len(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth telling about a file that was read all the same."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page elsewhere that a feed or a sitemap lists, and what it says of it; a reader never fetches it."""

    path: str  # of the source that lists it
    url: str
    title: str | None = None
    published: date | None = None


# What comes out of a source, in the order in which it stands there. A Source is a part that is to be read in its turn.
Outcome = Article | UnreadableArticle | Note | Address
Part = Outcome | Source


class Reader(Protocol):
    """Turns one kind of source into articles: a module with this function."""

    def read(self, source: Source) -> Iterator[Part]:
        """Yield what a source holds, and what could not be read of it; OSError and Refusal may pass through."""
        ...


def _open(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():
        raise OSError(0, "not a regular file")  # opening a pipe waits for whoever writes it
    return path.open("rb")


def printable(path: Path) -> str:
    """A path with forward slashes, in which bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def cleaned(name: str) -> str:
    """The name of a member, which anybody may have made up, without what would harm a terminal or a line."""
    name = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)[:1000]
