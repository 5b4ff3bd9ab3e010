"""What a build has done elsewhere: each job is plain data that any process can be sent, and yields compact records."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar, Protocol

from graph.sources import Held, Remark, held
from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Address, Note, Source, read
from ingest.serial import packed, to_json, unpacked
from ingest.setup import TOGETHER, Setup

# A file changed this shortly before it was read may change again without its time telling so (file systems keep
# times of up to 2 s); it is compared by content at the next build.
FRESH = 2_000_000_000
_CHUNK = 1 << 20
_SMALL = 1 << 16  # bytes, packed, of articles that are annotated together: a second's work
# Of each kind of thing that tables or models are loaded for as it is first met.
_SAMPLE = (
    "Mayor Amina Bello of Lagos, Nigeria, told Reuters on Tuesday, 5 May 2015 that a flood had killed at least 12 "
    "people, and that Acme Corp. would pay $3.4 million. Mohammed Nowak, of Łódź, zibbled; Muhammad Nowak did not."
)
# Called with the name of what is read now, as often as there is a sign of life.
Beat = Callable[[str], None]
# Loads what takes long to load, when it is first called; plain data, as jobs are.
Needs = Callable[[], object]


class Job(Protocol):
    """Something to be done in a process of its own, in a step of a build.

    `is_limited`: it is to show signs of life, and to save memory. `together`: so many records may wait for each other,
    and be lost with a process that is ended.
    """

    step: ClassVar[str]
    is_limited: ClassVar[bool]
    together: ClassVar[int]

    @property
    def needs(self) -> Needs | None:
        """What processes that do such jobs share, if anything: it is loaded once, and they are forked from there."""
        ...

    def run(self, beat: Beat) -> Iterator[object]:
        """Do it, yielding records as they are made."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """A file as it was when it was read."""

    size: int
    changed: int | None  # time of the last change in ns; None when too recent to be told from the next one
    digest: str  # SHA-256 of its bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file to read, and what is known of it; told apart by its key."""

    step: ClassVar[str] = "read"
    is_limited: ClassVar[bool] = True
    together: ClassVar[int] = 1
    needs: ClassVar[None] = None
    key: str
    path: Path
    source: Source  # that file, with what is known of it
    digest: str | None = None  # of the content that need not be read again
    refuse: tuple[tuple[str, Reason], ...] = ()  # parts that a process has failed at, and how

    def run(self, beat: Beat) -> Iterator[FileState | Held | Remark | Address]:
        """Yield its state, and unless that is known what it holds."""
        try:
            yield (state := self._state(beat))
            if state.digest == self.digest:
                return
        except OSError as error:
            problem = (error.strerror or "cannot be opened").lower()
            yield Remark(
                path=self.source.name, problem=problem, reason=Reason.UNREADABLE, next_step="check that you may read it"
            )
            return
        yield from map(partial(_record, self.source.name), read(self.source, watch=partial(self._watch, beat)))

    def failed(self, at: str, reason: Reason) -> Remark:
        """What is said of a part that could not be read to its end."""
        return Remark(path=at, problem=_PROBLEMS[reason], reason=reason, next_step="it was skipped")

    def _state(self, beat: Beat) -> FileState:
        if not self.path.is_file():
            raise OSError(0, "not a regular file")
        status = self.path.stat()
        is_settled = time.time_ns() - status.st_mtime_ns > FRESH
        digest = hashlib.sha256()
        with self.path.open("rb") as stream:
            while content := stream.read(_CHUNK):
                beat(self.source.name)
                digest.update(content)
        changed = status.st_mtime_ns if is_settled else None
        return FileState(size=status.st_size, changed=changed, digest=digest.hexdigest())

    def _watch(self, beat: Beat, source: Source) -> UnreadableArticle | None:
        """Tell what is read next; a refusal where reading it has failed before."""
        beat(source.name)
        reason = dict(self.refuse).get(source.name)
        return UnreadableArticle(source.name, _PROBLEMS[reason], reason=reason) if reason else None


_PROBLEMS = {
    Reason.TOO_SLOW: "reading it takes longer than one article may",
    Reason.TOO_MUCH_MEMORY: "reading it takes more memory than one article may",
    Reason.CRASHED: "the process that reads it ends at it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """An article as it was read: its digest, and lines for the store."""

    digest: str
    reading: bytes
    entities: bytes | None  # what the linker finds in it alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotate:
    """Articles to annotate: the digest of each, and its packed line."""

    step: ClassVar[str] = "annotate"
    is_limited: ClassVar[bool] = True
    together: ClassVar[int] = 8  # what is lost is annotated again; a message takes its sender and its reader 0.3 ms
    articles: tuple[tuple[str, bytes], ...] = field(repr=False)
    setup: Setup = field(default_factory=Setup)

    @property
    def needs(self) -> Needs | None:
        """The annotator; but a pipeline of others may start threads, which do not live through a fork."""
        return partial(_warm_up, self.setup) if self.setup.ner is None else None

    def run(self, beat: Beat) -> Iterator[Annotated]:
        """Yield each article as it was read, in order."""
        from graph.linking.kept import entities_line  # noqa: PLC0415 - brings the gazetteer

        annotator = _annotator(self.setup)
        for group in _groups(self.articles):
            beat(group[0][0] if len(group) == 1 else "")  # which of them it fails at, nobody could tell
            given = [unpacked(Article, body) for _, body in group]
            for (digest, _), reading in zip(group, annotator.annotate(given), strict=True):
                entities = packed(entities_line(reading))
                yield Annotated(digest=digest, reading=packed(to_json(reading)), entities=entities)


def _groups(articles: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Articles that are annotated together, which takes a tenth less time; of long ones each by itself."""
    group: list[tuple[str, bytes]] = []
    size = 0
    for digest, body in articles:
        if group and (len(group) == TOGETHER or size + len(body) > _SMALL):
            yield group
            group, size = [], 0
        group.append((digest, body))
        size += len(body)
    if group:
        yield group


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotateWith:
    """The same with an annotator that the caller brings, which only this process can have."""

    step: ClassVar[str] = "annotate"
    is_limited: ClassVar[bool] = False
    together: ClassVar[int] = 1
    needs: ClassVar[None] = None
    articles: tuple[tuple[str, bytes], ...] = field(repr=False)
    annotator: Any = None

    def run(self, beat: Beat) -> Iterator[Annotated]:
        """Yield each article as it was read, in order."""
        given = [unpacked(Article, body) for _, body in self.articles]
        for (digest, _), reading in zip(self.articles, self.annotator.annotate(given), strict=True):
            yield Annotated(digest=digest, reading=packed(to_json(reading)), entities=None)


@cache
def _warm_up(setup: Setup) -> None:
    """Load what annotates, and whatever is loaded only as it is first used."""
    from graph import atlas  # noqa: PLC0415 - as above
    from graph.linking.kept import entities_line  # noqa: PLC0415 - as above

    atlas.read_all()
    sample = Article(id="", title="", text=_SAMPLE, paragraphs=((0, len(_SAMPLE)),), published=date(2015, 5, 6))
    for each in _annotator(setup).annotate([sample]):
        entities_line(each)


@cache
def _annotator(setup: Setup):  # type: ignore[no-untyped-def]  # naming its class would import spaCy
    from ingest.annotate import Annotator  # noqa: PLC0415 - importing spaCy takes half a second

    return Annotator(setup=setup)


def refusal(error: UnreadableArticle) -> Remark:
    """A refusal as it is kept."""
    return Remark(
        path=error.path,
        line=error.line,
        problem=error.problem,
        reason=error.reason,
        next_step=error.next_step,
        language=error.language,
    )


def _record(name: str, outcome: Article | UnreadableArticle | Note | Address) -> Held | Remark | Address:
    if isinstance(outcome, Article):
        return held(outcome, name)
    if isinstance(outcome, UnreadableArticle):
        return refusal(outcome)
    if isinstance(outcome, Note):
        return Remark(path=outcome.path, problem=outcome.text)
    return outcome
