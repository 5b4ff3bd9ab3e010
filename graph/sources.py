"""What a store knows of the files that articles came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from ingest.article import Article, DateSource
from ingest.errors import Reason
from ingest.serial import packed, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a source gave besides articles: why something was skipped, or a note on how it was read."""

    path: str
    problem: str
    line: int | None = None
    reason: Reason | None = None  # None: a note, nothing was skipped
    next_step: str | None = None
    language: str | None = None  # that a skipped article is in, where that is the reason

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.problem}" + (f"; {self.next_step}" if self.next_step else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A file as it was when it was last read."""

    key: str  # its absolute path: the same file, however it was given
    name: str  # its path as given
    size: int
    changed: int | None  # time of the last change in ns; None when too recent to be told from the next one
    digest: str
    reading: str  # how it was read: version of the readers, and what was assumed
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that is in the graph only once although it was read twice."""

    id: str
    path: str
    kept: str  # the path of the one in the graph
    same_text: bool  # False: two articles were given one id
    publisher: str | None = None  # as it was told in this place
    url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article that a source holds, as a line for the store; where it was read is left open."""

    id: str
    digest: str
    body: bytes
    part: str = ""  # where in its source it lies: "!inner/page.html"
    dated: str = ""  # of articles with one id the one that sorts first is kept


def held(article: Article, source: str) -> Held:
    """An article as a line for the store; `source` is the name of what holds it, with which its path begins."""
    line = to_json(replace(article, path=None))
    part = (article.path or "").removeprefix(source) if (article.path or "").startswith(source) else ""
    return Held(id=article.id, digest=_digest(line), body=packed(line), part=part, dated=dated(article))


def dated(article: Article) -> str:
    """Sorts articles by day; those whose day was only given come after all that say it, and those without one last."""
    day = f"{article.published or ''}"
    return f"{'2' if not day else '1' if article.dated_by is DateSource.GIVEN else '0'}{day}"


def article_digest(article: Article) -> str:
    """Tells an article, wherever it was read, from any other."""
    return _digest(to_json(replace(article, path=None)))


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:32]
