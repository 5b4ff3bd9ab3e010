"""Sources in, articles out: whatever the kind of file, however deep it lies in archives."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.finishing import finish
from ingest.readers.kinds import HEAD, HELP, KINDS, Kind, kind_of, misnamed, why_no_kind
from ingest.readers.limits import Budget, Limits, Refusal
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

    `watch` is told of the source and of each part before it is read, and may refuse it; and again as bytes come out.
    """
    limits = source.options.limits
    reading: list[Source] = []  # the part that is read now, behind those that hold it
    budget = Budget(limits, alive=lambda: watch(reading[-1]) if reading else None)
    told, untold = 0, Counter[Reason]()
    for outcome in _read_all(replace(source, budget=budget), watch, reading):
        # Those of another language are counted by it elsewhere; one of the source as a whole tells of all that follows.
        if (
            isinstance(outcome, UnreadableArticle)
            and not outcome.language
            and (outcome.line or outcome.path != source.name)
        ):
            told += 1
            if told > limits.refusals:
                untold[outcome.reason] += 1
                continue
        yield outcome
    for reason, count in sorted(untold.items()):
        yield UnreadableArticle(source.name, f"{count:,} more were refused for this ({reason})", reason=reason)


def _read_all(source: Source, watch: Watch, reading: list[Source]) -> Iterator[Outcome]:
    try:
        yield from _read(source, watch, reading)
    except Refusal as refusal:
        problem, reason = refusal.problem, refusal.reason
        yield UnreadableArticle(source.name, problem, reason=reason, next_step="the rest of it was skipped")


def _read(source: Source, watch: Watch, reading: list[Source]) -> Iterator[Outcome]:
    """What one source holds; Refusal passes through only where the budget of the outermost source is spent."""
    limits = source.options.limits
    if refusal := watch(source):
        yield refusal
        return
    if source.depth > limits.archive_depth:
        problem = f"it lies in more than {limits.archive_depth} archives"
        yield UnreadableArticle(source.name, problem, reason=Reason.TOO_DEEP)
        return
    reading.append(source)
    try:
        with source.open() as stream:
            head = stream.read(HEAD)
        if not head:
            yield UnreadableArticle(source.name, "it is empty", reason=Reason.EMPTY)
            return
        kind = kind_of(source.name, source.media_type, head)
        if kind is None:
            yield UnreadableArticle(
                source.name,
                why_no_kind(source.name, source.media_type, head),
                reason=Reason.NO_READER,
                next_step=HELP,
            )
            return
        if note := misnamed(source.name, source.media_type, kind):
            yield Note(path=source.name, text=note)
        reader: Reader = import_module(kind.module)
        for found in reader.read(source):
            if isinstance(found, Source):
                source.budget.member()
                yield from _read(found, watch, reading)
            elif isinstance(found, Article):
                yield from finish(found, source)
            else:
                yield found
    except Refusal as limit:
        if source.budget.is_spent:
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
    finally:
        reading.pop()
