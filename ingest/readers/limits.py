"""How much of anything one source may hold, and the streams that keep to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from ingest.errors import Reason

MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is refused rather than read; every refusal is one line with its reason."""

    text_characters: int = 5_000_000  # a long book has 1 M, the longest news feature 0.1 M: more is many texts in one
    file_bytes: int = 50 * MB  # of a file that is one article: a page with its pictures, a PDF
    archive_depth: int = 3  # archives around an article
    archive_members: int = 1_000_000
    archive_bytes: int = 64_000 * MB  # what all members of one archive hold together, unpacked
    archive_ratio: int = 200  # unpacked to packed, once 10 MB came out: text packs 3 to 20 times, a bomb a thousand
    refusals: int = 10_000  # told one by one of one source; what is refused beyond them is counted by its reason
    article_seconds: int = 60  # for reading one article, and again for annotating it
    article_memory: int = 1_000 * MB  # that a process may take beyond what it starts with


class Refusal(Exception):
    """Content that is not read, or not to its end; the text says why."""

    def __init__(self, problem: str, reason: Reason) -> None:
        super().__init__(problem)
        self.problem = problem
        self.reason = reason


class OverLimit(Refusal):
    """A source holds more than it may; the text says of what."""


class Damaged(Refusal):
    """A source breaks off, or is not what its kind looks like, in a place that only who reads on comes upon."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, Reason.BROKEN)


def _nobody() -> None:
    """Who is told of signs of life where nobody is; with a name, so that a budget can be sent to another process."""


class Budget:
    """What is left to a source and everything inside it."""

    FREE = 10 * MB  # too little to harm anybody, whatever its ratio

    def __init__(self, limits: Limits, alive: Callable[[], object] = _nobody) -> None:
        self.limits = limits
        self._alive = alive  # called as often as anything comes out
        self.is_spent = False
        self._members = 0
        self._bytes = 0

    def member(self) -> None:
        """One more member; raises OverLimit."""
        self._alive()
        self._members += 1
        if self._members > self.limits.archive_members:
            self.is_spent = True
            raise OverLimit(f"it holds more than {self.limits.archive_members:,} members", Reason.TOO_MANY)

    def unpacked(self, count: int) -> None:
        """Some more bytes came out; raises OverLimit."""
        self._alive()
        self._bytes += count
        if self._bytes > self.limits.archive_bytes:
            self.is_spent = True
            raise OverLimit(f"it unpacks to more than {self.limits.archive_bytes // MB:,} MB", Reason.TOO_LARGE)

    def check_ratio(self, unpacked: int, packed: int) -> None:
        """So many bytes came out of so many; raises OverLimit."""
        ratio = self.limits.archive_ratio
        if unpacked > max(self.FREE, ratio * packed):
            raise OverLimit(f"it unpacks to more than {ratio} times its size", Reason.TOO_LARGE)


def whole(stream: BinaryIO, limit: int) -> bytes:
    """Everything that a stream holds; raises OverLimit above so many bytes."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise too_large(limit)
    return content


def too_large(limit: int) -> OverLimit:
    """The refusal of more bytes than one article has."""
    return OverLimit(f"more than {limit / MB:,.0f} MB are not one article", Reason.TOO_LONG)
