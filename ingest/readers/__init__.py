"""Sources in, articles out: whatever the kind of file, however deep it lies in archives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.finishing import finish
from ingest.readers.kinds import HEAD, KINDS, SUFFIXES, Kind, kind_of, why_no_kind
from ingest.readers.limits import Budget, Limits, OverLimit
from ingest.readers.source import Address, Note, Options, Outcome, Reader, Source

# The packages whose version can change what is read.
_PACKAGES = ("trafilatura", "htmldate", "lxml", "pypdf", "pyarrow", "fastwarc", "py3langid", "charset-normalizer")

FAILED = "its reader failed"
Watch = Callable[[Source], UnreadableArticle | None]

__all__ = [
    "KINDS", "Address", "Kind", "Limits", "Note", "Options", "Outcome", "Reader", "Source", "read", "readers_version",
]  # fmt: skip


@cache
def readers_version() -> str:
    """A hash of the code and tables of this folder and of what it rests on: files are read again when it changes."""
    folder = Path(__file__).parent
    joined = hashlib.sha256(" ".join(map(version, _PACKAGES)).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            joined.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return joined.hexdigest()[:12]


def read(source: Source, watch: Watch = lambda _: None) -> Iterator[Outcome]:
    """Yield the articles of a source and of everything in it, and what could not be read; raises nothing.

    `watch` is told of the source and of each part before it is read, and may refuse it.
    """
    try:
        yield from _read(source, Budget(source.options.limits), watch)
    except OverLimit as limit:
        yield UnreadableArticle(source.name, limit.problem, reason=limit.reason, next_step="the rest of it was skipped")


def _read(source: Source, budget: Budget, watch: Watch) -> Iterator[Outcome]:
    """What one source holds; OverLimit passes through only where the budget of the outermost source is spent."""
    if refusal := watch(source):
        yield refusal
        return
    if source.depth > budget.limits.archive_depth:
        problem = f"it lies in more than {budget.limits.archive_depth} archives"
        yield UnreadableArticle(source.name, problem, reason=Reason.TOO_DEEP)
        return
    try:
        with source.open() as stream:
            head = stream.read(HEAD)
        if not head:
            yield UnreadableArticle(source.name, "it is empty", reason=Reason.EMPTY)
            return
        kind = kind_of(source.name, source.media_type, head)
        if kind is None:
            kinds = " ".join(sorted(SUFFIXES))
            yield UnreadableArticle(
                source.name,
                why_no_kind(source.name, source.media_type, head),
                reason=Reason.NO_READER,
                next_step=f"these are read: {kinds}",
            )
            return
        reader: Reader = import_module(kind.module)
        for found in reader.read(source):
            if isinstance(found, Source):
                budget.member()
                yield from _read(found, budget, watch)
            elif isinstance(found, Article):
                yield from finish(found, source)
            else:
                yield found
    except OverLimit as limit:
        if budget.is_spent:
            raise
        yield UnreadableArticle(source.name, limit.problem, reason=limit.reason)
    except OSError as error:
        problem = (error.strerror or str(error) or "cannot be opened").lower()
        yield UnreadableArticle(source.name, problem, reason=Reason.UNREADABLE, next_step="check that you may read it")
    except MemoryError:
        yield UnreadableArticle(source.name, "it takes too much memory", reason=Reason.TOO_MUCH_MEMORY)
    except RecursionError:
        yield UnreadableArticle(source.name, "its parts lie too deep in each other", reason=Reason.BROKEN)
    except Exception as error:
        problem = f"{FAILED} ({type(error).__name__}: {' '.join(str(error).split())[:100]})"
        yield UnreadableArticle(source.name, problem, reason=Reason.BROKEN)
